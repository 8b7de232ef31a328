//! When two spellings are the same name, and how a list of names is divided.

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use super::{scan, wiki};

/// Titles that stand before a name and are no part of it.
pub const HONORIFICS: &[&str] = &[
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
    let mut parts = at_commas(list);
    if let Some((start, last)) = parts.pop() {
        parts.extend(split_at_and(start, last));
    }
    trimmed(list, parts)
}

/// As [`divide`], and at every "and" or "&" of each part.
pub fn divide_at_every_and(list: &str) -> Vec<(usize, &str)> {
    let mut parts = at_commas(list);
    let last = parts.pop();
    let mut out = Vec::with_capacity(parts.len() + 1);
    for (start, part) in parts {
        split_at_every_and(start, part, &mut out);
    }
    if let Some((start, last)) = last {
        // "one, and two": what is before the first is no part of a name.
        let lead = last.len() - without_and(last).len();
        split_at_every_and(start + lead, &last[lead..], &mut out);
    }
    trimmed(list, out)
}

/// The parts of a list between the commas and semicolons outside brackets.
fn at_commas(list: &str) -> Vec<(usize, &str)> {
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
    parts
}

/// The parts without the blanks round them, and none that is empty.
fn trimmed<'l>(list: &'l str, parts: Vec<(usize, &str)>) -> Vec<(usize, &'l str)> {
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
    let rest = without_and(text);
    vec![(start + (text.len() - rest.len()), rest)]
}

/// Behind a comma the "and" before the last name is left over.
fn without_and(text: &str) -> &str {
    text.trim_start().strip_prefix("and ").unwrap_or(text)
}

/// The same at every such word.
fn split_at_every_and<'t>(start: usize, text: &'t str, out: &mut Vec<(usize, &'t str)>) {
    let open = text.find('(').unwrap_or(text.len());
    let places = |word: &'static str| {
        text[..open]
            .match_indices(word)
            .filter_map(move |(at, word)| (!wiki::is_open(&text[..at])).then_some((at, at + word.len())))
    };
    let mut places: Vec<(usize, usize)> = places(" and ").chain(places(" & ")).collect();
    places.sort_unstable();
    let mut from = 0;
    for (at, end) in places {
        // The blank behind one may be that before the next.
        if at >= from {
            out.push((start + from, &text[from..at]));
            from = end;
        }
    }
    out.push((start + from, &text[from..]));
}

/// Where the name that opens an entry ends: before a bracket, closed or not, or
/// an address such as `@jane`. What is said of it follows ([`said_behind`]).
pub fn before_role(text: &str) -> &str {
    let text = text.trim();
    let bracket = text.find(['(', '[', '<']);
    let handle = text.find(" @").map(|at| at + 1);
    match bracket.into_iter().chain(handle).min() {
        Some(at) if at > 0 => text[..at].trim_end(),
        _ => text,
    }
}

/// What is said behind a name, in the order of the words, without the brackets,
/// dashes and commas that only divide it: `(Chair) - by telephone` → `Chair, by
/// telephone`. A bracket may be left open; brackets inside others stay.
pub fn said_behind(rest: &str) -> Option<String> {
    let mut said = String::new();
    let mut piece = |words: &str| {
        let divides = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—');
        let words = words.trim_start_matches(divides).trim_end();
        let words = words
            .trim_end_matches([',', ';'])
            .trim_end_matches([' ', '-', '–', '—']);
        if !words.is_empty() {
            if !said.is_empty() {
                said.push_str(", ");
            }
            said.push_str(words);
        }
    };
    let mut depth = 0usize;
    let mut from = 0;
    for (at, sign) in rest.match_indices(['(', '[', '<', ')', ']', '>']) {
        let opens = matches!(sign, "(" | "[" | "<");
        if depth == usize::from(!opens) {
            piece(&rest[from..at]);
            from = at + 1;
        }
        depth = if opens { depth + 1 } else { depth.saturating_sub(1) };
    }
    piece(&rest[from..]);
    Some(said).filter(|said| !said.is_empty())
}

/// Small words that stand inside names.
pub fn is_particle(word: &str) -> bool {
    [
        "de", "den", "der", "van", "von", "la", "le", "du", "di", "da", "dos", "del", "bin", "ap", "y",
    ]
    .contains(&word)
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

    /// As [`divide_at_every_and`], over and over.
    fn over_and_over(list: &str) -> Vec<&str> {
        let parts = divide(list);
        let alone = parts.len() == 1;
        let parts = parts.into_iter().flat_map(|(_, part)| {
            match !alone && (part.contains(" and ") || part.contains(" & ")) {
                true => over_and_over(part),
                false => vec![part],
            }
        });
        parts.collect()
    }

    proptest! {
        #[test]
        fn what_is_divided_at_every_and_cannot_be_divided_again(
            list in "(A|B \\(x and y, z\\)|\\[\\[C & D\\]\\])(( and | & |, |; )(A|B \\(x and y, z\\)|\\[\\[C & D\\]\\]|\\(E)){0,6}(, and F)?"
        ) {
            let parts: Vec<&str> = divide_at_every_and(&list).into_iter().map(|p| p.1).collect();
            prop_assert_eq!(parts, over_and_over(&list));
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
    fn lists_divide_at_every_and_where_that_is_asked() {
        let names = |s| {
            divide_at_every_and(s)
                .into_iter()
                .map(|p| p.1)
                .collect::<Vec<_>>()
        };
        for (list, parts) in [
            (
                "A. Roe and B. Doe and C. Poe",
                &["A. Roe", "B. Doe", "C. Poe"][..],
            ),
            ("A & B and C & D, E", &["A", "B", "C", "D", "E"]),
            (
                "A and B, C and D (x and y), and E",
                &["A", "B", "C", "D (x and y)", "E"],
            ),
            ("[[A and B]] and C", &["[[A and B]]", "C"]),
            ("A (x and y, z)", &["A (x and y, z)"]),
            ("and A, B and and C", &["and A", "B", "and C"]),
            ("A, and B, C", &["A", "B", "C"]),
            ("A and ", &["A"]),
            (" , and ", &[]),
        ] {
            assert_eq!(names(list), parts, "{list}");
        }
        assert_eq!(divide_at_every_and("a and b, c")[1], (6, "b"));
        let many = ["A"; 50_000].join(" & ");
        assert_eq!(names(&many).len(), 50_000);
    }

    #[test]
    fn what_stands_behind_a_name_is_no_part_of_it() {
        for (text, said) in [
            ("Jane Roe", None),
            ("Jane Roe (Chair)", Some("Chair")),
            ("Jane Roe (Chair) - by phone", Some("Chair, by phone")),
            (
                "Jane Roe (Vice-Chair, Mill Ward), late",
                Some("Vice-Chair, Mill Ward, late"),
            ),
            ("Jane Roe (JR) (@jroe)", Some("JR, @jroe")),
            ("Jane Roe @jroe (Chair)", Some("@jroe, Chair")),
            (
                "Jane Roe (@jroe) – Clerk (acting) -",
                Some("@jroe, Clerk, acting"),
            ),
            (
                "Jane Roe (Clerk (acting)), on foot",
                Some("Clerk (acting), on foot"),
            ),
            ("Jane Roe (JR) ()", Some("JR")),
            ("Jane Roe (Chair", Some("Chair")),
            ("Jane Roe(Chair)", Some("Chair")),
            ("Jane Roe @jroe", Some("@jroe")),
            ("Jane Roe <jane@x.org>", Some("jane@x.org")),
            ("Jane Roe [absent] ) from 7", Some("absent, ) from 7")),
        ] {
            let name = before_role(text);
            assert_eq!(name, "Jane Roe", "{text}");
            assert_eq!(said_behind(&text[name.len()..]).as_deref(), said, "{text}");
        }
        assert_eq!(before_role("(all)"), "(all)");
    }
}
