//! Whom a surname alone means where several of a text bear it: who came first under it, where all others came in as his
//! kin (*Kamal Rashidi …, {his wife} Amina Rashidi. Rashidi …*). Where the first is named only within the description of
//! another (*{Sarah Palin's} eldest son, Track Palin*), nobody knows.

use madar_text::Document;

use crate::Kit;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Sentence, sentence_of};

/// Mentions before a name among which one may describe it or hold it.
const NEAR: usize = 4;

/// Bytes between a name and the description of a kinsman beside it: *Amina Rashidi, {his} wife*.
const GAP: u32 = 12;

pub(super) struct Family<'a> {
    pub(super) document: &'a Document,
    pub(super) sentences: &'a [Sentence],
    pub(super) mentions: &'a [Mention],
    pub(super) kit: &'a Kit,
}

impl Family<'_> {
    /// Which of several bearers a surname at `at` means; they come by the first mention of their full names.
    pub(super) fn principal(&self, bearers: &[usize], at: usize) -> Option<usize> {
        let (&first, others) = bearers.split_first()?;
        let leads = first < at && !self.is_kin(first) && !self.is_within(first);
        let mut before = others.iter().filter(|&&other| other < at);
        (leads && before.all(|&other| self.is_kin(other))).then_some(first)
    }

    /// Whether a description beside the name says whose kinsman it is.
    fn is_kin(&self, at: usize) -> bool {
        let named = &self.mentions[at];
        let from = at.saturating_sub(NEAR);
        let to = (at + NEAR).min(self.mentions.len());
        self.mentions[from..to].iter().any(|m| {
            let before = m.span.end <= named.span.start && named.span.start - m.span.end <= GAP;
            let behind = named.span.end <= m.span.start && m.span.start - named.span.end <= GAP;
            (before && self.adjoins(m, named) || behind && self.adjoins(named, m)) && self.is_tie(m)
        })
    }

    fn is_tie(&self, description: &Mention) -> bool {
        let person =
            description.form == MentionForm::Description && description.kind == EntityKind::Person;
        let first = sentence_of(self.sentences, description.span)
            .and_then(|s| s.words.get(s.within(description.span).start));
        let noun = description.noun.as_deref();
        let tie = |first| self.kit.nouns.is_tie(description.lang, noun, first);
        person && first.is_some_and(tie)
    }

    /// Whether no sentence ends between two mentions.
    fn adjoins(&self, a: &Mention, b: &Mention) -> bool {
        let gap = &self.document.text[a.span.end as usize..b.span.start as usize];
        !gap.contains(['.', '\n', ';', ':'])
    }

    /// Whether a name only says whose somebody is: within a description, *Sarah Palin{'s} eldest son*, {сын} Сары Пэйлин.
    fn is_within(&self, at: usize) -> bool {
        let named = &self.mentions[at];
        let described = self.mentions[at.saturating_sub(NEAR)..at]
            .iter()
            .any(|m| m.form == MentionForm::Description && m.span.contains(named.span));
        let behind = &self.document.text[named.span.end as usize..];
        let owns = behind.starts_with("'s") || behind.starts_with("’s");
        let tied = || {
            let sentence = sentence_of(self.sentences, named.span)?;
            let from = sentence.within(named.span).start;
            let before = sentence.words.get(from.checked_sub(1)?)?;
            let of = before.fold == "of";
            Some(of || self.kit.nouns.is_tie(named.lang, None, before))
        };
        described || owns || tied().unwrap_or(false)
    }
}
