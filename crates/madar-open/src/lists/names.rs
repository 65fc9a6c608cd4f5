//! Names as cells of lists hold them: several to a cell, with another script in brackets, with the
//! debris of conversion.
//!
//! *Serhiy AKSYONOV (Сергiй АКСЬОНОВ); Sergei AKSENOV* are three names; *BUTEMBO AIRLINES (BAL)* is a
//! name and an acronym, which says less.

use madar_text::NameQuality;

use super::draft::scripts_differ;

/// Letters of an acronym in brackets at most.
const LONGEST_ACRONYM: usize = 10;
/// Letters of a word by which a bracket shows that it holds the same name again.
const SHARED_WORD: usize = 4;
/// Names told apart in one cell; guards against pasted text.
const MAX_NAMES: usize = 200;
/// Words that stand before a name and are none of it.
const LABELS: [&str; 14] = [
    "original script:",
    "original script",
    "a.k.a.",
    "aka",
    "f.k.a.",
    "fka",
    "n.k.a.",
    "alias",
    "aliases:",
    "formerly listed as",
    "formerly known as",
    "also known as",
    "text of image",
    "previously listed as",
];

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spread {
    pub(crate) text: String,
    pub(crate) quality: NameQuality,
}

/// The names of one cell, in order.
pub(crate) fn spread(cell: &str) -> Vec<Spread> {
    let mut out = Vec::new();
    for piece in cell.split([';', '\n']) {
        for piece in by_commas(piece) {
            brackets(piece, &mut out);
        }
        if out.len() >= MAX_NAMES {
            break;
        }
    }
    out.truncate(MAX_NAMES);
    out
}

/// Commas part names only where several full names or several scripts stand: *LAST, First* is one.
fn by_commas(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split(',').map(str::trim).collect();
    let words = |part: &&str| part.split_whitespace().count();
    let full = parts.len() >= 3 && parts.iter().all(|part| words(part) >= 2);
    let scripts = parts
        .windows(2)
        .any(|pair| scripts_differ(without_brackets(pair[0]), without_brackets(pair[1])));
    if parts.len() > 1 && (full || scripts) {
        return parts;
    }
    vec![piece]
}

fn without_brackets(text: &str) -> &str {
    text.split('(').next().unwrap_or(text)
}

/// *Name (same name in another script)*, *Name (ACRONYM)*.
fn brackets(piece: &str, out: &mut Vec<Spread>) {
    let push = |text: &str, quality, out: &mut Vec<Spread>| {
        let text = tidy(text);
        if text.chars().any(char::is_alphanumeric) {
            out.push(Spread { text, quality });
        }
    };
    if out.len() >= MAX_NAMES {
        return;
    }
    let Some((before, rest)) = piece.split_once('(') else {
        push(piece, NameQuality::Good, out);
        return;
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let (before, after) = (before.trim(), after.trim());
    if scripts_differ(before, inside)
        || label(inside.trim()).is_some()
        || shares_word(before, inside)
    {
        push(before, NameQuality::Good, out);
        push(inside, NameQuality::Good, out);
        brackets(after, out);
    } else if before.split_whitespace().count() > 1 && inside.split(',').all(is_acronym) {
        push(&format!("{before} {after}"), NameQuality::Good, out);
        for acronym in inside.split(',') {
            push(acronym, NameQuality::Weak, out);
        }
    } else {
        push(piece, NameQuality::Good, out);
    }
}

/// *Viktor SHEIMAN (Viktor SHEYMAN)*.
fn shares_word(before: &str, inside: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let long = words.filter(|word| word.chars().count() >= SHARED_WORD);
        long.map(str::to_lowercase).collect()
    };
    let inside = words(inside);
    words(before).iter().any(|word| inside.contains(word))
}

/// One word mostly of capitals, a legal form before it or not: *BAL*, *АО «СЕТ-1»*.
fn is_acronym(inside: &str) -> bool {
    let inside = inside.trim();
    let letters = inside.chars().filter(|c| c.is_alphabetic()).count();
    let upper = inside.chars().filter(|c| c.is_uppercase()).count();
    inside.split_whitespace().count() <= 2
        && (2..=LONGEST_ACRONYM).contains(&letters)
        && upper * 2 > letters
}

/// The label at the beginning, as it stands.
fn label(text: &str) -> Option<&str> {
    LABELS.iter().find_map(|label| {
        let head = text.get(..label.len())?;
        let fits = head.eq_ignore_ascii_case(label)
            && !text[label.len()..].starts_with(char::is_alphanumeric);
        fits.then_some(head)
    })
}

/// One name without labels, numbering, quotation marks around it, doubled spaces.
pub(crate) fn tidy(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let before = text;
        if let Some(label) = label(text) {
            text = &text[label.len()..];
        }
        text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '*'));
        text = numbered(unquoted(text));
        if text == before {
            break;
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without quotation marks, where they stand around all of it.
fn unquoted(text: &str) -> &str {
    const QUOTES: [(char, char); 5] =
        [('‘', '’'), ('“', '”'), ('"', '"'), ('\'', '\''), ('«', '»')];
    let inner = QUOTES.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner)
    });
    inner.unwrap_or(text)
}

/// *1) Name*, *a) Name*, *2. Name*.
fn numbered(text: &str) -> &str {
    let Some((head, rest)) = text.split_once([')', '.']) else {
        return text;
    };
    let number = !head.is_empty() && head.len() <= 2 && head.bytes().all(|b| b.is_ascii_digit());
    let letter = head.len() == 1
        && text.as_bytes().get(1) == Some(&b')')
        && head.bytes().all(|b| b.is_ascii_lowercase());
    if (number || letter) && rest.starts_with(' ') {
        return rest.trim();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expect: &[&str]) {
        let found: Vec<String> = spread(cell).into_iter().map(|s| s.text).collect();
        assert_eq!(found, expect, "{cell}");
    }

    #[test]
    fn names_in_one_cell_are_told_apart() {
        check(
            "Rodion VASILENKOV (Родион ВАСИЛЕНКОВ); Rodion WASILENKOW",
            &[
                "Rodion VASILENKOV",
                "Родион ВАСИЛЕНКОВ",
                "Rodion WASILENKOW",
            ],
        );
        check("VASILENKOV, Rodion", &["VASILENKOV, Rodion"]);
        check(
            "Rodion Vasilenkov, Rodion Wasilenkow, Rodion Vasilenkoff",
            &[
                "Rodion Vasilenkov",
                "Rodion Wasilenkow",
                "Rodion Vasilenkoff",
            ],
        );
        check(
            "Rodion Vasilenkov, Родион Василенков",
            &["Rodion Vasilenkov", "Родион Василенков"],
        );
        check("HARBOUR AIR LINES (HAL)", &["HARBOUR AIR LINES", "HAL"]);
        check("Quay (North) Company", &["Quay (North) Company"]);
        check(
            "Rodion VASILENKOV (Rodion VASYLENKOV)",
            &["Rodion VASILENKOV", "Rodion VASYLENKOV"],
        );
        check(
            "Abu Rodion (original script: Абу Родион)",
            &["Abu Rodion", "Абу Родион"],
        );
        check(
            "Акционерное общество «Причал» (АО «ПРЧ»)",
            &["Акционерное общество «Причал»", "АО «ПРЧ»"],
        );
        check("a.k.a. ‘ORIENT QUAY’", &["ORIENT QUAY"]);
        check(
            "Orient Quay (formerly known as Blue Quay)",
            &["Orient Quay", "Blue Quay"],
        );
        check("1) Orient Quay", &["Orient Quay"]);
        check(" ; - ;", &[]);
    }

    #[test]
    fn an_acronym_says_less() {
        let found = spread("HARBOUR AIR LINES (HAL)");
        assert_eq!(found[0].quality, NameQuality::Good);
        assert_eq!(found[1].quality, NameQuality::Weak);
    }
}
