//! What says that something is exempt, and does not stand where it should: a
//! slip of the pen in the key, a line further down, a bold line for a heading.
//! It withholds, and it is told.

use std::ops::Range;

use super::agenda::Reader;
use super::exempt::{self, Said};
use super::fields;
use super::labels::Label;
use super::markdown::{Block, BlockKind};
use super::secrecy;
use crate::model::{FieldKey, SectionKind};
use crate::paths::Span;
use crate::report::{Diagnostic, rules};
use crate::text::scan;

impl Reader<'_> {
    /// Whether the first block below a heading has a key that is almost
    /// `Exempt`, or one that holds something back elsewhere, which is an error.
    pub(super) fn has_slip(&mut self, block: usize, within: &Range<usize>) -> bool {
        // Comments are looked over from what stands below them, once.
        if !matches!(self.blocks[block].kind, BlockKind::List | BlockKind::Paragraph) {
            return false;
        }
        let below = |n: usize| n == within.start || matches!(self.blocks[n - 1].kind, BlockKind::Heading(_));
        let mut above = block;
        while !below(above) && self.is_invisible(&self.blocks[above - 1]) {
            above -= 1;
        }
        if !below(above) {
            return false;
        }
        let block = &self.blocks[block];
        let said = self
            .almost_exempt(block)
            .map(|place| {
                let words = "this key is almost `Exempt`; what it stands in is withheld";
                let help = "write `Exempt: 3` with the paragraph of Schedule 12A, or another word";
                (place, words, help)
            })
            .or_else(|| {
                let words =
                    "this line has the look of something that is held back; what it stands in is withheld";
                let help = "write `Exempt: 3` under the heading of an item, and `publish_at: 2026-12-01` in the front matter to hold the whole record back; or take the line away if the text is public";
                Some((self.held_back(block)?, words, help))
            });
        let Some((place, words, help)) = said else {
            return false;
        };
        self.report.push(
            Diagnostic::new(&rules::EXEMPT_UNREADABLE, self.path, Some(place), words)
                .help(help)
                .withheld(true),
        );
        true
    }

    /// A line among the facts of an item that was meant to hold it back.
    fn held_back(&self, block: &Block) -> Option<Span> {
        let mut at = block.span.start;
        scan::lines(&self.source[block.span.clone()]).find_map(|line| {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            let nested = line.len() - line.trim_start().len() > 3;
            (!nested && secrecy::fact_holds_back(line)).then_some(span)
        })
    }

    /// A key that is almost `Exempt`: where it stands.
    fn almost_exempt(&self, block: &Block) -> Option<Span> {
        let labels = self.labels;
        let nearly = |key: &str| {
            let says = labels.field(key).is_none() && (exempt::is_key(key) || exempt::is_nearly_key(key));
            says.then_some(FieldKey::Exempt)
        };
        let read = fields::read(self.source, block.span.clone(), nearly, FieldKey::Other, |_| {
            false
        })?;
        let slip = read.iter().find(|field| {
            field.key == FieldKey::Exempt
                && exempt::line(&field.label).is_none()
                && exempt::is_slip(&field.label, &field.value.text)
        });
        slip.map(|slip| slip.label_span)
    }

    /// What a block further down says: one of the words alone, or before a
    /// colon or a dash. Prose that opens with such a word says nothing, but for a
    /// sentence that says it of the text it stands in.
    pub(super) fn says_late(&self, block: usize) -> Option<(Said, Span)> {
        let block = &self.blocks[block];
        if matches!(block.kind, BlockKind::Heading(_)) || self.is_invisible(block) {
            return None;
        }
        let mut at = block.span.start;
        for (n, line) in scan::lines(&self.source[block.span.clone()]).enumerate() {
            if let Some(said) = exempt::line(line) {
                let (marked, readable) = (exempt::is_marked(line), said != Said::Unreadable);
                let opens = n == 0 && block.kind == BlockKind::Paragraph;
                if (marked && readable) || (opens && (marked || readable)) {
                    return Some((said, Span::new(at, at + line.trim_end().len())));
                }
            }
            at += line.len();
        }
        self.says_in_a_sentence(block)
    }

    /// "This report is not for publication by virtue of paragraph 3" at the head
    /// of a paragraph.
    pub(super) fn says_in_a_sentence(&self, block: &Block) -> Option<(Said, Span)> {
        if block.kind != BlockKind::Paragraph {
            return None;
        }
        let text = self.source[block.span.clone()].trim_end();
        let said = exempt::sentence(text)?;
        let line = text.lines().next().unwrap_or("").trim_end().len();
        Some((said, Span::new(block.span.start, block.span.start + line)))
    }

    /// Whether blocks hold a line that was to be the heading of something
    /// withheld, and is none; `true` when it was to be that of all that follows.
    pub(super) fn holds_lost(&self, blocks: &Range<usize>) -> Option<bool> {
        if self.lost.is_empty() {
            return None;
        }
        let (first, last) = (
            self.blocks.get(blocks.start)?,
            self.blocks.get(blocks.end.checked_sub(1)?)?,
        );
        // They are in the order of the text.
        let from = self
            .lost
            .partition_point(|(line, _)| (line.start as usize) < first.span.start);
        let held = self.lost[from..]
            .iter()
            .take_while(|(line, _)| (line.start as usize) < last.span.end);
        held.map(|(_, whole)| *whole).reduce(|a, b| a || b)
    }

    /// Whether the text of a record that cannot be exempt says that it is: its
    /// first block, or a heading of it.
    pub(super) fn calls_itself_exempt(&mut self, by_heading: bool) -> bool {
        let all = 0..self.blocks.len();
        if by_heading && self.holds_lost(&all).is_some() {
            return true;
        }
        let mut opened = false;
        for n in all.clone() {
            let block = &self.blocks[n];
            if let BlockKind::Heading(_) = block.kind {
                let words = self.words_of(n);
                let alone = || matches!(exempt::line(&words), Some(Said::Exempt(_)));
                if by_heading && (alone() || exempt::mark(&words).is_some()) {
                    return true;
                }
            } else if !opened && !self.is_invisible(block) {
                opened = self.source[block.span.clone()].contains(char::is_alphanumeric);
                if self.says_late(n).is_some() || self.has_slip(n, &(n..n + 1)) {
                    return true;
                }
            }
        }
        false
    }

    /// The words of a paragraph that is written like a heading: in bold, or
    /// underlined. Its place, too.
    fn like_heading(&self, block: usize) -> Option<(&str, Span)> {
        let block = self
            .blocks
            .get(block)
            .filter(|b| b.kind == BlockKind::Paragraph)?;
        let text = self.source[block.span.clone()].trim_end();
        let line = text.lines().next().unwrap_or("").trim_end();
        let underlined = || {
            let below = text[line.len()..].trim();
            !below.is_empty() && (below.bytes().all(|b| b == b'-') || below.bytes().all(|b| b == b'='))
        };
        let bold = || {
            let inner = |mark| line.strip_prefix(mark)?.trim_end_matches(':').strip_suffix(mark);
            let inner = inner("**").or_else(|| inner("__"))?;
            (line.len() == text.len() && !inner.contains(['*', '_'])).then_some(inner)
        };
        let words = bold().or_else(|| underlined().then_some(line))?;
        let span = Span::new(block.span.start, block.span.start + line.len());
        Some((words, span))
    }

    /// A line written like a heading that withholds all that follows, such as
    /// `**Exempt business**`: where it stands.
    pub(super) fn closes_in_bold(&self, block: usize) -> Option<Span> {
        let (words, span) = self.like_heading(block)?;
        let (_, whole) = exempt::heading(words)?;
        (whole && words.split_whitespace().count() > 1).then_some(span)
    }

    /// Where what may be told of a withheld text ends: before the first heading
    /// or line in it that says again that something is exempt, and before the
    /// heading of another section.
    pub(super) fn public_until(&mut self, blocks: Range<usize>) -> usize {
        for n in blocks.clone() {
            let at = &self.blocks[n].span;
            let place = Span::new(at.start, at.start + 1);
            let said = if let BlockKind::Heading(_) = self.blocks[n].kind {
                let words = self.words_of(n);
                let other = match self.labels.section(&words) {
                    Label::Section(kind) => kind != SectionKind::PublicSummary,
                    Label::NamedVote(_) => true,
                    _ => false,
                };
                let says = exempt::heading(&words).is_some() || exempt::names_it(&words);
                let below = n + 1..blocks.end;
                (other || says || exempt::mark(&words).is_some())
                    .then_some(place)
                    .or_else(|| self.withholds(n + 1, &below).map(|_| place))
            } else {
                let late = self.says_late(n).map(|said| said.1);
                let bold = || self.like_heading(n).filter(|(words, _)| exempt::names_it(words));
                late.or_else(|| self.closes_in_bold(n))
                    .or_else(|| bold().map(|l| l.1))
            };
            if let Some(place) = said {
                let words =
                    "from here on this is not taken for what may be told; it is withheld with the rest";
                self.report.push(
                    Diagnostic::new(&rules::EXEMPT_TEXT, self.path, Some(place), words)
                        .help("a public summary ends before the next heading that says `exempt`, or that opens another section; move what is public above it")
                        .withheld(true),
                );
                return n;
            }
        }
        blocks.end
    }

    /// A line that stands alone with a number and the mark of a heading:
    /// `9. Land (exempt)` without its `##`. Below some headings an entry may be
    /// marked for itself.
    fn like_numbered_heading(&self, block: &Block, above: Option<usize>) -> Option<Span> {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
            return None;
        }
        let line = self.source[block.span.clone()].trim_end();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = (1..=4).contains(&digits) && line[digits..].starts_with(['.', ')']);
        if !numbered || line.len() > 120 || line.contains('\n') {
            return None;
        }
        let span = Span::new(block.span.start, block.span.start + line.len());
        exempt::title(&line[digits + 1..])?;
        let entries = above.is_some_and(|heading| match self.labels.section(&self.words_of(heading)) {
            Label::Section(kind) => !matches!(
                kind,
                SectionKind::Summary | SectionKind::Minutes | SectionKind::Note
            ),
            _ => false,
        });
        (!entries).then_some(span)
    }

    /// Tells of headings in public text, and of lines written like one, that
    /// hold one of the words.
    pub(super) fn perhaps_exempt(&mut self, blocks: Range<usize>, help: &str) {
        let mut said = Vec::new();
        let mut above = None;
        for n in blocks {
            let block = &self.blocks[n];
            match block.kind {
                BlockKind::Heading(_) => {
                    above = Some(n);
                    let line = self.source[block.span.clone()].trim_end();
                    if exempt::names_it(line) {
                        said.push(Span::new(block.span.start, block.span.start + line.len()));
                    }
                }
                _ => said.extend(
                    self.like_heading(n)
                        .filter(|(words, _)| exempt::names_it(words))
                        .map(|l| l.1)
                        .or_else(|| self.like_numbered_heading(block, above)),
                ),
            }
        }
        for span in said {
            let words =
                "this speaks of what is exempt or confidential, and what stands below it is published";
            self.report
                .push(Diagnostic::new(&rules::PERHAPS_EXEMPT, self.path, Some(span), words).help(help));
        }
    }
}
