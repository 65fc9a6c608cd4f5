//! Which slots of a hashed table are used: most are not, so rows of weights stand for the used ones alone,
//! and which row is a slot's is told by counting the used ones before it. A bit to a slot stays in the
//! nearest caches where a number to a slot does not.

/// Used slots, each with the number of its row in the order of slots.
pub(crate) struct Slots {
    used: Vec<u64>,
    /// Used slots before each 64 slots.
    before: Vec<u32>,
}

impl Slots {
    /// `slots` ascend.
    pub(crate) fn new(count: usize, slots: impl Iterator<Item = usize>) -> Self {
        let mut used = vec![0u64; count.div_ceil(64)];
        for slot in slots {
            used[slot / 64] |= 1 << (slot % 64);
        }
        let before = used.iter().scan(0, |sum, bits| {
            let before = *sum;
            *sum += bits.count_ones();
            Some(before)
        });
        Self {
            before: before.collect(),
            used,
        }
    }

    pub(crate) fn row(&self, slot: u32) -> Option<u32> {
        let (word, bit) = (slot as usize / 64, slot % 64);
        let bits = self.used[word];
        let below = bits & ((1 << bit) - 1);
        (bits >> bit & 1 == 1).then(|| self.before[word] + below.count_ones())
    }

    /// All used slots, ascending.
    pub(crate) fn all(&self) -> impl Iterator<Item = usize> {
        let slots = 0..self.used.len() * 64;
        slots.filter(|slot| self.used[slot / 64] >> (slot % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;

    #[test]
    fn rows_are_numbered_in_the_order_of_slots() {
        let used = [0, 5, 63, 64, 200, 319];
        let slots = Slots::new(320, used.into_iter());
        let rows: Vec<Option<u32>> = (0..320).map(|slot| slots.row(slot)).collect();
        let found: Vec<(usize, u32)> = rows
            .iter()
            .enumerate()
            .filter_map(|(slot, row)| Some((slot, (*row)?)))
            .collect();
        let wanted: Vec<(usize, u32)> = used.into_iter().zip(0..).collect();
        assert_eq!(found, wanted);
        assert_eq!(slots.all().collect::<Vec<_>>(), used);
    }
}
