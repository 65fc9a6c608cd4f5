//! Where it all comes from: the outlets that others retell, with how much hangs on each.

use std::collections::{BTreeMap, BTreeSet};

use madar_read::SourceKind;

use crate::answer::Origin;
use crate::view::{At, View};

#[derive(Default)]
struct Seen {
    documents: BTreeSet<At>,
    claims: BTreeSet<At>,
    alone: BTreeSet<At>,
    /// Some other publisher names it as where it has the report from.
    retold: bool,
}

impl View<'_> {
    /// Outlets whose reports others retell in these claims, the one with most claims first.
    pub(crate) fn origins(&self, claims: &[At]) -> Vec<Origin> {
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        for &claim in claims {
            let held = self.claim(claim);
            for &(document, fact) in &held.reports {
                let chain = self.chain(document, &self.fact((document, fact)).chain);
                for (at, link) in chain.iter().enumerate() {
                    if link.kind != SourceKind::Outlet {
                        continue;
                    }
                    let one = seen.entry(link.name.clone()).or_default();
                    one.documents.insert(document);
                    one.claims.insert(claim);
                    one.retold |= at > 0;
                    if held.support.hangs_on.contains(&link.name) {
                        one.alone.insert(claim);
                    }
                }
            }
        }
        let retold = seen.into_iter().filter(|(_, seen)| seen.retold);
        let mut out: Vec<Origin> = retold
            .map(|(name, seen)| self.origin(name, &seen))
            .collect();
        out.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.name.cmp(&b.name)));
        out
    }

    fn origin(&self, name: String, seen: &Seen) -> Origin {
        let (articles, claims, alone) = (seen.documents.len(), seen.claims.len(), seen.alone.len());
        let counted = [
            ("claims", self.tongue.count(claims, "claim")),
            ("articles", self.tongue.count(articles, "article")),
            ("alone", self.tongue.count(alone, "alone")),
        ];
        let with = counted
            .each_ref()
            .map(|(slot, told)| (*slot, told.as_str()));
        Origin {
            sentence: self.tongue.fill("origin", "sentence", &with),
            retold_by: self.retold_by(&name),
            name,
            articles,
            claims,
            turns_on_it: alone,
        }
    }

    /// Publishers, or titles where there is none, of the documents that retell it as a whole.
    fn retold_by(&self, name: &str) -> Vec<String> {
        let mut out = BTreeSet::new();
        for (at, kept) in self.kept.iter().enumerate() {
            let upstream = kept.reading.publication.upstream.as_ref();
            if upstream.is_some_and(|upstream| self.name_of(at, upstream.outlet) == name) {
                let source = self.source(at);
                let called = source.publisher.or(source.title);
                out.insert(called.unwrap_or_else(|| source.id.short()));
            }
        }
        out.into_iter().collect()
    }
}
