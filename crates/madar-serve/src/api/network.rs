//! Who is tied to whom, drawn from what is claimed: a line for each pair of those who take part, kind by
//! kind and status by status, with the claims behind it.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::Someone;

/// Ties where no number is asked for: as many as a browser draws without a pause.
pub(crate) const TIES: usize = 5_000;
/// Most ties that can be asked for at once.
const MOST: usize = 20_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Ties wanted; 5000 where nothing is said, 20000 at most. The most important claims give them.
    #[param(minimum = 0, maximum = 18446744073709551615u64)]
    limit: Option<usize>,
}

/// Ties between two, by kind and status.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tie {
    pub(crate) source: String,
    pub(crate) target: String,
    #[schema(example = "Deal")]
    pub(crate) kind: &'static str,
    #[schema(example = "negotiated")]
    pub(crate) status: &'static str,
    pub(crate) claims: Vec<String>,
    pub(crate) articles: usize,
    /// Independent chains of the claim with most of them.
    pub(crate) k_lo: u32,
    pub(crate) k_hi: u32,
    /// First and last day of what is dated.
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Drawn {
    pub(crate) nodes: Vec<Someone>,
    pub(crate) ties: Vec<Tie>,
    /// Claims that are not drawn: less important than those that are.
    pub(crate) more: usize,
}

/// Who is tied to whom
#[utoipa::path(get, path = "/network", tag = "network", params(Which),
    responses((status = 200, body = Drawn)))]
pub(crate) async fn network(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(which): Query<Which>,
) -> Result<Json<Drawn>, Problem> {
    let most = which.limit.unwrap_or(TIES).min(MOST);
    let drawn = shared.ask(tongue, move |told, _| {
        let drawn = told.asked.drawn(most);
        Ok(Drawn {
            nodes: drawn.nodes.iter().map(Someone::from).collect(),
            ties: drawn.ties.into_iter().map(Tie::from).collect(),
            more: drawn.more,
        })
    });
    Ok(Json(drawn.await?))
}

impl From<madar_case::Tie> for Tie {
    fn from(tie: madar_case::Tie) -> Self {
        Self {
            source: tie.from,
            target: tie.to,
            kind: tie.kind.name(),
            status: tie.status.name(),
            claims: tie.claims,
            articles: tie.articles,
            k_lo: tie.k_lo,
            k_hi: tie.k_hi,
            from: tie.days.map(|(from, _)| from.to_string()),
            to: tie.days.map(|(_, to)| to.to_string()),
        }
    }
}
