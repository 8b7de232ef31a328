//! From the archive to a plan: which pages there are, where each stands, and
//! how a written text looks on the page that quotes it.
//!
//! What a page shows is left to the outlets, how it looks to the theme.

mod days;
mod lasting;
mod names;
mod offers;
pub mod plan;
pub mod prose;
pub mod routes;
mod rows;
mod shared;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::config::Config;
use crate::model::Archive;

pub use days::Days;
pub use offers::{ListLink, Offer, Offers, Shelf};
pub use plan::{Job, Paths, Plan, Subject};
pub use prose::{Ids, Quote, Words};
pub use routes::Routes;
pub use rows::{Link, MeetingRow, Rows};
pub use shared::{Html, Shared};

/// The archive and where its pages stand: all that an outlet sees.
pub struct Site<'a> {
    pub archive: &'a Archive,
    pub config: &'a Config,
    pub routes: Routes<'a>,
    pub words: Words,
    /// The day it is built for.
    pub today: Date,
    /// The authority's, from the tables that are part of the program: the
    /// same on every machine.
    pub zone: TimeZone,
    /// What pages offer besides themselves; empty until all is planned.
    pub offers: Arc<Offers>,
    pub rows: Arc<Rows>,
}

impl<'a> Site<'a> {
    pub fn new(archive: &'a Archive, config: &'a Config, words: Words, today: Date) -> Self {
        Self {
            archive,
            config,
            routes: Routes::new(archive, config),
            words,
            today,
            zone: TimeZoneDatabase::bundled()
                .get(&config.time_zone)
                .unwrap_or(TimeZone::UTC),
            offers: Arc::default(),
            rows: Arc::new(Rows::new(archive)),
        }
    }
}
