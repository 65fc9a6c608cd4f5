//! What happens to the case, as it happens: server-sent events.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use serde::Serialize;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt as _};
use utoipa::ToSchema;

use crate::state::Shared;

/// One thing that happened.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(crate) enum Happened {
    /// A document is being read.
    Reading { origin: String },
    /// A document is in the case.
    Read {
        origin: String,
        document: String,
        added: &'static str,
        facts: usize,
    },
    /// A document could not be read.
    Failed { origin: String, reason: String },
    /// Somebody decided something: the number of the last entry of the log.
    Decided { seen: i64 },
    /// Somebody noted what is new as seen.
    Seen,
}

pub(crate) fn tell(shared: &Shared, happened: &Happened) {
    let line = serde_json::to_string(happened).expect("an event has string keys");
    // that nobody listens is no error
    let _ = shared.events.send(line);
}

/// What happens to the case, as it happens (server-sent events)
#[utoipa::path(get, path = "/events", tag = "events",
    responses((status = 200, content_type = "text/event-stream", body = Happened)))]
pub(crate) async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let lines = BroadcastStream::new(shared.events.subscribe());
    // whoever missed some asks anew at the next one
    let events = lines.filter_map(|line| line.ok().map(|line| Ok(Event::default().data(line))));
    Sse::new(events).keep_alive(KeepAlive::default())
}
