//! Names in lists of attendance and in votes: which words are a name, and
//! which only say how many were there.

use std::borrow::Cow;
use std::ops::Range;

use super::line::{self, Line};
use super::sentence;
use crate::document::agenda::AttendanceDoc;
use crate::document::front_matter::Mention;
use crate::document::meeting::AttendeeDoc;
use crate::document::prose::{EntryDoc, HrefKind};
use crate::model::Presence;
use crate::paths::Span;
use crate::report::Severity;
use crate::text::blank::blank;
use crate::text::{names, nothing, roles, wiki};

/// A name in a list under a heading.
pub struct Listed {
    pub who: Mention,
    pub role: Option<String>,
    /// The role stands behind a comma or a dash, and looks like another name.
    pub doubtful: bool,
    /// Where the name stands in the section's HTML, when it can be linked there.
    pub html: Option<(u32, u32)>,
    /// The link that the author put round it, if it leads to an address: that
    /// may say who it is.
    pub link: Option<u32>,
}

/// An entry of the front matter with what stands in brackets behind its name
/// taken apart, as below a heading: `Jane Roe (Chair)`, `Ines Okafor (illness)`.
/// `known`: whether somebody is called so, brackets and all.
pub fn apart(mut doc: AttendeeDoc, known: impl Fn(&str) -> bool) -> AttendeeDoc {
    let text = doc.who.text.as_str();
    if !text.ends_with(')') {
        return doc;
    }
    let (name, behind) = match wiki::opening(text) {
        Some(link) => link,
        None => text.split_at(names::before_role(text).len()),
    };
    let behind = behind.trim();
    let plain = doc.role.is_none() && doc.reason.is_none() && !name.is_empty() && !name.contains([',', ';']);
    if !plain || !behind.starts_with('(') || known(text) {
        return doc;
    }
    let said = names::said_behind(behind);
    let away = matches!(doc.presence, Presence::Apologies | Presence::Absent);
    doc.chair |= !away && said.as_deref().is_some_and(roles::is_chair);
    doc.who.text = name.to_owned();
    match away && !said.as_deref().is_some_and(roles::is_role) {
        true => doc.reason = said,
        false => doc.role = said,
    }
    doc
}

/// The names of a section, in its order. `known`: whether somebody is called so;
/// then the name stands for itself behind a comma too.
pub fn listed(doc: &AttendanceDoc, known: impl Fn(&str) -> bool) -> Vec<Listed> {
    let mut out = Vec::with_capacity(doc.entries.len());
    for entry in &doc.entries {
        let mut seen = Seen::default();
        for line in line::lines(entry, &doc.prose) {
            names_in(&line, entry, doc, &known, &mut seen, &mut out);
        }
    }
    out
}

/// How far the HTML of an entry has been looked through for names.
#[derive(Default)]
struct Seen {
    /// Where the next name is looked for; no tag is open there.
    from: usize,
    /// How many names were not found.
    missed: usize,
}

/// When so many names of an entry were not found in its HTML, no more are looked
/// for: they are counted all the same, and stand there without a link.
const MOST_MISSED: usize = 200;

impl Seen {
    /// Where a name stands in the HTML, as text.
    fn find(&mut self, whole: &str, name: &str) -> Option<(usize, usize)> {
        let rest = whole.get(self.from..).filter(|_| self.missed < MOST_MISSED)?;
        let found = rest.find(name);
        let before = found.map(|found| &rest[..found]);
        let Some(before) = before.filter(|before| before.rfind('<') <= before.rfind('>')) else {
            self.missed += 1;
            return None;
        };
        let start = self.from + before.len();
        self.from = start + name.len();
        Some((start, self.from))
    }
}

/// The names of a line. What they are said to be follows them.
fn names_in(
    line: &Line,
    entry: &EntryDoc,
    doc: &AttendanceDoc,
    known: &dyn Fn(&str) -> bool,
    seen: &mut Seen,
    out: &mut Vec<Listed>,
) {
    let prose = &doc.prose;
    let words = without_links(line);
    let linked = line.links.last().map_or(0, |link| link.0.end);
    let text = &words[..words.trim_end_matches(['.', ':']).len().max(linked)];
    let away = matches!(doc.presence, Presence::Apologies | Presence::Absent);
    // "Apologies from Jane Roe" does not make her present.
    let behind = sentence::names_behind(text).filter(|at| away || !sentence::speaks_of_away(&text[..*at]));
    let many = behind.is_some()
        || text.len() > 60
        || text.contains(';')
        || text.matches(',').count() > 1
        || text.contains(" and ")
        || text.contains(" & ");
    let parts = match many || !line.links.is_empty() || text.contains(',') {
        true => divide(text, behind.unwrap_or(0)),
        false => Vec::new(),
    };
    let opens = |part: &(usize, &str)| link_of(line, part.0..part.0 + part.1.len()).is_some();
    let may_be_name = |part: &(usize, &str)| opens(part) || can_be_name(names::before_role(part.1));
    let parts = if behind.is_some() && !parts.iter().any(may_be_name) {
        vec![(0, text)]
    } else if many
        || parts
            .iter()
            .skip(1)
            .any(|part| opens(part) || is_known(part.1, known))
    {
        with_roles(text, whole_if_explained(text, parts))
    } else {
        vec![(0, text)]
    };
    let whole = &prose.html[line.html.0 as usize..line.html.1 as usize];
    for (at, part) in parts {
        let range = at..at + part.len();
        if let Some((place, link)) = link_of(line, range.clone()) {
            let href = &prose.links[*link as usize];
            if matches!(href.kind, HrefKind::Wiki { .. }) && blank(&href.dest).is_some() {
                continue;
            }
            let written = names::before_role(&line.text[place.clone()]);
            let behind = line.text[place.start..range.end]
                .trim_start()
                .get(written.len()..);
            let name = match href.kind {
                HrefKind::Wiki { .. } => href.dest.strip_prefix("person:").unwrap_or(&href.dest).trim(),
                _ => written,
            };
            out.push(Listed {
                who: Mention {
                    text: name.to_owned(),
                    span: href.span,
                },
                role: behind.and_then(names::said_behind),
                doubtful: false,
                html: None,
                link: (href.kind == HrefKind::Written).then_some(*link),
            });
            continue;
        }
        let part = &line.text[range];
        let name = name_of(part);
        let behind = part.get(name.len()..).unwrap_or("").trim_start();
        let role = names::said_behind(behind);
        let doubtful =
            !behind.starts_with(['(', '[', '<', '@']) && role.as_deref().is_some_and(roles::looks_like_name);
        let place = seen.find(whole, &crate::text::escape::escape(name));
        let place = place.map(|(from, to)| (line.html.0 + from as u32, line.html.0 + to as u32));
        out.push(Listed {
            who: Mention {
                text: name.to_owned(),
                span: span_of(entry, name, at),
            },
            role,
            doubtful,
            html: place,
            link: None,
        });
    }
}

/// The words of a line with those of its links blotted out: nothing in them
/// divides the line.
fn without_links<'l>(line: &'l Line) -> Cow<'l, str> {
    if line.links.is_empty() {
        return Cow::Borrowed(&line.text);
    }
    let mut text = String::with_capacity(line.text.len());
    let mut from = 0;
    for (place, _) in &line.links {
        text.push_str(&line.text[from..place.start]);
        text.extend(std::iter::repeat_n('x', place.len()));
        from = place.end;
    }
    text.push_str(&line.text[from..]);
    Cow::Owned(text)
}

/// The link that opens a part of a line, titles before it apart.
fn link_of<'l>(line: &'l Line, part: Range<usize>) -> Option<&'l (Range<usize>, u32)> {
    let from = line.links.partition_point(|(place, _)| place.start < part.start);
    let mut links = line.links[from..]
        .iter()
        .take_while(|(place, _)| place.end <= part.end);
    links.find(|(place, _)| {
        line.text[part.start..place.start]
            .split_whitespace()
            .all(names::is_honorific)
    })
}

/// Where a name stands in the file, or its entry, when that is not known.
fn span_of(entry: &EntryDoc, name: &str, at: usize) -> Span {
    match &entry.first {
        Some((first, _)) if first.text.get(at..).is_some_and(|text| text.starts_with(name)) => {
            let start = first.span.start as usize + at;
            Span::new(start, start + name.len())
        }
        _ => entry.span,
    }
}

/// The name that opens a part. What is said of it follows.
fn name_of(part: &str) -> &str {
    let name = names::before_role(part);
    // "Jane Roe, Leader": what follows the comma is no name.
    match [",", "–", "—", " - "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
    {
        Some(at) if sentence::is_sentence(&name[..at]) => part,
        Some(at) => name[..at].trim_end(),
        None => name,
    }
}

/// The names of a text from a place on. Here every "and" parts two.
fn divide(text: &str, from: usize) -> Vec<(usize, &str)> {
    shifted(names::divide_at_every_and(&text[from..]), from)
}

/// Whether words behind a comma are somebody, and not what somebody is.
fn is_known(text: &str, known: &dyn Fn(&str) -> bool) -> bool {
    let name = names::before_role(text);
    !roles::is_role(name) && known(name)
}

/// "Jane Roe, Leader and Portfolio Holder, John Doe" is two people: a role
/// behind a comma belongs to the name before it.
fn with_roles<'t>(text: &'t str, parts: Vec<(usize, &'t str)>) -> Vec<(usize, &'t str)> {
    let mut out: Vec<(usize, &str)> = Vec::with_capacity(parts.len());
    for (at, part) in parts {
        match out.last_mut() {
            Some((from, last))
                if text[*from..at].contains(',')
                    && (roles::is_role(names::before_role(part)) || roles::is_remark(part)) =>
            {
                *last = &text[*from..at + part.len()];
            }
            _ => out.push((at, part)),
        }
    }
    out
}

/// "Jane Roe - Chair, Parks Committee" is one person: the commas behind a dash
/// divide what is said of her. A sentence is one entry, whatever divides it.
fn whole_if_explained<'t>(text: &'t str, parts: Vec<(usize, &'t str)>) -> Vec<(usize, &'t str)> {
    if parts.len() > 1 && sentence::is_sentence(parts[0].1) {
        return vec![(0, text)];
    }
    let explained = |part: &(usize, &str)| [" - ", " – ", " — "].iter().any(|dash| part.1.contains(dash));
    match parts.split_first() {
        Some((first, rest)) if explained(first) && !rest.iter().any(explained) => vec![(0, text)],
        _ => parts,
    }
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
        && !is_nobody(text)
        && !sentence::is_sentence(text)
        && !roles::is_bare_role(text)
        && !is_several(text)
}

/// Two names, or a name and what is said of it.
fn is_several(text: &str) -> bool {
    let behind = text.split_once(',').map(|parts| parts.1);
    behind.is_some_and(|behind| !roles::is_behind_name(behind))
        || [";", " - ", " – ", " — ", " and ", " & "]
            .iter()
            .any(|mark| text.contains(mark))
}

/// Words in a list of names that were probably meant for one, and cannot be:
/// how sure that is. "3 members of the public" and "None" are no names, and "All
/// present" is none among those who were away.
pub fn puzzles(text: &str, presence: Presence) -> Option<Severity> {
    let text = text.trim();
    let first = text.chars().next()?;
    let nobody = is_nobody(text) || sentence::says_nobody(text, !presence.attended());
    if first.is_numeric() || nobody || can_be_name(text) {
        return None;
    }
    if first.is_lowercase() {
        return Some(Severity::Note);
    }
    Some(Severity::Warning)
}

/// Whether the words are nobody, as they may stand in a list of names.
fn is_nobody(text: &str) -> bool {
    nothing::is_nothing(text)
        || nothing::is_open(text)
        || NOBODY.contains(&names::fold(text.trim_end_matches('.')).as_str())
}

/// Words in lists of names that are nobody, beside those for nothing at all.
const NOBODY: &[&str] = &[
    "all",
    "everyone",
    "everybody",
    "unanimous",
    "unanimously",
    "majority",
    "carried",
    "vacant",
    "vacancy",
];

/// Who moved or seconded, with the places in the text: each of several, where
/// every one of them plainly is a name; else the whole.
pub fn movers(text: &str) -> Vec<(usize, String)> {
    let is_one = |part: &(usize, &str)| {
        let who = wiki::meant(part.1);
        who != part.1 || roles::looks_like_name(who) || (who.contains('-') && !who.contains(' '))
    };
    let parts = names::divide(text);
    match parts.len() > 1 && parts.iter().all(is_one) {
        true => parts
            .into_iter()
            .map(|(at, part)| (at, part.to_owned()))
            .collect(),
        false => vec![(0, text.to_owned())],
    }
}

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
    nothing::is_nothing(text)
        || ["zero", "nought"].contains(&names::fold(text.trim_end_matches(['.', ' '])).as_str())
}

/// Whether words in a line of a vote may be somebody who voted.
pub fn can_be_voter(text: &str) -> bool {
    can_be_name(text) || (text.contains('-') && !text.contains(' '))
}

/// Whether words behind a number are a remark on it: `7 (unanimous)`.
pub fn is_remark(text: &str) -> bool {
    is_nobody(text)
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
    fn several_movers_are_divided() {
        for (text, expected) in [
            ("Jane Roe, John Doe", 2),
            ("jane-roe and John Doe", 2),
            ("[[jane-roe]], [[John Doe|John]]", 2),
            ("Jane Roe, Harbour Ward", 1),
            ("Roe, Jane", 1),
            ("Jane Roe, seconded by John Doe", 1),
            ("the Chair", 1),
        ] {
            assert_eq!(movers(text).len(), expected, "{text}");
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
