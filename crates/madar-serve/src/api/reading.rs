//! A text or page in, its whole reading out; nothing is kept.

use axum::extract::State;
use axum::http::StatusCode;
use madar_open::{Given, parse_stamp};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::asked::Json;
use crate::desk::KIT;
use crate::failure::Problem;
use crate::state::Shared;
use crate::wire::{Reading, Units};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    /// A text, Markdown, or a whole page with its markup.
    #[schema(example = "Orlov met Halvorsen in Muscat on 4 March 2025, a Western official said.")]
    text: String,
    publisher: Option<String>,
    /// 2025-03-04
    #[schema(format = Date)]
    published: Option<String>,
    /// What the file is called; its extension helps to tell the format.
    origin: Option<String>,
    #[serde(default)]
    units: Units,
}

/// Read a text or page and give back everything found in it; nothing is kept
#[utoipa::path(post, path = "/read", tag = "read", request_body = Text,
    responses((status = 200, body = Reading), (status = 400, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn read(
    State(shared): State<Shared>,
    Json(given): Json<Text>,
) -> Result<Json<Reading>, Problem> {
    Ok(Json(shared.work(move |_| reading(&given)).await?))
}

fn reading(given: &Text) -> Result<Reading, Problem> {
    let published = match given.published.as_deref() {
        Some(words) => Some(parse_stamp(words).ok_or_else(|| {
            Problem::wrong(format!("{words:?} is no date"), "a date is 2025-03-04")
        })?),
        None => None,
    };
    let about = Given {
        publisher: given.publisher.clone(),
        published,
        origin: given.origin.clone(),
    };
    let document = madar_open::open(given.text.as_bytes(), &about).map_err(|error| {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Problem::new(status, error.to_string(), error.hint())
    })?;
    let reading = madar_read::read(&document, &KIT);
    let stands_for = |mention: usize| {
        let referent = reading.referent_of[mention];
        let name = reading.referents[referent.at()].name.clone();
        (format!("r{}", referent.0), name)
    };
    Ok(Reading::new(&document, &reading, given.units, &stands_for))
}
