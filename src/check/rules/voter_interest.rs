//! `voter-interest`: somebody voted on an item in which they had declared an
//! interest.

use std::collections::BTreeSet;

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::model::{PersonId, SectionKind, Target};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let declared: BTreeSet<PersonId> = ballot
            .item
            .sections
            .iter()
            .filter(|s| matches!(s.kind, SectionKind::Declarations | SectionKind::Conflicts))
            .flat_map(|s| &s.text.links)
            .filter_map(person)
            .collect();
        for (person, line) in ballot.voters().filter(|v| declared.contains(&v.0)) {
            let words = format!(
                "{} voted on an item in which they had declared an interest",
                scene.name(person)
            );
            report.push(at(&rules::VOTER_INTEREST, ballot.meeting, line.span, words).help(
                "if the interest let them vote, or they had a dispensation, allow this rule with that reason",
            ));
        }
    }
}

fn person(target: &Target) -> Option<PersonId> {
    match target {
        Target::Person(id) => Some(*id),
        Target::Bare(inner) => person(inner),
        _ => None,
    }
}
