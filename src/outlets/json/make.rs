//! From the archive to its records as JSON.

use jiff::civil::Date;

use super::records as r;
use crate::model::*;
use crate::outlets::pages::{actions, person, rows};
use crate::outlets::registers::attendance;
use crate::outlets::registers::place::Place;
use crate::paths::{SourcePath, Url};
use crate::site::{Quote, Site};
use crate::text::links;

/// The address of a page: whole, or below the host where the site has no
/// base URL.
pub fn address(site: &Site, url: &Url) -> String {
    site.routes.absolute(url).unwrap_or_else(|| site.routes.href(url))
}

/// The same of a link below the host.
pub fn whole(site: &Site, href: &str) -> String {
    match &site.config.base {
        Some(base) if href.starts_with('/') => format!("{}{href}", base.origin),
        _ => href.to_owned(),
    }
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|d| d.to_string())
}

pub fn text(site: &Site, text: &Text, entries: &[Entry]) -> r::Text {
    let html = site.html(text, entries, Quote::away(2));
    r::Text {
        text: crate::text::escape::plain(&html),
        html: match &site.config.base {
            Some(base) => links::absolute(&html, &base.origin),
            None => html,
        },
    }
}

fn name(site: &Site, person: Option<PersonId>, written: &str) -> r::Name {
    let shown = rows::person(site, person, written);
    let listed = person.filter(|p| site.archive.people[*p].listed);
    r::Name {
        id: listed.map(|p| site.archive.people[p].id.clone()),
        name: shown.name,
        url: listed.map(|p| address(site, &site.routes.person(p))),
    }
}

pub fn body_ref(site: &Site, id: BodyId) -> r::Ref {
    let body = &site.archive.bodies[id];
    r::Ref {
        id: body.id.clone(),
        name: body.name.clone(),
        url: address(site, &site.routes.body(id)),
    }
}

fn issue_ref(site: &Site, id: IssueId) -> r::Ref {
    let issue = &site.archive.issues[id];
    r::Ref {
        id: issue.id.clone(),
        name: issue.title.clone(),
        url: address(site, &site.routes.issue(id)),
    }
}

pub fn topic_ref(site: &Site, id: TopicId) -> r::Ref {
    let topic = &site.archive.topics[id];
    r::Ref {
        id: topic.id.clone(),
        name: topic.name.clone(),
        url: address(site, &site.routes.topic(id)),
    }
}

fn decision_ref(site: &Site, id: DecisionId) -> r::Ref {
    let decision = &site.archive.decisions[id];
    r::Ref {
        id: decision.id.clone(),
        name: decision.title.clone(),
        url: address(site, &site.routes.decision(id)),
    }
}

fn meeting_ref(site: &Site, id: MeetingId) -> r::MeetingRef {
    let meeting = &site.archive.meetings[id];
    r::MeetingRef {
        id: meeting.id.clone(),
        url: address(site, &site.routes.meeting(id)),
        title: site.meeting_title(id),
        date: meeting.date.to_string(),
        status: meeting.status.name().to_owned(),
    }
}

/// `parks/2024-03-12#4`
pub fn item_id(site: &Site, id: ItemId) -> String {
    let item = &site.archive.items[id];
    format!("{}#{}", site.archive.meetings[item.meeting].id, item.address)
}

fn item_ref(site: &Site, id: ItemId) -> r::ItemRef {
    let item = &site.archive.items[id];
    r::ItemRef {
        id: item_id(site, id),
        url: whole(site, &site.routes.item_href(id)),
        number: item.number.clone(),
        title: item.title.clone(),
        meeting: meeting_ref(site, item.meeting),
    }
}

fn source(path: &SourcePath) -> r::Source {
    r::Source {
        file: path.to_string(),
        system: None,
        url: None,
        retrieved: None,
    }
}

fn contact(contact: &Contact) -> r::Contact {
    r::Contact {
        name: contact.name.clone(),
        email: contact.email.clone(),
        telephone: contact.telephone.clone(),
        address: contact.address.clone(),
    }
}

fn paper(site: &Site, paper: &Paper) -> r::Paper {
    let file = match &paper.target {
        Some(Target::Paper(id) | Target::Picture(id, _)) => Some(&site.archive.papers[*id]),
        _ => None,
    };
    let href = paper.target.as_ref().and_then(|t| site.routes.target(t));
    r::Paper {
        title: paper.title.clone(),
        url: href.map(|href| whole(site, &href)),
        format: file.map(|f| f.kind.clone()),
        bytes: file.map(|f| f.bytes),
        published: day(paper.published),
        supplement: paper.supplement,
        exempt: paper.exempt.as_ref().map(|e| e.reason.clone()),
    }
}

pub fn meeting(site: &Site, id: MeetingId) -> r::Meeting {
    let meeting = &site.archive.meetings[id];
    let target = |t: &Target| site.routes.target(t).map(|href| whole(site, &href));
    let system = meeting.system.clone().unwrap_or_default();
    r::Meeting {
        schema: None,
        record: r::MeetingKind::Meeting,
        id: meeting.id.clone(),
        url: address(site, &site.routes.meeting(id)),
        aliases: meeting.aliases.clone(),
        title: site.meeting_title(id),
        date: meeting.date.to_string(),
        until: day(meeting.until),
        start: meeting.start.clone(),
        end: meeting.end.clone(),
        bodies: meeting.bodies.iter().map(|b| body_ref(site, *b)).collect(),
        kind: meeting.kind.clone(),
        status: meeting.status.name().to_owned(),
        mode: meeting.mode.clone(),
        venue: meeting.venue.clone(),
        attend: meeting.attend.clone(),
        webcast: meeting.webcast.clone(),
        agenda_published: day(meeting.agenda_published),
        minutes: meeting.minutes.map(|m| match m {
            MinutesState::Draft => r::Minutes::Draft,
            MinutesState::Confirmed => r::Minutes::Confirmed,
        }),
        minutes_published: day(meeting.minutes_published),
        confirmed_at: meeting.confirmed_at.as_ref().and_then(target),
        changed: day(site.changed(meeting)),
        complete: meeting.complete,
        continues: meeting.continues.map(|m| address(site, &site.routes.meeting(m))),
        exempt: meeting.exempt.as_ref().map(|e| e.reason.clone()),
        corrections: meeting
            .corrections
            .iter()
            .map(|(date, text)| r::Correction {
                date: day(*date),
                text: text.clone(),
            })
            .collect(),
        papers: meeting.papers.iter().map(|p| paper(site, p)).collect(),
        attendance: meeting.attendance.iter().map(|a| attendee(site, a)).collect(),
        movements: meeting
            .movements
            .iter()
            .map(|m| r::Movement {
                person: name(site, m.person, &m.name),
                arrived: m.arrived.clone(),
                left: m.left.clone(),
                returned: m.returned.clone(),
            })
            .collect(),
        preamble: text(site, &meeting.preamble, &[]),
        public_summary: sections(site, &meeting.public_summary, None),
        items: meeting.items.iter().map(|i| item(site, *i)).collect(),
        close: meeting.close.as_ref().map(|(_, close)| text(site, close, &[])),
        source: r::Source {
            file: meeting.source.to_string(),
            system: system.0,
            url: system.1,
            retrieved: system.2,
        },
    }
}

fn attendee(site: &Site, attendee: &Attendee) -> r::Attendee {
    let stands_for = attendee.stands_for.as_deref();
    r::Attendee {
        person: name(site, attendee.person, &attendee.name),
        presence: attendee.presence.name().to_owned(),
        chair: attendee.chair,
        role: attendee.role.clone(),
        organisation: attendee.organisation.clone(),
        reason: attendee.reason.clone(),
        substitute_for: stands_for.map(|(id, written)| name(site, *id, written)),
    }
}

fn item(site: &Site, id: ItemId) -> r::Item {
    let item = &site.archive.items[id];
    let listed = item.people.iter().filter(|p| site.archive.people[**p].listed);
    r::Item {
        id: item_id(site, id),
        url: whole(site, &site.routes.item_href(id)),
        aliases: item.aliases.to_vec(),
        number: item.number.clone(),
        title: item.title.clone(),
        exempt: item.exempt.as_ref().map(|e| e.reason.clone()),
        issues: item.issues.iter().map(|i| issue_ref(site, *i)).collect(),
        people: listed
            .map(|p| r::Ref {
                id: site.archive.people[*p].id.clone(),
                name: site.archive.people[*p].name.clone(),
                url: address(site, &site.routes.person(*p)),
            })
            .collect(),
        fields: item.fields.iter().map(|f| field(site, f)).collect(),
        sections: sections(site, &item.sections, Some(Place::Item(id))),
    }
}

fn field(site: &Site, field: &Field) -> r::Field {
    let none = || r::Text {
        html: String::new(),
        text: String::new(),
    };
    let (mut value, mut people, mut issues) = (none(), Vec::new(), Vec::new());
    match &field.value {
        FieldValue::Text(written) => value = text(site, written, &[]),
        FieldValue::People(names) => people.extend(names.iter().map(|(id, n)| name(site, *id, n))),
        FieldValue::Issues(ids) => issues.extend(ids.iter().map(|i| issue_ref(site, *i))),
    }
    r::Field {
        key: field.key.name().to_owned(),
        label: field.label.clone(),
        value,
        people,
        issues,
    }
}

fn sections(site: &Site, sections: &[Section], place: Option<Place>) -> Vec<r::Section> {
    sections.iter().map(|s| section(site, s, place)).collect()
}

/// A section; what stands at a place of its own has the address of a part of it.
fn section(site: &Site, section: &Section, place: Option<Place>) -> r::Section {
    let part = |anchor: &str| place.map_or_else(String::new, |p| whole(site, &p.part(site, anchor)));
    let entry = |e: &Entry| {
        let anchor = e.kind.anchor()?;
        Some(r::Entry {
            kind: anchor.to_owned(),
            number: e.number,
            label: e.label.clone(),
            url: part(&format!("{anchor}-{}", e.number)),
            text: e.text.clone(),
            owner: e.owner.as_deref().map(|(id, written)| name(site, *id, written)),
            due: day(e.due),
            done: day(e.done),
            ticked: e.ticked,
        })
    };
    r::Section {
        kind: section.kind.name().to_owned(),
        label: section.label.clone(),
        content: text(site, &section.text, &section.entries),
        entries: section.entries.iter().filter_map(entry).collect(),
        vote: section.vote.as_ref().map(|vote| r::Vote {
            number: vote.number,
            title: vote.title.clone(),
            url: part(&format!("vote-{}", vote.number)),
            lines: vote.lines.iter().map(|l| vote_line(site, l)).collect(),
        }),
    }
}

fn vote_line(site: &Site, line: &VoteLine) -> r::VoteLine {
    r::VoteLine {
        key: line.key.name().to_owned(),
        label: line.label.clone(),
        text: site.plain(&line.text),
        count: line.count,
        names: line.names.iter().map(|(id, n)| name(site, *id, n)).collect(),
        complete: line.names_all(),
    }
}

pub fn issue(site: &Site, id: IssueId) -> r::Issue {
    let issue = &site.archive.issues[id];
    let lead = issue.lead_member.as_ref();
    let items = |coming: bool| {
        let comes = |i: &ItemId| {
            let meeting = site.archive.items[*i].meeting;
            site.archive.meetings[meeting].is_to_come(site.today)
        };
        let items = issue.items.iter().filter(|i| comes(i) == coming);
        items.map(|i| item_ref(site, *i)).collect()
    };
    r::Issue {
        schema: None,
        record: r::IssueKind::Issue,
        id: issue.id.clone(),
        url: address(site, &site.routes.issue(id)),
        title: issue.title.clone(),
        aliases: issue.aliases.clone(),
        reference: issue.reference.clone(),
        kind: issue.kind.clone(),
        status: issue.status.clone(),
        decision_due: issue.due.map(|due| r::Due {
            body: due.body.map(|b| body_ref(site, b)),
            date: day(due.date),
            key: due.key,
            notice_published: day(due.published),
        }),
        lead_member: lead.map(|(id, written)| name(site, *id, written)),
        topics: issue.topics.iter().map(|t| topic_ref(site, *t)).collect(),
        related: issue
            .related
            .iter()
            .map(|(other, how)| r::Related {
                issue: issue_ref(site, *other),
                how: how.clone(),
            })
            .collect(),
        background: text(site, &issue.text, &[]),
        considered: items(false),
        coming: items(true),
        decisions: issue.decisions.iter().map(|d| decision_ref(site, *d)).collect(),
        source: issue.source.as_ref().map(source),
    }
}

pub fn body(site: &Site, id: BodyId) -> r::Body {
    let body = &site.archive.bodies[id];
    r::Body {
        schema: None,
        record: r::BodyKind::Body,
        id: body.id.clone(),
        url: address(site, &site.routes.body(id)),
        name: body.name.clone(),
        aliases: body.aliases.clone(),
        kind: body.kind.clone(),
        parent: body.parent.map(|p| body_ref(site, p)),
        children: body.children.iter().map(|c| body_ref(site, *c)).collect(),
        from: day(body.from),
        to: day(body.to),
        quorum: body.quorum,
        members: body
            .members
            .iter()
            .map(|m| r::Member {
                person: name(site, Some(m.person), ""),
                role: m.role.clone(),
                from: day(m.from),
                to: day(m.to),
                voting: m.voting,
            })
            .collect(),
        contact: contact(&body.contact),
        remit: text(site, &body.text, &[]),
        meetings: body.meetings.iter().map(|m| meeting_ref(site, *m)).collect(),
        decisions: body.decisions.iter().map(|d| decision_ref(site, *d)).collect(),
        source: body.source.as_ref().map(source),
    }
}

pub fn person(site: &Site, id: PersonId) -> r::Person {
    let person = &site.archive.people[id];
    let (figures, whole_figures) = attendance::figures_of_person(site.archive, id);
    let interest = |(published, id): &(Option<Date>, PaperId)| {
        let file = &site.archive.papers[*id];
        r::Paper {
            title: file.source.stem().to_owned(),
            url: Some(address(site, &site.routes.paper(*id))),
            format: Some(file.kind.clone()),
            bytes: Some(file.bytes),
            published: day(*published),
            supplement: false,
            exempt: None,
        }
    };
    r::Person {
        schema: None,
        record: r::PersonKind::Person,
        id: person.id.clone(),
        url: address(site, &site.routes.person(id)),
        name: person.name.clone(),
        sort_name: person.sort.clone(),
        aliases: person.aliases.clone(),
        party: person.party.clone(),
        terms: person
            .terms
            .iter()
            .map(|(ward, from, to)| r::Term {
                ward: ward.clone(),
                from: day(*from),
                to: day(*to),
            })
            .collect(),
        contact: contact(&person.contact),
        biography: text(site, &person.text, &[]),
        interests: person.interests.iter().map(interest).collect(),
        memberships: person
            .memberships
            .iter()
            .map(|(body, m)| r::Membership {
                body: body_ref(site, *body),
                role: m.role.clone(),
                from: day(m.from),
                to: day(m.to),
                voting: m.voting,
            })
            .collect(),
        attendance: person
            .attendance
            .iter()
            .map(|(meeting, presence)| r::Attended {
                meeting: meeting_ref(site, *meeting),
                presence: presence.name().to_owned(),
            })
            .collect(),
        figures_sum: (figures.len() > 1).then(|| sums(&whole_figures)),
        figures: figures
            .iter()
            .map(|(body, figures)| r::Figures {
                body: body_ref(site, *body),
                sums: sums(figures),
            })
            .collect(),
        actions: actions::entries_of_person(site, id)
            .into_iter()
            .map(|(place, entry)| action(site, place, entry))
            .collect(),
        decided: person::decided(site.archive, id)
            .map(|d| decision_ref(site, d))
            .collect(),
        votes: person::casts(site.archive, id)
            .iter()
            .map(|cast| r::Cast {
                url: whole(
                    site,
                    &site
                        .routes
                        .item_part(cast.item, &format!("vote-{}", cast.vote.number)),
                ),
                item: item_id(site, cast.item),
                title: cast.vote.title.clone(),
                vote: cast.how.name().to_owned(),
                result: cast.result(site),
            })
            .collect(),
        items: person.items.iter().map(|i| item_ref(site, *i)).collect(),
        source: person.source.as_ref().map(source),
    }
}

fn sums(figures: &Figures) -> r::Sums {
    let counts = |[present, remote, substituted, apologies, absent, unrecorded]: [u32; 6]| r::Counts {
        present,
        remote,
        substituted,
        apologies,
        absent,
        unrecorded,
    };
    r::Sums {
        expected: counts(figures.expected),
        percent: figures.percent(),
        stood_in: figures.stood_in,
        beyond: counts(figures.beyond),
    }
}

fn action(site: &Site, place: Place, entry: &Entry) -> r::Action {
    let (item, decision) = match place {
        Place::Item(id) => (Some(item_id(site, id)), None),
        Place::Outside(id) => (None, Some(site.archive.decisions[id].id.clone())),
    };
    r::Action {
        url: whole(site, &place.entry(site, entry)),
        item,
        decision,
        text: entry.text.clone(),
        due: day(entry.due),
        done: day(entry.done),
        state: actions::state(entry, site.today).to_owned(),
    }
}

/// A page of the site's own.
pub fn page(site: &Site, page: &Page, url: &Url) -> r::Page {
    r::Page {
        id: page.id.clone(),
        url: address(site, url),
        title: page.title.clone(),
        content: text(site, &page.text, &[]),
        source: source(&page.source),
    }
}

pub fn decision(site: &Site, id: DecisionId) -> r::Decision {
    let decision = &site.archive.decisions[id];
    let maker = decision.maker.as_ref();
    r::Decision {
        schema: None,
        record: r::DecisionKind::Decision,
        id: decision.id.clone(),
        title: decision.title.clone(),
        date: decision.date.to_string(),
        maker_kind: decision.maker_kind.clone(),
        maker_role: decision.maker_role.clone(),
        maker: maker.map(|(id, written)| name(site, *id, written)),
        body: decision.body.map(|b| body_ref(site, b)),
        key: decision.key,
        notice_published: day(decision.notice),
        call_in_until: day(decision.call_in),
        effective: day(decision.effective),
        status: decision.status.clone(),
        reference: decision.reference.clone(),
        issues: decision.issues.iter().map(|i| issue_ref(site, *i)).collect(),
        exempt: decision.exempt.as_ref().map(|e| e.reason.clone()),
        sections: sections(site, &decision.sections, Some(Place::Outside(id))),
        source: source(&decision.source),
        url: address(site, &site.routes.decision(id)),
    }
}
