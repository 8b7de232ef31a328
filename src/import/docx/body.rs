//! The body of a document as blocks (ECMA-376 part 1, 17). What is no part of
//! what everybody sees is kept apart: hidden words, comments, changes that
//! nobody has accepted.

use std::collections::BTreeMap;

use super::block::{Block, Cell, Look, Paragraph, Role, Span, Table};
use super::looks::{
    Colour, Looks, Part, Raised, Styles, centred, list, looks, on, outline, over, shaded, value,
};
use super::numbering::{Mark, Numbering};
use super::package::Relation;
use super::symbols;
use crate::import::xml::Element;
use crate::paths::web_address;

/// Words that no record gets, each with the number of its paragraph, and things
/// that are no words.
#[derive(Default, Debug)]
pub struct Left {
    pub hidden: Vec<(usize, String)>,
    /// Words that came with a change that is not accepted.
    pub inserted: Vec<(usize, String)>,
    /// Words that an accepted change takes out.
    pub deleted: Vec<(usize, String)>,
    pub insertions: usize,
    pub deletions: usize,
    pub moves: usize,
    /// The table of contents.
    pub contents: Vec<(usize, String)>,
    /// Words that stand in no place that we know.
    pub stray: Vec<(usize, String)>,
    pub pictures: Vec<String>,
    pub objects: Vec<String>,
    /// Links that lead to no address on the web.
    pub links: usize,
    /// Signs that only a font of symbols knows.
    pub symbols: usize,
}

/// What becomes of the words we are in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Stays,
    Inserted,
    Deleted,
    /// They stand in another place too.
    Elsewhere,
}

#[derive(Clone, Copy)]
struct Context {
    change: Change,
    contents: bool,
    /// In a table or a box, white words may stand on a ground of their own.
    ground: bool,
}

struct Field {
    instruction: String,
    result: bool,
    link: Option<String>,
    kind: FieldKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldKind {
    Plain,
    Contents,
    /// A number of a page, that is another one on each.
    Page,
}

pub struct Reader<'a> {
    pub styles: &'a Styles,
    pub numbering: Numbering,
    pub relations: &'a BTreeMap<String, Relation>,
    /// Whether changes are accepted.
    pub accept: bool,
    pub left: Left,
    /// The notes that were referred to, in their order: which list, which id.
    pub notes: Vec<(NoteKind, String)>,
    /// How many paragraphs there were.
    pub count: usize,
    fields: Vec<Field>,
    /// Boxes of the paragraph that we are in.
    boxes: Vec<Block>,
    /// Words of a paragraph whose end is not there any more.
    carry: Vec<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NoteKind {
    Footnote,
    Endnote,
}

impl<'a> Reader<'a> {
    pub fn new(
        styles: &'a Styles,
        numbering: Numbering,
        relations: &'a BTreeMap<String, Relation>,
        accept: bool,
    ) -> Self {
        Self {
            styles,
            numbering,
            relations,
            accept,
            left: Left::default(),
            notes: Vec::new(),
            count: 0,
            fields: Vec::new(),
            boxes: Vec::new(),
            carry: Vec::new(),
        }
    }

    /// The blocks of a body, a header or a note.
    pub fn read(&mut self, root: &Element) -> Vec<Block> {
        let mut out = Vec::new();
        let context = Context {
            change: Change::Stays,
            contents: false,
            ground: false,
        };
        self.blocks(root, &mut out, context);
        self.fields.clear();
        if !self.carry.is_empty() {
            let spans = std::mem::take(&mut self.carry);
            out.push(Block::Paragraph(Paragraph {
                number: self.count,
                spans,
                ..Paragraph::default()
            }));
        }
        out
    }

    /// What a change of that kind does to the words in it.
    fn changed(&mut self, name: &str, context: Context) -> Context {
        let outer = context.change;
        let change = match (name, self.accept) {
            _ if outer != Change::Stays => outer,
            ("ins", false) => Change::Inserted,
            ("del", true) => Change::Deleted,
            ("moveto", false) | ("movefrom", true) => Change::Elsewhere,
            _ => Change::Stays,
        };
        Context { change, ..context }
    }

    fn counted(&mut self, name: &str) {
        match name {
            "ins" => self.left.insertions += 1,
            "del" => self.left.deletions += 1,
            "moveto" => self.left.moves += 1,
            _ => {}
        }
    }

    fn blocks(&mut self, at: &Element, out: &mut Vec<Block>, context: Context) {
        for child in &at.children {
            match child.name.as_str() {
                "p" => self.paragraph(child, out, context),
                "tbl" => self.table(child, out, context),
                "sdt" => {
                    let contents = child.child("sdtpr").is_some_and(|p| {
                        let mut found = Vec::new();
                        p.below("docpartgallery", &mut found);
                        found.iter().any(|g| {
                            g.attribute("val")
                                .is_some_and(|v| v.eq_ignore_ascii_case("table of contents"))
                        })
                    });
                    if let Some(inner) = child.child("sdtcontent") {
                        let contents = context.contents || contents;
                        self.blocks(inner, out, Context { contents, ..context });
                    }
                }
                "ins" | "del" | "moveto" | "movefrom" => {
                    self.counted(&child.name);
                    let inner = self.changed(&child.name, context);
                    self.blocks(child, out, inner);
                }
                "alternatecontent" => {
                    if let Some(chosen) = chosen(child) {
                        self.blocks(chosen, out, context);
                    }
                }
                "altchunk" => self
                    .left
                    .objects
                    .push("a document within the document".to_owned()),
                "subdoc" => self
                    .left
                    .objects
                    .push("a part that is a document of its own".to_owned()),
                "customxml" | "smarttag" | "body" | "sdtcontent" => self.blocks(child, out, context),
                // A run where no run belongs: its words count all the same.
                "r" | "hyperlink" | "fldsimple" | "omathpara" | "omath" => {
                    let mut spans = Vec::new();
                    self.inline_one(child, &mut spans, context, &Place::default());
                    self.carry.extend(spans);
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, at: &Element, out: &mut Vec<Block>, context: Context) {
        self.count += 1;
        let properties = at.child("ppr");
        let style = properties
            .and_then(|p| value(p, "pstyle"))
            .or_else(|| self.styles.usual());
        let part = match properties.and_then(outline) {
            Some(level @ 0..=8) => Part::Heading(level + 1),
            _ => self.styles.part(style),
        };
        let mark = properties.and_then(|p| p.child("rpr"));
        let inserted = mark.is_some_and(|m| m.child("ins").is_some());
        let deleted = mark.is_some_and(|m| m.child("del").is_some());
        let context = Context {
            contents: context.contents || part == Part::Contents,
            ..context
        };
        let place = Place {
            looks: self.styles.looks(style),
            ground: context.ground
                || properties
                    .and_then(shaded)
                    .unwrap_or_else(|| self.styles.shaded(style)),
            link: None,
        };
        let outer = std::mem::take(&mut self.boxes);
        let mut spans = Vec::new();
        self.inline(at, &mut spans, context, &place);
        let boxes = std::mem::replace(&mut self.boxes, outer);
        // An instruction that is never ended is no reason to lose what follows.
        self.fields.retain(|f| f.result);
        let gone = inserted && !self.accept || deleted && self.accept;
        let listed = self.listed(properties, style, &spans, gone || context.change != Change::Stays);
        if gone {
            self.carry.extend(spans);
        } else {
            let mut all = std::mem::take(&mut self.carry);
            all.extend(spans);
            let (mark, level) = listed.unwrap_or((None, 0));
            let paragraph = Paragraph {
                number: self.count,
                role: match part {
                    Part::Title => Role::Title,
                    Part::Subtitle => Role::Subtitle,
                    Part::Heading(level) => Role::Heading(level),
                    Part::Text | Part::Contents => Role::Text,
                },
                mark,
                level,
                centred: properties
                    .and_then(centred)
                    .unwrap_or_else(|| self.styles.centred(style)),
                spans: joined(all),
            };
            if !paragraph.is_empty() {
                out.push(Block::Paragraph(paragraph));
            }
        }
        out.extend(boxes);
    }

    /// What stands before a paragraph of a list, and how deep it is.
    fn listed(
        &mut self,
        properties: Option<&Element>,
        style: Option<&str>,
        spans: &[Span],
        gone: bool,
    ) -> Option<(Option<Mark>, u8)> {
        let own = properties.and_then(list);
        let of_style = self.styles.list(style);
        let (id, level) = match (own, of_style) {
            (Some((id, level)), _) => (id, level),
            (None, Some((id, level))) => {
                let level = self.numbering.level_of_style(&id, style).or(level);
                (id, level)
            }
            (None, None) => return None,
        };
        let level = level.unwrap_or(0);
        // A paragraph that is not there is not counted.
        if id == "0" || gone && spans.iter().all(|s| s.text.trim().is_empty()) {
            return None;
        }
        Some((self.numbering.next(&id, level), level))
    }

    fn table(&mut self, at: &Element, out: &mut Vec<Block>, context: Context) {
        let mut table = Table::default();
        self.rows(
            at,
            &mut table,
            Context {
                ground: true,
                ..context
            },
        );
        if table.rows.iter().flatten().any(|c| !c.blocks.is_empty()) {
            out.push(Block::Table(table));
        }
    }

    fn rows(&mut self, at: &Element, table: &mut Table, context: Context) {
        for child in &at.children {
            match child.name.as_str() {
                "tr" => {
                    let has = |name: &str| child.child("trpr").is_some_and(|p| p.child(name).is_some());
                    let context = match (has("ins"), has("del")) {
                        (true, _) => {
                            self.counted("ins");
                            self.changed("ins", context)
                        }
                        (_, true) => {
                            self.counted("del");
                            self.changed("del", context)
                        }
                        _ => context,
                    };
                    let mut row = Vec::new();
                    self.cells(child, &mut row, context);
                    let empty = row.iter().all(|c| c.blocks.is_empty());
                    if !(empty && context.change != Change::Stays) {
                        table.rows.push(row);
                    }
                }
                "sdt" => {
                    if let Some(inner) = child.child("sdtcontent") {
                        self.rows(inner, table, context);
                    }
                }
                "ins" | "del" | "moveto" | "movefrom" => {
                    let inner = self.changed(&child.name, context);
                    self.rows(child, table, inner);
                }
                "customxml" => self.rows(child, table, context),
                _ => {}
            }
        }
    }

    fn cells(&mut self, at: &Element, row: &mut Vec<Cell>, context: Context) {
        for child in &at.children {
            match child.name.as_str() {
                "tc" => {
                    let properties = child.child("tcpr");
                    let wide = properties
                        .and_then(|p| value(p, "gridspan"))
                        .and_then(|n| n.parse().ok())
                        .unwrap_or(1usize)
                        .clamp(1, 64);
                    let mut cell = Cell {
                        blocks: Vec::new(),
                        wide,
                    };
                    self.blocks(child, &mut cell.blocks, context);
                    if !self.carry.is_empty() {
                        let spans = std::mem::take(&mut self.carry);
                        cell.blocks.push(Block::Paragraph(Paragraph {
                            number: self.count,
                            spans,
                            ..Paragraph::default()
                        }));
                    }
                    row.push(cell);
                }
                "sdt" => {
                    if let Some(inner) = child.child("sdtcontent") {
                        self.cells(inner, row, context);
                    }
                }
                "customxml" | "ins" | "del" => self.cells(child, row, context),
                _ => {}
            }
        }
    }

    fn inline(&mut self, at: &Element, spans: &mut Vec<Span>, context: Context, place: &Place) {
        for child in &at.children {
            self.inline_one(child, spans, context, place);
        }
    }

    fn inline_one(&mut self, child: &Element, spans: &mut Vec<Span>, context: Context, place: &Place) {
        match child.name.as_str() {
            "r" => self.run(child, spans, context, place),
            "hyperlink" => {
                let named = child.attribute("id").and_then(|id| self.relations.get(id));
                let link = named.filter(|r| r.outside).and_then(|r| {
                    let anchor = child.attribute("anchor").filter(|_| !r.target.contains('#'));
                    address(&match anchor {
                        Some(anchor) => format!("{}#{anchor}", r.target),
                        None => r.target.clone(),
                    })
                });
                self.left.links += usize::from(link.is_none() && named.is_some());
                let place = Place {
                    link: link.or_else(|| place.link.clone()),
                    ..place.clone()
                };
                self.inline(child, spans, context, &place);
            }
            "ins" | "del" | "moveto" | "movefrom" => {
                self.counted(&child.name);
                let inner = self.changed(&child.name, context);
                self.inline(child, spans, inner, place);
            }
            "fldsimple" => {
                let instruction = child.attribute("instr").unwrap_or("").to_owned();
                let (kind, link) = self.instruction(&instruction);
                self.fields.push(Field {
                    instruction,
                    result: true,
                    link,
                    kind,
                });
                self.inline(child, spans, context, place);
                self.fields.pop();
            }
            "sdt" => {
                if let Some(inner) = child.child("sdtcontent") {
                    self.inline(inner, spans, context, place);
                }
            }
            "alternatecontent" => {
                if let Some(chosen) = chosen(child) {
                    self.inline(chosen, spans, context, place);
                }
            }
            "ruby" => {
                let words = |name: &str| child.child(name);
                if let Some(base) = words("rubybase") {
                    self.inline(base, spans, context, place);
                }
                if let Some(above) = words("rt") {
                    self.words(" (", spans, context, place, &Looks::default());
                    self.inline(above, spans, context, place);
                    self.words(")", spans, context, place, &Looks::default());
                }
            }
            // Paragraphs within what is no block: seen in documents that other programs write.
            "p" | "tbl" => {
                let mut blocks = Vec::new();
                match child.name.as_str() {
                    "p" => self.paragraph(child, &mut blocks, context),
                    _ => self.table(child, &mut blocks, context),
                }
                self.boxes.extend(blocks);
            }
            "ppr" | "rpr" | "proofer" | "bookmarkstart" | "bookmarkend" | "sdtpr" | "fldchar" => {}
            // Smart tags, directions, formulas and what they are made of.
            _ => self.inline(child, spans, context, place),
        }
    }

    fn run(&mut self, at: &Element, spans: &mut Vec<Span>, context: Context, place: &Place) {
        let properties = at.child("rpr");
        let style = properties.and_then(|p| value(p, "rstyle"));
        let own = properties.map(looks).unwrap_or_default();
        let styled = self.styles.looks(style);
        // Bold upon bold is plain: what styles say of it cancels out.
        let toggle = |own: Option<bool>, a: Option<bool>, b: Option<bool>| {
            Some(own.unwrap_or(a.unwrap_or(false) ^ b.unwrap_or(false)))
        };
        let outer = &place.looks;
        let mut look = over(own, over(styled, *outer));
        look.bold = toggle(own.bold, styled.bold, outer.bold);
        look.italic = toggle(own.italic, styled.italic, outer.italic);
        look.strike = toggle(own.strike, styled.strike, outer.strike);
        look.hidden = toggle(own.hidden, styled.hidden, outer.hidden);
        // Headings in capitals are a matter of looks; words that somebody wrote so are not.
        look.caps = own.caps;
        let font = properties
            .and_then(|p| p.child("rfonts"))
            .and_then(|f| f.attribute("ascii").or_else(|| f.attribute("hansi")))
            .unwrap_or("");
        self.parts(at, spans, context, place, &look, font);
    }

    fn parts(
        &mut self,
        at: &Element,
        spans: &mut Vec<Span>,
        context: Context,
        place: &Place,
        look: &Looks,
        font: &str,
    ) {
        for child in &at.children {
            match child.name.as_str() {
                "t" | "deltext" => match symbols::is_font(font) {
                    true => {
                        for c in child.text.chars() {
                            self.symbol(u32::from(c), font, spans, context, place, look);
                        }
                    }
                    false => self.words(&child.text, spans, context, place, look),
                },
                "tab" | "ptab" => self.words("\t", spans, context, place, look),
                "br" | "cr" => self.words("\n", spans, context, place, look),
                "nobreakhyphen" => self.words("-", spans, context, place, look),
                "sym" => {
                    let code = child
                        .attribute("char")
                        .and_then(|c| u32::from_str_radix(c, 16).ok());
                    let font = child.attribute("font").unwrap_or("");
                    self.symbol(code.unwrap_or(0), font, spans, context, place, look);
                }
                "footnotereference" | "endnotereference" => {
                    let kind = match child.name.as_str() {
                        "footnotereference" => NoteKind::Footnote,
                        _ => NoteKind::Endnote,
                    };
                    let plain =
                        context.change == Change::Stays && look.hidden != Some(true) && !context.contents;
                    if let Some(id) = child.attribute("id").filter(|_| plain) {
                        self.notes.push((kind, id.to_owned()));
                        spans.push(Span {
                            note: Some(self.notes.len()),
                            ..Span::default()
                        });
                    }
                }
                "fldchar" => self.field(child, spans, context, place, look),
                "instrtext" | "delinstrtext" => {
                    if let Some(field) = self.fields.last_mut().filter(|f| !f.result) {
                        field.instruction.push_str(&child.text);
                    }
                }
                "drawing" | "pict" | "object" => self.drawing(child, context),
                "alternatecontent" => {
                    if let Some(chosen) = chosen(child) {
                        self.parts(chosen, spans, context, place, look, font);
                    }
                }
                "ruby" => self.inline_one(child, spans, context, place),
                "rpr" => {}
                _ if !child.children.is_empty() => self.parts(child, spans, context, place, look, font),
                _ => {}
            }
        }
    }

    fn field(&mut self, at: &Element, spans: &mut Vec<Span>, context: Context, place: &Place, look: &Looks) {
        match at.attribute("fldchartype") {
            Some("begin") => {
                // Boxes to tick and lists to choose from have no result of their own.
                if let Some(form) = at.child("ffdata") {
                    if let Some(tick) = form.child("checkbox") {
                        let ticked = on(tick, "checked")
                            .or_else(|| on(tick, "default"))
                            .unwrap_or(false);
                        self.words(if ticked { "☒" } else { "☐" }, spans, context, place, look);
                    } else if let Some(choice) = form.child("ddlist") {
                        let at: usize = value(choice, "result")
                            .or_else(|| value(choice, "default"))
                            .and_then(|n| n.parse().ok())
                            .unwrap_or(0);
                        let chosen = choice.all("listentry").nth(at).and_then(|e| e.attribute("val"));
                        self.words(chosen.unwrap_or(""), spans, context, place, look);
                    }
                }
                self.fields.push(Field {
                    instruction: String::new(),
                    result: false,
                    link: None,
                    kind: FieldKind::Plain,
                });
            }
            Some("separate") => {
                let said = self.fields.last().map(|f| f.instruction.clone());
                let (kind, link) = self.instruction(&said.unwrap_or_default());
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    field.kind = kind;
                    field.link = link;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn instruction(&mut self, words: &str) -> (FieldKind, Option<String>) {
        let mut parts = words.split_whitespace();
        let name = parts.next().unwrap_or("").to_uppercase();
        match name.as_str() {
            "TOC" | "INDEX" | "TOA" => (FieldKind::Contents, None),
            "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF" => (FieldKind::Page, None),
            "HYPERLINK" => {
                let target = words
                    .split('"')
                    .nth(1)
                    .filter(|_| {
                        !words
                            .trim_start()
                            .get(9..)
                            .unwrap_or("")
                            .trim_start()
                            .starts_with("\\l")
                    })
                    .map(str::to_owned)
                    .or_else(|| {
                        parts
                            .next()
                            .filter(|p| !p.starts_with(['\\', '"']))
                            .map(str::to_owned)
                    });
                let link = target.as_deref().and_then(address);
                self.left.links += usize::from(target.is_some() && link.is_none());
                (FieldKind::Plain, link)
            }
            _ => (FieldKind::Plain, None),
        }
    }

    fn symbol(
        &mut self,
        code: u32,
        font: &str,
        spans: &mut Vec<Span>,
        context: Context,
        place: &Place,
        look: &Looks,
    ) {
        let read = symbols::of(code, font);
        self.left.symbols += usize::from(read == '\u{fffd}');
        self.words(read.encode_utf8(&mut [0; 4]), spans, context, place, look);
    }

    /// Words go where they belong.
    fn words(&mut self, text: &str, spans: &mut Vec<Span>, context: Context, place: &Place, look: &Looks) {
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\t' | '\n' => clean.push(c),
                // Hyphens that show only at the end of a line, and marks that show nowhere.
                '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2060}' => {}
                '\u{2028}' | '\u{2029}' => clean.push('\n'),
                '\u{2011}' => clean.push('-'),
                '\u{f020}'..='\u{f0ff}' => {
                    let read = symbols::of(u32::from(c), "");
                    self.left.symbols += usize::from(read == '\u{fffd}');
                    clean.push(read);
                }
                c if c.is_control() => clean.push(' '),
                c if c.is_whitespace() => clean.push(' '),
                c => clean.push(c),
            }
        }
        if look.caps == Some(true) {
            clean = clean.to_uppercase();
        }
        if clean.is_empty() {
            return;
        }
        let at = self.count;
        let told = |list: &mut Vec<(usize, String)>| match list.last_mut() {
            Some((last, words)) if *last == at => words.push_str(&clean),
            _ => list.push((at, clean.clone())),
        };
        if is_hidden(look, place.ground || context.ground) {
            return told(&mut self.left.hidden);
        }
        match context.change {
            Change::Inserted => return told(&mut self.left.inserted),
            Change::Deleted => return told(&mut self.left.deleted),
            Change::Elsewhere => return,
            Change::Stays => {}
        }
        if self.fields.iter().any(|f| f.kind == FieldKind::Page) {
            return;
        }
        if self.fields.iter().any(|f| !f.result) {
            return told(&mut self.left.stray);
        }
        if context.contents || self.fields.iter().any(|f| f.kind == FieldKind::Contents) {
            return told(&mut self.left.contents);
        }
        let link = self.fields.iter().rev().find_map(|f| f.link.clone());
        spans.push(Span {
            text: clean,
            look: Look {
                bold: look.bold == Some(true),
                italic: look.italic == Some(true),
                underline: look.underline == Some(true),
                strike: look.strike == Some(true),
                up: look.raised == Some(Raised::Up),
                down: look.raised == Some(Raised::Down),
            },
            link: link.or_else(|| place.link.clone()),
            note: None,
        });
    }

    /// A picture, a box with words, something made by another program.
    fn drawing(&mut self, at: &Element, context: Context) {
        let mut boxes = Vec::new();
        outermost(at, "txbxcontent", &mut boxes);
        for inner in &boxes {
            let mut out = Vec::new();
            let fields = std::mem::take(&mut self.fields);
            let carry = std::mem::take(&mut self.carry);
            self.blocks(
                inner,
                &mut out,
                Context {
                    ground: true,
                    ..context
                },
            );
            self.fields = fields;
            self.carry = carry;
            self.boxes.append(&mut out);
        }
        let mut found = Vec::new();
        at.below("textpath", &mut found);
        for words in found.iter().filter_map(|t| t.attribute("string")) {
            let mut spans = Vec::new();
            self.words(words, &mut spans, context, &Place::default(), &Looks::default());
            if !spans.is_empty() {
                self.boxes.push(Block::Paragraph(Paragraph {
                    number: self.count,
                    spans,
                    ..Paragraph::default()
                }));
            }
        }
        let said = |name: &str| {
            let mut found = Vec::new();
            at.below(name, &mut found);
            let words = |e: &&Element| {
                let said = ["descr", "title", "alt"].iter().find_map(|a| e.attribute(a));
                said.map(crate::document::written::line)
            };
            found.iter().find_map(words)
        };
        if let Some(object) = {
            let mut found = Vec::new();
            at.below("oleobject", &mut found);
            found
                .first()
                .map(|o| o.attribute("progid").unwrap_or("").to_owned())
        } {
            self.left.objects.push(match object.as_str() {
                "" => "something made by another program".to_owned(),
                kind => format!(
                    "something made by another program ({})",
                    crate::document::written::line(kind)
                ),
            });
        } else if holds(at, &["chart"]) {
            self.left.objects.push("a chart".to_owned());
        } else if holds(at, &["relids"]) {
            self.left.objects.push("a diagram".to_owned());
        } else if holds(at, &["blip", "imagedata"]) {
            let words = said("docpr").or_else(|| said("shape")).unwrap_or_default();
            self.left.pictures.push(words);
        }
    }
}

#[derive(Clone, Default)]
struct Place {
    looks: Looks,
    ground: bool,
    link: Option<String>,
}

/// Words that nobody can see on paper: hidden ones, and those that have the
/// colour of what is behind or above them, as when somebody blacks them out.
fn is_hidden(look: &Looks, ground: bool) -> bool {
    let (colour, marker, behind) = (look.colour, look.marker, look.behind);
    let clear = |c: Option<Colour>| c.is_none() || c == Some(Colour::White);
    look.hidden == Some(true)
        || marker == Some(Colour::Black) && colour != Some(Colour::White)
        || marker.is_none() && behind == Some(Colour::Black) && colour == Some(Colour::Black)
        || colour == Some(Colour::White) && clear(marker) && clear(behind) && !ground
}

/// One of several ways in which the same thing is written: the first that says
/// anything.
fn chosen(at: &Element) -> Option<&Element> {
    const SAYS: [&str; 7] = [
        "t",
        "txbxcontent",
        "blip",
        "imagedata",
        "deltext",
        "chart",
        "relids",
    ];
    let says = |e: &&Element| holds(e, &SAYS);
    let mut ways = at.all("choice").chain(at.all("fallback"));
    ways.find(says).or_else(|| at.children.first())
}

/// Whether an element of one of these names is below this one.
fn holds(at: &Element, names: &[&str]) -> bool {
    names.contains(&at.name.as_str()) || at.children.iter().any(|c| holds(c, names))
}

/// The elements of that name that stand in no other of that name; of several
/// ways to write a thing, one.
fn outermost<'a>(at: &'a Element, name: &str, out: &mut Vec<&'a Element>) {
    for child in &at.children {
        if child.name == name {
            out.push(child);
        } else if child.name == "alternatecontent" {
            if let Some(chosen) = chosen(child) {
                outermost(chosen, name, out);
            }
        } else {
            outermost(child, name, out);
        }
    }
}

/// An address that a reader's browser may be sent to.
fn address(target: &str) -> Option<String> {
    let target = target.trim();
    if let Some(rest) = target
        .get(..7)
        .filter(|s| s.eq_ignore_ascii_case("mailto:"))
        .map(|_| &target[7..])
    {
        let mailbox = rest.split('?').next().unwrap_or("");
        let plain = mailbox
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "@._+-".contains(c));
        return (plain && mailbox.contains('@')).then(|| format!("mailto:{mailbox}"));
    }
    web_address(&target.replace(' ', "%20"))
}

/// Words that stand side by side and look the same are one span.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last)
                if last.note.is_none()
                    && span.note.is_none()
                    && last.link == span.link
                    && (last.look == span.look
                        || span.text.trim().is_empty() && !span.text.contains('\n')) =>
            {
                last.text.push_str(&span.text);
            }
            _ => out.push(span),
        }
    }
    out
}
