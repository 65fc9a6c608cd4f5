//! Hashed features: the slots into which they fall, and which slots of a table are used: most are not, so rows of weights
//! stand for the used ones alone, and which row is a slot's is told by counting the used ones before it. A bit to a slot stays in the
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

/// The slots of an example in a table of two to the power of `BITS`: a feature is a number mixed from its own name and
/// its value.
#[derive(Default)]
pub(crate) struct Row<const BITS: u32> {
    pub(crate) slots: Vec<u32>,
    /// Number of the last feature.
    pub(crate) name: u64,
}

impl<const BITS: u32> Row<BITS> {
    pub(crate) fn add(&mut self, value: u64) {
        self.name += 1;
        self.put(0, value);
    }

    /// One more value of a feature that has many.
    pub(crate) fn put(&mut self, step: u64, value: u64) {
        let mixed = mix(self.name + step, value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let slot = u32::try_from(mixed >> (64 - BITS)).expect("as many bits as slots need");
        self.slots.push(slot);
    }
}

pub(crate) fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
}

pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
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
