//! Text into HTML. Control characters, which HTML forbids, are shown by their
//! visible symbols (U+2400 and on), so that nothing written is lost.

use std::borrow::Cow;

use super::scan;

/// Whether a byte begins a character that may have to be replaced.
fn is_special(b: u8) -> bool {
    let control = ((b < 0x20) & (b != b'\t') & (b != b'\n')) | (b == 0x7f) | (b == 0xC2);
    (b == b'&') | (b == b'<') | (b == b'>') | (b == b'"') | control | (0xEF..=0xF4).contains(&b)
}

/// Appends text, fit for an element's content and for a quoted attribute.
pub fn push_escaped(out: &mut String, text: &str) {
    let mut from = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = scan::position(&bytes[at..], is_special) {
        at += next;
        let c = match text[at..].chars().next() {
            Some(c) => c,
            None => break,
        };
        if let Some(shown) = replacement(c) {
            out.push_str(&text[from..at]);
            out.push_str(&shown);
            from = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// Text for a terminal: what stands in it of the second set of controls (C1),
/// by which a terminal takes orders, is replaced.
pub fn without_orders(text: String) -> String {
    let order = |c: char| ('\u{80}'..='\u{9f}').contains(&c);
    if text.contains(order) {
        return text.replace(order, "\u{fffd}");
    }
    text
}

/// Whether HTML forbids a character (HTML standard, "preprocessing the input
/// stream"): controls, and code points that are no characters.
pub fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n'))
        || ('\u{fdd0}'..='\u{fdef}').contains(&c)
        || c as u32 & 0xfffe == 0xfffe
}

/// What stands for a character that HTML cannot hold as it is.
fn replacement(c: char) -> Option<Cow<'static, str>> {
    Some(match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        '>' => "&gt;".into(),
        '"' => "&quot;".into(),
        '\r' => "".into(),
        '\0'..='\u{1f}' if !matches!(c, '\t' | '\n') => char::from_u32(0x2400 + c as u32)?.to_string().into(),
        '\u{7f}' => "\u{2421}".into(),
        c if is_forbidden(c) => "\u{fffd}".into(),
        _ => return None,
    })
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// Text as HTML, which most text is already.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if scan::position(text.as_bytes(), is_special).is_some() {
        escape(text).into()
    } else {
        text.into()
    }
}

/// The readable text of HTML that this program wrote: tags dropped, the few
/// entities it uses undone, white space folded. A tag parts words only where
/// a browser would.
pub fn plain(html: &str) -> String {
    readable(html, ' ')
}

/// As [`plain`], with every block on a line of its own.
pub fn lines(html: &str) -> String {
    readable(html, '\n')
}

/// The elements that part what stands in them from what stands beside them, by
/// how their names begin.
const BLOCKS: &[&str] = &[
    "p",
    "li",
    "h",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "ul",
    "ol",
    "pre",
    "dd",
    "dt",
    "blockquote",
];

fn readable(html: &str, part: char) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        push_folded(&mut out, &rest[..at]);
        rest = &rest[at..];
        if rest.starts_with('<') {
            let end = rest.find('>').map_or(rest.len(), |e| e + 1);
            let name = rest[1..end].trim_start_matches('/');
            if BLOCKS.iter().any(|t| name.starts_with(t)) {
                push_part(&mut out, part);
            } else if name.starts_with("br") {
                push_part(&mut out, ' ');
            }
            rest = &rest[end..];
        } else {
            let known = [
                ("&amp;", "&"),
                ("&lt;", "<"),
                ("&gt;", ">"),
                ("&quot;", "\""),
                ("&nbsp;", " "),
                ("&#39;", "'"),
            ];
            match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
                Some((entity, text)) => {
                    push_folded(&mut out, text);
                    rest = &rest[entity.len()..];
                }
                None => {
                    out.push('&');
                    rest = &rest[1..];
                }
            }
        }
    }
    push_folded(&mut out, rest);
    out.truncate(out.trim_end().len());
    out
}

fn push_part(out: &mut String, part: char) {
    if part == '\n' && out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(part);
    }
}

fn push_folded(out: &mut String, text: &str) {
    if scan::is_single_spaced(text) {
        let double = out.is_empty() || out.ends_with([' ', '\n']);
        out.push_str(text.strip_prefix(' ').filter(|_| double).unwrap_or(text));
        return;
    }
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_dangerous_and_nothing_is_lost() {
        for (text, html) in [
            ("a < b && c > \"d\"", "a &lt; b &amp;&amp; c &gt; &quot;d&quot;"),
            (
                "nul \0 bell \u{7} del \u{7f}",
                "nul \u{2400} bell \u{2407} del \u{2421}",
            ),
            (
                "c1 \u{85} not a character \u{ffff}",
                "c1 \u{fffd} not a character \u{fffd}",
            ),
            ("tab\tand é ﷽ \u{a0}", "tab\tand é ﷽ \u{a0}"),
        ] {
            assert_eq!(escape(text), html);
        }
    }

    #[test]
    fn html_reads_as_text() {
        let html = "<p>A <b>bo</b>ld &lt;b&gt;\n move</p><ul><li>one</li><li>two</li></ul>";
        assert_eq!(plain(html), "A bold <b> move one two");
        assert_eq!(lines(html), "A bold <b> move\none\ntwo");
        assert_eq!(lines("<p>a \n</p><p>b<br>c</p>"), "a\nb c");
    }
}
