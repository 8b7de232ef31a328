//! The one door to pulldown-cmark: Markdown into a flat list of events with
//! their places, with the habits of pasted minutes already understood.
//!
//! Lines that open with `·`, `•` or `o ` become list items. There is no
//! indented code: what is indented is prose. An underlined heading is prose. A
//! paragraph of `=` signs is a line across the page.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::text::scan;

/// An event and the bytes of the file it came from.
#[derive(Clone, Debug)]
pub struct Ev<'a> {
    pub event: Event<'a>,
    pub range: Range<usize>,
    /// Made here from a pasted list, not written as one.
    pasted: bool,
}

impl<'a> Ev<'a> {
    /// An event that Markdown did not give.
    pub fn made(event: Event<'a>, range: Range<usize>) -> Self {
        Self {
            event,
            range,
            pasted: true,
        }
    }
}

/// What reading a text gave beside its events.
#[derive(Default)]
pub struct Habits {
    /// Where underlined headings stand.
    pub setext: Vec<Range<usize>>,
    /// Where comments begin that never end.
    pub unclosed: Vec<Range<usize>>,
}

/// A block at the top of a text: its events and its place.
#[derive(Clone, Debug)]
pub struct Block {
    pub events: Range<usize>,
    pub span: Range<usize>,
    pub kind: BlockKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    /// Written with `#` marks: its level.
    Heading(u8),
    Paragraph,
    List,
    Other,
}

/// Reads a text that begins at `base` in its file.
pub fn events<'a>(text: &'a str, base: usize, habits: &mut Habits) -> Vec<Ev<'a>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_ext(text, options).into_offset_iter();
    // A paragraph makes three events or more, and so does an entry of a list.
    let mut out: Vec<Ev<'a>> = Vec::with_capacity(text.len() / 24 + 4);
    let mut words = Words::default();
    let mut within = 0usize; // lists and quotes
    let mut indented: Option<(String, Range<usize>)> = None;
    let mut underlined = false;
    let mut fenced = false;
    let mut comment = 0..0;
    for (event, local) in parser {
        let range = local.start + base..local.end + base;
        if comment.start <= local.start && local.end <= comment.end && comment.start < comment.end {
            continue;
        }
        if !matches!(event, Event::Text(_)) || indented.is_some() {
            words.flush(&mut out);
        }
        if let Some((code, _)) = &mut indented {
            match event {
                Event::Text(t) => code.push_str(&t),
                Event::End(TagEnd::CodeBlock) => {
                    if let Some((code, range)) = indented.take() {
                        splice_prose(&code, range, &mut out);
                    }
                }
                _ => {}
            }
            continue;
        }
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                indented = Some((String::new(), range));
                continue;
            }
            Event::Start(Tag::Heading { .. }) => {
                let atx = text[local.clone()].trim_start().starts_with('#');
                underlined = !atx;
                if underlined {
                    habits.setext.push(range.clone());
                }
                if underlined || within > 0 {
                    push(&mut out, Event::Start(Tag::Paragraph), range.clone());
                    if !underlined {
                        push(&mut out, Event::Start(Tag::Strong), range);
                    }
                    continue;
                }
            }
            Event::End(TagEnd::Heading(_)) if underlined || within > 0 => {
                if !underlined {
                    push(&mut out, Event::End(TagEnd::Strong), range.clone());
                }
                end_paragraph(&mut out, range);
                underlined = false;
                continue;
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => within += 1,
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => within -= 1,
            Event::End(TagEnd::Paragraph) => {
                end_paragraph(&mut out, range);
                continue;
            }
            Event::Start(Tag::CodeBlock(_)) => fenced = true,
            Event::End(TagEnd::CodeBlock) => fenced = false,
            Event::Text(more) if fenced => {
                words.add(more, range);
                continue;
            }
            Event::Text(more) => {
                if local.start >= comment.end {
                    comment = opened_comment(text, &local).unwrap_or(comment);
                    if comment.end == text.len() && local.contains(&comment.start) && !text.ends_with("-->") {
                        habits
                            .unclosed
                            .push(comment.start + base..comment.start + base + 4);
                    }
                }
                if local.end <= comment.start || comment.end <= local.start {
                    words.add(more, range);
                    continue;
                }
                for part in [local.start..comment.start, comment.end..local.end] {
                    if part.start < part.end {
                        words.add(text[part.clone()].into(), part.start + base..part.end + base);
                    }
                }
                continue;
            }
            _ => {}
        }
        push(&mut out, event, range);
    }
    words.flush(&mut out);
    out
}

/// A comment that opens in a stretch of text, where Markdown sees none: it has
/// an empty line in it, or never ends.
fn opened_comment(text: &str, within: &Range<usize>) -> Option<Range<usize>> {
    let written = |at: usize| text[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 0;
    let open = memchr::memchr_iter(b'<', &text.as_bytes()[within.clone()])
        .map(|at| within.start + at)
        .find(|&at| text[at..].starts_with("<!--") && written(at))?;
    let end = text[open + 4..]
        .find("-->")
        .map_or(text.len(), |at| open + 4 + at + 3);
    Some(open..end)
}

fn push<'a>(out: &mut Vec<Ev<'a>>, event: Event<'a>, range: Range<usize>) {
    out.push(Ev {
        event,
        range,
        pasted: false,
    });
}

/// Text that the parser gives in pieces and that is one event again.
#[derive(Default)]
struct Words<'a> {
    first: Option<(pulldown_cmark::CowStr<'a>, Range<usize>)>,
    joined: String,
}

impl<'a> Words<'a> {
    fn add(&mut self, piece: pulldown_cmark::CowStr<'a>, range: Range<usize>) {
        match &mut self.first {
            None => self.first = Some((piece, range)),
            Some((first, whole)) => {
                if self.joined.is_empty() {
                    self.joined.push_str(first);
                }
                self.joined.push_str(&piece);
                whole.end = range.end;
            }
        }
    }

    fn flush(&mut self, out: &mut Vec<Ev<'a>>) {
        if let Some((first, range)) = self.first.take() {
            let text = if self.joined.is_empty() {
                first
            } else {
                std::mem::take(&mut self.joined).into()
            };
            push(out, Event::Text(text), range);
        }
    }
}

/// What the parser took for code is read again, without its indent.
fn splice_prose(code: &str, range: Range<usize>, out: &mut Vec<Ev<'_>>) {
    let indent = code
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| l.len() - l.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let plain: String = code
        .lines()
        .flat_map(|l| [l.get(indent..).unwrap_or_else(|| l.trim_start()), "\n"])
        .collect();
    let mut inner = Habits::default();
    for ev in events(&plain, 0, &mut inner) {
        // A heading in what was indented is not one that opens an item: it is
        // shown like one in a list.
        let (first, then) = match ev.event.into_static() {
            Event::Start(Tag::Heading { .. }) => {
                (Event::Start(Tag::Paragraph), Some(Event::Start(Tag::Strong)))
            }
            Event::End(TagEnd::Heading(_)) => {
                (Event::End(TagEnd::Strong), Some(Event::End(TagEnd::Paragraph)))
            }
            event => (event, None),
        };
        for event in [first].into_iter().chain(then) {
            out.push(Ev {
                event,
                range: range.clone(),
                pasted: ev.pasted,
            });
        }
    }
}

/// Ends a paragraph, and looks at it once whole.
fn end_paragraph<'a>(out: &mut Vec<Ev<'a>>, range: Range<usize>) {
    let Some(start) = out
        .iter()
        .rposition(|e| matches!(e.event, Event::Start(Tag::Paragraph)))
    else {
        return;
    };
    push(out, Event::End(TagEnd::Paragraph), range);
    if let [
        _,
        Ev {
            event: Event::Text(only),
            ..
        },
        _,
    ] = &out[start..]
    {
        let rule = only.len() >= 3 && only.bytes().all(|b| b == b'=');
        if rule {
            let range = out[start].range.clone();
            out.truncate(start);
            push(out, Event::Rule, range);
            return;
        }
    }
    let pasted = bulleted(&out[start..]);
    if pasted {
        let paragraph = out.split_off(start);
        let joins = matches!(
            out.last(),
            Some(Ev {
                event: Event::End(TagEnd::List(false)),
                pasted: true,
                ..
            })
        );
        let first_is_bullet = line_starts(&paragraph)
            .next()
            .is_some_and(|at| bullet(&paragraph, at).is_some());
        if joins && first_is_bullet {
            out.pop();
        }
        let list = into_list(paragraph, |events, at| bullet(events, at));
        let skip = usize::from(joins && first_is_bullet);
        out.extend(list.into_iter().skip(skip));
    }
}

/// The events that open a line of a paragraph, as indexes: those right behind
/// its start and behind a line break that no emphasis or link encloses.
pub(super) fn line_starts(paragraph: &[Ev]) -> impl Iterator<Item = usize> {
    let mut depth = 0usize;
    let breaks = paragraph.iter().enumerate().skip(1).filter_map(move |(at, ev)| {
        match ev.event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => return Some(at + 1),
            _ => {}
        }
        None
    });
    let last = paragraph.len().saturating_sub(1);
    std::iter::once(1).chain(breaks).filter(move |&at| at < last)
}

/// How many bytes of mark open the line there, when it is a pasted bullet.
fn bullet(paragraph: &[Ev], at: usize) -> Option<usize> {
    let Event::Text(text) = &paragraph.get(at)?.event else {
        return None;
    };
    let rest = text.trim_start();
    let mark = rest.chars().next()?;
    let after = &rest[mark.len_utf8()..];
    let blank = after.chars().next().is_some_and(char::is_whitespace);
    let is = match mark {
        '·' | '•' | '\u{f0b7}' | '▪' => true,
        'o' => {
            blank
                && after
                    .trim_start()
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        }
        _ => false,
    };
    is.then(|| text.len() - after.trim_start().len())
}

fn bulleted(paragraph: &[Ev]) -> bool {
    line_starts(paragraph).any(|at| bullet(paragraph, at).is_some())
}

/// Divides a paragraph at the lines that `mark` knows into what stands before
/// them and a list; `mark` says how many bytes of the line are its sign.
pub fn into_list<'a>(
    paragraph: Vec<Ev<'a>>,
    mark: impl Fn(&[Ev<'a>], usize) -> Option<usize>,
) -> Vec<Ev<'a>> {
    let marked: Vec<(usize, usize)> = line_starts(&paragraph)
        .filter_map(|at| mark(&paragraph, at).map(|cut| (at, cut)))
        .collect();
    let Some(&(first, _)) = marked.first() else {
        return paragraph;
    };
    let (start, end) = (paragraph[0].range.start, paragraph[0].range.end);
    let mut out = Vec::with_capacity(paragraph.len() + marked.len() * 2 + 4);
    if first > 1 {
        out.push(Ev::made(
            Event::Start(Tag::Paragraph),
            start..paragraph[first - 1].range.start,
        ));
        out.extend(paragraph[1..first - 1].iter().cloned());
        out.push(Ev::made(Event::End(TagEnd::Paragraph), start..end));
    }
    out.push(Ev::made(Event::Start(Tag::List(None)), start..end));
    let last = paragraph.len() - 1;
    for (n, &(from, cut)) in marked.iter().enumerate() {
        let to = marked.get(n + 1).map_or(last, |next| next.0 - 1);
        let range = paragraph[from].range.start..paragraph[to - 1].range.end.max(paragraph[from].range.start);
        out.push(Ev::made(Event::Start(Tag::Item), range.clone()));
        let mut inner = paragraph[from..to].to_vec();
        if let (Some(first), true) = (inner.first_mut(), cut > 0)
            && let Event::Text(text) = &first.event
        {
            let rest = text[cut..].to_owned();
            first.range.start += cut.min(first.range.len());
            first.event = Event::Text(rest.into());
        }
        out.extend(inner);
        out.push(Ev::made(Event::End(TagEnd::Item), range));
    }
    out.push(Ev::made(Event::End(TagEnd::List(false)), start..end));
    out
}

/// Divides events into the blocks at the top.
pub fn blocks(events: &[Ev]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, ev) in events.iter().enumerate() {
        match &ev.event {
            Event::Start(_) => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let kind = match &events[start].event {
                        Event::Start(Tag::Heading { level, .. }) => BlockKind::Heading(*level as u8),
                        Event::Start(Tag::Paragraph) => BlockKind::Paragraph,
                        Event::Start(Tag::List(_)) => BlockKind::List,
                        _ => BlockKind::Other,
                    };
                    out.push(Block {
                        events: start..at + 1,
                        span: events[start].range.clone(),
                        kind,
                    });
                }
            }
            _ if depth == 0 => {
                out.push(Block {
                    events: at..at + 1,
                    span: ev.range.clone(),
                    kind: BlockKind::Other,
                });
            }
            _ => {}
        }
    }
    out
}

/// The words of some events, without marks.
pub fn plain(events: &[Ev]) -> String {
    // A heading or a paragraph of words alone.
    if let [
        first,
        Ev {
            event: Event::Text(only),
            ..
        },
        last,
    ] = events
        && let (Event::Start(_), Event::End(_)) = (&first.event, &last.event)
    {
        return scan::folded(only);
    }
    let mut out = String::new();
    for ev in events {
        match &ev.event {
            Event::Text(t) | Event::Code(t) => out.push_str(t),
            Event::InlineHtml(tag) if tag.starts_with("<!--") => {}
            Event::InlineHtml(tag) if super::html::is_allowed(tag) => {}
            Event::InlineHtml(t) | Event::Html(t) => out.push_str(t),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    scan::folded(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shape of a text: tags as letters, texts as they are.
    fn shape(text: &str) -> String {
        let mut habits = Habits::default();
        events(text, 0, &mut habits)
            .iter()
            .map(|ev| match &ev.event {
                Event::Start(Tag::Paragraph) => "<p>".into(),
                Event::End(TagEnd::Paragraph) => "</p>".into(),
                Event::Start(Tag::List(_)) => "<ul>".into(),
                Event::End(TagEnd::List(_)) => "</ul>".into(),
                Event::Start(Tag::Item) => "<li>".into(),
                Event::End(TagEnd::Item) => "</li>".into(),
                Event::Start(Tag::Heading { level, .. }) => format!("<{level}>"),
                Event::End(TagEnd::Heading(level)) => format!("</{level}>"),
                Event::Text(t) => t.to_string(),
                Event::SoftBreak => "/".into(),
                Event::Rule => "<hr>".into(),
                _ => "?".into(),
            })
            .collect()
    }

    #[test]
    fn pasted_habits_are_understood() {
        for (text, expected) in [
            (
                "Themes:\n· one\n· two\nmore",
                "<p>Themes:</p><ul><li>one</li><li>two/more</li></ul>",
            ),
            (
                "·   one\n\n•\ttwo\n\nend",
                "<ul><li>one</li><li>two</li></ul><p>end</p>",
            ),
            ("o First\no Second", "<ul><li>First</li><li>Second</li></ul>"),
            ("o zei de voorzitter", "<p>o zei de voorzitter</p>"),
            (
                "a\n\n    indented *prose*\n    goes on",
                "<p>a</p><p>indented ?prose?/goes on</p>",
            ),
            ("Words\n=====\n", "<p>Words</p>"),
            ("===", "<hr>"),
            ("> # Quoted", "?<p>?Quoted?</p>?"),
            ("a_b [[x y]] c", "<p>a_b [[x y]] c</p>"),
        ] {
            assert_eq!(shape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn blocks_know_their_place() {
        let text = "# A\n\ntext\n\n- x\n- y\n\n***\n";
        let mut habits = Habits::default();
        let events = events(text, 100, &mut habits);
        let found: Vec<_> = blocks(&events).iter().map(|b| (b.kind, b.span.start)).collect();
        let expected = [
            (BlockKind::Heading(1), 100),
            (BlockKind::Paragraph, 105),
            (BlockKind::List, 111),
            (BlockKind::Other, 120),
        ];
        assert_eq!(found, expected);
    }
}
