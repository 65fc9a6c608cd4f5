//! How two are tied, and what falls with a source.

use axum::extract::State;
use madar_case::Ties;
use madar_case::answer::{self, Gone};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::asked::{Json, Query};
use crate::failure::Problem;
use crate::state::{Reader, Shared};
use crate::wire::{Line, Named};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// An id or a name.
    from: String,
    /// An id or a name.
    to: String,
    /// Also by what is only told to be denied.
    #[serde(default)]
    denied: bool,
}

/// Two that claims tie directly.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hop {
    pub(crate) from: Named,
    pub(crate) to: Named,
    /// The strongest claims first.
    pub(crate) ties: Vec<Line>,
    /// How many more there are.
    pub(crate) more: usize,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Path {
    pub(crate) hops: Vec<Hop>,
    /// Place of the hop that bears least.
    pub(crate) weakest: usize,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Paths {
    pub(crate) from: Named,
    pub(crate) to: Named,
    /// The path with the strongest weakest hop first; each goes through others.
    pub(crate) paths: Vec<Path>,
}

impl From<&answer::Paths> for Paths {
    fn from(found: &answer::Paths) -> Self {
        let hop = |hop: &answer::Hop| Hop {
            from: (&hop.from).into(),
            to: (&hop.to).into(),
            ties: hop.ties.iter().map(Line::from).collect(),
            more: hop.more,
        };
        let path = |path: &answer::Path| Path {
            hops: path.hops.iter().map(hop).collect(),
            weakest: path.weakest,
        };
        Self {
            from: (&found.from).into(),
            to: (&found.to).into(),
            paths: found.paths.iter().map(path).collect(),
        }
    }
}

/// How two people or things are tied, hop by hop
#[utoipa::path(get, path = "/path", tag = "network", params(Between),
    responses((status = 200, body = Paths), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn path(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(between): Query<Between>,
) -> Result<Json<Paths>, Problem> {
    let found = shared.ask(tongue, move |told, _| {
        let ties = if between.denied {
            Ties::DeniedToo
        } else {
            Ties::Told
        };
        let found = told.asked.path(&between.from, &between.to, ties)?;
        Ok(Paths::from(&found))
    });
    Ok(Json(found.await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct What {
    /// An outlet, a person, a paper or an unnamed source as chains name it, or a document.
    what: String,
    /// How many of each list to give, 100 by default and 5,000 at most.
    limit: Option<usize>,
    /// A claim of which to say what is left: its id, or the first digits of it.
    claim: Option<String>,
}

/// A claim with less support than before.
#[derive(Serialize, ToSchema)]
pub(crate) struct Shaken {
    #[serde(flatten)]
    line: Line,
    /// Independent chains before and after, each from and to.
    before: [u32; 2],
    after: [u32; 2],
}

/// Claims that lose the same way, the weightiest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Fallen {
    total: usize,
    results: Vec<Shaken>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Withdrawal {
    /// The source or document that is taken away.
    gone: String,
    /// No chain is left.
    falls: Fallen,
    /// None is left if what is suspected holds.
    may_fall: Fallen,
    /// They stand on fewer chains.
    weaker: Fallen,
    /// What is left of the claim that was asked for.
    claim: Option<Shaken>,
    /// Claims that lose nothing.
    untouched: usize,
}

impl From<&answer::Shaken> for Shaken {
    fn from(shaken: &answer::Shaken) -> Self {
        Self {
            line: (&shaken.line).into(),
            before: [shaken.before.0, shaken.before.1],
            after: [shaken.after.0, shaken.after.1],
        }
    }
}

impl From<&answer::Fallen> for Fallen {
    fn from(fallen: &answer::Fallen) -> Self {
        Self {
            total: fallen.all,
            results: fallen.shown.iter().map(Shaken::from).collect(),
        }
    }
}

/// Claims of each list, unless more are asked for.
const SHAKEN: usize = 100;

/// What falls with a source or a document
#[utoipa::path(get, path = "/withdraw", tag = "claims", params(What),
    responses((status = 200, body = Withdrawal), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn withdraw(
    State(shared): State<Shared>,
    Reader(tongue): Reader,
    Query(what): Query<What>,
) -> Result<Json<Withdrawal>, Problem> {
    let fallen = shared.ask(tongue, move |told, _| {
        let most = what.limit.unwrap_or(SHAKEN).min(super::MOST);
        let found = told.asked.withdraw(&what.what, most)?;
        let left = |claim: &String| told.asked.left_without(claim, &what.what);
        let claim = what.claim.as_ref().map(left).transpose()?;
        Ok(Withdrawal {
            gone: match &found.gone {
                Gone::Source(name) => name.clone(),
                Gone::Document(source) => source.title.clone().unwrap_or_else(|| source.id.short()),
            },
            falls: (&found.falls).into(),
            may_fall: (&found.may_fall).into(),
            weaker: (&found.weaker).into(),
            claim: claim.as_ref().map(Shaken::from),
            untouched: found.untouched,
        })
    });
    Ok(Json(fallen.await?))
}
