//! What may have changed since it was last looked at.

use std::collections::BTreeSet;

/// Files below the site folder, with `/` between their parts; or everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    Files(BTreeSet<String>),
    Everything,
}

/// More files than this are looked for by reading the folder.
const MANY: usize = 500;

impl Default for Touched {
    fn default() -> Self {
        Touched::Files(BTreeSet::new())
    }
}

impl Touched {
    pub fn one(path: impl Into<String>) -> Self {
        Touched::Files(BTreeSet::from([path.into()]))
    }

    pub fn is_none(&self) -> bool {
        matches!(self, Touched::Files(files) if files.is_empty())
    }

    pub fn add(&mut self, more: Touched) {
        match (&mut *self, more) {
            (Touched::Files(files), Touched::Files(more)) => {
                files.extend(more);
                if files.len() > MANY {
                    *self = Touched::Everything;
                }
            }
            (_, Touched::Everything) => *self = Touched::Everything,
            (Touched::Everything, _) => {}
        }
    }
}
