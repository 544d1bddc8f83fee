//! `/reload` and `/check`: what the owners of the application do to the running bot.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::{HARBOUR, Test};
use discord_double::{CallbackReply, DiscordDouble, Interaction, OWNER_ID};

over_both_transports!(
    nobody_but_the_owner_is_obeyed,
    of_a_team_those_are_obeyed_who_may_configure_the_application,
    until_the_owners_are_known_nobody_is_obeyed,
    a_new_entry_is_answered_after_a_reload_and_old_buttons_go_on_working,
    a_base_with_an_error_is_shown_and_the_old_one_stays,
    a_folder_that_is_gone_is_named_and_the_old_base_stays,
    a_reload_that_takes_long_goes_on_after_the_response,
    a_check_shows_what_is_on_the_disk_and_changes_nothing,
    what_has_no_room_is_in_a_file,
    both_are_offered_to_administrators_and_in_direct_messages,
);

const INN: &str = r#"
title = "The inn"

[[entry]]
id = "inn-open"
question = "When does the inn open?"
phrasings = ["opening hours of the tavern", "inn opens at what time", "how early may one drink there", "inn hours", "breakfast begins when"]
answer = "The inn opens at noon."
standing = "reported"
related = ["ferry-price"]
citations = [{ source = "almanac", paragraph = 1, evidence = ["opens at noon"] }]
"#;

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

fn by_owner(command: &str) -> Interaction {
    Interaction::command(command).by(OWNER_ID, "owner")
}

fn title(reply: &CallbackReply) -> &str {
    reply.embeds()[0]["title"].as_str().unwrap_or_default()
}

fn write(folder: &TempDir, name: &str, content: &str) {
    fs::write(folder.path().join("knowledge").join(name), content).unwrap();
}

/// A bot on the small base in this folder that knows its owners.
async fn start(transport: Transport, discord: &DiscordDouble, folder: &Path) -> Bot {
    let mut bot = Bot::over(transport, Test::at(folder).with_base(), discord, "").await;
    bot.wait_for_log("owners of the application known").await;
    bot
}

async fn nobody_but_the_owner_is_obeyed(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = start(transport, &discord, folder.path()).await;
    write(&folder, "inn.toml", INN);
    for command in ["reload", "check"] {
        let refused = discord.interact(Interaction::command(command)).await;
        assert!(refused.is_ephemeral());
        assert!(refused.description().starts_with("Only the owners"), "{refused:?}");
        let refused = discord.interact(Interaction::command(command).in_direct_message()).await;
        assert!(refused.description().starts_with("Only the owners"), "{refused:?}");
    }
    assert_ne!(title(&discord.interact(ask("when does the inn open")).await), "When does the inn open?");
    let ended = bot.stop().await;
    assert!(!ended.log.contains("knowledge base reloaded"), "{}", ended.log);
}

async fn of_a_team_those_are_obeyed_who_may_configure_the_application(transport: Transport) {
    const ACCEPTED: u64 = 2;
    const INVITED: u64 = 1;
    let member = |id: u64, state: u64, role: &str| {
        let user = json!({"id": id.to_string(), "username": "m", "discriminator": "0", "avatar": null,
            "global_name": null, "public_flags": 0, "flags": 0});
        json!({"membership_state": state, "team_id": "555", "role": role, "user": user})
    };
    let members = [
        member(1, ACCEPTED, "admin"),
        member(2, ACCEPTED, "developer"),
        member(3, ACCEPTED, "read_only"),
        member(4, INVITED, "admin"),
    ];
    let team = json!({"id": "555", "icon": null, "name": "Quay", "owner_user_id": "5", "members": members});
    let (discord, folder) = (DiscordDouble::builder().team(team).start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    let mut obeyed = Vec::new();
    for id in [1, 2, 3, 4, 5, 555, OWNER_ID] {
        let reply = discord.interact(Interaction::command("check").by(id, "someone")).await;
        if !reply.description().starts_with("Only the owners") {
            obeyed.push(id);
        }
    }
    assert_eq!(obeyed, [1, 2, 5]);
}

async fn until_the_owners_are_known_nobody_is_obeyed(transport: Transport) {
    let discord = DiscordDouble::start().await;
    // The pauses between the tries add up to more than the test takes.
    for _ in 0..8 {
        discord.fail_next("GET", "/oauth2/applications", 500);
    }
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let refused = discord.interact(by_owner("reload")).await;
    assert!(refused.is_ephemeral());
    assert!(refused.description().contains("try again in a minute"), "{refused:?}");
}

async fn a_new_entry_is_answered_after_a_reload_and_old_buttons_go_on_working(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path()).await;
    let before = discord.interact(ask("When was the lighthouse built?")).await;
    write(&folder, "inn.toml", INN);
    let reloaded = discord.interact(by_owner("reload").in_direct_message()).await;
    assert!(reloaded.is_ephemeral());
    assert_eq!(title(&reloaded), "Knowledge base reloaded");
    assert!(reloaded.description().starts_with("5 entries from 2 documents, before 4 from 2."), "{reloaded:?}");
    assert!(reloaded.description().ends_with("No warnings."), "{reloaded:?}");
    bot.wait_for_log("knowledge base reloaded").await;
    let answer = discord.interact(ask("when does the inn open")).await;
    assert_eq!(title(&answer), "When does the inn open?");
    assert_eq!(title(&discord.interact(ask("is the pier ugly")).await), "Is the pier ugly?");
    let related = discord.interact(before.press("How much does the ferry cost?")).await;
    assert_eq!(title(&related), "How much does the ferry cost?");
    let about = discord.interact(Interaction::command("about")).await;
    assert!(about.description().contains("5 questions in 2 topics"), "{about:?}");
}

async fn a_base_with_an_error_is_shown_and_the_old_one_stays(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path()).await;
    write(
        &folder,
        "inn.toml",
        &INN.replace("answer = \"The inn opens at noon.\"", "answre = \"```@everyone\u{202e}\""),
    );
    let failed = discord.interact(by_owner("reload")).await;
    assert!(failed.is_ephemeral());
    assert_eq!(title(&failed), "Not reloaded: 2 errors, 0 warnings");
    let text = failed.description();
    assert!(text.contains("unknown key `answre`") && text.contains("inn.toml:8:1"), "{text}");
    assert!(text.contains("did you mean `answer`?"), "{text}");
    assert_eq!(text.matches("```").count(), 2, "nothing ends the code block early: {text}");
    assert!(!text.contains('\u{202e}'), "{text}");
    assert!(failed.files().is_empty(), "all of it is in the message");
    bot.wait_for_log("knowledge base not reloaded").await;
    assert_eq!(title(&discord.interact(ask("is the pier ugly")).await), "Is the pier ugly?");
    write(&folder, "inn.toml", INN);
    assert_eq!(title(&discord.interact(by_owner("reload")).await), "Knowledge base reloaded");
}

async fn a_folder_that_is_gone_is_named_and_the_old_base_stays(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    fs::rename(folder.path().join("knowledge"), folder.path().join("elsewhere")).unwrap();
    for command in ["reload", "check"] {
        let failed = discord.interact(by_owner(command)).await;
        assert!(
            failed.is_ephemeral() && failed.description().starts_with("cannot read the knowledge folder"),
            "{failed:?}"
        );
    }
    assert_eq!(title(&discord.interact(ask("is the pier ugly")).await), "Is the pier ugly?");
}

/// Reading a pipe waits until somebody writes into it, which here is a slow disk.
async fn a_reload_that_takes_long_goes_on_after_the_response(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path()).await;
    let pipe = folder.path().join("knowledge/inn.toml");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo can be run").success());
    let slow = discord.interact(by_owner("reload")).await;
    assert!(slow.is_ephemeral());
    assert!(slow.description().starts_with("I am still loading."), "{slow:?}");
    for command in ["reload", "check"] {
        let busy = discord.interact(by_owner(command)).await;
        assert!(busy.description().contains("is running already"), "{busy:?}");
    }
    assert_eq!(title(&discord.interact(ask("is the pier ugly")).await), "Is the pier ugly?");
    OpenOptions::new().write(true).open(&pipe).unwrap().write_all(INN.as_bytes()).unwrap();
    bot.wait_for_log("knowledge base reloaded").await;
    assert_eq!(title(&discord.interact(ask("when does the inn open")).await), "When does the inn open?");
}

async fn a_check_shows_what_is_on_the_disk_and_changes_nothing(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    let sound = discord.interact(by_owner("check")).await;
    assert!(sound.is_ephemeral());
    assert_eq!(title(&sound), "Nothing is wrong");
    assert_eq!(sound.description(), "4 entries with 20 phrasings from 2 sources: 0 errors, 0 warnings");
    write(&folder, "inn.toml", &INN.replace(", \"inn hours\"", ""));
    let warned = discord.interact(by_owner("check")).await;
    assert_eq!(title(&warned), "0 errors, 1 warning");
    assert!(warned.description().contains("warning: `inn-open` has 4 phrasings"), "{warned:?}");
    assert_ne!(title(&discord.interact(ask("when does the inn open")).await), "When does the inn open?");
    write(&folder, "inn.toml", "title = ");
    let broken = discord.interact(by_owner("check")).await;
    assert!(broken.description().contains("error: invalid TOML"), "{broken:?}");
}

async fn what_has_no_room_is_in_a_file(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    let ids = ["lighthouse-built", "ferry-price", "pier-ugly", "pier-length"];
    let broken =
        ids.iter().fold(HARBOUR.to_owned(), |text, id| text.replace(&format!("id = \"{id}\""), "id = \"Not Kebab\""));
    write(&folder, "harbour.toml", &broken.replace("question = ", "questoin = "));
    let reply = discord.interact(by_owner("check")).await;
    let text = reply.description();
    assert!(text.contains("`Not Kebab` is not kebab-case") && text.ends_with("\n```"), "{text}");
    let [file] = reply.files() else { panic!("one file, not {:?}", reply.files()) };
    assert_eq!(file.name, "problems.txt");
    assert_eq!(file.text().matches("`Not Kebab` is not kebab-case").count(), ids.len(), "{}", file.text());
    assert_eq!(file.text().matches("unknown key `questoin`").count(), ids.len(), "{}", file.text());
}

async fn both_are_offered_to_administrators_and_in_direct_messages(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::over(transport, Test::new(), &discord, "").await;
    bot.wait_for_log("commands registered").await;
    for name in ["reload", "check"] {
        let commands = discord.commands();
        let command: &Value = commands.iter().find(|command| command["name"] == name).expect("it is registered");
        assert_eq!(command["default_member_permissions"], "0");
        assert_eq!((&command["integration_types"], &command["contexts"]), (&json!([0]), &json!([0, 1])));
    }
}
