//! What a build leaves beside the manifest for the next one: a text of its own,
//! good only for the manifest it was left with, and a store, known by its digest.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::stage::Stage;
use crate::hash::{Blake3Writer, Digest};

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

/// Replaces the note.
pub(super) fn write(stage: &Stage, place: &Path, manifest: Digest, note: &str) -> io::Result<()> {
    stage.replace(place, |file| {
        file.write_all(format!("{manifest}\n{note}").as_bytes())
    })
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

/// Replaces the store, and gives its digest.
pub(super) fn store(
    stage: &Stage,
    place: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Digest> {
    stage.replace(place, |file| {
        let mut file = BufWriter::with_capacity(1 << 18, Blake3Writer::new(file));
        write(&mut file)?;
        Ok(file.into_inner().map_err(|error| error.into_error())?.digest())
    })
}
