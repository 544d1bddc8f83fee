//! Where a post is: the thread that it is in, with its title, its author and its forum or channel;
//! whether somebody who helps has written there; whether a role that is mentioned is the bot's own.
//!
//! A message has none of this. Discord tells of new threads; everything else is asked of it once
//! and remembered, as far as there is room. Nothing is asked about servers without a watched
//! channel, so that a bot in many servers asks about few of them.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use lru::LruCache;
use serde::Deserialize;
use tokio::sync::OnceCell;

use super::reading::{self, Id, Unreadable};
use super::rest::{Channel, RequestError, Rest};
use crate::discord::app::App;
use crate::discord::incoming::{Post, Thread};

/// How many threads and channels are remembered.
const MOST_THREADS: NonZeroUsize = NonZeroUsize::new(8_192).expect("it is not 0");

/// How many servers are remembered with the bot's own role there, and for how long.
const MOST_SERVERS: NonZeroUsize = NonZeroUsize::new(2_048).expect("it is not 0");
const ROLE_TIME: Duration = Duration::from_hours(1);

/// How many of the people who wrote in a thread before the bot started are asked about.
const MOST_PEOPLE: usize = 10;

/// The types of channels that are threads, and those that are forums ([channel
/// types](https://discord.com/developers/docs/resources/channel#channel-object-channel-types)).
const THREADS: [u64; 3] = [10, 11, 12];
const FORUMS: [u64; 2] = [15, 16];

/// What is known of threads and of the bot's own roles.
#[derive(Debug)]
pub(super) struct Threads {
    known: Mutex<LruCache<u64, Arc<Known>>>,
    own_roles: Mutex<LruCache<u64, (Instant, Option<u64>)>>,
    /// There once Discord has said where the watched channels are.
    watched: ArcSwapOption<Watched>,
}

/// Where the watched channels are.
#[derive(Debug, Default, Clone)]
pub(super) struct Watched {
    /// The channels of which this is known, or cannot be.
    pub(super) examined: HashSet<u64>,
    pub(super) servers: HashSet<u64>,
    pub(super) forums: HashSet<u64>,
}

/// What is known of a channel that may be a thread.
#[derive(Debug, Default)]
struct Known {
    /// `None` if it is no thread.
    facts: OnceCell<Option<Facts>>,
    /// Whether somebody with the helpers' role has written in it.
    is_helped: AtomicBool,
    /// Whether its author has written in it.
    is_begun: AtomicBool,
    /// Set once what happened before is known.
    past: OnceCell<()>,
}

#[derive(Debug, Clone)]
struct Facts {
    parent: u64,
    title: String,
    owner: u64,
}

/// What the gateway tells of a thread
/// ([thread create](https://discord.com/developers/docs/events/gateway-events#thread-create)).
#[derive(Deserialize)]
struct Told {
    id: Id,
    newly_created: Option<bool>,
    #[serde(flatten)]
    channel: Channel,
}

impl Facts {
    fn of(channel: Channel) -> Option<Self> {
        let is_thread = THREADS.contains(&channel.number);
        let (parent, owner) = (channel.parent_id?.0, channel.owner_id?.0);
        is_thread.then(|| Self { parent, title: channel.name.unwrap_or_default(), owner })
    }
}

impl Default for Threads {
    fn default() -> Self {
        Self {
            known: Mutex::new(LruCache::new(MOST_THREADS)),
            own_roles: Mutex::new(LruCache::new(MOST_SERVERS)),
            watched: ArcSwapOption::empty(),
        }
    }
}

impl Threads {
    /// Says where the watched channels are.
    pub(super) fn know(&self, watched: Watched) {
        self.watched.store(Some(Arc::new(watched)));
    }

    /// Takes what the gateway tells of a thread: that it is new, or that it has another title.
    pub(super) fn told(&self, data: &str) -> Result<(), Unreadable> {
        let Told { id, newly_created, channel } = reading::read(data.as_bytes())?;
        let known = Known::default();
        if newly_created == Some(true) {
            // Nothing happened in it yet.
            let _ = known.past.set(());
        } else if let Some(old) = self.lock().get(&id.0) {
            known.is_helped.store(old.is_helped.load(Ordering::Relaxed), Ordering::Relaxed);
            known.is_begun.store(old.is_begun.load(Ordering::Relaxed), Ordering::Relaxed);
            if old.past.initialized() {
                let _ = known.past.set(());
            }
        }
        let _ = known.facts.set(Facts::of(channel));
        self.lock().put(id.0, Arc::new(known));
        Ok(())
    }

    /// Notes at once that somebody who helps has written in a known thread, so that no later
    /// message is answered.
    pub(super) fn note(&self, app: &App, post: &Post) {
        let known = self.lock().get(&post.channel).cloned();
        if let Some(known) = known
            && let Some(Some(facts)) = known.facts.get()
            && is_help(app, post, facts)
        {
            known.is_helped.store(true, Ordering::Relaxed);
        }
    }

    /// Adds to a post what it does not say itself. What Discord does not tell is left out.
    pub(super) async fn complete(&self, rest: &Rest, app: &App, me: u64, post: &mut Post) {
        let Some(server) = post.server.filter(|_| post.is_by_person) else { return };
        if !post.roles.is_empty() && !post.mentions.contains(&me) {
            let own = self.own_role(rest, server, me).await;
            post.names_own_role = own.is_some_and(|own| post.roles.contains(&own));
        }
        // Whoever addresses the bot in a thread may ask what its title says.
        let is_addressed = post.mentions.contains(&me) || post.names_own_role;
        let needs_title = is_addressed && post.is_in_thread == Some(true);
        if !needs_title && !self.may_be_watched(app, post) {
            return;
        }
        let known = self.known(post.channel);
        let Some(facts) = facts(rest, &known, post.channel).await else { return };
        if is_help(app, post, &facts) {
            known.is_helped.store(true, Ordering::Relaxed);
        }
        let is_watched = app.servers.of(post.server).watch.channels.contains(&facts.parent);
        if is_watched && facts.owner == post.member {
            self.learn_past(rest, app, &known, &facts, post, server).await;
        }
        let is_first = facts.owner == post.member && !known.is_begun.swap(true, Ordering::Relaxed);
        post.thread = Some(Thread {
            parent: facts.parent,
            title: facts.title.clone(),
            owner: facts.owner,
            is_opening: post.id == post.channel || is_first && !self.is_forum(facts.parent),
            is_helped: known.is_helped.load(Ordering::Relaxed),
        });
    }

    /// Whether a post can be in a thread of a watched channel.
    fn may_be_watched(&self, app: &App, post: &Post) -> bool {
        let server = app.servers.of(post.server);
        let watched = &server.watch.channels;
        let known = self.watched.load();
        let is_server_watched = |server| {
            let is_new = |known: &Watched| watched.iter().any(|channel| !known.examined.contains(channel));
            known.as_ref().is_none_or(|known| known.servers.contains(&server) || is_new(known))
        };
        !watched.is_empty()
            && post.is_in_thread != Some(false)
            && !watched.contains(&post.channel)
            && post.server.is_some_and(is_server_watched)
    }

    fn is_forum(&self, parent: u64) -> bool {
        self.watched.load().as_ref().is_some_and(|watched| watched.forums.contains(&parent))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<u64, Arc<Known>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, channel: u64) -> Arc<Known> {
        Arc::clone(self.lock().get_or_insert(channel, Arc::default))
    }

    /// Finds out what happened in a thread before the bot heard of it: the first post of a forum's
    /// thread has nothing before it.
    async fn learn_past(&self, rest: &Rest, app: &App, known: &Known, facts: &Facts, post: &Post, server: u64) {
        let is_new = post.id == post.channel;
        let helper_role = app.servers.of(Some(server)).helper_role;
        let matters = helper_role.is_some() || !self.is_forum(facts.parent);
        if is_new || !matters {
            return;
        }
        let learned = known.past.get_or_try_init(|| async {
            let authors = rest.authors_before(post.channel, post.id).await?;
            if authors.contains(&facts.owner) {
                known.is_begun.store(true, Ordering::Relaxed);
            }
            let Some(role) = helper_role else { return Ok(()) };
            let others: HashSet<u64> = authors.into_iter().filter(|author| *author != facts.owner).collect();
            for other in others.into_iter().take(MOST_PEOPLE) {
                match rest.roles_of(server, other).await {
                    Ok(roles) if roles.contains(&role) => {
                        known.is_helped.store(true, Ordering::Relaxed);
                        return Ok(());
                    }
                    // Whoever has left the server has no role.
                    Ok(_) | Err(RequestError::Refused(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        if let Err(error) = learned.await {
            tracing::debug!(%error, "cannot find out what was written in a thread");
        }
    }

    /// The bot's own role in a server.
    async fn own_role(&self, rest: &Rest, server: u64, me: u64) -> Option<u64> {
        let now = Instant::now();
        let lock = || self.own_roles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, role)) = lock().get(&server).filter(|(at, _)| now.duration_since(*at) < ROLE_TIME) {
            return *role;
        }
        match rest.roles(server).await {
            Ok(roles) => {
                let role = roles.of_bot(me);
                lock().put(server, (now, role));
                role
            }
            Err(error) => {
                tracing::debug!(%error, "cannot ask for the roles of a server");
                None
            }
        }
    }
}

/// Whether a post is by somebody who helps the author of a thread: they may be authors themselves.
fn is_help(app: &App, post: &Post, facts: &Facts) -> bool {
    let is_helper = app.servers.of(post.server).helper_role.is_some_and(|role| post.member_roles.contains(&role));
    is_helper && post.is_by_person && post.member != facts.owner
}

/// What Discord says of a channel: `None` if it is no thread, or if Discord does not say.
async fn facts(rest: &Rest, known: &Known, channel: u64) -> Option<Facts> {
    let ask = || async {
        match rest.find_channel(channel).await {
            Ok(found) => Ok(Facts::of(found)),
            // The bot may not see it, and asking again would not help.
            Err(RequestError::Refused(refusal)) if refusal.status < 500 && refusal.status != 429 => Ok(None),
            Err(error) => Err(error),
        }
    };
    let found = known.facts.get_or_try_init(ask).await;
    found.inspect_err(|error| tracing::debug!(%error, "cannot ask for a channel")).ok()?.clone()
}

/// Whether channels of this type are forums.
pub(super) fn is_forum(number: u64) -> bool {
    FORUMS.contains(&number)
}
