//! `config`: what is in force, and where each value comes from.

use std::io::{self, Write};
use std::path::Path;

use super::outcome::{CommandError, Verdict};
use crate::config::{Config, InForce, Origin, keys_in_force, misspelt_variables, servers_in_force};
use footnote_knowledge::text::plain::without_controls;

/// `named` is the file that the command line names, `knowledge` the folder that it names.
pub(super) fn run(named: Option<&Path>, knowledge: Option<&Path>) -> Result<Verdict, CommandError> {
    let file = Config::file(named).map_or_else(|| "no file".to_owned(), |file| shown(&file));
    let keys = keys_in_force(named)?;
    let servers = servers_in_force(named)?;
    let mut out = anstream::stdout().lock();
    render(&mut out, &file, &keys, knowledge)
        .and_then(|()| render_servers(&mut out, &servers))
        .and_then(|()| render_misspelt(&mut out))
        .map_err(CommandError::Io)?;
    Ok(Verdict::Positive)
}

/// Writes the keys as TOML, which `--config` would read again with the same effect.
fn render(out: &mut impl Write, file: &str, keys: &[InForce], knowledge: Option<&Path>) -> io::Result<()> {
    writeln!(out, "# Configuration: {file}")?;
    let mut last = "";
    for key in keys {
        let (table, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
        if table != last {
            writeln!(out, "\n[{table}]")?;
            last = table;
        }
        let (value, origin) = match knowledge.filter(|_| key.path == "knowledge.path") {
            Some(folder) => {
                let folder = toml::Value::String(folder.display().to_string());
                (Some(folder.to_string()), "--knowledge".to_owned())
            }
            None => (key.value.clone(), described(&key.origin)),
        };
        match value {
            Some(value) => writeln!(out, "{name} = {value}  # {origin}")?,
            None => writeln!(out, "# {name} is not set")?,
        }
    }
    Ok(())
}

/// Writes what each server has of its own.
fn render_servers(out: &mut impl Write, servers: &[Vec<InForce>]) -> io::Result<()> {
    for server in servers {
        writeln!(out, "\n[[server]]")?;
        for key in server {
            let (_, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
            if let Some(value) = &key.value {
                writeln!(out, "{name} = {value}  # {}", described(&key.origin))?;
            }
        }
    }
    Ok(())
}

fn render_misspelt(out: &mut impl Write) -> io::Result<()> {
    for (variable, known) in misspelt_variables() {
        let variable = without_controls(&variable);
        writeln!(out, "\n# {variable} is set and means nothing: did you mean {known}?")?;
    }
    Ok(())
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
