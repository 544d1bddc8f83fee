//! The configuration: `config.toml`, and the bot's token from the environment.
//!
//! Everything that an operator may set is validated here, once, before anything starts. The token
//! is apart: it never stands in a file that might be committed, and its type does not let it be
//! printed.

mod cooldown;
mod transport;
mod watch;

use std::env::VarError;
use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

pub use self::cooldown::CooldownConfig;
pub use self::transport::{PublicKey, PublicKeyError, Transport, WebhookConfig};
pub use self::watch::WatchConfig;
use crate::secret::{self, SecretError};
use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink, Diagnostics};
use footnote_knowledge::toml_file::{Located, TableReader, read_source_file, read_table};
use footnote_search::reply::Thresholds;

/// The file that is read where `--config` names no other.
pub const DEFAULT_FILE: &str = "config.toml";

/// The longest address that is shown.
const MAX_ADDRESS: usize = 500;

const TOKEN_VARIABLE: &str = "DISCORD_TOKEN";
const TOKEN_FILE_VARIABLE: &str = "DISCORD_TOKEN_FILE";

/// What can be set in `config.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The folder of the knowledge base.
    pub knowledge: PathBuf,
    /// From which confidence on to answer and to suggest.
    pub thresholds: Thresholds,
    /// How to reach Discord.
    pub discord: DiscordConfig,
    /// Where to answer without being asked.
    pub watch: WatchConfig,
    /// Where to keep what could not be answered and members' votes; `None` where the journal is
    /// off.
    pub journal: Option<JournalConfig>,
    /// What to log and how.
    pub log: LogConfig,
}

/// How to reach Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscordConfig {
    /// Where to send REST requests instead of to Discord: the address of a proxy that keeps the
    /// rate limits, without a path.
    pub api_proxy: Option<String>,
    /// Where the program's source code is shown, for `/about`: an https address.
    pub source_code: Option<String>,
    /// How interactions come in.
    pub transport: Transport,
    /// How often a member may use the bot; `None` for as often as they like.
    pub cooldown: Option<CooldownConfig>,
}

impl Default for DiscordConfig {
    fn default() -> Self {
        let cooldown = Some(CooldownConfig::default());
        Self { api_proxy: None, source_code: None, transport: Transport::default(), cooldown }
    }
}

/// Where the journal is kept, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalConfig {
    /// The database's file. It and its folder are created where they are missing.
    pub path: PathBuf,
    /// After how many days a question that was not asked again, or a vote, is deleted. At least 1.
    pub retention_days: u32,
}

impl Default for JournalConfig {
    fn default() -> Self {
        // A folder of its own, because a container mounts folders, and SQLite keeps two more files
        // beside this one.
        Self { path: PathBuf::from("data/footnote.db"), retention_days: 365 }
    }
}

/// What to log and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogConfig {
    /// The form of a line.
    pub format: LogFormat,
    /// The least important lines that are shown.
    pub level: LogLevel,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes.
    Human,
    /// An object a line, for log collectors.
    Json,
}

/// The importance of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Something failed.
    Error,
    /// Something may need attention.
    Warn,
    /// One line an interaction.
    Info,
    /// Also the text of questions.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    const NAMES: [(&'static str, Self); 5] = [
        ("error", Self::Error),
        ("warn", Self::Warn),
        ("info", Self::Info),
        ("debug", Self::Debug),
        ("trace", Self::Trace),
    ];
}

impl Default for Config {
    fn default() -> Self {
        Self {
            knowledge: PathBuf::from("knowledge"),
            thresholds: Thresholds::default(),
            discord: DiscordConfig::default(),
            watch: WatchConfig::default(),
            journal: Some(JournalConfig::default()),
            log: LogConfig { format: LogFormat::Human, level: LogLevel::Info },
        }
    }
}

/// `config.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not valid")]
pub struct ConfigError {
    /// What is wrong, all of it.
    pub diagnostics: Diagnostics,
}

impl Config {
    /// Reads the file that `--config` names; without one, [`DEFAULT_FILE`] if it is there, and the
    /// defaults if not.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every problem of the file.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let default = Path::new(DEFAULT_FILE);
        match named {
            Some(path) => Self::read(path),
            None if default.symlink_metadata().is_ok() => Self::read(default),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let sink = DiagnosticSink::default();
        let config = match read_source_file(path) {
            Ok(file) => read_table(&file, &["knowledge", "answer", "discord", "journal", "log"], &sink, |root| {
                Self::from_table(root, &sink)
            }),
            Err(diagnostic) => {
                sink.report(diagnostic);
                Self::default()
            }
        };
        let diagnostics = sink.into_diagnostics();
        if diagnostics.is_empty() { Ok(config) } else { Err(ConfigError { diagnostics }) }
    }

    fn from_table(root: &TableReader<'_>, sink: &DiagnosticSink) -> Self {
        let mut config = Self::default();
        let folder = root.at().file.path.parent().unwrap_or(Path::new(""));
        let knowledge = root.optional_text("knowledge", "\"knowledge\"");
        config.knowledge = folder.join(knowledge.map_or(config.knowledge, |path| PathBuf::from(path.value)));
        let answer = root.table("answer", &["answer_at", "suggest_at", "watch_at"]);
        if let Some(table) = &answer {
            config.thresholds = thresholds(table, config.thresholds, sink);
        }
        let discord =
            root.table("discord", &["api_proxy", "source_code", "transport", "watch_channels", "webhook", "cooldown"]);
        if let Some(table) = &discord {
            config.discord.api_proxy = api_proxy(table, sink);
            config.discord.source_code = source_code(table, sink);
            config.discord.transport = transport::transport(table, sink);
            config.discord.cooldown = cooldown::cooldown(table.table("cooldown", &cooldown::KEYS).as_ref());
        }
        let (thresholds, transport) = (config.thresholds, &config.discord.transport);
        config.watch = watch::watch(answer.as_ref(), discord.as_ref(), thresholds, transport, sink);
        let table = root.table("journal", &["enabled", "path", "retention_days"]);
        config.journal = journal(table.as_ref(), folder);
        if let Some(table) = root.table("log", &["format", "level"]) {
            config.log = log(&table, config.log, sink);
        }
        config
    }
}

fn thresholds(table: &TableReader<'_>, default: Thresholds, sink: &DiagnosticSink) -> Thresholds {
    let share = |key: &str, default: f32| share(table, key, default, sink).map_or(default, |share| share.value);
    let thresholds = Thresholds {
        answer_at: share("answer_at", default.answer_at),
        suggest_at: share("suggest_at", default.suggest_at),
    };
    if thresholds.suggest_at > thresholds.answer_at {
        let message = format!("suggest_at ({}) is above answer_at ({})", thresholds.suggest_at, thresholds.answer_at);
        sink.report(
            Diagnostic::error(table.at().clone(), message)
                .help("suggestions are for what is not sure enough to answer: lower suggest_at or raise answer_at"),
        );
    }
    thresholds
}

/// A confidence from 0 to 1, if the key is there and holds one.
fn share(table: &TableReader<'_>, key: &str, default: f32, sink: &DiagnosticSink) -> Option<Located<f32>> {
    let number = table.number(key, "0.5")?;
    if !(0.0..=1.0).contains(&number.value) {
        sink.report(
            Diagnostic::error(number.at, format!("`{key}` is {}, outside 0 to 1", number.value))
                .help(format!("write a confidence such as {key} = {default}")),
        );
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a confidence does not need more digits than f32 has")]
    Some(number.map(|value| value as f32))
}

fn api_proxy(table: &TableReader<'_>, sink: &DiagnosticSink) -> Option<String> {
    let proxy = table.optional_text("api_proxy", "\"http://127.0.0.1:8080\"")?;
    let address = proxy.value.trim_end_matches('/');
    let well_formed = Url::parse(address).is_ok_and(|url| {
        let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && plain
            && url.path() == "/"
            && url.fragment().is_none()
    });
    if !well_formed {
        sink.report(
            Diagnostic::error(proxy.at, format!("`{}` is not the address of a proxy", proxy.value))
                .help("write api_proxy = \"http://HOST:PORT\", without a path"),
        );
        return None;
    }
    Some(address.to_owned())
}

fn source_code(table: &TableReader<'_>, sink: &DiagnosticSink) -> Option<String> {
    let address = table.optional_text("source_code", "\"https://example.org/footnote\"")?;
    if Url::parse(&address.value).is_ok_and(|url| url.scheme() == "https") && address.value.len() <= MAX_ADDRESS {
        return Some(address.value);
    }
    sink.report(
        Diagnostic::error(address.at, format!("`{}` is not a web address", address.value))
            .help(format!("write source_code = \"https://…\", at most {MAX_ADDRESS} characters")),
    );
    None
}

fn journal(table: Option<&TableReader<'_>>, folder: &Path) -> Option<JournalConfig> {
    let mut config = JournalConfig::default();
    let is_on = table.and_then(|table| table.flag("enabled")).unwrap_or(true);
    if let Some(path) = table.and_then(|table| table.optional_text("path", "\"data/footnote.db\"")) {
        config.path = PathBuf::from(path.value);
    }
    if let Some(days) = table.and_then(|table| table.optional_ordinal("retention_days", "365")) {
        config.retention_days = days.value;
    }
    config.path = folder.join(config.path);
    is_on.then_some(config)
}

fn log(table: &TableReader<'_>, default: LogConfig, sink: &DiagnosticSink) -> LogConfig {
    let formats = [("human", LogFormat::Human), ("json", LogFormat::Json)];
    let format = table.optional_text("format", "\"json\"").and_then(|name| choose("format", &name, &formats, sink));
    let level =
        table.optional_text("level", "\"info\"").and_then(|name| choose("level", &name, &LogLevel::NAMES, sink));
    LogConfig { format: format.unwrap_or(default.format), level: level.unwrap_or(default.level) }
}

fn choose<T: Copy>(key: &str, name: &Located<String>, known: &[(&str, T)], sink: &DiagnosticSink) -> Option<T> {
    let found = known.iter().find(|(candidate, _)| *candidate == name.value).map(|(_, value)| *value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        sink.report(
            Diagnostic::error(name.at.clone(), format!("`{}` is not a value of `{key}`", name.value))
                .help(format!("write one of {}", names.join(", "))),
        );
    }
    found
}

/// The bot's token. Neither Debug nor any other trait shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// There is no usable token.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Neither variable is set.
    #[error("no bot token: set {TOKEN_VARIABLE}, or {TOKEN_FILE_VARIABLE} to the path of a file that holds it")]
    Missing,
    /// The value has no form of a token.
    #[error(
        "{origin} does not hold a bot token: copy it from the Bot page of the Discord developer portal, without `Bot ` in front"
    )]
    Malformed {
        /// The variable or file.
        origin: String,
    },
    /// It was given in a way that cannot be used.
    #[error(transparent)]
    Secret(#[from] SecretError),
}

impl Token {
    /// Takes the token from the environment, which `variable` reads.
    ///
    /// # Errors
    ///
    /// [`TokenError`] where it is missing, given twice, unreadable or no token; never with the
    /// value itself.
    pub fn from_environment(variable: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, TokenError> {
        let found = secret::find(variable, TOKEN_VARIABLE, TOKEN_FILE_VARIABLE)?.ok_or(TokenError::Missing)?;
        let well_formed = !found.text.is_empty() && found.text.bytes().all(|byte| byte.is_ascii_graphic());
        if well_formed { Ok(Self(found.text)) } else { Err(TokenError::Malformed { origin: found.origin }) }
    }

    /// The token itself, for the request that needs it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(variables: &[(&str, &str)]) -> Result<Token, TokenError> {
        Token::from_environment(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned()).ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn debug_hides_the_token() {
        let token = token(&[(TOKEN_VARIABLE, "very.secret.value")]).unwrap();
        assert_eq!(token.reveal(), "very.secret.value");
        assert!(!format!("{token:?}").contains("secret"));
    }

    #[test]
    fn the_token_comes_from_exactly_one_place() {
        assert!(matches!(token(&[]), Err(TokenError::Missing)));
        let both = token(&[(TOKEN_VARIABLE, "a"), (TOKEN_FILE_VARIABLE, "b")]);
        assert!(matches!(both, Err(TokenError::Secret(SecretError::Ambiguous { .. }))));
        let malformed = token(&[(TOKEN_VARIABLE, "Bot secret")]).unwrap_err().to_string();
        assert!(!malformed.contains("secret"), "{malformed}");
    }
}
