//! FIXME: stands in for `madar-link` until it lands.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{EntityKind, FactKind, Kit, Status};
use madar_text::fold;

use crate::answer::Support;
use crate::keep::Kept;

pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) is_outlet: bool,
    pub(crate) named: bool,
    pub(crate) referents: Vec<(usize, usize)>,
    pub(crate) reasons: Vec<String>,
}

pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) kind: FactKind,
    pub(crate) status: Status,
    pub(crate) reports: Vec<(usize, usize)>,
    pub(crate) support: Support,
    pub(crate) against: Vec<usize>,
}

pub(crate) struct Network {
    pub(crate) entities: Vec<Entity>,
    pub(crate) entity_of: Vec<Vec<usize>>,
    pub(crate) claims: Vec<Claim>,
}

pub(crate) fn project(kept: &[Kept], kit: &Kit) -> Network {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    let mut entity_of = Vec::new();
    for (d, k) in kept.iter().enumerate() {
        let mut of = Vec::new();
        for (r, referent) in k.reading.referents.iter().enumerate() {
            let key = match (&referent.listed, referent.named) {
                (Some(id), _) => id.clone(),
                (None, true) => fold(&referent.name),
                _ => format!("{}/{r}", k.id.short()),
            };
            let at = *by_key.entry(key.clone()).or_insert_with(|| {
                let entry = referent
                    .listed
                    .as_deref()
                    .and_then(|id| kit.gazetteer.entry(id));
                entities.push(Entity {
                    id: blake3::hash(key.as_bytes()).to_hex()[..12].to_owned(),
                    kind: referent.kind,
                    name: entry.map_or(referent.name.clone(), |e| e.names[0].clone()),
                    is_outlet: entry.is_some_and(|e| e.is_outlet()),
                    named: referent.named,
                    referents: vec![],
                    reasons: vec![],
                });
                entities.len() - 1
            });
            entities[at].referents.push((d, r));
            of.push(at);
        }
        entity_of.push(of);
    }
    type Told = (FactKind, Status, BTreeSet<usize>);
    let mut claims: BTreeMap<Told, Vec<(usize, usize)>> = BTreeMap::new();
    for (d, k) in kept.iter().enumerate() {
        for (f, fact) in k.reading.facts.iter().enumerate() {
            let who = fact.participants.iter();
            let who = who.map(|p| entity_of[d][k.reading.referent_of[p.mention.at()].at()]);
            let key = (fact.kind, fact.status, who.collect());
            claims.entry(key).or_default().push((d, f));
        }
    }
    let claims = claims
        .into_iter()
        .map(|((kind, status, _), reports)| {
            let articles = reports.iter().map(|r| r.0).collect::<BTreeSet<_>>().len();
            Claim {
                id: blake3::hash(format!("{kind:?}{status:?}{reports:?}").as_bytes()).to_hex()
                    [..12]
                    .to_owned(),
                kind,
                status,
                reports,
                support: Support {
                    articles,
                    k_lo: 1,
                    k_hi: 1,
                    sentence: format!("{articles} articles, 1 independent chain"),
                    hangs_on: vec![],
                    reasons: vec![],
                },
                against: vec![],
            }
        })
        .collect();
    Network {
        entities,
        entity_of,
        claims,
    }
}

impl Network {
    pub(crate) fn fact_id(&self, (document, fact): (usize, usize)) -> String {
        format!("{document}/{fact}")
    }
}
