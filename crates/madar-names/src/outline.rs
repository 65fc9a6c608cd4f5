//! The outline of a name: which consonants follow each other in it. Two names far apart in it are not compared.
//!
//! *Kirill Dmitriev* and *Dmitri Kirillov* share their consonants, and little of their order.

use crate::name::{Name, NameKind};
use crate::part::{PartRole, Stretch};
use crate::script::Script;
use crate::sounds::{Families, SOUNDS, WEAK};

/// The share of consonants following each other alike, in hundredths, below which a name is no
/// candidate: for people, and for organisations, whose words may be translated.
fn least_share(is_person: bool, one_script: bool) -> u32 {
    match (is_person, one_script) {
        (true, _) => 70,
        (false, true) => 60,
        (false, false) => 40,
    }
}

/// Which consonant families follow each other in the parts of a name: surely, and possibly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outline {
    pub sure: u128,
    pub possible: u128,
    pub script: Script,
    pub is_person: bool,
}

/// Bits of one family's followers, and the number that the beginning of a part has among families.
const FOLLOWERS: u32 = 9;
const BEGINNING: Families = 1 << FOLLOWERS;

impl Outline {
    /// Whether enough of what follows what in one name may do so in the other. Symmetric.
    pub fn is_near(&self, other: &Outline) -> bool {
        let least = least_share(self.is_person, self.script == other.script);
        // of the two ways the better, since one may say more than the other
        self.has(other, least) || other.has(self, least)
    }

    pub fn of(name: &Name) -> Outline {
        let (mut sure, mut possible) = (0u128, 0u128);
        for part in name.content() {
            // what may stand as another form, another word or a letter is surely nothing
            let is_sure =
                part.meaning.is_none() && part.bearers.is_empty() && part.role != PartRole::Initial;
            let mut before = BEGINNING;
            let bare = part.bare.map(Stretch::start);
            for (at, &sound) in (part.sounds.start()..).zip(&name.sounds()[part.sounds.range()]) {
                if bare == Some(at) {
                    before |= BEGINNING;
                }
                let families = SOUNDS.families(sound);
                let (choices, may_lack) = (families & !WEAK, families & WEAK != 0);
                if choices == 0 {
                    continue;
                }
                let mut bits = 0u128;
                let mut left = before;
                while left != 0 {
                    bits |= u128::from(choices) << (left.trailing_zeros() * FOLLOWERS);
                    left &= left - 1;
                }
                possible |= bits;
                if is_sure && bits.is_power_of_two() && !may_lack {
                    sure |= bits;
                }
                before = if may_lack { before | choices } else { choices };
            }
        }
        Outline {
            sure,
            possible,
            script: name.script(),
            is_person: name.kind() == NameKind::Person,
        }
    }

    /// Whether the other may have such a share, in hundredths, of what this one surely has.
    fn has(&self, other: &Outline, least: u32) -> bool {
        match self.sure.count_ones() {
            0 => true,
            // one may always differ: short names have few
            all => ((self.sure & other.possible).count_ones() + 1) * 100 >= least * (all + 1),
        }
    }
}
