//! `config.toml` and `docs/CONFIGURATION.md` are generated from the declared keys. These tests
//! compare them with the declaration, or write them if `FOOTNOTE_DOCS=write` is set.

use std::fmt::Write as _;
use std::fs;

use footnote::config::{Declaration, declarations, server_declarations};

use crate::support::generated::assert_generated;

/// The width of a comment, in columns.
const WIDTH: usize = 100;

const SHIPPED_HEAD: &str = "Footnote's configuration. Every key is optional and is shown with its \
    default; a key behind a # is off. docs/CONFIGURATION.md has the same in tables. The bot's \
    token does not belong here: set the environment variable DISCORD_TOKEN, or set \
    DISCORD_TOKEN_FILE to the path of a file that holds it.";

const REFERENCE_HEAD: &str = "# Configuration

<!-- Generated from src/config/keys.rs by `just docs`; a test compares the two. -->

Footnote reads `config.toml` in the current folder, or the file that `--config FILE` names. Every \
key is optional. The `config.toml` in this repository has all keys with their defaults. If there \
are mistakes, the program shows them all at once and stops with exit code 2. Each mistake comes \
with its line, the nearest valid key, and what to write instead.

A running bot follows changes of `answer.answer_at`, `closest_at`, `suggest_at` and \
`unanswerable`; other changes take effect at the next start. A confidence is a number from 0 (no \
idea) to 1 (certain).
";

const REFERENCE_TAIL: &str = "
## The environment

Secrets do not belong in a file that might be committed, so they come from the environment. Each \
secret has two variables: one for its value, and one for the path of a file that holds it, because \
container engines provide secrets as files. Set one of the two, not both.

| variable | or path of a file | meaning |
|---|---|---|
| `DISCORD_TOKEN` | `DISCORD_TOKEN_FILE` | The bot's token, from the *Bot* page of the developer \
portal. `footnote serve` needs it. |
| `FOOTNOTE_JOURNAL_KEY` | `FOOTNOTE_JOURNAL_KEY_FILE` | The key of the journal's hashes, at least \
32 characters. If it is not set, the bot makes one (see [OPERATIONS.md](OPERATIONS.md#journal)). |

Every key can be set in the environment too, and that overrides the file: the variable is \
`FOOTNOTE_`, then the key with its table in capitals, with `_` for each dot, such as \
`FOOTNOTE_LOG_FORMAT=json`, `FOOTNOTE_ANSWER_ANSWER_AT=0.6` or \
`FOOTNOTE_DISCORD_WATCH_CHANNELS='[1287650000000000020]'`. Texts need no quotation marks. A blank \
variable counts as not set. Relative paths mean the same as in the file.

`footnote config` shows what is in force, and whether the file, a variable or the default says so.

`NO_COLOR` with any value turns colours off.
";

const TABLE_HEAD: &str = "| key | type | default | example | meaning |\n|---|---|---|---|---|";

/// The tables in the order of their first keys, each with its keys.
fn tables() -> Vec<(&'static str, Vec<Declaration>)> {
    let mut tables: Vec<(&str, Vec<Declaration>)> = Vec::new();
    for key in declarations() {
        let (table, _) = place(&key);
        match tables.last_mut().filter(|(last, _)| *last == table) {
            Some((_, keys)) => keys.push(key),
            None => tables.push((table, vec![key])),
        }
    }
    tables
}

fn place(key: &Declaration) -> (&'static str, &'static str) {
    key.path.rsplit_once('.').unwrap_or(("", key.path))
}

fn comment(text: &str) -> String {
    textwrap::fill(text, textwrap::Options::new(WIDTH).initial_indent("# ").subsequent_indent("# "))
}

/// What stands above the keys of a server.
const SERVER_HEAD: &str = "What one server has of its own; the table can be repeated for further \
    servers (see docs/SERVERS.md). Whatever it leaves out is as in the other tables.";

/// `config.toml` as it is shipped.
fn shipped() -> String {
    let mut text = comment(SHIPPED_HEAD) + "\n";
    for (table, keys) in tables() {
        text.push('\n');
        if !table.is_empty() {
            writeln!(text, "[{table}]").unwrap();
        }
        for key in keys {
            let (_, name) = place(&key);
            writeln!(text, "{}", comment(key.meaning)).unwrap();
            match key.default {
                Some(default) => writeln!(text, "{name} = {default}").unwrap(),
                None => writeln!(text, "# {name} = {}", key.example).unwrap(),
            }
        }
    }
    write!(text, "\n{}\n#\n# [[server]]\n", comment(SERVER_HEAD)).unwrap();
    for key in server_declarations() {
        let (_, name) = place(&key);
        writeln!(text, "{}\n# {name} = {}", comment(key.meaning), key.example).unwrap();
    }
    text
}

/// `docs/CONFIGURATION.md`.
fn reference() -> String {
    let mut text = REFERENCE_HEAD.to_owned();
    for (table, keys) in tables().into_iter().chain([("server", server_declarations())]) {
        let title = match table {
            "" => "Top level".to_owned(),
            "server" => "`[[server]]`".to_owned(),
            table => format!("`[{table}]`"),
        };
        write!(text, "\n## {title}\n\n").unwrap();
        if table == "server" {
            write!(text, "{}\n\n", SERVER_HEAD.replace("docs/SERVERS.md", "[SERVERS.md](SERVERS.md)")).unwrap();
        }
        writeln!(text, "{TABLE_HEAD}").unwrap();
        for key in keys {
            let (_, name) = place(&key);
            let default = key.default.map(|default| format!("`{default}`"));
            let default = default.as_deref().unwrap_or("none");
            let meaning = key.meaning.replace("docs/OPERATIONS.md", "[OPERATIONS.md](OPERATIONS.md)");
            let (values, example) = (key.values, format!("`{}`", key.example));
            writeln!(text, "| `{name}` | {values} | {default} | {example} | {meaning} |").unwrap();
        }
    }
    text + REFERENCE_TAIL
}

#[test]
fn the_shipped_file_follows_from_the_declared_keys() {
    assert_generated("config.toml", &shipped());
}

#[test]
fn the_reference_follows_from_the_declared_keys() {
    assert_generated("docs/CONFIGURATION.md", &reference());
}

#[test]
fn every_default_and_example_is_a_value_of_its_key() {
    const PUBLIC_KEY: &str = "67c6bd767ca099e79efac9fcce4d2022a63bf7dea780e7f3d813f694c1597089";
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    for key in declarations() {
        let (table, name) = place(&key);
        for value in key.default.into_iter().chain([key.example.to_owned()]) {
            let value = value.replace("64 hexadecimal digits", PUBLIC_KEY);
            let header = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
            // If the webhook is chosen, its key is required.
            let webhook =
                if value == "\"webhook\"" { format!("webhook.public_key = \"{PUBLIC_KEY}\"\n") } else { String::new() };
            fs::write(&path, format!("{header}{name} = {value}\n{webhook}")).unwrap();
            let read = footnote::config::Config::load(Some(&path)).map_err(|error| error.diagnostics.to_string());
            assert!(read.is_ok(), "{}: {}", key.path, read.unwrap_err());
        }
    }
    for key in server_declarations() {
        let (_, name) = place(&key);
        let id = if name == "id" { "" } else { "id = \"7\"\n" };
        fs::write(&path, format!("[[server]]\n{id}{name} = {}\n", key.example)).unwrap();
        let read = footnote::config::Config::load(Some(&path)).map_err(|error| error.diagnostics.to_string());
        assert!(read.is_ok(), "{}: {}", key.path, read.unwrap_err());
    }
}
