//! `/exempt/`: what is withheld, and why: meetings, items, papers and decisions
//! by their titles, which are public, and nothing else of them.

use jiff::civil::Date;

use super::cell::{self, CellView, ColumnView, Part, column, named};
use super::place::{self, Place, whole};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::Site;

pub const REGISTER: Register = Register {
    key: "exempt",
    about: "A row is a meeting, an item, a paper or a decision that is not for publication.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: false,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("withheld", cell::TEXT),
    column("what", cell::CHOICE),
    column("body", cell::CHOICE),
    column("reason", cell::CHOICE),
    column("summary", cell::TEXT),
];

const CSV: &[csv::Column] = &[
    field("date", C::Date, "The day of the meeting or decision."),
    field("bodies", C::List, "The ids of the bodies."),
    field("meeting", C::Text, "The id of the meeting."),
    field("kind", C::Text, "`meeting`, `item`, `paper` or `decision`."),
    field("title", C::Text, "Its title, which is public."),
    field(
        "reason",
        C::Text,
        "The exemption, such as paragraph 3 of Schedule 12A.",
    ),
    field("summary", C::Text, "What may be told of it."),
    field("url", C::Address, "Where it stands."),
];

/// Something that is withheld.
struct Withheld<'a> {
    date: Date,
    what: &'static str,
    title: String,
    reason: String,
    href: String,
    bodies: &'a [BodyId],
    meeting: Option<MeetingId>,
    item: Option<ItemId>,
    summary: Option<(String, String)>,
}

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    let mut found = Vec::new();
    for place in place::all(site, year) {
        match place {
            Place::Item(id) => of_item(site, place, id, &mut found),
            Place::Outside(id) => {
                let decision = &site.archive.decisions[id];
                if let Some(exempt) = &decision.exempt {
                    found.push(Withheld {
                        date: decision.date,
                        what: "decision",
                        title: decision.title.clone(),
                        reason: exempt.reason.clone(),
                        href: place.href(site),
                        bodies: place.bodies(site),
                        meeting: None,
                        item: None,
                        summary: summary(site, &decision.sections, || place.part(site, "public-summary")),
                    });
                }
            }
        }
    }
    for (id, meeting) in place::meetings(site, year) {
        of_meeting(site, id, meeting, &mut found);
    }
    found.sort_by_key(|line| std::cmp::Reverse(line.date));
    for line in &found {
        visit(Mark::of(line.date), line);
    }
}

fn summary(site: &Site, sections: &[Section], href: impl Fn() -> String) -> Option<(String, String)> {
    let section = sections
        .iter()
        .find(|s| s.kind == SectionKind::PublicSummary && !s.text.is_empty())?;
    Some((site.plain(&section.text), href()))
}

fn of_item<'a>(site: &Site<'a>, place: Place, id: ItemId, found: &mut Vec<Withheld<'a>>) {
    let archive = site.archive;
    let item = &archive.items[id];
    let meeting = &archive.meetings[item.meeting];
    let row = |what, title, reason: String, summary| Withheld {
        date: meeting.date,
        what,
        title,
        reason,
        href: place.href(site),
        bodies: &meeting.bodies,
        meeting: Some(item.meeting),
        item: Some(id),
        summary,
    };
    if let Some(exempt) = &item.exempt {
        // A heading over all exempt business is no item of business.
        if !item.is_divider {
            let text = summary(site, &item.sections, || place.part(site, "public-summary"));
            found.push(row("item", rows::title_of(item), exempt.reason.clone(), text));
        }
        return;
    }
    for entry in item.sections.iter().flat_map(|s| &s.entries) {
        if let Some(exemption) = &entry.exempt {
            let title = place::title_of_paper(&entry.text).0;
            found.push(row("paper", title, exemption.reason.clone(), None));
        }
    }
}

fn of_meeting<'a>(site: &Site<'a>, id: MeetingId, meeting: &'a Meeting, found: &mut Vec<Withheld<'a>>) {
    let href = site.routes.meeting_href(id);
    let row = |what, title, reason: String, summary| Withheld {
        date: meeting.date,
        what,
        title,
        reason,
        href: href.clone(),
        bodies: &meeting.bodies,
        meeting: Some(id),
        item: None,
        summary,
    };
    if let Some(exempt) = &meeting.exempt {
        let text = summary(site, &meeting.public_summary, || format!("{href}#public-summary"));
        found.push(row(
            "meeting",
            site.meeting_title(id),
            exempt.reason.clone(),
            text,
        ));
    }
    for paper in &meeting.papers {
        if let Some(exempt) = &paper.exempt {
            found.push(row("paper", paper.title.clone(), exempt.reason.clone(), None));
        }
    }
}

impl Line for Withheld<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let bodies: Vec<Name> = self.bodies.iter().map(|b| named(rows::body(site, *b))).collect();
        let parts = self.summary.iter().map(|(_, href)| Part {
            key: "public-summary",
            href: href.clone(),
        });
        vec![
            CellView::date(Some(self.date)),
            CellView::said(
                self.title.clone(),
                Some(self.href.clone()),
                self.item.and_then(|i| Place::Item(i).view(site)),
            ),
            CellView::word(self.what),
            CellView::names(bodies),
            CellView::text(self.reason.clone()),
            CellView::parts(parts.collect()),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        vec![
            self.date.into(),
            Cell::list(self.bodies.iter().map(|b| &site.archive.bodies[*b].id)),
            self.meeting.map(|m| site.archive.meetings[m].id.clone()).into(),
            self.what.into(),
            self.title.clone().into(),
            self.reason.clone().into(),
            self.summary.as_ref().map(|s| s.0.clone()).into(),
            whole(site, self.href.clone()).into(),
        ]
    }
}
