//! The moment of publishing: the manifest of old and new names, the renames,
//! the removals, the manifest of the new names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::manifest::{Entry, Manifest, Seen};
use super::tree::{self, There};
use super::{Folder, OutputError, Receipt, State};
use crate::hash::Digest;
use crate::paths::OutPath;

/// What a build has published.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    pub files: usize,
    pub bytes: u64,
    /// Files that are new or other than before.
    pub changed: usize,
    /// Files of ours that were there and are no longer planned.
    pub removed: usize,
    /// Files in the folder that are not ours, which stay; a folder without any
    /// of ours stands for all that is in it, and ends in a slash.
    pub foreign: Vec<String>,
    /// The folder holds an earlier build of which no note is left: pages that
    /// were taken away since may be among what is not ours.
    pub unknown_past: bool,
}

/// Publishes. What can be known to fail, and what can fill the disk, comes
/// before the first change; an error after it is [`OutputError::Half`].
/// Gives the mark of the manifest too.
pub(super) fn commit(folder: &Folder, receipts: Vec<Receipt>) -> Result<(Written, Digest), OutputError> {
    let mut files = planned(receipts)?;
    let output = &folder.output;
    let old = &folder.manifest;
    // All that can be known to fail is told before the first change.
    for (path, receipt) in &files {
        let looks = receipt.changed() && !folder.there.is_new(path);
        if looks && matches!(tree::look(output, path), Ok(There::Folder)) {
            only_ours(output, path, old)?;
        }
    }

    let mut written = Written {
        files: files.len(),
        ..Written::default()
    };
    let states = files.values_mut().map(|receipt| &mut receipt.state);
    folder.stage.bring(states.filter_map(|state| match state {
        State::Staged(place) => Some(place),
        State::Stays(_) => None,
    }))?;
    let mut union = old.clone();
    for (path, receipt) in &files {
        written.bytes += receipt.bytes;
        union.files.insert(path.clone(), receipt.entry());
    }
    if union != folder.manifest {
        save(folder, &union)?;
    }
    // After the manifest: folders that nobody knows of would be somebody else's.
    let changed: Vec<&OutPath> = files
        .iter()
        .filter(|(_, receipt)| receipt.changed())
        .map(|f| f.0)
        .collect();
    let real = tree::make_free_parents(output, &changed)
        .map_err(|(place, error)| OutputError::io("make the folder", place)(error))?;
    let mark = exchange(folder, &mut files, (&union, real), &mut written).map_err(|error| {
        match written.changed + written.removed {
            0 => error,
            _ => OutputError::Half(Box::new(error)),
        }
    })?;
    let ours = files.keys().map(OutPath::as_str).collect();
    let was_ours = |path: &str| OutPath::new(path).is_ok_and(|path| old.files.contains_key(&path));
    written.foreign = folder.there.foreign(&ours, was_ours);
    let published_before = folder.there.files.contains_key("index.html");
    written.unknown_past = old.files.is_empty() && published_before && !written.foreign.is_empty();
    Ok((written, mark))
}

/// Each new file into its place, and what is no longer planned away.
fn exchange(
    folder: &Folder,
    files: &mut BTreeMap<OutPath, Receipt>,
    (union, mut real): (&Manifest, BTreeSet<String>),
    written: &mut Written,
) -> Result<Digest, OutputError> {
    let output = &folder.output;
    let old = &folder.manifest;
    for path in order(files) {
        let Some(receipt) = files.get_mut(&path) else {
            continue;
        };
        let State::Staged(staged) = &receipt.state else {
            continue;
        };
        let place = output.join(path.as_str());
        let failed = |error| OutputError::io("publish", &place)(error);
        tree::make_parents(output, &path, &mut real).map_err(failed)?;
        // The folders above it are real ones now.
        if let Err(error) = fs::rename(staged, &place) {
            if !fs::symlink_metadata(&place).is_ok_and(|meta| meta.is_dir()) {
                return Err(failed(error));
            }
            written.removed += clear(output, &path, old)?;
            fs::rename(staged, &place).map_err(failed)?;
        }
        let seen = fs::symlink_metadata(&place).ok().and_then(|meta| Seen::of(&meta));
        receipt.state = State::Stays(seen);
        written.changed += 1;
    }

    written.removed += remove(output, old, files)?;
    let entries = files
        .iter()
        .map(|(path, receipt)| (path.clone(), receipt.entry()));
    let new = Manifest {
        files: entries.collect(),
    };
    if new != *union || new != folder.manifest {
        return save(folder, &new);
    }
    Ok(new.mark())
}

impl Receipt {
    fn entry(&self) -> Entry {
        match self.state {
            State::Stays(seen) => Entry {
                digest: self.digest,
                seen,
                key: self.key,
            },
            State::Staged(_) => Entry {
                digest: self.digest,
                seen: None,
                key: self.key,
            },
        }
    }
}

/// Writes the manifest, and gives its mark.
fn save(folder: &Folder, manifest: &Manifest) -> Result<Digest, OutputError> {
    let place = &folder.manifest_place;
    manifest
        .write(&folder.stage, place)
        .map_err(OutputError::io("write", place))
}

/// The receipts by their path: each path once, and none inside another.
fn planned(receipts: Vec<Receipt>) -> Result<BTreeMap<OutPath, Receipt>, OutputError> {
    if receipts.is_empty() {
        return Err(OutputError::Nothing);
    }
    let mut files = BTreeMap::new();
    for receipt in receipts {
        let path = receipt.path.clone();
        if files.insert(path.clone(), receipt).is_some() {
            return Err(OutputError::Twice(path));
        }
    }
    let names: BTreeSet<&str> = files.keys().map(OutPath::as_str).collect();
    for path in files.keys() {
        if let Some(file) = tree::parents(path.as_str()).find(|parent| names.contains(parent)) {
            let file = OutPath::new(file).map_err(|_| OutputError::Twice(path.clone()))?;
            return Err(OutputError::Inside {
                file,
                inner: path.clone(),
            });
        }
    }
    Ok(files)
}

/// The order of the renames: pages last, so that no visitor gets a new page
/// before the styles and papers it speaks of.
fn order(files: &BTreeMap<OutPath, Receipt>) -> Vec<OutPath> {
    let mut order: Vec<OutPath> = files.keys().cloned().collect();
    order.sort_by_key(|path| path.as_str().ends_with(".html"));
    order
}

/// Whether a folder in the way of a file holds nothing but files of ours.
fn only_ours(output: &Path, path: &OutPath, old: &Manifest) -> Result<(), OutputError> {
    for entry in inside(output, path) {
        let (found, is_folder) = entry?;
        if !is_folder && !OutPath::new(found.as_str()).is_ok_and(|found| old.files.contains_key(&found)) {
            return Err(OutputError::InTheWay {
                path: path.clone(),
                foreign: found,
            });
        }
    }
    Ok(())
}

/// Removes a folder in the way of a file, and says how many files were in it.
fn clear(output: &Path, path: &OutPath, old: &Manifest) -> Result<usize, OutputError> {
    only_ours(output, path, old)?;
    let mut removed = 0;
    for entry in inside(output, path) {
        let (found, is_folder) = entry?;
        let place = output.join(&found);
        let failed = |error| OutputError::io("remove", &place)(error);
        // A folder that something was put into meanwhile is not removed.
        if is_folder {
            fs::remove_dir(&place).map_err(failed)?;
        } else {
            removed += usize::from(tree::remove(&place).map_err(failed)?);
        }
    }
    Ok(removed)
}

/// A folder and all that is in it, the folders after what they hold.
fn inside<'a>(
    output: &'a Path,
    path: &OutPath,
) -> impl Iterator<Item = Result<(String, bool), OutputError>> + use<'a> {
    let top = output.join(path.as_str());
    WalkDir::new(&top)
        .follow_links(false)
        .contents_first(true)
        .into_iter()
        .map(move |entry| {
            let entry = entry.map_err(|error| {
                let other = std::io::Error::from(std::io::ErrorKind::Other);
                OutputError::io("look into", &top)(error.into_io_error().unwrap_or(other))
            })?;
            let found = entry.path().strip_prefix(output).unwrap_or(entry.path());
            // As our paths are written, also where the system writes them with `\`.
            let parts: Vec<_> = found
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            Ok((parts.join("/"), entry.file_type().is_dir()))
        })
}

/// Removes what was ours and is not planned any more, and the folders that
/// were only for that.
fn remove(output: &Path, old: &Manifest, files: &BTreeMap<OutPath, Receipt>) -> Result<usize, OutputError> {
    let gone: Vec<&OutPath> = old
        .files
        .keys()
        .filter(|path| !files.contains_key(path))
        .collect();
    if gone.is_empty() {
        return Ok(0);
    }
    let lower: BTreeMap<String, &OutPath> = files
        .keys()
        .map(|path| (path.as_str().to_lowercase(), path))
        .collect();
    let mut removed = 0;
    for path in gone {
        let place = output.join(path.as_str());
        let found = tree::look(output, path).map_err(OutputError::io("remove", &place))?;
        if matches!(found, There::File(_) | There::Odd) {
            // Where a disk takes `A.html` and `a.html` for one file, the old name is the new file.
            let twin = lower
                .get(&path.as_str().to_lowercase())
                .map(|twin| output.join(twin.as_str()));
            if twin.is_some_and(|twin| is_one_file(&place, &twin)) {
                continue;
            }
            removed += usize::from(tree::remove(&place).map_err(OutputError::io("remove", &place))?);
        }
        // Also where the file is gone already: a killed build may have left its folder.
        tree::prune(output, path);
    }
    Ok(removed)
}

fn is_one_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
