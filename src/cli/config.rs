//! `config`: what is in force, and where each value comes from.

use std::io::Write;
use std::path::Path;

use super::outcome::{CommandError, Verdict};
use crate::config::{Config, InForce, Origin, keys_in_force, misspelt_variables};
use footnote_knowledge::text::plain::without_controls;

/// `named` is the file that the command line names, `knowledge` the folder that it names.
pub(super) fn run(named: Option<&Path>, knowledge: Option<&Path>) -> Result<Verdict, CommandError> {
    let mut out = anstream::stdout().lock();
    let file = Config::file(named).map_or_else(|| "no file".to_owned(), |file| shown(&file));
    let text = render(&file, &keys_in_force(named)?, knowledge);
    write!(out, "{text}").map_err(CommandError::Io)?;
    for (variable, known) in misspelt_variables() {
        let variable = without_controls(&variable);
        let hint = format!("\n# {variable} is set and means nothing: did you mean {known}?");
        writeln!(out, "{hint}").map_err(CommandError::Io)?;
    }
    Ok(Verdict::Positive)
}

/// The keys as TOML, which `--config` would read again with the same effect.
fn render(file: &str, keys: &[InForce], knowledge: Option<&Path>) -> String {
    let mut text = format!("# Configuration: {file}\n");
    let mut last = "";
    for key in keys {
        let (table, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
        if table != last {
            text += &format!("\n[{table}]\n");
            last = table;
        }
        let (value, origin) = match knowledge.filter(|_| key.path == "knowledge.path") {
            Some(folder) => (Some(format!("{:?}", folder.display().to_string())), "--knowledge".to_owned()),
            None => (key.value.clone(), described(&key.origin)),
        };
        text +=
            &value.map_or_else(|| format!("# {name} is not set\n"), |value| format!("{name} = {value}  # {origin}\n"));
    }
    text
}

fn described(origin: &Origin) -> String {
    match origin {
        Origin::Default => "default".to_owned(),
        Origin::File(path) => shown(path),
        Origin::Environment(variable) => variable.clone(),
    }
}

fn shown(path: &Path) -> String {
    without_controls(&path.display().to_string())
}
