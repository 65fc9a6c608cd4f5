//! Protected people: whoever a person has given a code name goes by it in everything that leaves the case. The
//! name is taken out of the texts before anything is answered from them, so that no answer can let it through:
//! each way it is written in the case, with Russian endings and Arabic proclitics, and the surname alone.
//!
//! A way of writing it that no reading has met is not known here: what leaves should still be read by eye.

use std::collections::BTreeMap;

use madar_read::{HopWho, Reading};
use madar_text::{Block, Document, Lang, Place, Script, Span, fold};

use crate::decisions::Decision;
use crate::documents::Documents;
use crate::keep::Kept;
use crate::links::{LinkedEntity, Links, Publisher};
use crate::view::{At, place};

/// Letters of a Russian ending at most; *Ковалёв*, *Ковалёвыми*.
const ENDING: usize = 3;
/// Letters of a Russian word below which its endings are not cut: too much would begin alike.
const SHORTEST_STEM: usize = 4;
/// Proclitics that Arabic writes together with a name.
const PROCLITICS: [&str; 9] = ["و", "ف", "ب", "ل", "ك", "ول", "وب", "وك", "فل"];
/// Characters between two words of a name at most: a space, a hyphen, a line's end with its indent.
const GAP: usize = 3;

/// Who is protected, and how their names are written.
#[derive(Default)]
pub(crate) struct Veil {
    codes: BTreeMap<At, String>,
    /// By the first folded word of a name the whole of it, the longest first, with the code name.
    forms: Vec<Form>,
}

/// One way of writing a name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Form {
    words: Vec<String>,
    code: String,
}

/// A text without the names, and what became of its places.
struct Covered {
    text: String,
    cuts: Vec<Cut>,
}

/// The stretch of a text that a code name stands for.
struct Cut {
    from: usize,
    to: usize,
    code: usize,
}

impl Veil {
    pub(crate) fn new(kept: &Documents, links: &Links, decisions: &[Decision]) -> Self {
        let mut out = Self::default();
        for decision in decisions {
            let Decision::Protected(thing, code) = decision else {
                continue;
            };
            let Some(document) = kept.position(thing.document) else {
                continue;
            };
            let wanted = fold(&thing.name);
            let mentions = kept[document].reading.mentions.iter();
            let mut bears = mentions.zip(&links.places(document).entity_of);
            let found = bears.find(|(mention, _)| fold(&mention.name) == wanted);
            if let Some((_, &entity)) = found {
                out.codes.insert(entity, code.clone());
            }
        }
        for (&entity, code) in &out.codes {
            let linked = &links.entity(entity).linked;
            let mut written: Vec<String> = linked.names.iter().map(|n| n.text.clone()).collect();
            for &(document, mention) in &linked.mentions {
                let kept = &kept[place(document)];
                let mention = &kept.reading.mentions[mention.at()];
                if mention.form != madar_read::MentionForm::Description {
                    written.push(mention.span.of(&kept.document.text).to_owned());
                }
            }
            for name in written {
                let words: Vec<String> = words(&name).map(|(_, word)| fold(word)).collect();
                let surname = words
                    .last()
                    .filter(|_| linked.kind == madar_read::EntityKind::Person);
                let alone = surname.filter(|word| word.chars().count() > 2).cloned();
                for words in [Some(words), alone.map(|word| vec![word])]
                    .into_iter()
                    .flatten()
                {
                    if !words.is_empty() {
                        let code = code.clone();
                        out.forms.push(Form { words, code });
                    }
                }
            }
        }
        out.forms
            .sort_by(|a, b| (b.words.len(), a).cmp(&(a.words.len(), b)));
        out.forms.dedup();
        out
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// Code names, by whom they stand for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = (At, &str)> {
        self.codes.iter().map(|(at, code)| (*at, code.as_str()))
    }

    /// The words with code names for names.
    pub(crate) fn covered(&self, text: &str) -> String {
        self.cover(text).text
    }

    fn cover(&self, text: &str) -> Covered {
        let all: Vec<(usize, &str)> = words(text).collect();
        let mut out = Covered {
            text: String::with_capacity(text.len()),
            cuts: Vec::new(),
        };
        let (mut at, mut done) = (0, 0);
        while at < all.len() {
            let Some((form, skipped)) = self.form_at(text, &all[at..]) else {
                at += 1;
                continue;
            };
            let last = all[at + form.words.len() - 1];
            let (from, to) = (all[at].0 + skipped, last.0 + last.1.len());
            out.text.push_str(&text[done..from]);
            out.text.push_str(&form.code);
            out.cuts.push(Cut {
                from,
                to,
                code: form.code.len(),
            });
            done = to;
            at += form.words.len();
        }
        out.text.push_str(&text[done..]);
        out
    }

    /// A stretch of the text without the names, in the text with them.
    pub(crate) fn uncovered(&self, text: &str, span: Span) -> Span {
        let covered = self.cover(text);
        let back = |at: u32, ends: bool| {
            let at = at as usize;
            let mut grown = 0isize;
            for cut in &covered.cuts {
                let from = cut.from.saturating_add_signed(grown);
                if at <= from {
                    break;
                }
                if at < from + cut.code {
                    return if ends { cut.to } else { cut.from };
                }
                grown += cut.code.cast_signed() - (cut.to - cut.from).cast_signed();
            }
            at.saturating_add_signed(-grown)
        };
        let (start, end) = (back(span.start, false), back(span.end, true));
        Span::from_range(start..end.max(start))
    }

    /// The longest name that begins here, and how many bytes of its first word are a proclitic.
    fn form_at(&self, text: &str, here: &[(usize, &str)]) -> Option<(&Form, usize)> {
        let (_, first) = here.first()?;
        self.forms.iter().find_map(|form| {
            let all = here.get(..form.words.len())?;
            let near = all.windows(2).all(|pair| {
                let gap = &text[pair[0].0 + pair[0].1.len()..pair[1].0];
                gap.chars().count() <= GAP
            });
            let rest = all.iter().zip(&form.words).skip(1);
            let alike = near
                && rest
                    .into_iter()
                    .all(|((_, word), name)| is_form(&fold(word), name));
            let skipped = proclitic(first, &form.words[0]).filter(|_| alike)?;
            Some((form, skipped))
        })
    }

    /// The document as it may leave.
    pub(crate) fn document(&self, kept: &Kept) -> Kept {
        let covered = self.cover(&kept.document.text);
        let at = |span: Span| covered.place(span);
        let told = |words: &Option<String>| words.as_deref().map(|words| self.covered(words));
        let mut meta = kept.document.meta.clone();
        for field in [
            &mut meta.title,
            &mut meta.publisher,
            &mut meta.author,
            &mut meta.address,
            &mut meta.origin,
        ] {
            *field = told(field);
        }
        let blocks = kept.document.blocks.iter().map(|block| Block {
            span: at(block.span),
            ..*block
        });
        let places = kept.document.places.iter().map(|place| Place {
            start: at(Span::new(place.start, place.start)).start,
            spot: place.spot.clone(),
        });
        Kept {
            id: kept.id,
            document: Document {
                bytes: kept.document.bytes,
                meta,
                blocks: blocks.collect(),
                places: places.collect(),
                warnings: kept.document.warnings.clone(),
                text: covered.text.clone(),
            },
            reading: self.reading(&kept.reading, &at),
        }
    }

    fn reading(&self, reading: &Reading, at: &dyn Fn(Span) -> Span) -> Reading {
        let mut out = reading.clone();
        let hop = |who: &mut HopWho| {
            if let HopWho::Anonymous(span) = who {
                *span = at(*span);
            }
        };
        out.sentences.iter_mut().for_each(|span| *span = at(*span));
        for mention in &mut out.mentions {
            mention.span = at(mention.span);
            mention.name = self.covered(&mention.name);
        }
        out.times
            .iter_mut()
            .for_each(|time| time.span = at(time.span));
        out.amounts
            .iter_mut()
            .for_each(|amount| amount.span = at(amount.span));
        for attribution in &mut out.attributions {
            attribution.source.span = at(attribution.source.span);
            attribution.cue = attribution.cue.map(at);
            attribution.content = at(attribution.content);
            attribution.chain.iter_mut().for_each(|h| hop(&mut h.who));
        }
        for fact in &mut out.facts {
            fact.detail = fact.detail.map(at);
            fact.condition = fact.condition.map(at);
            fact.passage = at(fact.passage);
            fact.trigger = at(fact.trigger);
            fact.chain.iter_mut().for_each(|h| hop(&mut h.who));
        }
        for referent in &mut out.referents {
            referent.name = self.covered(&referent.name);
        }
        let stated = &mut out.publication.publisher_name;
        *stated = stated.as_deref().map(|name| self.covered(name));
        out
    }

    /// The entity as it may leave.
    pub(crate) fn entity(&self, at: At, held: &LinkedEntity) -> LinkedEntity {
        let mut out = held.clone();
        let linked = &mut out.linked;
        if let Some(code) = self.codes.get(&at) {
            linked.name.clone_from(code);
            linked.listed = None;
            linked.described.clear();
            linked.merges.clear();
            // one line for all ways of writing it
            let times = linked.names.iter().map(|name| name.count).sum();
            linked.names.truncate(1);
            for name in &mut linked.names {
                name.text.clone_from(code);
                name.lang = Lang::Other;
                name.script = Script::of_text(code).unwrap_or(Script::Other);
                name.count = times;
            }
        }
        linked.name = self.covered(&linked.name);
        for name in &mut linked.names {
            name.text = self.covered(&name.text);
        }
        for words in &mut linked.described {
            *words = self.covered(words);
        }
        for merge in &mut linked.merges {
            for words in [&mut merge.a, &mut merge.b, &mut merge.why] {
                *words = self.covered(words);
            }
        }
        for publisher in &mut out.publishers {
            if let Publisher::Stated(name) = publisher {
                *name = self.covered(name);
            }
        }
        out
    }
}

impl Covered {
    /// Where a span of the text came to stand; what lies within a name is the whole code name.
    fn place(&self, span: Span) -> Span {
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        let (mut before, mut through) = (0isize, 0isize);
        for cut in &self.cuts {
            let grown = cut.code.cast_signed() - (cut.to - cut.from).cast_signed();
            if cut.to <= span.start as usize {
                before += grown;
            } else if cut.from < span.start as usize {
                start = cut.from;
            }
            if cut.to <= span.end as usize {
                through += grown;
            } else if cut.from < span.end as usize {
                end = cut.to;
                through += grown;
            }
        }
        let moved = |at: usize, by: isize| at.checked_add_signed(by).unwrap_or(0);
        let (start, end) = (moved(start, before), moved(end, through));
        Span::from_range(start.min(end)..end.max(start))
    }
}

/// The words of a text with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let parts = parts.filter(|word| !word.is_empty());
    parts.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

/// Whether a folded word is a form of a folded word of a name.
fn is_form(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    if Script::of_text(name) != Some(Script::Cyrillic) {
        return false;
    }
    let stem = name.trim_end_matches(['а', 'я', 'о', 'е', 'у', 'ю', 'и', 'ы', 'й', 'ь', 'м']);
    let rest = word.strip_prefix(stem).map(|rest| rest.chars().count());
    stem.chars().count() >= SHORTEST_STEM && rest.is_some_and(|letters| letters <= ENDING)
}

/// Bytes of the word that stand before the name, if it is the name.
fn proclitic(word: &str, name: &str) -> Option<usize> {
    if is_form(&fold(word), name) {
        return Some(0);
    }
    if Script::of_text(name) != Some(Script::Arabic) {
        return None;
    }
    PROCLITICS.iter().find_map(|clitic| {
        let rest = word.strip_prefix(clitic)?;
        (fold(rest) == name).then_some(clitic.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil(names: &[&str]) -> Veil {
        let form = |name: &&str| Form {
            words: words(name).map(|(_, word)| fold(word)).collect(),
            code: "Source Nine".to_owned(),
        };
        let mut forms: Vec<Form> = names.iter().map(form).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.words.len()));
        Veil {
            codes: BTreeMap::from([(0, "Source Nine".to_owned())]),
            forms,
        }
    }

    #[test]
    fn a_name_is_covered_however_it_is_written() {
        let check = |names: &[&str], text: &str, expect: &str| {
            assert_eq!(veil(names).covered(text), expect);
        };
        let latin = ["Curtis Weller", "Weller"];
        check(
            &latin,
            "“Weller’s,” said CURTIS\n  WELLER.",
            "“Source Nine’s,” said Source Nine.",
        );
        check(&latin, "Wellerman met Curtis.", "Wellerman met Curtis.");
        let russian = ["Ольга Карпина", "Карпина"];
        check(
            &russian,
            "Об Ольге Карпиной и Карпину",
            "Об Source Nine и Source Nine",
        );
        let arabic = ["كورتيس ويلر", "ويلر"];
        check(
            &arabic,
            "قال كورتيس ويلر وويلر",
            "قال Source Nine وSource Nine",
        );
    }

    #[test]
    fn spans_follow_their_words() {
        let text = "Then Curtis Weller met Mikael in Doha.";
        let covered = veil(&["Curtis Weller", "Weller"]).cover(text);
        let of = |words: &str| {
            let from = text.find(words).unwrap();
            let span = covered.place(Span::from_range(from..from + words.len()));
            span.of(&covered.text).to_owned()
        };
        for words in ["Then", "met Mikael", "in Doha."] {
            assert_eq!(of(words), words);
        }
        for words in ["Curtis Weller", "Weller", "Curtis"] {
            assert_eq!(of(words), "Source Nine", "{words}");
        }
        assert_eq!(of("Weller met"), "Source Nine met");
        assert_eq!(of(text), covered.text);
    }
}
