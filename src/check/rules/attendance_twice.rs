//! `attendance-twice`: somebody who is recorded as there and as away.

use crate::check::scene::{Scene, at};
use crate::model::Presence;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for (_, meeting) in scene.meetings() {
        let away = meeting
            .attendance
            .iter()
            .filter(|a| matches!(a.presence, Presence::Apologies | Presence::Absent));
        for away in away.filter(|a| a.person.is_some()) {
            let there = meeting
                .attendance
                .iter()
                .any(|a| a.presence.attended() && a.person == away.person);
            if there {
                let words = format!("{} is recorded as there and as away", away.name);
                report.push(
                    at(&rules::ATTENDANCE_TWICE, meeting, away.span, words)
                        .help("keep one of the two; who came late or left early stands in `movements`"),
                );
            }
        }
    }
}
