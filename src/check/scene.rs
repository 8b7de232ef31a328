//! What the rules ask of an archive: who was there, who was a member.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::config::Config;
use crate::model::*;
use crate::paths::{SourcePath, Span};
use crate::report::{Diagnostic, Rule};

/// The archive, and what it is held against.
pub struct Scene<'a> {
    pub archive: &'a Archive,
    pub config: &'a Config,
    pub today: Date,
    /// The one meeting whose file is looked at; none: everything is. A rule
    /// never looks into the texts of one meeting to say something of another.
    pub only: Option<MeetingId>,
}

impl<'a> Scene<'a> {
    /// Every meeting that is looked at.
    pub fn meetings(&self) -> impl Iterator<Item = (MeetingId, &'a Meeting)> {
        let archive = self.archive;
        let range = match self.only {
            Some(id) => id.index()..id.index() + 1,
            None => 0..archive.meetings.len(),
        };
        range
            .map(MeetingId::from_index)
            .map(|id| (id, &archive.meetings[id]))
    }

    /// Meetings that took place, as far as their records can be held against
    /// anything: a meeting that is withheld or incomplete says too little.
    pub fn held(&self) -> impl Iterator<Item = &'a Meeting> {
        self.meetings()
            .map(|(_, meeting)| meeting)
            .filter(|m| matches!(m.status, Status::Held | Status::Adjourned) && m.exempt.is_none())
    }

    /// Every item with its meeting.
    pub fn items(&self) -> impl Iterator<Item = (&'a Meeting, &'a Item)> {
        let archive = self.archive;
        self.meetings().flat_map(move |(_, meeting)| {
            meeting
                .items
                .iter()
                .map(move |item| (meeting, &archive.items[*item]))
        })
    }

    pub fn name(&self, person: PersonId) -> &'a str {
        &self.archive.people[person].name
    }

    /// The body that leads a meeting.
    pub fn leading(&self, meeting: &Meeting) -> Option<&'a Body> {
        meeting.bodies.first().map(|b| &self.archive.bodies[*b])
    }

    /// Members of a meeting's bodies on its day; none where no list of members
    /// covers that day.
    pub fn members(&self, meeting: &Meeting) -> Option<Vec<&'a Membership>> {
        let mut members = Vec::new();
        for body in &meeting.bodies {
            let before = members.len();
            members.extend(self.archive.bodies[*body].members_on(meeting.date));
            if members.len() == before {
                return None;
            }
        }
        (!members.is_empty()).then_some(members)
    }
}

/// Everybody who is recorded as there: in the room, on the line, as a
/// substitute. None where the record does not say it of each by name.
pub fn attended(meeting: &Meeting) -> Option<BTreeSet<PersonId>> {
    let there = || meeting.attendance.iter().filter(|a| a.presence.attended());
    // "12 councillors" are more than one.
    let counted = there().any(|a| a.person.is_none() && a.name.starts_with(|c: char| c.is_ascii_digit()));
    let people: BTreeSet<PersonId> = there().filter_map(|a| a.person).collect();
    (meeting.complete && !counted && !people.is_empty()).then_some(people)
}

/// A finding in a meeting's file.
pub fn at(rule: &'static Rule, meeting: &Meeting, span: Span, words: impl Into<String>) -> Diagnostic {
    told(rule, &meeting.source, Some(span), words)
}

pub fn told(
    rule: &'static Rule,
    path: &SourcePath,
    span: Option<Span>,
    words: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(rule, path, span.filter(|s| s.end > 0), words)
}

/// Names in a sentence: `A, B and C`.
pub fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `1 member`, `3 members`
pub fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
