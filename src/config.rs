//! The configuration: `config.toml`, the variables that override its keys, and the bot's token.
//!
//! Everything that an operator can set is declared in [`keys`] and validated here once, before
//! anything starts. Other modules get the finished values and never see TOML.

mod answering;
mod branch;
mod curation;
mod database_url;
mod digest;
mod environment;
mod key;
mod keys;
mod language;
mod leaked_token;
mod log;
mod offering;
mod server;
mod setting;
mod settings;
mod site;
mod threads;
mod token;
mod transport;
mod web;
mod weekly_time;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use footnote_knowledge::diagnostic::{DiagnosticSink, Diagnostics};
use footnote_knowledge::staleness::Age;
use footnote_knowledge::toml_file::{nearest, read_source_file, read_table};
use footnote_search::reply::Thresholds;

use crate::base::BaseFolders;
use crate::language::Language;

pub use self::answering::{CooldownConfig, WatchConfig};
pub use self::curation::CurationConfig;
use self::database_url::hide_passwords;
pub use self::database_url::{DatabaseUrl, DatabaseUrlError};
pub use self::digest::DigestConfig;
pub use self::environment::variable;
pub use self::key::Declaration;
use self::leaked_token::Hidden;
pub use self::log::{LogConfig, LogFormat, LogLevel};
pub use self::offering::{Helpers, Links, Offering};
pub use self::server::ServerConfig;
pub use self::setting::Setting;
pub use self::settings::{InForce, Origin};
use self::settings::{Settings, names_in};
pub(crate) use self::site::ANY_ORIGIN;
pub use self::threads::ThreadConfig;
pub use self::token::{Token, TokenError};
use self::transport::{KEY_HELP, TransportName};
pub use self::transport::{PublicKey, PublicKeyError, Shards, Transport, WebhookConfig};
pub use self::web::WebConfig;
pub use self::weekly_time::WeeklyTime;

/// The file that is read if `--config` names no other.
pub const DEFAULT_FILE: &str = "config.toml";

/// The variables that are no keys of the file.
const OTHER_VARIABLES: [&str; 2] = ["FOOTNOTE_JOURNAL_KEY", "FOOTNOTE_JOURNAL_KEY_FILE"];

/// Every key of `config.toml`, in the order of the shipped file.
#[must_use]
pub fn declarations() -> Vec<Declaration> {
    keys::declarations()
}

/// Every key of a `[[server]]`.
#[must_use]
pub fn server_declarations() -> Vec<Declaration> {
    keys::server::declarations()
}

/// Everything that can be set in `config.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The folder of the knowledge base.
    pub knowledge: PathBuf,
    /// Where the base's overlay is; `None` for the usual place.
    pub overlay: Option<PathBuf>,
    /// Whether a running bot loads the base anew when its files change.
    pub watches_files: bool,
    /// How old the date of an entry may be before somebody should look at it again.
    pub stale_after: Option<Age>,
    /// The language of the base; `None` if questions in other languages get no special reply.
    pub base_language: Option<Language>,
    /// The confidence from which the bot answers, and the one from which it suggests.
    pub thresholds: Thresholds,
    /// The share of questions that are expected to have no answer in the base, 0 to below 1.
    pub unanswerable: f32,
    /// How to reach Discord.
    pub discord: DiscordConfig,
    /// Where to answer without being asked.
    pub watch: WatchConfig,
    /// What to do in the threads of those channels.
    pub threads: ThreadConfig,
    /// How the base is changed from Discord; `None` if it is not.
    pub curation: Option<CurationConfig>,
    /// Where and when moderators get a digest; `None` if they get none.
    pub digest: Option<DigestConfig>,
    /// Where to keep unanswered questions and members' votes; `None` if the journal is off.
    pub journal: Option<JournalConfig>,
    /// Where to answer probes.
    pub http: HttpConfig,
    /// Where to show the base to everyone.
    pub web: WebConfig,
    /// What to log, and how.
    pub log: LogConfig,
    /// How many bytes the loaded bases may take together.
    pub bases_bytes: u64,
    /// The servers that have something of their own.
    pub servers: Vec<ServerConfig>,
    /// The folders of the base that is meant, if it is not that of `[knowledge]`.
    pub instead: Option<BaseFolders>,
}

/// No `[[server]]` has this id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has no [[server]] with the id {0}: look the id up again, or add one")]
pub struct UnknownServer(pub u64);

/// How to reach Discord.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscordConfig {
    /// The address of a proxy, without a path, that gets the REST requests instead of Discord and
    /// observes the rate limits.
    pub api_proxy: Option<String>,
    /// The addresses that `/about` shows.
    pub links: Links,
    /// Which shards to run, if interactions come over the gateway.
    pub shards: Shards,
    /// How interactions come in.
    pub transport: Transport,
    /// What members read if neither their client nor their server says a language.
    pub language: Language,
    /// How often a member may use the bot; `None` if there is no limit.
    pub cooldown: Option<CooldownConfig>,
    /// How commands are offered.
    pub offering: Offering,
    /// After how long an offer that nobody uses loses its menu.
    pub offer_time: Duration,
    /// Who answers what the bot cannot.
    pub helpers: Helpers,
    /// What those who manage a server can change there.
    pub settings: Vec<Setting>,
    /// How far below those of the operator they can set thresholds, 0 to 1.
    pub settings_leeway: f32,
}

/// Where to answer probes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpConfig {
    /// The address to listen on; `None` if nobody asks.
    pub listen: Option<SocketAddr>,
}

/// Where the journal is kept, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalConfig {
    /// The database on a server, instead of a file.
    pub url: Option<DatabaseUrl>,
    /// The database file. The file and its folder are created if they are missing. With a server,
    /// only the key beside it is used, if there is one.
    pub path: PathBuf,
    /// After how many days a vote is deleted, or a question that was not asked again. At least 1.
    pub retention_days: u32,
    /// Whether to keep where an unanswered question was asked.
    pub links: bool,
    /// How many unanswered questions are stored.
    pub limits: GapLimits,
}

/// How many unanswered questions the journal stores. Further ones are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapLimits {
    /// New ones of a member on a day (UTC). At least 1.
    pub a_member_a_day: u32,
    /// All of a server; those from direct messages count as one server. At least 1.
    pub a_server: u32,
}

impl Default for JournalConfig {
    fn default() -> Self {
        Self {
            url: None,
            path: (keys::JOURNAL_PATH.default)(),
            retention_days: (keys::JOURNAL_RETENTION_DAYS.default)().get(),
            links: (keys::JOURNAL_LINKS.default)(),
            limits: GapLimits {
                a_member_a_day: (keys::JOURNAL_GAPS_A_DAY.default)().get(),
                a_server: (keys::JOURNAL_GAPS_A_SERVER.default)().get(),
            },
        }
    }
}

/// `config.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is not valid")]
pub struct ConfigError {
    /// Everything that is wrong.
    pub diagnostics: Diagnostics,
}

impl Config {
    /// Reads the file that `--config` names. Without `--config`, reads [`DEFAULT_FILE`] if it
    /// exists, and otherwise uses the defaults. A variable of the environment overrides its key.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with every problem of the file.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        read(Self::file(named).as_deref(), Self::from_settings)
    }

    /// The file that is read, if any: the one that `--config` names, or [`DEFAULT_FILE`] if it
    /// exists.
    #[must_use]
    pub fn file(named: Option<&Path>) -> Option<PathBuf> {
        let default = || Some(PathBuf::from(DEFAULT_FILE)).filter(|path| path.symlink_metadata().is_ok());
        named.map(Path::to_owned).or_else(default)
    }

    /// The folders of the base.
    #[must_use]
    pub fn folders(&self) -> BaseFolders {
        self.instead.clone().unwrap_or_else(|| BaseFolders::new(&self.knowledge, self.overlay.clone()))
    }

    /// The configuration in which the base, and how it is asked, are those of a server.
    ///
    /// # Errors
    ///
    /// [`UnknownServer`] if the configuration does not name it.
    pub fn of_server(mut self, id: u64) -> Result<Self, UnknownServer> {
        let server = self.servers.iter().find(|server| server.id == id).ok_or(UnknownServer(id))?.clone();
        if let Some(folders) = server.folders {
            self.knowledge.clone_from(&folders.knowledge);
            self.instead = Some(folders);
            // The pages are those of the base that all others share.
            self.web.public_url = None;
        }
        self.base_language = server.base_language;
        self.thresholds = server.thresholds.unwrap_or(self.thresholds);
        Ok(self)
    }

    /// What all servers have.
    fn common(&self) -> server::Common<'_> {
        server::Common {
            folders: self.folders(),
            base_language: self.base_language,
            thresholds: self.thresholds,
            watch: &self.watch,
            is_webhook: matches!(self.discord.transport, Transport::Webhook(_)),
            helpers: self.discord.helpers,
            helper_role: self.threads.helper_role,
            curation: self.curation.as_ref(),
            language: self.discord.language,
            cooldown: self.discord.cooldown,
            allows_for: self.discord.offering.allows_for,
            settings: &self.discord.settings,
            settings_leeway: self.discord.settings_leeway,
        }
    }

    fn from_settings(settings: &Settings<'_>, folder: &Path) -> Self {
        let thresholds = answering::thresholds(settings);
        let transport = transport(settings);
        let is_webhook = matches!(transport, Transport::Webhook(_));
        let mut config = Self {
            knowledge: folder.join(settings.get(&keys::KNOWLEDGE)),
            overlay: settings.get(&keys::CURATION_OVERLAY).map(|overlay| folder.join(overlay)),
            watches_files: settings.get(&keys::KNOWLEDGE_WATCH),
            stale_after: settings.get(&keys::STALE_AFTER),
            base_language: settings.get(&keys::BASE_LANGUAGE).0,
            thresholds,
            unanswerable: settings.get(&keys::UNANSWERABLE).0,
            watch: answering::watch(settings, thresholds, &transport),
            threads: threads(settings),
            discord: DiscordConfig {
                api_proxy: settings.get(&keys::API_PROXY).map(|address| address.0),
                links: offering::links(settings),
                language: settings.get(&keys::LANGUAGE),
                shards: settings.get(&keys::SHARDS),
                transport,
                cooldown: answering::cooldown(settings),
                offering: offering::offering(settings),
                offer_time: offering::offer_time(settings),
                helpers: offering::helpers(settings),
                settings: offering::changeable(settings, is_webhook),
                settings_leeway: settings.get(&keys::SETTINGS_LEEWAY),
            },
            curation: curation::curation(settings),
            digest: digest::digest(settings),
            journal: journal(settings, folder),
            http: HttpConfig { listen: settings.get(&keys::HTTP_LISTEN) },
            web: WebConfig::read(settings),
            log: LogConfig {
                format: settings.get(&keys::LOG_FORMAT),
                level: settings.get(&keys::LOG_LEVEL),
                sample: settings.get(&keys::LOG_SAMPLE),
            },
            bases_bytes: u64::from(settings.get(&keys::MEMORY_BASES).get()) * 1_000_000,
            servers: Vec::new(),
            instead: None,
        };
        config.servers = server::servers(settings, &config.common(), folder);
        config
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::from_settings(&Settings::none(environment::none, &DiagnosticSink::default()), Path::new(""))
    }
}

/// Reads the file, if there is one, and the environment.
fn read<T>(path: Option<&Path>, read: impl FnOnce(&Settings<'_>, &Path) -> T) -> Result<T, ConfigError> {
    let (sink, environment) = (DiagnosticSink::default(), environment::of_process);
    let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
    let mut hidden = None;
    let result = match path.map(read_source_file).transpose() {
        Ok(Some(file)) => {
            let Hidden { file: original, may_show_more, .. } = hidden.insert(leaked_token::hide(file));
            let file = hide_passwords(Arc::clone(original));
            (!*may_show_more).then(|| {
                read_table(&file, &names_in(""), &sink, |root| {
                    read(&Settings::new(root, environment, &original.text, &sink), folder)
                })
            })
        }
        Ok(None) => Some(read(&Settings::none(environment, &sink), folder)),
        Err(diagnostic) => {
            sink.report(diagnostic);
            None
        }
    };
    let found = sink.into_diagnostics();
    let diagnostics = match hidden {
        Some(Hidden { file, errors, .. }) => leaked_token::with_tokens(found, &file, errors),
        None => found,
    };
    result.filter(|_| diagnostics.is_empty()).ok_or(ConfigError { diagnostics })
}

/// The format of the log, even if the configuration has mistakes, for the line that names them.
#[must_use]
pub fn log_format(named: Option<&Path>) -> LogFormat {
    let (sink, environment) = (DiagnosticSink::default(), environment::of_process);
    match Config::file(named).map(|path| read_source_file(&path)) {
        Some(Ok(file)) => read_table(&file, &names_in(""), &sink, |root| {
            Settings::new(root, environment, "", &sink).get(&keys::LOG_FORMAT)
        }),
        _ => Settings::none(environment, &sink).get(&keys::LOG_FORMAT),
    }
}

/// What is in force for every key, in the order of the shipped file.
///
/// # Errors
///
/// [`ConfigError`] with every problem of the file and of the environment.
pub fn keys_in_force(named: Option<&Path>) -> Result<Vec<InForce>, ConfigError> {
    let config = Config::load(named)?;
    let mut keys = read(Config::file(named).as_deref(), |settings, _| settings.all_in_force())?;
    // These two defaults move with other keys.
    let moved = [(keys::CLOSEST_AT.path, config.thresholds.closest_at), (keys::WATCH_AT.path, config.watch.answer_at)];
    for (path, value) in moved {
        for key in keys.iter_mut().filter(|key| key.path == path) {
            key.value = Some(value.to_string());
        }
    }
    Ok(keys)
}

/// What each `[[server]]` sets, in the order of the file.
///
/// # Errors
///
/// [`ConfigError`] with every problem of the file and of the environment.
pub fn servers_in_force(named: Option<&Path>) -> Result<Vec<Vec<InForce>>, ConfigError> {
    read(Config::file(named).as_deref(), |settings, _| server::in_force(settings))
}

/// Variables of the process that override no key but are nearly named like one that does: the
/// variable, and the one that was probably meant.
#[must_use]
pub fn misspelt_variables() -> Vec<(String, String)> {
    let known: Vec<String> = keys::paths().map(variable).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).chain(OTHER_VARIABLES).collect();
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = set.filter(|name| name.starts_with("FOOTNOTE_") && !known.contains(&name.as_str()));
    let meant = |name: String| nearest(&name, &known).map(|known| (name.clone(), known.to_owned()));
    unknown.filter_map(meant).collect()
}

/// Reads the webhook's table even if the gateway is used, so that mistakes in it show before
/// anyone relies on it.
fn transport(settings: &Settings<'_>) -> Transport {
    let name = settings.find(&keys::TRANSPORT).filter(|name| name.value == TransportName::Webhook);
    let listen = settings.get(&keys::WEBHOOK_LISTEN);
    let drain = settings.get(&keys::WEBHOOK_DRAIN).map_or(0, NonZeroU32::get);
    let drain = Duration::from_secs(drain.into());
    let Some(name) = name else {
        settings.find(&keys::WEBHOOK_PUBLIC_KEY);
        return Transport::Gateway;
    };
    let is_elsewhere = settings.is_in_environment(&keys::WEBHOOK_PUBLIC_KEY);
    if settings.table_at("discord.webhook").is_none() && !is_elsewhere {
        let message = "the webhook needs the application's public key, but there is no table \
                       [discord.webhook]";
        let example = keys::WEBHOOK_PUBLIC_KEY.example;
        settings.report(&name.at, message, format!("add it with public_key = {example}: {KEY_HELP}"));
    }
    let public_key = settings.require(&keys::WEBHOOK_PUBLIC_KEY).and_then(|key| key.value);
    public_key.map_or(Transport::Gateway, |public_key| Transport::Webhook(WebhookConfig { listen, public_key, drain }))
}

fn threads(settings: &Settings<'_>) -> ThreadConfig {
    ThreadConfig {
        helper_role: settings.get(&keys::HELPERS_ROLE).map(|role| role.0),
        solved_tag: settings.get(&keys::FORUM_SOLVED_TAG).map(|tag| tag.0),
        closes_solved: settings.get(&keys::FORUM_CLOSE_SOLVED),
    }
}

fn journal(settings: &Settings<'_>, folder: &Path) -> Option<JournalConfig> {
    let config = JournalConfig {
        url: settings.get(&keys::JOURNAL_URL),
        path: folder.join(settings.get(&keys::JOURNAL_PATH)),
        retention_days: settings.get(&keys::JOURNAL_RETENTION_DAYS).get(),
        links: settings.get(&keys::JOURNAL_LINKS),
        limits: GapLimits {
            a_member_a_day: settings.get(&keys::JOURNAL_GAPS_A_DAY).get(),
            a_server: settings.get(&keys::JOURNAL_GAPS_A_SERVER).get(),
        },
    };
    settings.get(&keys::JOURNAL_ENABLED).then_some(config)
}
