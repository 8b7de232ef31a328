//! A meeting as lists show it. Most pages show some, so each is made once.

use std::fmt::Write;

use serde::Serialize;

use super::shared::Once;
use super::{Html, Shared, Site};
use crate::model::*;
use crate::text::dates;
use crate::text::escape::escaped;

/// A link with its words.
#[derive(Clone, Serialize, Hash)]
pub struct Link {
    /// The address.
    pub href: String,
    /// The words.
    pub name: String,
}

/// A word about the state of a meeting.
#[derive(Clone, Serialize, Hash)]
pub struct Label {
    /// `draft`, `cancelled` …
    pub key: &'static str,
    /// The theme's word for it.
    pub words: String,
}

/// A meeting in a list.
#[derive(Clone, Serialize, Hash)]
pub struct MeetingRow {
    /// Its page.
    pub href: String,
    /// Its title, or else the body and the day.
    pub title: String,
    /// The title says more than body and day.
    pub titled: bool,
    /// What it is called without its day: its title, or who meets.
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
    /// What is there: `agenda`, `draft`, `confirmed`, `webcast`, `exempt`.
    pub badges: Vec<&'static str>,
    /// The same in words; before it the status, unless it is `scheduled` or `held`.
    pub labels: Vec<Label>,
    /// Where.
    pub venue: Option<String>,
    /// When it begins.
    pub start: Option<String>,
    /// How many items it has.
    pub items: usize,
    /// The day, as an element: `12 March 2024`.
    pub time: Html,
    /// Day and name: `12 March 2024 – Parks Committee`.
    pub place: Html,
    /// `labels` as marks, a blank before each.
    pub marks: Html,
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
        let badges = badges(meeting);
        let bodies: Vec<Shared<Link>> = meeting.bodies.iter().map(|b| self.body_link(*b)).collect();
        let name = match &meeting.title {
            Some(title) => title.clone(),
            None if bodies.is_empty() => self.meeting_title(id),
            None => names(&bodies),
        };
        let day = self.long_date(meeting.date);
        let time = format!("<time datetime=\"{}\">{}</time>", meeting.date, escaped(&day));
        let labels = self.labels(meeting.status, &badges);
        MeetingRow {
            href: self.routes.meeting_href(id),
            title: self.meeting_title(id),
            titled: meeting.title.is_some(),
            place: Html(format!("{time} – {}", escaped(&name))),
            time: Html(time),
            marks: marks(&labels),
            name,
            date: meeting.date.to_string(),
            day,
            weekday: self.weekday(meeting.date).to_owned(),
            bodies,
            status: meeting.status.name(),
            off: meeting.status.is_off(),
            labels,
            badges,
            venue: meeting.venue.clone(),
            start: meeting.start.clone(),
            items: meeting.items.len(),
        }
    }

    fn labels(&self, status: Status, badges: &[&'static str]) -> Vec<Label> {
        let label = |kind: &str, key: &'static str| Label {
            key,
            words: self.words.get(&format!("{kind}-{key}")).to_owned(),
        };
        let usual = matches!(status, Status::Scheduled | Status::Held);
        let status = (!usual).then(|| label("status", status.name()));
        let badges = badges.iter().map(|key| label("badge", key));
        status.into_iter().chain(badges).collect()
    }

    /// A body's name and page.
    pub fn body_link(&self, id: BodyId) -> Shared<Link> {
        self.rows.bodies.get(id.index(), || Link {
            href: self.routes.body_href(id),
            name: self.archive.bodies[id].name.clone(),
        })
    }

    /// The weekday of a date, in the words of the theme.
    pub fn weekday(&self, date: jiff::civil::Date) -> &str {
        let at = date.weekday().to_monday_zero_offset() as usize;
        self.words
            .weekdays
            .get(at)
            .map_or_else(|| dates::weekday(date), String::as_str)
    }
}

fn marks(labels: &[Label]) -> Html {
    let mut out = String::new();
    for label in labels {
        let _ = write!(
            out,
            " <span class=\"badge badge-{}\">{}</span>",
            label.key,
            escaped(&label.words)
        );
    }
    Html(out)
}

fn names(links: &[Shared<Link>]) -> String {
    let names: Vec<&str> = links.iter().map(|l| l.name.as_str()).collect();
    names.join(", ")
}

/// What a reader will find on a meeting's page.
fn badges(meeting: &Meeting) -> Vec<&'static str> {
    let mut badges = Vec::new();
    if meeting.exempt.is_some() {
        badges.push("exempt");
    }
    if meeting.status == Status::Scheduled && !meeting.items.is_empty() {
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
