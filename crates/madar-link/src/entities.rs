//! Entities: the referents across documents and scripts that stand for one thing. Names decide,
//! context only separates; a weak name (a surname alone) joins across documents only where exactly one
//! full name fits and the two documents share more than that. The outcome does not depend on the
//! order of reading.

use std::collections::{BTreeMap, BTreeSet};

use madar_names::{Index, Name, NameKind, SAME, compare};
use madar_read::{EntityKind, Kit, MentionForm, ReferentId};
use madar_text::{Lang, Script, fold};

use crate::network::{Decision, Thing, Told};

/// Index into [`crate::Network::entities`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntityId(pub u32);

impl EntityId {
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// One spelling of a name, how often and in how many documents it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameUse {
    pub text: String,
    pub lang: Lang,
    pub script: Script,
    pub count: u32,
    pub documents: u32,
}

/// Why two spellings were taken for one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merge {
    pub a: String,
    pub b: String,
    pub why: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    pub id: EntityId,
    /// Stable across runs: the first 12 hexadecimal digits of a hash of its smallest referent.
    pub key: String,
    pub kind: EntityKind,
    /// The fullest, most used name; the best description where there is no name.
    pub name: String,
    /// Most used first.
    pub names: Vec<NameUse>,
    /// Descriptions it goes by: *the Russian president*.
    pub described: Vec<String>,
    pub named: bool,
    pub listed: Option<String>,
    /// Document numbers and referents.
    pub referents: Vec<(u32, ReferentId)>,
    pub merges: Vec<Merge>,
}

/// The entities with the way from a referent to its entity.
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    of: BTreeMap<(u32, ReferentId), EntityId>,
}

impl Entities {
    /// The entity of a referent of a document.
    pub(crate) fn of(&self, document: u32, referent: ReferentId) -> EntityId {
        self.of[&(document, referent)]
    }
}

/// One referent as linking sees it.
struct Node {
    at: (u32, ReferentId),
    sort: Sort,
    kind: EntityKind,
    named: bool,
    listed: Option<String>,
    /// Distinct names, fullest first.
    names: Vec<Name>,
}

/// Kinds that may be one thing called differently by two readers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Person,
    Place,
    Thing,
    Paper,
    Group,
}

fn sort(kind: EntityKind) -> Sort {
    match kind {
        EntityKind::Person => Sort::Person,
        EntityKind::Place => Sort::Place,
        EntityKind::Paper => Sort::Paper,
        EntityKind::Group => Sort::Group,
        _ => Sort::Thing,
    }
}

pub(crate) fn entities(told: &[Told<'_>], decisions: &[Decision], kit: &Kit) -> Entities {
    let nodes = nodes(told);
    let mut clusters = Clusters::new(&nodes, decisions, told);
    clusters.join_listed();
    clusters.join_alike();
    clusters.join_surnames(told);
    clusters.join_decided(decisions, told);
    collect(told, &nodes, clusters, kit)
}

fn nodes(told: &[Told<'_>]) -> Vec<Node> {
    let mut out = Vec::new();
    for (number, document) in told.iter().enumerate() {
        let number = u32::try_from(number).expect("a case holds fewer documents");
        for (at, referent) in document.reading.referents.iter().enumerate() {
            let name_kind = match referent.kind {
                EntityKind::Person => NameKind::Person,
                kind if kind.is_body() => NameKind::Organisation,
                _ => NameKind::Other,
            };
            let named = referent
                .mentions
                .iter()
                .map(|id| &document.reading.mentions[id.at()]);
            let mut texts: Vec<&str> = named
                .filter(|m| m.form != MentionForm::Description)
                .map(|m| m.name.as_str())
                .collect();
            texts.sort_by_key(|t| (std::cmp::Reverse(t.chars().count()), *t));
            texts.dedup();
            let names = texts.into_iter().map(|t| Name::new(t, name_kind)).collect();
            out.push(Node {
                at: (number, ReferentId::new(at)),
                sort: sort(referent.kind),
                kind: referent.kind,
                named: referent.named,
                listed: referent.listed.clone(),
                names,
            });
        }
    }
    out
}

/// Disjoint sets of nodes with what keeps them apart.
struct Clusters<'a> {
    nodes: &'a [Node],
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    merges: Vec<Vec<Merge>>,
    apart: BTreeSet<(usize, usize)>,
}

/// Likeness below which two full names contradict: no cluster holds such a pair.
const CONTRADICTS_PERMILLE: u16 = 4_500;

impl<'a> Clusters<'a> {
    fn new(nodes: &'a [Node], decisions: &[Decision], told: &[Told<'_>]) -> Self {
        let mut apart = BTreeSet::new();
        for decision in decisions {
            if let Decision::Different(a, b) = decision {
                for x in places(nodes, told, a) {
                    for y in places(nodes, told, b) {
                        apart.insert((x.min(y), x.max(y)));
                    }
                }
            }
        }
        Self {
            nodes,
            parent: (0..nodes.len()).collect(),
            members: (0..nodes.len()).map(|n| vec![n]).collect(),
            merges: vec![Vec::new(); nodes.len()],
            apart,
        }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// Joins two clusters unless something keeps them apart.
    fn join(&mut self, a: usize, b: usize, why: &dyn Fn() -> Merge) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        let (keep, gone) = (a.min(b), a.max(b));
        if self.conflict(keep, gone) {
            return false;
        }
        self.parent[gone] = keep;
        let moved = std::mem::take(&mut self.members[gone]);
        self.members[keep].extend(moved);
        let merges = std::mem::take(&mut self.merges[gone]);
        self.merges[keep].extend(merges);
        self.merges[keep].push(why());
        true
    }

    /// Two of one document (the reading told them apart), two listed things, a decision, or full
    /// names that contradict.
    fn conflict(&self, a: usize, b: usize) -> bool {
        for &x in &self.members[a] {
            for &y in &self.members[b] {
                let (p, q) = (&self.nodes[x], &self.nodes[y]);
                let two_of_one = p.at.0 == q.at.0 && p.sort == Sort::Person;
                let two_listed = p.listed.is_some() && q.listed.is_some() && p.listed != q.listed;
                if two_of_one || two_listed || self.apart.contains(&(x.min(y), x.max(y))) {
                    return true;
                }
                if p.sort == Sort::Person && contradict(p, q) {
                    return true;
                }
            }
        }
        false
    }

    fn join_listed(&mut self) {
        let mut first: BTreeMap<(&str, Sort), usize> = BTreeMap::new();
        let nodes = self.nodes;
        for (at, node) in nodes.iter().enumerate() {
            let Some(id) = node.listed.as_deref() else {
                continue;
            };
            let other = *first.entry((id, node.sort)).or_insert(at);
            let why = || Merge {
                a: shown(&nodes[other]),
                b: shown(node),
                why: format!("both are listed as {id}"),
            };
            if other != at {
                self.join(other, at, &why);
            }
        }
    }

    /// Full names above the bar, the most alike first.
    fn join_alike(&mut self) {
        let nodes = self.nodes;
        let mut pairs: Vec<(u16, usize, usize, String)> = Vec::new();
        for wanted in [Sort::Person, Sort::Place, Sort::Thing, Sort::Paper] {
            let mut index: Index<usize> = Index::new();
            for (at, node) in nodes
                .iter()
                .enumerate()
                .filter(|(_, n)| n.sort == wanted && n.named)
            {
                let Some(full) = node.names.first().filter(|n| is_full(n, wanted)) else {
                    continue;
                };
                for other in index.candidates(full) {
                    if nodes[other].listed.is_some() && node.listed.is_some() {
                        continue;
                    }
                    let Some(theirs) = nodes[other].names.first() else {
                        continue;
                    };
                    let likeness = compare(full, theirs);
                    if likeness.score() >= SAME {
                        let score = likeness.score().ten_thousandths();
                        pairs.push((score, other, at, likeness.explain()));
                    }
                }
                index.insert(full, at);
            }
        }
        pairs.sort_by(|a, b| (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2)));
        for (_, a, b, why) in pairs {
            let merge = || Merge {
                a: shown(&nodes[a]),
                b: shown(&nodes[b]),
                why: why.clone(),
            };
            self.join(a, b, &merge);
        }
    }

    /// A surname alone joins the one full name that ends like it, if both documents also share
    /// somebody or something else.
    fn join_surnames(&mut self, told: &[Told<'_>]) {
        let nodes = self.nodes;
        let mut company: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); told.len()];
        for at in 0..nodes.len() {
            if nodes[at].named && nodes[at].sort != Sort::Place {
                company[nodes[at].at.0 as usize].insert(self.root(at));
            }
        }
        for (at, node) in nodes.iter().enumerate() {
            let alone = node.sort == Sort::Person && node.named && node.listed.is_none();
            let Some(name) = node
                .names
                .first()
                .filter(|n| alone && !is_full(n, Sort::Person))
            else {
                continue;
            };
            let mut fits: BTreeSet<usize> = BTreeSet::new();
            for (other, full) in nodes.iter().enumerate() {
                if full.sort != Sort::Person || full.at.0 == node.at.0 {
                    continue;
                }
                let Some(long) = full.names.first().filter(|n| is_full(n, Sort::Person)) else {
                    continue;
                };
                let Some(surname) = long.text().split_whitespace().next_back() else {
                    continue;
                };
                let surname = Name::new(surname, NameKind::Person);
                if compare(name, &surname).score() >= SAME {
                    fits.insert(self.root(other));
                }
            }
            let fits: Vec<usize> = fits.into_iter().collect();
            let [only] = fits[..] else { continue };
            let theirs = self.members[only].iter().map(|&m| nodes[m].at.0 as usize);
            let shared = theirs
                .flat_map(|d| company[d].iter())
                .any(|root| *root != only && company[node.at.0 as usize].contains(root));
            if shared {
                let merge = || Merge {
                    a: shown(&nodes[only]),
                    b: shown(node),
                    why: "the only full name with this surname, in the same company".to_owned(),
                };
                self.join(only, at, &merge);
            }
        }
    }

    fn join_decided(&mut self, decisions: &[Decision], told: &[Told<'_>]) {
        let nodes = self.nodes;
        for decision in decisions {
            let Decision::Same(a, b) = decision else {
                continue;
            };
            for x in places(nodes, told, a) {
                for y in places(nodes, told, b) {
                    let merge = || Merge {
                        a: shown(&nodes[x]),
                        b: shown(&nodes[y]),
                        why: "a person decided so".to_owned(),
                    };
                    self.join(x, y, &merge);
                }
            }
        }
    }
}

/// The nodes of its document that bear its name.
fn places(nodes: &[Node], told: &[Told<'_>], thing: &Thing) -> Vec<usize> {
    let wanted = fold(&thing.name);
    let here = |node: &Node| told[node.at.0 as usize].id == thing.document;
    let bears = |node: &Node| node.names.iter().any(|n| fold(n.text()) == wanted);
    (0..nodes.len())
        .filter(|&at| here(&nodes[at]) && bears(&nodes[at]))
        .collect()
}

fn shown(node: &Node) -> String {
    node.names
        .first()
        .map_or_else(String::new, |n| n.text().to_owned())
}

/// Two words at least for a person; anything for a thing.
fn is_full(name: &Name, sort: Sort) -> bool {
    sort != Sort::Person || name.text().split_whitespace().count() >= 2
}

fn contradict(a: &Node, b: &Node) -> bool {
    let full = |node: &&Name| is_full(node, Sort::Person);
    match (
        a.names.iter().find(|n| full(n)),
        b.names.iter().find(|n| full(n)),
    ) {
        (Some(p), Some(q)) => madar_names::score(p, q).ten_thousandths() < CONTRADICTS_PERMILLE,
        _ => false,
    }
}

fn collect(told: &[Told<'_>], nodes: &[Node], mut clusters: Clusters<'_>, kit: &Kit) -> Entities {
    let mut groups: Vec<(Vec<usize>, Vec<Merge>)> = Vec::new();
    for root in 0..nodes.len() {
        if clusters.parent[root] == root {
            let mut members = std::mem::take(&mut clusters.members[root]);
            members.sort_unstable();
            groups.push((members, std::mem::take(&mut clusters.merges[root])));
        }
    }
    let mut list = Vec::new();
    let mut of = BTreeMap::new();
    for (number, (members, merges)) in groups.into_iter().enumerate() {
        let id = EntityId(u32::try_from(number).expect("fewer entities than mentions"));
        for &member in &members {
            of.insert(nodes[member].at, id);
        }
        list.push(entity(told, nodes, id, &members, merges, kit));
    }
    Entities { list, of }
}

fn entity(
    told: &[Told<'_>],
    nodes: &[Node],
    id: EntityId,
    members: &[usize],
    merges: Vec<Merge>,
    kit: &Kit,
) -> Entity {
    let mut uses: BTreeMap<(String, Lang), (u32, BTreeSet<u32>)> = BTreeMap::new();
    let mut described: BTreeMap<String, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for &member in members {
        let node = &nodes[member];
        let reading = told[node.at.0 as usize].reading;
        for mention in &reading.referents[node.at.1.at()].mentions {
            let mention = &reading.mentions[mention.at()];
            if mention.form == MentionForm::Description {
                *described.entry(mention.name.clone()).or_default() += 1;
            } else {
                let slot = uses
                    .entry((mention.name.clone(), mention.lang))
                    .or_default();
                slot.0 += 1;
                slot.1.insert(node.at.0);
            }
        }
        *kinds.entry(node.kind).or_default() += 1;
    }
    let mut names: Vec<NameUse> = uses
        .into_iter()
        .map(|((text, lang), (count, documents))| NameUse {
            script: Script::of_text(&text).unwrap_or(Script::Other),
            documents: u32::try_from(documents.len()).expect("fewer documents"),
            text,
            lang,
            count,
        })
        .collect();
    names.sort_by(|a, b| (b.count, &a.text).cmp(&(a.count, &b.text)));
    let mut described: Vec<(u32, String)> = described.into_iter().map(|(d, n)| (n, d)).collect();
    described.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let described: Vec<String> = described.into_iter().map(|(_, d)| d).collect();
    let listed = members.iter().find_map(|&m| nodes[m].listed.clone());
    let entry = listed.as_deref().and_then(|id| kit.gazetteer.entry(id));
    let fullest = names.iter().max_by_key(|n| {
        (
            n.text.split_whitespace().count().min(3),
            n.script == Script::Latin,
            n.count,
            std::cmp::Reverse(n.text.clone()),
        )
    });
    let name = entry
        .map(|e| e.names[0].clone())
        .filter(|n| !n.is_empty())
        .or_else(|| fullest.map(|n| n.text.clone()))
        .or_else(|| described.first().cloned())
        .unwrap_or_default();
    let kind = kinds
        .iter()
        .max_by_key(|(kind, count)| (**count, std::cmp::Reverse(**kind)));
    let first = nodes[members[0]].at;
    let key = format!("{}{}", told[first.0 as usize].id.hex(), first.1.0);
    let key = blake3::hash(key.as_bytes()).to_hex()[..12].to_owned();
    Entity {
        id,
        key,
        kind: kind.map_or(EntityKind::Organization, |(kind, _)| *kind),
        name,
        named: !names.is_empty(),
        names,
        described,
        listed,
        referents: members.iter().map(|&m| nodes[m].at).collect(),
        merges,
    }
}
