//! The words of the interface: one file per language, English below it.

use std::collections::BTreeMap;

use super::builtin;
use super::disk::OwnTheme;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::site::Words;
use crate::text::dates;

/// The words by their keys.
#[derive(Clone)]
pub struct Strings {
    words: BTreeMap<String, String>,
    pub months: Vec<String>,
    /// For pictures; three letters of each month when a language has none.
    short_months: Vec<String>,
    pub weekdays: Vec<String>,
}

impl Strings {
    /// English, then the language, then what the site's theme says in it: `en`
    /// and `en-GB` both.
    pub fn load(own: &OwnTheme, language: &str, report: &mut Report) -> Self {
        let mut strings = Self {
            words: BTreeMap::new(),
            months: Vec::new(),
            short_months: Vec::new(),
            weekdays: Vec::new(),
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
                strings.add(
                    &SourcePath::new(format!("themes/default/strings/{language}.toml")),
                    text,
                    report,
                );
            }
        }
        for language in ["en", primary, language] {
            if let Some(file) = own.strings(language) {
                strings.add(&file.path, &String::from_utf8_lossy(&file.bytes), report);
            }
        }
        strings
    }

    fn add(&mut self, path: &SourcePath, text: &str, report: &mut Report) {
        let table: toml::Table = match toml::from_str(text) {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().map(|s| Span::new(s.start, s.end));
                let words = format!("the words cannot be read: {}", error.message());
                report.push(Diagnostic::new(&rules::BAD_THEME, path, span, words));
                return;
            }
        };
        for (key, value) in table {
            match value {
                toml::Value::String(text) => drop(self.words.insert(key, text)),
                toml::Value::Array(list) => {
                    let list: Vec<String> = list
                        .iter()
                        .filter_map(|v| v.as_str().map(str::to_owned))
                        .collect();
                    match (key.as_str(), list.len()) {
                        ("months", 12) => {
                            self.months = list;
                            // Those of the language below do not fit them.
                            self.short_months.clear();
                        }
                        ("short_months", 12) => self.short_months = list,
                        ("weekdays", 7) => self.weekdays = list,
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }

    pub fn all(&self) -> &BTreeMap<String, String> {
        &self.words
    }

    /// The theme's short names of the twelve months, else the first three
    /// letters of their names.
    pub fn short_months(&self) -> Vec<String> {
        let cut = |name: &str| name.chars().take(3).collect::<String>();
        (1..=12)
            .map(|month: i8| {
                let at = (month - 1) as usize;
                let short = self.short_months.get(at).cloned();
                let long = || self.months.get(at).map(|name| cut(name));
                short
                    .or_else(long)
                    .unwrap_or_else(|| cut(dates::month_name(month)))
            })
            .collect()
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
            months: self.months.clone(),
            short_months: self.short_months(),
            weekdays: self.weekdays.clone(),
            all: self.words.clone(),
            parts: false,
        }
    }
}
