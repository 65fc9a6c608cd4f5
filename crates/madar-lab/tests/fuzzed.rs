//! What fuzzing found worth keeping, through the same checks as there (`fuzz/checks.rs`).

#[path = "../../../fuzz/checks.rs"]
mod checks;

use std::io::Read;
use std::path::Path;

/// The inputs that are kept of a target, with their names.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let file = fuzz.join("corpus").join(format!("{target}.tar.gz"));
    let packed = std::fs::read(file).expect("each target has its corpus");
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
    let members = archive.entries().expect("it is an archive");
    let inputs = members.map(|member| {
        let mut member = member.expect("it is whole");
        let name = member.path().expect("it has a name").display().to_string();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("it is whole");
        (name, bytes)
    });
    inputs.filter(|(name, _)| !name.ends_with('/')).collect()
}

#[test]
fn what_fuzzing_found_is_still_taken() {
    for (target, check) in checks::ALL {
        let inputs = kept(target);
        assert!(
            inputs.len() >= 50,
            "{target}: only {} inputs are kept",
            inputs.len()
        );
        for (name, bytes) in inputs {
            let outcome = std::panic::catch_unwind(|| check(&bytes));
            assert!(outcome.is_ok(), "{target}: {name}");
        }
    }
}
