//! From paths and bytes to [`Sources`]: what is the same for a disk and for a
//! map in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::copies;
use super::kind::{Kind, Place, Sorted, sort};
use super::stamp::Stamp;
use super::{ConfigFile, PaperFile, Source, Sources};
use crate::hash::Digest;
use crate::paths::SourcePath;
use crate::report::{Diagnostic, Report, rules};
use crate::text::held;

/// The largest record, in bytes. The longest minutes ever printed are far
/// below it.
pub(super) const LARGEST_FILE: u64 = 32 * 1024 * 1024;
/// The longest line, in bytes.
const LONGEST_LINE: usize = 1024 * 1024;

/// The file of settings, beside the content folder.
pub(super) const CONFIG: &str = "site.toml";

/// A regular file that was found and not yet read.
pub(super) struct Found {
    pub path: SourcePath,
    pub bytes: u64,
    /// How it looked, if it lies on a disk.
    pub stamp: Option<Stamp>,
}

/// What is known of a file already.
pub(super) type Known = Option<(Arc<str>, Digest)>;

/// Sorts what was found and reads the records, in parallel; the result is in
/// the order of the paths, however many threads there are.
/// `known` is asked first.
pub(super) fn gather<K, R>(mut found: Vec<Found>, mut report: Report, known: K, read: R) -> (Sources, Report)
where
    K: Fn(&Found) -> Known + Sync,
    R: Fn(&SourcePath) -> Result<Vec<u8>, Diagnostic> + Sync,
{
    let text = |file: &Found| known(file).map_or_else(|| text(file, &read), Ok);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let mut sources = Sources::default();
    let mut records: Vec<(Found, Place)> = Vec::new();
    let mut first: BTreeMap<(Kind, String), SourcePath> = BTreeMap::new();
    for file in found {
        if file.path.as_str() == CONFIG {
            match text(&file) {
                Ok((text, digest)) => {
                    sources.config = Some(ConfigFile {
                        path: file.path,
                        text,
                        digest,
                    })
                }
                Err(diagnostic) => report.push(diagnostic),
            }
            continue;
        }
        match sort(&file.path) {
            Sorted::Record(place) => match first.get(&(place.kind, place.id.clone())) {
                Some(other) => report.push(duplicate(&file.path, other, &place)),
                None => {
                    copies::told(&file.path, &place)
                        .into_iter()
                        .for_each(|d| report.push(d));
                    first.insert((place.kind, place.id.clone()), file.path.clone());
                    records.push((file, place));
                }
            },
            Sorted::File => {
                let paper = PaperFile {
                    path: file.path.clone(),
                    bytes: file.bytes,
                    stamp: file.stamp.filter(Stamp::has_time),
                };
                sources.papers.insert(file.path, paper);
            }
            Sorted::Private | Sorted::Ignored => {}
            Sorted::Misplaced(diagnostic) => report.push(diagnostic),
        }
    }
    let read: Vec<Result<Source, Box<(Place, Diagnostic)>>> = records
        .into_par_iter()
        .map(|(file, place)| match text(&file) {
            Ok((text, digest)) => Ok(Source {
                path: file.path,
                place,
                text,
                digest,
            }),
            Err(diagnostic) => Err(Box::new((place, diagnostic))),
        })
        .collect();
    for source in read {
        match source {
            Ok(source) => sources.records.push(source),
            Err(unread) => {
                let (place, diagnostic) = *unread;
                if !diagnostic.withheld {
                    sources.unread.push(place);
                }
                report.push(diagnostic);
            }
        }
    }
    report.sort();
    (sources, report)
}

fn duplicate(path: &SourcePath, other: &SourcePath, place: &Place) -> Diagnostic {
    let message = match place.kind {
        Kind::Home => format!("{other} is the home page already"),
        kind => format!("{} with the id `{}` is already in {other}", kind.name(), place.id),
    };
    let help = match place.kind {
        Kind::Meeting => {
            "a second meeting of one day is named 2017-06-27-2.md; else remove one of the two files"
        }
        _ => "rename or remove one of the two files",
    };
    Diagnostic::new(&rules::DUPLICATE_ID, path, None, message).help(help)
}

/// One file as text, or why not.
pub(super) fn text<R>(file: &Found, read: &R) -> Result<(Arc<str>, Digest), Diagnostic>
where
    R: Fn(&SourcePath) -> Result<Vec<u8>, Diagnostic>,
{
    let too_large = |message: String, help: &str| {
        Err(Diagnostic::new(&rules::TOO_LARGE, &file.path, None, message).help(help))
    };
    let large = |bytes: u64| {
        let message = format!(
            "the file has {} MB, and the limit is 32 MB",
            bytes.div_ceil(1024 * 1024)
        );
        too_large(
            message,
            "records are text; is this a document that was given the wrong name?",
        )
    };
    if file.bytes > LARGEST_FILE {
        return large(file.bytes);
    }
    let bytes = read(&file.path)?;
    // It may have grown since it was measured.
    if bytes.len() as u64 > LARGEST_FILE {
        return large(bytes.len() as u64);
    }
    let digest = Digest::of(&bytes);
    let text = String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        not_utf8(&file.path, bytes).withheld(may_be_held_back(bytes))
    })?;
    let too_long = |line: &str| line.len() > LONGEST_LINE;
    if too_long(&text)
        && let Some(line) = text.split('\n').position(too_long)
    {
        let message = format!("line {} is longer than the limit of 1 MB", line + 1);
        return too_large(
            message,
            "is an image or another file pasted into the text? Save it beside the record",
        );
    }
    Ok((Arc::from(text), digest))
}

/// Whether a file that cannot be read as text may say that it is not public:
/// then not even its older page stays.
fn may_be_held_back(bytes: &[u8]) -> bool {
    // In UTF-16 every other byte is nought.
    let bytes: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
    held::may_be(&String::from_utf8_lossy(&bytes))
}

fn not_utf8(path: &SourcePath, bytes: &[u8]) -> Diagnostic {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let message = "the file is text in UTF-16, not UTF-8 (from line 1 on)";
        return Diagnostic::new(&rules::NOT_UTF8, path, None, message)
            .help("save it again with the encoding UTF-8");
    }
    let good = std::str::from_utf8(bytes)
        .err()
        .map_or(bytes.len(), |error| error.valid_up_to());
    let line = bytes[..good].iter().filter(|&&b| b == b'\n').count() + 1;
    let message = format!("line {line} holds a character that is not UTF-8");
    let help =
        "the file was probably saved as Windows-1252 or Latin-1: save it again with the encoding UTF-8";
    Diagnostic::new(&rules::NOT_UTF8, path, None, message).help(help)
}

/// There is nothing to read: `looked` says where.
pub(super) fn no_content(looked: &str) -> Diagnostic {
    let message = format!("there is no content folder in {looked}");
    let help = "run the command in the folder that holds `content/`, or name that folder with --root";
    Diagnostic::new(&rules::NO_CONTENT, &SourcePath::new("content"), None, message).help(help)
}
