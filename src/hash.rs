//! Digests: one kind for everything that is named or compared by its content,
//! and the one that readers know for the files that are published.

use std::fmt;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

/// A BLAKE3 digest of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest([u8; 32]);

impl Digest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The first `digits` hexadecimal digits, for names made from content.
    pub fn short(&self, digits: usize) -> String {
        let mut hex = self.to_string();
        hex.truncate(digits);
        hex
    }

    /// The first half, as a number.
    pub fn start(&self) -> u128 {
        self.0[..16].iter().fold(0, |n, byte| n << 8 | u128::from(*byte))
    }

    /// The first 24 bits: what an anchor of a paragraph is made from.
    pub fn anchor(&self) -> [u8; 3] {
        [self.0[0], self.0[1], self.0[2]]
    }

    pub fn parse(hex: &str) -> Option<Self> {
        blake3::Hash::from_hex(hex).ok().map(|h| Self(*h.as_bytes()))
    }
}

/// The hexadecimal digits of a digest.
fn hex(digest: &[u8; 32]) -> [u8; 64] {
    let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
    std::array::from_fn(|at| match (digest[at / 2], at % 2) {
        (byte, 0) => digit(byte >> 4),
        (byte, _) => digit(byte & 15),
    })
}

/// What a digest is made with.
pub trait Sum: Default {
    fn update(&mut self, bytes: &[u8]);
}

impl Sum for blake3::Hasher {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}

impl Sum for sha2::Sha256 {
    fn update(&mut self, bytes: &[u8]) {
        sha2::Digest::update(self, bytes);
    }
}

/// Writes on, and takes down what it wrote for a digest.
pub struct Summing<W, H> {
    to: W,
    hasher: H,
    length: u64,
}

/// For a [`Digest`].
pub type Blake3Writer<W> = Summing<W, blake3::Hasher>;

/// For a [`Sha256`].
pub type Sha256Writer<W> = Summing<W, sha2::Sha256>;

impl<W: Write, H: Sum> Summing<W, H> {
    pub fn new(to: W) -> Self {
        Self {
            to,
            hasher: H::default(),
            length: 0,
        }
    }
}

impl<W> Blake3Writer<W> {
    /// Of all that was written.
    pub fn digest(&self) -> Digest {
        Digest(*self.hasher.finalize().as_bytes())
    }
}

impl<W> Sha256Writer<W> {
    /// Of all that was written, with its length.
    pub fn sum(self) -> (Sha256, u64) {
        (Sha256(self.hasher.finalize().into()), self.length)
    }
}

impl<W: Write, H: Sum> Write for Summing<W, H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&hex(&self.0)).unwrap_or_default())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.short(12))
    }
}

/// Takes down what a value is made of, to be digested as a whole.
///
/// Numbers are taken as this machine holds them: a digest made so is for this
/// machine's own notes, never published.
pub struct Taker {
    held: Vec<u8>,
    /// What was held before, when there was much.
    past: Option<Box<blake3::Hasher>>,
}

impl Default for Taker {
    fn default() -> Self {
        Self {
            held: Vec::with_capacity(16 * 1024),
            past: None,
        }
    }
}

impl Taker {
    /// No more than about this many bytes are held.
    const MOST: usize = 1 << 18;

    /// The digest of all that was taken down.
    pub fn digest(&self) -> Digest {
        match &self.past {
            None => Digest::of(&self.held),
            Some(past) => Digest(*past.clone().update(&self.held).finalize().as_bytes()),
        }
    }
}

impl std::hash::Hasher for Taker {
    fn write(&mut self, bytes: &[u8]) {
        if self.held.len() > Self::MOST {
            self.past.get_or_insert_default().update(&self.held);
            self.held.clear();
        }
        self.held.extend_from_slice(bytes);
    }

    /// Not asked for: 64 bits are too few to tell pages apart.
    fn finish(&self) -> u64 {
        self.digest().start() as u64
    }
}

/// A SHA-256 digest (FIPS 180-4) of a published file, as `sha256sum` tells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The digest and the length of all that is left to read.
    pub fn of_reader(reader: &mut impl Read) -> io::Result<(Self, u64)> {
        Self::of_copy(reader, &mut io::sink())
    }

    /// Copies everything, and gives the digest and length of what was copied.
    pub fn of_copy(reader: &mut impl Read, writer: &mut impl Write) -> io::Result<(Self, u64)> {
        let mut summing = Sha256Writer::new(writer);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = match reader.read(&mut buffer) {
                Ok(0) => return Ok(summing.sum()),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            summing.write_all(&buffer[..read])?;
        }
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(hex: &str) -> Option<Self> {
        let digits = hex.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        let mut out = [0; 32];
        for (byte, two) in out.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()?;
        }
        Some(Self(out))
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&hex(&self.0)).unwrap_or_default())
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_string()[..12])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_the_standard() {
        // FIPS 180-4, example B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Sha256::of(b"abc").to_string(), abc);
        assert_eq!(Sha256::parse(abc), Some(Sha256::of(b"abc")));
        assert_eq!(Sha256::parse(&abc[1..]), None);
        let read = Sha256::of_reader(&mut &b"abc"[..]).expect("read");
        assert_eq!(read, (Sha256::of(b"abc"), 3));
    }

    #[test]
    fn what_is_taken_down_in_pieces_is_one() {
        use std::hash::Hasher as _;
        let bytes: Vec<u8> = (0..3 * Taker::MOST).map(|n| n as u8).collect();
        let mut taker = Taker::default();
        bytes.chunks(1000).for_each(|piece| taker.write(piece));
        assert_eq!(taker.digest(), Digest::of(&bytes));
        assert!(taker.held.len() < 2 * Taker::MOST);
    }
}
