//! A speaker who is not named where the words stand: *he*, *it*, a verb without a subject.

use super::super::Spoken;
use super::super::frames::{Draft, Side};
use super::super::pack::Class;
use super::super::scene::{Placed, Scene};
use super::super::sex::{Sex, of_cue};
use super::super::source::{Anaphor, governed, pick_subject};
use super::{Known, Run, known};
use crate::MentionId;
use crate::reading::{EntityKind, MentionForm, SourceKind};
use madar_text::Lang;

impl Run<'_> {
    /// A subject that is not there, or a pronoun.
    pub(super) fn implied(&self, scene: &Scene<'_>, draft: &Draft) -> Option<Known> {
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
    pub(super) fn is_called(&self, id: MentionId) -> bool {
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
    (names >= 2 && words[to - 1].capital && !scene.is_time(from))
        .then_some(Known::unmentioned(span, SourceKind::Named))
}

/// Where the main clause of a sentence begins that opens with another: *When the port shut, {Duval left},
/// saying*.
fn main_clause(scene: &Scene<'_>, cue: usize) -> usize {
    let opens = scene.lang() == Lang::En && scene.is_form(0, Class::Breaks);
    let comma = (1..cue.saturating_sub(2)).find(|&w| scene.is_comma(w));
    comma.filter(|_| opens).map_or(0, |comma| comma + 1)
}
