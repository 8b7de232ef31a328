//! `voter-no-member`: somebody voted who was no member that day, or had no vote.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::model::Presence;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let Some(members) = scene.members(ballot.meeting) else {
            continue;
        };
        // Whether a member has a vote.
        let mut seats = BTreeMap::new();
        for member in members {
            *seats.entry(member.person).or_insert(false) |= member.voting;
        }
        let attendance = ballot.meeting.attendance.iter();
        let stand_in = attendance.filter(|a| a.presence == Presence::Substitute);
        let stand_in: BTreeSet<_> = stand_in.filter_map(|a| a.person).collect();
        for (person, line) in ballot.voters() {
            let words = match seats.get(&person) {
                None if stand_in.contains(&person) => continue,
                None => format!("{} voted, and was no member on that day", scene.name(person)),
                Some(true) => continue,
                Some(false) => format!("{} voted, and is a member without a vote", scene.name(person)),
            };
            report.push(
                at(&rules::VOTER_NO_MEMBER, ballot.meeting, line.span, words)
                    .help("correct the name, the members in the body's file, or record a substitute"),
            );
        }
    }
}
