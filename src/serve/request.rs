//! Which requests are answered at all, and what they ask for. Nothing here
//! looks at a disk or knows a page.

use hyper::http::request::Parts;
use hyper::{Method, StatusCode, header};

use super::host::Hosts;
use crate::paths::decode_path;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Ask {
    /// A path below the base, decoded. It may hold anything but control
    /// characters and backslashes.
    Path(String),
    /// The top of a host below which the site lies deeper.
    Top,
    Own(Own),
    /// Not below the base.
    Elsewhere,
}

/// The preview's own files, below [`FOLDER`].
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Own {
    Script,
    Style,
    /// The stream that tells of changes.
    Changes,
    /// The same, for who cannot hold a stream.
    State,
    Unknown,
}

/// The folder of the preview's own files, below the base. No page of a site
/// lies there: names that begin with a dot are never read.
pub const FOLDER: &str = ".minutebook/";

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    pub words: &'static str,
}

const LONGEST_PATH: usize = 4096;

pub fn judge(head: &Parts, hosts: &Hosts, base: &str) -> Result<Ask, Refusal> {
    let refuse = |status, words| Err(Refusal { status, words });
    if !matches!(head.method, Method::GET | Method::HEAD) {
        return refuse(
            StatusCode::METHOD_NOT_ALLOWED,
            "Only GET and HEAD are answered here.",
        );
    }
    let mut named = head.headers.get_all(header::HOST).iter();
    let host = match (named.next(), named.next()) {
        (Some(host), None) => host.to_str().unwrap_or(""),
        (None, _) => {
            return refuse(
                StatusCode::BAD_REQUEST,
                "The request does not say which host it is for.",
            );
        }
        (Some(_), Some(_)) => {
            return refuse(StatusCode::BAD_REQUEST, "The request names more than one host.");
        }
    };
    let whole = head.uri.authority().map(|a| a.as_str());
    let scheme = head.uri.scheme_str().is_none_or(|s| s == "http");
    if !hosts.allow(host) || !whole.is_none_or(|w| hosts.allow(w)) || !scheme {
        return refuse(
            StatusCode::FORBIDDEN,
            "This is a preview on one machine; it answers under the name of that machine only.",
        );
    }
    let raw = head.uri.path();
    if raw.len() > LONGEST_PATH {
        return refuse(StatusCode::URI_TOO_LONG, "The address is too long.");
    }
    let bad = "The address is not written as an address is.";
    if !raw.starts_with('/') || !well_encoded(raw) {
        return refuse(StatusCode::BAD_REQUEST, bad);
    }
    let Some(path) = decode_path(raw) else {
        return refuse(StatusCode::BAD_REQUEST, bad);
    };
    if path.chars().any(|c| c.is_control() || c == '\\') {
        return refuse(StatusCode::BAD_REQUEST, bad);
    }
    let Some(below) = path.strip_prefix(base) else {
        return Ok(match path == "/" || base.strip_suffix('/') == Some(&path) {
            true => Ask::Top,
            false => Ask::Elsewhere,
        });
    };
    let Some(own) = below.strip_prefix(FOLDER) else {
        return Ok(Ask::Path(below.to_owned()));
    };
    let own = match own {
        "preview.js" => Own::Script,
        "preview.css" => Own::Style,
        "changes" => Own::Changes,
        "state" => Own::State,
        _ => Own::Unknown,
    };
    if own == Own::Changes {
        same_origin(head, hosts)?;
    }
    Ok(Ask::Own(own))
}

/// The stream is for our own pages alone. A browser says whose page asks: in
/// `Origin`, or, where it leaves that out because the page is of the same
/// origin, in `Sec-Fetch-Site`, which no script can set.
fn same_origin(head: &Parts, hosts: &Hosts) -> Result<(), Refusal> {
    let one = |name: &str| -> Option<Option<&str>> {
        let mut all = head.headers.get_all(name).iter();
        match (all.next(), all.next()) {
            (None, _) => Some(None),
            (Some(one), None) => Some(one.to_str().ok()),
            _ => None,
        }
    };
    let site = one("sec-fetch-site").flatten();
    let ours = match one("origin") {
        Some(Some(origin)) => hosts.allow_origin(origin) && site.is_none_or(|s| s == "same-origin"),
        Some(None) if !head.headers.contains_key("origin") => site == Some("same-origin"),
        _ => false,
    };
    match ours {
        true => Ok(()),
        false => Err(Refusal {
            status: StatusCode::FORBIDDEN,
            words: "Only a page of this preview may listen here.",
        }),
    }
}

/// Every `%` begins a byte in two hexadecimal digits.
fn well_encoded(path: &str) -> bool {
    let bytes = path.as_bytes();
    let whole = |at: usize| {
        bytes
            .get(at + 1..at + 3)
            .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    };
    (0..bytes.len()).all(|at| bytes[at] != b'%' || whole(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    fn judged(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<Ask, u16> {
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, ()) = request.body(()).expect("a request").into_parts();
        let hosts = Hosts::new("127.0.0.1:4400".parse().expect("an address"));
        judge(&head, &hosts, "/a/").map_err(|refusal| refusal.status.as_u16())
    }

    const HOST: (&str, &str) = ("host", "localhost:4400");

    #[test]
    fn a_path_is_what_stands_below_the_base() {
        for (target, expected) in [
            ("/a/", Ask::Path(String::new())),
            ("/a/b%20c/?q=1", Ask::Path("b c/".to_owned())),
            (
                "/a/%2e%2e/%2e%2e/etc/passwd",
                Ask::Path("../../etc/passwd".to_owned()),
            ),
            ("/a//etc/passwd", Ask::Path("/etc/passwd".to_owned())),
            ("/a/.minutebook/preview.js", Ask::Own(Own::Script)),
            ("/a/.minutebook/x", Ask::Own(Own::Unknown)),
            ("/", Ask::Top),
            ("/a", Ask::Top),
            ("/b/", Ask::Elsewhere),
            ("//evil.example/", Ask::Elsewhere),
        ] {
            assert_eq!(judged("GET", target, &[HOST]), Ok(expected), "{target}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused() {
        for (method, target, status) in [
            ("POST", "/a/", 405),
            ("OPTIONS", "/a/", 405),
            ("GET", "/a/%00", 400),
            ("GET", "/a/%0a", 400),
            ("GET", "/a/..%5c..%5cx", 400),
            ("GET", "/a/\\x", 400),
            ("GET", "/a/%", 400),
            ("GET", "/a/%+f", 400),
            ("GET", "/a/%zz", 400),
            ("GET", "/a/%ff", 400),
            ("GET", "/a/%c0%ae%c0%ae/", 400),
            ("GET", "http://evil.example/a/", 403),
            ("GET", "https://localhost:4400/a/", 403),
        ] {
            assert_eq!(judged(method, target, &[HOST]), Err(status), "{method} {target}");
        }
        assert_eq!(judged("GET", "/a/", &[]), Err(400));
        assert_eq!(judged("GET", "/a/", &[HOST, HOST]), Err(400));
        assert_eq!(judged("GET", "/a/", &[("host", "evil.example:4400")]), Err(403));
        let long = format!("/a/{}", "x".repeat(LONGEST_PATH));
        assert_eq!(judged("GET", &long, &[HOST]), Err(414));
    }

    #[test]
    fn the_stream_is_for_our_own_pages() {
        let ours = ("origin", "http://localhost:4400");
        let same = ("sec-fetch-site", "same-origin");
        for (headers, open) in [
            (vec![ours], true),
            (vec![ours, same], true),
            (vec![same], true),
            (vec![], false),
            (vec![("origin", "http://evil.example")], false),
            (vec![("origin", "http://evil.example"), same], false),
            (vec![("origin", "null")], false),
            (vec![("origin", "")], false),
            (vec![ours, ("origin", "http://evil.example")], false),
            (vec![ours, ("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![same, ("sec-fetch-site", "cross-site")], false),
        ] {
            let all: Vec<_> = [HOST].into_iter().chain(headers.iter().copied()).collect();
            let expected = if open {
                Ok(Ask::Own(Own::Changes))
            } else {
                Err(403)
            };
            assert_eq!(
                judged("GET", "/a/.minutebook/changes", &all),
                expected,
                "{headers:?}"
            );
        }
    }
}
