//! Messages as web pages that look as Discord shows them, to be looked at and photographed: its
//! colours, light and dark, and its widths on a desktop and on a phone.

use serde_json::Value;

use super::markdown::html;
use crate::support::discord::BotMessage;

const EPHEMERAL: u64 = 1 << 6;

/// A message of the bot, and what it responds to.
#[derive(Clone)]
pub struct Message {
    cause: Cause,
    data: Value,
}

#[derive(Clone)]
enum Cause {
    Command(String),
    Post(String),
    /// A button or a menu.
    Press,
}

impl Message {
    pub fn of(message: &impl BotMessage) -> Self {
        let held = message.held();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let post = text(&held["referenced_message"]["content"]).map(Cause::Post);
        let command = text(&held["interaction_metadata"]["name"]).map(Cause::Command);
        Self { cause: command.or(post).unwrap_or(Cause::Press), data: held.clone() }
    }
}

/// How a page looks.
#[derive(Clone, Copy)]
pub struct Look {
    pub is_dark: bool,
    /// In CSS pixels.
    pub width: u32,
}

/// The page.
pub fn page(look: Look, messages: &[Message]) -> String {
    let theme = if look.is_dark { "dark" } else { "light" };
    let width = look.width;
    let messages: String = messages.iter().map(message).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\" class=\"{theme}\" data-width=\"{width}\">\n<meta charset=\"utf-8\">\n\
         <title>{theme}</title>\n<style>\n{STYLE}</style>\n<main style=\"width: {width}px\">\n{messages}</main>\n\
         <script>document.documentElement.dataset.height = document.body.scrollHeight</script>\n</html>\n"
    )
}

const STYLE: &str = include_str!("discord.css");

const AUTHOR: &str = "<div class=\"avatar\">F</div>\n<div class=\"body\">\n\
    <div class=\"name\">Footnote <span>APP</span> <time>Today at 12:00</time></div>";

fn message(message: &Message) -> String {
    let data = &message.data;
    let is_private = data["flags"].as_u64().unwrap_or_default() & EPHEMERAL != 0;
    let cause = match &message.cause {
        Cause::Command(command) if command.contains(' ') => format!("<b>besa</b> used <i>{}</i>", escaped(command)),
        Cause::Command(command) => format!("<b>besa</b> used <i>/{}</i>", escaped(command)),
        Cause::Press => "<b>Footnote</b> Click to see message".to_owned(),
        Cause::Post(text) => format!("<b>besa</b> {}", html(&text.replace("<@1287650000000000001>", "@Footnote"))),
    };
    let content = data["content"].as_str().filter(|content| !content.is_empty()).map(html).unwrap_or_default();
    let embeds: String = items(&data["embeds"]).iter().map(embed).collect();
    let rows: String = items(&data["components"]).iter().map(row).collect();
    let files = items(&data["attachments"]).iter().map(|file| {
        format!("<div class=\"file\">⬇ {}</div>\n", escaped(file["filename"].as_str().unwrap_or_default()))
    });
    let files: String = files.collect();
    let (class, note) = if is_private {
        (" private", "<div class=\"note\">👁 Only you can see this · <u>Dismiss message</u></div>\n")
    } else {
        ("", "")
    };
    format!(
        "<article class=\"message{class}\">\n<div class=\"cause\">{cause}</div>\n{AUTHOR}\n\
         {content}{embeds}{files}{rows}{note}</div>\n</article>\n"
    )
}

fn embed(embed: &Value) -> String {
    let part = |class: &str, text: &Value, show: fn(&str) -> String| {
        let text = text.as_str().filter(|text| !text.is_empty());
        text.map(|text| format!("<div class=\"{class}\">{}</div>\n", show(text))).unwrap_or_default()
    };
    let fields = items(&embed["fields"]).iter().map(|field| {
        format!(
            "<div class=\"field\">{}{}</div>\n",
            part("field-name", &field["name"], html),
            part("", &field["value"], html)
        )
    });
    let parts = [
        part("author", &embed["author"]["name"], escaped),
        part("title", &embed["title"], html),
        part("description", &embed["description"], html),
        fields.collect(),
        part("footer", &embed["footer"]["text"], escaped),
    ];
    let colour = embed["color"].as_u64().unwrap_or(0x001e_1f22);
    format!("<div class=\"embed\" style=\"border-color: #{colour:06x}\">\n{}</div>\n", parts.concat())
}

fn row(row: &Value) -> String {
    format!("<div class=\"row\">{}</div>\n", items(&row["components"]).iter().map(component).collect::<String>())
}

fn component(component: &Value) -> String {
    if let Some(prompt) = component["placeholder"].as_str() {
        return format!("<div class=\"menu\">{}<span>⌄</span></div>", escaped(prompt));
    }
    let style = match component["style"].as_u64() {
        Some(1) => "primary",
        Some(3) => "success",
        Some(4) => "danger",
        _ => "secondary",
    };
    let off = if component["disabled"] == true { " off" } else { "" };
    let emoji = component["emoji"]["name"].as_str().unwrap_or_default();
    let link = if component["style"] == 5 { " ↗" } else { "" };
    let label = component["label"].as_str().map(escaped).unwrap_or_default();
    format!("<div class=\"button {style}{off}\">{emoji}{label}{link}</div>")
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Text as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
