//! What `minutebook import` makes. Each case of `tests/import/*.md` is a few files that are brought,
//! and everything that comes of them: the records, what is held back, the account. How a case is
//! written is told in `support/cases.rs`.
//!
//! A block `text command` holds the format and its options, a block `toml mapping` the mapping of
//! minutes in Markdown; files in `brought/` are imported. Where
//! there are files in `first/` they are imported before; then the files in `content/` are saved over
//! what came of them, as somebody edits records; then `brought/` is imported.
//!
//! Of every case it is also seen that the order of the files does not matter, that a second import
//! of the same changes nothing, that `check` finds no error in the records, and that the site can be
//! built. Private words of a case are HERON; no byte of what is made may hold them.

#[path = "support/cases.rs"]
mod cases;
#[allow(dead_code, reason = "only what builds a site is needed")]
#[path = "support/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cases::{Case, Change};
use minutebook::document::Labels;
use minutebook::import::{self, Format, HELD, Job, Now, Options, Outcome, Progress, Shelf};
use minutebook::source::{memory, pile};

const PRIVATE: &str = "heron";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

/// A site folder in memory.
#[derive(Default, Clone, PartialEq, Debug)]
struct Site {
    content: BTreeMap<String, String>,
    held: BTreeMap<String, String>,
    bases: BTreeMap<String, String>,
    memory: Option<String>,
}

impl Shelf for Site {
    fn now(&self, path: &str) -> Now {
        self.content.get(path).cloned().map_or(Now::Missing, Now::Text)
    }

    fn held(&self, path: &str) -> Option<String> {
        self.held.get(path).cloned()
    }

    fn base(&self, path: &str) -> Option<String> {
        self.bases.get(path).cloned()
    }

    fn memory(&self, _: Format) -> Option<String> {
        self.memory.clone()
    }
}

impl Site {
    fn import(&mut self, format: Format, options: &Options, brought: &[pile::Brought]) -> Outcome {
        let files = self
            .content
            .iter()
            .map(|(path, text)| (format!("content/{path}"), text.clone().into_bytes()));
        let (known, _) = memory::read(&files.collect());
        let outcome = import::import(
            format,
            &Job {
                brought,
                options,
                known: &known,
                labels: &Labels::default(),
                shelf: &self.clone(),
                progress: &Silent,
            },
        );
        self.content.extend(outcome.files.clone());
        self.held.retain(|path, _| !outcome.released.contains(path));
        self.held.extend(outcome.held.clone());
        self.bases.extend(outcome.bases.clone());
        self.memory = outcome.memory.clone().or(self.memory.take());
        outcome
    }
}

fn command(case: &Case) -> (Format, Options) {
    let line = case.fence("command").expect("a command").text().trim().to_owned();
    let mut words = line.split_whitespace();
    let format = match words.next() {
        Some("moderngov") => Format::ModernGov,
        Some("markdown") => Format::Markdown,
        Some("popolo") => Format::Popolo,
        other => panic!("{}: no format {other:?}", case.name),
    };
    let mut options = Options::default();
    let rest = words.collect::<Vec<_>>().join(" ");
    for part in rest.split("--").filter(|p| !p.is_empty()) {
        let (key, value) = part.trim().split_once(' ').expect("a value");
        match key {
            "body" => options.body = Some(value.to_owned()),
            "date" => options.date = Some(value.parse().expect("a day")),
            "retrieved" => options.retrieved = Some(value.parse().expect("a day")),
            other => panic!("{}: no option {other}", case.name),
        }
    }
    options.mapping = case.fence("mapping").map(|f| f.text().to_owned());
    (format, options)
}

fn brought(case: &Case, folder: &str, format: Format) -> Vec<pile::Brought> {
    let files = case
        .fences
        .iter()
        .filter_map(|f| Some((f.name.strip_prefix(folder)?, f)));
    let mut out: Vec<pile::Brought> = files
        .map(|(name, fence)| pile::Brought {
            name: name.to_owned(),
            bytes: match format.wants(&name.to_lowercase()) {
                true => pile::Content::Bytes(fence.bytes.clone()),
                false => pile::Content::Unwanted,
            },
        })
        .collect();
    out.sort_by(|a, b| a.name.cmp(&b.name));
    out
}

/// Everything that comes of a case.
fn told(case: &Case) -> String {
    let (format, options) = command(case);
    let mut site = Site::default();
    let first = brought(case, "first/", format);
    if !first.is_empty() {
        site.import(format, &options, &first);
    }
    for fence in &case.fences {
        if let Some(path) = fence.name.strip_prefix("content/") {
            site.content.insert(path.to_owned(), fence.text().to_owned());
        }
    }
    let before = site.clone();
    let files = brought(case, "brought/", format);
    let outcome = site.import(format, &options, &files);

    let mut turned = files.clone();
    turned.reverse();
    let mut other = before.clone();
    other.import(format, &options, &turned);
    assert_eq!(site, other, "{}: the order of the files matters", case.name);
    let mut again = site.clone();
    again.import(format, &options, &files);
    assert_eq!(site, again, "{}: a second import changes something", case.name);
    sound(case, &site);

    let mut out = String::new();
    if let Some(mapping) = &outcome.mapping {
        return format!("=== import.toml\n{mapping}");
    }
    if let Some(why) = &outcome.refused {
        return format!("=== nothing is imported: {why}\n");
    }
    for (path, text) in &outcome.files {
        let _ = write!(out, "=== content/{path}\n{text}");
    }
    for (path, text) in &outcome.held {
        let _ = write!(out, "=== {HELD}/{path}\n{text}");
    }
    for path in &outcome.released {
        let _ = writeln!(out, "=== {HELD}/{path} is taken away");
    }
    let _ = write!(out, "=== account\n{}", outcome.account.text(true));
    let all = format!("{out}{}{:?}", outcome.account.json(), site);
    assert!(
        !all.to_lowercase().contains(PRIVATE),
        "{}: private words are told:\n{all}",
        case.name
    );
    out
}

/// The records that were made are read without an error, and give a site.
fn sound(case: &Case, site: &Site) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("content")).expect("a folder");
    for (path, text) in &site.content {
        let place = folder.path().join("content").join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("a file");
    }
    let outcome = site::build(folder.path(), &folder.path().join("public"), None);
    assert_eq!(
        outcome.report.errors(),
        0,
        "{}: {:#?}",
        case.name,
        outcome.report.diagnostics()
    );
    assert!(outcome.written.is_some(), "{}: no site", case.name);
}

#[test]
fn everything_that_is_brought_becomes_records_or_is_told() {
    cases::settle("import", |case: &Case| -> Option<(String, Option<Change>)> {
        case.differs("text", "expected", &told(case))
    });
}

/// What a Popolo document says, without the addresses that it was published at.
fn popolo(built: &[u8]) -> serde_json::Value {
    fn bare(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(map) => {
                map.remove("sources");
                map.values_mut().for_each(bare);
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(bare),
            _ => {}
        }
    }
    let mut value = serde_json::from_slice(built).expect("JSON");
    bare(&mut value);
    value
}

#[test]
fn popolo_that_is_exported_and_imported_again_is_the_same() {
    let example = site::build_example(Some("https://harrowmere.example/"));
    let exported = &example.files["data/popolo.json"];
    let brought = [pile::Brought {
        name: "popolo.json".to_owned(),
        bytes: pile::Content::Bytes(exported.clone()),
    }];
    let mut made = Site::default();
    made.import(Format::Popolo, &Options::default(), &brought);
    let folder = tempfile::tempdir().expect("a folder");
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(repository.join("site.toml"), folder.path().join("site.toml")).expect("site.toml");
    for (path, text) in &made.content {
        let place = folder.path().join("content").join(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("a file");
    }
    let output = folder.path().join("public");
    let outcome = site::build(folder.path(), &output, Some("https://harrowmere.example/"));
    assert_eq!(outcome.report.errors(), 0, "{:#?}", outcome.report.diagnostics());
    let again = popolo(&std::fs::read(output.join("data/popolo.json")).expect("Popolo"));
    let before = popolo(exported);
    for (kind, list) in before.as_object().expect("an object") {
        let (list, other) = (
            list.as_array().expect("a list"),
            again[kind].as_array().expect("a list"),
        );
        for (one, two) in list.iter().zip(other) {
            assert_eq!(one, two, "{kind}");
        }
        assert_eq!(list.len(), other.len(), "{kind}");
        assert!(!list.is_empty(), "{kind}");
    }
}
