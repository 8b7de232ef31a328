//! What must not be published, recognised from every spelling a clerk may use.
//!
//! This fails closed: a line that begins with one of the words withholds its
//! item whatever follows; what follows only says why, and when that cannot be
//! read it is an error. (Local Government Act 1972, s100A–I and Schedule 12A.)

use unicode_normalization::UnicodeNormalization;

use crate::model::Exemption;
use crate::text::nearest;

const WORDS: &[&str] = &["exemption", "exempt", "confidential", "part ii"];

/// Whether one of the words may stand in a text, in any case: looked for by
/// letters of them that are rare.
fn hints(text: &str) -> bool {
    let bytes = text.as_bytes();
    let around = |at: usize, before: usize, word: &str| {
        let from = at.checked_sub(before);
        from.and_then(|from| bytes.get(from..from + word.len()))
            .is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
    };
    memchr::memchr2_iter(b'x', b'X', bytes).any(|at| around(at, 1, "exempt"))
        || memchr::memchr2_iter(b'f', b'F', bytes).any(|at| around(at, 3, "confidential"))
        // Between the words of "Part II" may stand any space, and no letter.
        || memchr::memchr2_iter(b'p', b'P', bytes).any(|at| {
            around(at, 0, "part") && !bytes.get(at + 4).is_some_and(u8::is_ascii_alphabetic)
        })
}

/// Whether a text is worth a closer look: one of the words stands in it, or a
/// tag or a character that could hide inside one, or stand for a letter of it.
fn may_say(text: &str) -> bool {
    let odd = |c: char| {
        matches!(c, '\u{aa}' | '\u{ad}' | '\u{ba}' | '\u{1d00}'..='\u{1dbf}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{209f}' | '\u{2100}'..='\u{218f}' | '\u{2460}'..='\u{24ff}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}'
            | '\u{ff00}'..='\u{ffef}' | '\u{1d400}'..='\u{1d7ff}' | '\u{1f100}'..='\u{1f1ff}')
    };
    hints(text) || text.contains('<') || (!text.is_ascii() && text.contains(odd))
}

/// Whether a line may begin with one of the words. Only a line that opens in
/// plain ASCII is known not to: behind the marks that may stand before a word,
/// its letters are others. Whatever else it opens with gets the closer look.
fn may_open(line: &str) -> bool {
    // What begins a tag or an entity, or is not ASCII.
    let odd = |b: u8| matches!(b, b'<' | b'&') || !b.is_ascii();
    let mut rest = line.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let word: &[u8] = match first {
            b'e' | b'E' => b"exempt",
            b'c' | b'C' => b"confidential",
            b'p' | b'P' => b"part",
            b'a'..=b'z' | b'A'..=b'Z' => return false,
            // The number of an entry, `3.` or `3)`.
            b'0'..=b'9' => {
                let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
                match rest.get(digits) {
                    Some(b'.' | b')') => rest = &rest[digits + 1..],
                    other => return other.is_some_and(|b| odd(*b)),
                }
                continue;
            }
            _ if odd(first) => return true,
            _ => {
                rest = behind;
                continue;
            }
        };
        let other = rest
            .iter()
            .zip(word)
            .find(|(b, letter)| !b.eq_ignore_ascii_case(letter));
        return other.map_or(rest.len() >= word.len(), |(b, _)| odd(*b));
    }
    false
}

/// What a line says about exemption.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    Exempt(Exemption),
    /// Exempt, for a reason that could not be read.
    Unreadable,
}

/// Whether a line begins with one of the words, and what it says.
pub fn line(line: &str) -> Option<Said> {
    if !may_open(line) || !may_say(line) {
        return None;
    }
    let plain = bare(line);
    let rest = WORDS.iter().find_map(|word| after_word(&plain, word))?;
    Some(reason(rest))
}

/// Whether a line holds the word and then a colon or a dash.
pub fn is_marked(line: &str) -> bool {
    let plain = bare(line);
    let rest = WORDS.iter().find_map(|word| after_word(&plain, word));
    rest.is_some_and(|rest| {
        rest.trim_start_matches(['*', '_', ' '])
            .starts_with([':', '-', '–', '—', '='])
    })
}

/// Whether a heading begins with one of the words; `true` when it speaks of
/// everything that follows, like "Exempt business" or "Part II".
pub fn heading(words: &str) -> Option<(Said, bool)> {
    if !may_open(words) || !may_say(words) {
        return None;
    }
    let plain = bare(words);
    let (word, rest) = WORDS
        .iter()
        .find_map(|word| after_word(&plain, word).map(|rest| (*word, rest)))?;
    let rest_words: Vec<&str> = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let general = [
        "business",
        "items",
        "item",
        "information",
        "session",
        "matters",
        "reports",
        "section",
        "agenda",
        "part",
        "of",
        "the",
        "and",
        "confidential",
        "exempt",
        "minutes",
        "private",
        "only",
        "i",
        "ii",
    ];
    let known = |w: &&str| general.contains(w) || nearest::nearest(w, general).is_some();
    let whole = word == "part ii" || rest_words.iter().all(known);
    let said = match reason(rest) {
        Said::Unreadable => Said::Exempt(Exemption::default()),
        said => said,
    };
    Some((said, whole))
}

/// The value of `exempt:` in a front matter.
pub fn value(text: &str) -> Said {
    match bare(text).as_str() {
        "" => Said::Unreadable,
        text => reason(text),
    }
}

/// A key that says, or nearly says, that something is withheld.
pub fn is_key(key: &str) -> bool {
    let plain: String = bare(key).chars().filter(|c| c.is_alphanumeric()).collect();
    ["exempt", "exemption", "exempted", "confidential", "partii"].contains(&plain.as_str())
}

/// A slip of the pen in such a key: it withholds too, with an error.
pub fn is_nearly_key(key: &str) -> bool {
    let plain: String = bare(key).chars().filter(|c| c.is_alphanumeric()).collect();
    !is_key(key) && nearest::nearest(&plain, ["exempt", "exemption", "confidential"]).is_some()
}

/// The marks of an exempt paper behind its title: `(exempt: 3)`.
pub fn paper(words: &str) -> Option<Said> {
    if !may_say(words) {
        return None;
    }
    let plain = folded(words);
    for (at, _) in plain.char_indices().filter(|(_, c)| matches!(c, '(' | '[' | '{')) {
        let inside = plain[at + 1..].split([')', ']', '}']).next().unwrap_or("");
        if let Some(said) = line(inside) {
            return Some(said);
        }
    }
    // Without brackets the word needs its colon, or to end the line.
    plain.match_indices("exempt").find_map(|(at, _)| {
        let before = plain[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        let rest = plain[at..]
            .trim_start_matches("exemption")
            .trim_start_matches("exempt")
            .trim_start();
        let marked = rest.is_empty() || rest.starts_with([':', '-', '–', '—']);
        (before && marked).then(|| reason(rest))
    })
}

/// Lower case, one kind of space, nothing invisible.
fn folded(text: &str) -> String {
    text.replace("&nbsp;", " ")
        .nfkc()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{202a}'..='\u{202e}'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// The same without the marks that may stand before the first word.
fn bare(line: &str) -> String {
    let folded = without_tags(&folded(line));
    let mut rest = folded.as_str();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 && rest[digits..].starts_with(['.', ')']) {
            rest = &rest[digits + 1..];
        }
        if rest == before {
            break;
        }
    }
    let mut words = String::with_capacity(rest.len());
    for word in rest.split(' ').filter(|w| !w.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = rest[open..].find('>').map_or("", |end| &rest[open + end + 1..]);
    }
    out.push_str(rest);
    out
}

fn after_word<'a>(plain: &'a str, word: &str) -> Option<&'a str> {
    let rest = plain.strip_prefix(word)?;
    rest.chars()
        .next()
        .is_none_or(|c| !c.is_alphabetic())
        .then_some(rest)
}

/// Reads what stands behind the word.
fn reason(rest: &str) -> Said {
    const KNOWN: &[&str] = &[
        "paragraph",
        "paragraphs",
        "para",
        "paras",
        "p",
        "part",
        "i",
        "ii",
        "schedule",
        "sch",
        "section",
        "s",
        "of",
        "the",
        "to",
        "and",
        "under",
        "act",
        "local",
        "government",
        "lga",
        "information",
        "business",
        "item",
        "items",
        "report",
        "category",
        "categories",
        "yes",
        "true",
        "by",
        "virtue",
        "as",
        "amended",
        "in",
        "confidential",
        "exempt",
        "exemption",
        "restricted",
        "not",
        "for",
        "publication",
        "private",
    ];
    let mut numbers: Vec<u32> = Vec::new();
    // "3 (financial affairs)": a number says why; the brackets only repeat it.
    let before = rest.split('(').next().unwrap_or("");
    let rest = if before.bytes().any(|b| b.is_ascii_digit()) && rest.trim_end().ends_with(')') {
        before
    } else {
        rest
    };
    let mut words = rest
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let ok = words.all(|word| match word.parse::<u32>() {
        Ok(number @ 1..=18) => {
            numbers.push(number);
            true
        }
        Ok(number) => (1972..=2100).contains(&number),
        Err(_) => KNOWN.contains(&word) || ["12a", "100a", "100i"].contains(&word),
    });
    if !ok {
        return Said::Unreadable;
    }
    numbers.dedup();
    let list: Vec<String> = numbers.iter().map(u32::to_string).collect();
    let reason = match list.len() {
        0 => String::new(),
        1 => format!("paragraph {}", list[0]),
        _ => format!("paragraphs {}", list.join(", ")),
    };
    Said::Exempt(Exemption { reason })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The quick looks pass over no line that would have said something.
        #[test]
        fn quick_looks_miss_nothing(
            pieces in proptest::collection::vec(prop_oneof![
                3 => prop::sample::select(&[
                    "exempt", "Exempt", "EXEMPT", "ex", "empt", "confidential", "confi", "dential", "part", "Part II",
                    "ii", "ｅ", "ⓔxempt", "ﬁ", "conﬁdential", "İ", "I\u{307}", "İI",
                ][..]),
                5 => prop::sample::select(&[
                    " ", "\u{a0}", "&nbsp;", "&", "<b>", "<", ">", "</", "3", "12.", "4)", "．", "²", ".", ")", "*", "**",
                    "- ", "_", ":", "–", "\u{ad}", "\u{200b}", "\u{301}", "\u{feff}", "\t", "e", "p", "c", "z", "é",
                ][..]),
            ], 0..7),
        ) {
            let text = pieces.concat();
            let plain = bare(&text);
            let begins = WORDS.iter().any(|word| after_word(&plain, word).is_some());
            prop_assert_eq!(line(&text).is_some(), begins, "{}", text);
            prop_assert_eq!(heading(&text).is_some(), begins, "{}", text);
        }
    }

    #[test]
    fn every_spelling_withholds() {
        for text in [
            "- Exempt: 3",
            "Exempt: 3",
            "**Exempt** – paragraph 3",
            "EXEMPT — para. 3",
            "Exemption: Schedule 12A paragraph 3",
            "- **exempt**: 3",
            "> Exempt: 3",
            "1. Exempt: 3",
            "1．Exempt: 3",
            "1<b>.</b> Exempt: 3",
            "Exempt：3",
            "\u{a0}Exempt: 3",
            "\u{200b}Exempt: 3",
            "<b>Exempt</b>: 3",
            "<p><span>E</span>xempt:&nbsp;paragraph 3</p>",
            "ex<wbr>empt: 3",
            "&nbsp;Exempt: 3",
            "* __Exempt__ 3",
            "ｅｘｅｍｐｔ: 3",
            "| Exempt | 3",
            "Exempt: 3 (financial affairs)",
        ] {
            assert_eq!(
                line(text),
                Some(Said::Exempt(Exemption {
                    reason: "paragraph 3".into()
                })),
                "{text}"
            );
        }
        for text in [
            "Confidential",
            "Part II",
            "PART II – CONFIDENTIAL",
            "Exempt",
            "exempt: yes",
        ] {
            assert_eq!(line(text), Some(Said::Exempt(Exemption::default())), "{text}");
        }
        for text in [
            "Exempt: perhaps",
            "Exempt: no",
            "Exempt: 99",
            "Confidential waste was discussed",
        ] {
            assert_eq!(line(text), Some(Said::Unreadable), "{text}");
        }
        for text in [
            "Exemptions were discussed",
            "An exempt item",
            "Part III",
            "Confidentially",
            "",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn headings_withhold_an_item_or_all_that_follows() {
        for (text, whole) in [
            ("Exempt business", true),
            ("PART II", true),
            ("Confidential items", true),
            ("Part II – Exempt information", true),
            ("Exempt – Sale of land", false),
            ("Confidential report on the depot", false),
        ] {
            assert_eq!(heading(text).map(|h| h.1), Some(whole), "{text}");
        }
        assert_eq!(heading("Tax exemptions"), None);
    }

    #[test]
    fn papers_say_so_behind_their_title() {
        for text in [
            "Appendix 3 (exempt: 3)",
            "Appendix [Exempt]",
            "x (Confidential)",
            "Costs – EXEMPT",
            "Costs exempt: 3",
        ] {
            assert!(paper(text).is_some(), "{text}");
        }
        for text in [
            "Exempt accommodation review",
            "Appendix (PDF, 2 MB)",
            "Tax-exempt bonds",
        ] {
            assert!(paper(text).is_none(), "{text}");
        }
    }

    #[test]
    fn keys_and_slips_in_keys() {
        assert!(is_key("Exempt") && is_key("EXEMPTION") && !is_key("example"));
        assert!(is_nearly_key("exmept") && is_nearly_key("Exemtp") && !is_nearly_key("Expected"));
    }
}
