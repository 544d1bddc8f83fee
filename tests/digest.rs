//! The weekly digest in the moderators' channel: what it says, and that it is sent once.

use std::time::{SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use crate::journal::{Fixture, connect, database};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::{HARBOUR, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, GUILD_ID, Interaction, Post};

over_both_transports!(
    a_digest_says_what_wants_a_look_and_is_sent_once_a_week,
    where_there_is_nothing_to_say_nothing_is_sent,
    a_channel_that_refuses_does_not_stop_the_bot,
);

/// Where moderators read.
const CHANNEL: u64 = 1_287_650_000_000_000_023;
const FERRY: &str = "How much does the ferry cost?";
const SENT: &str = "sent the digest of this week";
const SETTLED: &str = "the digest of this week is settled";

/// The configuration of a digest that has been due since the beginning of a day.
fn due(days_ago: u64) -> String {
    const SECONDS_A_DAY: u64 = 86_400;
    // 1 January 1970 was a Thursday.
    const NAMES: [&str; 7] = ["thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday"];
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let day = usize::try_from((now / SECONDS_A_DAY - days_ago) % 7).unwrap();
    let curation = format!("[curation]\nenabled = true\nserver = \"{GUILD_ID}\"\n");
    let digest = format!("[digest]\nchannel = \"{CHANNEL}\"\nat = \"{} 00:00\"\n", NAMES[day]);
    format!("cooldown = {{ enabled = false }}\n[log]\nlevel = \"debug\"\n{curation}{digest}")
}

fn digests(discord: &DiscordDouble) -> Vec<Post> {
    let channel = CHANNEL.to_string();
    discord.posts().into_iter().filter(|post| post.message["channel_id"] == channel).collect()
}

async fn a_digest_says_what_wants_a_look_and_is_sent_once_a_week(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    discord.know_channel(CHANNEL, Some(GUILD_ID));
    let start = async |at: &str| {
        let stale = HARBOUR.replace("pinned = true", "pinned = true\nreview_by = \"2020-01\"");
        let test = Test::at(folder.path()).with_base().file("knowledge/harbour.toml", stale);
        Bot::over(transport, test, &discord, at).await
    };
    // What there is to say, while the digest goes to a channel that is not there.
    let mut bot = start(&due(1).replace(&CHANNEL.to_string(), "1287650000000000024")).await;
    discord.interact(ask("toll for the passage")).await;
    discord.interact(ask("toll for the passage").in_guild(77)).await;
    discord.interact(discord.interact(ask("ferry fare")).await.press("👎")).await;
    discord.interact(discord.interact(ask("pier metres")).await.press("👍")).await;
    let begun = discord.interact(Interaction::message_command("Teach Footnote", "something about the ferry")).await;
    let shown = discord.interact(begun.pick("The entry that answers it…", FERRY)).await;
    discord.interact(shown.press("Confirm")).await;
    bot.wait_for_gaps(2).await;
    bot.stop().await;

    let mut bot = start(&due(1)).await;
    bot.wait_for_log(SENT).await;
    let mut replica = start(&due(1)).await;
    replica.wait_for_log(SETTLED).await;
    replica.stop().await;
    bot.stop().await;
    let mut restarted = start(&due(1)).await;
    restarted.wait_for_log(SETTLED).await;
    restarted.stop().await;
    let sent = digests(&discord);
    assert_eq!(sent.len(), 1, "{sent:?}");

    // Ten days later, nothing is new, but something still wants a look.
    let later = "UPDATE digests SET settled_at = settled_at - 864000;
        UPDATE gaps SET first_seen = first_seen - 864000;
        UPDATE votes SET voted_at = voted_at - 864000;";
    sqlx::raw_sql(later).execute(&mut connect(&database(folder.path())).await).await.unwrap();
    let mut bot = start(&due(0)).await;
    bot.wait_for_log(SENT).await;
    bot.stop().await;
    let later = digests(&discord);
    assert_eq!(later.len(), 2, "{later:?}");
    assert_snapshot!(sent[0], "Ten days later:", later[1]);
}

async fn where_there_is_nothing_to_say_nothing_is_sent(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    discord.know_channel(CHANNEL, Some(GUILD_ID));
    for said in ["nothing to say in the digest of this week", SETTLED] {
        let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, &due(0)).await;
        bot.wait_for_log(said).await;
        bot.stop().await;
    }
    assert_eq!(digests(&discord).len(), 0);
}

async fn a_channel_that_refuses_does_not_stop_the_bot(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, &due(0)).await;
    bot.wait_for_log("cannot send the digest").await;
    assert_eq!(discord.interact(ask("ferry fare")).await.title(), FERRY);
    bot.stop().await;
    // For an hour, nobody tries again.
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, &due(0)).await;
    bot.wait_for_log("the digest of this week is claimed or postponed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_at_once_send_one_digest() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    let discord = DiscordDouble::start().await;
    discord.know_channel(CHANNEL, Some(GUILD_ID));
    let stale = HARBOUR.replace("pinned = true", "pinned = true\nreview_by = \"2020-01\"");
    let test = || fixture.test().file("knowledge/sources.toml", SOURCES).file("knowledge/harbour.toml", &stale);
    let mut bots = [Bot::start(test(), &discord, &due(0)), Bot::start(test(), &discord, &due(0))];
    for bot in &mut bots {
        bot.wait_for_log("digest of this week").await;
    }
    discord.wait_for(|request| request.path.ends_with(&format!("/channels/{CHANNEL}/messages"))).await;
    for bot in bots {
        bot.stop().await;
    }
    let all = discord.requests();
    let sent = all.iter().filter(|request| request.path.ends_with(&format!("/channels/{CHANNEL}/messages")));
    assert_eq!(sent.count(), 1);
}
