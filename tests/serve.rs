//! The preview server, as a process of its own: requests byte by byte, edits and the pages that
//! follow them, and what must not happen however a client behaves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const TODAY: &str = "2026-11-22";

/// A running preview, ended when it is dropped.
struct Preview {
    child: Child,
    at: SocketAddr,
    base: String,
}

impl Preview {
    fn start(root: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_minutebook"))
            .args(["serve", "--today", TODAY, "--port", "0", "--root"])
            .arg(root)
            .args(options)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("a line");
        let address = line
            .trim()
            .strip_prefix("the site is at http://")
            .expect(&line)
            .to_owned();
        let (host, path) = address.split_once('/').expect("a path");
        Self {
            child,
            at: host.parse().expect("an address"),
            base: format!("/{path}"),
        }
    }

    /// Sends bytes and reads what comes back, until the connection ends or the answer is whole.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.at).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        // A server may hang up before it has heard all.
        let _ = stream.write_all(request);
        Answer::read(&mut stream)
    }

    /// A request with these headers besides `Host`.
    fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut text = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.at
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw(format!("{text}\r\n").as_bytes())
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Asks until the page is as it should be.
    fn wait(&self, target: &str, right: impl Fn(&Answer) -> bool) -> Answer {
        let started = Instant::now();
        loop {
            let answer = self.get(target);
            if right(&answer) {
                return answer;
            }
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{target} stays as it is: {} {}",
                answer.status,
                answer.text()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Which state the site is in.
    fn mark(&self) -> String {
        self.get(&format!("{}.minutebook/state", self.base)).text()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug, Default)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let mut piece = [0; 65536];
        loop {
            if let Some(answer) = Self::parse(&bytes, false) {
                return answer;
            }
            match stream.read(&mut piece) {
                Ok(0) | Err(_) => return Self::parse(&bytes, true).unwrap_or_default(),
                Ok(read) => bytes.extend(&piece[..read]),
            }
        }
    }

    fn parse(bytes: &[u8], ended: bool) -> Option<Self> {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let answer = Self {
            status,
            headers,
            body: bytes[end + 4..].to_vec(),
        };
        let whole = answer
            .header("content-length")
            .and_then(|l| l.parse::<usize>().ok())
            .is_some_and(|length| answer.body.len() >= length);
        (ended || whole).then_some(answer)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page as a build writes it, without what the preview adds.
    fn as_built(&self) -> String {
        let text = self.text();
        let start = text.find("<script src=\"").expect("the script of the preview");
        let end = start + text[start..].find("</script>\n").expect("its end") + "</script>\n".len();
        format!("{}{}", &text[..start], &text[end..])
    }
}

const SITE: &[(&str, &str)] = &[
    (
        "site.toml",
        "title = \"Mere\"\nauthority = \"Mere Parish Council\"\nbase_url = \"https://mere.example/\"\n",
    ),
    ("content/index.md", "# Welcome\n\nThe record of Mere.\n"),
    ("content/bodies/council.md", "---\nname: Parish Council\n---\n"),
    (
        "content/meetings/council/2026-03-12/index.md",
        "---\nminutes: {status: draft}\n---\n\n## 1. The pond\n\n### Documents\n- [Plan](plan.pdf)\n\n### Minutes\nThe water was low.\n",
    ),
    (
        "content/meetings/council/2026-03-12/plan.pdf",
        "%PDF-1.4 0123456789",
    ),
    (
        "content/meetings/council/2026-03-12/loose.pdf",
        "%PDF-1.4 nobody links to this",
    ),
    ("content/meetings/council/2026-03-12.private.md", "PRIVATEWORDS"),
    (
        "content/pages/waiting.md",
        "---\ntitle: Held back\npublish_at: 2027-01-01\n---\nWAITINGWORDS\n",
    ),
    ("secret.txt", "SECRETWORDS"),
    (
        "content/meetings/council/2026-04-02.md",
        "## 1. Land\n\n- Exempt: 3\n\n### Minutes\nEXEMPTWORDS\n",
    ),
];

const MEETING: &str = "/meetings/council/2026-03-12/";
const PAPER: &str = "/meetings/council/2026-03-12/plan.pdf";

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in SITE {
        write(folder.path(), path, text);
    }
    folder
}

fn write(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
    std::fs::write(place, text).expect("written");
}

/// Requests byte by byte: a name, what is sent, and the status. `HOST` stands for the address.
const REQUESTS: &[(&str, &str, u16)] = &[
    ("a page", "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n", 200),
    ("the old version", "GET / HTTP/1.0\r\nHost: HOST\r\n\r\n", 200),
    (
        "by localhost",
        "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        200,
    ),
    (
        "the whole address",
        "GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        200,
    ),
    (
        "a question",
        "GET /?x=/../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        200,
    ),
    ("its file", "GET /index.html HTTP/1.1\r\nHost: HOST\r\n\r\n", 200),
    (
        "encoded",
        "GET /meetings/council/2026%2D03-12/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        200,
    ),
    (
        "nothing there",
        "GET /nothing/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    // Who may ask.
    (
        "a foreign host",
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        403,
    ),
    (
        "a foreign host, our port",
        "GET / HTTP/1.1\r\nHost: evil.example:PORT\r\n\r\n",
        403,
    ),
    (
        "a name that begins like ours",
        "GET / HTTP/1.1\r\nHost: localhost.evil.example:PORT\r\n\r\n",
        403,
    ),
    ("another port", "GET / HTTP/1.1\r\nHost: localhost:1\r\n\r\n", 403),
    (
        "a user in the host",
        "GET / HTTP/1.1\r\nHost: localhost:PORT@evil.example\r\n\r\n",
        403,
    ),
    ("an empty host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", 403),
    (
        "a foreign whole address",
        "GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        403,
    ),
    ("no host", "GET / HTTP/1.1\r\n\r\n", 400),
    ("no host in the old version", "GET / HTTP/1.0\r\n\r\n", 400),
    (
        "two hosts",
        "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n",
        400,
    ),
    (
        "a foreign host for the stream",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n\r\n",
        403,
    ),
    (
        "a foreign origin",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\n\r\n",
        403,
    ),
    (
        "no origin",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: HOST\r\n\r\n",
        403,
    ),
    (
        "the origin null",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: HOST\r\nOrigin: null\r\n\r\n",
        403,
    ),
    (
        "our origin by another scheme",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: HOST\r\nOrigin: https://HOST\r\n\r\n",
        403,
    ),
    (
        "a stream for another site",
        "GET /.minutebook/changes HTTP/1.1\r\nHost: HOST\r\nSec-Fetch-Site: cross-site\r\n\r\n",
        403,
    ),
    // What may be asked.
    (
        "a post",
        "POST / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\n\r\nab",
        405,
    ),
    (
        "a put",
        "PUT / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n",
        405,
    ),
    ("a delete", "DELETE / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    ("options", "OPTIONS / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    ("options of all", "OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    ("trace", "TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    ("connect", "CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    ("an invented method", "BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n", 405),
    // No way out of the site.
    ("dots", "GET /../secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n", 404),
    (
        "more dots",
        "GET /meetings/../../../../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "encoded dots",
        "GET /%2e%2e/secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "encoded slashes",
        "GET /..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "encoded twice",
        "GET /%252e%252e/secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "half encoded dots",
        "GET /.%2e/secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "too long UTF-8 for a dot",
        "GET /%c0%ae%c0%ae/secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "UTF-16 in UTF-7 clothes",
        "GET /+AC4ALgAv-secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "full width dots",
        "GET /%ef%bc%8e%ef%bc%8e/secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a backslash",
        "GET /..\\secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "an encoded backslash",
        "GET /..%5csecret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "a nought",
        "GET /index.html%00.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "a line break",
        "GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    ("no text", "GET /%ff%fe HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    ("half a percent", "GET /% HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    ("no digits", "GET /%zz HTTP/1.1\r\nHost: HOST\r\n\r\n", 400),
    (
        "an absolute path",
        "GET //etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "an absolute page",
        "GET //meetings/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a drive",
        "GET /C:/Windows/win.ini HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a file's address",
        "GET file:///etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "the settings",
        "GET /site.toml HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a source",
        "GET /content/index.md HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a paper that nobody links to",
        "GET /meetings/council/2026-03-12/loose.pdf HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a private file",
        "GET /meetings/council/2026-03-12.private.md HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a page that waits",
        "GET /waiting/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "a folder of the preview",
        "GET /.minutebook/ HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "out of it",
        "GET /.minutebook/../secret.txt HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "no other host",
        "GET //evil.example HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    (
        "no other host, by a backslash",
        "GET /\\evil.example HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "no other host, by dots",
        "GET //evil.example/%2e%2e HTTP/1.1\r\nHost: HOST\r\n\r\n",
        404,
    ),
    // Broken.
    ("not HTTP", "hello\r\n\r\n", 400),
    ("no version", "GET /\r\n\r\n", 400),
    (
        "a version of the future",
        "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "a broken header",
        "GET / HTTP/1.1\r\nHost: HOST\r\n: x\r\n\r\n",
        400,
    ),
    (
        "a folded header",
        "GET / HTTP/1.1\r\nHost: HOST\r\n folded\r\n\r\n",
        400,
    ),
    (
        "a control character",
        "GET /\u{1} HTTP/1.1\r\nHost: HOST\r\n\r\n",
        400,
    ),
    (
        "two lengths",
        "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        400,
    ),
    (
        "a length that is none",
        "GET / HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n",
        400,
    ),
    (
        "a range of the stars",
        "GET / HTTP/1.1\r\nHost: HOST\r\nRange: bytes=99999999999999999999-\r\n\r\n",
        416,
    ),
];

#[test]
fn requests_are_answered_as_they_deserve() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let (host, port) = (preview.at.to_string(), preview.at.port().to_string());
    let mut wrong = Vec::new();
    for (name, request, status) in REQUESTS {
        let request = request.replace("HOST", &host).replace("PORT", &port);
        let answer = preview.raw(request.as_bytes());
        if answer.status != *status {
            wrong.push(format!("{name}: {} instead of {status}", answer.status));
        }
        for words in [
            "SECRETWORDS",
            "PRIVATEWORDS",
            "WAITINGWORDS",
            "EXEMPTWORDS",
            "nobody links",
            "root:",
        ] {
            assert!(!answer.text().contains(words), "{name} gives {words}");
        }
        assert_eq!(answer.header("set-cookie"), None, "{name}");
        for (header, _) in &answer.headers {
            assert!(!header.starts_with("access-control-"), "{name}: {header}");
        }
        if let Some(to) = answer.header("location") {
            assert!(
                to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'),
                "{name}: {to}"
            );
        }
        // The parser of HTTP answers by itself where there is no request.
        let ours = answer.header("content-type").is_some();
        if ours {
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{name}");
            assert!(answer.header("content-security-policy").is_some(), "{name}");
        }
        if *status == 405 {
            assert_eq!(answer.header("allow"), Some("GET, HEAD"), "{name}");
        }
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a".repeat(5000));
    if preview.raw(long.as_bytes()).status != 414 {
        wrong.push("a long path".to_owned());
    }
    let deep = format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", "a/".repeat(1500));
    if preview.raw(deep.as_bytes()).status != 404 {
        wrong.push("a deep path".to_owned());
    }
    for (name, many) in [
        ("a large header", format!("X: {}\r\n", "x".repeat(1_000_000))),
        ("many headers", "X: y\r\n".repeat(10_000)),
    ] {
        let answer = preview.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n{many}\r\n").as_bytes());
        // Either it says so, or it has hung up while we still spoke.
        if ![431, 0].contains(&answer.status) {
            wrong.push(format!("{name}: {}", answer.status));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(preview.get("/").status, 200, "it lives");
}

#[test]
fn a_page_is_what_a_build_writes() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let output = site.path().join("public");
    assert!(!output.exists(), "nothing is written");
    let built = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(["build", "--quiet", "--today", TODAY, "--root"])
        .arg(site.path())
        .status()
        .expect("a build");
    assert!(built.success());
    let mut files: Vec<PathBuf> = vec![output.clone()];
    let mut seen = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a folder");
            files.extend(entries.map(|e| e.expect("an entry").path()));
            continue;
        }
        let name = path
            .strip_prefix(&output)
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/");
        let answer = preview.get(&format!("/{name}"));
        let bytes = std::fs::read(&path).expect("a file");
        assert_eq!(answer.status, 200, "{name}");
        match name.ends_with(".html") {
            true => assert_eq!(
                plain(&answer.as_built()),
                plain(&String::from_utf8_lossy(&bytes)),
                "{name}"
            ),
            false => assert!(answer.body == bytes, "{name}"),
        }
        seen += 1;
    }
    assert!(seen > 30, "{seen} files");
}

/// Without the policy, which the preview widens where a page forbids scripts.
fn plain(html: &str) -> String {
    let line = |l: &&str| !l.contains("Content-Security-Policy");
    html.lines().filter(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_written() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    preview.get("/");
    preview.get("/search/");
    let there: Vec<_> = std::fs::read_dir(site.path())
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !["site.toml", "content", "secret.txt"].contains(&name.as_str()))
        .collect();
    assert!(there.is_empty(), "{there:?}");
}

#[test]
fn answers_can_be_kept_and_asked_for_in_part() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    for target in ["/", PAPER, "/static/css/site.css"] {
        let whole = preview.get(target);
        let tag = whole.header("etag").expect("a tag").to_owned();
        let length = whole.body.len();
        let ask = |headers: &[(&str, &str)]| preview.ask("GET", target, headers);
        assert_eq!(
            (whole.status, whole.header("accept-ranges")),
            (200, Some("bytes"))
        );

        let same = ask(&[("If-None-Match", &tag)]);
        assert_eq!(
            (same.status, same.body.len(), same.header("etag")),
            (304, 0, Some(tag.as_str()))
        );
        assert_eq!(ask(&[("If-None-Match", "\"other\"")]).status, 200);
        assert_eq!(
            ask(&[("If-None-Match", &format!("\"other\", W/{tag}"))]).status,
            304
        );

        let head = preview.ask("HEAD", target, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), Some(length.to_string().as_str()));
        assert_eq!(head.header("etag"), Some(tag.as_str()));

        for (range, expected) in [
            ("bytes=0-3", Some((0, 3))),
            ("bytes=5-", Some((5, length - 1))),
            ("bytes=-4", Some((length - 4, length - 1))),
            ("bytes=0-9999999999", Some((0, length - 1))),
            ("bytes=3-1", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
        ] {
            let part = ask(&[("Range", range)]);
            match expected {
                Some((from, to)) => {
                    assert_eq!(part.status, 206, "{target} {range}");
                    assert_eq!(part.body, &whole.body[from..=to], "{target} {range}");
                    let told = format!("bytes {from}-{to}/{length}");
                    assert_eq!(part.header("content-range"), Some(told.as_str()));
                }
                None => assert_eq!((part.status, &part.body), (200, &whole.body), "{target} {range}"),
            }
        }
        let beyond = ask(&[("Range", "bytes=9999999-")]);
        let told = format!("bytes */{length}");
        assert_eq!(
            (beyond.status, beyond.header("content-range")),
            (416, Some(told.as_str()))
        );
        assert_eq!(ask(&[("Range", "bytes=0-0"), ("If-Range", &tag)]).status, 206);
        assert_eq!(
            ask(&[("Range", "bytes=0-0"), ("If-Range", "\"other\"")]).status,
            200
        );
        assert_eq!(
            ask(&[
                ("Range", "bytes=0-0"),
                ("If-Range", "Sun, 22 Nov 2026 10:00:00 GMT")
            ])
            .status,
            200
        );
        assert_eq!(preview.ask("HEAD", target, &[("Range", "bytes=0-0")]).status, 200);
    }
    assert_eq!(preview.get(PAPER).header("content-type"), Some("application/pdf"));
    assert_eq!(
        preview.get("/").header("content-type"),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let site = site();
    let base = ["--base-url", "https://example.org/council/minutes/"];
    let preview = Preview::start(site.path(), &base);
    assert_eq!(preview.base, "/council/minutes/");
    for (target, status, to) in [
        ("/", 302, Some("/council/minutes/")),
        ("/council/minutes", 302, Some("/council/minutes/")),
        ("/council/minutes/", 200, None),
        (
            "/council/minutes/meetings",
            302,
            Some("/council/minutes/meetings/"),
        ),
        (
            "/council/minutes/meetings?a=1",
            302,
            Some("/council/minutes/meetings/?a=1"),
        ),
        ("/meetings/", 404, None),
        ("/council/", 404, None),
        ("/council/minutes/../../meetings/", 404, None),
        ("/council/minutes//evil.example/..", 404, None),
    ] {
        let answer = preview.get(target);
        assert_eq!(
            (answer.status, answer.header("location")),
            (status, to),
            "{target}"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_folder_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let site = site();
    let meeting = site.path().join("content/meetings/council/2026-03-12");
    let preview = Preview::start(site.path(), &[]);
    assert_eq!(preview.get(PAPER).status, 200);
    // The file that is planned becomes a link to another.
    std::fs::remove_file(meeting.join("plan.pdf")).expect("removed");
    symlink(site.path().join("secret.txt"), meeting.join("plan.pdf")).expect("a link");
    symlink("/etc", site.path().join("content/etc")).expect("a link");
    for target in [PAPER, "/etc/passwd", "/etc/"] {
        let answer = preview.wait(target, |answer| answer.status == 404);
        assert!(!answer.text().contains("SECRETWORDS"));
    }
}

#[test]
fn what_is_not_public_is_shown_only_as_it_will_be() {
    let site = site();
    let preview = Preview::start(site.path(), &["--drafts"]);
    assert!(preview.get("/waiting/").text().contains("WAITINGWORDS"));
    let exempt = preview.get("/meetings/council/2026-04-02/");
    assert!(exempt.status == 200 && !exempt.text().contains("EXEMPTWORDS"));
    assert_eq!(preview.get("/meetings/council/2026-03-12.private.md").status, 404);
}

/// What somebody does to the folder.
enum Do {
    Write(&'static str, &'static str),
    /// Written beside it and renamed, as many editors save.
    Save(&'static str, &'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    /// The page is there and holds these words.
    Holds(&'static str, &'static str),
    /// It is there and does not.
    Lacks(&'static str, &'static str),
    Gone(&'static str),
}

use Do::*;

const FILE: &str = "content/meetings/council/2026-03-12/index.md";
const BROKEN: &str = "---\nminutes: {status: draft\n---\n\n## 1. The pond\n";
const PROBLEMS: &str = "minutebook-problems";

const EDITS: &[(&str, &[Do])] = &[
    (
        "a word",
        &[
            Write(FILE, "## 1. The pond\n\nThe water was high.\n"),
            Holds(MEETING, "was high"),
            Lacks(MEETING, "was low"),
        ],
    ),
    (
        "a save by renaming",
        &[
            Save(FILE, "## 1. The pond\n\nIt was dry.\n"),
            Holds(MEETING, "It was dry"),
        ],
    ),
    (
        "an error, and its end",
        &[
            Write(FILE, BROKEN),
            Holds(MEETING, "1 error in the archive"),
            Holds(MEETING, "2026-03-12/index.md:2"),
            Holds(MEETING, "The water was low"),
            Holds("/", PROBLEMS),
            Holds("/nothing/", PROBLEMS),
            Write(FILE, "## 1. The pond\n\nMended.\n"),
            Holds(MEETING, "Mended"),
            Lacks(MEETING, PROBLEMS),
            Lacks("/", PROBLEMS),
        ],
    ),
    (
        "words of an error stay words",
        &[
            Write(
                FILE,
                "---\nminutes: {status: \"<script>alert(1)</script>\"}\n---\n\n## 1. The pond\n",
            ),
            Holds(MEETING, "&lt;script&gt;alert(1)"),
            Lacks(MEETING, "<script>alert"),
        ],
    ),
    (
        "a file that is no text",
        &[
            Write(FILE, "\u{feff}"),
            Write(FILE, "---\ntitle: x\n---\n## 1. Once\n"),
            Holds(MEETING, "Once"),
        ],
    ),
    (
        "something becomes exempt",
        &[
            Write(
                FILE,
                "---\nexempt: 3\n---\n\n## 1. The pond\n\nThe water was low.\n",
            ),
            Lacks(MEETING, "water was low"),
        ],
    ),
    (
        "something becomes exempt, with a slip",
        &[
            Write(
                FILE,
                "---\nexmept: 3\n---\n\n## 1. The pond\n\nThe water was low.\n",
            ),
            Gone(MEETING),
            Lacks("/", "water was low"),
        ],
    ),
    (
        "a new meeting",
        &[
            Write("content/meetings/council/2026-05-01.md", "## 1. New\n"),
            Holds("/meetings/council/2026-05-01/", "New"),
            Holds("/meetings/", "1 May 2026"),
        ],
    ),
    (
        "a meeting goes",
        &[Remove(FILE), Gone(MEETING), Lacks("/meetings/2026/", "12 March")],
    ),
    (
        "a meeting moves",
        &[
            Rename(FILE, "content/meetings/council/2026-03-13.md"),
            Gone(MEETING),
            Holds("/meetings/council/2026-03-13/", "The water was low"),
        ],
    ),
    (
        "a folder moves",
        &[
            Rename("content/meetings/council", "content/meetings/board"),
            Gone(MEETING),
            Holds("/meetings/board/2026-03-12/", "The water was low"),
            Rename("content/meetings/board", "content/meetings/council"),
            Holds(MEETING, "The water was low"),
        ],
    ),
    (
        "all of the content goes and comes back",
        &[
            Rename("content", "content.old"),
            Gone(MEETING),
            Rename("content.old", "content"),
            Holds(MEETING, "The water was low"),
            Write(FILE, "## 1. The pond\n\nStill watched.\n"),
            Holds(MEETING, "Still watched"),
        ],
    ),
    (
        "the settings",
        &[
            Write(
                "site.toml",
                "title = \"Other\"\nauthority = \"Mere Parish Council\"\n",
            ),
            Holds("/", "Other"),
            Write("site.toml", "title = \n"),
            Holds("/", PROBLEMS),
            Holds("/", "– Other</title>"),
            Write("site.toml", "title = \"Third\"\n"),
            Holds("/", "Third"),
            Lacks("/", PROBLEMS),
        ],
    ),
    (
        "a theme, and an error in it",
        &[
            Write("themes/default/theme.toml", "footer = \"Footer of ours\"\n"),
            Holds("/", "Footer of ours"),
            Write("themes/default/static/css/site.css", "body { color: red }\n"),
            Holds("/static/css/site.css", "color: red"),
            Write("themes/default/templates/not-found.html", "{{ broken"),
            Holds("/", PROBLEMS),
            Holds("/", "Footer of ours"),
            Remove("themes/default/templates/not-found.html"),
            Lacks("/", PROBLEMS),
            Rename("themes", "themes.old"),
            Lacks("/", "Footer of ours"),
        ],
    ),
    (
        "a template that cannot show a page",
        &[
            Holds("/people/", "People"),
            Write(
                "themes/default/templates/people.html",
                "{% extends \"base.html\" %}{% block main %}{{ nothing.of.it }}{% endblock %}",
            ),
            Holds("/people/", PROBLEMS),
            Holds("/people/", "templates/people.html"),
            Lacks("/", PROBLEMS),
            Remove("themes/default/templates/people.html"),
            Lacks("/people/", PROBLEMS),
        ],
    ),
    (
        "a paper",
        &[
            Write("content/meetings/council/2026-03-12/plan.pdf", "%PDF-1.4 another"),
            Holds(PAPER, "another"),
            Write("content/meetings/council/2026-03-12/plan.pdf", "%PDF-1.4 twin-of"),
            Holds(PAPER, "twin-of"),
            Remove("content/meetings/council/2026-03-12/plan.pdf"),
            Gone(PAPER),
            Holds(MEETING, PROBLEMS),
        ],
    ),
    (
        "the page for what is not there",
        &[
            Holds("/nothing/", "minutebook/preview.js"),
            Holds("/search/", "minutebook/preview.js"),
        ],
    ),
];

#[test]
fn edits_are_seen() {
    walk(EDITS, &[]);
}

#[test]
fn edits_are_seen_where_nobody_tells_of_them() {
    let some = |name: &str| EDITS.iter().position(|e| e.0 == name).expect("an edit");
    let at = some("a save by renaming");
    walk(&EDITS[at..at + 2], &["--poll"]);
}

fn walk(edits: &[(&str, &[Do])], options: &[&str]) {
    for (name, steps) in edits {
        let site = site();
        let root = site.path();
        let preview = Preview::start(root, options);
        println!("{name}");
        for step in *steps {
            match step {
                Write(path, text) => write(root, path, text),
                Save(path, text) => {
                    let new = format!("{path}.tmp~");
                    write(root, &new, text);
                    std::fs::rename(root.join(new), root.join(path)).expect("renamed");
                }
                Remove(path) => std::fs::remove_file(root.join(path)).expect("removed"),
                Rename(from, to) => std::fs::rename(root.join(from), root.join(to)).expect("renamed"),
                Holds(target, words) => drop(preview.wait(target, |a| a.text().contains(words))),
                Lacks(target, words) => {
                    drop(preview.wait(target, |a| a.status == 200 && !a.text().contains(words)))
                }
                Gone(target) => drop(preview.wait(target, |a| a.status == 404)),
            }
        }
    }
}

#[test]
fn the_last_of_many_saves_is_shown_and_memory_stays_flat() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let save = |n: usize| {
        write(
            site.path(),
            FILE,
            &format!("## 1. The pond\n\nSave {n} of many.\n"),
        );
    };
    for n in 0..100 {
        save(n);
        preview.get(MEETING);
    }
    preview.wait(MEETING, |a| a.text().contains("Save 99 of many"));
    let before = memory(&preview);
    // As fast as the disk takes them.
    (0..1000).for_each(save);
    preview.wait(MEETING, |a| a.text().contains("Save 999 of many"));
    for n in 1000..1100 {
        save(n);
        preview.get(MEETING);
    }
    preview.wait(MEETING, |a| a.text().contains("Save 1099 of many"));
    if let (Some(before), Some(after)) = (before, memory(&preview)) {
        assert!(after < before + 30_000, "{before} kB became {after} kB");
    }
}

/// What the process holds in memory, in kB, where that can be read.
fn memory(preview: &Preview) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", preview.child.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_branch_is_switched() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let file = |n: usize| {
        format!(
            "content/meetings/council/2{:03}-{:02}-{:02}.md",
            n / 300,
            n / 25 % 12 + 1,
            n % 25 + 1
        )
    };
    for n in 0..1500 {
        write(site.path(), &file(n), "## 1. One branch\n");
    }
    let last = format!(
        "/{}/",
        file(1499).trim_start_matches("content/").trim_end_matches(".md")
    );
    preview.wait(&last, |a| a.text().contains("One branch"));
    for n in 0..1500 {
        match n % 3 {
            0 => std::fs::remove_file(site.path().join(file(n))).expect("removed"),
            _ => write(site.path(), &file(n), "## 1. Another\n"),
        }
    }
    preview.wait(&last, |a| a.text().contains("Another"));
    let first = format!(
        "/{}/",
        file(1497).trim_start_matches("content/").trim_end_matches(".md")
    );
    preview.wait(&first, |a| a.status == 404);
}

#[test]
fn an_open_page_is_told_of_a_change() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    let page = preview.get(MEETING).text();
    let mark = preview.mark();
    assert!(page.contains(&format!("data-mark=\"{mark}\"")), "{mark}");
    assert_eq!(preview.get("/.minutebook/preview.js").status, 200);

    let mut stream = TcpStream::connect(preview.at).expect("a connection");
    let request = format!(
        "GET /.minutebook/changes HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n\r\n",
        preview.at
    );
    stream.write_all(request.as_bytes()).expect("sent");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    let mut lines = BufReader::new(stream).lines().map(|line| line.expect("a line"));
    let mut next = || {
        lines
            .by_ref()
            .find(|line| line.starts_with("data: "))
            .expect("an event")
    };
    assert_eq!(next(), format!("data: {mark}"));
    write(site.path(), FILE, "## 1. The pond\n\nNews.\n");
    let told = next();
    assert_ne!(told, format!("data: {mark}"));
    assert!(
        preview.get(MEETING).text().contains("News."),
        "the event comes after the site"
    );
}

#[test]
fn slow_clients_take_nothing_from_others() {
    let site = site();
    let preview = Preview::start(site.path(), &[]);
    preview.get("/");
    let half: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut stream = TcpStream::connect(preview.at).expect("a connection");
            // Some say nothing, some a letter, some half a request.
            let said: &[u8] = [b"".as_slice(), b"G", b"GET / HTTP/1.1\r\nHost: x\r\nX-"][n % 3];
            stream.write_all(said).expect("sent");
            stream
        })
        .collect();
    let started = Instant::now();
    for _ in 0..20 {
        assert_eq!(preview.get("/").status, 200);
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(4), "{took:?}");
    // Who does not come to the point is not waited for.
    let mut one = &half[2];
    one.set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a timeout");
    let mut rest = Vec::new();
    let ended = one.read_to_end(&mut rest);
    assert!(ended.is_ok(), "{ended:?}");
    assert!(started.elapsed() < Duration::from_secs(25));
}

#[test]
fn the_next_port_is_taken() {
    let site = site();
    let first = Preview::start(site.path(), &[]);
    let port = first.at.port();
    if port > 65_000 {
        return;
    }
    let mut second = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(["serve", "--today", TODAY, "--port", &port.to_string(), "--root"])
        .arg(site.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command");
    let mut line = String::new();
    BufReader::new(second.stdout.take().expect("its output"))
        .read_line(&mut line)
        .expect("a line");
    let _ = second.kill();
    let _ = second.wait();
    let taken = line
        .trim()
        .rsplit(':')
        .next()
        .and_then(|p| p.trim_end_matches('/').parse::<u16>().ok());
    assert!(
        taken.is_some_and(|other| other > port && other <= port + 100),
        "{port} {line}"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let site = site();
    let mut preview = Preview::start(site.path(), &[]);
    let pid = preview.child.id().to_string();
    let _open = TcpStream::connect(preview.at).expect("a connection");
    Command::new("kill")
        .args(["-INT", &pid])
        .status()
        .expect("a signal");
    let started = Instant::now();
    let code = loop {
        if let Some(status) = preview.child.try_wait().expect("a status") {
            break status.code();
        }
        assert!(started.elapsed() < Duration::from_secs(5));
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(code, Some(0));
}
