//! `wrong-result`: carried with fewer votes for than against, or lost with more.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let (Some((yes, no)), Some((carried, line))) = (ballot.sides(), ballot.carried()) else {
            continue;
        };
        let wrong = if carried { yes < no } else { yes > no };
        if wrong {
            let words = format!(
                "this motion is said to be {}, with {yes} for and {no} against",
                if carried { "carried" } else { "lost" }
            );
            report.push(
                at(&rules::WRONG_RESULT, ballot.meeting, line.span, words).help(
                    "correct the result or the numbers; where more than half is needed, allow this rule with that reason",
                ),
            );
        }
    }
}
