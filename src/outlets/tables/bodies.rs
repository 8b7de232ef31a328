//! `bodies.csv`

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column};
use crate::outlets::json::address;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "bodies",
    about: "A row is a body: a council, a committee, a board.",
    columns: &[
        column("id", Text, "Its id."),
        column("name", Text, "Its name."),
        column("other_names", List, "Other names it is known by."),
        column(
            "kind",
            Text,
            "council, executive, committee, working group and the like.",
        ),
        column("parent", Text, "The id of the body it answers to."),
        column("from", Date, "When it was set up."),
        column("to", Date, "When it was dissolved."),
        column("quorum", Number, "How many must be present."),
        column(
            "members",
            Number,
            "How many members it has today; empty without a list of members.",
        ),
        column("meetings", Number, "How many meetings it has in this archive."),
        column("url", Address, "Its page."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for (id, body) in archive.bodies.iter() {
        let today = body.members_on(site.today);
        let mut members: Vec<_> = today.map(|m| m.person).collect();
        members.sort_unstable();
        members.dedup();
        csv.row([
            (&body.id).into(),
            (&body.name).into(),
            Cell::list(&body.aliases),
            body.kind.as_ref().into(),
            body.parent.map(|p| &archive.bodies[p].id).into(),
            body.from.into(),
            body.to.into(),
            body.quorum.into(),
            Some(members.len()).filter(|_| !body.members.is_empty()).into(),
            body.meetings.len().into(),
            address(site, &site.routes.body(id)).into(),
        ]);
    }
}
