//! The archive as it is: what is known once every file has been read and
//! every name has been understood.

pub mod archive;
pub mod attendance;
mod called;
pub mod fit;
pub mod prose;
pub mod section;
pub mod table;

pub use archive::*;
pub use attendance::{Figures, How, Sitting, SittingId};
pub use prose::{Anchor, Cut, Marks, Prose, Slot, What};
pub use section::{Exemption, FieldKey, Presence, SectionKind, VoteKey};
pub use table::{Id, Table};
