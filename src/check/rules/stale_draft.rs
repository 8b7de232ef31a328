//! `stale-draft`: minutes that are still a draft although the body has met
//! again (Local Government Act 1972, schedule 12, paragraph 41).

use crate::check::scene::{Scene, told};
use crate::model::{Meeting, MinutesState, Status};
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    for meeting in scene.held().filter(|m| m.minutes == Some(MinutesState::Draft)) {
        let Some(later) = next(scene, meeting) else {
            continue;
        };
        let words = format!(
            "these minutes are still a draft, although the body met again on {}",
            dates::long(later.date)
        );
        let help = format!(
            "if they were confirmed there, write `minutes: {{status: confirmed, confirmed_at: {}#…}}` with the number of the item",
            later.id
        );
        report.push(
            told(
                &rules::STALE_DRAFT,
                &meeting.source,
                meeting.places.minutes,
                words,
            )
            .help(help),
        );
    }
}

/// The next meeting that is suited to confirm minutes and has been held.
fn next<'a>(scene: &Scene<'a>, meeting: &Meeting) -> Option<&'a Meeting> {
    let mut later = meeting.next;
    while let Some(id) = later {
        let meeting = &scene.archive.meetings[id];
        let special = ["extraordinary", "special"];
        let suited = meeting
            .kind
            .as_deref()
            .is_none_or(|kind| !special.contains(&kind.to_lowercase().as_str()));
        if meeting.date < scene.today
            && meeting.status == Status::Held
            && suited
            && meeting.continues.is_none()
        {
            return Some(meeting);
        }
        later = meeting.next;
    }
    None
}
