//! The pages: each a view – a plain typed value that says all that the page
//! shows – and the builder that makes it from the archive.
//!
//! A template sees one view and nothing else. [`item`] says once what an
//! agenda item looks like, for the three pages that show one.

pub mod actions;
mod body;
mod cite;
mod decision;
pub mod frame;
mod home;
mod issue;
pub mod item;
pub mod ld;
mod lists;
mod meeting;
pub mod parts;
pub mod person;
pub mod rows;
mod simple;
mod timeline;

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Made, Outlet};
use crate::model::{Archive, ItemId, MeetingId};
use crate::site::{Job, Plan, Site, Subject};

pub use frame::{Frame, Make};
pub use simple::RedirectView;

/// Everything a template can be given.
#[derive(Serialize, Hash)]
#[serde(untagged)]
#[allow(
    clippy::large_enum_variant,
    reason = "a view is made, boxed and rendered one at a time"
)]
pub enum View<'a> {
    Home(home::HomeView<'a>),
    Meetings(lists::MeetingsView<'a>),
    Year(lists::YearView<'a>),
    Meeting(meeting::MeetingView<'a>),
    Item(item::ItemView<'a>),
    Bodies(lists::BodiesView<'a>),
    Body(body::BodyView<'a>),
    People(lists::PeopleView<'a>),
    Person(person::PersonView<'a>),
    Issues(lists::IssuesView<'a>),
    Issue(issue::IssueView<'a>),
    Topics(lists::TopicsView<'a>),
    Topic(lists::TopicView<'a>),
    Decision(decision::DecisionView<'a>),
    Register(super::registers::RegisterView<'a>),
    RegisterRows(super::registers::RegisterRowsView),
    Attendance(super::registers::AttendanceView<'a>),
    Page(simple::PageView<'a>),
    Calendar(super::calendar::CalendarView<'a>),
    Data(super::data::DataView<'a>),
    NotFound(simple::NotFoundView<'a>),
    Redirect(RedirectView<'a>),
    Search(super::search::SearchView<'a>),
}

pub struct Pages;

impl Outlet for Pages {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        let (routes, archive) = (&site.routes, site.archive);
        plan.add(
            routes.home(),
            Subject::Home,
            archive.home.as_ref().map(|h| &h.source),
        );
        plan.add(routes.list("meetings"), Subject::Meetings, None);
        plan.add(routes.list("bodies"), Subject::Bodies, None);
        plan.add(routes.list("people"), Subject::People, None);
        plan.add(routes.list("issues"), Subject::Issues, None);
        for year in years(site) {
            plan.add(routes.year(year), Subject::Year(year), None);
        }
        for (id, meeting) in archive.meetings.iter() {
            plan.add(routes.meeting(id), Subject::Meeting(id), Some(&meeting.source));
            for item in &meeting.items {
                if let Some(url) = routes.item_page(*item) {
                    plan.add(url, Subject::Item(*item), Some(&meeting.source));
                }
            }
        }
        for (id, body) in archive.bodies.iter() {
            plan.add(routes.body(id), Subject::Body(id), body.source.as_ref());
        }
        for id in &archive.order.people {
            plan.add(
                routes.person(*id),
                Subject::Person(*id),
                archive.people[*id].source.as_ref(),
            );
        }
        for (id, issue) in archive.issues.iter() {
            plan.add(routes.issue(id), Subject::Issue(id), issue.source.as_ref());
        }
        if !archive.topics.is_empty() {
            plan.add(routes.list("topics"), Subject::Topics, None);
        }
        for id in archive.topics.ids() {
            plan.add(routes.topic(id), Subject::Topic(id), None);
        }
        for (id, decision) in archive.decisions.iter() {
            plan.add(routes.decision(id), Subject::Decision(id), Some(&decision.source));
        }
        for (id, page) in archive.pages.iter() {
            plan.add(routes.page(id), Subject::Page(id), Some(&page.source));
        }
        plan.add(crate::paths::Url::new("404.html"), Subject::NotFound, None);
    }

    fn quotes(&self, job: &Job, site: &Site, meetings: &BTreeSet<MeetingId>) -> bool {
        subject_quotes(&job.subject, site.archive, meetings)
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        let (template, view) = match job.subject {
            Subject::Home => ("home.html", View::Home(home::view(site))),
            Subject::Meetings => ("meetings.html", View::Meetings(lists::meetings(site))),
            Subject::Year(year) => ("year.html", View::Year(lists::year(site, year))),
            Subject::Meeting(id) => ("meeting.html", View::Meeting(meeting::view(site, id))),
            Subject::Item(id) => ("item.html", View::Item(item::view(site, id))),
            Subject::Bodies => ("bodies.html", View::Bodies(lists::bodies(site))),
            Subject::Body(id) => ("body.html", View::Body(body::view(site, id))),
            Subject::People => ("people.html", View::People(lists::people(site))),
            Subject::Person(id) => ("person.html", View::Person(person::view(site, id))),
            Subject::Issues => ("issues.html", View::Issues(lists::issues(site))),
            Subject::Issue(id) => ("issue.html", View::Issue(issue::view(site, id))),
            Subject::Topics => ("topics.html", View::Topics(lists::topics(site))),
            Subject::Topic(id) => ("topic.html", View::Topic(lists::topic(site, id))),
            Subject::Decision(id) => ("decision.html", View::Decision(decision::view(site, id))),
            Subject::Page(id) => ("page.html", View::Page(simple::page(site, id))),
            _ => ("404.html", View::NotFound(simple::not_found(site))),
        };
        Made::View {
            template,
            view: Box::new(view),
        }
    }
}

/// Whether what is told of a subject may quote one of these meetings.
pub fn subject_quotes(subject: &Subject, archive: &Archive, meetings: &BTreeSet<MeetingId>) -> bool {
    let quotes = |item: &ItemId| meetings.contains(&archive.items[*item].meeting);
    match subject {
        Subject::Meeting(id) => meetings.contains(id),
        Subject::Item(id) => quotes(id),
        Subject::Issue(id) => archive.issues[*id].items.iter().any(quotes),
        Subject::Body(id) => archive.bodies[*id].meetings.iter().any(|m| meetings.contains(m)),
        // Where somebody has something to do, their name stands in the item.
        Subject::Person(id) => archive.people[*id].items.iter().any(quotes),
        Subject::Meetings | Subject::Year(_) | Subject::Bodies | Subject::People | Subject::Issues => false,
        Subject::Topics | Subject::Topic(_) | Subject::Decision(_) | Subject::Page(_) | Subject::NotFound => {
            false
        }
        _ => true,
    }
}

/// The years that have meetings, newest first.
pub fn years(site: &Site) -> Vec<i16> {
    let mut years: Vec<i16> = site.archive.meetings.rows().map(|m| m.date.year()).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    years
}
