//! The files that a clerk goes on from: a new site, a new record.
//!
//! Everything here is text that is made and handed back; the command writes it,
//! and never over a file that is there.

mod bodies;
mod meeting;
mod record;
mod site;

pub use meeting::{Wish, meeting};
pub use record::{body, issue, person};
pub use site::{Answers, DEFAULT_AUTHORITY, DEFAULT_BODY, body_id, site};

/// A file to be written, by its path below the site folder.
#[derive(Debug, PartialEq, Eq)]
pub struct NewFile {
    pub path: String,
    pub text: String,
}

/// A new record: its file, and what its clerk may do next, line by line.
#[derive(Debug, PartialEq, Eq)]
pub struct Made {
    pub file: NewFile,
    pub next: Vec<String>,
}

/// Why a file is not made: what is wrong, and what was probably meant.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub words: String,
    pub help: Option<String>,
}

impl Refusal {
    fn new(words: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            help: Some(help.into()),
        }
    }
}
