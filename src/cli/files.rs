//! Writing for a clerk: a file that is there is written over only when asked.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What became of a file that was to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Written,
    /// One was there, and is left as it was.
    Kept,
}

/// Writes a new file, and the folders it lies in.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<Put> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // The system itself refuses what is there, a link included.
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            file.write_all(bytes)?;
            Ok(Put::Written)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Put::Kept),
        Err(error) => Err(error),
    }
}

/// Writes a file, over one that is there too.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Writes a file whole or not at all: beside its place first, then over it.
pub fn exchange(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new~");
    let beside = path.with_file_name(name);
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Whether a path below a folder leads out of it by a link.
pub fn leads_out(root: &Path, below: &str) -> bool {
    let mut at = root.to_path_buf();
    below.split('/').any(|part| {
        at.push(part);
        fs::symlink_metadata(&at).is_ok_and(|meta| meta.file_type().is_symlink())
    })
}

/// Whether anything is there, even a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// A path as it is shown: with slashes, and without the folder we are in.
pub fn shown(root: &Path, path: &str) -> String {
    match root.as_os_str().is_empty() || root == Path::new(".") {
        true => path.to_owned(),
        false => root.join(path).display().to_string().replace('\\', "/"),
    }
}
