//! `/reload` and `/check`: what the application's owners can do with the running bot.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NO_WATCH, ask};
use crate::support::footnote::{HARBOUR, INN, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction, OWNER_ID};

over_both_transports!(
    only_the_owner_is_obeyed,
    team_members_who_may_configure_the_application_are_obeyed,
    until_the_owners_are_known_nobody_is_obeyed,
    a_new_entry_is_answered_after_a_reload_and_old_buttons_go_on_working,
    a_base_with_an_error_is_shown_and_the_old_one_stays,
    a_folder_that_is_gone_is_named_and_the_old_base_stays,
    a_reload_that_takes_long_goes_on_after_the_response,
    a_check_that_takes_long_says_where_to_look,
    a_check_shows_what_is_on_the_disk_and_changes_nothing,
    what_does_not_fit_is_in_a_file,
);

fn by_owner(command: &str) -> Interaction {
    Interaction::command(command).in_direct_message().by(OWNER_ID, "owner")
}

fn write(folder: &TempDir, name: &str, content: &str) {
    fs::write(folder.path().join("knowledge").join(name), content).unwrap();
}

/// A bot on the small base in this folder. It already knows its owners.
async fn start(transport: Transport, discord: &DiscordDouble, folder: &Path) -> Bot {
    let mut bot = Bot::over(transport, Test::at(folder).with_base(), discord, NO_WATCH).await;
    bot.wait_for_log("found the application's owners").await;
    bot
}

async fn only_the_owner_is_obeyed(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = start(transport, &discord, folder.path()).await;
    write(&folder, "inn.toml", INN);
    let reload = discord.interact(Interaction::command("reload").in_direct_message()).await;
    let check = discord.interact(Interaction::command("check").in_direct_message()).await;
    assert_snapshot!(reload, check);
    assert_ne!(discord.interact(ask("when does the inn open")).await.title(), "When does the inn open?");
    let ended = bot.stop().await;
    assert!(!ended.log.contains("knowledge base reloaded"), "{}", ended.log);
}

async fn team_members_who_may_configure_the_application_are_obeyed(transport: Transport) {
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
        let reply = discord.interact(Interaction::command("check").in_direct_message().by(id, "someone")).await;
        if !reply.description().starts_with("Only the owners") {
            obeyed.push(id);
        }
    }
    assert_eq!(obeyed, [1, 2, 5]);
}

async fn until_the_owners_are_known_nobody_is_obeyed(transport: Transport) {
    let discord = DiscordDouble::start().await;
    // The pauses between the attempts add up to more than the test takes.
    for _ in 0..8 {
        discord.fail_next("GET", "/oauth2/applications", 500);
    }
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    assert_snapshot!(discord.interact(by_owner("reload")).await);
}

async fn a_new_entry_is_answered_after_a_reload_and_old_buttons_go_on_working(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path()).await;
    let before = discord.interact(ask("When was the lighthouse built?")).await;
    write(&folder, "inn.toml", INN);
    let reloaded = discord.interact(by_owner("reload").in_direct_message()).await;
    bot.wait_for_log("knowledge base reloaded").await;
    let answer = discord.interact(ask("when does the inn open")).await;
    assert_eq!(answer.title(), "When does the inn open?");
    assert_eq!(discord.interact(ask("does quill find the pier ugly")).await.title(), "Does Quill find the pier ugly?");
    let related = discord.interact(before.press("Related questions").values(&["ferry-price"])).await;
    assert_eq!(related.title(), "How much does the ferry cost?");
    let about = discord.interact(Interaction::command("about")).await;
    assert!(about.description().contains("5 questions in 2 topics"), "{about:?}");
    assert_snapshot!(reloaded);
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
    let text = failed.description();
    assert_eq!(text.matches("```").count(), 2, "nothing ends the code block early: {text}");
    assert!(!text.contains('\u{202e}'), "{text}");
    assert!(failed.files().is_empty(), "all of it is in the message");
    assert_snapshot!(failed);
    bot.wait_for_log("knowledge base not reloaded").await;
    assert_eq!(discord.interact(ask("does quill find the pier ugly")).await.title(), "Does Quill find the pier ugly?");
    write(&folder, "inn.toml", INN);
    assert_eq!(discord.interact(by_owner("reload")).await.title(), "Knowledge base reloaded");
}

async fn a_folder_that_is_gone_is_named_and_the_old_base_stays(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    fs::rename(folder.path().join("knowledge"), folder.path().join("elsewhere")).unwrap();
    let (reload, check) = (discord.interact(by_owner("reload")).await, discord.interact(by_owner("check")).await);
    assert_eq!(discord.interact(ask("does quill find the pier ugly")).await.title(), "Does Quill find the pier ugly?");
    assert_snapshot!(reload, check);
}

/// A file that cannot be read until somebody writes into it: a slow disk.
fn slow_file(folder: &TempDir) -> PathBuf {
    let pipe = folder.path().join("knowledge/calibration.toml");
    // It is there if the bot has written it already.
    let _ = fs::remove_file(&pipe);
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo can be run").success());
    pipe
}

async fn a_reload_that_takes_long_goes_on_after_the_response(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path()).await;
    write(&folder, "inn.toml", INN);
    let slow_file = slow_file(&folder);
    let slow = discord.interact(by_owner("reload")).await;
    let (reload, check) = (discord.interact(by_owner("reload")).await, discord.interact(by_owner("check")).await);
    assert_snapshot!(slow, reload, check);
    assert_eq!(discord.interact(ask("does quill find the pier ugly")).await.title(), "Does Quill find the pier ugly?");
    drop(OpenOptions::new().write(true).open(&slow_file).unwrap());
    bot.wait_for_log("knowledge base reloaded").await;
    assert_eq!(discord.interact(ask("when does the inn open")).await.title(), "When does the inn open?");
}

/// So many entries that to train models on them takes several times as long as Discord waits.
fn many_rooms() -> String {
    let entry = |room: usize| {
        let phrasings = (0..10).map(|way| format!("\"way{way} to chamber{room} by stair{}\"", (room * 7 + way) % 97));
        let phrasings = phrasings.collect::<Vec<_>>().join(", ");
        format!(
            "[[entry]]\nid = \"room-{room}\"\nquestion = \"Where is room {room}?\"\n\
             phrasings = [{phrasings}]\nanswer = \"Upstairs.\"\n\
             citations = [{{ source = \"almanac\", paragraph = 1, evidence = [\"up\"] }}]\n"
        )
    };
    let entries = (0..3_000).map(entry).collect::<Vec<_>>().concat();
    format!("title = \"Rooms\"\n{entries}")
}

async fn a_check_that_takes_long_says_where_to_look(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    write(&folder, "rooms.toml", &many_rooms());
    assert_snapshot!(discord.interact(by_owner("check")).await);
}

async fn a_check_shows_what_is_on_the_disk_and_changes_nothing(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    let sound = discord.interact(by_owner("check")).await;
    write(&folder, "inn.toml", &INN.replace("  \"inn hours\",\n", ""));
    let warned = discord.interact(by_owner("check")).await;
    assert_ne!(discord.interact(ask("when does the inn open")).await.title(), "When does the inn open?");
    write(&folder, "inn.toml", "title = ");
    let broken = discord.interact(by_owner("check")).await;
    assert_snapshot!(sound, "An entry has too few phrasings.", warned, "A file is cut off.", broken);
}

async fn what_does_not_fit_is_in_a_file(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path()).await;
    let ids = ["lighthouse-built", "ferry-price", "pier-ugly", "pier-length"];
    let broken =
        ids.iter().fold(HARBOUR.to_owned(), |text, id| text.replace(&format!("id = \"{id}\""), "id = \"Not Kebab\""));
    write(&folder, "harbour.toml", &broken.replace("question = ", "questoin = "));
    let reply = discord.interact(by_owner("check")).await;
    let text = reply.description();
    assert!(text.ends_with("\n```"), "{text}");
    let [file] = reply.files() else { panic!("one file, not {:?}", reply.files()) };
    assert_eq!(file.text().matches("`Not Kebab` is not kebab-case").count(), ids.len(), "{}", file.text());
    assert_eq!(file.text().matches("unknown key `questoin`").count(), ids.len(), "{}", file.text());
    assert_snapshot!(reply);
}
