//! How a word for naming holds the post behind a name: لم يصادق على {تعيين} ماريا شتيرن وزيرةً للمالية.

use madar_text::{Lang, TokenKind};

use super::super::arguments::Site;
use super::super::pack::TriggerKind;
use super::super::phrases::Phrase;
use super::Layout;
use crate::read::Surface;
use crate::reading::{Mention, Status};
use crate::words::Sentence;

/// Words between an Arabic word for naming and the name: لم {يعين} البرلمان ماريا شتيرن وزيرةً.
const REACH_OF_NAMING: usize = 5;

/// How the word before a name holds the post behind it: رفض البرلمان {تعيين} ماريا شتيرن وزيرةً للمالية.
pub(crate) fn named_to_post(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    description: &Mention,
    phrases: &[Phrase],
) -> Option<Status> {
    let holder = &surface.mentions[phrase.lead.at()];
    if sentence.lang != Lang::Ar || description.span.start < holder.span.end {
        return None;
    }
    let facts = &surface.kit.facts;
    let from = sentence.within(holder.span).start;
    let at = (from.saturating_sub(REACH_OF_NAMING)..from)
        .rev()
        .take_while(|&at| sentence.words[at].kind != TokenKind::Punct)
        .find(|&at| facts.names_to_post(Lang::Ar, &sentence.words[at]))?;
    let word = &sentence.words[at];
    let verb = facts.arabic_verb(&word.fold).is_some() && at + 1 < from;
    let layout = Layout::new(surface, sentence, phrases, None, &[]);
    let kind = if verb {
        TriggerKind::Verb
    } else {
        TriggerKind::Noun
    };
    let trigger = (at..at + 1, kind);
    let site = Site::at(surface, sentence, phrases, Some(&layout), trigger);
    Some(match site.arabic_status() {
        Status::Asserted if facts.nominates(Lang::Ar, word) => Status::Proposed,
        held => held,
    })
}
