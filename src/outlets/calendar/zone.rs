//! A time zone as a calendar tells it (RFC 5545, 3.6.5): every change of the
//! clocks between two days, from the tables that are part of the program.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use jiff::tz::{Dst, Offset, TimeZone, TimeZoneTransition};

use super::ical::Lines;

/// Writes the zone as it holds from the one day to the other. Nothing for
/// UTC, whose times need no zone.
pub fn write(lines: &mut Lines, name: &str, zone: &TimeZone, from: Date, to: Date) {
    if is_utc(name) {
        return;
    }
    lines.line("BEGIN", "VTIMEZONE");
    lines.line("TZID", name);
    for o in observances(zone, from, to) {
        let kind = if o.summer { "DAYLIGHT" } else { "STANDARD" };
        lines.line("BEGIN", kind);
        let (first, more) = o
            .starts
            .split_first()
            .map_or(("", &[][..]), |(f, m)| (f.as_str(), m));
        lines.line("DTSTART", first);
        if !more.is_empty() {
            lines.line("RDATE", &more.join(","));
        }
        lines.line("TZOFFSETFROM", &offset(o.before));
        lines.line("TZOFFSETTO", &offset(o.after));
        if o.name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            lines.text("TZNAME", &o.name);
        }
        lines.line("END", kind);
    }
    lines.line("END", "VTIMEZONE");
}

/// Whether times are written as `…Z`.
pub fn is_utc(name: &str) -> bool {
    ["UTC", "Etc/UTC", "Zulu", "Etc/Zulu", "UCT", "Etc/UCT"]
        .iter()
        .any(|utc| utc.eq_ignore_ascii_case(name))
}

/// One way the clocks are set, and when they were set so, by the clock as it
/// stood before.
struct Observance {
    summer: bool,
    before: Offset,
    after: Offset,
    name: String,
    starts: Vec<String>,
}

fn observances(zone: &TimeZone, from: Date, to: Date) -> Vec<Observance> {
    let moment = |day: Date, time: Time| {
        let at = day.to_datetime(time);
        zone.to_ambiguous_timestamp(at).compatible().ok()
    };
    let (Some(from), Some(to)) = (
        moment(from, Time::midnight()),
        moment(to, Time::constant(23, 59, 59, 0)),
    ) else {
        return Vec::new();
    };
    let mut out: Vec<Observance> = Vec::new();
    let mut add = |at: Option<&TimeZoneTransition>, before: Offset| {
        let (moment, after, name, dst) = match at {
            Some(at) => (
                at.timestamp(),
                at.offset(),
                at.abbreviation().to_owned(),
                at.dst(),
            ),
            // The clocks were never changed.
            None => {
                let info = zone.to_offset_info(from);
                let name = info.abbreviation().to_owned();
                (jiff::Timestamp::UNIX_EPOCH, info.offset(), name, info.dst())
            }
        };
        let start = before.to_datetime(moment).strftime("%Y%m%dT%H%M%S").to_string();
        let summer = dst == Dst::Yes;
        let same =
            |o: &&mut Observance| (o.summer, o.before, o.after, &o.name) == (summer, before, after, &name);
        match out.iter_mut().find(same) {
            Some(known) => known.starts.push(start),
            None => out.push(Observance {
                summer,
                before,
                after,
                name,
                starts: vec![start],
            }),
        }
        after
    };
    // The change before the first day, for the time up to the next.
    let standing = match zone.preceding(from).next() {
        Some(last) => {
            let before = zone.to_offset(last.timestamp() - 1.second());
            add(Some(&last), before)
        }
        None => {
            let offset = zone.to_offset(from);
            add(None, offset)
        }
    };
    let mut before = standing;
    for change in zone.following(from).take_while(|c| c.timestamp() <= to) {
        before = add(Some(&change), before);
    }
    out
}

/// `+0100`, and with seconds where a zone has them.
fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let all = seconds.unsigned_abs();
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZoneDatabase;

    fn written(name: &str, from: Date, to: Date) -> String {
        let zone = TimeZoneDatabase::bundled().get(name).expect("a zone");
        let mut lines = Lines::default();
        write(&mut lines, name, &zone, from, to);
        String::from_utf8(lines.finish()).expect("UTF-8")
    }

    #[test]
    fn clocks_change_as_they_did_in_london() {
        let zone = written(
            "Europe/London",
            Date::constant(2024, 1, 1),
            Date::constant(2025, 12, 31),
        );
        assert_eq!(
            zone.replace("\r\n", "\n"),
            "BEGIN:VTIMEZONE\nTZID:Europe/London\n\
             BEGIN:STANDARD\nDTSTART:20231029T020000\nRDATE:20241027T020000,20251026T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nTZNAME:GMT\nEND:STANDARD\n\
             BEGIN:DAYLIGHT\nDTSTART:20240331T010000\nRDATE:20250330T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nTZNAME:BST\nEND:DAYLIGHT\n\
             END:VTIMEZONE\n"
        );
    }

    #[test]
    fn every_zone_has_a_standing_time() {
        let day = Date::constant(2024, 6, 1);
        assert_eq!(written("UTC", day, day), "");
        let kathmandu = written("Asia/Kathmandu", day, day);
        assert!(kathmandu.contains("TZOFFSETTO:+0545"), "{kathmandu}");
        let fixed = written("Etc/GMT+5", day, day);
        assert!(
            fixed.contains("DTSTART:19691231T190000\r\n") && fixed.contains("TZOFFSETTO:-0500"),
            "{fixed}"
        );
    }
}
