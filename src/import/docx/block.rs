//! A document as blocks: paragraphs and tables, in the order in which they are
//! read.

use super::numbering::Mark;

#[derive(Clone, Debug)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Table),
}

#[derive(Clone, Debug, Default)]
pub struct Paragraph {
    /// Which paragraph of the document it is, from 1 on.
    pub number: usize,
    pub role: Role,
    /// What Word puts before it.
    pub mark: Option<Mark>,
    /// How deep it stands in its list.
    pub level: u8,
    pub centred: bool,
    pub spans: Vec<Span>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Role {
    #[default]
    Text,
    Title,
    Subtitle,
    /// From 1 to 9.
    Heading(u8),
}

/// Words that look the same. `\n` is a break of the line, `\t` a tab.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Span {
    pub text: String,
    pub look: Look,
    /// An address on the web that it leads to.
    pub link: Option<String>,
    /// It is the sign of a note, by the number of the note.
    pub note: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub strike: bool,
    pub up: bool,
    pub down: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub blocks: Vec<Block>,
    /// Over how many columns it goes.
    pub wide: usize,
}

impl Paragraph {
    /// Its words. Breaks and tabs are blanks.
    pub fn plain(&self) -> String {
        crate::document::written::line(&self.text())
    }

    /// Its words with its breaks and tabs.
    pub fn text(&self) -> String {
        self.spans.iter().map(|s| s.text.as_str()).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.spans
            .iter()
            .all(|s| s.text.trim().is_empty() && s.note.is_none())
    }

    /// Whether all of its words look so.
    pub fn all(&self, looks: impl Fn(&Look) -> bool) -> bool {
        let mut words = self.spans.iter().filter(|s| !s.text.trim().is_empty()).peekable();
        words.peek().is_some() && words.all(|s| looks(&s.look))
    }

    /// The same with these words alone.
    pub fn with(&self, spans: Vec<Span>) -> Self {
        Self {
            spans,
            ..self.clone()
        }
    }

    /// Its words in parts, divided wherever a sign that fits stands.
    pub fn divided(&self, at: impl Fn(char) -> bool + Copy) -> Vec<Vec<Span>> {
        let mut out: Vec<Vec<Span>> = vec![Vec::new()];
        for span in &self.spans {
            for (n, part) in span.text.split(at).enumerate() {
                if n > 0 {
                    out.push(Vec::new());
                }
                if let Some(last) = out.last_mut()
                    && (!part.is_empty() || span.note.is_some())
                {
                    last.push(Span {
                        text: part.to_owned(),
                        ..span.clone()
                    });
                }
            }
        }
        out
    }

    /// Its words from that byte of [`Paragraph::text`] on.
    pub fn from(&self, at: usize) -> Vec<Span> {
        let mut skip = at;
        let mut out = Vec::new();
        for span in &self.spans {
            if skip >= span.text.len() && !(skip == 0 && span.note.is_some()) {
                skip -= span.text.len();
                continue;
            }
            out.push(Span {
                text: span.text.get(skip..).unwrap_or("").to_owned(),
                ..span.clone()
            });
            skip = 0;
        }
        out
    }

    /// Its words up to that byte.
    pub fn until(&self, at: usize) -> Vec<Span> {
        let mut left = at;
        let mut out = Vec::new();
        for span in &self.spans {
            if left == 0 {
                break;
            }
            let take = left.min(span.text.len());
            out.push(Span {
                text: span.text.get(..take).unwrap_or("").to_owned(),
                ..span.clone()
            });
            left -= take;
        }
        out
    }
}

impl Cell {
    /// The paragraphs of a cell, those of tables within it too.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut out = Vec::new();
        paragraphs(&self.blocks, &mut out);
        out
    }

    pub fn plain(&self) -> String {
        let words: Vec<String> = self.paragraphs().iter().map(|p| p.plain()).collect();
        crate::document::written::line(&words.join(" "))
    }
}

pub fn paragraphs<'a>(blocks: &'a [Block], out: &mut Vec<&'a Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    paragraphs(&cell.blocks, out);
                }
            }
        }
    }
}
