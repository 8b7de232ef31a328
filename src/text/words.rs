//! Words as a search knows them: where one begins and ends, and which
//! spellings are the same.
//!
//! The page that is asked holds the same rules in JavaScript, so they are
//! built on properties that both have: the Unicode properties Alphabetic,
//! Number and Mark, and the normal form NFKD. The boundaries of UAX #29 are
//! not used as they stand: by them `node.js` and `2024.17` are one word each,
//! and no reader who asks for a part would find the whole.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are known by their first characters.
pub const LONGEST: usize = 48;

/// A letter, a number, or a mark on one.
pub fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_combining_mark(c) || is_unseen(c)
}

/// Stands inside words and is not seen: the soft hyphen, joiners.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A mark that a reader may leave out: accents, Hebrew points, Arabic vowels.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Scripts that set no space between words: every character is a word.
fn is_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Letters that NFKD leaves whole, as people type them without their marks.
fn plainly(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}

/// One spelling for all: NFKD, lower case, no accents, NFC.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower: String = text.nfkd().collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars().filter(|c| !is_accent(*c) && !is_unseen(*c)) {
        match plainly(c) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(c),
        }
    }
    plain.nfc().collect()
}

/// Calls `each` with every word of a text, as it was written, in order. What
/// is one here may still be several when it is folded: see [`pieces`].
/// The `s` of a genitive (`council's`) is left out. A number is the same
/// whether or not its thousands are parted (`72,000`): it comes without.
pub fn runs(text: &str, each: impl FnMut(&str)) {
    cut(text, true, each);
}

fn cut(text: &str, join: bool, mut each: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut after_apostrophe = false;
    while at < bytes.len() {
        let (c, len) = char_at(text, at);
        if !in_word(c) {
            after_apostrophe = matches!(c, '\'' | '\u{2019}') && at > 0 && ends_in_word(&text[..at]);
            at += len;
            continue;
        }
        let from = at;
        while at < bytes.len() {
            let (c, len) = char_at(text, at);
            if !in_word(c) {
                break;
            }
            at += len;
        }
        let run = &text[from..at];
        if let Some(end) = thousands(text, from, at).filter(|_| join) {
            each(&text[from..end].replace(|c: char| !c.is_ascii_digit(), ""));
            (at, after_apostrophe) = (end, false);
            continue;
        }
        if !(after_apostrophe && matches!(run, "s" | "S")) {
            each(run);
        }
        after_apostrophe = false;
    }
}

/// What people part thousands with, where no word may be divided.
fn is_separator(c: char) -> bool {
    matches!(
        c,
        ',' | '.' | '\'' | '\u{2019}' | '\u{a0}' | '\u{2009}' | '\u{202f}'
    )
}

/// Where a number ends that begins with these few digits: threes follow, all
/// behind the same separator.
fn thousands(text: &str, from: usize, at: usize) -> Option<usize> {
    let is_digits = |from: usize, to: usize| {
        let digits = text.as_bytes().get(from..to);
        digits.is_some_and(|d| d.iter().all(u8::is_ascii_digit))
    };
    let separator = text[at..].chars().next().filter(|c| is_separator(*c))?;
    if at - from > 3 || !is_digits(from, at) {
        return None;
    }
    // The end of a longer row of numbers.
    let before = text[..from].strip_suffix(is_separator);
    if before.is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let mut end = at;
    while text[end..].starts_with(separator) {
        let group = end + separator.len_utf8();
        if is_digits(group, group + 3) {
            end = group + 3;
        } else if is_digits(group, group + 1) {
            return None;
        } else {
            break;
        }
    }
    (end > at && !text[end..].starts_with(in_word)).then_some(end)
}

fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte.is_ascii() {
        return (byte as char, 1);
    }
    let c = text[at..].chars().next().unwrap_or('\0');
    (c, c.len_utf8())
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(in_word)
}

/// The words of a folded run: mostly one.
pub fn pieces<'t>(folded: &'t str, mut each: impl FnMut(&'t str)) {
    if folded.is_ascii() {
        if folded.bytes().all(|b| b.is_ascii_alphanumeric()) {
            if !folded.is_empty() {
                each(&folded[..folded.len().min(LONGEST)]);
            }
        } else {
            folded
                .split(|c: char| !in_word(c))
                .filter(|p| !p.is_empty())
                .for_each(|p| each(short(p)));
        }
        return;
    }
    let mut from = None;
    let mut chars = folded.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_alone(c) && !is_combining_mark(c) {
            if let Some(from) = from.take() {
                each(short(&folded[from..at]));
            }
            while chars.next_if(|(_, c)| is_combining_mark(*c)).is_some() {}
            let end = chars.peek().map_or(folded.len(), |(at, _)| *at);
            each(short(&folded[at..end]));
        } else if in_word(c) {
            from.get_or_insert(at);
        } else if let Some(from) = from.take() {
            each(short(&folded[from..at]));
        }
    }
    if let Some(from) = from {
        each(short(&folded[from..]));
    }
}

fn short(word: &str) -> &str {
    match word.char_indices().nth(LONGEST) {
        Some((at, _)) => &word[..at],
        None => word,
    }
}

/// Every word of a text in its folded form. Numbers are divided: see [`terms`].
pub fn words(text: &str) -> Vec<String> {
    folded(text, false)
}

/// Every word of a text as a search knows it.
pub fn terms(text: &str) -> Vec<String> {
    folded(text, true)
}

fn folded(text: &str, join: bool) -> Vec<String> {
    let mut out = Vec::new();
    cut(text, join, |run| {
        pieces(&fold(run), |word| out.push(word.to_owned()));
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_and_folded() {
        for (text, expected) in [
            ("The Council's £1,000 budget", "the council 1000 budget"),
            ("£1,234,567.50 or 1.234.567,50", "1234567 50 or 1234567 50"),
            (
                "72\u{202f}000 72\u{a0}000 72’000 72 000",
                "72000 72000 72000 72 000",
            ),
            (
                "A72,000 1234,000 1,0000 2,000th",
                "a72 000 1234 000 1 0000 2 000th",
            ),
            (
                "192.168.100.1, 2024.17, 10.11.2026",
                "192 168 100 1 2024 17 10 11 2026",
            ),
            ("O’Keane, Élodie & Łódź – Straße", "o keane elodie lodz strasse"),
            ("ref. 2024/0123/FUL; node.js", "ref 2024 0123 ful node js"),
            ("Jose\u{301} co\u{ad}operation e\u{301}", "jose cooperation e"),
            ("½ m² ﬁne İstanbul ΟΔΟΣ", "1 2 m2 fine istanbul οδοσ"),
            ("東京都 ひら カタカナ 서울", "東 京 都 ひ ら カタカナ 서울"),
            ("ภาษา", "ภ า ษ า"),
            ("it's 's S's", "it s s"),
            ("\u{301} \u{200b} --- ' ’", ""),
        ] {
            assert_eq!(terms(text).join(" "), expected, "{text}");
        }
        assert_eq!(words("£1,000").join(" "), "1 000");
        assert_eq!(words(&"é".repeat(100)), ["e".repeat(48)]);
    }
}
