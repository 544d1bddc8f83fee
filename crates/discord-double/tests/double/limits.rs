use std::sync::LazyLock;

use discord_double::openapi::OpenApi;
use discord_double::{APPLICATION_ID, DiscordDouble, Interaction, check_callback};
use serde_json::{Value, json};

use super::client::{ask, call_back};

/// What is limited, how much, and what else is wrong with a body.
static CASES: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("limits.json")).expect("JSON"));

/// The callback that has this place, within all limits, with another value there.
fn changed(place: &str, value: impl FnOnce(&Value) -> Value) -> Value {
    let mut body = CASES[if place.starts_with("/data/choices") { "choices" } else { "message" }].clone();
    let field = body.pointer_mut(place).expect("the body has such a part");
    *field = value(field);
    body
}

/// So many characters, or items with ids of their own.
fn filled(field: &Value, size: usize) -> Value {
    let numbered = |number: usize| {
        let mut item = field[0].clone();
        for place in ["/custom_id", "/components/0/custom_id", "/value"] {
            if let Some(id) = item.pointer_mut(place) {
                *id = json!(number.to_string());
            }
        }
        item
    };
    if field.is_array() { (0..size).map(numbered).collect() } else { "x".repeat(size).into() }
}

#[tokio::test]
async fn every_limit_can_be_reached_but_not_exceeded() {
    let discord = DiscordDouble::start().await;
    for (place, limit) in CASES["limits"].as_object().expect("an object") {
        let limit = usize::try_from(limit.as_u64().expect("a number")).expect("a length");
        assert_eq!(check_callback(&changed(place, |field| filled(field, limit))), Vec::<String>::new(), "{place}");
        let body = changed(place, |field| filled(field, limit + 1));
        let path = place.trim_start_matches('/').replace('/', ".");
        let found = check_callback(&body);
        assert!(found.iter().any(|line| line.starts_with(&format!("{path}: Must be "))), "{place}: {found:#?}");
        let is_typing = place.starts_with("/data/choices");
        let interaction = if is_typing { Interaction::autocomplete("ask") } else { Interaction::command("ask") };
        let (status, code, answer) = call_back(&discord, &discord.issue(&interaction), &body).await;
        assert_eq!((status, code), (400, 50035));
        let errors = answer.pointer(&format!("/errors{place}/_errors")).expect("Discord names the field by nesting");
        assert!(errors[0]["message"].as_str().is_some_and(|message| message.starts_with("Must be ")));
        assert!(!discord.take_violations().is_empty(), "{place}");
    }
}

#[test]
fn what_is_missing_used_twice_or_too_much_in_all_is_found() {
    // Two UTF-16 units a character, and a sum over all embeds.
    let long = json!(["/data/embeds/0/description", "\u{1f600}".repeat(2049), "Must be 4096 or fewer"]);
    let sum = json!(["/data/embeds", vec![json!({"description": "x".repeat(3001)}); 2], "maximum size of 6000"]);
    for case in CASES["faults"].as_array().expect("a list").iter().chain([&long, &sum]) {
        let found = check_callback(&changed(case[0].as_str().expect("a place"), |_| case[1].clone()));
        assert!(found.iter().any(|line| line.contains(case[2].as_str().expect("a text"))), "{case}: {found:#?}");
    }
}

#[tokio::test]
async fn a_bad_definition_is_refused() {
    let discord = DiscordDouble::start().await;
    let first = json!({"type": 3, "name": "a", "description": "a"});
    let second = json!({"type": 3, "name": "a", "description": "b", "required": true});
    let body = json!([{"name": "Ask", "description": " ", "options": [first, second]}]);
    let path = format!("/applications/{APPLICATION_ID}/commands");
    assert_eq!(ask(&discord, "PUT", &path, &body).await.1, 50035);
    let found = discord.take_violations().join("\n");
    for wanted in
        ["0.name: \"Ask\" does not match", "0.description: This", "name \"a\" is used twice", "Required options"]
    {
        assert!(found.contains(wanted), "{wanted}: {found}");
    }
    assert_eq!(discord.commands(), Vec::<Value>::new());
}

#[tokio::test]
#[should_panic(expected = "Discord would refuse what the bot sent")]
async fn a_violation_fails_the_test_in_the_end() {
    let discord = DiscordDouble::start().await;
    let sent = discord.issue(&Interaction::command("ask"));
    assert_eq!(call_back(&discord, &sent, &json!({"type": 4, "data": {}})).await.1, 50006);
}

#[tokio::test]
async fn a_message_must_not_contradict_its_files() {
    let discord = DiscordDouble::start().await;
    let most = 10 * 1024 * 1024;
    let form = |attachments: Value, size: usize| {
        let json = json!({"type": 4, "data": {"content": "c", "attachments": attachments}});
        let head = "Content-Disposition: form-data; name=\"files[0]\"; filename=\"a.csv\"\r\n\r\n";
        let payload = "Content-Disposition: form-data; name=\"payload_json\"\r\n\r\n";
        format!("--b\r\n{head}{}\r\n--b\r\n{payload}{json}\r\n--b--\r\n", "x".repeat(size))
    };
    let named = json!([{"id": 0, "filename": "a.csv"}]);
    for (form, wanted) in [
        (form(named.clone(), most), None),
        (form(named.clone(), most + 1), Some("has at most 10 MiB")),
        (form(json!([]), 1), Some("File 0 is in no attachment.")),
        (
            form(json!([{"id": 0, "filename": "a"}, {"id": 1, "filename": "b"}]), 1),
            Some("Attachment 1 comes with no file."),
        ),
        (form(named, 1).replace("--b--", ""), Some("invalid JSON")),
    ] {
        let sent = discord.issue(&Interaction::command("ask"));
        let url = format!("{}/api/v10/interactions/{}/{}/callback", discord.url(), sent.id, sent.token);
        let request = reqwest::Client::new().post(url).header("Content-Type", "multipart/form-data; boundary=b");
        let answer = request.body(form).send().await.unwrap();
        let text = String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap();
        assert!(text.contains(wanted.unwrap_or_default()), "{text}");
        assert_eq!(text.is_empty(), wanted.is_none());
        if wanted.is_none() {
            let reply = discord.reply_to(&sent).await;
            assert_eq!((reply.files()[0].name.as_str(), reply.files()[0].content.len()), ("a.csv", most));
            assert_eq!(reply.message.expect("a message")["attachments"][0]["size"], most);
        }
        discord.take_violations();
    }
}

#[tokio::test]
async fn discords_own_description_names_the_place_of_a_fault() {
    let discord = DiscordDouble::start().await;
    let sent = discord.issue(&Interaction::command("ask"));
    let body = json!({"type": 4, "data": {"content": "c", "tts": "no"}});
    let (status, _, _) = call_back(&discord, &sent, &body).await;
    let violations = discord.take_violations().join("\n");
    assert_eq!(
        (status, violations.contains("data.tts: ")),
        if OpenApi::shared().is_some() { (400, true) } else { (204, false) }
    );

    let Some(api) = OpenApi::shared() else { return };
    let faults = |body: &Value| api.check("POST", "/interactions/1/token/callback", body);
    for kind in [1, 5, 6] {
        assert_eq!(faults(&json!({"type": kind})), Vec::<String>::new());
    }
    assert_eq!([faults(&CASES["message"]), faults(&CASES["choices"])], [const { Vec::<String>::new() }; 2]);
    for case in CASES["faults_by_description"].as_array().expect("a list") {
        let found = faults(&changed(case[0].as_str().expect("a place"), |_| case[1].clone()));
        assert!(found.len() == 1 && found[0].starts_with(case[2].as_str().expect("a text")), "{case}: {found:#?}");
    }
    let edit = json!({"content": "x"});
    assert_eq!(api.check("PATCH", "/webhooks/1/token/messages/@original", &edit), Vec::<String>::new());
    assert_eq!(api.check("PATCH", "/webhooks/1/token/letters/2", &edit).len(), 1);
    assert_eq!(api.check("GET", "/gateway", &edit).len(), 1);
}
