//! What the words of a name and those beside it tell of its kind: *Rimal {Marine}*, {شركة} نورفيك,
//! *{shares} of Norvik*, *Norvik, a Cyprus {company}*, *Orlov, {61},*.

use madar_text::{Clitics, Lang, TokenKind, fold};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::Found;
use super::kinds::LANGS;
use crate::Kit;
use crate::reading::EntityKind;
use crate::russian::Russian;
use crate::words::{Cases, Pos, Sentence, Word};

const FILE: &str = include_str!("../../lang/evidence.toml");

/// The wire form of `lang/evidence.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct EvidenceFile {
    company: Sides,
    person: Before,
}

type ByLanguage = std::collections::BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    before: ByLanguage,
    owned: ByLanguage,
    after: ByLanguage,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    before: ByLanguage,
}

/// Words beside a name that tell a company or a person, by language.
pub(crate) struct Evidence {
    company_before: [FxHashSet<String>; 3],
    company_owned: [FxHashSet<String>; 3],
    company_after: [FxHashSet<String>; 3],
    person_before: [FxHashSet<String>; 3],
}

impl Evidence {
    pub(crate) fn new(russian: &Russian) -> Self {
        let file: EvidenceFile =
            toml::from_str(FILE).unwrap_or_else(|error| panic!("lang/evidence.toml: {error}"));
        let sets = |lists: &ByLanguage| {
            LANGS.map(|lang| {
                let words = lists.get(lang.code()).into_iter().flatten();
                let key = |word: &String| match lang {
                    Lang::Ru => russian.lemma(word),
                    _ => fold(word),
                };
                words.map(key).collect()
            })
        };
        Self {
            company_before: sets(&file.company.before),
            company_owned: sets(&file.company.owned),
            company_after: sets(&file.company.after),
            person_before: sets(&file.person.before),
        }
    }

    /// *Mr*, السيد, *господин*: a title that tells nothing of who bears it.
    pub(super) fn is_title(&self, lang: Lang, word: &Word) -> bool {
        holds(&self.person_before, lang, word)
    }
}

fn holds(sets: &[FxHashSet<String>; 3], lang: Lang, word: &Word) -> bool {
    let at = LANGS.iter().position(|&l| l == lang);
    at.is_some_and(|at| sets[at].contains(&word.lemma) || sets[at].contains(&word.fold))
}

/// A word of its class within the name (*Holdings*, ООО, القابضة) all but settles it.
const INSIDE: u32 = 6;
/// A class noun right before the name, or in the apposition behind it.
const BESIDE: u32 = 4;
/// Shares, a stake, a chairman: companies have them, clubs and banks of rivers seldom.
const HINT: u32 = 3;
/// Pipelines and mines have names of their own, and names of whom they belong to.
const WEAK: u32 = 2;

/// Hands on each kind that the words in or around a name tell, with its weight.
pub(super) fn of(
    sentence: &Sentence,
    name: &Found,
    kit: &Kit,
    tell: &mut dyn FnMut(EntityKind, u32),
) {
    if let Some(kind) = inside(sentence, name, kit) {
        tell(kind, INSIDE);
    }
    if let Some(kind) = class_before(sentence, name, kit) {
        tell(kind, BESIDE);
    }
    if let Some(kind) = apposition(sentence, name, kit) {
        tell(kind, BESIDE);
    }
    if sentence.lang == Lang::En && asset_behind(sentence, name, kit) {
        // *the Burnaston plant*: a place stays one, unless it is called more
        let place = name.kind == EntityKind::Place;
        tell(EntityKind::Asset, if place { 1 } else { WEAK });
    }
    if sentence.lang == Lang::En && person_apposed(sentence, name, kit) {
        tell(EntityKind::Person, BESIDE);
    }
    if is_named_as_kin(sentence, name, kit) {
        tell(EntityKind::Person, INSIDE);
    }
    if company_beside(sentence, name, kit) {
        tell(EntityKind::Company, HINT);
    }
    if name.kind == EntityKind::Person && person_beside(sentence, name, kit) {
        tell(EntityKind::Person, BESIDE);
    }
}

/// English and Russian put the class last or first, Arabic first.
fn inside(sentence: &Sentence, name: &Found, kit: &Kit) -> Option<EntityKind> {
    let (words, lang) = (&sentence.words[name.from..name.to], sentence.lang);
    if words.len() < 2 {
        let class = kit.classes.of(lang, &words[0]);
        return class.filter(|&kind| kind == EntityKind::PublicBody);
    }
    let ends = [words.last(), words.first()];
    // *State {Committee} for National Security*
    let of = words
        .iter()
        .position(|w| lang == Lang::En && matches!(w.fold.as_str(), "of" | "for"));
    let head = of.and_then(|at| words.get(at.checked_sub(1)?));
    let kind = head
        .into_iter()
        .chain(ends.into_iter().flatten())
        .find_map(|w| kit.classes.of(lang, w))?;
    // Danielle Steel is no steelworks: both words are names of people.
    let mut both = words.first().into_iter().chain(words.last());
    let people = lang == Lang::En && both.all(|w| w.class & 1 == 1);
    let person = name.kind == EntityKind::Person && (people || kind == EntityKind::Place);
    (!person).then_some(kind)
}

/// How far back a plain quotation mark is looked for to tell whether one opens or closes.
const QUOTATION: usize = 40;

/// Whether a quotation mark opens right before the word.
fn opens(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| words[i].fold.as_str());
    match before {
        Some("«" | "“" | "„") => true,
        Some("\"") => {
            let near = words[..at].iter().rev().take(QUOTATION);
            near.filter(|w| w.fold == "\"").count() % 2 == 1
        }
        _ => false,
    }
}

/// شركة "X", компания X, *oil company X*; with quotation marks one adjective may stand between.
fn class_before(sentence: &Sentence, name: &Found, kit: &Kit) -> Option<EntityKind> {
    let (words, lang) = (&sentence.words, sentence.lang);
    let quoted = opens(words, name.from);
    let mut before = words[..name.from - usize::from(quoted)].iter().rev();
    let nearest = before.next()?;
    let class = kit.classes.of(lang, nearest).or_else(|| {
        let second = before.next()?;
        let adjective = nearest.kind == TokenKind::Word
            && (quoted || lang == Lang::Ar && kit.gazetteer.adjective(nearest, lang).is_some());
        kit.classes.of(lang, second).filter(|_| adjective)
    })?;
    let latin = words[name.from].fold.bytes().all(|b| b.is_ascii());
    let fits = match name.kind {
        // *the government of Ivanov*, إدارة ترمب: what people have is not what they are
        EntityKind::Person => match lang {
            Lang::Ru => quoted || latin,
            // رئيس الشركة غوردون هالفورسن: behind the article the name is that of the post
            Lang::Ar if nearest.clitics.has(Clitics::ARTICLE) => quoted,
            _ => quoted || class == EntityKind::Company,
        },
        // *the Burnaston plant*, مطار بيروت stay places
        EntityKind::Place => quoted || matches!(class, EntityKind::Place | EntityKind::Company),
        _ => class != EntityKind::Place,
    };
    fits.then_some(class)
}

/// Words between a name and the class noun that explains it, at most.
const REACH: usize = 6;

/// Words that end the noun phrase of an apposition.
const STOPS: &[&str] = &[
    "of",
    "in",
    "that",
    "which",
    "who",
    "whose",
    "and",
    "to",
    "with",
    "by",
    "for",
    "on",
    "at",
    "from",
    "as",
    "и",
    "что",
    "который",
    "которая",
];

/// *X, a Cyprus company*; *X is a company*; «X», крупнейший банк; X، شركة.
fn apposition(sentence: &Sentence, name: &Found, kit: &Kit) -> Option<EntityKind> {
    let (words, lang) = (&sentence.words, sentence.lang);
    let mut at = name.to;
    while words.get(at).is_some_and(Word::is_quote) {
        at += 1;
    }
    let link = words.get(at)?;
    let starts = matches!(
        link.fold.as_str(),
        "," | "،" | "—" | "–" | "-" | "is" | "was"
    );
    if !starts {
        return None;
    }
    at += 1;
    if lang == Lang::En && !matches!(words.get(at)?.fold.as_str(), "a" | "an" | "the") {
        return None;
    }
    let reach = if lang == Lang::Ar { 1 } else { REACH };
    for (at, word) in words.iter().enumerate().skip(at).take(reach) {
        let next = words.get(at + 1);
        let stops = STOPS.contains(&word.fold.as_str());
        if word.kind != TokenKind::Word || stops || kit.nouns.is_post(lang, word) {
            return None;
        }
        if let Some(kind) = kit.classes.of(lang, word) {
            let genitive = lang == Lang::Ru && !word.cases.may_be(Cases::NOM);
            let head = next.is_none_or(|next| {
                next.fold != "'s"
                    && next.fold != "-"
                    && !(kit.nouns.is_noun(lang, next) && kit.nouns.class(lang, next).is_none())
                    && kit.classes.of(lang, next).is_none()
            });
            if head && !genitive {
                return (kind != EntityKind::Place || name.kind == EntityKind::Place)
                    .then_some(kind);
            }
        }
        let noun = lang == Lang::Ru && matches!(word.pos, Pos::Noun | Pos::Name);
        if noun || matches!(word.pos, Pos::Verb | Pos::Preposition | Pos::Pronoun) {
            return None;
        }
    }
    None
}

/// *the Kyzylarka gas {pipeline}*.
fn asset_behind(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let mut behind = sentence.words[name.to..].iter().take(2);
    let class = |w: &Word| kit.classes.of(Lang::En, w);
    let word = |w: &&Word| w.kind == TokenKind::Word && !w.capital && w.fold != "'s";
    let Some(first) = behind.next().filter(word) else {
        return false;
    };
    let second = behind.next().filter(word);
    let plain = matches!(
        first.fold.as_str(),
        "gas" | "oil" | "gold" | "coal" | "copper" | "lng"
    );
    let named = class(first) == Some(EntityKind::Asset)
        || plain && second.is_some_and(|w| class(w) == Some(EntityKind::Asset));
    named && name.kind != EntityKind::Person
}

/// *Gentry Beach, a college {friend} of*: a tie or a post that no body has, in the apposition behind a name.
fn person_apposed(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let (words, lang) = (&sentence.words, sentence.lang);
    let fold = |at: usize| words.get(at).map(|w| w.fold.as_str());
    if fold(name.to) != Some(",") || !matches!(fold(name.to + 1), Some("a" | "an" | "the")) {
        return false;
    }
    let apposed = words.iter().enumerate().skip(name.to + 2).take(REACH);
    let mut inside = apposed.take_while(|(_, w)| {
        w.kind == TokenKind::Word && !w.capital && !STOPS.contains(&w.fold.as_str())
    });
    inside.any(|(at, w)| {
        let head = !matches!(fold(at + 1), Some(next) if next.chars().all(char::is_alphabetic) && !STOPS.contains(&next));
        let noun = kit.nouns.is_noun(lang, w) && kit.nouns.class(lang, w).is_none();
        head && noun && !kit.nouns.is_holder(lang, &w.lemma)
    })
}

/// Words between a word of kin and the last name of its list, at most.
const REACH_OF_KIN: usize = 8;

/// *his {brothers} Samer and Nizar*: names alone, between commas and *and* at most.
fn is_named_as_kin(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let words = &sentence.words;
    let low = name.from.saturating_sub(REACH_OF_KIN);
    let kin = |at: &usize| kit.facts.many_kin(sentence.lang, &words[*at]).is_some();
    let Some(from) = (low..name.from).rev().find(kin) else {
        return false;
    };
    let single = name.to - name.from == 1;
    let passes = |word: &Word| {
        let joins = matches!(word.fold.as_str(), "," | "،" | "and" | "и");
        joins || word.capital || sentence.lang == Lang::Ar && word.clitics.has(Clitics::AND)
    };
    let own = match sentence.lang {
        Lang::Ar => name.from == from + 1 || words[name.from].clitics.has(Clitics::AND),
        _ => true,
    };
    single
        && own
        && words[from + 1..name.from]
            .iter()
            .all(|w| passes(w) || name.from - from <= 2)
}

/// *shares of X*, *X's board*, гендиректор X, حصة في X.
fn company_beside(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let (words, lang, evidence) = (&sentence.words, sentence.lang, &kit.evidence);
    let small = |w: &&Word| {
        w.is_quote()
            || matches!(
                w.fold.as_str(),
                "of" | "in" | "at" | "for" | "the" | "في" | "من" | "в" | "у"
            )
    };
    let before = words[..name.from].iter().rev().take(3).find(|w| !small(w));
    let attached = lang == Lang::Ar && words[name.from].clitics.preposition().is_some();
    let place = name.kind == EntityKind::Place;
    let told_by = if place {
        &evidence.company_owned
    } else {
        &evidence.company_before
    };
    let told_before = before.is_some_and(|w| {
        holds(told_by, lang, w)
            // الرئيس التنفيذي لـX, but الرئيس التنفيذي X is a person
            && (w.lemma != "تنفيذي" || attached)
    });
    // *chairman Halvorsen* is a person, *chairman of Norvik* is not.
    let post = before.is_some_and(|w| kit.nouns.is_post(lang, w));
    let direct = name.from > 0 && !small(&&words[name.from - 1]);
    // гендиректор {Ханс Грубер}: a company stands in the genitive there, or in quotation marks
    let full = name.kind == EntityKind::Person && name.to - name.from > 1;
    let held = match lang {
        Lang::En => post && direct,
        Lang::Ru => post && direct && full,
        _ => false,
    };
    let told_before = told_before && !held;
    let mut after = words[name.to..].iter().filter(|w| !w.is_quote());
    let next = after.next();
    let owned = next.is_some_and(|w| w.fold == "'s");
    let told_after = |w: &Word| holds(&evidence.company_after, lang, w);
    let behind = if owned { after.next() } else { next };
    // A person has a plant or shares too: only what follows at once tells.
    let told_after =
        behind.is_some_and(|w| told_after(w) && (!owned || name.kind != EntityKind::Person));
    // *a stake in Baldwin's firm* is one in the firm
    told_before && !owned || told_after && !place
}

/// *Mr. X*, *X, 61,*, 61-летний X.
fn person_beside(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let (words, lang) = (&sentence.words, sentence.lang);
    let before = name.from.checked_sub(1).map(|i| &words[i]);
    let titled = before.is_some_and(|w| holds(&kit.evidence.person_before, lang, w));
    let post = lang == Lang::En && before.is_some_and(|w| w.capital && kit.nouns.is_post(lang, w));
    let comma = |at: usize| words.get(at).is_some_and(|w| w.fold == ",");
    let age = words.get(name.to + 1).is_some_and(|w| {
        w.kind == TokenKind::Number
            && w.fold.len() == 2
            && w.fold.bytes().all(|b| b.is_ascii_digit())
    });
    titled || post || lang == Lang::En && comma(name.to) && age && comma(name.to + 2)
}
