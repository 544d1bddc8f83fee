//! Which modules use which: only as the list says, and never in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::list::{self, Arrow, Section};
use super::modules::{Module, Modules, Use, folders, name};
use super::{LIST_FILE, Offence, Tree};

/// Arrows that the list lacks, listed arrows that do not exist, names in the list that are not
/// modules, and circles in the list itself.
///
/// A file belongs to the longest listed module that it is or is inside. If there is none, it
/// belongs to the crate's module that it is inside. The root is `lib`. The modules of the double
/// are not checked.
pub fn unlisted(tree: &Tree) -> Vec<Offence> {
    let folders = folders(tree).into_iter().filter(|folder| folder != "crates/discord-double/src");
    folders.flat_map(|folder| unlisted_in(tree, &folder)).collect()
}

fn unlisted_in(tree: &Tree, folder: &str) -> Vec<Offence> {
    let (section, modules) = (list::section(tree, folder), Modules::of(tree, folder));
    let arrow =
        |Use { from, to, file, line }| Arrow { from: group(&section, &from), to: group(&section, &to), file, line };
    let arrows: Vec<Arrow> = modules.uses().into_iter().map(arrow).filter(|arrow| arrow.from != arrow.to).collect();
    let mut offences = list::compare(&section, &arrows);
    let at_line = |line: &usize, rule| Offence { file: LIST_FILE.to_owned(), line: *line, rule };
    for (name, (line, _)) in &section {
        let path: Module = name.split("::").filter(|name| *name != "lib").map(str::to_owned).collect();
        if !modules.contains(&path) {
            offences.push(at_line(line, format!("there is no module `{name}` in {folder}")));
        }
    }
    let graph = section.iter().map(|(from, (_, uses))| (from.clone(), uses.iter().cloned().collect())).collect();
    for circle in shortest_circles(&graph) {
        offences.push(at_line(&section[&circle[0]].0, in_a_circle(&circle)));
    }
    offences
}

fn group(section: &Section, module: &[String]) -> String {
    let mut prefixes = (1..=module.len()).rev().map(|length| name(&module[..length]));
    let listed = prefixes.find(|prefix| section.contains_key(prefix));
    listed.unwrap_or_else(|| name(&module[..module.len().min(1)]))
}

/// Files that use each other, directly or through others.
pub fn circles(tree: &Tree) -> Vec<Offence> {
    folders(tree).iter().flat_map(|folder| circles_in(tree, folder)).collect()
}

fn circles_in(tree: &Tree, folder: &str) -> Vec<Offence> {
    let uses = Modules::of(tree, folder).uses();
    let mut graph = Graph::new();
    for found in &uses {
        graph.entry(name(&found.from)).or_default().insert(name(&found.to));
    }
    let offence = |circle: Vec<String>| {
        let first = uses.iter().find(|found| name(&found.from) == circle[0] && name(&found.to) == circle[1]);
        let first = first.expect("a circle is made of uses");
        Offence { file: first.file.clone(), line: first.line, rule: in_a_circle(&circle) }
    };
    shortest_circles(&graph).into_iter().map(offence).collect()
}

fn in_a_circle(circle: &[String]) -> String {
    format!("a circle: {}", circle.join(" -> "))
}

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Enough circles that each name in a circle is in one of these. Each circle ends with its first
/// name again.
fn shortest_circles(graph: &Graph) -> Vec<Vec<String>> {
    let mut circles: Vec<Vec<String>> = Vec::new();
    for name in graph.keys() {
        if !circles.iter().any(|circle| circle.contains(name)) {
            circles.extend(way_back(graph, name));
        }
    }
    circles
}

fn way_back(graph: &Graph, name: &String) -> Option<Vec<String>> {
    let mut ways = vec![vec![name.clone()]];
    let mut seen = BTreeSet::new();
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        for used in way.last().and_then(|last| graph.get(last)).into_iter().flatten() {
            let longer = [way.as_slice(), std::slice::from_ref(used)].concat();
            if used == name {
                return Some(longer);
            }
            if seen.insert(used) {
                ways.push(longer);
            }
        }
        next += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 5] = [
        ("src/lib.rs", "mod cli; mod config; mod view;"),
        ("src/cli.rs", "use crate::config::Config; use crate::view::card;"),
        ("src/config.rs", "pub struct Config;"),
        ("src/view.rs", "pub mod card;"),
        ("src/view/card.rs", "use crate::config::Config;"),
    ];

    fn with(listed: &str, files: &[(&str, &str)]) -> Tree {
        let list = format!("```arrows\nCargo.lock\n  footnote\n\nsrc\n{listed}\ncrates/x/src\n  y: z\n```\n");
        let mut all: BTreeMap<&str, String> = FILES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        all.extend(files.iter().map(|(path, text)| (*path, (*text).to_owned())));
        all.insert(LIST_FILE, list);
        Tree::of(all)
    }

    fn shown(offences: &[Offence]) -> Vec<String> {
        offences.iter().map(Offence::to_string).collect()
    }

    #[test]
    fn only_listed_modules_are_used_and_all_of_them() {
        assert_eq!(unlisted(&with("  cli: config, view\n  config\n  view: config\n", &[])), []);
        assert_eq!(unlisted(&with("  cli: config, view::card\n  view::card: config\n", &[])), []);
        let unlisted = unlisted(&with("  cli: config\n  view: cli, config\n  shell\n", &[("src/view.rs", "")]));
        let expected = [
            "src/cli.rs:1: `cli` uses `view`, which docs/ARCHITECTURE.md does not list",
            "docs/ARCHITECTURE.md:7: `view` is listed to use `cli` and does not",
            "docs/ARCHITECTURE.md:8: there is no module `shell` in src",
        ];
        assert_eq!(shown(&unlisted), expected);
    }

    #[test]
    fn the_list_has_no_circle() {
        let view =
            [("src/view.rs", "mod limits; pub use limits::Limit;"), ("src/view/limits.rs", "use crate::cli::run;")];
        let unlisted = unlisted(&with("  cli: config, view\n  view: cli, config\n", &view));
        assert_eq!(shown(&unlisted), ["docs/ARCHITECTURE.md:6: a circle: cli -> view -> cli"]);
    }

    #[test]
    fn files_that_use_each_other_through_others_are_a_circle() {
        assert_eq!(circles(&with("", &[])), []);
        let circle =
            circles(&with("", &[("src/config.rs", "\nuse crate::limit::MAX;"), ("src/limit.rs", "use crate::cli;")]));
        let expected = [
            "src/cli.rs:1: a circle: cli -> config -> limit -> cli",
            "src/view/card.rs:1: a circle: view::card -> config -> limit -> cli -> view::card",
        ];
        assert_eq!(shown(&circle), expected);
        let parent = circles(&with(
            "",
            &[("src/view.rs", "mod card; card::show(); const MAX: u8 = 1;"), ("src/view/card.rs", "use super::MAX;")],
        ));
        assert_eq!(shown(&parent), ["src/view.rs:1: a circle: view -> view::card -> view"]);
    }
}
