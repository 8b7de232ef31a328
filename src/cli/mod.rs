//! The command line: the only place that prints, reads the clock and the
//! environment. One file for each verb.

#![allow(
    clippy::disallowed_methods,
    reason = "this is where the clock and the environment are read"
)]

mod args;
mod build;
mod check;
mod completions;
mod console;
mod explain;
mod files;
mod import;
mod init;
mod man;
mod new;
mod serve;
mod theme;

use std::process::ExitCode;

use clap::Parser;

/// Errors stopped it, or warnings that were denied.
const FAILED: u8 = 1;
/// The command line itself was wrong.
const USAGE: u8 = 2;

pub fn run() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let wrong = error.use_stderr();
            let _ = error.print();
            return if wrong {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match args.command {
        args::Command::Init(args) => init::run(&args),
        args::Command::New(args) => new::run(&args),
        args::Command::Build(args) => build::run(&args),
        args::Command::Serve(args) => serve::run(&args),
        args::Command::Check(args) => check::run(&args),
        args::Command::Import(args) => import::run(&args),
        args::Command::Explain(args) => explain::run(&args),
        args::Command::Theme(args) => theme::run(&args),
        args::Command::Completions(args) => completions::run(&args),
        args::Command::Man(args) => man::run(&args),
    }
}
