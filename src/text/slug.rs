//! Slugs: a title or a name as it stands in an id and in an address.

use unicode_normalization::UnicodeNormalization;

use crate::hash::Digest;

/// The longest slug in bytes, its digest included: a slug is part of a file
/// name, with room left for what is put behind it.
const LONGEST: usize = 80;
/// How many digits of a digest stand for what was cut or could not be written.
const DIGITS: usize = 6;

/// `Children’s Services: Q1` → `children-s-services-q1`.
///
/// Lower case; letters lose their accents (`é` → `e`, `ß` → `ss`); every run of
/// anything but letters and digits is one hyphen. Letters of other scripts stay,
/// with the vowel signs that belong to them. A slug is never empty, has at most
/// 80 bytes, and is its own slug; a longer one is cut and ends in a digest, so
/// that two long titles with one beginning stay two.
pub fn slug(s: &str) -> String {
    let whole = if s.is_ascii() { of_ascii(s) } else { of_any(s) };
    if whole.is_empty() {
        return format!("x-{}", Digest::of(s.as_bytes()).short(DIGITS));
    }
    if whole.len() <= LONGEST {
        return whole;
    }
    let mut end = LONGEST - DIGITS - 1;
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    let start = whole[..end].trim_end_matches('-');
    format!("{start}-{}", Digest::of(whole.as_bytes()).short(DIGITS))
}

/// The letters and digits of a text in ASCII, with hyphens between them.
fn of_ascii(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out.make_ascii_lowercase();
    out
}

/// The same for any text.
fn of_any(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.nfkd().filter(|&c| !is_accent(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            c if c.is_alphanumeric() => out.push(c),
            // A sign without a letter before it would join whatever stands there.
            c if unicode_normalization::char::is_combining_mark(c)
                && !out.is_empty()
                && !out.ends_with('-') =>
            {
                out.push(c);
            }
            // Lower-casing can bring an accent back (`İ`).
            c if is_accent(c) => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    // Syllables that the decomposition took apart (Hangul) are put together again.
    out.trim_end_matches('-').nfc().collect()
}

/// Marks that change a Latin, Greek or Cyrillic letter. Those of other scripts
/// are vowels, and dropping them would make another word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs_are_what_a_clerk_expects() {
        let cases = [
            ("Cabinet", "cabinet"),
            ("Children's Services: Q1", "children-s-services-q1"),
            ("  --Été à l'Hôtel--  ", "ete-a-l-hotel"),
            (
                "Straße Æther Øre Łódź Đakovo Œuvre",
                "strasse-aether-ore-lodz-dakovo-oeuvre",
            ),
            ("İstanbul", "istanbul"),
            ("2017-06-27", "2017-06-27"),
            ("ﬁnance №5", "finance-no5"),
            ("Совет", "совет"),
            ("서울", "서울"),
            ("हिन्दी", "हिन्दी"),
            ("A/B\\C..D", "a-b-c-d"),
        ];
        for (from, to) in cases {
            assert_eq!(slug(from), to, "{from}");
        }
    }

    #[test]
    fn what_has_no_letters_gets_a_digest() {
        for empty in ["", "---", "!?"] {
            let made = slug(empty);
            assert!(made.starts_with("x-") && made.len() == 8, "{made}");
        }
        assert_ne!(slug("!"), slug("?"));
    }

    #[test]
    fn long_titles_are_cut_and_stay_two() {
        let long = "word ".repeat(40);
        let (one, two) = (slug(&format!("{long} one")), slug(&format!("{long} two")));
        assert!(one.len() <= LONGEST && two.len() <= LONGEST);
        assert_ne!(one, two);
        assert_eq!(slug(&"a".repeat(80)), "a".repeat(80));
        assert!(slug(&"ш".repeat(90)).starts_with("шшш"));
    }

    proptest! {
        #[test]
        fn ascii_is_no_case_of_its_own(s in "[ -~\\t\u{1}]{0,100}") {
            prop_assert_eq!(of_ascii(&s), of_any(&s));
        }

        #[test]
        fn a_slug_is_its_own_slug(s in "\\PC{0,120}") {
            let once = slug(&s);
            prop_assert_eq!(slug(&once), once.clone());
            prop_assert!(once.len() <= LONGEST);
            prop_assert!(!once.starts_with('-') && !once.ends_with('-') && !once.contains("--"), "{}", once);
            prop_assert!(!once.contains(['/', '\\', '.', ' ']), "{}", once);
        }
    }
}
