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

/// Inputs that broke something once: a name-like line where no title stands before it, a full stop taken for an ellipsis.
#[test]
fn what_broke_once_holds() {
    let once: [(&str, &[u8]); 2] = [
        (
            "open",
            b"\x0c\x0c\xa9\x2d\x30\x0c\x2d\x20\x3d\x0c\x3d\x0c\x2d\x20\x3d\xff\xff\xff\xa9\x0c\
          \x3d\x2d\x3d\x0c\x20\x20\x3d\x0c\x30\x0c\x2d\x25\x3d\x0c\x3d\x0c\x2d\x20\x3d\x0c\
          \x2d\x20\x3d\x8f\x8f\x8f\x8f\x8f\x8f\x8f\x8f\x8f\x8f\x0c\x2d\xff\xff\xff\x20\xc4",
        ),
        (
            "reading",
            b"\xde\x93\xff\x27\xd6\x66\x2e\xee\x0a\x2d\xde\x2e\x2e\x46\x85",
        ),
    ];
    for (target, bytes) in once {
        let check = checks::ALL.iter().find(|(name, _)| *name == target);
        let (_, check) = check.expect("it is a target");
        check(bytes);
    }
}
