//! Servers with a base and settings of their own, in one process.

mod load;
mod settings;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, SOMEONE_ELSE, ask};
use crate::support::footnote::{HARBOUR, INN, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID, IncomingMessage, Interaction};

over_both_transports!(
    each_server_gets_answers_from_its_own_base_and_others_from_the_default,
    only_answers_of_the_shared_base_link_to_its_pages,
    nothing_of_one_server_is_shown_in_another,
    moderators_change_the_base_of_their_own_server,
    those_who_manage_a_server_change_what_the_operator_lets_them,
);

/// A server with a layer above the shared base, one with nothing of the shared base, and one that
/// the configuration does not name.
const INN_SERVER: u64 = GUILD_ID;
const VAULT_SERVER: u64 = 1_287_650_000_000_000_077;
const OTHER_SERVER: u64 = 1_287_650_000_000_000_078;

const VAULT_SOURCES: &str = r#"
[[source]]
id = "ledger"
title = "The Vault Ledger"
kind = "overview"
author = "Vera Vaultkeeper"
"#;

/// It has an entry of the same id as the shared base.
const VAULT: &str = r#"
title = "The vault"
summary = "Vault matters."

[[entry]]
id = "ferry-price"
question = "How much does the vault ferry cost?"
phrasings = [
  "vault ferry fare", "price of a vault ticket", "ferry fare", "vault crossing price", "vault toll",
]
answer = "The vault ferry costs 99 vaultlings."
standing = "reported"
pinned = true
related = ["vault-key"]
citations = [{ source = "ledger", paragraph = 1, evidence = ["99 vaultlings"] }]

[[entry]]
id = "vault-key"
question = "Who keeps the vault key?"
phrasings = [
  "keeper of the vault key", "vault key holder", "who has the key", "where is the vault key",
  "vault keyring",
]
answer = "Vera Vaultkeeper keeps it."
standing = "reported"
citations = [{ source = "ledger", paragraph = 2, evidence = ["keeps the key"] }]
"#;

/// What only the second server may see, and what only the others may.
const VAULT_WORD: &str = "vault";
const OTHER_WORDS: [&str; 4] = ["lighthouse", "pier", "almanac", "inn-open"];

fn files(test: Test) -> Test {
    test.with_base()
        .file("servers/inn/inn.toml", INN)
        .file("servers/vault/sources.toml", VAULT_SOURCES)
        .file("servers/vault/vault.toml", VAULT)
}

fn config(more: &str) -> String {
    format!(
        "cooldown = {{ enabled = false }}\n[log]\nlevel = \"debug\"\n{more}\
         [[server]]\nid = \"{INN_SERVER}\"\nknowledge = [\"knowledge\", \"servers/inn\"]\n\
         [[server]]\nid = \"{VAULT_SERVER}\"\nknowledge = [\"servers/vault\"]\nlanguage = \"de\"\n\
         allow_for = false\n"
    )
}

async fn start(transport: Transport, discord: &DiscordDouble, folder: &Path, more: &str) -> Bot {
    Bot::over(transport, files(Test::at(folder)), discord, &config(more)).await
}

fn at(server: u64, interaction: Interaction) -> Interaction {
    interaction.in_guild(server)
}

async fn each_server_gets_answers_from_its_own_base_and_others_from_the_default(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "").await;
    let inn = "when does the inn open";
    assert_eq!(discord.interact(at(INN_SERVER, ask(inn))).await.title(), "When does the inn open?");
    assert_eq!(discord.interact(at(INN_SERVER, ask("ferry fare"))).await.title(), "How much does the ferry cost?");
    assert_ne!(discord.interact(at(OTHER_SERVER, ask(inn))).await.title(), "When does the inn open?");
    let direct = discord.interact(ask("ferry fare").in_direct_message()).await;
    assert_eq!(direct.title(), "How much does the ferry cost?");
    let vault = discord.interact(at(VAULT_SERVER, ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta"))).await;
    assert_eq!(vault.title(), "How much does the vault ferry cost?");
    assert_eq!(vault.content(), "", "nobody is notified there");
    let unknown = discord.interact(at(VAULT_SERVER, ask("zzz").in_language("tr"))).await;
    let elsewhere = discord.interact(at(OTHER_SERVER, ask("zzz").in_language("tr"))).await;
    assert_snapshot!("In German:", unknown, "In English:", elsewhere);
    if transport == Transport::Gateway {
        let post = discord.talk(IncomingMessage::mention("ferry fare").in_server(VAULT_SERVER)).await;
        assert_eq!(post.title(), "How much does the vault ferry cost?");
    }
}

async fn only_answers_of_the_shared_base_link_to_its_pages(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = start(transport, &discord, folder.path(), "[web]\npublic_url = \"https://faq.example\"\n").await;
    for (server, linked) in [(OTHER_SERVER, Some("https://faq.example/e/ferry-price")), (VAULT_SERVER, None)] {
        let answer = discord.interact(at(server, ask("ferry fare"))).await;
        assert_eq!(answer.body["data"]["embeds"][0]["url"].as_str(), linked, "{}", answer.body);
    }
}

/// Every custom id in what a member was shown, with the values of its menu.
fn components(shown: &Value, found: &mut BTreeSet<(String, Vec<String>)>) {
    match shown {
        Value::Array(items) => items.iter().for_each(|item| components(item, found)),
        Value::Object(fields) => {
            if let Some(id) = fields.get("custom_id").and_then(Value::as_str) {
                let options = fields.get("options").and_then(Value::as_array).into_iter().flatten();
                let values = options.filter_map(|option| option["value"].as_str()).map(str::to_owned);
                found.insert((id.to_owned(), values.collect()));
            }
            fields.values().for_each(|field| components(field, found));
        }
        _ => {}
    }
}

/// All that a server shows to a member who may do everything there, and the components in it.
async fn tour(
    discord: &DiscordDouble,
    server: u64,
    questions: &[&str],
) -> (Vec<String>, BTreeSet<(String, Vec<String>)>) {
    let (mut seen, mut found) = (Vec::new(), BTreeSet::new());
    let mut first: Vec<Interaction> = Vec::new();
    for question in questions {
        first.push(ask(question));
        first.push(Interaction::autocomplete("ask").focused("question", question));
        first.push(Interaction::message_command("Find an answer", question));
    }
    first.push(Interaction::autocomplete("ask").focused("question", ""));
    for name in ["topics", "sources", "about", "help", "gaps"] {
        first.push(Interaction::command(name));
    }
    if discord.guild_commands(server).iter().any(|command| command["name"] == "drafts") {
        first.push(Interaction::command("drafts"));
    }
    for interaction in first {
        note(&discord.interact(at(server, interaction)).await, &mut seen, &mut found);
    }
    (seen, found)
}

fn note(reply: &CallbackReply, seen: &mut Vec<String>, found: &mut BTreeSet<(String, Vec<String>)>) {
    seen.push(reply.body.to_string().to_lowercase());
    seen.extend(reply.files().iter().map(|file| String::from_utf8_lossy(&file.content).to_lowercase()));
    components(&reply.body, found);
}

/// Uses in one server every button and menu that another one showed.
async fn forge(discord: &DiscordDouble, server: u64, stolen: &BTreeSet<(String, Vec<String>)>) -> Vec<String> {
    let (mut seen, mut ignored) = (Vec::new(), BTreeSet::new());
    // Whoever deletes their votes deletes their drafts too, which is meant to be so.
    for (id, values) in stolen.iter().filter(|(id, _)| id != "about:forget") {
        if values.is_empty() {
            note(&discord.interact(at(server, Interaction::component(id))).await, &mut seen, &mut ignored);
        }
        for value in values {
            note(&discord.interact(at(server, Interaction::menu(id, &[value]))).await, &mut seen, &mut ignored);
        }
    }
    seen
}

/// Of what was sent to the bot, nothing may come back: custom ids hold what the member asked.
fn without_custom_ids(seen: &[String]) -> Vec<String> {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(fields) => {
                fields.remove("custom_id");
                fields.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let read = |text: &String| match serde_json::from_str::<Value>(text) {
        Ok(mut value) => {
            strip(&mut value);
            value.to_string()
        }
        Err(_) => text.clone(),
    };
    seen.iter().map(read).collect()
}

async fn nothing_of_one_server_is_shown_in_another(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path(), "[curation]\nenabled = true\n").await;
    bot.wait_for_logs("the curators' commands registered", 2).await;
    // Each server has a gap and a draft that only it may see.
    for (server, gap) in [(INN_SERVER, "pier fishing permit"), (VAULT_SERVER, "vault fishing permit")] {
        discord.interact(at(server, ask(gap))).await;
        let begun = at(server, Interaction::message_command("Teach Footnote", &format!("{gap} please")));
        let begun = discord.interact(begun).await;
        let form = discord.interact(at(server, begun.press("Search for an entry"))).await;
        let found = discord.interact(at(server, form.submit("text", "ferry fare"))).await;
        let entry = found.component("The entry that answers it…")["options"][0]["label"].as_str().unwrap().to_owned();
        let shown = discord.interact(at(server, found.pick("The entry that answers it…", &entry))).await;
        discord.interact(at(server, shown.press("Confirm"))).await;
    }
    bot.wait_for_gaps(2).await;
    let (inn_seen, inn_found) = tour(&discord, INN_SERVER, &["ferry fare", "pier", "lighthouse age"]).await;
    let (vault_seen, vault_found) = tour(&discord, VAULT_SERVER, &["ferry fare", "key", "who has the key"]).await;
    assert!(vault_seen.iter().any(|text| text.contains("vault fishing permit")), "the vault sees its gap");
    assert!(inn_seen.iter().any(|text| text.contains("pier fishing permit")), "the inn sees its gap");
    assert!(vault_found.len().min(inn_found.len()) >= 8, "there is something to forge: {vault_found:?}");
    let before = fs::read_to_string(folder.path().join("servers/vault/vault.toml")).unwrap();

    let in_inn = forge(&discord, INN_SERVER, &vault_found).await;
    let in_other = forge(&discord, OTHER_SERVER, &vault_found).await;
    let (other_seen, _) = tour(&discord, OTHER_SERVER, &["ferry fare", "key", "who has the key"]).await;
    for text in without_custom_ids(&[inn_seen, in_inn, in_other, other_seen].concat()) {
        assert!(!text.contains(VAULT_WORD), "the vault's is shown elsewhere: {text}");
    }
    let in_vault = forge(&discord, VAULT_SERVER, &inn_found).await;
    for text in without_custom_ids(&[vault_seen, in_vault].concat()) {
        let shown = OTHER_WORDS.into_iter().find(|word| text.contains(word));
        assert_eq!(shown, None, "another's is shown in the vault: {text}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("servers/vault/vault.toml")).unwrap(), before);
    let (again, _) = tour(&discord, VAULT_SERVER, &[]).await;
    let kept = |what: &str| again.iter().any(|text| text.contains(what));
    assert!(kept("vault fishing permit") && kept("vault fishing permit please"), "its gap and its draft are there");

    // One member's votes on entries of the same id are votes on two entries.
    for (server, helpful) in [(INN_SERVER, "👍"), (VAULT_SERVER, "👎")] {
        let answer = discord.interact(at(server, ask("ferry fare"))).await;
        let button = answer.press(helpful);
        discord.interact(at(server, button)).await;
    }
    bot.stop().await;
    let export = Test::at(folder.path()).args(["journal", "export"]).run().status(0);
    let votes: Vec<Value> = export.json_lines().into_iter().filter(|record| record["record"] == "vote").collect();
    let of = |server: u64| {
        let server = server.to_string();
        votes.iter().filter(move |vote| vote["server"].as_str() == Some(server.as_str()))
    };
    assert!(of(INN_SERVER).any(|vote| vote["helpful"] == true), "{votes:?}");
    assert!(of(VAULT_SERVER).any(|vote| vote["helpful"] == false), "{votes:?}");
    let gaps = Test::at(folder.path()).args(["journal", "gaps", "--server", &VAULT_SERVER.to_string()]).run().status(0);
    assert!(gaps.stdout.contains("vault fishing permit") && !gaps.stdout.contains("pier"), "{}", gaps.stdout);
}

async fn moderators_change_the_base_of_their_own_server(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let curation = "[curation]\nenabled = true\nanother_approves = false\n";
    let mut bot = start(transport, &discord, folder.path(), curation).await;
    bot.wait_for_logs("the curators' commands registered", 2).await;
    let words = "toll for the passage";
    let begun = discord.interact(at(INN_SERVER, Interaction::message_command("Teach Footnote", words))).await;
    let form = discord.interact(at(INN_SERVER, begun.press("Search for an entry"))).await;
    let found = discord.interact(at(INN_SERVER, form.submit("text", "ferry fare"))).await;
    let pick = found.pick("The entry that answers it…", "How much does the ferry cost?");
    let shown = discord.interact(at(INN_SERVER, pick)).await;
    discord.interact(at(INN_SERVER, shown.press("Confirm"))).await;
    let shared = fs::read_to_string(folder.path().join("knowledge/harbour.toml")).unwrap();
    assert_eq!(shared, HARBOUR, "the shared base stays as it is");
    let own = fs::read_to_string(folder.path().join("servers/inn/harbour.toml")).unwrap();
    assert!(own.contains(words) && !own.contains("lighthouse-built"), "{own}");
    assert_eq!(discord.interact(at(INN_SERVER, ask(words))).await.title(), "How much does the ferry cost?");
    assert_ne!(discord.interact(at(OTHER_SERVER, ask(words))).await.title(), "How much does the ferry cost?");
}

async fn those_who_manage_a_server_change_what_the_operator_lets_them(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, folder.path(), "").await;
    bot.wait_for_log("commands registered").await;
    let settings = || Interaction::command("settings");
    let change = |interaction: Interaction| discord.interact(at(OTHER_SERVER, interaction));
    let shown = change(settings()).await;
    let changed = change(settings().option("for", false).option("language", "hr")).await;
    let addressed = || ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta");
    assert_eq!(change(addressed()).await.content(), "", "nobody is notified any more");
    assert_ne!(discord.interact(at(INN_SERVER, addressed())).await.content(), "", "elsewhere they are");
    let registered = discord.commands().into_iter().find(|command| command["name"] == "settings").unwrap();
    let options: Vec<&str> =
        registered["options"].as_array().unwrap().iter().filter_map(|option| option["name"].as_str()).collect();
    assert_eq!(options, ["for", "language", "reset"], "only what may be changed is offered");
    let member = change(settings().option("for", true).with_permissions(0)).await;
    bot.stop().await;

    let _bot = start(transport, &discord, folder.path(), "").await;
    assert_eq!(change(addressed()).await.content(), "", "it is kept");
    let croatian = change(ask("zzz").in_language("tr").in_server_of_language("tr")).await;
    let reset = change(settings().option("reset", "for")).await;
    assert_ne!(change(addressed()).await.content(), "", "they are again");
    assert_snapshot!(shown, changed, member, croatian, reset);
}

#[tokio::test]
async fn a_server_has_the_settings_that_its_table_names() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let all = "settings = [\"helper_role\", \"reviewers_role\", \"cooldown\"]\n";
    let config = config("").replace("allow_for = false\n", &format!("allow_for = false\n{all}"));
    let mut bot = Bot::over(Transport::Gateway, files(Test::at(folder.path())), &discord, &config).await;
    bot.wait_for_log("commands registered").await;
    let settings = || Interaction::command("settings");
    let roles = settings().role_option("helper_role", 40).role_option("reviewers_role", 41).option("cooldown", true);
    let changed = discord.interact(at(VAULT_SERVER, roles)).await;
    let refused = discord.interact(at(VAULT_SERVER, settings().option("for", true))).await;
    let people = discord.interact(at(VAULT_SERVER, ask("zzz"))).await;
    assert_snapshot!(changed, refused, people);
}

#[tokio::test]
async fn a_servers_files_are_followed_and_its_mistakes_stay_its_own() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(Transport::Gateway, &discord, folder.path(), "").await;
    let price = async || discord.interact(at(VAULT_SERVER, ask("ferry fare"))).await.text().to_owned();
    let file = folder.path().join("servers/vault/vault.toml");
    // Nobody has asked there yet.
    fs::write(&file, "[[entry]").unwrap();
    let broken = discord.interact(at(VAULT_SERVER, ask("ferry fare"))).await;
    bot.wait_for_log("a server's knowledge base cannot be loaded").await;
    assert_eq!(discord.interact(at(INN_SERVER, ask("ferry fare"))).await.title(), "How much does the ferry cost?");
    fs::write(&file, VAULT).unwrap();
    bot.wait_for_log("a knowledge base is read anew at the next question").await;
    assert!(price().await.contains("99 vaultlings"));
    fs::write(&file, VAULT.replace("answer = ", "answre = ")).unwrap();
    bot.wait_for_log("knowledge base not reloaded").await;
    assert!(price().await.contains("99 vaultlings"));
    fs::write(&file, VAULT.replace("99", "98")).unwrap();
    // The inn's weights are written beside its base, which is read again for them.
    let reloaded = format!("knowledge base reloaded server={VAULT_SERVER} ");
    bot.wait_for_log(&reloaded).await;
    let now = price().await;
    assert!(now.contains("98 vaultlings"), "{now}");
    assert_snapshot!(broken);
    let ended = bot.stop().await;
    assert_eq!(ended.log.matches(&reloaded).count(), 1, "{}", ended.log);
    assert_eq!(ended.log.matches("knowledge base not reloaded").count(), 1, "only its own: {}", ended.log);
}

#[tokio::test]
async fn what_the_bot_writes_beside_a_servers_base_is_no_change_of_it() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(Transport::Gateway, &discord, folder.path(), "").await;
    discord.interact(at(INN_SERVER, ask("when does the inn open"))).await;
    bot.wait_for_logs("calibrated on the base", 2).await;
    assert!(folder.path().join("servers/inn/calibration.toml").is_file());
    // Its file is written before those of the vault change, so it is noticed no later.
    discord.interact(at(VAULT_SERVER, ask("ferry fare"))).await;
    fs::write(folder.path().join("servers/vault/vault.toml"), VAULT.replace("99", "98")).unwrap();
    bot.wait_for_log(&format!("knowledge base reloaded server={VAULT_SERVER} ")).await;
    assert_eq!(bot.logged(&format!("knowledge base reloaded server={INN_SERVER} ")), 0);
    bot.stop().await;
}

#[test]
fn the_terminal_asks_and_checks_a_servers_base() {
    let test = || files(Test::empty()).file("config.toml", format!("[discord]\n{}", config("")));
    let vault = VAULT_SERVER.to_string();
    let asked = test().args(["ask", "--server", &vault, "ferry fare"]).run().status(0);
    let checked = test().args(["check", "--server", &vault]).run();
    let unknown = test().args(["check", "--server", "5"]).run().status(2);
    let both = test().args(["--knowledge", "knowledge", "ask", "--server", &vault, "ferry"]).run().status(2);
    let config = test().args(["config"]).run().status(0);
    let config = config.stdout.split_once("\n[[server]]").map(|(_, servers)| servers.to_owned()).unwrap();
    assert_snapshot!(asked, checked, unknown, both, &*config);
}

#[test]
fn mistakes_in_a_server_are_shown_with_their_places() {
    let text = r#"
        [[server]]
        knowledge = []
        [[server]]
        id = "5"
        answer_at = 0.2
        suggest_at = 0.4
        watch_at = 0.1
        watchchannels = [1]
        [[server]]
        id = "5"
        settings = ["for", "thresholds"]
    "#;
    assert_snapshot!(Test::new().file("config.toml", text).args(["ask", "ferry fare"]).run().status(2));
}

#[test]
fn a_folder_of_two_servers_is_nobodys_own() {
    let text = "[[server]]\nid = \"1\"\nknowledge = [\"a\", \"b\"]\n\
                [[server]]\nid = \"2\"\nknowledge = [\"b\", \"c\"]\n\
                [[server]]\nid = \"3\"\nknowledge = [\"knowledge\"]\n";
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    let config = footnote::config::Config::load(Some(&path)).unwrap();
    let owns: Vec<bool> = config.servers.iter().map(|server| server.owns_folder).collect();
    assert_eq!(owns, [false, true, false]);
}
