//! The forms that others speak: yente's `/match` and `/search`, OpenRefine's reconciliation. Answered over the
//! lists of the case (`lists`, or one list by its name) and over the case's own entities (`case`).

mod candidates;
mod reconcile;
mod yente;

use axum::Router;
use axum::routing::get;

use crate::state::Shared;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/match/{dataset}", axum::routing::post(yente::matched))
        .route("/search/{dataset}", get(yente::search))
        .route("/entities/{id}", get(yente::entity))
        .route("/algorithms", get(yente::algorithms))
        .route("/catalog", get(yente::catalog))
        .route("/healthz", get(yente::health))
        .route("/readyz", get(yente::health))
        .route(
            "/reconcile/{dataset}",
            get(reconcile::manifest).post(reconcile::reconcile),
        )
        .route(
            "/reconcile/{dataset}/suggest/entity",
            get(reconcile::suggest),
        )
}
