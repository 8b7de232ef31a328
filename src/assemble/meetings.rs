//! Meetings and all other texts, with every reference understood.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::collect::{Collected, FiledMeeting, issue_parts};
use super::names::Found;
use super::resolve::{Place, Resolver, World};
use super::sections::Counts;
use super::{links, roll};
use crate::document::exempt;
use crate::document::front_matter::Mention;
use crate::document::meeting::AttendeeDoc;
use crate::document::records::PageDoc;
use crate::model::fit::{collected, fit};
use crate::model::*;
use crate::paths::SourcePath;
use crate::report::{Diagnostic, Report, Severity, rules};
use crate::source::Sources;
use crate::text::{roles, wiki};

/// Resolves every document, meetings in parallel.
pub fn resolve(
    collected: Collected,
    sources: &Sources,
    today: Date,
    report: &mut Report,
) -> (Archive, World) {
    let Collected {
        world,
        mut bodies,
        mut people,
        mut issues,
        topics,
        meetings,
        decisions,
        pages,
        home,
        body_docs,
        person_docs,
        issue_docs,
        next_release,
    } = collected;
    let resolver = Resolver {
        world: &world,
        sources,
    };

    for (id, path, doc) in body_docs {
        let place = plain(&path);
        bodies[id].text = resolver.text(doc.text, &mut [], place, Vec::new(), report);
        bodies[id].parent = doc
            .parent
            .and_then(|parent| resolver.body(&parent, &path, report))
            .filter(|p| *p != id);
        for member in doc.members {
            let Some(person) = resolver.person(&member.who, &path, report) else {
                no_member(&resolver, &member.who, &path, report);
                continue;
            };
            bodies[id].members.push(Membership {
                person,
                role: member.role,
                from: member.from,
                to: member.to,
                voting: member.voting,
                span: member.who.span,
            });
        }
    }
    for (id, path, doc) in person_docs {
        let place = Place {
            own: Some(id),
            ..plain(&path)
        };
        people[id].text = resolver.text(doc.text, &mut [], place, Vec::new(), report);
        for (published, file) in doc.interests {
            match resolver.papers.find(&path, &file.text, resolver.sources) {
                super::papers::Found::Paper(paper) => people[id].interests.push((published, paper)),
                super::papers::Found::Missing if people[id].listed => {
                    let words = format!("the file `{}` is not there", file.text);
                    report.push(Diagnostic::new(
                        &rules::MISSING_FILE,
                        &path,
                        Some(file.span),
                        words,
                    ));
                }
                super::papers::Found::Private => {
                    let (words, help) = super::papers::PRIVATE;
                    report.push(
                        Diagnostic::new(&rules::EXEMPT_PAPER_LINKED, &path, Some(file.span), words)
                            .help(help)
                            .withheld(true),
                    );
                }
                _ => {}
            }
        }
    }
    for (id, path, doc) in issue_docs {
        let text = resolver.text(doc.text, &mut [], plain(&path), Vec::new(), report);
        let lead = doc
            .lead_member
            .map(|m| resolver.named(&m.text, m.span, &path, report));
        let due = doc.due.map(|due| DecisionDue {
            body: due.body.and_then(|b| resolver.body(&b, &path, report)),
            date: due.date,
            key: due.key,
            published: due.published,
        });
        let related: Vec<_> = doc
            .related
            .into_iter()
            .filter_map(|(m, how)| resolver.declared_issue(&m, &path, report).map(|i| (i, how)))
            .collect();
        let topic_ids = doc
            .topics
            .iter()
            .filter_map(|t| resolver.topics.get(&crate::text::slug(t)).copied())
            .collect();
        let issue = &mut issues[id];
        issue.text = text;
        issue.lead_member = lead;
        issue.due = due;
        issue.related = related;
        issue.topics = topic_ids;
    }

    let resolved: Vec<(Meeting, Vec<Item>, Report)> = meetings
        .into_par_iter()
        .enumerate()
        .map(|(n, filed)| meeting(&resolver, &people, filed, MeetingId::from_index(n), today))
        .collect();
    let mut meeting_table = Table::default();
    let mut item_table = Table::default();
    for (meeting, items, said) in resolved {
        meeting_table.push(meeting);
        for item in items {
            item_table.push(item);
        }
        report.merge(said);
    }

    let mut decision_table = Table::default();
    for (path, id, date, doc) in decisions {
        decision_table.push(decision(&resolver, path, id, date, *doc, report));
    }
    let mut page_table = Table::default();
    for (path, id, doc) in pages {
        page_table.push(page(&resolver, path, id, doc, report));
    }
    let home = home.map(|(path, doc)| page(&resolver, path, String::new(), doc, report));

    let archive = Archive {
        bodies,
        meetings: meeting_table,
        items: item_table,
        issues,
        people,
        decisions: decision_table,
        papers: world.papers.table.clone(),
        topics,
        sittings: Table::default(),
        pages: page_table,
        home,
        today: None,
        next_release,
        order: Order::default(),
    };
    (archive, world)
}

/// Tells of a member whom the body's page cannot show.
fn no_member(resolver: &Resolver, who: &Mention, path: &SourcePath, report: &mut Report) {
    let text = wiki::meant(&who.text);
    let text = text.strip_prefix("person:").unwrap_or(text);
    // That two are meant is said already.
    if resolver.people.find(text) != Found::None || resolver.hidden.holds(text) {
        return;
    }
    let comes_to = "the body is shown without this member";
    if !resolver.no_id(text, comes_to, who.span, path, report) {
        let words = format!("`{text}` is not read as a name; {comes_to}");
        report.push(
            Diagnostic::new(&rules::NOT_A_NAME, path, Some(who.span), words).help(
                "write the id of a file in `people/`, or the name alone; a name begins with a capital letter",
            ),
        );
    }
}

/// Tells of an id under a heading that nobody has.
fn unknown_id(resolver: &Resolver, who: &Mention, path: &SourcePath, report: &mut Report) {
    let text = wiki::meant(&who.text);
    if resolver.people.find(text) == Found::None && resolver.bodies.find(text) == Found::None {
        resolver.no_id(text, "it is shown as it is written", who.span, path, report);
    }
}

fn plain(path: &SourcePath) -> Place<'_> {
    Place {
        path,
        meeting: None,
        papers: false,
        surnames: &[],
        notes: None,
        own: None,
    }
}

fn page(resolver: &Resolver, path: SourcePath, id: String, doc: PageDoc, report: &mut Report) -> Page {
    let text = resolver.text(doc.text, &mut [], plain(&path), Vec::new(), report);
    let aliases = doc.aliases.into_iter().map(|a| a.text).collect();
    Page {
        id,
        title: doc.title,
        text,
        source: path,
        aliases,
    }
}

fn decision(
    resolver: &Resolver,
    path: SourcePath,
    id: String,
    date: Date,
    doc: crate::document::records::DecisionDoc,
    report: &mut Report,
) -> Decision {
    let mut counts = Counts::default();
    let place = plain(&path);
    let sections = doc
        .sections
        .into_iter()
        .map(|s| resolver.section(s, place, &mut counts, report))
        .collect();
    let known = |text: &str| resolver.issues.find(text) != Found::None || resolver.hidden.holds(text);
    let parts = doc.issues.iter().flat_map(|issue| issue_parts(issue, known));
    let issues = parts.filter_map(|part| match resolver.issues.find(part) {
        Found::One(id) => Some(id),
        _ => None,
    });
    Decision {
        title: doc
            .title
            .unwrap_or_else(|| super::people::from_id(id.get(11..).unwrap_or(&id))),
        date,
        maker_kind: doc.maker_kind,
        maker_role: doc.maker_role,
        maker: doc.maker.map(|m| resolver.named(&m.text, m.span, &path, report)),
        body: doc.body.and_then(|b| resolver.body(&b, &path, report)),
        key: doc.key,
        notice: doc.notice,
        call_in: doc.call_in,
        effective: doc.effective,
        status: doc.status,
        issues: issues.collect(),
        reference: doc.reference,
        exempt: doc.exempt,
        sections,
        aliases: doc.aliases.into_iter().map(|a| a.text).collect(),
        source: path,
        id,
    }
}

pub fn meeting(
    resolver: &Resolver,
    people: &Table<Person>,
    filed: FiledMeeting,
    id: MeetingId,
    today: Date,
) -> (Meeting, Vec<Item>, Report) {
    let mut report = Report::new();
    let FiledMeeting {
        path,
        id: name,
        date,
        body,
        doc,
        first_item,
    } = filed;
    let doc = *doc;
    let mut bodies = vec![body];
    for mention in &doc.bodies {
        if let Some(other) = resolver.body(mention, &path, &mut report)
            && !bodies.contains(&other)
        {
            bodies.push(other);
        }
    }
    let status = doc.status.unwrap_or(if date > today {
        Status::Scheduled
    } else {
        Status::Held
    });

    let mut attendance: Vec<Attendee> = doc
        .attendance
        .into_iter()
        .map(|a| attendee(resolver, a, &path, &mut report))
        .collect();
    let known = |name: &str| matches!(resolver.people.find(name), Found::One(_));
    let sections = doc.agenda.attendance.iter();
    let listed: Vec<Vec<roll::Listed>> = sections.map(|section| roll::listed(section, known)).collect();
    let mut found: Vec<Vec<links::Wanted>> = Vec::new();
    let mut named: BTreeMap<Presence, BTreeSet<PersonId>> = BTreeMap::new();
    let mut rows: BTreeMap<(Presence, PersonId), usize> = BTreeMap::new();
    for (n, attendee) in attendance.iter().enumerate() {
        if let Some(person) = attendee.person {
            rows.entry((attendee.presence, person)).or_insert(n);
        }
    }
    for (section, names) in doc.agenda.attendance.iter().zip(&listed) {
        let mut wanted = Vec::new();
        for name in names {
            let link = name.link.map(|link| &section.prose.links[link as usize]);
            let person = link
                .and_then(|link| resolver.linked_person(link, &path))
                .or_else(|| resolver.person(&name.who, &path, &mut report))
                .filter(|_| section.presence != Presence::InAttendance || !name.who.text.is_empty());
            if person.is_none() && section.presence != Presence::InAttendance {
                unknown_id(resolver, &name.who, &path, &mut report);
                resolver.puzzling(&name.who, section.presence, &path, &mut report);
            }
            if let (Some(role), Some(person)) = (&name.role, person)
                && name.doubtful
                && section.presence != Presence::InAttendance
            {
                // A ward may look like a name.
                let terms = people[person].terms.iter().filter_map(|term| term.0.as_ref());
                if !terms.into_iter().any(|term| term.contains(role.as_str())) {
                    doubtful(&name.who, role, &path, &mut report);
                }
            }
            if let (Some(person), Some((from, to))) = (person, name.html) {
                wanted.push((from, to, person));
            }
            named.entry(section.presence).or_default().extend(person);
            let chair = name.role.as_deref().is_some_and(roles::is_chair);
            let row = attendance.len();
            let twin = person.map(|person| *rows.entry((section.presence, person)).or_insert(row));
            match twin.and_then(|twin| attendance.get_mut(twin)) {
                Some(twin) => twin.chair |= chair,
                None => attendance.push(Attendee {
                    presence: section.presence,
                    person,
                    name: name.who.text.clone(),
                    chair,
                    role: name.role.clone(),
                    organisation: None,
                    reason: None,
                    stands_for: None,
                    declared: false,
                    span: name.who.span,
                }),
            }
        }
        found.push(wanted);
    }
    agree(&attendance, &doc.agenda.attendance, &named, &path, &mut report);

    // Guests are spoken of by their titles too.
    let who = attendance
        .iter()
        .filter(|a| a.presence.attended() || a.presence == Presence::InAttendance)
        .filter_map(|a| a.person);
    let surnames = links::surnames(who.map(|p| (p, people[p].name.as_str())));
    let notes = notes(&doc.agenda, first_item);
    let place = Place {
        path: &path,
        meeting: Some(id),
        papers: false,
        surnames: &surnames,
        notes: Some(&notes),
        own: None,
    };

    let mut roll_sections = Vec::new();
    for (section, wanted) in doc.agenda.attendance.into_iter().zip(found) {
        if section.in_item {
            continue;
        }
        let text = resolver.text(section.prose, &mut [], place, wanted, &mut report);
        roll_sections.push(RollSection {
            presence: section.presence,
            label: section.label,
            text,
        });
    }
    let movements = doc.movements.into_iter().map(|m| {
        let (person, name) = resolver.named(&m.who.text, m.who.span, &path, &mut report);
        Movement {
            person,
            name,
            arrived: m.arrived,
            left: m.left,
            returned: m.returned,
            span: m.who.span,
        }
    });
    let movements = movements.collect();
    let papers = doc
        .papers
        .into_iter()
        .map(|p| paper(resolver, p, place, &mut report))
        .collect();
    let preamble = resolver.text(doc.agenda.preamble, &mut [], place, Vec::new(), &mut report);
    let close = doc.agenda.close.map(|(label, text)| {
        (
            label,
            resolver.text(text, &mut [], place, Vec::new(), &mut report),
        )
    });
    let mut counts = Counts::default();
    let public_summary = doc
        .public_summary
        .into_iter()
        .map(|s| resolver.section(s, place, &mut counts, &mut report))
        .collect();
    let confirmed_at = doc
        .minutes
        .confirmed_at
        .as_ref()
        .and_then(|m| resolver.meeting_or_item(m, &path, &mut report));
    let continues =
        doc.continues
            .as_ref()
            .and_then(|m| match resolver.meeting_or_item(m, &path, &mut report) {
                Some(Target::Meeting(meeting)) if meeting != id => Some(meeting),
                _ => None,
            });

    let mut items = Vec::new();
    let mut item_ids = Vec::new();
    for (n, item) in doc.agenda.items.into_iter().enumerate() {
        item_ids.push(ItemId::from_index(first_item as usize + n));
        let mut counts = Counts::default();
        let mut issues = Vec::new();
        let mut fields = Vec::new();
        let mut aliases = Vec::new();
        for field in item.fields {
            if field.key == FieldKey::Aliases {
                aliases.extend(
                    field
                        .value
                        .text
                        .split([' ', ','])
                        .map(str::trim)
                        .filter(|a| !a.is_empty())
                        .map(str::to_owned),
                );
                continue;
            }
            let (field, more) = resolver.field(field, place, &mut report);
            issues.extend(
                more.into_iter()
                    .filter(|i| !issues.contains(i))
                    .collect::<Vec<_>>(),
            );
            fields.push(field);
        }
        let sections = collected(
            item.sections.len(),
            item.sections
                .into_iter()
                .map(|s| resolver.section(s, place, &mut counts, &mut report)),
        );
        let people = people_of(&fields, &sections);
        two_texts(&sections, item.heading, &path, &mut report);
        items.push(Item {
            meeting: id,
            number: item.number,
            is_divider: item.exempt.is_some() && exempt::heading(&item.title).is_some_and(|(_, all)| all),
            title: item.title,
            address: item.address,
            other_number: item.other_number,
            fields: fit(fields),
            issues: fit(issues),
            sections,
            exempt: item.exempt,
            people: fit(people),
            aliases: fit(aliases),
            heading: item.heading,
            span: item.span,
        });
    }
    let meeting = Meeting {
        id: name,
        title: doc.title,
        date,
        bodies,
        kind: doc.kind,
        status,
        start: doc.start,
        end: doc.end,
        until: doc.until,
        continues,
        venue: doc.venue,
        mode: doc.mode,
        attend: doc.attend,
        agenda_published: doc.agenda_published,
        minutes: doc.minutes.state,
        minutes_published: doc.minutes.published,
        confirmed_at,
        corrections: doc.corrections,
        updated: doc.updated,
        complete: doc.complete.unwrap_or(true),
        webcast: doc.webcast,
        papers,
        attendance,
        movements,
        roll: roll_sections,
        preamble,
        items: item_ids,
        close,
        exempt: doc.exempt,
        public_summary,
        aliases: doc.aliases.into_iter().map(|a| a.text).collect(),
        system: doc.source,
        places: doc.places,
        previous: None,
        next: None,
        continued: None,
        source: path,
    };
    (meeting, items, report)
}

/// Decision and Resolved say the same, or a reader must be able to see why not.
fn two_texts(sections: &[Section], heading: crate::paths::Span, path: &SourcePath, report: &mut Report) {
    let holds = |kind: EntryKind| sections.iter().flat_map(|s| &s.entries).any(|e| e.kind == kind);
    if !holds(EntryKind::Decision) || !holds(EntryKind::Resolved) {
        return;
    }
    let of = |kind: EntryKind| -> Vec<String> {
        let entries = sections
            .iter()
            .flat_map(|s| &s.entries)
            .filter(|e| e.kind == kind);
        entries.map(Entry::compared).collect()
    };
    let (decided, resolved) = (of(EntryKind::Decision), of(EntryKind::Resolved));
    if decided != resolved {
        report.push(
            Diagnostic::new(
                &rules::TWO_TEXTS,
                path,
                Some(heading),
                "the decision and what was resolved differ in this item; both are shown",
            )
            .help("let both say the same, or leave one of them out"),
        );
    }
}

/// Which item holds each footnote: its call may stand in another.
fn notes(agenda: &crate::document::agenda::Agenda, first_item: u32) -> BTreeMap<String, ItemId> {
    let mut notes = BTreeMap::new();
    for (n, item) in agenda.items.iter().enumerate() {
        for prose in item.sections.iter().map(|s| &s.prose) {
            for slot in &prose.slots {
                if let What::Note(link) = slot.what {
                    let label = prose.links[link as usize].label.clone();
                    notes
                        .entry(label)
                        .or_insert(ItemId::from_index(first_item as usize + n));
                }
            }
        }
    }
    notes
}

fn attendee(resolver: &Resolver, doc: AttendeeDoc, path: &SourcePath, report: &mut Report) -> Attendee {
    let doc = roll::apart(doc, |name| resolver.people.find(name) != Found::None);
    let (person, name) = if doc.presence == Presence::InAttendance {
        resolver.named(&doc.who.text, doc.who.span, path, report)
    } else {
        match resolver.person(&doc.who, path, report) {
            Some(person) => (Some(person), doc.who.text.clone()),
            None => {
                resolver.puzzling(&doc.who, doc.presence, path, report);
                resolver.named(&doc.who.text, doc.who.span, path, report)
            }
        }
    };
    let stands_for = doc
        .stands_for
        .map(|m| Box::new(resolver.named(&m.text, m.span, path, report)));
    Attendee {
        presence: doc.presence,
        person,
        name,
        chair: doc.chair,
        role: doc.role,
        organisation: doc.organisation,
        reason: doc.reason,
        stands_for,
        declared: true,
        span: doc.who.span,
    }
}

/// Tells of words behind a name that may be a second name.
fn doubtful(who: &Mention, role: &str, path: &SourcePath, report: &mut Report) {
    let words = format!(
        "`{role}` is read as what {} is, and not as a second name",
        who.text
    );
    let mut told = Diagnostic::new(&rules::NOT_A_NAME, path, Some(who.span), words).help(format!(
        "write two names in two entries or with a semicolon, `{}; {role}`, and a role in brackets",
        who.text
    ));
    told.severity = Severity::Note;
    report.push(told);
}

/// What the front matter and the headings say of one kind of presence must
/// agree. `listed`: who stands under a heading of that kind.
fn agree(
    attendance: &[Attendee],
    sections: &[crate::document::agenda::AttendanceDoc],
    listed: &BTreeMap<Presence, BTreeSet<PersonId>>,
    path: &SourcePath,
    report: &mut Report,
) {
    for (presence, listed) in listed {
        let of = |declared: bool| {
            attendance
                .iter()
                .filter(move |a| a.presence == *presence && a.declared == declared && a.person.is_some())
        };
        // The chair alone is no list.
        if of(true).all(|a| a.chair) {
            continue;
        }
        let Some(section) = sections.iter().find(|s| s.presence == *presence) else {
            continue;
        };
        let heading = crate::paths::Span {
            end: section.span.start + 1,
            ..section.span
        };
        let mut differs = |names: Vec<&str>, words: &dyn Fn(String) -> String| {
            if !names.is_empty() {
                let words = words(names.join(", "));
                report.push(
                    Diagnostic::new(&rules::ATTENDANCE_DIFFERS, path, Some(heading), words)
                        .help("keep the names in one of the two places"),
                );
            }
        };
        let only_here = of(false).map(|a| a.name.as_str()).collect();
        let only_there = of(true)
            .filter(|a| a.person.is_some_and(|p| !listed.contains(&p)))
            .map(|a| a.name.as_str())
            .collect();
        differs(only_here, &|names| {
            format!("under this heading and not in `attendance:`: {names}")
        });
        differs(only_there, &|names| {
            format!("in `attendance:` and not under this heading: {names}")
        });
    }
}

fn paper(
    resolver: &Resolver,
    doc: crate::document::meeting::PaperDoc,
    place: Place,
    report: &mut Report,
) -> Paper {
    let mut target = None;
    let mut title = doc.title;
    if let Some(file) = doc.file {
        title.get_or_insert_with(|| file.text.clone());
        let mut written = crate::model::Prose::default();
        written.links.push(crate::document::prose::Href {
            kind: crate::document::prose::HrefKind::Written,
            dest: file.text,
            label: String::new(),
            span: file.span,
        });
        let text = resolver.text(
            written,
            &mut [],
            Place {
                papers: true,
                ..place
            },
            Vec::new(),
            report,
        );
        target = text.links.into_iter().next();
    }
    Paper {
        title: title.unwrap_or_default(),
        target,
        published: doc.published,
        supplement: doc.supplement,
        exempt: doc.exempt,
    }
}

/// Everybody whom an item names.
fn people_of(fields: &[Field], sections: &[Section]) -> Vec<PersonId> {
    let mut people = BTreeSet::new();
    let text = |text: &Text, people: &mut BTreeSet<PersonId>| {
        for link in &text.links {
            match link {
                Target::Person(id) => drop(people.insert(*id)),
                Target::Bare(target) => {
                    if let Target::Person(id) = **target {
                        people.insert(id);
                    }
                }
                _ => {}
            }
        }
    };
    for field in fields {
        match &field.value {
            FieldValue::Text(t) => text(t, &mut people),
            FieldValue::People(list) => people.extend(list.iter().filter_map(|p| p.0)),
            FieldValue::Issues(_) => {}
        }
    }
    for section in sections {
        text(&section.text, &mut people);
        people.extend(
            section
                .entries
                .iter()
                .filter_map(|e| e.owner.as_ref().and_then(|o| o.0)),
        );
        for line in section.vote.iter().flat_map(|v| &v.lines) {
            text(&line.text, &mut people);
            people.extend(line.names.iter().filter_map(|n| n.0));
        }
    }
    people.into_iter().collect()
}
