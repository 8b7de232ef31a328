//! Every record learns who speaks of it.

use std::collections::BTreeMap;

use crate::model::*;
use crate::text::names;

pub fn add(archive: &mut Archive) {
    let Archive {
        bodies,
        meetings,
        items,
        issues,
        people,
        decisions,
        topics,
        ..
    } = archive;

    for (id, meeting) in meetings.iter() {
        for body in &meeting.bodies {
            bodies[*body].meetings.push(id);
        }
    }
    // Meetings stand in the order of their days already.
    let mut neighbours = Vec::new();
    for (id, body) in bodies.iter() {
        let own = body
            .meetings
            .iter()
            .filter(|m| meetings[**m].bodies.first() == Some(&id));
        let own: Vec<MeetingId> = own.copied().collect();
        neighbours.extend(own.windows(2).map(|pair| (pair[0], pair[1])));
    }
    for (before, after) in neighbours {
        meetings[after].previous = Some(before);
        meetings[before].next = Some(after);
    }
    let resumed: Vec<(MeetingId, MeetingId)> = meetings
        .iter()
        .filter_map(|(id, m)| m.continues.map(|first| (first, id)))
        .collect();
    for (first, id) in resumed {
        meetings[first].continued.get_or_insert(id);
    }
    let parents: Vec<(BodyId, BodyId)> = bodies
        .iter()
        .filter_map(|(id, b)| b.parent.map(|p| (p, id)))
        .collect();
    parents
        .into_iter()
        .for_each(|(parent, child)| bodies[parent].children.push(child));
    for id in bodies.ids() {
        for membership in bodies[id].members.clone() {
            people[membership.person].memberships.push((id, membership));
        }
    }

    // Newest meeting first; within a meeting in the order of its agenda.
    for id in meetings.ids().rev() {
        let mut seen: BTreeMap<PersonId, Presence> = BTreeMap::new();
        for attendee in &meetings[id].attendance {
            if let Some(person) = attendee.person {
                let presence = seen.entry(person).or_insert(attendee.presence);
                *presence = (*presence).min(attendee.presence);
            }
        }
        for (person, presence) in seen {
            people[person].attendance.push((id, presence));
        }
        for item in meetings[id].items.clone() {
            for issue in &items[item].issues {
                issues[*issue].items.push(item);
            }
            for person in &items[item].people {
                people[*person].items.push(item);
            }
        }
    }
    for (id, decision) in decisions.iter() {
        decision
            .issues
            .iter()
            .for_each(|issue| issues[*issue].decisions.push(id));
        decision
            .body
            .iter()
            .for_each(|body| bodies[*body].decisions.push(id));
    }
    for (id, decision) in decisions.iter().rev() {
        let entries = decision.sections.iter().flat_map(|s| &s.entries);
        let mut named: Vec<PersonId> = entries
            .filter_map(|e| e.owner.as_ref()?.0)
            .chain(decision.maker.iter().filter_map(|m| m.0))
            .collect();
        named.sort_unstable();
        named.dedup();
        named
            .into_iter()
            .for_each(|person| people[person].decisions.push(id));
    }
    let related: Vec<(IssueId, IssueId)> = issues
        .iter()
        .flat_map(|(id, i)| i.related.iter().map(move |(other, _)| (*other, id)))
        .collect();
    for (named, by) in related {
        let known = &mut issues[named].named_by;
        if !known.contains(&by) {
            known.push(by);
        }
    }
    let by_id: BTreeMap<String, TopicId> = topics.iter().map(|(id, t)| (t.id.clone(), id)).collect();
    for (id, item) in items.iter() {
        for field in item.fields.iter().filter(|f| f.key == FieldKey::Tags) {
            if let FieldValue::Text(text) = &field.value {
                for (_, name) in names::divide(&text.text()) {
                    if let Some(topic) = by_id.get(&crate::text::slug(name)) {
                        topics[*topic].items.push(id);
                    }
                }
            }
        }
    }

    archive.order = Order {
        bodies: sorted(
            archive
                .bodies
                .iter()
                .map(|(id, b)| ((b.to.is_some(), names::fold(&b.name), b.id.clone()), id)),
        ),
        people: sorted(
            archive
                .people
                .iter()
                .filter(|(_, p)| p.listed)
                .map(|(id, p)| ((names::fold(&p.sort), p.id.clone()), id)),
        ),
        issues: sorted(
            archive
                .issues
                .iter()
                .map(|(id, i)| ((names::fold(&i.title), i.id.clone()), id)),
        ),
    };
    for id in &archive.order.issues {
        for topic in &archive.issues[*id].topics {
            archive.topics[*topic].issues.push(*id);
        }
    }
}

fn sorted<K: Ord, T>(rows: impl Iterator<Item = (K, Id<T>)>) -> Vec<Id<T>> {
    let mut rows: Vec<(K, Id<T>)> = rows.collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows.into_iter().map(|r| r.1).collect()
}
