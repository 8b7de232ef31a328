//! `minutebook explain`: what a rule is for.

use std::io::Write;
use std::process::ExitCode;

use minutebook::report::{Rule, explain, rules};
use minutebook::text::nearest;

use super::args::ExplainArgs;
use super::console;

pub fn run(args: &ExplainArgs) -> ExitCode {
    let Some(name) = &args.rule else {
        return console::printed(|out| out.write_all(list().as_bytes()));
    };
    // As a message shows it: `warning[no-quorum]`.
    let name = name.rsplit('[').next().unwrap_or(name).trim_end_matches(']');
    match rules::named(name) {
        Some(rule) => console::printed(|out| out.write_all(one(rule).as_bytes())),
        None => {
            let near = nearest::did_you_mean(name, rules::ALL.iter().map(|r| r.name));
            let help = near.unwrap_or_else(|| "`minutebook explain` lists the rules".to_owned());
            let _ = writeln!(
                std::io::stderr(),
                "error: there is no rule called `{name}`\n  help: {help}"
            );
            ExitCode::from(super::USAGE)
        }
    }
}

fn list() -> String {
    let width = rules::ALL.iter().map(|r| r.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules::ALL {
        let word = rule.severity.word();
        out.push_str(&format!("{word:7}  {:width$}  {}\n", rule.name, rule.explanation));
    }
    out
}

fn one(rule: &Rule) -> String {
    format!(
        "{}[{}]: {}\n\n{}\n",
        rule.severity.word(),
        rule.name,
        rule.explanation,
        explain::text(rule).trim()
    )
}
