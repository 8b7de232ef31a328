//! Sentences in lists of names: one that says that there was nobody, one that
//! ends in names, and any other, which is no name.

use crate::text::nothing;

/// Whether the words say that there was nobody: "There were no apologies."
/// `all`: whether "All present" says so too, as it does among apologies.
pub fn says_nobody(text: &str, all: bool) -> bool {
    let mut none = false;
    let plain = words(text).all(|word| {
        let word = word.to_lowercase();
        let counts = match word.as_str() {
            word if nothing::denies(word) => true,
            "all" | "everyone" | "everybody" => all,
            _ => false,
        };
        none |= counts;
        counts
            || is_of_apologies(&word)
            || matches!(
                word.as_str(),
                "there"
                    | "any"
                    | "other"
                    | "others"
                    | "further"
                    | "members"
                    | "councillors"
                    | "from"
                    | "applicable"
                    | "return"
            )
    });
    plain && none && names_behind(text).is_none()
}

/// Whether the words are those of a sentence: no name holds them.
pub fn is_sentence(text: &str) -> bool {
    words(text).any(|word| {
        matches!(
            word,
            "was"
                | "were"
                | "had"
                | "has"
                | "have"
                | "been"
                | "is"
                | "are"
                | "received"
                | "recorded"
                | "noted"
                | "sent"
                | "gave"
                | "given"
                | "tendered"
                | "arrived"
                | "left"
                | "joined"
                | "attended"
                | "declared"
                | "substituted"
                | "substituting"
                | "present"
                | "absent"
                | "apologies"
                | "apology"
                | "absence"
                | "no"
                | "none"
                | "nil"
                | "not"
                | "there"
                | "who"
                | "which"
                | "from"
                | "with"
                | "for"
                | "by"
                | "at"
                | "as"
                | "on"
                | "all"
                | "other"
                | "others"
                | "members"
                | "councillors"
                | "officers"
                | "also"
                | "return"
                | "applicable"
        )
    })
}

/// Where the names begin behind "Apologies were received from" or "Apologies:".
pub fn names_behind(text: &str) -> Option<usize> {
    let from = match text.find(" from ") {
        Some(at) => Some((at, at + " from ".len())),
        None => ["From ", "from "]
            .iter()
            .find_map(|word| text.starts_with(word).then_some((0, word.len()))),
    };
    let colon = text.find(": ").map(|at| (at, at + 2)).filter(|found| found.0 > 0);
    let leads =
        |found: &(usize, usize)| words(&text[..found.0]).all(|word| is_of_apologies(&word.to_lowercase()));
    from.into_iter().chain(colon).find(leads).map(|found| found.1)
}

/// Whether words before names say that these were not there.
pub fn speaks_of_away(text: &str) -> bool {
    words(text).any(|word| {
        let word = word.to_lowercase();
        word.starts_with("apolog") || word.starts_with("absen")
    })
}

/// Whether words in a list of those present count people without naming them.
pub fn counts(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        || ["all", "everyone", "everybody"].contains(&text.to_lowercase().as_str())
        || (is_sentence(text) && !says_nobody(text, false))
}

/// Words of which "Apologies for absence had been received" is made.
fn is_of_apologies(word: &str) -> bool {
    matches!(
        word,
        "apologies"
            | "apology"
            | "for"
            | "absence"
            | "absences"
            | "lateness"
            | "late"
            | "were"
            | "was"
            | "are"
            | "is"
            | "had"
            | "have"
            | "has"
            | "been"
            | "received"
            | "recorded"
            | "reported"
            | "noted"
            | "accepted"
            | "sent"
            | "tendered"
            | "submitted"
            | "given"
            | "made"
            | "also"
            | "written"
            | "present"
            | "absent"
            | "in"
            | "attendance"
            | "at"
            | "to"
            | "attend"
            | "inability"
            | "and"
            | "the"
            | "this"
            | "meeting"
    )
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let bare = |word: &'_ str| word.len() - word.trim_end_matches(['.', ',', ';', '!']).len();
    text.split_whitespace()
        .map(move |word| &word[..word.len() - bare(word)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_nobody() {
        for text in [
            "None",
            "None received.",
            "There were no apologies.",
            "There were none",
            "No apologies",
            "No apologies were received from members",
            "Nil return",
        ] {
            assert!(says_nobody(text, false), "{text}");
        }
        assert!(says_nobody("All present", true));
        for text in [
            "All present",
            "Apologies were received from all members",
            "Jane Roe",
            "Apologies received",
            "",
        ] {
            assert!(!says_nobody(text, false), "{text}");
        }
        assert!(!says_nobody("Apologies were received from all members", true));
    }

    #[test]
    fn sentences_and_names() {
        for text in [
            "None received",
            "All present",
            "Jane Roe was in the chair",
            "Apologies received",
            "John Doe for Jane Roe",
        ] {
            assert!(is_sentence(text), "{text}");
        }
        for text in [
            "Jane Roe",
            "Pieter van der Vliet",
            "Rosa de la Cruz",
            "No One",
            "All Saints",
        ] {
            assert!(!is_sentence(text), "{text}");
        }
    }

    #[test]
    fn names_stand_behind_from() {
        let behind = |text: &'static str| names_behind(text).map(|at| &text[at..]);
        for text in [
            "Apologies were received from Jane Roe",
            "Received from Jane Roe",
            "From Jane Roe",
            "Apologies for absence: Jane Roe",
        ] {
            assert_eq!(behind(text), Some("Jane Roe"), "{text}");
        }
        assert_eq!(behind("Three residents from Jane Street"), None);
        assert_eq!(behind("Clerk: Jane Roe"), None);
        assert_eq!(behind("Jane Roe"), None);
    }
}
