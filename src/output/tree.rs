//! Paths inside the published folder, step by step from its top: no link in it
//! is ever followed, so that nothing outside can be read or written through it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
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

/// What is in a folder, by paths as ours are written. A repository's `.git` is
/// not looked at, nor what this program keeps for itself.
#[derive(Default)]
pub(super) struct Found {
    /// Every regular file, and how it looks; what lies behind a link is not in
    /// the folder.
    pub files: HashMap<String, Seen>,
    pub folders: HashSet<String>,
    /// Links, pipes, devices, names that are no text, and folders that cannot
    /// be read, with a slash.
    odd: Vec<String>,
}

impl Found {
    pub fn in_folder(base: &Path) -> Self {
        let mut found = Self::default();
        let hidden = |name: &OsStr| name == ".git" || is_own_name(&name.to_string_lossy());
        let walk = walkdir::WalkDir::new(base)
            .min_depth(1)
            .follow_links(false)
            .into_iter()
            .filter_entry(|entry| entry.depth() != 1 || !hidden(entry.file_name()));
        for entry in walk {
            match entry {
                Ok(entry) => found.add(base, &entry),
                Err(error) => {
                    let folder = error.path().and_then(|path| path.strip_prefix(base).ok());
                    found.odd.extend(folder.map(|path| format!("{}/", lossy(path))));
                }
            }
        }
        found
    }

    fn add(&mut self, base: &Path, entry: &walkdir::DirEntry) {
        let Ok(inner) = entry.path().strip_prefix(base) else {
            return;
        };
        let name = || {
            let parts: Option<Vec<&str>> = inner.components().map(|c| c.as_os_str().to_str()).collect();
            Some(parts?.join("/"))
        };
        let kind = entry.file_type();
        let seen = || Seen::of(&entry.metadata().ok()?);
        match (name(), kind.is_dir()) {
            (Some(name), true) => {
                self.folders.insert(name);
            }
            (Some(name), false) => match kind.is_file().then(seen).flatten() {
                Some(seen) => {
                    self.files.insert(name, seen);
                }
                None => self.odd.push(name),
            },
            (None, true) => {}
            (None, false) => self.odd.push(lossy(inner)),
        }
    }

    /// Whether nothing of this path stood there, not even its folder.
    pub fn is_new(&self, path: &OutPath) -> bool {
        let top = parents(path.as_str()).last();
        top.is_some_and(|folder| !self.folders.contains(folder))
    }

    /// What is neither in `ours` nor was ours, sorted: files by their path, a
    /// folder with nothing of ours by its own with a slash. Empty folders are
    /// not told of.
    pub fn foreign(&self, ours: &BTreeSet<&str>, was_ours: impl Fn(&str) -> bool) -> Vec<String> {
        let holds_ours = |folder: &str| {
            let below = format!("{folder}/");
            let first = ours.range(below.as_str()..).next();
            first.is_some_and(|first| first.starts_with(&below))
        };
        let mut told = BTreeSet::new();
        let mut look = |path: &str| {
            // In the place of a link or a file there may stand a folder of ours now.
            if ours.contains(path) || was_ours(path) || holds_ours(path) {
                return;
            }
            told.insert(match parents(path).find(|folder| !holds_ours(folder)) {
                Some(folder) => format!("{folder}/"),
                None => path.to_owned(),
            });
        };
        self.odd.iter().for_each(|path| look(path));
        #[expect(clippy::disallowed_methods, reason = "the set sorts them")]
        self.files.keys().for_each(|path| look(path));
        told.into_iter().collect()
    }
}

fn lossy(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
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
/// If one cannot be made, those that were made go again. Gives those that stand
/// now.
pub(super) fn make_free_parents(
    base: &Path,
    paths: &[&OutPath],
) -> Result<BTreeSet<String>, (PathBuf, io::Error)> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    // Links and files in the place of folders: nothing behind them is looked at.
    let mut blocked: BTreeSet<&str> = BTreeSet::new();
    let mut real: BTreeSet<String> = BTreeSet::new();
    let mut made: Vec<PathBuf> = Vec::new();
    for path in paths {
        for parent in parents(path.as_str()) {
            if blocked.contains(parent) {
                break;
            }
            if !known.insert(parent) {
                continue;
            }
            let place = base.join(parent);
            match fs::symlink_metadata(&place) {
                Ok(meta) if meta.is_dir() => {
                    real.insert(parent.to_owned());
                }
                // It is dealt with when the file comes to its place.
                Ok(_) => {
                    blocked.insert(parent);
                    break;
                }
                Err(error) if error.kind() == ErrorKind::NotFound => match fs::create_dir(&place) {
                    Ok(()) => {
                        real.insert(parent.to_owned());
                        made.push(place);
                    }
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
    Ok(real)
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
