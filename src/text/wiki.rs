//! `[[…]]` in a text: where one stands, and what it names.

use std::borrow::Cow;

use super::blank::blank;
use super::scan;

/// The longest name that a link may hold, in bytes; a blank may ask at length.
const LONGEST: usize = 400;

/// The first `[[…]]` of a text: where it opens and where its `]]` stands.
pub fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let open = from + scan::find(&text[from..], "[[")?;
        let inner = &text[open + 2..];
        let near = &inner.as_bytes()[..inner.len().min(LONGEST + "]]".len())];
        if let Some(end) = near.windows(2).position(|pair| pair == b"]]")
            && !inner[..end].trim().is_empty()
            && !inner[..end].contains('[')
        {
            return Some((open, open + 2 + end));
        }
        from = open + 2;
    }
}

/// Whether a link that opened in a text is still open at its end. What opened so
/// far back that no link is so long is none.
pub fn is_open(text: &str) -> bool {
    let bytes = text.as_bytes();
    let near = &bytes[bytes.len().saturating_sub(LONGEST + 2)..];
    let last = near.windows(2).rev().find(|two| matches!(*two, b"[[" | b"]]"));
    last == Some(b"[[")
}

/// The link that opens a text: what it names, and the text behind it.
pub fn opening(text: &str) -> Option<(&str, &str)> {
    let (open, close) = find(text)?;
    (open == 0).then(|| (target(&text[2..close]), &text[close + 2..]))
}

/// `dest|words` names `dest`.
fn target(inner: &str) -> &str {
    inner.split('|').next().unwrap_or(inner).trim()
}

/// `[[x]]` and `[[x|words]]` mean `x`; any other text means itself. A blank
/// means nobody: it is given as it is shown.
pub fn meant(text: &str) -> &str {
    let text = text.trim();
    match opening(text) {
        Some((target, "")) if blank(target).is_some() => &text[1..text.len() - 1],
        Some((target, "")) => target,
        _ => text,
    }
}

/// What a list of links and words names, part by part: the words between two
/// links are one part, and a blank is none. None when no link is there.
pub fn parts(text: &str) -> Option<Vec<&str>> {
    find(text)?;
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((open, close)) = find(rest) {
        out.extend(between(&rest[..open]));
        out.extend(Some(target(&rest[open + 2..close])).filter(|target| blank(target).is_none()));
        rest = &rest[close + 2..];
    }
    out.extend(between(rest));
    Some(out)
}

/// Words between two links, without what only divides them.
fn between(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
    let text = text.strip_prefix("and ").unwrap_or(text);
    let text = text.strip_suffix(" and").unwrap_or(text);
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
    Some(text).filter(|text| !["", "and", "&"].contains(text))
}

/// The text as a reader sees it, where a link cannot be one: its words.
pub fn plain(text: &str) -> Cow<'_, str> {
    if find(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((open, close)) = find(rest) {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 2..close];
        let words = inner.split_once('|').map_or(inner, |(_, words)| words).trim();
        match blank(target(inner)) {
            Some(_) => out.push_str(&rest[open + 1..close + 1]),
            None if words.is_empty() => out.push_str(target(inner)),
            None => out.push_str(words),
        }
        rest = &rest[close + 2..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_means_what_its_only_link_names() {
        for (text, expected) in [
            ("[[Jane Roe]]", "Jane Roe"),
            (" [[jane-roe|Jane]] ", "jane-roe"),
            ("Jane Roe", "Jane Roe"),
            ("[[a]], [[b]]", "[[a]], [[b]]"),
            ("[[a]] b", "[[a]] b"),
            ("[[]]", "[[]]"),
            ("[[fill in: who]]", "[fill in: who]"),
        ] {
            assert_eq!(meant(text), expected, "{text}");
        }
    }

    #[test]
    fn links_and_the_words_between_them_are_parts() {
        assert_eq!(parts("Mill, pond"), None);
        for (text, expected) in [
            ("[[a]], [[b|B]]", &["a", "b"][..]),
            ("[[a]] and [[b]]", &["a", "b"]),
            ("[[a]]; Mill, pond, and [[b]]", &["a", "Mill, pond", "b"]),
            ("[[fill in: which]]", &[]),
        ] {
            assert_eq!(parts(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn links_become_their_words() {
        assert_eq!(
            plain("[[jane-roe|Jane]], [[John Doe]] and me"),
            "Jane, John Doe and me"
        );
        assert_eq!(plain("By [[fill in: who]]"), "By [fill in: who]");
    }
}
