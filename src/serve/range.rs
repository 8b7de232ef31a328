//! A part of a file (RFC 9110, section 14), for players and for viewers of
//! PDFs that fetch what they show.

use http_range_header::{RangeUnsatisfiableError, parse_range_header};

/// What of a file is sent.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Part {
    Whole,
    /// From and to, both included.
    Some(u64, u64),
    Unsatisfiable,
}

/// What `Range:` asks for of a file of so many bytes. Several parts at once,
/// and what cannot be read, are answered with the whole, as the standard
/// allows.
pub fn part(range: Option<&str>, length: u64) -> Part {
    let Some(Ok(asked)) = range.map(parse_range_header) else {
        return Part::Whole;
    };
    if asked.len() > 1 {
        return Part::Whole;
    }
    match asked.validate(length) {
        Ok(parts) => parts
            .first()
            .map_or(Part::Whole, |p| Part::Some(*p.start(), *p.end())),
        Err(RangeUnsatisfiableError::Unsatisfiable) => Part::Unsatisfiable,
        Err(_) => Part::Whole,
    }
}

/// Whether `If-None-Match:` names this tag. Weak tags count (RFC 9110, 13.1.2).
pub fn matches(header: &str, tag: &str) -> bool {
    header.trim() == "*"
        || header
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Whether `If-Range:` lets a part be sent: the tag is the same. A day never
/// is, because none is told.
pub fn may_be_part(if_range: Option<&str>, tag: &str) -> bool {
    if_range.is_none_or(|one| one.trim() == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_understood() {
        for (range, length, expected) in [
            (None, 10, Part::Whole),
            (Some("bytes=0-3"), 10, Part::Some(0, 3)),
            (Some("bytes=4-"), 10, Part::Some(4, 9)),
            (Some("bytes=-3"), 10, Part::Some(7, 9)),
            (Some("bytes=-30"), 10, Part::Some(0, 9)),
            (Some("bytes=0-99"), 10, Part::Some(0, 9)),
            (Some("bytes=10-"), 10, Part::Unsatisfiable),
            (Some("bytes=-0"), 10, Part::Unsatisfiable),
            (Some("bytes=0-"), 0, Part::Unsatisfiable),
            (Some("bytes=5-2"), 10, Part::Whole),
            (Some("bytes=0-1,4-5"), 10, Part::Whole),
            (Some("bytes=99999999999999999999999-"), 10, Part::Unsatisfiable),
            (Some("bytes=x"), 10, Part::Whole),
            (Some("lines=1-2"), 10, Part::Whole),
            (Some(""), 10, Part::Whole),
        ] {
            assert_eq!(part(range, length), expected, "{range:?}");
        }
    }

    #[test]
    fn tags_are_compared() {
        for (header, same) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(matches(header, "\"a\""), same, "{header}");
        }
        assert!(may_be_part(None, "\"a\"") && may_be_part(Some("\"a\""), "\"a\""));
        assert!(!may_be_part(Some("W/\"a\""), "\"a\""));
        assert!(!may_be_part(Some("Sun, 22 Nov 2026 10:00:00 GMT"), "\"a\""));
    }
}
