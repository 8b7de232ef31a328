//! A file that is written as it is made, because it is too large to be held.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use super::{Folder, OutputError, Receipt, State};
use crate::hash::Sha256Writer;
use crate::paths::OutPath;

/// A file that waits to be whole. One that is dropped before
/// [`Folder::finish`] is never published.
pub struct Begun {
    path: OutPath,
    staged: PathBuf,
    file: BufWriter<Sha256Writer<File>>,
}

/// Bytes that are held until they are written.
const HELD: usize = 64 * 1024;

impl Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Folder {
    /// Begins a file, which is written where the others wait.
    pub fn begin(&self, path: &OutPath) -> Result<Begun, OutputError> {
        let (file, staged) = self.stage.create(path)?;
        Ok(Begun {
            path: path.clone(),
            staged,
            file: BufWriter::with_capacity(HELD, Sha256Writer::new(file)),
        })
    }

    /// Takes a file that is whole now. Nothing changes in the folder yet.
    pub fn finish(&self, begun: Begun) -> Result<Receipt, OutputError> {
        let Begun { path, staged, file } = begun;
        let file = file
            .into_inner()
            .map_err(|error| OutputError::cut(&path, error.into_error()))?;
        let (digest, bytes) = file.sum();
        let state = match self.unchanged(&path, digest, bytes) {
            Some(seen) => {
                std::fs::remove_file(&staged).map_err(OutputError::io("remove", &staged))?;
                State::Stays(seen)
            }
            None => State::Staged(staged),
        };
        Ok(Receipt {
            path,
            bytes,
            digest,
            key: None,
            state,
        })
    }
}
