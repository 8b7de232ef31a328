//! The arithmetic of attendance: each case of `tests/attendance/*.md` is a small site and the
//! figures of each body, worked out by hand and told in the prose above them. How a case is
//! written is told in `support/cases.rs`.

#[path = "support/cases.rs"]
mod cases;

use std::fmt::Write;

use cases::{Case, Change};
use minutebook::assemble::assemble;
use minutebook::config::{self, Config};
use minutebook::document::{self, Labels};
use minutebook::model::{Archive, BodyId, Figures, How, PersonId};
use minutebook::source::memory;

fn archive(case: &Case) -> Archive {
    let (sources, _) = memory::read(&case.files());
    let config = match &sources.config {
        Some(file) => config::read(&file.path, &file.text).0,
        None => Config::default(),
    };
    let (labels, _) = Labels::with(&config.labels);
    let (documents, _) = document::parse(&sources.records, &labels, case.today());
    assemble(documents, &sources, &config, case.today()).0
}

fn figures(archive: &Archive, body: Option<BodyId>, person: PersonId) -> Figures {
    let mut counted = Vec::new();
    let sittings = archive.people[person]
        .sittings
        .iter()
        .map(|id| &archive.sittings[*id]);
    Figures::of(sittings.filter(|s| match body {
        Some(body) => s.body == body,
        // A joint meeting is one meeting.
        None => {
            let first = !counted.contains(&s.meeting);
            counted.push(s.meeting);
            first
        }
    }))
}

fn words(figures: &Figures) -> String {
    let mut parts = Vec::new();
    let counts = |row: &[u32; 6]| -> Vec<String> {
        let named = How::EXPECTED.iter().zip(row).filter(|(_, n)| **n > 0);
        named.map(|(how, n)| format!("{n} {}", how.name())).collect()
    };
    if let Some(percent) = figures.percent() {
        parts.push(format!(
            "{} of {} ({percent} %): {}",
            figures.attended(),
            figures.meetings(),
            counts(&figures.expected).join(", ")
        ));
    }
    if figures.stood_in > 0 {
        parts.push(format!("{} stood in", figures.stood_in));
    }
    let beyond = counts(&figures.beyond).join(", ");
    if !beyond.is_empty() {
        parts.push(format!("not expected: {beyond}"));
    }
    parts.join("; ")
}

fn told(case: &Case) -> String {
    let archive = archive(case);
    let mut out = String::new();
    for body in &archive.order.bodies {
        let people: Vec<PersonId> = archive
            .order
            .people
            .iter()
            .copied()
            .filter(|p| !figures(&archive, Some(*body), *p).is_empty())
            .collect();
        if people.is_empty() {
            continue;
        }
        writeln!(out, "{}", archive.bodies[*body].name).expect("text");
        for person in people {
            let name = &archive.people[person].name;
            writeln!(
                out,
                "  {name}: {}",
                words(&figures(&archive, Some(*body), person))
            )
            .expect("text");
        }
    }
    if case
        .fence("expected")
        .is_some_and(|f| f.text().contains("Together\n"))
    {
        out.push_str("Together\n");
        for person in &archive.order.people {
            let name = &archive.people[*person].name;
            writeln!(out, "  {name}: {}", words(&figures(&archive, None, *person))).expect("text");
        }
    }
    out
}

fn difference(case: &Case) -> Option<(String, Option<Change>)> {
    case.differs("text", "expected", &told(case))
}

#[test]
fn every_figure_is_the_one_worked_out_by_hand() {
    cases::settle("attendance", difference);
}
