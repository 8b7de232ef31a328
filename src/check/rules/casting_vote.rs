//! `casting-vote`: given without a tie, or missing where a tie was carried.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let Some((yes, no)) = ballot.sides() else {
            continue;
        };
        match (ballot.casting(), ballot.carried()) {
            (Some(line), _) if yes != no => {
                let words = format!("a casting vote, although {yes} voted for and {no} against");
                report.push(
                    at(&rules::CASTING_VOTE, ballot.meeting, line.span, words)
                        .help("a casting vote is given only when both sides are equal; write `none`"),
                );
            }
            (None, Some((true, line))) if yes == no && yes > 0 => {
                let words = format!("carried with {yes} for and {no} against, and no casting vote");
                report.push(
                    at(&rules::CASTING_VOTE, ballot.meeting, line.span, words)
                        .help("say who gave it: `- Casting vote: for (jane-roe)`"),
                );
            }
            _ => {}
        }
    }
}
