//! Which script, which language. Scripts are counted first; a library tells languages of one
//! script apart, because it takes Arabic with many Latin names for English otherwise.

use crate::is_letter;

/// A language that Madar reads, or any other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Lang {
    Ar,
    En,
    Ru,
    /// Kept, and said to be unread.
    Other,
}

impl Lang {
    pub const READ: [Lang; 3] = [Lang::Ar, Lang::En, Lang::Ru];

    /// ISO 639-1, `und` for others.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
            Lang::Ru => "ru",
            Lang::Other => "und",
        }
    }

    pub fn from_code(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default() {
            "ar" => Lang::Ar,
            "en" => Lang::En,
            "ru" => Lang::Ru,
            _ => Lang::Other,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Script {
    Arabic,
    Cyrillic,
    Latin,
    Other,
}

impl Script {
    /// The script of one letter; `None` for what belongs to no script (digits, marks, spaces).
    pub fn of(c: char) -> Option<Script> {
        match c {
            '\u{0621}'..='\u{064A}'
            | '\u{066E}'..='\u{06D3}'
            | '\u{0750}'..='\u{077F}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => Some(Script::Arabic),
            '\u{0400}'..='\u{052F}' => Some(Script::Cyrillic),
            'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => {
                Some(Script::Latin)
            }
            c if is_letter(c) => Some(Script::Other),
            _ => None,
        }
    }

    /// The script of most letters, if there is a letter.
    pub fn of_text(text: &str) -> Option<Script> {
        Script::most(Script::counts(text))
    }

    /// How many letters of each script a text has, in the order of the variants.
    pub fn counts(text: &str) -> [usize; 4] {
        let mut counts = [0; 4];
        for script in text.chars().filter_map(Script::of) {
            counts[script as usize] += 1;
        }
        counts
    }

    /// The script of which most is counted, if anything is; among equals the last.
    pub fn most(counts: [usize; 4]) -> Option<Script> {
        let all = [
            Script::Arabic,
            Script::Cyrillic,
            Script::Latin,
            Script::Other,
        ];
        let best = all.into_iter().max_by_key(|&s| (counts[s as usize], s))?;
        (counts[best as usize] > 0).then_some(best)
    }
}

/// Letters below which a guess within one script is worth nothing; the script's own language of
/// the three is taken then (a headline of two words in an Arabic page is Arabic).
const TOO_SHORT_TO_TELL: usize = 40;

/// Letters that are enough to tell a language.
const LETTERS_LOOKED_AT: usize = 2_000;

/// The language of a stretch of text.
///
/// ```
/// # use madar_text::{language, Lang};
/// assert_eq!(language("قالت شركة Exxon Mobil Corporation of Houston Texas إنها ستعود إلى روسيا"), Lang::Ar);
/// assert_eq!(language("Игорь Сечин"), Lang::Ru);
/// assert_eq!(language("Rodion Vasilenkov met Gordon Halvorsen and Curtis Weller in Muscat."), Lang::En);
/// assert_eq!(language("La presidente della Commissione ha incontrato a Roma il ministro degli Esteri"), Lang::Other);
/// assert_eq!(language("Хаддад отверг обвинения. «Я никогда никому таких денег не переводил», — заявил он."), Lang::Ru);
/// assert_eq!(language("Президент Румен Радев заяви, че България няма да се присъедини към споразумението"), Lang::Other);
/// assert_eq!(language("Президент України Володимир Зеленський заявив, що Київ не погодиться"), Lang::Other);
/// ```
pub fn language(text: &str) -> Lang {
    let own = match weighted_script(text) {
        Some(Script::Arabic) => Lang::Ar,
        Some(Script::Cyrillic) => Lang::Ru,
        Some(Script::Latin) => Lang::En,
        _ => return Lang::Other,
    };
    let cut = text.char_indices().nth(LETTERS_LOOKED_AT);
    let head = &text[..cut.map_or(text.len(), |(at, _)| at)];
    // Foreign names are spelled anew in Arabic and Cyrillic; in Latin letters they stand as they are.
    let text = &if own == Lang::En {
        without_names(head)
    } else {
        head.to_owned()
    };
    if text.chars().filter(|&c| is_letter(c)).count() < TOO_SHORT_TO_TELL {
        return own;
    }
    use whatlang::Lang as W;
    let guess = match own {
        Lang::Ar => among(text, &[W::Ara, W::Pes, W::Urd]),
        Lang::Ru => return of_cyrillic(text),
        _ => among(
            text,
            &[
                W::Eng,
                W::Fra,
                W::Deu,
                W::Spa,
                W::Ita,
                W::Por,
                W::Nld,
                W::Tur,
                W::Pol,
            ],
        ),
    };
    match guess {
        Some(W::Ara | W::Rus | W::Eng) | None => own,
        Some(_) => Lang::Other,
    }
}

/// Share of letters, in percent, from which on letters that Russian lacks are the text's own. A quoted name may
/// have some; Ukrainian, Belarusian, Serbian and Macedonian have one in twenty.
const FOREIGN_PERCENT: usize = 2;

/// Words that stand in every other Bulgarian sentence and in no Russian one.
const BULGARIAN: [&str; 12] = [
    "е",
    "са",
    "се",
    "че",
    "ще",
    "във",
    "със",
    "като",
    "който",
    "която",
    "което",
    "които",
];

/// Russian or another language in Cyrillic letters, by its letters: statistics take one Russian sentence in sixty
/// for a sister's. Bulgarian alone has no letter that Russian lacks; it has ъ for a vowel, and words of its own.
fn of_cyrillic(text: &str) -> Lang {
    let letters = text.chars().filter(|&c| is_letter(c)).count();
    let foreign = text.chars().filter(|&c| is_foreign_cyrillic(c)).count();
    if foreign * 100 > letters * FOREIGN_PERCENT {
        return Lang::Other;
    }
    let russian = |c: char| matches!(c, 'ы' | 'Ы' | 'э' | 'Э' | 'ё' | 'Ё');
    let words = text.split(|c: char| !is_letter(c));
    let own = |word: &str| BULGARIAN.contains(&word.to_lowercase().as_str());
    let bulgarian = has_hard_vowel(text) || words.filter(|word| own(word)).count() > 1;
    if !text.contains(russian) && bulgarian {
        return Lang::Other;
    }
    Lang::Ru
}

/// ъ before a consonant: *престъпност*. Russian has it before е, ё, ю, я alone, and at the end of old names.
fn has_hard_vowel(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        if c == 'ъ' && next.is_alphabetic() && !matches!(next, 'е' | 'ё' | 'ю' | 'я' | 'ы') {
            return true;
        }
    }
    false
}

/// A letter of Cyrillic that Russian does not have: і, ў, ј, қ.
fn is_foreign_cyrillic(c: char) -> bool {
    let sisters = matches!(c, '\u{0400}'..='\u{040F}' | '\u{0450}'..='\u{045F}');
    sisters && !matches!(c, 'Ё' | 'ё') || matches!(c, '\u{0460}'..='\u{052F}')
}

/// The words without capitals: *Rodion Vasilenkov met Gordon Halvorsen in Muscat* is Italian by its names and
/// English by its words.
fn without_names(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| !c.is_uppercase())
    });
    words.collect::<Vec<_>>().join(" ")
}

fn among(text: &str, choice: &[whatlang::Lang]) -> Option<whatlang::Lang> {
    let found = whatlang::Detector::with_allowlist(choice.to_vec()).detect(text)?;
    (found.is_reliable() || found.confidence() > 0.5).then(|| found.lang())
}

/// Latin letters inside Arabic or Cyrillic text are names and acronyms: they count a third.
fn weighted_script(text: &str) -> Option<Script> {
    let mut counts = Script::counts(text).map(|count| 3 * count);
    counts[Script::Latin as usize] /= 3;
    Script::most(counts)
}
