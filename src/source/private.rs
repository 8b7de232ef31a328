//! Names of files that are not for the public: `….private.md`, which is never
//! read, and what was probably meant to be that.

use super::copies;
use super::dates;
use crate::paths::SourcePath;
use crate::report::{Diagnostic, rules};

/// What a name says at its end of a file that is not public.
const WORDS: &[&str] = &["private", "confidential", "exempt", "restricted"];

/// The same in words of their own, behind a day.
const PHRASES: &[&[&str]] = &[
    &["not", "for", "publication"],
    &["part", "ii"],
    &["in", "camera"],
    &["closed"],
];

/// What such a word may stand beside, in a name that is a day and nothing else.
const GENERAL: &[&str] = &[
    "agenda",
    "and",
    "business",
    "draft",
    "information",
    "item",
    "items",
    "meeting",
    "minutes",
    "notes",
    "part",
    "report",
    "reports",
    "section",
    "session",
];

/// Whether a path leads to a private file, or into a private folder.
pub fn is_private(path: &SourcePath) -> bool {
    path.as_str().split('/').any(has_mark)
}

/// `x.private.md`, the copies that file managers make of it
/// (`x.private (1).md`), and a folder `x.private`: a copy of what must not be
/// published must not be published either.
fn has_mark(name: &str) -> bool {
    const MARK: &[u8] = b".private";
    let bytes = name.as_bytes();
    memchr::memchr_iter(b'.', bytes).any(|at| {
        let there = bytes.get(at..at + MARK.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(MARK))
            && !name[at + MARK.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The part of a path, its folders or its own name, that says in another way
/// that the file is not public.
pub fn says_so(path: &SourcePath) -> Option<&str> {
    let (folders, _) = path.as_str().rsplit_once('/')?;
    // The first is `content`.
    let mut folders = folders.split('/').skip(1);
    folders
        .find(|folder| is_meant(folder))
        .or_else(|| Some(path.stem()).filter(|stem| is_meant(stem)))
}

/// What is said of a record with such a name.
pub(super) fn told(path: &SourcePath) -> Option<Diagnostic> {
    let part = says_so(path)?;
    let words = format!("`{part}` has the look of something that is not public; the file is left out");
    let help = "a file that is never read ends in `.private.md`, as `2024-03-12.private.md`; give this one another name if its text is public";
    Some(
        Diagnostic::new(&rules::PRIVATE_NAME, path, None, words)
            .help(help)
            .withheld(true),
    )
}

/// Whether a name without its ending was meant to say so: it ends with one of
/// the words, or is a day and nothing else but such words. Nearly one of them
/// is enough where nothing else could be meant: behind a full stop or the day,
/// and in brackets.
fn is_meant(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let counts = |word: &str| word.len() < 3 && word.bytes().all(|b| b.is_ascii_digit());
    let dated = words.len() > 3 && dates::is_day(&words[..3].join("-"));
    let from = if dated { 3 } else { 0 };
    while words.len() > from + 1
        && words
            .last()
            .is_some_and(|word| counts(word) || copies::WORDS.contains(word))
    {
        words.pop();
    }
    let words = &words[from..];
    let Some(last) = words.last() else {
        return false;
    };
    let before = words.len().checked_sub(2).map(|at| words[at]);
    if WORDS.contains(last) {
        return !before.is_some_and(|word| matches!(word, "not" | "non"));
    }
    if words.ends_with(PHRASES[0]) || (dated && is_general(words)) {
        return true;
    }
    let alone = dated && words.len() == 1;
    let set_off = || {
        let at = lower.rfind(last).unwrap_or(0);
        lower[..at].ends_with(['.', '(', '['])
    };
    (*last == "priv" || WORDS.iter().any(|word| strsim::osa_distance(last, word) == 1))
        && (alone || set_off())
}

/// `exempt minutes`, `part ii`, `closed session`
fn is_general(words: &[&str]) -> bool {
    let phrase = PHRASES
        .iter()
        .find_map(|phrase| words.strip_prefix(*phrase).map(|rest| (rest, true)));
    let (rest, says) = phrase.unwrap_or((words, false));
    let known = |word: &&str| WORDS.contains(word) || GENERAL.contains(word);
    (says || rest.iter().any(|word| WORDS.contains(word))) && rest.iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_files_are_known_by_their_mark() {
        for (path, expected) in [
            ("content/pages/x.private.md", true),
            ("content/pages/x.PRIVATE (1).md", true),
            ("content/pages/x.private-2.md", true),
            ("content/meetings/parks/2024-03-12.private/index.md", true),
            ("content/meetings/parks/report.private.pdf", true),
            ("content/pages/x.privateer.md", false),
            ("content/pages/x-private.md", false),
        ] {
            assert_eq!(is_private(&SourcePath::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn names_that_were_meant_to_say_so() {
        for name in [
            "2024-03-12-private",
            "2024-03-12 private",
            "2024-03-12_Private",
            "2024-03-12 (private)",
            "2024-03-12-private-2",
            "2024-03-12-private-copy",
            "2024-03-12.privat",
            "2024-03-12.priv",
            "2024-03-12-confidental",
            "2024-03-12.confidential",
            "2024-03-12-exempt",
            "2024-03-12-exempt-minutes",
            "2024-03-12-minutes-exempt",
            "2024-03-12-part-ii",
            "2024-03-12-closed-session",
            "2024-03-12-sale-of-land-exempt",
            "2024-03-12-not-for-publication",
            "pay-not-for-publication",
            "pay-private",
            "pay.privte",
            "private",
        ] {
            assert!(is_meant(name), "{name}");
        }
        for name in [
            "2024-03-12",
            "2024-03-12-2",
            "2024-03-12-private-hire",
            "2024-03-12-exempt-accommodation",
            "2024-03-12-part-2",
            "2024-03-12-minutes",
            "2024-03-12-pirates",
            "private-hire",
            "tax-exemptions",
            "x.privateer",
            "not-confidential",
            "report-non-exempt",
            "privates",
            "confidential-waste",
            "closed",
            "",
        ] {
            assert!(!is_meant(name), "{name}");
        }
    }
}
