//! Keys of the configuration that are set in the environment instead of the file.
//!
//! A variable is read as if its value stood behind the key in a file of its own, so every key has
//! one rule for its values, and a mistake is shown in the same way.

use std::env::VarError;
use std::path::PathBuf;
use std::sync::Arc;

use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, SourceFile};
use footnote_knowledge::toml_file::{Located, read_table};

use super::database_url::hide_passwords;
use super::key::{Field, Key, Value, quoted};

/// What all variables begin with.
const PREFIX: &str = "FOOTNOTE_";

/// The variable that overrides a key.
#[must_use]
pub fn variable(path: &str) -> String {
    PREFIX.to_owned() + &path.to_uppercase().replace('.', "_")
}

/// Reads a variable of the environment.
pub(super) type Environment = fn(&str) -> Result<String, VarError>;

/// The variables of the process.
pub(super) fn of_process(variable: &str) -> Result<String, VarError> {
    std::env::var(variable)
}

/// No variables.
pub(super) fn none(_: &str) -> Result<String, VarError> {
    Err(VarError::NotPresent)
}

/// Whether a key's variable is set. A blank one is not, because container engines pass on blank
/// ones.
pub(super) fn sets<T>(environment: Environment, key: &Key<T>) -> bool {
    match environment(&variable(key.path)) {
        Ok(text) => !text.trim().is_empty(),
        Err(VarError::NotUnicode(_)) => true,
        Err(VarError::NotPresent) => false,
    }
}

/// The key's value from its variable, which is set. `None` if it is unusable, which is reported.
pub(super) fn find<T: Value>(environment: Environment, key: &Key<T>, sink: &DiagnosticSink) -> Option<Located<T>> {
    let variable = variable(key.path);
    let place = PathBuf::from(format!("environment variable {variable}"));
    let Ok(text) = environment(&variable) else {
        sink.report(Diagnostic::error_in(place, "it is not UTF-8").help("set it to UTF-8 text, or unset it"));
        return None;
    };
    let (_, name) = key.place();
    let text = text.trim();
    let value = if T::IS_TEXT || !is_toml(text) { quoted(&text) } else { text.to_owned() };
    let original = Arc::new(SourceFile { path: place, text: format!("{name} = {value}") });
    let file = hide_passwords(Arc::clone(&original));
    read_table(&file, &[name], sink, |table| {
        let original = &original.text;
        T::read(&Field { table, name, example: key.example, is_required: true, original, sink })
    })
}

/// Whether a text is one value in TOML.
fn is_toml(text: &str) -> bool {
    format!("key = {text}").parse::<toml::Table>().is_ok_and(|table| table.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_named_after_its_key() {
        assert_eq!(variable("log.format"), "FOOTNOTE_LOG_FORMAT");
        assert_eq!(variable("discord.webhook.public_key"), "FOOTNOTE_DISCORD_WEBHOOK_PUBLIC_KEY");
    }

    #[test]
    fn only_a_whole_value_is_toml() {
        assert!(["0.5", "true", "[1, 2]", "\"json\""].iter().all(|text| is_toml(text)));
        assert!(["json", "", "1\nother = 2", "1 2"].iter().all(|text| !is_toml(text)));
    }
}
