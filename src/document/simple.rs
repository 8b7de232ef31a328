//! Lines that need no parser: plain words, or one link and nothing else. Most
//! values of fields are of one of these kinds.
//!
//! What is read here is read as [`super::markdown`] would read it; whatever
//! might mean more to Markdown is left to its parser.

use crate::text::scan;

/// A line of one of the kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simple<'a> {
    /// All of it is words.
    Words,
    /// `[words](dest)`
    Link { words: &'a str, dest: &'a str },
}

/// Reads a line, when it is of one of the kinds.
pub fn read(line: &str) -> Option<Simple<'_>> {
    if let Some(rest) = line.strip_prefix('[') {
        let (words, dest) = rest.strip_suffix(')')?.split_once("](")?;
        let plain = are_words(words) && !dest.is_empty() && dest.bytes().all(|b| OF_ADDRESS[usize::from(b)]);
        return plain.then_some(Simple::Link { words, dest });
    }
    (are_words(line) && !opens_list(line)).then_some(Simple::Words)
}

/// Words without any mark that Markdown knows, wherever it stands.
fn are_words(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with(' ')
        && text.bytes().all(|b| OF_WORDS[usize::from(b)])
}

/// `1. `, `12) `, and `o ` as it comes from a word processor.
fn opens_list(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = behind.len() < text.len() && behind.starts_with(['.', ')']);
    number || (text.starts_with('o') && !text[1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// What words may be made of: all that is not ASCII, too.
static OF_WORDS: [bool; 256] = {
    let mut table = scan::table(b" ,.;:'\"()/-?+=%@");
    let mut b = 128;
    while b < 256 {
        table[b] = true;
        b += 1;
    }
    table
};

/// What may stand in an address that is written without any mark.
static OF_ADDRESS: [bool; 256] = scan::table(b"-._~:/?#@$'+,;=%");
