//! How an item says which issue it belongs to, and the issues that come of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::mapping::Mapping;
use crate::document::exempt;
use crate::document::written::{Front, RecordText, text};
use crate::import::draft::{Draft, Imported};
use crate::text::slug::slug;

/// How some words name an issue: `owner/repository#12`, `PA/24/7`.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    pub name: String,
    /// Where the issue itself is, if the words say so.
    pub address: Option<String>,
}

impl Reference {
    /// Whether both name one issue.
    pub fn is(&self, other: &Reference) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
    }
}

const GITHUB: &str = "https://github.com/";

/// The references in some Markdown, each once, in their order.
pub fn find(text: &str, mapping: &Mapping) -> Vec<Reference> {
    let mut out: Vec<Reference> = Vec::new();
    if mapping.github {
        for (at, _) in text.match_indices(GITHUB) {
            let rest = &text[at + GITHUB.len()..];
            let mut parts = rest.split('/');
            let (owner, repo, kind, number) = (parts.next(), parts.next(), parts.next(), parts.next());
            let (Some(owner), Some(repo), Some(kind @ ("issues" | "pull")), Some(number)) =
                (owner, repo, kind, number)
            else {
                continue;
            };
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            let plain =
                |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            if plain(owner) && plain(repo) && !digits.is_empty() {
                let address = format!("{GITHUB}{owner}/{repo}/{kind}/{digits}");
                push(&mut out, format!("{owner}/{repo}#{digits}"), Some(address));
            }
        }
    }
    if let Some(pattern) = &mapping.pattern {
        for found in pattern.find_iter(text) {
            push(&mut out, found.as_str().to_owned(), None);
        }
    }
    out
}

fn push(out: &mut Vec<Reference>, name: String, address: Option<String>) {
    let reference = Reference { name, address };
    if !out.iter().any(|r| r.is(&reference)) {
        out.push(reference);
    }
}

/// Whether the last word of a line names an issue.
pub fn closes(line: &str, mapping: &Mapping) -> bool {
    let last = line.split_whitespace().rfind(|word| *word != ")");
    last.is_some_and(|word| !find(word, mapping).is_empty())
}

/// Whether a line is nothing but links to issues.
pub fn is_all(line: &str, mapping: &Mapping) -> bool {
    line.split_whitespace()
        .all(|word| word.starts_with('[') && !find(word, mapping).is_empty())
}

/// The issues of an import, by their references.
#[derive(Default)]
pub struct Issues(BTreeMap<String, Told>);

struct Told {
    reference: String,
    /// Where the issue is, and how often that was said.
    addresses: BTreeMap<String, usize>,
    /// Titles, how often each, and the last day on which it was used.
    titles: BTreeMap<String, (usize, Option<Date>)>,
    from: BTreeSet<usize>,
}

impl Issues {
    /// Notes that an item belongs to an issue; gives the id of its record.
    pub fn add(
        &mut self,
        reference: &Reference,
        title: &str,
        date: Option<Date>,
        from: &BTreeSet<usize>,
    ) -> String {
        let id = slug(&reference.name);
        let told = self.0.entry(id.clone()).or_insert_with(|| Told {
            reference: reference.name.clone(),
            addresses: BTreeMap::new(),
            titles: BTreeMap::new(),
            from: BTreeSet::new(),
        });
        let used = told.titles.entry(title.to_owned()).or_insert((0, None));
        used.0 += 1;
        used.1 = used.1.max(date);
        if let Some(address) = &reference.address {
            *told.addresses.entry(address.clone()).or_default() += 1;
        }
        told.from.extend(from);
        id
    }

    pub fn drafts(self, source: &Option<Front>, imported: &mut Imported) {
        for (id, told) in self.0 {
            // The title that most meetings gave it; of two, the later one. No
            // issue can be exempt, and its title stands where the item's words
            // would have been withheld.
            let (secret, open): (Vec<_>, Vec<_>) =
                told.titles.iter().partition(|(title, _)| reads_as_exempt(title));
            let title = open
                .into_iter()
                .max_by_key(|(title, used)| (used.0, used.1, std::cmp::Reverse(title.as_str())))
                .map(|(title, _)| title.clone());
            let Some(title) = title else {
                imported.notes.push(format!(
                    "{}: every title that the minutes give it reads as exempt, and an issue is always public: it has no record",
                    told.reference
                ));
                continue;
            };
            if !secret.is_empty() {
                imported.notes.push(format!(
                    "{}: a title that the minutes give it reads as exempt, and an issue is always public: it has the title of another meeting",
                    told.reference
                ));
            }
            let mut addresses: Vec<(&String, &usize)> = told.addresses.iter().collect();
            addresses.sort_by_key(|(address, used)| (std::cmp::Reverse(**used), *address));
            let links: Vec<String> = addresses
                .into_iter()
                .map(|(address, _)| format!("[{}]({address})", text::inside(&told.reference)))
                .collect();
            let front = Front::new()
                .with("title", Some(title))
                .with("reference", Some(told.reference))
                .with("source", source.clone());
            let text = RecordText {
                front,
                text: links.join(", "),
                ..RecordText::default()
            };
            imported.drafts.push(Draft {
                modest: true,
                ..Draft::new(format!("issues/{id}.md"), text, told.from)
            });
        }
    }
}

fn reads_as_exempt(title: &str) -> bool {
    exempt::title(title).is_some() || exempt::line(title).is_some()
}
