//! The parts of a .docx file: a zip whose parts are named in lists of relations
//! (ECMA-376 part 2, Open Packaging Conventions). Nothing is unpacked to a
//! disk, parts inside parts are never opened, and what unpacks to far more than
//! any document holds is refused.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::decode;
use crate::import::xml::{self, Element, Limits};

/// Parts of a document.
const MOST_PARTS: usize = 4096;
/// Bytes of a part.
const LARGEST: u64 = 64 << 20;
/// Bytes of all parts that are read.
const LARGEST_SUM: u64 = 128 << 20;
/// How often its packed size a part may unpack to, from [`SMALL`] on. Deflate
/// reaches 1032; what Word writes is packed to a tenth, tables to a fiftieth.
const LARGEST_RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
const TREE: Limits = Limits {
    deepest: 400,
    most: 2_000_000,
};

pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where a part stands, by its path in lower case.
    parts: BTreeMap<String, usize>,
    read: u64,
}

/// A part that another one names.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The last word of its type: `hyperlink`, `footnotes`.
    pub kind: String,
    /// A path in the package, or an address.
    pub target: String,
    pub outside: bool,
}

const NO_DOCUMENT: &str = "it is no Word document, or it is damaged: open it in Word or LibreOffice, save it as .docx, and import that";

impl<'a> Package<'a> {
    /// Opens the bytes of a file. The error says in words what they are instead.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if let Some(why) = other_kind(bytes) {
            return Err(why);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NO_DOCUMENT.to_owned())?;
        if archive.len() > MOST_PARTS {
            return Err(format!(
                "it holds {} parts, more than any document has: it is refused",
                archive.len()
            ));
        }
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(at) {
                let name = name.replace('\\', "/").to_lowercase();
                parts.insert(name.trim_start_matches('/').to_owned(), at);
            }
        }
        let mut package = Self {
            archive,
            parts,
            read: 0,
        };
        if let Some(mimetype) = package.bytes("mimetype")?
            && mimetype.starts_with(b"application/vnd.oasis.opendocument")
        {
            return Err("it is an OpenDocument file (.odt): open it and save it as .docx".to_owned());
        }
        Ok(package)
    }

    /// The path of the document itself.
    pub fn document(&mut self) -> Result<String, String> {
        let root = self.relations("")?;
        let main = root.values().find(|r| r.kind == "officedocument");
        let path = main.map_or_else(|| "word/document.xml".to_owned(), |r| r.target.clone());
        if path.starts_with("xl/") {
            return Err("it is a spreadsheet, and no minutes: it is left out".to_owned());
        }
        if path.starts_with("ppt/") {
            return Err("it is a set of slides, and no minutes: it is left out".to_owned());
        }
        if !self.parts.contains_key(&path.to_lowercase()) {
            return Err(NO_DOCUMENT.to_owned());
        }
        Ok(path)
    }

    /// The path of the properties of the document: its title.
    pub fn properties(&mut self) -> Result<Option<String>, String> {
        let root = self.relations("")?;
        Ok(root
            .into_values()
            .find(|r| r.kind == "core-properties" || r.kind == "coreproperties")
            .map(|r| r.target))
    }

    /// What a part names, by the id it uses; for the empty path, what the file names.
    pub fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, String> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        let Some(root) = self.tree(&path)? else {
            return Ok(BTreeMap::new());
        };
        let one = |element: &Element| {
            let target = element.attribute("target")?;
            let outside = element
                .attribute("targetmode")
                .is_some_and(|m| m.eq_ignore_ascii_case("external"));
            let kind = element.attribute("type")?.rsplit('/').next()?.to_lowercase();
            let target = match outside {
                true => target.to_owned(),
                false => resolved(folder, target),
            };
            Some((
                element.attribute("id")?.to_owned(),
                Relation {
                    kind,
                    target,
                    outside,
                },
            ))
        };
        Ok(root.all("relationship").filter_map(one).collect())
    }

    /// A part as a tree; none if there is no such part.
    pub fn tree(&mut self, path: &str) -> Result<Option<Element>, String> {
        let Some(bytes) = self.bytes(path)? else {
            return Ok(None);
        };
        let told = |why: String| {
            format!(
                "its part {} cannot be read: {why}",
                crate::document::written::line(path)
            )
        };
        let (text, _) = decode::text(&bytes).map_err(told)?;
        drop(bytes);
        xml::read_within(&text, TREE).map(Some).map_err(told)
    }

    /// The bytes of a part; none if there is no such part.
    fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let Some(at) = self.parts.get(&path.to_lowercase()).copied() else {
            return Ok(None);
        };
        let file = self.archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => {
                PROTECTED.to_owned()
            }
            _ => NO_DOCUMENT.to_owned(),
        })?;
        if file.encrypted() {
            return Err(PROTECTED.to_owned());
        }
        let packed = file.compressed_size().max(1);
        let most = LARGEST
            .min(LARGEST_SUM.saturating_sub(self.read))
            .min((packed.saturating_mul(LARGEST_RATIO)).max(SMALL));
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| "it is damaged: a part of it cannot be unpacked".to_owned())?;
        let size = bytes.len() as u64;
        if size > most {
            return Err("it unpacks to far more than a document holds: it is refused".to_owned());
        }
        self.read += size;
        Ok(Some(bytes))
    }
}

const PROTECTED: &str =
    "it is protected with a password: open it in Word, take the password off, save it, and import that";

/// What a file is that is no zip, in words.
fn other_kind(bytes: &[u8]) -> Option<String> {
    let holds = |word: &str| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    let head: String = bytes
        .iter()
        .take(512)
        .map(|b| char::from(*b).to_ascii_lowercase())
        .collect();
    let head = head.trim_start_matches("ï»¿").trim_start();
    let why = if bytes.is_empty() {
        "it is empty"
    } else if bytes.starts_with(b"PK\x03\x04") {
        return None;
    } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        match holds("EncryptedPackage") {
            true => PROTECTED,
            false => "it is an old Word document (.doc): open it in Word or LibreOffice and save it as .docx",
        }
    } else if head.starts_with("{\\rtf") {
        "it is rich text (.rtf): open it in Word or LibreOffice and save it as .docx"
    } else if head.starts_with("%pdf") {
        "it is a PDF, and no Word document: import the document that it was made from"
    } else if head.starts_with("<?xml") && head.contains("word.document") {
        "it is a Word document saved as one XML file: open it in Word and save it as .docx"
    } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
        "it is a web page with the name of a Word document: name it .html and use `minutebook import markdown`"
    } else {
        NO_DOCUMENT
    };
    Some(why.to_owned())
}

/// A target as a path in the package. `..` never leads out of it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let full = match target.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in full.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
