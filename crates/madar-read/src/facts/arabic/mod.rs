//! How an Arabic sentence is built, as far as facts need it: what is inserted between commas and
//! behind relative pronouns, which verbs open clauses, and whose each of them is. Verbs stand first
//! (التقى ويتكوف، وهو مستثمر عقاري، ديميترييف), later ones share the subject of the first (والتقى بوتين).

mod arguments;
mod content;
mod insertions;
mod naming;
mod status;
mod subjects;

pub(crate) use arguments::{SUBJECTS, Subject};
pub(crate) use insertions::inner_antecedents;
pub(crate) use naming::named_to_post;

use insertions::Builder;

use std::ops::Range;

use madar_text::{Clitics, Lang};
use rustc_hash::FxHashMap;

use super::phrases::Phrase;
use crate::read::Surface;
use crate::words::{Sentence, Word};

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

    /// All verbs, in order.
    pub(crate) fn verbs(&self) -> &[usize] {
        &self.verbs
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

fn is_antecedent_word(word: &Word) -> bool {
    is_relative(word) || is_pronoun(word)
}

fn is_comma(word: &Word) -> bool {
    matches!(word.fold.as_str(), "," | "،")
}
