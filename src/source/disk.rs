//! A site folder on a disk. Only regular files are ever opened: a link could
//! lead out of the site or round in a circle, and a pipe would never end.

use std::ffi::OsStr;
use std::fs::{self, File, FileType};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::Sources;
use super::gather::{CONFIG, Found, Known, LARGEST_FILE, gather, no_content};
use super::kind::{Sorted, is_ignored, sort};
use super::stamp::Stamp;
use crate::hash::{Digest, Sha256};
use crate::paths::SourcePath;
use crate::report::{Diagnostic, Lines, Report, Severity, rules};

/// Reads `site.toml` and all of `content/` below a site folder. What cannot be
/// read is reported, and the rest is read without it.
pub fn read(root: &Path) -> (Sources, Report) {
    read_with(root, |_| None, |_| {})
}

/// The same, without reading what is `known`; `see` is told of every file.
pub(super) fn read_with(
    root: &Path,
    known: impl Fn(&Found) -> Known + Sync,
    see: impl FnMut(&Found),
) -> (Sources, Report) {
    let mut report = Report::new();
    let mut found = Vec::new();
    match fs::symlink_metadata(root.join(CONFIG)) {
        Ok(meta) => {
            let path = SourcePath::new(CONFIG);
            if meta.is_file() {
                found.push(seen(path, &meta));
            } else {
                // Without its settings every page of the site would be another.
                let mut said = not_a_file(&path, meta.file_type());
                said.severity = Severity::Error;
                report.push(said);
            }
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
        Err(error) => report.push(unreadable(&SourcePath::new(CONFIG), "the file", &error)),
    }
    let content = root.join("content");
    match fs::symlink_metadata(&content) {
        Ok(meta) if meta.is_dir() => walk(&content, &mut found, &mut report),
        Ok(meta) => {
            report.push(not_a_file(&SourcePath::new("content"), meta.file_type()));
            report.push(no_content(&shown(root)));
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            report.push(unreadable(&SourcePath::new("content"), "the folder", &error));
        }
        Err(_) => report.push(no_content(&shown(root))),
    }
    found.iter().for_each(see);
    gather(found, report, known, |path| bytes(root, path))
}

fn seen(path: SourcePath, meta: &fs::Metadata) -> Found {
    Found {
        path,
        bytes: meta.len(),
        stamp: Some(Stamp::of(meta)),
    }
}

/// A regular file of the site folder, as it looks now.
pub(super) fn look(root: &Path, path: &SourcePath) -> Option<Found> {
    let meta = fs::symlink_metadata(root.join(path.as_str())).ok()?;
    meta.is_file().then(|| seen(path.clone(), &meta))
}

/// Whether anything lies at a path.
pub(super) fn is_there(root: &Path, path: &SourcePath) -> bool {
    fs::symlink_metadata(root.join(path.as_str())).is_ok()
}

/// One record as text, or why not.
pub(super) fn text(root: &Path, file: &Found) -> Result<(Arc<str>, Digest), Diagnostic> {
    super::gather::text(file, &|path: &SourcePath| bytes(root, path))
}

/// The text of a file that a diagnostic speaks of: of the site folder only,
/// and nothing that is not a plain file.
pub fn lines(root: &Path, path: &SourcePath) -> Option<Lines> {
    let file = root.join(path.as_str());
    let meta = fs::symlink_metadata(&file).ok()?;
    if !meta.is_file() || meta.len() > LONGEST_SHOWN {
        return None;
    }
    fs::read_to_string(file).ok().map(Lines::new)
}

/// Of longer files no line is shown.
const LONGEST_SHOWN: u64 = 64 * 1024 * 1024;

/// The digest of a file of the site folder, as readers know it.
pub fn sum(root: &Path, path: &SourcePath) -> Option<Sha256> {
    let file = root.join(path.as_str());
    let meta = fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file);
    meta.and_then(|_| Sha256::of_reader(&mut File::open(file).ok()?).ok())
        .map(|(sum, _)| sum)
}

/// The folder as the user named it.
fn shown(root: &Path) -> String {
    match root.as_os_str().is_empty() || root == Path::new(".") {
        true => "this folder".to_owned(),
        false => root.display().to_string(),
    }
}

fn walk(content: &Path, found: &mut Vec<Found>, report: &mut Report) {
    let named = |entry: &DirEntry| !is_ignored(&entry.file_name().to_string_lossy());
    let entries = WalkDir::new(content)
        .follow_links(false)
        .min_depth(1)
        .sort_by_file_name();
    for entry in entries
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || named(entry))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error
                    .path()
                    .map_or_else(|| SourcePath::new("content"), |p| below(content, p).0);
                let gone = io::Error::from(ErrorKind::Other);
                report.push(unreadable(&path, "the folder", error.io_error().unwrap_or(&gone)));
                continue;
            }
        };
        let kind = entry.file_type();
        let (path, exact) = below(content, entry.path());
        if kind.is_dir() && exact {
            continue;
        }
        if matches!(sort(&path), Sorted::Ignored | Sorted::Private) {
            continue;
        }
        if !exact && entry.file_name().to_str().is_some() {
            // The folder it lies in was reported.
        } else if !exact {
            let message = "the name is not UTF-8, so nothing can link to it";
            let help = "rename it with letters that every system knows";
            report.push(Diagnostic::new(&rules::UNREADABLE_FILE, &path, None, message).help(help));
        } else if !kind.is_file() {
            report.push(not_a_file(&path, kind));
        } else {
            match entry.metadata() {
                Ok(meta) => found.push(seen(path, &meta)),
                Err(error) => {
                    let gone = io::Error::from(ErrorKind::Other);
                    report.push(unreadable(&path, "the file", error.io_error().unwrap_or(&gone)));
                }
            }
        }
    }
}

/// A path below the content folder as ours, and whether it is that exactly.
fn below(content: &Path, path: &Path) -> (SourcePath, bool) {
    let mut out = String::from("content");
    let mut exact = true;
    for part in path.strip_prefix(content).unwrap_or(path).components() {
        if let Component::Normal(part) = part {
            exact &= OsStr::to_str(part).is_some();
            out.push('/');
            out.push_str(&part.to_string_lossy());
        }
    }
    (SourcePath::new(out), exact)
}

fn bytes(root: &Path, path: &SourcePath) -> Result<Vec<u8>, Diagnostic> {
    let file = root.join(path.as_str());
    let read = || -> io::Result<Result<Vec<u8>, FileType>> {
        // Looked at again before it is opened: opening a pipe would wait for ever.
        let meta = fs::symlink_metadata(&file)?;
        if !meta.is_file() {
            return Ok(Err(meta.file_type()));
        }
        // Read in one go, as a rule.
        let mut bytes = Vec::with_capacity(meta.len().min(LARGEST_FILE) as usize + 1);
        // One byte more, so that a file that grows is seen to be too large.
        File::open(&file)?
            .take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)?;
        Ok(Ok(bytes))
    };
    match read() {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(kind)) => Err(not_a_file(path, kind)),
        Err(error) => Err(unreadable(path, "the file", &error)),
    }
}

fn not_a_file(path: &SourcePath, kind: FileType) -> Diagnostic {
    let (what, help) = if kind.is_symlink() {
        (
            "a link to another place, and links are not followed",
            "put the file itself here",
        )
    } else if kind.is_dir() {
        ("a folder where a file is expected", "rename the folder")
    } else if kind.is_file() {
        ("a file where a folder is expected", "rename the file")
    } else {
        (
            "neither a file nor a folder, and was not opened",
            "remove it from the site folder",
        )
    };
    Diagnostic::new(&rules::NOT_A_FILE, path, None, format!("this is {what}")).help(help)
}

fn unreadable(path: &SourcePath, what: &str, error: &io::Error) -> Diagnostic {
    let (why, help) = match error.kind() {
        ErrorKind::PermissionDenied => (
            "you have no permission to read it".to_owned(),
            Some("ask its owner, or change its permissions"),
        ),
        ErrorKind::NotFound => ("it is not there any more".to_owned(), None),
        _ => (error.to_string(), None),
    };
    Diagnostic::new(
        &rules::UNREADABLE_FILE,
        path,
        None,
        format!("{what} could not be read: {why}"),
    )
    .maybe_help(help.map(str::to_owned))
}
