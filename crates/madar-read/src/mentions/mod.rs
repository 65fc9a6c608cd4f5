//! Mentions: the names that the model and the gazetteers find, once more over the whole document
//! (a name that was found anywhere is found everywhere), and the descriptions around them.

mod agreement;
mod articles;
mod descriptions;
mod evidence;
mod forms;
mod glossed;
mod kinds;
mod purpose;
mod quoted;
mod split;
mod unknown;
mod unlisted;
mod whence;

#[cfg(test)]
mod tests;

pub(crate) use descriptions::Nouns;
pub(crate) use descriptions::is_participle;
pub(crate) use evidence::Evidence;
pub(crate) use glossed::is_gloss;
pub(crate) use kinds::Classes;

use madar_text::{Clitics, Document, Lang, Span, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::encoder::Seen;
use crate::gazetteer::Entry;
use crate::reading::{EntityKind, MentionForm};
use crate::russian::GUESSED;
use crate::words::{Cases, Pos, Sentence, Word};
use crate::{Kit, Mention, tagger};

/// A name found in a sentence: words `from..to`.
#[derive(Clone)]
struct Found {
    from: usize,
    to: usize,
    kind: EntityKind,
    listed: Option<String>,
    /// Found only because it was found elsewhere in the document.
    repeated: bool,
}

/// All mentions of the document, outer ones before those inside them.
pub(crate) fn mentions(
    document: &Document,
    sentences: &[Sentence],
    seen: &Seen,
    kit: &Kit,
) -> Vec<Mention> {
    let mut found: Vec<Vec<Found>> = sentences
        .iter()
        .zip(&seen.labels)
        .map(|(sentence, labels)| names(sentence, labels, kit))
        .collect();
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        articles::complete(sentence, names);
    }
    let surnames: FxHashSet<String> = sentences
        .iter()
        .zip(&found)
        .flat_map(|(sentence, names)| {
            let full = names
                .iter()
                .filter(|n| n.kind == EntityKind::Person && n.to - n.from >= 2);
            full.map(|n| sentence.words[n.to - 1].fold.clone())
        })
        .collect();
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        if sentence.lang == Lang::Ar {
            unknown::complete(sentence, names, &surnames, kit);
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        quoted::complete(sentence, names, kit);
        purpose::complete(document, sentence, names, kit);
    }
    agreement::agree(sentences, &mut found, kit);
    split::split(sentences, &mut found, kit);
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        names.retain(|name| !is_adjective(sentence, name) && !is_verb(sentence, name, kit));
    }
    without_strays(sentences, &mut found, kit);
    repeat(sentences, &mut found);
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        with_generation(sentence, names);
    }
    kinds::settle(sentences, &mut found, kit);
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        glossed::settle(document, sentence, names);
    }
    let mut out = Vec::new();
    for (at, (sentence, mut found)) in sentences.iter().zip(found).enumerate() {
        for name in &mut found {
            name.to = quoted::balanced(&sentence.words, name.from, name.to);
        }
        found.sort_by_key(|f| (f.from, std::cmp::Reverse(f.to)));
        let named: Vec<Mention> = found
            .iter()
            .map(|f| mention(document, sentence, f, kit))
            .collect();
        let mut described = descriptions::descriptions(document, sentence, &named, kit);
        if let Some(labels) = seen.described.get(at) {
            let more = unlisted::descriptions(document, sentence, labels, &named, &described, kit);
            described.extend(more);
        }
        let inner = descriptions::inner_bodies(document, sentence, &named, &described, kit);
        described.extend(inner);
        for name in &found {
            out.extend(
                nested(sentence, name, kit)
                    .iter()
                    .map(|n| mention(document, sentence, n, kit)),
            );
        }
        described.retain(|m| !names_a_building(sentence, m) && !is_share(sentence, m, kit));
        out.extend(named);
        out.extend(described);
    }
    whence::complete(sentences, &mut out, kit);
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    out.dedup_by_key(|m| m.span);
    forms::surnames_by_full_names(&document.text, &mut out);
    forms::bodies_by_quoted_names(document, sentences, &mut out, kit);
    out
}

/// *{its holdings} in Elbit*, *a {controlling stake} in Adria*: a part of what is named behind it, and nothing by itself.
fn is_share(sentence: &Sentence, described: &Mention, kit: &Kit) -> bool {
    let end = sentence.within(described.span).end;
    let last = &sentence.words[end - 1];
    // a holding is a company
    let share = kit.facts.is_share(Lang::En, &last.lemma) && last.fold != "holding";
    let behind = sentence
        .words
        .get(end)
        .is_some_and(|w| matches!(w.fold.as_str(), "in" | "of"));
    sentence.lang == Lang::En && share && behind
}

/// The descriptions of a document whose names are given, in order.
pub(crate) fn descriptions_beside(
    document: &Document,
    sentences: &[Sentence],
    names: &[Mention],
    kit: &Kit,
) -> Vec<Mention> {
    let mut out = Vec::new();
    for sentence in sentences {
        let named: Vec<Mention> = names
            .iter()
            .filter(|m| sentence.span.contains(m.span) && m.form != MentionForm::Description)
            .cloned()
            .collect();
        out.extend(descriptions::descriptions(document, sentence, &named, kit));
    }
    out
}

/// Known bodies and places that a public body has in its name: {{U.N.} Security Council}, {Supreme Court of
/// {Ohio}}. A listed name says itself what it is of, apart from the organisation that it belongs to.
fn nested(sentence: &Sentence, name: &Found, kit: &Kit) -> Vec<Found> {
    if name.kind != EntityKind::PublicBody || name.to - name.from < 2 {
        return Vec::new();
    }
    let mut out = Vec::new();
    let words = &sentence.words[name.from..name.to];
    // From the second word and up to the last but one, so that the name itself is not found again.
    let mut parts = kit.gazetteer.scan(&words[1..], sentence.lang);
    parts
        .iter_mut()
        .for_each(|part| (part.from, part.to) = (part.from + 1, part.to + 1));
    parts.extend(kit.gazetteer.scan(&words[..words.len() - 1], sentence.lang));
    parts.sort_by_key(|part| (part.from, part.to));
    parts.dedup();
    for part in parts {
        let entry = kit.gazetteer.entry_at(part.entry);
        let place = entry.kind == EntityKind::Place && name.listed.is_none();
        if place || entry.kind.is_body() && !entry.is_outlet() {
            out.push(Found {
                from: name.from + part.from,
                to: name.from + part.to,
                kind: entry.kind,
                listed: Some(entry.id.clone()),
                repeated: true,
            });
        }
    }
    out
}

/// Listed forms first, then what the model finds beside them.
fn names(sentence: &Sentence, labels: &[usize], kit: &Kit) -> Vec<Found> {
    let words = &sentence.words;
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let Some(class) = tagger::class_of(labels[at]) else {
            at += 1;
            continue;
        };
        let mut to = at + 1;
        let goes_on = |to: usize| {
            labels
                .get(to)
                .is_some_and(|&l| tagger::class_of(l) == Some(class) && !tagger::begins(l))
                && words[to].host == words[to].span
        };
        while goes_on(to) {
            to += 1;
        }
        let kind = match class {
            0 => EntityKind::Person,
            1 => EntityKind::Place,
            2 => EntityKind::Organization,
            _ => EntityKind::Asset,
        };
        // Latin letters in an Arabic or Russian text are brands and things more often than people.
        let latin = sentence.lang != Lang::En
            && words[at..to]
                .iter()
                .all(|w| w.fold.bytes().all(|b| b.is_ascii()));
        let kind = if latin && class == 0 {
            EntityKind::Organization
        } else {
            kind
        };
        let (from, end) = trim(sentence, at, to, kind, kit);
        let adjectives = words[from..end]
            .iter()
            .all(|w| kit.gazetteer.adjective(w, sentence.lang).is_some());
        if from < end && !adjectives && (class != 3 || kinds::is_marked(words, from, end)) {
            out.push(Found {
                from,
                to: end,
                kind,
                listed: None,
                repeated: false,
            });
        }
        at = to;
    }
    for listed in kit.gazetteer.scan(words, sentence.lang) {
        let entry = kit.gazetteer.entry_at(listed.entry);
        let article = sentence.lang == Lang::En && words[listed.from].fold == "the";
        let (from, to) = (listed.from + usize::from(article), listed.to);
        // A listed word inside a longer name belongs to that name: *Moscow* in *Bank of Moscow*,
        // بيتش in جنتري بيتش.
        let inside = out.iter().any(|f| {
            f.from <= from
                && to <= f.to
                && (f.to - f.from) > (to - from)
                && f.kind != EntityKind::Place
        });
        if inside {
            continue;
        }
        out.retain(|f| f.to <= from || to <= f.from);
        out.push(Found {
            from,
            to,
            kind: entry.kind,
            listed: Some(entry.id.clone()),
            repeated: false,
        });
    }
    out.sort_by_key(|f| f.from);
    out
}

/// Words for what is called after an office: {مكتبة} الرئيس, {قصر} الرئيس.
const BUILDINGS: [&str; 6] = ["مكتبه", "متحف", "قصر", "برج", "وسام", "جايزه"];

/// Whether an Arabic title alone only names a building: in مكتبة {الرئيس} nobody is spoken of.
fn names_a_building(sentence: &Sentence, mention: &Mention) -> bool {
    let words = sentence.within(mention.span);
    let before = words.start.checked_sub(1).map(|at| &sentence.words[at]);
    mention.lang == Lang::Ar
        && mention.kind == EntityKind::Person
        && words.len() == 1
        && before.is_some_and(|word| BUILDINGS.contains(&word.fold.as_str()))
}

/// Cuts titles, demonyms and class nouns off a name's ends, and signs.
fn trim(
    sentence: &Sentence,
    from: usize,
    to: usize,
    kind: EntityKind,
    kit: &Kit,
) -> (usize, usize) {
    let words = &sentence.words;
    let (mut from, mut to) = (from, to);
    let title = |word: &Word| {
        kit.nouns.is_noun(sentence.lang, word)
            || kit.gazetteer.adjective(word, sentence.lang).is_some()
            || kit.nouns.is_before(sentence.lang, word)
            || kit.facts.many_kin(sentence.lang, word).is_some()
    };
    let article = |word: &Word| sentence.lang == Lang::En && word.fold == "the";
    while from < to
        && (words[from].pos == Pos::Punct
            || article(&words[from])
            || kind == EntityKind::Person && title(&words[from]))
    {
        from += 1;
    }
    // Names of people: *U.S. Secretary of State {Mike Pompeo}* was taken whole.
    if kind == EntityKind::Person && sentence.lang != Lang::Ar {
        let last = (from..to)
            .rev()
            .find(|&at| !words[at].capital && words[at].kind == TokenKind::Word);
        let of = last.filter(|&at| matches!(words[at].fold.as_str(), "of" | "for"));
        if let Some(of) = of {
            from = of + 1;
            while from + 1 < to && (title(&words[from]) || words[from].fold == "state") {
                from += 1;
            }
        }
    }
    // عين حداد شقيقه سامي {مديراً}: the post behind a name is no part of it
    let post = |word: &Word| {
        let accusative = word.fold.strip_suffix('ا') == Some(word.lemma.as_str());
        sentence.lang == Lang::Ar && accusative && kit.nouns.is_arabic_noun(&word.lemma)
    };
    while from < to
        && (words[to - 1].pos == Pos::Punct && words[to - 1].fold != ")"
            || words[to - 1].fold == "'s"
            || to - from > 1 && kind == EntityKind::Person && post(&words[to - 1]))
    {
        to -= 1;
    }
    (from, to)
}

/// {الاتحاد الأوروبي} أورلوف: how many words of a name the lists know as a body of their own, and which.
fn listed_front<'k>(words: &[Word], lang: Lang, kit: &'k Kit) -> Option<(usize, &'k Entry)> {
    let front = kit.gazetteer.scan(&words[..words.len() - 1], lang);
    let front = front.into_iter().find(|f| f.from == 0 && f.to >= 2)?;
    let entry = kit.gazetteer.entry_at(front.entry);
    entry.kind.is_body().then_some((front.to, entry))
}

/// زار وفد من شركة هالدن {بغداد}: where the place begins that ends an Arabic name, and which. No sign parts an object from
/// the subject before it.
fn listed_end<'k>(words: &[Word], lang: Lang, kit: &'k Kit) -> Option<(usize, &'k Entry)> {
    if lang != Lang::Ar {
        return None;
    }
    let end = kit.gazetteer.scan(&words[1..], lang);
    let end = end.into_iter().find(|f| f.to + 1 == words.len())?;
    let entry = kit.gazetteer.entry_at(end.entry);
    // تويوتا المملكة المتحدة is a branch
    let country = entry.id == format!("places/{}", entry.country);
    (entry.kind == EntityKind::Place && !country).then_some((end.from + 1, entry))
}

/// Words that a model took into a name, of those that are told once: an Arabic word for *without* or *for*
/// before what stands alone elsewhere (ودوّن ويتكوف, *and Witkoff noted*), a word behind a surname that stands alone and ends
/// a whole name (استطاع ويتكوف اغتنام الفرصة).
fn without_strays(sentences: &[Sentence], found: &mut [Vec<Found>], kit: &Kit) {
    let keys = |sentence: &Sentence, name: &Found| -> Vec<String> {
        let words = &sentence.words[name.from..name.to];
        words.iter().map(|w| key_of(sentence.lang, w)).collect()
    };
    let mut times: FxHashMap<Vec<String>, usize> = FxHashMap::default();
    let mut surnames: FxHashSet<String> = FxHashSet::default();
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names.iter().filter(|n| n.kind == EntityKind::Person) {
            let whole = keys(sentence, name);
            surnames.extend(whole.iter().skip(1).last().cloned());
            *times.entry(whole).or_default() += 1;
        }
    }
    // How many names end in a word.
    let mut ends: FxHashMap<String, usize> = FxHashMap::default();
    for last in times.keys().filter_map(|name| name.last()) {
        *ends.entry(last.clone()).or_default() += 1;
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person) {
            let whole = keys(sentence, name);
            if whole.len() != 2 || times.get(&whole) != Some(&1) {
                continue;
            }
            let words = &sentence.words[name.from..name.to];
            let preposition = sentence.lang == Lang::Ar
                && kit.facts.is_preposition(sentence.lang, &words[0].fold);
            if preposition && times.contains_key(&whole[1..]) {
                name.from += 1;
            } else if surnames.contains(&whole[0])
                && times.contains_key(&whole[..1])
                && ends.get(&whole[1]) == Some(&1)
                && !is_generation(&whole[1])
            {
                name.to -= 1;
            }
        }
    }
}

/// *{абу-дабийской} Silk Basin*: an adjective of a place is no name.
fn is_adjective(sentence: &Sentence, name: &Found) -> bool {
    let words = &sentence.words[name.from..name.to];
    let last = words.last();
    sentence.lang == Lang::Ru
        && name.listed.is_none()
        && words
            .iter()
            .all(|w| !w.capital && w.kind != TokenKind::Number)
        && last.is_some_and(|w| w.pos == Pos::Adjective)
}

/// في لقاء {بدا}: a common form of a verb that no list of names has.
fn is_verb(sentence: &Sentence, name: &Found, kit: &Kit) -> bool {
    let [word] = &sentence.words[name.from..name.to] else {
        return false;
    };
    sentence.lang == Lang::Ar
        && name.kind == EntityKind::Person
        && name.listed.is_none()
        && word.class >> 1 == OFTEN
        && !unknown::is_name_word(word)
        && kit.facts.arabic_verb(&word.fold).is_some()
}

/// دونالد ترمب جونيور is another man than دونالد ترمب: the word belongs to the name.
fn with_generation(sentence: &Sentence, names: &mut Vec<Found>) {
    names.retain(|n| n.to - n.from > 1 || !is_generation(&sentence.words[n.from].fold));
    for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person) {
        name.to += usize::from(
            sentence
                .words
                .get(name.to)
                .is_some_and(|w| is_generation(&w.fold)),
        );
    }
}

fn is_generation(word: &str) -> bool {
    crate::referents::GENERATIONS.contains(&word)
}

/// How often a common word must be for a lone surname of that form to stay unfound elsewhere: the
/// lists' highest class.
const OFTEN: u8 = 2;

/// Finds names again that were found once: whole, or the last word of a person's name alone.
fn repeat(sentences: &[Sentence], found: &mut [Vec<Found>]) {
    let mut forms: FxHashMap<Vec<String>, (EntityKind, Option<String>)> = FxHashMap::default();
    for (sentence, names) in sentences.iter().zip(found.iter()) {
        for name in names {
            let words = &sentence.words[name.from..name.to];
            let key: Vec<String> = words
                .iter()
                .map(|w| key(sentence.lang, w).to_owned())
                .collect();
            let surname = words.last().filter(|w| {
                name.kind == EntityKind::Person && words.len() > 1 && is_rare(sentence.lang, w)
            });
            if let Some(last) = surname {
                let key = vec![key_of(sentence.lang, last)];
                forms.entry(key).or_insert((name.kind, None));
            }
            if words.len() > 1 || words.iter().all(|w| is_rare(sentence.lang, w)) {
                forms.insert(key, (name.kind, name.listed.clone()));
            }
        }
    }
    // How long the forms are that begin with a word, the longest first.
    let mut lengths: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for form in forms.keys() {
        let own = lengths.entry(form[0].clone()).or_default();
        if let Err(at) = own.binary_search_by(|len| form.len().cmp(len)) {
            own.insert(at, form.len());
        }
    }
    for (sentence, names) in sentences.iter().zip(found.iter_mut()) {
        let words = &sentence.words;
        for at in 0..words.len() {
            let Some(own) = lengths.get(key(sentence.lang, &words[at])) else {
                continue;
            };
            if names.iter().any(|f| (f.from..f.to).contains(&at)) {
                continue;
            }
            for &len in own.iter().filter(|&&len| at + len <= words.len()) {
                let free = !names.iter().any(|f| f.from < at + len && at < f.to);
                let key: Vec<String> = words[at..at + len]
                    .iter()
                    .map(|w| key_of(sentence.lang, w))
                    .collect();
                let Some((kind, listed)) = forms.get(&key).filter(|_| free) else {
                    continue;
                };
                let cased = sentence.lang == Lang::Ar || words[at].capital;
                if cased && words[at + 1..at + len].iter().all(|w| w.host == w.span) {
                    names.push(Found {
                        from: at,
                        to: at + len,
                        kind: *kind,
                        listed: listed.clone(),
                        repeated: true,
                    });
                    break;
                }
            }
        }
    }
}

fn key(lang: Lang, word: &Word) -> &str {
    if lang == Lang::Ru {
        &word.lemma
    } else {
        &word.fold
    }
}

fn key_of(lang: Lang, word: &Word) -> String {
    key(lang, word).to_owned()
}

/// Whether a word alone can be taken for the name it was elsewhere.
fn is_rare(lang: Lang, word: &Word) -> bool {
    let letters = word.fold.chars().count();
    match lang {
        Lang::Ar => letters >= 3 && word.class >> 1 < OFTEN && !word.clitics.has(Clitics::ARTICLE),
        _ => letters >= 3 && word.capital,
    }
}

fn mention(document: &Document, sentence: &Sentence, found: &Found, kit: &Kit) -> Mention {
    let words = &sentence.words[found.from..found.to];
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let span = Span::new(first.host.start, last.span.end);
    let name = if sentence.lang == Lang::Ru {
        match stands_in_quotes(sentence, found, kit) {
            true => span.of(&document.text).to_owned(),
            false => russian_name(
                &document.text,
                words,
                found.kind,
                governed(sentence, found, kit),
                kit,
            ),
        }
    } else {
        as_listed(span.of(&document.text), first)
    };
    let short = words.len() == 1 && first.all_capitals;
    let form = if short {
        MentionForm::Alias
    } else {
        MentionForm::Name
    };
    let (of, noun) = (None, None);
    Mention {
        span,
        kind: found.kind,
        form,
        lang: sentence.lang,
        name,
        listed: found.listed.clone(),
        of,
        noun,
    }
}

/// Words as they stand, with the alef that an Arabic article loses behind ل: للوزير is of الوزير.
fn as_listed(text: &str, first: &Word) -> String {
    let lost = first.clitics.has(Clitics::ARTICLE) && text.starts_with('ل');
    if lost {
        format!("ا{text}")
    } else {
        text.to_owned()
    }
}

/// A description as it would stand alone: *сестре Василенкова* is сестра Василенкова.
fn described(document: &Document, words: &[Word], lang: Lang, kit: &Kit) -> String {
    let text = &document.text;
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let span = Span::new(first.host.start, last.span.end);
    let plain = words
        .iter()
        .take_while(|w| w.kind == TokenKind::Word && !w.all_capitals);
    let shown: Vec<&str> = plain.map(|w| w.span.of(text)).collect();
    let nominative = || kit.russian.nominative(&shown);
    match (lang == Lang::Ru).then(nominative).flatten() {
        Some(told) => {
            let rest = Span::new(words[told.len() - 1].span.end, span.end);
            told.join(" ") + rest.of(text)
        }
        None => as_listed(span.of(text), first),
    }
}

/// НПЗ {«Тамар»}: behind what a thing is its name in quotation marks stands in the nominative.
fn stands_in_quotes(sentence: &Sentence, found: &Found, kit: &Kit) -> bool {
    let before = |back: usize| found.from.checked_sub(back).map(|at| &sentence.words[at]);
    let noun = before(2).is_some_and(|w| kit.class(sentence.lang, w).is_some());
    noun && before(1).is_some_and(Word::is_quote) && found.kind != EntityKind::Person
}

/// A person's name whose words agree is put into the nominative as a whole, a body's up to its noun (*Министерству
/// энергетики* is Министерство энергетики), any other word by word.
fn russian_name(
    text: &str,
    words: &[Word],
    kind: EntityKind,
    governed: Governed,
    kit: &Kit,
) -> String {
    let plain = |w: &Word| w.kind == TokenKind::Word && w.spaced && w.capital && !w.all_capitals;
    let is_full = kind == EntityKind::Person
        && words.len() > 1
        && words[1..].iter().all(plain)
        && plain_first(&words[0]);
    let shown: Vec<&str> = words.iter().map(|w| w.span.of(text)).collect();
    let whole = || {
        let sure = governed == Governed::Surely;
        let person = is_full.then(|| kit.russian.person(&shown, sure)).flatten();
        let written = person.as_ref().is_none_or(|parts| *parts == shown);
        // no dictionary has the surname, and no woman bears it
        let last = &words[words.len() - 1];
        let woman = ["ова", "ева", "ина", "ына"]
            .iter()
            .any(|end| last.fold.ends_with(end));
        let unknown = last.class & GUESSED != 0 && !woman;
        let genitive = is_full && written && governed != Governed::No && unknown;
        let own = genitive.then(|| of_a_man(&shown)).flatten();
        own.or_else(|| person.map(|parts| parts.join(" ")))
    };
    let body = || {
        let is_body = kind != EntityKind::Person && words.len() > 1;
        let told = is_body.then(|| kit.russian.nominative(&shown)).flatten()?;
        let (own, last) = (&words[..told.len()], &words[words.len() - 1]);
        // what stands behind a foreign word hangs on it in no case: «Рафидаин Мобайла»
        let known = |w: &Word| w.class & GUESSED == 0 && !w.all_capitals;
        let plain =
            plain_first(&own[0]) && own.iter().all(known) && own[1..].iter().all(|w| w.spaced);
        let rest = Span::new(own[own.len() - 1].span.end, last.span.end);
        plain.then(|| told.join(" ") + rest.of(text))
    };
    whole()
        .or_else(body)
        .unwrap_or_else(|| nominative(text, words, kind))
}

/// What stands before a Russian name of the case that it stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Governed {
    No,
    /// A noun in another case, whose genitive it may be: *в беседе {Мартена Верхюлста}*.
    Perhaps,
    /// A preposition, or a post in another case: *с {Мартеном Верхюлстом}*, *министра {Мартена Верхюлста}*.
    Surely,
}

fn governed(sentence: &Sentence, found: &Found, kit: &Kit) -> Governed {
    let Some(before) = found.from.checked_sub(1).map(|at| &sentence.words[at]) else {
        return Governed::No;
    };
    let noun = before.pos == Pos::Noun && before.cases.is_known();
    let oblique = noun && !before.cases.may_be(Cases::NOM);
    // *рассказала {министру} Анна*, *назначена {министром} Анна*: these may stand before another's name
    let titled = oblique && !before.plural && before.cases.may_be(Cases::GEN);
    match before.pos {
        Pos::Preposition => Governed::Surely,
        _ if titled && kit.nouns.is_post(Lang::Ru, before) => Governed::Surely,
        _ if oblique => Governed::Perhaps,
        _ => Governed::No,
    }
}

/// A man's name in the genitive whose words no dictionary has: *Мартена Верхюлста*.
fn of_a_man(words: &[&str]) -> Option<String> {
    let bare = |word: &&str| {
        let stem = word.strip_suffix('а')?;
        let consonant = stem.ends_with(|c: char| !"аеёиоуыэюяьй".contains(c));
        (consonant && stem.chars().count() > 2).then(|| stem.to_owned())
    };
    let all: Option<Vec<String>> = words.iter().map(bare).collect();
    all.map(|words| words.join(" "))
}

fn plain_first(word: &Word) -> bool {
    word.kind == TokenKind::Word && word.capital && !word.all_capitals
}

/// A Russian name as the dictionary would list it: each inflected word in its base form, capitals
/// and signs as they stand.
fn nominative(text: &str, words: &[Word], kind: EntityKind) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 && word.spaced {
            out.push(' ');
        }
        let shown = word.span.of(text);
        let inflected = word.pos != Pos::Punct
            && !word.all_capitals
            && shown.chars().any(|c| ('а'..='я').contains(&c));
        // A name that no dictionary knows and that looks like an instrumental may be none («Сотаком»).
        let unsure = word.class & GUESSED != 0 && word.cases == Cases::INS && words.len() == 1;
        // A foreign surname in a vowel does not decline: Дахмани.
        let unknown = word.class & GUESSED != 0;
        let vowel = word.fold.ends_with(['и', 'о', 'э']) && (unknown || word.pos == Pos::Noun);
        // Nobody is several: *Аллам* is no dative plural.
        let ending = word.fold.strip_prefix(word.lemma.as_str());
        let several = unknown && matches!(ending, Some("ам" | "ах" | "ами"));
        let foreign = kind == EntityKind::Person && (vowel || several);
        if !inflected || unsure || foreign || !word.capital && at > 0 {
            out.push_str(shown);
            continue;
        }
        let mut letters = word.lemma.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(letters.as_str());
    }
    out
}
