//! Speaks to each member in their language. Answers stay in the language of the base.

use serde_json::Value;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, STRICT, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, IncomingMessage, Interaction};

over_both_transports!(
    a_german_member_gets_everything_but_the_answer_in_german,
    a_bot_set_to_albanian_speaks_albanian_where_discord_says_english,
    serbian_is_shown_in_either_script,
    a_language_that_the_bot_lacks_gives_way_to_that_of_the_server_and_the_configuration,
    a_question_in_another_language_is_told_so_in_that_language,
);

async fn a_german_member_gets_everything_but_the_answer_in_german(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, STRICT).await;
    let in_german = |interaction: Interaction| discord.interact(interaction.in_language("de"));
    let answer = in_german(ask("how long is the pier")).await;
    assert_snapshot!(
        answer,
        in_german(answer.press("👍")).await,
        in_german(answer.press("Quellen zeigen")).await,
        in_german(Interaction::command("gaps")).await,
        in_german(ask("who won the 2023 champions league")).await,
        in_german(Interaction::command("topics")).await,
        in_german(Interaction::command("sources")).await,
        in_german(Interaction::command("help")).await,
        in_german(Interaction::command("reload").in_direct_message()).await,
        in_german(Interaction::component("of:another:version")).await,
    );
}

async fn a_bot_set_to_albanian_speaks_albanian_where_discord_says_english(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "language = \"sq\"\n").await;
    let unknown = || ask("who won the 2023 champions league");
    let albanian = "Nuk e di. Asgjë në burimet e mia nuk i përgjigjet kësaj pyetjeje.";
    assert_eq!(discord.interact(unknown().in_language("en-US")).await.text(), albanian);
    assert_eq!(discord.interact(unknown().in_language("tr").in_server_of_language("tr")).await.text(), albanian);
    let german = discord.interact(unknown().in_language("de")).await;
    assert!(german.text().starts_with("Das weiß ich nicht."), "{}", german.text());
    bot.wait_for_log("commands registered").await;
    let commands = discord.commands();
    let topics = commands.iter().find(|command| command["name"] == "topics").expect("it is registered");
    assert_eq!(topics["description"], "Shiko se për çfarë di, temë pas teme");
    assert_eq!(topics["description_localizations"]["de"], "Sieh Thema für Thema, worüber ich Bescheid weiß");
    assert_eq!(topics["description_localizations"]["en-US"], Value::Null);
}

async fn serbian_is_shown_in_either_script(transport: Transport) {
    let discord = DiscordDouble::start().await;
    for (language, title, ask) in
        [("sr-Cyrl", "Шта можеш да урадиш", "помоћу"), ("sr-Latn", "Šta možeš da uradiš", "pomoću")]
    {
        let bot = Bot::over(transport, Test::new(), &discord, &format!("language = \"{language}\"\n")).await;
        let help = discord.interact(Interaction::command("help")).await;
        assert_eq!(help.title(), title);
        assert!(help.text().contains(&format!("{ask} `/ask`")), "{}", help.text());
        bot.stop().await;
    }
}

async fn a_language_that_the_bot_lacks_gives_way_to_that_of_the_server_and_the_configuration(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "language = \"hr\"\n").await;
    let topics = || Interaction::command("topics").in_language("es-ES");
    assert_eq!(discord.interact(topics().in_server_of_language("fr")).await.title(), "Thèmes");
    assert_eq!(discord.interact(topics().in_server_of_language("pt-BR")).await.title(), "Teme");
    assert_eq!(discord.interact(topics().in_direct_message()).await.title(), "Teme");
    assert_eq!(discord.interact(Interaction::command("topics").in_language("en-GB")).await.title(), "Topics");
}

async fn a_question_in_another_language_is_told_so_in_that_language(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "[log]\nlevel = \"debug\"\n").await;
    assert_snapshot!(
        discord.interact(ask("Wie viel kostet die Überfahrt mit der Fähre?")).await,
        discord.interact(Interaction::message_command("Find an answer", "Sa kushton trageti për në ishull?")).await,
    );
    // The next question is a gap, and the only one.
    discord.interact(ask("who won the 2023 champions league")).await;
    bot.wait_for_gaps(1).await;
    let gaps = discord.interact(Interaction::command("gaps")).await;
    assert!(!gaps.text().contains("kostet") && gaps.text().contains("champions"), "{}", gaps.text());
}

#[tokio::test]
async fn a_message_is_answered_in_the_configured_language_or_in_its_own() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "language = \"fr\"\n");
    let answer = discord.talk(IncomingMessage::direct("ferry fare")).await;
    answer.component("Montrer les sources");
    let foreign = discord.talk(IncomingMessage::direct("Wie viel kostet die Überfahrt mit der Fähre?")).await;
    assert!(foreign.text().starts_with("Meine Quellen sind auf Englisch"), "{}", foreign.text());
}
