//! `/suggestions` and `footnote suggestions`: which entries members chose for their questions.

use tempfile::TempDir;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NEAREST, NO_JOURNAL, SOMEONE_ELSE, UNSURE, ask};
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, Interaction};

over_both_transports!(
    choices_are_listed_with_a_file_of_phrasings_until_they_are_rejected,
    what_did_not_help_and_what_was_meant_instead_is_listed,
    the_choices_of_another_server_are_not_shown,
    without_a_journal_or_outside_of_servers_there_is_a_private_notice,
);

const DEBUG: &str = "cooldown = { enabled = false }\n\
    [log]\nlevel = \"debug\"\n[knowledge]\nlanguage = \"other\"\n";
const PIER: &str = "How long is the pier?";

fn suggestions() -> Interaction {
    Interaction::command("suggestions")
}

async fn start(transport: Transport, discord: &DiscordDouble, folder: &TempDir, thresholds: &str) -> Bot {
    let config = format!("{DEBUG}{thresholds}");
    Bot::over(transport, Test::at(folder.path()).with_base(), discord, &config).await
}

fn phrasings(reply: &CallbackReply) -> &str {
    let [file] = reply.files() else { panic!("one file, not {:?}", reply.files()) };
    assert_eq!(file.name, "phrasings.toml");
    file.text()
}

fn listed(folder: &TempDir, options: &[&str]) -> String {
    let test = Test::at(folder.path()).args(["suggestions"]).args(options.iter().copied());
    test.run().status(0).stdout
}

async fn choices_are_listed_with_a_file_of_phrasings_until_they_are_rejected(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, &folder, UNSURE).await;
    // Each member's choice counts, but not the same one again, nor somebody else's in passing.
    for member in [1_001, 1_002] {
        let offered = discord.interact(ask("something about the pier").by(member, "asker")).await;
        discord.interact(offered.pick("Choose a question", PIER).by(member, "asker")).await;
        discord.interact(offered.pick("Choose a question", PIER).by(member, "asker")).await;
        discord.interact(offered.pick("Choose a question", PIER).by(SOMEONE_ELSE, "arta")).await;
    }
    let long = format!("anything about the pier {}", "please and thank you all ".repeat(9));
    let cut_off = discord.interact(ask(&long)).await;
    discord.interact(cut_off.pick("Choose a question", PIER)).await;
    bot.wait_for_picks(3).await;
    let list = discord.interact(suggestions()).await;
    let file: toml::Table = phrasings(&list).parse().unwrap();
    let found: Vec<&str> =
        file["pier-length"]["phrasings"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(found[0], "something about the pier");
    // The whole question is known, although the menu had only its beginning.
    assert!(found[1].starts_with("anything about") && found[1].len() > 200, "{found:?}");
    let left = discord.interact(list.pick("Reject…", "1. something about the pier")).await;
    let rejected = left.component("Reject…")["options"][0]["label"].as_str().unwrap().to_owned();
    let none = discord.interact(left.pick("Reject…", &rejected)).await;
    // What was rejected stays rejected.
    let offered = discord.interact(ask("something about the pier").by(1_003, "asker")).await;
    discord.interact(offered.pick("Choose a question", PIER).by(1_003, "asker")).await;
    bot.wait_for_picks(4).await;
    let still_none = discord.interact(suggestions()).await;
    assert_eq!(still_none.title(), "No suggestions");
    bot.stop().await;
    assert_eq!(listed(&folder, &[]), "no suggestions\n");
    assert_snapshot!(list, phrasings(&list), left, none);
}

async fn what_did_not_help_and_what_was_meant_instead_is_listed(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, &folder, NEAREST).await;
    let nearest = discord.interact(ask("something about the ferry")).await;
    discord.interact(nearest.press("That's it")).await;
    let wrong = discord.interact(ask("is the ferry on the pier")).await;
    let others = discord.interact(wrong.press("Not what I meant")).await;
    discord.interact(others.pick("Choose a question", PIER)).await;
    bot.wait_for_picks(3).await;
    let list = discord.interact(suggestions()).await;
    bot.stop().await;
    let json = Test::at(folder.path()).args(["suggestions", "--json"]).run().status(0).json_lines();
    let said = |index: usize| {
        let numbers = ["chosen", "narrow", "unhelpful"].map(|key| json[index][key].as_u64().unwrap());
        (json[index]["entry"].as_str().unwrap(), numbers)
    };
    let all = (0..json.len()).map(said).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(
        all.into_iter().collect::<Vec<_>>(),
        [("ferry-price", [0, 0, 1]), ("ferry-price", [1, 0, 0]), ("pier-length", [1, 0, 0])]
    );
    assert!(list.text().contains("did not help once"), "{}", list.text());
    let file: toml::Table = phrasings(&list).parse().unwrap();
    assert_eq!(file["ferry-price"]["phrasings"].as_array().unwrap().len(), 1, "{}", phrasings(&list));
    let text = listed(&folder, &[]);
    let chosen = "something about the ferry\n    → ferry-price: chosen 1× (last ";
    assert!(text.contains(chosen), "{text}");
    assert!(text.ends_with("3 suggestions\n"), "{text}");
}

async fn the_choices_of_another_server_are_not_shown(transport: Transport) {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot = start(transport, &discord, &folder, UNSURE).await;
    let offered = discord.interact(ask("something about the pier").in_guild(77)).await;
    discord.interact(offered.pick("Choose a question", PIER).in_guild(77)).await;
    bot.wait_for_picks(1).await;
    let here = discord.interact(suggestions()).await;
    assert_eq!(here.title(), "No suggestions");
    let there = discord.interact(suggestions().in_guild(77)).await;
    // Nor can it be rejected from here.
    let name = there.component("Reject…")["options"][0]["value"].as_str().unwrap().to_owned();
    discord.interact(Interaction::component("suggestions:reject:0").values(&[&name]).on_message(there.held())).await;
    let still_there = discord.interact(suggestions().in_guild(77)).await;
    assert!(still_there.text().contains("something about the pier"), "{}", still_there.text());
    bot.stop().await;
    assert_eq!(listed(&folder, &["--server", "78"]), "no suggestions\n");
    assert!(listed(&folder, &["--server", "77"]).contains("pier-length"));
}

async fn without_a_journal_or_outside_of_servers_there_is_a_private_notice(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, NO_JOURNAL).await;
    let off = [discord.interact(suggestions()).await, discord.interact(Interaction::command("stats")).await];
    assert!(off.iter().all(|reply| reply.text().starts_with("I store no questions")), "{off:?}");
    bot.stop().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let outside = discord.interact(Interaction::component("suggestions:page:0").in_direct_message()).await;
    assert!(outside.text().starts_with("I show this for one server"), "{}", outside.text());
}
