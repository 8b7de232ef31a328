//! What a build leaves beside the manifest for the next one: a text of its own,
//! good only for the manifest it was left with, and a store, known by its digest.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::hash::{Digest, Summing};

/// Where the note of a manifest lies.
pub(super) fn place(manifest: &Path) -> PathBuf {
    manifest.with_extension("note")
}

/// The note, if it was left with this manifest.
pub(super) fn read(place: &Path, manifest: Digest) -> Option<String> {
    if !fs::symlink_metadata(place).ok()?.is_file() {
        return None;
    }
    let text = fs::read_to_string(place).ok()?;
    let (mark, note) = text.split_once('\n')?;
    (Digest::parse(mark)? == manifest).then(|| note.to_owned())
}

/// Replaces the note in one step; it is written to `temporary` first.
pub(super) fn write(place: &Path, temporary: &Path, manifest: Digest, note: &str) -> io::Result<()> {
    let mut file = fs::File::options().write(true).create_new(true).open(temporary)?;
    file.write_all(format!("{manifest}\n{note}").as_bytes())?;
    drop(file);
    fs::rename(temporary, place)
}

/// Where the store beside a note lies.
pub(super) fn store_place(note: &Path) -> PathBuf {
    note.with_extension("store")
}

/// What was stored, if it has this digest.
pub(super) fn stored(place: &Path, digest: Digest) -> Option<Vec<u8>> {
    if !fs::symlink_metadata(place).ok()?.is_file() {
        return None;
    }
    let bytes = fs::read(place).ok()?;
    (Digest::of(&bytes) == digest).then_some(bytes)
}

/// Replaces the store in one step, and gives its digest; it is written to
/// `temporary` first.
pub(super) fn store(
    place: &Path,
    temporary: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Digest> {
    let file = fs::File::options().write(true).create_new(true).open(temporary)?;
    let mut file = BufWriter::with_capacity(1 << 18, Summing::new(file));
    write(&mut file)?;
    let digest = file.into_inner().map_err(|error| error.into_error())?.digest();
    fs::rename(temporary, place)?;
    Ok(digest)
}
