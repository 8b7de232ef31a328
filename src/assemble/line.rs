//! The lines of an entry in a list of names, as a reader sees them, with the
//! links in them.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::prose::{EntryDoc, HrefKind, Written};
use crate::model::What;

/// One line: what stands in the entry's own words up to a break, or to what is
/// indented below it.
pub struct Line<'t> {
    pub text: Cow<'t, str>,
    /// The links, by the places of their words in the text.
    pub links: Vec<(Range<usize>, u32)>,
    /// Where in the HTML names of this line may stand.
    pub html: (u32, u32),
}

pub fn lines<'t>(entry: &'t EntryDoc, prose: &'t Written) -> Vec<Line<'t>> {
    if let Some((first, html)) = &entry.first
        && html.0 < html.1
        && entry.link.is_none()
        && prose
            .html
            .get(html.1 as usize..)
            .is_some_and(|rest| rest.starts_with("</div>") || rest.starts_with("</p>"))
    {
        return vec![Line {
            text: Cow::Borrowed(&first.text),
            links: Vec::new(),
            html: *html,
        }];
    }
    let (text, links) = seen(entry, prose);
    let html = entry.marks.html;
    let mut out = Vec::new();
    for range in divided(&text) {
        let first = links.partition_point(|link| link.0.start < range.start);
        let inside = |link: &&(Range<usize>, u32)| link.0.end <= range.end;
        let moved = |(link, n): &(Range<usize>, u32)| (link.start - range.start..link.end - range.start, *n);
        out.push(Line {
            text: Cow::Owned(text[range.clone()].replace('\n', " ")),
            links: links[first..].iter().take_while(inside).map(moved).collect(),
            html,
        });
    }
    out
}

/// A break that the author asked for.
const HARD: char = '\u{c}';

/// The words of the first block of an entry that has any, and the links in them.
fn seen(entry: &EntryDoc, prose: &Written) -> (String, Vec<(Range<usize>, u32)>) {
    let (mut at, end) = (entry.marks.html.0 as usize, entry.marks.html.1 as usize);
    let end = end.min(prose.html.len());
    let slots = entry.marks.slots.0 as usize..entry.marks.slots.1 as usize;
    let mut slots = prose.slots.get(slots).unwrap_or(&[]).iter().peekable();
    let (mut text, mut links) = (String::new(), Vec::new());
    let mut open = None;
    let mut in_note = false;
    while at < end {
        while let Some(slot) = slots.next_if(|slot| slot.at as usize <= at) {
            match slot.what {
                What::LinkOpen(link) => {
                    open = Some(text.len());
                    let href = &prose.links[link as usize];
                    if href.kind == (HrefKind::Wiki { bare: true }) {
                        text.push_str(&href.dest);
                    }
                }
                What::LinkClose(link) => links.extend(open.take().map(|from| (from..text.len(), link))),
                What::NoteCall(_) => in_note = true,
                _ => {}
            }
        }
        let rest = &prose.html[at..end];
        if rest.starts_with('<') {
            let tag = &rest[..rest.find('>').map_or(rest.len(), |close| close + 1)];
            let ends = [
                "</p",
                "</div",
                "</li",
                "<ul",
                "<ol",
                "<blockquote",
                "<pre",
                "<table",
                "<h",
            ];
            if ends.iter().any(|t| tag.starts_with(t)) && !text.trim().is_empty() {
                break;
            }
            if tag.starts_with("<br") {
                text.push(HARD);
            }
            in_note &= !tag.starts_with("</sup");
            at += match tag {
                // The box of a task.
                "<span class=\"box\">" => rest.find("</span>").unwrap_or(tag.len()),
                tag => tag.len(),
            };
            continue;
        }
        let stop = rest.find('<').unwrap_or(rest.len());
        let stop = match slots.peek() {
            Some(slot) => stop.min((slot.at as usize).saturating_sub(at).max(1)),
            None => stop,
        };
        let Some(words) = rest.get(..stop) else { break };
        if !in_note {
            push_plain(&mut text, words);
        }
        at += stop;
    }
    // Links that end the text.
    for slot in slots.take_while(|slot| slot.at as usize <= at) {
        if let What::LinkClose(link) = slot.what {
            links.extend(open.take().map(|from| (from..text.len(), link)));
        }
    }
    (text, links)
}

fn push_plain(out: &mut String, html: &str) {
    if !html.contains('&') {
        return out.push_str(html);
    }
    let text = html
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    out.push_str(&text.replace("&amp;", "&"));
}

/// A line this long was broken by an editor, and goes on in the next.
const WRAPPED: usize = 60;

/// The lines of a text: one that plainly goes on in the next is one with it.
fn divided(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut close = |range: Range<usize>| {
        let words = text[range.clone()].trim_matches([' ', '\n', '\t', HARD]);
        let lead = text[range.clone()].len()
            - text[range.clone()]
                .trim_start_matches([' ', '\n', '\t', HARD])
                .len();
        if !words.is_empty() {
            out.push(range.start + lead..range.start + lead + words.len());
        }
    };
    for (at, c) in text.char_indices().filter(|(_, c)| ['\n', HARD].contains(c)) {
        let (before, after) = (text[from..at].trim_end(), text[at + 1..].trim_start());
        let goes_on = before.len() >= WRAPPED
            || before.ends_with([',', ';', '&', ':'])
            || before.ends_with(" and")
            || before.ends_with(" from")
            || after.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '&');
        if c == HARD || !goes_on {
            close(from..at);
            from = at + 1;
        }
    }
    close(from..text.len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_on_where_its_words_do() {
        let lines = |text: &str| {
            let ranges = divided(text).into_iter();
            ranges
                .map(|range| text[range].replace('\n', " "))
                .collect::<Vec<_>>()
        };
        assert_eq!(lines("Jane Roe\nJohn Doe"), ["Jane Roe", "John Doe"]);
        assert_eq!(
            lines("Jane Roe,\nJohn Doe and\nAnn Poe"),
            ["Jane Roe, John Doe and Ann Poe"]
        );
        assert_eq!(lines("Jane Roe,\u{c}\nJohn Doe"), ["Jane Roe,", "John Doe"]);
        assert_eq!(lines("Jane Roe\n(Chair)"), ["Jane Roe (Chair)"]);
        assert!(lines(" \n ").is_empty());
    }
}
