//! What those who manage a server can change there, if the operator lets them.

use footnote_knowledge::toml_file::Located;
use strum::{EnumString, IntoStaticStr};

use super::key::{Field, Value, quoted};

/// Something that those who manage a server can change with `/settings`. Its name is also that of
/// the command's option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Setting {
    /// Whether `/ask` has the option `for`.
    For,
    /// What members read if their client says no language that the bot has.
    Language,
    /// The role of the people who help members.
    HelperRole,
    /// The role of the members who review drafts.
    ReviewersRole,
    /// Whether members who use the bot too often have to wait.
    Cooldown,
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::For, Self::Language, Self::HelperRole, Self::ReviewersRole, Self::Cooldown];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Settings by their names.
impl Value for Vec<Setting> {
    const VALUES: &'static str = "list of names";
    const IS_TEXT: bool = false;

    fn read(field: &Field<'_, '_>) -> Option<Located<Self>> {
        if !field.table.has(field.name) {
            return None;
        }
        let names = field.table.texts(field.name, field.example);
        let at = names.first().map_or_else(|| field.table.at().clone(), |name| name.at.clone());
        let mut value = Self::new();
        for name in names {
            if let Ok(setting) = name.value.parse() {
                value.push(setting);
                continue;
            }
            let all = Setting::ALL.map(|setting| quoted(&setting.name()));
            field.reject(
                name.at,
                format!("`{}` is nothing that /settings can change", name.value),
                format!("choose from {}", all.join(", ")),
            );
        }
        Some(Located { value, at })
    }

    fn to_toml(&self) -> Option<String> {
        let names: Vec<String> = self.iter().map(|setting| quoted(&setting.name())).collect();
        Some(format!("[{}]", names.join(", ")))
    }
}
