//! What making the search index costs by itself: processor time, and memory
//! above what the archive takes.
//!
//! `cargo bench --bench search -- SITE_FOLDER [TODAY]`; see the README beside.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program that measures reads its arguments and prints"
)]

use std::path::Path;
use std::time::Instant;

use minutebook::assemble::assemble;
use minutebook::document::{self, Labels};
use minutebook::outlets::{self, Made};
use minutebook::site::{Site, Words};
use minutebook::{config, source};

/// Seconds of processor time of this process, and its largest memory in MiB:
/// what Linux tells of them.
fn used() -> (f64, f64) {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
    let stat = read("stat");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    let peak = read("status")
        .lines()
        .find_map(|l| {
            l.strip_prefix("VmHWM:")?
                .trim()
                .split(' ')
                .next()?
                .parse::<f64>()
                .ok()
        })
        .unwrap_or(0.0);
    ((ticks(11) + ticks(12)) / 100.0, peak / 1024.0)
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let Some(root) = arguments.first() else {
        println!("cargo bench --bench search -- SITE_FOLDER");
        return;
    };
    let (sources, _) = source::disk::read(Path::new(root));
    let config = sources
        .config
        .as_ref()
        .map_or_else(Default::default, |file| config::read(&file.path, &file.text).0);
    let (labels, _) = Labels::with(&config.labels);
    let today = arguments
        .get(1)
        .and_then(|day| day.parse().ok())
        .unwrap_or(jiff::civil::date(2026, 11, 22));
    let (documents, _) = document::parse(&sources.records, &labels, today);
    let (archive, _) = assemble(documents, &sources, &config, today);
    let site = Site::new(&archive, &config, Words::default(), today);
    let list = outlets::list(Vec::new());
    let (jobs, _) = outlets::plan(&list, &site).finish();
    let (cpu, memory) = used();
    let begin = Instant::now();
    for job in jobs
        .iter()
        .filter(|job| job.url.as_str().starts_with("search/index/"))
    {
        if let Made::Many(files) = list[job.outlet].make(job, &site) {
            let bytes: usize = files.iter().map(|f| f.1.len()).sum();
            let (cpu_now, memory_now) = used();
            println!(
                "index of {} meetings: {:.1} s CPU, {:.1} s wall, {:.0} MiB above the {memory:.0} MiB before, {:.1} MB in {} files",
                archive.meetings.len(),
                cpu_now - cpu,
                begin.elapsed().as_secs_f64(),
                memory_now - memory,
                bytes as f64 / 1e6,
                files.len()
            );
        }
    }
}
