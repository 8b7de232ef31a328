//! The list of what is made from an archive. Each outlet plans its files and
//! makes one when asked; the core knows none of them by name.

mod assets;
mod calendar;
mod checksums;
pub mod csv;
mod data;
mod feeds;
mod json;
mod pages;
mod papers;
mod popolo;
mod redirects;
pub mod registers;
mod robots;
mod search;
mod sitemap;
mod tables;

use std::collections::BTreeSet;
use std::io::{self, Write};

use jiff::civil::{Date, Time};

use crate::hash::Sha256;
use crate::model::{Meeting, MeetingId};
use crate::paths::OutPath;
use crate::site::{Job, Plan, Site};

pub use pages::View;

/// What a job came to.
pub enum Made<'a> {
    /// A page: the theme renders it with this template.
    View {
        template: &'static str,
        view: Box<View<'a>>,
    },
    /// A page with lists too long to be held: its view has marks in their
    /// places.
    Long {
        template: &'static str,
        view: Box<View<'a>>,
        lists: Lists,
    },
    Bytes(Vec<u8>),
    /// A large file, written as it is made.
    Stream(Stream),
    /// Several files of which the job's own is one: the names of the others
    /// are known only when they are made.
    Many(Vec<(OutPath, Vec<u8>)>),
    /// A file of the theme, by its name below `static/`.
    Asset(String),
    /// A file of the site folder, copied as it is.
    Copy(crate::paths::SourcePath),
    /// Made from what all others came to, in the order of their paths, once
    /// they are made.
    Last(fn(&[(&OutPath, Sha256)]) -> Vec<u8>),
}

/// Writes a file, of which it never holds more than a part.
pub type Stream = Box<dyn FnOnce(&Site, &mut dyn Write) -> io::Result<()>>;

/// The long lists of a page, which are rendered piece by piece.
pub struct Lists {
    /// What the page has in the place of each: words that stand nowhere else.
    pub marks: Vec<String>,
    pub pieces: Pieces,
}

/// Gives the pieces of a list, by its number, one after the other: each a
/// template and what it renders.
pub type Pieces = Box<dyn Fn(&Site, usize, Give)>;

/// Is given the pieces.
pub type Give<'g> = &'g mut dyn FnMut(&str, View<'_>);

/// Files of which one is planned; the others lie in its folder.
#[derive(Clone, Copy)]
pub struct Group {
    /// The planned one.
    pub root: &'static str,
    /// The page that asks for them.
    pub page: &'static str,
}

/// A kind of thing to publish.
pub trait Outlet: Send + Sync {
    /// What it is called where every page speaks of it, as of a search box.
    fn feature(&self, _site: &Site) -> Option<&'static str> {
        None
    }

    /// Files that are made together and known only then.
    fn group(&self) -> Option<Group> {
        None
    }

    /// Adds its files to the plan.
    fn plan(&self, site: &Site, plan: &mut Plan);

    /// Numbers by which the words of a meeting weigh in the plan, where more of
    /// it than titles, names, links and entries decides what is planned: while
    /// they stay, so does the plan.
    fn weight(&self, _site: &Site, _meeting: MeetingId) -> Vec<usize> {
        Vec::new()
    }

    /// Whether a file may hold words that the outline of one of these meetings
    /// leaves out: of texts, and of the entries in them, wherever they are
    /// shown. When nothing but such words changed, a file that says no stands
    /// as it was.
    fn quotes(&self, _job: &Job, _site: &Site, _meetings: &BTreeSet<MeetingId>) -> bool {
        true
    }

    /// Makes one of them.
    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a>;
}

/// Every outlet, in the order in which addresses are given away.
pub fn list(assets: Vec<String>) -> Vec<Box<dyn Outlet>> {
    vec![
        Box::new(pages::Pages),
        Box::new(registers::Registers),
        Box::new(papers::Papers),
        Box::new(feeds::Feeds),
        Box::new(calendar::Calendar),
        Box::new(data::Data),
        Box::new(json::Json),
        Box::new(tables::Tables),
        Box::new(popolo::Popolo),
        Box::new(checksums::Checksums),
        Box::new(assets::Assets { names: assets }),
        Box::new(sitemap::Sitemap),
        Box::new(robots::Robots),
        Box::new(search::Search),
        // Last, so that no old address takes a place the site needs.
        Box::new(redirects::Redirects),
    ]
}

/// Plans everything.
pub fn plan(outlets: &[Box<dyn Outlet>], site: &Site) -> Plan {
    let mut plan = Plan::new();
    for (n, outlet) in outlets.iter().enumerate() {
        plan.begin(n);
        outlet.plan(site, &mut plan);
    }
    plan
}

/// The day on which a meeting ends: the next one when it goes on past midnight.
/// `None` where no end is told, or one that is its beginning.
fn ends(meeting: &Meeting) -> Option<Date> {
    let last = meeting.until.filter(|until| *until > meeting.date);
    let time = |text: &Option<String>| text.as_deref().and_then(crate::text::dates::time_of_day);
    match (last, time(&meeting.start), time(&meeting.end)) {
        (Some(last), ..) => Some(last),
        (None, Some(start), Some(end)) if end < start => meeting.date.tomorrow().ok(),
        (None, start, Some(end)) => (start != Some(end)).then_some(meeting.date),
        (None, _, None) => None,
    }
}

/// A moment as it is minuted, by the authority's clocks (RFC 3339): `None`
/// where no time of day is told.
fn moment(site: &Site, day: Date, text: Option<&str>) -> Option<String> {
    let minutes = crate::text::dates::time_of_day(text?)?;
    let time = Time::new((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).ok()?;
    let at = site.at(day, time)?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}
