//! FollowTheMoney entities (<https://followthemoney.tech>). Only what is plainly asserted becomes an
//! edge (posts, kin, ownership, payments, ties); everything else, and all that is planned, proposed,
//! negotiated, conditional, alleged or denied, is an event that says so. Where the vocabulary has no
//! schema for a pair (a place, a paper), the edge is an `UnknownLink`.

use std::io::{self, Write};

use madar_case::answer::{Dated, DocumentLine, Line, Member, Party};
use madar_case::{Tongue, Whole};
use madar_read::{EntityKind, FactKind, Role, Status};
use madar_text::Lang;
use serde_json::{Map, Value, json};

use super::graph::date;
use super::tables::chain;
use crate::formats::text::visible;

/// An entity of FollowTheMoney: nodes, edges and documents alike.
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) schema: &'static str,
    pub(super) properties: Vec<Property>,
    /// A person has seen that it is told so.
    pub(super) accepted: bool,
}

pub(super) struct Property {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// The language of a name, in three letters as that vocabulary wants it.
    pub(super) lang: Option<&'static str>,
}

impl Entity {
    fn new(id: String, schema: &'static str) -> Self {
        Self {
            id,
            schema,
            properties: Vec::new(),
            accepted: false,
        }
    }

    fn add(&mut self, name: &'static str, value: impl Into<String>) {
        self.add_in(name, value, None);
    }

    fn add_in(&mut self, name: &'static str, value: impl Into<String>, lang: Option<Lang>) {
        let value = visible(&value.into()).trim().to_owned();
        let known = self
            .properties
            .iter()
            .any(|own| own.name == name && own.value == value);
        if !value.is_empty() && !known {
            self.properties.push(Property {
                name,
                value,
                lang: lang.and_then(three_letters),
            });
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.add(name, value);
        self
    }
}

pub(super) fn entities(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    for entity in all(whole) {
        let mut properties: Map<String, Value> = Map::new();
        for property in &entity.properties {
            let values = properties.entry(property.name).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(json!(property.value));
            }
        }
        let value = json!({"id": entity.id, "schema": entity.schema, "properties": properties});
        writeln!(out, "{value}")?;
    }
    Ok(())
}

/// Documents, then whoever takes part, then what ties them.
pub(super) fn all(whole: &Whole) -> Vec<Entity> {
    let mut out: Vec<Entity> = whole.documents.iter().map(article).collect();
    let kinds = Kinds(whole);
    out.extend(whole.members.iter().map(|member| node(member, whole)));
    for line in &whole.lines {
        out.extend(kinds.claim(line));
    }
    out
}

fn article(line: &DocumentLine) -> Entity {
    let id = identifier(&line.source.id.hex());
    let mut out = Entity::new(id, "Article");
    out.accepted = true;
    let title = line.source.title.clone().or_else(|| line.origin.clone());
    out.add("title", title.unwrap_or_else(|| line.source.id.short()));
    out.add(
        "publisher",
        line.source.publisher.clone().unwrap_or_default(),
    );
    out.add("author", line.author.clone().unwrap_or_default());
    out.add("sourceUrl", line.address.clone().unwrap_or_default());
    out.add(
        "language",
        three_letters(line.source.lang).unwrap_or_default(),
    );
    if let Dated::On { day, .. } = &line.date {
        out.add("publishedAt", day.clone());
    }
    out
}

fn node(member: &Member, whole: &Whole) -> Entity {
    let mut out = Entity::new(identifier(&member.entity), schema(member.kind));
    out.accepted = whole.lines.iter().any(|line| {
        line.support.confirmed > 0
            && line
                .parties
                .iter()
                .any(|party| party.entity == member.entity)
    });
    out.add("name", member.name.clone());
    for seen in &member.names {
        out.add_in("alias", seen.name.clone(), Some(seen.lang));
    }
    out.properties
        .retain(|own| own.name != "alias" || own.value != member.name);
    if member.kind == EntityKind::Place {
        out.add("full", member.name.clone());
    }
    out
}

fn schema(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Company => "Company",
        EntityKind::PublicBody => "PublicBody",
        EntityKind::Asset => "Asset",
        EntityKind::Place => "Address",
        EntityKind::Paper => "Document",
        EntityKind::Group => "LegalEntity",
    }
}

/// Which schema each entity of the case has.
struct Kinds<'a>(&'a Whole);

impl Kinds<'_> {
    fn kind(&self, party: &Party) -> Option<EntityKind> {
        let members = &self.0.members;
        let found = members.binary_search_by(|member| member.entity.as_str().cmp(&party.entity));
        found.ok().map(|at| members[at].kind)
    }

    fn is_person(&self, party: &Party) -> bool {
        self.kind(party) == Some(EntityKind::Person)
    }

    fn is_body(&self, party: &Party) -> bool {
        use EntityKind::{Company, Organization, PublicBody};
        matches!(self.kind(party), Some(Company | Organization | PublicBody))
    }

    /// What the vocabulary calls a legal entity.
    fn is_legal(&self, party: &Party) -> bool {
        self.is_person(party) || self.is_body(party) || self.kind(party) == Some(EntityKind::Group)
    }

    fn is_asset(&self, party: &Party) -> bool {
        matches!(
            self.kind(party),
            Some(EntityKind::Company | EntityKind::Asset)
        )
    }

    fn claim(&self, line: &Line) -> Vec<Entity> {
        let holds = matches!(line.status, Status::Asserted | Status::Ended);
        let mut edges = if holds { self.edges(line) } else { Vec::new() };
        if edges.is_empty() {
            edges.push(self.event(line));
        }
        for edge in &mut edges {
            edge.accepted = line.support.confirmed > 0;
            told(edge, line);
        }
        if edges.iter().any(|edge| edge.schema == "Occupancy") {
            let mut post = post(line);
            post.accepted = line.support.confirmed > 0;
            edges.insert(0, post);
        }
        edges
    }

    /// One to each pair of whoever stands on its two sides; none for what only events can hold.
    fn edges(&self, line: &Line) -> Vec<Entity> {
        let of = |role: Role| line.parties.iter().filter(move |party| party.role == role);
        let pairs: Vec<(&Party, &Party)> = match line.kind {
            FactKind::Role => cross(of(Role::Holder), of(Role::Organisation)),
            FactKind::Ownership => cross(of(Role::Owner), of(Role::Asset)),
            FactKind::Payment => cross(of(Role::Payer), of(Role::Payee)),
            FactKind::Membership => cross(of(Role::Member), of(Role::Organisation)),
            FactKind::Associate if of(Role::Agent).next().is_some() => {
                cross(of(Role::Agent), of(Role::Client))
            }
            FactKind::Family | FactKind::Associate | FactKind::Tie => each_to_each(&line.parties),
            _ => Vec::new(),
        };
        if line.kind == FactKind::Role && pairs.is_empty() {
            let alone = of(Role::Holder).filter(|holder| self.is_person(holder));
            return alone.map(|holder| occupancy(line, holder)).collect();
        }
        let many = pairs.len() > 1;
        let numbered = pairs.into_iter().zip(1..);
        numbered
            .map(|((a, b), number)| {
                let id = if many {
                    format!("{}.{number}", line.claim)
                } else {
                    line.claim.clone()
                };
                self.edge(line, a, b, &identifier(&id))
            })
            .collect()
    }

    fn edge(&self, line: &Line, a: &Party, b: &Party, id: &str) -> Entity {
        let ends = |schema, from, to| {
            Entity::new(id.to_owned(), schema)
                .with(from, identifier(&a.entity))
                .with(to, identifier(&b.entity))
        };
        let detail = detail(line);
        match line.kind {
            FactKind::Role if self.is_person(a) && self.is_body(b) => {
                Entity::new(id.to_owned(), "Employment")
                    .with("employee", identifier(&a.entity))
                    .with("employer", identifier(&b.entity))
                    .with("role", detail)
            }
            FactKind::Role if self.is_person(a) => occupancy(line, a),
            FactKind::Family if self.is_person(a) && self.is_person(b) => {
                ends("Family", "person", "relative").with("relationship", detail)
            }
            FactKind::Associate
                if a.role == Role::Agent && self.is_legal(a) && self.is_legal(b) =>
            {
                ends("Representation", "agent", "client").with("role", detail)
            }
            FactKind::Associate if self.is_person(a) && self.is_person(b) => {
                ends("Associate", "person", "associate").with("relationship", detail)
            }
            FactKind::Membership if self.is_legal(a) && self.is_body(b) => {
                ends("Membership", "member", "organization").with("role", detail)
            }
            FactKind::Ownership if self.is_legal(a) && self.is_asset(b) => {
                let stake = line.stake.as_ref().and_then(|stake| stake.value.clone());
                ends("Ownership", "owner", "asset").with("percentage", stake.unwrap_or_default())
            }
            FactKind::Payment if self.is_legal(a) && self.is_legal(b) => {
                let amount = line.amount.as_ref();
                let value = amount
                    .and_then(|amount| amount.value.clone())
                    .unwrap_or_default();
                let currency = amount
                    .and_then(|amount| amount.currency.clone())
                    .unwrap_or_default();
                ends("Payment", "payer", "beneficiary")
                    .with("amount", value)
                    .with("currency", currency)
            }
            _ => ends("UnknownLink", "subject", "object").with(
                "role",
                if detail.is_empty() {
                    line.kind.name().to_owned()
                } else {
                    detail
                },
            ),
        }
    }

    fn event(&self, line: &Line) -> Entity {
        let mut out =
            Entity::new(identifier(&line.claim), "Event").with("name", line.sentence.to_string());
        for party in line.parties.iter().filter(|party| self.is_legal(party)) {
            let by = matches!(party.role, Role::Authority | Role::Investigator);
            out.add(
                if by { "organizer" } else { "involved" },
                identifier(&party.entity),
            );
        }
        let places = line
            .parties
            .iter()
            .filter(|party| self.kind(party) == Some(EntityKind::Place));
        for place in places.chain(&line.place) {
            out.add("location", place.name.clone());
        }
        out.add("keywords", line.kind.name());
        out.add("keywords", line.status.name());
        out.add(
            "notes",
            format!("Status: {}. {}", line.status.name(), line.support.sentence),
        );
        out
    }
}

/// Where it stands, who tells it, and when it was.
fn told(edge: &mut Entity, line: &Line) {
    edge.add("recordId", line.claim.clone());
    edge.add("summary", line.sentence.to_string());
    for telling in &line.tellings {
        let passage = &telling.passage;
        edge.add("proof", identifier(&passage.source.id.hex()));
        edge.add(
            "publisher",
            passage.source.publisher.clone().unwrap_or_default(),
        );
        edge.add(
            "description",
            format!("“{}” — {}", passage.text, chain(&telling.chain)),
        );
    }
    if edge.schema != "Event" {
        edge.add("description", line.support.sentence.clone());
    }
    if let Some(day) = date(line) {
        edge.add(
            if line.status == Status::Ended {
                "endDate"
            } else {
                "date"
            },
            day,
        );
    }
}

/// A post for which no body is named, or a country only.
fn occupancy(line: &Line, holder: &Party) -> Entity {
    Entity::new(
        identifier(&format!("{}-{}", line.claim, holder.entity)),
        "Occupancy",
    )
    .with("holder", identifier(&holder.entity))
    .with("post", post(line).id)
}

fn post(line: &Line) -> Entity {
    let mut name = detail(line);
    if name.is_empty() {
        name = visible(&line.trigger);
    }
    let of = line
        .parties
        .iter()
        .find(|party| party.role == Role::Organisation);
    let called = of.map_or_else(|| name.clone(), |of| format!("{name} ({})", of.name));
    Entity::new(identifier(&format!("{}-post", line.claim)), "Position").with("name", called)
}

fn detail(line: &Line) -> String {
    line.detail
        .as_deref()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn cross<'a>(
    a: impl Iterator<Item = &'a Party>,
    b: impl Iterator<Item = &'a Party>,
) -> Vec<(&'a Party, &'a Party)> {
    let b: Vec<&Party> = b.collect();
    a.flat_map(|a| b.iter().map(move |b| (a, *b)).collect::<Vec<_>>())
        .collect()
}

fn each_to_each(parties: &[Party]) -> Vec<(&Party, &Party)> {
    let rest = |at: usize| parties[at + 1..].iter();
    let pairs = parties.iter().enumerate();
    pairs
        .flat_map(|(at, a)| rest(at).map(move |b| (a, b)))
        .collect()
}

/// Letters, digits, dots and hyphens are all that an id may hold.
fn identifier(own: &str) -> String {
    let plain = own
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    if plain && !own.is_empty() {
        return format!("madar-{own}");
    }
    format!("madar-{}", &blake3::hash(own.as_bytes()).to_hex()[..16])
}

fn three_letters(lang: Lang) -> Option<&'static str> {
    match lang.code() {
        "ar" => Some("ara"),
        "en" => Some("eng"),
        "ru" => Some("rus"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn ids_hold_what_ids_may_hold() {
        assert_eq!(identifier("3c7f5fa4bcde.2"), "madar-3c7f5fa4bcde.2");
        assert!(
            identifier("place:miami beach")
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        );
    }
}
