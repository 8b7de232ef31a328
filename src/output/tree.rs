//! Paths inside the published folder, step by step from its top: no link in it
//! is ever followed, so that nothing outside can be read or written through it.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::manifest::{Entry, Seen};
use crate::hash::Sha256;
use crate::paths::OutPath;

/// What stands at a path.
pub(super) enum There {
    Nothing,
    File(Metadata),
    Folder,
    /// A link, a pipe, a device.
    Odd,
    /// A link or a file where the path needs a folder.
    Blocked,
}

/// The names that this program keeps for itself at the top of a published folder.
pub(super) fn is_own_name(name: &str) -> bool {
    name.starts_with(".minutebook-")
}

/// Every folder that a path needs: `a`, `a/b` for `a/b/c`.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

pub(super) fn look(base: &Path, path: &OutPath) -> io::Result<There> {
    for parent in parents(path.as_str()) {
        match fs::symlink_metadata(base.join(parent)) {
            Ok(meta) if meta.is_dir() => {}
            Ok(_) => return Ok(There::Blocked),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(There::Nothing),
            Err(error) => return Err(error),
        }
    }
    match fs::symlink_metadata(base.join(path.as_str())) {
        Ok(meta) if meta.is_file() => Ok(There::File(meta)),
        Ok(meta) if meta.is_dir() => Ok(There::Folder),
        Ok(_) => Ok(There::Odd),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(error),
    }
}

/// Every regular file in the folder by its path as ours are written, and how it
/// looks; what lies behind a link is not in the folder. What cannot be read is
/// left out, as if it were not there.
pub(super) fn files(base: &Path) -> HashMap<String, Seen> {
    let walk = walkdir::WalkDir::new(base).follow_links(false).into_iter();
    walk.filter_entry(|e| e.depth() != 1 || e.file_name() != ".git")
        .flatten()
        .filter(|e| e.file_type().is_file())
        .filter_map(|entry| {
            let inner = entry.path().strip_prefix(base).ok()?;
            let parts: Option<Vec<&str>> = inner.components().map(|c| c.as_os_str().to_str()).collect();
            Some((parts?.join("/"), Seen::of(&entry.metadata().ok()?)?))
        })
        .collect()
}

/// Whether a file holds what an entry says: by its size and time if they are
/// as they were, else by reading it.
pub(super) fn holds(base: &Path, path: &OutPath, meta: &Metadata, entry: &Entry) -> io::Result<bool> {
    if entry.seen.is_some() && entry.seen == Seen::of(meta) {
        return Ok(true);
    }
    Ok(digest(base, path)? == entry.digest)
}

/// The digest of a file that was looked at before.
pub(super) fn digest(base: &Path, path: &OutPath) -> io::Result<Sha256> {
    Ok(Sha256::of_reader(&mut File::open(base.join(path.as_str()))?)?.0)
}

/// Makes the folders that a path needs; a link or file in their place goes,
/// and what a link led to stays as it is.
pub(super) fn make_parents(base: &Path, path: &OutPath, made: &mut BTreeSet<String>) -> io::Result<()> {
    for parent in parents(path.as_str()) {
        if made.contains(parent) {
            continue;
        }
        let place = base.join(parent);
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_dir() => {}
            Ok(_) => {
                remove(&place)?;
                fs::create_dir(&place)?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir(&place)?,
            Err(error) => return Err(error),
        }
        made.insert(parent.to_owned());
    }
    Ok(())
}

/// Makes the folders that paths need, as far as nothing stands in their place.
/// If one cannot be made, those that were made go again.
pub(super) fn make_free_parents(base: &Path, paths: &[&OutPath]) -> Result<(), (PathBuf, io::Error)> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut made: Vec<PathBuf> = Vec::new();
    for path in paths {
        for parent in parents(path.as_str()) {
            if !known.insert(parent) {
                continue;
            }
            let place = base.join(parent);
            match fs::symlink_metadata(&place) {
                Ok(meta) if meta.is_dir() => {}
                // It is dealt with when the file comes to its place.
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::NotFound => match fs::create_dir(&place) {
                    Ok(()) => made.push(place),
                    Err(error) => {
                        for folder in made.iter().rev() {
                            let _ = fs::remove_dir(folder);
                        }
                        return Err((place, error));
                    }
                },
                Err(error) => return Err((place, error)),
            }
        }
    }
    Ok(())
}

/// Removes a file or a link, and says whether there was one.
pub(super) fn remove(place: &Path) -> io::Result<bool> {
    match fs::remove_file(place) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        // On Windows a link to a folder is removed as a folder; a real one with files in it is not.
        Err(error) => match fs::symlink_metadata(place) {
            Ok(meta) if meta.is_symlink() => fs::remove_dir(place).map(|()| true),
            _ => Err(error),
        },
    }
}

/// Removes the folders of a path that are empty now, from the lowest up. A
/// folder that is not empty, or not a folder, ends it.
pub(super) fn prune(base: &Path, path: &OutPath) {
    let folders: Vec<&str> = parents(path.as_str()).collect();
    let real = |folder: &&str| fs::symlink_metadata(base.join(folder)).is_ok_and(|meta| meta.is_dir());
    let real = folders
        .iter()
        .position(|folder| !real(folder))
        .unwrap_or(folders.len());
    for folder in folders[..real].iter().rev() {
        if fs::remove_dir(base.join(folder)).is_err() {
            return;
        }
    }
}

/// What is in the folder and not in `ours`, sorted: files by their path, a
/// folder with nothing of ours by its own with a slash. A repository's `.git`
/// is not told of.
pub(super) fn foreign(base: &Path, ours: &BTreeSet<&str>) -> io::Result<Vec<String>> {
    let mut out = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(base.join(folder.trim_end_matches('/')))? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if folder.is_empty() && (name == ".git" || is_own_name(&name)) {
                continue;
            }
            let path = format!("{folder}{name}");
            if !entry.file_type()?.is_dir() {
                if !ours.contains(path.as_str()) {
                    out.push(path);
                }
                continue;
            }
            let below = format!("{path}/");
            if ours
                .range(below.as_str()..)
                .next()
                .is_some_and(|first| first.starts_with(&below))
            {
                folders.push(below);
            } else if fs::read_dir(entry.path()).map_or(true, |mut inside| inside.next().is_some()) {
                out.push(below);
            }
        }
    }
    out.sort();
    Ok(out)
}
