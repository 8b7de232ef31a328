//! Pages with little to them: free pages, "not found", redirects.

use serde::Serialize;

use super::frame::{Frame, Make};
use crate::model::*;
use crate::paths::Url;
use crate::site::{Quote, Site};

/// A free page.
#[derive(Serialize, Hash)]
pub struct PageView<'a> {
    pub page: Frame<'a>,
    /// Its title.
    pub title: String,
    /// Its text, as HTML.
    pub html: String,
}

pub fn page<'a>(site: &Site<'a>, id: PageId) -> PageView<'a> {
    let page = &site.archive.pages[id];
    let title = page.title.clone().unwrap_or_else(|| page.id.clone());
    let frame = Make {
        kind: "page",
        section: "",
        title: title.clone(),
        description: site.plain(&page.text),
        url: site.routes.page(id),
        crumbs: Vec::new(),
        changed: None,
    };
    PageView {
        page: frame.frame(site, Some(&page.source)),
        title,
        html: site.html(&page.text, &[], Quote::own(2)),
    }
}

/// What is shown when an address is not found.
#[derive(Serialize, Hash)]
pub struct NotFoundView<'a> {
    pub page: Frame<'a>,
}

pub fn not_found<'a>(site: &Site<'a>) -> NotFoundView<'a> {
    let make = Make {
        kind: "not-found",
        section: "",
        title: String::new(),
        description: String::new(),
        url: Url::new("404.html"),
        crumbs: Vec::new(),
        changed: None,
    };
    let mut page = make.frame(site, None);
    page.noindex = true;
    page.canonical = None;
    page.ld = None;
    NotFoundView { page }
}

/// An old address, and where it leads.
#[derive(Serialize, Hash)]
pub struct RedirectView<'a> {
    /// The address that it leads to.
    pub to: String,
    /// The same as a whole address, when the site has a base URL.
    pub canonical: Option<String>,
    /// The language of the site.
    pub lang: &'a str,
}
