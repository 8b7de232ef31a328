//! What may stand behind an entry: `| owner: jane-roe | due: 2017-07-20`.

use jiff::civil::Date;

use super::front_matter::Mention;
use crate::paths::Span;
use crate::text::{dates, roles, wiki};

/// The keys of a tail.
pub const KEYS: [&str; 3] = ["owner", "due", "done"];

/// Who is to act on an entry, until when, and since when it is done.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tail {
    pub owner: Option<Mention>,
    pub due: Option<Date>,
    pub done: Option<Date>,
    /// Parts that could not be read, as written.
    pub unread: Vec<(String, Why)>,
}

/// Why a part is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    Unreadable,
    /// The entry has one already.
    Second,
    /// It stands in a point below the entry.
    Below,
}

impl Tail {
    /// Whether there is something to be shown behind the entry.
    pub fn says(&self) -> bool {
        self.owner.is_some() || self.due.is_some() || self.done.is_some()
    }

    /// Takes what another tail of the same entry says. Gives the parts of that
    /// one that could not be read.
    pub fn add(&mut self, other: Self, text: &str) -> Vec<String> {
        let from = self.unread.len();
        self.unread.extend(other.unread);
        let taken = [
            (KEYS[0], self.owner.is_some() && other.owner.is_some()),
            (KEYS[1], self.due.is_some() && other.due.is_some()),
            (KEYS[2], self.done.is_some() && other.done.is_some()),
        ];
        for (key, _) in taken.iter().filter(|taken| taken.1) {
            let part = parts(text).into_iter().map(str::trim).find(|part| {
                part.split_once(':')
                    .is_some_and(|(k, _)| k.trim().eq_ignore_ascii_case(key))
            });
            self.unread
                .extend(part.map(|part| (part.to_owned(), Why::Second)));
        }
        self.owner = self.owner.take().or(other.owner);
        self.due = self.due.or(other.due);
        self.done = self.done.or(other.done);
        self.unread[from..].iter().map(|(part, _)| part.clone()).collect()
    }
}

/// Whether a tail goes on in the next line: behind another bar, or where a
/// value was broken off.
pub fn goes_on(tail: &str, next: &str) -> bool {
    let last = tail.rmatch_indices('|').find(|(bar, _)| divides(tail, *bar));
    let last = last.map_or(tail, |(bar, _)| &tail[bar + 1..]);
    let (key, value) = last.split_once(':').unwrap_or(("", last));
    let next = next.trim();
    let name = || {
        let whole = format!("{} {next}", value.trim());
        key.trim().eq_ignore_ascii_case(KEYS[0])
            && !value.trim().contains(' ')
            && roles::looks_like_name(&whole)
    };
    next.starts_with('|') || begins(next).is_some() || value.trim().is_empty() || name()
}

/// Where a tail begins in a text: at a `|` that a known key follows.
pub fn begins(text: &str) -> Option<usize> {
    text.match_indices('|').map(|(at, _)| at).find(|&at| {
        let rest = text[at + 1..].trim_start();
        KEYS.iter().any(|key| {
            rest.split_at_checked(key.len()).is_some_and(|(word, behind)| {
                word.eq_ignore_ascii_case(key) && behind.trim_start().starts_with(':')
            })
        })
    })
}

/// What stands between the bars; a bar in a `[[link|words]]` is none.
fn parts(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (bar, _) in text.match_indices('|') {
        if divides(text, bar) {
            out.push(&text[from..bar]);
            from = bar + 1;
        }
    }
    out.push(&text[from..]);
    out
}

/// Whether a bar parts what stands before it from what stands behind.
fn divides(text: &str, bar: usize) -> bool {
    !wiki::is_open(&text[..bar])
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
            _ => tail.unread.push((part.to_owned(), Why::Unreadable)),
        }
    }
    tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_goes_on_where_it_was_broken_off() {
        for (tail, next) in [
            ("| owner: Jane Roe", "| due: 2017-07-20"),
            ("| owner: Jane", "Roe"),
            ("| owner: P.", "Larkin | due: 2017-07-20"),
            ("| owner: Jane Roe | due:", "2017-07-20"),
            ("| owner: Jane Roe |", "due: 2017-07-20"),
        ] {
            assert!(goes_on(tail, next), "{tail} {next}");
        }
        assert!(goes_on("| x: [[a|b]] | owner: Jane", "Roe"));
        assert!(!goes_on("| owner: [[jane-roe|Jane", "and"));
        assert!(!goes_on("| owner: Jane Roe", "The chain is to be mended."));
        assert!(!goes_on("| owner: Jane Roe | by Friday", "and the lamps"));
        assert!(!goes_on("| owner: Jane | due: 2017-07-20", "Urgent"));
    }

    #[test]
    fn a_tail_is_read_and_a_pipe_in_prose_is_not() {
        assert_eq!(begins("a | b: c"), None);
        let text = "Brief on placements | owner: jane-roe | due: 2017-07-20 | done: soon";
        let tail = read(&text[begins(text).expect("a tail")..], Span::default());
        assert_eq!(tail.owner.map(|o| o.text).as_deref(), Some("jane-roe"));
        assert_eq!(tail.due.map(|d| d.to_string()).as_deref(), Some("2017-07-20"));
        assert_eq!(tail.unread, [("done: soon".to_owned(), Why::Unreadable)]);
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
