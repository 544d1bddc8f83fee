//! `footnote serve`: the built binary against a Discord of the tests' own, over real sockets and
//! both transports.

use serde_json::{Value, json};

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::Test;
use discord_double::{DiscordDouble, Interaction};

over_both_transports!(
    the_main_question_gets_its_answer_with_sources,
    a_claim_a_dispute_and_a_date_are_visible,
    a_private_answer_is_for_the_member_alone,
    what_is_not_known_is_said_and_what_is_unsure_is_offered,
    questions_are_offered_while_one_is_typed,
    commands_are_registered_once,
    commands_of_an_older_version_are_overwritten,
    what_this_version_does_not_know_gets_a_private_notice,
    a_token_that_rest_refuses_ends_it_with_one_sentence,
    a_log_that_nobody_reads_does_not_end_it,
    the_token_may_come_from_a_file,
    the_log_has_a_line_an_interaction_and_nothing_of_who_it_was,
    questions_are_logged_at_debug_and_the_token_never,
);

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

/// The text of an embed's fields, which hold the sources.
fn sources(embed: &Value) -> String {
    let fields = embed["fields"].as_array().cloned().unwrap_or_default();
    fields.iter().map(|field| field["value"].as_str().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

async fn the_main_question_gets_its_answer_with_sources(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::shipped_over(transport, &discord).await;
    let reply = discord.interact(ask("when did KFOR deploy")).await;
    let embed = &reply.embeds()[0];
    assert_eq!(embed["title"], "When did KFOR deploy to Kosovo?");
    assert!(embed["description"].as_str().unwrap().contains("12 June 1999"), "{embed}");
    assert!(sources(embed).contains("1\\. **NATO's role in the Kosovo conflict** · overview · paragraph 2"), "{embed}");
    let mentions = &reply.body["data"]["allowed_mentions"];
    assert_eq!([&mentions["parse"], &mentions["users"], &mentions["roles"]], [&json!([]); 3]);
    assert!(!reply.is_ephemeral());
}

async fn a_claim_a_dispute_and_a_date_are_visible(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let claim = discord.interact(ask("is the pier ugly")).await;
    let text = claim.embeds()[0]["description"].as_str().unwrap().to_owned();
    assert!(text.starts_with("**Claim by Ada Quill — opinion piece**\n"), "{text}");
    assert_eq!(
        sources(&claim.embeds()[0]),
        "1\\. [Letters from the Pier](https://pier.example) · Ada Quill, Pier Press · opinion piece · May 2024 · paragraph 2 · By kind permission of Ada Quill"
    );
    let dispute = discord.interact(ask("how long is the pier")).await;
    let text = dispute.embeds()[0]["description"].as_str().unwrap();
    assert!(text.starts_with("**Disputed — the sources differ**\n"), "{text}");
    let dated = discord.interact(ask("ferry fare")).await;
    assert!(dated.embeds()[0]["description"].as_str().unwrap().ends_with("*As of May 2024*"));
}

async fn a_private_answer_is_for_the_member_alone(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    assert!(discord.interact(ask("ferry fare").option("private", true)).await.is_ephemeral());
    assert!(!discord.interact(ask("ferry fare").option("private", false)).await.is_ephemeral());
}

async fn what_is_not_known_is_said_and_what_is_unsure_is_offered(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "[answer]\nanswer_at = 1.0\nsuggest_at = 0.05\n").await;
    let unknown = discord.interact(ask("who won the 2023 champions league")).await;
    assert!(unknown.embeds()[0]["description"].as_str().unwrap().starts_with("I don't know."));
    let unsure = discord.interact(ask("something about the pier")).await;
    assert_eq!(unsure.embeds()[0]["title"], "Did you mean one of these?");
    assert!(unsure.embeds()[0]["description"].as_str().unwrap().contains("• How long is the pier?"));
}

async fn questions_are_offered_while_one_is_typed(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let names = async |typed: &str| {
        let reply = discord.interact(Interaction::autocomplete("ask").focused("question", typed)).await;
        let names = reply.choices().iter().map(|choice| {
            assert_eq!(choice["name"], choice["value"]);
            choice["name"].as_str().unwrap().to_owned()
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["When was the lighthouse built?"], "the pinned entry");
    assert_eq!(names("fer").await[0], "How much does the ferry cost?");
    assert_eq!(names("how long is the pi").await[0], "How long is the pier?");
    assert_eq!(names("zzz").await, Vec::<String>::new());
}

async fn commands_are_registered_once(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    let names: Vec<Value> = discord.commands().iter().map(|command| command["name"].clone()).collect();
    assert_eq!(names, ["ask", "Find an answer", "topics", "sources", "about", "gaps", "reload", "check"]);
    assert_eq!(discord.commands()[0]["description_localizations"]["hr"], "Postavi pitanje i dobij odgovor s izvorima");
    assert_eq!(discord.commands()[0]["options"][1]["description_localizations"]["de"], "Die Antwort nur dir zeigen");
    assert_eq!(discord.commands()[1]["name_localizations"]["fr"], "Chercher une réponse");
    bot.stop().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands are registered already").await;
    assert_eq!(discord.command_puts(), 1);
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
    let reply = discord.interact(Interaction::component("from-another-version")).await;
    assert!(reply.is_ephemeral());
    assert!(reply.embeds()[0]["description"].as_str().unwrap().contains("don't know this"));
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
    discord.interact(ask("is the pier ugly")).await;
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

async fn the_log_has_a_line_an_interaction_and_nothing_of_who_it_was(transport: Transport) {
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
