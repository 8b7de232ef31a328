//! Who is meant: ids, names and aliases of one kind of record.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::model::Id;
use crate::paths::{SourcePath, Span};
use crate::text::{names, nearest};

/// What a text came to.
#[derive(Debug)]
pub enum Found<T> {
    One(Id<T>),
    /// Several at one rank: their ids as written.
    Many(Vec<Id<T>>),
    None,
}

impl<T> PartialEq for Found<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Found::One(a), Found::One(b)) => a == b,
            (Found::Many(a), Found::Many(b)) => a == b,
            (Found::None, Found::None) => true,
            _ => false,
        }
    }
}

/// The names of one kind. Ids beat names, names beat aliases.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Names<T> {
    ids: HashMap<String, Id<T>>,
    names: HashMap<String, Vec<Id<T>>>,
    aliases: HashMap<String, Vec<Id<T>>>,
    /// Every spelling in the order it came, for the nearest one: the id first,
    /// and records in the order of their rows.
    spellings: Vec<Spelling<T>>,
    /// Once no more come: the spellings that stand for one record as they are,
    /// ids among them. Empty in one that was stored: few are asked for then.
    #[serde(skip)]
    settled: HashMap<String, Id<T>>,
    /// People's names are compared without titles.
    honorifics: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
struct Spelling<T> {
    text: String,
    row: Id<T>,
    /// As it is compared.
    key: Vec<char>,
}

impl<T> Names<T> {
    pub fn new(honorifics: bool) -> Self {
        Self {
            ids: HashMap::new(),
            names: HashMap::new(),
            aliases: HashMap::new(),
            spellings: Vec::new(),
            settled: HashMap::new(),
            honorifics,
        }
    }

    pub fn key(&self, text: &str) -> String {
        if self.honorifics {
            names::key(text)
        } else {
            names::fold(text)
        }
    }

    /// Adds a record. They come in the order of their rows.
    pub fn add(&mut self, id: &str, name: &str, aliases: &[String], row: Id<T>) {
        debug_assert!(self.spellings.last().is_none_or(|last| last.row <= row));
        self.settled.clear();
        self.ids.insert(id.to_owned(), row);
        let put = |map: &mut HashMap<String, Vec<Id<T>>>, key: String| {
            let rows = map.entry(key).or_default();
            if !rows.contains(&row) {
                rows.push(row);
            }
        };
        put(
            &mut self.names,
            if self.honorifics {
                names::key(name)
            } else {
                names::fold(name)
            },
        );
        for alias in aliases {
            put(
                &mut self.aliases,
                if self.honorifics {
                    names::key(alias)
                } else {
                    names::fold(alias)
                },
            );
        }
        for spelling in [id, name].into_iter().chain(aliases.iter().map(String::as_str)) {
            let key = self.key(spelling).chars().collect();
            self.spellings.push(Spelling {
                text: spelling.to_owned(),
                row,
                key,
            });
        }
    }

    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    pub fn id(&self, id: &str) -> Option<Id<T>> {
        self.ids.get(id).copied()
    }

    /// No more are added: what is written as it is known is found at once.
    pub fn settle(&mut self) {
        let found = self.spellings.iter().filter_map(|s| match self.find(&s.text) {
            Found::One(row) => Some((s.text.trim().to_owned(), row)),
            _ => None,
        });
        self.settled = found.collect();
    }

    pub fn find(&self, text: &str) -> Found<T> {
        let text = text.trim();
        if let Some(row) = self.settled.get(text) {
            return Found::One(*row);
        }
        if let Some(row) = self.ids.get(text) {
            return Found::One(*row);
        }
        let key = self.key(text);
        for map in [&self.names, &self.aliases] {
            match map.get(&key).map(Vec::as_slice) {
                Some([row]) => return Found::One(*row),
                Some(rows) if !rows.is_empty() => return Found::Many(rows.to_vec()),
                _ => {}
            }
        }
        Found::None
    }

    pub fn id_of(&self, row: Id<T>) -> Option<&str> {
        let first = self.spellings.partition_point(|s| s.row < row);
        let spelling = self.spellings.get(first).filter(|s| s.row == row)?;
        Some(&spelling.text)
    }

    /// Everyone who may be meant, with the rank: 0 by id, 1 by name, 2 by alias.
    pub fn ranked(&self, text: &str) -> Vec<(u8, Id<T>)> {
        if let Some(row) = self.ids.get(text) {
            return vec![(0, *row)];
        }
        let key = self.key(text);
        for (rank, map) in [(1, &self.names), (2, &self.aliases)] {
            if let Some(rows) = map.get(&key) {
                return rows.iter().map(|row| (rank, *row)).collect();
            }
        }
        Vec::new()
    }

    /// How many spellings there are to compare a text with.
    pub fn spellings(&self) -> usize {
        self.spellings.len()
    }

    /// The known spelling nearest to a text that is not known.
    pub fn nearest(&self, text: &str) -> Option<&str> {
        let key: Vec<char> = self.key(text).chars().collect();
        let allowed = nearest::allowed(key.len());
        let near = |other: &[char]| {
            let may = other.first() == key.first() || other.last() == key.last();
            let distance = if may {
                nearest::slips(&key, other, allowed)
            } else {
                None
            };
            distance.filter(|d| *d > 0)
        };
        self.spellings
            .iter()
            .filter_map(|s| near(&s.key).map(|d| (d, s.text.as_str())))
            .min()
            .map(|n| n.1)
    }
}

fn without_accents(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let key = crate::text::names::key(name);
    key.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .collect()
}

/// Names that stand for no record yet, in the order of their first mention:
/// each becomes one.
#[derive(Default)]
pub struct Strangers {
    by_key: BTreeMap<String, usize>,
    pub found: Vec<Stranger>,
}

pub struct Stranger {
    /// As first written.
    pub name: String,
    /// The name as it is compared, accents apart.
    plain: String,
    pub times: usize,
    /// Where it was first met.
    pub path: SourcePath,
    pub span: Span,
}

/// A name that stands so seldom may be a slip of one that stands so often.
const SELDOM: usize = 2;
const OFTEN: usize = 5;

/// So many pairs of names are compared for all strangers: a second's work, and
/// more than the archive of a council needs.
const MOST_PAIRS: usize = 10_000_000;

/// For how many strangers the nearest of so many names is looked for.
pub fn guesses(known: usize) -> usize {
    MOST_PAIRS / known.max(1)
}

impl Strangers {
    /// Those that stand so often that a rare one may be a slip of them.
    pub fn often(&self) -> Vec<&Stranger> {
        self.found.iter().filter(|other| other.times >= OFTEN).collect()
    }
}

impl Stranger {
    /// Of the frequent names the one of which this rare one is probably a
    /// misspelling: one word is the same, and accents apart no more than two
    /// letters differ.
    pub fn nearly<'s>(&self, often: &[&'s Stranger]) -> Option<&'s Stranger> {
        if self.times > SELDOM {
            return None;
        }
        let name = &self.plain;
        let letters: Vec<char> = name.chars().collect();
        let shares = |other: &str| {
            name.split_whitespace()
                .any(|word| word.len() > 1 && other.split_whitespace().any(|w| w == word))
        };
        let long = |other: &&Stranger| other.name.len().abs_diff(self.name.len()) <= 4;
        let known = often.iter().copied().filter(long);
        known
            .filter(|other| other.plain == *name || shares(&other.plain))
            .filter_map(|other| {
                let plain: Vec<char> = other.plain.chars().collect();
                nearest::slips(&plain, &letters, 2).map(|distance| (distance, other))
            })
            .min_by(|a, b| (a.0, &a.1.name).cmp(&(b.0, &b.1.name)))
            .map(|n| n.1)
    }
}

impl Strangers {
    pub fn meet(&mut self, key: &str, name: &str, path: &SourcePath, span: Span) {
        match self.by_key.get(key) {
            Some(&at) => self.found[at].times += 1,
            None => {
                self.by_key.insert(key.to_owned(), self.found.len());
                self.found.push(Stranger {
                    name: name.to_owned(),
                    plain: without_accents(name),
                    times: 1,
                    path: path.clone(),
                    span,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Person;

    #[test]
    fn names_are_found_alike_once_they_are_settled() {
        let row = |n: usize| -> Id<Person> { Id::from_index(n) };
        let mut names: Names<Person> = Names::new(true);
        names.add("jane-roe", "Jane Roe", &["J. Roe".to_owned()], row(0));
        names.add("jane-roe-2", "Cllr Jane Roe", &["Leader".to_owned()], row(1));
        names.add("j. roe", "John Doe", &[], row(2));
        let asked = [
            "jane-roe",
            "Jane Roe",
            " J. Roe ",
            "j. roe",
            "leader",
            "Leader",
            "John  Doe",
            "Nobody",
            "",
        ];
        let found = |names: &Names<Person>| asked.map(|text| format!("{:?}", names.find(text)));
        let before = found(&names);
        names.settle();
        assert_eq!(found(&names), before);
        let ids = [0, 1, 2, 3].map(|n| names.id_of(row(n)));
        assert_eq!(ids, [Some("jane-roe"), Some("jane-roe-2"), Some("j. roe"), None]);
        names.add("ann-poe", "Leader", &[], row(3));
        assert_eq!(names.find("Leader"), Found::One(row(3)));
    }
}
