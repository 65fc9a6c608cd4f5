//! Bodies that the descriptions of people hold without naming them: начальник {полиции}, {company} chief, مدير {الشركة}.

use madar_text::{Clitics, Document, Lang, Span};

use super::Finder;
use crate::Kit;
use crate::mentions::described as as_alone;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Cases, Pos, Sentence, Word};

/// The bodies that the descriptions of people among `described` hold without naming them.
pub(crate) fn inner_bodies(
    document: &Document,
    sentence: &Sentence,
    names: &[Mention],
    described: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let finder = Finder::new(document, sentence, names, kit);
    let people = described
        .iter()
        .filter(|m| matches!(m.kind, EntityKind::Person | EntityKind::Group));
    people.flat_map(|m| finder.inner_bodies(m)).collect()
}

impl Finder<'_> {
    /// The same of one description.
    fn inner_bodies(&self, described: &Mention) -> Vec<Mention> {
        let words = self.sentence.within(described.span);
        let lang = self.sentence.lang;
        let mut out = Vec::new();
        let mut next = words.start;
        while next < words.end {
            let at = next;
            next = self.end_of_noun(at);
            // In *председатель {совета} директоров*, رئيس مجلس {الإدارة} nothing is a body.
            let alone = next == at + 1;
            let Some(kind) = self.body_at(at).filter(|_| alone) else {
                continue;
            };
            let word = &self.sentence.words[at];
            let quoted = self.word(at + 1).is_some_and(Word::is_quote);
            // The head is the person: it stands last in English, first elsewhere.
            let governed = match lang {
                Lang::En => {
                    let of = at.checked_sub(1).and_then(|i| self.word(i));
                    at + 1 < words.end || of.is_some_and(|w| w.fold == "of" || w.fold == "the")
                }
                Lang::Ru => at > words.start && word.cases.may_be(Cases::GEN),
                _ => at > words.start && word.clitics.has(Clitics::ARTICLE),
            };
            if !governed || quoted || self.name_at(at + 1).is_some() {
                continue;
            }
            let from = self.adjectives_of_body(at, words.start);
            let span = Span::new(
                self.sentence.words[from].host.start,
                self.sentence.words[at].span.end,
            );
            out.push(Mention {
                span,
                kind,
                form: MentionForm::Description,
                lang,
                name: as_alone(
                    self.document,
                    &self.sentence.words[from..=at],
                    lang,
                    self.kit,
                ),
                listed: None,
                of: self.of(from, at + 1),
                noun: Some(word.lemma.clone()),
            });
        }
        out
    }

    /// Behind the longest noun that begins at a word, behind the word where none does.
    fn end_of_noun(&self, at: usize) -> usize {
        let word = &self.sentence.words[at];
        let mut own = self.kit.nouns.begun_by(self.sentence.lang, word).iter();
        let longest = own.find(|noun| self.is_whole(at, noun));
        at + 1 + longest.map_or(0, |noun| noun.rest.len())
    }

    /// Where the adjectives before the class noun at `at` begin: {уголовной} полиции, {foreign} ministry.
    fn adjectives_of_body(&self, at: usize, low: usize) -> usize {
        let lang = self.sentence.lang;
        let noun = &self.sentence.words[at];
        let adjective = |word: &Word| match lang {
            Lang::Ru => word.pos == Pos::Adjective && word.cases.0 & noun.cases.0 != 0,
            Lang::En => {
                self.kit.nouns.is_before(lang, word) && word.fold != "former"
                    || self.kit.gazetteer.adjective(word, lang).is_some()
            }
            _ => false,
        };
        let mut from = at;
        let floor = low + usize::from(lang == Lang::Ru);
        while from > floor && adjective(&self.sentence.words[from - 1]) {
            from -= 1;
        }
        from
    }
}
