//! One file into one document: front matter, Markdown, the grammar of agendas.
//!
//! Nothing here knows another file. A name or a link is kept as it was
//! written, with its place; what must not be published is dropped here, before
//! any other stage sees it.

pub mod agenda;
pub mod exempt;
pub mod fields;
pub mod front_matter;
pub mod highlight;
pub mod html;
pub mod labels;
pub mod locate;
pub mod markdown;
pub mod meeting;
pub mod prose;
pub mod records;
pub mod tail;

pub use front_matter::Mention;
