//! The manifest: which files in the published folder are ours, and what they
//! held when they were written. It lies in the site's `.minutebook/`, one for
//! each output folder, and is never published.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::stage::Stage;
use crate::hash::{Digest, Sha256};
use crate::paths::OutPath;

/// Raised when the lines mean something else; another version is read as none.
const HEADER: &str = "minutebook manifest 3";

/// How a file looked when it was written: enough to know it again unread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Seen {
    size: u64,
    /// Nanoseconds since 1970.
    modified: i128,
}

impl Seen {
    /// In bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// None where the disk knows no times.
    pub fn of(meta: &Metadata) -> Option<Self> {
        let modified = meta.modified().ok()?;
        let nanos = match modified.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()).ok()?,
            Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
        };
        Some(Self {
            size: meta.len(),
            modified: nanos,
        })
    }
}

/// A file of ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub digest: Sha256,
    /// None: it may hold something else, as after a build that was cut short.
    pub seen: Option<Seen>,
    /// What it was made from.
    pub key: Option<Digest>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Manifest {
    pub files: BTreeMap<OutPath, Entry>,
}

impl Manifest {
    /// Where the manifest of an output folder lies; both folders are resolved.
    /// One inside the site's folder is known by its path in there, so that the
    /// two may be moved together.
    pub fn place(dot: &Path, root: &Path, output: &Path) -> PathBuf {
        let output = output.strip_prefix(root).unwrap_or(output);
        let name = Digest::of(output.as_os_str().as_encoded_bytes()).short(16);
        dot.join(format!("manifest-{name}.txt"))
    }

    /// None when there is none, or it cannot be read as a whole: then nothing
    /// in the folder is known to be ours, and nothing is removed.
    pub fn read(place: &Path) -> Option<Self> {
        if !fs::symlink_metadata(place).ok()?.is_file() {
            return None;
        }
        Self::parse(&fs::read_to_string(place).ok()?)
    }

    /// Tells one manifest from another.
    pub fn mark(&self) -> Digest {
        Digest::of(self.show().as_bytes())
    }

    /// Replaces the manifest, and gives its mark.
    pub fn write(&self, stage: &Stage, place: &Path) -> io::Result<Digest> {
        let text = self.show();
        stage.replace(place, |file| {
            file.write_all(text.as_bytes())?;
            // The one file that must not be lost with the power: without it the rest has no owner.
            file.sync_all()
        })?;
        Ok(Digest::of(text.as_bytes()))
    }

    fn show(&self) -> String {
        let mut out = format!("{HEADER}\n");
        for (path, Entry { digest, seen, key }) in &self.files {
            let _ = match seen {
                Some(seen) => write!(out, "{digest} {} {} ", seen.size, seen.modified),
                None => write!(out, "{digest} - - "),
            };
            let _ = match key {
                Some(key) => writeln!(out, "{key} {path}"),
                None => writeln!(out, "- {path}"),
            };
        }
        let _ = writeln!(out, "end {}", self.files.len());
        out
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.strip_suffix('\n')?.split('\n').collect();
        let [header, lines @ .., end] = lines.as_slice() else {
            return None;
        };
        if *header != HEADER || *end != format!("end {}", lines.len()) {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let mut parts = line.splitn(5, ' ');
            let (digest, size, modified) = (parts.next()?, parts.next()?, parts.next()?);
            let key = match parts.next()? {
                "-" => None,
                key => Some(Digest::parse(key)?),
            };
            let path = OutPath::new(parts.next()?).ok()?;
            let seen = match (size, modified) {
                ("-", "-") => None,
                (size, modified) => Some(Seen {
                    size: size.parse().ok()?,
                    modified: modified.parse().ok()?,
                }),
            };
            files.insert(
                path,
                Entry {
                    digest: Sha256::parse(digest)?,
                    seen,
                    key,
                },
            );
        }
        Some(Self { files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_whole_or_not_at_all() {
        let mut manifest = Manifest::default();
        for (at, path) in ["a b/c.html", "index.html", "x"].into_iter().enumerate() {
            let seen = (at > 0).then_some(Seen {
                size: 7,
                modified: -12,
            });
            let path = OutPath::new(path).expect("a good path");
            manifest.files.insert(
                path,
                Entry {
                    digest: Sha256::of(b"x"),
                    seen,
                    key: (at > 1).then(|| Digest::of(b"y")),
                },
            );
        }
        let text = manifest.show();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        for cut in 0..text.len() {
            assert_eq!(Manifest::parse(&text[..cut]), None, "cut at {cut}");
        }
        for (from, to) in [
            ("manifest 3", "manifest 2"),
            (" x\n", " ../x\n"),
            ("end 3", "end 4"),
            (" 7 ", " - "),
        ] {
            assert_eq!(Manifest::parse(&text.replace(from, to)), None, "{to}");
        }
    }
}
