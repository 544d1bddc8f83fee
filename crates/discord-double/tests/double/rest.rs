use std::time::Duration;

use discord_double::openapi::OpenApi;
use discord_double::{APPLICATION_ID, CHANNEL_ID, DiscordDouble, IncomingMessage, Interaction, RecordedRequest};
use serde_json::{Value, json};

use super::client::{Client, ask, call_back, hello};

fn commands() -> String {
    format!("/applications/{APPLICATION_ID}/commands")
}

fn definitions() -> Value {
    let option = json!({"type": 3, "name": "question", "description": "What?", "required": true, "autocomplete": true});
    json!([{"name": "ask", "description": "Ask", "default_member_permissions": 32, "options": [option]}])
}

#[tokio::test]
async fn a_command_keeps_its_id_and_its_version_until_it_changes() {
    let discord = DiscordDouble::start().await;
    let mut body = definitions();
    let (_, _, first) = ask(&discord, "PUT", &commands(), &body).await;
    assert_eq!(ask(&discord, "PUT", &commands(), &body).await.2, first);
    assert_eq!(
        (&first[0]["default_member_permissions"], &first[0]["application_id"]),
        (&json!("32"), &json!(APPLICATION_ID))
    );
    body[0]["description"] = json!("Ask anything");
    let (_, _, changed) = ask(&discord, "PUT", &commands(), &body).await;
    assert_eq!((&changed[0]["id"], changed[0]["version"] == first[0]["version"]), (&first[0]["id"], false));
    assert_eq!((discord.command_puts(), json!(discord.commands())), (3, changed));

    let typing = Interaction::autocomplete("ask").focused("question", "w");
    assert_eq!(discord.why_not(&typing), None);
    let impossible = [
        (Interaction::command("tell"), "the bot registered no command named \"tell\""),
        (Interaction::command("ask"), "command \"ask\": option \"question\" is required"),
        (Interaction::command("ask").option("query", "w"), "command \"ask\": it has no option \"query\""),
        (Interaction::command("ask").option("question", 5), "command \"ask\": option \"question\" is of type 3, not 4"),
    ];
    for (interaction, why) in impossible {
        assert_eq!(discord.why_not(&interaction).as_deref(), Some(why));
    }
}

#[tokio::test]
#[should_panic(expected = "no member could do this")]
async fn only_what_is_registered_can_be_invoked() {
    let discord = DiscordDouble::start().await;
    discord.set_commands(&definitions());
    discord.issue(&Interaction::command("ask"));
}

#[test]
#[should_panic(expected = "the message has no component \"gone\"")]
fn only_what_a_message_has_can_be_pressed() {
    let _ = Interaction::component("gone").on_message(&json!({"components": []}));
}

#[tokio::test]
async fn an_interaction_is_called_back_once_in_time_and_in_kind() {
    let discord = DiscordDouble::start().await;
    let sent = discord.issue(&Interaction::command("ask"));
    assert_eq!(call_back(&discord, &sent, &json!({"type": 8, "data": {"choices": []}})).await.1, 50035);
    let refused = discord.wait_for_answer(&sent).await.expect_err("no choices for a command");
    assert!(refused.contains("Value must be one of [4, 5, 9, 12]"), "{refused}");

    let sent = discord.issue(&Interaction::command("ask"));
    let original = format!("/webhooks/{APPLICATION_ID}/{}/messages/%40original", sent.token);
    assert_eq!(ask(&discord, "GET", &original, &Value::Null).await.1, 10015);
    assert_eq!(call_back(&discord, &sent, &hello()).await.0, 204);
    assert_eq!(call_back(&discord, &sent, &hello()).await.1, 40060);
    assert_eq!(discord.reply_to(&sent).await.content(), "hello");
    let stolen = discord_double::Sent { token: "stolen".to_owned(), ..sent };
    assert_eq!(call_back(&discord, &stolen, &hello()).await.1, 10062);
    assert_eq!(discord.take_violations(), Vec::<String>::new());

    let discord = std::sync::Arc::new(DiscordDouble::start().await);
    let late = discord.issue(&Interaction::command("ask"));
    let (waiting, sent) = (std::sync::Arc::clone(&discord), late.clone());
    let panic =
        tokio::spawn(async move { waiting.reply_to(&sent).await.body }).await.expect_err("it panics").into_panic();
    assert!(panic.downcast_ref::<String>().unwrap().contains("in vain for the callback of interaction"));
    assert_eq!(call_back(&discord, &late, &hello()).await.1, 10062);
}

#[tokio::test]
async fn an_answer_is_deferred_edited_and_followed_up_in_discords_own_form() {
    let discord = DiscordDouble::start().await;
    let _client = Client::start(&discord, 0).await;
    let sent = discord.issue(&Interaction::command("slow"));
    let path = format!("/interactions/{}/{}/callback?with_response=true", sent.id, sent.token);
    let (_, _, response) = ask(&discord, "POST", &path, &json!({"type": 5, "data": {"flags": 64}})).await;
    assert_eq!((&response["interaction"]["id"], &response["resource"]), (&json!(sent.id), &Value::Null));
    let webhook = format!("/webhooks/{APPLICATION_ID}/{}", sent.token);
    let edit = json!({"content": "here it is", "embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}]}]});
    let (_, _, edited) = ask(&discord, "PATCH", &format!("{webhook}/messages/@original"), &edit).await;
    assert_eq!((&edited["content"], &edited["flags"]), (&json!("here it is"), &json!(64)), "private, loading no more");
    assert_eq!(ask(&discord, "POST", &webhook, &json!({"content": "and more"})).await.2["content"], "and more");
    discord.say(IncomingMessage::new("hello")).await;
    let button = json!({"type": 2, "style": 2, "label": "Press", "custom_id": "b"});
    let body = json!({"content": "x", "components": [{"type": 1, "components": [button]}]});
    ask(&discord, "POST", &format!("/channels/{CHANNEL_ID}/messages"), &body).await;
    ask(&discord, "PUT", &commands(), &definitions()).await;
    for path in ["/users/@me", "/applications/@me", "/gateway/bot", &commands()] {
        ask(&discord, "GET", path, &Value::Null).await;
    }
    for request in discord.requests() {
        let checked =
            OpenApi::shared().map(|api| api.check_answer(&request.method, &request.path, 200, &request.answer));
        assert!(request.status == Some(200) && checked.is_none_or(|found| found.is_empty()), "{request}: {request:#?}");
    }

    let pressed = discord.issue(&discord.press("Press").expect("a button"));
    call_back(&discord, &pressed, &json!({"type": 7, "data": {"content": "changed", "components": []}})).await;
    let changed = discord.reply_to(&pressed).await.message.expect("the changed message");
    assert_eq!((&changed["content"], &changed["components"]), (&json!("changed"), &json!([])));
    assert!(discord.press("Press").is_none());
}

#[tokio::test]
async fn a_request_fails_on_order_and_a_callback_is_held() {
    let discord = DiscordDouble::start().await;
    discord.fail_next("GET", "/users", 500);
    discord.refuse_next("GET", "/users", 403, 50013, "Missing Permissions");
    discord.rate_limit_next("GET", "/users", Duration::from_millis(1500));
    let mut answers = Vec::new();
    for path in ["/gateway", "/users/@me", "/users/@me", "/users/@me", "/users/@me", "/guilds/5"] {
        let (status, code, answer) = ask(&discord, "GET", path, &Value::Null).await;
        answers.push((status, code, answer["retry_after"].as_f64()));
    }
    let expected =
        [(200, 0, None), (500, 0, None), (403, 50013, None), (429, 0, Some(1.5)), (200, 0, None), (404, 0, None)];
    assert_eq!(answers, expected);
    let unauthorized = reqwest::get(format!("{}/api/v10/gateway/bot", discord.url())).await.unwrap();
    assert_eq!(unauthorized.status(), 401);

    let held = discord.hold_callbacks();
    let sent = discord.issue(&Interaction::command("ask"));
    let body = hello();
    let release = async {
        assert_eq!(discord.wait_for(RecordedRequest::is_callback).await.status, None);
        held.release();
    };
    assert_eq!(tokio::join!(call_back(&discord, &sent, &body), release).0.0, 204);
    assert_eq!(discord.answered(7).await.status, Some(204));
}
