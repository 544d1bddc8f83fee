//! The modules of a crate, one per file, and what they use of each other.
//!
//! A module uses another if its code, outside tests, names an item of it by a path, in a `use` or
//! elsewhere. A name that comes from somewhere else (`pub use`, `use`) is followed to the file
//! that defines its item. A `pub use` itself uses nothing: it only re-exports.
//!
//! Two things are left out: the roots of programs (`main.rs`, `bin/`), which use the library as
//! another crate, and everything that would require types, such as methods. If a module and a
//! function have the same name, the name means the module.

use std::collections::{BTreeMap, BTreeSet};

use super::Tree;
use super::rust_source::{NamedPath, Naming, RustSource};

/// The names from the crate's root down; empty for the root.
pub type Module = Vec<String>;

/// `search::index`, and `lib` for the root.
pub fn name(module: &[String]) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("::") }
}

/// One module uses another: from, to, and the place.
pub struct Use {
    pub from: Module,
    pub to: Module,
    pub file: String,
    pub line: usize,
}

pub struct Modules<'t> {
    files: BTreeMap<Module, (&'t str, &'t RustSource)>,
}

/// The folders of the bot's crate (`src`) and of those in `crates`.
pub fn folders(tree: &Tree) -> Vec<String> {
    let roots = tree.rust.keys().filter_map(|path| path.strip_suffix("/lib.rs"));
    let is_ours = |folder: &&str| *folder == "src" || folder.starts_with("crates/") && folder.ends_with("/src");
    roots.filter(is_ours).map(str::to_owned).collect()
}

impl<'t> Modules<'t> {
    pub fn of(tree: &'t Tree, folder: &str) -> Self {
        let mut files = BTreeMap::new();
        for (path, source) in &tree.rust {
            let inside = path.strip_prefix(folder).and_then(|path| path.strip_prefix('/'));
            if let Some(module) = inside.and_then(module) {
                files.insert(module, (path.as_str(), source));
            }
        }
        let is_test = |module: &Module| {
            (1..=module.len()).any(|length| {
                let (name, parent) = module[..length].split_last().expect("the length is at least 1");
                files.get(parent).is_some_and(|(_, source): &(_, &RustSource)| source.test_modules.contains(name))
            })
        };
        let tests: BTreeSet<Module> = files.keys().filter(|module| is_test(module)).cloned().collect();
        files.retain(|module, _| !tests.contains(module));
        Self { files }
    }

    pub fn contains(&self, module: &[String]) -> bool {
        self.files.contains_key(module)
    }

    /// In the order of modules and lines.
    pub fn uses(&self) -> Vec<Use> {
        let mut uses = Vec::new();
        for (from, (file, source)) in &self.files {
            for path in source.paths.iter().filter(|path| path.naming != Naming::ReExport && !source.is_test(path.at)) {
                if let Some(to) = self.definer(from, &path.names, MAX_STEPS).filter(|to| to != from) {
                    uses.push(Use { from: from.clone(), to, file: (*file).to_owned(), line: source.line(path.at) });
                }
            }
        }
        uses
    }

    /// The module whose file defines the item of a path; `None` if it is in another crate.
    fn definer(&self, here: &[String], names: &[String], steps: usize) -> Option<Module> {
        let (mut at, rest) = self.beginning(here, names, steps.checked_sub(1)?)?;
        for name in rest {
            let child = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.contains(&child) {
                at = child;
            } else if let Some(import) = self.import(&at, name) {
                at = self.definer(&at, &import.names, steps - 1)?;
            } else if let Some(shown) = self.shown_by_a_glob(&at, name, steps - 1) {
                at = shown;
            } else {
                break;
            }
        }
        Some(at)
    }

    /// The module in which a path begins, and the rest of the path.
    fn beginning<'n>(&self, here: &[String], names: &'n [String], steps: usize) -> Option<(Module, &'n [String])> {
        let (first, rest) = names.split_first()?;
        match first.as_str() {
            "crate" => Some((Module::new(), rest)),
            "self" => Some((here.to_vec(), rest)),
            "super" => {
                let parents = names.iter().take_while(|name| *name == "super").count();
                let parent = here.len().checked_sub(parents)?;
                Some((here[..parent].to_vec(), &names[parents..]))
            }
            _ if self.contains(&[here, std::slice::from_ref(first)].concat()) => Some((here.to_vec(), names)),
            _ => {
                let import = self.import(here, first)?;
                Some((self.definer(here, &import.names, steps)?, rest))
            }
        }
    }

    /// The module that defines an item which another module imports with a glob.
    fn shown_by_a_glob(&self, module: &[String], item: &str, steps: usize) -> Option<Module> {
        let (_, source) = self.files.get(module)?;
        let globs = source.paths.iter().filter(|path| path.called == "*" && !source.is_test(path.at));
        let mut shown = globs.filter_map(|glob| self.definer(module, &glob.names, steps));
        shown.find(|shown| shown != module && self.files[shown].1.defines(item))
    }

    fn import(&self, module: &[String], called: &str) -> Option<&'t NamedPath> {
        let (_, source) = self.files.get(module)?;
        let mut imports = source.paths.iter().filter(|path| path.naming != Naming::Inline);
        imports.find(|path| path.called == called && !source.is_test(path.at))
    }
}

/// How many imports a name is followed through. No real chain is longer, but a circle would be.
const MAX_STEPS: usize = 16;

/// `search/index.rs` and `search/index/mod.rs` are the module `search::index`.
fn module(path: &str) -> Option<Module> {
    let path = path.strip_suffix(".rs")?;
    if path == "main" || path.starts_with("bin/") {
        return None;
    }
    let path = path.strip_suffix("/mod").unwrap_or(path);
    Some(path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(files: &[(&str, &str)]) -> Vec<String> {
        let tree = Tree::of(files.iter().copied());
        assert_eq!(folders(&tree), ["src"]);
        let show =
            |found: &Use| format!("{} -> {} at {}:{}", name(&found.from), name(&found.to), found.file, found.line);
        Modules::of(&tree, "src").uses().iter().map(show).collect()
    }

    #[test]
    fn paths_lead_to_the_file_of_their_item() {
        let found = uses(&[
            ("src/lib.rs", "pub mod a; mod b; pub use b::Shown;\npub use a::*; const TOP: u8 = 1;"),
            ("src/a.rs", "mod child;\nuse crate::b;\n\nfn f() { b::inner::g(child::h) }"),
            ("src/a/child.rs", "use super::super::Shown;\nfn h(_: crate::TOP) { super::f() }"),
            ("src/b.rs", "mod inner; pub(crate) use inner::Deep as Shown; use crate::f;"),
            ("src/b/inner.rs", "pub struct Deep;"),
        ]);
        let expected = [
            "a -> b at src/a.rs:2",
            "a -> b::inner at src/a.rs:4",
            "a -> a::child at src/a.rs:4",
            "a::child -> b::inner at src/a/child.rs:1",
            "a::child -> lib at src/a/child.rs:2",
            "a::child -> a at src/a/child.rs:2",
            "b -> a at src/b.rs:1",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn tests_programs_and_other_crates_are_left_out() {
        let found = uses(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/main.rs", "use crate::a;"),
            ("src/bin/other.rs", "mod x; use crate::a::A;"),
            (
                "src/a.rs",
                "use serde::b;\nuse b::c;\n\
                 #[cfg(test)]\nmod tests { use crate::b::B; }\n#[cfg(test)]\nmod far;",
            ),
            ("src/a/far.rs", "use crate::b::B;"),
            ("src/a/far/further.rs", "use crate::b::B;"),
            ("src/b.rs", "// crate::a::A\npub struct B;"),
        ]);
        assert_eq!(found, [""; 0]);
    }
}
