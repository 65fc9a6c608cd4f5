//! Answers for a terminal: logical order, right-to-left names isolated, a right-to-left passage on
//! a line of its own so that the terminal lays it out as a paragraph; colours only on a terminal.

use std::io::{self, IsTerminal, Write};

use madar_case::answer::{
    Brief, Dispute, DocumentLine, Edition, Found, Line, Link, Member, Origin, Passage, Piece,
    Section, Sentence, Subject, Sum,
};
use madar_case::{Candidate, Tongue};
use madar_text::Span;

use super::items::Item;
use super::parts::{Part, parts};
use super::text::{inline, is_rtl, visible};
use super::{Format, hits, wording};
use crate::commands::{ReadLine, Told};

/// Chains shown below a line of a brief; `madar chains` shows them all.
const CHAINS: usize = 3;
/// Names and publishers listed with one of the cast.
const NAMES: usize = 6;

pub(crate) struct Terminal;

impl Format for Terminal {
    fn brief(&self, brief: &Brief, out: &mut dyn Write) -> io::Result<()> {
        page(out, brief.tongue).brief(brief)
    }
}

/// Something to print on.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    colours: bool,
    tongue: Tongue,
}

pub(crate) fn page(out: &mut dyn Write, tongue: Tongue) -> Page<'_> {
    let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    Page {
        out,
        colours,
        tongue,
    }
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
            self.heading(part.heading(self.tongue))?;
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
                    self.say(&wording::more_by(*more, "madar who …", self.tongue))?;
                }
                Ok(())
            }
            Part::Section(section) => self.section(section),
            Part::Sums(sums, more) => {
                sums.iter().try_for_each(|one| self.sum(one))?;
                if *more > 0 {
                    self.say(&wording::and_more(*more, self.tongue))?;
                }
                Ok(())
            }
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
            self.say(&wording::more(section, self.tongue))?;
        }
        Ok(())
    }

    /// Sentence, support, chains, passage.
    fn line(&mut self, line: &Line) -> io::Result<()> {
        let sentence = self.ink(Ink::Bold, &shown(&line.sentence));
        self.say(&format!("• {sentence}"))?;
        let support = inline(&line.support.sentence);
        if let [telling] = line.tellings.as_slice() {
            self.say(&format!("  {} · {support}", self.chain(&telling.chain)))?;
        } else {
            self.say(&format!("  {support}"))?;
            for telling in line.tellings.iter().take(CHAINS) {
                self.say(&format!("  – {}", self.chain(&telling.chain)))?;
            }
        }
        for difference in &line.differences {
            self.say(&format!(
                "  {}",
                inline(&wording::difference(difference, self.tongue))
            ))?;
        }
        if line.tellings.len() > CHAINS {
            let command = format!("madar chains {}", line.claim);
            let more = line.tellings.len() - CHAINS;
            self.say(&format!(
                "  {}",
                wording::more_by(more, &command, self.tongue)
            ))?;
        }
        if let Some(telling) = line.tellings.first() {
            let claim = self.claim(&line.claim);
            self.passage(&telling.passage, &format!(" · {claim}"))?;
        }
        Ok(())
    }

    fn passage(&mut self, passage: &Passage, note: &str) -> io::Result<()> {
        self.words_of(passage, &visible(&passage.text), note)
    }

    fn words_of(&mut self, passage: &Passage, words: &str, note: &str) -> io::Result<()> {
        if is_rtl(&passage.text) {
            self.say(words)?;
        } else {
            self.say(&format!("  “{words}”"))?;
        }
        let source = &passage.source;
        let named = source.publisher.clone().or_else(|| source.title.clone());
        let named = named.map_or_else(|| source.id.short(), |name| inline(&name));
        let place = wording::place(passage, self.tongue);
        let with = [("who", &*named), ("where", &place)];
        let source_at = self.tongue.fill("at", "source", &with);
        let id = source.id.short();
        let document = self.tongue.fill("at", "document", &[("id", &id)]);
        self.dim("  ", &format!("{source_at} · {document}{note}"))
    }

    fn document(&mut self, line: &DocumentLine) -> io::Result<()> {
        let source = &line.source;
        let publisher = source.publisher.as_deref();
        let publisher = publisher.unwrap_or(self.tongue.say("brief", "no_publisher"));
        self.say(&format!(
            "{}  {} · {} · {} · {} · {}",
            source.id.short(),
            inline(publisher),
            inline(&wording::dated(&line.date, self.tongue)),
            self.tongue.say("language", source.lang.code()),
            self.tongue.count(line.facts, "fact"),
            self.unread(line.unread_permille),
        ))?;
        if let Some(title) = &source.title {
            self.say(&format!("              {}", inline(title)))?;
        }
        for note in wording::document_notes(line, self.tongue) {
            self.dim("              ", &inline(&note))?;
        }
        Ok(())
    }

    fn member(&mut self, member: &Member) -> io::Result<()> {
        let name = self.ink(Ink::Bold, &inline(&member.name));
        self.say(&format!(
            "• {name} ({}) · {}",
            self.tongue.say("kind", member.kind.name()),
            wording::weight(member, self.tongue)
        ))?;
        let names = wording::names(member).into_iter().map(inline);
        self.list("brief", "named", &names.collect::<Vec<_>>())?;
        let by = wording::told_by(member).iter().map(|name| inline(name));
        self.list("brief", "told_by", &by.collect::<Vec<_>>())?;
        for tie in &member.ties {
            self.tie(tie)?;
        }
        if member.more_ties > 0 {
            let more = member.more_ties.to_string();
            let more = self.tongue.fill("brief", "more", &[("n", &more)]);
            self.dim("  ", &more)?;
        }
        for reason in &member.reasons {
            self.dim("  ", &inline(reason))?;
        }
        for hit in &member.hits {
            let (entry, why) = (inline(&hits::title(hit)), inline(&hits::why(hit)));
            let told = self.tongue.fill("brief", "hit", &[("entry", &entry)]);
            self.say(&format!("  ! {told}"))?;
            let why = self.tongue.fill("brief", "hit_why", &[("why", &why)]);
            self.dim("    ", &why)?;
        }
        Ok(())
    }

    /// *Asharq ← The Wall Street Journal (the whole article retells it)*.
    fn chain(&self, links: &[Link]) -> String {
        let links = links
            .iter()
            .map(|link| wording::link(link, &inline(&link.name), self.tongue));
        links.collect::<Vec<_>>().join(" ← ")
    }

    fn claim(&self, id: &str) -> String {
        self.tongue.fill("at", "claim", &[("id", id)])
    }

    fn unread(&self, permille: u16) -> String {
        let percent = wording::percent(permille, self.tongue);
        self.tongue
            .fill("brief", "unread", &[("percent", &percent)])
    }

    fn list(&mut self, table: &str, key: &str, items: &[String]) -> io::Result<()> {
        if items.is_empty() {
            return Ok(());
        }
        let more = items.len().saturating_sub(NAMES);
        let mut names = items[..items.len().min(NAMES)].join(self.tongue.say("list", "comma"));
        if more > 0 {
            names.push_str(&format!(" {}", wording::and_more(more, self.tongue)));
        }
        let line = self.tongue.fill(table, key, &[("names", &names)]);
        self.say(&format!("  {line}"))
    }

    /// A post or kinship with who says so.
    fn tie(&mut self, line: &Line) -> io::Result<()> {
        let Some(telling) = line.tellings.first() else {
            return Ok(());
        };
        let place = wording::place(&telling.passage, self.tongue);
        self.say(&format!("  – {}", shown(&line.sentence)))?;
        let (chain, claim) = (self.chain(&telling.chain), self.claim(&line.claim));
        self.dim("    ", &format!("{chain} · {place} · {claim}"))
    }

    fn sum(&mut self, sum: &Sum) -> io::Result<()> {
        let told = self.ink(Ink::Bold, &inline(&sum.told));
        let documents = self.tongue.count(sum.documents, "document");
        self.say(&format!("• {told} · {documents}"))?;
        self.say(&format!("  {}", self.chain(&sum.chain)))?;
        self.passage(&sum.passage, "")
    }

    fn dispute(&mut self, dispute: &Dispute) -> io::Result<()> {
        if let Some(said) = &dispute.said {
            self.line(said)?;
            self.say(&format!("  {}", self.tongue.say("brief", "against")))?;
        }
        self.line(&dispute.denied)
    }

    fn origin(&mut self, origin: &Origin) -> io::Result<()> {
        let name = self.ink(Ink::Bold, &inline(&origin.name));
        self.say(&format!("• {name}: {}", inline(&origin.sentence)))?;
        let retold = origin.retold_by.iter().map(|name| inline(name));
        self.list("origin", "retold_by", &retold.collect::<Vec<_>>())
    }

    pub(crate) fn items(mut self, items: &[Item<'_>]) -> io::Result<()> {
        for item in items {
            self.item(item)?;
        }
        self.out.flush()
    }

    fn item(&mut self, item: &Item<'_>) -> io::Result<()> {
        match item {
            Item::Title(text) => {
                let title = self.ink(Ink::Bold, &inline(text));
                self.say(&title)
            }
            Item::Heading(text) => self.heading(&inline(text)),
            Item::Text(text) => self.say(&inline(text)),
            Item::Line(line) => self.line(line),
            Item::Short(line, note) => {
                let sentence = self.ink(Ink::Bold, &shown(&line.sentence));
                self.say(&format!("• {sentence}"))?;
                let claim = self.claim(&line.claim);
                self.dim("  ", &format!("{} · {claim}", inline(note)))
            }
            Item::Telling(telling) => {
                let chain = self.chain(&telling.chain);
                self.say(&format!("  – {chain}"))?;
                self.passage(&telling.passage, "")
            }
            Item::Note(text) => self.dim("  ", &inline(text)),
        }
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
        let told = wording::chains(line.support.k_lo, line.support.k_hi, self.tongue);
        let claim = self.claim(&line.claim);
        self.dim("             ", &format!("{publisher} · {told} · {claim}"))
    }

    /// One claim, all its chains with their passages.
    pub(crate) fn chains(mut self, line: &Line) -> io::Result<()> {
        let sentence = self.ink(Ink::Bold, &shown(&line.sentence));
        self.say(&sentence)?;
        self.say(&inline(&line.support.sentence))?;
        for difference in &line.differences {
            self.say(&format!(
                "  {}",
                inline(&wording::difference(difference, self.tongue))
            ))?;
        }
        for reason in &line.support.reasons {
            self.say(&format!("  {}", inline(reason)))?;
        }
        for [a, b] in line.support.apart() {
            let (a, b) = (a.short(), b.short());
            let hint = format!("  madar independent {a} {b}");
            self.say(&self.ink(Ink::Dim, &hint))?;
        }
        for telling in &line.tellings {
            self.say(&format!("\n{}", self.chain(&telling.chain)))?;
            let mut note = wording::status(telling.status, self.tongue).to_owned();
            if telling.edition != Edition::Latest {
                let edition = self.tongue.say("edition", telling.edition.name());
                note = format!("{note} · {edition}");
            }
            self.passage(&telling.passage, &format!(" · {note}"))?;
        }
        if !line.against.is_empty() {
            let claims = line.against.join(self.tongue.say("list", "comma"));
            let told = self
                .tongue
                .fill("brief", "against_it", &[("claims", &claims)]);
            self.say(&format!("\n{told}"))?;
        }
        if !line.perhaps.is_empty() {
            let claims = line.perhaps.join(self.tongue.say("list", "comma"));
            let told = self.tongue.fill("brief", "may_be", &[("claims", &claims)]);
            self.say(&format!("\n{told}"))?;
        }
        self.out.flush()
    }

    /// What the affairs of the demo hang on.
    pub(crate) fn affairs(mut self, affairs: &[Told]) -> io::Result<()> {
        self.heading(self.tongue.say("heading", "affairs"))?;
        for told in affairs {
            let sentence = shown(&told.line.sentence);
            self.say(&format!(
                "• {}: {}",
                told.affair,
                inline(&told.line.support.sentence)
            ))?;
            let claim = self.claim(&told.line.claim);
            self.dim("  ", &format!("{sentence} · {claim}"))?;
        }
        self.out.flush()
    }

    pub(crate) fn candidates(mut self, found: &[Candidate]) -> io::Result<()> {
        for candidate in found {
            self.member(&candidate.member)?;
            let score = candidate.score.to_string();
            let with = [("score", &*score), ("why", &candidate.why)];
            let alike = self.tongue.fill("brief", "alike", &with);
            self.dim("  ", &inline(&alike))?;
        }
        self.out.flush()
    }

    pub(crate) fn found(mut self, found: &[Found]) -> io::Result<()> {
        for one in found {
            let note = one.claims.iter().map(|id| self.claim(id));
            let note: String = note.map(|claim| format!(" · {claim}")).collect();
            self.words_of(
                &one.passage,
                &self.marked(&one.passage.text, &one.hits),
                &note,
            )?;
        }
        self.out.flush()
    }

    /// The text with the words that were looked for in bold.
    fn marked(&self, text: &str, hits: &[Span]) -> String {
        let mut out = String::new();
        let mut from = 0;
        for hit in hits {
            let (start, end) = (hit.start as usize, hit.end as usize);
            if start < from {
                continue; // a word in a name that is marked already
            }
            out += &visible(&text[from..start]);
            out += &self.ink(Ink::Bold, &visible(&text[start..end]));
            from = end;
        }
        out + &visible(&text[from..])
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
            let unread = self.unread(found.unread_permille);
            let facts = self.tongue.count(found.facts, "fact");
            self.dim("    ", &format!("{facts} · {unread}"))?;
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
