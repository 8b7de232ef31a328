//! What the styles of a document say: which paragraphs are headings, what is
//! bold or hidden, which belong to a list (ECMA-376 part 1, 17.7).

use std::collections::BTreeMap;

use crate::import::xml::Element;

/// How words look, as far as it says something. None: nothing is said here.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Looks {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub underline: Option<bool>,
    pub strike: Option<bool>,
    pub caps: Option<bool>,
    pub hidden: Option<bool>,
    /// Of the words; of the marker over them; of what is behind them.
    pub colour: Option<Colour>,
    pub marker: Option<Colour>,
    pub behind: Option<Colour>,
    /// Above or below the line.
    pub raised: Option<Raised>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    Black,
    White,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Raised {
    Up,
    Down,
    No,
}

#[derive(Default, Debug)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<(String, Option<u8>)>,
    centred: Option<bool>,
    shaded: Option<bool>,
    looks: Looks,
}

#[derive(Default, Debug)]
pub struct Styles {
    all: BTreeMap<String, Style>,
    /// The style of a paragraph that names none.
    usual: Option<String>,
}

/// What a paragraph is by its style.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Text,
    Title,
    Subtitle,
    /// From 1 to 9.
    Heading(u8),
    /// A line of a table of contents.
    Contents,
}

impl Styles {
    pub fn read(root: &Element) -> Self {
        let mut styles = Self::default();
        for at in root.all("style") {
            let Some(id) = at.attribute("styleid") else {
                continue;
            };
            let paragraph = at.child("ppr");
            let style = Style {
                name: value(at, "name").unwrap_or("").to_lowercase(),
                based_on: value(at, "basedon").map(str::to_owned),
                outline: paragraph.and_then(outline),
                list: paragraph.and_then(list),
                centred: paragraph.and_then(centred),
                shaded: paragraph.and_then(shaded),
                looks: at.child("rpr").map(looks).unwrap_or_default(),
            };
            if at.attribute("type") == Some("paragraph") && at.attribute("default").is_some_and(is_on) {
                styles.usual = Some(id.to_owned());
            }
            styles.all.insert(id.to_owned(), style);
        }
        styles
    }

    pub fn usual(&self) -> Option<&str> {
        self.usual.as_deref()
    }

    /// A style and those that it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let mut next = id;
        let mut steps = 0;
        std::iter::from_fn(move || {
            let style = self.all.get(next?)?;
            steps += 1;
            // A circle of styles ends somewhere.
            next = style.based_on.as_deref().filter(|_| steps < 24);
            Some(style)
        })
    }

    pub fn looks(&self, id: Option<&str>) -> Looks {
        let mut out = Looks::default();
        for style in self.chain(id) {
            out = over(out, style.looks);
        }
        out
    }

    pub fn centred(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|s| s.centred).unwrap_or(false)
    }

    pub fn shaded(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|s| s.shaded).unwrap_or(false)
    }

    /// The list of a style, and the level in it.
    pub fn list(&self, id: Option<&str>) -> Option<(String, Option<u8>)> {
        self.chain(id).find_map(|s| s.list.clone())
    }

    /// What a paragraph of that style is. The names of Word's own styles are
    /// the same in every language, unlike their ids.
    pub fn part(&self, id: Option<&str>) -> Part {
        for style in self.chain(id) {
            let name = style.name.trim();
            let level = name.strip_prefix("heading ").and_then(|n| n.trim().parse().ok());
            match name {
                "title" => return Part::Title,
                "subtitle" => return Part::Subtitle,
                _ if name.starts_with("toc ") || name == "contents heading" => return Part::Contents,
                _ => {}
            }
            if let Some(level @ 1..=9) = level {
                return Part::Heading(level);
            }
            if let Some(level) = style.outline {
                return match level {
                    0..=8 => Part::Heading(level + 1),
                    _ => Part::Text,
                };
            }
        }
        Part::Text
    }
}

/// What is said nearest counts.
pub fn over(near: Looks, far: Looks) -> Looks {
    Looks {
        bold: near.bold.or(far.bold),
        italic: near.italic.or(far.italic),
        underline: near.underline.or(far.underline),
        strike: near.strike.or(far.strike),
        caps: near.caps.or(far.caps),
        hidden: near.hidden.or(far.hidden),
        colour: near.colour.or(far.colour),
        marker: near.marker.or(far.marker),
        behind: near.behind.or(far.behind),
        raised: near.raised.or(far.raised),
    }
}

/// The value of a child: `<w:name w:val="Title"/>`.
pub fn value<'a>(at: &'a Element, name: &str) -> Option<&'a str> {
    at.child(name)?.attribute("val")
}

fn is_on(word: &str) -> bool {
    !["0", "false", "off", "none"].contains(&word.to_ascii_lowercase().as_str())
}

/// A property that is on when it is there, unless it says otherwise.
pub fn on(at: &Element, name: &str) -> Option<bool> {
    at.child(name).map(|p| p.attribute("val").is_none_or(is_on))
}

pub fn outline(paragraph: &Element) -> Option<u8> {
    value(paragraph, "outlinelvl")?.parse().ok()
}

/// The list that a paragraph says it belongs to; the list `0` is none.
pub fn list(paragraph: &Element) -> Option<(String, Option<u8>)> {
    let at = paragraph.child("numpr")?;
    let id = value(at, "numid")?.to_owned();
    Some((id, value(at, "ilvl").and_then(|l| l.parse().ok())))
}

pub fn centred(paragraph: &Element) -> Option<bool> {
    value(paragraph, "jc").map(|j| j == "center")
}

fn colour(word: &str) -> Colour {
    match word.to_ascii_lowercase().as_str() {
        "000000" | "black" => Colour::Black,
        "ffffff" | "white" => Colour::White,
        _ => Colour::Other,
    }
}

/// The colour behind some words; none where there is none.
fn shade(at: &Element) -> Option<Colour> {
    match at.attribute("val") {
        Some("solid") => Some(at.attribute("color").map_or(Colour::Black, colour)),
        _ => at.attribute("fill").filter(|f| *f != "auto").map(colour),
    }
}

/// Whether a paragraph stands on a ground of its own.
pub fn shaded(paragraph: &Element) -> Option<bool> {
    let found = paragraph.child("shd")?;
    Some(shade(found).is_some_and(|c| c != Colour::White))
}

pub fn looks(run: &Element) -> Looks {
    Looks {
        bold: on(run, "b"),
        italic: on(run, "i"),
        underline: value(run, "u").map(|u| u != "none"),
        strike: on(run, "strike").or_else(|| on(run, "dstrike")),
        caps: on(run, "caps"),
        hidden: on(run, "vanish"),
        colour: value(run, "color").filter(|c| *c != "auto").map(colour),
        marker: value(run, "highlight").filter(|h| *h != "none").map(colour),
        behind: run.child("shd").and_then(shade),
        raised: value(run, "vertalign").map(|v| match v {
            "superscript" => Raised::Up,
            "subscript" => Raised::Down,
            _ => Raised::No,
        }),
    }
}
