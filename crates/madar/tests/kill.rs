//! A run that is killed at any moment leaves a whole case: everything that was told on standard
//! output is in it, and reading again completes it.
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod common;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use common::Desk;
use madar_case::Case;

const DOCUMENTS: usize = 300;

/// Numbered reports in three languages.
fn write_reports(desk: &Desk) {
    for number in 0..DOCUMENTS {
        let text = match number % 3 {
            0 => format!(
                "Report {number}\nMUSCAT, March 4, 2025 — Harbour Post\n\n\
                 Gordon Halvorsen met Rodion Vasilenkov in Muscat, berth {number}, Curtis Weller said.\n"
            ),
            1 => format!(
                "Сообщение {number}\n«Портовая газета», 4 марта 2025 года\n\n\
                 Гордон Халворсен встретился с Родионом Василенковым в Маскате, причал {number}.\n"
            ),
            _ => format!(
                "تقرير {number}\nمسقط - بريد الميناء\n\n\
                 التقى غوردون هالفورسن روديون فاسيلينكوف في مسقط على الرصيف {number}.\n"
            ),
        };
        desk.write(&format!("in/{number:04}.txt"), text);
    }
}

fn start(desk: &Desk) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_madar"))
        .env("MADAR_READER", "fast")
        .args(["read", "in", "--json", "--case", "a.madar"])
        .current_dir(desk.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap());
    (child, lines)
}

/// Kills after `lines` documents were told; returns the ids of all that were told by then.
fn kill_after(desk: &Desk, lines: usize) -> Vec<String> {
    let (mut child, mut out) = start(desk);
    let mut told = Vec::new();
    let mut line = String::new();
    while told.len() < lines && out.read_line(&mut line).unwrap() > 0 {
        told.push(std::mem::take(&mut line));
    }
    child.kill().unwrap(); // SIGKILL
    child.wait().unwrap();
    // what was still in the pipe had been told too; a line cut short had not
    while out.read_line(&mut line).unwrap() > 0 {
        told.push(std::mem::take(&mut line));
    }
    let whole = told.iter().filter(|line| line.ends_with('\n'));
    whole
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value["document"].as_str().unwrap().to_owned()
        })
        .collect()
}

fn held(case: &Path) -> Vec<String> {
    let case = Case::open(case).unwrap();
    case.check().unwrap();
    case.kept()
        .unwrap()
        .iter()
        .map(|kept| kept.id.short())
        .collect()
}

#[test]
fn a_killed_run_loses_at_most_the_document_in_hand() {
    for lines in [0, 1, 7, 60, 250] {
        let desk = Desk::new();
        write_reports(&desk);
        let told = kill_after(&desk, lines);
        let case = desk.path("a.madar");
        if told.is_empty() && !case.exists() {
            continue; // killed before there was a case
        }
        let held_now = held(&case);
        for id in &told {
            assert!(
                held_now.contains(id),
                "{id} was told and is not in the case"
            );
        }
        // one may be kept and not yet told
        assert!(
            held_now.len() <= told.len() + 1,
            "{} of {}",
            held_now.len(),
            told.len()
        );
        desk.told(&["read", "in", "--case", "a.madar"]);
        assert_eq!(held(&case).len(), DOCUMENTS);
    }
}

#[test]
fn a_case_killed_many_times_is_the_case_of_one_run() {
    let (killed, whole) = (Desk::new(), Desk::new());
    for desk in [&killed, &whole] {
        write_reports(desk);
    }
    for lines in [3, 40, 41, 120] {
        kill_after(&killed, lines);
    }
    for desk in [&killed, &whole] {
        desk.told(&["read", "in", "--case", "a.madar"]);
    }
    let documents = ["documents", "--json", "--case", "a.madar"];
    assert_eq!(killed.told(&documents), whole.told(&documents));
}
