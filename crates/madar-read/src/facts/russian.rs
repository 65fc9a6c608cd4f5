//! Russian arguments: cases instead of word order. Relative clauses (*порт, {которым} владеет X*),
//! participles (*принадлежащий X порт*), passives, shared subjects (*X купил Y и {продал} Z*).

use std::ops::Range;

use madar_text::Lang;

use super::arguments::{Site, only_in};
use super::pack::{Kinds, Place, TriggerKind};
use super::phrases::Phrase;
use crate::reading::EntityKind;
use crate::words::{Cases, Pos, Tense, Word};

/// Words between *который* and the verb of its clause.
const REACH_OF_RELATIVE: usize = 14;
/// Words between an infinitive and the verb that lets somebody do it.
const REACH_OF_CONTROL: usize = 8;
/// Words between a noun and its genitive when only its own adjectives and nouns stand between.
const REACH_OF_GENITIVE: usize = 9;
/// Words between a verb and a name that shows no case, for that name to take the verb's case.
const NEXT: usize = 3;

/// *который* in the clause of the trigger: whom it stands for, in which case, under which preposition.
struct Relative {
    antecedent: usize,
    cases: Cases,
    marker: Option<String>,
}

impl Site<'_> {
    pub(super) fn russian(&self, place: &Place, kinds: Kinds, used: &[usize]) -> Option<usize> {
        let fits = |at: &usize| !used.contains(at) && self.fits(&self.phrases[*at], kinds);
        let passive = match self.kind {
            TriggerKind::Verb => self.word(self.trigger.start).passive,
            TriggerKind::Noun => self.is_put_in(),
        };
        match place {
            Place::Subject if passive => self.in_case(Cases::INS, &fits),
            Place::Object if passive => self.patient_russian(&fits),
            Place::Subject => self.subject_russian(&fits),
            Place::Object => self.object_russian(&fits),
            Place::Genitive => self.genitive_russian().filter(fits),
            Place::Possessor | Place::Apposition | Place::Lead => None,
            Place::Head | Place::Pronoun => None,
            Place::Case(case) => self.in_case(*case, &fits),
            Place::Preposition(word, case) => {
                let relative = self.relative();
                let own = relative.filter(|r| r.marker.as_deref() == Some(word.as_str()));
                own.map(|r| r.antecedent)
                    .filter(fits)
                    .or_else(|| self.marked(word, *case, &fits))
                    .filter(|&at| self.belongs(at))
            }
        }
    }

    /// *{внесена в} санкционный список*: whether a passive verb puts somebody where the noun says.
    fn is_put_in(&self) -> bool {
        let Some(at) = self.trigger.start.checked_sub(2) else {
            return false;
        };
        let into = matches!(self.word(at + 1).fold.as_str(), "в" | "во" | "под" | "из");
        into && self.word(at).passive
    }

    /// Before a noun, a phrase with a preposition belongs to something else unless the clause begins
    /// with it: *во главе с X ведет переговоры*, but *с X начаты переговоры*.
    fn belongs(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        let before = phrase.outer_from.checked_sub(1).map(|i| self.word(i));
        let opens = before.is_none_or(|w| w.fold == "," || self.stops(w));
        self.kind == TriggerKind::Verb || phrase.from >= self.trigger.end || opens
    }

    /// A full participle agrees with what it describes: *X, владеющий портом*; *принадлежащий X порт*.
    fn is_participle(&self) -> bool {
        let word = self.word(self.trigger.start);
        matches!(word.pos, Pos::Participle | Pos::Adjective) && word.cases.is_known()
    }

    fn described(&self) -> Option<usize> {
        let start = self.trigger.start;
        let cases = self.word(start).cases;
        let agrees = |at: usize| {
            let own = self.phrases[at].cases;
            !own.is_known() || own.0 & cases.0 != 0
        };
        // Adverbs may stand between the comma and the participle.
        let comma = (start.saturating_sub(4)..start)
            .rev()
            .take_while(|&i| {
                let word = self.word(i);
                word.fold == ","
                    || matches!(word.pos, Pos::Adverb | Pos::Particle | Pos::Number)
                    || word.fold == "также"
            })
            .find(|&i| self.word(i).fold == ",");
        if let Some(comma) = comma {
            let before = self.phrases.iter().rposition(|p| p.to <= comma)?;
            let gap = &self.sentence.words[self.phrases[before].to..comma];
            let near = gap.iter().all(|w| w.is_quote() || w.fold == ")");
            return Some(before).filter(|&at| near && agrees(at));
        }
        let end = self.sentence.words[start..]
            .iter()
            .position(|w| w.fold == ",")
            .map_or(self.sentence.words.len(), |at| start + at);
        let bare = |at: &usize| self.phrases[*at].marker.is_none() || self.governed(*at);
        self.right()
            .take_while(|&at| self.phrases[at].from < end)
            .filter(bare)
            .find(|&at| {
                agrees(at) && self.phrases[at].cases.0 & !Cases::GEN.0 != 0 || {
                    let own = self.phrases[at].cases;
                    !own.is_known()
                }
            })
    }

    /// Stands under a preposition that stands before the participle: *о принадлежащем X порте*.
    fn governed(&self, at: usize) -> bool {
        self.phrases[at].outer_from < self.trigger.start
    }

    /// The *который* whose clause the trigger stands in.
    fn relative(&self) -> Option<Relative> {
        let start = self.trigger.start;
        let floor = start.saturating_sub(REACH_OF_RELATIVE);
        let at = (floor..start)
            .rev()
            .take_while(|&at| !is_stop(self.word(at)))
            .find(|&at| self.word(at).lemma == "который")?;
        // A verb and a comma between: that clause has ended.
        let between = at + 1..start;
        let verb = between.clone().find(|&i| self.is_finite(i));
        if verb.is_some_and(|verb| (verb..start).any(|i| self.word(i).fold == ",")) {
            return None;
        }
        self.relative_at(at)
    }

    fn relative_at(&self, at: usize) -> Option<Relative> {
        let facts = &self.surface.kit.facts;
        let before = at.checked_sub(1)?;
        let under = facts.is_preposition(Lang::Ru, &self.word(before).fold);
        let comma = if under {
            before.checked_sub(1)?
        } else {
            before
        };
        // *бенефициаром которой*: the comma stands before the noun.
        let comma = (comma.saturating_sub(2)..=comma)
            .rev()
            .find(|&i| self.word(i).fold == ",")?;
        let antecedent = self.phrases.iter().rposition(|p| p.to <= comma)?;
        let gap = &self.sentence.words[self.phrases[antecedent].to..comma];
        let near = gap.iter().all(|w| w.is_quote() || w.fold == ")");
        near.then(|| Relative {
            antecedent,
            cases: self.word(at).cases,
            marker: under.then(|| self.word(before).fold.clone()),
        })
    }

    fn is_finite(&self, at: usize) -> bool {
        let word = self.word(at);
        let short = word.pos == Pos::Participle && !word.cases.is_known();
        (word.pos == Pos::Verb && word.tense.is_some() || short)
            && !self.phrases.iter().any(|p| (p.from..p.to).contains(&at))
    }

    pub(super) fn subject_russian(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        let fits = &|at: &usize| fits(at) && self.agrees_in_number(*at);
        if self.kind == TriggerKind::Verb && self.is_participle() {
            return self.described().filter(fits);
        }
        if let Some(doer) = self.controlled().or_else(|| self.accused()).filter(fits) {
            return Some(doer);
        }
        if let Some(relative) = self.relative()
            && relative.marker.is_none()
            && relative.cases.may_be(Cases::NOM)
        {
            let sure = |at: &usize| self.sure_nominative(*at) && *at != relative.antecedent;
            let other = self.right().filter(sure).find(fits);
            let object = relative.cases.may_be(Cases::ACC);
            return other
                .filter(|_| object)
                .or(Some(relative.antecedent).filter(fits));
        }
        // *X, бенефициаром {которого} является Y*: the subject stands on this side of the comma.
        if self.kind == TriggerKind::Noun && self.owned_by_relative() {
            return self.beyond_relative().find(fits);
        }
        let left = self.subject_before_russian(fits);
        // Behind a noun only a person in the nominative is sure to be who does it.
        let verb = self.kind == TriggerKind::Verb;
        let may = |at: &usize| self.nominative(*at) && (verb || self.sure_nominative(*at));
        let right = || self.right().filter(may).find(fits);
        // *Порт купил Карим Хаддад*: what may be an object gives way to who can only be a subject.
        let unsure = left.is_some_and(|at| !self.sure_nominative(at));
        if unsure
            && let Some(sure) = right().filter(|&at| self.sure_nominative(at) && self.next_to(at))
        {
            return Some(sure);
        }
        left.or_else(right).or_else(|| self.speaker().filter(fits))
    }

    /// *{Каир} предупредили*: one place or body did not do what several did; it was done to it.
    fn agrees_in_number(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        let verb = self.word(self.trigger.start);
        let several = verb.pos == Pos::Verb && verb.tense == Some(Tense::Past) && verb.plural;
        let next = self.phrases.get(at + 1).is_some_and(|p| p.joined);
        let one = phrase.to == phrase.from + 1 && !phrase.mentions.is_empty() && {
            let word = self.word(phrase.from);
            word.singular.may_be(Cases::NOM) && !word.plural && !word.all_capitals
        };
        let named = phrase.kind == EntityKind::Place || phrase.kind.is_body();
        !(several && one && named && !phrase.joined && !next)
    }

    /// Who does what an infinitive tells behind a verb that lets or makes somebody: *позволяющую {«Лукойлу»} продать*.
    fn controlled(&self) -> Option<usize> {
        let start = self.trigger.start;
        let word = self.word(start);
        if self.kind != TriggerKind::Verb || word.pos != Pos::Verb || word.tense.is_some() {
            return None;
        }
        let floor = start.saturating_sub(REACH_OF_CONTROL);
        let facts = &self.surface.kit.facts;
        let verb = (floor..start)
            .rev()
            .take_while(|&at| !is_stop(self.word(at)));
        let verb = verb
            .into_iter()
            .find(|&at| facts.is_control(Lang::Ru, &self.word(at).lemma))?;
        let dative = |p: &Phrase| {
            p.marker.is_none() && p.cases.may_be(Cases::DAT) && !p.cases.may_be(Cases::NOM)
        };
        let between = |p: &Phrase| p.from > verb && p.to <= start;
        self.phrases.iter().rposition(|p| between(p) && dative(p))
    }

    /// Who is said to have done what a noun tells: *подозревает {Орлова} в получении взятки*.
    fn accused(&self) -> Option<usize> {
        let start = self.trigger.start;
        if self.kind != TriggerKind::Noun {
            return None;
        }
        let floor = start.saturating_sub(REACH_OF_CONTROL);
        let facts = &self.surface.kit.facts;
        let open = |at: &usize| !is_stop(self.word(*at)) && self.word(*at).fold != ",";
        let mut before = (floor..start).rev().take_while(open);
        let verb = before.find(|&at| facts.accuses(Lang::Ru, self.word(at)))?;
        let accusative = |p: &Phrase| p.marker.is_none() && p.cases.may_be(Cases::ACC);
        let found = self
            .phrases
            .iter()
            .position(|p| p.from > verb && p.to <= start && accusative(p))?;
        let of = self.phrases[found].to..start;
        let within = of.clone().any(|at| self.word(at).fold == "в");
        within.then_some(found)
    }

    /// Who says what the clause tells without a subject of its own: *{X} заявил, что продал порт*.
    pub(super) fn speaker(&self) -> Option<usize> {
        let floor = self.clause_start(&self.closed());
        let that = floor.checked_sub(1)?;
        let verb = self.word(self.trigger.start);
        let several = self.kind == TriggerKind::Verb && (verb.plural || verb.tense.is_none());
        if several || !matches!(self.word(that).fold.as_str(), "что" | "чтобы") {
            return None;
        }
        let any = |at: &usize| self.nominative(*at);
        let own = self.phrases.iter().any(|p| {
            p.from >= floor
                && p.to <= self.trigger.start
                && p.marker.is_none()
                && p.cases.may_be(Cases::NOM)
        });
        let before = self.phrases.partition_point(|p| p.to <= that);
        let all = (0..before)
            .rev()
            .filter(|at| any(at) && !self.in_brackets(*at));
        let is = |at: &usize, fits: fn(EntityKind) -> bool| fits(self.phrases[*at].kind);
        let person = all.clone().find(|at| is(at, |k| k == EntityKind::Person));
        let speaks = person.or_else(|| all.clone().find(|at| is(at, EntityKind::is_body)));
        speaks.filter(|_| !own)
    }

    fn owned_by_relative(&self) -> bool {
        let next = self.sentence.words.get(self.trigger.end);
        next.is_some_and(|w| w.lemma == "который" && w.cases.may_be(Cases::GEN))
    }

    /// Nominatives right of *которого*, although that word ends the clause for other nouns.
    fn beyond_relative(&self) -> impl Iterator<Item = usize> + '_ {
        let from = self.trigger.end + 1;
        let end = (from..self.sentence.words.len())
            .find(|&at| self.stops(self.word(at)) || self.word(at).fold == ",")
            .unwrap_or(self.sentence.words.len());
        (0..self.phrases.len())
            .skip_while(move |&at| self.phrases[at].from < from)
            .take_while(move |&at| self.phrases[at].from < end)
            .filter(|&at| self.nominative(at))
    }

    fn next_to(&self, at: usize) -> bool {
        self.phrases[at].from.saturating_sub(self.trigger.end) <= NEXT
    }

    fn nominative(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        phrase.marker.is_none() && (phrase.cases.may_be(Cases::NOM) || !phrase.cases.is_known())
    }

    fn sure_nominative(&self, at: usize) -> bool {
        let phrase = &self.phrases[at];
        phrase.marker.is_none()
            && phrase.cases.may_be(Cases::NOM)
            && !phrase.cases.may_be(Cases::ACC)
            && phrase.kind == EntityKind::Person
    }

    /// The nearest nominative before the trigger, outside clauses that have closed; who did the verb
    /// before, when *and* joins the two.
    fn subject_before_russian(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        let closed = self.closed();
        let floor = self.clause_start(&closed);
        let to = self.phrases.partition_point(|p| p.to <= self.trigger.start);
        let open: Vec<usize> = (0..to)
            .rev()
            .take_while(|&at| self.phrases[at].from >= floor)
            .filter(|&at| !closed.iter().any(|c| c.contains(&self.phrases[at].from)))
            .filter(|&at| !self.in_brackets(at) && self.nominative(at))
            .collect();
        if let Some(verb) = self.shared_verb(floor) {
            let before = open
                .iter()
                .copied()
                .filter(|&at| self.phrases[at].to <= verb);
            if let Some(subject) = before.into_iter().find(|at| fits(at)) {
                return Some(subject);
            }
        }
        open.into_iter().find(|at| fits(at))
    }

    /// The verb that shares its subject with the trigger: *X купил Y {и} продал Z*.
    fn shared_verb(&self, floor: usize) -> Option<usize> {
        let start = self.trigger.start;
        let joint = (floor..start)
            .rev()
            .find(|&at| matches!(self.word(at).fold.as_str(), "и" | "," | "а" | "затем"))?;
        let phrase_between = self
            .phrases
            .iter()
            .any(|p| p.from > joint && p.to <= start && p.marker.is_none());
        if phrase_between {
            return None;
        }
        (floor..joint).rev().find(|&at| self.is_finite(at))
    }

    /// Relative and participial clauses before the trigger that have closed: *X, {которым владеет Y},
    /// купил Z*.
    fn closed(&self) -> Vec<Range<usize>> {
        let start = self.trigger.start;
        let mut out = Vec::new();
        let mut at = 1;
        while at < start {
            let word = self.word(at);
            let comma_before = (at.saturating_sub(2)..at).any(|i| self.word(i).fold == ",");
            let relative = word.lemma == "который";
            let participle = word.pos == Pos::Participle && word.cases.is_known();
            if !comma_before || !(relative || participle) {
                at += 1;
                continue;
            }
            let verb = (at..start).find(|&i| participle || self.is_finite(i));
            let close = verb.and_then(|verb| {
                (verb + 1..start).find(|&i| matches!(self.word(i).fold.as_str(), "," | "—" | "–"))
            });
            match close {
                Some(close) => {
                    out.push(at..close);
                    at = close;
                }
                None => at += 1,
            }
        }
        out
    }

    /// Where the clause of the trigger begins: behind the last sign or word that no clause reaches across.
    fn clause_start(&self, closed: &[Range<usize>]) -> usize {
        (0..self.trigger.start)
            .rev()
            .filter(|at| !closed.iter().any(|c| c.contains(at)))
            .find(|&at| self.stops(self.word(at)))
            .map_or(0, |at| at + 1)
    }

    fn object_russian(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        if let Some(relative) = self.relative()
            && relative.marker.is_none()
            && relative.cases.may_be(Cases::ACC)
            && self.subject_russian(&|_| true) != Some(relative.antecedent)
        {
            return Some(relative.antecedent).filter(fits);
        }
        let subject = self.subject_russian(&|_| true);
        let bare = |at: &usize| self.phrases[*at].marker.is_none() && Some(*at) != subject;
        // *внес принадлежащий {Лашкевичу} танкер*: what stands behind a participle is the participle's.
        let taken = |at: &usize| {
            let before = self.phrases[*at].head_from.checked_sub(1);
            before.is_some_and(|i| i >= self.trigger.end && self.word(i).pos == Pos::Participle)
        };
        let accusative = |at: &usize| {
            let cases = self.phrases[*at].cases;
            let open = !cases.is_known() && !taken(at);
            bare(at) && (cases.may_be(Cases::ACC) || open)
        };
        let right = self.right().filter(accusative).find(fits);
        right.or_else(|| {
            let fronted = |at: &usize| {
                let cases = self.phrases[*at].cases;
                let before = subject.is_some_and(|s| s > *at);
                let open = cases.may_be(Cases::ACC) || !cases.is_known();
                bare(at) && open && (before || cases.is_known() && !cases.may_be(Cases::NOM))
            };
            self.left().filter(fronted).find(fits)
        })
    }

    /// To whom a passive is done: the subject, or what a full participle describes.
    fn patient_russian(&self, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        self.subject_russian(fits)
    }

    /// A bare phrase that can only stand in this case; *которым* in it; a name without cases right behind.
    fn in_case(&self, case: Cases, fits: &dyn Fn(&usize) -> bool) -> Option<usize> {
        if let Some(relative) = self.relative()
            && relative.marker.is_none()
            && relative.cases.may_be(case)
            && !relative.cases.may_be(Cases::NOM)
        {
            return Some(relative.antecedent).filter(fits);
        }
        let bare = |at: &usize| self.phrases[*at].marker.is_none();
        let stands = |at: &usize| bare(at) && only_in(self.phrases[*at].cases, case);
        let all = self.right().chain(self.left());
        all.filter(stands).find(fits).or_else(|| {
            let plain = |at: &usize| {
                let open = !self.phrases[*at].cases.is_known() && self.next_to_head(*at);
                self.kind == TriggerKind::Verb && bare(at) && open
            };
            self.right().take(1).filter(plain).find(fits)
        })
    }

    fn next_to_head(&self, at: usize) -> bool {
        self.phrases[at].head_from.saturating_sub(self.trigger.end) <= 1
    }

    /// The genitive of a noun: the next phrase with nothing between but words of its own.
    fn genitive_russian(&self) -> Option<usize> {
        let end = self.trigger.end;
        if let Some(word) = self.sentence.words.get(end)
            && word.lemma == "который"
            && word.cases.may_be(Cases::GEN)
        {
            return self.relative_at(end).map(|r| r.antecedent);
        }
        let at = self.right().next()?;
        let phrase = &self.phrases[at];
        let gap = &self.sentence.words[end..phrase.from];
        // *возглавляет департамент транзита {Аралнефти}*: a verb's object may own the name.
        let verb = self.kind == TriggerKind::Verb;
        let own = |w: &Word| {
            let genitive = w.cases.may_be(Cases::GEN) || verb;
            w.is_quote()
                || w.fold == "%"
                || matches!(w.pos, Pos::Number)
                || matches!(w.pos, Pos::Noun | Pos::Adjective) && genitive
        };
        let near = gap.len() <= REACH_OF_GENITIVE && gap.iter().all(own);
        // A class noun that is the trigger itself says nothing of the name's case.
        let own_noun = phrase.head_from < end;
        let genitive = phrase.cases.may_be(Cases::GEN) || !phrase.cases.is_known() || own_noun;
        (phrase.marker.is_none() && near && genitive).then_some(at)
    }
}

fn is_stop(word: &Word) -> bool {
    matches!(word.fold.as_str(), "." | ";" | ":" | "!" | "?")
}

/// What a name is called before it: *35% акций {завода} «Кедр»*, *кипрская Belmare*. Where that begins, and
/// the case of the whole if a noun shows it.
pub(super) fn head_before(
    facts: &super::Facts,
    words: &[Word],
    from: usize,
    floor: usize,
) -> (usize, Option<Cases>) {
    let mut start = from;
    // The case of the last noun to the left wins: the others are its genitives.
    let (mut noun, mut adjective): (Option<Cases>, Option<Cases>) = (None, None);
    for at in (floor..from).rev() {
        let word = &words[at];
        if word.is_quote() {
            continue;
        }
        let is_noun = facts.is_share(Lang::Ru, &word.lemma)
            || word.pos == Pos::Noun && facts.is_class(Lang::Ru, &word.lemma);
        if is_noun && (noun.is_none() || words_genitive(noun)) {
            noun = Some(word.singular.or(word.cases));
        } else if word.pos == Pos::Adjective && word.cases.is_known() {
            adjective = adjective.or(Some(word.singular.or(word.cases)));
        } else if noun.is_some() && (word.pos == Pos::Number || word.fold == "%") {
            // *35% акций* is subject and object alike.
            noun = Some(Cases::default());
        } else {
            break;
        }
        start = at;
    }
    if noun.is_none() && start < from {
        // An adjective alone tells where the name itself does not.
        let plain = words[from].cases;
        let open = !plain.is_known() || plain.may_be(Cases::NOM);
        return (start, adjective.filter(|_| open));
    }
    (start, noun)
}

/// What stands left of a noun governs it only if the noun may be its genitive.
fn words_genitive(noun: Option<Cases>) -> bool {
    noun.is_some_and(|cases| cases.may_be(Cases::GEN) || !cases.is_known())
}
