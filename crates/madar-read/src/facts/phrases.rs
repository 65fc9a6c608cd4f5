//! Phrases: mentions of one thing side by side (*{the Russian president} {Vladimir Putin}*), with
//! the preposition or case under which they stand and the list they belong to.

use std::ops::Range;

use madar_text::{Clitics, Lang, Span, TokenKind, fold};

use crate::MentionId;
use crate::read::Surface;
use crate::reading::{EntityKind, MentionForm};
use crate::russian::GUESSED;
use crate::words::{Cases, Pos, Sentence, Word};

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Phrase {
    /// Words of the sentence, end-exclusive.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) span: Span,
    /// None for a pronoun.
    pub(crate) mentions: Vec<MentionId>,
    /// The mention that stands for the phrase: a name if there is one.
    pub(crate) lead: MentionId,
    pub(crate) kind: EntityKind,
    /// Folded preposition that governs the phrase.
    pub(crate) marker: Option<String>,
    /// Where the phrase with its preposition begins.
    pub(crate) outer_from: usize,
    /// Where what the name is called before it begins: *{35% акций завода} «Кедр»*.
    pub(crate) head_from: usize,
    pub(crate) cases: Cases,
    /// Goes on a list that the previous phrase began: *X, Y and Z*.
    pub(crate) joined: bool,
    /// Owns what comes next: *{Orlov}'s firm* (English).
    pub(crate) owns: bool,
}

impl Phrase {
    /// Stands for who an earlier sentence was about: behind the last word, so that nothing finds it
    /// by its place.
    pub(crate) fn carried(surface: &Surface<'_>, sentence: &Sentence, id: MentionId) -> Self {
        let end = sentence.words.len();
        Phrase {
            from: end,
            to: end,
            // The passage is the clause that goes on, with the verb that opens it.
            span: sentence.words.first().map_or(sentence.span, |w| w.span),
            mentions: Vec::new(),
            lead: id,
            kind: surface.mentions[id.at()].kind,
            marker: None,
            outer_from: end,
            head_from: end,
            cases: Cases::default(),
            joined: false,
            owns: false,
        }
    }
}

impl Phrase {
    /// A word that stands for who is named elsewhere: a pronoun, *I*, *the company*.
    pub(crate) fn of_word(
        surface: &Surface<'_>,
        sentence: &Sentence,
        at: usize,
        lead: MentionId,
    ) -> Self {
        let word = &sentence.words[at];
        let before = at.checked_sub(1).map(|i| &sentence.words[i].fold);
        let marker = before.filter(|w| surface.kit.facts.is_preposition(sentence.lang, w));
        Phrase {
            from: at,
            to: at + 1,
            span: word.span,
            mentions: Vec::new(),
            lead,
            kind: surface.mentions[lead.at()].kind,
            outer_from: at - usize::from(marker.is_some()),
            head_from: at,
            marker: marker.cloned(),
            cases: word.cases,
            joined: false,
            owns: false,
        }
    }
}

/// How many words a preposition may stand before the name it governs: *with the oil company X*.
const REACH_OF_PREPOSITION: usize = 3;

/// Words of an Arabic title between the members of a list: {ونظيره الروسي} بوتين.
const LONGEST_TITLE: usize = 3;

/// The phrases of a sentence, in order.
pub(crate) fn phrases(surface: &Surface<'_>, sentence: &Sentence) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = Vec::new();
    let outer = outermost(surface, sentence.span);
    for (at, &id) in outer.iter().enumerate() {
        let mention = &surface.mentions[id.at()];
        let words = sentence.within(mention.span);
        let next = outer.get(at + 1);
        if words.is_empty() || next.is_some_and(|&next| is_attribute(surface, sentence, id, next)) {
            continue;
        }
        let (from, to) = (words.start, words.end);
        // Two names glued into one word: the first stands for both.
        if out.last().is_some_and(|last| from < last.to) {
            continue;
        }
        if let Some(last) = out.last_mut()
            && (same_thing(surface, last.lead, id) && only_comma(sentence, last.to..from)
                || is_second_title(surface, sentence, last, id))
        {
            last.span = last.span.to(mention.span);
            last.mentions.push(id);
            last.to = to;
            last.cases = narrow(last.cases, cases(sentence, from, to));
            if better(surface, id, last.lead) {
                last.lead = id;
                last.kind = mention.kind;
            }
            continue;
        }
        // The mention says whether its first letter is a proclitic: كريم is no ك + ريم.
        let start = sentence.words[from].span.start.min(mention.span.start);
        let prefix = fold(Span::new(start, mention.span.start).of(&surface.document.text));
        let floor = out.last().map_or(0, |p| p.to);
        let (head_from, head_cases) = if mention.kind == EntityKind::Person {
            (from, None)
        } else {
            head(surface, sentence, from, floor)
        };
        let own = head_cases.unwrap_or_else(|| cases(sentence, from, to));
        let (marker, outer_from) = marker(surface, sentence, head_from, &prefix, floor, own);
        let joined = out.last().is_some_and(|last| {
            is_member(surface, sentence, last, id)
                || joins(sentence, last, from, &prefix, mention.kind)
                    && !speaks(surface, sentence, last.to..from, to)
        });
        let mut phrase = Phrase {
            from,
            to,
            span: mention.span,
            mentions: vec![id],
            lead: id,
            kind: mention.kind,
            marker,
            outer_from,
            head_from,
            cases: head_cases.unwrap_or_else(|| {
                match is_made_up(sentence, mention.kind, from..to) {
                    true => Cases::default(),
                    false => phrase_cases(mention.kind, own),
                }
            }),
            joined,
            owns: false,
        };
        let owned = out.last().filter(|last| is_owned(sentence, last.to..from));
        if let Some(last) = out.last().filter(|_| joined || owned.is_some())
            && phrase.marker.is_none()
        {
            phrase.marker.clone_from(&last.marker);
        }
        out.push(phrase);
    }
    for phrase in &mut out {
        phrase.owns = is_mark(sentence, phrase.to);
    }
    out
}

/// *X, a former banker and {the brother of Y}, paid Z*: a description behind another one of the same
/// person, up to the comma that closes the two.
fn is_second_title(
    surface: &Surface<'_>,
    sentence: &Sentence,
    last: &Phrase,
    id: MentionId,
) -> bool {
    let describes = |id: MentionId| {
        let mention = &surface.mentions[id.at()];
        mention.form == MentionForm::Description && mention.kind == EntityKind::Person
    };
    let [.., before] = last.mentions.as_slice() else {
        return false;
    };
    let within = sentence.within(surface.mentions[id.at()].span);
    let link = |at: usize| {
        matches!(
            sentence.words[at].fold.as_str(),
            "and" | "a" | "an" | "the" | "и" | "و"
        )
    };
    let closes = |at: usize| matches!(sentence.words[at].fold.as_str(), "," | "،" | "—" | "–");
    last.mentions.len() > 1
        && describes(*before)
        && describes(id)
        && last.to <= within.start
        && (last.to..within.start).all(link)
        && within.end < sentence.words.len()
        && closes(within.end)
}

/// *the {Washington} firm Calloway Strategies*: where a body sits, said between its article and its noun.
fn is_attribute(
    surface: &Surface<'_>,
    sentence: &Sentence,
    place: MentionId,
    next: MentionId,
) -> bool {
    const LONGEST: usize = 3;
    let (place, next) = (&surface.mentions[place.at()], &surface.mentions[next.at()]);
    let words = sentence.within(place.span);
    let body = sentence.within(next.span);
    let article = words
        .start
        .checked_sub(1)
        .map(|at| sentence.words[at].fold.as_str());
    let noun = |w: &Word| {
        w.kind == TokenKind::Word
            && w.pos == Pos::Other
            && !w.capital
            && !surface.kit.facts.is_preposition(Lang::En, &w.fold)
            && !surface.kit.facts.is_helper(Lang::En, &w.fold)
            && !surface.kit.facts.breaks(Lang::En, &w.fold)
            && w.fold != "and"
    };
    let gap = sentence
        .words
        .get(words.end..body.start)
        .unwrap_or_default();
    let described = next.form == MentionForm::Description;
    sentence.lang == Lang::En
        && place.kind == EntityKind::Place
        && next.kind.is_body()
        && matches!(article, Some("the" | "a" | "an" | "its"))
        && words.end <= body.start
        && gap.len() <= LONGEST
        && gap.iter().all(noun)
        && (described || !gap.is_empty())
}

/// Whether a possessive mark stands here: *Orlov{'s} firm*.
pub(super) fn is_mark(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.words.get(at);
    sentence.lang == Lang::En
        && word.is_some_and(|w| matches!(w.fold.as_str(), "'s" | "'" | "’s" | "’"))
}

/// *Orlov{'s tanker, the} Marlinda*: a mark and a few words without a verb or a preposition.
pub(super) fn is_owned(sentence: &Sentence, gap: Range<usize>) -> bool {
    const LONGEST: usize = 6;
    let plain = |w: &Word| {
        w.kind != TokenKind::Punct && !matches!(w.pos, Pos::Verb | Pos::Participle) || w.fold == ","
    };
    is_mark(sentence, gap.start)
        && (1..=LONGEST).contains(&gap.len())
        && sentence.words[gap.start + 1..gap.end].iter().all(plain)
}

/// Mentions of the sentence that stand in no other mention.
fn outermost(surface: &Surface<'_>, sentence: Span) -> Vec<MentionId> {
    let from = surface
        .mentions
        .partition_point(|m| m.span.start < sentence.start);
    let inside = surface.mentions[from..]
        .iter()
        .take_while(|m| m.span.start < sentence.end);
    let mut out: Vec<(MentionId, Span)> = Vec::new();
    for (at, mention) in inside.enumerate() {
        if out
            .last()
            .is_some_and(|(_, outer)| outer.contains(mention.span))
        {
            continue;
        }
        if let Some(last) = out
            .last_mut()
            .filter(|(_, last)| mention.span.contains(*last))
        {
            *last = (MentionId::new(from + at), mention.span);
        } else {
            out.push((MentionId::new(from + at), mention.span));
        }
    }
    out.into_iter().map(|(id, _)| id).collect()
}

fn same_thing(surface: &Surface<'_>, a: MentionId, b: MentionId) -> bool {
    surface.referents.of[a.at()] == surface.referents.of[b.at()]
}

/// Nothing but a comma, in English with an article or *and*: *Karim Haddad, the chairman*, *a developer
/// and friend of Orlov*.
fn only_comma(sentence: &Sentence, gap: Range<usize>) -> bool {
    let small = |w: &Word| match sentence.lang {
        Lang::En => matches!(w.fold.as_str(), "the" | "a" | "an" | "and"),
        // كريم حداد {هو} الرئيس التنفيذي
        Lang::Ar => matches!(w.fold.as_str(), "هو" | "هي"),
        _ => false,
    };
    let gap = &sentence.words[gap];
    gap.len() <= 2 && gap.iter().all(|w| w.kind == TokenKind::Punct || small(w))
}

/// A full name stands for a phrase better than a description, a longer name better than a part.
fn better(surface: &Surface<'_>, a: MentionId, b: MentionId) -> bool {
    let rank = |id: MentionId| {
        let mention = &surface.mentions[id.at()];
        (mention.form != MentionForm::Description, mention.span.len())
    };
    rank(a) > rank(b)
}

fn narrow(a: Cases, b: Cases) -> Cases {
    match Cases(a.0 & b.0) {
        Cases(0) if !a.is_known() => b,
        Cases(0) => a,
        both => both,
    }
}

/// Names of companies and things often stay in the nominative whatever their role («купил Волна
/// Порт», the quoted name): a nominative says nothing there.
/// An unknown name that looks like an instrumental may be none («Сотаком»).
fn phrase_cases(kind: EntityKind, cases: Cases) -> Cases {
    let inflects = matches!(kind, EntityKind::Person | EntityKind::Place);
    if !inflects && (cases.may_be(Cases::NOM) || cases == Cases::INS) {
        Cases::default()
    } else {
        cases
    }
}

/// «Халден Групп», «Лукмар Ойл»: a quoted name that begins with no word of the language does not decline, though a later
/// word may look as if it did.
fn is_made_up(sentence: &Sentence, kind: EntityKind, words: Range<usize>) -> bool {
    let quoted = words.start > 0 && sentence.words[words.start - 1].is_quote();
    let first = &sentence.words[words.start];
    let unknown = first.class & GUESSED != 0;
    // «{Марвелия}» at the head of a clause may be a nominative, whatever a guess says
    let before = words.start.checked_sub(2).map(|at| &sentence.words[at]);
    let heads = before.is_none_or(|w| w.pos == Pos::Punct) && first.fold.ends_with(['а', 'я']);
    let undeclined = words.len() > 1 || heads;
    sentence.lang == Lang::Ru && kind.is_body() && quoted && undeclined && unknown
}

/// Where the class nouns and shares before a Russian name begin, and their case, which is that of the
/// whole: *фирме* Calloway Strategies, *долю в 35% акций завода* «Кедр».
fn head(
    surface: &Surface<'_>,
    sentence: &Sentence,
    from: usize,
    floor: usize,
) -> (usize, Option<Cases>) {
    if sentence.lang != Lang::Ru {
        return (from, None);
    }
    super::russian::head_before(surface.kit.facts, &sentence.words, from, floor)
}

/// What a form says of its case. A surname in a vowel that no dictionary knows does not decline (Дахмани).
fn shown_cases(word: &Word) -> Cases {
    let vowel = word.fold.ends_with(['и', 'о', 'э', 'у', 'ю']);
    // *Лашкевичу*: surnames that are made like this decline
    let made = [
        "ич", "ов", "ев", "ин", "ын", "ян", "ман", "берг", "ер", "ец",
    ];
    let declines = word.fold.ends_with('у') && made.iter().any(|end| word.lemma.ends_with(end));
    let unsure = word.class & GUESSED != 0 && vowel && !declines;
    if unsure {
        Cases::default()
    } else {
        word.singular.or(word.cases)
    }
}

/// Cases that all inflected words of the phrase share.
fn cases(sentence: &Sentence, from: usize, to: usize) -> Cases {
    if sentence.lang != Lang::Ru {
        return Cases::default();
    }
    // The head is the first noun or name; what follows in the genitive belongs to it.
    let words = &sentence.words[from..to];
    let mut all = Cases::default();
    for word in words {
        let own = shown_cases(word);
        let both = Cases(all.0 & own.0);
        if all.is_known() && own.is_known() && !both.is_known() {
            break;
        }
        all = both.or(all).or(own);
        // What stands behind a common noun is its genitive: *губернатора {Курской области}*.
        if word.pos == Pos::Noun {
            break;
        }
    }
    all
}

/// The preposition that governs the phrase, and where it stands. Steps back over articles,
/// adjectives and class nouns; never over a verb, a sign or the phrase before.
fn marker(
    surface: &Surface<'_>,
    sentence: &Sentence,
    from: usize,
    prefix: &str,
    floor: usize,
    own: Cases,
) -> (Option<String>, usize) {
    let facts = &surface.kit.facts;
    if let Some(letter) = prefix.chars().last().filter(|c| "بكل".contains(*c)) {
        return (Some(letter.to_string()), from);
    }
    // of {the} Russian gas producer X: an article is no word of its own.
    // في {شركة بناء السفن الإيطالية} «X»: Arabic has the trade and the country behind the class noun
    let further = if sentence.lang == Lang::Ar { 2 } else { 0 };
    let near = from.saturating_sub(REACH_OF_PREPOSITION + 1 + further);
    let articles = ["the", "a", "an"];
    let article = sentence.words[near..from]
        .iter()
        .any(|w| sentence.lang == Lang::En && articles.contains(&w.fold.as_str()));
    let lowest = near.saturating_sub(usize::from(article)).max(floor);
    let mut at = from;
    while at > lowest {
        at -= 1;
        let word = &sentence.words[at];
        if word.kind == TokenKind::Punct {
            // Arabic and Russian put a quotation mark between preposition and name.
            if matches!(word.fold.as_str(), "\"" | "«" | "“" | "„") {
                continue;
            }
            break;
        }
        let before = at.checked_sub(1).map(|i| &sentence.words[i]);
        // كل {من} كيم وترامب: both, and from nobody
        let each =
            word.fold == "من" && before.is_some_and(|w| matches!(w.fold.as_str(), "كل" | "كلا"));
        if each {
            return (None, from);
        }
        if facts.is_preposition(sentence.lang, &word.fold) {
            // من قبل، على يد, *according to*: two words govern as one.
            if let Some(pair) = at.checked_sub(1).map(|i| &sentence.words[i])
                && sentence.lang != Lang::Ru
            {
                let pair = format!("{} {}", pair.fold, word.fold);
                if facts.is_preposition(sentence.lang, &pair) {
                    return (Some(pair), at - 1);
                }
            }
            let next = sentence.words.get(at + 1).filter(|_| at + 1 < from);
            let both = next.map(|next| format!("{} {}", word.fold, next.fold));
            let both = both.filter(|both| facts.is_preposition(sentence.lang, both));
            return (Some(both.unwrap_or_else(|| word.fold.clone())), at);
        }
        if let Some(prefix) = word.clitics.preposition() {
            return (Some(prefix.to_owned()), at);
        }
        let passes = match sentence.lang {
            // *через {принадлежащую ему} «Волну»*
            Lang::Ru if is_participle_behind(surface, sentence, at) => true,
            Lang::Ru => {
                // *против торгового дома «Вектор»*: what stands in quotation marks shows no case
                let quoted = from > 0 && sentence.words[from - 1].is_quote();
                let noun = word.pos == Pos::Noun && (quoted || goes_with(word, own));
                (noun || matches!(word.pos, Pos::Adjective | Pos::Number))
                    && !surface.times.iter().any(|t| t.span.overlaps(word.span))
                    && facts.triggers(Lang::Ru, &word.lemma).is_empty()
            }
            // أسهم is *shares* before a company, and *contributed* elsewhere
            Lang::Ar if facts.is_share(Lang::Ar, &word.fold) => true,
            _ => {
                !facts.is_verb(sentence.lang, word)
                    && !facts.breaks(sentence.lang, &word.fold)
                    && !is_infinitive(surface, sentence, at)
            }
        };
        // في فندقه: a noun with its pronoun is complete, what follows is governed by nothing.
        let complete = sentence.lang == Lang::Ar && {
            let shown = word.host.of(&surface.document.text);
            ["ه", "ها", "هم", "هما"]
                .iter()
                .any(|end| shown.ends_with(end))
                && word.fold.chars().count() > 3
                && !facts.is_share(Lang::Ar, &word.fold)
        };
        if !passes || complete || word.clitics.has(Clitics::AND) {
            break;
        }
    }
    (None, from)
}

/// Whether a Russian participle stands right behind a preposition, or a pronoun behind such a one.
fn is_participle_behind(surface: &Surface<'_>, sentence: &Sentence, at: usize) -> bool {
    let participle = |at: usize| {
        let before = at.checked_sub(1).map(|i| &sentence.words[i]);
        let facts = &surface.kit.facts;
        sentence.words[at].pos == Pos::Participle
            && before.is_some_and(|w| facts.is_preposition(Lang::Ru, &w.fold))
    };
    let pronoun = matches!(sentence.words[at].fold.as_str(), "ему" | "ей" | "им");
    participle(at) || pronoun && at.checked_sub(1).is_some_and(participle)
}

/// Whether a Russian name may be the genitive of the noun before it, or stand in its case.
fn goes_with(noun: &Word, name: Cases) -> bool {
    let both = noun.singular.or(noun.cases).0 & name.0 != 0;
    !name.is_known() || name.may_be(Cases::GEN) || both
}

/// An English verb in its base form behind *to* or a helper: *to {meet} X*, *did not {tell} X*.
pub(super) fn is_infinitive(surface: &Surface<'_>, sentence: &Sentence, at: usize) -> bool {
    let helpers = [
        "to", "will", "would", "could", "can", "may", "might", "must", "should", "did", "do",
        "does", "not", "n't", "never",
    ];
    let before = at.checked_sub(1).map(|i| sentence.words[i].fold.as_str());
    sentence.lang == Lang::En
        && before.is_some_and(|w| helpers.contains(&w))
        && surface.kit.english.knows_verb(&sentence.words[at].fold)
}

/// *never paid Orlov, {the chairman} said*: who says so is in no list with whom a comma parts from him.
fn speaks(surface: &Surface<'_>, sentence: &Sentence, gap: Range<usize>, end: usize) -> bool {
    sentence.lang == Lang::En
        && sentence.words[gap.start].fold == ","
        && only_comma(sentence, gap)
        && end < sentence.words.len()
        && (surface.kit.cues).is_verb_of_saying(sentence.lang, &sentence.words, end)
}

/// *his brothers {Samer} and Nizar*, его братьев {Самера} и Низара: the first of those of whom several are told.
fn is_member(surface: &Surface<'_>, sentence: &Sentence, last: &Phrase, id: MentionId) -> bool {
    let (group, name) = (
        &surface.mentions[last.lead.at()],
        &surface.mentions[id.at()],
    );
    let people = |kind| matches!(kind, EntityKind::Person | EntityKind::Group);
    let from = sentence.within(name.span).start;
    let gap = &sentence.words[last.to..from];
    let several = match gap {
        [] => {
            group.form == MentionForm::Description
                && sentence.words[last.from..last.to].iter().any(|w| w.plural)
        }
        // *X, {his sons} Gleb and Oleg*
        [between @ .., whose, kin] => {
            let mut between = between.iter().map(|w| w.fold.as_str());
            between.all(|w| matches!(w, "," | "and" | "и"))
                && matches!(
                    whose.fold.as_str(),
                    "his" | "her" | "their" | "его" | "ее" | "их"
                )
                && kin.plural
                && surface.kit.nouns.is_tie(sentence.lang, None, kin)
        }
        [_] => false,
    };
    sentence.lang != Lang::Ar
        && several
        && name.form != MentionForm::Description
        && people(group.kind)
        && name.kind == EntityKind::Person
}

/// Whether the phrase at `from` goes on the list of the phrase before it.
fn joins(sentence: &Sentence, last: &Phrase, from: usize, prefix: &str, kind: EntityKind) -> bool {
    let gap = &sentence.words[last.to..from];
    let and_before = prefix.starts_with('و');
    if gap.is_empty() {
        return and_before;
    }
    let link = |w: &Word| {
        matches!(
            w.fold.as_str(),
            "and"
                | "or"
                | "nor"
                | "&"
                | ","
                | "،"
                | "и"
                | "или"
                | "ни"
                | "و"
                | "\""
                | "«"
                | "»"
                | "the"
        )
    };
    let class = |w: &Word| w.clitics.has(Clitics::AND) || (w.capital && sentence.lang == Lang::En);
    // *а также {дубайскую} «Зумру»*
    let also = sentence.lang == Lang::Ru && gap.iter().any(|w| w.fold == "также");
    let more =
        |w: &Word| also && (matches!(w.fold.as_str(), "а" | "также") || w.pos == Pos::Adjective);
    let all_links = gap.iter().all(|w| link(w) || more(w));
    let and = gap
        .iter()
        .any(|w| matches!(w.fold.as_str(), "and" | "&" | "и" | "و"))
        || and_before;
    let same_kind = last.kind == kind || (last.kind.is_actor() && kind.is_actor());
    // يملكها أورلوف {ومقرها} باكو: where it sits is no second owner
    let one_class_noun = gap.len() <= 2
        && (same_kind || sentence.lang != Lang::Ar)
        && gap.iter().any(class)
        && gap.iter().all(|w| link(w) || class(w));
    // ترمب {ونظيره الروسي} بوتين: a title of whom the list goes on with.
    let titled = sentence.lang == Lang::Ar
        && kind == EntityKind::Person
        && last.kind == kind
        && gap.len() <= LONGEST_TITLE
        && gap[0].clitics.has(Clitics::AND)
        && gap[0].clitics.preposition().is_none()
        && gap[1..]
            .iter()
            .all(|w| w.clitics.has(Clitics::ARTICLE) && w.clitics.preposition().is_none());
    // Arabic lists have و before each member.
    let same_kind = same_kind && sentence.lang != Lang::Ar;
    (all_links && (and || same_kind)) || one_class_noun || titled
}
