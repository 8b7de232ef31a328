//! The command `minutebook`: arguments in, exit code out.

#![forbid(unsafe_code)]

mod cli;

/// Building makes millions of short texts, on every core at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
