//! What a build leaves beside the manifest for the next one: a text of its own,
//! good only for the manifest it was left with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::hash::Digest;

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
    io::Write::write_all(&mut file, format!("{manifest}\n{note}").as_bytes())?;
    drop(file);
    fs::rename(temporary, place)
}
