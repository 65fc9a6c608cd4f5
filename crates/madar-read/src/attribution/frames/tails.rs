//! Cues that lean on a clause: *saying*, *according to*, *citing*, نقلت … عن.

use madar_text::Lang;

use super::super::pack::{Class, Cue, Frame};
use super::super::phrases::noun_after;
use super::super::quotes::Quote;
use super::super::scene::{Hit, Scene};
use super::super::source::{Anaphor, pick};
use super::super::told::{Told, told};
use super::arabic::is_far;
use super::clauses::{
    before, clause_end, end_of_sentence, find_that, source_end, speech_after, starts_according,
};
use super::left::Left;
use super::{Content, Draft, Side, blank};

pub(super) fn participle(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
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
    // أفاد متحدث قائلاً: the finite verb has the subject, the participle the content
    let finite = scene
        .hits
        .iter()
        .rfind(|h| h.to < hit.from && scene.cue(**h).frame == Frame::Verb);
    if let Some(finite) = finite
        && find_that(scene, finite.to).is_none()
        && hit.from - finite.to < 20
        && scene.lang() == Lang::Ar
    {
        let quote = scene.speech_in(finite.to, hit.from);
        let end = quote.map_or(hit.from, |q| scene.word_from(q.outer.start));
        draft.source = pick(scene, finite.to, end);
    }
    while draft.head > 0
        && (scene.is_comma(draft.head - 1) || scene.is_form(draft.head - 1, Class::And))
    {
        draft.head -= 1;
    }
    // "a warning shot": other participles than these follow a comma
    if scene.lang() == Lang::En && hit.from > 0 && !scene.is_comma(hit.from - 1) && !cue.bare {
        return None;
    }
    // مهددة للحياة: without a mark before it an adjective, unless a clause or words said follow
    let marked = hit.from == 0 || scene.is_punct(hit.from - 1) || scene.has_and(hit.from);
    let nominal = scene.lang() != Lang::Ar || marked;
    let mut from = hit.to;
    if scene.lang() != Lang::En && scene.is_form(from, Class::Prepositions) {
        from += 1;
    }
    let that = find_that(scene, hit.to)
        .filter(|&t| !(hit.to..t.saturating_sub(1)).any(|w| scene.is_comma(w)));
    draft.content = match (that, speech_after(scene, hit.to)) {
        (Some(that), _)
            if (that <= from + 8 && !cue.bare || that == from)
                && !(cue.object && is_far(scene, from, that)) =>
        {
            Content::Words(that, end_of_sentence(scene))
        }
        (_, Some(quote)) if scene.word_from(quote.outer.start) <= hit.to + 2 => {
            Content::Quote(quote)
        }
        // أضاف قائلا: لم نخض كل هذه الحروب
        _ if scene.text(hit.to) == ":" && hit.to + 2 < scene.len() => {
            Content::Words(hit.to + 1, end_of_sentence(scene))
        }
        // заявив, в частности: «…»
        (_, Some(quote)) if is_led(scene, hit.to, quote) => Content::Quote(quote),
        _ if nominal && (cue.bare || cue.object) => Content::Words(from, end_of_sentence(scene)),
        _ => return None,
    };
    if let Content::Words(from, to) = draft.content {
        scene.trim(from, to)?;
    }
    Some(draft)
}

/// A colon stands before the quotation, a few words behind the cue.
fn is_led(scene: &Scene<'_>, from: usize, quote: Quote) -> bool {
    /// *in particular*, *on that day*
    const BETWEEN: usize = 8;
    let open = scene.word_from(quote.outer.start);
    open > from && open <= from + BETWEEN && scene.text(open - 1) == ":"
}

pub(super) fn according(scene: &Scene<'_>, hit: Hit, cue: &Cue) -> Option<Draft> {
    let followed = scene.words().get(hit.to)?;
    if scene.speech_around(hit.from).is_some()
        || matches!(followed.fold.as_str(), "ما" | "لما")
        || scene.is(hit.to, Class::Who)
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
    let pronoun = (hit.from + 1..(hit.to + 1).min(stop)).find_map(|w| pronoun_of(scene, w));
    if let Some(pronoun) = pronoun {
        draft.anaphor = pronoun;
    } else {
        draft.source = pick(scene, hit.to, stop);
        // По словам министра: words are a person's, though no mention tells whose
        let words = scene.words()[hit.from].fold == "по" && stop > hit.to && stop < hit.to + 5;
        // По данным следствия: whatever noun follows, it is whose data they are
        if draft.source.is_none() && words {
            draft.source = noun_after(scene, hit.to, stop);
        }
        if draft.source.is_none() {
            draft.anaphor = words.then_some(Anaphor::He)?;
        }
    }
    draft.told = seen_by(scene, hit.to, stop);
    // جاء في بيان للوزارة أن الميناء بيع
    if scene.lang() == Lang::Ar
        && let Some(that) = find_that(scene, hit.to)
        && !(hit.to..that).any(|w| scene.is_comma(w))
        && !(head > 0 && scene.is_form(head - 1, Class::As))
    {
        draft.source = Some(pick(scene, hit.to, that)?);
        draft.content = Content::Words(that, end_of_sentence(scene));
        draft.head = hit.from;
        return Some(draft);
    }
    // Это следует из документов: the sentence before is meant
    let so = scene.words()[hit.from..hit.to]
        .iter()
        .any(|w| w.fold == "ذلك" || w.fold == "هذا");
    let follows = so || matches!(scene.text(hit.from), "следует" | "говорится");
    if follows && hit.from <= 3 {
        draft.side = Side::Before;
        draft.content = Content::Previous;
        return Some(draft);
    }
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
    // "The idea, according to Bruce, is to help": the statement goes on after the parenthesis
    let left = scene.trim(0, head).map_or(0, |(from, to)| to - from);
    let open = head > 0 && (scene.is_form(head - 1, Class::That) || scene.is(head - 1, Class::Who));
    // "Хань заявил, что выборы станут выбором, по его словам, {речь идет о жизни}": he has told the rest
    let told = pronoun.is_some() && scene.hits.iter().any(|h| h.to < head);
    let open = open || told && rest_tells(scene, stop);
    let rest = scene.len().saturating_sub(stop);
    if scene.is_comma(stop.min(scene.len() - 1))
        && stop < scene.len()
        && (open || left < 6 && rest > left)
    {
        scene.trim(stop + 1, scene.len())?;
        draft.content = Content::Words(stop + 1, end_of_sentence(scene));
        return Some(draft);
    }
    draft.side = Side::Before;
    draft.content = before(scene, head)?;
    Some(draft)
}

/// Whether a clause with a verb stands behind the comma.
fn rest_tells(scene: &Scene<'_>, comma: usize) -> bool {
    scene.is_comma(comma) && (comma + 1..scene.len()).any(|w| scene.words()[w].tense.is_some())
}

/// *his*, *her words*: по его словам.
fn pronoun_of(scene: &Scene<'_>, at: usize) -> Option<Anaphor> {
    match scene.words()[at].fold.as_str() {
        "him" | "her" | "его" | "ее" => Some(Anaphor::He),
        "them" | "их" => Some(Anaphor::They),
        _ => None,
    }
}

/// The outlet that saw a paper: *seen by the FT*, اطلعت عليها "بلومبرغ".
pub(super) fn seen_by(scene: &Scene<'_>, from: usize, end: usize) -> Option<Told> {
    let seen = (from..end).find(|&w| scene.is(w, Class::Seen))?;
    told(scene, seen + 1, end.max(seen + 1)).map(|t| t.0)
}

pub(super) fn citing(scene: &Scene<'_>, hit: Hit, cue: &Cue, before_it: &[Draft]) -> Option<Draft> {
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
    draft.content = before(scene, draft.head).unwrap_or(Content::Same);
    Some(draft)
}

/// *{TASS} quoted {the minister} as saying*, *{the minister} was quoted by {TASS} as saying*: who tells, and whose words.
pub(super) fn quoted_as(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    out: &mut Vec<Draft>,
) -> Option<Draft> {
    /// Words from the verb to *as*.
    const REACH: usize = 14;
    let as_ = hit
        .from
        .checked_sub(1)
        .filter(|_| scene.lang() == Lang::En)?;
    let quotes = |&w: &usize| matches!(scene.words()[w].lemma.as_str(), "quote" | "cite");
    let verb = (as_.saturating_sub(REACH)..as_).rev().find(quotes);
    let verb = verb.filter(|&w| {
        let active = !scene.words()[w].fold.ends_with("ing");
        scene.text(as_) == "as" && active && !(w..as_).any(|w| scene.is_stop(w))
    })?;
    let left = Left::of(scene, verb);
    let passive = (verb.saturating_sub(3)..verb).any(|w| scene.is_form(w, Class::Passive));
    let by = |from: usize, end: usize| {
        let by = (from..end).find(|&w| scene.text(w) == "by")?;
        pick(scene, by + 1, end)
    };
    let behind = clause_end(scene, hit.to).min(find_that(scene, hit.to).unwrap_or(usize::MAX));
    let next = (scene.text(hit.to) == "by")
        .then(|| by(hit.to, behind))
        .flatten();
    let (source, outlet) = match passive {
        true => (left.source?, by(verb + 1, as_).or(next)),
        false => (pick(scene, verb + 1, as_)?, left.source),
    };
    let from = next.map_or(hit.to, |next| next.to);
    let mut told = blank(hit, cue);
    told.frame = Frame::Verb;
    told.head = left.head;
    told.joined = left.joined;
    told.source = Some(source);
    told.content = match speech_after(scene, from) {
        Some(quote) if scene.word_from(quote.outer.start) <= from + 1 => Content::Quote(quote),
        _ => Content::Words(
            find_that(scene, from).unwrap_or(from),
            end_of_sentence(scene),
        ),
    };
    let Some(outlet) = outlet else {
        return Some(told);
    };
    let mut outer = told;
    outer.cue = (verb, verb + 1);
    outer.source = Some(outlet);
    out.push(outer);
    told.content = Content::Same;
    told.inner = true;
    Some(told)
}

/// نقلت صحيفة X عن Y أن …: two triples, the second inside the first.
pub(super) fn quoting(
    scene: &Scene<'_>,
    hit: Hit,
    cue: &Cue,
    out: &mut Vec<Draft>,
) -> Option<Draft> {
    let by = cue.by.as_deref()?;
    let stop = scene.len().min(hit.to + 12);
    let by = (hit.to..stop).find(|&w| scene.words()[w].fold == by && !scene.is_comma(w));
    let Some(by) = by else {
        return super::verb(scene, hit, cue);
    };
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
