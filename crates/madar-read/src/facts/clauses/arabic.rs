//! Arabic clauses: each verb that the build of the sentence knows, with its subject and what stands behind
//! the two up to the next verb.

use super::super::arabic::Layout;
use super::super::arguments::Site;
use super::super::pack::TriggerKind;
use super::Clause;
use madar_text::Lang;

/// Words before a verb that may belong to its clause: its subject, قد, لم.
const LEADING: usize = 12;
const WHERE: [&str; 6] = ["في", "ب", "داخل", "قرب", "خارج", "لدي"];

impl Site<'_> {
    pub(super) fn arabic_clauses(&self) -> Vec<Clause> {
        let Some(layout) = self.layout else {
            return Vec::new();
        };
        let verbs = layout.verbs();
        verbs
            .iter()
            .map(|&at| self.arabic_clause(layout, at))
            .collect()
    }

    fn arabic_clause(&self, layout: &Layout, at: usize) -> Clause {
        let site = Site {
            trigger: at..at + 1,
            kind: TriggerKind::Verb,
            ..*self
        };
        let words = self.sentence.words.len();
        let subject = layout.subject(at).filter(|&s| self.goes_on(at, s));
        let next = layout
            .verbs()
            .iter()
            .copied()
            .find(|&v| v > at && layout.same_level(v, at));
        let end = next.unwrap_or(words);
        let behind = site.arabic_right(layout, false);
        let behind = behind.into_iter().filter(|&p| Some(p) != subject);
        let behind = behind.take_while(|&p| self.phrases[p].from < end);
        let from = subject.map_or(at + 1, |s| self.phrases[s].to.min(words).max(at + 1));
        let (others, place) = self.taken(from, behind, &WHERE);
        let mut subjects: Vec<usize> = subject.into_iter().collect();
        if let Some(first) = subject.filter(|&s| self.phrases[s].from < words) {
            subjects = self.arabic_list(layout, first);
        }
        Clause {
            at,
            others: others
                .into_iter()
                .filter(|p| !subjects.contains(p))
                .collect(),
            subject: subjects,
            about: Vec::new(),
            place,
            passive: site.is_arabic_passive(),
            limits: at.saturating_sub(LEADING)..self.arabic_end(at, end),
            aim: false,
        }
    }

    /// اتهم {طارق منصور} بالاعتداء: who is accused, and by whom is not told; وثائق {اطلعت} عليها الصحيفة: who reads tells
    /// nobody.
    pub(super) fn tells_nobody(&self, found: &Clause) -> bool {
        let verb = self.word(found.at).fold.as_str();
        let behind = |at: usize| self.sentence.words.get(at);
        let accused = || {
            let subject = found.subject.first().map(|&at| &self.phrases[at]);
            subject.is_some_and(|subject| {
                let next = behind(subject.to);
                subject.from > found.at
                    && next.is_some_and(|w| w.clitics.preposition() == Some("ب"))
            })
        };
        let reads = || behind(found.at + 1).is_some_and(|w| w.fold.starts_with("علي"));
        self.lang() == Lang::Ar
            && match verb {
                "اتهم" | "اتهمت" => accused(),
                "اطلع" | "اطلعت" | "يطلع" | "تطلع" | "اطلعوا" => reads(),
                _ => false,
            }
    }

    /// Whether a verb may go on with whom the sentence before was about: no noun that may be its own subject
    /// stands right behind it (وأرسل {مقربون} من بوتين).
    fn goes_on(&self, at: usize, subject: usize) -> bool {
        let words = &self.sentence.words;
        let carried = self.phrases[subject].from >= words.len();
        !carried
            || words.get(at + 1).is_none_or(|next| {
                let facts = &self.surface.kit.facts;
                next.clitics.preposition().is_some()
                    || facts.is_preposition(Lang::Ar, &next.fold)
                    || self.stops(next)
                    || self.phrases.iter().any(|p| p.from == at + 1)
            })
    }

    /// The words that lead to the next verb belong to it: قبل أن {يصل}.
    fn arabic_end(&self, at: usize, next: usize) -> usize {
        let words = &self.sentence.words;
        let leads = |i: &usize| {
            self.stops(&words[*i])
                || matches!(
                    words[*i].fold.as_str(),
                    "و" | "قد" | "لم" | "لن" | "لا" | "كما"
                )
        };
        let first = (at + 1..next.min(words.len()))
            .rev()
            .take_while(leads)
            .last();
        first.unwrap_or(next)
    }

    /// The list that a subject begins or ends: {ترمب} وبوتين.
    fn arabic_list(&self, layout: &Layout, at: usize) -> Vec<usize> {
        let mut last = at;
        while self.phrases.get(last + 1).is_some_and(|p| {
            p.joined
                && p.from < self.sentence.words.len()
                && layout.same_level(p.from, self.phrases[at].from)
        }) {
            last += 1;
        }
        (at..=last).collect()
    }
}
