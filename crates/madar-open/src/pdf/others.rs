//! What other programs make of a page, where they are installed: Poppler's `pdftotext` as a second opinion, `pdftoppm` with
//! `tesseract` for pictures of text. None is ever needed.

use std::ffi::OsString;

use super::layout::Para;
use super::{BETTER, FEW_LETTERS, Page, page};
use crate::child::{self, Call, Limits};

const POPPLER: Limits = Limits {
    seconds: 60,
    bytes: 2 << 30,
    output: 64 << 20,
};
const PICTURE: Limits = Limits {
    seconds: 60,
    bytes: 2 << 30,
    output: 96 << 20,
};
const TESSERACT: Limits = Limits {
    seconds: 120,
    bytes: 3 << 30,
    output: 16 << 20,
};
/// Dots per inch of a picture that is recognised, and the most pages of one file: each takes seconds.
const RESOLUTION: &str = "300";
const MOST_RECOGNISED: usize = 300;
/// Below this confidence of a hundred a page's recognition is left out.
const UNSURE: f64 = 40.0;
const LANGUAGES: [&str; 3] = ["ara", "eng", "rus"];

fn call(program: &str, arguments: &[&str]) -> Call {
    (
        program.into(),
        arguments.iter().map(OsString::from).collect(),
    )
}

/// Pages by Poppler, when Madar cannot take the file apart at all.
pub(super) fn whole(bytes: &[u8]) -> Option<(Vec<Page>, Vec<String>)> {
    let pages = poppler(bytes)?.into_iter().map(|paras| {
        let empty = paras.is_empty();
        page(paras, Some("as pdftotext reads it".to_owned()), empty)
    });
    let pages: Vec<Page> = pages.collect();
    pages
        .iter()
        .any(|page| page.letters() >= FEW_LETTERS)
        .then(|| (pages, Vec::new()))
}

/// Puts what Poppler reads where it reads better.
pub(super) fn second_opinion(bytes: &[u8], pages: &mut [Page]) {
    let Some(others) = poppler(bytes) else { return };
    for (own, paras) in pages.iter_mut().zip(others) {
        let other = page(
            paras,
            Some("as pdftotext reads it".to_owned()),
            own.has_picture,
        );
        if other.letters() >= FEW_LETTERS
            && other.score > own.score + BETTER
            && other.letters() * 2 > own.letters()
        {
            *own = other;
        }
    }
}

/// The paragraphs of each page.
fn poppler(bytes: &[u8]) -> Option<Vec<Vec<Para>>> {
    let call = call("pdftotext", &["-q", "-enc", "UTF-8", "-", "-"]);
    let said = child::run(&call, bytes, POPPLER).ok()??;
    let text = String::from_utf8_lossy(&said);
    let mut pages: Vec<&str> = text.split('\u{C}').collect();
    pages.pop();
    Some(pages.into_iter().map(paragraphs).collect())
}

/// Lines up to an empty one are a paragraph.
fn paragraphs(text: &str) -> Vec<Para> {
    let mut out: Vec<Para> = Vec::new();
    let mut words = String::new();
    let mut flush = |words: &mut String| {
        let text = std::mem::take(words);
        if !text.trim().is_empty() {
            out.push(Para {
                text,
                hint: None,
                open: false,
            });
        }
    };
    for line in text.lines() {
        let line: String = line
            .chars()
            .map(|c| if turns(c) { ' ' } else { c })
            .filter(|&c| !madar_text::is_invisible(c))
            .collect();
        if line.trim().is_empty() {
            flush(&mut words);
        } else {
            super::layout::join(&mut words, line.trim());
        }
    }
    flush(&mut words);
    out
}

/// Marks of direction that stand in place of the gap between a word and a number.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Reads the pictures of pages that have no text of their own.
pub(super) fn recognise(bytes: &[u8], pages: &mut [Page]) {
    let blind = pages
        .iter_mut()
        .zip(1..)
        .filter(|(page, _)| page.is_blind());
    let mut languages = None;
    for (page, number) in blind.take(MOST_RECOGNISED) {
        if languages.is_none() {
            languages = Some(installed().unwrap_or_default());
        }
        let known = languages.as_deref().unwrap_or_default();
        if known.is_empty() {
            return;
        }
        if let Some((paras, confidence)) = recognised(bytes, number, known)
            && confidence >= UNSURE
        {
            let by =
                format!("recognised from a picture by tesseract, confidence {confidence:.0} %");
            let other = super::page(paras, Some(by), page.has_picture);
            if other.letters() >= FEW_LETTERS && other.score > page.score {
                *page = other;
            }
        }
    }
}

/// Languages that `tesseract` has, joined as it wants them.
fn installed() -> Option<String> {
    let said = child::run(&call("tesseract", &["--list-langs"]), b"", TESSERACT).ok()??;
    let said = String::from_utf8_lossy(&said);
    let has = |language: &&str| said.lines().any(|line| line.trim() == *language);
    let known: Vec<&str> = LANGUAGES.into_iter().filter(has).collect();
    (!known.is_empty()).then(|| known.join("+"))
}

fn recognised(bytes: &[u8], number: usize, languages: &str) -> Option<(Vec<Para>, f64)> {
    let number = number.to_string();
    let drawing = call(
        "pdftoppm",
        &[
            "-q", "-r", RESOLUTION, "-gray", "-f", &number, "-l", &number, "-",
        ],
    );
    let picture = child::run(&drawing, bytes, PICTURE).ok()??;
    if picture.is_empty() {
        return None;
    }
    let reading = call(
        "tesseract",
        &["stdin", "stdout", "--psm", "1", "-l", languages, "tsv"],
    );
    let said = child::run(&reading, &picture, TESSERACT).ok()??;
    Some(table(&String::from_utf8_lossy(&said)))
}

/// Words of `tesseract`'s table as paragraphs, and its confidence in them, weighed by letters.
fn table(tsv: &str) -> (Vec<Para>, f64) {
    let mut out: Vec<Para> = Vec::new();
    let (mut sum, mut letters) = (0.0, 0.0);
    let (mut paragraph, mut line) = (Vec::new(), "");
    for row in tsv.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let [_, _, block, para, row, _, _, _, _, _, confidence, word] = fields.as_slice() else {
            continue;
        };
        let word: String = word
            .chars()
            .filter(|&c| !madar_text::is_invisible(c))
            .collect();
        let Some(confidence) = confidence.parse::<f64>().ok().filter(|&c| c >= 0.0) else {
            continue;
        };
        if word.trim().is_empty() {
            continue;
        }
        let weight = word.chars().count() as f64;
        sum += confidence * weight;
        letters += weight;
        if paragraph != [*block, *para] {
            paragraph = vec![*block, *para];
            line = row;
            out.push(Para {
                text: String::new(),
                hint: None,
                open: false,
            });
        }
        let text = &mut out.last_mut().expect("one was pushed").text;
        if line == *row {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word.trim());
        } else {
            super::layout::join(text, word.trim());
            line = row;
        }
    }
    (out, if letters > 0.0 { sum / letters } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_words_is_paragraphs_with_confidence() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t90\tPort\n5\t1\t1\t1\t1\t2\t0\t0\t1\t1\t90\tauth-\n5\t1\t1\t1\t2\t1\t0\t0\t1\t1\t90\tority\n\
            4\t1\t1\t1\t2\t0\t0\t0\t1\t1\t-1\t\n5\t1\t2\t1\t1\t1\t0\t0\t1\t1\t50\tsold\n";
        let (paras, confidence) = table(tsv);
        let told: Vec<&str> = paras.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(told, ["Port authority", "sold"]);
        assert!(confidence > 75.0 && confidence < 90.0, "{confidence}");
    }
}
