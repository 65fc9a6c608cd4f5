//! What falls with a source or a document: claims that lose their last independent chain, those that may
//! lose it, those that stand on fewer, and what still tells each of them.

use std::collections::{BTreeMap, BTreeSet};

use madar_link::{Transmitter, Withdrawn};
use madar_names::{Name, NameKind, SAME, score};
use madar_text::fold;

use crate::CaseError;
use crate::answer::{Fallen, Gone, Shaken, Withdrawal};
use crate::ask::Asked;
use crate::naming::{Named, document_among};
use crate::view::{At, View};

impl Asked<'_> {
    /// What falls with `what`: an outlet, a person, a paper or an unnamed source as chains name it, or a
    /// document by its id, path or title. Of each list the `most` weightiest are told.
    ///
    /// # Errors
    /// When no source and no document is called so, or several are.
    pub fn withdraw(&self, what: &str, most: usize) -> Result<Withdrawal, CaseError> {
        let view = self.view();
        let (gone, withdrawn) = self.gone(&view, what)?;
        let shaken = view.links.footing().stand_on(&withdrawn).into_iter();
        let shaken = shaken.filter_map(|claim| {
            let after = view.left_of(claim, &withdrawn);
            (after != view.chains_of(claim)).then_some((claim, after))
        });
        let shaken: BTreeMap<At, (u32, u32)> = shaken.collect();
        let all: Vec<At> = (0..view.links.claims()).collect();
        let mut out = Withdrawal {
            gone,
            falls: Fallen::default(),
            may_fall: Fallen::default(),
            weaker: Fallen::default(),
            untouched: all.len() - shaken.len(),
        };
        let claims: Vec<At> = shaken.keys().copied().collect();
        for claim in view.by_importance(&claims, &view.cast(&all, None)) {
            let list = match shaken[&claim] {
                (_, 0) => &mut out.falls,
                (0, _) => &mut out.may_fall,
                _ => &mut out.weaker,
            };
            list.all += 1;
            if list.shown.len() < most {
                list.shown.push(view.shaken(claim, &withdrawn));
            }
        }
        Ok(out)
    }

    /// Looks at who stands in chains and what claims stand on, before anybody asks what falls: of a large case that
    /// takes a moment.
    pub fn look_at_sources(&self) {
        self.view().sources();
    }

    /// What is left of a claim when `what` falls, as [`Asked::withdraw`] and [`Asked::chains`] know the two.
    ///
    /// # Errors
    /// When there is no such source, document or claim, or several are called so.
    pub fn left_without(&self, claim: &str, what: &str) -> Result<Shaken, CaseError> {
        let view = self.view();
        let (_, withdrawn) = self.gone(&view, what)?;
        Ok(view.shaken(view.claim_called(claim)?, &withdrawn))
    }

    fn gone(&self, view: &View<'_>, what: &str) -> Result<(Gone, Withdrawn), CaseError> {
        let document = |id| {
            let at = view.document_at(id)?;
            let number = at as u64;
            Some((
                Gone::Document(view.source(at)),
                Withdrawn::Documents(BTreeSet::from([number])),
            ))
        };
        if let Some(source) = view.source_called(what) {
            return Ok(source);
        }
        match document_among(&view.document_names(), what) {
            Ok(id) => document(id).ok_or(CaseError::Damaged("a document")),
            Err(CaseError::Unknown { .. }) => {
                let like = view.source_like(what);
                like.ok_or_else(|| CaseError::Unknown {
                    what: "source or document",
                    name: what.to_owned(),
                })
            }
            Err(error) => Err(error),
        }
    }
}

impl View<'_> {
    fn document_names(&self) -> Vec<Named> {
        let named = self.kept.iter().map(|kept| Named {
            id: kept.id,
            origin: kept.document.meta.origin.clone(),
            title: kept.document.meta.title.clone(),
        });
        named.collect()
    }

    /// The source that bears exactly this name, in any of its languages.
    fn source_called(&self, what: &str) -> Option<(Gone, Withdrawn)> {
        self.source_among(self.sources().called(&fold(what.trim())))
    }

    /// The source whose name is most like this one.
    fn source_like(&self, what: &str) -> Option<(Gone, Withdrawn)> {
        let own = Name::new(what, NameKind::Organisation);
        let alike = |name: &String| score(&own, &Name::new(name, NameKind::Organisation));
        let mut best = SAME;
        let mut found: Vec<usize> = Vec::new();
        for (at, (_, names)) in self.sources().all.iter().enumerate() {
            let likeness = names.iter().map(alike).max();
            let Some(likeness) = likeness.filter(|likeness| *likeness >= best) else {
                continue;
            };
            if likeness > best {
                best = likeness;
                found.clear();
            }
            found.push(at);
        }
        self.source_among(&found)
    }

    /// All transmitters with one name are one source: an outlet may be quoted as a body too, an unnamed source by
    /// several outlets.
    fn source_among(&self, places: &[usize]) -> Option<(Gone, Withdrawn)> {
        let all = &self.sources().all;
        let name = all[*places.first()?].1.first()?.clone();
        let found = places.iter().map(|&at| all[at].0.clone());
        Some((Gone::Source(name), Withdrawn::Source(found.collect())))
    }

    /// First the one that answers show.
    pub(crate) fn names_of_source(&self, transmitter: &Transmitter) -> Vec<String> {
        let mut names = vec![self.transmitter(transmitter)];
        match transmitter {
            Transmitter::Outlet(id) => {
                let entry = self.kit.gazetteer.entry(id);
                names.extend(entry.into_iter().flat_map(|entry| entry.names.clone()));
                names.push(id.clone());
            }
            Transmitter::Entity(id) => {
                names.push(self.entity(id.at()).id.clone());
                names.extend(self.names_of(id.at()).into_iter().map(str::to_owned));
            }
            Transmitter::Anonymous { described, .. } | Transmitter::Paper(described) => {
                names.push(described.clone());
            }
            Transmitter::Publisher(_) | Transmitter::Untold(_) => {}
        }
        names.retain(|name| !name.is_empty());
        names
    }

    /// *k_lo* and *k_hi*.
    fn chains_of(&self, claim: At) -> (u32, u32) {
        let support = &self.links.claim(claim).linked.support;
        (support.k_lo, support.k_hi)
    }

    fn left_of(&self, claim: At, withdrawn: &Withdrawn) -> (u32, u32) {
        let left = self.links.claim(claim).linked.support.without(withdrawn);
        (left.k_lo, left.k_hi)
    }

    fn shaken(&self, claim: At, withdrawn: &Withdrawn) -> Shaken {
        let left = self.links.claim(claim).linked.support.without(withdrawn);
        Shaken {
            before: self.chains_of(claim),
            after: (left.k_lo, left.k_hi),
            left: self.tellings_at(claim, &left.tellings),
            line: self.line(claim),
        }
    }
}

#[cfg(test)]
mod tests {
    use madar_link::Withdrawn;
    use madar_open::{Given, open};
    use madar_read::Kit;

    use crate::{Case, Said};

    const TOLD: [(&str, &str); 3] = [
        (
            "Harbour Post",
            "The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2, Rodion Vasilenkov said.",
        ),
        (
            "Gulf Courier",
            "Curtis Weller met Mikael Sandqvist in Doha, Rodion Vasilenkov said.\n\n\
             The engineer Olga Karpina met Anton Yasin in Oslo on March 1.",
        ),
        (
            "Berth Weekly",
            "It was not the first talk about it. The lawyer Curtis Weller met Mikael Sandqvist in Doha on March 2, \
             one of the people said, but it is not known what they spoke of.",
        ),
    ];

    fn case(kit: &Kit) -> Case {
        let mut case = Case::in_memory().unwrap();
        for (publisher, words) in TOLD {
            let given = Given {
                publisher: Some(publisher.to_owned()),
                ..Given::default()
            };
            let words =
                format!("Talks in the Gulf\nMuscat, March 4, 2025 — {publisher}\n\n{words}");
            let document = open(words.as_bytes(), &given).unwrap();
            let reading = madar_read::read(&document, kit);
            case.add(&document, &reading, Said::ByUser).unwrap();
        }
        case
    }

    #[test]
    fn a_source_takes_what_hangs_on_it_alone() {
        let kit = Kit::bundled();
        let case = case(&kit);
        let asked = case.asked(&kit).unwrap();
        let fallen = asked.withdraw("Gulf Courier", usize::MAX).unwrap();
        assert!(fallen.falls.all > 0 && fallen.falls.shown.len() == fallen.falls.all);
        let one = asked.withdraw("Gulf Courier", 1).unwrap();
        assert_eq!(one.falls.shown, fallen.falls.shown[..1]);
        assert_eq!(one.falls.all, fallen.falls.all);
        for shaken in &fallen.falls.shown {
            let claim = shaken.line.claim.to_string();
            assert_eq!(
                asked.left_without(&claim, "Gulf Courier").as_ref().ok(),
                Some(shaken)
            );
            assert!(
                shaken.left.is_empty() && shaken.line.tellings.len() == 1,
                "{shaken:?}"
            );
        }
    }

    #[test]
    fn nothing_changes_of_claims_that_stand_on_something_else() {
        let kit = Kit::bundled();
        let case = case(&kit);
        let asked = case.asked(&kit).unwrap();
        let view = asked.view();
        let sources = view.sources().all.iter();
        let sources = sources.map(|(source, _)| Withdrawn::Source([source.clone()].into()));
        let documents = (0..TOLD.len() as u64).map(|at| Withdrawn::Documents([at].into()));
        let mut shaken = 0;
        for withdrawn in sources.chain(documents) {
            let stand = view.links.footing().stand_on(&withdrawn);
            for claim in 0..view.links.claims() {
                let changes = view.left_of(claim, &withdrawn) != view.chains_of(claim);
                assert!(!changes || stand.contains(&claim), "{withdrawn:?}");
                shaken += usize::from(changes);
            }
        }
        assert!(shaken > TOLD.len());
    }

    #[test]
    fn an_unknown_source_is_said_to_be_so() {
        let kit = Kit::bundled();
        let case = case(&kit);
        let asked = case.asked(&kit).unwrap();
        assert!(asked.withdraw("Nobody's Gazette of Nowhere", 1).is_err());
    }
}
