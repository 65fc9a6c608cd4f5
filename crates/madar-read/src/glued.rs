//! Arabic words that were run together, as pages and PDFs lose spaces: زاربومبيوكورياالشماليةثلاث is زار بومبيو كوريا
//! الشمالية ثلاث. Cut only where every part is a word that the lists or the document itself knows, and the whole is none.

use crate::arabic::{Arabic, Forms, is_mark};

/// Letters of a word that is looked at; longer runs are no writing.
const SHORTEST: usize = 8;
const LONGEST: usize = 80;

/// Letters from which on a word is long enough to be several that the lists know; a shorter one is cut only at a word of
/// the document.
const LONG: usize = 12;

/// Letters of the longest part.
const LONGEST_PART: usize = 16;

/// Words of two letters that run into the next.
const SMALL: &[&str] = &[
    "من", "في", "ما", "لا", "لم", "لن", "قد", "ان", "او", "عن", "هو", "هي",
];

/// What a word may begin and end with, so that it is one.
const BEFORE: &[&str] = &[
    "وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ف", "ب", "ل", "ك", "س", "ا", "وس",
];
const BEHIND: &[&str] = &[
    "هما", "ها", "هم", "هن", "كم", "نا", "ه", "ي", "ك", "ني", "ا", "ين", "ان", "ون", "ات", "تين",
    "تان", "يه", "وا",
];

/// Where a word as written is cut, in bytes; nothing if it is one word.
pub(crate) fn cuts(arabic: &Arabic, shown: &str, forms: &Forms) -> Vec<usize> {
    let letters = shown.char_indices().filter(|(_, c)| !is_mark(*c));
    let letters: Vec<(usize, char)> = letters.collect();
    let folded: Vec<char> = madar_text::fold(shown).chars().collect();
    let fits = (SHORTEST..=LONGEST).contains(&letters.len()) && folded.len() == letters.len();
    if !fits
        || !letters
            .iter()
            .all(|(_, c)| ('\u{621}'..='\u{64a}').contains(c))
    {
        return Vec::new();
    }
    let own = Run {
        arabic,
        forms,
        shown: letters.iter().map(|(_, c)| *c).collect(),
        folded,
    };
    let cuts = own.cuts();
    cuts.into_iter().map(|at| letters[at].0).collect()
}

struct Run<'a> {
    arabic: &'a Arabic,
    forms: &'a Forms,
    shown: Vec<char>,
    folded: Vec<char>,
}

/// Letters from which on one part may be a word that nobody knows.
const VERY_LONG: usize = 20;

/// What a part costs: a word as it is listed, a short one or one with something written onto it, one that nobody knows.
const PLAIN: usize = 2;
const DOUBTFUL: usize = 3;
const STRANGE: usize = 9;

/// Letters of a word that nobody knows.
const LONGEST_STRANGE: usize = 8;

/// The cheapest way to a letter: what its parts cost, how common they are, whether the document knows one, the cut before.
#[derive(Clone, Copy)]
struct Way {
    cost: usize,
    common: u64,
    of_document: bool,
    from: usize,
}

impl Run<'_> {
    fn cuts(&self) -> Vec<usize> {
        let end = self.folded.len();
        let whole: String = self.folded.iter().collect();
        if self.is_word(&whole) {
            return Vec::new();
        }
        let mut ways: Vec<Option<Way>> = vec![None; end + 1];
        ways[0] = Some(Way {
            cost: 0,
            common: 0,
            of_document: false,
            from: 0,
        });
        for to in 2..=end {
            for from in to.saturating_sub(LONGEST_PART)..to - 1 {
                let Some(way) = ways[from] else { continue };
                let Some(part) = self.part(from, to) else {
                    continue;
                };
                let new = Way {
                    cost: way.cost + part.cost,
                    common: way.common + part.common,
                    of_document: way.of_document || part.of_document,
                    from,
                };
                let better = |old: Way| {
                    (new.cost, std::cmp::Reverse(new.common))
                        < (old.cost, std::cmp::Reverse(old.common))
                };
                if ways[to].is_none_or(better) {
                    ways[to] = Some(new);
                }
            }
        }
        let Some(last) = ways[end].filter(|way| way.from > 0) else {
            return Vec::new();
        };
        if end < LONG && !last.of_document && !self.ends_inside() {
            return Vec::new();
        }
        let mut cuts = Vec::new();
        let mut way = last;
        while way.from > 0 {
            cuts.push(way.from);
            let Some(before) = ways[way.from] else { break };
            way = before;
        }
        cuts.reverse();
        cuts
    }

    /// Whether a letter stands inside with which words only end.
    fn ends_inside(&self) -> bool {
        let inside = &self.shown[..self.shown.len() - 1];
        inside.iter().any(|c| matches!(c, 'ة' | 'ى'))
    }

    /// What stands from one letter to another as a word, if it may be one.
    fn part(&self, from: usize, to: usize) -> Option<Way> {
        let end = self.folded.len();
        let shown = &self.shown[from..to];
        let inside = &shown[..shown.len() - 1];
        if inside.iter().any(|c| matches!(c, 'ة' | 'ى')) {
            return None;
        }
        let part: String = self.folded[from..to].iter().collect();
        let common = u64::from(self.arabic.count(&part));
        let seen = self.forms.count(&part) > 0;
        let strange = || (end >= VERY_LONG && to - from <= LONGEST_STRANGE).then_some(STRANGE);
        let cost = match to - from {
            2 => (SMALL.contains(&part.as_str()) && to < end).then_some(PLAIN),
            3 if BEHIND.contains(&part.as_str()) => None,
            3 if common > 1 || seen => Some(DOUBTFUL),
            3 => None,
            _ if seen || self.is_listed(&part) => Some(PLAIN),
            _ if self.is_word(&part) => Some(DOUBTFUL),
            _ => strange(),
        };
        cost.map(|cost| Way {
            cost,
            common,
            of_document: seen && to - from > 3,
            from,
        })
    }

    fn is_listed(&self, word: &str) -> bool {
        let article = ["وال", "بال", "ال"].iter();
        let bare = article.filter_map(|a| word.strip_prefix(a)).next();
        self.arabic.is_known(word) || bare.is_some_and(|bare| self.arabic.is_known(bare))
    }

    /// Whether it is one word: known, also with what is written onto it, or come upon again.
    fn is_word(&self, word: &str) -> bool {
        if self.is_listed(word) || self.forms.count(word) > 1 {
            return true;
        }
        let stems = BEFORE.iter().filter_map(|b| word.strip_prefix(b));
        let stems = stems.chain([word]);
        stems
            .flat_map(|stem| {
                let bare = BEHIND.iter().filter_map(move |b| stem.strip_suffix(b));
                bare.chain([stem])
            })
            .any(|stem| {
                let with_ending = stem.strip_suffix('ت').map(|s| format!("{s}ه"));
                stem.chars().count() >= 3
                    && (self.arabic.is_known(stem)
                        || with_ending.is_some_and(|s| self.arabic.is_known(&s)))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kit;

    fn parts(word: &str, document: &str) -> Vec<String> {
        let kit = Kit::bundled();
        let forms = Forms::of(std::iter::once(document));
        let mut at = 0;
        let mut out = Vec::new();
        for cut in cuts(kit.arabic, word, &forms)
            .into_iter()
            .chain([word.len()])
        {
            out.push(word[at..cut].to_owned());
            at = cut;
        }
        out
    }

    #[test]
    fn words_run_together_are_cut_where_all_are_known() {
        let document = "قال مايك بومبيو إن كوريا الشمالية بعيدة.";
        assert_eq!(
            parts("زعيمكورياالشمالية", document),
            ["زعيم", "كوريا", "الشمالية"]
        );
        assert_eq!(parts("يمكنبومبيو", document), ["يمكن", "بومبيو"]);
        assert_eq!(
            parts("زاربومبيوكورياالشماليةثلاثمراتهذاالعام", document),
            [
                "زار",
                "بومبيو",
                "كوريا",
                "الشمالية",
                "ثلاث",
                "مرات",
                "هذا",
                "العام"
            ]
        );
    }

    #[test]
    fn one_word_stays_one() {
        for word in [
            "استثماراتهم",
            "الأفغانستانية",
            "بلومبرغ",
            "ميشيرسكايا",
            "والمسؤولين",
            "سيستخدمونها",
        ] {
            assert_eq!(parts(word, "بلا شيء"), [word]);
        }
    }
}
