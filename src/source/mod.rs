//! The files of a site folder, read and sorted: which path is which kind of
//! record, its id, and its text as it was written.
//!
//! A folder on a disk ([`disk`]) and a map in memory ([`memory`]) give the same
//! [`Sources`]; both only find files and read bytes, and `gather` decides.
//! What a text says is left to `document`, what `site.toml` says to `config`;
//! papers are named here and read by whoever publishes them.

pub mod again;
mod copies;
pub mod dates;
pub mod disk;
mod gather;
pub mod kind;
mod meeting;
pub mod memory;
mod misplaced;
pub mod pile;
pub mod private;
pub mod stamp;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::stamp::Stamp;
use crate::hash::Digest;
use crate::paths::SourcePath;

pub use kind::{Kind, Place, RESERVED, Sorted, sort};

/// A record as it was written.
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub place: Place,
    /// Every byte of the file, a byte order mark included.
    pub text: Arc<str>,
    pub digest: Digest,
}

/// A file that is not a record. It is published only if visible text links to it.
#[derive(Clone, PartialEq, Debug)]
pub struct PaperFile {
    pub path: SourcePath,
    pub bytes: u64,
    /// How it looked; none where that tells no change. It tells a changed paper
    /// from an unchanged one unread.
    pub stamp: Option<Stamp>,
}

/// `site.toml` as it was written.
#[derive(Clone, PartialEq, Debug)]
pub struct ConfigFile {
    pub path: SourcePath,
    pub text: Arc<str>,
    pub digest: Digest,
}

/// All that was read. Files with an error are left out and stand in the report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sources {
    /// Sorted by path; no two of one kind have one id.
    pub records: Vec<Source>,
    pub papers: BTreeMap<SourcePath, PaperFile>,
    /// Records that are there and could not be read: their pages may stay.
    pub unread: Vec<Place>,
    pub config: Option<ConfigFile>,
}
