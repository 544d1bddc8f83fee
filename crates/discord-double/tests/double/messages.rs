use discord_double::{BOT_USER_ID, CHANNEL_ID, DiscordDouble, FORUM_ID, IncomingMessage};
use serde_json::{Value, json};

use super::client::{Client, ask};

const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

/// What a bot with these intents reads when these messages are sent, up to the last one.
async fn told(intents: u64, messages: Vec<IncomingMessage>, last: &str) -> Vec<Value> {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let mut client = Client::start(&discord, intents).await;
    for message in messages {
        discord.say(message).await;
    }
    let mut told = Vec::new();
    while told.last().is_none_or(|content| content != last) {
        told.push(client.next().await["d"]["content"].clone());
    }
    told
}

#[tokio::test]
async fn a_bot_gets_only_the_messages_that_its_intents_allow() {
    let mention = format!("<@{BOT_USER_ID}> me");
    let messages =
        || vec![IncomingMessage::new("plain"), IncomingMessage::mention("me"), IncomingMessage::direct("direct")];
    let turned = || messages().into_iter().rev().collect();
    assert_eq!(told(DIRECT_MESSAGES, messages(), "direct").await, ["direct"]);
    assert_eq!(told(GUILD_MESSAGES | DIRECT_MESSAGES, messages(), "direct").await, ["", &mention, "direct"]);
    assert_eq!(told(GUILD_MESSAGES | MESSAGE_CONTENT, turned(), "plain").await, [mention.as_str(), "plain"]);
}

#[tokio::test]
async fn mentions_follow_from_the_text_and_from_replies() {
    let discord = DiscordDouble::start().await;
    let _client = Client::start(&discord, 0).await;
    let ids = |message: &Value| {
        message["mentions"].as_array().unwrap().iter().map(|user| user["id"].clone()).collect::<Vec<_>>()
    };
    let said = discord.say(IncomingMessage::new("<@5> <@!6> <@&7> <#8> @everyone").by(9, "arta")).await.payload;
    assert_eq!((ids(&said), &said["mention_roles"]), (vec![json!("5"), json!("6")], &json!(["7"])));
    assert_eq!(said["mention_everyone"], true);
    let reply = IncomingMessage::new("me").replying_to(&said);
    assert_eq!(ids(&discord.say(reply.clone().without_ping()).await.payload), Vec::<Value>::new());
    let reply = discord.say(reply).await.payload;
    assert_eq!((ids(&reply), &reply["referenced_message"]["author"]["id"]), (vec![json!("9")], &json!("9")));
}

#[tokio::test]
async fn a_reply_shows_the_content_of_a_mention_and_hides_its_own() {
    let discord = DiscordDouble::start().await;
    let mut client = Client::start(&discord, GUILD_MESSAGES).await;
    let mention = discord.say(IncomingMessage::mention("me")).await.payload;
    discord.say(IncomingMessage::new("a reply").replying_to(&mention)).await;
    assert_eq!(client.next().await["d"]["content"], mention["content"]);
    let reply = client.next().await["d"].take();
    assert_eq!((&reply["content"], &reply["referenced_message"]["content"]), (&json!(""), &mention["content"]));
}

#[tokio::test]
async fn a_post_is_made_once_and_its_author_is_told() {
    let discord = DiscordDouble::start().await;
    let mut client = Client::start(&discord, GUILDS | GUILD_MESSAGES).await;
    assert_eq!(client.next().await["t"], "GUILD_CREATE");
    let said = discord.open_post("Ferry", "When does it sail?").await;
    let (thread, first) = (client.next().await, client.next().await);
    assert_eq!((&thread["t"], &thread["d"]["parent_id"]), (&json!("THREAD_CREATE"), &json!(FORUM_ID.to_string())));
    assert_eq!((&first["d"]["channel_id"], &first["d"]["id"]), (&thread["d"]["id"], &json!(said.id)));

    let path = format!("/channels/{}/messages", thread["d"]["id"].as_str().unwrap());
    // discord.py sends ids as numbers.
    let reference = json!({"message_id": said.id.parse::<u64>().unwrap()});
    let body = json!({"content": "At noon.", "message_reference": reference, "nonce": said.id, "enforce_nonce": true});
    let (first, second) = (ask(&discord, "POST", &path, &body).await, ask(&discord, "POST", &path, &body).await);
    assert_eq!((first.0, &first.2["id"], discord.posts().len()), (200, &second.2["id"], 1));
    let post = discord.post_about(&said).await;
    assert_eq!(
        (&post.message["content"], &post.message["referenced_message"]["id"]),
        (&json!("At noon."), &json!(said.id))
    );
    assert_eq!(client.next().await["d"]["author"]["id"], BOT_USER_ID);
}

#[tokio::test]
async fn a_post_that_goes_nowhere_or_breaks_a_limit_is_refused() {
    let discord = DiscordDouble::start().await;
    let _client = Client::start(&discord, 0).await;
    let send = async |body: Value| {
        let (status, code, answer) = ask(&discord, "POST", &format!("/channels/{CHANNEL_ID}/messages"), &body).await;
        (status, code, answer["message_reference"].is_object())
    };
    assert_eq!(send(json!({"content": "x"})).await, (404, 10003, false));
    discord.say(IncomingMessage::new("hello")).await;
    let mut body = json!({"content": "x", "message_reference": {"message_id": "5"}});
    assert_eq!(send(body.clone()).await, (400, 50035, false));
    body["message_reference"]["fail_if_not_exists"] = json!(false);
    assert_eq!(send(body).await, (200, 0, false));
    assert_eq!(discord.take_violations(), Vec::<String>::new());
    assert_eq!(send(json!({"content": "x".repeat(2001)})).await, (400, 50035, false));
    assert_eq!(send(json!({"content": ""})).await, (400, 50006, false));
    assert_eq!(discord.take_violations().len(), 2);
}
