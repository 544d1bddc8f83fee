//! Which sources the imported entries cite. A file does not say which documents its answers rest
//! on, so a source that is made here says that it is only the file, until a curator names them.

use std::path::Path;

use footnote_knowledge::Reading as BaseReading;
use footnote_knowledge::lint::IMPORTED_NOTE;
use footnote_knowledge::text::kebab_case;
use footnote_knowledge::text::plain::on_one_line;

use crate::part::Part;
use crate::toml_text::quoted;

const HEAD: &str = "# The documents that the answers rest on. Entries without citations cite the \
    default.\n\n";

/// Where the entries of a part come from.
pub(super) struct Origin {
    name: String,
    title: String,
}

impl Origin {
    pub(super) fn of(part: &Part) -> Self {
        let file = Path::new(&part.files).file_name().map(|name| name.to_string_lossy().into_owned());
        let title = part.title.clone().or(file).unwrap_or_else(|| part.name.clone());
        Self { name: part.title.clone().unwrap_or_else(|| part.name.clone()), title: on_one_line(&title) }
    }
}

/// The sources that are cited.
pub(super) struct Cited {
    /// Their ids, in the order of the parts; none for a part of which nothing is written.
    ids: Vec<Option<String>>,
    pub(super) is_new: bool,
    /// Whether each topic has to name its own.
    is_named: bool,
    /// The tables of the new ones.
    pub(super) tables: String,
}

impl Cited {
    /// `origins` has each part, if something of it is written. `named` is an id that all cite.
    pub(super) fn choose(before: &BaseReading, named: Option<&str>, origins: &[Option<Origin>]) -> Self {
        let sources = &before.base.sources;
        let is_known = |id: &str| sources.iter().any(|source| source.id == id);
        let default = sources.iter().find(|source| source.is_default);
        let found = named.filter(|id| is_known(id)).map(str::to_owned);
        if let Some(id) = found.or_else(|| default.filter(|_| named.is_none()).map(|source| source.id.clone())) {
            let is_named = default.is_none_or(|default| default.id != id);
            let ids = origins.iter().map(|origin| origin.as_ref().map(|_| id.clone())).collect();
            return Self { ids, is_new: false, is_named, tables: String::new() };
        }
        let mut new: Vec<(String, &str)> = Vec::new();
        let mut ids = Vec::new();
        for origin in origins {
            let Some(origin) = origin else {
                ids.push(None);
                continue;
            };
            if let (Some(_), Some((id, _))) = (named, new.first()) {
                ids.push(Some(id.clone()));
                continue;
            }
            let slug = Some(kebab_case(named.unwrap_or(&origin.name))).filter(|slug| !slug.is_empty());
            let slug = slug.unwrap_or_else(|| "imported".to_owned());
            let numbered = (2..).map(|number: u32| format!("{slug}-{number}"));
            let is_free = |id: &String| !is_known(id) && new.iter().all(|(other, _)| other != id);
            let id = [slug.clone()].into_iter().chain(numbered).find(is_free).unwrap_or(slug);
            ids.push(Some(id.clone()));
            new.push((id, &origin.title));
        }
        let is_first = sources.is_empty();
        let is_default = is_first && new.len() == 1;
        let tables: Vec<String> = new.iter().map(|(id, title)| table(id, title, is_default)).collect();
        Self { ids, is_new: true, is_named: !is_default, tables: tables.join("\n") }
    }

    /// The text of a `sources.toml` that has only the new sources.
    pub(super) fn file(&self) -> String {
        format!("{HEAD}{}", self.tables)
    }

    /// The id that a topic of a part has to name.
    pub(super) fn named_by(&self, part: usize) -> Option<&str> {
        self.ids.get(part).and_then(Option::as_deref).filter(|_| self.is_named)
    }

    /// The ids, each once.
    pub(super) fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for id in self.ids.iter().flatten() {
            if !all.contains(id) {
                all.push(id.clone());
            }
        }
        all
    }
}

fn table(id: &str, title: &str, is_default: bool) -> String {
    let title = if title.trim().is_empty() { "Imported" } else { title };
    let default = if is_default { "default = true\n" } else { "" };
    format!(
        "[[source]]\nid = {}\ntitle = {}\nkind = \"documentation\"\nnote = {}\n{default}",
        quoted(id),
        quoted(title),
        quoted(IMPORTED_NOTE)
    )
}
