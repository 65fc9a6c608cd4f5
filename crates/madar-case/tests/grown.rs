//! A case that grows document by document, with decisions and a document taken out in between, is the case that was
//! linked at once: byte for byte in all that is kept of linking. Growing looks at what could change; whatever it
//! overlooks shows here.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::fmt::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use madar_case::{Case, Decision, NamedAs, Note, Said, Wanted, Who};
use madar_open::{Given, open};
use madar_read::{EntityKind, Kit, Reading};
use madar_text::Document;
use proptest::prelude::*;

mod examples;

/// All that linking keeps; the seal of the log alone may differ.
const TABLES: [&str; 14] = [
    "SELECT part, value FROM projection WHERE part <> 'made from' ORDER BY 1",
    "SELECT * FROM linked_entities ORDER BY 1",
    "SELECT * FROM linked_names ORDER BY 1, 2",
    "SELECT * FROM linked_name_keys ORDER BY 1, 2, 3",
    "SELECT * FROM linked_name_words ORDER BY 1, 2",
    "SELECT * FROM linked_claims ORDER BY 1",
    "SELECT * FROM linked_outlets ORDER BY 1",
    "SELECT * FROM linked_outlet_documents ORDER BY 1, 2",
    "SELECT * FROM linked_sums ORDER BY 1, 2, 3, 4",
    "SELECT * FROM linked_places ORDER BY 1",
    "SELECT * FROM linked_words ORDER BY 1",
    "SELECT * FROM known_documents ORDER BY 1",
    "SELECT * FROM known_reports ORDER BY 1",
    "SELECT * FROM known_spellings ORDER BY 1",
];

/// Articles put together from the paragraphs of others, so that they name the same people, tell the same and copy
/// one another.
fn articles() -> &'static [(Document, Reading)] {
    static ARTICLES: OnceLock<Vec<(Document, Reading)>> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let kit = Kit::bundled();
        let mut out = examples::articles(&kit);
        let texts = out
            .iter()
            .flat_map(|(document, _)| document.text.split('\n'));
        let long = texts.filter(|p| p.chars().count() > 60);
        let pool: Vec<String> = long.map(str::to_owned).collect();
        let mut dice = Dice(7);
        for number in 0..40 {
            let near = dice.below(pool.len());
            let some = (0..2 + dice.below(4)).map(|_| {
                // mostly from one affair
                let at = if dice.below(3) == 0 {
                    dice.below(pool.len())
                } else {
                    near + dice.below(8)
                };
                pool[at % pool.len()].clone()
            });
            let text = some.collect::<Vec<_>>().join("\n\n");
            let publisher = [
                "Brazos Herald",
                "Новый Курьер",
                "Brazos Herald",
                "Halvorsen Post",
            ];
            let given = Given {
                publisher: Some(publisher[number % 4].to_owned()),
                ..Given::default()
            };
            let document = open(text.as_bytes(), &given).unwrap();
            let reading = madar_read::read(&document, &kit);
            out.push((document, reading));
        }
        out
    })
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap();
        high % limit.max(1)
    }
}

fn add(case: &mut Case, number: usize) {
    let (document, reading) = &articles()[number];
    case.add(document, reading, Said::ByDocument).unwrap();
}

/// Something that somebody might decide of the case as it stands.
fn decision(case: &Case, kit: &Kit, dice: &mut Dice) -> Option<Decision> {
    let asked = case.asked(kit).unwrap();
    let everyone = asked.everyone();
    let mut someone = || {
        let one = &everyone[dice.below(everyone.len())];
        asked.thing(&one.entity).ok()
    };
    let (a, b) = (someone()?, someone()?);
    match dice.below(6) {
        5 => {
            let documents = asked.documents();
            let mut one = || Some(documents.get(dice.below(documents.len()))?.source.id);
            asked.independent(one()?, one()?).ok()
        }
        0 => Some(Decision::Same(a, b)),
        1 => Some(Decision::Apart(a, b)),
        2 => {
            let document = asked.documents().get(dice.below(4))?.source.id;
            let page = asked.page(document).ok()?;
            let mentions = &page.reading.mentions;
            let span = mentions.get(dice.below(mentions.len()))?.span;
            let kind = EntityKind::ALL[dice.below(8)];
            let wanted = match dice.below(3) {
                0 => NamedAs::Nothing,
                1 => NamedAs::Kind(kind),
                _ => NamedAs::Means(Who::Known(&everyone[0].entity)),
            };
            asked.naming(document, span, &wanted).ok()
        }
        _ => {
            let lines = asked.facts(&Wanted::default()).unwrap();
            let line = &lines[dice.below(lines.len())];
            let told = asked.told(&line.claim).ok()?.into_iter().next()?;
            Some(Decision::Wrong(told.anchor))
        }
    }
}

/// Everything that is kept, a line to a record.
fn dump(path: &Path) -> Vec<String> {
    let store = rusqlite::Connection::open(path).unwrap();
    let mut out = Vec::new();
    for table in TABLES {
        let mut query = store.prepare(table).unwrap();
        let columns = query.column_count();
        let mut rows = query.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let mut line = table.split(' ').nth(3).unwrap().to_owned();
            for at in 0..columns {
                write!(line, " {:?}", row.get_ref(at).unwrap()).unwrap();
            }
            out.push(line);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn a_case_that_grew_is_the_case_linked_at_once(seed in any::<u64>(), size in 6usize..40) {
        let kit = Kit::bundled();
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut dice = Dice(seed);
        let mut order: Vec<usize> = (0..articles().len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        order.truncate(size);
        let mut grown = Case::open_or_create(&path("grown.madar")).unwrap();
        let mut decisions = Vec::new();
        let mut taken_out = None;
        let mut left = &order[..];
        while !left.is_empty() {
            let (now, rest) = left.split_at((1 + dice.below(5)).min(left.len()));
            now.iter().for_each(|&number| add(&mut grown, number));
            grown.asked(&kit).unwrap();
            if let Some(decision) = decision(&grown, &kit, &mut dice) {
                grown.decide(&decision, &Note::default()).unwrap();
                decisions.push(decision);
            }
            // what was decided on a document goes with it, so that others then have its number
            if dice.below(6) == 0 && !decisions.is_empty() && taken_out.is_none() {
                let number = i64::try_from(1 + dice.below(decisions.len())).unwrap();
                let undo = Decision::Undo(number);
                grown.decide(&undo, &Note::default()).unwrap();
                decisions.push(undo);
            }
            let documents = grown.asked(&kit).unwrap().documents();
            if dice.below(6) == 0 && documents.len() > 3 && taken_out.is_none() {
                let gone = documents[dice.below(documents.len())].source.id;
                grown.forget(gone).unwrap();
                grown.asked(&kit).unwrap();
                taken_out = Some(gone);
            }
            left = rest;
        }
        let mut at_once = Case::open_or_create(&path("once.madar")).unwrap();
        order.sort_unstable();
        order.iter().for_each(|&number| add(&mut at_once, number));
        for decision in &decisions {
            at_once.decide(decision, &Note::default()).unwrap();
        }
        if let Some(gone) = taken_out {
            at_once.forget(gone).unwrap();
        }
        at_once.asked(&kit).unwrap();
        let (grown, at_once) = (dump(&path("grown.madar")), dump(&path("once.madar")));
        for (a, b) in grown.iter().zip(&at_once) {
            let shown = |line: &str| line.chars().take(2000).collect::<String>();
            prop_assert!(a == b, "grown: {}\nat once: {}", shown(a), shown(b));
        }
        prop_assert_eq!(grown.len(), at_once.len());
    }
}
