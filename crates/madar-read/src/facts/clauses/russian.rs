//! Russian clauses: a finite verb or a short passive with its nominative on either side, infinitives with
//! whoever the verb before them is about (*Орлов намерен {продать}*, *попросил Хаддада {уехать}*).

use super::super::arguments::Site;
use super::super::pack::TriggerKind;
use super::Clause;
use crate::words::{Cases, Pos, Word};

/// Words between a verb and the infinitive that it leads to: *намерен в мае {продать}*.
const REACH_OF_INFINITIVE: usize = 4;
const WHERE: [&str; 8] = ["в", "во", "на", "под", "около", "у", "близ", "возле"];

/// Words between a verb and the noun behind it that is its subject.
const NEXT: usize = 3;

impl Site<'_> {
    pub(super) fn russian_clauses(&self) -> Vec<Clause> {
        let verbs: Vec<usize> = (0..self.sentence.words.len())
            .filter(|&at| is_verb(self.word(at)) && !self.in_phrase(at))
            .collect();
        let mut out = Vec::new();
        for (i, &at) in verbs.iter().enumerate() {
            let next = verbs.get(i + 1).copied();
            if next.is_some_and(|next| is_infinitive(self.word(next)) && self.is_near(at, next)) {
                continue;
            }
            let before = i.checked_sub(1).map(|i| verbs[i]);
            out.push(self.russian_clause(at, before, next));
        }
        out
    }

    /// Nothing but words of the same clause, and no name, stands between a verb and its infinitive.
    fn is_near(&self, verb: usize, infinitive: usize) -> bool {
        let gap = verb + 1..infinitive;
        gap.len() <= REACH_OF_INFINITIVE
            && gap
                .clone()
                .all(|at| self.word(at).fold != "," && !self.stops(self.word(at)))
            && !self.phrases.iter().any(|p| gap.contains(&p.from))
    }

    fn russian_clause(&self, at: usize, before: Option<usize>, next: Option<usize>) -> Clause {
        let infinitive = is_infinitive(self.word(at));
        let site = Site {
            trigger: at..at + 1,
            kind: TriggerKind::Verb,
            ..*self
        };
        let (subject, about) = match before.filter(|_| infinitive) {
            Some(verb) => self.subject_of_infinitive(verb, at),
            None => site.subject_and_about(),
        };
        let end = next.unwrap_or(self.sentence.words.len());
        let own = |p: &usize| !subject.contains(p) && !about.contains(p);
        let behind = site.right().filter(own);
        let behind = behind.take_while(|&p| self.phrases[p].to <= end);
        let (mut others, mut place) = self.taken(at + 1, behind, &WHERE);
        let (left, left_place) =
            self.taken(0, site.before_in_clause().into_iter().filter(own), &WHERE);
        others.extend(left);
        place = place.or(left_place);
        Clause {
            at,
            passive: self.word(at).passive,
            limits: before.map_or(0, |verb| verb + 1)..end,
            aim: infinitive,
            subject,
            about,
            others,
            place,
        }
    }

    /// *попросил {Хаддада} уехать*: whom the verb before asks; else who that verb is about.
    fn subject_of_infinitive(&self, verb: usize, at: usize) -> (Vec<usize>, Vec<usize>) {
        let asked = self.phrases.iter().position(|p| {
            let case = p.cases.may_be(Cases::DAT) || p.cases.may_be(Cases::ACC);
            p.from > verb && p.to <= at && p.marker.is_none() && case && !p.cases.may_be(Cases::NOM)
        });
        if let Some(asked) = asked {
            return (vec![asked], Vec::new());
        }
        let site = Site {
            trigger: verb..verb + 1,
            kind: TriggerKind::Verb,
            ..*self
        };
        site.subject_and_about()
    }

    fn subject_and_about(&self) -> (Vec<usize>, Vec<usize>) {
        let Some(found) = self.subject_russian(&|_| true) else {
            return (Vec::new(), self.genitives_of_subject());
        };
        let phrase = &self.phrases[found];
        let start = self.trigger.start;
        let (from, to) = if phrase.to <= start {
            (phrase.to, start)
        } else {
            (self.trigger.end, phrase.head_from)
        };
        let free = |at: &usize| !self.in_phrase(*at);
        // Another noun in the nominative is who does it.
        let other = (from..to.max(from))
            .filter(free)
            .any(|at| self.is_bare_subject(at));
        let joined = start.checked_sub(1).is_some_and(|i| {
            let negated = usize::from(self.word(i).fold == "не");
            let joint = i.checked_sub(negated).map(|i| self.word(i).fold.as_str());
            joint.is_some_and(|w| matches!(w, "и" | "а" | "но" | "затем" | "или"))
        });
        let verb = (from..to.max(from))
            .filter(free)
            .any(|at| is_finite(self.word(at)));
        // *Орлова сообщила, что ее клиенту принадлежит {доля}*: the clause has a subject of its own
        let end = self.sentence.words.len().min(self.trigger.end + NEXT);
        let own = (self.trigger.end..end)
            .take_while(|&at| self.word(at).pos != Pos::Punct)
            .any(|at| !self.in_phrase(at) && self.is_bare_subject(at));
        if own && self.speaker() == Some(found) {
            return Default::default();
        }
        // *{X} заявил, что не признает итоги*: who says so
        let closed = self.relative_or_closed(from, to) || self.speaker() == Some(found);
        if other && !closed {
            return (Vec::new(), self.genitives_of_subject());
        }
        if verb && !joined && !closed {
            return Default::default();
        }
        (self.list_around(found), Vec::new())
    }

    /// A relative or participial clause stands between the subject and its verb.
    fn relative_or_closed(&self, from: usize, to: usize) -> bool {
        let words = &self.sentence.words[from..to.max(from)];
        words.first().is_some_and(|w| w.fold == ",")
            && (words.last().is_some_and(|w| w.fold == ",")
                || words.iter().any(|w| w.lemma == "который"))
    }

    /// A common noun that can only be the subject: nominative and no accusative, or right before the verb.
    fn is_bare_subject(&self, at: usize) -> bool {
        let word = self.word(at);
        word.pos == Pos::Noun
            && word.cases.may_be(Cases::NOM)
            && (!word.cases.may_be(Cases::ACC) || at < self.trigger.start)
            && !self
                .surface
                .times
                .iter()
                .any(|t| t.span.overlaps(word.span))
    }

    /// *экономика {Ирана} может*: names in the genitive of a noun before the verb.
    fn genitives_of_subject(&self) -> Vec<usize> {
        let near = |at: &usize| {
            let phrase = &self.phrases[*at];
            phrase.marker.is_none()
                && (phrase.cases.may_be(Cases::GEN) || !phrase.cases.is_known())
                && phrase.from > 0
                && self.word(phrase.head_from.saturating_sub(1)).pos == Pos::Noun
        };
        self.before_in_clause().into_iter().filter(near).collect()
    }

    fn list_around(&self, at: usize) -> Vec<usize> {
        let mut last = at;
        while self
            .phrases
            .get(last + 1)
            .is_some_and(|p| p.joined && p.to <= self.trigger.start)
        {
            last += 1;
        }
        self.list_up_to(last)
    }

    /// Phrases between the last comma or break and the verb.
    fn before_in_clause(&self) -> Vec<usize> {
        let start = self.trigger.start;
        let ends = |at: &usize| {
            let word = self.word(*at);
            !self.in_phrase(*at)
                && (matches!(word.fold.as_str(), "," | "—" | "–" | "(" | ")")
                    || self.stops(word)
                    || is_finite(word))
        };
        let from = (0..start).rev().find(ends).map_or(0, |at| at + 1);
        let first = self.phrases.partition_point(|p| p.from < from);
        (first..self.phrases.len())
            .take_while(|&at| self.phrases[at].to <= start)
            .collect()
    }
}

/// A finite verb, a short passive participle, an infinitive; no gerund (*заявляя*, *купив*).
fn is_verb(word: &Word) -> bool {
    is_finite(word) || is_infinitive(word)
}

fn is_finite(word: &Word) -> bool {
    let fold = word.fold.as_str();
    let gerund = fold.ends_with('в')
        || fold.ends_with("вши")
        || fold.ends_with("вшись")
        || fold.ends_with("ясь")
        || fold.ends_with('я') && !fold.ends_with("ся");
    let short = word.pos == Pos::Participle && word.passive && !word.cases.is_known();
    word.pos == Pos::Verb && word.tense.is_some() && !gerund || short
}

fn is_infinitive(word: &Word) -> bool {
    let fold = word.fold.as_str();
    let ends = ["ть", "ти", "чь", "ться", "тись", "чься"];
    word.pos == Pos::Verb && word.tense.is_none() && ends.iter().any(|end| fold.ends_with(end))
}
