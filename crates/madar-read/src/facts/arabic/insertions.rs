//! What is inserted into an Arabic sentence: between commas, in brackets, behind relative pronouns, and
//! of whom each insertion speaks (التقى ويتكوف، {وهو مستثمر عقاري}، ديميترييف).

use madar_text::{Clitics, Lang, TokenKind};

use super::{Insertion, Sort};
use super::{is_comma, is_copula, is_pronoun, is_relative};
use crate::MentionId;
use crate::facts::pack::Aspect;
use crate::facts::phrases::Phrase;
use crate::read::Surface;
use crate::reading::{EntityKind, MentionForm};
use crate::words::{Sentence, Word};

/// Words that an insertion between two commas holds at most: beyond that the second comma belongs
/// to something else.
const LONGEST_INSERTION: usize = 26;

pub(super) struct Builder<'a> {
    /// Relative pronouns that speak of a name inside of the phrase before them.
    pub(super) inner: &'a [(usize, usize)],
    pub(super) surface: &'a Surface<'a>,
    pub(super) sentence: &'a Sentence,
    pub(super) phrases: &'a [Phrase],
}

impl Builder<'_> {
    pub(super) fn word(&self, at: usize) -> &Word {
        &self.sentence.words[at]
    }

    pub(super) fn phrase_at(&self, word: usize) -> Option<usize> {
        let at = self.phrases.partition_point(|p| p.to <= word);
        self.phrases.get(at).filter(|p| p.from <= word).map(|_| at)
    }

    /// The phrase that ends right before `word`, signs left out.
    pub(super) fn phrase_before(&self, word: usize) -> Option<usize> {
        let at = self.phrases.iter().rposition(|p| p.to <= word)?;
        let gap = &self.sentence.words[self.phrases[at].to..word];
        let adjective = |w: &Word| {
            w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none()
                || w.kind == TokenKind::Punct
        };
        (gap.len() <= 3 && gap.iter().all(adjective)).then_some(at)
    }

    pub(super) fn is_verb(&self, at: usize) -> bool {
        let word = self.word(at);
        // إدارة looks like أداره, and is no verb.
        let noun = word.host.of(&self.surface.document.text).ends_with('ة');
        word.kind == TokenKind::Word
            && !noun
            && word.clitics.preposition().is_none()
            && self.phrase_at(at).is_none()
            && !self.surface.kit.facts.is_preposition(Lang::Ar, &word.fold)
            && !self.is_governed_noun(at)
            && !self.is_must(at)
            && !self.is_auxiliary(at)
            && (self.surface.kit.facts.arabic_verb(&word.fold).is_some() || self.must_be_verb(at))
    }

    /// أن {يكون} قد دفع: who is meant is told by the verb behind it.
    fn is_auxiliary(&self, at: usize) -> bool {
        let Some(next) = self.sentence.words.get(at + 1) else {
            return false;
        };
        let is = matches!(
            self.word(at).fold.as_str(),
            "يكون" | "تكون" | "يكونا" | "يكونوا"
        );
        let past = self.surface.kit.facts.arabic_verb(&next.fold) == Some(Aspect::Perfect);
        is && (next.fold == "قد"
            || past && next.clitics == Clitics::NONE && self.phrase_at(at + 1).is_none())
    }

    /// {يجب} أن ينسحب, which is no form of أجاب but behind لم.
    fn is_must(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|i| self.word(i).fold.as_str());
        self.word(at).fold == "يجب" && !matches!(before, Some("لم" | "ولم"))
    }

    /// تدرس {رفع} العقوبات، على {أسهم} البنك: right behind a verb or a preposition stands no verb in the perfect, but a
    /// noun that looks like one.
    fn is_governed_noun(&self, at: usize) -> bool {
        let facts = &self.surface.kit.facts;
        let before = at.checked_sub(1).map(|i| self.word(i));
        let verb = before.is_some_and(|w| {
            if matches!(w.fold.as_str(), "علي" | "الي" | "عن" | "في") {
                return true;
            }
            facts.arabic_verb(&w.fold).is_some()
                && !is_copula(w)
                && self.phrase_at(at - 1).is_none()
        });
        let word = self.word(at);
        verb && word.clitics == Clitics::NONE
            && facts.arabic_verb(&word.fold) == Some(Aspect::Perfect)
    }

    /// A word that no list knows, behind لم or لن or with the future's س: only an imperfect stands there.
    fn must_be_verb(&self, at: usize) -> bool {
        let word = self.word(at);
        let before = at.checked_sub(1).map(|i| self.word(i).fold.as_str());
        let shape = word.fold.starts_with(['ي', 'ت']) && word.fold.chars().count() >= 4;
        let sure = matches!(before, Some("لم" | "لن" | "سوف")) || word.clitics.has(Clitics::FUTURE);
        let likely = matches!(before, Some("لا" | "قد" | "ان")) && word.fold.starts_with('ي');
        shape && (sure || likely)
    }

    pub(super) fn insertions(&self) -> Vec<Insertion> {
        let words = &self.sentence.words;
        let mut out: Vec<Insertion> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let inside = self.phrase_at(at).is_some();
            let found = if inside { None } else { self.insertion(at) };
            match found {
                Some(mut insertion) => {
                    // نوفاتك، ثاني أكبر منتج، والذي: both speak of the same.
                    let chained = out.last().filter(|last| {
                        last.sort == Sort::About
                            && insertion.sort == Sort::About
                            && last.words.end + 1 >= insertion.words.start
                            && words[last.words.start].fold != "("
                    });
                    if let Some(last) = chained {
                        insertion.antecedent = last.antecedent;
                    }
                    at = insertion.words.end.max(at + 1);
                    out.push(insertion);
                }
                None => at += 1,
            }
        }
        out
    }

    pub(super) fn insertion(&self, at: usize) -> Option<Insertion> {
        let words = &self.sentence.words;
        let fold = words[at].fold.as_str();
        if fold == "(" {
            let end = (at..words.len()).find(|&i| words[i].fold == ")")?;
            return Some(Insertion {
                words: at..end + 1,
                sort: Sort::About,
                antecedent: self.phrase_before(at),
            });
        }
        let about = |from: usize, antecedent: Option<usize>| Insertion {
            words: from..self.close(from + 1),
            sort: Sort::About,
            antecedent,
        };
        if is_relative(&words[at]) {
            let inner = self
                .inner
                .iter()
                .find(|(word, _)| *word == at)
                .map(|(_, phrase)| *phrase);
            return Some(about(at, inner.or_else(|| self.phrase_before(at))));
        }
        if !is_comma(&words[at]) {
            return None;
        }
        let next = words.get(at + 1)?;
        if is_pronoun(next) || is_relative(next) {
            return Some(about(at + 1, self.phrase_before(at)));
        }
        let closed = self.close(at + 1);
        let ends = words.get(closed).is_some_and(is_comma);
        if !ends || closed > at + LONGEST_INSERTION {
            return None;
        }
        let kit = self.surface.kit;
        let rank = [
            "اكبر", "اهم", "ابرز", "احد", "احدي", "ثاني", "ثالث", "اول", "اقدم", "اغني",
        ];
        let title = (kit.nouns.is_noun(Lang::Ar, next) || rank.contains(&next.fold.as_str()))
            && !next.clitics.has(Clitics::AND);
        if title && next.clitics.preposition().is_none() && self.phrase_before(at).is_some() {
            let holds_name = self.phrase_at(at + 1).is_none();
            return holds_name.then(|| about(at + 1, self.phrase_before(at)));
        }
        let timed = self
            .surface
            .times
            .iter()
            .any(|t| t.span.start == next.host.start);
        let aside = timed
            || kit.facts.is_preposition(Lang::Ar, &next.fold)
            || next.clitics.preposition().is_some() && !next.clitics.has(Clitics::AND);
        (aside && !(at + 1..closed).any(|i| self.is_verb(i))).then(|| Insertion {
            words: at + 1..closed,
            sort: Sort::Aside,
            antecedent: None,
        })
    }

    /// Where what begins before `from` is closed: at the next comma or the end.
    pub(super) fn close(&self, from: usize) -> usize {
        let words = &self.sentence.words;
        (from..words.len())
            .find(|&at| {
                is_comma(&words[at])
                    || matches!(words[at].fold.as_str(), ";" | "؛" | ":" | "—" | ".")
            })
            .unwrap_or(words.len())
    }
}

/// صهر {أورلوف} الذي يملك، مالك الناقلة {«مارليندا»} التي: the relative pronoun speaks of the name that a
/// description ends with, if that is a person too or the pronoun fits only it. Such names become
/// phrases of their own behind the sentence; each with the word of its pronoun.
pub(crate) fn inner_antecedents(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &mut Vec<Phrase>,
) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (at, word) in sentence
        .words
        .iter()
        .enumerate()
        .filter(|(_, w)| is_relative(w))
    {
        let Some(before) = phrases.iter().rposition(|p| p.to <= at && p.to > p.from) else {
            continue;
        };
        let phrase = &phrases[before];
        let gap = &sentence.words[phrase.to..at];
        if phrase.kind != EntityKind::Person || !gap.iter().all(Word::is_quote) {
            continue;
        }
        let end = phrase.span.end;
        let from = surface
            .mentions
            .partition_point(|m| m.span.start < phrase.span.start);
        let inside = surface.mentions[from..]
            .iter()
            .enumerate()
            .take_while(|(_, m)| m.span.start < end)
            .filter(|(i, m)| {
                let own = MentionId::new(from + i);
                m.span.end + 4 >= end
                    && !phrase.mentions.contains(&own)
                    && m.form != MentionForm::Description
            });
        let Some((i, mention)) = inside.last() else {
            continue;
        };
        let feminine = word.fold == "التي";
        let person = mention.kind == EntityKind::Person;
        if person || feminine {
            out.push((at, phrases.len()));
            phrases.push(Phrase {
                span: mention.span,
                ..Phrase::carried(surface, sentence, MentionId::new(from + i))
            });
        }
    }
    out
}
