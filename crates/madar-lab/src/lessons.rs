//! What the models of facts learn from a text that is annotated in full: for each sentence its mentions, which
//! words are descriptions, and what is told of each mention and of each pair of them.

use std::collections::BTreeSet;
use std::ops::Range;

use madar_read::told::{Spot, pair_label, single_label, spot_kind};
use madar_read::words::Sentence;
use madar_read::{Annotated, EntityKind, Kit, Mention, MentionForm, ReferentId, Role, Status};
use madar_text::{Lang, Span};

use crate::taught::{Taught, TaughtFact, TaughtMention};
use crate::train;

/// One sentence. Pairs are of numbers of spots, the first stands first.
pub(crate) struct Lesson {
    pub(crate) spots: Vec<Spot>,
    pub(crate) pairs: Vec<(usize, usize, Labels)>,
    pub(crate) singles: Vec<Labels>,
    /// For each word: 0, or, of a description, twice its kind and 1, inside 2.
    pub(crate) described: Vec<usize>,
    things: Vec<ReferentId>,
    /// Of the spots in the text.
    spans: Vec<Span>,
}

#[derive(Default)]
pub(crate) struct Labels {
    pub(crate) list: BTreeSet<usize>,
    pub(crate) status: Option<usize>,
    /// Neither right nor wrong.
    pub(crate) open: bool,
}

impl Labels {
    fn teach(&mut self, label: usize, status: Status) {
        self.list.insert(label);
        self.status = Status::ALL.iter().position(|s| *s == status);
    }
}

/// One for each sentence. Pronouns are spots like descriptions, where it is known what they stand for.
pub(crate) fn lessons(
    taught: &Taught,
    lang: Lang,
    sentences: &[Sentence],
    kit: &Kit,
) -> Vec<Lesson> {
    let pronouns = pronouns(taught, lang, kit);
    let of = |s| lesson(taught, &pronouns, s);
    let mut out: Vec<Lesson> = sentences.iter().map(of).collect();
    for fact in &taught.facts {
        for (lesson, sentence) in out.iter_mut().zip(sentences) {
            if fact.evidence.iter().any(|e| e.overlaps(sentence.span)) {
                lesson.teach(fact);
            }
        }
    }
    out
}

fn pronouns(taught: &Taught, lang: Lang, kit: &Kit) -> Vec<(Span, ReferentId)> {
    let mentions = taught.mentions.iter().map(|own| {
        let text = own.span.of(&taught.text);
        Mention {
            span: own.span,
            kind: own.kind,
            form: if own.named {
                MentionForm::Name
            } else {
                MentionForm::Description
            },
            lang,
            name: text.to_owned(),
            listed: None,
            of: None,
            noun: None,
        }
    });
    let annotated = Annotated {
        mentions: mentions.collect(),
        things: taught
            .mentions
            .iter()
            .map(|m| ReferentId::new(m.thing))
            .collect(),
        described: true,
        times: Vec::new(),
        amounts: Vec::new(),
    };
    madar_read::pronouns_of(&train::document(&taught.text, lang), &annotated, kit)
}

fn lesson(taught: &Taught, pronouns: &[(Span, ReferentId)], sentence: &Sentence) -> Lesson {
    let mut out = Lesson {
        spots: Vec::new(),
        pairs: Vec::new(),
        singles: Vec::new(),
        described: vec![0; sentence.words.len()],
        things: Vec::new(),
        spans: Vec::new(),
    };
    let mut described_to = 0;
    let mut places: Vec<(Span, EntityKind, bool, ReferentId)> = Vec::new();
    for mention in &taught.mentions {
        let words: Range<usize> = sentence.within(mention.span);
        if words.is_empty() || !sentence.span.overlaps(mention.span) {
            continue;
        }
        // Of descriptions within descriptions the outer ones.
        if !mention.named && words.start >= described_to {
            described_to = words.end;
            let begin = 1 + 2 * spot_kind(mention.kind);
            out.described[words.clone()].fill(begin + 1);
            out.described[words.start] = begin;
        }
        let thing = ReferentId::new(mention.thing);
        places.push((mention.span, mention.kind, mention.named, thing));
    }
    for &(span, thing) in pronouns.iter().filter(|(p, _)| sentence.span.contains(*p)) {
        let stands_for = |m: &&TaughtMention| ReferentId::new(m.thing) == thing;
        if let Some(mention) = taught.mentions.iter().find(stands_for) {
            places.push((span, mention.kind, false, thing));
        }
    }
    places.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
    for (span, kind, named, thing) in places {
        let words = sentence.within(span);
        out.spots.push(Spot {
            from: words.start,
            to: words.end,
            kind,
            named,
        });
        out.things.push(thing);
        out.spans.push(span);
        out.singles.push(Labels::default());
    }
    let pairs = madar_read::told::pairs(&out.spots, &out.things);
    out.pairs = pairs
        .into_iter()
        .map(|(a, b)| (a, b, Labels::default()))
        .collect();
    out
}

impl Lesson {
    /// Marks the pairs and single mentions of which a fact tells that has evidence in the sentence.
    fn teach(&mut self, fact: &TaughtFact) {
        let inside = |at: usize| {
            let span = self.spans[at];
            fact.evidence.iter().any(|e| e.contains(span))
        };
        let role = |at: usize| {
            let own = |&&(_, other): &&(Role, usize)| ReferentId::new(other) == self.things[at];
            let found = fact.participants.iter().find(own);
            found.map(|(role, _)| *role)
        };
        let mut told = false;
        // Mentions in the words of the fact; where there are not two of them, those beside these words.
        for strict in [true, false] {
            if told {
                break;
            }
            for (a, b, labels) in &mut self.pairs {
                let (Some(first), Some(second)) = (role(*a), role(*b)) else {
                    continue;
                };
                let label = pair_label(fact.kind, first, second);
                match label.filter(|_| !strict || inside(*a) && inside(*b)) {
                    Some(label) => {
                        labels.teach(label, fact.status);
                        told = true;
                    }
                    None => labels.open = true,
                }
            }
        }
        // Who is told of in a pair may or may not be told of alone.
        let any = (0..self.spots.len()).any(|at| role(at).is_some() && inside(at));
        for (at, labels) in self.singles.iter_mut().enumerate() {
            let Some(role) = role(at) else { continue };
            let label = single_label(fact.kind, role);
            match label.filter(|_| !told && (inside(at) || !any)) {
                Some(label) => labels.teach(label, fact.status),
                None => labels.open = true,
            }
        }
    }
}
