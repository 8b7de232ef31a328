//! The keys of a TOML table, read one by one with their places.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Report, rules};
use crate::text::blank::{holds_blank, is_blank, shown};
use crate::text::{dates, nearest};

/// Keys whose words are shown to readers.
const SHOWN: [&str; 4] = ["title", "authority", "contact", "licence"];

/// A table being read. [`Keys::finish`] reports the keys nobody asked for.
pub struct Keys<'a, 'r> {
    path: &'a SourcePath,
    name: &'a str,
    table: &'a DeTable<'a>,
    known: Vec<&'static str>,
    report: &'r mut Report,
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    Span::new(range.start, range.end)
}

/// What a value is, in words.
pub fn kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

impl<'a, 'r> Keys<'a, 'r> {
    pub fn new(path: &'a SourcePath, name: &'a str, table: &'a DeTable<'a>, report: &'r mut Report) -> Self {
        Self {
            path,
            name,
            table,
            known: Vec::new(),
            report,
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        self.table.get(key)
    }

    /// Reports a mistake at a place.
    pub fn wrong(&mut self, span: Option<Span>, words: String, help: &str) {
        self.report
            .push(Diagnostic::new(&rules::BAD_CONFIG, self.path, span, words).help(help));
    }

    /// A text, when it is there. Gives its place.
    pub fn text(&mut self, key: &'static str, into: &mut String) -> Option<Span> {
        let mut found = None;
        let span = self.optional(key, &mut found);
        if let Some(text) = found {
            *into = text;
        }
        span
    }

    pub fn optional(&mut self, key: &'static str, into: &mut Option<String>) -> Option<Span> {
        let value = self.get(key)?;
        let span = span_of(value);
        match value.get_ref() {
            DeValue::String(text) => {
                if holds_blank(text) {
                    self.report.push(Diagnostic::blank(self.path, span));
                }
                // Where words are shown, so is the blank; elsewhere it is nothing yet.
                if !is_blank(text) || SHOWN.contains(&key) {
                    *into = Some(shown(text.trim()).into_owned()).filter(|t| !t.is_empty());
                }
            }
            other => {
                let words = format!("`{key}` is text in quotes, not {}", kind(other));
                self.wrong(Some(span), words, &format!("write `{key} = \"…\"`"));
            }
        }
        Some(span)
    }

    pub fn flag(&mut self, key: &'static str, into: &mut bool) {
        let Some(value) = self.get(key) else { return };
        match value.get_ref() {
            DeValue::Boolean(flag) => *into = *flag,
            other => {
                let words = format!("`{key}` is true or false, not {}", kind(other));
                self.wrong(
                    Some(span_of(value)),
                    words,
                    &format!("write `{key} = true` or `{key} = false`, without quotes"),
                );
            }
        }
    }

    /// A whole number that is not negative.
    pub fn count(&mut self, key: &'static str, into: &mut u32) {
        let Some(value) = self.get(key) else { return };
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number {
            Some(number) => *into = number,
            None => {
                let found = match value.get_ref() {
                    DeValue::Integer(number) if number.as_str().starts_with('-') => "one below 0",
                    DeValue::Integer(_) => "one so large",
                    DeValue::Float(_) => "one with a part",
                    other => kind(other),
                };
                self.wrong(
                    Some(span_of(value)),
                    format!("`{key}` is a whole number, not {found}"),
                    &format!("it is 0 or more, without quotes: `{key} = {into}`"),
                );
            }
        }
    }

    pub fn table(&mut self, key: &'static str, read: impl FnOnce(&mut Keys<'a, '_>)) {
        let Some(value) = self.get(key) else { return };
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut keys = Keys::new(self.path, key, table, self.report);
                read(&mut keys);
                if key != "labels" {
                    keys.finish();
                }
            }
            other => {
                let words = format!("`{key}` is a table, not {}", kind(other));
                self.wrong(
                    Some(span_of(value)),
                    words,
                    &format!("write `[{key}]` on a line of its own"),
                );
            }
        }
    }

    /// The items of a list, each with its place.
    fn list(&mut self, key: &'static str) -> Vec<&'a Spanned<DeValue<'a>>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            other => {
                let words = format!("`{key}` is a list, not {}", kind(other));
                self.wrong(
                    Some(span_of(value)),
                    words,
                    "a list stands in square brackets, with commas between its entries",
                );
                Vec::new()
            }
        }
    }

    /// A list of days.
    pub fn days(&mut self, key: &'static str, into: &mut Vec<Date>) {
        for item in self.list(key) {
            let text = match item.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Datetime(day) => day.to_string(),
                other => kind(other).to_owned(),
            };
            match dates::iso(&text) {
                Ok(day) => into.push(day),
                Err(words) => self.wrong(
                    Some(span_of(item)),
                    words,
                    &format!("write `{key} = [\"2026-12-29\"]`"),
                ),
            }
        }
    }

    /// A list of tables, each read with its place.
    pub fn tables(&mut self, key: &'static str, mut read: impl FnMut(&mut Keys<'a, '_>, Span)) {
        for item in self.list(key) {
            let span = span_of(item);
            match item.get_ref() {
                DeValue::Table(table) => {
                    let mut keys = Keys::new(self.path, key, table, self.report);
                    read(&mut keys, span);
                    keys.finish();
                }
                other => {
                    let words = format!("an entry of `{key}` is a table, not {}", kind(other));
                    self.wrong(
                        Some(span),
                        words,
                        "write it like `{ rule = \"no-quorum\", reason = \"…\" }`",
                    );
                }
            }
        }
    }

    /// What is told of this table.
    pub fn report(&mut self) -> &mut Report {
        self.report
    }

    pub fn path(&self) -> &'a SourcePath {
        self.path
    }

    /// Every key with a text, whatever it is called.
    pub fn all(&mut self) -> Vec<(String, String)> {
        let mut out = Vec::new();
        for (key, value) in self.table.iter() {
            match value.get_ref() {
                DeValue::String(text) => out.push((key.get_ref().to_string(), text.to_string())),
                other => {
                    let words = format!("`{}` is text in quotes, not {}", key.get_ref(), kind(other));
                    self.wrong(
                        Some(span_of(value)),
                        words,
                        "write the name of a section or field, like `\"actions\"`",
                    );
                }
            }
        }
        out
    }

    pub fn finish(self) {
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if self.known.contains(&name) {
                continue;
            }
            let place = if self.name.is_empty() {
                String::new()
            } else {
                format!(" in [{}]", self.name)
            };
            let help = nearest::did_you_mean(name, self.known.iter().copied())
                .unwrap_or_else(|| format!("known{place}: {}", self.known.join(", ")));
            let words = format!("the key `{name}` is not known here");
            self.report
                .push(Diagnostic::new(&rules::BAD_CONFIG, self.path, Some(span_of(key)), words).help(help));
        }
    }
}
