//! From a cue to its triple: where its subject stands, and what it says.
//!
//! The orders are those of the languages: Arabic puts the verb first (وقال ويتكوف إن …), Russian and
//! English tell afterwards too (`…, сообщил «Ъ» источник`, `"…," she said`). Each case gives a
//! [`Draft`]; who *he* or *the newspaper* is, is settled in [`super::chain`].

use madar_text::Lang;

use super::pack::{Class, Cue, Frame};
use super::quotes::Quote;
use super::scene::{Hit, Scene};
use super::source::{Anaphor, Picked, Told, is_addressed, pick, told};
use crate::reading::{SourceKind, Stance};

/// What is said: words of the sentence, or a quotation that may reach beyond it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Content {
    Words(usize, usize),
    Quote(Quote),
    /// The sentence before: *Об этом говорится в заявлении.*
    Previous,
    /// That of the attribution before in the sentence: *…, citing officials*.
    Same,
}

/// On which side of the cue the content stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    After,
    Before,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    pub(super) frame: Frame,
    pub(super) stance: Stance,
    pub(super) cue: (usize, usize),
    pub(super) source: Option<Picked>,
    pub(super) anaphor: Anaphor,
    pub(super) told: Option<Told>,
    pub(super) content: Content,
    pub(super) side: Side,
    /// First word of the clause of the cue: subject, conjunction and comma included. The content
    /// of an earlier cue ends here when the clause is joined to it, not set into it.
    pub(super) head: usize,
    pub(super) joined: bool,
    /// A second hop of the draft before it: نقلت الصحيفة عن {المسؤول}.
    pub(super) inner: bool,
}

/// How far a clause word may stand from its cue. Subjects with their posts and appositions are
/// shorter; farther words belong to another clause.
const REACH: usize = 30;

/// All triples of a sentence, in order, contents cut where the next clause of saying begins.
pub(super) fn drafts(scene: &Scene<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    for &hit in &scene.hits {
        let cue = scene.cue(hit);
        let found = match cue.frame {
            Frame::Verb => verb(scene, hit, cue, &out),
            Frame::Participle => participle(scene, hit, cue),
            Frame::According => according(scene, hit, cue),
            Frame::Citing => citing(scene, hit, cue, &out),
            Frame::Quoting => quoting(scene, hit, cue, &mut out),
        };
        out.extend(found);
    }
    cut(scene, &mut out);
    out
}

fn cut(scene: &Scene<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let Content::Words(from, to) = drafts[at].content else {
            continue;
        };
        let after = drafts[at].side == Side::After;
        let limit = drafts[at + 1..]
            .iter()
            .filter(|d| d.joined && d.head > from && d.head < to)
            .map(|d| d.head)
            .min();
        if let Some(limit) = limit
            && after
            && scene.trim(from, limit).is_some()
        {
            drafts[at].content = Content::Words(from, limit);
        }
    }
}

fn blank(hit: Hit, cue: &Cue) -> Draft {
    Draft {
        frame: cue.frame,
        stance: cue.stance,
        cue: (hit.from, hit.to),
        source: None,
        anaphor: Anaphor::Zero,
        told: None,
        content: Content::Same,
        side: Side::After,
        head: hit.from,
        joined: false,
        inner: false,
    }
}

fn verb(scene: &Scene<'_>, hit: Hit, cue: &Cue, before: &[Draft]) -> Option<Draft> {
    if is_no_verb(scene, hit, cue) {
        return None;
    }
    let left = Left::of(scene, hit.from);
    let mut draft = blank(hit, cue);
    draft.head = left.head;
    draft.joined = left.joined;
    draft.source = left.source;
    if let Some(anaphor) = left.anaphor {
        draft.anaphor = anaphor;
    }
    if let Some(around) = scene.speech_around(hit.from) {
        // inside a quotation only a named third person is a source of its own
        let named = draft.source.is_some_and(|s| s.kind == SourceKind::Named);
        if !named || scene.words()[hit.from].span.start < around.inner.start {
            return None;
        }
    }
    match scene.lang() {
        Lang::Ar => arabic(scene, hit, cue, draft, &left),
        Lang::Ru => russian(scene, hit, cue, draft, &left),
        _ => english(scene, hit, cue, draft, &left, before),
    }
}

/// A form that looks like a verb of saying and is none: *a report*, *was told*, *to say*.
fn is_no_verb(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> bool {
    let word = &scene.words()[hit.from];
    let Some(before) = hit.from.checked_sub(1) else {
        return scene.lang() == Lang::En && word.tense.is_none();
    };
    match scene.lang() {
        Lang::En => {
            let passive = word.passive && {
                let mut at = before;
                while at > 0 && scene.is_form(at, Class::Aux) && !scene.is_form(at, Class::Passive)
                {
                    at -= 1;
                }
                scene.is_form(at, Class::Passive)
            };
            let ing = word.fold.ends_with("ing");
            let possessive =
                scene.text(before).ends_with("'s") || scene.text(before).ends_with("’s");
            scene.is_form(before, Class::Nominal) && !(possessive && word.tense.is_some())
                || scene.is_form(before, Class::Never)
                || passive
                || ing && !scene.is_form(before, Class::Passive)
        }
        Lang::Ru => {
            let negated = scene.words()[before].fold == "не" && cue.stance != Stance::Believes;
            let infinitive = ["ть", "ти", "ться", "тись"]
                .iter()
                .any(|e| word.fold.ends_with(e));
            negated || infinitive || word.pos == crate::words::Pos::Participle && word.passive
        }
        _ => {
            let negated = matches!(scene.words()[before].fold.as_str(), "لم" | "لا" | "لن");
            negated && cue.stance != Stance::Believes || scene.has_preposition(hit.from)
        }
    }
}

/// What stands to the left of a cue: its subject there, or how it is joined to what comes before.
struct Left {
    source: Option<Picked>,
    anaphor: Option<Anaphor>,
    /// First word of the clause.
    head: usize,
    /// First word of the subject, or the cue.
    start: usize,
    /// The clause goes on from an earlier one: *and said*, *, saying*.
    joined: bool,
    /// *as X said*, حسبما ذكرت.
    as_clause: bool,
}

impl Left {
    fn of(scene: &Scene<'_>, cue: usize) -> Self {
        let mut end = cue;
        while end > 0 && is_helper(scene, end - 1) {
            end -= 1;
        }
        let mut left = Self {
            source: None,
            anaphor: None,
            head: end,
            start: end,
            joined: false,
            as_clause: false,
        };
        let low = boundary(scene, end);
        left.take_subject(scene, low, end);
        let mut head = left.start;
        if head > 0 && scene.is_form(head - 1, Class::As) {
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
            let relative = scene.is_form(head - 1, Class::Who);
            head -= 1;
            left.joined = !relative && scene.lang() == Lang::En;
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
        let mut from = segment(scene, low, last);
        if closed && from > low {
            from = segment(scene, low, from - 1);
        }
        if scene.lang() == Lang::Ar && scene.has_and(end.min(scene.len() - 1)) {
            return;
        }
        if closed && scene.lang() == Lang::Ru {
            return;
        }
        let mut found = pick(scene, from, end);
        while found.is_none() && from > low {
            from = segment(scene, low, from - 1);
            found = pick(scene, from, end);
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
        self.source = pick(scene, segment(scene, 0, at), at);
        self.start = end - 1;
    }
}

/// Auxiliaries and adverbs between subject and verb.
fn is_helper(scene: &Scene<'_>, at: usize) -> bool {
    let word = &scene.words()[at];
    scene.is_form(at, Class::Aux)
        || scene.lang() == Lang::En
            && word.fold.len() > 4
            && word.fold.ends_with("ly")
            && !word.capital
        || scene.is_time(at) && !scene.is_comma(at) && scene.lang() != Lang::Ar
        || scene.lang() == Lang::En && word.fold == "on" && scene.is_time(at + 1)
}

/// Where the clause that ends at `end` begins: after a conjunction, a stop, a quotation, a cue.
fn boundary(scene: &Scene<'_>, end: usize) -> usize {
    let mut at = end;
    while at > 0 {
        let word = at - 1;
        let quoted = scene.is_quote_mark(word)
            && scene.quotes.iter().any(|q| {
                q.speech
                    && (q.outer.end == scene.words()[word].span.end
                        || q.outer.start == scene.words()[word].span.start)
            });
        let stop = scene.is_stop(word)
            || quoted
            || scene.is_form(word, Class::That)
            || scene.is_form(word, Class::As)
            || scene.is_form(word, Class::Breaks)
            || scene.is_form(word, Class::And)
                && scene.covering(word).is_none()
                && joins_clauses(scene, word, end)
            || scene.hits.iter().any(|h| h.to == at && h.from < end)
            || scene.is_dash(word) && scene.words()[word].spaced;
        if stop || end - at > REACH {
            break;
        }
        at -= 1;
    }
    at
}

/// *and* between two clauses, not between two names: a comma before it, or nothing after it.
fn joins_clauses(scene: &Scene<'_>, and: usize, end: usize) -> bool {
    and + 1 >= end || and > 0 && scene.is_comma(and - 1) || scene.mention_at(and + 1).is_none()
}

/// Start of the stretch between commas that ends at `end`.
fn segment(scene: &Scene<'_>, low: usize, end: usize) -> usize {
    let mut at = end;
    while at > low && !scene.is_comma(at - 1) {
        at -= 1;
    }
    at
}

/// The word that opens a clause of content after a cue: أن, *that*, что.
fn find_that(scene: &Scene<'_>, from: usize) -> Option<usize> {
    for at in from..scene.len().min(from + REACH) {
        if scene.is_form(at, Class::That) {
            let russian =
                scene.lang() != Lang::Ru || at > 0 && scene.is_comma(at - 1) || at == from;
            if russian {
                return Some(at);
            }
        }
        let quoted = scene
            .quotes
            .iter()
            .any(|q| q.speech && q.outer.start == scene.words()[at].span.start);
        let cue = scene.hits.iter().any(|h| {
            h.from == at
                && scene.cue(*h).frame != Frame::According
                && scene.speech_around(at).is_none()
        });
        if scene.is_stop(at) || quoted || cue {
            return None;
        }
    }
    None
}

/// Speech after a cue, introduced by a colon or right after the subject.
fn speech_after(scene: &Scene<'_>, from: usize) -> Option<Quote> {
    let end = scene.len().min(from + REACH);
    let quote = scene.speech_in(from, end)?;
    let open = scene.word_from(quote.outer.start);
    let colon = open > 0 && scene.text(open - 1) == ":";
    let clean = !(from..open.saturating_sub(usize::from(colon))).any(|w| scene.is_stop(w))
        && !scene.hits.iter().any(|h| h.from >= from && h.from < open);
    (clean && (colon || open - from <= 12)).then_some(quote)
}

fn end_of_sentence(scene: &Scene<'_>) -> usize {
    scene.len()
}

/// The clause before a cue that comes last; from the start of the sentence.
fn before(scene: &Scene<'_>, head: usize) -> Option<Content> {
    let (from, to) = scene.trim(0, head)?;
    (to - from >= 2).then_some(Content::Words(from, to))
}

fn english(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    mut draft: Draft,
    left: &Left,
    _: &[Draft],
) -> Option<Draft> {
    let stop = clause_end(scene, hit.to);
    // "…," said Witkoff
    let inverted = scene.speech_before(hit.from);
    if draft.source.is_none()
        && left.anaphor.is_none()
        && let Some(quote) = inverted
    {
        draft.source = pick(scene, hit.to, stop);
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        return Some(draft);
    }
    let mut after = hit.to;
    if cue.to {
        (draft.told, after) = addressee(scene, hit.to, stop);
    }
    after = adjuncts(scene, after, &mut draft.told);
    if let Some(quote) = scene.speech_before(left.start) {
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    let at_end = after >= stop || scene.is_comma(after);
    if left.as_clause {
        draft.joined = true;
        if left.head <= 1 {
            draft.content = Content::Words(after, end_of_sentence(scene));
        } else {
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    let that = find_that(scene, hit.to)
        .filter(|&t| t <= after || !scene.is_punct(after) && t <= after + 12 && !cue.bare);
    if let Some(that) = that {
        draft.content = Content::Words(that, end_of_sentence(scene));
        if scene.text(that + 1).eq(":")
            && let Some(quote) = speech_after(scene, that + 1)
        {
            draft.content = Content::Quote(quote);
        }
        return Some(draft);
    }
    if let Some(quote) = speech_after(scene, hit.to).filter(|q| {
        let open = scene.word_from(q.outer.start);
        open <= after + 2
    }) {
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if at_end && left.start < hit.from && left.head > 0 && scene.is_comma(left.start - 1) {
        draft.content = before(scene, left.head)?;
        draft.side = Side::Before;
        draft.joined = true;
        return Some(draft);
    }
    let subject = draft.source.is_some() || left.anaphor.is_some() || left.joined;
    if !at_end && subject && (cue.bare || cue.object && !scene.is_form(after, Class::Prepositions))
    {
        draft.content = Content::Words(after, end_of_sentence(scene));
        return Some(draft);
    }
    None
}

fn clause_end(scene: &Scene<'_>, from: usize) -> usize {
    let stop = (from..scene.len())
        .find(|&w| scene.is_stop(w) || scene.is_comma(w) && !scene.is(w + 1, Class::Continues));
    stop.unwrap_or(scene.len())
}

/// Who was told, right after *told*: the outlet, and the first word past it.
fn addressee(scene: &Scene<'_>, from: usize, stop: usize) -> (Option<Told>, usize) {
    let mut at = from;
    while scene.is_form(at, Class::Article) {
        at += 1;
    }
    if let Some((outlet, _, to)) = told(scene, from, (at + 5).min(stop))
        && !(from..to).any(|w| scene.is_form(w, Class::That))
    {
        return (Some(outlet), to);
    }
    let to = scene.mention_at(at).map_or(at + 1, |p| p.to);
    (None, to.min(stop))
}

/// Over *on Wednesday*, *in a statement*, *in an interview with Reuters*.
fn adjuncts(scene: &Scene<'_>, from: usize, outlet: &mut Option<Told>) -> usize {
    let mut at = from;
    loop {
        if scene.is_time(at) {
            at += 1;
            continue;
        }
        if !scene.is_form(at, Class::Adjunct) {
            return at;
        }
        let timed = (at + 1..at + 4)
            .take_while(|&w| w < scene.len())
            .find(|&w| scene.is_time(w));
        let setting = (at + 1..at + 6)
            .take_while(|&w| w < scene.len() && !scene.is_punct(w))
            .find(|&w| scene.is(w, Class::Setting));
        match (timed, setting) {
            (Some(time), _) => at = time + 1,
            (None, Some(setting)) => {
                at = setting + 1;
                if scene.is_form(at, Class::Prepositions) {
                    let end = (at + 6).min(scene.len());
                    if let Some((found, _, to)) = told(scene, at, end) {
                        outlet.get_or_insert(found);
                        at = to;
                    } else if let Some(p) = (at..at + 3).find_map(|w| scene.mention_at(w)) {
                        at = p.to;
                    }
                }
            }
            (None, None) => return at,
        }
    }
}

fn russian(scene: &Scene<'_>, hit: Hit, cue: &Cue, mut draft: Draft, left: &Left) -> Option<Draft> {
    let converb = is_converb(scene, hit.from);
    let stop = clause_end(scene, hit.to);
    let that = find_that(scene, hit.to);
    let quoted = speech_after(scene, hit.to);
    let previous_is_mark = hit.from > 0
        && (scene.is_comma(hit.from - 1)
            || scene.is_dash(hit.from - 1)
            || left.as_clause && hit.from > 1);
    if converb {
        draft.frame = Frame::Participle;
        draft.source = None;
        draft.joined = true;
    }
    let zone_end = that.map_or(stop, |t| t.min(scene.len()));
    let right = |draft: &mut Draft, end: usize| subject_right(scene, draft, hit.to, end);
    if left.as_clause {
        if draft.source.is_none() {
            right(&mut draft, stop);
        }
        draft.joined = true;
        if left.head <= 1 {
            let from = draft.source.map_or(stop, |s| s.to.max(stop));
            draft.content = Content::Words(from, end_of_sentence(scene));
        } else {
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    if let Some(quote) = scene
        .speech_before(hit.from)
        .or_else(|| scene.speech_before(left.start))
    {
        if draft.source.is_none() && left.anaphor.is_none() {
            right(&mut draft, stop);
        }
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    if let Some(that) = that {
        if draft.source.is_none() && left.anaphor.is_none() && !converb {
            right(&mut draft, that);
        } else {
            draft.told = told(scene, hit.to, zone_end).map(|t| t.0);
        }
        draft.content = Content::Words(that, end_of_sentence(scene));
        return Some(draft);
    }
    if let Some(quote) = quoted {
        let open = scene.word_from(quote.outer.start);
        if draft.source.is_none() && left.anaphor.is_none() && !converb {
            right(&mut draft, open);
        } else {
            draft.told = told(scene, hit.to, open).map(|t| t.0);
        }
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if previous_is_mark && !converb {
        right(&mut draft, stop);
        draft.content = before(scene, left.head)?;
        draft.side = Side::Before;
        draft.joined = true;
        return Some(draft);
    }
    let about =
        (hit.to..stop.min(hit.to + 6)).find(|&w| matches!(scene.text(w), "о" | "об" | "обо"));
    let subject = draft.source.is_some() || left.anaphor.is_some() || converb || left.joined;
    if cue.about
        && subject
        && let Some(about) = about
    {
        draft.told = told(scene, hit.to, about).map(|t| t.0);
        draft.content = Content::Words(about, end_of_sentence(scene));
        return Some(draft);
    }
    if cue.object && subject && hit.to < stop {
        draft.content = Content::Words(hit.to, end_of_sentence(scene));
        return Some(draft);
    }
    if left.start > 0 && left.start < hit.from && scene.is_comma(left.start - 1) && subject {
        let rest = (hit.to..stop).filter(|&w| !scene.is_time(w)).count();
        let outlet = told(scene, hit.to, stop);
        if rest <= 2 || outlet.is_some() {
            draft.told = outlet.map(|t| t.0);
            draft.content = before(scene, left.head)?;
            draft.side = Side::Before;
            draft.joined = true;
            return Some(draft);
        }
    }
    None
}

fn is_converb(scene: &Scene<'_>, at: usize) -> bool {
    let fold = &scene.words()[at].fold;
    fold.ends_with('в')
        || fold.ends_with("вши")
        || fold.ends_with("вшись")
        || (fold.ends_with('я') && !fold.ends_with("ся") && !fold.ends_with("ья"))
}

/// The subject after the verb, and the outlet that was told beside it.
fn subject_right(scene: &Scene<'_>, draft: &mut Draft, from: usize, end: usize) {
    for at in from..end.min(from + 2) {
        for (class, anaphor) in [(Class::He, Anaphor::He), (Class::They, Anaphor::They)] {
            if scene.is_form(at, class) {
                draft.anaphor = anaphor;
                draft.told = told(scene, at + 1, end).map(|t| t.0);
                return;
            }
        }
    }
    let Some((outlet, start, to)) = told(scene, from, end) else {
        draft.source = pick(scene, from, end);
        return;
    };
    let rest = if start <= from + 1 {
        pick(scene, to, end)
    } else {
        pick(scene, from, start)
    };
    match rest {
        Some(_) if scene.lang() == Lang::Ar && !is_addressed(scene, start, to) => {
            draft.source = pick(scene, from, end);
        }
        Some(rest) => {
            draft.source = Some(rest);
            draft.told = Some(outlet);
        }
        None if scene.lang() == Lang::Ar && is_addressed(scene, start, to) => {
            draft.told = Some(outlet);
        }
        None => draft.source = pick(scene, from, end),
    }
}

fn arabic(scene: &Scene<'_>, hit: Hit, cue: &Cue, mut draft: Draft, left: &Left) -> Option<Draft> {
    let stop = clause_end(scene, hit.to);
    let that = find_that(scene, hit.to);
    let quoted = speech_after(scene, hit.to);
    let open = quoted.map(|q| scene.word_from(q.outer.start));
    let as_clause = left.as_clause || hit.from > 0 && scene.is_form(hit.from - 1, Class::As);
    let sided = |draft: &mut Draft, end: usize| {
        let own = draft.source.take();
        subject_right(scene, draft, hit.to, end);
        if draft.source.is_none() {
            draft.source = own;
        }
    };
    if as_clause && that.is_none() && open.is_none_or(|o| o > stop) {
        draft.source = None;
        sided(&mut draft, stop);
        draft.joined = true;
        let mut head = left.head.min(hit.from - 1);
        while head > 0
            && (scene.is_form(head - 1, Class::As)
                || scene.is_comma(head - 1)
                || starts_according(scene, head - 1))
        {
            head -= 1;
        }
        draft.head = head;
        if head <= 1 {
            draft.content = Content::Words(stop, end_of_sentence(scene));
        } else {
            draft.content = before(scene, head)?;
            draft.side = Side::Before;
        }
        return Some(draft);
    }
    let object_first = cue.object && that.is_some_and(|t| is_far(scene, hit.to, t));
    if let Some(that) = that
        && !object_first
        && open.is_none_or(|o| that < o)
    {
        sided(&mut draft, that);
        draft.content = Content::Words(that, end_of_sentence(scene));
        return Some(draft);
    }
    if let (Some(quote), Some(open)) = (quoted, open) {
        sided(&mut draft, open);
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if let Some(quote) = scene.speech_before(hit.from) {
        sided(&mut draft, stop);
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    if !cue.object {
        return None;
    }
    // أعلنت وزارة الخزانة، أمس، فرض عقوبات
    let near = pick(scene, hit.to, (hit.to + 1).max(stop)).filter(|p| p.from <= hit.to + 2);
    let subject = near.or(draft.source)?;
    let mut from = if near.is_some() { subject.to } else { hit.to };
    while from < scene.len() && (scene.is_punct(from) || scene.is_time(from)) {
        from += 1;
    }
    draft.source = Some(subject);
    draft.content = Content::Words(from, end_of_sentence(scene));
    Some(draft)
}

fn starts_according(scene: &Scene<'_>, at: usize) -> bool {
    scene
        .hits
        .iter()
        .any(|h| h.from <= at && at < h.to && scene.cue(*h).frame == Frame::According)
}

/// A clause word that belongs to a later verb: the object of this one stands before it.
fn is_far(scene: &Scene<'_>, from: usize, that: usize) -> bool {
    let subject = pick(scene, from, that);
    let end = subject.map_or(from, |s| s.to);
    that > end + 3
        && !(end..that).any(|w| scene.is_comma(w))
        && !scene.is_form(that - 1, Class::Prepositions)
}

fn participle(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
    if scene.lang() == Lang::En
        && hit.from > 0
        && (scene.is_form(hit.from - 1, Class::Nominal)
            || scene.is_form(hit.from - 1, Class::Passive))
    {
        return None;
    }
    if scene.speech_around(hit.from).is_some() {
        return None;
    }
    let mut draft = blank(hit, cue);
    draft.joined = true;
    while draft.head > 0
        && (scene.is_comma(draft.head - 1) || scene.is_form(draft.head - 1, Class::And))
    {
        draft.head -= 1;
    }
    let mut from = hit.to;
    if scene.lang() != Lang::En && scene.is_form(from, Class::Prepositions) {
        from += 1;
    }
    let that = find_that(scene, hit.to)
        .filter(|&t| !(hit.to..t.saturating_sub(1)).any(|w| scene.is_comma(w)));
    draft.content = match (that, speech_after(scene, hit.to)) {
        (Some(that), _) if that <= from + 8 && !(cue.object && is_far(scene, from, that)) => {
            Content::Words(that, end_of_sentence(scene))
        }
        (_, Some(quote)) if scene.word_from(quote.outer.start) <= hit.to + 2 => {
            Content::Quote(quote)
        }
        _ if cue.bare || cue.object => Content::Words(from, end_of_sentence(scene)),
        _ => return None,
    };
    if let Content::Words(from, to) = draft.content {
        scene.trim(from, to)?;
    }
    Some(draft)
}

fn according(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
    let followed = scene.words().get(hit.to)?;
    if scene.speech_around(hit.from).is_some() || matches!(followed.fold.as_str(), "ما" | "لما")
    {
        return None;
    }
    let mut draft = blank(hit, cue);
    draft.joined = true;
    let mut head = hit.from;
    while head > 0
        && (scene.is_comma(head - 1)
            || scene.is_dash(head - 1)
            || scene.is_form(head - 1, Class::And))
    {
        head -= 1;
    }
    draft.head = head;
    let stop = source_end(scene, hit.to);
    let first = scene.trim(0, scene.len())?.0;
    let initial = hit.from <= first + usize::from(scene.is_form(first, Class::And));
    if initial && matches!(scene.text(hit.from), "следует" | "говорится") {
        return None;
    }
    let pronoun = hit.to < stop && pronoun_of(scene, hit.to).is_some();
    if pronoun {
        draft.anaphor = pronoun_of(scene, hit.to)?;
    } else {
        draft.source = Some(pick(scene, hit.to, stop)?);
    }
    draft.told = seen_by(scene, hit.to, stop);
    if initial {
        let from = if stop < scene.len() && scene.is_comma(stop) {
            stop + 1
        } else {
            draft.source.map_or(hit.to + 1, |s| s.to)
        };
        scene.trim(from, scene.len())?;
        draft.content = Content::Words(from, end_of_sentence(scene));
        return Some(draft);
    }
    draft.side = Side::Before;
    draft.content = match before(scene, head) {
        Some(Content::Words(from, to)) if to - from > 3 || scene.lang() == Lang::Ar => {
            Content::Words(from, to)
        }
        _ if matches!(scene.text(hit.from), "следует" | "говорится") => {
            Content::Previous
        }
        found => found?,
    };
    Some(draft)
}

/// *his*, *her words*: по его словам.
fn pronoun_of(scene: &Scene<'_>, at: usize) -> Option<Anaphor> {
    match scene.words()[at].fold.as_str() {
        "him" | "her" => Some(Anaphor::He),
        "them" => Some(Anaphor::They),
        _ => None,
    }
}

/// End of a source after *according to*: a comma that no apposition follows, a stop, another cue.
fn source_end(scene: &Scene<'_>, from: usize) -> usize {
    for at in from..scene.len() {
        let cue = scene
            .hits
            .iter()
            .any(|h| h.from == at && scene.cue(*h).frame != Frame::According);
        let comma = scene.is_comma(at)
            && !scene.is(at + 1, Class::Continues)
            && !(scene.mention_at(at + 1).is_some_and(|p| {
                scene.is_person_name(p.id) && (scene.is_comma(p.to) || scene.is_stop(p.to))
            }))
            && !is_relative_seen(scene, at + 1);
        if scene.is_stop(at)
            || comma
            || cue && at > from
            || scene.is_dash(at) && scene.words()[at].spaced
        {
            return at;
        }
    }
    scene.len()
}

/// `…, с которым ознакомилось агентство`.
fn is_relative_seen(scene: &Scene<'_>, from: usize) -> bool {
    (from..scene.len().min(from + 5)).any(|w| scene.is(w, Class::Seen))
}

/// The outlet that saw a paper: *seen by the FT*, اطلعت عليها "بلومبرغ".
fn seen_by(scene: &Scene<'_>, from: usize, end: usize) -> Option<Told> {
    let seen = (from..end).find(|&w| scene.is(w, Class::Seen))?;
    told(scene, seen + 1, end.max(seen + 1)).map(|t| t.0)
}

fn citing(scene: &Scene<'_>, hit: Hit, cue: &Cue, before_it: &[Draft]) -> Option<Draft> {
    if scene.speech_around(hit.from).is_some() {
        return None;
    }
    let stop = source_end(scene, hit.to);
    let mut draft = blank(hit, cue);
    draft.source = Some(pick(scene, hit.to, stop)?);
    draft.joined = true;
    while draft.head > 0 && scene.is_comma(draft.head - 1) {
        draft.head -= 1;
    }
    draft.side = Side::Before;
    if before_it
        .last()
        .is_some_and(|d| d.content != Content::Same || d.inner)
    {
        draft.inner = true;
        return Some(draft);
    }
    draft.content = before(scene, draft.head)?;
    Some(draft)
}

/// نقلت صحيفة X عن Y أن …: two triples, the second inside the first.
fn quoting(scene: &Scene<'_>, hit: Hit, cue: &Cue, out: &mut Vec<Draft>) -> Option<Draft> {
    let by = cue.by.as_deref()?;
    let stop = scene.len().min(hit.to + 12);
    let by = (hit.to..stop).find(|&w| scene.words()[w].fold == by && !scene.is_comma(w))?;
    let left = Left::of(scene, hit.from);
    let mut outer = blank(hit, cue);
    outer.head = left.head;
    outer.joined = left.joined;
    outer.source = pick(scene, hit.to, by).or(left.source);
    if outer.source.is_none() {
        outer.anaphor = Anaphor::Outlet;
    }
    let that = find_that(scene, by + 1);
    let said = scene
        .hits
        .iter()
        .find(|h| h.from > by && scene.words()[h.from].fold.starts_with("قول"));
    let zone = match (that, said) {
        (_, Some(said)) if that.is_none_or(|t| said.from < t) => said.from,
        (Some(that), _) => that,
        _ => clause_end(scene, by + 1),
    };
    let as_clause = left.as_clause || hit.from > 0 && scene.is_form(hit.from - 1, Class::As);
    outer.content = if as_clause {
        let mut head = outer.head.min(hit.from - 1);
        while head > 0 && (scene.is_comma(head - 1) || starts_according(scene, head - 1)) {
            head -= 1;
        }
        outer.head = head;
        outer.joined = true;
        outer.side = Side::Before;
        before(scene, head)?
    } else if that.is_some() || said.is_some() {
        Content::Words(zone, end_of_sentence(scene))
    } else {
        Content::Quote(speech_after(scene, by + 1)?)
    };
    let mut inner = outer;
    inner.source = Some(pick(scene, by + 1, zone)?);
    inner.cue = (by, by + 1);
    inner.content = Content::Same;
    inner.inner = true;
    out.push(outer);
    Some(inner)
}
