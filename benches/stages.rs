//! The stages one by one, on a council made here: the same bytes every time.
//! Whole processes are measured elsewhere; this tells which stage grew.

use std::collections::BTreeMap;
use std::fmt::Write;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use minutebook::assemble::assemble;
use minutebook::config::Config;
use minutebook::document::{self, Labels};
use minutebook::outlets::{self, Made};
use minutebook::site::{Site, Words};
use minutebook::source;

const TODAY: Date = date(2026, 11, 22);
const MEETINGS: usize = 200;

/// A linear congruential generator: enough for words.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

const WORDS: &[&str] = &[
    "the",
    "committee",
    "noted",
    "report",
    "on",
    "roads",
    "and",
    "bridges",
    "budget",
    "of",
    "harbour",
    "members",
    "asked",
    "whether",
    "works",
    "would",
    "begin",
    "before",
    "winter",
    "officer",
    "replied",
    "that",
    "tenders",
    "were",
    "due",
];

fn sentence(dice: &mut Dice, words: usize) -> String {
    let mut out = String::from("Then");
    for _ in 0..words {
        out.push(' ');
        out.push_str(WORDS[dice.roll(WORDS.len())]);
    }
    out + "."
}

/// `MEETINGS` meetings of five bodies with eight items each.
fn council() -> BTreeMap<String, Vec<u8>> {
    let mut dice = Dice(7);
    let mut files = BTreeMap::new();
    for n in 0..60 {
        let text = format!("---\nname: Person{n} Surname{n}\n---\n");
        files.insert(format!("content/people/person{n}.md"), text.into_bytes());
    }
    for n in 0..MEETINGS {
        let mut text = String::from("---\nstatus: held\nattendance:\n  present: [");
        for _ in 0..10 {
            let _ = write!(text, "person{}, ", dice.roll(60));
        }
        text.push_str("]\n---\n");
        for item in 1..=8 {
            let _ = write!(
                text,
                "\n## {item}. Item {}\n- Issue: Issue {}\n\n### Minutes\n",
                sentence(&mut dice, 4),
                dice.roll(40)
            );
            for _ in 0..4 {
                let who = dice.roll(60);
                let (before, after) = (sentence(&mut dice, 40), sentence(&mut dice, 40));
                let _ = write!(text, "{before} Person{who} Surname{who} spoke. {after}\n\n");
            }
            let _ = write!(text, "### Resolved\n1. {}\n", sentence(&mut dice, 10));
        }
        let (year, month, day) = (2000 + n / 60, 1 + n / 5 % 12, 1 + n % 5);
        files.insert(
            format!("content/meetings/body{}/{year}-{month:02}-{day:02}.md", n % 5),
            text.into_bytes(),
        );
    }
    files
}

fn stages(c: &mut Criterion) {
    let files = council();
    let bytes: usize = files.values().map(Vec::len).sum();
    let (sources, _) = source::memory::read(&files);
    let labels = Labels::default();
    let config = Config::default();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("parse", |b| {
        b.iter(|| document::parse(&sources.records, &labels, TODAY))
    });
    group.bench_function("assemble", |b| {
        b.iter_batched(
            || document::parse(&sources.records, &labels, TODAY).0,
            |documents| assemble(documents, &sources, &config, TODAY),
            criterion::BatchSize::LargeInput,
        );
    });
    let (archive, _) = assemble(
        document::parse(&sources.records, &labels, TODAY).0,
        &sources,
        &config,
        TODAY,
    );
    let site = Site::new(&archive, &config, Words::default(), TODAY);
    let list = outlets::list(Vec::new());
    group.bench_function("plan", |b| b.iter(|| outlets::plan(&list, &site).finish()));
    let (jobs, _) = outlets::plan(&list, &site).finish();
    group.bench_function("views", |b| {
        b.iter(|| {
            let pages = jobs.iter().map(|job| match list[job.outlet].make(job, &site) {
                Made::View { .. } | Made::Long { .. } => 1,
                Made::Stream(write) => {
                    write(&site, &mut std::io::sink()).expect("a sink takes all");
                    0
                }
                _ => 0,
            });
            pages.sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
