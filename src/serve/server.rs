//! The listener, and the loop that looks again.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use super::answer::answer;
use super::state::State;
use super::watch::Watch;
use super::{Clerk, Hosts, Keeper, Settings, Touched, Turn};

/// What a client may take of the server.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at one time. More wait.
    pub connections: usize,
    /// For all headers of a request to arrive.
    pub patience: Duration,
    /// For all headers of a request together, in bytes.
    pub header: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 600,
            patience: Duration::from_secs(10),
            header: 32 * 1024,
        }
    }
}

/// A port that is ours.
pub struct Bound {
    listener: TcpListener,
    pub at: SocketAddr,
}

/// So many ports are tried.
const PORTS: u16 = 100;

/// Takes the port that is asked for, or the next that is free.
pub fn bind(settings: &Settings) -> io::Result<Bound> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in settings.port..=settings.port.saturating_add(PORTS) {
        match TcpListener::bind((settings.ip, port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                let at = listener.local_addr()?;
                return Ok(Bound { listener, at });
            }
            Err(error) => last = error,
        }
        if last.kind() != io::ErrorKind::AddrInUse || settings.port == 0 {
            break;
        }
    }
    Err(last)
}

/// Serves until it is interrupted. `ready` is called once requests are answered.
pub fn run(
    bound: Bound,
    settings: &Settings,
    mut keeper: impl Keeper,
    clerk: Arc<dyn Clerk>,
    ready: impl FnOnce(Option<&str>),
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(64)
        .build()?;
    // Watched before it is read, so that no change falls between.
    let (watch, why) = Watch::new(&settings.root, settings.poll);
    if let Some(why) = why {
        clerk.polls(&why);
    }
    let first = keeper.look(&Touched::Everything).unwrap_or(Turn {
        content: None,
        problems: Vec::new(),
    });
    let base = first.content.as_ref().map(|content| content.base().to_owned());
    let state = Arc::new(State::new(
        Hosts::new(bound.at),
        settings.root.clone(),
        settings.run.clone(),
        clerk,
        first,
    ));
    let done = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(bound.listener)?;
        tokio::spawn(follow(watch, keeper, Arc::clone(&state)));
        ready(base.as_deref());
        tokio::select! {
            () = listen(listener, state, settings.limits) => Ok(()),
            stopped = interrupted() => stopped,
        }
    });
    runtime.shutdown_background();
    done
}

async fn interrupted() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ended = signal(SignalKind::terminate())?;
        let mut hung_up = signal(SignalKind::hangup())?;
        tokio::select! {
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = ended.recv() => Ok(()),
            _ = hung_up.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Looks again whenever something was touched, one look after the other.
async fn follow(mut watch: Watch, mut keeper: impl Keeper, state: Arc<State>) {
    let mut number = 0;
    loop {
        let touched = watch.next().await;
        let looked = tokio::task::spawn_blocking(move || {
            let turn = catch_unwind(AssertUnwindSafe(|| keeper.look(&touched)));
            (keeper, turn)
        });
        let Ok((back, turn)) = looked.await else { return };
        keeper = back;
        let turn = turn.unwrap_or_else(|_| {
            Some(Turn {
                content: None,
                problems: vec![
                    "error: what was just saved broke the program; please report it with the file\n"
                        .to_owned(),
                ],
            })
        });
        if let Some(turn) = turn {
            number += 1;
            let state = Arc::clone(&state);
            let _ = tokio::task::spawn_blocking(move || state.turn(turn, number)).await;
        }
    }
}

async fn listen(listener: tokio::net::TcpListener, state: Arc<State>, limits: Limits) {
    let free = Arc::new(Semaphore::new(limits.connections));
    loop {
        let Ok(permit) = Arc::clone(&free).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let state = Arc::clone(&state);
                tokio::spawn(async move {
                    converse(stream, state, limits).await;
                    drop(permit);
                });
            }
            // Too many open files, or a client that is gone already.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn converse(stream: TcpStream, state: Arc<State>, limits: Limits) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request: Request<Incoming>| {
        let state = Arc::clone(&state);
        async move {
            // What a client sends behind its headers is not read.
            let (head, _) = request.into_parts();
            Ok::<_, std::convert::Infallible>(answer(state, head).await)
        }
    });
    // What breaks a connection is the client's affair.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.patience)
        .max_buf_size(limits.header)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
