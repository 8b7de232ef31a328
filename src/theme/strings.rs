//! The words of the interface: one file per language, English below it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::disk::OwnTheme;
use super::{builtin, slips};
use crate::config::{kind, unread as unread_toml};
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::site::{Days, Words};

/// The words that are lists, how long they are, and how they begin.
const LISTS: &[(&str, usize, &str)] = &[
    ("months", 12, "[\"January\", \"February\", …]"),
    ("short_months", 12, "[\"Jan\", \"Feb\", …]"),
    ("weekdays", 7, "[\"Monday\", \"Tuesday\", …]"),
];

/// What is wrong with a word.
enum Slip {
    /// The theme below has none of this name.
    Unknown,
    /// What it is not, and what would help.
    Wrong(String, String),
}

/// The words by their keys.
#[derive(Clone)]
pub struct Strings {
    words: BTreeMap<String, String>,
    /// Without short months when a language has none.
    days: Days,
}

impl Strings {
    /// English, then the language, then what the site's theme says in it: `en`
    /// and `en-GB` both.
    pub fn load(own: &OwnTheme, language: &str, report: &mut Report) -> Self {
        let mut strings = Self {
            words: BTreeMap::new(),
            days: Days::default(),
        };
        let primary = language.split('-').next().unwrap_or("en");
        let known = [primary, language]
            .iter()
            .any(|l| builtin::strings(l).is_some() || own.strings(l).is_some());
        if !known {
            let words = format!("the interface has no words in `{language}`; they are shown in English");
            report.push(
                Diagnostic::new(&rules::NO_WORDS, &SourcePath::new("site.toml"), None, words)
                    .help(format!("a theme of your own may hold `strings/{primary}.toml`")),
            );
        }
        for language in ["en", primary, language] {
            if let Some(text) = builtin::strings(language) {
                // It is ours, and has no slip.
                let _ = strings.add(text, |_, _| {});
            }
        }
        let known = strings.words.clone();
        let mut read: Vec<&SourcePath> = Vec::new();
        for language in ["en", primary, language] {
            let Some(file) = own.strings(language).filter(|file| !read.contains(&&file.path)) else {
                continue;
            };
            read.push(&file.path);
            let text = String::from_utf8_lossy(&file.bytes);
            let text = text.trim_start_matches('\u{feff}');
            let unread = strings.add(text, |key, slip| match slip {
                Slip::Unknown => {
                    let known = known.keys().map(String::as_str).chain(LISTS.iter().map(|l| l.0));
                    slips::word(own, file, key, known, report);
                }
                Slip::Wrong(words, help) => slips::tell(file, Some(key.1), words, &help, report),
            });
            if let Err(error) = unread {
                let quotes = "text stands in quotes: `bodies = \"Committees\"`";
                report.push(unread_toml(&rules::BAD_THEME, &file.path, text, &error, quotes));
            }
        }
        strings
    }

    /// Lays the words of a file over those there are, and tells of its slips,
    /// each with the key and its place.
    fn add(&mut self, text: &str, mut told: impl FnMut((&str, Span), Slip)) -> Result<(), toml::de::Error> {
        let table = DeTable::parse(text)?;
        for (key, value) in table.get_ref().iter() {
            let place = Span::new(key.span().start, key.span().end);
            let key: &str = key.get_ref();
            let list = LISTS.iter().find(|list| list.0 == key);
            match (value.get_ref(), list) {
                (DeValue::String(text), None) => {
                    if self.words.insert(key.to_owned(), text.to_string()).is_none() {
                        told((key, place), Slip::Unknown);
                    }
                }
                (DeValue::Array(items), Some((_, length, example))) => {
                    let texts = items.iter().filter_map(|item| item.get_ref().as_str());
                    let texts: Vec<String> = texts.map(str::to_owned).collect();
                    if texts.len() == *length && items.len() == *length {
                        self.name_days(key, texts);
                        continue;
                    }
                    let words = match texts.len() == items.len() {
                        true => format!(
                            "`{key}` is a list of {length} names, and here are {}",
                            texts.len()
                        ),
                        false => format!("`{key}` is a list of {length} names, each in quotes"),
                    };
                    told(
                        (key, place),
                        Slip::Wrong(words, format!("write `{key} = {example}`")),
                    );
                }
                (found, Some((_, length, example))) => {
                    let words = format!("`{key}` is a list of {length} names, not {}", kind(found));
                    told(
                        (key, place),
                        Slip::Wrong(words, format!("write `{key} = {example}`")),
                    );
                }
                (found, None) => {
                    let words = format!("`{key}` is text in quotes, not {}", kind(found));
                    told((key, place), Slip::Wrong(words, format!("write `{key} = \"…\"`")));
                }
            }
        }
        Ok(())
    }

    fn name_days(&mut self, key: &str, names: Vec<String>) {
        match key {
            "months" => {
                self.days.months = names;
                // Those of the language below do not fit them.
                self.days.short_months.clear();
            }
            "short_months" => self.days.short_months = names,
            _ => self.days.weekdays = names,
        }
    }

    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// What days are called; a month without a short name is cut to three
    /// letters.
    pub fn days(&self) -> Days {
        let mut days = self.days.clone();
        if days.short_months.is_empty() {
            let cut = |name: &String| name.chars().take(3).collect();
            days.short_months = days.months.iter().map(cut).collect();
        }
        days
    }

    fn get(&self, key: &str) -> String {
        self.words.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    pub fn words(&self) -> Words {
        Words {
            not_held: self.get("not_held"),
            item: self.get("item"),
            owner: self.get("owner"),
            due: self.get("due"),
            done: self.get("done"),
            days: self.days(),
            all: self.words.clone(),
            parts: false,
        }
    }
}
