//! `/api/v1`: every question of the case as JSON, with its OpenAPI document made from this very code.

// the code that utoipa makes from `params(…)` and `body = …` spells paths out
#![allow(unused_qualifications)]

mod case;
mod claims;
mod decisions;
mod documents;
mod entities;
mod events;
mod network;
mod news;
mod paths;
mod questions;
mod reading;
mod screening;
mod search;
mod timeline;

use axum::Router;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, Schema};
use utoipa::{IntoParams, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::asked::{ALWAYS, WITH_BODY};
use crate::state::Shared;
use crate::wire::Listed;

pub(crate) use network::TIES;
pub(crate) use news::since;
pub(crate) use paths::Paths;
pub(crate) use screening::wanted_today;
pub(crate) use timeline::DATED;

/// Where the API stands.
pub(crate) const BASE: &str = "/api/v1";
/// Results of a list where no number is asked for.
const LIMIT: usize = 100;
/// Most results that can be asked for at once: what a browser lays out without a pause.
const MOST: usize = 5000;

#[derive(OpenApi)]
#[openapi(info(
    title = "Madar",
    description = "One case, question by question. Every line carries its passage, its chains and \
        the number of independent ones. `?in=ar|en|ru` words an answer, else `Accept-Language`.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
))]
struct Documented;

/// The routes, and the document that describes them.
pub(crate) fn routes() -> (Router<Shared>, utoipa::openapi::OpenApi) {
    let api = OpenApiRouter::new()
        .routes(routes!(case::case))
        .routes(routes!(entities::list))
        .routes(routes!(entities::one))
        .routes(routes!(claims::list))
        .routes(routes!(claims::one))
        .routes(routes!(documents::list, documents::add))
        .routes(routes!(documents::one))
        .routes(routes!(network::network))
        .routes(routes!(paths::path))
        .routes(routes!(paths::withdraw))
        .routes(routes!(timeline::timeline))
        .routes(routes!(screening::screening))
        .routes(routes!(news::alerts))
        .routes(routes!(news::see))
        .routes(routes!(news::versions))
        .routes(routes!(questions::questions))
        .routes(routes!(decisions::list, decisions::decide))
        .routes(routes!(search::search))
        .routes(routes!(reading::read))
        .routes(routes!(events::events));
    let (router, mut document) = OpenApiRouter::with_openapi(Documented::openapi())
        .nest(BASE, api)
        .split_for_parts();
    for path in document.paths.paths.values_mut() {
        let (get, post) = (path.get.iter_mut(), path.post.iter_mut());
        get.for_each(|operation| also_answers(operation, &ALWAYS));
        for operation in post {
            also_answers(operation, &ALWAYS);
            also_answers(operation, &WITH_BODY);
        }
    }
    one_wish(&mut document);
    (router, document)
}

/// A decision has one wish and nothing beside it.
fn one_wish(document: &mut utoipa::openapi::OpenApi) {
    let schemas = document.components.as_mut().map(|all| &mut all.schemas);
    let wish = schemas.and_then(|schemas| schemas.get_mut("Wish"));
    let Some(RefOr::T(Schema::OneOf(wish))) = wish else {
        unreachable!("a wish is one of several");
    };
    for one in &mut wish.items {
        if let RefOr::T(Schema::Object(one)) = one {
            one.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// Adds answers that are not described yet, each a [`Problem`](crate::failure::Problem).
fn also_answers(operation: &mut Operation, answers: &[(StatusCode, &str)]) {
    for (status, told) in answers {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
        let answer = ResponseBuilder::new()
            .description(*told)
            .content("application/json", problem.build());
        let described = &mut operation.responses.responses;
        described
            .entry(status.as_str().to_owned())
            .or_insert_with(|| answer.build().into());
    }
}

/// Which part of a list is wanted.
#[derive(Deserialize, IntoParams, Clone, Copy)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Results to leave out at the head.
    #[param(minimum = 0, maximum = 18446744073709551615u64)]
    offset: Option<usize>,
    /// Results wanted; 100 where nothing is said, 5000 at most.
    #[param(minimum = 0, maximum = 18446744073709551615u64)]
    limit: Option<usize>,
}

impl Part {
    fn wanted(self) -> madar_case::Part {
        madar_case::Part {
            offset: self.offset.unwrap_or(0),
            limit: self.limit.unwrap_or(LIMIT).min(MOST),
        }
    }

    /// This part of all.
    fn of<A, B>(self, all: Vec<A>, wire: impl Fn(A) -> B) -> Listed<B> {
        let part = self.wanted();
        let total = all.len();
        let some = all.into_iter().skip(part.offset).take(part.limit);
        self.listed(some.map(wire).collect(), total)
    }

    /// The part that was found.
    fn found<'a, A, B>(
        self,
        found: &'a madar_case::Listed<A>,
        wire: impl Fn(&'a A) -> B,
    ) -> Listed<B> {
        self.listed(found.some.iter().map(wire).collect(), found.all)
    }

    fn listed<T>(self, results: Vec<T>, total: usize) -> Listed<T> {
        let part = self.wanted();
        Listed {
            results,
            total,
            offset: part.offset,
            limit: part.limit,
        }
    }
}
