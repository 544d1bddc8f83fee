//! What is offered to whom: commands, choices, people.

use std::time::Duration;

use super::key::{Key, WebAddress};
use super::keys;
use super::setting::{Setting, reject_gateway_settings};
use super::settings::Settings;

/// How commands are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offering {
    /// The server in which the owners' commands are; if there is none, they are in direct messages.
    pub owner_server: Option<u64>,
    /// Whether the curators' commands are offered where there is a base to change.
    pub offers_curation: bool,
    /// Whether an answer can be addressed to another member.
    pub allows_for: bool,
}

impl Default for Offering {
    fn default() -> Self {
        Self { owner_server: None, offers_curation: false, allows_for: true }
    }
}

/// The https addresses that `/about` shows, each if the operator has given it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The program's source code.
    pub source_code: Option<String>,
    /// What happens to members' data.
    pub privacy_policy: Option<String>,
    /// The terms of service.
    pub terms: Option<String>,
    /// Where members get help from the operator.
    pub support: Option<String>,
}

/// The people of one server who answer what the bot cannot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Helpers {
    /// Their server.
    pub server: Option<u64>,
    /// Their role.
    pub role: Option<u64>,
    /// Where they are asked; if nothing is said, where the question was asked.
    pub channel: Option<u64>,
}

impl Helpers {
    /// Whether nobody is asked although a channel is named, because questions from other servers
    /// must not be posted there.
    #[must_use]
    pub fn lacks_server(&self) -> bool {
        self.channel.is_some() && self.server.is_none()
    }

    /// Whether they answer questions from this server.
    #[must_use]
    pub fn help_in(&self, server: Option<u64>) -> bool {
        server.is_some() && self.server == server && (self.role.is_some() || self.channel.is_some())
    }
}

pub(super) fn offering(settings: &Settings<'_>) -> Offering {
    Offering {
        owner_server: settings.get(&keys::OWNER_SERVER).map(|id| id.0),
        offers_curation: settings.get(&keys::CURATION_ENABLED) && settings.get(&keys::JOURNAL_ENABLED),
        allows_for: settings.get(&keys::ALLOW_FOR),
    }
}

/// What those who manage a server can change there, if the operator says nothing else for it.
pub(super) fn changeable(settings: &Settings<'_>, is_webhook: bool) -> Vec<Setting> {
    let Some(found) = settings.find(&keys::SETTINGS) else { return (keys::SETTINGS.default)() };
    if is_webhook {
        reject_gateway_settings(&found.value, &found.at, settings.sink());
    }
    found.value
}

pub(super) fn links(settings: &Settings<'_>) -> Links {
    let address = |key: &Key<Option<WebAddress>>| settings.get(key).map(|address| address.0);
    Links {
        source_code: address(&keys::SOURCE_CODE),
        privacy_policy: address(&keys::PRIVACY_POLICY),
        terms: address(&keys::TERMS),
        support: address(&keys::SUPPORT),
    }
}

/// The longest time for an offer, in seconds: what Discord lets a bot change its response in, 15
/// minutes, and a minute less.
const MAX_OFFER_SECONDS: u32 = 840;

pub(super) fn offer_time(settings: &Settings<'_>) -> Duration {
    let seconds = settings.find(&keys::OFFER_SECONDS);
    if let Some(seconds) = seconds.as_ref().filter(|seconds| seconds.value.get() > MAX_OFFER_SECONDS) {
        settings.report(
            &seconds.at,
            format!("offer_seconds ({}) is above {MAX_OFFER_SECONDS}", seconds.value),
            "Discord lets a bot change its response for 15 minutes: lower it",
        );
    }
    let seconds = seconds.map_or_else(keys::OFFER_SECONDS.default, |seconds| seconds.value);
    Duration::from_secs(seconds.get().into())
}

pub(super) fn helpers(settings: &Settings<'_>) -> Helpers {
    Helpers {
        server: settings.get(&keys::HELPERS_SERVER).map(|id| id.0),
        role: settings.get(&keys::HELPERS_ROLE).map(|id| id.0),
        channel: settings.get(&keys::HELPERS_CHANNEL).map(|id| id.0),
    }
}
