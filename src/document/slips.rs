//! Slips of the pen that Markdown reads as plain words: a heading or an entry
//! without its space, a task without its box; and a day of the week that is not
//! that of its date.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::agenda::{Reader, numbered_title};
use super::exempt::{self, Door};
use super::markdown::BlockKind;
use crate::paths::Span;
use crate::report::{Diagnostic, Severity, rules};
use crate::text::{dates, scan};

impl Reader<'_> {
    /// Tells of every slip in the text.
    pub(super) fn slips(&mut self) {
        let mut said = self.weekdays();
        let mut lost = Vec::new();
        for n in 0..self.blocks.len() {
            let block = &self.blocks[n];
            // Paragraphs of one indented text have its place, all of them.
            let again = n > 0 && self.blocks[n - 1].span == block.span;
            if again || !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) {
                continue;
            }
            let mut at = block.span.start;
            for line in scan::lines(&self.source[block.span.clone()]) {
                let words = line.trim_end();
                let span = Span::new(at, at + words.len());
                at += line.len();
                if let Some(told) = self.no_heading(words, span, n) {
                    if told.withheld {
                        lost.push((span, closes(words)));
                    }
                    said.push(told);
                }
                if let Some(meant) = entry_meant(
                    words,
                    block.kind == BlockKind::List || span.start as usize == block.span.start,
                ) {
                    let words =
                        "this is not read as an entry of a list: the blank behind its mark is no plain space";
                    said.push(
                        Diagnostic::new(&rules::LIST_SPACE, self.path, Some(span), words)
                            .help(format!("write `{meant}` and a space before the words")),
                    );
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
        self.lost = lost;
        for one in said {
            self.report.push(one);
        }
    }

    /// `##7. Title`, or a heading with another blank than a space behind its
    /// marks, or one that is indented. When it was to open something exempt, the
    /// text below it would be public: that is an error.
    fn no_heading(&self, line: &str, span: Span, block: usize) -> Option<Diagnostic> {
        if !may_open_heading(line) {
            return None;
        }
        let listed = self.blocks[block].kind == BlockKind::List;
        let found = match slip(line) {
            // A heading in a list is none, and is shown as what it is.
            Some(slip) if listed && (slip.why == Why::Indented || slip.at > 0) => Some(Slip {
                why: Why::Listed,
                ..slip
            }),
            // What begins the block may stand behind blanks that are no part of it.
            None if self.is_indented(line, span) => marks(line, 0).map(|marks| Slip {
                at: 0,
                marks,
                why: Why::Indented,
            }),
            None if !listed && (self.is_one_mark(line) || is_marked_number(line)) => Some(Slip {
                at: 0,
                marks: 1,
                why: Why::NoSpace,
            }),
            None if listed => listed_heading(line),
            found => found,
        }?;
        let rest = &line[found.at + found.marks..];
        let label = rest.trim_start_matches(is_blank);
        let secret = exempt::title(label).is_some()
            || exempt::door(label) == Some(Door::Shuts)
            || self.facts_say_exempt(span, block);
        if found.why == Why::Listed && exempt::title(label).is_none() {
            return None;
        }
        let (words, help) = match found.why {
            Why::NoSpace => (
                "this is read as text: a space is missing behind the `#` marks",
                "write a space behind the `#` marks",
            ),
            Why::OtherBlank => (
                "this is read as text: the blank behind the `#` marks is no plain space",
                "write a space behind the `#` marks, and nothing else",
            ),
            Why::Indented => (
                "this is read as text: blanks stand before the `#` marks",
                "let the `#` marks begin the line",
            ),
            Why::Listed => (
                "this is read as text: it stands in a list",
                "end the list with an empty line, and let the `#` marks begin the line",
            ),
        };
        let mut told = Diagnostic::new(&rules::HEADING_SPACE, self.path, Some(span), words);
        if secret {
            told.severity = Severity::Error;
            return Some(told.withheld(true).help(help));
        }
        let meant = match found.marks {
            1 if self.labels.attendance(label).is_some() || self.labels.is_close(label) => "##",
            1 if found.why == Why::NoSpace => "###",
            marks => &"######"[..marks],
        };
        Some(told.help(format!("write `{meant} {label}`")))
    }

    /// Whether the facts below a line say that something is exempt: in its own
    /// block, or in the next.
    fn facts_say_exempt(&self, line: Span, block: usize) -> bool {
        // Facts are few, and a text may be nothing but such lines.
        const MOST: usize = 30;
        let own = &self.source[line.end as usize..self.blocks[block].span.end.max(line.end as usize)];
        let next = self
            .blocks
            .get(block + 1)
            .map(|block| &self.source[block.span.clone()]);
        let mut texts = [own].into_iter().chain(next);
        texts.any(|text| text.lines().take(MOST).any(|line| exempt::line(line).is_some()))
    }

    /// Whether a line that begins a block is a heading behind so many blanks that
    /// it is none; they are no part of the block.
    fn is_indented(&self, line: &str, span: Span) -> bool {
        let before = &self.source[..span.start as usize];
        let above = before.trim_end_matches([' ', '\t']);
        let begins = above.is_empty() || above.ends_with('\n');
        line.starts_with("##") && begins && is_deep(&before[above.len()..])
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

/// A line that was to be a heading and is none.
struct Slip {
    /// Where its marks begin, in bytes, and how many they are.
    at: usize,
    marks: usize,
    why: Why,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// `##7. Title`
    NoSpace,
    /// A blank that is no plain space, as word processors write it.
    OtherBlank,
    /// Blanks before the marks, four or more, or others than spaces.
    Indented,
    /// It stands in a list.
    Listed,
}

/// Whether a line that was to be a heading was to withhold all that follows.
fn closes(line: &str) -> bool {
    let label = line.trim_start_matches(|c: char| is_blank(c) || c == '#' || "-*+".contains(c));
    exempt::heading(label).is_some_and(|(_, whole)| whole) || exempt::door(label) == Some(Door::Shuts)
}

/// `#9. Title (exempt)`: one mark alone, before a number.
fn is_marked_number(line: &str) -> bool {
    let numbered = line
        .strip_prefix('#')
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()));
    numbered.is_some_and(|label| numbered_title(label).0.is_some() && exempt::title(label).is_some())
}

/// Blanks that look like a space, and cannot be seen, and are none to Markdown.
fn is_odd_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200d}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}'
    )
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t') || is_odd_blank(c)
}

/// Whether a text behind so many blanks is indented text.
fn is_deep(margin: &str) -> bool {
    margin.len() > 3 || margin.contains('\t')
}

/// A quick look: whether a line opens with a `#`, or with what may stand before
/// one that opens no heading.
fn may_open_heading(line: &str) -> bool {
    let opens =
        |b: &u8| matches!(b, b' ' | b'\t' | b'-' | b'*' | b'+' | b'.' | b')' | b'0'..=b'9') || !b.is_ascii();
    let behind = line.bytes().position(|b| !opens(&b));
    behind.is_some_and(|at| line.as_bytes()[at] == b'#')
}

/// How many `#` marks of a heading stand at a place.
fn marks(line: &str, at: usize) -> Option<usize> {
    let marks = line[at..].bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&marks).then_some(marks)
}

/// What keeps a line from being a heading. Of one mark with a word right behind
/// it nothing is known: it may be a hashtag.
fn slip(line: &str) -> Option<Slip> {
    let at = line.len() - line.trim_start_matches(is_blank).len();
    let marks = marks(line, at)?;
    let rest = &line[at + marks..];
    let behind = rest.chars().next()?;
    let margin = &line[..at];
    let why = if rest.trim_start_matches(is_blank).is_empty() {
        return None;
    } else if is_odd_blank(behind) {
        Why::OtherBlank
    } else if marks > 1 && (behind.is_alphanumeric() || behind == '*') {
        Why::NoSpace
    } else if marks > 1 && is_blank(behind) && (is_deep(margin) || margin.contains(is_odd_blank)) {
        Why::Indented
    } else {
        return None;
    };
    Some(Slip { at, marks, why })
}

/// `- ## 9. Title`: a heading as an entry of a list.
fn listed_heading(line: &str) -> Option<Slip> {
    let rest = line.trim_start_matches(|c: char| is_blank(c) || c.is_ascii_digit() || "-*+.)".contains(c));
    let at = line.len() - rest.len();
    let marks = marks(line, at).filter(|marks| *marks > 1)?;
    let apart = line[at + marks..].starts_with([' ', '\t']);
    apart.then_some(Slip {
        at,
        marks,
        why: Why::Listed,
    })
}

/// `-\u{a0}Words`, `1.\u{a0}Words`: the mark of an entry with another blank than a
/// space behind it. `opens`: the line may open a list with any number.
fn entry_meant(line: &str, opens: bool) -> Option<&str> {
    let line = line.trim_start();
    // Nearly all lines open with a letter, or with a mark and a space.
    let [b'-' | b'*' | b'+' | b'0'..=b'9', second, ..] = line.as_bytes() else {
        return None;
    };
    if second.is_ascii_whitespace() {
        return None;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = line.as_bytes().get(digits)?;
    let is_mark = match digits {
        0 => matches!(mark, b'-' | b'*' | b'+'),
        1..=9 => matches!(mark, b'.' | b')') && (opens || &line[..digits] == "1"),
        _ => false,
    };
    let rest = is_mark.then(|| &line[digits + 1..])?;
    let words = rest.trim_start_matches(is_blank);
    (rest.starts_with(is_odd_blank) && !words.is_empty()).then_some(&line[..=digits])
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
    fn headings_that_are_none_are_seen() {
        for (line, expected) in [
            ("##7. Title", Some(Why::NoSpace)),
            ("###Minutes", Some(Why::NoSpace)),
            ("##\u{a0}7. Title", Some(Why::OtherBlank)),
            ("# \u{a0}Title", None),
            ("#\u{200b}Title", Some(Why::OtherBlank)),
            ("    ## 7. Title", Some(Why::Indented)),
            ("\t## 7. Title", Some(Why::Indented)),
            ("\u{a0}## 7. Title", Some(Why::Indented)),
            ("   ## Title", None),
            ("    # a comment", None),
            ("## Title", None),
            ("#harbour", None),
            ("##", None),
            ("##\u{a0}", None),
            ("a ##b", None),
            ("", None),
        ] {
            assert_eq!(slip(line).map(|slip| slip.why), expected, "{line}");
        }
    }

    #[test]
    fn entries_that_are_none_are_seen() {
        for (line, opens, expected) in [
            ("-\u{a0}Contact: me", false, Some("-")),
            ("1.\u{a0}To go", false, Some("1.")),
            ("12)\u{a0}To go", true, Some("12)")),
            ("12.\u{a0}March", false, None),
            ("- To go", true, None),
            ("-", true, None),
            ("a", true, None),
        ] {
            assert_eq!(entry_meant(line, opens), expected, "{line}");
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
