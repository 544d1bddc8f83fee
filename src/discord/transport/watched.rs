//! Looks at the watched channels when the bot starts, and at those that are added later. A wrong id
//! there is never an error on its own: the bot would just stay silent, and nobody would know why.

use std::collections::HashSet;
use std::time::Duration;

use tokio::time::timeout;

use super::errand::is_named;
use super::rest::{Channel, RequestError, Rest};
use super::threads::{Watched, is_forum};
use crate::discord::app::App;
use crate::discord::incoming::{Call, OptionValue, Sight};

/// The types of channels in which people write: text, voice, announcements, threads, stages,
/// forums ([channel
/// types](https://discord.com/developers/docs/resources/channel#channel-object-channel-types)).
const WRITABLE: [u64; 9] = [0, 2, 5, 10, 11, 12, 13, 15, 16];

/// How long the response to a command waits for what Discord says of a channel. Discord waits three
/// seconds for the response.
const LOOKING_TIME: Duration = Duration::from_secs(1);

/// Asks Discord for each watched channel that is not `known` yet and for the helpers' role, and
/// logs what cannot work.
pub(super) async fn examine(rest: &Rest, app: &App, known: &mut Watched) {
    let is_first = known.servers.is_empty();
    let mut servers = HashSet::new();
    for (channel, expected) in app.servers.watched() {
        if known.examined.contains(&channel) {
            continue;
        }
        match rest.find_channel_at_last(channel).await {
            Ok(found) => {
                if let Some(problem) = problem(&found, app) {
                    tracing::warn!(channel, problem, "cannot watch a channel as configured");
                }
                let server = found.guild_id.map(|id| id.0);
                if expected.is_some() && expected != server {
                    let problem = "it is in another server than its [[server]]: move it there";
                    tracing::warn!(channel, problem, "cannot watch a channel as configured");
                }
                servers.extend(found.guild_id.map(|id| id.0).filter(|server| !known.servers.contains(server)));
                known.forums.extend(is_forum(found.number).then_some(channel));
            }
            Err(RequestError::Refused(refusal)) => {
                let problem = match refusal.status {
                    404 => "there is no such channel: look its id up again, or leave it out",
                    403 => "the bot cannot see it: give it the permission View Channel there",
                    _ => "Discord does not say what it is",
                };
                tracing::warn!(channel, problem, "cannot watch a channel as configured");
            }
            Err(error) => tracing::warn!(channel, %error, "cannot ask for a watched channel"),
        }
        known.examined.insert(channel);
    }
    check_role(rest, app, &servers, is_first).await;
    known.servers.extend(servers);
}

/// Asks Discord for the channels that a member has picked for options of a command.
pub(super) async fn look(rest: &Rest, call: &mut Call) {
    for (_, value) in &mut call.options {
        let OptionValue::Channel(channel, sight) = value else { continue };
        let found = timeout(LOOKING_TIME, rest.find_channel(*channel)).await;
        *sight = match found {
            Ok(Ok(found)) => {
                Sight::Seen { server: found.guild_id.map(|id| id.0), is_writable: WRITABLE.contains(&found.number) }
            }
            Ok(Err(RequestError::Refused(refusal))) if matches!(refusal.status, 403 | 404) => Sight::Hidden,
            Ok(Err(_)) | Err(_) => Sight::Unknown,
        };
    }
}

/// What is wrong with a channel that there is.
fn problem(channel: &Channel, app: &App) -> Option<&'static str> {
    if !WRITABLE.contains(&channel.number) {
        return Some("nobody can write in a channel of its kind: choose a forum or a text channel");
    }
    let wanted = app.threads.solved_tag.as_ref().filter(|_| is_forum(channel.number))?;
    let has_tag = channel.available_tags.iter().flatten().any(|tag| is_named(&tag.name, wanted));
    (!has_tag).then_some("the forum has no tag named like discord.forum.solved_tag: add it")
}

/// Asks for the helpers' role of these servers. Whether that of most servers is in any of them is
/// only asked of the first ones.
async fn check_role(rest: &Rest, app: &App, servers: &HashSet<u64>, is_first: bool) {
    let usual = app.threads.helper_role;
    for &server in servers {
        let own = app.servers.of(Some(server)).helper_role.filter(|role| Some(*role) != usual);
        let Some(role) = own else { continue };
        match rest.roles(server).await {
            Ok(roles) if roles.has(role) => {}
            Ok(_) => tracing::warn!(server, role, "helper_role is not a role of its [[server]]"),
            Err(error) => tracing::debug!(%error, "cannot ask for the roles of a server"),
        }
    }
    let has_usual = |server: &&u64| app.servers.of(Some(**server)).helper_role == usual;
    let servers: Vec<u64> = servers.iter().filter(has_usual).copied().collect();
    let Some(role) = usual.filter(|_| is_first) else { return };
    for &server in &servers {
        match rest.roles(server).await {
            Ok(roles) if roles.has(role) => return,
            Ok(_) => {}
            Err(error) => return tracing::debug!(%error, "cannot ask for the roles of a server"),
        }
    }
    if !servers.is_empty() {
        tracing::warn!(role, "discord.helpers.role is a role of no server with a watched channel");
    }
}
