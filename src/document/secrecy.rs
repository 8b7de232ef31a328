//! Keys of a front matter that hold something back, wherever they stand.
//!
//! `exempt` and `publish_at` have their places. The same word elsewhere, a slip
//! of the pen in it, or the word of another program (`draft: true`) was meant
//! to withhold: it does, and it is an error until it is written as it should be.

use super::exempt::{self, Said};
use super::front_matter::{Map, Node};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::dates;
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

/// Keys that say of what kind a record is, or how it stands: one of these words
/// was meant to withhold it.
const KINDS: &[&str] = &[
    "category",
    "decisionstatus",
    "itemkind",
    "itemstatus",
    "itemtype",
    "kind",
    "state",
    "status",
    "type",
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
        let draft = match key {
            "status" => "; minutes that are a draft say `minutes: {status: draft}`",
            _ => "",
        };
        let help = format!(
            "write `publish_at: 2026-12-01` or `exempt: 3` at the top of the front matter, or take the key away if the record is public{draft}"
        );
        report.push(
            Diagnostic::new(&rules::EXEMPT_UNREADABLE, map.path(), node, words)
                .help(help)
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
        let kind = || above.is_empty() && KINDS.contains(&key.as_str()) && inner.is_some_and(is_secret_kind);
        if denied() || kind() || (!HARMLESS.contains(&key.as_str()) && holds_back(&key, inner, above)) {
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

/// Whether a value says that the whole record is one of those that are not
/// public. The minutes of a meeting that are a draft say so below `minutes`.
fn is_secret_kind(value: Node) -> bool {
    value.word().is_some_and(|word| is_secret_word(&word))
}

fn is_secret_word(word: &str) -> bool {
    const NOT_YET: &[&str] = &[
        "draft",
        "embargoed",
        "hidden",
        "unlisted",
        "unpublished",
        "withheld",
    ];
    NOT_YET.contains(&word) || exempt::is_nothing_else(word)
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
        || ruled && KINDS.contains(&&*plain) && is_secret_word(&value)
}

/// Whether a line among the facts of an item was meant to hold it back:
/// `Private: yes`, `publish_at: 2999-01-01`, `Kind: exempt`. A number or a word
/// of its own behind such a key is a fact like any other.
pub(super) fn fact_holds_back(line: &str) -> bool {
    if memchr::memchr(b':', line.as_bytes()).is_none() {
        return false;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some((key, value)) = line.split_once(':').filter(|(key, _)| key.len() <= 40) else {
        return false;
    };
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    let is_one_of = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    let dated = value.starts_with(|c: char| c.is_ascii_digit());
    let (yes, no) = (
        is_one_of(&["yes", "true", "on"]),
        is_one_of(&["no", "false", "off"]),
    );
    let closed = is_one_of(CLOSED) && !is_one_of(&["closed", "none"]);
    let kind = exempt::is_nothing_else(value);
    // Nearly all facts have another value, and need no closer look.
    let release = key.starts_with(['p', 'P', 'e', 'E']);
    if !(dated || yes || no || closed || kind || release) {
        return false;
    }
    let plain = plain(key);
    let day = || dates::iso(value).is_ok();
    let until = plain.starts_with("embargo") && !no && !is_one_of(&["", "none", "lifted", "n/a"]);
    plain == "publishat"
        || until
        || (dated && plain != "publish" && is_publish_at(&plain, None))
        || (FOREIGN.contains(&&*plain) && (yes || day()))
        || (PUBLIC.contains(&&*plain) && plain != "publish" && no)
        || (DEGREES.contains(&&*plain) && closed)
        || (KINDS.contains(&&*plain) && kind)
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
            ("status: draft", true, true),
            ("status: draft", false, false),
            ("status: held", true, false),
            ("title: x", true, false),
        ] {
            assert_eq!(line_holds_back(line, ruled), expected, "{line}");
        }
        for (line, expected) in [
            ("- publish_at: 2099-01-01", true),
            ("- **Publish at:** 2099-01-01", true),
            ("Publish on: 1 June 2099", true),
            ("- Embargo: until Monday", true),
            ("- Embargoed until: 2099-01-01", true),
            ("- Private: yes", true),
            ("- Restricted: 2099-01-01", true),
            ("- Public: no", true),
            ("- Visibility: private", true),
            ("- Kind: exempt", true),
            ("- Status: Part II", true),
            ("- Type: Part 2", true),
            ("- Publish: no", false),
            ("- Published: 2024-03-04", false),
            ("- Published by: 3 members", false),
            ("- Embargo: none", false),
            ("- Private: 3 spaces", false),
            ("- Draft: the second of three", false),
            ("- Public: no objections", false),
            ("- Access: closed", false),
            ("- Call-in: exempt", false),
            ("- Kind: private hire", false),
            ("- Status: open", false),
            ("- Report of: the Director", false),
        ] {
            assert_eq!(fact_holds_back(line), expected, "{line}");
        }
        assert!(holds_back("publish-at", None, &[]) && holds_back("exmept", None, &[]));
    }
}
