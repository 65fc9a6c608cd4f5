//! Decisions on who is who as lines of a nomenklatura resolver file, so that they can be carried to other
//! tools and other desks: `["id", "id", "positive", null, "user", "2026-01-31T10:00:00"]`. An id stands for one
//! name in one document and is the same at every desk that has read the document.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::CaseError;
use crate::ask::Asked;
use crate::decisions::{Decision, Entry, Note, Thing};

/// Before the hash in an id.
const PREFIX: &str = "madar-";
/// Hexadecimal digits of a hash that tell one name of one document from all others of a case of millions.
const DIGITS: usize = 20;

/// What importing did with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Imported {
    /// To be decided.
    Decision(Box<(Decision, Note)>),
    /// It says so already.
    Known,
    /// One of its ids is not of this case.
    Elsewhere,
    /// It is no judgement: a suggestion, or none.
    Undecided,
}

/// The id of a thing.
pub fn resolver_id(thing: &Thing) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&thing.document.0);
    hasher.update(madar_text::fold(&thing.name).as_bytes());
    format!("{PREFIX}{}", &hasher.finalize().to_hex()[..DIGITS])
}

/// The line of an entry of the log; none where it is on no pair or was undone.
pub fn resolver_line(entry: &Entry) -> Option<String> {
    let (a, b, judgement) = match &entry.decision {
        Decision::Same(a, b) => (a, b, "positive"),
        Decision::Apart(a, b) => (a, b, "negative"),
        _ => return None,
    };
    // the larger id first, as nomenklatura writes its edges
    let (a, b) = (resolver_id(a), resolver_id(b));
    let (target, source) = if a > b { (a, b) } else { (b, a) };
    let note = &entry.note;
    let line = json!([target, source, judgement, null, note.by, note.at]);
    (!entry.undone).then(|| line.to_string())
}

impl Asked<'_> {
    /// What each line says of this case, in order. Ids are those of [`resolver_id`], or of entities of the
    /// case.
    ///
    /// # Errors
    /// When a line is none of a resolver file.
    pub fn from_resolver<'l>(
        &self,
        lines: impl IntoIterator<Item = &'l str>,
    ) -> Result<Vec<Imported>, CaseError> {
        let things = self.things_by_id();
        let lines = lines.into_iter().filter(|line| !line.trim().is_empty());
        lines.map(|line| self.imported(line, &things)).collect()
    }

    fn imported(
        &self,
        line: &str,
        things: &BTreeMap<String, Thing>,
    ) -> Result<Imported, CaseError> {
        let unread = || CaseError::Unknown {
            what: "resolver line",
            name: line.to_owned(),
        };
        let fields: Vec<Value> = serde_json::from_str(line).map_err(|_| unread())?;
        let text = |at: usize| fields.get(at).and_then(Value::as_str);
        let (Some(a), Some(b), Some(judgement)) = (text(0), text(1), text(2)) else {
            return Err(unread());
        };
        let thing = |id: &str| things.get(id).cloned();
        let (Some(a), Some(b)) = (thing(a), thing(b)) else {
            return Ok(Imported::Elsewhere);
        };
        let decision = match judgement {
            "positive" => Decision::Same(a, b),
            "negative" => Decision::Apart(a, b),
            _ => return Ok(Imported::Undecided),
        };
        if self
            .decided()
            .iter()
            .any(|known| says_the_same(known, &decision))
        {
            return Ok(Imported::Known);
        }
        let note = Note {
            by: text(4).map(str::to_owned),
            at: text(5).map(str::to_owned),
            why: None,
        };
        Ok(Imported::Decision(Box::new((decision, note))))
    }

    fn things_by_id(&self) -> BTreeMap<String, Thing> {
        let mut out = BTreeMap::new();
        for kept in self.kept.iter() {
            for mention in &kept.reading.mentions {
                let thing = Thing {
                    document: kept.id,
                    name: mention.name.clone(),
                };
                out.entry(resolver_id(&thing)).or_insert(thing);
            }
        }
        let view = self.view();
        for (at, held) in view.entities() {
            out.entry(held.id.clone())
                .or_insert_with(|| self.thing_of(at));
        }
        out
    }
}

fn says_the_same(a: &Decision, b: &Decision) -> bool {
    let ids = |x: &Thing, y: &Thing| {
        let (x, y) = (resolver_id(x), resolver_id(y));
        if x < y { (x, y) } else { (y, x) }
    };
    match (a, b) {
        (Decision::Same(a, b), Decision::Same(c, d))
        | (Decision::Apart(a, b), Decision::Apart(c, d)) => ids(a, b) == ids(c, d),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, Said};
    use madar_open::{Given, open};
    use madar_read::Kit;

    fn case(kit: &Kit) -> Case {
        let mut case = Case::in_memory().unwrap();
        for words in [
            "Talks in the Gulf\n\nThe lawyer Curtis Weller met Mikael Sandqvist in Doha.\n",
            "Talks in Oslo\n\nThe lawyer Kurt Weller met Mikael Sandqvist in Oslo.\n",
        ] {
            let document = open(words.as_bytes(), &Given::default()).unwrap();
            let reading = madar_read::read(&document, kit);
            case.add(&document, &reading, Said::ByDocument).unwrap();
        }
        case
    }

    #[test]
    fn what_one_desk_decides_another_takes_over() {
        let kit = Kit::bundled();
        let (mut one, mut other) = (case(&kit), case(&kit));
        let asked = one.asked(&kit).unwrap();
        let pair = [asked.thing("Curtis Weller"), asked.thing("Kurt Weller")].map(Result::unwrap);
        let [a, b] = pair.clone();
        drop(asked);
        let note = Note {
            by: Some("desk".to_owned()),
            at: Some("2026-01-31T10:00:00".to_owned()),
            why: None,
        };
        one.decide(&Decision::Same(a, b), &note).unwrap();
        let lines: Vec<String> = one
            .log()
            .unwrap()
            .iter()
            .filter_map(resolver_line)
            .collect();
        assert_eq!(lines.len(), 1);
        assert!(
            lines[0].ends_with(r#""positive",null,"desk","2026-01-31T10:00:00"]"#),
            "{lines:?}"
        );
        let taken = |case: &Case| {
            let asked = case.asked(&kit).unwrap();
            asked
                .from_resolver(lines.iter().map(String::as_str))
                .unwrap()
        };
        let [Imported::Decision(found)] = &taken(&other)[..] else {
            panic!("{:?}", taken(&other))
        };
        let (decision, said) = &**found;
        assert_eq!(said.by.as_deref(), Some("desk"));
        other.decide(decision, said).unwrap();
        assert_eq!(taken(&other), [Imported::Known]);
        let [a, b] = pair;
        assert!(other.asked(&kit).unwrap().are_one(&a, &b));
    }

    #[test]
    fn lines_of_other_cases_are_left_alone() {
        let kit = Kit::bundled();
        let case = case(&kit);
        let asked = case.asked(&kit).unwrap();
        let found = asked.from_resolver([r#"["Q7747", "NK-abc", "positive", null, "x", null]"#]);
        assert_eq!(found.unwrap(), [Imported::Elsewhere]);
        assert!(asked.from_resolver(["no line"]).is_err());
    }
}
