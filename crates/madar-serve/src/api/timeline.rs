//! What is dated, as far as it is known when.

use axum::extract::State;
use madar_case::answer;
use madar_text::Day;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::Line;

/// Claims where no number is asked for: as many as an axis can show.
pub(crate) const DATED: usize = 200;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Only what this person or thing takes part in: an id or a name.
    about: Option<String>,
    /// Claims wanted, the most important ones; 200 where nothing is said, 5000 at most.
    #[param(minimum = 0, maximum = 18446744073709551615u64)]
    limit: Option<usize>,
}

/// A claim on the axis of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dated {
    #[serde(flatten)]
    line: Line,
    from: String,
    to: String,
    #[schema(example = "month")]
    precision: &'static str,
}

/// What is dated, the earliest first
#[utoipa::path(get, path = "/timeline", tag = "timeline", params(Which),
    responses((status = 200, body = Vec<Dated>), (status = 404, body = Problem)))]
pub(crate) async fn timeline(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
) -> Result<Json<Vec<Dated>>, Problem> {
    let all = shared.ask(tongue, move |told, _| {
        let most = which.limit.unwrap_or(DATED).min(super::MOST);
        let lines = told.asked.timeline_of(which.about.as_deref(), most)?;
        Ok(lines.some.iter().filter_map(dated).collect())
    });
    Ok(Json(all.await?))
}

fn dated(line: &answer::Line) -> Option<Dated> {
    let time = line.time.as_ref()?;
    let (from, to) = (time.from.clone()?, time.to.clone()?);
    Some(Dated {
        precision: precision(Day::parse(&from)?, Day::parse(&to)?),
        line: line.into(),
        from,
        to,
    })
}

/// How exactly it is known when.
fn precision(from: Day, to: Day) -> &'static str {
    let years = to.year - from.year;
    let whole_years = (from.month, from.day, to.month, to.day) == (1, 1, 12, 31);
    match years {
        0 if from == to => "day",
        0 if from.month == to.month && from.day == 1 && to.day >= 28 => "month",
        0 if whole_years => "year",
        9 if whole_years && from.year % 10 == 0 => "decade",
        _ => "interval",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_told_from_first_and_last_day() {
        let check = |from: &str, to: &str, expect: &str| {
            let day = |iso| Day::parse(iso).unwrap();
            assert_eq!(precision(day(from), day(to)), expect, "{from} to {to}");
        };
        check("2025-03-04", "2025-03-04", "day");
        check("2025-02-01", "2025-02-28", "month");
        check("2025-01-01", "2025-12-31", "year");
        check("1980-01-01", "1989-12-31", "decade");
        check("2025-03-03", "2025-03-09", "interval");
    }
}
