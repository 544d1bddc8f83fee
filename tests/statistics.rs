//! `/stats` and `footnote stats`: how the bot was used.

use tempfile::TempDir;

use crate::journal::erasure::files_with;
use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, STRICT, ask};
use crate::support::footnote::{HARBOUR, Run, Test};
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID, Interaction};

over_both_transports!(questions_are_counted_by_how_they_ended, a_server_in_which_nobody_asked_has_no_picture,);

const FREE: &str = "cooldown = { enabled = false }\n\
    [knowledge]\nlanguage = \"other\"\nstale_after = \"1 year\"\n";

fn stats() -> Interaction {
    Interaction::command("stats")
}

fn run(folder: &TempDir, options: &[&str]) -> Run {
    Test::at(folder.path()).args(["stats"]).args(options.iter().copied()).run().status(0)
}

/// The size of a picture, from the head of a PNG file.
fn picture_size(reply: &CallbackReply) -> [u32; 2] {
    let [file] = reply.files() else { panic!("one file, not {:?}", reply.files()) };
    assert!(file.content.starts_with(b"\x89PNG\r\n\x1a\n") && file.content.len() < 20_000, "{}", file.content.len());
    let image = &reply.data()["embeds"][0]["image"]["url"];
    assert_eq!(image, &format!("attachment://{}", file.name));
    [16, 20].map(|at| u32::from_be_bytes(file.content[at..at + 4].try_into().unwrap()))
}

async fn questions_are_counted_by_how_they_ended(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let due = HARBOUR.replace("pinned = true", "pinned = true\nreview_by = \"2020-01\"");
    let base = Test::at(folder.path()).with_base().file("knowledge/harbour.toml", due);
    let bot = Bot::over(transport, base, &discord, &format!("{FREE}{STRICT}")).await;
    let ferry = discord.interact(ask("ferry fare")).await;
    // The same again, by the same member; another member's question is none.
    discord.interact(ask("How much does the ferry cost?")).await;
    discord.interact(ask("ferry fare").by(SOMEONE_ELSE, "arta")).await;
    discord.interact(ask("Who feeds the gulls?").by(SOMEONE_ELSE, "arta")).await;
    discord.interact(ask("when was the lighthouse built").in_guild(77)).await;
    discord.interact(ferry.press("👍")).await;
    discord.interact(ferry.press("👎").by(SOMEONE_ELSE, "arta")).await;
    let gaps = discord.interact(Interaction::command("gaps")).await;
    discord.interact(gaps.pick("Mark as done…", "1. Who feeds the gulls?")).await;

    let reply = discord.interact(stats()).await;
    assert_eq!(picture_size(&reply), [720, 300]);
    let text = reply.text();
    for part in [
        ":d>: 4 questions, 🟩 3 🟦 0 🟨 0 🟥 1\n",
        ":d>: 0 questions, 🟩 0 🟦 0 🟨 0 🟥 0\n",
        "Asked again within ten minutes: 1. Unanswered questions marked as done: 1.",
        "• How much does the ferry cost? — shown 3 times, helped 1 of 2 (9–91%)",
        "2 entries and sources are due for review: lighthouse-built, ferry-price",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(reply.data()["flags"].as_u64().is_some_and(|flags| flags & 64 != 0), "only the moderator sees it");
    assert!(!text.contains("How old"), "{text}");
    bot.stop().await;

    let here = GUILD_ID.to_string();
    let csv = run(&folder, &["--csv", "--server", &here, "--weeks", "1"]).stdout;
    let (head, line) = csv.trim_end().split_once('\n').unwrap();
    assert_eq!(head, "week,asked,answered,closest,suggested,unknown,asked_again,gaps_closed");
    assert_eq!(line.split_once(',').unwrap().1, "4,3,0,0,1,1,1");
    let entries = run(&folder, &["--csv", "--entries", "--server", &here]).stdout;
    assert!(entries.ends_with("\nferry-price,3,1,1,1,0.500,0.095,0.905\n"), "{entries}");
    let all = run(&folder, &["--json"]).json();
    assert_eq!(all["weeks"].as_array().unwrap().len(), 8);
    assert_eq!(all["weeks"][7]["asked"], 5);
    assert_eq!(all["entries"][0]["helpful_rate"]["count"], 1);
    let table = run(&folder, &[]).stdout;
    assert!(table.contains("  1 of 2 (9 to 91%)       ferry-price\n"), "{table}");
    // Nothing says who asked.
    let member = i64::try_from(SOMEONE_ELSE).unwrap();
    assert_eq!(files_with(folder.path(), &member.to_be_bytes()), [""; 0]);
}

async fn a_server_in_which_nobody_asked_has_no_picture(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = Bot::over(transport, Test::at(folder.path()).with_base(), &discord, "").await;
    discord.interact(ask("ferry fare").in_guild(77)).await;
    let reply = discord.interact(stats()).await;
    assert!(reply.text().starts_with("Nobody has asked me anything"), "{}", reply.text());
    assert!(reply.files().is_empty());
}
