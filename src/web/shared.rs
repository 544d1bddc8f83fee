//! What all requests share.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::Request;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;
use url::form_urlencoded;

use super::changes::Changes;
use super::limit::Limit;
use super::site::{Form, Site};
use crate::base::BaseFolders;
use crate::config::WebConfig;
use crate::discord::{LoadedBase, Newest};
use crate::telemetry::with_causes;

/// The longest question that is searched for, in characters. Discord allows more, but there
/// messages are searched.
pub(super) const MAX_QUESTION: usize = 1_000;

/// The header in which proxies put the sender's address.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// What all requests share.
#[derive(Debug)]
pub(super) struct Shared {
    newest: Newest,
    folders: BaseFolders,
    changes: Mutex<Option<(Arc<LoadedBase>, Reading)>>,
    pub(super) site: Site,
    limit: Limit,
    is_behind_proxy: bool,
}

/// The record of a base, read by the first who wants it.
type Reading = Arc<OnceCell<Arc<Changes>>>;

/// What a request asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Nothing.
    Nothing,
    /// More than is read.
    TooMuch,
    /// This question, which has a word at least.
    Question(String),
}

impl Shared {
    pub(super) fn new(config: &WebConfig, newest: Newest, folders: BaseFolders) -> Self {
        Self {
            newest,
            folders,
            changes: Mutex::default(),
            site: Site::new(config, Form::Served),
            limit: Limit::new(config.searches_a_minute),
            is_behind_proxy: config.is_behind_proxy,
        }
    }

    /// The newest base.
    pub(super) fn base(&self) -> Arc<LoadedBase> {
        self.newest.load()
    }

    /// When this base was changed. The record is read once for each base that was loaded, and on no
    /// thread that answers others meanwhile; one that cannot be read costs readers the dates and
    /// nothing else.
    pub(super) async fn changes(&self, base: &Arc<LoadedBase>) -> Arc<Changes> {
        let (reading, folders) = (self.reading(base), self.folders.clone());
        let read = async || spawn_blocking(move || changes_in(&folders)).await.unwrap_or_default();
        Arc::clone(reading.get_or_init(read).await)
    }

    fn reading(&self, base: &Arc<LoadedBase>) -> Reading {
        let mut last = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, reading)) if Arc::ptr_eq(of, base) => Arc::clone(reading),
            _ => Arc::clone(&last.insert((Arc::clone(base), Reading::default())).1),
        }
    }

    /// Counts a search.
    ///
    /// # Errors
    ///
    /// How many seconds to wait, at least 1, if the sender has no search left.
    pub(super) fn count(&self, request: &Request) -> Result<(), u64> {
        self.limit.count(self.sender(request))
    }

    fn sender(&self, request: &Request) -> IpAddr {
        let peer = request.extensions().get::<SocketAddr>().map(SocketAddr::ip);
        let forwarded = || {
            // Whatever stands before the last address was sent by the sender, who may lie.
            let header = request.headers().get_all(FORWARDED_FOR).iter().next_back()?;
            header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let forwarded = if self.is_behind_proxy { forwarded() } else { None };
        forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
    }
}

fn changes_in(folders: &BaseFolders) -> Arc<Changes> {
    let changes = Changes::read(folders).unwrap_or_else(|error| {
        tracing::warn!(error = with_causes(&error), "the pages show no dates of changes");
        Changes::default()
    });
    Arc::new(changes)
}

impl Asked {
    /// What stands for `q` in the address.
    pub(super) fn of(request: &Request) -> Self {
        let query = request.uri().query().unwrap_or_default();
        let found = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q");
        let question = found.map(|(_, question)| question.trim().to_owned()).unwrap_or_default();
        if question.is_empty() {
            Self::Nothing
        } else if question.chars().count() > MAX_QUESTION {
            Self::TooMuch
        } else {
            Self::Question(question)
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    #[test]
    fn a_question_is_read_as_forms_send_it() {
        let asked = |query: &str| Asked::of(&Request::builder().uri(format!("/?{query}")).body(Body::empty()).unwrap());
        let question = |text: &str| Asked::Question(text.to_owned());
        assert_eq!(asked("q=who+is%20it%3F&q=b"), question("who is it?"));
        assert_eq!(asked("q=%FF"), question("\u{fffd}"));
        assert_eq!([asked("q=++"), asked("p=a"), asked("")], [Asked::Nothing, Asked::Nothing, Asked::Nothing]);
        assert_eq!(asked(&format!("q={}", "%C3%A4".repeat(MAX_QUESTION))), question(&"ä".repeat(MAX_QUESTION)));
        assert_eq!(asked(&format!("q={}", "a".repeat(MAX_QUESTION + 1))), Asked::TooMuch);
    }
}
