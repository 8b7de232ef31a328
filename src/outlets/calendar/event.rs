//! A meeting as an event (RFC 5545, 3.6.1).

use jiff::civil::{Date, DateTime};

use super::ical::Lines;
use super::zone;
use crate::model::*;
use crate::site::Site;
use crate::text::dates;

/// How many items of an agenda an event tells.
const ITEMS: usize = 40;

pub fn write(lines: &mut Lines, site: &Site, id: MeetingId) {
    let meeting = &site.archive.meetings[id];
    let url = site.routes.meeting(id);
    lines.line("BEGIN", "VEVENT");
    lines.text("UID", &site.lasting_name(&url));
    let changed = site.revised(meeting);
    // Days know no time; where none is known at all, the stamp must still be the same in every build.
    let stamp = changed
        .unwrap_or(Date::constant(1970, 1, 1))
        .to_datetime(jiff::civil::Time::midnight());
    lines.line("DTSTAMP", &utc(stamp));
    if changed.is_some() {
        lines.line("LAST-MODIFIED", &utc(stamp));
    }
    lines.line(
        "SEQUENCE",
        &sequence(changed, meeting.status.is_off()).to_string(),
    );
    when(lines, site, meeting);
    lines.text("SUMMARY", &summary(site, id));
    let status = if meeting.status.is_off() {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    lines.line("STATUS", status);
    if let Some(venue) = &meeting.venue {
        lines.text("LOCATION", venue);
    }
    let bodies = meeting
        .bodies
        .iter()
        .map(|b| site.archive.bodies[*b].name.as_str());
    lines.texts("CATEGORIES", bodies);
    let address = site.routes.absolute(&url);
    let description = description(site, meeting, address.as_deref());
    if !description.is_empty() {
        lines.text("DESCRIPTION", &description);
    }
    if let Some(address) = &address {
        lines.line("URL", address);
    }
    lines.line("END", "VEVENT");
}

/// A number that grows with every revision that the record tells of: the
/// first revision of a day counts two, so that a cancellation on that day
/// still comes after it.
fn sequence(changed: Option<Date>, off: bool) -> i32 {
    let epoch = Date::constant(2000, 1, 1);
    let days = changed.map_or(0, |d| (d - epoch).get_days().max(0));
    days * 2 + i32::from(off)
}

fn summary(site: &Site, id: MeetingId) -> String {
    let meeting = &site.archive.meetings[id];
    let name = match &meeting.title {
        Some(title) => title.clone(),
        None => {
            let names: Vec<&str> = meeting
                .bodies
                .iter()
                .map(|b| site.archive.bodies[*b].name.as_str())
                .collect();
            names.join(", ")
        }
    };
    // Many programs do not show the status.
    if meeting.status.is_off() {
        let key = format!("status-{}", meeting.status.name());
        return format!("{}: {name}", site.words.get(&key));
    }
    name
}

fn description(site: &Site, meeting: &Meeting, address: Option<&str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(meeting.attend.clone());
    let named = meeting.items.iter().map(|i| &site.archive.items[*i]);
    let titles: Vec<String> = named
        .take(ITEMS)
        .map(|item| match &item.number {
            Some(number) if *number != item.title => format!("{number}. {}", item.title),
            _ => item.title.clone(),
        })
        .filter(|title| !title.is_empty())
        .collect();
    if !titles.is_empty() {
        let more = if meeting.items.len() > ITEMS { "\n…" } else { "" };
        parts.push(format!("{}{more}", titles.join("\n")));
    }
    parts.extend(address.map(str::to_owned));
    parts.join("\n\n")
}

/// When it is: whole days where no time is told.
fn when(lines: &mut Lines, site: &Site, meeting: &Meeting) {
    let time = |text: &Option<String>| text.as_deref().and_then(dates::time_of_day);
    let at = |day: Date, minutes: u16| day.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0);
    let last = crate::outlets::ends(meeting);
    match (time(&meeting.start), time(&meeting.end), last) {
        (Some(start), Some(end), Some(last)) => {
            moment(lines, site, "DTSTART", at(meeting.date, start));
            moment(lines, site, "DTEND", at(last, end));
        }
        (Some(start), _, None) => moment(lines, site, "DTSTART", at(meeting.date, start)),
        _ => {
            lines.line("DTSTART;VALUE=DATE", &day(meeting.date));
            if let Ok(after) = last.unwrap_or(meeting.date).tomorrow() {
                lines.line("DTEND;VALUE=DATE", &day(after));
            }
        }
    }
}

fn moment(lines: &mut Lines, site: &Site, name: &str, at: DateTime) {
    let zone = &site.config.time_zone;
    if zone::is_utc(zone) {
        lines.line(name, &utc(at));
    } else {
        lines.line(&format!("{name};TZID={zone}"), &local(at));
    }
}

fn day(date: Date) -> String {
    date.strftime("%Y%m%d").to_string()
}

fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

fn utc(at: DateTime) -> String {
    format!("{}Z", local(at))
}
