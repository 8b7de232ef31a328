//! What records are called where a link says nothing itself.

use super::Site;
use crate::model::*;

impl Site<'_> {
    pub fn name(&self, target: &Target) -> String {
        let archive = self.archive;
        match target {
            Target::Meeting(id) => self.meeting_name(*id),
            Target::Item(id) => archive.items[*id].title.clone(),
            Target::Issue(id) => archive.issues[*id].title.clone(),
            Target::Person(id) => archive.people[*id].name.clone(),
            Target::Body(id) => archive.bodies[*id].name.clone(),
            Target::Decision(id) => archive.decisions[*id].title.clone(),
            Target::Page(id) => archive.pages[*id]
                .title
                .clone()
                .unwrap_or_else(|| archive.pages[*id].id.clone()),
            Target::Topic(id) => archive.topics[*id].name.clone(),
            Target::Paper(id) => archive.papers[*id].source.name().to_owned(),
            Target::Bare(target) => self.name(target),
            Target::Home => self.config.title.clone(),
            _ => String::new(),
        }
    }

    /// A meeting's own title, or its body and day.
    pub fn meeting_title(&self, id: MeetingId) -> String {
        let meeting = &self.archive.meetings[id];
        meeting.title.clone().unwrap_or_else(|| {
            let body = meeting
                .bodies
                .first()
                .map_or("", |b| self.archive.bodies[*b].name.as_str());
            format!("{body}, {}", self.long_date(meeting.date))
        })
    }

    /// The same, with the day where the title does not say it.
    pub fn meeting_name(&self, id: MeetingId) -> String {
        let row = self.meeting_row(id);
        if row.title.contains(&row.day) || row.title.contains(&row.date) {
            row.title.clone()
        } else {
            format!("{}, {}", row.title, row.day)
        }
    }
}
