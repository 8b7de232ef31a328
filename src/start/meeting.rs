//! A new meeting: its body's members and standing items.

use std::fmt::Write;

use jiff::civil::Date;

use super::{Made, NewFile, Refusal, bodies};
use crate::document::written::{line, quoted, scalar};
use crate::model::{Archive, Body, BodyId, Meeting, StandingItem, Status};
use crate::source::dates::{Dated, leading, meant};
use crate::text::dates::time_of_day;
use crate::text::{dates, slug};

/// What a clerk asks for.
pub struct Wish<'a> {
    /// Id, name or other name of the body.
    pub body: &'a str,
    /// The day, and what may follow it in a file's name: `2024-03-12`,
    /// `2024-03-12-2`, `2024-03-12-budget`.
    pub day: &'a str,
    pub title: Option<&'a str>,
    /// `18:30`, `6.30 pm`
    pub start: Option<&'a str>,
    pub venue: Option<&'a str>,
    /// A folder, for papers beside it.
    pub folder: bool,
}

/// A new meeting, as it is begun on a day.
pub fn meeting(archive: &Archive, wish: &Wish, today: Date) -> Result<Made, Refusal> {
    let body_id = bodies::find(archive, wish.body)?;
    let body = &archive.bodies[body_id];
    let (name, date) = day(wish.day)?;
    let id = format!("{}/{name}", body.id);
    if let Some((_, there)) = archive.meetings.iter().find(|(_, m)| m.id == id) {
        return Err(Refusal::new(
            format!("this meeting is there already: {}", there.source.as_str()),
            format!("a second meeting of one day is `{date}-2`; a word may follow too, as `{date}-budget`"),
        ));
    }
    let start = wish.start.map(start).transpose()?;
    let last = last(archive, body_id, date);
    let mut front = String::new();
    let mut next = Vec::new();
    if let Some(title) = wish.title.map(line).filter(|t| !t.is_empty()) {
        let _ = writeln!(front, "title: {}", scalar(&title));
    }
    let same = |own: Option<String>, before: Option<&String>| own.or_else(|| before.cloned());
    if let Some(start) = same(start, last.and_then(|m| m.start.as_ref())) {
        let _ = writeln!(front, "start: {}", quoted(&start));
    }
    if let Some(venue) = same(wish.venue.map(line), last.and_then(|m| m.venue.as_ref())) {
        let _ = writeln!(front, "venue: {}", scalar(&venue));
    }
    let same_place = last.filter(|_| wish.venue.is_none());
    if let Some(mode) = same_place.and_then(|m| m.mode.as_ref()) {
        let _ = writeln!(front, "mode: {}", scalar(mode));
    }
    let copied = wish.start.is_none() && last.is_some_and(|m| m.start.is_some())
        || wish.venue.is_none() && last.is_some_and(|m| m.venue.is_some());
    if let Some(last) = last.filter(|_| copied) {
        next.push(format!(
            "time and place are those of {}: see whether they are right",
            dates::long(last.date)
        ));
    }
    let held = date <= today;
    if held {
        front.push_str("minutes: {status: draft}\n");
    } else {
        let _ = writeln!(front, "# agenda: {{published: {today}}}");
    }
    let mut text = format!("---\n{front}---\n");
    let roll = roll(archive, body, date);
    if roll.is_none() {
        next.push(format!(
            "{} has no members on {}: write them into {}",
            body.name,
            dates::long(date),
            bodies::file(&body.id).as_str()
        ));
    }
    if let Some(roll) = roll {
        if held {
            text.push_str(&format!("\n{roll}"));
            next.push("move those who were not there from Present to Apologies".to_owned());
        } else {
            text.push_str(&format!("\n<!-- After the meeting: take out this line and the line with the arrow, and move those who were not there.\n\n{roll}\n-->\n"));
            next.push("the members wait in a comment until the meeting has been held".to_owned());
        }
    }
    for (n, item) in agenda(body).iter().enumerate() {
        let _ = write!(text, "\n## {}. {}\n", n + 1, item.0);
        if let Some(words) = &item.1 {
            let _ = write!(text, "\n{words}\n");
        }
    }
    next.push("write the items, then run: minutebook check".to_owned());
    let path = path(last, body, &name, date, wish.folder);
    Ok(Made {
        file: NewFile { path, text },
        next,
    })
}

/// The name of the file, and the day in it.
fn day(text: &str) -> Result<(String, Date), Refusal> {
    let name = slug(text.trim());
    match leading(&name) {
        Dated::Day(date) => Ok((name, date)),
        Dated::Impossible => Err(Refusal::new(
            format!("`{}` is not a day of the calendar", &name[..10]),
            "write year, month and day, as 2024-03-12",
        )),
        Dated::No => {
            let near = meant(text).map(|d| format!("did you mean {d}?"));
            Err(Refusal {
                words: format!("`{}` is not a day", line(text)),
                help: Some(near.unwrap_or_else(|| "write year, month and day, as 2024-03-12".into())),
            })
        }
    }
}

fn start(text: &str) -> Result<String, Refusal> {
    let minutes = time_of_day(text).ok_or_else(|| {
        Refusal::new(
            format!("`{}` is not a time of day", line(text)),
            "write hours and minutes, as 18:30",
        )
    })?;
    Ok(format!("{:02}:{:02}", minutes / 60, minutes % 60))
}

/// The meeting of the body before this one, for what seldom changes.
fn last(archive: &Archive, body: BodyId, date: Date) -> Option<&Meeting> {
    let meetings = archive.bodies[body]
        .meetings
        .iter()
        .map(|m| &archive.meetings[*m]);
    meetings
        .filter(|m| matches!(m.status, Status::Held | Status::Scheduled))
        .rfind(|m| m.date < date && m.bodies.first() == Some(&body))
}

/// Where the file goes: below a folder of the year, if the last one does.
fn path(last: Option<&Meeting>, body: &Body, name: &str, date: Date, folder: bool) -> String {
    let years = last.is_some_and(|m| {
        let year = format!("content/meetings/{}/{}/", body.id, m.date.year());
        m.source.as_str().starts_with(&year)
    });
    let year = if years {
        format!("{}/", date.year())
    } else {
        String::new()
    };
    let end = if folder { "/index.md" } else { ".md" };
    format!("content/meetings/{}/{year}{name}{end}", body.id)
}

/// The members on a day, as present; none, when no member is known.
fn roll(archive: &Archive, body: &Body, date: Date) -> Option<String> {
    let members: Vec<String> = body
        .members_on(date)
        .map(|m| {
            let name = &archive.people[m.person].name;
            match &m.role {
                Some(role) => format!("- {name} ({role})\n"),
                None => format!("- {name}\n"),
            }
        })
        .collect();
    (!members.is_empty()).then(|| format!("## Present\n\n{}\n## Apologies\n", members.concat()))
}

/// Titles and words of the items a meeting begins with.
fn agenda(body: &Body) -> Vec<(String, Option<String>)> {
    let business = || ("[[fill in: the first item of business]]".to_owned(), None);
    if body.standing_items.is_empty() {
        return vec![business()];
    }
    let items = body.standing_items.iter().map(|item| match item {
        StandingItem::Titled { title, text } => (line(title), text.clone()),
        StandingItem::Business => business(),
    });
    items.collect()
}
