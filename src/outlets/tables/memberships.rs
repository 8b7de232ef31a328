//! `memberships.csv`

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Csv, column};
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "memberships",
    about: "A row is a membership: somebody on a body, in one role, from one day to another.",
    columns: &[
        column("body", Text, "The id of the body."),
        column(
            "person",
            Text,
            "The id of the person; empty for somebody without a page.",
        ),
        column("name", Text, "The person's name."),
        column("role", Text, "Chair, Vice-Chair and the like."),
        column("from", Date, "The first day."),
        column("to", Date, "The last day."),
        column("voting", Flag, "Whether it carries a vote."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    for body in site.archive.bodies.rows() {
        for m in &body.members {
            let person = &site.archive.people[m.person];
            csv.row([
                (&body.id).into(),
                Some(&person.id).filter(|_| person.listed).into(),
                (&person.name).into(),
                m.role.as_ref().into(),
                m.from.into(),
                m.to.into(),
                m.voting.into(),
            ]);
        }
    }
}
