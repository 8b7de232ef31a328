//! What `minutebook check` says: each case of `tests/check/*.md` is a small site and the messages it
//! must give, all of them, as a clerk reads them. How a case is written is told in
//! `support/cases.rs`. A block `text today` gives another day than 2026-11-22; an empty block
//! `text expected` says that nothing is said.
//!
//! Withheld text of a case holds the word HERON, which no message may hold.

#[path = "support/cases.rs"]
mod cases;

use std::collections::BTreeSet;

use cases::{Case, Change};
use minutebook::build::{self, Options, Progress};
use minutebook::report::{Lines, Report, Severity, explain, human, rules};

const WITHHELD: &str = "heron";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// Everything that is said of a case's site, except that it has no address.
fn report(case: &Case) -> Report {
    let site = tempfile::tempdir().expect("a folder");
    case.write(site.path());
    let today = case.today();
    let options = Options {
        root: site.path().to_owned(),
        output: site.path().join("public"),
        base_url: None,
        today: None,
        now: today.at(12, 0, 0, 0).in_tz("UTC").expect("a moment").timestamp(),
        drafts: false,
        keep_going: false,
        deny_warnings: false,
        home: None,
        program: String::new(),
        verify: false,
    };
    let mut report = build::check(&options, &Silent).report;
    report.diagnostics_mut().retain(|d| *d.rule != rules::NO_BASE_URL);
    let root = site.path().display().to_string();
    report
        .diagnostics_mut()
        .iter_mut()
        .for_each(|d| d.message = d.message.replace(&root, "<site>"));
    report
}

fn told(case: &Case) -> String {
    let files = case.files();
    let report = report(case);
    let shown = report.diagnostics().iter().map(|d| {
        let text = files
            .get(d.path.as_str())
            .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
            .map(Lines::new);
        human::show(d, text.as_ref(), false)
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn difference(case: &Case) -> Option<(String, Option<Change>)> {
    let shown = told(case);
    if shown.to_lowercase().contains(WITHHELD) {
        return Some((
            format!("{}: a message holds withheld text:\n{shown}", case.name),
            None,
        ));
    }
    case.differs("text", "expected", &shown)
}

#[test]
fn every_case_says_what_it_must() {
    cases::settle("check", difference);
}

/// Rules that no case here can show, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    ("no-base-url", "taken out of every case; tests/cmd shows it"),
    ("not-a-file", "needs a link or a pipe: tests/source.rs"),
    (
        "unreadable-file",
        "needs a file without permission: tests/source.rs",
    ),
    ("large-site", "needs 20,000 files"),
];

#[test]
fn every_rule_has_a_case() {
    if cases::updating() {
        return;
    }
    let files = cases::read("check");
    let expected: String = files
        .iter()
        .flat_map(|f| &f.cases)
        .filter_map(|c| c.fence("expected"))
        .map(cases::Fence::text)
        .collect();
    let shown: BTreeSet<&str> = expected
        .split('[')
        .filter_map(|part| part.split_once("]: "))
        .map(|p| p.0)
        .collect();
    let without: Vec<&str> = rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|name| !shown.contains(name) && ELSEWHERE.iter().all(|e| e.0 != *name))
        .collect();
    assert!(
        without.is_empty(),
        "rules that no case of tests/check shows: {}",
        without.join(", ")
    );
    for (name, why) in ELSEWHERE {
        assert!(
            rules::ALL.iter().any(|r| r.name == *name),
            "there is no rule {name} ({why})"
        );
        assert!(
            !shown.contains(name),
            "{name} has a case now; take it off the list"
        );
    }
}

#[test]
fn every_rule_is_explained_in_docs_checks_and_nothing_else_is() {
    let mut without = Vec::new();
    for rule in rules::ALL {
        let word = match rule.severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        let line = format!("*{word}.* {}", rule.explanation);
        if explain::line(rule) != line || explain::text(rule).trim().len() < 60 {
            without.push(format!(
                "### {}\n\n{line}\n\n(some sentences for a clerk)\n",
                rule.name
            ));
        }
    }
    assert!(
        without.is_empty(),
        "docs/checks.md is to hold these words:\n\n{}",
        without.join("\n")
    );
    let names: BTreeSet<&str> = explain::names().collect();
    let rules: BTreeSet<&str> = rules::ALL.iter().map(|r| r.name).collect();
    assert_eq!(names, rules);
    assert_eq!(explain::names().count(), rules.len(), "a rule is explained twice");
}
