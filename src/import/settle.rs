//! What is to be written where something lies already. Three texts are
//! compared: what an import last wrote, what lies there now, and what comes
//! new. Somebody's edit is never written over.

use super::account::{Account, Done};
use super::draft::Imported;
use super::{Now, Outcome, Shelf};
use crate::document::Labels;
use crate::document::written::again;
use crate::paths::SourcePath;
use crate::report::Report;

pub(super) fn settle(
    imported: &Imported,
    shelf: &dyn Shelf,
    labels: &Labels,
    account: &mut Account,
) -> Outcome {
    let mut out = Outcome::default();
    for draft in &imported.drafts {
        let (path, new) = (&draft.path, draft.text.write());
        let base = shelf.base(path);
        let done = match (shelf.now(path), base) {
            (Now::Missing, None) => Done::New,
            (Now::Missing, Some(base)) if base == new => Done::Deleted,
            (Now::Missing, Some(_)) => Done::Deleted,
            (Now::Other, _) => Done::Foreign,
            (Now::Text(now), _) if now == new => Done::Same,
            (Now::Text(now), Some(base)) if now == base => Done::Updated,
            (Now::Text(_), Some(base)) if base == new => Done::Edited,
            (Now::Text(now), Some(base)) => match diffy::merge(&base, &now, &new) {
                Ok(both) if readable(path, &both, labels) => {
                    out.files.insert(path.clone(), both);
                    Done::Merged
                }
                _ => Done::Conflict,
            },
            (Now::Text(_), None) if draft.modest => Done::Known,
            (Now::Text(_), None) => Done::Conflict,
        };
        match done {
            Done::New | Done::Updated => {
                out.files.insert(path.clone(), new.clone());
                out.bases.insert(path.clone(), new);
            }
            Done::Same | Done::Merged => {
                out.bases.insert(path.clone(), new);
            }
            Done::Conflict => {
                // It is delivered beside, and told once; from then on what lies
                // there counts as somebody's answer to it.
                out.held.insert(format!("conflicts/{path}"), new.clone());
                out.bases.insert(path.clone(), new);
            }
            Done::Edited | Done::Known | Done::Deleted | Done::Foreign => {}
        }
        account.record(draft, done);
    }
    out
}

/// Two edits that were put together must still be a record.
fn readable(path: &str, text: &str, labels: &Labels) -> bool {
    let path = SourcePath::new(format!("content/{path}"));
    let mut report = Report::new();
    again(&path, text, labels, &mut report).is_some() && report.errors() == 0
}
