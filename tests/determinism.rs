//! The same bytes and the same messages: with one thread or many, whatever the order in which the
//! files were made, the time zone, the locale, the folder and the place it is built from, and built
//! over itself.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use minutebook::build::{self, Options, Progress};
use minutebook::report::human;

const TODAY: &str = "2026-06-15";

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &'static str, _: usize) {}
    fn step(&self) {}
}

type Files = BTreeMap<String, Vec<u8>>;

/// A site of some sixty meetings of three bodies, with papers, issues, slips of the pen, two people
/// of one name, items held back and withheld. Nothing here is left to chance.
fn site() -> Files {
    let mut files = Files::new();
    let mut put = |path: String, text: String| drop(files.insert(path, text.into_bytes()));
    put("site.toml".into(), "title = \"Eastmarsh\"\nbase_url = \"https://example.org/minutes/\"\ntime_zone = \"Europe/London\"\n[archive]\nundeclared = \"warn\"\n".into());
    put(
        "content/index.md".into(),
        "# Welcome\n\nThe record of Eastmarsh.\n".into(),
    );
    put(
        "content/pages/about.md".into(),
        "# About\n\nWho [[ada-lund]] is.\n".into(),
    );
    let people = [
        "Ada Lund",
        "Bram Oduya",
        "Cora Whitlock",
        "Dan O'Keane",
        "Élodie Prado",
        "Finn Gray",
    ];
    for (n, name) in people.iter().enumerate() {
        put(
            format!("content/people/person-{n}.md"),
            format!("---\nname: Councillor {name}\naliases: [Member {n}]\n---\nBorn by the sea.\n"),
        );
    }
    // Two of one name: what is said of them has an order of its own.
    put(
        "content/people/twin-b.md".into(),
        "---\nname: Gil Moss\n---\n".into(),
    );
    put(
        "content/people/twin-a.md".into(),
        "---\nname: Gil Moss\n---\n".into(),
    );
    let bodies = ["harbour", "allotments", "council"];
    for body in bodies {
        put(
            format!("content/bodies/{body}.md"),
            format!(
                "---\nname: The {body}\nmembers: [person-0, {{person: person-1, role: Chair}}, Hana Petrov]\n---\nTerms.\n"
            ),
        );
    }
    for issue in 0..8 {
        let related = (issue + 3) % 8;
        put(
            format!("content/issues/matter-{issue}.md"),
            format!(
                "---\ntitle: Matter {issue}\ntopics: [topic {}, water]\nrelated: [matter-{related}]\n---\nBackground.\n",
                issue % 3
            ),
        );
    }
    put(
        "content/decisions/2024-01-19-repair.md".into(),
        "---\ntitle: Repair\nissue: matter-1\n---\n## Decision\n1. To repair. | owner: Ada Lund\n".into(),
    );
    for n in 0..60usize {
        let body = bodies[n % 3];
        let date = format!("20{}-{:02}-{:02}", 23 + n % 4, 1 + n % 12, 1 + n % 28);
        let mut text = format!(
            "---\nstart: \"18:{:02}\"\nvenu: hall {n}\nattendance: {{present: [person-0, {}, Stranger {}]}}\n",
            n % 60,
            people[n % 6],
            n % 7
        );
        if n % 10 == 9 {
            text.push_str("publish_at: 2099-01-01\n");
        }
        text.push_str("---\n## Apologies\n- Cora Whitlock\n- Gil Moss\n\n");
        for item in 1..=3usize {
            let _ = write!(
                text,
                "## {item}. Business {}\n\n- Issue: Matter {}\n- Issue: Loose thread {}\n",
                item * n % 11,
                (n + item) % 8,
                (n * item) % 5
            );
            if item == 3 && n.is_multiple_of(4) {
                text.push_str("- Exempt: 3\n\n");
            }
            let _ = write!(
                text,
                "\nCouncillor Oduya asked Ada Lund; see [the last](../{}/2023-01-01.md) and [[nobody {}]].[^{item}]\n\n[^{item}]: A note.\n\n\
                 RESOLVED that matter {n} be settled.\n\n### Vote\n- For: 2 (person-0, Ivo Brandt)\n- Against: {item}\n\n\
                 ### Actions\n- [ ] Write | owner: Dan O'Keane | due: 2026-0{}-01\n\n### Documents\n- [Paper](paper-{}.pdf)\n\n",
                bodies[(n + 1) % 3],
                n % 4,
                1 + item,
                n % 3
            );
        }
        put(format!("content/meetings/{body}/{date}/index.md"), text);
        put(
            format!("content/meetings/{body}/{date}/paper-{}.pdf", n % 3),
            format!("paper {n}"),
        );
        put(
            format!("content/meetings/{body}/{date}/loose.pdf"),
            "nothing links here".into(),
        );
    }
    files
}

/// Writes a site; `backwards`, in the other order.
fn write(files: &Files, root: &Path, backwards: bool) {
    let mut all: Vec<_> = files.iter().collect();
    if backwards {
        all.reverse();
    }
    for (path, bytes) in all {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        std::fs::write(path, bytes).expect("a new file");
    }
}

fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|e| e.expect("an entry"))
        .filter(|e| e.file_type().is_file())
    {
        let name = entry
            .path()
            .strip_prefix(folder)
            .expect("below")
            .to_string_lossy()
            .into_owned();
        files.insert(name, std::fs::read(entry.path()).expect("a file"));
    }
    files
}

/// Builds in this process, with so many threads: the files and what was said.
fn built(root: &Path, threads: usize) -> (Files, String) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    let options = Options {
        root: root.to_owned(),
        output: root.join("public"),
        base_url: None,
        today: None,
        now: format!("{TODAY}T12:00:00Z").parse().expect("a moment"),
        drafts: false,
        keep_going: true,
        deny_warnings: false,
        home: None,
        program: String::new(),
        verify: false,
    };
    let outcome = pool.install(|| build::build(&options, &Silent));
    assert!(
        outcome.written.is_some(),
        "nothing was written: {:?}",
        outcome.failure
    );
    let said = outcome
        .report
        .diagnostics()
        .iter()
        .map(|d| human::show(d, None, false))
        .collect();
    (read(&root.join("public")), said)
}

fn same(a: &(Files, String), b: &(Files, String), what: &str) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&a.0), names(&b.0), "{what}: other files");
    for (name, bytes) in &a.0 {
        if *bytes != b.0[name] {
            let (old, new) = (
                String::from_utf8_lossy(bytes),
                String::from_utf8_lossy(&b.0[name]),
            );
            let line = old.lines().zip(new.lines()).find(|(x, y)| x != y);
            panic!("{what}: {name} differs: {line:?}");
        }
    }
    assert_eq!(a.1, b.1, "{what}: other messages");
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn threads_order_and_folder_leave_no_trace() {
    let files = site();
    let (one, other, deep) = (folder(), folder(), folder());
    write(&files, one.path(), false);
    let first = built(one.path(), 1);
    assert!(
        first.0.len() > 300,
        "the site is too small to tell: {} files",
        first.0.len()
    );
    for rule in [
        "unknown-key",
        "unknown-link",
        "undeclared",
        "ambiguous-reference",
        "unlinked-paper",
        "release-ahead",
    ] {
        assert!(
            first.1.contains(&format!("[{rule}]")),
            "{rule} is not among the messages"
        );
    }
    write(&files, other.path(), true);
    same(
        &first,
        &built(other.path(), 8),
        "eight threads, files made backwards, another folder",
    );
    let inner = deep.path().join("a folder/with spaces & ümlauts");
    write(&files, &inner, false);
    same(
        &first,
        &built(&inner, 3),
        "three threads, a folder with an odd name",
    );
    same(&first, &built(one.path(), 5), "built over itself");
}

/// What it is called; the folder it starts in; the site folder as it is given; the environment.
type Way<'w> = (&'w str, &'w Path, &'w Path, &'w [(&'w str, &'w str)]);

/// Builds with the command: the files, and what it printed but its summary.
fn command(root: &Path, from: &Path, given: &Path, environment: &[(&str, &str)]) -> (Files, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command
        .args(["build", "--keep-going", "--quiet", "--verbose", "--today", TODAY])
        .arg("--root")
        .arg(given);
    let output = command
        .current_dir(from)
        .envs(environment.iter().copied())
        .output()
        .expect("the command");
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(1), "{said}");
    (read(&root.join("public")), said)
}

#[test]
fn time_zone_locale_and_place_leave_no_trace() {
    let files = site();
    let root = folder();
    write(&files, root.path(), false);
    let here = PathBuf::from(".");
    let first = command(root.path(), root.path(), &here, &[]);
    let elsewhere = folder();
    let ways: [Way; 2] = [
        (
            "another time zone and locale, one thread",
            root.path(),
            &here,
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("LANG", "tr_TR.UTF-8"),
                ("RAYON_NUM_THREADS", "1"),
            ],
        ),
        (
            "another place, no colours, a narrow window",
            elsewhere.path(),
            root.path(),
            &[("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20")],
        ),
    ];
    for (what, from, given, environment) in ways {
        std::fs::remove_dir_all(root.path().join("public")).expect("an old site");
        same(&first, &command(root.path(), from, given, environment), what);
    }
}
