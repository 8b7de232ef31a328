//! Time as a picture: lanes with a mark for each event, laid out here so that
//! a template need only write it down as SVG.
//!
//! Places along the line are percentages of the width, so that a picture fits
//! any page without its letters shrinking; heights are CSS pixels.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::rows;
use crate::model::*;
use crate::site::{Html, Site};
use crate::text::escape::push_escaped;

/// A picture of lanes, the first on top.
#[derive(Serialize, Hash)]
pub struct Timeline {
    /// The lines, from the top.
    pub lanes: Vec<Lane>,
    /// The days that are named below the lanes.
    pub ticks: Vec<Tick>,
    /// Where today stands, when it is in the picture: percent of the width.
    pub today: Option<String>,
    /// The whole height in CSS pixels.
    pub height: u32,
    /// The height at which the lanes end and the words of the ticks begin.
    pub floor: u32,
    /// The kinds of marks in it, for the key below the picture.
    pub kinds: Vec<Kind>,
}

/// A kind of marks.
#[derive(Serialize, Hash)]
pub struct Kind {
    /// `decided`, `considered` …
    pub key: &'static str,
    /// Its shape as SVG, around the origin.
    pub shape: Html,
}

/// One line of the picture: a body, or a year.
#[derive(Serialize, Hash)]
pub struct Lane {
    /// Its name; none for decisions taken outside meetings.
    pub label: Option<String>,
    /// The page of what it is about.
    pub href: Option<String>,
    /// The height at which its name is written.
    pub top: u32,
    /// The height of its line, and of the marks that stand on it.
    pub line: u32,
    /// Where its line begins: percent of the width.
    pub start: &'static str,
    /// Its marks as SVG.
    pub drawn: Html,
    /// What happened, in the order of the days. For a theme with templates of its own.
    pub marks: Vec<Mark>,
}

/// An event.
#[derive(Serialize, Hash)]
pub struct Mark {
    /// Percent of the width.
    pub x: String,
    /// The height at which it stands: on the line, or below it when another
    /// stands there already.
    pub y: u32,
    /// `decided`, `considered`, `outside`, `upcoming`, `awaited`, `due`, `held` or `off`.
    pub kind: &'static str,
    /// The page of the event.
    pub href: Option<String>,
    /// ISO.
    pub date: String,
    /// Who met or decided.
    pub who: String,
    /// The number of the item there.
    pub number: Option<String>,
    /// The same in words: `12 March 2024 – Parks Committee (Item 4): decided`.
    pub title: String,
}

/// The shape of a mark, around the origin.
fn shape(kind: &str) -> &'static str {
    match kind {
        "outside" => "<path d=\"M0-8 8 0 0 8-8 0z\"/>",
        "off" => "<path d=\"M-5-5 5 5M5-5-5 5\"/>",
        "due" => "<path d=\"M-7 6 0-7 7 6z\"/>",
        _ => "<circle r=\"6.5\"/>",
    }
}

impl Mark {
    fn draw(&self, out: &mut String) {
        let Self { kind, x, y, .. } = self;
        let _ = write!(
            out,
            "\n<svg class=\"mark mark-{kind}\" x=\"{x}%\" y=\"{y}\" overflow=\"visible\">"
        );
        if let Some(href) = &self.href {
            out.push_str("<a href=\"");
            push_escaped(out, href);
            out.push_str("\">");
        }
        out.push_str("<title>");
        push_escaped(out, &self.title);
        out.push_str("</title>");
        out.push_str(shape(kind));
        out.push_str(if self.href.is_some() {
            "</a></svg>"
        } else {
            "</svg>"
        });
    }
}

/// A day that is named below the lanes.
#[derive(Serialize, Hash)]
pub struct Tick {
    /// Percent of the width.
    pub x: String,
    /// Given at the first of January.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: i8,
}

/// CSS pixels: a lane with its name, a year's lane, the words of the ticks.
const LANE: u32 = 46;
const NARROW: u32 = 30;
const WORDS: u32 = 26;

/// Marks of a lane that would lie on each other stand in rows, so many CSS
/// pixels apart.
const ROW: u32 = 17;

/// Nearer than this, in percent of the width, one mark hides the middle of
/// another on a telephone.
const NEAR: f64 = 2.6;

/// So many names of days fit below a picture on a telephone.
const MOST_TICKS: usize = 6;

/// The share of the width left free at either end, in percent.
const EDGE: f64 = 2.5;

/// Left free for the year before its line, in percent.
const YEAR: f64 = 14.0;

fn percent(share: f64) -> String {
    format!("{:.2}", between(EDGE, share))
}

fn between(start: f64, share: f64) -> f64 {
    start + share * (100.0 - EDGE - start)
}

/// The rows of a lane, by the place of the last mark in each.
#[derive(Default)]
struct Rows {
    last: Vec<f64>,
}

impl Rows {
    /// The first row that has room at this place; places come in order.
    fn take(&mut self, x: f64) -> u32 {
        let free = self.last.iter().position(|last| x - last >= NEAR);
        let row = free.unwrap_or(self.last.len());
        match self.last.get_mut(row) {
            Some(last) => *last = x,
            None => self.last.push(x),
        }
        row as u32
    }

    /// What a lane is higher than one with a single row.
    fn extra(&self) -> u32 {
        (self.last.len() as u32).saturating_sub(1) * ROW
    }
}

/// Sets lanes of this height below each other, their names and lines so far
/// from their tops, draws their marks, and says how high all are.
fn set(site: &Site, lanes: &mut [Lane], rows: &[Rows], (height, name, line): (u32, u32, u32)) -> u32 {
    let mut top = 0;
    for (lane, rows) in lanes.iter_mut().zip(rows) {
        lane.top = top + name;
        lane.line = top + line;
        for mark in &mut lane.marks {
            mark.y = mark.y * ROW + lane.line;
            mark.draw(&mut lane.drawn.0);
        }
        if !site.words.parts {
            lane.marks.clear();
        }
        top += height + rows.extra();
    }
    top
}

/// A stretch of days, the first and last with a mark.
struct Stretch {
    first: Date,
    days: f64,
}

impl Stretch {
    fn over(days: impl Iterator<Item = Date> + Clone) -> Option<Self> {
        let (first, last) = (days.clone().min()?, days.max()?);
        Some(Self {
            first,
            days: f64::from(apart(first, last).max(1)),
        })
    }

    fn last(&self) -> Date {
        self.first
            .saturating_add(jiff::Span::new().days(self.days as i64))
    }

    fn share(&self, day: Date) -> f64 {
        f64::from(apart(self.first, day)) / self.days
    }

    /// The first days of months, few enough to be written side by side.
    fn ticks(&self) -> Vec<Tick> {
        for step in [1, 2, 3, 6, 12, 24, 60, 120] {
            let ticks = self.ticks_of(step);
            if ticks.len() <= MOST_TICKS {
                return ticks;
            }
        }
        self.ticks_of(600)
    }

    fn ticks_of(&self, months: i32) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let start = i32::from(self.first.year()) * 12 + i32::from(self.first.month()) - 1;
        let mut at = start.div_euclid(months) * months;
        loop {
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
            let Ok(day) = Date::new(year as i16, month as i8, 1) else {
                return ticks;
            };
            if day > self.last() || ticks.len() > MOST_TICKS {
                return ticks;
            }
            if day >= self.first {
                ticks.push(Tick {
                    x: percent(self.share(day)),
                    year: (month == 1).then_some(year as i16),
                    month: month as i8,
                });
            }
            at += months;
        }
    }
}

fn apart(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// What an event of an issue needs before it has a place.
struct Event {
    day: Date,
    body: Option<BodyId>,
    kind: &'static str,
    href: Option<String>,
    who: String,
    number: Option<String>,
}

/// An issue's way: a lane for each body in the order in which they came to it,
/// and one for decisions taken outside meetings. None when there is too little
/// to draw.
pub fn of_issue(site: &Site, id: IssueId) -> Option<Timeline> {
    let archive = site.archive;
    let issue = &archive.issues[id];
    let mut events: Vec<Event> = Vec::new();
    for item in &issue.items {
        let meeting = &archive.meetings[archive.items[*item].meeting];
        let href = format!("#{}", anchor(site, *item));
        for body in &meeting.bodies {
            events.push(Event {
                day: meeting.date,
                body: Some(*body),
                kind: kind(site, *item),
                href: Some(href.clone()),
                who: site.meeting_name(archive.items[*item].meeting),
                number: archive.items[*item].number.clone(),
            });
        }
    }
    for decision in &issue.decisions {
        let row = rows::decision(site, *decision);
        let place = format!("#{}", archive.decisions[*decision].id);
        events.push(Event {
            day: archive.decisions[*decision].date,
            body: None,
            kind: "outside",
            href: Some(place),
            who: row.maker.unwrap_or(row.title),
            number: None,
        });
    }
    if let Some(due) = issue.due
        && let (body, Some(day)) = (due.body, due.date)
        && day >= site.today
        && !events.iter().any(|e| e.day == day && e.body == body)
    {
        events.push(Event {
            day,
            body,
            kind: "due",
            href: None,
            who: body.map_or(String::new(), |b| archive.bodies[b].name.clone()),
            number: None,
        });
    }
    if events.len() < 2 {
        return None;
    }
    events.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.number.cmp(&b.number)));
    let stretch = Stretch::over(events.iter().map(|e| e.day))?;
    let mut owners: Vec<Option<BodyId>> = Vec::new();
    for event in &events {
        if !owners.contains(&event.body) {
            owners.push(event.body);
        }
    }
    // Those outside meetings stand last.
    owners.sort_by_key(Option::is_none);
    let kinds = kinds(events.iter().map(|e| e.kind));
    let mut lanes: Vec<Lane> = owners
        .iter()
        .map(|body| Lane {
            label: body.map(|b| archive.bodies[b].name.clone()),
            href: body.map(|b| site.routes.body_href(b)),
            top: 0,
            line: 0,
            start: "0",
            drawn: Html::default(),
            marks: Vec::new(),
        })
        .collect();
    let mut rows: Vec<Rows> = owners.iter().map(|_| Rows::default()).collect();
    for event in events {
        let lane = owners.iter().position(|o| *o == event.body).unwrap_or(0);
        let x = between(EDGE, stretch.share(event.day));
        lanes[lane].marks.push(Mark {
            x: format!("{x:.2}"),
            y: rows[lane].take(x),
            kind: event.kind,
            href: event.href,
            date: event.day.to_string(),
            title: title(site, event.day, &event.who, event.number.as_deref(), event.kind),
            who: event.who,
            number: event.number,
        });
    }
    let floor = set(site, &mut lanes, &rows, (LANE, 14, 31));
    let inside = site.today > stretch.first && site.today < stretch.last();
    Some(Timeline {
        ticks: stretch.ticks(),
        today: inside.then(|| percent(stretch.share(site.today))),
        height: floor + WORDS,
        floor,
        lanes,
        kinds,
    })
}

/// What a mark says of itself.
fn title(site: &Site, day: Date, who: &str, number: Option<&str>, kind: &str) -> String {
    let mut out = site.long_date(day);
    if !who.is_empty() {
        out.push_str(" – ");
        out.push_str(who);
    }
    if let Some(number) = number.filter(|number| !number.is_empty()) {
        let _ = write!(out, " ({})", site.words.item.replace("{n}", number));
    }
    let _ = write!(out, ": {}", site.words.get(&format!("mark-{kind}")));
    out
}

/// Where an issue's page shows what a meeting said about it.
pub fn anchor(site: &Site, item: ItemId) -> String {
    let row = &site.archive.items[item];
    let meeting = site.archive.meetings[row.meeting].id.replace('/', "-");
    format!("{meeting}-{}", row.address)
}

fn kind(site: &Site, id: ItemId) -> &'static str {
    let archive = site.archive;
    let item = &archive.items[id];
    let meeting = &archive.meetings[item.meeting];
    let decided = item
        .sections
        .iter()
        .flat_map(|s| &s.entries)
        .any(|e| matches!(e.kind, EntryKind::Decision | EntryKind::Resolved));
    match meeting.status {
        status if status.is_off() => "off",
        Status::Scheduled if meeting.date >= site.today => "upcoming",
        _ if decided => "decided",
        _ if site.awaits_minutes(meeting) => "awaited",
        _ => "considered",
    }
}

fn kinds(all: impl Iterator<Item = &'static str> + Clone) -> Vec<Kind> {
    [
        "decided",
        "considered",
        "outside",
        "held",
        "off",
        "awaited",
        "upcoming",
        "due",
    ]
    .into_iter()
    .filter(|kind| all.clone().any(|k| k == *kind))
    .map(|key| Kind {
        key,
        shape: Html(shape(key).to_owned()),
    })
    .collect()
}

/// How many years a body's picture shows.
const YEARS: usize = 4;

/// A body's meetings over the year, a lane for each of the last years. None
/// when there is too little to draw.
pub fn of_body(site: &Site, id: BodyId) -> Option<Timeline> {
    let archive = site.archive;
    let meetings = &archive.bodies[id].meetings;
    let mut years: Vec<i16> = meetings
        .iter()
        .map(|m| archive.meetings[*m].date.year())
        .collect();
    years.dedup();
    years.reverse();
    years.truncate(YEARS);
    if meetings.len() < 3 {
        return None;
    }
    let share = |day: Date| f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year() - 1);
    let mut lanes = Vec::with_capacity(years.len());
    let mut rows = Vec::with_capacity(years.len());
    for year in &years {
        let mut taken = Rows::default();
        let marks = meetings.iter().filter_map(|m| {
            let meeting = &archive.meetings[*m];
            let x = between(YEAR, share(meeting.date));
            let kind = match meeting.status {
                status if status.is_off() => "off",
                _ if site.awaits_minutes(meeting) => "awaited",
                Status::Scheduled => "upcoming",
                _ => "held",
            };
            (meeting.date.year() == *year).then(|| {
                let who = site.meeting_name(*m);
                Mark {
                    x: format!("{x:.2}"),
                    y: taken.take(x),
                    kind,
                    href: Some(site.routes.meeting_href(*m)),
                    date: meeting.date.to_string(),
                    title: title(site, meeting.date, &who, None, kind),
                    who,
                    number: None,
                }
            })
        });
        lanes.push(Lane {
            label: Some(year.to_string()),
            href: Some(site.routes.href(&site.routes.year(*year))),
            top: 0,
            line: 0,
            start: "13",
            drawn: Html::default(),
            marks: marks.collect(),
        });
        rows.push(taken);
    }
    let kinds = kinds(lanes.iter().flat_map(|l| &l.marks).map(|m| m.kind));
    let floor = set(site, &mut lanes, &rows, (NARROW, 20, 15));
    let ticks = (1..=12).filter_map(|month| {
        Some(Tick {
            x: format!("{:.2}", between(YEAR, share(Date::new(2025, month, 1).ok()?))),
            year: None,
            month,
        })
    });
    Some(Timeline {
        ticks: ticks.collect(),
        today: None,
        height: floor + WORDS,
        floor,
        lanes,
        kinds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str) -> Stretch {
        let days: Vec<Date> = [from, to].iter().filter_map(|d| d.parse().ok()).collect();
        Stretch::over(days.into_iter()).expect("two days")
    }

    #[test]
    fn ticks_are_few_and_inside() {
        for (from, to, count, first) in [
            ("2024-01-10", "2024-03-20", 2, (None, 2)),
            ("2024-01-01", "2024-12-31", 6, (Some(2024), 1)),
            ("2023-05-17", "2025-02-01", 4, (None, 7)),
            ("2004-05-17", "2025-02-01", 5, (Some(2005), 1)),
            ("2024-02-02", "2024-02-03", 0, (None, 0)),
        ] {
            let ticks = days(from, to).ticks();
            assert_eq!(ticks.len(), count, "{from} to {to}");
            let got = ticks.first().map_or((None, 0), |t| (t.year, t.month));
            assert_eq!(got, first, "{from} to {to}");
        }
    }

    #[test]
    fn marks_that_would_lie_on_each_other_stand_in_rows() {
        let mut rows = Rows::default();
        let taken: Vec<u32> = [10.0, 10.0, 11.0, 12.7, 13.0, 40.0].map(|x| rows.take(x)).into();
        assert_eq!(taken, [0, 1, 2, 0, 1, 0]);
        assert_eq!(rows.extra(), 2 * ROW);
    }

    #[test]
    fn the_first_and_the_last_day_keep_off_the_edge() {
        let stretch = days("2024-01-01", "2024-03-01");
        assert_eq!(percent(stretch.share(stretch.first)), "2.50");
        assert_eq!(percent(stretch.share(stretch.last())), "97.50");
    }
}
