//! `short-notice`: an agenda that was published less than five clear days
//! before its meeting (Local Government Act 1972, s. 100B).

use crate::check::scene::{Scene, plural, told};
use crate::report::{Report, rules};

pub fn check(scene: &Scene, report: &mut Report) {
    let required = scene.config.check.clear_days;
    if required == 0 {
        return;
    }
    for (_, meeting) in scene.meetings() {
        let Some(published) = meeting.agenda_published.filter(|_| !meeting.status.is_off()) else {
            continue;
        };
        let clear = scene.config.check.closed.clear_days(published, meeting.date);
        if clear < required {
            let words = format!(
                "the agenda was published {} before the meeting; {required} are required",
                plural(clear as usize, "clear day", "clear days")
            );
            report.push(
                told(
                    &rules::SHORT_NOTICE,
                    &meeting.source,
                    meeting.places.agenda,
                    words,
                )
                .help("if the meeting was called at shorter notice, allow this rule with that reason"),
            );
        }
    }
}
