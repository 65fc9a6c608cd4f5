//! Which names are worth comparing, told from the two alone: they share a key, and their consonants follow each
//! other alike. What else a case holds changes nothing, so a pair that was
//! found once stays found, and a further name is held against the old ones without looking at those again.

use madar_names::{Name, Outline};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Among which names a name is sought: those of one sort and use.
pub(crate) type Drawer = u8;

/// A name as it is filed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filed {
    pub drawer: u8,
    /// Where it is among the names of its spelling.
    pub which: u8,
    /// Sorted, each once.
    pub keys: SmallVec<[u64; 6]>,
    pub outline: Outline,
}

impl Filed {
    pub(crate) fn new(drawer: Drawer, which: usize, name: &Name) -> Self {
        Self {
            drawer,
            which: u8::try_from(which).unwrap_or(u8::MAX),
            keys: name.keys().into(),
            outline: Outline::of(name),
        }
    }

    /// The keys as they lie in a drawer.
    fn keys_in(&self, drawer: Drawer) -> impl Iterator<Item = u64> {
        let apart = u64::from(drawer).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.keys.iter().map(move |key| key ^ apart)
    }
}

/// Names by their keys; of a case's names only those under keys that somebody will ask for.
pub(crate) struct Files<'a> {
    lists: FxHashMap<u64, Vec<u32>>,
    names: Vec<(usize, &'a Filed)>,
}

impl<'a> Files<'a> {
    /// Names with what they are names of; `asked` are those that will be sought, each in a drawer.
    pub(crate) fn new(
        names: impl Iterator<Item = (usize, &'a Filed)>,
        asked: impl Iterator<Item = (&'a Filed, Drawer)>,
    ) -> Self {
        let keys = asked.flat_map(|(name, drawer)| name.keys_in(drawer));
        let wanted: FxHashSet<u64> = keys.collect();
        let mut out = Self {
            lists: FxHashMap::default(),
            names: Vec::new(),
        };
        for (of, filed) in names {
            let mut at = None;
            for key in filed
                .keys_in(filed.drawer)
                .filter(|key| wanted.contains(key))
            {
                let number = *at.get_or_insert_with(|| {
                    out.names.push((of, filed));
                    u32::try_from(out.names.len() - 1).expect("fewer names fit in memory")
                });
                out.lists.entry(key).or_default().push(number);
            }
        }
        out
    }

    /// What in a drawer a name is worth comparing with: whose it is, and which of its names; in order, itself too.
    pub(crate) fn near(&self, name: &Filed, drawer: Drawer) -> Vec<(usize, u8)> {
        let lists = name.keys_in(drawer).filter_map(|key| self.lists.get(&key));
        let of = |&number: &u32| self.names[number as usize];
        let near = lists.flatten().map(of);
        let near = near.filter(|(_, filed)| name.outline.is_near(&filed.outline));
        let mut near: Vec<(usize, u8)> = near.map(|(of, filed)| (of, filed.which)).collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}
