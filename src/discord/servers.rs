//! What each server has: its base, and how the bot behaves there. This is the only place that maps
//! a server's id to either.
//!
//! A server that the configuration does not name, and everything outside of servers, have the
//! default. What a server's managers have changed with `/settings` lies above what the operator
//! has configured.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use footnote_search::reply::Thresholds;
use tokio::sync::Notify;

use super::bases::{Answering, BaseSlot, Bases};
use super::cooldown::Cooldown;
use super::desk::Desk;
use super::foreign::Detector;
use super::loaded::LoadedBase;
use super::sureness::{Sureness, Wanted};
use crate::base::BaseFolders;
use crate::config::{CooldownConfig, Helpers, ServerConfig, Setting, WatchConfig};
use crate::journal::ChangedSetting;
use crate::language::Language;

/// How many questions a member can pass on to people: ten an hour.
const INQUIRIES: CooldownConfig =
    CooldownConfig { uses: NonZeroU32::new(10).expect("10 is not 0"), period: Duration::from_hours(1) };

/// What one server has. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// Where its base is. It may be that of others too.
    pub(super) slot: Arc<BaseSlot>,
    /// From which confidence on to say what, if not as the base is asked elsewhere.
    pub(super) thresholds: Option<Thresholds>,
    /// Where plain messages are answered.
    pub(super) watch: WatchConfig,
    /// Who answers what the bot cannot.
    pub(super) helpers: Helpers,
    /// The role of the people who help in threads.
    pub(super) helper_role: Option<u64>,
    /// The role of those who review drafts besides those who manage the server.
    pub(super) reviewers_role: Option<u64>,
    /// What members read of whom no language is known.
    pub(super) language: Language,
    /// Tells questions in other languages than the base's.
    pub(super) detector: Option<Arc<Detector>>,
    cooldown: Option<Arc<Cooldown>>,
    /// Keeps members from calling people again and again.
    inquiries: Arc<Cooldown>,
    /// What those who manage the server have changed.
    pub(super) changed: Vec<Setting>,
    /// Whether an answer can be addressed to another member.
    pub(super) allows_for: bool,
    /// What those who manage the server can change.
    pub(super) settings: Vec<Setting>,
    /// How far below what is configured they can set thresholds.
    pub(super) leeway: f32,
    /// The thresholds that they have set.
    pub(super) wanted: Wanted,
    /// The channels that they have added to those that are watched.
    pub(super) added_channels: Vec<u64>,
}

/// What all servers have that have nothing of their own.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) folders: BaseFolders,
    pub(super) base_language: Option<Language>,
    pub(super) unanswerable: f32,
    pub(super) language: Language,
    pub(super) cooldown: Option<CooldownConfig>,
    pub(super) watch: WatchConfig,
    pub(super) helpers: Helpers,
    pub(super) helper_role: Option<u64>,
    pub(super) desk: Option<Desk>,
    pub(super) allows_for: bool,
    pub(super) settings: Vec<Setting>,
    pub(super) settings_leeway: f32,
    pub(super) bases_bytes: u64,
}

/// All servers.
#[derive(Debug)]
pub(super) struct Servers {
    pub(super) bases: Arc<Bases>,
    /// The base of all that have none of their own.
    pub(super) newest: Arc<ArcSwap<LoadedBase>>,
    default: Arc<Server>,
    /// The limit where somebody switches one on that is off elsewhere.
    usual_cooldown: Arc<Cooldown>,
    named: HashMap<u64, Arc<Server>>,
    /// Those in which something was changed, as they are now.
    changed: ArcSwap<HashMap<u64, Arc<Server>>>,
    /// Told when other channels are watched than before.
    pub(super) watched_changed: Notify,
}

impl Server {
    /// Counts a member's use of the bot.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if the member has no use left.
    pub(super) fn count_use(&self, member: u64) -> Result<(), u64> {
        self.cooldown.as_ref().map_or(Ok(()), |cooldown| cooldown.count(member))
    }

    /// Counts that a member passes a question on to people.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if the member has passed on too many.
    pub(super) fn count_inquiry(&self, member: u64) -> Result<(), u64> {
        self.inquiries.count(member)
    }

    /// Whether members who use the bot too often have to wait.
    pub(super) fn has_cooldown(&self) -> bool {
        self.cooldown.is_some()
    }

    /// How sure the bot has to be there.
    pub(super) fn sureness(&self) -> Sureness {
        let thresholds = self.thresholds.unwrap_or_else(|| self.slot.answering.load().thresholds);
        Sureness { thresholds, watch_at: self.watch.answer_at }
    }

    /// Changes one setting of the server with this id. A value that makes no sense changes nothing.
    fn change(&mut self, id: u64, setting: Setting, value: &str, usual: &Arc<Cooldown>) {
        match setting {
            // What the operator has switched off stays off.
            Setting::For => self.allows_for &= value != "off",
            Setting::Cooldown if value == "off" => self.cooldown = None,
            Setting::Cooldown => {
                self.cooldown.get_or_insert_with(|| Arc::clone(usual));
            }
            Setting::Language => {
                let named = Language::ALL.into_iter().find(|language| language.tag() == value);
                self.language = named.unwrap_or(self.language);
            }
            Setting::ReviewersRole => self.reviewers_role = value.parse().ok().or(self.reviewers_role),
            Setting::HelperRole => {
                self.helper_role = value.parse().ok().or(self.helper_role);
                let channel = self.helpers.channel.filter(|_| self.helpers.server == Some(id));
                self.helpers = Helpers { server: Some(id), role: self.helper_role, channel };
            }
            Setting::WatchChannels => {
                self.added_channels = value.split(' ').filter_map(|channel| channel.parse().ok()).collect();
                self.watch.channels.extend(&self.added_channels);
            }
            Setting::AnswerAt | Setting::ClosestAt | Setting::SuggestAt | Setting::WatchAt => {
                let value = value.parse::<f32>().ok().filter(|value| value.is_finite());
                self.wanted.set(setting, value);
            }
        }
    }

    /// Lets the thresholds count that those who manage it have set.
    fn take_thresholds(&mut self) {
        let sureness = self.sureness().with(&self.wanted, self.leeway);
        if self.wanted.changes_answers() {
            self.thresholds = Some(sureness.thresholds);
        }
        self.watch.answer_at = sureness.watch_at;
    }
}

impl Servers {
    /// Those of a bot that starts. The desks of servers with their own base are made from that of
    /// the default.
    pub(super) fn new(loaded: LoadedBase, common: Common, servers: Vec<ServerConfig>) -> Self {
        let bases = Arc::new(Bases::new(common.bases_bytes));
        let thresholds = loaded.answerer.thresholds();
        let answering = Answering { thresholds, unanswerable: common.unanswerable };
        let desk = common.desk;
        loaded.publish();
        bases.note_always(loaded.bytes);
        let newest = Arc::new(ArcSwap::from_pointee(loaded));
        let mut detectors: HashMap<Language, Arc<Detector>> = HashMap::new();
        let mut detector = |language: Option<Language>| {
            let language = language?;
            Some(Arc::clone(detectors.entry(language).or_insert_with(|| Arc::new(Detector::new(language)))))
        };
        let default = Server {
            slot: Arc::new(BaseSlot::always(Arc::clone(&newest), common.folders, answering, desk.clone())),
            thresholds: None,
            watch: common.watch,
            helpers: common.helpers,
            helper_role: common.helper_role,
            reviewers_role: desk.as_ref().and_then(Desk::reviewers_role),
            language: common.language,
            detector: detector(common.base_language),
            cooldown: common.cooldown.map(|config| Arc::new(Cooldown::new(config))),
            inquiries: Arc::new(Cooldown::new(INQUIRIES)),
            allows_for: common.allows_for,
            settings: common.settings,
            leeway: common.settings_leeway,
            changed: Vec::new(),
            wanted: Wanted::default(),
            added_channels: Vec::new(),
        };
        let mut named = HashMap::new();
        for config in servers {
            let id = config.id;
            let detector = detector(config.base_language);
            let own_desk = desk.as_ref().filter(|_| config.owns_folder);
            named.insert(id, Arc::new(server(config, &default, answering, detector, own_desk)));
        }
        Self {
            bases,
            newest,
            usual_cooldown: Arc::new(Cooldown::new(CooldownConfig::default())),
            default: Arc::new(default),
            named,
            changed: ArcSwap::default(),
            watched_changed: Notify::new(),
        }
    }

    /// From the next load on, bases are asked in this way, unless their server has thresholds of
    /// its own.
    pub(super) fn answer_as(&self, answering: Answering) {
        for (_, server) in self.all() {
            let thresholds = server.thresholds.unwrap_or(answering.thresholds);
            if server.slot.server.is_some() || server.thresholds.is_none() {
                server.slot.answering.store(Arc::new(Answering { thresholds, ..answering }));
            }
        }
    }

    /// What a server has; what direct messages have, if there is no server.
    pub(super) fn of(&self, server: Option<u64>) -> Arc<Server> {
        let changed = server.and_then(|server| self.changed.load().get(&server).cloned());
        changed.unwrap_or_else(|| Arc::clone(self.configured(server)))
    }

    /// What the operator has configured for a server.
    pub(super) fn configured(&self, server: Option<u64>) -> &Arc<Server> {
        server.and_then(|server| self.named.get(&server)).unwrap_or(&self.default)
    }

    /// Puts what those who manage servers have changed above what is configured. What the operator
    /// does not let them change, or not any more, does not count.
    pub(super) fn change(&self, settings: &[ChangedSetting]) {
        let mut changed: HashMap<u64, Server> = HashMap::new();
        for ChangedSetting { server: id, setting, value } in settings {
            let Ok(setting) = setting.parse::<Setting>() else { continue };
            let configured = self.configured(Some(*id));
            if configured.settings.contains(&setting) {
                let server = changed.entry(*id).or_insert_with(|| (**configured).clone());
                server.change(*id, setting, value, &self.usual_cooldown);
                server.changed.push(setting);
            }
        }
        let changed = changed.into_iter().map(|(id, mut server)| {
            server.take_thresholds();
            (id, Arc::new(server))
        });
        let before = self.watched();
        self.changed.store(Arc::new(changed.collect()));
        if self.watched() != before {
            self.watched_changed.notify_one();
        }
    }

    /// What all have that the configuration does not name.
    pub(super) fn default(&self) -> &Arc<Server> {
        &self.default
    }

    /// All that there are: the default, and those that the configuration names, with their ids.
    pub(super) fn all(&self) -> impl Iterator<Item = (Option<u64>, &Arc<Server>)> {
        let named = self.named.iter().map(|(id, server)| (Some(*id), server));
        [(None, &self.default)].into_iter().chain(named)
    }

    /// Whether channels are watched, or can be.
    pub(super) fn may_watch(&self) -> bool {
        !self.watched().is_empty() || self.changeable().contains(&Setting::WatchChannels)
    }

    /// The channels that are watched, each with the server in which it has to be.
    pub(super) fn watched(&self) -> Vec<(u64, Option<u64>)> {
        let everywhere: BTreeSet<u64> = self.default.watch.channels.iter().copied().collect();
        let named = self.named.iter().flat_map(|(id, server)| {
            let own = server.watch.channels.iter().filter(|channel| !everywhere.contains(channel));
            own.map(|channel| (*channel, Some(*id)))
        });
        let mut watched: Vec<(u64, Option<u64>)> =
            self.default.watch.channels.iter().map(|channel| (*channel, None)).collect();
        let changed = self.changed.load();
        let added = changed.iter().flat_map(|(id, server)| {
            let own = server.added_channels.iter().filter(|channel| !everywhere.contains(channel));
            own.map(|channel| (*channel, Some(*id)))
        });
        let mut named: Vec<_> = named.chain(added).collect();
        named.sort_unstable();
        named.dedup();
        watched.extend(named);
        watched
    }

    /// The servers whose moderators may change the base that they have.
    pub(super) fn with_desks(&self) -> Vec<u64> {
        let named =
            self.named.iter().filter(|(id, server)| server.slot.desk.as_ref().is_some_and(|desk| desk.is_in(**id)));
        let named = named.map(|(id, _)| *id);
        let default = self.default.slot.desk.as_ref().and_then(Desk::server);
        let default = default.filter(|id| !self.named.contains_key(id));
        named.chain(default).collect::<BTreeSet<u64>>().into_iter().collect()
    }

    /// What those who manage some server can change there.
    pub(super) fn changeable(&self) -> Vec<Setting> {
        let may = |setting: &Setting| self.all().any(|(_, server)| server.settings.contains(setting));
        Setting::ALL.into_iter().filter(may).collect()
    }

    /// The bases that servers have of their own, by server.
    pub(super) fn own_bases(&self) -> impl Iterator<Item = &Arc<BaseSlot>> {
        self.named.values().map(|server| &server.slot).filter(|slot| slot.server.is_some())
    }
}

fn server(
    config: ServerConfig,
    default: &Server,
    answering: Answering,
    detector: Option<Arc<Detector>>,
    desk: Option<&Desk>,
) -> Server {
    let thresholds = config.thresholds;
    let slot = match config.folders {
        None => Arc::clone(&default.slot),
        Some(folders) => {
            let answering = Answering { thresholds: thresholds.unwrap_or(answering.thresholds), ..answering };
            let desk = desk.map(|desk| desk.of_server(config.id, folders.clone()));
            Arc::new(BaseSlot::own(config.id, folders, answering, desk))
        }
    };
    let cooldown = if config.has_own_cooldown {
        config.cooldown.map(|cooldown| Arc::new(Cooldown::new(cooldown)))
    } else {
        default.cooldown.clone()
    };
    Server {
        slot,
        thresholds,
        watch: config.watch,
        helpers: config.helpers,
        helper_role: config.helper_role,
        reviewers_role: config.reviewers_role,
        language: config.language,
        detector,
        cooldown,
        inquiries: Arc::clone(&default.inquiries),
        allows_for: config.allows_for,
        settings: config.settings,
        leeway: config.settings_leeway,
        changed: Vec::new(),
        wanted: Wanted::default(),
        added_channels: Vec::new(),
    }
}
