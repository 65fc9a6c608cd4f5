//! Whose an Arabic verb is: the noun that its relative pronoun stands for, the noun right before it, or the
//! first one behind it; and which verbs go on with the subject of the verb before.

use madar_text::{Clitics, Lang, TokenKind};

use super::insertions::Builder;
use super::{Layout, Sort, begins, has_object_pronoun, is_antecedent_word, is_comma, is_copula};
use crate::facts::pack::Aspect;
use crate::facts::phrases::Phrase;
use crate::reading::EntityKind;

/// Words that are no part of a name between a verb and the subject or the object behind it.
const REACH_OF_SUBJECT: usize = 11;

impl Builder<'_> {
    /// The subject that a verb has of its own: the noun that its relative or its *he* stands for, the
    /// noun right before it, or the first one behind it.
    pub(super) fn subject(&self, layout: &Layout, at: usize) -> Option<usize> {
        let joined =
            self.word(at).clitics.has(Clitics::AND) || self.word(at).clitics.has(Clitics::SO);
        let first = self.first_auxiliary(at);
        if let Some(insertion) = layout.insertion(at)
            && insertion.sort == Sort::About
            && insertion.words.start + 1 >= first
            && self.word(insertion.words.start).fold != "("
            && !self.has_object(at)
            && is_antecedent_word(self.word(insertion.words.start))
        {
            return self.his_own(at).or(insertion.antecedent);
        }
        if !joined && let Some(before) = self.before(layout, at, first) {
            return Some(before);
        }
        self.after(layout, at)
    }

    /// هرينكو، الذي يملك {شقيقه} محطات وقود: somebody of the antecedent's right behind the verb, not the antecedent.
    fn his_own(&self, at: usize) -> Option<usize> {
        let own = self.phrase_at(at + 1)?;
        let (phrase, word) = (&self.phrases[own], self.word(at + 1));
        let his = word.kind == TokenKind::Word
            && crate::arabic::has_pronoun(word.span.of(&self.surface.document.text));
        let tied = crate::arabic::without_pronoun(&word.fold);
        let tied = tied
            .iter()
            .any(|w| self.surface.kit.facts.relation(Lang::Ar, w).is_some());
        (phrase.kind == EntityKind::Person && phrase.from == at + 1 && his && tied).then_some(own)
    }

    /// Back over قد، كان، لم، لا before a verb.
    pub(super) fn first_auxiliary(&self, at: usize) -> usize {
        let aux = [
            "قد",
            "كان",
            "كانت",
            "كانا",
            "كانوا",
            "لم",
            "لن",
            "لا",
            "سوف",
            "ما",
            "ايضا",
            "يكون",
            "تكون",
            "يكونا",
            "يكونوا",
        ];
        let mut first = at;
        while first > 0 && aux.contains(&self.word(first - 1).fold.as_str()) {
            first -= 1;
        }
        first
    }

    /// ويتكوف زار موسكو؛ إن ويتكوف، وهو مستثمر، زار موسكو: the noun right before the verb.
    pub(super) fn before(&self, layout: &Layout, at: usize, first: usize) -> Option<usize> {
        let level = layout.level[at];
        let mut end = first;
        // Back over an insertion that ends here, and signs.
        while end > 0 {
            let word = self.word(end - 1);
            if layout.level[end - 1] != level {
                end = layout.insertion(end - 1).map_or(end - 1, |i| i.words.start);
                continue;
            }
            let closes = end < first || end >= 2 && layout.level[end - 2] != level;
            if word.is_quote() || is_comma(word) && closes {
                end -= 1;
            } else {
                break;
            }
        }
        let phrase = self.phrases.iter().rposition(|p| p.to <= end)?;
        let found = &self.phrases[phrase];
        let gap = &self.sentence.words[found.to..end];
        let near = gap.len() <= 2 && gap.iter().all(|w| w.clitics.has(Clitics::ARTICLE));
        let bare = found.marker.is_none() && layout.level[found.from] == level;
        // A verb before it has it for its object or its own subject, unless that verb only leads on.
        let taken = layout.subjects.iter().any(|(verb, s)| {
            *s == phrase
                && *verb < found.from
                && layout.level[*verb] == level
                && !self.is_light(*verb)
        });
        let object = self.phrases[..phrase].iter().enumerate().any(|(i, _)| {
            layout
                .subjects
                .iter()
                .any(|(verb, s)| *s == i && *verb < found.from && !self.is_light(*verb))
        }) && !self.leads(found.from);
        (near && bare && !taken && !object).then_some(phrase)
    }

    /// The noun with which the sentence begins, for a later verb: {وحمد الشويهدي}، عضو المجلس، متزوج، ويملك.
    pub(super) fn first_noun(&self, layout: &Layout, at: usize) -> Option<usize> {
        let level = layout.level[at];
        let end = self.sentence.words.len();
        self.phrases.iter().enumerate().find_map(|(i, p)| {
            let opens = p.from <= 2 || self.leads(p.from);
            let here = p.from < end && p.to <= at && layout.level[p.from] == level;
            (opens && here && p.marker.is_none()).then_some(i)
        })
    }

    /// إن، أن، كان، لكن right before a noun: a clause begins with it.
    pub(super) fn leads(&self, from: usize) -> bool {
        let leads = [
            "ان",
            "كان",
            "كانت",
            "لكن",
            "بينما",
            "فيما",
            "حيث",
            "بان",
            "لان",
            "كانا",
        ];
        from > 0 && leads.contains(&self.word(from - 1).fold.as_str())
    }

    pub(super) fn is_light(&self, verb: usize) -> bool {
        is_copula(self.word(verb))
    }

    /// The first bare noun behind the verb; what a title holds (المبعوث السويدي إلى السودان {ليندكفيست}) and one
    /// adverbial before it (التقى في جنيف {أورلوف}) are passed over.
    pub(super) fn after(&self, layout: &Layout, at: usize) -> Option<usize> {
        let level = layout.level[at];
        let from = self.phrases.partition_point(|p| p.from <= at);
        if let Some(example) = self.example_behind(layout, at) {
            return Some(example);
        }
        let mut passed = 0;
        for next in from..self.phrases.len() {
            let phrase = &self.phrases[next];
            if layout.level.get(phrase.from) != Some(&level) {
                continue;
            }
            if phrase.marker.is_none() {
                let start = self.phrases[next.saturating_sub(1)].to.max(at + 1);
                let start = if passed > 0 { start } else { at + 1 };
                return self.clear(layout, start, phrase.from).then_some(next);
            }
            let in_title = self.is_title_before(at + 1, phrase.outer_from);
            let place =
                phrase.outer_from <= at + 2 && self.clear(layout, at + 1, phrase.outer_from);
            if passed > 0 || phrase.joined || !in_title && !place {
                return None;
            }
            passed += 1;
            // A name right behind a name: no other word may part them.
            let follows = self.phrases.get(next + 1).is_some_and(|p| {
                let gap = &self.sentence.words[phrase.to..p.from.max(phrase.to)];
                p.marker.is_none() && gap.iter().all(|w| w.is_quote() || is_comma(w))
            });
            if !follows {
                return None;
            }
        }
        None
    }

    /// عرض رجال أعمال مرتبطون بالكرملين مثل {تيمتشينكو} وكوفالتشوك: who is named as one of an unnamed subject.
    fn example_behind(&self, layout: &Layout, at: usize) -> Option<usize> {
        let such = ["مثل", "امثال", "بينهم", "منهم", "بينهما", "ابرزهم"];
        let next = layout.verbs.iter().copied().find(|&v| v > at);
        let end = next.unwrap_or(self.sentence.words.len());
        let word = (at + 2..end.min(at + REACH_OF_SUBJECT + 1))
            .find(|&i| such.contains(&self.word(i).fold.as_str()))?;
        let phrase = self.phrases.iter().position(|p| p.from > word)?;
        let found = &self.phrases[phrase];
        let bare = |p: &Phrase| p.from > at && p.to <= word && p.marker.is_none();
        let near = found.from - word <= 2 && found.from < self.sentence.words.len();
        let people = self.word(at + 1).clitics.preposition().is_none();
        (near && people && found.kind.is_actor() && !self.phrases.iter().any(bare))
            .then_some(phrase)
    }

    /// Whether nothing between two words begins another clause or names another subject.
    pub(super) fn clear(&self, layout: &Layout, from: usize, to: usize) -> bool {
        let level = layout.level[from - 1];
        let mut plain = 0;
        for at in from..to {
            if layout.level[at] != level {
                continue;
            }
            let word = self.word(at);
            if word.is_quote() || is_comma(word) && layout.level.get(at + 1) != Some(&level) {
                continue;
            }
            if is_comma(word) && layout.level[at - 1] != level {
                continue;
            }
            let kit = self.surface.kit;
            let timed = self
                .surface
                .times
                .iter()
                .any(|t| t.span.contains(word.host));
            if timed || is_comma(word) && self.is_title_before(from, at) {
                continue;
            }
            let breaks = kit.facts.breaks(Lang::Ar, &word.fold) || word.kind == TokenKind::Punct;
            let joined = word.clitics.has(Clitics::AND);
            let preposition = kit.facts.is_preposition(Lang::Ar, &word.fold)
                || word.clitics.preposition().is_some();
            if breaks
                || joined
                || self.is_verb(at)
                || preposition && !self.is_title_before(from, at)
            {
                return false;
            }
            let title = kit.nouns.is_noun(Lang::Ar, word)
                || kit.classes.of(Lang::Ar, word).is_some()
                || word.clitics.has(Clitics::ARTICLE)
                || kit.gazetteer.adjective(word, Lang::Ar).is_some();
            // شملت {العقوبات} شركة: a definite noun that is no title is the subject.
            let own = word.clitics.has(Clitics::ARTICLE)
                && at == from
                && !kit.nouns.is_noun(Lang::Ar, word)
                && kit.classes.of(Lang::Ar, word).is_none()
                && !timed;
            if own {
                return false;
            }
            plain += usize::from(!title && !preposition);
            // An indefinite plural is a subject of its own: مسؤولون، خبراء.
            let plural = !title && (word.fold.ends_with("ون") || word.fold.ends_with("ين"));
            if plural {
                return false;
            }
        }
        plain <= 1 && to.saturating_sub(from) <= REACH_OF_SUBJECT
    }

    /// Whether a title stands between `from` and `at`: المستثمر المقيم في ميامي، ستيفن لينش.
    pub(super) fn is_title_before(&self, from: usize, at: usize) -> bool {
        (from..at).any(|i| {
            self.surface.kit.nouns.is_noun(Lang::Ar, self.word(i)) && self.phrase_at(i).is_none()
        })
    }

    /// Whether the verb may speak of `phrase`: people are rarely feminine in print, bodies always.
    pub(super) fn agrees(&self, at: usize, phrase: usize) -> bool {
        let word = self.word(at);
        let imperfect = self.surface.kit.facts.arabic_verb(&word.fold) == Some(Aspect::Imperfect);
        let feminine = if imperfect {
            word.fold.starts_with('ت')
        } else {
            word.fold.ends_with('ت')
        };
        let plural = word.fold.ends_with("وا") || word.fold.ends_with("ون");
        feminine == (self.phrases[phrase].kind != EntityKind::Person) && !plural
    }

    /// Whether a pronoun is written onto the verb: فرضها، يملكه.
    pub(super) fn has_object(&self, at: usize) -> bool {
        has_object_pronoun(self.surface, self.word(at))
    }

    /// A verb without a subject of its own goes on with the one before it if it is joined to it.
    pub(super) fn may_share(&self, at: usize) -> bool {
        let mut first = self.first_auxiliary(at);
        while first > 0 && self.word(first - 1).is_quote() {
            first -= 1;
        }
        begins(self.sentence, first)
            || first > 0 && {
                let word = self.word(first - 1);
                word.fold.starts_with("لكن")
                    || ["انه", "انها", "انهما", "انهم", "هو", "هي", "ان"]
                        .contains(&word.fold.as_str())
            }
    }
}
