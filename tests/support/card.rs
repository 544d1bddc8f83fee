//! What the bot shows on Discord, as text. Snapshots include everything that Discord receives;
//! the guide has only what members see.

use discord_double::{CallbackReply, GUILD_ID, Post};
use serde_json::Value;

use super::discord::BotMessage;
use super::snapshot::Show;

/// How wide the guide's pictures are.
const WIDTH: usize = 100;

const NEW_MESSAGE: u64 = 4;
const NOTHING: u64 = 6;
const IN_PLACE: u64 = 7;
const CHOICES: u64 = 8;
const FORM: u64 = 9;
const EPHEMERAL: u64 = 1 << 6;

/// What a member did, and what the bot answered.
impl Show for CallbackReply {
    fn show(&self) -> String {
        let mut lines = vec![deed(&self.sent.payload)];
        let data = self.data();
        match self.body["type"].as_u64() {
            Some(NEW_MESSAGE) => lines.push(delivery("a new message", data)),
            Some(NOTHING) => lines.push("→ nothing that anybody sees".to_owned()),
            Some(FORM) => {
                lines.push(format!("→ a form: {}", text(&data["title"])));
                lines.extend(
                    items(&data["components"]).iter().map(|label| {
                        format!("  {} ({})", text(&label["label"]), text(&label["component"]["custom_id"]))
                    }),
                );
                return lines.join("\n");
            }
            Some(IN_PLACE) if data["embeds"].is_null() => lines.push("→ other buttons below the message".to_owned()),
            Some(IN_PLACE) => lines.push(delivery("in place of the message", data)),
            Some(CHOICES) => {
                lines.push("→ offers".to_owned());
                lines.extend(self.choices().iter().map(|choice| format!("  {}", same(choice))));
            }
            other => panic!("no rendering for a callback of type {other:?}: {}", self.body),
        }
        lines.extend(card(data, Detail::Everything));
        lines
            .extend(self.files().iter().map(|file| format!("⬇ {} ({} lines)", file.name, file.text().lines().count())));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// What somebody wrote, and the bot's message in reply.
impl Show for Post {
    fn show(&self) -> String {
        let question = &self.message["referenced_message"];
        let mut lines = Vec::new();
        if question.is_object() {
            lines.push(format!("{}: {}", text(&question["author"]["username"]), text(&question["content"])));
            lines.push(delivery("a reply", self.data()));
        } else {
            lines.push(delivery("a message", self.data()));
        }
        lines.extend(card(self.data(), Detail::Everything));
        lines.push(String::new());
        lines.join("\n")
    }
}

/// A message as members see it: an embed after a bar, buttons and menus in brackets.
pub fn picture(message: &impl BotMessage) -> String {
    let data = message.data();
    let mut lines = card(data, Detail::Look);
    lines.extend(items(&data["attachments"]).iter().map(|file| format!("⬇ {}", text(&file["filename"]))));
    lines.extend(is_private(data).then(|| "(only you can see this)".to_owned()));
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Markdown as written, colours, custom ids, options of menus.
    Everything,
    /// What a member sees before using a menu.
    Look,
}

fn card(data: &Value, detail: Detail) -> Vec<String> {
    let content = data["content"].as_str().filter(|content| !content.is_empty());
    let mut lines: Vec<String> = content.map(str::to_owned).into_iter().collect();
    for embed in items(&data["embeds"]) {
        lines.extend(self::embed(embed, detail));
    }
    for row in items(&data["components"]) {
        match detail {
            Detail::Look => {
                lines.push(items(&row["components"]).iter().map(labelled).collect::<Vec<_>>().join(" "));
            }
            Detail::Everything => {
                for (number, component) in items(&row["components"]).iter().enumerate() {
                    let margin = if number == 0 { "▪ " } else { "  " };
                    lines.push(format!("{margin}{} {}", labelled(component), behind(component)));
                    lines.extend(items(&component["options"]).iter().map(option));
                }
            }
        }
    }
    lines
}

fn embed(embed: &Value, detail: Detail) -> Vec<String> {
    let mut lines = Vec::new();
    if detail == Detail::Everything {
        lines.push(format!("│ ({})", colour(&embed["color"])));
    }
    let fields = items(&embed["fields"]).iter().flat_map(|field| [&Value::Null, &field["name"], &field["value"]]);
    let footer = Some(&embed["footer"]["text"]).filter(|footer| footer.is_string());
    let texts =
        [&embed["author"]["name"], &embed["title"], &embed["description"]].into_iter().filter(|text| text.is_string());
    for line in texts.chain(fields).chain(footer).flat_map(|text| text.as_str().unwrap_or("\n").lines()) {
        match detail {
            Detail::Everything => lines.push(format!("│ {line}").trim_end().to_owned()),
            Detail::Look => {
                let options = textwrap::Options::new(WIDTH).initial_indent("│ ").subsequent_indent("│   ");
                lines.push(textwrap::fill(&as_it_looks(line), options));
            }
        }
    }
    lines
}

/// The name that Discord's palette has for a colour.
fn colour(number: &Value) -> String {
    match number.as_u64() {
        Some(0x34_98DB) => "blue".to_owned(),
        Some(0xE6_7E22) => "orange".to_owned(),
        Some(0x95_A5A6) => "grey".to_owned(),
        Some(other) => format!("#{other:06x}"),
        None => "no colour".to_owned(),
    }
}

/// A button's label or a menu's prompt.
fn labelled(component: &Value) -> String {
    match component["placeholder"].as_str() {
        Some(prompt) => format!("[{prompt} ▾]"),
        None if component["label"].is_string() => format!("[{}]", text(&component["label"])),
        None => format!("[{}]", text(&component["emoji"]["name"])),
    }
}

/// The parts of a button or menu that members do not see.
fn behind(component: &Value) -> String {
    let style = match component["style"].as_u64() {
        Some(1) => "primary ",
        Some(2) => "secondary ",
        Some(3) => "success ",
        Some(4) => "danger ",
        Some(5) => return format!("link {}", text(&component["url"])),
        _ => "",
    };
    let off = if component["disabled"] == true { "off " } else { "" };
    format!("{style}{off}{}", text(&component["custom_id"]))
}

fn option(option: &Value) -> String {
    let description = option["description"].as_str().map(|text| format!(" ({text})")).unwrap_or_default();
    format!("    • {}{description} = {}", text(&option["label"]), text(&option["value"]))
}

/// A choice. With this bot, its value is its name.
fn same(choice: &Value) -> &str {
    assert_eq!(choice["name"], choice["value"], "what is offered is what is sent");
    text(&choice["name"])
}

fn is_private(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0
}

/// How a message is delivered: where, who sees it, whom it notifies.
fn delivery(place: &str, data: &Value) -> String {
    let readers = if is_private(data) { "for the member alone" } else { "for everyone" };
    let mentions = &data["allowed_mentions"];
    let mut notified: Vec<String> = ["parse", "users", "roles"]
        .iter()
        .flat_map(|kind| items(&mentions[kind]).iter().map(|one| text(one).to_owned()))
        .collect();
    if mentions["replied_user"] == true {
        notified.push("whoever is replied to".to_owned());
    }
    let notified = match notified.as_slice() {
        _ if mentions.is_null() => "whoever it mentions".to_owned(),
        [] => "nobody".to_owned(),
        some => some.join(", "),
    };
    format!("→ {place}, {readers}, notifies {notified}")
}

/// What a member did.
fn deed(interaction: &Value) -> String {
    let user = [&interaction["member"]["user"], &interaction["user"]].into_iter().find(|user| user.is_object());
    let name = text(&user.expect("somebody did it")["username"]);
    let place = match interaction["guild_id"].as_str() {
        None => " (direct message)".to_owned(),
        Some(server) if server == GUILD_ID.to_string() => String::new(),
        Some(server) => format!(" (server {server})"),
    };
    let data = &interaction["data"];
    let deed = match (interaction["type"].as_u64(), data["type"].as_u64()) {
        (Some(2), Some(3)) => {
            let message = &data["resolved"]["messages"][text(&data["target_id"])];
            format!("{} of “{}”", text(&data["name"]), text(&message["content"]))
        }
        (Some(2), _) => format!("/{}", invocation(data)),
        (Some(4), _) => format!("/{}▏", invocation(data)),
        (Some(3), _) => use_of_component(interaction),
        (Some(5), _) => format!("fills in {}", text(&data["custom_id"])),
        other => panic!("no rendering for an interaction of the types {other:?}"),
    };
    format!("{name}{place}: {deed}")
}

fn invocation(data: &Value) -> String {
    let options = items(&data["options"]).iter().map(|option| {
        let value = option["value"].as_str().map_or_else(|| option["value"].to_string(), str::to_owned);
        format!(" {}:{value}", text(&option["name"]))
    });
    format!("{}{}", text(&data["name"]), options.collect::<String>())
}

fn use_of_component(interaction: &Value) -> String {
    let custom_id = &interaction["data"]["custom_id"];
    let rows = items(&interaction["message"]["components"]).iter();
    let mut components = rows.flat_map(|row| items(&row["components"]));
    let component = components.find(|component| component["custom_id"] == *custom_id);
    let label = component.map_or_else(|| text(custom_id).to_owned(), labelled);
    let picked: Vec<&str> = items(&interaction["data"]["values"]).iter().map(text).collect();
    if picked.is_empty() { label } else { format!("{label} {}", picked.join(", ")) }
}

/// Markdown as it looks, with variable parts such as times replaced.
fn as_it_looks(line: &str) -> String {
    let replacements = [
        (r"<t:\d+:f>", "1 June 2026 12:00"),
        (r"<t:\d+:R>", "2 minutes ago"),
        (r"took \d+ ms", "took 180 ms"),
        (r"\[([^\]]+)\]\(https://[^)]+\)", "$1"),
        (r"\*\*|(?<!\\)\*|(?<!\\)`", ""),
        (r"\\(.)", "$1"),
    ];
    replacements.iter().fold(line.to_owned(), |line, (from, to)| {
        let pattern = fancy_regex::Regex::new(from).expect("a pattern");
        pattern.replace_all(&line, *to).into_owned()
    })
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
