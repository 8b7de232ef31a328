//! The archive as it is: what is known once every file has been read and
//! every name has been understood.

pub mod prose;
pub mod section;

pub use prose::{Anchor, Cut, Prose, Slot, What};
pub use section::{Exemption, FieldKey, Presence, SectionKind, VoteKey};
