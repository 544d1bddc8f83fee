//! The checks against Discord's own description, and the double held to the same description.

use serde_json::{Value, json};

use super::bot::{Bot, definitions, http};
use super::messages::reply_to;
use discord_double::openapi::OpenApi;
use discord_double::{APPLICATION_ID, CHANNEL_ID, DiscordDouble, IncomingMessage, Interaction};

const CALLBACK: &str = "/api/v10/interactions/1/token/callback";

fn violations(method: &str, path: &str, body: &Value) -> Vec<String> {
    let Some(openapi) = OpenApi::shared() else {
        return Vec::new();
    };
    openapi.check(method, path, body).err().unwrap_or_default()
}

/// Asserts that `body` is at fault exactly at `place`, where there is something to check against.
fn assert_fault(path: &str, body: &Value, place: &str) {
    let found = violations("POST", path, body);
    let wanted = usize::from(OpenApi::shared().is_some());
    assert_eq!(found.len(), wanted, "{found:#?}");
    assert!(found.iter().all(|fault| fault.starts_with(place)), "{found:#?}");
}

#[test]
fn accepts_every_kind_of_callback() {
    let button = json!({"type": 2, "style": 2, "label": "More", "custom_id": "more"});
    let input = json!({"type": 4, "custom_id": "name", "label": "Name", "style": 1});
    let message = json!({
        "content": "hello",
        "embeds": [{"title": "t", "fields": [{"name": "n", "value": "v", "inline": true}]}],
        "components": [{"type": 1, "components": [button]}],
        "allowed_mentions": {"parse": []},
        "flags": 64,
    });
    let form = json!({"custom_id": "f", "title": "F", "components": [{"type": 1, "components": [input]}]});
    for body in [
        json!({"type": 1}),
        json!({"type": 4, "data": message}),
        json!({"type": 5}),
        json!({"type": 5, "data": {"flags": 64}}),
        json!({"type": 6}),
        json!({"type": 7, "data": message}),
        json!({"type": 8, "data": {"choices": [{"name": "n", "value": "v"}]}}),
        json!({"type": 8, "data": {"choices": []}}),
        json!({"type": 9, "data": form}),
    ] {
        assert_eq!(violations("POST", CALLBACK, &body), Vec::<String>::new(), "{body}");
    }
}

#[test]
fn names_the_place_of_a_fault() {
    let long = "x".repeat(101);
    let button = json!({"type": 2, "style": 2, "label": "More", "custom_id": long});
    let row = json!({"type": 1, "components": [button]});
    let data = |data: Value| json!({"type": 4, "data": data});
    assert_fault(CALLBACK, &data(json!({"content": 5})), "/data/content");
    assert_fault(CALLBACK, &data(json!({"flags": "64"})), "/data/flags");
    assert_fault(CALLBACK, &data(json!({"embeds": [{"title": ["t"]}]})), "/data/embeds/0/title");
    assert_fault(CALLBACK, &data(json!({"embeds": [{"url": "no url"}]})), "/data/embeds/0/url");
    let place = "/data/components/0/components/0/custom_id";
    assert_fault(CALLBACK, &data(json!({"components": [row]})), place);
    assert_fault(CALLBACK, &json!({"type": 99}), "the body");
    let choices = json!({"choices": [{"name": "", "value": "v"}]});
    let place = "/data/choices/0/name";
    assert_fault(CALLBACK, &json!({"type": 8, "data": choices}), place);
}

#[test]
fn knows_which_requests_discord_takes() {
    let Some(openapi) = OpenApi::shared() else {
        return;
    };
    let body = json!({"content": "x"});
    let edit = "/webhooks/1/token/messages/@original";
    assert_eq!(openapi.check("PATCH", edit, &body), Ok(()));
    assert_eq!(openapi.check("PATCH", "/webhooks/1/token/messages/2", &body), Ok(()));
    assert!(openapi.check("PATCH", "/webhooks/1/token/letters/2", &body).is_err());
    assert!(openapi.check("GET", "/gateway", &body).is_err());
}

#[tokio::test]
async fn the_checks_stand_in_the_way_of_requests() {
    let discord = DiscordDouble::start().await;
    let http = http(&discord, discord.token());
    let sent = discord.issue(&Interaction::command("ask"));
    let id = sent.id.parse().expect("an id");
    let body = json!({"type": 4, "data": {"content": "hello", "tts": "no"}});
    let outcome = http.create_interaction_response(id, &sent.token, &body, Vec::new()).await;
    let violations = discord.take_violations();
    assert_eq!(outcome.is_err(), OpenApi::shared().is_some());
    assert_eq!(violations.is_empty(), OpenApi::shared().is_none(), "{violations:?}");
    assert!(violations.iter().all(|line| line.contains("/data/tts")), "{violations:?}");
}

#[tokio::test]
async fn the_double_answers_in_discords_own_form() {
    let discord = DiscordDouble::start().await;
    let mut bot = Bot::start(&discord).await;
    let http = http(&discord, discord.token());
    http.set_application_id(APPLICATION_ID.parse().expect("an id"));
    http.get_current_user().await.expect("the user");
    http.get_current_application_info().await.expect("the application");
    http.create_global_commands(&definitions()).await.expect("the commands");
    http.get_global_commands().await.expect("the commands");
    let slow = discord.interact(Interaction::command("slow")).await;
    bot.outcome().await.expect("edited and followed up");
    http.get_original_interaction_response(&slow.sent.token).await.expect("the original");
    let said = discord.say(IncomingMessage::new("who painted this?")).await;
    http.send_message(CHANNEL_ID.into(), Vec::new(), &reply_to(&said)).await.expect("the reply");

    let Some(openapi) = OpenApi::shared() else {
        return;
    };
    let mut checked = 0;
    for request in discord.requests().iter().filter(|request| request.status == Some(200)) {
        let checks = openapi.check_answer(&request.method, &request.path, 200, &request.answer);
        assert_eq!(checks, Ok(()), "{request}");
        checked += 1;
    }
    assert_eq!(checked, 10, "{:#?}", discord.requests());
}
