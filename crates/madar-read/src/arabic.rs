//! Which Arabic words carry proclitics: a list of word counts, and the words of the packs.
//!
//! وقال is و + قال because قال alone is far more frequent; وزير stays whole because زير is not.

use rustc_hash::{FxHashMap, FxHashSet};

const COUNTS: &str = include_str!("../data/arabic_words.tsv");

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

pub struct Arabic {
    names: FxHashSet<&'static str>,
    counts: FxHashMap<String, u32>,
    /// Verbs of saying: with و before them they are frequent, and yet no words of their own.
    said: FxHashSet<String>,
}

impl Arabic {
    /// The shipped counts; `named` are folded words that the packs name, and so exist.
    pub(crate) fn new<'a>(
        named: impl Iterator<Item = &'a str>,
        said: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut counts: FxHashMap<String, u32> = COUNTS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let (word, count) = line.split_once('\t')?;
                Some((word.to_owned(), count.parse().ok()?))
            })
            .collect();
        let said: Vec<&str> = said.collect();
        for word in named.chain(said.iter().copied()) {
            // A word of a rule counts like a frequent one, so that its clitic forms are cut.
            let count = counts.entry(word.to_owned()).or_default();
            *count = (*count).max(50);
        }
        Self {
            names: NAMES.lines().collect(),
            counts,
            said: said.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Whether to cut `whole` so that `rest` is left: the rest exists and is no rarer.
    pub(crate) fn cuts(&self, whole: &str, rest: &str) -> bool {
        if WHOLE.contains(&whole) {
            return false;
        }
        // وقالت: a frequent form, but no word of its own
        if whole.strip_prefix('و') == Some(rest) && self.said.contains(rest) {
            return true;
        }
        let count = |word| self.counts.get(word).copied().unwrap_or(0);
        // وستانفورد: و before a name, and no word itself
        let letters = rest.chars().count();
        let and = whole.strip_prefix('و') == Some(rest);
        let names = self.names.contains(rest) && !self.names.contains(whole);
        if and && names && letters >= 4 && count(whole) == 0 {
            return true;
        }
        let rest = count(rest);
        rest >= 2 && rest >= count(whole)
    }

    /// What the lists say of a folded word: bit 0, it is part of names; above, how common it is (0
    /// hardly seen, 1 now and then, 2 often).
    pub(crate) fn word_class(&self, word: &str) -> u8 {
        let common = match self.count(word) {
            0..4 => 0,
            4..40 => 1,
            _ => 2,
        };
        u8::from(self.names.contains(word)) | common << 1
    }

    /// How often a folded word was counted.
    pub fn count(&self, word: &str) -> u32 {
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
    let stem: String = imperfect.chars().skip(1).collect();
    let open = stem.strip_suffix(['ي', 'ى', 'و']).map(str::to_owned);
    for prefix in ["ي", "ت", "ن", "أ"] {
        forms.push(format!("{prefix}{stem}"));
        if let Some(open) = &open {
            // jussive and plural drop the weak letter: لم يلتق، يلتقون
            forms.push(format!("{prefix}{open}"));
            forms.push(format!("{prefix}{open}ون"));
        }
        for end in ["ون", "ان", "وا", "ا"] {
            forms.push(format!("{prefix}{stem}{end}"));
        }
    }
    // Object pronouns: اختاره، يملكها
    let bare: Vec<String> = forms.clone();
    for form in bare {
        for pronoun in ["ه", "ها", "هم", "هما"] {
            let joined = form
                .strip_suffix('ى')
                .map_or(form.clone(), |s| format!("{s}ا"));
            forms.push(format!("{joined}{pronoun}"));
        }
    }
    let mut folded: Vec<String> = forms.iter().map(|f| madar_text::fold(f)).collect();
    folded.sort_unstable();
    folded.dedup();
    folded
}
