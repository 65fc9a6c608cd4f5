//! Times: calendar dates, relative expressions, durations, sets, in TIMEX3-like values, resolved
//! against the day of publication and never against now. News looks back: a month or a weekday by
//! itself is the last one before publication, unless the sentence says that it lies ahead (*will
//! meet on Tuesday*).

mod anchor;
mod dates;
mod days;
mod grammar;
mod hijri;
mod resolve;
#[cfg(test)]
mod tests;
mod units;

use madar_text::{Document, Span};

use crate::Kit;
use crate::reading::{
    Anchor, EntityKind, Mention, MentionForm, Time, TimeBasis, TimeKind, TimeMod,
};
use crate::words::Sentence;
pub(crate) use resolve::Said;

/// An expression as it is written, before it is resolved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expression {
    span: Span,
    said: Said,
    modifier: Option<TimeMod>,
    /// The sentence speaks of what is to come.
    ahead: bool,
}

/// The times of the document and when it was published, as stated or as they let one infer.
/// Those that stand inside a name are none: *The Sunday Times*, *Theresa May*.
pub(crate) fn times(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
) -> (Vec<Time>, Option<Anchor>) {
    let mut found: Vec<Expression> = Vec::new();
    for sentence in sentences {
        let hits = grammar::expressions(document, sentence, kit);
        found.extend(hits.into_iter().filter(|e| !in_name(e.span, mentions)));
    }
    let anchor = anchor::anchor(document, &found);
    let mut last_day = None;
    let times = found
        .iter()
        .map(|expression| {
            let resolved = resolve::resolve(expression, anchor.as_ref(), last_day);
            if let Some((from, to)) = resolved.range
                && from == to
            {
                last_day = Some(from);
            }
            Time {
                span: expression.span,
                kind: kind(&expression.said, resolved.basis),
                value: resolved.value,
                range: resolved.range,
                modifier: expression.modifier,
                basis: resolved.basis,
            }
        })
        .collect();
    (times, anchor)
}

fn kind(said: &Said, basis: TimeBasis) -> TimeKind {
    match said {
        Said::Length { .. } => TimeKind::Duration,
        Said::Set(_) => TimeKind::Set,
        Said::Date {
            of: None,
            turn: None,
            ..
        } => TimeKind::Date,
        _ if basis == TimeBasis::Explicit => TimeKind::Date,
        _ => TimeKind::Relative,
    }
}

/// Whether a name begins before the time or ends behind it.
fn in_name(time: Span, mentions: &[Mention]) -> bool {
    let from = mentions.partition_point(|m| m.span.start <= time.start);
    mentions[..from].iter().rev().take(4).any(|m| {
        let names = m.form != MentionForm::Description && m.span != time;
        names && m.span.contains(time) && !matches!(m.kind, EntityKind::Paper | EntityKind::Asset)
    })
}
