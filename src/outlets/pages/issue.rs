//! An issue's page: every meeting that considered the matter, newest first,
//! under that meeting's own title and number for it.

use jiff::civil::Date;
use std::collections::BTreeMap;

use serde::Serialize;

use super::actions::{self, ActionRow};
use super::frame::{Frame, Link, Make, Name, crumb};
use super::item::{self, ItemBlock, Shown};
use super::parts::{self, Piece, Rest, SectionBlock};
use super::timeline::{self, Timeline};
use super::{body, rows};
use crate::model::*;
use crate::site::{Html, Ids, Quote, Shared, Site};
use crate::text::escape::push_escaped;

/// An issue, and all that became of it.
#[derive(Serialize, Hash)]
pub struct IssueView<'a> {
    pub page: Frame<'a>,
    /// What the matter is called.
    pub title: &'a str,
    /// The authority's own reference.
    pub reference: Option<&'a str>,
    /// `contract`, `petition` …, as in its file.
    pub kind: Option<&'a str>,
    /// `open`, `decided`, `withdrawn` or `superseded`.
    pub status: Option<&'a str>,
    /// The member in charge.
    pub lead_member: Option<Name>,
    /// When the next decision is due, and whose it is.
    pub due: Option<Due>,
    /// Its topics.
    pub topics: Vec<Link>,
    /// What it is about, as HTML.
    pub background: String,
    /// The issues that took its place.
    pub replaced_by: Vec<Link>,
    /// What the last meeting or member to decide on it decided.
    pub latest: Option<Latest>,
    /// How many of its actions are not done.
    pub open_actions: usize,
    /// Its way as a picture.
    pub timeline: Option<Timeline>,
    /// Meetings that have it on their agenda, the next one first.
    pub coming: Vec<Considered>,
    /// What became of it, newest first: at meetings, and outside them.
    pub history: Vec<Step>,
    /// What meetings set to be done about it.
    pub actions: Vec<ActionRow>,
    /// Issues it has to do with.
    pub related: Vec<Related<'a>>,
}

/// A decision that is to come.
#[derive(Serialize, Hash)]
pub struct Due {
    /// Who decides.
    pub body: Option<Link>,
    /// The day it is due.
    pub date: Option<String>,
}

/// The last decision, with the place where it stands.
#[derive(Serialize, Hash)]
pub struct Latest {
    /// In a meeting.
    pub resolutions: Vec<body::ResolutionRow>,
    /// Outside one.
    pub decision: Option<rows::DecisionRow>,
    /// Until which day it can be called in, unless that is past.
    pub call_in: Option<String>,
    /// The day from which it holds, where that is to come.
    pub effective: Option<String>,
    /// What became of it, in the words of its record, as HTML.
    pub state: Html,
}

/// A meeting that considered the issue, or a decision taken outside one.
#[derive(Serialize, Hash)]
pub struct Step {
    /// Given when it was a meeting.
    pub considered: Option<Considered>,
    /// Given when it was a decision outside one.
    pub decision: Option<Outside>,
}

/// A decision taken outside a meeting, with its text.
#[derive(Serialize, Hash)]
pub struct Outside {
    /// Its anchor on the page.
    pub id: String,
    /// The decision.
    pub row: rows::DecisionRow,
    /// Withheld, and why.
    pub exempt: Option<String>,
    /// Its text, in pieces.
    pub text: Vec<Piece>,
    /// The same, section by section. For a theme with templates of its own.
    pub sections: Vec<SectionBlock>,
}

/// A meeting that considered the issue, and what it has under it.
#[derive(Serialize, Hash)]
pub struct Considered {
    /// Its anchor on the page: the meeting's address and the item's.
    pub id: String,
    /// The meeting.
    pub meeting: Shared<rows::MeetingRow>,
    /// Day, body and number: `27 June 2017 – Cabinet (Item 5)`.
    pub place: Html,
    /// The item's own title and the state of its meeting, where there is something to say.
    pub own_title: Option<Html>,
    /// What tells it from the meeting's other items of this issue, where no number does.
    pub apart: Option<String>,
    /// The item, under that meeting's own title and number.
    pub item: ItemBlock,
}

/// An issue that has to do with another.
#[derive(Serialize, Hash)]
pub struct Related<'a> {
    /// The other issue.
    pub issue: Link,
    /// In which way, as it was written: `follows`.
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
        issue: Some(id),
        apart: false,
    };
    let apart = apart(archive, &issue.items);
    let considered = |id: ItemId| {
        let meeting = rows::meeting(site, archive.items[id].meeting);
        let item = item::block(site, id, &shown);
        Considered {
            id: timeline::anchor(site, id),
            place: rows::place(&meeting, item.number_words.as_deref()),
            own_title: own_title(&meeting, &item.title, &issue.title),
            apart: apart.get(&id).cloned(),
            meeting,
            item,
        }
    };
    let day = |id: ItemId| archive.meetings[archive.items[id].meeting].date;
    let comes = |id: &ItemId| {
        let meeting = &archive.meetings[archive.items[*id].meeting];
        meeting.status == Status::Scheduled && meeting.date >= site.today
    };
    let mut steps: Vec<(Date, Step)> = Vec::new();
    for id in issue.items.iter().filter(|id| !comes(id)) {
        let step = Step {
            considered: Some(considered(*id)),
            decision: None,
        };
        steps.push((day(*id), step));
    }
    for id in issue.decisions.iter().rev() {
        let step = Step {
            considered: None,
            decision: Some(outside(site, *id, &shown)),
        };
        steps.push((archive.decisions[*id].date, step));
    }
    // A stable sort: within a day the order stays that of the meetings.
    steps.sort_by_key(|step| std::cmp::Reverse(step.0));
    let actions = actions::of(
        site,
        issue.items.iter().copied(),
        issue.decisions.iter().rev().copied(),
    );
    let page = Make {
        kind: "issue",
        section: "issues",
        title: issue.title.clone(),
        description: describe(site, issue),
        url: site.routes.issue(id),
        crumbs: vec![crumb(site, "issues")],
        changed: issue
            .items
            .iter()
            .find_map(|i| site.changed(&archive.meetings[archive.items[*i].meeting])),
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
        due: issue.due.map(|due| Due {
            body: due.body.map(|b| rows::body(site, b)),
            date: due.date.map(|d| d.to_string()),
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
        replaced_by: replaced_by(site, id),
        latest: latest(site, issue),
        open_actions: actions.iter().filter(|a| a.state != "done").count(),
        timeline: timeline::of_issue(site, id),
        coming: issue
            .items
            .iter()
            .rev()
            .filter(|id| comes(id))
            .map(|id| considered(*id))
            .collect(),
        history: steps.into_iter().map(|s| s.1).collect(),
        actions,
        related,
    }
}

/// Nothing where an item is called as the issue is, and its meeting is as most are.
fn own_title(meeting: &rows::MeetingRow, title: &str, issue: &str) -> Option<Html> {
    (title != issue || !meeting.badges.is_empty() || meeting.off).then(|| {
        let mut out = String::new();
        push_escaped(&mut out, title);
        out.push_str(&meeting.marks.0);
        Html(out)
    })
}

/// The titles of items without a number that stand in one meeting, each other
/// than those before it.
fn apart(archive: &Archive, items: &[ItemId]) -> BTreeMap<ItemId, String> {
    let mut meetings: BTreeMap<MeetingId, Vec<ItemId>> = BTreeMap::new();
    for id in items.iter().filter(|id| archive.items[**id].number.is_none()) {
        meetings.entry(archive.items[*id].meeting).or_default().push(*id);
    }
    let mut out = BTreeMap::new();
    for ids in meetings.values_mut().filter(|ids| ids.len() > 1) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        ids.sort_unstable();
        for id in ids {
            let title = archive.items[*id].title.as_str();
            let times = seen.entry(title).or_default();
            *times += 1;
            out.insert(
                *id,
                if *times > 1 {
                    format!("{title} ({times})")
                } else {
                    title.to_owned()
                },
            );
        }
    }
    out
}

fn outside(site: &Site, id: DecisionId, shown: &Shown) -> Outside {
    let decision = &site.archive.decisions[id];
    let row = rows::decision(site, id);
    let mut above = String::new();
    if let Some(exempt) = &decision.exempt {
        parts::note(&mut above, true, site.words.get("exempt"), &exempt.reason);
    }
    let rest = Rest {
        href: &row.href,
        number: None,
    };
    let told = parts::sections(site, &decision.sections, shown, None, (above, rest));
    Outside {
        id: decision.id.clone(),
        exempt: decision.exempt.as_ref().map(|e| e.reason.clone()),
        text: told.text,
        sections: told.sections,
        row,
    }
}

/// So many points of the last decision stand at the top of the page.
const POINTS: usize = 3;

fn latest(site: &Site, issue: &Issue) -> Option<Latest> {
    let archive = site.archive;
    let decision = issue.decisions.last().copied();
    let since = decision.map(|d| archive.decisions[d].date);
    let running = |day: Option<Date>| day.filter(|day| *day >= site.today).map(|day| day.to_string());
    let coming = |day: Option<Date>| day.filter(|day| *day > site.today).map(|day| day.to_string());
    for id in &issue.items {
        if since.is_some_and(|day| archive.meetings[archive.items[*id].meeting].date < day) {
            break;
        }
        let resolutions = body::resolutions(site, std::iter::once(*id), POINTS);
        if !resolutions.is_empty() {
            let item = &archive.items[*id];
            return Some(Latest {
                resolutions,
                decision: None,
                call_in: running(item.day(FieldKey::CallIn)),
                effective: coming(item.day(FieldKey::Effective)),
                state: rows::state(site, item),
            });
        }
    }
    let id = decision?;
    let decision = &archive.decisions[id];
    Some(Latest {
        resolutions: Vec::new(),
        decision: Some(rows::decision(site, id)),
        call_in: running(decision.call_in),
        effective: coming(decision.effective),
        state: rows::state_outside(decision),
    })
}

/// The issues that took its place, as it says itself or they do.
fn replaced_by(site: &Site, id: IssueId) -> Vec<Link> {
    let archive = site.archive;
    let says = |how: &Option<String>, words: [&str; 2]| {
        how.as_deref()
            .is_some_and(|how| words.iter().any(|word| how.trim().eq_ignore_ascii_case(word)))
    };
    let issue = &archive.issues[id];
    let own = issue.related.iter();
    let mut found: Vec<IssueId> = own
        .filter(|(_, how)| says(how, ["replaced by", "superseded by"]))
        .map(|(other, _)| *other)
        .collect();
    for other in &issue.named_by {
        let mut related = archive.issues[*other].related.iter();
        let replaces = related.any(|(named, how)| *named == id && says(how, ["replaces", "supersedes"]));
        if replaces && !found.contains(other) {
            found.push(*other);
        }
    }
    found.into_iter().map(|other| rows::issue(site, other)).collect()
}

fn describe(site: &Site, issue: &Issue) -> String {
    let text = site.plain(&issue.text);
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
