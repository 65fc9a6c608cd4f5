//! One of the cast: names in all scripts seen, posts and kin, how often, by whom told.

use std::collections::{BTreeMap, BTreeSet};

use madar_text::Lang;

use crate::answer::{Member, NameSeen};
use crate::profile::Particulars;
use crate::screening::Screening;
use crate::view::{At, View, place};

impl View<'_> {
    /// With so many ties at most, the most important ones.
    pub(crate) fn member(&self, entity: At, most: usize) -> Member {
        let held = self.entity(entity);
        let linked = self.links.entity(entity);
        let claims = &linked.claims;
        let publishers = linked.publishers.iter();
        let told_by: BTreeSet<String> = publishers
            .filter_map(|publisher| self.publisher_name(publisher))
            .collect();
        let entries = &self.claims_ledger().entries;
        let mut ties: Vec<At> = claims.clone();
        ties.retain(|&claim| entries[claim].kind.is_bond());
        let more_ties = ties.len().saturating_sub(most);
        if more_ties > 0 {
            ties = self.by_importance(&ties, &[]);
            ties.truncate(most);
        }
        Member {
            entity: held.id.clone(),
            kind: held.kind,
            name: held.name.clone(),
            names: self.names_seen(entity),
            ties: ties.into_iter().map(|claim| self.line(claim)).collect(),
            more_ties,
            documents: linked.documents,
            mentions: linked.linked.mentions.len(),
            facts: claims.len(),
            told_by: told_by.into_iter().collect(),
            reasons: held.reasons.clone(),
            hits: self.register.map_or_else(Vec::new, |register| {
                self.hits(
                    entity,
                    &Particulars::default(),
                    register,
                    &Screening::usual(),
                )
            }),
        }
    }

    /// Document and mention of everything that stands for the entity.
    pub(crate) fn mentions(&self, entity: At) -> impl Iterator<Item = (At, &madar_read::Mention)> {
        let places = self.places_of(entity).iter();
        places.map(|&(document, mention)| {
            let document = place(document);
            (
                document,
                &self.kept[document].reading.mentions[mention.at()],
            )
        })
    }

    /// What stands for the entity in one document.
    pub(crate) fn mentions_of(
        &self,
        entity: At,
        document: Option<At>,
    ) -> Option<impl Iterator<Item = &madar_read::Mention>> {
        let document = document?;
        let places = self.places_of(entity);
        let first = places.partition_point(|&(at, _)| place(at) < document);
        let here = places[first..].iter();
        let here = here.take_while(move |&&(at, _)| place(at) == document);
        let mentions = &self.kept[document].reading.mentions;
        Some(here.map(|&(_, mention)| &mentions[mention.at()]))
    }

    /// Every name that the entity goes by, its best one included.
    pub(crate) fn names_of(&self, entity: At) -> BTreeSet<&str> {
        let seen = self.links.entity(entity).linked.names.iter();
        let seen = seen.map(|name| name.text.as_str());
        seen.chain([self.entity(entity).name.as_str()]).collect()
    }

    /// Names by language, the most frequent first; descriptions only where there is no name.
    fn names_seen(&self, entity: At) -> Vec<NameSeen> {
        let mut counts: BTreeMap<(Lang, &str), usize> = BTreeMap::new();
        for name in &self.links.entity(entity).linked.names {
            counts.insert((name.lang, &name.text), name.count as usize);
        }
        if !self.entity(entity).named {
            for (_, mention) in self.mentions(entity) {
                *counts.entry((mention.lang, &mention.name)).or_default() += 1;
            }
        }
        let mut names: Vec<NameSeen> = counts
            .into_iter()
            .map(|((lang, name), times)| NameSeen {
                name: name.to_owned(),
                lang,
                times,
            })
            .collect();
        names.sort_by(|a, b| {
            b.times
                .cmp(&a.times)
                .then_with(|| (a.lang, &a.name).cmp(&(b.lang, &b.name)))
        });
        names
    }
}
