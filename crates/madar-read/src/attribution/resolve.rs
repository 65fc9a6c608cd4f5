//! Drafts to attributions, in the order of the text: who *he*, *the people*, *the newspaper* and
//! the subject that is not there are, from who spoke before.

use madar_text::{BlockKind, Lang, Span};

use super::Spoken;
use super::chain::is_publisher;
use super::continued::sentence_text;
use super::frames::{Content, Draft, Side, drafts};
use super::pack::{Class, Frame, Head};
use super::quotes::Quote;
use super::scene::{Placed, Scene};
use super::sex::{Sex, Sexes, of_cue};
use super::source::{Anaphor, Picked, governed, is_definite, pick_subject};
use super::told::{Told, told};
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{
    Attribution, Directness, EntityKind, MentionForm, Publication, Source, SourceKind,
};

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
        sexes: Sexes::of(surface),
        quotes,
    };
    for (at, scene) in scenes.iter().enumerate() {
        let previous = at.checked_sub(1).map(|before| &scenes[before]);
        run.sentence(scene, previous);
    }
    run.spoken
}

/// A name with which an English sentence begins, of two words or more, that no mention covers:
/// *{Latvia's Prosecutor General's Office} is investigating …, it said*.
fn initial_name(scene: &Scene<'_>, cue: usize) -> Option<Known> {
    if scene.lang() != Lang::En {
        return None;
    }
    let words = scene.words();
    let from = usize::from(scene.is_form(0, Class::Article));
    let run = |w: &usize| {
        words[*w].capital
            || matches!(
                words[*w].fold.as_str(),
                "'s" | "’s" | "of" | "for" | "and" | "&"
            )
    };
    let to = (from..cue.min(from + 9)).take_while(run).last()? + 1;
    let names = words[from..to].iter().filter(|w| w.capital).count();
    let span = words[from].span.to(words[to - 1].span);
    (names >= 2 && words[to - 1].capital && !scene.is_time(from)).then_some(Known {
        span,
        kind: SourceKind::Named,
        mention: None,
        implicit: true,
        who: span,
        through: None,
        is_publisher: false,
    })
}

/// Where the main clause of a sentence begins that opens with another: *When the port shut, {Duval left},
/// saying*.
fn main_clause(scene: &Scene<'_>, cue: usize) -> usize {
    let opens = scene.lang() == Lang::En && scene.is_form(0, Class::Breaks);
    let comma = (1..cue.saturating_sub(2)).find(|&w| scene.is_comma(w));
    comma.filter(|_| opens).map_or(0, |comma| comma + 1)
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
    Some(Known {
        span,
        kind: SourceKind::Named,
        mention: None,
        implicit: true,
        who: span,
        through: None,
        is_publisher: false,
    })
}

/// Somebody whom the text does not name speaks: a quotation, or a finite verb with its clause. The words
/// of the cue stand for the source.
fn nobody(scene: &Scene<'_>, draft: &Draft) -> Option<Known> {
    let quoted = matches!(draft.content, Content::Quote(_)) && draft.frame == Frame::Verb;
    let told =
        draft.frame == Frame::Verb && scene.lang() != Lang::En || draft.anaphor == Anaphor::Nobody;
    let words = scene.words();
    let span = words[draft.cue.0].host.to(words[draft.cue.1 - 1].host);
    (quoted || told).then_some(Known {
        span,
        kind: SourceKind::Unspecified,
        mention: None,
        implicit: true,
        who: span,
        through: None,
        is_publisher: false,
    })
}

impl Run<'_> {
    fn sentence(&mut self, scene: &Scene<'_>, previous: Option<&Scene<'_>>) {
        let mut seen = 0;
        for draft in drafts(scene) {
            while let Some(placed) = scene.mentions.get(seen)
                && placed.from < draft.cue.1.max(draft.source.map_or(0, |s| s.from))
            {
                self.see(scene, placed.id);
                seen += 1;
            }
            if let Some(spoken) = self.spoken(scene, previous, &draft) {
                self.spoken.push(spoken);
            }
        }
        for placed in &scene.mentions[seen..] {
            self.see(scene, placed.id);
        }
    }

    fn see(&mut self, scene: &Scene<'_>, id: MentionId) {
        if scene.is_outlet(id) && !is_publisher(self.surface, self.publication, id) {
            self.last_outlet = Some(id);
        }
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
                let agency = scene.pack.is_agency(&scene.words()[picked.from]);
                return Some(match self.outlet_before(agency) {
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
                !matches!(kind, SourceKind::Outlet | SourceKind::Unspecified)
                    && s.inner_of.is_none()
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

    /// Who a description without a name means: the name before which, or in which, the same noun
    /// stood last (القاضي إدريس … القاضي; *the Treasury Department … the department*).
    fn described_before(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
        let own = picked.mention.map(|id| &self.surface.mentions[id.at()]);
        let start = scene.words()[picked.from].span.start;
        let nouns: Vec<&str> = scene.words()[picked.from..picked.to.min(scene.len())]
            .iter()
            .filter(|w| w.fold.chars().count() > 3)
            .map(|w| w.lemma.as_str())
            .collect();
        let noun = *nouns.first()?;
        let earlier = self.surface.mentions.iter().enumerate().rev();
        let mut named = earlier.filter(|(_, m)| {
            m.span.end <= start
                && m.form != MentionForm::Description
                && own.map_or(m.kind.is_body(), |own| m.kind == own.kind)
        });
        let found = named.find(|(_, m)| self.has_noun(m.span, noun));
        let found = found.map(|(at, _)| MentionId::new(at));
        found.or_else(|| self.body_spoken_of(scene, picked))
    }

    /// *добавил замминистра*, *the envoy said*: a person without a name behind one with a name who spoke just
    /// before.
    fn same_person(&self, scene: &Scene<'_>, picked: Picked) -> Option<&Spoken> {
        let mention = picked.mention?;
        let person = self.is_person(mention);
        let bare = match scene.lang() {
            Lang::Ru => picked.to == picked.from + 1 && !scene.words()[picked.from].plural,
            _ => is_definite(scene, picked.from),
        };
        let named = |s: &Spoken| {
            let source = &s.attribution.source;
            source
                .mention
                .is_some_and(|id| self.is_person(id) && self.is_called(id))
        };
        let near = |s: &&Spoken| s.sentence < scene.at && s.sentence + NEXT >= scene.at;
        let mut last = self
            .spoken
            .iter()
            .rev()
            .take_while(|s| s.sentence + NEXT >= scene.at);
        last.find(near).filter(|s| person && bare && named(s))
    }

    /// *ведомство*, *the agency*, *the company*: the public body, or the company, that the sentence or one of the
    /// two before it names first.
    fn body_spoken_of(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
        let words = &scene.words()[picked.from..picked.to.min(scene.len())];
        let of = |class| words.iter().any(|w| scene.pack.is(w, class));
        let kind = match () {
            () if of(Class::Offices) => EntityKind::PublicBody,
            () if of(Class::Firms) => EntityKind::Company,
            () => return None,
        };
        let before = scene.words()[picked.from].span.start;
        let near = &self.surface.sentences[scene.at.saturating_sub(2)..=scene.at];
        near.iter().rev().find_map(|sentence| {
            let mentions = self.surface.mentions;
            let start = |position| mentions.partition_point(|m| m.span.start < position);
            let mut inside = start(sentence.span.start)..start(sentence.span.end.min(before));
            let fits = |at: &usize| {
                mentions[*at].kind == kind && mentions[*at].form != MentionForm::Description
            };
            inside.find(fits).map(MentionId::new)
        })
    }

    /// Whether a noun stands in a name or in the few words right before it.
    fn has_noun(&self, name: Span, noun: &str) -> bool {
        let sentences = self.surface.sentences;
        let at = sentences.partition_point(|s| s.span.end <= name.start);
        let Some(sentence) = sentences.get(at) else {
            return false;
        };
        let inside = sentence.within(name);
        let from = inside.start.saturating_sub(TITLE);
        let near = &sentence.words[from..inside.end];
        let apart = near
            .iter()
            .rposition(|w| matches!(w.fold.as_str(), "," | "،" | "."));
        let near = &near[apart
            .filter(|&a| a < inside.start - from)
            .map_or(0, |a| a + 1)..];
        near.iter().any(|w| w.lemma == noun || w.fold == noun)
    }

    /// *the people*, *the official*: the unnamed source that spoke last; a named official only
    /// where the noun can mean one.
    fn people(&self, scene: &Scene<'_>, picked: Picked) -> Option<&Spoken> {
        let always = (picked.from..picked.to).any(|w| scene.pack.is_always(&scene.words()[w]));
        let anonymous = |s: &&Spoken| s.attribution.source.kind == SourceKind::Anonymous;
        if always {
            return self.spoken.iter().rev().find(anonymous);
        }
        let fits = |s: &&Spoken| {
            anonymous(s)
                || s.attribution.source.kind == SourceKind::Named
                    && s.attribution
                        .source
                        .mention
                        .is_some_and(|id| self.is_person(id))
        };
        self.spoken.iter().rev().find(fits)
    }

    /// *one of the people*: spoke to whom the people spoke to.
    fn partitive(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
        if picked.kind != SourceKind::Anonymous {
            return None;
        }
        if let Some(outlet) = told(scene, picked.from, picked.to) {
            return self.told(Some(outlet.0));
        }
        let counted = (picked.from..picked.to).any(|w| scene.is(w, Class::Indefinite));
        let always = (picked.from..picked.to).any(|w| scene.pack.is_always(&scene.words()[w]));
        if !counted || !always {
            return None;
        }
        let earlier = self.spoken.iter().rev();
        let mut anonymous = earlier.filter(|s| s.attribution.source.kind == SourceKind::Anonymous);
        anonymous.next()?.through
    }

    /// A subject that is not there, or a pronoun.
    fn implied(&self, scene: &Scene<'_>, draft: &Draft) -> Option<Known> {
        let sex = of_cue(scene, draft.frame, draft.cue);
        // "He left in July, saying": the pronoun is the subject of both
        let subject_is_he = draft.anaphor == Anaphor::Zero
            && draft.side == Side::After
            && self.begins_with_pronoun(scene, draft.cue.0);
        match draft.anaphor {
            _ if subject_is_he => self.he(scene, draft, sex),
            Anaphor::Outlet => self.by_mention(scene, self.last_outlet?),
            Anaphor::It => self.it(scene, draft),
            Anaphor::He => self.he(scene, draft, sex),
            _ => self.unsaid(scene, draft, sex),
        }
    }

    /// The attribution before in the sentence, of somebody who may be of this sex.
    fn same_sentence(&self, scene: &Scene<'_>, sex: Option<Sex>) -> Option<&Spoken> {
        let same = self.spoken.iter().rev();
        let mut same = same.take_while(|s| s.sentence == scene.at);
        same.find(|s| s.inner_of.is_none() && !s.is_publisher && self.may_be(s, sex))
    }

    fn may_be(&self, earlier: &Spoken, sex: Option<Sex>) -> bool {
        let source = &earlier.attribution.source;
        let mention = source.mention;
        source.kind != SourceKind::Unspecified
            && mention.is_none_or(|id| self.sexes.fit(self.surface, id, sex))
    }

    fn it(&self, scene: &Scene<'_>, draft: &Draft) -> Option<Known> {
        let cue = draft.cue.0;
        // "{The Treasury} imposed sanctions, it said": the subject of what is said
        let first = scene
            .mentions
            .first()
            .filter(|p| p.from <= 1 && p.to <= cue);
        if draft.side == Side::Before
            && let Some(first) = first.filter(|p| self.is_body(p.id))
        {
            return self.by_mention(scene, first.id);
        }
        if draft.side == Side::Before
            && let Some(name) = initial_name(scene, cue)
        {
            return Some(name);
        }
        let body = self.last(scene, |s| {
            let source = &s.attribution.source;
            match source.mention {
                Some(id) => self.is_body(id),
                // a name that no model found
                None => source.kind == SourceKind::Named && !source.implicit,
            }
        });
        body.map(known)
            .or_else(|| self.by_mention(scene, self.body_before(scene, cue)?))
    }

    fn he(&self, scene: &Scene<'_>, draft: &Draft, sex: Option<Sex>) -> Option<Known> {
        let person = |s: &Spoken| {
            let source = &s.attribution.source;
            let fits = match source.mention {
                Some(id) => self.is_person(id),
                // unnamed, or a name that no model found
                None => matches!(source.kind, SourceKind::Anonymous | SourceKind::Named),
            };
            fits && self.may_be(s, sex)
        };
        if draft.side == Side::After
            && let Some(id) = self.person_before(scene, draft.cue.0, sex)
            && self.same_sentence(scene, sex).is_none()
        {
            return self.by_mention(scene, id);
        }
        let last = self.last(scene, person);
        last.map(known).or_else(|| self.nearest_person(scene, sex))
    }

    /// The subject of a verb that has none.
    fn unsaid(&self, scene: &Scene<'_>, draft: &Draft, sex: Option<Sex>) -> Option<Known> {
        let cue = draft.cue.0;
        let after = draft.side == Side::After;
        if let Some(same) = self.same_sentence(scene, sex).filter(|_| after) {
            return Some(known(same));
        }
        // What stands before the cue is said there, not who says it.
        let subject = self.subject(scene, cue).filter(|_| after);
        let fits = |known: &Known| {
            let fit = |id| self.sexes.fit(self.surface, id, sex);
            known.mention.is_none_or(fit)
        };
        let subject = subject.filter(fits);
        if draft.joined && draft.head > 0 && subject.is_some() {
            return subject;
        }
        // "… Europe protested, where it held that": whoever spoke sentences before is not meant
        let amid = scene.lang() == Lang::Ar
            && after
            && cue
                .checked_sub(1)
                .is_some_and(|w| scene.is_form(w, Class::Breaks));
        if amid {
            let acts = |known: &Known| {
                let kind = known.mention.map(|id| self.surface.mentions[id.at()].kind);
                kind.is_some_and(|kind| kind == EntityKind::Person || kind.is_body())
            };
            return subject.filter(acts);
        }
        let last = self.last(scene, |s| {
            let paper = s.attribution.source.kind == SourceKind::Paper;
            s.inner_of.is_none() && !paper && self.may_be(s, sex)
        });
        if draft.unresolved {
            return last.map(known);
        }
        last.map(known)
            .or(subject)
            .or_else(|| self.nearest_person(scene, sex))
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

    /// Whose statement it is: the first body of the sentence, else of the one before.
    /// A noun beside it (بيان للوزارة) says which.
    fn author(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
        let start = scene.words()[picked.from].span.start;
        let beside = &scene.words()[picked.from + 1..scene.len().min(picked.to + 2)];
        let earlier = self.surface.mentions.iter().enumerate().rev();
        let mut bodies = earlier.filter(|(_, m)| m.span.end <= start && m.kind.is_body());
        let text = &self.surface.document.text;
        let named = bodies.find(|(_, m)| {
            let first = m
                .span
                .of(text)
                .split_whitespace()
                .next()
                .unwrap_or_default();
            let first = madar_text::fold(first);
            beside
                .iter()
                .any(|w| w.lemma.chars().count() > 3 && (w.lemma == first || w.fold == first))
        });
        if let Some((at, _)) = named {
            return Some(MentionId::new(at));
        }
        // بيان للوزارة: no other body's, whatever stands near
        let of_another = |w: usize| scene.has_preposition(w) && scene.head(w) == Some(Head::Body);
        if scene.lang() == Lang::Ar && (picked.from + 1..picked.to + 2).any(of_another) {
            return None;
        }
        let own = self.body_before(scene, scene.len());
        own.or_else(|| {
            let before = &self.surface.sentences[scene.at.checked_sub(1)?];
            let mentions = self.surface.mentions.iter().enumerate();
            let mut inside = mentions.filter(|(_, m)| before.span.contains(m.span));
            let body = inside.find(|(_, m)| m.kind.is_body());
            body.map(|(at, _)| MentionId::new(at))
        })
    }

    /// A pronoun stands before the first that can act.
    fn begins_with_pronoun(&self, scene: &Scene<'_>, cue: usize) -> bool {
        let acts = |id: MentionId| self.surface.mentions[id.at()].kind.is_actor();
        let first = scene
            .mentions
            .iter()
            .find(|p| acts(p.id))
            .map_or(cue, |p| p.from);
        scene.lang() != Lang::Ar && (0..first.min(cue)).any(|w| scene.is_form(w, Class::He))
    }

    /// The first person of the sentence who may be its subject.
    fn person_before(&self, scene: &Scene<'_>, cue: usize, sex: Option<Sex>) -> Option<MentionId> {
        let before = scene.mentions.iter().filter(|p| p.to <= cue);
        let may = |p: &&Placed| {
            self.is_person(p.id)
                && self.sexes.fit(self.surface, p.id, sex)
                && !governed(scene, p.from, 0)
                && scene.speech_around(p.from).is_none()
        };
        before.clone().find(may).map(|p| p.id)
    }

    fn body_before(&self, scene: &Scene<'_>, cue: usize) -> Option<MentionId> {
        let before = scene.mentions.iter().filter(|p| p.to <= cue);
        before.map(|p| p.id).find(|&id| self.is_body(id))
    }

    /// The subject of the clause that the cue leans on, else the first that can act.
    fn subject(&self, scene: &Scene<'_>, cue: usize) -> Option<Known> {
        let picked = pick_subject(scene, main_clause(scene, cue), cue);
        let described = picked.filter(|p| p.anaphor.is_none());
        if let Some(found) = described.and_then(|p| self.found(scene, p)) {
            return Some(Known {
                implicit: true,
                ..found
            });
        }
        let before = scene.mentions.iter().filter(|p| p.to <= cue);
        let mut ids = before.map(|p| p.id);
        let named = picked.and_then(|p| p.mention);
        let acts = |id: &MentionId| self.surface.mentions[id.at()].kind.is_actor();
        self.by_mention(scene, named.or_else(|| ids.find(acts))?)
    }

    /// The first person named in the nearest of the two sentences before, outside what is quoted.
    fn nearest_person(&self, scene: &Scene<'_>, sex: Option<Sex>) -> Option<Known> {
        let near = self.surface.sentences[scene.at.saturating_sub(2)..scene.at].iter();
        let id = near.rev().find_map(|sentence| {
            let mentions = &self.surface.mentions;
            let start = |position| mentions.partition_point(|m| m.span.start < position);
            let inside = start(sentence.span.start)..start(sentence.span.end);
            let mut inside = inside.map(MentionId::new);
            inside.find(|&id| self.may_speak_next(id, sex))
        })?;
        self.by_mention(scene, id)
    }

    /// A description of somebody who has a name elsewhere.
    fn is_called(&self, id: MentionId) -> bool {
        let referents = &self.surface.referents;
        referents.list[referents.of[id.at()].at()].named
    }

    fn may_speak_next(&self, id: MentionId, sex: Option<Sex>) -> bool {
        let mention = &self.surface.mentions[id.at()];
        let after = self
            .quotes
            .partition_point(|q| q.outer.end < mention.span.end);
        let quoted = self
            .quotes
            .get(after)
            .is_some_and(|q| q.speech && q.outer.contains(mention.span));
        mention.kind == EntityKind::Person
            && (mention.form != MentionForm::Description || self.is_called(id))
            && self.sexes.fit(self.surface, id, sex)
            && !quoted
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
