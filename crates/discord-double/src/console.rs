//! The console: what a person types as a member, and what the bot does, as text.

use std::sync::Arc;
use std::time::Duration;

use discord_double::{DiscordDouble, IncomingMessage, Interaction};
use serde_json::Value;
use tokio::time::timeout;

/// How long Discord waits for the answer to an interaction.
const DEADLINE: Duration = Duration::from_secs(3);
const EPHEMERAL: u64 = 1 << 6;
const HELP: &str = include_str!("help.txt");

/// Does what a line says, as a member. [`transcribe`] prints the bot's answer.
pub(crate) async fn act(discord: &Arc<DiscordDouble>, line: &str) -> Result<(), String> {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb {
        "" => {}
        "help" => print!("{HELP}"),
        "commands" => {
            for command in discord.commands() {
                println!("/{}", text(&command["name"]));
            }
        }
        _ if timeout(DEADLINE, discord.wait_until_ready()).await.is_err() => return Err("no bot is connected".into()),
        "say" => drop(discord.say(IncomingMessage::new(&mentioning(rest))).await),
        "dm" => drop(discord.say(IncomingMessage::direct(&mentioning(rest))).await),
        "post" => {
            let (title, content) = rest.split_once(": ").ok_or("write `post TITLE: TEXT`")?;
            discord.open_post(title, &mentioning(content)).await;
        }
        "press" => send(discord, discord.press(rest).ok_or("no message has such a button")?).await,
        "pick" => {
            let (prompt, value) = rest.split_once(": ").ok_or("write `pick PROMPT: VALUE`")?;
            let menu = discord.press(prompt).ok_or("no message has such a menu")?;
            send(discord, menu.values(&[value])).await;
        }
        "type" => send(discord, command(discord, rest, true)?).await,
        _ => send(discord, command(discord, line, false)?).await,
    }
    Ok(())
}

fn mentioning(text: &str) -> String {
    text.replace("@bot", &format!("<@{}>", discord_double::BOT_USER_ID))
}

async fn send(discord: &Arc<DiscordDouble>, interaction: Interaction) {
    let sent = discord.send(interaction).await;
    let discord = Arc::clone(discord);
    tokio::spawn(async move {
        if timeout(DEADLINE, discord.wait_for_answer(&sent)).await.is_err() {
            println!("! The application did not respond.");
        }
    });
}

/// Reads `/NAME OPTION: VALUE …` according to the commands that the bot registered.
fn command(discord: &DiscordDouble, line: &str, typing: bool) -> Result<Interaction, String> {
    let mut words = line.strip_prefix('/').ok_or("type `help` for what you can do")?.split(' ').peekable();
    let name = words.next().unwrap_or_default();
    let registered = discord.commands();
    let mut definition =
        registered.iter().find(|command| command["name"] == name).ok_or(format!("the bot registered no /{name}"))?;
    let mut interaction = if typing { Interaction::autocomplete(name) } else { Interaction::command(name) };
    let option = |definition: &'_ Value, name: &str| {
        definition["options"].as_array().and_then(|options| options.iter().position(|option| option["name"] == name))
    };
    while let Some(place) = words.peek().and_then(|word| option(definition, word)) {
        interaction = interaction.subcommand(words.next().unwrap_or_default());
        definition = &definition["options"][place];
    }
    let mut given: Vec<(&Value, Vec<&str>)> = Vec::new();
    for word in words {
        match word.strip_suffix(':').and_then(|name| option(definition, name)) {
            Some(place) => given.push((&definition["options"][place], Vec::new())),
            None => given.last_mut().ok_or(format!("{word:?} is no option; write `OPTION: VALUE`"))?.1.push(word),
        }
    }
    for (option, words) in given {
        let (name, value) = (text(&option["name"]), words.join(" "));
        interaction = match option["type"].as_u64() {
            _ if typing && option["autocomplete"] == true => interaction.focused(name, &value),
            Some(4 | 5 | 10) => interaction.option(name, serde_json::from_str::<Value>(&value).unwrap_or(value.into())),
            Some(6) => interaction.member_option(name, value.parse().unwrap_or(5), "somebody"),
            _ => interaction.option(name, value),
        };
    }
    match discord.why_not(&interaction) {
        Some(why) => Err(why),
        None => Ok(interaction),
    }
}

/// Prints the bot's requests and messages, and what Discord would refuse in them.
pub(crate) async fn transcribe(discord: Arc<DiscordDouble>) {
    for number in 0.. {
        let request = discord.answered(number).await;
        println!("{request}");
        let message = if request.is_callback() { &request.body["data"] } else { &request.body };
        let violations = discord.take_violations().into_iter().map(|violation| format!("! {violation}"));
        for line in picture(message).into_iter().map(|line| format!("  {line}")).chain(violations) {
            println!("{line}");
        }
    }
}

/// A message as lines: an embed after a bar, buttons and menus in brackets.
fn picture(message: &Value) -> Vec<String> {
    let items = |field: &Value| field.as_array().cloned().unwrap_or_default();
    let mut lines: Vec<String> = text(&message["content"]).lines().map(str::to_owned).collect();
    for embed in items(&message["embeds"]) {
        let fields = items(&embed["fields"]);
        let fields = fields.iter().flat_map(|field| [&field["name"], &field["value"]]);
        let texts =
            [&embed["title"], &embed["description"]].into_iter().chain(fields).chain([&embed["footer"]["text"]]);
        lines.extend(texts.flat_map(|field| text(field).lines()).map(|line| format!("│ {line}")));
    }
    for row in items(&message["components"]) {
        let label = |component: &Value| match (text(&component["label"]), text(&component["placeholder"])) {
            ("", prompt) => format!("[{prompt} ▾]"),
            (label, _) => format!("[{label}]"),
        };
        lines.push(items(&row["components"]).iter().map(label).collect::<Vec<_>>().join(" "));
    }
    lines.extend(items(&message["choices"]).iter().map(|choice| format!("- {}", text(&choice["name"]))));
    lines.extend(items(&message["attachments"]).iter().map(|file| format!("⬇ {}", text(&file["filename"]))));
    let is_private = message["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
    lines.extend(is_private.then(|| "(only you can see this)".to_owned()));
    lines
}

fn text(field: &Value) -> &str {
    field.as_str().unwrap_or_default()
}
