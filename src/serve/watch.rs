//! Being told that files change. What exactly happened is not asked: the
//! events only say where to look, and a look at everything follows when it has
//! been quiet for a while, so that an event that was lost is made good.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::Notify;

use super::Touched;

/// The folders that a site is read from.
const FOLDERS: [&str; 2] = ["content", "themes"];
const CONFIG: &str = "site.toml";

/// What was touched and not yet looked at. However much happens, it does not
/// grow beyond [`Touched`].
#[derive(Default)]
pub struct Pending {
    heard: Mutex<Heard>,
    bell: Notify,
}

#[derive(Default)]
struct Heard {
    touched: Touched,
    /// How many events there were.
    events: u64,
    /// Files that somebody writes to and has not closed: a program that saves
    /// may have emptied its file, and not yet filled it again.
    open: BTreeSet<PathBuf>,
    /// This system tells when a file is closed.
    tells_closing: bool,
}

/// More open files than this are forgotten.
const MANY_OPEN: usize = 500;

impl Pending {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, more: Touched) {
        let mut heard = self.heard();
        heard.touched.add(more);
        heard.events += 1;
        self.bell.notify_one();
    }

    /// Notes who is writing to what.
    fn note(&self, event: &Event) {
        let mut heard = self.heard();
        let paths = event.paths.iter();
        match event.kind {
            EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => {
                if heard.open.len() > MANY_OPEN {
                    heard.open.clear();
                }
                heard.open.extend(paths.cloned());
            }
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                heard.tells_closing = true;
                paths.for_each(|path| {
                    heard.open.remove(path);
                });
            }
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
                paths.for_each(|path| {
                    heard.open.remove(path);
                });
            }
            _ => {}
        }
    }

    fn take(&self) -> Touched {
        std::mem::take(&mut self.heard().touched)
    }

    /// How many events there were, and whether a file is being written.
    fn state(&self) -> (u64, bool) {
        let heard = self.heard();
        (heard.events, heard.tells_closing && !heard.open.is_empty())
    }
}

pub struct Watch {
    root: PathBuf,
    pending: Arc<Pending>,
    /// None: nobody tells, and everything is looked at every second.
    watcher: Option<RecommendedWatcher>,
    /// Looks at everything that are still to follow the last event.
    settling: u32,
    /// Which folder the site's is, when watching began.
    which: Option<Identity>,
}

/// Device and inode, where there are such.
type Identity = (u64, u64);

/// Another folder may have come into the place of this one, as after a fresh
/// clone; no event tells of that.
fn identity(folder: &Path) -> Option<Identity> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let meta = std::fs::metadata(folder).ok()?;
        Some((meta.dev(), meta.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Events that follow each other faster than this belong together.
const QUIET: Duration = Duration::from_millis(4);
/// They are not waited for longer than so many times that.
const PATIENCE: u32 = 10;
/// How long after the last event everything is looked at.
const SETTLED: Duration = Duration::from_millis(400);
/// How often, when nobody tells.
const POLL: Duration = Duration::from_secs(1);
/// How often the day is looked at when nothing happens.
const IDLE: Duration = Duration::from_secs(30);

impl Watch {
    /// Watches a site folder; the second value says why nobody will tell.
    pub fn new(root: &Path, poll: bool) -> (Self, Option<String>) {
        let mut watch = Self {
            root: root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            pending: Arc::default(),
            watcher: None,
            settling: 0,
            which: None,
        };
        if poll {
            return (watch, None);
        }
        let why = watch.begin().err().map(|error| words(&error));
        if why.is_some() {
            watch.watcher = None;
        }
        (watch, why)
    }

    fn begin(&mut self) -> notify::Result<()> {
        let (root, pending) = (self.root.clone(), Arc::clone(&self.pending));
        let tell = move |event: notify::Result<Event>| {
            let touched = match event {
                Ok(event) => {
                    let touched = touched(&root, &event);
                    if !touched.is_none() {
                        pending.note(&event);
                    }
                    touched
                }
                Err(_) => Touched::Everything,
            };
            if !touched.is_none() {
                pending.add(touched);
            }
        };
        // What a link leads to is never read.
        let config = notify::Config::default().with_follow_symlinks(false);
        self.which = identity(&self.root);
        let watcher = RecommendedWatcher::new(tell, config)?;
        let watcher = self.watcher.insert(watcher);
        // Not what lies deeper: the published site may lie there.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            follow(watcher, &self.root.join(folder))?;
        }
        Ok(())
    }

    /// Waits until there is something to look at.
    pub async fn next(&mut self) -> Touched {
        let wait = match &self.watcher {
            None => POLL,
            Some(_) if self.settling > 0 => SETTLED,
            Some(_) => IDLE,
        };
        if tokio::time::timeout(wait, self.pending.bell.notified())
            .await
            .is_err()
        {
            if self.watcher.is_none() {
                return Touched::Everything;
            }
            return match self.settling {
                0 if self.is_replaced() => {
                    if self.begin().is_err() {
                        self.watcher = None;
                    }
                    Touched::Everything
                }
                0 => Touched::default(),
                left => {
                    self.settling = left - 1;
                    Touched::Everything
                }
            };
        }
        let mut before = self.pending.state();
        for _ in 0..PATIENCE {
            tokio::time::sleep(QUIET).await;
            let now = self.pending.state();
            if now == before && !now.1 {
                break;
            }
            before = now;
        }
        self.settling = 2;
        let touched = self.pending.take();
        self.follow_again(&touched);
        touched
    }

    /// Whether the site's folder is there, and another than the one watched.
    fn is_replaced(&self) -> bool {
        let now = identity(&self.root);
        now.is_some() && now != self.which
    }

    /// A folder that came back is another, and must be watched anew.
    fn follow_again(&mut self, touched: &Touched) {
        let Some(watcher) = &mut self.watcher else { return };
        for folder in FOLDERS {
            let again = match touched {
                Touched::Files(files) => files.contains(folder),
                Touched::Everything => true,
            };
            let path = self.root.join(folder);
            if again && follow_anew(watcher, &path).is_err() {
                self.watcher = None;
                return;
            }
        }
    }
}

fn follow_anew(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    let _ = watcher.unwatch(folder);
    follow(watcher, folder)
}

/// Watches a folder with all below it; one that is not there comes later.
fn follow(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    match watcher.watch(folder, RecursiveMode::Recursive) {
        Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
        Err(error) if gone(&error) => Ok(()),
        done => done,
    }
}

fn gone(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// Where an event tells to look.
fn touched(root: &Path, event: &Event) -> Touched {
    if event.need_rescan() {
        return Touched::Everything;
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return Touched::default(),
        _ => {}
    }
    let mut touched = Touched::default();
    for path in &event.paths {
        let Ok(below) = path.strip_prefix(root) else {
            continue;
        };
        let Some(below) = below.to_str() else {
            // A name that is no text: whoever reads the folder will say so.
            return Touched::Everything;
        };
        let below = below.replace('\\', "/");
        let first = below.split('/').next().unwrap_or("");
        if below == CONFIG || FOLDERS.contains(&first) {
            touched.add(Touched::one(below));
        }
    }
    touched
}

fn words(error: &notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => "this machine watches no more folders".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, Flag};

    #[test]
    fn only_what_a_site_is_read_from_is_looked_at() {
        let event = |kind: EventKind, path: &str| {
            touched(Path::new("/s"), &Event::new(kind).add_path(PathBuf::from(path)))
        };
        let changed = EventKind::Modify(ModifyKind::Any);
        let here = |path: &str| Touched::one(path);
        assert_eq!(event(changed, "/s/content/a/b.md"), here("content/a/b.md"));
        assert_eq!(event(changed, "/s/site.toml"), here("site.toml"));
        assert_eq!(
            event(EventKind::Create(CreateKind::Folder), "/s/themes"),
            here("themes")
        );
        for other in ["/s/public/index.html", "/s", "/t/content/a.md", "/s/contents"] {
            assert!(event(changed, other).is_none(), "{other}");
        }
        let read = EventKind::Access(AccessKind::Open(AccessMode::Read));
        assert!(event(read, "/s/content/a.md").is_none());
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(touched(Path::new("/s"), &lost), Touched::Everything);
    }

    #[test]
    fn a_file_that_is_being_written_is_known_until_it_is_closed() {
        let pending = Pending::default();
        let note =
            |kind: EventKind| pending.note(&Event::new(kind).add_path(PathBuf::from("/s/content/a.md")));
        let (written, closed) = (
            EventKind::Modify(ModifyKind::Data(DataChange::Any)),
            EventKind::Access(AccessKind::Close(AccessMode::Write)),
        );
        note(written);
        // Nobody knows whether this system will tell.
        assert!(!pending.state().1);
        note(closed);
        note(written);
        assert!(pending.state().1);
        note(closed);
        assert!(!pending.state().1);
    }

    #[test]
    fn a_flood_is_one_word() {
        let pending = Pending::default();
        (0..5000).for_each(|n| pending.add(Touched::one(format!("content/{n}.md"))));
        assert_eq!(pending.take(), Touched::Everything);
        assert!(pending.take().is_none());
    }
}
