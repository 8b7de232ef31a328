//! Where a line of a register comes from: an item of a meeting, or a decision
//! taken outside one.

use jiff::civil::Date;

use super::cell::{Part, PlaceView, named};
use crate::model::*;
use crate::outlets::csv::{Cell, Column, ColumnKind, column};
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
pub const COLUMNS: [Column; 6] = [
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
    column("item_number", ColumnKind::Text, "The number of the agenda item."),
    column(
        "item",
        ColumnKind::Text,
        "The title of the agenda item, or of the decision.",
    ),
    column("address", ColumnKind::Address, "Where it stands."),
];

/// Every place that is not withheld, newest first; of one day meetings first.
pub fn all(site: &Site) -> Vec<Place> {
    let archive = site.archive;
    let mut places: Vec<(Date, Place)> = Vec::with_capacity(archive.items.len());
    for (_, meeting) in archive.meetings.iter().rev() {
        places.extend(
            meeting
                .items
                .iter()
                .map(|item| (meeting.date, Place::Item(*item))),
        );
    }
    let outside = archive.decisions.iter().rev();
    places.extend(outside.map(|(id, d)| (d.date, Place::Outside(id))));
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
        let href = self.href(site);
        match self {
            Place::Item(id) if site.routes.item_page(id).is_none() => format!("{href}-{anchor}"),
            _ => format!("{href}#{anchor}"),
        }
    }

    pub fn entry(self, site: &Site, entry: &Entry) -> String {
        match entry.kind.anchor() {
            Some(anchor) => self.part(site, &format!("{anchor}-{}", entry.number)),
            None => self.href(site),
        }
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
                })
            }
            Place::Outside(_) => None,
        }
    }

    /// The item with its meeting, beside a column that says the day.
    pub fn with_meeting(self, site: &Site) -> Option<PlaceView> {
        let Place::Item(id) = self else { return None };
        Some(PlaceView {
            meeting: Some(called(site, site.archive.items[id].meeting)),
            ..self.view(site)?
        })
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

    /// The cells of [`COLUMNS`]; `href`: the place within the place.
    pub fn cells(self, site: &Site, href: String) -> Vec<Cell<'static>> {
        let archive = site.archive;
        let ids = self.bodies(site).iter().map(|b| archive.bodies[*b].id.as_str());
        let (meeting, number) = match self {
            Place::Item(id) => {
                let item = &archive.items[id];
                (
                    Some(archive.meetings[item.meeting].id.clone()),
                    item.number.clone(),
                )
            }
            Place::Outside(_) => (None, None),
        };
        vec![
            self.date(site).into(),
            Cell::list(ids),
            meeting.into(),
            number.into(),
            self.title(site).into(),
            whole(site, href).into(),
        ]
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
