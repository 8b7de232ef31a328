//! Reading a site folder: which path is which record, and what an odd disk
//! does to a build.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use minutebook::paths::SourcePath;
use minutebook::report::{Report, Severity};
use minutebook::source::{Kind, Sorted, Sources, disk, memory, sort};

/// A record as `kind id body date folder`, anything else in a word, a
/// diagnostic as its rule and help.
fn sorted(path: &str) -> String {
    match sort(&SourcePath::new(path)) {
        Sorted::Record(place) => {
            let mut out = format!("{:?} {}", place.kind, place.id);
            if let Some(body) = place.body {
                out += &format!(" in {body}");
            }
            if let Some(date) = place.date {
                out += &format!(" on {date}");
            }
            out + if place.folder { " folder" } else { "" }
        }
        Sorted::File => "file".into(),
        Sorted::Private => "private".into(),
        Sorted::Ignored => "ignored".into(),
        Sorted::Misplaced(d) => format!("{}: {}", d.rule.name, d.help.unwrap_or_default()),
    }
}

#[test]
fn a_path_is_its_kind_and_id() {
    let cases = [
        ("index.md", "Home "),
        ("pages/About Us.md", "Page about-us"),
        ("bodies/cabinet.md", "Body cabinet"),
        ("people/Jane Roe.MD", "Person jane-roe"),
        ("people/2017.md", "Person 2017"),
        ("issues/ofsted-response.markdown", "Issue ofsted-response"),
        (
            "decisions/2026-01-15-waste.md",
            "Decision 2026-01-15-waste on 2026-01-15",
        ),
        ("decisions/waste.md", "Decision waste"),
        (
            "meetings/cabinet/2017-06-27.md",
            "Meeting cabinet/2017-06-27 in cabinet on 2017-06-27",
        ),
        (
            "meetings/Cabinet/2017-06-27-2.md",
            "Meeting cabinet/2017-06-27-2 in cabinet on 2017-06-27",
        ),
        (
            "meetings/cabinet/2017_06_27 Budget.md",
            "Meeting cabinet/2017-06-27-budget in cabinet on 2017-06-27",
        ),
        (
            "meetings/cabinet/2017-06-27/index.md",
            "Meeting cabinet/2017-06-27 in cabinet on 2017-06-27 folder",
        ),
        (
            "meetings/cabinet/2017/2017-06-27.md",
            "Meeting cabinet/2017-06-27 in cabinet on 2017-06-27",
        ),
        (
            "meetings/cabinet/2017-18/June/2017-06-27/Index.md",
            "Meeting cabinet/2017-06-27 in cabinet on 2017-06-27 folder",
        ),
        (
            "meetings/cabinet/2017/06/2017-06-27-x/index.md",
            "Meeting cabinet/2017-06-27-x in cabinet on 2017-06-27 folder",
        ),
        (
            "meetings/cabinet/minutes.md",
            "Meeting cabinet/minutes in cabinet",
        ),
        ("meetings/cabinet/2017-06-27/5-report.pdf", "file"),
        ("meetings/cabinet/papers/5-report.pdf", "file"),
        ("anything.txt", "file"),
        ("meetings/cabinet/2017-06-27.private.md", "private"),
        ("meetings/cabinet/papers/x.PRIVATE.md", "private"),
        ("pages/x.private (1).md", "private"),
        ("pages/x.private copy.md", "private"),
        ("pages/x.private-2.md", "private"),
        ("meetings/cabinet/2017-06-27.private/index.md", "private"),
        ("meetings/cabinet/2017-06-27/5-report.private.pdf", "private"),
        ("pages/x.privateer.md", "Page x-privateer"),
        ("issues/private-hire.md", "Issue private-hire"),
        (".git/x.md", "ignored"),
        ("people/.jane.md", "ignored"),
        ("people/README.md", "ignored"),
        ("meetings/cabinet/readme.md", "ignored"),
        ("people/Thumbs.db", "ignored"),
        ("people/.DS_Store", "ignored"),
        ("people/jane.md~", "ignored"),
        ("people/.jane.md.swp", "ignored"),
        ("people/#jane.md#", "ignored"),
        ("people/~$jane.docx", "ignored"),
    ];
    for (path, expected) in cases {
        assert_eq!(sorted(&format!("content/{path}")), expected, "{path}");
    }
    assert_eq!(sorted("themes/x/page.md"), "ignored");
}

/// The rule, and a part of the help.
#[test]
fn a_wrong_place_is_told_with_the_right_one() {
    let cases = [
        ("about.md", "misplaced-file", "content/pages/about.md"),
        (
            "2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27.md",
        ),
        (
            "meeting/cabinet/2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27.md",
        ),
        (
            "Meetings/cabinet/2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27.md",
        ),
        (
            "minutes/cabinet/2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27.md",
        ),
        ("councillor/jane.md", "misplaced-file", "content/people/jane.md"),
        (
            "cabinet/2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet",
        ),
        ("nowhere/x.md", "misplaced-file", "content/bodies"),
        ("people/roe/jane.md", "misplaced-file", "content/people/jane.md"),
        (
            "issues/ofsted/index.md",
            "misplaced-file",
            "content/issues/ofsted.md",
        ),
        ("pages/about/us.md", "misplaced-file", "content/pages/us.md"),
        (
            "meetings/2017-06-27.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27.md",
        ),
        (
            "meetings/2017-06-27/index.md",
            "misplaced-file",
            "content/meetings/cabinet/2017-06-27/index.md",
        ),
        ("meetings/index.md", "misplaced-file", "not needed"),
        (
            "meetings/cabinet/index.md",
            "misplaced-file",
            "content/bodies/cabinet.md",
        ),
        ("meetings/cabinet/2017/index.md", "misplaced-file", "2017-06-27"),
        (
            "meetings/cabinet/2017-06-27/minutes.md",
            "misplaced-file",
            "index.md",
        ),
        (
            "meetings/cabinet/2017-06-27/papers/index.md",
            "misplaced-file",
            "index.md",
        ),
        (
            "meetings/cabinet/27-06-2017/index.md",
            "unknown-folder",
            "`2017-06-27`",
        ),
        (
            "meetings/cabinet/27 June 2017/minutes.md",
            "unknown-folder",
            "`2017-06-27`",
        ),
        (
            "meetings/cabinet/2017_18/2017-06-27.md",
            "unknown-folder",
            "`2017-18`",
        ),
        (
            "meetings/cabinet/annual/index.md",
            "unknown-folder",
            "2017-06-27-annual",
        ),
        (
            "meetings/cabinet/2017-19/2017-06-27.md",
            "unknown-folder",
            "2017-18",
        ),
        (
            "meetings/cabinet/sub/2017-06-27.md",
            "unknown-folder",
            "content/meetings/sub",
        ),
        ("meetings/cabinet/2017-02-30.md", "bad-date", "2017-06-27"),
        ("meetings/cabinet/2017-02-30/index.md", "bad-date", "2017-06-27"),
        ("decisions/2017-13-01-x.md", "bad-date", "2017-06-27"),
        ("meetings/2017/2017-06-27.md", "reserved-name", "cabinet/2017"),
        ("bodies/2017.md", "reserved-name", "cabinet.md"),
        ("pages/meetings.md", "reserved-name", "another name"),
        ("pages/Forward Plan.md", "reserved-name", "another name"),
        ("pages/index.md", "reserved-name", "content/index.md"),
        ("people/_index.md", "reserved-name", "by itself"),
    ];
    for (path, rule, help) in cases {
        let sorted = sorted(&format!("content/{path}"));
        assert!(
            sorted.starts_with(rule) && sorted.contains(help),
            "{path}: {sorted}"
        );
    }
}

#[test]
fn any_path_is_sorted() {
    let odd = [
        "",
        "content",
        "content/",
        "content//.md",
        "content/.md",
        "content/meetings//x.md",
        "content/meetings/é/é.md",
        "content/pages/!.md",
        "content/meetings/!/!.md",
        "content/a\\b.md",
        "/content/x.md",
        "content/\n.md",
    ];
    for path in odd {
        sorted(path);
    }
}

fn memory_of(files: &[(&str, &[u8])]) -> (Sources, Report) {
    let files: BTreeMap<_, _> = files.iter().map(|(p, b)| ((*p).to_owned(), b.to_vec())).collect();
    memory::read(&files)
}

fn rules(report: &Report) -> Vec<(&'static str, &str)> {
    report
        .diagnostics()
        .iter()
        .map(|d| (d.rule.name, d.path.as_str()))
        .collect()
}

fn ids(sources: &Sources) -> Vec<&str> {
    sources.records.iter().map(|s| s.place.id.as_str()).collect()
}

#[test]
fn one_id_belongs_to_one_file() {
    let (sources, report) = memory_of(&[
        ("content/meetings/cabinet/2017-06-27.md", b"a"),
        ("content/meetings/cabinet/2017-06-27/index.md", b"b"),
        ("content/meetings/cabinet/2017/2017-06-27.md", b"c"),
        ("content/meetings/council/2017-06-27.md", b"another body"),
        ("content/people/Jane Roe.md", b"d"),
        ("content/people/jane-roe.md", b"e"),
        ("content/issues/jane-roe.md", b"another kind"),
        ("content/index.MD", b"f"),
        ("content/index.md", b"g"),
    ]);
    let expected = [
        ("duplicate-id", "content/index.md"),
        ("duplicate-id", "content/meetings/cabinet/2017-06-27/index.md"),
        ("duplicate-id", "content/meetings/cabinet/2017/2017-06-27.md"),
        ("duplicate-id", "content/people/jane-roe.md"),
    ];
    assert_eq!(rules(&report), expected);
    assert!(
        report.diagnostics()[1]
            .message
            .ends_with("content/meetings/cabinet/2017-06-27.md")
    );
    assert_eq!(
        ids(&sources),
        [
            "",
            "jane-roe",
            "cabinet/2017-06-27",
            "council/2017-06-27",
            "jane-roe"
        ]
    );
    assert_eq!(&*sources.records[4].text, "d");
}

#[test]
fn a_text_keeps_its_bytes() {
    let text = "\u{feff}a\r\nb\0\n";
    let (sources, report) = memory_of(&[
        ("content/index.md", text.as_bytes()),
        ("site.toml", b"\xef\xbb\xbftitle=1"),
    ]);
    assert_eq!(report.diagnostics(), []);
    assert_eq!(&*sources.records[0].text, text);
    assert_eq!(sources.records[0].place.kind, Kind::Home);
    assert_eq!(&*sources.config.expect("read").text, "\u{feff}title=1");
}

#[test]
fn a_wrong_text_spoils_itself_only() {
    let long = vec![b'x'; 1024 * 1024 + 1];
    let mut second = b"short\n".to_vec();
    second.extend_from_slice(&long);
    let (sources, report) = memory_of(&[
        ("content/people/a.md", b"fine"),
        ("content/people/b.md", b"one\ntwo\nR\xe9mi"),
        ("content/people/c.md", b"\xff\xfea\0"),
        ("content/people/d.md", &second),
        ("content/people/e.md", &long[..1024 * 1024]),
        ("content/people/z.md", b"fine"),
        ("site.toml", b"\xff"),
    ]);
    assert_eq!(ids(&sources), ["a", "e", "z"]);
    assert!(sources.config.is_none());
    let words: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|d| (d.rule.name, d.message.as_str()))
        .collect();
    let expected = [
        ("not-utf8", "line 3 holds a character that is not UTF-8"),
        (
            "not-utf8",
            "the file is text in UTF-16, not UTF-8 (from line 1 on)",
        ),
        ("too-large", "line 2 is longer than the limit of 1 MB"),
        ("not-utf8", "line 1 holds a character that is not UTF-8"),
    ];
    assert_eq!(words, expected);
}

fn write(root: &Path, path: &str, text: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, text).expect("written");
}

#[test]
fn a_disk_and_a_map_give_the_same() {
    let files: [(&str, &[u8]); 10] = [
        ("content/index.md", b"home"),
        ("content/meetings/cabinet/2017-06-27/index.md", b"m"),
        ("content/meetings/cabinet/2017-06-27/5.pdf", b"%PDF"),
        ("content/meetings/cabinet/2017-06-27.private.md", b"secret"),
        // A walk finds the folder first, and the order of paths has the file first.
        ("content/meetings/cabinet/2018-06-27.md", b"m"),
        ("content/meetings/cabinet/2018-06-27/index.md", b"the same again"),
        ("content/people/.git/x.md", b"x"),
        ("content/people/b.md", b"\xff"),
        ("content/wrong/b.md", b"b"),
        ("site.toml", b"title = 1"),
    ];
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(root.path(), path, text);
    }
    let (mut from_disk, report) = disk::read(root.path());
    // A map knows no times.
    for paper in from_disk.papers.values_mut() {
        assert!(paper.stamp.take().is_some(), "{}", paper.path);
    }
    assert_eq!(
        (&from_disk, &report),
        (&memory_of(&files).0, &memory_of(&files).1)
    );
    assert_eq!(ids(&from_disk), ["", "cabinet/2017-06-27", "cabinet/2018-06-27"]);
    assert_eq!(
        from_disk.papers.values().map(|p| p.bytes).collect::<Vec<_>>(),
        [4]
    );
    assert_eq!(
        rules(&report),
        [
            ("duplicate-id", "content/meetings/cabinet/2018-06-27/index.md"),
            ("not-utf8", "content/people/b.md"),
            ("misplaced-file", "content/wrong/b.md")
        ]
    );
}

#[test]
fn no_content_folder_is_one_error() {
    let root = tempfile::tempdir().expect("a folder");
    let missing = root.path().join("nowhere");
    for looked in [root.path(), &missing] {
        let (sources, report) = disk::read(looked);
        assert_eq!(sources, Sources::default());
        assert_eq!(rules(&report), [("no-content", "content")]);
        let said = &report.diagnostics()[0];
        assert!(
            said.message.contains(&looked.display().to_string()),
            "{}",
            said.message
        );
        assert!(said.help.as_ref().is_some_and(|help| help.contains("--root")));
    }
    assert_eq!(rules(&memory_of(&[]).1), [("no-content", "content")]);
    fs::create_dir(root.path().join("content")).expect("made");
    assert_eq!(disk::read(root.path()), (Sources::default(), Report::new()));
}

#[test]
fn a_record_of_33_mb_is_not_read() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "content/people/a.md", b"fine");
    write(root.path(), "content/people/b.md", b"");
    let big = fs::OpenOptions::new()
        .write(true)
        .open(root.path().join("content/people/b.md"))
        .expect("opened");
    big.set_len(32 * 1024 * 1024 + 1).expect("grown");
    write(root.path(), "content/film.mp4", b"");
    fs::OpenOptions::new()
        .write(true)
        .open(root.path().join("content/film.mp4"))
        .and_then(|f| f.set_len(1 << 36))
        .expect("grown");
    let (sources, report) = disk::read(root.path());
    assert_eq!(rules(&report), [("too-large", "content/people/b.md")]);
    assert!(
        report.diagnostics()[0].message.contains("33 MB")
            && report.diagnostics()[0].message.contains("32 MB")
    );
    assert_eq!(ids(&sources), ["a"]);
    assert_eq!(sources.papers.len(), 1);
}

#[test]
fn threads_leave_no_trace() {
    let root = tempfile::tempdir().expect("a folder");
    for n in 0..200 {
        let text: &[u8] = if n % 7 == 0 { b"\xff" } else { b"x" };
        write(
            root.path(),
            &format!("content/meetings/b{}/20{:02}-01-01.md", n % 13, n % 100),
            text,
        );
        write(root.path(), &format!("content/people/P {}.md", n / 2), text);
        write(root.path(), &format!("content/people/p-{}.md", n / 2), text);
    }
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| disk::read(root.path()))
    };
    let one = with(1);
    assert!(one.1.errors() > 50 && one.0.records.len() > 100);
    assert!(one.0.records.is_sorted_by(|a, b| a.path < b.path));
    for threads in [2, 8] {
        assert!(with(threads) == one, "{threads} threads");
    }
}

#[cfg(unix)]
mod odd_disks {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::*;

    /// A pipe that is opened would hang the test for ever.
    #[test]
    fn links_pipes_and_sockets_are_told_and_never_opened() {
        let root = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "secret.md", b"secret");
        write(root.path(), "content/people/a.md", b"fine");
        let at = |path: &str| root.path().join("content").join(path);
        symlink(outside.path().join("secret.md"), at("people/b.md")).expect("linked");
        symlink(outside.path(), at("issues")).expect("linked");
        symlink("..", at("people/loop")).expect("linked");
        symlink("nowhere", at("people/dangling.md")).expect("linked");
        symlink("nowhere", at("people/.#lock.md")).expect("linked");
        symlink("nowhere", at("people/x.private.md")).expect("linked");
        assert!(
            Command::new("mkfifo")
                .arg(at("people/pipe.md"))
                .status()
                .expect("mkfifo")
                .success()
        );
        assert!(
            Command::new("mkfifo")
                .arg(at("people/pipe.pdf"))
                .status()
                .expect("mkfifo")
                .success()
        );
        let _socket = UnixListener::bind(at("people/socket.md")).expect("bound");
        symlink("/dev/zero", root.path().join("site.toml")).expect("linked");
        let (sources, report) = disk::read(root.path());
        let expected = [
            "content/issues",
            "content/people/b.md",
            "content/people/dangling.md",
            "content/people/loop",
            "content/people/pipe.md",
            "content/people/pipe.pdf",
            "content/people/socket.md",
            "site.toml",
        ];
        assert_eq!(rules(&report), expected.map(|path| ("not-a-file", path)));
        assert!(
            report
                .diagnostics()
                .iter()
                // Without its settings a site would be another: that is an error.
                .all(|d| (d.severity == Severity::Error) == (d.path.as_str() == "site.toml"))
        );
        assert_eq!(ids(&sources), ["a"]);
        assert!(sources.papers.is_empty() && sources.config.is_none());
    }

    #[test]
    fn the_content_folder_itself_is_not_followed() {
        let root = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "index.md", b"elsewhere");
        symlink(outside.path(), root.path().join("content")).expect("linked");
        let (sources, report) = disk::read(root.path());
        assert_eq!(
            rules(&report),
            [("no-content", "content"), ("not-a-file", "content")]
        );
        assert!(sources.records.is_empty());
    }

    #[test]
    fn a_device_is_told_and_never_opened() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "content/people/a.md", b"fine");
        let zero = root.path().join("content/people/zero.md");
        if !Command::new("mknod")
            .arg(&zero)
            .args(["c", "1", "5"])
            .status()
            .is_ok_and(|s| s.success())
        {
            return; // Only root can make one.
        }
        let (sources, report) = disk::read(root.path());
        assert_eq!(rules(&report), [("not-a-file", "content/people/zero.md")]);
        assert_eq!(ids(&sources), ["a"]);
    }

    #[test]
    fn what_may_not_be_read_is_told() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "content/people/a.md", b"fine");
        write(root.path(), "content/people/b.md", b"closed");
        write(root.path(), "content/issues/c.md", b"in a closed folder");
        let close = |path: &str, mode| {
            fs::set_permissions(root.path().join(path), fs::Permissions::from_mode(mode)).expect("closed");
        };
        close("content/people/b.md", 0o000);
        close("content/issues", 0o000);
        let root_user = fs::read(root.path().join("content/people/b.md")).is_ok();
        let (sources, report) = disk::read(root.path());
        close("content/issues", 0o755);
        if root_user {
            return; // Nothing is closed to root.
        }
        assert_eq!(
            rules(&report),
            [
                ("unreadable-file", "content/issues"),
                ("unreadable-file", "content/people/b.md")
            ]
        );
        assert_eq!(ids(&sources), ["a"]);
    }

    #[test]
    fn names_that_are_not_utf8_are_told() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), "content/people/a.md", b"fine");
        let people = root.path().join("content/people");
        fs::write(people.join(OsStr::from_bytes(b"R\xe9mi.md")), b"x").expect("written");
        fs::write(people.join(OsStr::from_bytes(b".R\xe9mi.md")), b"x").expect("written");
        let folder = root.path().join("content").join(OsStr::from_bytes(b"\xe9"));
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("x.pdf"), b"x").expect("written");
        let (sources, report) = disk::read(root.path());
        let expected = [
            ("unreadable-file", "content/people/R\u{fffd}mi.md"),
            ("unreadable-file", "content/\u{fffd}"),
        ];
        assert_eq!(rules(&report), expected);
        assert_eq!(ids(&sources), ["a"]);
        assert!(sources.papers.is_empty());
    }
}
