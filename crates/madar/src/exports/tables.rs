//! Tables for a spreadsheet. A cell that a spreadsheet would run as a formula gets an apostrophe before it.

use std::io::{self, Write};

use madar_case::answer::{AmountTold, Link};
use madar_case::{Tongue, Whole};

use crate::formats::text::visible;

pub(super) fn documents(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "document",
        "title",
        "publisher",
        "language",
        "published",
        "address",
        "origin",
        "facts",
        "retells",
    ];
    let rows = whole.documents.iter().map(|line| {
        let day = super::published(line);
        let plain = |told: &Option<String>| told.clone().unwrap_or_default();
        vec![
            line.source.id.hex(),
            plain(&line.source.title),
            plain(&line.source.publisher),
            line.source.lang.code().to_owned(),
            day,
            plain(&line.address),
            plain(&line.origin),
            line.facts.to_string(),
            plain(&line.retells),
        ]
    });
    table(out, &header, rows)
}

pub(super) fn entities(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "entity",
        "kind",
        "name",
        "names",
        "documents",
        "mentions",
        "claims",
        "told_by",
        "list_hits",
    ];
    let rows = whole.members.iter().map(|member| {
        let names: Vec<&str> = member.names.iter().map(|seen| seen.name.as_str()).collect();
        vec![
            member.entity.clone(),
            member.kind.name().to_owned(),
            member.name.clone(),
            names.join("; "),
            member.documents.to_string(),
            member.mentions.to_string(),
            member.facts.to_string(),
            member.told_by.join("; "),
            member.hits.len().to_string(),
        ]
    });
    table(out, &header, rows)
}

pub(super) fn claims(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "claim",
        "kind",
        "status",
        "sentence",
        "time",
        "place",
        "amount",
        "currency",
        "stake",
        "detail",
        "condition",
        "articles",
        "k_lo",
        "k_hi",
        "hangs_on",
        "interested",
        "confirmed",
        "support",
        "against",
    ];
    let value = |told: &Option<AmountTold>| {
        told.as_ref()
            .and_then(|amount| amount.value.clone())
            .unwrap_or_default()
    };
    let rows = whole.lines.iter().map(|line| {
        let plain = |told: &Option<String>| told.clone().unwrap_or_default();
        vec![
            line.claim.clone(),
            line.kind.name().to_owned(),
            line.status.name().to_owned(),
            line.sentence.to_string(),
            line.time
                .as_ref()
                .map_or_else(String::new, |time| time.value.clone()),
            line.place
                .as_ref()
                .map_or_else(String::new, |place| place.name.clone()),
            value(&line.amount),
            line.amount
                .as_ref()
                .and_then(|amount| amount.currency.clone())
                .unwrap_or_default(),
            value(&line.stake),
            plain(&line.detail),
            plain(&line.condition),
            line.support.articles.to_string(),
            line.support.k_lo.to_string(),
            line.support.k_hi.to_string(),
            line.support.hangs_on.join("; "),
            line.support.interested.to_string(),
            line.support.confirmed.to_string(),
            line.support.sentence.clone(),
            line.against.join("; "),
        ]
    });
    table(out, &header, rows)
}

pub(super) fn parties(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let header = ["claim", "role", "entity", "name"];
    let rows = whole.lines.iter().flat_map(|line| {
        line.parties.iter().map(|party| {
            vec![
                line.claim.clone(),
                party.role.name().to_owned(),
                party.entity.clone(),
                party.name.clone(),
            ]
        })
    });
    table(out, &header, rows)
}

pub(super) fn tellings(whole: &Whole, _: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "claim", "fact", "document", "start", "end", "status", "chain", "passage",
    ];
    let rows = whole.lines.iter().flat_map(|line| {
        line.tellings.iter().map(|telling| {
            let passage = &telling.passage;
            vec![
                line.claim.clone(),
                telling.fact.clone(),
                passage.source.id.hex(),
                passage.span.start.to_string(),
                passage.span.end.to_string(),
                telling.status.name().to_owned(),
                chain(&telling.chain),
                passage.text.clone(),
            ]
        })
    });
    table(out, &header, rows)
}

/// From the publisher inwards.
pub(super) fn chain(links: &[Link]) -> String {
    let names: Vec<&str> = links.iter().map(|link| link.name.as_str()).collect();
    names.join(" ← ")
}

fn table(
    out: &mut dyn Write,
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(header)?;
    for row in rows {
        table.write_record(row.iter().map(|cell| inert(cell)))?;
    }
    table.flush()
}

/// ```text
/// "=HYPERLINK(…)" → "'=HYPERLINK(…)"
/// ```
fn inert(cell: &str) -> String {
    let cell = visible(cell);
    match cell.trim_start().starts_with(['=', '+', '-', '@']) {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(inert("=1+1"), "'=1+1");
        assert_eq!(inert(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(inert("Cape Morrow"), "Cape Morrow");
    }
}
