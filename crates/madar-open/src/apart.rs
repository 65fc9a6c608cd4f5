//! Files that libraries take apart which a hostile file can bring down: read in a process of its own, so that whatever one does to
//! its reader ends there; where the program has not said which one that is (tests, tools), in a thread.

use std::io::{self, Read as _, Write as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::child::{self, Limits, STOPPED};
use crate::{MAX_BYTES, pdf, sheet};

const LIMITS: Limits = Limits {
    seconds: 60,
    bytes: 3 << 30,
    output: 192 << 20,
};
const STACK_BYTES: usize = 64 << 20;

/// What passes between the two processes.
#[derive(Serialize, Deserialize)]
pub(crate) enum Told {
    Pages(pdf::Told),
    Cells(sheet::Cells),
}

/// # Errors
/// In words, when the file cannot be taken apart.
pub(crate) fn told(bytes: &[u8]) -> Result<Told, String> {
    let Some(call) = child::apart() else {
        return in_a_thread(bytes);
    };
    let said = child::run(call, bytes, LIMITS)?.ok_or("the program that reads it is gone")?;
    let told: Result<Told, String> = serde_json::from_slice(&said).map_err(|_| STOPPED)?;
    told
}

fn taken_apart(bytes: &[u8]) -> Result<Told, String> {
    if pdf::is_pdf(bytes) {
        pdf::told(bytes).map(Told::Pages)
    } else {
        sheet::cells(bytes).map(Told::Cells)
    }
}

fn in_a_thread(bytes: &[u8]) -> Result<Told, String> {
    let (send, receive) = mpsc::channel();
    let bytes = bytes.to_vec();
    let worker = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            // nobody waits any more when time is over
            let _ = send.send(taken_apart(&bytes));
        });
    worker.map_err(|error| error.to_string())?;
    match receive.recv_timeout(Duration::from_secs(LIMITS.seconds)) {
        Ok(told) => told,
        Err(mpsc::RecvTimeoutError::Timeout) => {
            Err(format!("it was not read within {} seconds", LIMITS.seconds))
        }
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(STOPPED.to_owned()),
    }
}

/// The other side: reads a file from standard input and tells on standard output what it holds. Ends the life of its process if the
/// file is bad enough; see [`crate::read_apart`].
///
/// # Errors
/// When standard input or output fails.
pub fn take_apart() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let worker = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || taken_apart(&bytes))?;
    let told = worker.join().unwrap_or_else(|_| Err(STOPPED.to_owned()));
    let said = serde_json::to_vec(&told).map_err(io::Error::other)?;
    io::stdout().lock().write_all(&said)
}
