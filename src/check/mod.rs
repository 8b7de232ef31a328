//! Whether what the records say makes sense: votes that add up, notice that
//! was given in time, a quorum that was there.
//!
//! A rule is a pure function of the archive and has a file of its own in
//! `rules/`. What cannot be read at all is told by the stage that reads it;
//! what a rule is for, and which law it stands on, is told in
//! `docs/checks.md`.

mod ballot;
mod rules;
mod scene;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::Config;
use crate::model::{Archive, MeetingId};
use crate::report::Report;
use scene::Scene;

/// Puts every rule to an archive as it is on a day.
pub fn check(archive: &Archive, config: &Config, today: Date) -> Report {
    put(&Scene {
        archive,
        config,
        today,
        only: None,
    })
}

/// What the rules say of the file of one meeting.
pub fn check_one(archive: &Archive, config: &Config, today: Date, meeting: MeetingId) -> Report {
    let mut report = put(&Scene {
        archive,
        config,
        today,
        only: Some(meeting),
    });
    let path = &archive.meetings[meeting].source;
    report.diagnostics_mut().retain(|d| d.path == *path);
    report
}

fn put(scene: &Scene) -> Report {
    let said: Vec<Report> = rules::ALL
        .par_iter()
        .map(|rule| {
            let mut report = Report::new();
            rule(scene, &mut report);
            report
        })
        .collect();
    let mut report = Report::new();
    said.into_iter().for_each(|one| report.merge(one));
    report
}
