//! `/topics`, `/sources` and `/about`: looking around without a question.

use std::fmt::Write;

use serde_json::Value;

use crate::support::bot::Bot;
use crate::support::discord::{CallbackReply, DiscordDouble, Interaction};
use crate::support::footnote::{HARBOUR, Test};

const UPDATE: u64 = 7;

fn press(reply: &CallbackReply, label: &str) -> Interaction {
    let labelled = |component: &&&Value| component["label"] == label || component["placeholder"] == label;
    let components = reply.components();
    let found = components.iter().find(labelled);
    let component = found.unwrap_or_else(|| panic!("no component {label:?} in {}", reply.body));
    Interaction::component(component["custom_id"].as_str().unwrap()).on_message(reply.message.as_ref().unwrap())
}

fn description(reply: &CallbackReply) -> &str {
    reply.embeds()[0]["description"].as_str().unwrap()
}

#[tokio::test]
async fn topics_lead_to_entries_by_page_and_to_the_answer_and_back() {
    let mut many = "title = \"The wall\"\n".to_owned();
    for number in 1..=12 {
        write!(
            many,
            "[[entry]]\nid = \"stone-{number}\"\nquestion = \"Where is stone {number}?\"\nanswer = \"At {number}.\"\n\
             standing = \"reported\"\ncitations = [{{ source = \"almanac\", paragraph = 1, evidence = [\"stone\"] }}]\n"
        )
        .unwrap();
    }
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new().file("knowledge/wall.toml", many), &discord, "");
    let topics = discord.interact(Interaction::command("topics")).await;
    assert!(topics.is_ephemeral());
    assert!(description(&topics).contains("• **The harbour** (4): The lighthouse, the ferry, the pier."), "{topics:?}");
    let first = discord.interact(press(&topics, "Choose a topic").values(&["wall"])).await;
    assert_eq!(first.kind(), UPDATE);
    assert!(description(&first).contains("• Where is stone 10?") && description(&first).ends_with("Page 1 of 2"));
    let second = discord.interact(press(&first, "Next page")).await;
    assert!(description(&second).starts_with("• Where is stone 11?"), "{second:?}");
    let answer = discord.interact(press(&second, "Choose a question").values(&["stone-12"])).await;
    assert_eq!(description(&answer), "At 12.");
    let back = discord.interact(press(&answer, "Back")).await;
    assert_eq!(description(&back), description(&second));
    let list = discord.interact(press(&back, "Back to the list")).await;
    assert_eq!(description(&list), description(&topics));
}

#[tokio::test]
async fn sources_are_shown_with_what_is_owed_to_their_authors_and_lead_to_their_entries() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "");
    let sources = discord.interact(Interaction::command("sources")).await;
    let letters = "[Letters from the Pier](https://pier.example)\nAda Quill, Pier Press · opinion piece · May 2024\n\
                   By kind permission of Ada Quill\n3 entries rest on it";
    assert!(description(&sources).contains(letters), "{}", description(&sources));
    let entries = discord.interact(press(&sources, "Choose a document").values(&["letters"])).await;
    assert!(description(&entries).contains("• Is the pier ugly?"), "{entries:?}");
    assert!(!description(&entries).contains("lighthouse"), "{entries:?}");
    let answer = discord.interact(press(&entries, "Choose a question").values(&["pier-ugly"])).await;
    assert_eq!(answer.embeds()[0]["title"], "Is the pier ugly?");
}

#[tokio::test]
async fn about_says_what_the_bot_is_knows_and_stores() {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::start(Test::new(), &discord, "source_code = \"https://example.org/code\"\n");
    let about = discord.interact(Interaction::command("about")).await;
    let text = description(&about);
    for part in ["Version ", "4 questions in 1 topics, from 2 documents", "loaded <t:", "<https://example.org/code>"] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
    assert!(about.is_ephemeral());
}

#[tokio::test]
async fn a_topic_that_is_gone_is_said_to_be() {
    let discord = DiscordDouble::start().await;
    let bot = Bot::start(Test::new(), &discord, "");
    let topics = discord.interact(Interaction::command("topics")).await;
    bot.stop().await;
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/port.toml", HARBOUR);
    let _bot = Bot::start(test, &discord, "");
    let gone = discord.interact(press(&topics, "Choose a topic").values(&["harbour"])).await;
    assert!(description(&gone).contains("no longer in my knowledge base"));
}
