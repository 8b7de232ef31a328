//! Where files wait until all of them are there.
//!
//! They wait in the site's `.minutebook/staging/`, not in the published folder:
//! what a failed or killed build leaves behind may be what its clerk wanted to
//! keep back, and whoever copies the published folder must not copy that.
//! `.minutebook/` is ignored by git and never published. Nearly always it is on
//! the disk of the output, and a rename puts a file into its place. Where it is
//! not, the file is copied beside its place first, when every file is ready,
//! and renamed there: one at a time, and whole or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{OutputError, tree};
use crate::hash::Digest;
use crate::paths::OutPath;

/// A file on its way from another disk, at the top of the published folder.
const ARRIVING: &str = ".minutebook-arriving";

/// The folder where files wait; it goes when this does.
pub(super) struct Stage {
    folder: PathBuf,
}

impl Stage {
    /// Opens an empty one. The site's lock must be held: what is there was left
    /// by a build that was killed.
    pub fn open(dot: &Path, output: &Path) -> Result<Self, OutputError> {
        let folder = dot.join("staging");
        clear(&folder).map_err(OutputError::io("clear", &folder))?;
        let arriving = output.join(ARRIVING);
        clear(&arriving).map_err(OutputError::io("remove", &arriving))?;
        fs::create_dir(&folder).map_err(OutputError::io("make the folder", &folder))?;
        Ok(Self { folder })
    }

    /// A new file for a path. A second one for the same path is refused.
    pub fn create(&self, path: &OutPath) -> Result<(File, PathBuf), OutputError> {
        let place = self.folder.join(Digest::of(path.as_str().as_bytes()).to_string());
        match File::options().write(true).create_new(true).open(&place) {
            Ok(file) => Ok((file, place)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(OutputError::Twice(path.clone())),
            Err(error) => Err(OutputError::io("write", &place)(error)),
        }
    }

    /// A name for the manifest to be written to, which no other file has.
    pub fn manifest(&self) -> PathBuf {
        self.folder.join("manifest")
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the next build opens.
        let _ = clear(&self.folder);
    }
}

/// Puts a waiting file into its place, whose folders exist.
pub(super) fn install(staged: &Path, output: &Path, place: &Path) -> io::Result<()> {
    match fs::rename(staged, place) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => arrive(staged, output, place),
        done => done,
    }
}

fn arrive(staged: &Path, output: &Path, place: &Path) -> io::Result<()> {
    let arriving = output.join(ARRIVING);
    tree::remove(&arriving)?;
    let mut to = File::options().write(true).create_new(true).open(&arriving)?;
    let copied = io::copy(&mut File::open(staged)?, &mut to).and_then(|_| fs::rename(&arriving, place));
    if copied.is_err() {
        let _ = tree::remove(&arriving);
    }
    copied
}

/// Removes whatever stands there; what a link leads to stays.
fn clear(place: &Path) -> io::Result<()> {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(place),
        Ok(_) => tree::remove(place).map(|_| ()),
    }
}
