//! `voter-absent`: somebody voted, moved or seconded who is not recorded as there.

use crate::check::ballot::{self, CAST};
use crate::check::scene::{Scene, at, attended};
use crate::model::VoteKey;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let Some(there) = attended(ballot.meeting) else {
            continue;
        };
        for line in &ballot.vote.lines {
            let did = match line.key {
                VoteKey::MovedBy => "moved this motion",
                VoteKey::SecondedBy => "seconded this motion",
                key if CAST.contains(&key) => "voted",
                _ => continue,
            };
            for person in line.names.iter().filter_map(|n| n.0) {
                if there.contains(&person) {
                    continue;
                }
                let words = format!("{} {did} and is not recorded as present", scene.name(person));
                report.push(
                    at(&rules::VOTER_ABSENT, ballot.meeting, line.span, words)
                        .help("add the name to those present, or correct it here"),
                );
            }
        }
    }
}
