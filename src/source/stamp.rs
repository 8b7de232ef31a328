//! What a disk says of a file without reading it.

use std::fs::Metadata;
use std::time::SystemTime;

/// Two that are equal belong to one content, but for a file that is written
/// twice within one tick of the disk's clock: see [`Stamp::is_older`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Inode and time of the last change of it, where there are such.
    node: (u64, i64, i64),
}

impl Stamp {
    pub fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        let node = {
            use std::os::unix::fs::MetadataExt;
            (meta.ino(), meta.ctime(), meta.ctime_nsec())
        };
        #[cfg(not(unix))]
        let node = (0, 0, 0);
        Self {
            length: meta.len(),
            modified: meta.modified().ok(),
            node,
        }
    }

    /// Of a file that nothing is known of.
    pub fn unknown() -> Self {
        Self {
            length: 0,
            modified: None,
            node: (0, 0, 0),
        }
    }

    /// Whether the disk knows when the file was written.
    pub fn has_time(&self) -> bool {
        self.modified.is_some()
    }

    /// Whether the file was as it is before a moment; if not, it may have been
    /// written once more since it was looked at, and the stamp does not show it.
    pub fn is_older(&self, than: SystemTime) -> bool {
        self.modified.is_some_and(|at| at < than)
    }
}
