//! Bytes as text, in whatever encoding they were saved.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far into a file its encoding is looked for.
const HEAD: usize = 2048;

/// The text, and a note where it took more than UTF-8. What is no text is an
/// error, in words.
pub fn text(bytes: &[u8]) -> Result<(String, Option<String>), String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if wrong {
            return Err(format!("it says that it is {}, and is not", encoding.name()));
        }
        return checked(text.into_owned(), (encoding != UTF_8).then(|| note(encoding)));
    }
    let half = |at: usize| {
        bytes
            .iter()
            .take(HEAD)
            .skip(at)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let many = bytes.len().min(HEAD) / 4;
    if many > 4 && (half(0) > many || half(1) > many) {
        let encoding = if half(1) > half(0) { UTF_16LE } else { UTF_16BE };
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        if !wrong {
            return checked(text.into_owned(), Some(note(encoding)));
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return checked(text.to_owned(), None);
    }
    let encoding = declared(bytes).filter(|e| *e != UTF_8).unwrap_or(WINDOWS_1252);
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if wrong {
        return Err("its encoding cannot be told: save it as UTF-8".to_owned());
    }
    checked(text.into_owned(), Some(note(encoding)))
}

fn note(encoding: &'static Encoding) -> String {
    format!("read as {}", encoding.name())
}

/// A file with zero bytes is no text.
fn checked(text: String, note: Option<String>) -> Result<(String, Option<String>), String> {
    if text.contains('\0') {
        return Err("it is no text".to_owned());
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    Ok((text.trim_start_matches('\u{feff}').to_owned(), note))
}

/// `encoding="…"` of an XML file, `charset=…` of an HTML page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|b| char::from(*b)).collect();
    let lower = head.to_ascii_lowercase();
    ["encoding=", "charset="].iter().find_map(|word| {
        let at = lower.find(word)? + word.len();
        let label: String = lower[at..]
            .trim_start_matches(['"', '\'', ' '])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        Encoding::for_label(label.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding() {
        let read = |bytes: &[u8]| text(bytes).map(|t| t.0);
        assert_eq!(read("Été".as_bytes()), Ok("Été".into()));
        assert_eq!(read(b"\xef\xbb\xbfa\r\nb"), Ok("a\nb".into()));
        assert_eq!(read(b"caf\xe9 \x96 x"), Ok("café – x".into()));
        let wide: Vec<u8> = "The Committee met"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&wide), Ok("The Committee met".into()));
        assert_eq!(read(b"\xff\xfea\0b\0"), Ok("ab".into()));
        assert_eq!(
            read(b"<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><a>\xb9</a>"),
            Ok("<?xml version=\"1.0\" encoding=\"iso-8859-2\"?><a>š</a>".into())
        );
        assert!(read(b"PK\x03\x04\0\0\xff").is_err());
    }
}
