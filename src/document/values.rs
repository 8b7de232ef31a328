//! Values of fields that cannot be: a day that the calendar has not, an hour
//! that no clock shows. And fields that stand where none are read.

use std::ops::Range;

use super::agenda::Reader;
use super::fields::{self, FieldDoc};
use super::markdown::BlockKind;
use crate::model::FieldKey;
use crate::paths::Span;
use crate::report::{Diagnostic, Severity, rules};
use crate::text::{dates, names};

/// Words that begin what a key decision may be, in the languages of the
/// interface.
const YES_OR_NO: &[&str] = &["yes", "no", "true", "false", "ja", "nee", "nein"];

impl Reader<'_> {
    /// Tells of values of an item's fields that cannot be.
    pub(super) fn impossible_values(&mut self, fields: &[FieldDoc<FieldKey>]) {
        for field in fields {
            let value = field.value.text.trim();
            let told = match field.key {
                FieldKey::CallIn | FieldKey::Notice | FieldKey::Effective => {
                    dates::impossible(value).map(|day| {
                        let words = format!("there is no {day} in the calendar");
                        let diagnostic =
                            Diagnostic::new(&rules::BAD_DATE, self.path, Some(field.value.span), words);
                        diagnostic.help("write the day as 2026-11-30")
                    })
                }
                FieldKey::Started | FieldKey::Ended
                    if is_clock(value) && dates::time_of_day(value).is_none() =>
                {
                    let words = format!("`{value}` is not a time of day");
                    let diagnostic =
                        Diagnostic::new(&rules::BAD_VALUE, self.path, Some(field.value.span), words);
                    Some(diagnostic.help("write hours and minutes, like 17:30"))
                }
                FieldKey::KeyDecision if !says_yes_or_no(value) => {
                    let words = format!("`{}` says neither yes nor no", field.label);
                    let mut diagnostic =
                        Diagnostic::new(&rules::BAD_VALUE, self.path, Some(field.value.span), words)
                            .help("write `yes` or `no`; more words may follow");
                    diagnostic.severity = Severity::Warning;
                    Some(diagnostic)
                }
                _ => None,
            };
            if let Some(told) = told {
                self.report.push(told);
            }
        }
    }

    /// A list of nothing but known keys below a paragraph that opens an item:
    /// its place, and whether it says that the item is exempt.
    pub(super) fn late_fields(&self, from: usize, blocks: &Range<usize>) -> Option<(Span, bool)> {
        let before = self.blocks.get(from).filter(|_| blocks.contains(&from))?;
        let list = self
            .blocks
            .get(from + 1)
            .filter(|_| blocks.contains(&(from + 1)))?;
        if before.kind != BlockKind::Paragraph || list.kind != BlockKind::List {
            return None;
        }
        let labels = self.labels;
        let known = |key: &str| labels.field(key);
        let read = fields::read(self.source, list.span.clone(), known, FieldKey::Other, |_| false)?;
        if read.iter().any(|field| field.key == FieldKey::Other) {
            return None;
        }
        let first = read.first()?.label_span.start as usize;
        let last = read.last()?.value.span.end as usize;
        let exempt = read.iter().any(|field| field.key == FieldKey::Exempt);
        Some((Span::new(first, last), exempt))
    }
}

/// Whether a text is written like a time of day: `25:00`, `7.75 pm`.
fn is_clock(text: &str) -> bool {
    let digits = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains([':', '.']);
    digits
        && text.len() <= 10
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || ":. apmAPM".contains(c))
}

fn says_yes_or_no(value: &str) -> bool {
    let folded = names::fold(value);
    folded.is_empty() || YES_OR_NO.iter().any(|word| folded.starts_with(word))
}
