//! A fact as a phrase without a verb, for languages in which verbs agree with who acts: *لقاء بين A
//! وB*, *Встреча: A и B*. The patterns of each kind stand in `words/*.toml`; the first whose places can
//! all be filled is taken, and who is left over is added behind.

use madar_read::{Role, Status};

use crate::answer::{Line, Sentence};
use crate::measure;
use crate::tell::Words;
use crate::tongue::{Piece, Tongue, pieces};

/// What can fill the places of a pattern.
struct Values<'a> {
    line: &'a Line,
    words: &'a Words,
    tongue: Tongue,
}

pub(crate) fn sentence(line: &Line, words: &Words, tongue: Tongue) -> Sentence {
    let values = Values {
        line,
        words,
        tongue,
    };
    let patterns = tongue.list("tell", line.kind.name());
    let taken = patterns.iter().find_map(|p| values.fill(p));
    let (mut out, used) = taken.unwrap_or_else(|| {
        let everyone = values.names(|_| true).unwrap_or_default();
        (everyone, Used::Everyone)
    });
    if let Some(rest) = values.rest(&used) {
        out = values.around("rest", &out, "names", &rest);
    }
    for (key, told) in values.circumstances(&used) {
        out = values.around(key, &out, key, &told);
    }
    if line.status != Status::Asserted {
        let status = Sentence::plain(tongue.say("status", line.status.name()));
        out = values.around("held", &out, "status", &status);
    }
    out
}

/// Which roles a pattern has told.
enum Used<'a> {
    Everyone,
    Slots(Vec<&'a str>),
}

impl Values<'_> {
    fn fill<'p>(&self, pattern: &'p str) -> Option<(Sentence, Used<'p>)> {
        let mut out = Sentence::default();
        let mut slots = Vec::new();
        for piece in pieces(pattern) {
            match piece {
                Piece::Plain(text) => out.push(text),
                Piece::Slot(name) => {
                    out = out.join(self.value(name)?);
                    slots.push(name);
                }
            }
        }
        let everyone = slots.iter().any(|s| matches!(*s, "all" | "several"));
        let used = if everyone {
            Used::Everyone
        } else {
            Used::Slots(slots)
        };
        Some((out, used))
    }

    fn value(&self, slot: &str) -> Option<Sentence> {
        let line = self.line;
        let plain = |text: &Option<String>| text.clone().map(Sentence::plain);
        let words = |text: &Option<String>| text.as_deref().map(Sentence::words);
        match slot {
            "all" => self.names(|_| true),
            "several" => self.names(|_| true).filter(|_| line.parties.len() > 1),
            "parties" => {
                let parties = |role| role == Role::Party;
                let count = line.parties.iter().filter(|p| parties(p.role)).count();
                self.names(parties).filter(|_| count > 1)
            }
            "amount" => plain(&self.words.amount),
            "stake" => plain(&self.words.stake),
            "detail" => words(&line.detail),
            "trigger" => Some(Sentence::words(
                line.detail.as_deref().unwrap_or(&line.trigger),
            )),
            // *رئيس الشركة* names the organisation already
            "organisation" if self.words.detail_names_party && line.detail.is_some() => None,
            role => self.names(|r| Some(r) == Role::named(role)),
        }
    }

    fn names(&self, of: impl Fn(Role) -> bool) -> Option<Sentence> {
        let those = self.line.parties.iter().filter(|party| of(party.role));
        let names: Vec<&str> = those.map(|party| party.name.as_str()).collect();
        (!names.is_empty()).then(|| Sentence::names_in(self.tongue, names))
    }

    /// Those in roles that the pattern did not tell.
    fn rest(&self, used: &Used<'_>) -> Option<Sentence> {
        let Used::Slots(slots) = used else {
            return None;
        };
        let told = |role: Role| {
            let named = slots.contains(&role.name());
            let party = role == Role::Party && slots.contains(&"parties");
            let organisation = role == Role::Organisation && self.words.detail_names_party;
            named || party || organisation
        };
        self.names(|role| !told(role))
    }

    /// Where, when, for how long, on which condition, under the keys of their patterns.
    fn circumstances(&self, used: &Used<'_>) -> Vec<(&'static str, Sentence)> {
        let line = self.line;
        let told = |slot: &str| matches!(used, Used::Slots(slots) if slots.contains(&slot));
        let mut out = Vec::new();
        if let (Some(place), false) = (&line.place, told("place")) {
            out.push(("place", Sentence::names([place.name.as_str()])));
        }
        let time = line.time.as_ref();
        if let Some(when) = time.and_then(|t| measure::when(&t.value, self.tongue)) {
            out.push(("time", Sentence::plain(when)));
        }
        let lasted = line.duration.as_ref();
        if let Some(lasted) = lasted.and_then(|t| measure::duration(&t.value, self.tongue)) {
            out.push(("duration", Sentence::plain(lasted)));
        }
        if let Some(condition) = &line.condition {
            out.push(("condition", Sentence::words(condition)));
        }
        out
    }

    /// The sentence so far in the pattern `key`, with `value` in its place `slot`.
    fn around(&self, key: &str, sentence: &Sentence, slot: &str, value: &Sentence) -> Sentence {
        let mut out = Sentence::default();
        for piece in pieces(self.tongue.say("tell_more", key)) {
            out = match piece {
                Piece::Plain(text) => out.then(text),
                Piece::Slot("sentence") => out.join(sentence.clone()),
                Piece::Slot(name) if name == slot => out.join(value.clone()),
                Piece::Slot(_) => out,
            };
        }
        out
    }
}
