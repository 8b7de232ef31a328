//! A run of documents with a dictionary of its own. What stands in one depends
//! on its documents alone, so that a new meeting changes the last one only. The
//! last one, which changes anyway, knows the forms of the others too.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::bits::take_varint;
use super::count::{Counting, Language, Stretch, Survey};
use super::dictionary::{Dictionary, order};
use super::list;
use super::record::{Doc, Order};
use crate::model::*;
use crate::site::Site;

/// How large a file of neighbouring words should be, in bytes.
const BLOCK: usize = 18 * 1024;
/// … and in the last segment, of which every reader needs one more.
const LIVE_BLOCK: usize = 8 * 1024;
/// … and one of neighbouring pairs.
const PAIR_BLOCK: usize = 40 * 1024;

/// When a part of an archive is sealed, counted in meetings and decisions.
#[derive(Clone, Copy)]
pub struct Sealing {
    /// From so many on, an archive has a sealed segment.
    pub from: usize,
    /// A sealed segment ends at so many, or a multiple of it.
    pub step: usize,
    /// So many of the newest are never sealed: drafts become confirmed minutes.
    pub fresh: usize,
    /// No segment is larger, so that memory stays within bounds.
    pub largest: usize,
}

pub const SEALING: Sealing = Sealing {
    from: 2500,
    step: 1000,
    fresh: 250,
    largest: 20_000,
};

/// Where the segments lie: ranges of documents.
pub fn divide(order: &Order, sealing: Sealing) -> Vec<Range<usize>> {
    let groups = order.groups.len();
    let sealed = if groups < sealing.from {
        0
    } else {
        (groups - sealing.fresh) / sealing.step * sealing.step
    };
    let mut cuts: Vec<usize> = (0..sealed)
        .step_by(sealing.largest)
        .map(|g| order.firsts[g])
        .collect();
    cuts.push(order.firsts.get(sealed).copied().unwrap_or(0));
    cuts.push(order.docs.len());
    cuts.windows(2)
        .map(|w| w[0]..w[1])
        .filter(|r| !r.is_empty())
        .collect()
}

/// What a segment comes to.
pub struct Segment {
    pub docs: Range<usize>,
    pub words: Dictionary,
    /// Words that are common in it, and the pairs of them.
    pub common: Vec<String>,
    pub pairs: Dictionary,
    /// Stems, sorted, with the forms by which they are found here.
    pub families: Vec<(Box<str>, Vec<String>)>,
    /// By document of the segment.
    pub people: Vec<(PersonId, u32)>,
    pub issues: Vec<(IssueId, u32)>,
}

impl Segment {
    /// `older`: the segments before.
    pub fn new(site: &Site, counting: &Counting, docs: &[Doc], range: Range<usize>, older: &[Self]) -> Self {
        let here = &docs[range.clone()];
        let last = range.start > 0 && range.end == docs.len();
        let survey = counting.survey(here);
        let mut stretches = counting.count(here, &survey);
        let pairs = pairs(&mut stretches, &survey);
        let mut people: Vec<(PersonId, u32)> = Vec::new();
        let mut issues: Vec<(IssueId, u32)> = Vec::new();
        let mut numbers: Vec<(String, u32)> = Vec::new();
        for stretch in &mut stretches {
            people.append(&mut stretch.people);
            issues.append(&mut stretch.issues);
            numbers.append(&mut stretch.numbers);
        }
        numbers.sort_unstable();
        people.sort_unstable();
        issues.sort_unstable();
        let (stems, mut lists, mut terms) = words(&stretches, here.len());
        if last {
            for (stem, forms) in older.iter().flat_map(|s| &s.families) {
                if let Ok(list) = stems.binary_search(stem) {
                    terms.extend(forms.iter().map(|form| (form.clone(), list as u32)));
                }
            }
            terms.sort_unstable();
            terms.dedup();
        }
        let families = families(stems, &terms);
        let facets = facets("person", &people, |id| &site.archive.people[*id].id)
            .into_iter()
            .chain(facets("issue", &issues, |id| &site.archive.issues[*id].id))
            .chain(facets("item", &numbers, |number| number));
        for (term, docs) in facets {
            terms.push((term, lists.len() as u32));
            lists.push(list::encode_docs(&docs));
        }
        terms.sort_by(|a, b| order(&a.0, &b.0).then(a.1.cmp(&b.1)));
        Self {
            docs: range,
            words: Dictionary::new(&terms, &lists, if last { LIVE_BLOCK } else { BLOCK }),
            common: survey.common,
            pairs,
            families,
            people,
            issues,
        }
    }
}

/// Stems, sorted, and their lists; every folded form with the number of its stem.
type Words = (Vec<Box<str>>, Vec<Vec<u8>>, Vec<(String, u32)>);

fn words(stretches: &[Stretch], docs: usize) -> Words {
    let mut runs: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    for (stem, bytes) in stretches.iter().flat_map(|s| &s.stems) {
        runs.entry(stem).or_default().push(bytes);
    }
    let numbers: BTreeMap<&str, u32> = runs
        .keys()
        .enumerate()
        .map(|(n, stem)| (*stem, n as u32))
        .collect();
    let stems = numbers.keys().map(|stem| Box::from(*stem)).collect();
    let runs: Vec<Vec<&[u8]>> = runs.into_values().collect();
    let lists: Vec<Vec<u8>> = runs
        .par_iter()
        .map(|runs| {
            let mut postings: Vec<(u32, u8)> = Vec::new();
            for run in runs {
                let mut rest = *run;
                let mut doc = 0;
                while !rest.is_empty() {
                    doc += take_varint(&mut rest);
                    if let Some((level, after)) = rest.split_first() {
                        postings.push((doc, *level));
                        rest = after;
                    }
                }
            }
            list::encode(&postings, docs)
        })
        .collect();
    let mut terms: Vec<(String, u32)> = stretches
        .iter()
        .flat_map(|s| {
            s.forms
                .iter()
                .map(|(form, stem)| (form, &s.stems[*stem as usize].0))
        })
        .map(|(form, stem)| (form.to_string(), numbers[&**stem]))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    (stems, lists, terms)
}

/// Every stem with its forms.
fn families(stems: Vec<Box<str>>, terms: &[(String, u32)]) -> Vec<(Box<str>, Vec<String>)> {
    let mut families: Vec<(Box<str>, Vec<String>)> = stems.into_iter().map(|s| (s, Vec::new())).collect();
    for (form, list) in terms {
        families[*list as usize].1.push(form.clone());
    }
    families
}

fn facets<'i, T: Ord>(
    kind: &str,
    found: &'i [(T, u32)],
    id: impl Fn(&'i T) -> &'i String,
) -> Vec<(String, Vec<u32>)> {
    found
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            (
                format!("{kind}:{}", id(&same[0].0)),
                same.iter().map(|f| f.1).collect(),
            )
        })
        .collect()
}

/// Takes the pairs out of the stretches.
fn pairs(stretches: &mut [Stretch], survey: &Survey) -> Dictionary {
    let mut all: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for stretch in stretches {
        for same in std::mem::take(&mut stretch.pairs).chunk_by(|a, b| a.0 == b.0) {
            all.entry(same[0].0).or_default().extend(same.iter().map(|p| p.1));
        }
    }
    let word = |n: u32| &survey.common[n as usize];
    let mut terms: Vec<(String, u32)> = all
        .keys()
        .enumerate()
        .map(|(n, (left, right))| (format!("{} {}", word(*left), word(*right)), n as u32))
        .collect();
    let all: Vec<Vec<u32>> = all.into_values().collect();
    let lists: Vec<Vec<u8>> = all.par_iter().map(|docs| list::encode_docs(docs)).collect();
    terms.sort_by(|a, b| order(&a.0, &b.0));
    Dictionary::new(&terms, &lists, PAIR_BLOCK)
}

/// Most rules of inflection that are worth their bytes.
const RULES: usize = 150;
/// A stem shorter than this tells nothing about what follows it.
const SHORTEST: usize = 3;
const LONGEST_ENDING: usize = 5;

/// How the forms of a word differ at their ends in this archive, the most
/// usual first: `("s", "")` where `allotments` may be asked for by one who
/// knows only `allotment`. The stemmer, which the browser does not have, is
/// asked here whether such a rule holds.
pub fn inflections(segments: &[Segment], language: Language) -> Vec<(String, String)> {
    let mut counts: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    let families = || {
        segments
            .iter()
            .flat_map(|s| &s.families)
            .map(|f| &f.1)
            .filter(|f| f.len() > 1)
    };
    for family in families() {
        for a in family.iter().take(12) {
            for b in family.iter().take(12).filter(|b| a != *b) {
                let shared: usize = a
                    .chars()
                    .zip(b.chars())
                    .take_while(|(x, y)| x == y)
                    .map(|(c, _)| c.len_utf8())
                    .sum();
                let (end_a, end_b) = (&a[shared..], &b[shared..]);
                if a[..shared].chars().count() >= SHORTEST
                    && end_a.len() <= LONGEST_ENDING
                    && end_b.len() <= LONGEST_ENDING
                {
                    *counts.entry((end_a, end_b)).or_default() += 1;
                }
            }
        }
    }
    let mut rules: Vec<((&str, &str), u32)> = counts.into_iter().filter(|(_, n)| *n > 1).collect();
    rules.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    rules.truncate(RULES * 2);
    let forms: Vec<&str> = segments
        .iter()
        .flat_map(|s| &s.families)
        .flat_map(|f| &f.1)
        .filter(|f| f.is_ascii() && f.bytes().all(|b| b.is_ascii_lowercase()) && f.len() > SHORTEST)
        .take(2000)
        .map(String::as_str)
        .collect();
    let holds = |(typed, known): (&str, &str)| {
        let (mut right, mut tried) = (0, 0);
        for form in &forms {
            let Some(base) = form.strip_suffix(known).filter(|b| b.len() >= SHORTEST) else {
                continue;
            };
            tried += 1;
            right += usize::from(language.stem(&format!("{base}{typed}")) == language.stem(form));
        }
        right * 2 >= tried
    };
    rules
        .into_iter()
        .filter(|(rule, _)| holds(*rule))
        .take(RULES)
        .map(|((typed, known), _)| (typed.to_owned(), known.to_owned()))
        .collect()
}
