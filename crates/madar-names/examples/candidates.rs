//! Measures the index: `cargo run --release -p madar-names --example candidates -- FILE`.
//!
//! FILE is as for the example `pairs`. Files every second name, asks for the first names of the
//! positive pairs and prints how often the right one is among the first 50 and among all candidates.

use std::collections::BTreeMap;
use std::time::Instant;

use madar_names::{Index, Name, NameKind};

fn main() {
    let file = std::env::args().nth(1).expect("usage: candidates FILE");
    let text = std::fs::read_to_string(file).expect("FILE can be read");
    let mut index = Index::new();
    let mut asked = Vec::new();
    let started = Instant::now();
    for (number, line) in text.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [a, b, same, schema, script_a, script_b, ..] = cells.as_slice() else {
            continue;
        };
        let kind = if *schema == "Person" {
            NameKind::Person
        } else {
            NameKind::Organisation
        };
        index.insert(&Name::new(b, kind), number);
        if *same == "1" {
            let mut scripts = [script_a, script_b];
            scripts.sort_unstable();
            let group = format!("{} {} {schema}", scripts[0], scripts[1]);
            asked.push((Name::new(a, kind), number, group));
        }
    }
    println!("{} names filed in {:?}", index.len(), started.elapsed());
    let started = Instant::now();
    let mut groups: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    for (name, number, group) in &asked {
        let found = index.candidates(name);
        let place = found.iter().position(|n| n == number);
        for group in ["all", group] {
            let counts = groups.entry(group).or_default();
            counts[0] += 1;
            counts[1] += u32::from(place.is_some_and(|p| p < 50));
            counts[2] += u32::from(place.is_some());
            counts[3] += u32::try_from(found.len()).unwrap_or(0);
        }
    }
    println!("{} asked in {:?}\n", asked.len(), started.elapsed());
    for (group, [n, first, all, found]) in groups {
        let share = |x: u32| f64::from(x) / f64::from(n);
        println!(
            "{group:<24} {n:>6}  @50 {:.3}  all {:.3}  mean {:.0}",
            share(first),
            share(all),
            share(found)
        );
    }
}
