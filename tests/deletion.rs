//! Whoever asked is in charge of what the bot says to everyone about it: an answer is gone with one
//! press, and an offer that nobody uses does not stay in the way.

use serde_json::Value;
use tempfile::TempDir;

use crate::journal::{config_in, records};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT, UNSURE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{
    CHANNEL_ID, CallbackReply, DiscordDouble, IncomingMessage, Interaction, MEMBER_ID, RecordedRequest,
};
use footnote::journal::Record;

over_both_transports!(
    who_asked_deletes_an_answer_and_nobody_else_but_moderators,
    the_member_whom_an_answer_notifies_can_delete_it,
    every_public_reply_can_be_deleted_and_no_private_one,
    an_offer_that_nobody_uses_loses_its_menu_and_nothing_else,
    an_answer_that_took_the_place_of_an_offer_keeps_its_buttons,
    an_interaction_that_is_over_is_not_taken_for_a_refused_token,
);

/// The permission to delete other members' messages.
const MANAGE_MESSAGES: u64 = 1 << 13;
const SOON: &str = "offer_seconds = 1\n";

fn id(reply: &CallbackReply) -> Value {
    reply.held()["id"].clone()
}

/// This member, who may do nothing that not everyone may, deletes the message.
fn delete(message: &impl BotMessage, member: u64) -> Interaction {
    message.press("Delete").by(member, "besa").with_permissions(0)
}

async fn who_asked_deletes_an_answer_and_nobody_else_but_moderators(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("ferry fare")).await;
    let refused = discord.interact(delete(&answer, SOMEONE_ELSE)).await;
    assert!(discord.message(&id(&answer)).is_some());
    let deleted = discord.interact(delete(&answer, MEMBER_ID)).await;
    discord.wait_for_message(&id(&answer), |message| message.is_none()).await;
    let other = discord.interact(ask("ferry fare")).await;
    discord.interact(delete(&other, SOMEONE_ELSE).with_permissions(MANAGE_MESSAGES)).await;
    discord.wait_for_message(&id(&other), |message| message.is_none()).await;
    assert_snapshot!(refused, deleted);
}

async fn the_member_whom_an_answer_notifies_can_delete_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta")).await;
    discord.interact(delete(&answer, SOMEONE_ELSE)).await;
    discord.wait_for_message(&id(&answer), |message| message.is_none()).await;
}

async fn every_public_reply_can_be_deleted_and_no_private_one(transport: Transport) {
    let discord = DiscordDouble::start().await;
    for config in ["", UNSURE, STRICT] {
        let bot = Bot::over(transport, Test::new(), &discord, config).await;
        let public = discord.interact(ask("what about the pier")).await;
        let private = discord.interact(ask("what about the pier").option("private", true)).await;
        assert!(!private.body.to_string().contains("delete:"), "{}", private.body);
        discord.interact(delete(&public, MEMBER_ID)).await;
        discord.wait_for_message(&id(&public), |message| message.is_none()).await;
        bot.stop().await;
    }
}

async fn an_offer_that_nobody_uses_loses_its_menu_and_nothing_else(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, &format!("{SOON}{UNSURE}")).await;
    let offer = discord.interact(ask("something about the pier")).await;
    discord.wait_for_message(&id(&offer), |message| has(message, "Delete") && !has(message, "Choose a question")).await;
}

async fn an_answer_that_took_the_place_of_an_offer_keeps_its_buttons(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, &format!("{SOON}{UNSURE}")).await;
    let offer = discord.interact(ask("something about the pier")).await;
    discord.interact(offer.pick("Choose a question", "How long is the pier?")).await;
    let is_about = |request: &RecordedRequest, method: &str| {
        request.method == method && request.path.ends_with("/messages/@original")
    };
    discord.wait_for(|request| is_about(request, "GET")).await;
    bot.stop().await;
    assert!(!discord.requests().iter().any(|request| is_about(request, "PATCH")));
    assert!(has(discord.message(&id(&offer)).as_ref(), "Show sources"));
}

#[tokio::test]
async fn a_reply_to_a_post_is_deleted_by_its_author_and_an_offer_in_one_loses_its_menu() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, &format!("{SOON}{UNSURE}"));
    let offer = discord.talk(IncomingMessage::mention("something about the pier").by(MEMBER_ID, "besa")).await;
    let id = &offer.held()["id"];
    discord.wait_for_message(id, |message| has(message, "Delete") && !has(message, "Choose a question")).await;
    discord.interact(delete(&offer, MEMBER_ID)).await;
    discord.wait_for_message(id, |message| message.is_none()).await;
}

#[tokio::test]
async fn an_answer_that_nobody_asked_for_is_a_vote_if_it_is_deleted_and_any_other_is_not() {
    let (discord, folder) = (DiscordDouble::builder().privileged_intents().start().await, TempDir::new().unwrap());
    let config = format!("watch_channels = [\"{CHANNEL_ID}\"]\n");
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &config);
    for message in [
        IncomingMessage::new("hey all, how much does the ferry cost?"),
        IncomingMessage::mention("when was the lighthouse built?"),
    ] {
        let answer = discord.talk(message.by(MEMBER_ID, "besa")).await;
        discord.interact(delete(&answer, MEMBER_ID)).await;
        discord.wait_for_message(&answer.held()["id"], |message| message.is_none()).await;
    }
    bot.stop().await;
    let records = records(&config_in(folder.path())).await.into_iter();
    let votes = records.filter_map(|record| match record {
        Record::Vote { entry, helpful, .. } => Some((entry, helpful)),
        _ => None,
    });
    assert_eq!(votes.collect::<Vec<_>>(), [("ferry-price".to_owned(), false)]);
}

/// Whether a message has such a button or menu.
fn has(message: Option<&Value>, label: &str) -> bool {
    let rows = message.and_then(|message| message["components"].as_array()).into_iter().flatten();
    let mut components = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    components.any(|component| component["label"] == label || component["placeholder"] == label)
}

/// The addresses of responses have a secret of their own, which Discord refuses after a quarter of
/// an hour. That says nothing about the bot's.
async fn an_interaction_that_is_over_is_not_taken_for_a_refused_token(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let config = format!("{SOON}{UNSURE}");
    let mut bot = Bot::over(transport, Test::new(), &discord, &config).await;
    discord.refuse_next("GET", "/webhooks", 401, 50_027, "Invalid Webhook Token");
    discord.interact(ask("something about the pier")).await;
    bot.wait_for_log("cannot take away a menu").await;
    assert_eq!(discord.interact(ask("ferry fare")).await.body["type"], 4);
    bot.stop().await;
}
