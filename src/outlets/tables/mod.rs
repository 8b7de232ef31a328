//! The plain tables of the archive as CSV, and what their columns mean, as
//! CSV on the Web (W3C, Metadata Vocabulary for Tabular Data).
//!
//! A table is a file here and a line in [`LIST`]. The registers are tables too,
//! and are described here; they have their files beside their pages.

mod bodies;
mod issues;
mod items;
mod meetings;
mod memberships;
mod people;

use serde::Serialize;

use super::csv::{Column, ColumnKind, Csv, Published};
use super::{Made, Outlet, registers};
use crate::paths::Url;
use crate::site::{Job, Offer, Plan, Site, Subject};

pub struct Tables;

/// A table: where it lies, what its rows are, its columns, and how it is filled.
pub struct Sheet {
    /// Its name, and that of its file in `data/`.
    pub name: &'static str,
    /// What a row is, in one sentence, in English.
    pub about: &'static str,
    pub columns: &'static [Column],
    pub fill: fn(&Site, &mut Csv),
}

impl Sheet {
    pub fn url(&self) -> Url {
        Url::new(format!("data/{}.csv", self.name))
    }
}

/// Every table.
pub const LIST: &[&Sheet] = &[
    &meetings::SHEET,
    &items::SHEET,
    &issues::SHEET,
    &bodies::SHEET,
    &people::SHEET,
    &memberships::SHEET,
];

/// Every table that is published, the registers among them.
pub fn published(site: &Site) -> Vec<Published> {
    let own = LIST.iter().map(|sheet| Published {
        name: sheet.name,
        about: sheet.about,
        columns: sheet.columns,
        url: sheet.url(),
    });
    own.chain(registers::published(site)).collect()
}

const KIND: &str = "text/csv";

impl Outlet for Tables {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.csv {
            return;
        }
        let page = site.routes.list("data");
        for sheet in LIST {
            plan.add(sheet.url(), Subject::File(sheet.name.to_owned()), None);
            plan.offer(
                &page,
                Offer {
                    kind: KIND,
                    href: site.routes.href(&sheet.url()),
                    word: "as_csv",
                    title: Some(sheet.name.to_owned()),
                },
            );
        }
        plan.add(metadata_url(), Subject::File(String::new()), None);
        plan.offer(
            &page,
            Offer {
                kind: "application/csvm+json",
                href: site.routes.href(&metadata_url()),
                word: "csv_metadata",
                title: None,
            },
        );
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        let name = match &job.subject {
            Subject::File(name) => name.as_str(),
            _ => "",
        };
        match LIST.iter().find(|sheet| sheet.name == name) {
            Some(sheet) => Made::Stream(Box::new(|site, out| {
                let mut csv = Csv::new(sheet.columns, out)?;
                (sheet.fill)(site, &mut csv);
                csv.finish()
            })),
            None => Made::Bytes(metadata(site)),
        }
    }
}

/// Where the columns are described for programs.
pub fn metadata_url() -> Url {
    Url::new("data/csv-metadata.json")
}

#[derive(Serialize)]
struct Group<'m> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "dc:title")]
    title: &'m str,
    #[serde(rename = "dc:publisher", skip_serializing_if = "Option::is_none")]
    publisher: Option<&'m str>,
    #[serde(rename = "dc:rights", skip_serializing_if = "Option::is_none")]
    rights: Option<&'m str>,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Table {
    url: String,
    #[serde(rename = "dc:description")]
    about: &'static str,
    #[serde(rename = "tableSchema")]
    schema: Schema,
}

#[derive(Serialize)]
struct Schema {
    columns: Vec<ColumnText>,
}

#[derive(Serialize)]
struct ColumnText {
    name: &'static str,
    titles: &'static str,
    #[serde(rename = "dc:description")]
    about: &'static str,
    datatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    separator: Option<&'static str>,
}

/// An address as seen from `data/`.
fn beside(url: &Url) -> String {
    match url.as_str().strip_prefix("data/") {
        Some(name) => name.to_owned(),
        None => format!("../{}", url.as_str()),
    }
}

fn metadata(site: &Site) -> Vec<u8> {
    let column = |column: &Column| ColumnText {
        name: column.name,
        titles: column.name,
        about: column.about,
        datatype: match column.kind {
            ColumnKind::Number => "integer",
            ColumnKind::Date => "date",
            ColumnKind::Flag => "boolean",
            ColumnKind::Address => "anyURI",
            ColumnKind::Text | ColumnKind::List | ColumnKind::Time => "string",
        },
        separator: (column.kind == ColumnKind::List).then_some("; "),
    };
    let group = Group {
        context: "http://www.w3.org/ns/csvw",
        title: &site.config.title,
        publisher: site.config.authority.as_deref(),
        rights: site.config.licence.as_deref(),
        tables: published(site)
            .iter()
            .map(|table| Table {
                url: beside(&table.url),
                about: table.about,
                schema: Schema {
                    columns: table.columns.iter().map(column).collect(),
                },
            })
            .collect(),
    };
    let mut out = serde_json::to_vec_pretty(&group).unwrap_or_default();
    out.push(b'\n');
    out
}
