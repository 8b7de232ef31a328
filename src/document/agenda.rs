//! The grammar of agendas: which headings open items and sections, and what
//! the blocks under them are. Withheld text is dropped here.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};
use thin_vec::ThinVec;

use super::exclusion::{Behind, Exclusion};
use super::exempt::{self, Door, Said};
use super::fields::{self, FieldDoc};
use super::front_matter::Mention;
use super::labels::{Label, Labels};
use super::markdown::{self, Block, BlockKind, Ev, Habits};
use super::prose::{self, Anchors, EntryDoc, Mode, Read, Written};
use super::tail::{self, Why};
use crate::model::fit::fit;
use crate::model::{Exemption, FieldKey, Presence, SectionKind, VoteKey};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::text::blank::{holds_blank, shown};
use crate::text::{dates, nothing, scan, slug};

/// A section of an item as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct SectionDoc {
    pub kind: SectionKind,
    /// The author's heading; empty for the text right under an item's title.
    pub label: String,
    pub span: Span,
    pub prose: Written,
    pub entries: ThinVec<EntryDoc>,
    pub vote: Option<Box<VoteDoc>>,
}

/// The lines of a recorded vote.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteDoc {
    /// What is voted on: `Amendment 1`.
    pub title: Option<String>,
    pub lines: Vec<FieldDoc<VoteKey>>,
}

/// Names under a heading such as "Present".
#[derive(Clone, Debug, PartialEq)]
pub struct AttendanceDoc {
    pub presence: Presence,
    pub label: String,
    pub prose: Written,
    pub entries: ThinVec<EntryDoc>,
    /// The names stand in a numbered item, which shows them.
    pub in_item: bool,
    pub span: Span,
}

/// An agenda item as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemDoc {
    pub number: Option<String>,
    pub title: String,
    /// Its part of the address, alone in its meeting.
    pub address: String,
    /// The other number it may be asked for by.
    pub other_number: Option<String>,
    pub fields: ThinVec<FieldDoc<FieldKey>>,
    pub sections: ThinVec<SectionDoc>,
    pub exempt: Option<Exemption>,
    pub heading: Span,
    pub span: Span,
}

/// The text of a meeting, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    pub title: Option<Mention>,
    pub preamble: Written,
    pub attendance: Vec<AttendanceDoc>,
    pub items: Vec<ItemDoc>,
    pub close: Option<(String, Written)>,
    /// Places whose text must not be shown anywhere.
    pub withheld: Vec<Span>,
    /// The whole meeting is withheld: its text says so before the first item.
    pub whole: Option<Exemption>,
    /// Which items are withheld, by where their headings stand.
    pub(super) exempt: BTreeMap<u32, Exemption>,
    /// Files that only withheld text speaks of, as written.
    pub withheld_files: Vec<Mention>,
}

/// What the front matter already decided.
pub struct Given {
    pub title: bool,
    /// The whole meeting is withheld.
    pub exempt: bool,
    /// The minutes are not yet to be published: only the agenda is read.
    pub agenda_only: bool,
    /// It says who was there.
    pub names: bool,
}

/// One file's text, and what reading it needs.
pub struct Reader<'a> {
    pub path: &'a SourcePath,
    pub source: &'a str,
    /// Where the Markdown begins.
    pub body: usize,
    pub labels: &'a Labels,
    pub events: Vec<Ev<'a>>,
    pub blocks: Vec<Block>,
    /// Lines that were to be headings of something withheld, and are none; and
    /// whether of all that follows.
    pub(super) lost: Vec<(Span, bool)>,
    pub report: Report,
}

impl<'a> Reader<'a> {
    /// Reads the Markdown of a file from `body` on.
    pub fn new(path: &'a SourcePath, source: &'a str, body: usize, labels: &'a Labels) -> Self {
        let mut habits = Habits::default();
        let events = markdown::events(&source[body..], body, &mut habits);
        let blocks = markdown::blocks(&events);
        let mut report = Report::new();
        for range in habits.setext {
            let line = source[range.clone()].lines().next().unwrap_or("").trim().len();
            report.push(
                Diagnostic::new(&rules::SETEXT_HEADING, path, Some(Span::new(range.start, range.start + line)), "an underlined line is read as prose")
                    .help("write `## Title` for an agenda item or `### Minutes` for a section; leave an empty line above `---`"),
            );
        }
        for range in habits.unclosed {
            let words = "a comment is opened with `<!--` and never closed; nothing behind it is shown";
            // A comment is never shown, not even here.
            let place = Some(Span::new(range.start, range.end));
            report.push(
                Diagnostic::new(&rules::UNCLOSED_COMMENT, path, place, words)
                    .help("close it with `-->`")
                    .withheld(true),
            );
        }
        let mut reader = Self {
            path,
            source,
            body,
            labels,
            events,
            blocks,
            lost: Vec::new(),
            report,
        };
        reader.slips();
        reader
    }

    fn warn(&mut self, rule: &'static Rule, span: Span, words: impl Into<String>, help: Option<String>) {
        self.report
            .push(Diagnostic::new(rule, self.path, Some(span), words).maybe_help(help));
    }

    fn events_of(&self, blocks: Range<usize>) -> &[Ev<'a>] {
        match (
            self.blocks.get(blocks.start),
            blocks.end.checked_sub(1).and_then(|n| self.blocks.get(n)),
        ) {
            (Some(first), Some(last)) if blocks.start < blocks.end => {
                &self.events[first.events.start..last.events.end]
            }
            _ => &[],
        }
    }

    pub(super) fn words_of(&self, block: usize) -> String {
        markdown::plain(self.events_of(block..block + 1))
    }

    /// Reads blocks as text, and reports what was odd about them.
    pub fn prose(&mut self, blocks: Range<usize>, mode: Mode, anchors: &mut Anchors) -> Read {
        let read = prose::read(self.source, self.events_of(blocks), mode, anchors);
        self.looked_at(read, mode)
    }

    /// The same without one of the blocks, which is shown by itself.
    fn prose_without(&mut self, blocks: Range<usize>, one: usize, mode: Mode, anchors: &mut Anchors) -> Read {
        let mut events = self.events_of(blocks.start..one).to_vec();
        events.extend_from_slice(self.events_of(one + 1..blocks.end));
        let read = prose::read(self.source, &events, mode, anchors);
        self.looked_at(read, mode)
    }

    /// Reports what was odd about a text.
    fn looked_at(&mut self, read: Read, mode: Mode) -> Read {
        for span in &read.rescued {
            let words = "the lines below this word were read as a list";
            self.warn(
                &rules::RESOLVED_LIST,
                *span,
                words,
                Some("leave an empty line above the first entry".into()),
            );
        }
        for span in &read.unclosed {
            let words = "a comment is opened with `<!--` and never closed; nothing behind it is shown";
            // A comment is never shown, not even here.
            self.report.push(
                Diagnostic::new(&rules::UNCLOSED_COMMENT, self.path, Some(*span), words)
                    .help("close it with `-->`")
                    .withheld(true),
            );
        }
        for entry in &read.entries {
            for (part, why) in entry.tail.iter().flat_map(|tail| &tail.unread) {
                let words = match why {
                    Why::Unreadable => format!("`{part}` behind `|` cannot be read"),
                    Why::Second => format!("`{part}` is the second of its kind behind this entry"),
                    Why::Below => format!("`{part}` stands in a point below the entry, and is not read"),
                };
                let told = match why {
                    Why::Unreadable => None,
                    Why::Second => Some("give each an entry of its own, at the margin".to_owned()),
                    Why::Below => Some("write it at the end of the entry's first line, or give the point an entry of its own, at the margin".to_owned()),
                };
                if told.is_some() {
                    self.warn(&rules::NOT_AN_ENTRY, entry.span, words, told);
                    continue;
                }
                let help = match tail::meant(part) {
                    Some(meant) => format!("write `| {meant}`"),
                    None => "write `| owner: name | due: 2017-07-20 | done: 2017-06-30`, with a day that the calendar has".to_owned(),
                };
                self.warn(&rules::NOT_AN_ENTRY, entry.span, words, Some(help));
            }
            if entry
                .tail
                .as_ref()
                .is_some_and(|tail| tail.due.is_none() && tail.unread.is_empty())
                && matches!(mode, Mode::Entries)
                && let Some(found) = dates::in_words(&entry.text).first()
            {
                let words = "the date in this entry is not followed up";
                self.warn(
                    &rules::DATE_IN_WORDS,
                    entry.span,
                    words,
                    Some(format!("add `| due: {}`", found.date)),
                );
            }
        }
        read
    }

    /// Tells of resolutions in running text that go to no register: only those
    /// in the minutes do.
    fn unlifted(&mut self, blocks: Range<usize>) {
        for n in blocks {
            let block = &self.blocks[n];
            if block.kind != BlockKind::Paragraph {
                continue;
            }
            let word = prose::opens_entry(&self.events[block.events.clone()]);
            if let Some(word) = word.filter(|word| ["RESOLVED", "AGREED"].contains(word)) {
                let line = self.source[block.span.clone()].lines().next().unwrap_or("");
                let span = Span::new(block.span.start, block.span.start + line.trim_end().len());
                let words = format!("what was {word} here goes to no register");
                let help =
                    "put it below `### Minutes` or `### Resolved` of the item it belongs to".to_owned();
                self.warn(&rules::UNLIFTED, span, words, Some(help));
            }
        }
    }

    /// The whole text, for records that are not divided.
    pub fn whole(&mut self) -> Written {
        let mut anchors = Anchors::default();
        let all = 0..self.blocks.len();
        self.prose(all, Mode::Plain, &mut anchors).prose
    }

    /// A text whose typed sections stand at the second level: a decision.
    pub fn sections_at_two(&mut self, from: usize, exempt: bool) -> Vec<SectionDoc> {
        let mut anchors = Anchors::default();
        if !exempt {
            self.levels_of_decision(from);
            self.end_fields(1);
        }
        self.sections(from..self.blocks.len(), 2, exempt, false, &mut anchors)
    }

    /// Whether anything in a text says that all of it is withheld: the first
    /// block, one below a heading, or a heading. For records that are withheld
    /// whole.
    pub fn says_exempt(&mut self) -> Option<Exemption> {
        let all = 0..self.blocks.len();
        let mut found = None;
        for n in all.clone() {
            let first = n == 0 || matches!(self.blocks[n - 1].kind, BlockKind::Heading(_));
            if first && let Some((said, span)) = self.withholds(n, &all) {
                self.unreadable(&said, span);
                found.get_or_insert(said.exemption());
            }
            if let BlockKind::Heading(_) = self.blocks[n].kind
                && let Some(reason) = exempt::title(&self.words_of(n))
            {
                found.get_or_insert(reason);
            }
            if self.has_slip(n, &all) || self.closes_in_bold(n).is_some() || self.says_late(n).is_some() {
                found.get_or_insert_default();
            }
        }
        if self.holds_lost(&all).is_some() {
            found.get_or_insert_default();
        }
        if found.is_none() {
            self.perhaps_exempt(
                all,
                "write `exempt: 3` in the front matter if the decision is not public",
            );
        }
        found
    }

    /// The first heading of the first level, as a title.
    pub fn title(&self) -> Option<(usize, Mention)> {
        let at = self
            .blocks
            .iter()
            .position(|b| b.kind != BlockKind::Other || !self.is_invisible(b))?;
        (self.blocks[at].kind == BlockKind::Heading(1)).then(|| {
            let span = Span::new(self.blocks[at].span.start, self.blocks[at].span.end);
            (
                at,
                Mention {
                    text: self.words_of(at),
                    span,
                },
            )
        })
    }

    /// A block of nothing but comments.
    pub(super) fn is_invisible(&self, block: &Block) -> bool {
        let text = self.source[block.span.clone()].trim();
        matches!(
            self.events[block.events.start].event,
            Event::Start(Tag::HtmlBlock)
        ) && text.starts_with("<!--")
            && text.ends_with("-->")
    }

    /// Which headings open items: those of the second level, or, in a file that
    /// has none, the shallowest numbered ones.
    fn item_level(&self) -> u8 {
        let level = |b: &Block| match b.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        let title = self.title().map(|t| t.0);
        let second = self
            .blocks
            .iter()
            .enumerate()
            .any(|(n, b)| level(b) == Some(2) || (level(b) == Some(1) && title != Some(n)));
        if second {
            return 2;
        }
        let numbered = |b: &Block| {
            numbered_title(&markdown::plain(&self.events[b.events.clone()]))
                .0
                .is_some()
        };
        self.blocks
            .iter()
            .filter_map(|b| level(b).filter(|l| *l > 2 && numbered(b)))
            .min()
            .unwrap_or(2)
    }

    /// Reads a meeting; a second time, it is known which items are withheld.
    fn agenda(mut self, given: &Given, known: Option<BTreeMap<u32, Exemption>>) -> (Agenda, Report) {
        let again = known.is_some();
        let mut agenda = Agenda {
            exempt: known.unwrap_or_default(),
            ..Agenda::default()
        };
        let level = self.item_level();
        self.end_fields(level);
        let mut titled = given.title;
        let mut blank = None;
        let mut groups: Vec<(Option<usize>, Range<usize>)> = vec![(None, 0..0)];
        let mut seen_words = false;
        for (n, block) in self.blocks.iter().enumerate() {
            let first = groups.len() == 1;
            let opens = match block.kind {
                BlockKind::Heading(1) if !titled && first => {
                    titled = true;
                    let span = Span::new(block.span.start, block.span.end);
                    let words = self.words_of(n);
                    let text = shown(&words).into_owned();
                    blank = holds_blank(&words).then_some(span);
                    agenda.title = Some(Mention { text, span });
                    if !seen_words {
                        groups[0].1 = n + 1..n + 1;
                        continue;
                    }
                    false
                }
                BlockKind::Heading(1) if first && !seen_words => false,
                BlockKind::Heading(l) => l <= level,
                _ => false,
            };
            seen_words |= !self.is_invisible(block);
            if opens {
                groups.push((Some(n), n + 1..n + 1));
            } else if let Some(group) = groups.last_mut() {
                group.1.end = n + 1;
            }
        }
        let blank = blank.map(|span| Diagnostic::blank(self.path, span));
        blank.into_iter().for_each(|told| self.report.push(told));
        if level > 2 {
            self.numbered_subheadings(&groups);
        }
        self.levels(&groups, level, agenda.title.as_ref().map(|title| title.span));
        if let Some((said, span)) = self.preamble_withholds(&groups).filter(|_| !given.exempt) {
            self.unreadable(&said, span);
            agenda.whole = Some(said.exemption());
        }
        let titled = agenda.title.as_ref().and_then(|title| exempt::title(&title.text));
        if let Some(reason) = titled.filter(|_| !given.exempt) {
            agenda.whole.get_or_insert(reason);
        }
        let opening = groups.first().filter(|g| g.0.is_none() && !given.exempt);
        if let Some((_, blocks)) = opening.filter(|(_, blocks)| !blocks.is_empty()) {
            let slip = self.has_slip(self.first_visible(blocks), blocks);
            if slip || self.holds_lost(blocks).is_some() {
                agenda.whole.get_or_insert_default();
            }
        }
        let mut state = Walk {
            level,
            all: given.exempt.then(Exemption::default).or(agenda.whole.clone()),
            rest: None,
            exclusion: Exclusion::default(),
            taken: BTreeMap::new(),
        };
        let preamble = groups[0].1.clone();
        for (heading, blocks) in groups {
            match heading {
                None => self.preamble(blocks, given, &mut agenda),
                Some(heading) => self.group(heading, blocks, given, &mut state, &mut agenda),
            }
        }
        if !again {
            self.behind_exclusion(&state.exclusion);
        }
        if !given.names && !given.exempt && agenda.whole.is_none() && !given.agenda_only {
            self.names_in_preamble(preamble, &agenda.attendance);
        }
        (agenda, self.report)
    }

    /// Whether the text before the first item says that the meeting is exempt:
    /// its first block with any line that begins so, a later one with the word
    /// and a colon or dash, or in bold for a heading.
    fn preamble_withholds(&self, groups: &[(Option<usize>, Range<usize>)]) -> Option<(Said, Span)> {
        let (_, blocks) = groups.first().filter(|g| g.0.is_none())?;
        let opens = self.first_visible(blocks);
        let seen = |n: &usize| !self.is_invisible(&self.blocks[*n]);
        (opens..blocks.end).filter(seen).find_map(|n| {
            let first = n == opens;
            let said = self.withholds(n, blocks).filter(|(_, span)| {
                let line = self.source.get(span.range()).unwrap_or("");
                first || exempt::is_marked(line) || self.closes_in_bold(n).is_some()
            });
            said.or_else(|| self.says_in_a_sentence(&self.blocks[n]))
        })
    }

    /// The text before the first item.
    fn preamble(&mut self, blocks: Range<usize>, given: &Given, agenda: &mut Agenda) {
        if given.exempt || agenda.whole.is_some() || given.agenda_only {
            let from = match blocks.start.checked_sub(1) {
                Some(title) => self.blocks[title].span.end,
                None => self.body,
            };
            agenda.withheld.push(self.until_block(from, blocks.end));
            return;
        }
        if blocks.is_empty() {
            return;
        }
        let mut anchors = Anchors::default();
        self.unlifted(blocks.clone());
        agenda.preamble = self.prose(blocks, Mode::Plain, &mut anchors).prose;
    }

    /// Tells of names in the text before the first item, such as "Present: Jane
    /// Roe": nobody is counted for them. `listed`: those under headings.
    fn names_in_preamble(&mut self, blocks: Range<usize>, listed: &[AttendanceDoc]) {
        for n in blocks {
            if !matches!(self.blocks[n].kind, BlockKind::List | BlockKind::Paragraph) {
                continue;
            }
            let mut at = self.blocks[n].span.start;
            let source = self.source;
            for line in scan::lines(&source[self.blocks[n].span.clone()]) {
                let span = Span::new(at, at + line.trim_end().len());
                at += line.len();
                let Some((label, presence, value)) = self.label_of_names(line) else {
                    continue;
                };
                let counts = value.starts_with(|c: char| c.is_ascii_digit());
                if counts || nothing::is_nothing(value) || listed.iter().any(|l| l.presence == presence) {
                    continue;
                }
                let words = format!("`{label}` opens no list of names here, and nobody is counted for it");
                let help = format!("write `## {label}` before the first item, and the names below it");
                self.warn(&rules::NEARLY_A_LABEL, span, words, Some(help));
            }
        }
    }

    /// The label that a line of text opens with, as one over a list of names:
    /// `**Present:** Jane Roe`, `**Present**`. Gives what stands behind it too.
    fn label_of_names<'t>(&self, line: &'t str) -> Option<(String, Presence, &'t str)> {
        let words = |text: &'t str| text.trim_matches([' ', '\t', '*', '_', '-', '\r', '\n']);
        let (label, value) = line.split_once(':').unwrap_or((line, ""));
        let label = words(label);
        let presence = (label.len() < 40).then(|| self.labels.attendance(label))??;
        Some((label.to_owned(), presence, words(value)))
    }

    fn span_of(&self, blocks: &Range<usize>) -> Span {
        match (
            self.blocks.get(blocks.start),
            blocks.end.checked_sub(1).and_then(|n| self.blocks.get(n)),
        ) {
            (Some(first), Some(last)) if !blocks.is_empty() => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// What stands from there to a block: more than the blocks between, for
    /// what the address of a link is defined by is none.
    fn until_block(&self, from: usize, block: usize) -> Span {
        let end = self.blocks.get(block).map_or(self.source.len(), |b| b.span.start);
        Span::new(from, end.max(from))
    }

    /// An item, names, or closing remarks.
    fn group(
        &mut self,
        heading: usize,
        blocks: Range<usize>,
        given: &Given,
        state: &mut Walk,
        agenda: &mut Agenda,
    ) {
        let words = self.words_of(heading);
        let at = Span::new(self.blocks[heading].span.start, self.blocks[heading].span.end);
        let line = Span::new(
            at.start as usize,
            at.start as usize + self.source[at.range()].trim_end().len(),
        );
        let (number, title) = numbered_title(&words);
        if words.is_empty() {
            self.warn(
                &rules::EMPTY_ITEM,
                line,
                "a heading without words",
                Some("write a title behind the `##`, or take the marks away".into()),
            );
        }
        if holds_blank(&words) {
            self.report.push(Diagnostic::blank(self.path, line));
        }
        if number.is_none() {
            self.unmarked_number(&words, line);
        }
        let all = Span::new(at.start as usize, self.span_of(&blocks).end.max(at.end) as usize);

        let own = exempt::heading(title);
        let door = exempt::door(title);
        if door == Some(Door::Opens) && own.is_none() {
            state.rest = None;
            state.exclusion.over();
        }
        let mut exempt = state
            .all
            .clone()
            .or_else(|| agenda.exempt.get(&at.start).cloned());
        let mut rest = None;
        let mut inner = None;
        if exempt::mark(title).is_some() {
            exempt.get_or_insert_default();
        }
        if let Some((said, whole)) = own.clone() {
            let reason = said.exemption();
            exempt.get_or_insert_with(|| reason.clone());
            if whole {
                rest = Some(reason);
            }
        }
        let late = self.late_fields(self.first_visible(&blocks), &blocks);
        if late.is_some_and(|(_, withholds)| withholds) {
            exempt.get_or_insert_default();
        }
        for n in blocks.clone() {
            // Every first block below a heading of the item is looked at.
            if (n == blocks.start || matches!(self.blocks[n - 1].kind, BlockKind::Heading(_)))
                && let Some((said, span)) = self.withholds(n, &blocks)
            {
                self.unreadable(&said, span);
                if let Said::Exempt(reason) = said {
                    exempt = Some(exempt.filter(|e| !e.reason.is_empty()).unwrap_or(reason));
                }
                exempt.get_or_insert_default();
            }
            if self.has_slip(n, &blocks) {
                exempt.get_or_insert_default();
            }
            if let BlockKind::Heading(_) = self.blocks[n].kind {
                let words = self.words_of(n);
                let said = exempt::heading(&words);
                if said.is_some() || exempt::mark(&words).is_some() {
                    exempt.get_or_insert_default();
                }
                if said.is_some_and(|(_, whole)| whole) {
                    rest.get_or_insert_default();
                }
            } else if let Some(line) = self.closes_in_bold(n) {
                inner = Some(line);
                exempt.get_or_insert_default();
                rest.get_or_insert_default();
            } else if exempt.is_none()
                && let Some((said, span)) = self.says_late(n)
            {
                self.unreadable(&said, span);
                exempt = Some(said.exemption());
                let (words, help) = match n == blocks.start {
                    true => (
                        "this says that the text is not public; the whole item is withheld",
                        "write `- Exempt: 3` right under the heading of the item",
                    ),
                    false => (
                        "this stands below other text; the whole item is withheld",
                        "move it right under the heading of the item",
                    ),
                };
                self.report.push(
                    Diagnostic::new(&rules::LATE_FIELDS, self.path, Some(span), words)
                        .help(help)
                        .withheld(true),
                );
            }
        }
        if let Some(whole) = self.holds_lost(&blocks) {
            exempt.get_or_insert_default();
            if whole {
                rest.get_or_insert_default();
            }
        }
        let shuts = self.shuts(&blocks, door == Some(Door::Shuts));
        if shuts == Some(Behind::InIt) {
            exempt.get_or_insert_default();
        }
        let apart =
            number.is_none() && (self.labels.attendance(title).is_some() || self.labels.is_close(title));
        let asked = state.rest.is_some() || exempt.is_some() || apart;
        let publish = asked.then(|| self.publish(&blocks)).flatten();
        if publish.is_some_and(|mark| !mark.yes) && state.rest.is_none() {
            exempt.get_or_insert_default();
        }
        let publish = publish.filter(|mark| mark.yes);
        match (&state.rest, &exempt) {
            (Some(_), None) if publish.is_some() => {}
            (Some(rest), None) => {
                exempt = Some(rest.clone());
                state.exclusion.withholds(all);
            }
            (Some(rest), Some(own)) if own.reason.is_empty() => exempt = Some(rest.clone()),
            _ => {}
        }
        if rest.is_some() || shuts.is_some() {
            state.rest.get_or_insert(rest.unwrap_or_default());
        }
        let whole = own.is_some_and(|(_, whole)| whole);
        let weak = whole && exempt::is_weak(title);
        match exempt {
            _ if shuts.is_some() || weak => state.exclusion.begins(line),
            // "Exempt business" says of all that follows what it is.
            Some(_) if whole => state.exclusion.over(),
            _ if inner.is_some() => state.exclusion.begins(inner.unwrap_or(line)),
            Some(_) => state.exclusion.is_heeded(),
            None if publish.is_none() && !apart => {
                let sends_out = exempt::sends_public_out(&self.source[self.span_of(&blocks).range()]);
                state.exclusion.publishes(line, sends_out);
            }
            _ => {}
        }
        // The mark is no part of names and closing remarks.
        let blocks = match publish {
            Some(mark) if apart && mark.alone => mark.block + 1..blocks.end,
            _ => blocks,
        };

        let withheld = exempt.is_some();
        if number.is_none() && !withheld {
            if let Some(presence) = self.labels.attendance(title) {
                if given.agenda_only {
                    agenda
                        .withheld
                        .push(self.until_block(at.start as usize, blocks.end));
                    return;
                }
                self.unlifted(blocks.clone());
                let doc = self.attendance(presence, title, blocks, all, false);
                agenda.attendance.push(doc);
                return;
            }
            if self.labels.is_close(title) {
                if given.agenda_only {
                    agenda
                        .withheld
                        .push(self.until_block(at.start as usize, blocks.end));
                    return;
                }
                let mut anchors = Anchors::default();
                let prose = self.prose(blocks, Mode::Lifting, &mut anchors).prose;
                agenda.close = Some((title.to_owned(), prose));
                return;
            }
            if let Some(near) = self.labels.nearly_names(title, given.names) {
                let words = format!("`{title}` opens an agenda item, and no list of names");
                self.warn(
                    &rules::NEARLY_A_LABEL,
                    line,
                    words,
                    Some(format!("did you mean `{near}`?")),
                );
            }
        }
        let mut is_public = false;
        let mut fields = Vec::new();
        let mut from = self.first_visible(&blocks);
        if let Some(block) = self.blocks.get(from).filter(|b| {
            blocks.contains(&from) && !withheld && matches!(b.kind, BlockKind::List | BlockKind::Paragraph)
        }) {
            let labels = self.labels;
            let read = fields::read(
                self.source,
                block.span.clone(),
                |k| labels.field(k),
                FieldKey::Other,
                |k| k == FieldKey::Report,
            );
            if let Some(read) = read {
                fields = read;
                for mark in fields.extract_if(.., |field| field.key == FieldKey::Publish) {
                    is_public = self.is_published(&mark);
                    if !is_public {
                        exempt.get_or_insert_default();
                    }
                }
                from += 1;
            }
        }
        if let Some((span, withholds)) = late.filter(|_| fields.is_empty()) {
            let words = "these are no fields, for a paragraph stands above them";
            let help = "move them right under the heading of the item";
            self.report.push(
                Diagnostic::new(&rules::LATE_FIELDS, self.path, Some(span), words)
                    .help(help)
                    .withheld(withholds),
            );
        }
        let withheld = exempt.is_some();
        if !withheld {
            self.unknown_fields(&fields);
            self.impossible_values(&fields);
            if !is_public {
                let help = "write `- Exempt: 3` right under the heading of the item if it is not public, and `- Publish: yes` if it is";
                self.perhaps_exempt(heading..blocks.end.max(heading + 1), help);
            }
        }
        if number.is_some()
            && !withheld
            && !given.agenda_only
            && let Some(presence) = self.labels.attendance(title)
            && let Some(list) = self.plain_list(&self.names_of(from..blocks.end, state.level + 1))
        {
            agenda
                .attendance
                .push(self.attendance(presence, title, list..list + 1, all, true));
        }
        let asked = fields
            .iter()
            .find(|f| f.key == FieldKey::AgendaItem)
            .map(|f| f.value.text.clone())
            .filter(|_| !withheld);
        let base = address(asked.as_deref(), number, title);
        let address = state.free(&base);
        if address != base {
            let words = format!(
                "another item of this meeting has this number or title; this one gets the address `{address}`"
            );
            self.warn(&rules::REPEATED_ITEM, line, words, None);
        }

        let mut anchors = Anchors::default();
        let sections = self.sections(
            from..blocks.end,
            state.level + 1,
            withheld,
            given.agenda_only,
            &mut anchors,
        );
        if withheld {
            agenda.exempt.insert(at.start, exempt.clone().unwrap_or_default());
            let public: Vec<Span> = sections.iter().map(|s| s.span).collect();
            let below = self.until_block(at.end as usize, blocks.end);
            let secret = without(below, &public);
            self.withheld_files(&blocks, &secret, agenda);
            agenda.withheld.extend(secret);
            fields.clear();
        }
        if given.agenda_only {
            // The heading, or the block of fields.
            let behind = self.blocks[from - 1].span.end;
            let kept: Vec<Span> = sections.iter().map(|s| s.span).collect();
            agenda
                .withheld
                .extend(without(self.until_block(behind, blocks.end), &kept));
        }
        agenda.items.push(ItemDoc {
            number: number.map(str::to_owned),
            title: shown(title).into_owned(),
            address,
            other_number: asked.and(number.map(str::to_owned)),
            fields: fit(fields),
            sections: fit(sections),
            exempt,
            heading: line,
            span: all,
        });
    }

    /// `## 5 Title`: the full stop is missing, or stands elsewhere.
    fn unmarked_number(&mut self, words: &str, line: Span) {
        if let Some((number, title)) = number_meant(words) {
            let words = "the number is read as part of the title";
            let help = format!("write `{number}. {title}`");
            self.warn(&rules::HEADING_NUMBER, line, words, Some(help));
            return;
        }
        let Some((first, rest)) = words.split_once(' ') else {
            return;
        };
        let digits = first
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'.' || b == b'/');
        let starts = first.as_bytes().first().is_some_and(u8::is_ascii_digit);
        let year = first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit());
        if starts && digits && !year && first.len() <= 8 && !rest.is_empty() {
            let words = format!("`{first}` is read as part of the title");
            self.warn(
                &rules::HEADING_NUMBER,
                line,
                words,
                Some(format!(
                    "write `{}.` for the number of an item",
                    first.trim_end_matches('.')
                )),
            );
        }
    }

    /// The first of some blocks that is no comment.
    fn first_visible(&self, blocks: &Range<usize>) -> usize {
        let mut seen = blocks.clone().skip_while(|n| self.is_invisible(&self.blocks[*n]));
        seen.next().unwrap_or(blocks.end)
    }

    /// Whether the first block below a heading says that the item is exempt.
    pub(super) fn withholds(&self, block: usize, within: &Range<usize>) -> Option<(Said, Span)> {
        let mut n = block;
        while within.contains(&n) && self.is_invisible(&self.blocks[n]) {
            n += 1;
        }
        let block = self.blocks.get(n).filter(|_| within.contains(&n))?;
        let text = self.source.get(block.span.clone())?;
        let mut at = block.span.start;
        for line in scan::lines(text) {
            if let Some(said) = exempt::line(line) {
                return Some((said, Span::new(at, at + line.trim_end().len())));
            }
            at += line.len();
        }
        // The same in the words that a reader would see: entities and marks undone.
        let span = Span::new(block.span.start, block.span.start + 1);
        let mut shown = String::with_capacity(text.len());
        for ev in &self.events[block.events.clone()] {
            match &ev.event {
                Event::Text(t) | Event::Code(t) => shown.push_str(t),
                Event::Start(_) | Event::SoftBreak | Event::HardBreak
                    if !matches!(
                        ev.event,
                        Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. })
                    ) =>
                {
                    shown.push('\n');
                }
                _ => {}
            }
        }
        let said = scan::lines(&shown).find_map(exempt::line);
        said.map(|said| (said, span))
    }

    pub(super) fn unreadable(&mut self, said: &Said, span: Span) {
        if *said == Said::Unreadable {
            self.report.push(
                Diagnostic::new(&rules::EXEMPT_UNREADABLE, self.path, Some(span), "the reason of this exemption cannot be read; the item is withheld")
                    .help("write `Exempt: 3` with the paragraph of Schedule 12A; if the text is public, let no line begin with that word")
                    .withheld(true),
            );
        }
    }

    /// Files that withheld blocks link to: they must not be published either.
    fn withheld_files(&self, blocks: &Range<usize>, secret: &[Span], agenda: &mut Agenda) {
        for ev in self.events_of(blocks.clone()) {
            // They stand in order, and none over another.
            let at = ev.range.start as u32;
            let reaches = secret.partition_point(|s| s.end <= at);
            if !secret.get(reaches).is_some_and(|s| s.contains(at)) {
                continue;
            }
            if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = &ev.event {
                let span = Span::new(ev.range.start, ev.range.end);
                agenda.withheld_files.push(Mention {
                    text: dest_url.to_string(),
                    span,
                });
            }
        }
    }

    /// The blocks of an item in which its names can stand: those before the
    /// first section that holds something else. `level`: that of sections.
    fn names_of(&self, blocks: Range<usize>, level: u8) -> Range<usize> {
        let ends = |n: &usize| {
            self.blocks[*n].kind == BlockKind::Heading(level)
                && match self.labels.section(&self.words_of(*n)) {
                    Label::Section(kind) => kind != SectionKind::Minutes,
                    Label::NamedVote(_) => true,
                    _ => false,
                }
        };
        blocks.start..blocks.clone().find(ends).unwrap_or(blocks.end)
    }

    /// The only list in these blocks, when it is a plain list of names.
    fn plain_list(&self, blocks: &Range<usize>) -> Option<usize> {
        let mut lists = blocks.clone().filter(|&n| self.blocks[n].kind == BlockKind::List);
        let list = lists.next()?;
        let events = self.events_of(list..list + 1);
        let nested = events
            .iter()
            .filter(|e| matches!(e.event, Event::Start(Tag::List(_))))
            .count()
            > 1;
        let long = events
            .iter()
            .any(|e| matches!(&e.event, Event::Text(t) if t.len() > 90));
        (lists.next().is_none() && !nested && !long).then_some(list)
    }

    fn attendance(
        &mut self,
        presence: Presence,
        label: &str,
        blocks: Range<usize>,
        span: Span,
        in_item: bool,
    ) -> AttendanceDoc {
        let mut anchors = Anchors::default();
        let read = self.prose(blocks, Mode::Entries, &mut anchors);
        AttendanceDoc {
            presence,
            label: label.to_owned(),
            prose: read.prose,
            entries: read.entries,
            in_item,
            span,
        }
    }

    /// Divides the blocks of an item into its sections.
    fn sections(
        &mut self,
        blocks: Range<usize>,
        level: u8,
        withheld: bool,
        agenda_only: bool,
        anchors: &mut Anchors,
    ) -> Vec<SectionDoc> {
        struct Segment {
            kind: Option<SectionKind>,
            label: String,
            named: Option<String>,
            heading: Option<usize>,
            blocks: Range<usize>,
        }
        let mut segments = vec![Segment {
            kind: None,
            label: String::new(),
            named: None,
            heading: None,
            blocks: blocks.start..blocks.start,
        }];
        for n in blocks.clone() {
            if self.blocks[n].kind != BlockKind::Heading(level) {
                if let Some(last) = segments.last_mut() {
                    last.blocks.end = n + 1;
                }
                continue;
            }
            let words = self.words_of(n);
            let span = Span::new(
                self.blocks[n].span.start,
                self.blocks[n].span.start + self.source[self.blocks[n].span.clone()].trim_end().len(),
            );
            if holds_blank(&words) && !withheld {
                self.report.push(Diagnostic::blank(self.path, span));
            }
            let (kind, named) = match self.labels.section(&words) {
                Label::Section(kind) => (kind, None),
                Label::NamedVote(name) => (SectionKind::Vote, Some(name.to_owned())),
                Label::Nearly(known) => {
                    self.warn(&rules::NEARLY_A_LABEL, span, format!("`{words}` opens no section that is known; what stands below it is shown as plain text"), Some(format!("did you mean `{known}`?")));
                    (SectionKind::Free, None)
                }
                Label::Longer(known) => {
                    let help = format!("write `{known}` alone to open that section, or leave it as it is");
                    self.warn(&rules::NEARLY_A_LABEL, span, format!("`{words}` opens no section that is known; what stands below it is shown as plain text"), Some(help));
                    (SectionKind::Free, None)
                }
                Label::UnmarkedVote(meant) => {
                    let help = format!(
                        "write `{} {meant}` for a vote of that name, or leave it as it is",
                        "#".repeat(level.into())
                    );
                    self.warn(&rules::NEARLY_A_LABEL, span, format!("`{words}` opens no section that is known; what stands below it is shown as plain text"), Some(help));
                    (SectionKind::Free, None)
                }
                Label::Free => (SectionKind::Free, None),
            };
            let last = segments.last_mut();
            let continues = kind == SectionKind::Free
                && level > 2
                && last
                    .as_ref()
                    .is_some_and(|s| matches!(s.kind, None | Some(SectionKind::Minutes | SectionKind::Free)));
            if let (true, Some(last)) = (continues, last) {
                last.blocks.end = n + 1;
            } else {
                segments.push(Segment {
                    kind: Some(kind),
                    label: shown(&words).into_owned(),
                    named: named.map(|name| shown(&name).into_owned()),
                    heading: Some(n),
                    blocks: n + 1..n + 1,
                });
            }
        }
        let has_text = segments.iter().any(|s| s.kind.is_some_and(SectionKind::is_text));
        let mut out = Vec::new();
        for segment in segments {
            let kind = segment.kind.unwrap_or(if has_text {
                SectionKind::Summary
            } else {
                SectionKind::Minutes
            });
            if withheld && kind != SectionKind::PublicSummary {
                continue;
            }
            if agenda_only && !kind.is_agenda() {
                continue;
            }
            if segment.heading.is_none() && segment.blocks.is_empty() {
                continue;
            }
            let mut segment = segment;
            if withheld {
                segment.blocks.end = self.public_until(segment.blocks.clone());
            }
            let start = segment.heading.unwrap_or(segment.blocks.start);
            let span = self.span_of(&(start..segment.blocks.end.max(start + 1)));
            let blocks = segment.blocks;
            let mut vote = None;
            let mut lines_at = None;
            if kind == SectionKind::Vote
                && let Some((at, lines)) = self.vote_lines(&blocks)
            {
                lines_at = Some(at);
                vote = Some(Box::new(VoteDoc {
                    title: segment.named,
                    lines,
                }));
            }
            let mode = match kind {
                SectionKind::Decision
                | SectionKind::Resolved
                | SectionKind::Actions
                | SectionKind::ActionBy => Mode::Entries,
                SectionKind::Documents | SectionKind::BackgroundPapers => Mode::Papers,
                SectionKind::Minutes => Mode::Lifting,
                _ => Mode::Plain,
            };
            if matches!(mode, Mode::Plain) && kind != SectionKind::Vote {
                self.unlifted(blocks.clone());
            }
            let heading = segment.heading.unwrap_or(start);
            let read = match lines_at {
                Some(at) => self.prose_without(blocks.clone(), at, mode, anchors),
                None => self.prose(blocks.clone(), mode, anchors),
            };
            if read.entries.is_empty() && vote.is_none() {
                self.unread(kind, heading, &blocks);
            }
            out.push(SectionDoc {
                kind,
                label: segment.label,
                span,
                prose: read.prose,
                entries: read.entries,
                vote,
            });
        }
        out
    }

    /// The lines of a vote, and the block that they stand in.
    fn vote_lines(&mut self, blocks: &Range<usize>) -> Option<(usize, Vec<FieldDoc<VoteKey>>)> {
        let labels = self.labels;
        let (at, lines) = blocks
            .clone()
            .take_while(|n| !matches!(self.blocks[*n].kind, BlockKind::Heading(_)))
            .filter(|n| matches!(self.blocks[*n].kind, BlockKind::List | BlockKind::Paragraph))
            .find_map(|n| {
                let place = self.blocks[n].span.clone();
                let lines = fields::read(self.source, place, |k| labels.vote(k), VoteKey::Other, |_| false);
                lines.map(|lines| (n, lines))
            })?;
        for line in lines.iter().filter(|l| l.key == VoteKey::Other) {
            let help = labels
                .nearest_vote(&line.label)
                .map(|near| format!("did you mean `{near}`?"));
            let words = format!(
                "the key `{}` is not known in a vote; it is shown as it is written",
                line.label
            );
            self.warn(&rules::UNKNOWN_KEY, line.label_span, words, help);
        }
        Some((at, lines))
    }

    /// Tells of a section whose entries go to a register, and that has none
    /// although something stands in it.
    fn unread(&mut self, kind: SectionKind, heading: usize, blocks: &Range<usize>) {
        let (words, help) = match kind {
            SectionKind::Vote => (
                "no vote is read below this heading, and none is counted",
                "write its lines as a list: `- For: 3`, `- Against: 2`, `- Result: carried`",
            ),
            SectionKind::Actions => (
                "no action is read below this heading, and none goes to the register",
                "write a list, with an entry for each: `- [ ] Mend the fence | owner: name | due: 2026-11-30`",
            ),
            SectionKind::Decision | SectionKind::Resolved => (
                "no decision is read below this heading, and none goes to the register",
                "write a list, with an entry for each: `1. To mend the fence.`",
            ),
            _ => return,
        };
        let text = markdown::plain(self.events_of(blocks.clone()));
        if text.is_empty() || nothing::is_none_of(&["vote", "votes"], &text) {
            return;
        }
        let place = &self.blocks[heading].span;
        let length = self.source[place.clone()].trim_end().len();
        let span = Span::new(place.start, place.start + length);
        self.warn(&rules::UNREAD_SECTION, span, words, Some(help.into()));
    }

    fn unknown_fields(&mut self, fields: &[FieldDoc<FieldKey>]) {
        for field in fields.iter().filter(|f| f.key == FieldKey::Other) {
            let help = self
                .labels
                .nearest_field(&field.label)
                .map(|near| format!("did you mean `{near}`?"));
            let words = format!(
                "the key `{}` is not known here; it is shown as it is written",
                field.label
            );
            self.warn(&rules::UNKNOWN_KEY, field.label_span, words, help);
        }
    }

    /// `### 1. Title` in a file that has no `##` at all.
    fn numbered_subheadings(&mut self, groups: &[(Option<usize>, Range<usize>)]) {
        let Some(first) = groups.iter().find_map(|g| g.0) else {
            return;
        };
        let span = Span::new(self.blocks[first].span.start, self.blocks[first].span.end);
        let help = "write `## 1. Title`, and `###` for the sections in it".to_owned();
        self.warn(
            &rules::NUMBERED_SUBHEADING,
            span,
            "this file has no `##`; its numbered headings are read as its items",
            Some(help),
        );
    }
}

/// What is carried from item to item.
struct Walk {
    /// Which headings open items.
    level: u8,
    /// The whole meeting is withheld.
    all: Option<Exemption>,
    /// Everything from here on is withheld, until the public is let in.
    rest: Option<Exemption>,
    exclusion: Exclusion,
    /// Addresses that are taken.
    taken: BTreeMap<String, usize>,
}

impl Walk {
    /// The address, or the first of `-2`, `-3` … that is free.
    fn free(&mut self, base: &str) -> String {
        let mut address = base.to_owned();
        let mut n = self.taken.get(base).copied().unwrap_or(0);
        while self.taken.contains_key(&address) {
            n += 1;
            address = format!("{base}-{}", n + 1);
        }
        self.taken.insert(base.to_owned(), n);
        self.taken.insert(address.clone(), 0);
        address
    }
}

/// What of a span is left without others.
pub(super) fn without(span: Span, others: &[Span]) -> Vec<Span> {
    let mut left = Vec::new();
    let mut from = span.start;
    for other in others {
        if other.start > from {
            left.push(Span {
                start: from,
                end: other.start,
            });
        }
        from = from.max(other.end);
    }
    if span.end > from {
        left.push(Span {
            start: from,
            end: span.end,
        });
    }
    left
}

/// Reads the text of a meeting from `body` on.
///
/// A text that holds something withheld is read twice: the second time with
/// every withheld byte blanked, so that nothing of it – a footnote, the target
/// of a link – can reach what is public.
pub fn read(
    path: &SourcePath,
    source: &str,
    body: usize,
    labels: &Labels,
    given: &Given,
) -> (Agenda, Report) {
    let (first, mut report) = Reader::new(path, source, body, labels).agenda(given, None);
    if first.withheld.is_empty() {
        return (first, report);
    }
    let blank = blanked(source, &first.withheld);
    let again = Given {
        exempt: given.exempt || first.whole.is_some(),
        ..*given
    };
    let (mut agenda, second) =
        Reader::new(path, &blank, body, labels).agenda(&again, Some(first.exempt.clone()));
    // What the first reading said on purpose has no words of the text in it.
    report.diagnostics_mut().retain(|d| d.withheld);
    report.merge(second);
    hide(&mut report, &first.withheld);
    agenda.withheld = first.withheld;
    agenda.whole = first.whole;
    agenda.withheld_files = first.withheld_files;
    (agenda, report)
}

/// A text in which what is withheld is blanks, and the rest stands where it stood.
pub(super) fn blanked(source: &str, withheld: &[Span]) -> String {
    let mut bytes = source.as_bytes().to_vec();
    for byte in withheld.iter().flat_map(|span| span.range()) {
        if let Some(b) = bytes.get_mut(byte).filter(|b| **b != b'\n') {
            *b = b' ';
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Drops what was said about withheld text: its words could be in it. What was
/// said on purpose, without words, stays.
pub fn hide(report: &mut Report, withheld: &[Span]) {
    if withheld.is_empty() {
        return;
    }
    let withheld = apart(withheld);
    report.diagnostics_mut().retain(|d| {
        let inside = d.span.is_some_and(|s| {
            let reaches = withheld.partition_point(|w| w.end <= s.start);
            withheld
                .get(reaches)
                .is_some_and(|w| w.start < s.end.max(s.start + 1))
        });
        !inside || d.withheld
    });
}

/// The same spans in order, and none over another.
fn apart(spans: &[Span]) -> Vec<Span> {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable_by_key(|span| (span.start, span.end));
    let mut out: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// `5. Title`, `24/123) Title`: the number and the title.
pub fn numbered_title(words: &str) -> (Option<&str>, &str) {
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    let token = &words[..end];
    let number = token.strip_suffix(['.', ')']).filter(|n| {
        n.starts_with(|c: char| c.is_ascii_digit())
            && n.len() <= 20
            && n.chars().all(|c| c.is_ascii_alphanumeric() || ".-/".contains(c))
    });
    match number {
        Some(number) if end < words.len() => (Some(number), words[end..].trim_start()),
        _ => (None, words),
    }
}

/// `5.Title`, `5: Title`, `Item 5. Title`: the number and the title that were
/// meant.
fn number_meant(words: &str) -> Option<(&str, &str)> {
    let lower = words.to_ascii_lowercase();
    let word = ["agenda item ", "item no. ", "item "]
        .iter()
        .find(|w| lower.starts_with(**w));
    let rest = &words[word.map_or(0, |w| w.len())..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, behind) = rest.split_at(digits);
    let mark = behind.chars().next()?;
    let title = behind[mark.len_utf8()..].trim_start();
    let glued =
        matches!(mark, '.' | ')') && behind[1..].starts_with(|c: char| c.is_alphabetic() && c.is_uppercase());
    let meant = match word {
        Some(_) => matches!(mark, '.' | ')' | ':' | '-' | '–' | '—' | ' '),
        None => glued || (mark == ':' && behind[1..].starts_with(' ')),
    };
    let title = title.trim_start_matches(['-', '–', '—', ' ']);
    (meant && matches!(digits, 1..=3) && !title.is_empty()).then_some((number, title))
}

/// The part of the address that is the item's own.
fn address(asked: Option<&str>, number: Option<&str>, title: &str) -> String {
    if let Some(number) = asked.or(number) {
        return slug(number);
    }
    let slug = slug(title);
    if slug.bytes().all(|b| b.is_ascii_digit()) {
        format!("item-{slug}")
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_open_titles() {
        for (words, expected) in [
            ("5. Response", (Some("5"), "Response")),
            ("24/123) Plan", (Some("24/123"), "Plan")),
            ("3.1. Sub", (Some("3.1"), "Sub")),
            ("5a. Late", (Some("5a"), "Late")),
            ("2019 budget", (None, "2019 budget")),
            ("5 Title", (None, "5 Title")),
            ("5.", (None, "5.")),
            ("A. Title", (None, "A. Title")),
        ] {
            assert_eq!(numbered_title(words), expected, "{words}");
        }
    }

    #[test]
    fn numbers_are_guessed_at() {
        for (words, expected) in [
            ("5.Roads", Some(("5", "Roads"))),
            ("2: Roads", Some(("2", "Roads"))),
            ("Item 2. Roads", Some(("2", "Roads"))),
            ("Agenda item 12 – Roads", Some(("12", "Roads"))),
            ("2024: a review", None),
            ("5.5m for roads", None),
            ("10:30 start", None),
            ("Items for information", None),
            ("Item 2", None),
        ] {
            assert_eq!(number_meant(words), expected, "{words}");
        }
    }
}
