//! Filters for templates. They are pure: a value in, a text out.

use jiff::civil::Date;
use tera::{Kwargs, State, Tera};

use super::strings::Strings;
use crate::text::{dates, links};

pub fn register(tera: &mut Tera, strings: &Strings) {
    let months = strings.months.clone();
    tera.register_filter(
        "long_date",
        move |date: &str, _: Kwargs, _: &State| match dates::iso(date) {
            Ok(date) => long(date, &months),
            Err(_) => date.to_owned(),
        },
    );
    tera.register_filter("contact_href", |text: &str, _: Kwargs, _: &State| {
        links::of_contact(text).unwrap_or_default()
    });
    let short = strings.short_months();
    tera.register_filter(
        "short_date",
        move |date: &str, _: Kwargs, _: &State| match dates::iso(date) {
            Ok(date) => {
                let month = &short[(date.month() - 1) as usize];
                format!("{} {month} {}", date.day(), date.year())
            }
            Err(_) => date.to_owned(),
        },
    );
    let months = strings.months.clone();
    tera.register_filter("month_name", move |month: i64, _: Kwargs, _: &State| {
        let at = usize::try_from(month - 1).unwrap_or(0);
        months
            .get(at)
            .cloned()
            .unwrap_or_else(|| dates::month_name(month.clamp(1, 12) as i8).to_owned())
    });
    let short = strings.short_months();
    tera.register_filter("short_month", move |month: i64, _: Kwargs, _: &State| {
        short[(month.clamp(1, 12) - 1) as usize].clone()
    });
    let weekdays = strings.weekdays.clone();
    tera.register_filter(
        "weekday",
        move |date: &str, _: Kwargs, _: &State| match dates::iso(date) {
            Ok(date) => {
                let at = date.weekday().to_monday_zero_offset() as usize;
                weekdays
                    .get(at)
                    .cloned()
                    .unwrap_or_else(|| dates::weekday(date).to_owned())
            }
            Err(_) => String::new(),
        },
    );
}

fn long(date: Date, months: &[String]) -> String {
    match months.get((date.month() - 1) as usize) {
        Some(month) => format!("{} {month} {}", date.day(), date.year()),
        None => dates::long(date),
    }
}
