//! Headings on another level than what they say asks for: an item inside an
//! item, a resolution beside the item it belongs to, names that are counted
//! nowhere. Nothing is read otherwise than it is written; it is told.

use std::ops::Range;

use super::agenda::{Reader, numbered_title};
use super::markdown::BlockKind;
use crate::model::SectionKind;
use crate::paths::Span;
use crate::report::{Diagnostic, Rule, rules};

/// The heading of an item, and the blocks below it.
type Group = (Option<usize>, Range<usize>);

/// A heading as it is looked at here.
struct Heading {
    block: usize,
    level: u8,
    words: String,
}

impl Heading {
    fn number(&self) -> Option<&str> {
        numbered_title(&self.words).0
    }

    /// Its number, if it is a whole one.
    fn counts(&self) -> Option<u32> {
        self.number()?.parse().ok()
    }
}

/// Sections that are no matter of their own: each belongs to an item.
fn belongs_to_item(kind: SectionKind) -> bool {
    use SectionKind::*;
    is_followed(kind) || matches!(kind, Recommendations | Reasons | Alternatives | PublicSummary)
}

/// Sections whose entries go to a register.
fn is_followed(kind: SectionKind) -> bool {
    use SectionKind::*;
    matches!(kind, Decision | Resolved | Vote | Actions | ActionBy)
}

impl Reader<'_> {
    /// Tells of headings of a meeting that stand on another level than what
    /// they say asks for. `level`: that of items. `titled`: the first heading
    /// of the first level is the title.
    pub(super) fn levels(&mut self, groups: &[Group], level: u8, titled: Option<Span>) {
        let heading = |block: usize| match self.blocks[block].kind {
            BlockKind::Heading(level) => Some(Heading {
                block,
                level,
                words: self.words_of(block),
            }),
            _ => None,
        };
        let items: Vec<Option<Heading>> = groups.iter().map(|g| g.0.and_then(heading)).collect();
        let inner: Vec<Vec<Heading>> = groups
            .iter()
            .map(|g| g.1.clone().filter_map(heading).collect())
            .collect();
        let mut said: Vec<(&'static Rule, usize, String, String)> = Vec::new();
        let (item_marks, section_marks) = ("#".repeat(level.into()), "#".repeat(usize::from(level) + 1));

        let title = titled.and_then(|span| {
            self.blocks
                .iter()
                .position(|b| b.span.start == span.start as usize)
        });
        let title = title.and_then(heading).filter(|title| title.number().is_some());
        let beside = |h: &&Heading| h.level == 1 && h.number().is_some();
        if let Some(title) = title.filter(|_| items.iter().flatten().any(|h| beside(&h))) {
            said.push((
                &rules::HEADING_LEVEL,
                title.block,
                "this heading gives the meeting its title, and opens no agenda item".to_owned(),
                format!("write `## {}`, and `##` for the other items too", title.words),
            ));
        }

        let numbered = items.iter().flatten().any(|h| h.number().is_some());
        let inside: Vec<(&Heading, &Heading)> = items
            .iter()
            .zip(&inner)
            .filter_map(|(item, inner)| Some((item.as_ref()?, inner)))
            .flat_map(|(item, inner)| inner.iter().map(move |h| (item, h)))
            .collect();
        // All items one level too deep, below a heading such as "Minutes".
        let mut deep = inside
            .iter()
            .filter(|(_, h)| !numbered && h.level == level + 1 && h.counts().is_some());
        let section = |h: &Heading| {
            self.labels
                .section_of_level_two(&h.words)
                .is_some_and(is_followed)
        };
        let sections = || inside.iter().any(|(_, h)| h.level == level + 2 && section(h));
        let all_deep = match (deep.next(), deep.next()) {
            (Some((item, h)), second) if h.counts() == Some(1) && (second.is_some() || sections()) => {
                Some((*item, *h))
            }
            _ => None,
        };
        if let Some((item, first)) = all_deep {
            said.push((
                &rules::NUMBERED_SUBHEADING,
                first.block,
                format!(
                    "this is read as a part of `{}`, and opens no agenda item",
                    item.words
                ),
                format!(
                    "write `{item_marks} {}`, and `{section_marks}` for the sections in it",
                    first.words
                ),
            ));
        }
        for (n, (item, inner)) in items.iter().zip(&inner).enumerate() {
            let Some(mut last) = item.as_ref().and_then(Heading::counts) else {
                continue;
            };
            let next = items[n + 1..].iter().flatten().find_map(Heading::counts);
            for h in inner {
                if h.counts() == Some(last + 1) && next != h.counts() {
                    last += 1;
                    said.push((
                        &rules::HEADING_LEVEL,
                        h.block,
                        format!("this is read as a part of the item above, and opens no item {last}"),
                        format!("write `{item_marks} {}`", h.words),
                    ));
                }
            }
        }

        for h in items.iter().flatten().filter(|h| h.number().is_none()) {
            let kind = self.labels.section_of_level_two(&h.words);
            if kind.is_some_and(belongs_to_item) && self.labels.attendance(&h.words).is_none() {
                said.push((
                    &rules::HEADING_LEVEL,
                    h.block,
                    format!(
                        "this opens an agenda item `{}`, and no section of the item above",
                        h.words
                    ),
                    format!("write `{section_marks} {}`", h.words),
                ));
            }
        }
        for h in inner.iter().flatten() {
            if self.labels.attendance(&h.words).is_some() {
                said.push((
                    &rules::HEADING_LEVEL,
                    h.block,
                    "the names below this heading are not counted as attendance".to_owned(),
                    format!("write `{item_marks} {}`", h.words),
                ));
                continue;
            }
            if h.level > level + 1 && all_deep.is_none() && section(h) {
                said.push((
                    &rules::HEADING_LEVEL,
                    h.block,
                    "this opens no section; what stands below it is shown as plain text".to_owned(),
                    format!("write `{section_marks} {}`", h.words),
                ));
            }
        }
        self.tell_levels(said);
    }

    /// Tells of sections of a decision that stand a level too deep.
    pub(super) fn levels_of_decision(&mut self, from: usize) {
        let mut said = Vec::new();
        for n in from..self.blocks.len() {
            if !matches!(self.blocks[n].kind, BlockKind::Heading(3..)) {
                continue;
            }
            let words = self.words_of(n);
            let kind = self.labels.section_of_level_two(&words);
            if kind.is_some_and(|kind| belongs_to_item(kind) || kind == SectionKind::Conflicts) {
                said.push((
                    &rules::HEADING_LEVEL,
                    n,
                    "this opens no section, for it stands a level too deep; what stands below it is shown as plain text".to_owned(),
                    format!("write `## {words}`"),
                ));
            }
        }
        self.tell_levels(said);
    }

    fn tell_levels(&mut self, said: Vec<(&'static Rule, usize, String, String)>) {
        for (rule, block, words, help) in said {
            let place = &self.blocks[block].span;
            let length = self.source[place.clone()].trim_end().len();
            let span = Span::new(place.start, place.start + length);
            self.report
                .push(Diagnostic::new(rule, self.path, Some(span), words).help(help));
        }
    }
}
