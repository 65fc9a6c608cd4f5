//! The tools: what each is for, what it takes, what it answers.

use madar_case::{Part, Screening, Ties, Tongue, Wanted, Watched};
use madar_link::{Profile, ProfileKind};
use madar_open::Given;
use madar_read::{FactKind, Kit, Status};
use madar_text::DocumentId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::{Paths, since, wanted_today};
use crate::desk::{Desk, KIT};
use crate::failure::Problem;
use crate::wire::{
    Alert, Article, DocumentLine, Hit, Line, Member, Passage, Reading, Someone, Units,
};

/// Claims and passages of one answer: what a model reads without losing the thread.
const MOST: usize = 30;

/// Articles of one answer, each with the facts that its versions tell otherwise.
const ARTICLES: usize = 10;

/// Name, purpose and arguments (name, type, purpose, whether it must be given) of a tool.
type Tool = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str, bool)],
);

const LANGUAGE: (&str, &str, &str, bool) = (
    "language",
    "string",
    "ar, en or ru: the language of the answer",
    false,
);

const TOOLS: [Tool; 10] = [
    (
        "case",
        "What is in the case: documents, main cast, where the reporting comes from.",
        &[LANGUAGE],
    ),
    (
        "find_entity",
        "Find people, companies, bodies, places by name, in any of Arabic, Latin or Cyrillic script.",
        &[("name", "string", "the name", true), LANGUAGE],
    ),
    (
        "claims",
        "What is claimed, each with passages, chains and the number of independent ones.",
        &[
            (
                "about",
                "string",
                "only what this entity takes part in: id or name",
                false,
            ),
            (
                "kind",
                "string",
                "Role, Family, Associate, Membership, Ownership, Deal, Payment, Meeting, Visit, Sanction, Licence, Proposal, Communication, Investigation, Event or Tie",
                false,
            ),
            (
                "status",
                "string",
                "asserted, planned, proposed, negotiated, conditional, alleged, denied or ended",
                false,
            ),
            (
                "least_chains",
                "integer",
                "only claims behind which so many independent chains stand",
                false,
            ),
            (
                "offset",
                "integer",
                "claims to leave out at the head",
                false,
            ),
            LANGUAGE,
        ],
    ),
    (
        "claim",
        "One claim with all its tellings, passages, chains and what contradicts it.",
        &[("id", "string", "its id", true), LANGUAGE],
    ),
    (
        "path",
        "How two are tied, hop by hop: several paths, each with the claims of every hop and its weakest hop.",
        &[
            ("from", "string", "id or name", true),
            ("to", "string", "id or name", true),
            LANGUAGE,
        ],
    ),
    (
        "search",
        "Passages that hold all these words, inflected too.",
        &[("text", "string", "the words", true)],
    ),
    (
        "news",
        "What is new since it was last noted as seen, what matters most first: hits on lists, new ties of those who are followed, claims independently confirmed for the first time, articles that their publishers changed, new claims.",
        &[
            (
                "since",
                "string",
                "instead since this day, as 2025-03-04, or this seal of the case",
                false,
            ),
            (
                "about",
                "string",
                "only what this entity takes part in: id or name",
                false,
            ),
            LANGUAGE,
        ],
    ),
    (
        "versions",
        "Articles that their publishers changed: the versions of each, and what each tells otherwise than the one before.",
        &[
            (
                "document",
                "string",
                "only the article of this document: its id",
                false,
            ),
            (
                "offset",
                "integer",
                "articles to leave out at the head",
                false,
            ),
            LANGUAGE,
        ],
    ),
    (
        "screen",
        "Hold a name against the watchlists of the case.",
        &[("name", "string", "the name", true)],
    ),
    (
        "read",
        "Read a text or web page: names, times, amounts, who says so, facts with their place in the text. Nothing is kept.",
        &[
            (
                "text",
                "string",
                "the text or the page with its markup",
                true,
            ),
            ("publisher", "string", "who published it", false),
            ("published", "string", "the day, as 2025-03-04", false),
        ],
    ),
];

pub(super) fn list() -> Vec<Value> {
    let tool = |(name, purpose, arguments): &Tool| {
        let properties: serde_json::Map<String, Value> = arguments
            .iter()
            .map(|(name, of, purpose, _)| {
                (
                    (*name).to_owned(),
                    json!({"type": of, "description": purpose}),
                )
            })
            .collect();
        let needed: Vec<&str> = arguments.iter().filter(|a| a.3).map(|a| a.0).collect();
        json!({
            "name": name,
            "description": purpose,
            "inputSchema": {"type": "object", "properties": properties, "required": needed},
            "annotations": {"readOnlyHint": true, "openWorldHint": false},
        })
    };
    TOOLS.iter().map(tool).collect()
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    language: Option<String>,
    name: String,
    about: Option<String>,
    kind: Option<String>,
    status: Option<String>,
    least_chains: u32,
    offset: usize,
    id: String,
    from: String,
    to: String,
    text: String,
    publisher: Option<String>,
    published: Option<String>,
    since: Option<String>,
    document: Option<String>,
}

pub(super) fn call(desk: &Desk, name: &str, arguments: &Value) -> Result<Value, Problem> {
    let asked: Asked = parsed(arguments)?;
    if name == "read" {
        return read(&asked, &KIT);
    }
    let tongue = asked.language.as_deref().and_then(Tongue::named);
    let laid = desk.laid()?;
    let told = laid.told(tongue.unwrap_or_default());
    match name {
        "case" => {
            let brief = told.asked.overview(MOST);
            let documents = brief.latest.iter().map(DocumentLine::from);
            let cast = brief.cast.iter();
            let cast = cast.filter_map(|member| told.asked.someone(&member.entity));
            let cast: Vec<Someone> = cast.map(|one| Someone::from(&one)).collect();
            let origins = brief
                .origins
                .iter()
                .map(|origin| json!({"name": origin.name, "sentence": origin.sentence}));
            Ok(json!({
                "documents": value(&documents.collect::<Vec<_>>()),
                "cast": value(&cast),
                "origins": origins.collect::<Vec<_>>(),
                "claims": brief.claims,
                "documents_total": brief.documents,
            }))
        }
        "find_entity" => {
            let found = told.asked.who(&asked.name);
            let found: Vec<Value> = found
                .iter()
                .take(MOST)
                .map(|one| {
                    let mut member = value(&Member::from(&one.member));
                    member["score"] = json!(one.score.as_f64());
                    member["why"] = json!(one.why);
                    member
                })
                .collect();
            Ok(json!({"found": found}))
        }
        "claims" => {
            let wanted = Wanted {
                kinds: named(asked.kind.as_deref(), "kind", FactKind::named)?
                    .into_iter()
                    .collect(),
                status: named(asked.status.as_deref(), "status", Status::named)?,
                about: asked.about.clone(),
                document: None,
                chains: asked.least_chains,
            };
            let part = Part {
                offset: asked.offset,
                limit: MOST,
            };
            let found = told.asked.claims(&wanted, part)?;
            let some: Vec<Line> = found.some.iter().map(Line::from).collect();
            Ok(json!({"claims": value(&some), "total": found.all, "offset": asked.offset}))
        }
        "claim" => {
            let line = told.asked.chains(&asked.id)?;
            let lines = |ids: &[String]| -> Vec<Line> {
                let found = ids.iter().filter_map(|id| told.asked.chains(id).ok());
                found.map(|line| Line::from(&line)).collect()
            };
            Ok(json!({
                "claim": value(&Line::from(&line)),
                "contradicted_by": value(&lines(&line.against)),
                "may_be_one_with": value(&lines(&line.perhaps)),
            }))
        }
        "path" => {
            let found = told.asked.path(&asked.from, &asked.to, Ties::Told)?;
            Ok(value(&Paths::from(&found)))
        }
        "search" => {
            let found = told.asked.find(&asked.text);
            let passages: Vec<Passage> = found.iter().take(MOST).map(Passage::from).collect();
            Ok(json!({"passages": value(&passages), "total": found.len()}))
        }
        "news" => {
            let since = since(desk, asked.since.as_deref())?;
            let wanted = Watched {
                about: asked.about.clone(),
                limit: Some(MOST),
            };
            let found = told
                .asked
                .alerts(&since.arrived, &wanted, &wanted_today())?;
            let alerts: Vec<Alert> = found.some.iter().map(Alert::from).collect();
            Ok(json!({
                "alerts": value(&alerts),
                "total": found.all,
                "since": since.mark.and_then(|mark| mark.at),
                "documents": since.arrived.documents.len(),
            }))
        }
        "versions" => {
            let document = asked.document.as_ref();
            let document = document.map(|id| {
                DocumentId::from_hex(id).ok_or_else(|| Problem::not_found("document", id))
            });
            let part = Part {
                offset: asked.offset,
                limit: ARTICLES,
            };
            let found = told.asked.versions(document.transpose()?, part)?;
            let some: Vec<Article> = found.some.iter().map(Article::from).collect();
            Ok(json!({"articles": value(&some), "total": found.all, "offset": asked.offset}))
        }
        "screen" => {
            let Some(register) = told.asked.register() else {
                return Err(Problem::wrong(
                    "no list is in the case",
                    "madar lists add FILE adds one",
                ));
            };
            let profile = Profile::named(ProfileKind::Unknown, [(asked.name.as_str(), false)]);
            let hits = register.hits_of_name(&asked.name, &profile, &Screening::usual());
            let hits: Vec<Hit> = hits.iter().map(Hit::from).collect();
            Ok(json!({"hits": value(&hits)}))
        }
        _ => Err(Problem::wrong(
            format!("no tool is named {name:?}"),
            "tools/list names them",
        )),
    }
}

fn parsed<T: DeserializeOwned + Default>(arguments: &Value) -> Result<T, Problem> {
    if arguments.is_null() {
        return Ok(T::default());
    }
    serde_json::from_value(arguments.clone())
        .map_err(|error| Problem::wrong(error.to_string(), "tools/list says what a tool takes"))
}

fn named<T>(
    name: Option<&str>,
    what: &str,
    by: fn(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    let Some(name) = name else {
        return Ok(None);
    };
    let wrong = || {
        Problem::wrong(
            format!("no {what} is named {name:?}"),
            "tools/list names them",
        )
    };
    by(name).map(Some).ok_or_else(wrong)
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("wire structs have string keys")
}

fn read(asked: &Asked, kit: &Kit) -> Result<Value, Problem> {
    let given = Given {
        publisher: asked.publisher.clone(),
        published: asked.published.as_deref().and_then(madar_open::parse_stamp),
        origin: None,
    };
    let document = madar_open::open(asked.text.as_bytes(), &given)
        .map_err(|error| Problem::wrong(error.to_string(), error.hint()))?;
    let reading = madar_read::read(&document, kit);
    let stands_for = |mention: usize| {
        let referent = reading.referent_of[mention];
        (
            format!("r{}", referent.0),
            reading.referents[referent.at()].name.clone(),
        )
    };
    Ok(value(&Reading::new(
        &document,
        &reading,
        Units::Chars,
        &stands_for,
    )))
}
