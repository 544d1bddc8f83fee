//! What a release and its action for GitHub do, without GitHub: their scripts on real files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::footnote::{HARBOUR, Test};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the script of the action on the repository of a test.
fn check(test: &Test, options: &[(&str, &str)]) -> (i32, String, String) {
    let summary = test.path().join("summary.md");
    let output = Command::new(root().join(".ci/action/check"))
        .current_dir(test.path())
        .env("FOOTNOTE", env!("CARGO_BIN_EXE_footnote"))
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env_remove("FOOTNOTE_CONFIG")
        .env_remove("FOOTNOTE_KNOWLEDGE")
        .envs(options.iter().copied())
        .output()
        .expect("bash is part of the system");
    let summary = fs::read_to_string(summary).unwrap_or_default();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap(), summary)
}

#[test]
fn each_problem_of_a_broken_base_is_an_annotation_on_its_line() {
    let broken = HARBOUR.replace("source = \"almanac\", paragraph = 3", "source = \"almanach\", paragraph = 3");
    let line = broken.lines().position(|line| line.contains("almanach")).unwrap() + 1;
    let test = Test::new().file("knowledge/harbour.toml", broken).file("questions.jsonl", "").keep();
    let (status, said, summary) = check(&test, &[]);
    assert_eq!(status, 1, "{said}");
    let annotation = format!("::error file=knowledge/harbour.toml,line={line},");
    assert!(
        said.lines().any(|said| said.starts_with(&annotation) && said.ends_with("%0Adid you mean `almanac`?")),
        "{said}"
    );
    assert!(summary.contains("1 error"), "{summary}");
}

#[test]
fn questions_that_come_out_wrong_are_annotated_and_can_fail_the_run() {
    let questions = "{\"q\": \"ferry fare\", \"entry\": \"ferry-price\"}\n\
        {\"q\": \"what is \\\"100%\\\" of a unicorn\", \"entry\": \"pier-length\"}\n";
    let test = Test::new().file("questions.jsonl", questions).keep();
    let (status, said, summary) = check(&test, &[]);
    assert_eq!(status, 0, "{said}");
    let annotation = "::warning file=questions.jsonl,line=2::";
    let found = said.lines().find(|said| said.starts_with(annotation));
    assert!(found.is_some_and(|said| said.contains("100%25") && said.contains("right: pier-length")), "{said}");
    assert!(summary.contains("2 questions that have an answer"), "{summary}");
    let (status, said, _) = check(&test, &[("MINIMUM", "51")]);
    assert_eq!(status, 1, "{said}");
    assert!(said.ends_with("::error::1 of 2 questions come out right, and 51% should\n"), "{said}");
    assert_eq!(check(&test, &[("MINIMUM", "50")]).0, 0);

    let test = Test::at(test.path()).file("questions.jsonl", "{\"q\": \"a\", \"entry\": \"none\"}\n");
    let (status, said, _) = check(&test, &[]);
    assert_eq!(status, 1, "{said}");
    let annotation = "::error file=questions.jsonl,line=1,col=1::no entry has the id `none`\n";
    assert!(said.contains(annotation), "{said}");
    let (status, said, _) = check(&test, &[("KNOWLEDGE", "kb")]);
    let refused = "::error::there is no folder kb: knowledge names the one with the base\n";
    assert_eq!((status, said.as_str()), (2, refused));
}

#[test]
fn the_action_passes_every_input_to_its_scripts() {
    let action = fs::read_to_string(root().join("action.yml")).unwrap();
    let (inputs, steps) = action.split_once("\nruns:\n").unwrap();
    let inputs = inputs.split_once("\ninputs:\n").unwrap().1;
    let name = |line: &str| {
        line.strip_prefix("  ")?.strip_suffix(':').filter(|name| !name.starts_with(' ')).map(str::to_owned)
    };
    let inputs: Vec<String> = inputs.lines().filter_map(name).collect();
    assert_eq!(inputs.len(), 6);
    for input in inputs {
        let used = format!("${{{{ inputs.{input} }}}}");
        let line = steps.lines().find(|line| line.contains(&used)).unwrap_or_else(|| panic!("no {used}"));
        let variable = line.trim().split(':').next().unwrap();
        let reads = |script: &str| fs::read_to_string(root().join(script)).unwrap().contains(&format!("${{{variable}"));
        assert!(reads(".ci/action/check") || reads(".ci/action/install"), "no script reads {variable}");
    }
}

/// A program that stands in for one that would take long or is not installed.
fn stand_in(test: &Test, name: &str, script: &str) {
    let path = test.path().join("bin").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, format!("#!/bin/bash\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Builds a release in a copy of the project, with compilers that only write down what they are to
/// make.
fn dist(test: &Test, variables: &[(&str, &str)]) -> Output {
    let path = format!("{}:/usr/bin:/bin", test.path().join("bin").display());
    Command::new(test.path().join(".ci/run"))
        .args(["dist", "x86_64", "aarch64"])
        .env("PATH", path)
        .env("SOURCE_DATE_EPOCH", "0")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

#[test]
fn a_release_has_archives_where_binstall_looks_for_them() {
    let mut test = Test::empty();
    for name in [".ci/run", "README.md", "CHANGELOG.md", "LICENSE", "NOTICE", "config.toml", "knowledge/sources.toml"] {
        test = test.file(name, fs::read(root().join(name)).unwrap());
    }
    let test = test.keep();
    fs::set_permissions(test.path().join(".ci/run"), fs::Permissions::from_mode(0o755)).unwrap();
    let cargo = "case $1 in\n  pkgid) echo 'path+file:///x#footnote@1.2.3' ;;\n  build)\n    \
        while (($#)); do [[ $1 != --target ]] || target=$2; shift; done\n    \
        mkdir -p \"target/$target/dist\" && cp bin/footnote \"target/$target/dist\" ;;\nesac";
    stand_in(&test, "cargo", cargo);
    stand_in(&test, "footnote", "[[ $1 != man ]] || { mkdir \"$2\" && touch \"$2/footnote.1\"; }");
    stand_in(&test, "rustc", "echo /");
    for compiler in ["x86_64-linux-musl-gcc", "aarch64-linux-musl-gcc"] {
        stand_in(&test, compiler, "exit 1");
    }
    let built = dist(&test, &[("FOOTNOTE_TAG", "v1.2.3")]);
    assert!(built.status.success(), "{built:?}");

    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let sums = fs::read_to_string(test.path().join("target/dist-files/SHA256SUMS")).unwrap();
    for target in ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"] {
        let filled = |key: &str| {
            let template = binstall[key].as_str().unwrap().to_owned();
            let values = [("name", "footnote"), ("version", "1.2.3"), ("target", target), ("bin", "footnote")];
            let endings = [("archive-suffix", ".tar.gz"), ("binary-ext", ""), ("repo", "R")];
            let all = values.into_iter().chain(endings);
            all.fold(template, |text, (key, value)| text.replace(&format!("{{ {key} }}"), value))
        };
        let url = filled("pkg-url");
        let archive = url.strip_prefix("R/releases/download/v1.2.3/").unwrap();
        assert!(sums.lines().any(|line| line.ends_with(&format!("  {archive}"))), "{archive} is not in {sums}");
        let list = Command::new("tar").arg("-tzf").arg(test.path().join("target/dist-files").join(archive)).output();
        let list = String::from_utf8(list.unwrap().stdout).unwrap();
        assert!(list.lines().any(|line| line == filled("bin-dir")), "{list}");
        assert!(list.contains("/knowledge/sources.toml") && list.contains("/LICENSE"), "{list}");
        if target.starts_with(std::env::consts::ARCH) {
            assert!(list.contains("/man/footnote.1") && list.contains("/completions/zsh"), "{list}");
        }
    }

    let other = dist(&test, &[("FOOTNOTE_TAG", "v1.2.4")]);
    let said = String::from_utf8(other.stderr).unwrap();
    assert_eq!(said, "the tag is v1.2.4, but Cargo.toml has the version 1.2.3\n");
    stand_in(&test, "rustc", "echo /no/such/folder");
    let none = dist(&test, &[]);
    assert!(!none.status.success());
    let said = String::from_utf8(none.stdout).unwrap();
    let skipped = "skipped: aarch64: install a C compiler for it, and run rustup target add";
    assert!(said.contains(skipped), "{said}");
}
