//! Who says it, from the words beside a cue: a name, an outlet, a paper, or an unnamed source with
//! its whole description (*three people familiar with the matter*).
//!
//! What a description refers back to (*the people*, الصحيفة, *the statement*) is left to
//! [`super::chain`], which knows who spoke before.

use madar_text::{Clitics, Lang, Span, TokenKind};

use super::pack::{Class, Head};
use super::scene::{Placed, Scene};
use crate::MentionId;
use crate::reading::{EntityKind, MentionForm, SourceKind};
use crate::words::{Cases, Pos};

/// What a source refers back to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anaphor {
    /// *the newspaper*: the outlet named last.
    Outlet,
    /// *the people*, *the official*: the one that spoke last and fits.
    People,
    /// *the company*, السفارة, القاضي, ведомство: the one named before by that noun.
    Described,
    /// *the statement*: its author.
    Voice,
    /// *this website*, редакция.
    Publisher,
    /// *бизнесмен*, الوزير without a mention: who spoke last, if anybody did.
    Speaker,
    He,
    It,
    They,
    /// No subject at all.
    Zero,
    /// *it is believed*, сообщается: nobody is meant.
    Nobody,
}

/// A source as it stands beside its cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Picked {
    pub(super) span: Span,
    pub(super) kind: SourceKind,
    pub(super) mention: Option<MentionId>,
    pub(super) anaphor: Option<Anaphor>,
    /// Its first word, and one past its last.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Longest description of an unnamed source, in words. Longer ones are a misread clause.
const LONGEST: usize = 22;

#[derive(Clone, Copy)]
enum Found {
    Mention(Placed),
    Head(Head, usize),
    Own(usize, usize),
}

/// The source in the words `from..to`.
pub(super) fn pick(scene: &Scene<'_>, from: usize, to: usize) -> Option<Picked> {
    let found = candidates(scene, from, to);
    best(scene, from, to, &found)
}

/// The subject in the words `from..to`: in Russian it can stand in the nominative.
pub(super) fn pick_subject(scene: &Scene<'_>, from: usize, to: usize) -> Option<Picked> {
    let mut found = candidates(scene, from, to);
    if scene.lang() == Lang::Ru {
        found.retain(|(at, f)| match f {
            Found::Mention(p) => (p.from..p.to).any(|w| may_be_subject(scene, w)),
            // два источника: the noun of a numeral stands in the genitive
            _ => may_be_subject(scene, *at) || is_counted(scene, *at),
        });
    }
    best(scene, from, to, &found)
}

fn may_be_subject(scene: &Scene<'_>, at: usize) -> bool {
    let word = &scene.words()[at];
    // Василенков is a man's surname, and *of the Vasilenkos*
    let surname = word.capital && word.fold.ends_with(['в', 'н']) && word.lemma.ends_with('о');
    let nominative = !word.cases.is_known() || word.cases.may_be(Cases::NOM) || surname;
    word.kind == TokenKind::Word && nominative
}

fn is_counted(scene: &Scene<'_>, at: usize) -> bool {
    (at.saturating_sub(2)..at)
        .any(|w| scene.is(w, Class::Indefinite) || scene.words()[w].kind == TokenKind::Number)
}

fn best(scene: &Scene<'_>, from: usize, to: usize, found: &[(usize, Found)]) -> Option<Picked> {
    let (from, to) = scene.trim(from, to)?;
    let person = found.iter().find_map(|(at, f)| match f {
        Found::Mention(p) if scene.is_person_name(p.id) && !governed(scene, *at, from) => Some(*p),
        _ => None,
    });
    let first = found.iter().find(|(at, _)| !governed(scene, *at, from));
    let first = first
        .or_else(|| found.iter().find(|(at, _)| *at == from))?
        .1;
    if let &Found::Own(at, end) = &first {
        return Some(anaphor(scene, at, end, Anaphor::Publisher));
    }
    if let Some(person) = person
        && person_wins(scene, first, person, to)
    {
        return Some(named(scene, person));
    }
    match first {
        Found::Own(..) => None,
        Found::Mention(placed) => {
            let placed = body_at_end(scene, placed, to, found).unwrap_or(placed);
            Some(mention_source(scene, placed, from, to))
        }
        Found::Head(head, at) => head_source(scene, head, at, from, to),
    }
}

/// *United States planemaker {Aerion} has announced*: of a country and a body right before the verb the
/// body speaks.
fn body_at_end(
    scene: &Scene<'_>,
    first: Placed,
    to: usize,
    found: &[(usize, Found)],
) -> Option<Placed> {
    let place = matches!(
        scene.mention(first.id).kind,
        EntityKind::Place | EntityKind::PublicBody
    );
    let (_, Found::Mention(last)) = found.last()? else {
        return None;
    };
    let between = (first.to..last.from).all(|w| {
        !scene.is_punct(w)
            && !scene.is_form(w, Class::And)
            && !scene.is_form(w, Class::Prepositions)
            && scene.text(w) != "'s"
    });
    let body = scene.mention(last.id).kind.is_body()
        && scene.mention(last.id).form != MentionForm::Description;
    let fits = scene.lang() == Lang::En && place && body && between && last.from > first.to;
    (fits && last.to == to).then_some(*last)
}

fn candidates(scene: &Scene<'_>, from: usize, to: usize) -> Vec<(usize, Found)> {
    let mut out = Vec::new();
    let mut at = from;
    while at < to {
        if let Some(len) = scene.own_at(at) {
            out.push((at, Found::Own(at, at + len)));
            at += len;
            continue;
        }
        let mention = scene.mention_at(at).filter(|p| p.to <= to);
        if let Some(placed) = mention {
            let name = scene.mention(placed.id).form != MentionForm::Description;
            // "a {White House} official": the head stands after a name that describes it
            out.push((at, Found::Mention(placed)));
            if name {
                at = placed.to;
                continue;
            }
        }
        // "official biography": of two heads side by side the first is an adjective
        // and "the {envoy}'s biography" is the biography's
        let next = at + 1;
        let owns = matches!(scene.text(next), "'s" | "’s" | "'" | "’");
        let modifies =
            scene.lang() == Lang::En && next < to && (owns || scene.head(next).is_some());
        if let Some(head) = scene.head(at)
            && !scene.is_punct(at)
            && !modifies
        {
            out.push((at, Found::Head(head, at)));
        }
        at += 1;
    }
    out
}

/// A preposition right before: *for {Putin}*, لـ{رويترز}.
pub(super) fn governed(scene: &Scene<'_>, at: usize, from: usize) -> bool {
    if at > from && scene.has_preposition(at) {
        return true;
    }
    let mut before = at;
    while before > from {
        before -= 1;
        let number = scene.words()[before].kind == TokenKind::Number;
        if scene.is_quote_mark(before) || scene.is_form(before, Class::Article) || number {
            continue;
        }
        // "one of the {people}"
        let counted = before > from
            && (scene.is(before - 1, Class::Indefinite) || scene.words()[before - 1].fold == "كل");
        let partitive = matches!(scene.text(before), "of" | "из" | "من") && counted;
        return scene.is_form(before, Class::Prepositions) && !partitive
            || scene.text(before) == "لـ"
            || scene.words()[before].clitics.preposition().is_some() && scene.lang() == Lang::Ar;
    }
    false
}

/// Whether the person is the one described first: *a department spokesperson, Elena Whitcombe*.
fn person_wins(scene: &Scene<'_>, first: Found, person: Placed, to: usize) -> bool {
    let aside = (person.from.saturating_sub(5)..person.from)
        .rev()
        .take_while(|&w| !scene.is_comma(w));
    if aside.clone().any(|w| scene.is(w, Class::Including)) {
        return false;
    }
    let next = |end: usize| (end..person.from).all(|w| scene.is_punct(w));
    let start = match first {
        Found::Mention(p) if p.from >= person.from => return true,
        Found::Mention(p) if scene.mention(p.id).form == MentionForm::Description => {
            // "the senator from Ohio Jane Roe": the name ends what the description began
            if next(p.to) || person.to == to {
                return true;
            }
            p.from
        }
        // a body first: "{Unite} official {Peter Roe}", "{Ireland}'s {Simon Roe}"
        Found::Mention(p) => p.from,
        Found::Head(_, at) if at >= person.from => return true,
        Found::Head(Head::Paper | Head::Voice | Head::Outlet, _) => return false,
        Found::Head(Head::Group, at) => {
            return (at..person.from).any(|w| scene.is_comma(w));
        }
        Found::Head(_, at) => at,
        Found::Own(..) => return false,
    };
    let between = start + 1..person.from;
    // the comma of an apposition stands right before the name, or one word before it
    let comma = between
        .clone()
        .any(|w| scene.is_comma(w) && w + 3 > person.from);
    let definite = is_definite(scene, start) && scene.lang() == Lang::Ar;
    let preposition = between
        .clone()
        .any(|w| scene.is_form(w, Class::Prepositions));
    comma || definite || !preposition
}

fn named(scene: &Scene<'_>, placed: Placed) -> Picked {
    let mention = scene.mention(placed.id);
    let kind = match mention.kind {
        _ if scene.is_outlet(placed.id) => SourceKind::Outlet,
        EntityKind::Paper => SourceKind::Paper,
        EntityKind::Group => SourceKind::Group,
        _ => SourceKind::Named,
    };
    let (mut span, mut to) = (mention.span, placed.to);
    // a description cut short: أجيال من
    while to > placed.from + 1 && scene.is_form(to - 1, Class::Prepositions) {
        to -= 1;
        span.end = scene.words()[to - 1].span.end;
    }
    let name = without_title(scene, placed);
    span.start = scene.words()[name].span.start.max(span.start);
    // "{China} and {Russia}": two speak as one
    let and = usize::from(scene.is_form(to, Class::And));
    if to < scene.len()
        && (and == 1 || scene.has_and(to))
        && let Some(other) = scene.mention_at(to + and)
        && scene.mention(other.id).kind == mention.kind
        && scene.mention(other.id).form == mention.form
    {
        span = span.to(scene.mention(other.id).span);
        to = other.to;
    }
    Picked {
        span,
        kind,
        mention: Some(placed.id),
        anaphor: None,
        from: placed.from,
        to,
    }
}

/// Words that stand with a name and are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "г-н",
    "г-жа",
    "господин",
    "госпожа",
    "мистер",
    "миссис",
    "السيد",
    "السيده",
];

/// Small words that are part of a name.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "du", "del", "della", "di", "la", "le", "van", "von", "der", "den",
    "ter", "ten", "al", "el", "bin", "ibn", "ben", "bint", "abu", "and", "y", "e", "аль", "эль",
    "фон", "ван", "дер", "де", "да", "ди", "дю", "ла", "ле", "бен", "бин", "ибн", "абу", "оглы",
    "кызы", "и",
];

/// The first word of a person's name behind the post or title with which it was found: *police chief
/// {Murphy Roe}*, *Mrs {Duval}*.
fn without_title(scene: &Scene<'_>, placed: Placed) -> usize {
    if !scene.is_person_name(placed.id) {
        return placed.from;
    }
    let words = scene.words();
    let title = |w: usize| {
        let word = &words[w];
        let small = scene.lang() != Lang::Ar && !word.capital && word.kind == TokenKind::Word;
        let post = small && !PARTICLES.contains(&word.fold.as_str());
        TITLES.contains(&word.fold.as_str()) || post
    };
    let last = placed.to.saturating_sub(1);
    let fold = |w: usize| words.get(w).map_or("", |w| w.fold.as_str());
    let mut from = placed.from;
    while from < last {
        // г-н, г-жа
        let short = fold(from) == "г" && matches!(fold(from + 2), "н" | "жа");
        from += match () {
            () if short && from + 3 <= last => 3,
            () if title(from) || from > placed.from && scene.is_punct(from) => 1,
            () => break,
        };
    }
    from
}

/// Whether a mention is a name, or stands for something that has one.
pub(super) fn is_known(scene: &Scene<'_>, id: MentionId) -> bool {
    let referent = scene.surface.referents.of[id.at()];
    scene.mention(id).form != MentionForm::Description
        || scene.surface.referents.list[referent.at()].named
}

fn mention_source(scene: &Scene<'_>, placed: Placed, from: usize, to: usize) -> Picked {
    let mention = scene.mention(placed.id);
    if mention.form == MentionForm::Description {
        // "a report by Reuters", "a Reuters report": the outlet says it
        if let Some(outlet) = outlet_within(scene, placed) {
            return outlet;
        }
        // "the envoy's official biography"
        if let Some(paper) = owned_paper(scene, placed, from, to) {
            return paper;
        }
        let head = described_head(scene, placed, to);
        let always = head.is_some_and(|(_, at)| scene.pack.is_always(&scene.words()[at]));
        let known = is_known(scene, placed.id) && !always;
        if let Some((head, at)) = head
            && !known
            && head != Head::Body
            && let Some(picked) = head_source(scene, head, at, from, to)
        {
            return picked;
        }
        if !known && let Some(counted) = counted_among(scene, placed, from) {
            return counted;
        }
        let picked = name_behind(scene, placed, to).unwrap_or_else(|| named(scene, placed));
        // السفارة, *the company*: the one spoken of before
        let common = !known && scene.mention(placed.id).kind != EntityKind::Group;
        return Picked {
            anaphor: common.then_some(Anaphor::Described),
            ..picked
        };
    }
    // "{Kremlin} officials", "{US Treasury} statement": what follows a bare name is the head
    let next = placed.to;
    if let Some(picked) = owned_paper(scene, placed, from, to) {
        return picked;
    }
    if next < to
        && scene.lang() == Lang::En
        && let Some(head @ (Head::Anonymous | Head::Group)) = (next..to.min(next + 4))
            .take_while(|&w| !scene.is_punct(w) && !scene.is_form(w, Class::Prepositions))
            .find_map(|w| scene.head(w))
        && let Some(picked) = head_source(scene, head, next, from, to)
    {
        return picked;
    }
    named(scene, placed)
}

/// The noun of a description that says who speaks: the first, and in English the last before a preposition
/// (*the envoy's official {biography}*, *Maltese company {records}*).
fn described_head(scene: &Scene<'_>, placed: Placed, to: usize) -> Option<(Head, usize)> {
    let head = |w: usize| Some((scene.head(w)?, w));
    if scene.lang() != Lang::En {
        return (placed.from..placed.to).find_map(head);
    }
    let ends = |w: &usize| {
        scene.is_form(*w, Class::Prepositions) || scene.is_punct(*w) && scene.text(*w) != "-"
    };
    let end = (placed.from + 1..placed.to).find(ends).unwrap_or(placed.to);
    let next =
        (end == placed.to && end < to && scene.head(end) == Some(Head::Paper)).then_some(end);
    next.and_then(head)
        .or_else(|| (placed.from..end).rev().find_map(head))
}

/// *один из {академиков}*, عدد من {سكان الساحل}: some of them, who stay unnamed.
fn counted_among(scene: &Scene<'_>, placed: Placed, low: usize) -> Option<Picked> {
    /// Words between the numeral and the noun: *of the*, *из самых известных*.
    const BETWEEN: usize = 4;
    let kind = scene.mention(placed.id).kind;
    if !matches!(kind, EntityKind::Person | EntityKind::Group) {
        return None;
    }
    let nearest = placed.from.saturating_sub(BETWEEN).max(low);
    let of = |w: &usize| matches!(scene.text(*w), "of" | "из" | "من");
    let between = (nearest..placed.from).rev();
    let of = between.take_while(|&w| !scene.is_punct(w)).find(of);
    let numeral = of.unwrap_or(placed.from).checked_sub(1)?;
    // أحد نواب: the numeral stands right before its noun
    let bound = of.is_some() || scene.lang() == Lang::Ar;
    (bound && numeral >= low && scene.is(numeral, Class::Indefinite)).then(|| Picked {
        span: scene.words()[numeral]
            .host
            .to(scene.mention(placed.id).span),
        kind: SourceKind::Anonymous,
        mention: None,
        anaphor: None,
        from: numeral,
        to: placed.to,
    })
}

/// *Harbour Co. CEO {Clara Duval}*, where the name is no mention: the capitals from the post to the verb.
fn name_behind(scene: &Scene<'_>, placed: Placed, to: usize) -> Option<Picked> {
    /// Words of a name at most.
    const NAME: usize = 4;
    let from = placed.to;
    let words = scene.words();
    let name = |w: usize| {
        words[w].kind == TokenKind::Word && words[w].capital && scene.covering(w).is_none()
    };
    let short = to > from && to - from <= NAME && scene.lang() == Lang::En;
    (short && scene.mention(placed.id).kind == EntityKind::Person && (from..to).all(name)).then(
        || Picked {
            span: words[from].span.to(words[to - 1].span),
            from,
            to,
            ..named(scene, placed)
        },
    )
}

/// *Lindqvist's official {biography}*: a paper is told by its owner, and speaks itself.
fn owned_paper(scene: &Scene<'_>, placed: Placed, from: usize, to: usize) -> Option<Picked> {
    if scene.lang() != Lang::En || !matches!(scene.text(placed.to), "'s" | "’s") {
        return None;
    }
    let head = (placed.to + 1..to.min(placed.to + 5))
        .take_while(|&w| !scene.is_punct(w) && !scene.is_form(w, Class::Prepositions))
        .filter(|&w| scene.head(w) == Some(Head::Paper))
        .last()?;
    Some(described(scene, head, from, to, SourceKind::Paper))
}

/// للوزارة after وزارة الخزانة: one common noun that stands for the longer name before it.
fn is_short_for(scene: &Scene<'_>, placed: Placed) -> bool {
    let word = &scene.words()[placed.from];
    if scene.lang() != Lang::Ar
        || placed.to != placed.from + 1
        || !word.clitics.has(Clitics::ARTICLE)
    {
        return false;
    }
    let text = &scene.surface.document.text;
    let earlier = scene
        .surface
        .mentions
        .iter()
        .filter(|m| m.span.end <= word.span.start);
    let mut earlier = earlier.filter(|m| m.kind.is_body());
    earlier.any(|m| {
        let mut words = m.span.of(text).split_whitespace();
        let first = words.next().map(madar_text::fold);
        words.next().is_some() && first.as_deref() == Some(word.lemma.as_str())
    })
}

pub(super) fn is_definite(scene: &Scene<'_>, at: usize) -> bool {
    match scene.lang() {
        Lang::Ar => scene
            .words()
            .get(at)
            .is_some_and(|w| w.clitics.has(Clitics::ARTICLE)),
        Lang::En => (at.saturating_sub(4)..at)
            .rev()
            .take_while(|&w| !scene.is_punct(w) && !scene.is_form(w, Class::Prepositions))
            .any(|w| {
                matches!(
                    scene.text(w),
                    "the" | "The" | "this" | "that" | "these" | "those"
                )
            }),
        _ => false,
    }
}

fn head_source(scene: &Scene<'_>, head: Head, at: usize, from: usize, to: usize) -> Option<Picked> {
    match head {
        Head::Outlet => outlet_source(scene, at, to),
        Head::Voice => {
            let owner = (at + 1..to)
                .find_map(|w| scene.mention_at(w))
                .filter(|p| p.to <= to);
            let before = (from..at).find_map(|w| scene.mention_at(w));
            Some(match owner.or(before) {
                Some(owner)
                    if scene.mention(owner.id).kind.is_actor()
                        && is_known(scene, owner.id)
                        && !is_short_for(scene, owner) =>
                {
                    let who = named(scene, owner);
                    // "a statement from the company": its words, and the company's
                    if owner.from > at {
                        let paper = described(scene, at, from, to, who.kind);
                        Picked {
                            mention: who.mention,
                            ..paper
                        }
                    } else {
                        who
                    }
                }
                _ => anaphor(scene, at, at + 1, Anaphor::Voice),
            })
        }
        Head::Body => {
            let picked = described(scene, at, from, to, SourceKind::Named);
            // Russian has no article: *компания заявила* means the one spoken of.
            let bare = scene.lang() == Lang::Ru && picked.from + 1 >= at;
            (bare || is_definite(scene, at)).then_some(Picked {
                anaphor: Some(Anaphor::Described),
                ..picked
            })
        }
        Head::Paper => Some(
            covered(scene, at, EntityKind::Paper)
                .or_else(|| outlet_of_paper(scene, at, to))
                .unwrap_or_else(|| described(scene, at, from, to, SourceKind::Paper)),
        ),
        Head::Group => Some(
            covered(scene, at, EntityKind::Group)
                .unwrap_or_else(|| described(scene, at, from, to, SourceKind::Group)),
        ),
        Head::Anonymous => {
            let mut picked = described(scene, at, from, to, SourceKind::Anonymous);
            let bare = picked.to == at + 1;
            let word = &scene.words()[at];
            let counted = (picked.from..at).any(|w| scene.is(w, Class::Indefinite));
            let one_of_them = (picked.from..at).any(|w| scene.text(w) == "из");
            let refers = match scene.lang() {
                // трёх собеседников are three others, одного из собеседников is one of those
                _ if scene.pack.is_referring(word) => !counted || one_of_them,
                Lang::Ru => bare && !word.plural && picked.from == at,
                _ => is_definite(scene, at) && !counted,
            };
            if refers {
                picked.anaphor = Some(Anaphor::People);
            }
            Some(picked)
        }
    }
}

/// Words between a paper and whose it is: *расследование американской газеты «{Горизонт}»*.
const REACH_OF_OUTLET: usize = 4;

/// *Расследование {The Wall Street Journal}*: what a paper has found out it says itself.
fn outlet_of_paper(scene: &Scene<'_>, at: usize, to: usize) -> Option<Picked> {
    let behind = at + 1..to.min(at + 2 + REACH_OF_OUTLET);
    let mut behind = behind.take_while(|&w| !scene.is_comma(w));
    let placed = behind.find_map(|w| scene.mention_at(w))?;
    let called = (at + 1..placed.from).any(|w| scene.head(w) == Some(Head::Outlet));
    let outlet = scene.is_outlet(placed.id) || called && scene.mention(placed.id).kind.is_body();
    (scene.lang() == Lang::Ru && outlet && placed.to <= to).then(|| Picked {
        kind: SourceKind::Outlet,
        ..named(scene, placed)
    })
}

/// The outlet that the description of a paper names.
fn outlet_within(scene: &Scene<'_>, paper: Placed) -> Option<Picked> {
    let inside = |p: &&Placed| {
        p.from >= paper.from && p.to <= paper.to && p.id != paper.id && scene.is_outlet(p.id)
    };
    let outlet = scene.mentions.iter().find(inside)?;
    // "documents seen by Reuters": it has seen what others wrote
    if (paper.from..outlet.from).any(|w| scene.is(w, Class::Seen)) {
        return None;
    }
    (scene.mention(paper.id).kind == EntityKind::Paper).then(|| Picked {
        kind: SourceKind::Outlet,
        ..named(scene, *outlet)
    })
}

/// The mention of that kind around a head.
fn covered(scene: &Scene<'_>, at: usize, kind: EntityKind) -> Option<Picked> {
    let placed = scene.covering(at)?;
    (scene.mention(placed.id).kind == kind).then(|| named(scene, placed))
}

/// صحيفة "وول ستريت جورنال": the name after the class noun; else the outlet named last.
fn outlet_source(scene: &Scene<'_>, at: usize, to: usize) -> Option<Picked> {
    let name = (at + 1..to.min(at + 5))
        .take_while(|&w| !scene.is_comma(w))
        .find_map(|w| scene.mention_at(w))
        .filter(|p| p.to <= to && scene.mention(p.id).form != MentionForm::Description)
        .filter(|p| scene.mention(p.id).kind.is_body());
    match name {
        Some(placed) => Some(Picked {
            kind: SourceKind::Outlet,
            ..named(scene, placed)
        }),
        None => refers_back(scene, at).then(|| anaphor(scene, at, at + 1, Anaphor::Outlet)),
    }
}

/// الصحيفة, *the newspaper*, газета; not وكالة استخبارات, *a space agency*.
pub(super) fn refers_back(scene: &Scene<'_>, at: usize) -> bool {
    if scene.lang() != Lang::Ru {
        return is_definite(scene, at);
    }
    let next = scene.words().get(at + 1);
    next.is_none_or(|w| w.kind == TokenKind::Punct || !w.cases.may_be(Cases::GEN))
}

fn anaphor(scene: &Scene<'_>, from: usize, to: usize, anaphor: Anaphor) -> Picked {
    let words = scene.words();
    let to = to.min(words.len());
    let kind = match anaphor {
        Anaphor::Outlet | Anaphor::Publisher => SourceKind::Outlet,
        _ => SourceKind::Named,
    };
    Picked {
        span: words[from].host.to(words[to - 1].host),
        kind,
        mention: None,
        anaphor: Some(anaphor),
        from,
        to,
    }
}

/// مسؤول لـ"رويترز": the outlet that was told is no part of who told it.
fn is_addressee(scene: &Scene<'_>, at: usize) -> bool {
    let mut name = at;
    if scene.text(at) == "لـ" {
        return true;
    }
    while scene.is_quote_mark(name) {
        name += 1;
    }
    let word = scene.words().get(name);
    let dative = word.is_some_and(|w| w.cases.is_known() && w.cases.may_be(Cases::DAT));
    let outlet = scene
        .mention_at(name)
        .is_some_and(|p| scene.is_outlet(p.id));
    match scene.lang() {
        Lang::Ar => outlet && (scene.has_preposition(at) || scene.text(at) == "ل"),
        Lang::Ru => outlet && dative,
        _ => false,
    }
}

/// The whole noun phrase around a head.
fn described(scene: &Scene<'_>, at: usize, from: usize, to: usize, kind: SourceKind) -> Picked {
    let words = scene.words();
    let mut start = at;
    let joins = |w: usize| {
        scene.lang() == Lang::Ru
            && matches!(words[w].pos, Pos::Conjunction | Pos::Adverb | Pos::Particle)
    };
    while start > from
        && at - start < 6
        && !scene.is_punct(start - 1)
        && !scene.is_time(start - 1)
        && !joins(start - 1)
        && (!scene.is_form(start - 1, Class::Prepositions)
            || scene.text(start - 1) == "of"
            || scene.text(start - 1) == "из")
        && (scene.lang() != Lang::Ar || scene.is(start - 1, Class::Indefinite))
    {
        start -= 1;
    }
    while start < at && scene.is_form(start, Class::Article) {
        start += 1;
    }
    // عدد من شهود العيان
    let among = scene.lang() == Lang::Ar && start >= from + 2 && scene.text(start - 1) == "من";
    if among && scene.is(start - 2, Class::Indefinite) {
        start -= 2;
    }
    let mut end = at + 1;
    while end < to && end - start < LONGEST {
        let goes_on = scene.is_comma(end) && scene.is(end + 1, Class::Continues);
        let ends = scene.is_comma(end) && !goes_on
            || scene.is_stop(end)
            || scene.is_dash(end)
            || scene.is_time(end)
            || scene.is(end, Class::Seen)
            || end > at && is_addressee(scene, end);
        if ends {
            break;
        }
        end += 1;
    }
    while end > at + 1
        && (scene.is_form(end - 1, Class::Prepositions)
            || scene.is_punct(end - 1)
            || scene.is_form(end - 1, Class::Who))
    {
        end -= 1;
    }
    let first = if start == from || scene.lang() == Lang::Ar {
        words[start].host
    } else {
        words[start].span
    };
    Picked {
        span: first.to(words[end - 1].span),
        kind,
        mention: None,
        anaphor: None,
        from: start,
        to: end,
    }
}
