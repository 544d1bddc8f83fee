//! `footnote serve`: the built binary with a double of Discord, over real sockets and both
//! transports.

use serde_json::{Value, json};

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{STRICT, UNSURE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction};

over_both_transports!(
    the_main_question_gets_its_answer_with_sources,
    a_claim_a_dispute_and_a_date_are_visible,
    only_the_member_sees_a_private_answer,
    what_is_not_known_is_said_and_what_is_unsure_is_offered,
    questions_are_offered_while_one_is_typed,
    commands_are_registered_at_each_start,
    commands_of_an_older_version_are_overwritten,
    what_this_version_does_not_know_gets_a_private_notice,
    a_token_that_rest_refuses_ends_it_with_one_sentence,
    a_log_that_nobody_reads_does_not_end_it,
    the_token_may_come_from_a_file,
    the_log_has_one_line_per_interaction_and_nothing_about_who_it_was,
    questions_are_logged_at_debug_and_the_token_never,
);

async fn the_main_question_gets_its_answer_with_sources(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::shipped_over(transport, &discord).await;
    assert_snapshot!(discord.interact(ask("when did KFOR deploy")).await);
}

async fn a_claim_a_dispute_and_a_date_are_visible(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    assert_snapshot!(
        discord.interact(ask("does quill find the pier ugly")).await,
        discord.interact(ask("how long is the pier")).await,
        discord.interact(ask("ferry fare")).await,
    );
}

async fn only_the_member_sees_a_private_answer(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    assert_snapshot!(
        discord.interact(ask("when was the lighthouse built").option("private", true)).await,
        discord.interact(ask("when was the lighthouse built").option("private", false)).await,
    );
}

async fn what_is_not_known_is_said_and_what_is_unsure_is_offered(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, STRICT).await;
    let unknown = discord.interact(ask("who won the 2023 champions league")).await;
    bot.stop().await;
    let _bot = Bot::over(transport, Test::new(), &discord, UNSURE).await;
    assert_snapshot!(unknown, discord.interact(ask("something about the pier")).await);
}

async fn questions_are_offered_while_one_is_typed(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let offered = async |typed: &str| {
        let typing = Interaction::autocomplete("ask").focused("question", typed);
        discord.interact(typing).await
    };
    let (nothing, word, sentence) = (offered("").await, offered("fer").await, offered("how long is the pi").await);
    assert_eq!(nothing.choices().len(), 1, "the pinned entry");
    assert_eq!(word.choices()[0]["name"], "How much does the ferry cost?");
    assert_eq!(sentence.choices()[0]["name"], "How long is the pier?");
    assert_snapshot!(nothing, word, sentence, offered("zzz").await);
}

async fn commands_are_registered_at_each_start(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    let registered = discord.commands();
    let names: Vec<&Value> = registered.iter().map(|command| &command["name"]).collect();
    let wanted = [
        "ask",
        "Find an answer",
        "topics",
        "sources",
        "help",
        "about",
        "gaps",
        "suggestions",
        "stats",
        "settings",
        "reload",
        "check",
        "preview",
    ];
    assert_eq!(names, wanted);
    assert_eq!(registered[0]["description_localizations"]["hr"], "Postavi pitanje i dobij odgovor s izvorima");
    assert_eq!(registered[0]["options"][1]["description_localizations"]["de"], "Die Antwort nur dir zeigen");
    assert_eq!(registered[1]["name_localizations"]["fr"], "Chercher une réponse");
    bot.stop().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    assert_eq!(discord.command_puts(), 2);
    assert_eq!(discord.commands(), registered, "an equal command keeps its id and version");
}

async fn commands_of_an_older_version_are_overwritten(transport: Transport) {
    let discord = DiscordDouble::start().await;
    discord.set_commands(&json!([{"name": "ask", "type": 1, "description": "An older text"}]));
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    assert_eq!(discord.commands()[0]["options"][0]["name"], "question");
}

async fn what_this_version_does_not_know_gets_a_private_notice(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    assert_snapshot!(discord.interact(Interaction::component("from-another-version")).await);
}

async fn a_token_that_rest_refuses_ends_it_with_one_sentence(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let config = Bot::config(transport, &discord);
    let bot = Bot::spawn(Test::new().file("config.toml", config).env("DISCORD_TOKEN", "wrong.token.here"));
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert_eq!(ended.log.matches("Discord does not accept the bot token").count(), 1, "{}", ended.log);
    assert!(!ended.log.contains("wrong.token.here"), "{}", ended.log);
    assert_eq!(discord.requests().len(), 1, "no retry");
}

async fn a_log_that_nobody_reads_does_not_end_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.stop_reading().await;
    discord.interact(ask("ferry fare")).await;
    discord.interact(ask("does quill find the pier ugly")).await;
    assert_eq!(bot.stop().await.status, Some(0));
}

async fn the_token_may_come_from_a_file(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let config = Bot::config(transport, &discord);
    let token = format!("{}\n", discord.token());
    let test = Test::new().file("config.toml", config).file("token.txt", token).env("DISCORD_TOKEN_FILE", "token.txt");
    let mut bot = Bot::spawn(test);
    bot.wait_for_log("commands registered").await;
}

async fn the_log_has_one_line_per_interaction_and_nothing_about_who_it_was(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "[log]\nformat = \"json\"\n").await;
    discord.interact(ask("ferry fare thank you very much").by(424_242_424_242, "nosy.member")).await;
    let ended = bot.stop().await;
    let lines: Vec<Value> = ended.log.lines().map(|line| serde_json::from_str(line).expect("JSON a line")).collect();
    let interactions: Vec<&Value> = lines.iter().filter(|line| line["message"] == "interaction").collect();
    let [line] = interactions.as_slice() else { panic!("one line, not {interactions:?}") };
    assert_eq!(line["command"], "ask");
    assert_eq!(line["outcome"], "answer");
    assert_eq!(line["entry"], "ferry-price");
    assert_eq!(line["shard"], if transport == Transport::Gateway { json!(0) } else { Value::Null });
    assert!(line["confidence"].as_f64().unwrap() > 0.5 && line["ms"].is_number(), "{line}");
    for secret in ["nosy.member", "424242424242", "thank you very", discord.token()] {
        assert!(!ended.log.contains(secret), "{secret} in:\n{}", ended.log);
    }
}

async fn questions_are_logged_at_debug_and_the_token_never(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "[log]\nlevel = \"trace\"\n").await;
    let sent = discord.interact(ask("ferry fare thank you very much").by(424_242_424_242, "nosy.member")).await.sent;
    for interaction in
        [ask("<@424242424242> fare"), Interaction::autocomplete("ask").focused("question", "<@424242424242> f")]
    {
        discord.interact(interaction).await;
    }
    let ended = bot.stop().await;
    assert!(ended.log.contains("ferry fare thank you very much"), "{}", ended.log);
    for secret in ["nosy.member", "424242424242", discord.token(), &sent.token] {
        assert!(!ended.log.contains(secret), "{secret} in:\n{}", ended.log);
    }
}
