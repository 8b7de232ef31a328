//! What `minutebook import` makes. Each case of `tests/import/*.md` is a few files that are brought,
//! and everything that comes of them: the records, what is held back, the account. How a case is
//! written is told in `support/cases.rs`.
//!
//! A block `text command` holds the format and its options, a block `toml mapping` the mapping of
//! minutes in Markdown; files in `brought/` are imported. A block of the language `docx` is a Word
//! document, written as `support/docx.rs` tells; a block of the language `file` names one in
//! `import/docx/`. Where there are files in `first/` they are imported before; then the files in
//! `content/` are saved over what came of them, as somebody edits records, and those in `deleted/`
//! are deleted; then `brought/` is imported.
//!
//! Of every case it is also seen that the order of the files does not matter, that a second import
//! of the same changes nothing, that `check` finds no error in the records, and that the site can be
//! built. Private words of a case are HERON; no byte of what is made may hold them.

#[path = "support/cases.rs"]
mod cases;
#[path = "support/docx.rs"]
mod docx;
#[allow(dead_code, reason = "only what builds a site is needed")]
#[path = "support/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cases::{Case, Change};
use minutebook::document::Labels;
use minutebook::import::{self, Format, HELD, Job, Now, Options, Order, Outcome, Progress, Shelf};
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
        Some("docx") => Format::Docx,
        other => panic!("{}: no format {other:?}", case.name),
    };
    let mut options = Options::default();
    let rest = words.collect::<Vec<_>>().join(" ");
    for part in rest.split("--").filter(|p| !p.is_empty()) {
        let (key, value) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
        match key {
            "accept-changes" => options.accept_changes = true,
            "date-order" => {
                options.order = Some(match value {
                    "day-first" => Order::DayFirst,
                    _ => Order::MonthFirst,
                });
            }
            "body" => options.body = Some(value.to_owned()),
            "date" => options.date = Some(value.parse().expect("a day")),
            "retrieved" => options.retrieved = Some(value.parse().expect("a day")),
            other => panic!("{}: no option {other}", case.name),
        }
    }
    options.mapping = case.fence("mapping").map(|f| f.text().to_owned());
    (format, options)
}

/// A document that another program wrote.
fn made(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/docx");
    std::fs::read(folder.join(name)).expect("a document")
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
                true if fence.language == "file" => pile::Content::Bytes(made(fence.text().trim())),
                true if fence.language == "docx" => pile::Content::Bytes(docx::document(fence.text())),
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
        if let Some(path) = fence.name.strip_prefix("deleted/") {
            let gone = site.content.remove(path);
            assert!(gone.is_some(), "{}: there was no `{path}`", case.name);
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

/// One document, and what comes of it in an empty site.
fn one_document(bytes: Vec<u8>, options: &Options) -> (Site, Outcome) {
    let mut site = Site::default();
    let brought = [pile::Brought {
        name: "minutes.docx".to_owned(),
        bytes: pile::Content::Bytes(bytes),
    }];
    let outcome = site.import(Format::Docx, options, &brought);
    (site, outcome)
}

/// What the Markdown of a record says, whatever signs it is written with: HTML,
/// without the addresses that no document can hold.
fn said(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options as Dialect, Parser, Tag, TagEnd, html};
    let dialect = Dialect::ENABLE_TABLES | Dialect::ENABLE_TASKLISTS | Dialect::ENABLE_STRIKETHROUGH;
    let web = |target: &str| target.starts_with("https://") || target.starts_with("http://");
    let mut plain = Vec::new();
    let events = Parser::new_ext(markdown, dialect).filter_map(|event| match event {
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            plain.push(!web(dest_url));
            web(dest_url).then_some(event)
        }
        Event::End(TagEnd::Link) => (!plain.pop().expect("an open link")).then_some(event),
        Event::Start(Tag::Table(columns)) => {
            let none = columns.iter().map(|_| pulldown_cmark::Alignment::None).collect();
            Some(Event::Start(Tag::Table(none)))
        }
        event => Some(event),
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    out
}

#[test]
fn the_longest_meeting_by_way_of_pandoc_and_word_is_the_same_record() {
    use minutebook::document::written::again;
    use minutebook::paths::SourcePath;
    use minutebook::report::Report;

    let options = Options {
        date: Some("2026-05-20".parse().expect("a day")),
        ..Options::default()
    };
    let (site, outcome) = one_document(made("pandoc-long-meeting.docx"), &options);
    let words = outcome.account.words;
    assert_eq!(
        (words.left, words.understood, words.private),
        (0, 0, 0),
        "{}",
        outcome.account.text(true)
    );
    let path = "meetings/council/2026-05-20.md";
    let original = "content/meetings/council/2026-05-20/index.md";
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |text: &str| {
        let path = SourcePath::new(format!("content/{path}"));
        again(&path, text, &Labels::default(), &mut Report::new()).expect("a record")
    };
    let before = read(&std::fs::read_to_string(repository.join(original)).expect("the meeting"));
    let after = read(site.content.get(path).expect("a meeting"));
    // Of the front matter, pandoc keeps the title alone.
    assert_eq!(after.front.get("title"), before.front.get("title"));
    assert_eq!(said(&after.text), said(&before.text));
    assert_eq!(after.items.len(), before.items.len());
    for (one, other) in after.items.iter().zip(&before.items) {
        assert_eq!((&one.number, &one.title), (&other.number, &other.title));
        let fields = |item: &minutebook::document::written::ItemText| -> Vec<(String, String)> {
            item.fields
                .iter()
                .map(|(key, value)| (key.clone(), said(value)))
                .collect()
        };
        assert_eq!(fields(one), fields(other), "{}", one.title);
        assert_eq!(said(&one.text), said(&other.text), "{}", one.title);
        let sections = |item: &minutebook::document::written::ItemText| -> Vec<(String, String)> {
            item.sections
                .iter()
                .map(|s| (s.label.clone(), said(&s.text)))
                .collect()
        };
        assert_eq!(sections(one), sections(other), "{}", one.title);
    }
}

mod words_of_documents {
    use proptest::prelude::*;

    use super::*;

    /// Where some words of a document stand.
    #[derive(Clone, Debug)]
    enum At {
        Plain(&'static str),
        Cells(usize),
        Lines,
        Boxed,
        Noted,
        Deleted,
        Linked,
        Field,
        Control,
        /// Told in the account, in no record.
        Inserted,
        Header,
        /// Told nowhere.
        Hidden,
        Blacked,
        Commented,
    }

    fn place() -> impl Strategy<Value = At> {
        let plain = prop::sample::select(vec![
            "",
            "",
            "{Heading1} ",
            "{Heading2} ",
            "{Kop3} ",
            "{Agenda} ",
            "{list=1.0} ",
            "{list=1.1} ",
            "{list=1.2} ",
            "{list=2.0} ",
            "{list=2.1} ",
            "{list=3.1} ",
            "{list=4.0} ",
            "{center} ",
            "{Title} ",
            "**Bold** ",
            "12. ",
            "Present: ",
            "Apologies:\\n",
            "**3. Bold** ",
            "• ",
            "(a) ",
            "{ListBullet} ",
            "# ",
            "> ",
            "RESOLVED ",
        ]);
        prop_oneof![
            6 => plain.prop_map(At::Plain),
            1 => (1usize..4).prop_map(At::Cells),
            1 => Just(At::Lines),
            1 => Just(At::Boxed),
            1 => Just(At::Noted),
            1 => Just(At::Deleted),
            1 => Just(At::Linked),
            1 => Just(At::Field),
            1 => Just(At::Control),
            1 => Just(At::Inserted),
            1 => Just(At::Header),
            1 => Just(At::Hidden),
            1 => Just(At::Blacked),
            1 => Just(At::Commented),
        ]
    }

    struct Written {
        text: String,
        placed: Vec<String>,
        told: Vec<String>,
        private: Vec<String>,
    }

    fn written(places: &[At]) -> Written {
        let mut out = Written {
            text: String::new(),
            placed: Vec::new(),
            told: Vec::new(),
            private: Vec::new(),
        };
        let (mut notes, mut comments, mut headers) = (String::new(), String::new(), String::new());
        let mut n = 0;
        // No two words are the same, and some look like Markdown.
        let mut fresh = |list: &mut Vec<String>, signs: &str| {
            n += 1;
            let word = format!("word{n}x");
            list.push(word.clone());
            // A line that opens with this sign is no words.
            let before = if signs == "<" { "x<" } else { signs };
            format!("{before}{word}{signs}")
        };
        for (k, place) in places.iter().enumerate() {
            let signs = ["", "", "_", "*", "`", "[", "|", "<", "&", "~", "#", "!"][k % 12];
            let line = match place {
                At::Plain(before) => format!(
                    "{before}{} {}",
                    fresh(&mut out.placed, signs),
                    fresh(&mut out.placed, "")
                ),
                At::Cells(wide) => {
                    let mut rows = String::new();
                    for _ in 0..2 {
                        let cells: Vec<String> = (0..*wide)
                            .map(|_| fresh(&mut out.placed, signs).replace('|', ""))
                            .collect();
                        rows.push_str(&format!("| {} |\n", cells.join(" | ")));
                    }
                    rows
                }
                At::Lines => format!(
                    "{}\\n{}\\t{}",
                    fresh(&mut out.placed, ""),
                    fresh(&mut out.placed, signs),
                    fresh(&mut out.placed, "")
                ),
                At::Boxed => {
                    let word = fresh(&mut out.placed, "");
                    let inner =
                        format!("<w:txbxContent><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:txbxContent>");
                    format!(
                        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
                    )
                }
                At::Noted => {
                    let word = fresh(&mut out.placed, "");
                    notes.push_str(&format!(
                        "<w:footnote w:id=\"{k}\"><w:p><w:r><w:t>{word}</w:t></w:r></w:p></w:footnote>\n"
                    ));
                    format!("{}[note {k}]", fresh(&mut out.placed, ""))
                }
                At::Deleted => format!("[del]{}[/del]", fresh(&mut out.placed, "")),
                At::Linked => format!("[link rId9]{}[/link]", fresh(&mut out.placed, signs)),
                At::Field => format!(
                    "<w:p><w:fldSimple w:instr=\"REF x\"><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>",
                    fresh(&mut out.placed, "")
                ),
                At::Control => format!(
                    "<w:sdt><w:sdtContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:sdtContent></w:sdt>",
                    fresh(&mut out.placed, "")
                ),
                At::Inserted => format!(
                    "{} [ins]{}[/ins]",
                    fresh(&mut out.placed, ""),
                    fresh(&mut out.told, "")
                ),
                At::Header => {
                    headers.push_str(&fresh(&mut out.told, ""));
                    headers.push('\n');
                    String::new()
                }
                At::Hidden => format!("[hidden]{}[/hidden]", fresh(&mut out.private, "")),
                At::Blacked => format!(
                    "<w:p><w:r><w:rPr><w:highlight w:val=\"black\"/></w:rPr><w:t>{}</w:t></w:r></w:p>",
                    fresh(&mut out.private, "")
                ),
                At::Commented => {
                    comments.push_str(&format!(
                        "<w:comment w:id=\"{k}\"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:comment>\n",
                        fresh(&mut out.private, "")
                    ));
                    String::new()
                }
            };
            out.text.push_str(&line);
            out.text.push('\n');
        }
        out.text.push_str(&format!(
            "@link rId9 https://example.org/x\n@part footnotes\n{notes}@part comments\n{comments}@part header\n{headers}"
        ));
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(160))]

        #[test]
        fn are_in_a_record_or_in_the_account(places in prop::collection::vec(place(), 1..24)) {
            let written = written(&places);
            let options = Options {
                body: Some("Board".to_owned()),
                date: Some("2024-03-12".parse().expect("a day")),
                ..Options::default()
            };
            let (site, outcome) = one_document(docx::document(&written.text), &options);
            let records: String = site.content.values().chain(site.held.values()).cloned().collect();
            let account = outcome.account.text(true);
            let whole = |text: &str, word: &str| text.match_indices(word).any(|(at, _)| {
                !text[at + word.len()..].starts_with(|c: char| c.is_alphanumeric())
            });
            for word in &written.placed {
                prop_assert!(whole(&records, word), "{word} is lost\n{}\n{records}\n{account}", written.text);
            }
            for word in &written.told {
                prop_assert!(whole(&account, word) && !whole(&records, word), "{word}\n{records}\n{account}");
            }
            let everything = format!("{records}{account}{}{:?}", outcome.account.json(), site);
            for word in &written.private {
                prop_assert!(!whole(&everything, word), "{word} is told\n{everything}");
            }
            let words = outcome.account.words;
            prop_assert_eq!(words.read, words.placed + words.understood + words.private + words.left);
        }
    }
}

/// A document with this as its main part.
fn with_main(text: &[u8]) -> Vec<u8> {
    docx::zipped(&[("word/document.xml", text)])
}

fn main_part(body: &str) -> Vec<u8> {
    format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>").into_bytes()
}

#[test]
fn a_document_that_means_harm_spoils_itself_alone() {
    let entities =
        "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><w:document><w:body>&c;</w:body></w:document>";
    let deep = main_part(&format!("{}{}", "<s>".repeat(100_000), "</s>".repeat(100_000)));
    let blank = main_part(&" ".repeat(40 << 20));
    let many: Vec<(String, Vec<u8>)> = (0..5000)
        .map(|n| (format!("word/x{n}.xml"), Vec::new()))
        .collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    let good = docx::document(
        "{Title} Minutes of the Parks Committee, 12 March 2024\n{Heading1} Pond\nCold.\n{Heading1} Path\nWet.",
    );
    let mut locked = good.clone();
    // The flag of an encrypted part, in its local head and in the list of parts.
    for at in 0..locked.len() - 10 {
        if locked[at..].starts_with(b"PK\x03\x04") {
            locked[at + 6] |= 1;
        } else if locked[at..].starts_with(b"PK\x01\x02") {
            locked[at + 8] |= 1;
        }
    }
    let rels = |target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"{target}\"/></Relationships>").into_bytes()
    };
    let sheet = docx::zipped(&[
        ("_rels/.rels", &rels("xl/workbook.xml")),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let text = docx::zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    let outside = docx::zipped(&[("_rels/.rels", &rels("../../../etc/passwd"))]);
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "bomb of entities",
            with_main(entities.as_bytes()),
            "document type",
        ),
        ("depth", with_main(&deep), "deeper"),
        ("bomb of blanks", with_main(&blank), "unpacks to far more"),
        ("parts", docx::zipped(&many), "5000 parts"),
        (
            "broken",
            with_main(b"<w:document><w:body><w:p></w:body></w:document>"),
            "broken",
        ),
        ("no XML", with_main(b"\x00\x01\x02\x03"), "cannot be read"),
        ("no end", with_main(b"<w:document><w:body>"), "ends before"),
        ("cut", good[..good.len() / 2].to_vec(), "damaged"),
        ("empty", Vec::new(), "empty"),
        ("locked", locked, "password"),
        ("sheet", sheet, "spreadsheet"),
        ("text", text, ".odt"),
        ("outside", outside, "no Word document"),
        ("no parts", docx::zipped(&[]), "no Word document"),
    ];
    let mut brought: Vec<pile::Brought> = cases
        .iter()
        .map(|(name, bytes, _)| pile::Brought {
            name: format!("{name}.docx"),
            bytes: pile::Content::Bytes(bytes.clone()),
        })
        .collect();
    brought.push(pile::Brought {
        name: "good.docx".to_owned(),
        bytes: pile::Content::Bytes(good),
    });
    let mut site = Site::default();
    let outcome = site.import(Format::Docx, &Options::default(), &brought);
    for (name, _, word) in &cases {
        let file = outcome
            .account
            .files
            .iter()
            .find(|f| f.name == format!("{name}.docx"))
            .expect("told");
        let why = file.why.as_deref().unwrap_or("");
        assert!(
            file.fate == "failed" && why.contains(word),
            "{name}: {} {why}",
            file.fate
        );
    }
    assert!(
        site.content
            .contains_key("meetings/parks-committee/2024-03-12.md"),
        "{}",
        outcome.account.text(true)
    );
}

#[test]
fn parts_with_strange_names_and_encodings_are_read_or_left() {
    let mut words = vec![0xff, 0xfe];
    let text = "<w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>Caf\u{e9} 12 March 2024</w:t></w:r></w:p></w:body></w:document>";
    words.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let inner = docx::document("Inner words");
    let bytes = docx::zipped(&[
        ("../../evil.txt", b"x"),
        ("/etc/passwd", b"x"),
        ("C:\\evil.txt", b"x"),
        ("Word\\Document.XML", &words),
        ("word/embeddings/inner.docx", &inner),
    ]);
    let options = Options {
        body: Some("Board".to_owned()),
        ..Options::default()
    };
    let (site, outcome) = one_document(bytes, &options);
    let meeting = site.content.get("meetings/board/2024-03-12.md");
    assert!(
        meeting.is_some_and(|t| t.contains("Café")),
        "{}",
        outcome.account.text(true)
    );
    assert_eq!(site.content.len(), 2, "{:?}", site.content.keys());
}
