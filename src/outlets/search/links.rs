//! The forms of words that a segment has not, though it has the word: by which
//! other form it is found there. A segment knows the forms of its own
//! documents; `leaves` may stand in the newest minutes only, and `leaf` in all
//! the old ones.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::dictionary::order;
use super::files::{Files, deflate};
use super::segment::Segment;

/// How many bytes of links should stand in a file, before compression.
const LINKS: usize = 24 * 1024;

/// Writes them: the files, each with its first form. An entry is a form and,
/// for every segment, the form to ask it for instead, or 0.
pub fn links(segments: &[Segment], files: &mut Files) -> Vec<(String, u32)> {
    let mut entries: Vec<(&str, Vec<Value>)> = missing(segments).into_iter().collect();
    entries.sort_by(|a, b| order(a.0, b.0));
    let mut out = Vec::new();
    let (mut held, mut size, mut first) = (Vec::new(), 0, "");
    let last = entries.len().saturating_sub(1);
    for (n, (form, instead)) in entries.into_iter().enumerate() {
        if held.is_empty() {
            first = form;
        }
        let mut entry = vec![Value::from(form)];
        entry.extend(instead);
        let entry = json!(entry);
        size += entry.to_string().len() + 1;
        held.push(entry);
        if size > LINKS || n == last {
            let bytes = deflate(Value::Array(std::mem::take(&mut held)).to_string().as_bytes());
            out.push((first.to_owned(), files.add(bytes)));
            size = 0;
        }
    }
    out
}

fn missing(segments: &[Segment]) -> BTreeMap<&str, Vec<Value>> {
    let mut entries: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    if segments.len() < 2 {
        return entries;
    }
    let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (stem, forms) in segments.iter().flat_map(|s| &s.families) {
        all.entry(stem)
            .or_default()
            .extend(forms.iter().map(String::as_str));
    }
    for (n, segment) in segments.iter().enumerate() {
        // A form of several stems would find more than is asked for.
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for form in segment.families.iter().flat_map(|f| &f.1) {
            *seen.entry(form).or_default() += 1;
        }
        for (stem, forms) in &segment.families {
            let Some(known) = forms.iter().min_by_key(|f| (seen[f.as_str()], f.len())) else {
                continue;
            };
            for form in all.get(&**stem).into_iter().flatten() {
                if !seen.contains_key(form) {
                    entries
                        .entry(form)
                        .or_insert_with(|| vec![Value::from(0); segments.len()])[n] = known.as_str().into();
                }
            }
        }
    }
    entries
}
