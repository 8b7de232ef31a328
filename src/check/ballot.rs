//! A recorded vote, and what its lines say.

use super::scene::Scene;
use crate::model::*;
use crate::text::{names, nearest};

/// A vote with its item and meeting.
pub struct Ballot<'a> {
    pub meeting: &'a Meeting,
    pub item: &'a Item,
    pub vote: &'a Vote,
}

/// Every vote of the archive.
pub fn all<'a>(scene: &Scene<'a>) -> impl Iterator<Item = Ballot<'a>> {
    scene.items().flat_map(|(meeting, item)| {
        item.sections
            .iter()
            .filter_map(|section| section.vote.as_ref())
            .map(move |vote| Ballot { meeting, item, vote })
    })
}

/// Words that begin the result of a motion.
const CARRIED: &[&str] = &["carried", "agreed", "approved", "passed", "adopted"];
const LOST: &[&str] = &[
    "lost",
    "not carried",
    "not agreed",
    "defeated",
    "rejected",
    "fell",
];

/// The lines that hold votes.
pub const CAST: [VoteKey; 3] = [VoteKey::For, VoteKey::Against, VoteKey::Abstained];

impl<'a> Ballot<'a> {
    pub fn line(&self, key: VoteKey) -> Option<&'a VoteLine> {
        self.vote.lines.iter().find(|line| line.key == key)
    }

    /// How many a line counts: its number, else its names when they are all there.
    pub fn count(&self, key: VoteKey) -> Option<u32> {
        self.line(key)?.votes()
    }

    /// For and against; a side that is not named has none when the other is.
    /// None when a side is named and cannot be counted.
    pub fn sides(&self) -> Option<(u32, u32)> {
        let unknown = |key| {
            self.line(key)
                .is_some_and(|line| line.votes().is_none() && !line.whole)
        };
        if unknown(VoteKey::For) || unknown(VoteKey::Against) {
            return None;
        }
        let sides = (self.count(VoteKey::For), self.count(VoteKey::Against));
        match sides {
            (None, None) => None,
            (yes, no) => Some((yes.unwrap_or(0), no.unwrap_or(0))),
        }
    }

    /// Who voted, and on which line.
    pub fn voters(&self) -> impl Iterator<Item = (PersonId, &'a VoteLine)> {
        let lines = self.vote.lines.iter().filter(|line| CAST.contains(&line.key));
        lines.flat_map(|line| line.names.iter().filter_map(move |n| Some((n.0?, line))))
    }

    /// Whether the result says that the motion was carried; none when it cannot
    /// be told.
    pub fn carried(&self) -> Option<(bool, &'a VoteLine)> {
        let line = self.line(VoteKey::Result)?;
        let text = line.text.text().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|w| text.trim_start().starts_with(w));
        if says(CARRIED) {
            Some((true, line))
        } else if says(LOST) {
            Some((false, line))
        } else {
            None
        }
    }

    /// A result that is almost a word for one, and that word.
    pub fn nearly_a_result(&self) -> Option<(&'a VoteLine, &'static str)> {
        let line = self.line(VoteKey::Result).filter(|_| self.carried().is_none())?;
        let text = line.text.text();
        let word = names::fold(text.trim().trim_end_matches('.'));
        let known = CARRIED.iter().chain(LOST).copied();
        let near = nearest::nearest(&word, known)?;
        (word.len() > 3 && strsim::osa_distance(&word, near) == 1).then_some((line, near))
    }

    /// Whether the casting vote was given for the motion.
    pub fn casting_for(&self) -> Option<bool> {
        let text = self.casting()?.text.text().to_lowercase();
        let first = text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty());
        match first? {
            "for" | "favour" => Some(true),
            "against" => Some(false),
            _ => None,
        }
    }

    /// The line of a casting vote that was given.
    pub fn casting(&self) -> Option<&'a VoteLine> {
        let line = self.line(VoteKey::CastingVote)?;
        (!line.says_none()).then_some(line)
    }
}
