//! Everything that is said, one numbered line to a claim, with endnotes that give each telling's
//! passage, its chain and where it stands: as Markdown with footnotes, and as one page made of it.

use std::fmt::Write as _;
use std::io::{self, Write};

use madar_case::answer::{Line, Member, Telling};
use madar_case::{Tongue, Whole};
use pulldown_cmark::{Options, Parser, html as page};

use super::tables::chain;
use crate::formats::markdown::{escaped, shown};

pub(super) fn markdown(whole: &Whole, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(told(whole, tongue).as_bytes())
}

pub(super) fn html(whole: &Whole, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let text = told(whole, tongue);
    let mut body = String::new();
    page::push_html(&mut body, Parser::new_ext(&text, Options::ENABLE_FOOTNOTES));
    let direction = if tongue.is_rtl() { "rtl" } else { "ltr" };
    write!(
        out,
        "<!doctype html>\n<html lang=\"{}\" dir=\"{direction}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n<main>\n{body}</main>\n</html>\n",
        tongue.code(),
        tongue.say("dossier", "title"),
        include_str!("dossier.css"),
    )
}

fn told(whole: &Whole, tongue: Tongue) -> String {
    let mut out = format!("# {}\n\n", tongue.say("dossier", "title"));
    out.push_str(&tongue.count(whole.documents.len(), "document"));
    out.push('\n');
    heading(&mut out, tongue, "cast");
    let mut cast: Vec<&Member> = whole.members.iter().collect();
    cast.sort_by_key(|member| std::cmp::Reverse((member.facts, member.mentions)));
    for one in cast {
        member(&mut out, one, tongue);
    }
    heading(&mut out, tongue, "claims");
    let mut notes = String::new();
    let mut number = 0;
    for line in &whole.lines {
        let first = number + 1;
        for telling in &line.tellings {
            number += 1;
            note(&mut notes, number, telling, tongue);
        }
        claim(&mut out, line, first..number + 1);
    }
    heading(&mut out, tongue, "documents");
    for line in &whole.documents {
        let title = line
            .source
            .title
            .as_deref()
            .unwrap_or(tongue.say("dossier", "untitled"));
        let day = super::published(line);
        let publisher = line.source.publisher.as_deref().unwrap_or_default();
        let told: Vec<String> = [publisher, &day, line.address.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|told| !told.is_empty())
            .map(escaped)
            .collect();
        let told = told.join(", ");
        push(
            &mut out,
            format_args!(
                "- **{}**  \n  {told} · `{}`\n",
                escaped(title),
                line.source.id.hex()
            ),
        );
    }
    out.push('\n');
    out.push_str(&notes);
    out
}

fn heading(out: &mut String, tongue: Tongue, key: &str) {
    let table = if key == "claims" {
        "dossier"
    } else {
        "heading"
    };
    push(out, format_args!("\n## {}\n\n", tongue.say(table, key)));
}

fn member(out: &mut String, member: &Member, tongue: Tongue) {
    let mut names: Vec<String> = vec![format!("**{}**", escaped(&member.name))];
    for seen in &member.names {
        let name = escaped(&seen.name);
        if seen.name != member.name && !names.contains(&name) {
            names.push(name);
        }
    }
    push(
        out,
        format_args!(
            "- {} · {}\n",
            names.join(", "),
            tongue.say("kind", member.kind.name())
        ),
    );
}

fn claim(out: &mut String, line: &Line, notes: std::ops::Range<usize>) {
    let marks: String = notes.map(|number| format!("[^{number}]")).collect();
    let support = escaped(&line.support.sentence);
    push(
        out,
        format_args!(
            "1. {}{marks}  \n   {support} · `{}`\n",
            shown(&line.sentence),
            line.claim
        ),
    );
}

fn note(out: &mut String, number: usize, telling: &Telling, tongue: Tongue) {
    let passage = &telling.passage;
    let words = passage
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let at = tongue.fill("at", "document", &[("id", &passage.source.id.short())]);
    let bytes = format!("{}–{}", passage.span.start, passage.span.end);
    push(
        out,
        format_args!(
            "[^{number}]: “{}” — {} · {at}, {bytes}\n\n",
            escaped(&words),
            escaped(&chain(&telling.chain)),
        ),
    );
}

fn push(out: &mut String, words: std::fmt::Arguments<'_>) {
    out.write_fmt(words).expect("a string takes everything");
}
