//! Links in HTML that this program wrote, for readers elsewhere.

use memchr::{memmem, memrchr2};

use super::escape::push_escaped;

/// Puts the site's scheme and host before every address that begins with a
/// slash, in tags only: what the text says stays as it is.
pub fn absolute(html: &str, origin: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut from = 0;
    for at in memmem::find_iter(html.as_bytes(), "=\"/") {
        let (before, slash) = (&html[..at], at + 2);
        let named = before.ends_with("href") || before.ends_with("src");
        let tag = memrchr2(b'<', b'>', before.as_bytes()).is_some_and(|at| html[at..].starts_with('<'));
        // `//host/x` is whole already.
        if named && tag && !html[slash..].starts_with("//") {
            out.push_str(&html[from..slash]);
            out.push_str(origin);
            from = slash;
        }
    }
    out.push_str(&html[from..]);
    out
}

/// Where a contact leads: an e-mail address or an address on the web. None for
/// words, and for what only looks like one of them.
pub fn of_contact(text: &str) -> Option<String> {
    let text = text.trim();
    if text.starts_with("https://") || text.starts_with("http://") {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(c);
        return (text.chars().all(plain) && url::Url::parse(text).is_ok()).then(|| text.to_owned());
    }
    let (name, host) = text.split_once('@')?;
    let fits = |part: &str, more: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    (fits(name, "._+-'") && fits(host, ".-")).then(|| format!("mailto:{text}"))
}

/// Appends a text, with links to the e-mail addresses and the addresses on the
/// web that stand in it.
pub fn push_linked(out: &mut String, text: &str) {
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_start_matches(['(', '<', '"', '\'', '“']);
        let open = part.len() - word.len();
        let word = word.trim_end_matches(|c: char| c.is_whitespace() || ".,;:!?)>\"'”".contains(c));
        // What has no dot behind its `@` is hardly an address.
        let whole = word.rsplit_once('@').is_none_or(|(_, host)| host.contains('.'));
        match of_contact(word).filter(|_| whole) {
            Some(href) => {
                push_escaped(out, &part[..open]);
                out.push_str("<a href=\"");
                push_escaped(out, &href);
                out.push_str("\">");
                push_escaped(out, word);
                out.push_str("</a>");
                push_escaped(out, &part[open + word.len()..]);
            }
            None => push_escaped(out, part),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text_become_links() {
        for (text, html) in [
            (
                "Write to clerk@parish.example, or see\n(https://parish.example/ask).",
                "Write to <a href=\"mailto:clerk@parish.example\">clerk@parish.example</a>, or see\n(<a href=\"https://parish.example/ask\">https://parish.example/ask</a>).",
            ),
            (
                "Meet <us> @ noon, or a@b & c",
                "Meet &lt;us&gt; @ noon, or a@b &amp; c",
            ),
            ("javascript:alert(1)@x.y", "javascript:alert(1)@x.y"),
            ("", ""),
        ] {
            let mut out = String::new();
            push_linked(&mut out, text);
            assert_eq!(out, html);
        }
    }

    #[test]
    fn a_contact_leads_where_it_says_or_nowhere() {
        for (text, href) in [
            ("clerk@parish.example", Some("mailto:clerk@parish.example")),
            (
                "https://parish.example/ask?x=1",
                Some("https://parish.example/ask?x=1"),
            ),
            ("the clerk @ the hall", None),
            ("\"onclick=prompt(8)>\"@x.y", None),
            ("http://www.<script>alert(1)</script", None),
            ("%@", None),
            ("javascript:alert(1)@x", None),
        ] {
            assert_eq!(of_contact(text).as_deref(), href, "{text}");
        }
    }

    #[test]
    fn links_are_made_whole() {
        for (html, expected) in [
            (
                "<a href=\"/a/b\">href=\"/x\"</a>",
                "<a href=\"https://x.org/a/b\">href=\"/x\"</a>",
            ),
            (
                "<img src=\"/p.png\" alt=\"\">",
                "<img src=\"https://x.org/p.png\" alt=\"\">",
            ),
            (
                "<a href=\"https://y.org/\">y</a>",
                "<a href=\"https://y.org/\">y</a>",
            ),
            ("<a href=\"//y.org/\">y</a>", "<a href=\"//y.org/\">y</a>"),
            ("<a href=\"#p\">p</a> a < b", "<a href=\"#p\">p</a> a < b"),
            (
                "<img src=\"/c\" href=\"/d\"> <p title=\"/f\">",
                "<img src=\"https://x.org/c\" href=\"https://x.org/d\"> <p title=\"/f\">",
            ),
            ("write href=\"/\" é", "write href=\"/\" é"),
            ("<p>in a text: src=\"/g\"</p>", "<p>in a text: src=\"/g\"</p>"),
            ("", ""),
        ] {
            assert_eq!(absolute(html, "https://x.org"), expected);
        }
    }
}
