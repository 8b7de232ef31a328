//! Events into [`Prose`]: HTML in which ids, addresses and heading levels are
//! left open, with the entries of its lists marked for the registers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use thin_vec::{ThinVec, thin_vec};

use super::front_matter::Mention;
use super::markdown::{self, Ev};
use super::simple::{self, Simple};
use super::{exempt, highlight, html, tail};
use crate::hash::Digest;
use crate::model::fit::fit;
use crate::model::prose::Marks;
use crate::model::{Anchor, Cut, Prose, Slot, What};
use crate::paths::Span;
use crate::text::escape::{escaped, push_escaped};
use crate::text::{scan, wiki};

/// A link as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Href {
    pub kind: HrefKind,
    pub dest: String,
    /// The alternative text of a picture; the label of a footnote.
    pub label: String,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HrefKind {
    /// `[words](dest)`
    Written,
    /// `[[dest]]` – the record's own name is its text – and `[[dest|words]]`.
    Wiki {
        bare: bool,
    },
    /// An address that stands in the text as itself.
    Address,
    Image,
    Footnote,
    /// A paper that is named with its size and that nothing is linked to.
    NotHeld,
    /// A paper that its own line calls exempt: the words are shown, no more.
    Withheld,
}

/// Written text before anything in it is understood.
pub type Written = Prose<Href>;

/// How a stretch of text is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Plain,
    /// Its lists are entries of a register.
    Entries,
    /// Its lists are papers: type and size stand behind each link.
    Papers,
    /// Paragraphs that open with RESOLVED and the like are entries too.
    Lifting,
}

/// An entry as it was written: where its words are, and what stands behind `|`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct EntryDoc {
    pub marks: Marks,
    /// RESOLVED, ACTION …: what opened a lifted entry.
    pub opener: Option<&'static str>,
    /// `(a)`, `3.1`: the author's own label.
    pub label: Option<String>,
    /// A task's box: `[ ]` or `[x]`.
    pub done: Option<bool>,
    /// None: it has none. Few have one.
    pub tail: Option<Box<tail::Tail>>,
    /// The readable words.
    pub text: String,
    /// What introduces its list and is more than a formula: "To note the report,
    /// and in particular:".
    pub lead: Option<Box<str>>,
    /// The first stretch of plain text, and where it stands in the HTML: the
    /// name, in a list of names. With a `[[link]]` in it the place is empty.
    pub first: Option<(Mention, (u32, u32))>,
    /// The first link, in a list of papers.
    pub link: Option<u32>,
    pub span: Span,
}

/// What a reading gave.
#[derive(Default)]
pub struct Read {
    pub prose: Written,
    pub entries: ThinVec<EntryDoc>,
    /// Places where a list was read that Markdown would not have seen.
    pub rescued: Vec<Span>,
    /// Comments that were never closed.
    pub unclosed: Vec<Span>,
}

/// The paragraphs of one item, by the digest of their text: a text that stands
/// twice gets two anchors.
#[derive(Default)]
pub struct Anchors {
    seen: BTreeMap<[u8; 3], u16>,
    /// Footnotes that are written already.
    notes: BTreeSet<String>,
}

impl Anchors {
    fn next(&mut self, text: &str) -> Anchor {
        let digest = if scan::is_folded(text) {
            Digest::of(text.as_bytes())
        } else {
            Digest::of(scan::folded(text).as_bytes())
        };
        let digest = digest.anchor();
        let repeat = self.seen.entry(digest).or_insert(0);
        *repeat += 1;
        Anchor {
            digest,
            repeat: *repeat,
        }
    }
}

/// Reads a stretch of the events of a file; `source` is the file's whole text.
pub fn read(source: &str, events: &[Ev], mode: Mode, anchors: &mut Anchors) -> Read {
    let mut writer = Writer::new(source, mode, anchors);
    writer.expect(events);
    match mode {
        Mode::Entries => writer.entry_blocks(events),
        Mode::Lifting => writer.lifting_blocks(events),
        Mode::Plain | Mode::Papers => {
            for block in markdown::blocks(events) {
                writer.block(&events[block.events]);
            }
        }
    }
    writer.finish()
}

/// Reads a value that stands in a line: its paragraph's marks are left out.
pub fn inline(text: &str, base: usize, papers: bool) -> Written {
    let simple = simple::read(text).and_then(|read| simple_inline(read, text, base, papers));
    simple.unwrap_or_else(|| parsed_inline(text, base, papers))
}

/// A value that needs no parser; an address in it may be a link of its own.
fn simple_inline(read: Simple, text: &str, base: usize, papers: bool) -> Option<Written> {
    let (words, dest) = match read {
        Simple::Words if scan::find(text, "://").is_some() => return None,
        Simple::Words => (text, None),
        Simple::Link { words, dest } => (words, Some(dest)),
    };
    let mut html = escaped(words).into_owned();
    html.shrink_to_fit();
    let end = html.len() as u32;
    let mut written = Written {
        html,
        ..Written::default()
    };
    let Some(dest) = dest else {
        written.runs = thin_vec![(0, end)];
        return Some(written);
    };
    written.links = thin_vec![Href {
        kind: HrefKind::Written,
        dest: dest.to_owned(),
        label: String::new(),
        span: Span::new(base, base + text.len()),
    }];
    let slot = |at, what| Slot { at, what };
    let link = [slot(0, What::LinkOpen(0)), slot(end, What::LinkClose(0))];
    written.slots = match papers {
        true => thin_vec![link[0], link[1], slot(end, What::Facts(0))],
        false => ThinVec::from(link),
    };
    Some(written)
}

fn parsed_inline(text: &str, base: usize, papers: bool) -> Written {
    let mut habits = markdown::Habits::default();
    let events = markdown::events(text, base, &mut habits);
    let mut anchors = Anchors::default();
    let mut writer = Writer::new("", if papers { Mode::Papers } else { Mode::Plain }, &mut anchors);
    let one = matches!(
        events.first().map(|e| &e.event),
        Some(Event::Start(Tag::Paragraph))
    ) && events
        .iter()
        .filter(|e| matches!(e.event, Event::Start(Tag::Paragraph)))
        .count()
        == 1
        && matches!(
            events.last().map(|e| &e.event),
            Some(Event::End(TagEnd::Paragraph))
        );
    writer.expect(&events);
    if one {
        writer.run(&events[1..events.len() - 1]);
        html::close(&mut writer.out, &mut writer.tags);
    } else {
        // Something that is no line: shown as the words that were written.
        writer.text(text.trim(), base);
    }
    let mut read = writer.finish();
    read.prose.slots.retain(|s| !matches!(s.what, What::Anchor(_)));
    read.prose
}

/// Deeper lists and quotes than this are written without their tags.
const DEEPEST: usize = 30;

struct Writer<'a> {
    source: &'a str,
    mode: Mode,
    anchors: &'a mut Anchors,
    out: String,
    slots: Vec<Slot>,
    links: Vec<Href>,
    runs: Vec<(u32, u32)>,
    cuts: Vec<Cut>,
    entries: Vec<EntryDoc>,
    rescued: Vec<Span>,
    unclosed: Vec<Span>,
    /// Raw tags of the paragraph that are open.
    tags: Vec<String>,
    /// Source levels of the headings we are under.
    headings: Vec<u8>,
    /// Anchors waiting for the text they are named after.
    waiting: Vec<Waiting>,
    /// The links we are in; text in one is not linked again.
    in_link: Vec<u32>,
    in_code: usize,
    image: Option<(usize, String)>,
    /// Containers: lists and quotes; those too deep have no tags.
    depth: usize,
    item_depth: usize,
    /// The entry we are in, and the depth of its list.
    entry: Option<usize>,
    /// The entry is a list item.
    item_entry: bool,
    /// Items of a list in the minutes that are entries, by where they begin.
    openers: BTreeMap<usize, &'static str>,
    /// An entry whose tail has begun: the rest of its line is no text.
    tail: Option<String>,
    /// The line of the tail has ended, and the next may belong to it.
    tail_breaks: bool,
    /// Emphasis and links that opened in the tail, and are still open.
    tail_marks: usize,
    lists: Vec<ListState>,
    table: Vec<Alignment>,
    cell: usize,
    cell_start: usize,
    in_head: bool,
    text_len: u32,
    code: Option<(String, String)>,
    /// The list that begins has labels of its own.
    labelled: bool,
    /// What introduces the list that is being read.
    lead: Option<Box<str>>,
    block_html: String,
    block_span: Span,
    /// The numbers of footnotes, in the order of their calls, by label.
    notes: BTreeMap<String, usize>,
}

struct Waiting {
    /// None: only watched for the mark of an exempt paper.
    slot: Option<usize>,
    /// How many links stood before it.
    links: usize,
    text: String,
    /// An item's own text ends where a block in it begins.
    closed: bool,
}

struct ListState {
    next: Option<u64>,
    /// All its items so far are written `1.`: Markdown is to count.
    ones: bool,
    tagged: bool,
}

impl<'a> Writer<'a> {
    fn new(source: &'a str, mode: Mode, anchors: &'a mut Anchors) -> Self {
        Self {
            source,
            mode,
            anchors,
            out: String::new(),
            slots: Vec::new(),
            links: Vec::new(),
            runs: Vec::new(),
            cuts: Vec::new(),
            entries: Vec::new(),
            rescued: Vec::new(),
            unclosed: Vec::new(),
            tags: Vec::new(),
            headings: Vec::new(),
            waiting: Vec::new(),
            in_link: Vec::new(),
            in_code: 0,
            image: None,
            depth: 0,
            item_depth: 0,
            entry: None,
            item_entry: false,
            openers: BTreeMap::new(),
            tail: None,
            tail_breaks: false,
            tail_marks: 0,
            lists: Vec::new(),
            table: Vec::new(),
            cell: 0,
            cell_start: 0,
            in_head: false,
            text_len: 0,
            code: None,
            labelled: false,
            lead: None,
            block_html: String::new(),
            block_span: Span::default(),
            notes: BTreeMap::new(),
        }
    }

    /// Makes room for what some events will come to, as far as they tell.
    fn expect(&mut self, events: &[Ev]) {
        if let (Some(first), Some(last)) = (events.first(), events.last()) {
            let bytes = last.range.end.saturating_sub(first.range.start);
            self.out.reserve(bytes + bytes / 8 + 32);
            self.slots.reserve(events.len() / 3 + 1);
            self.runs.reserve(events.len() / 3 + 1);
        }
    }

    fn finish(mut self) -> Read {
        html::close(&mut self.out, &mut self.tags);
        // Slots were pushed in the order of their places.
        let prose = Prose {
            // A copy fits.
            html: self.out.as_str().to_owned(),
            slots: fit(self.slots),
            links: fit(self.links),
            runs: fit(self.runs),
            cuts: fit(self.cuts),
        };
        Read {
            prose,
            entries: fit(self.entries),
            rescued: self.rescued,
            unclosed: self.unclosed,
        }
    }

    fn slot(&mut self, what: What) -> usize {
        self.slots.push(Slot {
            at: self.out.len() as u32,
            what,
        });
        self.slots.len() - 1
    }

    fn block(&mut self, events: &[Ev]) {
        self.run(events);
        self.cut();
    }

    fn cut(&mut self) {
        self.cuts.push(Cut {
            html: self.out.len() as u32,
            slots: self.slots.len() as u32,
            text: self.text_len,
        });
    }

    /// Opens an entry here; what is written until [`Self::close_entry`] is its words.
    fn open_entry(&mut self, span: Span, opener: Option<&'static str>) -> usize {
        let n = self.entries.len();
        self.slot(What::Entry(n as u32));
        self.out.push('>');
        let marks = Marks {
            html: (self.out.len() as u32, 0),
            slots: (self.slots.len() as u32, 0),
        };
        self.entries.push(EntryDoc {
            marks,
            opener,
            span,
            ..EntryDoc::default()
        });
        self.entry = Some(n);
        n
    }

    fn close_entry(&mut self, n: usize) {
        self.end_tail();
        let end = self.out.len() as u32;
        let (from, slots) = (self.entries[n].marks.html.0, self.slots.len() as u32);
        let text = words_of_entry(&self.out[from as usize..]);
        let entry = &mut self.entries[n];
        entry.lead.clone_from(&self.lead);
        entry.marks.html.1 = end;
        entry.marks.slots.1 = slots;
        entry.text = text;
        let told = self.entries[n].tail.as_ref().is_some_and(|tail| tail.says());
        if told || self.entries[n].done.is_some() {
            self.slot(What::Tail(n as u32));
        }
        self.entry = None;
    }

    /// Decision, Resolved, Actions: list items and paragraphs are entries.
    fn entry_blocks(&mut self, events: &[Ev]) {
        let events = with_labels(events);
        let blocks = markdown::blocks(&events);
        let is_list = |n: usize| blocks.get(n).is_some_and(|b| b.kind == markdown::BlockKind::List);
        for (n, block) in blocks.iter().enumerate() {
            let inner = &events[block.events.clone()];
            let words = (block.kind == markdown::BlockKind::Paragraph).then(|| markdown::plain(inner));
            let formula = words.as_deref().is_some_and(is_formula);
            // A paragraph that introduces what follows is no entry.
            let stands_alone = words.as_deref().is_some_and(|words| {
                tail::may_begin(words).is_some() || !(is_list(n + 1) || words.ends_with(':') || formula)
            });
            if stands_alone {
                self.lead = None;
                self.out.push_str("<div class=\"entry\"");
                let entry = self.open_entry(Span::new(block.span.start, block.span.end), None);
                self.run(inner);
                self.close_entry(entry);
                self.out.push_str("</div>\n");
                self.cut();
            } else {
                self.block(inner);
                let lead = words.filter(|words| !words.trim().is_empty() && !formula);
                self.lead = lead.map(|words| words.trim().into());
            }
        }
        self.lead = None;
    }

    /// Minutes: a paragraph that opens with RESOLVED and the like is an entry,
    /// and so is the list that such a word announces.
    fn lifting_blocks(&mut self, events: &[Ev]) {
        let events = self.with_rescued_lists(events);
        let blocks = markdown::blocks(&events);
        let mut n = 0;
        while n < blocks.len() {
            let inner = &events[blocks[n].events.clone()];
            let opener = if blocks[n].kind == markdown::BlockKind::Paragraph {
                opens_entry(inner)
            } else {
                None
            };
            let Some(opener) = opener else {
                if blocks[n].kind == markdown::BlockKind::List {
                    self.openers = item_openers(inner);
                }
                self.block(inner);
                self.openers.clear();
                n += 1;
                continue;
            };
            let words = markdown::plain(inner);
            let kind_at = |m: usize| blocks.get(m).map(|b| b.kind);
            if is_formula(&words) && kind_at(n + 1) == Some(markdown::BlockKind::List) {
                self.block(inner);
                self.mode = Mode::Entries;
                let from = self.entries.len();
                self.block(&events[blocks[n + 1].events.clone()]);
                self.entries[from..]
                    .iter_mut()
                    .for_each(|e| e.opener = Some(opener));
                self.mode = Mode::Lifting;
                n += 2;
                continue;
            }
            // Where paragraphs that open with (a), (b) and so on end.
            let labels = |from: usize| {
                let opens = |block: &&markdown::Block| {
                    block.kind == markdown::BlockKind::Paragraph
                        && opens_labelled(&events[block.events.clone()])
                };
                from + blocks[from..].iter().take_while(opens).count()
            };
            let mut last = n;
            if is_formula(&words) && labels(n + 1) > n + 1 {
                self.block(inner);
                let end = labels(n + 1);
                self.lifted_each(&events, &blocks[n + 1..end], opener);
                n = end;
                continue;
            }
            if is_formula(&words) && kind_at(n + 1) == Some(markdown::BlockKind::Paragraph) {
                last += 1;
            }
            let lead = markdown::plain(&events[blocks[last].events.clone()]);
            if lead.ends_with(':') {
                last = match kind_at(last + 1) {
                    Some(markdown::BlockKind::List) => last + 1,
                    _ => labels(last + 1) - 1,
                };
            }
            self.lifted(&events, &blocks[n..=last], opener);
            n = last + 1;
            // "RESOLVED (a) that …", and (b) in a paragraph of its own.
            let first_of_some = words
                .split_once('(')
                .is_some_and(|(before, _)| is_formula(before) && labelled(&words[before.len()..]).is_some());
            if first_of_some {
                let end = labels(n);
                self.lifted_each(&events, &blocks[n..end], opener);
                n = end;
            }
        }
    }

    fn lifted_each(&mut self, events: &[Ev], blocks: &[markdown::Block], opener: &'static str) {
        for block in blocks {
            self.lifted(events, std::slice::from_ref(block), opener);
        }
    }

    /// Paragraphs, and the list that they announce, as one entry.
    fn lifted(&mut self, events: &[Ev], blocks: &[markdown::Block], opener: &'static str) {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return;
        };
        self.out.push_str("<div class=\"entry\"");
        let span = Span::new(first.span.start, last.span.end);
        let entry = self.open_entry(span, Some(opener));
        // The list inside belongs to this entry and makes none of its own.
        let mode = std::mem::replace(&mut self.mode, Mode::Plain);
        for block in blocks {
            self.run(&events[block.events.clone()]);
        }
        self.mode = mode;
        self.close_entry(entry);
        self.out.push_str("</div>\n");
        self.cut();
    }

    /// `RESOLVED` with numbers on the lines below it is one paragraph in
    /// Markdown; it was meant as a list.
    fn with_rescued_lists<'v, 'e>(&mut self, events: &'v [Ev<'e>]) -> Cow<'v, [Ev<'e>]> {
        let blocks = markdown::blocks(events);
        let formula = |block: &markdown::Block| {
            let inner = &events[block.events.clone()];
            block.kind == markdown::BlockKind::Paragraph
                && opens_entry(inner).is_some()
                && first_line(inner).is_some_and(|line| is_formula(&line))
        };
        if !blocks.iter().any(formula) {
            return Cow::Borrowed(events);
        }
        let mut out = Vec::with_capacity(events.len());
        for block in &blocks {
            let inner = &events[block.events.clone()];
            if formula(block) {
                let list = markdown::into_list(inner.to_vec(), |events, at| {
                    text_at(events, at)
                        .and_then(numbered)
                        .or_else(|| text_at(events, at).and_then(labelled))
                        .map(|_| 0)
                });
                if list.len() != inner.len() {
                    self.rescued.push(Span::new(block.span.start, block.span.end));
                }
                out.extend(list);
            } else {
                out.extend(inner.iter().cloned());
            }
        }
        Cow::Owned(out)
    }

    fn run(&mut self, events: &[Ev]) {
        for (n, ev) in events.iter().enumerate() {
            if let (Event::Start(Tag::List(None)), Some(Event::Text(first))) =
                (&ev.event, events.get(n + 2).map(|e| &e.event))
            {
                self.labelled = labelled(first).is_some();
            }
            self.event(&ev.event, &ev.range);
        }
    }

    fn event(&mut self, event: &Event, range: &Range<usize>) {
        if self.tail.is_some() && self.in_tail(event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range.start),
            Event::Code(text) => {
                self.note_text(text);
                if let Some((_, alt)) = &mut self.image {
                    alt.push_str(text);
                } else {
                    self.out.push_str("<code>");
                    push_escaped(&mut self.out, text);
                    self.out.push_str("</code>");
                }
            }
            Event::InlineHtml(tag) => {
                if let Some((_, alt)) = &mut self.image {
                    alt.push_str(tag);
                } else {
                    html::inline(&mut self.out, tag, &mut self.tags);
                }
            }
            Event::Html(more) => self.block_html.push_str(more),
            Event::SoftBreak => self.line_break(false),
            Event::HardBreak => self.line_break(true),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.note_call(label, range),
            Event::TaskListMarker(done) => {
                if let Some(entry) = self.entry.filter(|_| self.item_depth == 1) {
                    self.entries[entry].done = Some(*done);
                }
                self.out.push_str(if *done {
                    "<span class=\"box\">☑</span> "
                } else {
                    "<span class=\"box\">☐</span> "
                });
            }
            Event::InlineMath(t) | Event::DisplayMath(t) => self.text(t, range.start),
        }
    }

    /// Where a tail begins in a text. Of a paper nobody has to do anything.
    fn tail_at(&self, text: &str) -> Option<usize> {
        match self.mode {
            Mode::Papers => tail::begins(text),
            _ => tail::may_begin(text),
        }
    }

    /// The tail is read. What cannot be read stays where it was written.
    fn end_tail(&mut self) {
        self.tail_marks = 0;
        let breaks = std::mem::take(&mut self.tail_breaks);
        let (Some(words), Some(entry)) = (self.tail.take(), self.entry) else {
            return;
        };
        let entry = &mut self.entries[entry];
        let read = tail::read(&words, entry.span);
        let unread = entry.tail.get_or_insert_default().add(read, &words);
        for part in unread {
            self.out.push_str(" | ");
            push_escaped(&mut self.out, &part);
        }
        if breaks {
            self.line_break(false);
        }
    }

    /// While a tail is read, what follows in its line belongs to it.
    fn in_tail(&mut self, event: &Event) -> bool {
        let Some(tail) = &mut self.tail else { return false };
        if self.tail_breaks {
            // Marks that opened in the tail end in it.
            let goes_on =
                self.tail_marks > 0 || matches!(event, Event::Text(next) if tail::goes_on(tail, next));
            if !goes_on {
                self.end_tail();
                return false;
            }
            tail.push(' ');
            self.tail_breaks = false;
        }
        match event {
            Event::Text(t) | Event::Code(t) => tail.push_str(t),
            Event::SoftBreak | Event::HardBreak => self.tail_breaks = true,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough) => {
                self.tail_marks += 1
            }
            // What opened before the tail is closed behind the words.
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough) => {
                if self.tail_marks == 0 {
                    return false;
                }
                self.tail_marks -= 1;
            }
            // A block begins or ends, and with it the tail does.
            Event::Start(tag) if !matches!(tag, Tag::Image { .. }) => {
                self.end_tail();
                return false;
            }
            Event::End(tag) if !matches!(tag, TagEnd::Image) => {
                self.end_tail();
                return false;
            }
            _ => return false,
        }
        true
    }

    fn line_break(&mut self, hard: bool) {
        self.note_text(" ");
        if let Some((_, alt)) = &mut self.image {
            alt.push(' ');
            return;
        }
        if hard {
            self.out.push_str("<br>");
        }
        let at = self.out.len() as u32;
        self.out.push('\n');
        // A name may stand across two lines.
        if let Some(run) = self.runs.last_mut().filter(|r| r.1 == at && !hard) {
            run.1 += 1;
        }
    }

    fn start(&mut self, tag: &Tag, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {
                self.out.push_str("<p");
                let slot = self.slot(What::Anchor(Anchor {
                    digest: [0; 3],
                    repeat: 0,
                }));
                self.wait(Some(slot));
                self.out.push('>');
            }
            Tag::Heading { level, .. } => {
                let level = *level as u8;
                while self.headings.last().is_some_and(|above| *above >= level) {
                    self.headings.pop();
                }
                self.headings.push(level);
                self.slot(What::HeadingOpen(self.headings.len() as u8));
                self.in_code += 1; // no names are linked in a heading
            }
            Tag::BlockQuote(_) => {
                self.own_text_ends();
                self.depth += 1;
                if self.depth <= DEEPEST {
                    self.out.push_str("<blockquote>\n");
                }
            }
            Tag::CodeBlock(kind) => {
                self.own_text_ends();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::List(first) => self.start_list(*first),
            Tag::Item => self.start_item(range),
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                let n = self.note_number(label);
                self.out.push_str("<div class=\"footnote\"");
                let link = self.href(HrefKind::Footnote, "", label, range);
                if self.anchors.notes.insert(label.to_string()) {
                    self.slot(What::Note(link));
                }
                self.out
                    .push_str(&format!("><span class=\"note-number\">{n}</span> "));
            }
            Tag::HtmlBlock => {
                self.own_text_ends();
                self.block_html.clear();
                self.block_span = Span::new(range.start, range.end);
            }
            Tag::Table(alignments) => {
                self.own_text_ends();
                self.table = alignments.clone();
                self.out.push_str("<div class=\"table\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.wait(None);
                self.cell = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                self.cell_start = self.out.len();
                self.out.push_str(if self.in_head { "<th" } else { "<td" });
                let class = match self.table.get(self.cell) {
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                self.out.push_str(class);
                self.out.push('>');
                self.cell += 1;
            }
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Strikethrough => self.tag("<del>"),
            Tag::Link {
                link_type, dest_url, ..
            } => {
                let dest = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let kind = match link_type {
                    LinkType::Autolink | LinkType::Email => HrefKind::Address,
                    _ => HrefKind::Written,
                };
                let link = self.href(kind, &dest, "", range);
                if let Some(entry) = self.entry {
                    self.entries[entry].link.get_or_insert(link);
                }
                self.slot(What::LinkOpen(link));
                self.tags.push(String::new());
                self.in_link.push(link);
            }
            Tag::Image { dest_url, .. } => {
                let link = self.href(HrefKind::Image, dest_url, "", range);
                self.image = Some((link as usize, String::new()));
            }
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                html::close(&mut self.out, &mut self.tags);
                if let Some(waiting) = self.waiting.pop() {
                    self.name_anchor(waiting);
                }
                self.out.push_str("</p>\n");
            }
            TagEnd::Heading(_) => {
                html::close(&mut self.out, &mut self.tags);
                self.in_code -= 1;
                self.slot(What::HeadingClose(self.headings.len() as u8));
            }
            TagEnd::BlockQuote(_) => {
                if self.depth <= DEEPEST {
                    self.out.push_str("</blockquote>\n");
                }
                self.depth -= 1;
            }
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    self.note_text(&code);
                    highlight::write(&mut self.out, &language, &code);
                }
            }
            TagEnd::List(_) => {
                if let Some(list) = self.lists.pop().filter(|l| l.tagged) {
                    self.out
                        .push_str(if list.next.is_some() { "</ol>\n" } else { "</ul>\n" });
                }
                self.depth -= 1;
            }
            TagEnd::Item => self.end_item(),
            TagEnd::FootnoteDefinition => {
                self.depth -= 1;
                self.out.push_str("</div>\n");
            }
            TagEnd::HtmlBlock => {
                let block = std::mem::take(&mut self.block_html);
                let (safe, unclosed) = html::block(&block);
                self.note_text(&crate::text::escape::plain(&safe));
                self.out.push_str(&safe);
                if unclosed {
                    self.unclosed.push(self.block_span);
                }
            }
            TagEnd::Table => {
                self.out.push_str("</tbody></table></div>\n");
            }
            TagEnd::TableHead => {
                self.in_head = false;
                self.out.push_str("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => {
                if let Some(waiting) = self.waiting.pop() {
                    self.name_anchor(waiting);
                }
                self.out.push_str("</tr>\n");
            }
            TagEnd::TableCell => {
                html::close(&mut self.out, &mut self.tags);
                self.note_text(" ");
                // An empty cell heads nothing.
                let empty = self.in_head
                    && self.out[self.cell_start..]
                        .find('>')
                        .is_some_and(|at| self.cell_start + at + 1 == self.out.len());
                if empty && self.slots.last().is_none_or(|s| s.at as usize <= self.cell_start) {
                    self.out
                        .replace_range(self.cell_start + 2..self.cell_start + 3, "d");
                    self.out.push_str("</td>");
                } else {
                    self.out.push_str(if self.in_head { "</th>" } else { "</td>" });
                }
            }
            TagEnd::Emphasis => self.end_tag("</em>"),
            TagEnd::Strong => self.end_tag("</strong>"),
            TagEnd::Strikethrough => self.end_tag("</del>"),
            TagEnd::Link => {
                if let Some(link) = self.in_link.pop() {
                    html::close(&mut self.out, &mut self.tags);
                    self.tags.pop();
                    self.slot(What::LinkClose(link));
                    // That a paper is elsewhere is said behind what its author says.
                    let later = self.entry.is_some() && self.links[link as usize].dest.contains("://");
                    if self.mode == Mode::Papers && !later {
                        self.slot(What::Facts(link));
                    }
                }
            }
            TagEnd::Image => {
                if let Some((link, alt)) = self.image.take() {
                    self.note_text(&alt);
                    self.links[link].label = alt;
                    self.slot(What::Image(link as u32));
                }
            }
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
            TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {}
        }
    }

    /// A mark of emphasis closes what raw HTML opened inside it.
    fn tag(&mut self, tag: &str) {
        if self.image.is_none() {
            self.out.push_str(tag);
            self.tags.push(String::new());
        }
    }

    fn end_tag(&mut self, tag: &str) {
        if self.image.is_some() {
            return;
        }
        html::close(&mut self.out, &mut self.tags);
        self.tags.pop();
        self.out.push_str(tag);
    }

    fn start_list(&mut self, first: Option<u64>) {
        self.own_text_ends();
        self.depth += 1;
        let tagged = self.depth <= DEEPEST;
        self.lists.push(ListState {
            next: first,
            ones: true,
            tagged,
        });
        if tagged {
            match first {
                Some(1) => self.out.push_str("<ol>\n"),
                Some(n) => self.out.push_str(&format!("<ol start=\"{n}\">\n")),
                None if std::mem::take(&mut self.labelled) => self.out.push_str("<ul class=\"labelled\">\n"),
                None => self.out.push_str("<ul>\n"),
            }
        }
    }

    fn start_item(&mut self, range: &Range<usize>) {
        self.item_depth += 1;
        let tagged = self.lists.last().is_some_and(|l| l.tagged);
        if tagged {
            self.out.push_str("<li");
            // Markdown counts on by itself; the author's own number stands.
            let written = self.source.get(range.clone()).and_then(number_of);
            if let (Some(list), Some(written)) = (self.lists.last_mut(), written) {
                list.ones &= written == 1;
                if list.next.is_some_and(|next| next != written) && !list.ones {
                    self.out.push_str(&format!(" value=\"{written}\""));
                    list.next = Some(written);
                }
            }
        } else {
            self.out.push_str("<div");
        }
        let entries = matches!(self.mode, Mode::Entries | Mode::Papers);
        let opener = self.openers.get(&range.start).copied();
        if (entries || opener.is_some()) && self.item_depth == 1 && self.entry.is_none() {
            self.open_entry(Span::new(range.start, range.end), opener);
            self.out.push_str("<div");
            self.item_entry = true;
        }
        let slot = self.slot(What::Anchor(Anchor {
            digest: [0; 3],
            repeat: 0,
        }));
        self.wait(Some(slot));
        self.out.push('>');
    }

    fn wait(&mut self, slot: Option<usize>) {
        self.waiting.push(Waiting {
            slot,
            links: self.links.len(),
            text: String::new(),
            closed: false,
        });
    }

    fn end_item(&mut self) {
        html::close(&mut self.out, &mut self.tags);
        if let Some(waiting) = self.waiting.pop() {
            let paper = (self.mode == Mode::Papers).then(|| waiting.text.clone());
            self.name_anchor(waiting);
            if let Some(text) = paper {
                self.not_held(&text);
            }
        }
        if let Some(entry) = self.entry.filter(|_| self.item_entry && self.item_depth == 1) {
            self.item_entry = false;
            self.out.push_str("</div>");
            self.close_entry(entry);
        }
        self.item_depth -= 1;
        let tagged = self.lists.last().is_some_and(|l| l.tagged);
        self.out.push_str(if tagged { "</li>\n" } else { "</div>\n" });
        if let Some(next) = self.lists.last_mut().and_then(|l| l.next.as_mut()) {
            *next += 1;
        }
    }

    /// A paper of which only the title and size are given, or that lies
    /// elsewhere: its line ends by saying so.
    fn not_held(&mut self, text: &str) {
        let Some(entry) = self.entry.filter(|_| self.item_depth == 1) else {
            return;
        };
        let link = match self.entries[entry].link {
            Some(link)
                if self.links[link as usize].kind == HrefKind::Written
                    && self.links[link as usize].dest.contains("://") =>
            {
                link
            }
            None if has_size(text) => self.href(HrefKind::NotHeld, "", "", &(0..0)),
            _ => return,
        };
        self.slot(What::Facts(link));
    }

    /// The text of the list item or paragraph we are in is complete.
    fn own_text_ends(&mut self) {
        html::close(&mut self.out, &mut self.tags);
        if let Some(waiting) = self.waiting.last_mut() {
            waiting.closed = true;
        }
    }

    /// The text of a paragraph or item is known: it gets its anchor, and the
    /// papers in it lose their links when it calls them exempt.
    fn name_anchor(&mut self, waiting: Waiting) {
        let papers = self.mode == Mode::Papers;
        let links = &mut self.links[waiting.links..];
        let may_go = links.iter().any(|link| is_file(link, papers));
        if may_go && exempt::paper(&waiting.text).is_some() {
            withhold(links, papers);
        }
        // With nothing to name it after, the slot stays and writes nothing.
        if let Some(slot) = waiting.slot.filter(|_| !waiting.text.trim().is_empty()) {
            self.slots[slot].what = What::Anchor(self.anchors.next(&waiting.text));
        }
    }

    fn note_text(&mut self, text: &str) {
        self.text_len += text.len() as u32;
        if let Some(waiting) = self.waiting.last_mut().filter(|w| !w.closed) {
            waiting.text.push_str(text);
        }
    }

    fn href(&mut self, kind: HrefKind, dest: &str, label: &str, range: &Range<usize>) -> u32 {
        let span = Span::new(range.start, range.end);
        self.links.push(Href {
            kind,
            dest: dest.to_owned(),
            label: label.to_owned(),
            span,
        });
        self.links.len() as u32 - 1
    }

    fn note_number(&mut self, label: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(label.to_owned()).or_insert(next)
    }

    fn note_call(&mut self, label: &str, range: &Range<usize>) {
        let n = self.note_number(label);
        let link = self.href(HrefKind::Footnote, "", label, range);
        self.out.push_str("<sup>");
        self.slot(What::NoteCall(link));
        self.out.push_str(&n.to_string());
        self.out.push_str("</a></sup>");
    }

    /// Running text: addresses and `[[names]]` in it become links, the tail of
    /// an entry is taken off.
    fn text(&mut self, text: &str, at: usize) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        if let Some((_, alt)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        let mut text = text;
        if let Some(entry) = self.entry.filter(|_| self.item_depth > 1)
            && let Some(cut) = self.tail_at(text)
        {
            let below = (text[cut..].trim().to_owned(), tail::Why::Below);
            self.entries[entry]
                .tail
                .get_or_insert_default()
                .unread
                .push(below);
        }
        if let (Some(entry), 1) = (self.entry, self.item_depth.max(1)) {
            if let Some(cut) = self.tail_at(text) {
                self.tail = Some(text[cut..].to_owned());
                self.entries[entry].span.end = self.entries[entry].span.end.max((at + text.len()) as u32);
                text = text[..cut].trim_end();
            }
            if self.entries[entry].first.is_none() && !text.trim().is_empty() && self.in_link.is_empty() {
                self.entries[entry].label = labelled(text).map(str::to_owned);
                let lead = text.len() - text.trim_start().len();
                let words = text.trim();
                // A control character that leads the words is longer once it is made visible.
                let from = self.out.len() as u32 + escaped(&text[..lead]).len() as u32;
                let mention = Mention {
                    text: words.to_owned(),
                    span: Span::new(at + lead, at + lead + words.len()),
                };
                // A link in the words has other HTML than they have.
                let to = match wiki::find(words) {
                    Some(_) => from,
                    None => from + escaped(words).len() as u32,
                };
                self.entries[entry].first = Some((mention, (from, to)));
            }
        }
        self.note_text(text);
        if !self.in_link.is_empty() || self.in_code > 0 {
            push_escaped(&mut self.out, text);
            return;
        }
        let mut rest = text;
        let mut offset = at;
        while let Some((open, close)) = wiki::find(rest) {
            self.addresses(&rest[..open], offset);
            let inner = &rest[open + 2..close];
            let (dest, words) = match inner.split_once('|') {
                Some((dest, words)) if !words.trim().is_empty() => (dest.trim(), Some(words.trim())),
                Some((dest, _)) => (dest.trim(), None),
                None => (inner.trim(), None),
            };
            let kind = HrefKind::Wiki {
                bare: words.is_none(),
            };
            let link = self.href(kind, dest, "", &(offset + open..offset + close + 2));
            self.slot(What::LinkOpen(link));
            push_escaped(&mut self.out, words.unwrap_or(""));
            self.slot(What::LinkClose(link));
            offset += close + 2;
            rest = &rest[close + 2..];
        }
        self.addresses(rest, offset);
    }

    /// Text in which an address becomes a link, and the rest may hold names.
    fn addresses(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        if scan::find(text, "://").is_none() {
            return self.named_text(text);
        }
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
        let mut from = 0;
        for link in finder.links(text) {
            let scheme = link.as_str().split(':').next().unwrap_or("").to_ascii_lowercase();
            if scheme != "http" && scheme != "https" {
                continue;
            }
            self.named_text(&text[from..link.start()]);
            let n = self.href(
                HrefKind::Address,
                link.as_str(),
                "",
                &(at + link.start()..at + link.end()),
            );
            self.slot(What::LinkOpen(n));
            push_escaped(&mut self.out, link.as_str());
            self.slot(What::LinkClose(n));
            from = link.end();
        }
        self.named_text(&text[from..]);
    }

    fn named_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let from = self.out.len() as u32;
        push_escaped(&mut self.out, text);
        let to = self.out.len() as u32;
        match self.runs.last_mut().filter(|r| r.1 == from) {
            Some(run) => run.1 = to,
            None => self.runs.push((from, to)),
        }
    }
}

/// Takes the links away from exempt papers: all links of a list of papers,
/// elsewhere those to files.
pub fn withhold(links: &mut [Href], all: bool) {
    for link in links.iter_mut().filter(|link| is_file(link, all)) {
        link.kind = HrefKind::Withheld;
    }
}

/// Whether a link leads to a file; `all`: to one of another site, too.
fn is_file(link: &Href, all: bool) -> bool {
    matches!(link.kind, HrefKind::Written | HrefKind::Image) && (all || !link.dest.contains("://"))
}

/// The readable words of an entry, without its box.
pub fn words_of_entry(html: &str) -> String {
    let words = crate::text::escape::plain(html);
    words.trim_start_matches(['☐', '☑', ' ']).to_owned()
}

/// `Appendix 1 (PDF, 193 KB)`
pub fn has_size(text: &str) -> bool {
    let Some(open) = text.rfind('(').filter(|_| text.trim_end().ends_with(')')) else {
        return false;
    };
    let inside = text[open..].to_uppercase();
    inside.bytes().any(|b| b.is_ascii_digit())
        && [" KB", " MB", "KB)", "MB)", " BYTES"]
            .iter()
            .any(|unit| inside.contains(unit))
}

/// The number that opens a list item.
fn number_of(item: &str) -> Option<u64> {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item[..digits].parse().ok().filter(|n| *n < 1_000_000_000)
}

/// The items of a list that open so, by where they begin.
fn item_openers(list: &[Ev]) -> BTreeMap<usize, &'static str> {
    let mut depth = 0usize;
    let mut found = BTreeMap::new();
    for (at, ev) in list.iter().enumerate() {
        match &ev.event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if depth == 1 => {
                if let Some(opener) = opens_entry(&list[at + 1..]) {
                    found.insert(ev.range.start, opener);
                }
            }
            _ => {}
        }
    }
    found
}

/// RESOLVED, AGREED, RECOMMENDED, ACTION in capitals at the start, or behind
/// words that only lead to it: "Then moved, and it was RESOLVED".
pub(super) fn opens_entry(paragraph: &[Ev]) -> Option<&'static str> {
    let mut words = paragraph
        .iter()
        .map_while(|ev| match &ev.event {
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::Emphasis)
            | Event::End(TagEnd::Strong | TagEnd::Emphasis)
            | Event::SoftBreak => Some(""),
            Event::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .flat_map(str::split_whitespace);
    let first = words.next()?;
    if let Some(opener) = opener(first) {
        return Some(opener);
    }
    let mut before = first;
    while leads(before, LEADING) {
        let word = words.next()?;
        match opener(word) {
            Some("ACTION") => return None,
            Some(opener) => return leads(before, LAST).then_some(opener),
            None => before = word,
        }
    }
    None
}

/// Words that may stand before RESOLVED in its sentence and say nothing of
/// their own; [`LAST`] ones may be the last of them.
#[rustfmt::skip]
const LEADING: &[&str] = &[
    "then", "moved", "seconded", "proposed", "carried", "duly", "is", "it", "on", "upon", "being", "put", "the",
    "motion", "vote", "to", "a", "therefore", "accordingly", "was", "and", "unanimously", "hereby", "board",
    "cabinet", "committee", "council", "councillors", "governors", "meeting", "members", "panel", "subcommittee",
    "trustees",
];
#[rustfmt::skip]
const LAST: &[&str] = &[
    "was", "and", "unanimously", "hereby", "board", "cabinet", "committee", "council", "councillors", "governors",
    "meeting", "members", "panel", "subcommittee", "trustees",
];

fn leads(word: &str, known: &[&str]) -> bool {
    let word = word.trim_end_matches([',', ':', ';']);
    let Some(first) = word.bytes().next().map(|b| b.to_ascii_lowercase()) else {
        return false;
    };
    known.iter().filter(|k| k.as_bytes()[0] == first).any(|k| {
        let mut letters = word.bytes().filter(|b| *b != b'-');
        k.bytes()
            .all(|b| letters.next().is_some_and(|l| l.eq_ignore_ascii_case(&b)))
            && letters.next().is_none()
    })
}

fn opener(word: &str) -> Option<&'static str> {
    if !word.starts_with(['R', 'A']) {
        return None;
    }
    ["RESOLVED", "AGREED", "RECOMMENDED", "ACTION"]
        .into_iter()
        .find(|opener| {
            word.strip_prefix(opener).is_some_and(|rest| {
                let rest = rest
                    .strip_prefix('S')
                    .filter(|_| *opener == "ACTION")
                    .unwrap_or(rest);
                rest.chars()
                    .next()
                    .is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '_')
            })
        })
}

/// Words that only announce what follows: "RESOLVED that:", "DECISION".
fn is_formula(words: &str) -> bool {
    const KNOWN: &[&str] = &[
        "resolved",
        "agreed",
        "recommended",
        "action",
        "actions",
        "decision",
        "decisions",
        "it",
        "was",
        "unanimously",
        "decided",
        "hereby",
        "that",
        "to",
        "as",
        "follows",
        "following",
        "the",
        "and",
        "committee",
        "board",
        "council",
        "cabinet",
        "meeting",
        "members",
        "subcommittee",
    ];
    let mut any = false;
    let mut letters = String::new();
    let all = words.split(' ').all(|word| {
        let lower = word.chars().flat_map(char::to_lowercase);
        letters.clear();
        letters.extend(lower.filter(|c| c.is_alphabetic()));
        any |= !letters.is_empty();
        letters.is_empty() || KNOWN.contains(&letters.as_str())
    });
    any && all
}

fn text_at<'e>(events: &'e [Ev], at: usize) -> Option<&'e str> {
    match &events.get(at)?.event {
        Event::Text(text) => Some(text),
        _ => None,
    }
}

fn first_line(paragraph: &[Ev]) -> Option<String> {
    let end = paragraph
        .iter()
        .position(|ev| matches!(ev.event, Event::SoftBreak | Event::HardBreak))?;
    Some(markdown::plain(&paragraph[..end]))
}

/// `(a)`, `(iv)`, `(12)`, `a)`, `iv)`, `3.1`, `3.1.2` at the start of a line.
fn labelled(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let label = &text[..end];
    let bracketed = label
        .strip_suffix(')')
        .is_some_and(|l| match l.strip_prefix('(') {
            Some(l) => (1..=4).contains(&l.len()) && l.chars().all(|c| c.is_ascii_alphanumeric()),
            None => {
                let roman = l.len() <= 4 && l.chars().all(|c| "ivx".contains(c));
                !l.is_empty() && (roman || (l.len() == 1 && l.as_bytes()[0].is_ascii_alphabetic()))
            }
        });
    let dotted = label.trim_end_matches('.').contains('.')
        && label.starts_with(|c: char| c.is_ascii_digit())
        && label
            .trim_end_matches('.')
            .split('.')
            .all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    ((bracketed || dotted) && end < text.len()).then_some(label)
}

/// Whether a paragraph opens with `(a)` or `3.1`.
fn opens_labelled(paragraph: &[Ev]) -> bool {
    markdown::line_starts(paragraph)
        .next()
        .is_some_and(|at| text_at(paragraph, at).and_then(labelled).is_some())
}

/// `2.`, `2)`, `a)`, `ii.` at the start of a line.
fn numbered(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace)?;
    let label = text[..end].strip_suffix(['.', ')'])?;
    let digits = label.bytes().all(|b| b.is_ascii_digit());
    let roman = label.chars().all(|c| "ivx".contains(c)) || label.len() == 1;
    (!label.is_empty() && label.len() <= 4 && (digits || (roman && label.is_ascii()))).then_some(&text[..end])
}

/// Paragraphs whose lines open with `(a)` or `3.1` become lists.
fn with_labels<'v, 'e>(events: &'v [Ev<'e>]) -> Cow<'v, [Ev<'e>]> {
    let opens = |events: &[Ev], at: usize| text_at(events, at).and_then(labelled).is_some();
    let blocks = markdown::blocks(events);
    let divides = |block: &markdown::Block| {
        let inner = &events[block.events.clone()];
        block.kind == markdown::BlockKind::Paragraph
            && markdown::line_starts(inner).any(|at| opens(inner, at))
    };
    if !blocks.iter().any(divides) {
        return Cow::Borrowed(events);
    }
    let mut out = Vec::with_capacity(events.len());
    for block in &blocks {
        let inner = events[block.events.clone()].to_vec();
        if divides(block) {
            out.extend(markdown::into_list(inner, |events, at| {
                opens(events, at).then_some(0)
            }));
        } else {
            out.extend(inner);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the shorter way and as the parser alone reads it.
    fn both_ways(text: &str, papers: bool) -> (Written, Written) {
        (inline(text, 7, papers), parsed_inline(text, 7, papers))
    }

    #[test]
    fn simple_values_are_read_as_the_parser_reads_them() {
        for text in [
            "The pond",
            "[Paper 1](https://papers.example.org/2016-03-07/199_1_1.pdf?a=b#c)",
            "[2. \"x\"](4-report.pdf)",
            "[x](y)",
            "o First",
            "1. one",
            "12) one",
            "2024",
            "Head of Parks - acting: “x”, 3% + 4",
            "https://example.org",
            "a",
        ] {
            for papers in [false, true] {
                let (short, parsed) = both_ways(text, papers);
                assert_eq!(short, parsed, "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_shorter_way_leads_to_the_same(
            pieces in proptest::collection::vec(prop::sample::select(&[
                "[", "](", ")", "(", "o ", "o", "A", "word", "1", "1.", "2)", " ", "  ", "-", "- ", "+ ", "=", "===", "#", "_", "*",
                "'", "\"", ":", "://", "https://x.org/", "a_b", "%20", "é", "–", "·", "?", "!", ".", ",", "~", "|", "\t", "x](y", "&",
            ][..]), 0..8),
            link in any::<bool>(),
            papers in any::<bool>(),
        ) {
            let text = pieces.concat();
            let text = if link { format!("[{text}](a-{})", pieces.first().unwrap_or(&"")) } else { text };
            let (short, parsed) = both_ways(text.trim(), papers);
            prop_assert_eq!(short, parsed, "{}", text);
        }
    }
}
