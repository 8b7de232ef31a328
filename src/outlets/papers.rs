//! The papers that visible text links to, copied as they are.

use super::{Made, Outlet};
use crate::site::{Job, Plan, Site, Subject};

pub struct Papers;

impl Outlet for Papers {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        for (id, paper) in site.archive.papers.iter() {
            plan.add(site.routes.paper(id), Subject::Paper(id), Some(&paper.source));
        }
    }

    fn make<'a>(&self, job: &Job, site: &Site<'a>) -> Made<'a> {
        match job.subject {
            Subject::Paper(id) => Made::Copy(site.archive.papers[id].source.clone()),
            _ => Made::Bytes(Vec::new()),
        }
    }
}
