//! One of the cast: names in all scripts seen, posts and kin, how often, by whom told.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::{FactKind, MentionForm};
use madar_text::Lang;

use crate::answer::{Member, NameSeen};
use crate::screening::Screening;
use crate::view::{At, View};

impl View<'_> {
    /// `claims` are those that the entity takes part in.
    pub(crate) fn member(&self, entity: At, claims: &[At]) -> Member {
        let held = &self.network.entities[entity];
        let documents: BTreeSet<At> = held
            .mentions
            .iter()
            .map(|&(document, _)| document)
            .collect();
        let told_by: BTreeSet<String> = documents
            .iter()
            .filter_map(|&document| self.publisher(document))
            .collect();
        let tie = |claim: &&At| {
            let kind = self.network.claims[**claim].kind;
            matches!(
                kind,
                FactKind::Role | FactKind::Family | FactKind::Associate | FactKind::Membership
            )
        };
        Member {
            entity: held.id.clone(),
            kind: held.kind,
            name: held.name.clone(),
            names: self.names_seen(entity),
            ties: claims
                .iter()
                .filter(tie)
                .map(|&claim| self.line(claim))
                .collect(),
            documents: documents.len(),
            mentions: self.mentions(entity).count(),
            facts: claims.len(),
            told_by: told_by.into_iter().collect(),
            reasons: held.reasons.clone(),
            hits: self.register.map_or_else(Vec::new, |register| {
                self.hits(entity, register, &Screening::usual())
            }),
        }
    }

    /// Document and mention of everything that stands for the entity.
    pub(crate) fn mentions(&self, entity: At) -> impl Iterator<Item = (At, &madar_read::Mention)> {
        let mentions = &self.network.entities[entity].mentions;
        mentions
            .iter()
            .map(|&(document, mention)| (document, &self.kept[document].reading.mentions[mention]))
    }

    /// Every name that the entity goes by, its best one included.
    pub(crate) fn names_of(&self, entity: At) -> BTreeSet<&str> {
        let seen = self
            .mentions(entity)
            .filter(|(_, m)| m.form != MentionForm::Description);
        let seen = seen.map(|(_, mention)| mention.name.as_str());
        seen.chain([self.network.entities[entity].name.as_str()])
            .collect()
    }

    /// Names by language, the most frequent first; descriptions only where there is no name.
    fn names_seen(&self, entity: At) -> Vec<NameSeen> {
        let named = self.network.entities[entity].named;
        let mut counts: BTreeMap<(Lang, &str), usize> = BTreeMap::new();
        for (_, mention) in self.mentions(entity) {
            if !named || mention.form != MentionForm::Description {
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
