//! Sentences: UAX 29 boundaries, put back together after abbreviations and initials.

use unicode_segmentation::UnicodeSegmentation;

use crate::{Lang, Span};

/// Abbreviations after which no sentence ends, by language, without their full stop.
const EN: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Sgt", "Sen", "Rep", "Gov",
    "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "St",
    "No", "vs", "Rev", "Hon", "Pres", "Adm", "Brig", "Fig", "U.S", "U.K", "U.N", "a.m", "p.m",
];
const RU: &[&str] = &[
    "г", "гг", "т", "д", "п", "тыс", "руб", "им", "ул", "св", "др", "пр", "долл", "коп", "проф",
    "акад", "ген", "янв", "фев", "февр", "апр", "авг", "сент", "окт", "нояб", "дек", "см", "ст",
    "обл", "стр", "кв", "корп", "пер", "гос", "зам", "пред", "е", "к", "н", "э", "в", "вв",
];
const AR: &[&str] = &["د", "م", "أ", "ا", "ف", "ب", "ص", "ت", "هـ", "ق"];

/// The sentences of a block's text, in order, trimmed of white space; together they hold every
/// visible character.
pub fn sentences(text: &str, lang: Lang) -> Vec<Span> {
    sentences_in(text, Span::from_range(0..text.len()), lang)
}

/// The sentences within `block`.
pub fn sentences_in(text: &str, block: Span, lang: Lang) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    for (at, piece) in block.of(text).split_sentence_bound_indices() {
        let start = block.start as usize + at;
        let piece = Span::from_range(start..start + piece.len());
        let whole = open.map_or(piece, |before: Span| before.to(piece));
        if ends(
            whole.of(text),
            text[piece.end as usize..block.end as usize].chars().next(),
            lang,
        ) {
            out.extend(visible(whole, text));
            open = None;
        } else {
            open = Some(whole);
        }
    }
    out.extend(open.and_then(|rest| visible(rest, text)));
    out
}

fn visible(span: Span, text: &str) -> Option<Span> {
    Some(span.trim(text)).filter(|s| !s.is_empty())
}

/// Whether a piece that UAX 29 ends here is a whole sentence.
fn ends(piece: &str, next: Option<char>, lang: Lang) -> bool {
    if piece.ends_with('\n') {
        return true;
    }
    let tail = piece.trim_end();
    let Some(before) = tail.strip_suffix('.') else {
        return true;
    };
    let word = before
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '.' || c == 'ـ'))
        .next();
    let word = word.unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let list = match lang {
        Lang::En => EN,
        Lang::Ru => RU,
        Lang::Ar => AR,
        Lang::Other => &[],
    };
    // A Russian year abbreviation does end a sentence when a capital follows: «в 2019 г. Компания».
    let year = lang == Lang::Ru && matches!(word, "г" | "гг" | "руб" | "тыс" | "долл");
    if year && next.is_some_and(char::is_uppercase) {
        return true;
    }
    !(initial || list.contains(&word))
}
