//! The double's REST API, as serenity meets it.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{Command, Error, HttpError};

use super::bot::{Bot, definitions, http};
use discord_double::{APPLICATION_ID, DiscordDouble, GUILD_ID, Interaction, MEMBER_ID, RecordedRequest};

/// The status and the code of Discord's error.
pub(super) fn refusal<T: std::fmt::Debug>(outcome: serenity::Result<T>) -> (u16, isize) {
    match outcome {
        Err(Error::Http(HttpError::UnsuccessfulRequest(response))) => {
            (response.status_code.as_u16(), response.error.code)
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn wrong(what: &str) -> Interaction {
    Interaction::command("wrong").option("what", what)
}

async fn register(discord: &DiscordDouble) -> serenity::Result<Vec<Command>> {
    let http = http(discord, discord.token());
    http.set_application_id(http.get_current_application_info().await?.id);
    Command::set_global_commands(&http, definitions()).await
}

#[tokio::test]
async fn registers_commands_and_returns_them_with_discords_fields() {
    let discord = DiscordDouble::start().await;
    let first = register(&discord).await.expect("the commands");
    assert_eq!(first.len(), definitions().len());
    let second = register(&discord).await.expect("the commands");
    assert_eq!(first[0].id, second[0].id, "an unchanged command keeps its id");
    assert_eq!(first[0].version, second[0].version);
    assert_eq!(discord.command_puts(), 2);

    let ask = &discord.commands()[0];
    assert_eq!(ask["application_id"], APPLICATION_ID);
    assert_eq!(ask["description_localizations"]["de"], "Stell eine Frage");
    assert_eq!(ask["options"][0]["required"], true);
    let private = ask["options"][1].as_object().expect("the second option");
    assert!(!private.contains_key("required"), "Discord leaves a false `required` out");
    let admin = &discord.commands()[6];
    assert_eq!(admin["default_member_permissions"], "32");

    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    let listed = http.get_global_commands().await.expect("the commands");
    assert_eq!(listed[0].description_localizations, None, "not asked for");
    let listed = http.get_global_commands_with_localizations().await.expect("the commands");
    assert!(listed[0].description_localizations.is_some());
}

#[tokio::test]
async fn refuses_a_bad_definition() {
    let discord = DiscordDouble::start().await;
    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    let bad = json!([{"name": "Ask", "description": "", "options": [
        {"type": 3, "name": "a", "description": "a"},
        {"type": 3, "name": "a", "description": "b", "required": true},
    ]}]);
    assert_eq!(refusal(http.create_global_commands(&bad).await), (400, 50035));
    let violations = discord.take_violations();
    assert_eq!(violations.len(), 4, "{violations:#?}");
    assert!(violations[0].contains("0.name: Command name is invalid"), "{violations:#?}");
    assert_eq!(discord.commands(), Vec::<Value>::new());
}

#[tokio::test]
async fn carries_a_command_and_its_answer() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let ask =
        Interaction::command("ask").option("question", "when did KFOR deploy").option("private", true).locale("de");
    let reply = discord.interact(ask).await;
    assert_eq!(reply.kind(), 4);
    assert_eq!(reply.content(), format!("for besa in Some(GuildId({GUILD_ID})) on shard 0"));
    assert_eq!(reply.embeds()[0]["fields"][0]["value"], "de");
    assert!(reply.embeds()[0].to_string().contains("when did KFOR deploy"));
    assert_eq!(reply.components().len(), 3);
    assert!(reply.is_ephemeral());
    bot.outcome().await.expect("the callback was taken");

    let ask = Interaction::command("ask").option("question", "who").in_direct_message();
    let reply = discord.interact(ask.by(MEMBER_ID + 1, "arta")).await;
    assert_eq!(reply.content(), "for arta in None on shard 0");
    let admin = Interaction::command("admin").subcommand("stats").option("days", 7);
    assert!(discord.interact(admin).await.content().contains("Integer(7)"));
}

#[tokio::test]
async fn completes_what_is_being_typed() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    let typing = Interaction::autocomplete("ask").focused("question", "when did");
    let reply = discord.interact(typing).await;
    assert_eq!(reply.kind(), 8);
    assert_eq!(reply.choices()[0], json!({"name": "when did?", "value": "kfor-deployed"}));
}

#[tokio::test]
async fn presses_buttons_of_the_message_that_was_sent() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    let asked = discord.interact(Interaction::command("ask").option("question", "who")).await;
    let message = asked.message.expect("a message");

    let quiet = discord.interact(Interaction::component("quiet").on_message(&message)).await;
    assert_eq!((quiet.kind(), quiet.message.as_ref()), (6, Some(&message)));
    let more = discord.interact(Interaction::component("more").on_message(&message)).await;
    assert_eq!(more.kind(), 7);
    let changed = more.message.expect("the changed message");
    assert!(changed["content"].as_str().is_some_and(|text| text.starts_with("more of")));
    assert_eq!(changed["embeds"], message["embeds"], "what an update leaves out stays");
    assert_eq!(changed["components"], json!([]));
    let alone = discord.interact(Interaction::component("gone").in_direct_message()).await;
    assert_eq!(alone.kind(), 6);
}

#[tokio::test]
#[should_panic(expected = "the message has no component \"gone\"")]
async fn presses_only_what_is_there() {
    let _ = Interaction::component("gone").on_message(&json!({"components": []}));
}

#[tokio::test]
async fn defers_edits_and_follows_up() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let deferred = discord.interact(Interaction::command("slow")).await;
    assert_eq!(deferred.kind(), 5);
    bot.outcome().await.expect("serenity reads the messages back");
    let original = discord.original(&deferred.sent).expect("the original answer");
    assert_eq!(original["content"], "here it is");
    assert_eq!(original["flags"], 64, "still private, no longer loading");
    assert_eq!(discord.followups(&deferred.sent)[0]["content"], "and more");
    let edit = discord.wait_for(|request| request.method == "PATCH").await;
    assert!(edit.path.ends_with("/messages/@original"), "{}", edit.path);
}

#[tokio::test]
async fn opens_and_submits_a_modal() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    let opened = discord.interact(Interaction::command("form")).await;
    assert_eq!((opened.kind(), opened.message), (9, None));
    let filled_in = Interaction::modal("feedback").option("name", "Besa");
    assert_eq!(discord.interact(filled_in).await.content(), "Besa");
}

#[tokio::test]
async fn reads_the_json_and_the_files_of_a_multipart_body() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let reply = discord.interact(Interaction::command("file")).await;
    assert_eq!(reply.content(), "a table");
    assert_eq!(reply.files()[0].text(), "a,b\r\n\r\n1,2");
    let message = reply.message.as_ref().expect("a message");
    assert_eq!(message["attachments"][0]["filename"], "table.csv");
    bot.outcome().await.expect("the callback was taken");
}

#[tokio::test]
async fn refuses_what_comes_at_the_wrong_time() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let sent = discord.send(wrong("twice")).await;
    assert_eq!(refusal(bot.outcome().await), (400, 40060));
    assert_eq!(discord.reply_to(&sent).await.content(), "once");
    discord.send(wrong("token")).await;
    assert_eq!(refusal(bot.outcome().await), (404, 10062));
    discord.send(wrong("early")).await;
    assert_eq!(refusal(bot.outcome().await), (404, 10015));
    discord.send(wrong("choices")).await;
    assert_eq!(refusal(bot.outcome().await), (400, 50035));

    discord.shard(0).drop_connection();
    let late = discord.send(wrong("")).await;
    discord.expire(&late);
    assert_eq!(refusal(bot.outcome().await), (404, 10062));
    discord.assert_conformant();
}

#[tokio::test]
async fn refuses_a_body_out_of_bounds() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    discord.send(wrong("empty")).await;
    assert_eq!(refusal(bot.outcome().await), (400, 50006));
    discord.take_violations();

    discord.send(wrong("long")).await;
    let error = bot.outcome().await.expect_err("too long");
    let told = "Invalid Form Body (data.embeds.0.description: Must be 4096 or fewer in length.)";
    assert_eq!(error.to_string(), told);
    let violations = discord.take_violations();
    assert_eq!(violations.len(), 1);
    assert!(violations[0].contains("data.embeds.0.description"), "{violations:?}");
}

#[tokio::test]
#[should_panic(expected = "Discord would refuse what the bot sent")]
async fn a_violation_fails_the_test_in_the_end() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    discord.send(wrong("empty")).await;
    assert!(bot.outcome().await.is_err());
}

#[tokio::test]
#[should_panic(expected = "the double refused the callback of interaction")]
async fn a_refused_callback_fails_the_test_at_once() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    discord.interact(wrong("choices")).await;
}

#[tokio::test]
#[should_panic(expected = "in vain for the callback of interaction")]
async fn a_missing_callback_fails_the_test() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(&discord).await;
    discord.interact(Interaction::command("mute")).await;
}

#[tokio::test]
#[should_panic(expected = "it has no option \"query\"")]
async fn only_registered_options_can_be_given() {
    let discord = DiscordDouble::start().await;
    register(&discord).await.expect("the commands");
    let _ = discord.issue(&Interaction::command("ask").option("query", "who"));
}

#[tokio::test]
async fn fails_on_order_and_then_no_more() {
    let discord = DiscordDouble::start().await;
    let http = http(&discord, discord.token());
    discord.fail_next("GET", "/users", 500);
    discord.fail_next("GET", "/users", 401);
    discord.rate_limit_next("GET", "/users", Duration::from_millis(1500));
    http.get_gateway().await.expect("another path");
    assert_eq!(refusal(http.get_current_user().await), (500, 0));
    assert_eq!(refusal(http.get_current_user().await), (401, 0));
    assert_eq!(refusal(http.get_current_user().await).0, 429);
    http.get_current_user().await.expect("no more errors were ordered");
    let limited = &discord.requests()[3];
    assert_eq!(limited.answer["retry_after"], 1.5);
}

#[tokio::test]
async fn records_and_refuses_what_it_does_not_know() {
    let discord = DiscordDouble::start().await;
    let known = http(&discord, discord.token());
    let id = GUILD_ID.into();
    assert_eq!(refusal(known.get_guild(id).await), (404, 0));
    let asked = discord.wait_for(|request| request.path.starts_with("/guilds/")).await;
    assert_eq!((asked.method.as_str(), asked.status), ("GET", Some(404)));
    let unknown = http(&discord, "somebody-else");
    assert_eq!(refusal(unknown.get_current_user().await), (401, 0));
    assert_eq!(refusal(unknown.get_bot_gateway().await), (401, 0));
    unknown.get_gateway().await.expect("open to all");
}

#[tokio::test]
async fn holds_callbacks_until_they_are_released() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let held = discord.hold_callbacks();
    let sent = discord.send(wrong("nothing")).await;
    let callback = discord.wait_for(RecordedRequest::is_callback).await;
    assert_eq!(callback.status, None);
    assert_eq!(discord.reply_to(&sent).await.content(), "nothing wrong");
    held.release();
    bot.outcome().await.expect("answered after all");
    assert!(discord.requests().iter().all(|request| request.status.is_some()));
}

#[tokio::test]
async fn lets_a_webhook_bot_answer_by_itself() {
    let discord = DiscordDouble::start().await;
    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    let sent = discord.issue(&Interaction::command("ask"));
    let early = http.get_original_interaction_response(&sent.token).await;
    assert_eq!(refusal(early), (404, 10015));
    discord.acknowledge(&sent, &json!({"type": 4, "data": {"content": "hello"}}));
    let original = http.get_original_interaction_response(&sent.token).await;
    assert_eq!(original.expect("the original").content, "hello");
    http.delete_original_interaction_response(&sent.token).await.expect("deleted");
    let gone = http.get_original_interaction_response(&sent.token).await;
    assert_eq!(refusal(gone), (404, 10008));
}
