//! The common ground of three alphabets: spellings to sounds, and what sounds cost against another.
//!
//! `data/sounds.toml` is the knowledge, this is its reader. A *phone* is one reading ("dj"); a
//! *sound* is a choice of phones with costs, as a letter leaves it open (ج: dj, g or zh). All
//! distinct sounds are numbered, and the cost of taking one for another is computed once for every
//! pair: the cheapest pair of readings. Aligning then only looks up a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold::clean;
use crate::script::Script;

/// What one whole consonant weighs: the unit of all costs.
pub(crate) const CONSONANT: u32 = 100;
/// A vowel where vowels are written; less than half a consonant, since spellings of one name in
/// three languages disagree about vowels first.
const VOWEL: u32 = 40;
/// A vowel against Arabic, where short ones are not written.
const VOWEL_AGAINST_ARABIC: u32 = 9;
/// A vowel that Arabic does write, long, against a script with vowels, and against Arabic.
const LONG_VOWEL: u32 = 18;
const LONG_VOWEL_AGAINST_ARABIC: u32 = 30;
/// Two different vowels of which `[near]` says nothing.
const VOWEL_FOR_VOWEL: u32 = 35;
/// A vowel for a consonant: dearer than lacking both, so it is never chosen.
const NEVER: u32 = 255;
/// Letters of a word that are looked at, anchors included; three times what the longest part sounds.
const MAX_LETTERS: usize = 96;

/// A number for a letter's reading with its choices; only [`Sounds`] knows which.
pub(crate) type Sound = u16;

/// Consonant families that the index files names under; see [`Sounds::families`].
pub(crate) type Families = u16;
/// How many families there are; bit by bit.
const FAMILIES: usize = 9;
/// A sound that is nearer than this to one of another family (*z* to *dh*) is surely of none.
const SURELY_OF_ITS_FAMILY: u32 = 35;
/// The bit of a sound that may also be no consonant at all (و, *w*, خ as *h*).
pub(crate) const WEAK: Families = 512;

#[derive(Deserialize)]
struct File {
    phones: Phones,
    near: BTreeMap<String, BTreeMap<String, u32>>,
    latin: BTreeMap<String, String>,
    cyrillic: BTreeMap<String, String>,
    arabic: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Phones {
    vowels: Vec<String>,
    consonants: Vec<String>,
}

/// The spellings of one script, as a tree of letters.
#[derive(Default)]
struct Spellings {
    /// The number of a letter by its code point, 0 for one that is in no spelling.
    letters: Vec<u16>,
    /// How many letters have a number, with the 0.
    width: usize,
    /// `next[place * width + letter]`: the place that a letter leads to, 0 for none. The root is 0.
    next: Vec<u16>,
    /// The sounds of the spelling that ends at each place.
    sounds: Vec<Option<Vec<Sound>>>,
}

impl Spellings {
    fn new(spellings: &[(String, Vec<Sound>)]) -> Spellings {
        let mut tree = Spellings {
            width: 1,
            ..Spellings::default()
        };
        for letter in spellings.iter().flat_map(|(spelling, _)| spelling.chars()) {
            let at = letter as usize;
            if tree.letters.len() <= at {
                tree.letters.resize(at + 1, 0);
            }
            if tree.letters[at] == 0 {
                tree.letters[at] = u16::try_from(tree.width).expect("some hundred letters");
                tree.width += 1;
            }
        }
        tree.grow();
        for (spelling, sounds) in spellings {
            let mut place = 0;
            for letter in spelling.chars() {
                let at = place * tree.width + usize::from(tree.letters[letter as usize]);
                if tree.next[at] == 0 {
                    tree.next[at] = u16::try_from(tree.sounds.len()).expect("some thousand places");
                    tree.grow();
                }
                place = usize::from(tree.next[at]);
            }
            tree.sounds[place] = Some(sounds.clone());
        }
        tree
    }

    /// One place more.
    fn grow(&mut self) {
        self.sounds.push(None);
        self.next.resize(self.sounds.len() * self.width, 0);
    }

    /// The longest spelling that the letters begin with: its length and sounds.
    fn longest(&self, letters: &[char]) -> Option<(usize, &[Sound])> {
        let mut place = 0;
        let mut longest = None;
        for (at, &letter) in letters.iter().enumerate() {
            let number = self.letters.get(letter as usize).copied().unwrap_or(0);
            place = usize::from(self.next[place * self.width + usize::from(number)]);
            if place == 0 {
                break;
            }
            if let Some(sounds) = &self.sounds[place] {
                longest = Some((at + 1, &sounds[..]));
            }
        }
        longest
    }
}

/// The table of sounds, read once.
pub(crate) struct Sounds {
    spellings: [Spellings; 3],
    count: usize,
    /// `swap[a * count + b]`: the cost of one for the other.
    swap: Vec<u8>,
    /// What is summed up of each sound before it is aligned.
    measures: Vec<Measures>,
    /// The cost of a sound the other name lacks, by whether the one that has it is Arabic (1) and by whether
    /// the one that lacks it is.
    gap: [[Vec<u8>; 2]; 2],
    /// How much of a name, Arabic or not (second), a sound of another, Arabic or not (first), can stand for at
    /// most: what it costs to lack the longest sound it can be taken for, less the price of taking it.
    cover: [[Vec<u8>; 2]; 2],
    families: Vec<Families>,
    /// The vowel that a sound is by its first reading, if it is one: *a*; *i* or *e*; *u* or *o*.
    vowels: Vec<Option<Vowel>>,
    /// What a sound surely of a family costs at least against a name that has none of the family.
    alone: [u32; FAMILIES],
    /// Each sound as the data file writes it.
    written: Vec<String>,
    /// The sounds that stand in names that are not Arabic, and in those that are.
    used: [Vec<Sound>; 2],
    #[cfg(test)]
    phones: Vec<String>,
}

/// What is summed up of each sound of a run before the run is aligned.
pub(crate) struct Measures {
    /// What it costs to lack, in a name that is not or is Arabic (first), against one that is not or is.
    pub(crate) gaps: [[u8; 2]; 2],
    /// How much of another name it can stand for at most, likewise.
    pub(crate) covers: [[u8; 2]; 2],
    pub(crate) families: Families,
    /// The family it is surely of, if any, and those it may be of.
    pub(crate) certain: Families,
    pub(crate) possible: Families,
}

/// Vowels as far as spellings of one name keep them apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Vowel {
    A,
    I,
    U,
}

/// The one table.
pub(crate) static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let mut sounds = Sounds::as_written();
    sounds.learn(include_str!("../data/costs.txt"));
    sounds.measure();
    sounds
});

/// One reading of a sound: a phone, or silence, at a cost.
type Reading = (Option<usize>, u32);

impl Sounds {
    /// The table as `data/sounds.toml` has it, with nothing learned.
    pub(crate) fn as_written() -> Sounds {
        let file: File = toml::from_str(include_str!("../data/sounds.toml"))
            .expect("data/sounds.toml is valid: the tests read it");
        Sounds::from_file(&file)
    }

    fn from_file(file: &File) -> Sounds {
        let phones = PhoneTable::from_file(file);
        let mut numbered: BTreeMap<Vec<Reading>, Sound> = BTreeMap::new();
        let mut all: Vec<Vec<Reading>> = Vec::new();
        // the sounds that stand in Arabic names, and in others
        let mut used: [Vec<Sound>; 2] = Default::default();
        let tables = [(&file.arabic, 1), (&file.cyrillic, 0), (&file.latin, 0)];
        let spellings = tables.map(|(table, arabic)| {
            let mut out = Vec::new();
            for (spelling, sounds) in table {
                let numbers = sounds
                    .split_whitespace()
                    .map(|sound| {
                        let readings = phones.readings(sound);
                        *numbered.entry(readings.clone()).or_insert_with(|| {
                            all.push(readings);
                            Sound::try_from(all.len() - 1).expect("a few hundred sounds")
                        })
                    })
                    .collect();
                let numbers: Vec<Sound> = numbers;
                used[arabic].extend(&numbers);
                out.push((clean_spelling(spelling), numbers));
            }
            Spellings::new(&out)
        });
        let mut sounds = Sounds {
            swap: all
                .iter()
                .flat_map(|a| all.iter().map(|b| phones.swap(a, b)))
                .collect(),
            gap: [
                [VOWEL, VOWEL_AGAINST_ARABIC],
                [LONG_VOWEL, LONG_VOWEL_AGAINST_ARABIC],
            ]
            .map(|own| own.map(|vowel| all.iter().map(|s| phones.gap(s, vowel)).collect())),
            families: all.iter().map(|s| phones.families(s)).collect(),
            vowels: all.iter().map(|s| phones.vowel(s)).collect(),
            cover: Default::default(),
            measures: Vec::new(),
            alone: [u32::MAX; FAMILIES],
            written: all.iter().map(|s| phones.written(s)).collect(),
            #[cfg(test)]
            phones: all.iter().map(|s| phones.first(s)).collect(),
            count: all.len(),
            spellings,
            used,
        };
        sounds.measure();
        sounds
    }

    /// Takes over what was learned of the costs: lines of two sounds as [`Sounds::written`] has them, and what
    /// taking one for the other costs, either way.
    fn learn(&mut self, learned: &str) {
        let numbers: BTreeMap<&str, usize> =
            self.written.iter().map(String::as_str).zip(0..).collect();
        let mut costs = Vec::new();
        for line in learned.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_ascii_whitespace();
            let (a, b, cost) = (words.next(), words.next(), words.next());
            let number = |sound: Option<&str>| sound.and_then(|sound| numbers.get(sound));
            if let (Some(&a), Some(&b), Some(Ok(cost))) =
                (number(a), number(b), cost.map(str::parse))
            {
                costs.push((a, b, cost));
            }
        }
        for (a, b, cost) in costs {
            self.swap[a * self.count + b] = cost;
            self.swap[b * self.count + a] = cost;
        }
    }

    /// A sound as `sounds.toml` writes it: *dj/g:4/zh:4*.
    pub(crate) fn written(&self, sound: Sound) -> &str {
        &self.written[usize::from(sound)]
    }

    /// How much of names of such a script, made of such sounds, each sound of a name of another can stand for.
    fn most_covered(&self, own: usize, other: usize, used: &[Sound]) -> Vec<u8> {
        let gaps = &self.gap[other][own];
        let covered = |sound: Sound, of: Sound| {
            u32::from(gaps[usize::from(of)]).saturating_sub(self.swap(sound, of))
        };
        let most = |sound| used.iter().map(|&of| covered(sound, of)).max().unwrap_or(0);
        let all = (0..).take(self.count);
        all.map(|sound| u8::try_from(most(sound)).unwrap_or(u8::MAX))
            .collect()
    }

    /// Brings together what is summed up of each sound, and finds what each costs without its family on the
    /// other side, and so where it is counted.
    fn measure(&mut self) {
        self.cover =
            [0, 1].map(|own| [0, 1].map(|other| self.most_covered(own, other, &self.used[other])));
        self.alone = [u32::MAX; FAMILIES];
        let mut measures = Vec::with_capacity(self.count);
        for (sound, &families) in (0..).zip(&self.families) {
            let possible = families & !WEAK;
            let at = usize::from(sound);
            let lacked = self.gap.iter().flatten().map(|gap| u32::from(gap[at]));
            let others = (0..).zip(&self.families);
            let strange = others.filter(|(_, other)| **other & possible == 0);
            let swapped = strange.map(|(other, _)| self.swap(sound, other));
            let alone = lacked.chain(swapped).min().unwrap_or(0);
            let certain =
                families.count_ones() == 1 && families & WEAK == 0 && alone >= SURELY_OF_ITS_FAMILY;
            if certain {
                let family = &mut self.alone[families.trailing_zeros() as usize];
                *family = alone.min(*family);
            }
            measures.push(Measures {
                gaps: [0, 1].map(|own| [0, 1].map(|other| self.gap[own][other][at])),
                covers: [0, 1].map(|own| [0, 1].map(|other| self.cover[own][other][at])),
                families,
                certain: if certain { families } else { 0 },
                possible,
            });
        }
        self.measures = measures;
    }

    /// Appends the sounds of one cleaned word, at most `limit` of them; a doubled sound is one.
    pub(crate) fn spell(&self, word: &str, limit: usize, out: &mut Vec<Sound>) {
        self.spell_in(Script::of(word), word, limit, out);
    }

    /// The same for a word whose script is known.
    pub(crate) fn spell_in(&self, script: Script, word: &str, limit: usize, out: &mut Vec<Sound>) {
        let table = match script {
            Script::Arabic => &self.spellings[0],
            Script::Cyrillic => &self.spellings[1],
            Script::Latin => &self.spellings[2],
            Script::Other => return,
        };
        let mut buffer = ['\0'; MAX_LETTERS];
        let letters = anchored(word, &mut buffer);
        let start = out.len();
        let mut at = 0;
        while at < letters.len() && out.len() - start < limit {
            let Some((length, sounds)) = table.longest(&letters[at..]) else {
                self.spell_bare(letters[at], table, out);
                at += 1;
                continue;
            };
            for &sound in sounds {
                // Arabic marks doubling and does not write it: two letters are two.
                let doubled = script != Script::Arabic && out.last() == Some(&sound);
                if out.len() == start || !doubled {
                    out.push(sound);
                }
            }
            at += length;
        }
        out.truncate(start + limit);
    }

    /// A letter with a mark that no spelling names sounds like the letter without.
    fn spell_bare(&self, letter: char, table: &Spellings, out: &mut Vec<Sound>) {
        if matches!(letter, '^' | '$') {
            return;
        }
        let folded: Vec<char> = crate::fold::fold_clean(&letter.to_string())
            .chars()
            .collect();
        if let Some((length, sounds)) = table.longest(&folded)
            && length == folded.len()
        {
            out.extend(sounds);
        }
    }

    pub(crate) fn swap(&self, a: Sound, b: Sound) -> u32 {
        u32::from(self.swap[usize::from(a) * self.count + usize::from(b)])
    }

    /// The row of costs of one sound against all.
    pub(crate) fn swaps(&self, a: Sound) -> &[u8] {
        let start = usize::from(a) * self.count;
        &self.swap[start..start + self.count]
    }

    /// The costs of sounds of a name, Arabic or not, that the other name lacks.
    pub(crate) fn gaps(&self, is_arabic: bool, against_arabic: bool) -> &[u8] {
        &self.gap[usize::from(is_arabic)][usize::from(against_arabic)]
    }

    /// What is summed up of a sound.
    pub(crate) fn measures(&self, sound: Sound) -> &Measures {
        &self.measures[usize::from(sound)]
    }

    /// The consonant families a sound may belong to, as bits; 0 for vowels and weak sounds.
    pub(crate) fn families(&self, sound: Sound) -> Families {
        self.families[usize::from(sound)]
    }

    /// The vowel that a sound is by its first reading.
    pub(crate) fn vowel(&self, sound: Sound) -> Option<Vowel> {
        self.vowels[usize::from(sound)]
    }

    /// What a sound surely of a family, by its number, costs at least where the other name has none.
    pub(crate) fn alone(&self, family: usize) -> u32 {
        self.alone[family]
    }

    /// The first reading of a sound, in the phones of the data file.
    #[cfg(test)]
    pub(crate) fn phone(&self, sound: Sound) -> &str {
        &self.phones[usize::from(sound)]
    }
}

/// The word's letters between `^` and `$`, where spellings want them: anchors are letters of the
/// lookup, so `^` precedes the first letter and `$` follows the last.
fn anchored<'a>(word: &str, buffer: &'a mut [char; MAX_LETTERS]) -> &'a [char] {
    let mut len = 1;
    buffer[0] = '^';
    for (slot, c) in buffer[1..MAX_LETTERS - 1].iter_mut().zip(word.chars()) {
        *slot = c;
        len += 1;
    }
    buffer[len] = '$';
    &buffer[..=len]
}

fn clean_spelling(spelling: &str) -> String {
    let core = clean(spelling.trim_matches(['^', '$'])).text;
    let core = if core.is_empty() {
        spelling.trim_matches(['^', '$']).to_owned()
    } else {
        core
    };
    let begin = if spelling.starts_with('^') { "^" } else { "" };
    let end = if spelling.ends_with('$') { "$" } else { "" };
    format!("{begin}{core}{end}")
}

/// Phones by number, with what they weigh and how near they are.
struct PhoneTable {
    names: Vec<String>,
    vowels: usize,
    distance: Vec<u32>,
}

impl PhoneTable {
    fn from_file(file: &File) -> PhoneTable {
        let names: Vec<String> = file
            .phones
            .vowels
            .iter()
            .chain(&file.phones.consonants)
            .cloned()
            .collect();
        let vowels = file.phones.vowels.len();
        let n = names.len();
        let mut distance = vec![0; n * n];
        for a in 0..n {
            for b in 0..n {
                distance[a * n + b] = match (a < vowels, b < vowels) {
                    _ if a == b => 0,
                    (true, true) => VOWEL_FOR_VOWEL,
                    (false, false) => CONSONANT,
                    _ => NEVER,
                };
            }
        }
        let mut table = PhoneTable {
            names,
            vowels,
            distance,
        };
        for (a, near) in &file.near {
            for (b, &cost) in near {
                let (a, b) = (table.number(a), table.number(b));
                table.distance[a * n + b] = cost;
                table.distance[b * n + a] = cost;
            }
        }
        table
    }

    fn number(&self, phone: &str) -> usize {
        self.names
            .iter()
            .position(|n| n == phone)
            .unwrap_or_else(|| panic!("data/sounds.toml: no phone {phone:?} under [phones]"))
    }

    fn readings(&self, sound: &str) -> Vec<Reading> {
        sound
            .split('/')
            .map(|reading| {
                let (phone, cost) = reading.split_once(':').unwrap_or((reading, "0"));
                let cost = cost.parse().expect("data/sounds.toml: a cost is a number");
                let phone = if phone == "-" {
                    None
                } else {
                    Some(self.number(phone))
                };
                (phone, cost)
            })
            .collect()
    }

    fn swap(&self, a: &[Reading], b: &[Reading]) -> u8 {
        let mut best = NEVER;
        for &(pa, ca) in a {
            for &(pb, cb) in b {
                if let (Some(pa), Some(pb)) = (pa, pb) {
                    best = best.min(ca + cb + self.distance[pa * self.names.len() + pb]);
                }
            }
        }
        u8::try_from(best).unwrap_or(u8::MAX)
    }

    fn gap(&self, sound: &[Reading], vowel: u32) -> u8 {
        let silence = sound.iter().find(|(phone, _)| phone.is_none());
        let cost = sound
            .iter()
            .map(|&(phone, cost)| match phone {
                None => cost,
                Some(p) if p < self.vowels => cost + vowel,
                Some(p) if self.names[p] == "'" => cost + 8,
                Some(_) if silence.is_some() => CONSONANT,
                Some(p) if matches!(self.names[p].as_str(), "h" | "y" | "w") => cost + 60,
                Some(_) => cost + CONSONANT,
            })
            .min();
        u8::try_from(cost.unwrap_or(0)).unwrap_or(u8::MAX)
    }

    /// Families: labials P, F; M; N; L; R; dentals T; hissing S; velars K. Weak sounds have none.
    fn families(&self, sound: &[Reading]) -> Families {
        let mut bits = 0;
        for &(phone, cost) in sound {
            if let Some(p) = phone
                && cost <= 12
            {
                bits |= match self.names[p].as_str() {
                    "b" | "p" => 1,
                    "f" | "v" => 2,
                    "m" => 4,
                    "n" => 8,
                    "l" => 16,
                    "r" => 32,
                    "d" | "t" | "dh" | "th" => 64,
                    "z" | "s" | "zh" | "sh" | "dj" | "ch" | "ts" => 128,
                    "g" | "k" | "q" | "kh" | "gh" => 256,
                    _ => WEAK,
                };
            } else if phone.is_none() && cost <= 35 {
                bits |= WEAK;
            }
        }
        bits
    }

    fn vowel(&self, sound: &[Reading]) -> Option<Vowel> {
        match self.names[sound.first()?.0?].as_str() {
            "a" => Some(Vowel::A),
            "e" | "i" => Some(Vowel::I),
            "o" | "u" => Some(Vowel::U),
            _ => None,
        }
    }

    /// As the data file writes it.
    fn written(&self, sound: &[Reading]) -> String {
        let readings = sound.iter().map(|&(phone, cost)| {
            let phone = phone.map_or("-", |phone| &self.names[phone]);
            match cost {
                0 => phone.to_owned(),
                cost => format!("{phone}:{cost}"),
            }
        });
        readings.collect::<Vec<_>>().join("/")
    }

    #[cfg(test)]
    fn first(&self, sound: &[Reading]) -> String {
        sound
            .iter()
            .find_map(|&(p, _)| p)
            .map_or_else(String::new, |p| self.names[p].clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(word: &str) -> String {
        let mut sounds = Vec::new();
        SOUNDS.spell(word, 40, &mut sounds);
        sounds
            .iter()
            .map(|&s| SOUNDS.phone(s))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn check(word: &str, expect: &str) {
        assert_eq!(phones(word), expect, "{word}");
    }

    #[test]
    fn words_as_they_sound() {
        check("дмитриев", "d m i t r i y e v");
        check("dmitriev", "d m i t r i e v");
        check("щукин", "sh ch u k i n");
        check("shchukin", "sh ch u k i n");
        check("تشارلز", "ch a r l z");
        check("xerxes", "z s e r k s e s");
        check("123", "");
    }

    #[test]
    fn every_pair_costs_the_same_both_ways() {
        for a in 0..SOUNDS.count {
            for b in 0..SOUNDS.count {
                assert_eq!(
                    SOUNDS.swap[a * SOUNDS.count + b],
                    SOUNDS.swap[b * SOUNDS.count + a]
                );
            }
        }
    }
}
