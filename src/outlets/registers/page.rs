//! The page of a register: all of it, or one year of it when it is long.

use serde::Serialize;

use super::cell::{CellView, ColumnView};
use super::{LONG, Register, years};
use crate::outlets::pages::frame::{Crumb, Frame, Make, Name, crumb};
use crate::site::Site;

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
    /// The columns of its tables.
    pub columns: &'static [ColumnView],
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
    /// The lines, with a cell for each column.
    pub rows: Vec<Vec<CellView>>,
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
    let counts = years(site, register);
    let total: usize = counts.values().sum();
    let newest = counts.keys().flatten().max().copied();
    let cut = year.is_none() && total > LONG && counts.len() > 1;
    let wanted = if cut { newest } else { year };
    let mut groups: Vec<Group> = Vec::new();
    let mut shown = 0;
    (register.walk)(site, &mut |mark, line| {
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
                rows: vec![row],
            }),
        }
    });
    let years = counts.iter().rev().filter_map(|(year, lines)| {
        let year = (*year)?;
        Some(RegisterYear {
            year,
            href: site.routes.href(&site.routes.register_year(register.key, year)),
            lines: *lines,
        })
    });
    let years: Vec<RegisterYear> = years.collect();
    RegisterView {
        page: frame(site, register.key, year),
        key: register.key,
        years: if years.len() > 1 { years } else { Vec::new() },
        year: wanted,
        cut,
        shown,
        total,
        columns: register.columns,
        summaries: match register.summary {
            Some(summary) if year.is_none() => summary(site),
            _ => Vec::new(),
        },
        groups,
    }
}
