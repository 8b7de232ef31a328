//! Walks: what somebody types, file after file and command after command, in a folder that is
//! empty at first. Each case of `tests/walks/*.md` is one. A block `console …` holds commands and
//! what they print; any other block is a file that is saved at that point, named by the first word
//! behind its language, with a word behind the path where it is saved again. How a case is written
//! is told in `support/cases.rs`. Times and sizes are `[..]`.

#[path = "support/cases.rs"]
mod cases;

use std::path::Path;
use std::process::Command;

use cases::{Case, Change, Fence};

/// The day of every walk.
const TODAY: &str = "2026-11-22";

/// What a command of a transcript prints, both streams in their order.
fn run(folder: &Path, line: &str) -> String {
    let mut words = line.split(' ');
    assert_eq!(
        words.next(),
        Some("minutebook"),
        "a walk knows no other command: {line}"
    );
    let arguments: Vec<&str> = words.collect();
    let dated = arguments
        .first()
        .is_some_and(|verb| ["init", "new", "check", "build"].contains(verb));
    let today: &[&str] = if dated { &["--today", TODAY] } else { &[] };
    let done = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(&arguments)
        .args(today)
        .current_dir(folder)
        .output()
        .expect("the command");
    let code = done.status.code().map_or(String::new(), |code| match code {
        0 => String::new(),
        code => format!("? {code}\n"),
    });
    let print = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{code}{}{}", print(&done.stdout), print(&done.stderr))
}

/// Without what differs from run to run and from theme to theme.
fn steady(printed: &str) -> String {
    let mut out = String::new();
    for line in printed.lines() {
        let line = match line.split_once(" MB in ") {
            Some((before, after)) => {
                let counted = before.rsplit_once(": ").map_or(before, |b| b.0);
                let problems = after.split_once(';').map_or("", |a| a.1);
                let problems = if problems.is_empty() {
                    String::new()
                } else {
                    format!(";{problems}")
                };
                format!("{counted}: [..]{problems}")
            }
            None => match line
                .split_once(" in ")
                .filter(|_| line.starts_with("checked ") || line.starts_with("nothing "))
            {
                Some((before, after)) => {
                    format!("{before} in [..]{}", after.split_once(" s").map_or("", |a| a.1))
                }
                None => line.to_owned(),
            },
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The block as it is now: its commands, and what they print.
fn console(folder: &Path, fence: &Fence) -> String {
    let commands = fence.text().lines().filter_map(|l| l.strip_prefix("$ "));
    let told: Vec<String> = commands
        .map(|command| format!("$ {command}\n{}", steady(&run(folder, command))))
        .collect();
    told.join("\n")
}

fn differences(case: &Case) -> Vec<(String, Option<Change>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut told = Vec::new();
    for fence in &case.fences {
        if fence.language == "console" {
            let got = console(folder.path(), fence);
            told.extend(case.differs("console", &fence.name, &got));
        } else {
            let name = fence.name.split(' ').next().unwrap_or_default();
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            std::fs::write(path, &fence.bytes).expect("a file");
        }
    }
    told
}

#[test]
fn every_walk_goes_as_it_is_told() {
    cases::settle("walks", differences);
}
