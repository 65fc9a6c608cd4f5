//! A file read in a process of its own, so that whatever it does to the reader ends there; where the program has not said which
//! one that is (tests, tools), in a thread.

use std::io::{self, Read as _, Write as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use madar_text::BlockKind;
use serde::{Deserialize, Serialize};

use super::layout::Para;
use super::{Page, own, page};
use crate::MAX_BYTES;
use crate::child::{self, Limits};

const LIMITS: Limits = Limits {
    seconds: 60,
    bytes: 3 << 30,
    output: 192 << 20,
};
const STACK_BYTES: usize = 64 << 20;

/// What passes between the two processes.
#[derive(Serialize, Deserialize)]
struct Told {
    pages: Vec<ToldPage>,
    warnings: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct ToldPage {
    /// Text, the name of its kind of block, whether it may go on over the page.
    paras: Vec<(String, Option<String>, bool)>,
    has_picture: bool,
}

pub(super) fn told(bytes: &[u8]) -> Result<(Vec<Page>, Vec<String>), String> {
    let Some(call) = child::apart() else {
        return in_a_thread(bytes);
    };
    let said = child::run(call, bytes, LIMITS)?.ok_or("the program that reads it is gone")?;
    let told: Result<Told, String> =
        serde_json::from_slice(&said).map_err(|_| "its reader stopped over it")?;
    told.map(unpacked)
}

fn in_a_thread(bytes: &[u8]) -> Result<(Vec<Page>, Vec<String>), String> {
    let (send, receive) = mpsc::channel();
    let bytes = bytes.to_vec();
    let worker = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // nobody waits any more when time is over
            let _ = send.send(own(&bytes).map(packed));
        });
    worker.map_err(|error| error.to_string())?;
    match receive.recv_timeout(Duration::from_secs(LIMITS.seconds)) {
        Ok(told) => told.map(unpacked),
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(format!("it was not read within {} seconds", LIMITS.seconds))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err("its reader stopped over it".to_owned()),
    }
}

/// The other side: reads a PDF file from standard input and tells on standard output what it holds. Ends the process's own life
/// if the file is bad enough; see [`crate::read_apart`].
///
/// # Errors
/// When standard input or output fails.
pub fn answer() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let worker = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || own(&bytes).map(packed))?;
    let told = worker
        .join()
        .unwrap_or_else(|_| Err("its reader stopped over it".to_owned()));
    let said = serde_json::to_vec(&told).map_err(io::Error::other)?;
    io::stdout().lock().write_all(&said)
}

fn packed((pages, warnings): (Vec<Page>, Vec<String>)) -> Told {
    let para = |p: Para| (p.text, p.hint.map(|hint| hint.name().to_owned()), p.open);
    let page = |p: Page| ToldPage {
        paras: p.paras.into_iter().map(para).collect(),
        has_picture: p.has_picture,
    };
    Told {
        pages: pages.into_iter().map(page).collect(),
        warnings,
    }
}

fn unpacked(told: Told) -> (Vec<Page>, Vec<String>) {
    let para = |(text, hint, open): (String, Option<String>, bool)| Para {
        text,
        hint: hint.as_deref().and_then(BlockKind::named),
        open,
    };
    let pages = told
        .pages
        .into_iter()
        .map(|p| page(p.paras.into_iter().map(para).collect(), None, p.has_picture));
    (pages.collect(), told.warnings)
}
