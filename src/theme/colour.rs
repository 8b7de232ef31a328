//! Colours and whether text in them can be read: WCAG 2.2, success criterion
//! 1.4.3, with the relative luminance and contrast ratio it defines.

/// A colour in sRGB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

pub const WHITE: Colour = Colour::new(0xff, 0xff, 0xff);

/// The least contrast of text of ordinary size with what it stands on
/// (WCAG 2.2, 1.4.3, level AA).
pub const LEAST: f64 = 4.5;

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#1d4f73` and the short `#257`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let part = |shift: u32, mask: u32, times: u32| ((number >> shift & mask) * times) as u8;
        match digits.len() {
            6 => Some(Self::new(part(16, 255, 1), part(8, 255, 1), part(0, 255, 1))),
            3 => Some(Self::new(part(8, 15, 17), part(4, 15, 17), part(0, 15, 17))),
            _ => None,
        }
    }

    /// How bright it is: 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// From 1 (no difference) to 21 (black on white).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The way from this colour to another, in sixteenths.
    fn towards(self, other: Self, sixteenths: u32) -> Self {
        let mix = |a: u8, b: u8| ((u32::from(a) * (16 - sixteenths) + u32::from(b) * sixteenths) / 16) as u8;
        Self::new(
            mix(self.red, other.red),
            mix(self.green, other.green),
            mix(self.blue, other.blue),
        )
    }

    /// The nearest colour on the way to `end` that can be read on `ground`.
    pub fn readable_on(self, ground: Self, end: Self) -> Self {
        (0..=16)
            .map(|step| self.towards(end, step))
            .find(|c| c.contrast(ground) >= LEAST)
            .unwrap_or(end)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        // Figures of the WCAG's own examples and of common checkers.
        for (a, b, ratio) in [
            ("#000", "#ffffff", 21.0),
            ("#777777", "#fff", 4.48),
            ("#767676", "#fff", 4.54),
            ("#0000ff", "#fff", 8.59),
            ("#ff0000", "#fff", 4.0),
            ("#ffff00", "#fff", 1.07),
        ] {
            let pair = Colour::parse(a).zip(Colour::parse(b)).expect(a);
            assert!((pair.0.contrast(pair.1) - ratio).abs() < 0.006, "{a} on {b}");
        }
    }

    #[test]
    fn only_hex_is_a_colour() {
        for text in [
            "", "#", "red", "#12", "#1234", "#12345g", "#1234567", "1d4f73", "#+12345",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_pale_colour_is_darkened_until_it_can_be_read() {
        let yellow = Colour::parse("#ffcc00").expect("a colour");
        let dark = yellow.readable_on(WHITE, Colour::new(0, 0, 0));
        assert!(dark.contrast(WHITE) >= LEAST && dark != Colour::new(0, 0, 0));
        let green = Colour::parse("#234b3c").expect("a colour");
        assert_eq!(green.readable_on(WHITE, Colour::new(0, 0, 0)), green);
    }
}
