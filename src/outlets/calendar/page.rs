//! The calendar's pages. A month is one list of its days: on a wide screen
//! the style sheet lays them out in weeks, on a narrow one it leaves out the
//! days without a meeting.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{KIND, file, name};
use crate::model::*;
use crate::outlets::pages::frame::{Frame, Make, crumb};
use crate::outlets::pages::rows;
use crate::paths::Url;
use crate::site::{Shared, Site};

/// A page of the calendar.
#[derive(Serialize, Hash)]
pub struct CalendarView<'a> {
    pub page: Frame<'a>,
    /// The page is about now, not about one month.
    pub now: bool,
    /// The months it shows, in their order.
    pub months: Vec<Month>,
    /// The month before, when it has a page.
    pub previous: Option<MonthLink>,
    /// The month after, when it has a page.
    pub next: Option<MonthLink>,
    /// Every month with a meeting, the newest year first.
    pub years: Vec<Year>,
    /// The days of the week, shortened, from Monday.
    pub weekdays: Vec<String>,
    /// What may be subscribed to; on the page about now.
    pub files: Vec<File>,
    /// What the files for programs hold, as ISO dates.
    pub from: String,
    /// The last day that the files for programs hold, ISO.
    pub to: String,
}

#[derive(Serialize, Hash)]
pub struct Month {
    pub year: i16,
    /// 1 to 12
    pub month: i8,
    pub days: Vec<Day>,
    pub meetings: usize,
}

#[derive(Serialize, Hash)]
pub struct Day {
    /// ISO.
    pub date: String,
    pub day: i8,
    /// 1 (Monday) to 7
    pub weekday: i8,
    pub today: bool,
    pub meetings: Vec<Shared<rows::MeetingRow>>,
}

/// A year of the calendar.
#[derive(Serialize, Hash)]
pub struct Year {
    /// The year.
    pub year: i16,
    /// Its months with a meeting.
    pub months: Vec<MonthLink>,
    /// The year of a month that the page shows.
    pub open: bool,
}

/// A link to a month of the calendar.
#[derive(Clone, Serialize, Hash)]
pub struct MonthLink {
    /// Its address.
    pub href: String,
    /// Its year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// How many meetings it has.
    pub meetings: usize,
    /// This very page.
    pub here: bool,
}

/// A file to subscribe to.
#[derive(Serialize, Hash)]
pub struct File {
    /// Its address.
    pub href: String,
    /// The body's name; none for the calendar of all.
    pub body: Option<String>,
    /// For programs that subscribe.
    pub subscribe: Option<String>,
    /// What kind of file it is.
    pub kind: &'static str,
    /// What it holds.
    pub title: String,
}

/// How many months the page about now shows.
const AHEAD: usize = 3;

/// A meeting of many days stands on no more than this.
const LONGEST: usize = 31;

pub fn url(year: i16, month: i8) -> Url {
    Url::new(format!("calendar/{year:04}-{month:02}/"))
}

/// Every month with a meeting, in order.
pub fn months(site: &Site) -> Vec<(i16, i8)> {
    let mut months: Vec<(i16, i8)> = days(site).map(|(day, _)| (day.year(), day.month())).collect();
    months.sort_unstable();
    months.dedup();
    months
}

/// Every day of every meeting.
fn days<'s>(site: &'s Site) -> impl Iterator<Item = (Date, MeetingId)> + 's {
    site.archive.meetings.iter().flat_map(|(id, meeting)| {
        let last = meeting.until.unwrap_or(meeting.date).max(meeting.date);
        meeting
            .date
            .series(jiff::Span::new().days(1))
            .take_while(move |day| *day <= last)
            .take(LONGEST)
            .map(move |day| (day, id))
    })
}

/// The page about now: this month and what follows.
pub fn now<'a>(site: &Site<'a>) -> CalendarView<'a> {
    let mut shown = Vec::new();
    let mut at = site.today.first_of_month();
    while shown.len() < AHEAD {
        shown.push((at.year(), at.month()));
        match at.last_of_month().tomorrow() {
            Ok(next) => at = next,
            Err(_) => break,
        }
    }
    let page = Make {
        kind: "calendar",
        section: "calendar",
        title: String::new(),
        description: site.words.get("calendar_about").to_owned(),
        url: site.routes.list("calendar"),
        crumbs: Vec::new(),
        changed: None,
    };
    view(site, page, &shown, true)
}

pub fn month<'a>(site: &Site<'a>, year: i16, month: i8) -> CalendarView<'a> {
    let title = site
        .words
        .get("calendar_of")
        .replace("{month}", site.words.days.month(month))
        .replace("{year}", &year.to_string());
    let page = Make {
        kind: "calendar",
        section: "calendar",
        description: format!("{title}: {}", site.config.title),
        title,
        url: url(year, month),
        crumbs: vec![crumb(site, "calendar")],
        changed: None,
    };
    view(site, page, &[(year, month)], false)
}

fn view<'a>(site: &Site<'a>, page: Make, shown: &[(i16, i8)], now: bool) -> CalendarView<'a> {
    let all: Vec<(Date, MeetingId)> = days(site).collect();
    let mut counts: BTreeMap<(i16, i8), usize> = BTreeMap::new();
    for (day, id) in &all {
        // A meeting of two months counts in both, and once in each.
        let first = day.day() == 1 || site.archive.meetings[*id].date == *day;
        *counts.entry((day.year(), day.month())).or_default() += usize::from(first);
    }
    let link = |(year, month): (i16, i8)| MonthLink {
        href: site.routes.href(&url(year, month)),
        year,
        month,
        meetings: counts.get(&(year, month)).copied().unwrap_or(0),
        here: !now && shown.first() == Some(&(year, month)),
    };
    let (first, last) = (shown.first().copied(), shown.last().copied());
    let previous = counts.keys().rev().find(|m| first.is_some_and(|f| **m < f));
    let next = counts.keys().find(|m| last.is_some_and(|l| **m > l));
    let mut years: Vec<Year> = Vec::new();
    for month in counts.keys() {
        if years.last().is_none_or(|y| y.year != month.0) {
            years.push(Year {
                year: month.0,
                months: Vec::new(),
                open: shown.iter().any(|(year, _)| *year == month.0),
            });
        }
        if let Some(year) = years.last_mut() {
            year.months.push(link(*month));
        }
    }
    years.reverse();
    let (from, to) = super::window(site);
    let short = |word: &String| word.chars().take(3).collect();
    CalendarView {
        page: page.frame(site, None),
        now,
        months: shown.iter().map(|(y, m)| grid(site, *y, *m, &all)).collect(),
        previous: previous.map(|m| link(*m)),
        next: next.map(|m| link(*m)),
        years,
        weekdays: site.words.days.weekdays.iter().map(short).collect(),
        files: if now { files(site) } else { Vec::new() },
        from: from.to_string(),
        to: to.to_string(),
    }
}

fn grid(site: &Site, year: i16, month: i8, all: &[(Date, MeetingId)]) -> Month {
    let Ok(first) = Date::new(year, month, 1) else {
        return Month {
            year,
            month,
            days: Vec::new(),
            meetings: 0,
        };
    };
    let mut held: Vec<MeetingId> = Vec::new();
    let days = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| day.month() == month)
        .map(|day| {
            let mut here: Vec<MeetingId> = all.iter().filter(|(d, _)| *d == day).map(|(_, id)| *id).collect();
            let start = |id: &MeetingId| {
                let text = site.archive.meetings[*id].start.as_deref();
                text.and_then(crate::text::dates::time_of_day)
            };
            here.sort_by_key(|id| (start(id), *id));
            held.extend(
                here.iter()
                    .filter(|id| !held.contains(id))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            Day {
                date: day.to_string(),
                day: day.day(),
                weekday: day.weekday().to_monday_one_offset(),
                today: day == site.today,
                meetings: here.into_iter().map(|id| rows::meeting(site, id)).collect(),
            }
        })
        .collect();
    Month {
        year,
        month,
        days,
        meetings: held.len(),
    }
}

fn files(site: &Site) -> Vec<File> {
    let open = |id: &BodyId| {
        let body = &site.archive.bodies[*id];
        !body.meetings.is_empty() && body.to.is_none_or(|to| to >= site.today)
    };
    let bodies = site.archive.order.bodies.iter().copied().filter(open).map(Some);
    std::iter::once(None)
        .chain(bodies)
        .map(|body| {
            let url = file(body, site.archive);
            let rest = |address: String| {
                address
                    .split_once("://")
                    .map(|(_, rest)| format!("webcal://{rest}"))
            };
            File {
                href: site.routes.href(&url),
                body: body.map(|id| site.archive.bodies[id].name.clone()),
                subscribe: site.routes.absolute(&url).and_then(rest),
                kind: KIND,
                title: name(site, body),
            }
        })
        .collect()
}
