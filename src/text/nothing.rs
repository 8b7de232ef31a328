//! Words that stand where something could, and say that there is none.

use super::names;

/// `None.`, `n/a`, a dash.
const NOTHING: &[&str] = &[
    "none",
    "nil",
    "n/a",
    "no",
    "nobody",
    "no one",
    "no-one",
    "nothing",
    "not applicable",
    "not needed",
    "not required",
    "not used",
    "-",
    "–",
    "—",
];

/// Words that leave something open.
const OPEN: &[&str] = &["tbc", "tbd", "to be confirmed", "to be decided"];

/// Whether the words say that there is nothing, and no more: "None."
pub fn is_nothing(text: &str) -> bool {
    // Most texts are longer than any of these.
    text.len() <= 40 && NOTHING.contains(&bare(text).as_str())
}

/// Whether the words only say that something is still to be told: "TBC".
pub fn is_open(text: &str) -> bool {
    text.len() <= 40 && OPEN.contains(&bare(text).as_str())
}

/// Whether a word of a sentence says that there was none.
pub fn denies(word: &str) -> bool {
    matches!(word, "no" | "none" | "nil" | "nobody" | "nothing")
}

/// Whether the words say that there was none of some things, in a sentence too:
/// "There were no actions." `things`: what there could have been, in small
/// letters.
pub fn is_none_of(things: &[&str], text: &str) -> bool {
    if is_nothing(text) {
        return true;
    }
    let mut denied = false;
    let mut words = text.split_whitespace();
    text.len() <= 80
        && words.all(|word| {
            let word = word
                .trim_end_matches(['.', ',', ';', ':', '!'])
                .to_ascii_lowercase();
            denied |= denies(&word);
            denies(&word) || LEADING.contains(&word.as_str()) || things.contains(&word.as_str())
        })
        && denied
}

/// Words that say nothing of their own in such a sentence.
#[rustfmt::skip]
const LEADING: &[&str] = &[
    "there", "was", "were", "is", "are", "had", "has", "have", "been", "any", "other", "further", "new",
    "additional", "at", "for", "from", "of", "on", "the", "this", "to", "item", "meeting", "time", "present",
    "arising", "arose", "identified", "made", "noted", "outstanding", "raised", "recorded", "reported",
    "required", "taken", "applicable", "necessary",
];

fn bare(text: &str) -> String {
    names::fold(text.trim().trim_end_matches(['.', ' ', ';', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_nothing() {
        for text in ["None", "none.", " N/A ", "–", "Nil.", "Not applicable"] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["", "None of these", "Noone", "0", "TBC", "No change"] {
            assert!(!is_nothing(text), "{text}");
        }
        assert!(is_open("TBC") && is_open("to be confirmed.") && !is_open("none"));
    }

    #[test]
    fn sentences_that_say_that_there_was_none() {
        let actions = ["action", "actions"];
        for text in [
            "No actions.",
            "There were no further actions",
            "None arising from this item.",
            "Nil",
        ] {
            assert!(is_none_of(&actions, text), "{text}");
        }
        for text in [
            "",
            "Actions arising",
            "No further action be taken",
            "None but the Clerk",
            "Nobody to ring the bell",
        ] {
            assert!(!is_none_of(&actions, text), "{text}");
        }
        assert!(!is_none_of(&["decision"], "No further action"));
    }
}
