//! The network as nodes and edges, the same for every graph format: an edge to a claim and a pair of
//! its parties, so that two claims about one pair stay two edges with passages of their own.

use std::collections::BTreeSet;

use madar_case::answer::{Line, Member};
use madar_case::{Pair, Whole};

pub(super) struct Edge<'a> {
    /// The claim's id, and a number where it takes several edges.
    pub(super) id: String,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    /// Neither side acts: which stands first says nothing.
    pub(super) symmetric: bool,
    pub(super) line: &'a Line,
}

impl Edge<'_> {
    /// What is written on it: the post or kinship in the words of the text, else the kind.
    pub(super) fn label(&self) -> String {
        let detail = self.line.detail.as_deref();
        let of_tie = self.line.kind.is_bond();
        match detail.filter(|_| of_tie) {
            Some(detail) => detail.split_whitespace().collect::<Vec<_>>().join(" "),
            None => self.line.kind.name().to_owned(),
        }
    }

    /// As an ISO date of any precision; empty when nothing dates it.
    pub(super) fn date(&self) -> &str {
        date(self.line).unwrap_or("")
    }

    pub(super) fn passage(&self) -> &str {
        self.line
            .tellings
            .first()
            .map_or("", |telling| &telling.passage.text)
    }

    /// Ids of the documents that tell it, by commas.
    pub(super) fn documents(&self) -> String {
        let ids: BTreeSet<String> = self
            .line
            .tellings
            .iter()
            .map(|telling| telling.passage.source.id.hex())
            .collect();
        ids.into_iter().collect::<Vec<_>>().join(",")
    }
}

/// `2025`, `2025-03` or `2025-03-04`; decades, weeks and seasons are no dates elsewhere.
pub(super) fn date(line: &Line) -> Option<&str> {
    let value = line.time.as_ref()?.value.as_str();
    let digits =
        |part: &str, wide: usize| part.len() == wide && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = value.split('-').collect();
    let whole = match parts[..] {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    whole.then_some(value)
}

/// Who stands on an edge, or could.
pub(super) fn nodes(whole: &Whole) -> &[Member] {
    &whole.members
}

pub(super) fn edges(whole: &Whole) -> Vec<Edge<'_>> {
    whole.lines.iter().flat_map(of_claim).collect()
}

/// Whoever stands alone in a claim is tied to its place, if the text gives one.
fn of_claim(line: &Line) -> Vec<Edge<'_>> {
    let mut pairs = line.pairs();
    if let ([alone], Some(place)) = (&line.parties[..], &line.place)
        && alone.entity != place.entity
    {
        pairs.push(Pair {
            from: alone,
            to: place,
            directed: true,
        });
    }
    let many = pairs.len() > 1;
    let numbered = pairs.into_iter().zip(1..);
    numbered
        .map(|(pair, number)| Edge {
            id: if many {
                format!("{}.{number}", line.claim)
            } else {
                line.claim.clone()
            },
            from: &pair.from.entity,
            to: &pair.to.entity,
            symmetric: !pair.directed,
            line,
        })
        .collect()
}
