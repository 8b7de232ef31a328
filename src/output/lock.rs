//! Two builds must not write to one folder, nor one site's manifest. The
//! system holds the locks, and drops them when a program ends, however it
//! ends: there is nothing to clean up.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use super::OutputError;

/// The lock file in an output folder, on systems that cannot lock a folder.
const IN_OUTPUT: &str = ".minutebook-lock";

/// A lock that is held as long as this lives.
pub(super) struct Lock {
    file: Option<File>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a program that is being started at this moment
        // on another thread has a copy of every open file until it runs.
        if let Some(file) = &self.file {
            let _ = file.unlock();
        }
    }
}

/// One build at a time for a site: `dot` is its `.minutebook` folder.
pub(super) fn site(root: &Path, dot: &Path) -> Result<Lock, OutputError> {
    let place = dot.join("lock");
    let file = lock_file(&place).map_err(OutputError::io("open", &place))?;
    hold(file, root)
}

/// One build at a time for an output folder, whichever site it comes from.
/// The folder itself is locked, so that no lock file is published.
pub(super) fn output(output: &Path) -> Result<Lock, OutputError> {
    if let Ok(folder) = File::open(output) {
        match folder.try_lock() {
            Ok(()) => return Ok(Lock { file: Some(folder) }),
            Err(TryLockError::WouldBlock) => {
                return Err(OutputError::Locked {
                    folder: output.to_owned(),
                });
            }
            // Some network disks lock only files.
            Err(TryLockError::Error(_)) => {}
        }
    }
    let place = output.join(IN_OUTPUT);
    let file = lock_file(&place).map_err(OutputError::io("open", &place))?;
    hold(file, output)
}

/// Opens a file to be locked; a link or pipe in its place is removed unopened.
fn lock_file(place: &Path) -> io::Result<File> {
    if fs::symlink_metadata(place).is_ok_and(|meta| !meta.is_file()) {
        fs::remove_file(place)?;
    }
    File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(place)
}

fn hold(file: File, folder: &Path) -> Result<Lock, OutputError> {
    match file.try_lock() {
        Ok(()) => Ok(Lock { file: Some(file) }),
        Err(TryLockError::WouldBlock) => Err(OutputError::Locked {
            folder: folder.to_owned(),
        }),
        // A disk without locks: better a site without this guard than none.
        Err(TryLockError::Error(_)) => Ok(Lock { file: None }),
    }
}
