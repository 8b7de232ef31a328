//! What an agenda item looks like, wherever it is shown, and its own page.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use super::frame::{Frame, Link, Make, Name, crumb};
use super::rows;
use crate::model::*;
use crate::outlets::registers::attendance::{Count, Stretch, bar};
use crate::paths::web_address;
use crate::site::{Html, Ids, Quote, Shared, Site};
use crate::text::dates;
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
    /// What the number is before the title: `number`, or `number long`. Nothing where the title is all.
    pub number_class: Option<&'static str>,
    /// Its title.
    pub title: String,
    /// A note stands above its text: it is withheld, or parts of it are missing.
    pub noted: bool,
    /// Withheld, and why: `paragraph 3` or nothing more.
    pub exempt: Option<String>,
    /// Facts at its top: report, lead member and the like.
    pub fields: Vec<FieldBlock>,
    /// Some of them are to be shown on this page.
    pub facts: bool,
    /// Its text, section by section.
    pub sections: Vec<SectionBlock>,
    /// Parts of it are not in this archive: `minutes`.
    pub incomplete: Option<String>,
    /// How it is cited, on the page that is its home.
    pub citation: Option<super::cite::Citation>,
}

/// A fact at the top of an item.
#[derive(Serialize, Hash)]
pub struct FieldBlock {
    /// `report`, `introduced-by` …
    pub key: &'static str,
    /// The author's own word for it.
    pub label: String,
    /// HTML; empty when names follow.
    pub html: String,
    /// The people, when the fact is about people.
    pub names: Vec<Name>,
    /// The whole value, when it is a day: ISO.
    pub date: Option<String>,
    /// The value, whatever it is: a text, names, a day, a recording.
    pub value: Html,
    /// It names nothing but the issue whose page this is, and need not be shown.
    pub own: bool,
    /// It is the first under its label, of those to be shown.
    pub opens: bool,
    /// It is the last under its label, of those to be shown.
    pub closes: bool,
    /// The whole value, when it is an address on the web.
    pub href: Option<String>,
}

/// A section of an item: what was decided, minuted, resolved.
#[derive(Serialize, Hash)]
pub struct SectionBlock {
    /// `minutes`, `decision` …; `free` for a heading of the author's own.
    pub kind: &'static str,
    /// Empty for the text right under the title.
    pub label: String,
    /// Its id on this page, when it has one.
    pub id: Option<String>,
    /// Its text.
    pub html: Html,
    /// The text goes on at the item's own page.
    pub cut: bool,
    /// Given when it is a vote; its lines say all.
    pub vote: Option<VoteBlock>,
}

/// A vote.
#[derive(Serialize, Hash)]
pub struct VoteBlock {
    /// What was voted on, when the heading says so.
    pub title: Option<String>,
    /// The sides as a picture; empty when one of the two is not counted.
    pub division: Vec<Stretch>,
    /// Motion, mover, numbers and result, in the order in which they were written.
    pub lines: Vec<VoteLineBlock>,
}

/// A line of a vote.
#[derive(Serialize, Hash)]
pub struct VoteLineBlock {
    /// `for`, `against`, `moved-by` …
    pub key: &'static str,
    /// The author's own word for it.
    pub label: String,
    /// Its value, as HTML.
    pub html: String,
    /// How many voted so.
    pub count: Option<u32>,
    /// Who voted so.
    pub names: Vec<Name>,
    /// More names stand behind these, which were left out.
    pub more: bool,
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
}

pub fn block(site: &Site, id: ItemId, shown: &Shown) -> ItemBlock {
    let item = &site.archive.items[id];
    let quote = |top: u8| Quote {
        ids: shown.ids,
        top,
        item: Some(id),
    };
    let mut fields: Vec<FieldBlock> = item
        .fields
        .iter()
        .filter(|f| f.key != FieldKey::Incomplete)
        .filter_map(|f| field(site, f, quote(6), shown.issue))
        .collect();
    mark_runs(&mut fields);
    let title = rows::title_of(item);
    let incomplete = item.fields.iter().find(|f| f.key == FieldKey::Incomplete);
    ItemBlock {
        id: format!("item-{}", item.address),
        prefix: match shown.ids {
            Ids::Behind(prefix) => prefix.to_owned(),
            _ => String::new(),
        },
        href: site.routes.item_href(id),
        number: item.number.clone(),
        number_words: rows::number_words(site, item),
        number_class: number_class(item, &title),
        title,
        noted: item.exempt.is_some() || incomplete.is_some(),
        citation: match shown.ids {
            Ids::Bare => super::cite::citation(site, id, ""),
            Ids::Behind(prefix) if !site.config.item_pages => super::cite::citation(site, id, prefix),
            _ => None,
        },
        exempt: item.exempt.as_ref().map(|e| e.reason.clone()),
        facts: fields.iter().any(|f| !f.own),
        fields,
        sections: sections(site, &item.sections, shown, Some(id)),
        incomplete: incomplete.map(|f| match &f.value {
            FieldValue::Text(text) => text.text(),
            _ => String::new(),
        }),
    }
}

/// A longer number than this needs another place before the title.
const SHORT_NUMBER: usize = 4;

fn number_class(item: &Item, title: &str) -> Option<&'static str> {
    let number = item.number.as_deref().filter(|n| !n.is_empty() && *n != title)?;
    Some(match number.chars().count() > SHORT_NUMBER {
        true => "number long",
        false => "number",
    })
}

/// Whether a text can be nothing but a day or an address on the web: few are.
fn may_be_whole(html: &str) -> bool {
    let digits = html.bytes().filter(u8::is_ascii_digit).count();
    digits >= "20240312".len() || html.contains("://")
}

/// Notes which fact begins and which ends those under one label.
fn mark_runs(fields: &mut [FieldBlock]) {
    let mut last: Option<usize> = None;
    for at in 0..fields.len() {
        if fields[at].own {
            continue;
        }
        let goes_on = last.is_some_and(|last| fields[last].label == fields[at].label);
        fields[at].opens = !goes_on;
        fields[at].closes = true;
        if let Some(last) = last.filter(|_| goes_on) {
            fields[last].closes = false;
        }
        last = Some(at);
    }
}

/// The value of a fact as HTML.
fn value(site: &Site, key: FieldKey, field: (&str, &[Name], Option<Date>, Option<&str>)) -> Html {
    let (html, names, day, href) = field;
    let mut out = String::new();
    for (n, name) in names.iter().enumerate() {
        if n > 0 {
            out.push_str(", ");
        }
        match &name.href {
            Some(href) => link(&mut out, "", href, &name.name),
            None => push_escaped(&mut out, &name.name),
        }
    }
    match (day, href) {
        (Some(day), _) => {
            let _ = write!(out, "<time datetime=\"{day}\">");
            push_escaped(&mut out, &site.long_date(day));
            out.push_str("</time>");
        }
        (None, Some(href)) if key == FieldKey::Webcast => {
            link(&mut out, " class=\"watch\"", href, site.words.get("watch"));
        }
        _ => out.push_str(html),
    }
    Html(out)
}

fn link(out: &mut String, class: &str, href: &str, words: &str) {
    out.push_str("<a");
    out.push_str(class);
    out.push_str(" href=\"");
    push_escaped(out, href);
    out.push_str("\">");
    push_escaped(out, words);
    out.push_str("</a>");
}

fn field(site: &Site, field: &Field, quote: Quote, of: Option<IssueId>) -> Option<FieldBlock> {
    let mut html = String::new();
    let (mut date, mut href) = (None, None);
    let names = match &field.value {
        FieldValue::Text(text) => {
            html = site.html(text, &[], quote);
            if may_be_whole(&text.html) {
                let words = text.text();
                date = dates::iso(&words).ok();
                href = web_address(&words).filter(|_| !words.contains(char::is_whitespace));
            }
            Vec::new()
        }
        FieldValue::People(people) => people
            .iter()
            .map(|(id, name)| rows::person(site, *id, name))
            .collect(),
        FieldValue::Issues(issues) => {
            let link = |id: &IssueId| rows::issue(site, *id);
            issues
                .iter()
                .map(link)
                .map(|l| Name {
                    href: Some(l.href),
                    name: l.name,
                })
                .collect()
        }
    };
    let own = match (&field.value, of) {
        (FieldValue::Issues(issues), Some(of)) => field.key == FieldKey::Issue && *issues == [of],
        _ => false,
    };
    let empty = html.is_empty() && names.is_empty() && field.key == FieldKey::Issue;
    (!empty).then(|| FieldBlock {
        key: field.key.name(),
        label: field.label.clone(),
        value: value(site, field.key, (&html, &names, date, href.as_deref())),
        own,
        opens: false,
        closes: false,
        html,
        names,
        date: date.map(|day| day.to_string()),
        href,
    })
}

/// Sections in the author's order.
pub fn sections(site: &Site, sections: &[Section], shown: &Shown, item: Option<ItemId>) -> Vec<SectionBlock> {
    let mut seen: Vec<SectionKind> = Vec::new();
    sections
        .iter()
        .map(|section| {
            let top = if section.label.is_empty() {
                shown.level
            } else {
                shown.level + 1
            };
            let quote = Quote {
                ids: shown.ids,
                top,
                item,
            };
            let first = !seen.contains(&section.kind);
            seen.push(section.kind);
            let named = match section.kind {
                SectionKind::Vote => section.vote.as_ref().map(|v| format!("vote-{}", v.number)),
                SectionKind::Free => None,
                kind => first.then(|| kind.name().to_owned()),
            };
            let id = named.and_then(|name| match shown.ids {
                Ids::None => None,
                Ids::Bare => Some(name),
                Ids::Behind(prefix) => Some(format!("{prefix}{name}")),
            });
            let (html, cut) = match shown.longest {
                Some(longest) => site.excerpt(&section.text, &section.entries, quote, longest),
                None => (site.html(&section.text, &section.entries, quote), false),
            };
            let vote = section.vote.as_ref().map(|v| vote(site, v, quote));
            SectionBlock {
                kind: section.kind.name(),
                label: section.label.clone(),
                id,
                html: Html(html),
                cut,
                vote,
            }
        })
        .collect()
}

fn vote(site: &Site, vote: &Vote, quote: Quote) -> VoteBlock {
    let line = |line: &VoteLine| VoteLineBlock {
        key: line.key.name(),
        label: line.label.clone(),
        html: site.html(&line.text, &[], quote),
        count: line.count,
        names: line
            .names
            .iter()
            .map(|(id, name)| rows::person(site, *id, name))
            .collect(),
        more: !line.whole,
    };
    VoteBlock {
        title: vote.title.clone(),
        division: division(vote),
        lines: vote.lines.iter().map(line).collect(),
    }
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
    /// The same issue at other meetings.
    pub elsewhere: Vec<Elsewhere>,
}

/// An issue of the item, and the other items that considered it.
#[derive(Serialize, Hash)]
pub struct Elsewhere {
    /// The issue.
    pub issue: Link,
    /// The newest of them.
    pub items: Vec<rows::ItemRow>,
    /// How many more the issue's page has.
    pub more: usize,
}

/// How many other items of an issue an item's page lists.
const ELSEWHERE: usize = 6;

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
    };
    let block = block(site, id, &shown);
    let title = rows::title_of(item);
    let meeting_name = site.meeting_name(item.meeting);
    let summary = item
        .sections
        .iter()
        .map(|s| s.text.text())
        .find(|t| !t.is_empty())
        .unwrap_or_default();
    let elsewhere = item.issues.iter().map(|issue| Elsewhere {
        issue: rows::issue(site, *issue),
        items: archive.issues[*issue]
            .items
            .iter()
            .filter(|i| **i != id)
            .take(ELSEWHERE)
            .map(|i| rows::item(site, *i))
            .collect(),
        more: archive.issues[*issue].items.len().saturating_sub(ELSEWHERE + 1),
    });
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
        changed: Some(meeting.changed()),
    };
    ItemView {
        page: page.frame(site, Some(&meeting.source)),
        item: block,
        meeting: rows::meeting(site, item.meeting),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(Some(at + 1)),
        elsewhere: elsewhere.collect(),
    }
}

/// The sides of a vote, each as wide as its votes; none when one of the two is
/// not counted.
pub fn division(vote: &Vote) -> Vec<Stretch> {
    let sides = [
        VoteKey::For,
        VoteKey::Abstained,
        VoteKey::NotVoting,
        VoteKey::Against,
    ];
    let count = |key: VoteKey| vote.lines.iter().find(|l| l.key == key)?.votes();
    let counts: Vec<Count> = sides
        .iter()
        .filter_map(|key| {
            let n = count(*key).filter(|n| *n > 0)?;
            Some(Count { key: key.name(), n })
        })
        .collect();
    let told = count(VoteKey::For).is_some() && count(VoteKey::Against).is_some();
    if told { bar(&counts) } else { Vec::new() }
}
