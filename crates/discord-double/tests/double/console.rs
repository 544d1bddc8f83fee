use std::process::Stdio;

use discord_double::APPLICATION_ID;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{ChildStdout, Command};

use super::client::{Client, ask_at};

/// Reads the console up to a line with this text, and returns the rest of that line.
async fn wait_for(output: &mut Lines<BufReader<ChildStdout>>, text: &str) -> String {
    while let Some(line) = output.next_line().await.unwrap() {
        if let Some((_, rest)) = line.split_once(text) {
            return rest.trim().to_owned();
        }
    }
    panic!("the console ended without {text:?}");
}

#[tokio::test]
async fn a_person_acts_as_a_member_and_sees_what_the_bot_does() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_discord-double"));
    let command = command.args(["--port", "0"]).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut console = command.spawn().unwrap();
    let mut output = BufReader::new(console.stdout.take().unwrap()).lines();
    let mut input = console.stdin.take().unwrap();
    let mut enter = async |line: &str| input.write_all(format!("{line}\n").as_bytes()).await.unwrap();

    let url = wait_for(&mut output, "API").await.split_once("/api").unwrap().0.to_owned();
    let token = wait_for(&mut output, "Token").await;
    let mut client = Client::start_at(&url, &token, 1 << 9).await;
    let option = json!({"type": 3, "name": "question", "description": "What?", "required": true, "autocomplete": true});
    let mut definitions = json!([{"name": "ask", "description": "Ask", "options": [option]}]);
    let below = json!({"type": 1, "name": "stats", "description": "s", "options": [{"type": 4, "name": "days", "description": "d"}]});
    definitions.as_array_mut().unwrap().push(json!({"name": "admin", "description": "a", "options": [below]}));
    ask_at(&url, &token, "PUT", &format!("/applications/{APPLICATION_ID}/commands"), &definitions).await;

    enter("/ask question: Who painted it?").await;
    let asked = client.next().await["d"].take();
    assert_eq!(asked["data"]["options"][0]["value"], "Who painted it?");
    let button = json!({"type": 2, "style": 2, "label": "More", "custom_id": "more"});
    let data = json!({"embeds": [{"title": "An answer"}], "components": [{"type": 1, "components": [button]}]});
    let path = |id: &serde_json::Value, token: &serde_json::Value| {
        format!("/interactions/{}/{}/callback", id.as_str().unwrap(), token.as_str().unwrap())
    };
    let callback = path(&asked["id"], &asked["token"]);
    ask_at(&url, &token, "POST", &callback, &json!({"type": 4, "data": data})).await;
    wait_for(&mut output, "│ An answer").await;
    wait_for(&mut output, "[More]").await;

    enter("press More").await;
    let pressed = client.next().await["d"].take();
    assert_eq!(pressed["data"]["custom_id"], "more");
    let long = json!({"type": 4, "data": {"content": "x".repeat(2001)}});
    ask_at(&url, &token, "POST", &path(&pressed["id"], &pressed["token"]), &long).await;
    wait_for(&mut output, "data.content: Must be 2000 or fewer in length.").await;

    enter("/admin stats days: 7").await;
    assert_eq!(client.next().await["d"]["data"]["options"][0]["options"][0]["value"], 7);
    enter("type /ask question: Wh").await;
    assert_eq!(client.next().await["d"]["data"]["options"][0]["focused"], true);
    enter("say @bot hello").await;
    assert_eq!(client.next().await["d"]["content"], format!("<@{APPLICATION_ID}> hello"));
    enter("post Ferry: When does it sail?").await;
    assert_eq!(client.next().await["t"], "MESSAGE_CREATE");
    for (line, why) in [
        ("/tell", "! the bot registered no /tell"),
        ("/ask", "! command \"ask\": option \"question\" is required"),
        ("/ask when", "! \"when\" is no option; write `OPTION: VALUE`"),
        ("press Less", "! no message has such a button"),
        ("commands", "/admin"),
    ] {
        enter(line).await;
        wait_for(&mut output, why).await;
    }
    wait_for(&mut output, "! The application did not respond.").await;
    enter("quit").await;
    assert!(console.wait().await.unwrap().success());
}
