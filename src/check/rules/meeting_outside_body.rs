//! `meeting-outside-body`: a meeting before its body was set up, or after it
//! was dissolved.

use crate::check::scene::{Scene, told};
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    for (_, meeting) in scene.meetings().filter(|(_, m)| !m.status.is_off()) {
        for body in meeting.bodies.iter().map(|b| &scene.archive.bodies[*b]) {
            let words = match (body.from, body.to) {
                (Some(from), _) if meeting.date < from => {
                    format!(
                        "{} was set up on {}, after this meeting",
                        body.name,
                        dates::long(from)
                    )
                }
                (_, Some(to)) if meeting.date > to => {
                    format!(
                        "{} was dissolved on {}, before this meeting",
                        body.name,
                        dates::long(to)
                    )
                }
                _ => continue,
            };
            report.push(
                told(&rules::MEETING_OUTSIDE_BODY, &meeting.source, None, words)
                    .help("correct the date of the meeting, or `from` and `to` in the body's file"),
            );
        }
    }
}
