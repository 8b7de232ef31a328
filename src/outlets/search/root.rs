//! The root: all that a browser must know before it asks for a word. The
//! format is told in `docs/search-format.md`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bits::push_varint;
use super::columns::column;
use super::count::{Counting, Language};
use super::dictionary::Dictionary;
use super::files::{Files, deflate, headed};
use super::links::links;
use super::mask::Mask;
use super::packs;
use super::record::{Doc, Order};
use super::segment::{SEALING, Sealing, Segment, divide, inflections};
use crate::model::*;
use crate::paths::OutPath;
use crate::site::Site;

/// The version of the format. A reader refuses any other.
const FORMAT: u32 = 1;

/// The whole index: every file with its address.
pub fn index(site: &Site) -> Vec<(OutPath, Vec<u8>)> {
    sealed(site, SEALING)
}

fn sealed(site: &Site, sealing: Sealing) -> Vec<(OutPath, Vec<u8>)> {
    let order = Order::of(site);
    let mask = Mask::of(site.archive);
    let counting = Counting {
        site,
        mask: &mask,
        language: Language::of(&site.config.language),
    };
    let mut segments: Vec<Segment> = Vec::new();
    for range in divide(&order, sealing) {
        segments.push(Segment::new(site, &counting, &order.docs, range, &segments));
    }
    let mut files = Files::default();
    let mut names = Names::default();
    let links = links(&segments, &mut files);
    let rules = inflections(&segments, counting.language);
    let people = column(
        &segments,
        |s| &s.people,
        |id: PersonId| {
            let person = &site.archive.people[id];
            (person.id.clone(), person.name.clone())
        },
        &mut files,
    );
    let issues = column(
        &segments,
        |s| &s.issues,
        |id: IssueId| {
            let issue = &site.archive.issues[id];
            (issue.id.clone(), issue.title.clone())
        },
        &mut files,
    );
    let mut told = Vec::new();
    for segment in segments {
        let pairs = (!segment.common.is_empty()).then(|| {
            let mut inner = Names::default();
            let mut json = dictionary(segment.pairs, &mut files, &mut inner);
            json["common"] = segment.common.join("\n").into();
            files.add(deflate(&headed(&json, &inner.0)))
        });
        let mut json = dictionary(segment.words, &mut files, &mut names);
        json["docs"] = segment.docs.len().into();
        json["pairs"] = pairs.is_some().into();
        pairs.into_iter().for_each(|name| names.push(name));
        told.push(json);
    }
    let packs = packs::packs(site, &mask, &order, &mut files);
    packs.iter().for_each(|(_, name)| names.push(*name));
    let suggestions = packs::names(site, &mut files);
    suggestions.iter().for_each(|(_, name)| names.push(*name));
    links.iter().for_each(|(_, name)| names.push(*name));
    [people, issues]
        .into_iter()
        .flatten()
        .for_each(|name| names.push(name));

    let (groups, sets, odd) = groups(site, &order);
    let json = json!({
        "format": FORMAT,
        "language": site.config.language,
        "months": [site.words.days.months, site.words.days.short_months],
        "item_pages": site.config.item_pages,
        "docs": order.docs.len(),
        "groups": order.groups.len(),
        "undated": order.undated,
        "bodies": bodies(site),
        "sets": sets,
        "odd": odd,
        "endings": rules,
        "segments": told,
        "packs": gaps(packs.iter().map(|p| p.0)),
        "names": firsts(&suggestions),
        "links": firsts(&links),
        "columns": [people.is_some(), issues.is_some()],
    });
    let mut rest = groups;
    rest.extend(names.0);
    files.finish(deflate(&headed(&json, &rest)))
}

/// Names of files, four bytes each, in the order in which the JSON tells of them.
#[derive(Default)]
struct Names(Vec<u8>);

impl Names {
    fn push(&mut self, name: u32) {
        self.0.extend(name.to_le_bytes());
    }
}

/// Writes the files of a dictionary: blocks, then long lists.
fn dictionary(dictionary: Dictionary, files: &mut Files, names: &mut Names) -> Value {
    for block in dictionary.blocks {
        names.push(files.add(block));
    }
    let mut long = Vec::with_capacity(dictionary.long.len());
    for (terms, list) in dictionary.long {
        names.push(files.add(list));
        long.push(terms.join(","));
    }
    json!({ "blocks": dictionary.firsts.len(), "firsts": dictionary.firsts.join("\n"), "long": long })
}

fn firsts(files: &[(String, u32)]) -> String {
    files.iter().map(|f| f.0.as_str()).collect::<Vec<_>>().join("\n")
}

fn gaps(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut last = 0;
    numbers
        .map(|n| {
            let gap = n - last;
            last = n;
            gap
        })
        .collect()
}

fn bodies<'a>(site: &Site<'a>) -> Vec<[&'a str; 2]> {
    let bodies = site.archive.bodies.rows();
    bodies.map(|b| [b.id.as_str(), b.name.as_str()]).collect()
}

/// The columns of meetings and decisions: days since the one before, the
/// bodies, how many items (0: a decision; else one more than there are); the
/// sets of bodies; and what cannot be foretold of addresses.
fn groups(site: &Site, order: &Order) -> (Vec<u8>, Vec<Vec<usize>>, Vec<Value>) {
    let archive = site.archive;
    let (mut days, mut which, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let mut sets: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut list: Vec<Vec<usize>> = Vec::new();
    let mut odd = Vec::new();
    let mut last = jiff::civil::date(1, 1, 1);
    for (n, group) in order.groups.iter().enumerate() {
        let gap = last.until(group.day).map_or(0, |span| span.get_days());
        push_varint(&mut days, gap.unsigned_abs());
        last = group.day;
        let set: Vec<usize> = match group.doc {
            Doc::Meeting(id) => archive.meetings[id].bodies.iter().map(|b| b.index()).collect(),
            Doc::Decision(id) => archive.decisions[id].body.iter().map(|b| b.index()).collect(),
            _ => Vec::new(),
        };
        let known = *sets.entry(set).or_insert_with_key(|set| {
            list.push(set.clone());
            list.len() - 1
        });
        push_varint(&mut which, known as u32);
        let Doc::Meeting(id) = group.doc else {
            counts.push(0);
            continue;
        };
        push_varint(&mut counts, group.items as u32 + 1);
        let meeting = &archive.meetings[id];
        let first = meeting
            .bodies
            .first()
            .map_or("", |b| archive.bodies[*b].id.as_str());
        let plain_id = meeting.id == format!("{first}/{}", meeting.date);
        let addresses: Vec<&str> = meeting
            .items
            .iter()
            .map(|i| archive.items[*i].address.as_str())
            .collect();
        let plain = addresses
            .iter()
            .enumerate()
            .all(|(n, a)| *a == (n + 1).to_string());
        if !plain_id || !plain {
            odd.push(json!([
                n,
                if plain_id {
                    Value::from(0)
                } else {
                    meeting.id.as_str().into()
                },
                if plain {
                    Value::from(0)
                } else {
                    addresses.join(" ").into()
                },
            ]));
        }
    }
    days.extend(which);
    days.extend(counts);
    (days, list, odd)
}

#[cfg(test)]
mod tests {
    use super::super::record::Record;
    use super::*;
    use crate::document::{self, Labels};
    use crate::text::words::{fold, pieces, runs, terms};
    use crate::{assemble, config, source};
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    /// The words of a text as they were written.
    fn spelled(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        runs(text, |run| out.push(run.to_owned()));
        out
    }

    /// The index of a site folder, and what a plain scan of its records finds.
    fn scanned(root: &Path, into: &Path, sealing: Sealing) {
        let (sources, _) = source::disk::read(root);
        let config = sources
            .config
            .as_ref()
            .map_or_else(Default::default, |file| config::read(&file.path, &file.text).0);
        let (labels, _) = Labels::with(&config.labels);
        let today = jiff::civil::date(2026, 11, 22);
        let (documents, _) = document::parse(&sources.records, &labels, today);
        let (archive, _) = assemble::assemble(documents, &sources, &config, today);
        let site = Site::new(&archive, &config, crate::site::Words::default(), today);
        for (path, bytes) in sealed(&site, sealing) {
            let path = into.join(path.as_str());
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
        let (language, mask) = (Language::of(&config.language), Mask::of(&archive));
        let mut stems: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let docs: Vec<Value> = Order::of(&site)
            .docs
            .into_iter()
            .map(|doc| {
                let record = mask.over(Record::of(&site, doc));
                let cut = |text: &str| text.split('\n').map(terms).collect::<Vec<_>>();
                let (title, text) = (cut(&record.title), cut(&record.text));
                let mut own: BTreeSet<String> = BTreeSet::new();
                for run in [&record.title, &record.names, &record.text]
                    .into_iter()
                    .flat_map(|text| spelled(text))
                {
                    let folded = fold(&run);
                    pieces(&folded, |form| {
                        let whole = form == folded;
                        let stem = language.stem(&if whole {
                            run.to_lowercase()
                        } else {
                            form.to_owned()
                        });
                        stems.entry(form.to_owned()).or_default().insert(stem.clone());
                        own.insert(stem);
                    });
                }
                let people: Vec<&str> = record
                    .people
                    .iter()
                    .map(|p| archive.people[*p].id.as_str())
                    .collect();
                let issues: Vec<&str> = record
                    .issues
                    .iter()
                    .map(|i| archive.issues[*i].id.as_str())
                    .collect();
                let mut lines = vec![record.title.as_str()];
                lines.extend(record.text.split('\n'));
                json!({
                    "lines": title.iter().chain(&text).collect::<Vec<_>>(),
                    "stems": own,
                    "text": lines,
                    "person": people,
                    "issue": issues,
                })
            })
            .collect();
        let oracle = json!({ "docs": docs, "stem": stems });
        std::fs::write(into.join("oracle.json"), oracle.to_string()).expect("written");
    }

    /// Whether a program is there. On a machine that checks changes it must be.
    #[allow(clippy::disallowed_methods, reason = "a test may ask where it runs")]
    fn has_node() -> bool {
        let there = std::process::Command::new("node")
            .arg("--version")
            .output()
            .is_ok();
        assert!(there || std::env::var("CI").is_err(), "node is not here");
        if !there {
            println!("node is not here: the reader of the index is not tested");
        }
        there
    }

    /// The reader finds what a plain scan finds, and nothing else: for words,
    /// several words, phrases, exclusions and filters, taken at random from the
    /// example archive, or from the site folder that `SEARCH_SITE` names.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "for trials on other archives")]
    fn the_reader_finds_what_a_scan_finds() {
        if !has_node() {
            return;
        }
        let repository = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let root = std::env::var("SEARCH_SITE").map_or_else(|_| repository.clone(), PathBuf::from);
        // In one segment, and in several: two that are sealed and a live one.
        let several = Sealing {
            from: 0,
            step: 20,
            fresh: 5,
            largest: 20,
        };
        for sealing in [SEALING, several] {
            asked(&repository, &root, sealing);
        }
    }

    fn asked(repository: &Path, root: &Path, sealing: Sealing) {
        let folder = tempfile::tempdir().expect("a folder");
        scanned(root, folder.path(), sealing);
        let output = std::process::Command::new("node")
            .arg(repository.join("tests/search/oracle.mjs"))
            .arg(folder.path())
            .output()
            .expect("node");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        println!("{said}");
        assert!(output.status.success(), "{said}");
    }
}
