//! `/actions/`: who is to do what by when, and what has been done.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::cell::{self, CellView, ColumnView, column};
use super::page::{Summary, SummaryRow};
use super::place::{self, Place};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::actions::{entries, state};
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::Site;
use crate::text::names;

pub const REGISTER: Register = Register {
    key: "actions",
    about: "A row is an action: an entry under Actions, or a decision with somebody to carry it out.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: true,
    summary: Some(summary),
};

const COLUMNS: &[ColumnView] = &[
    column("action", cell::TEXT),
    column("owner", cell::CHOICE),
    column("due", cell::DATE),
    column("body", cell::CHOICE),
    column("set", cell::DATE),
    column("done", cell::DATE),
];

const CSV: &[csv::Column] = &place::followed_by::<6, 14>([
    field("action", C::Text, "What is to be done."),
    field("owner", C::Text, "Who is to do it."),
    field(
        "owner_id",
        C::Text,
        "The id of that person, when there is a record.",
    ),
    field("due", C::Date, "When it is to be done."),
    field("done", C::Date, "When it was done."),
    field(
        "state",
        C::Text,
        "`open`, `overdue` or `done`, on the day of the build.",
    ),
]);

/// The states in the order of the page.
const STATES: [&str; 3] = ["overdue", "open", "done"];

struct Action<'a> {
    place: Place,
    entry: &'a Entry,
    date: Date,
    state: &'static str,
}

fn all<'a>(site: &Site<'a>, year: Option<i16>) -> Vec<Action<'a>> {
    let mut actions = Vec::new();
    for place in place::all(site, year) {
        let entries = entries(place.sections(site)).into_iter();
        actions.extend(entries.filter(|e| e.is_action()).map(|entry| Action {
            place,
            entry,
            date: place.date(site),
            state: state(entry, site.today),
        }));
    }
    // What is overdue longest and due soonest stands first, what was done last too.
    actions.sort_by_key(|a| {
        let due = (a.entry.due.is_none(), a.entry.due);
        let group = STATES.iter().position(|s| *s == a.state);
        match a.state {
            "done" => (group, (false, None), std::cmp::Reverse(a.entry.done)),
            _ => (group, due, std::cmp::Reverse(None)),
        }
    });
    actions
}

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    for action in all(site, year) {
        let mark = Mark {
            date: Some(action.date),
            group: action.state,
            pinned: action.state != "done",
        };
        visit(mark, &action);
    }
}

impl Line for Action<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let owner = self.entry.owner.as_deref();
        let bodies = match self.place {
            Place::Item(_) => self.place.body_names(site),
            // Who decides outside a meeting sets the task.
            Place::Outside(id) => rows::maker(site, &site.archive.decisions[id])
                .map_or_else(|| self.place.body_names(site), |name| vec![name]),
        };
        vec![
            CellView::said(
                self.entry.text.clone(),
                Some(self.place.entry(site, self.entry)),
                self.place.view(site),
            ),
            CellView::name(owner.map(|(id, name)| rows::person(site, *id, name))),
            CellView::date(self.entry.due),
            CellView::names(bodies),
            CellView::date(Some(self.date)),
            match self.entry.done {
                None if self.state == "done" => CellView::flag(Some(true)),
                done => CellView::date(done),
            },
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let mut cells = self.place.entry_cells(site, self.entry);
        let owner = self.entry.owner.as_deref();
        // A person without a page of their own is called by name only.
        let id = owner
            .and_then(|o| o.0)
            .filter(|p| site.archive.people[*p].listed)
            .map(|p| site.archive.people[p].id.clone());
        cells.extend([
            self.entry.text.clone().into(),
            owner.map(|(id, name)| rows::person(site, *id, name).name).into(),
            id.into(),
            self.entry.due.into(),
            self.entry.done.into(),
            self.state.into(),
        ]);
        cells
    }
}

/// How many are overdue, open and done: by owner, and by body.
fn summary(site: &Site) -> Vec<Summary> {
    let mut owners: BTreeMap<(bool, String), (Option<Name>, [u32; 3])> = BTreeMap::new();
    let mut bodies: BTreeMap<(bool, String), (Option<Name>, [u32; 3])> = BTreeMap::new();
    for action in all(site, None) {
        let at = STATES.iter().position(|s| *s == action.state).unwrap_or(0);
        let owner = action
            .entry
            .owner
            .as_deref()
            .map(|(id, name)| (*id, rows::person(site, *id, name)));
        let key = match &owner {
            Some((Some(id), _)) => (false, names::fold(&site.archive.people[*id].sort)),
            Some((None, name)) => (false, names::fold(&names::sort_form(&name.name))),
            None => (true, String::new()),
        };
        owners.entry(key).or_insert((owner.map(|o| o.1), [0; 3])).1[at] += 1;
        let set_by = action.place.body_names(site);
        if set_by.is_empty() {
            bodies.entry((true, String::new())).or_insert((None, [0; 3])).1[at] += 1;
        }
        for name in set_by {
            let key = (false, names::fold(&name.name));
            bodies.entry(key).or_insert((Some(name), [0; 3])).1[at] += 1;
        }
    }
    let rows = |map: BTreeMap<_, (Option<Name>, [u32; 3])>| {
        map.into_values()
            .map(|(name, counts)| SummaryRow {
                name,
                counts: counts.to_vec(),
            })
            .collect()
    };
    vec![
        Summary {
            key: "by-owner",
            nobody: "no-owner",
            columns: STATES.to_vec(),
            rows: rows(owners),
        },
        Summary {
            key: "by-body",
            nobody: "no-body",
            columns: STATES.to_vec(),
            rows: rows(bodies),
        },
    ]
}
