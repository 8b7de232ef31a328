//! People who asked not to be listed stand in no index: their names are taken
//! out of every text before its words are counted.

use aho_corasick::{AhoCorasick, MatchKind};

use super::record::Record;
use crate::model::*;
use crate::text::names;
use crate::text::words::in_word;

/// The names that are taken out; none in most archives.
pub struct Mask(Option<AhoCorasick>);

impl Mask {
    pub fn of(archive: &Archive) -> Self {
        let unlisted = archive.people.rows().filter(|p| !p.listed);
        Self::of_names(unlisted.flat_map(|p| std::iter::once(&p.name).chain(&p.aliases)))
    }

    fn of_names<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        let mut found: Vec<String> = Vec::new();
        for name in names {
            let bare = names::without_honorifics(name);
            found.extend([name.clone(), bare.to_owned()]);
            if let Some((_, surname)) = bare.rsplit_once(' ') {
                // How somebody is addressed by surname alone; letters count alike, small or not.
                for word in names::HONORIFICS {
                    found.extend([format!("{word} {surname}"), format!("{word}. {surname}")]);
                }
            }
        }
        found.retain(|name| !name.trim().is_empty());
        found.sort();
        found.dedup();
        if found.is_empty() {
            return Self(None);
        }
        let machine = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(found);
        Self(machine.ok())
    }

    /// The record without the names.
    pub fn over(&self, mut record: Record) -> Record {
        for text in [&mut record.title, &mut record.names, &mut record.text] {
            if let Some(without) = self.without(text) {
                *text = without;
            }
        }
        record
    }

    fn without(&self, text: &str) -> Option<String> {
        let machine = self.0.as_ref()?;
        let mut out = String::new();
        let mut from = 0;
        for found in machine.find_iter(text) {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            if before.is_some_and(in_word) || after.is_some_and(in_word) {
                continue;
            }
            out.push_str(&text[from..found.start()]);
            out.push('…');
            from = found.end();
        }
        (from > 0).then(|| {
            out.push_str(&text[from..]);
            out
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_and_words_like_them_stay() {
        let names = ["Cllr Zelda Quim".to_owned(), "Z. Quim".to_owned()];
        let mask = Mask::of_names(names.iter());
        let record = Record {
            title: "Thanks to ZELDA QUIM".into(),
            names: "Zelda Quimby".into(),
            text: "Mrs Quim and Z. Quim of Quim Lane".into(),
            ..Record::default()
        };
        let masked = mask.over(record);
        assert_eq!(masked.title, "Thanks to …");
        assert_eq!(masked.names, "Zelda Quimby");
        assert_eq!(masked.text, "… and … of Quim Lane");
    }
}
