//! `vote-count`: a number, and the names behind it.

use crate::check::ballot;
use crate::check::scene::{Scene, at, plural};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        for line in &ballot.vote.lines {
            let Some(count) = line.count.filter(|_| !line.names.is_empty()) else {
                continue;
            };
            let names = line.names.len();
            let differs = if line.whole {
                names != count as usize
            } else {
                names > count as usize
            };
            if differs {
                let words = format!(
                    "`{}` says {count} and names {}",
                    line.label,
                    plural(names, "person", "people")
                );
                report.push(at(&rules::VOTE_COUNT, ballot.meeting, line.span, words).help(
                    "correct the number or the names; if only some are named, end them with `…`: `12 (jane-roe, …)`",
                ));
            }
        }
    }
}
