//! What the model of descriptions looks at: each description that stands beside no name, and each of those that it may
//! mean, with what the text has said of them before.

use std::ops::Range;

use madar_text::{Clitics, Lang, TokenKind, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use super::introduced::Introduced;
use super::meant::Rules;
use super::recalled::{Asked, Candidate, Question, SLOT_BITS};
use super::same_sort;
use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::slots::{Row, hash, mix};
use crate::told::spot_kind;
use crate::words::{Pos, Sentence, Word};

/// Named ones that a description may mean: the last so many of the text.
const CANDIDATES: usize = 24;

/// What the text has said of those that it has named.
pub(super) struct Scene<'a> {
    sentences: &'a [Sentence],
    mentions: &'a [Mention],
    roots: &'a [usize],
    introduced: &'a Introduced,
    kit: &'a Kit,
    /// For each mention its sentence and its words there.
    places: Vec<Option<(usize, Range<usize>)>>,
    /// Mentions by name of each root.
    naming: FxHashMap<usize, Vec<usize>>,
    /// What each is called by descriptions beside its names.
    called: FxHashMap<usize, Vec<u64>>,
    /// The countries that descriptions beside its names say it is of.
    countries: FxHashMap<usize, Vec<&'a str>>,
    /// For each word of each sentence its number among the vectors.
    meant: Vec<Vec<Option<u32>>>,
    /// Its names, folded: the first few.
    names: FxHashMap<usize, Vec<String>>,
}

/// Names and nouns of one thing that are looked at, and mentions back.
const NAMES: usize = 6;
const REACH: usize = 300;

impl<'a> Scene<'a> {
    pub(super) fn new(
        sentences: &'a [Sentence],
        mentions: &'a [Mention],
        roots: &'a [usize],
        introduced: &'a Introduced,
        kit: &'a Kit,
    ) -> Self {
        let mut at = 0;
        let place = |mention: &Mention| {
            while sentences.get(at)?.span.end <= mention.span.start {
                at += 1;
            }
            let words = sentences[at].within(mention.span);
            (sentences[at].span.contains(mention.span) && !words.is_empty()).then_some((at, words))
        };
        let mut out = Self {
            sentences,
            mentions,
            roots,
            introduced,
            kit,
            places: mentions.iter().map(place).collect(),
            naming: FxHashMap::default(),
            called: FxHashMap::default(),
            countries: FxHashMap::default(),
            meant: sentences
                .iter()
                .map(|s| s.words.iter().map(|w| kit.vectors.number(w)).collect())
                .collect(),
            names: FxHashMap::default(),
        };
        for (at, (mention, &root)) in mentions.iter().zip(roots).enumerate() {
            if mention.form != MentionForm::Description {
                out.naming.entry(root).or_default().push(at);
                keep(out.names.entry(root).or_default(), fold(&mention.name));
                continue;
            }
            if let Some(noun) = out.noun(at) {
                keep(out.called.entry(root).or_default(), noun);
            }
            if let Some(of) = country(mention) {
                keep(out.countries.entry(root).or_default(), of);
            }
        }
        out
    }

    /// Takes in whom a description means.
    pub(super) fn hear(&mut self, at: usize, root: usize) {
        if let Some(noun) = self.noun(at) {
            keep(self.called.entry(root).or_default(), noun);
        }
    }

    pub(super) fn question(&self, at: usize, rules: &Rules) -> Option<Question> {
        let own = &self.mentions[at];
        let mut described = Described::new(self, at)?;
        let roots = self.candidates(at, rules);
        let sorted: Vec<bool> = roots
            .iter()
            .map(|&root| same_sort(self.kind(root), own.kind))
            .collect();
        let alike = sorted.iter().filter(|same| **same).count();
        let near = roots
            .iter()
            .filter_map(|&root| self.told_beside(&described, self.before(root, at)));
        described.nearest = near.min();
        let alikes: Vec<Option<i32>> = roots
            .iter()
            .map(|&root| self.meant_beside(&described, self.before(root, at)))
            .collect();
        let said: Vec<usize> = roots
            .iter()
            .map(|root| self.before(*root, at).len())
            .collect();
        let most = |same: bool| {
            let own = said.iter().zip(&sorted).filter(|(_, s)| **s == same);
            own.map(|(n, _)| *n).max().unwrap_or(0)
        };
        let most = [most(false), most(true)];
        let (mut same_before, mut other_before) = (0, 0);
        let mut candidates = Vec::with_capacity(roots.len());
        for (place, &root) in roots.iter().enumerate() {
            let same = sorted[place];
            let rank = if same {
                &mut same_before
            } else {
                &mut other_before
            };
            let seen = Seen {
                rank: *rank,
                same,
                alike,
                leads: said[place] == most[usize::from(same)],
                near: alikes[place],
                ahead: alikes[place].map(|own| {
                    let others = alikes
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != place);
                    own - others.filter_map(|(_, n)| *n).max().unwrap_or(0)
                }),
            };
            *rank += 1;
            let row = self.candidate(&described, root, &seen, rules);
            candidates.push(Candidate { root, row });
        }
        let nobody = self.nobody(&described, alike, rules);
        Some(Question { candidates, nobody })
    }

    pub(super) fn asked(&self, at: usize, rules: &Rules) -> Option<Asked> {
        let question = self.question(at, rules)?;
        let rules = rules.answer();
        let place = question
            .candidates
            .iter()
            .position(|c| Some(c.root) == rules);
        let candidates = question.candidates.into_iter().map(|c| {
            let names = self.naming[&c.root].iter().map(|&m| self.mentions[m].span);
            (names.collect(), c.row)
        });
        Some(Asked {
            description: self.mentions[at].span,
            candidates: candidates.collect(),
            nobody: question.nobody,
            rules: place,
        })
    }

    /// Roots of those named before it, the last first, and whom the rules mean.
    fn candidates(&self, at: usize, rules: &Rules) -> Vec<usize> {
        let own = &self.mentions[at];
        let mut seen = FxHashSet::default();
        let mut out = Vec::new();
        for other in (0..at).rev().take(REACH) {
            let mention = &self.mentions[other];
            let root = self.roots[other];
            let may = mention.form != MentionForm::Description
                && mention.kind != EntityKind::Group
                && !mention.span.overlaps(own.span)
                && root != self.roots[at];
            let paper = super::is_outlet(mention, self.kit) && !self.is_paper(own);
            let elsewhere = country(own).is_some_and(|of| !self.is_of(root, of));
            if may && !paper && !elsewhere && seen.insert(root) && !self.is_done_to(other, at) {
                out.push(root);
            }
            if out.len() == CANDIDATES {
                break;
            }
        }
        for root in rules.all() {
            let named = self.naming.contains_key(&root);
            if named && self.naming[&root][0] < at && seen.insert(root) {
                out.push(root);
            }
        }
        out
    }

    /// *the {Russian} businessman* is one of whom the text has said that he is of Russia.
    fn is_of(&self, root: usize, of: &str) -> bool {
        let said = self
            .countries
            .get(&root)
            .is_some_and(|all| all.contains(&of));
        said || self.introduced.by_country(root, of)
    }

    /// *the newspaper*, الصحيفة.
    fn is_paper(&self, own: &Mention) -> bool {
        let noun = own.noun.as_deref().unwrap_or_default();
        let nouns = &self.kit.nouns;
        nouns.is_class(own.lang, noun, EntityKind::Organization)
    }

    /// *Halvorsen met {the businessman}*: whoever does something to another is another. But *Altamar said {the firm} …*.
    fn is_done_to(&self, name: usize, at: usize) -> bool {
        let (Some((sentence, doer)), Some((other, own))) = (&self.places[name], &self.places[at])
        else {
            return false;
        };
        if sentence != other {
            return false;
        }
        let sentence = &self.sentences[*sentence];
        let between = doer.end.min(own.start)..own.start;
        let mut verb = false;
        for at in between {
            let word = &sentence.words[at];
            let closed = word.pos == Pos::Punct
                || self.kit.facts.breaks(sentence.lang, &word.fold)
                || self
                    .kit
                    .cues
                    .is_verb_of_saying(sentence.lang, &sentence.words, at);
            if closed {
                return false;
            }
            verb |= word.tense.is_some();
        }
        verb
    }

    fn kind(&self, root: usize) -> EntityKind {
        self.mentions[self.naming[&root][0]].kind
    }

    /// Its names before a mention.
    fn before(&self, root: usize, at: usize) -> &[usize] {
        let all = &self.naming[&root];
        &all[..all.partition_point(|&m| m < at)]
    }

    /// The noun of a description.
    fn noun(&self, at: usize) -> Option<u64> {
        let noun = self.mentions[at].noun.as_deref();
        noun.or_else(|| self.head(at)).map(hash)
    }

    /// The word of a description that says what it is.
    fn head(&self, at: usize) -> Option<&str> {
        let mention = &self.mentions[at];
        if let Some(noun) = &mention.noun {
            let noun = noun.split(" of ").next()?;
            return match mention.lang {
                Lang::En => noun.rsplit(' ').next(),
                _ => noun.split(' ').next(),
            };
        }
        let (sentence, words) = self.places[at].clone()?;
        let words = &self.sentences[sentence].words[words];
        let word = match mention.lang {
            Lang::En => {
                let of = |w: &Word| self.kit.facts.is_preposition(Lang::En, &w.fold);
                let end = words.iter().position(of).unwrap_or(words.len());
                words.get(end.checked_sub(1)?)
            }
            Lang::Ru => words.iter().find(|w| w.pos == Pos::Noun),
            _ => words.first(),
        };
        word.or(words.first()).map(|w| w.lemma.as_str())
    }

    /// How many words from one of its names the noun of a description stood before: *the {contractor}, Alai, …*.
    fn told_beside(&self, described: &Described<'_>, names: &[usize]) -> Option<usize> {
        if described.stem.is_empty() {
            return None;
        }
        let first = names.iter().take(FIRST);
        let rest = names.iter().skip(FIRST).rev().take(FIRST);
        let near = first.chain(rest).filter_map(|&name| {
            let (sentence, words) = self.places[name].as_ref()?;
            let all = &self.sentences[*sentence].words;
            let end = match *sentence == described.sentence {
                true => described.words.start.saturating_sub(1),
                false => all.len(),
            };
            let said = |at: &usize| all[*at].lemma.starts_with(described.stem.as_str());
            let behind = (words.end..(words.end + BESIDE).min(end)).find(said);
            let before = (words.start.saturating_sub(BESIDE)..words.start)
                .rev()
                .find(said);
            let behind = behind.map(|at| at - words.end);
            let before = before.map(|at| words.start - at - 1);
            behind.into_iter().chain(before).min()
        });
        near.min()
    }

    /// How near in meaning the nearest word beside one of its names is to the noun of a description.
    fn meant_beside(&self, described: &Described<'_>, names: &[usize]) -> Option<i32> {
        let own = described.meant?;
        let first = names.iter().take(FIRST);
        let rest = names.iter().skip(FIRST).rev().take(FIRST);
        let near = first.chain(rest).filter_map(|&name| {
            let (sentence, words) = self.places[name].as_ref()?;
            let all = &self.meant[*sentence];
            let end = match *sentence == described.sentence {
                true => described.words.start,
                false => all.len(),
            };
            let beside = words.start.saturating_sub(BESIDE)..(words.end + BESIDE).min(end);
            let beside = all.get(beside)?.iter().flatten();
            beside
                .map(|&word| self.kit.vectors.nearness(own, word))
                .max()
        });
        near.max()
    }

    fn candidate(
        &self,
        described: &Described<'_>,
        root: usize,
        seen: &Seen,
        rules: &Rules,
    ) -> Vec<u32> {
        let own = described.mention;
        let before = self.before(root, described.at);
        let last = before.last().copied().unwrap_or(self.naming[&root][0]);
        let kind = self.kind(root);
        let kinds = mix(spot_kind(own.kind) as u64, spot_kind(kind) as u64);
        let sort = u64::from(seen.same);
        let rank = step(seen.rank);
        let (noun, lang) = (described.noun, described.lang);
        let place = self.places[last].as_ref();
        let (far, words) = place.map_or((99, None), |(s, w)| {
            (described.sentence.saturating_sub(*s), Some(w))
        });
        let distance = step(far);
        let mut row = Row::<SLOT_BITS>::default();
        row.add(sort);
        row.add(kinds);
        row.add(mix(sort, rank));
        row.add(mix(kinds, rank));
        row.add(mix(mix(sort, rank), step(seen.alike)));
        row.add(mix(sort, distance));
        row.add(mix(kinds, distance));
        row.add(mix(mix(sort, rank), distance));
        row.add(mix(sort, step(before.len())));
        row.add(mix(mix(sort, rank), u64::from(seen.leads)));
        row.add(mix(mix(kinds, noun), lang));
        row.add(mix(mix(sort, noun), lang));
        row.add(mix(mix(noun, rank), sort));
        // where its last name stands
        let opens = words.is_some_and(|w| w.start <= 1);
        row.add(mix(mix(sort, u64::from(opens)), distance));
        let gap = words.filter(|_| far == 0).map(|w| {
            let gap = described.words.start.saturating_sub(w.end);
            step(gap)
        });
        row.add(mix(kinds, gap.unwrap_or(9)));
        row.add(mix(mix(sort, gap.unwrap_or(9)), described.before));
        if let Some(w) = words.filter(|_| far == 0) {
            let all = &self.sentences[described.sentence].words;
            let between = &all[w.end.min(described.words.start)..described.words.start];
            let comma = between.iter().any(|w| matches!(w.fold.as_str(), "," | "،"));
            let verb = between.iter().any(|w| w.tense.is_some());
            row.add(mix(sort, 2 * u64::from(comma) + u64::from(verb)));
        } else {
            row.name += 1;
        }
        row.add(mix(mix(sort, described.before), lang));
        row.add(mix(sort, described.shape));
        row.add(mix(mix(sort, rank), described.shape));
        row.add(mix(mix(sort, rank), described.before));
        // what the text has said of it
        let by_noun = own
            .noun
            .as_deref()
            .is_some_and(|n| self.introduced.by_noun(root, n))
            || self.introduced.by_noun(root, &described.head);
        let trade = self
            .kit
            .classes
            .trade(&described.head)
            .is_some_and(|trade| {
                let noun = trade.iter().any(|noun| self.introduced.by_noun(root, noun));
                noun || self.names[&root]
                    .iter()
                    .any(|name| super::is_of_trade(name, trade))
            });
        let called = self.called.get(&root).map_or(&[][..], Vec::as_slice);
        let equal = called.contains(&noun);
        let there = country(own).map_or(0, |of| 2 - u64::from(self.is_of(root, of)));
        let told = u64::from(by_noun) + 2 * u64::from(trade) + 4 * u64::from(equal);
        row.add(mix(sort, told));
        row.add(mix(mix(sort, told), there));
        row.add(mix(mix(sort, told), rank));
        row.add(mix(mix(kinds, told), u64::from(!called.is_empty())));
        for other in called {
            row.put(1, mix(noun, *other));
        }
        row.name += 1;
        let parts: FxHashSet<String> = self.names[&root]
            .iter()
            .flat_map(|name| super::parts(name))
            .collect();
        let stem = |word: &str| word.chars().take(STEM).collect::<String>();
        let long = |word: &str| word.chars().count() >= STEM;
        let alike = parts.iter().any(|part| {
            long(part)
                && described
                    .words_of()
                    .any(|w| long(&w.lemma) && stem(&w.lemma) == stem(part))
        });
        row.add(mix(sort, u64::from(alike)));
        for part in &parts {
            row.put(1, mix(noun, hash(part)));
        }
        row.name += 1;
        let near = self.told_beside(described, before);
        let nearest = near.is_some() && near == described.nearest;
        let near = near.map_or(9, step);
        row.add(mix(sort, near));
        row.add(mix(mix(sort, near), u64::from(nearest)));
        row.add(mix(
            kinds,
            u64::from(nearest) + 2 * u64::from(described.nearest.is_some()),
        ));
        row.add(mix(
            mix(sort, rank),
            u64::from(nearest) + 2 * u64::from(described.nearest.is_some()),
        ));
        let tens =
            |n: Option<i32>| n.map_or(99, |n| u64::from((n / 10).clamp(0, 10).unsigned_abs()));
        let near = tens(seen.near);
        let ahead = match seen.ahead {
            None => 9,
            Some(i32::MIN..=-20) => 0,
            Some(-19..=-1) => 1,
            Some(0..=9) => 2,
            Some(10..=19) => 3,
            Some(_) => 4,
        };
        row.add(mix(sort, near));
        row.add(mix(sort, ahead));
        row.add(mix(mix(sort, near), ahead));
        row.add(mix(kinds, ahead));
        row.add(mix(mix(kinds, near), ahead));
        row.add(mix(mix(sort, rank), ahead));
        // what it is to the text, and to the world
        let first = &self.mentions[self.naming[&root][0]];
        let known =
            u64::from(first.listed.is_some()) + u64::from(super::is_outlet(first, self.kit));
        row.add(mix(kinds, known));
        row.add(mix(mix(noun, known), lang));
        row.add(mix(mix(sort, rank), known));
        row.add(mix(sort, step(self.naming[&root].len())));
        row.add(mix(kinds, step(self.naming[&root].len())));
        let opens = self.places[self.naming[&root][0]]
            .as_ref()
            .map_or(9, |(s, _)| step(*s));
        row.add(mix(sort, opens));
        // what the rules say
        for (name, said) in rules.each().into_iter().enumerate() {
            row.name += 1;
            if let Some(said) = said {
                let it = u64::from(said == root);
                row.put(0, mix(it, name as u64));
                row.put(1, mix(mix(it, name as u64), mix(kinds, distance)));
            }
        }
        row.slots
    }

    fn nobody(&self, described: &Described<'_>, alike: usize, rules: &Rules) -> Vec<u32> {
        let own = described.mention;
        let (noun, lang) = (described.noun, described.lang);
        let kind = spot_kind(own.kind) as u64;
        let mut row = Row::<SLOT_BITS> {
            name: 1000,
            ..Row::default()
        };
        row.add(0);
        row.add(kind);
        row.add(lang);
        row.add(mix(kind, step(alike)));
        row.add(mix(noun, lang));
        row.add(mix(noun, kind));
        row.add(mix(described.before, lang));
        row.add(mix(described.before, kind));
        row.add(mix(described.before, noun));
        row.add(described.shape);
        row.add(mix(described.shape, kind));
        row.add(mix(described.behind, lang));
        row.add(mix(kind, step(described.sentence)));
        row.add(mix(u64::from(rules.answer().is_some()), kind));
        row.add(u64::from(rules.is_of_several()));
        for word in described.words_of() {
            row.put(1, mix(hash(&word.lemma), lang));
        }
        row.name += 1;
        row.slots
    }
}

/// The country that a description names.
fn country(description: &Mention) -> Option<&str> {
    description.of.as_deref()?.strip_prefix("places/")
}

fn keep<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < NAMES && !list.contains(&value) {
        list.push(value);
    }
}

/// Names of one thing beside which nouns are looked for, first and last ones, and words from them.
const FIRST: usize = 4;
const BESIDE: usize = 8;

/// Letters by which two words are of one root: *банк* and *Альфа-Банк*, *insurer* and *insurance*.
const STEM: usize = 4;

/// How a candidate stands among the others.
struct Seen {
    /// How many of its sort stand nearer.
    rank: usize,
    /// Of the sort of the description.
    same: bool,
    /// Candidates of that sort.
    alike: usize,
    /// None of its sort is named more often.
    leads: bool,
    /// How near in meaning is what stands beside its names, and by how much nearer than what stands beside others.
    near: Option<i32>,
    ahead: Option<i32>,
}

/// A description and what stands around it.
struct Described<'a> {
    at: usize,
    mention: &'a Mention,
    sentence: usize,
    words: Range<usize>,
    all: &'a [Word],
    noun: u64,
    /// The noun in its base form.
    head: String,
    lang: u64,
    /// The words before and behind.
    before: u64,
    behind: u64,
    /// The beginning of its noun, where that tells something.
    stem: String,
    /// Words from that noun to the nearest name beside which it stood before.
    nearest: Option<usize>,
    /// The number of its vector.
    meant: Option<u32>,
    /// How long it is, whether it holds another mention, is definite, is of several.
    shape: u64,
}

impl<'a> Described<'a> {
    fn new(scene: &Scene<'a>, at: usize) -> Option<Self> {
        let mention = &scene.mentions[at];
        let (sentence, words) = scene.places[at].clone()?;
        let all = &scene.sentences[sentence].words;
        let near = |at: Option<usize>| at.and_then(|at| all.get(at)).map_or(1, |w| hash(&w.fold));
        let inner = scene.mentions[at + 1..]
            .iter()
            .take_while(|m| m.span.start < mention.span.end);
        let holds = inner.count().min(2) as u64;
        // *{two} vessels*, *{Tara's} husband*: nobody of whom the text has spoken by name alone
        let first = &all[words.start];
        let several = first.kind == TokenKind::Number || first.in_calendar;
        let plural = mention.lang == Lang::En && all[words.end - 1].plural;
        let nouns = &scene.kit.nouns;
        let tie = holds > 0 && nouns.is_tie(mention.lang, mention.noun.as_deref(), first);
        if several || plural || tie {
            return None;
        }
        let within = at
            .checked_sub(1)
            .is_some_and(|before| scene.mentions[before].span.contains(mention.span));
        let own = &all[words.clone()];
        let definite = own[0].clitics.has(Clitics::ARTICLE);
        let whose = |w: &Word| {
            let pronouns = ["his", "her", "its", "their", "его", "ее", "их"];
            pronouns.contains(&w.fold.as_str()) || w.lemma == "свой"
        };
        let from = words.start.saturating_sub(1);
        let possessed = match mention.lang {
            Lang::Ar => crate::arabic::has_pronoun(&own[0].fold),
            _ => all[from..words.end].iter().any(whose),
        };
        let plural = own.iter().any(|w| w.plural);
        let bits = [within, definite, possessed, plural];
        let bits = bits.iter().fold(1, |all, bit| 2 * all + u64::from(*bit));
        let noun = scene.noun(at)?;
        let head: &str = scene.head(at).unwrap_or_default();
        let stem = match head.chars().count() > STEM {
            true => head.chars().take(STEM + 1).collect(),
            false => head.to_owned(),
        };
        Some(Self {
            stem,
            nearest: None,
            meant: scene.kit.vectors.of(head),
            at,
            mention,
            sentence,
            head: mention.noun.clone().unwrap_or_else(|| fold(&mention.name)),
            all,
            noun,
            lang: mention.lang as u64,
            before: near(words.start.checked_sub(1)),
            behind: near(Some(words.end)),
            shape: mix(mix(bits, holds), own.len().min(4) as u64),
            words,
        })
    }

    fn words_of(&self) -> impl Iterator<Item = &'a Word> {
        self.all[self.words.clone()].iter()
    }
}

/// A count as one of a few.
fn step(count: usize) -> u64 {
    let bounds = [0, 1, 2, 3, 5, 8, 13, 30];
    bounds.iter().position(|&most| count <= most).unwrap_or(8) as u64
}
