//! The published folder, and how a new site takes the place of an old one.
//!
//! What differs waits in a staging folder until every file is there; then each
//! is renamed into its place, and what is no longer planned is removed last.
//! A build that fails before that leaves the old site as it was. One that is
//! killed leaves each file old or new, never cut; the manifest is written
//! before the first rename with the old names and the new ones, so that the
//! next build knows all of them and mends what is half done. The folder is never
//! emptied, no file that is not ours is removed, and nothing outside it is
//! written but the notes in the site's own `.minutebook/`.
//!
//! Which files there are, and what is in them, is decided elsewhere; so is what
//! may be published at all.

mod begun;
mod commit;
mod error;
mod lock;
mod manifest;
mod note;
mod refuse;
mod stage;
mod tree;

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub use begun::Begun;
pub use commit::Written;
pub use error::OutputError;

use crate::hash::{Digest, Sha256};
use crate::paths::OutPath;
use lock::Lock;
use manifest::{Entry, Manifest, Seen};
use stage::Stage;
use tree::Found;

/// A folder to publish to, checked and locked. Dropped without
/// [`Folder::commit`], it leaves the folder as it was.
pub struct Folder {
    output: PathBuf,
    manifest: Manifest,
    manifest_place: PathBuf,
    note_place: PathBuf,
    /// The folder as it was found.
    there: Found,
    verify: bool,
    stage: Stage,
    // Fields are dropped in their order: the locks last.
    _made: Made,
    _output_lock: Lock,
    _site_lock: Lock,
}

/// What is known of a file that is to be published: given back by
/// [`Folder::put`], [`Folder::finish`], [`Folder::copy`] and [`Folder::keep`], and
/// asked for by [`Folder::commit`].
#[derive(Debug)]
pub struct Receipt {
    path: OutPath,
    bytes: u64,
    digest: Sha256,
    key: Option<Digest>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The file in the folder stays.
    Stays(Option<Seen>),
    /// A new one waits here.
    Staged(PathBuf),
}

impl Receipt {
    pub fn path(&self) -> &OutPath {
        &self.path
    }

    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Notes what the file was made from: while that stays the same,
    /// [`Folder::known`] gives it back unmade.
    pub fn made_from(mut self, key: Digest) -> Self {
        self.key = Some(key);
        self
    }

    /// Whether the file will be new or other than it was.
    pub fn changed(&self) -> bool {
        matches!(self.state, State::Staged(_))
    }
}

impl Folder {
    /// Checks, makes and locks a folder to publish to. `root` is the site
    /// folder. The home folder is never published to; this room does not know
    /// where it is.
    pub fn open(root: &Path, output: &Path, home: Option<&Path>) -> Result<Self, OutputError> {
        let root = fs::canonicalize(root).map_err(OutputError::io("find the site folder", root))?;
        let output = refuse::resolve(&root, output, home)?;
        let dot = notes(&root)?;
        let site_lock = lock::site(&root, &dot)?;
        let manifest_place = Manifest::place(&dot, &root, &output);
        let manifest = Manifest::read(&manifest_place).unwrap_or_default();
        let made = Made::folder(&output)?;
        let output_lock = lock::output(&output)?;
        refuse::check_contents(&output, &manifest)?;
        let stage = Stage::open(&dot, &output)?;
        let there = Found::in_folder(&output);
        Ok(Self {
            output,
            manifest,
            note_place: note::place(&manifest_place),
            manifest_place,
            there,
            verify: false,
            stage,
            _made: made,
            _output_lock: output_lock,
            _site_lock: site_lock,
        })
    }

    /// Knows unchanged files by reading them, not by their size and time.
    pub fn verify(mut self, verify: bool) -> Self {
        self.verify = verify;
        self
    }

    /// The folder itself, links resolved.
    pub fn path(&self) -> &Path {
        &self.output
    }

    /// Takes the bytes of one file. Nothing changes in the folder yet.
    pub fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<Receipt, OutputError> {
        let (digest, size) = (Sha256::of(bytes), bytes.len() as u64);
        if let Some(seen) = self.unchanged(path, digest, size) {
            return Ok(Receipt {
                path: path.clone(),
                bytes: size,
                digest,
                key: None,
                state: State::Stays(seen),
            });
        }
        let (mut file, staged) = self.stage.create(path)?;
        file.write_all(bytes)
            .map_err(OutputError::io("write", path.as_str()))?;
        Ok(Receipt {
            path: path.clone(),
            bytes: size,
            digest,
            key: None,
            state: State::Staged(staged),
        })
    }

    /// Takes a paper, which must be a regular file. Nothing changes in the
    /// folder yet.
    pub fn copy(&self, path: &OutPath, from: &Path) -> Result<Receipt, OutputError> {
        let failed = |error| OutputError::io("read", from)(error);
        // Looked at before it is opened: opening a pipe would wait for ever.
        let meta = fs::symlink_metadata(from).map_err(failed)?;
        if !meta.is_file() {
            return Err(OutputError::NotAPaper(from.to_owned()));
        }
        let mut source = File::open(from).map_err(failed)?;
        // A paper may be a film: it is read twice only if it may be the same.
        if self
            .there
            .files
            .get(path.as_str())
            .is_some_and(|old| old.size() == meta.len())
        {
            let (digest, bytes) = Sha256::of_reader(&mut source).map_err(failed)?;
            if let Some(seen) = self.unchanged(path, digest, bytes) {
                return Ok(Receipt {
                    path: path.clone(),
                    bytes,
                    digest,
                    key: None,
                    state: State::Stays(seen),
                });
            }
            source.seek(SeekFrom::Start(0)).map_err(failed)?;
        }
        let (mut file, staged) = self.stage.create(path)?;
        // Copied by its bytes alone: its permissions are those of a private file, perhaps.
        let (digest, bytes) =
            Sha256::of_copy(&mut source, &mut file).map_err(OutputError::io("copy the paper", from))?;
        Ok(Receipt {
            path: path.clone(),
            bytes,
            digest,
            key: None,
            state: State::Staged(staged),
        })
    }

    /// Leaves a file as it is in the folder, whatever it holds. `None` when
    /// there is none.
    pub fn keep(&self, path: &OutPath) -> Option<Receipt> {
        if let Some(receipt) = self.stands(path) {
            return Some(receipt);
        }
        let seen = *self.there.files.get(path.as_str())?;
        Some(Receipt {
            path: path.clone(),
            bytes: seen.size(),
            digest: tree::digest(&self.output, path).ok()?,
            key: None,
            state: State::Stays(Some(seen)),
        })
    }

    /// A file that was made from the same before, and stands unchanged.
    pub fn known(&self, path: &OutPath, key: Digest) -> Option<Receipt> {
        if self.verify {
            return None;
        }
        self.stands(path).filter(|receipt| receipt.key == Some(key))
    }

    /// The folder of an earlier build. `None` when there is none, or it is not
    /// to be published to: what is not there yet is not made for a look.
    pub fn there(root: &Path, output: &Path, home: Option<&Path>) -> Option<Self> {
        output.is_dir().then(|| Self::open(root, output, home).ok())?
    }

    /// What the last build noted.
    pub fn note(&self) -> Option<String> {
        note::read(&self.note_place, self.manifest.mark())
    }

    /// Stores something for the next build, in the place of what was stored;
    /// gives its digest. Without it the next build takes longer, and nothing
    /// else.
    pub fn store(&self, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Option<Digest> {
        note::store(&self.stage, &note::store_place(&self.note_place), write).ok()
    }

    /// What was stored, if it has this digest.
    pub fn stored(&self, digest: Digest) -> Option<Vec<u8>> {
        note::stored(&note::store_place(&self.note_place), digest)
    }

    /// A file of the last build that stands as it left it.
    pub fn stands(&self, path: &OutPath) -> Option<Receipt> {
        let entry = self.manifest.files.get(path)?;
        let seen = self.unmoved(path, entry)?;
        Some(Receipt {
            path: path.clone(),
            bytes: seen.size(),
            digest: entry.digest,
            key: entry.key,
            state: State::Stays(Some(seen)),
        })
    }

    /// How a file of the last build looks, if that is how it was left.
    fn unmoved(&self, path: &OutPath, entry: &Entry) -> Option<Seen> {
        entry
            .seen
            .filter(|seen| self.there.files.get(path.as_str()) == Some(seen))
    }

    /// What the last build published, if every file of it stands as it left it.
    pub fn standing(&self) -> Option<Written> {
        let files = &self.manifest.files;
        let stands = |(path, entry)| self.unmoved(path, entry).is_some();
        if files.is_empty() || !files.iter().all(stands) {
            return None;
        }
        let ours = files.keys().map(OutPath::as_str).collect();
        let written = Written {
            files: files.len(),
            bytes: files
                .values()
                .filter_map(|e| e.seen)
                .map(|seen| seen.size())
                .sum(),
            foreign: self.there.foreign(&ours, |_| false),
            ..Written::default()
        };
        Some(written)
    }

    /// Leaves every file of ours below these folders as it is, but for those
    /// that are published anew.
    pub fn keep_below(&self, folders: &[String], published: &[Receipt]) -> Vec<Receipt> {
        if folders.is_empty() {
            return Vec::new();
        }
        let anew: std::collections::BTreeSet<&OutPath> = published.iter().map(|r| &r.path).collect();
        let below = |path: &&OutPath| {
            folders
                .iter()
                .any(|folder| path.as_str().starts_with(folder.as_str()))
        };
        self.manifest
            .files
            .keys()
            .filter(below)
            .filter(|path| !anew.contains(path))
            .filter_map(|path| self.keep(path))
            .collect()
    }

    /// What is known of these files, in the order of their paths.
    pub fn sums(receipts: &[Receipt]) -> Vec<(&OutPath, Sha256)> {
        let mut sums: Vec<(&OutPath, Sha256)> = receipts.iter().map(|r| (&r.path, r.digest)).collect();
        sums.sort_unstable();
        sums
    }

    /// Publishes: these files, and no other of ours.
    pub fn commit(self, receipts: Vec<Receipt>) -> Result<Written, OutputError> {
        commit::commit(&self, receipts).map(|(written, _)| written)
    }

    /// The same, and leaves a note for the next build.
    pub fn commit_noting(
        self,
        receipts: Vec<Receipt>,
        note: impl FnOnce(&Written) -> String,
    ) -> Result<Written, OutputError> {
        let (written, mark) = commit::commit(&self, receipts)?;
        // Without it the next build takes longer, and nothing else.
        let _ = note::write(&self.stage, &self.note_place, mark, &note(&written));
        Ok(written)
    }

    /// How the file in the folder looks, if it holds these bytes already.
    fn unchanged(&self, path: &OutPath, digest: Sha256, size: u64) -> Option<Option<Seen>> {
        let seen = *self.there.files.get(path.as_str())?;
        if seen.size() != size {
            return None;
        }
        let same = match self.manifest.files.get(path) {
            Some(entry) if !self.verify && entry.seen == Some(seen) => entry.digest == digest,
            _ => tree::digest(&self.output, path).ok()? == digest,
        };
        same.then_some(Some(seen))
    }
}

/// The site's `.minutebook/`, made if need be. A link in its place could lead
/// anywhere.
fn notes(root: &Path) -> Result<PathBuf, OutputError> {
    let dot = root.join(".minutebook");
    match fs::symlink_metadata(&dot) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => {
            return Err(OutputError::Refused {
                output: dot,
                because: "it must be a real folder, for this program's own notes".to_owned(),
                help: "remove what stands there; it is made again".to_owned(),
            });
        }
        Err(_) => fs::create_dir(&dot).map_err(OutputError::io("make the folder", &dot))?,
    }
    // Whatever the site's own list says: git must not take what waits here.
    let ignore = dot.join(".gitignore");
    if fs::symlink_metadata(&ignore).is_err() {
        fs::write(&ignore, "*\n").map_err(OutputError::io("write", &ignore))?;
    }
    Ok(dot)
}

/// A folder that we made and nothing was put into goes again.
struct Made(Option<PathBuf>);

impl Made {
    fn folder(output: &Path) -> Result<Self, OutputError> {
        if output.is_dir() {
            return Ok(Self(None));
        }
        fs::create_dir_all(output).map_err(OutputError::io("make the folder", output))?;
        Ok(Self(Some(output.to_owned())))
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // Fails when it is not empty, and then it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}
