//! The numbers that Word puts before a paragraph by itself: they stand in no
//! text, and are worked out here (ECMA-376 part 1, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::looks::value;
use crate::import::xml::Element;

#[derive(Clone, Default, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Written with figures throughout, whatever the outer levels are.
    legal: bool,
    /// After which level it begins anew; none: after every outer one.
    restart: Option<u8>,
    style: Option<String>,
}

#[derive(Default, Debug)]
struct Kind {
    levels: BTreeMap<u8, Level>,
    /// The levels are those of the list of this style.
    elsewhere: Option<String>,
    /// It is the list of this style.
    of_style: Option<String>,
}

#[derive(Default, Debug)]
struct Instance {
    kind: String,
    levels: BTreeMap<u8, Level>,
    starts: BTreeMap<u8, u32>,
}

/// What stands before a paragraph.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mark {
    Bullet,
    /// `4.`, `(a)`, `2.1`
    Number(String),
    /// It belongs to the entry above it.
    Nothing,
}

#[derive(Default, Debug)]
pub struct Numbering {
    kinds: BTreeMap<String, Kind>,
    instances: BTreeMap<String, Instance>,
    /// How far each kind has counted.
    counts: BTreeMap<String, Vec<Option<u32>>>,
    begun: BTreeSet<String>,
}

const DEEPEST: u8 = 8;

fn level(at: &Element) -> Option<(u8, Level)> {
    let number = at.attribute("ilvl")?.parse().ok().filter(|l| *l <= DEEPEST)?;
    Some((
        number,
        Level {
            start: value(at, "start").and_then(|s| s.parse().ok()).unwrap_or(1),
            format: value(at, "numfmt").unwrap_or("decimal").to_owned(),
            text: at
                .child("lvltext")
                .and_then(|t| t.attributes.iter().find(|(n, _)| n == "val"))
                .map(|(_, v)| v.clone())
                .unwrap_or_default(),
            legal: super::looks::on(at, "islgl").unwrap_or(false),
            restart: value(at, "lvlrestart").and_then(|s| s.parse().ok()),
            style: value(at, "pstyle").map(str::to_owned),
        },
    ))
}

impl Numbering {
    pub fn read(root: &Element) -> Self {
        let mut out = Self::default();
        for at in root.all("abstractnum") {
            let Some(id) = at.attribute("abstractnumid") else {
                continue;
            };
            let kind = Kind {
                levels: at.all("lvl").filter_map(level).collect(),
                elsewhere: value(at, "numstylelink").map(str::to_owned),
                of_style: value(at, "stylelink").map(str::to_owned),
            };
            out.kinds.insert(id.to_owned(), kind);
        }
        // A kind that is another's by way of a style counts as that one.
        let linked: BTreeMap<String, String> = out
            .kinds
            .iter()
            .filter_map(|(id, kind)| Some((kind.of_style.clone()?, id.clone())))
            .collect();
        for at in root.all("num") {
            let (Some(id), Some(kind)) = (at.attribute("numid"), value(at, "abstractnumid")) else {
                continue;
            };
            let meant = out
                .kinds
                .get(kind)
                .and_then(|k| k.elsewhere.as_ref())
                .and_then(|style| linked.get(style))
                .cloned()
                .unwrap_or_else(|| kind.to_owned());
            let mut instance = Instance {
                kind: meant,
                ..Instance::default()
            };
            for other in at.all("lvloverride") {
                let Some(number) = other.attribute("ilvl").and_then(|l| l.parse().ok()) else {
                    continue;
                };
                if let Some(start) = value(other, "startoverride").and_then(|s| s.parse().ok()) {
                    instance.starts.insert(number, start);
                }
                if let Some((_, own)) = other.child("lvl").and_then(level) {
                    instance.levels.insert(number, own);
                }
            }
            out.instances.insert(id.to_owned(), instance);
        }
        out
    }

    /// The level that a list gives to a style of paragraphs.
    pub fn level_of_style(&self, list: &str, style: Option<&str>) -> Option<u8> {
        let kind = self.kinds.get(&self.instances.get(list)?.kind)?;
        let fits = |l: &Level| l.style.is_some() && l.style.as_deref() == style;
        kind.levels.iter().find(|(_, l)| fits(l)).map(|(n, _)| *n)
    }

    /// Counts one more paragraph of a list, and says what stands before it.
    pub fn next(&mut self, list: &str, level: u8) -> Option<Mark> {
        let level = level.min(DEEPEST);
        let instance = self.instances.get(list)?;
        let kind = self.kinds.get(&instance.kind)?;
        let of = |n: u8| instance.levels.get(&n).or_else(|| kind.levels.get(&n)).cloned();
        let own = of(level)?;
        let counts = self
            .counts
            .entry(instance.kind.clone())
            .or_insert_with(|| vec![None; usize::from(DEEPEST) + 1]);
        if self.begun.insert(list.to_owned()) {
            for n in instance.starts.keys() {
                if let Some(count) = counts.get_mut(usize::from(*n)) {
                    *count = None;
                }
            }
        }
        let start = |n: u8, l: &Level| instance.starts.get(&n).copied().unwrap_or(l.start);
        let here = &mut counts[usize::from(level)];
        *here = Some(here.map_or_else(|| start(level, &own), |n| n.saturating_add(1)));
        // Outer levels that were never counted stand at their beginning.
        for n in 0..level {
            if counts[usize::from(n)].is_none() {
                counts[usize::from(n)] = of(n).map(|l| start(n, &l));
            }
        }
        for n in level + 1..=DEEPEST {
            let stays = of(n)
                .and_then(|l| l.restart)
                .is_some_and(|r| r == 0 || level >= r);
            if !stays {
                counts[usize::from(n)] = None;
            }
        }
        if own.format == "none" || own.text.trim().is_empty() {
            return Some(Mark::Nothing);
        }
        if own.format == "bullet" {
            return Some(Mark::Bullet);
        }
        let mut label = String::new();
        let mut chars = own.text.chars().peekable();
        while let Some(c) = chars.next() {
            let digit = chars
                .peek()
                .and_then(|d| d.to_digit(10))
                .filter(|d| (1..=9).contains(d));
            match digit {
                Some(digit) if c == '%' => {
                    chars.next();
                    let n = (digit - 1) as u8;
                    let format = match of(n) {
                        _ if own.legal => "decimal".to_owned(),
                        Some(l) => l.format,
                        None => "decimal".to_owned(),
                    };
                    let count = counts.get(usize::from(n)).copied().flatten().unwrap_or(0);
                    label.push_str(&figure(count, &format));
                }
                _ => label.push(c),
            }
        }
        Some(Mark::Number(crate::document::written::line(&label)))
    }
}

fn figure(n: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(n),
        "upperLetter" => letters(n).to_uppercase(),
        "lowerRoman" => roman(n).to_lowercase(),
        "upperRoman" => roman(n),
        "decimalZero" => format!("{n:02}"),
        "ordinal" => {
            let end = match (n % 10, n % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{n}{end}")
        }
        "none" | "bullet" => String::new(),
        _ => n.to_string(),
    }
}

/// `a` to `z`, then `aa`, `bb`, as Word counts.
fn letters(n: u32) -> String {
    if n == 0 {
        return "0".to_owned();
    }
    let letter = char::from(b'a' + ((n - 1) % 26) as u8);
    let times = ((n - 1) / 26 + 1).min(32) as usize;
    letter.to_string().repeat(times)
}

fn roman(n: u32) -> String {
    if n == 0 || n > 3999 {
        return n.to_string();
    }
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = n;
    let mut out = String::new();
    for (value, sign) in signs {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::xml;

    fn numbering(levels: &str) -> Numbering {
        let text = format!(
            "<numbering><abstractNum abstractNumId=\"0\">{levels}</abstractNum>\
             <num numId=\"1\"><abstractNumId val=\"0\"/></num>\
             <num numId=\"2\"><abstractNumId val=\"0\"/><lvlOverride ilvl=\"0\"><startOverride val=\"7\"/></lvlOverride></num></numbering>"
        );
        Numbering::read(&xml::read(&text).unwrap())
    }

    #[test]
    fn numbers_are_counted_as_word_counts_them() {
        let mut all = numbering(
            "<lvl ilvl=\"0\"><start val=\"1\"/><numFmt val=\"decimal\"/><lvlText val=\"%1.\"/></lvl>\
             <lvl ilvl=\"1\"><start val=\"1\"/><numFmt val=\"lowerLetter\"/><lvlText val=\"(%2)\"/></lvl>\
             <lvl ilvl=\"2\"><start val=\"1\"/><numFmt val=\"lowerRoman\"/><lvlText val=\"%1.%2.%3\"/></lvl>",
        );
        let mut told = Vec::new();
        for (list, level) in [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("2", 0),
            ("2", 0),
            ("1", 0),
        ] {
            match all.next(list, level) {
                Some(Mark::Number(label)) => told.push(label),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(told, ["1.", "(a)", "(b)", "1.b.i", "2.", "(a)", "7.", "8.", "9."]);
        assert_eq!(all.next("9", 0), None);
    }

    #[test]
    fn figures_are_written_in_many_ways() {
        for (n, format, expected) in [
            (28, "lowerLetter", "bb"),
            (4, "upperRoman", "IV"),
            (3, "decimalZero", "03"),
            (22, "ordinal", "22nd"),
            (5, "chicago", "5"),
        ] {
            assert_eq!(figure(n, format), expected);
        }
    }
}
