//! One request, one answer.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};

use super::body::Sent;
use super::range::{Part, matches, may_be_part, part};
use super::request::{Ask, Own, Refusal, judge};
use super::state::{File, Now, State};
use super::{Place, inject, media, papers, policy, reload};
use crate::hash::Digest;

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Answers. Nothing that a request can hold is an error here.
pub async fn answer(state: Arc<State>, head: Parts) -> Response<Sent> {
    let now = state.now();
    let ask = match judge(&head, &state.hosts, now.base()) {
        Ok(ask) => ask,
        Err(refusal) => return refused(&refusal),
    };
    match ask {
        Ask::Own(own) => preview(&state, &now, &head, own),
        Ask::Top if now.content.is_some() => redirect(&head, now.base()),
        Ask::Top | Ask::Elsewhere => missing(&state, &now, &head).await,
        Ask::Path(path) => page(&state, &now, &head, &path).await,
    }
}

async fn page(state: &Arc<State>, now: &Arc<Now>, head: &Parts, path: &str) -> Response<Sent> {
    let Some(content) = &now.content else {
        let words = "What is wrong is told below. The page appears as soon as that is mended.";
        let html = inject::plain(
            "The site cannot be shown yet",
            words,
            "/",
            &now.mark,
            &now.problems,
        );
        return bytes(head, StatusCode::INTERNAL_SERVER_ERROR, HTML, html.into());
    };
    let file = match content.place(path) {
        Place::Redirect(to) => return redirect(head, &to),
        Place::Nowhere => return missing(state, now, head).await,
        Place::Beside(root) => state.beside(now, &root, path).await,
        Place::File(file) => {
            if let Some(dear) = content.ahead(&file) {
                let (state, now) = (Arc::clone(state), Arc::clone(now));
                tokio::spawn(async move { state.beside(&now, &dear, &dear).await });
            }
            let made = state.file(now, &file).await;
            return found(state, now, head, &file, made).await;
        }
    };
    found(state, now, head, path, file).await
}

async fn found(state: &Arc<State>, now: &Arc<Now>, head: &Parts, path: &str, file: File) -> Response<Sent> {
    match file {
        File::Nothing => missing(state, now, head).await,
        File::Copy(source) => {
            let root = state.root.clone();
            let opened = tokio::task::spawn_blocking(move || papers::open(&root, &source)).await;
            match opened {
                Ok(Some(open)) => paper(head, path, open),
                _ => missing(state, now, head).await,
            }
        }
        made => shown(state, now, head, path, StatusCode::OK, made),
    }
}

/// A file that was made, with what the preview adds if it is a page.
fn shown(
    state: &State,
    now: &Now,
    head: &Parts,
    path: &str,
    status: StatusCode,
    made: File,
) -> Response<Sent> {
    let kind = media::of(path);
    let (made, fault) = match made {
        File::Bytes(made) => (Some(made), None),
        File::Fault(words, remembered) => (remembered, Some(words)),
        File::Copy(_) | File::Nothing => (None, None),
    };
    if let Some(words) = &fault {
        state.clerk.fault(path, words);
    }
    let problems: Vec<String> = fault.iter().chain(&now.problems).cloned().collect();
    match made {
        Some(made) if kind != HTML => bytes(head, status, kind, made),
        Some(made) => {
            let html = String::from_utf8_lossy(&made);
            let html = inject::page(&html, now.base(), &now.mark, &problems);
            bytes(head, status, kind, html.into())
        }
        None => {
            let words = "What is wrong is told below. The page appears as soon as that is mended.";
            let html = inject::plain(
                "This page cannot be shown",
                words,
                now.base(),
                &now.mark,
                &problems,
            );
            bytes(head, StatusCode::INTERNAL_SERVER_ERROR, HTML, html.into())
        }
    }
}

async fn missing(state: &Arc<State>, now: &Arc<Now>, head: &Parts) -> Response<Sent> {
    let path = now.content.as_ref().map(|content| content.not_found().to_owned());
    if let Some(path) = path {
        let made = state.file(now, &path).await;
        if matches!(made, File::Bytes(_)) {
            return shown(state, now, head, &path, StatusCode::NOT_FOUND, made);
        }
    }
    let html = inject::plain(
        "There is nothing here",
        "No page of the site has this address.",
        now.base(),
        &now.mark,
        &now.problems,
    );
    bytes(head, StatusCode::NOT_FOUND, HTML, html.into())
}

fn preview(state: &State, now: &Now, head: &Parts, own: Own) -> Response<Sent> {
    match own {
        Own::Script => bytes(
            head,
            StatusCode::OK,
            media::of("x.js"),
            Bytes::from_static(reload::SCRIPT.as_bytes()),
        ),
        Own::Style => bytes(
            head,
            StatusCode::OK,
            media::of("x.css"),
            Bytes::from_static(reload::STYLE.as_bytes()),
        ),
        Own::State => bytes(head, StatusCode::OK, TEXT, now.mark.clone().into()),
        Own::Unknown => bytes(
            head,
            StatusCode::NOT_FOUND,
            TEXT,
            Bytes::from_static(b"There is nothing here.\n"),
        ),
        Own::Changes => {
            let mut response = Response::new(match head.method {
                Method::HEAD => Sent::nothing(),
                _ => reload::stream(state.listen()),
            });
            set(
                &mut response,
                header::CONTENT_TYPE,
                "text/event-stream; charset=utf-8",
            );
            guard(&mut response, policy::HEADER);
            set(&mut response, header::CACHE_CONTROL, "no-store");
            response
        }
    }
}

/// To an address of this host. `to` begins with one slash: it is made of the
/// plan and the base, never of what was asked for.
fn redirect(head: &Parts, to: &str) -> Response<Sent> {
    let query = head.uri.query().map_or(String::new(), |q| format!("?{q}"));
    let mut response = Response::new(Sent::nothing());
    *response.status_mut() = StatusCode::FOUND;
    set(&mut response, header::LOCATION, &format!("{to}{query}"));
    set(&mut response, header::CONTENT_LENGTH, "0");
    guard(&mut response, policy::HEADER);
    response
}

fn refused(refusal: &Refusal) -> Response<Sent> {
    let words = Bytes::from(format!("{}\n", refusal.words));
    let length = words.len();
    let mut response = Response::new(Sent::from(words));
    *response.status_mut() = refusal.status;
    set(&mut response, header::CONTENT_TYPE, TEXT);
    set(&mut response, header::CONTENT_LENGTH, &length.to_string());
    if refusal.status == StatusCode::METHOD_NOT_ALLOWED {
        set(&mut response, header::ALLOW, "GET, HEAD");
    }
    guard(&mut response, policy::HEADER);
    // What else such a client has to say is not listened to.
    set(&mut response, header::CONNECTION, "close");
    response
}

fn bytes(head: &Parts, status: StatusCode, kind: &str, bytes: Bytes) -> Response<Sent> {
    let tag = format!("\"{}\"", Digest::of(&bytes).short(32));
    let length = bytes.len() as u64;
    whole_or_part(head, status, kind, length, &tag, |from, length| {
        Sent::from(bytes.slice(from as usize..(from + length) as usize))
    })
}

fn paper(head: &Parts, path: &str, paper: papers::Paper) -> Response<Sent> {
    let (length, tag) = (paper.length, paper.tag.clone());
    whole_or_part(
        head,
        StatusCode::OK,
        media::of(path),
        length,
        &tag,
        |from, length| papers::send(paper, from, length),
    )
}

fn whole_or_part(
    head: &Parts,
    status: StatusCode,
    kind: &str,
    length: u64,
    tag: &str,
    send: impl FnOnce(u64, u64) -> Sent,
) -> Response<Sent> {
    let said = |name: HeaderName| head.headers.get(name).and_then(|v| v.to_str().ok());
    let fine = status == StatusCode::OK;
    let same = fine && said(header::IF_NONE_MATCH).is_some_and(|tags| matches(tags, tag));
    let range = said(header::RANGE)
        .filter(|_| fine && head.method == Method::GET && may_be_part(said(header::IF_RANGE), tag));
    let mut response = Response::new(Sent::nothing());
    let (status, from, send_length) = match part(range, length) {
        _ if same => (StatusCode::NOT_MODIFIED, 0, None),
        Part::Whole => (status, 0, Some(length)),
        Part::Some(from, to) => {
            set(
                &mut response,
                header::CONTENT_RANGE,
                &format!("bytes {from}-{to}/{length}"),
            );
            (StatusCode::PARTIAL_CONTENT, from, Some(to - from + 1))
        }
        Part::Unsatisfiable => {
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
            (StatusCode::RANGE_NOT_SATISFIABLE, 0, Some(0))
        }
    };
    *response.status_mut() = status;
    if fine {
        set(&mut response, header::ETAG, tag);
        set(&mut response, header::ACCEPT_RANGES, "bytes");
    }
    if let Some(length) = send_length {
        set(&mut response, header::CONTENT_TYPE, kind);
        set(&mut response, header::CONTENT_LENGTH, &length.to_string());
        if head.method == Method::GET && length > 0 {
            *response.body_mut() = send(from, length);
        }
    }
    guard(
        &mut response,
        if kind == "application/pdf" {
            policy::PDF
        } else {
            policy::HEADER
        },
    );
    response
}

/// The headers that every answer carries, as docs/hosting.md tells hosts to;
/// and no other site may show what is here.
fn guard(response: &mut Response<Sent>, policy: &str) {
    set(response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        response,
        header::REFERRER_POLICY,
        "strict-origin-when-cross-origin",
    );
    set(response, header::CONTENT_SECURITY_POLICY, policy);
    set(
        response,
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(response, header::CACHE_CONTROL, "no-cache");
}

fn set(response: &mut Response<Sent>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
