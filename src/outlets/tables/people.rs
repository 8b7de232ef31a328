//! `people.csv`: those with a page, and nobody else.

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column};
use crate::outlets::json::address;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "people",
    about: "A row is somebody with a page.",
    columns: &[
        column("id", Text, "The id."),
        column("name", Text, "The name as it is shown."),
        column("sort_name", Text, "The name as it is sorted."),
        column("other_names", List, "Other names, as after a change of name."),
        column("party", Text, "Party or group."),
        column("wards", List, "The wards of all terms of office."),
        column("email", Text, "The published address."),
        column("url", Address, "The page."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    for id in &site.archive.order.people {
        let person = &site.archive.people[*id];
        let mut wards: Vec<&String> = person.terms.iter().filter_map(|t| t.0.as_ref()).collect();
        wards.dedup();
        csv.row([
            (&person.id).into(),
            (&person.name).into(),
            (&person.sort).into(),
            Cell::list(&person.aliases),
            person.party.as_ref().into(),
            Cell::list(wards),
            person.contact.email.as_ref().into(),
            address(site, &site.routes.person(*id)).into(),
        ]);
    }
}
