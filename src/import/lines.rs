//! A page as lines: paragraphs, headings and entries of lists, each with its
//! words and with the Markdown that says them. Plain text and HTML both come
//! to this, and one grammar reads both.

use crate::document::written::{line, text};

#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub kind: Kind,
    /// The words, as a reader sees them.
    pub plain: String,
    /// The same as Markdown, without the mark of a list or a heading.
    pub markdown: String,
    /// Where it stands in its file.
    pub number: usize,
    /// No empty line stands above it.
    pub joined: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    Paragraph,
    /// A heading of the page's own, from 1 to 6.
    Heading(u8),
    /// An entry of a list: how deep, and its mark (`-`, `1.`).
    Entry {
        depth: usize,
        mark: String,
    },
    /// A table: the Markdown holds all its lines.
    Table,
}

impl Line {
    pub fn paragraph(plain: &str, number: usize) -> Self {
        let plain = line(plain);
        Self {
            kind: Kind::Paragraph,
            markdown: text::words(&plain),
            plain,
            number,
            joined: false,
        }
    }

    pub fn is_entry(&self) -> bool {
        matches!(self.kind, Kind::Entry { .. })
    }

    /// The same place with other words.
    pub fn with(&self, plain: &str) -> Self {
        let plain = line(plain);
        // Words that were taken off one end of the Markdown leave the rest as it was.
        let markdown = match self.plain.find(&plain) {
            _ if self.plain == plain => self.markdown.clone(),
            Some(_) if text::inside(&self.plain) != self.markdown => {
                let escaped = text::inside(&plain);
                match self.markdown.find(&escaped) {
                    Some(at) if self.plain.ends_with(&plain) => self.markdown[at..].to_owned(),
                    Some(at) if at == 0 && self.plain.starts_with(&plain) => escaped,
                    _ => text::words(&plain),
                }
            }
            _ => text::words(&plain),
        };
        Self {
            plain,
            markdown,
            ..self.clone()
        }
    }
}

/// The lines of a plain text. Each is a paragraph or an entry of a list; one
/// that goes on where the line above stopped is put to it.
pub fn of_text(source: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let mut blank = true;
    for (n, raw) in source.lines().enumerate() {
        let words = line(raw);
        if words.is_empty() {
            blank = true;
            continue;
        }
        let (kind, rest) = mark(&words);
        let mut made = Line::paragraph(rest, n + 1);
        made.kind = match kind {
            Some((mark, inner)) => {
                let below = inner && out.last().is_some_and(Line::is_entry);
                Kind::Entry {
                    depth: usize::from(below),
                    mark,
                }
            }
            None => Kind::Paragraph,
        };
        made.joined = !blank;
        let goes_on = !blank
            && made.kind == Kind::Paragraph
            && words.starts_with(char::is_lowercase)
            && out
                .last()
                .is_some_and(|l| !l.plain.ends_with(['.', ':', ';', '!', '?']) && l.plain.len() > 30);
        match out.last_mut() {
            Some(last) if goes_on => {
                let both = format!("{} {}", last.plain, made.plain);
                last.markdown = text::words(&both);
                last.plain = both;
            }
            _ => out.push(made),
        }
        blank = false;
    }
    out
}

/// The mark of a list that a line opens with, whether it is one of an inner
/// list, and the words behind it.
pub fn mark(words: &str) -> (Option<(String, bool)>, &str) {
    let first = words.chars().next();
    if let Some(c @ ('·' | '•' | '▪' | '‣' | '*' | '-' | '–' | '+' | '○' | '◦' | '§' | '\u{f0b7}')) = first
    {
        let rest = &words[c.len_utf8()..];
        let spaced = rest.starts_with(' ') || "·•▪‣○◦\u{f0b7}".contains(c);
        if spaced && !rest.trim().is_empty() {
            return (Some(("-".to_owned(), "○◦".contains(c))), rest.trim_start());
        }
    }
    if let Some(rest) = words.strip_prefix("o ")
        && rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    {
        return (Some(("-".to_owned(), true)), rest);
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && let Some(rest) = words[digits..].strip_prefix(['.', ')'])
        && let Some(rest) = rest.strip_prefix(' ')
        && !rest.trim().is_empty()
    {
        return (Some((format!("{}.", &words[..digits]), false)), rest.trim_start());
    }
    (None, words)
}

/// Lines as Markdown. Headings begin at `level`.
pub fn write(lines: &[Line], level: u8) -> String {
    let mut out = String::new();
    let mut before: Option<&Line> = None;
    let top = lines
        .iter()
        .filter_map(|l| match l.kind {
            Kind::Heading(n) => Some(n),
            _ => None,
        })
        .min()
        .unwrap_or(1);
    for line in lines {
        if line.markdown.trim().is_empty() {
            continue;
        }
        let list = |l: &Line| l.is_entry();
        if let Some(last) = before {
            out.push_str(if list(last) && list(line) { "\n" } else { "\n\n" });
        }
        match &line.kind {
            Kind::Paragraph | Kind::Table => out.push_str(&line.markdown),
            Kind::Heading(n) => {
                let depth = (level + n.saturating_sub(top)).min(6);
                out.push_str(&format!("{} {}", "#".repeat(depth as usize), line.markdown));
            }
            Kind::Entry { depth, mark } => {
                out.push_str(&format!("{}{mark} {}", "    ".repeat(*depth), line.markdown));
            }
        }
        before = Some(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_lists_and_paragraphs() {
        let text = "Members heard:\n·         one * two\no Inner\n  1. First\n\nA long paragraph that is broken in\nthe middle of its words\nNext.";
        assert_eq!(
            write(&of_text(text), 4),
            "Members heard:\n\n- one \\* two\n    - Inner\n1. First\n\nA long paragraph that is broken in the middle of its words\n\nNext."
        );
    }
}
