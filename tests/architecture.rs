//! `ARCHITECTURE.md` held against the source: the table of floors, which is read from that file, and
//! the sentences of absence. Each check is first shown a line that it must find.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file of `src/` without its comments, texts and unit tests.
struct File {
    /// `assemble/links.rs`
    path: String,
    lines: Vec<String>,
}

impl File {
    fn new(path: &str, text: &str) -> Self {
        let code = without_words(text);
        let end = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
        Self {
            path: path.to_owned(),
            lines: code[..end].lines().map(str::to_owned).collect(),
        }
    }

    /// The room: the folder, or the file that lies in none.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or("").trim_end_matches(".rs")
    }

    /// Every line with one of the words, as `path:line: text`.
    fn holding<'f>(&'f self, words: &'f [&'f str]) -> impl Iterator<Item = String> + 'f {
        let found = |line: &&String| words.iter().any(|word| holds(line, word));
        let numbered = self.lines.iter().enumerate().filter(move |(_, line)| found(line));
        numbered.map(|(n, line)| format!("src/{}:{}: {}", self.path, n + 1, line.trim()))
    }

    /// The rooms that it names, with the lines.
    fn uses(&self) -> Vec<(usize, String)> {
        let mut module: Vec<&str> = self.path.trim_end_matches(".rs").split('/').collect();
        if module.last() == Some(&"mod") {
            module.pop();
        }
        let text = self.lines.join("\n");
        let mut out = Vec::new();
        // What leads to the root of the crate from here.
        let up = "super::".repeat(module.len());
        for (root, whole) in [("crate::", true), ("minutebook::", true), (up.as_str(), false)] {
            for (at, _) in text.match_indices(root) {
                let before = text[..at].chars().next_back().unwrap_or(' ');
                if is_word(before) || before == ':' || (!whole && module.is_empty()) {
                    continue;
                }
                let line = text[..at].matches('\n').count() + 1;
                for room in first_names(&text[at + root.len()..]) {
                    out.push((line, room));
                }
            }
        }
        out
    }
}

/// `a::b` names `a`; `{a::b, c::{d, e}}` names `a` and `c`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| {
        text.trim_start()
            .chars()
            .take_while(|c| is_word(*c))
            .collect::<String>()
    };
    let Some(inside) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut depth, mut from, mut out) = (0usize, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(name(&inside[from..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(name(&inside[from..at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a word stands in a line, not as a part of another.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let after = line[at + word.len()..].chars().next().unwrap_or(' ');
        let ends = |edge: char, outside: char| !is_word(edge) || !is_word(outside);
        ends(word.chars().next().unwrap_or(' '), before)
            && ends(word.chars().next_back().unwrap_or(' '), after)
    })
}

/// The code with comments and the insides of texts taken out; lines stay lines.
fn without_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let keep_lines = |out: &mut String, taken: &str| out.extend(taken.chars().filter(|c| *c == '\n'));
    while let Some(c) = rest.chars().next() {
        let raw = rest
            .strip_prefix('r')
            .filter(|r| r.starts_with(['"', '#']) && !out.ends_with(is_word));
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw
            .map(|r| r.len() - r.trim_start_matches('#').len())
            .filter(|n| rest[1 + n..].starts_with('"'))
        {
            let close = format!("\"{}", "#".repeat(hashes));
            rest[2 + hashes..]
                .find(&close)
                .map_or(rest.len(), |at| 2 + hashes + at + close.len())
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            });
            end.map_or(rest.len(), |at| at + 2)
        } else if let Some(end) = character(rest) {
            end
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        keep_lines(&mut out, &rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// The end of a character such as `'"'`; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        return inside[2..].find('\'').map(|at| at + 4);
    }
    let (at, then) = chars.next()?;
    (then == '\'').then_some(at + 2)
}

fn source() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, "", &mut files);
    assert!(files.len() > 50, "the source was not found");
    files
}

fn walk(folder: &Path, below: &str, files: &mut Vec<File>) {
    let mut entries: Vec<_> = folder.read_dir().expect("src").flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".rs") {
            files.push(File::new(
                &name,
                &std::fs::read_to_string(entry.path()).expect("a source file"),
            ));
        }
    }
}

/// The table of floors: each room with its floor, and what its row forbids besides.
#[derive(Default)]
struct Floors {
    floor: BTreeMap<String, u32>,
    only: BTreeMap<String, Vec<String>>,
    never: BTreeMap<String, Vec<String>>,
}

impl Floors {
    /// Reads the rows `| 4 | document · serve | serve: only output, report |`.
    fn read(markdown: &str) -> Self {
        let mut floors = Self::default();
        let table = markdown.split("## Floors").nth(1).expect("the heading Floors");
        for row in table
            .lines()
            .skip_while(|l| !l.starts_with('|'))
            .take_while(|l| l.starts_with('|'))
        {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [number, rooms, rule] = cells[..] else {
                panic!("a row of three cells: {row}")
            };
            let Ok(number) = number.parse() else { continue };
            for room in rooms.split('·') {
                let room = room.split('(').next().unwrap_or(room).trim();
                floors.floor.insert(room.to_owned(), number);
            }
            for rule in rule.split(';') {
                let Some((who, what)) = rule.split_once(':') else {
                    continue;
                };
                let names = |text: &str| {
                    text.split([',', ' '])
                        .map(str::trim)
                        .filter(|w| !w.is_empty() && *w != "and")
                        .map(str::to_owned)
                        .collect::<Vec<_>>()
                };
                for who in names(who) {
                    match what.trim().split_once(' ') {
                        Some(("only", list)) => floors.only.entry(who).or_default().extend(names(list)),
                        Some(("not", list)) => floors.never.entry(who).or_default().extend(names(list)),
                        _ => panic!("`only` or `not`: {rule}"),
                    }
                }
            }
        }
        assert!(floors.floor.len() > 10, "the table of floors was not found");
        floors
    }

    /// Why a room may not use another.
    fn forbids(&self, room: &str, other: &str) -> Option<String> {
        if room == other {
            return None;
        }
        let (Some(from), Some(to)) = (self.floor.get(room), self.floor.get(other)) else {
            return Some(format!("`{room}` or `{other}` is not in the table of floors"));
        };
        if to >= from {
            return Some(format!("`{room}` is on floor {from}, `{other}` on floor {to}"));
        }
        let holds =
            |map: &BTreeMap<String, Vec<String>>| map.get(room).map(|list| list.iter().any(|r| r == other));
        (holds(&self.only) == Some(false) || holds(&self.never) == Some(true))
            .then(|| format!("`{room}` may not use `{other}`"))
    }
}

fn floors() -> Floors {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    Floors::read(&std::fs::read_to_string(path).expect("ARCHITECTURE.md"))
}

fn misuses(files: &[File], floors: &Floors) -> Vec<String> {
    let mut told = Vec::new();
    for file in files.iter().filter(|f| f.path != "lib.rs") {
        for (line, other) in file.uses() {
            if let Some(why) = floors.forbids(file.room(), &other) {
                told.push(format!("src/{}:{line}: {why}", file.path));
            }
        }
    }
    told
}

#[test]
fn every_room_uses_lower_floors_only() {
    let invented = File::new(
        "document/x.rs",
        "use crate::{assemble, text::slug};\nfn f() { super::super::theme::x() }\n",
    );
    assert_eq!(
        misuses(&[invented], &floors()),
        [
            "src/document/x.rs:1: `document` is on floor 5, `assemble` on floor 6",
            "src/document/x.rs:2: `document` is on floor 5, `theme` on floor 7"
        ]
    );
    let told = misuses(&source(), &floors());
    assert!(told.is_empty(), "\n{}", told.join("\n"));
    // No room is in the table that is not there.
    let files = source();
    let rooms: BTreeSet<&str> = files
        .iter()
        .map(File::room)
        .filter(|room| *room != "lib")
        .collect();
    let floors = floors();
    let told: BTreeSet<&str> = floors.floor.keys().map(String::as_str).collect();
    assert_eq!(rooms, told);
}

#[test]
fn rooms_never_use_each_other_in_a_circle() {
    let circle = |files: &[File]| -> Option<Vec<String>> {
        let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in files.iter().filter(|f| f.path != "lib.rs") {
            let others = file.uses().into_iter().map(|u| u.1).filter(|o| o != file.room());
            uses.entry(file.room().to_owned()).or_default().extend(others);
        }
        // Rooms that use none but rooms taken away already are taken away; a circle stays.
        loop {
            let ready: Vec<String> = uses
                .iter()
                .filter(|(_, others)| !others.iter().any(|o| uses.contains_key(o)))
                .map(|(room, _)| room.clone())
                .collect();
            if ready.is_empty() {
                return (!uses.is_empty()).then(|| uses.into_keys().collect());
            }
            ready.iter().for_each(|room| drop(uses.remove(room)));
        }
    };
    let invented = [
        File::new("text/a.rs", "use crate::hash::Digest;"),
        File::new("hash.rs", "use crate::text::slug;"),
    ];
    assert_eq!(
        circle(&invented),
        Some(vec!["hash".to_owned(), "text".to_owned()])
    );
    assert_eq!(circle(&source()), None, "a circle, or what uses one");
}

/// What may stand only in certain places: the words, the places, and a line that must be found.
const ABSENT: &[(&str, &[&str], &[&str], &str)] = &[
    (
        "only the console prints",
        &[
            "print!",
            "println!",
            "eprint!",
            "eprintln!",
            "dbg!",
            "io::stdout",
            "io::stderr",
            "stdout()",
            "stderr()",
        ],
        &["cli/"],
        "    eprintln!(\"x\");",
    ),
    (
        "only the command reads the clock",
        &[
            "SystemTime::now",
            "Timestamp::now",
            "Zoned::now",
            "Instant::now",
            "TimeZone::system",
        ],
        &["cli/"],
        "let now = jiff::Timestamp::now();",
    ),
    (
        "only the command reads the environment",
        &["std::env", "env::var", "env::args", "current_dir", "temp_dir"],
        &["cli/"],
        "std::env::var(\"X\")",
    ),
    (
        "what is shared is frozen",
        &[
            "Mutex",
            "RwLock",
            "RefCell",
            "static mut",
            "thread_local!",
            "UnsafeCell",
        ],
        &["serve/"],
        "static X: Mutex<u8> = Mutex::new(0);",
    ),
    (
        "only some rooms touch the disk",
        &[
            "std::fs",
            "fs::",
            "File::open",
            "File::create",
            "walkdir",
            "is_dir()",
            "is_file()",
            "exists()",
            "canonicalize()",
        ],
        &[
            "cli/",
            "source/disk.rs",
            "source/stamp.rs",
            "source/pile.rs",
            "output/",
            "theme/",
            "serve/",
        ],
        "let text = std::fs::read_to_string(path);",
    ),
    (
        "references are text in `document` only, and ids above `assemble`",
        &["Mention"],
        &["document/", "assemble/"],
        "fn f(m: &Mention) {}",
    ),
    (
        "`document` is the only door to Markdown",
        &["pulldown_cmark"],
        &["document/"],
        "use pulldown_cmark::Event;",
    ),
    (
        "`document` is the only door to YAML",
        &["serde_yaml"],
        &["document/"],
        "use serde_yaml::Value;",
    ),
    (
        "templates are the theme's",
        &["tera"],
        // A shared row is kept as what templates read.
        &["theme/", "site/shared.rs"],
        "use tera::Tera;",
    ),
    (
        "arguments are the command's",
        &["clap", "clap_complete", "clap_mangen", "indicatif"],
        &["cli/"],
        "use clap::Parser;",
    ),
    (
        "a folder is never emptied",
        &["remove_dir_all"],
        &["output/stage.rs"],
        "std::fs::remove_dir_all(public)",
    ),
];

#[test]
fn what_must_never_happen_does_not() {
    let files = source();
    let mut told = Vec::new();
    for (sentence, words, places, example) in ABSENT {
        let invented = File::new("text/x.rs", example);
        assert_eq!(
            invented.holding(words).count(),
            1,
            "{sentence}: the check does not see `{example}`"
        );
        for place in *places {
            let there = files.iter().any(|f| f.path.starts_with(place));
            assert!(there, "{sentence}: nothing is in src/{place}");
        }
        let elsewhere = files
            .iter()
            .filter(|f| !places.iter().any(|p| f.path.starts_with(p)));
        told.extend(
            elsewhere
                .flat_map(|f| f.holding(words))
                .map(|line| format!("{sentence}: {line}")),
        );
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn comments_and_texts_are_no_code() {
    let text = "// println!\n/* dbg!\n */ let a = \"print!(\\\" \"; let b = r#\"eprintln!\"#; let c = '\"'; fn f<'a>(x: &'a str) { x } // \"\nlet d = '\\'';\n";
    let file = File::new("text/x.rs", text);
    assert_eq!(file.holding(ABSENT[0].1).count(), 0);
    assert_eq!(file.lines.len(), 4);
    assert!(
        file.lines[2].contains("fn f<'a>(x: &'a str) { x }"),
        "{:?}",
        file.lines
    );
    let file = File::new(
        "text/x.rs",
        "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::cli;\n}\n",
    );
    assert_eq!(file.uses(), []);
}
