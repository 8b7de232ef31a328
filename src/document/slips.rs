//! Slips of the pen that Markdown reads as plain words: a heading without its
//! space, a task without its box; and a day of the week that is not that of its
//! date.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::agenda::Reader;
use super::exempt;
use super::markdown::BlockKind;
use crate::paths::Span;
use crate::report::{Diagnostic, Severity, rules};
use crate::text::{dates, scan};

impl Reader<'_> {
    /// Tells of every slip in the text.
    pub(super) fn slips(&mut self) {
        let mut said = self.weekdays();
        for n in 0..self.blocks.len() {
            let block = &self.blocks[n];
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
                continue;
            }
            let mut at = block.span.start;
            for line in scan::lines(&self.source[block.span.clone()]) {
                let words = line.trim_end();
                let span = Span::new(at, at + words.len());
                at += line.len();
                if block.kind == BlockKind::Paragraph && (lacks_space(words) || self.is_one_mark(words)) {
                    said.push(self.heading(words, span, n));
                }
                if let Some((place, meant)) = link_meant(words) {
                    let span = Span::new(span.start as usize + place.start, span.start as usize + place.end);
                    let words = "this is no link, and the file is not published for it";
                    said.push(
                        Diagnostic::new(&rules::UNKNOWN_LINK, self.path, Some(span), words).help(meant),
                    );
                }
                if let Some(meant) = box_meant(words) {
                    let words = "this is not read as a task";
                    said.push(
                        Diagnostic::new(&rules::TASK_BOX, self.path, Some(span), words)
                            .help(format!("write `{meant}` and a space before the words")),
                    );
                }
            }
        }
        for one in said {
            self.report.push(one);
        }
    }

    /// `##7. Title`. When it was to open something exempt, the text below it
    /// would be public: that is an error.
    fn heading(&self, words: &str, span: Span, block: usize) -> Diagnostic {
        let marks = words.len() - words.trim_start_matches('#').len();
        let label = words[marks..].trim_start();
        let meant = match marks {
            1 if self.labels.attendance(label).is_some() || self.labels.is_close(label) => "##",
            1 => "###",
            _ => &words[..marks],
        };
        let help = format!("write `{meant} {label}`");
        let mut told = Diagnostic::new(
            &rules::HEADING_SPACE,
            self.path,
            Some(span),
            "this is read as text: a space is missing behind the `#` marks",
        );
        let secret = exempt::heading(words[marks..].trim_start()).is_some()
            || self.blocks[block..].iter().take(2).any(|block| {
                let text = &self.source[block.span.clone()];
                text.lines().any(|line| exempt::line(line).is_some())
            });
        if secret {
            told.severity = Severity::Error;
            told.withheld(true).help("write a space behind the `#` marks")
        } else {
            told.help(help)
        }
    }

    /// `#Present`: one mark alone, with the name of a section behind it.
    fn is_one_mark(&self, line: &str) -> bool {
        let Some(label) = line
            .strip_prefix('#')
            .filter(|l| l.len() < 60 && !l.starts_with('#'))
        else {
            return false;
        };
        let labels = self.labels;
        labels.attendance(label).is_some()
            || labels.is_close(label)
            || labels.section_of_level_two(label).is_some()
    }

    fn weekdays(&self) -> Vec<Diagnostic> {
        let mut said = Vec::new();
        let mut code = false;
        for ev in &self.events {
            match &ev.event {
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Text(text) if !code && names_day(text) => {
                    let plain = self.source.get(ev.range.clone()) == Some(text);
                    for found in dates::in_words(text) {
                        let Some(weekday) = found.weekday else { continue };
                        let right = found.date.weekday();
                        if weekday == right {
                            continue;
                        }
                        let span = if plain {
                            Span::new(ev.range.start + found.start, ev.range.start + found.end)
                        } else {
                            Span::new(ev.range.start, ev.range.end)
                        };
                        let (date, day) = (dates::long(found.date), dates::weekday(found.date));
                        let words = format!("{date} is a {day}");
                        said.push(
                            Diagnostic::new(&rules::WRONG_WEEKDAY, self.path, Some(span), words)
                                .help("correct the day of the week, or the date"),
                        );
                    }
                }
                _ => {}
            }
        }
        said
    }
}

/// Whether a text may name a day of the week: one of the letters that stand
/// before the `day` of each.
fn names_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'y', b'Y', bytes).any(|at| {
        let before = at.checked_sub(3).map(|from| bytes[from..at].to_ascii_lowercase());
        before.is_some_and(|before| matches!(&*before, b"nda" | b"sda" | b"ida" | b"rda"))
    })
}

/// Two marks or more with a word right behind them. One alone may be a hashtag.
fn lacks_space(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - rest.len()))
        && rest.starts_with(|c: char| c.is_alphanumeric() || c == '*')
}

/// Files that a text may link to.
const FILES: &[&str] = &[
    ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".csv", ".txt", ".png", ".jpg", ".jpeg", ".webp",
    ".mp3", ".mp4",
];

/// What was probably to be a link to a file: `[My report](My report.pdf)`, whose
/// address ends at the blank, and `[Report] (a.pdf)`. Gives its place, and what
/// to do.
fn link_meant(line: &str) -> Option<(Range<usize>, String)> {
    let mut seen = Seen::default();
    let mut from = 0;
    while let Some(at) = scan::find(&line[from..], "](").map(|at| from + at) {
        from = at + 2;
        let behind = up_to_bracket(&line[from..]);
        if is_whole(behind) {
            continue;
        }
        if let Some(address) = file_in(behind)
            && let Some(open) = seen.opened(line, at)
            && address.contains(' ')
            && !address.starts_with(' ')
        {
            let help = format!(
                "an address with a blank in it stands between `<` and `>`: `[{}](<{address}>)`",
                &line[open + 1..at]
            );
            return Some((open..at + address.len() + 3, help));
        }
    }
    seen = Seen::default();
    from = 0;
    while let Some(at) = scan::find(&line[from..], "] (").map(|at| from + at) {
        from = at + 3;
        let Some(address) = file_in(up_to_bracket(&line[from..])) else {
            continue;
        };
        let Some(open) = seen.opened(line, at) else {
            continue;
        };
        let words = &line[open + 1..at];
        let is_box = matches!(words, " " | "x" | "X") && line[..open].trim_start().len() < 3;
        if !is_box && !line[..open].ends_with('[') {
            let address = match address.contains(' ') {
                true => format!("<{address}>"),
                false => address.to_owned(),
            };
            let help = format!("write no blank before the bracket: `[{words}]({address})`");
            return Some((open..at + 3, help));
        }
    }
    None
}

/// A text up to what stands in no address that is written so.
fn up_to_bracket(text: &str) -> &str {
    let end = text.find(['<', '>', '"', '[', ']']).unwrap_or(text.len());
    &text[..end]
}

/// Whether the address that stands here has no blank before its bracket closes,
/// as nearly all.
fn is_whole(address: &str) -> bool {
    let mut depth = 0usize;
    for b in address.bytes() {
        match b {
            b' ' => return false,
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// The name of a file that opens a text, and the bracket that closes behind it.
fn file_in(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    // A name may itself hold brackets: `Report (final).pdf`.
    let ends = FILES
        .iter()
        .filter_map(|ending| lower.find(&format!("{ending})")).map(|end| end + ending.len()));
    ends.min().map(|end| &text[..end])
}

/// What a line holds up to a place: the last bracket that opened, and whether
/// that stands in code. The places are asked for in their order.
#[derive(Default)]
struct Seen {
    upto: usize,
    ticks: usize,
    /// The place of the bracket, and how many ticks stand before it.
    open: Option<(usize, usize)>,
}

impl Seen {
    /// Where the bracket opens that closes at a place; none inside code.
    fn opened(&mut self, line: &str, at: usize) -> Option<usize> {
        for (n, b) in line.bytes().enumerate().take(at).skip(self.upto) {
            match b {
                b'[' => self.open = Some((n, self.ticks)),
                b'`' => self.ticks += 1,
                _ => {}
            }
        }
        self.upto = at;
        let (open, ticks) = self.open?;
        (!line[..open].ends_with('`') && ticks % 2 == 0).then_some(open)
    }
}

/// The box that was probably meant: `- []`, `-[ ] x`, `- [x]done`.
fn box_meant(line: &str) -> Option<&'static str> {
    let line = line.trim_start();
    let rest = line.strip_prefix(['-', '*', '+'])?;
    let inner = rest.trim_start();
    if !inner.starts_with('[') {
        return None;
    }
    // `[](x)` and `[ ][y]` are links.
    let box_of = |marks: &str| {
        inner
            .strip_prefix(marks)
            .filter(|behind| !behind.starts_with(['(', '[', ':']))
    };
    if box_of("[]").is_some() {
        return Some("- [ ]");
    }
    for (marks, meant) in [("[ ]", "- [ ]"), ("[x]", "- [x]"), ("[X]", "- [x]")] {
        if let Some(behind) = box_of(marks) {
            let apart = behind.is_empty() || behind.starts_with(char::is_whitespace);
            return (!apart || rest == inner).then_some(meant);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_the_week_are_seen() {
        for offset in 0..7 {
            let day = jiff::civil::Weekday::Monday.wrapping_add(offset);
            let text = format!("on {day:?}, 5 March");
            assert!(names_day(&text), "{text}");
        }
        for (text, names) in [
            ("TUESday", true),
            ("today", false),
            ("birthday", false),
            ("day", false),
            ("y", false),
        ] {
            assert_eq!(names_day(text), names, "{text}");
        }
    }

    #[test]
    fn headings_without_a_space_are_seen() {
        for (line, expected) in [
            ("##7. Title", true),
            ("###Minutes", true),
            ("## Title", false),
            ("#harbour", false),
            ("##", false),
            ("a ##b", false),
        ] {
            assert_eq!(lacks_space(line), expected, "{line}");
        }
    }

    #[test]
    fn links_that_are_none_are_seen() {
        for (line, expected) in [
            (
                "- Report: [My report](My report.pdf)",
                Some("[My report](My report.pdf)"),
            ),
            (
                "see [x](Report (final) 2.PDF).",
                Some("[x](Report (final) 2.PDF)"),
            ),
            ("see [the plan] (a.pdf)", Some("[the plan] (")),
            ("[x](<My report.pdf>)", None),
            ("[x](a.pdf)", None),
            ("[x](a.pdf \"My plan.pdf\")", None),
            ("[x](My%20report.pdf)", None),
            ("`[x](My report.pdf)`", None),
            ("- [x] (done.pdf)", None),
            ("[[jane-roe]] (a.pdf)", None),
            ("[a] (see above)", None),
            ("[a](b) [c](d e.pdf)", Some("[c](d e.pdf)")),
            ("[a](b [c](d e.pdf)", Some("[c](d e.pdf)")),
            ("`[a](b c.pdf)` and [d](e f.pdf)", Some("[d](e f.pdf)")),
            ("[a](b c) d](e f.pdf)", Some("[a](b c) d](e f.pdf)")),
            ("](b c.pdf)", None),
        ] {
            let place = link_meant(line).map(|(place, _)| &line[place]);
            assert_eq!(place, expected, "{line}");
        }
    }

    #[test]
    fn boxes_that_are_none_are_seen() {
        for (line, expected) in [
            ("- [] Buy", Some("- [ ]")),
            ("-[ ] Buy", Some("- [ ]")),
            ("- [x]Done", Some("- [x]")),
            ("* [X]", None),
            ("- [ ] Buy", None),
            ("- [](x.pdf)", None),
            ("[] Buy", None),
            ("- a [] b", None),
        ] {
            assert_eq!(box_meant(line), expected, "{line}");
        }
    }
}
