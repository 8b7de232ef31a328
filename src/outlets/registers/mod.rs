//! The registers: lists across all meetings of what was decided, who is to do
//! what, how votes went, what was declared or withheld. Each is a page, a page
//! for each year, and a CSV file of the whole.
//!
//! A register has a file of its own and one entry on [`LIST`]. It walks over
//! its [`Line`]s, and makes the cells of one only when they are wanted. How a
//! register is divided into pages is said in [`page`].

mod actions;
pub mod attendance;
mod cell;
mod decisions;
mod declarations;
mod documents;
mod exempt;
mod forward_plan;
mod page;
mod place;
mod votes;

use std::collections::BTreeMap;

use jiff::civil::Date;

use cell::{CellView, ColumnView};

use super::csv::{self, Csv};
use super::pages::View;
use super::{Made, Outlet};
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Site, Subject};

pub use attendance::AttendanceView;
pub use page::RegisterView;

/// What is done with each line of a walk.
type Visit<'v> = &'v mut dyn FnMut(Mark, &dyn Line);

/// A register.
pub struct Register {
    /// Its address, and the word that themes know it by.
    pub key: &'static str,
    /// The columns of its page.
    pub columns: &'static [ColumnView],
    /// The columns of its file.
    pub csv: &'static [csv::Column],
    /// Visits every line in the order in which the page shows them.
    pub walk: fn(&Site, Visit),
    /// Counts over the whole that stand above the lines.
    pub summary: Option<fn(&Site) -> Vec<page::Summary>>,
}

/// What is known of a line before it is made.
#[derive(Clone, Copy)]
pub struct Mark {
    /// The year that it stands under; none: in no year.
    pub date: Option<Date>,
    /// Under which heading of the page it stands; empty: under none.
    pub group: &'static str,
    /// It stands on the first page, however old it is.
    pub pinned: bool,
}

/// A line of a register.
pub trait Line {
    /// As the page shows it: a cell for each column.
    fn cells(&self, site: &Site) -> Vec<CellView>;
    /// As the file holds it: a cell for each of its columns.
    fn csv(&self, site: &Site) -> Vec<csv::Cell<'static>>;
}

/// Every register, in the order in which they are offered.
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

/// How many lines stand under each year; under none: those without a day.
pub fn years(site: &Site, register: &Register) -> BTreeMap<Option<i16>, usize> {
    let mut years = BTreeMap::new();
    (register.walk)(site, &mut |mark, _| {
        *years.entry(mark.date.map(Date::year)).or_insert(0) += 1;
    });
    years
}

/// Every page of the registers.
pub fn pages(site: &Site) -> Vec<Url> {
    let mut pages = Vec::new();
    for register in LIST {
        let years = years(site, register);
        if !years.is_empty() {
            let dated: Vec<i16> = years.into_keys().flatten().collect();
            add(site, register.key, &dated, &mut |url, _| pages.push(url));
        }
    }
    let dated = attendance::years(site);
    if !dated.is_empty() {
        add(site, ATTENDANCE, &dated, &mut |url, _| pages.push(url));
    }
    pages
}

/// The first page, and one for each year when there are several.
fn add(site: &Site, key: &'static str, years: &[i16], each: &mut dyn FnMut(Url, Subject)) {
    each(site.routes.list(key), Subject::Register(key, None));
    for year in years.iter().filter(|_| years.len() > 1) {
        let url = site.routes.register_year(key, *year);
        each(url, Subject::Register(key, Some(*year)));
    }
}

pub struct Registers;

impl Outlet for Registers {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        for register in LIST {
            let years = years(site, register);
            if !years.is_empty() {
                let dated: Vec<i16> = years.into_keys().flatten().collect();
                of(site, register.key, &dated, plan);
            }
            if register.key == votes::REGISTER.key {
                let dated = attendance::years(site);
                if !dated.is_empty() {
                    of(site, ATTENDANCE, &dated, plan);
                    file(site, ATTENDANCE, attendance::figures_url(), "figures_csv", plan);
                }
            }
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        match &job.subject {
            Subject::Register(ATTENDANCE, year) => Made::View {
                template: "attendance.html",
                view: Box::new(View::Attendance(attendance::view(site, *year))),
            },
            Subject::Register(key, year) => match LIST.iter().find(|r| r.key == *key) {
                Some(register) => Made::View {
                    template: "register.html",
                    view: Box::new(View::Register(page::view(site, register, *year))),
                },
                None => Made::Bytes(Vec::new()),
            },
            Subject::File(name) if *name == attendance::figures_url().as_str() => {
                Made::Bytes(attendance::figures_csv(site))
            }
            Subject::File(name) => {
                let key = name.split('/').next().unwrap_or("");
                match LIST.iter().find(|r| r.key == key) {
                    Some(register) => Made::Bytes(whole(site, register)),
                    None => Made::Bytes(attendance::csv(site)),
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

/// The pages and the file of a register.
fn of(site: &Site, key: &'static str, years: &[i16], plan: &mut Plan) {
    add(site, key, years, &mut |url, subject| plan.add(url, subject, None));
    plan.list(key, site.routes.href(&site.routes.list(key)));
    file(site, key, csv_url(key), "register_csv", plan);
}

/// A file that the first page of a register offers.
fn file(site: &Site, key: &'static str, url: Url, word: &'static str, plan: &mut Plan) {
    if !site.config.csv {
        return;
    }
    plan.add(url.clone(), Subject::File(url.as_str().to_owned()), None);
    plan.offer(
        &site.routes.list(key),
        Offer {
            kind: "text/csv",
            href: site.routes.href(&url),
            word,
            title: None,
        },
    );
}

fn whole(site: &Site, register: &Register) -> Vec<u8> {
    let mut csv = Csv::new(register.csv);
    (register.walk)(site, &mut |_, line| csv.row(line.csv(site)));
    csv.finish()
}
