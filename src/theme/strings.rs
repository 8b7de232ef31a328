//! The words of the interface: one file per language, English below it.

use std::collections::BTreeMap;

use super::builtin;
use super::disk::OwnTheme;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::site::{Days, Words};

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
                            self.days.months = list;
                            // Those of the language below do not fit them.
                            self.days.short_months.clear();
                        }
                        ("short_months", 12) => self.days.short_months = list,
                        ("weekdays", 7) => self.days.weekdays = list,
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
