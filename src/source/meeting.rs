//! Where a meeting lies: below its body, perhaps in folders of years and
//! months, as a file or as a folder with its papers.

use super::dates::{self, Dated};
use super::kind::{self, Kind, Place};
use super::misplaced;
use crate::paths::SourcePath;
use crate::report::{Diagnostic, rules};
use crate::text::slug;

/// `between` are the folders below the body's.
pub(super) fn place(path: &SourcePath, body: &str, between: &[&str]) -> Result<Place, Diagnostic> {
    let id = slug(body);
    if dates::is_year(&id) {
        let message = format!("`{body}` cannot be the folder of a body: its address would be that of a year");
        let help =
            "the body's folder comes first, then the year: content/meetings/cabinet/2017/2017-06-27.md";
        return Err(Diagnostic::new(&rules::RESERVED_NAME, path, None, message).help(help));
    }
    if dates::is_period(body) || dates::leading(&id) != Dated::No {
        return Err(misplaced::bodiless(path));
    }
    let (name, folder) = match named(path, between)? {
        Some(folder) => (folder, true),
        None if kind::is_index(path) => return Err(misplaced::body_text(path, &id, between)),
        None => (path.stem(), false),
    };
    let name = slug(name);
    let date = kind::day(path, &name)?;
    Ok(Place {
        kind: Kind::Meeting,
        id: format!("{id}/{name}"),
        body: Some(id),
        date,
        folder,
    })
}

/// The folder that is the meeting itself, if there is one.
fn named<'a>(path: &SourcePath, between: &[&'a str]) -> Result<Option<&'a str>, Diagnostic> {
    for (at, folder) in between.iter().enumerate() {
        if dates::is_period(folder) {
            continue;
        }
        if dates::leading(&slug(folder)) == Dated::No {
            return Err(unknown_folder(path, folder));
        }
        if at + 1 < between.len() || !kind::is_index(path) {
            return Err(misplaced::beside_a_meeting(path, folder));
        }
        return Ok(Some(folder));
    }
    Ok(None)
}

fn unknown_folder(path: &SourcePath, folder: &str) -> Diagnostic {
    let message = format!("the folder `{folder}` is neither a year, a month nor the day of a meeting");
    let slugged = slug(folder);
    let help = if let Some(date) = dates::meant(folder) {
        format!("days are written with the year first: rename the folder to `{date}`")
    } else if dates::is_period(&slugged) {
        format!("rename the folder to `{slugged}`")
    } else if kind::is_index(path) {
        format!("name the folder for the day of the meeting, as `2017-06-27` or `2017-06-27-{slugged}`")
    } else {
        format!(
            "folders here are named as a year (2017, 2017-18) or a month (06, 2017-06, June); \
             a body of its own lies in content/meetings/{slugged}"
        )
    };
    Diagnostic::new(&rules::UNKNOWN_FOLDER, path, None, message).help(help)
}
