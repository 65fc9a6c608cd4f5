//! Adds a column with libmotiva's score to a file of pairs: `rival-motiva name-based|logic-v1 FILE`.

use bumpalo::Bump;
use libmotiva::prelude::{Entity, LogicV1, MatchingAlgorithm, NameBased, SearchEntity};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&args[2]).expect("the file can be read");
    let mut bump = Bump::new();
    for (number, line) in text.lines().enumerate() {
        if number == 0 {
            println!("{line}\tscore");
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let schema = if cells[3] == "Person" { "Person" } else { "Organization" };
        let a = SearchEntity::builder(schema).properties(&[("name", &[cells[0]])]).build();
        let b = Entity::builder(schema).properties(&[("name", &[cells[1]])]).build();
        let (score, _) = match args[1].as_str() {
            "logic-v1" => LogicV1::score(&bump, &a, &b, 0.0),
            _ => NameBased::score(&bump, &a, &b, 0.0),
        };
        bump.reset();
        println!("{line}\t{score:.4}");
    }
}
