//! What is shown of a found record that has no page of its own text: a
//! meeting without its items, an issue, a person. A few records to a file.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::files::{Files, deflate};
use super::mask::Mask;
use super::record::{Doc, Order, Record};
use crate::paths::Url;
use crate::site::Site;

/// How many bytes of text should stand in a file, before compression.
const PACK: usize = 24 * 1024;

/// The files, each with the number of its first record.
pub fn packs(site: &Site, mask: &Mask, order: &Order, files: &mut Files) -> Vec<(usize, u32)> {
    let packed: Vec<Doc> = order.docs.iter().copied().filter(|d| d.is_packed()).collect();
    // Side by side in stretches, so that their texts are never all in memory.
    let stretches: Vec<Vec<(usize, Vec<u8>)>> = packed
        .par_chunks(512)
        .enumerate()
        .map(|(n, docs)| {
            let mut out = Vec::new();
            let (mut held, mut size, mut first) = (Vec::new(), 0, n * 512);
            for (at, doc) in docs.iter().enumerate() {
                let record = mask.over(Record::of(site, *doc));
                size += record.text.len() + record.names.len() + record.title.len() + 40;
                held.push(entry(site, *doc, &record));
                if size > PACK || at + 1 == docs.len() {
                    out.push((
                        first,
                        deflate(Value::Array(std::mem::take(&mut held)).to_string().as_bytes()),
                    ));
                    (size, first) = (0, n * 512 + at + 1);
                }
            }
            out
        })
        .collect();
    stretches
        .into_iter()
        .flatten()
        .map(|(first, bytes)| (first, files.add(bytes)))
        .collect()
}

/// Address, title, names, text.
fn entry(site: &Site, doc: Doc, record: &Record) -> Value {
    json!([
        address(site, doc).encoded(),
        record.title,
        record.names,
        record.text
    ])
}

/// The page of a record that has one of its own.
pub fn address(site: &Site, doc: Doc) -> Url {
    let routes = &site.routes;
    match doc {
        Doc::Meeting(id) => routes.meeting(id),
        Doc::Item(id) => routes.meeting(site.archive.items[id].meeting),
        Doc::Decision(id) => routes.decision(id),
        Doc::Issue(id) => routes.issue(id),
        Doc::Person(id) => routes.person(id),
        Doc::Body(id) => routes.body(id),
        Doc::Page(id) => routes.page(id),
        Doc::Home => routes.home(),
    }
}

/// A stretch of names.
const NAMES: usize = 14 * 1024;

/// The names of issues, people and bodies under the first two letters of each
/// of their words, for suggestions: the files, each with its first two letters.
pub fn names(site: &Site, files: &mut Files) -> Vec<(String, u32)> {
    let archive = site.archive;
    let order = &archive.order;
    let issues = order.issues.iter().enumerate();
    let issues = issues.map(|(n, id)| (0, n, Doc::Issue(*id), &archive.issues[*id].title));
    let people = order.people.iter().enumerate();
    let people = people.map(|(n, id)| (1, n, Doc::Person(*id), &archive.people[*id].name));
    let bodies = order.bodies.iter().enumerate();
    let bodies = bodies.map(|(n, id)| (2, n, Doc::Body(*id), &archive.bodies[*id].name));
    let mut rows: Vec<(String, u8, &String, usize, Doc)> = Vec::new();
    for (kind, n, doc, name) in issues.chain(people).chain(bodies) {
        let mut keys: Vec<String> = crate::text::words::terms(name)
            .iter()
            .map(|word| word.chars().take(2).collect())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        rows.extend(keys.into_iter().map(|key| (key, kind, name, n, doc)));
    }
    rows.sort_by(|a, b| super::dictionary::order(&a.0, &b.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(String, u32)> = Vec::new();
    let (mut held, mut size, mut first) = (Vec::new(), 0, None::<String>);
    for same in rows.chunk_by(|a, b| a.0 == b.0) {
        first.get_or_insert_with(|| same[0].0.clone());
        for (_, kind, name, n, doc) in same {
            let address = address(site, *doc);
            size += name.len() + address.as_str().len() + 10;
            held.push(json!([kind, name, address.encoded(), n]));
        }
        if size > NAMES {
            out.push((first.take().unwrap_or_default(), file(&mut held, files)));
            size = 0;
        }
    }
    if let Some(first) = first {
        out.push((first, file(&mut held, files)));
    }
    out
}

fn file(held: &mut Vec<Value>, files: &mut Files) -> u32 {
    files.add(deflate(Value::Array(std::mem::take(held)).to_string().as_bytes()))
}
