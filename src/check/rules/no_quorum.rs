//! `no-quorum`: fewer are recorded as present than the body needs.

use std::collections::BTreeSet;

use crate::check::scene::{Scene, at, attended, plural};
use crate::model::{Body, Meeting, PersonId};
use crate::paths::Span;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for meeting in scene.held() {
        let Some(there) = attended(meeting) else { continue };
        for body in meeting.bodies.iter().map(|b| &scene.archive.bodies[*b]) {
            let Some(quorum) = body.quorum.map(|q| q as usize) else {
                continue;
            };
            let Some(count) = present(body, meeting, &there) else {
                continue;
            };
            if count < quorum {
                let words = format!(
                    "{} recorded as present, and the quorum of {} is {quorum}",
                    plural(count, "person is", "people are"),
                    body.name
                );
                let span = meeting
                    .attendance
                    .iter()
                    .find(|a| a.presence.attended())
                    .map_or(Span::default(), |a| a.span);
                report.push(at(&rules::NO_QUORUM, meeting, span, words).help(
                    "complete the list of those present; if the meeting had no quorum, write `status: inquorate`",
                ));
            }
        }
    }
}

/// How many of a body were there. At a joint meeting only its members count,
/// and who stood in for one.
fn present(body: &Body, meeting: &Meeting, there: &BTreeSet<PersonId>) -> Option<usize> {
    if meeting.bodies.len() == 1 {
        return Some(there.len());
    }
    let members: BTreeSet<PersonId> = body.members_on(meeting.date).map(|m| m.person).collect();
    let stands_in = meeting
        .attendance
        .iter()
        .filter(|a| a.presence.attended())
        .filter(|a| {
            a.stands_for
                .as_ref()
                .is_some_and(|s| s.0.is_some_and(|p| members.contains(&p)))
        })
        .filter_map(|a| a.person);
    let count: BTreeSet<PersonId> = there.intersection(&members).copied().chain(stands_in).collect();
    (!members.is_empty()).then_some(count.len())
}
