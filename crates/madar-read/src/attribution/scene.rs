//! One sentence with what attribution looks at: words, mentions by word, quotations, cues.

use madar_text::{Clitics, Lang, Span};

use super::pack::{Class, Cue, Frame, Head, Language, Pack};
use super::quotes::Quote;
use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Sentence, Word};

/// A mention by the words it covers: first, and one past the last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Placed {
    pub(super) id: MentionId,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A cue in the sentence, by its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) cue: usize,
}

pub(super) struct Scene<'a> {
    pub(super) surface: &'a Surface<'a>,
    pub(super) pack: &'a Language,
    /// Index of the sentence.
    pub(super) at: usize,
    pub(super) sentence: &'a Sentence,
    /// In order of the text, the longer first.
    pub(super) mentions: Vec<Placed>,
    /// Those that touch the sentence.
    pub(super) quotes: Vec<Quote>,
    pub(super) hits: Vec<Hit>,
    /// The names under which the publisher signs, as folded words.
    own: &'a [Vec<String>],
}

impl<'a> Scene<'a> {
    /// Length of a phrase at a word by which the publisher speaks of itself, or of its name.
    pub(super) fn own_at(&self, at: usize) -> Option<usize> {
        let words = self.words();
        let named = |name: &Vec<String>| {
            let here = words.get(at..)?.iter().zip(name);
            let same = here
                .take_while(|(w, n)| **n == w.fold || **n == w.lemma)
                .count();
            // «Новой газете» for «Новая газета Балтия»: two words of it are enough
            (same == name.len() || same >= 2).then_some(same)
        };
        let name = self.own.iter().find_map(named);
        name.or_else(|| self.pack.own_at(words, at))
    }

    pub(super) fn words(&self) -> &'a [Word] {
        &self.sentence.words
    }

    pub(super) fn len(&self) -> usize {
        self.sentence.words.len()
    }

    pub(super) fn lang(&self) -> Lang {
        self.sentence.lang
    }

    pub(super) fn cue(&self, hit: Hit) -> &'a Cue {
        &self.pack.cues[hit.cue]
    }

    /// A word as written; past the end of the sentence all questions by place are answered no.
    pub(super) fn text(&self, at: usize) -> &'a str {
        let word = self.sentence.words.get(at);
        word.map_or("", |w| w.span.of(&self.surface.document.text))
    }

    pub(super) fn is(&self, at: usize, class: Class) -> bool {
        self.sentence
            .words
            .get(at)
            .is_some_and(|w| self.pack.is(w, class))
    }

    pub(super) fn is_form(&self, at: usize, class: Class) -> bool {
        self.sentence
            .words
            .get(at)
            .is_some_and(|w| self.pack.is_form(w, class))
    }

    pub(super) fn is_punct(&self, at: usize) -> bool {
        self.sentence
            .words
            .get(at)
            .is_some_and(|w| w.kind == madar_text::TokenKind::Punct)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.is_punct(at) && matches!(self.text(at), "," | "،")
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.is_punct(at) && matches!(self.text(at), "—" | "–" | "-")
    }

    pub(super) fn is_quote_mark(&self, at: usize) -> bool {
        let half =
            |one: usize| self.text(one) == "'" && self.words().get(one).is_some_and(|w| !w.spaced);
        let doubled = self.text(at) == "'"
            && (half(at + 1) || at > 0 && half(at) && self.text(at - 1) == "'");
        self.is_punct(at)
            && (matches!(self.text(at), "\"" | "“" | "”" | "«" | "»" | "„" | "`")
                || doubled
                || matches!(self.text(at), "'" | "‘" | "’") && self.ends_quote(at))
    }

    /// A quotation begins or ends with the word.
    fn ends_quote(&self, at: usize) -> bool {
        let Some(word) = self.words().get(at) else {
            return false;
        };
        let ends = |q: &Quote| q.outer.start == word.span.start || q.outer.end == word.span.end;
        self.quotes.iter().any(ends)
    }

    /// Speech begins or ends with the word: no title, no single word in marks.
    pub(super) fn speech_edge(&self, at: usize) -> bool {
        let span = self.words()[at].span;
        let ends = |q: &Quote| q.outer.end == span.end || q.outer.start == span.start;
        self.quotes.iter().any(|q| q.speech && ends(q))
    }

    /// Ends a clause for sure. A full stop inside a sentence is an abbreviation's: *Mr. Roe said*.
    pub(super) fn is_stop(&self, at: usize) -> bool {
        if !self.is_punct(at) {
            return false;
        }
        match self.text(at) {
            "." => self.words()[at + 1..]
                .iter()
                .all(|w| w.kind == madar_text::TokenKind::Punct),
            text => matches!(text, ";" | "؛" | "!" | "?" | "؟" | "…" | ":" | "(" | ")"),
        }
    }

    /// Where the bracket opens that closes right before a word: *Roe {(D-Wis.)} said*.
    pub(super) fn bracket_before(&self, at: usize) -> Option<usize> {
        /// Words that a bracket beside a name holds at most: its party, age, post.
        const BRACKET: usize = 10;
        let close = at.checked_sub(1)?;
        if self.text(close) != ")" {
            return None;
        }
        (close.saturating_sub(BRACKET)..close)
            .rev()
            .find(|&w| self.text(w) == "(")
    }

    pub(super) fn mention(&self, id: MentionId) -> &'a Mention {
        &self.surface.mentions[id.at()]
    }

    /// The longest mention that begins at a word.
    pub(super) fn mention_at(&self, at: usize) -> Option<Placed> {
        self.mentions.iter().find(|p| p.from == at).copied()
    }

    /// The outermost mention that covers a word.
    pub(super) fn covering(&self, at: usize) -> Option<Placed> {
        let covers = |p: &&Placed| p.from <= at && at < p.to;
        self.mentions.iter().find(covers).copied()
    }

    pub(super) fn is_outlet(&self, id: MentionId) -> bool {
        super::chain::is_outlet(self.surface, id)
    }

    /// A name (not a description) of something that can speak.
    pub(super) fn is_person_name(&self, id: MentionId) -> bool {
        let mention = self.mention(id);
        mention.kind == EntityKind::Person && mention.form != MentionForm::Description
    }

    pub(super) fn head(&self, at: usize) -> Option<Head> {
        // телеграм-{канал}: an account of somebody's own
        let joined = at.checked_sub(1).is_some_and(|dash| {
            let words = &self.sentence.words;
            words[dash].fold == "-" && !words[dash].spaced
        });
        let head = self.pack.head(self.sentence.words.get(at)?)?;
        (!joined || head != Head::Outlet).then_some(head)
    }

    /// A preposition is written on the word: لرويترز.
    pub(super) fn has_preposition(&self, at: usize) -> bool {
        let word = self.sentence.words.get(at);
        word.is_some_and(|w| w.clitics.preposition().is_some())
    }

    pub(super) fn has_and(&self, at: usize) -> bool {
        let word = self.sentence.words.get(at);
        word.is_some_and(|w| w.clitics.has(Clitics::AND) || w.clitics.has(Clitics::SO))
    }

    /// A word of a time expression.
    pub(super) fn is_time(&self, at: usize) -> bool {
        let Some(word) = self.sentence.words.get(at) else {
            return false;
        };
        let times = self.surface.times;
        let next = times.partition_point(|t| t.span.end <= word.span.start);
        self.pack.is(word, Class::Time)
            || times.get(next).is_some_and(|t| t.span.overlaps(word.span))
    }

    /// The speech that the words stand in.
    pub(super) fn speech_around(&self, at: usize) -> Option<Quote> {
        let span = self.sentence.words.get(at)?.span;
        let around =
            |q: &&Quote| q.speech && q.inner.start <= span.start && span.end <= q.outer.end;
        self.quotes.iter().find(around).copied()
    }

    /// Speech that ends right before a word, with nothing but marks between.
    pub(super) fn speech_before(&self, at: usize) -> Option<Quote> {
        let start = self.sentence.words.get(at)?.span.start;
        let text = &self.surface.document.text;
        // Only English tells a quotation in the sentence after it: "Why?" he asked.
        let first = self.sentence.span.start;
        self.quotes.iter().copied().find(|q| {
            q.outer.end <= start
                && (q.outer.end > first || self.lang() == Lang::En)
                && (q.speech || q.outer.start == self.sentence.span.start)
                && text[q.outer.end as usize..start as usize].chars().all(|c| {
                    c.is_whitespace() || matches!(c, ',' | '،' | '-' | '—' | '–' | '.' | 'و')
                })
        })
    }

    /// The first speech that begins between two words.
    pub(super) fn speech_in(&self, from: usize, to: usize) -> Option<Quote> {
        let begin = self.sentence.words.get(from).map(|w| w.span.start)?;
        let end = self
            .sentence
            .words
            .get(to.checked_sub(1)?)
            .map(|w| w.span.end)?;
        let inside = |q: &&Quote| q.speech && q.outer.start >= begin && q.outer.start < end;
        self.quotes.iter().find(inside).copied()
    }

    /// First word at or after a position of the text.
    pub(super) fn word_from(&self, position: u32) -> usize {
        self.sentence
            .words
            .partition_point(|w| w.span.start < position)
    }

    /// From the first word to one before `to`, without marks at the ends that belong to no part.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let (from, to) = self.trim(from, to)?;
        let words = self.words();
        Some(words[from].span.to(words[to - 1].span))
    }

    /// Cuts punctuation off both ends; a quotation mark stays where its partner is inside.
    pub(super) fn trim(&self, mut from: usize, mut to: usize) -> Option<(usize, usize)> {
        while from < to && self.is_punct(from) && !self.paired(from, from + 1, to) {
            from += 1;
        }
        while from < to && self.is_punct(to - 1) && !self.paired(to - 1, from, to - 1) {
            to -= 1;
        }
        (from < to).then_some((from, to))
    }

    fn paired(&self, at: usize, from: usize, to: usize) -> bool {
        let span = self.words()[at].span;
        let quote = self
            .quotes
            .iter()
            .find(|q| q.outer.start == span.start || q.outer.end == span.end);
        let symbol = matches!(self.text(at), "%" | "٪" | "$" | "€" | "£");
        symbol
            || to > from
                && quote.is_some_and(|q| {
                    let inside = self.words()[from].span.to(self.words()[to - 1].span);
                    inside.start <= q.inner.start && q.inner.end <= inside.end
                })
    }

    fn find_hits(&mut self) {
        let words = self.words();
        let mut at = 0;
        while at < words.len() {
            if let Some((to, cue)) = self.pack.cue_at(words, at)
                && words[at].kind == madar_text::TokenKind::Word
            {
                let named = self.covering(at).is_some_and(|p| {
                    self.mention(p.id).form != MentionForm::Description && p.to > p.from + 1
                });
                // النقل is a noun, whatever نقل is
                let verbal = matches!(self.pack.cues[cue].frame, Frame::Verb | Frame::Quoting);
                // and رؤية is one, though its fold is that of رويه
                let noun = verbal
                    && (words[at].clitics.has(Clitics::ARTICLE) || self.text(at).ends_with('ة'));
                // "officials {briefed} on the talks": who was told
                let briefed = self.pack.cues[cue].to
                    && words[at].fold.ends_with("ed")
                    && matches!(self.text(to), "on" | "of" | "about" | "by");
                if !named && !noun && !briefed {
                    self.hits.push(Hit { from: at, to, cue });
                    at = to;
                    continue;
                }
            }
            at += 1;
        }
    }
}

/// The scenes of a document, in order.
pub(super) fn scenes<'a>(
    surface: &'a Surface<'a>,
    pack: &'a Pack,
    quotes: &[Quote],
    own: &'a [Vec<String>],
) -> Vec<Scene<'a>> {
    let mut order: Vec<usize> = (0..surface.mentions.len()).collect();
    order.sort_by_key(|&at| {
        let span = surface.mentions[at].span;
        (span.start, std::cmp::Reverse(span.end), at)
    });
    let mut out = Vec::with_capacity(surface.sentences.len());
    let (mut next, mut first_quote) = (0, 0);
    for (at, sentence) in surface.sentences.iter().enumerate() {
        let mut mentions = Vec::new();
        while let Some(&id) = order.get(next)
            && surface.mentions[id].span.start < sentence.span.end
        {
            let words = sentence.within(surface.mentions[id].span);
            if !words.is_empty() {
                mentions.push(Placed {
                    id: MentionId::new(id),
                    from: words.start,
                    to: words.end,
                });
            }
            next += 1;
        }
        // One that ends right before the sentence may be what its first clause tells: "Why?" he asked.
        while quotes
            .get(first_quote)
            .is_some_and(|q| q.outer.end + 1 < sentence.span.start)
        {
            first_quote += 1;
        }
        let near = quotes[first_quote..]
            .iter()
            .take_while(|q| q.outer.start < sentence.span.end);
        let Some(pack) = pack.of(sentence.lang) else {
            continue;
        };
        let mut scene = Scene {
            surface,
            pack,
            at,
            sentence,
            mentions,
            quotes: near.copied().collect(),
            hits: Vec::new(),
            own,
        };
        scene.find_hits();
        out.push(scene);
    }
    out
}
