//! Which path is which kind of record. Nothing here looks at a disk or a text:
//! the path alone decides, and it is the id.

use jiff::civil::Date;

use super::dates::{self, Dated};
use super::{meeting, misplaced, private};
use crate::paths::SourcePath;
use crate::report::{Diagnostic, rules};
use crate::text::slug;

/// The kinds of record that a site is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    Home,
    Page,
    Body,
    Person,
    Issue,
    Meeting,
    Decision,
}

impl Kind {
    /// As a clerk would say it, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Home => "the home page",
            Kind::Page => "a page",
            Kind::Body => "a body",
            Kind::Person => "a person",
            Kind::Issue => "an issue",
            Kind::Meeting => "a meeting",
            Kind::Decision => "a decision",
        }
    }
}

/// What a record's path says about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub kind: Kind,
    /// Unique within its kind: `jane-roe`, `cabinet/2017-06-27`; empty for the
    /// home page.
    pub id: String,
    /// The body whose folder a meeting lies in.
    pub body: Option<String>,
    /// The day in the name of a meeting or decision.
    pub date: Option<Date>,
    /// Written as `<id>/index.md`, with its papers beside it.
    pub folder: bool,
}

/// What is to be done with a path.
#[derive(Clone, PartialEq, Debug)]
pub enum Sorted {
    Record(Place),
    /// Not Markdown: a paper, if something links to it.
    File,
    /// `*.private.md`, or any file with that mark in its path: never read.
    Private,
    /// Hidden files, a README, what editors and systems leave behind.
    Ignored,
    /// A record in a place that has no records, or with a name that it may not have.
    Misplaced(Diagnostic),
}

/// Ids that no page may have: each is an address of the site's own, or a name
/// kept free for one.
pub const RESERVED: &[&str] = &[
    "404",
    "actions",
    "assets",
    "attendance",
    "bodies",
    "calendar",
    "cy",
    "data",
    "decisions",
    "declarations",
    "documents",
    "exempt",
    "feed",
    "feed-xml",
    "feeds",
    "forward-plan",
    "index",
    "issues",
    "meetings",
    "people",
    "robots",
    "search",
    "sitemap",
    "static",
    "topics",
    "votes",
    "wards",
];

/// Sorts a path of the site folder by its name alone.
pub fn sort(path: &SourcePath) -> Sorted {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    if parts.first() != Some(&"content") || parts.iter().any(|part| is_ignored(part)) {
        return Sorted::Ignored;
    }
    if private::is_private(path) {
        return Sorted::Private;
    }
    if !matches!(path.extension().as_deref(), Some("md" | "markdown")) {
        return Sorted::File;
    }
    if path.stem().eq_ignore_ascii_case("readme") {
        return Sorted::Ignored;
    }
    if let Some(diagnostic) = private::told(path) {
        return Sorted::Misplaced(diagnostic);
    }
    match record(path, &parts[1..]) {
        Ok(place) => Sorted::Record(place),
        Err(diagnostic) => Sorted::Misplaced(diagnostic),
    }
}

/// A name that is nobody's work: hidden, a system's, or an editor's.
pub fn is_ignored(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini")
        || name.ends_with('~')
        || name.starts_with("~$")
        || lower.ends_with(".swp")
        || lower.ends_with(".swo")
        || (name.starts_with('#') && name.ends_with('#'))
}

/// `index.md`, in any case.
pub(super) fn is_index(path: &SourcePath) -> bool {
    path.stem().eq_ignore_ascii_case("index")
}

fn record(path: &SourcePath, parts: &[&str]) -> Result<Place, Diagnostic> {
    match parts {
        [_] if is_index(path) => Ok(Place::simple(Kind::Home, String::new())),
        [_] => Err(misplaced::top(path)),
        ["meetings", _] => Err(misplaced::bodiless(path)),
        ["meetings", body, between @ .., _] => meeting::place(path, body, between),
        [folder, rest @ ..] => match kind_of(folder) {
            Some(kind) if rest.len() == 1 => flat(path, kind),
            Some(_) => Err(misplaced::nested(path, folder, rest)),
            None => Err(misplaced::unknown(path, folder)),
        },
        [] => Err(misplaced::top(path)),
    }
}

/// The folders whose records lie directly in them.
fn kind_of(folder: &str) -> Option<Kind> {
    match folder {
        "pages" => Some(Kind::Page),
        "bodies" => Some(Kind::Body),
        "people" => Some(Kind::Person),
        "issues" => Some(Kind::Issue),
        "decisions" => Some(Kind::Decision),
        _ => None,
    }
}

fn flat(path: &SourcePath, kind: Kind) -> Result<Place, Diagnostic> {
    let id = slug(path.stem());
    let reserved = id == "index" || (kind == Kind::Page && RESERVED.contains(&id.as_str()));
    if reserved {
        let message = format!(
            "`{id}` cannot be the id of {}: the site keeps that address for what it makes itself",
            kind.name()
        );
        let help = match kind {
            Kind::Page if id == "index" => "the home page is content/index.md",
            Kind::Page => "give the file another name, and so the page another address; its title may stay",
            _ => "the list is made by itself; text of your own goes into a page of content/pages",
        };
        return Err(Diagnostic::new(&rules::RESERVED_NAME, path, None, message).help(help));
    }
    if kind == Kind::Body && dates::is_year(&id) {
        let message = format!("`{id}` cannot be the id of a body: its address would be that of a year");
        let help = "name the file for the body, as content/bodies/cabinet.md";
        return Err(Diagnostic::new(&rules::RESERVED_NAME, path, None, message).help(help));
    }
    let mut place = Place::simple(kind, id);
    if kind == Kind::Decision {
        place.date = day(path, &place.id)?;
    }
    Ok(place)
}

/// The day that an id begins with, if any.
pub(super) fn day(path: &SourcePath, id: &str) -> Result<Option<Date>, Diagnostic> {
    match dates::leading(id) {
        Dated::Day(date) => Ok(Some(date)),
        Dated::No => Ok(None),
        Dated::Impossible => {
            let message = format!("`{}` is not a day of the calendar", &id[..10]);
            let help = "a name begins with year, month and day, as 2017-06-27";
            Err(Diagnostic::new(&rules::BAD_DATE, path, None, message).help(help))
        }
    }
}

impl Place {
    fn simple(kind: Kind, id: String) -> Self {
        Self {
            kind,
            id,
            body: None,
            date: None,
            folder: false,
        }
    }
}
