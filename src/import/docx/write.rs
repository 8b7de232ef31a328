//! Blocks as Markdown. Lists keep their depth and their numbers, tables their
//! cells, words their emphasis and links.

use super::block::{Block, Cell, Look, Paragraph, Span, Table};
use super::numbering::Mark;
use crate::document::written::line;
use crate::document::written::text::{inside, opening};
use crate::import::lines;

/// A part of the minutes, once it is known what it is.
#[derive(Clone, Debug)]
pub enum Piece {
    Title(Paragraph),
    /// A heading of the record, by the number of its `#`.
    Heading {
        level: u8,
        number: Option<String>,
        words: Paragraph,
    },
    /// An entry of a list of names.
    Name(Paragraph),
    Block(Block),
}

/// Writes the pieces. `notes`: what the notes say, by their numbers.
pub fn write(pieces: &[Piece], notes: &[Vec<Block>]) -> String {
    let mut writer = Writer {
        out: String::new(),
        notes,
        pending: Vec::new(),
        lists: Vec::new(),
        above: Above::Nothing,
    };
    for piece in pieces {
        writer.piece(piece);
    }
    writer.flush();
    writer.out.push('\n');
    writer.out
}

/// A list that is open: the level Word gives it, how far its entries are
/// indented, how far what belongs to an entry is, and the last number.
struct Open {
    level: u8,
    indent: usize,
    inner: usize,
    last: Option<(u32, char)>,
    number: bool,
}

#[derive(PartialEq, Clone, Copy)]
enum Above {
    Nothing,
    Entry,
    Other,
}

struct Writer<'a> {
    out: String,
    notes: &'a [Vec<Block>],
    /// Notes that were referred to since the last heading.
    pending: Vec<usize>,
    lists: Vec<Open>,
    above: Above,
}

impl Writer<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Title(words) => {
                self.heading(1, None, words);
            }
            Piece::Heading { level, number, words } => {
                self.flush();
                self.heading(*level, number.as_deref(), words);
            }
            Piece::Name(words) => {
                self.lists.clear();
                self.part(&format!("- {}", self.one_line(words)), Above::Entry);
                self.refer(words);
            }
            Piece::Block(Block::Paragraph(paragraph)) => self.paragraph(paragraph),
            Piece::Block(Block::Table(table)) => {
                self.lists.clear();
                let text = self.table(table);
                self.part(&text, Above::Other);
            }
        }
    }

    /// One more part of the text. Entries of a list stand close together.
    fn part(&mut self, text: &str, kind: Above) {
        if text.trim().is_empty() {
            return;
        }
        let close = self.above == Above::Entry && kind == Above::Entry;
        match self.above {
            Above::Nothing => {}
            _ if close => self.out.push('\n'),
            _ => self.out.push_str("\n\n"),
        }
        self.out.push_str(text);
        self.above = kind;
    }

    fn heading(&mut self, level: u8, number: Option<&str>, words: &Paragraph) {
        self.lists.clear();
        let number = number.map(|n| format!("{n}. ")).unwrap_or_default();
        let mut text = inside(&format!("{number}{}", words.plain()));
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        let text = hardened(&text);
        self.part(
            &format!("{} {text}", "#".repeat(usize::from(level))),
            Above::Other,
        );
        // A heading cannot bear the sign of a note.
        for span in &words.spans {
            for block in span
                .note
                .and_then(|n| self.notes.get(n - 1))
                .into_iter()
                .flatten()
            {
                let plain = block.clone();
                self.piece(&Piece::Block(plain));
            }
        }
    }

    fn refer(&mut self, words: &Paragraph) {
        self.pending.extend(words.spans.iter().filter_map(|s| s.note));
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.refer(paragraph);
        let level = paragraph.level;
        let Some(mark) = paragraph.mark.clone() else {
            self.lists.clear();
            let text = self.lines(paragraph, 0);
            self.part(&text, Above::Other);
            return;
        };
        // What stands deeper is over.
        while self.lists.last().is_some_and(|l| l.level > level) {
            self.lists.pop();
        }
        let sign = match &mark {
            Mark::Bullet => Some(("-".to_owned(), None)),
            Mark::Number(label) => counted(label).map(|(n, sign)| (label.clone(), Some((n, sign)))),
            Mark::Nothing => None,
        };
        let Some((_, number)) = sign else {
            return self.beside(paragraph, &mark, level);
        };
        let same = self.lists.last().is_some_and(|l| l.level == level);
        if same && self.lists.last().is_some_and(|l| l.number != number.is_some()) {
            self.lists.pop();
        }
        if self.lists.last().is_none_or(|l| l.level < level) {
            let indent = self.lists.last().map_or(0, |l| l.inner);
            self.lists.push(Open {
                level,
                indent,
                inner: indent + 4,
                last: None,
                number: number.is_some(),
            });
        }
        let Some(open) = self.lists.last_mut() else { return };
        let sign = match number {
            None => "-".to_owned(),
            Some((n, sign)) => {
                // A list that does not count on is another list.
                let sign = match open.last {
                    Some((last, before)) if n != last.saturating_add(1) && before == '.' => ')',
                    Some((last, _)) if n != last.saturating_add(1) => '.',
                    Some((_, before)) => before,
                    None => sign,
                };
                open.last = Some((n, sign));
                format!("{n}{sign}")
            }
        };
        open.inner = open.indent + (sign.len() + 1).max(4);
        let (indent, inner) = (open.indent, open.inner);
        let words = self.lines(paragraph, inner);
        let words = task(&words).unwrap_or(words);
        let text = format!("{}{sign} {words}", " ".repeat(indent));
        self.part(&text, Above::Entry);
    }

    /// A paragraph of a list that no list of Markdown can hold: `(a) …`, or one
    /// that goes on in the entry above it.
    fn beside(&mut self, paragraph: &Paragraph, mark: &Mark, level: u8) {
        while self
            .lists
            .last()
            .is_some_and(|l| l.level == level && *mark != Mark::Nothing)
        {
            self.lists.pop();
        }
        let indent = self.lists.last().map_or(0, |l| l.inner);
        let words = match mark {
            Mark::Number(label) => {
                let mut spans = vec![Span {
                    text: format!("{label} "),
                    ..Span::default()
                }];
                spans.extend(paragraph.spans.iter().cloned());
                self.lines(&paragraph.with(spans), indent)
            }
            _ => self.lines(paragraph, indent),
        };
        self.part(&format!("{}{words}", " ".repeat(indent)), Above::Other);
    }

    /// The words of a paragraph; its breaks stay, and further lines are indented.
    fn lines(&self, paragraph: &Paragraph, indent: usize) -> String {
        let parts: Vec<String> = paragraph
            .divided(|c| c == '\n')
            .into_iter()
            .map(|spans| inline(&spans))
            .filter(|text| !text.is_empty())
            .collect();
        let single = parts.len() == 1;
        let parts = parts.into_iter().map(|text| {
            let text = opening(&text);
            // Only a table has bars of its own, and a table has more lines.
            hardened(&if single { text.replace("\\|", "|") } else { text })
        });
        let between = format!("\\\n{}", " ".repeat(indent));
        parts.collect::<Vec<_>>().join(&between)
    }

    fn one_line(&self, paragraph: &Paragraph) -> String {
        let parts = paragraph.divided(|c| c == '\n');
        let parts = parts.iter().map(|s| inline(s)).filter(|t| !t.is_empty());
        hardened(&opening(&parts.collect::<Vec<_>>().join(" ")))
    }

    fn table(&mut self, table: &Table) -> String {
        // Heads of columns stand out by themselves.
        let mut heads = table
            .rows
            .first()
            .into_iter()
            .flatten()
            .flat_map(Cell::paragraphs);
        let stressed = heads.all(|p| p.is_empty() || p.all(|l| l.bold));
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .enumerate()
            .map(|(n, row)| {
                let mut out = Vec::new();
                for cell in row {
                    out.push(self.cell(cell, n == 0 && stressed));
                    out.extend(std::iter::repeat_n(String::new(), cell.wide - 1));
                }
                out
            })
            .filter(|row: &Vec<String>| row.iter().any(|c| !c.is_empty()))
            .collect();
        let wide = rows.iter().map(Vec::len).max().unwrap_or(0);
        // A column that is empty throughout says nothing.
        let kept: Vec<usize> = (0..wide)
            .filter(|n| rows.iter().any(|r| r.get(*n).is_some_and(|c| !c.is_empty())))
            .collect();
        let mut out = String::new();
        for (n, row) in rows.iter().enumerate() {
            let cells: Vec<&str> = kept
                .iter()
                .map(|at| row.get(*at).map_or("", String::as_str))
                .collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
            if n == 0 {
                out.push_str(&format!("|{}\n", "---|".repeat(kept.len())));
            }
        }
        out.trim_end().to_owned()
    }

    /// `plain`: that its words are bold says nothing.
    fn cell(&mut self, cell: &Cell, plain: bool) -> String {
        let mut parts = Vec::new();
        for paragraph in cell.paragraphs() {
            self.refer(paragraph);
            let mut text: Vec<String> = paragraph
                .divided(|c| c == '\n')
                .iter()
                .map(|spans| match plain {
                    true => inline(&spans.iter().cloned().map(without_bold).collect::<Vec<_>>()),
                    false => inline(spans),
                })
                .filter(|t| !t.is_empty())
                .collect();
            match (&paragraph.mark, text.first_mut()) {
                (Some(Mark::Number(label)), Some(first)) => *first = format!("{} {first}", inside(label)),
                (Some(Mark::Bullet), Some(first)) => *first = format!("• {first}"),
                _ => {}
            }
            parts.extend(text);
        }
        hardened(&parts.join("<br>"))
    }

    /// Notes stand at the end of what refers to them.
    fn flush(&mut self) {
        for n in std::mem::take(&mut self.pending) {
            let Some(blocks) = self.notes.get(n - 1) else {
                continue;
            };
            let mut inner = Writer {
                out: String::new(),
                notes: &[],
                pending: Vec::new(),
                lists: Vec::new(),
                above: Above::Nothing,
            };
            for block in blocks {
                inner.piece(&Piece::Block(block.clone()));
            }
            let words = inner.out.replace('\n', "\n    ").replace("\n    \n", "\n\n");
            self.lists.clear();
            self.part(&format!("[^{n}]: {}", words.trim()), Above::Other);
        }
    }
}

fn without_bold(span: Span) -> Span {
    Span {
        look: Look {
            bold: false,
            ..span.look
        },
        ..span
    }
}

/// `☐ Ring the clerk` as a task.
fn task(words: &str) -> Option<String> {
    let (tick, rest) = match words.chars().next()? {
        '☐' => (" ", &words['☐'.len_utf8()..]),
        c @ ('☒' | '☑') => ("x", &words[c.len_utf8()..]),
        _ => return None,
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| format!("[{tick}] {rest}"))
}

/// A number that Markdown can count: `4.`, `4)`.
fn counted(label: &str) -> Option<(u32, char)> {
    let sign = label.chars().last().filter(|c| ".)".contains(*c));
    let digits = label.trim_end_matches(['.', ')']);
    let plain = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits
        .parse()
        .ok()
        .filter(|_| plain && label.len() <= digits.len() + 1)?;
    // `4` alone counts too.
    Some((number, sign.unwrap_or('.')))
}

/// What would be a comment to a reader of the format is words.
fn hardened(text: &str) -> String {
    text.replace("\\<!", "\\<\\!")
}

/// Spans as Markdown, in one line.
pub fn inline(spans: &[Span]) -> String {
    let spans = folded(spans);
    let mut out = String::new();
    let mut at = 0;
    while at < spans.len() {
        let link = spans[at].link.clone();
        let end = spans[at..]
            .iter()
            .position(|s| s.link != link)
            .map_or(spans.len(), |n| at + n);
        let next = spans.get(end).and_then(|s| s.text.chars().next());
        match &link {
            None => styled(&spans[at..end], &mut out, next),
            Some(target) => {
                let mut words = String::new();
                styled(&spans[at..end], &mut words, None);
                let trimmed = words.trim();
                let lead = &words[..words.len() - words.trim_start().len()];
                let tail = &words[words.trim_end().len()..];
                let said: String = spans[at..end].iter().map(|s| s.text.as_str()).collect();
                let same = said.trim() == target || format!("mailto:{}", said.trim()) == *target;
                if trimmed.is_empty() || same {
                    out.push_str(&words);
                } else {
                    let target = target.replace('(', "%28").replace(')', "%29");
                    out.push_str(&format!("{lead}[{trimmed}]({target}){tail}"));
                }
            }
        }
        at = end;
    }
    out.trim().to_owned()
}

/// Blanks are folded over the borders of spans.
fn folded(spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut blank = true;
    for span in spans {
        let mut text = String::with_capacity(span.text.len());
        for c in span.text.chars() {
            match c.is_whitespace() {
                true if blank => {}
                true => {
                    text.push(' ');
                    blank = true;
                }
                false => {
                    text.push(c);
                    blank = false;
                }
            }
        }
        if !text.is_empty() || span.note.is_some() {
            out.push(Span { text, ..span.clone() });
        }
    }
    out
}

fn styled(spans: &[Span], out: &mut String, next: Option<char>) {
    let mut at = 0;
    while at < spans.len() {
        let span = &spans[at];
        if let Some(n) = span.note {
            out.push_str(&format!("[^{n}]"));
            at += 1;
            continue;
        }
        let mark = |l: &Look| (l.bold, l.italic, l.strike, l.up, l.down);
        let end = spans[at..]
            .iter()
            .position(|s| mark(&s.look) != mark(&span.look) || s.note.is_some())
            .map_or(spans.len(), |n| at + n);
        let text: String = spans[at..end].iter().map(|s| s.text.as_str()).collect();
        let after = spans.get(end).map_or(next, |s| s.text.chars().next());
        out.push_str(&marked(&text, span.look, out.chars().next_back(), after));
        at = end;
    }
}

/// Words with the marks of their looks, where marks bind.
fn marked(text: &str, look: Look, before: Option<char>, after: Option<char>) -> String {
    let trimmed = text.trim();
    let lead = &text[..text.len() - text.trim_start().len()];
    let tail = &text[text.trim_end().len()..];
    let mut words = inside(trimmed);
    // Whatever follows, these begin nothing.
    for sign in ['<', '&'] {
        if words.ends_with(sign) && !words.ends_with(&format!("\\{sign}")) {
            words.insert(words.len() - 1, '\\');
        }
    }
    if trimmed.is_empty() {
        return text.to_owned();
    }
    if look.up || look.down {
        let name = if look.up { "sup" } else { "sub" };
        return format!("{lead}<{name}>{words}</{name}>{tail}");
    }
    let marks = match (look.bold, look.italic) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    let strike = if look.strike { "~~" } else { "" };
    if marks.is_empty() && strike.is_empty() {
        return format!("{lead}{words}{tail}");
    }
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let edge = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || sign(c));
    let before = if lead.is_empty() { before } else { Some(' ') };
    let after = if tail.is_empty() { after } else { Some(' ') };
    // Emphasis opens and closes only at the edges of words (CommonMark 0.31, 6.2).
    let opens = !words.starts_with(sign) || edge(before);
    let closes = !words.ends_with(sign) || edge(after);
    let apart = !matches!(before, Some('*' | '~' | '_' | '\\')) && !matches!(after, Some('*' | '~'));
    // Signs alone, such as a colon in bold, are no words to stress.
    let said = trimmed.chars().any(char::is_alphanumeric);
    if !(opens && closes && apart && said) {
        return format!("{lead}{words}{tail}");
    }
    format!("{lead}{strike}{marks}{words}{marks}{strike}{tail}")
}

/// Paragraphs that open with the mark of a list that somebody typed.
pub fn typed_mark(paragraph: &Paragraph) -> Option<Paragraph> {
    if paragraph.mark.is_some() {
        return None;
    }
    let text = paragraph.text();
    let trimmed = text.trim_start();
    let words = line(trimmed);
    let (Some((sign, inner)), _) = lines::mark(&words) else {
        return None;
    };
    let first = trimmed.chars().next()?;
    // A dash or a star needs its blank; a number stays as it was typed.
    if sign != "-" || first == 'o' && !trimmed[1..].starts_with('\t') {
        return None;
    }
    let rest = &trimmed[first.len_utf8()..];
    let at = text.len() - rest.trim_start().len();
    Some(Paragraph {
        mark: Some(Mark::Bullet),
        level: u8::from(inner),
        spans: paragraph.from(at),
        ..paragraph.clone()
    })
}
