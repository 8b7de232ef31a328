//! Where things come from and where they go: a file of the site folder
//! ([`SourcePath`]), an address below the site's base ([`Url`]), a file of the
//! published folder ([`OutPath`]) and a place in a text ([`Span`]).
//!
//! Nothing here touches a disk. An [`OutPath`] can only be made by checking it,
//! so that no input can name a file outside the output folder.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::scan;

/// A file below the site folder, with `/` between its parts: `content/index.md`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl Serialize for SourcePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SourcePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl SourcePath {
    /// Takes a relative path as it is; separators must already be `/`.
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `2017-06-27.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without what follows its last dot: `2017-06-27`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[..at],
            _ => name,
        }
    }

    /// What follows the last dot of the name, in lower case.
    pub fn extension(&self) -> Option<String> {
        let name = self.name();
        name.rfind('.')
            .filter(|&at| at > 0)
            .map(|at| name[at + 1..].to_lowercase())
    }

    /// Everything before the last part, without a slash at the end.
    pub fn parent(&self) -> &str {
        self.0.rfind('/').map_or("", |at| &self.0[..at])
    }

    /// Follows a relative link written in this file. `None` when the link is
    /// absolute or leaves the site folder.
    pub fn join(&self, link: &str) -> Option<SourcePath> {
        if link.starts_with('/') || link.contains('\\') || link.contains('\0') {
            return None;
        }
        let parent = self.parent();
        let mut path = String::with_capacity(parent.len() + 1 + link.len());
        for part in parent.split('/').filter(|p| !p.is_empty()).chain(link.split('/')) {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                part => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(part);
                }
            }
        }
        Some(SourcePath::new(path))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

/// An address below the site's base, without a leading slash and not
/// percent-encoded: `meetings/cabinet/2017-06-27/`; the home page is empty.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Url(Arc<str>);

impl Url {
    pub fn new(path: impl AsRef<str>) -> Self {
        Self(Arc::from(path.as_ref().trim_start_matches('/')))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it stands in a link: percent-encoded where a URL needs it.
    pub fn encoded(&self) -> Cow<'_, str> {
        encode_path(&self.0)
    }

    /// The file that answers this address on a static host.
    pub fn file(&self) -> Result<OutPath, BadPath> {
        if self.0.is_empty() || self.0.ends_with('/') {
            OutPath::new(format!("{}index.html", self.0))
        } else {
            OutPath::new(&*self.0)
        }
    }
}

/// Percent-encodes what may not stand in the path of a URL (RFC 3986); letters
/// of other scripts are encoded too, so that every host and reader agrees.
pub fn encode_path(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|b| PLAIN[usize::from(b)]) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 16);
    for b in path.bytes() {
        if PLAIN[usize::from(b)] {
            out.push(b as char);
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    Cow::Owned(out)
}

/// The bytes that stand for themselves in the path of a URL.
static PLAIN: [bool; 256] = scan::table(b"-._~/!$&'()*+,;=:@");

/// A text that is an address on the web, in a form that may stand in a link.
pub fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    // What cannot be one need not be parsed.
    text.get(..4).filter(|start| start.eq_ignore_ascii_case("http"))?;
    let parsed = url::Url::parse(text).ok()?;
    let plain = text
        .chars()
        .all(|c| c.is_ascii_graphic() && !"<>\"'`\\{}|^[]".contains(c));
    (plain && has_good_percents(text) && ["http", "https"].contains(&parsed.scheme()))
        .then(|| text.to_owned())
}

/// Whether every `%` has two hexadecimal digits behind it (RFC 3986, 2.1).
pub fn has_good_percents(address: &str) -> bool {
    let digits = |part: &str| {
        let mut bytes = part.bytes();
        bytes.next().is_some_and(|b| b.is_ascii_hexdigit())
            && bytes.next().is_some_and(|b| b.is_ascii_hexdigit())
    };
    address.split('%').skip(1).all(digits)
}

/// Undoes percent-encoding; `None` when the result is not UTF-8.
pub fn decode_path(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

/// A file of the published folder, checked: relative, no `..`, no empty part,
/// no control character, each part at most 255 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutPath(String);

/// Why a path may not be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadPath(pub String);

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot be the path of a published file", self.0)
    }
}

impl OutPath {
    pub fn new(path: impl Into<String>) -> Result<Self, BadPath> {
        let path = path.into();
        let bad = path.is_empty()
            || path.len() > 1024
            || path.contains('\\')
            || path.chars().any(|c| c.is_control() || c == ':')
            || path
                .split('/')
                .any(|p| p.is_empty() || p == "." || p == ".." || p.len() > 255);
        if bad { Err(BadPath(path)) } else { Ok(Self(path)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place in a text: byte offsets, the end excluded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end.max(start) as u32,
        }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn contains(self, at: u32) -> bool {
        self.start <= at && at < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_site_folder() {
        let file = SourcePath::new("content/meetings/cabinet/2017-06-27.md");
        let cases = [
            ("5-plan.pdf", Some("content/meetings/cabinet/5-plan.pdf")),
            ("../../people/jane-roe.md", Some("content/people/jane-roe.md")),
            ("./a//b", Some("content/meetings/cabinet/a/b")),
            ("../../../../../etc/passwd", None),
            ("/etc/passwd", None),
            ("..\\x", None),
        ];
        for (link, expected) in cases {
            assert_eq!(
                file.join(link).as_ref().map(SourcePath::as_str),
                expected,
                "{link}"
            );
        }
    }

    #[test]
    fn out_paths_are_checked() {
        for bad in ["", "/x", "x//y", "../x", "x/../y", "x/.", "a\\b", "a\nb", "c:x"] {
            assert!(OutPath::new(bad).is_err(), "{bad:?}");
        }
        assert!(OutPath::new("meetings/cabinet/2017-06-27/index.html").is_ok());
        assert!(OutPath::new("a".repeat(256)).is_err());
    }

    #[test]
    fn addresses_are_encoded_and_decoded() {
        for (plain, encoded) in [
            ("a/b-c.html", "a/b-c.html"),
            ("a b/ü", "a%20b/%C3%BC"),
            ("100%", "100%25"),
        ] {
            assert_eq!(encode_path(plain), encoded);
            assert_eq!(decode_path(encoded).as_deref(), Some(plain));
        }
        assert_eq!(decode_path("%ff"), None);
        assert_eq!(decode_path("50%"), Some("50%".into()));
    }
}
