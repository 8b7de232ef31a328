//! A `#` in a value of a front matter. Behind a space it begins a comment, and
//! a clerk who writes `Room #5` does not know.

use std::ops::Range;

/// A `#` that was probably not meant to begin a comment.
#[derive(Debug, PartialEq)]
pub struct Hash {
    /// The key whose value it cuts off; empty in a list.
    pub key: String,
    /// What is read as a comment.
    pub place: Range<usize>,
}

/// Every `#` behind a space and right before a word. One with a space behind it
/// is a comment on purpose.
pub fn unmeant(text: &str) -> Vec<Hash> {
    let mut found = Vec::new();
    if !text.contains(" #") {
        return found;
    }
    let mut at = 0;
    // Deeper lines are those of a text over several lines, which has no comments.
    let mut block: Option<usize> = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let indent = content.len() - content.trim_start().len();
        if content.is_empty() || block.is_some_and(|above| indent > above) {
            continue;
        }
        if let Some(hash) = comment(content) {
            let before = content[..hash].trim_end();
            let closed = before.ends_with(['"', '\'', ']', '}', '|', '>']);
            let word = content[hash + 1..].starts_with(char::is_alphanumeric);
            if word && !closed && !before.is_empty() {
                let key = match before.rsplit_once(": ") {
                    Some((key, _)) => key,
                    None => before.strip_suffix(':').unwrap_or_default(),
                };
                let key = key.rsplit(['{', ',', ' ']).next().unwrap_or_default();
                found.push(Hash {
                    key: key.to_owned(),
                    place: start + hash..start + content.len(),
                });
            }
        }
        let opens = content.trim_end_matches(['-', '+']).ends_with(['|', '>']);
        block = opens.then_some(indent);
    }
    found
}

/// Where the comment of a line begins.
fn comment(line: &str) -> Option<usize> {
    let mut quote = None;
    let (mut before, mut space) = (':', true);
    for (n, c) in line.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark && before != '\\' => quote = None,
            (Some(_), _) => {}
            (None, '#') if space => return Some(n),
            (None, '"' | '\'') if matches!(before, ':' | '[' | '{' | ',' | '-') => quote = Some(c),
            _ => {}
        }
        space = c.is_whitespace();
        if !space {
            before = c;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_that_were_not_meant_are_seen() {
        let seen = |text: &str| {
            let found = unmeant(text).into_iter();
            found
                .map(|h| (h.key, text[h.place].to_owned()))
                .collect::<Vec<_>>()
        };
        for (text, key, cut) in [
            ("title: Special meeting #2\n", "title", "#2"),
            ("reference: #12\n", "reference", "#12"),
            ("x:\n  - Room #5 # the old one\n", "", "#5 # the old one"),
            ("x: {a: b, c: Room #5,\n  d: e}\n", "c", "#5,"),
        ] {
            assert_eq!(seen(text), [(key.to_owned(), cut.to_owned())], "{text}");
        }
        for text in [
            "title: Special # the second\n",
            "title: \"Special #2\"\n",
            "start: \"18:30\" #was later\n",
            "#title: Special\n",
            "  #a\ntitle: C#\n",
            "text: |\n  Room #5\nx: y\n",
            "list: [a, b] #c\n",
        ] {
            assert_eq!(seen(text), [], "{text}");
        }
    }
}
