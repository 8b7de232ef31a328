//! Is every word of a Markdown source still on its page, in its order and under its own item?
//!
//! Three steps, none of which calls minutebook: [`source_parts`] reads what a reader of the
//! Markdown would read, [`page_parts`] what a visitor of the page can see, and [`compare`] threads
//! the one through the other. The page may add words (labels, buttons, a table of contents); it may
//! not lose one, change their order, or carry them to another item.
//!
//! What the format lets a page set anew is let through, and nothing beyond it: `###` sections may
//! change places within their item, fields and the `| owner: … | due: …` tail of an entry stand
//! wherever the item shows them, attendance stands anywhere on the page, and withheld text is only
//! counted. A loss is reported once, at the line of the word.
#![allow(dead_code)] // each test crate that includes this file uses a part of it

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Node, Selector};
use unicode_normalization::UnicodeNormalization;

// ---------------------------------------------------------------------------------------------
// What is handed over

/// One word as it is compared: without punctuation at its ends, NFC, apostrophes straightened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    /// The line of the source file, counted from 1, front matter included.
    pub line: usize,
    /// The same word with the Markdown around it, for a page that shows the marks as written.
    raw: Option<String>,
    unit: usize,
    block: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The title and the text before the first item.
    Preamble,
    Item,
    /// An unnumbered `## Present` and its kin: shown wherever the page shows attendance.
    Attendance,
    /// An unnumbered `## Close`.
    Closing,
}

/// How freely a page may set a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A heading or a section: in order, whole, within its item.
    Prose,
    /// A field, a tail or an entry of the attendance: other capitals, dates in words.
    Loose,
    /// A footnote: whole and in order, anywhere.
    Note,
}

/// A `##` heading and what stands under it, or what stands before the first one.
#[derive(Clone, Debug)]
pub struct Part {
    pub kind: Kind,
    pub line: usize,
    pub heading: Vec<Word>,
    pub words: Vec<Word>,
    /// How many words are not looked for, because the item is exempt.
    pub withheld: usize,
    forms: Vec<Form>,
}

impl Part {
    fn new(kind: Kind, line: usize) -> Part {
        let (heading, words) = (Vec::new(), Vec::new());
        // Unit 0 is the heading, unit 1 the text before the first section.
        let forms = vec![Form::Prose, Form::Prose];
        Part {
            kind,
            line,
            heading,
            words,
            withheld: 0,
            forms,
        }
    }

    pub fn title(&self) -> String {
        let words: Vec<&str> = self.heading.iter().map(|w| w.text.as_str()).collect();
        words.join(" ")
    }

    fn unit(&mut self, form: Form) -> usize {
        self.forms.push(form);
        self.forms.len() - 1
    }

    fn all(&self) -> impl Iterator<Item = &Word> {
        self.heading.iter().chain(&self.words)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageWord {
    pub text: String,
    /// The same without what looks like a tag: `<b>x</b>` shown as text is also `x`.
    bare: Option<String>,
    /// Index into [`PageText::places`].
    pub place: usize,
    block: usize,
}

/// The visible words of a page and the stretches they stand in.
#[derive(Clone, Debug, Default)]
pub struct PageText {
    pub words: Vec<PageWord>,
    /// In page order: the id of an item, or `None` for what stands outside of every item.
    pub places: Vec<Option<String>>,
}

impl PageText {
    /// The id of the item a word stands in or after.
    pub fn item_of(&self, word: usize) -> Option<&str> {
        let place = self.words[word].place;
        self.places[..=place].iter().rev().find_map(|id| id.as_deref())
    }

    fn name(&self, place: usize) -> String {
        match &self.places[place] {
            Some(id) => id.clone(),
            None => match self.places[..place].iter().rev().flatten().next() {
                Some(id) => format!("outside the items, after {id}"),
                None => "before the first item".to_owned(),
            },
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LossKind {
    Missing,
    /// The word is visible, but in another item or out of order; where it stands now.
    Moved(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub line: usize,
    pub word: String,
    pub kind: LossKind,
    /// The heading of the part the word belongs to; empty for an untitled preamble.
    pub part: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Loss {
            line,
            word,
            kind,
            part,
        } = self;
        let part = if part.is_empty() { "the preamble" } else { part };
        match kind {
            LossKind::Missing => write!(f, "line {line}: “{word}” of {part} is missing"),
            LossKind::Moved(to) => write!(f, "line {line}: “{word}” of {part} is now in {to}"),
        }
    }
}

/// The words that give a heading or a line its meaning; all in lower case.
#[derive(Clone, Debug)]
pub struct Labels {
    pub attendance: Vec<String>,
    pub closing: Vec<String>,
    pub public_summary: Vec<String>,
    /// Sections whose entries are papers.
    pub documents: Vec<String>,
    /// One of these makes the first block under a heading a block of fields.
    pub fields: Vec<String>,
    /// Fields that speak to the program alone: a page need not show them.
    pub silent_fields: Vec<String>,
    /// One of these makes the end of an entry a tail.
    pub tails: Vec<String>,
}

impl Default for Labels {
    fn default() -> Labels {
        let list = |words: &str| words.split(" · ").map(str::to_owned).collect();
        Labels {
            attendance: list(
                "present · remote · apologies · absent · in attendance · substitutes · \
                 attendance · attendees · participants · invited · apologies for absence · \
                 aanwezig · afwezig · afgemeld · anwesend · abwesend · entschuldigt · \
                 présents · excusés · absents · yn bresennol · ymddiheuriadau",
            ),
            closing: list("close · closing · closure · sluiting · afsluiting · schluss · clôture"),
            public_summary: list("public summary"),
            documents: list(
                "documents · additional documents · supporting documents · background papers · \
                 bijlagen · dokumente · unterlagen",
            ),
            fields: list(
                "issue · report · report of · introduced by · lead member · lead officer · \
                 contact · agenda item · wards · key decision · call-in · effective · \
                 decision status · decision maker · urgent · exempt · webcast · started · ended · \
                 kind · tags · incomplete · aliases · motion · moved by · seconded by · for · \
                 against · abstained · not voting · casting vote · result",
            ),
            silent_fields: list("aliases · incomplete"),
            tails: list("owner · due · done"),
        }
    }
}

/// Splits a source at its `##` headings.
pub fn source_parts(markdown: &str) -> Vec<Part> {
    source_parts_with(markdown, &Labels::default())
}

pub fn source_parts_with(markdown: &str, labels: &Labels) -> Vec<Part> {
    let (start, sealed) = front_matter(markdown);
    let text = &markdown[start..];
    let blocks = blocks(text, &|at| start + at, 0);
    Binder::new(markdown, labels, sealed).bind(blocks)
}

// ---------------------------------------------------------------------------------------------
// Characters and words

/// What a reader does not see is left out, and what only looks different is made alike.
fn plain(c: char) -> Option<char> {
    match c {
        '\u{b}' | '\u{c}' | '\u{2409}'..='\u{240d}' => Some(' '),
        c if c.is_control() && !c.is_whitespace() => None,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' => None,
        '\u{fe00}'..='\u{fe0f}' | '\u{fffd}' | '\u{2400}'..='\u{2421}' => None,
        '‘' | '’' | '‛' | 'ʼ' | '′' | '`' | '´' => Some('\''),
        '“' | '”' | '„' | '‟' => Some('"'),
        c => Some(c),
    }
}

/// Punctuation that does not count at the ends of a word. Signs of money, sum and share do.
fn is_edge(c: char) -> bool {
    match c {
        '$' | '+' | '%' => false,
        c if c.is_ascii_punctuation() => true,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' => true,
        '\u{2010}'..='\u{2027}' | '\u{2032}'..='\u{205e}' => true,
        '\u{25a0}'..='\u{25ff}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' => true,
        '\u{f0a7}' | '\u{f0b7}' => true, // bullets pasted from a word processor
        _ => false,
    }
}

/// One run without white space, as it is compared; `None` if nothing but punctuation is in it.
fn normal(run: impl Iterator<Item = char>) -> Option<String> {
    let text: String = run.filter_map(plain).nfc().collect();
    let text = text.trim_end_matches(is_edge);
    let bare = text.trim_start_matches(is_edge);
    // A minus sign belongs to its number.
    let minus =
        bare.starts_with(|c: char| c.is_ascii_digit()) && text[..text.len() - bare.len()].ends_with('-');
    let from = text.len() - bare.len() - usize::from(minus);
    (!bare.is_empty()).then(|| text[from..].to_owned())
}

/// The name of the tag that opens at `text[0] == '<'` and its length, `>` included.
fn tag_at(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let named = inner.strip_prefix('/').unwrap_or(inner);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let name = named
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if text[..at].ends_with('=') => quote = Some(c),
            (None, '>') => return Some((name.to_ascii_lowercase(), at + 1)),
            _ => {}
        }
    }
    None
}

/// Elements that begin a new line on the page.
fn is_block(name: &str) -> bool {
    const NAMES: &str = "address article aside blockquote body caption center dd details dialog dir div dl dt \
        fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu ol \
        optgroup option p pre search section summary table tbody td tfoot th thead tr ul";
    one_of(NAMES, name)
}

fn one_of(names: &str, name: &str) -> bool {
    names.split_whitespace().any(|known| known == name)
}

// ---------------------------------------------------------------------------------------------
// The source: from Markdown to blocks of characters

/// A visible character, where it stands in the file, and whether it has to be seen.
#[derive(Clone, Copy)]
struct Mark {
    c: char,
    at: usize,
    firm: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BlockKind {
    /// An ATX heading outside of lists and quotes.
    Heading(u8),
    Paragraph,
    /// Text in the outermost list of that number; `opens` on the first line of a top entry.
    Entry {
        list: usize,
        opens: bool,
    },
    Code,
    Note,
    Other,
}

struct Block {
    kind: BlockKind,
    marks: Vec<Mark>,
    has_link: bool,
}

/// Where the Markdown begins, and whether the front matter withholds the whole meeting.
fn front_matter(source: &str) -> (usize, bool) {
    let mut at = if source.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let body = at;
    let mut lines = source[at..].split_inclusive('\n');
    let opening = lines.by_ref().find(|line| {
        at += line.len();
        !line.trim().is_empty()
    });
    if opening.is_none_or(|line| line.trim_end() != "---") {
        return (body, false);
    }
    let mut yaml = Vec::new();
    for line in lines {
        at += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            let first = yaml
                .iter()
                .find(|line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
            // Between two rules there may stand prose as well.
            let mapping = first.is_none_or(|line| line.contains(':') || line.starts_with('{'));
            let sealed = yaml.iter().any(|line| line.starts_with("exempt:"));
            return if mapping { (at, sealed) } else { (body, false) };
        }
        yaml.push(line);
    }
    (body, false)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Comments by their marks alone, wherever Markdown would not see one: nobody publishes them.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))) {
            code.push(range);
        }
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("<!--").map(|at| from + at) {
        from = open + 4;
        if code.iter().any(|range| range.contains(&open)) {
            continue;
        }
        let Some(close) = text[from..].find("-->").map(|at| from + at + 3) else {
            break;
        };
        found.push(open..close);
        from = close;
    }
    found
}

/// The text of `text` block by block; `origin` gives the place of a byte in the file.
fn blocks(text: &str, origin: &dyn Fn(usize) -> usize, depth: u8) -> Vec<Block> {
    let mut scribe = Scribe {
        text,
        origin,
        depth,
        comments: comments(text),
        ..Scribe::empty()
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        scribe.take(event, range);
    }
    scribe.flush();
    scribe.done
}

struct Scribe<'a> {
    text: &'a str,
    origin: &'a dyn Fn(usize) -> usize,
    depth: u8,
    comments: Vec<Range<usize>>,
    done: Vec<Block>,
    marks: Vec<Mark>,
    has_link: bool,
    heading: Option<u8>,
    /// The numbers of the lists we are in, the outermost first.
    lists: Vec<usize>,
    list_count: usize,
    opens: bool,
    quotes: usize,
    notes: usize,
    table: bool,
    fenced: bool,
    /// An indented code block or a block of HTML, to be read as prose when it is whole.
    inset: Option<Vec<Mark>>,
}

impl<'a> Scribe<'a> {
    fn empty() -> Scribe<'a> {
        Scribe {
            text: "",
            origin: &|at| at,
            depth: 0,
            comments: Vec::new(),
            done: Vec::new(),
            marks: Vec::new(),
            has_link: false,
            heading: None,
            lists: Vec::new(),
            list_count: 0,
            opens: false,
            quotes: 0,
            notes: 0,
            table: false,
            fenced: false,
            inset: None,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => {
                let hidden = self.inset.is_none()
                    && !self.fenced
                    && self
                        .comments
                        .iter()
                        .any(|c| c.start <= range.start && range.end <= c.end);
                self.write(&text, range, !hidden);
            }
            Event::Html(text) => self.write(&text, range, true),
            Event::Code(text) => {
                let inner = self.text[range.clone()].find(&*text).unwrap_or(0);
                let start = range.start + inner;
                self.write(&text, start..start + text.len(), true);
            }
            Event::InlineHtml(tag) => {
                let breaks = tag_at(&tag).is_some_and(|(name, _)| name == "br" || is_block(&name));
                if breaks {
                    self.gap(range.start);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.gap(range.start),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                let free = self.lists.is_empty() && self.quotes == 0 && self.notes == 0;
                if free && is_atx(&self.text[range]) {
                    self.heading = Some(level as u8);
                }
            }
            Tag::List(_) => {
                self.flush();
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            Tag::Item => {
                self.flush();
                self.opens = self.lists.len() == 1;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(_) => {
                self.flush();
                self.notes += 1;
            }
            Tag::Table(_) => {
                self.flush();
                self.table = true;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.flush();
                self.fenced = true;
            }
            Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock => {
                self.flush();
                self.inset = Some(Vec::new());
            }
            Tag::Paragraph | Tag::TableCell => self.flush(),
            Tag::Link { .. } => self.has_link = true,
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes -= 1;
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.notes -= 1;
            }
            TagEnd::Table => {
                self.flush();
                self.table = false;
            }
            TagEnd::CodeBlock if self.fenced => {
                self.flush();
                self.fenced = false;
            }
            TagEnd::CodeBlock => {
                let inset = self.inset.take().unwrap_or_default();
                self.reread(&inset);
            }
            TagEnd::HtmlBlock => {
                let inset = without_tags(&self.inset.take().unwrap_or_default());
                self.reread(&inset);
            }
            TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => self.flush(),
            _ => {}
        }
    }

    fn write(&mut self, text: &str, range: Range<usize>, firm: bool) {
        let exact = text.len() == range.len();
        for (offset, c) in text.char_indices() {
            let mut at = range.start + if exact { offset } else { 0 };
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            let mark = Mark {
                c,
                at: (self.origin)(at),
                firm,
            };
            match &mut self.inset {
                Some(inset) => inset.push(mark),
                None => self.marks.push(mark),
            }
        }
    }

    fn gap(&mut self, at: usize) {
        let at = (self.origin)(at);
        self.marks.push(Mark {
            c: '\n',
            at,
            firm: true,
        });
    }

    /// Reads code by indentation, or what stands between tags, as the prose it is.
    fn reread(&mut self, inset: &[Mark]) {
        let mut text = String::new();
        let mut origins = Vec::new();
        let mut start_of_line = true;
        for mark in inset {
            if start_of_line && (mark.c == ' ' || mark.c == '\t') {
                continue;
            }
            start_of_line = mark.c == '\n';
            text.push(mark.c);
            origins.resize(text.len(), mark.at);
        }
        let last = origins.last().copied().unwrap_or_default();
        if self.depth >= 2 {
            self.marks = inset.to_vec();
            self.flush();
            return;
        }
        let origin = |at: usize| origins.get(at).copied().unwrap_or(last);
        for block in blocks(&text, &origin, self.depth + 1) {
            self.marks = block.marks;
            self.flush();
        }
    }

    fn flush(&mut self) {
        let marks = std::mem::take(&mut self.marks);
        let has_link = std::mem::take(&mut self.has_link);
        if marks.iter().all(|mark| mark.c.is_whitespace()) {
            return;
        }
        let kind = match (self.heading, self.lists.first()) {
            (Some(level), _) => BlockKind::Heading(level),
            _ if self.notes > 0 => BlockKind::Note,
            _ if self.fenced => BlockKind::Code,
            _ if self.table || self.quotes > 0 => BlockKind::Other,
            (_, Some(&list)) => BlockKind::Entry {
                list,
                opens: std::mem::take(&mut self.opens),
            },
            _ => BlockKind::Paragraph,
        };
        self.done.push(Block {
            kind,
            marks,
            has_link,
        });
    }
}

fn is_atx(heading: &str) -> bool {
    let line = heading.trim_start().lines().next().unwrap_or_default();
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    (1..=6).contains(&marks) && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Text of an HTML block: comments and tags go, a tag that breaks the line leaves a break.
fn without_tags(marks: &[Mark]) -> Vec<Mark> {
    let text: String = marks.iter().map(|mark| mark.c).collect();
    let mut kept = Vec::new();
    let (mut at, mut index) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut skip = 0;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let empty = comment.starts_with('>') || comment.starts_with("->");
            let end = if empty {
                rest.find('>').map(|at| at + 1)
            } else {
                comment.find("-->").map(|at| at + 7)
            };
            skip = end.unwrap_or(rest.len());
        } else if let Some((name, length)) = tag_at(rest) {
            skip = length;
            if name == "br" || is_block(&name) {
                kept.push(Mark {
                    c: '\n',
                    ..marks[index]
                });
            }
        }
        if skip == 0 {
            kept.push(marks[index]);
            skip = c.len_utf8();
        }
        index += text[at..at + skip].chars().count();
        at += skip;
    }
    kept
}

// ---------------------------------------------------------------------------------------------
// The source: from blocks to parts

struct Binder<'a> {
    source: &'a str,
    labels: &'a Labels,
    line_starts: Vec<usize>,
    parts: Vec<Part>,
    /// The unit that prose goes to at present.
    unit: usize,
    block: usize,
    /// The whole meeting, or everything from here on, is withheld.
    sealed: bool,
    titled: bool,
    papers: bool,
}

impl<'a> Binder<'a> {
    fn new(source: &'a str, labels: &'a Labels, sealed: bool) -> Binder<'a> {
        let breaks = source.match_indices('\n').map(|(at, _)| at + 1);
        Binder {
            source,
            labels,
            line_starts: std::iter::once(0).chain(breaks).collect(),
            parts: vec![Part::new(Kind::Preamble, 1)],
            unit: 1,
            block: 0,
            sealed,
            titled: false,
            papers: false,
        }
    }

    fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }

    fn part(&mut self) -> &mut Part {
        self.parts.last_mut().expect("there is always the preamble")
    }

    fn bind(mut self, mut blocks: Vec<Block>) -> Vec<Part> {
        let mut open_units: HashSet<usize> = HashSet::new(); // of a withheld item, still public
        let mut exempt = self.sealed;
        let titles = !self.sealed; // of a meeting that is withheld whole, only its own is shown
        let mut next = 0;
        while next < blocks.len() {
            let here = next;
            next += 1;
            let BlockKind::Heading(level) = blocks[here].kind else {
                self.prose(&mut blocks[here]);
                continue;
            };
            let words = self.words(&blocks[here].marks, 0, false);
            let label = label_of(&blocks[here].marks);
            if level <= 2 {
                let title = level == 1 && !self.titled && self.parts.len() == 1;
                self.titled |= level == 1;
                if title {
                    self.part().heading = words;
                    continue;
                }
                self.withhold(exempt, &open_units);
                open_units.clear();
                let exemption = exemption_in(&label);
                self.sealed |= exemption == Some(Exemption::FromHere);
                exempt = self.sealed || exemption.is_some();
                let public = titles || self.labels.public_summary.contains(&label);
                if public && !titles {
                    open_units.insert(1);
                }
                let kind = self.kind_of(&label);
                let line = self.line(blocks[here].marks[0].at);
                let withheld = if public { 0 } else { words.len() };
                let heading = if public { words } else { Vec::new() };
                self.parts.push(Part {
                    heading,
                    withheld,
                    ..Part::new(kind, line)
                });
                self.unit = 1;
                self.papers = false;
            } else {
                if level == 3 {
                    self.unit = self.part().unit(Form::Prose);
                    self.papers = self.labels.documents.contains(&label);
                    if self.labels.public_summary.contains(&label) {
                        open_units.insert(self.unit);
                    }
                }
                let unit = self.unit;
                let words = words.into_iter().map(|word| Word { unit, ..word });
                self.part().words.extend(words);
            }
            if self.parts.len() > 1 && level <= 3 {
                let end = first_block_end(&blocks, next);
                exempt |= blocks[next..end]
                    .iter()
                    .any(|block| speaks_of_exemption(&block.marks));
                if self.part().kind != Kind::Attendance && self.has_field(&blocks[next..end]) {
                    self.fields(&mut blocks[next..end]);
                    next = end;
                }
            }
        }
        self.withhold(exempt, &open_units);
        self.parts
    }

    fn kind_of(&self, label: &str) -> Kind {
        // A numbered heading is an item, whatever it says.
        if self.labels.attendance.iter().any(|known| known == label) {
            Kind::Attendance
        } else if self.labels.closing.iter().any(|known| known == label) {
            Kind::Closing
        } else {
            Kind::Item
        }
    }

    /// Takes the words of an exempt item off the list of those that must be seen.
    fn withhold(&mut self, exempt: bool, open_units: &HashSet<usize>) {
        if exempt {
            let part = self.part();
            let before = part.words.len();
            part.words.retain(|word| open_units.contains(&word.unit));
            part.withheld += before - part.words.len();
        }
    }

    fn prose(&mut self, block: &mut Block) {
        if block.kind != BlockKind::Code {
            self.loosen(block);
        }
        if block.kind == BlockKind::Note {
            let unit = self.part().unit(Form::Note);
            let words = self.words(&block.marks, unit, false);
            self.part().words.extend(words);
            return;
        }
        let attendance = self.part().kind == Kind::Attendance;
        let opens = !matches!(block.kind, BlockKind::Entry { opens: false, .. });
        if attendance && opens {
            self.unit = self.part().unit(Form::Loose);
        }
        let tail = match block.kind {
            BlockKind::Paragraph | BlockKind::Entry { .. } => self.tail(&block.marks),
            _ => None,
        };
        let (body, tail) = block.marks.split_at(tail.unwrap_or(block.marks.len()));
        let words = self.words(body, self.unit, attendance);
        self.part().words.extend(words);
        for piece in tail.split(|mark| mark.c == '|') {
            if let Some(colon) = piece.iter().position(|mark| mark.c == ':') {
                self.value(&piece[colon + 1..]);
            }
        }
    }

    fn value(&mut self, marks: &[Mark]) {
        let unit = self.part().unit(Form::Loose);
        let words = self.words(marks, unit, true);
        self.part().words.extend(words);
    }

    /// Where `| owner: … | due: …` begins, if the block ends in it.
    fn tail(&self, marks: &[Mark]) -> Option<usize> {
        let bars = marks.iter().enumerate().filter(|(_, mark)| mark.c == '|');
        bars.map(|(at, _)| at).find(|at| {
            let mut known = false;
            let all = marks[at + 1..].split(|mark| mark.c == '|').all(|piece| {
                let key = key_of(piece);
                known |= key.as_ref().is_some_and(|key| self.labels.tails.contains(key));
                key.is_some()
            });
            all && known
        })
    }

    fn has_field(&self, blocks: &[Block]) -> bool {
        let known = |line: &[Mark]| key_of(line).is_some_and(|k| self.labels.fields.contains(&k));
        blocks.iter().any(|block| match block.kind {
            BlockKind::Entry { opens, .. } => opens && known(&block.marks),
            BlockKind::Paragraph => block.marks.split(|mark| mark.c == '\n').any(known),
            _ => false,
        })
    }

    /// Every `Key: value` is a unit for the key and one for the value. A key that an item has again is
    /// shown once, with all its values.
    fn fields(&mut self, blocks: &mut [Block]) {
        let mut shown = BTreeSet::new();
        for block in blocks {
            self.papers = true;
            self.loosen(block);
            self.papers = false;
            let lines: Vec<&[Mark]> = match block.kind {
                BlockKind::Paragraph => block.marks.split(|mark| mark.c == '\n').collect(),
                _ => vec![&block.marks],
            };
            for line in lines {
                let key = key_of(line);
                let colon = key
                    .as_ref()
                    .and_then(|_| line.iter().position(|mark| mark.c == ':'));
                let (name, value) = line.split_at(colon.unwrap_or(0));
                let silent = key
                    .as_ref()
                    .is_some_and(|key| self.labels.silent_fields.contains(key));
                let denies = one_of("no none false", label_of(value).trim_start_matches([':', ' ']));
                if !silent && !denies {
                    if key.is_none_or(|key| shown.insert(key)) {
                        self.value(name);
                    }
                    self.value(value);
                }
            }
        }
    }

    /// Marks what a page may leave out of a block: typed list marks, ids in double brackets, the
    /// state of a paper.
    fn loosen(&self, block: &mut Block) {
        let marks = &mut block.marks;
        let starts = (0..marks.len()).filter(|&at| at == 0 || marks[at - 1].c == '\n');
        for start in starts.collect::<Vec<_>>() {
            let blank = marks[start..].iter().take_while(|mark| mark.c == ' ').count();
            let Some(first) = marks.get(start + blank) else {
                continue;
            };
            let length = typed_mark(&self.source[first.at..]);
            for mark in marks.iter_mut().skip(start + blank).take(length) {
                mark.firm = false;
            }
        }
        loosen_references(marks);
        if self.papers {
            loosen_state(marks, block.has_link);
        }
    }

    /// The words of a stretch of characters. In a loose one, ids, addresses, yes and no, and the
    /// "and" of a list of names may be set in other words, and are not asked for.
    fn words(&mut self, marks: &[Mark], unit: usize, loose: bool) -> Vec<Word> {
        self.block += 1;
        let runs = marks.split(|mark| plain(mark.c).is_some_and(char::is_whitespace));
        let runs: Vec<&[Mark]> = runs.filter(|run| !run.is_empty()).collect();
        let mut words = Vec::new();
        let mut after_comma = true;
        let in_field = self.part().kind != Kind::Attendance; // in attendance, brackets hold a role
        for (index, run) in runs.iter().enumerate() {
            let shown: String = run.iter().map(|mark| mark.c).collect();
            let starts_name = after_comma || (in_field && shown.starts_with('('));
            after_comma = shown.ends_with([',', ';', ':']);
            let firm = run.iter().filter(|mark| mark.firm).map(|mark| mark.c);
            let Some(text) = normal(firm) else { continue };
            let joins = runs.get(index + 1).is_some_and(|next| next[0].c.is_uppercase());
            let dispensable = (starts_name && is_id(&text))
                || shown.contains("://")
                || (joins && one_of("and en und et y e i og och", &text))
                || (in_field && one_of("yes no none true false", &text));
            if loose && dispensable {
                continue;
            }
            let (first, last) = (run[0].at, run[run.len() - 1].at);
            let raw = normal(self.surroundings(first, last).chars()).filter(|raw| *raw != text);
            let line = self.line(first);
            words.push(Word {
                text,
                line,
                raw,
                unit,
                block: self.block,
            });
        }
        words
    }

    /// The source from one byte to another, out to the next white space on both sides.
    fn surroundings(&self, first: usize, last: usize) -> &'a str {
        let (first, last) = (first.min(last), first.max(last));
        let start = self.source[..first].rfind(char::is_whitespace);
        let start = start.map_or(0, |at| {
            at + self.source[at..].chars().next().map_or(1, char::len_utf8)
        });
        let end = self.source[last..].find(char::is_whitespace);
        &self.source[start..end.map_or(self.source.len(), |at| last + at)]
    }
}

/// A heading as it is looked up: lower case, single spaces, no colon at the end.
fn label_of(marks: &[Mark]) -> String {
    let text: String = marks.iter().map(|mark| mark.c).collect();
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").trim_end_matches(':').trim_end().to_owned()
}

/// The key of a `Key: value` line, in lower case.
fn key_of(line: &[Mark]) -> Option<String> {
    let colon = line.iter().position(|mark| mark.c == ':')?;
    let spaced = line.get(colon + 1).is_none_or(|mark| mark.c.is_whitespace());
    let key = label_of(&line[..colon]);
    let wordy = key
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’'));
    (spaced && wordy && !key.is_empty() && key.split(' ').count() <= 4).then_some(key)
}

/// The end of the first block under a heading: a paragraph, or a list to its last entry.
fn first_block_end(blocks: &[Block], start: usize) -> usize {
    match blocks.get(start).map(|block| block.kind) {
        Some(BlockKind::Paragraph) => start + 1,
        Some(BlockKind::Entry { list, .. }) => {
            let same =
                |block: &&Block| matches!(block.kind, BlockKind::Entry { list: other, .. } if other == list);
            start + blocks[start..].iter().take_while(same).count()
        }
        _ => start,
    }
}

/// Whether a line of the first block under a heading closes the item to the public.
fn speaks_of_exemption(marks: &[Mark]) -> bool {
    let text: String = marks.iter().map(|mark| mark.c).collect();
    text.lines().any(|line| after_exemption(line).is_some())
}

#[derive(PartialEq)]
enum Exemption {
    Here,
    FromHere,
}

/// What a heading withholds: its own item, or, if it says no more than that, all that follow too.
fn exemption_in(label: &str) -> Option<Exemption> {
    const SORTS: &str = "exempt confidential part ii and or private business item items matter matters \
        information report reports session agenda";
    let title = match label.split_once(' ') {
        Some((number, title)) if is_item_number(number) => title,
        _ => label,
    };
    let rest = after_exemption(title)?;
    let mut words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let general = words.all(|word| one_of(SORTS, word));
    Some(if general {
        Exemption::FromHere
    } else {
        Exemption::Here
    })
}

/// What follows an opening such as "Exempt", in lower case.
fn after_exemption(line: &str) -> Option<String> {
    let line = line
        .trim_start_matches(|c: char| c.is_whitespace() || is_edge(c))
        .to_lowercase();
    let openings = ["exemption", "exempt", "confidential", "part ii"];
    let rest = openings.iter().find_map(|opening| line.strip_prefix(opening))?;
    (!rest.starts_with(char::is_alphanumeric)).then(|| rest.to_owned())
}

fn is_item_number(word: &str) -> bool {
    let digits = word.strip_suffix(['.', ')']).unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "./-".contains(c))
}

/// The length of `o ` or `12. ` at the start of a line: a list mark that Markdown did not take.
fn typed_mark(line: &str) -> usize {
    let ends = |at: usize| line[at..].chars().next().is_none_or(char::is_whitespace);
    if line.starts_with('o') && ends(1) {
        return 1;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let dotted = line[digits..].starts_with(['.', ')']);
    if (1..=9).contains(&digits) && dotted && ends(digits + 1) {
        digits + 1
    } else {
        0
    }
}

/// `[[id]]` is shown as a name, `[[id|words]]` as its words.
fn loosen_references(marks: &mut [Mark]) {
    let mut at = 0;
    while at + 1 < marks.len() {
        if marks[at].c != '[' || marks[at + 1].c != '[' {
            at += 1;
            continue;
        }
        let inner = at + 2;
        let closes = |pair: &[Mark]| pair[0].c == ']' && pair[1].c == ']';
        let Some(length) = marks[inner..].windows(2).position(closes) else {
            return;
        };
        let end = inner + length;
        let text: String = marks[inner..end].iter().map(|mark| mark.c).collect();
        let named = text.contains(' ') && text.contains(char::is_uppercase);
        let mut soften = |range: Range<usize>| marks[range].iter_mut().for_each(|mark| mark.firm = false);
        soften(at..inner);
        soften(end..end + 2);
        if let Some(bar) = text.chars().position(|c| c == '|') {
            soften(inner..inner + bar);
        } else if !named {
            // With it goes what clings to it: a possessive s, say.
            let mut from = at;
            while from > 0 && !marks[from - 1].c.is_whitespace() {
                from -= 1;
            }
            let clinging = marks[end..]
                .iter()
                .take_while(|mark| !mark.c.is_whitespace())
                .count();
            marks[from..end + clinging]
                .iter_mut()
                .for_each(|mark| mark.firm = false);
        }
        at = end;
    }
}

/// `(to follow)`, `(exempt: 3)` and, where the file itself is asked, `(PDF, 193 KB)`.
fn loosen_state(marks: &mut [Mark], has_link: bool) {
    let text: Vec<char> = marks.iter().map(|mark| mark.c).collect();
    let Some(open) = text.iter().rposition(|c| *c == '(') else {
        return;
    };
    let inner: String = text[open + 1..].iter().collect::<String>().trim().to_lowercase();
    let Some(inner) = inner.strip_suffix(')') else {
        return;
    };
    let size = ["kb", "mb", "bytes"].iter().any(|unit| inner.ends_with(unit));
    if inner.starts_with("to follow") || inner.starts_with("exempt") || (has_link && size) {
        marks[open..].iter_mut().for_each(|mark| mark.firm = false);
    }
}

/// `jane-roe`, `cabinet/2017-06-27#5`: written for the program, shown as a name.
fn is_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/:#".contains(c);
    text.chars().all(fits) && text.contains(['-', '/']) && text.contains(char::is_alphabetic)
}

// ---------------------------------------------------------------------------------------------
// The page

/// The visible words of a page's `<main>`, and the item each stands in.
pub fn page_parts(html: &str) -> PageText {
    let document = Html::parse_document(html);
    let main = Selector::parse("main").expect("a valid selector");
    let root = document
        .select(&main)
        .next()
        .unwrap_or_else(|| document.root_element());
    let mut walk = Walk::new();
    walk.element(root);
    walk.flush();
    walk.page
}

/// What a page shows that no reader takes for the text of the minutes, or does not show at all.
/// Controls and tables of contents repeat the text: counting them would cover a loss.
fn is_unseen(element: ElementRef<'_>) -> bool {
    const NAMES: &str = "script style template noscript nav button select datalist head title desc metadata \
        textarea iframe object";
    let value = element.value();
    one_of(NAMES, value.name())
        || value.attr("hidden").is_some()
        || value.attr("role") == Some("navigation")
        || (value.name() == "dialog" && value.attr("open").is_none())
}

struct Walk {
    page: PageText,
    run: Vec<char>,
    block: usize,
    /// Whether an item is open as an element around what we read.
    inside: bool,
    place: usize,
}

enum Step<'a> {
    Enter(ElementRef<'a>),
    Leave(ElementRef<'a>, bool),
    Text(&'a str),
}

impl Walk {
    fn new() -> Walk {
        let page = PageText {
            words: Vec::new(),
            places: vec![None],
        };
        Walk {
            page,
            run: Vec::new(),
            block: 0,
            inside: false,
            place: 0,
        }
    }

    /// Walks with a stack of its own: a page may be nested deeper than ours.
    fn element(&mut self, root: ElementRef<'_>) {
        let mut steps = vec![Step::Enter(root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Text(text) => self.run.extend(text.chars()),
                Step::Leave(element, item) => self.leave(element, item),
                Step::Enter(element) if is_unseen(element) => {}
                Step::Enter(element) => {
                    let item = self.enter(element);
                    steps.push(Step::Leave(element, item));
                    for child in element.children().rev() {
                        match child.value() {
                            Node::Text(text) => steps.push(Step::Text(text)),
                            Node::Element(_) => {
                                steps.extend(ElementRef::wrap(child).map(Step::Enter));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }

    /// True if the element is an item's own, so that the item ends with it.
    fn enter(&mut self, element: ElementRef<'_>) -> bool {
        let value = element.value();
        let name = value.name();
        if is_block(name) {
            self.flush();
        } else if name == "br" || is_note_mark(element) {
            self.run.push('\n');
        }
        if name == "img" {
            let alt = value.attr("alt").unwrap_or_default();
            self.run.push('\n');
            self.run.extend(alt.chars());
            self.run.push('\n');
        }
        let id = value
            .attr("id")
            .filter(|id| id.starts_with("item-") && !self.inside);
        let now = self.page.places[self.place].as_deref();
        let Some(id) = id.filter(|id| !now.is_some_and(|now| is_inner(now, id))) else {
            return false;
        };
        let around = matches!(name, "section" | "article" | "div" | "details" | "li");
        self.flush();
        self.start(Some(id.to_owned()));
        self.inside = around;
        around
    }

    fn leave(&mut self, element: ElementRef<'_>, item: bool) {
        if is_block(element.value().name()) {
            self.flush();
        } else if is_note_mark(element) {
            self.run.push('\n');
        }
        if item {
            self.flush();
            self.inside = false;
            self.start(None);
        }
    }

    fn start(&mut self, id: Option<String>) {
        self.page.places.push(id);
        self.place += 1;
    }

    /// Ends a block of text: cuts it into words, and where it shows tags, into words without them.
    fn flush(&mut self) {
        let text: String = std::mem::take(&mut self.run)
            .into_iter()
            .filter_map(plain)
            .collect();
        if text.trim().is_empty() {
            return;
        }
        self.block += 1;
        let mut in_tag = vec![Cover::None; text.len()];
        for (at, _) in text.match_indices('<') {
            if let Some((name, length)) = tag_at(&text[at..]) {
                let cover = if is_block(&name) || name == "br" {
                    Cover::Break
                } else {
                    Cover::Tag
                };
                in_tag[at..at + length].fill(cover);
            }
        }
        let mut from = 0;
        for run in text.split(char::is_whitespace) {
            let covers = &in_tag[from..from + run.len()];
            from += run.len();
            from += text[from..].chars().next().map_or(0, char::len_utf8);
            let whole = normal(run.chars());
            let stripped: String = run
                .char_indices()
                .filter_map(|(at, c)| match covers[at] {
                    Cover::None => Some(c),
                    Cover::Tag => None,
                    Cover::Break => Some(' '),
                })
                .collect();
            let mut bare = stripped.split(' ').filter_map(|piece| normal(piece.chars()));
            let first = bare.next();
            if let Some(text) = whole {
                let bare = first.filter(|bare| *bare != text);
                self.word(text, bare);
            }
            bare.for_each(|text| self.word(text, None));
        }
    }

    fn word(&mut self, text: String, bare: Option<String>) {
        let (place, block) = (self.place, self.block);
        self.page.words.push(PageWord {
            text,
            bare,
            place,
            block,
        });
    }
}

#[derive(Clone, Copy)]
enum Cover {
    None,
    Tag,
    Break,
}

/// The raised number of a footnote does not belong to the word before it.
fn is_note_mark(element: ElementRef<'_>) -> bool {
    let value = element.value();
    value.name() == "sup"
        && (value
            .attr("class")
            .is_some_and(|class| class.contains("footnote"))
            || element.child_elements().any(|child| {
                child
                    .value()
                    .attr("href")
                    .is_some_and(|href| href.starts_with('#'))
            }))
}

/// Whether an id after the item `now` names something within it.
fn is_inner(now: &str, id: &str) -> bool {
    const NAMES: &str = "p decision resolved action vote minutes summary documents recommendations webcast \
        reasons note fn";
    let rest = id.strip_prefix(now).and_then(|rest| rest.strip_prefix('-'));
    rest.is_some_and(|rest| one_of(NAMES, rest.split('-').next().unwrap_or_default()))
}

// ---------------------------------------------------------------------------------------------
// The comparison

/// Every word of the source that is not where the page has to show it, in the order of the lines.
pub fn compare(source: &[Part], page: &PageText) -> Vec<Loss> {
    Ledger::new(source, page).settle()
}

/// A word as numbers: as it is, and as it may also be shown.
#[derive(Clone, Copy)]
struct Token {
    main: u32,
    also: u32,
    /// Whether a paragraph, entry or heading begins with it.
    opens: bool,
}

const NO_WORD: u32 = u32::MAX;

impl Token {
    fn same(self, other: Token) -> bool {
        self.main == other.main
            || self.main == other.also
            || self.also == other.main
            || (self.also != NO_WORD && self.also == other.also)
    }
}

/// A source word with all that the comparison asks of it.
struct Entry<'a> {
    word: &'a Word,
    part: usize,
    form: Form,
    token: Token,
}

/// The words of one unit: indices into [`Ledger::entries`].
type Unit = Vec<usize>;

struct Ledger<'a> {
    parts: &'a [Part],
    page: &'a PageText,
    entries: Vec<Entry<'a>>,
    /// By part, then by unit.
    units: Vec<Vec<Unit>>,
    tokens: Vec<Token>,
    block_sizes: HashMap<usize, usize>,
    /// Page word of each entry.
    found: Vec<Option<usize>>,
    claimed: Vec<bool>,
}

impl<'a> Ledger<'a> {
    fn new(parts: &'a [Part], page: &'a PageText) -> Ledger<'a> {
        let mut numbers: HashMap<&'a str, u32> = HashMap::new();
        let mut token = |main: &'a str, also: Option<&'a str>| {
            let mut number = |text: &'a str| {
                let next = numbers.len() as u32;
                *numbers.entry(text).or_insert(next)
            };
            Token {
                main: number(main),
                also: also.map_or(NO_WORD, &mut number),
                opens: false,
            }
        };
        let mut entries = Vec::new();
        let mut units = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let mut of_part = vec![Vec::new(); part.forms.len()];
            for word in part.all() {
                of_part[word.unit].push(entries.len());
                let opens = entries
                    .last()
                    .is_none_or(|before: &Entry| before.word.block != word.block);
                let token = Token {
                    opens,
                    ..token(&word.text, word.raw.as_deref())
                };
                entries.push(Entry {
                    word,
                    part: index,
                    form: part.forms[word.unit],
                    token,
                });
            }
            units.push(of_part);
        }
        let tokens = page
            .words
            .iter()
            .map(|word| token(&word.text, word.bare.as_deref()))
            .collect();
        let mut block_sizes = HashMap::new();
        for word in &page.words {
            *block_sizes.entry(word.block).or_insert(0) += 1;
        }
        let (found, claimed) = (vec![None; entries.len()], vec![false; page.words.len()]);
        Ledger {
            parts,
            page,
            entries,
            units,
            tokens,
            block_sizes,
            found,
            claimed,
        }
    }

    fn settle(mut self) -> Vec<Loss> {
        let places = self.pair();
        let all = 0..self.parts.len();
        let first = places
            .iter()
            .flatten()
            .min()
            .copied()
            .unwrap_or(self.page.places.len());
        for part in all.clone() {
            if let Some(place) = places[part] {
                let units = self.units[part].clone();
                self.thread(&units, &self.words_in(place..place + 1));
                // What stands behind an item and in no other belongs to it as well.
                let next = places.iter().flatten().filter(|other| **other > place).min();
                let behind = self.words_in(place..next.copied().unwrap_or(self.page.places.len()));
                if self.could_gain(&units, &behind) {
                    self.thread(&units, &behind);
                }
            }
        }
        // What stands before the items: the preamble, and attendance that is not an item itself.
        let front: Vec<Unit> = all
            .clone()
            .filter(|&part| places[part].is_none())
            .filter(|&part| matches!(self.parts[part].kind, Kind::Preamble | Kind::Attendance))
            .flat_map(|part| self.units[part].clone())
            .collect();
        self.thread(&front, &self.words_in(0..first));
        self.place_wide(&places);
        self.accept_other_forms(&places, first);
        self.report()
    }

    fn words_in(&self, places: Range<usize>) -> Vec<usize> {
        let words = 0..self.page.words.len();
        words
            .filter(|&at| places.contains(&self.page.words[at].place))
            .collect()
    }

    fn free(&self, words: &[usize]) -> Vec<usize> {
        words.iter().copied().filter(|&at| !self.claimed[at]).collect()
    }

    fn lost(&self, unit: &[usize]) -> usize {
        unit.iter().filter(|&&entry| self.found[entry].is_none()).count()
    }

    fn release(&mut self, unit: &[usize]) {
        for &entry in unit {
            if let Some(at) = self.found[entry].take() {
                self.claimed[at] = false;
            }
        }
    }

    fn claim(&mut self, unit: &[usize], matches: &[Option<usize>]) {
        for (&entry, &at) in unit.iter().zip(matches) {
            self.found[entry] = at;
            if let Some(at) = at {
                self.claimed[at] = true;
            }
        }
    }

    // -- which item of the page is which part ---------------------------------------------------

    /// The place of every part that the page shows as an item, in page order: the best pairing of
    /// two sequences, by heading and by the words they share.
    fn pair(&self) -> Vec<Option<usize>> {
        let parts: Vec<usize> = (0..self.parts.len())
            .filter(|&part| self.parts[part].kind != Kind::Preamble)
            .collect();
        let places: Vec<usize> = (0..self.page.places.len())
            .filter(|&place| self.page.places[place].is_some())
            .collect();
        let texts: Vec<Vec<usize>> = places.iter().map(|&p| self.words_in(p..p + 1)).collect();
        let (rows, columns) = (parts.len(), places.len());
        let mut best = vec![vec![0.0_f64; columns + 1]; rows + 1];
        let mut alike = vec![vec![0.0_f64; columns]; rows];
        for row in 0..rows {
            for column in 0..columns {
                alike[row][column] = self.likeness(parts[row], &texts[column]);
                best[row + 1][column + 1] = (best[row][column] + alike[row][column])
                    .max(best[row][column + 1])
                    .max(best[row + 1][column]);
            }
        }
        let mut paired = vec![None; self.parts.len()];
        let (mut row, mut column) = (rows, columns);
        while row > 0 && column > 0 {
            let score = best[row][column];
            let alike = alike[row - 1][column - 1];
            if alike > 0.0 && score <= best[row - 1][column - 1] + alike + 1e-9 {
                paired[parts[row - 1]] = Some(places[column - 1]);
                (row, column) = (row - 1, column - 1);
            } else if score <= best[row - 1][column] + 1e-9 {
                row -= 1;
            } else {
                column -= 1;
            }
        }
        paired
    }

    fn likeness(&self, part: usize, place: &[usize]) -> f64 {
        let tokens = |units: &[Unit]| -> Vec<Token> {
            units
                .iter()
                .flatten()
                .map(|&entry| self.entries[entry].token)
                .collect()
        };
        let heading = tokens(&self.units[part][..1]);
        let body = tokens(&self.units[part][1..]);
        let floats = matches!(self.parts[part].kind, Kind::Attendance | Kind::Closing);
        let reach = heading.len() * 2 + if floats { 4 } else { 24 };
        let start: Vec<Token> = place.iter().take(reach).map(|&at| self.tokens[at]).collect();
        let in_heading: Vec<usize> = thread_exactly(&heading, &start, &|_, _| true)
            .into_iter()
            .flatten()
            .collect();
        let by_heading = in_heading.len() as f64 / heading.len().max(1) as f64;
        // Of two headings in one place, the place belongs to the first.
        let late = in_heading.first().map_or(0.0, |at| *at as f64 / 100.0);
        let mut counts: HashMap<u32, i64> = HashMap::new();
        for &at in place {
            *counts.entry(self.tokens[at].main).or_insert(0) += 1;
        }
        let shared = body.iter().filter(|token| {
            let count = counts.entry(token.main).or_insert(0);
            *count -= 1;
            *count >= 0
        });
        let shared = shared.count();
        let by_body = if body.is_empty() {
            by_heading
        } else {
            shared as f64 / body.len() as f64
        };
        let enough = if floats {
            by_heading > 0.99
        } else {
            by_heading >= 0.6 || by_body >= 0.5
        };
        if enough {
            2.0 * by_heading + by_body - late
        } else {
            0.0
        }
    }

    // -- threading units through a stretch of the page ------------------------------------------

    /// Finds the words of the units in the page words `among`: in order within each unit, the
    /// units in the order that loses least.
    fn thread(&mut self, units: &[Unit], among: &[usize]) {
        units.iter().for_each(|unit| self.release(unit));
        let among = self.free(among);
        let mut order: Vec<&Unit> = units.iter().filter(|unit| !unit.is_empty()).collect();
        let found = self.sequence(&order, &among);
        self.claim_all(&order, &found);
        if !self.could_gain(units, &among) {
            return;
        }
        let mut shown = order.clone();
        shown.sort_by_cached_key(|unit| {
            if self.leads(unit) {
                i64::MIN
            } else {
                self.likely_start(unit, &among)
            }
        });
        if shown != order {
            let other = self.sequence(&shown, &among);
            let count = |found: &[Vec<Option<usize>>]| found.iter().flatten().flatten().count();
            if count(&other) > count(&found) {
                order = shown;
                order.iter().for_each(|unit| self.release(unit));
                self.claim_all(&order, &other);
            }
        }
        // A unit that stands elsewhere is looked for alone, among what nobody else has claimed.
        for _ in 0..3 {
            let better: Vec<bool> = order.iter().map(|unit| self.place_alone(unit, &among)).collect();
            if !better.contains(&true) {
                break;
            }
        }
    }

    fn claim_all(&mut self, units: &[&Unit], found: &[Vec<Option<usize>>]) {
        for (unit, found) in units.iter().zip(found) {
            self.claim(unit, found);
        }
    }

    /// Whether any word that the units lack is still to be had among these.
    fn could_gain(&self, units: &[Unit], among: &[usize]) -> bool {
        let lost = units
            .iter()
            .flatten()
            .filter(|&&entry| self.found[entry].is_none());
        let lost: Vec<Token> = lost.map(|&entry| self.entries[entry].token).collect();
        let free: Vec<Token> = self.free(among).into_iter().map(|at| self.tokens[at]).collect();
        share_a_word(&lost, &free)
    }

    /// The heading of an item stands before all else in it.
    fn leads(&self, unit: &Unit) -> bool {
        let Entry { word, part, .. } = self.entries[unit[0]];
        word.unit == 0 && self.parts[part].kind == Kind::Item
    }

    /// Places a unit anew; keeps the old place unless more of it is found.
    fn place_alone(&mut self, unit: &Unit, among: &[usize]) -> bool {
        if self.leads(unit) || !self.could_gain(std::slice::from_ref(unit), among) {
            return false;
        }
        let before: Vec<Option<usize>> = unit.iter().map(|&entry| self.found[entry]).collect();
        self.release(unit);
        let mut found = self.sequence(&[unit], &self.free(among)).remove(0);
        let better = found.iter().flatten().count() > before.iter().flatten().count();
        if !better {
            found = before;
        }
        self.claim(unit, &found);
        better
    }

    /// The units one after the other through the page words, with matches by chance struck out.
    fn sequence(&self, units: &[&Unit], among: &[usize]) -> Vec<Vec<Option<usize>>> {
        let flat: Vec<usize> = units.iter().flat_map(|unit| unit.iter().copied()).collect();
        let source: Vec<Token> = flat.iter().map(|&entry| self.entries[entry].token).collect();
        let target: Vec<Token> = among.iter().map(|&at| self.tokens[at]).collect();
        let mut barred: HashSet<(Line, usize)> = HashSet::new();
        let mut found;
        loop {
            let allowed = |entry: usize, at: usize| {
                barred.is_empty()
                    || !barred.contains(&(self.line_of(flat[entry]), self.page.words[among[at]].block))
            };
            let threaded = longest_thread(&source, &target, &allowed);
            found = threaded
                .into_iter()
                .map(|at| at.map(|at| among[at]))
                .collect::<Vec<_>>();
            let chance = self.chance_matches(&flat, &found);
            if chance.is_empty() {
                break;
            }
            barred.extend(chance);
        }
        let mut found = found.into_iter();
        units
            .iter()
            .map(|unit| found.by_ref().take(unit.len()).collect())
            .collect()
    }

    fn line_of(&self, entry: usize) -> Line {
        let Entry { word, part, .. } = self.entries[entry];
        (part, word.block, word.line, word.unit == 0)
    }

    /// A page does not break a line of prose to hide one of its words in another block. Where a
    /// word of a line was found far from the others, among words that are not the source's, it is
    /// a label that happens to say the same. A title stands in one block, but for its number.
    fn chance_matches(&self, flat: &[usize], found: &[Option<usize>]) -> Vec<(Line, usize)> {
        let mut lines: HashMap<Line, usize> = HashMap::new();
        let mut meets: BTreeMap<(Line, usize), usize> = BTreeMap::new();
        let mut most: HashMap<Line, usize> = HashMap::new();
        for (&entry, at) in flat.iter().zip(found) {
            let Entry { word, form, .. } = self.entries[entry];
            let number = word.unit == 0 && word.text.starts_with(|c: char| c.is_ascii_digit());
            if form != Form::Prose || number {
                continue;
            }
            let line = self.line_of(entry);
            *lines.entry(line).or_insert(0) += 1;
            if let Some(at) = *at {
                let count = meets.entry((line, self.page.words[at].block)).or_insert(0);
                *count += 1;
                let top = most.entry(line).or_insert(0);
                *top = (*top).max(*count);
            }
        }
        let by_chance = |((line, block), count): (&(Line, usize), &usize)| {
            let of_line = *count as f64 / lines[line] as f64;
            let of_block = *count as f64 / self.block_sizes[block] as f64;
            let (_, _, _, in_title) = *line;
            (in_title && *count < most[line])
                || (lines[line] >= 4
                    && (of_line < 0.34 && of_block < 0.6 || of_line <= 0.5 && of_block < 0.25))
        };
        meets
            .iter()
            .filter(|meet| by_chance(*meet))
            .map(|(key, _)| *key)
            .collect()
    }

    /// Where a unit would begin, going by the longest run of its words in the stretch.
    fn likely_start(&self, unit: &Unit, among: &[usize]) -> i64 {
        let mut best = (0, i64::MAX / 2);
        let mut lengths = vec![0_usize; among.len() + 1];
        for (row, &entry) in unit.iter().enumerate() {
            for column in (0..among.len()).rev() {
                let same = self.entries[entry].token.same(self.tokens[among[column]]);
                let length = if same { lengths[column] + 1 } else { 0 };
                lengths[column + 1] = length;
                if length > best.0 {
                    best = (length, column as i64 - row as i64);
                }
            }
        }
        best.1
    }

    // -- what may stand anywhere, or in other words ---------------------------------------------

    /// Attendance, closing remarks and footnotes: anywhere among the words nobody claimed.
    fn place_wide(&mut self, places: &[Option<usize>]) {
        let everywhere: Vec<usize> = (0..self.page.words.len()).collect();
        for (part, place) in places.iter().enumerate() {
            let units = self.units[part].clone();
            match self.parts[part].kind {
                Kind::Closing if place.is_none() => self.thread(&units, &everywhere),
                Kind::Attendance => {
                    for unit in &units {
                        if self.lost(unit) > 0 {
                            self.place_alone(unit, &everywhere);
                        }
                    }
                }
                _ => {
                    for (unit, form) in units.iter().zip(&self.parts[part].forms) {
                        if *form == Form::Note && self.lost(unit) > 0 {
                            self.place_alone(unit, &everywhere);
                        }
                    }
                }
            }
        }
    }

    /// Loose words: other capitals, a part of a longer run, a date in words; and a name that
    /// attendance lists twice is shown once.
    fn accept_other_forms(&mut self, places: &[Option<usize>], first: usize) {
        for entry in 0..self.entries.len() {
            let Entry { word, part, form, .. } = self.entries[entry];
            if form != Form::Loose || self.found[entry].is_some() {
                continue;
            }
            let among = match (self.parts[part].kind, places[part]) {
                (Kind::Attendance, _) => self.words_in(0..self.page.places.len()),
                (_, Some(place)) => self.words_in(place..place + 1),
                (_, None) => self.words_in(0..first),
            };
            // The rest of the unit says where to look.
            let unit = &self.units[part][word.unit];
            let blocks = unit
                .iter()
                .filter_map(|&e| self.found[e])
                .map(|at| self.page.words[at].block);
            let (from, to) = (
                blocks.clone().min().unwrap_or(0),
                blocks.max().unwrap_or(usize::MAX - 1),
            );
            let near = from.saturating_sub(1)..=to + 1;
            let seen = |at: &usize| {
                let other = &self.page.words[*at];
                let like = |text: &str| says(text, &word.text);
                !self.claimed[*at]
                    && near.contains(&other.block)
                    && (like(&other.text) || other.bare.as_deref().is_some_and(like))
            };
            let at = among.iter().copied().find(seen);
            let at = at.or_else(|| self.date_in_words(&word.text, &among));
            self.found[entry] = at;
            if let Some(at) = at {
                self.claimed[at] = true;
            }
        }
        for part in 0..self.parts.len() {
            if self.parts[part].kind == Kind::Attendance {
                self.accept_repeats(part);
            }
        }
    }

    /// A name that one heading lists twice, with its role or without, is shown once.
    fn accept_repeats(&mut self, part: usize) {
        let units: Vec<Unit> = self.units[part][1..].to_vec();
        for unit in &units {
            let twin = units
                .iter()
                .find(|other| *other != unit && self.is_shown_as(unit, other));
            if let (Some(twin), true) = (twin, self.lost(unit) * 2 > unit.len()) {
                let shown: Vec<Option<usize>> = twin.iter().map(|&entry| self.found[entry]).collect();
                self.release(unit);
                for (&entry, at) in unit.iter().zip(shown) {
                    self.found[entry] = at;
                }
            }
        }
    }

    fn is_shown_as(&self, unit: &Unit, other: &Unit) -> bool {
        let text = |entry: &usize| self.entries[*entry].word.text.as_str();
        unit.len() <= other.len()
            && self.lost(other) == 0
            && unit.iter().map(text).eq(other[..unit.len()].iter().map(text))
    }

    /// `2017-07-20` shown as "20 July 2017" or "July 20, 2017" or "20/07/2017".
    fn date_in_words(&self, text: &str, among: &[usize]) -> Option<usize> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |text: &str| text.parse::<u32>().ok();
        let (_, month, day) = (number(year)?, number(month)?, number(day)?);
        let shown = |at: usize| self.page.words[among[at]].text.as_str();
        (0..among.len()).map(|at| (at, shown(at))).find_map(|(at, word)| {
            let numbers: Vec<&str> = word.split(['/', '.', '-']).collect();
            if let [a, b, c] = numbers[..] {
                let fits = [number(a), number(b)] == [Some(day), Some(month)]
                    || [number(a), number(b)] == [Some(month), Some(day)];
                return (fits && c == year).then_some(among[at]);
            }
            let near = at.saturating_sub(3)..at;
            let has_day = near.clone().any(|at| {
                let digits = shown(at).trim_end_matches(char::is_alphabetic);
                digits.len() <= 2 && number(digits) == Some(day)
            });
            let has_month = near.clone().any(|at| shown(at).chars().all(char::is_alphabetic));
            (word == year && has_day && has_month).then_some(among[at])
        })
    }

    // -- the report -----------------------------------------------------------------------------

    fn report(mut self) -> Vec<Loss> {
        let mut losses = Vec::new();
        for run in self.lost_runs() {
            let whereto = self.look_elsewhere(&run);
            for (&entry, to) in run.iter().zip(whereto) {
                let Entry { word, part, .. } = self.entries[entry];
                let kind = match to {
                    Some(at) => {
                        self.claimed[at] = true;
                        LossKind::Moved(self.page.name(self.page.words[at].place))
                    }
                    None => LossKind::Missing,
                };
                let part = self.parts[part].title();
                losses.push(Loss {
                    line: word.line,
                    word: word.text.clone(),
                    kind,
                    part,
                });
            }
        }
        losses.sort_by_key(|loss| loss.line);
        losses
    }

    /// Lost words that follow each other in one unit.
    fn lost_runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for unit in self.units.iter().flatten() {
            let mut open = false;
            for &entry in unit {
                match (self.found[entry], open) {
                    (Some(_), _) => open = false,
                    (None, true) => runs.last_mut().expect("a run is open").push(entry),
                    (None, false) => {
                        runs.push(vec![entry]);
                        open = true;
                    }
                }
            }
        }
        // The longest choose first where they have gone.
        runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
        runs
    }

    /// Where a run of lost words stands now, if most of it stands close together somewhere.
    fn look_elsewhere(&self, run: &[usize]) -> Vec<Option<usize>> {
        let mut best = vec![None; run.len()];
        for place in 0..self.page.places.len() {
            let among = self.free(&self.words_in(place..place + 1));
            let source: Vec<Token> = run.iter().map(|&entry| self.entries[entry].token).collect();
            let target: Vec<Token> = among.iter().map(|&at| self.tokens[at]).collect();
            let found = longest_thread(&source, &target, &|_, _| true);
            let found: Vec<Option<usize>> = found.into_iter().map(|at| at.map(|at| among[at])).collect();
            let seen: Vec<usize> = found.iter().flatten().copied().collect();
            let better = seen.len() > best.iter().flatten().count();
            if better && seen.len() * 5 >= run.len() * 4 && self.stands_together(&seen) {
                best = found;
            }
        }
        best
    }

    fn stands_together(&self, seen: &[usize]) -> bool {
        let (Some(first), Some(last)) = (seen.first(), seen.last()) else {
            return false;
        };
        let block = self.page.words[*first].block;
        let whole = self.block_sizes[&block] == seen.len() && self.page.words[*last].block == block;
        whole || (seen.len() >= 3 && last - first < seen.len() * 3 / 2 + 1)
    }
}

/// A line of a source block: part, block, line, and whether it is the part's heading.
type Line = (usize, usize, usize, bool);

/// Whether a word of the page says the source's word, alone or within a longer run.
fn says(shown: &str, word: &str) -> bool {
    let (shown, word) = (shown.to_lowercase(), word.to_lowercase());
    shown.match_indices(&word).any(|(at, _)| {
        let before = shown[..at].chars().next_back();
        let after = shown[at + word.len()..].chars().next();
        [before, after].iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

// ---------------------------------------------------------------------------------------------
// The longest common subsequence

/// For every source word its place in the target: as many as can be had in order, and of all ways
/// to do so the one with the fewest breaks, so that a loss is reported where it happened.
fn longest_thread(
    source: &[Token],
    target: &[Token],
    allowed: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    const FEW: usize = 40_000; // cells that are cheap
    const MANY: usize = 150_000_000; // cells that fit into memory
    let cells = source.len() * target.len();
    if cells > FEW {
        let found = thread_between_anchors(source, target, allowed);
        let taken: HashSet<usize> = found.iter().flatten().copied().collect();
        let lost: Vec<Token> = (source.iter().zip(&found))
            .filter(|(_, at)| at.is_none())
            .map(|(t, _)| *t)
            .collect();
        let left: Vec<Token> = (0..target.len())
            .filter(|at| !taken.contains(at))
            .map(|at| target[at])
            .collect();
        // No other answer can hold more, if nothing that is lost is left over.
        if cells > MANY || !share_a_word(&lost, &left) {
            return found;
        }
    }
    thread_exactly(source, target, allowed)
}

fn share_a_word(some: &[Token], others: &[Token]) -> bool {
    let numbers = |token: &Token| [token.main, token.also];
    let known: HashSet<u32> = some
        .iter()
        .flat_map(numbers)
        .filter(|number| *number != NO_WORD)
        .collect();
    others
        .iter()
        .flat_map(numbers)
        .any(|number| known.contains(&number))
}

/// The exact answer, by a table of all prefixes.
fn thread_exactly(
    source: &[Token],
    target: &[Token],
    allowed: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    const WORD: i64 = 1 << 24; // one word counts more than any number of unbroken pairs
    const NEVER: i64 = i64::MIN / 2;
    // How the best score of a cell came about …
    const LEFT: u8 = 1;
    const MATCH: u8 = 2;
    // … and how that of the match in it: behind a match of the word before, or of the page's word
    // before with any earlier word. That is how it looks where words were lost, and more likely
    // so where a block of the source begins again.
    const UNBROKEN: u8 = 4;
    const BEHIND: u8 = 8;
    /// The match in the cell is the best of its column so far.
    const TOP: u8 = 16;
    let width = target.len() + 1;
    let mut way = vec![0_u8; (source.len() + 1) * width];
    let mut best = vec![0; width]; // by column, of the rows above
    let mut matched = vec![NEVER; width];
    let mut top = vec![NEVER; width];
    for (row, &word) in source.iter().enumerate() {
        let (mut best_before, mut matched_before, mut top_before) = (0, NEVER, NEVER);
        for (column, &other) in target.iter().enumerate() {
            let column = column + 1;
            let cell = &mut way[(row + 1) * width + column];
            let mut score = best[column];
            if best[column - 1] > score {
                score = best[column - 1];
                *cell = LEFT;
            }
            let mut here = NEVER;
            if word.same(other) && allowed(row, column - 1) {
                let behind = top_before + 1 + i64::from(word.opens);
                let ways = [(best_before, 0), (behind, BEHIND), (matched_before + 3, UNBROKEN)];
                let (before, from) = ways
                    .into_iter()
                    .max_by_key(|(score, _)| *score)
                    .expect("three ways");
                here = before + WORD;
                if here >= score {
                    score = here;
                    *cell = MATCH;
                }
                *cell |= from;
            }
            (best_before, matched_before, top_before) = (best[column], matched[column], top[column]);
            (best[column], matched[column]) = (score, here);
            if here > top[column] {
                top[column] = here;
                *cell |= TOP;
            }
        }
    }
    let mut found = vec![None; source.len()];
    let (mut row, mut column) = (source.len(), target.len());
    let mut seek = MATCH;
    while row > 0 && column > 0 {
        let cell = way[row * width + column];
        match seek {
            UNBROKEN => {}
            BEHIND if cell & TOP != 0 => {}
            BEHIND => {
                row -= 1;
                continue;
            }
            _ if cell & MATCH != 0 => {}
            _ if cell & LEFT != 0 => {
                column -= 1;
                continue;
            }
            _ => {
                row -= 1;
                continue;
            }
        }
        found[row - 1] = Some(column - 1);
        seek = match cell & (UNBROKEN | BEHIND) {
            0 => MATCH,
            from => from,
        };
        (row, column) = (row - 1, column - 1);
    }
    found
}

/// A quick answer for long texts: runs of words that occur once on both sides hold the two
/// together, and only what lies between them is compared word by word.
fn thread_between_anchors(
    source: &[Token],
    target: &[Token],
    allowed: &dyn Fn(usize, usize) -> bool,
) -> Vec<Option<usize>> {
    const RUN: usize = 5;
    let once = |tokens: &[Token]| {
        let mut seen: HashMap<[u32; RUN], Option<usize>> = HashMap::new();
        for (at, run) in tokens.windows(RUN).enumerate() {
            let run = std::array::from_fn(|i| run[i].main);
            seen.entry(run).and_modify(|at| *at = None).or_insert(Some(at));
        }
        seen
    };
    let there = once(target);
    let mut anchors: Vec<(usize, usize)> = once(source)
        .into_iter()
        .filter_map(|(run, at)| Some((at?, (*there.get(&run)?)?)))
        .filter(|&(row, column)| (0..RUN).all(|i| allowed(row + i, column + i)))
        .collect();
    anchors.sort_unstable();
    let mut found = vec![None; source.len()];
    let (mut row, mut column) = (0, 0);
    let mut fill = |rows: Range<usize>, columns: Range<usize>| {
        let (from, to) = (rows.start, columns.start);
        let between = |a: usize, b: usize| allowed(from + a, to + b);
        let part = thread_exactly(&source[rows], &target[columns], &between);
        for (offset, at) in part.into_iter().enumerate() {
            found[from + offset] = at.map(|at| to + at);
        }
    };
    let mut held = Vec::new();
    for (start, there) in rising(&anchors) {
        // Anchors overlap: a run of ten words is six of them.
        for i in 0..RUN {
            if start + i >= row && there + i >= column {
                fill(row..start + i, column..there + i);
                held.push((start + i, there + i));
                (row, column) = (start + i + 1, there + i + 1);
            }
        }
    }
    fill(row..source.len(), column..target.len());
    for (row, column) in held {
        found[row] = Some(column);
    }
    found
}

/// The longest chain of pairs, sorted by the first, in which the second rises too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new(); // index of the smallest end of a chain of each length
    let mut before = vec![None; pairs.len()];
    for (index, pair) in pairs.iter().enumerate() {
        let length = tops.partition_point(|&top| pairs[top].1 < pair.1);
        before[index] = length.checked_sub(1).map(|length| tops[length]);
        match tops.get_mut(length) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut chain = Vec::new();
    let mut next = tops.last().copied();
    while let Some(index) = next {
        chain.push(pairs[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}
