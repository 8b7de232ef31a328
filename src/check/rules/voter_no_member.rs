//! `voter-no-member`: somebody voted who was no member that day, or had no vote.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::model::Presence;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let Some(members) = scene.members(ballot.meeting) else {
            continue;
        };
        let stands_in = |person| {
            ballot
                .meeting
                .attendance
                .iter()
                .any(|a| a.presence == Presence::Substitute && a.person == Some(person))
        };
        for (person, line) in ballot.voters() {
            let mut seats = members.iter().filter(|m| m.person == person);
            let seat = members.iter().find(|m| m.person == person);
            let words = match seat {
                None if stands_in(person) => continue,
                None => format!("{} voted, and was no member on that day", scene.name(person)),
                Some(_) if seats.any(|m| m.voting) => continue,
                Some(_) => format!("{} voted, and is a member without a vote", scene.name(person)),
            };
            report.push(
                at(&rules::VOTER_NO_MEMBER, ballot.meeting, line.span, words)
                    .help("correct the name, the members in the body's file, or record a substitute"),
            );
        }
    }
}
