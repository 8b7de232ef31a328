//! One file into one document: front matter, Markdown, the grammar of agendas.
//!
//! Nothing here knows another file. A name or a link is kept as it was
//! written, with its place; what must not be published is dropped here, before
//! any other stage sees it.

pub mod agenda;
mod allow;
mod exclusion;
pub mod exempt;
mod expansion;
mod field_ends;
pub mod fields;
pub mod front_matter;
mod hashes;
pub mod highlight;
pub mod html;
pub mod labels;
mod levels;
pub mod locate;
pub mod markdown;
mod marks;
pub mod meeting;
mod nesting;
pub mod outline;
pub mod prose;
pub mod records;
pub mod secrecy;
mod simple;
mod slips;
mod spans;
pub mod tail;
mod values;
pub mod written;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::paths::SourcePath;
use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Kind, Place, Source};

pub use front_matter::Mention;
pub use labels::Labels;
use meeting::Read;

/// A record as it was written.
#[derive(Clone, Debug)]
pub enum Record {
    Home(records::PageDoc),
    Page(records::PageDoc),
    Body(Box<records::BodyDoc>),
    Person(Box<records::PersonDoc>),
    Issue(Box<records::IssueDoc>),
    Meeting(Box<meeting::MeetingDoc>),
    Decision(Box<records::DecisionDoc>),
}

#[derive(Debug)]
pub struct Document {
    pub path: SourcePath,
    pub place: Place,
    pub record: Record,
}

/// A record that is not to be published yet. Only this is known of it, so that
/// a reference to it is not taken for a slip.
#[derive(Debug)]
pub struct Hidden {
    pub kind: Kind,
    pub id: String,
    pub path: SourcePath,
    pub names: Vec<String>,
    pub until: Date,
}

#[derive(Debug, Default)]
pub struct Documents {
    /// In the order of their paths.
    pub documents: Vec<Document>,
    pub hidden: Vec<Hidden>,
    /// Records whose files were spoiled or withheld for an error: their pages
    /// of an earlier build may be kept.
    pub spoiled: Vec<(SourcePath, Place)>,
}

/// What one file came to, by itself.
#[derive(Clone, Debug)]
pub struct Parsed {
    read: Read<Record>,
    report: Report,
}

impl Documents {
    /// Sets records with an error in their files beside those that cannot be
    /// read: what they say is not known for certain.
    pub fn set_aside(&mut self, report: &Report) {
        let broken: BTreeSet<&SourcePath> = report
            .diagnostics()
            .iter()
            .filter(breaks)
            .map(|d| &d.path)
            .collect();
        let (sound, broken): (Vec<_>, Vec<_>) = std::mem::take(&mut self.documents)
            .into_iter()
            .partition(|document| !broken.contains(&document.path));
        self.documents = sound;
        self.spoiled
            .extend(broken.into_iter().map(|document| (document.path, document.place)));
    }
}

/// An error, and not one that only tells what is withheld.
fn breaks(said: &&Diagnostic) -> bool {
    said.severity == Severity::Error && !said.withheld
}

impl Parsed {
    /// Whether its file was spoiled, and not one that holds something back.
    pub fn is_spoiled(&self) -> bool {
        let withheld = self.report.diagnostics().iter().any(|d| d.withheld);
        matches!(self.read, Read::Nothing) && !withheld
    }

    /// Whether its file was spoiled, or something in it cannot be read.
    pub fn is_broken(&self) -> bool {
        self.is_spoiled() || self.report.diagnostics().iter().any(|d| breaks(&d))
    }

    /// What it says, if it is the file of a meeting.
    pub fn meeting(&self) -> Option<&meeting::MeetingDoc> {
        match &self.read {
            Read::Document(Record::Meeting(doc)) => Some(doc),
            _ => None,
        }
    }

    /// What there is to say of the file.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The record as it was once, with what there is to say of its file now.
    pub fn instead(&self, before: &Parsed) -> Self {
        Self {
            read: before.read.clone(),
            report: self.report.clone(),
        }
    }
}

/// Reads one file. `release` is the day up to which things are published.
pub fn parse_one(source: &Source, labels: &Labels, release: Date) -> Parsed {
    let mut report = Report::new();
    let read = one(source, labels, release, &mut report);
    Parsed { read, report }
}

/// Reads every file, each for itself. `release` is the day up to which things
/// are published.
pub fn parse(sources: &[Source], labels: &Labels, release: Date) -> (Documents, Report) {
    let parsed: Vec<Parsed> = sources
        .par_iter()
        .map(|source| parse_one(source, labels, release))
        .collect();
    together(parsed, sources)
}

/// The same for the last time: the text of each file is let go once it is read,
/// so that not all of them stand in memory beside what they came to.
pub fn parse_away(sources: &mut [Source], labels: &Labels, release: Date) -> (Documents, Report) {
    let parsed: Vec<Parsed> = sources
        .par_iter_mut()
        .map(|source| {
            let parsed = parse_one(source, labels, release);
            source.text = Arc::default();
            parsed
        })
        .collect();
    together(parsed, sources)
}

/// What the files came to, in their order.
pub fn together(parsed: Vec<Parsed>, sources: &[Source]) -> (Documents, Report) {
    let mut documents = Documents::default();
    let mut report = Report::new();
    for (Parsed { read, report: said }, source) in parsed.into_iter().zip(sources) {
        let path = source.path.clone();
        match read {
            Read::Document(record) => documents.documents.push(Document {
                path,
                place: source.place.clone(),
                record,
            }),
            Read::Hidden { until, names } => documents.hidden.push(Hidden {
                kind: source.place.kind,
                id: source.place.id.clone(),
                path,
                names,
                until,
            }),
            Read::Nothing => documents.spoiled.push((path, source.place.clone())),
        }
        // Of a record that waits nothing is said.
        if !matches!(documents.hidden.last(), Some(hidden) if hidden.path == source.path) {
            report.merge(said);
        }
    }
    hide_meetings_of_hidden_bodies(&documents, sources, &mut report);
    (documents, report)
}

/// A body that waits for its day takes its meetings with it: what is said of
/// their text could hold words of it. Of an error only the place is told.
fn hide_meetings_of_hidden_bodies(documents: &Documents, sources: &[Source], report: &mut Report) {
    let bodies: BTreeSet<&str> = documents
        .hidden
        .iter()
        .filter(|h| h.kind == Kind::Body)
        .map(|h| h.id.as_str())
        .collect();
    let waits = |s: &&Source| s.place.body.as_deref().is_some_and(|body| bodies.contains(body));
    let paths: BTreeSet<&SourcePath> = sources.iter().filter(waits).map(|s| &s.path).collect();
    report.allowances_mut().retain(|a| !paths.contains(&a.path));
    let told = report.diagnostics_mut();
    told.retain(|d| d.withheld || d.severity == Severity::Error || !paths.contains(&d.path));
    for d in told.iter_mut().filter(|d| !d.withheld && paths.contains(&d.path)) {
        d.message = "something here cannot be read; the body of this meeting waits for its day".to_owned();
        d.help = None;
        d.withheld = true;
    }
}

fn one(source: &Source, labels: &Labels, release: Date, report: &mut Report) -> Read<Record> {
    let (path, text) = (&source.path, &*source.text);
    match source.place.kind {
        Kind::Home => records::page(path, text, labels, release, report).map(Record::Home),
        Kind::Page => records::page(path, text, labels, release, report).map(Record::Page),
        Kind::Body => records::body(path, text, labels, release, report).map(|d| Record::Body(Box::new(d))),
        Kind::Person => {
            records::person(path, text, labels, release, report).map(|d| Record::Person(Box::new(d)))
        }
        Kind::Issue => {
            records::issue(path, text, labels, release, report).map(|d| Record::Issue(Box::new(d)))
        }
        Kind::Meeting => meeting::read(path, text, source.place.date, labels, release, report)
            .map(|d| Record::Meeting(Box::new(d))),
        Kind::Decision => records::decision(path, text, source.place.date, labels, release, report)
            .map(|d| Record::Decision(Box::new(d))),
    }
}
