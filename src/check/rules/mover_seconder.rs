//! `mover-seconder`: one person moved and seconded.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::model::VoteKey;
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let (Some(mover), Some(seconder)) = (ballot.line(VoteKey::MovedBy), ballot.line(VoteKey::SecondedBy))
        else {
            continue;
        };
        let same = seconder
            .names
            .iter()
            .filter_map(|n| n.0)
            .find(|person| mover.names.iter().any(|n| n.0 == Some(*person)));
        if let Some(person) = same {
            let words = format!("{} moves and seconds this motion", scene.name(person));
            report.push(
                at(&rules::MOVER_SECONDER, ballot.meeting, seconder.span, words)
                    .help("a motion is seconded by somebody else"),
            );
        }
    }
}
