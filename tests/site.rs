//! `footnote site`: the pages as files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use url::Url;

use crate::support::footnote::{INN, Run, Test};
use crate::support::html::links;
use crate::support::snapshot::assert_snapshot;
use crate::web::CHANGES;

fn written(folder: &TempDir) -> Run {
    Test::at(folder.path()).args(["site", "out"]).run()
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_link_of_a_site_is_dead() {
    let folder = TempDir::new().unwrap();
    let web = "[web]\npublic_url = \"https://faq.example\"\n";
    let test = Test::at(folder.path()).with_base().file("knowledge/the inn.toml", INN).file("config.toml", web);
    let test = test.file("knowledge/CHANGES.jsonl", CHANGES);
    test.args(["site", "out"]).run().status(0);
    let root = folder.path().join("out");
    let mut followed = BTreeSet::new();
    for file in files(&root).into_iter().filter(|file| file.extension().is_some_and(|kind| kind == "html")) {
        let path = file.strip_prefix(&root).unwrap().to_str().unwrap();
        let page = fs::read_to_string(&file).unwrap();
        assert!(page.contains("http-equiv=\"Content-Security-Policy\""), "{path}");
        let at = Url::parse("https://faq.example/").unwrap().join(path.trim_end_matches("index.html")).unwrap();
        for link in links(&page, &at) {
            let decoded = percent_decoded(link.path());
            let target = root.join(decoded.trim_start_matches('/'));
            let target = if link.path().ends_with('/') { target.join("index.html") } else { target };
            assert!(target.is_file(), "{path} leads to {link}, where nothing is");
            followed.insert(link);
        }
    }
    assert!(followed.len() > 15, "{followed:?}");
    let index: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root.join("search.json")).unwrap()).unwrap();
    assert_eq!(index["entries"][1][0], "ferry-price");
    assert!(index["entries"][1][2].as_str().unwrap().split(' ').any(|word| word == "tariff"), "{index:#}");
    assert!(
        fs::read_to_string(root.join("feed.xml"))
            .unwrap()
            .contains("<link rel=\"alternate\" href=\"https://faq.example/e/ferry-price/\"/>")
    );
    assert!(fs::read_to_string(root.join("sitemap.xml")).unwrap().contains("https://faq.example/e/ferry-price/"));
}

fn percent_decoded(path: &str) -> String {
    path.replace("%20", " ")
}

#[test]
fn a_second_run_removes_what_is_no_more_and_touches_nothing_else() {
    let folder = TempDir::new().unwrap();
    let test = || Test::at(folder.path());
    test().with_base().file("knowledge/inn.toml", INN).file("out/CNAME", "faq.example").args(["site", "out"]).run();
    let out = folder.path().join("out");
    assert!(out.join("e/inn-open/index.html").is_file());
    let test = test().without("knowledge/inn.toml").file("out/e/inn-open/note.txt", "mine");
    test.args(["site", "out"]).run().status(0);
    assert!(!out.join("e/inn-open/index.html").exists() && !out.join("t/inn").exists());
    assert_eq!(fs::read_to_string(out.join("CNAME")).unwrap(), "faq.example");
    assert_eq!(fs::read_to_string(out.join("e/inn-open/note.txt")).unwrap(), "mine");
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let folder = TempDir::new().unwrap();
    Test::at(folder.path()).with_base().file("out/index.html", "mine").run();
    let refused = written(&folder);
    assert_eq!(fs::read_to_string(folder.path().join("out/index.html")).unwrap(), "mine");
    assert_eq!(files(&folder.path().join("out")).len(), 1, "nothing else was written either");
    let unwritable = Test::at(folder.path()).args(["site", "config.toml/out"]).file("config.toml", "").run();
    assert_snapshot!(refused.status(2), unwritable.status(2));
}
