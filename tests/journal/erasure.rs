//! What is deleted is gone from every file of the journal's folder, while the bot still runs.

use std::path::Path;

use footnote::journal::key::MemberKey;
use footnote::journal::{Timestamp, Vote};
use tempfile::TempDir;

use super::{Fixture, database, gap, no_variables, vote};
use crate::support::bot::Bot;
use crate::support::discord::{STRICT, ask};
use crate::support::footnote::{Run, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction};

const VOTER: u64 = 1_287_650_000_000_000_104;

/// The files of the journal's folder that contain these bytes.
pub fn files_with(folder: &Path, wanted: &[u8]) -> Vec<String> {
    let files = std::fs::read_dir(database(folder).parent().expect("it is in a folder")).expect("there is a folder");
    let mut found: Vec<String> = files
        .map(|file| file.expect("it can be listed"))
        .filter(|file| std::fs::read(file.path()).expect("it can be read").windows(wanted.len()).any(|at| at == wanted))
        .map(|file| file.file_name().into_string().expect("the name is UTF-8"))
        .collect();
    found.sort();
    found
}

/// How a member's votes look in the database.
fn stored_form(folder: &Path, member: u64) -> Vec<u8> {
    let key = MemberKey::find(&database(folder), no_variables).expect("it can be read").expect("there is one");
    key.hash(member).bytes().to_vec()
}

fn journal(folder: &Path, arguments: &[&str]) -> Run {
    Test::at(folder).args(["journal"]).args(arguments.iter().copied()).run()
}

/// A bot whose journal has many questions and votes, among them one question about gulls and a
/// vote of [`VOTER`].
async fn busy_bot(discord: &DiscordDouble, folder: &TempDir) -> Bot {
    let config = format!("cooldown = {{ enabled = false }}\n{STRICT}[log]\nlevel = \"debug\"\n");
    let mut bot = Bot::start(Test::at(folder.path()).with_base(), discord, &config);
    let answer = discord.interact(ask("ferry fare")).await;
    for number in 0..40 {
        discord
            .interact(ask(&format!("who painted the wall at number{number}")).by(VOTER + 1 + number, "painter"))
            .await;
        discord.interact(answer.press("👍").by(VOTER + 1 + number, "painter")).await;
    }
    discord.interact(ask("who feeds the gullssecret")).await;
    discord.interact(answer.press("👍").by(VOTER, "voter")).await;
    bot.wait_for_gaps(41).await;
    bot
}

#[tokio::test]
async fn what_is_forgotten_or_purged_is_in_no_file_while_the_bot_runs() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let bot = busy_bot(&discord, &folder).await;
    let voter = stored_form(folder.path(), VOTER);
    assert_ne!(files_with(folder.path(), &voter), [""; 0]);
    assert_ne!(files_with(folder.path(), b"gullssecret"), [""; 0]);
    assert_eq!(journal(folder.path(), &["forget", &VOTER.to_string()]).status(0).stdout, "deleted 1 vote\n");
    assert_eq!(files_with(folder.path(), &voter), [""; 0]);
    assert_ne!(files_with(folder.path(), &stored_form(folder.path(), VOTER + 1)), [""; 0], "another member's vote");
    journal(folder.path(), &["purge", "--older-than", "0"]).status(0);
    assert_eq!(files_with(folder.path(), b"gullssecret"), [""; 0]);
    assert_eq!(files_with(folder.path(), b"painted the wall"), [""; 0]);
    assert_eq!(files_with(folder.path(), &stored_form(folder.path(), VOTER + 1)), [""; 0]);
    assert_eq!(bot.stop().await.status, Some(0));
}

#[tokio::test]
async fn one_question_can_be_deleted_while_the_bot_runs() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = busy_bot(&discord, &folder).await;
    let wrong = journal(folder.path(), &["delete", "who", "feeds", "the", "gulls"]).status(1);
    let deleted = journal(folder.path(), &["delete", "Who feeds the GULLSSECRET"]).status(0);
    assert_eq!(files_with(folder.path(), b"gullssecret"), [""; 0]);
    assert_ne!(files_with(folder.path(), b"number39"), [""; 0], "another question");
    let list = journal(folder.path(), &["gaps", "--json"]).status(0).json_lines();
    let group = list.iter().find(|group| group["wordings"][0] == "who painted the wall at number39");
    let group = group.expect("it is listed")["group"].as_str().expect("a name is a text").to_owned();
    assert_eq!(journal(folder.path(), &["delete", &group]).status(0).stdout, "deleted 1 question\n");
    assert_eq!(files_with(folder.path(), b"number39"), [""; 0]);
    assert_snapshot!(wrong, deleted);
}

#[tokio::test]
async fn a_member_can_delete_their_votes_themselves() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let _bot = busy_bot(&discord, &folder).await;
    let about = discord.interact(Interaction::command("about").by(VOTER, "voter")).await;
    let delete = async || discord.interact(about.press("Delete my votes").by(VOTER, "voter")).await;
    let (deleted, again) = (delete().await, delete().await);
    assert_eq!(files_with(folder.path(), &stored_form(folder.path(), VOTER)), [""; 0]);
    assert_ne!(files_with(folder.path(), &stored_form(folder.path(), VOTER + 1)), [""; 0], "another member's vote");
    assert_snapshot!(deleted, again);
}

#[tokio::test]
async fn what_is_past_its_retention_is_in_no_file() {
    let fixture = Fixture::new();
    let journal = fixture.journal().await;
    // While another program has the journal open, closing it leaves the write-ahead log.
    let mut other = fixture.connection().await;
    sqlx::query("SELECT * FROM votes").fetch_all(&mut other).await.unwrap();
    let long_ago = Timestamp::now().minus_days(400);
    journal.record_gap(gap("who feeds the gullssecret").at(long_ago));
    journal.record_gap(gap("who paints the walls"));
    journal.vote(Vote { at: long_ago, ..vote("ferry-price", VOTER, true) }).await.unwrap();
    journal.close().await;
    let voter = stored_form(fixture.folder.path(), VOTER);
    for trace in [voter.as_slice(), b"gullssecret"] {
        assert_ne!(files_with(fixture.folder.path(), trace), [""; 0]);
    }
    let _open = fixture.journal().await;
    for trace in [voter.as_slice(), b"gullssecret"] {
        assert_eq!(files_with(fixture.folder.path(), trace), [""; 0]);
    }
}

#[tokio::test]
async fn a_reader_that_keeps_the_log_from_being_emptied_is_reported() {
    let fixture = Fixture::new();
    let open = fixture.journal().await;
    open.vote(vote("ferry-price", VOTER, true)).await.unwrap();
    let mut reader = fixture.connection().await;
    sqlx::query("BEGIN").execute(&mut reader).await.unwrap();
    sqlx::query("SELECT * FROM votes").fetch_all(&mut reader).await.unwrap();
    let member = VOTER.to_string();
    let blocked = journal(fixture.folder.path(), &["forget", &member]).status(1);
    sqlx::query("ROLLBACK").execute(&mut reader).await.unwrap();
    let again = journal(fixture.folder.path(), &["forget", &member]).status(0);
    assert_eq!(files_with(fixture.folder.path(), &stored_form(fixture.folder.path(), VOTER)), [""; 0]);
    assert_snapshot!("Another program reads the journal.", blocked, "It is done.", again);
}

#[tokio::test]
async fn what_identifies_somebody_is_masked_before_it_is_stored() {
    let (discord, folder) = (DiscordDouble::start().await, TempDir::new().unwrap());
    let mut bot =
        Bot::start(Test::at(folder.path()).with_base(), &discord, &format!("{STRICT}[log]\nlevel = \"debug\"\n"));
    for question in [
        "who owns jane.doe@example.org, tel. 044 123 456?",
        "who owns john.roe@example.com, tel. +383 44 765 432?",
        "what is at https://secret.example/jane, and who is 1287650000000000077",
    ] {
        discord.interact(ask(question)).await;
    }
    bot.wait_for_gaps(3).await;
    for trace in ["jane", "john", ".org", ".com", "044 123", "765 432", "secret", "12876500"] {
        assert_eq!(files_with(folder.path(), trace.as_bytes()), [""; 0], "{trace}");
    }
    assert_snapshot!(journal(folder.path(), &["gaps"]).status(0));
}
