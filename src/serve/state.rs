//! What all connections share: the site as it is now, what was made of it, and
//! who listens for the next.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use hyper::body::Bytes;
use tokio::sync::{Semaphore, watch};

use super::memory::Memory;
use super::{Clerk, Content, Hosts, Made, Turn};

/// The site at one moment.
pub struct Now {
    pub content: Option<Arc<dyn Content>>,
    pub problems: Vec<String>,
    /// Names the moment.
    pub mark: String,
}

impl Now {
    pub fn base(&self) -> &str {
        self.content.as_ref().map_or("/", |content| content.base())
    }
}

/// Files that were made together, and the moment they belong to.
#[derive(Default)]
struct Group {
    mark: String,
    root: String,
    files: BTreeMap<String, Bytes>,
}

pub struct State {
    pub hosts: Hosts,
    pub root: PathBuf,
    pub clerk: Arc<dyn Clerk>,
    now: RwLock<Arc<Now>>,
    memory: Mutex<Memory>,
    group: tokio::sync::Mutex<Group>,
    makers: Semaphore,
    marks: watch::Sender<String>,
    run: String,
}

/// A made file.
pub enum File {
    Bytes(Bytes),
    Copy(String),
    /// It cannot be shown: why, and what is remembered of it.
    Fault(String, Option<Bytes>),
    Nothing,
}

/// Pages are kept up to so many bytes.
const REMEMBERED: usize = 64 * 1024 * 1024;
/// So many files are made at once.
const MAKERS: usize = 4;

impl State {
    pub fn new(hosts: Hosts, root: PathBuf, run: String, clerk: Arc<dyn Clerk>, first: Turn) -> Self {
        let mark = format!("{run}-0");
        let now = Now {
            content: first.content,
            problems: first.problems,
            mark: mark.clone(),
        };
        Self {
            hosts,
            root,
            clerk,
            now: RwLock::new(Arc::new(now)),
            memory: Mutex::new(Memory::new(REMEMBERED)),
            group: tokio::sync::Mutex::default(),
            makers: Semaphore::new(MAKERS),
            marks: watch::Sender::new(mark),
            run,
        }
    }

    pub fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn listen(&self) -> watch::Receiver<String> {
        self.marks.subscribe()
    }

    /// The site is another from now on. Content that could not be had leaves
    /// the last one standing.
    pub fn turn(&self, turn: Turn, number: u64) {
        let mark = format!("{}-{number}", self.run);
        let old = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            let content = turn.content.or_else(|| now.content.clone());
            let next = Now {
                content,
                problems: turn.problems,
                mark: mark.clone(),
            };
            std::mem::replace(&mut *now, Arc::new(next))
        };
        self.marks.send_replace(mark);
        // A large archive takes its time to go; nobody waits for it.
        drop(old);
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a planned file, or takes it from memory.
    pub async fn file(self: &Arc<Self>, now: &Arc<Now>, path: &str) -> File {
        if now.content.is_none() {
            return File::Nothing;
        }
        let known = self.memory().get(path);
        let key = known.as_ref().map(|k| k.0);
        let remembered = known.map(|k| k.1);
        match self.make(now, path, key).await {
            Ok(Made::Same) => remembered.map_or(File::Nothing, File::Bytes),
            Ok(Made::Bytes(key, bytes)) => {
                let bytes = Bytes::from(bytes);
                self.memory().put(path, key, bytes.clone());
                File::Bytes(bytes)
            }
            Ok(Made::Copy(source)) => File::Copy(source),
            Ok(Made::Group(files)) => {
                let file = files.into_iter().find(|f| f.0 == path);
                file.map_or(File::Nothing, |f| File::Bytes(Bytes::from(f.1)))
            }
            Err(words) => File::Fault(words, remembered),
        }
    }

    /// One of the files that come with `root`, all of which are made once.
    pub async fn beside(self: &Arc<Self>, now: &Arc<Now>, root: &str, path: &str) -> File {
        let mut group = self.group.lock().await;
        if group.mark != now.mark || group.root != root {
            *group = Group::default();
            let files = match self.make(now, root, None).await {
                Ok(Made::Group(files)) => files,
                Ok(Made::Bytes(_, bytes)) => vec![(root.to_owned(), bytes)],
                Ok(_) => Vec::new(),
                Err(words) => return File::Fault(words, None),
            };
            *group = Group {
                mark: now.mark.clone(),
                root: root.to_owned(),
                files: files
                    .into_iter()
                    .map(|(path, bytes)| (path, Bytes::from(bytes)))
                    .collect(),
            };
        }
        group
            .files
            .get(path)
            .map_or(File::Nothing, |bytes| File::Bytes(bytes.clone()))
    }

    async fn make(
        self: &Arc<Self>,
        now: &Arc<Now>,
        path: &str,
        known: Option<super::Key>,
    ) -> Result<Made, String> {
        let Ok(_permit) = self.makers.acquire().await else {
            return Ok(Made::Same);
        };
        let (now, path) = (Arc::clone(now), path.to_owned());
        let made = tokio::task::spawn_blocking(move || {
            let content = now.content.as_ref()?;
            Some(catch_unwind(AssertUnwindSafe(|| content.make(&path, known))))
        });
        match made.await {
            Ok(Some(Ok(made))) => made,
            Ok(None) => Ok(Made::Same),
            _ => Err("this page broke the program; please report it".to_owned()),
        }
    }
}
