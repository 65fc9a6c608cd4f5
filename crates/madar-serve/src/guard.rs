//! Who may ask, and what an answer may do in a browser. The server listens on this machine only, unless a
//! token is set; a page of somebody else's can neither read an answer (Host and Origin are looked at) nor
//! decide anything; nothing that a document brought along can run.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::api;
use crate::failure::Problem;

/// How long an answer may take: long enough for a large case to be laid out for the first time.
const PATIENCE: Duration = Duration::from_secs(60);
/// Of the requests of a second so many may come at once after a pause.
const BURST: f64 = 2.0;
/// The cookie in which a browser keeps that it has shown the token.
const COOKIE: &str = "madar";
/// Answers above this are sent without being hashed for an ETag.
const HASHED: usize = 16 * 1024 * 1024;

/// Nothing but what this server itself sends; no script or style inside a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
];

pub(crate) struct Guard {
    /// What `Host` may say; `None` where a token guards instead.
    port: u16,
    token: Option<Token>,
    /// Requests a second; any number where there is no limit.
    rate: Option<f64>,
    bucket: Mutex<(f64, Instant)>,
}

struct Token {
    given: blake3::Hash,
    /// What the cookie holds: made of the token, and of no use for finding it.
    session: String,
}

impl Guard {
    pub(crate) fn new(address: SocketAddr, token: Option<&str>, rate: Option<NonZeroU32>) -> Self {
        let rate = rate.map(|rate| f64::from(rate.get()));
        let token = token.map(|token| Token {
            given: blake3::hash(token.as_bytes()),
            session: blake3::Hash::from(blake3::derive_key(
                "madar serve session",
                token.as_bytes(),
            ))
            .to_hex()
            .to_string(),
        });
        Self {
            port: address.port(),
            token,
            bucket: Mutex::new((rate.unwrap_or_default() * BURST, Instant::now())),
            rate,
        }
    }

    /// The cookie for whoever has shown the token.
    pub(crate) fn cookie(&self, token: &str) -> Option<String> {
        let held = self.token.as_ref()?;
        let session = &held.session;
        (held.given == blake3::hash(token.as_bytes()))
            .then(|| format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"))
    }

    /// A name of another machine in `Host` is a page that was made to point here (DNS rebinding).
    fn is_this_machine(&self, headers: &HeaderMap) -> bool {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let Some(host) = host else {
            return false;
        };
        let names = ["127.0.0.1", "localhost", "[::1]"];
        names.iter().any(|name| {
            let rest = host.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest == format!(":{}", self.port))
        })
    }

    fn has_token(&self, headers: &HeaderMap) -> bool {
        let Some(held) = &self.token else {
            return true;
        };
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        if bearer.is_some_and(|token| blake3::hash(token.as_bytes()) == held.given) {
            return true;
        }
        let own = format!("{COOKIE}=");
        let mut cookies = text(header::COOKIE).unwrap_or_default().split(';');
        cookies.any(|cookie| {
            let session = cookie.trim().strip_prefix(&own);
            // hashes are compared in constant time
            session.is_some_and(|s| {
                blake3::hash(s.as_bytes()) == blake3::hash(held.session.as_bytes())
            })
        })
    }

    fn takes_one(&self) -> bool {
        let Some(rate) = self.rate else {
            return true;
        };
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let earned = now.duration_since(bucket.1).as_secs_f64() * rate;
        *bucket = ((bucket.0 + earned).min(rate * BURST), now);
        let has = bucket.0 >= 1.0;
        if has {
            bucket.0 -= 1.0;
        }
        has
    }

    fn refusal(&self, request: &Request) -> Option<Problem> {
        let headers = request.headers();
        if self.token.is_none() && !self.is_this_machine(headers) {
            let hint = "open http://127.0.0.1 with its port";
            return Some(Problem::new(
                StatusCode::FORBIDDEN,
                "Host names another machine",
                hint,
            ));
        }
        if is_change(request.method()) && !is_own(headers) {
            let hint = "decide in the pages of Madar, or send no Origin";
            return Some(Problem::new(
                StatusCode::FORBIDDEN,
                "another site asks for a change",
                hint,
            ));
        }
        let open = ["/login", "/assets/"];
        let path = request.uri().path();
        if !open.iter().any(|open| path.starts_with(open)) && !self.has_token(headers) {
            let hint = "open /login, or send Authorization: Bearer TOKEN";
            return Some(Problem::new(
                StatusCode::UNAUTHORIZED,
                "a token is needed",
                hint,
            ));
        }
        if !self.takes_one() {
            let hint = "wait a second";
            return Some(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests",
                hint,
            ));
        }
        None
    }
}

/// The origin of a program on this machine whose pages ask for candidates: OpenRefine asks from the browser for what the
/// service is and for suggestions. Nothing else may be read from another origin, and nothing by a page of another machine.
fn neighbour(request: &Request) -> Option<HeaderValue> {
    let origin = request.headers().get(header::ORIGIN)?;
    let (scheme, authority) = origin.to_str().ok()?.split_once("://")?;
    let host = authority
        .rsplit_once(':')
        .map_or(authority, |(host, _)| host);
    let near = scheme == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(&host);
    let asks = request.method() == Method::GET && request.uri().path().starts_with("/reconcile/");
    (near && asks).then(|| origin.clone())
}

fn is_change(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A browser says where a request comes from; programs that are no browsers say nothing.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text(HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| site != "same-origin" && site != "none") {
        return false;
    }
    let host = text(header::HOST).unwrap_or_default();
    text(header::ORIGIN).is_none_or(|origin| {
        let (_, authority) = origin.split_once("://").unwrap_or_default();
        !authority.is_empty() && authority == host
    })
}

/// Stands before all routes.
pub(crate) async fn guard(
    State(guard): State<std::sync::Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let neighbour = neighbour(&request);
    let asks_page = !request.uri().path().starts_with(api::BASE) && request.method() == Method::GET;
    let mut response = match guard.refusal(&request) {
        Some(problem) if problem.is_unauthorized() && asks_page => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, "/login")]).into_response()
        }
        Some(problem) => problem.into_response(),
        None => answered(request, next).await,
    };
    if let Some(origin) = neighbour {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn answered(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with(api::BASE);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let is_get = request.method() == Method::GET;
    let response = match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let hint = "ask for less";
            Problem::new(
                StatusCode::GATEWAY_TIMEOUT,
                "the answer took too long",
                hint,
            )
            .into_response()
        }
    };
    if is_api && is_get && response.status() == StatusCode::OK {
        return tagged(response, known.as_ref()).await;
    }
    response
}

/// With an ETag of its content; nothing but the ETag where the reader has it already.
async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| kind != "application/json") {
        return response; // a stream has no end to wait for
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts
        .headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    parts.headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Language, Cookie"),
    );
    if bytes.len() > HASHED {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    let tag = HeaderValue::from_str(&tag).expect("hexadecimal digits");
    parts.headers.insert(header::ETAG, tag.clone());
    if known == Some(&tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
