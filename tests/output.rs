//! Publishing to a folder: what is refused, what is left alone, and what a
//! build leaves behind that was stopped half way.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use minutebook::hash::Sha256;
use minutebook::output::{Folder, OutputError, Receipt, Written};
use minutebook::paths::OutPath;
use tempfile::TempDir;

const PAGE: &str = "<meta name=\"generator\" content=\"minutebook 0.1\">";

/// A site folder `site` in a folder of its own.
struct Disk {
    top: TempDir,
}

impl Disk {
    fn new() -> Self {
        let top = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(top.path().join("site/content")).expect("made");
        Self { top }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.top.path().canonicalize().expect("there").join(path)
    }

    fn out(&self, path: &str) -> PathBuf {
        self.at("site/public").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn open(&self) -> Folder {
        Folder::open(&self.at("site"), &self.at("site/public"), None).expect("opened")
    }

    fn build(&self, files: &[(&str, &str)]) -> Written {
        self.try_build(files).expect("published")
    }

    fn try_build(&self, files: &[(&str, &str)]) -> Result<Written, OutputError> {
        let folder = Folder::open(&self.at("site"), &self.at("site/public"), None)?;
        let receipts: Result<_, _> = files
            .iter()
            .map(|(path, text)| folder.put(&out(path), text.as_bytes()))
            .collect();
        folder.commit(receipts?)
    }

    /// Every file of the published folder with its text; folders end in a slash.
    fn published(&self) -> BTreeMap<String, String> {
        tree(&self.at("site/public"))
    }

    /// Every name in `.minutebook` but the manifest's and the ignore file.
    fn left_over(&self) -> Vec<String> {
        tree(&self.at("site/.minutebook"))
            .into_keys()
            .filter(|name| {
                !(name.starts_with("manifest-") && name.ends_with(".txt"))
                    && name != ".gitignore"
                    && name != "lock"
            })
            .collect()
    }
}

fn tree(base: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for entry in walkdir::WalkDir::new(base).min_depth(1) {
        let Ok(entry) = entry else { continue };
        let name = entry
            .path()
            .strip_prefix(base)
            .expect("below")
            .display()
            .to_string();
        if entry.file_type().is_dir() {
            out.insert(format!("{name}/"), String::new());
        } else {
            out.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
    out
}

fn out(path: &str) -> OutPath {
    OutPath::new(path).expect("a good path")
}

fn pairs(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// Puts a file's time into the past, so that a rewrite shows.
fn age(path: &Path) -> SystemTime {
    let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options()
        .write(true)
        .open(path)
        .and_then(|f| f.set_modified(then))
        .expect("aged");
    then
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path)
        .and_then(|meta| meta.modified())
        .expect("there")
}

fn refusal(result: Result<Folder, OutputError>) -> String {
    match result {
        Ok(folder) => panic!("{} was accepted", folder.path().display()),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_site_is_published_changed_and_reduced() {
    let disk = Disk::new();
    let first = disk.build(&[
        ("index.html", PAGE),
        ("a/b/c.html", "c"),
        ("a/d.html", "d"),
        ("s.css", "s"),
    ]);
    assert_eq!(
        first,
        Written {
            files: 4,
            bytes: PAGE.len() as u64 + 3,
            changed: 4,
            ..Written::default()
        }
    );
    let second = disk.build(&[("index.html", PAGE), ("a/d.html", "dd"), ("e/f.html", "f")]);
    assert_eq!(
        second,
        Written {
            files: 3,
            bytes: PAGE.len() as u64 + 3,
            changed: 2,
            removed: 2,
            foreign: vec![],
            unknown_past: false,
        }
    );
    let expected = [
        ("index.html", PAGE),
        ("a/", ""),
        ("a/d.html", "dd"),
        ("e/", ""),
        ("e/f.html", "f"),
    ];
    assert_eq!(disk.published(), pairs(&expected));
    assert_eq!(disk.left_over(), [""; 0]);
}

#[test]
fn unchanged_files_keep_their_times() {
    let disk = Disk::new();
    let files = [("index.html", "one"), ("a/b.html", "two")];
    disk.build(&files);
    let times = files.map(|(path, _)| modified(&disk.out(path)));
    assert_eq!(disk.build(&files).changed, 0);
    assert_eq!(files.map(|(path, _)| modified(&disk.out(path))), times);
    // Another time and the same bytes: read, and left.
    let then = age(&disk.out("index.html"));
    assert_eq!(disk.build(&files).changed, 0);
    assert_eq!(modified(&disk.out("index.html")), then);
    // Without the manifest every file is read.
    disk.build(&[("index.html", PAGE), ("a/b.html", "two")]);
    let then = age(&disk.out("a/b.html"));
    fs::remove_dir_all(disk.at("site/.minutebook")).expect("removed");
    assert_eq!(
        disk.build(&[("index.html", PAGE), ("a/b.html", "new")]).changed,
        1
    );
    assert_eq!(
        disk.build(&[("index.html", PAGE), ("a/b.html", "two")]).changed,
        1
    );
    assert_ne!(modified(&disk.out("a/b.html")), then);
}

#[test]
fn a_file_that_somebody_changed_is_mended() {
    let disk = Disk::new();
    let files = [("index.html", "one"), ("a.html", "two")];
    disk.build(&files);
    let time = modified(&disk.out("a.html"));
    disk.write("site/public/a.html", "2wo");
    assert_eq!(disk.build(&files).changed, 1);
    // Of the same size and time: seen only when files are read.
    disk.build(&files);
    let time = modified(&disk.out("a.html")).max(time);
    disk.write("site/public/a.html", "2wo");
    fs::File::options()
        .write(true)
        .open(disk.out("a.html"))
        .and_then(|f| f.set_modified(time))
        .expect("set");
    assert_eq!(disk.build(&files).changed, 0);
    let folder = disk.open().verify(true);
    let receipts = files
        .iter()
        .map(|(path, text)| folder.put(&out(path), text.as_bytes()).expect("put"))
        .collect();
    assert_eq!(folder.commit(receipts).expect("published").changed, 1);
    assert_eq!(disk.published(), pairs(&files));
}

#[test]
fn foreign_files_stay_and_are_told() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE), ("a/b.html", "b"), ("c/d.html", "d")]);
    for foreign in [
        "CNAME",
        "a/mine.txt",
        "c/mine.txt",
        "old/x/y.html",
        "old/z.html",
        ".git/HEAD",
    ] {
        disk.write(&format!("site/public/{foreign}"), "mine");
    }
    fs::create_dir(disk.out("empty")).expect("made");
    let written = disk.build(&[("index.html", PAGE), ("a/b.html", "b")]);
    assert_eq!(written.removed, 1);
    assert_eq!(written.foreign, ["CNAME", "a/mine.txt", "c/", "old/"]);
    let published = disk.published();
    for foreign in ["CNAME", "a/mine.txt", "c/mine.txt", "old/x/y.html", ".git/HEAD"] {
        assert_eq!(
            published.get(foreign).map(String::as_str),
            Some("mine"),
            "{foreign}"
        );
    }
    assert!(published.contains_key("empty/"));
    assert!(!published.contains_key("c/d.html"));
}

#[test]
fn without_a_manifest_nothing_is_removed() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE), ("old.html", "old")]);
    fs::remove_dir_all(disk.at("site/.minutebook")).expect("removed");
    let written = disk.build(&[("index.html", PAGE), ("new.html", "new")]);
    assert_eq!(
        (written.removed, written.foreign, written.unknown_past),
        (0, vec!["old.html".to_owned()], true)
    );
    // One that cannot be read is none.
    let manifest = fs::read_dir(disk.at("site/.minutebook"))
        .expect("there")
        .map(|entry| entry.expect("there").path())
        .find(|path| path.extension().is_some_and(|e| e == "txt"))
        .expect("a manifest");
    let text = fs::read_to_string(&manifest).expect("read");
    fs::write(&manifest, &text[..text.len() - 3]).expect("cut");
    assert_eq!(
        disk.build(&[("index.html", PAGE)]).foreign,
        ["new.html", "old.html"]
    );
}

#[test]
fn wrong_folders_are_refused_with_a_reason() {
    let disk = Disk::new();
    for folder in [
        "home/me/docs",
        "site/themes/x",
        "site/.git",
        "site/content/people",
        "empty",
    ] {
        fs::create_dir_all(disk.at(folder)).expect("made");
    }
    disk.write("file", "x");
    disk.write("full/letter.txt", "x");
    disk.write("other/index.html", "<title>A site of somebody else</title>");
    let cases = [
        ("/", "the whole disk"),
        ("home/me", "your home folder"),
        ("home", "your home folder"),
        ("site", "the site folder itself"),
        ("site/content/..", "the site folder itself"),
        ("site/content", "the content folder"),
        ("site/content/people", "the content folder"),
        ("site/content/new/deep", "the content folder"),
        ("site/themes", "the folder of themes"),
        ("site/themes/x/static", "the folder of themes"),
        ("site/.minutebook/out", "own notes"),
        ("site/.git", "where git keeps"),
        ("site/.git/out", "where git keeps"),
        ("elsewhere/.GIT/out", "where git keeps"),
        ("file", "it is a file"),
        ("file/out", "part of its path is a file"),
        ("new/../out", "goes back"),
        ("full", "has not written"),
        ("other", "has not written"),
    ];
    let before = tree(&disk.at(""));
    for (output, reason) in cases {
        let said = refusal(Folder::open(
            &disk.at("site"),
            &disk.at(output),
            Some(&disk.at("home/me")),
        ));
        assert!(
            said.contains(reason) && said.contains("name a") && said.contains("nothing is published"),
            "{output}: {said}"
        );
    }
    let without_home = |output: &Path| refusal(Folder::open(&disk.at("site"), output, None));
    assert!(without_home(Path::new("")).contains("no folder is named"));
    assert!(without_home(&disk.at("")).contains("the site folder lies in it"));
    let mut after = tree(&disk.at(""));
    after.retain(|name, _| !name.starts_with("site/.minutebook"));
    assert_eq!(after, before);
    for fine in ["empty", "home/me/docs", "new/deep/folder", "site/public"] {
        let opened = Folder::open(&disk.at("site"), &disk.at(fine), Some(&disk.at("home/me")));
        assert_eq!(
            opened.map(|f| f.path().to_owned()).ok(),
            Some(disk.at(fine)),
            "{fine}"
        );
    }
    let missing = refusal(Folder::open(&disk.at("nowhere"), &disk.at("empty"), None));
    assert!(
        missing.contains("find the site folder") && missing.contains("nowhere"),
        "{missing}"
    );
}

#[test]
fn a_manifest_alone_makes_no_folder_ours() {
    let disk = Disk::new();
    disk.build(&[("index.html", "no generator"), ("a.html", "a")]);
    disk.build(&[("index.html", "no generator"), ("a.html", "a")]);
    fs::remove_dir_all(disk.at("site/public")).expect("removed");
    disk.write("site/public/index.html", "my own work");
    assert!(
        disk.try_build(&[("index.html", "x")])
            .is_err_and(|e| e.to_string().contains("has not written"))
    );
    assert_eq!(disk.published(), pairs(&[("index.html", "my own work")]));
    // One file as we wrote it is enough, copied with another time too.
    disk.write("site/public/a.html", "a");
    assert_eq!(disk.build(&[("index.html", "x")]).removed, 1);
}

#[test]
fn a_fresh_repository_counts_as_empty() {
    let disk = Disk::new();
    disk.write("site/public/.git", "gitdir: elsewhere");
    disk.write("site/public/.gitignore", "x");
    assert_eq!(disk.build(&[("index.html", PAGE)]).foreign, [".gitignore"]);
}

/// As a first build leaves them that was killed before its first file came to
/// its place.
#[test]
fn folders_without_a_file_count_as_empty() {
    let disk = Disk::new();
    fs::create_dir_all(disk.at("site/public/meetings/parks")).expect("folders");
    disk.write("site/public/.git", "gitdir: elsewhere");
    disk.build(&[("index.html", PAGE)]);
    let disk = Disk::new();
    disk.write("site/public/meetings/parks/notes.txt", "x");
    let refused = Folder::open(&disk.at("site"), &disk.at("site/public"), None);
    assert!(matches!(refused, Err(OutputError::Refused { .. })));
}

#[test]
fn a_dropped_build_leaves_no_trace() {
    let disk = Disk::new();
    {
        let folder = disk.open();
        folder.put(&out("index.html"), b"x").expect("put");
        assert_eq!(tree(&disk.at("site/public")), pairs(&[]));
    }
    assert!(!disk.at("site/public").exists());
    disk.build(&[("index.html", PAGE), ("a.html", "old")]);
    let before = disk.published();
    let folder = disk.open();
    folder.put(&out("a.html"), b"new").expect("put");
    folder.put(&out("b/c.html"), b"new").expect("put");
    assert_eq!(disk.left_over().len(), 3);
    drop(folder);
    assert_eq!((disk.published(), disk.left_over()), (before, vec![]));
}

#[test]
fn a_file_may_be_written_as_it_is_made() {
    let disk = Disk::new();
    let build = |pieces: &[&str]| {
        let folder = disk.open();
        let page = folder.put(&out("index.html"), PAGE.as_bytes()).expect("put");
        let mut file = folder.begin(&out("a/large.json")).expect("begun");
        pieces
            .iter()
            .for_each(|piece| file.write_all(piece.as_bytes()).expect("written"));
        // Nothing is published of a file that nobody finished.
        let mut cut = folder.begin(&out("cut.json")).expect("begun");
        cut.write_all(b"[").expect("written");
        assert!(matches!(
            folder.begin(&out("cut.json")),
            Err(OutputError::Twice(_))
        ));
        drop(cut);
        let before = disk.published();
        let file = folder.finish(file).expect("finished");
        assert_eq!(disk.published(), before);
        let sums: Vec<String> = Folder::sums(std::slice::from_ref(&file))
            .iter()
            .map(|(path, sum)| format!("{sum} {path}"))
            .collect();
        (folder.commit(vec![page, file]).expect("published"), sums)
    };
    let (written, sums) = build(&["[1,", "2", "]\n"]);
    assert_eq!((written.files, written.changed), (2, 2));
    assert_eq!(written.bytes, (PAGE.len() + 6) as u64);
    let sum = Sha256::of(b"[1,2]\n");
    assert_eq!(sums, [format!("{sum} a/large.json")]);
    let expected = [("index.html", PAGE), ("a/", ""), ("a/large.json", "[1,2]\n")];
    assert_eq!(disk.published(), pairs(&expected));
    // The same bytes: the file stays, with its time.
    let then = age(&disk.out("a/large.json"));
    assert_eq!(build(&["[1,2]", "\n"]).0.changed, 0);
    assert_eq!(modified(&disk.out("a/large.json")), then);
    assert_eq!(build(&["[1,3]", "\n"]).0.changed, 1);
    assert_eq!(disk.left_over(), [""; 0]);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let disk = Disk::new();
    let files = [("index.html", PAGE), ("a.html", "a")];
    disk.build(&files);
    disk.write("site/.minutebook/staging/0123", "secret");
    disk.write("site/public/.minutebook-arriving", "half");
    let written = disk.build(&files);
    assert_eq!((written.changed, written.foreign.len()), (0, 0));
    assert_eq!((disk.published(), disk.left_over()), (pairs(&files), vec![]));
}

#[test]
fn a_half_renamed_site_is_mended() {
    let disk = Disk::new();
    let old = [
        ("index.html", PAGE),
        ("a.html", "old a"),
        ("b.html", "old b"),
        ("gone.html", "x"),
        ("dir/gone.html", "x"),
    ];
    let new = [
        ("index.html", PAGE),
        ("a.html", "new a"),
        ("b.html", "new b"),
        ("c.html", "new c"),
    ];
    disk.build(&old);
    let manifest = || {
        let all = tree(&disk.at("site/.minutebook"));
        all.into_iter()
            .find(|(name, _)| name.ends_with(".txt"))
            .expect("a manifest")
    };
    let (name, text) = manifest();
    let union = {
        // What the manifest is before the first rename, made by hand.
        let mut lines: Vec<String> = text
            .lines()
            .skip(1)
            .filter(|l| !l.starts_with("end "))
            .map(str::to_owned)
            .collect();
        lines.retain(|line| !line.ends_with(" a.html") && !line.ends_with(" b.html"));
        let digest = |s: &str| minutebook::hash::Sha256::of(s.as_bytes());
        for (path, text) in &new[1..] {
            lines.push(format!("{} - - - {path}", digest(text)));
        }
        format!(
            "minutebook manifest 3\n{}\nend {}\n",
            lines.join("\n"),
            lines.len()
        )
    };
    disk.write(&format!("site/.minutebook/{name}"), &union);
    disk.write("site/public/a.html", "new a");
    disk.write("site/.minutebook/staging/0123", "new b");
    // The next build has other plans still: c.html is not among them.
    let next = [("index.html", PAGE), ("a.html", "new a"), ("b.html", "newer b")];
    let written = disk.build(&next);
    assert_eq!((written.changed, written.removed), (1, 2));
    assert_eq!((disk.published(), disk.left_over()), (pairs(&next), vec![]));
}

/// The names of a build that failed half way are known to the next.
#[test]
fn a_build_that_fails_in_the_renames_leaves_nothing_orphaned() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE), ("x.html", "x")]);
    let folder = disk.open();
    let receipts: Vec<Receipt> = ["a.css", "b.css", "a.html"]
        .map(|path| folder.put(&out(path), b"new").expect("put"))
        .into_iter()
        .collect();
    // The second is lost; pages come after what they need, so that a.html is not there either.
    let staging = disk.at("site/.minutebook/staging");
    let lost = minutebook::hash::Digest::of(b"b.css").to_string();
    fs::remove_file(staging.join(lost)).expect("lost");
    let error = folder
        .commit(receipts)
        .expect_err("a file is missing")
        .to_string();
    assert!(
        error.contains("b.css") && error.contains("build again"),
        "{error}"
    );
    assert_eq!(
        disk.published(),
        pairs(&[("a.css", "new"), ("index.html", PAGE), ("x.html", "x")])
    );
    let written = disk.build(&[("index.html", PAGE)]);
    assert_eq!((written.removed, written.foreign.len()), (2, 0));
    assert_eq!(disk.published(), pairs(&[("index.html", PAGE)]));
}

/// A folder of the system's that is nearly always on a disk of its own.
#[cfg(target_os = "linux")]
fn on_another_disk(than: &Path) -> Option<tempfile::TempDir> {
    use std::os::unix::fs::MetadataExt;
    let other = tempfile::tempdir_in("/dev/shm").ok()?;
    let device = |path: &Path| fs::metadata(path).ok().map(|meta| meta.dev());
    (device(other.path())? != device(than)?).then_some(other)
}

/// A site is published to another disk whole, and what fails on the way there
/// changes nothing.
#[cfg(target_os = "linux")]
#[test]
fn another_disk_is_published_to_whole_or_not_at_all() {
    let disk = Disk::new();
    let Some(other) = on_another_disk(&disk.at("site")) else {
        return;
    };
    let output = other.path().canonicalize().expect("there").join("public");
    let publish = |files: &[(&str, &str)], lost: Option<&str>| {
        let folder = Folder::open(&disk.at("site"), &output, None)?;
        let receipts: Vec<Receipt> = files
            .iter()
            .map(|(path, text)| folder.put(&out(path), text.as_bytes()).expect("put"))
            .collect();
        if let Some(lost) = lost {
            let name = minutebook::hash::Digest::of(lost.as_bytes()).to_string();
            fs::remove_file(disk.at("site/.minutebook/staging").join(name)).expect("lost");
        }
        folder.commit(receipts)
    };
    let first = [("a/index.html", "old"), ("site.css", "old")];
    publish(&first, None).expect("published");
    assert_eq!(
        tree(&output),
        pairs(&[("a/", ""), ("a/index.html", "old"), ("site.css", "old")])
    );
    let second = [
        ("a/index.html", "new"),
        ("b/index.html", "new"),
        ("site.css", "new"),
    ];
    let error = publish(&second, Some("b/index.html")).expect_err("one is lost");
    assert!(!matches!(error, OutputError::Half(_)), "{error}");
    assert_eq!(
        tree(&output),
        pairs(&[("a/", ""), ("a/index.html", "old"), ("site.css", "old")])
    );
    let written = publish(&second, None).expect("published");
    assert_eq!((written.changed, written.removed), (3, 0));
    assert_eq!(disk.left_over(), Vec::<String>::new());
}

#[test]
fn two_builds_do_not_meet() {
    let disk = Disk::new();
    let held = disk.open();
    let said = refusal(Folder::open(&disk.at("site"), &disk.at("another"), None));
    assert!(
        said.contains("another build is at work") && said.contains("wait"),
        "{said}"
    );
    // Another site, the same output.
    fs::create_dir_all(disk.at("second")).expect("made");
    let said = refusal(Folder::open(&disk.at("second"), &disk.out(""), None));
    assert!(
        said.contains("another build is at work") && said.contains("public"),
        "{said}"
    );
    drop(held);
    assert!(Folder::open(&disk.at("second"), &disk.out(""), None).is_ok());
    disk.open();
}

#[test]
fn plans_that_contradict_themselves_fail_before_a_change() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE)]);
    let folder = disk.open();
    folder.put(&out("a.html"), b"one").expect("put");
    assert!(matches!(
        folder.put(&out("a.html"), b"two"),
        Err(OutputError::Twice(_))
    ));
    drop(folder);
    let twice = disk.try_build(&[("index.html", PAGE), ("index.html", PAGE), ("b.html", "b")]);
    assert!(twice.is_err_and(|e| {
        e.to_string()
            .contains("two files would be published as index.html")
    }));
    let inside = disk.try_build(&[("a", "file"), ("a/b/c.html", "c")]);
    assert!(inside.is_err_and(|e| {
        e.to_string()
            .contains("a would be a file and also the folder of a/b/c.html")
    }));
    assert!(matches!(disk.try_build(&[]), Err(OutputError::Nothing)));
    assert_eq!(disk.published(), pairs(&[("index.html", PAGE)]));
}

#[test]
fn files_and_folders_change_places() {
    let disk = Disk::new();
    disk.build(&[
        ("index.html", PAGE),
        ("a/b/c.html", "c"),
        ("a/d.html", "d"),
        ("e", "e"),
    ]);
    let written = disk.build(&[("index.html", PAGE), ("a", "now a file"), ("e/f/g.html", "g")]);
    assert_eq!((written.changed, written.removed), (2, 2));
    let expected = [
        ("index.html", PAGE),
        ("a", "now a file"),
        ("e/", ""),
        ("e/f/", ""),
        ("e/f/g.html", "g"),
    ];
    assert_eq!(disk.published(), pairs(&expected));
    // Something of somebody else's is in the way.
    disk.write("site/public/e/f/mine.txt", "mine");
    let before = disk.published();
    let said = disk
        .try_build(&[("a.css", "new"), ("index.html", "new"), ("e", "file again")])
        .expect_err("in the way")
        .to_string();
    assert!(
        said.contains("e/f/mine.txt") && said.contains("move it away"),
        "{said}"
    );
    assert_eq!(disk.published(), before);
}

#[test]
fn a_file_gives_way_to_the_folders_of_several() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE), ("old.html", "old")]);
    let files = [
        ("index.html", PAGE),
        ("old.html/a/one.html", "1"),
        ("old.html/a/two.html", "2"),
    ];
    assert_eq!(disk.build(&files).changed, 2);
    // The same where it is somebody else's file.
    fs::remove_dir_all(disk.out("old.html")).expect("removed");
    disk.write("site/public/old.html", "theirs");
    assert_eq!(disk.build(&files).changed, 2);
}

#[test]
fn a_site_that_was_moved_knows_its_folder() {
    let disk = Disk::new();
    disk.build(&[("index.html", PAGE), ("old.html", "old")]);
    fs::rename(disk.at("site"), disk.at("moved")).expect("moved");
    let folder = Folder::open(&disk.at("moved"), &disk.at("moved/public"), None).expect("opened");
    let receipt = folder.put(&out("index.html"), PAGE.as_bytes()).expect("put");
    let written = folder.commit(vec![receipt]).expect("published");
    assert_eq!(
        (written.changed, written.removed, written.unknown_past),
        (0, 1, false)
    );
}

#[test]
fn papers_are_copied_by_their_bytes() {
    let disk = Disk::new();
    let big = "x".repeat(200_000);
    disk.write("site/content/5.pdf", &big);
    let build = || {
        let folder = disk.open();
        let receipts = vec![
            folder
                .copy(&out("m/5.pdf"), &disk.at("site/content/5.pdf"))
                .expect("copied"),
        ];
        folder.commit(receipts).expect("published")
    };
    assert_eq!(
        build(),
        Written {
            files: 1,
            bytes: 200_000,
            changed: 1,
            ..Written::default()
        }
    );
    let then = age(&disk.out("m/5.pdf"));
    assert_eq!(build().changed, 0);
    assert_eq!(modified(&disk.out("m/5.pdf")), then);
    disk.write("site/content/5.pdf", &"y".repeat(200_000));
    assert_eq!(build().changed, 1);
    assert_eq!(disk.published()["m/5.pdf"], "y".repeat(200_000));
    let folder = disk.open();
    for wrong in ["site/content", "site/content/nowhere.pdf"] {
        let said = folder
            .copy(&out("x.pdf"), &disk.at(wrong))
            .expect_err("no paper")
            .to_string();
        assert!(said.contains(wrong), "{said}");
    }
}

#[test]
fn kept_files_stay_as_they_are() {
    let disk = Disk::new();
    disk.build(&[
        ("index.html", PAGE),
        ("broken.html", "old page"),
        ("other.html", "o"),
    ]);
    let then = age(&disk.out("broken.html"));
    let folder = disk.open();
    assert!(folder.keep(&out("never.html")).is_none());
    let receipts = vec![
        folder.put(&out("index.html"), b"new").expect("put"),
        folder.keep(&out("broken.html")).expect("there"),
    ];
    let written = folder.commit(receipts).expect("published");
    assert_eq!((written.files, written.changed, written.removed), (2, 1, 1));
    assert_eq!(
        disk.published(),
        pairs(&[("index.html", "new"), ("broken.html", "old page")])
    );
    assert_eq!(modified(&disk.out("broken.html")), then);
    assert_eq!(disk.build(&[("index.html", "new")]).removed, 1);
}

#[test]
fn many_threads_publish_the_same() {
    use rayon::prelude::*;
    let files: Vec<(String, String)> = (0..300)
        .map(|n| (format!("m/{}/{n}.html", n % 17), format!("page {n}")))
        .collect();
    let build = |threads| {
        let disk = Disk::new();
        let folder = disk.open();
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        let receipts = pool.install(|| {
            files
                .par_iter()
                .map(|(path, text)| folder.put(&out(path), text.as_bytes()).expect("put"))
                .collect()
        });
        (folder.commit(receipts).expect("published"), disk.published())
    };
    assert_eq!(build(1), build(8));
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn no_link_in_the_folder_is_followed() {
        let disk = Disk::new();
        disk.write("outside/secret.html", "secret");
        disk.write("outside/index.html", "outside");
        disk.build(&[
            ("index.html", PAGE),
            ("a.html", "a"),
            ("dir/index.html", "d"),
            ("dir/x.html", "x"),
        ]);
        let outside = tree(&disk.at("outside"));
        // A file that is now a link to one with the very same bytes is not unchanged.
        disk.write("outside/a.html", "a");
        fs::remove_file(disk.out("a.html")).expect("removed");
        symlink(disk.at("outside/a.html"), disk.out("a.html")).expect("linked");
        fs::remove_dir_all(disk.out("dir")).expect("removed");
        symlink(disk.at("outside"), disk.out("dir")).expect("linked");
        symlink(disk.at("outside"), disk.out("new")).expect("linked");
        symlink(disk.at("outside/secret.html"), disk.out("b.html")).expect("linked");
        symlink("/etc", disk.out("foreign")).expect("linked");
        let files = [
            ("index.html", PAGE),
            ("a.html", "a"),
            ("b.html", "b"),
            ("dir/index.html", "d"),
            ("new/secret.html", "n"),
        ];
        let written = disk.build(&files);
        assert_eq!(
            (written.changed, written.removed, &*written.foreign),
            (4, 0, &["foreign".to_owned()][..])
        );
        for (path, text) in files {
            let path = disk.out(path);
            assert!(
                fs::symlink_metadata(&path).expect("there").is_file(),
                "{}",
                path.display()
            );
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
        }
        assert!(fs::symlink_metadata(disk.out("dir")).expect("there").is_dir());
        let mut after = tree(&disk.at("outside"));
        assert_eq!(after.remove("a.html").as_deref(), Some("a"));
        assert_eq!(after, outside);
    }

    #[test]
    fn no_folder_is_made_through_a_link() {
        let disk = Disk::new();
        let files = [
            ("index.html", PAGE),
            ("dir/a/one/index.html", "1"),
            ("dir/b/two/index.html", "2"),
        ];
        disk.build(&files);
        disk.write("outside/mine.txt", "mine");
        fs::remove_dir_all(disk.out("dir")).expect("removed");
        symlink(disk.at("outside"), disk.out("dir")).expect("linked");
        assert_eq!(disk.build(&files).changed, 2);
        assert_eq!(tree(&disk.at("outside")), pairs(&[("mine.txt", "mine")]));
        assert!(disk.out("dir/b/two/index.html").is_file());
    }

    #[test]
    fn nothing_is_removed_through_a_link() {
        let disk = Disk::new();
        disk.build(&[("index.html", PAGE), ("dir/x.html", "x"), ("y.html", "y")]);
        disk.write("outside/x.html", "theirs");
        disk.write("outside/y.html", "theirs");
        fs::remove_dir_all(disk.out("dir")).expect("removed");
        fs::remove_file(disk.out("y.html")).expect("removed");
        symlink(disk.at("outside"), disk.out("dir")).expect("linked");
        symlink(disk.at("outside/y.html"), disk.out("y.html")).expect("linked");
        let written = disk.build(&[("index.html", PAGE)]);
        assert_eq!((written.removed, &*written.foreign), (1, &["dir".to_owned()][..]));
        assert_eq!(
            tree(&disk.at("outside")),
            pairs(&[("x.html", "theirs"), ("y.html", "theirs")])
        );
        assert!(disk.out("dir").exists());
    }

    #[test]
    fn kept_and_copied_files_are_no_links() {
        let disk = Disk::new();
        disk.build(&[("index.html", PAGE), ("a.html", "a")]);
        disk.write("outside/a.html", "a");
        fs::remove_file(disk.out("a.html")).expect("removed");
        symlink(disk.at("outside/a.html"), disk.out("a.html")).expect("linked");
        symlink(disk.at("outside"), disk.out("dir")).expect("linked");
        symlink("/dev/zero", disk.at("site/content/endless.pdf")).expect("linked");
        assert!(
            Command::new("mkfifo")
                .arg(disk.at("site/content/pipe.pdf"))
                .status()
                .expect("mkfifo")
                .success()
        );
        let folder = disk.open();
        assert!(folder.keep(&out("a.html")).is_none() && folder.keep(&out("dir/a.html")).is_none());
        for wrong in ["endless.pdf", "pipe.pdf"] {
            let copied = folder.copy(&out("x.pdf"), &disk.at("site/content").join(wrong));
            assert!(matches!(copied, Err(OutputError::NotAPaper(_))), "{wrong}");
        }
    }

    /// A pipe in the published folder that is opened would hang for ever.
    #[test]
    fn pipes_in_the_folder_are_replaced_unopened() {
        let disk = Disk::new();
        disk.build(&[("index.html", PAGE), ("a.html", "a")]);
        for pipe in ["a.html", "b.html"] {
            let _ = fs::remove_file(disk.out(pipe));
            assert!(
                Command::new("mkfifo")
                    .arg(disk.out(pipe))
                    .status()
                    .expect("mkfifo")
                    .success()
            );
        }
        let files = [("index.html", PAGE), ("a.html", "a"), ("b.html", "")];
        assert_eq!(disk.build(&files).changed, 2);
        assert_eq!(disk.published(), pairs(&files));
    }

    #[test]
    fn the_folder_itself_may_be_a_link() {
        let disk = Disk::new();
        fs::create_dir(disk.at("www")).expect("made");
        symlink(disk.at("www"), disk.at("site/public")).expect("linked");
        disk.build(&[("index.html", PAGE)]);
        disk.build(&[("index.html", PAGE), ("a/b.html", "b")]);
        assert!(
            fs::symlink_metadata(disk.at("site/public"))
                .expect("there")
                .is_symlink()
        );
        assert_eq!(
            tree(&disk.at("www")),
            pairs(&[("index.html", PAGE), ("a/", ""), ("a/b.html", "b")])
        );
        let cases = [
            ("nowhere", "leads nowhere"),
            ("site/content", "the content folder"),
            ("site", "the site folder itself"),
            (".", "the site folder lies in it"),
            ("/", "the whole disk"),
        ];
        for (target, reason) in cases {
            let link = disk.at("link");
            let _ = fs::remove_file(&link);
            symlink(disk.at(target), &link).expect("linked");
            let said = refusal(Folder::open(&disk.at("site"), &link, None));
            assert!(said.contains(reason), "{target}: {said}");
        }
        // The content folder elsewhere is the content folder too.
        fs::remove_dir(disk.at("site/content")).expect("removed");
        fs::create_dir_all(disk.at("data/content/people")).expect("made");
        symlink(disk.at("data/content"), disk.at("site/content")).expect("linked");
        for inside in ["data/content", "data/content/people", "data"] {
            let said = refusal(Folder::open(&disk.at("site"), &disk.at(inside), None));
            assert!(said.contains("the content folder"), "{inside}: {said}");
        }
    }

    #[test]
    fn our_notes_are_no_way_out() {
        let disk = Disk::new();
        disk.write("outside/staging/x", "theirs");
        disk.write("outside/lock", "theirs");
        symlink(disk.at("outside"), disk.at("site/.minutebook")).expect("linked");
        let said = refusal(Folder::open(&disk.at("site"), &disk.out(""), None));
        assert!(said.contains("a real folder"), "{said}");
        fs::remove_file(disk.at("site/.minutebook")).expect("removed");
        fs::create_dir(disk.at("site/.minutebook")).expect("made");
        symlink(disk.at("outside/staging"), disk.at("site/.minutebook/staging")).expect("linked");
        symlink(disk.at("outside/new"), disk.at("site/.minutebook/lock")).expect("linked");
        disk.build(&[("index.html", PAGE)]);
        assert_eq!(
            tree(&disk.at("outside")),
            pairs(&[("staging/", ""), ("staging/x", "theirs"), ("lock", "theirs")])
        );
    }

    #[test]
    fn papers_do_not_bring_their_permissions() {
        let disk = Disk::new();
        disk.write("site/content/5.pdf", "x");
        fs::set_permissions(disk.at("site/content/5.pdf"), fs::Permissions::from_mode(0o400))
            .expect("closed");
        disk.write("plain", "x");
        let folder = disk.open();
        let receipts = vec![
            folder
                .copy(&out("5.pdf"), &disk.at("site/content/5.pdf"))
                .expect("copied"),
        ];
        folder.commit(receipts).expect("published");
        assert_eq!(
            fs::metadata(disk.out("5.pdf")).expect("there").mode(),
            fs::metadata(disk.at("plain")).expect("there").mode()
        );
    }

    #[test]
    fn a_folder_without_permission_is_told() {
        let disk = Disk::new();
        disk.build(&[("index.html", PAGE), ("a/b.html", "old")]);
        fs::set_permissions(disk.out("a"), fs::Permissions::from_mode(0o555)).expect("closed");
        let root_user = fs::write(disk.out("a/try"), "").is_ok();
        let result = disk.try_build(&[("index.html", PAGE), ("a/b.html", "new")]);
        fs::set_permissions(disk.out("a"), fs::Permissions::from_mode(0o755)).expect("opened");
        if root_user {
            return; // Nothing is closed to root.
        }
        let said = result.expect_err("closed").to_string();
        assert!(
            said.contains("a/b.html") && said.contains("no permission"),
            "{said}"
        );
        assert_eq!(disk.published()["a/b.html"], "old");
        assert_eq!(
            disk.build(&[("index.html", PAGE), ("a/b.html", "new")]).changed,
            1
        );
    }

    #[test]
    fn another_disk_is_published_to() {
        let disk = Disk::new();
        let Ok(other) = tempfile::tempdir_in("/dev/shm") else {
            return;
        };
        let device = |path: &Path| fs::metadata(path).expect("there").dev();
        if device(other.path()) == device(&disk.at("site")) {
            return; // One disk only.
        }
        let build = |files: &[(&str, &str)]| {
            let folder = Folder::open(&disk.at("site"), other.path(), None).expect("opened");
            let receipts = files
                .iter()
                .map(|(p, text)| folder.put(&out(p), text.as_bytes()).expect("put"))
                .collect();
            folder.commit(receipts).expect("published").changed
        };
        let files = [("index.html", PAGE), ("a.html", "a")];
        assert_eq!((build(&files), build(&files)), (2, 0));
        assert_eq!((tree(other.path()), disk.left_over()), (pairs(&files), vec![]));
    }
}

/// Fifty builds are killed, each at another moment.
#[cfg(unix)]
mod killed {
    use std::process::{Command, Stdio};
    use std::thread::sleep;

    use super::*;

    const FOLDER: &str = "MINUTEBOOK_TEST_BUILD_FOR_EVER_IN";

    /// The site as version 0 or 1: every page has the version on each of its
    /// lines, and some pages are in one version only.
    fn files(version: usize) -> Vec<(String, String)> {
        let page = |n: usize| format!("{PAGE}\nversion {version} of page {n}\n").repeat(200 + n);
        let all = (0..60).filter(|n| n % 10 != 9 || n / 10 % 2 == version);
        let mut files: Vec<_> = all
            .map(|n| (format!("dir{}/page{n}.html", n % 5), page(n)))
            .collect();
        files.push(("index.html".into(), page(100)));
        files.push(("same.html".into(), PAGE.into()));
        // Large enough that a write in place is cut now and then.
        files.push(("data.json".into(), page(103).repeat(120)));
        // A file in one version, a folder in the other.
        files.push(if version == 0 {
            ("flip".into(), page(101))
        } else {
            ("flip/index.html".into(), page(102))
        });
        files
    }

    fn build(site: &Path, version: usize) -> Result<Written, OutputError> {
        let folder = Folder::open(site, &site.join("public"), None)?;
        let receipts: Result<_, _> = files(version)
            .iter()
            .map(|(path, text)| folder.put(&out(path), text.as_bytes()))
            .collect();
        folder.commit(receipts?)
    }

    /// Not a test: the program that is killed.
    #[test]
    #[allow(clippy::disallowed_methods, reason = "how the test speaks to itself")]
    fn build_for_ever() {
        let Some(site) = std::env::var_os(FOLDER) else {
            return;
        };
        for version in [0, 1].into_iter().cycle() {
            if let Err(error) = build(Path::new(&site), version) {
                eprintln!("{error}");
                std::process::exit(3);
            }
        }
    }

    #[test]
    fn each_file_is_old_or_new_and_the_next_build_mends() {
        let disk = Disk::new();
        let versions = [0, 1].map(|version| files(version).into_iter().collect::<BTreeMap<_, _>>());
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let (mut mixed, mut staged) = (0, 0);
        for round in 0..50 {
            let mut child = Command::new(std::env::current_exe().expect("this test"))
                .args(["--exact", "killed::build_for_ever", "--nocapture"])
                .env(FOLDER, disk.at("site"))
                .stdout(Stdio::null())
                .spawn()
                .expect("started");
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            sleep(Duration::from_micros(8_000 + (seed >> 33) % 40_000));
            assert!(
                child.try_wait().expect("known").is_none(),
                "round {round}: the build ended by itself"
            );
            child.kill().expect("killed");
            child.wait().expect("ended");
            let published: Vec<_> = disk
                .published()
                .into_iter()
                // The empty file that asks whether both folders are on one disk.
                .filter(|(name, text)| !(name == ".minutebook-arriving" && text.is_empty()))
                .filter(|(name, _)| !name.ends_with('/'))
                .collect();
            for (name, text) in &published {
                let whole = versions.iter().any(|version| version.get(name) == Some(text));
                assert!(
                    whole,
                    "round {round}: {name} is neither old nor new ({} bytes)",
                    text.len()
                );
            }
            let of = |version: usize| {
                published.iter().any(|(name, text)| {
                    versions[version].get(name) == Some(text) && versions[1 - version].get(name) != Some(text)
                })
            };
            mixed += usize::from(of(0) && of(1));
            staged += usize::from(!disk.left_over().is_empty());
            if round % 5 == 4 {
                let version = round % 2;
                let written = build(&disk.at("site"), version).expect("mended");
                assert_eq!(written.foreign, [""; 0], "round {round}");
                let files = disk
                    .published()
                    .into_iter()
                    .filter(|(name, _)| !name.ends_with('/'))
                    .collect();
                assert_eq!(versions[version], files, "round {round}");
                assert_eq!(disk.left_over(), [""; 0]);
            }
        }
        // Else nothing was killed at a moment that matters.
        eprintln!("{mixed} sites half renamed, {staged} half staged");
        assert!(mixed + staged > 0);
    }
}
