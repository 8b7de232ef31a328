//! What the built-in theme is given as finished HTML is what a theme of a site's own makes of the
//! same part by part.
//!
//! The templates in `tests/parts` write both, one behind the other, between marks:
//! `⟦what⟧ from the parts ⟦=⟧ finished ⟦.⟧`. They are laid over the example archive. Lines without
//! words count for nothing.

#[allow(dead_code, reason = "only what builds a site is needed")]
#[path = "support/site.rs"]
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What must stand on some page.
const KINDS: &[&str] = &[
    "cited",
    "decision",
    "excerpt",
    "facts",
    "heading",
    "marked",
    "marks",
    "outside",
    "own title",
    "people",
    "place",
    "rows",
    "summary",
    "text",
    "whole",
];

/// A decision so long that the page of its issue shows the beginning.
fn long_decision() -> String {
    let paragraph = "The member heard what was said, weighed it, and gave these reasons. ".repeat(12);
    format!(
        "---\ntitle: A long decision\ndate: 2026-05-05\nmaker_role: Head of Parks\nissues: [flood-defence-plan]\n---\n\n\
         ## Decision\nAgreed.\n\n## Reasons\n{}",
        format!("{paragraph}\n\n").repeat(9)
    )
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.trim().is_empty()).collect()
}

#[test]
fn finished_html_is_what_its_parts_make() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, repository) = (folder.path(), Path::new(env!("CARGO_MANIFEST_DIR")));
    site::copy(&repository.join("content"), &root.join("content"));
    site::copy(
        &repository.join("tests/parts"),
        &root.join("themes/parts/templates"),
    );
    let settings = std::fs::read_to_string(repository.join("site.toml")).expect("site.toml");
    let settings = settings.replace("theme = \"default\"", "theme = \"parts\"");
    std::fs::write(root.join("site.toml"), settings).expect("written");
    std::fs::write(root.join("content/decisions/2026-05-05-long.md"), long_decision()).expect("written");
    let output = root.join("public");
    let outcome = site::build(root, &output, None);
    assert_eq!(outcome.report.errors(), 0, "{:?}", outcome.report.diagnostics());

    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut cut = BTreeSet::new();
    for (path, bytes) in site::files(&output) {
        let text = String::from_utf8_lossy(&bytes);
        for pair in text.split("⟦.⟧").filter(|pair| pair.contains("⟦=⟧")) {
            let (parts, finished) = pair.split_once("⟦=⟧").expect("two sides");
            let (what, parts) = parts
                .rsplit_once('⟧')
                .map(|(before, parts)| (before.rsplit('⟦').next().unwrap_or(""), parts))
                .expect("a mark");
            assert_eq!(lines(parts), lines(finished), "{path}: {what}");
            if !lines(finished).is_empty() {
                *seen.entry(what.to_owned()).or_default() += 1;
            }
            if finished.contains("<p class=\"more\">") {
                cut.insert(what.to_owned());
            }
        }
    }
    let seen: Vec<&str> = seen.keys().map(String::as_str).collect();
    assert_eq!(seen, KINDS);
    assert!(cut.contains("outside"), "{cut:?}");
}

/// A site with templates of its own, built: what it wrote, and what was said of the templates.
fn with_templates(own: &[(&str, &str)]) -> (site::Files, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let templates = "themes/mine/templates/";
    let files = [
        ("site.toml", "theme = \"mine\"\nauthority = \"Eastmarsh\"\n"),
        ("content/meetings/harbour/2025-03-04.md", "## 1. Buoys\n"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text));
    let own = own
        .iter()
        .map(|(name, text)| (format!("{templates}{name}"), *text));
    for (path, text) in files.into_iter().chain(own) {
        let place = root.join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("written");
    }
    let output = root.join("public");
    let outcome = site::build(root, &output, None);
    let about = outcome
        .report
        .diagnostics()
        .iter()
        .filter(|d| d.path.as_str().starts_with(templates));
    let said = about.map(|d| format!("{}: {}", d.rule.name, d.message)).collect();
    let files = if outcome.written.is_some() {
        site::files(&output)
    } else {
        BTreeMap::new()
    };
    (files, said)
}

#[test]
fn what_is_rendered_once_may_be_a_sites_own() {
    let (files, said) = with_templates(&[("once_publisher.html", "<p>Kept by {{ site.authority }}</p>")]);
    assert_eq!(said, Vec::<String>::new());
    for page in [
        "index.html",
        "meetings/harbour/2025-03-04/1/index.html",
        "404.html",
    ] {
        assert!(
            site::text(&files, page).contains("<p>Kept by Eastmarsh</p>"),
            "{page}"
        );
    }
    let (files, said) = with_templates(&[
        ("once_flag.html", "<i>{{ site.authority }}'s flag</i>"),
        ("404.html", "<p>Not here. {{ once.flag }}</p>"),
    ]);
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(
        site::text(&files, "404.html").trim(),
        "<p>Not here. <i>Eastmarsh's flag</i></p>"
    );
    let (files, said) = with_templates(&[("once_publisher.html", "{{ nothing.of.it }}")]);
    assert_eq!(files.len(), 0);
    assert_eq!(
        said,
        ["bad-theme: no page can be shown: Variable `nothing` is not defined"]
    );
}
