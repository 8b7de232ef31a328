//! `early-effect`: a decision that takes effect, or can no longer be called in,
//! before it was taken; or takes effect while it can still be called in.

use jiff::civil::Date;

use crate::check::scene::{Scene, at, told};
use crate::model::FieldKey;
use crate::report::{Diagnostic, Report, Rule, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    for (meeting, item) in scene.items() {
        let call_in = item.day(FieldKey::CallIn);
        let effective = item.day(FieldKey::Effective);
        judge(meeting.date, call_in, effective, report, |rule, words| {
            at(rule, meeting, item.heading, words)
        });
    }
    for decision in scene.archive.decisions.rows() {
        judge(
            decision.date,
            decision.call_in,
            decision.effective,
            report,
            |rule, words| told(rule, &decision.source, None, words).withheld(decision.exempt.is_some()),
        );
    }
}

fn judge(
    taken: Date,
    call_in: Option<Date>,
    effective: Option<Date>,
    report: &mut Report,
    told: impl Fn(&'static Rule, String) -> Diagnostic,
) {
    let rule = &rules::EARLY_EFFECT;
    let long = dates::long;
    if let Some(until) = call_in.filter(|until| *until < taken) {
        let words = format!(
            "the call-in ends on {}, before the decision of {}",
            long(until),
            long(taken)
        );
        report.push(told(rule, words).help("correct the day until which it can be called in"));
    }
    let Some(effective) = effective else { return };
    if effective < taken {
        let words = format!(
            "this takes effect on {}, before the decision of {}",
            long(effective),
            long(taken)
        );
        report.push(told(rule, words).help("correct the day on which it takes effect"));
    } else if let Some(until) = call_in.filter(|until| effective <= *until) {
        let words = format!(
            "this takes effect on {}, and can be called in until {}",
            long(effective),
            long(until)
        );
        report.push(
            told(rule, words).help(
                "correct one of the two; if it was urgent and exempt from call-in, leave the call-in out",
            ),
        );
    }
}
