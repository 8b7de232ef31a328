//! Cells that reach over several columns or rows. In a table of cleaned HTML
//! none may reach into columns or rows in which no cell begins, or over another
//! cell (HTML standard, "table model"): what reaches further is cut back, and
//! looks as it did.

use std::collections::BTreeSet;
use std::ops::Range;

/// No cell makes a table wider than this: as far as one may reach (HTML
/// standard, "the td element").
const WIDEST: usize = 1000;

/// A cell, and where its tag stands.
struct Cell {
    /// From `<td` to its `>`.
    tag: Range<usize>,
    column: usize,
    columns: usize,
    rows: usize,
}

/// A table that is still open.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    /// For each column how many rows a cell from above still takes.
    taken: Vec<usize>,
    column: usize,
    /// The first cell of the group of rows.
    group: usize,
    /// The rows of the group before this one.
    row: usize,
    /// The row of each cell of the group, in step with `cells[group..]`.
    at: Vec<usize>,
}

impl Table {
    fn begin_row(&mut self) {
        self.column = 0;
    }

    fn end_row(&mut self) {
        self.row += 1;
        self.taken
            .iter_mut()
            .for_each(|rows| *rows = rows.saturating_sub(1));
        while self.taken.pop_if(|rows| *rows == 0).is_some() {}
    }

    fn cell(&mut self, tag: Range<usize>, columns: usize, rows: usize) {
        while self.taken.get(self.column).is_some_and(|rows| *rows > 0) {
            self.column += 1;
        }
        let free = |column: &usize| self.taken.get(*column).is_none_or(|rows| *rows == 0);
        let columns = columns.min(WIDEST.saturating_sub(self.column));
        let columns = (self.column..self.column + columns)
            .take_while(free)
            .count()
            .max(1);
        let end = self.column + columns;
        if self.taken.len() < end {
            self.taken.resize(end, 0);
        }
        self.taken[self.column..end].fill(rows);
        self.at.push(self.row);
        self.cells.push(Cell {
            tag,
            column: self.column,
            columns,
            rows,
        });
        self.column = end;
    }

    /// No cell reaches out of its group of rows.
    fn end_group(&mut self) {
        for (cell, row) in self.cells[self.group..].iter_mut().zip(&self.at) {
            cell.rows = cell.rows.min(self.row - row).max(1);
        }
        self.group = self.cells.len();
        self.at.clear();
        self.taken.clear();
        self.row = 0;
    }

    /// Columns in which no cell begins are none.
    fn end(&mut self) {
        let begun: BTreeSet<usize> = self.cells.iter().map(|cell| cell.column).collect();
        for cell in &mut self.cells {
            cell.columns = begun.range(cell.column..cell.column + cell.columns).count();
        }
    }
}

/// Cuts back every cell that reaches too far. The HTML is what a cleaner wrote.
pub fn cut_back(html: &str) -> Option<String> {
    if !html.contains("colspan=\"") && !html.contains("rowspan=\"") {
        return None;
    }
    let mut open: Vec<Table> = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some(length) = super::nesting::end_of(&html[start..]) else {
            break;
        };
        let end = start + length + 1;
        let tag = &html[start..end];
        let name = tag[1..]
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '/')
            .next();
        match (name.unwrap_or_default(), open.last_mut()) {
            ("table", _) => open.push(Table::default()),
            ("tr", Some(table)) => table.begin_row(),
            ("/tr", Some(table)) => table.end_row(),
            ("td" | "th", Some(table)) => table.cell(start..end, span(tag, COLUMNS), span(tag, ROWS)),
            ("/thead" | "/tbody" | "/tfoot", Some(table)) => table.end_group(),
            ("/table", Some(_)) => {
                if let Some(mut table) = open.pop() {
                    table.end();
                    cells.append(&mut table.cells);
                }
            }
            _ => {}
        }
        at = end;
    }
    cells.sort_by_key(|cell| cell.tag.start);
    let mut out = String::with_capacity(html.len());
    let mut at = 0;
    for cell in &cells {
        out.push_str(&html[at..cell.tag.start]);
        let tag = &html[cell.tag.clone()];
        out.push_str(&with(&with(tag, COLUMNS, cell.columns), ROWS, cell.rows));
        at = cell.tag.end;
    }
    out.push_str(&html[at..]);
    Some(out)
}

const COLUMNS: &str = " colspan=";
const ROWS: &str = " rowspan=";

/// Where an attribute stands in a tag, from the blank before it to its last
/// quote, and its value. A value never holds a quote, but it may hold words
/// that look like an attribute.
fn find<'h>(tag: &'h str, attribute: &str) -> Option<(Range<usize>, &'h str)> {
    let mut at = 0;
    let mut parts = tag.split('"');
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        let end = at + name.len() + value.len() + 2;
        if name.ends_with(attribute) {
            return Some((at + name.len() - attribute.len()..end, value));
        }
        at = end;
    }
    None
}

/// How far a cell says that it reaches.
fn span(tag: &str, attribute: &str) -> usize {
    find(tag, attribute)
        .and_then(|(_, value)| value.parse().ok())
        .unwrap_or(1)
}

/// The tag with another value of an attribute that it may have.
fn with(tag: &str, attribute: &str, value: usize) -> String {
    let Some((place, _)) = find(tag, attribute) else {
        return tag.to_owned();
    };
    let (before, after) = (&tag[..place.start], &tag[place.end..]);
    match value {
        0 | 1 => format!("{before}{after}"),
        value => format!("{before}{attribute}\"{value}\"{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_reach_no_further_than_their_table() {
        for (html, expected) in [
            // As they should be.
            (
                "<table><tbody><tr><td colspan=\"2\">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
                "<table><tbody><tr><td colspan=\"2\">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
            ),
            (
                "<table><tbody><tr><th rowspan=\"2\">a</th><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
                "<table><tbody><tr><th rowspan=\"2\">a</th><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
            ),
            // Beyond the last column, and over columns that are none.
            (
                "<table><tbody><tr><td colspan=\"1000\">a</td></tr></tbody></table>",
                "<table><tbody><tr><td>a</td></tr></tbody></table>",
            ),
            (
                "<table><tbody><tr><td colspan=\"3\">a</td><td>b</td></tr><tr><td colspan=\"2\">c</td><td>d</td><td>e</td></tr></tbody></table>",
                "<table><tbody><tr><td colspan=\"2\">a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></tbody></table>",
            ),
            // Below the last row of the group.
            (
                "<table><thead><tr><th rowspan=\"4\">a</th></tr></thead><tbody><tr><td title=\"x\" rowspan=\"2\">b</td></tr></tbody></table>",
                "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td title=\"x\">b</td></tr></tbody></table>",
            ),
            // Over a cell that comes from above.
            (
                "<table><tbody><tr><td>a</td><td rowspan=\"2\">b</td></tr><tr><td colspan=\"2\">c</td></tr></tbody></table>",
                "<table><tbody><tr><td>a</td><td rowspan=\"2\">b</td></tr><tr><td>c</td></tr></tbody></table>",
            ),
            // Words in another attribute are no attribute.
            (
                "<table><tbody><tr><td title=\"x colspan=\" rowspan=\"2\">a</td></tr></tbody></table>",
                "<table><tbody><tr><td title=\"x colspan=\">a</td></tr></tbody></table>",
            ),
            (
                "<table><tbody><tr><td title=\" colspan=\" colspan=\"7\">a</td></tr></tbody></table>",
                "<table><tbody><tr><td title=\" colspan=\">a</td></tr></tbody></table>",
            ),
            // A table in a table counts for itself.
            (
                "<table><tbody><tr><td colspan=\"2\"><table><tbody><tr><td colspan=\"9\">a</td></tr></tbody></table></td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
                "<table><tbody><tr><td colspan=\"2\"><table><tbody><tr><td>a</td></tr></tbody></table></td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
            ),
        ] {
            assert_eq!(cut_back(html).as_deref(), Some(expected), "{html}");
        }
        assert_eq!(cut_back("<table></table>"), None);
        let cells = "<td colspan=\"1000\">a</td>".repeat(20_000);
        let wide = format!("<table><tbody><tr>{cells}</tr></tbody></table>");
        assert!(!cut_back(&wide).unwrap_or_default().contains("colspan"));
    }
}
