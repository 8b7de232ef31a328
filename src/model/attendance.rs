//! Who was expected at a meeting, and how that went: the one arithmetic of
//! attendance that every page and table reads.
//!
//! A [`Sitting`] is one person at one meeting of one body. Somebody is expected
//! only while a member, at a meeting that took place and whose record says who
//! was there. Presence, apologies, absence and a substitute sent are kept
//! apart, and nothing is made up where the record is silent.

use serde::{Deserialize, Serialize};

use super::archive::{BodyId, MeetingId, PersonId};
use super::section::Presence;
use super::table::Id;

pub type SittingId = Id<Sitting>;

/// How a person stands in the record of a meeting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum How {
    Present,
    Remote,
    /// Stayed away, and somebody stood in.
    Substituted,
    Apologies,
    Absent,
    /// Expected, and named nowhere in the record.
    Unrecorded,
    /// Was there in somebody's place.
    StoodIn,
}

impl How {
    /// In the order in which they are shown.
    pub const EXPECTED: [How; 6] = [
        How::Present,
        How::Remote,
        How::Substituted,
        How::Apologies,
        How::Absent,
        How::Unrecorded,
    ];

    /// The word that themes and data know it by.
    pub fn name(self) -> &'static str {
        match self {
            How::Present => "present",
            How::Remote => "remote",
            How::Substituted => "substituted",
            How::Apologies => "apologies",
            How::Absent => "absent",
            How::Unrecorded => "unrecorded",
            How::StoodIn => "stood-in",
        }
    }

    /// What an entry of a list of names says. Who is in attendance only takes no
    /// part in a meeting.
    pub fn of(presence: Presence) -> Option<How> {
        Some(match presence {
            Presence::Present => How::Present,
            Presence::Remote => How::Remote,
            Presence::Substitute => How::StoodIn,
            Presence::Apologies => How::Apologies,
            Presence::Absent => How::Absent,
            Presence::InAttendance => return None,
        })
    }

    /// Was there.
    pub fn attended(self) -> bool {
        matches!(self, How::Present | How::Remote | How::StoodIn)
    }
}

/// One person at one meeting of one body. At a joint meeting a member of both
/// has two.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Sitting {
    pub meeting: MeetingId,
    pub body: BodyId,
    pub person: PersonId,
    /// A member on that day, at a meeting that counts.
    pub expected: bool,
    pub how: How,
}

/// Counts of sittings.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Figures {
    /// In the order of [`How::EXPECTED`].
    pub expected: [u32; 6],
    /// Meetings attended without being expected: in somebody's place.
    pub stood_in: u32,
    /// Recorded at meetings for which nobody knows who was expected.
    pub beyond: [u32; 6],
}

impl Figures {
    pub fn of<'s>(sittings: impl IntoIterator<Item = &'s Sitting>) -> Self {
        let mut figures = Self::default();
        sittings.into_iter().for_each(|s| figures.add(s));
        figures
    }

    pub fn add(&mut self, sitting: &Sitting) {
        match How::EXPECTED.iter().position(|how| *how == sitting.how) {
            Some(at) if sitting.expected => self.expected[at] += 1,
            Some(at) => self.beyond[at] += 1,
            None => self.stood_in += 1,
        }
    }

    /// How often somebody was expected.
    pub fn meetings(&self) -> u32 {
        self.expected.iter().sum()
    }

    /// How often somebody was there who was expected.
    pub fn attended(&self) -> u32 {
        self.expected[0] + self.expected[1]
    }

    pub fn count(&self, how: How) -> u32 {
        How::EXPECTED
            .iter()
            .position(|h| *h == how)
            .map_or(self.stood_in, |at| self.expected[at])
    }

    /// Attended of expected, in whole per cent, rounded to the nearest. Only who
    /// attended every time has 100, only who never did has 0. None: nobody
    /// expected anything.
    pub fn percent(&self) -> Option<u32> {
        let (attended, of) = (self.attended(), self.meetings());
        if of == 0 {
            return None;
        }
        let rounded = (attended * 200 + of) / (2 * of);
        Some(match attended {
            0 => 0,
            all if all == of => 100,
            _ => rounded.clamp(1, 99),
        })
    }

    /// Nothing is counted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_never_flatter_and_never_hide() {
        let of = |attended: u32, absent: u32| {
            let figures = Figures {
                expected: [attended, 0, 0, 0, absent, 0],
                ..Figures::default()
            };
            figures.percent()
        };
        for (attended, absent, expected) in [
            (0, 0, None),
            (3, 0, Some(100)),
            (0, 3, Some(0)),
            (2, 1, Some(67)),
            (1, 2, Some(33)),
            (1, 1, Some(50)),
            (399, 1, Some(99)),
            (1, 399, Some(1)),
            (5, 3, Some(63)),
        ] {
            assert_eq!(of(attended, absent), expected, "{attended} {absent}");
        }
    }
}
