//! How an item says which issue it belongs to, and the issues that come of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::mapping::Mapping;
use crate::document::written::{Front, RecordText};
use crate::import::draft::{Draft, Imported};
use crate::text::slug::slug;

/// The references in some Markdown, each once, in their order. `home`: the
/// repository that a bare `#12` belongs to.
pub fn find(text: &str, mapping: &Mapping) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if mapping.github {
        for (at, _) in text.match_indices("https://github.com/") {
            let rest = &text[at + "https://github.com/".len()..];
            let mut parts = rest.split('/');
            let (owner, repo, kind, number) = (parts.next(), parts.next(), parts.next(), parts.next());
            let (Some(owner), Some(repo), Some("issues" | "pull"), Some(number)) =
                (owner, repo, kind, number)
            else {
                continue;
            };
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            let plain =
                |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
            if plain(owner) && plain(repo) && !digits.is_empty() {
                push(&mut out, format!("{owner}/{repo}#{digits}"));
            }
        }
    }
    if let Some(pattern) = &mapping.pattern {
        for found in pattern.find_iter(text) {
            push(&mut out, found.as_str().to_owned());
        }
    }
    out
}

fn push(out: &mut Vec<String>, reference: String) {
    if !out.iter().any(|r| r.eq_ignore_ascii_case(&reference)) {
        out.push(reference);
    }
}

/// The issues of an import, by their references.
#[derive(Default)]
pub struct Issues(BTreeMap<String, Told>);

struct Told {
    reference: String,
    /// Titles, how often each, and the last day on which it was used.
    titles: BTreeMap<String, (usize, Option<Date>)>,
    from: BTreeSet<usize>,
}

impl Issues {
    /// Notes that an item belongs to an issue; gives the id of its record.
    pub fn add(
        &mut self,
        reference: &str,
        title: &str,
        date: Option<Date>,
        from: &BTreeSet<usize>,
    ) -> String {
        let id = slug(reference);
        let told = self.0.entry(id.clone()).or_insert_with(|| Told {
            reference: reference.to_owned(),
            titles: BTreeMap::new(),
            from: BTreeSet::new(),
        });
        let used = told.titles.entry(title.to_owned()).or_insert((0, None));
        used.0 += 1;
        used.1 = used.1.max(date);
        told.from.extend(from);
        id
    }

    pub fn drafts(self, source: &Option<Front>, imported: &mut Imported) {
        for (id, told) in self.0 {
            // The title that most meetings gave it; of two, the later one.
            let title = told
                .titles
                .iter()
                .max_by_key(|(title, used)| (used.0, used.1, std::cmp::Reverse(title.as_str())))
                .map(|(title, _)| title.clone());
            let front = Front::new()
                .with("title", title)
                .with("reference", Some(told.reference))
                .with("source", source.clone());
            let text = RecordText {
                front,
                ..RecordText::default()
            };
            imported.drafts.push(Draft {
                modest: true,
                ..Draft::new(format!("issues/{id}.md"), text, told.from)
            });
        }
    }
}
