//! `voter-left`: somebody voted on an item for which they were out of the room.

use crate::check::ballot;
use crate::check::scene::{Scene, at};
use crate::model::{FieldKey, Item, Movement};
use crate::report::{Report, rules};
use crate::text::dates::time_of_day;

pub fn check(scene: &Scene, report: &mut Report) {
    for ballot in ballot::all(scene) {
        let (Some(from), Some(to)) = (
            time(ballot.item, FieldKey::Started),
            time(ballot.item, FieldKey::Ended),
        ) else {
            continue;
        };
        for (person, line) in ballot.voters() {
            let movements = ballot.meeting.movements.iter();
            for movement in movements.filter(|m| m.person == Some(person)) {
                let Some(out) = out(movement, from, to) else {
                    continue;
                };
                let words = format!("{} voted, and {out}", scene.name(person));
                report.push(
                    at(&rules::VOTER_LEFT, ballot.meeting, line.span, words)
                        .help("compare the times of the item with `movements` in the front matter"),
                );
            }
        }
    }
}

/// Why somebody was out for the whole of an item, in minutes of the day.
fn out(movement: &Movement, from: u16, to: u16) -> Option<String> {
    let minutes = |time: &Option<String>| time.as_deref().and_then(time_of_day);
    if let Some(left) = minutes(&movement.left)
        && left <= from
        && minutes(&movement.returned).is_none_or(|back| back >= to)
    {
        return Some(format!(
            "had left at {}",
            movement.left.as_deref().unwrap_or_default()
        ));
    }
    let arrived = minutes(&movement.arrived).filter(|arrived| *arrived >= to)?;
    let _ = arrived;
    Some(format!(
        "only arrived at {}",
        movement.arrived.as_deref().unwrap_or_default()
    ))
}

fn time(item: &Item, key: FieldKey) -> Option<u16> {
    time_of_day(&item.field_text(key)?)
}
