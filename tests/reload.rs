//! What a running bot does when its files change, and on SIGHUP.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use tempfile::TempDir;

use crate::support::bot::Bot;
use crate::support::discord::{BotMessage, NO_WATCH, ask};
use crate::support::footnote::{HARBOUR, INN, SOURCES, Test};
use discord_double::DiscordDouble;

/// A bot on the small base in this folder that answers.
async fn start(discord: &DiscordDouble, folder: &Path, config: &str) -> Bot {
    let bot = Bot::start(Test::at(folder).with_base(), discord, config);
    discord.wait_until_ready().await;
    bot
}

/// The price of the ferry, as a member reads it.
async fn price(discord: &DiscordDouble) -> String {
    discord.interact(ask("ferry fare")).await.text().to_owned()
}

fn priced(crowns: u8) -> String {
    HARBOUR.replace("A crossing costs 3 crowns", &format!("A crossing costs {crowns} crowns"))
}

#[tokio::test]
async fn a_file_that_is_saved_is_used_without_a_command() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(&discord, folder.path(), "").await;
    fs::write(folder.path().join("knowledge/inn.toml"), INN).unwrap();
    bot.wait_for_log("knowledge base reloaded").await;
    assert_eq!(discord.interact(ask("when does the inn open")).await.title(), "When does the inn open?");
    let ended = bot.stop().await;
    assert_eq!(ended.log.matches("knowledge base reloaded").count(), 1, "{}", ended.log);
}

#[tokio::test]
async fn a_base_with_errors_is_logged_with_the_first_of_them_and_the_old_one_stays() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(&discord, folder.path(), "").await;
    let harbour = folder.path().join("knowledge/harbour.toml");
    fs::write(&harbour, priced(4).replace("answer = ", "answre = ")).unwrap();
    bot.wait_for_log("knowledge base not reloaded").await;
    bot.wait_for_log("harbour.toml:").await;
    bot.wait_for_log("unknown key `answre`").await;
    assert!(price(&discord).await.contains("3 crowns"));
    fs::write(&harbour, priced(4)).unwrap();
    bot.wait_for_log("knowledge base reloaded").await;
    assert!(price(&discord).await.contains("4 crowns"));
}

/// Puts a file in the place of another in one step, as a link to this target.
fn swap(link: &Path, target: &str) {
    let temporary = format!("{}_tmp", link.display());
    symlink(target, &temporary).unwrap();
    fs::rename(temporary, link).unwrap();
}

/// A version of the base in a folder of its own.
fn version(folder: &Path, crowns: u8) {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("sources.toml"), SOURCES).unwrap();
    fs::write(folder.join("harbour.toml"), priced(crowns)).unwrap();
}

/// Kubernetes mounts a `ConfigMap` as links to files behind the link `..data`, and changes that.
#[tokio::test]
async fn a_mounted_config_map_is_followed() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mount = folder.path().join("mount");
    version(&mount.join("..1"), 3);
    swap(&mount.join("..data"), "..1");
    for file in ["sources.toml", "harbour.toml"] {
        symlink(format!("..data/{file}"), mount.join(file)).unwrap();
    }
    let mut bot = start(&discord, folder.path(), "[knowledge]\npath = \"mount\"\n").await;
    for crowns in [4, 5] {
        version(&mount.join(format!("..{crowns}")), crowns);
        swap(&mount.join("..data"), &format!("..{crowns}"));
        bot.wait_for_logs("knowledge base reloaded", usize::from(crowns) - 3).await;
        assert!(price(&discord).await.contains(&format!("{crowns} crowns")));
        fs::remove_dir_all(mount.join(format!("..{}", crowns - 1))).ok();
    }
}

#[tokio::test]
async fn a_folder_that_is_a_link_is_followed_wherever_it_leads() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    version(&folder.path().join("releases/3"), 3);
    let link = folder.path().join("current");
    swap(&link, "releases/3");
    let mut bot = start(&discord, folder.path(), "[knowledge]\npath = \"current\"\n").await;
    version(&folder.path().join("releases/4"), 4);
    swap(&link, "releases/4");
    bot.wait_for_logs("knowledge base reloaded", 1).await;
    assert!(price(&discord).await.contains("4 crowns"));
    // The events of the swap itself may still come in, but not so many times.
    for crowns in [5, 6, 7, 8] {
        fs::write(folder.path().join("releases/4/harbour.toml"), priced(crowns)).unwrap();
        bot.wait_for_logs("knowledge base reloaded", usize::from(crowns) - 3).await;
        assert!(price(&discord).await.contains(&format!("{crowns} crowns")));
    }
}

#[tokio::test]
async fn sighup_reloads_and_without_watching_nothing_else_does() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(&discord, folder.path(), NO_WATCH).await;
    fs::write(folder.path().join("knowledge/harbour.toml"), priced(4)).unwrap();
    assert!(price(&discord).await.contains("3 crowns"));
    bot.signal("HUP");
    bot.wait_for_log("knowledge base reloaded").await;
    assert!(price(&discord).await.contains("4 crowns"));
    let ended = bot.stop().await;
    assert_eq!(ended.log.matches("knowledge base reloaded").count(), 1, "{}", ended.log);
}

#[tokio::test]
async fn the_configuration_is_followed_and_what_needs_a_restart_says_so() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(&discord, folder.path(), "").await;
    let file = folder.path().join("config.toml");
    let config = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{config}[answer]\nanswer_at = 7\n")).unwrap();
    bot.wait_for_log("configuration not reloaded").await;
    bot.wait_for_log("`answer_at` is 7, outside 0 to 1").await;
    assert!(price(&discord).await.contains("3 crowns"));
    let strict = "[answer]\nanswer_at = 1.0\nclosest_at = 1.0\nsuggest_at = 1.0\n";
    fs::write(&file, config + strict + "[log]\nlevel = \"debug\"\n").unwrap();
    bot.wait_for_log("these keys take effect at the next start").await;
    bot.wait_for_log("log.level").await;
    bot.wait_for_log("knowledge base reloaded").await;
    assert!(!price(&discord).await.contains("3 crowns"));
}
