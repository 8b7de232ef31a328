//! Words as Markdown that reads as these words, and as nothing else.

use super::line;

/// A text that stands in one line, as a paragraph or behind the mark of a list.
/// One that opens with the mark of a pasted list (`·`, `•`, `o `) stays one.
///
/// ```
/// use minutebook::document::written::text::words;
/// assert_eq!(words("3 * 4 is <b>12</b>"), "3 \\* 4 is \\<b>12\\</b>");
/// assert_eq!(words("snake_case, [2] and AT&T"), "snake_case, [2] and AT&T");
/// assert_eq!(words("1. first"), "1\\. first");
/// ```
pub fn words(text: &str) -> String {
    opening(&inside(&line(text)))
}

/// As [`words`], for a place where a line cannot begin: behind other words.
pub fn inside(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let mut address = 0;
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|n| chars[n]);
        let next = chars.get(at + 1).copied();
        if at >= address && begins_address(&chars[at..]) {
            address = at
                + chars[at..]
                    .iter()
                    .take_while(|c| !c.is_whitespace() && **c != '<')
                    .count();
        }
        let in_address = at < address;
        let marks = match c {
            '\\' => next.is_none_or(|n| n.is_ascii_punctuation()),
            '`' => true,
            '*' => !in_address,
            '_' => {
                let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !(joins(before) && joins(next) || in_address)
            }
            '[' => next.is_none_or(|n| n == '[' || n == '^') || link_follows(&chars[at..]),
            ']' => next == Some('(') || next == Some('[') || next == Some(':'),
            '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || "/!?".contains(n)),
            '&' => is_entity(&chars[at..]),
            '~' => true,
            '|' => true,
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn begins_address(chars: &[char]) -> bool {
    let starts = |word: &str| word.chars().eq(chars.iter().take(word.len()).copied());
    starts("http://") || starts("https://")
}

/// `[words](…)`, `[words][…]`, `[words]:`
fn link_follows(chars: &[char]) -> bool {
    let mut depth = 0usize;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '[' => depth += 1,
            ']' => {
                depth -= 1;
                if depth == 0 {
                    return chars.get(at + 1).is_some_and(|c| "([:".contains(*c));
                }
            }
            _ => {}
        }
    }
    false
}

/// `&amp;`, `&#65;`
fn is_entity(chars: &[char]) -> bool {
    let end = chars.iter().take(40).position(|c| *c == ';');
    end.is_some_and(|end| {
        end > 1
            && chars[1..end]
                .iter()
                .all(|c| c.is_ascii_alphanumeric() || *c == '#')
    })
}

/// For Markdown that opens a line: its first signs would make the line
/// something else, as a heading or an entry of a list.
pub fn opening(text: &str) -> String {
    let blank = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let first = text.chars().next();
    let marked = match first {
        Some('#') => blank(text.trim_start_matches('#')),
        Some('>') => true,
        Some('-') | Some('+') => blank(&text[1..]) || is_rule(text),
        Some('=') => is_rule(text),
        Some(':') => true,
        _ => false,
    };
    if marked {
        return format!("\\{text}");
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']) && blank(&text[digits + 1..]) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    text.to_owned()
}

/// A line of three or more of one sign.
fn is_rule(text: &str) -> bool {
    let first = text.chars().next();
    let mut count = 0;
    for c in text.chars().filter(|c| *c != ' ') {
        if Some(c) != first {
            return false;
        }
        count += 1;
    }
    count >= 2
}
