//! The lists that reach every record.

use serde::Serialize;

use super::frame::{Frame, Link, Make, Name, crumb};
use super::rows;
use crate::model::*;
use crate::site::{Shared, Site};

/// A month with its meetings, in the order of their days.
#[derive(Serialize, Hash)]
pub struct Month {
    /// 1 to 12
    pub month: i8,
    /// Its meetings, in the order of their days.
    pub meetings: Vec<Shared<rows::MeetingRow>>,
}

/// A year that has meetings.
#[derive(Serialize, Hash)]
pub struct YearLink {
    /// Its page.
    pub href: String,
    /// The year.
    pub year: i16,
    /// How many meetings it has.
    pub meetings: usize,
}

fn year_links(site: &Site) -> Vec<YearLink> {
    let count = |year: i16| {
        site.archive
            .meetings
            .rows()
            .filter(|m| m.date.year() == year)
            .count()
    };
    super::years(site)
        .into_iter()
        .map(|year| YearLink {
            href: site.routes.href(&site.routes.year(year)),
            year,
            meetings: count(year),
        })
        .collect()
}

/// The list of all meetings.
#[derive(Serialize, Hash)]
pub struct MeetingsView<'a> {
    pub page: Frame<'a>,
    /// The years that have meetings, newest first.
    pub years: Vec<YearLink>,
    /// Meetings to come, soonest first.
    pub upcoming: Vec<Shared<rows::MeetingRow>>,
    /// The newest that are past.
    pub recent: Vec<Shared<rows::MeetingRow>>,
    /// The bodies, with their meetings.
    pub bodies: Vec<BodyRow>,
}

/// How many past meetings the list of all shows before it sends to the years.
const RECENT: usize = 30;

pub fn meetings<'a>(site: &Site<'a>) -> MeetingsView<'a> {
    let all: Vec<MeetingId> = site.archive.meetings.ids().collect();
    let (upcoming, past) = super::body::split(site, &all);
    let page = Make {
        kind: "meetings",
        section: "meetings",
        title: String::new(),
        description: String::new(),
        url: site.routes.list("meetings"),
        crumbs: Vec::new(),
        changed: None,
    };
    MeetingsView {
        page: page.frame(site, None),
        years: year_links(site),
        upcoming,
        recent: past.into_iter().take(RECENT).collect(),
        bodies: body_rows(site),
    }
}

/// The meetings of a year.
#[derive(Serialize, Hash)]
pub struct YearView<'a> {
    pub page: Frame<'a>,
    /// The year.
    pub year: i16,
    /// All years that have meetings, newest first.
    pub years: Vec<YearLink>,
    /// Its months that have meetings.
    pub months: Vec<Month>,
}

pub fn year<'a>(site: &Site<'a>, year: i16) -> YearView<'a> {
    let mut months: Vec<Month> = Vec::new();
    for (id, meeting) in site
        .archive
        .meetings
        .iter()
        .filter(|(_, m)| m.date.year() == year)
    {
        let month = meeting.date.month();
        if months.last().is_none_or(|m| m.month != month) {
            months.push(Month {
                month,
                meetings: Vec::new(),
            });
        }
        if let Some(last) = months.last_mut() {
            last.meetings.push(rows::meeting(site, id));
        }
    }
    let page = Make {
        kind: "year",
        section: "meetings",
        title: year.to_string(),
        description: String::new(),
        url: site.routes.year(year),
        crumbs: vec![crumb(site, "meetings")],
        changed: None,
    };
    YearView {
        page: page.frame(site, None),
        year,
        years: year_links(site),
        months,
    }
}

/// A body in a list.
#[derive(Serialize, Hash)]
pub struct BodyRow {
    /// The body.
    pub body: Link,
    /// `committee`, `council` …, as in its file.
    pub kind: Option<String>,
    /// The body it answers to.
    pub parent: Option<Link>,
    /// The day it was dissolved, when that is past.
    pub dissolved: Option<String>,
    /// How many meetings it has here.
    pub meetings: usize,
    /// The meeting it held last.
    pub last: Option<Shared<rows::MeetingRow>>,
    /// Its next meeting.
    pub next: Option<Shared<rows::MeetingRow>>,
}

fn body_rows(site: &Site) -> Vec<BodyRow> {
    let row = |id: &BodyId| {
        let body = &site.archive.bodies[*id];
        let comes = |m: &&MeetingId| {
            site.archive.meetings[**m].date >= site.today
                && site.archive.meetings[**m].status == Status::Scheduled
        };
        let took_place = |m: &&MeetingId| {
            let meeting = &site.archive.meetings[**m];
            meeting.date <= site.today && !meeting.status.is_off() && !comes(m)
        };
        BodyRow {
            body: rows::body(site, *id),
            kind: body.kind.clone(),
            parent: body.parent.map(|p| rows::body(site, p)),
            dissolved: body.to.filter(|to| *to < site.today).map(|d| d.to_string()),
            meetings: body.meetings.len(),
            last: body
                .meetings
                .iter()
                .rev()
                .find(took_place)
                .map(|m| rows::meeting(site, *m)),
            next: body.meetings.iter().find(comes).map(|m| rows::meeting(site, *m)),
        }
    };
    site.archive.order.bodies.iter().map(row).collect()
}

/// The list of bodies.
#[derive(Serialize, Hash)]
pub struct BodiesView<'a> {
    pub page: Frame<'a>,
    /// The bodies by their names, those that were dissolved last.
    pub bodies: Vec<BodyRow>,
}

pub fn bodies<'a>(site: &Site<'a>) -> BodiesView<'a> {
    let page = list_page(site, "bodies");
    BodiesView {
        page,
        bodies: body_rows(site),
    }
}

fn list_page<'a>(site: &Site<'a>, name: &'static str) -> Frame<'a> {
    let page = Make {
        kind: name,
        section: name,
        title: String::new(),
        description: String::new(),
        url: site.routes.list(name),
        crumbs: Vec::new(),
        changed: None,
    };
    page.frame(site, None)
}

/// A person in a list.
#[derive(Serialize, Hash)]
pub struct PersonRow {
    /// The person.
    pub who: Link,
    /// The name as it is sorted: `Roe, Jane`.
    pub sort: String,
    /// Party or group.
    pub party: Option<String>,
    /// The bodies they are in today.
    pub roles: Vec<Name>,
    /// How many meetings they attended.
    pub meetings: usize,
}

/// People under a letter.
#[derive(Serialize, Hash)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// The people, in the order of their names.
    pub people: Vec<PersonRow>,
}

/// The list of people.
#[derive(Serialize, Hash)]
pub struct PeopleView<'a> {
    pub page: Frame<'a>,
    /// The people by the first letter of the name they are sorted by.
    pub letters: Vec<Letter>,
    /// How many there are.
    pub count: usize,
}

pub fn people<'a>(site: &Site<'a>) -> PeopleView<'a> {
    let mut letters: Vec<Letter> = Vec::new();
    for id in &site.archive.order.people {
        let person = &site.archive.people[*id];
        let letter = person
            .sort
            .chars()
            .find(|c| c.is_alphanumeric())
            .map_or_else(|| "#".into(), |c| c.to_uppercase().to_string());
        if letters.last().is_none_or(|l| l.letter != letter) {
            letters.push(Letter {
                letter,
                people: Vec::new(),
            });
        }
        let today = |m: &&(BodyId, Membership)| site.archive.bodies[m.0].holds(&m.1, site.today);
        let row = PersonRow {
            who: Link {
                href: site.routes.person_href(*id),
                name: person.name.clone(),
            },
            sort: person.sort.clone(),
            party: person.party.clone(),
            roles: person
                .memberships
                .iter()
                .filter(today)
                .map(|(body, _)| rows::body(site, *body))
                .map(|l| Name {
                    href: Some(l.href),
                    name: l.name,
                })
                .collect(),
            meetings: person.attendance.iter().filter(|a| a.1.attended()).count(),
        };
        if let Some(last) = letters.last_mut() {
            last.people.push(row);
        }
    }
    PeopleView {
        page: list_page(site, "people"),
        letters,
        count: site.archive.order.people.len(),
    }
}

/// An issue in a list.
#[derive(Serialize, Hash)]
pub struct IssueRow {
    /// The issue.
    pub issue: Link,
    /// The authority's own reference.
    pub reference: Option<String>,
    /// `open`, `decided`, `withdrawn` or `superseded`.
    pub status: Option<String>,
    /// `contract`, `petition` …, as in its file.
    pub kind: Option<String>,
    /// How many meetings considered it.
    pub meetings: usize,
    /// The meeting that considered it last.
    pub last: Option<Shared<rows::MeetingRow>>,
}

/// The issues that meetings considered last, the newest first.
pub fn moving(site: &Site, most: usize) -> Vec<IssueRow> {
    let mut seen: Vec<IssueId> = Vec::new();
    for item in site.archive.items.rows().rev() {
        if seen.len() >= most {
            break;
        }
        if site.archive.meetings[item.meeting].date > site.today {
            continue;
        }
        for issue in &item.issues {
            if !seen.contains(issue) && seen.len() < most {
                seen.push(*issue);
            }
        }
    }
    seen.into_iter().map(|id| issue_row(site, id)).collect()
}

fn issue_row(site: &Site, id: IssueId) -> IssueRow {
    let issue = &site.archive.issues[id];
    let mut meetings: Vec<MeetingId> = issue
        .items
        .iter()
        .map(|i| site.archive.items[*i].meeting)
        .collect();
    meetings.dedup();
    IssueRow {
        issue: rows::issue(site, id),
        reference: issue.reference.clone(),
        status: issue.status.clone(),
        kind: issue.kind.clone(),
        meetings: meetings.len(),
        // What is still to come has considered nothing yet, and what did not take
        // place nothing at all; what awaits its minutes does not say.
        last: meetings
            .into_iter()
            .find(|m| {
                let meeting = &site.archive.meetings[*m];
                meeting.date <= site.today && !meeting.status.is_off() && !site.awaits_minutes(meeting)
            })
            .map(|m| rows::meeting(site, m)),
    }
}

/// The list of issues.
#[derive(Serialize, Hash)]
pub struct IssuesView<'a> {
    pub page: Frame<'a>,
    /// The issues.
    pub issues: Vec<IssueRow>,
    /// All topics.
    pub topics: Vec<Link>,
}

pub fn issues<'a>(site: &Site<'a>) -> IssuesView<'a> {
    let topic = |(id, topic): (TopicId, &Topic)| Link {
        href: site.routes.href(&site.routes.topic(id)),
        name: topic.name.clone(),
    };
    IssuesView {
        page: list_page(site, "issues"),
        issues: site
            .archive
            .order
            .issues
            .iter()
            .map(|i| issue_row(site, *i))
            .collect(),
        topics: site.archive.topics.iter().map(topic).collect(),
    }
}

/// A topic in a list.
#[derive(Serialize, Hash)]
pub struct TopicRow {
    /// The topic.
    pub topic: Link,
    /// How many issues belong to it.
    pub issues: usize,
    /// How many items are tagged with it.
    pub items: usize,
}

/// The list of topics.
#[derive(Serialize, Hash)]
pub struct TopicsView<'a> {
    pub page: Frame<'a>,
    /// The topics by their names.
    pub topics: Vec<TopicRow>,
}

pub fn topics<'a>(site: &Site<'a>) -> TopicsView<'a> {
    let row = |(id, topic): (TopicId, &Topic)| TopicRow {
        topic: Link {
            href: site.routes.href(&site.routes.topic(id)),
            name: topic.name.clone(),
        },
        issues: topic.issues.len(),
        items: topic.items.len(),
    };
    let mut page = list_page(site, "topics");
    page.section = "issues";
    TopicsView {
        page,
        topics: site.archive.topics.iter().map(row).collect(),
    }
}

/// All that stands under a topic.
#[derive(Serialize, Hash)]
pub struct TopicView<'a> {
    pub page: Frame<'a>,
    /// The topic.
    pub name: &'a str,
    /// Its issues.
    pub issues: Vec<IssueRow>,
    /// Items that are tagged with it.
    pub items: Vec<rows::ItemRow>,
}

pub fn topic<'a>(site: &Site<'a>, id: TopicId) -> TopicView<'a> {
    let topic = &site.archive.topics[id];
    let page = Make {
        kind: "topic",
        section: "issues",
        title: topic.name.clone(),
        description: topic.name.clone(),
        url: site.routes.topic(id),
        crumbs: vec![crumb(site, "issues"), crumb(site, "topics")],
        changed: None,
    };
    TopicView {
        page: page.frame(site, None),
        name: &topic.name,
        issues: topic.issues.iter().map(|i| issue_row(site, *i)).collect(),
        items: topic.items.iter().rev().map(|i| rows::item(site, *i)).collect(),
    }
}
