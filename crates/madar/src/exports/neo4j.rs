//! CSV as `neo4j-admin database import full` takes it: `--nodes nodes.csv --relationships relationships.csv`.

use std::io::{self, Write};

use madar_case::{Tongue, Whole};

use super::graph;
use crate::formats::text::visible;

/// Between the parts of an array, as the importer expects it unless told otherwise.
const BETWEEN: &str = ";";

pub(super) fn nodes(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "entity:ID",
        "name",
        "names:string[]",
        "documents:int",
        "mentions:int",
        "claims:int",
        ":LABEL",
    ])?;
    for member in graph::nodes(whole) {
        let names = member
            .names
            .iter()
            .map(|seen| visible(&seen.name).replace(BETWEEN, ","));
        rows.write_record([
            member.entity.as_str(),
            &visible(&member.name),
            &names.collect::<Vec<_>>().join(BETWEEN),
            &member.documents.to_string(),
            &member.mentions.to_string(),
            &member.facts.to_string(),
            member.kind.name(),
        ])?;
    }
    rows.flush()
}

pub(super) fn relationships(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        ":START_ID",
        ":END_ID",
        "edge",
        "claim",
        "label",
        "status",
        "k_lo:int",
        "k_hi:int",
        "articles:int",
        "date",
        "sentence",
        "passage",
        "told_in:string[]",
        ":TYPE",
    ])?;
    for edge in graph::edges(whole) {
        let line = edge.line;
        rows.write_record([
            edge.from,
            edge.to,
            &edge.id,
            &line.claim,
            &visible(&edge.label()),
            line.status.name(),
            &line.support.k_lo.to_string(),
            &line.support.k_hi.to_string(),
            &line.support.articles.to_string(),
            edge.date(),
            &visible(&line.sentence.to_string()),
            &visible(edge.passage()),
            &edge.documents().replace(',', BETWEEN),
            &line.kind.name().to_uppercase(),
        ])?;
    }
    rows.flush()
}
