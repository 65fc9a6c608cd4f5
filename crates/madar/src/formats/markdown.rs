//! A brief as Markdown (CommonMark): headings, one list item to a line, passages as block quotes.
//! Right-to-left names are isolated as on a terminal; what a document wrote is escaped.

use std::io::{self, Write};

use madar_case::Tongue;
use madar_case::answer::{
    Brief, Dispute, DocumentLine, Line, Link, Member, Origin, Passage, Piece, Section, Sentence,
    Subject, Sum,
};

use super::items::Item;
use super::parts::{Part, parts};
use super::text::inline;
use super::{Format, hits, wording};

/// Chains shown below a line.
const CHAINS: usize = 3;

pub(crate) struct Markdown;

impl Format for Markdown {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "# {}\n\n{}",
            escaped(&wording::title(brief)),
            wording::extent(brief)
        )?;
        let tongue = brief.tongue;
        for one in parts(brief) {
            writeln!(out, "\n## {}\n", one.heading(tongue))?;
            part(&one, tongue, out)?;
        }
        out.flush()
    }
}

pub(crate) fn items(items: &[Item<'_>], tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    for one in items {
        item(one, tongue, out)?;
    }
    out.flush()
}

fn item(item: &Item<'_>, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    match item {
        Item::Title(text) => writeln!(out, "# {}", escaped(text)),
        Item::Heading(text) => writeln!(out, "\n## {}\n", escaped(text)),
        Item::Text(text) => writeln!(out, "\n{}", escaped(text)),
        Item::Line(one) => line(one, tongue, out),
        Item::Short(line, note) => {
            let claim = tongue.fill("at", "claim", &[("id", &line.claim)]);
            let sentence = shown(&line.sentence);
            writeln!(out, "- **{sentence}**  \n  {} · {claim}", escaped(note))
        }
        Item::Telling(telling) => {
            writeln!(out, "  - {}", chain(&telling.chain, tongue))?;
            passage(&telling.passage, None, tongue, out)
        }
        Item::Note(text) => writeln!(out, "  - {}", escaped(text)),
    }
}

fn part(part: &Part<'_>, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Who(about) => member(about, tongue, out),
        Part::Origins(origins) => origins.iter().try_for_each(|one| origin(one, tongue, out)),
        Part::Cast(cast, more) => {
            cast.iter().try_for_each(|one| member(one, tongue, out))?;
            if *more > 0 {
                writeln!(out, "\n{}", wording::and_more(*more, tongue))?;
            }
            Ok(())
        }
        Part::Section(one) => section(one, tongue, out),
        Part::Sums(sums, more) => {
            sums.iter().try_for_each(|one| sum(one, tongue, out))?;
            if *more > 0 {
                writeln!(out, "\n{}", wording::and_more(*more, tongue))?;
            }
            Ok(())
        }
        Part::Disputes(disputes) => disputes
            .iter()
            .try_for_each(|one| dispute(one, tongue, out)),
        Part::Documents(documents) => documents
            .iter()
            .try_for_each(|one| document(one, tongue, out)),
    }
}

fn section(section: &Section, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    for one in &section.lines {
        match section.subject {
            Subject::Timeline => date(one, tongue, out)?,
            _ => line(one, tongue, out)?,
        }
    }
    if section.more > 0 {
        writeln!(out, "{}\n", wording::more(section, tongue))?;
    }
    Ok(())
}

fn date(line: &Line, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let when = line.time.as_ref().map_or("", |time| time.value.as_str());
    let publisher = line
        .tellings
        .first()
        .and_then(|telling| telling.chain.first());
    let publisher = publisher.map_or_else(String::new, |link| escaped(&link.name));
    let told = wording::chains(line.support.k_lo, line.support.k_hi, tongue);
    let claim = tongue.fill("at", "claim", &[("id", &line.claim)]);
    writeln!(
        out,
        "- {when}: {} ({publisher} · {told} · {claim})",
        shown(&line.sentence)
    )
}

fn line(line: &Line, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "- **{}**  ", shown(&line.sentence))?;
    let support = escaped(&line.support.sentence);
    if let [telling] = line.tellings.as_slice() {
        writeln!(out, "  {} · {support}", chain(&telling.chain, tongue))?;
    } else {
        writeln!(out, "  {support}")?;
        for telling in line.tellings.iter().take(CHAINS) {
            writeln!(out, "  - {}", chain(&telling.chain, tongue))?;
        }
    }
    for difference in &line.differences {
        writeln!(
            out,
            "  - {}",
            escaped(&wording::difference(difference, tongue))
        )?;
    }
    if line.tellings.len() > CHAINS {
        let more = line.tellings.len() - CHAINS;
        writeln!(out, "  - {}", wording::and_more(more, tongue))?;
    }
    if let Some(telling) = line.tellings.first() {
        passage(&telling.passage, Some(&line.claim), tongue, out)?;
    }
    writeln!(out)
}

fn passage(
    passage: &Passage,
    claim: Option<&str>,
    tongue: Tongue,
    out: &mut dyn Write,
) -> io::Result<()> {
    let source = &passage.source;
    let named = source.publisher.clone().or_else(|| source.title.clone());
    let named = named.unwrap_or_else(|| source.id.short());
    writeln!(out, "\n  > {}\n  >", escaped(&passage.text))?;
    let place = wording::place(passage, tongue);
    let with = [("who", &*escaped(&named)), ("where", &place)];
    let source_at = tongue.fill("at", "source", &with);
    let document = tongue.fill("at", "document", &[("id", &source.id.short())]);
    let claim = claim.map(|id| format!(" · {}", tongue.fill("at", "claim", &[("id", id)])));
    let claim = claim.unwrap_or_default();
    writeln!(out, "  > — {source_at} · {document}{claim}")
}

fn document(line: &DocumentLine, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let source = &line.source;
    let publisher = source
        .publisher
        .as_deref()
        .unwrap_or(tongue.say("brief", "no_publisher"));
    let title = source
        .title
        .as_deref()
        .unwrap_or(tongue.say("brief", "untitled"));
    let unread = wording::percent(line.unread_permille, tongue);
    writeln!(
        out,
        "- **{}** · {} · {} · {} · {} · {} · `{}`",
        escaped(title),
        escaped(publisher),
        escaped(&wording::dated(&line.date, tongue)),
        tongue.say("language", source.lang.code()),
        tongue.count(line.facts, "fact"),
        tongue.fill("brief", "unread", &[("percent", &unread)]),
        source.id.short(),
    )?;
    for note in wording::document_notes(line, tongue) {
        writeln!(out, "  - {}", escaped(&note))?;
    }
    Ok(())
}

fn member(member: &Member, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let weight = wording::weight(member, tongue);
    writeln!(
        out,
        "- **{}** ({}) · {weight}",
        escaped(&member.name),
        tongue.say("kind", member.kind.name())
    )?;
    let names: Vec<String> = wording::names(member).into_iter().map(escaped).collect();
    if !names.is_empty() {
        writeln!(out, "  - {}", listed("named", &names, tongue))?;
    }
    let by: Vec<String> = wording::told_by(member)
        .iter()
        .map(|name| escaped(name))
        .collect();
    if !by.is_empty() {
        writeln!(out, "  - {}", listed("told_by", &by, tongue))?;
    }
    for tie in &member.ties {
        if let Some(telling) = tie.tellings.first() {
            let chain = chain(&telling.chain, tongue);
            writeln!(
                out,
                "  - {} ({chain} · {})",
                shown(&tie.sentence),
                tongue.fill("at", "claim", &[("id", &tie.claim)])
            )?;
        }
    }
    for hit in &member.hits {
        let (title, why) = (hits::title(hit), hits::why(hit));
        let told = tongue.fill("brief", "hit", &[("entry", &escaped(&title))]);
        let why = tongue.fill("brief", "hit_why", &[("why", &escaped(&why))]);
        writeln!(out, "  - {told} ({why})")?;
    }
    Ok(())
}

fn sum(sum: &Sum, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let documents = tongue.count(sum.documents, "document");
    let chain = chain(&sum.chain, tongue);
    writeln!(out, "- **{}** · {documents}  ", escaped(&sum.told))?;
    writeln!(out, "  {chain}")?;
    passage(&sum.passage, None, tongue, out)?;
    writeln!(out)
}

fn dispute(dispute: &Dispute, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    if let Some(said) = &dispute.said {
        line(said, tongue, out)?;
        writeln!(out, "  {}\n", tongue.say("brief", "against"))?;
    }
    line(&dispute.denied, tongue, out)
}

fn origin(origin: &Origin, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "- **{}**: {}",
        escaped(&origin.name),
        escaped(&origin.sentence)
    )?;
    if !origin.retold_by.is_empty() {
        let by: Vec<String> = origin.retold_by.iter().map(|name| escaped(name)).collect();
        let by = by.join(tongue.say("list", "comma"));
        let told = tongue.fill("origin", "retold_by", &[("names", &by)]);
        write!(out, " · {told}")?;
    }
    writeln!(out)
}

/// *named A, B*
fn listed(key: &str, names: &[String], tongue: Tongue) -> String {
    let names = names.join(tongue.say("list", "comma"));
    tongue.fill("brief", key, &[("names", &names)])
}

fn chain(links: &[Link], tongue: Tongue) -> String {
    let links = links
        .iter()
        .map(|link| wording::link(link, &escaped(&link.name), tongue));
    links.collect::<Vec<_>>().join(" ← ")
}

pub(crate) fn shown(sentence: &Sentence) -> String {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Piece::Plain(text) => text.clone(),
        Piece::Name(name) => escaped(name),
        Piece::Words(words) => format!("“{}”", escaped(words)),
    });
    pieces.collect()
}

/// Isolated, and without meaning to Markdown or to the HTML that it becomes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inline(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '!' | '#' | '|' | '~' | '>' => {
                out.push('\\');
                out.push(c);
            }
            // digits, dots, dashes and pluses matter only where a line begins, and none begins here
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_a_document_stays_text() {
        assert_eq!(escaped("*a* [b](c)"), "\\*a\\* \\[b\\](c)");
        assert_eq!(escaped("<script>&"), "&lt;script\\>&amp;");
        assert_eq!(escaped("one\n# two"), "one \\# two");
    }
}
