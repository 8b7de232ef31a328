//! Blanks: places that a text leaves open for its author, written
//! `[[fill in: the telephone number]]`. Readers meet them in single brackets, and
//! every check tells of them until something else stands there.

use std::borrow::Cow;

use super::scan;

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

/// The first blank of a text: where it opens and where its `]]` stands.
fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(close) = scan::find(&text[from..], "]]").map(|at| from + at) {
        if let Some(open) = text[from..close].rfind("[[").map(|at| from + at)
            && blank(&text[open + 2..close]).is_some()
        {
            return Some((open, close));
        }
        from = close + 2;
    }
    None
}

/// Whether a text of one line holds a blank.
pub fn holds_blank(text: &str) -> bool {
    find(text).is_some()
}

/// Whether a text is a blank and nothing else.
pub fn is_blank(text: &str) -> bool {
    let text = text.trim();
    find(text) == Some((0, text.len().wrapping_sub(2)))
}

/// Whether a text is a blank as it is shown, and nothing else.
pub fn is_shown(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inside.is_some_and(|inside| blank(inside).is_some())
}

/// A text that cannot have a link, as readers meet it: `[fill in: …]`.
pub fn shown(text: &str) -> Cow<'_, str> {
    let Some(mut next) = find(text) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        out.push_str(&rest[..next.0]);
        out.push_str(&rest[next.0 + 1..next.1 + 1]);
        rest = &rest[next.1 + 2..];
        match find(rest) {
            Some(found) => next = found,
            None => break,
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
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
        for (text, whole, seen) in [
            ("Ring [[fill in: a number]].", false, "Ring [fill in: a number]."),
            (
                "[[jane-roe]] and [[fill in]]",
                false,
                "[[jane-roe]] and [fill in]",
            ),
            (" [[fill in: one]]", true, " [fill in: one]"),
            ("[[fill in]] [[Fill in: é]]", false, "[fill in] [Fill in: é]"),
            ("[[[fill in: a number]]]", false, "[[fill in: a number]]"),
        ] {
            assert!(holds_blank(text), "{text}");
            assert_eq!((is_blank(text), shown(text).as_ref()), (whole, seen), "{text}");
        }
        for text in [
            "[[fill in: never closed",
            "fill in: a number",
            "]]",
            "[[jane-roe]]",
            "",
        ] {
            assert!(!holds_blank(text) && !is_blank(text), "{text}");
        }
    }
}
