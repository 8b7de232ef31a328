//! The page of a register: all of it, or one year of it when it is long.

use std::hash::Hash;

use serde::Serialize;

use super::cell::{CellView, ColumnView};
use super::{LONG, Line, Register, draw};
use crate::hash::Taker;
use crate::outlets::pages::View;
use crate::outlets::pages::frame::{Crumb, Frame, Make, Name, crumb};
use crate::outlets::{Give, Lists, Made};
use crate::site::{Html, Shelf, Site};

/// A register, or a year of it.
#[derive(Serialize, Hash)]
pub struct RegisterView<'a> {
    pub page: Frame<'a>,
    /// `decisions`, `actions` …
    pub key: &'static str,
    /// The years that have a page, newest first; none where there is one year.
    pub years: Vec<RegisterYear>,
    /// Which year the page shows; none: all.
    pub year: Option<i16>,
    /// The page shows the last year only, because there is so much.
    pub cut: bool,
    /// How many lines stand here.
    pub shown: usize,
    /// How many the whole register has.
    pub total: usize,
    /// Counts over the whole.
    pub summaries: Vec<Summary>,
    /// The lines, under their headings.
    pub groups: Vec<Group>,
}

/// A year of a register.
#[derive(Serialize, Hash)]
pub struct RegisterYear {
    /// The year.
    pub year: i16,
    /// Its page.
    pub href: String,
    /// How many lines it has; in the register of attendance, how many meetings.
    pub lines: usize,
}

/// Lines under one heading.
#[derive(Serialize, Hash)]
pub struct Group {
    /// Empty: under none.
    pub key: &'static str,
    /// Those columns in which something stands.
    pub columns: Vec<ColumnView>,
    /// How many lines there are.
    pub lines: usize,
    /// Where this is written, the lines come: there may be so many that they
    /// are rendered piece by piece, with `register_rows.html`.
    pub here: String,
}

/// Some lines of a group of a register, which stand in its page.
#[derive(Serialize, Hash)]
pub struct RegisterRowsView {
    /// `decisions`, `actions` …
    pub key: &'static str,
    /// The key of the group. Empty: it stands under no heading.
    pub group: &'static str,
    /// How many lines of the group stand before these.
    pub before: usize,
    /// The columns of the group.
    pub columns: Vec<ColumnView>,
    /// The lines, as rows of a table.
    pub html: Html,
    /// The lines, with a cell for each column. For a theme with templates of its own.
    pub rows: Vec<Vec<CellView>>,
}

/// How many lines are rendered at once.
const PIECE: usize = 100;

/// The lines of a register that stand on a page.
#[derive(Clone, Copy)]
struct Lines {
    register: &'static Register,
    /// Of which the page is; none: the first page.
    year: Option<i16>,
    /// From which lines stand here; none: all.
    wanted: Option<i16>,
    /// Those that are pinned stand here too.
    pinned: bool,
}

impl Lines {
    fn walk(self, site: &Site, visit: &mut dyn FnMut(&'static str, &dyn Line)) {
        let year = if self.pinned { self.year } else { self.wanted };
        (self.register.walk)(site, year, &mut |mark, line| {
            let here = self.wanted.is_none() || mark.date.map(jiff::civil::Date::year) == self.wanted;
            if here || self.pinned && mark.pinned {
                visit(mark.group, line);
            }
        });
    }

    /// Gives the lines of a group, as many at once as are rendered together.
    fn pieces(self, site: &Site, group: &Held, give: Give) {
        let columns = group.columns(self.register);
        let mut before = 0;
        let mut piece = |rows: Vec<Vec<CellView>>| {
            let lines = rows.len();
            let view = RegisterRowsView {
                key: self.register.key,
                group: group.key,
                before,
                html: draw::rows(site, &columns, &rows),
                columns: columns.clone(),
                rows: if site.words.parts { rows } else { Vec::new() },
            };
            give("register_rows.html", View::RegisterRows(view));
            before += lines;
        };
        let mut rows = Vec::with_capacity(PIECE);
        self.walk(site, &mut |key, line| {
            if key != group.key {
                return;
            }
            let cells = line.cells(site).into_iter().zip(&group.filled);
            rows.push(
                cells
                    .filter(|(_, filled)| **filled)
                    .map(|(cell, _)| cell)
                    .collect(),
            );
            if rows.len() == PIECE {
                piece(std::mem::replace(&mut rows, Vec::with_capacity(PIECE)));
            }
        });
        if !rows.is_empty() {
            piece(rows);
        }
    }
}

/// What is known of a group when its lines were seen once.
struct Held {
    key: &'static str,
    /// In which columns something stands.
    filled: Vec<bool>,
    lines: usize,
    taker: Taker,
}

impl Held {
    fn new(key: &'static str, number: usize, register: &Register) -> Self {
        let mut taker = Taker::default();
        (register.key, key, number).hash(&mut taker);
        Self {
            key,
            filled: vec![false; register.columns.len()],
            lines: 0,
            taker,
        }
    }

    fn add(&mut self, row: &[CellView]) {
        self.lines += 1;
        for (filled, cell) in self.filled.iter_mut().zip(row) {
            *filled |= cell.is_filled();
        }
        row.hash(&mut self.taker);
    }

    fn columns(&self, register: &Register) -> Vec<ColumnView> {
        let columns = register.columns.iter().zip(&self.filled);
        columns
            .filter(|(_, filled)| **filled)
            .map(|(column, _)| *column)
            .collect()
    }
}

/// The links to the years of a register, when there are several.
pub fn years(site: &Site, key: &str, shelf: &Shelf) -> Vec<RegisterYear> {
    let several = shelf.years.iter().filter(|_| shelf.years.len() > 1);
    several
        .map(|(year, lines)| RegisterYear {
            year: *year,
            href: site.routes.href(&site.routes.register_year(key, *year)),
            lines: *lines,
        })
        .collect()
}

/// A small table of counts.
#[derive(Serialize, Hash)]
pub struct Summary {
    /// What is counted: `by-owner`, `by-body`.
    pub key: &'static str,
    /// What is written for a row without a name.
    pub nobody: &'static str,
    /// What each column counts.
    pub columns: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<SummaryRow>,
}

/// A row of such a table.
#[derive(Serialize, Hash)]
pub struct SummaryRow {
    /// Whose row it is.
    pub name: Option<Name>,
    /// A count for each column.
    pub counts: Vec<u32>,
}

/// The frame of a register's page.
pub fn frame<'a>(site: &Site<'a>, key: &'static str, year: Option<i16>) -> Frame<'a> {
    let crumbs: Vec<Crumb> = year.map(|_| crumb(site, key)).into_iter().collect();
    let page = Make {
        kind: key,
        section: "registers",
        title: year.map(|y| y.to_string()).unwrap_or_default(),
        description: String::new(),
        url: match year {
            Some(year) => site.routes.register_year(key, year),
            None => site.routes.list(key),
        },
        crumbs,
        changed: None,
    };
    page.frame(site, None)
}

/// The page, whose lines are seen twice: to know which columns it has and
/// whether it is another, and to be rendered, if it is.
pub fn made<'a>(site: &Site<'a>, register: &'static Register, year: Option<i16>) -> Made<'a> {
    let nothing = Shelf::default();
    let shelf = site.offers.shelf(register.key).unwrap_or(&nothing);
    let newest = shelf.years.first().map(|year| year.0);
    let cut = year.is_none() && shelf.total > LONG && shelf.years.len() > 1;
    let lines = Lines {
        register,
        year,
        wanted: if cut { newest } else { year },
        pinned: cut && register.pins,
    };
    let mut held: Vec<Held> = Vec::new();
    lines.walk(site, &mut |key, line| {
        let at = held.iter().position(|group| group.key == key);
        let at = at.unwrap_or_else(|| {
            held.push(Held::new(key, held.len(), register));
            held.len() - 1
        });
        held[at].add(&line.cells(site));
    });
    let groups: Vec<Group> = held
        .iter()
        .map(|group| Group {
            key: group.key,
            columns: group.columns(register),
            lines: group.lines,
            // No text holds the digest of itself.
            here: group.taker.digest().to_string(),
        })
        .collect();
    let lists = Lists {
        marks: groups.iter().map(|group| group.here.clone()).collect(),
        pieces: Box::new(move |site, number, give| lines.pieces(site, &held[number], give)),
    };
    let view = RegisterView {
        page: frame(site, register.key, year),
        key: register.key,
        years: years(site, register.key, shelf),
        year: lines.wanted,
        cut,
        shown: groups.iter().map(|group| group.lines).sum(),
        total: shelf.total,
        summaries: match register.summary {
            Some(summary) if year.is_none() => summary(site),
            _ => Vec::new(),
        },
        groups,
    };
    Made::Long {
        template: "register.html",
        view: Box::new(View::Register(view)),
        lists,
    }
}
