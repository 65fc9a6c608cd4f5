//! How an Arabic sentence is built, as far as facts need it: what is inserted between commas and
//! behind relative pronouns, which verbs open clauses, and whose each of them is. Verbs stand first
//! (التقى ويتكوف، وهو مستثمر عقاري، ديميترييف), later ones share the subject of the first (والتقى بوتين).

mod arguments;
mod content;
mod status;

pub(crate) use arguments::{SUBJECTS, Subject};

use std::ops::Range;

use madar_text::{Clitics, Lang, TokenKind};
use rustc_hash::FxHashMap;

use super::pack::Aspect;
use super::phrases::Phrase;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, MentionForm};
use crate::words::{Sentence, Word};

/// Words that an insertion between two commas holds at most: beyond that the second comma belongs
/// to something else.
const LONGEST_INSERTION: usize = 26;
/// Words that are no part of a name between a verb and the subject or the object behind it.
const REACH_OF_SUBJECT: usize = 11;
/// Words into a sentence at which its first verb stands at the latest.
const OPENING: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    /// *who …*, *and he is …*, *the head of …*: speaks of the phrase before it.
    About,
    /// *in a statement*, *on Thursday evening*: belongs to the clause around it.
    Aside,
}

#[derive(Debug)]
struct Insertion {
    words: Range<usize>,
    sort: Sort,
    /// The phrase that it speaks of.
    antecedent: Option<usize>,
}

/// The build of one sentence.
pub(crate) struct Layout {
    insertions: Vec<Insertion>,
    /// For each word its insertion, counted from one; nought for the sentence itself.
    level: Vec<u16>,
    /// For each verb its subject.
    subjects: FxHashMap<usize, usize>,
    /// For each verb that is joined to another the subject of that one.
    shared: FxHashMap<usize, usize>,
    verbs: Vec<usize>,
}

impl Layout {
    /// `topic` is the phrase that stands for who the sentence before was about; a first verb without a
    /// subject goes on with it.
    pub(crate) fn new(
        surface: &Surface<'_>,
        sentence: &Sentence,
        phrases: &[Phrase],
        topic: Option<usize>,
        inner: &[(usize, usize)],
    ) -> Self {
        let builder = Builder {
            inner,
            surface,
            sentence,
            phrases,
        };
        let insertions = builder.insertions();
        let mut level = vec![0; sentence.words.len()];
        for (at, insertion) in insertions.iter().enumerate() {
            for word in insertion.words.clone() {
                level[word] = u16::try_from(at + 1).unwrap_or(u16::MAX);
            }
        }
        let mut layout = Layout {
            insertions,
            level,
            subjects: FxHashMap::default(),
            shared: FxHashMap::default(),
            verbs: Vec::new(),
        };
        layout.verbs = (0..sentence.words.len())
            .filter(|&at| builder.is_verb(at))
            .collect();
        let mut last: FxHashMap<u16, usize> = FxHashMap::default();
        for at in layout.verbs.clone() {
            let level = layout.level[at];
            let own = builder.subject(&layout, at);
            let carried = last.get(&level).copied().or_else(|| layout.antecedent(at));
            let opening = level == 0 && last.is_empty() && at <= OPENING;
            let nominal = carried.or_else(|| builder.first_noun(&layout, at));
            let before = topic.filter(|&t| opening && own.is_none() && builder.agrees(at, t));
            let carried = nominal.or(before);
            if let Some(shared) = carried.filter(|_| opening || builder.may_share(at)) {
                layout.shared.insert(at, shared);
            }
            if let Some(subject) = own.or(layout.shared.get(&at).copied()) {
                layout.subjects.insert(at, subject);
                last.insert(level, subject);
            }
        }
        layout
    }

    /// Whether a bare phrase at `to` may be the object of what ends at `from`: only places and times
    /// stand between.
    pub(crate) fn reaches(
        &self,
        surface: &Surface<'_>,
        sentence: &Sentence,
        from: usize,
        to: usize,
    ) -> bool {
        let level = self.level.get(from.saturating_sub(1)).copied().unwrap_or(0);
        let facts = &surface.kit.facts;
        (from..to).all(|at| {
            let word = &sentence.words[at];
            let prefix = word.clitics.preposition();
            let light = matches!(
                word.fold.as_str(),
                "في" | "خلال" | "عقب" | "بعد" | "قبل" | "منذ" | "قرب"
            );
            self.level[at] != level
                || !word.clitics.has(Clitics::AND)
                    && !self.is_verb(at)
                    && !facts.breaks(Lang::Ar, &word.fold)
                    && (light || !facts.is_preposition(Lang::Ar, &word.fold))
                    && (prefix.is_none() || prefix == Some("ب"))
        })
    }

    fn insertion(&self, word: usize) -> Option<&Insertion> {
        let level = usize::from(*self.level.get(word)?);
        self.insertions.get(level.checked_sub(1)?)
    }

    /// The phrase that the insertion around `word` speaks of.
    pub(crate) fn antecedent(&self, word: usize) -> Option<usize> {
        self.insertion(word)?.antecedent
    }

    /// The phrase that an insertion beginning right at `word` would speak of it: *the sanctions {that …}*.
    fn opens_at(&self, word: usize) -> Option<u16> {
        let level = *self.level.get(word)?;
        let insertion = self.insertion(word)?;
        (insertion.words.start == word && insertion.sort == Sort::About).then_some(level)
    }

    /// Whether a trigger at `trigger` sees a phrase at word `at`; a `bare` one is not seen in asides.
    pub(crate) fn sees(&self, trigger: &Range<usize>, at: usize, bare: bool) -> bool {
        let (Some(&own), Some(&other)) = (self.level.get(trigger.start), self.level.get(at)) else {
            return false;
        };
        if own == other {
            return true;
        }
        if self.opens_at(trigger.end) == Some(other) {
            return true;
        }
        let aside =
            |level: u16| level == 0 || self.insertions[usize::from(level) - 1].sort == Sort::Aside;
        aside(own) && aside(other) && (!bare || own != 0 || other == 0)
    }

    pub(crate) fn same_level(&self, a: usize, b: usize) -> bool {
        self.level.get(a) == self.level.get(b)
    }

    /// The subject of the verb at `word`.
    pub(crate) fn subject(&self, word: usize) -> Option<usize> {
        self.subjects.get(&word).copied()
    }

    /// The subject of the verb before, for a verb that goes on with it.
    pub(crate) fn shared(&self, word: usize) -> Option<usize> {
        self.shared.get(&word).copied()
    }

    pub(crate) fn is_verb(&self, word: usize) -> bool {
        self.verbs.binary_search(&word).is_ok()
    }

    /// Who the sentence is about: the subject of its first verb.
    pub(crate) fn topic(&self) -> Option<usize> {
        self.verbs
            .iter()
            .filter(|&&v| self.level[v] == 0)
            .find_map(|v| self.subject(*v))
    }

    /// The verb that governs a noun at `word`: the last one before it on its level.
    pub(crate) fn governor(&self, word: usize) -> Option<usize> {
        let at = self.verbs.partition_point(|&v| v < word);
        let before = self.verbs[..at].iter().rev();
        let mut seen = before.filter(|&&v| self.sees(&(word..word + 1), v, true));
        seen.next().copied()
    }

    /// The verb of a relative clause that begins right behind `trigger`: *the sanctions that {imposed}*.
    pub(crate) fn relative_verb(&self, trigger: &Range<usize>) -> Option<usize> {
        let level = self.opens_at(trigger.end)?;
        let mut inside = self.verbs.iter().filter(|&&v| self.level[v] == level);
        inside.next().copied().filter(|v| *v <= trigger.end + 3)
    }

    /// Whether the verb governing `word` only says *is* or *was*.
    pub(crate) fn copula(&self, sentence: &Sentence, word: usize) -> Option<usize> {
        let verb = self.governor(word)?;
        is_copula(&sentence.words[verb]).then_some(verb)
    }

    /// Whether a clause of its own begins at the verb `at`.
    pub(crate) fn opens_clause(&self, sentence: &Sentence, at: usize) -> bool {
        self.verbs.binary_search(&at).is_ok() && begins(sentence, at)
    }
}

/// A verb behind و or ف, a comma, or a word that leads on.
fn begins(sentence: &Sentence, at: usize) -> bool {
    let words = &sentence.words;
    let joined = |w: &Word| w.clitics.has(Clitics::AND) || w.clitics.has(Clitics::SO);
    let Some(before) = at.checked_sub(1).map(|i| &words[i]) else {
        return true;
    };
    let leads = [
        "و",
        "ثم",
        "كما",
        "بل",
        "لكن",
        "،",
        ",",
        "قد",
        "كان",
        "كانت",
        "بينما",
        "فيما",
    ];
    joined(&words[at]) || leads.contains(&before.fold.as_str())
}

struct Builder<'a> {
    /// Relative pronouns that speak of a name inside of the phrase before them.
    inner: &'a [(usize, usize)],
    surface: &'a Surface<'a>,
    sentence: &'a Sentence,
    phrases: &'a [Phrase],
}

impl Builder<'_> {
    fn word(&self, at: usize) -> &Word {
        &self.sentence.words[at]
    }

    fn phrase_at(&self, word: usize) -> Option<usize> {
        let at = self.phrases.partition_point(|p| p.to <= word);
        self.phrases.get(at).filter(|p| p.from <= word).map(|_| at)
    }

    /// The phrase that ends right before `word`, signs left out.
    fn phrase_before(&self, word: usize) -> Option<usize> {
        let at = self.phrases.iter().rposition(|p| p.to <= word)?;
        let gap = &self.sentence.words[self.phrases[at].to..word];
        let adjective = |w: &Word| {
            w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none()
                || w.kind == TokenKind::Punct
        };
        (gap.len() <= 3 && gap.iter().all(adjective)).then_some(at)
    }

    fn is_verb(&self, at: usize) -> bool {
        let word = self.word(at);
        // إدارة looks like أداره, and is no verb.
        let noun = word.host.of(&self.surface.document.text).ends_with('ة');
        word.kind == TokenKind::Word
            && !noun
            && word.clitics.preposition().is_none()
            && self.phrase_at(at).is_none()
            && !self.surface.kit.facts.is_preposition(Lang::Ar, &word.fold)
            && self.surface.kit.facts.arabic_verb(&word.fold).is_some()
    }

    fn insertions(&self) -> Vec<Insertion> {
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

    fn insertion(&self, at: usize) -> Option<Insertion> {
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
    fn close(&self, from: usize) -> usize {
        let words = &self.sentence.words;
        (from..words.len())
            .find(|&at| {
                is_comma(&words[at])
                    || matches!(words[at].fold.as_str(), ";" | "؛" | ":" | "—" | ".")
            })
            .unwrap_or(words.len())
    }

    /// The subject that a verb has of its own: the noun that its relative or its *he* stands for, the
    /// noun right before it, or the first one behind it.
    fn subject(&self, layout: &Layout, at: usize) -> Option<usize> {
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
            return insertion.antecedent;
        }
        if !joined && let Some(before) = self.before(layout, at, first) {
            return Some(before);
        }
        self.after(layout, at)
    }

    /// Back over قد، كان، لم، لا before a verb.
    fn first_auxiliary(&self, at: usize) -> usize {
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
            "لا",
        ];
        let mut first = at;
        while first > 0 && aux.contains(&self.word(first - 1).fold.as_str()) {
            first -= 1;
        }
        first
    }

    /// ويتكوف زار موسكو؛ إن ويتكوف، وهو مستثمر، زار موسكو: the noun right before the verb.
    fn before(&self, layout: &Layout, at: usize, first: usize) -> Option<usize> {
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
            if is_mark(word) || is_comma(word) && closes {
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
    fn first_noun(&self, layout: &Layout, at: usize) -> Option<usize> {
        let level = layout.level[at];
        let end = self.sentence.words.len();
        self.phrases.iter().enumerate().find_map(|(i, p)| {
            let opens = p.from <= 2 || self.leads(p.from);
            let here = p.from < end && p.to <= at && layout.level[p.from] == level;
            (opens && here && p.marker.is_none()).then_some(i)
        })
    }

    /// إن، أن، كان، لكن right before a noun: a clause begins with it.
    fn leads(&self, from: usize) -> bool {
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

    fn is_light(&self, verb: usize) -> bool {
        is_copula(self.word(verb))
    }

    /// The first bare noun behind the verb; what a title holds (المبعوث السويدي إلى السودان {ليندكفيست}) and one
    /// adverbial before it (التقى في جنيف {أورلوف}) are passed over.
    fn after(&self, layout: &Layout, at: usize) -> Option<usize> {
        let level = layout.level[at];
        let from = self.phrases.partition_point(|p| p.from <= at);
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
                p.marker.is_none() && gap.iter().all(|w| is_mark(w) || is_comma(w))
            });
            if !follows {
                return None;
            }
        }
        None
    }

    /// Whether nothing between two words begins another clause or names another subject.
    fn clear(&self, layout: &Layout, from: usize, to: usize) -> bool {
        let level = layout.level[from - 1];
        let mut plain = 0;
        for at in from..to {
            if layout.level[at] != level {
                continue;
            }
            let word = self.word(at);
            if is_mark(word) || is_comma(word) && layout.level.get(at + 1) != Some(&level) {
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
        plain <= 1 && to - from <= REACH_OF_SUBJECT
    }

    /// Whether a title stands between `from` and `at`: المستثمر المقيم في ميامي، ستيفن لينش.
    fn is_title_before(&self, from: usize, at: usize) -> bool {
        (from..at).any(|i| {
            self.surface.kit.nouns.is_noun(Lang::Ar, self.word(i)) && self.phrase_at(i).is_none()
        })
    }

    /// Whether the verb may speak of `phrase`: people are rarely feminine in print, bodies always.
    fn agrees(&self, at: usize, phrase: usize) -> bool {
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
    fn has_object(&self, at: usize) -> bool {
        has_object_pronoun(self.surface, self.word(at))
    }

    /// A verb without a subject of its own goes on with the one before it if it is joined to it.
    fn may_share(&self, at: usize) -> bool {
        let mut first = self.first_auxiliary(at);
        while first > 0 && is_mark(self.word(first - 1)) {
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

/// Whether a verb form has an object pronoun: the form without it is a form of the verb too.
pub(crate) fn has_object_pronoun(surface: &Surface<'_>, word: &Word) -> bool {
    let facts = &surface.kit.facts;
    ["هما", "ها", "هم", "ه"].iter().any(|pronoun| {
        word.fold.strip_suffix(pronoun).is_some_and(|stem| {
            let defective = stem.strip_suffix('ا').map(|s| format!("{s}ي"));
            stem.chars().count() >= 3
                && (facts.arabic_verb(stem).is_some()
                    || defective.is_some_and(|form| facts.arabic_verb(&form).is_some()))
        })
    })
}

fn is_copula(word: &Word) -> bool {
    [
        "كان",
        "كانت",
        "كانا",
        "كانوا",
        "يكون",
        "تكون",
        "ليس",
        "ليست",
        "اصبح",
        "اصبحت",
    ]
    .contains(&word.fold.as_str())
}

pub(crate) fn is_relative(word: &Word) -> bool {
    matches!(
        word.fold.as_str(),
        "الذي"
            | "التي"
            | "الذين"
            | "اللذان"
            | "اللذين"
            | "اللتان"
            | "اللتين"
            | "اللواتي"
    )
}

/// وهو، وهي: speaks of the noun before it.
fn is_pronoun(word: &Word) -> bool {
    word.clitics.has(Clitics::AND) && matches!(word.fold.as_str(), "هو" | "هي" | "هم" | "هما")
        || matches!(word.fold.as_str(), "وهو" | "وهي" | "وهم" | "وهما")
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
        if phrase.kind != EntityKind::Person || !gap.iter().all(is_mark) {
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

fn is_antecedent_word(word: &Word) -> bool {
    is_relative(word) || is_pronoun(word)
}

fn is_comma(word: &Word) -> bool {
    matches!(word.fold.as_str(), "," | "،")
}

fn is_mark(word: &Word) -> bool {
    matches!(word.fold.as_str(), "\"" | "«" | "»" | "“" | "”" | "„")
}
