//! A meeting as lists show it. Most pages show some, so each is made once.

use std::fmt::Write;

use serde::Serialize;

use super::shared::Once;
use super::{Html, Shared, Site};
use crate::model::*;
use crate::text::escape::escaped;

/// A link with its words.
#[derive(Clone, Serialize, Hash)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The words.
    pub name: String,
}

/// A meeting in a list.
#[derive(Clone, Serialize, Hash)]
pub struct MeetingRow {
    /// Its page.
    pub href: String,
    /// Its title, or else the body and the day.
    pub title: String,
    /// What it is called without its day: its title, if it has one, or who meets.
    pub name: String,
    /// ISO.
    pub date: String,
    /// The date in words: `12 March 2024`.
    pub day: String,
    /// `Tuesday`
    pub weekday: String,
    /// Who meets; the leading body first.
    pub bodies: Vec<Shared<Link>>,
    /// `scheduled`, `held`, `cancelled`, `postponed`, `adjourned` or `inquorate`.
    pub status: &'static str,
    /// It did not or will not take place.
    pub off: bool,
    /// What is there: `agenda`, `awaited`, `draft`, `confirmed`, `webcast`, `exempt`.
    pub badges: Vec<&'static str>,
    /// The same in words, as marks; before it the status, unless it is `scheduled` or `held`.
    pub marks: Html,
    /// Where.
    pub venue: Option<String>,
    /// When it begins.
    pub start: Option<String>,
    /// Day and name: `12 March 2024 – Parks Committee`.
    pub place: Html,
}

/// What most pages show, each made when it is first asked for.
pub struct Rows {
    meetings: Once<MeetingRow>,
    bodies: Once<Link>,
}

impl Rows {
    pub fn new(archive: &Archive) -> Self {
        Self {
            meetings: Once::new(archive.meetings.len()),
            bodies: Once::new(archive.bodies.len()),
        }
    }
}

impl Site<'_> {
    /// A meeting in a list.
    pub fn meeting_row(&self, id: MeetingId) -> Shared<MeetingRow> {
        self.rows.meetings.get(id.index(), || self.make_meeting_row(id))
    }

    fn make_meeting_row(&self, id: MeetingId) -> MeetingRow {
        let meeting = &self.archive.meetings[id];
        let badges = self.badges(meeting);
        let bodies: Vec<Shared<Link>> = meeting.bodies.iter().map(|b| self.body_link(*b)).collect();
        let name = match &meeting.title {
            Some(title) => title.clone(),
            None if bodies.is_empty() => self.meeting_title(id),
            None => names(&bodies),
        };
        let day = self.long_date(meeting.date);
        let time = format!("<time datetime=\"{}\">{}</time>", meeting.date, escaped(&day));
        MeetingRow {
            href: self.routes.meeting_href(id),
            title: self.meeting_title(id),
            place: Html(format!("{time} – {}", escaped(&name))),
            marks: self.marks(meeting.status, &badges),
            name,
            date: meeting.date.to_string(),
            day,
            weekday: self.words.days.weekday(meeting.date).to_owned(),
            bodies,
            status: meeting.status.name(),
            off: meeting.status.is_off(),
            badges,
            venue: meeting.venue.clone(),
            start: meeting.start.clone(),
        }
    }

    fn marks(&self, status: Status, badges: &[&'static str]) -> Html {
        let mut out = String::new();
        let mut mark = |kind: &str, key: &str| {
            let words = escaped(self.words.get(&format!("{kind}-{key}"))).into_owned();
            let _ = write!(out, " <span class=\"badge badge-{key}\">{words}</span>");
        };
        if !matches!(status, Status::Scheduled | Status::Held) {
            mark("status", status.name());
        }
        badges.iter().for_each(|badge| mark("badge", badge));
        Html(out)
    }

    /// Its day is past, and there is nothing but its agenda yet.
    pub fn awaits_minutes(&self, meeting: &Meeting) -> bool {
        let minuted = |item: &ItemId| {
            let mut sections = self.archive.items[*item].sections.iter();
            sections.any(|section| !section.kind.is_agenda())
        };
        matches!(meeting.status, Status::Held | Status::Scheduled)
            && meeting.until.unwrap_or(meeting.date) < self.today
            && meeting.minutes.is_none()
            && meeting.complete
            && meeting.exempt.is_none()
            && meeting.attendance.is_empty()
            && meeting.roll.is_empty()
            && meeting.close.is_none()
            && !meeting.items.is_empty()
            && !meeting.items.iter().any(minuted)
    }

    /// It is to be held, and its agenda was published.
    pub fn shows_agenda(&self, meeting: &Meeting) -> bool {
        meeting.status == Status::Scheduled
            && !meeting.items.is_empty()
            && meeting.agenda_published.is_some_and(|day| day <= self.today)
    }

    /// What a reader will find on a meeting's page.
    fn badges(&self, meeting: &Meeting) -> Vec<&'static str> {
        let mut badges = Vec::new();
        if meeting.exempt.is_some() {
            badges.push("exempt");
        }
        if self.awaits_minutes(meeting) {
            badges.push("awaited");
        } else if self.shows_agenda(meeting) {
            badges.push("agenda");
        }
        match meeting.minutes {
            Some(MinutesState::Draft) => badges.push("draft"),
            Some(MinutesState::Confirmed) => badges.push("confirmed"),
            None => {}
        }
        if meeting.webcast.is_some() {
            badges.push("webcast");
        }
        badges
    }

    /// A body's name and page.
    pub fn body_link(&self, id: BodyId) -> Shared<Link> {
        self.rows.bodies.get(id.index(), || Link {
            href: self.routes.body_href(id),
            name: self.archive.bodies[id].name.clone(),
        })
    }
}

fn names(links: &[Shared<Link>]) -> String {
    let names: Vec<&str> = links.iter().map(|l| l.name.as_str()).collect();
    names.join(", ")
}
