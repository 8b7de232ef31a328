//! A body's page: what it is for, who sits on it, when it meets.

use serde::Serialize;

use super::actions::{self, ActionRow};
use super::frame::{Frame, Link, Make, Name, crumb};
use super::rows;
use super::timeline::{self, Timeline};
use crate::model::*;
use crate::outlets::registers::attendance::{self, BodyTable};
use crate::outlets::registers::place::Place;
use crate::site::{Html, Quote, Shared, Site};

/// A body: who is in it, what it meets about and what it decided.
#[derive(Serialize, Hash)]
pub struct BodyView<'a> {
    pub page: Frame<'a>,
    /// The body's name.
    pub name: &'a str,
    /// `committee`, `council` …, as in its file.
    pub kind: Option<&'a str>,
    /// The day it was set up.
    pub from: Option<String>,
    /// The day it was dissolved.
    pub to: Option<String>,
    /// How many must be present.
    pub quorum: Option<u32>,
    /// The body it answers to.
    pub parent: Option<Link>,
    /// The bodies that answer to it.
    pub children: Vec<Link>,
    /// Its terms of reference, as HTML.
    pub remit: String,
    /// How it can be reached.
    pub contact: ContactRow<'a>,
    /// Its members who have not left.
    pub members: Vec<MemberRow<'a>>,
    /// Its members who have left.
    pub former: Vec<MemberRow<'a>>,
    /// Its meetings over the last years, drawn.
    pub years: Option<Timeline>,
    /// The next one first.
    pub upcoming: Vec<Shared<rows::MeetingRow>>,
    /// Newest first.
    pub past: Vec<Shared<rows::MeetingRow>>,
    /// What was decided for it outside meetings.
    pub decisions: Vec<rows::DecisionRow>,
    /// What it resolved last, newest first.
    pub resolutions: Vec<ResolutionRow>,
    /// What its meetings set and is not done.
    pub actions: Vec<ActionRow>,
    /// Who was expected at its meetings of the last year that has any, and how that went.
    pub attendance: Option<BodyTable>,
    /// The year of that.
    pub attendance_year: Option<i16>,
}

/// How somebody can be reached.
#[derive(Serialize, Hash)]
pub struct ContactRow<'a> {
    /// Whom to ask for.
    pub name: Option<&'a str>,
    /// An email address.
    pub email: Option<&'a str>,
    /// A telephone number, as it was written.
    pub telephone: Option<&'a str>,
    /// A postal address.
    pub address: Option<&'a str>,
}

pub fn contact(contact: &Contact) -> ContactRow<'_> {
    ContactRow {
        name: contact.name.as_deref(),
        email: contact.email.as_deref(),
        telephone: contact.telephone.as_deref(),
        address: contact.address.as_deref(),
    }
}

/// A membership of a body.
#[derive(Serialize, Hash)]
pub struct MemberRow<'a> {
    /// The member.
    pub who: Name,
    /// `Chair` and the like.
    pub role: Option<&'a str>,
    /// The first day of the membership.
    pub from: Option<String>,
    /// The last day of the membership.
    pub to: Option<String>,
    /// Whether the member may vote.
    pub voting: bool,
}

/// Something that was resolved, in a list.
#[derive(Serialize, Hash)]
pub struct ResolutionRow {
    /// Its words.
    pub text: String,
    /// The place where it stands.
    pub href: String,
    /// The item it belongs to.
    pub item: rows::ItemRow,
    /// What became of the item's decision: called in, superseded; or nothing.
    pub state: Html,
    /// With the last that a list shows of an item: how many more the item has.
    pub more: usize,
}

/// How many recent resolutions a page shows.
const RECENT: usize = 10;

pub fn view<'a>(site: &Site<'a>, id: BodyId) -> BodyView<'a> {
    let archive = site.archive;
    let body = &archive.bodies[id];
    let gone = |m: &&Membership| body.ended(m, site.today).is_some();
    let member = |m: &'a Membership| MemberRow {
        who: rows::person(site, Some(m.person), ""),
        role: m.role.as_deref(),
        from: m.from.map(|d| d.to_string()),
        to: body.ended(m, site.today).or(m.to).map(|d| d.to_string()),
        voting: m.voting,
    };
    let (upcoming, past) = split(site, &body.meetings);
    let newest = body
        .meetings
        .iter()
        .rev()
        .flat_map(|m| archive.meetings[*m].items.iter().copied());
    let last = body
        .sittings
        .last()
        .map(|s| archive.meetings[archive.sittings[*s].meeting].date.year());
    let page = Make {
        kind: "body",
        section: "bodies",
        title: body.name.clone(),
        description: Some(site.plain(&body.text))
            .filter(|t| !t.is_empty())
            .unwrap_or_else(|| body.name.clone()),
        url: site.routes.body(id),
        crumbs: vec![crumb(site, "bodies")],
        changed: None,
    };
    BodyView {
        page: page
            .frame(site, body.source.as_ref())
            .about(super::ld::body(site, id)),
        name: &body.name,
        kind: body.kind.as_deref(),
        from: body.from.map(|d| d.to_string()),
        to: body.to.map(|d| d.to_string()),
        quorum: body.quorum,
        parent: body.parent.map(|p| rows::body(site, p)),
        children: body.children.iter().map(|c| rows::body(site, *c)).collect(),
        remit: site.html(&body.text, &[], Quote::own(3)),
        contact: contact(&body.contact),
        members: body.members.iter().filter(|m| !gone(m)).map(member).collect(),
        former: body.members.iter().filter(gone).map(member).collect(),
        years: timeline::of_body(site, id),
        upcoming,
        past,
        decisions: body
            .decisions
            .iter()
            .rev()
            .map(|d| rows::decision(site, *d))
            .collect(),
        resolutions: resolutions(site, newest.clone(), RECENT),
        attendance: last.and_then(|year| attendance::table(site, id, year)),
        attendance_year: last,
        actions: actions::of(site, newest, body.decisions.iter().rev().copied())
            .into_iter()
            .filter(|a| a.state != "done")
            .collect(),
    }
}

/// Meetings still to come, the next first, and those before today, newest first.
pub fn split(
    site: &Site,
    meetings: &[MeetingId],
) -> (Vec<Shared<rows::MeetingRow>>, Vec<Shared<rows::MeetingRow>>) {
    let comes = |m: &&MeetingId| site.archive.meetings[**m].is_to_come(site.today);
    let upcoming = meetings
        .iter()
        .filter(comes)
        .map(|m| rows::meeting(site, *m))
        .collect();
    let past = meetings
        .iter()
        .rev()
        .filter(|m| !comes(m))
        .map(|m| rows::meeting(site, *m))
        .collect();
    (upcoming, past)
}

/// The first `most` resolutions and decisions of some items; a text that an
/// item has under both headings is shown once. Where they end within an item,
/// the last says how many more it has; one alone is not left out.
pub fn resolutions(site: &Site, items: impl Iterator<Item = ItemId>, most: usize) -> Vec<ResolutionRow> {
    let mut rows: Vec<ResolutionRow> = Vec::new();
    for id in items {
        let item = &site.archive.items[id];
        let said: Vec<&Entry> = actions::entries(&item.sections)
            .into_iter()
            .filter(|entry| matches!(entry.kind, EntryKind::Decision | EntryKind::Resolved))
            .collect();
        if said.is_empty() {
            continue;
        }
        let state = rows::state(site, item);
        let room = most.saturating_sub(rows.len());
        let shown = if said.len() == room + 1 { room + 1 } else { room };
        let more = said.len().saturating_sub(shown);
        rows.extend(said.into_iter().take(shown).map(|entry| ResolutionRow {
            text: entry.text.clone(),
            href: Place::Item(id).entry(site, entry),
            item: rows::item(site, id),
            state: state.clone(),
            more: 0,
        }));
        if let Some(last) = rows.last_mut() {
            last.more = more;
        }
        if rows.len() >= most {
            break;
        }
    }
    rows
}
