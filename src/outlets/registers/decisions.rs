//! `/decisions/`: what meetings decided, and what was decided outside them.

use super::cell::{self, CellView, ColumnView, column};
use super::place::{self, Place};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::actions::entries;
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::{Html, Site};
use jiff::civil::Date;

pub const REGISTER: Register = Register {
    key: "decisions",
    about: "A row is something that was decided: an entry under Decision or Resolved of an item, or a decision taken outside a meeting.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: false,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("decision", cell::TEXT),
    column("maker", cell::CHOICE),
    column("key", cell::CHOICE),
    column("call-in", cell::DATE),
    column("effective", cell::DATE),
    column("record", cell::TEXT),
];

const CSV: &[csv::Column] = &place::followed_by::<15, 23>([
    field(
        "kind",
        C::Text,
        "`decision` or `resolved` in a meeting, `outside` otherwise.",
    ),
    field(
        "label",
        C::Text,
        "The author's own label of the entry, such as (a).",
    ),
    field("decision", C::Text, "The words of the decision."),
    field("maker", C::Text, "Who decided: a body, a person or a post."),
    field(
        "maker_kind",
        C::Text,
        "Outside meetings: `officer`, `member` or `urgent`.",
    ),
    field(
        "key_decision",
        C::Flag,
        "Whether it is a key decision, where the record says so.",
    ),
    field(
        "notice_published",
        C::Date,
        "When the notice of a key decision was published.",
    ),
    field("call_in_until", C::Date, "Until when it can be called in."),
    field("effective", C::Date, "When it takes effect."),
    field("status", C::Text, "The state of the decision."),
    field("issues", C::List, "The ids of the issues that it belongs to."),
    field("reasons", C::Text, "Why it was taken."),
    field("alternatives", C::Text, "Which other options were considered."),
    field("conflicts", C::Text, "Which conflicts of interest were declared."),
    field("exempt", C::Text, "For a decision that is withheld: yes, or why."),
]);

/// Sections that the law asks for.
const RECORD: [SectionKind; 4] = [
    SectionKind::Reasons,
    SectionKind::Alternatives,
    SectionKind::Conflicts,
    SectionKind::Declarations,
];

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    for place in place::all(site, year) {
        let mark = Mark::of(place.date(site));
        match place {
            Place::Outside(id) => visit(mark, &Outside(id)),
            Place::Item(_) => {
                for entry in entries(place.sections(site)) {
                    if matches!(entry.kind, EntryKind::Decision | EntryKind::Resolved) {
                        visit(mark, &Minuted { place, entry });
                    }
                }
            }
        }
    }
}

struct Minuted<'a> {
    place: Place,
    entry: &'a Entry,
}

impl Minuted<'_> {
    fn item<'a>(&self, site: &Site<'a>) -> Option<&'a Item> {
        match self.place {
            Place::Item(id) => Some(&site.archive.items[id]),
            Place::Outside(_) => None,
        }
    }

    fn day(&self, site: &Site, key: FieldKey) -> Option<Date> {
        self.item(site)?.day(key)
    }

    /// Who decided: whom the item names, else the bodies that met.
    fn makers(&self, site: &Site) -> Vec<Name> {
        let named = self.item(site).and_then(|item| {
            let FieldValue::Text(text) = &item.field(FieldKey::DecisionMaker)?.value else {
                return None;
            };
            let href = match text.links.as_slice() {
                [one] => site.routes.target(one),
                _ => None,
            };
            let name = site.plain(text);
            (!name.is_empty()).then_some(Name { href, name })
        });
        named.map_or_else(|| self.place.body_names(site), |name| vec![name])
    }
}

/// In one cell: `Jane Roe, Head of Parks`.
fn joined(names: Vec<Name>) -> String {
    let names: Vec<String> = names.into_iter().map(|n| n.name).collect();
    names.join(", ")
}

impl Line for Minuted<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let place = self.place;
        vec![
            CellView::date(Some(place.date(site))),
            CellView::said(
                self.entry.text.clone(),
                Some(place.entry(site, self.entry)),
                place.view(site),
            )
            .status(
                self.item(site)
                    .map_or_else(Html::default, |i| rows::state(site, i)),
            ),
            CellView::names(self.makers(site)),
            CellView::flag(self.item(site).and_then(Item::is_key)),
            CellView::date(self.day(site, FieldKey::CallIn)),
            CellView::date(self.day(site, FieldKey::Effective)),
            CellView::parts(place.parts(site, &RECORD)),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let (place, entry) = (self.place, self.entry);
        let mut cells = place.entry_cells(site, entry);
        let item = self.item(site);
        let words = |key| item.and_then(|i| site.field(i, key));
        let maker = words(FieldKey::DecisionMaker).map_or_else(
            || Cell::list(place.bodies(site).iter().map(|b| &site.archive.bodies[*b].name)),
            Cell::from,
        );
        let issues = item.map_or(&[][..], |i| &i.issues);
        cells.extend([
            entry.kind.anchor().unwrap_or_default().into(),
            entry.label.clone().into(),
            entry.text.clone().into(),
            maker,
            Cell::Empty,
            item.and_then(Item::is_key).into(),
            self.day(site, FieldKey::Notice).into(),
            self.day(site, FieldKey::CallIn).into(),
            self.day(site, FieldKey::Effective).into(),
            words(FieldKey::DecisionStatus).into(),
            Cell::list(issues.iter().map(|i| &site.archive.issues[*i].id)),
        ]);
        cells.extend(record(site, place));
        cells.push(Cell::Empty);
        cells
    }
}

struct Outside(DecisionId);

impl Outside {
    /// Who decided, and as what.
    fn makers(&self, site: &Site) -> Vec<Name> {
        let decision = &site.archive.decisions[self.0];
        let body = || decision.body.map(|b| super::cell::named(rows::body(site, b)));
        let role = decision.maker_role.clone().filter(|_| decision.maker.is_some());
        let maker = rows::maker(site, decision).or_else(body);
        maker
            .into_iter()
            .chain(role.map(|name| Name { href: None, name }))
            .collect()
    }
}

impl Line for Outside {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let decision = &site.archive.decisions[self.0];
        let place = Place::Outside(self.0);
        vec![
            CellView::date(Some(decision.date)),
            CellView::said(decision.title.clone(), Some(place.href(site)), None)
                .status(rows::state_outside(decision)),
            CellView::names(self.makers(site)),
            CellView::flag(decision.key),
            CellView::date(decision.call_in),
            CellView::date(decision.effective),
            CellView::parts(place.parts(site, &RECORD)),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let decision = &site.archive.decisions[self.0];
        let place = Place::Outside(self.0);
        let mut cells = place.cells(site, "", place.href(site));
        let words: Vec<&str> = decision
            .sections
            .iter()
            .flat_map(|s| &s.entries)
            .filter(|e| matches!(e.kind, EntryKind::Decision | EntryKind::Resolved))
            .map(|e| e.text.as_str())
            .collect();
        let words = if words.is_empty() {
            decision.title.clone()
        } else {
            words.join("\n")
        };
        cells.extend([
            "outside".into(),
            Cell::Empty,
            words.into(),
            joined(self.makers(site)).into(),
            decision.maker_kind.clone().into(),
            decision.key.into(),
            decision.notice.into(),
            decision.call_in.into(),
            decision.effective.into(),
            decision.status.clone().into(),
            Cell::list(decision.issues.iter().map(|i| &site.archive.issues[*i].id)),
        ]);
        cells.extend(record(site, place));
        cells.push(csv::withheld(decision.exempt.as_ref()).into_owned());
        cells
    }
}

fn record(site: &Site, place: Place) -> [Cell<'static>; 3] {
    let text = |kinds: &[SectionKind]| -> Cell<'static> {
        kinds
            .iter()
            .find_map(|kind| place.section(site, *kind))
            .map(|s| site.plain(&s.text))
            .into()
    };
    [
        text(&[SectionKind::Reasons]),
        text(&[SectionKind::Alternatives]),
        text(&[SectionKind::Conflicts, SectionKind::Declarations]),
    ]
}
