//! What only owners can do is offered where they are, and an entry can be looked at before it is in
//! the base.

use serde_json::Value;

use crate::support::bot::{Bot, Transport, over_both_transports};
use crate::support::discord::ask;
use crate::support::footnote::Test;
use crate::support::snapshot::assert_snapshot;
use discord_double::{CallbackReply, DiscordDouble, GUILD_ID, Interaction, OWNER_ID};

over_both_transports!(
    owners_commands_are_only_in_the_owners_server,
    an_entry_can_be_seen_before_it_is_in_the_base,
    what_is_wrong_with_an_entry_is_shown_below_it,
    only_owners_see_the_form_and_what_comes_of_it,
    nobody_can_be_addressed_if_the_operator_does_not_want_it,
);

const ENTRY: &str = r#"[[entry]]
id = "gulls-fed"
question = "Who feeds the gulls?"
phrasings = [
  "feeding of the gulls",
  "who gives food to the seagulls",
  "gull feeder",
  "where do the birds of the harbour get their bread",
  "whose task are hungry gulls",
]
answer = "The keeper of the lighthouse feeds the **gulls**."
standing = "reported"
related = ["lighthouse-built"]
citations = [{ source = "letters", paragraph = 4, evidence = ["feeds the gulls"] }]
"#;

fn names(commands: &[Value]) -> Vec<&str> {
    commands.iter().map(|command| command["name"].as_str().unwrap()).collect()
}

fn server() -> String {
    format!("owner_server = \"{GUILD_ID}\"\n")
}

async fn start(transport: Transport, discord: &DiscordDouble, config: &str) -> Bot {
    let mut bot = Bot::over(transport, Test::new(), discord, config).await;
    bot.wait_for_log("found the application's owners").await;
    bot
}

async fn owners_commands_are_only_in_the_owners_server(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = start(transport, &discord, &server()).await;
    bot.wait_for_log("the owners' commands registered").await;
    assert_eq!(names(&discord.guild_commands(GUILD_ID)), ["reload", "check", "preview"]);
    assert!(discord.guild_commands(GUILD_ID).iter().all(|command| command["default_member_permissions"] == "0"));
    let everywhere = discord.commands();
    assert_eq!(
        names(&everywhere),
        ["ask", "Find an answer", "topics", "sources", "help", "about", "gaps", "suggestions", "stats", "settings"]
    );
    let check = discord.interact(Interaction::command("check").by(OWNER_ID, "owner")).await;
    assert!(!check.description().starts_with("Only the owners"), "{}", check.description());
    bot.stop().await;
    let mut bot = start(transport, &discord, "").await;
    bot.wait_for_log("commands registered").await;
    let everywhere = discord.commands();
    let owners: Vec<&Value> = everywhere.iter().skip(10).collect();
    assert_eq!(names(&everywhere)[10..], ["reload", "check", "preview"]);
    assert!(owners.iter().all(|command| command["contexts"] == serde_json::json!([1])), "{owners:?}");
}

async fn submit(discord: &DiscordDouble, text: &str) -> (CallbackReply, CallbackReply) {
    let preview = Interaction::command("preview").in_direct_message().by(OWNER_ID, "owner");
    let form = discord.interact(preview).await;
    let shown = discord.interact(form.submit("entry", text).by(OWNER_ID, "owner")).await;
    (form, shown)
}

async fn an_entry_can_be_seen_before_it_is_in_the_base(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, "").await;
    let (form, shown) = submit(&discord, ENTRY).await;
    assert_snapshot!(form, shown, discord.interact(ask("who feeds the gulls")).await);
}

async fn what_is_wrong_with_an_entry_is_shown_below_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, "").await;
    let (_, dangling) = submit(&discord, &ENTRY.replace("lighthouse-built", "lighthouse")).await;
    let (_, taken) = submit(&discord, &ENTRY.replace("gull feeder", "ferry fare")).await;
    let (_, broken) = submit(&discord, "[[entry]\nid = 7").await;
    assert_snapshot!(dangling, taken, broken);
}

async fn only_owners_see_the_form_and_what_comes_of_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let _bot = start(transport, &discord, "").await;
    let (form, _) = submit(&discord, ENTRY).await;
    let refused = discord.interact(Interaction::command("preview").in_direct_message()).await;
    assert_snapshot!(refused, discord.interact(form.submit("entry", ENTRY)).await);
}

async fn nobody_can_be_addressed_if_the_operator_does_not_want_it(transport: Transport) {
    let discord = DiscordDouble::start().await;
    let mut bot = start(transport, &discord, "allow_for = false\n").await;
    bot.wait_for_log("commands registered").await;
    assert_eq!(names(discord.commands()[0]["options"].as_array().unwrap()), ["question", "private"]);
}
