//! What keeps the bot from being a nuisance, or a tool of one.

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, Interaction};

over_both_transports!(who_asks_too_often_is_told_how_long_to_wait, without_a_cooldown_nobody_waits,);

const ARTA: u64 = 1_287_650_000_000_000_104;

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

async fn who_asks_too_often_is_told_how_long_to_wait(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let cooldown = "cooldown = { uses = 2, seconds = 7200 }\n";
    let _bot = Bot::over(transport, Test::new(), &discord, cooldown).await;
    let answer = discord.interact(ask("ferry fare")).await;
    discord.interact(Interaction::autocomplete("ask").focused("question", "how long")).await;
    discord.interact(answer.press("Not helpful")).await;
    for interaction in [ask("how long is the pier"), answer.press("Not helpful"), Interaction::command("topics")] {
        let refused = discord.interact(interaction).await;
        assert!(refused.is_ephemeral());
        let text = refused.description();
        let seconds =
            text.strip_prefix("That was a lot at once. Please try again in ").unwrap_or_else(|| panic!("{text}"));
        let seconds: u64 = seconds.strip_suffix(" s.").unwrap().parse().unwrap();
        assert!((1..=3_600).contains(&seconds), "{seconds}");
    }
    let typing = discord.interact(Interaction::autocomplete("ask").focused("question", "how long")).await;
    assert_eq!(typing.choices()[0]["name"], "How long is the pier?");
    let somebody_else = discord.interact(ask("how long is the pier").by(ARTA, "arta")).await;
    assert_eq!(somebody_else.embeds()[0]["title"], "How long is the pier?");
}

async fn without_a_cooldown_nobody_waits(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "cooldown = { enabled = false, uses = 1 }\n").await;
    for _ in 0..15 {
        assert_eq!(discord.interact(ask("ferry fare")).await.embeds()[0]["title"], "How much does the ferry cost?");
    }
}
