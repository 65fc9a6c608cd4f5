//! GEXF 1.3 (<https://gexf.net/>), with the time of each edge.

use std::io::{self, Write};

use madar_case::{Tongue, Whole};

use super::graph::{Edge, edges, nodes};
use super::xml::Xml;

const OF_NODES: [(&str, &str); 5] = [
    ("kind", "string"),
    ("names", "string"),
    ("documents", "integer"),
    ("mentions", "integer"),
    ("claims", "integer"),
];
const OF_EDGES: [(&str, &str); 11] = [
    ("claim", "string"),
    ("symmetric", "boolean"),
    ("kind", "string"),
    ("status", "string"),
    ("k_lo", "integer"),
    ("k_hi", "integer"),
    ("articles", "integer"),
    ("date", "string"),
    ("sentence", "string"),
    ("passage", "string"),
    ("told_in", "string"),
];

pub(super) fn file(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.open(
        "gexf",
        &[("xmlns", "http://gexf.net/1.3"), ("version", "1.3")],
    )?;
    xml.open(
        "graph",
        &[
            ("defaultedgetype", "directed"),
            ("mode", "dynamic"),
            ("timeformat", "date"),
        ],
    )?;
    declare(&mut xml, "node", &OF_NODES)?;
    declare(&mut xml, "edge", &OF_EDGES)?;
    xml.open("nodes", &[])?;
    for member in nodes(whole) {
        let names: Vec<&str> = member.names.iter().map(|seen| seen.name.as_str()).collect();
        let (documents, mentions, claims) = (
            member.documents.to_string(),
            member.mentions.to_string(),
            member.facts.to_string(),
        );
        xml.open("node", &[("id", &member.entity), ("label", &member.name)])?;
        values(
            &mut xml,
            &OF_NODES,
            &[
                member.kind.name(),
                &names.join("; "),
                &documents,
                &mentions,
                &claims,
            ],
        )?;
        xml.close("node")?;
    }
    xml.close("nodes")?;
    xml.open("edges", &[])?;
    for one in edges(whole) {
        edge(&mut xml, &one)?;
    }
    xml.close("edges")?;
    xml.close("graph")?;
    xml.close("gexf")
}

fn edge(xml: &mut Xml<'_>, edge: &Edge<'_>) -> io::Result<()> {
    let (line, label) = (edge.line, edge.label());
    let mut ends = vec![
        ("id", edge.id.as_str()),
        ("source", edge.from),
        ("target", edge.to),
        ("label", &label),
    ];
    // a year or a month is no day: only a day can be put on the axis of time
    let day = Some(edge.date()).filter(|date| date.len() == "2025-03-04".len());
    if let Some(day) = day {
        ends.extend([("start", day), ("end", day)]);
    }
    xml.open("edge", &ends)?;
    let (lo, hi) = (line.support.k_lo.to_string(), line.support.k_hi.to_string());
    let (articles, sentence) = (line.support.articles.to_string(), line.sentence.to_string());
    let told = [
        line.claim.as_str(),
        if edge.symmetric { "true" } else { "false" },
        line.kind.name(),
        line.status.name(),
        &lo,
        &hi,
        &articles,
        edge.date(),
        &sentence,
        edge.passage(),
        &edge.documents(),
    ];
    values(xml, &OF_EDGES, &told)?;
    xml.close("edge")
}

fn declare(xml: &mut Xml<'_>, of: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    xml.open("attributes", &[("class", of), ("mode", "static")])?;
    for (name, kind) in attributes {
        xml.empty(
            "attribute",
            &[("id", name), ("title", name), ("type", kind)],
        )?;
    }
    xml.close("attributes")
}

fn values(xml: &mut Xml<'_>, attributes: &[(&str, &str)], values: &[&str]) -> io::Result<()> {
    xml.open("attvalues", &[])?;
    for ((name, _), value) in attributes
        .iter()
        .zip(values)
        .filter(|(_, value)| !value.is_empty())
    {
        xml.empty("attvalue", &[("for", name), ("value", value)])?;
    }
    xml.close("attvalues")
}
