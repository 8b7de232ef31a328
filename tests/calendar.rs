//! The calendars as another program reads them: the `icalendar` library, of which this program uses
//! nothing.

#[path = "support/site.rs"]
#[allow(dead_code)]
mod site;

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime, Event, EventLike};
use site::{Files, text};

/// A site of these files.
fn built(files: &[(&str, &str)]) -> Files {
    site::build_files(files, site::TODAY)
}

/// The events of a calendar by their UIDs.
fn events(files: &Files, path: &str) -> BTreeMap<String, Event> {
    let calendar: Calendar = text(files, path).parse().expect("readable");
    let mut out = BTreeMap::new();
    for part in calendar.components {
        if let CalendarComponent::Event(event) = part {
            let uid = event.get_uid().expect("a UID").to_owned();
            assert!(out.insert(uid, event).is_none(), "a UID stands once");
        }
    }
    out
}

const SITE: (&str, &str) = (
    "site.toml",
    "title = \"Eastmarsh; record, \\\\ all\"\nbase_url = \"https://example.org/minutes/\"\ntime_zone = \"Europe/London\"\n",
);

#[test]
fn the_example_reads_well() {
    let files = site::build_example(None).files;
    let all = events(&files, "calendar.ics");
    assert!(!all.is_empty());
    for (uid, event) in &all {
        assert!(uid.ends_with("@minutes.harrowmere.example"), "{uid}");
        let url = event.get_url().expect("an address");
        let path = url
            .strip_prefix("https://minutes.harrowmere.example/")
            .expect("of this site");
        assert!(files.contains_key(&format!("{path}index.html")), "{url}");
        assert!(event.get_timestamp().is_some() && event.get_sequence().is_some());
    }
    let bodies: usize = files
        .keys()
        .filter(|path| path.starts_with("bodies/") && path.ends_with("/calendar.ics"))
        .map(|path| events(&files, path).len())
        .sum();
    assert!(bodies >= all.len(), "every meeting is in the calendar of a body");
}

#[test]
fn a_meeting_is_told_in_full() {
    let files = built(&[
        SITE,
        (
            "content/meetings/parks/2026-12-08.md",
            "---\nstart: \"18:30\"\nend: \"20:05\"\nvenue: Old Hall, Mill Lane; first floor\nattend: \"Come, all.\"\nagenda: {published: 2026-11-20}\n---\n## 1. Café, pond\n\n## Any other business\n",
        ),
        (
            "content/meetings/parks/2026-12-09.md",
            "---\nstatus: cancelled\nupdated: 2026-11-21\n---\n",
        ),
        (
            "content/meetings/parks/2026-12-10.md",
            "---\nstart: \"23:00\"\nend: \"1.15 am\"\n---\n",
        ),
        (
            "content/meetings/parks/2026-12-11.md",
            "---\nuntil: 2026-12-13\n---\n",
        ),
        (
            "content/meetings/parks/2026-06-11.md",
            "---\nstart: \"9:00\"\n---\n",
        ),
    ]);
    let raw = text(&files, "calendar.ics");
    assert!(
        !raw.replace("\r\n", "").contains('\n'),
        "every line ends in CR LF"
    );
    assert!(
        raw.split("\r\n").all(|line| line.len() <= 75),
        "every line is folded"
    );
    assert_eq!(
        text(&files, "bodies/parks/calendar.ics")
            .matches("BEGIN:VEVENT")
            .count(),
        5
    );

    let all = events(&files, "calendar.ics");
    let event = |day: &str| &all[&format!("minutes/meetings/parks/{day}@example.org")];
    let first = event("2026-12-08");
    assert_eq!(first.get_summary(), Some("Parks"));
    assert_eq!(first.get_location(), Some("Old Hall, Mill Lane; first floor"));
    assert_eq!(first.property_value("STATUS"), Some("CONFIRMED"));
    assert_eq!(first.property_value("LAST-MODIFIED"), Some("20261120T000000Z"));
    assert_eq!(
        first.get_description(),
        Some(
            "Come, all.\n\n1. Café, pond\nAny other business\n\nhttps://example.org/minutes/meetings/parks/2026-12-08/"
        )
    );
    assert_eq!(
        first.properties()["DTSTART"].params()["TZID"].value(),
        "Europe/London"
    );
    assert_eq!(first.property_value("DTSTART"), Some("20261208T183000"));
    assert_eq!(first.property_value("DTEND"), Some("20261208T200500"));
    assert_eq!(
        event("2026-12-10").property_value("DTEND"),
        Some("20261211T011500")
    );
    assert_eq!(event("2026-06-11").property_value("DTEND"), None);

    let off = event("2026-12-09");
    assert_eq!(off.property_value("STATUS"), Some("CANCELLED"));
    assert_eq!(off.get_summary(), Some("Cancelled: Parks"));
    assert!(matches!(off.get_start(), Some(DatePerhapsTime::Date(_))));
    let days = event("2026-12-11");
    assert_eq!(
        (days.property_value("DTSTART"), days.property_value("DTEND")),
        (Some("20261211"), Some("20261214"))
    );
    // What is cancelled later counts as newer.
    assert!(off.get_sequence() > first.get_sequence() && first.get_sequence() > Some(0));
}

/// The front matter of a meeting on 1 October 2026, and its end in the calendar, in Popolo and in JSON-LD.
#[rustfmt::skip]
const ENDS: &[(&str, Option<&str>, Option<&str>)] = &[
    ("start: \"19:00\"\nend: \"20:30\"\n", Some("20261001T203000"), Some("2026-10-01T20:30:00+01:00")),
    ("start: \"22:00\"\nend: \"00:30\"\n", Some("20261002T003000"), Some("2026-10-02T00:30:00+01:00")),
    ("start: \"16:00\"\nend: \"16:00\"\n", None, None),
    ("start: \"16:00\"\n", None, None),
    ("until: 2026-10-03\n", Some("20261004"), Some("2026-10-03")),
    ("until: 2026-10-03\nstart: \"16:00\"\nend: \"12:00\"\n", Some("20261003T120000"), Some("2026-10-03T12:00:00+01:00")),
];

#[test]
fn the_end_of_a_meeting_is_told_alike_everywhere() {
    for (front, calendar, moment) in ENDS {
        let text_of = format!("---\n{front}---\n## 1. Ferry\n");
        let files = built(&[SITE, ("content/meetings/parks/2026-10-01.md", &text_of)]);
        let event = &events(&files, "calendar.ics")["minutes/meetings/parks/2026-10-01@example.org"];
        assert_eq!(event.property_value("DTEND"), *calendar, "{front}");
        let popolo: serde_json::Value = serde_json::from_str(text(&files, "data/popolo.json")).expect("JSON");
        assert_eq!(popolo["events"][0]["end_date"].as_str(), *moment, "{front}");
        let page = text(&files, "meetings/parks/2026-10-01/index.html");
        let told = page
            .split_once("\"endDate\":\"")
            .and_then(|(_, rest)| rest.split('"').next());
        assert_eq!(told, *moment, "{front}");
    }
}

#[test]
fn the_window_is_bounded_and_never_empty() {
    let meetings: Vec<(String, &str)> = (2019..2031)
        .map(|year| (format!("content/meetings/parks/{year}-01-10.md"), "## 1. Talk\n"))
        .collect();
    let mut files: Vec<(&str, &str)> = meetings.iter().map(|(p, t)| (p.as_str(), *t)).collect();
    files.push(("content/meetings/old/1999-05-04.md", "## 1. Talk\n"));
    files.push(SITE);
    let years = |files: &Files, path: &str| -> Vec<String> {
        events(files, path)
            .values()
            .filter_map(|e| e.property_value("DTSTART"))
            .map(|day| day[..4].to_owned())
            .collect()
    };
    // The tests' today is 22 November 2026.
    let site = built(&files);
    assert_eq!(years(&site, "calendar.ics"), ["2026", "2027", "2028"]);
    assert_eq!(years(&site, "bodies/old/calendar.ics"), ["1999"]);
    assert!(
        site.contains_key("calendar/1999-05/index.html"),
        "the pages hold every month"
    );

    files.pop();
    files.push(("site.toml", "[calendar]\npast_months = 24\nfuture_months = 0\n"));
    assert_eq!(years(&built(&files), "calendar.ics"), ["2025", "2026"]);

    files.pop();
    files.push(("site.toml", "[output]\ncalendar = false\n"));
    let off = built(&files);
    assert!(
        !off.keys()
            .any(|path| path.contains("calendar") && !path.starts_with("static/"))
    );
}

#[test]
fn without_an_address_the_events_still_have_lasting_names() {
    let meeting = (
        "content/meetings/parks/2026-12-08.md",
        "---\nstart: \"18:30\"\n---\n",
    );
    let one = built(&[meeting, ("site.toml", "title = \"One\"\n")]);
    let other = built(&[meeting, ("site.toml", "title = \"Other\"\n")]);
    let (one, other) = (events(&one, "calendar.ics"), events(&other, "calendar.ics"));
    assert_ne!(one.keys().next(), other.keys().next());
    // The default zone is UTC, whose times need no table.
    assert_eq!(
        one.values().next().and_then(|e| e.property_value("DTSTART")),
        Some("20261208T183000Z")
    );

    let moved = built(&[
        meeting,
        (
            "site.toml",
            "base_url = \"https://new.example/\"\nfirst_base_url = \"https://old.example/\"\n",
        ),
    ]);
    let moved = events(&moved, "calendar.ics");
    let (uid, event) = moved.iter().next().expect("an event");
    assert_eq!(uid, "meetings/parks/2026-12-08@old.example");
    assert_eq!(
        event.get_url(),
        Some("https://new.example/meetings/parks/2026-12-08/")
    );
}
