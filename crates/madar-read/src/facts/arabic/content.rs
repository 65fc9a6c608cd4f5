//! What a proposal proposes, and what a licence or a payment is for: the phrase behind the trigger up
//! to the end of its clause. اقترح ويتكوف على كييف {طلب إعفاء جمركي}؛ ترخيصاً {لاستكمال الصفقة}.

use std::ops::Range;

use madar_text::{Clitics, Lang, Span, TokenKind};

use super::super::arguments::Site;
use super::{Layout, is_comma};
use crate::words::Word;

/// Words that a proposal or a purpose holds at most.
const LONGEST: usize = 40;
/// Words of titles between a verb and the name behind them: عرض {وزير الخارجية الروسي} لافروف.
const LONGEST_TITLE: usize = 5;

/// Adverbs that may stand between a verb and what it proposes, folded.
const ADVERBS: [&str; 8] = [
    "ايضا",
    "كذلك",
    "بدلا",
    "مجددا",
    "امس",
    "اليوم",
    "رسميا",
    "علنا",
];
/// What leads to a purpose, folded.
const LEADS: [&str; 6] = ["مقابل", "لقاء", "بهدف", "بغرض", "بغيه", "لغرض"];

impl Site<'_> {
    /// What is proposed: the first noun or أن behind the trigger that is neither who proposes nor to whom.
    pub(crate) fn proposed(&self, used: &[usize]) -> Option<Span> {
        let layout = self.layout?;
        let words = &self.sentence.words;
        let mut at = self.trigger.end;
        while at < words.len() {
            let word = &words[at];
            if !layout.same_level(at, self.trigger.start) || word.is_quote() {
                at += 1;
            } else if let Some(end) = self.participant_at(at, used) {
                at = end;
            } else if self.is_said_beside(at) {
                at += 1;
            } else if let Some(end) = self.adverbial_at(at) {
                at = end;
            } else {
                break;
            }
        }
        let first = words.get(at)?;
        let clause = matches!(first.fold.as_str(), "ان" | "بان");
        let ends = self.ends_content(layout, at) && !clause;
        let light = first.kind != TokenKind::Word || first.fold.chars().count() < 2;
        if ends || light || layout.is_verb(at) && !clause {
            return None;
        }
        let stops = |at: usize| {
            used.iter()
                .any(|&p| self.phrases[p].outer_from == at && self.phrases[p].marker.is_some())
        };
        let end = (at + 1..words.len())
            .take(LONGEST)
            .find(|&i| stops(i) || self.ends_content(layout, i))
            .unwrap_or_else(|| words.len().min(at + LONGEST));
        self.words_span(at..end)
    }

    /// Why it is given or paid: the first ل with a noun that is nobody, or *in return for*.
    pub(crate) fn purpose(&self) -> Option<Span> {
        let layout = self.layout?;
        let words = &self.sentence.words;
        let seen = |at: &usize| layout.same_level(*at, self.trigger.start);
        let clause = (self.trigger.end..words.len())
            .take(LONGEST)
            .take_while(|&at| !self.ends_content(layout, at));
        let at = clause.filter(seen).find(|&at| self.leads_to_purpose(at))?;
        let end = (at + 1..words.len())
            .take(LONGEST)
            .find(|&i| self.ends_content(layout, i) || !seen(&i))
            .unwrap_or_else(|| words.len().min(at + LONGEST));
        (end > at + 1).then(|| self.words_span(at..end)).flatten()
    }

    fn leads_to_purpose(&self, at: usize) -> bool {
        let word = &self.sentence.words[at];
        let next = self.sentence.words.get(at + 1);
        let paid = next.is_some_and(|n| {
            let amounts = &self.surface.amounts;
            amounts.iter().any(|a| a.span.start == n.host.start)
        });
        let kit = self.surface.kit;
        let person = kit.nouns.is_noun(Lang::Ar, word) || kit.classes.of(Lang::Ar, word).is_some();
        let because = word.fold == "من" && next.is_some_and(|n| n.fold == "اجل");
        let act = word.clitics.preposition() == Some("ل")
            && word.lemma.chars().count() >= 3
            && !word.clitics.has(Clitics::AND)
            && !person;
        (act || because || LEADS.contains(&word.fold.as_str()))
            && !paid
            && !self.phrases.iter().any(|p| (p.from..p.to).contains(&at))
    }

    /// Where a participant ends that begins here, its titles and its preposition with it.
    fn participant_at(&self, at: usize, used: &[usize]) -> Option<usize> {
        let kit = self.surface.kit;
        let title = |w: &Word| {
            kit.nouns.is_noun(Lang::Ar, w)
                || kit.classes.of(Lang::Ar, w).is_some()
                || w.clitics.has(Clitics::ARTICLE)
                || w.is_quote()
                || is_comma(w)
        };
        let found = used.iter().map(|&p| &self.phrases[p]).find(|p| {
            let reach = at..p.outer_from.max(at);
            p.to > at
                && p.from < self.sentence.words.len()
                && (p.outer_from <= at
                    || reach.len() <= LONGEST_TITLE && self.sentence.words[reach].iter().all(title))
        });
        found.map(|p| p.to)
    }

    /// Adverbs and times.
    fn is_said_beside(&self, at: usize) -> bool {
        let word = &self.sentence.words[at];
        let timed = self
            .surface
            .times
            .iter()
            .any(|t| t.span.contains(word.host));
        timed || ADVERBS.contains(&word.fold.as_str()) || is_comma(word)
    }

    /// A preposition and what it governs: {في موسكو}, {على نظرائهم الأميركيين}, {من ذلك}.
    fn adverbial_at(&self, at: usize) -> Option<usize> {
        let words = &self.sentence.words;
        let word = &words[at];
        let alone = self.surface.kit.facts.is_preposition(Lang::Ar, &word.fold);
        let written = matches!(word.clitics.preposition(), Some("ل" | "ك"));
        if !alone && !written {
            return None;
        }
        if let Some(phrase) = self.phrases.iter().find(|p| p.outer_from == at) {
            return Some(phrase.to);
        }
        let mut end = at + 1 + usize::from(alone);
        while words
            .get(end)
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none())
        {
            end += 1;
        }
        Some(end)
    }

    fn ends_content(&self, layout: &Layout, at: usize) -> bool {
        let word = &self.sentence.words[at];
        let relative = super::is_relative(word) || word.fold == "ان";
        is_comma(word)
            || word.kind == TokenKind::Punct && matches!(word.fold.as_str(), "." | ";" | "؛" | ":")
            || self.surface.kit.facts.breaks(Lang::Ar, &word.fold) && !relative
            || layout.opens_clause(self.sentence, at)
    }

    fn words_span(&self, range: Range<usize>) -> Option<Span> {
        let words = self.sentence.words.get(range)?;
        let last = words
            .iter()
            .rev()
            .find(|w| w.kind != TokenKind::Punct || w.is_quote())?;
        Some(words.first()?.span.to(last.span))
    }
}
