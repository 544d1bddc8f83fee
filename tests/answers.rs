//! What members can do with an answer, with "did you mean" and with "I don't know".

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::{BotMessage, NEAREST, SOMEONE_ELSE, STRICT, UNSURE, ask};
use crate::support::footnote::{HARBOUR, SOURCES, Test};
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, Interaction};

over_both_transports!(
    a_related_entry_is_in_a_menu_and_only_the_member_sees_it,
    picking_from_did_you_mean_shows_the_answer_in_its_place,
    what_somebody_else_picks_does_not_replace_a_members_message,
    what_did_not_help_leads_to_the_next_candidates_privately,
    the_nearest_entry_is_shown_as_such_with_the_other_candidates,
    what_was_meant_takes_the_place_of_the_nearest_entry,
    near_topics_are_offered_if_nothing_is_known,
    buttons_work_after_a_restart_and_say_so_if_the_entry_is_gone,
    an_answer_is_addressed_to_one_member_and_mentions_nobody_else,
    a_question_in_somebodys_message_is_answered_from_its_menu,
    a_title_is_no_markdown,
    a_source_opens_at_the_sentence_and_each_citation_is_shown_privately,
);

async fn a_related_entry_is_in_a_menu_and_only_the_member_sees_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("When was the lighthouse built?")).await;
    let related = discord.interact(answer.pick("Related questions", "How much does the ferry cost?")).await;
    assert_snapshot!(answer, related);
}

async fn picking_from_did_you_mean_shows_the_answer_in_its_place(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, UNSURE).await;
    let unsure = discord.interact(ask("something about the pier")).await;
    let picked = discord.interact(unsure.pick("Choose a question", "How long is the pier?")).await;
    let others = discord.interact(picked.press("👎")).await;
    let labels = |reply: &CallbackReply| {
        let options = reply.component("Choose a question")["options"].as_array().unwrap().iter();
        options.map(|option| option["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut rest = labels(&unsure);
    rest.retain(|label| label != "How long is the pier?");
    assert_eq!(labels(&others), rest, "the other candidates for what was asked");
    assert_snapshot!(unsure, picked, others);
}

async fn what_somebody_else_picks_does_not_replace_a_members_message(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, UNSURE).await;
    let unsure = discord.interact(ask("something about the pier")).await;
    let pick = unsure.pick("Choose a question", "How long is the pier?").by(SOMEONE_ELSE, "arta");
    assert_snapshot!(discord.interact(pick).await);
}

async fn what_did_not_help_leads_to_the_next_candidates_privately(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("how long is the pier")).await;
    assert_snapshot!(discord.interact(answer.press("👎")).await);
}

async fn the_nearest_entry_is_shown_as_such_with_the_other_candidates(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, NEAREST).await;
    let nearest = discord.interact(ask("something about the price of the ferry and the pier")).await;
    let found =
        discord.interact(Interaction::message_command("Find an answer", "is there any ferry ticket left")).await;
    let thanks = discord.interact(nearest.press("That's it").by(SOMEONE_ELSE, "arta")).await;
    let unlike = discord.interact(nearest.press("Not what I meant").by(SOMEONE_ELSE, "arta")).await;
    assert_snapshot!(nearest, "From the menu of a message:", found, "Somebody else:", thanks, unlike);
}

async fn what_was_meant_takes_the_place_of_the_nearest_entry(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, NEAREST).await;
    let nearest = async || discord.interact(ask("something about the price of the ferry and the pier")).await;
    let meant = discord.interact(nearest().await.press("That's it")).await;
    let others = discord.interact(nearest().await.press("Not what I meant")).await;
    let picked = discord.interact(others.pick("Choose a question", "How long is the pier?")).await;
    let other = discord.interact(nearest().await.pick("Choose a question", "How long is the pier?")).await;
    assert_eq!(other.body, picked.body);
    assert_snapshot!(meant, others, picked);
}

async fn near_topics_are_offered_if_nothing_is_known(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, STRICT).await;
    let unknown = discord.interact(ask("something about the pier")).await;
    let topic = discord.interact(unknown.press("The harbour")).await;
    let all = discord.interact(unknown.press("All topics")).await;
    assert_snapshot!(unknown, topic, all, discord.interact(ask("who won the world cup")).await);
}

async fn buttons_work_after_a_restart_and_say_so_if_the_entry_is_gone(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("When was the lighthouse built?")).await;
    bot.stop().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let related = discord.interact(answer.pick("Related questions", "How much does the ferry cost?")).await;
    bot.stop().await;
    let renamed = HARBOUR.replace("ferry-price", "ferry-fare");
    let _bot = Bot::over(transport, Test::new().file("knowledge/harbour.toml", renamed), &discord, "").await;
    let ferry = discord.interact(ask("ferry fare")).await;
    assert_snapshot!(
        "The bot is started anew.",
        related,
        "The bot is started anew with a base in which the entry has another id.",
        discord.interact(answer.pick("Related questions", "How much does the ferry cost?")).await,
        discord.interact(related.press("👍")).await,
        discord.interact(related.press("👎")).await,
        discord.interact(ferry.press("👎")).await,
    );
}

async fn an_answer_is_addressed_to_one_member_and_mentions_nobody_else(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let addressed = || ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta");
    assert_snapshot!(discord.interact(addressed()).await, discord.interact(addressed().option("private", true)).await,);
}

async fn a_question_in_somebodys_message_is_answered_from_its_menu(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, STRICT).await;
    let find = async |text: &str| discord.interact(Interaction::message_command("Find an answer", text)).await;
    assert_snapshot!(
        find("hey all, how much does the ferry cost?").await,
        find("nice weather today").await,
        find("").await,
    );
}

async fn a_source_opens_at_the_sentence_and_each_citation_is_shown_privately(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let anchored = format!("{SOURCES}paragraph_url = \"https://pier.example/letters#p{{paragraph}}\"\n");
    let cited = (1..=6).map(|number| format!("  {{ source = \"letters\", paragraph = {number} }},\n"));
    let cited = cited.collect::<Vec<_>>().concat();
    let topic = HARBOUR.replace(
        "evidence = [\"three crowns a head\"] },\n",
        &format!("evidence = [\"three crowns — a head\"] }},\n{cited}"),
    );
    let test = Test::new().file("knowledge/sources.toml", anchored).file("knowledge/harbour.toml", topic);
    let _bot = Bot::over(transport, test, &discord, "").await;
    let answer = discord.interact(ask("ferry fare")).await;
    let sources = discord.interact(answer.press("Show sources")).await;
    let more = discord.interact(sources.press("Next page")).await;
    assert!(
        answer.data()["embeds"][0]["fields"][0]["value"]
            .as_str()
            .unwrap()
            .contains("(https://pier.example/letters#p1:~:text=three%20crowns%20%E2%80%94%20a%20head)")
    );
    assert_snapshot!(answer, sources, more);
}

async fn a_title_is_no_markdown(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let topic = HARBOUR.replace("When was the lighthouse built?", "What does __init__ do in *lighthouse*?");
    let _bot = Bot::over(transport, Test::new().file("knowledge/harbour.toml", topic), &discord, "").await;
    let answer = discord.interact(ask("lighthouse construction date")).await;
    assert_eq!(answer.title(), "What does \\_\\_init\\_\\_ do in \\*lighthouse\\*?");
}
