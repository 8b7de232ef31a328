//! Every rule of sense. A file holds one, or several that look at one thing.

mod actions;
mod attendance_twice;
mod casting_vote;
mod dates_reversed;
mod early_confirmation;
mod early_effect;
mod executive;
mod held_ahead;
mod key_decision_notice;
mod meeting_outside_body;
mod mover_seconder;
mod no_public_summary;
mod no_quorum;
mod present_no_member;
mod short_notice;
mod stale_draft;
mod too_many_votes;
mod vote_count;
mod voted_twice;
mod voter_absent;
mod voter_interest;
mod voter_left;
mod voter_no_member;
mod wrong_result;

use super::scene::Scene;
use crate::report::Report;

/// A rule: it looks at everything, and tells what it finds.
pub type Check = fn(&Scene, &mut Report);

pub const ALL: &[Check] = &[
    actions::check,
    attendance_twice::check,
    casting_vote::check,
    dates_reversed::check,
    early_confirmation::check,
    early_effect::check,
    executive::check,
    held_ahead::check,
    key_decision_notice::check,
    meeting_outside_body::check,
    mover_seconder::check,
    no_public_summary::check,
    no_quorum::check,
    present_no_member::check,
    short_notice::check,
    stale_draft::check,
    too_many_votes::check,
    vote_count::check,
    voted_twice::check,
    voter_absent::check,
    voter_interest::check,
    voter_left::check,
    voter_no_member::check,
    wrong_result::check,
];
