//! How much a word says about a document: BM25F (Robertson, Zaragoza and
//! Taylor, "Simple BM25 Extension to Multiple Weighted Fields", 2004), without
//! the rarity of the word, which the browser knows best: it multiplies.

/// Title, names, text.
pub const FIELDS: usize = 3;
/// How much a word counts in each.
const WEIGHT: [f32; FIELDS] = [6.0, 2.0, 1.0];
/// How much the length of a field matters: nothing at 0, all at 1.
const LENGTH: [f32; FIELDS] = [0.4, 0.3, 0.75];
/// How soon more of the same word adds nothing.
const SATURATION: f32 = 1.2;

/// A score is kept in so many levels, each as many times the one below it.
pub const LEVELS: u32 = 64;
/// The score of level 0, of a possible 1. The browser holds the same number.
pub const LOWEST: f32 = 0.02;

/// Lengths of fields, in words.
pub type Lengths = [u32; FIELDS];

/// What is usual in a segment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    pub lengths: [f32; FIELDS],
}

impl Usual {
    /// The means, rounded to steps of a quarter of an octave, so that another
    /// meeting does not change the score of every document.
    pub fn of(sums: [u64; FIELDS], docs: u64) -> Self {
        let mean = |sum: u64| {
            let mean = (sum as f32 / docs.max(1) as f32).max(1.0);
            ((mean.log2() * 4.0).round() / 4.0).exp2()
        };
        Self {
            lengths: sums.map(mean),
        }
    }

    /// What a document's lengths divide the counts of its words by.
    pub fn norms(&self, lengths: Lengths) -> [f32; FIELDS] {
        std::array::from_fn(|f| {
            WEIGHT[f] / (1.0 - LENGTH[f] + LENGTH[f] * lengths[f] as f32 / self.lengths[f])
        })
    }
}

/// The level of a word that stands so often in the fields of a document.
pub fn level(counts: [u16; FIELDS], norms: &[f32; FIELDS]) -> u8 {
    let weight: f32 = counts.iter().zip(norms).map(|(n, w)| f32::from(*n) * w).sum();
    let score = weight / (SATURATION + weight);
    let step = (score / LOWEST).ln() / (1.0 / LOWEST).ln();
    (step * (LEVELS - 1) as f32)
        .round()
        .clamp(0.0, (LEVELS - 1) as f32) as u8
}

/// How many low bits of a level a list leaves out. The commoner a word, the
/// less its score can move the order of hits, and the dearer its list.
pub fn coarseness(found_in: usize, docs: usize) -> u32 {
    match () {
        () if found_in * 32 <= docs => 0,
        () if found_in * 8 <= docs => 1,
        () if found_in * 3 <= docs => 2,
        () if found_in * 5 <= docs * 4 => 3,
        () => 4,
    }
}

/// Left out so, a level says nothing but that the word is there.
pub const NO_LEVEL: u32 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_counts_more_than_a_text_and_a_short_text_more_than_a_long_one() {
        let usual = Usual::of([500, 500, 35_000], 100);
        let short = usual.norms([5, 5, 100]);
        let long = usual.norms([5, 5, 2_000]);
        let level = |counts, norms| level(counts, norms);
        assert!(level([1, 0, 0], &long) > level([0, 0, 2], &short));
        assert!(level([0, 0, 1], &short) > level([0, 0, 1], &long));
        assert!(level([0, 0, 3], &long) > level([0, 0, 1], &long));
        assert_eq!(level([9, 9, 9], &short).max(63), 63);
        assert_eq!(level([0, 0, 1], &usual.norms([0, 0, 4_000_000])), 0);
    }

    #[test]
    fn a_few_documents_more_change_no_usual_length() {
        assert_eq!(Usual::of([0, 0, 35_000], 100), Usual::of([0, 0, 35_900], 101));
    }
}
