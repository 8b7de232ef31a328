//! `no-public-summary`: minutes that are cut because they are exempt, and no
//! summary in their place (Local Government Act 1972, s. 100C(2)).

use crate::check::scene::{Scene, told};
use crate::model::{Section, SectionKind, Status};
use crate::paths::{SourcePath, Span};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    // Of what is withheld only the place is told.
    let mut tell = |what: &str, path: &SourcePath, span: Option<Span>, marks: &str| {
        let words = format!("{what} is withheld, and no summary tells what may be told of it");
        let help = format!(
            "write one under `{marks} Public summary`: a fair and coherent record that discloses nothing exempt"
        );
        report.push(
            told(&rules::NO_PUBLIC_SUMMARY, path, span, words)
                .help(help)
                .withheld(true),
        );
    };
    let summary = |sections: &[Section]| {
        sections
            .iter()
            .any(|s| s.kind == SectionKind::PublicSummary && !s.text.is_empty())
    };
    for (_, meeting) in scene.meetings() {
        // The duty is to the minutes; an agenda may still be silent.
        if meeting.status == Status::Scheduled || meeting.status.is_off() || meeting.date > scene.today {
            continue;
        }
        if meeting.exempt.is_some() && !summary(&meeting.public_summary) {
            tell("this meeting", &meeting.source, None, "###");
        }
        let items = meeting.items.iter().map(|id| &scene.archive.items[*id]);
        for item in items.filter(|i| i.exempt.is_some() && !summary(&i.sections)) {
            // A heading over all exempt business is no item of business.
            if !item.is_divider {
                tell("this item", &meeting.source, Some(item.heading), "###");
            }
        }
    }
    for decision in scene.archive.decisions.rows() {
        if decision.exempt.is_some() && !summary(&decision.sections) {
            tell("this decision", &decision.source, None, "##");
        }
    }
}
