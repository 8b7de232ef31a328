//! Where a block of fields ends before its list or paragraph does. Markdown
//! takes a line right under an entry for a part of it, and an entry that is no
//! `Key:` for one of the same list; what they say is text of the item.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::agenda::Reader;
use super::exempt;
use super::fields::{self, Behind};
use super::labels::Label;
use super::markdown::{self, BlockKind, Ev};
use crate::model::{FieldKey, SectionKind};
use crate::report::{Diagnostic, rules};
use crate::text::scan;

impl Reader<'_> {
    /// Makes blocks of their own of what stands behind the fields of items and
    /// the lines of votes. `level`: that of items, and one deeper are sections;
    /// of the first level is none.
    pub(super) fn end_fields(&mut self, level: u8) {
        let mut ends: Vec<(usize, bool, Behind)> = Vec::new();
        // The heading that a block stands under, and whether it may hold the
        // fields of an item, and not the lines of a vote.
        let mut under: Option<(usize, bool)> = None;
        for n in 0..self.blocks.len() {
            match self.blocks[n].kind {
                BlockKind::Heading(l) if l == level + 1 => under = Some((n, false)),
                BlockKind::Heading(l) => under = Some((n, true)).filter(|_| level > 1 && l <= level),
                BlockKind::List | BlockKind::Paragraph => {
                    let Some((heading, of_item)) = under else { continue };
                    // The lines of a vote may stand below other words.
                    under = under.filter(|_| !of_item);
                    ends.extend(self.end_of(n, heading, of_item).map(|end| (n, of_item, end)));
                }
                BlockKind::Other => {}
            }
        }
        if ends.is_empty() {
            return;
        }
        let mut events = Vec::with_capacity(self.events.len() + ends.len() * 4);
        let mut from = 0;
        for (n, of_item, end) in ends {
            let block = self.blocks[n].events.clone();
            events.extend_from_slice(&self.events[from..block.start]);
            from = block.end;
            let inner = &self.events[block];
            let Some(parts) = divided(inner, end.from) else {
                events.extend_from_slice(inner);
                continue;
            };
            events.extend(parts);
            if let Some(late) = end.late {
                let (words, help) = match of_item {
                    true => (
                        "this is no field, for text stands above it",
                        "move it right under the fields above",
                    ),
                    false => (
                        "this is no line of the vote, for text stands above it",
                        "move it right under the lines above",
                    ),
                };
                self.report
                    .push(Diagnostic::new(&rules::LATE_FIELDS, self.path, Some(late), words).help(help));
            }
        }
        events.extend_from_slice(&self.events[from..]);
        self.blocks = markdown::blocks(&events);
        self.events = events;
    }

    /// Where the fields in a block end, if text stands behind them in it.
    fn end_of(&self, n: usize, heading: usize, of_item: bool) -> Option<Behind> {
        let labels = self.labels;
        let known = |key: &str| match of_item {
            true => labels.field(key).is_some(),
            false => labels.vote(key).is_some(),
        };
        let end = fields::behind(self.source, self.blocks[n].span.clone(), known)?;
        let of_vote = || {
            matches!(
                labels.section(&self.words_of(heading)),
                Label::Section(SectionKind::Vote) | Label::NamedVote(_)
            )
        };
        ((of_item || of_vote()) && !self.may_withhold(n)).then_some(end)
    }

    /// Whether a line here or in the next block may decide whether the item is
    /// public. Where it stands matters then, and nothing is moved.
    fn may_withhold(&self, n: usize) -> bool {
        let last = self.blocks.get(n + 1).unwrap_or(&self.blocks[n]);
        let text = &self.source[self.blocks[n].span.start..last.span.end];
        let all = n..self.blocks.len();
        self.withholds(n, &all).is_some()
            || scan::lines(text).any(|line| {
                exempt::line(line).is_some()
                    || fields::key_of(line).is_some_and(|key| {
                        matches!(
                            self.labels.field(&key),
                            Some(FieldKey::Exempt | FieldKey::Publish)
                        ) || exempt::is_key(&key)
                            || exempt::is_nearly_key(&key)
                    })
            })
    }
}

/// Divides a list or a paragraph before the line that begins at a place: what
/// stands there is a paragraph or a list of its own. None where it cannot be
/// divided, as within emphasis.
fn divided<'a>(block: &[Ev<'a>], from: usize) -> Option<Vec<Ev<'a>>> {
    let at = 1 + block[1..]
        .iter()
        .position(|ev| ev.range.start >= from && !matches!(ev.event, Event::End(_)))?;
    let close = |ev: &Ev<'a>| match ev.event {
        Event::Start(Tag::List(first)) => Some(TagEnd::List(first.is_some())),
        Event::Start(Tag::Item) => Some(TagEnd::Item),
        Event::Start(Tag::Paragraph) => Some(TagEnd::Paragraph),
        _ => None,
    };
    let mut open: Vec<usize> = Vec::new();
    for (n, ev) in block[..at].iter().enumerate() {
        match ev.event {
            Event::Start(_) => open.push(n),
            Event::End(_) => drop(open.pop()),
            _ => {}
        }
    }
    let is_break = matches!(block[at - 1].event, Event::SoftBreak | Event::HardBreak);
    let is_item = matches!(block[at].event, Event::Start(Tag::Item)) && open.len() == 1;
    if !is_item && !is_break {
        return None;
    }
    let mut out = Vec::with_capacity(block.len() + 6);
    out.extend_from_slice(&block[..at - usize::from(is_break)]);
    for n in open.iter().rev() {
        out.push(Ev::made(
            Event::End(close(&block[*n])?),
            block[*n].range.start..from,
        ));
        out[*n].range.end = from;
    }
    let mut at = at;
    if is_break {
        let is_inline = |ev: &Ev| match &ev.event {
            Event::Start(tag) => matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            ),
            Event::End(tag) => matches!(
                tag,
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
            ),
            Event::Rule | Event::Html(_) => false,
            _ => true,
        };
        let until = at + block[at..].iter().position(|ev| !is_inline(ev))?;
        let place = from..block[until - 1].range.end;
        out.push(Ev::made(Event::Start(Tag::Paragraph), place.clone()));
        out.extend_from_slice(&block[at..until]);
        out.push(Ev::made(Event::End(TagEnd::Paragraph), place));
        at = until;
    }
    // What is left of the entry, and of each list that it stands in, follows.
    for n in open.iter().rev() {
        let is_list = matches!(block[*n].event, Event::Start(Tag::List(_)));
        let ends = matches!(block.get(at)?.event, Event::End(_));
        if is_list && !ends {
            out.push(Ev::made(
                block[*n].event.clone(),
                block[at].range.start..block[*n].range.end,
            ));
        }
        let mut depth = 0usize;
        let rest = block[at..].iter().take_while(|ev| {
            match ev.event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return false,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            true
        });
        let from = at;
        at += rest.count();
        out.extend_from_slice(&block[from..at]);
        if is_list && !ends {
            out.push(block[at].clone());
        }
        at += 1;
    }
    Some(out)
}
