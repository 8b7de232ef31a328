//! The files of an index, each named by its content, so that a reader may
//! keep it for ever; only the root has a name that stays.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::hash::Digest;
use crate::paths::OutPath;

/// Where the index lies.
pub const FOLDER: &str = "search/index/";
pub const ROOT: &str = "search/index/root.bin";

/// Files by their names, of which the root holds the number.
#[derive(Default)]
pub struct Files {
    files: BTreeMap<u32, Vec<u8>>,
}

impl Files {
    /// Keeps a file; gives its name. What lies behind the end of a file's
    /// content is not read, so a noughth byte parts two of one name.
    pub fn add(&mut self, mut bytes: Vec<u8>) -> u32 {
        loop {
            let name = u32::from_str_radix(&Digest::of(&bytes).short(8), 16).unwrap_or_default();
            match self.files.get(&name) {
                Some(same) if *same != bytes => bytes.push(0),
                _ => {
                    self.files.insert(name, bytes);
                    return name;
                }
            }
        }
    }

    /// All of them, and the root.
    pub fn finish(self, root: Vec<u8>) -> Vec<(OutPath, Vec<u8>)> {
        let named = |(name, bytes)| (format!("{FOLDER}{name:08x}.bin"), bytes);
        let files = self.files.into_iter().map(named);
        files
            .chain([(ROOT.to_owned(), root)])
            .filter_map(|(path, bytes)| Some((OutPath::new(path).ok()?, bytes)))
            .collect()
    }
}

/// Compressed as zlib does it (RFC 1950), for hosts that do not compress.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::best());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// JSON and what follows it: the length of the JSON as four bytes, the lowest
/// first; the JSON; the rest.
pub fn headed(json: &serde_json::Value, rest: &[u8]) -> Vec<u8> {
    let json = json.to_string();
    let mut out = Vec::with_capacity(json.len() + rest.len() + 4);
    out.extend((json.len() as u32).to_le_bytes());
    out.extend(json.as_bytes());
    out.extend(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_content_is_one_file() {
        let mut files = Files::default();
        assert_eq!(files.add(b"a".to_vec()), files.add(b"a".to_vec()));
        assert_ne!(files.add(b"a".to_vec()), files.add(b"b".to_vec()));
        let made = files.finish(Vec::new());
        assert_eq!(made.len(), 3);
        assert_eq!(made[2].0.as_str(), ROOT);
    }
}
