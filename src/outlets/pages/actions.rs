//! Actions in a list: what is to be done, by whom, and whether it is late.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;

use super::frame::Name;
use super::rows;
use crate::model::*;
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

fn row(site: &Site, entry: &Entry, href: String) -> ActionRow {
    ActionRow {
        text: entry.text.clone(),
        href,
        owner: entry
            .owner
            .as_deref()
            .map(|(id, name)| rows::person(site, *id, name)),
        due: entry.due.map(|d| d.to_string()),
        done: entry.done.map(|d| d.to_string()),
        state: state(entry, site.today),
        meeting: None,
        decision: None,
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
        let text = entry.text.as_str();
        let twice = match entry.kind {
            EntryKind::Decision => resolved.contains(text),
            EntryKind::Resolved => decided.contains(text),
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

fn of_item(site: &Site, id: ItemId, wanted: impl Fn(&Entry) -> bool, out: &mut Vec<ActionRow>) {
    let item = &site.archive.items[id];
    for entry in actions(&item.sections).into_iter().filter(|e| wanted(e)) {
        out.push(ActionRow {
            meeting: Some(rows::meeting(site, item.meeting)),
            ..row(site, entry, rows::entry_href(site, id, entry))
        });
    }
}

fn of_decision(site: &Site, id: DecisionId, wanted: impl Fn(&Entry) -> bool, out: &mut Vec<ActionRow>) {
    let decision = &site.archive.decisions[id];
    let href = site.routes.href(&site.routes.decision(id));
    for entry in actions(&decision.sections).into_iter().filter(|e| wanted(e)) {
        let place = match entry.kind.anchor() {
            Some(anchor) => format!("{href}#{anchor}-{}", entry.number),
            None => href.clone(),
        };
        out.push(ActionRow {
            decision: Some(rows::decision(site, id)),
            ..row(site, entry, place)
        });
    }
}

/// The actions of some items and decisions, those still open first.
pub fn of(
    site: &Site,
    items: impl Iterator<Item = ItemId>,
    decisions: impl Iterator<Item = DecisionId>,
) -> Vec<ActionRow> {
    let mut out = Vec::new();
    items.for_each(|id| of_item(site, id, |_| true, &mut out));
    decisions.for_each(|id| of_decision(site, id, |_| true, &mut out));
    out.sort_by_key(|a| a.state == "done");
    out
}

/// What a person is to do: what is overdue first, then by the day it is due;
/// what is done last.
pub fn of_person(site: &Site, id: PersonId) -> Vec<ActionRow> {
    let person = &site.archive.people[id];
    let theirs = |entry: &Entry| entry.owner.as_ref().is_some_and(|o| o.0 == Some(id));
    let mut out = Vec::new();
    for item in &person.items {
        of_item(site, *item, theirs, &mut out);
    }
    for decision in &person.decisions {
        of_decision(site, *decision, theirs, &mut out);
    }
    out.sort_by(|a, b| {
        let key = |row: &ActionRow| (row.state == "done", row.due.is_none(), row.due.clone());
        key(a).cmp(&key(b)).then_with(|| b.done.cmp(&a.done))
    });
    out
}
