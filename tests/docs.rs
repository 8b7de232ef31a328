//! The documents say what is so: their links lead somewhere, every option of every command stands
//! in `docs/commands.md`, and the policy that `docs/hosting.md` tells to send is that of the pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The documents at the top and in `docs/`.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [root().to_owned(), root().join("docs")]
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    found.sort();
    found
}

/// The lines of a document that are no code.
fn prose(text: &str) -> Vec<&str> {
    let mut fence: Option<String> = None;
    let mut out = Vec::new();
    for line in text.lines() {
        let marks: String = line.trim_start().chars().take_while(|c| *c == '`').collect();
        match &fence {
            Some(open) if line.trim() == open => fence = None,
            Some(_) => {}
            None if marks.len() >= 3 => fence = Some(marks),
            None => out.push(line),
        }
    }
    out
}

/// The anchors of a document's headings, as code hosts make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = prose(text).into_iter().filter(|l| l.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// What stands in brackets behind `](`, outside code.
fn links(line: &str) -> Vec<String> {
    let plain: String = line.split('`').step_by(2).collect::<Vec<_>>().join("");
    let parts = plain.split("](").skip(1);
    parts
        .filter_map(|part| part.split_once(')'))
        .map(|(to, _)| to.to_owned())
        .collect()
}

/// A workflow runs for pull requests too, which are checked and not published.
#[test]
fn no_step_of_the_hosting_guide_publishes_a_pull_request() {
    let hosting = text("docs/hosting.md");
    let steps: Vec<&str> = hosting.split("      - name: ").skip(1).collect();
    assert!(steps.len() > 3, "{} steps", steps.len());
    for step in steps {
        let second = step.lines().nth(1).unwrap_or("").trim();
        assert_eq!(second, "if: github.event_name != 'pull_request'", "{step}");
        assert!(text("starter/ci/github.yml").contains(second));
    }
}

#[test]
fn every_template_stands_in_the_guide_to_themes() {
    let guide = text("docs/themes.md");
    for entry in std::fs::read_dir(root().join("themes/default/templates")).expect("the templates") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_str().expect("a name");
        let told = name.starts_with("once_") || guide.contains(&format!("`{name}`"));
        assert!(told, "docs/themes.md says nothing of {name}");
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut wrong = Vec::new();
    for path in documents() {
        let own = std::fs::read_to_string(&path).expect("a document");
        for line in prose(&own) {
            for link in links(line).iter().filter(|l| !l.contains(':')) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = match file {
                    "" => path.clone(),
                    file => path.parent().expect("a folder").join(file),
                };
                let there = target.exists();
                let known = || std::fs::read_to_string(&target).is_ok_and(|t| anchors(&t).contains(anchor));
                if !there || (!anchor.is_empty() && !known()) {
                    wrong.push(format!("{}: {link}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The files that the documents for developers name in their prose are there.
#[test]
fn every_place_that_is_named_is_there() {
    let tops = ["src/", "tests/", "benches/", "docs/", "starter/", ".ci/"];
    let mut wrong = Vec::new();
    let mut seen = 0;
    for name in [
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/style.md",
        "docs/performance.md",
    ] {
        let own = text(name);
        for line in prose(&own) {
            let code = line.split('`').skip(1).step_by(2);
            for place in code.filter(|word| tops.iter().any(|top| word.starts_with(top))) {
                // `tests/check/*.md`: the folder.
                let path = place.split(['*', ' ', '#', '<']).next().unwrap_or(place);
                seen += 1;
                if !root().join(path).exists() {
                    wrong.push(format!("{name}: {place}"));
                }
            }
        }
    }
    assert!(seen > 15, "{seen}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The options of a command and of all below it, as its help tells them.
fn options(verbs: &[&str]) -> BTreeSet<String> {
    let done = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(verbs)
        .arg("-h")
        .output()
        .expect("the command");
    let help = String::from_utf8_lossy(&done.stdout).into_owned();
    let mut found: BTreeSet<String> = help
        .lines()
        .filter(|l| l.trim_start().starts_with('-'))
        .flat_map(|l| l.split([' ', ',']))
        .filter(|w| w.starts_with("--") && !["--help", "--version"].contains(w))
        .map(str::to_owned)
        .collect();
    for verb in below(&help) {
        found.extend(options(&[verbs, &[verb.as_str()]].concat()));
    }
    found
}

/// The commands that a help lists.
fn below(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|l| *l != "Commands:").skip(1);
    list.take_while(|l| !l.is_empty())
        .filter_map(|l| l.split_whitespace().next())
        .filter(|verb| *verb != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_and_option_is_told_of() {
    let document = text("docs/commands.md");
    let section = |verb: &str| {
        let opens = format!("\n## {verb}\n");
        let from = document
            .find(&opens)
            .unwrap_or_else(|| panic!("docs/commands.md has no section `{verb}`"));
        let rest = &document[from + opens.len()..];
        rest.split("\n## ").next().unwrap_or(rest).to_owned()
    };
    let done = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .arg("-h")
        .output()
        .expect("the command");
    let verbs = below(&String::from_utf8_lossy(&done.stdout));
    assert!(verbs.len() >= 7, "{verbs:?}");
    let mut missing = Vec::new();
    for verb in &verbs {
        let mut told = section(verb);
        if told.contains("the options of `check`") {
            told.push_str(&section("check"));
        }
        let found = options(&[verb]);
        missing.extend(
            found
                .into_iter()
                .filter(|option| {
                    let ends = ["`", " ", "="];
                    !ends.iter().any(|end| told.contains(&format!("`{option}{end}")))
                })
                .map(|option| format!("minutebook {verb} {option}")),
        );
    }
    assert!(
        missing.is_empty(),
        "docs/commands.md does not tell of\n{}",
        missing.join("\n")
    );
}

#[test]
fn the_policy_to_send_is_that_of_the_pages() {
    let head = text("themes/default/templates/once_head.html");
    let policy = head
        .split("http-equiv=\"Content-Security-Policy\" content=\"")
        .nth(1)
        .and_then(|rest| rest.split("\">\n").next())
        .expect("a policy in once_head.html");
    // With search, and without it.
    let (before, rest) = policy.split_once("{% if ").expect("a choice");
    let (choices, after) = rest.split_once("{% endif %}").expect("an end of it");
    let (with, without) = choices
        .split_once("%}")
        .and_then(|choice| choice.1.split_once("{% else %}"))
        .expect("two sides of it");
    for choice in [with, without] {
        let told = format!("`{before}{choice}{after}; frame-ancestors 'none'`");
        assert!(
            text("docs/hosting.md").contains(&told),
            "docs/hosting.md should tell to send {told}"
        );
    }
}
