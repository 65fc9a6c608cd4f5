//! A brief as Markdown (CommonMark): headings, one list item to a line, passages as block quotes.
//! Right-to-left names are isolated as on a terminal; what a document wrote is escaped.

use std::io::{self, Write};

use madar_case::answer::{
    Brief, Dispute, DocumentLine, Line, Link, Member, Origin, Passage, Piece, Section, Sentence,
    Subject,
};

use super::parts::{Part, parts};
use super::text::inline;
use super::{Format, wording};

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
        for one in parts(brief) {
            writeln!(out, "\n## {}\n", one.heading())?;
            part(&one, out)?;
        }
        out.flush()
    }
}

fn part(part: &Part<'_>, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Who(about) => member(about, out),
        Part::Origins(origins) => origins.iter().try_for_each(|one| origin(one, out)),
        Part::Cast(cast, more) => {
            cast.iter().try_for_each(|one| member(one, out))?;
            if *more > 0 {
                writeln!(out, "\n… and {more} more")?;
            }
            Ok(())
        }
        Part::Section(one) => section(one, out),
        Part::Disputes(disputes) => disputes.iter().try_for_each(|one| dispute(one, out)),
        Part::Documents(documents) => documents.iter().try_for_each(|one| document(one, out)),
    }
}

fn section(section: &Section, out: &mut dyn Write) -> io::Result<()> {
    for one in &section.lines {
        match section.subject {
            Subject::Timeline => date(one, out)?,
            _ => line(one, out)?,
        }
    }
    if section.more > 0 {
        writeln!(out, "{}\n", wording::more(section))?;
    }
    Ok(())
}

fn date(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    let when = line.time.as_ref().map_or("", |time| time.value.as_str());
    let publisher = line
        .tellings
        .first()
        .and_then(|telling| telling.chain.first());
    let publisher = publisher.map_or_else(String::new, |link| escaped(&link.name));
    let told = wording::chains(line.support.k_lo, line.support.k_hi);
    let claim = &line.claim;
    writeln!(
        out,
        "- {when}: {} ({publisher}, {told}, claim {claim})",
        shown(&line.sentence)
    )
}

fn line(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "- **{}**  ", shown(&line.sentence))?;
    let support = escaped(&line.support.sentence);
    if let [telling] = line.tellings.as_slice() {
        writeln!(out, "  {} · {support}", chain(&telling.chain))?;
    } else {
        writeln!(out, "  {support}")?;
        for telling in line.tellings.iter().take(CHAINS) {
            writeln!(out, "  - {}", chain(&telling.chain))?;
        }
    }
    for difference in &line.differences {
        writeln!(out, "  - {}", escaped(&wording::difference(difference)))?;
    }
    if line.tellings.len() > CHAINS {
        writeln!(out, "  - … and {} more", line.tellings.len() - CHAINS)?;
    }
    if let Some(telling) = line.tellings.first() {
        passage(&telling.passage, &line.claim, out)?;
    }
    writeln!(out)
}

fn passage(passage: &Passage, claim: &str, out: &mut dyn Write) -> io::Result<()> {
    let source = &passage.source;
    let named = source.publisher.clone().or_else(|| source.title.clone());
    let named = named.unwrap_or_else(|| source.id.short());
    writeln!(out, "\n  > {}\n  >", escaped(&passage.text))?;
    let place = wording::place(passage);
    let id = source.id.short();
    writeln!(
        out,
        "  > — {}, {place} (document {id}, claim {claim})",
        escaped(&named)
    )
}

fn document(line: &DocumentLine, out: &mut dyn Write) -> io::Result<()> {
    let source = &line.source;
    let publisher = source.publisher.as_deref().unwrap_or("publisher unknown");
    let title = source.title.as_deref().unwrap_or("untitled");
    writeln!(
        out,
        "- **{}** · {} · {} · {} · {} facts · nothing found in {} of it · `{}`",
        escaped(title),
        escaped(publisher),
        escaped(&wording::dated(&line.date)),
        source.lang.code(),
        line.facts,
        wording::percent(line.unread_permille),
        source.id.short(),
    )?;
    for note in wording::document_notes(line) {
        writeln!(out, "  - {}", escaped(&note))?;
    }
    Ok(())
}

fn member(member: &Member, out: &mut dyn Write) -> io::Result<()> {
    let weight = wording::weight(member);
    writeln!(
        out,
        "- **{}** ({}) · {weight}",
        escaped(&member.name),
        member.kind.name()
    )?;
    let names: Vec<String> = member
        .names
        .iter()
        .map(|seen| escaped(&seen.name))
        .collect();
    if !names.is_empty() {
        writeln!(out, "  - named {}", names.join(", "))?;
    }
    let by: Vec<String> = member.told_by.iter().map(|name| escaped(name)).collect();
    if !by.is_empty() {
        writeln!(out, "  - in {}", by.join(", "))?;
    }
    for tie in &member.ties {
        if let Some(telling) = tie.tellings.first() {
            let chain = chain(&telling.chain);
            writeln!(
                out,
                "  - {} ({chain}, claim {})",
                shown(&tie.sentence),
                tie.claim
            )?;
        }
    }
    Ok(())
}

fn dispute(dispute: &Dispute, out: &mut dyn Write) -> io::Result<()> {
    match &dispute.said {
        Some(said) => line(said, out)?,
        None => writeln!(out, "- (nobody in the case says it)\n")?,
    }
    writeln!(out, "  against which:\n")?;
    line(&dispute.denied, out)
}

fn origin(origin: &Origin, out: &mut dyn Write) -> io::Result<()> {
    write!(
        out,
        "- **{}**: {}",
        escaped(&origin.name),
        escaped(&origin.sentence)
    )?;
    if !origin.retold_by.is_empty() {
        let by: Vec<String> = origin.retold_by.iter().map(|name| escaped(name)).collect();
        write!(out, "; retold as a whole by {}", by.join(", "))?;
    }
    writeln!(out)
}

fn chain(links: &[Link]) -> String {
    let links = links.iter().map(|link| {
        let note = wording::link_note(link);
        format!("{}{note}", escaped(&link.name))
    });
    links.collect::<Vec<_>>().join(" ← ")
}

fn shown(sentence: &Sentence) -> String {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Piece::Plain(text) => text.clone(),
        Piece::Name(name) => escaped(name),
        Piece::Words(words) => format!("“{}”", escaped(words)),
    });
    pieces.collect()
}

/// Isolated, and without meaning to Markdown or to the HTML that it becomes.
fn escaped(text: &str) -> String {
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
