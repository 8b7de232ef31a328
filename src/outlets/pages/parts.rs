//! What an item or a decision says: finished HTML in pieces, a vote behind the
//! piece that it follows; and, for themes with templates of their own, the same
//! part by part.

use std::fmt::Write;
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use super::frame::Name;
use super::item::Shown;
use super::rows;
use crate::model::*;
use crate::outlets::registers;
use crate::outlets::registers::attendance::{Count, Stretch, bar};
use crate::paths::web_address;
use crate::site::{Html, Ids, Quote, Site};
use crate::text::dates;
use crate::text::escape::push_escaped;

/// A stretch of finished text.
#[derive(Serialize, Hash)]
pub struct Piece {
    /// The text.
    pub html: Html,
    /// The vote that stands behind it.
    pub vote: Option<VoteBlock>,
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
    pub date: Option<Date>,
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
    /// The sides as a picture, each as wide as its votes.
    pub bar: Html,
    /// The sides, for the key of the picture; empty when one of the two is not counted.
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

/// A text in its pieces; part by part only where somebody asks for that.
pub struct Told {
    pub text: Vec<Piece>,
    pub sections: Vec<SectionBlock>,
}

/// Where the rest of a text stands that is cut here; nowhere, when none is cut.
#[derive(Default)]
pub struct Rest<'r> {
    pub href: &'r str,
    /// The number of its item.
    pub number: Option<&'r str>,
}

/// A note above a text, with more about it.
pub fn note(out: &mut String, exempt: bool, words: &str, more: &str) {
    let (open, close) = match exempt {
        true => ("<p class=\"note note-exempt\"><strong>", "</strong>"),
        false => ("<p class=\"note\">", ""),
    };
    below(out, open);
    push_escaped(out, words);
    out.push_str(close);
    if !more.is_empty() {
        out.push_str(": ");
        push_escaped(out, more);
    }
    out.push_str("</p>");
}

/// Puts HTML on a line of its own.
pub fn below(out: &mut String, html: &str) {
    if !out.is_empty() && !html.is_empty() {
        out.push('\n');
    }
    out.push_str(html);
}

/// The facts at the top of an item, those under one label together. What names
/// nothing but the issue whose page this is need not be shown.
pub fn facts(site: &Site, item: &Item, quote: Quote, of: Option<IssueId>) -> (Html, Vec<FieldBlock>) {
    let mut out = String::new();
    let mut blocks = Vec::new();
    let mut open = None;
    for field in item.fields.iter().filter(|f| f.key != FieldKey::Incomplete) {
        let Some(block) = field_block(site, field, quote) else {
            continue;
        };
        if !is_own(field, of) {
            if open != Some(&field.label) {
                out.push_str(match open {
                    None => "<dl class=\"fields\">\n",
                    Some(_) => "</div>\n",
                });
                let _ = write!(out, "<div class=\"field-{}\"><dt>", block.key);
                push_escaped(&mut out, &field.label);
                out.push_str("</dt>");
                open = Some(&field.label);
            }
            out.push_str("<dd>");
            value(&mut out, site, field.key, &block);
            out.push_str("</dd>");
        }
        if site.words.parts {
            blocks.push(block);
        }
    }
    if open.is_some() {
        out.push_str("</div>\n</dl>");
    }
    (Html(out), blocks)
}

fn is_own(field: &Field, of: Option<IssueId>) -> bool {
    match (&field.value, of) {
        (FieldValue::Issues(issues), Some(of)) => field.key == FieldKey::Issue && *issues == [of],
        _ => false,
    }
}

/// Whether a text can be nothing but a day or an address on the web: few are.
fn may_be_whole(html: &str) -> bool {
    let digits = html.bytes().filter(u8::is_ascii_digit).count();
    digits >= "20240312".len() || html.contains("://")
}

/// The value of a fact, whatever it is: a text, names, a day, a recording.
fn value(out: &mut String, site: &Site, key: FieldKey, block: &FieldBlock) {
    rows::push_list(out, &block.names, rows::push_name);
    match (&block.date, &block.href) {
        (Some(day), _) => {
            let _ = write!(out, "<time datetime=\"{day}\">");
            push_escaped(out, &site.long_date(*day));
            out.push_str("</time>");
        }
        (None, Some(href)) if key == FieldKey::Webcast => {
            rows::push_link(out, " class=\"watch\"", href, site.words.get("watch"));
        }
        _ => out.push_str(&block.html),
    }
}

/// The text of a fact as HTML. Days are written in words, and addresses are
/// links, where that is what it holds.
pub fn text_of_field(site: &Site, key: FieldKey, text: &Text, quote: Quote) -> String {
    let mut out = String::new();
    match key {
        // Marks of its own say how it is to look.
        _ if !text.slots.is_empty() || text.html.contains('<') => {}
        FieldKey::KeyDecision => {
            let words = site.plain(text);
            let word = match words.trim().to_lowercase().as_str() {
                "yes" | "true" | "ja" => "yes",
                "no" | "false" | "nee" | "nein" => "no",
                _ => "",
            };
            if !word.is_empty() {
                push_escaped(&mut out, site.words.get(word));
            }
        }
        FieldKey::Contact => crate::text::links::push_linked(&mut out, &site.plain(text)),
        FieldKey::Notice | FieldKey::CallIn | FieldKey::Effective => {
            let words = site.plain(text);
            let mut from = 0;
            for (range, day) in numeric_days(&words) {
                push_escaped(&mut out, &words[from..range.start]);
                let _ = write!(out, "<time datetime=\"{day}\">");
                push_escaped(&mut out, &site.long_date(day));
                out.push_str("</time>");
                from = range.end;
            }
            push_escaped(&mut out, &words[from..]);
        }
        _ => {}
    }
    if out.is_empty() {
        out = site.html(text, &[], quote);
    }
    out
}

/// The days that are written in digits in a text, and where they stand.
fn numeric_days(text: &str) -> impl Iterator<Item = (Range<usize>, Date)> {
    let days = dates::in_words(text).into_iter();
    days.map(|found| (found.start..found.end, found.date))
        .filter(|(range, _)| dates::iso(&text[range.clone()]).is_ok())
}

fn field_block(site: &Site, field: &Field, quote: Quote) -> Option<FieldBlock> {
    let mut html = String::new();
    let (mut date, mut href) = (None, None);
    let names = match &field.value {
        FieldValue::Text(text) => {
            html = text_of_field(site, field.key, text, quote);
            if may_be_whole(&text.html) {
                let words = site.plain(text);
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
    let empty = html.is_empty() && names.is_empty() && field.key == FieldKey::Issue;
    (!empty).then(|| FieldBlock {
        key: field.key.name(),
        label: field.label.clone(),
        html,
        names,
        date,
        href,
    })
}

/// Sections in the author's order, below what stands `above` them.
pub fn sections(
    site: &Site,
    sections: &[Section],
    shown: &Shown,
    item: Option<ItemId>,
    (above, rest): (String, Rest<'_>),
) -> Told {
    let bytes: usize = sections.iter().map(|s| room(&s.text)).sum();
    let mut out = above;
    out.reserve(bytes);
    let mut told = Told {
        text: Vec::new(),
        sections: Vec::new(),
    };
    let mut seen: Vec<SectionKind> = Vec::new();
    for section in sections {
        let first = !seen.contains(&section.kind);
        seen.push(section.kind);
        let id = id(section, first, shown.ids);
        let (element, top) = match section.label.is_empty() {
            true => ("div", shown.level),
            false => ("section", shown.level + 1),
        };
        let quote = Quote {
            ids: shown.ids,
            top,
            item,
        };
        below(&mut out, "<");
        let kind = section.kind.name();
        let _ = write!(out, "{element} class=\"section section-{kind}\"");
        if let Some(id) = &id {
            out.push_str(" id=\"");
            push_escaped(&mut out, id);
            out.push('"');
        }
        out.push('>');
        if !section.label.is_empty() {
            let _ = write!(out, "\n<h{}>", shown.level);
            push_escaped(&mut out, &section.label);
            let _ = write!(out, "</h{}>", shown.level);
        }
        let vote = section.vote.as_ref().map(|v| vote(site, v, quote));
        if let Some(vote) = vote {
            told.text.push(Piece {
                html: Html(std::mem::take(&mut out)),
                vote: Some(vote),
            });
        }
        if !out.is_empty() {
            out.push('\n');
        }
        let from = out.len();
        let cut = match shown.longest {
            Some(longest) => site.push_excerpt(&mut out, &section.text, &section.entries, quote, longest),
            None => {
                site.push_html(&mut out, &section.text, &section.entries, quote);
                false
            }
        };
        if site.words.parts {
            told.sections.push(SectionBlock {
                kind,
                label: section.label.clone(),
                id,
                html: Html(out[from..].to_owned()),
                cut,
                vote: section.vote.as_ref().map(|v| self::vote(site, v, quote)),
            });
        }
        if cut {
            out.push_str("\n<p class=\"more\">");
            let words = match rest.number {
                Some(number) => site.words.get("full_minutes").replace("{n}", number),
                None => site.words.get("full_text").to_owned(),
            };
            rows::push_link(&mut out, "", rest.href, &words);
            out.push_str("</p>");
        }
        let _ = write!(out, "\n</{element}>");
    }
    if !out.is_empty() {
        told.text.push(Piece {
            html: Html(out),
            vote: None,
        });
    }
    told
}

/// About how many bytes a text comes to.
fn room(text: &Text) -> usize {
    text.html.len() + text.slots.len() * 24 + 128
}

/// The id of a section: the first of a kind has one, and each vote.
fn id(section: &Section, first: bool, ids: Ids) -> Option<String> {
    let named = match section.kind {
        SectionKind::Vote => section.vote.as_ref().map(|v| format!("vote-{}", v.number)),
        SectionKind::Free => None,
        kind => first.then(|| kind.name().to_owned()),
    };
    named.and_then(|name| match ids {
        Ids::None => None,
        Ids::Bare => Some(name),
        Ids::Behind(prefix) => Some(format!("{prefix}{name}")),
    })
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
    let division = division(vote);
    let mut bar = String::new();
    registers::draw::division(&mut bar, site, &division);
    VoteBlock {
        title: vote.title.clone(),
        bar: Html(bar),
        division,
        lines: vote.lines.iter().map(line).collect(),
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
