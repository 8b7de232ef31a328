//! Names of people in running text become links; what the author linked stays.
//!
//! A name links when it has two words or more and one person bears it. A title
//! and a surname link when exactly one person at that meeting fits.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thin_vec::ThinVec;

use crate::document::prose::EntryDoc;
use crate::model::{PersonId, Prose, Slot, Target, What};
use crate::text::escape::escape;
use crate::text::{names, scan};

/// The known names, ready to be found.
pub struct KnownNames {
    /// Each spelling and the only person who bears it.
    spellings: Vec<(String, PersonId)>,
    /// Asked only what begins at a place.
    automaton: Option<AhoCorasick>,
    /// What each pattern stands for.
    meanings: Vec<Meaning>,
    starts: Starts,
}

/// How names begin.
struct Starts {
    /// Their first bytes.
    bytes: [bool; 256],
    /// Their first two bytes, as a bit of 65,536.
    pairs: Vec<u64>,
    /// All of the first are capitals, or not ASCII: text has few of those, and
    /// is passed over many bytes at a time.
    rare: bool,
}

impl Starts {
    fn of(patterns: &[String]) -> Self {
        let mut bytes = [false; 256];
        let mut pairs = vec![0u64; 1024];
        for pattern in patterns {
            if let [first, second, ..] = *pattern.as_bytes() {
                let (word, bit) = Self::bit(first, second);
                bytes[usize::from(first)] = true;
                pairs[word] |= bit;
            }
        }
        let rare = (0..=255u8).all(|b| !bytes[usize::from(b)] || b.is_ascii_uppercase() || !b.is_ascii());
        Self { bytes, pairs, rare }
    }

    fn bit(first: u8, second: u8) -> (usize, u64) {
        let pair = usize::from(first) << 8 | usize::from(second);
        (pair / 64, 1 << (pair % 64))
    }

    /// The first place from `from` on where a name may begin.
    fn next(&self, text: &[u8], from: usize) -> Option<usize> {
        let rare = |b: u8| b.is_ascii_uppercase() | (b >= 0x80);
        let mut at = from;
        loop {
            let rest = text.get(at..)?;
            at += match self.rare {
                true => scan::position(rest, rare)?,
                false => rest.iter().position(|b| self.bytes[usize::from(*b)])?,
            };
            let (word, bit) = Self::bit(text[at], *text.get(at + 1)?);
            if self.pairs[word] & bit != 0 {
                return Some(at);
            }
            at += 1;
        }
    }
}

#[derive(Clone, Copy)]
enum Meaning {
    Person(PersonId),
    /// A title: the surname behind it decides.
    Title,
}

const TITLES: &[&str] = &[
    "Councillor",
    "Cllr",
    "Cllr.",
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Dr",
    "Mr.",
    "Mrs.",
    "Dr.",
    "Professor",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baroness",
    "Alderman",
];

impl Serialize for KnownNames {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.spellings.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for KnownNames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::new)
    }
}

impl KnownNames {
    /// `spellings`: each and the only person who bears it.
    pub fn new(spellings: Vec<(String, PersonId)>) -> Self {
        let mut patterns = Vec::with_capacity(spellings.len() + TITLES.len());
        let mut meanings = Vec::with_capacity(spellings.len() + TITLES.len());
        // An address that somebody is called by is a link already where it stands.
        for (name, person) in spellings.iter().filter(|s| !s.0.contains("//")) {
            let plain = escape(name);
            let other = if plain.contains('\'') {
                Some(plain.replace('\'', "\u{2019}"))
            } else if plain.contains('\u{2019}') {
                Some(plain.replace('\u{2019}', "'"))
            } else {
                None
            };
            for spelling in std::iter::once(plain).chain(other) {
                patterns.push(spelling);
                meanings.push(Meaning::Person(*person));
            }
        }
        for title in TITLES {
            patterns.push(format!("{title} "));
            meanings.push(Meaning::Title);
        }
        let automaton = (!spellings.is_empty())
            .then(|| {
                AhoCorasick::builder()
                    .match_kind(MatchKind::LeftmostLongest)
                    .start_kind(StartKind::Anchored)
                    .kind(Some(AhoCorasickKind::ContiguousNFA))
                    .build(&patterns)
                    .ok()
            })
            .flatten();
        Self {
            spellings,
            automaton,
            meanings,
            starts: Starts::of(&patterns),
        }
    }

    /// Finds the names in a text. `surnames`: who may be meant by a title and a
    /// surname here; a surname that two bear is not among them.
    fn find(&self, text: &str, surnames: &[(String, PersonId)], found: &mut Vec<(usize, usize, PersonId)>) {
        let Some(automaton) = &self.automaton else { return };
        // A name may stand across a line break.
        let line: String;
        let text = if memchr::memchr(b'\n', text.as_bytes()).is_some() {
            line = text.replace('\n', " ");
            line.as_str()
        } else {
            text
        };
        let mut from = 0;
        while let Some(at) = self.starts.next(text.as_bytes(), from) {
            from = at + 1;
            let here = Input::new(text).range(at..).anchored(Anchored::Yes);
            let Ok(Some(m)) = automaton.try_find(here) else {
                continue;
            };
            // What is found takes its words with it, even if they are part of
            // others.
            from = from.max(m.end());
            if !boundary(text, m.start(), true) {
                continue;
            }
            match self.meanings[m.pattern().as_usize()] {
                Meaning::Person(person) => {
                    if boundary(text, m.end(), false) {
                        found.push((m.start(), m.end(), person));
                    }
                }
                Meaning::Title => {
                    let rest = &text[m.end()..];
                    let fits = surnames.iter().filter(|(name, _)| {
                        rest.starts_with(name.as_str()) && boundary(text, m.end() + name.len(), false)
                    });
                    if let Some((name, person)) = fits.max_by_key(|(name, _)| name.len()) {
                        found.push((m.start(), m.end() + name.len(), *person));
                    }
                }
            }
        }
    }
}

/// Whether a word begins or ends there.
fn boundary(text: &str, at: usize, before: bool) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if before {
        let mut chars = text[..at].chars().rev();
        match chars.next() {
            Some('-' | '\'' | '\u{2019}') => chars.next().is_none_or(|c| !word(c)),
            Some(c) => !word(c),
            None => true,
        }
    } else {
        let mut chars = text[at..].chars();
        match chars.next() {
            Some('-') => chars.next().is_none_or(|c| !word(c)),
            Some(c) => !word(c),
            None => true,
        }
    }
}

/// The surnames of those at a meeting, without those that two of them bear.
pub fn surnames<'a>(people: impl Iterator<Item = (PersonId, &'a str)>) -> Vec<(String, PersonId)> {
    let mut all: Vec<(String, PersonId)> = people
        .filter_map(|(person, name)| {
            let bare = names::without_honorifics(name);
            let (_, last) = bare.rsplit_once(' ')?;
            Some((escape(last), person))
        })
        .collect();
    all.sort();
    all.dedup();
    let twice: Vec<String> = all
        .windows(2)
        .filter(|w| w[0].0 == w[1].0)
        .map(|w| w[0].0.clone())
        .collect();
    all.retain(|(name, _)| !twice.contains(name));
    all
}

/// A link to be put round a stretch of HTML.
pub type Wanted = (u32, u32, PersonId);

/// Finds the known names of a text.
pub fn find(prose: &Prose<Target>, known: &KnownNames, surnames: &[(String, PersonId)]) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let mut found = Vec::new();
    for &(from, to) in &prose.runs {
        found.clear();
        known.find(&prose.html[from as usize..to as usize], surnames, &mut found);
        wanted.extend(
            found
                .iter()
                .map(|&(a, b, person)| (from + a as u32, from + b as u32, person)),
        );
    }
    wanted
}

/// Puts links round stretches of a text; the marks of its entries follow.
/// Stretches that overlap, that cross a slot or that are part of a link already
/// are passed over.
pub fn insert(prose: &mut Prose<Target>, entries: &mut [EntryDoc], mut wanted: Vec<Wanted>) {
    if wanted.is_empty() {
        return;
    }
    wanted.sort();
    let mut last = 0;
    wanted.retain(|&(from, to, _)| {
        let keep = from >= last && from < to;
        if keep {
            last = to;
        }
        keep
    });
    let old = std::mem::take(&mut prose.slots);
    let mut slots = ThinVec::with_capacity(old.len() + wanted.len() * 2);
    // Where each old slot, and the end, has moved to.
    let mut moved = Vec::with_capacity(old.len() + 1);
    let mut inserts: Vec<Slot> = Vec::with_capacity(wanted.len() * 2);
    let mut behind = old.iter().peekable();
    let mut in_link = false;
    for (from, to, person) in wanted {
        while let Some(slot) = behind.next_if(|s| s.at <= from) {
            match slot.what {
                What::LinkOpen(_) => in_link = true,
                What::LinkClose(_) => in_link = false,
                _ => {}
            }
        }
        if in_link || behind.peek().is_some_and(|s| s.at < to) {
            continue;
        }
        let link = prose.links.len() as u32;
        prose.links.push(Target::Person(person));
        inserts.push(Slot {
            at: from,
            what: What::LinkOpen(link),
        });
        inserts.push(Slot {
            at: to,
            what: What::LinkClose(link),
        });
    }
    let mut next = inserts.into_iter().peekable();
    for slot in old {
        // At one place an inserted end comes first, an inserted start last.
        while let Some(new) =
            next.next_if(|n| n.at < slot.at || (n.at == slot.at && matches!(n.what, What::LinkClose(_))))
        {
            slots.push(new);
        }
        moved.push(slots.len() as u32);
        slots.push(slot);
    }
    slots.extend(next);
    moved.push(slots.len() as u32);
    prose.slots = slots;
    let at = |n: u32| moved.get(n as usize).copied().unwrap_or(prose.slots.len() as u32);
    for cut in &mut prose.cuts {
        cut.slots = at(cut.slots);
    }
    for entry in entries {
        entry.marks.slots = (at(entry.marks.slots.0), at(entry.marks.slots.1));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use thin_vec::thin_vec;

    use super::*;
    use crate::model::{Cut, Id, Table};

    proptest! {
        /// What begins where a name may begin is what the library finds when it
        /// reads every byte.
        #[test]
        fn names_are_found_as_in_one_pass(
            text in "(Ann |Lee |Lee|Jo |Roe|van |É|éva |Smith |[ -]){0,24}",
            small in any::<bool>(),
        ) {
            let mut names = vec!["Ann Lee", "Lee Smith", "Lee Smith Roe", "Jo Ann", "Éva Roe"];
            names.extend(small.then_some("van Roe"));
            let person = |n: usize| Id::from_index(n);
            let spellings: Vec<_> = names.iter().enumerate().map(|(n, name)| (name.to_string(), person(n))).collect();
            let known = KnownNames::new(spellings);
            let mut found = Vec::new();
            known.find(&text, &[], &mut found);
            let plain = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names).expect("names");
            let whole = |from: usize, to: usize| boundary(&text, from, true) && boundary(&text, to, false);
            let plain: Vec<_> = plain
                .find_iter(&text)
                .filter(|m| whole(m.start(), m.end()))
                .map(|m| (m.start(), m.end(), person(m.pattern().as_usize())))
                .collect();
            prop_assert_eq!(found, plain, "{}", text);
        }
    }

    #[test]
    fn names_are_found_whole() {
        let mut table = Table::default();
        let make =
            |t: &mut Table<crate::model::Person>| t.push(crate::assemble::people::stranger("x".into(), "X"));
        let (jane, john) = (make(&mut table), make(&mut table));
        let known = KnownNames::new(vec![
            ("Jane Roe".into(), jane),
            ("Jane Roe Smith".into(), john),
            ("Dan O'Neill".into(), john),
        ]);
        let surnames = vec![("Doe".to_owned(), john)];
        let text = "Jane Roe and Jane\nRoe Smith; Jane Roest, Dan O\u{2019}Neill. Councillor Doe, Mr Doering, Cllr Jane Roe, Mary-Jane Roe.";
        let mut found = Vec::new();
        known.find(text, &surnames, &mut found);
        let words: Vec<&str> = found.iter().map(|f| &text[f.0..f.1]).collect();
        assert_eq!(
            words,
            [
                "Jane Roe",
                "Jane\nRoe Smith",
                "Dan O\u{2019}Neill",
                "Councillor Doe",
                "Jane Roe"
            ]
        );
    }

    #[test]
    fn marks_follow_their_slots() {
        let mut table = Table::default();
        let jane = table.push(crate::assemble::people::stranger("x".into(), "X"));
        let mut prose: Prose<Target> = Prose {
            html: "<li>Jane Roe acts</li>".into(),
            slots: thin_vec![
                Slot {
                    at: 3,
                    what: What::Entry(0),
                },
                Slot {
                    at: 17,
                    what: What::Tail(0),
                },
            ],
            cuts: thin_vec![Cut {
                html: 22,
                slots: 2,
                text: 13,
            }],
            ..Prose::default()
        };
        let mut entries = [EntryDoc::default()];
        entries[0].marks.slots = (1, 1);
        insert(&mut prose, &mut entries, vec![(4, 12, jane)]);
        let order: Vec<u32> = prose.slots.iter().map(|s| s.at).collect();
        assert_eq!(order, [3, 4, 12, 17]);
        assert_eq!((entries[0].marks.slots, prose.cuts[0].slots), ((3, 3), 4));
    }
}
