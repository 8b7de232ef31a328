//! Filters for templates. They are pure: a value in, a text out.

use std::sync::Arc;

use jiff::civil::Date;
use tera::{Kwargs, State, Tera};

use super::strings::Strings;
use crate::site::Days;
use crate::text::{dates, links};

pub fn register(tera: &mut Tera, strings: &Strings) {
    let days = Arc::new(strings.days());
    let of_day = |words: fn(&Days, Date) -> String| {
        let days = Arc::clone(&days);
        move |date: &str, _: Kwargs, _: &State| match dates::iso(date) {
            Ok(date) => words(&days, date),
            Err(_) => date.to_owned(),
        }
    };
    let of_month = |words: fn(&Days, i8) -> &str| {
        let days = Arc::clone(&days);
        move |month: i64, _: Kwargs, _: &State| words(&days, month.clamp(1, 12) as i8).to_owned()
    };
    tera.register_filter("long_date", of_day(Days::long));
    tera.register_filter("short_date", of_day(Days::short));
    tera.register_filter("weekday", of_day(|days, date| days.weekday(date).to_owned()));
    tera.register_filter("month_name", of_month(Days::month));
    tera.register_filter("short_month", of_month(Days::short_month));
    tera.register_filter("contact_href", |text: &str, _: Kwargs, _: &State| {
        links::of_contact(text).unwrap_or_default()
    });
}
