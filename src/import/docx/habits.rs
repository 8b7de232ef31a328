//! What the paragraphs of some minutes are: the title, the agenda items, what
//! stands before them. Word knows headings only where somebody used its styles;
//! many write a number and bold words instead. Each document is looked at as a
//! whole first, and read by its own habit.

use std::collections::{BTreeMap, BTreeSet};

use super::attendance;
use super::block::{Block, Look, Paragraph, Role, Span, Table};
use super::grid;
use super::numbering::Mark;
use super::write::{Piece, typed_mark};
use crate::document::agenda::numbered_title;
use crate::document::exempt;
use crate::document::labels::Labels;
use crate::document::written::line;
use crate::import::draft::Origin;
use crate::import::markdown::mapping::Mapping;

/// How the agenda items of a document are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Habit {
    /// As headings of this level.
    Styles(u8),
    /// As bold, underlined or capital lines with a number.
    NumberedBold,
    /// As such lines without a number.
    Bold,
    /// As paragraphs with a number.
    Numbered,
    None,
}

/// A document in parts.
pub struct Parts {
    pub pieces: Vec<Piece>,
    pub title: Option<String>,
    /// The lines before the first item, without names.
    pub head: Vec<String>,
    /// How its items were told, in words.
    pub habit: &'static str,
}

/// An item that a paragraph opens.
struct Opening {
    number: Option<String>,
    words: Paragraph,
    /// What follows the title in the same paragraph.
    rest: Option<Paragraph>,
}

pub fn parts(blocks: Vec<Block>, mapping: &Mapping, origin: &mut Origin) -> Parts {
    let blocks = plain(blocks, mapping, origin);
    let title = title_of(&blocks, mapping);
    let habit = habit_of(&blocks, title, mapping);
    let bare = counts_barely(&blocks, title, habit);
    let deeper: BTreeSet<u8> = blocks
        .iter()
        .filter_map(|p| match paragraph(p)?.role {
            Role::Heading(level) => Some(level),
            _ => None,
        })
        .collect();
    let labels = Labels::default();
    let mut walk = Walk {
        out: Vec::new(),
        head: Vec::new(),
        names: Vec::new(),
        items: false,
        mapping,
        origin,
    };
    let mut said = None;
    let mut at = 0;
    let mut blocks: Vec<Option<Part>> = blocks.into_iter().map(Some).collect();
    while at < blocks.len() {
        let here = at;
        at += 1;
        let Some(part) = blocks[here].take() else { continue };
        let paragraph = match part {
            Part::Names(label, names) => {
                walk.section(label, names);
                continue;
            }
            Part::Item(item) => {
                walk.heading(2, item.number, item.words);
                for block in item.blocks {
                    walk.text(block);
                }
                for (label, blocks) in item.asides {
                    walk.heading(3, None, label);
                    for block in blocks {
                        walk.text(block);
                    }
                }
                continue;
            }
            Part::Block(Block::Table(table)) => {
                walk.text(Block::Table(table));
                continue;
            }
            Part::Block(Block::Paragraph(paragraph)) => paragraph,
        };
        if Some(here) == title {
            said = Some(paragraph.plain());
            walk.out.insert(0, Piece::Title(paragraph));
            continue;
        }
        // Headings of Word's, wherever they stand in the order of levels.
        if let (Role::Heading(level), Habit::Styles(least)) = (paragraph.role, habit) {
            // Levels that nobody uses are not counted.
            let below = deeper.iter().filter(|l| **l > least && **l <= level).count();
            let level = 2 + u8::try_from(below).unwrap_or(4).min(4);
            let (number, words) = numbered(&paragraph, bare);
            walk.heading(level, number, words);
        } else if let Some(opening) = opens(&paragraph, habit, bare, mapping, walk.begun().then_some(&labels))
        {
            walk.heading(2, opening.number, opening.words);
            if let Some(rest) = opening.rest {
                walk.text(Block::Paragraph(rest));
            }
        } else if let Some(found) = attendance::label_line(&paragraph, mapping) {
            if let Some(word) = found.used {
                walk.origin.used(word, "a word between names");
            }
            let mut names = found.names;
            attendance::following(&mut blocks, &mut at, &mut names);
            match names.is_empty() {
                true => walk.text(Block::Paragraph(paragraph)),
                false => walk.section(found.label, names),
            }
            continue;
        } else if habit == Habit::NumberedBold
            && walk.items
            && is_line(&paragraph)
            && is_title(&paragraph.plain())
        {
            // What ends every meeting is no part of the item above it.
            let level = if ends(&paragraph.plain()) { 2 } else { 3 };
            walk.heading(level, None, paragraph);
        } else {
            walk.text(Block::Paragraph(paragraph));
            continue;
        }
        // Names below a heading that says so.
        if let Some(Piece::Heading {
            number: None, words, ..
        }) = walk.out.last()
            && mapping.label(&words.plain()).is_some()
        {
            let mut names = Vec::new();
            attendance::following(&mut blocks, &mut at, &mut names);
            walk.out.extend(names.into_iter().map(Piece::Name));
        }
    }
    walk.settle();
    walk.gathered();
    Parts {
        title: said,
        head: walk.head,
        pieces: walk.out,
        habit: match habit {
            Habit::Styles(_) => "headings",
            Habit::NumberedBold => "bold lines with a number",
            Habit::Bold => "bold lines",
            Habit::Numbered => "numbered paragraphs",
            Habit::None => "nothing: its text is one",
        },
    }
}

/// A block, or what was found in a table.
pub enum Part {
    Block(Block),
    Names(Paragraph, Vec<Paragraph>),
    /// A row of a table that is an agenda item.
    Item(grid::Item),
}

struct Walk<'m, 'o> {
    out: Vec<Piece>,
    head: Vec<String>,
    /// Lists of names before the first item: they stand behind the other text.
    names: Vec<Piece>,
    items: bool,
    mapping: &'m Mapping,
    origin: &'o mut Origin,
}

impl Walk<'_, '_> {
    /// Whether the first lines are over.
    fn begun(&self) -> bool {
        self.items || self.head.len() >= 6
    }

    fn text(&mut self, block: Block) {
        if !self.items && self.head.len() < 24 {
            match &block {
                Block::Paragraph(p) => self
                    .head
                    .extend(p.text().split('\n').map(line).filter(|l| !l.is_empty())),
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> = row.iter().map(super::block::Cell::plain).collect();
                        self.head.push(line(&cells.join(" ")));
                    }
                }
            }
        }
        self.out.push(Piece::Block(block));
    }

    fn heading(&mut self, level: u8, number: Option<String>, words: Paragraph) {
        let names = number.is_none() && self.mapping.label(&words.plain()).is_some();
        let words = if names { self.canonical(words) } else { words };
        if !self.items && !names {
            self.settle();
            self.items = true;
        }
        let piece = Piece::Heading { level, number, words };
        self.out.push(piece);
    }

    fn section(&mut self, label: Paragraph, names: Vec<Paragraph>) {
        let heading = Piece::Heading {
            level: 2,
            number: None,
            words: self.canonical(trimmed(label)),
        };
        let list = std::iter::once(heading).chain(names.into_iter().map(Piece::Name));
        match self.items {
            true => self.out.extend(list),
            false => self.names.extend(list),
        }
    }

    /// The word of the format for a list of names, where an English one is meant.
    fn canonical(&mut self, label: Paragraph) -> Paragraph {
        let folded = crate::text::names::fold(label.plain().trim_end_matches([':', ' ']));
        let found = super::SYNONYMS
            .iter()
            .find(|(_, words)| words.contains(&folded.as_str()));
        let Some((word, _)) = found else { return label };
        self.origin.used(
            label.plain(),
            "a heading of names, which the format calls another",
        );
        label.with(vec![Span {
            text: (*word).to_owned(),
            ..Span::default()
        }])
    }

    /// `Attendance` above `Present` and `Apologies` only gathers them.
    fn gathered(&mut self) {
        let names = |piece: Option<&Piece>| match piece {
            Some(Piece::Heading {
                number: None, words, ..
            }) => self.mapping.label(&words.plain()).is_some(),
            _ => false,
        };
        let gathers = |n: usize| names(self.out.get(n)) && names(self.out.get(n + 1));
        let drop: Vec<bool> = (0..self.out.len()).map(gathers).collect();
        for (piece, _) in self.out.iter().zip(&drop).filter(|(_, d)| **d) {
            if let Piece::Heading { words, .. } = piece {
                self.origin
                    .used(words.plain(), "a heading that only gathers lists of names");
            }
        }
        let mut drop = drop.into_iter();
        self.out.retain(|_| !drop.next().unwrap_or(false));
    }

    fn settle(&mut self) {
        self.out.append(&mut self.names);
    }
}

/// Words without the colon at their end.
fn trimmed(paragraph: Paragraph) -> Paragraph {
    let text = paragraph.text();
    let end = text.trim_end().trim_end_matches([':', '-', '–', ' ']).len();
    let mark = None;
    Paragraph {
        spans: paragraph.until(end),
        mark,
        ..paragraph
    }
}

/// Blocks with what only arranges them taken apart.
fn plain(blocks: Vec<Block>, mapping: &Mapping, origin: &mut Origin) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let paragraph = typed_mark(&paragraph).unwrap_or(paragraph);
                out.push(Part::Block(Block::Paragraph(paragraph)));
            }
            Block::Table(table) => {
                let label = match out.last() {
                    Some(Part::Block(Block::Paragraph(p))) => mapping.label(&p.plain()).is_some(),
                    _ => false,
                };
                if let Some(found) = attendance::table(&table, label, mapping, origin) {
                    out.extend(found);
                } else if let Some(items) = grid::items(&table, origin) {
                    out.extend(items.into_iter().map(Part::Item));
                } else if arranges(&table) {
                    for row in table.rows {
                        for cell in row {
                            out.extend(plain(cell.blocks, mapping, origin));
                        }
                    }
                } else {
                    out.push(Part::Block(Block::Table(table)));
                }
            }
        }
    }
    out
}

/// Whether a table compares nothing: it only puts text in its place.
fn arranges(table: &Table) -> bool {
    let filled = |row: &Vec<super::block::Cell>| row.iter().filter(|c| !c.blocks.is_empty()).count();
    let rows = table.rows.iter().filter(|r| filled(r) > 0).count();
    let compares = table.rows.iter().filter(|r| filled(r) > 1).count() > 1;
    let nested = table
        .rows
        .iter()
        .flatten()
        .any(|c| c.blocks.iter().any(|b| matches!(b, Block::Table(_))));
    let headed = table
        .rows
        .iter()
        .flatten()
        .flat_map(super::block::Cell::paragraphs)
        .any(|p| matches!(p.role, Role::Heading(_) | Role::Title));
    rows < 2 || !compares || nested || headed
}

fn paragraph(part: &Part) -> Option<&Paragraph> {
    match part {
        Part::Block(Block::Paragraph(p)) => Some(p),
        _ => None,
    }
}

/// The paragraph that is the title of the document.
fn title_of(parts: &[Part], mapping: &Mapping) -> Option<usize> {
    let all: Vec<(usize, &Paragraph)> = parts
        .iter()
        .enumerate()
        .filter_map(|(n, p)| Some((n, paragraph(p)?)))
        .collect();
    let early: Vec<(usize, &Paragraph)> = all.iter().take(12).copied().collect();
    let fits = |p: &Paragraph| {
        let words = p.plain();
        (1..=200).contains(&words.chars().count()) && mapping.label(&words).is_none()
    };
    if let Some((n, _)) = early.iter().find(|(_, p)| p.role == Role::Title && fits(p)) {
        return Some(*n);
    }
    let headings: Vec<(usize, u8, &Paragraph)> = all
        .iter()
        .filter_map(|(n, p)| match p.role {
            Role::Heading(level) => Some((*n, level, *p)),
            _ => None,
        })
        .collect();
    // A heading above all others is the title.
    if let Some((n, level, first)) = headings.first() {
        let alone = headings.iter().skip(1).all(|(_, other, _)| other > level);
        if alone
            && headings.len() > 1
            && first.mark.is_none()
            && fits(first)
            && numbered(first, false).0.is_none()
        {
            return Some(*n);
        }
    }
    let end = headings.first().map_or(usize::MAX, |h| h.0);
    let looks_so = |p: &Paragraph| {
        p.centred
            || p.role == Role::Subtitle
            || p.all(|l: &Look| l.bold || l.underline)
            || is_capitals(&p.plain())
    };
    let free = |p: &Paragraph| p.mark.is_none() && fits(p) && numbered(p, false).0.is_none();
    let speaks = |p: &Paragraph| {
        let words = p.plain().to_lowercase();
        ["minutes", "notes of", "agenda", "meeting"]
            .iter()
            .any(|w| words.contains(w))
            && words.len() < 160
    };
    let before = || early.iter().take_while(|(n, _)| *n < end);
    before()
        .find(|(_, p)| looks_so(p) && free(p) && speaks(p))
        .or_else(|| {
            before()
                .take(1)
                .find(|(_, p)| free(p) && (looks_so(p) || speaks(p)))
        })
        .map(|(n, _)| *n)
}

fn habit_of(parts: &[Part], title: Option<usize>, mapping: &Mapping) -> Habit {
    let all: Vec<&Paragraph> = parts
        .iter()
        .enumerate()
        .filter(|(n, _)| Some(*n) != title)
        .filter_map(|(_, p)| paragraph(p))
        .collect();
    let names = |p: &Paragraph| mapping.label(&p.plain()).is_some() || mapping.is_wrapper(&p.plain());
    let mut levels: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    let bare = true;
    for p in &all {
        if let Role::Heading(level) = p.role
            && !names(p)
        {
            let entry = levels.entry(level).or_default();
            entry.0 += 1;
            entry.1 += usize::from(numbered(p, bare).0.is_some());
        }
    }
    if let Some(level) = mapping.levels_said().and_then(|l| l.iter().min().copied())
        && !levels.is_empty()
    {
        return Habit::Styles(level);
    }
    let numbered_level = levels.iter().find(|(_, (n, with))| *with >= 2 && with * 2 >= *n);
    let often = numbered_level.or_else(|| levels.iter().find(|(_, (n, _))| *n >= 2));
    if let Some((level, _)) = often {
        return Habit::Styles(*level);
    }
    let total: usize = levels.values().map(|l| l.0).sum();
    if total >= 2 {
        return levels.keys().next().map_or(Habit::None, |l| Habit::Styles(*l));
    }
    let bold = |p: &&&Paragraph| is_line(p) && is_title(&numbered(p, true).1.plain()) && !names(p);
    let with_number = |p: &&&Paragraph| numbered(p, true).0.is_some() && (bold(p) || lead(p).is_some());
    let numbered_bold = all.iter().filter(with_number).count();
    if numbered_bold >= 2 {
        return Habit::NumberedBold;
    }
    let top = |p: &&&Paragraph| {
        let (number, rest) = numbered(p, false);
        let number = number.filter(|n| !n.contains('.') || n.contains('/'));
        number.is_some() && p.level == 0 && first_words(&rest).is_some()
    };
    let plainly: Vec<u32> = all
        .iter()
        .filter(top)
        .filter_map(|p| numbered(p, false).0)
        .filter_map(|n| n.rsplit('/').next().and_then(|n| n.parse().ok()))
        .collect();
    let grows = plainly.windows(2).all(|w| w[0] < w[1]);
    let bolds = all.iter().filter(bold).filter(|p| p.mark.is_none()).count();
    if plainly.len() >= 3 && grows && bolds < plainly.len() {
        return Habit::Numbered;
    }
    if bolds >= 3 {
        return Habit::Bold;
    }
    Habit::None
}

/// Whether numbers stand before titles with nothing but a blank behind them, and
/// count up: `4 Mill Pond`.
fn counts_barely(parts: &[Part], title: Option<usize>, habit: Habit) -> bool {
    let all = parts
        .iter()
        .enumerate()
        .filter(|(n, _)| Some(*n) != title)
        .filter_map(|(_, p)| paragraph(p));
    let mine = all.filter(|p| match habit {
        Habit::Styles(level) => p.role == Role::Heading(level),
        Habit::NumberedBold => is_line(p) || lead(p).is_some(),
        _ => false,
    });
    let numbers: Vec<u32> = mine
        .filter_map(|p| numbered(p, true).0)
        .filter_map(|n| n.parse().ok())
        .collect();
    numbers.len() >= 2 && numbers.windows(2).all(|w| w[0] < w[1])
}

/// Whether a word numbers an item: `4`, `3a`, `24/101`.
pub fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.len() <= 20
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-/".contains(c))
}

/// The number before some words, and the words. `bare`: it may stand without
/// its full stop.
pub fn numbered(paragraph: &Paragraph, bare: bool) -> (Option<String>, Paragraph) {
    let clean = |label: &str| -> Option<String> {
        let number = label.trim_end_matches(['.', ')', ':']).trim_start_matches('(');
        is_figure(number).then(|| number.to_owned())
    };
    if let Some(Mark::Number(label)) = &paragraph.mark {
        let bald = Paragraph {
            mark: None,
            ..paragraph.clone()
        };
        return match clean(label) {
            Some(number) => (Some(number), bald),
            None => {
                let mut spans = vec![Span {
                    text: format!("{label} "),
                    look: paragraph.spans.first().map(|s| s.look).unwrap_or_default(),
                    ..Span::default()
                }];
                spans.extend(bald.spans.iter().cloned());
                (None, bald.with(spans))
            }
        };
    }
    let text = paragraph.text();
    let words = text.trim_start();
    let lead = text.len() - words.len();
    let end = words.find(char::is_whitespace).unwrap_or(words.len());
    let behind = words[end..].trim_start();
    if behind.is_empty() {
        return (None, paragraph.clone());
    }
    let dotted = numbered_title(words).0.is_some();
    let token = &words[..end];
    let shaped = token.starts_with(|c: char| c.is_ascii_digit()) && clean(token).is_some();
    let tabbed = words[end..].starts_with('\t');
    let inner = token.trim_end_matches(['.', ')', ':']).contains('/')
        && token.bytes().filter(u8::is_ascii_digit).count() > 1;
    let small = token.bytes().all(|b| b.is_ascii_digit()) && token.len() <= 2;
    let upper = behind.starts_with(char::is_uppercase);
    let month = behind
        .split_whitespace()
        .next()
        .is_some_and(|w| crate::import::markdown::dates::month(w.trim_matches(',')).is_some());
    let counts = dotted || shaped && (tabbed || inner && upper || bare && small && upper && !month);
    match counts.then(|| clean(token)).flatten() {
        Some(number) => {
            let at = lead + end + (words[end..].len() - behind.len());
            (Some(number), paragraph.with(paragraph.from(at)))
        }
        None => (None, paragraph.clone()),
    }
}

fn is_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && !words.chars().any(char::is_lowercase)
}

/// Words of the last items of a meeting, which often bear no number.
fn ends(words: &str) -> bool {
    let folded = crate::text::names::fold(words);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    folded.contains("next meeting")
        || ["any other business", "aob", "date and time of next meeting"].contains(&folded)
}

/// A line that stands out as a whole.
pub fn is_line(paragraph: &Paragraph) -> bool {
    let bald = numbered(paragraph, true).1;
    paragraph.mark != Some(Mark::Bullet)
        && (bald.all(|l| l.bold) || bald.all(|l| l.underline) || is_capitals(&bald.plain()))
}

/// Words that a heading could be.
pub fn is_title(words: &str) -> bool {
    let few = words.chars().count() <= 140;
    let first = words.split_whitespace().next().unwrap_or("");
    let first = first
        .trim_end_matches([':', ',', '.', ';', '–', '-'])
        .to_uppercase();
    let resolves = [
        "RESOLVED",
        "AGREED",
        "RECOMMENDED",
        "ACTION",
        "ACTIONS",
        "DECISION",
        "DECISIONS",
        "NOTED",
        "RESOLUTION",
    ];
    few && !words.is_empty()
        && !words.ends_with([';', ','])
        && words.chars().any(char::is_alphabetic)
        && !resolves.contains(&first.as_str())
}

/// Bold words that open a paragraph whose rest is plain.
fn lead(paragraph: &Paragraph) -> Option<(Paragraph, Paragraph)> {
    let (_, bald) = numbered(paragraph, true);
    let mut end = 0;
    for span in &bald.spans {
        let blank = span.text.trim().is_empty();
        if !(span.look.bold || span.look.underline || blank && end > 0) {
            break;
        }
        end += span.text.len();
        // A break ends it, if it is not the end already.
        if let Some(at) = span.text.find('\n').filter(|_| !blank) {
            end = end - span.text.len() + at;
            break;
        }
    }
    let text = bald.text();
    let words = text.get(..end)?.trim();
    let rest = text.get(end..)?;
    let fits = words.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && words.chars().count() <= 120
        && !rest.trim().is_empty()
        && is_title(words);
    if !fits {
        return None;
    }
    let title = bald.with(bald.until(end));
    let skipped = rest.len()
        - rest
            .trim_start_matches([':', '.', '–', '—', '-', ' ', '\t', '\n'])
            .len();
    Some((bare_end(title), bald.with(bald.from(end + skipped))))
}

/// A title without the sign that ends it.
pub fn bare_end(paragraph: Paragraph) -> Paragraph {
    let text = paragraph.text();
    let end = text.trim_end().trim_end_matches([':', '–', '—', '-', ' ']);
    let end = match end.strip_suffix('.') {
        Some(cut) if !cut.ends_with('.') => cut.len(),
        _ => end.len(),
    };
    paragraph.with(paragraph.until(end))
}

/// What a numbered paragraph is about, and the rest: the words before the first
/// sign that parts them, or all of a short line.
pub fn first_words(paragraph: &Paragraph) -> Option<(Paragraph, Option<Paragraph>)> {
    let text = paragraph.text();
    let words = text.trim();
    if words.chars().count() <= 100
        && !words.ends_with(['.', ';', ','])
        && is_title(words)
        && !words.contains('\n')
    {
        return Some((bare_end(paragraph.clone()), None));
    }
    if let Some((title, rest)) = lead(paragraph) {
        return Some((title, Some(rest)));
    }
    let signs = [": ", ":\t", " – ", " - ", " — ", "\n", "\t", ". "];
    let (at, sign) = signs
        .iter()
        .filter_map(|s| Some((text.find(s)?, *s)))
        .min_by_key(|(at, _)| *at)?;
    let title = text[..at].trim();
    let fits = title.chars().count() <= 80 && title.split_whitespace().count() <= 12 && is_title(title);
    let rest = paragraph.from(at + sign.len());
    fits.then(|| (paragraph.with(paragraph.until(at)), Some(paragraph.with(rest))))
}

/// Whether a paragraph opens an item, by the habit of its document.
fn opens(
    paragraph: &Paragraph,
    habit: Habit,
    bare: bool,
    mapping: &Mapping,
    behind: Option<&Labels>,
) -> Option<Opening> {
    let words = paragraph.plain();
    // What is exempt, and the end of the meeting, stand for themselves behind the
    // first lines; there they would speak of the whole document.
    let alone = is_line(paragraph) && words.chars().count() <= 140;
    let speaks = behind.is_some_and(|labels| {
        exempt::heading(&words).is_some() || super::secret::closes(&words) || labels.is_close(&words)
    });
    if alone && speaks {
        let (number, words) = numbered(paragraph, bare);
        return Some(Opening {
            number,
            words: bare_end(words),
            rest: None,
        });
    }
    match habit {
        Habit::Styles(_) | Habit::None => None,
        Habit::NumberedBold => {
            let (number, rest) = numbered(paragraph, bare || paragraph.mark.is_some());
            let number = number?;
            if is_line(paragraph) && is_title(&rest.plain()) {
                return Some(Opening {
                    number: Some(number),
                    words: bare_end(rest),
                    rest: None,
                });
            }
            let (words, rest) = lead(paragraph)?;
            Some(Opening {
                number: Some(number),
                words,
                rest: Some(rest),
            })
        }
        Habit::Bold => {
            let fits = is_line(paragraph)
                && paragraph.mark.is_none()
                && is_title(&words)
                && mapping.label(&words).is_none()
                && !words.ends_with('.');
            fits.then(|| Opening {
                number: None,
                words: bare_end(paragraph.clone()),
                rest: None,
            })
        }
        Habit::Numbered => {
            let (number, rest) = numbered(paragraph, bare);
            let number = number.filter(|n| (!n.contains('.') || n.contains('/')) && paragraph.level == 0)?;
            let (words, rest) = first_words(&rest)?;
            Some(Opening {
                number: Some(number),
                words,
                rest,
            })
        }
    }
}
