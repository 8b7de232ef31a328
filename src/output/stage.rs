//! Where files wait until all of them are there.
//!
//! They wait in the site's `.minutebook/staging/`, not in the published folder:
//! what a failed or killed build leaves behind may be what its clerk wanted to
//! keep back, and whoever copies the published folder must not copy that.
//! `.minutebook/` is ignored by git and never published. Nearly always it is on
//! the disk of the output, and a rename puts a file into its place. Where it is
//! not, all of them are first copied to a folder inside the output, when every
//! file is ready: what can fill a disk happens before the first change.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{OutputError, tree};
use crate::hash::Digest;
use crate::paths::OutPath;

/// The folder of those on their way from another disk, at the top of the
/// published folder.
const ARRIVING: &str = ".minutebook-arriving";

/// The folder where files wait; it goes when this does.
pub(super) struct Stage {
    folder: PathBuf,
    arriving: PathBuf,
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
        Ok(Self { folder, arriving })
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

    /// Brings the waiting files to the disk of the output, when they are on
    /// another. Nothing that is published changes by it.
    pub fn bring<'f>(&self, staged: impl Iterator<Item = &'f mut PathBuf>) -> Result<(), OutputError> {
        // Asked with an empty file: two places of one disk may count as two.
        let probe = self.folder.join("probe");
        let asked = File::create(&probe).and_then(|_| fs::rename(&probe, &self.arriving));
        match asked {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
            // What else is wrong is told when a file comes to its place.
            _ => {
                let _ = clear(&self.arriving);
                return Ok(());
            }
        }
        fs::create_dir(&self.arriving).map_err(OutputError::io("make the folder", &self.arriving))?;
        for (number, place) in staged.enumerate() {
            let here = self.arriving.join(number.to_string());
            let copied = File::options()
                .write(true)
                .create_new(true)
                .open(&here)
                .and_then(|mut to| io::copy(&mut File::open(&*place)?, &mut to));
            copied.map_err(OutputError::io("copy a file to", &here))?;
            *place = here;
        }
        Ok(())
    }

    /// Replaces a file in one step: it is written here, and put into its place
    /// by renaming. Gives what writing it gave.
    pub fn replace<T>(&self, place: &Path, write: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
        let waiting = self.folder.join("replacing");
        let mut file = File::options().write(true).create_new(true).open(&waiting)?;
        let given = write(&mut file);
        drop(file);
        let given = given.and_then(|given| fs::rename(&waiting, place).map(|()| given));
        if given.is_err() {
            let _ = fs::remove_file(&waiting);
        }
        given
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the next build opens.
        let _ = clear(&self.folder);
        let _ = clear(&self.arriving);
    }
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
