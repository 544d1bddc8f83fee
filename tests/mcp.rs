//! `footnote mcp`: the base as tools for assistants.

use serde_json::{Value, json};

use crate::support::footnote::Test;
use crate::support::snapshot::{Show, assert_snapshot};

/// What the program answers to these requests, which follow an initialization.
fn answers(test: Test, requests: &[(&str, Value)]) -> Vec<Value> {
    let client = json!({"name": "test", "version": "1"});
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    let mut lines = vec![
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    ];
    for (id, (method, params)) in (1..).zip(requests) {
        lines.push(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }
    let input: Vec<String> = lines.iter().map(|line| format!("{line}\n")).collect();
    let run = test.args(["mcp"]).stdin(input.concat()).run().status(0);
    let mut answers = run.json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    assert_eq!(answers.len(), requests.len() + 1, "{answers:#?}\n{}", run.stderr);
    answers
}

fn call(tool: &str, arguments: &Value) -> (&'static str, Value) {
    ("tools/call", json!({"name": tool, "arguments": arguments}))
}

/// What a tool said, for people.
struct Said<'a>(&'a Value);

impl Show for Said<'_> {
    fn show(&self) -> String {
        let result = &self.0["result"];
        let mark = if result["isError"] == true { "── an error\n" } else { "" };
        format!("{mark}{}\n", result["content"][0]["text"].as_str().expect("a text"))
    }
}

#[test]
fn tools_answer_with_citations_and_refuse_as_the_bot_does() {
    let requests = [
        ("tools/list", json!({})),
        call("ask", &json!({"question": "ferry fare"})),
        call("ask", &json!({"question": "does quill find the pier ugly"})),
        call("ask", &json!({"question": "who won the world cup"})),
        call("entry", &json!({"id": "pier-length"})),
        call("entry", &json!({"id": "none"})),
        call("sources", &json!({})),
        call("sources", &json!({"id": "letters"})),
        call("ask", &json!({})),
        call("none", &json!({})),
    ];
    let answers = answers(Test::new(), &requests);
    assert_eq!(answers[0]["result"]["serverInfo"]["name"], "footnote");
    let tools = answers[1]["result"]["tools"].as_array().expect("tools");
    assert_eq!(tools.iter().map(|tool| &tool["name"]).collect::<Vec<_>>(), ["ask", "entry", "sources"]);
    assert!(tools.iter().all(|tool| tool["inputSchema"]["type"] == "object"));
    let data = |number: usize| &answers[number]["result"]["structuredContent"];
    assert_eq!(data(2)["answer"]["citations"][1]["evidence"], json!(["three crowns a head"]));
    assert_eq!(data(3)["answer"]["claimed_by"], "Ada Quill");
    let refusal = data(4);
    assert_eq!(
        (&refusal["outcome"], &refusal["answer"], &refusal["candidates"]),
        (&json!("unknown"), &json!(null), &json!([]))
    );
    assert_eq!(answers[10]["error"]["code"], -32_602);
    let said: Vec<String> = answers[2..10].iter().map(|answer| Said(answer).show()).collect();
    assert_snapshot!(said.join("\n").as_str());
}

#[test]
fn what_a_tool_says_of_an_entry_has_the_address_of_its_page() {
    let test = Test::new().file("config.toml", "[web]\npublic_url = \"https://faq.example/pier\"\n");
    let requests = [call("ask", &json!({"question": "ferry fare"})), call("entry", &json!({"id": "pier-length"}))];
    let answers = answers(test, &requests);
    let data = |number: usize| &answers[number]["result"]["structuredContent"];
    let address = |entry: &str| format!("https://faq.example/pier/e/{entry}");
    assert_eq!(data(1)["answer"]["page"], address("ferry-price"));
    assert_eq!(data(1)["candidates"][0]["page"], address("ferry-price"));
    assert_eq!(data(2)["page"], address("pier-length"));
    let said = Said(&answers[2]).show();
    assert!(said.ends_with(&format!("\nPage: {}\n", address("pier-length"))), "{said}");
}

#[test]
fn a_base_with_mistakes_is_no_tool() {
    let run = Test::new().file("knowledge/harbour.toml", "title = 1\n").args(["mcp"]).run().status(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("harbour.toml"), "{}", run.stderr);
}
