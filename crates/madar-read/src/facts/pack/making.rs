//! Makes packs ready for looking up: every trigger and cue under the forms in which texts hold it.

use madar_text::{Lang, fold};
use rustc_hash::FxHashSet;

use super::rules::{Cue, Frame, Relation, Trigger, TriggerKind, place, slot};
use super::wire::{CueFile, FramesFile, StatusFile};
use super::{Aspect, EXACTLY, Example, Pack};
use crate::arabic::{imperfect_forms, verb_forms};
use crate::reading::{FactKind, Role, Status};
use crate::russian::Russian;

impl Pack {
    /// `التقى/يلتقي`: the forms of both, the imperfect ones marked as such.
    fn add_verb(&mut self, text: &str) {
        let head = text.split_whitespace().next().unwrap_or_default();
        let Some((perfect, imperfect)) = head.split_once('/') else {
            self.verbs.insert(fold(head), Aspect::Perfect);
            return;
        };
        // أدرج may be *I include* and is *he included*.
        let shared = fold(perfect);
        let imperfects = imperfect_forms(imperfect).into_iter();
        for form in imperfects.filter(|form| !form.starts_with(&shared) && !form.starts_with('ا'))
        {
            self.verbs.entry(form).or_insert(Aspect::Imperfect);
        }
        for form in verb_forms(perfect, imperfect) {
            self.verbs.entry(form).or_insert(Aspect::Perfect);
        }
    }
}

pub(super) fn pack(
    lang: Lang,
    code: &str,
    file: FramesFile,
    status: StatusFile,
    russian: &Russian,
    examples: &mut Vec<Example>,
) -> Pack {
    let mut pack = Pack {
        prepositions: file.prepositions.iter().map(|w| fold(w)).collect(),
        that: status.that.iter().map(|w| fold(w)).collect(),
        breaks: file.breaks.iter().map(|w| fold(w)).collect(),
        classes: file.classes.iter().map(|w| fold(w)).collect(),
        helpers: file.helpers.iter().map(|w| fold(w)).collect(),
        copulas: file.copulas.iter().map(|w| fold(w)).collect(),
        many_kin: (file.many_kin.iter())
            .filter_map(|both| both.split_once('='))
            .map(|(many, one)| (fold(many), one.to_owned()))
            .collect(),
        accounts: file.accounts.iter().map(|w| fold(w)).collect(),
        accusing: verbs(&file.accusing, lang, russian),
        leaving: verbs(&file.leaving, lang, russian),
        post_words: file.post_words.iter().map(|w| fold(w)).collect(),
        nominating: verbs(&file.nominating, lang, russian),
        naming: verbs(&file.naming, lang, russian),
        not_owned: file.not_owned.iter().map(|w| fold(w)).collect(),
        whence: file.whence.iter().map(|w| fold(w)).collect(),
        against: file.against.iter().map(|w| fold(w)).collect(),
        control: file.control.iter().map(|w| fold(w)).collect(),
        quiet: verbs(&file.quiet, lang, russian),
        talk: verbs(&file.talk, lang, russian),
        of_bodies: file.of_bodies.iter().map(|w| fold(w)).collect(),
        of_states: file.of_states.iter().map(|w| fold(w)).collect(),
        shares: file.shares.iter().map(|w| fold(w)).collect(),
        seekers: file.seekers.iter().map(|w| fold(w)).collect(),
        envoys: file.envoys.iter().map(|w| fold(w)).collect(),
        no_posts: file.no_posts.iter().map(|w| fold(w)).collect(),
        private: file.private.iter().map(|w| fold(w)).collect(),
        offices: file.offices.iter().map(|w| fold(w)).collect(),
        cast: file.cast.into_iter().collect(),
        ..Pack::default()
    };
    for (at, frame) in file.frame.into_iter().enumerate() {
        let kind = FactKind::named(&frame.kind).unwrap_or_else(|| panic!("kind {}", frame.kind));
        let called = [
            &frame.name.iter().cloned().collect(),
            &frame.verbs,
            &frame.nouns,
        ];
        let called = called.into_iter().find_map(|list| list.first());
        let name = called.map_or("", String::as_str);
        let name = format!("{code}/{}/{name}", kind.name().to_lowercase());
        let mut namesakes = pack.frames.iter().filter(|f| f.name == name);
        assert!(
            namesakes.all(|_| pack.sure.contains(&name) == frame.sure),
            "{name}: one frame is sure, another of the name is not"
        );
        if frame.sure {
            pack.sure.insert(name.clone());
        }
        for (list, kind) in [
            (&frame.verbs, TriggerKind::Verb),
            (&frame.nouns, TriggerKind::Noun),
        ] {
            if kind == TriggerKind::Verb && lang == Lang::Ar {
                list.iter().for_each(|text| pack.add_verb(text));
            }
            for form in list.iter().flat_map(|t| trigger_forms(t, lang, russian)) {
                let mut words = form.into_iter();
                let Some(head) = words.next() else { continue };
                let trigger = Trigger {
                    rest: words.collect(),
                    frame: at,
                    kind,
                };
                pack.triggers.entry(head).or_default().push(trigger);
            }
        }
        examples.push(Example {
            lang,
            rule: name.clone(),
            text: frame.example,
            gives: frame.gives,
            is_relation: false,
        });
        pack.frames.push(Frame {
            name,
            kind,
            slots: frame.roles.iter().map(|text| slot(text)).collect(),
            place: frame.place.iter().map(|text| place(text)).collect(),
            amount: frame.amount,
            stake: frame.stake,
            alone: frame.alone,
            several: frame.several,
            beside: frame.beside,
            needs_amount: frame.needs_amount,
            content: frame.content,
            needs: frame.needs.iter().map(|w| key(w, lang, russian)).collect(),
            within: frame
                .within
                .iter()
                .map(|text| text.split(' ').map(fold).collect())
                .collect(),
            needs_governor: frame
                .needs_governor
                .iter()
                .flat_map(|text| trigger_forms(text, lang, russian))
                .filter_map(|words| words.into_iter().next())
                .collect(),
            status: frame
                .status
                .map(|s| Status::named(&s).unwrap_or_else(|| panic!("status {s}"))),
        });
    }
    let known = file.verbs.iter().chain(&file.quiet).chain(&file.talk);
    for text in known.filter(|_| lang == Lang::Ar) {
        pack.add_verb(text);
    }
    for list in pack.triggers.values_mut() {
        list.sort_by_key(|t| (std::cmp::Reverse(t.rest.len()), t.frame));
    }
    for relation in file.relation {
        let kind =
            FactKind::named(&relation.kind).unwrap_or_else(|| panic!("kind {}", relation.kind));
        let role = |name: &str| Role::named(name).unwrap_or_else(|| panic!("role {name}"));
        for noun in &relation.nouns {
            let name = format!("{code}/{}/{noun}", kind.name().to_lowercase());
            let (holder, of) = (role(&relation.holder), role(&relation.of));
            pack.relations.insert(
                fold(noun),
                Relation {
                    kind,
                    holder,
                    of,
                    name,
                },
            );
        }
        let rule = format!("{code}/{}", kind.name().to_lowercase());
        examples.push(Example {
            lang,
            rule,
            text: relation.example,
            gives: relation.gives,
            is_relation: true,
        });
    }
    pack.cues = status
        .cue
        .into_iter()
        .flat_map(|cue| cues(&cue, lang, russian))
        .collect();
    for (at, cue) in pack.cues.iter().enumerate() {
        let first = cue.words[0].trim_start_matches(EXACTLY).to_owned();
        pack.cue_starts.entry(first).or_default().push(at);
    }
    pack
}

/// The forms under which single verbs of a list stand in texts.
fn verbs(list: &[String], lang: Lang, russian: &Russian) -> FxHashSet<String> {
    list.iter()
        .flat_map(|text| trigger_forms(text, lang, russian))
        .filter_map(|words| words.into_iter().next())
        .collect()
}

fn cues(file: &CueFile, lang: Lang, russian: &Russian) -> Vec<Cue> {
    let status = Status::named(&file.status).unwrap_or_else(|| panic!("status {}", file.status));
    file.words
        .iter()
        .flat_map(|text| trigger_forms(text, lang, russian))
        .map(|words| Cue {
            status,
            words,
            near: file.near.unwrap_or(3),
            after: file.after,
            clause: file.clause,
            except: file.except,
            nouns: file.nouns,
            question: file.question,
            behind: file.behind.iter().map(|w| key(w, lang, russian)).collect(),
            void: file.void.iter().map(|w| fold(w)).collect(),
            but: file
                .but
                .iter()
                .map(|text| text.split_whitespace().map(fold).collect())
                .collect(),
            content: file.content,
            not_before: file
                .not_before
                .iter()
                .map(|w| key(w, lang, russian))
                .collect(),
            not_behind: file
                .not_behind
                .iter()
                .map(|w| key(w, lang, russian))
                .collect(),
        })
        .collect()
}

/// The base form of a word of the pack, as texts are looked up by it.
fn key(word: &str, lang: Lang, russian: &Russian) -> String {
    if lang == Lang::Ru && word.starts_with(EXACTLY) {
        word.to_owned()
    } else if lang == Lang::Ru {
        russian.lemma(word)
    } else {
        fold(word)
    }
}

/// The keys under which a trigger is looked up. Arabic verbs are written `التقى/يلتقي`: all forms
/// of the third person are made from the two.
fn trigger_forms(text: &str, lang: Lang, russian: &Russian) -> Vec<Vec<String>> {
    // Texts are cut at hyphens.
    let text = if lang == Lang::En {
        text.replace('-', " - ")
    } else {
        text.to_owned()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((&head, rest)) = words.split_first() else {
        return Vec::new();
    };
    let key = |word: &str| key(word, lang, russian);
    let rest: Vec<String> = rest.iter().map(|w| key(w)).collect();
    let heads = match (lang, head.split_once('/')) {
        (Lang::Ar, Some((perfect, imperfect))) => verb_forms(perfect, imperfect),
        // The dictionary may list a verb in -ся under the plain one; texts keep them apart.
        (Lang::Ru, _) if key(head) != fold(head) => vec![key(head), fold(head)],
        _ => vec![key(head)],
    };
    heads
        .into_iter()
        .map(|head| [vec![head], rest.clone()].concat())
        .collect()
}
