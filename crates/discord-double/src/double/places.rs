//! Channels, forums and threads, as a test opens them and looks at them.

use serde_json::{Value, json};

use super::DiscordDouble;
use crate::incoming::{IncomingMessage, Said};
use crate::objects;
use crate::state::State;

impl DiscordDouble {
    /// Adds a channel of this kind to the server.
    pub fn add_channel(&self, id: u64, kind: u64) {
        let mut channel = objects::channel(objects::GUILD_ID);
        objects::merge(&mut channel, &json!({"id": id.to_string(), "type": kind}));
        self.shared.change(|state| state.open(&channel));
    }

    /// The channel, forum or thread with this id, as Discord holds it.
    pub fn channel(&self, id: &str) -> Option<Value> {
        self.shared.look(|state| state.place(id))
    }

    /// Waits until the channel, forum or thread with this id is as `wanted`.
    pub async fn channel_like(&self, id: &str, mut wanted: impl FnMut(&Value) -> bool) -> Value {
        let find = |state: &mut State| state.place(id).filter(|place| wanted(place));
        self.wait(&format!("channel {id} to be as described"), find).await
    }

    /// Opens a post in the forum: a thread, and its first message, which has the same id.
    pub async fn open_post(&self, title: &str, content: &str) -> Said {
        self.open_post_with(title, IncomingMessage::new(content)).await
    }

    /// Opens a post in the forum with this message.
    pub async fn open_post_with(&self, title: &str, message: IncomingMessage) -> Said {
        let id = self.open_thread(objects::FORUM_ID, title, &message).await;
        self.say_as(&message.in_channel(id), id.to_string())
    }

    /// Opens a thread in a channel and writes its first message, which has an id of its own.
    pub async fn open_thread_with(&self, parent: u64, title: &str, message: IncomingMessage) -> Said {
        let id = self.open_thread(parent, title, &message).await;
        self.say(message.in_channel(id)).await
    }

    async fn open_thread(&self, parent: u64, title: &str, message: &IncomingMessage) -> u64 {
        self.ready_for(Some(objects::GUILD_ID)).await;
        let id = self.shared.snowflake();
        let fields = json!({
            "id": id, "name": title, "parent_id": parent.to_string(), "owner_id": message.author_id(),
        });
        self.shared.change(|state| state.open(&objects::object("thread", &fields)));
        id.parse().expect("an id is a number")
    }
}
