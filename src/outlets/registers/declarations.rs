//! `/declarations/`: interests that were declared at meetings and in decisions,
//! and the registers of interests that people have published.

use std::ops::Range;

use super::cell::{self, CellView, ColumnView, column};
use super::place::{self, Place, whole};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::frame::{Name, shorten};
use crate::outlets::pages::rows;
use crate::site::Site;
use crate::site::prose::size;
use crate::text::names;
use jiff::civil::Date;

pub const REGISTER: Register = Register {
    key: "declarations",
    about: "A row is a declaration of interest, or a register of interests that somebody published.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: false,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("who", cell::TEXT),
    column("declaration", cell::TEXT),
    column("body", cell::CHOICE),
];

const CSV: &[csv::Column] = &place::followed_by::<4, 12>([
    field("kind", C::Text, "`declaration`, `conflict` or `register`."),
    field("people", C::List, "Whom the text names."),
    field("people_ids", C::List, "The ids of those who have a page."),
    field("text", C::Text, "The words of the declaration."),
]);

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    for place in place::all(site, year) {
        // An agenda may say how to declare; nobody has.
        if place.is_ahead(site) {
            continue;
        }
        for section in declared(site, place) {
            let mark = Mark {
                date: Some(place.date(site)),
                group: "declared",
                pinned: false,
            };
            for part in parts(&section.text) {
                visit(mark, &Declared { place, section, part });
            }
        }
    }
    let mut registers: Vec<(Option<Date>, PersonId, PaperId)> = Vec::new();
    for id in &site.archive.order.people {
        let interests = site.archive.people[*id].interests.iter();
        registers.extend(interests.map(|(day, paper)| (*day, *id, *paper)));
    }
    registers.retain(|r| year.is_none() || r.0.map(Date::year) == year);
    registers.sort_by_key(|r| std::cmp::Reverse(r.0));
    for (date, person, paper) in registers {
        let mark = Mark {
            date,
            group: "registers",
            pinned: false,
        };
        visit(mark, &Published { date, person, paper });
    }
}

/// The texts of a place in which an interest is declared.
fn declared<'a>(site: &Site<'a>, place: Place) -> Vec<&'a Section> {
    let standing = match place {
        Place::Item(id) => {
            let title = names::fold(&site.archive.items[id].title);
            title.starts_with("declaration") || title.contains("declarations of interest")
        }
        Place::Outside(_) => false,
    };
    place
        .sections(site)
        .iter()
        .filter(|s| match s.kind {
            SectionKind::Declarations | SectionKind::Conflicts => true,
            SectionKind::Minutes | SectionKind::Free | SectionKind::Note => standing,
            _ => false,
        })
        .filter(|s| !is_nil(&site.plain(&s.text)))
        .collect()
}

/// "None.", "There were no declarations of interest.": nothing was declared.
fn is_nil(text: &str) -> bool {
    let text = names::fold(text.trim());
    let short = text.chars().count() <= 80;
    let begins = [
        "none",
        "nil",
        "there were no",
        "no declaration",
        "no interest",
        "no member",
        "no conflict",
        "not applicable",
    ];
    text.is_empty() || (short && begins.iter().any(|b| text.starts_with(b)))
}

/// What one declaration says: where it stands in the HTML of its section, and
/// whom it names.
#[derive(Default)]
struct Part {
    html: Range<usize>,
    people: Vec<PersonId>,
}

/// The declarations of a section: a paragraph or an entry of a list that names
/// somebody else than those before it is another one. What names nobody belongs
/// to the one it follows.
fn parts(text: &Text) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for html in pieces(text) {
        let people = named(text, &html);
        match out.last_mut() {
            Some(last) if last.people.is_empty() || people.iter().all(|id| last.people.contains(id)) => {
                last.html.end = html.end;
                if last.people.is_empty() {
                    last.people = people;
                }
            }
            _ => out.push(Part { html, people }),
        }
    }
    out
}

/// The paragraphs and other blocks of a text, and the entries of its lists.
fn pieces(text: &Text) -> Vec<Range<usize>> {
    let html = &text.html;
    let mut out = Vec::new();
    let mut from = 0;
    let ends = text.cuts.iter().map(|cut| cut.html as usize);
    for end in ends.chain([html.len()]) {
        let Some(block) = html.get(from..end).filter(|block| !block.is_empty()) else {
            continue;
        };
        let start = from;
        let mut depth = 0usize;
        for (at, _) in block.match_indices('<') {
            let tag = &block[at..];
            if tag.starts_with("<ul") || tag.starts_with("<ol") {
                depth += 1;
            } else if tag.starts_with("</ul") || tag.starts_with("</ol") {
                depth = depth.saturating_sub(1);
            } else if depth == 1 && tag.starts_with("</li>") {
                let close = start + at + "</li>".len();
                out.push(from..close);
                from = close;
            }
        }
        out.push(from..end);
        from = end;
    }
    out
}

/// Whom the links in a stretch of a text lead to.
fn named(text: &Text, html: &Range<usize>) -> Vec<PersonId> {
    let mut people = Vec::new();
    let inside = |slot: &&Slot| html.contains(&(slot.at as usize));
    for slot in text.slots.iter().filter(inside) {
        let What::LinkOpen(link) = slot.what else { continue };
        let id = match &text.links[link as usize] {
            Target::Person(id) => Some(*id),
            Target::Bare(inner) => match **inner {
                Target::Person(id) => Some(id),
                _ => None,
            },
            _ => None,
        };
        people.extend(id.filter(|id| !people.contains(id)));
    }
    people
}

struct Declared<'a> {
    place: Place,
    section: &'a Section,
    part: Part,
}

impl Declared<'_> {
    fn text(&self, site: &Site) -> String {
        site.plain_part(&self.section.text, self.part.html.clone())
    }

    fn href(&self, site: &Site) -> String {
        match self.section.kind {
            SectionKind::Declarations | SectionKind::Conflicts => {
                self.place.part(site, self.section.kind.name())
            }
            _ => self.place.href(site),
        }
    }
}

impl Line for Declared<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let who = self.part.people.iter().map(|p| rows::person(site, Some(*p), ""));
        vec![
            CellView::date(Some(self.place.date(site))),
            CellView::names(who.collect()),
            CellView::said(
                shorten(&self.text(site), 600),
                Some(self.href(site)),
                self.place.view(site),
            ),
            CellView::names(self.place.body_names(site)),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let part = match self.section.kind {
            SectionKind::Declarations | SectionKind::Conflicts => self.section.kind.name(),
            _ => "",
        };
        let mut cells = self.place.cells(site, part, self.href(site));
        let people: Vec<&Person> = self
            .part
            .people
            .iter()
            .map(|p| &site.archive.people[*p])
            .collect();
        cells.extend([
            if self.section.kind == SectionKind::Conflicts {
                "conflict"
            } else {
                "declaration"
            }
            .into(),
            Cell::list(people.iter().map(|p| &p.name)),
            Cell::list(people.iter().filter(|p| p.listed).map(|p| &p.id)),
            self.text(site).into(),
        ]);
        cells
    }
}

struct Published {
    date: Option<Date>,
    person: PersonId,
    paper: PaperId,
}

impl Line for Published {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let paper = &site.archive.papers[self.paper];
        vec![
            CellView::date(self.date),
            CellView::name(Some(rows::person(site, Some(self.person), ""))),
            CellView::said(
                paper.source.name().to_owned(),
                Some(site.routes.href(&site.routes.paper(self.paper))),
                None,
            )
            .facts(Some(format!("{}, {}", paper.kind, size(paper.bytes)))),
            CellView::empty(),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let Name { name, .. } = rows::person(site, Some(self.person), "");
        vec![
            Cell::Empty,
            self.date.into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            name.clone().into(),
            whole(site, site.routes.href(&site.routes.paper(self.paper))).into(),
            "register".into(),
            name.into(),
            site.archive.people[self.person].id.clone().into(),
            Cell::Empty,
        ]
    }
}
