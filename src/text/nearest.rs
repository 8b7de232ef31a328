//! "Did you mean": the nearest of several words.

/// The candidate nearest to a word, when it is near enough to have been meant:
/// one slip in a short word, two in a longer one, three in a long one
/// (insertions, deletions, swaps; case does not matter).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters: Vec<char> = word.chars().collect();
    let allowed = allowed(letters.len());
    let mut other: Vec<char> = Vec::new();
    candidates
        .into_iter()
        .filter(|c| c.len().abs_diff(word.len()) <= 4)
        .filter_map(|c| {
            other.clear();
            if c.is_ascii() {
                other.extend(c.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                other.extend(c.to_lowercase().chars());
            }
            slips(&letters, &other, allowed).map(|distance| (distance, c))
        })
        .min()
        .map(|(_, c)| c)
}

/// How many slips part two words, if not more than `most`: an insertion, a
/// deletion, another letter, or two neighbours swapped. It gives up as soon as
/// there are more, so that thousands of names can be compared with thousands.
pub fn slips(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || most >= WIDEST {
        return None;
    }
    let far = most + 1;
    // Rows of the usual table, of which only the band round the diagonal
    // matters; `row[most + j - i]` is the distance of `a[..i]` and `b[..j]`.
    let band = 2 * most + 1;
    let mut before = [far; 2 * WIDEST];
    let mut last = [far; 2 * WIDEST];
    let mut row = [far; 2 * WIDEST];
    for i in 0..=a.len() {
        row[..band].fill(far);
        let mut least = far;
        for j in i.saturating_sub(most)..=(i + most).min(b.len()) {
            let at = most + j - i;
            let mut distance = if i == 0 {
                j
            } else if j == 0 {
                i
            } else {
                far
            };
            if i > 0 && j > 0 {
                distance = last[at] + usize::from(a[i - 1] != b[j - 1]);
                if at > 0 {
                    distance = distance.min(row[at - 1] + 1);
                }
                if at + 1 < band {
                    distance = distance.min(last[at + 1] + 1);
                }
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    distance = distance.min(before[at] + 1);
                }
            }
            row[at] = distance.min(far);
            least = least.min(row[at]);
        }
        if least == far {
            return None;
        }
        before = last;
        last = row;
    }
    Some(last[most + b.len() - a.len()]).filter(|d| *d <= most)
}

/// More slips than this are never asked for.
const WIDEST: usize = 8;

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
    fn slips_are_counted_as_the_whole_table_counts_them() {
        let words = [
            "",
            "a",
            "ab",
            "ba",
            "abc",
            "acb",
            "jane roe",
            "jnae roe",
            "jane roee",
            "jan re",
            "enaj eor",
            "given1 family1",
            "givne1 famly",
        ];
        for a in words {
            for b in words {
                let (left, right): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
                for most in 0..=4 {
                    let whole = strsim::osa_distance(a, b);
                    assert_eq!(
                        slips(&left, &right, most),
                        Some(whole).filter(|d| *d <= most),
                        "{a} {b} {most}"
                    );
                }
            }
        }
    }

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
