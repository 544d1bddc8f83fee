//! A small bot for unit tests: two topics, two sources, four entries.

use std::env::VarError;
use std::fs;
use std::sync::LazyLock;

use tempfile::TempDir;

use super::app::App;
use super::setup::Setup;
use crate::config::JournalConfig;
use crate::journal::Journal;
use footnote_knowledge::{Entry, KnowledgeBase};
use footnote_search::reply::{Answerer, Thresholds};

/// The bot's own user.
pub(super) const ME: u64 = 1;
/// A server, and its watched channel.
pub(super) const SERVER: u64 = 2;
pub(super) const WATCHED: u64 = 3;
pub(super) const MEMBER: u64 = 4;

pub(super) const SOURCES: &str = r#"
[[source]]
id = "almanac"
title = "The Quay Almanac"
kind = "overview"
[[source]]
id = "letters"
title = "Letters *from* the Quay"
kind = "opinion"
author = "Ada Quill"
url = "https://quay.example"
credit = "By kind permission"
"#;

pub(super) const QUAY: &str = r#"
title = "The quay"
summary = "Boats and ropes."
[[entry]]
id = "crane-height"
question = "How tall is the crane?"
phrasings = ["height of the crane", "crane metres"]
answer = "The crane is 30 metres tall."
standing = "reported"
related = ["rope-colour"]
citations = [{ source = "almanac", paragraph = 2, evidence = ["30 metres"] }]
[[entry]]
id = "rope-colour"
question = "What colour are the ropes?"
phrasings = ["colour of a rope", "are the ropes green"]
answer = "Ada Quill calls the ropes green."
standing = "claim"
claimed_by = "Ada Quill"
citations = [{ source = "letters", paragraph = 1, evidence = ["green ropes"] }]
"#;

const TOWN: &str = r#"
title = "The town"
[[entry]]
id = "bell-rings"
question = "When does the bell ring?"
phrasings = ["ringing of the bell", "bell times"]
answer = "The bell rings at noon."
standing = "reported"
as_of = "2024-05"
citations = [{ source = "almanac", paragraph = 3, evidence = ["at noon"] }]
[[entry]]
id = "bell-weight"
question = "How heavy is the bell?"
phrasings = ["weight of the bell", "bell tons"]
answer = "The bell weighs two tons, or three."
standing = "disputed"
citations = [
  { source = "almanac", paragraph = 4, evidence = ["two tons"] },
  { source = "letters", paragraph = 5, evidence = ["three tons"] },
]
"#;

/// Answers from the base with these thresholds.
pub(super) fn answerer(answer_at: f32, suggest_at: f32) -> Answerer {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, text) in [("sources.toml", SOURCES), ("quay.toml", QUAY), ("town.toml", TOWN)] {
        fs::write(folder.path().join(name), text).expect("a file can be written");
    }
    let base = footnote_knowledge::load(folder.path()).expect("the base is valid");
    Answerer::new(base, Thresholds { answer_at, closest_at: answer_at, suggest_at })
}

static ANSWERER: LazyLock<Answerer> = LazyLock::new(|| answerer(0.5, 0.2));

pub(super) fn base() -> &'static KnowledgeBase {
    ANSWERER.base()
}

pub(super) fn entry(id: &str) -> &'static Entry {
    base().entry(id).expect("there is such an entry")
}

/// A journal in this folder.
pub(super) async fn journal(folder: &TempDir) -> Journal {
    let config = JournalConfig { path: folder.path().join("footnote.db"), ..JournalConfig::default() };
    Journal::open(&config, |_| Err(VarError::NotPresent)).await.expect("a journal opens")
}

/// A bot that answers at 0.5 or above, without a journal or a cooldown, and watches a channel.
pub(super) fn app() -> App {
    setup(0.5, 0.2, |_| {})
}

/// The same with other thresholds and the changes that `change` makes.
pub(super) fn setup(answer_at: f32, suggest_at: f32, change: impl FnOnce(&mut Setup)) -> App {
    let mut setup = Setup::new(answerer(answer_at, suggest_at), "knowledge");
    setup.watch.channels = vec![WATCHED];
    change(&mut setup);
    App::new(setup)
}
