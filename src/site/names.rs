//! What records are called where a link says nothing itself.

use std::ops::Range;

use super::Site;
use crate::model::*;
use crate::text::escape::plain;

impl Site<'_> {
    pub fn name(&self, target: &Target) -> String {
        match target {
            Target::Meeting(id) => self.meeting_name(*id),
            Target::Bare(target) => self.name(target),
            Target::Home => self.config.title.clone(),
            _ => self.archive.name(target),
        }
    }

    /// The readable words of a text, and the names of what it only links to.
    pub fn plain(&self, text: &Text) -> String {
        self.plain_part(text, 0..text.html.len())
    }

    /// The same of a field.
    pub fn field(&self, item: &Item, key: FieldKey) -> Option<String> {
        match &item.field(key)?.value {
            FieldValue::Text(text) => Some(self.plain(text)),
            _ => None,
        }
    }

    /// The same of a stretch of a text, by its place in the HTML.
    pub fn plain_part(&self, text: &Text, html: Range<usize>) -> String {
        if !text.has_unsaid() {
            return plain(text.html.get(html).unwrap_or_default());
        }
        let before = |at: usize| text.slots.partition_point(|slot| (slot.at as usize) < at) as u32;
        let slots = (before(html.start), before(html.end + 1));
        let html = (html.start as u32, html.end as u32);
        plain(&text.said(html, slots, |target| self.name(target)))
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
