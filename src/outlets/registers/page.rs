//! The page of a register: all of it, or one year of it when it is long.

use serde::Serialize;

use super::cell::{CellView, ColumnView};
use super::{LONG, Register};
use crate::outlets::pages::frame::{Crumb, Frame, Make, Name, crumb};
use crate::site::{Shelf, Site};

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
    /// The lines, with a cell for each column.
    pub rows: Vec<Vec<CellView>>,
}

impl Group {
    /// Drops every column that holds nothing in any line.
    fn leave_out_what_is_empty(&mut self, columns: &[ColumnView]) {
        let filled = |at: usize| self.rows.iter().any(|row| row[at].is_filled());
        let kept: Vec<bool> = (0..columns.len()).map(filled).collect();
        for row in &mut self.rows {
            let mut at = kept.iter();
            row.retain(|_| at.next().copied().unwrap_or(true));
        }
        let columns = columns.iter().zip(&kept).filter(|(_, kept)| **kept);
        self.columns = columns.map(|(column, _)| *column).collect();
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

pub fn view<'a>(site: &Site<'a>, register: &Register, year: Option<i16>) -> RegisterView<'a> {
    let nothing = Shelf::default();
    let shelf = site.offers.shelf(register.key).unwrap_or(&nothing);
    let newest = shelf.years.first().map(|year| year.0);
    let cut = year.is_none() && shelf.total > LONG && shelf.years.len() > 1;
    let wanted = if cut { newest } else { year };
    let mut groups: Vec<Group> = Vec::new();
    let mut shown = 0;
    (register.walk)(site, year, &mut |mark, line| {
        let here = wanted.is_none() || mark.date.map(jiff::civil::Date::year) == wanted;
        if !(here || cut && mark.pinned) {
            return;
        }
        shown += 1;
        let row = line.cells(site);
        match groups.iter_mut().find(|g| g.key == mark.group) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                key: mark.group,
                columns: Vec::new(),
                rows: vec![row],
            }),
        }
    });
    for group in &mut groups {
        group.leave_out_what_is_empty(register.columns);
    }
    RegisterView {
        page: frame(site, register.key, year),
        key: register.key,
        years: years(site, register.key, shelf),
        year: wanted,
        cut,
        shown,
        total: shelf.total,
        summaries: match register.summary {
            Some(summary) if year.is_none() => summary(site),
            _ => Vec::new(),
        },
        groups,
    }
}
