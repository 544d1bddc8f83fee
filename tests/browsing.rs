//! `/topics`, `/sources` and `/about`: looking around without a question.

use std::fmt::Write;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NO_JOURNAL};
use crate::support::footnote::{HARBOUR, INN, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{DiscordDouble, Interaction};

over_both_transports!(
    about_says_when_nothing_is_stored,
    many_documents_come_by_page,
    topics_lead_to_entries_by_page_and_to_the_answer_and_back,
    topics_of_a_group_are_listed_below_its_name,
    sources_are_shown_with_their_credits_and_lead_to_their_entries,
    about_says_what_the_bot_is_knows_and_stores,
    about_links_to_what_the_operator_says,
    help_has_examples_from_the_base,
    a_topic_that_is_gone_is_reported,
);

async fn topics_lead_to_entries_by_page_and_to_the_answer_and_back(transport: Transport) {
    let mut many = "title = \"The wall\"\n".to_owned();
    for number in 1..=12 {
        write!(
            many,
            "[[entry]]\nid = \"stone-{number}\"\n\
             question = \"Where is stone {number}?\"\nanswer = \"At {number}.\"\n\
             standing = \"reported\"\n\
             citations = [{{ source = \"almanac\", paragraph = 1, evidence = [\"stone\"] }}]\n"
        )
        .unwrap();
    }
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new().file("knowledge/wall.toml", many), &discord, "").await;
    let topics = discord.interact(Interaction::command("topics")).await;
    let first = discord.interact(topics.pick("Choose a topic", "The wall")).await;
    let second = discord.interact(first.press("Next page")).await;
    let answer = discord.interact(second.pick("Choose a question", "Where is stone 12?")).await;
    let back = discord.interact(answer.press("Back")).await;
    let list = discord.interact(back.press("Back to the list")).await;
    assert_eq!(back.description(), second.description());
    assert_eq!(list.description(), topics.description());
    assert_snapshot!(topics, first, second, answer, back, list);
}

async fn topics_of_a_group_are_listed_below_its_name(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let test = Test::new().file("knowledge/house-rules/inn.toml", INN);
    let _bot = Bot::over(transport, test, &discord, "").await;
    let topics = discord.interact(Interaction::command("topics")).await;
    let list = topics.description();
    assert!(list.starts_with("• **The harbour** (4)"), "{list}");
    assert!(list.ends_with("\n### House rules\n• **The inn** (1)"), "{list}");
    let inn = discord.interact(topics.pick("Choose a topic", "The inn")).await;
    assert!(inn.description().contains("When does the inn open?"), "{inn:?}");
}

async fn sources_are_shown_with_their_credits_and_lead_to_their_entries(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let sources = discord.interact(Interaction::command("sources")).await;
    let entries = discord.interact(sources.pick("Choose a source", "Letters from the Pier")).await;
    let answer = discord.interact(entries.pick("Choose a question", "Does Quill find the pier ugly?")).await;
    assert_snapshot!(sources, entries, answer);
}

async fn about_says_what_the_bot_is_knows_and_stores(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "source_code = \"https://example.org/code\"\n").await;
    assert_snapshot!(discord.interact(Interaction::command("about")).await);
}

async fn about_links_to_what_the_operator_says(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let links = "privacy_policy = \"https://example.org/privacy\"\n\
        terms = \"https://example.org/terms\"\n\
        support = \"https://discord.gg/example\"\n";
    let _bot = Bot::over(transport, Test::new(), &discord, links).await;
    let about = discord.interact(Interaction::command("about")).await;
    let link = |label: &str| about.component(label)["url"].as_str().unwrap().to_owned();
    let links = ["Privacy policy", "Terms of service", "Support"].map(link);
    assert_eq!(links, ["https://example.org/privacy", "https://example.org/terms", "https://discord.gg/example"]);
}

async fn help_has_examples_from_the_base(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new().file("knowledge/inn.toml", INN), &discord, "").await;
    let help = discord.interact(Interaction::command("help")).await;
    let answer = discord.interact(help.press("When does the inn open?")).await;
    assert_snapshot!(help, answer);
}

async fn about_says_when_nothing_is_stored(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, NO_JOURNAL).await;
    assert_snapshot!(discord.interact(Interaction::command("about")).await);
}

async fn many_documents_come_by_page(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let more = (1..=7).map(|number| {
        format!(
            "[[source]]\nid = \"s{number}\"\n\
             title = \"Document {number}\"\nkind = \"news\"\n"
        )
    });
    let sources = format!("{SOURCES}{}", more.collect::<String>());
    let _bot = Bot::over(transport, Test::new().file("knowledge/sources.toml", sources), &discord, "").await;
    let first = discord.interact(Interaction::command("sources")).await;
    let second = discord.interact(first.press("Next page")).await;
    let entries = discord.interact(second.pick("Choose a source", "Document 7")).await;
    let back = discord.interact(second.press("Previous page")).await;
    assert_eq!(back.description(), first.description());
    assert_snapshot!(first, second, entries, back);
}

async fn a_topic_that_is_gone_is_reported(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let topics = discord.interact(Interaction::command("topics")).await;
    bot.stop().await;
    let test = Test::new().without("knowledge/harbour.toml").file("knowledge/port.toml", HARBOUR);
    let _bot = Bot::over(transport, test, &discord, "").await;
    assert_snapshot!(discord.interact(topics.pick("Choose a topic", "The harbour")).await);
}
