//! `dates-reversed`: a body, a seat or a term that ends before it begins; a
//! meeting that does, or that resumes a later one.

use jiff::civil::Date;

use crate::check::scene::{Scene, told};
use crate::model::Meeting;
use crate::paths::{SourcePath, Span};
use crate::report::{Report, rules};
use crate::text::dates;

/// A meeting that ends before this hour may have begun the evening before.
const SMALL_HOURS: u16 = 6 * 60;

pub fn check(scene: &Scene, report: &mut Report) {
    for (_, meeting) in scene.meetings() {
        of_meeting(scene, meeting, report);
    }
    let mut look =
        |what: String, from: Option<Date>, to: Option<Date>, path: &SourcePath, span: Option<Span>| {
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                let words = format!(
                    "{what} ends on {}, before it begins on {}",
                    dates::long(to),
                    dates::long(from)
                );
                report.push(
                    told(&rules::DATES_REVERSED, path, span, words)
                        .help("exchange `from` and `to`, or correct one"),
                );
            }
        };
    for body in scene.archive.bodies.rows() {
        let Some(path) = &body.source else { continue };
        look("this body".to_owned(), body.from, body.to, path, None);
        for member in &body.members {
            let what = format!("the membership of {}", scene.name(member.person));
            look(what, member.from, member.to, path, Some(member.span));
        }
    }
    for person in scene.archive.people.rows() {
        let Some(path) = &person.source else { continue };
        for (ward, from, to) in &person.terms {
            let what = match ward {
                Some(ward) => format!("the term for {ward}"),
                None => "a term".to_owned(),
            };
            look(what, *from, *to, path, None);
        }
    }
}

fn of_meeting(scene: &Scene, meeting: &Meeting, report: &mut Report) {
    let mut tell = |span, words, help: &str| {
        report.push(told(&rules::DATES_REVERSED, &meeting.source, span, words).help(help));
    };
    if let Some(until) = meeting.until.filter(|until| *until < meeting.date) {
        let words = format!(
            "the meeting of {} lasts until {}, before it begins",
            dates::long(meeting.date),
            dates::long(until)
        );
        tell(
            meeting.places.until,
            words,
            "correct `until`, which is the last day of a meeting of several days",
        );
    }
    let minutes = |time: &Option<String>| dates::time_of_day(time.as_deref()?);
    if let (Some(start), Some(end), None) = (minutes(&meeting.start), minutes(&meeting.end), meeting.until)
        && end < start
        && end >= SMALL_HOURS
    {
        let words = "the meeting ends at an hour before it begins".to_owned();
        let help = "exchange `start` and `end`, or correct one; a meeting of several days says `until`";
        tell(meeting.places.end, words, help);
    }
    if let Some(earlier) = meeting.continues.map(|id| &scene.archive.meetings[id])
        && earlier.date > meeting.date
    {
        let words = format!(
            "this meeting resumes one that is held later, on {}",
            dates::long(earlier.date)
        );
        tell(
            meeting.places.continues,
            words,
            "`continues` stands in the later of the two, and names the earlier",
        );
    }
}
