//! A brief as one HTML page that fetches nothing: style inside, no script, every word of a document
//! escaped and in an element that finds its own direction.

use std::io::{self, Write};

use madar_case::Tongue;
use madar_case::answer::{
    Brief, Dispute, DocumentLine, Line, Link, Member, Origin, Passage, Piece, Section, Sentence,
    Subject, Sum, Telling,
};
use madar_read::{SourceKind, Status};
use madar_text::Lang;

use super::parts::{Part, parts};
use super::text::visible;
use super::{Format, hits, wording};

const STYLE: &str = include_str!("brief.css");
/// Nothing may be fetched, run or sent, whatever a document smuggles in.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(crate) struct Html;

impl Format for Html {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        let tongue = brief.tongue;
        let title = escaped(&wording::title(brief));
        writeln!(
            out,
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">",
            tongue.code(),
            if tongue.is_rtl() { "rtl" } else { "ltr" }
        )?;
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">"
        )?;
        writeln!(
            out,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        )?;
        writeln!(
            out,
            "<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>"
        )?;
        writeln!(out, "<h1 dir=\"auto\">{title}</h1>")?;
        writeln!(
            out,
            "<p class=\"extent\">{}</p>",
            escaped(&wording::extent(brief))
        )?;
        contents(brief, tongue, out)?;
        writeln!(out, "</header>\n<main>")?;
        body(brief, tongue, out)?;
        writeln!(out, "</main>\n</body>\n</html>")?;
        out.flush()
    }
}

fn contents(brief: &Brief, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let contents = tongue.say("heading", "contents");
    write!(out, "<nav aria-label=\"{contents}\">")?;
    for part in parts(brief) {
        let heading = part.heading(tongue);
        write!(out, "<a href=\"#{}\">{heading}</a> ", part.key())?;
    }
    writeln!(out, "</nav>")
}

fn body(brief: &Brief, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    for one in parts(brief) {
        let heading = one.heading(tongue);
        writeln!(out, "<h2 id=\"{}\">{heading}</h2>", one.key())?;
        part(&one, tongue, out)?;
    }
    Ok(())
}

fn part(part: &Part<'_>, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Who(about) => member(about, tongue, out),
        Part::Origins(origins) => origins.iter().try_for_each(|one| origin(one, tongue, out)),
        Part::Cast(cast, more) => {
            cast.iter().try_for_each(|one| member(one, tongue, out))?;
            if *more > 0 {
                let more = wording::and_more(*more, tongue);
                writeln!(out, "<p class=\"quiet\">{more}</p>")?;
            }
            Ok(())
        }
        Part::Section(one) => section(one, tongue, out),
        Part::Sums(sums, more) => {
            sums.iter().try_for_each(|one| sum(one, tongue, out))?;
            if *more > 0 {
                let more = wording::and_more(*more, tongue);
                writeln!(out, "<p class=\"quiet\">{more}</p>")?;
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
        writeln!(
            out,
            "<p class=\"quiet\">{}</p>",
            escaped(&wording::more(section, tongue))
        )?;
    }
    Ok(())
}

fn date(line: &Line, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let when = line.time.as_ref().map_or("", |time| time.value.as_str());
    let publisher = line
        .tellings
        .first()
        .and_then(|telling| telling.chain.first());
    let publisher = publisher.map_or_else(String::new, |link| bdi(&link.name));
    let told = wording::chains(line.support.k_lo, line.support.k_hi, tongue);
    writeln!(
        out,
        "<article class=\"date\">\n<p class=\"when\">{}</p>",
        escaped(when)
    )?;
    writeln!(out, "<div><p>{}</p>", shown(&line.sentence))?;
    writeln!(
        out,
        "<p class=\"quiet\">{publisher} · {told}</p></div>\n</article>"
    )
}

fn line(line: &Line, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<article class=\"line\">\n<p class=\"said\">{}",
        shown(&line.sentence)
    )?;
    if line.status != Status::Asserted {
        writeln!(
            out,
            "<span class=\"status\">{}</span>",
            wording::status(line.status, tongue)
        )?;
    }
    let support = bdi(&line.support.sentence);
    if let [telling] = line.tellings.as_slice() {
        let chain = chain(&telling.chain, tongue);
        writeln!(out, "</p>\n<p class=\"support\">{chain} · {support}</p>")?;
    } else {
        writeln!(out, "</p>\n<p class=\"support\">{support}</p>")?;
        tellings(&line.tellings, tongue, out)?;
    }
    for difference in &line.differences {
        let told = wording::difference(difference, tongue);
        writeln!(out, "<p class=\"support\">{}</p>", escaped(&told))?;
    }
    if let Some(telling) = line.tellings.first() {
        passage(&telling.passage, tongue, out)?;
    }
    writeln!(
        out,
        "<p class=\"quiet\">{}</p>\n</article>",
        tongue.fill("at", "claim", &[("id", &code(&line.claim))])
    )
}

/// Each chain; further ones with their passage folded away.
fn tellings(tellings: &[Telling], tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<ul class=\"chains\">")?;
    for (at, telling) in tellings.iter().enumerate() {
        let chain = chain(&telling.chain, tongue);
        if at == 0 {
            writeln!(out, "<li>{chain}</li>")?;
            continue;
        }
        writeln!(out, "<li><details><summary>{chain}</summary>")?;
        passage(&telling.passage, tongue, out)?;
        writeln!(out, "</details></li>")?;
    }
    writeln!(out, "</ul>")
}

fn passage(passage: &Passage, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let source = &passage.source;
    let named = source.publisher.clone().or_else(|| source.title.clone());
    let named = named.unwrap_or_else(|| source.id.short());
    let lang = match passage.lang {
        Lang::Other => String::new(),
        lang => format!(" lang=\"{}\"", lang.code()),
    };
    writeln!(
        out,
        "<blockquote dir=\"auto\"{lang}>{}</blockquote>",
        escaped(&passage.text)
    )?;
    let id = source.id.short();
    let place = wording::place(passage, tongue);
    let with = [("who", &*bdi(&named)), ("where", &place)];
    let source_at = tongue.fill("at", "source", &with);
    let document = tongue.fill("at", "document", &[("id", &code(&id))]);
    writeln!(
        out,
        "<p class=\"quiet\">{source_at} · <a href=\"#d-{id}\">{document}</a></p>"
    )
}

fn document(line: &DocumentLine, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let source = &line.source;
    let id = source.id.short();
    let title = source
        .title
        .as_deref()
        .unwrap_or(tongue.say("brief", "untitled"));
    let publisher = source
        .publisher
        .as_deref()
        .unwrap_or(tongue.say("brief", "no_publisher"));
    let unread = wording::percent(line.unread_permille, tongue);
    writeln!(out, "<article class=\"document\" id=\"d-{id}\">")?;
    writeln!(out, "<p class=\"said\" dir=\"auto\">{}</p>", escaped(title))?;
    writeln!(
        out,
        "<p class=\"quiet\">{} · {} · {} · {} · {} · {}</p>",
        bdi(publisher),
        bdi(&wording::dated(&line.date, tongue)),
        tongue.say("language", source.lang.code()),
        tongue.count(line.facts, "fact"),
        tongue.fill("brief", "unread", &[("percent", &unread)]),
        code(&id),
    )?;
    for note in wording::document_notes(line, tongue) {
        writeln!(out, "<p class=\"quiet\">{}</p>", bdi(&note))?;
    }
    writeln!(out, "</article>")
}

fn member(member: &Member, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let kind = tongue.say("kind", member.kind.name());
    writeln!(
        out,
        "<article class=\"member\">\n<p><span class=\"said\">{}</span> ({kind})</p>",
        bdi(&member.name)
    )?;
    writeln!(
        out,
        "<p class=\"quiet\">{}</p>",
        wording::weight(member, tongue)
    )?;
    let list = |names: Vec<String>| names.join(tongue.say("list", "comma"));
    let names = list(wording::names(member).into_iter().map(bdi).collect());
    if !names.is_empty() {
        let named = tongue.fill("brief", "named", &[("names", &names)]);
        writeln!(out, "<p class=\"quiet\">{named}</p>")?;
    }
    let by = list(
        wording::told_by(member)
            .iter()
            .map(|name| bdi(name))
            .collect(),
    );
    if !by.is_empty() {
        let told_by = tongue.fill("brief", "told_by", &[("names", &by)]);
        writeln!(out, "<p class=\"quiet\">{told_by}</p>")?;
    }
    for hit in &member.hits {
        let (title, why) = (hits::title(hit), hits::why(hit));
        let told = tongue.fill("brief", "hit", &[("entry", &bdi(&title))]);
        let why = tongue.fill("brief", "hit_why", &[("why", &bdi(&why))]);
        writeln!(out, "<p>{told}<br><span class=\"quiet\">{why}</span></p>")?;
    }
    writeln!(out, "<ul class=\"chains\">")?;
    for tie in &member.ties {
        if let Some(telling) = tie.tellings.first() {
            writeln!(
                out,
                "<li><details><summary>{}</summary>",
                shown(&tie.sentence)
            )?;
            writeln!(out, "<p>{}</p>", chain(&telling.chain, tongue))?;
            passage(&telling.passage, tongue, out)?;
            writeln!(out, "</details></li>")?;
        }
    }
    writeln!(out, "</ul>\n</article>")
}

fn sum(sum: &Sum, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let documents = tongue.count(sum.documents, "document");
    let chain = chain(&sum.chain, tongue);
    writeln!(out, "<article class=\"line\">")?;
    writeln!(out, "<p class=\"said\">{}</p>", bdi(&sum.told))?;
    writeln!(out, "<p class=\"support\">{chain} · {documents}</p>")?;
    passage(&sum.passage, tongue, out)?;
    writeln!(out, "</article>")
}

fn dispute(dispute: &Dispute, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<div class=\"dispute\">")?;
    if let Some(said) = &dispute.said {
        line(said, tongue, out)?;
        let against = tongue.say("brief", "against");
        writeln!(out, "<p class=\"against\">{against}</p>")?;
    }
    line(&dispute.denied, tongue, out)?;
    writeln!(out, "</div>")
}

fn origin(origin: &Origin, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let by: Vec<String> = origin.retold_by.iter().map(|name| bdi(name)).collect();
    writeln!(
        out,
        "<article class=\"origin\">\n<p class=\"said\">{}</p>",
        bdi(&origin.name)
    )?;
    writeln!(out, "<p>{}</p>", bdi(&origin.sentence))?;
    if !by.is_empty() {
        let by = by.join(tongue.say("list", "comma"));
        let told = tongue.fill("origin", "retold_by", &[("names", &by)]);
        writeln!(out, "<p class=\"quiet\">{told}</p>")?;
    }
    writeln!(out, "</article>")
}

fn chain(links: &[Link], tongue: Tongue) -> String {
    let links = links.iter().map(|link| {
        let class = match (link.inherited, link.kind) {
            (true, _) => " class=\"inherited\"",
            (false, SourceKind::Anonymous) => " class=\"unnamed\"",
            (false, _) => "",
        };
        format!(
            "<span{class}>{}</span>",
            wording::link(link, &bdi(&link.name), tongue)
        )
    });
    links
        .collect::<Vec<_>>()
        .join("<span class=\"arrow\">←</span>")
}

fn shown(sentence: &Sentence) -> String {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Piece::Plain(text) => escaped(text),
        Piece::Name(name) => bdi(name),
        Piece::Words(words) => format!("“{}”", bdi(words)),
    });
    pieces.collect()
}

/// An id, which reads from left to right in every language.
fn code(id: &str) -> String {
    format!("<code dir=\"ltr\">{}</code>", escaped(id))
}

/// In an element whose direction is its own.
fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
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
        let hostile = "</blockquote><script src=\"//x\">'&\u{202E}";
        let safe = "&lt;/blockquote&gt;&lt;script src=&quot;//x&quot;&gt;&#39;&amp;⟨U+202E⟩";
        assert_eq!(escaped(hostile), safe);
    }
}
