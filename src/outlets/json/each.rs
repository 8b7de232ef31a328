//! Lists of records that are made one by one, while they are written.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};

/// A list of which no more than one record is there at a time.
pub struct Each<'a, T>(Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>);

impl<'a, T> Each<'a, T> {
    /// What an iterator gives, anew each time it is written.
    pub fn of<I: Iterator<Item = T> + 'a>(list: impl Fn() -> I + 'a) -> Self {
        Self(Box::new(move || Box::new(list())))
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

/// Bytes that are held until they are written.
const HELD: usize = 64 * 1024;

/// Writes a file of JSON.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(HELD, out);
    serde_json::to_writer(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The same, with a line for each value.
pub fn write_pretty(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(HELD, out);
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()
}
