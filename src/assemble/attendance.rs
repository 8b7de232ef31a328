//! The arithmetic of attendance: who was expected at which meeting, and how
//! that went. The rule is told in `docs/format.md` and on the page itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::sentence;
use crate::model::*;

/// Fills the table of sittings, in the order of meetings, bodies and people,
/// and tells every person and body of theirs.
pub fn add(archive: &mut Archive, today: Date) {
    let mut sittings = Table::default();
    for (id, meeting) in archive.meetings.iter() {
        if took_place(meeting, today) {
            of_meeting(archive, id, meeting, &mut sittings);
        }
    }
    for (id, sitting) in sittings.iter() {
        archive.people[sitting.person].sittings.push(id);
        archive.bodies[sitting.body].sittings.push(id);
    }
    archive.sittings = sittings;
}

/// A meeting that was cancelled or had no quorum counts for nobody; one that is
/// withheld or still to come says nothing.
fn took_place(meeting: &Meeting, today: Date) -> bool {
    matches!(meeting.status, Status::Held | Status::Adjourned)
        && meeting.exempt.is_none()
        && meeting.date <= today
}

/// What the record says of one person; of two entries the stronger.
fn recorded(meeting: &Meeting) -> BTreeMap<PersonId, How> {
    let mut recorded: BTreeMap<PersonId, How> = BTreeMap::new();
    for attendee in &meeting.attendance {
        if let (Some(person), Some(how)) = (attendee.person, How::of(attendee.presence)) {
            let known = recorded.entry(person).or_insert(how);
            *known = stronger(*known, how);
        }
    }
    recorded
}

/// Who is recorded as there and as away was there.
fn stronger(one: How, other: How) -> How {
    let rank = |how: How| match how {
        How::Present => 0,
        How::Remote => 1,
        How::StoodIn => 2,
        How::Apologies => 3,
        How::Absent => 4,
        How::Substituted | How::Unrecorded => 5,
    };
    if rank(other) < rank(one) { other } else { one }
}

fn of_meeting(archive: &Archive, id: MeetingId, meeting: &Meeting, sittings: &mut Table<Sitting>) {
    let recorded = recorded(meeting);
    // Without a list of those present nobody knows who was away.
    let tells = meeting.attendance.iter().any(|a| a.presence.attended());
    // "12 councillors", "All present", or a record in part: who is not named may have been there.
    let whole = meeting.complete
        && !meeting
            .attendance
            .iter()
            .filter(|a| a.presence.attended() && a.person.is_none())
            .any(|a| sentence::counts(&a.name));
    let replaced: BTreeSet<PersonId> = meeting
        .attendance
        .iter()
        .filter(|a| a.presence.attended())
        .filter_map(|a| a.stands_for.as_ref()?.0)
        .collect();
    let observing: BTreeSet<PersonId> = meeting
        .attendance
        .iter()
        .filter(|a| a.presence == Presence::InAttendance)
        .filter_map(|a| a.person)
        .collect();
    let mut seated: BTreeSet<PersonId> = BTreeSet::new();
    let mut home: BTreeMap<PersonId, BodyId> = BTreeMap::new();
    for &body in &meeting.bodies {
        let members: BTreeSet<PersonId> = archive.bodies[body]
            .members_on(meeting.date)
            .map(|m| m.person)
            .collect();
        for person in members {
            home.insert(person, body);
            let how = match recorded.get(&person) {
                Some(How::Present | How::StoodIn) => How::Present,
                Some(How::Remote) => How::Remote,
                _ if replaced.contains(&person) => How::Substituted,
                Some(how) => *how,
                // A member whom the record has among the others there was there.
                None if observing.contains(&person) => How::Present,
                None if whole => How::Unrecorded,
                None => continue,
            };
            if tells {
                seated.insert(person);
                sittings.push(Sitting {
                    meeting: id,
                    body,
                    person,
                    expected: true,
                    how,
                });
            }
        }
    }
    let Some(&leading) = meeting.bodies.first() else {
        return;
    };
    let mut stood_in: BTreeMap<PersonId, PersonId> = BTreeMap::new();
    for attendee in &meeting.attendance {
        let member = attendee.stands_for.as_ref().and_then(|member| member.0);
        if let (Some(person), Some(member)) = (attendee.person, member) {
            stood_in.entry(person).or_insert(member);
        }
    }
    for (person, how) in recorded.into_iter().filter(|(p, _)| !seated.contains(p)) {
        // Who stood in sat for the body of the member whose place it was.
        let stood_for = stood_in.get(&person);
        let body = stood_for
            .and_then(|member| home.get(member))
            .or_else(|| home.get(&person))
            .copied()
            .unwrap_or(leading);
        let how = if stood_for.is_some() && how.attended() {
            How::StoodIn
        } else {
            how
        };
        sittings.push(Sitting {
            meeting: id,
            body,
            person,
            expected: false,
            how,
        });
    }
}
