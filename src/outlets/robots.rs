//! `/robots.txt` (RFC 9309): everything may be read.

use super::{Made, Outlet};
use crate::paths::Url;
use crate::site::{Job, Plan, Site, Subject};

pub struct Robots;

impl Outlet for Robots {
    fn plan(&self, _site: &Site, plan: &mut Plan) {
        plan.add(Url::new("robots.txt"), Subject::File("robots.txt".into()), None);
    }

    fn make<'a>(&self, _job: &Job, site: &Site<'a>) -> Made<'a> {
        let mut text = String::from("User-agent: *\nAllow: /\n");
        if let Some(address) = site.routes.absolute(&Url::new("sitemap.xml")) {
            text.push_str(&format!("\nSitemap: {address}\n"));
        }
        Made::Bytes(text.into_bytes())
    }
}
