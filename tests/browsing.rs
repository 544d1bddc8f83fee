//! `/topics`, `/sources` and `/about`: looking around without a question.

use std::fmt::Write;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::{HARBOUR, SOURCES, Test};
use discord_double::{DiscordDouble, Interaction};

const UPDATE: u64 = 7;

over_both_transports!(
    about_says_when_nothing_is_stored,
    many_documents_come_by_page,
    topics_lead_to_entries_by_page_and_to_the_answer_and_back,
    sources_are_shown_with_what_is_owed_to_their_authors_and_lead_to_their_entries,
    about_says_what_the_bot_is_knows_and_stores,
    a_topic_that_is_gone_is_said_to_be,
);

async fn topics_lead_to_entries_by_page_and_to_the_answer_and_back(transport: Transport) {
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
    let _bot = Bot::over(transport, Test::new().file("knowledge/wall.toml", many), &discord, "").await;
    let topics = discord.interact(Interaction::command("topics")).await;
    assert!(topics.is_ephemeral());
    assert!(topics.description().contains("• **The harbour** (4): The lighthouse, the ferry, the pier."), "{topics:?}");
    let first = discord.interact(topics.press("Choose a topic").values(&["wall"])).await;
    assert_eq!(first.kind(), UPDATE);
    assert!(first.description().contains("• Where is stone 10?") && first.description().ends_with("Page 1 of 2"));
    let second = discord.interact(first.press("Next page")).await;
    assert!(second.description().starts_with("• Where is stone 11?"), "{second:?}");
    let answer = discord.interact(second.press("Choose a question").values(&["stone-12"])).await;
    assert_eq!(answer.description(), "At 12.");
    let back = discord.interact(answer.press("Back")).await;
    assert_eq!(back.description(), second.description());
    let list = discord.interact(back.press("Back to the list")).await;
    assert_eq!(list.description(), topics.description());
}

async fn sources_are_shown_with_what_is_owed_to_their_authors_and_lead_to_their_entries(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let sources = discord.interact(Interaction::command("sources")).await;
    let letters = "[Letters from the Pier](https://pier.example)\nAda Quill, Pier Press · opinion piece · May 2024\n\
                   By kind permission of Ada Quill\n3 entries rest on it";
    assert!(sources.description().contains(letters), "{}", sources.description());
    let entries = discord.interact(sources.press("Choose a document").values(&["letters"])).await;
    assert!(entries.description().contains("• Is the pier ugly?"), "{entries:?}");
    assert!(!entries.description().contains("lighthouse"), "{entries:?}");
    let answer = discord.interact(entries.press("Choose a question").values(&["pier-ugly"])).await;
    assert_eq!(answer.embeds()[0]["title"], "Is the pier ugly?");
}

async fn about_says_what_the_bot_is_knows_and_stores(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "source_code = \"https://example.org/code\"\n").await;
    let about = discord.interact(Interaction::command("about")).await;
    let text = about.description();
    for part in ["Version ", "4 questions in 1 topic, from 2 documents", "loaded <t:", "<https://example.org/code>"] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
    assert!(text.contains("stored without who asked"), "{text}");
    assert!(about.is_ephemeral());
}

async fn about_says_when_nothing_is_stored(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "[journal]\nenabled = false\n").await;
    let about = discord.interact(Interaction::command("about")).await;
    assert!(about.description().contains("I store neither questions nor votes."), "{}", about.description());
}

async fn many_documents_come_by_page(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let more = (1..=7)
        .map(|number| format!("[[source]]\nid = \"s{number}\"\ntitle = \"Document {number}\"\nkind = \"news\"\n"));
    let sources = format!("{SOURCES}{}", more.collect::<String>());
    let _bot = Bot::over(transport, Test::new().file("knowledge/sources.toml", sources), &discord, "").await;
    let first = discord.interact(Interaction::command("sources")).await;
    assert!(first.description().contains("Document 4") && !first.description().contains("Document 5"), "{first:?}");
    let second = discord.interact(first.press("Next page")).await;
    assert!(second.description().starts_with("**Document 5**"), "{}", second.description());
    let entries = discord.interact(second.press("Choose a document").values(&["s7"])).await;
    assert_eq!(entries.embeds()[0]["title"], "Document 7");
    let back = discord.interact(second.press("Previous page")).await;
    assert_eq!(back.description(), first.description());
}

async fn a_topic_that_is_gone_is_said_to_be(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let topics = discord.interact(Interaction::command("topics")).await;
    bot.stop().await;
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/port.toml", HARBOUR);
    let _bot = Bot::over(transport, test, &discord, "").await;
    let gone = discord.interact(topics.press("Choose a topic").values(&["harbour"])).await;
    assert!(gone.description().contains("no longer in my knowledge base"));
}
