//! factRuEval-2016: answers in that contest's form for its task 1 (where names stand) and task 3
//! (facts), and the contest's measure of task 3 where the folder holds the annotation.
//!
//! An answer of task 3 reads `OCCUPATION:`, then `WHO: Иван Орлов`, `POSITION: директор`, a line each.

mod place;
mod quality;

use std::path::Path;

use anyhow::Context;
use madar_open::Given;
use madar_read::{EntityKind, Fact, FactKind, Kit, Mention, MentionForm, MentionId, Reading, Role};
use madar_text::Document;

use crate::corpora::files;
use crate::opened::Opened;
use crate::train::is_held_out;

/// A fact as the contest writes it: its kind and its arguments, names in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) kind: &'static str,
    pub(crate) arguments: Vec<(&'static str, String)>,
}

/// What one document is worth in each thing measured: right, found, wanted.
pub(crate) type Worths = Vec<(String, [f64; 3])>;

/// What each document is worth by task and kind: right, found, wanted.
pub(crate) fn scores(folder: &Path, kit: &Kit) -> anyhow::Result<Vec<Worths>> {
    let mut out = Vec::new();
    for file in files(folder)? {
        if file.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let opened = Opened::file(&file, &Given::default())?;
        let reading = madar_read::read(&opened.document, kit);
        let mut own = Vec::new();
        // The names of the other documents are learned from.
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if is_held_out(&stem) {
            let worth = place::worth(&file, &place::answers(&opened, &reading))?;
            let numbers = |w: place::Worth| [w.right, f64::from(w.found), f64::from(w.wanted)];
            let mut all = place::Worth::default();
            for (class, one) in place::CLASSES.iter().zip(worth) {
                all.add(one);
                own.push((format!("task 1, held-out tenth, {class}"), numbers(one)));
            }
            own.push(("task 1, held-out tenth, all".to_owned(), numbers(all)));
        }
        let mut quality = quality::Quality::default();
        quality.add(&file, &answers(&opened.document, &reading, kit))?;
        let (facts, kinds) = quality.numbers();
        own.push(("task 3, all".to_owned(), facts));
        own.extend(kinds.map(|(kind, count)| (format!("task 3, {kind}"), count)));
        out.push(own);
    }
    Ok(out)
}

/// Task 1 with places of both kinds as one.
fn names_table(worth: &[place::Worth; 3]) -> String {
    let mut all = place::Worth::default();
    let mut out = String::new();
    let row = |name: &str, w: place::Worth| {
        format!(
            "task 1 {name}: {:.3} / {:.3} / {:.3} ({:.1} of {} found, {} wanted)\n",
            w.precision(),
            w.recall(),
            w.f1(),
            w.right,
            w.found,
            w.wanted
        )
    };
    for (class, one) in place::CLASSES.iter().zip(worth) {
        all.add(*one);
        out += &row(class, *one);
    }
    out += &row("all", all);
    if all.wanted == 0 { String::new() } else { out }
}

/// Reads every `*.txt` of a folder, writes the two answers beside each other into `out`, and prints
/// how good the facts are if the folder knows.
pub(crate) fn factrueval(folder: &Path, kit: &Kit, out: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(out)?;
    let mut quality = quality::Quality::default();
    let mut worth = [place::Worth::default(); 3];
    for file in files(folder)? {
        if file.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let opened = Opened::file(&file, &Given::default())?;
        let reading = madar_read::read(&opened.document, kit);
        let answers = answers(&opened.document, &reading, kit);
        let name = Path::new(file.file_name().context("a file has a name")?);
        let write =
            |ext: &str, text: String| std::fs::write(out.join(name.with_extension(ext)), text);
        let names = place::answers(&opened, &reading);
        // `ORG 679 32`: class, first character, length
        let lines = names
            .iter()
            .map(|(class, from, length)| format!("{} {from} {length}\n", place::CLASSES[*class]));
        write("task1", lines.collect())?;
        if file.with_extension("objects").exists() {
            let found = place::worth(&file, &names)?;
            (0..3).for_each(|class| worth[class].add(found[class]));
        }
        write("task3", answers.iter().map(shown).collect())?;
        if file.with_extension("facts").exists() {
            quality.add(&file, &answers)?;
        }
    }
    print!("{}{}", names_table(&worth), quality.table());
    Ok(())
}

fn shown(answer: &Answer) -> String {
    let mut out = format!("{}:\n", answer.kind.to_uppercase());
    for (name, value) in &answer.arguments {
        // The contest's reader splits a line at its colon.
        let value = value.replace([':', '\n'], " ");
        out += &format!("{}: {value}\n", name.to_uppercase());
    }
    out + "\n"
}

/// The facts of the contest's four kinds, each once.
fn answers(document: &Document, reading: &Reading, kit: &Kit) -> Vec<Answer> {
    let writer = Writer {
        document,
        reading,
        kit,
    };
    let mut out: Vec<Answer> = Vec::new();
    for answer in reading.facts.iter().filter_map(|fact| writer.answer(fact)) {
        let told = out.iter().any(|other| {
            other.kind == answer.kind
                && answer.arguments.iter().all(|a| other.arguments.contains(a))
        });
        if !told {
            out.push(answer);
        }
    }
    out
}

/// Posts, in their dictionary forms, that the contest takes for ownership.
const OWNERS: [&str; 6] = [
    "владелец",
    "совладелец",
    "основатель",
    "сооснователь",
    "создатель",
    "учредитель",
];

struct Writer<'a> {
    document: &'a Document,
    reading: &'a Reading,
    kit: &'a Kit,
}

impl Writer<'_> {
    fn answer(&self, fact: &Fact) -> Option<Answer> {
        // The contest marks what a word of the text says: a meeting, a deal, a post by its name.
        let by_model = fact.rule.contains("/model/");
        let worded = fact.kind == FactKind::Role && fact.detail.is_some();
        if by_model && !worded {
            return None;
        }
        let (kind, arguments) = match fact.kind {
            FactKind::Role | FactKind::Associate if self.is_owners(fact) => (
                "ownership",
                vec![
                    ("owner", self.who(fact, Role::Holder)?),
                    ("property", self.who(fact, Role::Organisation)?),
                ],
            ),
            FactKind::Role | FactKind::Associate => ("occupation", self.occupation(fact)?),
            FactKind::Ownership => (
                "ownership",
                vec![
                    ("owner", self.who(fact, Role::Owner)?),
                    ("property", self.who(fact, Role::Asset)?),
                ],
            ),
            FactKind::Meeting => ("meeting", self.participants(fact)?),
            FactKind::Deal => {
                let mut arguments = self.participants(fact)?;
                arguments.extend(
                    self.sort_of_deal(fact)
                        .map(|sort| ("type", sort.to_owned())),
                );
                ("deal", arguments)
            }
            _ => return None,
        };
        Some(Answer { kind, arguments })
    }

    /// Who owns, founded or made something owns it by the contest's rules, and holds no post there.
    fn is_owners(&self, fact: &Fact) -> bool {
        let described = self.described(fact);
        let noun = described.and_then(|mention| mention.noun.as_deref());
        let told = fact.detail.map(|span| span.of(&self.document.text));
        let words = noun.or(told).unwrap_or_default().split_whitespace();
        let mut lemmas = words.map(|word| self.kit.russian.lemma(word));
        lemmas.any(|lemma| OWNERS.contains(&lemma.as_str()))
    }

    /// The description of whom it is about, where that tells the fact.
    fn described(&self, fact: &Fact) -> Option<&Mention> {
        let mentions = &mut self.reading.mentions.iter();
        mentions.find(|m| m.span == fact.trigger && m.form == MentionForm::Description)
    }

    /// The contest knows a post only with the body or country in which it is held.
    fn occupation(&self, fact: &Fact) -> Option<Vec<(&'static str, String)>> {
        let who = self
            .who(fact, Role::Holder)
            .or_else(|| self.who(fact, Role::Agent))?;
        let described = self.described(fact);
        let country = described
            .and_then(|m| self.kit.gazetteer.entry(m.of.as_deref()?))
            .map(|entry| entry.names[2].clone());
        let place = self.who(fact, Role::Organisation).or(country)?;
        let mut out = vec![("who", who), ("where", place)];
        let post = described.map(|m| self.post(m));
        let told = || {
            fact.detail
                .map(|span| span.of(&self.document.text).to_owned())
        };
        out.extend(post.or_else(told).map(|post| ("position", post)));
        Some(out)
    }

    /// The words of the post alone: *министр финансов* of *российский министр финансов*.
    fn post(&self, description: &Mention) -> String {
        let noun = description.noun.as_deref().unwrap_or_default();
        let keys: Vec<&str> = noun.split(' ').collect();
        let words: Vec<&str> = description.name.split_whitespace().collect();
        let starts = |w: &&str| keys.first() == Some(&self.kit.russian.lemma(w).as_str());
        let from = words.iter().position(starts).unwrap_or(0);
        let to = (from + keys.len()).min(words.len());
        words[from..to].join(" ")
    }

    /// The contest's facts are of what has a name: who met students or reporters is none of its meetings.
    fn participants(&self, fact: &Fact) -> Option<Vec<(&'static str, String)>> {
        let all: Vec<_> = fact
            .participants
            .iter()
            .filter(|p| self.is_named(p.mention))
            .map(|p| ("participant", self.name(p.mention)))
            .collect();
        (all.len() > 1).then_some(all)
    }

    fn is_named(&self, mention: MentionId) -> bool {
        let referent = self.reading.referent_of[mention.at()];
        self.reading.referents[referent.at()].named
    }

    fn sort_of_deal(&self, fact: &Fact) -> Option<&'static str> {
        let word = fact.detail?.of(&self.document.text).to_lowercase();
        let any = |stems: &[&str]| stems.iter().any(|stem| word.contains(stem));
        if any(&["куп", "прод", "приобр", "сделк"]) {
            Some("купля/продажа")
        } else if any(&["инвест", "влож"]) {
            Some("инвестиции")
        } else {
            None
        }
    }

    fn who(&self, fact: &Fact, role: Role) -> Option<String> {
        let found = fact.participants.iter().find(|p| p.role == role)?;
        let must = matches!(role, Role::Holder | Role::Agent | Role::Owner | Role::Asset);
        (!must || self.is_named(found.mention)).then(|| self.name(found.mention))
    }

    /// A person by the name that the document gives most fully, anything else as it stands.
    fn name(&self, mention: MentionId) -> String {
        let own = &self.reading.mentions[mention.at()];
        let referent = &self.reading.referents[self.reading.referent_of[mention.at()].at()];
        if own.kind == EntityKind::Person && referent.named {
            referent.name.clone()
        } else {
            own.span.of(&self.document.text).to_owned()
        }
    }
}
