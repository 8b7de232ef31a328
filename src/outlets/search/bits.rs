//! Numbers in few bits: Rice and Elias codes, the first bit of a byte being
//! its highest.

/// Bits on their way into bytes.
#[derive(Default)]
pub struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    /// The lowest `width` bits of a value, at most 32.
    pub fn put(&mut self, value: u32, width: u32) {
        if width == 0 {
            return;
        }
        self.held = (self.held << width) | (u64::from(value) & ((1 << width) - 1));
        self.count += width;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    /// So many ones and a nought.
    fn unary(&mut self, mut ones: u32) {
        while ones >= 16 {
            self.put(0xffff, 16);
            ones -= 16;
        }
        self.put((1 << (ones + 1)) - 2, ones + 1);
    }

    /// Elias' gamma code of a number from 1, its length in ones.
    pub fn gamma(&mut self, value: u32) {
        let width = 31 - value.max(1).leading_zeros();
        self.unary(width);
        self.put(value, width);
    }

    /// Rice's code: the upper part in ones, `width` bits as they are.
    pub fn rice(&mut self, value: u32, width: u32) {
        self.unary(value >> width);
        self.put(value, width);
    }

    /// Fills the last byte with noughts.
    pub fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        self.bytes
    }
}

/// How many bits Rice's code takes for these gaps.
fn cost(gaps: &[u32], width: u32) -> u64 {
    gaps.iter()
        .map(|gap| u64::from(gap >> width) + 1 + u64::from(width))
        .sum()
}

/// The width that makes these gaps shortest.
pub fn best_width(gaps: &[u32]) -> u32 {
    let sum: u64 = gaps.iter().map(|g| u64::from(*g)).sum();
    let mean = sum / gaps.len().max(1) as u64;
    let guess = 63 - (mean.max(1)).leading_zeros();
    let near = guess.saturating_sub(2)..=(guess + 1).min(WIDEST);
    near.min_by_key(|width| cost(gaps, *width)).unwrap_or(0)
}

/// The widest Rice code: five bits hold it.
pub const WIDEST: u32 = 31;

/// Seven bits in a byte, the lowest first; the eighth says that more follow.
pub fn push_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads a number back, and steps over it.
pub fn take_varint(bytes: &mut &[u8]) -> u32 {
    let (mut value, mut shift) = (0, 0);
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 || shift >= 28 {
            break;
        }
        shift += 7;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_what_their_inventors_say() {
        let mut bits = Bits::default();
        // gamma 1 → 0; 5 → 110 01; rice 9 in width 2 → 110 01
        bits.gamma(1);
        bits.gamma(5);
        bits.rice(9, 2);
        assert_eq!(bits.finish(), [0b0110_0111, 0b0010_0000]);
        let mut long = Bits::default();
        long.rice(40, 0);
        assert_eq!(long.finish(), [0xff, 0xff, 0xff, 0xff, 0xff, 0]);
    }

    #[test]
    fn varints_return() {
        for value in [0, 1, 127, 128, 300, 1 << 20, u32::MAX >> 1] {
            let mut bytes = Vec::new();
            push_varint(&mut bytes, value);
            let mut rest = bytes.as_slice();
            assert_eq!((take_varint(&mut rest), rest.len()), (value, 0));
        }
    }
}
