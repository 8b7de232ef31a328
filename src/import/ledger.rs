//! Every word of a source is in a record, or is accounted for, or is told.

use std::collections::BTreeMap;

use super::account::{Account, Left};
use super::draft::{Fate, Imported};
use crate::document::written::{Front, RecordText, Value};
use crate::text::words;

/// How often each word is there.
#[derive(Default, Debug)]
pub(super) struct Words(BTreeMap<String, usize>);

impl Words {
    pub fn add(&mut self, text: &str) {
        for word in split(text) {
            *self.0.entry(word).or_default() += 1;
        }
    }

    /// What a record says; the names of its keys are not its words.
    pub fn add_record(&mut self, record: &RecordText) {
        self.add_front(&record.front);
        self.add(&record.text);
        for item in &record.items {
            self.add(item.number.as_deref().unwrap_or(""));
            self.add(&item.title);
            for (_, value) in &item.fields {
                self.add(value);
            }
            self.add(&item.text);
            for section in &item.sections {
                self.add(&section.label);
                self.add(&section.text);
            }
        }
    }

    fn add_front(&mut self, front: &Front) {
        for (_, value) in &front.0 {
            self.add_value(value);
        }
    }

    fn add_value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => self.add(text),
            Value::Day(day) => self.add(&day.to_string()),
            Value::Flag(flag) => self.add(&flag.to_string()),
            Value::Count(count) => self.add(&count.to_string()),
            Value::List(list) => list.iter().for_each(|v| self.add_value(v)),
            Value::Map(front) => self.add_front(front),
        }
    }

    fn take(&mut self, word: &str) -> bool {
        match self.0.get_mut(word) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

const RAISED: [&str; 4] = ["<sup>", "</sup>", "<sub>", "</sub>"];

/// Words as they are compared: folded, signs left out.
fn split(text: &str) -> Vec<String> {
    // Marks of Markdown inside a word would part it.
    let text = text.replace(['\\', '*', '`'], "").replace("~~", "");
    match text.contains("</su") {
        true => words::words(&RAISED.iter().fold(text, |t, mark| t.replace(mark, ""))),
        false => words::words(&text),
    }
}

/// Looks for the words of every file in what was made of it.
pub(super) fn account(imported: &Imported, account: &mut Account) {
    for (at, origin) in imported.origins.iter().enumerate() {
        if origin.fate != Fate::Read {
            continue;
        }
        let mut records = imported.words_from(at);
        let mut used = Words::default();
        let mut private = Words::default();
        for part in &origin.used {
            match part.private {
                true => private.add(&part.text),
                false => used.add(&part.text),
            }
        }
        for (line, text) in &origin.lines {
            let mut lost = Vec::new();
            for word in split(text) {
                account.words.read += 1;
                if records.take(&word) {
                    account.words.placed += 1;
                } else if used.take(&word) {
                    account.words.understood += 1;
                } else if private.take(&word) {
                    account.words.private += 1;
                } else {
                    lost.push(word);
                }
            }
            if !lost.is_empty() {
                account.words.left += lost.len();
                account.left.push(Left {
                    file: origin.name.clone(),
                    line: *line,
                    words: lost.join(" "),
                });
            }
        }
    }
}
