//! GraphML (<http://graphml.graphdrawing.org/>): typed attributes on every node and edge. Every edge is
//! directed and says whether it is symmetric: readers refuse graphs of both kinds.

use std::io::{self, Write};

use madar_case::answer::Member;
use madar_case::{Tongue, Whole};

use super::graph::{Edge, edges, nodes};
use super::xml::Xml;

/// Name, what it stands on, and type of each attribute.
const KEYS: [(&str, &str, &str); 22] = [
    ("label", "node", "string"),
    ("kind", "node", "string"),
    ("names", "node", "string"),
    ("documents", "node", "int"),
    ("mentions", "node", "int"),
    ("claims", "node", "int"),
    ("label", "edge", "string"),
    ("kind", "edge", "string"),
    ("status", "edge", "string"),
    ("symmetric", "edge", "boolean"),
    ("claim", "edge", "string"),
    ("k_lo", "edge", "int"),
    ("k_hi", "edge", "int"),
    ("articles", "edge", "int"),
    ("date", "edge", "string"),
    ("sentence", "edge", "string"),
    ("support", "edge", "string"),
    ("passage", "edge", "string"),
    ("told_in", "edge", "string"),
    ("amount", "edge", "string"),
    ("stake", "edge", "string"),
    ("against", "edge", "string"),
];

pub(super) fn file(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new(out)?;
    xml.open(
        "graphml",
        &[("xmlns", "http://graphml.graphdrawing.org/xmlns")],
    )?;
    for (name, of, kind) in KEYS {
        let id = format!("{of}_{name}");
        let told = [
            ("id", id.as_str()),
            ("for", of),
            ("attr.name", name),
            ("attr.type", kind),
        ];
        xml.empty("key", &told)?;
    }
    xml.open("graph", &[("id", "case"), ("edgedefault", "directed")])?;
    for one in nodes(whole) {
        node(&mut xml, one)?;
    }
    for one in edges(whole) {
        edge(&mut xml, &one)?;
    }
    xml.close("graph")?;
    xml.close("graphml")
}

fn node(xml: &mut Xml<'_>, member: &Member) -> io::Result<()> {
    xml.open("node", &[("id", &member.entity)])?;
    let names: Vec<&str> = member.names.iter().map(|seen| seen.name.as_str()).collect();
    data(xml, "node_label", &member.name)?;
    data(xml, "node_kind", member.kind.name())?;
    data(xml, "node_names", &names.join("; "))?;
    data(xml, "node_documents", &member.documents.to_string())?;
    data(xml, "node_mentions", &member.mentions.to_string())?;
    data(xml, "node_claims", &member.facts.to_string())?;
    xml.close("node")
}

fn edge(xml: &mut Xml<'_>, edge: &Edge<'_>) -> io::Result<()> {
    let ends = [
        ("id", edge.id.as_str()),
        ("source", edge.from),
        ("target", edge.to),
    ];
    xml.open("edge", &ends)?;
    let line = edge.line;
    data(
        xml,
        "edge_symmetric",
        if edge.symmetric { "true" } else { "false" },
    )?;
    let words = |told: &Option<madar_case::answer::AmountTold>| {
        told.as_ref()
            .map_or_else(String::new, |amount| amount.words.clone())
    };
    data(xml, "edge_label", &edge.label())?;
    data(xml, "edge_kind", line.kind.name())?;
    data(xml, "edge_status", line.status.name())?;
    data(xml, "edge_claim", &line.claim)?;
    data(xml, "edge_k_lo", &line.support.k_lo.to_string())?;
    data(xml, "edge_k_hi", &line.support.k_hi.to_string())?;
    data(xml, "edge_articles", &line.support.articles.to_string())?;
    data(xml, "edge_date", edge.date())?;
    data(xml, "edge_sentence", &line.sentence.to_string())?;
    data(xml, "edge_support", &line.support.sentence)?;
    data(xml, "edge_passage", edge.passage())?;
    data(xml, "edge_told_in", &edge.documents())?;
    data(xml, "edge_amount", &words(&line.amount))?;
    data(xml, "edge_stake", &words(&line.stake))?;
    data(xml, "edge_against", &line.against.join(","))?;
    xml.close("edge")
}

/// Nothing is written for what is not told.
fn data(xml: &mut Xml<'_>, key: &str, value: &str) -> io::Result<()> {
    if value.is_empty() {
        return Ok(());
    }
    xml.text("data", &[("key", key)], value)
}
