//! What may stand behind an entry: `| owner: jane-roe | due: 2017-07-20`.

use jiff::civil::Date;

use super::front_matter::Mention;
use crate::paths::Span;
use crate::text::{dates, nearest, roles, wiki};

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
    bars(text).find(|bar| has_key(bar.1)).map(|bar| bar.0)
}

/// The same, or at one that was meant to begin a tail, and is not written so
/// that it can be read: `| onwer: Ann`, `| deadline: 2024-05-31`. A bar in prose
/// is none of these.
pub fn may_begin(text: &str) -> Option<usize> {
    let mut open = false;
    let mut from = 0;
    let mut name = None;
    for (at, part) in bars(text) {
        let before = &text[from..at];
        let bracket = |mark: &str| before.rfind(mark);
        open = match (bracket("[["), bracket("]]")) {
            (None, None) => open,
            (opened, closed) => opened > closed,
        };
        from = at;
        if has_key(part) {
            return name.or(Some(at));
        }
        if !open && key_meant(part).is_some() {
            return name.or(Some(at));
        }
        // "| Ann Lee | 2024-05-31"
        name = Some(at).filter(|_| !open && roles::looks_like_name(part));
    }
    None
}

/// The bars of a text, each with what stands behind it up to the next.
fn bars(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr::memchr_iter(b'|', text.as_bytes()).map(|at| {
        let rest = &text[at + 1..];
        let end = memchr::memchr(b'|', rest.as_bytes()).unwrap_or(rest.len());
        (at, rest[..end].trim())
    })
}

fn has_key(part: &str) -> bool {
    let key = part.split_once(':').map(|(key, _)| key.trim());
    key.is_some_and(|key| KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)))
}

/// Other words that stand for a key.
#[rustfmt::skip]
const WORDS: &[(&str, &str)] = &[
    ("who", "owner"), ("by whom", "owner"), ("responsible", "owner"), ("responsibility", "owner"),
    ("assigned", "owner"), ("assigned to", "owner"), ("assignee", "owner"), ("action by", "owner"),
    ("lead", "owner"), ("lead officer", "owner"), ("officer", "owner"),
    ("deadline", "due"), ("due by", "due"), ("due date", "due"), ("by", "due"), ("by when", "due"),
    ("when", "due"), ("date", "due"), ("target", "due"), ("target date", "due"),
    ("completed", "done"), ("complete", "done"), ("finished", "done"), ("done on", "done"),
];

/// What was probably meant by a part that cannot be read, as it is to be written.
pub fn meant(part: &str) -> Option<String> {
    let name = || roles::looks_like_name(part).then_some((KEYS[0], part));
    let (key, value) = key_meant(part).or_else(name)?;
    if key != KEYS[0] {
        return Some(format!("{key}: {}", day(value)?));
    }
    Some(match second_key(value) {
        Some(at) => {
            let (name, rest) = value.split_at(at);
            format!("{key}: {} | {rest}", name.trim_end_matches([',', ';', ' ']))
        }
        None if value.is_empty() => return None,
        None => format!("{key}: {value}"),
    })
}

/// The key that a part was meant to have, and its value: "onwer: Ann", "owner
/// Ann", "2024-05-31".
fn key_meant(part: &str) -> Option<(&'static str, &str)> {
    // Longer than any name and day.
    if part.is_empty() || part.len() > 100 {
        return None;
    }
    if let Some((key, value)) = part.split_once(':') {
        let key = key.trim().to_lowercase();
        let word = WORDS.iter().find(|word| word.0 == key).map(|word| word.1);
        return Some((word.or_else(|| nearest::nearest(&key, KEYS))?, value.trim()));
    }
    let (first, value) = part.split_once(' ').unwrap_or((part, ""));
    let Some(key) = KEYS.iter().find(|key| key.eq_ignore_ascii_case(first)) else {
        return (part.len() <= 30 && day(part).is_some()).then_some((KEYS[1], part));
    };
    let says = match *key == KEYS[0] {
        true => value.starts_with(|c: char| c.is_uppercase() || c == '['),
        false => day(value).is_some(),
    };
    says.then_some((*key, value.trim()))
}

fn day(text: &str) -> Option<Date> {
    let in_words = || dates::in_words(text).first().map(|found| found.date);
    dates::iso(text).ok().or_else(in_words)
}

/// Where another key stands in the value of an owner: "Ann, due: 2024-05-31".
fn second_key(value: &str) -> Option<usize> {
    value.match_indices(':').find_map(|(colon, _)| {
        let word = value[..colon].trim_end();
        // No key is longer.
        let near = word.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
        let at = word[near..]
            .rfind([' ', ',', ';'])
            .map_or(near, |at| near + at + 1);
        has_key(&value[at..]).then_some(at)
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
    let second = |tail: &mut Tail, part: &str| tail.unread.push((part.to_owned(), Why::Second));
    for part in parts(text).into_iter().map(str::trim).filter(|p| !p.is_empty()) {
        let (key, value) = part
            .split_once(':')
            .map_or((part, ""), |(k, v)| (k.trim(), v.trim()));
        let date = || dates::iso(value).ok();
        match key.to_lowercase().as_str() {
            "owner" if tail.owner.is_some() && !value.is_empty() => second(&mut tail, part),
            "due" if tail.due.is_some() && date().is_some() => second(&mut tail, part),
            "done" if tail.done.is_some() && date().is_some() => second(&mut tail, part),
            "owner" if !value.is_empty() && second_key(value).is_none() => {
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
    fn what_was_meant_for_a_tail_is_known() {
        for (text, expected) in [
            ("Ring | onwer: Ann", "owner: Ann"),
            ("Ring | owner Ann Lee", "owner: Ann Lee"),
            ("Ring | who: Bob", "owner: Bob"),
            ("Ring | Responsible: Ann", "owner: Ann"),
            ("Ring | deadline: 2024-05-05", "due: 2024-05-05"),
            ("Ring | by: 5 May 2024", "due: 2024-05-05"),
            ("Ring | due 2024-05-05", "due: 2024-05-05"),
            ("Ring | 2024-05-05", "due: 2024-05-05"),
            (
                "Ring | owner: Ann, due: 2024-05-05",
                "owner: Ann | due: 2024-05-05",
            ),
        ] {
            let at = may_begin(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(meant(text[at + 1..].trim()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(may_begin("Ring | Ann Lee | 2024-05-05"), Some(5));
        assert_eq!(meant("Ann Lee").as_deref(), Some("owner: Ann Lee"));
        assert_eq!(meant("by: Friday"), None);
        let tail = read("| owner: Ann, due: 2024-05-05", Span::default());
        assert!(tail.owner.is_none() && tail.unread.len() == 1);
    }

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
        for prose in [
            "To print the form \"name | address\".",
            "To rename it Mill Lane | Weir Lane",
            "The sum | 2024: £3",
            "As in [[parks/2024-03-12#4|5 May 2024]]",
            "a | b: c | d",
            "The owner | due process",
        ] {
            assert_eq!(may_begin(prose), None, "{prose}");
        }
        let text = "Brief on placements | owner: jane-roe | due: 2017-07-20 | done: soon";
        let tail = read(&text[begins(text).expect("a tail")..], Span::default());
        assert_eq!(tail.owner.map(|o| o.text).as_deref(), Some("jane-roe"));
        assert_eq!(tail.due.map(|d| d.to_string()).as_deref(), Some("2017-07-20"));
        assert_eq!(tail.unread, [("done: soon".to_owned(), Why::Unreadable)]);
        let twice = read(
            "| owner: Ann | owner: Bob | due: 2017-07-20 | due: 2017-07-21",
            Span::default(),
        );
        assert_eq!(twice.owner.map(|o| o.text).as_deref(), Some("Ann"));
        assert_eq!(twice.unread.len(), 2);
        assert!(twice.unread.iter().all(|part| part.1 == Why::Second));
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
