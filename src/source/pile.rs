//! Files that somebody brings from elsewhere, as they lie on a disk: named
//! ones, and all of a folder. Only regular files are opened, and none that is
//! too large.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::gather::LARGEST_FILE;
use super::kind::is_ignored;

/// A file that was brought.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Its name for people: the path below the folder that was named, with `/`.
    pub name: String,
    pub bytes: Content,
}

#[derive(Clone, Debug)]
pub enum Content {
    Bytes(Vec<u8>),
    /// It is there, and nobody asked for its kind.
    Unwanted,
    /// Why it could not be read, in words.
    Unreadable(String),
}

/// Reads files and folders, in the order of their names. `wanted` is asked with
/// a name in lower case before a file is opened.
pub fn read(places: &[PathBuf], wanted: impl Fn(&str) -> bool) -> Vec<Brought> {
    let mut out: Vec<Brought> = Vec::new();
    let take = |path: &Path, name: String, size: u64| {
        let bytes = if !wanted(&name.to_lowercase()) {
            Content::Unwanted
        } else if size > LARGEST_FILE {
            Content::Unreadable("it is larger than 32 MB".to_owned())
        } else {
            fs::read(path).map_or_else(|e| Content::Unreadable(words(&e)), Content::Bytes)
        };
        Brought { name, bytes }
    };
    for place in places {
        let shown = place.display().to_string().replace('\\', "/");
        let file_name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
        match fs::symlink_metadata(place).and_then(|_| fs::metadata(place)) {
            Ok(meta) if meta.is_file() => {
                let name = file_name(place).unwrap_or(shown);
                out.push(take(place, name, meta.len()));
            }
            Ok(meta) if meta.is_dir() => {
                let entries = WalkDir::new(place)
                    .follow_links(false)
                    .sort_by_file_name()
                    .into_iter();
                let named = |n: &str| !is_ignored(n);
                for entry in
                    entries.filter_entry(|e| e.depth() == 0 || named(&e.file_name().to_string_lossy()))
                {
                    match entry {
                        Ok(entry) if entry.file_type().is_file() => {
                            let below = entry.path().strip_prefix(place).unwrap_or(entry.path());
                            let name = below.display().to_string().replace('\\', "/");
                            let size = entry.metadata().map_or(0, |m| m.len());
                            out.push(take(entry.path(), name, size));
                        }
                        Ok(_) => {}
                        Err(error) => out.push(Brought {
                            name: error.path().map_or(shown.clone(), |p| p.display().to_string()),
                            bytes: Content::Unreadable(error.to_string()),
                        }),
                    }
                }
            }
            Ok(_) => out.push(Brought {
                name: shown,
                bytes: Content::Unreadable("it is neither a file nor a folder".to_owned()),
            }),
            Err(error) => out.push(Brought {
                name: shown,
                bytes: Content::Unreadable(words(&error)),
            }),
        }
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    // Two of one name are told apart, or the second could not be spoken of.
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for file in &mut out {
        let count = seen.entry(file.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            file.name = format!("{} ({count})", file.name);
        }
    }
    out
}

fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    }
}
