//! What members do on Discord, in the vocabulary of the tests.

use discord_double::{CallbackReply, Interaction, Post};
use serde_json::Value;

/// A member who is neither the default member nor an owner.
pub const SOMEONE_ELSE: u64 = 1_287_650_000_000_000_088;

/// A configuration with which nothing is answered, and everything that is found is suggested.
pub const UNSURE: &str = "[answer]\nanswer_at = 1.0\nclosest_at = 1.0\nsuggest_at = 0.0\n";
/// A configuration with which nothing is answered, and the nearest entry is shown.
pub const NEAREST: &str = "[answer]\nanswer_at = 1.0\nclosest_at = 0.0\nsuggest_at = 0.0\n";
/// A configuration with which a sure question is answered, and everything else is unknown.
pub const STRICT: &str = "[answer]\nanswer_at = 0.9\nclosest_at = 0.9\nsuggest_at = 0.9\n";
/// A configuration with which the bot stores nothing.
pub const NO_JOURNAL: &str = "[journal]\nenabled = false\n";

/// A configuration with which only commands and signals make the bot read its files again.
pub const NO_WATCH: &str = "[knowledge]\nwatch = false\n";

/// Someone asks this with `/ask`.
pub fn ask(question: &str) -> Interaction {
    Interaction::command("ask").option("question", question)
}

/// A message of the bot, however it was sent.
pub trait BotMessage {
    /// What the bot sent.
    fn data(&self) -> &Value;

    /// The message as Discord holds it.
    fn held(&self) -> &Value;

    /// The title of the embed, empty if it has none.
    fn title(&self) -> &str {
        self.data()["embeds"][0]["title"].as_str().unwrap_or_default()
    }

    /// The text of the embed.
    fn text(&self) -> &str {
        self.data()["embeds"][0]["description"].as_str().unwrap_or_default()
    }

    /// The button with this label or emoji, or the menu with this prompt.
    #[track_caller]
    fn component(&self, label: &str) -> &Value {
        let rows = self.data()["components"].as_array().into_iter().flatten();
        let mut components = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
        let labelled = |component: &&Value| {
            let names = [&component["label"], &component["placeholder"], &component["emoji"]["name"]];
            names.into_iter().any(|name| name == label)
        };
        components.find(labelled).unwrap_or_else(|| panic!("no component {label:?} in {}", self.data()))
    }

    /// Someone presses the button with this label.
    #[track_caller]
    fn press(&self, label: &str) -> Interaction {
        let custom_id = self.component(label)["custom_id"].as_str().expect("a custom id is a text");
        Interaction::component(custom_id).on_message(self.held())
    }

    /// Someone picks this option from the menu with this prompt.
    #[track_caller]
    fn pick(&self, prompt: &str, option: &str) -> Interaction {
        let options = self.component(prompt)["options"].as_array().expect("a menu has options");
        let found = options.iter().find(|candidate| candidate["label"] == option);
        let found = found.unwrap_or_else(|| panic!("no option {option:?} in {options:?}"));
        self.press(prompt).values(&[found["value"].as_str().expect("a value is a text")])
    }
}

impl BotMessage for CallbackReply {
    fn data(&self) -> &Value {
        &self.body["data"]
    }

    fn held(&self) -> &Value {
        self.message.as_ref().expect("the callback made a message")
    }
}

impl BotMessage for Post {
    fn data(&self) -> &Value {
        &self.body
    }

    fn held(&self) -> &Value {
        &self.message
    }
}
