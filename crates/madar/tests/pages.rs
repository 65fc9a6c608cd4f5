//! The pages that lead through the project name files that are there.
#![allow(clippy::unwrap_used)] // a test fails by panicking

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// README, the map, the notices and every page of `docs`.
fn pages() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "NOTICE"]
        .map(|name| root().join(name))
        .into();
    for folder in [
        "docs",
        "crates/madar-lab/annotation",
        "crates/madar-read/models",
    ] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let files = entries.map(|entry| entry.unwrap().path());
        out.extend(
            files.filter(|path| path.extension().is_some_and(|extension| extension == "md")),
        );
    }
    out
}

/// What stands in the brackets of links, and in code where it is a path of this project.
fn named(text: &str) -> Vec<String> {
    let links = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'));
    let links = links.map(|(target, _)| target.split('#').next().unwrap());
    let inside = text.split('`').skip(1).step_by(2);
    let ours = ["crates/", "docs/", "results/", "examples/", "web/"];
    let paths = inside.filter(|code| {
        ours.iter().any(|start| code.starts_with(start)) && !code.contains([' ', '*', '{', '<'])
    });
    links
        .filter(|target| !target.is_empty() && !target.contains(':'))
        .chain(paths)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_path_that_a_page_names_exists() {
    let mut count = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for name in named(&text) {
            let beside = page.parent().unwrap().join(&name);
            assert!(
                beside.exists() || root().join(&name).exists(),
                "{}: {name}",
                page.display()
            );
            count += 1;
        }
    }
    assert!(
        count > 50,
        "only {count} paths were found: are they still written as links?"
    );
}
