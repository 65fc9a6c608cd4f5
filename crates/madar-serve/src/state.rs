//! What all handlers share, and how they ask: away from the threads that serve connections, in the
//! language that the reader wants.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use madar_case::Tongue;
use tokio::sync::{Semaphore, broadcast};

use crate::desk::{Desk, Laid, Told};
use crate::failure::Problem;

/// Events kept for a reader who is slow to take them; after that it is told that it missed some.
const EVENTS_KEPT: usize = 256;

#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) desk: Arc<Desk>,
    /// What happens, as lines of JSON.
    pub(crate) events: broadcast::Sender<String>,
    /// Who may compute at once: as many as there are cores.
    work: Arc<Semaphore>,
}

impl Shared {
    pub(crate) fn new(desk: Arc<Desk>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Desk::tidy(&desk);
        Self {
            desk,
            events: broadcast::channel(EVENTS_KEPT).0,
            work: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Runs what computes or waits for the file.
    ///
    /// # Errors
    /// What `job` fails with; a panic in it is told as one.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Desk) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _one = self.work.acquire().await.map_err(|_| broken())?;
        let desk = Arc::clone(&self.desk);
        let done = tokio::task::spawn_blocking(move || job(&desk)).await;
        done.map_err(|_| broken())?
    }

    /// Asks the case as it stands now.
    ///
    /// # Errors
    /// When the case cannot be read, or what `question` fails with.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        tongue: Tongue,
        question: impl FnOnce(&Told, &Laid) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.work(move |desk| {
            let laid = desk.laid()?;
            madar_case::guarded(|| question(laid.told(tongue), &laid))
        })
        .await
    }
}

fn broken() -> Problem {
    let error = "the answer could not be worked out";
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        error,
        "please report it as a bug",
    )
}

/// The language that the reader wants: `?in=ar`, else what the browser asks for, else English.
pub(crate) struct Reader(pub(crate) Tongue);

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("in="));
        let header = parts.headers.get(ACCEPT_LANGUAGE);
        let header = header.and_then(|value| value.to_str().ok());
        let tongue = asked.and_then(Tongue::named);
        Ok(Reader(
            tongue.unwrap_or_else(|| wished(header.unwrap_or_default())),
        ))
    }
}

/// The first language of an `Accept-Language` header that Madar words answers in.
pub(crate) fn wished(header: &str) -> Tongue {
    let languages = header.split(',').filter_map(|wish| {
        let code = wish.split(['-', ';']).next()?.trim();
        Tongue::named(&code.to_ascii_lowercase())
    });
    languages.into_iter().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_says_which_language() {
        assert_eq!(wished("ar-SA,en;q=0.5"), Tongue::Ar);
        assert_eq!(wished("fr-FR,fr;q=0.9,ru;q=0.8"), Tongue::Ru);
        assert_eq!(wished("*"), Tongue::En);
    }
}
