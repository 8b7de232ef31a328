//! The registers: lists across all meetings of what was decided, who is to do
//! what, how votes went, what was declared or withheld. Each is a page, a page
//! for each year, and a CSV file of the whole.
//!
//! A register has a file of its own and one entry on [`LIST`]. It walks over
//! its [`Line`]s, those of a year or all, and makes the cells of one only when
//! they are wanted. How many lines there are is counted once, when the pages
//! are planned; so the page of a year looks at that year alone. How a register
//! is divided into pages is said in [`page`].

mod actions;
pub mod attendance;
mod cell;
mod decisions;
mod declarations;
mod documents;
pub mod draw;
mod exempt;
mod forward_plan;
mod page;
pub mod place;
mod votes;

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::civil::Date;

use cell::{CellView, ColumnView};

use super::csv::{self, Csv, Published};
use super::pages::View;
use super::{Made, Outlet};
use crate::model::MeetingId;
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Shelf, Site, Subject};

pub use attendance::AttendanceView;
pub use page::{RegisterRowsView, RegisterView};

/// What is done with each line of a walk.
type Visit<'v> = &'v mut dyn FnMut(Mark, &dyn Line);

/// A register.
pub struct Register {
    /// Its address, and the word that themes know it by.
    pub key: &'static str,
    /// What a line of its file is, in one sentence, in English.
    pub about: &'static str,
    /// The columns of its page.
    pub columns: &'static [ColumnView],
    /// The columns of its file.
    pub csv: &'static [csv::Column],
    /// Visits the lines of a year, or all, in the order of the page.
    pub walk: fn(&Site, Option<i16>, Visit),
    /// Lines of any year may be pinned to the first page.
    pub pins: bool,
    /// Counts over the whole that stand above the lines.
    pub summary: Option<fn(&Site) -> Vec<page::Summary>>,
}

/// What is known of a line before it is made.
#[derive(Clone, Copy)]
pub struct Mark {
    /// The day whose year it stands under; none: in no year.
    pub date: Option<Date>,
    /// Under which heading of the page it stands; empty: under none.
    pub group: &'static str,
    /// It stands on the first page, however old it is.
    pub pinned: bool,
}

impl Mark {
    /// Under no heading.
    pub fn of(date: Date) -> Self {
        Self {
            date: Some(date),
            group: "",
            pinned: false,
        }
    }
}

/// A line of a register.
pub trait Line {
    /// As the page shows it: a cell for each column.
    fn cells(&self, site: &Site) -> Vec<CellView>;
    /// As the file holds it: a cell for each of its columns.
    fn csv(&self, site: &Site) -> Vec<csv::Cell<'static>>;
}

/// Every register that is listed, in the order in which they are offered.
pub const LIST: &[Register] = &[
    decisions::REGISTER,
    actions::REGISTER,
    votes::REGISTER,
    declarations::REGISTER,
    exempt::REGISTER,
    documents::REGISTER,
    forward_plan::REGISTER,
];

/// The key of the register that is reckoned and not listed.
pub const ATTENDANCE: &str = "attendance";

/// A register with more lines than this is divided: its first page shows one
/// year.
const LONG: usize = 400;

/// How many lines a register has, year by year.
fn shelf(site: &Site, register: &Register) -> Shelf {
    let mut total = 0;
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    (register.walk)(site, None, &mut |mark, _| {
        total += 1;
        if let Some(date) = mark.date {
            *years.entry(date.year()).or_insert(0) += 1;
        }
    });
    Shelf {
        total,
        years: years.into_iter().rev().collect(),
    }
}

/// Every page of the registers, as they were planned.
pub fn pages(site: &Site) -> Vec<Url> {
    let mut pages = Vec::new();
    for key in LIST.iter().map(|r| r.key).chain([ATTENDANCE]) {
        if let Some(shelf) = site.offers.shelf(key) {
            pages.extend(addresses(site, key, shelf).into_iter().map(|page| page.0));
        }
    }
    pages
}

/// The first page, and one for each year when there are several.
fn addresses(site: &Site, key: &'static str, shelf: &Shelf) -> Vec<(Url, Subject)> {
    let mut pages = vec![(site.routes.list(key), Subject::Register(key, None))];
    if shelf.years.len() > 1 {
        pages.extend(shelf.years.iter().map(|(year, _)| {
            (
                site.routes.register_year(key, *year),
                Subject::Register(key, Some(*year)),
            )
        }));
    }
    pages
}

/// The files of the registers that are made, for those who describe them.
pub fn published(site: &Site) -> Vec<Published> {
    let made = |key: &str| site.offers.shelf(key).is_some();
    let listed = LIST.iter().filter(|r| made(r.key)).map(|r| Published {
        name: r.key,
        about: r.about,
        columns: r.csv,
        url: csv_url(r.key),
    });
    let reckoned = attendance::published().into_iter();
    listed.chain(reckoned.filter(|_| made(ATTENDANCE))).collect()
}

pub struct Registers;

impl Outlet for Registers {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.registers {
            return;
        }
        for register in LIST {
            of(site, register.key, shelf(site, register), plan);
            // What is reckoned from the minutes stands beside the votes.
            if register.key == votes::REGISTER.key {
                of(site, ATTENDANCE, attendance::shelf(site), plan);
            }
        }
    }

    /// How many lines each has of the meeting's year: some words are none.
    fn weight(&self, site: &Site, meeting: MeetingId) -> Vec<usize> {
        if !site.config.registers {
            return Vec::new();
        }
        let year = site.archive.meetings[meeting].date.year();
        let lines = |register: &Register| {
            let mut lines = 0;
            (register.walk)(site, Some(year), &mut |_, _| lines += 1);
            lines
        };
        LIST.iter().map(lines).collect()
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        match &job.subject {
            Subject::Register(ATTENDANCE, year) => Made::View {
                template: "attendance.html",
                view: Box::new(View::Attendance(attendance::view(site, *year))),
            },
            Subject::Register(key, year) => match LIST.iter().find(|r| r.key == *key) {
                Some(register) => page::made(site, register, *year),
                None => Made::Bytes(Vec::new()),
            },
            Subject::File(name) if *name == attendance::figures_url().as_str() => {
                Made::Stream(Box::new(attendance::figures_csv))
            }
            Subject::File(name) => {
                let key = name.split('/').next().unwrap_or("");
                match LIST.iter().find(|r| r.key == key) {
                    Some(register) => Made::Stream(Box::new(|site, out| whole(site, register, out))),
                    None => Made::Stream(Box::new(attendance::csv)),
                }
            }
            _ => Made::Bytes(Vec::new()),
        }
    }
}

/// Where the file of a register stands.
pub fn csv_url(key: &str) -> Url {
    Url::new(format!("{key}/{key}.csv"))
}

/// The pages and the files of a register that has lines.
fn of(site: &Site, key: &'static str, shelf: Shelf, plan: &mut Plan) {
    if shelf.total == 0 {
        return;
    }
    let pages = addresses(site, key, &shelf);
    plan.list(key, site.routes.href(&site.routes.list(key)));
    let mut files = vec![(csv_url(key), "register_csv")];
    if key == ATTENDANCE {
        files.push((attendance::figures_url(), "figures_csv"));
    }
    for (url, word) in files.into_iter().filter(|_| site.config.csv) {
        for (page, _) in &pages {
            let offer = Offer {
                kind: "text/csv",
                href: site.routes.href(&url),
                word,
                title: None,
            };
            plan.offer(page, offer);
        }
        plan.add(url.clone(), Subject::File(url.as_str().to_owned()), None);
    }
    for (url, subject) in pages {
        plan.add(url, subject, None);
    }
    plan.shelve(key, shelf);
}

fn whole(site: &Site, register: &Register, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = Csv::new(register.csv, out)?;
    (register.walk)(site, None, &mut |_, line| csv.row(line.csv(site)));
    csv.finish()
}
