//! Actions in a list: what is to be done, by whom, and whether it is late.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;

use super::frame::Name;
use super::rows;
use crate::model::*;
use crate::outlets::registers::place::Place;
use crate::site::{Shared, Site};

/// An action that a meeting set, or a decision outside one.
#[derive(Serialize, Hash)]
pub struct ActionRow {
    /// What is to be done.
    pub text: String,
    /// The place where it was set.
    pub href: String,
    /// Who is to do it.
    pub owner: Option<Name>,
    /// The day it is due.
    pub due: Option<String>,
    /// The day it was done.
    pub done: Option<String>,
    /// `open`, `overdue` or `done`
    pub state: &'static str,
    /// The meeting that set it.
    pub meeting: Option<Shared<rows::MeetingRow>>,
    /// The decision outside a meeting that set it.
    pub decision: Option<rows::DecisionRow>,
}

/// Whether an action is open, overdue or done on a day.
pub fn state(entry: &Entry, today: Date) -> &'static str {
    match entry.due {
        _ if entry.is_done() => "done",
        Some(due) if due < today => "overdue",
        _ => "open",
    }
}

fn row(site: &Site, (place, entry): (Place, &Entry)) -> ActionRow {
    ActionRow {
        text: entry.text.clone(),
        href: place.entry(site, entry),
        owner: entry
            .owner
            .as_deref()
            .map(|(id, name)| rows::person(site, *id, name)),
        due: entry.due.map(|d| d.to_string()),
        done: entry.done.map(|d| d.to_string()),
        state: state(entry, site.today),
        meeting: match place {
            Place::Item(id) => Some(rows::meeting(site, site.archive.items[id].meeting)),
            Place::Outside(_) => None,
        },
        decision: match place {
            Place::Item(_) => None,
            Place::Outside(id) => Some(rows::decision(site, id)),
        },
    }
}

/// The entries of some sections; a text that stands under Decision and under
/// Resolved is given once.
pub fn entries(sections: &[Section]) -> Vec<&Entry> {
    let all = || sections.iter().flat_map(|s| &s.entries);
    let has = |kind: EntryKind| all().any(|entry| entry.kind == kind);
    if !has(EntryKind::Decision) || !has(EntryKind::Resolved) {
        return all().collect();
    }
    let (mut decided, mut resolved) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for entry in all() {
        let text = entry.compared();
        let twice = match entry.kind {
            EntryKind::Decision => resolved.contains(&text),
            EntryKind::Resolved => decided.contains(&text),
            _ => false,
        };
        match entry.kind {
            _ if twice => continue,
            EntryKind::Decision => drop(decided.insert(text)),
            EntryKind::Resolved => drop(resolved.insert(text)),
            _ => {}
        }
        found.push(entry);
    }
    found
}

/// Most records have none.
fn actions(sections: &[Section]) -> Vec<&Entry> {
    let mut all = sections.iter().flat_map(|s| &s.entries);
    match all.any(Entry::is_action) {
        true => entries(sections).into_iter().filter(|e| e.is_action()).collect(),
        false => Vec::new(),
    }
}

/// The actions of some items and decisions, in their order.
fn set<'a>(
    site: &Site<'a>,
    items: impl Iterator<Item = ItemId>,
    decisions: impl Iterator<Item = DecisionId>,
) -> impl Iterator<Item = (Place, &'a Entry)> {
    let places = items.map(Place::Item).chain(decisions.map(Place::Outside));
    places.flat_map(|place| {
        let found = actions(place.sections(site)).into_iter();
        found.map(move |entry| (place, entry))
    })
}

/// The actions of some items and decisions, those still open first.
pub fn of(
    site: &Site,
    items: impl Iterator<Item = ItemId>,
    decisions: impl Iterator<Item = DecisionId>,
) -> Vec<ActionRow> {
    let mut out: Vec<ActionRow> = set(site, items, decisions)
        .map(|found| row(site, found))
        .collect();
    out.sort_by_key(|a| a.state == "done");
    out
}

/// What a person is to do: what is overdue first, then by the day it is due;
/// what is done last.
pub fn entries_of_person<'a>(site: &Site<'a>, id: PersonId) -> Vec<(Place, &'a Entry)> {
    let person = &site.archive.people[id];
    let theirs = |(_, entry): &(Place, &Entry)| entry.owner.as_ref().is_some_and(|o| o.0 == Some(id));
    let (items, decisions) = (person.items.iter().copied(), person.decisions.iter().copied());
    let mut out: Vec<(Place, &Entry)> = set(site, items, decisions).filter(theirs).collect();
    out.sort_by(|(_, a), (_, b)| {
        let key = |entry: &Entry| (entry.is_done(), entry.due.is_none(), entry.due);
        key(a).cmp(&key(b)).then_with(|| b.done.cmp(&a.done))
    });
    out
}

/// The same as rows.
pub fn of_person(site: &Site, id: PersonId) -> Vec<ActionRow> {
    entries_of_person(site, id)
        .into_iter()
        .map(|found| row(site, found))
        .collect()
}
