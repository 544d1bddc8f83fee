//! The whole way from a question that the base cannot answer to the answer that whoever asked is
//! told of; and what is left of it wherever the bot is killed.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt, stream};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;

use crate::curation::{by_another, drafts, harbour, written};
use crate::journal::{Fixture, revealed};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::card::picture;
use crate::support::discord::{BotMessage, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID, IncomingMessage, Interaction, Post, Said};

over_both_transports!(a_question_becomes_an_entry_and_whoever_asked_is_told_of_it);

/// Nobody answers this, until there is the entry.
const ASKED: &str = "whose task are the hungry seagulls";
const GULLS: &str = "Who feeds the gulls?";
const POINTS: usize = 20;

fn config() -> String {
    let curation = format!("[curation]\nenabled = true\nserver = \"{GUILD_ID}\"\n");
    let cooldown = "cooldown = { enabled = false }\n";
    format!("{cooldown}[log]\nlevel = \"debug\"\n[journal]\nlinks = true\n{curation}")
}

async fn first_start(transport: Transport, discord: &DiscordDouble, folder: &Path) -> Bot {
    let test = Test::at(folder).with_base().file("knowledge/harbour.toml", harbour());
    Bot::over(transport, test, discord, &config()).await
}

/// Starts the bot again, on what there is.
async fn next_start(transport: Transport, discord: &DiscordDouble, folder: &Path) -> Bot {
    let mut bot = Bot::over(transport, Test::at(folder), discord, &config()).await;
    bot.wait_for_log("the curators' commands registered").await;
    bot
}

/// Picks the first option of the menu with this prompt.
fn pick_first(reply: &CallbackReply, prompt: &str) -> Interaction {
    let label = reply.component(prompt)["options"][0]["label"].as_str().expect("a menu has options").to_owned();
    reply.pick(prompt, &label)
}

fn shows(reply: &CallbackReply, text: &str) -> bool {
    reply.body.to_string().contains(text)
}

/// Asks in a channel. Over the webhook the bot reads no messages, so somebody uses the menu of the
/// message.
async fn ask_in_channel(transport: Transport, discord: &DiscordDouble) -> Said {
    match transport {
        Transport::Gateway => {
            let said = discord.say(IncomingMessage::mention(ASKED)).await;
            discord.post_about(&said).await;
            said
        }
        Transport::Webhook => {
            let said = discord.say(IncomingMessage::new(ASKED)).await;
            let unknown = discord.interact(Interaction::on_message_menu("Find an answer", &said.payload)).await;
            assert!(unknown.text().starts_with("I don't know"), "{}", unknown.body);
            said
        }
    }
}

/// Fills in the form of a draft that was begun.
async fn write_entry(discord: &DiscordDouble, begun: &CallbackReply) -> CallbackReply {
    let form = discord.interact(begun.press("New entry")).await;
    let filled = [
        ("question", GULLS),
        ("answer", "The keeper of the lighthouse feeds the **gulls**."),
        ("source", "Letters from the Pier"),
        ("place", "4: feeds the gulls"),
    ];
    discord.interact(form.submit_all(&filled)).await
}

/// What the bot told people who had asked, by the messages that it replies to.
fn news(discord: &DiscordDouble) -> Vec<Post> {
    let is_news = |post: &Post| post.body["nonce"].as_str().is_some_and(|nonce| nonce.starts_with("news"));
    discord.posts().into_iter().filter(is_news).collect()
}

async fn wait_for_news(discord: &DiscordDouble) {
    discord.wait_for(|request| request.body["nonce"].as_str().is_some_and(|nonce| nonce.starts_with("news"))).await;
}

async fn a_question_becomes_an_entry_and_whoever_asked_is_told_of_it(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = first_start(transport, &discord, folder.path()).await;
    let said = ask_in_channel(transport, &discord).await;
    bot.wait_for_gaps(1).await;
    bot.wait_for_log("the curators' commands registered").await;
    let gaps = discord.interact(Interaction::command("gaps")).await;
    let link = format!("{GUILD_ID}/{}/{}", said.payload["channel_id"].as_str().unwrap(), said.id);
    assert!(gaps.text().contains(&format!("https://discord.com/channels/{link}")), "{}", gaps.text());
    let begun = discord.interact(pick_first(&gaps, "Add to an entry…")).await;
    let shown = write_entry(&discord, &begun).await;
    assert!(shows(&shown, "1 question of members would be answered"), "{}", shown.body);
    let submitted = discord.interact(shown.press("Confirm")).await;
    let list = discord.interact(by_another(drafts())).await;
    let reviewed = discord.interact(by_another(pick_first(&list, "Look at a draft…"))).await;
    assert_eq!((written(folder.path()), news(&discord).len()), (harbour(), 0), "nobody has approved it");
    let approved = discord.interact(by_another(reviewed.press("Approve"))).await;

    let file = written(folder.path());
    assert!(file.starts_with(harbour().trim_end()), "the rest stays as it is: {file}");
    let answer = discord.interact(ask(ASKED)).await;
    bot.wait_for_log("was told of an answer").await;
    bot.stop().await;
    let _bot = next_start(transport, &discord, folder.path()).await;
    let none = discord.interact(Interaction::command("gaps")).await;
    let told = news(&discord);
    assert_eq!(told.len(), 1, "once, also after a restart");
    assert!(told[0].answers(&said), "{}", told[0].body);
    let told = picture(&told[0]);
    assert_snapshot!(
        begun,
        shown,
        submitted,
        list,
        reviewed,
        approved,
        answer,
        "Whoever asked gets:",
        told.as_str(),
        none
    );
}

/// Where the way has got to, as the moderators know: the bot has told them so.
#[derive(Clone, Default)]
struct Progress(Arc<AtomicUsize>);

const BEGUN: usize = 1;
const FILLED_IN: usize = 2;
const SUBMITTED: usize = 3;
const APPROVED: usize = 4;

impl Progress {
    fn reach(&self, step: usize) {
        self.0.store(step, Ordering::SeqCst);
    }

    fn reached(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// The whole way, without a look at what comes out.
async fn go(discord: Arc<DiscordDouble>, progress: Progress) {
    ask_in_channel(Transport::Gateway, &discord).await;
    let gaps = loop {
        let gaps = discord.interact(Interaction::command("gaps")).await;
        if shows(&gaps, "Add to an entry…") {
            break gaps;
        }
    };
    let begun = discord.interact(pick_first(&gaps, "Add to an entry…")).await;
    progress.reach(BEGUN);
    let shown = write_entry(&discord, &begun).await;
    progress.reach(FILLED_IN);
    discord.interact(shown.press("Confirm")).await;
    progress.reach(SUBMITTED);
    let list = discord.interact(by_another(drafts())).await;
    let reviewed = discord.interact(by_another(pick_first(&list, "Look at a draft…"))).await;
    discord.interact(by_another(reviewed.press("Approve"))).await;
    progress.reach(APPROVED);
    wait_for_news(&discord).await;
}

/// Goes on from what is left, as moderators would, until the question is answered.
async fn finish(discord: &DiscordDouble, bot: &mut Bot) {
    let mut asked = 0;
    loop {
        let review = discord.interact(by_another(drafts())).await;
        if shows(&review, "Look at a draft…") {
            let reviewed = discord.interact(by_another(pick_first(&review, "Look at a draft…"))).await;
            // It is in the base, but the bot was killed before it could say so.
            if shows(&reviewed, "it is in the base") {
                continue;
            }
            let approved = discord.interact(by_another(reviewed.press("Approve"))).await;
            assert!(shows(&approved, "it is in the base"), "{}", approved.body);
            continue;
        }
        let own = discord.interact(drafts()).await;
        let gaps = discord.interact(Interaction::command("gaps")).await;
        let resumed = if shows(&own, "Look at a draft…") {
            discord.interact(pick_first(&own, "Look at a draft…")).await
        } else if shows(&gaps, "Add to an entry…") {
            discord.interact(pick_first(&gaps, "Add to an entry…")).await
        } else {
            let said = discord.say(IncomingMessage::mention(ASKED)).await;
            if discord.post_about(&said).await.title() == GULLS {
                return;
            }
            asked += 1;
            bot.wait_for_gaps(asked).await;
            continue;
        };
        let shown = if shows(&resumed, "Confirm") { resumed } else { write_entry(discord, &resumed).await };
        discord.interact(shown.press("Confirm")).await;
    }
}

/// How many lines the log of the whole way has.
async fn length_of_the_way() -> usize {
    let (discord, folder) = (Arc::new(DiscordDouble::start().await), TempDir::new().unwrap());
    let bot = first_start(Transport::Gateway, &discord, folder.path()).await;
    go(Arc::clone(&discord), Progress::default()).await;
    bot.stop().await.log.lines().count()
}

/// Kills the bot when its log has so many lines, and goes on from what is left.
async fn killed_after(lines: usize) {
    let (discord, folder) = (Arc::new(DiscordDouble::start().await), TempDir::new().unwrap());
    let mut bot = first_start(Transport::Gateway, &discord, folder.path()).await;
    let progress = Progress::default();
    let way = tokio::spawn(go(Arc::clone(&discord), progress.clone()));
    let end = way.abort_handle();
    tokio::select! {
        () = bot.wait_for_lines(lines) => {}
        ended = way => ended.expect("the way can be gone"),
    }
    bot.kill().await;
    end.abort();
    let reached = progress.reached();

    let mut bot = next_start(Transport::Gateway, &discord, folder.path()).await;
    let list = discord.interact(drafts()).await;
    let is_made = written(folder.path()).contains(GULLS);
    assert!(is_made || reached < BEGUN || shows(&list, "Look at a draft…"), "{lines}: the draft is lost");
    assert!(is_made || reached < FILLED_IN || shows(&list, GULLS), "{lines}: what was written is lost");
    assert!(is_made || reached < APPROVED, "{lines}: the change is lost");
    finish(&discord, &mut bot).await;
    wait_for_news(&discord).await;
    bot.stop().await;
    let file = written(folder.path());
    assert!(file.starts_with(harbour().trim_end()) && file.matches(GULLS).count() == 1, "{lines}: {file}");
    let checked = Test::at(folder.path()).args(["check"]).run();
    assert!(checked.stdout.contains("5 entries"), "{lines}: {}", checked.stdout);
    let changes = fs::read_to_string(folder.path().join("knowledge/CHANGES.jsonl")).unwrap();
    assert_eq!(changes.lines().count(), 1, "{lines}: {changes}");
    assert_eq!(news(&discord).len(), 1, "{lines}: whoever asked is told once");
}

#[tokio::test]
async fn killed_at_twenty_points_the_way_goes_on_from_what_is_left() {
    let length = length_of_the_way().await;
    let points = (1..=POINTS).map(|point| killed_after(point * length / POINTS));
    stream::iter(points).buffer_unordered(4).collect::<Vec<()>>().await;
}

#[tokio::test]
async fn whoever_asked_is_told_after_a_crash_however_long_the_bot_was_down() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = first_start(Transport::Gateway, &discord, folder.path()).await;
    let said = ask_in_channel(Transport::Gateway, &discord).await;
    bot.wait_for_gaps(1).await;
    bot.stop().await;
    let database = SqliteConnectOptions::new().filename(folder.path().join("data/footnote.db"));
    // What the bot leaves if it is killed while it tells somebody: it has begun, long ago.
    let begin = "UPDATE gap_links SET entry = 'ferry-price', told_at = unixepoch() - 400;
                 CREATE TABLE left_over AS SELECT * FROM gap_links";
    let mut connection = database.connect().await.unwrap();
    sqlx::raw_sql(begin).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    let mut bot = next_start(Transport::Gateway, &discord, folder.path()).await;
    bot.wait_for_log("somebody who asked was told of an answer").await;
    bot.stop().await;
    let told = news(&discord);
    assert_eq!(told.len(), 1);
    assert!(told[0].answers(&said), "{}", told[0].body);

    // It was killed after Discord had the message.
    let mut connection = database.connect().await.unwrap();
    let again = "INSERT INTO gap_links SELECT * FROM left_over";
    sqlx::raw_sql(again).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let mut bot = next_start(Transport::Gateway, &discord, folder.path()).await;
    bot.wait_for_log("somebody who asked was told of an answer before").await;
    bot.stop().await;
    assert_eq!(news(&discord).len(), 1, "nobody is told twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_start_at_once_tell_whoever_asked_once() {
    let Some(fixture) = Fixture::on_a_server().await else { return };
    fixture.journal().await.close().await;
    let discord = DiscordDouble::start().await;
    let first = Bot::start(fixture.test().with_base(), &discord, &config());
    let said = discord.say(IncomingMessage::new(ASKED)).await;
    first.stop().await;
    let id = |value: &str| value.parse::<i64>().unwrap();
    let mut connection = PgConnection::connect(&revealed(fixture.config.url.as_ref().unwrap())).await.unwrap();
    let insert = "INSERT INTO gap_links
                      (server, question, asker, group_key, channel, message, entry)
                  VALUES ($1, 'task seagull', 'hash', 'seagull task', $2, $3, 'ferry-price')";
    let insert = sqlx::query(insert).bind(GUILD_ID.cast_signed());
    let insert = insert.bind(id(said.payload["channel_id"].as_str().unwrap())).bind(id(&said.id));
    insert.execute(&mut connection).await.unwrap();

    let test = || fixture.test().with_base();
    let mut bots = [Bot::start(test(), &discord, &config()), Bot::start(test(), &discord, &config())];
    for bot in &mut bots {
        bot.wait_for_log("the curators' commands registered").await;
    }
    wait_for_news(&discord).await;
    for bot in bots {
        bot.stop().await;
    }
    let still_there = sqlx::query("SELECT 1 FROM gap_links");
    assert_eq!(still_there.fetch_all(&mut connection).await.unwrap().len(), 0);
    let told = news(&discord);
    assert_eq!(told.len(), 1);
    assert!(told[0].answers(&said), "{}", told[0].body);
}
