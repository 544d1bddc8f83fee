use discord_double::openapi::OpenApi;
use discord_double::{APPLICATION_ID, DiscordDouble, Interaction, check_callback};
use serde_json::{Value, json};

use super::client::{ask, call_back};

/// A callback with every part that has a limit, within all of them.
fn message() -> Value {
    let option = json!({"label": "l", "value": "v", "description": "d"});
    let menu = json!({"type": 3, "custom_id": "m", "placeholder": "p", "options": [option]});
    let embed = json!({
        "title": "t", "description": "d", "url": "https://example.org", "footer": {"text": "f"},
        "author": {"name": "a"}, "fields": [{"name": "n", "value": "v"}],
    });
    let rows = json!([{"type": 1, "components": [button("b")]}, {"type": 1, "components": [menu]}]);
    json!({"type": 4, "data": {"content": "c", "embeds": [embed], "components": rows}})
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 2, "label": "Press", "custom_id": custom_id})
}

fn choices() -> Value {
    json!({"type": 8, "data": {"choices": [{"name": "n", "value": "v"}]}})
}

/// What is limited, as a JSON pointer, and the limit.
const LIMITS: [(&str, usize); 22] = [
    ("/data/content", 2000),
    ("/data/embeds", 10),
    ("/data/embeds/0/title", 256),
    ("/data/embeds/0/description", 4096),
    ("/data/embeds/0/footer/text", 2048),
    ("/data/embeds/0/author/name", 256),
    ("/data/embeds/0/fields", 25),
    ("/data/embeds/0/fields/0/name", 256),
    ("/data/embeds/0/fields/0/value", 1024),
    ("/data/components", 5),
    ("/data/components/0/components", 5),
    ("/data/components/0/components/0/custom_id", 100),
    ("/data/components/0/components/0/label", 80),
    ("/data/components/1/components/0/custom_id", 100),
    ("/data/components/1/components/0/placeholder", 150),
    ("/data/components/1/components/0/options", 25),
    ("/data/components/1/components/0/options/0/label", 100),
    ("/data/components/1/components/0/options/0/value", 100),
    ("/data/components/1/components/0/options/0/description", 100),
    ("/data/choices", 25),
    ("/data/choices/0/name", 100),
    ("/data/choices/0/value", 100),
];

/// The body with this many characters, or items, at this place. Each item has its own ids.
fn filled(place: &str, size: usize) -> Value {
    let mut body = if place.starts_with("/data/choices") { choices() } else { message() };
    let field = body.pointer_mut(place).expect("the body has such a part");
    *field = match field.as_array() {
        None => "x".repeat(size).into(),
        Some(items) => (0..size).map(|number| numbered(items[0].clone(), number)).collect(),
    };
    body
}

fn numbered(mut item: Value, number: usize) -> Value {
    for place in ["/custom_id", "/components/0/custom_id", "/value"] {
        if let Some(id) = item.pointer_mut(place) {
            *id = json!(number.to_string());
        }
    }
    item
}

#[tokio::test]
async fn every_limit_can_be_reached_but_not_exceeded() {
    let discord = DiscordDouble::start().await;
    for (place, limit) in LIMITS {
        assert_eq!(check_callback(&filled(place, limit)), Vec::<String>::new(), "{place} at {limit}");
        let body = filled(place, limit + 1);
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
    let changed = |place: &str, value: Value| {
        let mut body = message();
        *body.pointer_mut(place).expect("the body has such a part") = value;
        body
    };
    let press = "/data/components/0/components";
    let option = json!({"label": "l", "value": "v"});
    let cases = [
        (changed(press, json!([button("m")])), "data.components: The custom_id \"m\" is used twice"),
        (
            changed("/data/components/1/components/0/options", json!([option, option])),
            "options: The value \"v\" is used",
        ),
        (
            changed(press, json!([])),
            "data.components.0.components: Must be between 1 and 5 in \
            length.",
        ),
        (
            changed(press, json!([{"type": 2, "style": 2}])),
            "data.components.0.components.0.custom_id: This field is required",
        ),
        (
            changed(press, json!([{"type": 2, "style": 5}])),
            "data.components.0.components.0.url: This field is required",
        ),
        (changed("/data/embeds/0/fields/0/name", json!(" ")), "data.embeds.0.fields.0.name: This field is required"),
        // Two UTF-16 units per character.
        (changed("/data/embeds/0/description", json!("\u{1f600}".repeat(2049))), "Must be 4096 or fewer"),
        (changed("/data/embeds", json!(vec![json!({"description": "x".repeat(3001)}); 2])), "maximum size of 6000"),
        (json!({"type": 8, "data": {"choices": [{"name": " ", "value": "v"}]}}), "data.choices.0.name: This field"),
        (json!({"type": 3}), "type: 3 is not one of"),
    ];
    for (body, wanted) in cases {
        let found = check_callback(&body);
        assert!(found.iter().any(|line| line.contains(wanted)), "{wanted}: {found:#?}");
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

#[test]
fn discords_own_description_names_the_place_of_a_fault() {
    let Some(api) = OpenApi::shared() else { return };
    let faults = |body: &Value| api.check("POST", "/interactions/1/token/callback", body);
    for kind in [1, 5, 6] {
        assert_eq!(faults(&json!({"type": kind})), Vec::<String>::new());
    }
    assert_eq!([faults(&message()), faults(&choices())], [Vec::<String>::new(), Vec::new()]);
    for (data, place) in [
        (json!({"content": 5}), "data.content: "),
        (json!({"flags": "64"}), "data.flags: "),
        (json!({"embeds": [{"title": ["t"]}]}), "data.embeds.0.title: "),
        (json!({"embeds": [{"url": "no url"}]}), "data.embeds.0.url: "),
    ] {
        let found = faults(&json!({"type": 4, "data": data}));
        assert!(found.len() == 1 && found[0].starts_with(place), "{found:#?}");
    }
    let edit = json!({"content": "x"});
    assert_eq!(api.check("PATCH", "/webhooks/1/token/messages/@original", &edit), Vec::<String>::new());
    assert_eq!(api.check("PATCH", "/webhooks/1/token/letters/2", &edit).len(), 1);
    assert_eq!(api.check("GET", "/gateway", &edit).len(), 1);
}
