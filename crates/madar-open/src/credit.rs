//! Who signs: datelines, bylines and the credits of pictures. Whether a line is one of these is
//! told here by its shape and by the words of `data/credits.toml`; which outlet is meant is found
//! by `madar-read`.
//!
//! *دبي - الشرق*, *WASHINGTON, Jan 14 (Reuters)*, *МОСКВА. 3 ноября. ИНТЕРФАКС*, *By Ann Lee*,
//! *… in Oslo, 15 August 2025 - AP*.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use madar_text::{Day, Script, Span, is_letter_or_digit};
use serde::Deserialize;

use crate::date::{self, dates};
use crate::line::{End, Line, key};

pub(crate) const DATA: &str = include_str!("../data/credits.toml");

/// Words (dates left out) that a dateline can have: two places, an outlet of four words.
const DATELINE_WORDS: usize = 9;
/// Words of a dateline's place (*بورت سودان*, *New York City*) and of the name that signs it.
const PLACE_WORDS: usize = 3;
const NAME_WORDS: usize = 4;
/// Words of a label at most: *image source*, *опубликовано в*.
const LABEL_WORDS: usize = 3;
/// Words that a date takes at most: *4 تشرين الثاني/نوفمبر 2025*.
const DATE_WORDS: usize = 6;
/// Words up to which a line can be a picture's caption.
const CAPTION_WORDS: usize = 50;
/// Words up to which a line can be a byline.
const BYLINE_WORDS: usize = 12;
/// Characters within which the dateline at the head of a paragraph ends.
const LEAD_CHARS: usize = 90;

#[derive(Deserialize)]
struct Table {
    agencies: Vec<String>,
    photo_labels: Vec<String>,
    byline_labels: Vec<String>,
    source_labels: Vec<String>,
    published_labels: Vec<String>,
    updated_labels: Vec<String>,
    fillers: Fillers,
}

#[derive(Deserialize)]
struct Fillers {
    words: Vec<String>,
}

struct Words {
    agencies: BTreeSet<String>,
    photo: BTreeSet<String>,
    byline: BTreeSet<String>,
    source: BTreeSet<String>,
    published: BTreeSet<String>,
    updated: BTreeSet<String>,
    fillers: BTreeSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table: Table = toml::from_str(DATA).expect("the credits table is read by a test");
    let set = |words: &[String]| words.iter().map(|w| key(w)).collect();
    Words {
        agencies: set(&table.agencies),
        photo: set(&table.photo_labels),
        byline: set(&table.byline_labels),
        source: set(&table.source_labels),
        published: set(&table.published_labels),
        updated: set(&table.updated_labels),
        fillers: set(&table.fillers.words),
    }
});

/// Where in its document a line stands; the loose shapes of a dateline count only below a title.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Top,
    BelowTitle,
    End,
}

/// Whether a whole line is a dateline, a credit line or a date of publication.
pub(crate) fn is_dateline(line: &Line<'_>, place: Place) -> bool {
    if labelled(line.text, &WORDS.source) || says_published(line.text) {
        return line.words <= DATELINE_WORDS + 6;
    }
    if WORDS.agencies.contains(&line.key) {
        return true;
    }
    // Each date has a number: a line that is too long whatever dates it has is not looked through for them.
    let has_number = |w: &&str| w.contains(|c: char| c == '#' || c.is_ascii_digit());
    let dates_at_most = line.key.split(' ').filter(has_number).count();
    let most = DATELINE_WORDS + DATE_WORDS * dates_at_most;
    if counted(&line.key).nth(most).is_some() {
        return false;
    }
    let found = dates(line.text);
    let words = words_beside(line.text, &found);
    if is_photo_credit(line.text) || words > DATELINE_WORDS || has_sentence(line) {
        return false;
    }
    if !found.is_empty() {
        let parts = segments(line.text, &found);
        let shaped = parts
            .iter()
            .all(|part| count(part) <= NAME_WORDS && starts_capital(part));
        let place_first = parts
            .first()
            .is_none_or(|part| is_quoted(part) || key(part).split(' ').count() <= PLACE_WORDS);
        let signed = words <= PLACE_WORDS || parts.len() > 1 && has_sign(line.text);
        return place != Place::End && shaped && place_first && signed;
    }
    let parts = segments(line.text, &[]);
    let (from, by) = match parts.as_slice() {
        [from, by] => (from, by),
        // Place, reporter, agency.
        [from, reporter, by] if count(reporter) <= NAME_WORDS => (from, by),
        _ => return false,
    };
    let signed = WORDS.agencies.contains(&key(by)) || is_quoted(by);
    let short = count(from) <= PLACE_WORDS && count(by) <= NAME_WORDS;
    let named = parts.len() == 2 && capitalised(from) && capitalised(by);
    let apart = !line.text.contains(':') || signed;
    short && (signed || (place == Place::BelowTitle && named && apart && count(by) <= PLACE_WORDS))
}

/// Whether a line is only the label of the next: *المصدر:*.
pub(crate) fn is_source_label(line: &Line<'_>) -> bool {
    line.end == End::Open && WORDS.source.contains(&line.key)
}

/// Whether a short line beside a dateline can be the name of who wrote it: *Ann Lee in Oslo*.
pub(crate) fn could_be_name(line: &Line<'_>) -> bool {
    line.words <= NAME_WORDS + 1
        && line.end == End::Word
        && capitalised(line.text)
        && !line.text.contains(|c: char| c.is_numeric() || is_sign(c))
}

/// A dateline may end in a stop (*/ТАСС/.*, *Feb.*) but is no sentence.
fn has_sentence(line: &Line<'_>) -> bool {
    line.words > NAME_WORDS && line.end == End::Stop && !line.text.ends_with("/.")
}

/// Whether a line names who wrote it: *By Ann Lee*, *بقلم: …*, *Автор: …*.
pub(crate) fn is_byline(line: &Line<'_>) -> bool {
    if line.key.starts_with("reporting by") || line.key.starts_with("additional reporting by") {
        return true;
    }
    if line.words > BYLINE_WORDS || line.end == End::Stop {
        return false;
    }
    let by = line.text.starts_with("By ") || line.text.starts_with("BY ");
    let by_name = by && capitalised(&line.text[3..]) && line.words <= NAME_WORDS + 4;
    let pen = line.key.starts_with("بقلم ");
    by_name || pen || labelled(line.text, &WORDS.byline)
}

/// Whether a line is a picture's caption or credit: it ends in a credit, or in a date with one,
/// or begins with *Photo:*.
pub(crate) fn is_caption(line: &Line<'_>) -> bool {
    if line.words > CAPTION_WORDS {
        return false;
    }
    if is_photo_credit(line.text) {
        return true;
    }
    let Some((told, credit)) = credit_at_end(line.text) else {
        return ends_in_date(line);
    };
    let known = WORDS.agencies.contains(&key(credit))
        || labelled(credit, &WORDS.photo)
        || labelled(credit, &WORDS.source);
    let last_told = told.rsplit([' ', '.', ',']).next();
    let by_agency = credit
        .split(['/', '|', ','])
        .chain(last_told)
        .any(|part| WORDS.agencies.contains(&key(part)));
    let ends_dated = |d: &date::Found| d.day.is_some() && told[d.range.end..].trim().is_empty();
    let dated = line.end != End::Stop && dates(told).last().is_some_and(ends_dated);
    (known || by_agency || (dated && count(credit) <= NAME_WORDS)) && count(told) >= 4
}

/// *Photo: Ann Lee*, and with the comma of one house: *Image source, Ann Lee*.
fn is_photo_credit(text: &str) -> bool {
    let before_comma = text.split_once([',', '،']).map(|(label, _)| key(label));
    labelled(text, &WORDS.photo) || before_comma.is_some_and(|l| WORDS.photo.contains(&l))
}

/// What stands behind the last dash, slash or bracket of a line, and what stands before.
fn credit_at_end(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim_end_matches(['.', ' ']);
    let bracket = |open: char, close: char| {
        let inner = bare.strip_suffix(close)?;
        let at = inner.rfind(open)?;
        Some((inner[..at].trim_end(), &inner[at + open.len_utf8()..]))
    };
    if let Some(found) = bracket('(', ')').or_else(|| bracket('[', ']')) {
        return Some(found);
    }
    let signs = [
        " - ", " – ", " — ", "- ", " -", " / ", " | ", "© ", "©", "/",
    ];
    let cut = signs.into_iter().filter_map(|sign| {
        let at = bare.rfind(sign)?;
        Some((at, at + sign.len()))
    });
    let (from, to) = cut.max_by_key(|&(from, to)| (to, from))?;
    Some((bare[..from].trim_end(), bare[to..].trim_start()))
}

/// *… in Alaska. 15 August 2025*: a caption that ends with the day of the picture.
fn ends_in_date(line: &Line<'_>) -> bool {
    let bare = line.text.trim_end_matches(['.', ' ', ')', ']']);
    dates(bare).last().is_some_and(|found| {
        let before = bare[..found.range.start].trim_end();
        let apart = before.ends_with(['.', '-', '–', '—', '|', '(', '[']);
        found.range.end == bare.len() && apart && count(before) >= 4
    })
}

/// The day that a dateline states in full and the span of the words that say it.
pub(crate) fn stated_day(text: &str, dateline: Span) -> Option<(Day, Span)> {
    first_full(&dates(dateline.of(text)), dateline.start as usize)
}

/// Whether a dateline says when the page was changed rather than published.
pub(crate) fn is_update(text: &str, dateline: Span) -> bool {
    says_updated(dateline.of(text))
}

/// The same for a paragraph that begins with its dateline: *OSLO, 4 March 2025 (AP) — The …*.
pub(crate) fn stated_day_of_lead(text: &str, paragraph: Span) -> Option<(Day, Span)> {
    let own = paragraph.of(text);
    let cap = own
        .char_indices()
        .nth(LEAD_CHARS)
        .map_or(own.len(), |(at, _)| at);
    let head = &own[..cap];
    let ends = [" - ", " – ", " — ", ") -", ")-", "/.", "/ -", "/ —", " -- "];
    let at = ends.iter().filter_map(|sign| head.find(sign)).min()?;
    // The sign may stand before the date: *القاهرة - 5 مارس 2025 - *.
    let end = ends
        .iter()
        .filter_map(|sign| head.rfind(sign))
        .max()
        .unwrap_or(at);
    let lead = &head[..end];
    let found = dates(lead);
    let shaped = segments(lead, &found)
        .iter()
        .all(|s| count(s) <= NAME_WORDS);
    let place_first = found
        .first()
        .is_some_and(|f| count(&lead[..f.range.start]) >= 1);
    if !(shaped && place_first && words_beside(lead, &found) <= DATELINE_WORDS) {
        return None;
    }
    first_full(&found, paragraph.start as usize)
}

fn first_full(found: &[date::Found], offset: usize) -> Option<(Day, Span)> {
    let full = found.iter().find_map(|f| Some((f.day?, f.range.clone())))?;
    let span = Span::from_range(offset + full.1.start..offset + full.1.end);
    Some((full.0, span))
}

fn says_published(text: &str) -> bool {
    (starts_with_any(text, &WORDS.published) || says_updated(text)) && !dates(text).is_empty()
}

fn says_updated(text: &str) -> bool {
    starts_with_any(text, &WORDS.updated)
}

fn starts_with_any(text: &str, labels: &BTreeSet<String>) -> bool {
    let heads = text.split_whitespace().map(key).filter(|k| !k.is_empty());
    let head = heads.take(LABEL_WORDS).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = head.split(' ').collect();
    (1..=LABEL_WORDS.min(words.len())).any(|n| labels.contains(&words[..n].join(" ")))
}

/// Whether a line begins with a label and its colon, dash or bar.
fn labelled(text: &str, labels: &BTreeSet<String>) -> bool {
    let Some((label, rest)) = text.split_once([':', '-', '–', '—', '|', '/', '©']) else {
        return false;
    };
    let words = label
        .split_whitespace()
        .filter(|w| w.chars().any(is_letter_or_digit));
    words.take(LABEL_WORDS + 1).count() <= LABEL_WORDS
        && labels.contains(&key(label))
        && rest.chars().any(is_letter_or_digit)
}

/// The parts of a dateline between its signs and dates, those of fillers alone left out.
fn segments<'t>(text: &'t str, found: &[date::Found]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for date in found {
        pieces.push(&text[from..date.range.start]);
        from = date.range.end;
    }
    pieces.push(&text[from..]);
    let split = pieces
        .into_iter()
        .flat_map(|piece| split_at(piece, is_sign));
    split
        .filter(|part| count(part) > 0)
        .map(str::trim)
        .collect()
}

fn is_sign(c: char) -> bool {
    matches!(
        c,
        '-' | '–' | '—' | ':' | ',' | '،' | '/' | '|' | '(' | ')' | '•'
    )
}

fn has_sign(text: &str) -> bool {
    text.contains(|c| is_sign(c) || c == '.' || c == '«' || c == '"')
}

/// Splits at signs; a hyphen or stop inside a word (*Port-Sudan*, *العربية.نت*) splits nothing.
fn split_at(piece: &str, signs: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in piece.char_indices() {
        let next = piece[at + c.len_utf8()..].chars().next();
        let before = piece[..at].chars().next_back();
        let inside = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
        let hyphen = c == '-' && inside(next) && inside(before);
        let stop = c == '.' && !inside(next) && before.is_some_and(char::is_alphabetic);
        if (signs(c) && !hyphen) || stop {
            parts.push(&piece[from..at]);
            from = at + c.len_utf8();
        }
    }
    parts.push(&piece[from..]);
    parts
}

/// Words that are neither numbers nor fillers.
fn count(text: &str) -> usize {
    counted(&key(text)).count()
}

fn counted(key: &str) -> impl Iterator<Item = &str> {
    let words = key
        .split(' ')
        .filter(|w| !w.is_empty() && !w.starts_with('#'));
    words.filter(|w| !WORDS.fillers.contains(*w))
}

fn words_beside(text: &str, found: &[date::Found]) -> usize {
    let mut rest = text.to_owned();
    for date in found.iter().rev() {
        rest.replace_range(date.range.clone(), " ");
    }
    count(&rest)
}

fn is_quoted(text: &str) -> bool {
    let open = text.starts_with(['"', '«', '“', '”']);
    open && text.ends_with(['"', '»', '”', '“'])
}

/// Whether a part of a dateline begins as a name or a number does.
fn starts_capital(text: &str) -> bool {
    let first = key_word(text);
    let small = text
        .chars()
        .find(|c| c.is_alphanumeric())
        .is_some_and(char::is_lowercase);
    let label = WORDS.updated.contains(&first) || WORDS.published.contains(&first);
    !small || label || WORDS.fillers.contains(&first)
}

fn key_word(text: &str) -> String {
    key(text).split(' ').next().unwrap_or_default().to_owned()
}

/// Whether every word begins with a capital; scripts without capitals always say yes.
fn capitalised(text: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    let filler = |word: &str| WORDS.fillers.contains(&key(word));
    words.all(|word| {
        let small = word.chars().next().is_some_and(char::is_lowercase);
        let linking = matches!(
            word,
            "and" | "of" | "the" | "in" | "и" | "на" | "de" | "al" | "el"
        );
        let cased = Script::of_text(word) != Some(Script::Arabic);
        !(small && cased) || linking || filler(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Piece;

    fn line(text: &str) -> Line<'_> {
        let span = Span::from_range(0..text.len());
        Line::new(text, Piece { span, hint: None })
    }

    #[test]
    fn no_label_is_longer_than_is_looked_at() {
        let w = &*WORDS;
        let labels = [&w.photo, &w.byline, &w.source, &w.published, &w.updated];
        for label in labels.into_iter().flatten() {
            assert!(label.split(' ').count() <= LABEL_WORDS, "{label}");
        }
    }

    #[test]
    fn datelines_of_many_styles() {
        for text in [
            "دبي - الشرق",
            "دبي -الشرق",
            "دبي- الشرق",
            "بيروت - الديار، 6 آذار 2025",
            "صنعاء: «الوسط»",
            "عدن: «الوسط»، 18 مايو 2025",
            "المصدر: رويترز",
            "رويترز",
            "باريس - (أ ف ب)",
            "الرباط - هسبريس.كوم",
            "أنقرة / سليم حداد / الأناضول",
            "10:33 02.12.2025 (обновлено: 11:05 02.12.2025)",
            "Tue 2 Dec 2025 10.33 CET",
            "Dublin, March 4, 2025 — Harbour Times",
            "DUBLIN (AP) — Feb. 11, 2025",
            "DUBLIN, Feb 13 (Reuters)",
            "Harbour Times — June 3, 2025",
            "HARBOUR CITY, 3 November 2025 — Bay Business News",
            "Oslo - Reuters",
            "Source: Harbour Times",
            "Published: 2 December 2025, 10:33 GMT",
            "نشر في: 2 ديسمبر 2025 الساعة 10:33",
            "الثلاثاء 2 ديسمبر 2025",
            "Tuesday, December 2, 2025",
            "МОСКВА, 14 января. /ТАСС/",
            "ПЕРМЬ. 4 июня. АГЕНТСТВО",
            "ПЕРМЬ, 20 мая — Вестник Камы",
            "«Вестник», 5 марта 2025 года",
            "«Новый вестник Камы», 5 марта 2025 года",
            "Вестник, 8 апреля 2025 года",
            "02.12.2025, 10:33",
            "Источник: Вестник",
        ] {
            assert!(is_dateline(&line(text), Place::BelowTitle), "{text}");
        }
    }

    #[test]
    fn headlines_are_no_datelines() {
        for text in [
            "ريغا: تحقيق في أموال ميناء سابق",
            "Harbour strike: what we know",
            "Talks on 5 March 2025 ended without any deal between the sides",
            "Порт: что известно",
            "اجتمع الوزراء في 5 مارس 2025 في القاهرة لبحث الأزمة",
            "The sale closed on 4 March 2025.",
        ] {
            assert!(!is_dateline(&line(text), Place::BelowTitle), "{text}");
        }
        assert!(!is_dateline(&line("Harbour - City"), Place::Top));
    }

    #[test]
    fn captions_end_in_a_credit() {
        for text in [
            "وزير النقل خلال افتتاح الميناء الجديد في الجنوب. 15 أغسطس 2025 - Reuters",
            "وزير النقل خلال افتتاح الميناء الجديد (رويترز)",
            "وزير النقل خلال افتتاح الميناء الجديد [أ.ف.ب]",
            "The minister opens the new harbour on Monday. [Ann Lee/AP]",
            "The minister opens the harbour, 15 August 2025. REUTERS/Ann Lee",
            "Министр на открытии нового порта. 15 августа 2025 - ТАСС",
            "Фото: Анна Ли / ТАСС",
            "Photo: Ann Lee",
            "صدر الصورة، Getty Images",
            "التعليق على الصورة، الميناء القديم في العاصمة",
            "Image source, Ann Lee",
            "Подпись к фото, старый порт",
            "الميناء الجديد كما يبدو من الجو - المصدر: بلومبرغ",
            "صورة أرشيفية: الميناء القديم",
            "رئيس الوزراء في مؤتمر صحافي بالعاصمة. 2 كانون الأول 2025",
            "رئيس الوزراء في مؤتمر صحافي بالعاصمة - 2 ديسمبر/كانون الأول 2025 - رويترز",
        ] {
            assert!(is_caption(&line(text)), "{text}");
        }
        for text in [
            "دبي - الشرق",
            "Talks went on in Oslo - and in Bergen",
            "وصل الوفد إلى العاصمة في 2 أبريل 2025",
            "فرضت الوزارة عقوبات على الناقلة في 16 ديسمبر/كانون الأول 2024.",
            "The port opened on 15 August 2025 - a public holiday.",
        ] {
            assert!(!is_caption(&line(text)), "{text}");
        }
    }

    #[test]
    fn bylines_name_who_wrote() {
        for text in [
            "By Ann Lee",
            "By Ann Lee and Bo Kim",
            "بقلم سليم حداد",
            "كتب: سليم حداد",
            "Автор: Анна Ли",
            "Reporting by Ann Lee in Oslo; editing by Bo Kim",
        ] {
            assert!(is_byline(&line(text)), "{text}");
        }
        for text in [
            "By the time they met",
            "كتب الوزير رسالة إلى نظيره",
            "Автор письма неизвестен",
        ] {
            assert!(!is_byline(&line(text)), "{text}");
        }
    }

    #[test]
    fn a_lead_may_state_its_day() {
        let check = |text: &str, day: Option<&str>| {
            let found = stated_day_of_lead(text, Span::from_range(0..text.len()));
            assert_eq!(found.map(|(d, _)| d.to_string()).as_deref(), day, "{text}");
        };
        check(
            "OSLO, 4 March 2025 (AP) — The port was sold.",
            Some("2025-03-04"),
        );
        check(
            "القاهرة - 5 مارس 2025 - أعلنت الوزارة بيع الميناء.",
            Some("2025-03-05"),
        );
        check("OSLO (Reuters) - The port was sold on 4 March 2025.", None);
        check("The port was sold on 4 March 2025 - a Tuesday.", None);
    }
}
