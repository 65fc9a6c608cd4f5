//! What a text tells of somebody beside facts: *born on 3 May 1968*, *57-летний*, IMO 9123456. Screening holds
//! it against what a list says. Precision first: a wrong birthday would hide somebody who is listed, so only
//! what stands right beside a name is taken, and a relative's birthday is nobody's.
//!
//! The words are `lang/particulars.toml`. Left to others: nationality, which descriptions carry (`Mention::of`).

use std::sync::LazyLock;

use madar_text::{Day, DayRange, Identifier, Lang, Span, fold, tokens};
use serde::Deserialize;

use crate::ids::MentionId;
use crate::reading::{AnchorBasis, EntityKind, Mention, Reading};

/// Words that may stand between a name and the word that begins its date: *Vostrikov, a banker, was born*.
const FROM_NAME: usize = 4;
/// Words that may stand between that word and the date: *born in the town of Velsk on*.
const TO_DATE: usize = 6;
/// Words that may stand between *57-year-old* and the name.
const TO_NAME: usize = 3;
/// Words that may stand between a name and the number that is its.
const TO_NUMBER: usize = 12;
/// Ages and years of birth that people have.
const AGES: std::ops::RangeInclusive<i16> = 10..=105;
const YEARS: std::ops::RangeInclusive<i16> = 1890..=2100;

/// What a text tells of what a mention stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Particular {
    pub mention: MentionId,
    /// The words that tell it.
    pub span: Span,
    pub what: Told,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// The day, or the first and last day that it can be.
    Born(DayRange),
    Number(Identifier),
}

#[derive(Deserialize)]
struct Pack {
    born: Born,
    aged: Aged,
    words: Words,
    number: Vec<Number>,
}

#[derive(Deserialize)]
struct Born {
    before: Phrases,
    between: Phrases,
    right_before: Phrases,
    after: Phrases,
}

#[derive(Deserialize)]
struct Aged {
    before: Phrases,
    after: Phrases,
    years: Phrases,
}

#[derive(Deserialize)]
struct Words {
    pronouns: Phrases,
    kin: Phrases,
    fillers: Phrases,
}

#[derive(Deserialize)]
struct Number {
    kind: String,
    called: Phrases,
    /// How many digits it has, if it has nothing else.
    #[serde(default)]
    digits: Vec<usize>,
    /// How many letters and digits it has, most of them digits.
    #[serde(default)]
    letters: Vec<usize>,
    of: Vec<String>,
}

/// Phrases as folded words.
#[derive(Deserialize)]
#[serde(from = "Vec<String>")]
struct Phrases(Vec<Vec<String>>);

impl From<Vec<String>> for Phrases {
    fn from(phrases: Vec<String>) -> Self {
        let words = |phrase: &String| fold(phrase).split(' ').map(str::to_owned).collect();
        Phrases(phrases.iter().map(words).collect())
    }
}

impl Phrases {
    /// How many of the first words are the longest phrase that begins here; 0 if none does.
    fn at(&self, words: &[Word]) -> usize {
        let begins = |phrase: &&Vec<String>| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| *a == b.folded)
        };
        let longest = self.0.iter().filter(begins).map(Vec::len).max();
        longest.unwrap_or(0)
    }
}

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    toml::from_str(include_str!("../lang/particulars.toml"))
        .expect("lang/particulars.toml is valid: the tests read it")
});

/// What a text tells of those it mentions, in order of the text.
pub fn particulars(text: &str, reading: &Reading) -> Vec<Particular> {
    let mut out = Vec::new();
    for (at, &span) in reading.sentences.iter().enumerate() {
        // births, ages and numbers are figures
        if !span.of(text).contains(char::is_numeric) {
            continue;
        }
        let sentence = Sentence::of(text, span, reading);
        let before = || {
            let before = reading.sentences.get(at.checked_sub(1)?)?;
            Some(Sentence::of(text, *before, reading))
        };
        sentence.births(before, &mut out);
        sentence.ages(&mut out);
        sentence.numbers(&mut out);
    }
    out
}

/// The words that tell a birth, and whether they are a letter and a date: *(b. 1968)*.
struct BirthWords {
    words: Places,
    is_letter: bool,
}

struct Word {
    span: Span,
    folded: String,
    /// It is all of its token: not the *born* of *Russian-born*.
    is_whole: bool,
}

/// The first word of something in a sentence and one past its last.
type Places = std::ops::Range<usize>;

/// A sentence as words, with what it mentions.
struct Sentence<'a> {
    text: &'a str,
    reading: &'a Reading,
    span: Span,
    words: Vec<Word>,
    mentions: Vec<(MentionId, &'a Mention)>,
}

impl<'a> Sentence<'a> {
    fn of(text: &'a str, span: Span, reading: &'a Reading) -> Self {
        let from = reading
            .mentions
            .partition_point(|mention| mention.span.start < span.start);
        let mentions: Vec<_> = (from..)
            .map(MentionId::new)
            .zip(&reading.mentions[from..])
            .take_while(|(_, mention)| mention.span.start < span.end)
            .filter(|(_, mention)| span.contains(mention.span))
            .collect();
        let lang = mentions.first().map_or(Lang::En, |(_, first)| first.lang);
        let words = tokens(text, span, lang).into_iter().flat_map(|token| {
            // *57-year-old* is one token and three words
            let folded = fold(token.span.of(text));
            let pieces: Vec<String> = folded
                .split(|c: char| !c.is_alphanumeric())
                .filter(|piece| !piece.is_empty())
                .map(str::to_owned)
                .collect();
            let is_whole = pieces.len() == 1;
            pieces.into_iter().map(move |folded| Word {
                span: token.span,
                folded,
                is_whole,
            })
        });
        Sentence {
            text,
            reading,
            span,
            words: words.collect(),
            mentions,
        }
    }

    /// Births that are told with a date.
    fn births(&self, before: impl Fn() -> Option<Sentence<'a>>, out: &mut Vec<Particular>) {
        for (date, range) in self.dates() {
            let Some(told) = self.birth_at(&date) else {
                continue;
            };
            let reach = if told.is_letter { 0 } else { FROM_NAME };
            if let Some(mention) = self.who_was_born(told.words.start, date.start, reach, &before) {
                let last = &self.words[told.words.end - 1];
                out.push(Particular {
                    mention,
                    span: self.words[told.words.start].span.to(last.span),
                    what: Told::Born(range),
                });
            }
        }
    }

    /// Whether a date is one of birth, by the words before or after it.
    fn birth_at(&self, date: &Places) -> Option<BirthWords> {
        let born = &PACK.born;
        let is_bare = |at: usize| {
            let mut all = self.mentions.iter();
            self.words[at].is_whole && !all.any(|(_, m)| self.words_of(m.span).contains(&at))
        };
        let from = date.start;
        let opens = (from.saturating_sub(TO_DATE + 3)..from).rev().find(|&at| {
            let end = at + born.before.at(&self.words[at..from]);
            end > at && is_bare(at) && (end..from).all(|at| self.may_be_between(at))
        });
        if let Some(at) = opens {
            let (words, is_letter) = (at..date.end, false);
            return Some(BirthWords { words, is_letter });
        }
        let at = from.checked_sub(1)?;
        if born.right_before.at(&self.words[at..from]) == 1 && is_bare(at) {
            let (words, is_letter) = (at..date.end, true);
            return Some(BirthWords { words, is_letter });
        }
        let closes = born.after.at(&self.words[date.end..]);
        (closes > 0).then_some(BirthWords {
            words: from..date.end + closes,
            is_letter: false,
        })
    }

    /// Whether a word may stand between *born* and the date: it is of a place, or says that one follows.
    fn may_be_between(&self, at: usize) -> bool {
        let mut named = self
            .mentions
            .iter()
            .filter(|(_, mention)| matches!(mention.kind, EntityKind::Place | EntityKind::Person));
        let word = std::slice::from_ref(&self.words[at]);
        PACK.born.between.at(word) == 1
            || named.any(|(_, mention)| self.words_of(mention.span).contains(&at))
    }

    /// The dates of the sentence that are days, months or years, by their words; numbers that can be years too.
    fn dates(&self) -> Vec<(Places, DayRange)> {
        let mut dates: Vec<(Places, DayRange)> = Vec::new();
        let times = &self.reading.times;
        let from = times.partition_point(|time| time.span.start < self.span.start);
        let own = times[from..].iter();
        for time in own.take_while(|time| time.span.start < self.span.end) {
            let words = self.words_of(time.span);
            let known = time
                .range
                .filter(|(first, last)| YEARS.contains(&first.year) && last.year - first.year <= 1);
            if let (Some((first, last)), false) = (known, words.is_empty()) {
                dates.push((words, DayRange { first, last }));
            }
        }
        for (at, word) in self.words.iter().enumerate() {
            let year = word.folded.parse().ok().filter(|y| YEARS.contains(y));
            let is_told = dates.iter().any(|(words, _)| words.contains(&at));
            if let (Some(year), 4, false) = (year, word.folded.len(), is_told) {
                dates.push((at..at + 1, DayRange::years(year, year)));
            }
        }
        dates
    }

    /// Whose birth is told of by a word and a date after it.
    fn who_was_born(
        &self,
        cue: usize,
        date: usize,
        reach: usize,
        before: &impl Fn() -> Option<Sentence<'a>>,
    ) -> Option<MentionId> {
        if let Some((mention, words)) = self.people().rfind(|(_, words)| words.end <= cue) {
            let between = &self.words[words.end..cue];
            return (between.len() <= reach && !tells_of_kin(between)).then_some(mention);
        }
        // *ولد فلان عام*: the name follows the verb
        let after_verb = |id: MentionId| self.reading.mentions[id.at()].lang != Lang::En;
        let mut after = self
            .people()
            .filter(|(id, words)| after_verb(*id) && cue < words.start && words.end <= date);
        if let (Some((mention, _)), None) = (after.next(), after.next()) {
            return Some(mention);
        }
        let is_pronoun = |word: &Word| PACK.words.pronouns.at(std::slice::from_ref(word)) == 1;
        let opens = &self.words[..cue];
        if opens.len() > reach || tells_of_kin(opens) || !opens.iter().any(is_pronoun) {
            return None;
        }
        // *He was born*: who was the only one told of just before
        let before = before()?;
        let (first, _) = before.people().next()?;
        let referent = |id: MentionId| self.reading.referent_of[id.at()];
        let is_alone = before
            .people()
            .all(|(id, _)| referent(id) == referent(first));
        is_alone.then_some(first)
    }

    /// Ages, as years of birth; only where the text is dated and tells of its own time.
    fn ages(&self, out: &mut Vec<Particular>) {
        let Some(today) = self.own_day() else { return };
        for (at, word) in self.words.iter().enumerate() {
            let age = word.folded.parse().ok().filter(|age| AGES.contains(age));
            let (Some(age), Some(mention)) = (age, self.who_is_aged(at)) else {
                continue;
            };
            out.push(Particular {
                mention,
                span: word.span,
                what: Told::Born(DayRange::years(today.year - age - 1, today.year - age)),
            });
        }
    }

    /// The day on which the text says what it says; none where it looks back.
    fn own_day(&self) -> Option<Day> {
        let anchor = self.reading.anchor.as_ref()?;
        let is_sure =
            anchor.basis == AnchorBasis::Stated && anchor.earliest.year == anchor.latest.year;
        let looks_back = self
            .dates()
            .iter()
            .any(|(_, range)| range.last.year + 1 < anchor.latest.year);
        (is_sure && !looks_back).then_some(anchor.latest)
    }

    /// Who is told to have the age that is the word's number.
    fn who_is_aged(&self, at: usize) -> Option<MentionId> {
        let (aged, rest) = (&PACK.aged, &self.words[at + 1..]);
        let behind = self.people().rfind(|(_, words)| words.end <= at);
        if let Some((mention, words)) = behind {
            let between = &self.words[words.end..at];
            let says = aged.before.at(between) == between.len() && !between.is_empty();
            if says || (between.is_empty() && self.is_set_off(words.end - 1, at)) {
                return Some(mention);
            }
        }
        let length = aged.after.at(rest);
        let from = at + 1 + length;
        let mut ahead = self.people().filter(|(_, words)| words.start >= from);
        let (mention, words) = ahead.next().filter(|_| length > 0)?;
        let between = &self.words[from..words.start];
        (between.len() <= TO_NAME && !tells_of_kin(between)).then_some(mention)
    }

    /// Whether a number stands in commas or brackets behind a name, with the word for years or, in commas,
    /// without: *Vostrikov, 57,*; a bare number in brackets may be anything.
    fn is_set_off(&self, name: usize, number: usize) -> bool {
        let gap =
            |from: usize, to: usize| -> &str { self.text.get(from..to).unwrap_or_default().trim() };
        let end = |at: usize| self.words[at].span.end as usize;
        let start = |at: usize| self.words.get(at).map(|word| word.span.start as usize);
        let opens = gap(end(name), self.words[number].span.start as usize);
        let years = PACK.aged.years.at(&self.words[number + 1..]);
        let last = number + years;
        let until = start(last + 1)
            .unwrap_or(self.text.len())
            .min(end(last) + 8);
        let closes = self
            .text
            .get(end(last)..until)
            .unwrap_or_default()
            .trim_start();
        match opens {
            "," | "،" => closes.starts_with([',', '،', '.', ';']),
            "(" => years > 0 && closes.starts_with(')'),
            _ => false,
        }
    }

    /// Numbers that only one has.
    fn numbers(&self, out: &mut Vec<Particular>) {
        for at in 0..self.words.len() {
            for number in &PACK.number {
                let length = number.called.at(&self.words[at..]);
                if length == 0 {
                    continue;
                }
                let found = self.value(at + length, number).zip(self.whose(at, number));
                if let Some(((value, end), mention)) = found {
                    out.push(Particular {
                        mention,
                        span: self.words[at].span.to(self.words[end - 1].span),
                        what: Told::Number(Identifier {
                            kind: number.kind.clone(),
                            value,
                            country: None,
                        }),
                    });
                    break;
                }
            }
        }
    }

    /// The number that stands after its name, perhaps in groups, and one past its last word.
    fn value(&self, from: usize, number: &Number) -> Option<(String, usize)> {
        let is_filler = |word: &Word| PACK.words.fillers.at(std::slice::from_ref(word)) == 1;
        let mut at = from;
        while at < from + 3 && self.words.get(at).is_some_and(is_filler) {
            at += 1;
        }
        let mut value = String::new();
        let has_digit = |word: &Word| word.folded.chars().any(|c| c.is_ascii_digit());
        let is_part = |word: &Word| has_digit(word) || word.folded.chars().count() <= 3;
        for (end, word) in self.words.iter().enumerate().skip(at).take(4) {
            if !is_part(word) || !word.folded.chars().all(|c| c.is_ascii_alphanumeric()) {
                break;
            }
            value += &word.folded.to_uppercase();
            let (length, digits) = (
                value.len(),
                value.bytes().filter(u8::is_ascii_digit).count(),
            );
            let ends = has_digit(word) && !self.words.get(end + 1).is_some_and(has_digit);
            let fits = number.digits.contains(&digits) && digits == length
                || number.letters.contains(&length) && 2 * digits > length;
            if ends && fits {
                return Some((value, end + 1));
            }
        }
        None
    }

    /// The nearest one before the name of a number whose number it may be.
    fn whose(&self, at: usize, number: &Number) -> Option<MentionId> {
        let may_have = |kind: EntityKind| number.of.iter().any(|of| of == kind.name());
        let all = self
            .mentions
            .iter()
            .filter(|(_, mention)| may_have(mention.kind));
        let mut placed = all.map(|(id, mention)| (*id, self.words_of(mention.span)));
        let (mention, words) = placed.rfind(|(_, words)| !words.is_empty() && words.end <= at)?;
        let between = &self.words[words.end..at];
        (between.len() <= TO_NUMBER && !tells_of_kin(between)).then_some(mention)
    }

    /// The people of the sentence, with their words.
    fn people(&self) -> impl DoubleEndedIterator<Item = (MentionId, Places)> {
        let people = self
            .mentions
            .iter()
            .filter(|(_, m)| m.kind == EntityKind::Person);
        people
            .map(|(id, mention)| (*id, self.words_of(mention.span)))
            .filter(|(_, words)| !words.is_empty())
    }

    fn words_of(&self, span: Span) -> Places {
        let from = self
            .words
            .partition_point(|word| word.span.start < span.start);
        let to = self.words.partition_point(|word| word.span.end <= span.end);
        from..to.max(from)
    }
}

fn tells_of_kin(words: &[Word]) -> bool {
    words
        .iter()
        .any(|word| PACK.words.kin.at(std::slice::from_ref(word)) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::tests::{document, kit};
    use madar_text::{Published, PublishedBasis, Stamp};

    /// What is told of whom, as *name: what*.
    fn check(text: &str, expect: &[&str]) {
        let mut document = document(&[text]);
        document.meta.published = Some(Published {
            stamp: Stamp {
                day: Day::new(2025, 6, 1),
                second: None,
            },
            basis: PublishedBasis::Given,
        });
        let reading = crate::read(&document, kit());
        let told = particulars(&document.text, &reading)
            .into_iter()
            .map(|told| {
                let name = &reading.referents[reading.referent_of[told.mention.at()].at()].name;
                match told.what {
                    Told::Born(range) => format!("{name}: born {range}"),
                    Told::Number(number) => format!("{} {}", number.kind, number.value),
                }
            });
        assert_eq!(told.collect::<Vec<_>>(), expect, "{text}");
    }

    #[test]
    fn births_are_of_who_stands_beside_them() {
        check(
            "Kirill Vostrikov was born on 3 May 1968 in Velsk.",
            &["Kirill Vostrikov: born 1968-05-03"],
        );
        check(
            "Кирилл Востриков, 1968 года рождения, встретился с банкирами.",
            &["Кирилл Востриков: born 1968"],
        );
        check(
            "Кирилл Востриков родился 3 мая 1968 года в Вельске.",
            &["Кирилл Востриков: born 1968-05-03"],
        );
        check(
            "التقى رجل الأعمال كيريل فوستريكوف، وهو من مواليد 1968، مصرفيين في دبي.",
            &["كيريل فوستريكوف: born 1968"],
        );
        // his son is another
        check(
            "Kirill Vostrikov, whose son was born in 1998, lives in Velsk.",
            &["son: born 1998"],
        );
        check("Kirill Vostrikov left Velsk in 1998.", &[]);
        check(
            "Kirill Vostrikov, born in Velsk, moved to London in 2005.",
            &[],
        );
        check(
            "The Russian-born banker Kirill Vostrikov moved to London in 2005.",
            &[],
        );
    }

    #[test]
    fn ages_are_years_of_birth() {
        check(
            "Businessman Kirill Vostrikov, 57, met bankers on Sunday.",
            &["Kirill Vostrikov: born 1967 to 1968"],
        );
        check(
            "57-летний Кирилл Востриков встретился с банкирами.",
            &["Кирилл Востриков: born 1967 to 1968"],
        );
        check("Kirill Vostrikov bought 57 tankers.", &[]);
        check(
            "In 1990, the 22-year-old Kirill Vostrikov moved to Velsk.",
            &[],
        );
    }

    #[test]
    fn numbers_are_of_what_can_have_them() {
        check(
            "ООО «Восточная набережная» (ИНН 7701234567) построило терминал.",
            &["inn 7701234567"],
        );
        check(
            "Kirill Vostrikov holds passport number 75 1234567.",
            &["passport 751234567"],
        );
        check("Kirill Vostrikov called 7701234567.", &[]);
    }
}
