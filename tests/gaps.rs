//! `/gaps`: a server's unanswered questions, for its moderators.

use std::fs;

use serde_json::json;
use tempfile::TempDir;

use crate::journal::erasure::files_with;
use crate::journal::{connect, database};
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NO_JOURNAL, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, Interaction};

over_both_transports!(
    similar_questions_are_listed_together_by_page_most_asked_first,
    a_group_that_is_done_is_hidden_until_it_is_asked_again,
    a_group_that_is_deleted_is_gone_from_this_server_only,
    only_the_questions_of_the_server_are_shown,
    what_members_write_stays_text,
    the_file_lacks_the_answers_and_their_citations_and_nothing_else,
    a_long_list_is_cut_off_in_the_file_and_says_so,
    without_a_journal_or_outside_of_servers_there_is_a_private_notice,
    a_journal_that_cannot_be_written_is_reported,
    only_members_who_manage_the_server_see_it,
);

/// Nothing is answered or suggested, one member may ask all of them, and writes to the journal are
/// logged.
const STRICT: &str = "cooldown = { enabled = false }\n\
    [answer]\nanswer_at = 1.0\nsuggest_at = 1.0\n\
    [log]\nlevel = \"debug\"\n[knowledge]\nlanguage = \"other\"\n";

/// Seven groups, with how often each wording is asked. No two are equally frequent, because those
/// would be sorted by time.
const ASKED: [(&str, usize); 10] = [
    ("Who feeds the gulls?", 5),
    ("When does the bakery open?", 5),
    ("Where is the market?", 4),
    ("Which baker sells cake?", 3),
    ("Who painted the town hall?", 5),
    ("Why is the bridge closed?", 2),
    ("Whose is the red boat?", 1),
    ("town hall: who painted it??", 1),
    ("who painted the TOWN HALL", 1),
    ("when does the bakery open", 1),
];

fn asked() -> Vec<&'static str> {
    ASKED.iter().flat_map(|&(question, times)| vec![question; times]).collect()
}

fn gaps() -> Interaction {
    Interaction::command("gaps")
}

/// A bot in a folder that is kept, whose journal has these questions from the usual server, each
/// by another member.
async fn bot_asked(transport: Transport, discord: &DiscordDouble, folder: &TempDir, questions: &[&str]) -> Bot {
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), discord, STRICT).await;
    for (question, member) in questions.iter().zip(1_000..) {
        discord.interact(ask(question).by(member, "asker")).await;
    }
    bot.wait_for_gaps(questions.len() as u64).await;
    bot
}

fn file(reply: &CallbackReply) -> &str {
    let [file] = reply.files() else { panic!("one file, not {:?}", reply.files()) };
    assert_eq!(file.name, "gaps.toml");
    file.text()
}

fn entries(reply: &CallbackReply) -> Vec<toml::Table> {
    let table: toml::Table = file(reply).parse().unwrap_or_else(|error| panic!("{error}:\n{}", file(reply)));
    let entries = table["entry"].as_array().unwrap().iter();
    entries.map(|entry| entry.as_table().unwrap().clone()).collect()
}

async fn similar_questions_are_listed_together_by_page_most_asked_first(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = bot_asked(transport, &discord, &folder, &asked()).await;
    let first = discord.interact(gaps()).await;
    assert_eq!(entries(&first).len(), 7, "the file has all pages");
    let second = discord.interact(first.press("Next page")).await;
    assert_eq!(second.message.as_ref().unwrap()["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(file(&second), file(&first));
    let back = discord.interact(second.press("Previous page")).await;
    assert_eq!(back.description(), first.description());
    assert_snapshot!(first, file(&first), second, back);
}

async fn a_group_that_is_done_is_hidden_until_it_is_asked_again(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &asked()).await;
    let first = discord.interact(gaps()).await;
    let without = discord.interact(first.pick("Mark as done…", "1. Who painted the town hall?")).await;
    assert!(!file(&without).contains("town hall"), "{}", file(&without));
    // The last group of the last page is marked as done. What is left is shown.
    let last = discord.interact(without.press("Next page")).await;
    let label = last.component("Mark as done…")["options"][0]["label"].as_str().unwrap().to_owned();
    let left = discord.interact(last.pick("Mark as done…", &label)).await;
    discord.interact(ask("the town hall, who painted it?").by(1, "asker")).await;
    bot.wait_for_gaps(asked().len() as u64 + 1).await;
    let again = discord.interact(gaps()).await;
    assert_snapshot!(without, last, left, "The question is asked again.", again);
}

async fn a_group_that_is_deleted_is_gone_from_this_server_only(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let questions = ["Who feeds the gullssecret?", "gullssecret: who feeds them??", "Where is the market?"];
    let mut bot = bot_asked(transport, &discord, &folder, &questions).await;
    discord.interact(ask("Where is the market?").in_guild(77)).await;
    bot.wait_for_gaps(4).await;
    let list = discord.interact(gaps()).await;
    let label = list.component("Delete for good…")["options"][0]["label"].as_str().unwrap().to_owned();
    let left = discord.interact(list.pick("Delete for good…", &label)).await;
    assert_eq!(files_with(folder.path(), b"gullssecret"), [""; 0]);
    let nothing = discord.interact(left.pick("Delete for good…", "1. Where is the market?")).await;
    let there = discord.interact(gaps().in_guild(77)).await;
    assert_snapshot!(list, left, nothing, there);
}

async fn only_the_questions_of_the_server_are_shown(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &["Who feeds the gulls?"]).await;
    for (question, member) in [("Who feeds the gulls?", 1), ("Who feeds the gulls?", 2), ("Where is the market?", 1)] {
        discord.interact(ask(question).in_guild(77).by(member, "asker")).await;
    }
    discord.interact(ask("Why is the bridge closed?").in_direct_message()).await;
    bot.wait_for_gaps(5).await;
    let here = discord.interact(gaps()).await;
    let done = discord.interact(here.pick("Mark as done…", "1. Who feeds the gulls?")).await;
    let nothing = discord.interact(gaps()).await;
    let there = discord.interact(gaps().in_guild(77)).await;
    assert_snapshot!(here, done, nothing, there, file(&there));
}

async fn what_members_write_stays_text(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let hostile = "**who** [x](https://evil.example) <#1> @everyone ```\n\
        # y\u{202e}z\"\"\" 'q' \\ \u{7}";
    let long = format!("who owns {}?", "*".repeat(600));
    let _bot = bot_asked(transport, &discord, &folder, &[hostile, hostile, &long]).await;
    let reply = discord.interact(gaps()).await;
    assert!(reply.description().encode_utf16().count() < 2_500, "{}", reply.description());
    let entries = entries(&reply);
    let questions: Vec<&str> = entries.iter().map(|entry| entry["question"].as_str().unwrap()).collect();
    let plain = "**who** [x]([link]) <#1> @everyone ``` # yz\"\"\" 'q' \\";
    assert!(questions.contains(&plain), "{questions:?}");
    assert!(questions.iter().all(|question| question.chars().count() <= 100), "{questions:?}");
    assert_snapshot!(reply, file(&reply));
}

async fn the_file_lacks_the_answers_and_their_citations_and_nothing_else(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let questions = [
        "Lighthouse built?",
        "Lighthouse \"built\" \\ by 'whom'?",
        "Ou est la Bibliothèque de Prishtinë, don't you know?",
        "Где находится маяк?",
        "who painted the large and very old and quite beautiful picture that hangs in the main \
            room of the town hall?",
        "town hall: who painted it??",
        "who painted the TOWN HALL",
    ];
    let _bot = bot_asked(transport, &discord, &folder, &questions).await;
    let reply = discord.interact(gaps()).await;
    let entries = entries(&reply);
    let ids: Vec<&str> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"lighthouse-built-2"), "an id of the base is not given anew: {ids:?}");
    assert!(ids.contains(&"ou-est-la-bibliotheque-de-prishtine-dont"), "{ids:?}");
    assert!(ids.contains(&"gde-nakhoditsia-maiak"), "{ids:?}");
    let similar = entries.iter().find(|entry| entry["question"].as_str() == Some("town hall: who painted it??"));
    let phrasings = similar.expect("the more frequent group").get("phrasings").unwrap().as_array().unwrap();
    assert_eq!(phrasings.iter().map(|one| one.as_str().unwrap()).collect::<Vec<_>>(), ["who painted the TOWN HALL"]);
    assert!(
        entries.iter().any(|entry| entry["phrasings"].get(0).and_then(|one| one.as_str()) == Some(questions[4])),
        "{entries:?}"
    );

    fs::write(folder.path().join("knowledge/gaps.toml"), file(&reply)).unwrap();
    let run = Test::at(folder.path()).args(["check"]).run().status(1);
    let found = |problem: &str| run.stdout.matches(problem).count();
    assert_eq!(found("error: `answer` is empty"), entries.len(), "{}", run.stdout);
    assert_eq!(found("error: `citations` is missing or empty"), entries.len(), "{}", run.stdout);
    assert_eq!(found("error: "), 2 * entries.len(), "{}", run.stdout);
    let filled = file(&reply).replace("answer = \"\"", "answer = \"It is so.\"");
    let citations = "citations = [{ source = \"almanac\", paragraph = 1, evidence = [\"so\"] }]";
    fs::write(folder.path().join("knowledge/gaps.toml"), filled.replace("citations = []", citations)).unwrap();
    let answer = Test::at(folder.path()).file("config.toml", "").args(["ask", "who painted the TOWN HALL"]);
    let answer = answer.run().status(0);
    assert!(answer.stdout.contains("It is so."), "{}", answer.stdout);
}

async fn a_long_list_is_cut_off_in_the_file_and_says_so(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let questions: Vec<String> = (0..103).map(|number| format!("who is number{number} at the quay")).collect();
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    let _bot = bot_asked(transport, &discord, &folder, &questions).await;
    let reply = discord.interact(gaps()).await;
    assert_eq!(entries(&reply).len(), 100);
    assert!(file(&reply).contains("\n# 3 more did not fit"), "{}", file(&reply));
    assert!(reply.description().contains("Page 1 of 21"), "{}", reply.description());
}

async fn without_a_journal_or_outside_of_servers_there_is_a_private_notice(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, NO_JOURNAL).await;
    let off = discord.interact(gaps()).await;
    bot.stop().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let outside = discord.interact(Interaction::component("gaps:page:0").in_direct_message()).await;
    assert_snapshot!(off, "With a journal:", outside);
}

async fn a_journal_that_cannot_be_written_is_reported(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &["Who feeds the gulls?"]).await;
    let reply = discord.interact(gaps()).await;
    let mut other = connect(&database(folder.path())).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let failed = discord.interact(reply.pick("Mark as done…", "1. Who feeds the gulls?")).await;
    bot.wait_for_log("cannot show the unanswered questions").await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let done = discord.interact(reply.pick("Mark as done…", "1. Who feeds the gulls?")).await;
    assert_eq!(done.message.as_ref().unwrap()["attachments"], json!([]), "the file has nothing left");
    assert_snapshot!("Another program writes into the journal.", failed, "It is done.", done);
}

async fn only_members_who_manage_the_server_see_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    let commands = discord.commands();
    for name in ["gaps", "suggestions", "stats"] {
        let command = commands.iter().find(|command| command["name"] == name).expect("it is registered");
        // MANAGE_GUILD is the sixth bit. 0 is an installation in a server, and a use there.
        assert_eq!(command["default_member_permissions"], "32");
        assert_eq!((&command["integration_types"], &command["contexts"]), (&json!([0]), &json!([0])));
    }
}
