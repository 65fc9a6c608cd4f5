//! The stories' told chains: for each telling, the chain that the reading gives its passage against
//! the chain that the text states, whole and hop by hop.
//!
//! A hop is right when it is the same outlet, person or body by any of its names, when both are an
//! unnamed source, or when both are a paper. Nothing here depends on whether a fact was found.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use madar_read::{EntityKind, Hop, HopWho, Kit, Reading, SourceKind};
use madar_text::{Document, Span, fold};

use crate::reading;
use crate::stories::{Story, stories};

/// Right and all tellings by the number of hops of the told chain; *3* is three and more.
type Counts = BTreeMap<(String, usize), [u32; 2]>;

pub(crate) fn score(gold: &Path, kit: &Kit, misses: bool) -> anyhow::Result<()> {
    let mut counts = Counts::new();
    for (folder, story) in stories(gold)? {
        for article in &story.articles {
            let file = folder.join(&article.file);
            let day = article.published.get(..10);
            let given = reading::given(&file, Some(article.publisher.clone()), day)?;
            let document = madar_open::open(&std::fs::read(&file)?, &given)?;
            let reading = madar_read::read(&document, kit);
            let tellings = story.claims.iter().flat_map(|c| &c.tellings);
            for telling in tellings.filter(|t| t.article == article.id) {
                let Some(at) = document.text.find(&telling.passage) else {
                    continue;
                };
                let passage = Span::from_range(at..at + telling.passage.len());
                let hops = madar_read::chain_at(&reading, passage);
                let told = || std::iter::once(&telling.told_chain).chain(&telling.told_chain_alt);
                let page = Page {
                    document: &document,
                    reading: &reading,
                    story: &story,
                    kit,
                };
                let right = told().any(|chain| page.same(&chain[1..], &hops));
                let length = telling.told_chain.len().min(3);
                for lang in [article.lang.as_str(), "all"] {
                    let count = counts.entry((lang.to_owned(), length)).or_default();
                    count[0] += u32::from(right);
                    count[1] += 1;
                }
                if misses && !right {
                    let shown: Vec<String> = hops.iter().map(|h| page.show(h)).collect();
                    println!(
                        "{} {:?}\n   read {shown:?}\n   {}",
                        article.id, telling.told_chain, telling.passage
                    );
                }
            }
        }
    }
    print!("{}", table(&counts));
    Ok(())
}

fn table(counts: &Counts) -> String {
    let mut out =
        String::from("| | publisher alone | two hops | three and more |\n|---|---|---|---|\n");
    for lang in ["ar", "en", "ru", "all"] {
        let cell = |length: usize| {
            let [right, all] = counts
                .get(&(lang.to_owned(), length))
                .copied()
                .unwrap_or_default();
            format!(
                "{:.2} ({right}/{all})",
                f64::from(right) / f64::from(all.max(1))
            )
        };
        let _ = writeln!(out, "| {lang} | {} | {} | {} |", cell(1), cell(2), cell(3));
    }
    out
}

struct Page<'a> {
    document: &'a Document,
    reading: &'a Reading,
    story: &'a Story,
    kit: &'a Kit,
}

impl Page<'_> {
    /// The agency that a credit line names is a hop that no sentence states.
    fn same(&self, told: &[String], hops: &[Hop]) -> bool {
        let credits = &self.reading.publication.credits;
        let credit = credits.first().filter(|_| credits.len() == 1);
        let credit = credit.and_then(|id| self.kit.gazetteer.entry(id));
        if let Some(agency) = credit {
            let Some((first, rest)) = told.split_first() else {
                return false;
            };
            let listed = self.kit.gazetteer.lookup(first, self.kit.russian);
            let named = listed.is_some_and(|entry| entry.id == agency.id);
            let again = hops.first().is_some_and(|h| self.same_hop(first, h));
            let hops = if again { &hops[1..] } else { hops };
            return named && rest.len() == hops.len() && self.all_same(rest, hops);
        }
        self.all_same(told, hops)
    }

    fn all_same(&self, told: &[String], hops: &[Hop]) -> bool {
        told.len() == hops.len() && told.iter().zip(hops).all(|(t, h)| self.same_hop(t, h))
    }

    fn same_hop(&self, told: &str, hop: &Hop) -> bool {
        let paper = told.ends_with("(document)");
        if told.ends_with("(anonymous)") {
            return matches!(hop.who, HopWho::Anonymous(_)) && !self.is_paper(hop);
        }
        if paper {
            return self.is_paper(hop);
        }
        let HopWho::Mention(id) = &hop.who else {
            return false;
        };
        let referent = &self.reading.referents[self.reading.referent_of[id.at()].at()];
        let names = self.names(referent.listed.as_deref(), *id);
        let told_name = self.story.names.iter().find(|n| n.en == told);
        let wanted = told_name
            .into_iter()
            .flat_map(|n| n.forms.values().flatten());
        // A bracket tells namesakes apart; it is no part of the name.
        let bare = |name: &str| fold(name.split(" (").next().unwrap_or(name));
        let mut wanted = wanted.map(String::as_str).chain([told]).map(bare);
        wanted.any(|w| {
            let full = |n: &&String| n.contains(' ') && w.ends_with(n.as_str());
            names.contains(&w) || names.iter().any(|n| full(&n))
        })
    }

    /// All names of what a mention stands for, folded.
    fn names(&self, listed: Option<&str>, id: madar_read::MentionId) -> Vec<String> {
        let referent = &self.reading.referents[self.reading.referent_of[id.at()].at()];
        let mut names: Vec<String> = vec![fold(&referent.name)];
        for mention in &referent.mentions {
            let mention = &self.reading.mentions[mention.at()];
            names.push(fold(&mention.name));
            names.push(fold(mention.span.of(&self.document.text)));
        }
        if let Some(entry) = listed.and_then(|id| self.kit.gazetteer.entry(id)) {
            names.extend(entry.names.iter().map(|n| fold(n)));
        }
        names
    }

    /// A paper, named or described.
    fn is_paper(&self, hop: &Hop) -> bool {
        match &hop.who {
            HopWho::Mention(id) => self.reading.mentions[id.at()].kind == EntityKind::Paper,
            HopWho::Anonymous(span) => self
                .reading
                .attributions
                .iter()
                .any(|a| a.source.kind == SourceKind::Paper && a.source.span.overlaps(*span)),
        }
    }

    fn show(&self, hop: &Hop) -> String {
        let (span, mark) = match &hop.who {
            HopWho::Mention(id) => (self.reading.mentions[id.at()].span, ""),
            HopWho::Anonymous(span) => (*span, " (anonymous)"),
        };
        format!("{}{mark} {:?}", span.of(&self.document.text), hop.basis)
    }
}
