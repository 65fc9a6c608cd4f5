//! Names altered in the ways that people and clerks alter them: `madar-lab names-variants`.
//!
//! In the manner of regulators' tests: from some thousand listed names variants are made, class by
//! class, and screened against the lists they come from; recall is how many find their entry.
//! Against it stands how many of a thousand names of people on no list raise an alert. Both for all
//! thresholds, as a table and as a picture. Everything is drawn by hashes: the same on every machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_link::{Profile, ProfileKind, Screen};
use madar_names::{Name, NameKind, Score, Script};

use crate::names_lists::{clusters, load};
use crate::names_screen::unlisted;

/// Listed names that variants are made of.
const NAMES: usize = 3_000;
/// Names of people on no list.
const UNLISTED: usize = 1_500;
/// Thresholds of the table, in hundredths.
const THRESHOLDS: [u32; 8] = [60, 65, 70, 75, 80, 85, 90, 95];
/// Where the picture begins.
const LOWEST: u32 = 50;

/// A way to alter a name; none where the name gives no occasion.
type Alter = fn(&str, Draw) -> Option<String>;

/// The classes, in the order of the table.
const CLASSES: [(&str, Alter); 11] = [
    ("as listed", |text, _| Some(text.to_owned())),
    ("transliteration", transliterated),
    ("missing part", without_a_part),
    ("order", reordered),
    ("nickname", nickname),
    ("typo", typo),
    ("homoglyph", homoglyphs),
    ("joined or split", joined_or_split),
    ("punctuation", punctuated),
    ("initials", initials),
    ("honorific", honorific),
];

/// Numbers that look drawn and are the same for the same name.
#[derive(Clone, Copy)]
struct Draw([u8; 32]);

impl Draw {
    fn of(text: &str, class: &str) -> Draw {
        Draw(*blake3::hash(format!("{class}|{text}").as_bytes()).as_bytes())
    }

    fn below(self, nth: usize, limit: usize) -> usize {
        let [a, b] = [self.0[2 * nth], self.0[2 * nth + 1]];
        usize::from(u16::from_le_bytes([a, b])) % limit.max(1)
    }
}

/// Prints the table; writes it and the picture beside it.
pub(crate) fn run(lists: &Path, pairs: &Path, out: Option<&Path>) -> anyhow::Result<()> {
    let entries = load(lists)?;
    let clusters = clusters(&entries);
    let mut drawn: Vec<([u8; 32], usize, &str)> = Vec::new();
    let mut profiles: Vec<Profile> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        for text in &entry.names {
            let words = text.split_whitespace().count();
            if (2..=6).contains(&words) {
                drawn.push((Draw::of(text, "").0, at, text));
            }
        }
        let names = entry.names.iter().map(|text| (text.as_str(), false));
        profiles.push(Profile::named(kind(entry.kind), names));
    }
    drawn.sort_unstable();
    drawn.dedup_by_key(|d| d.0);
    drawn.truncate(NAMES);
    let screen = Screen::new(profiles);
    // one pass at the lowest threshold gives all of the curve
    let lowest = Score::from_ten_thousandths(LOWEST * 100);
    let best = |text: &str, kind: ProfileKind, cluster: Option<u32>| -> Score {
        let asked = Profile::named(kind, [(text, false)]);
        let hits = screen.hits(&asked, lowest).into_iter();
        let mut right = hits.filter(|(at, _)| cluster.is_none_or(|own| clusters[*at] == own));
        right.next().map_or(Score::ZERO, |(_, hit)| hit.score)
    };
    let mut curves: Vec<(&str, Vec<Score>)> = Vec::new();
    for (class, alter) in CLASSES {
        let mut scores = Vec::new();
        for &(_, at, text) in &drawn {
            if class == "nickname" && entries[at].kind != NameKind::Person {
                continue;
            }
            if matches!(class, "honorific" | "initials") && entries[at].kind != NameKind::Person {
                continue;
            }
            let Some(variant) = alter(text, Draw::of(text, class)) else {
                continue;
            };
            let kind = kind(entries[at].kind);
            scores.push(best(&variant, kind, Some(clusters[at])));
        }
        curves.push((class, scores));
    }
    let others = unlisted(&entries, pairs, UNLISTED)?;
    let alerts: Vec<Score> = others
        .iter()
        .map(|name| best(name.text(), ProfileKind::Person, None))
        .collect();
    let text = table(&curves, &alerts)?;
    print!("{text}");
    if let Some(out) = out {
        std::fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
        let picture = out.with_extension("svg");
        std::fs::write(&picture, svg(&curves, &alerts)?)
            .with_context(|| format!("cannot write {}", picture.display()))?;
    }
    Ok(())
}

fn kind(kind: NameKind) -> ProfileKind {
    match kind {
        NameKind::Person => ProfileKind::Person,
        _ => ProfileKind::Thing,
    }
}

/// The share of scores at or above a threshold in hundredths.
fn share(scores: &[Score], threshold: u32) -> f64 {
    let bar = Score::from_ten_thousandths(threshold * 100);
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    number(scores.iter().filter(|s| **s >= bar).count()) / number(scores.len().max(1))
}

fn table(curves: &[(&str, Vec<Score>)], alerts: &[Score]) -> anyhow::Result<String> {
    let mut text = String::from(
        "# Variants of listed names\n\nMade by `madar-lab names-variants`, screened as `madar screen` does. ",
    );
    text +=
        "The share of variants of listed names that find their entry again, by threshold, and how ";
    text += "many of 1,000 names\nof people on no list raise an alert. 0.70 is the default. ";
    text += "Nicknames are drawn from the crate's own table.\n\n| class | variants |";
    for threshold in THRESHOLDS {
        write!(text, " .{threshold} |")?;
    }
    text += "\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (class, scores) in curves {
        write!(text, "| {class} | {} |", scores.len())?;
        for threshold in THRESHOLDS {
            write!(text, " {:.3} |", share(scores, threshold))?;
        }
        text.push('\n');
    }
    write!(text, "| *alerts for 1,000 unlisted* | {} |", alerts.len())?;
    for threshold in THRESHOLDS {
        write!(text, " {:.1} |", 1_000.0 * share(alerts, threshold))?;
    }
    text.push('\n');
    Ok(text)
}

/// The curves as a picture: thresholds from 0.50 to 1.00 to the right, shares upwards.
fn svg(curves: &[(&str, Vec<Score>)], alerts: &[Score]) -> anyhow::Result<String> {
    const COLOURS: [&str; 11] = [
        "#222222", "#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#7f7f7f",
        "#bcbd22", "#17becf", "#aec7e8",
    ];
    let mut text = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 460\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"760\" height=\"460\" fill=\"white\"/>\n",
    );
    for tenth in 0..=10 {
        let (x, y) = (60 + 44 * tenth, 400 - 36 * tenth);
        writeln!(
            text,
            "<path d=\"M60 {y}H500\" stroke=\"#dddddd\"/><text x=\"52\" y=\"{}\" text-anchor=\"end\">{}%</text>",
            y + 4,
            10 * tenth
        )?;
        writeln!(
            text,
            "<text x=\"{x}\" y=\"418\" text-anchor=\"middle\">{:.2}</text>",
            0.5 + f64::from(tenth) / 20.0
        )?;
    }
    text += "<path d=\"M236 40V400\" stroke=\"#999999\" stroke-dasharray=\"4 4\"/>\n<text x=\"280\" y=\"440\" text-anchor=\"middle\">threshold (default 0.70)</text>\n";
    text += "<text x=\"60\" y=\"24\">found again, by class of variant; red: share of unlisted names with an alert, ten times enlarged</text>\n";
    let mut line = |scores: &[Score], scale: f64, colour: &str, width: f64| {
        let mut path = String::new();
        for threshold in 50..=100u32 {
            let y = 400.0 - 360.0 * (share(scores, threshold) * scale).min(1.0);
            let x = 60.0 + 440.0 * f64::from(threshold - 50) / 50.0;
            let letter = if threshold == 50 { 'M' } else { 'L' };
            write!(path, "{letter}{x:.1} {y:.1}")?;
        }
        writeln!(
            text,
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
        )
    };
    for ((_, scores), colour) in curves.iter().zip(COLOURS) {
        line(scores, 1.0, colour, 1.5)?;
    }
    line(alerts, 10.0, "#d62728", 2.5)?;
    for (nth, ((class, _), colour)) in (0..).zip(curves.iter().zip(COLOURS)) {
        let y = 60 + 22 * nth;
        writeln!(
            text,
            "<path d=\"M520 {y}h24\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"552\" y=\"{}\">{class}</text>",
            y + 4
        )?;
    }
    text += "<path d=\"M520 302h24\" stroke=\"#d62728\" stroke-width=\"3\"/><text x=\"552\" y=\"306\">unlisted, alert (×10)</text>\n</svg>\n";
    Ok(text)
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Cyrillic by one of three systems; Latin by the habits of another language; Arabic as other keyboards write it.
fn transliterated(text: &str, draw: Draw) -> Option<String> {
    const LATIN: [[(&str, &str); 6]; 3] = [
        [
            ("ou", "u"),
            ("ee", "i"),
            ("kh", "h"),
            ("q", "k"),
            ("dh", "d"),
            ("y", "i"),
        ],
        [
            ("sh", "ch"),
            ("u", "ou"),
            ("j", "dj"),
            ("w", "ou"),
            ("kh", "kh"),
            ("k", "c"),
        ],
        [
            ("v", "w"),
            ("z", "s"),
            ("sh", "sch"),
            ("y", "j"),
            ("kh", "ch"),
            ("zh", "sch"),
        ],
    ];
    const ARABIC: [(&str, &str); 6] = [
        ("ی", "ي"),
        ("ک", "ك"),
        ("أ", "ا"),
        ("ة", "ه"),
        ("إ", "ا"),
        ("ى", "ي"),
    ];
    let script = Name::new(text, NameKind::Other).script();
    let out = match script {
        Script::Cyrillic => cyrillic_to_latin(text, draw.below(0, 3)),
        Script::Latin => {
            let lower = text.to_lowercase();
            let rules = &LATIN[draw.below(0, 3)];
            // Two habits at a time: no one writes by all of them.
            let start = draw.below(1, rules.len());
            let chosen = (0..2).map(|i| rules[(start + i) % rules.len()]);
            chosen.fold(lower, |text, (from, to)| text.replace(from, to))
        }
        Script::Arabic => ARABIC
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to)),
        Script::Other => return None,
    };
    (out.to_lowercase() != text.to_lowercase()).then_some(out)
}

/// By passport, by BGN, by German habit.
fn cyrillic_to_latin(text: &str, system: usize) -> String {
    const TABLE: [(char, [&str; 3]); 33] = [
        ('а', ["a"; 3]),
        ('б', ["b"; 3]),
        ('в', ["v", "v", "w"]),
        ('г', ["g"; 3]),
        ('д', ["d"; 3]),
        ('е', ["e", "ye", "e"]),
        ('ё', ["e", "yo", "jo"]),
        ('ж', ["zh", "zh", "sch"]),
        ('з', ["z", "z", "s"]),
        ('и', ["i"; 3]),
        ('й', ["i", "y", "j"]),
        ('к', ["k"; 3]),
        ('л', ["l"; 3]),
        ('м', ["m"; 3]),
        ('н', ["n"; 3]),
        ('о', ["o"; 3]),
        ('п', ["p"; 3]),
        ('р', ["r"; 3]),
        ('с', ["s", "s", "s"]),
        ('т', ["t"; 3]),
        ('у', ["u"; 3]),
        ('ф', ["f"; 3]),
        ('х', ["kh", "kh", "ch"]),
        ('ц', ["ts", "ts", "z"]),
        ('ч', ["ch", "ch", "tsch"]),
        ('ш', ["sh", "sh", "sch"]),
        ('щ', ["shch", "shch", "schtsch"]),
        ('ъ', ["ie", "", ""]),
        ('ы', ["y"; 3]),
        ('ь', [""; 3]),
        ('э', ["e"; 3]),
        ('ю', ["iu", "yu", "ju"]),
        ('я', ["ia", "ya", "ja"]),
    ];
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        match TABLE.iter().find(|(letter, _)| *letter == c) {
            Some((_, spellings)) => out += spellings[system],
            None => out.push(c),
        }
    }
    out
}

/// Without one part of three or more, not the first and not the last.
fn without_a_part(text: &str, draw: Draw) -> Option<String> {
    let mut words = words(text);
    if words.len() < 3 {
        return None;
    }
    words.remove(1 + draw.below(0, words.len() - 2));
    Some(words.join(" "))
}

fn reordered(text: &str, draw: Draw) -> Option<String> {
    let mut words = words(text);
    let last = words.pop()?;
    let rest = words.join(" ");
    Some(if draw.below(0, 2) == 0 {
        format!("{last} {rest}")
    } else {
        format!("{last}, {rest}")
    })
}

fn nickname(text: &str, draw: Draw) -> Option<String> {
    static TABLE: std::sync::LazyLock<BTreeMap<String, Vec<String>>> =
        std::sync::LazyLock::new(|| {
            let file: toml::Table =
                toml::from_str(include_str!("../../madar-names/data/nicknames.toml"))
                    .expect("the crate's own tests read it");
            let rows = file["names"].as_table().expect("a table of names").values();
            let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in rows.filter_map(toml::Value::as_array) {
                let row: Vec<&str> = row.iter().filter_map(toml::Value::as_str).collect();
                for form in &row {
                    let others = row
                        .iter()
                        .filter(|o| *o != form && o.is_ascii() == form.is_ascii());
                    forms
                        .entry((*form).to_owned())
                        .or_default()
                        .extend(others.map(|&o| o.to_owned()));
                }
            }
            forms
        });
    let words = words(text);
    let (at, others) = words.iter().enumerate().find_map(|(at, word)| {
        let lower = word.to_lowercase();
        Some((at, TABLE.get(lower.trim_matches(','))?)).filter(|(_, others)| !others.is_empty())
    })?;
    let mut out: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
    out[at] = others[draw.below(0, others.len())].clone();
    Some(out.join(" "))
}

/// One slip in one long word: a letter lost, doubled, exchanged with the next or hit beside.
fn typo(text: &str, draw: Draw) -> Option<String> {
    let words = words(text);
    let long: Vec<usize> = (0..words.len())
        .filter(|&i| words[i].chars().count() >= 5)
        .collect();
    let at = *long.get(draw.below(0, long.len()))?;
    let mut letters: Vec<char> = words[at].chars().collect();
    let place = 1 + draw.below(1, letters.len() - 2);
    match draw.below(2, 4) {
        0 => drop(letters.remove(place)),
        1 => letters.insert(place, letters[place]),
        2 => letters.swap(place, place + 1),
        _ => letters[place] = letters[draw.below(3, letters.len())],
    }
    let changed: String = letters.into_iter().collect();
    let mut out: Vec<&str> = words.clone();
    out[at] = &changed;
    (changed != words[at]).then(|| out.join(" "))
}

fn homoglyphs(text: &str, draw: Draw) -> Option<String> {
    const ALIKE: [(char, char); 12] = [
        ('a', 'а'),
        ('e', 'е'),
        ('o', 'о'),
        ('p', 'р'),
        ('c', 'с'),
        ('x', 'х'),
        ('A', 'А'),
        ('E', 'Е'),
        ('O', 'О'),
        ('P', 'Р'),
        ('C', 'С'),
        ('H', 'Н'),
    ];
    let mut nth = 0;
    let out: String = text
        .chars()
        .map(|c| {
            let other = ALIKE.iter().find_map(|&(l, k)| match c {
                c if c == l => Some(k),
                c if c == k => Some(l),
                _ => None,
            });
            nth += usize::from(other.is_some());
            // Every third, so that words stay in one script mostly.
            other.filter(|_| nth % 3 == draw.below(0, 3)).unwrap_or(c)
        })
        .collect();
    (out != text).then_some(out)
}

fn joined_or_split(text: &str, draw: Draw) -> Option<String> {
    let words = words(text);
    if draw.below(0, 2) == 0 {
        let at = draw.below(1, words.len() - 1);
        let mut out: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
        let next = out.remove(at + 1);
        out[at] += &next;
        return Some(out.join(" "));
    }
    let (at, word) = words
        .iter()
        .enumerate()
        .max_by_key(|(_, w)| w.chars().count())?;
    let count = word.chars().count();
    if count < 7 {
        return None;
    }
    let middle = word.char_indices().nth(count / 2)?.0;
    let split = format!("{} {}", &word[..middle], &word[middle..]);
    let mut out = words.clone();
    out[at] = &split;
    Some(out.join(" "))
}

fn punctuated(text: &str, draw: Draw) -> Option<String> {
    Some(match draw.below(0, 4) {
        0 => text.replace(' ', "-"),
        1 => text.to_uppercase().replace(['\'', '-', '’', '.', ','], " "),
        2 => format!("“{text}”."),
        _ => text.replace(' ', ". "),
    })
}

/// The first part as its first letter.
fn initials(text: &str, _: Draw) -> Option<String> {
    let words = words(text);
    let comma = text.contains(',');
    let at = if comma { words.len() - 1 } else { 0 };
    let first = words[at].chars().next().filter(|c| c.is_alphabetic())?;
    let letter = format!("{first}.");
    let mut out = words.clone();
    out[at] = &letter;
    Some(out.join(" "))
}

fn honorific(text: &str, draw: Draw) -> Option<String> {
    const TITLES: [(Script, [&str; 4]); 3] = [
        (Script::Latin, ["Mr", "Dr.", "Sheikh", "General"]),
        (Script::Cyrillic, ["г-н", "доктор", "генерал", "шейх"]),
        (Script::Arabic, ["السيد", "الدكتور", "الشيخ", "اللواء"]),
    ];
    let script = Name::new(text, NameKind::Person).script();
    let (_, titles) = TITLES.iter().find(|(s, _)| *s == script)?;
    Some(format!("{} {text}", titles[draw.below(0, 4)]))
}
