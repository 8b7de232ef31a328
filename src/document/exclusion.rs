//! The exclusion of the press and public. The resolution itself is public; what
//! stands behind it is withheld, unless it is said to be public, until the
//! public is let in again.

use std::ops::Range;

use super::agenda::{Reader, numbered_title};
use super::exempt::{self, Door};
use super::fields::{self, FieldDoc};
use super::labels::Label;
use super::markdown::BlockKind;
use crate::model::FieldKey;
use crate::paths::Span;
use crate::report::{Diagnostic, rules};
use crate::text::names;

/// Where the text begins that stands behind the exclusion of the public.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// In the item that says so, further down.
    InIt,
    /// With the next item.
    Next,
}

/// The block with the mark `Publish`.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub block: usize,
    /// Nothing else stands in it.
    pub alone: bool,
    /// It says `yes`.
    pub yes: bool,
}

/// What is known of the exclusion of the public, from item to item.
#[derive(Default)]
pub(super) struct Exclusion {
    /// The heading that sent it out.
    heading: Option<Span>,
    /// Items that are withheld for no other reason, by headings.
    withheld: Vec<(Span, Vec<Span>)>,
    /// An item whose words say that the public was sent out.
    in_words: Option<Span>,
    /// Such items with text behind them that is published.
    published: Vec<(Span, Span)>,
}

impl Exclusion {
    pub fn begins(&mut self, heading: Span) {
        self.heading.get_or_insert(heading);
        self.in_words = None;
    }

    pub fn over(&mut self) {
        self.heading = None;
        self.in_words = None;
    }

    /// An item is withheld for what stands above it.
    pub fn withholds(&mut self, item: Span) {
        let Some(heading) = self.heading else { return };
        match self.withheld.last_mut().filter(|last| last.0 == heading) {
            Some(last) => last.1.push(item),
            None => self.withheld.push((heading, vec![item])),
        }
    }

    /// An item that is withheld shows that somebody thought of it.
    pub fn is_heeded(&mut self) {
        self.in_words = None;
    }

    /// An item is published; its words may send the public out.
    pub fn publishes(&mut self, heading: Span, sends_out: bool) {
        if let Some(said) = self.in_words.take() {
            self.published.push((said, heading));
        }
        if sends_out {
            self.in_words = Some(heading);
        }
    }
}

impl Reader<'_> {
    /// Whether an item sends the public out, by its title or a heading in it.
    /// Behind a heading in it may stand the resolution, and no other matter.
    pub(super) fn shuts(&self, blocks: &Range<usize>, title: bool) -> Option<Behind> {
        let mut shut = title;
        let mut by_title = title;
        let mut behind = false;
        for n in blocks.clone() {
            let block = &self.blocks[n];
            if !matches!(block.kind, BlockKind::Heading(_)) {
                continue;
            }
            let words = || self.words_of(n);
            if shut {
                let words = words();
                let numbered = numbered_title(&words).0.is_some();
                let free = !matches!(
                    self.labels.section(&words),
                    Label::Section(_) | Label::NamedVote(_)
                );
                behind |= numbered || (free && !by_title);
            }
            match exempt::door(&self.source[block.span.clone()]) {
                Some(Door::Shuts) => (shut, by_title) = (true, by_title && shut),
                Some(Door::Opens) => shut = false,
                None => {}
            }
        }
        match (shut, behind) {
            (_, true) => Some(Behind::InIt),
            (true, false) => Some(Behind::Next),
            (false, false) => None,
        }
    }

    /// The mark that an item is public although it stands behind the exclusion
    /// of the public; any other value than `yes` is told.
    pub(super) fn publish(&mut self, blocks: &Range<usize>) -> Option<Mark> {
        let n = blocks.clone().find(|n| !self.is_invisible(&self.blocks[*n]))?;
        let block = &self.blocks[n];
        if !matches!(block.kind, BlockKind::List | BlockKind::Paragraph) {
            return None;
        }
        let labels = self.labels;
        let known = |key: &str| labels.field(key);
        let read = fields::read(self.source, block.span.clone(), known, FieldKey::Other, |_| false)?;
        let alone = read.iter().all(|field| field.key == FieldKey::Publish);
        let mark = read.iter().find(|field| field.key == FieldKey::Publish)?;
        let yes = self.is_published(mark);
        Some(Mark { block: n, alone, yes })
    }

    /// Whether the mark says so. Any other value than `yes` withholds the item.
    pub(super) fn is_published(&mut self, mark: &FieldDoc<FieldKey>) -> bool {
        let yes = ["yes", "true"].contains(&names::fold(&mark.value.text).as_str());
        if !yes {
            let words = "`Publish` takes `yes`; the item is withheld";
            self.report.push(
                Diagnostic::new(&rules::EXEMPT_UNREADABLE, self.path, Some(mark.label_span), words)
                    .help("write `Exempt: 3` under an item that is not public, and `Publish: yes` under one that is, although it stands behind the exclusion of the public")
                    .withheld(true),
            );
        }
        yes
    }

    /// Tells what is withheld for no other reason than the exclusion of the
    /// public, and what is published although the words of an item say it.
    pub(super) fn behind_exclusion(&mut self, exclusion: &Exclusion) {
        const HELP: &str = "write `- Exempt: 3` under each item that is exempt, with the paragraph, and `- Publish: yes` under each that is public";
        let line = |at: u32| 1 + memchr::memchr_iter(b'\n', &self.source.as_bytes()[..at as usize]).count();
        let mut said = Vec::new();
        for (heading, items) in &exclusion.withheld {
            let Some(first) = items.first() else { continue };
            let what = match items.len() {
                1 => format!("what stands behind it on line {} is withheld", line(first.start)),
                n => format!(
                    "{n} headings behind it are withheld, from line {} on",
                    line(first.start)
                ),
            };
            let words = format!("this heading sends the public out, so {what}");
            let help = format!(
                "{HELP}; a heading such as `## Readmission of the public` lets all that follows be public"
            );
            said.push((*heading, words, help));
        }
        for (item, next) in &exclusion.published {
            let words = format!(
                "the words of this item send the public out, and what stands behind it on line {} is published",
                line(next.start)
            );
            said.push((*item, words, HELP.to_owned()));
        }
        for (span, words, help) in said {
            self.report.push(
                Diagnostic::new(&rules::AFTER_EXCLUSION, self.path, Some(span), words)
                    .help(help)
                    .withheld(true),
            );
        }
    }
}
