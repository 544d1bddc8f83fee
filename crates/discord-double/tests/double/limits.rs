//! What the double refuses of a message, a list of choices or a modal: each limit is met, and
//! broken by one.

use serde_json::{Value, json};

use super::bot::http;
use discord_double::{DiscordDouble, Interaction, check_callback};

fn text(length: usize) -> String {
    "x".repeat(length)
}

fn times(count: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..count).map(item).collect()
}

fn message(data: &Value) -> Value {
    json!({"type": 4, "data": data})
}

fn embed(embed: &Value) -> Value {
    message(&json!({"embeds": [embed]}))
}

fn button(custom_id: &str) -> Value {
    json!({"type": 2, "style": 2, "label": "Press", "custom_id": custom_id})
}

fn row(components: &Value) -> Value {
    json!({"type": 1, "components": components})
}

fn component(component: &Value) -> Value {
    message(&json!({"components": [row(&json!([component]))]}))
}

fn option(value: &str) -> Value {
    json!({"label": "l", "value": value})
}

fn select(options: &Value) -> Value {
    component(&json!({"type": 3, "custom_id": "s", "options": options}))
}

fn choices(choices: &Value) -> Value {
    json!({"type": 8, "data": {"choices": choices}})
}

fn modal(inputs: usize) -> Value {
    let input = |index| row(&json!([{"type": 4, "style": 1, "label": "l", "custom_id": format!("i{index}")}]));
    json!({"type": 9, "data": {"custom_id": "m", "title": "t", "components": times(inputs, input)}})
}

fn rows(count: usize) -> Value {
    message(&json!({"components": times(count, |index| row(&json!([button(&format!("b{index}"))])))}))
}

fn buttons(count: usize) -> Value {
    message(&json!({"components": [row(&times(count, |index| button(&format!("b{index}"))))]}))
}

fn fields(count: usize) -> Value {
    embed(&json!({"fields": times(count, |_| json!({"name": "n", "value": "v"}))}))
}

fn embed_total(last: usize) -> Value {
    let full = json!({"description": text(4000)});
    message(&json!({"embeds": [full, {"description": text(last)}]}))
}

/// A body that is made to a length or a number.
type Make = fn(usize) -> Value;

/// What is limited, the limit, and where Discord's error stands.
const LIMITS: [(&str, usize, Make); 24] = [
    ("data.content", 2000, |n| message(&json!({"content": text(n)}))),
    ("data.embeds", 10, |n| message(&json!({"embeds": times(n, |_| json!({"title": "t"}))}))),
    ("data.embeds", 2000, embed_total),
    ("data.embeds.0.title", 256, |n| embed(&json!({"title": text(n)}))),
    ("data.embeds.0.description", 4096, |n| embed(&json!({"description": text(n)}))),
    ("data.embeds.0.footer.text", 2048, |n| embed(&json!({"footer": {"text": text(n)}}))),
    ("data.embeds.0.author.name", 256, |n| embed(&json!({"author": {"name": text(n)}}))),
    ("data.embeds.0.fields", 25, fields),
    ("data.embeds.0.fields.0.name", 256, |n| embed(&json!({"fields": [{"name": text(n), "value": "v"}]}))),
    ("data.embeds.0.fields.0.value", 1024, |n| embed(&json!({"fields": [{"name": "n", "value": text(n)}]}))),
    ("data.components", 5, rows),
    ("data.components.0.components", 5, buttons),
    ("data.components.0.components.0.custom_id", 100, |n| component(&button(&text(n)))),
    ("data.components.0.components.0.label", 80, |n| {
        component(&json!({"type": 2, "style": 2, "label": text(n), "custom_id": "b"}))
    }),
    ("data.components.0.components.0.placeholder", 150, |n| {
        component(&json!({"type": 3, "custom_id": "s", "placeholder": text(n), "options": [option("v")]}))
    }),
    ("data.components.0.components.0.options", 25, |n| select(&times(n, |index| option(&format!("v{index}"))))),
    ("data.components.0.components.0.options.0.value", 100, |n| select(&json!([option(&text(n))]))),
    ("data.components.0.components.0.options.0.label", 100, |n| select(&json!([{"label": text(n), "value": "v"}]))),
    ("data.components.0.components.0.options.0.description", 100, |n| {
        select(&json!([{"label": "l", "value": "v", "description": text(n)}]))
    }),
    ("data.choices", 25, |n| choices(&times(n, |_| json!({"name": "n", "value": "v"})))),
    ("data.choices.0.name", 100, |n| choices(&json!([{"name": text(n), "value": "v"}]))),
    ("data.choices.0.value", 100, |n| choices(&json!([{"name": "n", "value": text(n)}]))),
    ("data.components", 5, modal),
    ("data.title", 45, |n| {
        let mut body = modal(1);
        body["data"]["title"] = json!(text(n));
        body
    }),
];

#[test]
fn every_limit_may_be_met_and_not_be_passed() {
    for (place, limit, make) in LIMITS {
        assert_eq!(check_callback(&make(limit)), Vec::<String>::new(), "{place} at {limit}");
        let found = check_callback(&make(limit + 1));
        assert!(
            found.iter().any(|line| line.starts_with(&format!("{place}: "))),
            "{place} at {}: {found:#?}",
            limit + 1
        );
    }
}

#[test]
fn what_has_to_be_unique_or_there_is_required() {
    let twice = message(&json!({"components": [row(&json!([button("a")])), row(&json!([button("a")]))]}));
    let cases = [
        (twice, "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (select(&json!([option("a"), option("a")])), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        (message(&json!({"components": [row(&json!([]))]})), "BASE_TYPE_BAD_LENGTH"),
        (component(&json!({"type": 2, "style": 2, "label": "no id"})), "data.components.0.components.0.custom_id"),
        (component(&json!({"type": 2, "style": 5, "label": "no URL"})), "data.components.0.components.0.url"),
        (choices(&json!([{"name": " ", "value": "v"}])), "data.choices.0.name"),
        (embed(&json!({"fields": [{"name": "", "value": "v"}]})), "data.embeds.0.fields.0.name"),
        (json!({"type": 3}), "BASE_TYPE_CHOICES"),
    ];
    for (body, wanted) in cases {
        let found = check_callback(&body);
        assert!(found.iter().any(|line| line.contains(wanted)), "{wanted}: {found:#?}");
    }
}

#[tokio::test]
async fn a_callback_past_a_limit_is_refused_and_remembered() {
    let discord = DiscordDouble::start().await;
    let http = http(&discord, discord.token());
    for (place, limit, make) in LIMITS {
        let body = make(limit + 1);
        let interaction =
            if body["type"] == 8 { Interaction::autocomplete("ask") } else { Interaction::command("ask") };
        let sent = discord.issue(&interaction);
        let id = sent.id.parse().expect("an id");
        let outcome = http.create_interaction_response(id, &sent.token, &body, Vec::new()).await;
        assert!(outcome.is_err(), "{place}");
        assert!(!discord.take_violations().is_empty(), "{place}");
    }
}
