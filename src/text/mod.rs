//! Words as plain data: what has to be known about writing before anything is
//! known about committees. Slugs are made here, for every room that names
//! things. What the words mean is left to the rooms above.

pub mod slug;

pub use slug::slug;
