//! Atom feeds (RFC 4287): of everything, and of each body, issue and person,
//! and of decisions.
//!
//! The feeds of everything and of a body tell of meetings, those of an issue
//! and a person of agenda items. An entry keeps its id whatever becomes of it.
//! Its `updated` is a day that the content itself gives (see
//! [`Site::revised`]), so that a build changes it only when the record did. A
//! meeting to come of which nothing is dated is not told of: `agenda:
//! {published: …}` makes it news.
//!
//! A feed needs the site's base URL, and appears with its first entry.

mod atom;
mod content;
mod entries;

use std::collections::BTreeSet;

use super::pages::subject_quotes;
use super::{Made, Outlet};
use crate::model::*;
use crate::paths::{SourcePath, Url};
use crate::site::{Job, Offer, Plan, Site, Subject};
use entries::News;

pub struct Feeds;

/// The media type of Atom.
const KIND: &str = "application/atom+xml";

/// What a feed is about.
#[derive(Clone, Copy)]
enum Feed {
    All,
    Body(BodyId),
    Issue(IssueId),
    Person(PersonId),
    Decisions,
}

impl Feed {
    /// The page that it belongs to.
    fn page(self, site: &Site) -> Url {
        let routes = &site.routes;
        match self {
            Feed::All => routes.home(),
            Feed::Body(id) => routes.body(id),
            Feed::Issue(id) => routes.issue(id),
            Feed::Person(id) => routes.person(id),
            Feed::Decisions => routes.list("decisions"),
        }
    }

    fn url(self, site: &Site) -> Url {
        Url::new(format!("{}feed.xml", self.page(site).as_str()))
    }

    fn title(self, site: &Site) -> String {
        let (archive, config) = (site.archive, site.config);
        let name = match self {
            Feed::All => return config.title.clone(),
            Feed::Body(id) => &archive.bodies[id].name,
            Feed::Issue(id) => &archive.issues[id].title,
            Feed::Person(id) => &archive.people[id].name,
            Feed::Decisions => site.words.get("feed_decisions"),
        };
        format!("{name} – {}", config.title)
    }

    fn subject(self) -> Subject {
        match self {
            Feed::All => Subject::Home,
            Feed::Decisions => Subject::Meetings,
            Feed::Body(id) => Subject::Body(id),
            Feed::Issue(id) => Subject::Issue(id),
            Feed::Person(id) => Subject::Person(id),
        }
    }

    fn of(subject: &Subject) -> Self {
        match *subject {
            Subject::Body(id) => Feed::Body(id),
            Subject::Issue(id) => Feed::Issue(id),
            Subject::Person(id) => Feed::Person(id),
            Subject::Meetings => Feed::Decisions,
            _ => Feed::All,
        }
    }

    /// The record it is about, for messages.
    fn source<'s>(self, site: &'s Site) -> Option<&'s SourcePath> {
        match self {
            Feed::All | Feed::Decisions => None,
            Feed::Body(id) => site.archive.bodies[id].source.as_ref(),
            Feed::Issue(id) => site.archive.issues[id].source.as_ref(),
            Feed::Person(id) => site.archive.people[id].source.as_ref(),
        }
    }
}

impl Outlet for Feeds {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.feeds || site.config.base.is_none() || site.config.feed_entries == 0 {
            return;
        }
        let archive = site.archive;
        let feeds = [Feed::All, Feed::Decisions]
            .into_iter()
            .chain(archive.bodies.ids().map(Feed::Body))
            .chain(archive.issues.ids().map(Feed::Issue))
            .chain(archive.order.people.iter().copied().map(Feed::Person));
        for feed in feeds.filter(|feed| !entries::news(site, *feed).is_empty()) {
            plan.add(feed.url(site), feed.subject(), feed.source(site));
            let also: &[Url] = match feed {
                Feed::All => &[site.routes.list("meetings"), site.routes.list("calendar")],
                Feed::Decisions => &[site.routes.home()],
                _ => &[],
            };
            for page in [feed.page(site)].iter().chain(also) {
                let offer = Offer {
                    kind: KIND,
                    href: site.routes.href(&feed.url(site)),
                    word: match feed {
                        Feed::Decisions => "feed_of_decisions",
                        _ => "feed",
                    },
                    title: Some(feed.title(site)),
                };
                plan.offer(page, offer);
            }
        }
    }

    fn quotes(&self, job: &Job, site: &Site, meetings: &BTreeSet<MeetingId>) -> bool {
        let feed = Feed::of(&job.subject);
        let may = match feed {
            Feed::All | Feed::Decisions => true,
            _ => subject_quotes(&job.subject, site.archive, meetings),
        };
        may && entries::news(site, feed).iter().any(|(_, news)| match news {
            News::Meeting(id) => meetings.contains(id),
            News::Item(id) => meetings.contains(&site.archive.items[*id].meeting),
            News::Decision(_) => false,
        })
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        Made::Bytes(atom::write(site, Feed::of(&job.subject)))
    }
}
