//! `/data/`: what the other outlets offer to programs, described for people.

use serde::Serialize;

use super::pages::View;
use super::pages::frame::{Frame, Make};
use super::{Made, Outlet, json, tables};
use crate::site::{Job, Plan, Site, Subject};

pub struct Data;

/// The page of the data.
#[derive(Serialize, Hash)]
pub struct DataView<'a> {
    pub page: Frame<'a>,
    /// The day for which the site is built.
    pub today: String,
    /// The files of the archive as JSON: all, or one for each year.
    pub parts: Vec<PartRow>,
    /// Records have their data beside their pages.
    pub beside: bool,
    /// The tables as CSV.
    pub tables: Vec<TableRow>,
    /// There is an export as Popolo.
    pub popolo: bool,
    /// There are feeds.
    pub feeds: bool,
    /// There is a list of checksums.
    pub checksums: bool,
    /// The licence of the record.
    pub licence: Option<&'a str>,
    /// The address of the licence's text.
    pub licence_href: Option<String>,
    /// The version of the JSON's schema.
    pub version: u32,
}

/// A file of the archive as JSON.
#[derive(Serialize, Hash)]
pub struct PartRow {
    /// Its address.
    pub href: String,
    /// The year it holds.
    pub year: i16,
}

/// A table as CSV.
#[derive(Serialize, Hash)]
pub struct TableRow {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its address.
    pub href: String,
    /// Its columns.
    pub columns: &'static [super::csv::Column],
}

impl Outlet for Data {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if let Some(url) = pages(site) {
            plan.list("data", site.routes.href(&url));
            plan.add(url, Subject::File("data".to_owned()), None);
        }
    }

    fn make<'a>(&self, _job: &Job, site: &Site<'a>) -> Made<'a> {
        Made::View {
            template: "data.html",
            view: Box::new(View::Data(view(site))),
        }
    }
}

/// The page, where there is something to tell of.
pub fn pages(site: &Site) -> Option<crate::paths::Url> {
    let config = site.config;
    let any = config.data || config.csv || config.popolo || config.checksums;
    any.then(|| site.routes.list("data"))
}

fn view<'a>(site: &Site<'a>) -> DataView<'a> {
    let config = site.config;
    let page = Make {
        kind: "data",
        section: "data",
        title: String::new(),
        description: site.words.get("data_about").to_owned(),
        url: site.routes.list("data"),
        crumbs: Vec::new(),
        changed: None,
    };
    let years = super::pages::years(site);
    let parts = years.into_iter().filter(|_| config.data && json::is_large(site));
    let tables = tables::published(site).into_iter().filter(|_| config.csv);
    DataView {
        page: page.frame(site, None).about(super::pages::ld::dataset(site)),
        today: site.today.to_string(),
        parts: parts
            .map(|year| PartRow {
                href: site.routes.href(&json::part(year)),
                year,
            })
            .collect(),
        beside: config.data,
        tables: tables
            .map(|table| TableRow {
                name: table.name,
                about: table.about,
                href: site.routes.href(&table.url),
                columns: table.columns,
            })
            .collect(),
        popolo: config.popolo,
        feeds: config.feeds && config.base.is_some(),
        checksums: config.checksums,
        licence: config.licence.as_deref(),
        licence_href: config.licence.as_deref().and_then(licence_address),
        version: json::VERSION,
    }
}

/// Where the text of a licence stands, by the name that SPDX gives it.
pub fn licence_address(licence: &str) -> Option<String> {
    let known = match licence {
        "OGL-UK-1.0" => "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/1/",
        "OGL-UK-2.0" => "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/",
        "OGL-UK-3.0" => "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "CC0-1.0" => "https://creativecommons.org/publicdomain/zero/1.0/",
        "CC-BY-3.0" => "https://creativecommons.org/licenses/by/3.0/",
        "CC-BY-4.0" => "https://creativecommons.org/licenses/by/4.0/",
        "CC-BY-SA-4.0" => "https://creativecommons.org/licenses/by-sa/4.0/",
        "ODbL-1.0" => "https://opendatacommons.org/licenses/odbl/1-0/",
        "PDDL-1.0" => "https://opendatacommons.org/licenses/pddl/1-0/",
        other => return crate::paths::web_address(other),
    };
    Some(known.to_owned())
}
