//! Why nothing, or not everything, could be written: in a clerk's words, with
//! what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::paths::OutPath;

/// What stopped a build from being published.
#[derive(Debug)]
pub enum OutputError {
    /// The folder may not be published to.
    Refused {
        output: PathBuf,
        because: String,
        help: String,
    },
    /// Another build is writing to the same folder, or is building this site.
    Locked { folder: PathBuf },
    /// The disk or the system said no.
    Io {
        doing: &'static str,
        path: PathBuf,
        error: io::Error,
    },
    /// Two files for one path.
    Twice(OutPath),
    /// A file where another file needs a folder.
    Inside { file: OutPath, inner: OutPath },
    /// A folder stands where a file goes, with something in it that is not ours.
    InTheWay { path: OutPath, foreign: String },
    /// A paper that is a link, a folder, a pipe.
    NotAPaper(PathBuf),
    /// No file at all: a site is never emptied.
    Nothing,
    /// It came when some files were already new: each is whole, old or new.
    Half(Box<OutputError>),
}

impl OutputError {
    /// A file could not be written to its end.
    pub fn cut(path: &OutPath, error: io::Error) -> Self {
        Self::io("write", path.as_str())(error)
    }

    /// For `map_err`: what was being done, and to what.
    pub(super) fn io(doing: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io {
            doing,
            path: path.as_ref().to_owned(),
            error,
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused {
                output,
                because,
                help,
            } => {
                write!(
                    f,
                    "nothing is published to {}: {because}; {help}",
                    output.display()
                )
            }
            Self::Locked { folder } => {
                let folder = folder.display();
                write!(
                    f,
                    "another build is at work in {folder}; wait until it has ended, then build again"
                )
            }
            Self::Io { doing, path, error } => {
                write!(f, "could not {doing} {}: {}", path.display(), words(error))
            }
            Self::Twice(path) => write!(f, "two files would be published as {path}; rename one of them"),
            Self::Inside { file, inner } => {
                write!(
                    f,
                    "{file} would be a file and also the folder of {inner}; rename one of them"
                )
            }
            Self::InTheWay { path, foreign } => write!(
                f,
                "{path} is to be a file, and a folder stands there with {foreign} in it, \
                 which this program has not written; move it away and build again"
            ),
            Self::NotAPaper(path) => write!(
                f,
                "{} is a link, a folder or a device, and only files are published; put the file itself there",
                path.display()
            ),
            Self::Nothing => write!(
                f,
                "there is no file to publish; the site that is there stays as it is"
            ),
            Self::Half(error) => write!(
                f,
                "{error}; some files of the site are new and some are old; each is whole, and the next build brings the rest"
            ),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Half(error) => Some(error),
            _ => None,
        }
    }
}

fn words(error: &io::Error) -> String {
    let said = match error.kind() {
        ErrorKind::StorageFull => "the disk is full; make room and build again",
        ErrorKind::QuotaExceeded => "your share of the disk is used up; make room and build again",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read; use a folder on another disk",
        ErrorKind::PermissionDenied => {
            "you have no permission; ask the owner of the folder, or publish to a folder of your own"
        }
        ErrorKind::NotFound => "it is not there, or was removed during the build; build again",
        ErrorKind::InvalidFilename => {
            "the name is too long for this disk, or not allowed on it; use a shorter one"
        }
        ErrorKind::FileTooLarge => "the file is too large for this disk",
        _ => return format!("{error}; build again, and if it happens again look after the disk"),
    };
    said.to_owned()
}
