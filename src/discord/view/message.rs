//! A card: an embed with rows of buttons and menus below it, and perhaps a file.
//!
//! The limits are those of
//! [embeds](https://discord.com/developers/docs/resources/message#embed-object-embed-limits) and
//! [components](https://discord.com/developers/docs/components/reference).

use serde_json::Value;
use serenity::all::{
    ButtonStyle, ChannelId, CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed,
    CreateEmbedAuthor, CreateEmbedFooter, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, EditMessage, MessageFlags, MessageId, MessageReference,
    MessageReferenceKind, Nonce, ReactionType, RoleId, UserId,
};

use super::address::{Address, Key};
use super::file::File;
use super::limits::{length, truncate};
use super::markdown::escape;
use crate::discord::incoming::Post;

const MAX_TITLE: usize = 256;
/// Discord allows 2,048, but only 6,000 for the whole embed.
const MAX_FOOTER: usize = 1_000;
const MAX_LABEL: usize = 80;
const MAX_OPTION: usize = 100;
const MAX_PLACEHOLDER: usize = 150;

/// Discord allows 4,096, but only 6,000 for the whole embed. The title and three full fields take
/// 3,400 of those.
const MAX_DESCRIPTION: usize = 2_500;
/// The same for a card of which the caller sees to it that its fields leave room.
const MAX_TALL_DESCRIPTION: usize = 4_096;

/// How many buttons a row holds.
const MAX_BUTTONS: usize = 5;
/// How many options a menu holds.
const MAX_OPTIONS: usize = 25;
/// How many rows a message holds.
const MAX_ROWS: usize = 5;

pub(in crate::discord) const BLUE: u32 = 0x0034_98DB;
pub(in crate::discord) const AMBER: u32 = 0x00E6_7E22;
pub(in crate::discord) const GREY: u32 = 0x0095_A5A6;

/// What a member sees.
#[derive(Debug, Clone)]
pub(in crate::discord) struct Card {
    embed: CreateEmbed,
    /// The embed of another card, below this one.
    second: Option<CreateEmbed>,
    rows: Vec<CreateActionRow>,
    is_private: bool,
    is_silent: bool,
    addressee: Option<u64>,
    file: Option<File>,
}

impl Card {
    /// A card that everyone in the channel sees. An empty title means no title. A title is no
    /// Markdown.
    pub(in crate::discord) fn new(title: &str, description: &str, colour: u32) -> Self {
        Self::tall(title, &truncate(description, MAX_DESCRIPTION), colour)
    }

    /// As [`Self::new`], with a description as long as Discord allows. What else is on the card has
    /// to leave room for it.
    pub(super) fn tall(title: &str, description: &str, colour: u32) -> Self {
        let embed = CreateEmbed::new().description(truncate(description, MAX_TALL_DESCRIPTION)).colour(colour);
        let embed = if title.is_empty() { embed } else { embed.title(truncate(&escape(title), MAX_TITLE)) };
        let (rows, second, addressee, file) = (Vec::new(), None, None, None);
        Self { embed, second, rows, is_private: false, is_silent: false, addressee, file }
    }

    /// A notice that only the member sees.
    pub(in crate::discord) fn notice(text: &str) -> Self {
        Self::new("", text, GREY).private(true)
    }

    /// Sets whether only the member sees it.
    pub(in crate::discord) fn private(self, is_private: bool) -> Self {
        Self { is_private, ..self }
    }

    /// Sets whether a reply makes no sound and no badge, because nobody asked for it.
    pub(in crate::discord) fn silent(self, is_silent: bool) -> Self {
        Self { is_silent, ..self }
    }

    /// Addresses it to a member, the only one whom it mentions.
    pub(in crate::discord) fn addressed_to(self, member: u64) -> Self {
        Self { addressee: Some(member), ..self }
    }

    /// Makes the title a link to this address.
    pub(super) fn opening(self, address: &str) -> Self {
        Self { embed: self.embed.url(address), ..self }
    }

    /// Adds a field below the description. The caller observes the limits of a field.
    pub(super) fn field(self, name: &str, value: String) -> Self {
        Self { embed: self.embed.field(name, value, false), ..self }
    }

    /// Shows a picture below the description and the fields.
    pub(super) fn image(self, address: &str) -> Self {
        Self { embed: self.embed.image(address), ..self }
    }

    /// Adds a small line above the title, which is no Markdown.
    pub(super) fn above(self, line: &str) -> Self {
        let author = CreateEmbedAuthor::new(truncate(line, MAX_TITLE));
        Self { embed: self.embed.author(author), ..self }
    }

    /// Adds a small text below everything else, which is no Markdown.
    pub(super) fn footer(self, text: &str) -> Self {
        let footer = CreateEmbedFooter::new(truncate(text, MAX_FOOTER));
        Self { embed: self.embed.footer(footer), ..self }
    }

    /// Whether only the member sees it.
    pub(in crate::discord) fn is_private(&self) -> bool {
        self.is_private
    }

    /// Its buttons and menus in Discord's form.
    pub(super) fn rows_in_json(&self) -> Value {
        // They are texts and numbers.
        serde_json::to_value(&self.rows).unwrap_or_default()
    }

    /// Adds a row of buttons, if there are any and there is room.
    pub(super) fn buttons(mut self, buttons: impl IntoIterator<Item = CreateButton>) -> Self {
        let row: Vec<CreateButton> = buttons.into_iter().take(MAX_BUTTONS).collect();
        if !row.is_empty() && self.rows.len() < MAX_ROWS {
            self.rows.push(CreateActionRow::Buttons(row));
        }
        self
    }

    /// Adds a menu from which one option can be picked, if there are any options and there is
    /// room.
    pub(super) fn menu(
        mut self,
        address: &Address,
        prompt: &str,
        options: impl IntoIterator<Item = CreateSelectMenuOption>,
    ) -> Self {
        let options: Vec<_> = options.into_iter().take(MAX_OPTIONS).collect();
        if !options.is_empty() && self.rows.len() < MAX_ROWS {
            let menu = CreateSelectMenu::new(address.encode(), CreateSelectMenuKind::String { options });
            self.rows.push(CreateActionRow::SelectMenu(menu.placeholder(truncate(prompt, MAX_PLACEHOLDER))));
        }
        self
    }

    /// The length of its embed's texts, in UTF-16 code units.
    pub(super) fn text_length(&self) -> usize {
        serde_json::to_value(&self.embed).map_or(0, |embed| texts(&embed))
    }

    /// Shows another card below it, with that one's file. The texts of both together have to stay
    /// within the limit for a message.
    pub(super) fn with(self, other: Self) -> Self {
        Self { second: Some(other.embed), file: other.file, ..self }
    }

    pub(in crate::discord) fn attach(self, file: File) -> Self {
        Self { file: Some(file), ..self }
    }

    /// Shows a picture in it.
    pub(super) fn picture(self, picture: File) -> Self {
        let embed = self.embed.attachment(picture.name());
        Self { embed, file: Some(picture), ..self }
    }

    /// The file. Its content is sent separately; the message only names it.
    pub(in crate::discord) fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }

    /// The card as the response to an interaction.
    pub(in crate::discord) fn response(&self) -> CreateInteractionResponseMessage {
        let body = CreateInteractionResponseMessage::new()
            .embeds([&self.embed].into_iter().chain(&self.second).cloned().collect())
            .components(self.rows.clone())
            .allowed_mentions(CreateAllowedMentions::new().users(self.addressee.map(UserId::new)))
            .ephemeral(self.is_private);
        let body = match self.addressee {
            Some(member) => body.content(format!("<@{member}>")),
            None => body,
        };
        match &self.file {
            Some(file) => body.add_file(CreateAttachment::bytes(Vec::new(), file.name())),
            None => body,
        }
    }

    /// The card as a message of its own that notifies a role, if one is given. However often it is
    /// sent with the same `nonce`, it appears once, as with [`Self::reply_to`].
    pub(in crate::discord) fn announcement(&self, role: Option<u64>, nonce: u64) -> Value {
        let message = CreateMessage::new()
            .embed(self.embed.clone())
            .components(self.rows.clone())
            .allowed_mentions(CreateAllowedMentions::new().roles(role.map(RoleId::new)))
            .nonce(Nonce::String(nonce.to_string()))
            .enforce_nonce(true);
        let message = match role {
            Some(role) => message.content(format!("<@&{role}>")),
            None => message,
        };
        // It is texts and numbers.
        serde_json::to_value(message).unwrap_or_default()
    }

    /// The card as a message that replies to a post, without notifying its author. However often
    /// it is sent, it appears in the channel once: for some minutes Discord accepts only one
    /// message with a given
    /// [nonce](https://discord.com/developers/docs/resources/message#create-message) and returns
    /// it for the others.
    pub(in crate::discord) fn reply_to(&self, post: &Post) -> CreateMessage {
        let reference = MessageReference::new(MessageReferenceKind::Default, ChannelId::new(post.channel));
        let message = CreateMessage::new()
            .embed(self.embed.clone())
            .components(self.rows.clone())
            .allowed_mentions(CreateAllowedMentions::new().replied_user(false))
            .reference_message(reference.message_id(MessageId::new(post.id)).fail_if_not_exists(false))
            .nonce(Nonce::String(post.id.to_string()))
            .enforce_nonce(true);
        if self.is_silent { message.flags(MessageFlags::SUPPRESS_NOTIFICATIONS) } else { message }
    }

    /// The card as a message that replies to another one, of which it notifies the author. It
    /// appears once, as with [`Self::reply_to`], but not without that message.
    pub(super) fn news(&self, channel: u64, message: u64) -> Value {
        let reference = MessageReference::new(MessageReferenceKind::Default, ChannelId::new(channel));
        let reply = CreateMessage::new()
            .embed(self.embed.clone())
            .components(self.rows.clone())
            .allowed_mentions(CreateAllowedMentions::new().replied_user(true))
            .reference_message(reference.message_id(MessageId::new(message)).fail_if_not_exists(true))
            .nonce(Nonce::String(format!("news{message}")))
            .enforce_nonce(true);
        // It is texts and numbers.
        serde_json::to_value(reply).unwrap_or_default()
    }

    /// The card in place of an earlier reply.
    pub(in crate::discord) fn edited(&self) -> EditMessage {
        EditMessage::new()
            .embed(self.embed.clone())
            .components(self.rows.clone())
            .allowed_mentions(CreateAllowedMentions::new().replied_user(false))
    }
}

/// The length of all texts in a value, in UTF-16 code units.
pub(in crate::discord) fn texts(value: &Value) -> usize {
    match value {
        Value::String(text) => length(text),
        Value::Array(items) => items.iter().map(texts).sum(),
        Value::Object(fields) => fields.values().map(texts).sum(),
        _ => 0,
    }
}

/// A button that leads to an address.
pub(super) fn button(address: &Address, label: &str) -> CreateButton {
    CreateButton::new(address.encode()).label(truncate(label, MAX_LABEL)).style(ButtonStyle::Secondary)
}

/// A button that is no wider than its emoji.
pub(super) fn small_button(address: &Address, emoji: &str) -> CreateButton {
    CreateButton::new(address.encode()).emoji(ReactionType::Unicode(emoji.to_owned())).style(ButtonStyle::Secondary)
}

/// The button that most members are expected to use.
pub(super) fn primary_button(address: &Address, label: &str) -> CreateButton {
    button(address, label).style(ButtonStyle::Primary)
}

/// A button that opens a web address.
pub(super) fn link(address: &str, label: &str) -> CreateButton {
    CreateButton::new_link(address).label(truncate(label, MAX_LABEL))
}

/// An option of a menu, with the key that it picks.
pub(super) fn menu_option(label: &str, key: &Key, description: &str) -> CreateSelectMenuOption {
    let option = CreateSelectMenuOption::new(truncate(label, MAX_OPTION), key.to_string());
    if description.is_empty() { option } else { option.description(truncate(description, MAX_OPTION)) }
}

#[cfg(test)]
pub(in crate::discord) mod tests {
    use super::*;

    /// A card as Discord receives it.
    pub(in crate::discord) fn json(card: &Card) -> Value {
        serde_json::to_value(card.response()).expect("a card is JSON")
    }

    /// The labels of a card's buttons and of its menus' options, row by row.
    pub(in crate::discord) fn labels(card: &Card) -> Vec<Vec<String>> {
        let json = json(card);
        let text = |component: &Value| {
            let name = component["label"].as_str().or(component["emoji"]["name"].as_str());
            name.unwrap_or_default().to_owned()
        };
        let row = |row: &Value| {
            let components = row["components"].as_array().expect("a row has components");
            components
                .iter()
                .flat_map(|component| match component["options"].as_array() {
                    Some(options) => options.iter().map(text).collect(),
                    None => vec![text(component)],
                })
                .collect()
        };
        json["components"].as_array().expect("a card has rows").iter().map(row).collect()
    }

    #[test]
    fn text_that_does_not_fit_is_cut_off() {
        let address = Address::decode("topics:choose").expect("it is an address");
        let many = || (0..30).map(|_| menu_option(&"l".repeat(200), &Key::of("k"), &"d".repeat(200)));
        let rows = (0..9).fold(Card::new(&"t".repeat(300), &"d".repeat(9_000), BLUE), |card, _| {
            card.buttons((0..9).map(|_| button(&address, &"b".repeat(200)))).menu(&address, &"p".repeat(200), many())
        });
        let shown = labels(&rows);
        assert_eq!(shown.iter().map(Vec::len).collect::<Vec<_>>(), [5, 25, 5, 25, 5]);
        assert_eq!((shown[0][0].chars().count(), shown[1][0].chars().count()), (MAX_LABEL, MAX_OPTION));
        let embed = &json(&rows)["embeds"][0];
        let length = |key: &str| embed[key].as_str().map(|text| text.chars().count());
        assert_eq!([length("title"), length("description")], [Some(MAX_TITLE), Some(MAX_DESCRIPTION)]);
    }

    #[test]
    fn only_the_addressee_is_mentioned() {
        let card = json(&Card::notice("@everyone <@7>").addressed_to(8));
        assert_eq!(card["content"], "<@8>");
        assert_eq!(card["allowed_mentions"], serde_json::json!({"parse": [], "users": ["8"], "roles": []}));
    }
}
