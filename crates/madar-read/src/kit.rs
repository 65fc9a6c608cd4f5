//! What reading needs besides the document: dictionaries, gazetteers, models, language packs.
//! Each part is made when it is first needed, since a question about a case needs few of them; then it is
//! shared by all threads and never changed.

use std::sync::LazyLock;

use crate::arabic::Arabic;
use crate::attribution::Pack;
use crate::calendar::Calendars;
use crate::encoder::facts::DESCRIBED as DESCRIPTIONS;
use crate::encoder::{self, Encoder, Related, Seen, WeightsError};
use crate::english::English;
use crate::facts::Facts;
use crate::gazetteer::Gazetteer;
use crate::mentions::{Classes, Evidence, Nouns};
use crate::reading::{EntityKind, Reader};
use crate::referents::recalled::Recall;
use crate::referents::vectors::Vectors;
use crate::russian::Russian;
use crate::tagger::{self, Both, Tagger};
use crate::told::linear::Linear;
use crate::told::{Said, Spot};
use crate::words::{Sentence, Word};
use madar_text::Lang;

const MODELS: [(Lang, &[u8]); 3] = [
    (Lang::Ar, include_bytes!("../models/ar.tagger")),
    (Lang::En, include_bytes!("../models/en.tagger")),
    (Lang::Ru, include_bytes!("../models/ru.tagger")),
];

/// Models of descriptions and of facts, in the order of [`MODELS`].
const DESCRIBED: [&[u8]; 3] = [
    include_bytes!("../models/ar.described"),
    include_bytes!("../models/en.described"),
    include_bytes!("../models/ru.described"),
];
const TOLD: [&[u8]; 3] = [
    include_bytes!("../models/ar.facts"),
    include_bytes!("../models/en.facts"),
    include_bytes!("../models/ru.facts"),
];

/// Vectors of words, and the model of whom descriptions mean, of all languages.
const VECTORS: &[u8] = include_bytes!("../models/words");
const RECALLED: &[u8] = include_bytes!("../models/referents");

/// A part of the program that is made when it is first needed.
pub type Lazy<T> = &'static LazyLock<T>;

pub(crate) static RUSSIAN: LazyLock<Russian> = LazyLock::new(Russian::new);
static ENGLISH: LazyLock<English> = LazyLock::new(English::new);
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::bundled);
static FACTS: LazyLock<Facts> = LazyLock::new(|| Facts::new(&RUSSIAN));
static CUES: LazyLock<Pack> = LazyLock::new(Pack::bundled);
static NOUNS: LazyLock<Nouns> = LazyLock::new(|| Nouns::new(&RUSSIAN));
static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| Calendars::new(&RUSSIAN));
static CLASSES: LazyLock<Classes> = LazyLock::new(|| Classes::new(&RUSSIAN));
static EVIDENCE: LazyLock<Evidence> = LazyLock::new(|| Evidence::new(&RUSSIAN));
static ARABIC: LazyLock<Arabic> = LazyLock::new(|| {
    let named = FACTS
        .arabic_words()
        .chain(CUES.arabic_nouns())
        .chain(NOUNS.arabic_words())
        .chain(CLASSES.arabic_words())
        .chain(CALENDARS.arabic_words());
    Arabic::new(GAZETTEER.arabic_places(), named, CUES.arabic_verbs())
});
static TAGGERS: [LazyLock<Both<DESCRIPTIONS>>; 3] = [
    LazyLock::new(|| both(0)),
    LazyLock::new(|| both(1)),
    LazyLock::new(|| both(2)),
];
static NAMERS: [LazyLock<Tagger>; 3] = [
    LazyLock::new(|| Tagger::from_bytes(MODELS[0].1)),
    LazyLock::new(|| Tagger::from_bytes(MODELS[1].1)),
    LazyLock::new(|| Tagger::from_bytes(MODELS[2].1)),
];
static TELLERS: [LazyLock<Option<Linear>>; 3] = [
    LazyLock::new(|| Linear::from_bytes(TOLD[0])),
    LazyLock::new(|| Linear::from_bytes(TOLD[1])),
    LazyLock::new(|| Linear::from_bytes(TOLD[2])),
];

static WORDS: LazyLock<Vectors> = LazyLock::new(|| Vectors::from_bytes(VECTORS));
static RECALL: LazyLock<Option<Recall>> = LazyLock::new(|| Recall::from_bytes(RECALLED));

fn both(at: usize) -> Both<DESCRIPTIONS> {
    let names = Tagger::from_bytes(MODELS[at].1);
    Both::new(&names, &Tagger::from_bytes(DESCRIBED[at]))
}

pub struct Kit {
    pub arabic: Lazy<Arabic>,
    pub english: Lazy<English>,
    pub russian: Lazy<Russian>,
    pub gazetteer: Lazy<Gazetteer>,
    pub facts: Lazy<Facts>,
    pub(crate) cues: Lazy<Pack>,
    pub(crate) nouns: Lazy<Nouns>,
    pub(crate) calendars: Lazy<Calendars>,
    pub(crate) classes: Lazy<Classes>,
    pub(crate) evidence: Lazy<Evidence>,
    pub(crate) vectors: Lazy<Vectors>,
    pub(crate) recall: Lazy<Option<Recall>>,
    encoder: Option<Encoder>,
}

impl Kit {
    /// The kit that ships with the program, with the fast reader.
    ///
    /// # Panics
    /// Where a part is first needed, if its bundled data file is malformed; the tests load them all.
    pub fn bundled() -> Self {
        Self {
            arabic: &ARABIC,
            english: &ENGLISH,
            russian: &RUSSIAN,
            gazetteer: &GAZETTEER,
            facts: &FACTS,
            cues: &CUES,
            nouns: &NOUNS,
            calendars: &CALENDARS,
            classes: &CLASSES,
            evidence: &EVIDENCE,
            vectors: &WORDS,
            recall: &RECALL,
            encoder: None,
        }
    }

    /// The kit that ships with the program, with a reader.
    ///
    /// # Errors
    /// When the program was built without the weights of the accurate reader.
    pub fn with(reader: Reader) -> Result<Self, WeightsError> {
        match reader {
            Reader::Fast => Ok(Self::bundled()),
            Reader::Accurate => Self::accurate(encoder::BUNDLED),
        }
    }

    /// The kit with the accurate reader and these weights of it.
    ///
    /// # Errors
    /// When the bytes are no weights, or not all of them.
    pub fn accurate(weights: &[u8]) -> Result<Self, WeightsError> {
        let mut kit = Self::bundled();
        kit.encoder = Some(Encoder::from_bytes(weights)?);
        Ok(kit)
    }

    pub fn reader(&self) -> Reader {
        match self.encoder {
            None => Reader::Fast,
            Some(_) => Reader::Accurate,
        }
    }

    /// What the reader's model sees in the words of each sentence.
    pub(crate) fn see(&self, text: &str, sentences: &[Sentence]) -> Seen {
        let Some(encoder) = &self.encoder else {
            return Seen::of_labels(sentences.iter().map(|s| self.tag(s)));
        };
        let all: Vec<(&str, &Sentence)> = sentences.iter().map(|s| (text, s)).collect();
        encoder.see(&all, encoder::OWN)
    }

    /// Labels of names and of descriptions.
    fn tag(&self, sentence: &Sentence) -> (Vec<usize>, Vec<usize>) {
        let model = MODELS.iter().position(|(lang, _)| *lang == sentence.lang);
        let model = model.expect("only languages that are read");
        TAGGERS[model].tag(&tagger::features(sentence, &self.hints(sentence)))
    }

    /// What the accurate reader makes of the mentions of each sentence; nothing of the fast one, which looks at each
    /// sentence alone.
    pub(crate) fn relate(&self, seen: &Seen, spots: &[Vec<Spot>]) -> Related {
        let encoder = self.encoder.as_ref();
        encoder
            .map(|encoder| encoder.relate(seen, spots))
            .unwrap_or_default()
    }

    /// What the reader's model of facts says of mentions of a sentence, which has the number `at`: none where
    /// nothing is known of it.
    pub(crate) fn said(
        &self,
        (seen, related): (&Seen, &Related),
        at: usize,
        sentence: &Sentence,
        spots: &[Spot],
        pairs: &[(usize, usize)],
    ) -> Option<Said> {
        match &self.encoder {
            Some(encoder) => encoder.said(related, at, spots, pairs),
            None => {
                seen.labels.get(at)?;
                let model = MODELS.iter().position(|(lang, _)| *lang == sentence.lang)?;
                Some(TELLERS[model].as_ref()?.said(sentence, spots, pairs))
            }
        }
    }

    /// The model of names of a language that is read, as it was trained.
    pub fn tagger(&self, lang: Lang) -> &Tagger {
        let at = MODELS.iter().position(|(model, _)| *model == lang);
        &NAMERS[at.expect("only languages that are read")]
    }

    /// Of which kind a class noun is, if the word is one: of descriptions, or of what stands beside names.
    pub(crate) fn class(&self, lang: Lang, word: &Word) -> Option<EntityKind> {
        let described = self.nouns.class(lang, word);
        described.or_else(|| self.classes.of(lang, word))
    }

    /// One hint to a word, for the model of names: the low byte says of a gazetteer entry its kind
    /// and whether the word begins it (0 none), the high byte of a noun what it describes.
    pub fn hints(&self, sentence: &Sentence) -> Vec<u16> {
        let nouns = sentence.words.iter().map(|word| {
            let class = self
                .classes
                .of(sentence.lang, word)
                .map(|kind| 2 + kind as u16);
            let post = || self.nouns.is_noun(sentence.lang, word).then_some(1);
            class.or_else(post).unwrap_or(0) << 8
        });
        let mut hints: Vec<u16> = nouns.collect();
        for found in self.gazetteer.scan(&sentence.words, sentence.lang) {
            let kind = self.gazetteer.entry_at(found.entry).kind as u16;
            for (at, hint) in hints[found.from..found.to].iter_mut().enumerate() {
                *hint |= 1 + 2 * kind + u16::from(at > 0);
            }
        }
        hints
    }
}
