//! One meeting put together again, when nothing but its words is new.
//!
//! An archive hangs together: a name that changes, a link, a date can change
//! any other record. Words cannot. So a meeting whose file says the same but
//! for its words is resolved anew and takes its old place; all that other
//! records know of it stands.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::collect::FiledMeeting;
use super::meetings;
use super::resolve::{Resolver, World};
use crate::document::meeting::MeetingDoc;
use crate::model::*;
use crate::paths::{SourcePath, Span};
use crate::report::Report;
use crate::source::Sources;

/// What is kept of putting an archive together.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    pub(super) world: World,
    /// Files of which something is said that depends on others: what is said of
    /// them cannot be told from them alone.
    pub(super) entangled: BTreeSet<SourcePath>,
}

impl Kept {
    /// The meeting of a file.
    pub fn meeting(&self, path: &SourcePath) -> Option<MeetingId> {
        match self.world.records.get(path)? {
            Target::Meeting(id) => Some(*id),
            _ => None,
        }
    }

    /// Puts a meeting into its old place; its file must have the outline of the
    /// one from which it came there. `None`, and nothing done, when more than
    /// its words may be another; else which meeting it is, and what there is to
    /// say of its references.
    pub fn again(
        &self,
        archive: &mut Archive,
        sources: &Sources,
        today: Date,
        path: &SourcePath,
        now: &MeetingDoc,
    ) -> Option<(MeetingId, Report)> {
        let id = self.meeting(path)?;
        if self.entangled.contains(path) {
            return None;
        }
        let old = &archive.meetings[id];
        let filed = FiledMeeting {
            path: path.clone(),
            id: old.id.clone(),
            date: old.date,
            body: *old.bodies.first()?,
            doc: Box::new(now.clone()),
            first_item: old.items.first().map_or(0, |item| item.index() as u32),
        };
        let resolver = Resolver {
            world: &self.world,
            sources,
        };
        let (mut meeting, items, report) = meetings::meeting(&resolver, &archive.people, filed, id, today);
        (meeting.previous, meeting.next, meeting.continued) = (old.previous, old.next, old.continued);
        let old_items = old.items.iter().map(|item| &archive.items[*item]);
        let alike = meeting_outline(old) == meeting_outline(&meeting)
            && old_items.map(item_outline).eq(items.iter().map(item_outline));
        if !alike {
            return None;
        }
        for (id, item) in meeting.items.iter().zip(items) {
            archive.items[*id] = item;
        }
        let items = meeting.items.to_vec();
        archive.meetings[id] = meeting;
        super::called::tell(archive, items.into_iter(), std::iter::empty());
        Some((id, report))
    }
}

/// A meeting without its words, as the outline of its file is.
fn meeting_outline(meeting: &Meeting) -> Meeting {
    let mut meeting = meeting.clone();
    let MeetingPlaces {
        agenda,
        minutes,
        status,
        end,
        until,
        continues,
    } = &mut meeting.places;
    let places = [agenda, minutes, status, end, until, continues];
    places
        .into_iter()
        .flatten()
        .for_each(|span| *span = Span::default());
    meeting
        .attendance
        .iter_mut()
        .for_each(|a| a.span = Span::default());
    meeting
        .movements
        .iter_mut()
        .for_each(|m| m.span = Span::default());
    take_words(&mut meeting.preamble);
    meeting.close.iter_mut().for_each(|(_, text)| take_words(text));
    meeting.public_summary.iter_mut().for_each(section_outline);
    meeting
}

fn item_outline(item: &Item) -> Item {
    let mut item = item.clone();
    (item.heading, item.span) = (Span::default(), Span::default());
    item.fields
        .iter_mut()
        .for_each(|field| field.span = Span::default());
    item.sections.iter_mut().for_each(section_outline);
    item
}

fn section_outline(section: &mut Section) {
    section.span = Span::default();
    take_words(&mut section.text);
    for entry in &mut section.entries {
        entry.span = Span::default();
        entry.marks = Marks::default();
        entry.text.clear();
    }
    for line in section.vote.iter_mut().flat_map(|vote| &mut vote.lines) {
        line.span = Span::default();
    }
}

/// Whether there are any, and where they link to, stays.
fn take_words(text: &mut Text) {
    if !text.is_empty() {
        text.html = "…".into();
    }
    text.slots.clear();
    text.runs.clear();
    text.cuts.clear();
}
