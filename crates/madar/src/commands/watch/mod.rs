//! `madar watch`: reads what arrives in folders and feeds, and tells what is new by it, until it is ended. What was
//! told on standard output is in the case; whatever happens next, the next run goes on from there.

mod feeds;
mod folders;
mod state;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use madar_case::{Case, Mark, Said, Watched};
use madar_open::Given;
use madar_read::{Kit, Reader};

use super::read::{self, ReadLine, Task, Trouble};
use super::{Outcome, Shape, alerts, shown};
use crate::cli::WatchArgs;
use crate::failure::Hinted;
use crate::formats::items::Look;
use crate::formats::{items, json, out, terminal};
use feeds::Feeds;
use folders::Folders;
use state::State;

/// How often folders are looked into.
const LOOK: Duration = Duration::from_secs(5);
/// Looks after which `--once` waits no longer for a file that is being written.
const LOOKS: usize = 10;
/// Minutes after which a feed of others may be asked again at the earliest.
const POLITE: u32 = 5;
/// Alerts told at once in words: who begins to watch a full folder has `madar brief`.
const PAGE: usize = 100;

pub(super) fn run(path: &Path, args: &WatchArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let (folders, addresses) = parted(args)?;
    let mut case = Case::open_or_create(path)?;
    case.clock(super::now());
    let known = case.captures()?;
    let reader = match args.reader {
        Some(reader) => reader,
        None if known.count()? == 0 => Reader::Accurate,
        None => case.reader()?,
    };
    // of a shared case beside the mirror: a database has no place for it
    let file = state::beside(case.path());
    let mut watch = Watch {
        mark: case.mark()?,
        state: State::read(&file, case.birth()?.as_deref()),
        file,
        wanted: Watched {
            about: args.about.about.clone(),
            limit: matches!(shape, Shape::Text(_)).then_some(PAGE),
        },
        task: Task {
            kit: Kit::with(reader)?,
            given: Given::default(),
            said: Said::ByDocument,
            known,
        },
        shape,
        told: BTreeSet::new(),
        troubles: 0,
        case,
    };
    let mut folders = Folders::new(folders);
    let mut feeds = Feeds::new(addresses, args);
    eprintln!(
        "watching: folders {}, feeds {}{}",
        folders.len(),
        feeds.len(),
        if args.once { "" } else { "; Ctrl-C ends it" }
    );
    for looked in 1.. {
        watch.case.clock(super::now());
        let arrived = folders.look(&mut watch)?;
        let came = feeds.look(&mut watch)?;
        if arrived + came > 0 {
            watch.tell_news()?;
        }
        watch.state.write(&watch.file, watch.case.birth()?)?;
        if args.once && (folders.is_at_rest() || looked == LOOKS) {
            folders.tell_left();
            break;
        }
        thread::sleep(if args.once { folders::REST } else { LOOK });
    }
    Ok(if watch.troubles == 0 {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

/// Folders, and the addresses of feeds.
fn parted(args: &WatchArgs) -> anyhow::Result<(Vec<PathBuf>, Vec<String>)> {
    let (mut folders, mut addresses) = (Vec::new(), Vec::new());
    for what in &args.what {
        let is_address = what.starts_with("http://") || what.starts_with("https://");
        let path = PathBuf::from(what);
        if is_address {
            addresses.push(what.clone());
        } else if path.is_dir() {
            folders.push(path);
        } else {
            addresses.extend(listed(&path)?);
        }
    }
    if !addresses.is_empty() && !args.online {
        return Err(Hinted::new(
            "feeds are fetched from the network, and Madar uses it only where you say so",
            "add --online: the feeds are then fetched with this machine's curl",
        )
        .into());
    }
    if args.every < POLITE && !args.private {
        return Err(Hinted::new(
            format!("a feed is not asked more often than every {POLITE} minutes"),
            "--every 5 or more; less often is kinder to the server",
        )
        .into());
    }
    Ok((folders, addresses))
}

/// The feeds of a list.
fn listed(path: &Path) -> anyhow::Result<Vec<String>> {
    let bytes = std::fs::read(path).map_err(|error| {
        Hinted::new(
            format!("cannot watch {:?}: {error}", shown(path)),
            "name a folder, a list of feeds as a feed reader exports it (OPML), or the address of a feed",
        )
    })?;
    let feeds = madar_open::feeds_of(&bytes).filter(|feeds| !feeds.is_empty());
    Ok(feeds.ok_or_else(|| {
        Hinted::new(
            format!("cannot watch {:?}: it is no list of feeds", shown(path)),
            "a file is read with madar read; watched are folders, and feeds listed in OPML",
        )
    })?)
}

/// The case that is watched for, and what has been told.
struct Watch {
    case: Case,
    task: Task,
    state: State,
    file: PathBuf,
    shape: Shape,
    wanted: Watched,
    /// Up to where it was told what is new.
    mark: Mark,
    /// Troubles that still hold.
    told: BTreeSet<String>,
    troubles: usize,
}

impl Watch {
    /// Says what became of something that was read.
    fn say(&mut self, told: Result<&ReadLine, &Trouble>) -> io::Result<()> {
        match told {
            Ok(line) => terminal::page(&mut io::stderr().lock(), self.shape.tongue()).read(line),
            Err(trouble) => {
                self.trouble(trouble);
                Ok(())
            }
        }
    }

    /// Tells of a trouble, once while it lasts.
    fn trouble(&mut self, trouble: &Trouble) {
        self.troubles += 1;
        if self.told.insert(trouble.reason.clone()) {
            read::tell(trouble);
        }
    }

    /// What is new since it was last told.
    fn tell_news(&mut self) -> anyhow::Result<()> {
        let now = self.case.mark()?;
        let register = self.case.register()?;
        let asked = self.case.asked(&self.task.kit)?;
        let asked = asked.wording(self.shape.tongue()).against(register);
        let found = alerts::news(&self.case, &asked, &self.mark, &self.wanted)?;
        match self.shape {
            Shape::Json => json::alerts(&mut out(), &found.some)?,
            Shape::Text(tongue) => {
                let items = items::alerts(&found.some, tongue);
                items::print(&items, Look::Terminal, tongue, &mut out())?;
            }
        }
        let more = found.all - found.some.len();
        if more > 0 {
            eprintln!("and {more} more: madar alerts");
        }
        self.mark = now;
        Ok(())
    }
}
