//! Whom a description means that speaks: *the minister*, *officials*, *the statement*.

use super::super::Spoken;
use super::super::pack::{Class, Head};
use super::super::scene::Scene;
use super::super::source::{Picked, is_definite};
use super::super::told::told;
use super::{NEXT, Run, TITLE};
use crate::MentionId;
use crate::reading::{EntityKind, MentionForm, SourceKind};
use crate::words::Word;
use madar_text::{Lang, Span};

impl Run<'_> {
    /// Who a description without a name means: the name before which, or in which, the same noun
    /// stood last (القاضي إدريس … القاضي; *the Treasury Department … the department*).
    pub(super) fn described_before(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
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
    pub(super) fn same_person(&self, scene: &Scene<'_>, picked: Picked) -> Option<&Spoken> {
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
    pub(super) fn people(&self, scene: &Scene<'_>, picked: Picked) -> Option<&Spoken> {
        let always = (picked.from..picked.to).any(|w| scene.pack.is_always(&scene.words()[w]));
        // المصدر after شخصين مطلعين is another, or one of them: who, nobody says
        let one = !self.are_two_or_more(picked.span);
        let as_many = |s: &&Spoken| !(one && self.are_two_or_more(s.who));
        let anonymous = |s: &&Spoken| s.attribution.source.kind == SourceKind::Anonymous;
        let nouns: Vec<&str> = (picked.from..picked.to)
            .map(|w| scene.words()[w].lemma.as_str())
            .collect();
        let same_noun = |s: &&Spoken| {
            let arabic = scene.lang() == Lang::Ar;
            !arabic
                || self
                    .words_of(s.who)
                    .iter()
                    .any(|w| nouns.contains(&w.lemma.as_str()))
        };
        if always {
            let unnamed = |s: &&Spoken| anonymous(s) && as_many(s);
            let mut latest = self.spoken.iter().rev();
            let same = latest.clone().find(|s| unnamed(s) && same_noun(s));
            return same.or_else(|| latest.find(unnamed));
        }
        let fits = |s: &&Spoken| {
            anonymous(s) && as_many(s) && same_noun(s)
                || s.attribution.source.kind == SourceKind::Named
                    && s.attribution
                        .source
                        .mention
                        .is_some_and(|id| self.is_person(id))
        };
        self.spoken.iter().rev().find(fits)
    }

    /// Whether the words of an Arabic source mean more than one: شخصين مطلعين، ثلاثة مسؤولين.
    fn are_two_or_more(&self, who: Span) -> bool {
        let words = self.words_of(who);
        let numbers = &self.surface.kit.calendars.of(Lang::Ar).numbers;
        words.first().is_some_and(|first| {
            let counted = numbers.value(first).is_some_and(|n| n > 1);
            let ends = ["ان", "ين", "ون"]
                .iter()
                .any(|end| first.fold.ends_with(end));
            counted || ends && first.clitics.preposition().is_none()
        })
    }

    /// The words of a span, all of one sentence.
    fn words_of(&self, span: Span) -> &[Word] {
        let sentences = self.surface.sentences;
        let at = sentences.partition_point(|s| s.span.end <= span.start);
        let sentence = sentences.get(at);
        sentence.map_or(&[], |s| &s.words[s.within(span)])
    }

    /// *one of the people*: spoke to whom the people spoke to.
    pub(super) fn partitive(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
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

    /// Whose statement it is: the first body of the sentence, else of the one before.
    /// A noun beside it (بيان للوزارة) says which.
    pub(super) fn author(&self, scene: &Scene<'_>, picked: Picked) -> Option<MentionId> {
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
}
