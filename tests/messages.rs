//! Everything that holds a question: replies to the bot, a mention alone, the bot's role, what a
//! message has beside its text, edits; and what holds none.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::conversation::{ELSEWHERE, assert_silence, watching};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{
    BOT_ROLE_ID, BOT_USER_ID, CHANNEL_ID, DiscordDouble, HELPER_ROLE_ID, IncomingMessage, Interaction,
};

over_both_transports!(find_an_answer_reads_all_of_a_message);

#[tokio::test]
async fn a_reply_to_the_bots_answer_is_a_question_if_it_asks_one() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &(watching() + STRICT));
    let answer = discord.talk(IncomingMessage::mention("ferry fare")).await.message;
    let reply = |text: &str| IncomingMessage::new(text).replying_to(&answer).in_channel(CHANNEL_ID);
    for next in [IncomingMessage::mention("how long is the pier").replying_to(&answer), reply("how long is the pier")] {
        assert_eq!(discord.talk(next).await.title(), "How long is the pier?");
    }
    let without_ping = discord.talk(reply("how long is the pier").without_ping()).await;
    assert_eq!(without_ping.title(), "How long is the pier?");
    assert_snapshot!(discord.talk(reply("Who feeds the gulls?")).await, discord.talk(reply("thanks a lot!")).await);
    assert_silence(&discord, bot, ["nonsense, I say", ""].map(reply)).await;
}

#[tokio::test]
async fn a_mention_alone_asks_what_it_replies_to() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let config = format!("watch_channels = [\"{ELSEWHERE}\"]\n");
    let _bot = Bot::start(Test::new(), &discord, &config);
    let question = discord.say(IncomingMessage::new("ferry fare").by(SOMEONE_ELSE, "arta")).await.payload;
    let answer = discord.talk(IncomingMessage::mention("").replying_to(&question)).await;
    assert_eq!(answer.title(), "How much does the ferry cost?");

    // Without the intent, Discord does not show the other message.
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let question = discord.say(IncomingMessage::new("ferry fare").by(SOMEONE_ELSE, "arta")).await.payload;
    assert_snapshot!(discord.talk(IncomingMessage::mention("").replying_to(&question)).await);
}

#[tokio::test]
async fn the_bots_own_role_counts_as_a_mention() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &format!("watch_channels = [\"{ELSEWHERE}\"]\n"));
    let mention = |role: u64| IncomingMessage::new(&format!("<@&{role}> ferry fare"));
    assert_eq!(discord.talk(mention(BOT_ROLE_ID)).await.title(), "How much does the ferry cost?");
    assert_silence(&discord, bot, [mention(HELPER_ROLE_ID), mention(HELPER_ROLE_ID)]).await;
    let asked = discord.requests().iter().filter(|request| request.path.ends_with("/roles")).count();
    assert_eq!(asked, 1);

    // Without the intent, Discord does not show the text.
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    assert_snapshot!(discord.talk(mention(BOT_ROLE_ID)).await);
}

/// What a message has beside its text, and which of them says "ferry fare".
fn beside() -> [Value; 5] {
    let display = json!({"type": 17, "components": [{"type": 10, "content": "ferry fare"}]});
    [
        json!({"embeds": [{"type": "rich", "title": "ferry fare"}]}),
        json!({"poll": {"question": {"text": "ferry fare"}, "answers": []}}),
        json!({"attachments": [{"id": "7", "filename": "ferry_fare.png", "size": 1}]}),
        json!({"components": [display], "flags": 32768}),
        json!({"message_snapshots": [{"message": {"content": "ferry fare"}}]}),
    ]
}

#[tokio::test]
async fn a_question_is_found_wherever_a_message_holds_it() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    for fields in beside() {
        let said = discord.talk(IncomingMessage::mention("").with(&fields)).await;
        assert_eq!(said.title(), "How much does the ferry cost?", "{fields}");
    }
}

async fn find_an_answer_reads_all_of_a_message(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    for fields in beside() {
        let said = discord.say(IncomingMessage::new("").with(&fields)).await;
        let answer = discord.interact(Interaction::on_message_menu("Find an answer", &said.payload)).await;
        assert_eq!(answer.title(), "How much does the ferry cost?", "{fields}");
    }
    let post = discord.open_post("ferry fare", "see the title").await;
    let answer = discord.interact(Interaction::on_message_menu("Find an answer", &post.payload)).await;
    assert_eq!(answer.title(), "How much does the ferry cost?");
}

#[tokio::test]
async fn an_edit_of_a_new_question_changes_the_answer() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &watching());
    let said = discord.say(IncomingMessage::mention("ferry fare")).await;
    let answer = discord.post_about(&said).await;
    let edited = discord.edit(&said, &format!("<@{BOT_USER_ID}> how long is the pier"));
    let is_changed = |message: &Value| message["embeds"][0]["title"] == "How long is the pier?";
    discord.message_like(&answer.message["id"], is_changed).await;
    // Discord reports the same text again when it adds a preview.
    discord.edit(&edited, &format!("<@{BOT_USER_ID}> how long is the pier"));
    // What was no question can become one.
    let said = discord.say(IncomingMessage::new("nice weather")).await;
    discord.edit(&said, "how much does the ferry cost?");
    assert_eq!(discord.post_about(&said).await.title(), "How much does the ferry cost?");
    bot.stop().await;
    let edits = discord.requests().iter().filter(|request| request.method == "PATCH").count();
    assert_eq!((discord.posts().len(), edits), (2, 1));
}

#[tokio::test]
async fn hello_and_thank_you_get_a_friendly_line_and_are_no_gap() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, STRICT);
    let hello = discord.talk(IncomingMessage::mention("hello!")).await;
    let thanks = discord.talk(IncomingMessage::direct("Thank you very much")).await;
    let code = discord.talk(IncomingMessage::direct("```\nlet gulls = feed();\n```")).await;
    let link = discord.talk(IncomingMessage::mention("https://gulls.example/feed")).await;
    assert_snapshot!(hello, thanks, code, link);
    bot.stop().await;
    let gaps = Test::at(folder.path()).args(["journal", "gaps", "--json"]).run().status(0).json_lines();
    assert_eq!(gaps, Vec::<Value>::new());
}
