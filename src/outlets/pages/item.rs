//! What an agenda item looks like, wherever it is shown, and its own page.

use jiff::civil::Date;
use serde::Serialize;

use super::frame::{Frame, Link, Make, crumb};
use super::parts::{self, FieldBlock, Piece, SectionBlock};
use super::rows;
use crate::model::*;
use crate::site::{Html, Ids, Quote, Shared, Site};
use crate::text::escape::push_escaped;

/// An item as a block of a page.
#[derive(Serialize, Hash)]
pub struct ItemBlock {
    /// Its anchor on the meeting's page: `item-5`.
    pub id: String,
    /// What stands before the ids inside it on this page: `item-5-` or nothing.
    pub prefix: String,
    /// Its own page, or its place on the meeting's page where items have none.
    pub href: String,
    /// Its number, as it was written.
    pub number: Option<String>,
    /// The same in words: `Item 5`.
    pub number_words: Option<String>,
    /// Its title.
    pub title: String,
    /// Number and title, the number marked.
    pub heading: Html,
    /// Withheld, and why: `paragraph 3` or nothing more.
    pub exempt: Option<String>,
    /// The facts at its top, on its own page: report, lead member and the like.
    pub facts: Html,
    /// All of it below its heading but what `facts` holds, in pieces.
    pub text: Vec<Piece>,
    /// The facts at its top, one by one. For a theme with templates of its own.
    pub fields: Vec<FieldBlock>,
    /// Its text, section by section. For a theme with templates of its own.
    pub sections: Vec<SectionBlock>,
    /// Parts of it are not in this archive: `minutes`.
    pub incomplete: Option<String>,
    /// How it is cited, on the page that is its home.
    pub citation: Option<super::cite::Citation>,
}

/// How an item is shown.
pub struct Shown<'s> {
    pub ids: Ids<'s>,
    /// The level of the headings of its sections.
    pub level: u8,
    /// Long texts are cut after this many bytes.
    pub longest: Option<u32>,
    /// The issue whose page this is.
    pub issue: Option<IssueId>,
    /// The facts at an item's top stand apart from its text.
    pub apart: bool,
}

pub fn block(site: &Site, id: ItemId, shown: &Shown) -> ItemBlock {
    let item = &site.archive.items[id];
    let quote = |top: u8| Quote {
        ids: shown.ids,
        top,
        item: Some(id),
    };
    let (facts, fields) = parts::facts(site, item, quote(6), shown.issue);
    let title = rows::title_of(item);
    let incomplete = item.fields.iter().find(|f| f.key == FieldKey::Incomplete);
    let incomplete = incomplete.map(|f| match &f.value {
        FieldValue::Text(text) => site.plain(text),
        _ => String::new(),
    });
    let exempt = item.exempt.as_ref().map(|e| e.reason.clone());
    let mut above = String::new();
    if let Some(reason) = &exempt {
        parts::note(&mut above, true, site.words.get("exempt"), reason);
    }
    if let Some(missing) = &incomplete {
        parts::note(&mut above, false, site.words.get("incomplete"), missing);
    }
    let facts = match shown.apart {
        true => facts,
        false => {
            parts::below(&mut above, &facts.0);
            Html::default()
        }
    };
    let href = site.routes.item_href(id);
    let rest = parts::Rest {
        href: &href,
        number: item.number.as_deref(),
    };
    let told = parts::sections(site, &item.sections, shown, Some(id), (above, rest));
    ItemBlock {
        id: format!("item-{}", item.address),
        prefix: match shown.ids {
            Ids::Behind(prefix) => prefix.to_owned(),
            _ => String::new(),
        },
        number: item.number.clone(),
        number_words: rows::number_words(site, item),
        heading: heading(item, &title),
        title,
        citation: match shown.ids {
            Ids::Bare => super::cite::citation(site, id, ""),
            Ids::Behind(prefix) if !site.config.item_pages => super::cite::citation(site, id, prefix),
            _ => None,
        },
        exempt,
        facts,
        text: told.text,
        fields,
        sections: told.sections,
        incomplete,
        href,
    }
}

/// A longer number than this needs another place before the title.
const SHORT_NUMBER: usize = 4;

fn heading(item: &Item, title: &str) -> Html {
    let mut out = String::with_capacity(title.len() + 48);
    if let Some(number) = item.number.as_deref().filter(|n| !n.is_empty() && *n != title) {
        out.push_str(match number.chars().count() > SHORT_NUMBER {
            true => "<span class=\"number long\">",
            false => "<span class=\"number\">",
        });
        push_escaped(&mut out, number);
        out.push_str(".</span> ");
    }
    push_escaped(&mut out, title);
    Html(out)
}

/// An item's own page.
#[derive(Serialize, Hash)]
pub struct ItemView<'a> {
    pub page: Frame<'a>,
    /// The item.
    pub item: ItemBlock,
    /// Its meeting.
    pub meeting: Shared<rows::MeetingRow>,
    /// The item before it.
    pub previous: Option<Link>,
    /// The item after it.
    pub next: Option<Link>,
    /// Its issues before and after this item.
    pub elsewhere: Vec<Elsewhere>,
}

/// An issue of the item, and what came before and after the item in it.
#[derive(Serialize, Hash)]
pub struct Elsewhere {
    /// The issue.
    pub issue: Link,
    /// The steps nearest to the item, newest first.
    pub steps: Vec<NearStep>,
    /// How many the issue's page has, this item among them.
    pub all: usize,
}

/// Another item that considered the issue, or a decision taken outside meetings.
#[derive(Serialize, Hash)]
pub struct NearStep {
    /// `previous` or `next`, right before or after this item.
    pub which: Option<&'static str>,
    /// Given when it was at a meeting.
    pub item: Option<rows::ItemRow>,
    /// Given when it was a decision outside one.
    pub decision: Option<rows::DecisionRow>,
}

/// How many other steps of an issue an item's page lists.
const ELSEWHERE: usize = 6;

/// A step of an issue, in the order in which they were taken: of one day those
/// at meetings come last, as on the issue's page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum StepId {
    Outside(DecisionId),
    Item(ItemId),
}

fn elsewhere(site: &Site, issue: IssueId, id: ItemId) -> Elsewhere {
    let archive = site.archive;
    let (items, decisions) = (&archive.issues[issue].items, &archive.issues[issue].decisions);
    let day = |item: ItemId| archive.meetings[archive.items[item].meeting].date;
    let own = (day(id), StepId::Item(id));
    // An issue may have thousands of steps; near ones are told by their days.
    // The items stand newest first but for those of one meeting, the decisions
    // oldest first.
    let newer = items.partition_point(|i| day(*i) > own.0);
    let of_day = items[newer..].iter().take_while(|i| day(**i) == own.0).count();
    let near = newer.saturating_sub(ELSEWHERE)..(newer + of_day + ELSEWHERE).min(items.len());
    let before = decisions.partition_point(|d| archive.decisions[*d].date < own.0);
    let around = before.saturating_sub(ELSEWHERE)..(before + ELSEWHERE).min(decisions.len());
    let mut steps: Vec<(Date, StepId)> = items[near].iter().map(|i| (day(*i), StepId::Item(*i))).collect();
    steps.extend(
        decisions[around]
            .iter()
            .map(|d| (archive.decisions[*d].date, StepId::Outside(*d))),
    );
    steps.sort_unstable();
    let at = steps.iter().position(|step| *step == own).unwrap_or(0);
    let from = at
        .saturating_sub(ELSEWHERE / 2)
        .min(steps.len().saturating_sub(ELSEWHERE + 1));
    let to = (from + ELSEWHERE + 1).min(steps.len());
    let row = |n: usize| NearStep {
        which: match n {
            n if n + 1 == at => Some("previous"),
            n if n == at + 1 => Some("next"),
            _ => None,
        },
        item: match steps[n].1 {
            StepId::Item(item) => Some(rows::item(site, item)),
            StepId::Outside(_) => None,
        },
        decision: match steps[n].1 {
            StepId::Item(_) => None,
            StepId::Outside(decision) => Some(rows::decision(site, decision)),
        },
    };
    Elsewhere {
        issue: rows::issue(site, issue),
        steps: (from..to).rev().filter(|n| *n != at).map(row).collect(),
        all: items.len() + decisions.len(),
    }
}

pub fn view<'a>(site: &Site<'a>, id: ItemId) -> ItemView<'a> {
    let archive = site.archive;
    let item = &archive.items[id];
    let meeting = &archive.meetings[item.meeting];
    let at = meeting.items.iter().position(|i| *i == id).unwrap_or(0);
    let neighbour = |at: Option<usize>| {
        let other = *meeting.items.get(at?)?;
        let row = &archive.items[other];
        let name = match &row.number {
            Some(number) if !row.title.is_empty() => format!("{number}. {}", row.title),
            _ => rows::title_of(row),
        };
        Some(Link {
            href: site.routes.item_href(other),
            name,
        })
    };
    let shown = Shown {
        ids: Ids::Bare,
        level: 2,
        longest: None,
        issue: None,
        apart: true,
    };
    let block = block(site, id, &shown);
    let title = rows::title_of(item);
    let meeting_name = site.meeting_name(item.meeting);
    let summary = item
        .sections
        .iter()
        .map(|s| site.plain(&s.text))
        .find(|t| !t.is_empty())
        .unwrap_or_default();
    let mut crumbs = vec![crumb(site, "meetings")];
    crumbs.extend(meeting.bodies.first().map(|b| rows::body(site, *b).into()));
    crumbs.push(
        Link {
            href: site.routes.meeting_href(item.meeting),
            name: meeting_name.clone(),
        }
        .into(),
    );
    let url = site
        .routes
        .item_page(id)
        .unwrap_or_else(|| site.routes.meeting(item.meeting));
    let page = Make {
        kind: "item",
        section: "meetings",
        title: format!("{title} – {meeting_name}"),
        description: if summary.is_empty() {
            format!("{title}: {meeting_name}")
        } else {
            summary
        },
        url,
        crumbs,
        changed: site.changed(meeting),
    };
    ItemView {
        page: page.frame(site, Some(&meeting.source)),
        item: block,
        meeting: rows::meeting(site, item.meeting),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(Some(at + 1)),
        elsewhere: item
            .issues
            .iter()
            .map(|issue| elsewhere(site, *issue, id))
            .collect(),
    }
}
