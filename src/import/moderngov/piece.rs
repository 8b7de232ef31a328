//! What one saved file says, before it is joined with others.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// All that a file says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    pub pieces: Vec<Piece>,
    pub issues: Vec<IssuePiece>,
    pub people: Vec<PersonPiece>,
    /// Id and title.
    pub committees: Vec<(String, String)>,
}

impl Told {
    pub fn is_nothing(&self) -> bool {
        self.pieces.is_empty()
            && self.issues.is_empty()
            && self.people.is_empty()
            && self.committees.is_empty()
    }
}

/// What a file says of one meeting.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Piece {
    pub body: Option<String>,
    pub date: Option<Date>,
    /// Where the date stood, in words.
    pub dated: String,
    /// The system's own numbers of the body and the meeting.
    pub committee: Option<String>,
    pub meeting: Option<String>,
    pub url: Option<String>,
    /// It lists all items of the meeting.
    pub whole: bool,
    pub status: Option<String>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub venue: Option<String>,
    pub note: String,
    pub documents: Vec<Paper>,
    pub attendees: Vec<Attendee>,
    pub items: Vec<ItemPiece>,
    /// How far this file is to be trusted where two say different things: the
    /// service before a page of the item, before one of the meeting, before
    /// one of the issue.
    pub rank: u8,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ItemPiece {
    pub number: Option<String>,
    pub title: String,
    pub issue: Option<String>,
    pub report: Option<Paper>,
    /// Key and Markdown.
    pub fields: Vec<(String, String)>,
    /// Markdown before the first section.
    pub text: String,
    /// Heading and Markdown.
    pub sections: Vec<(String, String)>,
    /// The page cuts its text.
    pub cut: bool,
    pub restricted: bool,
    /// The web service says outright that it is not restricted.
    pub open: bool,
    pub documents: Vec<Paper>,
    pub aliases: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    pub title: String,
    /// `PDF, 114 KB`
    pub size: Option<String>,
    pub url: Option<String>,
    pub published: Option<Date>,
    pub to_follow: bool,
    pub restricted: bool,
    /// The paragraph that it is exempt under.
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Attendee {
    pub name: String,
    pub presence: String,
    pub role: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonPiece {
    pub name: String,
    pub party: Option<String>,
    pub ward: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub posts: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IssuePiece {
    pub title: String,
    pub url: Option<String>,
    pub id: Option<String>,
    pub status: Option<String>,
    pub key: Option<bool>,
    pub due: Option<Date>,
    pub due_body: Option<String>,
    pub published: Option<Date>,
    pub lead_member: Option<String>,
    /// Markdown.
    pub text: String,
}

impl Paper {
    /// As a line of a list of papers, or as the value of `Report`.
    pub fn written(&self) -> String {
        use crate::document::written::text::inside;
        let title = inside(&self.title);
        if self.restricted {
            let reason = self.reason.as_deref().unwrap_or("yes");
            return format!("{title} (exempt: {reason})");
        }
        let named = match &self.url {
            Some(url) => format!("[{title}]({})", url.replace('(', "%28").replace(')', "%29")),
            None => title,
        };
        match (&self.size, self.to_follow) {
            (Some(size), _) => format!("{named} ({size})"),
            (None, true) => format!("{named} (to follow)"),
            (None, false) => named,
        }
    }
}
