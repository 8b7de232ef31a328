//! Raw HTML in a text. A short list of harmless tags passes, through
//! `ammonia`; everything else is text that was meant to be seen, like
//! `List<String>`, and is shown as it was written. Comments are never shown.

use std::collections::{HashMap, HashSet};

use super::{nesting, spans};
use crate::paths::has_good_percents;
use crate::text::escape::{escape, is_forbidden, push_escaped};
use crate::text::language;

/// Tags that stand in a line.
const INLINE: &[&str] = &[
    "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "strong", "sub", "sup", "u", "var", "wbr", "span",
];

/// Tags that make blocks; they pass only in a block of HTML.
const BLOCK: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "blockquote",
    "pre",
    "hr",
    "details",
    "summary",
    "a",
];

/// Tags that stay open until they are closed. So many of them inside one
/// another, and no more: browsers and the cleaner grow slow beyond.
const DEEPEST: usize = 60;

/// Tags that the next of their kind closes, or that hold nothing.
const SHALLOW: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "br", "wbr", "hr",
];

/// Attributes that pass, wherever they stand.
const ATTRIBUTES: &[&str] = &["title", "lang", "dir"];

/// Whether the value of an attribute is one that HTML allows.
fn is_value(attribute: &str, value: &str) -> bool {
    match attribute {
        "href" => {
            !value.contains(|c: char| c.is_whitespace() || "`\\<>\"{}|^[]".contains(c))
                && has_good_percents(value)
        }
        "colspan" | "rowspan" => value.parse::<u16>().is_ok_and(|n| (1..=1000).contains(&n)),
        "dir" => ["ltr", "rtl", "auto"].contains(&value),
        "lang" => language::is_known(value),
        _ => true,
    }
}

/// The name of a tag, with a slash before it when it closes.
fn name(tag: &str) -> Option<(&str, bool)> {
    let rest = tag.strip_prefix('<')?;
    let (rest, closes) = match rest.strip_prefix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    (end > 0).then(|| (&rest[..end], closes))
}

fn known(tag: &str, list: &[&str]) -> bool {
    name(tag).is_some_and(|(name, _)| list.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// Whether a tag in a line passes.
pub fn is_allowed(tag: &str) -> bool {
    known(tag, INLINE)
}

/// Writes one tag of a line. `open` holds the tags that are still open; what
/// does not close in order is shown as text.
pub fn inline(out: &mut String, tag: &str, open: &mut Vec<String>) {
    let Some((name, closes)) = name(tag).filter(|_| is_allowed(tag)) else {
        if !is_comment(tag) {
            push_escaped(out, tag);
        }
        return;
    };
    let name = name.to_ascii_lowercase();
    if name == "br" || name == "wbr" {
        out.push('<');
        out.push_str(&name);
        out.push('>');
    } else if closes {
        if open.last() == Some(&name) {
            open.pop();
            out.push_str("</");
            out.push_str(&name);
            out.push('>');
        } else {
            push_escaped(out, tag);
        }
    } else {
        if open.len() >= DEEPEST {
            return push_escaped(out, tag);
        }
        let clean = cleaner().clean(tag).to_string();
        let start = clean.find('>').map_or("", |end| &clean[..=end]);
        if !start.starts_with('<') {
            return push_escaped(out, tag);
        }
        push_without_controls(out, start);
        open.push(name);
    }
}

/// Closes what was opened since the last mark of Markdown's own (an empty name).
pub fn close(out: &mut String, open: &mut Vec<String>) {
    while let Some(name) = open.pop_if(|name| !name.is_empty()) {
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
}

pub fn is_comment(html: &str) -> bool {
    html.starts_with("<!--")
}

/// A block of raw HTML. Gives the markup, and whether a comment in it was
/// never closed.
pub fn block(html: &str) -> (String, bool) {
    let mut safe = String::with_capacity(html.len());
    let mut rest = html;
    let mut unclosed = false;
    let mut markup = false;
    let mut depth = 0usize;
    while let Some(at) = rest.find('<') {
        safe.push_str(&rest[..at]);
        rest = &rest[at..];
        if is_comment(rest) {
            match rest[4..].find("-->") {
                Some(end) => rest = &rest[4 + end + 3..],
                None => {
                    unclosed = true;
                    rest = "";
                }
            }
            continue;
        }
        let passes = known(rest, INLINE) || known(rest, BLOCK);
        let closes = rest.starts_with("</");
        if passes && !known(rest, SHALLOW) && closes {
            depth = depth.saturating_sub(1);
        } else if passes && !known(rest, SHALLOW) {
            depth += 1;
        }
        if passes && (closes || depth <= DEEPEST) {
            markup = true;
            safe.push('<');
        } else {
            safe.push_str("&lt;");
        }
        rest = &rest[1..];
    }
    safe.push_str(rest);
    if safe.trim().is_empty() {
        return (String::new(), unclosed);
    }
    let mut clean = cleaner().clean(&safe).to_string();
    // Tags that may not stand as they stand are shown, as any unknown one is.
    if markup && !nesting::is_sound(&clean) {
        clean = escape(&without_comments(html));
        markup = false;
    }
    if markup && let Some(cut) = spans::cut_back(&clean) {
        clean = cut;
    }
    let mut out = String::with_capacity(clean.len() + 16);
    // Text alone still wants a paragraph round it.
    if markup {
        out.push_str("<div class=\"raw\">");
        push_without_controls(&mut out, &clean);
        out.push_str("</div>\n");
    } else {
        out.push_str("<p>");
        push_without_controls(&mut out, clean.trim());
        out.push_str("</p>\n");
    }
    (out, unclosed)
}

/// The text as it was written, but for its comments, which are never shown.
fn without_comments(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        out.push_str(&rest[..at]);
        rest = rest[at + 4..].split_once("-->").map_or("", |parts| parts.1);
    }
    out.push_str(rest);
    out
}

/// Control characters inside markup, which HTML forbids, become visible.
fn push_without_controls(out: &mut String, html: &str) {
    if !html.contains(is_forbidden) {
        return out.push_str(html);
    }
    for c in html.chars() {
        if is_forbidden(c) {
            push_escaped(out, c.encode_utf8(&mut [0; 4]));
        } else {
            out.push(c);
        }
    }
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut cleaner = ammonia::Builder::empty();
    let tags: HashSet<&str> = INLINE.iter().chain(BLOCK).copied().collect();
    let spans = || HashSet::from(["colspan", "rowspan"]);
    let own: HashMap<&str, HashSet<&str>> =
        HashMap::from([("a", HashSet::from(["href"])), ("td", spans()), ("th", spans())]);
    cleaner
        .tags(tags)
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(own)
        .attribute_filter(|_, attribute, value| is_value(attribute, value).then(|| value.into()))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        // No link opens a window of its own, so that none needs `noopener`.
        .link_rel(None);
    cleaner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_shown() {
        for (html, expected) in [
            (
                "<script>alert(1)</script>",
                "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
            ),
            ("<!-- secret -->", ""),
            ("<!-- never closed", ""),
            (
                "<div onclick=\"x()\" style=\"y\">a <b>b</b></div>",
                "<div class=\"raw\"><div>a <b>b</b></div></div>\n",
            ),
            (
                "<p><iframe src=x></iframe>",
                "<div class=\"raw\"><p>&lt;iframe src=x&gt;&lt;/iframe&gt;</p></div>\n",
            ),
            (
                "<table><tr><td>x</table>",
                "<div class=\"raw\"><table><tbody><tr><td>x</td></tr></tbody></table></div>\n",
            ),
            // What may not stand so is shown, and what HTML does not allow goes.
            ("<li>one</li>", "<p>&lt;li&gt;one&lt;/li&gt;</p>\n"),
            (
                "<details><!-- x -->no summary</details>",
                "<p>&lt;details&gt;no summary&lt;/details&gt;</p>\n",
            ),
            (
                "<p lang=\"not a tag\" dir=up><a>x</a></p>",
                "<div class=\"raw\"><p><a>x</a></p></div>\n",
            ),
            (
                "<p lang=INF><a href=http://a/%%30%30>x</a></p>",
                "<div class=\"raw\"><p><a>x</a></p></div>\n",
            ),
            (
                "<table><tr><td colspan=1000>y</table>",
                "<div class=\"raw\"><table><tbody><tr><td>y</td></tr></tbody></table></div>\n",
            ),
            (
                "<table><tr><td title='a colspan='5>b</td></tr></table>",
                "<div class=\"raw\"><table><tbody><tr><td title=\"a colspan=\">b</td></tr></tbody></table></div>\n",
            ),
            (
                "<table><tr><td colspan=x rowspan=2>y<td>z<tr><td>w</table>",
                "<div class=\"raw\"><table><tbody><tr><td rowspan=\"2\">y</td><td>z</td></tr><tr><td>w</td></tr></tbody></table></div>\n",
            ),
        ] {
            assert_eq!(block(html).0, expected, "{html}");
        }
        assert!(block("<!-- never closed").1);
    }

    #[test]
    fn tags_nest_so_deep_and_no_deeper() {
        let (html, _) = block(&"<div>\n".repeat(20_000));
        assert_eq!(html.matches("<div>").count(), DEEPEST);
        assert_eq!(html.matches("&lt;div&gt;").count(), 20_000 - DEEPEST);
        let (html, _) = block(&"<ul><li><b>x</b></ul>".repeat(500));
        assert!(!html.contains("&lt;"));
        let (mut out, mut open) = (String::new(), Vec::new());
        for _ in 0..1000 {
            inline(&mut out, "<b>", &mut open);
        }
        assert_eq!(out.matches("<b>").count(), DEEPEST);
    }

    #[test]
    fn tags_in_a_line_balance() {
        let mut out = String::new();
        let mut open = Vec::new();
        for tag in [
            "<sub>",
            "</b>",
            "<B onclick=x>",
            "</b>",
            "<br/>",
            "<String>",
            "<!-- x -->",
            "<img src=x onerror=y>",
        ] {
            inline(&mut out, tag, &mut open);
        }
        close(&mut out, &mut open);
        assert_eq!(
            out,
            "<sub>&lt;/b&gt;<b></b><br>&lt;String&gt;&lt;img src=x onerror=y&gt;</sub>"
        );
    }
}
