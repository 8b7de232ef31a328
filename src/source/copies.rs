//! Names that a file manager or a program for shared folders gives to a copy.

use super::kind::{Kind, Place};
use crate::paths::SourcePath;
use crate::report::{Diagnostic, rules};

/// "Copy" in the languages of file managers.
pub(super) const WORDS: &[&str] = &[
    "copy",
    "kopie",
    "copie",
    "copia",
    "kopia",
    "conflict",
    "conflicted",
];

/// What is said of a record whose name is that of a copy: it would be published
/// beside the one that it was made of.
pub(super) fn told(path: &SourcePath, place: &Place) -> Option<Diagnostic> {
    let name = match place.folder {
        true => path.as_str().rsplit('/').nth(1)?,
        false => path.stem(),
    };
    if !is_copy(name, matches!(place.kind, Kind::Meeting | Kind::Decision)) {
        return None;
    }
    let words = format!(
        "`{name}` is the name of a copy, and is published as {} of its own",
        place.kind.name()
    );
    let help = match place.kind {
        Kind::Meeting => "delete it, or, for a second meeting on that day, name it as `2026-11-10-2.md`",
        _ => "delete it, or give it a name of its own",
    };
    Some(Diagnostic::new(&rules::COPIED_FILE, path, None, words).help(help))
}

/// `2026-11-10 (copy)`, `2026-11-10 - Copy`, `2026-11-10 (1)`, `Copy of
/// 2026-11-10`. `dated`: the name is a day, and a word behind it is no title.
fn is_copy(name: &str, dated: bool) -> bool {
    let lower = name.to_lowercase();
    let spaced = lower.contains([' ', '(']);
    let joined = dated && lower.contains(['-', '_']);
    if !(spaced || joined) {
        return false;
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let says = |word: &&str| WORDS.contains(word);
    let at_edge = words.last().is_some_and(says) || words.first().is_some_and(says);
    // "copy 2", "conflicted copy 2026-11-12"
    let numbered = spaced
        && words.iter().rposition(says).is_some_and(|at| {
            words[at..]
                .iter()
                .skip(1)
                .all(|w| w.bytes().all(|b| b.is_ascii_digit()))
        });
    let counted = lower
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .is_some_and(|(_, count)| {
            !count.is_empty() && count.len() < 3 && count.bytes().all(|b| b.is_ascii_digit())
        });
    at_edge || numbered || counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for (name, expected) in [
            ("2026-11-10 (copy)", true),
            ("2026-11-10 - Copy", true),
            ("2026-11-10 - Copy (2)", true),
            ("2026-11-10-copy", true),
            ("2026-11-10 copy 2", true),
            ("2026-11-10 (1)", true),
            ("2026-11-10 - Kopie", true),
            ("Copy of 2026-11-10", true),
            ("2026-11-10 (Jane's conflicted copy 2026-11-12)", true),
            ("2026-11-10", false),
            ("2026-11-10-2", false),
            ("2026-11-10-budget", false),
            ("2026-11-10-copy-of-the-charter", false),
        ] {
            assert_eq!(is_copy(name, true), expected, "{name}");
        }
        assert!(!is_copy("hard-copy", false) && is_copy("mill-pond (1)", false));
    }
}
