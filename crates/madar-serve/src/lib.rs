//! `madar serve`: the case in the browser and over HTTP. Every answer is one of `madar-case`'s; nothing
//! here decides what is true, and nothing here opens a connection: it only takes those that come in.
//!
//! **Invariants.** What came from a document leaves as data and is shown as text: no page runs it. Positions
//! are bytes until `units.rs` counts them for a browser. No decision is taken that rests on a log which has
//! moved on.

mod api;
mod asked;
mod assets;
mod desk;
mod failure;
mod guard;
mod mcp;
mod peers;
mod state;
mod units;
mod wire;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Form, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router, middleware};
use madar_case::CaseError;
use serde::Deserialize;

use crate::desk::Desk;
use crate::guard::Guard;
use crate::state::Shared;

pub use crate::mcp::mcp;

/// What is served, and to whom.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub case: PathBuf,
    pub address: SocketAddr,
    /// Whoever shows it may ask; without one, only this machine may.
    pub token: Option<String>,
    /// Requests that are answered in a second; without one, all.
    pub rate: Option<NonZeroU32>,
}

/// Requests a second unless somebody says otherwise: more than any person and any page of ours needs, few enough that a
/// runaway script leaves the case usable.
pub const RATE: u32 = 200;

/// Why a case cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("{0} is open to other machines, and no token is set")]
    Open(SocketAddr),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error("cannot serve: {0}")]
    Serve(#[from] std::io::Error),
}

impl ServeError {
    /// What to do next.
    pub fn hint(&self) -> &'static str {
        match self {
            ServeError::Open(_) => "set MADAR_TOKEN, or serve on 127.0.0.1",
            ServeError::Listen(..) => "choose another port with --port",
            ServeError::Case(error) => error.hint(),
            ServeError::Serve(_) => "try again",
        }
    }
}

/// Serves until interrupted; `ready` is told the address once it is listened on.
///
/// # Errors
/// When the case cannot be opened or the address not be listened on, and when the address is open to other
/// machines without a token.
pub fn serve(wanted: &Wanted, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    if !wanted.address.ip().is_loopback() && wanted.token.is_none() {
        return Err(ServeError::Open(wanted.address));
    }
    let desk = Desk::new(&wanted.case)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(wanted.address).await;
        let listener = listener.map_err(|error| ServeError::Listen(wanted.address, error))?;
        let address = listener.local_addr()?;
        let desk = Arc::new(desk);
        Desk::prepare(&desk);
        let router = router(desk, address, wanted.token.as_deref(), wanted.rate);
        ready(address);
        // an interruption does not wait for streams of events that would never end
        tokio::select! {
            served = axum::serve(listener, router) => served?,
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok(())
    })
}

/// The OpenAPI document as JSON.
pub fn openapi() -> String {
    let (_, document) = api::routes();
    document
        .to_pretty_json()
        .expect("the document has string keys")
}

fn router(
    desk: Arc<Desk>,
    address: SocketAddr,
    token: Option<&str>,
    rate: Option<NonZeroU32>,
) -> Router {
    let (api, document) = api::routes();
    let guard = Arc::new(Guard::new(address, token, rate));
    let login = Router::new()
        .route("/login", get(assets::login).post(log_in))
        .with_state(Arc::clone(&guard));
    Router::new()
        .merge(api)
        .merge(peers::routes())
        .route(
            &format!("{}/openapi.json", api::BASE),
            get(move || async move { Json(document) }),
        )
        .route("/assets/{*name}", get(assets::asset))
        .fallback(get(assets::page))
        .with_state(Shared::new(desk))
        .merge(login)
        .layer(DefaultBodyLimit::max(madar_open::MAX_BYTES))
        .layer(middleware::from_fn_with_state(guard, guard::guard))
}

#[derive(Deserialize)]
struct Shown {
    token: String,
}

async fn log_in(State(guard): State<Arc<Guard>>, Form(shown): Form<Shown>) -> Response {
    match guard.cookie(&shown.token) {
        Some(cookie) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        None => (StatusCode::UNAUTHORIZED, Redirect::to("/login")).into_response(),
    }
}

#[cfg(test)]
mod tests;
