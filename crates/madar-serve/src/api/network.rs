//! Who is tied to whom, drawn from what is claimed: a line for each pair of those who take part, kind by
//! kind and status by status, with the claims behind it.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use madar_case::answer::Line;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Told;
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::Someone;

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
}

/// Who is tied to whom
#[utoipa::path(get, path = "/network", tag = "network", responses((status = 200, body = Drawn)))]
pub(crate) async fn network(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
) -> Result<Json<Drawn>, Problem> {
    Ok(Json(shared.ask(tongue, |told, _| Ok(drawn(told))).await?))
}

fn drawn(told: &Told) -> Drawn {
    let mut ties: BTreeMap<_, Tie> = BTreeMap::new();
    for line in &told.lines {
        let pairs = line.pairs().into_iter().map(|pair| {
            let (from, to) = (pair.from.entity.as_str(), pair.to.entity.as_str());
            // two who do it together are one tie, whoever is named first
            if pair.directed {
                (from, to)
            } else {
                (from.min(to), from.max(to))
            }
        });
        for (source, target) in pairs.collect::<BTreeSet<_>>() {
            let key = (source, target, line.kind, line.status);
            let tie = ties.entry(key).or_insert_with(|| Tie {
                source: source.to_owned(),
                target: target.to_owned(),
                kind: line.kind.name(),
                status: line.status.name(),
                claims: Vec::new(),
                articles: 0,
                k_lo: 0,
                k_hi: 0,
                from: None,
                to: None,
            });
            add(tie, line);
        }
    }
    let ends = ties.values().flat_map(|tie| [&tie.source, &tie.target]);
    let ends: BTreeSet<&String> = ends.collect();
    let nodes = told
        .everyone
        .iter()
        .filter(|one| ends.contains(&one.entity));
    Drawn {
        nodes: nodes.map(Someone::from).collect(),
        ties: ties.into_values().collect(),
    }
}

fn add(tie: &mut Tie, line: &Line) {
    tie.claims.push(line.claim.clone());
    tie.articles = tie.articles.max(line.support.articles);
    tie.k_lo = tie.k_lo.max(line.support.k_lo);
    tie.k_hi = tie.k_hi.max(line.support.k_hi);
    let Some(time) = &line.time else {
        return;
    };
    if let Some(from) = &time.from
        && tie.from.as_ref().is_none_or(|held| from < held)
    {
        tie.from = Some(from.clone());
    }
    if let Some(to) = &time.to
        && tie.to.as_ref().is_none_or(|held| to > held)
    {
        tie.to = Some(to.clone());
    }
}
