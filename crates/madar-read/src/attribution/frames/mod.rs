//! From a cue to its triple: where its subject stands, and what it says.
//!
//! The orders are those of the languages: Arabic puts the verb first (وقال ويتكوف إن …), Russian and
//! English tell afterwards too (`…, сообщил «Ъ» источник`, `"…," she said`). Each case gives a
//! [`Draft`]; who *he* or *the newspaper* is, is settled in [`super::chain`].

// in the order of use
mod arabic;
mod clauses;
mod english;
mod headed;
mod left;
mod russian;
mod tails;

use madar_text::{Clitics, Lang};

use super::pack::{Class, Cue, Frame};
use super::quotes::Quote;
use super::scene::{Hit, Scene};
use super::source::{Anaphor, Picked, pick};
use super::told::{Told, told_in_setting};
use crate::reading::{SourceKind, Stance};
use crate::words::Tense;
use left::Left;

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
    /// A noun stands where the subject should, and no mention or list tells whose it is.
    pub(super) unresolved: bool,
    /// A second hop of the draft before it: نقلت الصحيفة عن {المسؤول}.
    pub(super) inner: bool,
}

/// All triples of a sentence, in order, contents cut where the next clause of saying begins.
pub(super) fn drafts(scene: &Scene<'_>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::new();
    out.extend(headed::headed(scene));
    for &hit in &scene.hits {
        let cue = scene.cue(hit);
        let found = match cue.frame {
            Frame::Verb => verb(scene, hit, cue),
            Frame::Participle => tails::quoted_as(scene, hit, cue, &mut out)
                .or_else(|| tails::participle(scene, hit, cue)),
            Frame::According => tails::according(scene, hit, cue),
            Frame::Citing => tails::citing(scene, hit, cue, &out),
            Frame::Quoting => tails::quoting(scene, hit, cue, &mut out),
        };
        out.extend(found);
        cited_before(scene, &mut out);
        let more = found.and_then(|draft| told_twice(scene, &draft));
        if let (Some((end, quote)), Some(last)) = (more, out.last_mut())
            && let Content::Words(from, _) = last.content
        {
            last.content = Content::Words(from, end);
            let mut second = *last;
            second.content = Content::Quote(quote);
            out.push(second);
        }
    }
    // an aside that cites and stands beside nothing told
    out.retain(|d| d.frame != Frame::Citing || d.inner || d.content != Content::Same);
    cut(scene, &mut out);
    for draft in &mut out {
        draft.content = in_relative(scene, draft).unwrap_or(draft.content);
        let seen = || {
            let paper = draft.source.filter(|s| s.kind == SourceKind::Paper)?;
            // وثائق اطلعت عليها رويترز: behind its verb, before what it says
            let end = match draft.content {
                Content::Words(from, _) if draft.cue.0 < paper.from => from,
                _ => draft.cue.0.max(paper.to),
            };
            tails::seen_by(scene, paper.from, end)
        };
        draft.told = draft.told.or_else(seen).or_else(|| set_in(scene, draft));
    }
    out
}

/// *Reuters, {citing two officials}, reported that*: what the aside cites is the second hop of what the verb tells, and who
/// stands before it speaks.
fn cited_before(scene: &Scene<'_>, out: &mut [Draft]) {
    let [.., cited, told] = &mut out[..] else {
        return;
    };
    let Some(of) = cited
        .source
        .filter(|_| cited.frame == Frame::Citing && !cited.inner)
    else {
        return;
    };
    let gap = of.to..told.cue.0;
    // «Интерфакс» {со ссылкой на источник} сообщил: Russian needs no comma
    let closed = scene.lang() == Lang::Ru || gap.clone().any(|w| scene.is_comma(w));
    let short = gap.len() <= 2
        && gap
            .clone()
            .all(|w| scene.is_punct(w) || scene.is_form(w, Class::Aux));
    let own = cited
        .head
        .checked_sub(1)
        .and_then(|_| pick(scene, 0, cited.head));
    let after = told.frame == Frame::Verb && told.side == Side::After;
    let beside = |own: &Picked| (own.to..cited.head).all(|w| scene.is_punct(w));
    if let Some(own) = own.filter(|own| after && closed && short && beside(own)) {
        told.source = Some(own);
        told.anaphor = Anaphor::Zero;
        told.head = told.head.min(own.from);
        cited.inner = true;
        cited.content = Content::Same;
        let last = out.len() - 1;
        out.swap(last - 1, last);
    }
}

/// The outlet of the interview in which somebody said it; one who cites an outlet spoke to none.
fn set_in(scene: &Scene<'_>, draft: &Draft) -> Option<Told> {
    let outlet = draft.source.is_some_and(|s| s.kind == SourceKind::Outlet);
    if outlet || draft.inner || draft.anaphor == Anaphor::Outlet {
        return None;
    }
    let content = match draft.content {
        Content::Words(from, to) => from..to,
        Content::Quote(quote) => {
            scene.word_from(quote.outer.start)..scene.word_from(quote.outer.end)
        }
        Content::Previous | Content::Same => 0..0,
    };
    told_in_setting(scene, content)
}

/// *said the port was full: "Nothing moves."*: one cue for a clause and for a quotation behind a colon.
/// Where the clause ends, and the quotation.
fn told_twice(scene: &Scene<'_>, draft: &Draft) -> Option<(usize, Quote)> {
    let Content::Words(from, to) = draft.content else {
        return None;
    };
    let quote = scene
        .speech_in(from, to)
        .filter(|_| draft.side == Side::After)?;
    let open = scene.word_from(quote.outer.start);
    let colon = open.checked_sub(1).filter(|&w| scene.text(w) == ":")?;
    // إن الميناء امتلأ، مضيفاً: «…»: the quotation is the next cue's
    let other = |h: &Hit| h.from > draft.cue.0 && h.from < colon;
    if scene.hits.iter().any(other) {
        return None;
    }
    let clause = colon > from + 2 && scene.trim(from, colon).is_some();
    (clause && scene.speech_around(draft.cue.0).is_none()).then_some((colon, quote))
}

/// *Gruber, {who denies wrongdoing}, stepped down*: what is told in a relative clause, and in no clause with *that*, ends
/// where the relative clause does.
fn in_relative(scene: &Scene<'_>, draft: &Draft) -> Option<Content> {
    let Content::Words(from, to) = draft.content else {
        return None;
    };
    let told = draft.frame == Frame::Verb && draft.side == Side::After && from >= draft.cue.1;
    let clause = (draft.cue.1..=from.min(scene.len() - 1)).any(|w| scene.is_form(w, Class::That));
    let helps = |w: &usize| left::is_helper(scene, *w) || scene.is_form(*w, Class::Never);
    let who = (0..draft.cue.0).rev().find(|w| !helps(w))?;
    let relative = who > 0 && scene.is(who, Class::Who) && scene.is_comma(who - 1);
    if !told || clause || !relative {
        return None;
    }
    let ends = |w: &usize| scene.is_comma(*w) && !scene.is_form(*w + 1, Class::And);
    let end = (from + 1..to).find(ends)?;
    Some(Content::Words(from, end))
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
    blank_of(hit, cue.frame, cue.stance)
}

fn blank_of(hit: Hit, frame: Frame, stance: Stance) -> Draft {
    Draft {
        frame,
        stance,
        cue: (hit.from, hit.to),
        source: None,
        anaphor: Anaphor::Zero,
        told: None,
        content: Content::Same,
        side: Side::After,
        head: hit.from,
        joined: false,
        unresolved: false,
        inner: false,
    }
}

fn verb(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
    if scene.lang() == Lang::En
        && let Some(found) = english::agentless(scene, hit, cue)
    {
        return Some(found);
    }
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
    let around = scene.speech_around(hit.from);
    if let Some(around) = around {
        // inside a quotation only a named third person is a source of its own
        let named = draft.source.is_some_and(|s| s.kind == SourceKind::Named);
        if !named || scene.words()[hit.from].span.start < around.inner.start {
            return None;
        }
    }
    let mut draft = match scene.lang() {
        Lang::Ar => arabic::arabic(scene, hit, cue, draft, &left),
        Lang::Ru => russian::russian(scene, hit, cue, draft, &left),
        _ => english::english(scene, hit, cue, draft, &left),
    }?;
    // الإشارات التي تشير إلى أن: what a relative clause is about says it, and signs are nobody
    if left.relative && draft.source.is_none() {
        return None;
    }
    if russian::is_impersonal(scene, hit.from) && !russian::is_told_in(scene, &draft) {
        draft.source = None;
        draft.anaphor = Anaphor::Nobody;
    }
    if cue.quoted && !clauses::is_quoted(scene, draft.content) && !asks(scene, draft.content) {
        return None;
    }
    if let Content::Words(from, to) = draft.content
        && is_name(scene, from, to)
    {
        return None;
    }
    if let (Some(around), Content::Words(from, to)) = (around, draft.content) {
        let end = scene.word_from(around.outer.end.min(around.inner.end));
        let start = scene.word_from(around.inner.start);
        let clipped = (from.max(start), to.min(end));
        scene.trim(clipped.0, clipped.1)?;
        draft.content = Content::Words(clipped.0, clipped.1);
    }
    Some(draft)
}

/// A participle that can stand for a verb: *уверен*, not *сообщивший*.
fn is_short(participle: &str) -> bool {
    let stem: Vec<char> = participle.chars().rev().take(7).collect();
    !stem.contains(&'щ') && !participle.contains("вш")
}

/// علق رئيس الوزراء، {كريم حداد} قائلاً: a person's name set apart is who speaks, not what is said.
fn is_name(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let Some((first, last)) = scene.trim(from, to) else {
        return false;
    };
    let apart = first > 0 && scene.is_comma(first - 1);
    let name = scene.mention_at(first);
    apart && name.is_some_and(|p| scene.is_person_name(p.id) && p.to >= last)
}

/// *questioned how*, *asked whether*: a question that is told needs no marks.
fn asks(scene: &Scene<'_>, content: Content) -> bool {
    let Content::Words(from, _) = content else {
        return false;
    };
    matches!(scene.text(from), "how" | "whether" | "why" | "if")
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
            let name = scene.covering(before).is_some();
            // "would also have said"
            let helped = (0..hit.from)
                .rev()
                .find(|&w| !scene.is_form(w, Class::Aux))
                .is_some_and(|w| scene.is_form(w, Class::Never));
            let possessive = matches!(scene.text(before), "'s" | "’s" | "'" | "’")
                && !scene.is_quote_mark(before);
            possessive
                || scene.is_form(before, Class::Nominal) && !name
                || (scene.is_form(before, Class::Never) || helped) && !name
                || passive
                || ing && !scene.is_form(before, Class::Passive)
        }
        Lang::Ru => {
            let negated = scene.words()[before].fold == "не" && cue.stance != Stance::Believes;
            let infinitive = ["ть", "ти", "ться", "тись"]
                .iter()
                .any(|e| word.fold.ends_with(e));
            // думаю, отметим, выступит: the author's own words, and what is still to be said
            let own = ["ю", "у", "им", "ем"]
                .iter()
                .any(|e| word.fold.ends_with(e));
            let own = own && word.tense.is_some_and(|t| t != Tense::Past);
            let later =
                word.tense == Some(Tense::Future) && clauses::find_that(scene, hit.to).is_none();
            let reflexive = |form: &str| form.ends_with("ся") || form.ends_with("сь");
            // передавались: what is passed on says nothing
            let passive = reflexive(&word.fold)
                && !reflexive(&word.lemma)
                && !russian::is_impersonal(scene, hit.from);
            let participle = word.pos == crate::words::Pos::Participle;
            negated
                || infinitive
                || own
                || later
                || passive
                || participle && (word.passive || !is_short(&word.fold))
        }
        _ => {
            let negated = matches!(
                scene.words()[before].fold.as_str(),
                "لم" | "لا" | "لن" | "عدم"
            );
            // تدعى سانيتا: is called so, and claims nothing
            let called = scene.text(hit.from).ends_with("دعى") && word.fold.len() > 6;
            negated && cue.stance != Stance::Believes
                || called && hit.to == hit.from + 1 && !scene.is_form(hit.to, Class::That)
                || scene.has_preposition(hit.from)
                || word.clitics.has(Clitics::ARTICLE)
        }
    }
}
