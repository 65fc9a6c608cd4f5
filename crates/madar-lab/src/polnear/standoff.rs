//! brat standoff as PolNeAR has it: `T1⇥Source 0 4⇥Poll`, then `E1⇥Attribution:T4 Content:T3 Cue:T2 Source:T1`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Triple;

/// Pieces of one span.
type Pieces = Vec<(u32, u32)>;

pub(super) fn read(content: &str) -> Vec<Triple> {
    let mut spans: BTreeMap<&str, Pieces> = BTreeMap::new();
    let lines = || {
        content
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
    };
    for cells in lines() {
        if let [id, place, ..] = cells[..]
            && id.starts_with('T')
            && let Some((_, places)) = place.split_once(' ')
        {
            spans.insert(id, pieces(places));
        }
    }
    let mut out = Vec::new();
    for cells in lines() {
        let [id, parts, ..] = cells[..] else { continue };
        if !id.starts_with('E') {
            continue;
        }
        let mut triple = Triple::default();
        for part in parts.split(' ').skip(1) {
            let Some((role, id)) = part.split_once(':') else {
                continue;
            };
            let own = spans.get(id).cloned().unwrap_or_default();
            match role.trim_end_matches(char::is_numeric) {
                "Source" => triple.source.extend(own),
                "Cue" => triple.cue.extend(own),
                "Content" => triple.content.extend(own),
                _ => {}
            }
        }
        for part in [&mut triple.source, &mut triple.cue, &mut triple.content] {
            part.sort_unstable();
        }
        out.push(triple);
    }
    out
}

/// `209 236;91 186`
fn pieces(places: &str) -> Pieces {
    let number = |text: &str| text.parse::<u32>().ok();
    let all = places.split(';').filter_map(|place| {
        let (from, to) = place.split_once(' ')?;
        Some((number(from)?, number(to)?))
    });
    all.collect()
}

pub(super) fn write(text: &str, triples: &[Triple]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut count = 0;
    for (at, triple) in triples.iter().enumerate() {
        let mut arguments = String::new();
        let parts = [
            ("Attribution", &triple.cue),
            ("Content", &triple.content),
            ("Cue", &triple.cue),
            ("Source", &triple.source),
        ];
        for (role, pieces) in parts {
            if pieces.is_empty() {
                continue;
            }
            count += 1;
            let places: Vec<String> = pieces.iter().map(|(a, b)| format!("{a} {b}")).collect();
            let shown: Vec<String> = pieces
                .iter()
                .map(|&(a, b)| chars[a as usize..b as usize].iter().collect())
                .collect();
            let shown = shown.join(" ").replace('\n', " ");
            let _ = writeln!(out, "T{count}\t{role} {}\t{shown}", places.join(";"));
            let space = if arguments.is_empty() { "" } else { " " };
            let _ = write!(arguments, "{space}{role}:T{count}");
        }
        let _ = writeln!(out, "E{}\t{arguments}", at + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let triples = vec![
            Triple {
                source: vec![(0, 4)],
                cue: vec![(5, 9)],
                content: vec![(10, 14), (20, 24)],
            },
            Triple {
                source: Vec::new(),
                cue: vec![(14, 15)],
                content: vec![(15, 19)],
            },
        ];
        let text = "Duval said «да» and more. Нет";
        assert_eq!(read(&write(text, &triples)), triples);
    }
}
