//! `due-before-meeting`, `done-ahead`, `ownerless-action`: the days of actions,
//! and whose they are.

use jiff::civil::Date;

use crate::check::scene::{Scene, told};
use crate::model::{Entry, Section};
use crate::paths::SourcePath;
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    for (meeting, item) in scene.items() {
        judge(scene, &item.sections, meeting.date, &meeting.source, report);
    }
    for decision in scene.archive.decisions.rows() {
        judge(scene, &decision.sections, decision.date, &decision.source, report);
    }
}

fn judge(scene: &Scene, sections: &[Section], set: Date, path: &SourcePath, report: &mut Report) {
    for entry in sections.iter().flat_map(|s| &s.entries).filter(|e| e.is_action()) {
        look(scene, entry, set, path, report);
    }
}

fn look(scene: &Scene, entry: &Entry, set: Date, path: &SourcePath, report: &mut Report) {
    let span = Some(entry.span);
    if let Some(due) = entry.due.filter(|due| *due < set) {
        let words = format!(
            "this is due on {}, before it was set on {}",
            dates::long(due),
            dates::long(set)
        );
        report.push(
            told(&rules::DUE_BEFORE_MEETING, path, span, words).help("correct the year or the day of `due`"),
        );
    }
    if let Some(done) = entry.done.filter(|done| *done > scene.today) {
        let words = format!("this is done on {}, a day still to come", dates::long(done));
        report.push(
            told(&rules::DONE_AHEAD, path, span, words)
                .help("correct `done`; a day that is only planned stands in `due`"),
        );
    }
    if let Some(due) = entry
        .due
        .filter(|due| *due < scene.today && !entry.is_done() && entry.owner.is_none())
    {
        let words = format!("this was due on {}, and nobody is named for it", dates::long(due));
        report.push(
            told(&rules::OWNERLESS_ACTION, path, span, words)
                .help("add `| owner: name`, or `| done: 2026-09-01` when it has been done"),
        );
    }
}
