//! What pages hold: each case of `tests/render/*.md` is a small site and the readable outline of
//! the pages it names, as `outline meetings/harbour/2025-03-04/index.html`. How a case is written is
//! told in `support/cases.rs`.
//!
//! The pages are shown by the theme in `tests/render/theme`, which prints what a view holds and
//! nothing else: the cases check the program, and not the look.
//!
//! In an outline an element stands with its attributes (but its class) and, when no block stands in
//! it, with the HTML inside it. A page that is not there has the outline `no such page`. A table
//! (`….csv`) stands as it is; `outline …/index.json#attendance` is what data says under that key.
//!
//! Withheld text of a case holds the word HERON, which no file of the site may hold. And in every
//! page of every case no id stands twice, and every link within the site leads somewhere.

#[path = "support/cases.rs"]
mod cases;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cases::{Case, Change};
use minutebook::build::{self, Options, Progress};
use scraper::{ElementRef, Html, Node, Selector};
use serde_json::Value;

const WITHHELD: &str = "heron";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// Every file of the case's site, by its path.
fn build(case: &Case) -> BTreeMap<String, Vec<u8>> {
    let site = tempfile::tempdir().expect("a folder");
    case.write(site.path());
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render/theme/templates");
    let templates = site.path().join("themes/plain/templates");
    std::fs::create_dir_all(&templates).expect("a folder");
    for entry in theme.read_dir().expect("the test theme").flatten() {
        std::fs::copy(entry.path(), templates.join(entry.file_name())).expect("a template");
    }
    let config = site.path().join("site.toml");
    let own = std::fs::read_to_string(&config).unwrap_or_default();
    std::fs::write(config, format!("theme = \"plain\"\n{own}")).expect("site.toml");
    let output = site.path().join("public");
    let today = case.today();
    let options = Options {
        root: site.path().to_owned(),
        output: output.clone(),
        base_url: None,
        today: None,
        now: today.at(12, 0, 0, 0).in_tz("UTC").expect("a moment").timestamp(),
        drafts: false,
        keep_going: true,
        deny_warnings: false,
        home: None,
        program: String::new(),
        verify: false,
    };
    let outcome = build::build(&options, &Silent);
    let said: Vec<&str> = outcome
        .report
        .diagnostics()
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert!(
        outcome.written.is_some(),
        "{}: nothing was written: {said:#?}",
        case.name
    );
    let mut files = BTreeMap::new();
    read(&output, "", &mut files);
    files
}

fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in folder.read_dir().expect("a folder").flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
}

fn differences(case: &Case) -> Vec<(String, Option<Change>)> {
    let files = build(case);
    let mut found: Vec<(String, Option<Change>)> = broken(case, &files)
        .into_iter()
        .map(|words| (format!("{}: {words}", case.name), None))
        .collect();
    let wanted: Vec<&str> = case
        .fences
        .iter()
        .filter(|f| f.language == "outline")
        .map(|f| f.name.as_str())
        .collect();
    if wanted.is_empty() {
        found.push((
            format!(
                "{}: it names no page: add a block `outline path/index.html`",
                case.name
            ),
            None,
        ));
    }
    for path in wanted {
        let (file, key) = path.split_once('#').unwrap_or((path, ""));
        let outline = match files.get(file) {
            Some(bytes) if file.ends_with(".csv") => {
                String::from_utf8_lossy(bytes).replace(['\r', '\u{feff}'], "")
            }
            Some(bytes) if !key.is_empty() => told(bytes, key),
            Some(bytes) if !path.ends_with(".html") => format!("{} bytes\n", bytes.len()),
            Some(bytes) => outline(&String::from_utf8_lossy(bytes)),
            None => "no such page\n".to_owned(),
        };
        found.extend(case.differs("outline", path, &outline));
    }
    found
}

/// What the data of a record says under a key: a list line by line, and of each
/// entry what is neither nothing nor `false`.
fn told(json: &[u8], key: &str) -> String {
    let record: Value = serde_json::from_slice(json).expect("JSON");
    let told = |value: &Value| {
        let mut value = value.clone();
        if let Some(map) = value.as_object_mut() {
            map.retain(|_, value| !value.is_null() && *value != Value::Bool(false));
        }
        format!("{value}\n")
    };
    match &record[key] {
        Value::Array(list) => list.iter().map(told).collect(),
        value => told(value),
    }
}

/// What may be wrong with no page of any site.
fn broken(case: &Case, files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut told = Vec::new();
    let config = case.files().remove("site.toml").unwrap_or_default();
    let base = String::from_utf8_lossy(&config)
        .lines()
        .find_map(|line| {
            line.strip_prefix("base_url = \"https://")?
                .split_once('/')?
                .1
                .strip_suffix('"')
                .map(|p| format!("/{p}"))
        })
        .unwrap_or_else(|| "/".to_owned());
    let pages: BTreeMap<&str, Html> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| {
            (
                path.as_str(),
                Html::parse_document(&String::from_utf8_lossy(bytes)),
            )
        })
        .collect();
    let all = |html: &Html, selector: &str, attribute: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("a selector");
        html.select(&selector)
            .filter_map(|e| e.value().attr(attribute))
            .map(str::to_owned)
            .collect()
    };
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, html) in &pages {
        let seen = ids.entry(path).or_default();
        for id in all(html, "[id]", "id") {
            if !seen.insert(id.clone()) {
                told.push(format!("{path}: the id `{id}` stands twice"));
            }
        }
    }
    for (path, bytes) in files {
        if path.to_lowercase().contains(WITHHELD)
            || String::from_utf8_lossy(bytes).to_lowercase().contains(WITHHELD)
        {
            told.push(format!("{path}: holds withheld text"));
        }
    }
    for (path, html) in &pages {
        for href in all(html, "[href]", "href")
            .into_iter()
            .chain(all(html, "[src]", "src"))
        {
            let (address, fragment) = href.split_once('#').map_or((href.as_str(), ""), |(a, f)| (a, f));
            let address = address.split('?').next().unwrap_or(address);
            let target = if address.is_empty() {
                (*path).to_owned()
            } else if let Some(below) = address.strip_prefix(&base) {
                let below = minutebook::paths::decode_path(below).unwrap_or_default();
                if below.is_empty() || below.ends_with('/') {
                    format!("{below}index.html")
                } else {
                    below
                }
            } else if address.starts_with('/') {
                told.push(format!("{path}: the link `{href}` leads out of the site"));
                continue;
            } else {
                continue;
            };
            if !files.contains_key(&target) {
                told.push(format!("{path}: the link `{href}` leads nowhere"));
            } else if !fragment.is_empty()
                && !ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment))
            {
                told.push(format!("{path}: nothing on {target} has the id of `{href}`"));
            }
        }
    }
    told
}

const BLOCKS: &[&str] = &[
    "main",
    "section",
    "article",
    "nav",
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "pre",
    "hr",
    "details",
    "summary",
    "figure",
];

fn outline(page: &str) -> String {
    let html = Html::parse_document(page);
    let main = html.select(&Selector::parse("main").expect("a selector")).next();
    let mut out = String::new();
    match main {
        Some(main) => children(main, 0, &mut out),
        None => out.push_str("no main\n"),
    }
    out
}

fn is_block(element: &ElementRef) -> bool {
    BLOCKS.contains(&element.value().name())
}

fn children(element: ElementRef, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let mut words = String::new();
    let flush = |words: &mut String, out: &mut String| {
        if !words.trim().is_empty() {
            out.push_str(&format!("{indent}| {}\n", folded(words)));
        }
        words.clear();
    };
    for child in element.children() {
        match (ElementRef::wrap(child), child.value()) {
            (Some(block), _) if is_block(&block) => {
                flush(&mut words, out);
                one(block, depth, out);
            }
            (Some(inline), _) => words.push_str(&inline.html()),
            (None, Node::Text(text)) => words.push_str(&minutebook::text::escape::escape(text)),
            (None, Node::Comment(comment)) => words.push_str(&format!("<!--{}-->", &**comment)),
            _ => {}
        }
    }
    flush(&mut words, out);
}

fn one(element: ElementRef, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(element.value().name());
    let mut attributes: Vec<(&str, &str)> = element.value().attrs().filter(|a| a.0 != "class").collect();
    attributes.sort_unstable();
    for (name, value) in attributes {
        out.push_str(&format!(" {name}={value}"));
    }
    let holds_blocks = element
        .descendants()
        .skip(1)
        .filter_map(ElementRef::wrap)
        .any(|e| is_block(&e));
    if holds_blocks {
        out.push('\n');
        children(element, depth + 1, out);
        return;
    }
    let inner = element.inner_html();
    let words = if element.value().name() == "pre" {
        inner.trim_end().replace('\n', "⏎")
    } else {
        folded(&inner)
    };
    out.push_str(if words.is_empty() { "" } else { ": " });
    // A text that is only long need not be read here.
    let long = words
        .char_indices()
        .nth(1000)
        .and_then(|_| words.char_indices().nth(60))
        .map(|c| c.0);
    match long {
        Some(at) => out.push_str(&format!("{} … {} bytes", &words[..at], words.len())),
        None => out.push_str(&words),
    }
    out.push('\n');
}

fn folded(text: &str) -> String {
    text.split([' ', '\n', '\t'])
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_page_holds_what_it_must() {
    cases::settle("render", differences);
}
