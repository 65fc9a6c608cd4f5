//! How many listed names have a part that sounds so: `madar-lab names-heard`, which writes
//! `crates/madar-names/data/heard.txt`. Only names are counted; which of them are of one entry is not looked at.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use madar_names::{Name, NameKind, heard_as};

use crate::names_lists::load;

/// What fewer names have is rare enough: the table would double.
const LEAST: u32 = 3;

pub(crate) fn write(lists: &Path, out: &Path) -> anyhow::Result<()> {
    let mut text = String::from(
        "# How surprising it is that a listed name has a part that sounds so, in tenths of bits: consonant\n\
         # families (P F M N L R T S K), and after an equals sign with vowels. Counted in the names of the UN, EU\n\
         # and OFAC lists by `madar-lab names-heard`; what fewer than three have is not here.\n",
    );
    let entries = load(lists)?;
    for (kind, title) in [
        (NameKind::Person, "person"),
        (NameKind::Organisation, "organisation"),
    ] {
        let own = entries.iter().filter(|entry| entry.kind == kind);
        let names: Vec<Name> = own
            .flat_map(|entry| &entry.names)
            .map(|text| Name::new(text, kind))
            .collect();
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for key in names.iter().flat_map(heard_as) {
            *counts.entry(key).or_default() += 1;
        }
        let all = f64::from(u32::try_from(names.len())?);
        let mut by_bits: BTreeMap<i32, Vec<String>> = BTreeMap::new();
        for (key, count) in counts.into_iter().filter(|(_, count)| *count >= LEAST) {
            #[allow(clippy::cast_possible_truncation)] // at most some hundred and sixty
            let bits = (10.0 * (all / (f64::from(count) + 0.5)).log2()).round() as i32;
            by_bits.entry(bits.max(0)).or_default().push(key);
        }
        writeln!(text, "[{title}]")?;
        for (bits, keys) in by_bits {
            for line in keys.chunks(16) {
                writeln!(text, "{bits} {}", line.join(" "))?;
            }
        }
    }
    std::fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}
