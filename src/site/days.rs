//! Days in the words of a site's language.

use jiff::civil::Date;

/// What the twelve months and the seven days are called, from January and
/// from Monday.
#[derive(Clone, Debug, Default)]
pub struct Days {
    pub months: Vec<String>,
    /// Where there is little room.
    pub short_months: Vec<String>,
    pub weekdays: Vec<String>,
}

impl Days {
    /// `27 June 2017`
    pub fn long(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), self.month(date.month()), date.year())
    }

    /// `27 Jun 2017`
    pub fn short(&self, date: Date) -> String {
        let month = self.short_month(date.month());
        format!("{} {month} {}", date.day(), date.year())
    }

    /// `Tuesday`
    pub fn weekday(&self, date: Date) -> &str {
        nth(&self.weekdays, date.weekday().to_monday_zero_offset())
    }

    /// The name of a month, 1 to 12.
    pub fn month(&self, month: i8) -> &str {
        nth(&self.months, month - 1)
    }

    /// Its short name.
    pub fn short_month(&self, month: i8) -> &str {
        nth(&self.short_months, month - 1)
    }
}

fn nth(names: &[String], at: i8) -> &str {
    let name = usize::try_from(at).ok().and_then(|at| names.get(at));
    name.map_or("", String::as_str)
}
