//! Names of git branches.

use footnote_knowledge::toml_file::Located;

use super::key::{Field, Value, quoted};

/// The name of a git branch.
pub(super) struct BranchName(pub(super) String);

impl Value for BranchName {
    const VALUES: &'static str = "name of a branch";

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        let is_name = |text: &&str| {
            let is_odd = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\".contains(c);
            !text.contains(is_odd) && !text.contains("..") && !text.starts_with(['-', '/', '.']) && !text.ends_with('/')
        };
        field.parsed(
            |text| Some(text).filter(is_name).map(|text| Self(text.to_owned())),
            |text| format!("`{text}` cannot name a branch"),
            || format!("write a name that git accepts, such as {} = {}", field.name, field.example),
        )
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.0))
    }
}
