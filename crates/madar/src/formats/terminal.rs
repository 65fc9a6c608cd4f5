//! Answers for a terminal: logical order, right-to-left names isolated, a right-to-left passage on
//! a line of its own so that the terminal lays it out as a paragraph; colours only on a terminal.

use std::io::{self, IsTerminal, Write};

use madar_case::Candidate;
use madar_case::answer::{
    Brief, Dispute, DocumentLine, Line, Link, Member, Origin, Passage, Piece, Section, Sentence,
    Subject,
};

use super::parts::{Part, parts};
use super::text::{inline, is_rtl, visible};
use super::{Format, wording};
use crate::commands::{ReadLine, Told};

/// Chains shown below a line of a brief; `madar chains` shows them all.
const CHAINS: usize = 3;
/// Names and publishers listed with one of the cast.
const NAMES: usize = 6;

pub(crate) struct Terminal;

impl Format for Terminal {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        page(out).brief(brief)
    }
}

/// Something to print on.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    colours: bool,
}

pub(crate) fn page(out: &mut dyn Write) -> Page<'_> {
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Page { out, colours }
}

/// SGR codes.
#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Dim,
    Heading,
}

impl Page<'_> {
    fn ink(&self, ink: Ink, text: &str) -> String {
        if !self.colours {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Heading => "1;34",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    fn dim(&mut self, indent: &str, text: &str) -> io::Result<()> {
        let text = self.ink(Ink::Dim, text);
        writeln!(self.out, "{indent}{text}")
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = self.ink(Ink::Heading, text);
        writeln!(self.out, "\n{text}")
    }

    pub(crate) fn brief(mut self, brief: &Brief) -> io::Result<()> {
        let title = self.ink(Ink::Bold, &inline(&wording::title(brief)));
        self.say(&title)?;
        self.say(&wording::extent(brief))?;
        for part in parts(brief) {
            self.heading(part.heading())?;
            self.part(&part)?;
        }
        self.out.flush()
    }

    fn part(&mut self, part: &Part<'_>) -> io::Result<()> {
        match part {
            Part::Who(about) => self.member(about),
            Part::Origins(origins) => origins.iter().try_for_each(|one| self.origin(one)),
            Part::Cast(cast, more) => {
                cast.iter().try_for_each(|one| self.member(one))?;
                if *more > 0 {
                    self.say(&format!("… and {more} more (madar who NAME)"))?;
                }
                Ok(())
            }
            Part::Section(section) => self.section(section),
            Part::Disputes(disputes) => disputes.iter().try_for_each(|one| self.dispute(one)),
            Part::Documents(documents) => documents.iter().try_for_each(|one| self.document(one)),
        }
    }

    fn section(&mut self, section: &Section) -> io::Result<()> {
        for line in &section.lines {
            match section.subject {
                Subject::Timeline => self.date(line)?,
                _ => self.line(line)?,
            }
        }
        if section.more > 0 {
            self.say(&wording::more(section))?;
        }
        Ok(())
    }

    /// Sentence, support, chains, passage.
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let sentence = self.ink(Ink::Bold, &shown(&line.sentence));
        self.say(&format!("• {sentence}"))?;
        let support = inline(&line.support.sentence);
        if let [telling] = line.tellings.as_slice() {
            self.say(&format!("  {} · {support}", chain(&telling.chain)))?;
        } else {
            self.say(&format!("  {support}"))?;
            for telling in line.tellings.iter().take(CHAINS) {
                self.say(&format!("  – {}", chain(&telling.chain)))?;
            }
        }
        for difference in &line.differences {
            self.say(&format!("  {}", inline(&wording::difference(difference))))?;
        }
        if line.tellings.len() > CHAINS {
            let more = line.tellings.len() - CHAINS;
            self.say(&format!(
                "  … and {more} more (madar chains {})",
                line.claim
            ))?;
        }
        if let Some(telling) = line.tellings.first() {
            self.passage(&telling.passage, &format!(" · claim {}", line.claim))?;
        }
        Ok(())
    }

    fn passage(&mut self, passage: &Passage, note: &str) -> io::Result<()> {
        let words = visible(&passage.text);
        if is_rtl(&words) {
            self.say(&words)?;
        } else {
            self.say(&format!("  “{words}”"))?;
        }
        let source = &passage.source;
        let named = source.publisher.clone().or_else(|| source.title.clone());
        let named = named.map_or_else(|| source.id.short(), |name| inline(&name));
        let place = wording::place(passage);
        self.dim(
            "  ",
            &format!("{named}, {place} · document {}{note}", source.id.short()),
        )
    }

    fn document(&mut self, line: &DocumentLine) -> io::Result<()> {
        let source = &line.source;
        let publisher = source.publisher.as_deref().unwrap_or("publisher unknown");
        self.say(&format!(
            "{}  {} · {} · {} · {} facts · nothing found in {} of it",
            source.id.short(),
            inline(publisher),
            inline(&wording::dated(&line.date)),
            source.lang.code(),
            line.facts,
            wording::percent(line.unread_permille),
        ))?;
        if let Some(title) = &source.title {
            self.say(&format!("              {}", inline(title)))?;
        }
        for note in wording::document_notes(line) {
            self.dim("              ", &inline(&note))?;
        }
        Ok(())
    }

    fn member(&mut self, member: &Member) -> io::Result<()> {
        let name = self.ink(Ink::Bold, &inline(&member.name));
        self.say(&format!(
            "• {name} ({}) · {}",
            member.kind.name(),
            wording::weight(member)
        ))?;
        let names = member.names.iter().map(|seen| inline(&seen.name));
        self.list("  named ", &names.collect::<Vec<_>>())?;
        let by = member.told_by.iter().map(|name| inline(name));
        self.list("  in ", &by.collect::<Vec<_>>())?;
        for tie in &member.ties {
            self.tie(tie)?;
        }
        for reason in &member.reasons {
            self.dim("  ", &inline(reason))?;
        }
        Ok(())
    }

    fn list(&mut self, lead: &str, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let more = items.len().saturating_sub(NAMES);
        let mut line = format!("{lead}{}", items[..items.len().min(NAMES)].join(", "));
        if more > 0 {
            line.push_str(&format!(" … and {more} more"));
        }
        self.say(&line)
    }

    /// A post or kinship with who says so.
    fn tie(&mut self, line: &Line) -> io::Result<()> {
        let Some(telling) = line.tellings.first() else {
            return Ok(());
        };
        let place = wording::place(&telling.passage);
        self.say(&format!("  – {}", shown(&line.sentence)))?;
        self.dim(
            "    ",
            &format!("{} · {place} · claim {}", chain(&telling.chain), line.claim),
        )
    }

    fn dispute(&mut self, dispute: &Dispute) -> io::Result<()> {
        match &dispute.said {
            Some(said) => self.line(said)?,
            None => self.say("• (nobody in the case says it)")?,
        }
        self.say("  against which:")?;
        self.line(&dispute.denied)
    }

    fn origin(&mut self, origin: &Origin) -> io::Result<()> {
        let name = self.ink(Ink::Bold, &inline(&origin.name));
        self.say(&format!("• {name}: {}", inline(&origin.sentence)))?;
        let retold = origin.retold_by.iter().map(|name| inline(name));
        self.list("  retold as a whole by ", &retold.collect::<Vec<_>>())
    }

    pub(crate) fn facts(mut self, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            self.line(line)?;
        }
        self.out.flush()
    }

    pub(crate) fn timeline(mut self, lines: &[Line]) -> io::Result<()> {
        for line in lines {
            self.date(line)?;
        }
        self.out.flush()
    }

    /// Two lines of a timeline.
    fn date(&mut self, line: &Line) -> io::Result<()> {
        let when = line.time.as_ref().map_or("", |time| time.value.as_str());
        let publisher = line.tellings.first().and_then(|t| t.chain.first());
        let publisher = publisher.map_or_else(String::new, |link| inline(&link.name));
        let when = self.ink(Ink::Bold, &format!("{when:<12}"));
        self.say(&format!("{when} {}", shown(&line.sentence)))?;
        let told = wording::chains(line.support.k_lo, line.support.k_hi);
        self.dim(
            "             ",
            &format!("{publisher} · {told} · claim {}", line.claim),
        )
    }

    /// One claim, all its chains with their passages.
    pub(crate) fn chains(mut self, line: &Line) -> io::Result<()> {
        let sentence = self.ink(Ink::Bold, &shown(&line.sentence));
        self.say(&sentence)?;
        self.say(&inline(&line.support.sentence))?;
        for difference in &line.differences {
            self.say(&format!("  {}", inline(&wording::difference(difference))))?;
        }
        for reason in &line.support.reasons {
            self.say(&format!("  {}", inline(reason)))?;
        }
        for telling in &line.tellings {
            self.say(&format!("\n{}", chain(&telling.chain)))?;
            self.passage(
                &telling.passage,
                &format!(" · {}", wording::status(telling.status)),
            )?;
        }
        if !line.against.is_empty() {
            self.say(&format!("\nagainst it: claim {}", line.against.join(", ")))?;
        }
        self.out.flush()
    }

    /// What the affairs of the demo hang on.
    pub(crate) fn affairs(mut self, affairs: &[Told]) -> io::Result<()> {
        self.heading("The three affairs")?;
        for told in affairs {
            let sentence = shown(&told.line.sentence);
            self.say(&format!(
                "• {}: {}",
                told.affair,
                inline(&told.line.support.sentence)
            ))?;
            self.dim("  ", &format!("{sentence} · claim {}", told.line.claim))?;
        }
        self.out.flush()
    }

    pub(crate) fn candidates(mut self, found: &[Candidate]) -> io::Result<()> {
        for candidate in found {
            self.member(&candidate.member)?;
            self.dim(
                "  ",
                &inline(&format!("{} alike: {}", candidate.score, candidate.why)),
            )?;
        }
        self.out.flush()
    }

    pub(crate) fn passages(mut self, found: &[Passage]) -> io::Result<()> {
        for passage in found {
            self.passage(passage, "")?;
        }
        self.out.flush()
    }

    pub(crate) fn documents(mut self, documents: &[DocumentLine]) -> io::Result<()> {
        for document in documents {
            self.document(document)?;
        }
        self.out.flush()
    }

    pub(crate) fn read(mut self, line: &ReadLine) -> io::Result<()> {
        let called = line.title.as_deref().unwrap_or(&line.origin);
        let state = wording::added(line.added);
        self.say(&format!("{}  {state}  {}", line.id, inline(called)))?;
        if let Some(found) = &line.found {
            let unread = wording::percent(found.unread_permille);
            self.dim(
                "    ",
                &format!("{} facts; nothing found in {unread} of it", found.facts),
            )?;
        }
        for warning in &line.warnings {
            self.dim("    ", &inline(warning))?;
        }
        self.out.flush()
    }
}

/// Names isolated, words of the text in quotation marks.
fn shown(sentence: &Sentence) -> String {
    let pieces = sentence.0.iter().map(|piece| match piece {
        Piece::Plain(text) => visible(text),
        Piece::Name(name) => inline(name),
        Piece::Words(words) => format!("“{}”", inline(words)),
    });
    pieces.collect()
}

/// *Asharq ← The Wall Street Journal (the whole article retells it)*.
fn chain(links: &[Link]) -> String {
    let links = links
        .iter()
        .map(|link| format!("{}{}", inline(&link.name), wording::link_note(link)));
    links.collect::<Vec<_>>().join(" ← ")
}
