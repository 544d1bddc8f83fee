//! Questions in messages: mentions of the bot, direct messages, watched channels. They arrive
//! only over the gateway.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT, UNSURE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{
    BOT_USER_ID, CHANNEL_ID, DiscordDouble, GUILD_ID, IncomingMessage, Interaction, MEMBER_ID, Post, RecordedRequest,
};

pub const ELSEWHERE: u64 = CHANNEL_ID + 1;

/// A question that shares one of its two words with an entry.
const NOT_SURE_ENOUGH: &str = "does quill think the pier is a building of ugliness";
const NEAREST_TITLE: &str = "Does Quill find the pier ugly?";

/// A configuration with which everything that is found is answered, to those who ask the bot.
const EVERYTHING: &str = "[answer]\nanswer_at = 0.001\nclosest_at = 0.001\nsuggest_at = 0.001\n";

pub fn watching() -> String {
    format!("watch_channels = [\"{CHANNEL_ID}\"]\n")
}

/// Sends messages that must get no answer, and then one that must. The bot handles all of them
/// before it stops.
pub async fn assert_silence(discord: &DiscordDouble, bot: Bot, messages: impl IntoIterator<Item = IncomingMessage>) {
    assert_silence_but_for(discord, bot, messages, IncomingMessage::mention("ferry fare")).await;
}

async fn assert_silence_but_for(
    discord: &DiscordDouble,
    bot: Bot,
    messages: impl IntoIterator<Item = IncomingMessage>,
    last: IncomingMessage,
) {
    let before = discord.posts().len();
    for message in messages {
        discord.say(message).await;
    }
    discord.talk(last).await;
    assert_eq!(bot.stop().await.status, Some(0));
    let posts: Vec<Value> = discord.posts().into_iter().skip(before).map(|post| post.message).collect();
    assert_eq!(posts.len(), 1, "{posts:#?}");
}

#[tokio::test]
async fn a_mention_gets_the_answer_that_ask_gives_in_a_reply_that_pings_nobody() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let said = discord.say(IncomingMessage::mention("how long is the pier")).await;
    let post = discord.post_about(&said).await;
    let reply = discord.interact(ask("how long is the pier")).await;
    assert_eq!(
        [&post.body["embeds"], &post.body["components"]],
        [&reply.body["data"]["embeds"], &reply.body["data"]["components"]]
    );
    assert_eq!(post.message["channel_id"], CHANNEL_ID.to_string());
    assert_snapshot!(post);
}

#[tokio::test]
async fn a_mention_counts_in_every_spelling_and_place() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let question = discord.say(IncomingMessage::new("who knows?").by(SOMEONE_ELSE, "arta")).await;
    for content in [
        format!("<@!{BOT_USER_ID}> ferry fare"),
        format!("ferry fare<@{BOT_USER_ID}>"),
        format!("ferry <@{BOT_USER_ID}> fare <@{BOT_USER_ID}>"),
        format!("<@{SOMEONE_ELSE}> <@{BOT_USER_ID}> ferry fare <@&77>"),
    ] {
        let plain = discord.talk(IncomingMessage::new(&content)).await;
        assert_eq!(plain.title(), "How much does the ferry cost?", "{content}");
        let reply = discord.talk(IncomingMessage::new(&content).replying_to(&question.payload)).await;
        assert_eq!(reply.title(), "How much does the ferry cost?", "{content}");
    }
}

#[tokio::test]
async fn messages_that_do_not_mention_the_bot_are_ignored() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    let messages = ["ferry fare", "@everyone ferry fare", "@footnote ferry fare"].map(IncomingMessage::new);
    let others = [format!("<@{SOMEONE_ELSE}> ferry fare"), format!("<@&{BOT_USER_ID}> ferry fare")];
    assert_silence(&discord, bot, messages.into_iter().chain(others.map(|other| IncomingMessage::new(&other)))).await;
}

#[tokio::test]
async fn a_direct_message_needs_no_mention_and_may_reply_to_the_bot() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let answer = discord.talk(IncomingMessage::direct("ferry fare")).await;
    assert_eq!(answer.title(), "How much does the ferry cost?");
    let next = discord.talk(IncomingMessage::direct("how long is the pier").replying_to(&answer.message)).await;
    assert_eq!(next.title(), "How long is the pier?");
    let mention = discord.talk(IncomingMessage::direct(&format!("<@{BOT_USER_ID}> ferry fare"))).await;
    assert_eq!(mention.title(), "How much does the ferry cost?");
}

#[tokio::test]
async fn a_member_who_asks_too_often_is_told_so_only_in_private() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "cooldown = { uses = 1, seconds = 3600 }\n");
    discord.talk(IncomingMessage::mention("ferry fare")).await;
    let refused = discord.talk(IncomingMessage::direct("ferry fare")).await;
    assert_snapshot!(refused);
    let somebody_else = IncomingMessage::mention("ferry fare").by(SOMEONE_ELSE, "arta");
    assert_silence_but_for(&discord, bot, [IncomingMessage::mention("ferry fare")], somebody_else).await;
}

#[tokio::test]
async fn only_messages_by_people_get_an_answer() {
    const SOMEBODY_JOINED: u64 = 7;
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &watching());
    let said = ["mention", "direct", "watched"].map(|place| match place {
        "mention" => IncomingMessage::mention("ferry fare"),
        "direct" => IncomingMessage::direct("ferry fare"),
        _ => IncomingMessage::new("ferry fare"),
    });
    let unwritten = said.iter().flat_map(|message| {
        [message.clone().by_bot(), message.clone().by_webhook(), message.clone().of_type(SOMEBODY_JOINED)]
    });
    assert_silence(&discord, bot, unwritten).await;
}

#[tokio::test]
async fn a_member_who_asks_nothing_is_told_how_to_ask() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    assert_snapshot!(
        discord.talk(IncomingMessage::mention("")).await,
        discord.talk(IncomingMessage::mention("<@7> <@&8>")).await,
        discord.talk(IncomingMessage::direct("")).await,
    );
}

#[tokio::test]
async fn a_question_without_an_answer_is_not_echoed() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, STRICT);
    let unknown =
        discord.talk(IncomingMessage::mention("@everyone <@&424242> who [painted](https://x.example) it")).await;
    for part in ["everyone", "424242", "x.example", "painted"] {
        assert!(!unknown.body.to_string().contains(part), "{}", unknown.body);
    }
    assert_snapshot!(unknown);
}

#[tokio::test]
async fn a_post_in_a_watched_channel_is_answered_only_if_the_answer_is_sure() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &format!("{}{EVERYTHING}watch_at = 0.95\n", watching()));
    let sure = discord.talk(IncomingMessage::new("hey all, how much does the ferry cost?")).await;
    assert_eq!(sure.title(), "How much does the ferry cost?");
    let asked = discord.talk(IncomingMessage::mention(NOT_SURE_ENOUGH)).await;
    assert_eq!((asked.title(), asked.text().contains("nearest")), (NEAREST_TITLE, false));
    let unsure = [NOT_SURE_ENOUGH, "who painted the pier", "nice weather today", ""].map(IncomingMessage::new);
    let elsewhere = IncomingMessage::new("ferry fare").in_channel(ELSEWHERE);
    assert_silence(&discord, bot, unsure.into_iter().chain([elsewhere])).await;
}

#[tokio::test]
async fn a_watched_channel_never_gets_the_nearest_entry() {
    // The ferry's entry has no such number, so it is never the answer, however sure the search is.
    let question = "how much does the ferry cost in 1999";
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &format!("{}{EVERYTHING}watch_at = 0.001\n", watching()));
    let asked = discord.talk(IncomingMessage::mention(question)).await;
    assert_eq!(asked.title(), "How much does the ferry cost?");
    let above = &asked.body["embeds"][0]["author"]["name"];
    assert_eq!(above, "I am not sure about this question. The nearest thing I know:");
    assert_silence(&discord, bot, [IncomingMessage::new(question)]).await;
}

#[tokio::test]
async fn members_who_talk_to_each_other_in_a_watched_channel_are_not_interrupted() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &watching());
    let question = discord.say(IncomingMessage::new("nice weather today").by(SOMEONE_ELSE, "arta")).await;
    let reply = IncomingMessage::new("ferry fare").replying_to(&question.payload);
    let addressed = IncomingMessage::new(&format!("<@{SOMEONE_ELSE}> ferry fare"));
    assert_silence(&discord, bot, [reply, addressed]).await;
}

#[tokio::test]
async fn how_sure_it_has_to_be_can_be_chosen() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let _bot = Bot::start(Test::new(), &discord, &format!("{}{EVERYTHING}watch_at = 0.001\n", watching()));
    assert_eq!(discord.talk(IncomingMessage::new(NOT_SURE_ENOUGH)).await.title(), NEAREST_TITLE);

    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &format!("{}[answer]\nwatch_at = 1.0\n", watching()));
    assert_silence(&discord, bot, [IncomingMessage::new("hey all, how much does the ferry cost?")]).await;
}

#[tokio::test]
async fn related_entries_and_votes_work_below_a_reply() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let answer = discord.talk(IncomingMessage::mention("When was the lighthouse built?")).await;
    let related = discord.interact(answer.pick("Related questions", "How much does the ferry cost?")).await;
    let thanks = discord.interact(answer.press("👍")).await;
    let others = discord.interact(answer.press("👎").by(SOMEONE_ELSE, "arta")).await;
    assert_snapshot!(answer, related, thanks, others);
}

#[tokio::test]
async fn only_the_member_who_asked_can_replace_did_you_mean() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, UNSURE);
    let mut unsure = discord.talk(IncomingMessage::mention("something about the pier").by(MEMBER_ID, "besa")).await;
    let pick = |post: &Post| post.pick("Choose a question", "How long is the pier?");
    let other = discord.interact(pick(&unsure).by(SOMEONE_ELSE, "arta")).await;
    let own = discord.interact(pick(&unsure)).await;
    let shown = unsure.clone();
    // Once the question is deleted, nobody can tell whose it was.
    unsure.message["referenced_message"] = Value::Null;
    let unknown = discord.interact(pick(&unsure)).await;
    assert_snapshot!(shown, other, own, "The question is deleted.", unknown);
}

#[tokio::test]
async fn only_unanswered_questions_to_the_bot_are_recorded() {
    let (discord, folder) = (DiscordDouble::builder().privileged_intents().start().await, TempDir::new().unwrap());
    let bot = Bot::start(Test::at(folder.path()).with_base(), &discord, &(watching() + STRICT));
    discord.talk(IncomingMessage::mention(&format!("<@{SOMEONE_ELSE}> Who feeds the gulls?"))).await;
    discord.talk(IncomingMessage::direct("When does the bakery open?")).await;
    discord.talk(IncomingMessage::mention("")).await;
    assert_silence(&discord, bot, [IncomingMessage::new("Who painted the town hall?")]).await;

    let gaps = |arguments: &[&str]| {
        let arguments = ["journal", "gaps", "--json"].iter().chain(arguments).copied();
        Test::at(folder.path()).args(arguments).run().status(0).json_lines()
    };
    let wordings = |groups: &[Value]| groups.iter().map(|group| group["wordings"][0].clone()).collect::<Vec<_>>();
    let mut all = wordings(&gaps(&[]));
    all.sort_by_key(ToString::to_string);
    assert_eq!(all, ["When does the bakery open?", "Who feeds the gulls?"]);
    assert_eq!(wordings(&gaps(&["--server", &GUILD_ID.to_string()])), ["Who feeds the gulls?"]);
}

#[tokio::test]
async fn the_log_has_one_line_per_reply_and_nothing_about_who_asked() {
    let discord = DiscordDouble::builder().privileged_intents().start().await;
    let bot = Bot::start(Test::new(), &discord, &(watching() + STRICT + "[log]\nformat = \"json\"\n"));
    let nosy = |message: IncomingMessage| message.by(424_242_424_242, "nosy.member");
    discord.talk(nosy(IncomingMessage::mention("who painted the town hall"))).await;
    discord.talk(nosy(IncomingMessage::direct("ferry fare"))).await;
    discord.talk(nosy(IncomingMessage::new("how long is the pier"))).await;
    discord.say(nosy(IncomingMessage::new("nice weather today"))).await;
    discord.talk(nosy(IncomingMessage::mention(""))).await;
    let ended = bot.stop().await;
    let lines: Vec<Value> = ended.log.lines().map(|line| serde_json::from_str(line).expect("JSON a line")).collect();
    let replies = lines.iter().filter(|line| line["message"] == "reply");
    let mut said: Vec<[&str; 3]> =
        replies.map(|line| ["command", "outcome", "entry"].map(|key| line[key].as_str().unwrap_or_default())).collect();
    // Two replies may be logged in a different order than Discord received them.
    said.sort_unstable();
    let expected = [
        ["direct", "answer", "ferry-price"],
        ["mention", "no_question", ""],
        ["mention", "unknown", said[2][2]],
        ["watched", "answer", "pier-length"],
    ];
    assert_eq!(said, expected);
    for secret in ["nosy.member", "424242424242", "town hall", "nice weather", discord.token()] {
        assert!(!ended.log.contains(secret), "{secret} in:\n{}", ended.log);
    }
}

#[tokio::test]
async fn where_the_bot_must_not_write_it_tries_only_once() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.refuse_next("POST", "/channels", 403, 50013, "Missing Permissions");
    discord.say(IncomingMessage::mention("how long is the pier")).await;
    bot.wait_for_log("reply failed").await;
    discord.talk(IncomingMessage::mention("ferry fare").in_channel(ELSEWHERE)).await;
    let ended = bot.stop().await;
    assert_eq!(discord.requests().iter().filter(|request| request.is_post()).count(), 2, "no retry");
    assert!(ended.log.contains("Missing Permissions (code 50013)"), "{}", ended.log);
    assert_eq!(ended.log.matches("reply failed").count(), 1, "{}", ended.log);
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again_and_a_message_answered_once() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    discord.fail_next("POST", "/channels", 502);
    discord.fail_next("POST", "/channels", 429);
    let said = discord.say(IncomingMessage::mention("ferry fare")).await;
    discord.post_about(&said).await;
    // After resuming, the gateway may report the same message again.
    discord.shard(0).dispatch("MESSAGE_CREATE", &said.payload);
    assert_silence(&discord, bot, []).await;
    assert_eq!(discord.requests().iter().filter(|request| request.is_post()).count(), 5);
}

#[tokio::test]
async fn a_question_that_was_deleted_meanwhile_is_answered_without_a_reference() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    let mut deleted = discord.say(IncomingMessage::mention("how long is the pier")).await;
    discord.post_about(&deleted).await;
    deleted.payload["id"] = json!("1287650000000000555");
    discord.shard(0).dispatch("MESSAGE_CREATE", &deleted.payload);
    discord.talk(IncomingMessage::mention("ferry fare")).await;
    bot.stop().await;
    let posts = discord.posts();
    let plain: Vec<&Post> = posts.iter().filter(|post| post.message["message_reference"].is_null()).collect();
    assert_eq!((posts.len(), plain.len()), (3, 1));
    assert_eq!(plain[0].title(), "How long is the pier?");
}

#[tokio::test]
async fn sigterm_finishes_the_reply_in_flight_and_takes_no_more() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(Test::new(), &discord, "");
    discord.wait_until_ready().await;
    let held = discord.hold_callbacks();
    let in_flight = discord.say(IncomingMessage::mention("ferry fare")).await;
    discord.wait_for(RecordedRequest::is_post).await;
    bot.terminate();
    bot.wait_for_log("stopping").await;
    discord.say(IncomingMessage::mention("how long is the pier")).await;
    held.release();
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(0), "{}", ended.log);
    assert!(ended.log.contains("in_flight=1"), "{}", ended.log);
    assert!(ended.log.contains("command=\"mention\" outcome=\"answer\""), "{}", ended.log);
    let posts = discord.posts();
    assert_eq!(posts.iter().map(|post| post.answers(&in_flight)).collect::<Vec<_>>(), [true]);
}

#[tokio::test]
async fn watching_without_the_privileged_intent_ends_it_with_the_way_out() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, &watching());
    let ended = bot.ended().await;
    assert_eq!(ended.status, Some(2), "{}", ended.log);
    for part in ["discord.watch_channels", "Message Content Intent", "Privileged Gateway Intents"] {
        assert_eq!(ended.log.matches(part).count(), 1, "{part} in {}", ended.log);
    }
}

#[tokio::test]
async fn about_says_which_messages_are_read() {
    let about = async |config: &str| {
        let discord = DiscordDouble::builder().privileged_intents().start().await;
        let _bot = Bot::start(Test::new(), &discord, config);
        discord.interact(Interaction::command("about")).await
    };
    assert_snapshot!("Without watched channels:", about("").await, "With one:", about(&watching()).await);
}
