//! Drafts to attributions, in the order of the text: who *he*, *the people*, *the newspaper* and
//! the subject that is not there are, from who spoke before.

mod described;
mod implied;

use madar_text::{BlockKind, Lang, Span};

use super::Spoken;
use super::chain::is_publisher;
use super::continued::sentence_text;
use super::frames::{Content, Draft, drafts};
use super::pack::{Class, Frame, Head};
use super::quotes::Quote;
use super::scene::{Placed, Scene};
use super::sex::{Sex, Sexes};
use super::source::{Anaphor, Picked};
use super::told::{Told, told};
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{Attribution, Directness, EntityKind, Publication, Source, SourceKind};

/// Sentences over which a speaker is remembered when the verb has no subject. Beyond these the
/// text has usually turned to somebody else.
const MEMORY: usize = 4;

/// Sentences after which a description no longer means who spoke last.
const NEXT: usize = 2;

/// Words before a name in which its title may stand.
const TITLE: usize = 6;

struct Run<'a> {
    surface: &'a Surface<'a>,
    publication: &'a Publication,
    spoken: Vec<Spoken>,
    /// The outlet named last that is not the publisher.
    last_outlet: Option<MentionId>,
    /// Outlets by the noun that stood before their names, the latest: {موقع} "ميدوزا".
    called: Vec<(String, MentionId)>,
    sexes: Sexes,
    quotes: &'a [Quote],
}

/// What a source turned out to be.
#[derive(Clone, Copy)]
struct Known {
    span: Span,
    kind: SourceKind,
    mention: Option<MentionId>,
    implicit: bool,
    who: Span,
    through: Option<MentionId>,
    is_publisher: bool,
}

impl Known {
    /// Words that no mention covers.
    fn unmentioned(span: Span, kind: SourceKind) -> Self {
        Self {
            span,
            kind,
            mention: None,
            implicit: true,
            who: span,
            through: None,
            is_publisher: false,
        }
    }
}

pub(super) fn resolve(
    surface: &Surface<'_>,
    publication: &Publication,
    scenes: &[Scene<'_>],
    quotes: &[Quote],
) -> Vec<Spoken> {
    let mut run = Run {
        surface,
        publication,
        spoken: Vec::new(),
        last_outlet: None,
        called: Vec::new(),
        sexes: Sexes::of(surface),
        quotes,
    };
    for (at, scene) in scenes.iter().enumerate() {
        let previous = at.checked_sub(1).map(|before| &scenes[before]);
        run.sentence(scene, previous);
    }
    run.spoken
}

/// *he* of whom nothing is known: still somebody said it.
fn pronoun(scene: &Scene<'_>, cue: (usize, usize)) -> Option<Known> {
    let near = cue.0.saturating_sub(2)..(cue.1 + 2).min(scene.len());
    let is = |w: &usize| {
        let owns = matches!(
            scene.words()[*w].fold.as_str(),
            "его" | "ее" | "их" | "him" | "her"
        );
        let classes = [Class::He, Class::They, Class::It];
        owns || classes.iter().any(|class| scene.is_form(*w, *class))
    };
    let span = scene.words()[near.into_iter().find(is)?].span;
    Some(Known::unmentioned(span, SourceKind::Named))
}

/// Somebody whom the text does not name speaks: a quotation, or a finite verb with its clause. The words
/// of the cue stand for the source.
fn nobody(scene: &Scene<'_>, draft: &Draft) -> Option<Known> {
    let quoted = matches!(draft.content, Content::Quote(_)) && draft.frame == Frame::Verb;
    let told =
        draft.frame == Frame::Verb && scene.lang() != Lang::En || draft.anaphor == Anaphor::Nobody;
    let words = scene.words();
    let span = words[draft.cue.0].host.to(words[draft.cue.1 - 1].host);
    (quoted || told).then_some(Known::unmentioned(span, SourceKind::Unspecified))
}

impl Run<'_> {
    fn sentence(&mut self, scene: &Scene<'_>, previous: Option<&Scene<'_>>) {
        let mut seen = 0;
        for draft in drafts(scene) {
            while let Some(placed) = scene.mentions.get(seen)
                && placed.from < draft.cue.1.max(draft.source.map_or(0, |s| s.from))
            {
                self.see(scene, *placed);
                seen += 1;
            }
            if let Some(spoken) = self.spoken(scene, previous, &draft) {
                self.spoken.push(spoken);
            }
        }
        for placed in &scene.mentions[seen..] {
            self.see(scene, *placed);
        }
    }

    fn see(&mut self, scene: &Scene<'_>, placed: Placed) {
        let id = placed.id;
        if scene.is_outlet(id) && !is_publisher(self.surface, self.publication, id) {
            self.last_outlet = Some(id);
            let mut before = (0..placed.from).rev();
            let noun = before.find(|&w| !scene.is_quote_mark(w));
            if let Some(noun) = noun.filter(|&w| scene.head(w) == Some(Head::Outlet)) {
                self.called.push((scene.words()[noun].lemma.clone(), id));
            }
        }
    }

    /// The outlet that a noun means by which it was called, where the last one named was called otherwise.
    fn outlet_called(&self, noun: &str) -> Option<MentionId> {
        let thing = |id: MentionId| self.surface.referents.of[id.at()];
        let last = thing(self.last_outlet?);
        let called = |name: &str, id: MentionId| {
            self.called
                .iter()
                .any(|(own, other)| own == name && thing(*other) == thing(id))
        };
        let otherwise = self.called.iter().any(|(_, id)| thing(*id) == last);
        let named = self.called.iter().rev().find(|(own, _)| own == noun);
        let named = named.map(|(_, id)| *id)?;
        (otherwise && !called(noun, self.last_outlet?)).then_some(named)
    }

    fn spoken(
        &self,
        scene: &Scene<'_>,
        previous: Option<&Scene<'_>>,
        draft: &Draft,
    ) -> Option<Spoken> {
        let inner_of = draft
            .inner
            .then(|| self.spoken.len().checked_sub(1))
            .flatten();
        let told = self.told(draft.told);
        let mut known = match draft.source {
            Some(picked) => self.found(scene, picked)?,
            None if draft.anaphor == Anaphor::Nobody => nobody(scene, draft)?,
            None => self
                .implied(scene, draft)
                .or_else(|| pronoun(scene, draft.cue))
                .or_else(|| nobody(scene, draft))?,
        };
        if told.is_some() || self.is_own(draft.told) {
            known.through = told;
        }
        let (content, directness) = self.content(scene, previous, draft, inner_of)?;
        let words = scene.words();
        let cue = words[draft.cue.0].host.to(words[draft.cue.1 - 1].host);
        // A source is no part of what it says.
        if content.contains(cue) || !known.implicit && content.contains(known.span) {
            return None;
        }
        Some(Spoken {
            attribution: Attribution {
                source: Source {
                    span: known.span,
                    kind: known.kind,
                    mention: known.mention,
                    implicit: known.implicit,
                },
                cue: Some(cue),
                content,
                directness,
                stance: draft.stance,
                told: match draft.told {
                    Some(Told::Outlet(id)) => Some(id),
                    _ => told,
                },
                outer: None,
                chain: Vec::new(),
            },
            sentence: scene.at,
            through: known.through,
            who: known.who,
            is_publisher: known.is_publisher,
            own: self.is_own(draft.told),
            inner_of,
        })
    }

    /// The outlet that *the newspaper* or *the agency* means; `None` for the publisher itself.
    fn outlet_before(&self, agency: bool) -> Option<MentionId> {
        let gazetteer = &self.surface.kit.gazetteer;
        let is_agency = |id: Option<&str>| Some(gazetteer.entry(id?)?.is_agency);
        let last = self.last_outlet?;
        let last_is = is_agency(self.surface.mentions[last.at()].listed.as_deref());
        let own_is = is_agency(self.publication.publisher.as_deref());
        // Both kinds known, and only the publisher is of the kind that the noun names.
        let own = last_is.is_some_and(|is| is != agency) && own_is == Some(agency);
        (!own).then_some(last)
    }

    fn told(&self, told: Option<Told>) -> Option<MentionId> {
        match told? {
            Told::Outlet(id) => (!is_publisher(self.surface, self.publication, id)).then_some(id),
            Told::LastOutlet { agency } => self.outlet_before(agency),
            Told::Publisher => None,
        }
    }

    fn is_own(&self, told: Option<Told>) -> bool {
        match told {
            Some(Told::Publisher) => true,
            Some(Told::Outlet(id)) => is_publisher(self.surface, self.publication, id),
            Some(Told::LastOutlet { .. }) => self.told(told).is_none(),
            None => false,
        }
    }

    fn content(
        &self,
        scene: &Scene<'_>,
        previous: Option<&Scene<'_>>,
        draft: &Draft,
        inner_of: Option<usize>,
    ) -> Option<(Span, Directness)> {
        match draft.content {
            Content::Words(from, to) => {
                let span = scene.span(from, to)?;
                let fragments = scene.quotes.iter().filter(|q| span.contains(q.inner));
                let whole = scene
                    .quotes
                    .iter()
                    .any(|q| q.speech && q.inner.contains(span));
                Some(match (whole, fragments.count()) {
                    (true, _) => (span, Directness::Direct),
                    (false, 0) => (span, Directness::Indirect),
                    _ => (span, Directness::Mixed),
                })
            }
            Content::Quote(quote) => {
                Some((sentence_text(self.surface, quote)?, Directness::Direct))
            }
            Content::Previous => {
                let before = previous.filter(|p| self.goes_on(p, scene))?;
                Some((before.span(0, before.len())?, Directness::Indirect))
            }
            Content::Same => {
                let outer = &self.spoken[inner_of?].attribution;
                Some((outer.content, outer.directness))
            }
        }
    }

    /// Whether a sentence is what one that begins with *об этом* speaks of: the one before in its block,
    /// or the end of the block before.
    fn goes_on(&self, before: &Scene<'_>, scene: &Scene<'_>) -> bool {
        let kind = self.surface.document.blocks[before.sentence.block].kind;
        before.sentence.block == scene.sentence.block || kind != BlockKind::Title
    }

    /// A source that stands in the text.
    fn found(&self, scene: &Scene<'_>, picked: Picked) -> Option<Known> {
        let plain = Known {
            span: picked.span,
            kind: picked.kind,
            mention: picked.mention,
            implicit: false,
            who: picked.span,
            through: None,
            is_publisher: picked
                .mention
                .is_some_and(|id| is_publisher(self.surface, self.publication, id)),
        };
        let Some(anaphor) = picked.anaphor else {
            return Some(Known {
                through: self.partitive(scene, picked),
                ..plain
            });
        };
        let antecedent = match anaphor {
            Anaphor::Publisher => {
                return Some(Known {
                    is_publisher: true,
                    ..plain
                });
            }
            Anaphor::Outlet => {
                let noun = &scene.words()[picked.from];
                let agency = scene.pack.is_agency(noun);
                let called = self.outlet_called(&noun.lemma);
                return Some(match called.or_else(|| self.outlet_before(agency)) {
                    Some(id) => Known {
                        mention: Some(id),
                        ..plain
                    },
                    None => Known {
                        is_publisher: true,
                        ..plain
                    },
                });
            }
            // собеседники газеты: they spoke to the paper
            Anaphor::People if told(scene, picked.from, picked.to).is_some() => {
                let earlier = self.people(scene, picked);
                return Some(Known {
                    who: earlier.map_or(picked.span, |e| e.who),
                    through: self
                        .partitive(scene, picked)
                        .or_else(|| earlier.and_then(|e| e.through)),
                    ..plain
                });
            }
            Anaphor::Described => {
                return Some(match self.described_before(scene, picked) {
                    Some(id) => Known {
                        mention: Some(id),
                        is_publisher: is_publisher(self.surface, self.publication, id),
                        ..plain
                    },
                    None => match self.same_person(scene, picked) {
                        Some(earlier) => Known {
                            mention: earlier.attribution.source.mention,
                            who: earlier.who,
                            through: earlier.through,
                            ..plain
                        },
                        None => plain,
                    },
                });
            }
            Anaphor::People => self.people(scene, picked),
            Anaphor::Speaker => self.last(scene, |s| {
                let kind = s.attribution.source.kind;
                matches!(kind, SourceKind::Named | SourceKind::Paper) && s.inner_of.is_none()
            }),
            Anaphor::Voice => self.last(scene, |s| {
                matches!(
                    s.attribution.source.kind,
                    SourceKind::Named | SourceKind::Group
                ) && s
                    .attribution
                    .source
                    .mention
                    .is_some_and(|id| self.is_body(id))
            }),
            _ => None,
        };
        Some(match antecedent {
            Some(earlier) => {
                let source = &earlier.attribution.source;
                Known {
                    kind: source.kind,
                    mention: source.mention,
                    who: earlier.who,
                    through: earlier.through,
                    is_publisher: earlier.is_publisher,
                    ..plain
                }
            }
            None if anaphor == Anaphor::Voice => match self.author(scene, picked) {
                Some(id) => Known {
                    mention: Some(id),
                    ..plain
                },
                None => Known {
                    kind: SourceKind::Paper,
                    ..plain
                },
            },
            None => plain,
        })
    }

    fn may_be(&self, earlier: &Spoken, sex: Option<Sex>) -> bool {
        let source = &earlier.attribution.source;
        let mention = source.mention;
        source.kind != SourceKind::Unspecified
            && mention.is_none_or(|id| self.sexes.fit(self.surface, id, sex))
    }

    fn by_mention(&self, scene: &Scene<'_>, id: MentionId) -> Option<Known> {
        let mention = self.surface.mentions.get(id.at())?;
        Some(Known {
            span: mention.span,
            kind: match mention.kind {
                _ if scene.is_outlet(id) => SourceKind::Outlet,
                EntityKind::Group => SourceKind::Group,
                _ => SourceKind::Named,
            },
            mention: Some(id),
            implicit: true,
            who: mention.span,
            through: None,
            is_publisher: is_publisher(self.surface, self.publication, id),
        })
    }

    /// The last that spoke and fits, within [`MEMORY`] sentences.
    fn last(&self, scene: &Scene<'_>, fits: impl Fn(&Spoken) -> bool) -> Option<&Spoken> {
        let near = |s: &&Spoken| s.sentence + MEMORY >= scene.at;
        self.spoken.iter().rev().take_while(near).find(|s| fits(s))
    }

    fn is_person(&self, id: MentionId) -> bool {
        self.surface.mentions[id.at()].kind == EntityKind::Person
    }

    fn is_body(&self, id: MentionId) -> bool {
        self.surface.mentions[id.at()].kind.is_body()
    }

    fn body_before(&self, scene: &Scene<'_>, cue: usize) -> Option<MentionId> {
        let before = scene.mentions.iter().filter(|p| p.to <= cue);
        before.map(|p| p.id).find(|&id| self.is_body(id))
    }
}

/// Who spoke before, as the source of what comes next.
fn known(earlier: &Spoken) -> Known {
    let source = &earlier.attribution.source;
    Known {
        span: source.span,
        kind: source.kind,
        mention: source.mention,
        implicit: true,
        who: earlier.who,
        through: earlier.through,
        is_publisher: earlier.is_publisher,
    }
}
