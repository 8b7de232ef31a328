//! The home page: what is next, what was decided, who decides.

use serde::Serialize;

use super::body::{self, ResolutionRow};
use super::frame::{Frame, Link, Make};
use super::lists::{self, IssueRow};
use super::rows;
use crate::model::*;
use crate::site::{Quote, Shared, Site};

/// The home page.
#[derive(Serialize, Hash)]
pub struct HomeView<'a> {
    pub page: Frame<'a>,
    /// The text of `content/index.md`, as HTML.
    pub introduction: String,
    /// The next meetings, soonest first.
    pub upcoming: Vec<Shared<rows::MeetingRow>>,
    /// The meetings held last, newest first.
    pub recent: Vec<Shared<rows::MeetingRow>>,
    /// What was resolved last, newest first.
    pub resolutions: Vec<ResolutionRow>,
    /// Decisions outside meetings, newest first.
    pub decisions: Vec<rows::DecisionRow>,
    /// The issues that a meeting considered last.
    pub moving: Vec<IssueRow>,
    /// Minutes that wait for their confirmation.
    pub drafts: Vec<Shared<rows::MeetingRow>>,
    /// The bodies that exist today.
    pub bodies: Vec<Link>,
    /// How many meetings there are.
    pub meetings: usize,
    /// How many issues there are.
    pub issues: usize,
    /// How many people have a page.
    pub people: usize,
}

/// How many rows each list of the home page has.
const ROWS: usize = 8;

pub fn view<'a>(site: &Site<'a>) -> HomeView<'a> {
    let archive = site.archive;
    let all: Vec<MeetingId> = archive.meetings.ids().collect();
    let (upcoming, past) = body::split(site, &all);
    let newest = archive
        .meetings
        .rows()
        .rev()
        .flat_map(|m| m.items.iter().copied());
    let home = archive.home.as_ref();
    let drafts = archive
        .meetings
        .iter()
        .rev()
        .filter(|(_, m)| m.minutes == Some(MinutesState::Draft));
    let open = |id: &&BodyId| archive.bodies[**id].to.is_none_or(|to| to >= site.today);
    let text = home.map(|h| site.plain(&h.text)).unwrap_or_default();
    let page = Make {
        kind: "home",
        section: "home",
        title: home.and_then(|h| h.title.clone()).unwrap_or_default(),
        description: if text.is_empty() {
            site.config.title.clone()
        } else {
            text
        },
        url: site.routes.home(),
        crumbs: Vec::new(),
        changed: None,
    };
    HomeView {
        page: page.frame(site, home.map(|h| &h.source)),
        introduction: home
            .map(|h| site.html(&h.text, &[], Quote::own(2)))
            .unwrap_or_default(),
        upcoming: upcoming.into_iter().take(ROWS).collect(),
        recent: past.into_iter().take(ROWS).collect(),
        resolutions: body::resolutions(site, newest, ROWS),
        decisions: archive
            .decisions
            .ids()
            .rev()
            .take(ROWS)
            .map(|d| rows::decision(site, d))
            .collect(),
        moving: lists::moving(site, ROWS),
        drafts: drafts.take(ROWS).map(|(id, _)| rows::meeting(site, id)).collect(),
        bodies: archive
            .order
            .bodies
            .iter()
            .filter(open)
            .map(|b| rows::body(site, *b))
            .collect(),
        meetings: archive.meetings.len(),
        issues: archive.issues.len(),
        people: archive.order.people.len(),
    }
}
