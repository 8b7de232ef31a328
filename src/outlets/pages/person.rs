//! A person's page: roles, attendance, and every item that names them.

use serde::Serialize;

use super::actions::{self, ActionRow};
use super::body::{ContactRow, contact};
use super::frame::{Frame, Link, Make, crumb};
use super::meeting::PaperRow;
use super::rows;
use crate::model::*;
use crate::outlets::registers::attendance::{self, FiguresRow};
use crate::site::prose::size;
use crate::site::{Quote, Shared, Site};

/// A person: roles, attendance, votes, and every item that names them.
#[derive(Serialize, Hash)]
pub struct PersonView<'a> {
    pub page: Frame<'a>,
    /// The name, as shown.
    pub name: &'a str,
    /// Other names they are known by.
    pub aliases: &'a [String],
    /// Party or group.
    pub party: Option<&'a str>,
    /// For which wards they sat, and when.
    pub terms: Vec<TermRow<'a>>,
    /// The text of their file, as HTML.
    pub biography: String,
    /// How they can be reached.
    pub contact: ContactRow<'a>,
    /// Their memberships that have not ended, or have yet to begin.
    pub roles: Vec<RoleRow<'a>>,
    /// Their memberships that have ended.
    pub former: Vec<RoleRow<'a>>,
    /// Published registers of their interests.
    pub interests: Vec<PaperRow>,
    /// The meetings they are recorded at, newest first.
    pub attendance: Vec<AttendedRow>,
    /// What that comes to, body by body.
    pub figures: Vec<FiguresRow>,
    /// The same together, where there are several; a joint meeting is one.
    pub figures_sum: Option<FiguresRow>,
    /// What they are to do and have done, set by meetings and by decisions outside them.
    pub actions: Vec<ActionRow>,
    /// Decisions outside meetings that they took, newest first.
    pub decided: Vec<rows::DecisionRow>,
    /// Votes they are named in, newest first.
    pub votes: Vec<VoteRow>,
    /// Items that name them, newest first.
    pub items: Vec<rows::ItemRow>,
}

/// A term of office.
#[derive(Serialize, Hash)]
pub struct TermRow<'a> {
    /// The ward.
    pub ward: Option<&'a str>,
    /// Its first day.
    pub from: Option<String>,
    /// Its last day.
    pub to: Option<String>,
}

/// A membership, of a person.
#[derive(Serialize, Hash)]
pub struct RoleRow<'a> {
    /// The body.
    pub body: Link,
    /// `Chair` and the like.
    pub role: Option<&'a str>,
    /// The first day of the membership.
    pub from: Option<String>,
    /// The last day of the membership.
    pub to: Option<String>,
}

/// A meeting they are recorded at, and how.
#[derive(Serialize, Hash)]
pub struct AttendedRow {
    /// The meeting.
    pub meeting: Shared<rows::MeetingRow>,
    /// `present`, `apologies` …
    pub presence: &'static str,
    /// The theme's word for it.
    pub presence_words: String,
}

/// A vote that names a person.
#[derive(Serialize, Hash)]
pub struct VoteRow {
    /// The item that was voted on.
    pub item: rows::ItemRow,
    /// What was voted on, when the heading says so.
    pub title: Option<String>,
    /// `for`, `against` …, as minuted.
    pub vote: &'static str,
    /// What came of it, as minuted: `carried`.
    pub result: Option<String>,
}

pub fn view<'a>(site: &Site<'a>, id: PersonId) -> PersonView<'a> {
    let archive = site.archive;
    let person = &archive.people[id];
    let end = |body: BodyId, m: &Membership| archive.bodies[body].ended(m, site.today);
    let gone = |(body, m): &&(BodyId, Membership)| end(*body, m).is_some();
    let role = |(body, m): &'a (BodyId, Membership)| RoleRow {
        body: rows::body(site, *body),
        role: m.role.as_deref(),
        from: m.from.map(|d| d.to_string()),
        to: end(*body, m).or(m.to).map(|d| d.to_string()),
    };
    let roles: Vec<RoleRow> = person.memberships.iter().filter(|m| !gone(m)).map(role).collect();
    let today = person
        .memberships
        .iter()
        .map(|(body, m)| (&archive.bodies[*body], m));
    let today = today.filter(|(body, m)| body.holds(m, site.today));
    let what: Vec<&str> = today.map(|(body, _)| body.name.as_str()).collect();
    let description = if what.is_empty() {
        person.name.clone()
    } else {
        format!("{}: {}", person.name, what.join(", "))
    };
    let (figures, figures_sum) = attendance::of_person(site, id);
    let named = presence_words(site);
    let page = Make {
        kind: "person",
        section: "people",
        title: person.name.clone(),
        description,
        url: site.routes.person(id),
        crumbs: vec![crumb(site, "people")],
        changed: None,
    };
    PersonView {
        page: page
            .frame(site, person.source.as_ref())
            .about(super::ld::person(site, id)),
        name: &person.name,
        aliases: &person.aliases,
        party: person.party.as_deref(),
        terms: person
            .terms
            .iter()
            .map(|(ward, from, to)| TermRow {
                ward: ward.as_deref(),
                from: from.map(|d| d.to_string()),
                to: to.map(|d| d.to_string()),
            })
            .collect(),
        biography: site.html(&person.text, &[], Quote::own(2)),
        contact: contact(&person.contact),
        roles,
        former: person.memberships.iter().filter(gone).map(role).collect(),
        interests: person
            .interests
            .iter()
            .map(|(published, paper)| interest(site, *published, *paper))
            .collect(),
        attendance: person
            .attendance
            .iter()
            .map(|(meeting, presence)| AttendedRow {
                meeting: rows::meeting(site, *meeting),
                presence: presence.name(),
                presence_words: named
                    .iter()
                    .find(|(named, _)| named == presence)
                    .map(|(_, words)| words.clone())
                    .unwrap_or_default(),
            })
            .collect(),
        figures,
        figures_sum,
        actions: actions::of_person(site, id),
        decided: decided(archive, id).map(|d| rows::decision(site, d)).collect(),
        votes: casts(archive, id)
            .iter()
            .map(|cast| VoteRow {
                item: rows::item(site, cast.item),
                title: cast.vote.title.clone(),
                vote: cast.how.name(),
                result: cast.result(site),
            })
            .collect(),
        items: person.items.iter().map(|i| rows::item(site, *i)).collect(),
    }
}

/// The theme's word for each way of being at a meeting.
fn presence_words(site: &Site) -> Vec<(Presence, String)> {
    let word = |presence: Presence| {
        site.words
            .get(&format!("presence-{}", presence.name()))
            .to_owned()
    };
    Presence::ALL.into_iter().map(|p| (p, word(p))).collect()
}

fn interest(site: &Site, published: Option<jiff::civil::Date>, id: PaperId) -> PaperRow {
    let paper = &site.archive.papers[id];
    PaperRow {
        title: paper.source.stem().to_owned(),
        href: Some(site.routes.href(&site.routes.paper(id))),
        facts: Some(format!("{}, {}", paper.kind, size(paper.bytes))),
        elsewhere: false,
        published: published.map(|d| d.to_string()),
        late: false,
        supplement: false,
        exempt: None,
    }
}

/// Decisions outside meetings that somebody took, newest first.
pub fn decided(archive: &Archive, id: PersonId) -> impl Iterator<Item = DecisionId> {
    let took = move |d: &DecisionId| {
        let maker = &archive.decisions[*d].maker;
        maker.as_ref().is_some_and(|m| m.0 == Some(id))
    };
    archive.people[id].decisions.iter().copied().filter(took)
}

/// A vote that somebody cast.
pub struct Cast<'a> {
    pub item: ItemId,
    pub vote: &'a Vote,
    /// For, against, abstained or not voting.
    pub how: VoteKey,
}

impl Cast<'_> {
    /// What came of the vote, as minuted.
    pub fn result(&self, site: &Site) -> Option<String> {
        let line = self.vote.lines.iter().find(|l| l.key == VoteKey::Result)?;
        Some(site.plain(&line.text)).filter(|text| !text.is_empty())
    }
}

/// The votes that somebody is named in, newest first.
pub fn casts(archive: &Archive, id: PersonId) -> Vec<Cast<'_>> {
    let mut out = Vec::new();
    for item in &archive.people[id].items {
        let sections = archive.items[*item].sections.iter();
        for vote in sections.filter_map(|s| s.vote.as_ref()) {
            for line in &vote.lines {
                let cast = matches!(
                    line.key,
                    VoteKey::For | VoteKey::Against | VoteKey::Abstained | VoteKey::NotVoting
                );
                if cast && line.names.iter().any(|n| n.0 == Some(id)) {
                    out.push(Cast {
                        item: *item,
                        vote,
                        how: line.key,
                    });
                }
            }
        }
    }
    out
}
