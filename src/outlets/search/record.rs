//! What of the archive can be found, in which order, and by which words.
//!
//! A record's text is that of its page: HTML made for the page and read back
//! as lines, a line for every block. So nothing is in the index that is not
//! on a page, and the browser, which checks phrases on the page, finds there
//! what the index promised.

use jiff::civil::Date;

use crate::model::*;
use crate::outlets::pages::parts;
use crate::site::{Quote, Site};
use crate::text::escape::lines;
use crate::text::words::terms;

/// One thing that can be found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doc {
    /// A meeting without its items.
    Meeting(MeetingId),
    Item(ItemId),
    Decision(DecisionId),
    Issue(IssueId),
    Person(PersonId),
    Body(BodyId),
    Page(PageId),
    Home,
}

impl Doc {
    /// An item is read on its own page; of the others the index holds the text.
    pub fn is_packed(self) -> bool {
        !matches!(self, Doc::Item(_))
    }
}

/// A meeting with its items, or a decision: what has one day.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    pub day: Date,
    pub doc: Doc,
    /// How many items follow it.
    pub items: usize,
}

/// Everything in the order in which it is numbered: what has a day, oldest
/// first; then issues, people, bodies and pages.
pub struct Order {
    pub docs: Vec<Doc>,
    pub groups: Vec<Group>,
    /// The first document of every group.
    pub firsts: Vec<usize>,
    /// How many issues, people, bodies and pages stand at the end.
    pub undated: [usize; 4],
}

impl Order {
    pub fn of(site: &Site) -> Self {
        let archive = site.archive;
        let mut groups: Vec<Group> = archive
            .meetings
            .iter()
            .map(|(id, meeting)| Group {
                day: meeting.date,
                doc: Doc::Meeting(id),
                items: meeting.items.len(),
            })
            .chain(archive.decisions.iter().map(|(id, decision)| Group {
                day: decision.date,
                doc: Doc::Decision(id),
                items: 0,
            }))
            .collect();
        groups.sort_by_key(|g| g.day);
        let mut order = Self {
            docs: Vec::new(),
            groups,
            firsts: Vec::new(),
            undated: [0; 4],
        };
        for group in &order.groups {
            order.firsts.push(order.docs.len());
            order.docs.push(group.doc);
            if let Doc::Meeting(id) = group.doc {
                let items = archive.meetings[id].items.iter();
                order.docs.extend(items.map(|item| Doc::Item(*item)));
            }
        }
        let dated = order.docs.len();
        order
            .docs
            .extend(archive.order.issues.iter().map(|id| Doc::Issue(*id)));
        order
            .docs
            .extend(archive.order.people.iter().map(|id| Doc::Person(*id)));
        order
            .docs
            .extend(archive.order.bodies.iter().map(|id| Doc::Body(*id)));
        order.docs.extend(archive.pages.ids().map(Doc::Page));
        order.docs.extend(
            archive
                .home
                .as_ref()
                .filter(|h| !h.text.is_empty())
                .map(|_| Doc::Home),
        );
        let (issues, people, bodies) = (
            archive.order.issues.len(),
            archive.order.people.len(),
            archive.order.bodies.len(),
        );
        let pages = order.docs.len() - dated - issues - people - bodies;
        order.undated = [issues, people, bodies, pages];
        order
    }
}

/// The words of a document, by how much they count.
#[derive(Debug, Default, PartialEq)]
pub struct Record {
    pub title: String,
    /// What it is about or belongs to: issues, people, bodies, its day.
    pub names: String,
    /// A line for every block of the page.
    pub text: String,
    /// Listed people whom it concerns, and issues.
    pub people: Vec<PersonId>,
    pub issues: Vec<IssueId>,
    /// The number of an item, where it tells one item from most others.
    pub number: Option<String>,
}

impl Record {
    pub fn of(site: &Site, doc: Doc) -> Self {
        let mut record = match doc {
            Doc::Meeting(id) => meeting(site, id),
            Doc::Item(id) => item(site, id),
            Doc::Decision(id) => decision(site, id),
            Doc::Issue(id) => issue(site, id),
            Doc::Person(id) => person(site, id),
            Doc::Body(id) => body(site, id),
            Doc::Page(id) => page(site, &site.archive.pages[id]),
            Doc::Home => site
                .archive
                .home
                .as_ref()
                .map_or_else(Record::default, |home| page(site, home)),
        };
        record.people.retain(|p| site.archive.people[*p].listed);
        record.people.sort_unstable();
        record.people.dedup();
        record.issues.sort_unstable();
        record.issues.dedup();
        record
    }

    fn name(&mut self, name: &str) {
        push_line(&mut self.names, name);
    }

    fn line(&mut self, line: &str) {
        push_line(&mut self.text, line);
    }

    fn prose(&mut self, site: &Site, text: &Text, entries: &[Entry]) {
        if !text.is_empty() {
            self.line(&lines(&site.html(text, entries, Quote::away(2))));
        }
    }

    /// Somebody who is named: by the name on the page.
    fn who(&mut self, site: &Site, id: Option<PersonId>, written: &str) {
        let name = named(site, id, written);
        self.line(&name);
        self.people.extend(id);
    }

    fn sections(&mut self, site: &Site, sections: &[Section]) {
        for section in sections {
            self.line(&section.label);
            if let Some(vote) = &section.vote {
                self.line(vote.title.as_deref().unwrap_or(""));
                for line in &vote.lines {
                    self.line(&line.label);
                    self.prose(site, &line.text, &[]);
                }
            }
            self.prose(site, &section.text, &section.entries);
            self.people
                .extend(section.entries.iter().filter_map(|e| e.owner.as_ref()?.0));
        }
    }
}

fn push_line(out: &mut String, line: &str) {
    let line = line.trim();
    if !line.is_empty() {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(line);
    }
}

/// A name in a file may be an id, which is no name to show.
fn named(site: &Site, id: Option<PersonId>, written: &str) -> String {
    match id.map(|id| &site.archive.people[id]) {
        Some(person) if written.is_empty() || written == person.id => person.name.clone(),
        _ => written.to_owned(),
    }
}

fn bodies(record: &mut Record, site: &Site, bodies: &[BodyId]) {
    for body in bodies {
        record.name(&site.archive.bodies[*body].name);
    }
}

fn meeting(site: &Site, id: MeetingId) -> Record {
    let meeting = &site.archive.meetings[id];
    let mut record = Record {
        title: site.meeting_name(id),
        ..Record::default()
    };
    bodies(&mut record, site, &meeting.bodies);
    for word in [&meeting.kind, &meeting.venue, &meeting.attend]
        .into_iter()
        .flatten()
    {
        record.line(word);
    }
    for (_, words) in &meeting.corrections {
        record.line(words);
    }
    record.prose(site, &meeting.preamble, &[]);
    for attendee in meeting.attendance.iter().filter(|a| a.declared) {
        record.who(site, attendee.person, &attendee.name);
        for word in [&attendee.role, &attendee.organisation].into_iter().flatten() {
            record.line(word);
        }
        if let Some((id, name)) = attendee.stands_for.as_deref() {
            record.who(site, *id, name);
        }
    }
    for section in &meeting.roll {
        record.line(&section.label);
        record.prose(site, &section.text, &[]);
    }
    for paper in meeting.papers.iter().filter(|p| p.exempt.is_none()) {
        record.line(&paper.title);
    }
    if let Some((label, text)) = &meeting.close {
        record.line(label);
        record.prose(site, text, &[]);
    }
    record.sections(site, &meeting.public_summary);
    record
        .people
        .extend(meeting.attendance.iter().filter_map(|a| a.person));
    record
}

fn item(site: &Site, id: ItemId) -> Record {
    let item = &site.archive.items[id];
    let meeting = &site.archive.meetings[item.meeting];
    let mut record = Record {
        title: if item.title.is_empty() {
            item.number.clone().unwrap_or_default()
        } else {
            item.title.clone()
        },
        people: item.people.to_vec(),
        issues: item.issues.to_vec(),
        number: item.number.as_deref().and_then(telling),
        ..Record::default()
    };
    bodies(&mut record, site, &meeting.bodies);
    record.name(&site.long_date(meeting.date));
    for issue in &item.issues {
        record.name(&site.archive.issues[*issue].title);
    }
    for field in &item.fields {
        match &field.value {
            FieldValue::Text(text) => {
                record.line(&field.label);
                if !text.is_empty() {
                    let html = parts::text_of_field(site, field.key, text, Quote::away(2));
                    record.line(&lines(&html));
                }
            }
            FieldValue::People(people) => {
                for (id, name) in people {
                    record.name(&named(site, *id, name));
                    record.people.extend(*id);
                }
            }
            FieldValue::Issues(_) => {}
        }
    }
    record.sections(site, &item.sections);
    record
}

/// A number by its words (`26/22`), if it is more than a plain one: an item 5
/// is at every meeting.
fn telling(number: &str) -> Option<String> {
    let words = terms(number);
    let digits = |word: &String| word.bytes().all(|b| b.is_ascii_digit());
    let plain = words.len() < 2 && words.iter().all(digits);
    let numbered = words.iter().any(|w| w.bytes().any(|b| b.is_ascii_digit()));
    (numbered && !plain).then(|| words.join("/"))
}

fn decision(site: &Site, id: DecisionId) -> Record {
    let decision = &site.archive.decisions[id];
    let mut record = Record {
        title: decision.title.clone(),
        issues: decision.issues.clone(),
        ..Record::default()
    };
    bodies(&mut record, site, decision.body.as_slice());
    record.name(&site.long_date(decision.date));
    for issue in &decision.issues {
        record.name(&site.archive.issues[*issue].title);
    }
    if let Some((id, name)) = &decision.maker {
        record.name(&named(site, *id, name));
        record.people.extend(*id);
    }
    for word in [&decision.maker_role, &decision.reference].into_iter().flatten() {
        record.name(word);
    }
    record.sections(site, &decision.sections);
    record
}

fn issue(site: &Site, id: IssueId) -> Record {
    let issue = &site.archive.issues[id];
    let mut record = Record {
        title: issue.title.clone(),
        issues: vec![id],
        ..Record::default()
    };
    for alias in &issue.aliases {
        record.name(alias);
    }
    for word in [&issue.reference, &issue.kind, &issue.status]
        .into_iter()
        .flatten()
    {
        record.name(word);
    }
    for topic in &issue.topics {
        record.name(&site.archive.topics[*topic].name);
    }
    if let Some((id, name)) = &issue.lead_member {
        record.name(&named(site, *id, name));
        record.people.extend(*id);
    }
    record.prose(site, &issue.text, &[]);
    record
}

fn person(site: &Site, id: PersonId) -> Record {
    let person = &site.archive.people[id];
    let mut record = Record {
        title: person.name.clone(),
        people: vec![id],
        ..Record::default()
    };
    for alias in &person.aliases {
        record.name(alias);
    }
    record.name(person.party.as_deref().unwrap_or(""));
    for (body, membership) in &person.memberships {
        record.name(&site.archive.bodies[*body].name);
        record.line(membership.role.as_deref().unwrap_or(""));
    }
    record.prose(site, &person.text, &[]);
    record
}

fn body(site: &Site, id: BodyId) -> Record {
    let body = &site.archive.bodies[id];
    let mut record = Record {
        title: body.name.clone(),
        ..Record::default()
    };
    for alias in &body.aliases {
        record.name(alias);
    }
    record.name(body.kind.as_deref().unwrap_or(""));
    record.prose(site, &body.text, &[]);
    record
}

fn page(site: &Site, page: &Page) -> Record {
    let mut record = Record {
        title: page.title.clone().unwrap_or_else(|| {
            if page.id.is_empty() {
                site.config.title.clone()
            } else {
                page.id.clone()
            }
        }),
        ..Record::default()
    };
    record.prose(site, &page.text, &[]);
    record
}

#[cfg(test)]
mod tests {
    use super::telling;

    #[test]
    fn a_number_tells_an_item_when_it_is_more_than_a_count() {
        for (number, expected) in [
            ("26/22", Some("26/22")),
            ("4.1", Some("4/1")),
            ("OSC26-004", Some("osc26/004")),
            ("12A", Some("12a")),
            ("5", None),
            ("5.", None),
            ("1,000", None),
            ("A", None),
            ("", None),
        ] {
            assert_eq!(telling(number).as_deref(), expected, "{number}");
        }
    }
}
