//! Keeps the bot from being a nuisance, and from being abused as one.

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction};

over_both_transports!(a_member_who_asks_too_often_is_told_how_long_to_wait, without_a_cooldown_nobody_waits,);

async fn a_member_who_asks_too_often_is_told_how_long_to_wait(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let cooldown = "cooldown = { uses = 2, seconds = 7200 }\n";
    let _bot = Bot::over(transport, Test::new(), &discord, cooldown).await;
    let answer = discord.interact(ask("ferry fare")).await;
    discord.interact(Interaction::autocomplete("ask").focused("question", "how long")).await;
    discord.interact(answer.press("👎")).await;
    let mut refusals = Vec::new();
    for interaction in [ask("how long is the pier"), answer.press("👎"), Interaction::command("topics")] {
        let refused = discord.interact(interaction).await;
        let digits: String = refused.description().chars().filter(char::is_ascii_digit).collect();
        let seconds: u64 = digits.parse().unwrap();
        assert!((1..=3_600).contains(&seconds), "{seconds}");
        refusals.push(refused);
    }
    let typing = discord.interact(Interaction::autocomplete("ask").focused("question", "how long")).await;
    assert_eq!(typing.choices()[0]["name"], "How long is the pier?");
    let somebody_else = discord.interact(ask("how long is the pier").by(SOMEONE_ELSE, "arta")).await;
    assert_eq!(somebody_else.title(), "How long is the pier?");
    let [command, button, other_command] = refusals.try_into().expect("three were refused");
    assert_snapshot!(command, button, other_command);
}

async fn without_a_cooldown_nobody_waits(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "cooldown = { enabled = false, uses = 1 }\n").await;
    for _ in 0..15 {
        assert_eq!(discord.interact(ask("ferry fare")).await.title(), "How much does the ferry cost?");
    }
}
