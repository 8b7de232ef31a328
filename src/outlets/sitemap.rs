//! `/sitemap.xml` (sitemaps.org 0.9): every page with an address, and when its
//! meeting was last changed. Left out without a base URL; divided into several
//! files behind an index when it would hold more than 50,000 addresses.

use super::{Made, Outlet};
use crate::paths::Url;
use crate::site::{Job, Plan, Site, Subject};
use crate::text::escape::push_escaped;

pub struct Sitemap;

/// The most that one file may hold.
const MOST: usize = 50_000;

impl Outlet for Sitemap {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if site.config.base.is_none() {
            return;
        }
        plan.add(Url::new("sitemap.xml"), Subject::File("sitemap.xml".into()), None);
        let pages = entries(site).len();
        if pages > MOST {
            for n in 0..pages.div_ceil(MOST) {
                let name = format!("sitemap-{}.xml", n + 1);
                plan.add(Url::new(&name), Subject::File(name.clone()), None);
            }
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        let entries = entries(site);
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let part = job
            .url
            .as_str()
            .strip_prefix("sitemap-")
            .and_then(|n| n.strip_suffix(".xml"))
            .and_then(|n| n.parse::<usize>().ok());
        if entries.len() > MOST && part.is_none() {
            out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            for n in 0..entries.len().div_ceil(MOST) {
                if let Some(address) = site.routes.absolute(&Url::new(format!("sitemap-{}.xml", n + 1))) {
                    out.push_str(&format!("<sitemap><loc>{address}</loc></sitemap>\n"));
                }
            }
            out.push_str("</sitemapindex>\n");
            return Made::Bytes(out.into_bytes());
        }
        let from = part.map_or(0, |n| (n.max(1) - 1) * MOST).min(entries.len());
        out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for (url, changed) in entries[from..].iter().take(MOST) {
            let Some(address) = site.routes.absolute(url) else {
                continue;
            };
            out.push_str("<url><loc>");
            push_escaped(&mut out, &address);
            out.push_str("</loc>");
            if let Some(day) = changed {
                out.push_str(&format!("<lastmod>{day}</lastmod>"));
            }
            out.push_str("</url>\n");
        }
        out.push_str("</urlset>\n");
        Made::Bytes(out.into_bytes())
    }
}

/// Every page a reader may land on, and its last change as far as it is known.
fn entries(site: &Site) -> Vec<(Url, Option<jiff::civil::Date>)> {
    let (routes, archive) = (&site.routes, site.archive);
    let mut out = vec![(routes.home(), None)];
    out.extend(["meetings", "bodies", "people", "issues"].map(|name| (routes.list(name), None)));
    out.extend(super::calendar::pages(site).into_iter().map(|url| (url, None)));
    out.extend(super::data::pages(site).into_iter().map(|url| (url, None)));
    out.extend(
        super::pages::years(site)
            .into_iter()
            .map(|year| (routes.year(year), None)),
    );
    out.extend(super::registers::pages(site).into_iter().map(|url| (url, None)));
    for (id, meeting) in archive.meetings.iter() {
        out.push((routes.meeting(id), site.changed(meeting)));
        let items = meeting.items.iter().filter_map(|item| routes.item_page(*item));
        out.extend(items.map(|url| (url, site.changed(meeting))));
    }
    out.extend(archive.bodies.ids().map(|id| (routes.body(id), None)));
    out.extend(archive.order.people.iter().map(|id| (routes.person(*id), None)));
    out.extend(archive.issues.ids().map(|id| (routes.issue(id), None)));
    if !archive.topics.is_empty() {
        out.push((routes.list("topics"), None));
    }
    out.extend(archive.topics.ids().map(|id| (routes.topic(id), None)));
    out.extend(
        archive
            .decisions
            .iter()
            .map(|(id, d)| (routes.decision(id), Some(d.date).filter(|day| *day <= site.today))),
    );
    out.extend(archive.pages.ids().map(|id| (routes.page(id), None)));
    out
}
