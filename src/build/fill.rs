//! A page with long lists: the page around them is rendered first, then each
//! list where its mark stands, piece by piece.

use std::io::{self, Write};

use memchr::memmem;

use crate::outlets::{Lists, View};
use crate::site::Site;
use crate::theme::{Fault, Theme};

/// Why such a page could not be made.
pub(super) enum Failed {
    Theme(Fault),
    Write(io::Error),
}

pub(super) fn render(
    (theme, site): (&Theme, &Site),
    (template, view): (&str, &View),
    lists: &Lists,
    out: &mut dyn Write,
) -> Result<(), Failed> {
    let page = theme.render(template, view).map_err(Failed::Theme)?;
    let mut rest = page.as_slice();
    // Where a theme shows them in another order, or not at all.
    while let Some((at, number)) = first(rest, &lists.marks) {
        out.write_all(&rest[..at]).map_err(Failed::Write)?;
        let mut done = Ok(());
        (lists.pieces)(site, number, &mut |template, piece| {
            if done.is_ok() {
                done = theme
                    .render(template, &piece)
                    .map_err(Failed::Theme)
                    .and_then(|html| out.write_all(&html).map_err(Failed::Write));
            }
        });
        done?;
        rest = &rest[at + lists.marks[number].len()..];
    }
    out.write_all(rest).map_err(Failed::Write)
}

/// The first mark, and which it is.
fn first(page: &[u8], marks: &[String]) -> Option<(usize, usize)> {
    let found = marks.iter().enumerate();
    found
        .filter_map(|(n, mark)| Some((memmem::find(page, mark.as_bytes())?, n)))
        .min()
}
