//! Measures `compare` on labelled pairs: `cargo run --release -p madar-names --example pairs -- FILE`.
//!
//! FILE is tab-separated with a header: name_a name_b same schema script_a script_b origin ent_a
//! ent_b. Prints precision and recall at the default threshold and the recall at 95 % precision, by
//! script pair and schema, for the even and the odd half of the entities (tune on even, report odd).
//! With `--wrong N` also prints N wrong answers of the even half.

use std::collections::BTreeMap;
use std::time::Instant;

use madar_names::{Name, NameKind, SAME, Score, compare, score};

struct Case {
    a: Name,
    b: Name,
    same: bool,
    group: String,
    odd: bool,
    score: Score,
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let file = args.get(1).expect("usage: pairs FILE [--wrong N [GROUP]]");
    let wrong: usize = args
        .get(3)
        .map_or(0, |n| n.parse().expect("--wrong takes a number"));
    let only = args.get(4).cloned().unwrap_or_default();
    let text = std::fs::read_to_string(file).expect("FILE can be read");
    let started = Instant::now();
    let mut cases: Vec<Case> = text.lines().skip(1).filter_map(case).collect();
    println!("{} pairs prepared in {:?}", cases.len(), started.elapsed());
    let started = Instant::now();
    for case in &mut cases {
        case.score = score(&case.a, &case.b);
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{:.0} pairs a second",
        f64::from(u32::try_from(cases.len()).unwrap_or(0)) / seconds
    );
    for (name, odd) in [
        ("even half (tuned on)", false),
        ("odd half (held out)", true),
    ] {
        println!("\n{name}\ngroup        n    P@.70  R@.70  F1@.70 R@P95  R@P99");
        let half: Vec<&Case> = cases.iter().filter(|c| c.odd == odd).collect();
        let mut groups: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
        for case in &half {
            groups.entry("all").or_default().push(case);
            groups.entry(&case.group).or_default().push(case);
        }
        for (group, cases) in groups {
            report(group, &cases);
        }
    }
    let mistakes = cases.iter().filter(|c| !c.odd && c.group.contains(&only));
    let mistakes = mistakes.filter(|c| c.same != (c.score >= SAME));
    let all: Vec<&Case> = mistakes.collect();
    let step = (all.len() / wrong.max(1)).max(1);
    for case in all.iter().step_by(step).take(wrong) {
        let label = if case.same { "MISSED" } else { "FALSE " };
        println!(
            "{label} {} | {} | {}",
            case.a.text(),
            case.b.text(),
            compare(&case.a, &case.b).explain()
        );
    }
}

fn case(line: &str) -> Option<Case> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [a, b, same, schema, script_a, script_b, origin, ent_a, ..] = cells.as_slice() else {
        return None;
    };
    let kind = if *schema == "Person" {
        NameKind::Person
    } else {
        NameKind::Organisation
    };
    let letter = |s: &&str| s.chars().next().unwrap_or('?');
    let mut scripts = [letter(script_a), letter(script_b)];
    scripts.sort_unstable();
    let group = if origin.starts_with("nk") {
        "nk".to_owned()
    } else {
        format!("{}{}-{}", scripts[0], scripts[1], letter(schema))
    };
    // FNV-1a: a split that never changes.
    let hash = ent_a.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Some(Case {
        a: Name::new(a, kind),
        b: Name::new(b, kind),
        same: *same == "1",
        group,
        odd: (hash >> 32) % 2 == 1,
        score: Score::ZERO,
    })
}

fn report(group: &str, cases: &[&Case]) {
    let float = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let positives = float(cases.iter().filter(|c| c.same).count());
    let hits = cases.iter().filter(|c| c.score >= SAME);
    let (right, all) = hits.fold((0, 0), |(r, n), c| (r + usize::from(c.same), n + 1));
    let (precision, recall) = (float(right) / float(all), float(right) / positives);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "{group:<10} {:>5}  {precision:.3}  {recall:.3}  {f1:.3}  {:.3}  {:.3}",
        cases.len(),
        recall_at(cases, 0.95) / positives,
        recall_at(cases, 0.99) / positives
    );
}

/// The most right answers at any threshold whose precision is at least `precision`.
fn recall_at(cases: &[&Case], precision: f64) -> f64 {
    let mut sorted: Vec<&&Case> = cases.iter().collect();
    sorted.sort_by_key(|c| std::cmp::Reverse(c.score));
    let (mut right, mut best, mut seen) = (0.0, 0.0, 0.0);
    for (i, case) in sorted.iter().enumerate() {
        seen += 1.0;
        right += f64::from(u8::from(case.same));
        let last_of_score = sorted
            .get(i + 1)
            .is_none_or(|next| next.score != case.score);
        if last_of_score && right / seen >= precision {
            best = right;
        }
    }
    best
}
