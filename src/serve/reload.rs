//! How an open page learns that the site has changed: a stream of server-sent
//! events, each the name of the state that the site is now in.

use std::time::Duration;

use hyper::body::Bytes;
use tokio::sync::{mpsc, watch};

use super::body::Sent;

pub const SCRIPT: &str = include_str!("preview.js");
pub const STYLE: &str = include_str!("preview.css");

/// After this long without a change a line is sent, so that a page that is
/// gone is noticed.
const QUIET: Duration = Duration::from_secs(15);

/// Tells the state at once, and each that follows. A page that is slow to read
/// is told the last one only.
pub fn stream(mut marks: watch::Receiver<String>) -> Sent {
    let (sender, coming) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut next = format!("retry: 500\ndata: {}\n\n", *marks.borrow_and_update());
        loop {
            if sender.send(Ok(Bytes::from(next))).await.is_err() {
                return;
            }
            next = tokio::select! {
                () = sender.closed() => return,
                changed = marks.changed() => match changed {
                    Ok(()) => format!("data: {}\n\n", *marks.borrow_and_update()),
                    Err(_) => return,
                },
                () = tokio::time::sleep(QUIET) => ":\n\n".to_owned(),
            };
        }
    });
    Sent::Coming(coming, None)
}
