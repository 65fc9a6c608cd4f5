//! A name taken apart, once: words, their roles, their sounds, their weights.
//!
//! "Доктор Кирилл Александрович Дмитриев" is an honorific, a given name, a patronymic and a surname;
//! "شركة أورينت كواي القابضة" a legal form, two words and a word of a trade. What two names have in
//! common is left to [`crate::compare`].

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use crate::align::{Extent, Run};
use crate::ear;
use crate::fold::{Clean, clean, fold_clean};
use crate::heard;
use crate::initials;
use crate::keys;
use crate::lexicon::{LEXICON, Meaning};
use crate::part::{Bearers, Part, PartRole, Spelled, Stretch};
use crate::roles::{Shape, organisation_roles, person_roles};
use crate::script::Script;
use crate::sounds::{SOUNDS, Sound};

/// Parts that are compared; later ones are kept and not looked at. Guards against pasted text in a
/// name field: comparing takes parts times parts. Four names in ten thousand on the lists have more.
pub(crate) const MAX_CONTENT: usize = 16;
/// Parts that are kept at all; the same guard for memory.
const MAX_PARTS: usize = 64;
/// Sounds of one part; the longest real part on the lists has 27.
pub(crate) const MAX_SOUNDS: usize = 32;

/// Sounds that must be left when an article or an ending is taken off.
const SHORTEST_BARE: usize = 3;

/// What a name is the name of, as far as comparing cares.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A company, a public body, an outlet, a movement.
    Organisation,
    /// A place, an asset, a paper.
    Other,
}

/// A name taken apart once, ready to be compared often.
#[derive(Clone, Debug)]
pub struct Name {
    text: Box<str>,
    kind: NameKind,
    script: Script,
    folded: Box<str>,
    /// A hash of `folded`.
    hash: u64,
    parts: Box<[Part]>,
    content: Content,
    sounds: Box<[Sound]>,
    /// Letters of parts that may be acronyms, as sounds.
    letters: Box<[Sound]>,
    /// An acronym among the parts, and the first part and the number of parts that it stands for.
    own_acronym: Option<[u8; 3]>,
    homoglyphs: bool,
    has_surname: bool,
    has_father: bool,
}

impl Name {
    /// Takes a name apart. Never fails: what cannot be read is a name without parts.
    pub fn new(text: &str, kind: NameKind) -> Name {
        let cleaned = clean(text);
        let reading = Reading::of(text, words(&cleaned.text), kind);
        Name::of_reading(text, &cleaned, reading)
    }

    /// Takes apart a name of which nobody says what it is the name of: as a person's, as an organisation's, or as
    /// both, in that order, where its words do not tell.
    ///
    /// A legal form, words of trades or a number say organisation; a known given name or a father's name says person;
    /// neither or both say nothing.
    ///
    /// ```
    /// use madar_names::{Name, NameKind::{self, Organisation, Person}};
    /// let read_as = |text| Name::readings(text).iter().map(Name::kind).collect::<Vec<NameKind>>();
    /// assert_eq!(read_as("OOO Orient Quay"), [Organisation]);
    /// assert_eq!(read_as("Геннадий Николаевич Тимченко"), [Person]);
    /// assert_eq!(read_as("Orient Quay"), [Person, Organisation]);
    /// ```
    pub fn readings(text: &str) -> Vec<Name> {
        let cleaned = clean(text);
        let words = words(&cleaned.text);
        let person = Reading::of(text, words.clone(), NameKind::Person);
        let thing = Reading::of(text, words, NameKind::Organisation);
        let read = match told_kind(&person, &thing) {
            Some(NameKind::Person) => vec![person],
            Some(_) => vec![thing],
            None => vec![person, thing],
        };
        let names = read.into_iter();
        names
            .map(|reading| Name::of_reading(text, &cleaned, reading))
            .collect()
    }

    fn of_reading(text: &str, cleaned: &Clean, reading: Reading) -> Name {
        let Reading { kind, words, roles } = reading;
        let mut sounds = Vec::with_capacity(cleaned.text.len());
        let mut letters = Vec::new();
        let mut parts = Vec::with_capacity(words.len());
        for (word, role) in words.into_iter().zip(roles) {
            let start = letters.len();
            if role == PartRole::Word && word.meaning.is_none() && kind != NameKind::Person {
                initials::spell(&word.folded, &mut letters);
            }
            let mut part = build_part(word, role, kind, &mut sounds);
            part.letters = Stretch::new(&(start..letters.len()));
            parts.push(part);
        }
        let content = Content::of_parts(&parts, kind);
        let has = |role: PartRole| content.of(&parts).any(|part| part.role == role);
        let (has_surname, has_father) = (has(PartRole::Surname), has(PartRole::Patronymic));
        let mut folded: Vec<&str> = parts
            .iter()
            .filter(|p| p.is_content())
            .map(Part::folded)
            .collect();
        folded.sort_unstable();
        let folded = folded.join(" ");
        let mut name = Name {
            hash: hash(folded.as_str()),
            folded: folded.into_boxed_str(),
            text: text.into(),
            kind,
            script: Script::of(&cleaned.text),
            has_surname,
            has_father,
            content,
            parts: parts.into_boxed_slice(),
            sounds: sounds.into_boxed_slice(),
            letters: letters.into_boxed_slice(),
            own_acronym: None,
            homoglyphs: cleaned.homoglyphs,
        };
        if !name.letters.is_empty() {
            let place = |at| u8::try_from(at).expect("a part that is compared");
            let own = initials::own(&name);
            name.own_acronym = own.map(|(at, (first, len))| [at, first, len].map(place));
        }
        name
    }

    /// The name as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it is the name of.
    pub fn kind(&self) -> NameKind {
        self.kind
    }

    /// Its parts, in the order written.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The script most of its letters are in.
    pub fn script(&self) -> Script {
        self.script
    }

    /// The keys under which an index files the name: two names that could be alike share at least
    /// one. Sorted, no key twice; empty for a name without letters or digits.
    pub fn keys(&self) -> Vec<u64> {
        keys::keys(self)
    }

    /// One form that equal names in one script share: the compared parts, folded, sorted.
    ///
    /// ```
    /// use madar_names::{Name, NameKind};
    /// let a = Name::new("Дмитриев, Кирилл", NameKind::Person);
    /// let b = Name::new("г-н Кирилл ДМИТРИЕВ", NameKind::Person);
    /// assert_eq!(a.folded(), b.folded());
    /// ```
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether both are made of the same words.
    pub(crate) fn has_words_of(&self, other: &Name) -> bool {
        self.hash == other.hash && self.folded == other.folded
    }

    /// A fixed order of names: by words, then as written.
    pub(crate) fn is_after(&self, other: &Name) -> bool {
        let key = |name: &Name| (name.hash, name.kind);
        if key(self) != key(other) {
            return key(self) > key(other);
        }
        (&self.folded, &self.text) > (&other.folded, &other.text)
    }

    /// The parts that are compared.
    pub(crate) fn content(&self) -> impl ExactSizeIterator<Item = &Part> + Clone {
        self.content.of(&self.parts)
    }

    /// One of the parts that are compared.
    pub(crate) fn part(&self, at: usize) -> &Part {
        &self.parts[usize::from(self.content.at[at])]
    }

    /// The letters of a compared part that may be an acronym; none if it cannot be one.
    pub(crate) fn letters(&self, at: usize) -> &[Sound] {
        &self.letters[self.part(at).letters.range()]
    }

    /// An acronym among the compared parts, and the run of parts that it stands for.
    pub(crate) fn own_acronym(&self) -> Option<(usize, (usize, usize))> {
        let [at, first, len] = self.own_acronym?.map(usize::from);
        Some((at, (first, len)))
    }

    /// All sounds; those of neighbouring compared parts stand next to each other.
    pub(crate) fn sounds(&self) -> &[Sound] {
        &self.sounds
    }

    /// Whether a compared part is said to be the surname, and whether one is the father's name.
    pub(crate) fn has_surname(&self) -> bool {
        self.has_surname
    }

    pub(crate) fn has_father(&self) -> bool {
        self.has_father
    }

    /// Whether letters of another script that only look right were replaced.
    pub(crate) fn had_homoglyphs(&self) -> bool {
        self.homoglyphs
    }
}

/// Which parts are compared, in order.
#[derive(Clone, Debug, Default)]
struct Content {
    at: [u8; MAX_CONTENT],
    len: u8,
}

impl Content {
    /// A word that an organisation's name repeats says nothing more.
    fn of_parts(parts: &[Part], kind: NameKind) -> Content {
        let mut content = Content::default();
        for (at, part) in (0u8..).zip(parts).filter(|(_, p)| p.is_content()) {
            let is_said = kind != NameKind::Person
                && content.of(parts).any(|said| said.is_spelled_like(part));
            if !is_said {
                content.at[usize::from(content.len)] = at;
                content.len += 1;
            }
            if usize::from(content.len) == MAX_CONTENT {
                break;
            }
        }
        content
    }

    fn of<'a>(&'a self, parts: &'a [Part]) -> impl ExactSizeIterator<Item = &'a Part> + Clone {
        let all = self.at[..usize::from(self.len)].iter();
        all.map(|&at| &parts[usize::from(at)])
    }
}

/// The words of a name and what each does in it, as a name of a kind.
struct Reading {
    kind: NameKind,
    words: Vec<Word>,
    roles: Vec<PartRole>,
}

impl Reading {
    fn of(text: &str, words: Vec<Word>, kind: NameKind) -> Reading {
        let mut words = words;
        if kind == NameKind::Person {
            spelled_letters(&mut words);
        } else if let Some(acronym) = spelled_acronym(&words) {
            words = vec![acronym];
        }
        let words = match kind {
            NameKind::Person => join_compounds(words),
            NameKind::Organisation | NameKind::Other => expand(join_letters(words)),
        };
        let roles = match kind {
            NameKind::Person => person_roles(&words, &Shape::of(text)),
            NameKind::Organisation | NameKind::Other => organisation_roles(&words),
        };
        Reading { kind, words, roles }
    }

    /// How many words there are of which this holds.
    fn count(&self, is: impl Fn(&Word, PartRole) -> bool) -> usize {
        let words = self.words.iter().zip(&self.roles);
        words.filter(|(word, role)| is(word, **role)).count()
    }
}

/// What a name is the name of, by its two readings; none where they do not tell: a wrong guess would hide what is
/// listed.
fn told_kind(person: &Reading, thing: &Reading) -> Option<NameKind> {
    let is_given = |word: &Word| !LEXICON.bearers(&word.folded).is_empty();
    let forms = thing.count(|_, role| role == PartRole::OrgForm);
    // *Franck* begins like *French* and is a man
    let trades = thing.count(|word, role| match role {
        PartRole::Number => true,
        PartRole::ClassWord => !is_given(word),
        _ => false,
    });
    let given = person.count(|word, role| match role {
        PartRole::Patronymic => true,
        // not the *al* of *al-Khilafa*, which is also short for *Albert*
        PartRole::Given | PartRole::Surname => is_given(word),
        _ => false,
    });
    let is_thing = forms > 0 || trades >= TRADES_OF_A_THING;
    let may_be_thing = is_thing || trades > 0;
    match (given > 0, is_thing) {
        (false, true) => Some(NameKind::Organisation),
        (true, false) if !may_be_thing && person.words.len() > 1 => Some(NameKind::Person),
        _ => None,
    }
}

/// Words of trades that make a name a thing's: one alone may be a surname (*Morales* begins like *marine*).
const TRADES_OF_A_THING: usize = 2;

/// A word with its folded form.
#[derive(Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) folded: String,
    /// What the word means in an organisation's name; a compound or acronym is several words.
    pub(crate) meaning: Option<Meaning>,
    /// Whether the letters were spelled with an earlier word of the same compound.
    pub(crate) is_silent: bool,
}

fn words(cleaned: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for text in cleaned.split(' ').take(MAX_PARTS) {
        let follows_number = out.last().is_some_and(|before| is_number(&before.folded));
        if follows_number && ORDINAL_ENDINGS.contains(&text) {
            continue;
        }
        let text = without_ending(text);
        let folded = fold_clean(text);
        if !folded.is_empty() {
            out.push(Word {
                text: text.to_owned(),
                folded,
                meaning: None,
                is_silent: false,
            });
        }
    }
    out
}

/// Endings of ordinal numbers, as they are written on to figures: *27-й*.
const ORDINAL_ENDINGS: [&str; 10] = ["й", "я", "е", "ый", "ой", "ий", "ая", "ое", "го", "му"];

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// *Zindashti's* is Zindashti, *27th* is 27.
fn without_ending(word: &str) -> &str {
    if let Some(owner) = word.strip_suffix("'s")
        && owner.chars().count() >= SHORTEST_BARE
    {
        return owner;
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return word;
    }
    let figures = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    figures.filter(|figures| is_number(figures)).unwrap_or(word)
}

/// *p.l.c.*, *U.S.* and ش.م.م are one word each.
fn join_letters(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut follows_letter = false;
    for word in words {
        let is_letter = word.folded.chars().count() == 1;
        match out.last_mut() {
            Some(last) if is_letter && follows_letter => {
                last.text += &word.text;
                last.folded += &word.folded;
            }
            _ => out.push(word),
        }
        follows_letter = is_letter;
    }
    out
}

/// What words mean; *НИИ* is three words, *радиоэлектронный* two.
fn expand(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let meanings = LEXICON.meanings(&word.folded);
        if let [] | [_] = meanings {
            let meaning = meanings.first().copied();
            out.push(Word { meaning, ..word });
            continue;
        }
        out.extend(meanings.iter().enumerate().map(|(at, &meaning)| Word {
            text: word.text.clone(),
            folded: format!("={meaning}"),
            meaning: Some(meaning),
            is_silent: at > 0,
        }));
    }
    out.truncate(MAX_PARTS);
    out
}

/// عبد الرحمن, *Abdul Rahman* and *Abd al-Rahman* are one part: the first word never stands alone.
fn join_compounds(words: Vec<Word>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(mut word) = words.next() {
        let opens = matches!(
            word.folded.as_str(),
            "عبد"
                | "abd"
                | "abdul"
                | "abdel"
                | "abdal"
                | "abdol"
                | "abdur"
                | "abdoul"
                | "abdu"
                | "абд"
                | "абдул"
                | "абдель"
                | "абдел"
                | "абдуль"
                | "абдур"
        );
        if opens && words.peek().is_some() {
            let article = |w: &Word| {
                matches!(
                    w.folded.as_str(),
                    "al" | "el" | "ul" | "ar" | "ur" | "аль" | "эль" | "ال" | "as" | "us"
                )
            };
            if words.peek().is_some_and(article) {
                words.next();
            }
            if let Some(next) = words.next() {
                let bare = |s: &str| match s {
                    "الله" => s.to_owned(),
                    s => s.strip_prefix("ال").unwrap_or(s).to_owned(),
                };
                word = Word {
                    text: word.text + &bare(&next.text),
                    folded: word.folded + &bare(&next.folded),
                    meaning: None,
                    is_silent: false,
                };
            }
        }
        match out.last_mut() {
            Some(last) if CLOSES.contains(&word.folded.as_str()) && is_name(last) => {
                // The l of الله is doubled in writing, of which *-ullah* knows nothing.
                let bare = |s: &str| match s {
                    "الله" => "اله".to_owned(),
                    s => s.strip_prefix("ال").unwrap_or(s).to_owned(),
                };
                last.text += &bare(&word.text);
                last.folded += &bare(&word.folded);
            }
            _ => out.push(word),
        }
    }
    out.into_iter().map(without_inner_article).collect()
}

/// Second halves of names of two words: سيف الله is *Saifullah*, نور الدين *Nuruddin*.
const CLOSES: [&str; 10] = [
    "الله",
    "allah",
    "ullah",
    "ollah",
    "الدين",
    "eddine",
    "eddin",
    "uddin",
    "aldin",
    "аллах",
];

/// Whether a word may be the first half of such a name.
fn is_name(word: &Word) -> bool {
    word.folded.chars().count() > 2 && !LEXICON.is_particle(&word.folded)
}

/// Persian and Arabic write initials as they are called: ام for *M*. Only inside longer names, where
/// they cannot be a name themselves.
fn spelled_letters(words: &mut [Word]) {
    let last = words.len().saturating_sub(1);
    if words.len() < 3 {
        return;
    }
    for word in &mut words[1..last] {
        if let Some(letter) = LEXICON.letter(&word.folded) {
            word.text = letter.to_owned();
            word.folded = letter.to_owned();
        }
    }
}

/// آر بي سي for *RBC*: a name that is nothing but names of letters.
fn spelled_acronym(words: &[Word]) -> Option<Word> {
    let letters = words.iter().map(|w| LEXICON.acronym_letter(&w.folded));
    let letters: String = letters.collect::<Option<_>>()?;
    let first = words.first().filter(|_| words.len() > 1)?;
    Some(Word {
        text: letters.clone(),
        folded: letters,
        ..first.clone()
    })
}

/// *Abdulrahman*, *Abdurrahman*, *абдель…* and عبدالرحمن without the article inside.
fn without_inner_article(word: Word) -> Word {
    let mut word = word;
    if let Some(bare) = bare_inside(&word.text) {
        word.text = bare;
    }
    if let Some(bare) = bare_inside(&word.folded) {
        word.folded = bare;
    }
    // *Abd Habib* has a d and an h, no dh.
    if word.text.as_bytes().windows(4).any(|four| four == b"abdh") {
        word.text = word.text.replacen("abdh", "abd'h", 1);
    }
    word
}

/// Beginnings of names of two words with the article in the first.
const SERVANTS_OF: [&str; 9] = [
    "abdul",
    "abdel",
    "abdal",
    "abdol",
    "abdoul",
    "абдуль",
    "абдель",
    "абдул",
    "абдел",
];

/// A word without the article inside, where it has one.
fn bare_inside(word: &str) -> Option<String> {
    if word.starts_with("abd") || word.starts_with("абд") {
        let rests = SERVANTS_OF
            .iter()
            .filter_map(|open| Some((open, word.strip_prefix(open)?)));
        for (open, rest) in rests {
            let is_long = rest.chars().count() >= 3;
            if is_long && !rest.starts_with("la") && !rest.starts_with("ла") {
                let servant = if open.is_ascii() { "abd" } else { "абд" };
                return Some(format!("{servant}{rest}"));
            }
        }
    }
    if let Some(stem) = without_din(word) {
        return Some(format!("{stem}din"));
    }
    let rest = word.strip_prefix("عبدال")?;
    (rest.chars().count() >= 3).then(|| format!("عبد{rest}"))
}

/// What stands before *-uddin*, *-eddine*, *-oldin* in one word.
fn without_din(word: &str) -> Option<&str> {
    const ENDINGS: [&str; 5] = ["din", "deen", "dine", "dien", "dyn"];
    let stem = ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    let stem = stem.strip_suffix(['d', 'l']).unwrap_or(stem);
    let stem = stem.strip_suffix(['a', 'e', 'o', 'u'])?;
    (stem.len() >= 3).then_some(stem)
}

fn build_part(word: Word, role: PartRole, kind: NameKind, sounds: &mut Vec<Sound>) -> Part {
    let script = Script::of(&word.text);
    let start = sounds.len();
    let is_content = !matches!(
        role,
        PartRole::Particle | PartRole::Honorific | PartRole::OrgForm
    );
    if is_content && !word.is_silent {
        SOUNDS.spell_in(script, &word.text, MAX_SOUNDS, sounds);
    }
    let is_person = kind == NameKind::Person;
    let bare = bare(&word.text, is_person, start..sounds.len());
    let meaning = word.meaning;
    let is_arabic = script == Script::Arabic;
    let run = Run {
        sounds: &sounds[start..],
        extent: Extent::of(&sounds[start..], is_arabic),
    };
    let bare_extent = match &bare {
        Some(bare) => Extent::of(&sounds[bare.clone()], is_arabic).among(run.extent.families),
        None => run.extent,
    };
    let known = is_person.then(|| ear::known(&word.folded, run));
    let is_common = known.as_ref().is_some_and(|known| known.is_common);
    let frequency = if is_person {
        LEXICON.frequency_in_persons(&word.folded)
    } else {
        LEXICON.frequency_in_organisations(&word.folded)
    };
    Part {
        role,
        script,
        sounds: Stretch::new(&(start..sounds.len())),
        extent: run.extent,
        bare_extent,
        is_generic: meaning.is_some_and(|m| LEXICON.is_generic(m)),
        meaning,
        bearers: Bearers::new(known.as_ref().map_or(&[], |known| &known.bearers)),
        weight: weight(role, kind, is_common, frequency, &word.folded),
        is_common,
        frequency,
        rarity: heard::rarity(
            run.sounds,
            bare.clone().map(|bare| &sounds[bare]),
            is_person,
        ),
        bare: bare.as_ref().map(Stretch::new),
        letters: Stretch::default(),
        length: u8::try_from(word.folded.chars().count()).unwrap_or(u8::MAX),
        hash: hash(word.folded.as_str()),
        identity: hash(&(
            &word.text,
            &word.folded,
            role,
            meaning,
            word.is_silent,
            kind,
        )),
        spelled: Box::new(Spelled::new(word.text, word.folded)),
    }
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The sounds without an article written on to the word (السيسي is *al-Sisi*, الكسندر is not: both
/// readings are kept), or without an adjective's ending (*Саратовский*, *Saratov*).
fn bare(word: &str, is_person: bool, sounds: Range<usize>) -> Option<Range<usize>> {
    let bare = if let Some(article) = article_sounds(word) {
        sounds.start + article..sounds.end
    } else if !is_person && let Some(ending) = ending_sounds(word) {
        sounds.start..sounds.end.saturating_sub(ending)
    } else {
        return None;
    };
    (bare.len() >= SHORTEST_BARE).then_some(bare)
}

/// How many sounds an article at the beginning takes.
fn article_sounds(word: &str) -> Option<usize> {
    const ARTICLES: [(&str, usize); 5] = [("وال", 3), ("ال", 2), ("لل", 1), ("al", 2), ("el", 2)];
    let (rest, sounds) = ARTICLES
        .iter()
        .find_map(|(prefix, sounds)| Some((word.strip_prefix(prefix)?, *sounds)))?;
    let least = if word.is_ascii() { 5 } else { 3 };
    (rest.chars().count() >= least).then_some(sounds)
}

/// How many sounds the ending of a Russian adjective of place takes, in either script.
fn ending_sounds(word: &str) -> Option<usize> {
    const ENDINGS: [(&str, usize); 14] = [
        ("ский", 4),
        ("ская", 5),
        ("ское", 4),
        ("ского", 5),
        ("ской", 4),
        ("цкий", 3),
        ("цкая", 4),
        ("skiy", 4),
        ("skii", 3),
        ("skyi", 4),
        ("sky", 3),
        ("skaya", 5),
        ("skoye", 5),
        ("skoe", 4),
    ];
    let (stem, sounds) = ENDINGS
        .iter()
        .find_map(|(ending, sounds)| Some((word.strip_suffix(ending)?, *sounds)))?;
    (stem.chars().count() >= 4).then_some(sounds)
}

/// How much of a name hangs on a part, in hundredths of an ordinary name part.
fn weight(role: PartRole, kind: NameKind, is_common: bool, frequency: u8, folded: &str) -> u8 {
    const WORD: [u8; 4] = [100, 90, 70, 50];
    const PERSON: [u8; 4] = [100, 95, 85, 75];
    let short = folded.chars().count() <= 2;
    match role {
        PartRole::Initial => 30,
        PartRole::Number => 60,
        PartRole::ClassWord => 35,
        PartRole::Patronymic if is_common => 55,
        PartRole::Patronymic => 75,
        PartRole::Given if is_common => 70,
        PartRole::Surname if is_common => 80,
        PartRole::Word if short && kind != NameKind::Person => 60,
        PartRole::Word => WORD[usize::from(frequency.min(3))],
        _ => PERSON[usize::from(frequency.min(3))],
    }
}
