//! What stands to the left of a cue: its subject, or the conjunction that joins it to what was
//! said before. *a person familiar with the matter {said}*, غير أن مسؤولاً في الوزارة {أكد}.

use madar_text::{BlockKind, Lang};

use super::super::pack::{Class, Frame};
use super::super::phrases::{noun_before, phrase_before, unknown, unknown_before};
use super::super::scene::{Hit, Scene};
use super::super::source::{Anaphor, Picked, pick_subject};
use super::clauses::{REACH, find_that, segment, source_end};
use super::english::is_titled;
use super::russian::said_in;
use crate::words::Pos;

/// What stands to the left of a cue: its subject there, or how it is joined to what comes before.
pub(super) struct Left {
    pub(super) source: Option<Picked>,
    pub(super) anaphor: Option<Anaphor>,
    /// First word of the clause.
    pub(super) head: usize,
    /// First word of the subject, or the cue.
    pub(super) start: usize,
    /// The clause goes on from an earlier one: *and said*, *, saying*.
    pub(super) joined: bool,
    /// *as X said*, حسبما ذكرت.
    pub(super) as_clause: bool,
    /// A relative pronoun stands right before the cue: *signs that suggest*.
    pub(super) relative: bool,
}

/// *The Financial Times, {citing court documents}, said*: where an aside begins that ends right before a verb.
fn citing_before(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let closing = end.checked_sub(1).filter(|&w| scene.is_comma(w))?;
    let aside = |h: &&Hit| {
        let set_off = h.from > 1 && scene.is_comma(h.from - 1);
        set_off && scene.cue(**h).frame == Frame::Citing && source_end(scene, h.to) == closing
    };
    scene.hits.iter().find(aside).map(|h| h.from - 1)
}

impl Left {
    pub(super) fn of(scene: &Scene<'_>, cue: usize) -> Self {
        let mut end = cue;
        while end > 0 && is_helper(scene, end - 1) {
            end -= 1;
        }
        end = scene.bracket_before(end).unwrap_or(end);
        end = citing_before(scene, end).unwrap_or(end);
        let mut left = Self {
            source: None,
            anaphor: None,
            head: end,
            start: end,
            joined: false,
            as_clause: false,
            relative: end > 0 && scene.is_form(end - 1, Class::Who),
        };
        let low = boundary(scene, end);
        left.take_subject(scene, low, end);
        let mut head = left.start;
        if head > 0 && scene.is_form(head - 1, Class::As) && !follows_that(scene, head - 1) {
            left.as_clause = true;
            head -= 1;
        }
        if head > 0 && scene.is_form(head - 1, Class::And) {
            head -= 1;
            left.joined = left.source.is_none() && left.anaphor.is_none()
                || head > 0 && scene.is_comma(head - 1);
        } else if scene.has_and(left.start.min(scene.len() - 1)) && left.start == cue {
            left.joined = true;
        }
        if head > 0 && scene.is_form(head - 1, Class::Breaks) && scene.lang() != Lang::Ru {
            head -= 1;
            left.joined = scene.is_form(head, Class::Joins);
        }
        while head > 0 && (scene.is_comma(head - 1) || scene.is_dash(head - 1)) {
            head -= 1;
        }
        left.head = head;
        left.joined |= left.as_clause;
        left
    }

    fn take_subject(&mut self, scene: &Scene<'_>, low: usize, end: usize) {
        if end <= low {
            return self.relative(scene, end);
        }
        let last = end - 1;
        for (class, anaphor) in [
            (Class::He, Anaphor::He),
            (Class::It, Anaphor::It),
            (Class::They, Anaphor::They),
        ] {
            if scene.is_form(last, class) {
                self.anaphor = Some(anaphor);
                self.start = last;
                return;
            }
        }
        if scene.is_form(last, Class::Who) {
            return self.relative(scene, end);
        }
        // VSO: only a noun right before the verb can be its subject
        let closed = scene.is_comma(last);
        let relative = relative_before(scene, end).filter(|&comma| closed && comma > low);
        if let Some(comma) = relative
            && scene.lang() != Lang::Ar
            && let Some(found) = pick_subject(scene, segment(scene, low, comma), comma)
        {
            self.start = found.from;
            self.source = Some(found);
            return;
        }
        let mut from = segment(scene, low, last);
        if closed && from > low {
            from = segment(scene, low, from - 1);
        }
        // "…, says Foreign Minister": the subject comes after
        if closed
            && scene.lang() == Lang::En
            && end < scene.len()
            && pick_subject(scene, end + 1, scene.len())
                .is_some_and(|s| is_titled(scene, end + 1, s.from))
            && find_that(scene, end + 1).is_none()
            && segment(scene, low, last) == low
        {
            return;
        }
        // أما السفارة فقالت: only after أما has a verb with ف its subject before it
        let topic = from < end && scene.words()[from].fold == "اما";
        if scene.lang() == Lang::Ar && scene.has_and(end.min(scene.len() - 1)) && !topic {
            return;
        }
        // "…, говорит Песков": what stands before the comma is said; "BMW, …, заявляет, что" is not
        if closed && scene.lang() == Lang::Ru && find_that(scene, end + 1).is_none() {
            return;
        }
        // "Roe, who studies the port at the institute, said": the institute says nothing
        let end = if closed {
            before_relative(scene, from, end)
        } else {
            end
        };
        let mut found = pick_subject(scene, from, end);
        while found.is_none() && from > low {
            from = segment(scene, low, from - 1);
            found = pick_subject(scene, from, end);
        }
        // في ماساتشوستس، أكدت وارن: a place set apart before a verb is where, not who
        let place = |f: &Picked| {
            let placed = f.mention.map(|id| scene.mention(id).kind);
            placed == Some(crate::EntityKind::Place)
        };
        if closed && scene.lang() == Lang::Ar && found.as_ref().is_some_and(place) {
            return;
        }
        if scene.lang() == Lang::Ru {
            let start = segment(scene, low, end);
            let inside = said_in(scene, end, start, end);
            found = inside.or(found).or_else(|| noun_before(scene, start, end));
        }
        if found.is_none() && scene.lang() == Lang::En {
            found = unknown_before(scene, low, end).or_else(|| phrase_before(scene, low, end));
        }
        // العبيدان ينفي: in a title the name stands before its verb, whether a list has it or not
        let title = scene.surface.document.blocks[scene.sentence.block].kind == BlockKind::Title;
        if found.is_none() && scene.lang() == Lang::Ar && title && low == 0 {
            found = unknown(scene, low, end).filter(|f| f.to == end);
        }
        if let Some(found) = found {
            self.start = from.min(found.from);
            self.source = Some(found);
        }
    }

    /// *…, who said*: the name before the pronoun.
    fn relative(&mut self, scene: &Scene<'_>, end: usize) {
        if end < 2 || !scene.is_form(end - 1, Class::Who) {
            return;
        }
        let mut at = end - 1;
        while at > 0 && scene.is_comma(at - 1) {
            at -= 1;
        }
        // العلامات التي تشير: the noun right before the pronoun is meant, not a name farther off
        let near = |p: &Picked| scene.lang() != Lang::Ar || (p.to..at).all(|w| scene.is_punct(w));
        self.source = pick_subject(scene, segment(scene, 0, at), at).filter(near);
        self.start = end - 1;
    }
}

/// The comma before the relative clause with which the words `from..end` close; else their end.
fn before_relative(scene: &Scene<'_>, from: usize, end: usize) -> usize {
    let relative = |&w: &usize| scene.is_comma(w) && scene.is(w + 1, Class::Who);
    let found = (from + 1..end.saturating_sub(1)).find(relative);
    found.unwrap_or(end)
}

/// *после того как*: no parenthesis.
fn follows_that(scene: &Scene<'_>, at: usize) -> bool {
    // до того, как
    let before = at.checked_sub(1 + usize::from(at > 0 && scene.is_comma(at - 1)));
    let before = before.map(|b| scene.words()[b].fold.as_str());
    scene.lang() == Lang::Ru && matches!(before, Some("того" | "тем" | "так" | "перед"))
}

/// Auxiliaries and adverbs between subject and verb.
pub(super) fn is_helper(scene: &Scene<'_>, at: usize) -> bool {
    let word = &scene.words()[at];
    scene.is_form(at, Class::Aux)
        || scene.lang() == Lang::En
            && word.fold.len() > 4
            && word.fold.ends_with("ly")
            && !word.capital
        || scene.is_time(at)
            && !scene.is_comma(at)
            && scene.lang() != Lang::Ar
            && !is_named(scene, at)
        || scene.lang() == Lang::En && word.fold == "on" && scene.is_time(at + 1)
}

/// Theresa {May}: no month.
fn is_named(scene: &Scene<'_>, at: usize) -> bool {
    scene
        .covering(at)
        .is_some_and(|p| scene.is_person_name(p.id))
}

/// Where the clause that ends at `end` begins: after a conjunction, a stop, a quotation, a cue.
fn boundary(scene: &Scene<'_>, end: usize) -> usize {
    let mut at = end;
    // "Roe, who runs the port, said": the clause goes on before what is set apart
    let mut apart = end > 0 && scene.is_comma(end - 1);
    if apart && let Some(comma) = relative_before(scene, end) {
        at = comma;
        apart = false;
    }
    while at > 0 {
        let word = at - 1;
        if apart
            && scene.is(word, Class::Who)
            && let Some(comma) = (word.saturating_sub(2)..word)
                .rev()
                .find(|&w| scene.is_comma(w))
        {
            at = comma;
            apart = false;
            continue;
        }
        let quoted = scene.is_quote_mark(word) && scene.speech_edge(word);
        let stop = scene.is_stop(word)
            || quoted
            || scene.is_form(word, Class::That)
            || scene.is_form(word, Class::As)
            || scene.is_form(word, Class::Breaks)
            || scene.is_form(word, Class::And)
                && scene.covering(word).is_none()
                && joins_clauses(scene, word, end)
            || scene
                .hits
                .iter()
                .any(|h| h.to == at && h.from < end && !is_paper(scene, h.from))
            || scene.is_dash(word) && scene.words()[word].spaced;
        if stop || end - at > REACH {
            break;
        }
        at -= 1;
    }
    at
}

/// *an audit {report} seen by Reuters*: a word that looks like a cue, in what a paper is called.
fn is_paper(scene: &Scene<'_>, at: usize) -> bool {
    let covering = scene.covering(at);
    covering.is_some_and(|p| scene.mention(p.id).kind == crate::EntityKind::Paper)
}

/// The comma before *who*, where what stands up to the comma right before a verb is one relative clause.
fn relative_before(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let low = end.saturating_sub(REACH);
    let opens = |w: &usize| {
        // Дюваль, {родившаяся в порту}, сказала
        let participle = scene.lang() == Lang::Ru
            && scene
                .words()
                .get(*w + 1)
                .is_some_and(|w| w.pos == Pos::Participle);
        scene.is_comma(*w) && (scene.is(*w + 1, Class::Who) || participle)
    };
    let comma = (low..end - 1).rev().find(opens)?;
    let quoted = |w: usize| scene.is_quote_mark(w) && scene.speech_edge(w);
    let whole = !(comma..end - 1).any(|w| scene.is_stop(w) || quoted(w));
    whole.then_some(comma)
}

/// *and* between two clauses, not between two names: a comma before it, or nothing after it.
fn joins_clauses(scene: &Scene<'_>, and: usize, end: usize) -> bool {
    and + 1 >= end || and > 0 && scene.is_comma(and - 1) || scene.mention_at(and + 1).is_none()
}
