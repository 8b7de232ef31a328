//! `held-ahead`: a meeting that is still to come, and has minutes already; one
//! that did not take place, and decided something.

use crate::check::scene::{Scene, told};
use crate::model::{Meeting, SectionKind, Status};
use crate::paths::Span;
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    for (_, meeting) in scene.meetings() {
        let ahead = meeting.date > scene.today;
        let day = dates::long(meeting.date);
        let told = match meeting.status {
            Status::Held | Status::Adjourned | Status::Inquorate if ahead => Some((
                meeting.places.status,
                format!("this meeting is said to have been held, and is still to come on {day}"),
                "correct the day, or take `status` away",
            )),
            Status::Scheduled if ahead => first(scene, meeting).map(|(what, span)| {
                let words = format!("this meeting is still to come on {day}, and has {what} already");
                (span, words, "is the year right? The file is named after the day")
            }),
            Status::Cancelled | Status::Postponed => first(scene, meeting).map(|(what, span)| {
                let words = format!("this meeting did not take place, and has {what}");
                (span, words, "correct `status`, or take them away")
            }),
            _ => None,
        };
        if let Some((span, words, help)) = told {
            report.push(told_at(meeting, span, words).help(help));
        }
    }
}

fn told_at(meeting: &Meeting, span: Option<Span>, words: String) -> crate::report::Diagnostic {
    told(&rules::HELD_AHEAD, &meeting.source, span, words)
}

/// What a meeting has only when it took place, and where.
fn first(scene: &Scene, meeting: &Meeting) -> Option<(&'static str, Option<Span>)> {
    if let Some(there) = meeting.attendance.iter().find(|a| a.presence.attended()) {
        return Some(("people who were there", Some(there.span)));
    }
    let sections = meeting
        .items
        .iter()
        .flat_map(|item| &scene.archive.items[*item].sections);
    for section in sections {
        let what = match section.kind {
            // Text without a heading may be that of an agenda.
            SectionKind::Minutes if !section.label.is_empty() => "minutes",
            SectionKind::Vote => "votes",
            SectionKind::Resolved => "resolutions",
            _ => continue,
        };
        return Some((what, Some(section.span)));
    }
    let minutes = meeting.minutes.is_some() || meeting.minutes_published.is_some();
    minutes.then_some(("minutes", meeting.places.minutes))
}
