//! The theme that is part of the program.

/// Every file of `themes/default`, by its name there.
pub(super) const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

fn below(folder: &'static str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    FILES
        .iter()
        .filter_map(move |(name, bytes)| Some((name.strip_prefix(folder)?, *bytes)))
}

pub fn templates() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    below("templates/")
}

pub fn assets() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    below("static/")
}

/// The words of a language: `en` → `strings/en.toml`.
pub fn strings(language: &str) -> Option<&'static str> {
    below("strings/")
        .find(|(name, _)| name.strip_suffix(".toml") == Some(language))
        .and_then(|(_, bytes)| std::str::from_utf8(bytes).ok())
}
