//! `issues.csv`

use super::Sheet;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column};
use crate::outlets::json::address;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "issues",
    about: "A row is an issue: a public matter that is followed across meetings.",
    columns: &[
        column("id", Text, "Its id."),
        column("title", Text, "Its title."),
        column("reference", Text, "The authority's own reference."),
        column("kind", Text, "policy, contract, planning, petition and the like."),
        column("status", Text, "open, decided, withdrawn or superseded."),
        column("lead_member", Text, "The member in charge."),
        column("decision_due", Date, "The day on which a decision is due."),
        column("decision_due_body", Text, "The id of the body that is to decide."),
        column("topics", List, "Its topics."),
        column("related", List, "The ids of related issues."),
        column(
            "items",
            Number,
            "How many agenda items considered it, up to today.",
        ),
        column(
            "first_considered",
            Date,
            "The day of the first meeting that considered it.",
        ),
        column(
            "last_considered",
            Date,
            "The day of the last meeting that considered it, up to today.",
        ),
        column("url", Address, "Its page."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    let archive = site.archive;
    for (id, issue) in archive.issues.iter() {
        let days = || {
            let meetings = issue
                .items
                .iter()
                .map(|i| &archive.meetings[archive.items[*i].meeting]);
            meetings.filter(|m| !m.is_to_come(site.today)).map(|m| m.date)
        };
        let lead = issue.lead_member.as_ref();
        csv.row([
            (&issue.id).into(),
            (&issue.title).into(),
            issue.reference.as_ref().into(),
            issue.kind.as_ref().into(),
            issue.status.as_ref().into(),
            lead.map(|(id, name)| id.map_or(name, |p| &archive.people[p].name))
                .into(),
            issue.due.and_then(|d| d.date).into(),
            issue
                .due
                .and_then(|d| d.body)
                .map(|b| &archive.bodies[b].id)
                .into(),
            Cell::list(issue.topics.iter().map(|t| &archive.topics[*t].name)),
            Cell::list(issue.related.iter().map(|(i, _)| &archive.issues[*i].id)),
            days().count().into(),
            days().min().into(),
            days().max().into(),
            address(site, &site.routes.issue(id)).into(),
        ]);
    }
}
