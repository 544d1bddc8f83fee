//! Files that come with a message: what the double refuses of them, and which of them a message
//! keeps.

use serde_json::{Value, json};
use serenity::all::CreateAttachment;

use super::bot::http;
use discord_double::{CallbackReply, DiscordDouble, Interaction};

const MEBIBYTE: usize = 1024 * 1024;

/// Answers an interaction with a file of this size, or without one.
async fn answer(
    discord: &DiscordDouble,
    interaction: &Interaction,
    body: &Value,
    size: Option<usize>,
) -> Result<CallbackReply, String> {
    let http = http(discord, discord.token());
    let sent = discord.issue(interaction);
    let files = size.map(|size| CreateAttachment::bytes(vec![b'x'; size], "a.txt"));
    let id = sent.id.parse().expect("an id");
    // What Discord thinks of it is what the double says.
    let _ = http.create_interaction_response(id, &sent.token, body, files.into_iter().collect()).await;
    discord.wait_for_answer(&sent).await
}

fn message(attachments: &Value) -> Value {
    json!({"type": 4, "data": {"content": "hello", "attachments": attachments}})
}

#[tokio::test]
async fn files_and_what_a_message_says_of_them_have_to_go_together() {
    let discord = DiscordDouble::start().await;
    let ask = Interaction::command("ask");
    let named = message(&json!([{"id": 0, "filename": "a.txt"}]));
    assert!(answer(&discord, &ask, &named, Some(10 * MEBIBYTE)).await.is_ok());
    let refused = [
        (&named, None, "ATTACHMENT_NOT_FOUND"),
        (&message(&json!([])), Some(1), "ATTACHMENT_NOT_NAMED"),
        (&named, Some(10 * MEBIBYTE + 1), "REQUEST_ENTITY_TOO_LARGE"),
    ];
    for (body, size, wanted) in refused {
        let refusal = answer(&discord, &ask, body, size).await.expect_err(wanted);
        assert!(refusal.contains(wanted), "{refusal}");
        assert_eq!(discord.take_violations().len(), 1);
    }
}

#[tokio::test]
async fn an_update_keeps_the_files_that_it_names_and_those_of_which_it_says_nothing() {
    let discord = DiscordDouble::start().await;
    let button = json!({"type": 2, "style": 2, "label": "Press", "custom_id": "b"});
    let mut body = message(&json!([{"id": 0, "filename": "a.txt"}]));
    body["data"]["components"] = json!([{"type": 1, "components": [button]}]);
    let first = answer(&discord, &Interaction::command("ask"), &body, Some(1)).await.expect("it is taken");
    let first = first.message.expect("a message");
    let press = Interaction::component("b").on_message(&first);
    let file = first["attachments"][0].clone();
    let updates = [
        (json!({"content": "changed"}), json!([file])),
        (json!({"attachments": [{"id": file["id"]}]}), json!([file])),
        (json!({"attachments": []}), json!([])),
    ];
    for (data, kept) in updates {
        let reply = answer(&discord, &press, &json!({"type": 7, "data": data}), None).await.expect("it is taken");
        assert_eq!(reply.message.expect("a message")["attachments"], kept, "{data}");
    }
}
