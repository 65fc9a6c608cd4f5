//! Helpers for tests of attribution, and the examples of the packs.
//!
//! In an example `[Clara Duval]` is a person, `[o:Reuters]` an outlet, `[b:..]` a body, `[d:..]` a
//! description of a person; `{S:..}`, `{Q:..}`, `{C:..}` are source, cue and content.

use std::sync::OnceLock;

use madar_text::{Block, BlockKind, BytesHash, Document, Lang, Metadata, Span, language};

use crate::read::Surface;
use crate::reading::{
    Attribution, EntityKind, HopBasis, HopWho, Mention, MentionForm, Publication,
};
use crate::{Kit, referents};

pub(crate) fn kit() -> &'static Kit {
    static KIT: OnceLock<Kit> = OnceLock::new();
    KIT.get_or_init(Kit::bundled)
}

pub(crate) fn document(paragraphs: &[&str]) -> Document {
    let blocks: Vec<(BlockKind, &str)> = paragraphs
        .iter()
        .map(|p| (BlockKind::Paragraph, *p))
        .collect();
    document_of(&blocks)
}

pub(crate) fn document_of(parts: &[(BlockKind, &str)]) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (kind, part) in parts {
        let start = text.len();
        text.push_str(part);
        blocks.push(Block {
            span: Span::from_range(start..text.len()),
            kind: *kind,
            lang: language(part),
            repeats: false,
        });
        text.push('\n');
    }
    Document {
        bytes: BytesHash([0; 32]),
        meta: Metadata::default(),
        text,
        blocks,
        places: Vec::new(),
        warnings: Vec::new(),
    }
}

/// A marked text without its marks, its mentions, and the spans by letter.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) spans: Vec<(char, Span)>,
}

pub(crate) fn marked(source: &str) -> Marked {
    let mut out = Marked {
        text: String::new(),
        mentions: Vec::new(),
        spans: Vec::new(),
    };
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '{' => {
                let letter = chars.next().expect("a letter after {");
                assert_eq!(chars.next(), Some(':'), "{source}");
                open.push((letter, out.text.len()));
            }
            '[' => {
                let mut rest = chars.clone();
                let letter = rest.next().filter(|l| l.is_ascii_lowercase());
                let kind = letter.filter(|_| rest.next() == Some(':'));
                if kind.is_some() {
                    chars.nth(1);
                }
                open.push((kind.unwrap_or('p'), out.text.len()));
            }
            '}' | ']' => {
                let (letter, start) = open.pop().expect("a mark is open");
                let span = Span::from_range(start..out.text.len());
                if c == '}' {
                    out.spans.push((letter, span));
                } else {
                    out.mentions.push(mention(letter, span, span.of(&out.text)));
                }
            }
            c => out.text.push(c),
        }
    }
    out.mentions.sort_by_key(|m| (m.span.start, m.span.end));
    out
}

fn mention(letter: char, span: Span, name: &str) -> Mention {
    let (kind, form) = match letter {
        'o' => (EntityKind::Organization, MentionForm::Name),
        'b' => (EntityKind::PublicBody, MentionForm::Name),
        'd' => (EntityKind::Person, MentionForm::Description),
        'l' => (EntityKind::Place, MentionForm::Name),
        _ => (EntityKind::Person, MentionForm::Name),
    };
    Mention {
        span,
        kind,
        form,
        lang: Lang::En,
        name: name.to_owned(),
        listed: (letter == 'o').then(|| format!("outlets/{}", madar_text::fold(name))),
        of: None,
        noun: None,
    }
}

/// Attributions of a document with the mentions given.
pub(crate) fn attributions_with(
    document: &Document,
    mentions: &[Mention],
    publication: Publication,
) -> (Vec<Attribution>, Publication) {
    let kit = kit();
    let sentences = crate::words::words(document, kit);
    let referents = referents::referents(document, &sentences, mentions, kit);
    let surface = Surface {
        document,
        sentences: &sentences,
        mentions,
        times: &[],
        amounts: &[],
        referents: &referents,
        kit,
    };
    super::attributions(&surface, publication)
}

/// Whether the marked triple is among those found.
fn check_example(source: &str) -> Result<(), String> {
    let marked = marked(source);
    let text = &marked.text;
    let document = document(&[text]);
    let (found, _) = attributions_with(&document, &marked.mentions, Publication::default());
    let want = |letter| {
        marked
            .spans
            .iter()
            .find(|(l, _)| *l == letter)
            .map(|(_, s)| *s)
    };
    let hit = found.iter().any(|a| {
        Some(a.source.span) == want('S') && a.cue == want('Q') && Some(a.content) == want('C')
    });
    if hit {
        return Ok(());
    }
    let shown: Vec<String> = found
        .iter()
        .map(|a| {
            format!(
                "source {:?} cue {:?} content {:?}",
                a.source.span.of(text),
                a.cue.map(|c| c.of(text)),
                a.content.of(text)
            )
        })
        .collect();
    Err(format!("{source}\n  found {shown:#?}"))
}

#[test]
fn examples_of_the_packs_hold() {
    let pack = &kit().cues;
    let mut wrong = Vec::new();
    for lang in Lang::READ {
        for example in &pack.of(lang).expect("a language that is read").examples {
            wrong.extend(check_example(example).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The chain of each attribution, by its cue (`+` for a quotation that goes on).
fn check_chains(publisher: &str, source: &str, expect: &[(&str, &[&str])]) {
    let marked = marked(source);
    let text = &marked.text;
    let paragraphs: Vec<&str> = text.split('\n').collect();
    let document = document(&paragraphs);
    let publication = Publication {
        publisher: Some(format!("outlets/{}", madar_text::fold(publisher))),
        ..Publication::default()
    };
    let (found, _) = attributions_with(&document, &marked.mentions, publication);
    let shown: Vec<(&str, Vec<String>)> = found
        .iter()
        .map(|a| {
            let chain = a.chain.iter().map(|hop| {
                let inherited = if hop.basis == HopBasis::Inherited {
                    "~"
                } else {
                    ""
                };
                let who = match &hop.who {
                    HopWho::Mention(id) => marked.mentions[id.at()].span.of(text),
                    HopWho::Anonymous(span) => span.of(text),
                };
                format!("{inherited}{who}")
            });
            (a.cue.map_or("+", |c| c.of(text)), chain.collect())
        })
        .collect();
    let expect: Vec<(&str, Vec<String>)> = expect
        .iter()
        .map(|(cue, chain)| (*cue, chain.iter().map(|s| (*s).to_owned()).collect()))
        .collect();
    assert_eq!(shown, expect, "{source}");
}

#[test]
fn an_outlet_that_was_told_comes_before_who_told_it() {
    check_chains(
        "Harbour Post",
        "[Clara Duval] told [o:Reuters] that the port would reopen.",
        &[("told", &["Reuters", "Clara Duval"])],
    );
    check_chains(
        "Reuters",
        "[Clara Duval] told [o:Reuters] that the port would reopen.",
        &[("told", &["Clara Duval"])],
    );
    check_chains(
        "صوت الساحل",
        "وقالت [كلارا دوفال] لصحيفة \"[o:ذا هل]\"، إن الميناء سيفتح.",
        &[("قالت", &["ذا هل", "كلارا دوفال"])],
    );
    check_chains(
        "Северный вестник",
        "Порт откроется в мае, рассказал [o:ТАСС] источник в порту.",
        &[("рассказал", &["ТАСС", "источник в порту"])],
    );
    check_chains(
        "ТАСС",
        "Порт откроется в мае, рассказал [o:ТАСС] источник в порту.",
        &[("рассказал", &["источник в порту"])],
    );
}

#[test]
fn who_cites_stands_before_who_is_cited() {
    check_chains(
        "Harbour Post",
        "The port will reopen, [o:Reuters] reported, citing two officials.",
        &[
            ("reported", &["Reuters"]),
            ("citing", &["Reuters", "two officials"]),
        ],
    );
    check_chains(
        "صوت الساحل",
        "نقلت صحيفة \"[o:ذا هل]\" عن ثلاثة أشخاص مطلعين أن الميناء سيفتح.",
        &[
            ("نقلت", &["ذا هل"]),
            ("عن", &["ذا هل", "ثلاثة أشخاص مطلعين"]),
        ],
    );
    check_chains(
        "Северный вестник",
        "Порт откроется, сообщает [o:ТАСС] со ссылкой на [Клару Дюваль].",
        &[
            ("сообщает", &["ТАСС"]),
            ("со ссылкой на", &["ТАСС", "Клару Дюваль"]),
        ],
    );
    check_chains(
        "Harbour Post",
        "[Clara Duval] said the port would reopen, [o:Reuters] reported.",
        &[
            ("said", &["Reuters", "Clara Duval"]),
            ("reported", &["Reuters"]),
        ],
    );
}

#[test]
fn an_unnamed_source_comes_back_as_one() {
    check_chains(
        "Harbour Post",
        "The port was sold, two people familiar with the deal told [o:Reuters].\nThe price is secret, the people said.",
        &[
            ("told", &["Reuters", "two people familiar with the deal"]),
            ("said", &["Reuters", "two people familiar with the deal"]),
        ],
    );
    check_chains(
        "صوت الساحل",
        "وقال مسؤول أوروبي لصحيفة \"[o:ذا هل]\" إن الميناء بيع.\nوأضاف المسؤول أن السعر سري.",
        &[
            ("قال", &["ذا هل", "مسؤول أوروبي"]),
            ("أضاف", &["ذا هل", "مسؤول أوروبي"]),
        ],
    );
}

#[test]
fn papers_are_hops_behind_the_outlet_that_saw_them() {
    check_chains(
        "Harbour Post",
        "The price is ten million, according to a draft contract seen by [o:Reuters].",
        &[("according to", &["Reuters", "draft contract"])],
    );
    check_chains(
        "صوت الساحل",
        "ويبلغ السعر عشرة ملايين، وفق مسودة عقد اطلعت عليها \"[o:ذا هل]\".",
        &[("وفق", &["ذا هل", "مسودة عقد"])],
    );
}

#[test]
fn a_pronoun_and_a_missing_subject_mean_the_last_speaker() {
    check_chains(
        "Harbour Post",
        "[Clara Duval] said the port would reopen. \"We are ready for it,\" she said.",
        &[("said", &["Clara Duval"]), ("said", &["Clara Duval"])],
    );
    check_chains(
        "صوت الساحل",
        "أكدت [كلارا دوفال] أن الميناء سيفتح. وأضافت: \"نحن مستعدون لذلك منذ شهر\".",
        &[("أكدت", &["كلارا دوفال"]), ("أضافت", &["كلارا دوفال"])],
    );
    check_chains(
        "Северный вестник",
        "«Порт готов к открытию», — сказала [Клара Дюваль]. По ее словам, работы завершены.",
        &[
            ("сказала", &["Клара Дюваль"]),
            ("По ее словам", &["Клара Дюваль"]),
        ],
    );
}

#[test]
fn a_pronoun_is_nobody_of_the_other_sex() {
    check_chains(
        "Harbour Post",
        "[Clara Duval] met [Peter Roe] in the port. \"We need a pier of our own,\" he said.",
        &[("said", &["Peter Roe"])],
    );
    check_chains(
        "صوت الساحل",
        "قال [أحمد حداد] إن الميناء سيفتح بعد لقائه [كلارا دوفال]. وأضافت: \"نحن مستعدون لذلك منذ شهر\".",
        &[("قال", &["أحمد حداد"]), ("أضافت", &["كلارا دوفال"])],
    );
}

/// Before the clause or before the verb, what an aside cites is the second hop.
#[test]
fn an_aside_that_cites_parts_no_clause_from_who_tells_it() {
    check_chains(
        "Harbour Post",
        "[o:Reuters] reported on Monday, citing two officials, that the port was sold.",
        &[
            ("reported", &["Reuters"]),
            ("citing", &["Reuters", "two officials"]),
        ],
    );
    check_chains(
        "Harbour Post",
        "[o:Reuters], citing two officials, said the port was sold.",
        &[
            ("citing", &["Reuters", "two officials"]),
            ("said", &["Reuters"]),
        ],
    );
    check_chains(
        "Северный вестник",
        "[o:Reuters] сообщило в понедельник со ссылкой на двух чиновников, что порт продан.",
        &[
            ("сообщило", &["Reuters"]),
            ("со ссылкой на", &["Reuters", "двух чиновников"]),
        ],
    );
    check_chains(
        "صوت الساحل",
        "ذكرت [o:رويترز] يوم الاثنين، نقلا عن مسؤولين، أن الميناء بيع.",
        &[("ذكرت", &["رويترز"]), ("نقلا عن", &["رويترز", "مسؤولين"])],
    );
    check_chains(
        "Harbour Post",
        "As first reported by [o:Bloomberg], the port was sold.",
        &[("reported", &["Bloomberg"])],
    );
    check_chains(
        "Harbour Post",
        "Two officials briefed on the talks told [o:Reuters] that the port was sold.",
        &[("told", &["Reuters", "Two officials briefed on the talks"])],
    );
    check_chains(
        "Harbour Post",
        "[Clara Duval] never paid [Peter Roe], the [d:chairman] said.",
        &[("said", &["chairman"])],
    );
}

#[test]
fn single_marks_hold_speech() {
    check_chains(
        "Harbour Post",
        "'If they sold it, we'd be out by now,' said [Clara Duval].\n'It isn't the owners' port.'",
        &[("said", &["Clara Duval"]), ("+", &["Clara Duval"])],
    );
}

#[test]
fn a_dash_sets_who_speaks_into_a_russian_quotation() {
    check_chains(
        "Северный вестник",
        "«Порт готов к открытию, — сказала [Клара Дюваль]. — Мы ждали этого целый год».",
        &[("сказала", &["Клара Дюваль"]), ("+", &["Клара Дюваль"])],
    );
}

#[test]
fn what_is_told_may_stand_in_the_sentence_before() {
    check_chains(
        "Северный вестник",
        "Порт продан. Об этом в среду сообщила [Клара Дюваль].",
        &[("сообщила", &["Клара Дюваль"])],
    );
    check_chains(
        "صوت الساحل",
        "بيع الميناء أمس. وأفادت بذلك [كلارا دوفال].",
        &[("أفادت", &["كلارا دوفال"])],
    );
}

#[test]
fn what_nobody_is_named_for_has_no_hop() {
    check_chains(
        "Северный вестник",
        "[Клара Дюваль] вернулась в порт. Сообщается, что он продан.",
        &[("Сообщается", &[])],
    );
    check_chains(
        "Harbour Post",
        "[Clara Duval] left. The port is believed to be worth ten million.",
        &[("believed", &[])],
    );
}

#[test]
fn a_quotation_that_goes_on_keeps_its_source() {
    check_chains(
        "Harbour Post",
        "\"The port is ready for ships,\" said [Clara Duval].\n\"We have waited for a long year.\"",
        &[("said", &["Clara Duval"]), ("+", &["Clara Duval"])],
    );
}

#[test]
fn a_document_that_retells_one_outlet_inherits_it() {
    check_chains(
        "صوت الساحل",
        "بيع الميناء، حسبما ذكرت صحيفة \"[o:ذا هل]\".\nوأوضحت الصحيفة أن السعر سري. وذكرت الصحيفة أن البيع تم في مايو.\nوقالت [كلارا دوفال] إن الميناء سيفتح.",
        &[
            ("ذكرت", &["ذا هل"]),
            ("أوضحت", &["ذا هل"]),
            ("ذكرت", &["ذا هل"]),
            ("قالت", &["~ذا هل", "كلارا دوفال"]),
        ],
    );
}

#[test]
fn a_passage_belongs_to_the_innermost_attribution() {
    let marked = marked(
        "[Clara Duval] said [Karim Haddad] had told [o:Reuters] that {P:the port was sold}. {O:The port is old}.",
    );
    let document = document(&[&marked.text]);
    let (found, publication) =
        attributions_with(&document, &marked.mentions, Publication::default());
    let chain = |letter| {
        let span = marked
            .spans
            .iter()
            .find(|(l, _)| *l == letter)
            .expect("marked")
            .1;
        super::chain_of(span, &found, &publication)
    };
    let (id, hops) = chain('P');
    assert_eq!((id.map(|i| i.at()), hops.len()), (Some(1), 3));
    assert_eq!(chain('O'), (None, Vec::new()));
}

/// Words, names and marks of all examples, in one bag to a language.
fn bag(lang: Lang) -> Vec<String> {
    let examples = &kit()
        .cues
        .of(lang)
        .expect("a language that is read")
        .examples;
    let mut out: Vec<String> = [
        ", ", ". ", ": ", "\"", " \"", "«", "»", " — ", "\n", "; ", "(", ")", "! ",
    ]
    .map(str::to_owned)
    .to_vec();
    for example in examples {
        let plain = marked(example).text;
        out.extend(plain.split_whitespace().map(|w| format!("{w} ")));
        out.extend(example.match_indices('[').filter_map(|(at, _)| {
            let end = at + example[at..].find(']')?;
            Some(format!("{} ", &example[at..=end]))
        }));
    }
    out.sort();
    out.dedup();
    out
}

proptest::proptest! {
    #[test]
    fn any_order_of_words_is_read(
        lang in 0usize..3,
        picks in proptest::collection::vec(0usize..10_000, 0..60),
    ) {
        let bag = bag(Lang::READ[lang]);
        let source: String = picks.iter().map(|&at| bag[at % bag.len()].as_str()).collect();
        let marked = marked(&source);
        let paragraphs: Vec<&str> = marked.text.split('\n').collect();
        let mut document = document(&paragraphs);
        for block in &mut document.blocks {
            block.lang = Lang::READ[lang];
        }
        let (found, _) =
            attributions_with(&document, &marked.mentions, Publication::default());
        for one in &found {
            for span in [Some(one.source.span), one.cue, Some(one.content)].into_iter().flatten() {
                proptest::prop_assert!(!span.of(&document.text).is_empty());
            }
            proptest::prop_assert!(one.cue.is_none_or(|cue| !one.content.contains(cue)));
            proptest::prop_assert!(one.outer.is_none_or(|outer| outer.at() < found.len()));
            super::chain_of(one.content, &found, &Publication::default());
        }
    }
}

#[test]
fn the_outlet_of_an_interview_is_a_hop() {
    check_chains(
        "Harbour Post",
        "In an interview with [o:Reuters], [Clara Duval] said the port would reopen.",
        &[("said", &["Reuters", "Clara Duval"])],
    );
    check_chains(
        "صوت الساحل",
        "وفي حديث إلى صحيفة \"[o:ذا هل]\"، أكدت [كلارا دوفال] أن الميناء سيفتح.",
        &[("أكدت", &["ذا هل", "كلارا دوفال"])],
    );
    check_chains(
        "Северный вестник",
        "В интервью [o:ТАСС] [Клара Дюваль] сказала, что порт откроется.",
        &[("сказала", &["ТАСС", "Клара Дюваль"])],
    );
}

#[test]
fn what_cannot_speak_says_nothing() {
    check_chains(
        "صوت الساحل",
        "وقرأت [كلارا دوفال] العلامات التي تشير إلى أن الميناء بيع.",
        &[],
    );
    check_chains(
        "صوت الساحل",
        "تملك [كلارا دوفال] الميناء عبر شركة \"بلمارين للاستثمار\" القبرصية.",
        &[],
    );
    check_chains(
        "صوت الساحل",
        "ويذكر أن الميناء بيع قبل عام. كما ذكرت [كلارا دوفال] فرصاً للشحن في الشمال.",
        &[],
    );
    check_chains(
        "Северный вестник",
        "Грузы передавались через порт, что удивило [Клару Дюваль].",
        &[],
    );
}

#[test]
fn who_works_somewhere_speaks_for_it() {
    check_chains(
        "Северный вестник",
        "В лаборатории считают, что порт опасен. В итоге отметили, что он закрыт.",
        &[
            ("считают", &["лаборатории"]),
            ("отметили", &["лаборатории"]),
        ],
    );
}

#[test]
fn a_subject_is_found_across_what_is_set_between() {
    check_chains(
        "Северный вестник",
        "[Клара Дюваль], которая владеет портом «Северный», рассказала, что он откроется.",
        &[("рассказала", &["Клара Дюваль"])],
    );
    check_chains(
        "Северный вестник",
        "По словам [Клары Дюваль], [Карим Хаддад], директор порта, перевел деньги.",
        &[("По словам", &["Клары Дюваль"])],
    );
    check_chains(
        "Harbour Post",
        "When the port was sold, [Clara Duval] left it, claiming the price was low.",
        &[("claiming", &["Clara Duval"])],
    );
    check_chains(
        "Harbour Post",
        "[Clara Duval] said she knew [Karim Haddad] and denied asking him for a berth.",
        &[("said", &["Clara Duval"]), ("denied", &["Clara Duval"])],
    );
}

#[test]
fn one_cue_does_not_tell_what_the_next_one_tells() {
    check_chains(
        "صوت الساحل",
        "وقالت [كلارا دوفال] إن الميناء امتلأ بالسفن، مضيفة: \"لا شيء يتحرك هنا منذ شهر\".",
        &[("قالت", &["كلارا دوفال"]), ("مضيفة", &["كلارا دوفال"])],
    );
}

#[test]
fn an_outlet_learns_from_its_source() {
    check_chains(
        "صوت الساحل",
        "بيع الميناء، حسبما علمت صحيفة \"[o:ذا هل]\" من مصدر مصرفي.",
        &[("علمت", &["ذا هل"]), ("من", &["ذا هل", "مصدر مصرفي"])],
    );
}
