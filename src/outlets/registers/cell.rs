//! What stands in one place of a register's page.

use jiff::civil::Date;
use serde::Serialize;

use super::attendance::Stretch;
use crate::outlets::pages::frame::{Link, Name};
use crate::site::Html;

/// A column of a register.
#[derive(Clone, Copy, Debug, Serialize, Hash)]
pub struct ColumnView {
    /// `date`, `decision` …
    pub key: &'static str,
    /// How its cells compare: `text`, `date`, `number`, or `choice` for one of
    /// a few words, among which a reader may choose.
    pub kind: &'static str,
}

pub const TEXT: &str = "text";
pub const DATE: &str = "date";
pub const NUMBER: &str = "number";
pub const CHOICE: &str = "choice";

pub const fn column(key: &'static str, kind: &'static str) -> ColumnView {
    ColumnView { key, kind }
}

/// A cell of a register.
#[derive(Default, Serialize, Hash)]
pub struct CellView {
    /// What it holds: `empty`, `text`, `date`, `said`, `names`, `word`, `parts`
    /// or `number`.
    pub kind: &'static str,
    /// The words of a `text`, and of what was `said`.
    pub text: String,
    /// The day of a `date`.
    pub date: String,
    /// Where something was said.
    pub href: Option<String>,
    /// What became of a decision, in the words of its record.
    pub status: Html,
    /// Type and size of a paper.
    pub facts: Option<String>,
    /// When a paper was published, where that is told.
    pub published: Option<String>,
    /// A paper came after the agenda.
    pub supplement: bool,
    /// The item or meeting from which it comes.
    pub place: Option<PlaceView>,
    /// The people or bodies of `names`.
    pub names: Vec<Name>,
    /// The key of a `word` of the theme.
    pub key: &'static str,
    /// The `parts` of a record that are there.
    pub parts: Vec<Part>,
    /// The `number`.
    pub n: u32,
    /// The sides of a vote as a picture; empty when one of the two is not counted.
    pub division: Vec<Stretch>,
    /// Who moved, and who voted how.
    pub lines: Vec<LineView>,
}

/// Names or words under what was said.
#[derive(Serialize, Hash)]
pub struct LineView {
    /// `moved-by`, `for`, `casting-vote` …
    pub key: &'static str,
    /// The people.
    pub names: Vec<Name>,
    /// There are more than are named.
    pub more: bool,
    /// The words, where they are no names.
    pub text: String,
}

/// The item or meeting from which a line comes.
#[derive(Serialize, Hash)]
pub struct PlaceView {
    /// What the meeting is called, where no column says it.
    pub meeting: Option<String>,
    /// The number of the item.
    pub number: Option<String>,
    /// The title of the item; empty where the line is of the meeting itself.
    pub title: String,
    /// Where it stands, where what was said leads elsewhere.
    pub href: Option<String>,
}

/// A part of a record.
#[derive(Serialize, Hash)]
pub struct Part {
    /// `reasons`, `public-summary` …
    pub key: &'static str,
    /// Where it stands.
    pub href: String,
}

impl CellView {
    pub fn empty() -> Self {
        Self {
            kind: "empty",
            ..Self::default()
        }
    }

    pub fn date(date: Option<Date>) -> Self {
        match date {
            Some(date) => Self {
                kind: "date",
                date: date.to_string(),
                ..Self::default()
            },
            None => Self::empty(),
        }
    }

    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            return Self::empty();
        }
        Self {
            kind: "text",
            text,
            ..Self::default()
        }
    }

    /// Words with a link, and where they come from.
    pub fn said(text: impl Into<String>, href: Option<String>, place: Option<PlaceView>) -> Self {
        Self {
            kind: "said",
            text: text.into(),
            href,
            place,
            ..Self::default()
        }
    }

    /// With the type and size of a paper.
    pub fn facts(self, facts: Option<String>) -> Self {
        Self { facts, ..self }
    }

    /// With what became of a decision.
    pub fn status(self, status: Html) -> Self {
        Self { status, ..self }
    }

    pub fn names(names: Vec<Name>) -> Self {
        if names.is_empty() {
            return Self::empty();
        }
        Self {
            kind: "names",
            names,
            ..Self::default()
        }
    }

    pub fn name(name: Option<Name>) -> Self {
        Self::names(name.into_iter().collect())
    }

    /// A word of the theme: `t["register-word-" ~ key]`.
    pub fn word(key: &'static str) -> Self {
        Self {
            kind: "word",
            key,
            ..Self::default()
        }
    }

    /// Yes or no, when it is known.
    pub fn flag(flag: Option<bool>) -> Self {
        match flag {
            Some(true) => Self::word("yes"),
            Some(false) => Self::word("no"),
            None => Self::empty(),
        }
    }

    /// Words of the theme that lead somewhere.
    pub fn parts(parts: Vec<Part>) -> Self {
        if parts.is_empty() {
            return Self::empty();
        }
        Self {
            kind: "parts",
            parts,
            ..Self::default()
        }
    }

    /// A number, when it is known.
    pub fn number(n: Option<u32>) -> Self {
        match n {
            Some(n) => Self {
                kind: "number",
                n,
                ..Self::default()
            },
            None => Self::empty(),
        }
    }

    /// Something stands in it.
    pub fn is_filled(&self) -> bool {
        self.kind != "empty"
    }
}

pub fn named(link: Link) -> Name {
    Name {
        href: Some(link.href),
        name: link.name,
    }
}
