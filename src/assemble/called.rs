//! The words of entries that hold links which say nothing themselves, such as
//! `[[jane-roe]]`: registers, feeds and data show the name of the record that
//! is meant, as its page does.

use crate::document::prose::words_of_entry;
use crate::model::*;

/// An entry that is to be told in other words.
struct Told {
    section: usize,
    entry: usize,
    text: String,
}

/// Names what the entries of some items and decisions link to.
pub fn tell(
    archive: &mut Archive,
    items: impl Iterator<Item = ItemId>,
    decisions: impl Iterator<Item = DecisionId>,
) {
    for id in items {
        for told in told(archive, &archive.items[id].sections) {
            archive.items[id].sections[told.section].entries[told.entry].text = told.text;
        }
    }
    for id in decisions {
        for told in told(archive, &archive.decisions[id].sections) {
            archive.decisions[id].sections[told.section].entries[told.entry].text = told.text;
        }
    }
}

fn told(archive: &Archive, sections: &[Section]) -> Vec<Told> {
    let mut out = Vec::new();
    for (n, section) in sections.iter().enumerate() {
        let text = &section.text;
        if section.entries.is_empty() || !text.has_unsaid() {
            continue;
        }
        for (entry, written) in section.entries.iter().enumerate() {
            let Marks { html, slots } = written.marks;
            let words = text
                .html
                .get(html.0 as usize..html.1 as usize)
                .unwrap_or_default();
            let said = words_of_entry(&text.said(html, slots, |target| archive.name(target)));
            // What introduces a list of entries stands before each.
            if let Some(lead) = written.text.strip_suffix(&words_of_entry(words)) {
                out.push(Told {
                    section: n,
                    entry,
                    text: format!("{lead}{said}"),
                });
            }
        }
    }
    out
}
