//! English: the subject stands before its verb, or after it when the quotation comes first.
//! `The deal is off, a person familiar with the matter said.`

use super::super::pack::{Class, Cue, Frame};
use super::super::phrases::unknown;
use super::super::quotes::Quote;
use super::super::scene::{Hit, Scene};
use super::super::source::{Anaphor, Picked, pick};
use super::super::told::{Told, told};
use super::clauses::{
    before, begins_clause, clause_end, end_of_sentence, find_that, is_thought_to, speech_after,
};
use super::left::Left;
use super::{Content, Draft, Side, blank};
use crate::reading::{EntityKind, MentionForm, SourceKind, Stance};

pub(super) fn english(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    mut draft: Draft,
    left: &Left,
) -> Option<Draft> {
    let stop = clause_end(scene, hit.to);
    if is_noun(scene, hit, &draft, left, stop) {
        return None;
    }
    if let Some(found) = as_told_by(scene, hit, draft) {
        return Some(found);
    }
    // "…," said Witkoff
    let inverted = scene
        .speech_before(hit.from)
        .filter(|q| q.outer.end > scene.sentence.span.start || ends_open(scene, *q));
    if draft.source.is_none()
        && left.anaphor.is_none()
        && let Some(quote) = inverted
    {
        let own = hit.to + usize::from(scene.is_time(hit.to));
        draft.source = pick(scene, own, stop).or_else(|| unknown(scene, own, stop));
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        return Some(draft);
    }
    if draft.source.is_none()
        && left.anaphor.is_none()
        && hit.from > 1
        && scene.is_comma(hit.from - 1)
        && let Some(source) = pick(scene, hit.to, stop)
        && is_titled(scene, hit.to, source.from)
        && source.to + 1 >= stop
    {
        draft.source = Some(source);
        draft.content = before(scene, hit.from)?;
        draft.side = Side::Before;
        return Some(draft);
    }
    let mut after = hit.to;
    if cue.to {
        (draft.told, after) = addressee(scene, hit.to, stop);
    }
    after = adjuncts(scene, after, &mut draft.told);
    let outside = |q: &Quote| q.outer.end <= scene.sentence.span.start;
    let at_end = hit.to >= stop || scene.is_comma(hit.to) || scene.is_time(hit.to);
    if let Some(quote) = scene
        .speech_before(left.start)
        .filter(|q| !outside(q) || at_end && ends_open(scene, *q))
    {
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
    // "said in Cleveland that"
    let placed = scene.is_form(after, Class::Prepositions);
    let that = find_that(scene, hit.to).filter(|&t| {
        t <= after
            || !scene.is_punct(after) && t <= after + 12 && (!cue.bare || placed && t <= after + 9)
            || cites(scene, after, t)
    });
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
        let told = (after..open.min(scene.len()))
            .all(|w| scene.is_punct(w) || scene.is_form(w, Class::That));
        let led = open > 0 && (scene.is_comma(open - 1) || scene.text(open - 1) == ":");
        let placed = placed && led && open <= after + 12;
        open <= after + 2 && told || placed
    }) {
        draft.content = Content::Quote(quote);
        return Some(draft);
    }
    if at_end && left.start < hit.from && left.head > 0 && scene.is_comma(left.start - 1) {
        if let Some(rest) = around(scene, left.head, after) {
            draft.content = rest;
            return Some(draft);
        }
        draft.content = before(scene, left.head)?;
        draft.side = Side::Before;
        draft.joined = true;
        return Some(draft);
    }
    if let Some((source, quote)) = set_apart(scene, hit) {
        draft.source = Some(source);
        draft.content = Content::Quote(quote);
        draft.side = Side::Before;
        draft.joined = false;
        return Some(draft);
    }
    let subject = draft.source.is_some() || left.anaphor.is_some() || left.joined;
    // "of the letter", "about it": what is spoken of, not what is said
    if scene.text(after) == "of" && scene.words()[hit.from].lemma == "say" {
        return None;
    }
    // "chemicals found in", "told by": what follows is no clause
    let participle =
        scene.words()[hit.from].passive && placed && scene.words()[hit.from].lemma != "say";
    if participle {
        return None;
    }
    let clause = begins_clause(scene, after)
        || cue.bare && owns_to(scene, after)
        || cue.stance == Stance::Believes && is_thought_to(scene, after);
    // "felt good about it", "considers a sale" tell no belief
    let bare = if cue.stance == Stance::Believes {
        clause
    } else {
        cue.bare || clause
    };
    // "dismissed Rashidi and named": a person is no report
    let somebody = cue.stance == Stance::Denies
        && scene.mention_at(after).is_some_and(|placed| {
            scene.mention(placed.id).kind == EntityKind::Person && scene.text(placed.to) != "'s"
        });
    // "added Orlov to its list": who is added to something is no report
    let added = scene.words()[hit.from].lemma == "add"
        && scene
            .mention_at(after)
            .is_some_and(|placed| scene.text(placed.to) == "to");
    if somebody && !cue.bare || added {
        return None;
    }
    if !at_end && subject && (bare || cue.object && !scene.is_form(after, Class::Prepositions)) {
        draft.content = Content::Words(after, end_of_sentence(scene));
        return Some(draft);
    }
    None
}

/// *As first {reported} by Der Spiegel, …*.
fn as_told_by(scene: &Scene<'_>, hit: Hit, mut draft: Draft) -> Option<Draft> {
    let first = usize::from(hit.from > 0 && scene.text(hit.from - 1) == "first");
    let head = (hit.from - first).checked_sub(1)?;
    let stop = clause_end(scene, hit.to);
    if !scene.is_form(head, Class::As) || scene.text(hit.to) != "by" {
        return None;
    }
    draft.source = Some(pick(scene, hit.to + 1, stop)?);
    draft.joined = true;
    draft.head = head - usize::from(head > 0 && scene.is_comma(head - 1));
    if head == 0 {
        // a sentence of nothing else says nothing
        let from = (stop + 1 < scene.len()).then_some(stop + 1)?;
        scene.trim(from, scene.len())?;
        draft.content = Content::Words(from, end_of_sentence(scene));
    } else {
        draft.content = before(scene, draft.head)?;
        draft.side = Side::Before;
    }
    Some(draft)
}

/// *reported, {citing two officials}, that*: nothing else stands between.
fn cites(scene: &Scene<'_>, after: usize, that: usize) -> bool {
    let citing = |h: &Hit| h.from == after + 1 && scene.cue(*h).frame == Frame::Citing;
    scene.is_comma(after) && scene.is_comma(that - 1) && scene.hits.iter().any(citing)
}

/// *It is believed that …*, *is said to be worth …*: told by nobody, or by whom *by* names.
pub(super) fn agentless(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
    let words = scene.words();
    let told = cue.to || !matches!(cue.stance, Stance::Says | Stance::Believes);
    if hit.from == 0 || told || scene.speech_around(hit.from).is_some() {
        return None;
    }
    let mut draft = blank(hit, cue);
    let be = (hit.from.saturating_sub(3)..hit.from)
        .rev()
        .find(|&w| !scene.is_form(w, Class::Aux) || scene.is_form(w, Class::Passive))
        .filter(|&w| scene.is_form(w, Class::Passive))?;
    if !words[hit.from].passive && words[hit.from].fold != "said" {
        return None;
    }
    let impersonal = be > 0 && words[be - 1].fold == "it";
    let by =
        (scene.text(hit.to) == "by").then(|| pick(scene, hit.to + 1, clause_end(scene, hit.to)));
    let by = by.flatten();
    let from = by.map_or(hit.to, |by| by.to);
    let to = words.get(from)?;
    // "was reported to the police": there *to* is a preposition
    let believed = cue.stance == Stance::Believes || words[hit.from].fold == "said";
    let next = words.get(from + 1)?;
    let verb = matches!(next.fold.as_str(), "be" | "have")
        || believed && !next.capital && !scene.is_form(from + 1, Class::Nominal);
    draft.content = if to.fold == "to" && verb {
        Content::Words(from, clause_end(scene, from))
    } else if impersonal && (to.fold == "that" || begins_clause(scene, from)) {
        Content::Words(from, end_of_sentence(scene))
    } else {
        return None;
    };
    draft.source = by;
    draft.anaphor = Anaphor::Nobody;
    draft.joined = false;
    Some(draft)
}

/// "New York {state} law", "the {report}": a verb of saying that is a noun here.
fn is_noun(scene: &Scene<'_>, hit: Hit, draft: &Draft, left: &Left, stop: usize) -> bool {
    let word = &scene.words()[hit.from];
    // "a Reuters report that"
    let titled = draft.source.is_some_and(|s| {
        let article = s.from.checked_sub(1).map(|w| scene.text(w));
        s.to == hit.from && matches!(article, Some("a" | "an" | "this"))
    });
    if titled && scene.is(hit.from, Class::Nouns) && word.fold == word.lemma {
        return true;
    }
    let formed = ["ing", "ed"].iter().any(|end| word.fold.ends_with(end));
    let base = word.tense.is_none() && !formed;
    let helped = hit.from > 0 && scene.is_form(hit.from - 1, Class::Aux);
    let several = || {
        let names = scene.mentions.iter().filter(|p| p.to <= hit.from);
        names.filter(|p| scene.is_person_name(p.id)).count() > 1
    };
    let one = draft
        .source
        .and_then(|s| s.mention)
        .map(|id| scene.mention(id));
    // "state Rep. Roe": one person does not *state*, *claim* or *report*
    let person =
        |m: &crate::Mention| m.kind == EntityKind::Person && m.form != MentionForm::Description;
    if base && !helped && one.is_some_and(person) && !several() {
        return true;
    }
    if !scene.is(hit.from, Class::Nouns) || word.tense == Some(crate::words::Tense::Past) || helped
    {
        return false;
    }
    // "court {filings} in London show"
    let several_papers = draft.source.is_some_and(|s| {
        let mut own = scene.words()[s.from..s.to].iter();
        let paper = s.kind == SourceKind::Paper;
        s.to > 0 && scene.words()[s.to - 1].plural || paper && own.any(|w| w.plural)
    });
    let singular = one.is_some_and(|m| m.kind != EntityKind::Group) && !several_papers;
    if base && singular {
        return true;
    }
    // "documents seen by Reuters show Orlov paid"
    let paper = draft.source.is_some_and(|s| s.kind == SourceKind::Paper);
    let inside = draft.source.is_some_and(|s| s.to > hit.from);
    if paper
        && !inside
        && (find_that(scene, hit.to) == Some(hit.to) || begins_clause(scene, hit.to))
    {
        return false;
    }
    // Told by a pronoun or a name right before it, and with its clause or quotation marked.
    let near = left.anaphor.is_some()
        || draft
            .source
            .is_some_and(|s| s.to == hit.from && (s.mention.is_some() || s.anaphor.is_none()));
    let marked = find_that(scene, hit.to).is_some_and(|t| t <= hit.to + 1)
        || speech_after(scene, hit.to)
            .is_some_and(|q| scene.word_from(q.outer.start) <= hit.to + 1)
        || hit.to >= stop && left.start > 0 && scene.is_comma(left.start - 1)
        || scene.speech_before(left.start).is_some()
        || left.as_clause;
    !(near && marked)
}

/// *"…," Clara Duval, director of the port, told this website*: who speaks stands between the quotation
/// and what is said of him.
fn set_apart(scene: &Scene<'_>, hit: Hit) -> Option<(Picked, Quote)> {
    /// Words of a title before the name, and from the name to the verb.
    const REACH: (usize, usize) = (6, 30);
    let start = scene.words()[hit.from].span.start;
    let quote = scene
        .quotes
        .iter()
        .rfind(|q| q.speech && q.outer.end <= start && q.outer.end > scene.sentence.span.start)?;
    let low = scene.word_from(quote.outer.end);
    let placed = (low..hit.from.min(low + REACH.0)).find_map(|w| scene.mention_at(w))?;
    let clear = !scene
        .hits
        .iter()
        .any(|h| h.from >= low && h.to <= hit.from && *h != hit);
    let apart = scene.is_comma(placed.to) && hit.from < placed.to + REACH.1;
    let source = pick(scene, low, placed.to)?;
    (clear && apart && scene.is_person_name(placed.id)).then_some((source, *quote))
}

/// "Why?" he asked: a sentence that ends inside its quotation may still be told by the next.
fn ends_open(scene: &Scene<'_>, quote: Quote) -> bool {
    let said = quote.inner.of(&scene.surface.document.text);
    said.ends_with(['?', '!', '—', '…', '-'])
}

/// Words of a clause that a parenthesis may interrupt; longer ones are complete.
const BEGUN: usize = 6;

/// *The port, Duval said, {will reopen}*: what goes on behind the parenthesis is told, where what stands
/// before it is no clause.
fn around(scene: &Scene<'_>, head: usize, after: usize) -> Option<Content> {
    if !scene.is_comma(after) {
        return None;
    }
    let (from, to) = scene.trim(0, head)?;
    let begun = to - from < BEGUN || scene.is_form(from, Class::Prepositions);
    let (next, end) = scene.trim(after + 1, scene.len())?;
    let going = !scene.words()[next].fold.ends_with("ing") && !scene.is_form(next, Class::And);
    let whole = (from..to).any(|w| scene.words()[w].tense.is_some()) && to - from >= 3;
    let fits = begun && !whole && going && end - next > 2;
    fits.then_some(Content::Words(next, end))
}

/// *admitted {to being on the quay}*
fn owns_to(scene: &Scene<'_>, to: usize) -> bool {
    let next = scene.words().get(to + 1);
    scene.text(to) == "to" && next.is_some_and(|w| w.fold.ends_with("ing") && !w.capital)
}

/// Whether nothing but a title stands between a verb and the name behind it: *says {investor and adviser} Duval*.
pub(super) fn is_titled(scene: &Scene<'_>, from: usize, name: usize) -> bool {
    /// Words of a title at most.
    const TITLE: usize = 6;
    let plain = |w: usize| {
        let word = &scene.words()[w];
        !scene.is_punct(w) && word.tense.is_none() && !scene.is_form(w, Class::That)
    };
    name <= from + 1 || name <= from + TITLE && (from..name).all(plain)
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
