//! Counting the words of documents, a stretch of documents at a time and the
//! stretches side by side. Each gives its counts in a few bytes, so memory
//! follows the index and not the text.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use rayon::prelude::*;

use super::bits::push_varint;
use super::mask::Mask;
use super::record::{Doc, Record};
use super::score::{self, FIELDS, Lengths, Usual};
use crate::model::*;
use crate::site::Site;
use crate::text::words::{fold, pieces, runs};

/// Documents counted in one go.
const STRETCH: usize = 4096;

/// Of the documents that are read to learn what is usual, at most so many.
const SAMPLE: usize = 4096;

/// A word is common that stands in more than this share of the documents.
const COMMON: usize = 12;
/// … and in more than so many.
const COMMON_LEAST: usize = 64;
/// Words in more than four of five documents are left out: they stand beside
/// everything, and a phrase is found by its other words.
const EVERYWHERE: (usize, usize) = (4, 5);

/// The rules of a language.
#[derive(Clone, Copy)]
pub struct Language(Option<Stemmer>);

impl Language {
    /// By its tag (`en-GB`); a language without a stemmer leaves words whole.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let name = match primary.as_str() {
            "nb" | "nn" => "no",
            other => other,
        };
        Self(Algorithm::from_name(name).ok().map(Stemmer::new))
    }

    /// What the inflections of a word have in common, folded.
    pub fn stem(self, lower: &str) -> String {
        let Some(stemmer) = self.0 else {
            return fold(lower);
        };
        let stem = fold(&stemmer.stem(lower));
        if stem.is_empty() { fold(lower) } else { stem }
    }
}

/// What all stretches have to know.
pub struct Counting<'a, 's> {
    pub site: &'s Site<'a>,
    pub mask: &'s Mask,
    pub language: Language,
}

/// What is usual in a segment: lengths, and which words are common.
pub struct Survey {
    pub usual: Usual,
    /// Folded forms, sorted.
    pub common: Vec<String>,
}

/// Of a part of the sample: lengths, and in how many documents each form is.
type Part = ([u64; FIELDS], BTreeMap<Box<str>, u32>);

/// The counts of a stretch.
#[derive(Default)]
pub struct Stretch {
    /// Stems, sorted, with their postings: gap and level, one after another.
    pub stems: Vec<(Box<str>, Vec<u8>)>,
    /// Folded forms with the stems they are of; sorted.
    pub forms: Vec<(Box<str>, u32)>,
    /// Pairs of common words that stand side by side, by their numbers in the
    /// survey, with the documents.
    pub pairs: Vec<((u32, u32), u32)>,
    /// Whom and what the documents concern.
    pub people: Vec<(PersonId, u32)>,
    pub issues: Vec<(IssueId, u32)>,
    pub numbers: Vec<(String, u32)>,
}

impl Counting<'_, '_> {
    fn record(&self, doc: Doc) -> Record {
        self.mask.over(Record::of(self.site, doc))
    }

    /// Reads every so manyth document.
    pub fn survey(&self, docs: &[Doc]) -> Survey {
        let step = docs.len().div_ceil(SAMPLE).max(1);
        let sample: Vec<Doc> = docs.iter().copied().step_by(step).collect();
        let parts: Vec<Part> = sample
            .par_chunks(SAMPLE / 8)
            .map(|docs| {
                let mut sums = [0; FIELDS];
                let mut counter = Counter::new(self.language, &[]);
                let mut found_in: Vec<u32> = Vec::new();
                for doc in docs {
                    let lengths = counter.count(&self.record(*doc));
                    for (sum, length) in sums.iter_mut().zip(lengths) {
                        *sum += u64::from(length);
                    }
                    counter.doc_forms.sort_unstable();
                    counter.doc_forms.dedup();
                    found_in.resize(counter.forms.len(), 0);
                    for form in &counter.doc_forms {
                        found_in[*form as usize] += 1;
                    }
                    counter.clear();
                }
                let mut forms: BTreeMap<Box<str>, u32> = BTreeMap::new();
                for (form, count) in counter.forms.into_iter().zip(found_in) {
                    *forms.entry(form.text).or_default() += count;
                }
                (sums, forms)
            })
            .collect();
        let mut sums = [0; FIELDS];
        let mut found_in: BTreeMap<Box<str>, u32> = BTreeMap::new();
        for (part, forms) in parts {
            for (sum, more) in sums.iter_mut().zip(part) {
                *sum += more;
            }
            for (form, count) in forms {
                *found_in.entry(form).or_default() += count;
            }
        }
        let bar = (docs.len() / COMMON).max(COMMON_LEAST) / step;
        let top = sample.len() * EVERYWHERE.0 / EVERYWHERE.1;
        Survey {
            usual: Usual::of(sums, sample.len() as u64),
            common: found_in
                .into_iter()
                .filter(|(_, count)| (bar + 1..=top).contains(&(*count as usize)))
                .map(|(form, _)| form.into_string())
                .collect(),
        }
    }

    /// Counts all documents of a segment, which are numbered from 0 in it.
    pub fn count(&self, docs: &[Doc], survey: &Survey) -> Vec<Stretch> {
        let starts: Vec<usize> = (0..docs.len()).step_by(STRETCH).collect();
        starts
            .into_par_iter()
            .map(|start| self.stretch(docs, start..(start + STRETCH).min(docs.len()), survey))
            .collect()
    }

    fn stretch(&self, docs: &[Doc], range: Range<usize>, survey: &Survey) -> Stretch {
        let mut counter = Counter::new(self.language, &survey.common);
        let mut postings: Vec<(u32, Vec<u8>)> = Vec::new();
        let mut stretch = Stretch::default();
        for number in range {
            let record = self.record(docs[number]);
            let number = number as u32;
            let norms = survey.usual.norms(counter.count(&record));
            postings.resize_with(counter.stems.len(), Default::default);
            for stem in counter.doc_stems.iter().map(|s| *s as usize) {
                let (last, bytes) = &mut postings[stem];
                // The first gap of a stretch counts from its segment's start.
                push_varint(bytes, number - *last);
                *last = number;
                bytes.push(score::level(counter.counts[stem], &norms));
            }
            counter.doc_pairs.sort_unstable();
            counter.doc_pairs.dedup();
            stretch
                .pairs
                .extend(counter.doc_pairs.iter().map(|pair| (*pair, number)));
            counter.clear();
            stretch.people.extend(record.people.iter().map(|p| (*p, number)));
            stretch.issues.extend(record.issues.iter().map(|i| (*i, number)));
            stretch.numbers.extend(record.number.map(|n| (n, number)));
        }
        stretch.pairs.sort_unstable();
        // Stems in their order; forms name them by their new numbers.
        let mut order: Vec<u32> = (0..counter.stems.len() as u32).collect();
        order.sort_unstable_by(|a, b| counter.stems[*a as usize].cmp(&counter.stems[*b as usize]));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old as usize] = new as u32;
        }
        for old in order {
            let text = std::mem::take(&mut counter.stems[old as usize]);
            let bytes = std::mem::take(&mut postings[old as usize].1);
            stretch.stems.push((text, bytes));
        }
        stretch.forms = counter
            .forms
            .into_iter()
            .map(|form| (form.text, place[form.stem as usize]))
            .collect();
        stretch.forms.sort_unstable();
        stretch
    }
}

/// A folded form with one of its stems.
struct Form {
    text: Box<str>,
    stem: u32,
    /// Its number among the common words.
    common: Option<u32>,
}

/// Counts the words of one document after another.
struct Counter<'c> {
    language: Language,
    common: &'c [String],
    /// Words in lower case, and the forms they give: mostly one.
    seen: HashMap<Box<str>, Vec<u32>>,
    forms: Vec<Form>,
    form_ids: HashMap<(Box<str>, u32), u32>,
    stems: Vec<Box<str>>,
    stem_ids: HashMap<Box<str>, u32>,
    /// By stem: how often in each field of this document.
    counts: Vec<[u16; FIELDS]>,
    doc_stems: Vec<u32>,
    doc_forms: Vec<u32>,
    doc_pairs: Vec<(u32, u32)>,
}

impl<'c> Counter<'c> {
    fn new(language: Language, common: &'c [String]) -> Self {
        Self {
            language,
            common,
            seen: HashMap::new(),
            forms: Vec::new(),
            form_ids: HashMap::new(),
            stems: Vec::new(),
            stem_ids: HashMap::new(),
            counts: Vec::new(),
            doc_stems: Vec::new(),
            doc_forms: Vec::new(),
            doc_pairs: Vec::new(),
        }
    }

    /// Forgets the document, not the words.
    fn clear(&mut self) {
        for stem in self.doc_stems.drain(..) {
            self.counts[stem as usize] = [0; FIELDS];
        }
        self.doc_forms.clear();
        self.doc_pairs.clear();
    }

    /// Counts a document; gives the lengths of its fields.
    fn count(&mut self, record: &Record) -> Lengths {
        let mut lengths = [0; FIELDS];
        let mut lower = String::new();
        for (field, text) in [&record.title, &record.names, &record.text]
            .into_iter()
            .enumerate()
        {
            for line in text.split('\n') {
                let mut before = None;
                runs(line, |run| {
                    lower.clear();
                    if run.is_ascii() {
                        lower.push_str(run);
                        lower.make_ascii_lowercase();
                    } else {
                        lower.push_str(&run.to_lowercase());
                    }
                    if !self.seen.contains_key(lower.as_str()) {
                        self.learn(&lower);
                    }
                    let Some(forms) = self.seen.get(lower.as_str()) else {
                        return;
                    };
                    for id in forms {
                        let form = &self.forms[*id as usize];
                        lengths[field] += 1;
                        let counts = &mut self.counts[form.stem as usize];
                        if *counts == [0; FIELDS] {
                            self.doc_stems.push(form.stem);
                        }
                        counts[field] = counts[field].saturating_add(1);
                        if let (Some(left), Some(right), true) = (before, form.common, field != 1) {
                            self.doc_pairs.push((left, right));
                        }
                        before = form.common;
                        self.doc_forms.push(*id);
                    }
                });
            }
        }
        lengths
    }

    /// A word that has not been met in this stretch.
    fn learn(&mut self, lower: &str) {
        let folded = fold(lower);
        let mut parts: Vec<String> = Vec::new();
        pieces(&folded, |piece| parts.push(piece.to_owned()));
        // What folding divides, or cuts short, has lost the letters that a stemmer knows.
        let whole = parts.len() == 1 && parts[0] == folded;
        let mut ids = Vec::with_capacity(parts.len());
        for part in parts {
            let stem = self.language.stem(if whole { lower } else { &part });
            let stem = *self
                .stem_ids
                .entry(stem.into_boxed_str())
                .or_insert_with_key(|stem| {
                    self.stems.push(stem.clone());
                    self.counts.push([0; FIELDS]);
                    self.stems.len() as u32 - 1
                });
            let id = *self
                .form_ids
                .entry((part.clone().into(), stem))
                .or_insert_with(|| {
                    self.forms.push(Form {
                        common: self.common.binary_search(&part).ok().map(|n| n as u32),
                        text: part.into(),
                        stem,
                    });
                    self.forms.len() as u32 - 1
                });
            ids.push(id);
        }
        self.seen.insert(lower.into(), ids);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet_in_its_stem() {
        let english = Language::of("en-GB");
        for word in ["allotment", "allotments", "allotted"] {
            assert_eq!(english.stem(word), "allot", "{word}");
        }
        assert_eq!(Language::of("de").stem("häuser"), "haus");
        assert_eq!(
            Language::of("cy").stem("Âllotments".to_lowercase().as_str()),
            "allotments"
        );
        assert_eq!(
            Language::of("nb").stem("havnene"),
            Language::of("no").stem("havnen")
        );
    }
}
