//! Slugs.
pub fn slug(s: &str) -> String { let _ = s; String::new() }
