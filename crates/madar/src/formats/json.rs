//! Answers as JSON: one object to a line where the answer is a list. The shape is documented in
//! `docs/brief.md` and does not change without a line in the changelog.

use std::io::{self, Write};

use madar_case::Candidate;
use madar_case::answer::{
    Alert, AmountTold, Article, Brief, Changed, Checked, CheckedFact, CheckedSentence, Dated,
    Differences, Dispute, DocumentLine, Doubt, Found, Gone, Hop, Line, Link, Member, Moved, Named,
    Origin, Party, Passage, Path, Paths, Review, Section, Shaken, Source, Sum, Support, Telling,
    TimeTold, Withdrawal,
};
use madar_text::{DocumentId, Spot};
use serde_json::{Value, json};

use super::{Format, wording};
use crate::commands::ReadLine;

pub(crate) struct Json;

impl Format for Json {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        let value = json!({
            "about": brief.about.as_ref().map(member),
            "documents": all(&brief.documents, document),
            "cast": all(&brief.cast, member),
            "more_cast": brief.more_cast,
            "sections": all(&brief.sections, section),
            "sums": all(&brief.sums, sum),
            "more_sums": brief.more_sums,
            "disputes": all(&brief.disputes, dispute),
            "origins": all(&brief.origins, origin),
        });
        print(out, [value])
    }
}

pub(crate) fn lines(out: &mut dyn Write, lines: &[Line]) -> io::Result<()> {
    print(out, lines.iter().map(line))
}

/// A passage with the words that were looked for and the claims that it tells.
pub(crate) fn found(out: &mut dyn Write, found: &[Found]) -> io::Result<()> {
    let one = |one: &Found| {
        let mut value = passage(&one.passage);
        value["hits"] = json!(all(&one.hits, |hit| json!([hit.start, hit.end])));
        value["claims"] = json!(one.claims);
        value
    };
    print(out, found.iter().map(one))
}

pub(crate) fn documents(out: &mut dyn Write, documents: &[DocumentLine]) -> io::Result<()> {
    print(out, documents.iter().map(document))
}

pub(crate) fn candidates(out: &mut dyn Write, candidates: &[Candidate]) -> io::Result<()> {
    let values = candidates.iter().map(|candidate| {
        let mut value = member(&candidate.member);
        value["score"] = json!(candidate.score.as_f64());
        value["why"] = json!(candidate.why);
        value
    });
    print(out, values)
}

pub(crate) fn read(out: &mut dyn Write, line: &ReadLine) -> io::Result<()> {
    let found = line.found.as_ref();
    let value = json!({
        "document": line.id,
        "added": wording::added(line.added),
        "origin": line.origin,
        "title": line.title,
        "facts": found.map(|found| found.facts),
        "unread_permille": found.map(|found| found.unread_permille),
        "warnings": line.warnings,
    });
    print(out, [value])
}

/// One object; each claim is given as in `madar facts --json`.
pub(crate) fn withdrawal(out: &mut dyn Write, of: &Withdrawal) -> io::Result<()> {
    let shaken = |one: &Shaken| {
        json!({
            "claim": line(&one.line),
            "before": chains(one.before),
            "after": chains(one.after),
            "left": all(&one.left, telling),
        })
    };
    let gone = match &of.gone {
        Gone::Source(name) => json!({"source": name}),
        Gone::Document(of) => json!({"document": source(of)}),
    };
    let value = json!({
        "gone": gone,
        "falls": all(&of.falls.shown, shaken),
        "may_fall": all(&of.may_fall.shown, shaken),
        "weaker": all(&of.weaker.shown, shaken),
        "untouched": of.untouched,
    });
    print(out, [value])
}

fn chains((k_lo, k_hi): (u32, u32)) -> Value {
    json!({"k_lo": k_lo, "k_hi": k_hi})
}

/// One object to a path.
pub(crate) fn paths(out: &mut dyn Write, paths: &Paths) -> io::Result<()> {
    let hop = |hop: &Hop| {
        json!({
            "from": named(&hop.from),
            "to": named(&hop.to),
            "ties": all(&hop.ties, line),
            "more": hop.more,
        })
    };
    let path = |path: &Path| {
        json!({
            "from": named(&paths.from),
            "to": named(&paths.to),
            "hops": all(&path.hops, hop),
            "weakest": path.weakest,
        })
    };
    print(out, paths.paths.iter().map(path))
}

/// One object to a sentence.
pub(crate) fn checked(out: &mut dyn Write, checked: &Checked) -> io::Result<()> {
    let fact = |fact: &CheckedFact| {
        json!({
            "read_as": fact.read_as.to_string(),
            "standing": fact.standing.name(),
            "told": all(&fact.told, line),
            "against": all(&fact.against, line),
            "otherwise": all(&fact.otherwise, line),
        })
    };
    let sentence = |sentence: &CheckedSentence| {
        json!({
            "text": sentence.text,
            "start": sentence.span.start,
            "end": sentence.span.end,
            "standing": sentence.standing.name(),
            "facts": all(&sentence.facts, fact),
        })
    };
    print(out, checked.sentences.iter().map(sentence))
}

/// One object to a question.
pub(crate) fn review(out: &mut dyn Write, review: &[Review]) -> io::Result<()> {
    let one = |one: &Review| {
        let (kind, doubt) = match &one.doubt {
            Doubt::One(pair) => {
                let score = pair.score.as_f64();
                (
                    "one",
                    json!({"a": named(&pair.a), "b": named(&pair.b), "score": score}),
                )
            }
            Doubt::Claim(held) => ("claim", line(held)),
        };
        json!({
            "question": kind,
            kind: doubt,
            "changes": one.changes,
            "reasons": one.reasons,
            "answers": one.answers,
        })
    };
    print(out, review.iter().map(one))
}

/// One object to an alert.
pub(crate) fn alerts(out: &mut dyn Write, alerts: &[Alert]) -> io::Result<()> {
    print(out, alerts.iter().map(alert))
}

fn alert(alert: &Alert) -> Value {
    let mut value = match alert {
        Alert::Claim(held) => json!({"claim": line(held)}),
        Alert::Confirmed { line: held, before } => {
            json!({"claim": line(held), "before": chains(*before)})
        }
        Alert::Tie { line: held, ties } => {
            let tie = |(a, b): &(Named, Named)| json!({"followed": named(a), "to": named(b)});
            json!({"claim": line(held), "ties": all(ties, tie)})
        }
        Alert::Hit(held) => json!({
            "entity": held.entity,
            "kind": held.kind.name(),
            "name": held.name,
            "hits": all(&held.hits, super::hits::hit),
        }),
        Alert::Edited { document, changes } => {
            json!({"document": self::document(document), "facts": moves(changes)})
        }
    };
    value["alert"] = json!(alert.name());
    value
}

/// One object to an article.
pub(crate) fn articles(out: &mut dyn Write, articles: &[Article]) -> io::Result<()> {
    print(out, articles.iter().map(article))
}

fn article(article: &Article) -> Value {
    let change = |changes: &Differences| json!({"same": changes.same, "facts": moves(changes)});
    json!({
        "in_order": article.in_order,
        "versions": all(&article.versions, document),
        "changes": all(&article.changes, change),
    })
}

/// One object to a fact.
pub(crate) fn differences(out: &mut dyn Write, of: &Differences) -> io::Result<()> {
    print(out, moves(of))
}

fn moves(of: &Differences) -> Vec<Value> {
    let moved = |change: &str, one: &Moved| {
        json!({
            "change": change,
            "why": one.why.name(),
            "telling": telling(&one.telling),
            "claim": line(&one.line),
        })
    };
    let changed = |one: &Changed| {
        let points = all(&one.what, |d| json!({"what": d.what, "values": d.values}));
        json!({
            "change": "changed",
            "why": one.why.name(),
            "telling": telling(&one.telling),
            "before": line(&one.before),
            "claim": line(&one.after),
            "points": points,
        })
    };
    let gained = of.gained.iter().map(|one| moved("gained", one));
    let lost = of.lost.iter().map(|one| moved("lost", one));
    let all = gained.chain(lost).chain(of.changed.iter().map(changed));
    all.collect()
}

fn named(named: &Named) -> Value {
    json!({"entity": named.entity, "name": named.name})
}

fn print(out: &mut dyn Write, values: impl IntoIterator<Item = Value>) -> io::Result<()> {
    for value in values {
        writeln!(out, "{value}")?;
    }
    out.flush()
}

fn all<T>(items: &[T], one: impl Fn(&T) -> Value) -> Vec<Value> {
    items.iter().map(one).collect()
}

fn source(source: &Source) -> Value {
    json!({
        "id": source.id.hex(),
        "title": source.title,
        "publisher": source.publisher,
        "language": source.lang.code(),
    })
}

fn document(line: &DocumentLine) -> Value {
    let mut value = source(&line.source);
    value["origin"] = json!(line.origin);
    value["address"] = json!(line.address);
    value["author"] = json!(line.author);
    value["published"] = match &line.date {
        Dated::On { day, basis } => json!({"day": day, "basis": basis}),
        Dated::Between {
            earliest,
            latest,
            reason,
        } => json!({"earliest": earliest, "latest": latest, "basis": reason}),
        Dated::Unknown => Value::Null,
    };
    value["facts"] = json!(line.facts);
    value["retells"] = json!(line.retells);
    value["unread_permille"] = json!(line.unread_permille);
    value["foreign_permille"] = json!(line.foreign_permille);
    value["version"] = match &line.version {
        Some(version) => json!({
            "number": version.number,
            "of": version.of,
            "latest": version.latest.hex(),
        }),
        None => Value::Null,
    };
    value["warnings"] = json!(line.warnings);
    value
}

fn passage(passage: &Passage) -> Value {
    let mut value = json!({
        "document": source(&passage.source),
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "language": passage.lang.code(),
        "block": passage.block.name(),
        "block_number": passage.block_number,
        "paragraph": passage.paragraph,
    });
    match &passage.spot {
        Some(Spot::Page(number)) => value["page"] = json!(number),
        Some(Spot::Cell(name)) => value["cell"] = json!(name),
        Some(Spot::Message(number)) => value["message"] = json!(number),
        None => {}
    }
    value
}

fn link(link: &Link) -> Value {
    json!({
        "name": link.name,
        "kind": link.kind.name(),
        "inherited": link.inherited,
    })
}

fn telling(telling: &Telling) -> Value {
    json!({
        "fact": telling.fact,
        "status": telling.status.name(),
        "chain": all(&telling.chain, link),
        "passage": passage(&telling.passage),
        "rule": telling.rule,
        "edition": telling.edition.name(),
    })
}

fn support(support: &Support) -> Value {
    let ids = |pairs: &Vec<[DocumentId; 2]>| -> Vec<[String; 2]> {
        pairs.iter().map(|pair| pair.map(|id| id.hex())).collect()
    };
    let between: Vec<Vec<[String; 2]>> = support.between.iter().map(ids).collect();
    json!({
        "articles": support.articles,
        "k_lo": support.k_lo,
        "k_hi": support.k_hi,
        "interested": support.interested,
        "confirmed": support.confirmed,
        "sentence": support.sentence,
        "hangs_on": support.hangs_on,
        "reasons": support.reasons,
        "between": between,
    })
}

fn party(party: &Party) -> Value {
    json!({"role": party.role.name(), "entity": party.entity, "name": party.name})
}

fn time(time: &TimeTold) -> Value {
    json!({
        "value": time.value,
        "words": time.words,
        "from": time.from,
        "basis": time.basis.name(),
    })
}

fn amount(amount: &AmountTold) -> Value {
    json!({
        "kind": amount.kind.name(),
        "value": amount.value,
        "currency": amount.currency,
        "unit": amount.unit,
        "approx": amount.approx.map(madar_read::Approx::name),
        "words": amount.words,
    })
}

fn line(line: &Line) -> Value {
    json!({
        "claim": line.claim,
        "kind": line.kind.name(),
        "status": line.status.name(),
        "sentence": line.sentence.to_string(),
        "trigger": line.trigger,
        "parties": all(&line.parties, party),
        "time": line.time.as_ref().map(time),
        "duration": line.duration.as_ref().map(time),
        "place": line.place.as_ref().map(|place| json!({"entity": place.entity, "name": place.name})),
        "amount": line.amount.as_ref().map(amount),
        "stake": line.stake.as_ref().map(amount),
        "detail": line.detail,
        "condition": line.condition,
        "support": support(&line.support),
        "no_longer_said": line.no_longer_said,
        "tellings": all(&line.tellings, telling),
        "differences": all(&line.differences, |d| json!({"what": d.what, "values": d.values})),
        "against": line.against,
        "may_be": line.perhaps,
    })
}

fn member(member: &Member) -> Value {
    let names = all(
        &member.names,
        |seen| json!({"name": seen.name, "language": seen.lang.code(), "times": seen.times}),
    );
    json!({
        "entity": member.entity,
        "kind": member.kind.name(),
        "name": member.name,
        "names": names,
        "ties": all(&member.ties, line),
        "more_ties": member.more_ties,
        "documents": member.documents,
        "mentions": member.mentions,
        "claims": member.facts,
        "told_by": member.told_by,
        "reasons": member.reasons,
        "hits": all(&member.hits, super::hits::hit),
    })
}

fn section(section: &Section) -> Value {
    json!({
        "subject": section.subject.name(),
        "lines": all(&section.lines, line),
        "more": section.more,
    })
}

fn sum(sum: &Sum) -> Value {
    json!({
        "amount": amount(&sum.amount),
        "passage": passage(&sum.passage),
        "chain": all(&sum.chain, link),
        "documents": sum.documents,
    })
}

fn dispute(dispute: &Dispute) -> Value {
    json!({"said": dispute.said.as_ref().map(line), "denied": line(&dispute.denied)})
}

fn origin(origin: &Origin) -> Value {
    json!({
        "name": origin.name,
        "sentence": origin.sentence,
        "claims": origin.claims,
        "turns_on_it": origin.turns_on_it,
        "retold_by": origin.retold_by,
    })
}
