//! What a page offers besides itself: the same as data, a feed, a calendar.
//!
//! An outlet announces here what it plans, by the page that is to lead to it.
//! So a page names no outlet, and never a file that is not made.

use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use serde::Serialize;

use crate::paths::Url;

/// Another form of a page, or something to subscribe to.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Offer {
    /// Its media type.
    pub kind: &'static str,
    /// Its address.
    pub href: String,
    /// The key of the theme's word for it.
    pub word: &'static str,
    /// The title for programs that show one, such as the name of a feed.
    pub title: Option<String>,
}

/// A list of the site that every page leads to.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct ListLink {
    /// The key of the theme's word for it.
    pub key: &'static str,
    /// Its address.
    pub href: String,
}

/// How much a list holds that is divided by years.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Shelf {
    /// How many entries it has in all.
    pub total: usize,
    /// How many of each year, newest first. Entries without a day are in none.
    pub years: Vec<(i16, usize)>,
}

/// All offers, by their pages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offers {
    pages: HashMap<Url, Vec<Offer>>,
    lists: Vec<ListLink>,
    shelves: BTreeMap<&'static str, Shelf>,
}

impl Offers {
    /// Takes down all that is offered, on these pages and on every one.
    pub fn take<'u>(&self, pages: impl Iterator<Item = &'u Url>, taker: &mut impl Hasher) {
        pages.for_each(|page| self.of(page).hash(taker));
        (&self.lists, &self.shelves).hash(taker);
    }

    pub fn add(&mut self, page: &Url, offer: Offer) {
        self.pages.entry(page.clone()).or_default().push(offer);
    }

    pub fn list(&mut self, key: &'static str, href: String) {
        self.lists.push(ListLink { key, href });
    }

    /// What a page offers, in the order of the outlets.
    pub fn of(&self, page: &Url) -> &[Offer] {
        self.pages.get(page).map_or(&[], Vec::as_slice)
    }

    pub fn shelve(&mut self, key: &'static str, shelf: Shelf) {
        self.shelves.insert(key, shelf);
    }

    /// How much a list holds; nothing for a list that is not made.
    pub fn shelf(&self, key: &str) -> Option<&Shelf> {
        self.shelves.get(key)
    }

    /// What every page leads to.
    pub fn lists(&self) -> &[ListLink] {
        &self.lists
    }
}
