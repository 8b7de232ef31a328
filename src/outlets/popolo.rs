//! People, bodies, memberships, meetings and votes as Popolo
//! (popoloproject.com, the JSON serialization), for programs that know it.
//!
//! Popolo has no place for agenda items and their texts, for decisions without
//! a vote, actions, papers, issues, apologies and substitutes, a casting vote,
//! or the reason why something is withheld. The archive as JSON has them all.
//! Who has no page is named in a vote and is no person here.

use jiff::civil::Date;
use serde::Serialize;

use super::json::each::{self, Each};
use super::json::{address, item_id, whole};
use super::{Made, Outlet};
use crate::model::*;
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Site, Subject};

pub struct Popolo;

impl Outlet for Popolo {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.popolo {
            return;
        }
        plan.add(url(), Subject::File("popolo".to_owned()), None);
        plan.offer(
            &site.routes.list("data"),
            Offer {
                kind: "application/json",
                href: site.routes.href(&url()),
                word: "popolo",
                title: None,
            },
        );
    }

    fn make<'a>(&self, _job: &Job, _site: &Site<'a>) -> Made<'a> {
        Made::Stream(Box::new(|site, out| each::write_pretty(&data(site), out)))
    }
}

pub fn url() -> Url {
    Url::new("data/popolo.json")
}

#[derive(Serialize)]
struct Data<'a> {
    persons: Vec<Person>,
    organizations: Vec<Organization>,
    memberships: Vec<Membership>,
    areas: Vec<Area>,
    events: Each<'a, Event>,
    motions: Each<'a, Motion>,
    vote_events: Each<'a, VoteEvent>,
}

#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    sort_name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_names: Vec<OtherName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biography: Option<String>,
    contact_details: Vec<ContactDetail>,
    sources: Vec<Link>,
}

#[derive(Serialize)]
struct OtherName {
    name: String,
}

#[derive(Serialize)]
struct Link {
    url: String,
}

#[derive(Serialize)]
struct ContactDetail {
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
}

#[derive(Serialize)]
struct Organization {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_names: Vec<OtherName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founding_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dissolution_date: Option<String>,
    contact_details: Vec<ContactDetail>,
    sources: Vec<Link>,
}

#[derive(Serialize)]
struct Membership {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    person_id: String,
    organization_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
}

#[derive(Serialize)]
struct Area {
    id: String,
    name: String,
    classification: &'static str,
}

#[derive(Serialize)]
struct Event {
    id: String,
    name: String,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    status: &'static str,
    classification: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attendees: Vec<Attendee>,
    sources: Vec<Link>,
}

#[derive(Serialize)]
struct Attendee {
    id: String,
}

#[derive(Serialize)]
struct Motion {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator_id: Option<String>,
    text: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    vote_events: Vec<String>,
    sources: Vec<Link>,
}

#[derive(Serialize)]
struct VoteEvent {
    id: String,
    motion_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    organization_id: Option<String>,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<String>,
    counts: Vec<Count>,
    votes: Vec<Vote>,
    sources: Vec<Link>,
}

#[derive(Serialize)]
struct Count {
    option: &'static str,
    value: u32,
}

#[derive(Serialize)]
struct Vote {
    option: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    voter_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voter: Option<OtherName>,
}

/// Popolo's words for how somebody voted.
const OPTIONS: [(VoteKey, &str); 4] = [
    (VoteKey::For, "yes"),
    (VoteKey::Against, "no"),
    (VoteKey::Abstained, "abstain"),
    (VoteKey::NotVoting, "not voting"),
];

fn data<'s>(site: &'s Site) -> Data<'s> {
    let archive = site.archive;
    let mut data = Data {
        persons: Vec::new(),
        organizations: archive.bodies.ids().map(|id| organization(site, id)).collect(),
        memberships: Vec::new(),
        areas: Vec::new(),
        events: Each::of(move || archive.meetings.ids().map(move |id| event(site, id))),
        motions: Each::of(move || votes(site).map(|vote| vote.motion(site))),
        vote_events: Each::of(move || votes(site).map(|vote| vote.event(site))),
    };
    for body in archive.bodies.rows() {
        for m in body.members.iter().filter(|m| archive.people[m.person].listed) {
            data.memberships.push(Membership {
                role: m.role.clone(),
                person_id: archive.people[m.person].id.clone(),
                organization_id: body.id.clone(),
                area_id: None,
                start_date: m.from.map(|d| d.to_string()),
                end_date: m.to.map(|d| d.to_string()),
            });
        }
    }
    for id in &archive.order.people {
        person(site, *id, &mut data);
    }
    data
}

fn sources(address: String) -> Vec<Link> {
    vec![Link { url: address }]
}

fn other_names(aliases: &[String]) -> Vec<OtherName> {
    aliases
        .iter()
        .map(|name| OtherName { name: name.clone() })
        .collect()
}

fn contact_details(contact: &Contact) -> Vec<ContactDetail> {
    let parts = [
        ("email", &contact.email),
        ("voice", &contact.telephone),
        ("address", &contact.address),
    ];
    let given = parts.into_iter().filter_map(|(kind, value)| {
        Some(ContactDetail {
            kind,
            value: value.clone()?,
            label: contact.name.clone(),
        })
    });
    given.collect()
}

/// A person, their party and the wards they stood for.
fn person(site: &Site, id: PersonId, data: &mut Data) {
    let person = &site.archive.people[id];
    data.persons.push(Person {
        id: person.id.clone(),
        name: person.name.clone(),
        sort_name: person.sort.clone(),
        other_names: other_names(&person.aliases),
        email: person.contact.email.clone(),
        biography: Some(site.plain(&person.text)).filter(|t| !t.is_empty()),
        contact_details: contact_details(&person.contact),
        sources: sources(address(site, &site.routes.person(id))),
    });
    if let Some(party) = &person.party {
        let id = format!("party/{}", crate::text::slug::slug(party));
        if !data.organizations.iter().any(|o| o.id == id) {
            data.organizations.push(Organization {
                id: id.clone(),
                name: party.clone(),
                other_names: Vec::new(),
                classification: Some("party".to_owned()),
                parent_id: None,
                founding_date: None,
                dissolution_date: None,
                contact_details: Vec::new(),
                sources: Vec::new(),
            });
        }
        data.memberships.push(Membership {
            role: None,
            person_id: person.id.clone(),
            organization_id: id,
            area_id: None,
            start_date: None,
            end_date: None,
        });
    }
    // A ward is stood for on the authority itself: the body that answers to no other.
    let authority = site
        .archive
        .bodies
        .rows()
        .find(|b| b.kind.as_deref() == Some("council"));
    for (ward, from, to) in &person.terms {
        let (Some(ward), Some(authority)) = (ward, authority) else {
            continue;
        };
        let id = format!("ward/{}", crate::text::slug::slug(ward));
        if !data.areas.iter().any(|a| a.id == id) {
            data.areas.push(Area {
                id: id.clone(),
                name: ward.clone(),
                classification: "ward",
            });
        }
        data.memberships.push(Membership {
            role: None,
            person_id: person.id.clone(),
            organization_id: authority.id.clone(),
            area_id: Some(id),
            start_date: from.map(|d| d.to_string()),
            end_date: to.map(|d| d.to_string()),
        });
    }
}

fn organization(site: &Site, id: BodyId) -> Organization {
    let body = &site.archive.bodies[id];
    Organization {
        id: body.id.clone(),
        name: body.name.clone(),
        other_names: other_names(&body.aliases),
        classification: body.kind.clone(),
        parent_id: body.parent.map(|p| site.archive.bodies[p].id.clone()),
        founding_date: body.from.map(|d| d.to_string()),
        dissolution_date: body.to.map(|d| d.to_string()),
        contact_details: contact_details(&body.contact),
        sources: sources(address(site, &site.routes.body(id))),
    }
}

fn event(site: &Site, id: MeetingId) -> Event {
    let archive = site.archive;
    let meeting = &archive.meetings[id];
    let moment = |day: Date, text: &Option<String>| match super::moment(site, day, text.as_deref()) {
        Some(moment) => moment,
        None => day.to_string(),
    };
    let there = meeting.attendance.iter().filter(|a| a.presence.attended());
    let mut attendees: Vec<Attendee> = Vec::new();
    for person in there
        .filter_map(|a| a.person)
        .map(|p| &archive.people[p])
        .filter(|p| p.listed)
    {
        if !attendees.iter().any(|a| a.id == person.id) {
            attendees.push(Attendee {
                id: person.id.clone(),
            });
        }
    }
    Event {
        id: meeting.id.clone(),
        name: site.meeting_title(id),
        start_date: moment(meeting.date, &meeting.start),
        end_date: super::ends(meeting).map(|day| moment(day, &meeting.end)),
        location: meeting.venue.clone(),
        status: match meeting.status {
            Status::Cancelled | Status::Postponed => "cancelled",
            _ => "confirmed",
        },
        classification: "meeting".to_owned(),
        organization_id: meeting.bodies.first().map(|b| archive.bodies[*b].id.clone()),
        attendees,
        sources: sources(address(site, &site.routes.meeting(id))),
    }
}

/// A vote as it was minuted, and where.
struct Minuted<'a> {
    id: ItemId,
    vote: &'a crate::model::Vote,
}

fn votes<'a>(site: &Site<'a>) -> impl Iterator<Item = Minuted<'a>> + use<'a> {
    site.archive.items.iter().flat_map(|(id, item)| {
        let votes = item.sections.iter().filter_map(|s| s.vote.as_ref());
        votes.map(move |vote| Minuted { id, vote })
    })
}

impl<'a> Minuted<'a> {
    fn of(&self, key: VoteKey) -> impl Iterator<Item = &'a VoteLine> + use<'a> {
        self.vote.lines.iter().filter(move |l| l.key == key)
    }

    fn name(&self, site: &Site) -> String {
        format!("{}-vote-{}", item_id(site, self.id), self.vote.number)
    }

    fn place(&self, site: &Site) -> String {
        let anchor = format!("vote-{}", self.vote.number);
        whole(site, &site.routes.item_part(self.id, &anchor))
    }

    fn result(&self, site: &Site) -> Option<String> {
        self.of(VoteKey::Result)
            .map(|l| outcome(&site.plain(&l.text)))
            .next()
    }

    fn meeting(&self, site: &Site<'a>) -> &'a Meeting {
        &site.archive.meetings[site.archive.items[self.id].meeting]
    }

    fn motion(&self, site: &Site<'a>) -> Motion {
        let meeting = self.meeting(site);
        let name = self.name(site);
        let text = self.of(VoteKey::Motion).map(|l| site.plain(&l.text)).next();
        let mover = self.of(VoteKey::MovedBy).flat_map(|l| &l.names).next();
        Motion {
            id: format!("motion/{name}"),
            organization_id: leading(site, meeting),
            creator_id: mover.and_then(|m| listed(site, m.0)).map(|p| p.id.clone()),
            text: text
                .or_else(|| self.vote.title.clone())
                .unwrap_or_else(|| site.archive.items[self.id].title.clone()),
            date: meeting.date.to_string(),
            result: self.result(site),
            vote_events: vec![name],
            sources: sources(self.place(site)),
        }
    }

    fn event(&self, site: &Site<'a>) -> VoteEvent {
        let meeting = self.meeting(site);
        let name = self.name(site);
        let (mut counts, mut votes) = (Vec::new(), Vec::new());
        for (key, option) in OPTIONS {
            let count = self.of(key).find_map(VoteLine::votes);
            counts.extend(count.map(|value| Count { option, value }));
            let names = self.of(key).flat_map(|l| &l.names);
            votes.extend(names.map(|(id, written)| match listed(site, *id) {
                Some(person) => Vote {
                    option,
                    voter_id: Some(person.id.clone()),
                    voter: None,
                },
                None => Vote {
                    option,
                    voter_id: None,
                    voter: Some(OtherName {
                        name: super::pages::rows::person(site, *id, written).name,
                    }),
                },
            }));
        }
        VoteEvent {
            motion_id: format!("motion/{name}"),
            id: name,
            organization_id: leading(site, meeting),
            start_date: meeting.date.to_string(),
            result: self.result(site),
            counts,
            votes,
            sources: sources(self.place(site)),
        }
    }
}

/// The leading body of a meeting.
fn leading(site: &Site, meeting: &Meeting) -> Option<String> {
    meeting.bodies.first().map(|b| site.archive.bodies[*b].id.clone())
}

/// Somebody with a page.
fn listed<'a>(site: &Site<'a>, id: Option<PersonId>) -> Option<&'a crate::model::Person> {
    id.map(|p| &site.archive.people[p]).filter(|p| p.listed)
}

/// `pass` and `fail` where the minuted word is a usual one, else the word.
fn outcome(written: &str) -> String {
    let word = written.trim().trim_end_matches('.').to_lowercase();
    match word.as_str() {
        "carried" | "passed" | "agreed" | "adopted" | "approved" | "won" => "pass".to_owned(),
        "lost" | "fell" | "rejected" | "defeated" | "not carried" | "failed" => "fail".to_owned(),
        _ => written.to_owned(),
    }
}
