//! The meetings as a calendar: pages by month for people, and iCalendar
//! (RFC 5545, RFC 7986) for programs, of all meetings and of each body.
//!
//! The files for programs hold a bounded span of time round today, which
//! `[calendar]` in `site.toml` sets; the pages hold every month.

mod event;
mod ical;
mod page;
mod zone;

use jiff::ToSpan;
use jiff::civil::Date;

use super::pages::View;
use super::{Made, Outlet};
use crate::model::*;
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Site, Subject};
use ical::Lines;

pub use page::CalendarView;

pub struct Calendar;

/// The media type of iCalendar.
const KIND: &str = "text/calendar";

impl Outlet for Calendar {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.calendar || site.archive.meetings.is_empty() {
            return;
        }
        let (routes, archive) = (&site.routes, site.archive);
        let page = routes.list("calendar");
        plan.add(page.clone(), Subject::Calendar, None);
        plan.list("calendar", routes.href(&page));
        for (year, month) in page::months(site) {
            plan.add(page::url(year, month), Subject::Month(year, month), None);
        }
        let all = file(None, archive);
        plan.add(all.clone(), Subject::Calendar, None);
        for of in [page, routes.home(), routes.list("meetings")] {
            plan.offer(&of, offer(site, &all, name(site, None)));
        }
        for (id, body) in archive.bodies.iter().filter(|(_, b)| !b.meetings.is_empty()) {
            let url = file(Some(id), archive);
            plan.add(url.clone(), Subject::Body(id), body.source.as_ref());
            plan.offer(&routes.body(id), offer(site, &url, name(site, Some(id))));
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        let view = match job.subject {
            Subject::Month(year, month) => page::month(site, year, month),
            Subject::Calendar if job.url.as_str().ends_with('/') => page::now(site),
            Subject::Body(id) => return Made::Bytes(calendar(site, Some(id))),
            _ => return Made::Bytes(calendar(site, None)),
        };
        Made::View {
            template: "calendar.html",
            view: Box::new(View::Calendar(view)),
        }
    }
}

/// The pages of the calendar, for the site map.
pub fn pages(site: &Site) -> Vec<Url> {
    if !site.config.calendar || site.archive.meetings.is_empty() {
        return Vec::new();
    }
    let months = page::months(site)
        .into_iter()
        .map(|(year, month)| page::url(year, month));
    std::iter::once(site.routes.list("calendar"))
        .chain(months)
        .collect()
}

fn offer(site: &Site, url: &Url, title: String) -> Offer {
    Offer {
        kind: KIND,
        href: site.routes.href(url),
        word: "calendar_file",
        title: Some(title),
    }
}

/// Where the calendar of a body lies, or that of all.
fn file(body: Option<BodyId>, archive: &Archive) -> Url {
    match body {
        Some(id) => Url::new(format!("bodies/{}/calendar.ics", archive.bodies[id].id)),
        None => Url::new("calendar.ics"),
    }
}

fn name(site: &Site, body: Option<BodyId>) -> String {
    match body {
        Some(id) => format!("{} – {}", site.archive.bodies[id].name, site.config.title),
        None => site.config.title.clone(),
    }
}

/// The days that the files for programs hold, both included.
pub fn window(site: &Site) -> (Date, Date) {
    let months = |n: u32| i64::from(n.min(12 * 500)).months();
    let from = site.today.saturating_sub(months(site.config.past_months));
    let to = site.today.saturating_add(months(site.config.future_months));
    (from, to)
}

fn calendar(site: &Site, body: Option<BodyId>) -> Vec<u8> {
    let archive = site.archive;
    let all: Vec<MeetingId> = match body {
        Some(id) => archive.bodies[id].meetings.clone(),
        None => archive.meetings.ids().collect(),
    };
    let (from, to) = window(site);
    let last = |m: &Meeting| m.until.unwrap_or(m.date).max(m.date);
    let inside = |id: &MeetingId| last(&archive.meetings[*id]) >= from && archive.meetings[*id].date <= to;
    let mut held: Vec<MeetingId> = all.iter().copied().filter(inside).collect();
    // A calendar holds at least one event; after years of silence, the last.
    if held.is_empty() {
        held.extend(all.last());
    }
    let first = held
        .iter()
        .map(|id| archive.meetings[*id].date)
        .min()
        .unwrap_or(from);
    let newest = held
        .iter()
        .map(|id| last(&archive.meetings[*id]))
        .max()
        .unwrap_or(to);

    let mut lines = Lines::default();
    lines.line("BEGIN", "VCALENDAR");
    lines.line("VERSION", "2.0");
    lines.line(
        "PRODID",
        concat!("-//minutebook//minutebook ", env!("CARGO_PKG_VERSION"), "//EN"),
    );
    lines.line("CALSCALE", "GREGORIAN");
    let name = name(site, body);
    // RFC 7986, and what programs read that do not know it.
    lines.text("NAME", &name);
    lines.text("X-WR-CALNAME", &name);
    lines.line("X-WR-TIMEZONE", &site.config.time_zone);
    lines.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
    lines.line("X-PUBLISHED-TTL", "P1D");
    let page = match body {
        Some(id) => site.routes.body(id),
        None => site.routes.list("calendar"),
    };
    if let Some(address) = site.routes.absolute(&page) {
        lines.line("URL", &address);
    }
    if let Some(address) = site.routes.absolute(&file(body, archive)) {
        lines.line("SOURCE;VALUE=URI", &address);
    }
    zone::write(&mut lines, &site.config.time_zone, &site.zone, first, newest);
    for id in held {
        event::write(&mut lines, site, id);
    }
    lines.line("END", "VCALENDAR");
    lines.finish()
}
