//! "Did you mean": the nearest of several words.

/// The candidate nearest to a word, when it is near enough to have been meant:
/// one slip in a short word, two in a longer one, three in a long one
/// (insertions, deletions, swaps; case does not matter).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = allowed(word.chars().count());
    candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(word.len()) <= 4)
        .map(|c| (strsim::osa_distance(&word, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by(|a, b| a.cmp(b))
        .map(|(_, c)| c)
}

/// How many slips of the pen a word of so many letters may hold.
pub fn allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

/// Help text, when something is near.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|c| format!("did you mean `{c}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["attendance", "agenda", "status", "start"];
        for (word, meant) in [
            ("atendance", Some("attendance")),
            ("Staus", Some("status")),
            ("stat", Some("start")),
            ("venue", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
    }
}
