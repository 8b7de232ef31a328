//! Where a line of a register comes from: an item of a meeting, or a decision
//! taken outside one.

use std::ops::Range;

use jiff::civil::Date;

use super::cell::{Part, PlaceView, named};
use crate::model::*;
use crate::outlets::csv::{Cell, Column, ColumnKind, column};
use crate::outlets::json::item_id;
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::Site;

/// A place whose sections a register reads.
#[derive(Clone, Copy)]
pub enum Place {
    Item(ItemId),
    Outside(DecisionId),
}

/// The columns of a place in a file.
pub const COLUMNS: [Column; 8] = [
    column(
        "id",
        ColumnKind::Text,
        "The id of the item and the entry, or of the decision outside meetings.",
    ),
    column(
        "date",
        ColumnKind::Date,
        "The day of the meeting, or of the decision taken outside one.",
    ),
    column(
        "bodies",
        ColumnKind::List,
        "The ids of the bodies that met, or to which the decision belongs.",
    ),
    column(
        "meeting",
        ColumnKind::Text,
        "The id of the meeting; empty outside meetings.",
    ),
    column("item", ColumnKind::Text, "The id of the agenda item."),
    column("item_number", ColumnKind::Text, "The number of the agenda item."),
    column(
        "title",
        ColumnKind::Text,
        "The title of the agenda item, or of the decision.",
    ),
    column("url", ColumnKind::Address, "Where it stands."),
];

/// The columns of a place and then a register's own, `ALL` together.
pub const fn followed_by<const OWN: usize, const ALL: usize>(own: [Column; OWN]) -> [Column; ALL] {
    assert!(ALL == COLUMNS.len() + OWN);
    let mut all = [COLUMNS[0]; ALL];
    let mut at = 1;
    while at < ALL {
        all[at] = if at < COLUMNS.len() {
            COLUMNS[at]
        } else {
            own[at - COLUMNS.len()]
        };
        at += 1;
    }
    all
}

/// Those of some rows that lie in a year; all where none is given. The rows are
/// in the order of their dates.
pub fn of_year<T>(rows: &[T], year: Option<i16>, date: impl Fn(&T) -> Date) -> Range<usize> {
    match year {
        Some(year) => {
            let from = rows.partition_point(|row| date(row).year() < year);
            let to = rows.partition_point(|row| date(row).year() <= year);
            from..to
        }
        None => 0..rows.len(),
    }
}

/// The same of a table.
fn rows_of_year<T>(table: &Table<T>, year: Option<i16>, date: impl Fn(&T) -> Date) -> Range<usize> {
    match year {
        Some(year) => {
            let from = table.partition_point(|row| date(row).year() < year);
            let to = table.partition_point(|row| date(row).year() <= year);
            from..to
        }
        None => 0..table.len(),
    }
}

/// The meetings of a year, or all, newest first.
pub fn meetings<'a>(
    site: &Site<'a>,
    year: Option<i16>,
) -> impl Iterator<Item = (MeetingId, &'a Meeting)> + use<'a> {
    let meetings = &site.archive.meetings;
    let range = rows_of_year(meetings, year, |m| m.date);
    let skipped = meetings.len() - range.end;
    meetings.iter().rev().skip(skipped).take(range.len())
}

/// The decisions outside meetings of a year, or all, newest first.
pub fn decisions<'a>(
    site: &Site<'a>,
    year: Option<i16>,
) -> impl Iterator<Item = (DecisionId, &'a Decision)> + use<'a> {
    let decisions = &site.archive.decisions;
    let range = rows_of_year(decisions, year, |d| d.date);
    let skipped = decisions.len() - range.end;
    decisions.iter().rev().skip(skipped).take(range.len())
}

/// Every place of a year, or every one, newest first; of one day meetings first.
pub fn all(site: &Site, year: Option<i16>) -> Vec<Place> {
    let mut places: Vec<(Date, Place)> = Vec::new();
    for (_, meeting) in meetings(site, year) {
        let items = meeting.items.iter();
        places.extend(items.map(|item| (meeting.date, Place::Item(*item))));
    }
    places.extend(decisions(site, year).map(|(id, d)| (d.date, Place::Outside(id))));
    // Stable: meetings keep their order, and stand before what was decided outside.
    places.sort_by_key(|p| std::cmp::Reverse(p.0));
    places.into_iter().map(|p| p.1).collect()
}

impl Place {
    pub fn date(self, site: &Site) -> Date {
        match self {
            Place::Item(id) => site.archive.meetings[site.archive.items[id].meeting].date,
            Place::Outside(id) => site.archive.decisions[id].date,
        }
    }

    pub fn sections<'a>(self, site: &Site<'a>) -> &'a [Section] {
        match self {
            Place::Item(id) => &site.archive.items[id].sections,
            Place::Outside(id) => &site.archive.decisions[id].sections,
        }
    }

    /// Where it stands, below the host.
    pub fn href(self, site: &Site) -> String {
        match self {
            Place::Item(id) => site.routes.item_href(id),
            Place::Outside(id) => site.routes.href(&site.routes.decision(id)),
        }
    }

    /// The place of a part of it: `resolved-1`, `vote-2`, `reasons`.
    pub fn part(self, site: &Site, anchor: &str) -> String {
        match self {
            Place::Item(id) => site.routes.item_part(id, anchor),
            Place::Outside(_) => format!("{}#{anchor}", self.href(site)),
        }
    }

    pub fn entry(self, site: &Site, entry: &Entry) -> String {
        match entry.kind.anchor() {
            Some(anchor) => self.part(site, &format!("{anchor}-{}", entry.number)),
            None => self.href(site),
        }
    }

    /// The same, as a way to it.
    pub fn linked(self, site: &Site) -> Option<PlaceView> {
        Some(PlaceView {
            href: Some(self.href(site)),
            ..self.view(site)?
        })
    }

    /// The item, beside columns that say the day and the body.
    pub fn view(self, site: &Site) -> Option<PlaceView> {
        match self {
            Place::Item(id) => {
                let item = &site.archive.items[id];
                Some(PlaceView {
                    meeting: None,
                    number: item.number.clone(),
                    title: rows::title_of(item),
                    href: None,
                })
            }
            Place::Outside(_) => None,
        }
    }

    /// It is still to come: nothing was said or done yet.
    pub fn is_ahead(self, site: &Site) -> bool {
        match self {
            Place::Item(id) => {
                let meeting = &site.archive.meetings[site.archive.items[id].meeting];
                meeting.status == Status::Scheduled
            }
            Place::Outside(_) => false,
        }
    }

    pub fn bodies<'a>(self, site: &Site<'a>) -> &'a [BodyId] {
        match self {
            Place::Item(id) => &site.archive.meetings[site.archive.items[id].meeting].bodies,
            Place::Outside(id) => site.archive.decisions[id].body.as_slice(),
        }
    }

    pub fn body_names(self, site: &Site) -> Vec<Name> {
        self.bodies(site)
            .iter()
            .map(|b| named(rows::body(site, *b)))
            .collect()
    }

    pub fn title(self, site: &Site) -> String {
        match self {
            Place::Item(id) => rows::title_of(&site.archive.items[id]),
            Place::Outside(id) => site.archive.decisions[id].title.clone(),
        }
    }

    pub fn section<'a>(self, site: &Site<'a>, kind: SectionKind) -> Option<&'a Section> {
        self.sections(site)
            .iter()
            .find(|s| s.kind == kind && !s.text.is_empty())
    }

    /// Links to those of some sections that are there.
    pub fn parts(self, site: &Site, kinds: &[SectionKind]) -> Vec<Part> {
        let there = |kind: &SectionKind| {
            self.section(site, *kind).map(|_| Part {
                key: kind.name(),
                href: self.part(site, kind.name()),
            })
        };
        kinds.iter().filter_map(there).collect()
    }

    /// The id of a part of it: `parks/2024-03-12#item-4-vote-1`.
    fn id(self, site: &Site, part: &str) -> String {
        let (id, mark) = match self {
            Place::Item(id) => (item_id(site, id), '-'),
            Place::Outside(id) => (site.archive.decisions[id].id.clone(), '#'),
        };
        match part {
            "" => id,
            part => format!("{id}{mark}{part}"),
        }
    }

    /// The cells of [`COLUMNS`], for a part of it and where that stands.
    pub fn cells(self, site: &Site, part: &str, href: String) -> Vec<Cell<'static>> {
        let archive = site.archive;
        let ids = self.bodies(site).iter().map(|b| archive.bodies[*b].id.as_str());
        let item = match self {
            Place::Item(id) => Some((id, &archive.items[id])),
            Place::Outside(_) => None,
        };
        vec![
            self.id(site, part).into(),
            self.date(site).into(),
            Cell::list(ids),
            item.map(|(_, i)| archive.meetings[i.meeting].id.clone()).into(),
            item.map(|(id, _)| item_id(site, id)).into(),
            item.and_then(|(_, i)| i.number.clone()).into(),
            self.title(site).into(),
            whole(site, href).into(),
        ]
    }

    /// The same for one of its entries.
    pub fn entry_cells(self, site: &Site, entry: &Entry) -> Vec<Cell<'static>> {
        let part = entry
            .kind
            .anchor()
            .map(|anchor| format!("{anchor}-{}", entry.number));
        self.cells(site, part.as_deref().unwrap_or(""), self.entry(site, entry))
    }
}

/// What a meeting is called beside its day: its title, or its bodies.
pub fn called(site: &Site, id: MeetingId) -> String {
    let meeting = &site.archive.meetings[id];
    let names = meeting
        .bodies
        .iter()
        .map(|b| site.archive.bodies[*b].name.as_str());
    meeting
        .title
        .clone()
        .unwrap_or_else(|| names.collect::<Vec<_>>().join(", "))
}

/// An address with its host, when the site has one.
pub fn whole(site: &Site, href: String) -> String {
    match &site.config.base {
        Some(base) => format!("{}{href}", base.origin),
        None => href,
    }
}

/// The title of a paper as a list writes it, and what stands in the brackets
/// behind it: `Appendix 4 (PDF, 193 KB)`.
pub fn title_of_paper(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    let bracket = text
        .strip_suffix(')')
        .and_then(|t| t.rfind('(').map(|at| (t[..at].trim_end(), &t[at + 1..])));
    match bracket {
        Some((title, inside)) if !title.is_empty() => (title.to_owned(), Some(inside.trim().to_owned())),
        _ => (text.to_owned(), None),
    }
}
