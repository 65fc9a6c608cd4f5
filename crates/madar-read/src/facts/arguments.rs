//! Which phrase fills which role: subjects, objects and prepositions around a trigger, by the word
//! order of English, the free order and cases of Russian, the verb-first order of Arabic.

use std::ops::Range;

use madar_text::{Lang, TokenKind};

use super::arabic::{Layout, Subject};
use super::pack::{Kinds, Place, Slot, TriggerKind};
use super::phrases::Phrase;
use super::pronouns::POSSESSIVE;
use super::relations::named_in;
use crate::MentionId;
use crate::gazetteer::Entry;
use crate::read::Surface;
use crate::reading::{EntityKind, MentionForm};
use crate::words::{Cases, Pos, Sentence, Tense, Word};

/// Words between a trigger and a phrase beyond which the phrase belongs to something else.
const REACH: usize = 22;
/// Words between a noun and its genitive: *the purchase of the {whole} company*.
const REACH_OF_GENITIVE: usize = 2;

/// A trigger in its sentence.
#[derive(Clone)]
pub(crate) struct Site<'a> {
    pub(crate) surface: &'a Surface<'a>,
    pub(crate) sentence: &'a Sentence,
    pub(crate) phrases: &'a [Phrase],
    pub(crate) trigger: Range<usize>,
    pub(crate) kind: TriggerKind,
    /// Arabic: how the sentence is built, and which subject is tried.
    pub(crate) layout: Option<&'a Layout>,
    pub(crate) subject_reading: Subject,
    /// Arabic: a pronoun is written onto the noun (استحواذه).
    pub(crate) pronoun: bool,
    /// Arabic: nouns that the frame wants, which are its own: أصدر {ترخيصاً} لفلان.
    pub(crate) within: &'a [Vec<String>],
}

impl<'a> Site<'a> {
    /// A trigger of a sentence, read with its own subject.
    pub(super) fn at(
        surface: &'a Surface<'a>,
        sentence: &'a Sentence,
        phrases: &'a [Phrase],
        layout: Option<&'a Layout>,
        (trigger, kind): (Range<usize>, TriggerKind),
    ) -> Self {
        Site {
            surface,
            sentence,
            phrases,
            trigger,
            kind,
            layout,
            subject_reading: Subject::Own,
            pronoun: false,
            within: &[],
        }
    }
}

impl Site<'_> {
    /// The phrases that fill `slot`, none of those in `used`.
    pub(crate) fn fill(&self, slot: &Slot, used: &[usize]) -> Vec<usize> {
        for place in &slot.places {
            if let Some(first) = self.find(place, slot.kinds, used) {
                return self.with_list(first, slot.kinds, used);
            }
        }
        Vec::new()
    }

    /// The nearest phrase in `place` that may fill it.
    pub(crate) fn find(&self, place: &Place, kinds: Kinds, used: &[usize]) -> Option<usize> {
        if self.lang() == Lang::Ru {
            return self.russian(place, kinds, used);
        }
        if let Some(layout) = self.layout {
            return self.arabic(layout, place, kinds, used);
        }
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        match place {
            Place::Head | Place::Pronoun => None,
            Place::Subject if self.is_passive() => self.agent(kinds, used),
            Place::Object if self.is_passive() => self.patient(kinds, used),
            Place::Subject => self.subject(kinds, used),
            Place::Object => self.object(kinds, used),
            Place::Genitive => self.genitive().filter(fits),
            Place::Possessor => self.possessor().filter(fits),
            Place::Apposition => self.apposed().filter(fits),
            Place::Lead => self.lead().filter(fits),
            Place::Preposition(word, case) => self.marked(word, *case, &fits),
            Place::Case(case) => self
                .right()
                .chain(self.left())
                .filter(|&at| self.phrases[at].marker.is_none())
                .filter(|&at| only_in(self.phrases[at].cases, *case))
                .find(fits),
        }
    }

    fn lead(&self) -> Option<usize> {
        let bare = |p: &&Phrase| p.marker.is_none() && !p.owns;
        let first = self.phrases.iter().position(|p| bare(&p))?;
        (self.phrases[first].to <= self.trigger.start).then_some(first)
    }

    pub(super) fn fits(&self, phrase: &Phrase, kinds: Kinds) -> bool {
        let held = kinds.hold(phrase.kind)
            || kinds.states && phrase.kind == EntityKind::Place && self.is_state(phrase)
            || kinds.hold(EntityKind::Asset) && self.is_plant_of(phrase)
            || kinds.posts && self.named_in_post(phrase).is_some();
        held && !self.is_ruled_out(phrase)
    }

    /// مصفاة {كيزيلاركا}, *НПЗ {Дунав}*, *the {Burnaston} plant*: what is called by its place.
    fn is_plant_of(&self, phrase: &Phrase) -> bool {
        let beside = match self.lang() {
            Lang::En => Some(phrase.to),
            _ => phrase.from.checked_sub(1),
        };
        let word = beside.and_then(|at| self.sentence.words.get(at));
        let class = word.and_then(|word| self.surface.kit.classes.of(self.lang(), word));
        phrase.kind == EntityKind::Place && class == Some(EntityKind::Asset)
    }

    /// *The bank was bought {not by X} but by Y*, *купил {не X}, а Y*.
    pub(super) fn is_ruled_out(&self, phrase: &Phrase) -> bool {
        let mut before = self.sentence.words[..phrase.outer_from.min(phrase.head_from)]
            .iter()
            .rev()
            .filter(|w| !w.is_quote());
        let not = before.next().is_some_and(|w| match self.lang() {
            Lang::Ru => w.fold == "не",
            Lang::En => w.fold == "not",
            _ => false,
        });
        // *whether or not X pays*
        not && !before
            .next()
            .is_some_and(|w| matches!(w.fold.as_str(), "or" | "if"))
    }

    /// The body that a post names: {the chief of {Rosneft}}.
    pub(super) fn named_in_post(&self, phrase: &Phrase) -> Option<MentionId> {
        let lead = &self.surface.mentions[phrase.lead.at()];
        let post = lead.form == MentionForm::Description && lead.kind == EntityKind::Person;
        post.then(|| named_in(self.surface, lead, phrase.lead))
            .flatten()
    }

    /// A country, or a capital that stands for its government.
    fn is_state(&self, phrase: &Phrase) -> bool {
        let listed = self.surface.mentions[phrase.lead.at()].listed.as_deref();
        let entry: Option<&Entry> = listed.and_then(|id| self.surface.kit.gazetteer.entry(id));
        entry.is_some_and(|e| e.capital_of.is_some() || e.id == format!("places/{}", e.country))
    }

    pub(super) fn word(&self, at: usize) -> &Word {
        &self.sentence.words[at]
    }

    pub(super) fn lang(&self) -> Lang {
        self.sentence.lang
    }

    pub(super) fn stops(&self, word: &Word) -> bool {
        // A full stop inside a sentence is that of an abbreviation.
        matches!(word.fold.as_str(), ";" | "؛" | ":" | "!" | "?" | "؟")
            || self.surface.kit.facts.breaks(self.lang(), &word.fold)
    }

    /// Phrases after the trigger, nearest first, up to the end of the clause.
    pub(super) fn right(&self) -> impl Iterator<Item = usize> + '_ {
        let end = (self.trigger.end..self.sentence.words.len())
            .take(REACH)
            .find(|&at| self.stops(self.word(at)) || self.ends_clause(at))
            .unwrap_or((self.trigger.end + REACH).min(self.sentence.words.len()));
        let from = self.phrases.partition_point(|p| p.from < self.trigger.end);
        (from..self.phrases.len()).take_while(move |&at| self.phrases[at].from < end)
    }

    /// A verb that is none of the trigger's own words ends its clause to the right.
    fn ends_clause(&self, at: usize) -> bool {
        let word = self.word(at);
        let verb = match self.lang() {
            // *the sanctions {it imposed} on X*, *a stake {bought} from X*
            Lang::En if self.kind == TriggerKind::Noun && self.is_contact(at) => false,
            Lang::Ru => word.pos == Pos::Verb && word.tense.is_some(),
            Lang::En => word.pos == Pos::Verb && word.tense.is_some() && !word.plural,
            _ => false,
        };
        verb && !self.phrases.iter().any(|p| (p.from..p.to).contains(&at))
    }

    /// Whether the verb at `at` stands so near behind a noun that it belongs to it.
    fn is_contact(&self, at: usize) -> bool {
        const NEAR: usize = 3;
        let gap = &self.sentence.words[self.trigger.end..at];
        let own = |w: &Word| w.kind != TokenKind::Punct && w.tense.is_none() && !self.helps(w);
        gap.len() <= NEAR && gap.iter().all(own)
    }

    /// Whether a past tense with a subject of its own belongs to the noun: *the sanctions it imposed*.
    pub(super) fn has_own_clause(&self) -> bool {
        let verb = (self.trigger.end..self.sentence.words.len())
            .take(4)
            .find(|&at| self.word(at).tense.is_some());
        self.lang() == Lang::En
            && self.kind == TriggerKind::Noun
            && verb.is_some_and(|verb| {
                let inside = |p: &Phrase| p.from >= self.trigger.end && p.to <= verb;
                self.is_contact(verb)
                    && self.word(verb).tense == Some(Tense::Past)
                    && self.phrases.iter().any(inside)
            })
    }

    /// Phrases before the trigger, nearest first, back to the start of the clause.
    pub(super) fn left(&self) -> impl Iterator<Item = usize> + '_ {
        self.left_of(self.trigger.start)
    }

    /// Phrases before the word at `at`.
    pub(super) fn left_of(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let floor = at.saturating_sub(REACH);
        let start = (floor..at)
            .rev()
            .find(|&at| self.stops(self.word(at)))
            .map_or(floor, |at| at + 1);
        let to = self.phrases.partition_point(|p| p.to <= at);
        (0..to)
            .rev()
            .take_while(move |&at| self.phrases[at].from >= start)
            .filter(|&at| !self.in_brackets(at))
    }

    fn is_passive(&self) -> bool {
        if self.kind == TriggerKind::Noun {
            return false;
        }
        let verb = self.word(self.trigger.start);
        match self.lang() {
            Lang::En if verb.passive => {
                let next = self.sentence.words.get(self.trigger.end);
                next.is_some_and(|w| w.fold == "by") || self.has_helper()
            }
            _ => false,
        }
    }

    /// Whether a form of *be* makes the participle passive: *was twice {sanctioned}*.
    fn has_helper(&self) -> bool {
        let be = ["is", "was", "were", "been", "be", "being", "are"];
        let before = self.trigger.start.saturating_sub(3)..self.trigger.start;
        before
            .rev()
            .map(|at| self.word(at).fold.as_str())
            .take_while(|w| !matches!(*w, "," | "and"))
            .any(|w| be.contains(&w))
    }

    /// Who does it, in a passive clause.
    fn agent(&self, kinds: Kinds, used: &[usize]) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        // Who did another thing may stand before: *X, owned by Y, was sanctioned*.
        self.right()
            .filter(|&at| self.phrases[at].marker.as_deref() == Some("by"))
            .find(fits)
    }

    fn subject(&self, kinds: Kinds, used: &[usize]) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        match self.lang() {
            _ if self.kind == TriggerKind::Verb => {
                self.english_subject(self.trigger.start, &fits, 0)
            }
            _ => self
                .noun_subject(&fits)
                .or_else(|| self.subject_before(&fits)),
        }
    }

    /// Whom a passive verb is done to: its subject, or what the participle belongs to.
    fn patient(&self, kinds: Kinds, used: &[usize]) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        if self.lang() == Lang::En && !self.has_helper() {
            return self.participle_head().filter(fits);
        }
        self.subject(kinds, used)
    }

    /// The nearest bare phrase before the trigger; the antecedent when a relative pronoun stands
    /// right before it.
    fn subject_before(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        if let Some(antecedent) = self.antecedent() {
            return Some(antecedent).filter(fits);
        }
        let skip = self.parenthesis_before(self.trigger.start);
        self.left()
            .filter(|&at| self.phrases[at].marker.is_none() && !self.phrases[at].owns)
            .filter(|&at| !skip.contains(&self.phrases[at].from))
            .find(fits)
    }

    /// Whether a phrase stands in brackets and the trigger does not.
    pub(super) fn in_brackets(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        let depth = |to: usize| {
            let words = &self.sentence.words[..to];
            let count = |sign: &str| words.iter().filter(|w| w.fold == sign).count();
            count("(") > count(")")
        };
        depth(phrase.from) && !depth(self.trigger.start)
    }

    /// *X, who met …*: the phrase before a relative pronoun that stands before the trigger with at
    /// most two words between (auxiliaries, adverbs).
    fn antecedent(&self) -> Option<usize> {
        let from = self.trigger.start.saturating_sub(3);
        let at = (from..self.trigger.start)
            .rev()
            .take_while(|&at| !self.phrases.iter().any(|p| (p.from..p.to).contains(&at)))
            .find(|&at| is_relative(self.word(at)))?;
        let before = self.phrases.iter().rposition(|p| p.to <= at)?;
        (self.phrases[before].to + 2 >= at).then_some(before)
    }

    /// The words of *X, who has known Y for years, {met} Z* between the commas.
    pub(super) fn parenthesis_before(&self, at: usize) -> Range<usize> {
        let comma = |at: &usize| matches!(self.word(*at).fold.as_str(), "," | "،");
        let near = at.saturating_sub(1);
        if at == 0 || !comma(&near) {
            return 0..0;
        }
        let opening = (0..near).rev().find(comma).unwrap_or(0);
        opening..near
    }

    fn object(&self, kinds: Kinds, used: &[usize]) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        let subject = self.subject(Kinds::ANY, &[]);
        let bare = |at: &usize| self.phrases[*at].marker.is_none() && Some(*at) != subject;
        match self.lang() {
            Lang::En => self.english_object(subject, &fits),
            _ => self.right().filter(bare).find(fits),
        }
    }

    fn genitive(&self) -> Option<usize> {
        let at = self.right().next()?;
        let phrase = &self.phrases[at];
        let of = self.lang() == Lang::En && phrase.marker.as_deref() == Some("of");
        let near = phrase.from - self.trigger.end <= REACH_OF_GENITIVE;
        (of || phrase.marker.is_none() && near).then_some(at)
    }

    /// *{X}'s new licence*, *{its} licence*, *{US} sanctions*.
    fn possessor(&self) -> Option<usize> {
        let at = self.left().next()?;
        let phrase = &self.phrases[at];
        let gap = &self.sentence.words[phrase.to..self.trigger.start];
        let mark = gap
            .first()
            .is_some_and(|w| w.fold == "'s" || w.fold == "'" || w.fold == "’s");
        let pronoun = phrase.marker.as_deref() == Some(POSSESSIVE);
        let noun = gap.is_empty() && self.lang() == Lang::En;
        // *Orlov's $2 billion offer*: a sum is one word
        let words = gap.iter().filter(|w| w.kind == TokenKind::Word).count();
        (words <= 3 && (mark || pronoun) || noun).then_some(at)
    }

    pub(super) fn marked(
        &self,
        word: &str,
        case: Cases,
        fits: &dyn Fn(&usize) -> bool,
    ) -> Option<usize> {
        let under = |at: &usize| {
            let phrase = &self.phrases[*at];
            let stands = !case.is_known() || !phrase.cases.is_known() || phrase.cases.may_be(case);
            let other = word == "by" && self.is_done_by_other(phrase.from);
            let owns = phrase.owns && !self.owns_account(phrase);
            phrase.marker.as_deref() == Some(word) && stands && !owns && !other
        };
        self.right()
            .filter(under)
            .find(fits)
            .or_else(|| self.left().filter(under).find(fits))
    }

    /// *to {Marvelia}'s account*, *to {Hayes}'s campaign*: what goes there goes to whom it is of.
    fn owns_account(&self, phrase: &Phrase) -> bool {
        /// The mark of the owner, *bank*, *election*, and the word.
        const REACH: usize = 4;
        let words = self.sentence.words[phrase.to..].iter().take(REACH);
        let mut words = words.take_while(|w| {
            w.kind != TokenKind::Punct || w.is_quote() || w.fold.starts_with(['\'', '’'])
        });
        let facts = &self.surface.kit.facts;
        words.any(|word| facts.is_account(self.lang(), word))
    }

    /// *X, {who headed it until 2021}, owns Y*: whether one of the word and the trigger stands in a relative clause between
    /// commas, and the other outside.
    pub(super) fn is_in_other_clause(&self, at: usize) -> bool {
        if self.layout.is_some() {
            return false;
        }
        let words = &self.sentence.words;
        let comma = |w: &Word| matches!(w.fold.as_str(), "," | "—" | "–");
        let relative = |w: &Word| is_relative(w) || w.lemma == "который" || w.fold == "whose";
        let around = |at: usize| {
            let opens = (0..at).rev().find(|&i| comma(&words[i]))?;
            // between the comma and the relative pronoun a preposition may stand, in Russian a noun
            let own = words[opens + 1..at].iter().take(3).any(relative);
            let participle = words.get(opens + 1).is_some_and(|w| {
                self.lang() == Lang::Ru && w.pos == Pos::Participle && w.cases.is_known()
            });
            (own || participle).then_some(opens)
        };
        around(at) != around(self.trigger.start)
    }

    /// Whether a length of time says how long what the trigger tells lasted: in its own clause, no other verb
    /// between the two.
    pub(super) fn lasts_so_long(&self, time: &Range<usize>) -> bool {
        let gap = if time.start >= self.trigger.end {
            self.trigger.end..time.start
        } else {
            time.end.min(self.trigger.start)..self.trigger.start
        };
        let parts = |at: usize| {
            let word = self.word(at);
            let verb = word.pos == Pos::Verb && word.tense.is_some() && !word.plural;
            let sign = matches!(word.fold.as_str(), "," | "(" | ")" | "—" | "–");
            !self.in_phrase(at) && (verb || sign || self.stops(word))
        };
        !gap.clone().any(parts)
    }

    /// *two days {later}*, *{через} два дня*, {بعد} ذلك بيومين: how far it lies from something else.
    pub(super) fn is_distance(&self, time: &Range<usize>) -> bool {
        let words = &self.sentence.words;
        let is = |at: Option<usize>, list: &[&str]| {
            let word = at.and_then(|at| words.get(at));
            word.is_some_and(|w| list.contains(&w.fold.as_str()))
        };
        let behind = [
            "later",
            "after",
            "before",
            "earlier",
            "ago",
            "afterwards",
            "old",
            "prior",
            "спустя",
            "назад",
        ];
        let near = [
            "after",
            "before",
            "within",
            "in",
            "через",
            "спустя",
            "до",
            "после",
        ];
        let arabic = ["بعد", "قبل"];
        let before = |back: usize| time.start.checked_sub(back);
        let written_on = words
            .get(time.start)
            .is_some_and(|w| w.clitics.preposition() == Some("ب"));
        is(Some(time.end), &behind)
            || is(before(1), &near)
            || written_on && (is(before(1), &arabic) || is(before(2), &arabic))
    }

    /// *a licence, according to a paper {seen by} X*: another participle stands before *by*.
    fn is_done_by_other(&self, to: usize) -> bool {
        let gap = self.trigger.end.min(to)..to;
        self.lang() == Lang::En
            && gap
                .clone()
                .any(|at| self.word(at).passive && !self.in_phrase(at))
    }

    /// The phrase with the rest of the list that it stands in.
    fn with_list(&self, at: usize, kinds: Kinds, used: &[usize]) -> Vec<usize> {
        let same_side = |other: usize| {
            (self.phrases[other].from < self.trigger.start)
                == (self.phrases[at].from < self.trigger.start)
                && self.phrases[other].from < self.sentence.words.len()
        };
        let mut first = at;
        while self.phrases[first].joined && first > 0 && same_side(first - 1) {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < self.phrases.len() && self.phrases[last + 1].joined && same_side(last + 1)
        {
            last += 1;
        }
        if let Some(layout) = self.layout
            && layout.same_level(self.phrases[at].from, self.trigger.start)
        {
            last = self.list_end(layout, last);
        }
        (first..=last)
            .filter(|&i| {
                self.layout
                    .is_none_or(|l| l.same_level(self.phrases[i].from, self.phrases[at].from))
            })
            .filter(|i| *i == at || !used.contains(i) && self.fits(&self.phrases[*i], kinds))
            .collect()
    }
}

/// Stands in `case` and cannot be a subject or a plain object.
pub(super) fn only_in(cases: Cases, case: Cases) -> bool {
    cases.may_be(case) && !cases.may_be(Cases::NOM) && !cases.may_be(Cases::ACC)
}

/// Whether a word begins a relative clause.
pub(super) fn is_relative(word: &Word) -> bool {
    super::arabic::is_relative(word)
        || matches!(word.fold.as_str(), "who" | "which" | "that")
        || word.lemma == "который"
}
