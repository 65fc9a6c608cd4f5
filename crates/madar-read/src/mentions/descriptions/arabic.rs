//! Arabic descriptions: الرئيس الأميركي، رئيس وزراء بولندا، المتحدثة باسم البيت الأبيض.

use madar_text::{Clitics, Lang, TokenKind};

use super::{Finder, LONGEST_TAIL, Sort};
use crate::reading::{EntityKind, MentionForm};
use crate::words::Word;

impl Finder<'_> {
    /// الرئيس الأميركي، رئيس وزراء بولندا، صهر الرئيس الأميركي، المتحدثة باسم البيت الأبيض.
    pub(super) fn arabic(
        &self,
        at: usize,
        head_end: usize,
        sort: Sort,
        possessed: bool,
    ) -> Option<(usize, usize)> {
        let article = |w: &Word| w.clitics.has(Clitics::ARTICLE);
        let mut to = head_end;
        // شقيقته رلى: whose sister she is stands in the pronoun; only beside a name.
        if possessed {
            let end = self.skip_adjectives(head_end);
            return (self.person_follows(end) || self.person_before(at)).then_some((at, end));
        }
        let mut definite = self.sentence.words[at..head_end].iter().any(article);
        let own_article = article(&self.sentence.words[at]);
        while to < head_end + LONGEST_TAIL {
            let Some(word) = self.word(to) else { break };
            let verb = self.kit.facts.arabic_verb(&word.fold).is_some();
            if word.clitics.has(Clitics::AND)
                || word.kind == TokenKind::Punct && !word.is_quote()
                || verb && self.name_from(to).is_none()
            {
                break;
            }
            let start = if word.is_quote() { to + 1 } else { to };
            if let Some((end, name)) = self.name_from(start) {
                // A definite title before a person is complete: the name is who holds it.
                if name.kind == EntityKind::Person && (definite || own_article) {
                    break;
                }
                if own_article && name.form != MentionForm::Description {
                    break;
                }
                to = end + usize::from(self.word(end).is_some_and(|w| start > to && w.is_quote()));
                definite = true;
                if name.kind == EntityKind::Person {
                    break;
                }
                continue;
            }
            let country = self.kit.gazetteer.adjective(word, Lang::Ar).is_some();
            let class = self
                .kit
                .nouns
                .pack(Lang::Ar)
                .nouns
                .contains_key(&word.lemma);
            let next = self.word(to + 1);
            let governs = next.is_some_and(|w| {
                self.kit.facts.is_preposition(Lang::Ar, &w.fold)
                    || w.clitics.preposition().is_some()
            });
            // المصرفي الحاصل على شهادات، المستثمر المقيم في ميامي: a participle with what it governs is no title.
            if to > at && article(word) && governs && is_participle(&word.lemma) {
                to = self.arabic_tail(to + 1, at, true).unwrap_or(to);
                break;
            }
            // مستشار الأمن الوطني {الشيخ} طحنون: a title of the name's own
            let honour = definite && HONOURS.contains(&word.lemma.as_str());
            if article(word) && honour && self.person_follows(to + 1) {
                break;
            }
            if article(word) && word.clitics.preposition().is_none() && !is_relative(word) {
                definite = true;
                to += 1;
            } else if country || class && !definite && word.clitics == Clitics::NONE {
                to += 1;
            } else {
                break;
            }
        }
        if own_article
            && sort == Sort::Post
            && let Some(end) = self.arabic_tail(to, at, false)
        {
            to = end;
        }
        // نائب الرئيس التنفيذي {للصندوق} طلال، الرئيس السابق {للشركة} إميل
        if sort == Sort::Post
            && definite
            && let Some(end) = self.of_class(to)
        {
            to = end;
        }
        // مبعوث ترمب الخاص لأوكرانيا، الجنرال كيث؛ عضو مجلس الشيوخ عن ولاية فيرمونت بيرني: what a title has behind its
        // owner.
        let owned = !own_article && self.names.iter().any(|(_, end)| *end == to);
        let adjectives = self.skip_adjectives(to);
        if owned {
            let own = || (adjectives > to && self.apposed(adjectives)).then_some(adjectives);
            let end = self.arabic_tail(adjectives, at, true);
            to = end.or_else(own).unwrap_or(to);
        }
        let bare_tie = sort == Sort::Tie && !definite;
        let class = matches!(sort, Sort::Class(_));
        let named = self.person_follows(to) || self.person_before(at);
        // إدارة ترمب is one, مشروع الغاز too; شركة «X» is the name's own class noun.
        let inside = |wanted: Option<EntityKind>| {
            let mut names = self.names.iter().zip(self.mentions);
            names.any(|((f, _), m)| *f >= at && *f < to && wanted.is_none_or(|k| m.kind == k))
        };
        let stands = match sort {
            Sort::Class(EntityKind::PublicBody) => inside(Some(EntityKind::Person)),
            Sort::Class(EntityKind::Asset) => !inside(None),
            _ => false,
        };
        let only_class = class && !stands && (!own_article || inside(None));
        let keep = definite && !bare_tie && !only_class || named && to > head_end && !class;
        keep.then_some((at, to))
    }

    /// Where {للصندوق}, a body by its class noun alone, ends before a person's name.
    fn of_class(&self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        let of = word.clitics.preposition() == Some("ل") && word.clitics.has(Clitics::ARTICLE);
        let nouns = self.kit.nouns.class(Lang::Ar, word);
        let class = nouns.or_else(|| self.kit.classes.of(Lang::Ar, word));
        let class = class.is_some_and(EntityKind::is_body);
        (of && class && self.person_follows(at + 1)).then_some(at + 1)
    }

    /// Whether a person's name follows, with another title before it perhaps.
    fn apposed(&self, at: usize) -> bool {
        let comma = self
            .word(at)
            .is_some_and(|w| matches!(w.fold.as_str(), "،" | ","));
        let title = |w: &Word| !w.clitics.has(Clitics::AND) && self.kit.nouns.is_post(Lang::Ar, w);
        self.person_follows(at) || comma && self.word(at + 1).is_some_and(title)
    }

    fn skip_adjectives(&self, from: usize) -> usize {
        let mut at = from;
        while self.word(at).is_some_and(|w| {
            w.clitics.has(Clitics::ARTICLE)
                && w.clitics.preposition().is_none()
                && self.name_at(at).is_none()
        }) {
            at += 1;
        }
        at
    }

    /// What a preposition adds to a title: المبعوث الخاص {إلى السودان}، المدير الإقليمي {لشركة «X»}، الرئيس السابق
    /// {لمجلس إدارة X}. A name or its comma must follow or stand before.
    fn arabic_tail(&self, at: usize, from: usize, places: bool) -> Option<usize> {
        let first = self.word(at)?;
        let alone = ["ل", "في", "الي", "لدي", "باسم", "عن"].contains(&first.fold.as_str());
        if !(alone || first.clitics.preposition() == Some("ل")) || first.clitics.has(Clitics::AND)
        {
            return None;
        }
        let mut next = at + usize::from(alone);
        while next < at + LONGEST_TAIL {
            let word = self.word(next)?;
            if let Some((end, name)) = self.name_from(next) {
                let place = name.kind == EntityKind::Place;
                let closed = end + usize::from(self.word(end).is_some_and(Word::is_quote));
                let held =
                    name.kind != EntityKind::Person && (places || !(first.fold == "في" && place));
                let apposed = self.apposed(closed) || !places && self.person_before(from);
                return (held && apposed).then_some(closed);
            }
            let class = self.kit.classes.of(Lang::Ar, word).is_some()
                || self.kit.nouns.is_noun(Lang::Ar, word);
            let passes = word.is_quote() || class || word.clitics.has(Clitics::ARTICLE);
            if !passes || word.clitics.has(Clitics::AND) {
                return None;
            }
            next += 1;
        }
        None
    }
}

/// What stands before a name whatever post is told before it, folded: {الشيخ} طحنون، {اللواء} حفتر.
const HONOURS: [&str; 10] = [
    "شيخ",
    "امير",
    "سيد",
    "دكتور",
    "مهندس",
    "لواء",
    "عميد",
    "عقيد",
    "فريق",
    "جنرال",
];

/// Patterns of Arabic participles, folded: حاصل، مقيم، مولود.
pub(crate) fn is_participle(lemma: &str) -> bool {
    let letters: Vec<char> = lemma.chars().collect();
    let active = letters.len() <= 5 && letters.get(1) == Some(&'ا') && letters.len() >= 4;
    active && lemma != "خاص" || letters.len() >= 4 && letters[0] == 'م'
}

fn is_relative(word: &Word) -> bool {
    matches!(
        word.fold.as_str(),
        "الذي" | "التي" | "الذين" | "اللذان" | "اللذين"
    )
}
