//! PDF files with text: page by page, in the order of reading. The glyphs are placed here ([`content`], [`font`]), put in lines
//! from right or left ([`line`]) and in paragraphs ([`layout`]); a page that reads badly ([`plausible`]) is asked of Poppler's
//! `pdftotext` too and the better reading kept; a page without text of `tesseract`, where these are installed ([`others`]).
//!
//! The library that takes files apart can fail over a hostile one in ways that no program survives, so the `madar` binary reads
//! each in a process of its own ([`crate::apart`]).

mod cmap;
mod content;
mod font;
mod layout;
mod line;
mod others;
mod plausible;

use std::collections::BTreeMap;

use lopdf::{Document, LoadOptions};
use madar_text::{BlockKind, Spot};

use serde::{Deserialize, Serialize};

use crate::apart;
use crate::line::Laid;
use layout::Para;

/// Pages of one file that are read.
const MOST_PAGES: usize = 2_000;
/// Bytes that one stream may unpack to.
const MOST_STREAM: usize = 64 << 20;
/// Letters from which a page is one with text; scans often carry a number or a stamp.
const FEW_LETTERS: usize = 20;
/// A page that scores less is asked of others too; one below the floor is not to be trusted.
const BEYOND_DOUBT: f64 = 0.9;
const FLOOR: f64 = 0.45;
/// How much better another's reading must be.
const BETTER: f64 = 0.15;

pub(crate) struct Read {
    pub(crate) laid: Laid,
    pub(crate) warnings: Vec<String>,
}

/// Why no document came of it.
#[derive(Debug)]
pub(crate) enum Unread {
    /// In words.
    Because(String),
    /// Its pages are pictures.
    NeedsOcr,
}

/// One page as it was read.
struct Page {
    paras: Vec<Para>,
    /// Who read it, when it was not Madar.
    by: Option<String>,
    score: f64,
    has_picture: bool,
}

impl Page {
    fn letters(&self) -> usize {
        let read = self
            .paras
            .iter()
            .filter(|p| p.hint != Some(BlockKind::Furniture));
        read.flat_map(|p| p.text.chars())
            .filter(|c| c.is_alphabetic())
            .count()
    }

    /// Whether there is nothing on it that a reader could use.
    fn is_blind(&self) -> bool {
        self.letters() < FEW_LETTERS && self.has_picture
            || self.letters() >= FEW_LETTERS && self.score < FLOOR
    }
}

pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.windows(5).any(|five| five == b"%PDF-") && !head.starts_with(b"PK")
}

/// # Errors
/// When the file is damaged, encrypted or without text.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, Unread> {
    let told = apart::told(bytes).and_then(|told| match told {
        apart::Told::Pages(told) => Ok(unpacked(told)),
        apart::Told::Cells(_) => Err("it is no PDF file".to_owned()),
    });
    let (mut pages, mut warnings) = match told {
        Ok(told) => told,
        Err(reason) => others::whole(bytes).ok_or(Unread::Because(reason))?,
    };
    if pages
        .iter()
        .any(|page| page.score < BEYOND_DOUBT && page.letters() >= FEW_LETTERS || page.is_blind())
    {
        others::second_opinion(bytes, &mut pages);
    }
    others::recognise(bytes, &mut pages);
    if pages
        .iter()
        .all(|page| page.is_blind() || page.letters() == 0)
        && pages.iter().any(|page| page.is_blind())
    {
        return Err(Unread::NeedsOcr);
    }
    warnings.extend(notes(&pages));
    Ok(Read {
        laid: laid(&pages),
        warnings,
    })
}

/// What passes between the process that takes a file apart and the one that asked.
#[derive(Serialize, Deserialize)]
pub(crate) struct Told {
    pages: Vec<ToldPage>,
    warnings: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct ToldPage {
    /// Text, the name of its kind of block, whether it may go on over the page.
    paras: Vec<(String, Option<String>, bool)>,
    has_picture: bool,
}

/// # Errors
/// In words, when the file cannot be taken apart.
pub(crate) fn told(bytes: &[u8]) -> Result<Told, String> {
    let (pages, warnings) = own(bytes)?;
    let para = |p: Para| (p.text, p.hint.map(|hint| hint.name().to_owned()), p.open);
    let page = |p: Page| ToldPage {
        paras: p.paras.into_iter().map(para).collect(),
        has_picture: p.has_picture,
    };
    Ok(Told {
        pages: pages.into_iter().map(page).collect(),
        warnings,
    })
}

fn unpacked(told: Told) -> (Vec<Page>, Vec<String>) {
    let para = |(text, hint, open): (String, Option<String>, bool)| Para {
        text,
        hint: hint.as_deref().and_then(BlockKind::named),
        open,
    };
    let pages = told.pages.into_iter().map(|p| {
        let paras = p.paras.into_iter().map(para).collect();
        page(paras, None, p.has_picture)
    });
    (pages.collect(), told.warnings)
}

/// The pages as Madar reads them, with warnings.
///
/// # Errors
/// In words, when the file cannot be taken apart.
fn own(bytes: &[u8]) -> Result<(Vec<Page>, Vec<String>), String> {
    let options = LoadOptions::with_max_decompressed_size(MOST_STREAM);
    let document =
        Document::load_mem_with_options(bytes, options).map_err(|error| match error {
            lopdf::Error::InvalidPassword => "it is protected with a password".to_owned(),
            other => format!("it is damaged: {other}"),
        })?;
    if document.is_encrypted() {
        return Err("it is protected with a password".to_owned());
    }
    let mut warnings = Vec::new();
    let (mut budget, mut fonts) = (content::Budget::new(), BTreeMap::new());
    let (mut pages, mut pictures) = (Vec::new(), Vec::new());
    for (nth, id) in document.page_iter().enumerate() {
        if nth == MOST_PAGES || budget.is_spent() {
            warnings.push(format!("only the first {nth} pages were read"));
            break;
        }
        let (glyphs, shown) = content::glyphs(&document, id, &mut budget, &mut fonts);
        let (rows, manner) = line::rows(glyphs);
        pages.push(layout::Page { rows, manner });
        pictures.push(shown > 0);
    }
    let pages = layout::paragraphs(pages).into_iter().zip(pictures);
    let pages = pages.map(|(paras, has_picture)| page(paras, None, has_picture));
    Ok((pages.collect(), warnings))
}

fn page(paras: Vec<Para>, by: Option<String>, has_picture: bool) -> Page {
    let read = paras
        .iter()
        .filter(|p| p.hint != Some(BlockKind::Furniture));
    let text: Vec<&str> = read.map(|p| p.text.as_str()).collect();
    Page {
        score: plausible::score(&text.join("\n")),
        paras,
        by,
        has_picture,
    }
}

/// The pages as one text: a paragraph that goes on over the page is one.
fn laid(pages: &[Page]) -> Laid {
    let mut laid = Laid::default();
    let mut open = false;
    for (page, number) in pages.iter().zip(1..) {
        laid.stands_at(Spot::Page(number));
        let blind = page.is_blind();
        let is_body = |p: &&Para| p.hint != Some(BlockKind::Furniture);
        for (nth, para) in page.paras.iter().filter(is_body).enumerate() {
            let hint = if blind {
                Some(BlockKind::Furniture)
            } else {
                para.hint
            };
            let goes_on =
                nth == 0 && open && hint.is_none() && !para.text.starts_with(char::is_uppercase);
            if goes_on {
                laid.go_on(&para.text, layout::join);
            } else {
                laid.push(&para.text, hint);
            }
            open = para.open && !blind;
        }
        // what stands at its rims must not part what goes on
        let rims = page.paras.iter().filter(|p| !is_body(p));
        for para in rims {
            laid.aside(&para.text);
        }
    }
    laid.put_asides();
    laid
}

/// What is to be known of how pages were read.
fn notes(pages: &[Page]) -> Vec<String> {
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let (mut blind, mut poor) = (Vec::new(), Vec::new());
    for (page, number) in pages.iter().zip(1..) {
        if page.is_blind() {
            let list = if page.letters() < FEW_LETTERS {
                &mut blind
            } else {
                &mut poor
            };
            list.push(number);
        } else if let Some(name) = &page.by {
            by.entry(name).or_default().push(number);
        }
    }
    let mut out: Vec<String> = by
        .iter()
        .map(|(name, numbers)| format!("{}: {name}", listed(numbers)))
        .collect();
    if !blind.is_empty() {
        out.push(format!(
            "{}: a picture without text, needs OCR",
            listed(&blind)
        ));
    }
    if !poor.is_empty() {
        out.push(format!(
            "{}: its text is garbled in the file and was not read, needs OCR",
            listed(&poor)
        ));
    }
    out
}

/// *page 3*, *pages 1, 4-7*
fn listed(numbers: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == number => run.1 = number,
            _ => runs.push((number, number)),
        }
    }
    let told: Vec<String> = runs
        .iter()
        .map(|(from, to)| {
            if from == to {
                from.to_string()
            } else {
                format!("{from}-{to}")
            }
        })
        .collect();
    let word = if numbers.len() == 1 { "page" } else { "pages" };
    format!("{word} {}", told.join(", "))
}
