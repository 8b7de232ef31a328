//! `minutebook completions`

use std::process::ExitCode;

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::console;

pub fn run(args: &CompletionsArgs) -> ExitCode {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "minutebook", &mut bytes);
    match console::out(|out| out.write_all(&bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => console::refuse(&format!("the completions cannot be written: {error}"), None),
    }
}
