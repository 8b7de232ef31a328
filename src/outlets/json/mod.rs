//! The archive as JSON: whole, and every meeting, issue, body, person and
//! decision beside its page; with the schema that all of it keeps to.

pub mod each;
mod make;
mod records;

use std::collections::BTreeSet;

use serde::Serialize;

use super::pages::subject_quotes;
use super::{Made, Outlet};
use crate::model::*;
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Site, Subject};

use each::Each;

pub use make::{address, item_id, whole};
pub use records::VERSION;

pub struct Json;

const KIND: &str = "application/json";

/// An archive with more text than this, in bytes, keeps its meetings in a
/// file for each year.
const LARGE: usize = 4_000_000;

impl Outlet for Json {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.data {
            return;
        }
        let (routes, archive) = (&site.routes, site.archive);
        for (url, word) in [(whole_archive(), "as_json"), (schema_url(), "json_schema")] {
            plan.add(url.clone(), Subject::File(url.as_str().to_owned()), None);
            plan.offer(&routes.list("data"), offer(site, &url, word));
        }
        if is_large(site) {
            for year in super::pages::years(site) {
                plan.add(part(year), Subject::Year(year), None);
            }
        }
        let meetings = archive
            .meetings
            .iter()
            .map(|(id, m)| (Subject::Meeting(id), routes.meeting(id), Some(&m.source)));
        let bodies = archive
            .bodies
            .iter()
            .map(|(id, b)| (Subject::Body(id), routes.body(id), b.source.as_ref()));
        let issues = archive
            .issues
            .iter()
            .map(|(id, i)| (Subject::Issue(id), routes.issue(id), i.source.as_ref()));
        let people = archive.order.people.iter().map(|id| {
            (
                Subject::Person(*id),
                routes.person(*id),
                archive.people[*id].source.as_ref(),
            )
        });
        let decisions = archive
            .decisions
            .iter()
            .map(|(id, d)| (Subject::Decision(id), routes.decision(id), Some(&d.source)));
        for (subject, page, source) in meetings
            .chain(bodies)
            .chain(issues)
            .chain(people)
            .chain(decisions)
        {
            let url = Url::new(format!("{}index.json", page.as_str()));
            plan.add(url.clone(), subject, source);
            plan.offer(&page, offer(site, &url, "as_json"));
        }
    }

    fn weight(&self, site: &Site, _meeting: MeetingId) -> Vec<usize> {
        vec![usize::from(site.config.data && is_large(site))]
    }

    fn quotes(&self, job: &Job, site: &Site, meetings: &BTreeSet<MeetingId>) -> bool {
        match job.subject {
            Subject::Year(year) => of_year(site, year).any(|id| meetings.contains(&id)),
            Subject::Meeting(id) => meetings.contains(&id),
            // Of a meeting they hold its title, its items' and its day.
            Subject::Body(_) | Subject::Issue(_) | Subject::Decision(_) => false,
            // Also what they are to do, and what came of their votes.
            Subject::Person(_) => subject_quotes(&job.subject, site.archive, meetings),
            _ => true,
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        let schema = Some(make::address(site, &schema_url()));
        Made::Bytes(match job.subject {
            Subject::Meeting(id) => bytes(&records::Meeting {
                schema,
                ..make::meeting(site, id)
            }),
            Subject::Body(id) => bytes(&records::Body {
                schema,
                ..make::body(site, id)
            }),
            Subject::Issue(id) => bytes(&records::Issue {
                schema,
                ..make::issue(site, id)
            }),
            Subject::Person(id) => bytes(&records::Person {
                schema,
                ..make::person(site, id)
            }),
            Subject::Decision(id) => bytes(&records::Decision {
                schema,
                ..make::decision(site, id)
            }),
            Subject::Year(year) => {
                return Made::Stream(Box::new(move |site, out| each::write(&of(site, year), out)));
            }
            _ if job.url == schema_url() => bytes(&json_schema(site)),
            _ => return Made::Stream(Box::new(|site, out| each::write(&archive(site), out))),
        })
    }
}

fn bytes(value: &impl Serialize) -> Vec<u8> {
    let mut out = serde_json::to_vec(value).unwrap_or_default();
    out.push(b'\n');
    out
}

fn offer(site: &Site, url: &Url, word: &'static str) -> Offer {
    Offer {
        kind: KIND,
        href: site.routes.href(url),
        word,
        title: None,
    }
}

pub fn whole_archive() -> Url {
    Url::new("data/archive.json")
}

pub fn schema_url() -> Url {
    Url::new("data/schema.json")
}

pub fn part(year: i16) -> Url {
    Url::new(format!("data/archive-{year}.json"))
}

/// The meetings stand in a file for each year.
pub fn is_large(site: &Site) -> bool {
    let sections = site.archive.items.rows().flat_map(|i| &i.sections);
    let mut text = 0;
    for section in sections {
        text += section.text.html.len();
        if text > LARGE {
            return true;
        }
    }
    false
}

fn of_year<'s>(site: &'s Site, year: i16) -> impl Iterator<Item = MeetingId> + 's {
    let held = move |(_, m): &(MeetingId, &Meeting)| m.date.year() == year;
    site.archive.meetings.iter().filter(held).map(|(id, _)| id)
}

fn of<'s>(site: &'s Site, year: i16) -> records::Part<'s> {
    records::Part {
        schema: make::address(site, &schema_url()),
        record: records::PartKind::Part,
        year,
        meetings: Each::of(move || of_year(site, year).map(|id| make::meeting(site, id))),
    }
}

fn archive<'s>(site: &'s Site) -> records::Archive<'s> {
    let (archive, config) = (site.archive, site.config);
    let large = is_large(site);
    let years = super::pages::years(site);
    let parts = years.into_iter().filter(|_| large).map(|year| records::PartRef {
        year,
        url: make::address(site, &part(year)),
        meetings: of_year(site, year).count(),
    });
    records::Archive {
        schema: make::address(site, &schema_url()),
        record: records::ArchiveKind::Archive,
        version: records::VERSION,
        title: config.title.clone(),
        url: make::address(site, &site.routes.home()),
        authority: config.authority.clone(),
        licence: config.licence.clone(),
        language: config.language.clone(),
        time_zone: config.time_zone.clone(),
        built_for: site.today.to_string(),
        generator: concat!("minutebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        meetings: Each::of(move || {
            let here = archive.meetings.ids().filter(move |_| !large);
            here.map(|id| make::meeting(site, id))
        }),
        parts: parts.collect(),
        bodies: Each::of(|| archive.bodies.ids().map(|id| make::body(site, id))),
        people: Each::of(|| archive.order.people.iter().map(|id| make::person(site, *id))),
        issues: Each::of(|| archive.issues.ids().map(|id| make::issue(site, id))),
        decisions: Each::of(|| archive.decisions.ids().map(|id| make::decision(site, id))),
        topics: archive.topics.ids().map(|id| make::topic_ref(site, id)).collect(),
        pages: Each::of(|| {
            let home = archive.home.iter().map(|home| (home, site.routes.home()));
            let own = archive.pages.iter();
            home.chain(own.map(|(id, page)| (page, site.routes.page(id))))
                .map(|(page, url)| make::page(site, page, &url))
        }),
    }
}

/// The schema (JSON Schema, draft 2020-12), from the types themselves.
fn json_schema(site: &Site) -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<records::File>();
    schema.insert("title".to_owned(), "The data of a minutebook site".into());
    if let Some(address) = site.routes.absolute(&schema_url()) {
        schema.insert("$id".to_owned(), address.into());
    }
    schema
}
