//! One document's reading in the JSON shape of the gold's scorer: spans in code points, ids,
//! chains with outlets by their usual English names, *alleged* as asserted.

use std::path::Path;

use anyhow::Context;
use madar_open::{Given, parse_stamp};
use madar_read::{
    AmountKind, Directness, EntityKind, Fact, Hop, HopWho, Kit, MentionForm, MentionId, Reading,
    Role, SourceKind, Status, TimeBasis, TimeKind,
};
use madar_text::{Document, Lang, Span};
use serde_json::{Value, json};

use crate::opened::Opened;

pub(crate) fn given(
    file: &Path,
    publisher: Option<String>,
    published: Option<&str>,
) -> anyhow::Result<Given> {
    let published = published
        .map(|text| {
            parse_stamp(text).with_context(|| format!("{text:?} is no date like 2018-09-30"))
        })
        .transpose()?;
    Ok(Given {
        publisher,
        published,
        origin: Some(file.display().to_string()),
    })
}

pub(crate) fn reading(file: &Path, given: &Given, kit: &Kit) -> anyhow::Result<Value> {
    let opened = Opened::file(file, given)?;
    let reading = madar_read::read(&opened.document, kit);
    Ok(Wire::new(&opened, &reading, kit).value())
}

struct Wire<'a> {
    opened: &'a Opened,
    document: &'a Document,
    reading: &'a Reading,
    kit: &'a Kit,
}

impl<'a> Wire<'a> {
    fn new(opened: &'a Opened, reading: &'a Reading, kit: &'a Kit) -> Self {
        Self {
            opened,
            document: &opened.document,
            reading,
            kit,
        }
    }

    fn span(&self, span: Span) -> Value {
        let (start, end) = self.opened.points(span);
        json!({
            "start": start,
            "end": end,
            "text": span.of(&self.document.text),
        })
    }

    fn entity_id(&self, mention: MentionId) -> String {
        format!("e{}", self.reading.referent_of[mention.at()].0)
    }

    fn value(&self) -> Value {
        json!({
            "entities": self.entities(),
            "times": self.times(),
            "amounts": self.amounts(),
            "attributions": self.attributions(),
            "facts": self.reading.facts.iter().enumerate().map(|(at, f)| self.fact(at, f)).collect::<Vec<_>>(),
        })
    }

    fn entities(&self) -> Vec<Value> {
        let all = self.reading.referents.iter().enumerate();
        all.map(|(at, referent)| {
            let entry = referent
                .listed
                .as_deref()
                .and_then(|id| self.kit.gazetteer.entry(id));
            let known = |lang: usize| {
                entry
                    .map(|e| e.names[lang].clone())
                    .filter(|n| !n.is_empty())
            };
            let lang = self.reading.mentions[referent.mentions[0].at()].lang;
            let own = |wanted| (lang == wanted && referent.named).then(|| referent.name.clone());
            let english = known(0)
                .or_else(|| own(Lang::En))
                .or_else(|| (referent.named).then(|| referent.name.clone()));
            // the gold's guidelines: an adjective of a country is no mention, and yet its country takes part
            let mentions = referent.mentions.iter().filter_map(|id| {
                let mention = &self.reading.mentions[id.at()];
                if mention.is_adjective() {
                    return None;
                }
                let mut value = self.span(mention.span);
                value["kind"] = json!(match mention.form {
                    MentionForm::Name => "name",
                    MentionForm::Alias => "alias",
                    MentionForm::Description => "nominal",
                });
                Some(value)
            });
            json!({
                "id": format!("e{at}"),
                "type": type_name(referent.kind),
                "canonical_en": english,
                "canonical_ar": known(1).or_else(|| own(Lang::Ar)),
                "canonical_ru": known(2).or_else(|| own(Lang::Ru)),
                "mentions": mentions.collect::<Vec<_>>(),
            })
        })
        .collect()
    }

    fn times(&self) -> Vec<Value> {
        let all = self.reading.times.iter().enumerate();
        all.map(|(at, time)| {
            let mut value = self.span(time.span);
            value["id"] = json!(format!("t{at}"));
            value["value"] = json!(time.value);
            value["kind"] = json!(match time.kind {
                TimeKind::Date => "date",
                TimeKind::Relative => "relative",
                TimeKind::Duration => "duration",
                TimeKind::Set => "set",
            });
            value["anchored"] = json!(time.basis != TimeBasis::None);
            value
        })
        .collect()
    }

    fn amounts(&self) -> Vec<Value> {
        let all = self.reading.amounts.iter().enumerate();
        all.map(|(at, amount)| {
            let mut value = self.span(amount.span);
            value["id"] = json!(format!("a{at}"));
            value["value"] = json!(amount.value.map(madar_read::Quantity::as_f64));
            value["currency"] = json!(amount.currency);
            let percent = (amount.kind == AmountKind::Percent).then(|| "percent".to_owned());
            value["unit"] = json!(percent.or_else(|| amount.unit.clone()));
            value
        })
        .collect()
    }

    fn attributions(&self) -> Vec<Value> {
        let all = self.reading.attributions.iter().enumerate();
        all.map(|(at, attribution)| {
            let mut source = match attribution.source.kind {
                // nobody is named: no words are the source's
                SourceKind::Unspecified => json!({"start": null, "end": null}),
                _ => self.span(attribution.source.span),
            };
            source["entity"] = json!(attribution.source.mention.map(|id| self.entity_id(id)));
            json!({
                "id": format!("q{at}"),
                "source": source,
                "cue": attribution.cue.map(|span| self.span(span)),
                "content": self.span(attribution.content),
                "directness": match attribution.directness {
                    Directness::Direct => "direct-quote",
                    _ => "indirect",
                },
                "named": matches!(attribution.source.kind, SourceKind::Named | SourceKind::Outlet),
                "chain": self.attributed(attribution),
            })
        })
        .collect()
    }

    /// A paper or a group that speaks is told by its words; it is no unnamed source. The gold tells groups
    /// in English only: in other languages one stands for another unnamed one.
    fn attributed(&self, attribution: &madar_read::Attribution) -> Vec<String> {
        let mut chain = self.chain(&attribution.chain);
        if attribution.source.kind == SourceKind::Unspecified {
            chain.push("unspecified (anonymous)".to_owned());
        }
        let english = self.document.lang() == Lang::En;
        let by_words = match attribution.source.kind {
            SourceKind::Paper => true,
            SourceKind::Group => english,
            SourceKind::Named => self.is_capital(attribution),
            _ => false,
        };
        if by_words
            && let Some(last) = chain.last_mut()
            && let Some(words) = last.strip_suffix(" (anonymous)")
        {
            *last = words.to_owned();
        }
        chain
    }

    /// A source that no mention covers, and that capitals tell to be a name all the same.
    fn is_capital(&self, attribution: &madar_read::Attribution) -> bool {
        /// Shorter words join others: *of*, *for*, *и*.
        const JOINS: usize = 3;
        let source = &attribution.source;
        let mut words = source.span.of(&self.document.text).split_whitespace();
        let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        source.mention.is_none()
            && !source.implicit
            && words.all(|word| capital(word) || word.chars().count() <= JOINS)
    }

    /// Publisher first; inherited hops are the document's, not the sentence's, and left out.
    fn chain(&self, hops: &[Hop]) -> Vec<String> {
        let publication = &self.reading.publication;
        let listed = publication
            .publisher
            .as_deref()
            .and_then(|id| self.kit.gazetteer.entry(id));
        let publisher = listed
            .map(|entry| entry.names[0].clone())
            .or_else(|| publication.publisher_name.clone())
            .unwrap_or_else(|| "publisher".to_owned());
        let stated = hops
            .iter()
            .filter(|hop| hop.basis == madar_read::HopBasis::Stated);
        let inner = stated.map(|hop| match &hop.who {
            HopWho::Anonymous(span) => format!("{} (anonymous)", span.of(&self.document.text)),
            HopWho::Mention(id) => {
                let referent = &self.reading.referents[self.reading.referent_of[id.at()].at()];
                let entry = referent
                    .listed
                    .as_deref()
                    .and_then(|id| self.kit.gazetteer.entry(id));
                entry.map_or_else(|| self.entity_id(*id), |entry| entry.names[0].clone())
            }
        });
        std::iter::once(publisher).chain(inner).collect()
    }

    fn fact(&self, at: usize, fact: &Fact) -> Value {
        let participants: Vec<Value> = fact
            .participants
            .iter()
            .map(|p| json!({"entity": self.entity_id(p.mention), "r": p.role.name(), "role": p.role.name()}))
            .collect();
        let asset = fact.participants.iter().find(|p| p.role == Role::Asset);
        json!({
            "id": format!("f{at}"),
            "type": fact.kind.name(),
            "participants": participants,
            "place": fact.place.map(|id| self.entity_id(id)),
            "asset": asset.map(|p| self.entity_id(p.mention)),
            "time": fact.time.map(|id| format!("t{}", id.0)),
            "duration": fact.duration.map(|id| format!("t{}", id.0)),
            "amount": fact.amount.map(|id| format!("a{}", id.0)),
            "stake": fact.stake.map(|id| format!("a{}", id.0)),
            "modality": match fact.status {
                Status::Alleged => "asserted",
                Status::Ended => "past",
                status => status.name(),
            },
            "evidence": [self.span(fact.passage)],
            "attribution_chain": self.chain(&fact.chain),
            "rule": fact.rule,
        })
    }
}

fn type_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Paper => "Document",
        kind => kind.name(),
    }
}
