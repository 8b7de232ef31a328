//! The Content-Security-Policy: that of a host, as docs/hosting.md tells it,
//! and with it what the preview itself needs, which a site without a script
//! forbids.

/// The header that every answer carries.
pub const HEADER: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// That of a PDF, to which a browser's viewer may apply it.
pub const PDF: &str = "frame-ancestors 'none'";

/// What the script, the style sheet and the stream of the preview need.
const NEEDED: [&str; 3] = ["script-src", "style-src", "connect-src"];

/// A page's own policy with what the preview needs. `None` when the page has
/// none, or needs no change.
pub fn widened(html: &str) -> Option<String> {
    let head = html.get(..html.find("</head>").unwrap_or(html.len()))?;
    let lower = head.to_ascii_lowercase();
    let equiv = lower.find("http-equiv=\"content-security-policy\"")?;
    let start = lower[..equiv].rfind('<')?;
    let end = equiv + lower[equiv..].find('>')?;
    let from = start + lower[start..end].find(" content=\"")? + " content=\"".len();
    let to = from + lower[from..end].find('"')?;
    let policy = &html[from..to];
    let wide = widen(policy);
    (wide != policy).then(|| format!("{}{wide}{}", &html[..from], &html[to..]))
}

fn widen(policy: &str) -> String {
    let mut directives: Vec<String> = policy
        .split(';')
        .map(|d| d.trim().to_owned())
        .filter(|d| !d.is_empty())
        .collect();
    for needed in NEEDED {
        let own = directives.iter().position(|d| {
            d.split_whitespace()
                .next()
                .is_some_and(|n| n.eq_ignore_ascii_case(needed))
        });
        match own {
            Some(at)
                if directives[at]
                    .split_whitespace()
                    .any(|s| s == "'self'" || s == "*") => {}
            Some(at) => {
                let others = directives[at]
                    .split_whitespace()
                    .skip(1)
                    .filter(|s| *s != "'none'");
                let others: String = others.map(|s| format!(" {s}")).collect();
                directives[at] = format!("{needed} 'self'{others}");
            }
            None => directives.push(format!("{needed} 'self'")),
        }
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_grows_by_what_is_needed() {
        for (policy, wide) in [
            (
                "default-src 'none'; style-src 'self'; base-uri 'none'",
                "default-src 'none'; style-src 'self'; base-uri 'none'; script-src 'self'; connect-src 'self'",
            ),
            (
                "script-src 'none'; style-src https://a.example; connect-src *",
                "script-src 'self'; style-src 'self' https://a.example; connect-src *",
            ),
        ] {
            assert_eq!(widen(policy), wide);
            assert_eq!(widen(wide), wide);
        }
    }

    #[test]
    fn only_the_page_s_own_policy_is_touched() {
        let page = |policy: &str| {
            format!(
                "<head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\"></head><p>http-equiv=\"content-security-policy\" content=\"x\">"
            )
        };
        let wide = widened(&page("default-src 'none'")).expect("a change");
        assert!(wide.contains("content=\"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'\"></head>"), "{wide}");
        assert!(wide.ends_with("content=\"x\">"));
        assert_eq!(widened(&wide), None);
        assert_eq!(
            widened("<head></head><p>http-equiv=\"Content-Security-Policy\" content=\"x\">"),
            None
        );
    }

    #[test]
    fn the_header_is_the_one_of_the_documentation() {
        let told = include_str!("../../docs/hosting.md");
        assert!(told.contains(HEADER));
    }
}
