//! Words for a text that is not public, and whether a text that cannot be read
//! may hold one.

/// Words of other programs for a text that is not public.
pub const FOREIGN: &[&str] = &[
    "draft",
    "embargoed",
    "embargoeduntil",
    "embargodate",
    "publishafter",
    "publishfrom",
    "embargountil",
    "notforpublication",
    "private",
    "hidden",
    "embargo",
    "restricted",
    "unlisted",
    "secret",
    "publishdate",
    "releaseat",
    "unpublished",
    "withheld",
    "withhold",
];

/// Keys that say with a no that a text is not public.
pub const PUBLIC: &[&str] = &["public", "publish", "published", "visible"];

/// Keys that say for whom a text is.
pub const DEGREES: &[&str] = &[
    "access",
    "audience",
    "classification",
    "sensitivity",
    "visibility",
];

/// What such a key says of a text that is not public.
pub const CLOSED: &[&str] = &[
    "closed",
    "confidential",
    "draft",
    "exempt",
    "hidden",
    "internal",
    "members",
    "none",
    "not for publication",
    "official-sensitive",
    "private",
    "restricted",
    "secret",
    "unlisted",
];

/// A key without what people write differently: case, hyphens, underscores.
pub fn plain(key: &str) -> String {
    let letters = key.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether a front matter, or a whole file, that cannot be read as it was meant
/// may say that it is not public. It is held back rather than shown: a key that
/// only resembles one is enough.
pub fn may_be(text: &str) -> bool {
    let lower = text.to_lowercase();
    if ["exempt", "publish_at", "confidential"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return true;
    }
    // `{private: true, title: x}` is on one line.
    let pieces = lower.split(['\n', '\r', '{', ',']);
    pieces
        .filter_map(|piece| piece.split_once([':', '=']))
        .any(|(key, _)| is_nearly(&plain(key)))
}

fn is_nearly(key: &str) -> bool {
    // No key that holds something back is longer.
    if key.is_empty() || key.len() > 24 {
        return false;
    }
    let known = FOREIGN.iter().chain(PUBLIC).chain(DEGREES);
    let public = ["published", "publisher"].contains(&key);
    known.into_iter().any(|word| *word == key && !public)
        || key.starts_with("publ") && !public
        || key.starts_with("confid")
        || strsim::osa_distance(key, "exempt") <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_cannot_be_read_is_held_back_on_suspicion() {
        for word in FOREIGN.iter().chain(DEGREES) {
            assert!(may_be(&format!("title: [\n{word}: true")), "{word}");
            assert!(may_be(&format!("{{title: x, {word}: true")), "{word}");
        }
        for (text, expected) in [
            ("publish-at: 2999-01-01\ntitle: [", true),
            ("Publish at: 2999-01-01", true),
            ("exmept: 3", true),
            ("public: no", true),
            ("visibility: members", true),
            ("Draft = true", true),
            ("title: [\npublished: 2024-01-01", false),
            ("title: The private road\nvenue: [", false),
            ("secretary: Jane Roe\ntitle: [", false),
        ] {
            assert_eq!(may_be(text), expected, "{text}");
        }
    }
}
