//! `/gaps`: what members of a server asked in vain, for its moderators.

use std::fs;

use serde_json::{Value, json};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::Test;
use discord_double::{CallbackReply, DiscordDouble, Interaction};

over_both_transports!(
    questions_are_listed_by_page_the_most_asked_first_and_alike_ones_together,
    a_group_that_is_done_is_hidden_until_it_is_asked_again,
    only_the_questions_of_the_server_are_shown,
    what_members_write_stays_text,
    the_file_lacks_the_answers_and_their_citations_and_nothing_else,
    a_long_list_is_cut_off_in_the_file_and_says_so,
    without_a_journal_or_outside_of_servers_there_is_a_private_notice,
    a_journal_that_cannot_be_written_is_said_to_be,
    it_is_offered_to_who_manages_the_server_alone,
);

const UPDATE: u64 = 7;

/// Only a question word for word is answered, nothing is suggested, one member may ask all of them,
/// and the journal's writing is logged.
const STRICT: &str =
    "cooldown = { enabled = false }\n[answer]\nanswer_at = 1.0\nsuggest_at = 1.0\n[log]\nlevel = \"debug\"\n";

/// Seven groups, the fifth asked three times and the second twice.
const ASKED: [&str; 10] = [
    "Who feeds the gulls?",
    "When does the bakery open?",
    "Where is the market?",
    "Which baker sells cake?",
    "Who painted the town hall?",
    "Why is the bridge closed?",
    "Whose is the red boat?",
    "town hall: who painted it??",
    "who painted the TOWN HALL",
    "when does the bakery open",
];

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

fn gaps() -> Interaction {
    Interaction::command("gaps")
}

/// A bot in a folder that stays, whose journal has these questions of the usual server.
async fn bot_asked(transport: Transport, discord: &DiscordDouble, folder: &TempDir, questions: &[&str]) -> Bot {
    let mut bot = Bot::over(transport, Test::at(folder.path()).with_base(), discord, STRICT).await;
    for question in questions {
        discord.interact(ask(question)).await;
    }
    bot.wait_for_gaps(questions.len() as u64).await;
    bot
}

fn component<'a>(reply: &'a CallbackReply, label: &str) -> &'a Value {
    let labelled = |component: &&Value| component["label"] == label || component["placeholder"] == label;
    reply.components().into_iter().find(labelled).unwrap_or_else(|| panic!("no {label:?} in {}", reply.body))
}

/// Marks the group as done whose option has this label.
fn mark_done(reply: &CallbackReply, label: &str) -> Interaction {
    let options = component(reply, "Mark as done…")["options"].as_array().unwrap().clone();
    let option = options.iter().find(|option| option["label"] == label);
    let option = option.unwrap_or_else(|| panic!("no {label:?} in {options:?}"));
    reply.press("Mark as done…").values(&[option["value"].as_str().unwrap()])
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

async fn questions_are_listed_by_page_the_most_asked_first_and_alike_ones_together(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = bot_asked(transport, &discord, &folder, &ASKED).await;
    let first = discord.interact(gaps()).await;
    assert!(first.is_ephemeral());
    let text = first.description();
    assert!(text.starts_with("**1.** Who painted the town hall?\nasked 3 times · last <t:"), "{text}");
    assert!(
        text.contains("\nalso “town hall\\: who painted it??”\n\n**2.** When does the bakery open?\nasked 2 times"),
        "{text}"
    );
    assert!(text.contains("**5.** ") && !text.contains("**6.** "), "{text}");
    assert!(text.contains("Page 1 of 2"), "{text}");
    assert_eq!(entries(&first).len(), 7, "the file has all pages");
    let second = discord.interact(first.press("Next page")).await;
    assert_eq!(second.kind(), UPDATE);
    assert!(second.description().starts_with("**6.** "), "{}", second.description());
    assert!(second.description().contains("**7.** ") && second.description().contains("Page 2 of 2"));
    assert_eq!(second.message.as_ref().unwrap()["attachments"].as_array().unwrap().len(), 1);
    assert_eq!(file(&second), file(&first));
    let back = discord.interact(second.press("Previous page")).await;
    assert_eq!(back.description(), text);
}

async fn a_group_that_is_done_is_hidden_until_it_is_asked_again(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &ASKED).await;
    let first = discord.interact(gaps()).await;
    let without = discord.interact(mark_done(&first, "1. Who painted the town hall?")).await;
    assert_eq!(without.kind(), UPDATE);
    assert!(without.description().starts_with("**1.** When does the bakery open?"), "{}", without.description());
    assert!(!file(&without).contains("town hall"), "{}", file(&without));
    // The last group of the last page is done: what is left is shown.
    let last = discord.interact(without.press("Next page")).await;
    let label = component(&last, "Mark as done…")["options"][0]["label"].as_str().unwrap().to_owned();
    let left = discord.interact(mark_done(&last, &label)).await;
    assert!(left.description().contains("Page 1 of 1"), "{}", left.description());
    discord.interact(ask("the town hall, who painted it?")).await;
    bot.wait_for_gaps(ASKED.len() as u64 + 1).await;
    let again = discord.interact(gaps()).await;
    assert!(again.description().contains("the town hall, who painted it?\nasked once"), "{}", again.description());
}

async fn only_the_questions_of_the_server_are_shown(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &["Who feeds the gulls?"]).await;
    discord.interact(ask("Who feeds the gulls?").in_guild(77)).await;
    discord.interact(ask("Where is the market?").in_guild(77)).await;
    discord.interact(ask("Why is the bridge closed?").in_direct_message()).await;
    bot.wait_for_gaps(4).await;
    let here = discord.interact(gaps()).await;
    assert!(here.description().starts_with("**1.** Who feeds the gulls?\nasked once"), "{}", here.description());
    assert_eq!(entries(&here).len(), 1);
    discord.interact(mark_done(&here, "1. Who feeds the gulls?")).await;
    let nothing = discord.interact(gaps()).await;
    assert_eq!(nothing.embeds()[0]["title"], "No questions without an answer");
    assert!(nothing.files().is_empty());
    let there = discord.interact(gaps().in_guild(77)).await;
    assert!(there.description().contains("gulls") && there.description().contains("market"), "{there:?}");
    assert!(!there.description().contains("bridge") && !file(&there).contains("bridge"), "{there:?}");
}

async fn what_members_write_stays_text(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let hostile = "**who** [x](https://evil.example) <#1> @everyone ```\n# y\u{202e}z\"\"\" 'q' \\ \u{7}";
    let long = format!("who owns {}?", "*".repeat(600));
    let _bot = bot_asked(transport, &discord, &folder, &[hostile, &long]).await;
    let reply = discord.interact(gaps()).await;
    let text = reply.description();
    let escaped =
        "\\*\\*who\\*\\* \\[x\\]\\(https\\://evil.example\\) \\<\\#1\\> \\@everyone \\`\\`\\` \\# yz\"\"\" 'q' \\\\";
    assert!(text.contains(escaped), "{text}");
    assert!(text.encode_utf16().count() < 2_500, "{text}");
    assert_eq!(reply.body["data"]["allowed_mentions"]["parse"], json!([]));
    let entries = entries(&reply);
    let questions: Vec<&str> = entries.iter().map(|entry| entry["question"].as_str().unwrap()).collect();
    let plain = "**who** [x](https://evil.example) <#1> @everyone ``` # yz\"\"\" 'q' \\";
    assert!(questions.contains(&plain), "{questions:?}");
    assert!(questions.iter().all(|question| question.chars().count() <= 100), "{questions:?}");
}

async fn the_file_lacks_the_answers_and_their_citations_and_nothing_else(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let questions = [
        "Lighthouse built?",
        "Lighthouse \"built\" \\ by 'whom'?",
        "Ou est la Bibliothèque de Prishtinë, don't you know?",
        "Где находится маяк?",
        "who painted the large and very old and quite beautiful picture that hangs in the main room of the town hall?",
        "town hall: who painted it??",
        "who painted the TOWN HALL",
    ];
    let _bot = bot_asked(transport, &discord, &folder, &questions).await;
    let reply = discord.interact(gaps()).await;
    let entries = entries(&reply);
    let ids: Vec<&str> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"lighthouse-built-2"), "an id of the base is not given anew: {ids:?}");
    assert!(ids.contains(&"ou-est-la-bibliotheque-de-prishtine-dont"), "{ids:?}");
    assert!(ids.iter().any(|id| id.starts_with("question-")), "{ids:?}");
    let alike = entries.iter().find(|entry| entry["question"].as_str() == Some("town hall: who painted it??"));
    let phrasings = alike.expect("the more frequent group").get("phrasings").unwrap().as_array().unwrap();
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
    Test::at(folder.path()).args(["ask", "who painted the TOWN HALL"]).run().status(0).stdout_has("It is so.");
}

async fn a_long_list_is_cut_off_in_the_file_and_says_so(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let questions: Vec<String> = (0..103).map(|number| format!("who is number{number} at the quay")).collect();
    let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
    let _bot = bot_asked(transport, &discord, &folder, &questions).await;
    let reply = discord.interact(gaps()).await;
    assert_eq!(entries(&reply).len(), 100);
    assert!(file(&reply).contains("\n# 3 more have no room here"), "{}", file(&reply));
    assert!(reply.description().contains("Page 1 of 21"), "{}", reply.description());
}

async fn without_a_journal_or_outside_of_servers_there_is_a_private_notice(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "[journal]\nenabled = false\n").await;
    let off = discord.interact(gaps()).await;
    assert!(off.is_ephemeral());
    assert!(off.description().contains("journal.enabled = true"), "{off:?}");
    bot.stop().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let outside = discord.interact(Interaction::component("gaps:page:0").in_direct_message()).await;
    assert!(outside.is_ephemeral());
    assert!(outside.description().contains("server by server"), "{outside:?}");
}

async fn a_journal_that_cannot_be_written_is_said_to_be(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = bot_asked(transport, &discord, &folder, &["Who feeds the gulls?"]).await;
    let reply = discord.interact(gaps()).await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("data/footnote.db"));
    let mut other: SqliteConnection = options.connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let failed = discord.interact(mark_done(&reply, "1. Who feeds the gulls?")).await;
    assert!(failed.is_ephemeral() && failed.description().contains("cannot reach my journal"), "{failed:?}");
    bot.wait_for_log("the questions without an answer cannot be shown").await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    let done = discord.interact(mark_done(&reply, "1. Who feeds the gulls?")).await;
    assert_eq!(done.embeds()[0]["title"], "No questions without an answer");
    assert_eq!(done.message.as_ref().unwrap()["attachments"], json!([]), "the file has nothing left");
}

async fn it_is_offered_to_who_manages_the_server_alone(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    let commands = discord.commands();
    let gaps = commands.iter().find(|command| command["name"] == "gaps").expect("it is registered");
    // MANAGE_GUILD is the sixth bit; 0 is an installation in a server, and a use there.
    assert_eq!(gaps["default_member_permissions"], "32");
    assert_eq!((&gaps["integration_types"], &gaps["contexts"]), (&json!([0]), &json!([0])));
}
