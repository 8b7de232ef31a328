//! The field block: facts in a list or a paragraph right under a heading.

use std::borrow::Cow;
use std::ops::Range;

use super::exempt;
use super::front_matter::Mention;
use super::prose::{self, Written};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::scan;

/// One fact as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDoc<K> {
    pub key: K,
    /// The author's own word for it.
    pub label: String,
    pub label_span: Span,
    pub value: Mention,
    pub prose: Written,
}

/// A line `Key: value` with its continuation, by places in the file.
struct Line {
    label: String,
    label_span: Span,
    value: Range<usize>,
}

/// Reads a block as fields. It is one only if a key in it is known; then the
/// unknown ones get `other`. `papers`: whether links in that field are papers.
pub fn read<K: Copy>(
    source: &str,
    block: Range<usize>,
    known: impl Fn(&str) -> Option<K>,
    other: K,
    papers: impl Fn(K) -> bool,
) -> Option<Vec<FieldDoc<K>>> {
    // Comments are never published, not even inside a key.
    let source = without_comments(source, block.clone());
    let source = source.as_ref();
    let lines = lines(source, block, false)?.0;
    let keys: Vec<Option<K>> = lines.iter().map(|line| known(&line.label)).collect();
    if keys.iter().all(Option::is_none) {
        return None;
    }
    let fields = lines.into_iter().zip(keys).map(|(line, key)| {
        let key = key.unwrap_or(other);
        let text = &source[line.value.clone()];
        let lead = text.len() - text.trim_start().len();
        let span = Span::new(
            line.value.start + lead,
            line.value.start + lead + text.trim().len(),
        );
        let words = scan::folded(text.trim());
        let mut prose = prose::inline(text.trim(), span.start as usize, papers(key));
        if exempt::paper(&prose.text()).is_some() {
            prose::withhold(&mut prose.links, true);
        }
        FieldDoc {
            key,
            label: line.label,
            label_span: line.label_span,
            value: Mention { text: words, span },
            prose,
        }
    });
    Some(fields.collect())
}

/// The file with the comments of a block blanked; places stay as they are.
fn without_comments(source: &str, block: Range<usize>) -> Cow<'_, str> {
    let Some(mut text) = source
        .get(block.clone())
        .filter(|text| scan::find(text, "<!--").is_some())
    else {
        return Cow::Borrowed(source);
    };
    let mut out = source[..block.start].to_owned();
    while let Some(open) = text.find("<!--") {
        let end = text[open..].find("-->").map_or(text.len(), |end| open + end + 3);
        out.push_str(&text[..open]);
        out.extend(
            text[open..end]
                .bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' }),
        );
        text = &text[end..];
    }
    out.push_str(text);
    out.push_str(&source[block.end..]);
    Cow::Owned(out)
}

/// What a block of fields ends before, although Markdown goes on.
pub struct Behind {
    /// Where its first line begins.
    pub from: usize,
    /// The first `Key: value` in it whose key is known: it is no field.
    pub late: Option<Span>,
}

/// Where a block of fields ends, when something that is none stands in its
/// list or paragraph: an entry that is no `Key:`, or a line at the margin that
/// the one above it does not lead to.
pub fn behind(source: &str, block: Range<usize>, known: impl Fn(&str) -> bool) -> Option<Behind> {
    // Most blocks of text are told by their first line.
    let text = source.get(block.clone())?;
    let first = memchr::memchr(b'\n', text.as_bytes())?;
    memchr::memchr(b':', &text.as_bytes()[..first])?;
    let source = without_comments(source, block.clone());
    let source = source.as_ref();
    let (fields, from) = lines(source, block.clone(), true)?;
    let from = from.filter(|_| fields.iter().any(|line| known(&line.label)))?;
    let mut at = from;
    let late = scan::lines(&source[from..block.end]).find_map(|raw| {
        let start = at + lead(raw);
        at += raw.len();
        let (label, end, _) = key(&raw[lead(raw)..])?;
        known(&label).then(|| Span::new(start, start + end))
    });
    Some(Behind { from, late })
}

/// How much of a line are blanks and the sign of an entry.
fn lead(line: &str) -> usize {
    line.len() - line.trim_start_matches(['-', '*', '+', ' ', '\t']).len()
}

/// The key that a line would have as a field, in a list or in a paragraph.
pub fn key_of(line: &str) -> Option<String> {
    key(&line[lead(line)..]).map(|key| key.0)
}

/// Whether a line at the margin plainly goes on with the one above it.
fn goes_on(before: &str, after: &str) -> bool {
    before.ends_with([',', ';', '&'])
        || before.ends_with(" and")
        || (after.contains(' ') && after.starts_with(|c: char| c.is_lowercase() || c == '('))
}

/// A line of a paragraph this long was broken by an editor, and goes on in the
/// next.
const WRAPPED: usize = 60;

/// The `Key: value` lines of a block; none when its first line is not one.
/// `strict`: they end, at the place that is given too, where a line is no field
/// and belongs to none.
fn lines(source: &str, block: Range<usize>, strict: bool) -> Option<(Vec<Line>, Option<usize>)> {
    let text = source.get(block.clone())?;
    let listed = text.trim_start().starts_with(['-', '*', '+']);
    let mut out: Vec<Line> = Vec::new();
    let mut at = block.start;
    let mut before = "";
    let margin = text.len() - text.trim_start_matches([' ', '\t']).len();
    for raw in scan::lines(text) {
        let (start, end) = (at, at + raw.len());
        at = end;
        let line = raw.trim_end();
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            continue;
        }
        let content = line.trim_start();
        let opens = if listed {
            indent <= margin.max(1)
                && content.starts_with(['-', '*', '+'])
                && content[1..].starts_with([' ', '\t'])
        } else {
            out.is_empty() || indent == 0
        };
        let body = if listed && opens {
            content[1..].trim_start()
        } else {
            content
        };
        let body_at = start + (line.len() - body.len());
        match key(body).filter(|_| opens) {
            Some((label, label_end, value_at)) => out.push(Line {
                label,
                label_span: Span::new(body_at, body_at + label_end),
                value: body_at + value_at..start + line.len(),
            }),
            None => {
                let last = out.last_mut()?;
                let wrapped = !listed && before.len() >= WRAPPED;
                let belongs = match listed {
                    true => !opens && (indent > margin || goes_on(before, content)),
                    false => indent > 0 || wrapped || goes_on(before, content),
                };
                if strict && !belongs {
                    return Some((out, Some(start)));
                }
                last.value.end = start + line.len();
            }
        }
        before = content;
    }
    (!out.is_empty()).then_some((out, None))
}

/// The key of a line: its words without marks, where it ends, where its value
/// begins.
fn key(line: &str) -> Option<(String, usize, usize)> {
    let colon = line.find(':')?;
    let raw = &line[..colon];
    if raw.len() > 60 || line[colon..].starts_with("://") {
        return None;
    }
    let label = raw.trim().trim_matches(['*', '_', '`']).trim();
    // `**Key:** value` has its closing marks behind the colon.
    let open = raw.trim_start().len() - raw.trim_start().trim_start_matches(['*', '_']).len();
    let mut value = colon + 1;
    if open > 0 && !raw.trim_end().ends_with(['*', '_']) {
        let rest = &line[value..];
        value += rest.len() - rest.trim_start_matches(['*', '_']).len();
    }
    let plain = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || " -'’/&".contains(c));
    plain.then(|| (label.to_owned(), raw.trim_end().len(), value))
}

/// More issues than any item is about. The page of each of them quotes the
/// item, which names all of them.
const MOST_ISSUES: usize = 100;

/// How many of these lines, each of one issue or of several with commas
/// between them, are kept for an item or a decision; says so when not all are.
pub fn issues_kept(path: &SourcePath, lines: &[&Mention], report: &mut Report) -> usize {
    let named = |line: &&Mention| 1 + line.text.matches(',').count();
    let mut sum = 0;
    let over = lines.iter().position(|line| {
        sum += named(line);
        sum > MOST_ISSUES
    });
    let Some(over) = over else {
        return lines.len();
    };
    let all: usize = lines.iter().map(named).sum();
    let words = format!("{all} issues are named here; an item or a decision is about at most {MOST_ISSUES}");
    report.push(
        Diagnostic::new(&rules::TOO_LARGE, path, Some(lines[over].span), words)
            .help("name the issues it is about; link others in its text"),
    );
    over
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> Option<Vec<(String, String)>> {
        let known = |key: &str| {
            ["issue", "report", "contact"]
                .contains(&key.to_lowercase().as_str())
                .then_some(1)
        };
        let read = read(text, 0..text.len(), known, 0, |_| false)?;
        Some(read.into_iter().map(|f| (f.label, f.value.text)).collect())
    }

    #[test]
    fn blocks_are_read_in_both_forms() {
        let pairs =
            |list: &[(&str, &str)]| Some(list.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect());
        assert_eq!(
            fields("- Issue: one\n  two\n- **Report:** x: y\n- Other thing: z\n"),
            pairs(&[("Issue", "one two"), ("Report", "x: y"), ("Other thing", "z")])
        );
        assert_eq!(
            fields("Issue: a\n  more\nContact: b"),
            pairs(&[("Issue", "a more"), ("Contact", "b")])
        );
        assert_eq!(fields("- Monday: rain\n- Tuesday: sun"), None);
        assert_eq!(fields("The issue: it was late"), None);
        assert_eq!(fields("Words first\nIssue: x"), None);
    }

    #[test]
    fn a_block_ends_where_a_line_belongs_to_no_field() {
        let behind = |text: &'static str| {
            let end = behind(text, 0..text.len(), |key| key.eq_ignore_ascii_case("issue"))?;
            Some((&text[end.from..], end.late.map(|late| &text[late.range()])))
        };
        for (text, expected) in [
            ("- Issue: a\nThe roof.", Some(("The roof.", None))),
            ("- Issue: a\n\n- The roof.\n", Some(("- The roof.\n", None))),
            (
                "- Issue: a\n- [x](https://x.org)\n- Issue: b",
                Some(("- [x](https://x.org)\n- Issue: b", Some("Issue"))),
            ),
            ("Issue: a\nThe roof.", Some(("The roof.", None))),
            ("Issue: a\nhall", Some(("hall", None))),
            ("- Issue: a\n  The roof.\n\n  It leaks.", None),
            ("- Issue: a\n  - The roof.", None),
            ("- Issue: a,\nb", None),
            ("- Issue: the Hall\nand its roof", None),
            (
                "Issue: the Hall and all that belongs to it, from the cellars to\nThe Roof",
                None,
            ),
            ("- Issue: a\n<!-- The roof. -->", None),
            ("- Tuesday: a\nThe roof.", None),
        ] {
            assert_eq!(behind(text), expected, "{text}");
        }
    }
}
