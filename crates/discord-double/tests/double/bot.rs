//! A small bot, made with the real serenity, that does right and wrong things on command.
//!
//! It shares no code with Footnote: the double is to be measured against serenity, not against us.

use std::sync::Arc;

use serenity::all::{
    ActionRowComponent, AutocompleteChoice, ClientBuilder, CommandInteraction, CommandOptionType, ComponentInteraction,
    Context, CreateActionRow, CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateInputText, CreateInteractionResponse as Response,
    CreateInteractionResponseFollowup as Followup, CreateInteractionResponseMessage as Message, CreateModal,
    EditInteractionResponse as Edit, EventHandler, GatewayIntents, Http, HttpBuilder, InputTextStyle, Interaction,
    Message as Told, ModalInteraction, Permissions, ShardManager,
};
use serenity::async_trait;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

use discord_double::DiscordDouble;

/// The running bot.
pub(super) struct Bot {
    /// What `Client::start_autosharded` returns in the end.
    pub(super) run: JoinHandle<serenity::Result<()>>,
    /// To shut it down.
    pub(super) shards: Arc<ShardManager>,
    outcomes: UnboundedReceiver<serenity::Result<()>>,
    told: UnboundedReceiver<Told>,
}

impl Bot {
    /// Starts it with the double's token and no intents, and waits until it is connected.
    pub(super) async fn start(discord: &DiscordDouble) -> Self {
        let bot = Self::start_with(discord, discord.token(), GatewayIntents::empty()).await;
        discord.wait_until_ready().await;
        bot
    }

    /// Starts it with any token and intents, and waits for nothing.
    pub(super) async fn start_with(discord: &DiscordDouble, token: &str, intents: GatewayIntents) -> Self {
        let (report, outcomes) = unbounded_channel();
        let (hear, told) = unbounded_channel();
        let client = ClientBuilder::new_with_http(http(discord, token), intents);
        let client = client.event_handler(Handler { report, hear }).await;
        let mut client = client.unwrap_or_else(|error| panic!("no client: {error}"));
        Self {
            shards: Arc::clone(&client.shard_manager),
            outcomes,
            told,
            run: tokio::spawn(async move { client.start_autosharded().await }),
        }
    }

    /// What came of the next interaction that the bot dealt with.
    pub(super) async fn outcome(&mut self) -> serenity::Result<()> {
        match self.outcomes.recv().await {
            Some(outcome) => outcome,
            None => panic!("the bot is gone"),
        }
    }

    /// The next message that the gateway tells the bot of.
    pub(super) async fn next_message(&mut self) -> Told {
        self.told.recv().await.unwrap_or_else(|| panic!("the bot is gone"))
    }
}

/// A client for the double's REST API.
pub(super) fn http(discord: &DiscordDouble, token: &str) -> Http {
    HttpBuilder::new(token).proxy(discord.url()).ratelimiter_disabled(true).build()
}

/// The definitions of the bot's commands.
pub(super) fn definitions() -> Vec<CreateCommand> {
    let option = |kind, name, about| CreateCommandOption::new(kind, name, about);
    let question = option(CommandOptionType::String, "question", "What you want to know");
    let private = option(CommandOptionType::Boolean, "private", "Only for you");
    let wrong = option(CommandOptionType::String, "what", "What to do wrong").required(true);
    let stats = option(CommandOptionType::SubCommand, "stats", "How it went");
    let days = option(CommandOptionType::Integer, "days", "How far back");
    vec![
        CreateCommand::new("ask")
            .description("Ask a question")
            .description_localized("de", "Stell eine Frage")
            .add_option(question.required(true).set_autocomplete(true))
            .add_option(private.required(false)),
        CreateCommand::new("slow").description("Answer later"),
        CreateCommand::new("file").description("Answer with a file"),
        CreateCommand::new("form").description("Open a form"),
        CreateCommand::new("mute").description("Never answer"),
        CreateCommand::new("wrong").description("Do something wrong").add_option(wrong),
        CreateCommand::new("admin")
            .description("For those who run the place")
            .default_member_permissions(Permissions::MANAGE_GUILD)
            .add_option(stats.add_sub_option(days)),
    ]
}

struct Handler {
    report: UnboundedSender<serenity::Result<()>>,
    hear: UnboundedSender<Told>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn message(&self, _ctx: Context, message: Told) {
        // A test that is over does not care any more.
        let _ = self.hear.send(message);
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        let outcome = match interaction {
            Interaction::Command(command) => run(&ctx, &command).await,
            Interaction::Autocomplete(typing) => complete(&ctx, &typing).await,
            Interaction::Component(pressed) => press(&ctx, &pressed).await,
            Interaction::Modal(submitted) => submit(&ctx, &submitted).await,
            _ => Ok(()),
        };
        // A test that is over does not care any more.
        let _ = self.report.send(outcome);
    }
}

async fn run(ctx: &Context, command: &CommandInteraction) -> serenity::Result<()> {
    match command.data.name.as_str() {
        "ask" => command.create_response(ctx, Response::Message(answer(ctx, command))).await,
        "admin" => {
            let text = format!("{:?}", command.data.options());
            command.create_response(ctx, said(&text)).await
        }
        "slow" => {
            command.defer_ephemeral(ctx).await?;
            command.edit_response(ctx, Edit::new().content("here it is")).await?;
            command.create_followup(ctx, Followup::new().content("and more")).await?;
            Ok(())
        }
        "file" => {
            let file = CreateAttachment::bytes(b"a,b\r\n\r\n1,2".to_vec(), "table.csv");
            let message = Message::new().content("a table").add_file(file);
            command.create_response(ctx, Response::Message(message)).await
        }
        "form" => command.create_response(ctx, Response::Modal(form())).await,
        "mute" => Ok(()),
        _ => misbehave(ctx, command).await,
    }
}

fn answer(ctx: &Context, command: &CommandInteraction) -> Message {
    let options = command.data.options();
    let (user, guild, shard) = (&command.user.name, command.guild_id, ctx.shard_id);
    let whereabouts = format!("for {user} in {guild:?} on shard {shard}");
    let embed = CreateEmbed::new()
        .title("Answer")
        .url("https://example.org/answer")
        .description(format!("{options:?}"))
        .field("Language", &command.locale, true);
    let buttons = vec![
        CreateButton::new("more").label("More"),
        CreateButton::new("quiet").label("Nothing"),
        CreateButton::new_link("https://example.org").label("Source"),
    ];
    Message::new().content(whereabouts).embed(embed).components(vec![CreateActionRow::Buttons(buttons)]).ephemeral(true)
}

fn said(text: &str) -> Response {
    Response::Message(Message::new().content(text))
}

fn form() -> CreateModal {
    let input = CreateInputText::new(InputTextStyle::Short, "Name", "name");
    CreateModal::new("feedback", "Feedback").components(vec![CreateActionRow::InputText(input)])
}

async fn misbehave(ctx: &Context, command: &CommandInteraction) -> serenity::Result<()> {
    let what = command.data.options.first().and_then(|option| option.value.as_str());
    match what.unwrap_or_default() {
        "twice" => {
            command.create_response(ctx, said("once")).await?;
            command.create_response(ctx, said("twice")).await
        }
        "choices" => {
            let choices = CreateAutocompleteResponse::new();
            command.create_response(ctx, Response::Autocomplete(choices)).await
        }
        "token" => {
            let body = serde_json::json!({"type": 4, "data": {"content": "hello"}});
            ctx.http.create_interaction_response(command.id, "stolen", &body, Vec::new()).await
        }
        "early" => command.edit_response(ctx, Edit::new().content("hello")).await.map(drop),
        "empty" => command.create_response(ctx, Response::Message(Message::new())).await,
        // 2,049 characters, but 4,098 UTF-16 units: the limit is 4,096.
        "long" => {
            let embed = CreateEmbed::new().description("\u{1f600}".repeat(2049));
            let message = Message::new().embed(embed);
            command.create_response(ctx, Response::Message(message)).await
        }
        _ => command.create_response(ctx, said("nothing wrong")).await,
    }
}

async fn complete(ctx: &Context, typing: &CommandInteraction) -> serenity::Result<()> {
    let typed = typing.data.autocomplete().map_or("", |option| option.value);
    let choice = AutocompleteChoice::new(format!("{typed}?"), "kfor-deployed");
    let choices = CreateAutocompleteResponse::new().set_choices(vec![choice]);
    typing.create_response(ctx, Response::Autocomplete(choices)).await
}

async fn press(ctx: &Context, pressed: &ComponentInteraction) -> serenity::Result<()> {
    let response = match pressed.data.custom_id.as_str() {
        "more" => {
            let text = format!("more of {:?}", pressed.message.content);
            Response::UpdateMessage(Message::new().content(text).components(Vec::new()))
        }
        _ => Response::Acknowledge,
    };
    pressed.create_response(ctx, response).await
}

async fn submit(ctx: &Context, submitted: &ModalInteraction) -> serenity::Result<()> {
    let components = submitted.data.components.iter().flat_map(|row| &row.components);
    let inputs: Vec<_> = components
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => input.value.clone(),
            _ => None,
        })
        .collect();
    submitted.create_response(ctx, said(&inputs.join(", "))).await
}
