//! The list of arrows in docs/ARCHITECTURE.md: a fenced block whose language is `arrows`. A line
//! that is not indented says where the arrows come from: `Cargo.lock` or a folder of modules. An
//! indented line is `name: what it uses, and this`, or only a `name`.

use std::collections::BTreeMap;

use super::{LIST_FILE, Offence, Tree};

/// What each name uses, with its line.
pub type Section = BTreeMap<String, (usize, Vec<String>)>;

/// The section about a folder or file; empty if there is none.
pub fn section(tree: &Tree, about: &str) -> Section {
    let lines = (1..).zip(tree.text(LIST_FILE).lines());
    let block = lines.skip_while(|(_, line)| *line != "```arrows").skip(1).take_while(|(_, line)| *line != "```");
    let section = block.skip_while(|(_, line)| *line != about).skip(1);
    let entries = section.filter(|(_, line)| !line.is_empty()).take_while(|(_, line)| line.starts_with(' '));
    entries.map(|(number, line)| entry(number, line)).collect()
}

fn entry(number: usize, line: &str) -> (String, (usize, Vec<String>)) {
    let (name, uses) = line.split_once(": ").unwrap_or((line, ""));
    let uses = uses.split(',').map(|used| used.trim().to_owned()).filter(|used| !used.is_empty());
    (name.trim().to_owned(), (number, uses.collect()))
}

/// An arrow in the tree, and its place.
pub struct Arrow {
    pub from: String,
    pub to: String,
    pub file: String,
    pub line: usize,
}

/// Compares arrows with those of a section, in both directions.
pub fn compare(section: &Section, arrows: &[Arrow]) -> Vec<Offence> {
    let is_listed = |arrow: &Arrow| section.get(&arrow.from).is_some_and(|(_, uses)| uses.contains(&arrow.to));
    let mut unlisted: BTreeMap<(&str, &str), &Arrow> = BTreeMap::new();
    for arrow in arrows.iter().filter(|arrow| !is_listed(arrow)) {
        unlisted.entry((&arrow.from, &arrow.to)).or_insert(arrow);
    }
    let mut offences: Vec<Offence> = unlisted.values().map(|arrow| not_listed(arrow)).collect();
    for (from, (line, uses)) in section {
        for to in uses {
            if !arrows.iter().any(|arrow| arrow.from == *from && arrow.to == *to) {
                let rule = format!("`{from}` is listed to use `{to}` and does not");
                offences.push(Offence { file: LIST_FILE.to_owned(), line: *line, rule });
            }
        }
    }
    offences
}

fn not_listed(Arrow { from, to, file, line }: &Arrow) -> Offence {
    let rule = format!("`{from}` uses `{to}`, which {LIST_FILE} does not list");
    Offence { file: file.clone(), line: *line, rule }
}
