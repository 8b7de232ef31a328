//! What means harm, or is badly broken: markup in every place where a clerk
//! writes words, bombs, files that cannot be read. Nothing of it may run, stop
//! the program, or take away what was published before.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use minutebook::build::{self, Options, Outcome, Progress};
use minutebook::report::Severity;
use scraper::{Html, Selector};
use tempfile::TempDir;

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

struct Site(TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().expect("a folder"));
        for (path, text) in files {
            site.write(path, text.as_bytes());
        }
        site
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.0.path().join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("made");
        fs::write(place, bytes).expect("written");
    }

    fn build(&self) -> Outcome {
        build::build(&self.options(), &Silent)
    }

    fn options(&self) -> Options {
        let root = self.0.path();
        Options {
            root: root.to_owned(),
            output: root.join("public"),
            base_url: None,
            today: None,
            now: "2026-11-22T12:00:00Z".parse().expect("a moment"),
            drafts: false,
            keep_going: true,
            deny_warnings: false,
            home: None,
            program: String::new(),
            verify: false,
        }
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join("public").join(path).join("index.html")).expect(path)
    }

    fn has(&self, path: &str) -> bool {
        self.0.path().join("public").join(path).exists()
    }
}

fn errors(outcome: &Outcome) -> Vec<String> {
    let all = outcome.report.diagnostics().iter();
    all.filter(|d| d.severity == Severity::Error)
        .map(|d| format!("{}: {}", d.path, d.message))
        .collect()
}

/// Every tag is closed by its own kind: a browser need mend nothing.
fn assert_balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        let name = tag
            .trim_start_matches('/')
            .split_whitespace()
            .next()
            .unwrap_or("");
        if tag.starts_with('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "at </{name}{}",
                &rest[end..rest.len().min(end + 80)]
            );
        } else if !["!doctype", "meta", "link", "br", "hr", "img", "wbr", "input"].contains(&name) {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

const HARM: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "  java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "</title><script>alert(1)</script>",
    "<b onmouseover=alert(1) style=\"x\">b</b>",
    "{{ 7 * 7 }}{% for a in b %}",
    "*a | owner: b*",
    "**[x | due: 2024-05-01](y)** ~~z | done: q~~",
    "\u{b}\u{2009}\u{7f}\u{85}Ann Bell",
    "\u{202e}]]>--><!-- -->",
    "[[<i>x</i>|\"y\"]]",
    "](javascript:alert(1)) ![x](javascript:alert(1))",
    "//harm.example/x",
];

/// Every place of a record where words are written.
fn record(words: &str) -> String {
    let quoted = serde_json::to_string(words).expect("a string");
    // YAML holds these only in their escaped form.
    let quoted = quoted.replace('\u{7f}', "\\u007f").replace('\u{85}', "\\u0085");
    let line = words.replace('\n', " ");
    format!(
        "---\ntitle: {quoted}\nvenue: {quoted}\nwebcast: {quoted}\nattend: {quoted}\naliases: [{quoted}]\n\
         attendance: {{present: [{quoted}], in_attendance: [{{name: {quoted}, role: {quoted}}}]}}\n\
         documents: [{{title: {quoted}, file: {quoted}}}]\nsource: {{system: {quoted}, url: {quoted}}}\n---\n\n\
         ## Remote\n\n- {line}\n\n## 1. {line}\n\n- Issue: {line}\n- Report: {line}\n- Webcast: {line}\n- Tags: {line}\n\
         - Introduced by: {line}\n\n### Minutes\n\nSaid {line}\n\n- {line}\n\n[a]({line}) [b](<{line}>) ![c]({line}) [[{line}]]\n\n\
         | {line} |\n|---|\n| {line} |\n\nCall[^{line}]\n\n[^{line}]: {line}\n\n```{line}\n{line}\n```\n\n<div title=\"{line}\">{line}</div>\n\n\
         ### Vote: {line}\n\n- Moved by: {line}\n- For: 1 ({line})\n\n### Decision\n\n1. {line} | owner: {line} | due: 2024-05-01\n\n\
         ### Documents\n\n- [{line}]({line})\n- {line} (to follow)\n"
    )
}

fn assert_harmless(html: &str) {
    let page = Html::parse_document(html);
    for element in page.select(&Selector::parse("*").expect("a selector")) {
        let (name, attributes) = (element.value().name(), element.value().attrs());
        // Data, which no browser runs and nothing in it can end.
        if name == "script" && element.value().attr("type") == Some("application/ld+json") {
            let text: String = element.text().collect();
            assert!(!text.contains('<'), "{text}");
            let data: Result<serde_json::Value, _> = serde_json::from_str(&text);
            assert!(data.is_ok(), "{text}");
            continue;
        }
        // The theme's own pictures of time are the only ones drawn.
        let drawn = name == "svg"
            && element
                .value()
                .classes()
                .any(|c| ["timeline", "mark"].contains(&c));
        // Its script is a file of the site, and its form asks the search page.
        let attribute = |key| element.value().attr(key).unwrap_or("");
        let own = match name {
            "script" => {
                ["/static/js/search", "/static/js/register"]
                    .iter()
                    .any(|own| attribute("src").starts_with(own))
                    && element.text().all(|t| t.trim().is_empty())
            }
            "form" => attribute("action") == "/search/" && attribute("role") == "search",
            _ => false,
        };
        assert!(
            drawn
                || own
                || ![
                    "script", "iframe", "svg", "object", "embed", "form", "base", "style"
                ]
                .contains(&name),
            "<{name}>"
        );
        for (key, value) in attributes {
            assert!(
                !key.starts_with("on") && !["style", "srcdoc"].contains(&key),
                "{name} {key}"
            );
            if key == "src" || key == "action" {
                assert!(!value.contains(':') && !value.starts_with("//"), "{value}");
            }
            if key == "href" {
                let scheme = value.split([':', '/', '?', '#']).next().unwrap_or("");
                let known = ["http", "https", "mailto", "tel", ""].contains(&scheme);
                assert!(known || !value[scheme.len()..].starts_with(':'), "{value}");
                assert!(
                    !value.starts_with("//") && !value.contains(char::is_control),
                    "{value}"
                );
            }
        }
    }
}

#[test]
fn nothing_that_is_written_runs() {
    let records: Vec<(String, String)> = HARM
        .iter()
        .enumerate()
        .map(|(n, words)| {
            (
                format!("content/meetings/parks/2024-01-{:02}.md", n + 1),
                record(words),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = records
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let site = Site::new(&files);
    let outcome = site.build();
    assert!(outcome.written.is_some() && outcome.failure.is_none());
    for n in 1..=HARM.len() {
        for page in [
            format!("meetings/parks/2024-01-{n:02}"),
            format!("meetings/parks/2024-01-{n:02}/1"),
        ] {
            assert_harmless(&site.page(&page));
        }
    }
    for page in [
        "",
        "meetings",
        "meetings/2024",
        "issues",
        "people",
        "bodies/parks",
        "calendar",
        "calendar/2024-01",
        "data",
    ] {
        assert_harmless(&site.page(page));
    }
    // What a feed reader shows, and what a program reads.
    let mut with_feeds = files.clone();
    with_feeds.push((
        "site.toml",
        "base_url = \"https://example.org/\"\n[calendar]\npast_months = 600\n",
    ));
    let site = Site::new(&with_feeds);
    site.build();
    for path in ["feed.xml", "bodies/parks/feed.xml", "decisions/feed.xml"] {
        let bytes = std::fs::read(site.0.path().join("public").join(path)).expect("a feed");
        let feed = feed_rs::parser::parse(bytes.as_slice()).expect("a feed that can be read");
        assert!(!feed.entries.is_empty());
        for entry in feed.entries {
            let html = entry.content.and_then(|c| c.body).unwrap_or_default();
            assert_harmless(&html);
            assert_harmless(
                &entry
                    .summary
                    .map(|s| s.content)
                    .unwrap_or_default()
                    .replace('<', "&lt;"),
            );
        }
    }
    let text = |path: &str| std::fs::read_to_string(site.0.path().join("public").join(path)).expect("a file");
    let _: serde_json::Value = serde_json::from_str(&text("data/archive.json")).expect("JSON");
    let calendar: icalendar::Calendar = text("calendar.ics").parse().expect("a calendar");
    assert_eq!(calendar.components.len(), HARM.len());
}

#[test]
fn what_opens_before_a_tail_is_closed() {
    let entries = "1. *To act | owner: Ann Bell* | due: 2024-05-01\n2. **[x | owner: *Ann*](https://example.org)**\n3. ~~a~~ | owner: ~~Ann~~\n";
    let site = Site::new(&[(
        "content/meetings/parks/2024-01-01.md",
        &format!("## 1. A\n\n### Decision\n\n{entries}"),
    )]);
    site.build();
    let page = site.page("meetings/parks/2024-01-01/1");
    assert_balanced(&page);
    assert!(
        page.contains("<em>To act</em>") && page.contains("<del>a</del>"),
        "{page}"
    );
}

#[test]
fn control_characters_before_a_name_are_no_stumbling_block() {
    let text = "## Present\n\n- \u{b}\u{c} \u{2009}Ann Bell \u{feff}\n- \u{1}Bo Carr\u{85} (Chair)\n\n## 1. A\n\nx\n";
    let site = Site::new(&[("content/meetings/parks/2024-01-01.md", text)]);
    site.build();
    let page = site.page("meetings/parks/2024-01-01");
    assert_balanced(&page);
    assert!(page.contains("Ann Bell") && page.contains("Bo Carr"));
}

#[test]
fn a_front_matter_of_aliases_is_refused() {
    let bomb = format!(
        "a: &a [{}]\nextra: [{}]",
        vec!["x"; 8000].join(","),
        vec!["*a"; 8000].join(",")
    );
    let site = Site::new(&[(
        "content/meetings/parks/2024-01-01.md",
        &format!("---\n{bomb}\n---\n\n## 1. A\n"),
    )]);
    assert!(errors(&site.build())[0].contains("repeats itself through its aliases"));
}

#[test]
fn an_old_address_never_takes_the_place_of_a_file() {
    let aliases =
        "aliases: [/robots.txt, /static/css/site.css, /sitemap.xml/x, /index.html, /a/../../b, /old]";
    let site = Site::new(&[
        ("site.toml", "base_url = \"https://minutes.example.org/\"\n"),
        (
            "content/meetings/parks/2024-01-01.md",
            &format!("---\n{aliases}\n---\n\n## 1. A\n"),
        ),
    ]);
    let outcome = site.build();
    assert!(
        outcome.failure.is_none(),
        "{:?}",
        outcome.failure.map(|f| f.to_string())
    );
    let said = errors(&outcome);
    assert_eq!(said.len(), 5, "{said:#?}");
    assert!(
        said.iter()
            .all(|e| e.starts_with("content/meetings/parks/2024-01-01.md")),
        "{said:#?}"
    );
    assert!(site.has("robots.txt") && site.has("static/css/site.css") && site.has("old/index.html"));
}

#[test]
fn a_file_that_cannot_be_read_keeps_its_pages_unless_it_may_be_secret() {
    let meeting = "content/meetings/parks/2024-01-01.md";
    let site = Site::new(&[
        (meeting, "## 1. A\n\nold\n"),
        ("content/meetings/parks/2024-01-02.md", "## 1. B\n"),
    ]);
    site.build();
    site.write(meeting, b"## 1. A\n\n\xff new\n");
    assert_eq!(errors(&site.build()).len(), 1);
    assert!(site.page("meetings/parks/2024-01-01/1").contains("old"));
    site.write(meeting, b"## 1. A\n\n- Exempt: 3\n\n\xff new\n");
    site.build();
    assert!(!site.has("meetings/parks/2024-01-01"));
}

#[test]
fn without_its_settings_a_site_is_not_built() {
    let site = Site::new(&[
        (
            "site.toml",
            "base_url = \"https://minutes.example.org/archive/\"\n",
        ),
        ("content/meetings/parks/2024-01-01.md", "## 1. A\n"),
    ]);
    site.build();
    let before = site.page("");
    site.write(
        "site.toml",
        b"base_url = \"https://minutes.example.org/archive/\n",
    );
    assert!(site.build().written.is_none());
    assert_eq!(site.page(""), before);
}

#[test]
fn a_template_at_fault_is_named_by_its_path() {
    let site = Site::new(&[
        ("site.toml", "theme = \"mine\"\n"),
        (
            "themes/mine/templates/meeting.html",
            "{% block main %}\n{{ row | nosuch }}\n{% endblock %}",
        ),
        ("content/meetings/parks/2024-01-01.md", "## 1. A\n"),
    ]);
    let outcome = site.build();
    let said = errors(&outcome);
    let fault = outcome
        .report
        .diagnostics()
        .iter()
        .find(|d| d.path.as_str() == "themes/mine/templates/meeting.html");
    // The second line begins behind the first.
    let second = fault
        .and_then(|d| d.span)
        .is_some_and(|span| span.start as usize > "{% block main %}".len());
    assert!(second, "{said:?}");
    assert!(!Path::new(&site.0.path().join("public")).exists());
}

#[test]
fn an_item_that_names_very_many_is_not_quoted_to_each() {
    let meeting = |many: usize| {
        let names: Vec<String> = (0..many).map(|n| format!("Ann Bell{n}")).collect();
        format!(
            "## 1. The heron\n\nIt was seen.\n\n### Vote\n\n- For: {}\n",
            names.join(", ")
        )
    };
    for (many, quoted) in [(200, true), (201, false)] {
        let site = Site::new(&[
            ("site.toml", "base_url = \"https://minutes.example.org/\"\n"),
            ("content/meetings/parks/2024-01-01.md", &meeting(many)),
        ]);
        site.build();
        let feed = |of: &str| {
            let path = site.0.path().join("public").join(of).join("feed.xml");
            fs::read_to_string(path).expect(of)
        };
        assert!(feed("people/ann-bell7").contains("1. The heron"), "{many}");
        assert_eq!(
            feed("people/ann-bell7").contains("It was seen."),
            quoted,
            "{many}"
        );
        assert!(feed("bodies/parks").contains("It was seen."), "{many}");
    }
}

/// A meeting of one item.
fn item(words: &str) -> String {
    format!("## 1. A\n\n{words}\n")
}

/// A meeting with one list of those present.
fn present(list: &str) -> String {
    format!("## Present\n\n- {list}\n\n{}", item("x"))
}

/// A meeting whose text has so many parts of one kind.
type Repeated = fn(usize) -> String;

/// Texts that take minutes where each of their parts is compared with all others.
const REPEATED: &[(&str, usize, Repeated)] = &[
    ("comments in an item", 30_000, |n| {
        item(&"<!-- x -->\n\n".repeat(n))
    }),
    ("comments before the first item", 30_000, |n| {
        format!("{}{}", "<!-- x -->\n\n".repeat(n), item("x"))
    }),
    ("links that do not close", 40_000, |n| item(&"[a](".repeat(n))),
    ("links with a blank", 40_000, |n| item(&"[a] (b ".repeat(n))),
    ("links in code", 30_000, |n| {
        item(&format!("`{}", "[a](b c.pdf) ".repeat(n)))
    }),
    ("bars", 60_000, |n| {
        item(&format!("### Actions\n\n- [ ] a {}", "| b ".repeat(n)))
    }),
    ("bars in links", 30_000, |n| {
        item(&format!(
            "### Actions\n\n- [ ] a | owner: b {}",
            "| [[b ".repeat(n)
        ))
    }),
    ("lines of a tail", 16_000, |n| {
        let lines = "  | owner: b\n".repeat(n);
        item(&format!("### Actions\n\n- [ ] a | owner: b\n{lines}"))
    }),
    ("brackets behind a paper", 12_000, |n| {
        item(&format!(
            "### Documents\n\n- a (PDF) x exempt y {}",
            "(private x".repeat(n)
        ))
    }),
    ("one word behind a paper", 100_000, |n| {
        item(&format!("### Documents\n\n- a (PDF) x {}y", "exempt".repeat(n)))
    }),
    ("public and withheld sections in turn", 12_000, |n| {
        let parts = "### Public summary\n\nx\n\n### Minutes\n\n[x](y.pdf)\n\n".repeat(n);
        item(&format!("- Exempt: 3\n\n{parts}"))
    }),
    ("names between \"and\"", 30_000, |n| {
        present(&vec!["A"; n].join(" & "))
    }),
    ("names with marks in them", 10_000, |n| {
        let names: Vec<String> = (0..n).map(|n| format!("A*b*{n} C")).collect();
        present(&names.join(", "))
    }),
    ("lines with a link", 10_000, |n| {
        let names: Vec<String> = (0..n).map(|n| format!("[A b{n}](x)")).collect();
        present(&names.join("\n  "))
    }),
    ("people there and away", 10_000, |n| {
        let names: String = (0..n).map(|n| format!("- Ann B{n}\n")).collect();
        format!("## Present\n\n{names}\n## Apologies\n\n{names}\n{}", item("x"))
    }),
];

/// Far more than any of them needs, on a slow machine too, and far less than the
/// square of it.
const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn the_time_grows_as_the_text_does() {
    for (what, many, text) in REPEATED {
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let site = Site::new(&[("content/meetings/parks/2024-01-01.md", &text(*many))]);
            let outcome = build::check(&site.options(), &Silent);
            // Nobody listens to one that is late.
            let _ = tell.send(outcome.report.errors());
        });
        assert!(told.recv_timeout(LIMIT).is_ok(), "{many} {what}");
    }
}
