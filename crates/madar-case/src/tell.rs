//! A fact as a sentence, in English: who, what, over which asset, for how much, when, and in plain
//! words how the passage holds it. *Brazos Meridian is negotiating a deal over 9.9 % of
//! Laptev-Gaz.* Words of the text that are no names stand in quotation marks.

use madar_read::{FactKind, Role, Status};

use crate::answer::{Line, Sentence};
use crate::measure;
use crate::nominal;
use crate::tongue::Tongue;

/// The forms of what a kind of fact says of its subject.
struct Verb {
    /// *met*, *is*
    told: &'static str,
    /// *meet*, *be*
    bare: &'static str,
    /// *met*, *been*
    done: &'static str,
}

/// Subject, verb and object.
struct Clause {
    subject: Sentence,
    many: bool,
    verb: Verb,
    object: Sentence,
}

/// What a line says besides its parties, in plain words.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) amount: Option<String>,
    pub(crate) stake: Option<String>,
    /// The detail holds the name of a party: *Brazos's chairman*.
    pub(crate) detail_names_party: bool,
}

/// What a line says; its `sentence` is not looked at.
pub(crate) fn sentence(line: &Line, words: &Words, tongue: Tongue) -> Sentence {
    match tongue {
        Tongue::En => english(line, words),
        Tongue::Ar | Tongue::Ru => nominal::sentence(line, words, tongue),
    }
}

fn english(line: &Line, words: &Words) -> Sentence {
    // *Halvorsen didn't respond to requests for comment*: with whom he was in touch, nobody says
    let nobody = line.kind == FactKind::Communication && names(line, &[Role::To]).is_empty();
    if line.kind == FactKind::Event || nobody {
        return happened(line);
    }
    let clause = clause(line, words);
    let is = if clause.many { "are" } else { "is" };
    let Verb { told, bare, done } = clause.verb;
    let (lead, middle) = match line.status {
        Status::Asserted => ("", told.to_owned()),
        Status::Planned => ("", format!("{is} to {bare}")),
        Status::Proposed if line.kind == FactKind::Proposal => ("", told.to_owned()),
        Status::Proposed => ("a proposal: ", format!("would {bare}")),
        Status::Negotiated if line.kind == FactKind::Deal => ("", format!("{is} negotiating")),
        Status::Negotiated => ("", format!("{is} in talks to {bare}")),
        Status::Conditional => ("", format!("would {bare}")),
        Status::Alleged => ("", format!("{is} alleged to have {done}")),
        Status::Denied => ("denied: ", told.to_owned()),
        Status::Ended => ("no longer so: ", told.to_owned()),
    };
    let mut out = Sentence::default();
    if !lead.is_empty() {
        out.push(lead);
    }
    out = out.join(clause.subject).then(&format!(" {middle}"));
    if !clause.object.is_empty() {
        out = out.then(" ").join(clause.object);
    }
    out.join(circumstances(line)).then(".").capital()
}

/// *Orlov and Haddad (“Orlov did not answer Haddad”).* No verb of ours is put between those whom a verb of
/// the text brings together.
fn happened(line: &Line) -> Sentence {
    let lead = match line.status {
        Status::Asserted => "",
        Status::Planned => "planned: ",
        Status::Proposed => "proposed or possible: ",
        Status::Negotiated => "under negotiation: ",
        Status::Conditional => "on a condition: ",
        Status::Alleged => "alleged: ",
        // also what the paper itself says did not happen
        Status::Denied => "denied or not done: ",
        Status::Ended => "no longer so: ",
    };
    let words = line.detail.as_ref().unwrap_or(&line.trigger);
    let mut out = Sentence::default();
    if !lead.is_empty() {
        out.push(lead);
    }
    out.join(Sentence::names(others(line, &[])))
        .then(" (")
        .join(Sentence::words(words))
        .then(")")
        .join(circumstances(line))
        .then(".")
        .capital()
}

fn clause(line: &Line, words: &Words) -> Clause {
    let (amount, stake) = (words.amount.as_deref(), words.stake.as_deref());
    match line.kind {
        FactKind::Role => role(line, words.detail_names_party),
        FactKind::Family => together(line, &BE, "family"),
        FactKind::Associate => associate(line),
        FactKind::Membership => directed(line, &BE, "a member of", &[Role::Organisation]),
        FactKind::Ownership => owns(line, stake),
        FactKind::Deal => deal(line, amount, stake),
        FactKind::Payment => payment(line, amount),
        FactKind::Meeting => together(line, &("met", "meet", "met"), ""),
        FactKind::Visit => {
            let mut clause = directed(line, &("visited", "visit", "visited"), "", &[Role::Host]);
            if clause.object.is_empty()
                && let Some(place) = &line.place
            {
                clause.object = Sentence::names([place.name.as_str()]);
            }
            clause
        }
        FactKind::Sanction => acts(line, Role::Authority, "sanction", Role::Target),
        FactKind::Licence => acts(line, Role::Authority, "license", Role::Grantee),
        FactKind::Investigation => acts(line, Role::Investigator, "investigate", Role::Subject),
        FactKind::Proposal => proposal(line),
        FactKind::Communication => {
            let verb = ("was in touch|were in touch", "be in touch", "been in touch");
            quoting(directed(line, &verb, "with", &[Role::To]), line)
        }
        // an event is told by `happened`
        FactKind::Tie | FactKind::Event => together(line, &BE, "tied"),
    }
}

type Told = (&'static str, &'static str, &'static str);
/// Marks verbs whose first form depends on the number of the subject.
const BE: Told = ("is|are", "be", "been");

fn verb(told: &Told, many: bool) -> Verb {
    let first = match told.0.split_once('|') {
        Some((one, several)) => {
            if many {
                several
            } else {
                one
            }
        }
        None => told.0,
    };
    Verb {
        told: first,
        bare: told.1,
        done: told.2,
    }
}

fn names<'a>(line: &'a Line, roles: &[Role]) -> Vec<&'a str> {
    let those = line
        .parties
        .iter()
        .filter(|party| roles.contains(&party.role));
    those.map(|party| party.name.as_str()).collect()
}

/// Everyone in no role of `roles`.
fn others<'a>(line: &'a Line, roles: &[Role]) -> Vec<&'a str> {
    let those = line
        .parties
        .iter()
        .filter(|party| !roles.contains(&party.role));
    those.map(|party| party.name.as_str()).collect()
}

/// *A, B and C met*; *A and B are family (“son-in-law”)*.
fn together(line: &Line, told: &Told, predicate: &str) -> Clause {
    let who = others(line, &[]);
    let many = who.len() > 1;
    let mut object = Sentence::default();
    if !predicate.is_empty() {
        object.push(predicate);
    }
    let detail = line.detail.as_ref().filter(|_| !predicate.is_empty());
    let clause = Clause {
        subject: Sentence::names(who),
        many,
        verb: verb(told, many),
        object,
    };
    noted(clause, detail)
}

/// *A is a member of B*; who has no role of either side stands with the subject.
fn directed(line: &Line, told: &Told, with: &str, to: &[Role]) -> Clause {
    let (subject, object) = (others(line, to), names(line, to));
    let (subject, object) = if subject.is_empty() {
        (object, subject)
    } else {
        (subject, object)
    };
    let many = subject.len() > 1;
    let mut said = Sentence::default();
    if !object.is_empty() {
        let with = if with.is_empty() {
            String::new()
        } else {
            format!("{with} ")
        };
        said = Sentence::plain(with).join(Sentence::names(object));
    }
    Clause {
        subject: Sentence::names(subject),
        many,
        verb: verb(told, many),
        object: said,
    }
}

/// *A is “chairman” of B*.
fn role(line: &Line, detail_names_party: bool) -> Clause {
    let mut clause = directed(line, &BE, "", &[Role::Organisation]);
    let whole = std::mem::take(&mut clause.object);
    clause.object = match (&line.detail, whole.is_empty() || detail_names_party) {
        (Some(detail), true) => Sentence::words(detail),
        (Some(detail), false) => Sentence::words(detail).then(" of ").join(whole),
        (None, _) if whole.is_empty() => Sentence::plain("in a post"),
        (None, _) => Sentence::plain("in a post at ").join(whole),
    };
    clause
}

/// *A acts for B (“envoy”)*; *A and B are associates (“friend”)*.
fn associate(line: &Line) -> Clause {
    if names(line, &[Role::Agent]).is_empty() || names(line, &[Role::Client]).is_empty() {
        return together(line, &BE, "associates");
    }
    let acts = ("acts for|act for", "act for", "acted for");
    noted(
        directed(line, &acts, "", &[Role::Client]),
        line.detail.as_ref(),
    )
}

/// *A owns 9.9 % of B*; *B has an owner*, where the owner is not named.
fn owns(line: &Line, stake: Option<&str>) -> Clause {
    let owns = ("owns|own", "own", "owned");
    let mut clause = directed(line, &owns, "", &[Role::Asset]);
    if let (Some(stake), false) = (stake, clause.object.is_empty()) {
        clause.object = Sentence::plain(format!("{stake} of ")).join(clause.object);
    }
    clause
}

/// *A and B agreed a deal over 9.9 % of C for 300 million USD*.
fn deal(line: &Line, amount: Option<&str>, stake: Option<&str>) -> Clause {
    let told = ("agreed", "agree", "agreed");
    let mut clause = directed(line, &told, "", &[Role::Asset]);
    let over = std::mem::take(&mut clause.object);
    let mut object = Sentence::plain("a deal");
    if let Some(stake) = stake {
        object = object.then(&format!(" over {stake}"));
    }
    if !over.is_empty() {
        object = object
            .then(if stake.is_some() { " of " } else { " over " })
            .join(over);
    }
    if let Some(amount) = amount {
        object = object.then(&format!(" for {amount}"));
    }
    clause.object = object;
    clause
}

/// *A paid B 600,000 USD*.
fn payment(line: &Line, amount: Option<&str>) -> Clause {
    let mut clause = acts(line, Role::Payer, "pay", Role::Payee);
    if let Some(amount) = amount {
        let before = if clause.object.is_empty() { "" } else { " " };
        clause.object = clause.object.then(&format!("{before}{amount}"));
    }
    noted(clause, line.detail.as_ref())
}

/// One side does something to the other; without the doer, it is done to the other.
fn acts(line: &Line, doer: Role, act: &'static str, done_to: Role) -> Clause {
    let (active, passive): (Told, Told) = match act {
        "sanction" => (
            ("sanctioned", "sanction", "sanctioned"),
            (
                "was sanctioned|were sanctioned",
                "be sanctioned",
                "been sanctioned",
            ),
        ),
        "license" => (
            ("licensed", "license", "licensed"),
            ("was licensed|were licensed", "be licensed", "been licensed"),
        ),
        "investigate" => (
            ("investigated", "investigate", "investigated"),
            (
                "was investigated|were investigated",
                "be investigated",
                "been investigated",
            ),
        ),
        _ => (
            ("paid", "pay", "paid"),
            ("was paid|were paid", "be paid", "been paid"),
        ),
    };
    let verb = if names(line, &[doer]).is_empty() {
        passive
    } else {
        active
    };
    let clause = directed(line, &verb, "", &[done_to]);
    if act == "pay" {
        return clause;
    }
    noted(clause, line.detail.as_ref())
}

/// *A proposed to B: “…”*; *A made a proposal to B*, where nothing is told of what it is.
fn proposal(line: &Line) -> Clause {
    let Some(detail) = &line.detail else {
        let told = ("made a proposal", "make a proposal", "made a proposal");
        return directed(line, &told, "to", &[Role::To]);
    };
    let told = ("proposed", "propose", "proposed");
    let mut clause = directed(line, &told, "to", &[Role::To]);
    if !clause.object.is_empty() {
        clause.object.push(": ");
    }
    clause.object = clause.object.join(Sentence::words(detail));
    clause
}

/// Adds the word of the text that says it.
fn quoting(clause: Clause, line: &Line) -> Clause {
    noted(clause, Some(line.detail.as_ref().unwrap_or(&line.trigger)))
}

/// Adds words of the text in brackets.
fn noted(mut clause: Clause, words: Option<&String>) -> Clause {
    if let Some(words) = words {
        let before = if clause.object.is_empty() { "(" } else { " (" };
        clause.object = clause
            .object
            .then(before)
            .join(Sentence::words(words))
            .then(")");
    }
    clause
}

/// Where, when, for how long, on which condition.
fn circumstances(line: &Line) -> Sentence {
    let mut out = Sentence::default();
    let told_as_object = line.kind == FactKind::Visit && names(line, &[Role::Host]).is_empty();
    if let (Some(place), false) = (&line.place, told_as_object) {
        out = out
            .then(" in ")
            .join(Sentence::names([place.name.as_str()]));
    }
    if let Some(when) = line
        .time
        .as_ref()
        .and_then(|time| measure::when(&time.value, Tongue::En))
    {
        out = out.then(&format!(" {when}"));
    }
    let lasted = line
        .duration
        .as_ref()
        .and_then(|time| measure::duration(&time.value, Tongue::En));
    if let Some(lasted) = lasted {
        out = out.then(&format!(" over {lasted}"));
    }
    if let Some(condition) = &line.condition {
        out = out
            .then(", on condition: ")
            .join(Sentence::words(condition));
    }
    out
}
