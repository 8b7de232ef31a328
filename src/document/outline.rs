//! What other records can depend on in a meeting's file: everything but the
//! words of its texts, and where in the file it stands.
//!
//! Two readings of a file with one outline differ in what the meeting's own
//! pages say, and whoever quotes them; names, addresses, links and the lists
//! of the site are the same. Every part of a document is named here, so that a
//! new one cannot be overlooked: it counts, unless it is words or a place.

use std::hash::Hash;

use super::agenda::{Agenda, AttendanceDoc, ItemDoc, SectionDoc, VoteDoc};
use super::fields::FieldDoc;
use super::front_matter::Mention;
use super::meeting::{AttendeeDoc, MeetingDoc, MinutesDoc, MovementDoc, PaperDoc};
use super::prose::{EntryDoc, Href, Written};
use super::tail::Tail;
use crate::hash::{Digest, Taker};

/// The digest of the outline of a meeting's file.
pub fn outline(doc: &MeetingDoc) -> Digest {
    let mut taker = Taker::default();
    meeting(doc, &mut taker);
    taker.digest()
}

fn each<T>(list: impl IntoIterator<Item = T>, taker: &mut Taker, take: impl Fn(T, &mut Taker)) {
    for one in list {
        true.hash(taker);
        take(one, taker);
    }
    false.hash(taker);
}

fn meeting(doc: &MeetingDoc, taker: &mut Taker) {
    let MeetingDoc {
        title,
        date,
        bodies,
        kind,
        status,
        start,
        end,
        until,
        continues,
        venue,
        mode,
        attend,
        agenda_published,
        minutes,
        corrections,
        updated,
        complete,
        webcast,
        papers,
        attendance,
        movements,
        aliases,
        source,
        exempt,
        public_summary,
        agenda: text,
        withheld_files,
        waiting,
        minutes_wait,
        places,
    } = doc;
    (title, date, kind, status, start, end, until).hash(taker);
    (venue, mode, attend, agenda_published, corrections, updated).hash(taker);
    (complete, webcast, source, exempt, waiting, minutes_wait).hash(taker);
    (places.agenda.is_some(), places.minutes.is_some()).hash(taker);
    each(bodies, taker, mention);
    each(continues, taker, mention);
    each(aliases, taker, mention);
    each(withheld_files, taker, mention);
    let MinutesDoc {
        state,
        published,
        confirmed_at,
    } = minutes;
    (state, published).hash(taker);
    each(confirmed_at, taker, mention);
    each(papers, taker, paper);
    each(attendance, taker, attendee);
    each(movements, taker, movement);
    each(public_summary, taker, section);
    agenda(text, taker);
}

fn paper(paper: &PaperDoc, taker: &mut Taker) {
    let PaperDoc {
        title,
        file,
        published,
        supplement,
        exempt,
        span: _,
    } = paper;
    (title, published, supplement, exempt).hash(taker);
    each(file, taker, mention);
}

fn attendee(attendee: &AttendeeDoc, taker: &mut Taker) {
    let AttendeeDoc {
        presence,
        who,
        chair,
        role,
        organisation,
        reason,
        stands_for,
    } = attendee;
    (presence, chair, role, organisation, reason).hash(taker);
    mention(who, taker);
    each(stands_for, taker, mention);
}

fn movement(movement: &MovementDoc, taker: &mut Taker) {
    let MovementDoc {
        who,
        arrived,
        left,
        returned,
    } = movement;
    (arrived, left, returned).hash(taker);
    mention(who, taker);
}

fn agenda(agenda: &Agenda, taker: &mut Taker) {
    let Agenda {
        title,
        preamble,
        attendance,
        items,
        close,
        withheld,
        whole,
        exempt,
        withheld_files,
    } = agenda;
    each(title, taker, mention);
    links(preamble, taker);
    each(attendance, taker, list);
    each(items, taker, item);
    each(close, taker, |(label, text), taker| {
        label.hash(taker);
        links(text, taker);
    });
    (withheld.len(), whole).hash(taker);
    // By where they stand: which they are counts, and their order.
    each(exempt.values(), taker, |one, taker| one.hash(taker));
    each(withheld_files, taker, mention);
}

/// Names under a heading, which are shown as they are written and counted.
fn list(list: &AttendanceDoc, taker: &mut Taker) {
    let AttendanceDoc {
        presence,
        label,
        prose,
        entries,
        in_item,
        span: _,
    } = list;
    (presence, label, in_item).hash(taker);
    whole(prose, taker);
    each(entries, taker, |one, taker| {
        entry(one, taker);
        let EntryDoc {
            marks, text, first, ..
        } = one;
        (marks, text).hash(taker);
        each(first, taker, |(name, place), taker| {
            mention(name, taker);
            place.hash(taker);
        });
    });
}

fn item(item: &ItemDoc, taker: &mut Taker) {
    let ItemDoc {
        number,
        title,
        address,
        other_number,
        fields,
        sections,
        exempt,
        heading: _,
        span: _,
    } = item;
    (number, title, address, other_number, exempt).hash(taker);
    each(fields, taker, field);
    each(sections, taker, section);
}

fn section(section: &SectionDoc, taker: &mut Taker) {
    let SectionDoc {
        kind,
        label,
        span: _,
        prose,
        entries,
        vote,
    } = section;
    (kind, label).hash(taker);
    links(prose, taker);
    each(entries, taker, entry);
    each(vote.as_deref(), taker, |VoteDoc { title, lines }, taker| {
        title.hash(taker);
        each(lines, taker, field);
    });
}

/// A field's words stand in lists and rows: they count.
fn field<K: Hash>(field: &FieldDoc<K>, taker: &mut Taker) {
    let FieldDoc {
        key,
        label,
        label_span: _,
        value,
        prose,
    } = field;
    (key, label).hash(taker);
    mention(value, taker);
    whole(prose, taker);
}

/// An entry without its words.
fn entry(entry: &EntryDoc, taker: &mut Taker) {
    let EntryDoc {
        marks: _,
        opener,
        label,
        done,
        tail,
        text: _,
        lead: _,
        first: _,
        link,
        span: _,
    } = entry;
    (opener, label, done, link).hash(taker);
    each(tail, taker, |tail, taker| {
        let Tail {
            owner,
            due,
            done,
            unread,
        } = &**tail;
        (due, done, unread).hash(taker);
        each(owner, taker, mention);
    });
}

fn mention(mention: &Mention, taker: &mut Taker) {
    let Mention { text, span: _ } = mention;
    text.hash(taker);
}

/// A text with its words.
fn whole(text: &Written, taker: &mut Taker) {
    let Written {
        html,
        slots,
        links: _,
        runs,
        cuts,
    } = text;
    (html, slots, runs, cuts).hash(taker);
    links(text, taker);
}

/// Whether there are words, and where they link to.
fn links(text: &Written, taker: &mut Taker) {
    text.is_empty().hash(taker);
    each(&text.links, taker, |link, taker| {
        let Href {
            kind,
            dest,
            label,
            span: _,
        } = link;
        (kind, dest, label).hash(taker);
    });
}
