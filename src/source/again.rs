//! A site folder that is read again and again: what did not change is not read
//! twice. The sources are those that [`disk::read`] gives, but for a record
//! that cannot be read any more: that stays as it was last read.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use super::disk;
use super::gather::{CONFIG, Found};
use super::kind::{Sorted, sort};
use super::stamp::Stamp;
use super::{PaperFile, Source, Sources};
use crate::paths::SourcePath;
use crate::report::Report;

/// What was read, and how the files looked then.
#[derive(Default)]
pub struct Kept {
    pub sources: Sources,
    /// What there was to say of the folder and its files.
    pub report: Report,
    stamps: BTreeMap<SourcePath, Known>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    stamp: Stamp,
    /// The stamp tells every change.
    sure: bool,
}

/// What reading again found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Change {
    None,
    /// Papers hold something else; of the records all is as it was.
    Papers,
    Records,
}

impl Kept {
    /// Reads one file again. `None` when that is not enough to know what there
    /// is now: the whole folder must be looked at.
    pub fn read_file(&mut self, root: &Path, path: &str, now: SystemTime) -> Option<Change> {
        let path = SourcePath::new(path);
        if path.as_str() == CONFIG {
            return None;
        }
        if matches!(sort(&path), Sorted::Ignored | Sorted::Private) {
            return Some(Change::None);
        }
        let found = disk::look(root, &path);
        let known = self.stamps.contains_key(&path);
        let Some(found) = found else {
            // A file for a moment, as some programs make one when they save.
            let below = format!("{path}/");
            let folder = self
                .stamps
                .range(SourcePath::new(&below)..)
                .next()
                .is_some_and(|(other, _)| other.as_str().starts_with(&below));
            return (!known && !folder && !disk::is_there(root, &path)).then_some(Change::None);
        };
        if !known {
            return None;
        }
        let stamp = self.known(&found, now);
        if let Some(paper) = self.sources.papers.get(&path) {
            if paper.bytes != found.bytes {
                return None;
            }
            let before = self.stamps.insert(path, stamp);
            let same = before.is_some_and(|b| b.stamp == stamp.stamp && b.sure);
            return Some(if same { Change::None } else { Change::Papers });
        }
        let at = self
            .sources
            .records
            .binary_search_by(|source| source.path.cmp(&path))
            .ok()?;
        let (text, digest) = disk::text(root, &found).ok()?;
        self.stamps.insert(path, stamp);
        let source = &mut self.sources.records[at];
        if source.digest == digest {
            return Some(Change::None);
        }
        source.text = text;
        source.digest = digest;
        Some(Change::Records)
    }

    /// Looks at the whole folder, and reads what is not as it was.
    pub fn read(&mut self, root: &Path, now: SystemTime) -> Change {
        let old = std::mem::take(&mut self.sources);
        let old_stamps = std::mem::take(&mut self.stamps);
        let old_report = std::mem::take(&mut self.report);
        let record = |path: &SourcePath| {
            let at = old
                .records
                .binary_search_by(|source| source.path.cmp(path))
                .ok()?;
            Some(&old.records[at])
        };
        let mut stamps = BTreeMap::new();
        let (mut sources, report) = disk::read_with(
            root,
            |found| {
                let before = old_stamps.get(&found.path)?;
                if !before.sure || Some(before.stamp) != found.stamp {
                    return None;
                }
                if let Some(config) = old.config.as_ref().filter(|c| c.path == found.path) {
                    return Some((config.text.clone(), config.digest));
                }
                record(&found.path).map(|source| (source.text.clone(), source.digest))
            },
            |found| {
                stamps.insert(found.path.clone(), self.known(found, now));
            },
        );
        for path in keep_unread(&mut sources, &old.records) {
            // To be read again until it can be.
            stamps.remove(&path);
        }
        // What is in a paper is its reader's affair; a page tells how long it is.
        let same_paper = |(a, b): (&PaperFile, &PaperFile)| a.path == b.path && a.bytes == b.bytes;
        let same_record = |a: &Source, b: &Source| a.path == b.path && a.digest == b.digest;
        let records = sources.records.len() == old.records.len()
            && sources
                .records
                .iter()
                .zip(&old.records)
                .all(|(a, b)| same_record(a, b))
            && sources.config.as_ref().map(|c| c.digest) == old.config.as_ref().map(|c| c.digest)
            && sources.papers.len() == old.papers.len()
            && sources.papers.values().zip(old.papers.values()).all(same_paper)
            && report == old_report;
        // A file that was changed a moment ago and read since is as it was.
        let papers = sources.papers.keys().all(|path| {
            let (now, before) = (stamps.get(path), old_stamps.get(path));
            now.map(|n| n.stamp) == before.map(|b| b.stamp)
        });
        self.sources = sources;
        self.stamps = stamps;
        self.report = report;
        match (records, papers) {
            (false, _) => Change::Records,
            (true, false) => Change::Papers,
            (true, true) => Change::None,
        }
    }

    fn known(&self, found: &Found, now: SystemTime) -> Known {
        // Some disks count time in steps of a hundredth of a second and more.
        let sharp = now
            .checked_sub(std::time::Duration::from_millis(50))
            .unwrap_or(SystemTime::UNIX_EPOCH);
        let stamp = found.stamp;
        Known {
            stamp: stamp.unwrap_or_else(Stamp::unknown),
            sure: stamp.is_some_and(|stamp| stamp.is_older(sharp)),
        }
    }
}

/// Records that are there and cannot be read stay as they were; these are they.
fn keep_unread(sources: &mut Sources, old: &[Source]) -> Vec<SourcePath> {
    let mut kept_paths = Vec::new();
    for place in std::mem::take(&mut sources.unread) {
        let kept = old.iter().find(|source| source.place == place);
        let Some(kept) = kept else {
            sources.unread.push(place);
            continue;
        };
        if let Err(at) = sources
            .records
            .binary_search_by(|source| source.path.cmp(&kept.path))
        {
            kept_paths.push(kept.path.clone());
            sources.records.insert(at, kept.clone());
        }
    }
    kept_paths
}
