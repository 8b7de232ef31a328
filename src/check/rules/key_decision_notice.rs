//! `key-decision-notice`: the notice of a key decision, 28 clear days before it
//! (SI 2012/2089, reg. 9).

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::check::scene::{Scene, at, told};
use crate::model::{FieldKey, Issue, IssueId};
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::text::{dates, holidays};

pub fn check(scene: &Scene, report: &mut Report) {
    let required = scene.config.check.key_decision_days as i32;
    if required == 0 {
        return;
    }
    for (meeting, item) in scene
        .items()
        .filter(|(m, i)| !m.status.is_off() && i.exempt.is_none())
    {
        if let Some(key) = item
            .field(FieldKey::KeyDecision)
            .filter(|_| item.is_key() == Some(true))
        {
            let notice = item.day(FieldKey::Notice).or_else(|| {
                on_the_plan(
                    scene,
                    &item.issues,
                    meeting.date..=meeting.until.unwrap_or(meeting.date),
                )
            });
            let told = |words: String| at(&rules::KEY_DECISION_NOTICE, meeting, key.span, words);
            judge(
                notice,
                meeting.date,
                required,
                "add `- Notice: 2026-09-01` below this line",
                told,
                report,
            );
        }
    }
    for decision in scene.archive.decisions.rows().filter(|d| d.exempt.is_none()) {
        if decision.key == Some(true) {
            let day = decision.date..=decision.date;
            let notice = decision
                .notice
                .or_else(|| on_the_plan(scene, &decision.issues, day));
            let told = |words: String| told(&rules::KEY_DECISION_NOTICE, &decision.source, None, words);
            judge(
                notice,
                decision.date,
                required,
                "write `notice: {published: 2026-09-01}` in the front matter",
                told,
                report,
            );
        }
    }
}

fn judge(
    notice: Option<Date>,
    day: Date,
    required: i32,
    how: &str,
    told: impl Fn(String) -> Diagnostic,
    report: &mut Report,
) {
    let Some(notice) = notice else {
        let mut note = told("this key decision does not say when its notice was published".to_owned())
            .help(format!("{how}, or `published` in `decision_due` of its issue"));
        note.severity = Severity::Note;
        return report.push(note);
    };
    let clear = holidays::days_between(notice, day).max(0);
    if clear < required {
        let words = format!(
            "the notice of this key decision was published on {}, {clear} clear days before; {required} are required",
            dates::long(notice)
        );
        report.push(told(words).help(
            "if it was taken under general exception or special urgency, allow this rule with that reason",
        ));
    }
}

/// When the notice was published that the issues give for a decision of these
/// days. What is due on another day, or announced after them, is another decision.
fn on_the_plan(scene: &Scene, issues: &[IssueId], days: RangeInclusive<Date>) -> Option<Date> {
    let published = |issue: &Issue| {
        let due = issue.due.as_ref()?;
        let meant = |published: &Date| match due.date {
            Some(day) => days.contains(&day),
            None => published <= days.end(),
        };
        due.published.filter(meant)
    };
    issues.iter().find_map(|id| published(&scene.archive.issues[*id]))
}
