//! Looking at text many bytes at a time: for rare bytes, of which most text has
//! none; for white space to be folded; for lines.

/// A table of the letters and digits of ASCII, and of some signs.
pub const fn table(signs: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = (b as u8).is_ascii_alphanumeric();
        b += 1;
    }
    let mut n = 0;
    while n < signs.len() {
        table[signs[n] as usize] = true;
        n += 1;
    }
    table
}

/// So many bytes are looked at together. The compiler makes a few instructions
/// of them, as long as what is asked of each byte has no branch in it: write
/// `|` and `&` between its comparisons.
const STRIDE: usize = 32;

/// The last few bytes as a whole stride, filled up with the first of them.
#[inline]
fn filled(rest: &[u8]) -> Option<[u8; STRIDE]> {
    let mut stride = [*rest.first()?; STRIDE];
    stride[..rest.len()].copy_from_slice(rest);
    Some(stride)
}

/// Where the first byte of a kind stands.
#[inline]
pub fn position(bytes: &[u8], is: impl Fn(u8) -> bool) -> Option<usize> {
    let any = |stride: &[u8; STRIDE]| stride.iter().fold(false, |any, b| any | is(*b));
    let (strides, rest) = bytes.as_chunks::<STRIDE>();
    let at = match strides.iter().position(any) {
        Some(n) => n * STRIDE,
        None if filled(rest).is_some_and(|rest| any(&rest)) => strides.len() * STRIDE,
        None => return None,
    };
    Some(at + bytes[at..].iter().position(|b| is(*b))?)
}

/// Whether two neighbours are such a pair.
#[inline]
fn any_pair(bytes: &[u8], is: impl Fn(u8, u8) -> bool) -> bool {
    let Some((_, behind)) = bytes.split_first() else {
        return false;
    };
    let any = |a: &[u8; STRIDE], b: &[u8; STRIDE]| (0..STRIDE).fold(false, |any, n| any | is(a[n], b[n]));
    let (strides, rest) = bytes[..behind.len()].as_chunks::<STRIDE>();
    let (next, next_rest) = behind.as_chunks::<STRIDE>();
    strides.iter().zip(next).any(|(a, b)| any(a, b))
        || filled(rest)
            .zip(filled(next_rest))
            .is_some_and(|(a, b)| any(&a, &b))
}

/// Whether all white space in a text is single spaces, wherever they stand.
pub fn is_single_spaced(text: &str) -> bool {
    // Other white space of ASCII, and what characters that are white space
    // begin with.
    let odd = |b: u8| (b < 0x20) | (b == 0xC2) | (0xE1..=0xE3).contains(&b);
    let bytes = text.as_bytes();
    let two = |a: u8, b: u8| (a == b' ') & (b == b' ');
    if !any_pair(bytes, |a, b| two(a, b) | odd(a)) && !bytes.last().is_some_and(|b| odd(*b)) {
        return true;
    }
    // What it was that was found is seen at a closer look.
    let mut rest = text;
    while let Some(at) = position(rest.as_bytes(), odd) {
        match rest[at..].chars().next() {
            Some(c) if !c.is_whitespace() => rest = &rest[at + c.len_utf8()..],
            _ => return false,
        }
    }
    !any_pair(bytes, two)
}

/// Whether a text is as it would be with its white space folded.
pub fn is_folded(text: &str) -> bool {
    !text.starts_with(' ') && !text.ends_with(' ') && is_single_spaced(text)
}

/// A text with its white space folded: the words with one space between them.
pub fn folded(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Where a sign of several characters first stands. It is looked for by its
/// first byte, which should be rare in the text.
pub fn find(text: &str, sign: &str) -> Option<usize> {
    let first = *sign.as_bytes().first()?;
    let mut starts = memchr::memchr_iter(first, text.as_bytes());
    starts.find(|&at| text.as_bytes()[at..].starts_with(sign.as_bytes()))
}

/// The lines of a text, each with the `\n` that ends it.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at(end);
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_are_found_where_they_stand(
            bytes in proptest::collection::vec(prop_oneof![9 => Just(b'a'), 1 => Just(b'x')], 0..200),
        ) {
            prop_assert_eq!(position(&bytes, |b| b == b'x'), bytes.iter().position(|b| *b == b'x'));
            let twice = bytes.windows(2).any(|pair| pair == b"xx");
            prop_assert_eq!(any_pair(&bytes, |a, b| (a == b'x') & (b == b'x')), twice);
        }

        #[test]
        fn white_space_is_folded_as_words_are_divided(text in "([a-zé£’–]{1,40}|[ \n\t\u{1}\u{a0}\u{1680}\u{2003}\u{3000}]){0,9}") {
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(folded(&text), plain.clone());
            prop_assert_eq!(is_folded(&text), text == plain);
        }

        #[test]
        fn signs_are_found_as_the_library_finds_them(text in "[a:/]{0,40}") {
            prop_assert_eq!(find(&text, "://"), text.find("://"));
        }

        #[test]
        fn lines_are_those_of_the_library(text in "[a\n]{0,60}") {
            prop_assert!(lines(&text).eq(text.split_inclusive('\n')));
        }
    }
}
