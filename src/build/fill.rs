//! What is in a file that an outlet made: its bytes, or how they are written.
//!
//! A page with long lists is rendered without them first; then each list is
//! where its mark stands, piece by piece.

use std::borrow::Cow;
use std::hash::Hash;
use std::io::{self, Write};

use memchr::memmem;

use crate::hash::{Digest, Sha256, Taker};
use crate::outlets::{Lists, Made, View};
use crate::paths::{OutPath, SourcePath};
use crate::site::Site;
use crate::theme::{Fault, Theme};

/// A made file, or what stands for it as long as it is not for us to make.
pub(super) enum Filled<'a> {
    Held(Cow<'a, [u8]>),
    /// Too large to be held.
    Flows(Flow<'a>),
    Copy(SourcePath),
    Many(Vec<(OutPath, Vec<u8>)>),
    Last(fn(&[(&OutPath, Sha256)]) -> Vec<u8>),
}

/// Writes a file as it is made.
pub(super) type Flow<'a> = Box<dyn FnOnce(&mut dyn Write) -> Result<(), Failed> + 'a>;

/// Why a file could not be made.
pub(super) enum Failed {
    Theme(Fault),
    Write(io::Error),
}

/// What a page is made from: one with another key may be another. Of other
/// files nothing short of themselves tells.
pub(super) fn key(around: Digest, made: &Made) -> Option<Digest> {
    let (Made::View { template, view } | Made::Long { template, view, .. }) = made else {
        return None;
    };
    let mut taker = Taker::default();
    (around, template, view).hash(&mut taker);
    Some(taker.digest())
}

pub(super) fn fill<'a>(made: Made<'a>, theme: &'a Theme, site: &'a Site<'a>) -> Result<Filled<'a>, Fault> {
    Ok(match made {
        Made::View { template, view } => Filled::Held(theme.render(template, &view)?.into()),
        Made::Long {
            template,
            view,
            lists,
        } => Filled::Flows(Box::new(move |out| {
            long((theme, site), (template, &view), &lists, out)
        })),
        Made::Bytes(bytes) => Filled::Held(bytes.into()),
        Made::Stream(write) => Filled::Flows(Box::new(move |out| write(site, out).map_err(Failed::Write))),
        Made::Asset(name) => Filled::Held(theme.asset(&name).unwrap_or_default().into()),
        Made::Copy(source) => Filled::Copy(source),
        Made::Many(files) => Filled::Many(files),
        Made::Last(make) => Filled::Last(make),
    })
}

fn long(
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
