//! Every rule's example is run: the names are taken from the pack's cast, so that a rule is tested
//! and not the models that find names.

use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span};

use super::facts;
use crate::encoder::Seen;
use crate::read::Surface;
use crate::reading::{EntityKind, Fact, FactKind, Mention, MentionForm, Publication, Role, Status};
use crate::{Kit, amounts, referents, times, words};

pub(crate) fn document(text: &str, lang: Lang) -> Document {
    let span = Span::from_range(0..text.len());
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text: text.to_owned(),
        blocks: vec![Block {
            span,
            kind: BlockKind::Paragraph,
            lang,
            repeats: false,
        }],
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

/// Mentions where their words stand first; those that only describe have their last word for a noun.
pub(super) fn given(text: &str, lang: Lang, named: &[(&str, EntityKind, bool)]) -> Vec<Mention> {
    let mention = |&(words, kind, described): &(&str, EntityKind, bool)| {
        let at = text.find(words).unwrap();
        Mention {
            span: Span::from_range(at..at + words.len()),
            kind,
            form: if described {
                MentionForm::Description
            } else {
                MentionForm::Name
            },
            lang,
            name: words.to_owned(),
            listed: None,
            of: None,
            noun: words
                .split(' ')
                .next_back()
                .filter(|_| described)
                .map(str::to_owned),
        }
    };
    named.iter().map(mention).collect()
}

/// The cast found in the text: longest names first, none inside another.
fn cast(text: &str, lang: Lang, kit: &Kit) -> Vec<Mention> {
    let mut list: Vec<_> = kit.facts.cast(lang).to_vec();
    list.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut out: Vec<Mention> = Vec::new();
    for (name, kind) in list {
        for (at, _) in text.match_indices(&name) {
            let span = Span::from_range(at..at + name.len());
            if out.iter().any(|m| m.span.overlaps(span)) {
                continue;
            }
            let mut words = kind.split_whitespace();
            let kind = EntityKind::named(words.next().unwrap()).unwrap();
            let listed = words.next().map(|id| format!("places/{id}"));
            let form = MentionForm::Name;
            let (of, noun) = (None, None);
            out.push(Mention {
                span,
                kind,
                form,
                lang,
                name: name.clone(),
                listed,
                of,
                noun,
            });
        }
    }
    out.sort_by_key(|m| m.span);
    out
}

fn shown(fact: &Fact, mentions: &[Mention]) -> String {
    let mut parts = vec![fact.kind.name().to_owned()];
    for p in &fact.participants {
        parts.push(format!(
            "{}={}",
            p.role.name(),
            mentions[p.mention.at()].name
        ));
    }
    if let Some(place) = fact.place {
        parts.push(format!("place={}", mentions[place.at()].name));
    }
    if fact.status != Status::Asserted {
        parts.push(format!("status={}", fact.status.name()));
    }
    parts.sort();
    parts.join(" ")
}

/// `Meeting party=A B party=C`: the words after a space belong to the value before it.
fn parts(gives: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for word in gives.split_whitespace() {
        match parts.last_mut() {
            Some(last) if !word.contains('=') => {
                last.push(' ');
                last.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts.sort();
    parts.join(" ")
}

#[test]
fn every_example_of_every_frame_is_found() {
    let kit = Kit::bundled();
    let mut wrong = Vec::new();
    for example in kit.facts.examples().iter().filter(|e| !e.is_relation) {
        let document = document(&example.text, example.lang);
        let sentences = words::words(&document, &kit);
        let mentions = cast(&example.text, example.lang, &kit);
        let (times, _) = times::times(&document, &sentences, &[], &kit);
        let amounts = amounts::amounts(&document, &sentences, &times, &kit);
        let referents = referents::referents(&document, &sentences, &mentions, &kit);
        let surface = Surface {
            document: &document,
            sentences: &sentences,
            mentions: &mentions,
            times: &times,
            amounts: &amounts,
            referents: &referents,
            kit: &kit,
        };
        let found = facts(&surface, &Seen::default(), &[], &Publication::default());
        let found: Vec<String> = found.iter().map(|f| shown(f, &mentions)).collect();
        if !found.contains(&parts(&example.gives)) {
            wrong.push(format!(
                "{}: {}\n   want {}\n   got  {}",
                example.rule,
                example.text,
                parts(&example.gives),
                found.join("\n        ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} examples fail:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A description tells whose it is, by a name within it or by a possessive.
/// A verb whose forms nobody knows tells nothing, whatever its frame says.
#[test]
fn every_english_verb_of_a_frame_has_its_forms() {
    let kit = Kit::bundled();
    let verbs = kit.facts.english_verbs();
    let unknown: Vec<&str> = verbs
        .iter()
        .copied()
        .filter(|verb| !kit.english.is_form(verb))
        .collect();
    assert!(verbs.len() > 300, "{} verbs", verbs.len());
    assert_eq!(unknown, Vec::<&str>::new());
}

#[test]
fn descriptions_tell_whose_they_are() {
    use EntityKind::{Asset, Company, Person};
    let kit = Kit::bundled();
    let told = |text: &str, lang: Lang, named: &[(&str, EntityKind, bool)], gives: &[&str]| {
        let document = document(text, lang);
        let sentences = words::words(&document, &kit);
        let mentions = given(text, lang, named);
        let surface = Surface {
            document: &document,
            sentences: &sentences,
            mentions: &mentions,
            times: &[],
            amounts: &[],
            referents: &referents::referents(&document, &sentences, &mentions, &kit),
            kit: &kit,
        };
        let found = facts(&surface, &Seen::default(), &[], &Publication::default());
        let bond = |f: &&Fact| matches!(f.kind, FactKind::Ownership | FactKind::Family);
        let found: Vec<String> = found
            .iter()
            .filter(bond)
            .map(|f| shown(f, &mentions))
            .collect();
        assert_eq!(
            found,
            gives.iter().map(|g| parts(g)).collect::<Vec<_>>(),
            "{text}"
        );
    };
    told(
        "They hid aboard Volta's luxury yacht.",
        Lang::En,
        &[
            ("Volta's luxury yacht", Asset, true),
            ("Volta", Person, false),
        ],
        &["Ownership owner=Volta asset=Volta's luxury yacht"],
    );
    told(
        "Rimal Marine will close its plant in Oxford.",
        Lang::En,
        &[
            ("Rimal Marine", Company, false),
            ("its plant in Oxford", Asset, true),
        ],
        &["Ownership owner=Rimal Marine asset=its plant in Oxford"],
    );
    told(
        "The jets hit ISIL's targets.",
        Lang::En,
        &[("ISIL's targets", Asset, true), ("ISIL", Company, false)],
        &[],
    );
    told(
        "Orlov left the house with his wife.",
        Lang::En,
        &[("Orlov", Person, false), ("his wife", Person, true)],
        &["Family party=his wife party=Orlov"],
    );
    told(
        "Сгорел завод компании «Волна».",
        Lang::Ru,
        &[
            ("завод компании «Волна", Asset, true),
            ("Волна", Company, false),
        ],
        &["Ownership owner=Волна asset=завод компании «Волна"],
    );
    told(
        "أغلقت تويوتا مصنعها في الحال.",
        Lang::Ar,
        &[("تويوتا", Company, false), ("مصنعها", Asset, true)],
        &["Ownership owner=تويوتا asset=مصنعها"],
    );
}

/// *Run* and *put* are their own participles; what stands behind *by* does it.
#[test]
fn a_verb_that_does_not_change_is_passive_behind_is() {
    let of = |text| bodies_of_posts(text, Lang::En);
    assert_eq!(
        of("The airline Meridian Air is run by Emil Turdubaev."),
        ["Meridian Air"]
    );
    assert_eq!(
        of("Emil Turdubaev has run Meridian Air since 2019."),
        ["Meridian Air"]
    );
}

/// *His brothers* are told by name, and the list goes on behind them.
#[test]
fn a_list_goes_on_behind_kin() {
    let targets = |text: &str, lang| -> usize {
        let reading = crate::read(&document(text, lang), &Kit::bundled());
        let sanctions = reading
            .facts
            .iter()
            .filter(|f| f.kind == FactKind::Sanction);
        let targets = sanctions.flat_map(|f| &f.participants);
        let of: std::collections::BTreeSet<_> = targets
            .filter(|p| p.role == Role::Target)
            .map(|p| {
                reading.referents[reading.referent_of[p.mention.at()].at()]
                    .name
                    .clone()
            })
            .collect();
        ["Samer", "Nizar", "Khor Crest Jewellers", "Zumra Bullion"]
            .iter()
            .filter(|name| of.contains(**name))
            .count()
    };
    let text = "Britain froze the assets of dealer Ghassan Ramlawi, his brothers Samer and Nizar and Khor Crest Jewellers.";
    assert_eq!(targets(text, Lang::En), 3);
    let text = "Евросоюз внес в санкционный список Гассана Рамляви, его братьев Самера и Низара, а также дубайскую Zumra Bullion.";
    assert_eq!(targets(text, Lang::Ru), 1);
}

/// *A Russian businessman* says of nobody that he holds a post; a surname stands as it stands.
#[test]
fn nobody_holds_no_post() {
    let kit = Kit::bundled();
    let text = "Gordon Halvorsen met the Russian businessman in Muscat.";
    let reading = crate::read(&document(text, Lang::En), &kit);
    let posts = reading.facts.iter().filter(|f| f.kind == FactKind::Role);
    assert_eq!(posts.count(), 0, "{:?}", reading.facts);
    let text =
        "Он встретился с Родионом Василенковым. В субботу господин Василенков вылетел в Дубай.";
    let reading = crate::read(&document(text, Lang::Ru), &kit);
    let named = |name: &str| reading.mentions.iter().any(|m| m.name == name);
    assert!(
        named("Родион Василенков") && named("Василенков"),
        "{:?}",
        reading.mentions
    );
}

/// Bodies in which somebody is told to hold a post.
fn bodies_of_posts(text: &str, lang: Lang) -> Vec<String> {
    let kit = Kit::bundled();
    let reading = crate::read(&document(text, lang), &kit);
    let posts = reading.facts.iter().filter(|f| f.kind == FactKind::Role);
    let bodies = posts.flat_map(|fact| &fact.participants);
    let bodies = bodies.filter(|p| p.role == Role::Organisation);
    let named = bodies.map(|p| {
        let referent = reading.referent_of[p.mention.at()];
        reading.referents[referent.at()].name.clone()
    });
    named.collect()
}

/// A fan of a club and the author of a book hold no post there.
#[test]
fn a_fan_holds_no_post() {
    let nobodys = [
        (Lang::Ru, "Болельщик «Спартака» Егор Свиридов купил дом."),
        (
            Lang::Ru,
            "Чемпион мира ФИДЕ Веселин Топалов приехал в Софию.",
        ),
        (
            Lang::En,
            "Gordon Halvorsen, a fan of Arsenal, bought a house.",
        ),
    ];
    for (lang, text) in nobodys {
        assert_eq!(bodies_of_posts(text, lang), [""; 0], "{text}");
    }
    let held = "Тренер «Спартака» Егор Свиридов купил дом.";
    assert_eq!(bodies_of_posts(held, Lang::Ru).len(), 1, "{held}");
}

/// *The bank* is no company that nothing calls one.
#[test]
fn a_trade_is_that_of_whoever_has_it() {
    let text = |company: &str| {
        format!(
            "Компания «{company}» купила порт в марте. Директор банка Карл Линдт подписал договор."
        )
    };
    assert_eq!(bodies_of_posts(&text("Петролюкс"), Lang::Ru), [""; 0]);
    assert_eq!(bodies_of_posts(&text("Морбанк"), Lang::Ru), ["Морбанк"]);
}

/// A post that ended is told as ended; a former post of somebody else ends no kinship.
#[test]
fn former_is_said_of_the_post_beside_it() {
    let kit = Kit::bundled();
    let check = |text: &str, lang: Lang, kind: FactKind, expect: Status| {
        let reading = crate::read(&document(text, lang), &kit);
        let told: Vec<Status> = reading
            .facts
            .iter()
            .filter(|f| f.kind == kind)
            .map(|f| f.status)
            .collect();
        assert_eq!(told, [expect], "{text}");
    };
    let until = "Gordon Halvorsen, 61, was chief financial officer of the shipping group Rimal Marine until 2019.";
    check(until, Lang::En, FactKind::Role, Status::Ended);
    let brother =
        "Marco Bellini, the brother of former Transport Minister Luca Bellini, flew to Rome.";
    check(brother, Lang::En, FactKind::Family, Status::Asserted);
    let secretary = "التقى نيل هارون سامي حداد، سكرتير بوتين السابق، في الدوحة.";
    check(secretary, Lang::Ar, FactKind::Associate, Status::Ended);
    let sold = "قال سامي حداد إنه باع حصته في شركة فولنا بورت عام 2023.";
    check(sold, Lang::Ar, FactKind::Ownership, Status::Ended);
}

/// A conjunction before the negation hides it from nobody, and what there is no evidence of is denied.
#[test]
fn what_is_denied_is_never_told_as_a_fact() {
    use FactKind::{Meeting, Ownership, Payment, Role, Sanction};
    let kit = Kit::bundled();
    for (lang, text, kind, expect) in [
        (
            Lang::Ar,
            "ولم يدفع الصندوق أي عمولة للوزير سليم حداد.",
            Payment,
            Status::Denied,
        ),
        (
            Lang::Ar,
            "وقد تفرض بريطانيا عقوبات على سليم حداد.",
            Sanction,
            Status::Proposed,
        ),
        (
            Lang::Ar,
            "وقد التقى كريم حداد بافل أورلوف في دبي.",
            Meeting,
            Status::Asserted,
        ),
        (
            Lang::En,
            "There is no evidence that Halcyon Freight paid $2 million to Emre Aksoy.",
            Payment,
            Status::Denied,
        ),
        (
            Lang::En,
            "Evidence that Halcyon Freight paid $2 million to Emre Aksoy was published on Friday.",
            Payment,
            Status::Asserted,
        ),
        (
            Lang::Ru,
            "Нет никаких доказательств того, что «Хальцион Фрейт» владела компанией «Петролюкс».",
            Ownership,
            Status::Denied,
        ),
        (
            Lang::En,
            "Emre Aksoy will not join the board of Petrolux.",
            Role,
            Status::Denied,
        ),
        (
            Lang::En,
            "The United States failed to sanction Emre Aksoy.",
            Sanction,
            Status::Denied,
        ),
        (
            Lang::Ru,
            "Павел Орлов исключил встречу с Каримом Хаддадом.",
            Meeting,
            Status::Denied,
        ),
        (
            Lang::Ru,
            "Павел Орлов не встретится с Каримом Хаддадом, если Турция не снимет санкции.",
            Meeting,
            Status::Conditional,
        ),
        (
            Lang::Ar,
            "من غير المرجح أن يلتقي رئيس الوزراء كريم حداد الرئيس الأميركي دونالد ترمب.",
            Meeting,
            Status::Denied,
        ),
    ] {
        let reading = crate::read(&document(text, lang), &kit);
        let told = reading.facts.iter().filter(|f| f.kind == kind);
        let told: Vec<Status> = told.map(|f| f.status).collect();
        assert!(!told.is_empty(), "{text}: {:?}", reading.facts);
        assert!(told.iter().all(|s| *s == expect), "{text}: {told:?}");
    }
}

/// *The tanker {X}* is not meant by a yacht.
#[test]
fn a_thing_is_not_called_by_the_noun_of_another() {
    let kit = Kit::bundled();
    let text = "Компания «Норвик» никогда не владела танкером «Си Ларк». Карим Хаддад продал яхту Павлу Орлову.";
    let reading = crate::read(&document(text, Lang::Ru), &kit);
    let tanker_named = |m: &&Mention| m.span.of(text).contains("Си Ларк");
    let tanker_named = reading.mentions.iter().find(tanker_named);
    assert!(
        tanker_named.is_some_and(|m| m.kind == EntityKind::Asset),
        "{:?}",
        reading.mentions
    );
    let tanker = reading.referents.iter().filter(|r| {
        let words = |word: &str| {
            let mentions = r.mentions.iter();
            let spans = mentions.map(|id| reading.mentions[id.at()].span);
            spans.into_iter().any(|span| span.of(text).contains(word))
        };
        words("Си Ларк") && words("яхту")
    });
    assert_eq!(tanker.count(), 0, "{:?}", reading.referents);
}

/// Whom a title alone means nobody knows where two are called so; what stands in brackets is the name's before
/// them.
#[test]
fn a_title_is_of_the_only_one_who_is_called_so() {
    let kit = Kit::bundled();
    let one_thing = |text: &str, lang: Lang, first: &str, second: &str| {
        let reading = crate::read(&document(text, lang), &kit);
        let of = |words: &str| {
            let at = reading
                .mentions
                .iter()
                .rposition(|m| m.span.of(text) == words);
            let at = at.unwrap_or_else(|| panic!("no {words} in {:?}", reading.mentions));
            reading
                .referents
                .iter()
                .position(|r| r.mentions.iter().any(|id| id.at() == at))
        };
        of(first) == of(second)
    };
    let two = "President Pavel Orlov met President Karim Haddad in Muscat on Monday. The president said talks would go on.";
    assert!(!one_thing(two, Lang::En, "Pavel Orlov", "president"));
    let one = "President Pavel Orlov met Karim Haddad in Muscat on Monday. The president said talks would go on.";
    assert!(one_thing(one, Lang::En, "Pavel Orlov", "president"));
    // of two presidents the one who shares a name with his son
    let son = "زار الرئيس دونالد ترمب الرياض. والتقى نظيره فلاديمير بوتين، ورئيس وزراء بولندا دونالد توسك. وكان كريم حداد صديق دونالد ترمب جونيور (نجل الرئيس) في الجامعة.";
    assert!(one_thing(son, Lang::Ar, "دونالد ترمب", "الرئيس"));
    let brackets = "Neil Warner, a friend of Karim Haddad (the minister's son), bought the bank.";
    assert!(one_thing(
        brackets,
        Lang::En,
        "Karim Haddad",
        "minister's son"
    ));
}

/// Who is not named and stands beside what he says takes no part in it.
#[test]
fn unnamed_sources_did_not_meet_whom_they_tell_of() {
    let kit = Kit::bundled();
    let text = "Al-Dahmani and his son visited Amman on August 17 and met energy minister Rakan al-Shobaki, two Jordanian officials said.";
    let document = document(text, Lang::En);
    let reading = crate::read(&document, &kit);
    let met = reading.facts.iter().filter(|f| f.kind == FactKind::Meeting);
    let met: Vec<&Fact> = met.collect();
    assert!(!met.is_empty());
    let parts = met.iter().flat_map(|f| &f.participants);
    for part in parts {
        let span = reading.mentions[part.mention.at()].span;
        assert!(!span.of(text).contains("officials"), "{met:?}");
    }
}

/// Facts of a kind, each with its status and who takes part, by the name of each.
fn told(text: &str, lang: Lang, kind: FactKind) -> Vec<(Status, Vec<(Role, String)>)> {
    let reading = crate::read(&document(text, lang), &Kit::bundled());
    let facts = reading.facts.iter().filter(|fact| fact.kind == kind);
    let who = |fact: &Fact| {
        let named = fact.participants.iter().map(|p| {
            let referent = reading.referent_of[p.mention.at()];
            (p.role, reading.referents[referent.at()].name.clone())
        });
        (fact.status, named.collect())
    };
    facts.map(who).collect()
}

/// What an aside denies, and what is rejected by letter, turns nothing else round.
#[test]
fn a_denial_holds_no_more_than_what_is_denied() {
    use FactKind::{Communication, Role as Post};
    for (lang, text, kind) in [
        (
            Lang::En,
            "Pavel Orlov, who has denied wrongdoing, stepped down as chief executive of Petrolux in June.",
            Post,
        ),
        (
            Lang::Ar,
            "واستقال كريم حداد، الذي ينفي ارتكاب أي مخالفات، من منصب الرئيس التنفيذي لشركة «بترولوكس» في حزيران.",
            Post,
        ),
        (
            Lang::En,
            "Foreign minister Pavel Orlov rejected the findings in a letter to the Security Council.",
            Communication,
        ),
        (
            Lang::Ru,
            "Министр Павел Орлов отверг выводы экспертов в письме Совету Безопасности.",
            Communication,
        ),
    ] {
        let told = told(text, lang, kind);
        assert!(!told.is_empty(), "{text}");
        assert!(
            told.iter().all(|(status, _)| *status != Status::Denied),
            "{text}: {told:?}"
        );
    }
}

/// Whose something is: of the kin behind the verb and not of the one who has him, of nobody where a company sits, of those
/// who are named among the sellers and not what they sell.
#[test]
fn neighbours_of_owners_and_goods_are_neither() {
    use FactKind::{Deal, Ownership};
    let absent = |text: &str, lang, kind, role: Role, name: &str| {
        let told = told(text, lang, kind);
        let takes =
            |who: &Vec<(Role, String)>| who.iter().any(|(r, n)| *r == role && n.contains(name));
        assert!(!told.is_empty(), "{text}");
        assert!(!told.iter().any(|(_, who)| takes(who)), "{text}: {told:?}");
    };
    absent(
        "وفرّ كريم حداد، الذي يملك شقيقه مصفاة النفط، إلى النمسا.",
        Lang::Ar,
        Ownership,
        Role::Owner,
        "كريم حداد",
    );
    absent(
        "شركة «بترولوكس» التي يملكها كريم حداد ومقرها باكو.",
        Lang::Ar,
        Ownership,
        Role::Owner,
        "باكو",
    );
    absent(
        "باع مستثمرون بينهم شركة «بترولوكس» حصصهم في شركة «إلبيت».",
        Lang::Ar,
        Deal,
        Role::Asset,
        "بترولوكس",
    );
}

/// Who is put on a list stands on it, and who keeps it put him there.
#[test]
fn who_is_put_on_a_list_of_sanctions_does_not_keep_it() {
    let text = "Компания Oceanlink Maritime внесена в санкционный список США.";
    let told = told(text, Lang::Ru, FactKind::Sanction);
    assert_eq!(told.len(), 1, "{told:?}");
    let who = |role| {
        told[0]
            .1
            .iter()
            .find(|(r, _)| *r == role)
            .map(|(_, name)| name.as_str())
    };
    assert!(
        who(Role::Target).is_some_and(|name| name.contains("Oceanlink")),
        "{told:?}"
    );
    assert!(
        !who(Role::Authority).is_some_and(|name| name.contains("Oceanlink")),
        "{told:?}"
    );
}

/// The trade and the country of an Arabic company stand between its class noun and its name.
#[test]
fn a_preposition_reaches_an_arabic_name_over_trade_and_country() {
    let text = "تجري شركة «سوداتل» محادثات لشراء حصة في شركة بناء السفن الإيطالية «بترولوكس».";
    let told = told(text, Lang::Ar, FactKind::Deal);
    let asset = |who: &Vec<(Role, String)>| {
        who.iter()
            .any(|(r, n)| *r == Role::Asset && n.contains("بترولوكس"))
    };
    assert!(told.iter().any(|(_, who)| asset(who)), "{told:?}");
}

/// Whose kin somebody is and who he is are two people, though their names stand side by side.
#[test]
fn behind_a_russian_word_of_kin_two_names_are_two_people() {
    let text = "Жена Ломидзе Тамара входит в совет директоров компании «Каспиан».";
    let reading = crate::read(&document(text, Lang::Ru), &Kit::bundled());
    let names: Vec<&str> = reading.mentions.iter().map(|m| m.span.of(text)).collect();
    assert!(
        names.contains(&"Тамара") && !names.contains(&"Ломидзе Тамара"),
        "{names:?}"
    );
}

/// Behind a post a bare Russian name is a person's, whatever the post is of.
#[test]
fn a_name_behind_a_russian_post_is_a_person() {
    for text in [
        "Под санкции попали банк «Восход» и его владелец Игорь Лапин.",
        "«Восход» и его гендиректор Ханс Грубер отрицают обвинения.",
    ] {
        let reading = crate::read(&document(text, Lang::Ru), &Kit::bundled());
        let last = text
            .trim_end_matches(" отрицают обвинения.")
            .trim_end_matches('.');
        let surname = last.split(' ').next_back().unwrap();
        let named = reading
            .mentions
            .iter()
            .filter(|m| m.span.of(text).ends_with(surname));
        let kinds: Vec<EntityKind> = named.map(|m| m.kind).collect();
        assert!(
            !kinds.is_empty() && kinds.iter().all(|k| *k == EntityKind::Person),
            "{text}: {kinds:?}"
        );
    }
}
