//! Old addresses that must keep working: a small page at each that leads on.
//!
//! A static host answers a path, not a query: of an alias with a query
//! (`/page.aspx?id=7`) no file can answer, and it is kept in the record only.

use super::pages::{RedirectView, View};
use super::{Made, Outlet};
use crate::paths::{SourcePath, Url};
use crate::site::{Job, Plan, Site, Subject};

pub struct Redirects;

impl Outlet for Redirects {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        for (alias, to, source) in aliases(site) {
            if let Some(path) = behind_host(&alias) {
                let base = site.config.base.as_ref().map_or("/", |base| base.path.as_str());
                let path = path
                    .strip_prefix(base.trim_end_matches('/'))
                    .filter(|p| p.starts_with('/'))
                    .unwrap_or(path);
                let words = format!(
                    "the old address `{alias}` holds the name of a site, and no page can be made there"
                );
                plan.refuse(
                    source,
                    words,
                    format!("write `{path}`: what stands behind the name of the site"),
                );
            } else if let Some(url) = old_address(&alias) {
                plan.add(url, Subject::Redirect(to), source);
            }
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        match &job.subject {
            Subject::Redirect(to) => {
                let view = RedirectView {
                    to: to.clone(),
                    canonical: canonical(site, to),
                    lang: &site.config.language,
                };
                Made::View {
                    template: "redirect.html",
                    view: Box::new(View::Redirect(view)),
                }
            }
            _ => Made::Bytes(Vec::new()),
        }
    }
}

fn canonical(site: &Site, to: &str) -> Option<String> {
    site.config
        .base
        .as_ref()
        .map(|base| format!("{}{to}", base.origin))
}

/// Every alias, where it leads, and the file that names it.
fn aliases<'s>(site: &Site<'s>) -> Vec<(String, String, Option<&'s SourcePath>)> {
    let (routes, archive) = (&site.routes, site.archive);
    let mut out = Vec::new();
    let mut add = |aliases: &[String], to: String, source: &'s SourcePath| {
        out.extend(aliases.iter().map(|a| (a.clone(), to.clone(), Some(source))));
    };
    for (id, meeting) in archive.meetings.iter() {
        add(
            &meeting.aliases,
            routes.href(&routes.meeting(id)),
            &meeting.source,
        );
        for item in &meeting.items {
            add(
                &archive.items[*item].aliases,
                routes.item_href(*item),
                &meeting.source,
            );
        }
    }
    for (id, decision) in archive.decisions.iter() {
        add(
            &decision.aliases,
            routes.href(&routes.decision(id)),
            &decision.source,
        );
    }
    for (id, page) in archive.pages.iter() {
        add(&page.aliases, routes.href(&routes.page(id)), &page.source);
    }
    out
}

/// The path of an address that names a host, from its slash on: of
/// `https://x.example/old.html`, and of `x.example/old.html`. None of one with a
/// query, of which no file can answer.
fn behind_host(alias: &str) -> Option<&str> {
    let alias = alias.trim();
    let whole = alias
        .split_once("://")
        .map(|(_, rest)| rest)
        .or_else(|| alias.strip_prefix("//"));
    let rest = whole.unwrap_or(alias);
    let (host, _) = rest.split_once('/')?;
    let named = |host: &str| {
        let name = host.split(':').next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(before, last)| {
            let letters = last.len() > 1 && last.bytes().all(|b| b.is_ascii_alphabetic());
            !before.is_empty() && letters && !PAGES.contains(&last.to_lowercase().as_str())
        })
    };
    let path = &rest[host.len()..];
    ((whole.is_some() || named(host)) && !path.contains('?') && path.len() > 1).then_some(path)
}

/// What the name of a page may end in: no host does.
const PAGES: [&str; 7] = ["html", "htm", "asp", "aspx", "php", "jsp", "cfm"];

/// The file that answers an old address: `/old/page` and `/old/page/` are
/// folders, `/old.html` is itself. None where a static host has no answer.
fn old_address(alias: &str) -> Option<Url> {
    let path = alias.trim();
    if path.contains(['?', '#']) || path.contains("://") || path.trim_matches('/').is_empty() {
        return None;
    }
    let path = crate::paths::decode_path(path.trim_start_matches('/'))?;
    let page = path.ends_with('/')
        || [".html", ".htm"]
            .iter()
            .any(|end| path.to_lowercase().ends_with(end));
    Some(Url::new(if page { path } else { format!("{path}/") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_host_is_found() {
        for (alias, path) in [
            ("https://x.example/old/page.html", Some("/old/page.html")),
            ("//x.example/old", Some("/old")),
            ("www.x.example:80/two.html", Some("/two.html")),
            ("https://x.example/page.aspx?id=7", None),
            ("https://x.example/", None),
            ("https://x.example", None),
            ("/x.example/two.html", None),
            ("old.asp/two", None),
            ("v1.2/two", None),
            ("old/two.html", None),
            ("", None),
        ] {
            assert_eq!(behind_host(alias), path, "{alias}");
        }
    }

    #[test]
    fn old_addresses_become_files() {
        for (alias, expected) in [
            ("/old/page", Some("old/page/")),
            ("/old/page/", Some("old/page/")),
            ("/old.html", Some("old.html")),
            ("/page.aspx?id=7", None),
            ("https://x.org/y", None),
            ("/", None),
        ] {
            assert_eq!(old_address(alias).as_ref().map(Url::as_str), expected, "{alias}");
        }
    }
}
