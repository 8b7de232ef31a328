//! What other records can depend on in a meeting's file: everything but the
//! words of its texts, and where in the file it stands.
//!
//! Two readings of a file with one outline differ in what the meeting's own
//! pages say, and whoever quotes them; names, addresses, links and the lists
//! of the site are the same. Whatever is not taken away here counts, so that a
//! field that is new counts until somebody looks.

use super::agenda::{Agenda, SectionDoc, VoteDoc};
use super::fields::FieldDoc;
use super::front_matter::Mention;
use super::meeting::MeetingDoc;
use super::prose::{EntryDoc, Written};
use crate::model::{Marks, MeetingPlaces};
use crate::paths::Span;

/// The outline of a meeting's file.
pub fn outline(doc: &MeetingDoc) -> MeetingDoc {
    let mut doc = doc.clone();
    let mentions = doc
        .bodies
        .iter_mut()
        .chain(&mut doc.continues)
        .chain(&mut doc.minutes.confirmed_at)
        .chain(&mut doc.aliases)
        .chain(&mut doc.withheld_files);
    mentions.for_each(unplace);
    for paper in &mut doc.papers {
        paper.file.iter_mut().for_each(unplace);
        paper.span = Span::default();
    }
    for attendee in &mut doc.attendance {
        unplace(&mut attendee.who);
        attendee.stands_for.iter_mut().for_each(unplace);
    }
    doc.movements.iter_mut().for_each(|m| unplace(&mut m.who));
    doc.public_summary.iter_mut().for_each(section);
    agenda(&mut doc.agenda);
    let MeetingPlaces { agenda, minutes } = &mut doc.places;
    agenda
        .iter_mut()
        .chain(minutes)
        .for_each(|span| *span = Span::default());
    doc
}

fn agenda(agenda: &mut Agenda) {
    agenda.title.iter_mut().for_each(unplace);
    words(&mut agenda.preamble);
    for list in &mut agenda.attendance {
        links(&mut list.prose);
        list.entries.iter_mut().for_each(unplace_entry);
        list.span = Span::default();
    }
    for item in &mut agenda.items {
        item.fields.iter_mut().for_each(field);
        item.sections.iter_mut().for_each(section);
        (item.heading, item.span) = (Span::default(), Span::default());
    }
    agenda.close.iter_mut().for_each(|(_, text)| words(text));
    agenda.withheld.fill(Span::default());
    let exempt = std::mem::take(&mut agenda.exempt);
    agenda.exempt = (0..).zip(exempt.into_values()).collect();
    agenda.withheld_files.iter_mut().for_each(unplace);
}

fn unplace(mention: &mut Mention) {
    mention.span = Span::default();
}

fn links(text: &mut Written) {
    text.links.iter_mut().for_each(|link| link.span = Span::default());
}

/// Takes the words away; whether there are any, and where they link to, stays.
fn words(text: &mut Written) {
    links(text);
    if !text.is_empty() {
        text.html = "…".into();
    }
    text.slots.clear();
    text.runs.clear();
    text.cuts.clear();
}

fn field<K>(field: &mut FieldDoc<K>) {
    field.label_span = Span::default();
    unplace(&mut field.value);
    links(&mut field.prose);
}

fn unplace_entry(entry: &mut EntryDoc) {
    entry.span = Span::default();
    entry.tail.owner.iter_mut().for_each(unplace);
    entry.first.iter_mut().for_each(|(name, _)| unplace(name));
}

fn section(section: &mut SectionDoc) {
    section.span = Span::default();
    words(&mut section.prose);
    for entry in &mut section.entries {
        unplace_entry(entry);
        entry.marks = Marks::default();
        entry.text.clear();
        entry.first = None;
    }
    if let Some(VoteDoc { lines, .. }) = &mut section.vote {
        lines.iter_mut().for_each(field);
    }
}
