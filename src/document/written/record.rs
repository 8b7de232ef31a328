//! A record as text: front matter, agenda items, sections. What the words of a
//! section mean is not known here; they are Markdown already.

use super::front::Front;
use super::{line, text};

/// A file of `content/`, divided as a reader of it divides it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RecordText {
    pub front: Front,
    /// Markdown before the first item; of a record without items, all of it.
    pub text: String,
    pub items: Vec<ItemText>,
}

/// A heading of the second level and what stands below it: an agenda item, a
/// list of who was present, the closing remarks.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ItemText {
    pub number: Option<String>,
    /// Words, not Markdown.
    pub title: String,
    /// Key and value; the value is Markdown.
    pub fields: Vec<(String, String)>,
    /// Markdown before the first section.
    pub text: String,
    pub sections: Vec<SectionText>,
}

/// A heading of the third level and the Markdown below it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SectionText {
    pub label: String,
    pub text: String,
}

impl RecordText {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut out = String::new();
        if !self.front.is_empty() {
            out.push_str(&format!("---\n{}---\n", self.front.write()));
        }
        block(&mut out, &self.text);
        for item in &self.items {
            let number = item.number.as_ref().map(|n| format!("{n}. ")).unwrap_or_default();
            block(&mut out, &format!("## {number}{}", heading(&item.title)));
            let fields: Vec<String> = item
                .fields
                .iter()
                .map(|(key, value)| format!("- {}: {}", line(key), line(value)).trim_end().to_owned())
                .collect();
            block(&mut out, &fields.join("\n"));
            match fields.is_empty() {
                true => block(&mut out, &item.text),
                false => block(&mut out, &apart(&item.text)),
            }
            for section in &item.sections {
                block(&mut out, &format!("### {}", heading(&section.label)));
                block(&mut out, &section.text);
            }
        }
        out
    }
}

impl ItemText {
    /// The Markdown of the first section with that label.
    pub fn section(&self, label: &str) -> Option<&str> {
        let named = |s: &&SectionText| s.label.eq_ignore_ascii_case(label);
        self.sections.iter().find(named).map(|s| s.text.as_str())
    }
}

/// A list right behind the fields would be read as one list with them: its
/// entries get another mark, and lose the indent that would put them below it.
fn apart(text: &str) -> String {
    let mut first = true;
    let text = text.trim_start_matches('\n');
    let indent = text.len() - text.trim_start().len();
    let lines = text.lines().map(|line| {
        let line = &line[indent.min(line.len() - line.trim_start().len())..];
        let entry = line.strip_prefix("- ").filter(|_| first);
        first = first && (entry.is_some() || line.trim().is_empty() || line.starts_with([' ', '\t']));
        entry.map_or_else(|| line.to_owned(), |rest| format!("* {rest}"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Words behind `##`: signs at their end would be taken for a closing mark.
fn heading(words: &str) -> String {
    let words = text::inside(&line(words));
    match words.ends_with('#') {
        true => format!("{}\\#", &words[..words.len() - 1]),
        false => words,
    }
}

fn block(out: &mut String, text: &str) {
    let text = text.trim_matches('\n');
    if text.trim().is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(text);
    out.push('\n');
}
