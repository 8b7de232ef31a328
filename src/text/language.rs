//! Whether a tag names a language (BCP 47, RFC 5646).

use language_tags::LanguageTag;

/// Whether a tag is well formed and each of its parts is registered with IANA:
/// `cy`, `en-GB`, `zh-Hant-TW`. Capitals and small letters are alike.
pub fn is_known(tag: &str) -> bool {
    // Longer names of a language are well formed, and none is registered.
    let registered = |tag: LanguageTag| tag.primary_language().len() <= 3 && tag.validate().is_ok();
    LanguageTag::parse(tag).is_ok_and(registered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_of_the_registry() {
        for tag in ["en", "cy", "en-GB", "EN-gb", "zh-Hant-TW", "hsb", "de-1996"] {
            assert!(is_known(tag), "{tag}");
        }
        for tag in [
            "",
            "INF",
            "english",
            "en_GB",
            "en-",
            "en-QX-",
            "not a tag",
            "qqqq",
            "en-ZY",
        ] {
            assert!(!is_known(tag), "{tag}");
        }
    }
}
