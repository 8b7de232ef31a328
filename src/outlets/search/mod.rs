//! Search on a host that only serves files: an index of every record, divided
//! so that a browser fetches little of it; the page that asks it; and a
//! description for the search box of a browser.
//!
//! [`record`] says what can be found, [`count`] which words it has, [`segment`]
//! and [`dictionary`] how these are laid down, [`root`] what stands where. What
//! is public is settled long before: nothing withheld reaches an outlet.

mod bits;
mod columns;
mod count;
mod dictionary;
mod files;
mod links;
mod list;
mod mask;
mod packs;
mod page;
mod record;
mod root;
mod score;
mod segment;

use super::pages::View;
use super::{Group, Made, Outlet};
use crate::paths::Url;
use crate::site::{Job, Plan, Site, Subject};

pub use page::SearchView;

pub struct Search;

/// The description for browsers.
const DESCRIPTION: &str = "opensearch.xml";

impl Outlet for Search {
    fn feature(&self, site: &Site) -> Option<&'static str> {
        site.config.search.then_some("search")
    }

    fn group(&self) -> Option<Group> {
        Some(Group {
            root: files::ROOT,
            page: "search/index.html",
        })
    }

    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.search {
            return;
        }
        let mut add = |url: Url| plan.add(url.clone(), Subject::File(url.as_str().to_owned()), None);
        add(page::address());
        add(Url::new(files::ROOT));
        if site.config.base.is_some() {
            add(Url::new(DESCRIPTION));
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        match job.url.as_str() {
            files::ROOT => Made::Many(root::index(site)),
            DESCRIPTION => Made::Bytes(page::description(site).unwrap_or_default().into_bytes()),
            _ => Made::View {
                template: "search.html",
                view: Box::new(View::Search(page::view(site))),
            },
        }
    }
}
