//! Papers: files of the site folder, sent as they lie there, piece by piece, so
//! that a film takes no more memory than a page.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use hyper::body::Bytes;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::body::Sent;

/// An open paper.
pub struct Paper {
    file: File,
    pub length: u64,
    /// Names its content, as far as length and time tell it.
    pub tag: String,
}

/// Opens a file of the site folder. A link, or what lies behind one, is not
/// there; nor is what is no plain file.
pub fn open(root: &Path, path: &str) -> Option<Paper> {
    let place = super::inside(root, path)?;
    let file = File::open(place).ok()?;
    let meta = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    let since = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH);
    let nanos = since.map_or(0, |since| since.as_nanos());
    let length = meta.len();
    Some(Paper {
        file,
        length,
        tag: format!("\"{length:x}-{nanos:x}\""),
    })
}

const PIECE: usize = 128 * 1024;

/// Sends `length` bytes from `start` on. A file that is cut short meanwhile
/// ends the connection, so that nobody takes the piece for the whole.
pub fn send(paper: Paper, start: u64, length: u64) -> Sent {
    let (sender, coming) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut file = paper.file;
        let mut at = start;
        let mut left = length;
        while left > 0 {
            let want = left.min(PIECE as u64) as usize;
            let read = spawn_blocking(move || piece(file, at, want)).await;
            let Ok((back, piece)) = read else { return };
            file = back;
            let length = piece.as_ref().map_or(0, |p| p.len() as u64);
            let failed = piece.is_err();
            if sender.send(piece).await.is_err() || failed {
                return;
            }
            at += length;
            left -= length;
        }
    });
    Sent::Coming(coming, Some(length))
}

fn piece(mut file: File, at: u64, want: usize) -> (File, io::Result<Bytes>) {
    let mut bytes = vec![0; want];
    let read = file
        .seek(SeekFrom::Start(at))
        .and_then(|_| file.read_exact(&mut bytes));
    (file, read.map(|()| Bytes::from(bytes)))
}
