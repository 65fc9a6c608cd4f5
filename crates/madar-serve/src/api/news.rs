//! What is new since somebody was last told, and that it has been told; articles that their publishers have changed.

use axum::extract::State;
use axum::http::StatusCode;
use madar_case::{Arrived, Asked, Entry, Mark, Watched};
use madar_text::DocumentId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::events::{Happened, tell};
use super::screening::wanted_today;
use super::{LIMIT, MOST, Part};
use crate::asked::{Json, Query};
use crate::desk::Desk;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Alert, Article, Listed, Named};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Since when: a day, `2025-03-04`, or the first digits of a seal that `madar verify` gave. Where nothing is said,
    /// since the last mark; without one everything is new.
    #[param(pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9a-f]{8,64})?$")]
    since: Option<String>,
    /// Only what this person or thing takes part in: an id or a name.
    about: Option<String>,
    /// Alerts wanted; 100 where nothing is said, 5000 at most.
    #[param(minimum = 0, maximum = 18446744073709551615u64)]
    limit: Option<usize>,
}

/// A place in the life of the case.
#[derive(Serialize, Deserialize, ToSchema, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(crate) struct Place {
    /// Number of the last entry of the log.
    #[schema(minimum = 0)]
    entry: i64,
    /// Number of the last snapshot of a list.
    #[schema(minimum = 0)]
    snapshot: i64,
}

impl From<&Mark> for Place {
    fn from(mark: &Mark) -> Self {
        let (entry, snapshot) = mark.place();
        Self { entry, snapshot }
    }
}

/// Somebody or something that is followed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Followed {
    #[serde(flatten)]
    who: Named,
    /// Of the decision; undoing it ends the following.
    number: i64,
}

fn followed(asked: &Asked<'_>, log: &[Entry]) -> Vec<Followed> {
    let all = asked.all_followed(log).into_iter();
    let all = all.map(|(number, named)| Followed {
        who: (&named).into(),
        number,
    });
    all.collect()
}

#[derive(Serialize, ToSchema)]
pub(crate) struct News {
    /// What matters most first: hits on lists, new ties of those who are followed, first confirmations, changed
    /// articles, new claims.
    results: Vec<Alert>,
    /// How many there are in all.
    total: usize,
    /// When the mark was set with which the case is compared; none where nobody set one.
    since: Option<String>,
    /// Whether it is compared with a mark at all; without one everything is new.
    marked: bool,
    /// Documents that have come since.
    documents: usize,
    /// Where the case stood when this was asked: what `POST /alerts/seen` takes.
    now: Place,
    followed: Vec<Followed>,
    seen: i64,
}

/// What is new since it was last noted as seen
#[utoipa::path(get, path = "/alerts", tag = "news", params(Which),
    responses((status = 200, body = News), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn alerts(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
) -> Result<Json<News>, Problem> {
    let name = which.since.filter(|since| !since.is_empty());
    let news = shared.work(move |desk| {
        let since = since(desk, name.as_deref())?;
        let laid = desk.laid()?;
        let told = laid.told(tongue);
        let wanted = Watched {
            about: which.about.filter(|about| !about.is_empty()),
            limit: Some(which.limit.unwrap_or(LIMIT).min(MOST)),
        };
        madar_case::guarded(|| {
            let found = match since.arrived.is_empty() {
                true => madar_case::answer::Alerts::default(),
                false => told
                    .asked
                    .alerts(&since.arrived, &wanted, &wanted_today())?,
            };
            Ok(News {
                results: found.some.iter().map(Alert::from).collect(),
                total: found.all,
                marked: since.mark.is_some(),
                since: since.mark.and_then(|mark| mark.at),
                documents: since.arrived.documents.len(),
                now: (&since.now).into(),
                followed: followed(&told.asked, &laid.log),
                seen: laid.seen(),
            })
        })
    });
    Ok(Json(news.await?))
}

/// A mark, and what has come since.
pub(crate) struct Since {
    /// None where nobody was ever told.
    pub(crate) mark: Option<Mark>,
    pub(crate) now: Mark,
    pub(crate) arrived: Arrived,
}

/// `name` is a day or the head of a seal; without it the last mark is meant.
pub(crate) fn since(desk: &Desk, name: Option<&str>) -> Result<Since, Problem> {
    Ok(desk.look(|case| {
        // before it is asked: what comes meanwhile is told next time
        let now = case.mark()?;
        let mark = match name {
            Some(name) => Some(case.mark_named(name)?),
            None => case.seen()?,
        };
        let arrived = case.arrived(&mark.clone().unwrap_or_default())?;
        Ok(Since { mark, now, arrived })
    })?)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seen {
    /// `now` of the answer that was looked at: what came later is told next time.
    now: Place,
}

/// Up to where it was noted as seen.
#[derive(Serialize, ToSchema)]
pub(crate) struct Noted {
    now: Place,
}

/// Note what is new as seen: from here on only what comes later is new, for all readers of the case
#[utoipa::path(post, path = "/alerts/seen", tag = "news", request_body = Seen,
    responses((status = 201, body = Noted), (status = 404, body = Problem)))]
pub(crate) async fn see(
    State(shared): State<Shared>,
    Json(seen): Json<Seen>,
) -> Result<(StatusCode, Json<Noted>), Problem> {
    let noted = shared.work(move |desk| {
        let mark = Mark::at_place((seen.now.entry, seen.now.snapshot));
        desk.open()?.see(&mark)?;
        Ok(Noted { now: seen.now })
    });
    let noted = noted.await?;
    tell(&shared, &Happened::Seen);
    Ok((StatusCode::CREATED, Json(noted)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Of {
    /// Only the article of this document: its id.
    document: Option<String>,
}

/// Articles that their publishers have changed, and what each version tells otherwise
#[utoipa::path(get, path = "/versions", tag = "news", params(Of, Part),
    responses((status = 200, body = Listed<Article>), (status = 404, body = Problem)))]
pub(crate) async fn versions(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(of): Query<Of>,
    Query(part): Query<Part>,
) -> Result<Json<Listed<Article>>, Problem> {
    let wanted = of.document.filter(|id| !id.is_empty());
    let document = wanted
        .map(|id| DocumentId::from_hex(&id).ok_or_else(|| Problem::not_found("document", &id)));
    let document = document.transpose()?;
    let listed = shared.ask(tongue, move |told, _| {
        let found = told.asked.versions(document, part.wanted())?;
        Ok(part.found(&found, Article::from))
    });
    Ok(Json(listed.await?))
}
