//! `overlay merge`: what was changed beside a base that may not be written to becomes part of it.

use std::fs;
use std::path::Path;

use crate::support::footnote::{HARBOUR, INN, Test};
use crate::support::snapshot::assert_snapshot;

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn an_overlay_is_merged_once_and_an_error_in_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let merge = || Test::at(folder.path()).args(["overlay", "merge"]).run();
    let nothing = Test::at(folder.path()).with_base().args(["overlay", "merge"]).run().status(1);
    let start = HARBOUR.find("[[entry]]\nid = \"ferry-price\"").unwrap();
    let entry = HARBOUR[start..].split("\n\n").next().unwrap().replace("3 crowns:", "4 crowns:");
    fs::create_dir(folder.path().join("knowledge.d")).unwrap();
    let broken = entry.replace("\"reported\"", "\"rumoured\"");
    fs::write(folder.path().join("knowledge.d/harbour.toml"), broken).unwrap();
    fs::write(folder.path().join("knowledge.d/inn.toml"), INN).unwrap();
    let refused = merge().status(2);
    assert_eq!(read(folder.path(), "knowledge/harbour.toml"), HARBOUR);
    fs::write(folder.path().join("knowledge.d/harbour.toml"), entry).unwrap();
    let merged = merge().status(0);
    assert_eq!(read(folder.path(), "knowledge/harbour.toml"), HARBOUR.replace("3 crowns:", "4 crowns:"));
    assert_eq!(read(folder.path(), "knowledge/inn.toml"), INN);
    assert!(!folder.path().join("knowledge.d/harbour.toml").exists());
    assert_snapshot!(nothing, refused, merged);
}
