//! Signs that a font of symbols shows under the code of a letter.

/// Whether a font shows signs where others show letters.
pub fn is_font(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("wingdings") || name == "symbol" || name == "webdings"
}

/// The sign that a font shows for a code; `\u{fffd}` if we do not know it.
pub fn of(code: u32, font: &str) -> char {
    let font = font.to_ascii_lowercase();
    let own = char::from_u32(code).unwrap_or('\u{fffd}');
    if !is_font(&font) && !(0xf020..=0xf0ff).contains(&code) {
        return own;
    }
    let low = match code {
        0xf000..=0xf0ff => code - 0xf000,
        0..=0xff => code,
        // A sign of its own, whatever the font.
        _ => return own,
    };
    if [0x20, 0xa0].contains(&low) {
        return ' ';
    }
    if font == "symbol" {
        return symbol(low).unwrap_or('\u{fffd}');
    }
    match low {
        0xfc => '✓',
        0xfb => '✗',
        0xfe => '☑',
        0xfd => '☒',
        0x6f | 0xa8 | 0x71 | 0x72 => '☐',
        0x78 => '☒',
        0xa7 | 0x6e => '▪',
        0xb7 | 0x6c | 0x9f => '•',
        0xa1 => '○',
        0xe0 | 0xe8 | 0xf0 => '→',
        0xdf | 0xe7 => '←',
        0xd8 => '➢',
        0x76 => '❖',
        0xab => '★',
        0x4a => '☺',
        0x4c => '☹',
        0x28 => '☎',
        0x2a => '✉',
        0x46 => '☞',
        0x2d => '-',
        0x2b => '+',
        0x81..=0x8a => char::from_u32(0x2460 + low - 0x81).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    }
}

/// Adobe's Symbol: Greek letters and signs of mathematics.
fn symbol(low: u32) -> Option<char> {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let c = char::from_u32(low)?;
    Some(match low {
        0x41..=0x5a => GREEK.chars().nth((low - 0x41) as usize)?,
        0x61..=0x7a => SMALL.chars().nth((low - 0x61) as usize)?,
        0xb7 => '•',
        0xa3 => '≤',
        0xb3 => '≥',
        0xb1 => '±',
        0xb0 => '°',
        0xb4 => '×',
        0xb8 => '÷',
        0xb9 => '≠',
        0xbb => '≈',
        0xbc => '…',
        0xa5 => '∞',
        0xae => '→',
        0xac => '←',
        0xd2 => '®',
        0xd3 => '©',
        0xd4 => '™',
        0x2d => '−',
        0x20..=0x3f | 0x5b | 0x5d | 0x5f | 0x7b..=0x7d => c,
        _ => return None,
    })
}
