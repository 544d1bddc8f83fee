//! A message that the bot sends, within every limit of Discord whatever a base contains.
//!
//! A limit is kept where a part is made, so that no caller can forget it. The limits are those of
//! [embeds](https://discord.com/developers/docs/resources/message#embed-object-embed-limits) and of
//! [components](https://discord.com/developers/docs/components/reference).

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed,
    CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, MessageReference, MessageReferenceKind, Nonce, UserId,
};

use super::payload::{File, Payload};
use super::text::{escape, truncate};

const MAX_TITLE: usize = 256;
const MAX_LABEL: usize = 80;
const MAX_OPTION: usize = 100;
const MAX_PLACEHOLDER: usize = 150;

/// The description may have 4,096; with the title and three full fields the embed then still stays
/// below its 6,000.
const MAX_DESCRIPTION: usize = 2_500;

/// How many buttons a row holds.
const MAX_BUTTONS: usize = 5;
/// How many options a menu holds.
const MAX_OPTIONS: usize = 25;
/// How many rows a message holds.
const MAX_ROWS: usize = 5;

pub(super) const BLUE: u32 = 0x0034_98DB;
pub(super) const AMBER: u32 = 0x00E6_7E22;
pub(super) const GREY: u32 = 0x0095_A5A6;

/// A message with an embed and, below it, rows of buttons and menus; perhaps with a file.
#[derive(Debug, Clone)]
pub(super) struct Message {
    embed: CreateEmbed,
    rows: Vec<CreateActionRow>,
    is_private: bool,
    addressee: Option<UserId>,
    file: Option<File>,
}

impl Message {
    /// A message that everyone in the channel sees.
    pub(super) fn new(embed: CreateEmbed) -> Self {
        Self { embed, rows: Vec::new(), is_private: false, addressee: None, file: None }
    }

    /// A notice for the member alone.
    pub(super) fn notice(text: &str) -> Self {
        Self::new(embed("", text, GREY)).private(true)
    }

    /// Whether the member alone sees it.
    pub(super) fn private(mut self, is_private: bool) -> Self {
        self.is_private = is_private;
        self
    }

    /// Addresses it to a member, the only one that it mentions.
    pub(super) fn addressed_to(mut self, member: UserId) -> Self {
        self.addressee = Some(member);
        self
    }

    /// Adds a row of buttons, if there are any and there is room.
    pub(super) fn buttons(mut self, buttons: impl IntoIterator<Item = CreateButton>) -> Self {
        let row: Vec<CreateButton> = buttons.into_iter().take(MAX_BUTTONS).collect();
        if !row.is_empty() && self.rows.len() < MAX_ROWS {
            self.rows.push(CreateActionRow::Buttons(row));
        }
        self
    }

    /// Adds a menu of which one option can be picked, if there are any and there is room.
    pub(super) fn menu(mut self, custom_id: &str, prompt: &str, options: Vec<CreateSelectMenuOption>) -> Self {
        let options: Vec<_> = options.into_iter().take(MAX_OPTIONS).collect();
        if !options.is_empty() && self.rows.len() < MAX_ROWS {
            let menu = CreateSelectMenu::new(custom_id, CreateSelectMenuKind::String { options });
            self.rows.push(CreateActionRow::SelectMenu(menu.placeholder(truncate(prompt, MAX_PLACEHOLDER))));
        }
        self
    }

    /// Attaches a file.
    pub(super) fn attach(mut self, file: File) -> Self {
        self.file = Some(file);
        self
    }

    /// The response that shows it as a new message.
    pub(super) fn response(self) -> Payload {
        self.payload(CreateInteractionResponse::Message)
    }

    /// The response that puts it in the place of the message whose component was used. A file of
    /// that message goes, unless this one brings another.
    pub(super) fn update(self) -> Payload {
        self.payload(CreateInteractionResponse::UpdateMessage)
    }

    fn payload(mut self, kind: impl Fn(CreateInteractionResponseMessage) -> CreateInteractionResponse) -> Payload {
        match self.file.take() {
            // The content goes beside the message, which only says that there is such a file.
            Some(file) => {
                let entry = CreateAttachment::bytes(Vec::new(), file.name());
                Payload::with_file(kind(self.body().add_file(entry)), file)
            }
            None => kind(self.body()).into(),
        }
    }

    /// The message in a channel that replies to another, without notifying its author. It stands
    /// there once however often it is sent, because for some minutes Discord takes one message of a
    /// [nonce](https://discord.com/developers/docs/resources/message#create-message) and gives it
    /// back for the others.
    pub(super) fn reply_to(self, message: &serenity::all::Message) -> CreateMessage {
        let reference = MessageReference::new(MessageReferenceKind::Default, message.channel_id);
        CreateMessage::new()
            .embed(self.embed)
            .components(self.rows)
            .allowed_mentions(CreateAllowedMentions::new().replied_user(false))
            .reference_message(reference.message_id(message.id).fail_if_not_exists(false))
            .nonce(Nonce::String(message.id.to_string()))
            .enforce_nonce(true)
    }

    fn body(self) -> CreateInteractionResponseMessage {
        let mentions = CreateAllowedMentions::new().users(self.addressee);
        let body = CreateInteractionResponseMessage::new()
            .embed(self.embed)
            .components(self.rows)
            .allowed_mentions(mentions)
            .ephemeral(self.is_private);
        match self.addressee {
            Some(member) => body.content(format!("<@{member}>")),
            None => body,
        }
    }
}

/// An embed; an empty title is none.
pub(super) fn embed(title: &str, description: &str, colour: u32) -> CreateEmbed {
    let embed = CreateEmbed::new().description(truncate(description, MAX_DESCRIPTION)).colour(colour);
    if title.is_empty() { embed } else { embed.title(truncate(title, MAX_TITLE)) }
}

/// A button; what it does stands in its custom id.
pub(super) fn button(custom_id: String, label: &str, style: ButtonStyle) -> CreateButton {
    CreateButton::new(custom_id).label(truncate(label, MAX_LABEL)).style(style)
}

/// An option of a menu.
pub(super) fn menu_option(label: &str, value: &str, description: Option<&str>) -> CreateSelectMenuOption {
    let option = CreateSelectMenuOption::new(truncate(label, MAX_OPTION), value);
    match description {
        Some(text) if !text.is_empty() => option.description(truncate(text, MAX_OPTION)),
        _ => option,
    }
}

/// A line of a list: what is not written as Markdown.
pub(super) fn line(text: &str, limit: usize) -> String {
    escape(&truncate(text, limit))
}
