//! What a case knows of an entity, as screening holds it against a list's entry: names, births, countries,
//! numbers, posts. Each is told of the entity itself: that it stands beside somebody is nothing.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use madar_link::{Profile, ProfileKind};
use madar_read::{EntityKind, FactKind, MentionForm, Particular, Role, Status, Told, particulars};

use crate::view::{At, View, place};

/// A country is kept that is told so often as one in this many of the one told most: *the Russian banker* of
/// ninety articles is not American because one sentence was read so.
const OF_MOST: usize = 5;
/// Posts that are held against those of a list; the first that are told.
const POSTS: usize = 12;
/// Documents and claims of one entity that are looked at: who is in ten thousand articles is told of in a hundred, and a
/// brief shows many.
const DOCUMENTS: usize = 100;
const CLAIMS: usize = 40;

/// What documents tell of births and numbers, read once for a question.
#[derive(Default)]
pub(crate) struct Particulars {
    by_document: RefCell<BTreeMap<At, Rc<[Particular]>>>,
}

impl Particulars {
    fn of(&self, view: &View<'_>, document: At) -> Rc<[Particular]> {
        let mut known = self.by_document.borrow_mut();
        let read = || particulars(view.text(document), &view.kept[document].reading).into();
        Rc::clone(known.entry(document).or_insert_with(read))
    }
}

impl View<'_> {
    /// All that is known of an entity for matching.
    pub(crate) fn profile(&self, entity: At, told: &Particulars) -> Profile {
        let kind = match self.entity(entity).kind {
            EntityKind::Person => ProfileKind::Person,
            _ => ProfileKind::Thing,
        };
        let mut profile = Profile::named(kind, self.full_names(entity, kind));
        self.add_particulars(entity, told, &mut profile);
        let (countries, posts) = self.posts(entity);
        profile.countries = self.countries(entity, countries);
        profile.posts = posts;
        profile
    }

    /// A part of a person's name beside a full one says no more than the full one.
    fn full_names(&self, entity: At, kind: ProfileKind) -> impl Iterator<Item = (&str, bool)> {
        let names = self.names_of(entity);
        let full = |name: &str| name.split_whitespace().count() > 1;
        let any_full = names.iter().any(|name| full(name));
        let wanted = names.into_iter().filter(move |name| {
            let part = kind == ProfileKind::Person && any_full && !full(name);
            !part
        });
        wanted.map(|name| (name, false))
    }

    /// Births and numbers that its documents tell of it.
    fn add_particulars(&self, entity: At, told: &Particulars, profile: &mut Profile) {
        let mut births = BTreeSet::new();
        let mut numbers = BTreeSet::new();
        for document in self.some_documents(entity) {
            for particular in told.of(self, document).iter() {
                if self.entity_of(document, particular.mention) != entity {
                    continue;
                }
                match &particular.what {
                    Told::Born(range) => births.insert(*range),
                    Told::Number(number) => numbers.insert(number.clone()),
                };
            }
        }
        profile.births = births.into_iter().collect();
        profile.identifiers = numbers.into_iter().collect();
    }

    /// Countries by which it is described (*the Russian banker*) or that it serves; those told often.
    fn countries(&self, entity: At, served: Vec<String>) -> Vec<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mentions = self.some_documents(entity).into_iter();
        let mentions = mentions.filter_map(|document| self.mentions_of(entity, Some(document)));
        let described = mentions.flatten().filter_map(|mention| {
            let of =
                (mention.form == MentionForm::Description).then_some(mention.of.as_deref()?)?;
            self.country(of)
        });
        for country in described.chain(served) {
            *counts.entry(country).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or(0);
        counts.retain(|_, count| *count * OF_MOST >= most);
        counts.into_keys().collect()
    }

    /// The documents that mention it; of very many the first.
    fn some_documents(&self, entity: At) -> Vec<At> {
        let mut documents: Vec<At> = Vec::new();
        for &(document, _) in self.places_of(entity) {
            if documents.last() != Some(&place(document)) {
                if documents.len() == DOCUMENTS {
                    break;
                }
                documents.push(place(document));
            }
        }
        documents
    }

    /// The ISO 3166 code of a gazetteer's country.
    fn country(&self, id: &str) -> Option<String> {
        let code = id.strip_prefix("places/")?;
        (code.len() == 2).then(|| code.to_owned())
    }

    /// The posts that it is told to hold or to have held, and the countries that it served in them.
    fn posts(&self, entity: At) -> (Vec<String>, Vec<String>) {
        let (mut countries, mut posts) = (Vec::new(), Vec::new());
        for &claim in self.claims_of(entity).iter().take(CLAIMS) {
            let held = self.claim(claim);
            let is_told = matches!(held.status, Status::Asserted | Status::Ended);
            if held.kind != FactKind::Role || !is_told {
                continue;
            }
            for &(document, at) in held.reports.iter().take(CLAIMS) {
                let fact = self.fact((document, at));
                let of = |role: Role| {
                    let own = fact.participants.iter().filter(move |p| p.role == role);
                    own.map(|p| self.entity_of(document, p.mention))
                };
                if !of(Role::Holder).any(|holder| holder == entity) {
                    continue;
                }
                countries.extend(of(Role::Organisation).filter_map(|body| self.served(body)));
                if let Some(detail) = fact.detail {
                    let body = of(Role::Organisation).next();
                    let body = body.map(|body| self.entity(body).name.as_str());
                    let post = detail.of(self.text(document));
                    let whole = format!("{post} {}", body.unwrap_or_default());
                    posts.push(whole.trim().to_owned());
                }
            }
        }
        posts.sort();
        posts.dedup();
        posts.truncate(POSTS);
        (countries, posts)
    }

    /// The country that one serves in a public body, or that itself is meant.
    fn served(&self, body: At) -> Option<String> {
        let held = self.entity(body);
        let is_public = matches!(held.kind, EntityKind::PublicBody | EntityKind::Place);
        let entry = self.entry(&self.links.entity(body).linked);
        let entry = entry.filter(|_| is_public)?;
        self.country(&entry.id)
            .or_else(|| (entry.country.len() == 2).then(|| entry.country.clone()))
    }
}
