//! The outlet that somebody spoke to, or that saw a paper: *told {Reuters}*, لـ"النهار",
//! `сообщил «Интерфаксу» источник`, اطلعت عليها "بلومبرغ".

use super::pack::{Class, Head};
use super::scene::{Placed, Scene};
use super::source::refers_back;
use crate::MentionId;
use crate::reading::{EntityKind, MentionForm};

/// An outlet that was spoken to, or that saw the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    Outlet(MentionId),
    /// *the newspaper*, *the agency*.
    LastOutlet {
        agency: bool,
    },
    Publisher,
}

/// The outlet that somebody told, or that saw a paper, in the words `from..to`; and where its
/// phrase begins and ends.
pub(super) fn told(scene: &Scene<'_>, from: usize, to: usize) -> Option<(Told, usize, usize)> {
    for at in from..to.min(scene.len()) {
        if let Some(len) = scene.own_at(at) {
            return Some((Told::Publisher, at, at + len));
        }
        if let Some(placed) = scene.mention_at(at)
            && (scene.is_outlet(placed.id)
                || after_class_noun(scene, at, from)
                || sounds_like_outlet(scene, placed))
        {
            return Some((
                Told::Outlet(placed.id),
                phrase_start(scene, at, from),
                placed.to,
            ));
        }
        if scene.head(at) == Some(Head::Outlet)
            && refers_back(scene, at)
            && !followed_by_name(scene, at, to)
        {
            let agency = scene.pack.is_agency(&scene.words()[at]);
            return Some((
                Told::LastOutlet { agency },
                phrase_start(scene, at, from),
                at + 1,
            ));
        }
    }
    None
}

/// *the Evening {News}*: an outlet by its name, though no list has it.
fn sounds_like_outlet(scene: &Scene<'_>, placed: Placed) -> bool {
    let mention = scene.mention(placed.id);
    let unlisted = mention.listed.is_none() && mention.form != MentionForm::Description;
    let body = mention.kind == EntityKind::Organization || mention.kind == EntityKind::Company;
    let mut words = scene.words()[placed.from..placed.to].iter();
    unlisted && body && words.any(|word| scene.pack.is_masthead(word))
}

/// The outlet that was spoken to in a clause set beside: *in an interview with Reuters, …*, في حديثه إلى
/// "النهار", *В беседе с РБК*. What is said, `content`, holds others' interviews.
pub(super) fn told_in_setting(scene: &Scene<'_>, content: std::ops::Range<usize>) -> Option<Told> {
    /// Words from the interview to the outlet.
    const REACH: usize = 8;
    let set = |w: &usize| {
        scene.is(*w, Class::ToldBy) && !content.contains(w) && scene.speech_around(*w).is_none()
    };
    (0..scene.len()).filter(set).find_map(|w| {
        let near = w + 1..scene.len().min(w + 1 + REACH);
        let ends = |at: &usize| scene.is_stop(*at) || scene.is_comma(*at) || content.contains(at);
        let end = near.clone().find(ends).unwrap_or(near.end);
        told(scene, w + 1, end).map(|(outlet, _, _)| outlet)
    })
}

fn after_class_noun(scene: &Scene<'_>, at: usize, from: usize) -> bool {
    let mut before = at;
    while before > from && scene.is_quote_mark(before - 1) {
        before -= 1;
    }
    before > from && scene.head(before - 1) == Some(Head::Outlet)
}

fn followed_by_name(scene: &Scene<'_>, at: usize, to: usize) -> bool {
    (at + 1..to.min(at + 4))
        .take_while(|&w| !scene.is_comma(w))
        .any(|w| scene.mention_at(w).is_some())
}

/// Back over quotation marks, class nouns, articles and the preposition.
fn phrase_start(scene: &Scene<'_>, at: usize, from: usize) -> usize {
    let mut start = at;
    while start > from
        && (scene.is_quote_mark(start - 1)
            || scene.head(start - 1) == Some(Head::Outlet)
            || scene.is_form(start - 1, Class::Article)
            || scene.is_form(start - 1, Class::Prepositions)
            || matches!(scene.text(start - 1), "لـ" | "корреспонденту"))
    {
        start -= 1;
    }
    start
}

/// Whether the outlet phrase is marked as the one spoken to: لـ"النهار", *told Reuters*.
pub(super) fn is_addressed(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|w| {
        scene.has_preposition(w) || scene.text(w) == "لـ" || scene.is_form(w, Class::Prepositions)
    })
}
