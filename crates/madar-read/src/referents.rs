//! Referents: which mentions of a document stand for one thing. Full names first; then parts of
//! them (*Dmitriev*), acronyms, descriptions beside a name (*{the envoy}, {Karim Haddad}*), and
//! descriptions that came up beside a name before. What stays unsure stays apart.

use std::collections::BTreeSet;

use madar_text::{Document, Lang, fold};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::called::{self, Introduced};
use crate::mentions::is_gloss;
use crate::reading::{EntityKind, Mention, MentionForm};
use crate::words::{Pos, Sentence, Word};
use crate::{Kit, MentionId, Referent, ReferentId};

pub(crate) struct Referents {
    pub(crate) list: Vec<Referent>,
    /// For each mention its referent.
    pub(crate) of: Vec<ReferentId>,
}

/// Groups mentions, first by name, then by description.
pub(crate) fn referents(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    kit: &Kit,
) -> Referents {
    let mut groups = Groups::new(mentions.len());
    join_names(mentions, &mut groups);
    join_acronyms(mentions, &mut groups);
    join_appositions(document, sentences, mentions, &mut groups);
    join_descriptions(sentences, mentions, kit, &mut groups);
    collect(mentions, &mut groups)
}

/// The same where it is known for some mentions what they stand for.
pub(crate) fn referents_given(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    things: &[Option<ReferentId>],
    kit: &Kit,
) -> Referents {
    let mut groups = Groups::new(mentions.len());
    let mut first: FxHashMap<ReferentId, usize> = FxHashMap::default();
    for (at, thing) in things.iter().enumerate() {
        if let Some(thing) = thing {
            groups.join(*first.entry(*thing).or_insert(at), at);
        }
    }
    if things.contains(&None) {
        join_appositions(document, sentences, mentions, &mut groups);
        join_descriptions(sentences, mentions, kit, &mut groups);
    }
    collect(mentions, &mut groups)
}

/// Disjoint sets of mentions.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Self {
            parent: (0..len).collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Titles that stand inside a name without being part of it.
fn parts(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !(c.is_alphanumeric() || c == '\''));
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The kind, all bodies being of one: a company is called an organisation too.
fn sort(kind: EntityKind) -> EntityKind {
    if kind.is_body() {
        EntityKind::Organization
    } else {
        kind
    }
}

fn same_sort(a: EntityKind, b: EntityKind) -> bool {
    sort(a) == sort(b)
}

/// Same gazetteer entry or same folded name; then a shorter name that is part of exactly one longer.
fn join_names(mentions: &[Mention], groups: &mut Groups) {
    let mut listed: FxHashMap<&str, usize> = FxHashMap::default();
    let mut exact: FxHashMap<(String, EntityKind), usize> = FxHashMap::default();
    let mut full: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form == MentionForm::Description {
            continue;
        }
        if let Some(id) = mention.listed.as_deref() {
            let first = *listed.entry(id).or_insert(at);
            groups.join(first, at);
        }
        let words = parts(&mention.name);
        if words.is_empty() {
            continue;
        }
        let first = *exact
            .entry((words.join(" "), sort(mention.kind)))
            .or_insert(at);
        let clash = mentions[first].listed.is_some()
            && mention.listed.is_some()
            && mentions[first].listed != mention.listed;
        if !clash {
            groups.join(first, at);
        }
        // A name that comes a thousand times is looked at once.
        if first == at || clash {
            full.push((at, words));
        }
    }
    join_parts(mentions, &full, groups);
}

/// *Dmitriev* is Kirill Dmitriev if no other full name of the document holds the word.
fn join_parts(mentions: &[Mention], full: &[(usize, Vec<String>)], groups: &mut Groups) {
    let mut by_word: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut seen: FxHashSet<(usize, &[String])> = FxHashSet::default();
    for (at, (id, words)) in full.iter().enumerate() {
        if !seen.insert((groups.root(*id), words)) {
            continue;
        }
        for word in words {
            by_word.entry(word).or_default().push(at);
        }
    }
    for (at, words) in full {
        let mention = &mentions[*at];
        let Some(word) = words.first() else { continue };
        let longer = by_word
            .get(word.as_str())
            .into_iter()
            .flatten()
            .filter(|&&other| {
                let (id, long) = &full[other];
                long.len() > words.len()
                    && same_sort(mentions[*id].kind, mention.kind)
                    && fits(mention.kind, words, long)
            });
        let mut roots: Vec<usize> = longer.map(|&other| groups.root(full[other].0)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots[..] {
            groups.join(only, *at);
        }
    }
}

/// Words that tell a son from his father: a name without them is no part of one with them.
pub(crate) const GENERATIONS: &[&str] = &[
    "جونيور",
    "الابن",
    "الاب",
    "jr",
    "junior",
    "sr",
    "senior",
    "младший",
    "старший",
    "ii",
    "iii",
];

/// A part of a person's name is its last words or, if it is one word, its first; a part of
/// another name is its beginning (*Exxon* of *Exxon Mobil*).
fn fits(kind: EntityKind, part: &[String], whole: &[String]) -> bool {
    let generation = |name: &[String]| {
        name.last()
            .is_some_and(|w| GENERATIONS.contains(&w.as_str()))
    };
    if kind == EntityKind::Person && generation(part) != generation(whole) {
        return false;
    }
    if kind == EntityKind::Person {
        whole.ends_with(part)
            || part.len() == 1 && whole.first() == part.first()
            || part.len() >= 2 && part.iter().all(|p| whole.contains(p))
    } else {
        whole.starts_with(part) && part.iter().map(String::len).sum::<usize>() > 3
    }
}

fn join_acronyms(mentions: &[Mention], groups: &mut Groups) {
    let is_short = |m: &Mention| {
        m.form != MentionForm::Description
            && m.name.chars().count() <= 6
            && m.name.chars().filter(|c| c.is_uppercase()).count() >= 2
    };
    // Each name once, by the initials of its words: an acronym begins with one of them.
    let mut seen = FxHashSet::default();
    let mut by_initial: FxHashMap<char, Vec<usize>> = FxHashMap::default();
    for (at, long) in mentions.iter().enumerate() {
        let several = long.form == MentionForm::Name
            && long.kind != EntityKind::Person
            && long.name.split_whitespace().count() >= 2;
        if !several || !seen.insert(long.name.as_str()) {
            continue;
        }
        let folded = fold(&long.name);
        let cores = folded
            .split(' ')
            .flat_map(|word| [Some(word), word.strip_prefix("ال")]);
        let initials: BTreeSet<char> = cores.flatten().filter_map(|w| w.chars().next()).collect();
        for initial in initials {
            by_initial.entry(initial).or_default().push(at);
        }
    }
    let mut known: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for (at, short) in mentions.iter().enumerate().filter(|(_, m)| is_short(m)) {
        let long = *known.entry(short.name.as_str()).or_insert_with(|| {
            let initial = fold(&short.name).chars().find(|c| c.is_alphanumeric());
            let mut near = by_initial.get(&initial?)?.iter().copied();
            near.find(|&long| madar_names::abbreviates(&short.name, &mentions[long].name))
        });
        if let Some(long) = long {
            groups.join(long, at);
        }
    }
}

/// A person's description right beside a person's name, with a comma at most between them; and a second
/// description behind that (*Igor Sechin, chief of Rosneft and once Putin's secretary*).
fn join_appositions(
    document: &Document,
    sentences: &[Sentence],
    mentions: &[Mention],
    groups: &mut Groups,
) {
    let outer = outermost(mentions);
    for (at, pair) in outer.windows(2).enumerate() {
        let (a, b) = (&mentions[pair[0]], &mentions[pair[1]]);
        let whole = a.span.to(b.span);
        let sentence = sentences.partition_point(|s| s.span.end <= whole.start);
        let same_sentence = sentences
            .get(sentence)
            .is_some_and(|s| s.span.contains(whole));
        if !same_sentence || a.span.end > b.span.start {
            continue;
        }
        let described = |m: &Mention| m.form == MentionForm::Description;
        let gap = &document.text[a.span.end as usize..b.span.start as usize];
        // *its owner, {Dijla Holding},*: a body may own and run things as people do.
        let holds = is_comma(gap) && may_be_body(a) && b.kind.is_body();
        if !same_sort(a.kind, b.kind) && !holds {
            continue;
        }
        let joined = match (described(a), described(b)) {
            // *X, a nephew of the owner, Y*: the first description has its name.
            (true, false) if (holds || a.kind != EntityKind::Person) && is_comma(gap) => {
                is_told_apart(document, a, b)
            }
            (true, false) => {
                let before = at.checked_sub(1).map(|i| outer[i]);
                let has_name = before.is_some_and(|n| groups.root(n) == groups.root(pair[0]));
                is_apposition(gap, a.kind)
                    && !(has_name && b.lang == Lang::En)
                    && !(has_name && differ_in_case(&sentences[sentence], a, b))
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
            // *Супруга {Воронцова} — {гражданка Ирака}*: who she is stands in another case.
            (false, true) if differ_in_case(&sentences[sentence], b, a) => false,
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
                let list = own_name && !named && is_comma(gap);
                a.kind == EntityKind::Person && (named && !own_name && is_and(gap) || list)
            }
            (false, false) => false,
        };
        // مبعوث الرئيس ترمب: the name belongs to the title inside, and to nobody's envoy.
        let inner =
            inner_title(mentions, pair[0]).filter(|_| described(a) && gap.trim().is_empty());
        if joined {
            groups.join(inner.unwrap_or(pair[0]), pair[1]);
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
            let sentence = sentences.partition_point(|s| s.span.end <= a.span.start);
            let one = |s: &Sentence| !differ_in_case(s, a, b);
            if gap.trim().is_empty() && sentences.get(sentence).is_some_and(one) {
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
        let mut known = nouns
            .map(|w| w.singular.or(w.cases))
            .filter(|c| c.is_known());
        known.next()
    };
    let (head, name) = (cases(described), cases(named));
    described.lang == Lang::Ru && head.zip(name).is_some_and(|(h, n)| h.0 & n.0 == 0)
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

/// The title with its article with which an Arabic description without one ends: مبعوث {الرئيس}.
fn inner_title(mentions: &[Mention], at: usize) -> Option<usize> {
    let outer = &mentions[at];
    if outer.lang != Lang::Ar || outer.name.starts_with("ال") {
        return None;
    }
    let inside = (at + 1..mentions.len()).take_while(|&i| mentions[i].span.start < outer.span.end);
    inside.last().filter(|&i| {
        let inner = &mentions[i];
        inner.form == MentionForm::Description
            && inner.kind == EntityKind::Person
            && inner.name.starts_with("ال")
            && inner.span.end == outer.span.end
            && is_bare(inner)
    })
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

/// Nouns of people that bodies are called by too.
const HOLDERS: [&str; 9] = [
    "owner",
    "co-owner",
    "shareholder",
    "operator",
    "parent",
    "владелец",
    "собственник",
    "акционер",
    "مالك",
];

fn may_be_body(described: &Mention) -> bool {
    let noun = described.noun.as_deref().unwrap_or_default();
    described.form == MentionForm::Description && HOLDERS.contains(&noun)
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

/// A description that says the same as one that stood beside a name: *the Russian president* is
/// who was called so; a class noun (*the company*) is the last one of its kind.
fn join_descriptions(sentences: &[Sentence], mentions: &[Mention], kit: &Kit, groups: &mut Groups) {
    let mut known: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    let key = |m: &Mention| {
        let noun = m.noun.clone()?;
        Some((noun, m.of.clone().unwrap_or_else(|| fold(&m.name))))
    };
    let roots: Vec<usize> = (0..mentions.len()).map(|at| groups.root(at)).collect();
    let mut has_name = vec![false; mentions.len()];
    let mut first: FxHashMap<Wording, usize> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form == MentionForm::Description {
            first.entry(wording(mention)).or_insert(at);
        } else {
            has_name[roots[at]] = true;
        }
    }
    let named = |root: usize| has_name[root];
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form != MentionForm::Description {
            continue;
        }
        let Some(key) = key(mention) else { continue };
        let root = roots[at];
        if named(root) {
            let called = known.entry(key).or_default();
            if !called.contains(&root) {
                called.push(root);
            }
        }
    }
    let called = called(mentions, &roots, &named);
    let introduced = Introduced::new(sentences, mentions, &roots, kit);
    let meant = Meant {
        sentences,
        mentions,
        roots: &roots,
        introduced: &introduced,
        kit,
    };
    for (at, mention) in mentions.iter().enumerate() {
        if mention.form != MentionForm::Description || named(roots[at]) {
            continue;
        }
        let title = (is_arabic_title(mention) || is_title(sentences, mention, kit))
            .then(|| called.get(&core(mention)).copied().flatten());
        if let Some(root) = title.flatten().filter(|&root| root < at) {
            groups.join(root, at);
        } else if let Some(key) = key(mention)
            && let Some(called) = known.get(&key)
        {
            // Of several who are called so, nobody knows which.
            if let [root] = called[..] {
                groups.join(root, at);
            }
        } else if let Some(body) = meant.by(at) {
            groups.join(body, at);
        } else if let Some(&same) = first.get(&wording(mention)) {
            groups.join(same, at);
        }
    }
}

/// Whom an Arabic title alone means, by its noun: المبعوث is the one that was called مبعوث, if only one was.
fn called(
    mentions: &[Mention],
    roots: &[usize],
    named: &dyn Fn(usize) -> bool,
) -> FxHashMap<(Lang, String), Option<usize>> {
    let mut out: FxHashMap<(Lang, String), Option<usize>> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate() {
        let person = mention.form == MentionForm::Description && mention.kind == EntityKind::Person;
        if !person || !named(roots[at]) {
            continue;
        }
        let slot = out.entry(core(mention)).or_insert(Some(roots[at]));
        if *slot != Some(roots[at]) {
            *slot = None;
        }
    }
    out
}

/// The word of a post that alone may stand for it: {министр} иностранных дел, energy {minister}, {مبعوث} خاص; رجل الأعمال
/// is one word.
fn core(mention: &Mention) -> (Lang, String) {
    let noun = mention.noun.as_deref().unwrap_or_default();
    let word = match mention.lang {
        Lang::En => noun
            .split(" of ")
            .next()
            .unwrap_or_default()
            .rsplit(' ')
            .next(),
        Lang::Ru => noun
            .split(' ')
            .find(|w| !["ый", "ий", "ой"].iter().any(|end| w.ends_with(end))),
        _ if noun.starts_with("رجل ") => Some(noun),
        _ => noun.split(' ').next(),
    };
    (mention.lang, word.unwrap_or_default().to_owned())
}

/// Posts of which a text has more than it names.
const MANY: [&str; 10] = [
    "president",
    "official",
    "officer",
    "member",
    "employee",
    "analyst",
    "президент",
    "чиновник",
    "член",
    "сотрудник",
];

/// *the {Russian} businessman*, *бизнесмен*: a post and nothing else but a country, in English with its article.
fn is_title(sentences: &[Sentence], mention: &Mention, kit: &Kit) -> bool {
    if mention.kind != EntityKind::Person || mention.lang == Lang::Ar && head(mention) != "رجل" {
        return false;
    }
    let at = sentences.partition_point(|s| s.span.end <= mention.span.start);
    let Some(sentence) = sentences.get(at).filter(|s| s.span.contains(mention.span)) else {
        return false;
    };
    let words = sentence.within(mention.span);
    let adjective = |w: &&Word| kit.gazetteer.adjective(w, mention.lang).is_some();
    let of_country = sentence.words[words.clone()]
        .iter()
        .filter(adjective)
        .count();
    let noun = mention.noun.as_deref().unwrap_or_default();
    let plain = words.len() == of_country + noun.split(' ').count();
    let before = words
        .start
        .checked_sub(1)
        .map(|at| sentence.words[at].fold.as_str());
    let definite = match mention.lang {
        Lang::En => before == Some("the"),
        Lang::Ar => mention.name.contains(" ال"),
        _ => true,
    };
    plain && definite && !MANY.contains(&core(mention).1.as_str())
}

/// The first word of the noun of a description.
fn head(mention: &Mention) -> &str {
    let noun = mention.noun.as_deref().unwrap_or_default();
    noun.split(' ').next().unwrap_or_default()
}

/// A title with its article and nothing else. الرئيس may be any president of whom the text has not spoken.
fn is_arabic_title(mention: &Mention) -> bool {
    mention.lang == Lang::Ar
        && mention.kind == EntityKind::Person
        && mention.name.starts_with("ال")
        && is_bare(mention)
        && head(mention) != "رييس"
}

/// A class noun and nothing else: *the company*, الصحيفة. *Biden's administration* is no other body.
fn is_bare(mention: &Mention) -> bool {
    mention.of.is_none() && mention.name.split_whitespace().count() == 1
}

/// Noun, whose it is, and the words of a description.
type Wording<'a> = (Option<&'a str>, Option<&'a str>, String);

fn wording(mention: &Mention) -> Wording<'_> {
    let (noun, of) = (mention.noun.as_deref(), mention.of.as_deref());
    (noun, of, fold(&mention.name))
}

/// How many mentions back a class noun alone (*the company*, *the paper*) looks for its name.
const REACH_OF_CLASS_NOUN: usize = 12;

/// Which body or asset a class noun means again.
struct Meant<'a> {
    sentences: &'a [Sentence],
    mentions: &'a [Mention],
    roots: &'a [usize],
    introduced: &'a Introduced,
    kit: &'a Kit,
}

impl Meant<'_> {
    /// The last that was introduced by the same noun (*the group* is مجموعة «X», not the last company); with a country,
    /// the only one of that country.
    fn by(&self, at: usize) -> Option<usize> {
        let own = &self.mentions[at];
        if own.kind == EntityKind::Person {
            return None;
        }
        let called = called::called(self.sentences, own, self.kit)?;
        let named = |other: &usize| {
            let m = &self.mentions[*other];
            m.form != MentionForm::Description && same_sort(m.kind, own.kind)
        };
        if let Some(country) = &called.country {
            // Any company is *the Norwegian company*, but no navy is *the German parliament*.
            let vague = matches!(own.kind, EntityKind::Company | EntityKind::Asset)
                || self.kit.nouns.is_vague(own.lang, &called.noun);
            let from_there = |other: &usize| {
                let root = self.roots[*other];
                self.introduced.by_country(root, country)
                    && (vague || self.introduced.by_noun(root, &called.noun))
            };
            let mut all = (0..at).rev().filter(named).filter(from_there);
            let last = all.next()?;
            let only = all.all(|other| self.roots[other] == self.roots[last]);
            return only.then_some(last);
        }
        // *завод* may be a firm and what it owns.
        let by_noun = |other: &usize| {
            let m = &self.mentions[*other];
            let thing = m.kind.is_body() || m.kind == EntityKind::Asset;
            thing
                && m.form != MentionForm::Description
                && self.introduced.by_noun(self.roots[*other], &called.noun)
        };
        let introduced = (0..at).rev().find(by_noun);
        introduced.or_else(|| self.last_of_kind(at, &called.noun))
    }

    fn last_of_kind(&self, at: usize, noun: &str) -> Option<usize> {
        let own = &self.mentions[at];
        if own.kind == EntityKind::PublicBody && !self.kit.nouns.is_vague(own.lang, noun) {
            return None;
        }
        let outlet = |m: &Mention| {
            m.listed
                .as_deref()
                .and_then(|id| self.kit.gazetteer.entry(id))
                .is_some_and(|e| e.is_outlet())
        };
        let of_paper = own.kind == EntityKind::Organization;
        if of_paper && !self.kit.nouns.is_class(own.lang, noun, own.kind) {
            return None;
        }
        let low = at.saturating_sub(REACH_OF_CLASS_NOUN);
        (low..at).rev().find(|&other| {
            let m = &self.mentions[other];
            m.form != MentionForm::Description && m.kind == own.kind && (!of_paper || outlet(m))
        })
    }
}

fn collect(mentions: &[Mention], groups: &mut Groups) -> Referents {
    let mut order: FxHashMap<usize, usize> = FxHashMap::default();
    let mut members: Vec<Vec<MentionId>> = Vec::new();
    let mut of = Vec::with_capacity(mentions.len());
    for at in 0..mentions.len() {
        let root = groups.root(at);
        let next = members.len();
        let group = *order.entry(root).or_insert(next);
        if group == next {
            members.push(Vec::new());
        }
        members[group].push(MentionId::new(at));
        of.push(ReferentId::new(group));
    }
    let list = members
        .into_iter()
        .map(|ids| referent(mentions, ids))
        .collect();
    Referents { list, of }
}

fn referent(mentions: &[Mention], ids: Vec<MentionId>) -> Referent {
    let shown = ids.iter().map(|id| &mentions[id.at()]);
    // The longest name in the document's words; among equals the first.
    let rank = |m: &Mention| {
        (
            m.form != MentionForm::Description,
            m.form == MentionForm::Name,
            m.name.chars().count(),
        )
    };
    let best = shown
        .clone()
        .reduce(|best, m| if rank(m) > rank(best) { m } else { best });
    let best = best.expect("a referent has a mention");
    let named = best.form != MentionForm::Description;
    let kinds: Vec<EntityKind> = shown
        .clone()
        .filter(|m| (m.form != MentionForm::Description) == named)
        .map(|m| m.kind)
        .collect();
    let kind = most_common(&kinds);
    let listed = shown.clone().find_map(|m| m.listed.clone());
    Referent {
        kind,
        name: best.name.clone(),
        named,
        listed,
        mentions: ids,
    }
}

fn most_common(kinds: &[EntityKind]) -> EntityKind {
    let count = |kind: EntityKind| kinds.iter().filter(|&&k| k == kind).count();
    let best = EntityKind::ALL
        .into_iter()
        .rev()
        .max_by_key(|&kind| count(kind));
    best.expect("there are kinds")
}
