//! What may stand behind an entry: `| owner: jane-roe | due: 2017-07-20`.

use jiff::civil::Date;

use super::front_matter::Mention;
use crate::paths::Span;
use crate::text::{dates, wiki};

/// The keys of a tail.
pub const KEYS: [&str; 3] = ["owner", "due", "done"];

/// Who is to act on an entry, until when, and since when it is done.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tail {
    pub owner: Option<Mention>,
    pub due: Option<Date>,
    pub done: Option<Date>,
    /// Parts that could not be read, as written.
    pub unread: Vec<String>,
}

impl Tail {
    pub fn is_empty(&self) -> bool {
        self.owner.is_none() && self.due.is_none() && self.done.is_none() && self.unread.is_empty()
    }
}

/// Where a tail begins in a text: at a `|` that a known key follows.
pub fn begins(text: &str) -> Option<usize> {
    text.match_indices('|').map(|(at, _)| at).find(|&at| {
        let rest = text[at + 1..].trim_start();
        let key = rest.split(':').next().unwrap_or("").trim().to_lowercase();
        rest.contains(':') && KEYS.contains(&key.as_str())
    })
}

/// What stands between the bars; a bar in a `[[link|words]]` is none.
fn parts(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (bar, _) in text.match_indices('|') {
        if !wiki::is_open(&text[from..bar]) {
            out.push(&text[from..bar]);
            from = bar + 1;
        }
    }
    out.push(&text[from..]);
    out
}

/// Reads a tail; `span` is the place of its entry.
pub fn read(text: &str, span: Span) -> Tail {
    let mut tail = Tail::default();
    for part in parts(text).into_iter().map(str::trim).filter(|p| !p.is_empty()) {
        let (key, value) = part
            .split_once(':')
            .map_or((part, ""), |(k, v)| (k.trim(), v.trim()));
        let date = || dates::iso(value).ok();
        match key.to_lowercase().as_str() {
            "owner" if !value.is_empty() => {
                tail.owner = Some(Mention {
                    text: wiki::plain(wiki::meant(value)).into_owned(),
                    span,
                });
            }
            "due" if date().is_some() => tail.due = date(),
            "done" if date().is_some() => tail.done = date(),
            _ => tail.unread.push(part.to_owned()),
        }
    }
    tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_is_read_and_a_pipe_in_prose_is_not() {
        assert_eq!(begins("a | b: c"), None);
        let text = "Brief on placements | owner: jane-roe | due: 2017-07-20 | done: soon";
        let tail = read(&text[begins(text).expect("a tail")..], Span::default());
        assert_eq!(tail.owner.map(|o| o.text).as_deref(), Some("jane-roe"));
        assert_eq!(tail.due.map(|d| d.to_string()).as_deref(), Some("2017-07-20"));
        assert_eq!(tail.unread, ["done: soon"]);
        for (owner, expected) in [
            ("[[jane-roe|Jane]]", "jane-roe"),
            ("[[Jane Roe]], [[john-doe|John Doe]]", "Jane Roe, John Doe"),
        ] {
            let tail = read(&format!("| owner: {owner} | due: 2017-07-20"), Span::default());
            assert_eq!(tail.owner.map(|o| o.text).as_deref(), Some(expected));
            assert!(tail.due.is_some());
        }
    }
}
