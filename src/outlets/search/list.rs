//! The documents of a word: grouped by how much the word says of them, the
//! strongest first, their numbers in each group as gaps in Rice's code.

use super::bits::{Bits, best_width, push_varint};
use super::score::{LEVELS, NO_LEVEL, coarseness};

/// Encodes postings, which are in the order of their documents. `docs`: how
/// many documents the segment has.
pub fn encode(postings: &[(u32, u8)], docs: usize) -> Vec<u8> {
    encode_with(postings, coarseness(postings.len(), docs))
}

/// Encodes documents alone: of a pair of words, of a person.
pub fn encode_docs(postings: &[u32]) -> Vec<u8> {
    let postings: Vec<(u32, u8)> = postings.iter().map(|doc| (*doc, 0)).collect();
    encode_with(&postings, NO_LEVEL)
}

fn encode_with(postings: &[(u32, u8)], coarse: u32) -> Vec<u8> {
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); (LEVELS >> coarse) as usize];
    for (doc, level) in postings {
        groups[usize::from(*level) >> coarse].push(*doc);
    }
    let mut out = Vec::new();
    push_varint(&mut out, postings.len() as u32);
    out.push(coarse as u8);
    let mut bits = Bits::default();
    let mut above = groups.len();
    for (level, group) in groups.iter().enumerate().rev() {
        if group.is_empty() {
            continue;
        }
        bits.gamma((above - level) as u32);
        above = level;
        bits.gamma(group.len() as u32);
        let mut last = None;
        let gaps: Vec<u32> = group
            .iter()
            .map(|doc| {
                let gap = doc - last.map_or(0, |last| last + 1);
                last = Some(*doc);
                gap
            })
            .collect();
        let width = best_width(&gaps);
        bits.put(width, 5);
        gaps.iter().for_each(|gap| bits.rice(*gap, width));
    }
    out.extend(bits.finish());
    out
}

#[cfg(test)]
pub mod tests {
    use super::super::bits::take_varint;
    use super::*;
    use proptest::prelude::*;

    struct Reader<'b> {
        bytes: &'b [u8],
        at: usize,
    }

    impl Reader<'_> {
        fn bit(&mut self) -> u32 {
            let bit = self.bytes[self.at / 8] >> (7 - self.at % 8) & 1;
            self.at += 1;
            u32::from(bit)
        }

        fn bits(&mut self, width: u32) -> u32 {
            (0..width).fold(0, |value, _| value << 1 | self.bit())
        }

        fn unary(&mut self) -> u32 {
            let mut ones = 0;
            while self.bit() == 1 {
                ones += 1;
            }
            ones
        }

        fn gamma(&mut self) -> u32 {
            let width = self.unary();
            1 << width | self.bits(width)
        }
    }

    /// What the browser does: the documents with their coarse levels.
    pub fn decode(mut bytes: &[u8]) -> Vec<(u32, u8)> {
        let count = take_varint(&mut bytes) as usize;
        let coarse = bytes[0];
        let mut reader = Reader {
            bytes: &bytes[1..],
            at: 0,
        };
        let mut out = Vec::new();
        let mut level = LEVELS >> coarse;
        while out.len() < count {
            level -= reader.gamma();
            let size = reader.gamma();
            let width = reader.bits(5);
            let mut next = 0;
            for _ in 0..size {
                let doc = next + (reader.unary() << width | reader.bits(width));
                out.push((doc, (level as u8) << coarse));
                next = doc + 1;
            }
        }
        out.sort_unstable();
        out
    }

    proptest! {
        #[test]
        fn a_list_returns(docs in prop::collection::btree_map(0u32..100_000, 0u8..64, 1..300), of in 1usize..2000) {
            let postings: Vec<(u32, u8)> = docs.into_iter().collect();
            let coarse = coarseness(postings.len(), of);
            let expected: Vec<(u32, u8)> = postings.iter().map(|(d, l)| (*d, l >> coarse << coarse)).collect();
            prop_assert_eq!(decode(&encode(&postings, of)), expected);
            let only: Vec<u32> = postings.iter().map(|p| p.0).collect();
            let read: Vec<u32> = decode(&encode_docs(&only)).into_iter().map(|p| p.0).collect();
            prop_assert_eq!(read, only);
        }
    }
}
