//! What a decision is about: names and ids as a user types them become documents and names in them, so
//! that the decision outlives reading again.

use std::collections::BTreeMap;

use madar_names::{Name, NameKind};
use madar_read::{EntityKind, MentionForm};
use madar_text::{DocumentId, Lang, Span, fold};

use crate::CaseError;
use crate::anchor::Anchor;
use crate::answer::Named;
use crate::ask::Asked;
use crate::decisions::{Decision, Entry, Thing};
use crate::spot::{Meant, Naming, Spot};
use crate::view::{At, place};

/// A fact with its document, for a decision on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    pub document: DocumentId,
    pub fact: String,
    pub passage: String,
    pub anchor: Anchor,
}

/// What somebody says of a place of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NamedAs<'a> {
    /// Nothing is named there.
    Nothing,
    Kind(EntityKind),
    Means(Who<'a>),
    Missing(EntityKind, Who<'a>),
}

/// Who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who<'a> {
    /// One of the case, by id or name.
    Known(&'a str),
    /// One whom the case does not know, by the name as a dictionary would list it.
    Called(&'a str),
}

/// Hexadecimal digits of the id of a fact or a claim.
const FACT_ID: usize = 12;

/// Decisions speak of what stands in the texts, whoever is protected.
impl Asked<'_> {
    /// The first thing that a document names exactly so, one by its names before one by a description.
    fn named_so(&self, folded: &str, fits: &dyn Fn(&At) -> bool) -> Option<Thing> {
        let first = |mut documents: Vec<At>| {
            documents.sort_unstable();
            documents.dedup();
            let documents = documents.into_iter().filter(fits);
            documents
                .flat_map(|at| {
                    let kept = &self.kept[at];
                    let mentions = kept.reading.mentions.iter();
                    let named = mentions.filter(|m| fold(&m.name) == folded);
                    named.map(|mention| Thing {
                        document: kept.id,
                        name: mention.name.clone(),
                    })
                })
                .next()
        };
        let kinds = [NameKind::Person, NameKind::Organisation];
        let names = kinds.map(|kind| Name::new(folded, kind));
        let called = self.links().called_like(&names).into_iter();
        let called = called.filter(|called| fold(&called.text) == folded);
        let places = called.flat_map(|called| &self.links().entity(called.entity).linked.mentions);
        let by_name = first(places.map(|&(document, _)| place(document)).collect());
        by_name.or_else(|| first((0..self.kept.len()).collect()))
    }

    /// The entity as its first name names it; where it has none, its first mention.
    pub(crate) fn thing_of(&self, entity: At) -> Thing {
        let mentions = &self.links().entity(entity).linked.mentions;
        let named = mentions.iter().find(|&&(document, mention)| {
            let mention = &self.kept[place(document)].reading.mentions[mention.at()];
            mention.form != MentionForm::Description
        });
        let (document, mention) = *named.unwrap_or(&mentions[0]);
        let kept = &self.kept[place(document)];
        Thing {
            document: kept.id,
            name: kept.reading.mentions[mention.at()].name.clone(),
        }
    }
}

impl Asked<'_> {
    /// What `name` means: an id, or a name. A name that stands so in the case is meant as it stands;
    /// `NAME@DOCUMENT` means the one of that document, by the first digits of the document's id.
    ///
    /// # Errors
    /// When nothing is called so, or several things are.
    pub fn thing(&self, name: &str) -> Result<Thing, CaseError> {
        let view = self.view();
        let (called, document) = match name.rsplit_once('@') {
            Some((called, document)) if !document.is_empty() => (called, Some(document)),
            _ => (name, None),
        };
        let wanted = fold(called.trim());
        let fits = |at: &At| document.is_none_or(|head| self.kept.id(*at).hex().starts_with(head));
        if let Some(thing) = self.named_so(&wanted, &fits) {
            return Ok(thing);
        }
        let entity = view.entity_named(name)?;
        Ok(self.thing_of(entity))
    }

    /// Whether the case takes two things for one.
    pub fn are_one(&self, a: &Thing, b: &Thing) -> bool {
        let (a, b) = (self.entity_of_thing(a), self.entity_of_thing(b));
        a.is_some() && a == b
    }

    pub(crate) fn entity_of_thing(&self, thing: &Thing) -> Option<At> {
        let wanted = fold(&thing.name);
        let document = self.kept.position(thing.document)?;
        let mut mentions = self.kept[document].reading.mentions.iter();
        let at = mentions.position(|m| fold(&m.name) == wanted)?;
        Some(self.links().places(document).entity_of[at])
    }

    /// Entries of the log that note something of the entity with this id.
    pub fn notes<'l>(&self, entity: &str, log: &'l [Entry]) -> Vec<(&'l Entry, &'l str)> {
        let Some(at) = self.links().entity_by_id(entity) else {
            return Vec::new();
        };
        let own = log.iter().filter_map(|entry| match &entry.decision {
            Decision::Noted(thing, text) if !entry.undone => {
                (self.entity_of_thing(thing) == Some(at)).then_some((entry, text.as_str()))
            }
            _ => None,
        });
        own.collect()
    }

    /// Those who are followed, each with the number of the entry that says so last, in the order of the log.
    pub fn all_followed(&self, log: &[Entry]) -> Vec<(i64, Named)> {
        let mut last: BTreeMap<At, i64> = BTreeMap::new();
        let holding = log.iter().filter(|entry| !entry.undone);
        for entry in holding {
            if let Decision::Followed(thing) = &entry.decision
                && let Some(at) = self.entity_of_thing(thing)
            {
                last.insert(at, entry.number);
            }
        }
        let view = self.view();
        let named = last.into_iter();
        let mut out: Vec<(i64, Named)> =
            named.map(|(at, number)| (number, view.named(at))).collect();
        out.sort_by_key(|(number, _)| *number);
        out
    }

    /// Whether a decision on a fact still finds it: a better reading may tell nothing there any more.
    /// Decisions on names are not asked.
    pub fn holds(&self, decision: &Decision) -> bool {
        match decision {
            Decision::Wrong(fact) | Decision::Confirmed(fact) | Decision::Restated(fact, _) => {
                !fact.facts(self.kept.of_text(fact.text)).is_empty()
            }
            Decision::Named(spot, naming) => {
                let nothing = matches!(naming, Naming::Nothing);
                let mut kept = self.kept.of_text(spot.text);
                kept.any(|(_, kept)| nothing || spot.mention(&kept.reading).is_some())
            }
            Decision::Independent(a, b) => {
                [a, b].iter().all(|id| self.kept.position(**id).is_some())
            }
            _ => true,
        }
    }

    /// A decision on what is named in a place of a document; `span` counts bytes of the text as answers show it.
    ///
    /// # Errors
    /// When there is no such document, no words stand there, nobody is called so, something is named there that should
    /// be missing, nothing is where something should be, or a name crosses the ends.
    pub fn naming(
        &self,
        document: DocumentId,
        span: Span,
        wanted: &NamedAs<'_>,
    ) -> Result<Decision, CaseError> {
        let unknown = |what, name| CaseError::Unknown { what, name };
        let at = self.kept.position(document);
        let at = at.ok_or_else(|| unknown("document", document.hex()))?;
        let kept = &self.kept[at];
        let span = self.uncovered(at, span);
        let spot = Spot::new(kept, span);
        let spot =
            spot.ok_or_else(|| unknown("passage", format!("{}-{}", span.start, span.end)))?;
        let mentions = &kept.reading.mentions;
        let named = mentions.iter().position(|m| m.span == spot.span);
        match (wanted, named, spot.crossed(&kept.reading)) {
            (NamedAs::Missing(..), Some(_), _) => return Err(CaseError::Named(spot.words)),
            (NamedAs::Missing(..), None, Some(other)) => {
                return Err(CaseError::CutsThrough {
                    words: spot.words,
                    name: other.span.of(&kept.document.text).to_owned(),
                });
            }
            (NamedAs::Missing(..), None, None) | (_, Some(_), _) => {}
            (_, None, _) => return Err(CaseError::NotNamed(spot.words)),
        }
        let whom = |who: &Who<'_>| -> Result<Meant, CaseError> {
            Ok(match who {
                Who::Known(name) => self.known(name, at, spot.lang(&kept.document))?,
                Who::Called(name) => Meant::Called((*name).to_owned()),
            })
        };
        let naming = match wanted {
            NamedAs::Nothing => Naming::Nothing,
            NamedAs::Kind(kind) => Naming::Kind(*kind),
            NamedAs::Missing(kind, who) => Naming::Missing {
                kind: *kind,
                who: whom(who)?,
            },
            NamedAs::Means(who) => Naming::Means {
                who: whom(who)?,
                not: named.and_then(|mention| {
                    let entity = self.links().places(at).entity_of[mention];
                    self.known_by(entity, &|other| *other != (at, mention))
                }),
            },
        };
        Ok(Decision::Named(spot, naming))
    }

    /// The one of the case that `name` means, its id or the most alike name: by a mention of this document where it
    /// has one, and by its name in this language.
    fn known(&self, name: &str, document: At, lang: Lang) -> Result<Meant, CaseError> {
        let entity = self.view().entity_named(name)?;
        let here = |at: &(At, usize)| at.0 == document;
        let known = self
            .known_by(entity, &here)
            .or_else(|| self.known_by(entity, &|_| true));
        let linked = &self.links().entity(entity).linked;
        let own = linked.names.iter().find(|name| name.lang == lang);
        let own = own.or(linked.names.first());
        Ok(Meant::Known(
            known.unwrap_or_else(|| self.thing_of(entity)),
            own.map(|name| name.text.clone()),
        ))
    }

    /// The entity by one of these mentions whose name in its document nobody else bears; by a name rather than by a
    /// description.
    fn known_by(&self, entity: At, of: &dyn Fn(&(At, usize)) -> bool) -> Option<Thing> {
        let mention =
            |&(document, mention): &(At, usize)| &self.kept[document].reading.mentions[mention];
        let alone = |at: &(At, usize)| {
            let wanted = fold(&mention(at).name);
            let named = self.kept[at.0].reading.mentions.iter();
            let mut bears = named.zip(&self.links().places(at.0).entity_of);
            bears.all(|(other, of)| *of == entity || fold(&other.name) != wanted)
        };
        let mentions = self.links().entity(entity).linked.mentions.iter();
        let mentions = mentions.map(|&(document, mention)| (place(document), mention.at()));
        let fit = mentions.filter(|at| of(at) && alone(at));
        let found = fit.min_by_key(|at| (mention(at).form == MentionForm::Description, *at))?;
        Some(Thing {
            document: self.kept.id(found.0),
            name: mention(&found).name.clone(),
        })
    }

    /// What a document is called in answers.
    pub fn document_called(&self, id: DocumentId) -> String {
        let at = self.kept.position(id);
        at.map_or_else(|| id.short(), |at| self.view().title_at(at))
    }

    /// A decision that what both of these documents tell, each has from elsewhere: nothing ties their chains but
    /// what they themselves say.
    ///
    /// # Errors
    /// When there is no such document, or they are one.
    pub fn independent(&self, a: DocumentId, b: DocumentId) -> Result<Decision, CaseError> {
        for id in [a, b] {
            self.kept.position(id).ok_or_else(|| CaseError::Unknown {
                what: "document",
                name: id.hex(),
            })?;
        }
        if a == b {
            return Err(CaseError::OneDocument);
        }
        Ok(Decision::Independent(a.min(b), a.max(b)))
    }

    /// Places of a document's text where these words stand.
    ///
    /// # Errors
    /// When there is no such document.
    pub fn places_of_words(
        &self,
        document: DocumentId,
        words: &str,
    ) -> Result<Vec<Span>, CaseError> {
        let at = self.kept.position(document);
        let at = at.ok_or_else(|| CaseError::Unknown {
            what: "document",
            name: document.hex(),
        })?;
        let found = self.view().text(at).match_indices(words);
        let found = found.filter(|_| !words.is_empty());
        Ok(found
            .map(|(from, found)| Span::from_range(from..from + found.len()))
            .collect())
    }

    /// The facts that an id means: one fact, or all tellings of a claim.
    ///
    /// # Errors
    /// When no fact and no claim has such an id.
    pub fn told(&self, id: &str) -> Result<Vec<Told>, CaseError> {
        let links = self.links();
        let wanted = id.to_ascii_lowercase();
        let told = |&(document, fact): &(At, usize)| {
            let kept = &self.kept[document];
            let held = &kept.reading.facts[fact];
            let id = links.places(document).facts[fact];
            Told {
                document: kept.id,
                fact: id.map_or_else(String::new, |(id, _)| id.short()),
                passage: held.passage.of(&kept.document.text).to_owned(),
                anchor: Anchor::new(kept, held),
            }
        };
        let claims = match wanted.len() {
            FACT_ID => links.claims_beginning(&wanted),
            _ => Vec::new(),
        };
        if let [claim] = claims[..] {
            return Ok(links.claim(claim).reports.iter().map(told).collect());
        }
        let facts = (0..self.kept.len()).flat_map(|document| {
            let facts = links.places(document).facts.iter().enumerate();
            let own = facts.filter(|(_, fact)| fact.is_some_and(|(id, _)| id.short() == wanted));
            own.map(move |(fact, _)| (document, fact))
        });
        let found: Vec<Told> = facts.map(|at| told(&at)).collect();
        if found.is_empty() {
            return Err(CaseError::Unknown {
                what: "claim",
                name: id.to_owned(),
            });
        }
        Ok(found)
    }
}
