//! What a bot works with, decided when it starts.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use footnote_knowledge::staleness::Age;
use footnote_search::reply::Answerer;

use super::desk::Desk;
use crate::base::BaseFolders;
use crate::config::{
    Config, CooldownConfig, DigestConfig, Helpers, Links, Offering, ServerConfig, Setting, ThreadConfig, WatchConfig,
};
use crate::health::Health;
use crate::journal::Journal;
use crate::language::Language;

/// What the bot works with, decided when it starts.
#[derive(Debug)]
pub struct Setup {
    /// The base to answer from until another is loaded.
    pub answerer: Answerer,
    /// The folders that the base was loaded from.
    pub folders: BaseFolders,
    /// The language of the base; `None` if questions in other languages get no special reply.
    pub base_language: Option<Language>,
    /// How old the date of an entry may be before somebody should look at it again.
    pub stale_after: Option<Age>,
    /// The share of questions without an answer that a calibration expects, 0 to below 1.
    pub unanswerable: f32,
    /// Where votes and unanswered questions are kept, if anywhere.
    pub journal: Option<Journal>,
    /// The addresses that `/about` shows.
    pub links: Links,
    /// The address of the site on which each entry has a page, if there is one.
    pub site: Option<String>,
    /// What members read if neither their client nor their server says a language.
    pub language: Language,
    /// How often a member may use the bot, if there is a limit.
    pub cooldown: Option<CooldownConfig>,
    /// Where plain messages are answered.
    pub watch: WatchConfig,
    /// What the bot does in threads there.
    pub threads: ThreadConfig,
    /// Where the base is changed, if it is changed from Discord.
    pub desk: Option<Desk>,
    /// Where and when moderators get a digest, if they get one.
    pub digest: Option<DigestConfig>,
    /// How commands are offered.
    pub offering: Offering,
    /// After how long an offer that nobody uses loses its menu.
    pub offer_time: Duration,
    /// Who answers what the bot cannot.
    pub helpers: Helpers,
    /// What those who manage a server can change there.
    pub settings: Vec<Setting>,
    /// How far below what is configured they can set thresholds, 0 to 1.
    pub settings_leeway: f32,
    /// The servers that have something of their own.
    pub servers: Vec<ServerConfig>,
    /// How many bytes the loaded bases may take together.
    pub bases_bytes: u64,
    /// Of interactions that succeeded, every so many-th is logged.
    pub log_every: NonZeroU32,
    /// Where each part reports whether it is ready.
    pub health: Arc<Health>,
}

impl Setup {
    /// A base from this folder, and nothing optional.
    #[must_use]
    pub fn new(answerer: Answerer, knowledge: impl Into<PathBuf>) -> Self {
        Self {
            answerer,
            folders: BaseFolders::new(knowledge, None),
            base_language: Config::default().base_language,
            stale_after: None,
            unanswerable: Config::default().unanswerable,
            journal: None,
            links: Links::default(),
            site: None,
            language: Language::default(),
            cooldown: None,
            watch: WatchConfig::default(),
            threads: ThreadConfig::default(),
            desk: None,
            digest: None,
            offering: Offering::default(),
            offer_time: Config::default().discord.offer_time,
            helpers: Helpers::default(),
            settings: Vec::new(),
            settings_leeway: 0.0,
            servers: Vec::new(),
            bases_bytes: Config::default().bases_bytes,
            log_every: NonZeroU32::MIN,
            health: Arc::default(),
        }
    }
}
