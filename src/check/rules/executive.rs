//! `no-reasons`, `no-alternatives`, `no-interests`: what the record of an
//! executive decision must hold (SI 2012/2089, reg. 12 and 13).

use crate::check::scene::{Scene, at, told};
use crate::model::{Decision, EntryKind, FieldKey, Item, Meeting, Section, SectionKind};
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::text::names;

pub fn check(scene: &Scene, report: &mut Report) {
    for (meeting, item) in scene.items().filter(|(meeting, item)| {
        let executive = scene
            .leading(meeting)
            .is_some_and(|b| b.kind.as_deref() == Some("executive"));
        executive && decides(item)
    }) {
        let declared = declares(meeting, scene);
        missing(
            &item.sections,
            declared,
            "###",
            |rule, words| at(rule, meeting, item.heading, words),
            report,
        );
    }
    // A decision that names no officer or member may be that of a club.
    let executive = |d: &&Decision| d.exempt.is_none() && (d.maker_kind.is_some() || d.key == Some(true));
    for decision in scene.archive.decisions.rows().filter(executive) {
        missing(
            &decision.sections,
            false,
            "##",
            |rule, words| told(rule, &decision.source, None, words),
            report,
        );
    }
}

/// Tells what a record lacks. `declared`: interests stand elsewhere in it.
fn missing(
    sections: &[Section],
    declared: bool,
    marks: &str,
    told: impl Fn(&'static Rule, String) -> Diagnostic,
    report: &mut Report,
) {
    let has = |kinds: &[SectionKind]| {
        sections
            .iter()
            .any(|s| kinds.contains(&s.kind) && !s.text.is_empty())
    };
    let mut lacks = |rule: &'static Rule, what: &str, label: &str, none: &str| {
        let words = format!("the record of this executive decision gives no {what}");
        let help = format!("write them under `{marks} {label}`; if there were none, write `{none}` there");
        report.push(told(rule, words).help(help));
    };
    if !has(&[SectionKind::Reasons]) {
        lacks(
            &rules::NO_REASONS,
            "reasons",
            "Reasons for decision",
            "None given.",
        );
    }
    if !has(&[SectionKind::Alternatives]) {
        lacks(
            &rules::NO_ALTERNATIVES,
            "other options that were considered",
            "Alternative options considered",
            "None.",
        );
    }
    if !declared && !has(&[SectionKind::Conflicts, SectionKind::Declarations]) {
        lacks(
            &rules::NO_INTERESTS,
            "conflicts of interest",
            "Conflicts of interest",
            "None.",
        );
    }
}

/// An item that decides a matter, and not one of procedure, such as the minutes
/// of the last meeting.
fn decides(item: &Item) -> bool {
    let decided = item
        .sections
        .iter()
        .flat_map(|s| &s.entries)
        .any(|e| matches!(e.kind, EntryKind::Decision | EntryKind::Resolved));
    let matter = item.fields.iter().any(|f| {
        matches!(
            f.key,
            FieldKey::Report | FieldKey::ReportOf | FieldKey::Issue | FieldKey::KeyDecision
        )
    });
    decided && matter && item.exempt.is_none()
}

/// A meeting with an item of its own for declarations says it for all.
fn declares(meeting: &Meeting, scene: &Scene) -> bool {
    meeting.items.iter().any(|item| {
        let title = names::fold(&scene.archive.items[*item].title);
        title.starts_with("declaration") || title.contains("declarations of interest")
    })
}
