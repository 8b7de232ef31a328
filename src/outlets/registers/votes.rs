//! `/votes/`: recorded votes, with who moved, who voted how, and the result.

use super::cell::{self, CellView, ColumnView, column};
use super::place::{self, Place};
use super::{Line, Mark, Register};
use crate::model::*;
use crate::outlets::csv::{self, Cell, ColumnKind as C, column as field};
use crate::outlets::pages::frame::Name;
use crate::outlets::pages::rows;
use crate::site::Site;

pub const REGISTER: Register = Register {
    key: "votes",
    columns: COLUMNS,
    csv: CSV,
    walk,
    summary: None,
};

const COLUMNS: &[ColumnView] = &[
    column("date", cell::DATE),
    column("motion", cell::TEXT),
    column("moved", cell::TEXT),
    column("for", cell::NUMBER),
    column("against", cell::NUMBER),
    column("abstained", cell::NUMBER),
    column("result", cell::CHOICE),
];

const CSV: &[csv::Column] = &[
    place::COLUMNS[0],
    place::COLUMNS[1],
    place::COLUMNS[2],
    place::COLUMNS[3],
    place::COLUMNS[4],
    place::COLUMNS[5],
    field("title", C::Text, "What the vote is called, such as Amendment 1."),
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
];

struct Division<'a> {
    place: Place,
    vote: &'a Vote,
}

fn walk(site: &Site, visit: &mut dyn FnMut(Mark, &dyn Line)) {
    for place in place::all(site) {
        for vote in place.sections(site).iter().filter_map(|s| s.vote.as_ref()) {
            let mark = Mark {
                date: Some(place.date(site)),
                group: "",
                pinned: false,
            };
            visit(mark, &Division { place, vote });
        }
    }
}

impl Division<'_> {
    fn line(&self, key: VoteKey) -> Option<&VoteLine> {
        self.vote.lines.iter().find(|l| l.key == key)
    }

    fn text(&self, key: VoteKey) -> Option<String> {
        Some(self.line(key)?.text.text()).filter(|t| !t.is_empty())
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

    fn side(&self, site: &Site, key: VoteKey) -> CellView {
        if self.line(key).is_none() {
            return CellView::empty();
        }
        CellView::side(
            self.count(key),
            self.names(site, key),
            self.line(key).is_some_and(|l| !l.whole),
        )
    }

    fn href(&self, site: &Site) -> String {
        self.place.part(site, &format!("vote-{}", self.vote.number))
    }

    /// What was voted on, as shortly as the record says it.
    fn motion(&self, site: &Site) -> String {
        match (&self.vote.title, self.text(VoteKey::Motion)) {
            (Some(title), Some(motion)) => format!("{title}: {motion}"),
            (Some(title), None) => title.clone(),
            (None, Some(motion)) => motion,
            (None, None) => self.place.title(site),
        }
    }
}

impl Line for Division<'_> {
    fn cells(&self, site: &Site) -> Vec<CellView> {
        let mut moved = self.names(site, VoteKey::MovedBy);
        moved.extend(self.names(site, VoteKey::SecondedBy));
        let casting = self.text(VoteKey::CastingVote).filter(|t| !is_none(t));
        let result = match (self.text(VoteKey::Result), casting) {
            (Some(result), Some(casting)) => format!("{result} ({casting})"),
            (result, casting) => result.or(casting).unwrap_or_default(),
        };
        vec![
            CellView::date(Some(self.place.date(site))),
            CellView::said(
                self.motion(site),
                Some(self.href(site)),
                self.place.with_meeting(site),
            ),
            CellView::names(moved),
            self.side(site, VoteKey::For),
            self.side(site, VoteKey::Against),
            self.side(site, VoteKey::Abstained),
            CellView::text(result),
        ]
    }

    fn csv(&self, site: &Site) -> Vec<Cell<'static>> {
        let mut cells = self.place.cells(site, self.href(site));
        let list = |key| Cell::list(self.names(site, key).into_iter().map(|n| n.name));
        cells.extend([
            self.vote.title.clone().into(),
            self.text(VoteKey::Motion).into(),
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
            self.text(VoteKey::CastingVote).into(),
            self.text(VoteKey::Result).into(),
        ]);
        cells
    }
}

fn is_none(text: &str) -> bool {
    ["none", "no", "not used", "-", "–", "n/a"]
        .contains(&text.trim().trim_end_matches('.').to_lowercase().as_str())
}
