//! Blanks: places that a text leaves open for its author, written
//! `[[fill in: the telephone number]]`. They are shown to readers as they
//! stand, and told by every check until something else stands there.

/// What opens a blank, in small letters.
const OPENER: &str = "fill in";

/// What is to be filled in, when the inside of a `[[…]]` is a blank:
/// `fill in: your address` → `your address`. The colon may be missing, and so
/// may the words.
pub fn blank(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    let opener = inside.get(..OPENER.len())?;
    let rest = &inside[OPENER.len()..];
    let ends = rest.is_empty() || rest.starts_with([':', ' ', '\u{a0}']);
    (opener.eq_ignore_ascii_case(OPENER) && ends).then(|| rest.trim_start_matches(':').trim())
}

/// Whether a text of one line holds a blank.
pub fn holds_blank(text: &str) -> bool {
    text.match_indices("[[").any(|(at, _)| {
        let rest = &text[at + 2..];
        rest.find("]]").is_some_and(|end| blank(&rest[..end]).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_says_what_it_waits_for() {
        for (inside, waits_for) in [
            ("fill in: the address", Some("the address")),
            ("  Fill in:the address ", Some("the address")),
            ("fill in", Some("")),
            ("FILL IN the address", Some("the address")),
            ("filling in", None),
            ("fill-in", None),
            ("jane-roe", None),
            ("füll", None),
            ("", None),
        ] {
            assert_eq!(blank(inside), waits_for, "{inside}");
        }
    }

    #[test]
    fn a_blank_is_found_in_a_line() {
        for (text, holds) in [
            ("Ring [[fill in: a number]].", true),
            ("[[jane-roe]] and [[fill in]]", true),
            ("[[fill in: never closed", false),
            ("fill in: a number", false),
        ] {
            assert_eq!(holds_blank(text), holds, "{text}");
        }
    }
}
