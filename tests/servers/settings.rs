//! What those who manage a server change of its thresholds and its watched channels.

use serde_json::json;
use tempfile::TempDir;

use super::{INN_SERVER, OTHER_SERVER, VAULT_SERVER, at, config, files};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, IncomingMessage, Interaction};

over_both_transports!(thresholds_are_raised_but_not_lowered_below_the_operators);

async fn thresholds_are_raised_but_not_lowered_below_the_operators(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let more = "[answer]\nanswer_at = 0.6\nclosest_at = 0.3\nsuggest_at = 0.2\n";
    let thresholds = "settings = [\"answer_at\", \"closest_at\", \"suggest_at\"]\n";
    let vault = format!("allow_for = false\n{thresholds}settings_leeway = 0.1\n");
    let config = config(more).replace("allow_for = false\n", &vault);
    let config = format!("{thresholds}{config}");
    let bot = Bot::over(transport, files(Test::at(folder.path())), &discord, &config).await;
    let settings = || Interaction::command("settings");
    let there = |interaction: Interaction| discord.interact(at(OTHER_SERVER, interaction));
    assert_eq!(there(ask("ferry fare")).await.title(), "How much does the ferry cost?");
    let low = there(settings().option("answer_at", 0.59)).await;
    let crossed = there(settings().option("suggest_at", 0.7)).await;
    let shown = there(settings()).await;
    let strict = there(settings().option("answer_at", 1.0).option("closest_at", 1.0).option("suggest_at", 1.0)).await;
    assert_ne!(there(ask("ferry fare")).await.title(), "How much does the ferry cost?", "in force at once");
    let elsewhere = discord.interact(at(INN_SERVER, ask("ferry fare"))).await;
    assert_eq!(elsewhere.title(), "How much does the ferry cost?", "and only there");
    let lenient = discord.interact(at(VAULT_SERVER, settings().option("answer_at", 0.5))).await;
    let too_lenient = discord.interact(at(VAULT_SERVER, settings().option("answer_at", 0.4))).await;
    bot.stop().await;
    let _bot = Bot::over(transport, Test::at(folder.path()), &discord, &config).await;
    assert_ne!(there(ask("ferry fare")).await.title(), "How much does the ferry cost?", "it is kept");
    let mut reset = there(settings().option("reset", "answer_at")).await;
    for threshold in ["closest_at", "suggest_at"] {
        reset = there(settings().option("reset", threshold)).await;
    }
    assert_eq!(there(ask("ferry fare")).await.title(), "How much does the ferry cost?");
    assert_snapshot!(low, crossed, shown, strict, lenient, too_lenient, reset);
}

#[tokio::test]
async fn those_who_manage_a_server_choose_the_channels_that_are_watched() {
    const CHANNEL: u64 = 1_287_650_000_000_000_091;
    const ELSEWHERE: u64 = 1_287_650_000_000_000_092;
    const CATEGORY: u64 = 1_287_650_000_000_000_093;
    const HIDDEN: u64 = 1_287_650_000_000_000_094;
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let folder = TempDir::new().unwrap();
    discord.know_channel(CHANNEL, Some(OTHER_SERVER));
    discord.know_channel(ELSEWHERE, Some(INN_SERVER));
    let config = format!("settings = [\"watch_channels\", \"watch_at\"]\n{}", config(""));
    let mut bot = Bot::over(Transport::Gateway, files(Test::at(folder.path())), &discord, &config).await;
    bot.wait_for_log("commands registered").await;
    let settings = || Interaction::command("settings");
    let there = |interaction: Interaction| discord.interact(at(OTHER_SERVER, interaction));
    let category = json!({"id": CATEGORY.to_string(), "type": 4, "guild_id": OTHER_SERVER.to_string()});
    discord.answer_next("GET", &format!("/channels/{CATEGORY}"), 200, &category);
    discord.refuse_next("GET", &format!("/channels/{HIDDEN}"), 403, 50001, "Missing Access");
    let mut refused = Vec::new();
    for channel in [ELSEWHERE, CATEGORY, HIDDEN] {
        refused.push(there(settings().channel_option("watch_channel", channel)).await);
    }
    let question = || IncomingMessage::new("ferry fare?").in_channel(CHANNEL).in_server(OTHER_SERVER);
    discord.say(question()).await;
    let watched = there(settings().channel_option("watch_channel", CHANNEL)).await;
    let answered = discord.talk(question()).await;
    assert_eq!(answered.title(), "How much does the ferry cost?", "in force at once");
    assert_eq!(discord.posts().len(), 1, "before, it was not");
    // In another server, the same channel is none of theirs.
    let forged = discord.interact(at(INN_SERVER, settings().channel_option("watch_channel", CHANNEL))).await;
    bot.stop().await;
    let mut bot = Bot::over(Transport::Gateway, Test::at(folder.path()), &discord, &config).await;
    bot.wait_for_log("commands registered").await;
    assert_eq!(discord.talk(question()).await.title(), "How much does the ferry cost?", "it is kept");
    let unwatched = there(settings().channel_option("unwatch_channel", CHANNEL)).await;
    let last = discord.say(question()).await;
    let mention = discord.talk(IncomingMessage::mention("lighthouse age").in_server(OTHER_SERVER)).await;
    assert_ne!(mention.title(), "");
    assert_eq!(discord.posts().len(), 3, "{last:?}");
    assert_snapshot!(refused[0], refused[1], refused[2], watched, forged, unwatched);
}

#[test]
fn the_webhook_watches_no_channels() {
    let public_key = discord_double::public_key();
    let text = format!(
        "[discord]\ntransport = \"webhook\"\nsettings = [\"watch_channels\"]\n\
         webhook.public_key = \"{public_key}\"\n"
    );
    assert_snapshot!(Test::new().file("config.toml", text).args(["ask", "ferry fare"]).run().status(2));
}
