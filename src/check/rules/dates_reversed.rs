//! `dates-reversed`: a body, a seat or a term that ends before it begins.

use jiff::civil::Date;

use crate::check::scene::{Scene, told};
use crate::paths::{SourcePath, Span};
use crate::report::{Report, rules};
use crate::text::dates;

pub fn check(scene: &Scene, report: &mut Report) {
    let mut look =
        |what: String, from: Option<Date>, to: Option<Date>, path: &SourcePath, span: Option<Span>| {
            if let (Some(from), Some(to)) = (from, to)
                && to < from
            {
                let words = format!(
                    "{what} ends on {}, before it begins on {}",
                    dates::long(to),
                    dates::long(from)
                );
                report.push(
                    told(&rules::DATES_REVERSED, path, span, words)
                        .help("exchange `from` and `to`, or correct one"),
                );
            }
        };
    for body in scene.archive.bodies.rows() {
        let Some(path) = &body.source else { continue };
        look("this body".to_owned(), body.from, body.to, path, None);
        for member in &body.members {
            let what = format!("the membership of {}", scene.name(member.person));
            look(what, member.from, member.to, path, Some(member.span));
        }
    }
    for person in scene.archive.people.rows() {
        let Some(path) = &person.source else { continue };
        for (ward, from, to) in &person.terms {
            let what = match ward {
                Some(ward) => format!("the term for {ward}"),
                None => "a term".to_owned(),
            };
            look(what, *from, *to, path, None);
        }
    }
}
