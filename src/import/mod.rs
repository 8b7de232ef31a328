//! Records from elsewhere become files of `content/`.
//!
//! An importer, one to a file or folder, reads what was brought and gives
//! [`Draft`]s: records, and from which files they came. What is the same for
//! all stands here: every word of a source is looked for in what was made of
//! it ([`ledger`]); a file that somebody has edited since is never written over
//! ([`settle`]); and an [`Account`] tells what became of everything.
//!
//! Nothing here touches a disk. The command brings the files, lends a [`Shelf`]
//! with what was written before, and writes what comes back.

pub mod account;
pub mod decode;
mod docx;
pub mod draft;
pub mod html;
mod known;
mod ledger;
pub mod lines;
pub mod markdown;
pub mod moderngov;
pub mod popolo;
mod settle;
mod xml;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::document::Labels;
use crate::source::Sources;
use crate::source::pile::{Brought, Content};

pub use account::Account;
pub use draft::{Draft, Fate, Held, Imported, Origin};
pub use markdown::Order;

/// The folder beside `content/` for what somebody must look at.
pub const HELD: &str = "import-held";

/// What there is to import from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    ModernGov,
    Markdown,
    Popolo,
    Docx,
}

impl Format {
    pub fn word(self) -> &'static str {
        match self {
            Format::ModernGov => "moderngov",
            Format::Markdown => "markdown",
            Format::Popolo => "popolo",
            Format::Docx => "docx",
        }
    }

    /// Whether a file of that name, in lower case, can be of this kind.
    pub fn wants(self, name: &str) -> bool {
        let last = name.rsplit('/').next().unwrap_or(name);
        let extension = last.rsplit_once('.').map(|(_, e)| e);
        match self {
            Format::ModernGov => matches!(
                extension,
                None | Some("txt" | "text" | "html" | "htm" | "xml" | "aspx" | "asmx")
            ),
            Format::Popolo => extension == Some("json"),
            // Of kinds that are not read it is told how they can be.
            Format::Docx => !last.starts_with("~$") && extension.is_some_and(|e| docx::ENDINGS.contains(&e)),
            // What follows the last full stop of `minutes-3.2019` is no kind of file.
            Format::Markdown => extension.is_none_or(|e| {
                ["md", "markdown", "mdown", "txt", "html", "htm"].contains(&e)
                    || e.bytes().all(|b| b.is_ascii_digit())
            }),
        }
    }
}

/// What the one who imports has said.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whose meetings they are, where a source does not say.
    pub body: Option<String>,
    /// The day, where a source does not say.
    pub date: Option<Date>,
    /// The day on which the sources were fetched.
    pub retrieved: Option<Date>,
    /// The mapping of the importers of Markdown and of Word, as it is written.
    pub mapping: Option<String>,
    /// How days in figures are written, where no mapping says.
    pub order: Option<Order>,
    /// Whether tracked changes of a Word document are taken as accepted.
    pub accept_changes: bool,
}

/// What lies there from before.
pub trait Shelf {
    /// The text of a file below `content/`, as it is now.
    fn now(&self, path: &str) -> Now;
    /// The text of a file below `import-held/`.
    fn held(&self, path: &str) -> Option<String>;
    /// The text that was last written there by an import.
    fn base(&self, path: &str) -> Option<String>;
    /// What the last imports of a format wanted to know again.
    fn memory(&self, format: Format) -> Option<String>;
}

/// A file as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Now {
    Missing,
    Text(String),
    /// It is there, and is no text that can be compared.
    Other,
}

/// How far it is.
pub trait Progress {
    fn begin(&self, what: &'static str, steps: usize);
    fn step(&self);
}

/// All that an import is given.
pub struct Job<'a> {
    pub brought: &'a [Brought],
    pub options: &'a Options,
    /// The archive that is there.
    pub known: &'a Sources,
    pub labels: &'a Labels,
    pub shelf: &'a dyn Shelf,
    pub progress: &'a dyn Progress,
}

/// What is to be written.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files below `content/`, by path.
    pub files: BTreeMap<String, String>,
    /// Files below `import-held/`.
    pub held: BTreeMap<String, String>,
    /// Files below `import-held/` that are not needed there any more.
    pub released: Vec<String>,
    /// What now counts as last written by an import, below `content/` and, with
    /// that name before it, below `import-held/`.
    pub bases: BTreeMap<String, String>,
    /// What the next import of this format wants to know again.
    pub memory: Option<String>,
    /// A mapping that was drafted and has to be read first: nothing is imported.
    pub mapping: Option<String>,
    /// Why nothing was imported.
    pub refused: Option<String>,
    pub account: Account,
}

/// Imports what was brought.
pub fn import(format: Format, job: &Job) -> Outcome {
    let mut imported = match format {
        Format::ModernGov => moderngov::read(job),
        Format::Markdown => markdown::read(job),
        Format::Popolo => popolo::read(job),
        Format::Docx => docx::read(job),
    };
    if imported.mapping.is_some() || imported.refused.is_some() {
        return Outcome {
            account: Account::of(format, &imported),
            mapping: imported.mapping,
            refused: imported.refused,
            ..Outcome::default()
        };
    }
    imported.place(job.known);
    let mut account = Account::of(format, &imported);
    ledger::account(&imported, &mut account);
    let mut outcome = settle::settle(&imported, job.shelf, job.labels, &mut account);
    for held in &imported.held {
        let (name, text) = held.file(format, &outcome.held);
        account.held(held, &name);
        outcome.bases.insert(format!("{HELD}/{name}"), text.clone());
        outcome.held.insert(name, text);
    }
    for origin in imported.origins.iter().filter(|o| o.fate == Fate::Read) {
        // What was held once and comes whole now need not wait there any more,
        // unless somebody has worked on it.
        let name = format!("{}.md", draft::held_name(&origin.name));
        let now = job.shelf.held(&name);
        if now.is_some()
            && !outcome.held.contains_key(&name)
            && now == job.shelf.base(&format!("{HELD}/{name}"))
        {
            outcome.released.push(name);
        }
    }
    account.finish();
    outcome.memory = imported.memory;
    outcome.account = account;
    outcome
}

/// The texts of the files that can be read, each with its place in the list of
/// origins; what cannot is told there.
pub(crate) fn texts<'a>(job: &'a Job, imported: &mut Imported) -> Vec<(usize, &'a Brought, String)> {
    opened(job, imported, |bytes, origin| {
        let (text, note) = decode::text(bytes)?;
        origin.notes.extend(note);
        Ok(text)
    })
}

/// What could be read of each file, with its place in the list of origins.
/// `open` makes it of the bytes, or says in words why it cannot.
pub(crate) fn opened<'a, T>(
    job: &'a Job,
    imported: &mut Imported,
    open: impl Fn(&'a [u8], &mut Origin) -> Result<T, String>,
) -> Vec<(usize, &'a Brought, T)> {
    job.progress.begin("Reading", job.brought.len());
    let mut out = Vec::new();
    // In the order of their names, so that it does not matter how they came.
    let mut brought: Vec<&Brought> = job.brought.iter().collect();
    brought.sort_by(|a, b| a.name.cmp(&b.name));
    for file in brought {
        job.progress.step();
        let mut origin = Origin::new(&file.name);
        match &file.bytes {
            Content::Bytes(bytes) => match open(bytes, &mut origin) {
                Ok(made) => {
                    imported.origins.push(origin);
                    out.push((imported.origins.len() - 1, file, made));
                }
                Err(why) => {
                    origin.fail(why);
                    imported.origins.push(origin);
                }
            },
            Content::Unwanted => {
                origin.skip("it is not of a kind that this importer reads");
                imported.origins.push(origin);
            }
            Content::Unreadable(why) => {
                origin.fail(why.clone());
                imported.origins.push(origin);
            }
        }
    }
    out
}
