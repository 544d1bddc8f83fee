//! `[[server]]`: what a server has of its own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use footnote_knowledge::diagnostic::Diagnostic;
use footnote_knowledge::toml_file::{Located, TableReader};
use footnote_search::reply::Thresholds;

use super::answering::{CooldownConfig, WatchConfig};
use super::curation::CurationConfig;
use super::key::{Field, Key, Value, Visitor};
use super::keys::server as keys;
use super::offering::Helpers;
use super::setting::{Setting, reject_gateway_settings};
use super::settings::{InForce, Origin, SERVER, Settings};
use crate::base::BaseFolders;
use crate::language::Language;

/// What all servers have.
pub(super) struct Common<'a> {
    pub(super) folders: BaseFolders,
    pub(super) base_language: Option<Language>,
    pub(super) thresholds: Thresholds,
    pub(super) watch: &'a WatchConfig,
    pub(super) is_webhook: bool,
    pub(super) helpers: Helpers,
    pub(super) helper_role: Option<u64>,
    pub(super) curation: Option<&'a CurationConfig>,
    pub(super) language: Language,
    pub(super) cooldown: Option<CooldownConfig>,
    pub(super) allows_for: bool,
    pub(super) settings: &'a [Setting],
    pub(super) settings_leeway: f32,
}

/// What one server has: its own, and otherwise what all servers have.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerConfig {
    /// Its id.
    pub id: u64,
    /// The folders of its own base, if it has one.
    pub folders: Option<BaseFolders>,
    /// Whether its moderators may change that base: the last folder is part of no other.
    pub owns_folder: bool,
    /// The language of its base; `None` if questions in other languages get no special reply.
    pub base_language: Option<Language>,
    /// From which confidence on to say what; `None` for those of all servers.
    pub thresholds: Option<Thresholds>,
    /// Where plain messages are answered there.
    pub watch: WatchConfig,
    /// Who answers what the bot cannot.
    pub helpers: Helpers,
    /// The role of the people who help members in threads.
    pub helper_role: Option<u64>,
    /// The role of the members who review drafts besides those who manage the server.
    pub reviewers_role: Option<u64>,
    /// What members read if neither their client nor their server says a language.
    pub language: Language,
    /// How often a member may use the bot there; `None` if there is no limit.
    pub cooldown: Option<CooldownConfig>,
    /// Whether that is another limit than everywhere else.
    pub has_own_cooldown: bool,
    /// Whether an answer can be addressed to another member.
    pub allows_for: bool,
    /// What those who manage it can change.
    pub settings: Vec<Setting>,
    /// How far below those of the operator they can set thresholds, 0 to 1.
    pub settings_leeway: f32,
}

/// One of the tables.
struct Reader<'s, 'a> {
    table: &'s TableReader<'a>,
    settings: &'s Settings<'a>,
}

impl Reader<'_, '_> {
    fn find<T: Value>(&self, key: &Key<T>, is_required: bool) -> Option<Located<T>> {
        let (_, name) = key.place();
        let Self { table, settings } = *self;
        let (original, sink) = (settings.original(), settings.sink());
        T::read(&Field { table, name, example: key.example, is_required, original, sink })
    }

    fn get<T: Value>(&self, key: &Key<T>) -> T {
        self.find(key, false).map_or_else(key.default, |found| found.value)
    }

    fn report(&self, message: impl Into<String>, help: impl Into<String>) {
        self.table.report(Diagnostic::error(self.table.at().clone(), message).help(help));
    }

    /// What the table says; the rest is as in `all`. Paths are relative to `folder`.
    fn server(&self, all: &Common<'_>, folder: &Path) -> Option<ServerConfig> {
        let id = self.find(&keys::ID, true).and_then(|id| id.value);
        if !self.table.has("id") {
            self.report("a [[server]] has no id", format!("add id = {}, with your server's", keys::ID.example));
        }
        let id = id?.0;
        let own = self.find(&keys::KNOWLEDGE, false);
        if self.table.has("knowledge") && own.is_none() {
            self.report(
                "knowledge of a [[server]] names no folder",
                format!("write knowledge = {}, or leave it out", keys::KNOWLEDGE.example),
            );
        }
        let folders =
            own.and_then(|own| BaseFolders::layered(own.value.into_iter().map(|path| folder.join(path)).collect()));
        let thresholds = self.thresholds(all.thresholds);
        let role = self.get(&keys::HELPER_ROLE).map(|role| role.0);
        let channel = self.get(&keys::HELPER_CHANNEL).map(|channel| channel.0);
        let helpers = match (role, channel) {
            (None, None) => all.helpers,
            _ => Helpers { server: Some(id), role: role.or(all.helpers.role), channel },
        };
        let reviewers = all.curation.filter(|curation| curation.server == Some(id));
        let (cooldown, has_own_cooldown) = self.cooldown(all.cooldown);
        Some(ServerConfig {
            id,
            owns_folder: folders.is_some(),
            base_language: match self.get(&keys::KNOWLEDGE_LANGUAGE) {
                Some(language) => language.0,
                None => all.base_language,
            },
            folders,
            thresholds,
            watch: self.watch(all, thresholds.unwrap_or(all.thresholds)),
            helpers,
            helper_role: role.or(all.helper_role),
            reviewers_role: self
                .get(&keys::REVIEWERS_ROLE)
                .map(|role| role.0)
                .or_else(|| reviewers.and_then(|curation| curation.reviewers_role)),
            language: self.get(&keys::LANGUAGE).unwrap_or(all.language),
            cooldown,
            has_own_cooldown,
            allows_for: self.get(&keys::ALLOW_FOR).unwrap_or(all.allows_for),
            settings: self.settings(all),
            settings_leeway: self.get(&keys::SETTINGS_LEEWAY).unwrap_or(all.settings_leeway),
        })
    }

    fn settings(&self, all: &Common<'_>) -> Vec<Setting> {
        let Some(Located { value: Some(own), at }) = self.find(&keys::SETTINGS, false) else {
            return all.settings.to_vec();
        };
        if all.is_webhook {
            reject_gateway_settings(&own, &at, self.settings.sink());
        }
        own
    }

    fn thresholds(&self, all: Thresholds) -> Option<Thresholds> {
        let (answer, closest, suggest) =
            (self.get(&keys::ANSWER_AT), self.get(&keys::CLOSEST_AT), self.get(&keys::SUGGEST_AT));
        answer.or(closest).or(suggest)?;
        let answer_at = answer.unwrap_or(all.answer_at);
        // What is not said here must not lie outside of what is.
        let suggest_at = suggest.unwrap_or(all.suggest_at.min(answer_at));
        let closest_at = closest.unwrap_or(all.closest_at.min(answer_at).max(suggest_at.min(answer_at)));
        if !(suggest_at <= closest_at && closest_at <= answer_at) {
            self.report(
                format!(
                    "suggest_at ({suggest_at}), closest_at ({closest_at}) and answer_at \
                     ({answer_at}) of a server do not rise"
                ),
                "a suggestion needs the least confidence and an answer the most",
            );
        }
        Some(Thresholds { answer_at, closest_at, suggest_at })
    }

    fn watch(&self, all: &Common<'_>, thresholds: Thresholds) -> WatchConfig {
        let channels = self.find(&keys::WATCH_CHANNELS, false);
        if let (true, Some(channels)) = (all.is_webhook, &channels) {
            self.table.report(
                Diagnostic::error(
                    channels.at.clone(),
                    "`watch_channels` needs the gateway: Discord sends no messages to a webhook",
                )
                .help("write transport = \"gateway\", or leave watch_channels out"),
            );
        }
        let watch_at = self.get(&keys::WATCH_AT);
        if let Some(watch_at) = watch_at.filter(|watch_at| *watch_at < thresholds.answer_at) {
            self.report(
                format!("watch_at ({watch_at}) is below the server's answer_at ({})", thresholds.answer_at),
                "an answer that nobody asked for needs at least as much confidence: raise watch_at \
                 or leave it out",
            );
        }
        let own = channels.map(|channels| channels.value).unwrap_or_default();
        WatchConfig {
            channels: all.watch.channels.iter().copied().chain(own).collect(),
            answer_at: watch_at.unwrap_or(all.watch.answer_at.max(thresholds.answer_at)),
        }
    }

    fn cooldown(&self, all: Option<CooldownConfig>) -> (Option<CooldownConfig>, bool) {
        let (is_on, uses, seconds) =
            (self.get(&keys::COOLDOWN), self.get(&keys::COOLDOWN_USES), self.get(&keys::COOLDOWN_SECONDS));
        if is_on.is_none() && uses.is_none() && seconds.is_none() {
            return (all, false);
        }
        let usual = all.unwrap_or_default();
        let period = seconds.map_or(usual.period, |seconds| Duration::from_secs(seconds.get().into()));
        let own = CooldownConfig { uses: uses.unwrap_or(usual.uses), period };
        (is_on.unwrap_or(true).then_some(own), true)
    }
}

/// The names of the keys of a server.
fn names() -> Vec<&'static str> {
    keys::paths().filter_map(|path| path.rsplit_once('.')).map(|(_, name)| name).collect()
}

/// What the tables say. `all` is what the rest of the file says.
pub(super) fn servers(settings: &Settings<'_>, all: &Common<'_>, folder: &Path) -> Vec<ServerConfig> {
    let mut servers: Vec<ServerConfig> = Vec::new();
    for table in &settings.tables_at_root(SERVER, &names()) {
        let reader = Reader { table, settings };
        let Some(server) = reader.server(all, folder) else { continue };
        if servers.iter().any(|other| other.id == server.id) {
            reader.report(format!("two [[server]] have the id {}", server.id), "say everything in one of them");
        }
        servers.push(server);
    }
    let shared = &all.folders;
    let tops: Vec<Option<PathBuf>> =
        servers.iter().map(|server| Some(server.folders.as_ref()?.knowledge.clone())).collect();
    for (place, top) in tops.into_iter().enumerate() {
        let Some(top) = top else { continue };
        let others = servers.iter().enumerate().filter(|(other, _)| *other != place);
        let others = others.filter_map(|(_, other)| other.folders.as_ref()).chain([shared]);
        let is_shared = others.flat_map(BaseFolders::all).any(|other| is_same(other, &top));
        servers[place].owns_folder = !is_shared;
    }
    servers
}

/// Whether two paths lead to one folder.
fn is_same(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.components().collect());
    a == b || real(a) == real(b)
}

/// What each table sets.
pub(super) fn in_force(settings: &Settings<'_>) -> Vec<Vec<InForce>> {
    let tables = settings.tables_at_root(SERVER, &names());
    let survey = |table: &TableReader<'_>| {
        let mut survey = Survey { reader: Reader { table, settings }, found: Vec::new() };
        keys::visit_all(&mut survey);
        survey.found
    };
    tables.iter().map(survey).collect()
}

struct Survey<'s, 'a> {
    reader: Reader<'s, 'a>,
    found: Vec<InForce>,
}

impl Visitor for Survey<'_, '_> {
    fn visit<T: Value>(&mut self, key: &Key<T>) {
        if let Some(found) = self.reader.find(key, false) {
            let origin = Origin::File(found.at.file.path.clone());
            self.found.push(InForce { path: key.path, value: found.value.to_toml(), origin });
        }
    }
}
