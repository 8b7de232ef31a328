//! `/votes/`: recorded votes, with who moved, who voted how, and the result.

use super::cell::{self, CellView, ColumnView, LineView, column};
use super::place::{self, Place};
use super::{Line, Mark, Register, Visit};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::parts::division;
use crate::outlets::pages::rows;
use crate::site::Site;

pub const REGISTER: Register = Register {
    key: "votes",
    about: "A row is a recorded vote.",
    columns: COLUMNS,
    csv: CSV,
    walk,
    pins: false,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("motion", cell::TEXT),
    column("body", cell::CHOICE),
    column("for", cell::NUMBER),
    column("against", cell::NUMBER),
    column("abstained", cell::NUMBER),
    column("result", cell::CHOICE),
];

const CSV: &[csv::Column] = &place::followed_by::<14, 22>([
    field("vote", C::Text, "What the vote is called, such as Amendment 1."),
    field("motion", C::Text, "What was voted on."),
    field("moved_by", C::List, "Who moved it."),
    field("seconded_by", C::List, "Who seconded it."),
    field("for", C::Number, "How many voted for it."),
    field("against", C::Number, "How many voted against it."),
    field("abstained", C::Number, "How many abstained."),
    field("not_voting", C::Number, "How many did not vote."),
    field(
        "for_names",
        C::List,
        "Who voted for it, as far as they are named.",
    ),
    field(
        "against_names",
        C::List,
        "Who voted against it, as far as they are named.",
    ),
    field(
        "abstained_names",
        C::List,
        "Who abstained, as far as they are named.",
    ),
    field(
        "not_voting_names",
        C::List,
        "Who did not vote, as far as they are named.",
    ),
    field("casting_vote", C::Text, "The casting vote."),
    field("result", C::Text, "What came of it."),
]);

/// What stands under a motion, besides its numbers.
const LINES: [VoteKey; 7] = [
    VoteKey::MovedBy,
    VoteKey::SecondedBy,
    VoteKey::For,
    VoteKey::Against,
    VoteKey::Abstained,
    VoteKey::NotVoting,
    VoteKey::CastingVote,
];

struct Division<'a> {
    place: Place,
    vote: &'a Vote,
}

fn walk(site: &Site, year: Option<i16>, visit: Visit) {
    for place in place::all(site, year) {
        for vote in place.sections(site).iter().filter_map(|s| s.vote.as_ref()) {
            visit(Mark::of(place.date(site)), &Division { place, vote });
        }
    }
}

impl Division<'_> {
    fn line(&self, key: VoteKey) -> Option<&VoteLine> {
        self.vote.lines.iter().find(|l| l.key == key)
    }

    fn text(&self, site: &Site, key: VoteKey) -> Option<String> {
        Some(site.plain(&self.line(key)?.text)).filter(|t| !t.is_empty())
    }

    fn names(&self, site: &Site, key: VoteKey) -> Vec<Name> {
        let names = self.line(key).map_or(&[][..], |l| &l.names);
        names
            .iter()
            .map(|(id, name)| rows::person(site, *id, name))
            .collect()
    }

    fn count(&self, key: VoteKey) -> Option<u32> {
        self.line(key)?.votes()
    }

    fn line_view(&self, site: &Site, key: VoteKey) -> Option<LineView> {
        let line = self.line(key)?;
        let names = self.names(site, key);
        let text = match key {
            VoteKey::CastingVote => self.text(site, key).filter(|_| !line.says_none())?,
            // The other numbers have columns of their own.
            VoteKey::NotVoting if names.is_empty() => self.count(key).filter(|n| *n > 0)?.to_string(),
            _ if names.is_empty() => return None,
            _ => String::new(),
        };
        Some(LineView {
            key: key.name(),
            names: if text.is_empty() { names } else { Vec::new() },
            more: text.is_empty() && !line.whole,
            text,
        })
    }

    fn href(&self, site: &Site) -> String {
        self.place.part(site, &format!("vote-{}", self.vote.number))
    }

    /// What was voted on, as shortly as the record says it.
    fn motion(&self, site: &Site) -> String {
        match (&self.vote.title, self.text(site, VoteKey::Motion)) {
            (Some(title), Some(motion)) => format!("{title}: {motion}"),
            (Some(title), None) => title.clone(),
            (None, Some(motion)) => motion,
            (None, None) => self.place.title(site),
        }
    }
}

impl Line for Division<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let said = CellView::said(self.motion(site), Some(self.href(site)), self.place.view(site));
        let lines = LINES.iter().filter_map(|key| self.line_view(site, *key));
        vec![
            CellView::date(Some(self.place.date(site))),
            CellView {
                division: division(self.vote),
                lines: lines.collect(),
                ..said
            },
            CellView::names(self.place.body_names(site)),
            CellView::number(self.count(VoteKey::For)),
            CellView::number(self.count(VoteKey::Against)),
            CellView::number(self.count(VoteKey::Abstained)),
            CellView::text(self.text(site, VoteKey::Result).unwrap_or_default()),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let part = format!("vote-{}", self.vote.number);
        let mut cells = self.place.cells(site, &part, self.href(site));
        let list = |key| Cell::list(self.names(site, key).into_iter().map(|n| n.name));
        cells.extend([
            self.vote.title.clone().into(),
            self.text(site, VoteKey::Motion).into(),
            list(VoteKey::MovedBy),
            list(VoteKey::SecondedBy),
            self.count(VoteKey::For).into(),
            self.count(VoteKey::Against).into(),
            self.count(VoteKey::Abstained).into(),
            self.count(VoteKey::NotVoting).into(),
            list(VoteKey::For),
            list(VoteKey::Against),
            list(VoteKey::Abstained),
            list(VoteKey::NotVoting),
            self.text(site, VoteKey::CastingVote).into(),
            self.text(site, VoteKey::Result).into(),
        ]);
        cells
    }
}
