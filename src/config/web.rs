//! Where the base is shown to everyone, and under which name.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use super::keys;
use super::settings::Settings;

/// Where to show the base to everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebConfig {
    /// The address to listen on; `None` if there are no pages.
    pub listen: Option<SocketAddr>,
    /// Where everyone finds the pages, without a slash at the end.
    pub public_url: Option<String>,
    /// What the pages are called.
    pub title: String,
    /// The origins whose scripts may read the API, or `*` for all.
    pub allow_origins: Vec<String>,
    /// How many searches an address has in a minute.
    pub searches_a_minute: NonZeroU32,
    /// Whether a proxy tells the sender's address.
    pub is_behind_proxy: bool,
}

impl WebConfig {
    pub(super) fn read(settings: &Settings<'_>) -> Self {
        Self {
            listen: settings.get(&keys::WEB_LISTEN),
            public_url: settings.get(&keys::WEB_PUBLIC_URL).map(|address| address.0),
            title: settings.get(&keys::WEB_TITLE).0,
            allow_origins: settings.get(&keys::WEB_ALLOW_ORIGINS).into_iter().map(|origin| origin.0).collect(),
            searches_a_minute: settings.get(&keys::WEB_SEARCHES_A_MINUTE),
            is_behind_proxy: settings.get(&keys::WEB_BEHIND_PROXY),
        }
    }
}
