//! The contest's measure of task 1 with places of both kinds taken as one. A name found pairs with one of
//! the annotation that shares a token; the pair is worth the share of tokens that both have, where of the
//! annotation only the tokens of the name itself weigh (*компания «Волна»*: *Волна*). Names inside names
//! of bodies, and things without a name, are left out of account.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::opened::Opened;

/// Classes in the contest's writing.
pub(crate) const CLASSES: [&str; 3] = ["PER", "LOC", "ORG"];

/// Worth of pairs, names found, names wanted.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub(crate) struct Worth {
    pub(crate) right: f64,
    pub(crate) found: u32,
    pub(crate) wanted: u32,
}

impl Worth {
    pub(crate) fn add(&mut self, other: Worth) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    pub(crate) fn precision(self) -> f64 {
        self.right / f64::from(self.found.max(1))
    }

    pub(crate) fn recall(self) -> f64 {
        self.right / f64::from(self.wanted.max(1))
    }

    pub(crate) fn f1(self) -> f64 {
        2.0 * self.right / f64::from((self.found + self.wanted).max(1))
    }
}

/// Numbers of tokens.
type Tokens = BTreeSet<usize>;

struct Wanted {
    class: usize,
    tokens: Tokens,
    /// Tokens of the name itself.
    weighty: Tokens,
    /// Stands inside a larger name that may hold it.
    inside: bool,
}

/// Scores the names of one text, by class; `answers` are class, first character and length.
pub(crate) fn worth(text: &Path, answers: &[(usize, u32, u32)]) -> anyhow::Result<[Worth; 3]> {
    let tokens = tokens(text)?;
    let wanted = wanted(text, &tokens)?;
    let found: Vec<(usize, Tokens)> = answers
        .iter()
        .map(|&(class, from, length)| {
            let inside = tokens
                .iter()
                .filter(|t| !t.mark && t.from >= from && t.from + t.length <= from + length);
            (class, inside.map(|t| t.id).collect())
        })
        .collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (w, want) in wanted.iter().enumerate() {
        for (f, (class, own)) in found.iter().enumerate() {
            let shared = want.tokens.intersection(own).count();
            if *class == want.class && shared > 0 {
                let all = want.tokens.union(own).count();
                pairs.push((ratio(shared, all), w, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut to, mut from) = (vec![None; wanted.len()], vec![false; found.len()]);
    for (_, w, f) in pairs {
        if to[w].is_none() && !from[f] {
            (to[w], from[f]) = (Some(f), true);
        }
    }
    let mut out = [Worth::default(); 3];
    for (w, want) in wanted.iter().enumerate() {
        if is_ignored(&wanted, &to, w) {
            continue;
        }
        out[want.class].wanted += 1;
        if let Some(f) = to[w] {
            out[want.class].found += 1;
            out[want.class].right += quality(want, &found[f].1);
        }
    }
    for (f, (class, _)) in found.iter().enumerate() {
        out[*class].found += u32::from(!from[f]);
    }
    Ok(out)
}

#[allow(clippy::cast_precision_loss)] // tokens of a name
fn ratio(a: usize, b: usize) -> f64 {
    a as f64 / b as f64
}

fn quality(want: &Wanted, own: &Tokens) -> f64 {
    let right = want.weighty.intersection(own).count();
    let missed = want.weighty.difference(own).count();
    let wrong = own.difference(&want.tokens).count();
    ratio(right, (right + missed + wrong).max(1))
}

/// Without a name, inside another, or the same words as another that counts.
fn is_ignored(wanted: &[Wanted], to: &[Option<usize>], at: usize) -> bool {
    let own = &wanted[at];
    if own.weighty.is_empty() || own.inside {
        return true;
    }
    let twin = (0..wanted.len()).find(|&o| o != at && wanted[o].tokens == own.tokens);
    let Some(twin) = twin else { return false };
    let other = &wanted[twin];
    if to[at].is_some() != to[twin].is_some() {
        return to[at].is_none();
    }
    if other.class == own.class {
        at > twin
    } else {
        own.class != ORG && other.class == ORG
    }
}

const ORG: usize = 2;

struct Token {
    id: usize,
    from: u32,
    length: u32,
    /// Punctuation, which weighs nothing.
    mark: bool,
}

fn tokens(text: &Path) -> anyhow::Result<Vec<Token>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(text.with_extension("tokens"))?.lines() {
        let cells: Vec<&str> = line.splitn(4, ' ').collect();
        if let [id, from, length, shown] = cells[..] {
            out.push(Token {
                id: id.parse()?,
                from: from.parse()?,
                length: length.parse()?,
                mark: !shown.chars().any(char::is_alphanumeric),
            });
        }
    }
    Ok(out)
}

/// Parts of a name that weigh, by the class of the whole.
fn weighs(class: usize, part: &str) -> bool {
    if class == 0 {
        matches!(part, "name" | "surname" | "patronymic" | "nickname")
    } else {
        matches!(part, "org_name" | "loc_name")
    }
}

fn wanted(text: &Path, tokens: &[Token]) -> anyhow::Result<Vec<Wanted>> {
    let marks: Tokens = tokens.iter().filter(|t| t.mark).map(|t| t.id).collect();
    let mut spans: BTreeMap<String, (String, Tokens)> = BTreeMap::new();
    for line in std::fs::read_to_string(text.with_extension("spans"))?.lines() {
        let Some((left, right)) = line.split_once('#') else {
            continue;
        };
        let left: Vec<&str> = left.split_whitespace().collect();
        let [id, kind, _, _, _, count] = left[..] else {
            continue;
        };
        let own = right.split_whitespace().take(count.parse()?);
        let own: Tokens = own.map(str::parse).collect::<Result<_, _>>()?;
        let own = own.difference(&marks).copied().collect();
        spans.insert(id.to_owned(), (kind.to_owned(), own));
    }
    let mut out: Vec<Wanted> = Vec::new();
    for line in std::fs::read_to_string(text.with_extension("objects"))?.lines() {
        let left = line.split('#').next().unwrap_or_default();
        let cells: Vec<&str> = left.split_whitespace().collect();
        let [_, kind, ids @ ..] = &cells[..] else {
            continue;
        };
        let class = match *kind {
            "Person" => 0,
            "Location" | "LocOrg" => 1,
            "Org" | "Organization" => ORG,
            _ => continue,
        };
        let own = || ids.iter().filter_map(|id| spans.get(*id));
        out.push(Wanted {
            class,
            tokens: own().flat_map(|s| &s.1).copied().collect(),
            weighty: own()
                .filter(|s| weighs(class, &s.0))
                .flat_map(|s| &s.1)
                .copied()
                .collect(),
            inside: false,
        });
    }
    for at in 0..out.len() {
        let own = &out[at];
        let holds = |other: &Wanted| {
            let may = other.class == ORG || other.class == 1 && own.class < ORG;
            may && other.tokens.len() > own.tokens.len() && own.tokens.is_subset(&other.tokens)
        };
        let inside = out.iter().any(holds);
        out[at].inside = inside;
    }
    Ok(out)
}

/// Names of a reading as answers of task 1.
pub(super) fn answers(opened: &Opened, reading: &madar_read::Reading) -> Vec<(usize, u32, u32)> {
    use madar_read::{EntityKind, MentionForm};
    let named = reading.mentions.iter();
    let named = named.filter(|m| m.form != MentionForm::Description);
    named
        .filter_map(|mention| {
            let class = match mention.kind {
                EntityKind::Person => 0,
                EntityKind::Place => 1,
                kind if kind.is_body() => ORG,
                _ => return None,
            };
            let (from, to) = opened.points(mention.span);
            Some((class, from, to - from))
        })
        .collect()
}
