//! `docs/theme-views.md` is written from the source: every view that a template is given, with the
//! words that stand above each field. The test fails when it is not up to date, and when a field
//! has no words; `UPDATE=1 cargo test --test views` writes the document.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::path::Path;

const DOCUMENT: &str = "docs/theme-views.md";

const HEAD: &str = "# The views of templates

<!-- Written from the source by `UPDATE=1 cargo test --test views`. Do not edit. -->

A template is given one view: a value that holds all that its page shows. This document lists the views, and the values they are made of. It is written from the source, so it is what this version of minutebook gives. [Themes](themes.md) says how templates are made.

A day is text, as `2024-03-12`; the filter `long_date` writes it out. *Or nothing* means that the field may be missing: `{% if field %}` asks. A list may be empty. What holds HTML says so, and is written `{{ field | safe }}`; all else is escaped.
";

/// A struct that can be given to a template.
struct Struct {
    file: String,
    words: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    /// As the source writes it.
    ty: String,
    words: String,
}

/// The structs and the views of the source.
#[derive(Default)]
struct Source {
    /// Those of one name, in the order of their files.
    structs: BTreeMap<String, Vec<Struct>>,
    /// In their order: the name of the view's kind, and its type.
    views: Vec<(String, String)>,
    /// The template of each kind.
    templates: BTreeMap<String, String>,
}

fn read() -> Source {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut source = Source::default();
    for folder in ["src/outlets", "src/theme", "src/site"] {
        let files = walkdir::WalkDir::new(root.join(folder))
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.expect("an entry").into_path())
            .filter(|path| path.extension().is_some_and(|e| e == "rs"));
        for path in files {
            let text = std::fs::read_to_string(&path).expect("a file of the source");
            let name = path.strip_prefix(root).expect("below the root");
            structs(&text, &name.display().to_string(), &mut source);
            templates(&text, &mut source.templates);
        }
    }
    assert!(source.views.len() > 10, "the views were not found");
    source
}

/// Reads the structs that can be given to a template, as rustfmt sets them: each field on a line
/// of its own, with its words above it.
fn structs(text: &str, file: &str, source: &mut Source) {
    let mut words: Vec<&str> = Vec::new();
    let mut serialize = false;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(more) = line.strip_prefix("///") {
            words.push(more.trim());
        } else if line.starts_with("#[") {
            serialize |= line.starts_with("#[derive(") && line.contains("Serialize");
        } else if line.starts_with("pub enum View<") {
            let variants = lines.by_ref().take_while(|l| *l != "}");
            source.views.extend(variants.filter_map(|l| {
                let (name, ty) = l.trim().strip_suffix("),")?.split_once('(')?;
                Some((name.to_owned(), ty.to_owned()))
            }));
        } else {
            if let Some(rest) = line.strip_prefix("pub struct ").filter(|_| serialize) {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                let body: Vec<&str> = lines.by_ref().take_while(|l| *l != "}").collect();
                source.structs.entry(name.clone()).or_default().push(Struct {
                    file: file.to_owned(),
                    words: words.join(" "),
                    fields: fields(&body),
                });
            }
            words.clear();
            serialize = false;
        }
    }
}

fn fields(lines: &[&str]) -> Vec<Field> {
    let mut words: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for line in lines.iter().map(|l| l.trim()) {
        if let Some(more) = line.strip_prefix("///") {
            words.push(more.trim());
            continue;
        }
        let field = line.strip_prefix("pub ").and_then(|l| l.strip_suffix(','));
        // What cannot be read is kept as it is, and told if a template is given it.
        let (name, ty) = field.and_then(|f| f.split_once(": ")).unwrap_or((line, ""));
        out.push(Field {
            name: name.to_owned(),
            ty: ty.to_owned(),
            words: words.join(" "),
        });
        words.clear();
    }
    out
}

/// Finds the template that is named right before a view is made: `("meeting.html", View::Meeting(`.
fn templates(text: &str, into: &mut BTreeMap<String, String>) {
    for (at, _) in text.match_indices("View::") {
        let kind: String = text[at + 6..]
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let before = &text[..at];
        let Some(end) = before.rfind(".html\"") else {
            continue;
        };
        let start = before[..end].rfind('"').map_or(0, |quote| quote + 1);
        if !before[end..].contains(';') {
            into.entry(kind)
                .or_insert_with(|| before[start..end + 5].to_owned());
        }
    }
}

/// A type as a theme's author sees it, and the structs it is made of.
fn kind(ty: &str, parts: &mut Vec<String>) -> String {
    let ty = ty.trim();
    if let Some(rest) = ty.strip_prefix('&') {
        let named = rest.strip_prefix('\'').and_then(|r| r.split_once(' '));
        return kind(named.map_or(rest, |n| n.1), parts);
    }
    if let Some(inner) = ty.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return format!(
            "list of {}",
            kind(inner.split(';').next().unwrap_or(inner), parts)
        );
    }
    if let Some(inner) = ty.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        let each: Vec<String> = arguments(inner).iter().map(|ty| kind(ty, parts)).collect();
        return format!("list of {}: {}", each.len(), each.join(", "));
    }
    let path = ty.split('<').next().unwrap_or(ty);
    let inner = ty[path.len()..]
        .strip_prefix('<')
        .and_then(|t| t.strip_suffix('>'));
    let inner = arguments(inner.unwrap_or(""));
    match (path.rsplit("::").next().unwrap_or(path), inner.as_slice()) {
        ("Option", [ty]) => format!("{}, or nothing", kind(ty, parts)),
        ("Vec", [ty]) => format!("list of {}", kind(ty, parts)),
        ("Box" | "Cow" | "Arc" | "Rc" | "Shared", [ty]) => kind(ty, parts),
        ("BTreeMap", [_, ty]) => format!("{} by names", kind(ty, parts)),
        // A day is serialised as its ISO form.
        ("String" | "str" | "Date", _) => "text".to_owned(),
        ("Html", _) => "HTML".to_owned(),
        // Written by hand as the text of an element.
        ("Graph", _) => "JSON-LD".to_owned(),
        ("bool", _) => "true or false".to_owned(),
        ("u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "f64", _) => {
            "number".to_owned()
        }
        // Enumerations of plain words.
        ("ColumnKind", _) => "a word".to_owned(),
        (name, _) => {
            parts.push(name.to_owned());
            format!("[{name}](#{})", name.to_lowercase())
        }
    }
}

/// Divides types at the commas outside brackets; lifetimes are left out.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut from, mut out) = (0usize, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                out.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[from..]);
    out.into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty() && !part.starts_with('\''))
        .collect()
}

/// The table of a struct's fields. Names those that have no words.
fn table(name: &str, item: &Struct, parts: &mut Vec<String>, bare: &mut Vec<String>) -> String {
    let mut out = String::from("| field | is | |\n|---|---|---|\n");
    for field in &item.fields {
        assert!(
            !field.ty.is_empty(),
            "{name}: the fields of a view are public, on one line each, and without attributes: {}",
            field.name
        );
        let kind = kind(&field.ty, parts);
        let words = match field.words.as_str() {
            "" if kind == "[Frame](#frame)" => "The frame of the page.",
            words => words,
        };
        if words.is_empty() {
            bare.push(format!("{name}.{}", field.name));
        }
        let _ = writeln!(
            out,
            "| `{}` | {kind} | {} |",
            field.name,
            words.replace('|', "\\|")
        );
    }
    out
}

/// The struct of that name: of the same file, or the only one, or the only one
/// among those of pages.
fn find<'s>(source: &'s Source, name: &str, from: &str) -> &'s Struct {
    let same = source.structs.get(name).map_or(&[][..], Vec::as_slice);
    let only = |folder: &str| {
        let mut all = same.iter().filter(|one| one.file.starts_with(folder));
        all.next().filter(|_| all.next().is_none())
    };
    let found = same
        .iter()
        .find(|one| one.file == from)
        .or(only(""))
        .or(only("src/outlets/pages/"));
    found.unwrap_or_else(|| {
        panic!(
            "{} structs are called {name}, and one is given to templates",
            same.len()
        )
    })
}

/// The document as it grows, and what it has still to tell of.
struct Writer<'s> {
    source: &'s Source,
    /// Structs to tell of, with the file that names them.
    wanted: VecDeque<(String, String)>,
    /// What has no words.
    bare: Vec<String>,
}

impl Writer<'_> {
    fn section(&mut self, heading: &str, name: &str, from: &str) -> String {
        let item = find(self.source, name, from);
        if item.words.is_empty() {
            self.bare.push(name.to_owned());
        }
        let mut parts = Vec::new();
        let table = table(name, item, &mut parts, &mut self.bare);
        let named = parts.into_iter().map(|part| (part, item.file.clone()));
        self.wanted.extend(named);
        format!("\n### {heading}\n\n{}\n\n{table}", item.words)
    }
}

/// The document, and what has no words in the source.
fn document() -> (String, Vec<String>) {
    let source = read();
    let mut writer = Writer {
        source: &source,
        wanted: VecDeque::new(),
        bare: Vec::new(),
    };
    let mut out = HEAD.to_owned();
    out.push_str("\n## What every template knows\n");
    out.push_str(&writer.section("`site`", "SiteFacts", ""));
    out.push_str("\n### `page`\n\nThe frame of the page: [Frame](#frame).\n");
    out.push_str("\n### `t`\n\nThe words of the interface by their keys, as `strings/en.toml` lists them.\n");
    out.push_str("\n## The views\n");
    for (variant, ty) in &source.views {
        let template = source
            .templates
            .get(variant)
            .unwrap_or_else(|| panic!("no template was found for View::{variant}"));
        let mut name = Vec::new();
        kind(ty, &mut name);
        out.push_str(&writer.section(template, &name[0], ""));
    }
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut pieces: BTreeMap<String, String> = BTreeMap::new();
    while let Some((name, from)) = writer.wanted.pop_front() {
        if told.insert(name.clone()) {
            let piece = writer.section(&name, &name, &from);
            pieces.insert(name, piece);
        }
    }
    out.push_str("\n## What they are made of\n");
    out.extend(pieces.into_values());
    (out, writer.bare)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test is asked by the environment to write its document"
)]
fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v == "1")
}

#[test]
fn the_document_of_the_views_is_up_to_date() {
    let (now, bare) = document();
    assert!(
        bare.is_empty(),
        "these have no words above them in the source, so a theme's author cannot know what they are:\n{}",
        bare.join("\n")
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    if updating() {
        std::fs::write(&path, &now).expect("the document, written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == now,
        "{DOCUMENT} is not what the source says; `UPDATE=1 cargo test --test views` writes it"
    );
}
