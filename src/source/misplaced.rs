//! The words for a record in the wrong place, and where it was probably meant
//! to be.

use super::dates::{self, Dated};
use super::kind;
use crate::paths::SourcePath;
use crate::report::{Diagnostic, rules};
use crate::text::slug;

const FOLDERS: &[&str] = &["meetings", "bodies", "people", "issues", "decisions", "pages"];

/// What people who know other words, or other programs, call our folders.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("minutes", "meetings"),
    ("agendas", "meetings"),
    ("committees", "bodies"),
    ("boards", "bodies"),
    ("groups", "bodies"),
    ("members", "people"),
    ("councillors", "people"),
    ("persons", "people"),
    ("matters", "issues"),
    ("topics", "issues"),
    ("posts", "pages"),
];

fn said(path: &SourcePath, message: String, help: String) -> Diagnostic {
    Diagnostic::new(&rules::MISPLACED_FILE, path, None, message).help(help)
}

/// Directly in `content/`, and not `index.md`.
pub(super) fn top(path: &SourcePath) -> Diagnostic {
    let id = slug(path.stem());
    let help = if is_dated(path.stem()) {
        format!("a meeting lies in the folder of its body: content/meetings/cabinet/{id}.md")
    } else {
        format!("a free page lies in content/pages: content/pages/{id}.md")
    };
    said(
        path,
        "no record lies directly in the content folder but index.md, the home page".to_owned(),
        help,
    )
}

/// Below `content/meetings` without a body.
pub(super) fn bodiless(path: &SourcePath) -> Diagnostic {
    let message = "this meeting lies in no body's folder".to_owned();
    let rest = path.as_str().trim_start_matches("content/meetings/");
    let help = if rest.eq_ignore_ascii_case("index.md") {
        "the list of meetings is made by itself; this file is not needed".to_owned()
    } else {
        format!("move it below the body that met: content/meetings/cabinet/{rest}")
    };
    said(path, message, help)
}

/// An `index.md` that belongs to no meeting: in a body's folder or a year's.
pub(super) fn body_text(path: &SourcePath, body: &str, between: &[&str]) -> Diagnostic {
    match between.last() {
        None => said(
            path,
            "an index.md here belongs to no meeting".to_owned(),
            format!("text about the body itself is content/bodies/{body}.md"),
        ),
        Some(period) => said(
            path,
            format!("the folder `{period}` sorts meetings and is none itself"),
            "a meeting's folder is named for its day, as 2017-06-27".to_owned(),
        ),
    }
}

/// A second Markdown file in the folder of one meeting.
pub(super) fn beside_a_meeting(path: &SourcePath, folder: &str) -> Diagnostic {
    let message = format!("the folder `{folder}` is one meeting, and its record is index.md");
    let help = "put the text into index.md; papers beside it are PDF and other documents, not Markdown";
    said(path, message, help.to_owned())
}

/// A folder where records lie side by side has no folders.
pub(super) fn nested(path: &SourcePath, folder: &str, rest: &[&str]) -> Diagnostic {
    let message = format!("records lie directly in content/{folder}, not in folders of it");
    let index = kind::is_index(path);
    let stem = if index {
        rest.get(rest.len().saturating_sub(2)).copied()
    } else {
        None
    };
    let id = slug(stem.unwrap_or(path.stem()));
    said(path, message, format!("move it to content/{folder}/{id}.md"))
}

/// A folder that we do not know.
pub(super) fn unknown(path: &SourcePath, folder: &str) -> Diagnostic {
    let message = format!("content/{folder} is not a folder for records");
    let rest = path.as_str().split('/').skip(2).collect::<Vec<_>>().join("/");
    let help = match nearest(folder) {
        Some(known) => format!("did you mean content/{known}/{rest}?"),
        None if is_dated(path.stem()) || is_dated(folder) => {
            format!("if `{folder}` is a body, its meetings lie in content/meetings/{folder}")
        }
        None => format!("records lie in content/{}", FOLDERS.join(", content/")),
    };
    said(path, message, help)
}

fn nearest(folder: &str) -> Option<&'static str> {
    let lower = folder.to_lowercase();
    let other = |name: &str| lower == name || name.strip_suffix('s') == Some(lower.as_str());
    if let Some((_, known)) = OTHER_NAMES.iter().find(|(name, _)| other(name)) {
        return Some(known);
    }
    let distance = |known: &str| strsim::damerau_levenshtein(&lower, known);
    let best = FOLDERS.iter().copied().min_by_key(|known| distance(known))?;
    (distance(best) <= 2).then_some(best)
}

fn is_dated(name: &str) -> bool {
    dates::leading(&slug(name)) != Dated::No || dates::meant(name).is_some()
}
