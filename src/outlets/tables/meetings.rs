//! `meetings.csv`

use super::Sheet;
use crate::model::*;
use crate::outlets::csv::ColumnKind::*;
use crate::outlets::csv::{Cell, Csv, column, withheld};
use crate::outlets::json::address;
use crate::site::Site;

pub const SHEET: Sheet = Sheet {
    name: "meetings",
    about: "A row is a meeting.",
    columns: &[
        column("id", Text, "Its body and its day, as in parks/2024-03-12."),
        column("date", Date, "The day it is held."),
        column("until", Date, "The last day, for a meeting of several days."),
        column("start", Time, "When it began, or is to begin."),
        column("end", Time, "When it ended."),
        column(
            "bodies",
            List,
            "The ids of the bodies that meet, the leading one first.",
        ),
        column("title", Text, "Its title."),
        column(
            "kind",
            Text,
            "What sort of meeting: ordinary, annual, special and the like.",
        ),
        column(
            "status",
            Text,
            "scheduled, held, cancelled, postponed, adjourned or inquorate.",
        ),
        column("mode", Text, "in person, remote or hybrid."),
        column("venue", Text, "Where."),
        column("agenda_published", Date, "When the agenda was published."),
        column("minutes", Text, "The state of the minutes: draft or confirmed."),
        column("minutes_published", Date, "When the minutes were published."),
        column(
            "changed",
            Date,
            "The last change that the clerk declared, or else the day of the meeting; empty while that is to come.",
        ),
        column(
            "complete",
            Flag,
            "false: this archive holds only part of the meeting.",
        ),
        column("exempt", Text, "For a meeting that is withheld: yes, or why."),
        column("items", Number, "How many agenda items it has."),
        column("url", Address, "Its page."),
    ],
    fill,
};

fn fill(site: &Site, csv: &mut Csv) {
    for (id, m) in site.archive.meetings.iter() {
        let bodies = m.bodies.iter().map(|b| site.archive.bodies[*b].id.as_str());
        csv.row([
            (&m.id).into(),
            m.date.into(),
            m.until.into(),
            m.start.as_ref().into(),
            m.end.as_ref().into(),
            Cell::list(bodies),
            site.meeting_title(id).into(),
            m.kind.as_ref().into(),
            m.status.name().into(),
            m.mode.as_ref().into(),
            m.venue.as_ref().into(),
            m.agenda_published.into(),
            m.minutes
                .map(|m| match m {
                    MinutesState::Draft => "draft",
                    MinutesState::Confirmed => "confirmed",
                })
                .into(),
            m.minutes_published.into(),
            site.changed(m).into(),
            m.complete.into(),
            withheld(m.exempt.as_ref()),
            m.items.len().into(),
            address(site, &site.routes.meeting(id)).into(),
        ]);
    }
}
