//! Who of the case may be on a list.

use axum::extract::State;
use madar_case::{Days, ScreenedEntity as Held, Screening};
use madar_text::Day;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Part;
use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Listed, ScreenedEntity};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only this list.
    list: Option<String>,
    /// Hits that were dismissed too.
    #[serde(default)]
    dismissed: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Screened {
    #[serde(flatten)]
    listed: Listed<ScreenedEntity>,
    /// How many were held against the lists.
    screened: usize,
    /// Hits that nobody has decided on.
    open: usize,
    seen: i64,
}

/// Who of the case may be on a list, the best hit first, with the standing on three dates
#[utoipa::path(get, path = "/screening", tag = "screening", params(Which, Part),
    responses((status = 200, body = Screened)))]
pub(crate) async fn screening(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
    Query(part): Query<Part>,
) -> Result<Json<Screened>, Problem> {
    let screened = shared.ask(tongue, move |told, laid| {
        let wanted = Screening {
            list: which.list,
            dismissed: which.dismissed,
            ..wanted_today()
        };
        let all = match told.asked.register() {
            Some(register) => told.asked.screened(register, &wanted),
            None => Vec::new(),
        };
        let screened = all.len();
        let hit: Vec<Held> = all.into_iter().filter(|one| !one.hits.is_empty()).collect();
        let hits = hit.iter().flat_map(|one| &one.hits);
        let open = hits.filter(|hit| hit.verdict.is_none());
        Ok(Screened {
            open: open.count(),
            listed: part.of(hit, |one| ScreenedEntity::from(&one)),
            screened,
            seen: laid.seen(),
        })
    });
    Ok(Json(screened.await?))
}

/// What is a hit, with the standing today.
pub(crate) fn wanted_today() -> Screening {
    Screening {
        days: Days {
            today: Some(today()),
            ..Days::default()
        },
        ..Screening::usual()
    }
}

/// The system's date, which no crate below looks at.
pub(crate) fn today() -> Day {
    let now = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now());
    Day::new(now.year(), now.month(), now.day())
}
