//! Two papers that give one long quotation in the same words may have it one from the other.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use madar_case::{Case, Said, Wanted};
use madar_open::{Given, open};
use madar_read::Kit;

const SOLD: &str = "Zarya Metals bought Port Meridian from Halden Shipping for $40 million.";
const SAID: &str = "\"We looked at eleven harbours on three seas and none of them had cranes as tall or debts as small as this one,\"";

/// The support of the sale as two papers tell it, and why chains were taken together.
fn support(first: &str, second: &str) -> (String, Vec<String>) {
    let kit = Kit::bundled();
    let folder = tempfile::tempdir().unwrap();
    let mut case = Case::open_or_create(&folder.path().join("a.madar")).unwrap();
    for (at, text) in [first, second].into_iter().enumerate() {
        let given = Given {
            origin: Some(format!("{at}.txt")),
            published: madar_open::parse_stamp(&format!("2025-03-0{}", 4 + at)),
            ..Given::default()
        };
        let document = open(text.as_bytes(), &given).unwrap();
        let reading = madar_read::read(&document, &kit);
        case.add(&document, &reading, Said::ByDocument).unwrap();
    }
    // as it was linked, and as it lies in the file
    case.asked(&kit).unwrap();
    let asked = case.asked(&kit).unwrap();
    let lines = asked.facts(&Wanted::default()).unwrap();
    let sale = lines
        .iter()
        .find(|line| line.support.articles == 2)
        .unwrap();
    (sale.support.sentence.clone(), sale.support.reasons.clone())
}

#[test]
fn one_quotation_is_a_suspicion() {
    let first = format!("A port is sold\n\n{SOLD}\n\n{SAID} the buyer said.\n");
    let second = |said: &str| {
        format!(
            "Zarya in the harbour\n\n{SOLD} The town was told at noon.\n\n{said} one of them was heard to say.\n"
        )
    };
    let (sentence, reasons) = support(&first, &second(SAID));
    assert!(sentence.contains("1 to 2 independent chains"), "{sentence}");
    assert!(
        matches!(&reasons[..], [one] if one.contains("quote 23 words alike")),
        "{reasons:?}"
    );
    let (sentence, reasons) = support(&first, &second("\"None of them had cranes as tall,\""));
    assert!(sentence.contains("2 independent chains"), "{sentence}");
    assert!(!sentence.contains("1 to 2"), "{sentence}");
    assert_eq!(reasons, [""; 0]);
}
