//! Near copies in one language: two texts that have word sequences in common are laid side by side, and counted is how
//! many words of the shorter one stand in the other in long runs. A run goes on over a word changed, left out or put
//! in, and it does not matter in which order the runs stand: who copies cuts, turns round and rewrites. Containment,
//! not symmetric likeness: true copies share as little as a quarter of their words. What both only quote makes no copy:
//! who heard one speech quotes it alike. A long quotation in the same words is a sign of its own, and a weaker one: both had
//! it from one mouth at least, and the later one perhaps from the earlier.

use std::collections::BTreeSet;

use madar_text::fold;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::dependence::{Dependence, DependenceKind, Papers, number};
use crate::hashed::hash;
use crate::network::Told;

/// Words in a sequence that brings two texts together: passim's default.
const SEQUENCE: usize = 5;
/// Sequences of one text that stand in another too, from which on the two are laid side by side. Every sixth word
/// changed leaves one in six.
const LEAST_SEQUENCES: u32 = 5;
/// Sequences compared at a time; of more, those whose hashes are near each other go together. Eight bytes each:
/// an eighth of a gigabyte.
const IN_HAND: usize = 16 << 20;
/// A sequence in more documents than this is a phrase of the trade, or what a wire sent to everybody. It brings
/// together the nearest of them only, so that the pairs do not outgrow the documents.
const TOO_COMMON: usize = 50;
/// How near: of documents in order of their ids. Copies of one text have the same neighbours in all its sequences.
const NEAREST: usize = 4;

/// Words that begin a run.
const SEED: usize = 3;
/// Places of such words in a text that are tried: of a phrase that it repeats all the time the first ones do.
const PLACES: usize = 8;
/// Words that a run may differ by at a time, and words that must then be the same again.
const GAP: usize = 3;
const AGAIN: usize = 3;
/// Words of a run at least: shorter ones are titles of office and turns of phrase.
const LEAST_RUN: usize = 7;
/// Share of the shorter text's words that must stand in the other, in percent. Of a text a quarter of which is
/// copied, rewriting leaves a fifth.
const LEAST_PERCENT: u32 = 20;
/// And at least so many words that do not stand in quotation marks in both: two short notices share a title by
/// chance, and two reports of a speech its best sentences.
const LEAST_WORDS: u32 = 20;
/// Words that both quote in one run at least: fewer are a slogan, a proverb, or what many heard somebody say.
const LEAST_QUOTED: usize = 12;
/// Words of a quotation at most: of a longer one the mark that ends it belongs to another.
const LONGEST_QUOTE: usize = 150;
/// Set in a word that stands in quotation marks. The other bits are its hash.
const QUOTED: u32 = 1;

/// Copies among the pairs of documents of which one is new, and those that it makes more or less alike: each further
/// document may make a sequence too common, or stand between two. Gives the documents that were looked at.
pub(crate) fn copies(
    papers: &Papers<'_>,
    new: &BTreeSet<usize>,
) -> (BTreeSet<usize>, Vec<Dependence>) {
    let all = new.len() == papers.digests.len();
    let of_new: Vec<Vec<u32>> = match all {
        true => Vec::new(),
        false => shared_sequences(papers, new).collect(),
    };
    let looked_at = looked_at(new, &of_new);
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let count = |one: Vec<u32>| {
        let reach = reach(one.len());
        let own: Vec<bool> = one
            .iter()
            .map(|&at| looked_at.contains(&(at as usize)))
            .collect();
        for (i, &a) in one.iter().enumerate() {
            let near = one.iter().enumerate().skip(i + 1).take(reach);
            for (_, &b) in near.filter(|(j, _)| own[i] || own[*j]) {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    };
    match all || looked_at.len() > new.len() {
        true => shared_sequences(papers, &looked_at).for_each(count),
        false => of_new.into_iter().for_each(count),
    }
    let mut out = Vec::new();
    for ((a, b), count) in shared {
        if count < LEAST_SEQUENCES {
            continue;
        }
        let (a, b) = (a as usize, b as usize);
        let Some(kind) = shared_text(&papers.digests[a].words, &papers.digests[b].words) else {
            continue;
        };
        for (later, earlier) in [(a, b), (b, a)] {
            if papers.may_follow(later, earlier) {
                out.push(papers.dependence(later, earlier, kind));
            }
        }
    }
    (looked_at, out)
}

/// The new documents, and those that their sequences bring together with others than before.
fn looked_at(new: &BTreeSet<usize>, sequences: &[Vec<u32>]) -> BTreeSet<usize> {
    let mut out = new.clone();
    for one in sequences {
        if one.len() <= TOO_COMMON {
            continue;
        }
        let is_new = |at: &u32| new.contains(&(*at as usize));
        if one.iter().filter(|at| !is_new(at)).count() <= TOO_COMMON {
            out.extend(one.iter().map(|&at| at as usize));
            continue;
        }
        for (i, _) in one.iter().enumerate().filter(|(_, at)| is_new(at)) {
            let near = i.saturating_sub(NEAREST)..one.len().min(i + NEAREST + 1);
            out.extend(one[near].iter().map(|&at| at as usize));
        }
    }
    out
}

/// How far apart in a list of so many documents those are that are brought together.
fn reach(documents: usize) -> usize {
    if documents > TOO_COMMON {
        NEAREST
    } else {
        TOO_COMMON
    }
}

/// The documents of each sequence that several have, one of these among them, in order; the sequences in no order.
fn shared_sequences<'a>(
    papers: &'a Papers<'_>,
    of: &'a BTreeSet<usize>,
) -> impl Iterator<Item = Vec<u32>> + 'a {
    let all = of.len() == papers.digests.len();
    let mut wanted: FxHashSet<u32> = FxHashSet::default();
    if !all {
        wanted.extend(
            of.iter()
                .flat_map(|&at| sequences(&papers.digests[at].words)),
        );
    }
    let lengths = papers.digests.iter().map(|digest| digest.words.len());
    let passes = if all {
        lengths.sum::<usize>().div_ceil(IN_HAND).max(1)
    } else {
        1
    } as u64;
    (0..passes).flat_map(move |pass| {
        let of_pass = |hash: &u32| (u64::from(*hash) * passes) >> 32 == pass;
        let found = papers.digests.par_iter().enumerate();
        let found = found.flat_map_iter(|(at, digest)| {
            let own = sequences(&digest.words);
            let own = own.filter(|hash| of_pass(hash) && (all || wanted.contains(hash)));
            own.map(move |hash| (hash, number(at)))
        });
        let mut found: Vec<(u32, u32)> = found.collect();
        found.par_sort_unstable();
        found.dedup();
        let several = found
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|one| one.len() > 1);
        let places = several.map(|one| one.iter().map(|(_, at)| *at).collect());
        places.collect::<Vec<Vec<u32>>>()
    })
}

/// A document as copies are sought of it: hashes of its folded words, in order, each with a bit that says whether it is
/// quoted. Of a million articles they take less than two gigabytes.
pub(crate) fn words(told: &Told<'_>) -> Vec<u32> {
    let mut out = Vec::new();
    let mut quoted_from = None;
    for sentence in &told.reading.sentences {
        words_of(sentence.of(told.text), &mut out, &mut quoted_from);
    }
    out
}

fn words_of(text: &str, out: &mut Vec<u32>, quoted_from: &mut Option<usize>) {
    let mut before = ' ';
    let mut word_from = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            word_from.get_or_insert(at);
        } else {
            out.extend(word_from.take().map(|from| word(&text[from..at])));
            let after = chars.peek().map_or(' ', |(_, c)| *c);
            match mark(c, before, after) {
                Some(Mark::Opens) => *quoted_from = Some(out.len()),
                Some(Mark::Closes) => {
                    // what no mark ends is no quotation
                    let from = quoted_from.take().unwrap_or(out.len());
                    let near = out.len() - from <= LONGEST_QUOTE;
                    let quoted = out[from..].iter_mut().filter(|_| near);
                    quoted.for_each(|word| *word |= QUOTED);
                }
                None => {}
            }
        }
        before = c;
    }
    out.extend(word_from.map(|from| word(&text[from..])));
}

fn word(text: &str) -> u32 {
    // of a hash the upper half is mixed best
    let half = u32::try_from(hash(&fold(text)) >> 32).expect("half of a number");
    half & !QUOTED
}

enum Mark {
    Opens,
    Closes,
}

/// What a quotation mark does between these two characters.
fn mark(c: char, before: char, after: char) -> Option<Mark> {
    let opens = || !after.is_whitespace() && (before.is_whitespace() || "([:-–—".contains(before));
    match c {
        '«' | '„' => Some(Mark::Opens),
        '»' => Some(Mark::Closes),
        '"' | '“' | '”' if opens() => Some(Mark::Opens),
        '"' | '“' | '”' => Some(Mark::Closes),
        _ => None,
    }
}

/// Hashes of a text's sequences of words. Two sequences of one hash are rare, and what two texts share by such a
/// chance is looked at word by word.
fn sequences(words: &[u32]) -> impl Iterator<Item = u32> {
    words.windows(SEQUENCE).map(|words| {
        let hash = mixed(words);
        u32::try_from(hash >> 32).expect("half of a number")
    })
}

/// Of the outcome the upper half is mixed best.
fn mixed(words: &[u32]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let one = |hash: u64, word: u32| (hash.rotate_left(23) ^ u64::from(word)).wrapping_mul(ODD);
    words.iter().map(|word| word & !QUOTED).fold(0, one)
}

fn is_same(a: u32, b: u32) -> bool {
    (a ^ b) & !QUOTED == 0
}

/// What two texts have in common, where that is enough to call one a copy of the other or their quotations one.
fn shared_text(a: &[u32], b: &[u32]) -> Option<DependenceKind> {
    // of two texts of one length either may be laid on the other: the words decide, not the order of the call
    let (short, long) = if (a.len(), a) <= (b.len(), b) {
        (a, b)
    } else {
        (b, a)
    };
    let runs = runs(short, long);
    let percent = number(runs.same) * 100 / number(short.len()).max(1);
    if number(runs.unquoted) >= LEAST_WORDS && percent >= LEAST_PERCENT {
        return Some(DependenceKind::Copy { percent });
    }
    let words = number(runs.quoted);
    (runs.quoted >= LEAST_QUOTED).then_some(DependenceKind::Quote { words })
}

/// What stands in both texts in long runs.
#[derive(Default)]
struct Runs {
    /// Words of the shorter text.
    same: usize,
    /// Those of them that do not stand in quotation marks in both.
    unquoted: usize,
    /// Those that do, most in one run.
    quoted: usize,
}

fn runs(short: &[u32], long: &[u32]) -> Runs {
    let seeds = long.windows(SEED).map(mixed).zip(0..);
    let mut seeds: Vec<(u64, usize)> = seeds.collect();
    seeds.sort_unstable();
    let mut at = 0;
    let mut all = Runs::default();
    while at + SEED <= short.len() {
        let seed = mixed(&short[at..at + SEED]);
        let from = seeds.partition_point(|(other, _)| *other < seed);
        let places = seeds[from..].iter().take_while(|(other, _)| *other == seed);
        let runs = places
            .take(PLACES)
            .map(|&(_, place)| run(&short[at..], &long[place..]));
        let best = runs.max_by_key(|(run, over)| (run.same, std::cmp::Reverse(*over)));
        match best {
            Some((run, over)) if run.same >= LEAST_RUN => {
                all.same += run.same;
                all.unquoted += run.unquoted;
                all.quoted = all.quoted.max(run.quoted);
                at += over;
            }
            _ => at += 1,
        }
    }
    all
}

/// A run from the beginnings of both on, and how many words of the first text it goes over.
fn run(short: &[u32], long: &[u32]) -> (Runs, usize) {
    let (mut i, mut j) = (0, 0);
    let mut run = Runs::default();
    loop {
        while i < short.len() && j < long.len() && is_same(short[i], long[j]) {
            run.same += 1;
            match short[i] & long[j] & QUOTED {
                0 => run.unquoted += 1,
                _ => run.quoted += 1,
            }
            (i, j) = (i + 1, j + 1);
        }
        match gap(&short[i..], &long[j..]) {
            Some((x, y)) => (i, j) = (i + x, j + y),
            None => return (run, i),
        }
    }
}

/// Words of each to leave out, the fewest, so that both go on alike.
fn gap(short: &[u32], long: &[u32]) -> Option<(usize, usize)> {
    let again = |x: usize, y: usize| {
        let (here, there) = (short.get(x..x + AGAIN), long.get(y..y + AGAIN));
        let both = here.zip(there);
        both.is_some_and(|(a, b)| a.iter().zip(b).all(|(a, b)| is_same(*a, *b)))
    };
    let most = |gap: usize| (0..=gap).map(move |less| gap - less);
    (1..=GAP).find_map(|gap| {
        let sides = most(gap).flat_map(|less| [(gap, less), (less, gap)]);
        let mut sides = sides.filter(|&(x, y)| again(x, y));
        sides.next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::{Digest, DocumentNumber, Stated, Together};

    /// Words of a text that nobody else wrote.
    fn text(seed: u32, length: u32) -> Vec<u32> {
        (0..length).map(|at| seed * 1_000_002 + at * 14).collect()
    }

    fn copied(a: &[u32], b: &[u32]) -> Option<u32> {
        match shared_text(a, b)? {
            DependenceKind::Copy { percent } => Some(percent),
            _ => None,
        }
    }

    fn digest(words: Vec<u32>) -> Digest {
        Digest {
            drafts: Vec::new(),
            draft_of: Vec::new(),
            sentences: Together::default(),
            parties: Together::default(),
            order: Vec::new(),
            lang: None,
            published: None,
            publisher: Stated::Nobody,
            article: None,
            words,
        }
    }

    #[test]
    fn a_copy_is_cut_turned_round_and_rewritten() {
        let source = text(1, 300);
        assert_eq!(copied(&source, &source), Some(100));
        // a quarter of it, behind words of another's, the later half first, every seventh word another
        let mut copy = text(2, 225);
        copy.extend(&source[40..80]);
        copy.extend(&source[0..40]);
        for word in copy.iter_mut().step_by(7) {
            *word = u32::MAX - 1;
        }
        let found = copied(&source, &copy);
        assert!(found.is_some_and(|percent| (20..=25).contains(&percent)));
        assert_eq!(found, copied(&copy, &source));
        // a word left out, two put in
        let mut edited = source.clone();
        edited.remove(100);
        edited.splice(200..200, [2, 4]);
        assert_eq!(copied(&source, &edited), Some(99));
    }

    #[test]
    fn a_quote_and_a_title_are_no_copy() {
        let source = text(1, 300);
        let mut quotes = text(2, 200);
        quotes.extend(&source[10..85]);
        assert_eq!(copied(&source, &quotes), Some(27));
        let mut heard = source.clone();
        heard[5..90].iter_mut().for_each(|word| *word |= QUOTED);
        quotes[200..].iter_mut().for_each(|word| *word |= QUOTED);
        let words = shared_text(&heard, &quotes);
        assert_eq!(words, Some(DependenceKind::Quote { words: 75 }));
        assert_eq!(words, shared_text(&quotes, &heard));
        // as much of it as anybody says
        let mut said = text(4, 200);
        said.extend(&heard[10..10 + LEAST_QUOTED - 1]);
        assert_eq!(shared_text(&heard, &said), None);
        let mut notice = text(3, 10);
        notice.extend(&source[..19]);
        assert_eq!(copied(&source, &notice), None);
        assert_eq!(copied(&[], &source), None);
    }

    #[test]
    fn what_marks_enclose_is_quoted() {
        let quoted = |text: &str| {
            let mut words = Vec::new();
            words_of(text, &mut words, &mut None);
            let marks = words.iter().map(|word| match word & QUOTED {
                0 => '.',
                _ => 'q',
            });
            marks.collect::<String>()
        };
        assert_eq!(quoted("He said: \"We will pay.\" They did."), "..qqq..");
        assert_eq!(quoted("Он сказал: «Мы заплатим», и ушёл"), "..qq..");
        assert_eq!(quoted("قال \"سندفع\" أمس"), ".q.");
        assert_eq!(quoted("\"We will pay, he said"), ".....");
        assert_eq!(quoted("a 6\" pipe"), "...");
    }

    /// Texts of three wires, as a hundred and eighty papers print them, and one line under all of them.
    fn papers() -> (Vec<DocumentNumber>, Vec<Digest>) {
        let paper = |at: u32| {
            let mut words = text(1000 + at, 60);
            words.extend(&text(at % 3, 200)[(at % 7) as usize..150 + (at % 40) as usize]);
            words.extend(text(9, 12));
            digest(words)
        };
        (0..180).map(|at| (u64::from(at), paper(at))).unzip()
    }

    /// Of two wires every text is tied to the others of its wire, however many print it, and to nobody else.
    #[test]
    fn what_a_wire_sends_to_everybody_stays_its_own() {
        let (numbers, digests) = papers();
        let digests: Vec<&Digest> = digests.iter().collect();
        let papers = Papers {
            numbers: &numbers,
            digests: &digests,
        };
        let (_, found) = copies(&papers, &(0..digests.len()).collect());
        assert!(found.iter().all(|d| d.later % 3 == d.earlier % 3));
        let mut wire: Vec<DocumentNumber> = numbers.clone();
        for _ in 0..wire.len() {
            for d in &found {
                let (a, b) = (papers.at(d.later), papers.at(d.earlier));
                wire[a] = wire[a].min(wire[b]);
            }
        }
        assert_eq!(wire.iter().filter(|&&first| first < 3).count(), wire.len());
    }

    /// Reading more and more gives what reading all at once gives.
    #[test]
    fn copies_grow_with_the_case() {
        let (all_numbers, all_digests) = papers();
        let order: Vec<usize> = (0..180).map(|at| at * 77 % 180).collect();
        let mut known: BTreeSet<Dependence> = BTreeSet::new();
        let mut had = 0;
        for read in [40, 130, 149, 150, 155, 180] {
            let held: BTreeSet<usize> = order[..read].iter().copied().collect();
            let numbers: Vec<DocumentNumber> = held.iter().map(|&at| all_numbers[at]).collect();
            let digests: Vec<&Digest> = held.iter().map(|&at| &all_digests[at]).collect();
            let papers = Papers {
                numbers: &numbers,
                digests: &digests,
            };
            let new = order[had..read].iter();
            let new = new.map(|&at| papers.at(all_numbers[at])).collect();
            let (looked_at, found) = copies(&papers, &new);
            let stays = |at: DocumentNumber| !looked_at.contains(&papers.at(at));
            known.retain(|d| stays(d.later) && stays(d.earlier));
            known.extend(found);
            let (_, at_once) = copies(&papers, &(0..read).collect());
            assert_eq!(known, at_once.into_iter().collect());
            had = read;
        }
    }
}
