//! The questions of a case. Each loads the case, lays the network over it and answers with plain
//! values.

use std::sync::{Arc, OnceLock};

use madar_names::{Name, NameKind, compare};
use madar_read::{EntityKind, FactKind, Kit, Status};

use crate::answer::{Brief, DocumentLine, Found, Line, Member, Passage};
use crate::decisions::Decision;
use crate::keep::Kept;
use crate::linked::{Links, Network, links, network};
use crate::screening::Register;
use crate::search::Search;
use crate::tongue::Tongue;
use crate::view::{At, View};
use crate::{Case, CaseError, search};

/// Which claims are wanted; `None` asks for all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    pub kind: Option<FactKind>,
    pub status: Option<Status>,
    pub about: Option<String>,
}

/// A case in memory, ready to be asked. The network is laid over it at the first question and serves
/// all later ones.
pub struct Asked<'a> {
    pub(crate) kept: Arc<Vec<Kept>>,
    decisions: Arc<Vec<Decision>>,
    kit: &'a Kit,
    tongue: Tongue,
    /// Lists against which whoever is told of is screened.
    register: Option<Arc<Register>>,
    /// Shared by all languages.
    links: Arc<OnceLock<Links>>,
    /// In the words of `tongue`.
    network: OnceLock<Network>,
}

/// Somebody found by name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub member: Member,
    /// How alike the names are, 0 to 1, and why.
    pub score: madar_names::Score,
    pub why: String,
}

impl Case {
    /// Takes the case into memory to ask it.
    ///
    /// # Errors
    /// When the case file cannot be read or is damaged.
    pub fn asked<'a>(&self, kit: &'a Kit) -> Result<Asked<'a>, CaseError> {
        let kept = self.kept()?;
        let decisions = self.decisions()?.into_iter().map(|(_, d)| d).collect();
        Ok(Asked {
            kept: Arc::new(kept),
            decisions: Arc::new(decisions),
            kit,
            tongue: Tongue::default(),
            register: None,
            links: Arc::default(),
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
            kept: Arc::new(kept),
            decisions: Arc::clone(&self.decisions),
            kit: self.kit,
            tongue: self.tongue,
            register: None,
            links: Arc::default(),
            network: OnceLock::new(),
        }
    }

    pub(crate) fn view(&self) -> View<'_> {
        let network = self.network.get_or_init(|| {
            let links = self
                .links
                .get_or_init(|| links(&self.kept, &self.decisions, self.kit));
            network(&self.kept, links, &self.decisions, self.kit, self.tongue)
        });
        View::new(&self.kept, network, self.kit, self.tongue).against(self.register.as_deref())
    }

    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn brief(&self, about: Option<&str>) -> Result<Brief, CaseError> {
        let view = self.view();
        let about = about.map(|name| view.entity_named(name)).transpose()?;
        Ok(view.brief(about))
    }

    pub fn documents(&self) -> Vec<DocumentLine> {
        self.view().document_lines(0..self.kept.len())
    }

    /// Everybody whose name is like `name`, the most alike first.
    pub fn who(&self, name: &str) -> Vec<Candidate> {
        let view = self.view();
        let taking_part = view.taking_part();
        let found = view.alike(name).into_iter();
        found
            .map(|(score, why, entity)| Candidate {
                member: view.member(entity, &taking_part[entity]),
                score,
                why,
            })
            .collect()
    }

    /// Claims that fit, by kind and then by importance.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn facts(&self, wanted: &Wanted) -> Result<Vec<Line>, CaseError> {
        let view = self.view();
        let claims = view.claims(wanted.about.as_deref())?;
        let fits = |claim: &At| {
            let held = &view.network.claims[*claim];
            wanted.kind.is_none_or(|kind| held.kind == kind)
                && wanted.status.is_none_or(|status| held.status == status)
        };
        let claims: Vec<At> = claims.into_iter().filter(fits).collect();
        let cast = view.cast(&claims, None, &view.taking_part());
        let mut ordered = view.by_importance(&claims, &cast);
        // a stable sort: within a kind the important ones stay first
        ordered.sort_by_key(|&claim| view.network.claims[claim].kind);
        Ok(ordered.into_iter().map(|claim| view.line(claim)).collect())
    }

    /// Dated claims, the earliest first.
    ///
    /// # Errors
    /// When nobody in the case is called `about`, or several are.
    pub fn timeline(&self, about: Option<&str>) -> Result<Vec<Line>, CaseError> {
        let view = self.view();
        let lines = view
            .claims(about)?
            .into_iter()
            .filter(|&claim| view.is_dated(claim))
            .map(|claim| view.line(claim));
        Ok(in_time(lines.collect()))
    }

    /// One claim with all its chains, by its id or the first digits of it.
    ///
    /// # Errors
    /// When no claim or more than one has such an id.
    pub fn chains(&self, claim: &str) -> Result<Line, CaseError> {
        let view = self.view();
        let wanted = claim.to_ascii_lowercase();
        let all = view.network.claims.iter().enumerate();
        let found: Vec<At> = all
            .filter(|(_, held)| !wanted.is_empty() && held.id.starts_with(&wanted))
            .map(|(at, _)| at)
            .collect();
        match found[..] {
            [one] => Ok(view.line(one)),
            [] => Err(CaseError::Unknown {
                what: "claim",
                name: claim.to_owned(),
            }),
            _ => Err(CaseError::Ambiguous {
                name: claim.to_owned(),
                candidates: found
                    .iter()
                    .map(|&at| view.network.claims[at].id.clone())
                    .collect(),
            }),
        }
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

impl View<'_> {
    pub(crate) fn claims(&self, about: Option<&str>) -> Result<Vec<At>, CaseError> {
        Ok(match about {
            Some(name) => self.taking_part().swap_remove(self.entity_named(name)?),
            None => (0..self.network.claims.len()).collect(),
        })
    }

    /// The one that `name` means: its id, else the most alike name.
    pub(crate) fn entity_named(&self, name: &str) -> Result<At, CaseError> {
        if let Some(at) = self
            .network
            .entities
            .iter()
            .position(|held| held.id == name)
        {
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
                let held = &self.network.entities[at];
                format!("{} ({})", held.name, held.id)
            };
            return Err(CaseError::Ambiguous {
                name: name.to_owned(),
                candidates: equals.iter().map(|found| told(found.2)).collect(),
            });
        }
        Ok(best.2)
    }

    /// Entities with a name like `name`, the most alike first.
    pub(crate) fn alike(&self, name: &str) -> Vec<(madar_names::Score, String, At)> {
        let mut out = Vec::new();
        for (at, held) in self.network.entities.iter().enumerate() {
            let kind = name_kind(held.kind);
            let asked = Name::new(name, kind);
            let names = self.names_of(at);
            let scored = names
                .iter()
                .map(|own| compare(&asked, &Name::new(own, kind)));
            let best = scored.max_by_key(madar_names::Likeness::score);
            if let Some(best) = best.filter(|best| best.score() >= madar_names::SAME) {
                out.push((best.score(), best.explain(), at));
            }
        }
        let weight = |at: At| {
            (
                std::cmp::Reverse(self.mentions(at).count()),
                &self.network.entities[at].id,
            )
        };
        out.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| weight(a.2).cmp(&weight(b.2))));
        out
    }
}

fn name_kind(kind: EntityKind) -> NameKind {
    match kind {
        EntityKind::Person => NameKind::Person,
        _ => NameKind::Organisation,
    }
}
