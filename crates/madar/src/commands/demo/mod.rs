//! `madar demo`: the bundled examples, fifteen invented reports on three linked affairs, read into
//! a case that is gone afterwards, then briefed.

mod articles;

use std::collections::BTreeMap;

use anyhow::Context;
use madar_case::answer::Line;
use madar_case::{Case, Said, Wanted, document_id};
use madar_open::{Given, open, parse_stamp};
use madar_read::{FactKind, Kit, read};
use madar_text::DocumentId;
use rayon::prelude::*;
use serde::Deserialize;

use self::articles::ARTICLES;
use super::brief::format;
use super::{Outcome, Shape};
use crate::cli::FormatArgs;
use crate::formats::{out, terminal};

const AFFAIRS: &str = include_str!("../../../../../examples/affairs.toml");

#[derive(Deserialize)]
struct Affairs {
    affair: Vec<Affair>,
    article: Vec<Article>,
}

#[derive(Deserialize)]
struct Affair {
    id: String,
    title: String,
}

#[derive(Deserialize)]
struct Article {
    affair: String,
    file: String,
    publisher: String,
    published: String,
}

/// What the articles of an affair hang on.
pub(crate) struct Told {
    pub(crate) affair: String,
    pub(crate) line: Line,
}

pub(super) fn run(asked: &FormatArgs, shape: Shape) -> anyhow::Result<Outcome> {
    let kit = Kit::bundled();
    let affairs: Affairs = toml::from_str(AFFAIRS).context("the bundled affairs are TOML")?;
    let mut case = Case::in_memory()?;
    let of = fill(&mut case, &affairs, &kit)?;
    let asked_case = case.asked(&kit)?.wording(shape.tongue());
    format(asked, shape).brief(&asked_case.brief(None)?, &mut out())?;
    if let (Shape::Text(tongue), false, false) = (shape, asked.md, asked.html) {
        let lines = asked_case.facts(&Wanted::default())?;
        terminal::page(&mut out(), tongue).affairs(&told(&affairs, &of, &lines))?;
    }
    Ok(Outcome::Done)
}

/// Reads the articles into the case; says which document belongs to which affair.
fn fill(
    case: &mut Case,
    affairs: &Affairs,
    kit: &Kit,
) -> anyhow::Result<BTreeMap<DocumentId, String>> {
    let given = |article: &Article| {
        let bytes = ARTICLES.iter().find(|(file, _)| *file == article.file);
        let (file, bytes) = bytes.with_context(|| format!("{} is bundled", article.file))?;
        let given = Given {
            publisher: Some(article.publisher.clone()),
            published: parse_stamp(&article.published),
            origin: Some(format!("examples/{file}")),
        };
        let document = open(bytes, &given)?;
        let reading = read(&document, kit);
        anyhow::Ok((document, reading))
    };
    let read: Vec<_> = affairs.article.par_iter().map(given).collect();
    let mut of = BTreeMap::new();
    for (article, read) in affairs.article.iter().zip(read) {
        let (document, reading) = read?;
        case.add(&document, &reading, Said::ByUser)?;
        of.insert(document_id(&document), article.affair.clone());
    }
    Ok(of)
}

/// For each affair what happened by most of its articles; of equals the claim that says most.
fn told(affairs: &Affairs, of: &BTreeMap<DocumentId, String>, lines: &[Line]) -> Vec<Told> {
    let mut out = Vec::new();
    for affair in &affairs.affair {
        let tells = |line: &&Line| {
            let mut documents = line
                .tellings
                .iter()
                .map(|telling| telling.passage.source.id);
            documents.all(|id| of.get(&id) == Some(&affair.id))
        };
        let most = lines.iter().filter(tells).max_by_key(|line| {
            let happened = !line.kind.is_bond() && line.kind != FactKind::Event;
            let said = line.parties.len() + usize::from(line.amount.is_some());
            let first = std::cmp::Reverse(&line.claim);
            (happened, line.support.articles, said, first)
        });
        out.extend(most.map(|line| Told {
            affair: affair.title.clone(),
            line: line.clone(),
        }));
    }
    out
}
