//! Which Arabic words carry proclitics: a list of word counts, and the words of the packs.
//!
//! وقال is و + قال because قال alone is far more frequent; وزير stays whole because زير is not.

use rustc_hash::{FxHashMap, FxHashSet};

const COUNTS: &str = include_str!("../data/arabic_words.tsv");

/// What is denied, may be or is to come: cut off a conjunction however short it is (ولم، وقد، فلن), for all hangs on it. Not
/// فقد, which is *lost*, nor فلم, a film.
const PARTICLES: [&str; 7] = ["لم", "لن", "لا", "قد", "ليس", "ليست", "سوف"];

/// Words that the counts would cut wrongly.
const WHOLE: &[&str] = &[
    "واحد",
    "واحده",
    "والد",
    "والده",
    "وارد",
    "واقع",
    "كامل",
    "بالغ",
    "سالم",
    "فارس",
    "وزاره",
];

/// Words of which names in Arabic letters are made: given names, surnames, places.
const NAMES: &str = include_str!("../data/arabic_names.txt");

/// How often a word must have been counted to be known; the counts hold slips that stand there once or
/// twice.
const KNOWN: u32 = 4;

/// How often a word must have been counted to be a common one.
const OFTEN: u32 = 40;

/// As how often counted a word of a rule is taken.
const RULED: u32 = 50;

/// How often each word stands in a document as it is written, by its folded letters.
#[derive(Default)]
pub(crate) struct Forms(FxHashMap<String, u32>);

impl Forms {
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut forms = FxHashMap::default();
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic() && !is_mark(c)));
        for word in words.filter(|word| !word.is_empty()) {
            *forms.entry(madar_text::fold(word)).or_default() += 1;
        }
        Self(forms)
    }

    pub(crate) fn count(&self, word: &str) -> u32 {
        self.0.get(word).copied().unwrap_or(0)
    }
}

/// Vowel signs and the like: they stand inside a word.
pub(crate) fn is_mark(c: char) -> bool {
    madar_text::is_invisible(c) || matches!(c, '\u{064B}'..='\u{065F}' | '\u{0670}' | 'ـ')
}

pub struct Arabic {
    places: FxHashSet<String>,
    names: FxHashSet<&'static str>,
    counts: FxHashMap<String, u32>,
    /// Words of the rules: they count like frequent ones, so that their clitic forms are cut.
    ruled: FxHashSet<String>,
    /// Verbs of saying: with و before them they are frequent, and yet no words of their own.
    said: FxHashSet<String>,
}

impl Arabic {
    /// The shipped counts; `named` are folded words that the packs name, and so exist; `places` stay whole.
    pub(crate) fn new<'a>(
        places: impl Iterator<Item = &'a str>,
        named: impl Iterator<Item = &'a str>,
        said: impl Iterator<Item = &'a str>,
    ) -> Self {
        let counts = COUNTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (word, count) = line.split_once('\t')?;
                Some((word.to_owned(), count.parse().ok()?))
            })
            .collect();
        let said: Vec<&str> = said.collect();
        let ruled = named.chain(said.iter().copied());
        Self {
            places: places.map(str::to_owned).collect(),
            names: NAMES.lines().collect(),
            counts,
            ruled: ruled.map(str::to_owned).collect(),
            said: said.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Whether to cut `whole` so that `rest` is left: the rest exists and is no rarer. Of foreign names no
    /// list knows all; there the document itself tells (لويتكوف beside ويتكوف is cut, بالين again and
    /// again without الين is not).
    pub(crate) fn cuts(&self, whole: &str, rest: &str, forms: &Forms) -> Option<bool> {
        if WHOLE.contains(&whole) || self.places.contains(whole) {
            return Some(false);
        }
        if PARTICLES.contains(&rest)
            && (whole.strip_prefix('و') == Some(rest)
                || !matches!(rest, "قد" | "لم") && whole.strip_prefix('ف') == Some(rest))
        {
            return Some(true);
        }
        if rest.chars().count() < 3 {
            return None;
        }
        // وقالت، وخيرسون: perhaps a frequent form, but no word of its own
        let and = whole.strip_prefix('و') == Some(rest);
        if and && (self.said.contains(rest) || self.places.contains(rest)) {
            return Some(true);
        }
        let letters = rest.chars().count();
        let (of_whole, of_rest) = (self.count(whole), self.count(rest));
        if rest.starts_with("ال") {
            // بالين، والتر: a name that only looks as if it had the article
            let alone = of_rest == 0 && forms.count(rest) == 0;
            // كالنبرغس: *like the* stands before words that exist
            let stem = rest.strip_prefix("ال").unwrap_or(rest);
            let unlike = whole.starts_with('ك') && self.count(stem) == 0;
            let name = self.names.contains(whole) || forms.count(whole) >= 2 || unlike;
            return (alone && name).then_some(false);
        }
        if whole.starts_with("لل") || whole.starts_with("ولل") {
            return None;
        }
        // سيرجي, وسيطر, وسبعين: the س of the future stands before verbs only, and words have an س of their own
        let bare = whole.strip_prefix('و').unwrap_or(whole);
        let own = self.names.contains(whole) || self.ruled.contains(bare);
        if own && bare.strip_prefix('س') == Some(rest) {
            return Some(false);
        }
        // كروز، كنعان: ك is rare before names, never stands before verbs, and names in ك are not rare
        if whole.starts_with('ك') && self.names.contains(whole) && self.counted(rest) < OFTEN {
            return Some(false);
        }
        // ليلى: a name, though يلي is a word
        let names = |word: &str| self.names.contains(word);
        if names(whole) && !names(rest) && of_rest < OFTEN && !and {
            return Some(false);
        }
        if of_rest < KNOWN && of_whole < KNOWN {
            // بويلي، ساكس: a name as it stands
            let name = self.names.contains(whole);
            if name && !and {
                return Some(false);
            }
            if forms.count(rest) > 0 && letters >= 3 {
                return Some(true);
            }
            if name || forms.count(whole) >= 2 {
                return Some(false);
            }
            // وستانفورد: a proclitic before a name, and no word itself
            if and && self.names.contains(rest) && letters >= 4 && of_whole == 0 {
                return Some(true);
            }
        }
        Some(of_rest >= 2 && of_rest >= of_whole)
    }

    /// What the lists say of a folded word: bit 0, it is part of names; above, how common it is (0
    /// hardly seen, 1 now and then, 2 often).
    pub(crate) fn word_class(&self, word: &str) -> u8 {
        let common = match self.count(word) {
            0..4 => 0,
            4..OFTEN => 1,
            _ => 2,
        };
        u8::from(self.names.contains(word)) | common << 1
    }

    /// How often a folded word was counted; a word of a rule at least as often as a frequent one.
    pub fn count(&self, word: &str) -> u32 {
        let least = if self.ruled.contains(word) { RULED } else { 0 };
        self.counted(word).max(least)
    }

    /// Whether a folded word is counted or listed.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.is_counted(word) || self.names.contains(word) || self.places.contains(word)
    }

    /// Whether a folded word was counted, and no slip.
    pub(crate) fn is_counted(&self, word: &str) -> bool {
        self.count(word) >= KNOWN
    }

    fn counted(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }
}

/// The forms of the third person that a verb takes, folded, from its perfect and imperfect:
/// التقى/يلتقي gives التقى، التقت، التقيا، التقوا، يلتقي، تلتقي، يلتقيان، يلتقون and so on. The future's س
/// and conjunctions are clitics and not part of it.
pub(crate) fn verb_forms(perfect: &str, imperfect: &str) -> Vec<String> {
    let perfect_end = perfect.chars().last();
    let mut forms = Vec::new();
    match perfect_end {
        // defective: التقى → التقت، التقيا، التقوا
        Some('ى' | 'ا') if perfect.chars().count() > 3 || perfect_end == Some('ى') => {
            let mut stem = perfect.to_owned();
            stem.pop();
            let weak = if perfect_end == Some('ى') {
                'ي'
            } else {
                'و'
            };
            forms.extend([perfect.to_owned(), format!("{stem}ت"), format!("{stem}وا")]);
            forms.extend([
                format!("{stem}{weak}ا"),
                format!("{stem}تا"),
                format!("{stem}{weak}ت"),
            ]);
        }
        _ => {
            for end in ["", "ت", "ا", "وا", "تا", "نا"] {
                forms.push(format!("{perfect}{end}"));
            }
        }
    }
    forms.extend(imperfects(imperfect));
    let mut all = with_pronouns(&forms);
    if let Some(shown) = doubled(perfect) {
        // حوله is *around him*
        let bare = with_pronouns(&[
            perfect.to_owned(),
            format!("{perfect}ا"),
            format!("{perfect}نا"),
        ]);
        all.retain(|form| !bare.contains(form));
        all.push(shown);
        all.sort_unstable();
    }
    all
}

/// A word whose sign of a doubled letter tells it from another one, folded, with the sign: حوّل is no حول.
pub(crate) fn doubled(shown: &str) -> Option<String> {
    const SHADDA: char = '\u{651}';
    shown
        .contains(SHADDA)
        .then(|| format!("{}{SHADDA}", madar_text::fold(shown)))
}

/// The forms among them that are imperfects, object pronouns included.
pub(crate) fn imperfect_forms(imperfect: &str) -> Vec<String> {
    with_pronouns(&imperfects(imperfect))
}

/// Short forms that are far more often forms of another verb: تعد is *counts as*, not *returns*.
const OTHER_VERBS: &[&str] = &[
    "يعد", "تعد", "نعد", "أعد", "تقل", "يقل", "أقل", "تقد", "يقد", "أن", "تن",
];

fn imperfects(imperfect: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let stem: String = imperfect.chars().skip(1).collect();
    let open = stem.strip_suffix(['ي', 'ى', 'و']).map(str::to_owned);
    for prefix in ["ي", "ت", "ن", "أ"] {
        forms.push(format!("{prefix}{stem}"));
        if let Some(open) = &open {
            // jussive and plural drop the weak letter: لم يلتق، يلتقون
            // Very short ones are other words: تؤد looks like تود.
            if open.chars().count() > 2 {
                forms.push(format!("{prefix}{open}"));
            }
            forms.push(format!("{prefix}{open}ون"));
        }
        for end in ["ون", "ان", "وا", "ا"] {
            forms.push(format!("{prefix}{stem}{end}"));
        }
        // the jussive of hollow verbs drops the weak letter in the middle: لم يزر
        let letters: Vec<char> = stem.chars().collect();
        if let [first, 'و' | 'ي' | 'ا', last] = letters[..] {
            let short = format!("{prefix}{first}{last}");
            if !OTHER_VERBS.contains(&short.as_str()) {
                forms.push(short);
            }
        }
    }
    forms
}

/// The forms folded, with object pronouns and without: اختاره، يملكها.
fn with_pronouns(bare: &[String]) -> Vec<String> {
    let mut forms = bare.to_vec();
    for form in bare {
        for pronoun in ["ه", "ها", "هم", "هما"] {
            let joined = form
                .strip_suffix('ى')
                .map(|s| format!("{s}ا"))
                .or_else(|| form.strip_suffix("وا").map(|s| format!("{s}و")))
                .unwrap_or_else(|| form.clone());
            forms.push(format!("{joined}{pronoun}"));
        }
    }
    let mut folded: Vec<String> = forms.iter().map(|f| madar_text::fold(f)).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}

/// Kin whose word is so short that its pronoun would not be seen, as they stand before one, and alone: عمه، أخوه.
const SHORT_KIN: [(&str, &str); 8] = [
    ("عم", "عم"),
    ("خال", "خال"),
    ("اخو", "اخ"),
    ("اخي", "اخ"),
    ("اخا", "اخ"),
    ("ابو", "اب"),
    ("ابي", "اب"),
    ("ابا", "اب"),
];

/// The nouns that a word may be without the pronoun written onto it: زيارته is زيارة, شرائها is شراء.
pub(crate) fn without_pronoun(fold: &str) -> Vec<String> {
    let stem = ["هما", "ها", "هم", "ه"]
        .iter()
        .find_map(|pronoun| fold.strip_suffix(pronoun))
        .filter(|stem| stem.chars().count() >= 3 || SHORT_KIN.iter().any(|kin| kin.0 == *stem));
    let Some(stem) = stem else {
        return Vec::new();
    };
    if let Some(kin) = SHORT_KIN.iter().find(|kin| kin.0 == stem) {
        return vec![kin.1.to_owned()];
    }
    let mut out = vec![stem.to_owned()];
    out.extend(stem.strip_suffix('ت').map(|s| format!("{s}ه")));
    out.extend(stem.strip_suffix(['ي', 'و']).map(|s| format!("{s}ء")));
    out
}

/// Whether a word as written ends in a pronoun: زوجته, not زوجة.
pub(crate) fn has_pronoun(shown: &str) -> bool {
    let ends = ["ه", "ها", "هم", "هما"]
        .iter()
        .any(|end| shown.ends_with(end));
    let letters = |c: &char| ('\u{621}'..='\u{64a}').contains(c);
    let short = || !without_pronoun(&madar_text::fold(shown)).is_empty();
    ends && (shown.chars().filter(letters).count() >= 4 || short())
}
