//! Cases in Markdown: a file holds several, each under a `## Title`, with free prose and fenced
//! blocks. The words behind the opening fence are a language and a name:
//!
//! `````markdown
//! ## A key that nobody knows
//!
//! ````md content/meetings/harbour/2025-03-04.md
//! ---
//! venu: Old Sail Loft
//! ---
//! ````
//!
//! ````text expected
//! …
//! ````
//! `````
//!
//! With `UPDATE=1` a driver writes what it got into the block that holds what is expected, or adds
//! that block. In a block of the language `escaped`, `\t`, `\r`, `\u{feff}`, `\x{e9}` (one byte) and
//! `\repeat{70000}{x}` stand for what cannot be seen or would be too long.
#![allow(dead_code, reason = "each driver uses its part")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub struct File {
    pub path: PathBuf,
    pub text: String,
    pub cases: Vec<Case>,
}

pub struct Case {
    /// `tests/check/fields.md: A key that is repeated`
    pub name: String,
    pub fences: Vec<Fence>,
    /// Where the case ends in its file.
    pub end: usize,
}

pub struct Fence {
    pub language: String,
    /// What stands behind the language: a path, `expected`, `today`.
    pub name: String,
    pub bytes: Vec<u8>,
    /// Where its lines stand in the file.
    pub range: Range<usize>,
}

/// A place of a case's file, and what it is to hold.
pub struct Change {
    pub range: Range<usize>,
    pub text: String,
}

/// Every case file of a folder of `tests/`.
pub fn read(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("tests").join(folder))
        .expect("the folder of the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "tests/{folder} holds no case");
    paths.into_iter().map(one).collect()
}

fn one(path: PathBuf) -> File {
    let text = std::fs::read_to_string(&path).expect("a case file in UTF-8");
    let short = path
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap_or(&path)
        .display()
        .to_string();
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(String, Fence)> = None;
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let (start, words) = (at, line.trim_end());
        at += line.len();
        if let Some((marks, _)) = &open {
            if words != marks {
                continue;
            }
            let (_, mut fence) = open.take().expect("an open fence");
            fence.range.end = start;
            let inside = &text[fence.range.clone()];
            fence.bytes = if fence.language == "escaped" {
                unescape(inside)
            } else {
                inside.as_bytes().to_vec()
            };
            let case = cases
                .last_mut()
                .unwrap_or_else(|| panic!("{short}:{}: a fence outside a case", n + 1));
            assert!(
                case.fences.iter().all(|f| f.name != fence.name),
                "{short}:{}: `{}` stands twice in its case",
                n + 1,
                fence.name
            );
            case.fences.push(fence);
        } else if words.starts_with("```") {
            let marks: String = words.chars().take_while(|c| *c == '`').collect();
            let info = words[marks.len()..].trim();
            let (language, name) = info.split_once(' ').unwrap_or((info, ""));
            assert!(
                !name.is_empty(),
                "{short}:{}: a fence needs a language and a name",
                n + 1
            );
            let fence = Fence {
                language: language.to_owned(),
                name: name.to_owned(),
                bytes: Vec::new(),
                range: at..at,
            };
            open = Some((marks, fence));
        } else if let Some(title) = words.strip_prefix("## ") {
            let name = format!("{short}: {title}");
            assert!(cases.iter().all(|c| c.name != name), "{name}: stands twice");
            cases.push(Case {
                name,
                fences: Vec::new(),
                end: at,
            });
        }
        if !words.is_empty()
            && let Some(case) = cases.last_mut()
        {
            case.end = at;
        }
    }
    assert!(open.is_none(), "{short}: the last fence is never closed");
    assert!(!cases.is_empty(), "{short}: no case");
    File { path, text, cases }
}

impl Case {
    /// The block of that name.
    pub fn fence(&self, name: &str) -> Option<&Fence> {
        self.fences.iter().find(|f| f.name == name)
    }

    /// The blocks that are files of the site, by their paths.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let is_file = |f: &&Fence| f.name == "site.toml" || f.name.contains('/') && f.language != "outline";
        let files: BTreeMap<String, Vec<u8>> = self
            .fences
            .iter()
            .filter(is_file)
            .map(|f| (f.name.clone(), f.bytes.clone()))
            .collect();
        assert!(!files.is_empty(), "{}: no file", self.name);
        files
    }

    /// The day that the case is built for.
    pub fn today(&self) -> jiff::civil::Date {
        let text = self.fence("today").map_or("2026-11-22", |f| f.text().trim());
        text.parse()
            .unwrap_or_else(|_| panic!("{}: `{text}` is no day", self.name))
    }

    /// Writes the files of the case into a folder.
    pub fn write(&self, folder: &Path) {
        for (name, bytes) in self.files() {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            std::fs::write(path, bytes).expect("a new file");
        }
    }

    /// Compares a block with what it should hold: none when they are the same.
    pub fn differs(&self, language: &str, name: &str, got: &str) -> Option<(String, Option<Change>)> {
        let Some(fence) = self.fence(name) else {
            let block = format!("\n````{language} {name}\n{got}````\n");
            let told = format!(
                "{}\nno block `{language} {name}`; it would hold:\n{got}",
                self.name
            );
            return Some((
                told,
                Some(Change {
                    range: self.end..self.end,
                    text: block,
                }),
            ));
        };
        let expected = fence.text();
        (expected != got).then(|| {
            let told = format!("{} ({name})\n{}", self.name, diff(expected, got));
            (
                told,
                Some(Change {
                    range: fence.range.clone(),
                    text: got.to_owned(),
                }),
            )
        })
    }
}

impl Fence {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("text")
    }
}

/// Whether what is expected is to be written anew.
#[allow(
    clippy::disallowed_methods,
    reason = "a test is asked by the environment to update its cases"
)]
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|v| v == "1")
}

/// Runs every case of a folder. Fails with every difference, or writes them down with `UPDATE=1`;
/// a difference without a change cannot be written down.
pub fn settle<D>(folder: &str, differences: impl Fn(&Case) -> D + Sync)
where
    D: IntoIterator<Item = (String, Option<Change>)> + Send,
{
    let mut told = Vec::new();
    for file in read(folder) {
        let found: Vec<D> = file.cases.par_iter().map(&differences).collect();
        let mut changes = Vec::new();
        for (words, change) in found.into_iter().flatten() {
            match change {
                Some(change) if updating() => changes.push(change),
                _ => told.push(words),
            }
        }
        if !changes.is_empty() {
            let mut text = file.text;
            // From the end, so that the places before stay where they are.
            for change in changes.into_iter().rev() {
                text.replace_range(change.range, &change.text);
            }
            std::fs::write(&file.path, text).expect("the case file, written");
        }
    }
    assert!(
        told.is_empty(),
        "\n{}\n\n{} case(s) differ: - is expected, + is what came. UPDATE=1 writes it down; then read it.",
        told.join("\n"),
        told.len()
    );
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let argument = |rest: &str| rest.find('}').map(|end| (rest[..end].to_owned(), end + 1));
        if let Some(after) = rest.strip_prefix("u{") {
            let (hex, end) = argument(after).expect("a closing brace");
            let code = u32::from_str_radix(&hex, 16)
                .ok()
                .and_then(char::from_u32)
                .expect("a character");
            out.extend_from_slice(code.to_string().as_bytes());
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix("x{") {
            let (hex, end) = argument(after).expect("a closing brace");
            out.push(u8::from_str_radix(&hex, 16).expect("a byte"));
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix("repeat{") {
            let (times, end) = argument(after).expect("a closing brace");
            let after = after[end..].strip_prefix('{').expect("what to repeat");
            let (what, end) = argument(after).expect("a closing brace");
            out.extend_from_slice(what.repeat(times.parse().expect("a number")).as_bytes());
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix('t') {
            out.push(b'\t');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('r') {
            out.push(b'\r');
            rest = after;
        } else {
            out.push(b'\\');
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// The lines of two texts: `-` only in the first, `+` only in the second.
pub fn diff(old: &str, new: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut longest = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, String::new());
    while i < a.len() || j < b.len() {
        let (mark, line) = if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
            (' ', a[i - 1])
        } else if i < a.len() && (j == b.len() || longest[i + 1][j] >= longest[i][j + 1]) {
            i += 1;
            ('-', a[i - 1])
        } else {
            j += 1;
            ('+', b[j - 1])
        };
        out.push_str(&format!("{mark} {line}\n"));
    }
    out
}
