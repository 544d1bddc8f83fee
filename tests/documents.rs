//! Links in the documents lead somewhere, README stays short enough to read in one go, and the
//! examples of deployments set variables that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use footnote::config::Config;

/// The documents whose TOML is of knowledge bases and editors; that of others is configuration.
const ABOUT_BASES: [&str; 2] = ["README.md", "KNOWLEDGE.md"];

/// The longest README, in lines.
const README_LINES: usize = 160;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The Markdown files that people may open, by their full paths.
fn documents() -> Vec<PathBuf> {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let folders = ["", "docs", "deploy/compose", "deploy/kubernetes"].map(|folder| root().join(folder));
    let folders = folders.into_iter().chain(crates.map(|entry| entry.unwrap().path()));
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// The targets of a document's links, without those on other servers.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets.filter(|target| !target.contains("://"))
}

/// The anchors of a document's headings, made as GitHub makes them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    headings.map(|heading| heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut broken = Vec::new();
    let mut followed = 0;
    for document in documents() {
        let text = read(&document);
        for link in links(&text) {
            let (file, anchor) = link.split_once('#').map_or((link, None), |(file, anchor)| (file, Some(anchor)));
            let target = if file.is_empty() { document.clone() } else { document.with_file_name(file) };
            let leads = target.exists() && anchor.is_none_or(|anchor| anchors(&read(&target)).contains(anchor));
            if !leads {
                broken.push(format!("{}: {link}", document.display()));
            }
            followed += 1;
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
    assert!(followed > 20, "only {followed} links were found");
}

/// The blocks of a document in a language, each as it is copied.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let beginning = format!("```{language}\n");
    let blocks = text.split(beginning.as_str()).skip(1);
    blocks.map(|rest| rest.split_once("\n```").expect("a block has an end").0).collect()
}

#[test]
fn every_example_in_toml_can_be_copied() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    let (mut bases, mut configurations) = (0, 0);
    for document in documents() {
        let name = document.file_name().unwrap().to_string_lossy().into_owned();
        for block in blocks(&read(&document), "toml") {
            let parsed = block.parse::<toml::Table>();
            assert!(parsed.is_ok(), "{name}: {}\n{block}", parsed.unwrap_err());
            if ABOUT_BASES.contains(&&*name) {
                bases += 1;
                continue;
            }
            // A key of the reader's own has a place that nothing fits in.
            fs::write(&path, block.replace("\"…\"", &format!("\"{}\"", "67".repeat(32)))).unwrap();
            let read = Config::load(Some(&path)).map_err(|error| error.diagnostics.to_string());
            assert!(read.is_ok(), "{name}: {}", read.unwrap_err());
            configurations += 1;
        }
    }
    assert!(bases > 3 && configurations > 3, "only {bases} and {configurations} examples were found");
}

/// The files in a folder and its subfolders that have an extension, as secrets do not.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] });
    files.filter(|path| path.extension().is_some()).collect()
}

/// The names of Footnote's environment variables in a text.
fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_')
        .filter(|word| word.starts_with("FOOTNOTE_") && *word != "FOOTNOTE_")
}

#[test]
fn deployments_set_only_variables_that_exist() {
    let configuration = read(&root().join("docs/CONFIGURATION.md"));
    let mut known: BTreeSet<String> = variables(&configuration).map(str::to_owned).collect();
    let mut table = "";
    for line in configuration.lines() {
        if let Some(name) = line.strip_prefix("## `[").and_then(|rest| rest.strip_suffix("]`")) {
            table = name;
        } else if let Some((key, _)) = line.strip_prefix("| `").and_then(|rest| rest.split_once('`')) {
            known.insert(format!("FOOTNOTE_{table}_{key}").to_uppercase().replace('.', "_"));
        }
    }
    let files = files_below(&root().join("deploy")).into_iter();
    let mut used = 0;
    for file in files.chain(["compose.yaml", "Dockerfile"].map(|name| root().join(name))) {
        let text = read(&file);
        for variable in variables(&text) {
            assert!(known.contains(variable), "{}: there is no {variable}", file.display());
            used += 1;
        }
    }
    assert!(used > 10, "only {used} variables were found");
}

#[test]
fn readme_is_short_and_its_pictures_are_those_of_the_guide() {
    let readme = read(&root().join("README.md"));
    let lines = readme.lines().count();
    assert!(lines <= README_LINES, "README.md has {lines} lines, more than {README_LINES}");
    let guide = read(&root().join("docs/DISCORD.md"));
    let shown = |text: &str, before: &str| {
        let beginning = format!("\"{before}pictures/");
        let pictures = text.split(&beginning).skip(1);
        let names = pictures.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
        names.collect::<Vec<String>>()
    };
    let (row, all) = (shown(&readme, "docs/"), shown(&guide, ""));
    assert!(row.len() >= 2 && row.iter().all(|picture| all.contains(picture)), "{row:?} of {all:?}");
    for picture in all {
        assert!(root().join("docs/pictures").join(&picture).exists(), "there is no {picture}");
    }
}

/// The names of all functions in the Rust files below a folder.
fn functions(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let names = entries.flat_map(|path| match path.extension() {
        _ if path.is_dir() => functions(&path),
        Some(extension) if extension == "rs" => {
            let text = read(&path);
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split_once(['(', '<']));
            names.map(|(name, _)| name.to_owned()).collect()
        }
        _ => BTreeSet::new(),
    });
    names.collect()
}

#[test]
fn every_test_that_reliability_names_exists() {
    let text = read(&root().join("docs/RELIABILITY.md"));
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault")).collect();
    let exist: BTreeSet<String> = ["tests", "src"].iter().flat_map(|folder| functions(&root().join(folder))).collect();
    assert!(rows.len() > 40, "the table has all faults");
    for row in rows {
        let cell = row.trim_end_matches(" |").rsplit_once(" | ").expect("a row has several cells").1;
        let tests: Vec<&str> = cell.split(", ").map(|name| name.trim_matches('`')).collect();
        let missing: Vec<&&str> = tests.iter().filter(|name| !exist.contains(**name)).collect();
        assert!(missing.is_empty(), "there is no test {missing:?}: {row}");
    }
}

#[test]
fn the_version_of_rust_is_the_same_everywhere() {
    let value = |file: &str, before: &str| {
        let text = read(&root().join(file));
        let rest = text.split_once(before).unwrap_or_else(|| panic!("{file} has no {before:?}")).1;
        rest.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '.').collect::<String>()
    };
    let toolchain = value("rust-toolchain.toml", "channel = \"");
    for (file, before) in [("Cargo.toml", "rust-version = \""), ("Dockerfile", "FROM rust:")] {
        let version = value(file, before);
        assert!(toolchain.starts_with(&version), "{file} has Rust {version}, rust-toolchain.toml {toolchain}");
    }
}
