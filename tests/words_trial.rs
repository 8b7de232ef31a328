//! A trial on a real archive: no word of its minutes may be missing from the pages built from them.
//!
//! `MINUTEBOOK_TRIAL` names a folder with `map.json` (what an import made: a list of
//! `{source, target, body, date}`), the `content/` it was written to, and the `public/` built from
//! that. Without the variable there is nothing to do.
//!
//! ```sh
//! MINUTEBOOK_TRIAL=~/sites/parish cargo test --release --test words_trial -- --nocapture
//! ```

#[path = "support/words.rs"]
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use words::{Labels, LossKind, compare, page_parts, source_parts_with};

/// How many losses are told one by one.
const SHOWN: usize = 20;

#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "the variable says where the trial is, and only the test reads it"
)]
fn no_word_of_the_archive_is_missing() {
    let Some(site) = std::env::var_os("MINUTEBOOK_TRIAL").map(PathBuf::from) else {
        println!("words: MINUTEBOOK_TRIAL is not set, nothing to compare");
        return;
    };
    let labels = labels(&site);
    let (mut files, mut words, mut withheld, mut lost, mut moved) = (0, 0, 0, 0, 0);
    let mut told = Vec::new();
    for target in targets(&site) {
        let Some(page) = page_of(&target) else { continue };
        let path = site.join("content").join(&target);
        let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // No page at all is a page with nothing on it.
        let html = fs::read_to_string(site.join("public").join(&page)).unwrap_or_default();
        if html.is_empty() {
            told.push(format!("{target}: there is no {page}"));
        }
        let parts = source_parts_with(&source, &labels);
        files += 1;
        words += parts
            .iter()
            .map(|part| part.heading.len() + part.words.len())
            .sum::<usize>();
        withheld += parts.iter().map(|part| part.withheld).sum::<usize>();
        for loss in compare(&parts, &page_parts(&html)) {
            match loss.kind {
                LossKind::Missing => lost += 1,
                LossKind::Moved(_) => moved += 1,
            }
            told.push(format!("{target}: {loss}"));
        }
    }
    println!("words: files={files} words={words} lost={lost} moved={moved} withheld={withheld}");
    told.iter().take(SHOWN).for_each(|loss| println!("  {loss}"));
    if told.len() > SHOWN {
        println!("  … and {} more", told.len() - SHOWN);
    }
    assert!(files > 0, "map.json names no meeting");
    assert!(told.is_empty(), "{lost} words are missing, {moved} were moved");
}

/// The targets of the map, below `content/`.
fn targets(site: &Path) -> Vec<String> {
    let map = fs::read_to_string(site.join("map.json")).expect("map.json in the trial's folder");
    let map: serde_json::Value = serde_json::from_str(&map).expect("map.json is JSON");
    let entries = map.as_array().expect("map.json is a list");
    let target = |entry: &serde_json::Value| Some(entry["target"].as_str()?.to_owned());
    let targets = entries.iter().filter_map(target);
    let mut targets: Vec<String> = targets
        .map(|target| target.strip_prefix("content/").unwrap_or(&target).to_owned())
        .collect();
    targets.sort();
    targets.dedup();
    targets
}

/// The page of `meetings/<body>/[<year>/]<name>.md` or `…/<name>/index.md`.
fn page_of(target: &str) -> Option<String> {
    let steps: Vec<&str> = target.strip_suffix(".md")?.split('/').collect();
    let ["meetings", body, between @ .., last] = &steps[..] else {
        return None;
    };
    let name = if *last == "index" { between.last()? } else { last };
    Some(format!("meetings/{body}/{name}/index.html"))
}

/// The built-in labels and those that the site adds.
fn labels(site: &Path) -> Labels {
    let mut labels = Labels::default();
    let config = fs::read_to_string(site.join("site.toml")).unwrap_or_default();
    let config: toml::Table = config.parse().expect("site.toml is TOML");
    let added = config
        .get("labels")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten();
    for (label, meaning) in added {
        let meaning = meaning
            .as_str()
            .unwrap_or_default()
            .to_lowercase()
            .replace(['_', '-'], " ");
        let label = label.to_lowercase();
        for list in [
            &mut labels.attendance,
            &mut labels.closing,
            &mut labels.public_summary,
            &mut labels.documents,
            &mut labels.fields,
            &mut labels.silent_fields,
            &mut labels.tails,
        ] {
            if list.contains(&meaning) {
                list.push(label.clone());
            }
        }
    }
    labels
}
