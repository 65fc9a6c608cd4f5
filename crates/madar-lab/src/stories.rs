//! The gold's stories: several articles on one affair, with every claim, its tellings and its true
//! number of independent chains. Here: which tellings the fact rules find when the names are given.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use madar_read::{Annotated, EntityKind, Found, Kit, Mention, MentionForm, ReferentId};
use madar_text::{Document, Lang, Span, fold};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Story {
    pub(crate) articles: Vec<Article>,
    pub(crate) names: Vec<Name>,
    pub(crate) claims: Vec<Claim>,
}

#[derive(Deserialize)]
pub(crate) struct Article {
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) publisher: String,
    pub(crate) published: String,
    pub(crate) file: String,
}

#[derive(Deserialize)]
pub(crate) struct Name {
    pub(crate) en: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) forms: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(crate) struct Claim {
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) kind_alt: Vec<String>,
    #[serde(default)]
    pub(crate) participants: Vec<String>,
    #[serde(default)]
    pub(crate) roles: BTreeMap<String, Filled>,
    pub(crate) status: String,
    #[serde(default)]
    pub(crate) time: Option<String>,
    #[serde(default)]
    pub(crate) amount: Option<Amount>,
    #[serde(default)]
    pub(crate) stake: Option<String>,
    #[serde(default)]
    pub(crate) place: Option<String>,
    /// Of a Role, in English.
    #[serde(default)]
    pub(crate) post: Option<String>,
    /// Of an Associate, in English.
    #[serde(default)]
    pub(crate) tie: Option<String>,
    /// Of a Family, in English.
    #[serde(default)]
    pub(crate) kinship: Option<String>,
    pub(crate) tellings: Vec<Telling>,
    pub(crate) k_true: u32,
    /// Transmitters on every true chain.
    #[serde(default)]
    pub(crate) common_links_true: Vec<String>,
}

/// Who fills a role: one or several.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Filled {
    One(String),
    Several(Vec<String>),
}

impl Filled {
    pub(crate) fn names(&self) -> &[String] {
        match self {
            Filled::One(name) => std::slice::from_ref(name),
            Filled::Several(names) => names,
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Amount {
    pub(crate) value: i64,
    pub(crate) currency: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Telling {
    pub(crate) article: String,
    pub(crate) passage: String,
    pub(crate) told_chain: Vec<String>,
    pub(crate) true_chain: Vec<String>,
    /// Participants that the article does not name.
    #[serde(default)]
    pub(crate) understood: Vec<String>,
    /// Other readings that can be defended.
    #[serde(default, deserialize_with = "chains")]
    pub(crate) told_chain_alt: Vec<Vec<String>>,
}

/// One chain, or a list of them.
fn chains<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<Vec<String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Chains {
        Many(Vec<Vec<String>>),
        One(Vec<String>),
    }
    Ok(match Chains::deserialize(source)? {
        Chains::Many(many) => many,
        Chains::One(one) => vec![one],
    })
}

/// The stories below a folder, by name.
pub(crate) fn stories(gold: &Path) -> anyhow::Result<Vec<(PathBuf, Story)>> {
    let folder = gold.join("stories");
    let mut out = Vec::new();
    let entries = std::fs::read_dir(&folder)
        .with_context(|| format!("no stories at {}: nothing is measured", folder.display()))?;
    for entry in entries {
        let folder = entry?.path();
        let file = folder.join("story.json");
        if file.exists() {
            let story = serde_json::from_slice(&std::fs::read(&file)?)
                .with_context(|| format!("{} is no story", file.display()))?;
            out.push((folder, story));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(out)
}

/// Which tellings are found when every form of every name is given.
pub(crate) fn facts_given_names(gold: &Path) -> anyhow::Result<()> {
    let kit = Kit::bundled();
    let show = std::env::var_os("MADAR_LAB_SHOW").is_some();
    let mut counts: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for (folder, story) in stories(gold)? {
        for article in &story.articles {
            let text = std::fs::read_to_string(folder.join(&article.file))?;
            let lang = Lang::from_code(&article.lang);
            let (document, annotated) = annotate(&text, lang, &story, &kit);
            let read = madar_read::facts_of(&document, &annotated, &kit);
            if show {
                print_found(&article.id, &read, &text);
            }
            for claim in &story.claims {
                for telling in claim.tellings.iter().filter(|t| t.article == article.id) {
                    let (found, status) = find(claim, telling, &text, &read, &story);
                    for key in [
                        format!("{} {}", article.lang, claim.kind),
                        format!("{} all", article.lang),
                    ] {
                        let count = counts.entry(key).or_default();
                        count[0] += 1;
                        count[1] += u32::from(found);
                        count[2] += u32::from(status);
                    }
                    if !found {
                        println!(
                            "missed {} {} {} {:?} | {}",
                            article.id,
                            claim.kind,
                            claim.status,
                            claim.participants,
                            telling.passage
                        );
                    }
                }
            }
        }
    }
    for (key, [all, found, status]) in counts {
        println!("{key}: {found} of {all} tellings found, {status} with their status");
    }
    Ok(())
}

/// Every fact found, for reading through what is wrong.
fn print_found(article: &str, read: &Found, text: &str) {
    for fact in &read.facts {
        let who = fact.participants.iter().map(|p| {
            let shown = read.mentions[p.mention.at()].span.of(text);
            format!("{}={shown}", p.role.name())
        });
        println!(
            "found {article} {} {} {} by {} | {}",
            fact.kind.name(),
            fact.status.name(),
            who.collect::<Vec<_>>().join(" "),
            fact.rule,
            fact.passage.of(text)
        );
    }
}

fn find(claim: &Claim, telling: &Telling, text: &str, read: &Found, story: &Story) -> (bool, bool) {
    let Some(at) = text.find(&telling.passage) else {
        return (false, false);
    };
    let passage = Span::from_range(at..at + telling.passage.len());
    let wanted: Vec<usize> = claim
        .participants
        .iter()
        .filter_map(|p| story.names.iter().position(|n| n.en == *p))
        .collect();
    let matching = read.facts.iter().filter(|fact| {
        let kind = fact.kind.name();
        let who = fact
            .participants
            .iter()
            .filter_map(|p| read.things[p.mention.at()])
            .map(ReferentId::at);
        let shared = who.filter(|thing| wanted.contains(thing)).count();
        (kind == claim.kind || claim.kind_alt.iter().any(|k| k == kind))
            && fact.passage.overlaps(passage)
            && shared >= wanted.len().min(2)
    });
    let statuses: Vec<&str> = matching.map(|f| f.status.name()).collect();
    (
        !statuses.is_empty(),
        statuses.contains(&claim.status.as_str()),
    )
}

/// A form of a name where it stands in a text, with all things of the story that go by it.
pub(crate) struct Occurrence {
    pub(crate) span: Span,
    pub(crate) form: String,
    pub(crate) things: Vec<usize>,
}

/// Every form of every name of the story in a text, the longest first, not overlapping. Russian words
/// are compared by their dictionary form.
pub(crate) fn occurrences(
    document: &Document,
    lang: Lang,
    story: &Story,
    kit: &Kit,
) -> Vec<Occurrence> {
    let key = |word: &str| {
        if lang == Lang::Ru {
            kit.russian.lemma(word)
        } else {
            fold(word)
        }
    };
    let mut forms: BTreeMap<Vec<String>, (String, Vec<usize>)> = BTreeMap::new();
    for (thing, name) in story.names.iter().enumerate() {
        for form in name.forms.values().flatten() {
            let whole = Span::from_range(0..form.len());
            let tokens = madar_text::tokens(form, whole, Lang::Other);
            let words: Vec<String> = tokens.iter().map(|t| key(t.span.of(form))).collect();
            let slot = forms.entry(words).or_insert((form.clone(), Vec::new()));
            if !slot.1.contains(&thing) {
                slot.1.push(thing);
            }
        }
    }
    let mut forms: Vec<_> = forms.into_iter().filter(|(w, _)| !w.is_empty()).collect();
    forms.sort_by_key(|(words, (_, things))| (std::cmp::Reverse(words.len()), things[0]));
    let mut out = Vec::new();
    for sentence in madar_read::words::words(document, kit) {
        let words = &sentence.words;
        let mut at = 0;
        while at < words.len() {
            let shown = |i: usize| {
                if lang == Lang::Ru {
                    &words[i].lemma
                } else {
                    &words[i].fold
                }
            };
            // A name's own letters may look like proclitics: كواي.
            let whole = |i: usize| fold(words[i].span.of(&document.text));
            let is = |i: usize, key: &str| {
                shown(i) == key || words[i].span != words[i].host && whole(i) == key
            };
            let hit = forms.iter().find(|(form, _)| {
                at + form.len() <= words.len() && (0..form.len()).all(|i| is(at + i, &form[i]))
            });
            let Some((words_of, (form, things))) = hit else {
                at += 1;
                continue;
            };
            let bare = *shown(at) == words_of[0];
            let first = if bare { words[at].host } else { words[at].span };
            out.push(Occurrence {
                span: first.to(words[at + words_of.len() - 1].span),
                form: form.clone(),
                things: things.clone(),
            });
            at += words_of.len();
        }
    }
    out
}

/// The mention of a thing of the story in one of its forms.
pub(crate) fn mention(span: Span, form: &str, name: &Name, lang: Lang, kit: &Kit) -> Mention {
    let kind = match name.kind.as_str() {
        "Outlet" => EntityKind::Organization,
        "Document" => EntityKind::Paper,
        kind => EntityKind::named(kind).unwrap_or(EntityKind::Organization),
    };
    let listed = kit
        .gazetteer
        .lookup(form, kit.russian)
        .map(|e| e.id.clone());
    Mention {
        span,
        kind,
        form: MentionForm::Name,
        lang,
        name: form.to_owned(),
        listed,
        of: None,
        noun: None,
    }
}

/// The article with every form of every name marked.
fn annotate(text: &str, lang: Lang, story: &Story, kit: &Kit) -> (Document, Annotated) {
    let document = crate::text::by_lines(text.to_owned(), lang);
    let found = occurrences(&document, lang, story, kit);
    let things = found.iter().map(|o| ReferentId::new(o.things[0])).collect();
    let mentions = found
        .iter()
        .map(|o| mention(o.span, &o.form, &story.names[o.things[0]], lang, kit))
        .collect();
    let annotated = Annotated {
        mentions,
        things,
        described: false,
        times: Vec::new(),
        amounts: Vec::new(),
    };
    (document, annotated)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_passage_of_the_further_stories_stands_once_in_its_article() {
        let all = stories(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("they are here");
        assert_eq!(all.len(), 12);
        for (folder, story) in all {
            let mut texts: BTreeMap<&str, String> = BTreeMap::new();
            for article in &story.articles {
                let text = std::fs::read_to_string(folder.join(&article.file));
                texts.insert(&article.id, text.expect("the article is here"));
            }
            let names: BTreeSet<&str> = story.names.iter().map(|name| name.en.as_str()).collect();
            for claim in &story.claims {
                for who in &claim.participants {
                    assert!(names.contains(who.as_str()), "{who} has no forms");
                }
                for telling in &claim.tellings {
                    let found = texts[telling.article.as_str()].matches(&telling.passage);
                    assert_eq!(found.count(), 1, "{}", telling.passage);
                }
            }
        }
    }
}
