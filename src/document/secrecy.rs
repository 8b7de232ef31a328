//! Keys of a front matter that hold something back, wherever they stand.
//!
//! `exempt` and `publish_at` have their places. The same word elsewhere, a slip
//! of the pen in it, or the word of another program (`draft: true`) was meant
//! to withhold: it does, and it is an error until it is written as it should be.

use super::exempt::{self, Said};
use super::front_matter::{Map, Node};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::held::{CLOSED, DEGREES, FOREIGN, PUBLIC, plain};

/// Where a key may stand: the keys above it.
const PLACES: &[(&str, &[&str])] = &[
    ("exempt", &[]),
    ("exempt", &["documents"]),
    ("publish_at", &[]),
    ("publish_at", &["minutes"]),
    ("publish_at", &["documents"]),
    ("publish_at", &["interests"]),
];

/// Keys that stand in most files, and hold nothing back wherever they stand:
/// they need no closer look.
const HARMLESS: &[&str] = &[
    "absent",
    "agenda",
    "aliases",
    "apologies",
    "attendance",
    "bodies",
    "chair",
    "complete",
    "confirmed_at",
    "date",
    "documents",
    "end",
    "file",
    "from",
    "in_attendance",
    "kind",
    "members",
    "minutes",
    "mode",
    "name",
    "person",
    "present",
    "published",
    "reason",
    "remote",
    "role",
    "source",
    "start",
    "status",
    "substitutes",
    "title",
    "to",
    "updated",
    "url",
    "venue",
    "webcast",
];

/// Reports every such key; `true` when there is one, and the record must be
/// withheld.
pub fn strays(map: &Map, report: &mut Report) -> bool {
    let mut found = false;
    walk(map.node(), &mut Vec::new(), &mut |node, key, above| {
        found = true;
        let held = if above.is_empty() {
            String::new()
        } else {
            format!(" under `{}`", above.join("."))
        };
        let words = format!(
            "the key `{key}`{held} has the look of something that is held back; the record is withheld"
        );
        report.push(
            Diagnostic::new(&rules::EXEMPT_UNREADABLE, map.path(), node, words)
                .help("write `publish_at: 2026-12-01` or `exempt: 3` at the top of the front matter, or take the key away if the record is public")
                .withheld(true),
        );
    });
    found
}

/// Says where a public file holds text that is withheld: the first line that
/// does more than say so.
pub fn left_behind(path: &SourcePath, text: &str, withheld: &[Span], report: &mut Report) {
    let says_more = |line: &str| {
        let plain = line.trim();
        !plain.is_empty() && !plain.starts_with('#') && !matches!(exempt::line(plain), Some(Said::Exempt(_)))
    };
    let place = withheld.iter().find_map(|span| {
        let mut at = span.start as usize;
        text.get(span.range())?.split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            says_more(line).then(|| Span::new(start, start + 1))
        })
    });
    if let Some(place) = place {
        report.push(
            Diagnostic::new(&rules::EXEMPT_TEXT, path, Some(place), "this file holds text that is withheld from the site; in a public repository it is already published")
                .help(format!("move it to `{}.private.md` beside this file, which is never read", path.stem()))
                .withheld(true),
        );
    }
}

type Told<'f> = &'f mut dyn FnMut(Option<Span>, &str, &[String]);

fn walk(node: Node, above: &mut Vec<String>, tell: Told) {
    // No front matter is nested deeper than can be read.
    for item in node.items() {
        walk(item, above, tell);
    }
    for (key, span, inner) in node.entries() {
        let denied = || key == "published" && inner.is_some_and(|n| n.is_no());
        if denied() || (!HARMLESS.contains(&key.as_str()) && holds_back(&key, inner, above)) {
            tell(span, &key, above);
        }
        if let Some(inner) = inner {
            above.push(key);
            walk(inner, above, tell);
            above.pop();
        }
    }
}

/// Whether a key was meant to hold something back, and does not stand where it
/// would.
fn holds_back(key: &str, inner: Option<Node>, above: &[String]) -> bool {
    let plain = plain(key);
    let at_home = PLACES.iter().any(|(name, place)| {
        *name == key && place.len() == above.len() && place.iter().zip(above).all(|(a, b)| a == b)
    });
    let says = exempt::is_key(key) || exempt::is_nearly_key(key) || is_publish_at(&plain, inner);
    let foreign = FOREIGN.contains(&plain.as_str()) && inner.is_some_and(|n| !n.is_no())
        || PUBLIC.contains(&plain.as_str()) && inner.is_some_and(|n| n.is_no())
        || DEGREES.contains(&plain.as_str())
            && inner
                .and_then(|n| n.word())
                .is_some_and(|word| CLOSED.contains(&word.as_str()));
    let empty = at_home && inner.is_none_or(|n| n.is_empty());
    (says && !at_home) || foreign || empty
}

/// `publish_at`, or nearly that.
fn is_publish_at(plain: &str, value: Option<Node>) -> bool {
    let slips = strsim::osa_distance(plain, "publishat");
    // `publish: true` holds nothing back.
    let other = plain == "published" || plain == "publish" && value.is_some_and(|n| n.is_yes());
    !other && (slips <= 1 || slips == 2 && plain.starts_with("publ"))
}

/// Whether a line of text that is written like a key of a front matter was
/// meant to hold the file back. `ruled`: it stands below a line of hyphens.
pub(super) fn line_holds_back(line: &str, ruled: bool) -> bool {
    let Some((key, value)) = line.split_once(':') else {
        return false;
    };
    let (plain, value) = (plain(key), value.trim().to_lowercase());
    let yes = ["", "yes", "true", "on"].contains(&&*value) || value.starts_with(|c: char| c.is_ascii_digit());
    let no = ["no", "false", "off"].contains(&&*value);
    is_publish_at(&plain, None) && !(plain == "publish" && yes)
        || FOREIGN.contains(&&*plain) && (yes || ruled && !no)
        || PUBLIC.contains(&&*plain) && no
        || ruled && (exempt::is_key(key) || exempt::is_nearly_key(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_keys_hold_nothing_back() {
        for key in HARMLESS {
            assert!(!FOREIGN.contains(key) && !PLACES.iter().any(|(name, _)| name == key));
            assert!(!holds_back(key, None, &[]), "{key}");
            assert!(!holds_back(key, None, &["documents".to_owned()]), "{key}");
        }
        for (line, ruled, expected) in [
            ("publish_at: 2999-01-01", false, true),
            ("draft: true", false, true),
            ("draft: the first of three", false, false),
            ("private: 3 spaces", false, true),
            ("published: false", false, true),
            ("published: 2024-01-01", true, false),
            ("exempt: 3", true, true),
            ("title: x", true, false),
        ] {
            assert_eq!(line_holds_back(line, ruled), expected, "{line}");
        }
        assert!(holds_back("publish-at", None, &[]) && holds_back("exmept", None, &[]));
    }
}
