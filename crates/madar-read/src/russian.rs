//! Russian words in the dictionary: lemma, part of speech, the cases that a form may stand in.

use std::cell::RefCell;

use rumorph::Dictionary;
use rustc_hash::FxHashMap;

use crate::words::{Cases, Pos, Tense, Word};

pub struct Russian {
    dictionary: Dictionary,
}

/// What the dictionary says of one form.
#[derive(Clone, Default)]
struct Form {
    lemma: String,
    pos: Pos,
    tense: Option<Tense>,
    passive: bool,
    plural: bool,
    class: u8,
    cases: Cases,
    singular: Cases,
}

impl Form {
    fn put(self, word: &mut Word) {
        word.lemma = self.lemma;
        word.pos = self.pos;
        word.tense = self.tense;
        word.passive = self.passive;
        word.plural = self.plural;
        word.class = self.class;
        word.cases = self.cases;
        word.singular = self.singular;
    }
}

thread_local! {
    /// Forms looked up lately: most words of a text are few forms.
    static KNOWN: RefCell<FxHashMap<String, Option<Form>>> = RefCell::default();
}

/// Forms kept at most; then they are looked up anew.
const MOST_KNOWN: usize = 1 << 15;

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
        let shown = if word.capital {
            capitalised(&word.fold)
        } else {
            word.fold.clone()
        };
        let known = KNOWN.with_borrow(|known| known.get(&shown).cloned());
        let form = known.unwrap_or_else(|| {
            let form = self.form(&shown);
            KNOWN.with_borrow_mut(|known| {
                if known.len() == MOST_KNOWN {
                    known.clear();
                }
                known.insert(shown, form.clone());
            });
            form
        });
        if let Some(form) = form {
            form.put(word);
        }
    }

    /// *Сирия не {примет} помощь*: behind a negation a form that may be one of a verb is.
    pub(crate) fn read_as_verb(&self, word: &mut Word) {
        let all = self.dictionary.analyze(&word.fold);
        let verb = all.iter().find(|a| {
            let tag = self.dictionary.ud_tag(a.ud);
            a.prob >= RARE && tag.is_some_and(|t| matches!(t.pos(), "VERB" | "AUX"))
        });
        if let Some(verb) = verb {
            self.reading(&all, verb).put(word);
        }
    }

    /// What the dictionary says of a form, as it is written.
    fn form(&self, shown: &str) -> Option<Form> {
        // *пресс-секретарь*, *экс-глава*: it declines as its last part does.
        if let Some((first, last)) = shown.rsplit_once('-')
            && first.chars().count() > 1
            && !self.knows(shown)
            && self.knows(last)
        {
            let form = self.form(last).filter(|f| f.pos == Pos::Noun)?;
            let lemma = format!("{}-{}", madar_text::fold(first), form.lemma);
            return Some(Form { lemma, ..form });
        }
        let all = self.dictionary.analyze(shown);
        Some(self.reading(&all, all.first()?))
    }

    /// A form by one of its readings.
    fn reading(&self, all: &[rumorph::Analysis], best: &rumorph::Analysis) -> Form {
        let mut form = Form {
            lemma: madar_text::fold(&best.lemma),
            ..Form::default()
        };
        let Some(tag) = self.dictionary.ud_tag(best.ud) else {
            return form;
        };
        form.pos = pos(tag.pos(), tag.feat("VerbForm"));
        form.tense = match tag.feat("Tense") {
            Some("Past") => Some(Tense::Past),
            Some("Pres") => Some(Tense::Present),
            Some("Fut") => Some(Tense::Future),
            _ => None,
        };
        form.passive = tag.feat("Voice") == Some("Pass");
        form.plural = tag.feat("Number") == Some("Plur");
        form.class = self.class(all);
        let surname = |a: &rumorph::Analysis| self.name_type(a) == Some("Sur");
        for analysis in all {
            let own = analysis.prob >= RARE && analysis.lemma == best.lemma;
            let tag = self.dictionary.ud_tag(analysis.ud);
            let Some(case) = tag.and_then(|t| t.feat("Case")).map(case_bit) else {
                continue;
            };
            if own {
                form.cases = Cases(form.cases.0 | case.0);
            }
            // Воронцова is a woman's surname and the genitive of a man's: two words of one dictionary.
            let plural = tag.and_then(|t| t.feat("Number")) == Some("Plur");
            if !plural && (own || surname(best) && surname(analysis)) {
                form.singular = Cases(form.singular.0 | case.0);
            }
        }
        form
    }
}

/// Set in [`Word::class`] where the dictionary only guesses at a form.
pub(crate) const GUESSED: u8 = 8;

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
        sort | (u8::from(guessed) * GUESSED) | u8::from(common) << 4
    }
}

/// One way to read a word of a person's name.
struct Part {
    case: Cases,
    gender: Option<String>,
    lemma: String,
    /// The dictionary lists it as a name.
    named: bool,
}

impl Russian {
    fn name_type(&self, analysis: &rumorph::Analysis) -> Option<&str> {
        self.dictionary.ud_tag(analysis.ud)?.feat("NameType")
    }

    /// The words of a person's name in the nominative: the given name says the case and whose surname it
    /// is, *Петра Иванова* is Петр Иванов, *Лидии Стрежневой* Лидия Стрежнева, and the surname that no
    /// dictionary knows stays as it stands beside a nominative (*Карим Дахмани*). `None` when no reading
    /// of the words agrees. `governed` says that no nominative can stand there.
    pub(crate) fn person(&self, words: &[&str], governed: bool) -> Option<Vec<String>> {
        let (first, rest) = words.split_first()?;
        let given = self.parts(first);
        let rest: Vec<Vec<Part>> = rest.iter().map(|w| self.parts(w)).collect();
        if rest.is_empty() {
            return None;
        }
        let as_written = || words.iter().map(|&w| w.to_owned()).collect();
        for part in given
            .iter()
            .filter(|part| !governed || part.case != Cases::NOM)
        {
            let agrees = |other: &&Part| {
                let gender = other.gender.is_none() || part.gender.is_none();
                other.case == part.case && (gender || other.gender == part.gender)
            };
            let chosen: Option<Vec<&Part>> = rest.iter().map(|w| w.iter().find(agrees)).collect();
            let Some(chosen) = chosen else { continue };
            if part.case == Cases::NOM {
                return Some(as_written());
            }
            let mut out = vec![capitalised(&part.lemma)];
            let woman = part.gender.as_deref() == Some("Fem");
            out.extend(chosen.iter().zip(&words[1..]).map(|(p, word)| {
                let surname = womans_surname(word).filter(|_| woman && !p.named);
                surname.unwrap_or_else(|| capitalised(&p.lemma))
            }));
            // The dictionary writes ё where texts write е.
            let yo = words.iter().any(|w| w.contains('ё'));
            let plain = |w: String| if yo { w } else { w.replace('ё', "е") };
            return Some(out.into_iter().map(plain).collect());
        }
        // A given name that can only be a nominative vouches for the rest.
        let plain = !given.is_empty() && given.iter().all(|p| p.case == Cases::NOM);
        plain.then(as_written)
    }

    /// The first words of a description or of a body's name in the nominative, up to its noun: *богатому соседу*
    /// {Орлова} is богатый сосед, *Генеральной прокуратуры* {Латвии} Генеральная прокуратура. `None` where it counts, or
    /// no readings agree.
    pub(crate) fn nominative(&self, words: &[&str]) -> Option<Vec<String>> {
        let read = |word: &&str| -> Vec<rumorph::Analysis> {
            let mut all = self.dictionary.analyze(word);
            all.retain(|a| a.prob >= RARE);
            all
        };
        let tag = |a: &rumorph::Analysis| self.dictionary.ud_tag(a.ud);
        let is = |a: &rumorph::Analysis, pos: &str| tag(a).is_some_and(|t| t.pos() == pos);
        let feat = |a: &rumorph::Analysis, name: &str| {
            tag(a).and_then(|t| t.feat(name)).map(str::to_owned)
        };
        let attribute = |a: &rumorph::Analysis| {
            let participle = feat(a, "VerbForm").as_deref() == Some("Part");
            is(a, "ADJ") || is(a, "DET") || participle
        };
        let agree = |a: &rumorph::Analysis, b: &rumorph::Analysis| {
            let one = |name| {
                let (a, b) = (feat(a, name), feat(b, name));
                a.is_none() || b.is_none() || a == b
            };
            let plural = feat(b, "Number").as_deref() == Some("Plur");
            one("Case") && one("Number") && (plural || one("Gender"))
        };
        let is_noun = |a: &rumorph::Analysis| is(a, "NOUN") || is(a, "PROPN");
        let of_noun = |a: &rumorph::Analysis, noun: &rumorph::Analysis| {
            attribute(a) && is_noun(noun) && agree(a, noun)
        };
        let mut all: Vec<Vec<rumorph::Analysis>> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let own = read(word);
            let best = own.first()?;
            // *будущего терминала*: no future of a terminal.
            let next = words.get(at + 1).map(read).unwrap_or_default();
            let goes_on = own.iter().any(|a| next.iter().any(|noun| of_noun(a, noun)));
            let ends = is_noun(best) && !goes_on;
            let attribute = own.iter().any(attribute);
            all.push(own);
            if ends {
                break;
            }
            if !attribute {
                return None;
            }
        }
        let (head, attributes) = all.split_last()?;
        // *Питера Джонса*: two names that stand in one case, not the one of the other.
        if attributes.is_empty() && is(head.first()?, "PROPN") {
            return None;
        }
        for noun in head.iter().filter(|a| is_noun(a)) {
            let own = attributes
                .iter()
                .map(|all| all.iter().find(|a| of_noun(a, noun)));
            let Some(own) = own.collect::<Option<Vec<_>>>() else {
                continue;
            };
            if feat(noun, "Case").as_deref() == Some("Nom") {
                let stands = words[..all.len()].iter();
                return Some(stands.map(|&word| word.to_owned()).collect());
            }
            let to_nominative = |a: &rumorph::Analysis| {
                let indeclinable = feat(a, "Case").is_none();
                if indeclinable {
                    return Some(a.word.clone());
                }
                let form = self.dictionary.inflect(a, &[("Case", "Nom")])?;
                Some(form.word)
            };
            let forms = own.into_iter().chain([noun]).map(to_nominative);
            let forms: Vec<String> = forms.collect::<Option<_>>()?;
            // The dictionary writes ё where texts write е.
            let yo = words.iter().any(|w| w.contains('ё'));
            let plain = |(form, shown): (String, &&str)| {
                let form = if yo { form } else { form.replace('ё', "е") };
                if shown.starts_with(char::is_uppercase) {
                    capitalised(&form)
                } else {
                    form
                }
            };
            return Some(forms.into_iter().zip(words).map(plain).collect());
        }
        None
    }

    /// Readings in the singular, likeliest first.
    fn parts(&self, word: &str) -> Vec<Part> {
        let all = self.dictionary.analyze(word);
        let mut out = Vec::new();
        for analysis in &all {
            let Some(tag) = self.dictionary.ud_tag(analysis.ud) else {
                continue;
            };
            let plural = tag.feat("Number") == Some("Plur");
            let name = matches!(tag.pos(), "PROPN" | "NOUN" | "ADJ");
            let Some(case) = tag.feat("Case").filter(|_| name && !plural) else {
                continue;
            };
            out.push(Part {
                case: case_bit(case),
                gender: tag.feat("Gender").map(str::to_owned),
                lemma: analysis.lemma.clone(),
                named: self.name_type(analysis).is_some(),
            });
        }
        out
    }

    /// Whether a given name is a man's (`Masc`) or a woman's (`Fem`), if the dictionary knows.
    pub(crate) fn gender(&self, name: &str) -> Option<&str> {
        let all = self.dictionary.analyze(name);
        let given = all.iter().find(|a| self.name_type(a) == Some("Giv"))?;
        self.dictionary.ud_tag(given.ud)?.feat("Gender")
    }
}

/// The nominative of a woman's surname in -ова, -ева, -ина that the dictionary takes for an adjective:
/// *Стрежневой* is Стрежнева.
fn womans_surname(word: &str) -> Option<String> {
    let stem = ["ой", "ою", "у"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let kind = ["ов", "ев", "ёв", "ин", "ын"]
        .iter()
        .any(|end| stem.ends_with(end));
    kind.then(|| format!("{stem}а"))
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

#[cfg(test)]
mod tests {
    use super::Russian;

    #[test]
    fn a_given_name_tells_case_and_sex_of_the_whole() {
        let russian = Russian::new();
        let cases = [
            ("Петра Иванова", "Петр Иванов"),
            ("Анна Иванова", "Анна Иванова"),
            ("Лидии Стрежневой", "Лидия Стрежнева"),
            ("Лидию Стрежневу", "Лидия Стрежнева"),
            ("Карим Дахмани", "Карим Дахмани"),
            ("Павлом Орловым", "Павел Орлов"),
        ];
        for (written, wanted) in cases {
            let words: Vec<&str> = written.split(' ').collect();
            let found = russian.person(&words, false).map(|words| words.join(" "));
            assert_eq!(found.as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn descriptions_are_told_in_the_nominative() {
        let russian = Russian::new();
        let cases = [
            ("сестре Василенкова", Some("сестра")),
            ("заместителю председателя правления", Some("заместитель")),
            ("богатому соседу Орлова", Some("богатый сосед")),
            (
                "крупнейшей нефтяной компании",
                Some("крупнейшая нефтяная компания"),
            ),
            ("будущего терминала в Акабе", Some("будущий терминал")),
            ("двух чиновников", None),
            ("сестра Василенкова", Some("сестра")),
            (
                "Генеральной прокуратуры Латвии",
                Some("Генеральная прокуратура"),
            ),
            ("Министерству энергетики Иордании", Some("Министерство")),
            ("Поморских линиях", Some("Поморские линии")),
            ("Саудовской Аравии", Some("Саудовская Аравия")),
            ("Питера Джонса", None),
            ("и сестры", None),
            ("", None),
        ];
        for (written, wanted) in cases {
            let words: Vec<&str> = written.split_whitespace().collect();
            let found = russian.nominative(&words).map(|words| words.join(" "));
            assert_eq!(found.as_deref(), wanted, "{written}");
        }
    }
}
