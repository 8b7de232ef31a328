//! What an importer gives: records, and what became of each file it read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Format, ledger};
use crate::document::written::RecordText;
use crate::source::{Kind, Sources};

/// A record that was made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Below `content/`: `meetings/parks/2024-03-12.md`. Of a meeting without
    /// a name of its own yet, the day alone stands there; [`Imported::place`]
    /// finds a free one.
    pub path: String,
    pub text: RecordText,
    /// The origins it was made from.
    pub from: BTreeSet<usize>,
    /// Where its date comes from, in words.
    pub dated: Option<(Date, String)>,
    /// A file of this path is written only when there is none: a body, a
    /// person or an issue that somebody has described already.
    pub modest: bool,
}

impl Draft {
    pub fn new(path: impl Into<String>, text: RecordText, from: impl IntoIterator<Item = usize>) -> Self {
        Self {
            path: path.into(),
            text,
            from: from.into_iter().collect(),
            dated: None,
            modest: false,
        }
    }
}

/// The name under which what comes from a file is held.
pub fn held_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    crate::text::slug::slug(name.rsplit_once('.').map_or(name, |n| n.0))
}

/// A record that lacks what only a person can say.
#[derive(Clone, Debug)]
pub struct Held {
    pub text: RecordText,
    pub from: BTreeSet<usize>,
    /// What is missing, in words: `no date`.
    pub missing: Vec<String>,
    /// What would help.
    pub help: String,
    /// The name of its file, without an ending.
    pub name: String,
}

impl Held {
    /// A name that is not taken yet, and the text of the file.
    pub fn file(&self, format: Format, taken: &BTreeMap<String, String>) -> (String, String) {
        let base = crate::text::slug::slug(&self.name);
        let mut name = format!("{base}.md");
        let mut n = 1;
        while taken.contains_key(&name) {
            n += 1;
            name = format!("{base}-{n}.md");
        }
        let note = format!(
            "<!--\nHeld back by `minutebook import {}`: {}.\n{}\n-->\n\n",
            format.word(),
            self.missing.join(", "),
            self.help.replace("-->", "-- >"),
        );
        (name, format!("{note}{}", self.text.write()))
    }
}

/// A file that was brought, and what became of it.
#[derive(Clone, Debug)]
pub struct Origin {
    pub name: String,
    /// What it turned out to be: `page of an issue and its meetings`.
    pub what: String,
    pub fate: Fate,
    pub notes: Vec<String>,
    /// Its readable text, line by line, with the number of each line.
    pub lines: Vec<(usize, String)>,
    /// Words that were understood and do not stand in a record as they are.
    pub used: Vec<Used>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    Read,
    Skipped(String),
    Failed(String),
}

/// Words of a source that were not copied, and why.
#[derive(Clone, Debug)]
pub struct Used {
    pub text: String,
    pub why: &'static str,
    /// They are private: the report counts them and does not show them.
    pub private: bool,
}

impl Origin {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            what: String::new(),
            fate: Fate::Read,
            notes: Vec::new(),
            lines: Vec::new(),
            used: Vec::new(),
        }
    }

    pub fn skip(&mut self, why: &str) {
        self.fate = Fate::Skipped(why.to_owned());
    }

    pub fn fail(&mut self, why: impl Into<String>) {
        self.fate = Fate::Failed(why.into());
    }

    /// The lines of a plain text are what it says.
    pub fn says(&mut self, text: &str) {
        let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
        self.lines = lines.map(|(n, l)| (n + 1, l.trim().to_owned())).collect();
    }

    pub fn used(&mut self, text: impl Into<String>, why: &'static str) {
        self.used.push(Used {
            text: text.into(),
            why,
            private: false,
        });
    }

    pub fn kept_private(&mut self, text: impl Into<String>, why: &'static str) {
        self.used.push(Used {
            text: text.into(),
            why,
            private: true,
        });
    }
}

/// Several spellings that are one person.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Merged {
    pub name: String,
    pub spellings: Vec<String>,
    pub why: String,
}

/// All that an importer gives.
#[derive(Debug, Default)]
pub struct Imported {
    pub origins: Vec<Origin>,
    pub drafts: Vec<Draft>,
    pub held: Vec<Held>,
    pub people: Vec<Merged>,
    pub memory: Option<String>,
    /// A mapping that was drafted: somebody must read it first.
    pub mapping: Option<String>,
    /// Why nothing is imported, in words.
    pub refused: Option<String>,
    /// What cannot be said of one file.
    pub notes: Vec<String>,
}

impl Imported {
    /// Gives each record its place: where a record of that id lies already, or
    /// a path of its own. Two meetings of one body and day get `-2`, in the
    /// order of their sources.
    pub fn place(&mut self, known: &Sources) {
        let mut at: BTreeMap<String, String> = BTreeMap::new();
        for source in &known.records {
            let folder = match source.place.kind {
                Kind::Meeting => "meetings",
                Kind::Body => "bodies",
                Kind::Person => "people",
                Kind::Issue => "issues",
                Kind::Decision => "decisions",
                Kind::Home | Kind::Page => continue,
            };
            let path = source.path.as_str();
            let below = path.strip_prefix("content/").unwrap_or(path);
            at.insert(format!("{folder}/{}.md", source.place.id), below.to_owned());
        }
        self.drafts
            .sort_by(|a, b| (&a.path, &a.from).cmp(&(&b.path, &b.from)));
        let mut taken = BTreeSet::new();
        for draft in &mut self.drafts {
            let stem = draft.path.trim_end_matches(".md").to_owned();
            let mut path = draft.path.clone();
            let mut n = 1;
            while !taken.insert(path.clone()) {
                n += 1;
                path = format!("{stem}-{n}.md");
            }
            draft.path = at.get(&path).cloned().unwrap_or(path);
        }
    }

    /// The words of all records that came from a file.
    pub(super) fn words_from(&self, origin: usize) -> ledger::Words {
        let mut words = ledger::Words::default();
        for draft in self.drafts.iter().filter(|d| d.from.contains(&origin)) {
            words.add_record(&draft.text);
        }
        for held in self.held.iter().filter(|h| h.from.contains(&origin)) {
            words.add_record(&held.text);
        }
        words
    }
}
