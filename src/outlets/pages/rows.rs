//! Rows that several lists show: a meeting, an item, a person.

use serde::Serialize;

use super::frame::{Link, Name};
use crate::model::*;
pub use crate::site::MeetingRow;
use crate::site::{Html, Quote, Shared, Site};
use crate::text::escape::{escape, push_escaped};

pub fn meeting(site: &Site, id: MeetingId) -> Shared<MeetingRow> {
    site.meeting_row(id)
}

pub fn body(site: &Site, id: BodyId) -> Link {
    Link::clone(&site.body_link(id))
}

pub fn issue(site: &Site, id: IssueId) -> Link {
    Link {
        href: site.routes.issue_href(id),
        name: site.archive.issues[id].title.clone(),
    }
}

/// A person's name, linked when there is a page. `written`: as it was minuted.
pub fn person(site: &Site, id: Option<PersonId>, written: &str) -> Name {
    match id {
        Some(id) => {
            let person = &site.archive.people[id];
            // An id in a file is not a name to show.
            let name = if written.is_empty() || written == person.id {
                person.name.clone()
            } else {
                written.to_owned()
            };
            Name {
                href: person.listed.then(|| site.routes.person_href(id)),
                name,
            }
        }
        None => Name {
            href: None,
            name: written.to_owned(),
        },
    }
}

/// Appends a name, linked when it has a page.
pub fn push_name(out: &mut String, name: &Name) {
    match &name.href {
        Some(href) => push_link(out, "", href, &name.name),
        None => push_escaped(out, &name.name),
    }
}

/// Appends each of `all`, commas between them.
pub fn push_list<T>(out: &mut String, all: &[T], push: impl Fn(&mut String, &T)) {
    for (n, one) in all.iter().enumerate() {
        if n > 0 {
            out.push_str(", ");
        }
        push(out, one);
    }
}

/// Appends a link. `attributes` stand before its address, a blank before each.
pub fn push_link(out: &mut String, attributes: &str, href: &str, words: &str) {
    out.push_str("<a");
    out.push_str(attributes);
    out.push_str(" href=\"");
    push_escaped(out, href);
    out.push_str("\">");
    push_escaped(out, words);
    out.push_str("</a>");
}

/// An item in a list, under its meeting.
#[derive(Clone, Serialize, Hash)]
pub struct ItemRow {
    /// Its own page, or its place on the meeting's page where items have none.
    pub href: String,
    /// Its number, as it was written.
    pub number: Option<String>,
    /// The same in words: `Item 5`.
    pub number_words: Option<String>,
    /// Its title.
    pub title: String,
    /// Its meeting.
    pub meeting: Shared<MeetingRow>,
    /// Day, body and number: `27 June 2017 – Cabinet (Item 5)`.
    pub place: Html,
}

pub fn item(site: &Site, id: ItemId) -> ItemRow {
    let item = &site.archive.items[id];
    let meeting = meeting(site, item.meeting);
    let number_words = number_words(site, item);
    ItemRow {
        href: site.routes.item_href(id),
        number: item.number.clone(),
        place: place(&meeting, number_words.as_deref()),
        number_words,
        title: title_of(item),
        meeting,
    }
}

/// Where an item stands: `27 June 2017 – Cabinet (Item 5)`.
pub fn place(meeting: &MeetingRow, number_words: Option<&str>) -> Html {
    let mut out = String::with_capacity(meeting.place.0.len() + 16);
    out.push_str(&meeting.place.0);
    if let Some(number) = number_words {
        out.push_str(" (");
        push_escaped(&mut out, number);
        out.push(')');
    }
    Html(out)
}

/// An item's number as it is named away from its meeting: `Item 5`.
pub fn number_words(site: &Site, item: &Item) -> Option<String> {
    let number = item.number.as_ref().filter(|number| !number.is_empty())?;
    Some(site.words.item.replace("{n}", number))
}

/// An item without a title is called by its number.
pub fn title_of(item: &Item) -> String {
    match (&item.title, &item.number) {
        (title, _) if !title.is_empty() => title.clone(),
        (_, Some(number)) => number.clone(),
        _ => "–".to_owned(),
    }
}

/// A decision taken outside a meeting, in a list.
#[derive(Clone, Serialize, Hash)]
pub struct DecisionRow {
    /// Its page.
    pub href: String,
    /// What was decided.
    pub title: String,
    /// The day it was taken.
    pub date: String,
    /// Who decided: a name or an office.
    pub maker: Option<String>,
    /// What became of it: called in, superseded; or nothing.
    pub state: Html,
}

/// Who took a decision outside meetings: by name, or else by office.
pub fn maker(site: &Site, decision: &Decision) -> Option<Name> {
    let role = || decision.maker_role.clone().map(|name| Name { href: None, name });
    let (id, name) = match &decision.maker {
        Some(maker) => maker,
        None => return role(),
    };
    Some(person(site, *id, name))
}

pub fn decision(site: &Site, id: DecisionId) -> DecisionRow {
    let decision = &site.archive.decisions[id];
    let maker = decision
        .maker
        .as_ref()
        .map(|(person, name)| person.map_or(name.clone(), |p| site.archive.people[p].name.clone()));
    DecisionRow {
        href: site.routes.href(&site.routes.decision(id)),
        title: decision.title.clone(),
        date: decision.date.to_string(),
        maker: maker.or_else(|| decision.maker_role.clone()),
        state: state_outside(decision),
    }
}

/// What became of an item's decision, as its record says: its state, or else
/// that it was called in.
pub fn state(site: &Site, item: &Item) -> Html {
    let words = |key| match &item.field(key)?.value {
        FieldValue::Text(text) => Some(text),
        _ => None,
    };
    let called_in = |text: &&Text| text.text().trim_start().to_lowercase().starts_with("called in");
    let state = words(FieldKey::DecisionStatus).or_else(|| words(FieldKey::CallIn).filter(called_in));
    Html(state.map_or_else(String::new, |text| site.html(text, &[], Quote::away(6))))
}

/// The same of a decision outside a meeting.
pub fn state_outside(decision: &Decision) -> Html {
    Html(decision.status.as_deref().map(escape).unwrap_or_default())
}
