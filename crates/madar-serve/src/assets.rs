//! What a browser needs: one page for all addresses, its script and style as `web/` makes them, fonts.
//! All of it lies in the binary.

use axum::extract::{Path, Request};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, COOKIE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use madar_case::Tongue;

use crate::state::wished;

macro_rules! assets {
    ($($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../assets/", $name)))),*]
    };
}

/// By name.
const ASSETS: &[(&str, &[u8])] = assets! {
    "app.css"
    "app.js"
    "fonts/ibm-plex-sans-arabic-arabic-400-normal.woff2"
    "fonts/ibm-plex-sans-arabic-arabic-600-normal.woff2"
    "fonts/ibm-plex-sans-cyrillic-400-normal.woff2"
    "fonts/ibm-plex-sans-cyrillic-600-normal.woff2"
    "fonts/ibm-plex-sans-latin-400-normal.woff2"
    "fonts/ibm-plex-sans-latin-600-normal.woff2"
    "fonts/ibm-plex-sans-latin-ext-400-normal.woff2"
    "fonts/ibm-plex-sans-latin-ext-600-normal.woff2"
    "fonts/noto-naskh-arabic-arabic-400-normal.woff2"
    "fonts/noto-naskh-arabic-arabic-600-normal.woff2"
    "fonts/source-serif-4-cyrillic-400-normal.woff2"
    "fonts/source-serif-4-cyrillic-600-normal.woff2"
    "fonts/source-serif-4-latin-400-normal.woff2"
    "fonts/source-serif-4-latin-600-normal.woff2"
    "fonts/source-serif-4-latin-ext-400-normal.woff2"
    "layout.js"
};

const PAGE: &str = include_str!("page.html");
const LOGIN: &str = include_str!("login.html");

pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((_, bytes)) = ASSETS.iter().find(|(known, _)| *known == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit_once('.') {
        Some((_, "css")) => "text/css; charset=utf-8",
        Some((_, "js")) => "text/javascript; charset=utf-8",
        _ => "font/woff2",
    };
    let tag = format!("\"{}\"", &blake3::hash(bytes).to_hex()[..32]);
    let held = headers.get(IF_NONE_MATCH).is_some_and(|held| *held == tag);
    let told = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-cache"),
        (ETAG, &tag),
    ];
    if held {
        return (StatusCode::NOT_MODIFIED, told).into_response();
    }
    (told, *bytes).into_response()
}

/// The page for every address, in the language and the light that this browser chose last.
pub(crate) async fn page(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    filled(PAGE, request.headers()).into_response()
}

pub(crate) async fn login(headers: HeaderMap) -> Response {
    filled(LOGIN, &headers).into_response()
}

fn filled(page: &str, headers: &HeaderMap) -> impl IntoResponse {
    let tongue = tongue(headers);
    let direction = if tongue.is_rtl() { "rtl" } else { "ltr" };
    let light = match chosen(headers, "madar-light") {
        Some("dark") => "dark",
        Some("light") => "light",
        _ => "auto",
    };
    let filled = page
        .replace("{lang}", tongue.code())
        .replace("{dir}", direction)
        .replace("{light}", light);
    ([(CACHE_CONTROL, "no-cache")], Html(filled))
}

/// What the reader chose, else what the browser asks for.
fn tongue(headers: &HeaderMap) -> Tongue {
    let wish = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|wish| wish.to_str().ok());
    let chosen = chosen(headers, "madar-in").and_then(Tongue::named);
    chosen.unwrap_or_else(|| wished(wish.unwrap_or_default()))
}

fn chosen<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|cookie| {
        let (key, value) = cookie.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}
