//! A preview that looked at what was saved shows what one shows that begins
//! anew: after each edit of `tests/incremental/edits.toml` every file is that
//! of a clean build, byte for byte; and after each of many edits of the
//! example, made by chance, both have the same archive, plan and report.

#[path = "support/site.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod site;

#[path = "support/edits.rs"]
mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use edits::{EDITS, Edits, edit, put, put_site};
use jiff::Timestamp;
use jiff::civil::Date;
use minutebook::build::{Anew, Preview, Seen};
use minutebook::serve::{Content, Made, Touched};
use site::{TODAY, build_on, options};

fn noon() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().expect("a moment")
}

fn preview(root: &Path, today: Date) -> Preview {
    Preview::new(options(root, &root.join("public"), None, today), noon)
}

fn first(preview: &mut Preview) -> Seen {
    preview.look(&Touched::Everything).expect("a first look")
}

/// What a preview answers for a file.
fn made(preview: &Preview, root: &Path, path: &str) -> Option<Vec<u8>> {
    let shown = preview.shown().expect("a site");
    let minutebook::serve::Place::File(file) = shown.place(path) else {
        return None;
    };
    match shown.make(&file, None).expect("made") {
        Made::Bytes(_, bytes) => Some(bytes),
        Made::Copy(source) => Some(fs::read(root.join(source)).expect("a paper")),
        Made::Same | Made::Group(_) => None,
    }
}

#[test]
fn after_an_edit_every_file_is_that_of_a_clean_build() {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join(EDITS);
    let edits: Edits = toml::from_str(&fs::read_to_string(place).expect("the edits")).expect("edits");
    let mut compared = 0;
    for case in edits.edit.iter().filter(|case| case.today.is_none()) {
        if !case.spoil.is_empty() || !case.lose.is_empty() {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("site");
        put_site(&root);
        let mut preview = preview(&root, TODAY);
        first(&mut preview);
        edit(&root, &folder.path().join("public"), case);
        let touched: BTreeSet<String> = case
            .replace
            .iter()
            .map(|r| &r[0])
            .chain(case.moves.iter().flatten())
            .chain(case.write.iter().map(|w| &w[0]))
            .chain(case.delete.iter().chain(&case.touch))
            .cloned()
            .collect();
        preview.look(&Touched::Files(touched));

        let clean = folder.path().join("clean");
        let outcome = build_on(&root, &clean, None, TODAY);
        assert!(outcome.written.is_some(), "{}", case.name);
        for (path, bytes) in site::files(&clean) {
            // The search index, and the sums over it, are made with it.
            if let Some(made) = made(&preview, &root, &path).filter(|_| !path.starts_with("sha256")) {
                let (made, bytes) = (String::from_utf8_lossy(&made), String::from_utf8_lossy(&bytes));
                assert_eq!(made, bytes, "{}: {path}", case.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

/// Edits of the example, and how much is put together after each.
const KNOWN: &[(&str, &str, &str, Anew)] = &[
    (
        "planning-committee/2026-01-28.md",
        "A fuse had failed",
        "A fuse, it turned out, had failed",
        Anew::Words,
    ),
    // A new paragraph, a list, an emphasis: words too.
    (
        "planning-committee/2026-01-28.md",
        "A fuse had failed in the kitchen.",
        "So it was.\n\n- *One*\n- two",
        Anew::Words,
    ),
    // The words of a resolution.
    (
        "planning-committee/2026-01-28.md",
        "and that the Committee visit the site",
        "and that the Committee walk over the site",
        Anew::Words,
    ),
    // Somebody is named.
    (
        "planning-committee/2026-01-28.md",
        "A fuse had failed",
        "Jocasta Vane said that a fuse had failed",
        Anew::Words,
    ),
    (
        "planning-committee/2026-01-28.md",
        "A fuse had failed",
        "Fenella Strood said that a fuse had failed",
        Anew::Everything,
    ),
    // A link.
    (
        "planning-committee/2026-01-28.md",
        "A fuse had failed",
        "[A fuse](https://example.org/) had failed",
        Anew::Everything,
    ),
    // One declaration fewer.
    (
        "planning-committee/2026-01-28.md",
        "Councillor Winifred Sallow declared that her bees forage at Holme End. She had been advised that a bee is not an associate within the meaning of the code.",
        "There were no declarations.",
        Anew::Everything,
    ),
    // One more, and nobody is named.
    (
        "licensing-and-markets-committee/2026-10-20.md",
        "There were none.",
        "A member declared a fondness for bees.",
        Anew::Everything,
    ),
    // One resolution more.
    (
        "planning-committee/2026-01-28.md",
        "The Committee had in any case found",
        "RESOLVED to go home.\n\nThe Committee had in any case found",
        Anew::Everything,
    ),
    (
        "planning-committee/2026-01-28.md",
        "solar farm at Holme End\n",
        "solar farm\n",
        Anew::Everything,
    ),
    (
        "planning-committee/2026-01-28.md",
        "- Wards: Upper Holme\n",
        "- Wards: Lower Holme\n",
        Anew::Everything,
    ),
    (
        "planning-committee/2026-01-28.md",
        "start: \"18:00\"",
        "start: \"18:30\"",
        Anew::Everything,
    ),
];

struct Example {
    _folder: tempfile::TempDir,
    root: PathBuf,
}

fn example() -> Example {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().to_owned();
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(repository.join("site.toml"), root.join("site.toml")).expect("site.toml");
    site::copy(&repository.join("content"), &root.join("content"));
    Example {
        _folder: folder,
        root,
    }
}

fn assert_alike(preview: &Preview, seen: &Seen, root: &Path, what: &str) {
    let mut fresh = self::preview(root, TODAY);
    let anew = first(&mut fresh);
    let said = |seen: &Seen| -> Vec<String> {
        let told = seen.report.diagnostics().iter();
        told.map(|d| format!("{d:?}")).collect()
    };
    let (told, expected) = (said(seen), said(&anew));
    let differs = told.iter().find(|d| !expected.contains(d));
    let lacks = expected.iter().find(|d| !told.contains(d));
    assert!(told == expected, "{what}: told {differs:?}, not told {lacks:?}");
    assert_eq!(seen.counts, anew.counts, "{what}");
    let (shown, anew) = (preview.shown().expect("a site"), fresh.shown().expect("a site"));
    assert!(shown.is_like(anew), "{what}: {:?}", seen.anew);
}

#[test]
fn an_edit_is_known_for_what_it_is() {
    let example = example();
    let mut preview = preview(&example.root, TODAY);
    first(&mut preview);
    for (file, from, to, expected) in KNOWN {
        let path = format!("content/meetings/{file}");
        let text = fs::read_to_string(example.root.join(&path)).expect("a meeting");
        assert!(text.contains(from), "{from}");
        for (text, what) in [(text.replace(from, to), *to), (text.clone(), "back")] {
            put(&example.root, &path, &text);
            let seen = preview.look(&Touched::one(path.as_str())).expect("another");
            assert_eq!(seen.anew, *expected, "{from} → {to}: {what}");
            assert_eq!(seen.changed, std::slice::from_ref(&path));
            assert_alike(&preview, &seen, &example.root, to);
        }
    }
}

/// Which paper is withheld is no matter of the words around it: another
/// meeting may link to the one that is withheld now.
#[test]
fn another_paper_that_is_withheld_is_more_than_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    put_site(root);
    put(root, "content/files/other.pdf", "%PDF-1.4 another\n");
    let papers = |name: &str| {
        format!(
            "## 1. The pond\n\n### Documents\n\n- [Advice](../../files/{name}.pdf) (exempt: paragraph 5)\n"
        )
    };
    let (open, closed) = (
        "content/meetings/council/2026-12-08.md",
        "content/meetings/parks/2026-09-01.md",
    );
    put(
        root,
        open,
        "## 1. The precept\n\n### Minutes\n\nSee [this](../../files/other.pdf).\n",
    );
    put(root, closed, &papers("plan"));
    let mut preview = preview(root, TODAY);
    first(&mut preview);
    put(root, closed, &papers("other"));
    let seen = preview.look(&Touched::one(closed)).expect("another");
    assert_alike(&preview, &seen, root, "withheld");
    let other = "meetings/council/2026-12-08/other.pdf";
    assert!(made(&preview, root, other).is_none(), "{:?}", seen.anew);
}

/// Numbers that look like chance and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

/// What a clerk may write on a line of its own.
const LINES: &[&str] = &[
    "",
    "The Committee noted this.",
    "There were no declarations of interest.",
    "Councillor Winifred Sallow agreed.",
    "RESOLVED that nothing be done.",
    "ACTION: to write a letter. | owner: Fenella Strood | due: 2026-12-24",
    "- [ ] A task | owner: nobody-here",
    "1. To dig.",
    "| A | B |\n|---|---|\n| 1 | 2 |",
    "[A plan](plan.pdf) and [[nobody]].",
    "See [[fenella-strood|the chair]] and https://example.org/x.",
    "A note.[^1]\n\n[^1]: What it says.",
    "{{who?}}",
    "[[…]]",
    "### Decision",
    "### Minutes",
    "### Documents",
    "### Declarations of interest",
    "## 9. Any other business",
    "- Issue: holme-end-solar",
    "- Report: [x](y.pdf)",
    "<!-- exempt: paragraph 3 -->",
    "<div>",
    "---",
];

/// An edit below the front matter: a spoiled file leaves the record as it was,
/// where a first look has none.
fn by_chance(text: &str, dice: &mut Dice) -> String {
    let begins = text.find("\n---\n").map_or(0, |at| at + 5);
    let (front, text) = text.split_at(begins);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    let at = dice.below(lines.len());
    match dice.below(9) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let other = dice.below(lines.len());
            lines.swap(at, other);
        }
        3 => {
            let line = LINES[dice.below(LINES.len())].to_owned();
            lines.splice(at..at, [String::new(), line, String::new()]);
        }
        // A word goes, comes, or is another; most often in a long line.
        kind => {
            let long: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].len() > 60).collect();
            let at = long.get(dice.below(long.len())).copied().unwrap_or(at);
            let all: Vec<&str> = text.split_whitespace().collect();
            let new = all.get(dice.below(all.len())).map_or("", |word| word).to_owned();
            let mut words: Vec<&str> = lines[at].split(' ').collect();
            let word = dice.below(words.len());
            match kind {
                4 => drop(words.remove(word)),
                5 | 6 => words.insert(word, &new),
                _ => words[word] = &new,
            }
            lines[at] = words.join(" ");
        }
    }
    format!("{front}{}\n", lines.join("\n"))
}

#[test]
#[allow(clippy::disallowed_methods, reason = "more rounds are asked for by hand")]
fn edits_by_chance_come_to_what_a_first_look_comes_to() {
    let rounds = std::env::var("ROUNDS").ok().and_then(|n| n.parse().ok());
    let seed = std::env::var("SEED").ok().and_then(|n| n.parse().ok());
    let mut dice = Dice(seed.unwrap_or(1));
    let example = example();
    let mut preview = preview(&example.root, TODAY);
    first(&mut preview);
    let mut files: Vec<PathBuf> = site::files(&example.root.join("content/meetings"))
        .into_keys()
        .filter(|path| path.ends_with(".md"))
        .map(PathBuf::from)
        .collect();
    files.sort();
    let mut ways: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..rounds.unwrap_or(40) {
        let file = &files[dice.below(files.len())];
        let path = format!("content/meetings/{}", file.to_string_lossy().replace('\\', "/"));
        let before = fs::read_to_string(example.root.join(&path)).expect("a meeting");
        let after = by_chance(&before, &mut dice);
        put(&example.root, &path, &after);
        let Some(seen) = preview.look(&Touched::one(path.as_str())) else {
            assert_eq!(before, after, "round {round}: {path}");
            continue;
        };
        *ways.entry(format!("{:?}", seen.anew)).or_default() += 1;
        assert_alike(&preview, &seen, &example.root, &format!("round {round}: {path}"));
        // Back to what can be read, now and then.
        if dice.below(4) == 0 {
            put(&example.root, &path, &before);
            if let Some(seen) = preview.look(&Touched::one(path.as_str())) {
                assert_alike(
                    &preview,
                    &seen,
                    &example.root,
                    &format!("round {round} back: {path}"),
                );
            }
        }
    }
    // Both ways were gone.
    assert!(ways.len() == 2 && ways.values().all(|n| *n > 5), "{ways:?}");
}

/// What was last right is shown also on the next day, and under other labels.
#[test]
fn what_cannot_be_read_stays_as_it_was_on_a_new_day() {
    use std::sync::atomic::{AtomicI64, Ordering};

    static NOW: AtomicI64 = AtomicI64::new(1_795_000_000);
    fn clock() -> Timestamp {
        Timestamp::from_second(NOW.load(Ordering::SeqCst)).expect("a moment")
    }
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    put_site(&root);
    put(&root, "site.toml", "title = \"The harbour\"\n");
    let meeting = "content/meetings/harbour/2025-03-04.md";
    put(&root, meeting, "## 1. Buoys\nThey are new.\n");
    let mut options = options(&root, &root.join("public"), None, TODAY);
    options.today = None;
    let mut preview = Preview::new(options, clock);
    let home = |preview: &Preview| {
        let home = made(preview, &root, "index.html").expect("a home page");
        String::from_utf8_lossy(&home).contains("The harbour")
    };
    let page = |preview: &Preview| made(preview, &root, "meetings/harbour/2025-03-04/index.html").is_some();
    first(&mut preview);
    put(&root, "site.toml", "title = \"The harbour\n");
    put(&root, meeting, "---\ntitle: [\n---\n## 1. Buoys\nThey are new.\n");
    preview.look(&Touched::Everything).expect("something new");
    assert!(home(&preview) && page(&preview));
    NOW.fetch_add(24 * 60 * 60, Ordering::SeqCst);
    let seen = preview.look(&Touched::Everything).expect("a new day");
    assert_eq!(seen.changed[0], "a new day");
    assert!(home(&preview) && page(&preview), "on the next day");
    put(
        &root,
        "site.toml",
        "title = \"The harbour\"\n[labels]\nminutes = [\"Record\"]\n",
    );
    preview.look(&Touched::Everything).expect("other labels");
    assert!(home(&preview) && page(&preview), "under other labels");
}

/// The sums of all files are those of now, also when nothing but a paper changed.
#[test]
fn the_sums_are_made_anew_after_a_paper() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    put_site(&root);
    put(&root, "site.toml", "");
    put(
        &root,
        "content/meetings/harbour/2025-05-06.md",
        "## 1. Ferry\n- Report: [The report](report.pdf)\n",
    );
    let paper = "content/meetings/harbour/report.pdf";
    put(&root, paper, "%PDF-1.4 one");
    let mut preview = preview(&root, TODAY);
    first(&mut preview);
    let sums = |known| preview.shown().expect("a site").make("sha256sums.txt", known);
    let Ok(Made::Bytes(key, before)) = sums(None) else {
        panic!("no sums");
    };
    put(&root, paper, "%PDF-1.4 two");
    preview.look(&Touched::Everything);
    let shown = preview.shown().expect("a site");
    match shown.make("sha256sums.txt", Some(key)).expect("made") {
        Made::Bytes(_, after) => assert_ne!(before, after),
        _ => panic!("the sums are taken for the same"),
    }
}
