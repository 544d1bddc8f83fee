//! A vote that was acknowledged is there after the process was killed, whenever that was.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use footnote::journal::Record;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use super::{Fixture, config_in, connect, open, records, vote};

const KILLS: u64 = 50;
const VOTERS: u64 = 16;
/// What tells the voting process where to vote, and its number.
const FOLDER: &str = "FOOTNOTE_TEST_FOLDER";
const ROUND: &str = "FOOTNOTE_TEST_ROUND";

#[tokio::test]
async fn no_acknowledged_vote_is_lost_to_fifty_kills() {
    let fixture = Fixture::new();
    let mut acknowledged = HashMap::new();
    for round in 0..KILLS {
        let votes_before_the_kill = RandomState::new().build_hasher().finish() % 300 + 1;
        let (mut child, mut lines) = start_voting(fixture.folder.path(), round);
        let mut count = 0;
        while let Some(line) = lines.next_line().await.unwrap() {
            count += u64::from(take_note(&line, &mut acknowledged));
            if count == votes_before_the_kill {
                child.start_kill().unwrap();
            }
        }
        assert!(!child.wait().await.unwrap().success(), "it was killed in round {round}");
        assert!(count >= votes_before_the_kill, "only {count} votes in round {round}");
        check(&fixture.config.path, &acknowledged, round).await;
    }
}

fn start_voting(folder: &Path, round: u64) -> (Child, tokio::io::Lines<BufReader<ChildStdout>>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "journal::crash::vote_until_killed", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the tests can start themselves");
    let lines = BufReader::new(child.stdout.take().expect("standard output is piped")).lines();
    (child, lines)
}

/// Remembers an acknowledged vote, the later one of two; whether the line is one.
fn take_note(line: &str, acknowledged: &mut HashMap<String, Vec<bool>>) -> bool {
    let Some(vote) = line.strip_prefix("acknowledged ") else { return false };
    let (entry, helpful) = vote.split_once(' ').expect("an entry and a vote");
    acknowledged.entry(entry.to_owned()).or_default().push(helpful == "true");
    true
}

async fn check(path: &Path, acknowledged: &HashMap<String, Vec<bool>>, round: u64) {
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connect(path).await).await.unwrap();
    assert_eq!(sound, "ok");
    let stored: HashMap<String, bool> = records(path)
        .await
        .into_iter()
        .filter_map(|record| match record {
            Record::Vote { entry, helpful, .. } => Some((entry, helpful)),
            _ => None,
        })
        .collect();
    for (entry, votes) in acknowledged {
        let found = stored.get(entry).unwrap_or_else(|| panic!("the vote on {entry} is lost in round {round}"));
        // After the first vote, the second may have been committed without its acknowledgement being read.
        assert!(votes.len() == 1 || !found, "the second vote on {entry} is lost in round {round}");
    }
}

/// Votes twice on one entry after the other, first helpful and then not, and prints each vote that is acknowledged.
#[tokio::test]
#[ignore = "the process that is killed; it never ends by itself"]
async fn vote_until_killed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("it is started by another test"));
    let round = std::env::var(ROUND).unwrap();
    let journal = open(&config_in(&folder)).await;
    let voters = (0..VOTERS).map(|member| {
        let (journal, round) = (journal.clone(), round.clone());
        tokio::spawn(async move {
            for number in 0_u64.. {
                let entry = format!("entry-{round}-{member}-{number}");
                for helpful in [true, false] {
                    journal.vote(vote(&entry, member + 1, helpful)).await.unwrap();
                    println!("acknowledged {entry} {helpful}");
                }
            }
        })
    });
    for voter in voters.collect::<Vec<_>>() {
        voter.await.unwrap();
    }
}
