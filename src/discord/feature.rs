//! What the bot can do on Discord, one feature a command: how it is registered, and what its command and components do.

use serenity::all::{CommandInteraction, ComponentInteraction, CreateCommand};
use serenity::async_trait;

use super::{App, Response, Summary, render, unsupported};

/// A command with its components. It does no input or output to Discord.
#[async_trait]
pub(super) trait Feature: Sync {
    /// The command's name; the custom ids of its components begin with it.
    fn name(&self) -> &'static str;

    /// How the command is registered; `None` where there are components alone.
    fn definition(&self) -> Option<CreateCommand>;

    /// What the command comes to.
    async fn run(&self, _app: &App, _command: &CommandInteraction) -> Response {
        unsupported(self.name())
    }

    /// What is offered while an option is being typed.
    fn complete(&self, _app: &App, _command: &CommandInteraction) -> Response {
        Response { body: render::choices(&[]), summary: Summary::of_feature(self.name(), "choices", None) }
    }

    /// What using a component comes to; `state` is what stands in its custom id behind the name.
    async fn press(&self, _app: &App, _component: &ComponentInteraction, _state: &str) -> Response {
        unsupported(self.name())
    }
}
