//! What stands beside each other and is one: *{the envoy}, {Karim Haddad}*, *{X} ({the minister's son})*, Джошуа Вольф (Joshua
//! Wolf).

use madar_text::{Clitics, Document, Lang, fold};

use rustc_hash::FxHashSet;

use super::meant::is_bare;
use super::{Groups, same_sort};
use crate::Kit;
use crate::mentions::is_gloss;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::russian::GUESSED;
use crate::words::{Cases, Pos, Sentence, Word, sentence_of};

/// A person's description right beside a person's name, with a comma at most between them; and a second
/// description behind that (*Igor Sechin, chief of Rosneft and once Putin's secretary*).
pub(super) fn join_appositions(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
    groups: &mut Groups,
) {
    let outer = outermost(mentions);
    let surnames = surnames(mentions);
    for (at, pair) in outer.windows(2).enumerate() {
        let (a, b) = (&mentions[pair[0]], &mentions[pair[1]]);
        let whole = a.span.to(b.span);
        let Some(sentence) = sentence_of(sentences, whole) else {
            continue;
        };
        if a.span.end > b.span.start {
            continue;
        }
        let described = |m: &Mention| m.form == MentionForm::Description;
        let gap = &document.text[a.span.end as usize..b.span.start as usize];
        // *its owner, {Dijla Holding},*: a body may own and run things as people do.
        let holds = is_comma(gap) && may_be_body(a, kit) && b.kind.is_body();
        if !same_sort(a.kind, b.kind) && !holds {
            continue;
        }
        let beside = gap.trim().is_empty() || a.lang == Lang::En && is_comma(gap);
        let inner = inner_title(mentions, pair[0]).filter(|_| described(a));
        let titled = inner.filter(|_| belongs_inside(sentence, mentions, groups, &outer, at, kit));
        let joined = match (described(a), described(b)) {
            // *X, a nephew of the owner, Y*: the first description has its name.
            (true, false)
                if (holds || a.kind != EntityKind::Person)
                    && is_comma(without_article(gap, b.lang)) =>
            {
                is_told_apart(document, a, b)
            }
            // غليب، {نجل الملياردير الروسي} {فاديم}: who has his name before him is not called by the one behind
            (true, false) if titled.is_some() => beside,
            // *the adviser, {Sheikh} Tahnoon*: a title written as a part of the name
            (true, false) if a.lang == Lang::En && gap == " " && is_title(document, a) => true,
            // *whose owner {is} X*, *the seller {was} X*
            (true, false) if a.lang == Lang::En && is_said_to_be(document, a, gap) => true,
            (true, false) => {
                let has_name = has_name(groups, &outer, at);
                let of_another = is_tie_to(sentence, a, b, kit)
                    || names(sentence, a, b, kit)
                    || is_of_known(sentence, a, b, &surnames)
                    || has_name && (b.lang == Lang::En || differ_in_case(sentence, a, b));
                (is_apposition(gap, a.kind) || is_called(gap, a.lang)) && !of_another
            }
            // كريم حداد {هو} الرئيس التنفيذي: who somebody is, said by a pronoun
            (false, true) if a.lang == Lang::Ar && a.kind == EntityKind::Person && is_he(gap) => {
                !leads(&outer, mentions, at + 1)
            }
            // التقت ميركل الوزير لافروف: a title before a name belongs to that name.
            (false, true)
                if a.lang == Lang::Ar
                    && gap.trim().is_empty()
                    && leads(&outer, mentions, at + 1) =>
            {
                false
            }
            (false, true) if a.kind != EntityKind::Person && b.lang == Lang::En => {
                is_apposition(gap, a.kind) || without_article(gap, b.lang) != gap
            }
            // "نوفاتك"، {ثاني أكبر منتج للغاز}: what is the largest of its kind is told of the name before it
            (false, true) if a.kind.is_body() && b.lang == Lang::Ar && is_superlative(gap, b) => {
                true
            }
            // *never paid {Orlov}, {the chairman} said*: the chairman says so
            (false, true)
                if b.lang == Lang::En
                    && is_comma(without_article(gap, b.lang))
                    && speaks(sentence, b, kit) =>
            {
                false
            }
            // *Супруга {Воронцова} — {гражданка Ирака}*: who she is stands in another case.
            (false, true) if differ_in_case(sentence, b, a) => false,
            (false, true) => {
                is_apposition(without_article(gap, b.lang), a.kind)
                    || a.kind == EntityKind::Person && is_second(gap, b.lang)
            }
            // مبعوث ترمب الخاص، الجنرال كيث كيلوج: two titles of the name behind them.
            (true, true) if a.lang == Lang::Ar && leads(&outer, mentions, at + 1) => {
                a.kind == EntityKind::Person && gap.trim() == "،"
            }
            (true, true) => {
                let before = at.checked_sub(1).map(|i| outer[i]);
                let named = before.is_some_and(|n| groups.root(n) == groups.root(pair[0]));
                let follows = outer.get(at + 2).map(|&n| &mentions[n]);
                let own_name = follows.is_some_and(|n| {
                    n.form != MentionForm::Description
                        && same_sort(n.kind, b.kind)
                        && n.span.start.saturating_sub(b.span.end) <= 3
                });
                // *По словам {собеседника}, {министр} Ракан*: whose words they are stands in another case
                let one = !differ_in_case(sentence, a, b);
                let list = own_name && !named && one && is_comma(gap);
                a.kind == EntityKind::Person && (named && !own_name && is_and(gap) || list)
            }
            (false, false) => false,
        };
        // مبعوث الرئيس ترمب: the name belongs to the title inside, and to nobody's envoy.
        let bare = inner.filter(|&i| a.lang == Lang::Ar && is_bare(&mentions[i]));
        let inner = titled.or(bare).filter(|_| beside);
        if joined {
            groups.join(inner.unwrap_or(pair[0]), pair[1]);
        }
        // *{Невестка министра} {Сапарова}, 34-летняя {Мээрим Сапарова}*
        let next = outer.get(at + 2).filter(|_| joined && inner.is_some());
        if let Some(&next) = next.filter(|&&next| {
            a.lang == Lang::Ru && is_named_behind(document, sentence, a, b, &mentions[next])
        }) {
            groups.join(pair[0], next);
        }
    }
    join_inner_titles(document, sentences, mentions, groups);
    join_brackets(document, mentions, groups);
    join_glosses(document, mentions, groups);
}

/// How many mentions may stand within the one that is described in brackets.
const REACH_OF_BRACKETS: usize = 8;

/// *a friend of {Karim Haddad} ({the minister's son})*: brackets tell of the name right before them, also of one
/// within a description.
fn join_brackets(document: &Document, mentions: &[Mention], groups: &mut Groups) {
    let text = &document.text;
    for (at, described) in mentions.iter().enumerate() {
        let before = &text[..described.span.start as usize];
        let article = ["the ", "an ", "a "]
            .iter()
            .find_map(|a| before.strip_suffix(a));
        let before = article.unwrap_or(before).strip_suffix('(');
        let closed = text[described.span.end as usize..].starts_with(')');
        let Some(before) = before.filter(|_| {
            closed
                && described.form == MentionForm::Description
                && described.kind == EntityKind::Person
        }) else {
            continue;
        };
        let end = before.trim_end().len();
        let near = at.saturating_sub(REACH_OF_BRACKETS)..at;
        let named = mentions[near.clone()].iter().rposition(|m| {
            m.span.end as usize == end
                && m.form != MentionForm::Description
                && m.kind == EntityKind::Person
        });
        if let Some(named) = named {
            groups.join(near.start + named, at);
        }
    }
}

/// One word with a capital letter: *Sheikh*, *General*.
fn is_title(document: &Document, described: &Mention) -> bool {
    let shown = described.span.of(&document.text);
    described.kind == EntityKind::Person
        && shown.starts_with(char::is_uppercase)
        && !shown.contains(char::is_whitespace)
}

/// *the tanker, {named} Blue Heron*: what stands between a description and a name that is said to be its own.
fn is_called(gap: &str, lang: Lang) -> bool {
    let called: &[&str] = match lang {
        Lang::En => &["named", "called", "known as", "dubbed", "by the name of"],
        Lang::Ru => &["по имени", "под названием"],
        Lang::Ar => &["المسمى", "المسماة", "واسمه", "واسمها", "ويدعى", "وتدعى"],
        Lang::Other => &[],
    };
    let between = gap.trim_matches(|c: char| c.is_whitespace() || ",،«\"“".contains(c));
    called.contains(&between)
}

/// *Джошуа Вольф ({Joshua Wolf})*: a name and the same in other letters.
fn join_glosses(document: &Document, mentions: &[Mention], groups: &mut Groups) {
    let is_name = |at: &usize| mentions[*at].form != MentionForm::Description;
    let names: Vec<usize> = (0..mentions.len()).filter(is_name).collect();
    for pair in names.windows(2) {
        let (name, gloss) = (&mentions[pair[0]], &mentions[pair[1]]);
        let same = same_sort(name.kind, gloss.kind);
        if same && is_gloss(document, name.span, name.kind, gloss.span) {
            groups.join(pair[0], pair[1]);
        }
    }
}

/// *the brother of {former minister} {Luca Bellini}*: within a description a title is that of the name right behind it.
fn join_inner_titles(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    groups: &mut Groups,
) {
    for (at, around) in mentions.iter().enumerate() {
        if around.form != MentionForm::Description {
            continue;
        }
        let within = |m: &&Mention| m.span.start < around.span.end;
        let inside = mentions[at + 1..].iter().take_while(within).count();
        let inside = &mentions[at + 1..][..inside];
        for pair in outermost(inside).windows(2) {
            let (a, b) = (&inside[pair[0]], &inside[pair[1]]);
            let persons = a.kind == EntityKind::Person && b.kind == EntityKind::Person;
            let titled = a.form == MentionForm::Description && b.form != MentionForm::Description;
            if !persons || !titled || a.span.end > b.span.start {
                continue;
            }
            let gap = &document.text[a.span.end as usize..b.span.start as usize];
            let one = |s: &Sentence| !differ_in_case(s, a, b);
            if gap.trim().is_empty() && sentence_of(sentences, a.span).is_some_and(one) {
                groups.join(at + 1 + pair[0], at + 1 + pair[1]);
            }
        }
    }
}

/// *Кертис Уэллер, {однокурсник председателя банка} {Гордона Халворсена}*: a Russian name in another case than
/// the description before it is the name of somebody inside.
fn differ_in_case(sentence: &Sentence, described: &Mention, named: &Mention) -> bool {
    let cases = |mention: &Mention| {
        let words = &sentence.words[sentence.within(mention.span)];
        let nouns = words
            .iter()
            .filter(|w| matches!(w.pos, Pos::Noun | Pos::Name));
        let mut known = nouns.map(case_of).filter(|c| c.is_known());
        known.next()
    };
    let (head, name) = (cases(described), cases(named));
    described.lang == Lang::Ru && head.zip(name).is_some_and(|(h, n)| h.0 & n.0 == 0)
}

/// The cases in which a word may stand; *Айжан*, which no dictionary has, may be a nominative besides.
fn case_of(word: &Word) -> Cases {
    let known = word.singular.or(word.cases);
    let bare = word.fold.ends_with(|c: char| !"аеёиоуыэюяьй".contains(c));
    match word.class & GUESSED != 0 && word.capital && bare && known.is_known() {
        true => Cases(known.0 | Cases::NOM.0),
        false => known,
    }
}

/// *друг {Рашиди}*, *сын {Хассана Мерхи}*: a kinsman or friend without a pronoun before him is that of the name right
/// behind him, if that may be a genitive.
fn is_tie_to(sentence: &Sentence, described: &Mention, named: &Mention, kit: &Kit) -> bool {
    let words = sentence.within(described.span);
    let first = &sentence.words[words.start];
    let tie = kit
        .nouns
        .is_tie(described.lang, described.noun.as_deref(), first);
    if described.lang != Lang::Ru || described.kind != EntityKind::Person || !tie {
        return false;
    }
    let before = words.start.checked_sub(1).map(|at| &sentence.words[at]);
    let own = |w: &Word| {
        matches!(w.fold.as_str(), "его" | "ее" | "их" | "мой" | "наш") || w.lemma == "свой"
    };
    let undeclined = only_name(sentence, described, named).is_some_and(|w| {
        let any = [Cases::NOM, Cases::GEN, Cases::DAT];
        let guessed = w.class & GUESSED != 0 && w.fold.ends_with(['и', 'о', 'у', 'ю', 'э', 'е']);
        guessed || any.iter().all(|&case| w.cases.may_be(case))
    });
    undeclined && !own(first) && !before.is_some_and(own)
}

/// عين {الرئيس} {كريم حداد} سفيراً: who names somebody to a post stands between the verb and the name, and the post behind
/// it.
fn names(sentence: &Sentence, described: &Mention, named: &Mention, kit: &Kit) -> bool {
    let (title, name) = (sentence.within(described.span), sentence.within(named.span));
    let before = title.start.checked_sub(1).map(|at| &sentence.words[at]);
    let verb = before.is_some_and(|w| kit.facts.names_to_post(Lang::Ar, w));
    let post = sentence.words.get(name.end);
    let post = post.is_some_and(|w| {
        w.clitics == Clitics::NONE && kit.nouns.is_arabic_noun(&w.lemma) && !w.is_quote()
    });
    described.lang == Lang::Ar && verb && post
}

/// Whether a verb of saying stands right behind a description, no comma between.
fn speaks(sentence: &Sentence, described: &Mention, kit: &Kit) -> bool {
    let (words, behind) = (&sentence.words, sentence.within(described.span).end);
    words.get(behind).is_some_and(|w| !w.capital)
        && kit.cues.is_verb_of_saying(sentence.lang, words, behind)
}

/// *пресс-секретарь {Альтмана}* where the text also has *Петер Альтман*: his secretary, and no woman of that name.
fn is_of_known(
    sentence: &Sentence,
    described: &Mention,
    named: &Mention,
    surnames: &FxHashSet<String>,
) -> bool {
    let name = only_name(sentence, described, named);
    let Some(surname) = name.and_then(|w| w.fold.strip_suffix('а')) else {
        return false;
    };
    let person = described.kind == EntityKind::Person && described.lang == Lang::Ru;
    person && surnames.contains(surname)
}

/// Last words, folded, of the full names of people in Russian.
fn surnames(mentions: &[Mention]) -> FxHashSet<String> {
    let named = |m: &&Mention| {
        m.lang == Lang::Ru && m.kind == EntityKind::Person && m.form != MentionForm::Description
    };
    let last = |m: &Mention| m.name.rsplit_once(' ').map(|(_, last)| fold(last));
    mentions.iter().filter(named).filter_map(last).collect()
}

/// The one word of a name right behind a description that holds no name itself.
fn only_name<'s>(sentence: &'s Sentence, described: &Mention, named: &Mention) -> Option<&'s Word> {
    let (own, name) = (sentence.within(described.span), sentence.within(named.span));
    let plain = !sentence.words[own.clone()]
        .iter()
        .skip(1)
        .any(|w| w.capital);
    let at_once = name.start == own.end && name.len() == 1;
    (plain && at_once).then(|| &sentence.words[name.start])
}

/// Whether a person's name stands right behind the description at `at`.
fn leads(outer: &[usize], mentions: &[Mention], at: usize) -> bool {
    let title = &mentions[outer[at]];
    outer.get(at + 1).is_some_and(|&next| {
        let next = &mentions[next];
        let near = next.span.start.saturating_sub(title.span.end) <= 2;
        near && next.form != MentionForm::Description && next.kind == EntityKind::Person
    })
}

/// Whether the name right behind the description at `at` is that of a title inside it: the description has its own name
/// before it, or a Russian one, of kin, stands in another case (*{невестка} министра {Сапарова}*).
fn belongs_inside(
    sentence: &Sentence,
    mentions: &[Mention],
    groups: &mut Groups,
    outer: &[usize],
    at: usize,
    kit: &Kit,
) -> bool {
    let (a, b) = (&mentions[outer[at]], &mentions[outer[at + 1]]);
    let first = &sentence.words[sentence.within(a.span).start];
    let tie = || kit.nouns.is_tie(a.lang, a.noun.as_deref(), first);
    match a.lang {
        Lang::Ar => has_name(groups, outer, at),
        Lang::Ru => b.kind == EntityKind::Person && tie() && differ_in_case(sentence, a, b),
        // *X was {the wife of the company's director}, {Y}*
        Lang::En => {
            let from = sentence.within(a.span).start;
            let mut before = sentence.words[..from].iter().rev();
            let is = before.find(|w| !matches!(w.fold.as_str(), "the" | "a" | "an" | "also"));
            let is = is.is_some_and(|w| kit.facts.is_copula(Lang::En, w));
            b.kind == EntityKind::Person && tie() && (is || has_name(groups, outer, at))
        }
        Lang::Other => false,
    }
}

/// Whether *is* or *was* stands between a description that is somebody's and a name: *its owner {is} X*.
fn is_said_to_be(document: &Document, described: &Mention, gap: &str) -> bool {
    let before = document.text[..described.span.start as usize].trim_end();
    let owned = ["whose", "its", "his", "her", "their"];
    let first = described.span.of(&document.text).split_whitespace().next();
    let whose = owned
        .iter()
        .any(|word| before.ends_with(word) || first == Some(word));
    matches!(gap.trim(), "is" | "was") && described.kind == EntityKind::Person && whose
}

/// A person's name in the case of the description, behind a comma and an age at most.
fn is_named_behind(
    document: &Document,
    sentence: &Sentence,
    described: &Mention,
    before: &Mention,
    named: &Mention,
) -> bool {
    let near = named.span.start >= before.span.end && sentence.span.contains(named.span);
    let gap = || &document.text[before.span.end as usize..named.span.start as usize];
    let age = |word: &str| {
        let years = word.split_once('-');
        years.is_some_and(|(n, of)| n.parse::<u8>().is_ok() && of.starts_with("летн"))
    };
    let only_age = |gap: &str| gap.split_whitespace().all(|word| word == "," || age(word));
    near && named.is_naming()
        && named.kind == EntityKind::Person
        && gap().trim_start().starts_with(',')
        && only_age(&gap().replace(',', " , "))
        && !differ_in_case(sentence, described, named)
}

/// Whether the mention before the description at `at` is taken for its name.
fn has_name(groups: &mut Groups, outer: &[usize], at: usize) -> bool {
    let before = at.checked_sub(1).map(|i| outer[i]);
    before.is_some_and(|n| groups.root(n) == groups.root(outer[at]))
}

/// The title with its article with which an Arabic description without one ends: مبعوث {الرئيس}.
fn inner_title(mentions: &[Mention], at: usize) -> Option<usize> {
    let outer = &mentions[at];
    let ends = |inner: &Mention| match outer.lang {
        Lang::Ar => !outer.name.starts_with("ال") && inner.name.starts_with("ال"),
        Lang::Ru | Lang::En => inner.span.start > outer.span.start,
        Lang::Other => false,
    };
    let inside = (at + 1..mentions.len()).take_while(|&i| mentions[i].span.start < outer.span.end);
    let title = |&i: &usize| {
        let inner = &mentions[i];
        inner.form == MentionForm::Description
            && inner.kind == EntityKind::Person
            && ends(inner)
            && inner.span.end == outer.span.end
    };
    inside.filter(title).last()
}

/// Mentions that stand in no other; mentions come outer ones first.
fn outermost(mentions: &[Mention]) -> Vec<usize> {
    let mut end = 0;
    let mut out = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.span.start >= end {
            out.push(at);
            end = mention.span.end;
        }
    }
    out
}

/// Nothing, a comma or an opening sign: *the president, Karim Haddad*, but not *the president and Karim
/// Haddad*.
fn is_apposition(gap: &str, kind: EntityKind) -> bool {
    let open = |c: char| c.is_whitespace() || madar_text::is_invisible(c) || "،,\"«“„(".contains(c);
    gap.chars().count() <= 3
        && gap
            .chars()
            .all(|c| open(c) || kind == EntityKind::Person && is_dash(c))
        && (gap.trim().is_empty() || kind == EntityKind::Person || is_opening(gap.trim()))
}

/// الشركة المشغلة {"}قزل أركا{"}: the name of a body stands in quotation marks.
fn is_opening(mark: &str) -> bool {
    matches!(mark, "\"" | "«" | "“" | "„")
}

/// *{the pipeline's operator}, {Kyzylarka Transit}, has*: a body that is described by more than its noun and named between
/// two commas.
fn is_told_apart(document: &Document, described: &Mention, named: &Mention) -> bool {
    let behind = &document.text[named.span.end as usize..];
    let behind = behind.trim_start_matches(['"', '»', '”', '“']);
    let before = document.text[..described.span.start as usize].trim_end();
    let owned = ["its", "their", "whose"]
        .iter()
        .any(|word| before.ends_with(word));
    let told = owned || described.name.split_whitespace().count() > 1;
    told && behind.starts_with([',', '،', '.', ')'])
}

/// *owner*, *operator*: bodies are called so too.
fn may_be_body(described: &Mention, kit: &Kit) -> bool {
    let noun = described.noun.as_deref().unwrap_or_default();
    described.form == MentionForm::Description && kit.nouns.is_holder(described.lang, noun)
}

/// *Karim Haddad, {the} chairman*: English puts an article before a description that follows.
fn without_article(gap: &str, lang: Lang) -> &str {
    let inner = gap.trim_end();
    let rest = ["the", "an", "a"]
        .iter()
        .find_map(|a| inner.strip_suffix(a));
    match rest {
        Some(rest) if lang == Lang::En && rest.trim_end().ends_with(',') => rest,
        _ => gap,
    }
}

/// A comma, an ordinal at most, and *the largest*, *one of the largest*.
fn is_superlative(gap: &str, described: &Mention) -> bool {
    let ordinals = ["ثاني", "ثالث", "رابع", "خامس"];
    let inner = gap.trim_end();
    let inner = ordinals
        .iter()
        .find_map(|o| inner.strip_suffix(o))
        .unwrap_or(inner);
    let comma = inner.trim_start_matches(['"', '»', '”']).trim();
    let mut words = described.name.split_whitespace();
    let first = words.find(|w| !ordinals.contains(w));
    let largest = ["أكبر", "أضخم", "أقدم", "أهم", "إحدى", "أحد"];
    is_comma(comma) && first.is_some_and(|word| largest.contains(&word))
}

/// *X, {a developer and} friend of Y*: two things that one is, of which the first is no mention.
fn is_second(gap: &str, lang: Lang) -> bool {
    const LONGEST: usize = 6;
    let words: Vec<&str> = gap.split_whitespace().collect();
    let plain = |w: &&&str| w.chars().all(|c| c.is_lowercase() || c == '-');
    lang == Lang::En
        && words.len() <= LONGEST
        && words.first() == Some(&",")
        && matches!(words.get(1), Some(&("a" | "an" | "the")))
        && words.last() == Some(&"and")
        && words.iter().skip(1).filter(|w| !plain(w)).count() == 0
}

/// The pronoun by which Arabic says *is*: {هو}, {، وهي}.
fn is_he(gap: &str) -> bool {
    let words: Vec<&str> = gap.split_whitespace().filter(|w| *w != "،").collect();
    matches!(words[..], ["هو" | "هي" | "وهو" | "وهي"])
}

/// Russian says *is* by a dash: *Карим Хаддад — директор порта*.
fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-')
}

/// Between two posts of who is named next: *the chief of Cedar, a deputy, Karim Haddad*.
fn is_comma(gap: &str) -> bool {
    matches!(gap.trim(), "," | "،")
}

fn is_and(gap: &str) -> bool {
    let words: String = gap.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(fold(&words).as_str(), "و" | "and" | "и") && gap.chars().count() <= 6
}
