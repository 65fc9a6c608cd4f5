//! Russian words in the dictionary: lemma, part of speech, the cases that a form may stand in.

use rumorph::Dictionary;

use crate::words::{Cases, Pos, Tense, Word};

pub struct Russian {
    dictionary: Dictionary,
}

/// Readings less likely than this do not add a case, nor do those of another lemma: common words
/// have rare homonyms that only mislead (Павлу is the dative of Павел, not the accusative of Павла).
const RARE: f64 = 0.02;

impl Russian {
    pub(crate) fn new() -> Self {
        Self {
            dictionary: Dictionary::bundled().expect("the dictionary is part of the program"),
        }
    }

    /// Dictionary form of one word, folded.
    pub fn lemma(&self, word: &str) -> String {
        let best = self.dictionary.analyze(word).into_iter().next();
        madar_text::fold(&best.map_or_else(|| word.to_owned(), |a| a.lemma))
    }

    /// Whether the dictionary holds the word, not only guesses at it.
    pub fn knows(&self, word: &str) -> bool {
        self.dictionary.is_known(word)
    }

    pub(crate) fn describe(&self, word: &mut Word) {
        let shown: String = word.fold.clone();
        let shown = if word.capital {
            capitalised(&shown)
        } else {
            shown
        };
        let all = self.dictionary.analyze(&shown);
        let Some(best) = all.first() else { return };
        word.lemma = madar_text::fold(&best.lemma);
        let Some(tag) = self.dictionary.ud_tag(best.ud) else {
            return;
        };
        word.pos = pos(tag.pos(), tag.feat("VerbForm"));
        word.tense = match tag.feat("Tense") {
            Some("Past") => Some(Tense::Past),
            Some("Pres") => Some(Tense::Present),
            Some("Fut") => Some(Tense::Future),
            _ => None,
        };
        word.passive = tag.feat("Voice") == Some("Pass");
        word.plural = tag.feat("Number") == Some("Plur");
        word.class = self.class(&all);
        for analysis in all
            .iter()
            .filter(|a| a.prob >= RARE && a.lemma == best.lemma)
        {
            let tag = self.dictionary.ud_tag(analysis.ud);
            if let Some(case) = tag.and_then(|t| t.feat("Case")) {
                word.cases = Cases(word.cases.0 | case_bit(case).0);
            }
        }
    }
}

/// A reading at least this likely makes a word a name of its sort, or a common word.
const LIKELY: f64 = 0.05;

impl Russian {
    /// What the dictionary says of a word as a name: the sort of its likeliest reading as one (1 given
    /// name, 2 surname, 3 patronymic, 4 place, 5 other, 0 none), 8 if it only guesses, 16 if it may
    /// be a common word.
    fn class(&self, readings: &[rumorph::Analysis]) -> u8 {
        let tag = |a: &rumorph::Analysis| self.dictionary.ud_tag(a.ud);
        let likely = readings.iter().filter(|a| a.prob >= LIKELY);
        let mut names = likely.clone().filter_map(|a| tag(a)?.feat("NameType"));
        let sort = names.next().map_or(0, |sort| match sort {
            "Giv" => 1,
            "Sur" => 2,
            "Pat" => 3,
            "Geo" => 4,
            _ => 5,
        });
        let guessed = readings
            .first()
            .is_some_and(|a| a.source == rumorph::Source::Guess);
        let common = likely
            .clone()
            .any(|a| tag(a).is_some_and(|t| t.pos() != "PROPN"));
        sort | u8::from(guessed) << 3 | u8::from(common) << 4
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn case_bit(name: &str) -> Cases {
    match name {
        "Nom" => Cases::NOM,
        "Gen" | "Par" => Cases::GEN,
        "Dat" => Cases::DAT,
        "Acc" => Cases::ACC,
        "Ins" => Cases::INS,
        "Loc" => Cases::LOC,
        _ => Cases::default(),
    }
}

fn pos(name: &str, verb_form: Option<&str>) -> Pos {
    match name {
        "NOUN" => Pos::Noun,
        "PROPN" => Pos::Name,
        "ADJ" | "DET" => Pos::Adjective,
        "VERB" | "AUX" if matches!(verb_form, Some("Part")) => Pos::Participle,
        "VERB" | "AUX" => Pos::Verb,
        "PRON" => Pos::Pronoun,
        "ADP" => Pos::Preposition,
        "CCONJ" | "SCONJ" => Pos::Conjunction,
        "PART" => Pos::Particle,
        "NUM" => Pos::Number,
        "ADV" => Pos::Adverb,
        _ => Pos::Other,
    }
}
