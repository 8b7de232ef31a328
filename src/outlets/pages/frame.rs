//! What every page has round its own content.

use jiff::civil::Date;
use serde::Serialize;

use super::ld;
use crate::paths::{SourcePath, Url};
pub use crate::site::Link;
use crate::site::{Offer, Site};

/// A name that may be a link.
#[derive(Clone, Serialize, Hash)]
pub struct Name {
    /// The address, if there is a page.
    pub href: Option<String>,
    /// The name.
    pub name: String,
}

/// A step of the way from the home page: a record's name, or one of the
/// site's own lists by the key of its word.
#[derive(Clone, Serialize, Hash)]
pub struct Crumb {
    /// The address.
    pub href: String,
    /// A record's name.
    pub name: Option<String>,
    /// The key of a word in `t`, for one of the site's own lists.
    pub key: Option<&'static str>,
}

impl From<Link> for Crumb {
    fn from(link: Link) -> Self {
        Crumb {
            href: link.href,
            name: Some(link.name),
            key: None,
        }
    }
}

/// The frame of a page.
#[derive(Serialize, Hash)]
pub struct Frame<'a> {
    /// What kind of page it is: `meeting`, `issue` …
    pub kind: &'static str,
    /// What the page is about. Empty where the title is a word of the interface: `t[page.kind]`.
    pub title: String,
    /// One sentence about the page, for search engines and previews.
    pub description: String,
    /// The page's whole address, when the site has a base URL.
    pub canonical: Option<String>,
    /// Its address below the host.
    pub href: String,
    /// The way from the home page, without it and without this page.
    pub crumbs: Vec<Crumb>,
    /// Which entry of the main menu is this page's.
    pub section: &'static str,
    /// The file it is made from.
    pub source: Option<&'a str>,
    /// The last change that a clerk declared, as an ISO date.
    pub changed: Option<String>,
    /// The page is of no use in a search engine.
    pub noindex: bool,
    /// The same as data, and what may be subscribed to here.
    pub offers: Vec<Offer>,
    /// The same in the words of schema.org.
    pub ld: Option<ld::Graph>,
}

/// Builds the frame of a page.
pub struct Make {
    pub kind: &'static str,
    pub section: &'static str,
    pub title: String,
    pub description: String,
    pub url: Url,
    pub crumbs: Vec<Crumb>,
    pub changed: Option<Date>,
}

/// Longer descriptions are cut at a word.
const LONGEST: usize = 200;

impl Make {
    pub fn frame<'a>(self, site: &Site<'a>, source: Option<&'a SourcePath>) -> Frame<'a> {
        let mut frame = Frame {
            kind: self.kind,
            title: self.title,
            description: shorten(&self.description, LONGEST),
            canonical: site.routes.absolute(&self.url),
            href: site.routes.href(&self.url),
            crumbs: self.crumbs,
            section: self.section,
            source: source.map(SourcePath::as_str),
            changed: self.changed.map(|d| d.to_string()),
            noindex: false,
            offers: site.offers.of(&self.url).to_vec(),
            ld: None,
        };
        frame.ld = ld::page(site, &frame);
        frame
    }
}

/// A crumb for one of the site's lists.
pub fn crumb(site: &Site, list: &'static str) -> Crumb {
    Crumb {
        href: site.routes.href(&site.routes.list(list)),
        name: None,
        key: Some(list),
    }
}

/// Cuts a text at the end of a word.
pub fn shorten(text: &str, longest: usize) -> String {
    if text.len() <= longest {
        return text.to_owned();
    }
    let mut end = longest;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = text[..end].rfind(' ').unwrap_or(end);
    format!("{} …", text[..cut].trim_end_matches([',', ';', ':', '.', ' ']))
}
