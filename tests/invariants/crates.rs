//! What the workspace's crates depend on according to Cargo.lock, including dependencies for
//! tests.

use std::collections::{BTreeMap, BTreeSet};

use toml::Table;

use super::list::{Arrow, compare, section};
use super::{Offence, Tree};

const LOCK_FILE: &str = "Cargo.lock";
/// Crates that a caller may use without I/O, but for files, and without an async runtime.
const PURE: [&str; 5] =
    ["footnote-curation", "footnote-exchange", "footnote-knowledge", "footnote-search", "footnote-evaluation"];
const IO: [&str; 4] = ["axum", "serenity", "sqlx", "tokio"];

/// Dependencies among the workspace's crates that the list lacks, and listed ones that do not
/// exist.
pub fn unlisted(tree: &Tree) -> Vec<Offence> {
    let lock = Lock::read(tree);
    let mut arrows = Vec::new();
    for from in &lock.workspace {
        for to in lock.dependencies[from].iter().filter(|to| lock.workspace.contains(*to)) {
            arrows.push(Arrow {
                from: from.clone(),
                to: to.clone(),
                file: LOCK_FILE.to_owned(),
                line: lock.line(from),
            });
        }
    }
    compare(&section(tree, LOCK_FILE), &arrows)
}

/// Crates that do I/O and that a pure crate depends on, each with the path to it.
pub fn io(tree: &Tree) -> Vec<Offence> {
    let lock = Lock::read(tree);
    let ways = PURE.iter().flat_map(|from| lock.ways(from));
    let to_io = ways.filter(|way| way.last().is_some_and(|last| IO.contains(&last.as_str())));
    let offence = |way: Vec<String>| Offence {
        file: LOCK_FILE.to_owned(),
        line: lock.line(&way[0]),
        rule: format!("{}: this crate does no I/O", way.join(" -> ")),
    };
    to_io.map(offence).collect()
}

struct Lock<'t> {
    text: &'t str,
    /// By name. If a crate has several versions, the dependencies of all of them.
    dependencies: BTreeMap<String, BTreeSet<String>>,
    workspace: BTreeSet<String>,
}

impl<'t> Lock<'t> {
    fn read(tree: &'t Tree) -> Self {
        let text = tree.text(LOCK_FILE);
        let table: Table = text.parse().expect("Cargo.lock is TOML");
        let mut lock = Self { text, dependencies: BTreeMap::new(), workspace: BTreeSet::new() };
        for package in table["package"].as_array().expect("a list of packages") {
            let name = package["name"].as_str().expect("a name").to_owned();
            let listed = package.get("dependencies").and_then(|listed| listed.as_array()).into_iter().flatten();
            // `name`, or `name version` if there are several.
            let names = listed.filter_map(|dependency| dependency.as_str()?.split(' ').next());
            lock.dependencies.entry(name.clone()).or_default().extend(names.map(str::to_owned));
            if package.get("source").is_none() {
                lock.workspace.insert(name);
            }
        }
        lock
    }

    /// A shortest path to every crate that `from` depends on, including itself.
    fn ways(&self, from: &str) -> Vec<Vec<String>> {
        let mut ways = vec![vec![from.to_owned()]];
        let mut seen = BTreeSet::from([from]);
        let mut next = 0;
        while let Some(way) = ways.get(next).cloned() {
            let found = way.last().and_then(|last| self.dependencies.get(last)).into_iter().flatten();
            for dependency in found.filter(|dependency| seen.insert(dependency)) {
                ways.push([way.as_slice(), std::slice::from_ref(dependency)].concat());
            }
            next += 1;
        }
        ways
    }

    fn line(&self, name: &str) -> usize {
        let wanted = format!("name = \"{name}\"");
        self.text.lines().position(|line| line == wanted).map_or(1, |index| index + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LIST_FILE, Offence};
    use super::*;

    const LOCK: &str = r#"
        [[package]]
        name = "footnote-evaluation"
        dependencies = ["footnote-search"]

        [[package]]
        name = "footnote-knowledge"
        dependencies = ["toml"]

        [[package]]
        name = "footnote-search"
        dependencies = ["footnote-knowledge", "mio 1.0.0"]

        [[package]]
        name = "mio"
        source = "registry"
        dependencies = ["tokio"]

        [[package]]
        name = "tokio"
        source = "registry"

        [[package]]
        name = "toml"
        source = "registry"
    "#;

    fn tree(lock: &str, listed: &str) -> Tree {
        let lock = lock.replace("        ", "");
        Tree::of([(LOCK_FILE, lock), (LIST_FILE, format!("```arrows\nCargo.lock\n{listed}```\n"))])
    }

    #[test]
    fn a_crate_that_depends_on_another_has_to_be_listed_and_the_other_way_round() {
        let listed = "  footnote-evaluation: footnote-search\n  footnote-search: footnote-knowledge\n";
        assert_eq!(unlisted(&tree(LOCK, listed)), []);
        let listed = "  footnote-search: footnote-knowledge\n  footnote-knowledge: footnote-search\n";
        let offences: Vec<String> = unlisted(&tree(LOCK, listed)).iter().map(Offence::to_string).collect();
        let missing = "Cargo.lock:3: `footnote-evaluation` uses `footnote-search`, \
             which docs/ARCHITECTURE.md does not list";
        let stale = "docs/ARCHITECTURE.md:4: \
                     `footnote-knowledge` is listed to use `footnote-search` and does not";
        assert_eq!(offences, [missing, stale]);
    }

    #[test]
    fn io_is_found_through_other_crates() {
        let offences: Vec<String> = io(&tree(LOCK, "")).iter().map(Offence::to_string).collect();
        let through = "footnote-search -> mio -> tokio: this crate does no I/O";
        let expected = [format!("Cargo.lock:11: {through}"), format!("Cargo.lock:3: footnote-evaluation -> {through}")];
        assert_eq!(offences, expected);
        assert_eq!(io(&tree(&LOCK.replace("\"mio 1.0.0\"", "\"toml\""), "")), []);
    }
}
