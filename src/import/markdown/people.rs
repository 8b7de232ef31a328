//! Who is named as present, and which spellings are one person.

use std::collections::{BTreeMap, BTreeSet};

use super::divide::{Divided, plain};
use super::mapping::{Kept, Mapping};
use super::survey::LABELS;
use crate::document::written::{Front, RecordText, Value};
use crate::import::draft::{Draft, Imported, Merged};
use crate::model::Presence;
use crate::text::names;
use crate::text::slug::slug;

/// A name as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: String,
    /// `@jane`, without its sign, in small letters.
    pub handle: Option<String>,
    /// It stands in a list that every reader of the format knows.
    pub listed: bool,
    /// It is written small: a name only if it is one elsewhere.
    pub small: bool,
    /// What stands in brackets behind it.
    pub aside: Option<String>,
}

/// More words in brackets that say who took the chair.
const IN_THE_CHAIR: &[&str] = &["chairman", "chairwoman", "chairperson", "in the chair"];

/// More words in brackets that say how somebody took part from elsewhere.
const FROM_ELSEWHERE: &[&str] = &[
    "remotely",
    "by phone",
    "by telephone",
    "by video",
    "by video link",
    "via zoom",
    "zoom",
    "via teams",
    "teams",
];

impl Named {
    /// Whether the name is nothing but words such as names are made of.
    pub fn is_plain(&self) -> bool {
        is_person(&self.name)
    }

    /// Whether one of the words in brackets is a word for that list.
    fn says(&self, list: Kept, more: &[&str], mapping: &Mapping) -> bool {
        let known = |word: &str| {
            let folded = names::fold(word);
            let mut words = LABELS.iter().filter(|(key, _)| *key == list.key());
            mapping.label(word) == Some(list)
                || more.contains(&folded.as_str())
                || words.any(|(_, words)| words.contains(&folded.as_str()))
        };
        self.aside.as_deref().is_some_and(|aside| {
            let mut words = aside.split([',', ';', '&', '/']).map(str::trim);
            words.any(known)
        })
    }
}

/// An entry of a list: `Joe Sepi (@joesepi) - Chair`. None if it is no name.
pub fn read_entry(text: &str) -> Option<Named> {
    let text = plain(text);
    let name = names::before_role(&text);
    let aside = names::said_behind(&text.trim()[name.len()..]);
    let dash = [" - ", " – ", " — "].iter().filter_map(|d| name.find(d)).min();
    let name = dash
        .map_or(name, |at| &name[..at])
        .trim()
        .trim_end_matches([',', ';', '.', ':']);
    let handle = text.find('@').map(|at| {
        let rest = text[at + 1..].chars();
        rest.take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
            .collect::<String>()
            .to_lowercase()
    });
    let opens = name.chars().next().is_some_and(|c| c.is_alphabetic());
    let small = name.chars().next().is_some_and(char::is_lowercase) && handle.is_none();
    let many = name.split_whitespace().count() > 7;
    // `Agenda review #12` is a matter.
    let numbered = name
        .split('#')
        .skip(1)
        .any(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    (opens && !small && !many && !numbered).then(|| Named {
        name: name.to_owned(),
        handle: handle.filter(|h| !h.is_empty()),
        listed: false,
        small: false,
        aside,
    })
}

/// `MD: Michael Dawson (@mhdawson)` as `Michael Dawson (MD) (@mhdawson)`: the
/// name stands first.
pub fn initials_behind(text: &str) -> String {
    if let Some((initials, rest)) = text.split_once(": ")
        && (1..=4).contains(&initials.len())
        && initials.chars().all(|c| c.is_ascii_uppercase())
    {
        let rest = rest.trim();
        return match rest.find(" (") {
            Some(at) => format!("{} ({initials}){}", &rest[..at], &rest[at..]),
            None => format!("{rest} ({initials})"),
        };
    }
    text.to_owned()
}

/// Whether a line is nothing but names: each part some words, each with a
/// capital.
pub fn are_names(text: &str) -> bool {
    let text = plain(text);
    let parts = names::divide(&text);
    !parts.is_empty()
        && parts
            .iter()
            .all(|(_, part)| is_person(names::before_role(&initials_behind(part))))
}

fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let fits = |word: &&str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || "'’‘.-_".contains(c));
        letters && (word.starts_with(char::is_uppercase) || names::is_particle(word))
    };
    (1..=5).contains(&words.len())
        && words.iter().all(fits)
        && words.iter().any(|w| w.starts_with(char::is_uppercase))
}

/// The name that some words begin with: `Thore joins at 10:25`, `Joe Rohleder
/// were present`, and what stands in brackets behind it. One small word alone
/// may be a name too, if it is known.
fn leading_name(text: &str) -> Option<Named> {
    let bare = names::before_role(text);
    let aside = names::said_behind(&text.trim()[bare.len()..]);
    let bare = bare
        .trim()
        .trim_end_matches(['.', ',', ';', ' '])
        .trim_matches('_');
    let named = |name: String, small: bool| Named {
        name,
        handle: None,
        listed: false,
        small,
        aside: aside.clone(),
    };
    let words: Vec<&str> = bare.split_whitespace().collect();
    if let [one] = words[..]
        && one.chars().all(|c| c.is_alphabetic() || c == '-' || c == '_')
        && one.starts_with(char::is_lowercase)
    {
        return Some(named(one.to_owned(), true));
    }
    let mut end = 0;
    for (n, word) in words.iter().enumerate() {
        let capital = word.starts_with(char::is_uppercase) && is_person(word);
        let inner = n > 0
            && names::is_particle(word)
            && words
                .get(n + 1..)
                .is_some_and(|rest| rest.iter().any(|w| w.starts_with(char::is_uppercase)));
        if !capital && !inner {
            break;
        }
        end = n + 1;
    }
    (1..=6)
        .contains(&end)
        .then(|| named(words[..end].join(" "), false))
}

/// Names in a line: `Roy, Arjan (Skype) en Jaco.` What is no name, and no
/// number of people, is put to `passed`.
fn list(text: &str, mapping: &Mapping, passed: &mut Vec<String>) -> Vec<Named> {
    let text = plain(text);
    let mut out = Vec::new();
    for (_, part) in names::divide(&text) {
        // The word before the last name, in other languages.
        let mut parts = vec![part];
        for and in [" en ", " und ", " et ", " y ", " e ", " a "] {
            if let Some((one, other)) = part.split_once(and)
                && other.trim().starts_with(char::is_uppercase)
            {
                parts = vec![one, other];
                break;
            }
        }
        for part in parts {
            let part = part.trim().trim_end_matches(['.', ' ']);
            let part = ["en ", "und ", "et ", "and "]
                .iter()
                .find_map(|w| part.strip_prefix(w))
                .unwrap_or(part);
            let whole = names::before_role(part);
            let aside = names::said_behind(&part.trim()[whole.len()..]);
            match leading_name(part) {
                // Whatever the mapping calls a spelling of somebody is a name.
                _ if mapping.spellings.contains_key(&names::key(whole)) => out.push(Named {
                    name: whole.to_owned(),
                    handle: None,
                    listed: false,
                    small: false,
                    aside,
                }),
                Some(named) => out.push(named),
                None if part.starts_with(char::is_alphabetic) => passed.push(part.to_owned()),
                None => {}
            }
        }
    }
    out
}

/// The names that a line gives behind a label: `Aanwezig: Roy. Afwezig: Jaco`.
/// `anywhere`: the label need not open the line. What is no name is put to
/// `passed`.
pub fn named_in(
    text: &str,
    mapping: &Mapping,
    anywhere: bool,
    passed: &mut Vec<String>,
) -> Vec<(Kept, Named)> {
    let shown = plain(text.trim_start().trim_start_matches(['-', '*', '+', '#', ' ']));
    let folded = shown.to_lowercase();
    if folded.len() != shown.len() {
        return Vec::new();
    }
    // Where each label stands; the longest of two at one place counts.
    let mut at: BTreeMap<usize, (usize, Kept)> = BTreeMap::new();
    for (label, kept) in mapping.labels() {
        let needle = format!("{}:", label.to_lowercase().trim_end_matches(':'));
        for (start, found) in folded.match_indices(&needle) {
            let before = folded[..start].trim_end();
            let opens = before.is_empty() || anywhere && before.ends_with(['.', ';', '|', ',']);
            let word = folded[..start]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric());
            let covered = at
                .iter()
                .any(|(s, (end, _))| *s < start + found.len() && start < *end);
            if opens && word && !covered {
                at.insert(start, (start + found.len(), *kept));
            }
        }
    }
    let starts: Vec<(usize, usize, Kept)> = at.into_iter().map(|(s, (e, k))| (s, e, k)).collect();
    let mut out = Vec::new();
    for (n, (_, from, kept)) in starts.iter().enumerate() {
        let to = starts.get(n + 1).map_or(shown.len(), |next| next.0);
        let value = &shown[*from..to];
        // A sentence that follows is no name.
        let end = sentence_end(value);
        out.extend(
            list(&value[..end], mapping, passed)
                .into_iter()
                .map(|named| (*kept, named)),
        );
    }
    out
}

/// The list that a line opens which is nothing but its label: `Present:`
pub fn bare_label(text: &str, mapping: &Mapping) -> Option<Kept> {
    let label = text.trim_end().trim_end_matches(['*', '_']).strip_suffix(':')?;
    mapping.label(plain(label.trim_start_matches(['-', '*', '+', ' '])).as_str())
}

/// Where the first sentence ends: a full stop behind a whole word.
fn sentence_end(text: &str) -> usize {
    let mut depth = 0i32;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            '.' if depth <= 0 => {
                let word = text[..at].rsplit([' ', ',']).next().unwrap_or("");
                let behind = text[at + 1..].chars().next();
                if word.chars().count() > 2 && behind.is_none_or(char::is_whitespace) {
                    return at;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// Everybody who is named, and how they are called.
pub struct People {
    /// Folded spelling, and the name that is meant.
    meant: BTreeMap<String, String>,
    merged: BTreeMap<String, (BTreeSet<String>, BTreeSet<&'static str>)>,
    /// The folded spelling, and how it is written most.
    usual: BTreeMap<String, String>,
}

impl People {
    /// Finds out which spellings are one person: by a handle that they share,
    /// or because the mapping says so. Likeness alone is no reason.
    pub fn gather<'a>(all: impl Iterator<Item = &'a Divided>, mapping: &Mapping) -> Self {
        // How often each spelling is written, and with which handle.
        let mut written: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        let mut handles: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for (_, named) in all.flat_map(|d| d.names.iter()).filter(|(_, n)| !n.small) {
            let key = names::key(&named.name);
            *written
                .entry(key.clone())
                .or_default()
                .entry(named.name.clone())
                .or_default() += 1;
            if let Some(handle) = &named.handle {
                *handles.entry(key).or_default().entry(handle.clone()).or_default() += 1;
            }
        }
        let most = |counts: &BTreeMap<String, usize>| {
            let best = counts
                .iter()
                .max_by_key(|(word, n)| (**n, std::cmp::Reverse(word.as_str())));
            best.map(|(word, _)| word.clone()).unwrap_or_default()
        };
        // Each spelling has one handle: the one it is written with most.
        let mut by_handle: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (key, counts) in &handles {
            by_handle.entry(most(counts)).or_default().push(key.clone());
        }
        let mut people = Self {
            meant: BTreeMap::new(),
            merged: BTreeMap::new(),
            usual: written
                .iter()
                .map(|(key, counts)| (key.clone(), most(counts)))
                .collect(),
        };
        let times = |key: &String| written.get(key).map_or(0, |c| c.values().sum::<usize>());
        for keys in by_handle.values().filter(|k| k.len() > 1) {
            // A whole name before a handle that stands for one.
            let whole = |key: &String| key.contains(' ') && !key.contains(':');
            let best = keys
                .iter()
                .max_by_key(|k| (whole(k), times(k), std::cmp::Reverse(k.as_str())));
            let Some(best) = best else { continue };
            let name = written.get(best).map(most).unwrap_or_default();
            for key in keys {
                let spelling = written.get(key).map(most).unwrap_or_default();
                people.meant.insert(key.clone(), name.clone());
                if key != best {
                    let entry = people.merged.entry(name.clone()).or_default();
                    entry.0.insert(spelling);
                    entry.1.insert("the same handle");
                }
            }
        }
        for (key, name) in &mapping.spellings {
            let spelling = written.get(key).map(most);
            people.meant.insert(key.clone(), name.clone());
            if let Some(spelling) = spelling {
                let entry = people.merged.entry(name.clone()).or_default();
                entry.0.insert(spelling);
                entry.1.insert("the mapping says so");
            }
        }
        people
    }

    fn name<'a>(&'a self, named: &'a Named) -> &'a str {
        self.meant.get(&names::key(&named.name)).unwrap_or(&named.name)
    }

    /// The name to list somebody under; none for a small word that is nobody's.
    fn listed(&self, named: &Named) -> Option<String> {
        let name = self.name(named);
        if named.small && !self.meant.contains_key(&names::key(name)) {
            return self.usual.get(&names::key(name)).cloned();
        }
        Some(name.to_owned())
    }

    /// What stands where names do, and is counted as nobody.
    pub fn passed<'a>(&'a self, divided: &'a Divided) -> impl Iterator<Item = &'a str> {
        let small = divided.names.iter().map(|(_, named)| named);
        let small = small.filter(|n| n.small && self.listed(n).is_none());
        let passed = divided.passed.iter().map(String::as_str);
        passed.chain(small.map(|n| n.name.as_str()))
    }

    /// What the front matter says of a meeting: what its text does not say in
    /// a list that is read already.
    pub fn attendance(&self, divided: &Divided, mapping: &Mapping) -> Option<Front> {
        let mut lists: BTreeMap<Kept, Vec<(String, Option<String>)>> = BTreeMap::new();
        let mut chair = None;
        // Who is called the chair behind their name.
        let mut chairs: BTreeSet<String> = BTreeSet::new();
        // Lists below a heading that every reader of the format knows.
        let labels = crate::document::Labels::default();
        let headed: Vec<Kept> = divided
            .items
            .iter()
            .filter_map(|item| match labels.attendance(&item.title)? {
                Presence::Present => Some(Kept::Present),
                Presence::Remote => Some(Kept::Remote),
                Presence::Apologies => Some(Kept::Apologies),
                Presence::Absent => Some(Kept::Absent),
                Presence::InAttendance => Some(Kept::InAttendance),
                Presence::Substitute => None,
            })
            .collect();
        for (kept, named) in &divided.names {
            let Some(name) = self.listed(named) else {
                continue;
            };
            if *kept == Kept::Chair {
                chair.get_or_insert(name);
                continue;
            }
            if named.listed && headed.contains(kept) {
                continue;
            }
            if *kept == Kept::Present && named.says(Kept::Chair, IN_THE_CHAIR, mapping) {
                chairs.insert(name.clone());
            }
            // A list below a heading goes on saying what it says there.
            let kept = match kept {
                Kept::Present if !named.listed && named.says(Kept::Remote, FROM_ELSEWHERE, mapping) => {
                    Kept::Remote
                }
                kept => *kept,
            };
            let list = lists.entry(kept).or_default();
            if !list.iter().any(|(n, _)| names::key(n) == names::key(&name)) {
                list.push((name, named.aside.clone()));
            }
        }
        // Of two who are called so, nobody can tell who took it.
        if chairs.len() == 1 {
            chair = chair.or(chairs.pop_first());
        }
        // Somebody who is excused was not there, whatever a list says twice.
        let there = |name: &String| {
            let mut lists = [Kept::Present, Kept::Remote]
                .iter()
                .filter_map(|kept| lists.get(kept));
            lists.any(|list| list.iter().any(|(n, _)| n == name))
        };
        let chair = chair.filter(there);
        let mut front = Front::new().with("chair", chair);
        for kept in [Kept::Present, Kept::Remote, Kept::Apologies, Kept::Absent] {
            let list = lists.remove(&kept);
            front.set(
                kept.key(),
                list.map(|l| l.into_iter().map(|(name, _)| name).collect::<Vec<_>>()),
            );
        }
        let others = lists.remove(&Kept::InAttendance).map(|list| {
            let entry = |(name, role): (String, Option<String>)| {
                let role = role.filter(|r| !r.contains('@'));
                Value::Map(Front::new().with("name", Some(name)).with("role", role))
            };
            list.into_iter().map(entry).collect::<Vec<_>>()
        });
        front.set(Kept::InAttendance.key(), others);
        Some(front)
    }

    /// A file for everybody who is known by several names.
    pub fn drafts(&self, source: &Option<Front>, imported: &mut Imported) {
        for (name, (spellings, why)) in &self.merged {
            let aliases: Vec<String> = spellings
                .iter()
                .filter(|s| names::key(s) != names::key(name))
                .cloned()
                .collect();
            if aliases.is_empty() {
                continue;
            }
            let front = Front::new()
                .with("name", Some(name.clone()))
                .with("aliases", Some(aliases.clone()))
                .with("source", source.clone());
            let text = RecordText {
                front,
                ..RecordText::default()
            };
            // Its names are those of the lists: they stand for no word of a file.
            imported.drafts.push(Draft {
                modest: true,
                ..Draft::new(
                    format!("people/{}.md", slug(names::without_honorifics(name))),
                    text,
                    [],
                )
            });
            imported.people.push(Merged {
                name: name.clone(),
                spellings: aliases,
                why: why.iter().copied().collect::<Vec<_>>().join("; "),
            });
        }
    }
}
