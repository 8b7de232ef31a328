//! Papers: files beside the records that visible text links to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::document::prose::{Href, HrefKind, Written};
use crate::model::{PaperFile, PaperId, Table};
use crate::paths::{SourcePath, Span, decode_path};
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::source::{Sources, private};
use crate::text::slug;

/// Kinds of file that are published, and what they are called.
const KINDS: &[(&str, &str)] = &[
    ("pdf", "PDF"),
    ("docx", "Word"),
    ("xlsx", "Excel"),
    ("pptx", "PowerPoint"),
    ("odt", "ODT"),
    ("ods", "ODS"),
    ("csv", "CSV"),
    ("txt", "text"),
    ("png", "PNG"),
    ("jpg", "JPEG"),
    ("jpeg", "JPEG"),
    ("webp", "WebP"),
    ("mp3", "MP3"),
    ("mp4", "MP4"),
];

const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp"];

/// The files that are published, as they are found.
#[derive(Default, Serialize, Deserialize)]
pub struct Papers {
    pub table: Table<PaperFile>,
    by_path: BTreeMap<SourcePath, PaperId>,
    by_address: BTreeMap<String, PaperId>,
    /// Files that visible text links to and that are not published for a
    /// reason that is told at the link: two with one address.
    clashing: BTreeSet<SourcePath>,
    /// The same, of a kind that is not published.
    refused: BTreeSet<SourcePath>,
    /// Files that must not be published, whatever links to them.
    pub withheld: BTreeSet<SourcePath>,
    /// Folders of records that are not public yet.
    pub silent: BTreeSet<String>,
}

/// What a link to a file came to.
pub enum Found {
    Paper(PaperId),
    /// A file of a kind that is not published; its ending.
    Refused(String),
    /// Its address is another's, which was told already.
    Clash,
    /// Marked as exempt, or waiting for its day.
    Withheld,
    /// Its own name says that it is not public.
    Private,
    Missing,
}

/// Splits a link at its query and fragment; undoes percent-encoding.
pub fn file_part(dest: &str) -> Option<String> {
    let end = dest.find(['#', '?']).unwrap_or(dest.len());
    decode_path(&dest[..end]).filter(|p| !p.is_empty())
}

impl Papers {
    /// Notes that the file of a relative link, from a record whose own address
    /// is `home`, is to be published.
    pub fn want(
        &mut self,
        path: &SourcePath,
        dest: &str,
        home: &str,
        span: Span,
        sources: &Sources,
        report: &mut Report,
    ) {
        if sources.papers.is_empty() {
            return;
        }
        let Some(target) = file_part(dest).and_then(|p| path.join(&p)) else {
            return;
        };
        let Some(file) = sources.papers.get(&target) else {
            return;
        };
        if self.by_path.contains_key(&target)
            || self.withheld.contains(&target)
            || self.clashing.contains(&target)
            || private::says_so(&target).is_some()
        {
            return;
        }
        let Some(kind) = kind_of(&target) else {
            self.refused.insert(target);
            return;
        };
        let extension = target.extension().unwrap_or_default();
        let address = format!("{home}{}.{extension}", slug(target.stem()));
        if let Some(other) = self.by_address.get(&address) {
            let words = format!(
                "this file and `{}` would have one address, `/{address}`",
                self.table[*other].source
            );
            report.push(
                Diagnostic::new(&rules::DUPLICATE_ADDRESS, path, Some(span), words)
                    .help("give one of the two files another name"),
            );
            self.clashing.insert(target);
            return;
        }
        let id = self.table.push(PaperFile {
            source: target.clone(),
            bytes: file.bytes,
            kind: kind.to_owned(),
            address: address.clone(),
        });
        self.by_path.insert(target, id);
        self.by_address.insert(address, id);
    }

    /// The same for every link of a text.
    pub fn want_all(
        &mut self,
        path: &SourcePath,
        prose: &Written,
        home: &str,
        sources: &Sources,
        report: &mut Report,
    ) {
        for link in prose.links.iter().filter(|l| is_file_link(l)) {
            self.want(path, &link.dest, home, link.span, sources, report);
        }
    }

    pub fn find(&self, path: &SourcePath, dest: &str, sources: &Sources) -> Found {
        let Some(target) = file_part(dest).and_then(|p| path.join(&p)) else {
            return Found::Missing;
        };
        if self.withheld.contains(&target) {
            return Found::Withheld;
        }
        if let Some(id) = self.by_path.get(&target) {
            return Found::Paper(*id);
        }
        if self.clashing.contains(&target) {
            return Found::Clash;
        }
        if private::is_private(&target)
            || sources.papers.contains_key(&target) && private::says_so(&target).is_some()
        {
            return Found::Private;
        }
        if !sources.papers.contains_key(&target) {
            return Found::Missing;
        }
        match kind_of(&target) {
            None => Found::Refused(target.extension().unwrap_or_default()),
            Some(_) => Found::Missing,
        }
    }

    pub fn is_picture(&self, id: PaperId) -> bool {
        let extension = self.table[id].source.extension().unwrap_or_default();
        PICTURES.contains(&extension.as_str())
    }

    /// Files beside records that nothing visible links to. Where something is
    /// withheld in a folder, its files are counted and not named.
    pub fn unlinked(&self, sources: &Sources, secret_folders: &BTreeSet<String>, report: &mut Report) {
        let mut quiet: BTreeMap<&str, usize> = BTreeMap::new();
        for path in sources.papers.keys() {
            let inside = path.as_str().starts_with("content/");
            let told = self.clashing.contains(path) || self.refused.contains(path);
            // A file whose name says that it is private lies there on purpose.
            let told = told || private::says_so(path).is_some();
            if !inside || told || self.by_path.contains_key(path) || self.silent.contains(path.parent()) {
                continue;
            }
            if self.withheld.contains(path)
                || secret_folders
                    .iter()
                    .any(|f| path.parent().starts_with(f.as_str()))
            {
                *quiet.entry(path.parent()).or_default() += 1;
                continue;
            }
            report.push(
                Diagnostic::new(
                    &rules::UNLINKED_PAPER,
                    path,
                    None,
                    "nothing visible links to this file; it is not published",
                )
                .help("link it from `Report:`, `### Documents` or `documents:`, or take it away"),
            );
        }
        for (folder, count) in quiet {
            let files = if count == 1 {
                "1 file in this folder stays".to_owned()
            } else {
                format!("{count} files in this folder stay")
            };
            let words = format!("{files} unpublished; something in it is withheld");
            // As it should be: told for information, so that a right site has no warning.
            let mut said =
                Diagnostic::new(&rules::UNLINKED_PAPER, &SourcePath::new(folder), None, words).withheld(true);
            said.severity = Severity::Note;
            report.push(said);
        }
    }
}

/// What is said of a link to a file whose name says that it is not public, and
/// what to do. No word of the name: it may say too much already.
pub const PRIVATE: (&str, &str) = (
    "this links to a file whose name says that it is not public",
    "take the link away; the words may stay. If the file is public, give it another name",
);

pub fn is_file_link(link: &Href) -> bool {
    matches!(link.kind, HrefKind::Written | HrefKind::Image)
        && super::resolve::scheme_end(&link.dest).is_none()
        && !link.dest.starts_with(['/', '#'])
}

fn kind_of(path: &SourcePath) -> Option<&'static str> {
    let extension = path.extension()?;
    KINDS.iter().find(|k| k.0 == extension).map(|k| k.1)
}

/// Why a file of that ending is refused, and what to do.
pub fn refusal(extension: &str) -> (String, &'static str) {
    let words = format!("files ending in `.{extension}` are not published");
    let help = match extension {
        "html" | "htm" | "svg" | "xml" | "js" | "xhtml" => {
            "a browser would run it on the site's own address; save it as a PDF, or a picture as PNG"
        }
        "doc" | "xls" | "ppt" | "rtf" => "save it in today's format (docx, xlsx, pptx) or as a PDF",
        "gif" | "bmp" | "tif" | "tiff" | "heic" => "save the picture as PNG or JPG",
        _ => "papers are pdf, docx, xlsx, pptx, odt, ods, csv, txt, png, jpg, webp, mp3 or mp4",
    };
    (words, help)
}
