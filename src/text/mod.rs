//! What is known about words without knowing what they are about: slugs,
//! dates, the comparing of names, roles, the nearest of several, words for nothing, blanks, `[[links]]`,
//! HTML's escapes, the words that a search knows, and quick looks for rare bytes.

pub mod blank;
pub mod dates;
pub mod escape;
pub mod held;
pub mod holidays;
pub mod language;
pub mod links;
pub mod names;
pub mod nearest;
pub mod nothing;
pub mod roles;
pub mod scan;
pub mod slug;
pub mod wiki;
pub mod words;

pub use slug::slug;
