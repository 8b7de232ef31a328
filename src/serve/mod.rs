//! The preview: a small web server on this machine that shows a site while it
//! is written, and shows it anew when a file is saved.
//!
//! What the site is made of is none of its business: it asks a [`Keeper`] what
//! there is, and a [`Content`] for one file at a time. It knows what it may
//! answer to whom ([`request`]), how ([`answer`]), when to look again
//! ([`watch`]), and how an open page learns of it ([`reload`], [`inject`]).
//! Nothing is written; no file is answered that the content did not name.

mod answer;
mod body;
mod host;
mod inject;
mod media;
mod memory;
mod papers;
mod policy;
mod range;
mod reload;
mod request;
mod server;
mod state;
mod touched;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use host::Hosts;
pub use server::{Bound, Limits, bind, run};
pub use touched::Touched;

/// What tells one form of a file from another.
pub type Key = u128;

/// What a file came to.
pub enum Made {
    /// What is remembered under the key that was shown.
    Same,
    Bytes(Key, Vec<u8>),
    /// The file and others that come with it, by their paths.
    Group(Vec<(String, Vec<u8>)>),
    /// A file of the site folder, by its path there.
    Copy(String),
}

/// Where a path leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// A file that is planned, and whether others come with it.
    File(String),
    /// To this address, from the top of the host.
    Redirect(String),
    /// Perhaps to one of the files that come with this one.
    Beside(String),
    Nowhere,
}

/// A site as it is at one moment.
pub trait Content: Send + Sync {
    /// What every address begins with: `/`, `/council/minutes/`.
    fn base(&self) -> &str;

    /// Where a path below the base leads; it is decoded and may hold anything.
    fn place(&self, path: &str) -> Place;

    /// Makes a planned file. `known` is the key of what is remembered of it.
    /// An error is a diagnostic as the terminal shows it.
    fn make(&self, path: &str, known: Option<Key>) -> Result<Made, String>;

    /// The page for what is not there.
    fn not_found(&self) -> &str;

    /// The page that asks for files that are dear to make, and the first of these.
    fn ahead(&self, path: &str) -> Option<String>;
}

/// What looking again came to.
pub struct Turn {
    pub content: Option<Arc<dyn Content>>,
    /// What is wrong, as the terminal shows it.
    pub problems: Vec<String>,
}

/// Who reads the site and tells of it.
pub trait Keeper: Send + 'static {
    /// Looks again at what was touched. `None` when all is as it was.
    fn look(&mut self, touched: &Touched) -> Option<Turn>;
}

/// Who is told what the server does.
pub trait Clerk: Send + Sync {
    /// Changes are looked for by reading all files every second, and why.
    fn polls(&self, why: &str);
    /// One file could not be shown.
    fn fault(&self, path: &str, words: &str);
}

/// What a server is asked for.
pub struct Settings {
    /// The site folder.
    pub root: PathBuf,
    pub ip: IpAddr,
    /// The first port that is tried.
    pub port: u16,
    /// Look for changes without being told of them.
    pub poll: bool,
    /// Another for each run of the program, so that an open page knows a new one.
    pub run: String,
    pub limits: Limits,
}

/// The address of a page on a server.
pub fn address(at: SocketAddr, base: &str) -> String {
    // Not `localhost`: another program may answer to that, by IPv6.
    let host = match at.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    format!("http://{host}:{}{base}", at.port())
}

/// A file of the site folder, if no part of its path is a link.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let file = root.join(path);
    (file.canonicalize().ok()? == file && file.is_file()).then_some(file)
}
