//! Names in lists of attendance and in votes: which words are a name, and
//! which only say how many were there.

use crate::document::agenda::AttendanceDoc;
use crate::document::front_matter::Mention;
use crate::document::prose::{EntryDoc, HrefKind, Written};
use crate::paths::Span;
use crate::report::Severity;
use crate::text::{names, wiki};

/// A name in a list under a heading.
pub struct Listed {
    pub who: Mention,
    pub role: Option<String>,
    /// Where the name stands in the section's HTML, when it can be linked there.
    pub html: Option<(u32, u32)>,
    /// The link that the author put round it.
    pub link: Option<u32>,
}

/// The names of a section, in its order.
pub fn listed(doc: &AttendanceDoc) -> Vec<Listed> {
    doc.entries
        .iter()
        .flat_map(|entry| entry_names(entry, &doc.prose))
        .collect()
}

fn entry_names(entry: &EntryDoc, prose: &Written) -> Vec<Listed> {
    // A name that the author linked says who it is by its link.
    if let Some(link) = first_link(entry, prose) {
        let whole = names::name_and_role(&entry.text).0.to_owned();
        let who = Mention {
            text: whole,
            span: prose.links[link as usize].span,
        };
        return vec![Listed {
            who,
            role: None,
            html: None,
            link: Some(link),
        }];
    }
    let Some((first, html)) = &entry.first else {
        return Vec::new();
    };
    let text = first.text.trim_end_matches(['.', ':']);
    let linked = wiki::find(text).is_some();
    let many = text.len() > 60
        || text.contains(';')
        || text.matches(',').count() > 1
        || text.contains(" and ")
        || text.contains(" & ");
    let parts = match many || linked {
        true => names::divide(text),
        false => Vec::new(),
    };
    let parts = if many || parts.iter().skip(1).any(|part| opens_with_link(part.1)) {
        whole_if_explained(text, parts)
    } else {
        vec![(0, text)]
    };
    let place = html.0 as usize..html.1 as usize;
    let whole = prose.html.get(place).unwrap_or("");
    let mut from = 0;
    let mut out = Vec::new();
    for (at, part) in parts {
        let (name, role) = name_and_what_follows(part);
        let escaped = crate::text::escape::escape(name);
        let found = whole.get(from..).and_then(|rest| rest.find(&escaped));
        let place = found.filter(|_| !linked).map(|found| {
            let start = from + found;
            from = start + escaped.len();
            (html.0 + start as u32, html.0 + (start + escaped.len()) as u32)
        });
        let start = first.span.start as usize + at + part.find(name).unwrap_or(0);
        out.push(Listed {
            who: Mention {
                text: name.to_owned(),
                span: Span::new(start, start + name.len()),
            },
            role: role.map(str::to_owned),
            html: place,
            link: None,
        });
    }
    out
}

/// Whether a `[[link]]` opens a text, titles before it apart.
fn opens_with_link(text: &str) -> bool {
    wiki::opening(names::without_honorifics(text)).is_some()
}

/// The name that opens an entry, and what is said of it.
fn name_and_what_follows(part: &str) -> (&str, Option<&str>) {
    if let Some((name, rest)) = wiki::opening(names::without_honorifics(part)) {
        let name = name.strip_prefix("person:").unwrap_or(name).trim_start();
        let role = rest.trim().trim_start_matches([',', '–', '—', '-']).trim_start();
        let role = match role.strip_prefix('(') {
            Some(role) => role.strip_suffix(')').unwrap_or(role),
            None => role,
        };
        return (name, Some(role).filter(|role| !role.is_empty()));
    }
    let (name, role) = names::name_before_role(part);
    // "Jane Roe, Leader": what follows the comma is no name.
    let mark = [",", "–", "—", " - "]
        .iter()
        .filter_map(|m| Some((name.find(m)?, m.len())))
        .min();
    match mark {
        Some((at, len)) => (name[..at].trim_end(), role.or(Some(name[at + len..].trim()))),
        None => (name, role),
    }
}

/// "Jane Roe - Chair, Parks Committee" is one person: the commas behind a dash
/// divide what is said of her.
fn whole_if_explained<'t>(text: &'t str, parts: Vec<(usize, &'t str)>) -> Vec<(usize, &'t str)> {
    let explained = |part: &(usize, &str)| [" - ", " – ", " — "].iter().any(|dash| part.1.contains(dash));
    match parts.split_first() {
        Some((first, rest)) if explained(first) && !rest.iter().any(explained) => vec![(0, text)],
        _ => parts,
    }
}

/// The link that opens an entry.
fn first_link(entry: &EntryDoc, prose: &Written) -> Option<u32> {
    let written = entry.link.filter(|&l| {
        let label = &prose.links[l as usize];
        matches!(label.kind, HrefKind::Written)
            && entry
                .first
                .as_ref()
                .is_none_or(|f| f.0.span.start > label.span.start)
    });
    written.or_else(|| {
        entry.first.as_ref()?;
        None
    })
}

/// Whether words in a list of names can be the name of a person.
pub fn can_be_name(text: &str) -> bool {
    let text = text.trim();
    let Some(first) = text.chars().next() else {
        return false;
    };
    let words = text.split_whitespace().count();
    !first.is_numeric()
        && !first.is_lowercase()
        && first.is_alphabetic()
        && text.len() <= 80
        && words <= 7
        && !text.contains([
            '/', '|', ':', '?', '!', '<', '>', '@', '[', ']', '(', ')', '*', '=',
        ])
        && !NOBODY.contains(&names::fold(text.trim_end_matches('.')).as_str())
}

/// Words in a list of names that were probably meant for one, and cannot be:
/// how sure that is. "3 members of the public" and "None" are no names.
pub fn puzzles(text: &str) -> Option<Severity> {
    let text = text.trim();
    let first = text.chars().next()?;
    let nobody = NOBODY.contains(&names::fold(text.trim_end_matches('.')).as_str());
    if first.is_numeric() || nobody || can_be_name(text) {
        return None;
    }
    if first.is_lowercase() {
        return Some(Severity::Note);
    }
    Some(Severity::Warning)
}

/// Words in lists of names that are nobody.
const NOBODY: &[&str] = &[
    "none",
    "nil",
    "n/a",
    "all",
    "everyone",
    "everybody",
    "nobody",
    "no one",
    "unanimous",
    "unanimously",
    "majority",
    "carried",
    "tbc",
    "tbd",
    "vacant",
    "vacancy",
];

/// A line of a vote: a number, and the names in brackets or alone.
pub struct Tally {
    pub count: Option<u32>,
    /// What may be names, with their places in the text.
    pub names: Vec<(usize, String)>,
    /// No dots stand for more.
    pub whole: bool,
}

pub fn tally(text: &str) -> Tally {
    let open = text.find('(');
    let (count, lead) = number(text);
    let mut tally = Tally {
        count,
        names: Vec::new(),
        whole: true,
    };
    if count.is_none() && is_none(&text[..open.unwrap_or(text.len())]) {
        tally.count = Some(0);
        return tally;
    }
    let list = match (open, text.rfind(')')) {
        (Some(open), Some(close)) if open < close => Some((open + 1, &text[open + 1..close])),
        _ if count.is_none() => Some((lead, &text[lead..])),
        _ => None,
    };
    for (at, part) in list.map_or_else(Vec::new, |list| shifted(names::divide(list.1), list.0)) {
        if part.chars().all(|c| c == '…' || c == '.') {
            tally.whole = false;
        } else if !(count.is_some() && is_number(part)) {
            tally.names.push((at, part.to_owned()));
        }
    }
    tally
}

fn shifted(parts: Vec<(usize, &str)>, by: usize) -> Vec<(usize, &str)> {
    parts.into_iter().map(|(at, part)| (at + by, part)).collect()
}

/// The number that opens a line, in digits or in words, and where it ends.
fn number(text: &str) -> (Option<u32>, usize) {
    let lead = text.len() - text.trim_start().len();
    let rest = &text[lead..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return (rest[..digits].parse().ok(), lead + digits);
    }
    let end = rest
        .find(|c: char| !c.is_alphabetic() && c != '-')
        .unwrap_or(rest.len());
    // "Ten Eyck" is a name.
    let name = rest[end..].trim_start().starts_with(char::is_uppercase);
    match in_words(&rest[..end]).filter(|_| !name) {
        Some(number) => (Some(number), lead + end),
        None => (None, lead),
    }
}

/// Whether words behind a number only say a number again: `3 (three)`.
fn is_number(part: &str) -> bool {
    let (number, end) = number(part);
    number.is_some() && part[end..].trim().is_empty()
}

/// `three`, `Twenty-one`
fn in_words(word: &str) -> Option<u32> {
    const ONES: &[&str] = &[
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &[
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let word = word.to_lowercase();
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word);
    if let Some(at) = place(ONES, &word) {
        return Some(at as u32 + 1);
    }
    let (ten, one) = word.split_once('-').unwrap_or((&word, ""));
    let tens = (place(TENS, ten)? as u32 + 2) * 10;
    match one {
        "" => Some(tens).filter(|_| !word.ends_with('-')),
        one => place(&ONES[..9], one).map(|at| tens + at as u32 + 1),
    }
}

/// Whether a line of a vote says that there was none.
fn is_none(text: &str) -> bool {
    const NONE: &[&str] = &[
        "none", "nil", "zero", "nought", "n/a", "no one", "no-one", "nobody", "no", "-", "–", "—",
    ];
    NONE.contains(&names::fold(text.trim_end_matches(['.', ' '])).as_str())
}

/// Whether words in a line of a vote may be somebody who voted.
pub fn can_be_voter(text: &str) -> bool {
    can_be_name(text) || (text.contains('-') && !text.contains(' '))
}

/// Whether words behind a number are a remark on it: `7 (unanimous)`.
pub fn is_remark(text: &str) -> bool {
    NOBODY.contains(&names::fold(text.trim_end_matches('.')).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_names() {
        for name in ["Jane Roe", "Adam", "Cllr O’Neill", "Élodie"] {
            assert!(can_be_name(name), "{name}");
        }
        for other in [
            "3 members of the public",
            "chandi",
            "None",
            "@bnb",
            "",
            "https://x.org",
            "(all)",
        ] {
            assert!(!can_be_name(other), "{other}");
        }
    }

    #[test]
    fn votes_are_counted_and_named() {
        let t = tally("12 (john-doe, Jane Roe, …)");
        assert_eq!((t.count, t.whole), (Some(12), false));
        assert_eq!(t.names, [(4, "john-doe".to_owned()), (14, "Jane Roe".to_owned())]);
        assert_eq!(tally("Jane Roe and John Doe").names.len(), 2);
        assert_eq!((tally("14").count, tally("14").names.len()), (Some(14), 0));
        for (text, count, names) in [
            ("none", Some(0), 0),
            ("None.", Some(0), 0),
            ("No one", Some(0), 0),
            ("n/a", Some(0), 0),
            ("–", Some(0), 0),
            ("None (Jane Roe had left)", Some(0), 0),
            ("three", Some(3), 0),
            ("Three members", Some(3), 0),
            ("Twenty-one", Some(21), 0),
            ("three (Jane Roe, John Doe, …)", Some(3), 2),
            ("3 (three)", Some(3), 0),
            ("3 (Jane Roe and two others)", Some(3), 2),
            ("Ten Eyck", None, 1),
            ("twenty-", None, 1),
            ("Tenant, A.", None, 2),
            ("", None, 0),
        ] {
            let read = tally(text);
            assert_eq!((read.count, read.names.len()), (count, names), "{text}");
        }
    }
}
