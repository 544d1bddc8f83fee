//! What those who manage a server can change there, if the operator lets them.

use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, Location};
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
    /// The channels and forums that are watched besides those that the operator names.
    WatchChannels,
    /// From which confidence on the bot answers.
    AnswerAt,
    /// From which confidence on it shows the closest entry.
    ClosestAt,
    /// From which confidence on it offers entries.
    SuggestAt,
    /// From which confidence on it answers unasked.
    WatchAt,
}

impl Setting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::For,
        Self::Language,
        Self::HelperRole,
        Self::ReviewersRole,
        Self::Cooldown,
        Self::WatchChannels,
        Self::AnswerAt,
        Self::ClosestAt,
        Self::SuggestAt,
        Self::WatchAt,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it is about messages that are not addressed to the bot, which only the gateway
    /// brings.
    #[must_use]
    pub fn needs_gateway(self) -> bool {
        matches!(self, Self::WatchChannels | Self::WatchAt)
    }
}

/// Reports a setting that the webhook cannot have.
pub(super) fn reject_gateway_settings(settings: &[Setting], at: &Location, sink: &DiagnosticSink) {
    if let Some(setting) = settings.iter().find(|setting| setting.needs_gateway()) {
        let name = quoted(&setting.name());
        let message = format!("{name} needs the gateway: Discord sends no messages to a webhook");
        let help = "write transport = \"gateway\", or leave it out of settings";
        sink.report(Diagnostic::error(at.clone(), message).help(help));
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
