//! What feeds bring, fetched with the user's `curl` where `--online` says so. A feed is asked politely: not often, only
//! for what has changed, less and less often while it fails, and not at all for as long as its server asks to be left
//! alone. What a page's own text says goes before what the feed says of it.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use madar_open::{Answer, FetchError, Given, Page, Request, fetch, open_all, parse_stamp};
use madar_text::{Capture, Document};

use super::Watch;
use super::state::Feed;
use crate::cli::WatchArgs;
use crate::commands::now;
use crate::commands::read::{Read, Tally, Trouble, keep, reading};

/// Between two requests to one server.
const PAUSE: Duration = Duration::from_secs(2);
/// Pages fetched of one feed at a time; the rest comes next time.
const MOST_PAGES: usize = 50;
/// A feed that fails is asked after twice the time, and so on: so many times.
const DOUBLED: u32 = 6;

pub(super) struct Feeds {
    addresses: Vec<String>,
    full: bool,
    private: bool,
    /// Seconds between two questions to a feed.
    every: i64,
    /// When a server was last asked.
    asked: BTreeMap<String, Instant>,
}

impl Feeds {
    pub(super) fn new(addresses: Vec<String>, args: &WatchArgs) -> Self {
        let mut addresses = addresses;
        addresses.sort();
        addresses.dedup();
        Self {
            addresses,
            full: args.full,
            private: args.private,
            every: i64::from(args.every) * 60,
            asked: BTreeMap::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Asks the feeds whose time it is, and gives how many new documents they brought.
    pub(super) fn look(&mut self, watch: &mut Watch) -> anyhow::Result<usize> {
        let mut new = 0;
        for address in self.addresses.clone() {
            let held = watch.state.feeds.get(&address).cloned().unwrap_or_default();
            if held.next <= seconds() {
                new += self.ask(&address, &held, watch)?;
            }
        }
        Ok(new)
    }

    fn ask(&mut self, address: &str, held: &Feed, watch: &mut Watch) -> anyhow::Result<usize> {
        let mut feed = held.clone();
        feed.next = seconds() + self.every;
        feed.failed = 0;
        let request = Request {
            address,
            etag: held.etag.as_deref(),
            modified: held.modified.as_deref(),
            private: self.private,
        };
        let mut new = 0;
        let answer = self.fetch(&request);
        if answer.is_ok() {
            watch.told.retain(|reason| !reason.contains(address));
        }
        match answer {
            Ok(Answer::Unchanged) => {}
            Ok(Answer::Page(page)) => {
                feed.etag.clone_from(&page.etag);
                feed.modified.clone_from(&page.modified);
                new = self.entries(address, &page, &mut feed, watch)?;
            }
            Err(error) => {
                (feed.failed, feed.next) = self.patience(held, &error);
                watch.trouble(&trouble(&error));
            }
        }
        watch.state.feeds.insert(address.to_owned(), feed);
        Ok(new)
    }

    /// How often a feed has failed by now, and when it is asked again.
    fn patience(&self, held: &Feed, error: &FetchError) -> (u32, i64) {
        let asked_to = match error {
            FetchError::Refused { wait, .. } => wait.and_then(|s| i64::try_from(s).ok()),
            FetchError::Failed { .. } => None,
            // nobody was asked
            _ => return (held.failed, held.next),
        };
        let failed = held.failed.saturating_add(1);
        let wait = self.every << failed.min(DOUBLED);
        (failed, seconds() + asked_to.unwrap_or(0).max(wait))
    }

    fn entries(
        &mut self,
        address: &str,
        page: &Page,
        feed: &mut Feed,
        watch: &mut Watch,
    ) -> anyhow::Result<usize> {
        let mut tally = Tally::default();
        let mut pages = Vec::new();
        let mut left = MOST_PAGES;
        for opened in open_all(&page.body, &named(address)) {
            let entry = match opened {
                Ok(entry) => entry,
                Err(error) => {
                    watch.trouble(&Trouble {
                        origin: address.to_owned(),
                        reason: error.to_string(),
                        hint: error.hint(),
                    });
                    continue;
                }
            };
            let hash = entry.bytes.hex();
            if feed.pages.contains(&hash) {
                pages.push(hash);
                continue;
            }
            if self.full && left > 0 {
                left -= 1;
                if let Some(documents) = self.page_of(&entry, watch) {
                    pages.push(hash);
                    for document in documents {
                        take(document, watch, &mut tally)?;
                    }
                    continue;
                }
            }
            take(entry, watch, &mut tally)?;
        }
        if self.full && left == 0 {
            // the rest is fetched when the feed is asked next, whether it has changed by then or not
            (feed.etag, feed.modified) = (None, None);
        }
        feed.pages = pages;
        Ok(tally.new)
    }

    /// The documents of an entry's page; none where it has none or it cannot be had.
    fn page_of(&mut self, entry: &Document, watch: &mut Watch) -> Option<Vec<Document>> {
        let address = entry.meta.address.as_deref()?;
        let request = Request {
            address,
            private: self.private,
            ..Request::default()
        };
        let page = match self.fetch(&request) {
            Ok(Answer::Page(page)) => page,
            Ok(Answer::Unchanged) => return None,
            Err(error) => {
                watch.trouble(&trouble(&error));
                return None;
            }
        };
        let opened = open_all(&page.body, &named(&page.address)).into_iter();
        let mut documents: Vec<Document> = opened.flatten().collect();
        if let [only] = &mut documents[..] {
            only.meta.address.get_or_insert_with(|| address.to_owned());
        }
        for document in &mut documents {
            let meta = &mut document.meta;
            meta.title = meta.title.take().or_else(|| entry.meta.title.clone());
            meta.publisher = meta
                .publisher
                .take()
                .or_else(|| entry.meta.publisher.clone());
            meta.published = meta
                .published
                .take()
                .or_else(|| entry.meta.published.clone());
        }
        (!documents.is_empty()).then_some(documents)
    }

    /// Fetches something once its server has had its pause.
    fn fetch(&mut self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let server = request.address.split('/').nth(2).unwrap_or_default();
        let since = self.asked.get(server).map(Instant::elapsed);
        let pause = since.and_then(|since| PAUSE.checked_sub(since));
        // one's own server needs none
        if let Some(pause) = pause.filter(|_| !self.private) {
            thread::sleep(pause);
        }
        let answer = fetch(request);
        self.asked.insert(server.to_owned(), Instant::now());
        answer
    }
}

/// Reads and keeps a document that the case does not have yet.
fn take(mut document: Document, watch: &mut Watch, tally: &mut Tally) -> anyhow::Result<()> {
    if watch.task.knows(&document) {
        return Ok(());
    }
    document.meta.capture = parse_stamp(&now()).map(|at| Capture { at, digest: None });
    let reading = match reading(&document, &watch.task.kit) {
        Ok(reading) => Some(reading),
        Err(trouble) => {
            watch.say(Err(&trouble))?;
            tally.failures.push(trouble);
            return Ok(());
        }
    };
    let read = Read { document, reading };
    let line = keep(&mut watch.case, read, &watch.task, tally)?;
    Ok(watch.say(Ok(&line))?)
}

fn named(address: &str) -> Given {
    Given {
        origin: Some(address.to_owned()),
        ..Given::default()
    }
}

fn trouble(error: &FetchError) -> Trouble {
    Trouble {
        origin: String::new(),
        reason: error.to_string(),
        hint: error.hint(),
    }
}

fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}
