//! `/documents/`: every paper that a record names, whether we hold it or not.

use jiff::civil::Date;

use super::cell::{self, CellView, ColumnView, PlaceView, column, named};
use super::place::{self, Place, called, title_of_paper, whole};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::json::item_id;
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::Site;
use crate::site::prose::size;
use crate::text::nothing;

pub const REGISTER: Register = Register {
    key: "documents",
    about: "A row is a paper that a record names, or a file that a text links to.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: false,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("document", cell::TEXT),
    column("what", cell::CHOICE),
    column("body", cell::CHOICE),
    column("held", cell::CHOICE),
];

const CSV: &[csv::Column] = &[
    field(
        "date",
        C::Date,
        "The day of the meeting, or of the decision outside one.",
    ),
    field("bodies", C::List, "The ids of the bodies."),
    field(
        "meeting",
        C::Text,
        "The id of the meeting; empty outside meetings.",
    ),
    field("item", C::Text, "The id of the agenda item."),
    field("item_number", C::Text, "The number of the agenda item."),
    field(
        "item_title",
        C::Text,
        "The title of the agenda item, or of the decision.",
    ),
    field("title", C::Text, "What it is called."),
    field(
        "kind",
        C::Text,
        "`meeting`, `report`, `document`, `background` or `linked`.",
    ),
    field(
        "published",
        C::Date,
        "When it was published, where the record says so.",
    ),
    field("supplement", C::Flag, "Whether it was sent after the agenda."),
    field(
        "held",
        C::Text,
        "`here`, `elsewhere`, `no`, `to-follow` or `exempt`.",
    ),
    field("exempt", C::Text, "For a paper that is withheld: yes, or why."),
    field("url", C::Address, "Where the file is, here or elsewhere."),
    field("format", C::Text, "The type of a file that is held here."),
    field("bytes", C::Number, "The size of a file that is held here."),
];

/// A paper as a record names it.
struct Named<'a> {
    published: Option<Date>,
    date: Date,
    bodies: &'a [BodyId],
    meeting: Option<MeetingId>,
    place: Option<Place>,
    what: &'static str,
    title: String,
    held: &'static str,
    href: Option<String>,
    facts: Option<String>,
    file: Option<PaperId>,
    supplement: bool,
    exempt: Option<&'a Exemption>,
}

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    let mut found: Vec<Named> = Vec::new();
    let mut here: Vec<Named> = Vec::new();
    for (id, meeting) in place::meetings(site, year) {
        here.extend(meeting.papers.iter().map(|p| of_meeting(site, id, meeting, p)));
        let items = here.len();
        for item in &meeting.items {
            of_place(site, Place::Item(*item), &mut here);
        }
        one_line_for_a_paper(&mut here, items);
        found.append(&mut here);
    }
    for (id, _) in place::decisions(site, year) {
        of_place(site, Place::Outside(id), &mut found);
    }
    found.sort_by_key(|line| std::cmp::Reverse(line.date));
    for line in &found {
        visit(Mark::of(line.date), line);
    }
}

/// A paper that the meeting lists is often that of an item, or linked in a
/// text. The item's line then also tells when it was published, and the line
/// of the meeting goes; so does a link to what the meeting lists. `found` are
/// those of one meeting, of its items from `items` on.
fn one_line_for_a_paper(found: &mut Vec<Named>, items: usize) {
    let mut gone = vec![false; found.len()];
    for at in 0..items {
        let Some(file) = found[at].file else { continue };
        let same = |line: &Named, what: bool| line.file == Some(file) && (line.what == "linked") == what;
        if let Some(of_item) = (items..found.len()).find(|n| same(&found[*n], false)) {
            found[of_item].published = found[at].published;
            found[of_item].supplement = found[at].supplement;
            gone[at] = true;
        } else {
            for n in (items..found.len()).filter(|n| same(&found[*n], true)) {
                gone[n] = true;
            }
        }
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
}

fn of_meeting<'a>(site: &Site<'a>, id: MeetingId, meeting: &'a Meeting, paper: &'a Paper) -> Named<'a> {
    let mut line = Named {
        published: paper.published,
        date: meeting.date,
        bodies: &meeting.bodies,
        meeting: Some(id),
        place: None,
        what: "meeting",
        title: paper.title.clone(),
        held: "no",
        href: None,
        facts: None,
        file: None,
        supplement: paper.supplement,
        exempt: paper.exempt.as_ref(),
    };
    if paper.exempt.is_some() {
        line.held = "exempt";
    } else if let Some(target) = &paper.target {
        line.points_at(site, target);
    }
    line
}

impl Named<'_> {
    /// Where its file is.
    fn points_at(&mut self, site: &Site, target: &Target) {
        match target {
            Target::Paper(id) | Target::Picture(id, _) => {
                let paper = &site.archive.papers[*id];
                self.held = "here";
                self.href = Some(site.routes.href(&site.routes.paper(*id)));
                self.facts = Some(format!("{}, {}", paper.kind, size(paper.bytes)));
                self.file = Some(*id);
            }
            Target::Elsewhere(address) => {
                self.held = "elsewhere";
                self.href = Some(address.clone());
            }
            _ => {}
        }
    }
}

fn of_place<'a>(site: &Site<'a>, place: Place, found: &mut Vec<Named<'a>>) {
    let from = found.len();
    let blank = |what| Named {
        published: None,
        date: place.date(site),
        bodies: place.bodies(site),
        meeting: match place {
            Place::Item(id) => Some(site.archive.items[id].meeting),
            Place::Outside(_) => None,
        },
        place: Some(place),
        what,
        title: String::new(),
        held: "no",
        href: None,
        facts: None,
        file: None,
        supplement: false,
        exempt: None,
    };
    if let Place::Item(id) = place {
        let reports = site.archive.items[id]
            .fields
            .iter()
            .filter(|f| f.key == FieldKey::Report);
        for field in reports {
            if let FieldValue::Text(text) = &field.value
                && !nothing::is_nothing(&site.plain(text))
            {
                found.push(one(site, blank("report"), &site.plain(text), &text.links, None));
            }
        }
    }
    for section in place.sections(site) {
        let what = match section.kind {
            SectionKind::Documents => "document",
            SectionKind::BackgroundPapers => "background",
            _ => continue,
        };
        for entry in section.entries.iter().filter(|entry| !says_none(entry)) {
            let slots = &section.text.slots[entry.marks.slots.0 as usize..entry.marks.slots.1 as usize];
            let links: Vec<Target> = slots
                .iter()
                .filter_map(|slot| match slot.what {
                    What::LinkOpen(n) => section.text.links.get(n as usize).cloned(),
                    _ => None,
                })
                .collect();
            found.push(one(
                site,
                blank(what),
                &entry.text,
                &links,
                entry.exempt.as_deref(),
            ));
        }
    }
    // Files that only the running text links to.
    for section in place.sections(site) {
        for (target, words) in linked(site, &section.text) {
            let Target::Paper(id) = target else { continue };
            if found[from..].iter().all(|line| line.file != Some(*id)) {
                let mut line = blank("linked");
                line.points_at(site, target);
                line.title = words;
                found.push(line);
            }
        }
    }
}

/// Whether an entry only says that there are no papers.
fn says_none(entry: &Entry) -> bool {
    let text = entry.text.trim();
    text.is_empty() || nothing::is_none_of(&["document", "documents", "paper", "papers"], text)
}

/// A paper from the words that name it and the links in them.
fn one<'a>(
    site: &Site<'a>,
    mut line: Named<'a>,
    words: &str,
    links: &[Target],
    exempt: Option<&'a Exemption>,
) -> Named<'a> {
    let (title, behind) = title_of_paper(words);
    let to_follow = behind
        .as_deref()
        .is_some_and(|b| b.eq_ignore_ascii_case("to follow"));
    let file = links
        .iter()
        .find(|t| matches!(t, Target::Paper(_) | Target::Picture(..)));
    let elsewhere = links.iter().find(|t| matches!(t, Target::Elsewhere(_)));
    line.exempt = exempt;
    if exempt.is_some() {
        line.held = "exempt";
    } else if to_follow {
        line.held = "to-follow";
    } else if let Some(target) = file.or(elsewhere) {
        line.points_at(site, target);
    }
    let facts = behind.filter(|_| exempt.is_none() && !to_follow);
    match &facts {
        // "PDF, 193 KB" is no part of a title; another bracket is.
        Some(facts) if is_size(facts) => {
            line.facts.get_or_insert_with(|| facts.clone());
            line.title = title;
        }
        Some(_) => line.title = words.trim().to_owned(),
        None => line.title = title,
    }
    line
}

fn is_size(text: &str) -> bool {
    let text = text.to_lowercase();
    ["kb", "mb", "gb", "bytes"]
        .iter()
        .any(|unit| text.ends_with(unit))
}

/// Links with their words.
fn linked<'t>(site: &Site, text: &'t Text) -> Vec<(&'t Target, String)> {
    let mut out = Vec::new();
    for (at, slot) in text.slots.iter().enumerate() {
        let What::LinkOpen(n) = slot.what else { continue };
        let close = text.slots[at..].iter().find(|s| s.what == What::LinkClose(n));
        if let (Some(close), Some(target)) = (close, text.links.get(n as usize)) {
            let words = site.plain_part(text, slot.at as usize..close.at as usize);
            out.push((target, words));
        }
    }
    out
}

impl Line for Named<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let bodies: Vec<Name> = self.bodies.iter().map(|b| named(rows::body(site, *b))).collect();
        let meeting = self.meeting.filter(|_| self.place.is_none());
        let place = match (self.place, meeting) {
            (Some(place), _) => place.linked(site),
            (None, Some(meeting)) => Some(PlaceView {
                meeting: Some(called(site, meeting)),
                number: None,
                title: String::new(),
                href: Some(site.routes.meeting_href(meeting)),
            }),
            _ => None,
        };
        vec![
            CellView::date(Some(self.date)),
            CellView {
                facts: self.facts.clone(),
                published: self.published.map(|d| d.to_string()),
                supplement: self.supplement,
                ..CellView::said(self.title.clone(), self.href.clone(), place)
            },
            CellView::word(match self.what {
                "meeting" => "meeting-paper",
                what => what,
            }),
            CellView::names(bodies),
            CellView::word(self.held),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let archive = site.archive;
        let item = match self.place {
            Some(Place::Item(id)) => Some(id),
            _ => None,
        };
        let address = self.href.clone().map(|href| match self.held {
            "here" => whole(site, href),
            _ => href,
        });
        let file = self.file.map(|f| &archive.papers[f]);
        vec![
            self.date.into(),
            Cell::list(self.bodies.iter().map(|b| &archive.bodies[*b].id)),
            self.meeting.map(|m| archive.meetings[m].id.clone()).into(),
            item.map(|id| item_id(site, id)).into(),
            item.and_then(|id| archive.items[id].number.clone()).into(),
            self.place.map(|place| place.title(site)).into(),
            self.title.clone().into(),
            self.what.into(),
            self.published.into(),
            self.supplement.into(),
            self.held.into(),
            csv::withheld(self.exempt).into_owned(),
            address.into(),
            file.map(|f| f.kind.clone()).into(),
            file.map(|f| f.bytes).into(),
        ]
    }
}
