//! The way back loses nothing: every record of the example archive is read, written anew, and read
//! as the same record.

use std::path::Path;

use jiff::civil::date;
use minutebook::document::written::again;
use minutebook::document::{self, Labels, Record};
use minutebook::hash::Digest;
use minutebook::report::Report;
use minutebook::source::{Source, disk};

/// What a record says, without the places at which it says it.
fn said(source: &Source) -> String {
    let (documents, report) = document::parse(
        std::slice::from_ref(source),
        &Labels::default(),
        date(2026, 11, 22),
    );
    let told: Vec<&str> = report.diagnostics().iter().map(|d| d.rule.name).collect();
    let records: Vec<&Record> = documents.documents.iter().map(|d| &d.record).collect();
    without_places(&format!("{records:#?} {:#?} {told:?}", documents.hidden))
}

/// Drops the places: byte offsets, which move when a file is laid out anew.
fn without_places(debug: &str) -> String {
    let (mut out, mut inside) = (String::new(), None);
    for line in debug.lines() {
        let depth = line.len() - line.trim_start().len();
        match inside {
            Some(end) if depth > end => continue,
            Some(_) => inside = None,
            None => {}
        }
        if line.ends_with("Span {") || line.ends_with("exempt: {") || line.ends_with("withheld: [") {
            inside = Some(depth);
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[test]
fn every_record_of_the_example_is_the_same_when_it_is_written_anew() {
    let (sources, _) = disk::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(sources.records.len() > 150, "the example archive");
    for source in &sources.records {
        let mut report = Report::new();
        let record = again(&source.path, &source.text, &Labels::default(), &mut report).expect("readable");
        let text = record.write();
        let anew = Source {
            text: text.as_str().into(),
            digest: Digest::of(text.as_bytes()),
            ..source.clone()
        };
        assert_eq!(said(source), said(&anew), "{}\n{text}", source.path);
        let twice = again(&source.path, &text, &Labels::default(), &mut report);
        assert_eq!(twice.as_ref(), Some(&record), "{}", source.path);
    }
}
