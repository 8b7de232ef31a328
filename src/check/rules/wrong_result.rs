//! `wrong-result`: carried with fewer votes for than against, or lost with more;
//! against the casting vote; or in words that say neither.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        if let Some((line, meant)) = ballot.nearly_a_result() {
            let words = format!(
                "`{}` says neither that the motion was carried nor that it was lost",
                line.text.text()
            );
            report.push(
                at(&rules::WRONG_RESULT, ballot.meeting, line.span, words)
                    .help(format!("did you mean `{meant}`?")),
            );
        }
        let (Some((yes, no)), Some((carried, line))) = (ballot.sides(), ballot.carried()) else {
            continue;
        };
        if let Some(cast) = ballot.casting_for().filter(|cast| yes == no && *cast != carried) {
            let words = format!(
                "this motion is said to be {}, with {yes} votes on each side and the casting vote {}",
                if carried { "carried" } else { "lost" },
                if cast { "for it" } else { "against it" }
            );
            report.push(
                at(&rules::WRONG_RESULT, ballot.meeting, line.span, words)
                    .help("correct the result or the casting vote"),
            );
        }
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
