//! What can be done with an answer, with "did you mean" and with "I don't know".

use serde_json::{Value, json};

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::footnote::{HARBOUR, Test};
use discord_double::{CallbackReply, DiscordDouble, Interaction};

over_both_transports!(
    a_related_entry_is_a_button_away_and_shown_to_the_member_alone,
    picking_from_did_you_mean_shows_the_answer_in_its_place,
    what_somebody_else_picks_does_not_take_the_place_of_a_members_message,
    what_did_not_help_leads_to_the_next_candidates_privately,
    where_nothing_is_known_topics_are_offered,
    buttons_work_after_a_restart_and_say_so_where_the_entry_is_gone,
    an_answer_is_addressed_to_one_member_and_mentions_nobody_else,
    a_question_in_somebodys_message_is_answered_from_its_menu,
);

const MESSAGE: u64 = 4;
const UPDATE: u64 = 7;
const SOMEONE_ELSE: u64 = 1_287_650_000_000_000_099;

const UNSURE: &str = "[answer]\nanswer_at = 1.0\nsuggest_at = 0.05\n";

fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

async fn a_related_entry_is_a_button_away_and_shown_to_the_member_alone(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("When was the lighthouse built?")).await;
    let related = discord.interact(answer.press("How much does the ferry cost?")).await;
    assert_eq!(related.kind(), MESSAGE);
    assert!(related.is_ephemeral());
    assert_eq!(related.embeds()[0]["title"], "How much does the ferry cost?");
}

async fn picking_from_did_you_mean_shows_the_answer_in_its_place(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, UNSURE).await;
    let unsure = discord.interact(ask("something about the pier")).await;
    let options = unsure.components()[0]["options"].as_array().unwrap();
    let length = options.iter().find(|option| option["label"] == "How long is the pier?").unwrap();
    let value = length["value"].as_str().unwrap();
    let picked = discord.interact(unsure.press("Choose a question").values(&[value])).await;
    assert_eq!(picked.kind(), UPDATE);
    assert_eq!(picked.embeds()[0]["title"], "How long is the pier?");
    let others = discord.interact(picked.press("Not helpful")).await;
    let labels = |reply: &CallbackReply| {
        let options = reply.components()[0]["options"].as_array().unwrap().iter();
        options.map(|option| option["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut rest = labels(&unsure);
    rest.retain(|label| label != "How long is the pier?");
    assert_eq!(labels(&others), rest, "the other candidates for what was asked");
}

async fn what_somebody_else_picks_does_not_take_the_place_of_a_members_message(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, UNSURE).await;
    let unsure = discord.interact(ask("something about the pier")).await;
    let pick = unsure.press("Choose a question").values(&["pier-length"]).by(SOMEONE_ELSE, "arta");
    let picked = discord.interact(pick).await;
    assert_eq!(picked.kind(), MESSAGE);
    assert!(picked.is_ephemeral());
}

async fn what_did_not_help_leads_to_the_next_candidates_privately(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("how long is the pier")).await;
    let others = discord.interact(answer.press("Not helpful")).await;
    assert!(others.is_ephemeral());
    let options = others.components()[0]["options"].as_array().unwrap();
    let values: Vec<&Value> = options.iter().map(|option| &option["value"]).collect();
    assert!(values.contains(&&json!("pier-ugly")), "{values:?}");
    assert!(!values.contains(&&json!("pier-length")), "{values:?}");
}

async fn where_nothing_is_known_topics_are_offered(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "[answer]\nanswer_at = 1.0\nsuggest_at = 1.0\n").await;
    let unknown = discord.interact(ask("who painted the pier")).await;
    assert!(unknown.description().starts_with("I don't know."));
    let topic = discord.interact(unknown.press("The harbour")).await;
    assert!(topic.is_ephemeral());
    assert_eq!(topic.embeds()[0]["title"], "The harbour");
    let all = discord.interact(unknown.press("All topics")).await;
    assert_eq!(all.embeds()[0]["title"], "Topics");
}

async fn buttons_work_after_a_restart_and_say_so_where_the_entry_is_gone(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let answer = discord.interact(ask("When was the lighthouse built?")).await;
    bot.stop().await;
    let bot = Bot::over(transport, Test::new(), &discord, "").await;
    let related = discord.interact(answer.press("How much does the ferry cost?")).await;
    assert_eq!(related.embeds()[0]["title"], "How much does the ferry cost?");
    bot.stop().await;
    let renamed = HARBOUR.replace("ferry-price", "ferry-fare");
    let _bot = Bot::over(transport, Test::new().file("knowledge/harbour.toml", renamed), &discord, "").await;
    let ferry = discord.interact(ask("ferry fare")).await;
    let renamed_ferry = ferry.press("Not helpful");
    for button in
        [answer.press("How much does the ferry cost?"), related.press("Helpful"), related.press("Not helpful")]
    {
        let gone = discord.interact(button).await;
        assert!(gone.is_ephemeral());
        assert!(gone.description().contains("no longer in my knowledge base"), "{}", gone.description());
    }
    assert!(!discord.interact(renamed_ferry).await.description().contains("no longer in my knowledge base"));
}

async fn an_answer_is_addressed_to_one_member_and_mentions_nobody_else(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let addressed = discord.interact(ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta")).await;
    assert_eq!(addressed.content(), format!("<@{SOMEONE_ELSE}>"));
    let mentions = &addressed.body["data"]["allowed_mentions"];
    assert_eq!(*mentions, json!({"parse": [], "users": [SOMEONE_ELSE.to_string()], "roles": []}));
    let private = ask("ferry fare").member_option("for", SOMEONE_ELSE, "arta").option("private", true);
    assert_eq!(discord.interact(private).await.content(), "");
}

async fn a_question_in_somebodys_message_is_answered_from_its_menu(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = Bot::over(transport, Test::new(), &discord, "").await;
    let find = |text: &str| Interaction::message_command("Find an answer", text);
    let answer = discord.interact(find("hey all, how much does the ferry cost?")).await;
    assert_eq!(answer.embeds()[0]["title"], "How much does the ferry cost?");
    assert!(!answer.is_ephemeral());
    assert!(discord.interact(find("nice weather today")).await.is_ephemeral());
    let empty = discord.interact(find("")).await;
    assert!(empty.description().contains("no text"));
}
