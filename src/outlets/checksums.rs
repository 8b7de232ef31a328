//! The SHA-256 of every file of the site, as `sha256sum` reads it: in the
//! folder of a copy, `sha256sum --check sha256sums.txt`. It is made last, from
//! what was written, and holds all files but itself.

use std::fmt::Write as _;

use super::{Made, Outlet};
use crate::hash::Sha256;
use crate::paths::{OutPath, Url};
use crate::site::{Job, Offer, Plan, Site, Subject};

pub struct Checksums;

impl Outlet for Checksums {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        if !site.config.checksums {
            return;
        }
        let url = Url::new("sha256sums.txt");
        plan.add(url.clone(), Subject::File("sha256sums".to_owned()), None);
        plan.offer(
            &site.routes.list("data"),
            Offer {
                kind: "text/plain",
                href: site.routes.href(&url),
                word: "checksums",
                title: None,
            },
        );
    }

    fn make<'a>(&self, _job: &Job, _site: &Site<'a>) -> Made<'a> {
        Made::Last(list)
    }
}

/// The files in the order of their paths.
fn list(files: &[(&OutPath, Sha256)]) -> Vec<u8> {
    let mut out = String::with_capacity(files.len() * 110);
    for (path, sum) in files {
        let _ = writeln!(out, "{sum}  {path}");
    }
    out.into_bytes()
}
