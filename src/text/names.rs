//! When two spellings are the same name, and how a list of names is divided.

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use super::{scan, wiki};

/// Titles that stand before a name and are no part of it.
const HONORIFICS: &[&str] = &[
    "councillor",
    "councillors",
    "cllr",
    "cllrs",
    "alderman",
    "aldermen",
    "ald",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "baron",
    "rev",
    "revd",
    "reverend",
    "hon",
    "rt",
    "the",
    "mayor",
    "commissioner",
];

/// The form in which names are compared: NFC, case folded, straight
/// apostrophes, single spaces, without honorifics before it.
pub fn key(name: &str) -> String {
    let mut folded = fold(name);
    let mut rest = folded.as_str();
    while let Some((word, after)) = rest.split_once(' ') {
        if !HONORIFICS.contains(&word.trim_end_matches('.')) {
            break;
        }
        rest = after;
    }
    folded.drain(..folded.len() - rest.len());
    folded
}

/// As [`key`], with the honorifics left in: for titles of issues and bodies.
pub fn fold(name: &str) -> String {
    if is_plain(name) {
        return name.to_ascii_lowercase();
    }
    let composed: String = match is_nfc_quick(name.chars()) {
        unicode_normalization::IsNormalized::Yes => name.to_owned(),
        _ => name.nfc().collect(),
    };
    let mut out = String::with_capacity(composed.len());
    for c in composed.chars() {
        match c {
            '\u{2019}' | '\u{2018}' | '\u{02BC}' | '`' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            // Upper case first, so that ß and SS meet.
            c => out.extend(c.to_uppercase().flat_map(char::to_lowercase)),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether folding a name can change nothing but its capitals: it is ASCII, with
/// single spaces inside and nothing that is taken for another sign.
fn is_plain(name: &str) -> bool {
    name.is_ascii() && scan::is_folded(name) && !name.contains('`')
}

/// Honorifics that stand before a name, as written: `Councillor`, `Dr`.
pub fn without_honorifics(name: &str) -> &str {
    let mut rest = name.trim();
    while let Some((word, after)) = rest.split_once(char::is_whitespace) {
        if !HONORIFICS.contains(&word.trim_end_matches('.').to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// Whether a word is a title that can stand before a surname in prose.
pub fn is_honorific(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    HONORIFICS.contains(&word.as_str()) && !["the", "rt", "hon"].contains(&word.as_str())
}

/// Divides a list of names at commas and semicolons outside brackets and at
/// the last "and" or "&". Gives the parts with their places in the text.
pub fn divide(list: &str) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let mut depth = 0usize;
    let mut from = 0;
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' if depth == 0 => {
                parts.push((from, &list[from..at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push((from, &list[from..]));
    if let Some((start, last)) = parts.pop() {
        parts.extend(split_at_and(start, last));
    }
    let trim =
        |(at, part): (usize, &'_ str)| (at + (part.len() - part.trim_start().len()), part.trim().len());
    let mut out: Vec<(usize, &str)> = Vec::with_capacity(parts.len());
    for part in parts {
        let (at, len) = trim(part);
        if len > 0 {
            out.push((at, &list[at..at + len]));
        }
    }
    out
}

/// "A and B" is two names; brackets are left alone, and what follows them.
fn split_at_and(start: usize, text: &str) -> Vec<(usize, &str)> {
    let open = text.find('(').unwrap_or(text.len());
    for word in [" and ", " & "] {
        let mut places = text[..open].rmatch_indices(word).map(|found| found.0);
        if let Some(at) = places.find(|at| !wiki::is_open(&text[..*at])) {
            return vec![
                (start, &text[..at]),
                (start + at + word.len(), &text[at + word.len()..]),
            ];
        }
    }
    let trimmed = text.trim_start();
    match trimmed.strip_prefix("and ") {
        Some(rest) => vec![(start + (text.len() - rest.len()), rest)],
        None => vec![(start, text)],
    }
}

/// A name and what stands in brackets behind it: `Jane Roe (Chair)`.
/// Unbalanced brackets make it all name.
pub fn name_and_role(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    match (text.find('('), text.rfind(')')) {
        (Some(open), Some(close)) if open < close && close == text.len() - 1 && open > 0 => {
            (text[..open].trim(), Some(text[open + 1..close].trim()))
        }
        _ => (text, None),
    }
}

/// A name at the start of an entry, and what is said of it behind: in
/// brackets, closed or not, or after an address such as `@jane`.
pub fn name_before_role(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    if let (name, Some(role)) = name_and_role(text)
        && !name.contains(['(', '[', '<'])
        && !role.contains(['(', ')'])
    {
        return (name, Some(role));
    }
    let bracket = text.find(['(', '[', '<']);
    let handle = text.find(" @").map(|at| at + 1);
    match bracket.into_iter().chain(handle).min() {
        Some(at) if at > 0 => {
            let role = text[at..].trim_start_matches(['(', '[', '<']).trim();
            (text[..at].trim_end(), Some(role).filter(|r| !r.is_empty()))
        }
        _ => (text, None),
    }
}

/// What a name is sorted by when its record does not say: the last word first.
pub fn sort_form(name: &str) -> String {
    let bare = without_honorifics(name);
    match bare.rsplit_once(' ') {
        Some((first, last)) => format!("{last}, {first}"),
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A sign that folding drops makes no name plain, and changes none.
        #[test]
        fn plain_names_fold_as_all_do(name in "[ -~\t\u{1}]{0,3}([A-Z][a-z'`-]{0,4} {0,2}){0,4}") {
            prop_assert_eq!(fold(&name), fold(&format!("{name}\u{200b}")));
        }
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("Cllr  Jane O’Neill", "jane o'neill"),
            ("Councillor Mrs Jane Roe", "JANE ROE"),
            ("Dr. José Núñez", "Jose\u{301} Nu\u{301}ñez"),
            ("Straße", "STRASSE"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_ne!(key("Jane Roe"), key("Jane Rowe"));
        assert_eq!(key("Councillor"), "councillor");
    }

    #[test]
    fn lists_divide_outside_brackets_and_at_the_last_and() {
        let names = |s| divide(s).into_iter().map(|p| p.1).collect::<Vec<_>>();
        assert_eq!(
            names("A. Roe (Chair, North), B. Doe; C. Poe and D. Low"),
            ["A. Roe (Chair, North)", "B. Doe", "C. Poe", "D. Low"]
        );
        assert_eq!(names("Jane Roe & John Doe"), ["Jane Roe", "John Doe"]);
        assert_eq!(names("one, and two"), ["one", "two"]);
        assert_eq!(names(" , ,"), [""; 0]);
        assert_eq!(divide("a, b")[1], (3, "b"));
    }

    #[test]
    fn a_role_stands_in_brackets() {
        assert_eq!(name_and_role("Jane Roe (Chair)"), ("Jane Roe", Some("Chair")));
        assert_eq!(name_and_role("Jane (Chair"), ("Jane (Chair", None));
        assert_eq!(name_and_role("(all)"), ("(all)", None));
    }

    #[test]
    fn what_stands_behind_a_name_is_no_part_of_it() {
        for text in [
            "Jane Roe",
            "Jane Roe (Chair)",
            "Jane Roe (Chair) - by phone",
            "Jane Roe (Chair",
            "Jane Roe(Chair)",
            "Jane Roe @jroe",
            "Jane Roe <jane@x.org>",
        ] {
            assert_eq!(name_before_role(text).0, "Jane Roe", "{text}");
        }
        assert_eq!(
            name_before_role("Jane Roe (Chair) - by phone").1,
            Some("Chair) - by phone")
        );
        assert_eq!(name_before_role("(all)"), ("(all)", None));
    }
}
