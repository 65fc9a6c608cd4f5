//! Whom a description means that stands beside no name: who was called so before; of a class noun (*the company*) what the
//! text introduced by it.

use madar_text::{Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use super::introduced::{Introduced, class_noun};
use super::recalled::Asked;
use super::scene::Scene;
use super::{Groups, same_sort};
use crate::Kit;
use crate::reading::{EntityKind, FactKind, Mention, MentionForm};
use crate::words::{Sentence, Word, sentence_of};

/// A description that says the same as one that stood beside a name: *the Russian president* is
/// who was called so; a class noun (*the company*) is the last one of its kind. Of others a model says whom they mean.
pub(super) fn join_descriptions(
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
    groups: &mut Groups,
) {
    let roots: Vec<usize> = (0..mentions.len()).map(|at| groups.root(at)).collect();
    let introduced = Introduced::new(sentences, mentions, &roots, kit);
    let known = Known::new(sentences, mentions, &roots, &introduced, kit);
    let mut scene = Scene::new(sentences, mentions, &roots, &introduced, kit);
    let mut first: FxHashMap<Wording, usize> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form == MentionForm::Description {
            first.entry(wording(mention)).or_insert(at);
        }
    }
    for at in known.open() {
        if known.meant.is_another(at) {
            continue;
        }
        let rules = known.rules(at);
        let recalled = || {
            let question = scene.question(at, &rules)?;
            kit.recall.as_ref()?.answer(&question)
        };
        let meant = rules.answer().or_else(recalled);
        if let Some(root) = meant {
            groups.join(root, at);
            scene.hear(at, root);
        } else if let Some(&same) = first
            .get(&wording(&mentions[at]))
            .filter(|_| !rules.is_of_several())
        {
            groups.join(same, at);
        }
    }
}

/// What a model is asked of the descriptions of a text, to learn from.
pub(super) fn asked(
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
    groups: &mut Groups,
) -> Vec<Asked> {
    let roots: Vec<usize> = (0..mentions.len()).map(|at| groups.root(at)).collect();
    let introduced = Introduced::new(sentences, mentions, &roots, kit);
    let known = Known::new(sentences, mentions, &roots, &introduced, kit);
    let scene = Scene::new(sentences, mentions, &roots, &introduced, kit);
    let open = known.open();
    open.filter(|&at| !known.meant.is_another(at))
        .filter_map(|at| scene.asked(at, &known.rules(at)))
        .collect()
}

/// Whom a description means by each rule.
#[derive(Default)]
pub(super) struct Rules {
    title: Option<usize>,
    called: Option<usize>,
    there: Option<usize>,
    body: Option<usize>,
    several: bool,
}

impl Rules {
    pub(super) fn answer(&self) -> Option<usize> {
        match self.title.or(self.called) {
            None if self.several => None,
            None => self.there.or(self.body),
            found => found,
        }
    }

    pub(super) fn each(&self) -> [Option<usize>; 4] {
        [self.title, self.called, self.there, self.body]
    }

    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        self.each().into_iter().flatten()
    }

    /// Of several who are called so, nobody knows which.
    pub(super) fn is_of_several(&self) -> bool {
        self.several && self.title.is_none()
    }
}

/// What the text has said of those that descriptions may mean.
struct Known<'a> {
    mentions: &'a [Mention],
    roots: &'a [usize],
    has_name: Vec<bool>,
    /// Named ones by noun and country.
    called: FxHashMap<(String, String), Vec<usize>>,
    titled: FxHashMap<(Lang, String), Vec<usize>>,
    meant: Meant<'a>,
}

impl<'a> Known<'a> {
    fn new(
        sentences: &'a [Sentence],
        mentions: &'a [Mention],
        roots: &'a [usize],
        introduced: &'a Introduced,
        kit: &'a Kit,
    ) -> Self {
        let mut has_name = vec![false; mentions.len()];
        for (mention, &root) in mentions.iter().zip(roots) {
            has_name[root] |= mention.form != MentionForm::Description;
        }
        let mut called: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
        for (mention, &root) in mentions.iter().zip(roots) {
            let description = mention.form == MentionForm::Description && has_name[root];
            if let Some(key) = key(mention).filter(|_| description) {
                let known = called.entry(key).or_default();
                if !known.contains(&root) {
                    known.push(root);
                }
            }
        }
        let titled = titled(mentions, roots, &|root| has_name[root]);
        Self {
            mentions,
            roots,
            has_name,
            called,
            titled,
            meant: Meant {
                sentences,
                mentions,
                roots,
                introduced,
                kit,
            },
        }
    }

    /// Descriptions that stand beside no name.
    fn open(&self) -> impl Iterator<Item = usize> {
        let all = self.mentions.iter().zip(self.roots).enumerate();
        all.filter(|(_, (m, root))| !m.is_naming() && !self.has_name[**root])
            .map(|(at, _)| at)
    }

    /// *The Swiss businessman* is not whom the text has called a Russian one.
    fn is_of_elsewhere(&self, root: usize, description: &Mention) -> bool {
        let Some(of) = description.of.as_deref() else {
            return false;
        };
        let all = self.mentions.iter().zip(self.roots);
        let own = all.filter(|(m, r)| **r == root && m.form == MentionForm::Description);
        let mut said = own.filter_map(|(m, _)| m.of.as_deref()).peekable();
        said.peek().is_some() && said.all(|other| other != of)
    }

    fn rules(&self, at: usize) -> Rules {
        let (mention, roots, kit) = (&self.mentions[at], self.roots, self.meant.kit);
        let is_title =
            is_arabic_title(mention, kit) || is_title(self.meant.sentences, mention, kit);
        let holders = self
            .titled
            .get(&core(mention))
            .map_or(&[][..], Vec::as_slice);
        let title = match holders {
            [only] if is_title && !self.is_of_elsewhere(*only, mention) => Some(*only),
            _ => of_one_name(self.mentions, roots, holders, at, kit),
        };
        let called = key(mention).and_then(|key| self.called.get(&key));
        Rules {
            title: title.filter(|&root| root < at),
            called: called.and_then(|all| match all[..] {
                [only] => Some(only),
                _ => None,
            }),
            several: called.is_some_and(|all| all.len() > 1),
            there: titled_there(self.mentions, roots, &|root| self.has_name[root], at),
            body: self.meant.by(at),
        }
    }
}

fn key(mention: &Mention) -> Option<(String, String)> {
    let noun = mention.noun.clone()?;
    Some((
        noun,
        mention.of.clone().unwrap_or_else(|| fold(&mention.name)),
    ))
}

/// Whom a title alone may mean, by its noun: المبعوث is the one that was called مبعوث, if only one was.
fn titled(
    mentions: &[Mention],
    roots: &[usize],
    named: &dyn Fn(usize) -> bool,
) -> FxHashMap<(Lang, String), Vec<usize>> {
    let mut out: FxHashMap<(Lang, String), Vec<usize>> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        let person = mention.form == MentionForm::Description && mention.kind == EntityKind::Person;
        if !person || !named(roots[at]) {
            continue;
        }
        let holders = out.entry(core(mention)).or_default();
        if !holders.contains(&roots[at]) {
            holders.push(roots[at]);
        }
    }
    out
}

/// دونالد ترمب جونيور (نجل {الرئيس}): of several presidents whose kin somebody may be, the one who shares most of his
/// names.
fn of_one_name(
    mentions: &[Mention],
    roots: &[usize],
    holders: &[usize],
    at: usize,
    kit: &Kit,
) -> Option<usize> {
    let own = mentions[at].span;
    let kin = mentions.iter().zip(roots).find(|(m, _)| {
        let relation = m
            .noun
            .as_deref()
            .and_then(|noun| kit.facts.relation(m.lang, noun));
        m.span != own
            && m.span.contains(own)
            && relation.is_some_and(|r| r.kind == FactKind::Family)
    });
    let (_, &kin) = kin?;
    let names = |root: usize| -> FxHashSet<String> {
        let own = mentions
            .iter()
            .zip(roots)
            .filter(|(m, r)| **r == root && m.is_naming());
        own.flat_map(|(m, _)| m.name.split_whitespace().map(fold))
            .collect()
    };
    let theirs = names(kin);
    // *Donald* Tusk shares less with Donald Trump Jr. than his father
    let shared = |holder: usize| names(holder).intersection(&theirs).count();
    let others = holders.iter().filter(|&&holder| holder != kin);
    let others: Vec<(usize, usize)> = others.map(|&holder| (shared(holder), holder)).collect();
    let &(most, _) = others.iter().max().filter(|(most, _)| *most > 0)?;
    let mut found = others.iter().filter(|(shared, _)| *shared == most);
    let &(_, first) = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whom a title with a country means: الرئيس الروسي is the one that was called الرئيس and, elsewhere, of Russia (نظيره
/// {الروسي}), if only one was.
fn titled_there(
    mentions: &[Mention],
    roots: &[usize],
    named: &dyn Fn(usize) -> bool,
    at: usize,
) -> Option<usize> {
    let own = &mentions[at];
    let country = own.of.as_deref()?;
    own.noun.as_ref()?;
    let people = || {
        let all = mentions.iter().zip(roots).take(at);
        all.filter(|(m, root)| {
            m.form == MentionForm::Description && m.kind == EntityKind::Person && named(**root)
        })
    };
    let titled = people().filter(|(m, _)| m.of.is_none() && core(m) == core(own));
    let from_there = |root: usize| {
        let countries = || {
            people()
                .filter(|(_, r)| **r == root)
                .filter_map(|(m, _)| m.of.as_deref())
        };
        countries().any(|of| of == country) && countries().all(|of| of == country)
    };
    let mut found: Vec<usize> = titled.map(|(_, root)| *root).collect();
    found.retain(|&root| from_there(root));
    found.dedup();
    let first = *found.first()?;
    (own.kind == EntityKind::Person && found.iter().all(|&root| root == first)).then_some(first)
}

/// The word of a post that alone may stand for it: {министр} иностранных дел, energy {minister}, {مبعوث} خاص; رجل الأعمال
/// is one word.
fn core(mention: &Mention) -> (Lang, String) {
    // what a model describes by a noun that no list has is called by the whole
    let own = || fold(&mention.name);
    let noun = &mention.noun.clone().unwrap_or_else(own);
    let word = match mention.lang {
        Lang::En => noun
            .split(" of ")
            .next()
            .unwrap_or_default()
            .rsplit(' ')
            .next(),
        Lang::Ru => noun
            .split(' ')
            .find(|w| !["ый", "ий", "ой"].iter().any(|end| w.ends_with(end))),
        _ if noun.starts_with("رجل ") => Some(noun.as_str()),
        _ => noun.split(' ').next(),
    };
    (mention.lang, word.unwrap_or_default().to_owned())
}

/// *the {Russian} businessman*, *бизнесмен*: a post and nothing else but a country, in English with its article.
fn is_title(sentences: &[Sentence], mention: &Mention, kit: &Kit) -> bool {
    if mention.kind != EntityKind::Person || mention.lang == Lang::Ar && head(mention) != "رجل" {
        return false;
    }
    let Some(sentence) = sentence_of(sentences, mention.span) else {
        return false;
    };
    let words = sentence.within(mention.span);
    let adjective = |w: &&Word| kit.gazetteer.adjective(w, mention.lang).is_some();
    let of_country = sentence.words[words.clone()]
        .iter()
        .filter(adjective)
        .count();
    let noun = mention.noun.as_deref().unwrap_or_default();
    let plain = words.len() == of_country + noun.split(' ').count();
    let before = words
        .start
        .checked_sub(1)
        .map(|at| sentence.words[at].fold.as_str());
    let definite = match mention.lang {
        Lang::En => before == Some("the"),
        Lang::Ar => mention.name.contains(" ال"),
        _ => true,
    };
    plain && definite && !kit.nouns.is_common(mention.lang, &core(mention).1)
}

/// The first word of the noun of a description.
fn head(mention: &Mention) -> &str {
    let noun = mention.noun.as_deref().unwrap_or_default();
    noun.split(' ').next().unwrap_or_default()
}

/// A title with its article and nothing else. الرئيس may be any president of whom the text has not spoken.
fn is_arabic_title(mention: &Mention, kit: &Kit) -> bool {
    mention.lang == Lang::Ar
        && mention.kind == EntityKind::Person
        && mention.name.starts_with("ال")
        && is_bare(mention)
        && !kit.nouns.is_common(Lang::Ar, head(mention))
}

/// A class noun and nothing else: *the company*, الصحيفة. *Biden's administration* is no other body.
pub(super) fn is_bare(mention: &Mention) -> bool {
    mention.of.is_none() && mention.name.split_whitespace().count() == 1
}

/// Noun, whose it is, and the words of a description.
type Wording<'a> = (Option<&'a str>, Option<&'a str>, String);

fn wording(mention: &Mention) -> Wording<'_> {
    let (noun, of) = (mention.noun.as_deref(), mention.of.as_deref());
    (noun, of, fold(&mention.name))
}

/// How many mentions back a class noun alone (*the company*, *the paper*) looks for its name.
const REACH_OF_CLASS_NOUN: usize = 12;

/// Which body or asset a class noun means again.
struct Meant<'a> {
    sentences: &'a [Sentence],
    mentions: &'a [Mention],
    roots: &'a [usize],
    introduced: &'a Introduced,
    kit: &'a Kit,
}

impl Meant<'_> {
    /// The last that was introduced by the same noun (*the group* is مجموعة «X», not the last company); with a country,
    /// the only one of that country.
    fn by(&self, at: usize) -> Option<usize> {
        let own = &self.mentions[at];
        if own.kind == EntityKind::Person || self.is_somewhere(at) {
            return None;
        }
        let called = class_noun(self.sentences, own, self.kit)?;
        let named = |other: &usize| {
            let m = &self.mentions[*other];
            m.form != MentionForm::Description && same_sort(m.kind, own.kind)
        };
        if let Some(country) = &called.country {
            // Any company is *the Norwegian company*, but no navy is *the German parliament*.
            let vague = matches!(own.kind, EntityKind::Company | EntityKind::Asset)
                || self.kit.nouns.is_vague(own.lang, &called.noun);
            let from_there = |other: &usize| {
                let root = self.roots[*other];
                self.introduced.by_country(root, country)
                    && (vague || self.introduced.by_noun(root, &called.noun))
            };
            let mut all = (0..at).rev().filter(named).filter(from_there);
            let last = all.next()?;
            let only = all.all(|other| self.roots[other] == self.roots[last]);
            return only.then_some(last);
        }
        let trade = self.kit.classes.trade(&called.noun);
        let does = |root: usize| {
            trade.is_some_and(|trade| {
                self.introduced
                    .by_trade(self.mentions, self.roots, root, trade)
            })
        };
        // *завод* may be a firm and what it owns.
        let by_noun = |other: &usize| {
            let m = &self.mentions[*other];
            let thing = m.kind.is_body() || m.kind == EntityKind::Asset;
            thing
                && m.form != MentionForm::Description
                && (self.introduced.by_noun(self.roots[*other], &called.noun)
                    || does(self.roots[*other]))
                && !self.is_named_behind(at, *other)
        };
        let introduced = (0..at).rev().find(by_noun);
        // a pipeline's owner is not *the bank*
        introduced.or_else(|| {
            trade
                .is_none()
                .then(|| self.last_of_kind(at, &called.noun))?
        })
    }

    /// *{another} bank*, *the {central} bank*, بنك {آخر}: none of which the text has spoken.
    fn is_another(&self, at: usize) -> bool {
        let own = &self.mentions[at];
        let Some(sentence) = sentence_of(self.sentences, own.span) else {
            return false;
        };
        let words = sentence.within(own.span);
        let from = words.start.saturating_sub(1);
        let to = (words.end + usize::from(own.lang == Lang::Ar)).min(sentence.words.len());
        let beside = &sentence.words[from..to];
        // *through {a} company registered in Cyprus*, but *a {department} spokesperson*
        let near = &self.mentions[at.saturating_sub(2)..at];
        let heads = !near.iter().any(|m| m.span.contains(own.span));
        let indefinite =
            |w: &Word| own.lang == Lang::En && heads && matches!(w.fold.as_str(), "a" | "an");
        let mut all = beside.iter();
        beside.iter().take(2).any(indefinite)
            || all.any(|word| self.kit.nouns.is_other(own.lang, word))
    }

    /// *через фонд {в Лихтенштейне}*, *a fund {in Liechtenstein}*: one that is told by where it is.
    fn is_somewhere(&self, at: usize) -> bool {
        let (own, Some(next)) = (&self.mentions[at], self.mentions.get(at + 1)) else {
            return false;
        };
        let Some(sentence) = sentence_of(self.sentences, own.span.to(next.span)) else {
            return false;
        };
        let gap = sentence.within(own.span).end..sentence.within(next.span).start;
        let gap = sentence.words.get(gap).unwrap_or_default();
        let within = |w: &Word| matches!(w.fold.as_str(), "в" | "in" | "في");
        next.kind == EntityKind::Place && gap.len() == 1 && within(&gap[0])
    }

    /// *{the company}'s chairman met {Laptev-Gaz}'s owner*: what the sentence names behind it is another.
    fn is_named_behind(&self, at: usize, other: usize) -> bool {
        let own = &self.mentions[at];
        let Some(sentence) = sentence_of(self.sentences, own.span) else {
            return false;
        };
        let next = sentence.words.get(sentence.within(own.span).end);
        let owns = next.is_some_and(|w| w.fold == "'s");
        let behind = self.mentions[at + 1..].iter().zip(&self.roots[at + 1..]);
        let mut behind = behind.take_while(|(m, _)| m.span.start < sentence.span.end);
        owns && behind.any(|(m, root)| m.is_naming() && *root == self.roots[other])
    }

    fn last_of_kind(&self, at: usize, noun: &str) -> Option<usize> {
        let own = &self.mentions[at];
        if own.kind == EntityKind::PublicBody && !self.kit.nouns.is_vague(own.lang, noun) {
            return None;
        }
        let of_paper = own.kind == EntityKind::Organization;
        if of_paper && !self.kit.nouns.is_class(own.lang, noun, own.kind) {
            return None;
        }
        let low = at.saturating_sub(REACH_OF_CLASS_NOUN);
        let last = (low..at).rev().find(|&other| {
            let m = &self.mentions[other];
            m.form != MentionForm::Description
                && m.kind == own.kind
                && !self.is_named_behind(at, other)
                && (!of_paper || super::is_outlet(m, self.kit))
        })?;
        // *the tanker {X}* is no yacht; a bank may be *the company*
        let is_other =
            own.kind == EntityKind::Asset && self.introduced.by_any_noun(self.roots[last]);
        (!is_other).then_some(last)
    }
}
