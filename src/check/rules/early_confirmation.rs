//! `early-confirmation`: minutes that were confirmed at their own meeting or
//! before it.

use crate::check::scene::{Scene, told};
use crate::model::Target;
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    let archive = scene.archive;
    for (id, meeting) in scene.meetings() {
        let confirmed = match &meeting.confirmed_at {
            Some(Target::Meeting(other)) => *other,
            Some(Target::Item(item)) => archive.items[*item].meeting,
            _ => continue,
        };
        let date = archive.meetings[confirmed].date;
        if confirmed == id || date < meeting.date {
            let words = format!(
                "these minutes are said to be confirmed on {}; the meeting was on {}",
                dates::long(date),
                dates::long(meeting.date)
            );
            report.push(
                told(
                    &rules::EARLY_CONFIRMATION,
                    &meeting.source,
                    meeting.places.minutes,
                    words,
                )
                .help("name the later meeting that confirmed them, and its item: `parks/2024-04-09#3`"),
            );
        }
    }
}
