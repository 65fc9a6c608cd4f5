//! Facts that a description tells: *{the chief of {Rosneft}}, {Igor Sechin}* is a post,
//! *صهر الرئيس الأميركي* a kinship. The noun says which; without an entry it is a post.

use madar_text::{Clitics, Lang, Span};

use super::arabic;
use super::arguments::Site;
use super::class_nouns::{self, may_be_called};
use super::pack::{Kinds, Place, TriggerKind};
use super::phrases::Phrase;
use super::pronouns::{self, POSSESSIVE};
use super::status;
use crate::attribution::{Sex, is_outlet, sex_of};
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, Mention, MentionForm, Participant, Role, Status};
use crate::words::{Sentence, Word};
use crate::{MentionId, ReferentId};

pub(crate) fn facts(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Vec<Fact> {
    let mut out = Vec::new();
    for phrase in phrases {
        let holder = &surface.mentions[phrase.lead.at()];
        if holder.form == MentionForm::Description {
            continue;
        }
        for &id in &phrase.mentions {
            let description = &surface.mentions[id.at()];
            let describes = description.form == MentionForm::Description
                && description.kind == EntityKind::Person
                && holder.kind == EntityKind::Person;
            if describes {
                let told = fact(surface, sentence, phrase, id, phrases, before);
                let named =
                    || arabic::named_to_post(surface, sentence, phrase, description, phrases);
                out.extend(told.map(|fact| match named() {
                    Some(held) if fact.status == Status::Asserted => Fact {
                        status: held,
                        ..fact
                    },
                    _ => fact,
                }));
            }
        }
    }
    out.extend(predicates(surface, sentence, phrases));
    out
}

/// *Ilze Kalnberga, who is {Daugava's chief accountant}*: the description behind *is*, *became*, *as*
/// tells of the subject.
fn predicates(surface: &Surface<'_>, sentence: &Sentence, phrases: &[Phrase]) -> Vec<Fact> {
    if sentence.lang != Lang::En {
        return Vec::new();
    }
    let mut out = Vec::new();
    for phrase in phrases {
        let (Some(verb), [id]) = (
            tells_of(surface, sentence, phrase, phrases),
            &phrase.mentions[..],
        ) else {
            continue;
        };
        let id = *id;
        let trigger = (verb.clone(), TriggerKind::Verb);
        let site = Site::at(surface, sentence, phrases, None, trigger);
        let person = Kinds::parse("person").expect("the word is known");
        let named = surface
            .kit
            .facts
            .names_to_post(Lang::En, &sentence.words[verb.start]);
        let place = if named { Place::Object } else { Place::Subject };
        let Some(at) = site.find(&place, person, &[]) else {
            continue;
        };
        let holder = Phrase {
            span: phrases[at].span.to(phrase.span),
            ..phrases[at].clone()
        };
        if surface.referents.of[holder.lead.at()] == surface.referents.of[id.at()] {
            continue;
        }
        let (status, condition) = status::status(surface, sentence, &verb, TriggerKind::Verb);
        let nominated = surface
            .kit
            .facts
            .nominates(Lang::En, &sentence.words[verb.start]);
        let told = fact(surface, sentence, &holder, id, phrases, &[]);
        out.extend(told.map(|fact| Fact {
            status: match (status, fact.status) {
                (Status::Asserted, Status::Asserted) if nominated => Status::Proposed,
                (Status::Asserted, own) => own,
                (held, _) => held,
            },
            condition,
            ..fact
        }));
    }
    out
}

/// Whether a phrase says who somebody else of the sentence is or becomes: *was appointed {chairman of the bank}*.
pub(super) fn is_predicate(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    phrases: &[Phrase],
) -> bool {
    is_post_itself(surface, sentence, phrase)
        || sentence.lang == Lang::En && tells_of(surface, sentence, phrase, phrases).is_some()
}

/// شغل كريم حداد منصب {مدير عام الشركة}: the post, and nobody who holds it.
pub(super) fn is_post_itself(surface: &Surface<'_>, sentence: &Sentence, phrase: &Phrase) -> bool {
    let before = phrase.from.checked_sub(1).map(|at| &sentence.words[at]);
    let described = surface.mentions[phrase.lead.at()].form == MentionForm::Description;
    let facts = &surface.kit.facts;
    described && before.is_some_and(|word| facts.is_post_word(sentence.lang, word))
}

/// The verb by which a description alone tells of somebody else.
fn tells_of(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    phrases: &[Phrase],
) -> Option<std::ops::Range<usize>> {
    let [id] = phrase.mentions[..] else {
        return None;
    };
    let mention = &surface.mentions[id.at()];
    let describes = mention.form == MentionForm::Description && mention.kind == EntityKind::Person;
    if phrase.owns || !describes {
        return None;
    }
    let verb = copula(surface, sentence, phrase.from);
    verb.or_else(|| naming(surface, sentence, phrase, phrases))
}

/// Words between a verb of being and the description: *is {also the}*.
const REACH_OF_COPULA: usize = 3;

pub(super) fn copula(
    surface: &Surface<'_>,
    sentence: &Sentence,
    from: usize,
) -> Option<std::ops::Range<usize>> {
    let low = from.saturating_sub(REACH_OF_COPULA + 1);
    let passes = |word: &str| {
        matches!(word, "the" | "a" | "an" | "as") || surface.kit.facts.is_helper(Lang::En, word)
    };
    for at in (low..from).rev() {
        let word = &sentence.words[at];
        let facts = &surface.kit.facts;
        if facts.is_copula(Lang::En, word) || facts.names_to_post(Lang::En, word) {
            return Some(at..at + 1);
        }
        if !passes(&word.fold) {
            return None;
        }
    }
    None
}

/// *{appointed} Karim Haddad as foreign minister*: the verb before the name that stands before a description.
fn naming(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    phrases: &[Phrase],
) -> Option<std::ops::Range<usize>> {
    let word = |at: usize| sentence.words[at].fold.as_str();
    let article = |at: usize| matches!(word(at), "as" | "the" | "a" | "an" | "its" | "his" | "her");
    let mut end = phrase.from;
    while end > 0 && article(end - 1) {
        end -= 1;
    }
    let named = phrases.iter().find(|p| p.to == end && p.marker.is_none())?;
    let verb = named.from.checked_sub(1)?;
    let names = surface
        .kit
        .facts
        .names_to_post(Lang::En, &sentence.words[verb]);
    (names && named.kind == EntityKind::Person).then(|| verb..verb + 1)
}

/// The fact that a description tells of `phrase`; `before` are the phrases of the sentence before.
pub(super) fn fact(
    surface: &Surface<'_>,
    sentence: &Sentence,
    phrase: &Phrase,
    description: MentionId,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<Fact> {
    let shown = &surface.mentions[description.at()];
    let noun = shown.noun.as_deref();
    let noun = noun.or_else(|| post_of(surface, sentence, shown))?;
    let relation = surface.kit.facts.relation(sentence.lang, noun);
    let (kind, holder_role, of_role) = relation
        .map_or((FactKind::Role, Role::Holder, Role::Organisation), |r| {
            (r.kind, r.holder, r.of)
        });
    let mut participants = vec![Participant {
        role: holder_role,
        mention: phrase.lead,
    }];
    let person = matches!(kind, FactKind::Family | FactKind::Associate);
    // المبعوث الأميركي: who acts for someone may act for a state.
    let acts = holder_role == Role::Agent && sentence.lang == Lang::Ar;
    let envoy = surface.kit.facts.is_envoy(sentence.lang, noun);
    let fits = |id: &MentionId| {
        let kind = surface.mentions[id.at()].kind;
        let sent_there = envoy && is_destination(surface, sentence, *id);
        !sent_there && (!person || kind == EntityKind::Person || acts && kind == EntityKind::Place)
    };
    let possessed = sentence.lang == Lang::Ar
        && shown
            .name
            .split_whitespace()
            .next()
            .is_some_and(crate::arabic::has_pronoun);
    let no_post = kind == FactKind::Role && surface.kit.facts.is_no_post(sentence.lang, noun);
    let other = if no_post {
        None
    } else if possessed {
        // وزوجته تارا: whose wife she is has been named before; else nothing is certain.
        let kin = || kin_before(surface, shown, phrase.lead, before).filter(|_| person);
        Some(owner(surface, phrases, phrase, kind).or_else(kin)?)
    } else if comes_from_there(surface, sentence, shown, phrase.lead) {
        None
    } else {
        owner_before(surface, sentence, shown, phrase.lead, phrases)
            .or_else(|| inner_mention(surface, shown, phrase.lead, &fits))
            .or_else(|| named_behind(surface, sentence, shown, phrase.lead, phrases).filter(fits))
            .or_else(|| {
                country(surface, shown)
                    .filter(fits)
                    .filter(|_| by_country(surface, sentence, noun))
            })
            .or_else(|| class_body(surface, sentence, shown).filter(fits))
            .or_else(|| body(surface, sentence, shown).filter(fits))
            .or_else(|| arabic_body(surface, sentence, shown).filter(fits))
            .or_else(|| post_in(sentence, shown, phrases).filter(fits))
            .or_else(|| body_joined(sentence, shown, phrases).filter(fits))
            .or_else(|| company_before(surface, sentence, noun, phrases, before))
            .or_else(|| {
                if relation.is_none() && sentence.lang == Lang::Ru {
                    return None;
                }
                let whose = pronouns::owner(surface, sentence, phrase, shown, phrases, before);
                whose.map(|whose| whose.mention)
            })
    };
    // باييف {هو} ابن عم نائب الرئيس أوليغ باييف: what a pronoun tells of one is not told of the name behind it
    if sentence.lang == Lang::Ar && is_told_by_pronoun(surface, sentence, shown, phrase.lead) {
        return None;
    }
    if let Some(mention) = other {
        participants.push(Participant {
            role: of_role,
            mention,
        });
    }
    // *A Russian businessman* whom nothing names: that he is Russian and in business is no news.
    let referents = &surface.referents;
    let nameless =
        phrase.lead == description && !referents.list[referents.of[description.at()].at()].named;
    let of_country = other.is_some_and(|id| surface.mentions[id.at()].kind == EntityKind::Place);
    if nameless && of_country && kind == FactKind::Role {
        return None;
    }
    // Who holds a post with a person stands for that person: *Putin's secretary*.
    let of_person = other.is_some_and(|id| surface.mentions[id.at()].kind == EntityKind::Person);
    let of_body = surface.kit.facts.is_of_body(sentence.lang, noun);
    let kind = if kind == FactKind::Role && of_person && !of_body {
        participants[0].role = Role::Agent;
        participants[1].role = Role::Client;
        FactKind::Associate
    } else {
        kind
    };
    // وكيل وزارة الخارجية: who stands for a body holds a post in it.
    let of_body = other.is_some_and(|id| {
        let kind = surface.mentions[id.at()].kind;
        // مبعوث السويد: an envoy holds a post of the country that sends him
        kind.is_body() || kind == EntityKind::Place && (envoy || !acts)
    });
    let kind = if kind == FactKind::Associate && of_body {
        participants[0].role = Role::Holder;
        participants[1].role = Role::Organisation;
        FactKind::Role
    } else {
        kind
    };
    // A kinship or a friendship needs two; a post may stand alone (*Senator Graham*).
    let alone = participants.len() < 2;
    if alone && (kind != FactKind::Role || !surface.kit.facts.is_office(sentence.lang, noun)) {
        return None;
    }
    let span = phrase.span;
    // Kin and friends; who acts for a person holds a post, and a post ends (سكرتير بوتين السابق).
    let between_equals = participants.iter().all(|p| p.role == Role::Party);
    let status = if is_former(surface, sentence, shown, between_equals) {
        Status::Ended
    } else if kind == FactKind::Role && seeks(surface, sentence, noun, other) {
        Status::Proposed
    } else {
        Status::Asserted
    };
    let lang = sentence.lang.code();
    let rule = relation.map_or_else(|| format!("{lang}/role/{noun}"), |r| r.name.clone());
    Some(Fact {
        kind,
        participants,
        time: None,
        duration: None,
        place: None,
        amount: None,
        stake: None,
        detail: Some(shown.span),
        condition: None,
        status,
        passage: span,
        trigger: shown.span,
        attribution: None,
        chain: Vec::new(),
        rule,
    })
}

/// *стал {министром} энергетики*: the post by which a description begins that a model has found.
fn post_of<'s>(surface: &Surface<'_>, sentence: &'s Sentence, shown: &Mention) -> Option<&'s str> {
    let first = sentence.words.get(sentence.within(shown.span).start)?;
    let post = sentence.lang == Lang::Ru && surface.kit.nouns.is_post(Lang::Ru, first);
    post.then_some(first.lemma.as_str())
}

/// *envoy {to Sudan}*, посол {в России}, مبعوث {إلى السودان}: a place where somebody is sent.
pub(super) fn is_destination(surface: &Surface<'_>, sentence: &Sentence, id: MentionId) -> bool {
    let mention = &surface.mentions[id.at()];
    let from = sentence.within(mention.span).start;
    let before = from
        .checked_sub(1)
        .map(|at| sentence.words[at].fold.as_str());
    let to = [
        "to", "for", "in", "в", "во", "на", "при", "الي", "لدي", "في",
    ];
    mention.kind == EntityKind::Place && before.is_some_and(|word| to.contains(&word))
}

/// Whether *he is* stands before an Arabic description, and the name behind it.
fn is_told_by_pronoun(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
    name: MentionId,
) -> bool {
    let from = sentence.within(description.span).start;
    let before = from.checked_sub(1).map(|at| &sentence.words[at]);
    let he = before.is_some_and(|w| matches!(w.fold.as_str(), "هو" | "هي"));
    let named = from.checked_sub(2).map(|at| sentence.words[at].span);
    let name = surface.mentions[name.at()].span;
    let all = &surface.mentions;
    let first = all.partition_point(|m| m.span.start < sentence.span.start);
    let mut before = all[first..]
        .iter()
        .take_while(|m| m.span.start < description.span.start);
    he && name.start >= description.span.end
        && named.is_some_and(|word| before.any(|m| m.is_naming() && m.span.contains(word)))
}

/// *The nominee for governor of Nevada* is no governor yet; a party has its candidate.
fn seeks(surface: &Surface<'_>, sentence: &Sentence, noun: &str, of: Option<MentionId>) -> bool {
    let party = of.is_some_and(|id| surface.mentions[id.at()].kind == EntityKind::Organization);
    surface.kit.facts.is_seeker(sentence.lang, noun) && !party
}

/// *a nephew {of the bank's owner, Pavel Orlov}*: the next phrase, where the description ends in *of*.
fn named_behind(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
    holder: MentionId,
    phrases: &[Phrase],
) -> Option<MentionId> {
    let end = sentence.within(description.span).end;
    let next = phrases.iter().find(|p| {
        p.outer_from == end && matches!(p.marker.as_deref(), Some("of" | "at" | "to" | "for"))
    })?;
    let other = surface.referents.of[next.lead.at()] != surface.referents.of[holder.at()];
    other.then_some(next.lead)
}

/// How many mentions back a class noun looks for its body: *a {department} spokesperson*.
const REACH_OF_CLASS: usize = 30;

/// The body that a class noun in or right before an English description means: the last of its kind
/// whose name holds the noun.
fn class_body(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
) -> Option<MentionId> {
    if sentence.lang != Lang::En {
        return None;
    }
    let words = sentence.within(description.span);
    let area = words.start.saturating_sub(1)..words.end;
    let (kind, noun) = area.into_iter().find_map(|at| {
        let word = &sentence.words[at];
        let kind = surface.kit.nouns.class(sentence.lang, word)?;
        // a central bank is no company that was named before
        let central = at > 0 && sentence.words[at - 1].fold == "central";
        (kind.is_body() && !central).then_some((kind, word.lemma.as_str()))
    })?;
    let end = surface
        .mentions
        .partition_point(|m| m.span.start < description.span.start);
    // *the company's chairman met {Laptev-Gaz's} owner*: what is named behind it is another
    let behind = surface.mentions[end..].iter().enumerate();
    let behind = behind.take_while(|(_, m)| m.span.start < sentence.span.end);
    let named_behind: Vec<ReferentId> = behind
        .filter(|(_, m)| m.is_naming() && m.span.start >= description.span.end)
        .map(|(at, _)| surface.referents.of[end + at])
        .collect();
    (end.saturating_sub(REACH_OF_CLASS)..end)
        .rev()
        .filter(|&at| !named_behind.contains(&surface.referents.of[at]))
        .find(|&at| {
            let m = &surface.mentions[at];
            let holds = || madar_text::fold(&m.name).split(' ').any(|w| w == noun);
            m.form != MentionForm::Description
                && (m.kind == kind && kind == EntityKind::Company || m.kind.is_body() && holds())
        })
        .map(MentionId::new)
}

/// The company whose post stands alone: *{Chairman} Karim Haddad*, behind a sentence that names one company and no other
/// body, in one that names none before it.
fn company_before(
    surface: &Surface<'_>,
    sentence: &Sentence,
    noun: &str,
    phrases: &[Phrase],
    before: &[Phrase],
) -> Option<MentionId> {
    if !surface.kit.facts.is_of_company(sentence.lang, noun) {
        return None;
    }
    let bodies = phrases.iter().chain(before).filter(|p| p.kind.is_body());
    let mut bodies = bodies.filter(|p| !is_outlet(surface, p.lead));
    let first = bodies.next().filter(|p| p.kind != EntityKind::PublicBody)?;
    let thing = |p: &Phrase| surface.referents.of[p.lead.at()];
    bodies
        .all(|p| thing(p) == thing(first))
        .then_some(first.lead)
}

/// *{«Велльмар»} и его основатель*: the body to which a Russian description is joined by *its*.
fn body_joined(sentence: &Sentence, shown: &Mention, phrases: &[Phrase]) -> Option<MentionId> {
    let at = sentence.within(shown.span).start;
    let fold = |at: usize| sentence.words[at].fold.as_str();
    if sentence.lang != Lang::Ru || !matches!(fold(at), "его" | "ее" | "их") {
        return None;
    }
    let joins = |at: usize| matches!(fold(at), "и" | ",") || sentence.words[at].is_quote();
    let mut end = at;
    while end > 0 && joins(end - 1) {
        end -= 1;
    }
    let body = phrases
        .iter()
        .find(|p| p.kind.is_body() && (end..at).contains(&p.to));
    body.map(|p| p.lead)
}

/// Whose it is by a pronoun: *{his} wife, Layla Orlova*.
pub(super) fn owner_before(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
    holder: MentionId,
    phrases: &[Phrase],
) -> Option<MentionId> {
    let from = sentence.within(description.span).start;
    let owner = phrases
        .iter()
        .find(|p| p.to == from && p.marker.as_deref() == Some(POSSESSIVE))?;
    let other = surface.referents.of[owner.lead.at()] != surface.referents.of[holder.at()];
    other.then_some(owner.lead)
}

/// المستثمر المقيم {في ميامي}, a banker educated {at Harvard}: where one lives or learned is no body that one serves.
fn comes_from_there(
    surface: &Surface<'_>,
    sentence: &Sentence,
    shown: &Mention,
    holder: MentionId,
) -> bool {
    let place = named_in(surface, shown, holder).map(|id| &surface.mentions[id.at()]);
    place.is_some_and(|inner| {
        let before = Span::new(shown.span.start, inner.span.start);
        let words = &sentence.words[sentence.within(before)];
        let said = words
            .iter()
            .any(|word| surface.kit.facts.is_whence(sentence.lang, word));
        let within = || {
            before
                .of(&surface.document.text)
                .trim_end()
                .ends_with(" في")
        };
        said || sentence.lang == Lang::Ar && inner.kind == EntityKind::Place && within()
    })
}

/// Words between a body and a title that is at once taken to be its own: شركة الأرز، {ورئيسها} فلان.
const AT_ONCE: usize = 2;

/// Whom an Arabic pronoun on a title means: the last person before it, for a post also a body. Of several bodies the one
/// right before it, else the one that the sentence names first: تفاوض برازوس على شراء 9% من لابتيف في محادثات يقودها
/// {رئيسها} is about برازوس.
pub(super) fn owner(
    surface: &Surface<'_>,
    phrases: &[Phrase],
    phrase: &Phrase,
    kind: FactKind,
) -> Option<MentionId> {
    let own = surface.referents.of[phrase.lead.at()];
    let fits = |p: &&Phrase| {
        let body = kind == FactKind::Role && p.kind.is_body();
        p.to <= phrase.from
            && (p.kind == EntityKind::Person || body)
            && surface.referents.of[p.lead.at()] != own
    };
    let last = phrases.iter().rev().find(fits)?;
    let far = last.kind.is_body() && phrase.from - last.to > AT_ONCE;
    // what a paper reveals is not about the paper
    let told_of = |p: &&Phrase| p.kind.is_body() && !is_outlet(surface, p.lead);
    let first = || phrases.iter().find(|p| fits(p) && told_of(p));
    let meant = far.then(first).flatten().unwrap_or(last);
    Some(meant.lead)
}

/// {سامر حداد} … وقال {شقيقه} كريم: whose kin somebody is, where the sentence before names one person who may be meant.
fn kin_before(
    surface: &Surface<'_>,
    description: &Mention,
    holder: MentionId,
    before: &[Phrase],
) -> Option<MentionId> {
    let noun = description.name.split_whitespace().next()?;
    let sex = match noun {
        _ if noun.ends_with("ها") => Sex::Woman,
        _ if noun.ends_with('ه') => Sex::Man,
        _ => return None,
    };
    let thing = |id: MentionId| surface.referents.of[id.at()];
    // who was told of as kin himself leaves open whose kin the next one is
    let told_as_kin = |p: &Phrase| {
        p.mentions.iter().any(|id| {
            let mention = &surface.mentions[id.at()];
            let mut words = mention.name.split_whitespace();
            mention.form == MentionForm::Description
                && words.next().is_some_and(crate::arabic::has_pronoun)
        })
    };
    let named = |p: &&Phrase| surface.referents.list[thing(p.lead).at()].named;
    let people = before.iter().filter(|p| p.kind == EntityKind::Person);
    let mut people = people.filter(named);
    let first = people.next()?;
    let alone = people.all(|p| thing(p.lead) == thing(first.lead)) && !told_as_kin(first);
    let fits = sex_of(surface, first.lead).is_none_or(|own| own == sex);
    (alone && fits && thing(first.lead) != thing(holder)).then_some(first.lead)
}

/// The last mention of something else inside the description: the body or the person it names.
pub(super) fn named_in(
    surface: &Surface<'_>,
    description: &Mention,
    holder: MentionId,
) -> Option<MentionId> {
    inner_mention(surface, description, holder, &|_| true)
}

/// The same of those that fit: *a college friend of {Karim Haddad}* is no friend of a college.
fn inner_mention(
    surface: &Surface<'_>,
    description: &Mention,
    holder: MentionId,
    fits: &dyn Fn(&MentionId) -> bool,
) -> Option<MentionId> {
    let own = surface.referents.of[holder.at()];
    let from = surface
        .mentions
        .partition_point(|m| m.span.start < description.span.start);
    let mut inside = surface.mentions[from..]
        .iter()
        .enumerate()
        .take_while(|(_, m)| m.span.start < description.span.end)
        .filter(|(_, m)| description.span.contains(m.span) && m.span != description.span)
        // *chairman of {Istanbul}-based Kartal Holding*
        .filter(|(_, m)| !surface.document.text[m.span.end as usize..].starts_with("-based"))
        .filter(|(_, m)| !m.is_adjective())
        .map(|(at, _)| MentionId::new(from + at))
        .filter(|id| surface.referents.of[id.at()] != own)
        .filter(fits);
    let first = inside.next()?;
    // *жена {депутата} {Андрея Орлова}*: the name says who the description is.
    let russian = description.lang == Lang::Ru;
    let titled = |m: &Mention| m.kind == EntityKind::Person && m.form == MentionForm::Description;
    let named = |m: &Mention| m.kind == EntityKind::Person && m.form == MentionForm::Name;
    let name = inside.find(|id| russian && named(&surface.mentions[id.at()]));
    name.filter(|_| titled(&surface.mentions[first.at()]))
        .or(Some(first))
}

/// The country that an adjective of the description names, if the document mentions it anywhere;
/// the nearest mention before it, else the first.
fn country(surface: &Surface<'_>, description: &Mention) -> Option<MentionId> {
    named_as(surface, description.of.as_deref()?, description.span.start)
}

/// Where the document names what is listed so: the nearest mention before `at`, else the first.
pub(super) fn named_as(surface: &Surface<'_>, id: &str, at: u32) -> Option<MentionId> {
    let mut all = surface
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, m)| m.listed.as_deref() == Some(id));
    let first = all.next()?;
    let before = all.rfind(|(_, m)| m.span.end <= at);
    Some(MentionId::new(before.unwrap_or(first).0))
}

/// An adjective of a country says of an office what it is of, of anybody else only whence: *немецкий режиссер*, *a
/// Russian businessman* work for nobody.
fn by_country(surface: &Surface<'_>, sentence: &Sentence, noun: &str) -> bool {
    let (facts, lang) = (&surface.kit.facts, sentence.lang);
    match lang {
        Lang::Ru => facts.is_office(lang, noun),
        _ => !facts.is_private(lang, noun),
    }
}

/// How many bytes back a Russian class noun finds the body that it stands for: two sentences or three.
const REACH_OF_BODY: u32 = 900;

/// The body that a class noun right behind a Russian post stands for: *глава {компании} Орлов* after a
/// company was named. Nobody if the text has named two of the kind near by.
fn body(surface: &Surface<'_>, sentence: &Sentence, description: &Mention) -> Option<MentionId> {
    let noun = description.noun.as_deref()?;
    let words = &sentence.words[sentence.within(description.span)];
    let head = noun.split(' ').next()?;
    let at = words.iter().position(|w| w.lemma == head)? + noun.split(' ').count();
    let class = words.get(at).filter(|_| sentence.lang == Lang::Ru)?;
    let kind = surface.kit.classes.of(Lang::Ru, class)?;
    let start = description.span.start;
    let near = |m: &Mention| m.span.end <= start && start - m.span.end <= REACH_OF_BODY;
    let fits = |m: &Mention| m.kind == kind && kind.is_body() && m.form != MentionForm::Description;
    let found = surface.mentions.iter().enumerate();
    let mut found = found
        .filter(|(_, m)| near(m) && fits(m))
        .filter(|(at, _)| may_be_called(surface, &class.lemma, MentionId::new(*at)));
    let last = found.next_back()?.0;
    let same = |at: usize| surface.referents.of[at] == surface.referents.of[last];
    found.all(|(at, _)| same(at)).then(|| MentionId::new(last))
}

/// *занимает {в Кедр Холдинге} пост директора*.
fn post_in(sentence: &Sentence, description: &Mention, phrases: &[Phrase]) -> Option<MentionId> {
    let from = sentence.within(description.span).start;
    let post = from.checked_sub(1)?;
    let word = sentence.words[post].lemma.as_str();
    let body = phrases.iter().find(|p| p.to == post && p.kind.is_body())?;
    let held = matches!(body.marker.as_deref(), Some("в" | "во"));
    let post = matches!(word, "пост" | "должность" | "место");
    (sentence.lang == Lang::Ru && post && held).then_some(body.lead)
}

/// The body that a class noun with its article means in an Arabic description: رئيس {المؤسسة}, المتحدث باسم {الهيئة}.
fn arabic_body(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
) -> Option<MentionId> {
    if sentence.lang != Lang::Ar {
        return None;
    }
    let words = &sentence.words[sentence.within(description.span)];
    let at = words.iter().skip(1).rposition(|word| {
        word.clitics.has(Clitics::ARTICLE) && arabic_class(surface, word).is_some()
    })? + 1;
    // رئيس الشركة {الروسية}: of there, which may be another
    let told = words
        .get(at + 1)
        .is_some_and(|word| word.clitics.has(Clitics::ARTICLE));
    let kind = arabic_class(surface, &words[at]).filter(|_| !told)?;
    class_nouns::only_one(surface, kind, &words[at])
}

fn arabic_class(surface: &Surface<'_>, word: &Word) -> Option<EntityKind> {
    let named = surface.kit.nouns.class(Lang::Ar, word);
    let class = named.or_else(|| surface.kit.classes.of(Lang::Ar, word));
    class.filter(|kind| kind.is_body())
}

/// Whether a word for *former* stands in the description or right beside it.
pub(super) fn is_former(
    surface: &Surface<'_>,
    sentence: &Sentence,
    description: &Mention,
    between_equals: bool,
) -> bool {
    let words = sentence.within(description.span);
    let mut area = words.start.saturating_sub(1)..(words.end + 1).min(sentence.words.len());
    let noun = description.noun.as_deref();
    let noun = noun.and_then(|n| n.split(' ').next());
    let is_noun = |word: &Word| noun == Some(word.lemma.as_str()) || noun == Some(&word.fold);
    let head = words.clone().find(|&at| is_noun(&sentence.words[at]));
    let head = head.unwrap_or(words.start);
    // *сын бывшего губернатора*, *the brother of former minister X*, شقيق الوزير السابق: what stands behind
    // the noun is said of somebody else. An Arabic adjective follows its whole post, but a kinsman or a
    // friend is former only where it stands right beside him (زوجها السابق).
    let behind = area.end - 1..area.end;
    match sentence.lang {
        Lang::Ar if between_equals => area.end = area.end.min(head + 2),
        Lang::Ar => {}
        _ => area.end = head + 1,
    }
    // *its chief until 2019*: right behind the whole description it is said of the post.
    let area = area.chain(behind.filter(|at| sentence.lang == Lang::En && *at >= words.end));
    let area: Vec<usize> = area.collect();
    let cues = surface.kit.facts.cues(sentence.lang);
    let ended = cues
        .iter()
        .filter(|c| c.status == Status::Ended && c.words.len() == 1);
    let mut ended = ended.map(|c| c.words[0].as_str());
    ended.any(|cue| {
        let mut beside = area.iter().map(|&at| &sentence.words[at]);
        beside.any(|w| w.lemma == cue || w.fold == cue)
    })
}
