//! What became of everything: for people as text, for programs as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::Format;
use super::draft::{Draft, Fate, Held, Imported};

#[derive(Debug, Default, Serialize)]
pub struct Account {
    pub format: &'static str,
    pub files: Vec<FileTold>,
    pub records: Vec<RecordTold>,
    pub held: Vec<HeldTold>,
    pub people: Vec<PersonTold>,
    pub notes: Vec<String>,
    pub words: WordCount,
    /// Words that stand in no record and that nobody understood.
    pub left: Vec<Left>,
}

#[derive(Debug, Serialize)]
pub struct FileTold {
    pub name: String,
    pub what: String,
    /// `read`, `skipped`, `failed`
    pub fate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct RecordTold {
    pub path: String,
    pub done: Done,
    pub from: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Where the date stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct HeldTold {
    /// Below `import-held/`.
    pub path: String,
    pub from: Vec<String>,
    pub missing: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct PersonTold {
    pub name: String,
    pub spellings: Vec<String>,
    pub why: String,
}

/// Words of the sources, counted.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct WordCount {
    pub read: usize,
    /// In a record or in a file that is held.
    pub placed: usize,
    /// Said by a record in another way, or furniture of a page.
    pub understood: usize,
    /// Private, and left out on purpose.
    pub private: usize,
    /// Told below.
    pub left: usize,
}

#[derive(Debug, Serialize)]
pub struct Left {
    pub file: String,
    pub line: usize,
    pub words: String,
}

/// What was done about a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Done {
    New,
    Updated,
    /// It is as it was.
    Same,
    /// Somebody's edit and what is new were put together.
    Merged,
    /// Somebody edited it, and the source is as it was.
    Edited,
    /// Somebody edited it and the source changed, in the same place.
    Conflict,
    /// Somebody has described it already.
    Known,
    /// Somebody deleted it.
    Deleted,
    /// Something that is no text of ours lies in its place.
    Foreign,
}

impl Done {
    const ALL: [Done; 9] = [
        Done::New,
        Done::Updated,
        Done::Merged,
        Done::Same,
        Done::Edited,
        Done::Known,
        Done::Deleted,
        Done::Conflict,
        Done::Foreign,
    ];

    fn words(self) -> &'static str {
        match self {
            Done::New => "new",
            Done::Updated => "updated",
            Done::Same => "unchanged",
            Done::Merged => "edited here and changed there, put together",
            Done::Edited => "edited here, kept",
            Done::Conflict => {
                "edited here and changed there, kept: the new text is in import-held/conflicts/"
            }
            Done::Known => "described here already, kept",
            Done::Deleted => "deleted here, not made again",
            Done::Foreign => "not made: something else lies there",
        }
    }
}

impl Account {
    pub fn of(format: Format, imported: &Imported) -> Self {
        let files = imported.origins.iter().map(|o| FileTold {
            name: o.name.clone(),
            what: o.what.clone(),
            fate: match o.fate {
                Fate::Read => "read",
                Fate::Skipped(_) => "skipped",
                Fate::Failed(_) => "failed",
            },
            why: match &o.fate {
                Fate::Read => None,
                Fate::Skipped(why) | Fate::Failed(why) => Some(why.clone()),
            },
            notes: o.notes.clone(),
        });
        let people = imported.people.iter().map(|p| PersonTold {
            name: p.name.clone(),
            spellings: p.spellings.clone(),
            why: p.why.clone(),
        });
        Self {
            format: format.word(),
            files: files.collect(),
            people: people.collect(),
            notes: imported.notes.clone(),
            ..Self::default()
        }
    }

    fn names(&self, from: &std::collections::BTreeSet<usize>) -> Vec<String> {
        from.iter()
            .filter_map(|n| self.files.get(*n))
            .map(|f| f.name.clone())
            .collect()
    }

    pub(super) fn record(&mut self, draft: &Draft, done: Done) {
        let from = self.names(&draft.from);
        self.records.push(RecordTold {
            path: draft.path.clone(),
            done,
            from,
            date: draft.dated.as_ref().map(|d| d.0.to_string()),
            dated: draft.dated.as_ref().map(|d| d.1.clone()),
        });
    }

    pub(super) fn held(&mut self, held: &Held, path: &str) {
        let from = self.names(&held.from);
        self.held.push(HeldTold {
            path: path.to_owned(),
            from,
            missing: held.missing.clone(),
        });
    }

    pub(super) fn finish(&mut self) {
        self.records.sort_by(|a, b| a.path.cmp(&b.path));
        self.held.sort_by(|a, b| a.path.cmp(&b.path));
        self.people.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// Files that could not be read.
    pub fn failures(&self) -> usize {
        self.files.iter().filter(|f| f.fate == "failed").count()
    }

    /// Records that somebody must look at.
    pub fn conflicts(&self) -> usize {
        let conflict = |r: &&RecordTold| matches!(r.done, Done::Conflict | Done::Foreign);
        self.records.iter().filter(conflict).count()
    }

    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// For people. `all`: every file, every date, every word that is left.
    pub fn text(&self, all: bool) -> String {
        let mut out = String::new();
        let few = if all { usize::MAX } else { 10 };
        let count = |fate: &str| self.files.iter().filter(|f| f.fate == fate).count();
        let _ = writeln!(
            out,
            "{} read, {} skipped, {} failed",
            files(count("read")),
            count("skipped"),
            count("failed")
        );
        for fate in ["failed", "skipped"] {
            let told = self.files.iter().filter(|f| f.fate == fate);
            let mut why: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for file in told {
                why.entry(file.why.as_deref().unwrap_or(""))
                    .or_default()
                    .push(&file.name);
            }
            for (why, names) in why {
                let _ = writeln!(out, "  {fate}: {why}: {}", some(&names, few.min(names.len())));
            }
        }
        if !self.records.is_empty() {
            let _ = writeln!(out, "records:");
        }
        for kind in KINDS {
            let of = |r: &&RecordTold| r.path.starts_with(kind);
            let total = self.records.iter().filter(of).count();
            if total == 0 {
                continue;
            }
            let parts: Vec<String> = Done::ALL
                .iter()
                .filter_map(|done| {
                    let n = self.records.iter().filter(of).filter(|r| r.done == *done).count();
                    (n > 0).then(|| format!("{n} {}", done.words()))
                })
                .collect();
            let _ = writeln!(out, "  {kind} {}", parts.join("; "));
        }
        let mut notable: Vec<&RecordTold> = self.records.iter().collect();
        notable.retain(|r| !matches!(r.done, Done::New | Done::Same | Done::Updated));
        for record in notable.iter().take(few) {
            let _ = writeln!(out, "    {}: {}", record.path, record.done.words());
        }
        more(&mut out, notable.len(), few);
        if !self.held.is_empty() {
            let _ = writeln!(out, "held in import-held/, for you to say what is missing:");
            for held in &self.held {
                let _ = writeln!(
                    out,
                    "  {} ({}): {}",
                    held.path,
                    held.from.join(", "),
                    held.missing.join(", ")
                );
            }
        }
        let mut dates: BTreeMap<String, usize> = BTreeMap::new();
        for record in &self.records {
            if let Some(dated) = &record.dated {
                *dates.entry(dated.clone()).or_default() += 1;
            }
        }
        if !dates.is_empty() {
            let _ = writeln!(out, "dates:");
            for (from, n) in &dates {
                let _ = writeln!(out, "  {n} from {from}");
            }
        }
        if all {
            for record in self.records.iter().filter(|r| r.date.is_some()) {
                let (date, dated) = (record.date.as_deref(), record.dated.as_deref());
                let _ = writeln!(
                    out,
                    "    {}: {} from {} ({})",
                    record.path,
                    date.unwrap_or(""),
                    dated.unwrap_or(""),
                    record.from.join(", ")
                );
            }
        }
        if !self.people.is_empty() {
            let _ = writeln!(out, "people of several spellings: {}", self.people.len());
            for person in self.people.iter().take(few) {
                let _ = writeln!(
                    out,
                    "  {}: {} ({})",
                    person.name,
                    person.spellings.join(", "),
                    person.why
                );
            }
            more(&mut out, self.people.len(), few);
        }
        let noted: Vec<(&str, &str)> = self
            .files
            .iter()
            .flat_map(|f| f.notes.iter().map(|n| (f.name.as_str(), n.as_str())))
            .collect();
        if !noted.is_empty() || !self.notes.is_empty() {
            let _ = writeln!(out, "notes:");
            for note in &self.notes {
                let _ = writeln!(out, "  {note}");
            }
            for (file, note) in noted.iter().take(few) {
                let _ = writeln!(out, "  {file}: {note}");
            }
            more(&mut out, noted.len(), few);
        }
        let w = self.words;
        if w.read == 0 {
            return out;
        }
        let _ = writeln!(
            out,
            "words: {} read; {} stand in records, {} were understood, {} are private and left out, {} are left over",
            w.read, w.placed, w.understood, w.private, w.left
        );
        for left in self.left.iter().take(few) {
            let _ = writeln!(out, "  left over, {}:{}: {}", left.file, left.line, left.words);
        }
        more(&mut out, self.left.len(), few);
        out
    }
}

const KINDS: [&str; 5] = ["meetings/", "decisions/", "issues/", "bodies/", "people/"];

fn files(n: usize) -> String {
    format!("{n} {}", if n == 1 { "file" } else { "files" })
}

fn some(names: &[&str], few: usize) -> String {
    let shown = names.iter().take(few).copied().collect::<Vec<_>>().join(", ");
    match names.len() > few {
        true => format!("{shown} and {} more", names.len() - few),
        false => shown,
    }
}

fn more(out: &mut String, all: usize, few: usize) {
    if all > few {
        let _ = writeln!(out, "    … and {} more; `--verbose` tells all", all - few);
    }
}
