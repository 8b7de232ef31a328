//! What outlasts a build: the names under which feeds and calendars know a
//! record, and the day on which a record was last revised.
//!
//! Both come from the content alone. No clock, no history of a repository and
//! no earlier build is asked, so that the same files always say the same.

use jiff::Zoned;
use jiff::civil::{Date, Time};

use super::Site;
use crate::hash::Digest;
use crate::model::*;
use crate::paths::Url;

impl Site<'_> {
    /// The id of a page in a feed (RFC 4287, 4.2.6): its address as it was
    /// first published. None where the site has no base URL.
    pub fn lasting_address(&self, url: &Url) -> Option<String> {
        let base = self.config.first_base.as_ref().or(self.config.base.as_ref())?;
        Some(format!("{}{}", base.whole(), url.encoded()))
    }

    /// The UID of a page in a calendar (RFC 5545, 3.8.4.7). Without a base URL
    /// it is told from those of other sites by the site's name.
    pub fn lasting_name(&self, url: &Url) -> String {
        let path = url.encoded();
        let path = path.trim_end_matches('/');
        match self.config.first_base.as_ref().or(self.config.base.as_ref()) {
            Some(base) => {
                let host = base.origin.split("://").nth(1).unwrap_or(&base.origin);
                format!("{}{path}@{host}", base.path.trim_start_matches('/'))
            }
            None => {
                let config = self.config;
                let name = format!("{}\n{}", config.title, config.authority.as_deref().unwrap_or(""));
                format!("{path}@{}.invalid", Digest::of(name.as_bytes()).short(16))
            }
        }
    }

    /// The last change that a clerk declared, or else the day of the meeting;
    /// none while all of that is to come.
    pub fn changed(&self, meeting: &Meeting) -> Option<Date> {
        [
            meeting.updated,
            meeting.minutes_published,
            meeting.agenda_published,
            Some(meeting.date),
        ]
        .into_iter()
        .flatten()
        .find(|day| *day <= self.today)
    }

    /// The newest day, up to today, on which the content says that the record
    /// of a meeting changed: agenda, papers, the meeting itself, minutes,
    /// their confirmation, corrections, and what the clerk declared. None for
    /// a meeting to come of which nothing is dated.
    pub fn revised(&self, meeting: &Meeting) -> Option<Date> {
        self.revisions(meeting).max()
    }

    /// The first day on which there was something to read of a meeting.
    pub fn first_published(&self, meeting: &Meeting) -> Option<Date> {
        let agenda = meeting.agenda_published.filter(|day| *day <= self.today);
        agenda.or_else(|| self.revisions(meeting).min())
    }

    fn revisions(&self, meeting: &Meeting) -> impl Iterator<Item = Date> {
        let confirmed = match &meeting.confirmed_at {
            Some(Target::Meeting(id)) => Some(self.archive.meetings[*id].date),
            Some(Target::Item(id)) => {
                let item = &self.archive.items[*id];
                Some(self.archive.meetings[item.meeting].date)
            }
            _ => None,
        };
        let today = self.today;
        [
            Some(meeting.date),
            meeting.until,
            meeting.updated,
            meeting.agenda_published,
            meeting.minutes_published,
            confirmed,
        ]
        .into_iter()
        .chain(meeting.papers.iter().map(|p| p.published))
        .chain(meeting.corrections.iter().map(|c| c.0))
        .flatten()
        .filter(move |day| *day <= today)
    }

    /// The beginning of a day by the authority's clocks.
    pub fn start_of(&self, day: Date) -> Option<Zoned> {
        self.at(day, Time::midnight())
    }

    /// A moment of a day by the authority's clocks.
    pub fn at(&self, day: Date, time: Time) -> Option<Zoned> {
        self.zone
            .to_ambiguous_zoned(day.to_datetime(time))
            .compatible()
            .ok()
    }
}
