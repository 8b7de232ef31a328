//! `minutebook completions`

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::console;

pub fn run(args: &CompletionsArgs) -> ExitCode {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "minutebook", &mut bytes);
    console::printed(|out| out.write_all(&bytes))
}
