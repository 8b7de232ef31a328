//! The theme's own files: style sheets, icons.

use super::{Made, Outlet};
use crate::site::{Job, Plan, Site, Subject};

pub struct Assets {
    /// Names below `static/`.
    pub names: Vec<String>,
}

impl Outlet for Assets {
    fn plan(&self, site: &Site, plan: &mut Plan) {
        for name in &self.names {
            plan.add(site.routes.asset(name), Subject::File(name.clone()), None);
        }
    }

    fn make<'a>(&self, job: &Job, _site: &Site<'a>) -> Made<'a> {
        match &job.subject {
            Subject::File(name) => Made::Asset(name.clone()),
            _ => Made::Bytes(Vec::new()),
        }
    }
}
