//! What stands on a news page and is not the article: *Read also* boxes, tags, invitations.
//! The phrases are data (`data/furniture.toml`); how far a box reaches is decided here, so that no
//! paragraph of the article is lost to it.
//!
//! After *اقرأ أيضاً* come a headline and often one paragraph that sums it up; then the article goes
//! on. The paragraph belongs to the box only if it takes up the headline's own words, those that
//! are rare in the article.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use madar_text::BlockKind;
use serde::Deserialize;

use crate::line::{End, Line, key};

/// Words up to which a line that begins with a phrase is taken for furniture; longer ones are
/// sentences that happen to begin so (*Follow us at your own risk, he told …*).
const START_WORDS: usize = 16;
/// Words up to which a paragraph can be a box's summary. Those seen have 20 to 45.
const SUMMARY_WORDS: usize = 60;
/// Share of the headline's weight that a summary takes up. Summaries seen reach 0.3 to 0.6, the
/// article's own next paragraph stays below 0.1 (`a_paragraph_after_a_box_stays`).
const RESTATES: f64 = 0.22;
/// Words from which a line below a box's first headline is one more headline rather than a
/// subheading of the article.
const FURTHER_HEADLINE_WORDS: usize = 7;
/// Words from which a headline that begins with *and*, *he*, *كما* is rather a paragraph.
const LONG_HEADLINE: usize = 12;
/// Words from which a paragraph is solid: two of them on end are running text, and the rest of a
/// page is furniture no longer.
const SOLID_WORDS: usize = 18;

const DATA: &str = include_str!("../data/furniture.toml");

#[derive(Deserialize)]
struct Table {
    radical_waw: Vec<String>,
    group: Vec<Group>,
    going_on: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Group {
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "says where a phrase belongs; a test reads it")
    )]
    lang: String,
    extent: Extent,
    at: At,
    #[cfg_attr(not(test), expect(dead_code, reason = "run as a test"))]
    example: String,
    phrases: Vec<String>,
}

/// How far a phrase reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Extent {
    Line,
    Teaser,
    Rest,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    Whole,
    Start,
}

struct Phrases {
    whole: BTreeMap<String, Extent>,
    /// Folded phrase, and whether a colon follows it.
    start: Vec<(String, bool)>,
    going_on: BTreeSet<String>,
    radical_waw: BTreeSet<String>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let table: Table = toml::from_str(DATA).expect("the furniture table is read by a test");
    let mut phrases = Phrases {
        whole: BTreeMap::new(),
        start: Vec::new(),
        going_on: table.going_on.values().flatten().map(|w| key(w)).collect(),
        radical_waw: table.radical_waw.iter().map(|w| key(w)).collect(),
    };
    for group in &table.group {
        for phrase in &group.phrases {
            match group.at {
                At::Whole => {
                    phrases.whole.insert(key(phrase), group.extent);
                }
                At::Start => phrases.start.push((key(phrase), phrase.ends_with(':'))),
            }
        }
    }
    phrases
});

/// What a phrase makes of one line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    Line,
    /// The box begins here and its headline follows.
    Teaser,
    /// Phrase and headline on one line.
    TeaserWithHeadline,
    Rest,
}

/// Marks furniture among the lines.
pub(crate) fn mark(lines: &mut [Line<'_>]) {
    let mut signs: Vec<Option<Sign>> = lines.iter().map(sign).collect();
    // A first line *Watch: Keeper saves penalty* is the article's own headline.
    if let Some(first) = signs.iter_mut().find(|sign| **sign != Some(Sign::Line))
        && *first == Some(Sign::TeaserWithHeadline)
    {
        *first = None;
    }
    if signs.iter().all(Option::is_none) {
        return;
    }
    let commonness = Commonness::of(lines);
    let mut at = 0;
    while at < lines.len() {
        let past = match signs[at] {
            None => {
                at += 1;
                continue;
            }
            Some(Sign::Line | Sign::TeaserWithHeadline) => at + 1,
            Some(Sign::Teaser) => end_of_teaser(lines, &signs, at, &commonness),
            Some(Sign::Rest) => end_of_rest(lines, at),
        };
        for line in &mut lines[at..past] {
            line.kind = Some(BlockKind::Furniture);
        }
        at = past;
    }
}

fn sign(line: &Line<'_>) -> Option<Sign> {
    // a cell may hold a number alone, or a phrase
    if line.hint == Some(BlockKind::Cell) {
        return None;
    }
    let copyright = line.text.starts_with('©');
    if line.is_wordless() || copyright || is_address(line.text) || is_path(line) {
        return Some(Sign::Line);
    }
    if let Some(extent) = PHRASES.whole.get(&line.key) {
        return Some(match extent {
            Extent::Line => Sign::Line,
            Extent::Teaser => Sign::Teaser,
            Extent::Rest => Sign::Rest,
        });
    }
    if line.words <= START_WORDS && line.end != End::Stop && begins(line) {
        return Some(Sign::Line);
    }
    headline_after_phrase(line).then_some(Sign::TeaserWithHeadline)
}

fn begins(line: &Line<'_>) -> bool {
    PHRASES.start.iter().any(|(phrase, colon)| {
        let rest = line.key.strip_prefix(phrase.as_str());
        let whole_words = rest.is_some_and(|r| r.is_empty() || r.starts_with(' '));
        let head = line.text.split_once(':').map(|(head, _)| head);
        whole_words && (!colon || head.is_some_and(|head| key(head) == *phrase))
    })
}

/// `Read also: Envoy meets minister`, with a colon or a bar behind the phrase.
fn headline_after_phrase(line: &Line<'_>) -> bool {
    let Some((head, headline)) = line.text.split_once([':', '|', '»', '>']) else {
        return false;
    };
    let phrase = PHRASES.whole.get(&key(head));
    phrase.is_some_and(|&extent| extent != Extent::Line)
        && !headline.trim().is_empty()
        && (line.end != End::Stop || line.words <= START_WORDS)
}

/// *Home > World > Ports*: where the page stands in its site.
fn is_path(line: &Line<'_>) -> bool {
    let signs = [" > ", " › ", " » ", " ‹ ", " < "];
    let steps = signs
        .iter()
        .map(|sign| line.text.matches(sign).count())
        .max();
    steps.is_some_and(|n| n >= 2 || (n == 1 && line.words <= 3)) && line.words <= START_WORDS
}

/// A line that is nothing but a web address.
fn is_address(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://")
            || text.starts_with("https://")
            || text.starts_with("www.")
            || text.starts_with("pic.twitter.com/"))
}

/// One past the last line of the box that begins at `head`.
fn end_of_teaser(
    lines: &[Line<'_>],
    signs: &[Option<Sign>],
    head: usize,
    commonness: &Commonness,
) -> usize {
    let mut at = head + 1;
    while at < lines.len() && signs[at].is_none() && could_be_headline(&lines[at]) {
        let first = at == head + 1;
        let bulleted = lines[at].text.starts_with(['•', '-', '*', '▪', '◦', '·']);
        let goes_on = lines.get(at + 1).is_some_and(|next| next.is_running());
        if !first && !bulleted && goes_on && lines[at].words < FURTHER_HEADLINE_WORDS {
            break;
        }
        at += 1;
        if signs.get(at).is_some_and(Option::is_none)
            && is_summary(&lines[at - 1], &lines[at], commonness)
        {
            at += 1;
        }
    }
    at
}

/// A long line that begins as running text does has only lost its final stop.
fn could_be_headline(line: &Line<'_>) -> bool {
    let running = line.words >= LONG_HEADLINE && goes_on(&line.key);
    line.is_headline() && line.hint != Some(BlockKind::Title) && !running
}

/// Whether a paragraph restates the headline above it rather than going on with the article.
fn is_summary(headline: &Line<'_>, paragraph: &Line<'_>, commonness: &Commonness) -> bool {
    if goes_on(&paragraph.key) || !paragraph.is_running() || paragraph.words > SUMMARY_WORDS {
        return false;
    }
    let own = stems(&headline.key);
    let told = stems(&paragraph.key);
    let weigh = |stem: &String| commonness.weight(stem);
    let total: f64 = own.iter().map(weigh).sum();
    let shared: f64 = own.intersection(&told).map(weigh).sum();
    own.intersection(&told).count() >= 2 && shared >= RESTATES * total
}

/// Whether a paragraph begins as one that goes on with a text: *كما*, *وقال*, *However*.
fn goes_on(key: &str) -> bool {
    let starts = |n: usize| key.split(' ').take(n).collect::<Vec<_>>().join(" ");
    let first = starts(1);
    let and = first.starts_with('و') && !PHRASES.radical_waw.contains(&first);
    and || (1..=3).any(|n| PHRASES.going_on.contains(&starts(n)))
}

/// One past the last line of what a page adds below the article. Two solid paragraphs on end are
/// running text again.
fn end_of_rest(lines: &[Line<'_>], head: usize) -> usize {
    let solid = |line: &Line<'_>| line.is_running() && line.words >= SOLID_WORDS;
    let tail = &lines[head + 1..];
    let again = tail.windows(2).position(|two| two.iter().all(solid));
    again.map_or(lines.len(), |at| head + 1 + at)
}

/// In how many lines each stem stands: a stem that runs through the whole article says nothing
/// about what a paragraph restates.
struct Commonness(BTreeMap<String, u32>);

impl Commonness {
    fn of(lines: &[Line<'_>]) -> Self {
        let mut counts = BTreeMap::new();
        for line in lines {
            for stem in stems(&line.key) {
                *counts.entry(stem).or_insert(0) += 1;
            }
        }
        Commonness(counts)
    }

    /// 1 for a stem of headline and one paragraph only, falling with each further line.
    fn weight(&self, stem: &str) -> f64 {
        let lines = self.0.get(stem).copied().unwrap_or(1);
        1.0 / f64::from(lines.saturating_sub(1).max(1))
    }
}

/// Rough stems of the words of four letters or more: proclitics off, first five letters.
fn stems(key: &str) -> BTreeSet<String> {
    key.split(' ').filter_map(stem).collect()
}

fn stem(word: &str) -> Option<String> {
    let mut bare = word;
    for proclitic in ["وال", "بال", "كال", "فال", "لل", "ال"] {
        if let Some(rest) = bare.strip_prefix(proclitic)
            && rest.chars().count() >= 3
        {
            bare = rest;
            break;
        }
    }
    let letters = bare.chars().count();
    let arabic = bare.chars().any(|c| ('\u{0621}'..='\u{064A}').contains(&c));
    let least = if arabic { 3 } else { 4 };
    (letters >= least && !bare.starts_with('#')).then(|| bare.chars().take(5).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Piece;
    use madar_text::Span;

    fn line(text: &str) -> Line<'_> {
        let span = Span::from_range(0..text.len());
        Line::new(text, Piece { span, hint: None })
    }

    #[test]
    fn every_group_holds_its_example() {
        let table: Table = toml::from_str(DATA).expect("a table");
        for group in &table.group {
            let expected = match group.extent {
                Extent::Line => Sign::Line,
                Extent::Teaser => Sign::Teaser,
                Extent::Rest => Sign::Rest,
            };
            let line = line(&group.example);
            assert_eq!(
                sign(&line),
                Some(expected),
                "{} {}",
                group.lang,
                group.example
            );
        }
    }

    #[test]
    fn no_phrase_stands_under_two_extents() {
        let table: Table = toml::from_str(DATA).expect("a table");
        let mut seen = BTreeMap::new();
        for group in table.group.iter().filter(|g| g.at == At::Whole) {
            for phrase in &group.phrases {
                let before = seen.insert(key(phrase), group.extent);
                assert!(before.is_none_or(|b| b == group.extent), "{phrase}");
            }
        }
    }

    #[test]
    fn sentences_that_begin_like_phrases_are_none() {
        for text in [
            "Related talks in Oslo broke off on Monday.",
            "Share prices fell by a tenth after the news",
            "المزيد من العقوبات على الطريق",
            "إعلان الدوحة يفتح باب التفاوض",
            "Реклама в метро подорожала",
            "Подробнее о сделке рассказал министр.",
        ] {
            assert_eq!(sign(&line(text)), None, "{text}");
        }
    }
}
