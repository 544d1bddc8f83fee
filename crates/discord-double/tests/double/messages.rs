//! Messages in channels: what the double tells of them, and what it takes from a bot.

use serde_json::{Value, json};
use serenity::all::{ChannelId, GatewayIntents};

use super::bot::{Bot, http};
use super::rest::refusal;
use discord_double::{BOT_USER_ID, CHANNEL_ID, DiscordDouble, IncomingMessage, Interaction, Said};

/// A body that replies to a message.
pub(super) fn reply_to(said: &Said) -> Value {
    let button = json!({"type": 2, "style": 2, "label": "Press", "custom_id": "b"});
    json!({
        "content": "a reply",
        "components": [{"type": 1, "components": [button]}],
        "message_reference": {"message_id": said.id},
        "nonce": said.id,
        "enforce_nonce": true,
    })
}

async fn told(discord: &DiscordDouble, intents: GatewayIntents) -> Bot {
    let bot = Bot::start_with(discord, discord.token(), intents).await;
    discord.wait_until_ready().await;
    bot
}

#[tokio::test]
async fn messages_come_only_with_their_intents() {
    let discord = DiscordDouble::start().await;
    let mut bot = told(&discord, GatewayIntents::DIRECT_MESSAGES).await;
    discord.say(IncomingMessage::mention("in a guild")).await;
    discord.say(IncomingMessage::direct("to the bot alone")).await;
    assert_eq!(bot.next_message().await.content, "to the bot alone");

    let discord = DiscordDouble::start().await;
    let mut bot = told(&discord, GatewayIntents::GUILD_MESSAGES).await;
    discord.say(IncomingMessage::direct("to the bot alone")).await;
    discord.say(IncomingMessage::mention("in a guild")).await;
    assert!(bot.next_message().await.content.ends_with("in a guild"));
}

#[tokio::test]
async fn content_is_withheld_without_its_intent_unless_the_bot_is_meant() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let mut without = told(&discord, GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES).await;
    discord.say(IncomingMessage::new("plain")).await;
    assert_eq!(without.next_message().await.content, "");
    let mention = discord.say(IncomingMessage::mention("me")).await;
    assert_eq!(without.next_message().await.content, format!("<@{BOT_USER_ID}> me"));
    discord.say(IncomingMessage::direct("direct")).await;
    assert_eq!(without.next_message().await.content, "direct");
    discord.say(IncomingMessage::new("a reply to that").replying_to(&mention.payload)).await;
    let reply = without.next_message().await;
    assert_eq!(reply.content, "");
    assert!(reply.referenced_message.expect("the other message").content.ends_with("me"));

    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let mut with = told(&discord, GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT).await;
    discord.say(IncomingMessage::new("plain")).await;
    assert_eq!(with.next_message().await.content, "plain");
}

#[tokio::test]
async fn mentions_follow_from_the_text_and_from_replies() {
    let discord = DiscordDouble::start().await;
    let mut bot = told(&discord, GatewayIntents::GUILD_MESSAGES).await;
    discord.say(IncomingMessage::new("<@5> <@!6> <@&7> <#8> @everyone")).await;
    let message = bot.next_message().await;
    assert_eq!(message.mentions.iter().map(|user| user.id.get()).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(message.mention_roles.iter().map(|role| role.get()).collect::<Vec<_>>(), [7]);
    assert!(message.mention_everyone);

    let said = discord.say(IncomingMessage::new("who?").by(5, "arta")).await;
    bot.next_message().await;
    for (reply, pinged) in [
        (IncomingMessage::new("me").replying_to(&said.payload), vec![5]),
        (IncomingMessage::new("me").replying_to(&said.payload).without_ping(), vec![]),
    ] {
        discord.say(reply).await;
        let reply = bot.next_message().await;
        assert_eq!(reply.mentions.iter().map(|user| user.id.get()).collect::<Vec<_>>(), pinged);
        assert_eq!(reply.referenced_message.expect("the other message").author.id.get(), 5);
    }
}

#[tokio::test]
async fn a_post_becomes_a_message_of_which_its_author_is_told() {
    let discord = DiscordDouble::start().await;
    let mut bot = told(&discord, GatewayIntents::GUILD_MESSAGES).await;
    let said = discord.say(IncomingMessage::mention("hello")).await;
    bot.next_message().await;
    let http = http(&discord, discord.token());
    let posted = http.send_message(CHANNEL_ID.into(), Vec::new(), &reply_to(&said)).await.expect("a message");
    let told = bot.next_message().await;
    assert_eq!((told.id, told.author.id), (posted.id, BOT_USER_ID.parse().expect("an id")));
    assert_eq!(told.content, "a reply");
    let post = discord.post_about(&said).await;
    assert_eq!(post.components()[0]["custom_id"], "b");
    let pressed = discord.issue(&Interaction::component("b").on_message(&post.message));
    assert_eq!(pressed.payload["message"]["referenced_message"]["id"], said.id);
}

#[tokio::test]
async fn a_nonce_that_is_enforced_makes_one_message() {
    let discord = DiscordDouble::start().await;
    let _bot = told(&discord, GatewayIntents::empty()).await;
    let said = discord.say(IncomingMessage::mention("hello")).await;
    let http = http(&discord, discord.token());
    let first = http.send_message(CHANNEL_ID.into(), Vec::new(), &reply_to(&said)).await.expect("a message");
    let second = http.send_message(CHANNEL_ID.into(), Vec::new(), &reply_to(&said)).await.expect("the same");
    assert_eq!((first.id, discord.posts().len()), (second.id, 1));
}

#[tokio::test]
async fn refuses_what_goes_nowhere_and_what_breaks_a_limit() {
    let discord = DiscordDouble::start().await;
    let _bot = told(&discord, GatewayIntents::empty()).await;
    let http = http(&discord, discord.token());
    let send = async |body: Value| {
        let outcome = http.send_message(ChannelId::new(CHANNEL_ID), Vec::new(), &body).await;
        outcome.map(|message| message.message_reference.is_some())
    };
    assert_eq!(refusal(send(json!({"content": "x"})).await), (404, 10003));
    discord.say(IncomingMessage::new("hello")).await;
    let unknown = json!({"content": "x", "message_reference": {"message_id": "5"}});
    assert_eq!(refusal(send(unknown).await), (400, 50035));
    let optional = json!({"content": "x", "message_reference": {"message_id": "5", "fail_if_not_exists": false}});
    assert_eq!(send(optional).await.ok(), Some(false));
    discord.assert_conformant();
    assert_eq!(refusal(send(json!({"content": "x".repeat(2001)})).await), (400, 50035));
    assert_eq!(refusal(send(json!({"content": ""})).await), (400, 50006));
    assert_eq!(discord.take_violations().len(), 2);
}
