//! Descriptions whose nouns no list has (*two {gunmen}*, {سكان الحي}, *местные {рыбаки}*), as the accurate
//! reader's network sees them. What the lists find goes before: they know the noun and what it is of.

use std::ops::Range;

use madar_text::{Clitics, Document, Lang, Span, TokenKind};

use crate::reading::{EntityKind, MentionForm};
use crate::tagger;
use crate::words::{Pos, Sentence, Word};
use crate::{Kit, Mention};

/// Beside the `names` and the descriptions that the lists have found, by the labels of the words.
pub(super) fn descriptions(
    document: &Document,
    sentence: &Sentence,
    labels: &[usize],
    names: &[Mention],
    listed: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let from = at;
        at += 1;
        let Some(kind) = tagger::class_of(labels[from]) else {
            continue;
        };
        while labels
            .get(at)
            .is_some_and(|&l| !tagger::begins(l) && tagger::class_of(l) == Some(kind))
        {
            at += 1;
        }
        let end = before_name(sentence, from..at, EntityKind::ALL[kind], names, kit);
        let end = super::quoted::balanced(&sentence.words, from, end);
        let end = before_preposition(sentence, from..end, kit);
        let end = behind_agent(sentence, from..end, names);
        let words = &sentence.words[from..end];
        let is_word = |w: &Word| w.fold.chars().any(char::is_alphabetic);
        if !words.iter().any(is_word) {
            continue;
        }
        let span = Span::new(words[0].host.start, words[words.len() - 1].span.end);
        let crosses = |name: &Mention| {
            name.span.overlaps(span) && (name.span.contains(span) || !span.contains(name.span))
        };
        if is_called(sentence, end, EntityKind::ALL[kind], names)
            || end - from == 1 && is_cut_off(sentence, end)
            || end - from == 1 && kit.evidence.is_title(sentence.lang, &words[0])
            || is_adjective(sentence, from..end, names)
            || end - from == 1 && is_clause(sentence, from, kit)
            || names.iter().any(crosses)
            || listed.iter().any(|m| m.span.overlaps(span))
        {
            continue;
        }
        out.push(Mention {
            span,
            kind: match EntityKind::ALL[kind] {
                EntityKind::Person if is_company(sentence.lang, words, kit) => EntityKind::Company,
                kind => kind,
            },
            form: MentionForm::Description,
            lang: sentence.lang,
            name: super::described(document, words, sentence.lang, kit),
            listed: None,
            of: country(sentence.lang, words, kit),
            noun: None,
        });
    }
    out
}

/// *Baltpolis, an {insurer}*: a company, whom the model takes for a man.
fn is_company(lang: Lang, words: &[Word], kit: &Kit) -> bool {
    let noun = match lang {
        Lang::En => words.last(),
        Lang::Ru => words.iter().find(|w| w.pos != Pos::Adjective),
        _ => words.first(),
    };
    let noun = noun.filter(|w| !w.plural && !kit.nouns.is_post(lang, w));
    noun.is_some_and(|w| kit.nouns.class(lang, w) == Some(EntityKind::Company))
}

/// The country that a noun and its adjective name: نظيره {الروسي}.
fn country(lang: Lang, words: &[Word], kit: &Kit) -> Option<String> {
    let [_, _] = words else { return None };
    let country = words
        .iter()
        .find_map(|word| kit.gazetteer.adjective(word, lang))?;
    Some(format!("places/{country}"))
}

/// Where a description ends whose place was taken for a name of its own: {ثلاثة من رجال الأعمال} في ميامي.
fn before_preposition(sentence: &Sentence, words: Range<usize>, kit: &Kit) -> usize {
    let links = |at: &usize| {
        let fold = &sentence.words[*at].fold;
        kit.facts.is_preposition(sentence.lang, fold)
    };
    let last = words.clone().rev().find(|at| !links(at));
    last.map_or(words.end, |last| last + 1)
}

/// Where a description ends that its verb was taken into: *{emails obtained by the BBC} show*.
fn behind_agent(sentence: &Sentence, words: Range<usize>, names: &[Mention]) -> usize {
    let by = words.clone().find(|&at| sentence.words[at].fold == "by");
    let agent = by.filter(|_| sentence.lang == Lang::En).and_then(|by| {
        let named = |m: &&Mention| {
            let own = sentence.within(m.span);
            own.start > by && own.start <= by + 2 && own.end < words.end
        };
        names.iter().find(named)
    });
    agent.map_or(words.end, |name| sentence.within(name.span).end)
}

/// Where an Arabic title ends that was taken with the name of who bears it: {رئيس مجلس إدارة الشركة} غوردون هالفورسن. Behind
/// the article nothing more is governed; but in مبعوث الرئيس ترمب the name is that of the inner title.
fn before_name(
    sentence: &Sentence,
    words: Range<usize>,
    kind: EntityKind,
    names: &[Mention],
    kit: &Kit,
) -> usize {
    if sentence.lang != Lang::Ar || kind != EntityKind::Person {
        return words.end;
    }
    let last = sentence.words[words.end - 1].span.end;
    let name = names.iter().find(|name| {
        name.kind == EntityKind::Person
            && name.span.end == last
            && name.form != MentionForm::Description
    });
    let Some(name) = name else { return words.end };
    let front = &sentence.words[words.clone()];
    let front = &front[..front.partition_point(|w| w.host.start < name.span.start)];
    let closed = front
        .last()
        .is_some_and(|w| w.clitics.has(Clitics::ARTICLE));
    let inner = |w: &Word| w.clitics.has(Clitics::ARTICLE) && kit.nouns.is_post(sentence.lang, w);
    if closed && !front.iter().skip(1).any(inner) {
        words.start + front.len()
    } else {
        words.end
    }
}

/// Whether one English word is only the front of a phrase whose head comes behind it: *an {energy} investor*.
fn is_cut_off(sentence: &Sentence, next: usize) -> bool {
    let word = sentence.words.get(next);
    let plain = |w: &Word| {
        w.kind == TokenKind::Word && w.pos == Pos::Other && !w.capital && w.fold.chars().count() > 3
    };
    sentence.lang == Lang::En && word.is_some_and(plain)
}

/// *{абу-дабийской} Silk Basin*: an adjective right before a name describes nobody else.
fn is_adjective(sentence: &Sentence, words: Range<usize>, names: &[Mention]) -> bool {
    let last = &sentence.words[words.end - 1];
    let next = sentence.words.get(words.end).map(|w| w.host.start);
    let named = || names.iter().any(|name| Some(name.span.start) == next);
    sentence.lang == Lang::Ru && last.pos == Pos::Adjective && named()
}

/// *с Остапчуком, с апреля 2022 года {находящимся} под санкциями*: what is told of the one before the comma.
fn is_clause(sentence: &Sentence, at: usize, kit: &Kit) -> bool {
    let within = |w: &&Word| {
        w.in_calendar
            || w.kind == TokenKind::Number
            || matches!(w.pos, Pos::Adverb | Pos::Particle)
            || kit.facts.is_preposition(Lang::Ru, &w.fold)
    };
    let mut before = sentence.words[..at].iter().rev().skip_while(within);
    sentence.lang == Lang::Ru
        && sentence.words[at].pos == Pos::Participle
        && before.next().is_some_and(|w| w.fold == ",")
}

/// Whether the name of the thing stands right behind it, perhaps in quotation marks: what it is called is no
/// mention beside it (*газодобывающей компании {«Лаптев-Газ»}*). A title and a person's name are two.
fn is_called(sentence: &Sentence, next: usize, kind: EntityKind, names: &[Mention]) -> bool {
    let quote = |w: &Word| matches!(w.fold.as_str(), "\"" | "«" | "“" | "„");
    let open = sentence.words.get(next).is_some_and(quote);
    let Some(word) = sentence.words.get(next + usize::from(open)) else {
        return false;
    };
    let called = |name: &Mention| {
        name.span.start == word.host.start
            && (name.kind.is_body() || name.kind == EntityKind::Asset)
    };
    (kind.is_body() || kind == EntityKind::Asset) && names.iter().any(called)
}
