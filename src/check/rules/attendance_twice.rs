//! `attendance-twice`: somebody who is recorded as there and as away.

use std::collections::BTreeSet;

use crate::check::scene::{Scene, at};
use crate::model::Presence;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for (_, meeting) in scene.meetings() {
        let (there, away): (Vec<_>, Vec<_>) = meeting
            .attendance
            .iter()
            .filter(|a| a.person.is_some())
            .partition(|a| a.presence.attended());
        let there: BTreeSet<_> = there.iter().filter_map(|a| a.person).collect();
        for away in away {
            let is_away = matches!(away.presence, Presence::Apologies | Presence::Absent);
            if is_away && away.person.is_some_and(|person| there.contains(&person)) {
                let words = format!("{} is recorded as there and as away", away.name);
                report.push(
                    at(&rules::ATTENDANCE_TWICE, meeting, away.span, words)
                        .help("keep one of the two; who came late or left early stands in `movements`"),
                );
            }
        }
    }
}
