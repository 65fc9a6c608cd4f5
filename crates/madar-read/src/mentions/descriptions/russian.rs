//! Russian descriptions: глава «Роснефти», посол Японии в России, официальный представитель МИД,
//! зять Орлова. The noun, the adjectives that agree with it, its genitives; phrases with a preposition
//! belong to it only where a name stands beside the whole.

use madar_text::{Lang, TokenKind};

use super::{Finder, LONGEST_TAIL, Noun, Sort};
use crate::reading::EntityKind;
use crate::words::{Cases, Pos, Word};

/// Prepositions that go on with a description, and the case that they ask for.
const PREPOSITIONS: [(&str, Cases); 7] = [
    ("по", Cases::DAT),
    ("в", Cases::LOC),
    ("во", Cases::LOC),
    ("на", Cases::LOC),
    ("при", Cases::LOC),
    ("от", Cases::GEN),
    ("из", Cases::GEN),
];

/// How far a description reaches to the right, and whether it names what it belongs to.
#[derive(Clone, Copy)]
struct Tail {
    to: usize,
    related: bool,
}

impl Finder<'_> {
    pub(super) fn russian(
        &self,
        at: usize,
        head_end: usize,
        noun: &Noun,
    ) -> Option<(usize, usize)> {
        let head = self.declined(at, head_end);
        let (from, country) = self.adjectives(at, head);
        let plain = self.genitives(
            Tail {
                to: head_end,
                related: country,
            },
            head,
            noun,
        );
        let tail = self.prepositions(plain, from, head, noun);
        let named = self.person_beside(from, tail.to);
        let keep = match noun.sort {
            Sort::Post => tail.related || named,
            Sort::Tie => tail.related,
            Sort::Class(_) => false,
        };
        keep.then_some((from, tail.to))
    }

    /// The word of a noun that is declined: премьер-{министра}.
    fn declined(&self, at: usize, head_end: usize) -> usize {
        let hyphen = self.word(at + 1).is_some_and(|w| w.fold == "-");
        match hyphen && at + 2 < head_end {
            true => at + 2,
            false => at,
        }
    }

    /// Where the adjectives of the noun at a word begin, and whether one of them says whose or of which country.
    fn adjectives(&self, at: usize, declined: usize) -> (usize, bool) {
        let before = &self.kit.nouns.pack(Lang::Ru).before;
        let head = &self.sentence.words[declined];
        let (mut from, mut country) = (at, false);
        while let Some(word) = from.checked_sub(1).and_then(|i| self.word(i)) {
            let state = self.kit.gazetteer.adjective(word, Lang::Ru).is_some();
            let agrees = word.pos == Pos::Adjective
                && word.cases.is_known()
                && (word.cases.0 & head.cases.0 != 0 || !head.cases.is_known());
            let whose = matches!(word.fold.as_str(), "его" | "ее" | "их") || word.lemma == "свой";
            let own = before.contains(&word.lemma) || state || agrees || whose;
            // *X, чья жена Y*: whose she is stands before.
            if word.lemma == "чей" {
                country = true;
                break;
            }
            if self.name_at(from - 1).is_some() || !own {
                break;
            }
            // *его зять* says as much as *зять Орлова*.
            country |= state || whose;
            from -= 1;
        }
        // *экс-глава*: three tokens.
        if from >= 2
            && self.sentence.words[from - 1].fold == "-"
            && before.contains(&self.sentence.words[from - 2].fold)
        {
            from -= 2;
        }
        (from, country)
    }

    /// Genitives and the names among them: президента {компании «Кедр»}.
    fn genitives(&self, start: Tail, head: usize, noun: &Noun) -> Tail {
        let mut tail = start;
        while tail.to < start.to + LONGEST_TAIL {
            let Some(word) = self.word(tail.to) else {
                break;
            };
            let quoted = word.is_quote();
            let at = tail.to + usize::from(quoted);
            if let Some((end, name)) = self.name_from(at) {
                if name.kind == EntityKind::Person {
                    if !tail.related && self.belongs_to(head, at, end, noun) {
                        tail = Tail {
                            to: end,
                            related: true,
                        };
                    }
                    break;
                }
                if !quoted && !self.may_stand_in(at, end, Cases::GEN) {
                    break;
                }
                let closed = quoted && self.word(end).is_some_and(Word::is_quote);
                tail = Tail {
                    to: end + usize::from(closed),
                    related: true,
                };
                continue;
            }
            let more = self.joins_genitive(tail.to);
            if quoted || !(self.is_genitive(tail.to) || more) {
                break;
            }
            tail.to += 1;
            tail.related |= !more;
        }
        tail
    }

    /// A noun or an adjective that may be the genitive of the one before it.
    fn is_genitive(&self, at: usize) -> bool {
        self.word(at).is_some_and(|w| {
            matches!(w.pos, Pos::Noun | Pos::Adjective)
                && w.cases.may_be(Cases::GEN)
                && w.lemma != "который"
                && (!self.kit.nouns.is_post(Lang::Ru, w) || !w.cases.may_be(Cases::NOM))
        })
    }

    /// *And* between two genitives: министр энергетики {и} транспорта.
    fn joins_genitive(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        self.word(at).is_some_and(|w| w.fold == "и")
            && self.is_genitive(at - 1)
            && self.name_at(at - 1).is_none()
            && next.is_some_and(|w| {
                self.is_genitive(at + 1)
                    && !w.cases.may_be(Cases::NOM)
                    && !self.kit.nouns.is_post(Lang::Ru, w)
                    && !w.capital
            })
    }

    /// Whether the person behind a noun is whose kin, aide or lawyer is told (*помощник Орлова*), not who
    /// holds the post (*президента Орлова*, where the cases agree).
    fn belongs_to(&self, head: usize, from: usize, to: usize, noun: &Noun) -> bool {
        let words = &self.sentence.words;
        if !self.may_stand_in(from, to, Cases::GEN) {
            return false;
        }
        let own = words[head].cases;
        let theirs = self.shared_cases(from, to);
        let agree = own.0 & theirs.0 != 0 || !own.is_known() || !theirs.is_known();
        let relational = self.kit.facts.relation(Lang::Ru, &noun.shown).is_some();
        let same_genitive = own.may_be(Cases::GEN) && theirs.may_be(Cases::GEN);
        !agree || relational && same_genitive && !theirs.may_be(Cases::NOM)
    }

    fn shared_cases(&self, from: usize, to: usize) -> Cases {
        let known = self.sentence.words[from..to].iter();
        let known = known.map(|w| w.cases).filter(|c| c.is_known());
        known.reduce(|a, b| Cases(a.0 & b.0)).unwrap_or_default()
    }

    /// Whether a name may stand in a case: names that do not decline may.
    fn may_stand_in(&self, from: usize, to: usize, case: Cases) -> bool {
        self.sentence.words[from..to]
            .iter()
            .take(1)
            .all(|w| w.cases.may_be(case) || !w.cases.is_known() || !w.spaced || w.all_capitals)
    }

    /// Phrases with a preposition behind the genitives, where a person stands beside the whole: посол
    /// Японии {в России} Масахару Коно.
    fn prepositions(&self, plain: Tail, from: usize, head: usize, noun: &Noun) -> Tail {
        if self.person_beside(from, plain.to) && self.person_after(plain.to) {
            return plain;
        }
        let mut tail = plain;
        while tail.to < plain.to + LONGEST_TAIL {
            let Some(word) = self.word(tail.to) else {
                break;
            };
            let Some((_, case)) = PREPOSITIONS.iter().find(|(p, _)| *p == word.fold) else {
                break;
            };
            let Some(next) = self.phrase_in(tail.to + 1, *case, head, noun) else {
                break;
            };
            tail = next;
            if self.person_after(tail.to) {
                return tail;
            }
        }
        let before = self.person_before_russian(from);
        if before && tail.to > plain.to {
            tail
        } else {
            plain
        }
    }

    /// A noun phrase in one case: its adjectives, its noun or name, their genitives.
    fn phrase_in(&self, at: usize, case: Cases, head: usize, noun: &Noun) -> Option<Tail> {
        let mut to = at;
        loop {
            let quoted = self.word(to).is_some_and(Word::is_quote);
            if let Some((end, name)) = self.name_from(to + usize::from(quoted)) {
                let closed = quoted && self.word(end).is_some_and(Word::is_quote);
                let fits = name.kind != EntityKind::Person && self.may_stand_in(to, end, case);
                let tail = Tail {
                    to: end + usize::from(closed),
                    related: true,
                };
                return (fits || quoted).then(|| self.genitives(tail, head, noun));
            }
            let word = self.word(to)?;
            let fits = word.cases.may_be(case) && !quoted;
            match word.pos {
                Pos::Adjective | Pos::Number if fits => to += 1,
                Pos::Noun | Pos::Name if fits => {
                    let tail = Tail {
                        to: to + 1,
                        related: true,
                    };
                    return Some(self.genitives(tail, head, noun));
                }
                _ => return None,
            }
        }
    }

    fn person_beside(&self, from: usize, to: usize) -> bool {
        self.person_after(to) || self.person_before_russian(from)
    }

    /// A person's name right behind, with a comma or a dash at most between.
    fn person_after(&self, to: usize) -> bool {
        let sign = self.word(to).is_some_and(is_apposing);
        self.name_from(to + usize::from(sign))
            .is_some_and(|(_, m)| m.kind == EntityKind::Person)
    }

    /// *X, глава Y*; *X — глава Y*.
    fn person_before_russian(&self, from: usize) -> bool {
        let Some(sign) = from.checked_sub(1) else {
            return false;
        };
        is_apposing(&self.sentence.words[sign])
            && self
                .names
                .iter()
                .enumerate()
                .any(|(i, (_, to))| *to == sign && self.is_person(i))
    }
}

/// A sign that sets an apposition off.
fn is_apposing(word: &Word) -> bool {
    word.kind == TokenKind::Punct && matches!(word.fold.as_str(), "," | "—" | "–" | "-")
}
