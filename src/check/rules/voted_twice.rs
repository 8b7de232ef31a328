//! `voted-twice`: somebody on two lines of one vote, or twice on one.

use std::collections::BTreeMap;

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let mut first = BTreeMap::new();
        for (person, line) in ballot.voters() {
            if let Some(other) = first.insert(person, line) {
                let words = format!(
                    "{} is named under `{}` and under `{}`",
                    scene.name(person),
                    other.label,
                    line.label
                );
                report.push(
                    at(&rules::VOTED_TWICE, ballot.meeting, line.span, words)
                        .help("take the name out of one of the two lines"),
                );
            }
        }
    }
}
