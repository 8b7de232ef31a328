//! An issue's page: every meeting that considered the matter, newest first,
//! under that meeting's own title and number for it.

use serde::Serialize;

use super::frame::{Frame, Link, Make, Name, crumb};
use super::item::{self, ItemBlock, Shown};
use super::rows;
use crate::model::*;
use crate::site::{Ids, Quote, Site};

#[derive(Serialize, Hash)]
pub struct IssueView<'a> {
    pub page: Frame<'a>,
    pub title: &'a str,
    pub reference: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub status: Option<&'a str>,
    pub lead_member: Option<Name>,
    pub due: Option<Due>,
    pub topics: Vec<Link>,
    pub background: String,
    pub considered: Vec<Considered>,
    pub decisions: Vec<rows::DecisionRow>,
    pub actions: Vec<ActionRow>,
    pub related: Vec<Related<'a>>,
}

#[derive(Serialize, Hash)]
pub struct Due {
    pub body: Option<Link>,
    pub date: Option<String>,
}

/// A meeting that considered the issue, and what it has under it.
#[derive(Serialize, Hash)]
pub struct Considered {
    pub meeting: rows::MeetingRow,
    pub item: ItemBlock,
}

/// An action that a meeting set.
#[derive(Serialize, Hash)]
pub struct ActionRow {
    pub text: String,
    pub href: String,
    pub owner: Option<Name>,
    pub due: Option<String>,
    pub done: Option<String>,
    /// `open`, `overdue` or `done`
    pub state: &'static str,
    pub meeting: rows::MeetingRow,
}

#[derive(Serialize, Hash)]
pub struct Related<'a> {
    pub issue: Link,
    pub how: Option<&'a str>,
}

/// Minutes longer than this are cut at a paragraph.
const LONGEST: u32 = 2500;

pub fn view<'a>(site: &Site<'a>, id: IssueId) -> IssueView<'a> {
    let archive = site.archive;
    let issue = &archive.issues[id];
    let shown = Shown {
        ids: Ids::None,
        level: 4,
        longest: Some(LONGEST),
    };
    let considered: Vec<Considered> = issue
        .items
        .iter()
        .map(|item| Considered {
            meeting: rows::meeting(site, archive.items[*item].meeting),
            item: item::block(site, *item, &shown),
        })
        .collect();
    let page = Make {
        kind: "issue",
        section: "issues",
        title: issue.title.clone(),
        description: describe(site, issue),
        url: site.routes.issue(id),
        crumbs: vec![crumb(site, "issues")],
        changed: issue
            .items
            .first()
            .map(|i| archive.meetings[archive.items[*i].meeting].changed()),
    };
    let mut related: Vec<Related> = issue
        .related
        .iter()
        .map(|(other, how)| Related {
            issue: rows::issue(site, *other),
            how: how.as_deref(),
        })
        .collect();
    let known: Vec<IssueId> = issue.related.iter().map(|r| r.0).collect();
    related.extend(
        issue
            .named_by
            .iter()
            .filter(|other| !known.contains(other))
            .map(|other| Related {
                issue: rows::issue(site, *other),
                how: None,
            }),
    );
    IssueView {
        page: page.frame(site, issue.source.as_ref()),
        title: &issue.title,
        reference: issue.reference.as_deref(),
        kind: issue.kind.as_deref(),
        status: issue.status.as_deref(),
        lead_member: issue
            .lead_member
            .as_ref()
            .map(|(id, name)| rows::person(site, *id, name)),
        due: issue.due.map(|(body, date)| Due {
            body: body.map(|b| rows::body(site, b)),
            date: date.map(|d| d.to_string()),
        }),
        topics: issue
            .topics
            .iter()
            .map(|t| Link {
                href: site.routes.href(&site.routes.topic(*t)),
                name: archive.topics[*t].name.clone(),
            })
            .collect(),
        background: site.html(&issue.text, &[], Quote::own(3)),
        considered,
        decisions: issue
            .decisions
            .iter()
            .rev()
            .map(|d| rows::decision(site, *d))
            .collect(),
        actions: actions(site, issue.items.iter().copied()),
        related,
    }
}

fn describe(site: &Site, issue: &Issue) -> String {
    let text = issue.text.text();
    if !text.is_empty() {
        return text;
    }
    let dates: Vec<String> = issue
        .items
        .iter()
        .take(3)
        .map(|i| site.long_date(site.archive.meetings[site.archive.items[*i].meeting].date))
        .collect();
    if dates.is_empty() {
        issue.title.clone()
    } else {
        format!("{}: {}", issue.title, dates.join(", "))
    }
}

/// The actions of some items, those still open first.
pub fn actions(site: &Site, items: impl Iterator<Item = ItemId>) -> Vec<ActionRow> {
    let mut rows: Vec<(bool, ActionRow)> = Vec::new();
    for id in items {
        let item = &site.archive.items[id];
        for section in &item.sections {
            for entry in &section.entries {
                let assigned = entry.owner.is_some() || entry.due.is_some() || entry.done.is_some();
                if entry.kind != EntryKind::Action && !assigned {
                    continue;
                }
                let done = entry.done.is_some() || entry.ticked == Some(true);
                let state = match (done, entry.due) {
                    (true, _) => "done",
                    (_, Some(due)) if due < site.today => "overdue",
                    _ => "open",
                };
                let href = rows::entry_href(site, id, entry);
                let row = ActionRow {
                    text: entry.text.clone(),
                    href,
                    owner: entry
                        .owner
                        .as_ref()
                        .map(|(id, name)| rows::person(site, *id, name)),
                    due: entry.due.map(|d| d.to_string()),
                    done: entry.done.map(|d| d.to_string()),
                    state,
                    meeting: rows::meeting(site, item.meeting),
                };
                rows.push((done, row));
            }
        }
    }
    rows.sort_by_key(|r| r.0);
    rows.into_iter().map(|r| r.1).collect()
}
