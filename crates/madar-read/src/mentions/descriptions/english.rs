//! English descriptions: *the Russian president*, *Putin's envoy*, *chief executive of Rosneft*, *Secretary of State*.

use madar_text::{Lang, TokenKind};

use super::{Finder, LONGEST_TAIL, Sort};
use crate::reading::EntityKind;
use crate::words::Pos;

impl Finder<'_> {
    /// *the Russian president*, *Putin's envoy*, *chief executive of Rosneft*, *Secretary of State*.
    pub(super) fn english(&self, at: usize, head_end: usize, sort: Sort) -> Option<(usize, usize)> {
        let before = &self.kit.nouns.pack(Lang::En).before;
        let mut from = at;
        let mut related = false;
        while let Some(word) = from.checked_sub(1).and_then(|i| self.word(i)) {
            let country = self.country_at(from - 1);
            let name_ends = self.names.iter().position(|(_, to)| *to == from);
            if let Some((_, words)) = country {
                related = true;
                from = words.start;
            } else if before.contains(&word.fold) {
                from -= 1;
            } else if sort == Sort::Post && name_ends.is_none() && self.body_at(from - 1).is_some()
            {
                // *company chief executive*, *foreign ministry spokeswoman*
                related = true;
                from -= 1;
            } else if let Some(name) = name_ends.filter(|n| !self.is_person(*n)) {
                // *Rosneft chief executive*, *White House spokeswoman*
                from = self.names[name].0;
                related = true;
            } else {
                break;
            }
        }
        from = self.plain_before(from, sort);
        from = self.age_before(from);
        // *Putin's envoy*, *the company's founder*: the owner is inside.
        if let Some(mark) = from.checked_sub(1)
            && matches!(self.sentence.words[mark].fold.as_str(), "'s" | "'")
        {
            let owner = self.names.iter().find(|(_, to)| *to == mark);
            from = owner.map_or_else(|| self.noun_phrase_before(mark), |(start, _)| *start);
            related = true;
        }
        let mut to = head_end;
        // *sold {the refinery} to X*: things have nothing behind *to*
        let leads = |word: &str| match sort {
            Sort::Class(_) => matches!(word, "of" | "for" | "at"),
            _ => matches!(word, "of" | "for" | "to" | "at"),
        };
        while to < head_end + LONGEST_TAIL && self.word(to).is_some_and(|w| leads(&w.fold)) {
            let mut next = to + 1;
            while self
                .word(next)
                .is_some_and(|w| ["the", "a", "an"].contains(&w.fold.as_str()))
            {
                next += 1;
            }
            let Some(end) = self.tail_english(next) else {
                break;
            };
            related = true;
            // *a nephew of the bank's owner*: the name belongs to the next description.
            if self.goes_on(end) {
                break;
            }
            to = end;
        }
        let determiner = from
            .checked_sub(1)
            .map(|i| self.sentence.words[i].fold.as_str());
        let owned =
            determiner.is_some_and(|d| ["his", "her", "its", "their", "whose"].contains(&d));
        let definite = determiner == Some("the") || owned;
        related |= owned;
        let named = self.person_follows(to) || self.person_before(from);
        let indefinite = matches!(determiner, Some("a" | "an"));
        let predicate = self.tells_of_another(from, related);
        let keep = match sort {
            Sort::Post => named || predicate || definite && (related || self.is_plain_title(at)),
            Sort::Tie => related,
            // *the port company*: the noun behind it is the head.
            Sort::Class(_) => definite && !self.name_follows(to) && !self.noun_follows(to),
        };
        (keep && (named || predicate || !indefinite)).then_some((from, to))
    }

    /// Whether a post is told of somebody by a verb: *is {a member of the board}*, *was named {chairman}*, *appointed Karim
    /// Haddad {(as) foreign minister}*, *serves as {envoy}*.
    fn tells_of_another(&self, from: usize, related: bool) -> bool {
        let word = |at: Option<usize>| at.and_then(|at| self.word(at));
        let is = |at: Option<usize>, list: &[&str]| {
            word(at).is_some_and(|w| list.contains(&w.fold.as_str()))
        };
        let mut at = from.checked_sub(1);
        let back = |at: Option<usize>| at.and_then(|at| at.checked_sub(1));
        if is(at, &["a", "an"]) {
            at = back(at);
        }
        let role = is(at, &["as"]);
        if role {
            at = back(at);
        }
        let facts = &self.kit.facts;
        let object = at.and_then(|at| self.names.iter().position(|(_, to)| *to == at + 1));
        if let Some(object) = object.filter(|&name| self.is_person(name)) {
            let verb = word(self.names[object].0.checked_sub(1));
            return verb.is_some_and(|w| facts.names_to_post(Lang::En, w));
        }
        word(at).is_some_and(|w| {
            facts.names_to_post(Lang::En, w) || (related || role) && facts.is_copula(Lang::En, w)
        })
    }

    /// *the {34-year-old} daughter-in-law*: how old somebody is stands within the description.
    fn age_before(&self, from: usize) -> usize {
        let fold = |back: usize| Some(self.word(from.checked_sub(back)?)?.fold.as_str());
        let old = |back: usize| fold(back) == Some("old") || fold(back) == Some("-");
        // the last word may be in hand already
        let own = usize::from(self.word(from).is_some_and(|w| w.fold == "old"));
        let back = 4 - own;
        let year = (1..=back).find(|&i| matches!(fold(i), Some("year" | "years")));
        match year {
            Some(at) if (1..at).all(old) && fold(at + 1) == Some("-") => {
                let number = from.checked_sub(at + 2);
                let digits = number.and_then(|i| self.word(i));
                digits
                    .filter(|w| w.fold.bytes().all(|b| b.is_ascii_digit()))
                    .map_or(from, |_| from - (at + 2))
            }
            _ => from,
        }
    }

    /// Words between an article and a noun, however plain (*a {college} friend*); before the noun of a
    /// thing also its name (*the {Priolo} refinery*).
    fn plain_before(&self, from: usize, sort: Sort) -> usize {
        const LONGEST: usize = 3;
        let thing = sort == Sort::Class(EntityKind::Asset);
        let mut at = from;
        while at > 0 && from - at < LONGEST && self.name_at(at - 1).is_none() {
            let word = &self.sentence.words[at - 1];
            if ["a", "an", "the"].contains(&word.fold.as_str()) {
                return at;
            }
            let plain = word.kind == TokenKind::Word
                && word.pos == Pos::Other
                && word.capital == thing
                && !matches!(word.fold.as_str(), "'s" | "'" | "’s" | "’")
                && !self.kit.facts.is_preposition(Lang::En, &word.fold)
                && !self.kit.facts.breaks(Lang::En, &word.fold)
                && word.fold != "and";
            if !plain {
                break;
            }
            at -= 1;
        }
        from
    }

    /// Titles that need nothing else to point at one person in a story.
    fn is_plain_title(&self, at: usize) -> bool {
        !matches!(
            self.sentence.words[at].fold.as_str(),
            "member"
                | "head"
                | "leader"
                | "partner"
                | "lawyer"
                | "friend"
                | "manager"
                | "analyst"
                | "official"
                | "officer"
                | "executive"
                | "employee"
                | "diplomat"
                | "politician"
                | "deputy"
                | "consultant"
                | "reporter"
                | "host"
                | "author"
                | "owner"
                | "fellow"
        )
    }

    /// Whether the name that ends here only opens another description: *the bank{'s owner}*, *Alaska
    /// {governor}*.
    fn goes_on(&self, at: usize) -> bool {
        let mark = self
            .word(at)
            .is_some_and(|w| matches!(w.fold.as_str(), "'s" | "'" | "’s"));
        let mut behind = (at + 1..at + 4).take_while(|&i| self.name_at(i).is_none());
        self.noun_follows(at) || mark && behind.any(|i| self.noun_follows(i))
    }

    fn noun_follows(&self, at: usize) -> bool {
        let nouns = &self.kit.nouns.pack(Lang::En).nouns;
        self.word(at).is_some_and(|w| nouns.contains_key(&w.lemma))
    }

    fn name_follows(&self, at: usize) -> bool {
        self.name_from(at).is_some()
    }

    /// The start of the noun phrase that ends before a possessive mark: *{the company}'s founder*.
    fn noun_phrase_before(&self, mark: usize) -> usize {
        let mut from = mark.saturating_sub(1);
        while from > 0 && from + 4 > mark {
            let word = &self.sentence.words[from - 1];
            let stop = word.kind == TokenKind::Punct
                || self.kit.facts.is_preposition(Lang::En, &word.fold)
                || ["the", "a", "an", "and", "said", "says"].contains(&word.fold.as_str());
            if stop {
                break;
            }
            from -= 1;
        }
        from
    }

    /// What *of* leads to: a name, or capitals and plain nouns up to one.
    fn tail_english(&self, at: usize) -> Option<usize> {
        let mut end = at;
        if let Some((name_end, _)) = self.name_from(at) {
            // *the Tripoli-based Sidra Bank* is no Tripoli.
            let based = self.lemma_is(name_end, "-")
                && ["based", "listed", "backed", "owned"]
                    .iter()
                    .any(|w| self.lemma_is(name_end + 1, w));
            if !based {
                return Some(name_end);
            }
            end = name_end + 2;
            return self.name_from(end).map(|(end, _)| end).or(Some(end));
        }
        while end < at + 4 && self.name_at(end).is_none() {
            let word = self.word(end)?;
            let stop = word.kind != TokenKind::Word && word.fold != "-"
                || self.kit.facts.is_preposition(Lang::En, &word.fold)
                || self.kit.facts.breaks(Lang::En, &word.fold)
                || matches!(word.pos, Pos::Verb)
                || word.fold == "and";
            if stop {
                break;
            }
            end += 1;
        }
        if let Some((name_end, _)) = self.name_from(end) {
            return Some(name_end);
        }
        (end > at).then_some(end)
    }
}
