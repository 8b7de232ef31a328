//! ModernGov, from saved files: the answers of its web service, and its pages
//! as HTML or as plain text.
//!
//! Every file gives [`Piece`]s: what it says of one meeting. Pieces of one body
//! and day are joined, item by item, and what one page cuts another completes.
//! The pieces of earlier imports are remembered, so that a page saved today
//! completes what was imported last year.

mod head;
mod item;
mod join;
mod page;
mod piece;
mod service;

use std::collections::BTreeMap;

use super::draft::{Fate, Imported};
use super::{Format, Job, html, lines, texts};
use piece::{Piece, Told};

pub(super) fn read(job: &Job) -> Imported {
    let mut imported = Imported::default();
    let mut told: BTreeMap<String, Told> = job
        .shelf
        .memory(Format::ModernGov)
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let mut fresh: BTreeMap<String, usize> = BTreeMap::new();
    for (at, file, text) in texts(job, &mut imported) {
        let origin = &mut imported.origins[at];
        let read = if text.trim_start().starts_with("<?xml") || is_answer(&text) {
            service::read(&text, origin)
        } else if html::is_html(&text) {
            Ok(page::of_html(&text, origin))
        } else {
            origin.says(&text);
            Ok(page::of_lines(lines::of_text(&text), None, origin))
        };
        match read {
            Ok(said) if said.is_nothing() => {
                if origin.fate == Fate::Read {
                    origin.skip("nothing of a meeting, an issue or a person was found in it");
                }
            }
            Ok(mut said) => {
                // What was said for this file is said for good.
                for piece in &mut said.pieces {
                    if piece.meeting.is_none() && piece.body.is_none() && piece.committee.is_none() {
                        piece.body.clone_from(&job.options.body);
                    }
                    if let (None, Some(date)) = (piece.date, job.options.date) {
                        piece.date = Some(date);
                        "the option --date".clone_into(&mut piece.dated);
                    }
                }
                fresh.insert(file.name.clone(), at);
                told.insert(file.name.clone(), said);
            }
            Err(why) => origin.fail(why),
        }
    }
    imported.memory = serde_json::to_string_pretty(&told).ok().map(|t| t + "\n");
    join::join(&told, &fresh, job, &mut imported);
    for origin in &mut imported.origins {
        if origin.fate == Fate::Read && origin.what.is_empty() {
            origin.what = "page".to_owned();
        }
    }
    imported
}

/// An answer of the web service that was saved without its first line.
fn is_answer(text: &str) -> bool {
    let head = text.trim_start().to_ascii_lowercase();
    [
        "<meeting>",
        "<getmeetings",
        "<committees>",
        "<councillorsbyward",
        "<string xmlns",
    ]
    .iter()
    .any(|tag| head.starts_with(tag))
}

impl Told {
    fn of(piece: Piece) -> Self {
        Self {
            pieces: vec![piece],
            ..Self::default()
        }
    }
}
