//! `minutebook man`

use std::process::ExitCode;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{Args, ManArgs};
use super::console;
use super::files;

pub fn run(args: &ManArgs) -> ExitCode {
    let command = Args::command();
    let Some(folder) = &args.output else {
        return console::printed(|out| Man::new(command).render(out));
    };
    for (name, page) in pages(command) {
        let path = folder.join(&name);
        let shown = files::shown(folder, &name);
        if let Err(error) = files::replace(&path, &page) {
            return console::refuse(&format!("{shown} cannot be written: {error}"), None);
        }
        console::say(&format!("made {shown}"));
    }
    ExitCode::SUCCESS
}

/// A page for the command, and one for each of its verbs.
fn pages(command: clap::Command) -> Vec<(String, Vec<u8>)> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add(&command, &mut pages);
    pages
}

fn add(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    // A page in memory cannot fail to be written.
    let _ = man.render(&mut page);
    pages.push((man.get_filename(), page));
    for verb in command.get_subcommands() {
        add(verb, pages);
    }
}
