//! Interactions as Discord sends them, and responses as it reads them ([receiving and
//! responding](https://discord.com/developers/docs/interactions/receiving-and-responding)).

use serenity::all::{
    self as discord, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind,
    CreateAutocompleteResponse, CreateInteractionResponse, GuildId, Message, MessageFlags, MessageInteractionMetadata,
    ResolvedTarget, ResolvedValue, UserId,
};

use crate::discord::incoming::{Call, Interaction, OptionValue, Press, Typing};
use crate::discord::response::{Delivery, Response};

/// Reads an interaction.
///
/// # Errors
///
/// The JSON's error if this version cannot read it as an interaction.
pub fn read(json: &[u8]) -> Result<Interaction, serde_json::Error> {
    serde_json::from_slice::<discord::Interaction>(json).map(|interaction| Interaction::from(&interaction))
}

/// Writes the response to an interaction. A file is sent separately.
///
/// # Errors
///
/// Never in practice: a response has only texts and numbers.
pub fn write(response: &Response) -> Result<String, serde_json::Error> {
    serde_json::to_string(&callback(response))
}

/// The response in the library's form, without the content of its file.
pub(super) fn callback(response: &Response) -> CreateInteractionResponse {
    match &response.delivery {
        Delivery::Message(card) => CreateInteractionResponse::Message(card.response()),
        Delivery::Update(card) => CreateInteractionResponse::UpdateMessage(card.response()),
        Delivery::Choices(choices) => {
            let none = CreateAutocompleteResponse::new();
            let add =
                |response: CreateAutocompleteResponse, choice: &String| response.add_string_choice(choice, choice);
            CreateInteractionResponse::Autocomplete(choices.iter().fold(none, add))
        }
    }
}

impl From<&discord::Interaction> for Interaction {
    fn from(interaction: &discord::Interaction) -> Self {
        match interaction {
            discord::Interaction::Command(command) => Self::Call(call(command)),
            discord::Interaction::Autocomplete(command) => Self::Typing(Typing {
                command: command.data.name.clone(),
                text: command.data.autocomplete().map_or("", |option| option.value).to_owned(),
            }),
            discord::Interaction::Component(component) => Self::Press(press(component)),
            discord::Interaction::Ping(_) => Self::Other("ping"),
            _ => Self::Other("modal"),
        }
    }
}

fn call(command: &CommandInteraction) -> Call {
    let options = command.data.options().into_iter().filter_map(|option| {
        let value = match option.value {
            ResolvedValue::String(text) => OptionValue::Text(text.to_owned()),
            ResolvedValue::Boolean(flag) => OptionValue::Flag(flag),
            ResolvedValue::User(member, _) => OptionValue::Member(member.id.get()),
            _ => return None,
        };
        Some((option.name.to_owned(), value))
    });
    let target = match command.data.target() {
        Some(ResolvedTarget::Message(message)) => Some(message.content.clone()),
        _ => None,
    };
    Call {
        command: command.data.name.clone(),
        member: command.user.id.get(),
        server: command.guild_id.map(GuildId::get),
        options: options.collect(),
        target,
    }
}

fn press(component: &ComponentInteraction) -> Press {
    let picked = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().cloned(),
        _ => None,
    };
    Press {
        custom_id: component.data.custom_id.clone(),
        picked,
        member: component.user.id.get(),
        server: component.guild_id.map(GuildId::get),
        is_private: component.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL)),
        is_own: asker(&component.message) == Some(component.user.id),
    }
}

/// The member whose command or post the bot's message responds to. Once the post is deleted,
/// nobody can tell.
fn asker(message: &Message) -> Option<UserId> {
    match message.interaction_metadata.as_deref() {
        Some(MessageInteractionMetadata::Command(data)) => Some(data.user.id),
        Some(MessageInteractionMetadata::Component(data)) => Some(data.user.id),
        Some(_) => None,
        None => message.referenced_message.as_deref().map(|asked| asked.author.id),
    }
}
