//! Links in HTML that this program wrote, for readers elsewhere.

use memchr::{memmem, memrchr2};

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

#[cfg(test)]
mod tests {
    use super::*;

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
