//! Tables as CSV (RFC 4180), for any outlet that publishes one.
//!
//! - UTF-8 behind a byte-order mark, without which a spreadsheet takes `é` and
//!   `–` for something else; what else reads CSV leaves the mark out.
//! - Lines end in CR LF, the first names the columns, and every row has as
//!   many cells.
//! - A text that a spreadsheet would run as a formula gets an apostrophe in
//!   front, as OWASP's page on CSV injection advises. Numbers and dates are
//!   typed here and never need one.
//!
//! Which tables there are, and what stands in them, is decided elsewhere.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::civil::Date;
use serde::Serialize;

use crate::model::Exemption;
use crate::paths::Url;
use crate::text::scan;

/// A column: its name in the first line, what it holds, and in words.
#[derive(Clone, Copy, Debug, Serialize, Hash)]
pub struct Column {
    /// In snake_case.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// One sentence for people, in English.
    pub about: &'static str,
}

/// What the cells of a column hold. Every cell may also be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    Text,
    /// Several texts, with `; ` between them.
    List,
    /// A whole number.
    Number,
    /// ISO 8601: `2024-03-12`.
    Date,
    /// `18:30`, in the time zone of the site.
    Time,
    /// `true` or `false`.
    Flag,
    /// A whole address, or one below the host where the site has no base URL.
    Address,
}

/// One column, in one line.
pub const fn column(name: &'static str, kind: ColumnKind, about: &'static str) -> Column {
    Column { name, kind, about }
}

/// A file of a table, for those who describe it.
pub struct Published {
    /// Its name, without `.csv`.
    pub name: &'static str,
    /// What a row is, in one sentence, in English.
    pub about: &'static str,
    pub columns: &'static [Column],
    pub url: Url,
}

/// What stands in one place.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(i64),
    Date(Date),
    Flag(bool),
}

impl<'a> Cell<'a> {
    /// The same, holding its text itself.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Empty => Cell::Empty,
            Cell::Number(number) => Cell::Number(number),
            Cell::Date(date) => Cell::Date(date),
            Cell::Flag(flag) => Cell::Flag(flag),
        }
    }

    /// Several texts in one cell.
    pub fn list<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> Self {
        let mut out = String::new();
        for part in parts {
            if !out.is_empty() {
                out.push_str("; ");
            }
            out.push_str(part.as_ref());
        }
        out.into()
    }
}

/// `yes`, or the reason, of something that is withheld.
pub fn withheld(exempt: Option<&Exemption>) -> Cell<'_> {
    Cell::from(exempt.map(|e| match e.reason.as_str() {
        "" => "yes",
        reason => reason,
    }))
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Cell::Text(Cow::Owned(text))
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        Cell::Flag(flag)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Number(i64::from(number))
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A table that is written as it is made.
pub struct Csv<'w> {
    writer: ::csv::Writer<&'w mut dyn Write>,
    width: usize,
    /// The first thing that could not be written, after which nothing is.
    failed: Option<::csv::Error>,
}

impl<'w> Csv<'w> {
    /// Begins with the names of the columns.
    pub fn new(columns: &[Column], out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all("\u{feff}".as_bytes())?;
        let writer = ::csv::WriterBuilder::new()
            .terminator(::csv::Terminator::CRLF)
            .flexible(true)
            .buffer_capacity(64 * 1024)
            .from_writer(out);
        let mut csv = Self {
            writer,
            width: columns.len(),
            failed: None,
        };
        csv.row(columns.iter().map(|c| Cell::from(c.name)));
        Ok(csv)
    }

    /// Adds a row. It has a cell for each column; a row that is too short is
    /// filled up, and what is too much left out.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) {
        if self.failed.is_none() {
            self.failed = self.write(cells.into_iter()).err();
        }
    }

    /// Writes what is held. What went wrong before is told here.
    pub fn finish(mut self) -> io::Result<()> {
        match self.failed.map(::csv::Error::into_kind) {
            Some(::csv::ErrorKind::Io(error)) => Err(error),
            Some(other) => Err(io::Error::other(format!("{other:?}"))),
            None => self.writer.flush(),
        }
    }

    fn write<'c>(&mut self, mut cells: impl Iterator<Item = Cell<'c>>) -> ::csv::Result<()> {
        for _ in 0..self.width {
            let cell = cells.next();
            debug_assert!(cell.is_some(), "a cell for each column");
            self.writer
                .write_field(shown(cell.unwrap_or(Cell::Empty)).as_bytes())?;
        }
        debug_assert!(cells.next().is_none(), "a cell for each column");
        self.writer.write_record(None::<&[u8]>)
    }
}

fn shown(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => defused(text),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Date(date) => Cow::Owned(date.to_string()),
        Cell::Flag(flag) => Cow::Borrowed(if flag { "true" } else { "false" }),
    }
}

/// A text that no spreadsheet takes for a formula, without characters that
/// none can show.
fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    let unseen = |c: char| c.is_control() && c != '\n' && c != '\t';
    // What none of these bytes begins holds nothing of the kind.
    let rare = |b: u8| ((b < b' ') & (b != b'\t') & (b != b'\n')) | (b == 0x7f) | (b == 0xC2);
    let text = if scan::position(text.as_bytes(), rare).is_some() && text.contains(unseen) {
        Cow::Owned(text.replace("\r\n", "\n").replace(unseen, " "))
    } else {
        text
    };
    // Wide forms too: some input methods and programs take them for the narrow ones.
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let first = text.chars().next().unwrap_or(' ');
    if text.trim_start().starts_with(formula) || first == '\t' || first == '\n' {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        column("id", ColumnKind::Text, "The id."),
        column("day", ColumnKind::Date, "The day."),
        column("count", ColumnKind::Number, "How many."),
    ];

    fn cell(text: &str) -> String {
        let text = table(&COLUMNS[..1], |csv| csv.row([text.into()]));
        let rest = text.strip_prefix("\u{feff}id\r\n").expect("mark and names");
        rest.strip_suffix("\r\n").expect("the end of a line").to_owned()
    }

    fn table(columns: &[Column], fill: impl FnOnce(&mut Csv)) -> String {
        let mut out = Vec::new();
        let mut csv = Csv::new(columns, &mut out).expect("a vector takes every byte");
        fill(&mut csv);
        csv.finish().expect("a vector takes every byte");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn lines_and_quotes_are_those_of_rfc_4180() {
        let text = table(COLUMNS, |csv| {
            csv.row([
                "a \"b\", c".into(),
                Date::constant(2024, 3, 12).into(),
                5u32.into(),
            ]);
            csv.row(["two\nlines".into(), None::<Date>.into(), Cell::Number(-5)]);
        });
        assert_eq!(
            text,
            "\u{feff}id,day,count\r\n\"a \"\"b\"\", c\",2024-03-12,5\r\n\"two\nlines\",,-5\r\n"
        );
    }

    #[test]
    fn a_full_disk_is_told() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                match bytes {
                    // The mark at the beginning still fits.
                    [_, _, _] => Ok(3),
                    _ => Err(io::ErrorKind::StorageFull.into()),
                }
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut full = Full;
        let mut csv = Csv::new(&COLUMNS[..1], &mut full).expect("it begins");
        (0..100_000).for_each(|_| csv.row(["a".into()]));
        let told = csv.finish().map_err(|error| error.kind());
        assert_eq!(told, Err(io::ErrorKind::StorageFull));
    }

    #[test]
    fn a_formula_is_text() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+44 1234", "'+44 1234"),
            ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("\tx", "'\tx"),
            ("1-1=0", "1-1=0"),
            ("a\u{0}b", "a b"),
            ("a\r\nb", "\"a\nb\""),
            ("–", "–"),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    #[test]
    fn several_stand_in_one_cell() {
        assert_eq!(Cell::list(["a", "b"]), Cell::from("a; b".to_owned()));
        assert_eq!(Cell::list(Vec::<String>::new()), Cell::from(String::new()));
    }
}
