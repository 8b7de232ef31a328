//! A site folder that exists only in memory: for tests, and for whoever makes
//! records without a disk.

use std::collections::BTreeMap;

use super::Sources;
use super::gather::{Found, gather, no_content};
use crate::paths::SourcePath;
use crate::report::{Diagnostic, Report, rules};

/// Reads a map from path (`content/index.md`, `site.toml`) to bytes as
/// [`super::disk::read`] reads a folder.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> (Sources, Report) {
    let mut report = Report::new();
    if !files.keys().any(|path| path.starts_with("content/")) {
        report.push(no_content("the files given"));
    }
    let found = files
        .iter()
        .map(|(path, bytes)| Found {
            path: SourcePath::new(path),
            bytes: bytes.len() as u64,
            stamp: None,
        })
        .collect();
    gather(
        found,
        report,
        |_| None,
        |path| {
            let gone = || {
                Diagnostic::new(
                    &rules::UNREADABLE_FILE,
                    path,
                    None,
                    "the file is not there any more",
                )
            };
            files.get(path.as_str()).cloned().ok_or_else(gone)
        },
    )
}
