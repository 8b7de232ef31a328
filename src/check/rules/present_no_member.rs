//! `present-no-member`: somebody under Present who was no member that day.
//! Attendance is reckoned from both, so one of them is wrong.

use std::collections::BTreeSet;

use crate::check::scene::{Scene, at, listed};
use crate::model::Presence;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for meeting in scene.held() {
        let Some(members) = scene.members(meeting) else {
            continue;
        };
        let members: BTreeSet<_> = members.iter().map(|m| m.person).collect();
        let mut seen = BTreeSet::new();
        let strangers: Vec<_> = meeting
            .attendance
            .iter()
            .filter(|a| matches!(a.presence, Presence::Present | Presence::Remote))
            .filter(|a| a.person.is_some_and(|p| !members.contains(&p)))
            .filter(|a| seen.insert(a.person))
            .collect();
        let Some(first) = strangers.first() else { continue };
        let names: Vec<&str> = strangers
            .iter()
            .filter_map(|a| a.person.map(|p| scene.name(p)))
            .collect();
        let body = scene.leading(meeting).map_or("the body", |b| b.name.as_str());
        let words = format!(
            "recorded as present, and no member of {body} on that day: {}",
            listed(&names)
        );
        report.push(at(&rules::PRESENT_NO_MEMBER, meeting, first.span, words).help(
            "put them under `In attendance` or `Substitutes`, or complete `members` in the body's file",
        ));
    }
}
