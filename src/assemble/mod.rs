//! All documents into one archive: mentions become ids, names without a file
//! become records, and every record learns who speaks of it.
//!
//! Nothing above this stage looks a name up. What a page shows and where it
//! stands is left to `site` and the outlets.

pub mod again;
mod attendance;
mod backlinks;
mod called;
mod collect;
mod line;
mod links;
mod meetings;
pub mod names;
mod papers;
mod people;
mod resolve;
mod roll;
mod sections;
mod sentence;

use again::Kept;
use jiff::civil::Date;

use crate::config::Config;
use crate::document::Documents;
use crate::model::Archive;
use crate::report::Report;
use crate::source::Sources;

/// Puts an archive together, as it is on a day.
pub fn assemble(documents: Documents, sources: &Sources, config: &Config, today: Date) -> (Archive, Report) {
    let (archive, _, report) = assemble_to_keep(documents, sources, config, today);
    (archive, report)
}

/// The same, and what is needed to put a meeting of it together again.
pub fn assemble_to_keep(
    documents: Documents,
    sources: &Sources,
    config: &Config,
    today: Date,
) -> (Archive, Kept, Report) {
    let mut report = Report::new();
    let collected = collect::collect(documents, sources, config, &mut report);
    let entangled = report.diagnostics().iter().map(|d| d.path.clone()).collect();
    let (mut archive, world) = meetings::resolve(collected, sources, today, &mut report);
    let (items, decisions) = (archive.items.ids(), archive.decisions.ids());
    called::tell(&mut archive, items, decisions);
    backlinks::add(&mut archive);
    attendance::add(&mut archive, today);
    archive.today = Some(today);
    (archive, Kept { world, entangled }, report)
}
