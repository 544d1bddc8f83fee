//! "Ask a person": what the bot cannot answer goes to the people of a server who can.

use serde_json::Value;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CHANNEL_ID, CallbackReply, DiscordDouble, GUILD_ID, RecordedRequest};

over_both_transports!(
    a_question_is_passed_on_once_with_its_place,
    a_private_question_is_passed_on_without_a_link_that_nobody_can_open,
    only_who_asked_passes_a_question_on,
    without_a_channel_the_role_is_asked_where_the_question_was,
    a_question_that_cannot_be_passed_on_can_be_tried_again,
    where_nobody_helps_nobody_is_offered,
    a_member_cannot_call_people_again_and_again,
    a_token_that_is_refused_meanwhile_ends_the_bot_with_advice,
);

const ROLE: u64 = 1_287_650_000_000_000_040;
const HELPERS: u64 = 1_287_650_000_000_000_022;
const QUESTION: &str = "who won the *world cup* in 1998, and what did it cost the village to \
    celebrate that?";

fn helpers() -> String {
    let helpers = format!("server = \"{GUILD_ID}\", role = \"{ROLE}\", channel = \"{HELPERS}\"");
    format!("helpers = {{ {helpers} }}\n{STRICT}")
}

async fn start(transport: Transport, discord: &DiscordDouble, config: &str) -> Bot {
    discord.know_channel(HELPERS, Some(GUILD_ID));
    discord.know_channel(CHANNEL_ID, Some(GUILD_ID));
    Bot::over(transport, Test::new(), discord, config).await
}

fn id(reply: &CallbackReply) -> &Value {
    &reply.held()["id"]
}

/// Waits until the message has this button, pressable or not.
async fn wait_for_button(discord: &DiscordDouble, reply: &CallbackReply, label: &str, is_off: bool) {
    let wanted = |message: Option<&Value>| {
        let rows = message.and_then(|message| message["components"].as_array()).into_iter().flatten();
        let mut buttons = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
        buttons.any(|button| button["label"] == label && (button["disabled"] == true) == is_off)
    };
    discord.wait_for_message(id(reply), wanted).await;
}

async fn a_question_is_passed_on_once_with_its_place(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, &helpers()).await;
    let unknown = discord.interact(ask(QUESTION)).await;
    let asking = discord.interact(unknown.press("Ask a person")).await;
    wait_for_button(&discord, &unknown, "A person was asked", true).await;
    // A press that was on its way meanwhile.
    discord.interact(unknown.press("Ask a person")).await;
    discord.wait_for(number_of(2, |request| request.method == "PATCH")).await;
    let posts = discord.posts();
    let [post] = posts.as_slice() else { panic!("one post, not {posts:?}") };
    let text = post.text().replace(id(&unknown).as_str().unwrap(), "MESSAGE");
    let link = format!("https://discord.com/channels/{GUILD_ID}/{CHANNEL_ID}/MESSAGE");
    assert!(text.contains(&link), "{text}");
    assert_eq!(post.body["allowed_mentions"]["roles"], serde_json::json!([ROLE.to_string()]));
    assert_eq!(post.message["channel_id"], HELPERS.to_string());
    assert_snapshot!(unknown, asking, text.as_str());
}

/// Whether so many requests are as described, this one included.
fn number_of(count: usize, wanted: impl Fn(&RecordedRequest) -> bool) -> impl FnMut(&RecordedRequest) -> bool {
    let mut found = std::collections::HashSet::new();
    move |request| {
        if wanted(request) {
            found.insert(request.path.clone());
        }
        found.len() >= count
    }
}

async fn a_private_question_is_passed_on_without_a_link_that_nobody_can_open(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, &helpers()).await;
    let unknown = discord.interact(ask(QUESTION).option("private", true)).await;
    discord.interact(unknown.press("Ask a person")).await;
    wait_for_button(&discord, &unknown, "A person was asked", true).await;
    let text = discord.posts()[0].text().to_owned();
    assert!(text.ends_with(&format!("(https://discord.com/channels/{GUILD_ID}/{CHANNEL_ID})")), "{text}");
}

async fn only_who_asked_passes_a_question_on(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, &helpers()).await;
    let unknown = discord.interact(ask(QUESTION)).await;
    assert_snapshot!(discord.interact(unknown.press("Ask a person").by(SOMEONE_ELSE, "arta")).await);
    assert!(discord.posts().is_empty());
}

async fn without_a_channel_the_role_is_asked_where_the_question_was(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let config = format!("helpers = {{ server = \"{GUILD_ID}\", role = \"{ROLE}\" }}\n{STRICT}");
    let _bot = start(transport, &discord, &config).await;
    let unknown = discord.interact(ask(QUESTION)).await;
    discord.interact(unknown.press("Ask a person")).await;
    wait_for_button(&discord, &unknown, "A person was asked", true).await;
    assert_eq!(discord.posts()[0].message["channel_id"], CHANNEL_ID.to_string());
}

async fn a_question_that_cannot_be_passed_on_can_be_tried_again(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = start(transport, &discord, &helpers()).await;
    discord.refuse_next("POST", "/channels", 400, 50035, "Invalid Form Body");
    let unknown = discord.interact(ask(QUESTION)).await;
    discord.interact(unknown.press("Ask a person")).await;
    wait_for_button(&discord, &unknown, "That failed. Ask again", false).await;
    bot.wait_for_log("cannot pass a question on").await;
    let held = discord.message(id(&unknown)).expect("it is there");
    let again = discord.press("That failed. Ask again").expect("the button is there").on_message(&held);
    discord.interact(again).await;
    wait_for_button(&discord, &unknown, "A person was asked", true).await;
    assert_eq!(discord.posts().len(), 1);
}

async fn where_nobody_helps_nobody_is_offered(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = start(transport, &discord, &helpers()).await;
    let offered = discord.interact(ask(QUESTION)).await;
    let elsewhere = discord.interact(ask(QUESTION).in_guild(77)).await;
    let direct = discord.interact(ask(QUESTION).in_direct_message()).await;
    for reply in [elsewhere, direct] {
        assert!(!reply.body.to_string().contains("Ask a person"), "{}", reply.body);
    }
    bot.stop().await;
    let _bot = start(transport, &discord, STRICT).await;
    let refused = discord.interact(offered.press("Ask a person")).await;
    assert_eq!(refused.description(), "There is nobody here to whom I could pass the question on.");
}

async fn a_member_cannot_call_people_again_and_again(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let config = format!("cooldown.enabled = false\n{}", helpers());
    let _bot = start(transport, &discord, &config).await;
    for number in 0..11 {
        let unknown = discord.interact(ask(&format!("who won world cup number {number}"))).await;
        let response = discord.interact(unknown.press("Ask a person")).await;
        if number < 10 {
            wait_for_button(&discord, &unknown, "A person was asked", true).await;
        } else {
            assert!(response.description().starts_with("Slow down: try again in"), "{}", response.body);
        }
    }
    assert_eq!(discord.posts().len(), 10);
}

async fn a_token_that_is_refused_meanwhile_ends_the_bot_with_advice(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = start(transport, &discord, &helpers()).await;
    bot.wait_for_log("commands registered").await;
    discord.fail_next("POST", "/channels", 401);
    let unknown = discord.interact(ask(QUESTION)).await;
    discord.interact(unknown.press("Ask a person")).await;
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    assert!(ended.log.contains("reset it on the Bot page"), "{}", ended.log);
}
