//! The README shows what members see of each command; here it is compared with what they do see.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::bot::Bot;
use crate::support::footnote::Test;
use discord_double::{CallbackReply, DiscordDouble, IncomingMessage, Interaction, OWNER_ID};

const WIDTH: usize = 100;

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

/// A message as text: an embed behind a bar, buttons and menus in brackets.
fn picture(data: &Value) -> String {
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut lines = Vec::new();
    lines.extend(data["content"].as_str().filter(|content| !content.is_empty()).map(str::to_owned));
    for embed in items(&data["embeds"]) {
        let fields = items(&embed["fields"]);
        let fields = fields.iter().flat_map(|field| [&Value::Null, &field["name"], &field["value"]]);
        let texts = [&embed["title"], &embed["description"]].into_iter().filter(|text| text.is_string()).chain(fields);
        for line in texts.flat_map(|text| text.as_str().unwrap_or("\n").lines()) {
            lines.push(textwrap::fill(
                &plain(line),
                textwrap::Options::new(WIDTH).initial_indent("│ ").subsequent_indent("│   "),
            ));
        }
    }
    for row in items(&data["components"]) {
        let component = |component: &Value| match component["placeholder"].as_str() {
            Some(prompt) => format!("[{prompt} ▾]"),
            None => format!("[{}]", component["label"].as_str().unwrap_or_default()),
        };
        lines.push(items(&row["components"]).iter().map(component).collect::<Vec<_>>().join(" "));
    }
    lines.extend(
        items(&data["attachments"]).iter().map(|file| format!("⬇ {}", file["filename"].as_str().unwrap_or("?"))),
    );
    lines.extend((data["flags"] == 64).then(|| "(only you can see this)".to_owned()));
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// Markdown as it looks, with what is another each time replaced.
fn plain(line: &str) -> String {
    let pattern = |pattern: &str| fancy_regex::Regex::new(pattern).expect("a pattern");
    let replacements = [
        (r"<t:\d+:f>", "1 June 2026 12:00"),
        (r"<t:\d+:R>", "2 minutes ago"),
        (r"took \d+ ms", "took 180 ms"),
        (r"\[([^\]]+)\]\(https://[^)]+\)", "$1"),
        (r"\*\*|(?<!\\)\*|(?<!\\)`", ""),
        (r"\\(.)", "$1"),
    ];
    replacements.iter().fold(line.to_owned(), |text, (from, to)| pattern(from).replace_all(&text, *to).into_owned())
}

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there is a README")
}

#[track_caller]
fn assert_shown(readme: &str, command: &str, data: &Value) {
    let block = format!("```text\n{}\n```", picture(data));
    assert!(readme.contains(&block), "the README's guide does not show what {command} shows:\n\n{block}\n");
}

#[tokio::test]
async fn the_guide_shows_what_members_see() {
    let readme = readme();
    let discord = DiscordDouble::start().await;
    let folder = TempDir::new().unwrap();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
    let test = Test::at(folder.path()).args(["--knowledge", shipped]);
    let config = "cooldown = { enabled = false }\n[log]\nlevel = \"debug\"\n";
    let mut bot = Bot::start(test, &discord, config);
    bot.wait_for_log("owners of the application known").await;
    let shown = |command: &str, reply: &CallbackReply| assert_shown(&readme, command, &reply.body["data"]);

    let answer = discord.interact(ask("when did kfor deploy")).await;
    shown("/ask", &answer);
    shown("/ask of what only one author says", &discord.interact(ask("what does latifi say about casualties")).await);
    shown("/ask of what is unsure", &discord.interact(ask("kosovo")).await);
    shown("/ask of what is unknown", &discord.interact(ask("who won the world cup")).await);
    shown("Helpful", &discord.interact(answer.press("Helpful")).await);
    shown("Not helpful", &discord.interact(answer.press("Not helpful")).await);
    let found = Interaction::message_command("Find an answer", "hi all, does anyone know when nato bombed yugoslavia?");
    shown("Find an answer", &discord.interact(found).await);
    let topics = discord.interact(Interaction::command("topics")).await;
    shown("/topics", &topics);
    shown("a topic", &discord.interact(topics.press("Choose a topic").values(&["kfor"])).await);
    shown("/sources", &discord.interact(Interaction::command("sources")).await);
    shown("/about", &discord.interact(Interaction::command("about")).await);
    let post = discord.talk(IncomingMessage::mention("how many soldiers does kfor have now?")).await;
    assert_shown(&readme, "a mention", &post.body);

    for question in ["who won the world cup??", "best pizza in pristina"] {
        discord.interact(ask(question)).await;
    }
    bot.wait_for_gaps(3).await;
    shown("/gaps", &discord.interact(Interaction::command("gaps").by(OWNER_ID, "owner")).await);
    bot.stop().await;

    // A small base, because a reload of the shipped one may take longer than a response without
    // optimization.
    let mut bot = Bot::start(Test::new(), &discord, "");
    bot.wait_for_log("owners of the application known").await;
    shown("/reload", &discord.interact(Interaction::command("reload").by(OWNER_ID, "owner")).await);
    shown("/check", &discord.interact(Interaction::command("check").by(OWNER_ID, "owner")).await);
}
