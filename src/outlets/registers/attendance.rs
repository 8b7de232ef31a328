//! `/attendance/`: who was expected at the meetings of a year, body by body,
//! and how that went. The rule stands on the page; the sums are those of
//! [`Figures`].

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use super::page::RegisterYear;
use super::place::{of_year, whole};
use super::{ATTENDANCE, page};
use crate::model::*;
use crate::outlets::csv::{Cell, Column, ColumnKind as C, Csv, Published, column as field};
use crate::outlets::pages::frame::{Frame, Link, Name};
use crate::outlets::pages::rows;
use crate::paths::Url;
use crate::site::{Shelf, Site};
use crate::text::names;

/// The attendance of a year.
#[derive(Serialize, Hash)]
pub struct AttendanceView<'a> {
    pub page: Frame<'a>,
    /// The years that have a page, newest first; none where there is one year.
    pub years: Vec<RegisterYear>,
    /// Which year the page shows.
    pub year: Option<i16>,
    /// Its bodies, each with its members.
    pub bodies: Vec<BodyTable>,
}

/// The attendance of a body.
#[derive(Serialize, Hash)]
pub struct BodyTable {
    /// The id of the body, for the place on the page.
    pub id: String,
    /// The body.
    pub body: Link,
    /// How many of its meetings count.
    pub meetings: usize,
    /// Members, who were expected.
    pub members: Vec<FiguresRow>,
    /// Who was there without being expected, or is recorded where nobody knows
    /// who was.
    pub others: Vec<FiguresRow>,
}

/// What is counted of somebody.
#[derive(Serialize, Hash)]
pub struct FiguresRow {
    /// Whose it is; on a person's own page the body.
    pub who: Name,
    /// At how many meetings they were there who were expected there.
    pub attended: u32,
    /// At how many meetings they were expected.
    pub expected: u32,
    /// Attended of expected, in whole per cent; none where nobody was expected.
    pub percent: Option<u32>,
    /// Attended and expected in words: `11 of 12`.
    pub attended_words: String,
    /// The per cent in words: `92%`.
    pub percent_words: Option<String>,
    /// Each way of being there or not, with its count; none that is 0.
    pub counts: Vec<Count>,
    /// The same in words: `present 11 · apologies 1`.
    pub counts_words: String,
    /// The same as a picture; none where nobody was expected.
    pub bar: Vec<Stretch>,
    /// How often they stood in for somebody.
    pub stood_in: u32,
    /// Recorded where nobody knows who was expected.
    pub beyond: Vec<Count>,
    /// All of that in words: `present 11 · apologies 1; stood in once; not expected: present 2`.
    pub words: String,
}

/// One way of being there or not, with its count.
#[derive(Serialize, Hash)]
pub struct Count {
    /// `present`, `apologies` …
    pub key: &'static str,
    /// How many.
    pub n: u32,
}

/// A part of a bar that is 100 wide.
#[derive(Serialize, Hash)]
pub struct Stretch {
    /// `present`, `for` …
    pub key: &'static str,
    /// How many.
    pub n: u32,
    /// Where it begins, as `33.33`.
    pub x: String,
    /// How wide it is.
    pub width: String,
}

/// A bar of counts, 100 wide in all.
pub fn bar(counts: &[Count]) -> Vec<Stretch> {
    let total: u32 = counts.iter().map(|c| c.n).sum();
    let mut before = 0;
    let at = |n: u32| f64::from(n) * 100.0 / f64::from(total.max(1));
    counts
        .iter()
        .map(|count| {
            let (from, to) = (at(before), at(before + count.n));
            before += count.n;
            Stretch {
                key: count.key,
                n: count.n,
                x: decimal(from),
                width: decimal(to - from),
            }
        })
        .collect()
}

/// `33.33`, `50`: two places and no more.
fn decimal(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub fn row(site: &Site, who: Name, figures: &Figures) -> FiguresRow {
    let counts = |values: &[u32; 6]| -> Vec<Count> {
        let named = How::EXPECTED.iter().zip(values).filter(|(_, n)| **n > 0);
        named
            .map(|(how, n)| Count {
                key: how.name(),
                n: *n,
            })
            .collect()
    };
    let expected = counts(&figures.expected);
    let (attended, meetings) = (figures.attended(), figures.meetings());
    let filled = |key: &str, mark: &str, n: u32| site.words.get(key).replace(mark, &n.to_string());
    let beyond = counts(&figures.beyond);
    let counts_words = in_words(site, &expected);
    FiguresRow {
        who,
        attended,
        expected: meetings,
        percent: figures.percent(),
        attended_words: filled("n_of_m", "{n}", attended).replace("{m}", &meetings.to_string()),
        percent_words: figures.percent().map(|n| filled("percent", "{n}", n)),
        words: all_words(site, &counts_words, figures.stood_in, &beyond),
        counts_words,
        bar: bar(&expected),
        counts: expected,
        stood_in: figures.stood_in,
        beyond,
    }
}

fn all_words(site: &Site, counts: &str, stood_in: u32, beyond: &[Count]) -> String {
    let mut out = counts.to_owned();
    if stood_in > 0 {
        if !out.is_empty() {
            out.push_str("; ");
        }
        match stood_in {
            1 => out.push_str(&site.words.get("stood_in_one").replace("{n}", "1")),
            n => out.push_str(&site.words.get("stood_in").replace("{n}", &n.to_string())),
        }
    }
    if !beyond.is_empty() {
        if !out.is_empty() {
            out.push_str("; ");
            out.push_str(site.words.get("beyond"));
            out.push(' ');
        }
        out.push_str(&in_words(site, beyond));
    }
    out
}

fn in_words(site: &Site, counts: &[Count]) -> String {
    let word = |count: &Count| {
        let key = format!("how-{}", count.key);
        format!("{} {}", site.words.get(&key), count.n)
    };
    let words: Vec<String> = counts.iter().map(word).collect();
    words.join(" · ")
}

/// At how many meetings somebody sat, year by year.
pub fn shelf(site: &Site) -> Shelf {
    let mut shelf = Shelf::default();
    let mut last = None;
    // Sittings stand in the order of their meetings.
    for sitting in site.archive.sittings.rows().rev() {
        if last == Some(sitting.meeting) {
            continue;
        }
        last = Some(sitting.meeting);
        shelf.total += 1;
        let year = site.archive.meetings[sitting.meeting].date.year();
        match shelf.years.last_mut().filter(|l| l.0 == year) {
            Some((_, meetings)) => *meetings += 1,
            None => shelf.years.push((year, 1)),
        }
    }
    shelf
}

pub fn view<'a>(site: &Site<'a>, year: Option<i16>) -> AttendanceView<'a> {
    let nothing = Shelf::default();
    let shelf = site.offers.shelf(ATTENDANCE).unwrap_or(&nothing);
    let shown = year.or_else(|| shelf.years.first().map(|year| year.0));
    let bodies = site
        .archive
        .order
        .bodies
        .iter()
        .filter_map(|body| shown.and_then(|year| table(site, *body, year)));
    AttendanceView {
        page: page::frame(site, ATTENDANCE, year),
        years: page::years(site, ATTENDANCE, shelf),
        year: shown,
        bodies: bodies.collect(),
    }
}

/// The attendance of a body in a year; none when nobody sat.
pub fn table(site: &Site, body: BodyId, year: i16) -> Option<BodyTable> {
    let archive = site.archive;
    let mut meetings: BTreeSet<MeetingId> = BTreeSet::new();
    let mut people: BTreeMap<PersonId, Figures> = BTreeMap::new();
    let sittings = &archive.bodies[body].sittings;
    let day = |id: &SittingId| archive.meetings[archive.sittings[*id].meeting].date;
    for id in &sittings[of_year(sittings, Some(year), day)] {
        let sitting = &archive.sittings[*id];
        meetings.insert(sitting.meeting);
        people.entry(sitting.person).or_default().add(sitting);
    }
    let mut people: Vec<(PersonId, Figures)> = people.into_iter().collect();
    people.sort_by_cached_key(|(id, _)| {
        let person = &archive.people[*id];
        (names::fold(&person.sort), person.id.clone())
    });
    let rows = |members: bool| -> Vec<FiguresRow> {
        people
            .iter()
            .filter(|(_, f)| (f.meetings() > 0) == members)
            .map(|(id, figures)| row(site, rows::person(site, Some(*id), ""), figures))
            .collect()
    };
    (!meetings.is_empty()).then(|| BodyTable {
        id: archive.bodies[body].id.clone(),
        body: rows::body(site, body),
        meetings: meetings.len(),
        members: rows(true),
        others: rows(false),
    })
}

/// A person's attendance: at each body, newest seat first, and in all. In the
/// sum a joint meeting is one meeting.
pub fn figures_of_person(archive: &Archive, id: PersonId) -> (Vec<(BodyId, Figures)>, Figures) {
    let mut bodies: Vec<(BodyId, Figures)> = Vec::new();
    let mut whole = Figures::default();
    let mut seen: BTreeSet<MeetingId> = BTreeSet::new();
    for sitting in archive.people[id]
        .sittings
        .iter()
        .rev()
        .map(|s| &archive.sittings[*s])
    {
        match bodies.iter_mut().find(|b| b.0 == sitting.body) {
            Some((_, figures)) => figures.add(sitting),
            None => bodies.push((sitting.body, Figures::of([sitting]))),
        }
        if seen.insert(sitting.meeting) {
            whole.add(sitting);
        }
    }
    (bodies, whole)
}

/// The same as rows; the sum when there are several bodies.
pub fn of_person(site: &Site, id: PersonId) -> (Vec<FiguresRow>, Option<FiguresRow>) {
    let (bodies, whole) = figures_of_person(site.archive, id);
    let named = |body: BodyId| super::cell::named(rows::body(site, body));
    let rows: Vec<FiguresRow> = bodies
        .iter()
        .map(|(body, figures)| row(site, named(*body), figures))
        .collect();
    let nobody = Name {
        href: None,
        name: String::new(),
    };
    let sum = (rows.len() > 1).then(|| row(site, nobody, &whole));
    (rows, sum)
}

const CSV: &[Column] = &[
    field("date", C::Date, "The day of the meeting."),
    field("meeting", C::Text, "The id of the meeting."),
    field("url", C::Address, "Where the meeting stands."),
    field(
        "body",
        C::Text,
        "The id of the body; a joint meeting has a line for each.",
    ),
    field("person", C::Text, "The name of the person."),
    field(
        "person_id",
        C::Text,
        "The id of the person, when they have a page.",
    ),
    field(
        "expected",
        C::Flag,
        "Whether they were expected: a member that day, at a meeting that counts.",
    ),
    field(
        "how",
        C::Text,
        "`present`, `remote`, `substituted`, `apologies`, `absent`, `unrecorded` or `stood-in`.",
    ),
];

/// The files of the attendance, described.
pub fn published() -> [Published; 2] {
    [
        Published {
            name: ATTENDANCE,
            about: "A row is somebody who was expected or recorded at a meeting of a body.",
            columns: CSV,
            url: super::csv_url(ATTENDANCE),
        },
        Published {
            name: "figures",
            about: "A row is the attendance of somebody at the meetings of a body in a year.",
            columns: FIGURES,
            url: figures_url(),
        },
    ]
}

/// Every sitting.
pub fn csv(site: &Site, out: &mut dyn Write) -> io::Result<()> {
    let archive = site.archive;
    let mut csv = Csv::new(CSV, out)?;
    for sitting in archive.sittings.rows() {
        let meeting = &archive.meetings[sitting.meeting];
        let person = &archive.people[sitting.person];
        csv.row([
            Cell::from(meeting.date),
            Cell::from(&meeting.id),
            whole(site, site.routes.meeting_href(sitting.meeting)).into(),
            Cell::from(&archive.bodies[sitting.body].id),
            Cell::from(&person.name),
            Some(&person.id).filter(|_| person.listed).into(),
            sitting.expected.into(),
            sitting.how.name().into(),
        ]);
    }
    csv.finish()
}

/// Where the sums stand.
pub fn figures_url() -> Url {
    Url::new("attendance/figures.csv")
}

const FIGURES: &[Column] = &[
    field("year", C::Number, "The calendar year."),
    field("body", C::Text, "The id of the body."),
    field("person", C::Text, "The name of the person."),
    field(
        "person_id",
        C::Text,
        "The id of the person, when they have a page.",
    ),
    field("expected", C::Number, "At how many meetings they were expected."),
    field("present", C::Number, "Present in the room."),
    field("remote", C::Number, "Taking part from elsewhere."),
    field("substituted", C::Number, "Away, with a substitute."),
    field("apologies", C::Number, "Away, with apologies."),
    field("absent", C::Number, "Recorded as absent."),
    field("unrecorded", C::Number, "Expected, and named nowhere."),
    field(
        "percent",
        C::Number,
        "Present and remote, of expected; empty where nobody was expected.",
    ),
    field(
        "stood_in",
        C::Number,
        "There in somebody's place, and not expected.",
    ),
    field(
        "beyond_present",
        C::Number,
        "Present where nobody knows who was expected, or as no member.",
    ),
    field("beyond_remote", C::Number, "The same, from elsewhere."),
    field(
        "beyond_apologies",
        C::Number,
        "Apologies where nobody knows who was expected.",
    ),
    field(
        "beyond_absent",
        C::Number,
        "Absent where nobody knows who was expected.",
    ),
];

/// The sums of each year, body and person.
pub fn figures_csv(site: &Site, out: &mut dyn Write) -> io::Result<()> {
    let archive = site.archive;
    let mut sums: BTreeMap<(std::cmp::Reverse<i16>, usize, PersonId), Figures> = BTreeMap::new();
    let place: BTreeMap<BodyId, usize> = archive
        .order
        .bodies
        .iter()
        .enumerate()
        .map(|(n, b)| (*b, n))
        .collect();
    for sitting in archive.sittings.rows() {
        let year = std::cmp::Reverse(archive.meetings[sitting.meeting].date.year());
        let body = place.get(&sitting.body).copied().unwrap_or_default();
        sums.entry((year, body, sitting.person)).or_default().add(sitting);
    }
    let mut csv = Csv::new(FIGURES, out)?;
    for ((std::cmp::Reverse(year), body, person), figures) in sums {
        let person = &archive.people[person];
        let mut cells = vec![
            Cell::Number(i64::from(year)),
            Cell::from(&archive.bodies[archive.order.bodies[body]].id),
            Cell::from(&person.name),
            Some(&person.id).filter(|_| person.listed).into(),
            figures.meetings().into(),
        ];
        cells.extend(figures.expected.map(Cell::from));
        cells.push(figures.percent().into());
        cells.push(figures.stood_in.into());
        cells.extend([0, 1, 3, 4].map(|at: usize| Cell::from(figures.beyond[at])));
        csv.row(cells);
    }
    csv.finish()
}
