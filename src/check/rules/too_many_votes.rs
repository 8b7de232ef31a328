//! `too-many-votes`: more votes than people who were there.

use crate::check::ballot::{self, CAST};
use crate::check::scene::{Scene, at, attended, plural};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let Some(there) = attended(ballot.meeting) else {
            continue;
        };
        let cast: usize = CAST.iter().filter_map(|key| ballot.count(*key)).sum::<u32>() as usize;
        if cast <= there.len() {
            continue;
        }
        let Some(line) = ballot.vote.lines.iter().find(|line| CAST.contains(&line.key)) else {
            continue;
        };
        let words = format!(
            "{} in this vote, and {} recorded as present",
            plural(cast, "vote", "votes"),
            plural(there.len(), "person is", "people are")
        );
        report.push(
            at(&rules::TOO_MANY_VOTES, ballot.meeting, line.span, words)
                .help("compare the numbers with the list of those present"),
        );
    }
}
