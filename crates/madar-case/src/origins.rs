//! Where it all comes from: the outlets that others retell, with how much hangs on each.

use std::collections::{BTreeMap, BTreeSet};

use madar_link::{Claim, Transmitter};

use crate::answer::Origin;
use crate::view::{At, View};

/// What passes through an outlet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Turns {
    pub(crate) claims: usize,
    /// Claims that hang on it.
    pub(crate) alone: usize,
    /// Claims in which some other publisher names it as where it has the report from.
    pub(crate) retold: usize,
    /// Documents that tell something through it.
    pub(crate) articles: usize,
}

/// How one claim passes through an outlet.
#[derive(Default)]
pub(crate) struct Turn {
    pub(crate) alone: bool,
    pub(crate) retold: bool,
    /// Numbers of the documents that tell it through it.
    pub(crate) documents: BTreeSet<u64>,
}

/// The outlets through which a claim has come.
pub(crate) fn turns(claim: &Claim) -> BTreeMap<&Transmitter, Turn> {
    let support = &claim.support;
    let hangs_on = match support.common_links.is_empty() {
        true => &support.cut,
        false => &support.common_links,
    };
    let mut out: BTreeMap<&Transmitter, Turn> = BTreeMap::new();
    for strand in &support.told {
        for (at, outlet) in strand.through.iter().enumerate() {
            if outlet.is_outlet() {
                let turn = out.entry(outlet).or_default();
                turn.retold |= at > 0;
                turn.alone = hangs_on.contains(outlet);
                turn.documents.extend(&strand.documents);
            }
        }
    }
    out
}

/// Which claims it is asked of.
#[derive(Clone, Copy)]
pub(crate) enum Of<'a> {
    All,
    These(&'a [At]),
}

impl View<'_> {
    /// Outlets whose reports others retell in these claims, the one with most claims first; so many at most.
    pub(crate) fn origins(&self, claims: Of<'_>, most: usize) -> Vec<Origin> {
        let stored = match claims {
            Of::All => self.links.stored_turns(),
            Of::These(_) => None,
        };
        let turns = stored.unwrap_or_else(|| match claims {
            Of::All => self.turns_of(0..self.links.claims()),
            Of::These(these) => self.turns_of(these.iter().copied()),
        });
        let retold = turns.into_iter().filter(|(_, turns)| turns.retold > 0);
        let mut named: Vec<(String, Turns)> = retold
            .map(|(outlet, turns)| (self.transmitter(&outlet), turns))
            .collect();
        named.sort_by(|a, b| b.1.claims.cmp(&a.1.claims).then_with(|| a.0.cmp(&b.0)));
        named.truncate(most);
        let mut retellers = self.retellers();
        let one = |(name, turns): (String, Turns)| {
            let by = retellers.remove(&name).unwrap_or_default();
            self.origin(name, &turns, by)
        };
        named.into_iter().map(one).collect()
    }

    fn turns_of(&self, claims: impl Iterator<Item = At>) -> BTreeMap<Transmitter, Turns> {
        let mut out: BTreeMap<Transmitter, (Turns, BTreeSet<u64>)> = BTreeMap::new();
        for claim in claims {
            for (outlet, turn) in turns(&self.links.claim(claim).linked) {
                let (all, documents) = out.entry(outlet.clone()).or_default();
                all.claims += 1;
                all.alone += usize::from(turn.alone);
                all.retold += usize::from(turn.retold);
                documents.extend(turn.documents);
            }
        }
        let counted = out.into_iter().map(|(outlet, (turns, documents))| {
            let articles = documents.len();
            (outlet, Turns { articles, ..turns })
        });
        counted.collect()
    }

    fn origin(&self, name: String, turns: &Turns, retold_by: BTreeSet<String>) -> Origin {
        let counted = [
            ("claims", self.tongue.count(turns.claims, "claim")),
            ("articles", self.tongue.count(turns.articles, "article")),
            ("alone", self.tongue.count(turns.alone, "alone")),
        ];
        let with = counted
            .each_ref()
            .map(|(slot, told)| (*slot, told.as_str()));
        Origin {
            sentence: self.tongue.fill("origin", "sentence", &with),
            retold_by: retold_by.into_iter().collect(),
            name,
            articles: turns.articles,
            claims: turns.claims,
            turns_on_it: turns.alone,
        }
    }

    /// By name of an outlet the publishers, or titles where there is none, of the documents that retell it as a
    /// whole.
    fn retellers(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut first: BTreeMap<(At, u64), Vec<At>> = BTreeMap::new();
        for (at, entry) in self.documents_ledger().iter().enumerate() {
            if let Some(mention) = entry.retells {
                let outlet = self.entity_of(at, mention);
                let own = first.entry((outlet, entry.publisher)).or_default();
                // of one publisher one document tells its name
                if own.is_empty() || entry.publisher == 0 {
                    own.push(at);
                }
            }
        }
        let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ((outlet, _), documents) in first {
            let by = out.entry(self.entity(outlet).name.clone()).or_default();
            by.extend(documents.into_iter().map(|at| {
                let source = self.source(at);
                let called = source.publisher.or(source.title);
                called.unwrap_or_else(|| source.id.short())
            }));
        }
        out
    }
}
