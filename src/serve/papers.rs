//! Papers: files of the site folder, sent as they lie there, piece by piece, so
//! that a film takes no more memory than a page.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::body::Sent;

/// An open paper.
pub struct Paper {
    file: File,
    pub length: u64,
    /// Names its content, as far as its looks tell it.
    pub tag: String,
}

/// Opens a file of the site folder. A link, or what lies behind one, is not
/// there; nor is what is no plain file.
pub fn open(root: &Path, path: &str) -> Option<Paper> {
    let place = super::inside(root, path)?;
    let file = File::open(place).ok()?;
    let meta = file.metadata().ok().filter(Metadata::is_file)?;
    Some(Paper {
        file,
        length: meta.len(),
        tag: tag(&meta),
    })
}

/// An entity tag: length and time, and what a change that keeps both leaves
/// behind where there is such.
fn tag(meta: &Metadata) -> String {
    let since = meta.modified().map(|at| at.duration_since(std::time::UNIX_EPOCH));
    let nanos = since
        .ok()
        .and_then(Result::ok)
        .map_or(0, |since| since.as_nanos());
    let length = meta.len();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (node, seconds, fraction) = (meta.ino(), meta.ctime(), meta.ctime_nsec());
        format!("\"{length:x}-{nanos:x}-{node:x}-{seconds:x}-{fraction:x}\"")
    }
    #[cfg(not(unix))]
    format!("\"{length:x}-{nanos:x}\"")
}

const PIECE: usize = 128 * 1024;

/// How long a client may take to read a piece.
const STALLED: Duration = Duration::from_secs(60);

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
            // Who takes nothing for so long lets others in.
            let sent = tokio::time::timeout(STALLED, sender.send(piece)).await;
            if !matches!(sent, Ok(Ok(()))) || failed {
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
