//! Subjects and objects by English word order: relative clauses (*{the bank}, which he owns*), verbs
//! that share a subject (*X flew to Tunis and {met} Y*), participles (*a firm {owned} by X*).

use super::arguments::Site;
use super::phrases::Phrase;
use super::pronouns::POSSESSIVE;
use crate::words::{Pos, Word};
use madar_text::Lang;

/// Verbs that a verb in *to* or *-ing* may hang on without a subject of its own.
const CHAIN: usize = 4;

impl Site<'_> {
    /// The subject of the verb at `at` in an English sentence.
    pub(super) fn english_subject(
        &self,
        at: usize,
        fits: &dyn Fn(&usize) -> bool,
        depth: usize,
    ) -> Option<usize> {
        if let Some(antecedent) = self.relative_subject(at) {
            return Some(antecedent).filter(fits);
        }
        let group = self.verb_group(at);
        if depth < CHAIN
            && let Some(subject) = self.infinitive_subject(group, depth)
        {
            return Some(subject).filter(fits);
        }
        if depth < CHAIN
            && self.shares_subject(at, group)
            && let Some(verb) = self.verb_before(group)
        {
            return self.english_subject(verb, fits, depth + 1);
        }
        // *X, which denied it, {paid} Y*: on beyond the parenthesis.
        let skip = self.parenthesis_before(group);
        // A phrase may hold the parenthesis: *X, chairman of Y, {met} Z*.
        let held = self
            .phrases
            .iter()
            .any(|p| p.from < skip.start && p.to > skip.start);
        let from = if skip.is_empty() || held {
            at
        } else {
            skip.start
        };
        self.left_of(from)
            .filter(|&i| self.phrases[i].marker.is_none() && !self.phrases[i].owns)
            .find(fits)
    }

    /// Who does what *to* leads to: *X met Y to {discuss} Z* is X's doing, *X asked Y to {pay} Z* is Y's.
    fn infinitive_subject(&self, group: usize, depth: usize) -> Option<usize> {
        let to = group.checked_sub(1)?;
        if self.sentence.words[to].fold != "to" {
            return None;
        }
        let verb = self.verb_before(to)?;
        let asked = self
            .phrases
            .iter()
            .rposition(|p| p.to == to && p.from > verb);
        let facts = &self.surface.kit.facts;
        let word = &self.sentence.words[verb];
        // *called {on} Y to cancel*
        let marked = asked.and_then(|at| self.phrases[at].marker.as_deref());
        let control = facts.is_control(Lang::En, &word.lemma)
            || marked.is_some_and(|m| facts.is_control(Lang::En, &format!("{} {m}", word.lemma)));
        if let Some(asked) = asked
            && (control || self.phrases[asked].marker.is_none())
        {
            return control.then_some(asked);
        }
        self.english_subject(verb, &|_| true, depth + 1)
    }

    /// The subject of a noun: that of the verb that governs it, unless somebody stands between.
    pub(super) fn noun_subject(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        let at = self.trigger.start;
        let verb = self.verb_before(at)?;
        let between = |p: &Phrase| p.from > verb && p.to <= at && p.marker.is_none() && !p.owns;
        if self.phrases.iter().any(between) {
            return None;
        }
        self.english_subject(verb, fits, 0)
    }

    /// Where the helpers of the verb at `at` begin.
    fn verb_group(&self, at: usize) -> usize {
        let mut from = at;
        while from > 0 && self.helps(&self.sentence.words[from - 1]) && !self.in_phrase(from - 1) {
            from -= 1;
        }
        from
    }

    pub(super) fn helps(&self, word: &Word) -> bool {
        !word.capital && self.surface.kit.facts.is_helper(Lang::En, &word.fold)
    }

    pub(super) fn in_phrase(&self, at: usize) -> bool {
        let next = self.phrases.partition_point(|p| p.to <= at);
        self.phrases.get(next).is_some_and(|p| p.from <= at)
    }

    /// Whether the verb follows another one's subject: *and met*, *, paying*, *by paying*.
    fn shares_subject(&self, at: usize, group: usize) -> bool {
        let Some(before) = group.checked_sub(1) else {
            return false;
        };
        if self.in_phrase(before) {
            return false;
        }
        let word = self.sentence.words[before].fold.as_str();
        let gerund = self.sentence.words[at].fold.ends_with("ing") && group == at;
        let conjunction = matches!(word, "and" | "or" | "but");
        let participle = gerund
            && matches!(
                word,
                "," | "by"
                    | "after"
                    | "before"
                    | "of"
                    | "without"
                    | "for"
                    | "from"
                    | "while"
                    | "when"
            );
        conjunction || participle
    }

    /// The nearest verb to the left of `at` in the sentence.
    fn verb_before(&self, at: usize) -> Option<usize> {
        (0..at)
            .rev()
            .take_while(|&i| !matches!(self.sentence.words[i].fold.as_str(), ";" | ":"))
            .find(|&i| self.is_verb(i) && !self.in_phrase(i))
    }

    /// Finite verbs, those in *to* and *-ing*, *be* and *have*; no nouns that look like a base form.
    fn is_verb(&self, at: usize) -> bool {
        let word = &self.sentence.words[at];
        let be = [
            "is", "was", "are", "were", "be", "been", "has", "had", "have",
        ];
        if be.contains(&word.fold.as_str())
            || super::phrases::is_infinitive(self.surface, self.sentence, at)
        {
            return true;
        }
        match word.pos {
            Pos::Verb | Pos::Participle => !word.plural || !self.follows_article(at),
            _ => false,
        }
    }

    fn follows_article(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|i| {
            ["the", "a", "an", "its", "his", "their", "of"]
                .contains(&self.sentence.words[i].fold.as_str())
        })
    }

    /// *X, who has {met} …*: the phrase before the relative pronoun that is the verb's subject.
    fn relative_subject(&self, at: usize) -> Option<usize> {
        let group = self.verb_group(at);
        let relative = group.checked_sub(1)?;
        self.antecedent_of(relative)
    }

    /// *the bank, which he {owns}*: the phrase before the relative pronoun that is the verb's object;
    /// also without one: *the sanctions it {imposed}* has no phrase and stays apart.
    pub(super) fn relative_object(&self) -> Option<usize> {
        let group = self.verb_group(self.trigger.start);
        let subject = self.phrases.iter().rposition(|p| p.to == group)?;
        let relative = self.phrases[subject].from.checked_sub(1)?;
        self.antecedent_of(relative)
    }

    pub(super) fn antecedent_of(&self, relative: usize) -> Option<usize> {
        let word = self.sentence.words[relative].fold.as_str();
        if !matches!(word, "who" | "which" | "that" | "whom") {
            return None;
        }
        let before = self.phrases.iter().rposition(|p| p.to <= relative)?;
        let gap = &self.sentence.words[self.phrases[before].to..relative];
        let comma = gap
            .iter()
            .all(|w| matches!(w.fold.as_str(), "," | "\"" | "”" | ")"));
        (comma && gap.len() <= 2).then_some(before)
    }

    /// What a participle without a helper belongs to: *{Cedar Holding}, a firm {owned} by X*.
    pub(super) fn participle_head(&self) -> Option<usize> {
        const LONGEST: usize = 5;
        let at = self
            .phrases
            .iter()
            .rposition(|p| p.to <= self.trigger.start)?;
        let phrase = &self.phrases[at];
        let gap = &self.sentence.words[phrase.to..self.trigger.start];
        let apposed = gap.first().is_some_and(|w| w.fold == ",");
        let open = gap.iter().enumerate().all(|(i, w)| {
            let plain = w.pos == Pos::Other
                && !self.surface.kit.facts.is_preposition(Lang::En, &w.fold)
                && w.fold != "and";
            i == 0 && w.fold == ","
                || self.helps(w)
                || w.pos == Pos::Number
                || w.fold == "%"
                || matches!(w.fold.as_str(), "percent" | "per" | "cent")
                || apposed && plain
        });
        let own = phrase.marker.as_deref() == Some(POSSESSIVE) || phrase.owns;
        (open && gap.len() <= LONGEST && !own).then_some(at)
    }

    /// The first phrase behind the verb, if it stands bare and no sign parts them.
    pub(super) fn english_object(
        &self,
        subject: Option<usize>,
        fits: &dyn Fn(&usize) -> bool,
    ) -> Option<usize> {
        let mut from = self.trigger.end;
        let mut owned = false;
        for at in self.right().take(3) {
            let phrase = &self.phrases[at];
            // Two phrases of one pronoun stand on the same words; a phrase may begin inside a trigger.
            let gap = from..phrase.from.max(from);
            let parted = self.sentence.words[gap].iter().any(|w| {
                matches!(w.fold.as_str(), "(" | "—" | "–" | "and" | "or" | "but")
                    || w.fold == "," && !owned
                    // *barred {from seeing} his brother*: whom another verb or noun is about
                    || self.surface.kit.facts.is_preposition(Lang::En, &w.fold)
            });
            let own = phrase.marker.as_deref() == Some(POSSESSIVE);
            if parted || phrase.marker.is_some() && !own {
                break;
            }
            if Some(at) != subject && !own && !phrase.owns && fits(&at) {
                return Some(at);
            }
            from = phrase.to;
            owned = phrase.owns || own;
        }
        self.relative_object()
            .filter(|at| Some(*at) != subject)
            .filter(fits)
    }

    /// *its owner, {Cedar Holding}*; *{Cedar Holding}, a subsidiary*.
    pub(super) fn apposed(&self) -> Option<usize> {
        const LONGEST: usize = 4;
        let words = &self.sentence.words;
        if let Some(next) = self.right().next() {
            let gap = &words[self.trigger.end..self.phrases[next].from];
            let beside = gap.iter().all(|w| matches!(w.fold.as_str(), "," | "("));
            if gap.len() <= 1 && beside && self.phrases[next].marker.is_none() {
                return Some(next);
            }
        }
        let before = self.phrases.iter().rposition(|p| {
            p.to <= self.trigger.start && p.marker.as_deref() != Some(POSSESSIVE) && !p.owns
        })?;
        let gap = &words[self.phrases[before].to..self.trigger.start];
        let comma = gap.first().is_some_and(|w| w.fold == ",");
        let plain = |w: &Word| {
            w.pos == Pos::Other && !self.surface.kit.facts.is_preposition(Lang::En, &w.fold)
        };
        let open = gap.iter().skip(1).all(|w| plain(w) || w.fold == "'s");
        (comma && open && gap.len() <= LONGEST).then_some(before)
    }
}
