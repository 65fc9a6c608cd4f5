//! The questions of a case. Each takes what it needs in hand and answers with plain values.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use madar_names::{Likeness, Name, NameKind, compare};
use madar_read::Kit;
use madar_text::Span;

use crate::answer::{Brief, Found, Line, Member, Passage};
use crate::decisions::Decision;
use crate::documents::Documents;
use crate::keep::Kept;
use crate::linked::Network;
use crate::links::{Everything, Links, name_kind};
use crate::projection::Laid;
use crate::screening::Register;
use crate::search::Search;
use crate::tongue::Tongue;
use crate::veil::Veil;
use crate::view::{At, View};
use crate::{Case, CaseError, search};

/// A case ready to be asked. What one question took in hand serves all later ones.
pub struct Asked<'a> {
    pub(crate) kept: Arc<Documents>,
    decisions: Arc<Vec<Decision>>,
    kit: &'a Kit,
    tongue: Tongue,
    /// Lists against which whoever is told of is screened.
    register: Option<Arc<Register>>,
    /// Shared by all languages.
    links: Arc<OnceLock<Arc<Links>>>,
    /// Documents and links with code names for names, where somebody is protected.
    veiled: Arc<OnceLock<Option<Veiled>>>,
    /// In the words of `tongue`.
    network: OnceLock<Network>,
}

/// A case as it may leave.
struct Veiled {
    veil: Arc<Veil>,
    kept: Arc<Documents>,
    links: Arc<Links>,
}

/// Ties shown of somebody who was found; the rest is counted.
const TIES: usize = 12;

/// Somebody found by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub member: Member,
    /// How alike the names are, 0 to 1, and why.
    pub score: madar_names::Score,
    pub why: String,
}

impl Case {
    /// The case to be asked. What has changed since it was last asked is linked first; then each question
    /// reads what it needs from the file, and may be broken off where that is damaged: see [`crate::guarded`].
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn asked<'a>(&self, kit: &'a Kit) -> Result<Asked<'a>, CaseError> {
        self.asked_of(self.laid(kit)?, kit)
    }

    /// The case to be asked many questions, all of it in memory.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn asked_whole<'a>(&self, kit: &'a Kit) -> Result<Asked<'a>, CaseError> {
        self.asked_of(self.laid_whole(kit)?, kit)
    }

    fn asked_of<'a>(&self, laid: Laid, kit: &'a Kit) -> Result<Asked<'a>, CaseError> {
        let decisions = self.decisions()?.into_iter().map(|(_, d)| d).collect();
        let links = laid
            .links
            .map_or_else(OnceLock::new, |links| OnceLock::from(Arc::new(links)));
        Ok(Asked {
            kept: Arc::new(laid.documents),
            decisions: Arc::new(decisions),
            kit,
            tongue: Tongue::default(),
            register: None,
            links: Arc::new(links),
            veiled: Arc::default(),
            network: OnceLock::new(),
        })
    }
}

impl Asked<'_> {
    /// Words the answers in this language.
    pub fn wording(self, tongue: Tongue) -> Self {
        let network = OnceLock::new();
        Self {
            tongue,
            network,
            ..self
        }
    }

    /// The same case with its answers in another language; both share what they hold.
    #[must_use]
    pub fn also_in(&self, tongue: Tongue) -> Self {
        Self {
            kept: Arc::clone(&self.kept),
            decisions: Arc::clone(&self.decisions),
            kit: self.kit,
            tongue,
            register: self.register.clone(),
            links: Arc::clone(&self.links),
            veiled: Arc::clone(&self.veiled),
            network: OnceLock::new(),
        }
    }

    /// The same, with everybody screened against these lists.
    #[must_use]
    pub fn against(self, register: Register) -> Self {
        let register = Some(register).filter(|register| !register.is_empty());
        Self {
            register: register.map(Arc::new),
            ..self
        }
    }

    /// The lists against which it is screened, if any.
    pub fn register(&self) -> Option<&Register> {
        self.register.as_deref()
    }

    pub(crate) fn kit(&self) -> &Kit {
        self.kit
    }

    pub(crate) fn decided(&self) -> &[Decision] {
        &self.decisions
    }

    /// The same decisions over other documents, which come in order of their ids.
    pub(crate) fn over(&self, kept: Vec<Kept>) -> Self {
        Self {
            kept: Arc::new(Documents::in_hand(kept)),
            decisions: Arc::clone(&self.decisions),
            kit: self.kit,
            tongue: self.tongue,
            register: None,
            links: Arc::default(),
            veiled: Arc::default(),
            network: OnceLock::new(),
        }
    }

    pub(crate) fn view(&self) -> View<'_> {
        let links = self.links();
        let veiled = self.veiled.get_or_init(|| {
            let veil = Veil::new(&self.kept, links, &self.decisions);
            let veil = Some(veil).filter(|veil| !veil.is_empty()).map(Arc::new)?;
            Some(Veiled {
                kept: Arc::new(Documents::veiled(&self.kept, Arc::clone(&veil))),
                links: Arc::new(Links::veiled(links, Arc::clone(&veil))),
                veil,
            })
        });
        let new = || Network::new(&self.kept, links, &self.decisions);
        View {
            kept: veiled.as_ref().map_or(&self.kept, |veiled| &veiled.kept),
            links: veiled.as_ref().map_or(links, |veiled| &veiled.links),
            kit: self.kit,
            network: self.network.get_or_init(new),
            tongue: self.tongue,
            register: self.register.as_deref(),
        }
    }

    /// What linking found, under the names that stand in the texts.
    pub(crate) fn links(&self) -> &Arc<Links> {
        self.links.get_or_init(|| {
            let kept: Vec<&Kept> = self.kept.iter().collect();
            let all = Everything::linked(&kept, &self.decisions, self.kit);
            Arc::new(Links::in_hand(all))
        })
    }

    /// Words that are no answer of the case (of its log, say), with code names for the names of protected
    /// people.
    pub fn covered(&self, words: &str) -> String {
        self.view().links.covered(words.to_owned())
    }

    /// A stretch of a document's text as answers show it, in the text as it was read.
    pub(crate) fn uncovered(&self, document: At, span: Span) -> Span {
        self.view();
        match self.veiled.get() {
            Some(Some(veiled)) => veiled
                .veil
                .uncovered(&self.kept[document].document.text, span),
            _ => span,
        }
    }

    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn brief(&self, about: Option<&str>) -> Result<Brief, CaseError> {
        let view = self.view();
        let about = about.map(|name| view.entity_named(name)).transpose()?;
        Ok(view.brief(about))
    }

    /// Everybody whose name is like `name`, the most alike first.
    pub fn who(&self, name: &str) -> Vec<Candidate> {
        let view = self.view();
        let found = view.alike(name).into_iter();
        found
            .map(|(score, why, entity)| Candidate {
                member: view.member(entity, TIES),
                score,
                why,
            })
            .collect()
    }

    /// One claim with all its chains, by its id or the first digits of it.
    ///
    /// # Errors
    /// When no claim or more than one has such an id.
    pub fn chains(&self, claim: &str) -> Result<Line, CaseError> {
        let view = self.view();
        Ok(view.line(view.claim_called(claim)?))
    }

    /// Passages with all these words, or of those whose names are like them, that pass the filters.
    pub fn search(&self, search: &Search) -> Vec<Found> {
        self.view().search(search)
    }

    /// Passages with all words of `text`, inflected or with proclitics too.
    pub fn find(&self, text: &str) -> Vec<Passage> {
        let view = self.view();
        search::find(&view, text)
    }
}

/// The earliest first.
pub(crate) fn in_time(lines: Vec<Line>) -> Vec<Line> {
    let mut lines = lines;
    lines.sort_by_cached_key(|line| {
        let from = line.time.as_ref().and_then(|time| time.from.clone());
        (from, line.claim.clone())
    });
    lines
}

/// A name as it is looked for, as a person's and as another's.
fn asked(name: &str) -> [Name; 2] {
    [NameKind::Person, NameKind::Organisation].map(|kind| Name::new(name, kind))
}

impl View<'_> {
    /// The claim that has this id, or whose id alone begins so.
    pub(crate) fn claim_called(&self, claim: &str) -> Result<At, CaseError> {
        let wanted = claim.to_ascii_lowercase();
        let is_id = !wanted.is_empty() && wanted.bytes().all(|b| b.is_ascii_hexdigit());
        let found = match is_id {
            true => self.links.claims_beginning(&wanted),
            false => Vec::new(),
        };
        match found[..] {
            [one] => Ok(one),
            [] => Err(CaseError::Unknown {
                what: "claim",
                name: claim.to_owned(),
            }),
            _ => Err(CaseError::Ambiguous {
                name: claim.to_owned(),
                candidates: found.iter().map(|&at| self.claim(at).id.clone()).collect(),
            }),
        }
    }

    /// Names that may be like these, with whose they are; what a person calls somebody counts too.
    fn called_like(&self, names: &[Name]) -> Vec<(At, String)> {
        let found = self.links.called_like(names).into_iter();
        let found = found.map(|called| (called.entity, called.text));
        let given = self.network.given_names().chain(self.links.codes());
        found
            .chain(given.map(|(at, name)| (at, name.to_owned())))
            .collect()
    }

    pub(crate) fn claims(&self, about: Option<&str>) -> Result<Vec<At>, CaseError> {
        Ok(match about {
            Some(name) => self.claims_of(self.entity_named(name)?).to_vec(),
            None => (0..self.links.claims()).collect(),
        })
    }

    /// The one that `name` means: its id, else the most alike name.
    pub(crate) fn entity_named(&self, name: &str) -> Result<At, CaseError> {
        if let Some(at) = self.links.entity_by_id(name) {
            return Ok(at);
        }
        let found = self.alike(name);
        let Some(best) = found.first() else {
            return Err(CaseError::Unknown {
                what: "person or thing",
                name: name.to_owned(),
            });
        };
        let equals: Vec<&(madar_names::Score, String, At)> =
            found.iter().take_while(|other| other.0 == best.0).collect();
        if equals.len() > 1 {
            let told = |at: At| {
                let held = self.entity(at);
                format!("{} ({})", held.name, held.id)
            };
            return Err(CaseError::Ambiguous {
                name: name.to_owned(),
                candidates: equals.iter().map(|found| told(found.2)).collect(),
            });
        }
        Ok(best.2)
    }

    /// Entities with a name that may be like `name`.
    pub(crate) fn near(&self, name: &str) -> Vec<At> {
        let found = self.called_like(&asked(name)).into_iter();
        found.map(|(at, _)| at).collect()
    }

    /// Entities with a name like `name`, the most alike first; where there are none, those whose names have it in them.
    pub(crate) fn alike(&self, name: &str) -> Vec<(madar_names::Score, String, At)> {
        let whole = self.most_alike(name, |own| vec![own.to_owned()]);
        if !whole.is_empty() {
            return whole;
        }
        // *Halvorsen* for Erik Halvorsen
        let words = name.split_whitespace().count().max(1);
        self.most_alike(name, |own| {
            let all: Vec<&str> = own.split_whitespace().collect();
            all.windows(words).map(|part| part.join(" ")).collect()
        })
    }

    /// Entities of whose names one of the `parts` is like `name`, the most alike first.
    fn most_alike(
        &self,
        name: &str,
        parts: impl Fn(&str) -> Vec<String>,
    ) -> Vec<(madar_names::Score, String, At)> {
        let asked = asked(name);
        let mut best: BTreeMap<At, Likeness> = BTreeMap::new();
        for (at, own) in self.called_like(&asked) {
            let kind = name_kind(self.links.kind_and_mentions(at, self.kit).0);
            let [person, other] = &asked;
            let asked = if kind == NameKind::Person {
                person
            } else {
                other
            };
            for part in parts(&own) {
                let likeness = compare(asked, &Name::new(&part, kind));
                let better = |known: &Likeness| likeness.score() > known.score();
                if likeness.score() >= madar_names::SAME && best.get(&at).is_none_or(better) {
                    best.insert(at, likeness);
                }
            }
        }
        let found = best.into_iter();
        let mut out: Vec<_> = found
            .map(|(at, likeness)| (likeness.score(), self.links.covered(likeness.explain()), at))
            .collect();
        // numbers come in the order of ids
        let weight = |at: At| {
            (
                std::cmp::Reverse(self.links.kind_and_mentions(at, self.kit).1),
                at,
            )
        };
        out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| weight(a.2).cmp(&weight(b.2))));
        out
    }
}
