//! What the bot can do on Discord, one feature a command: how it is registered, and what its
//! command and components do.

use serenity::all::{CommandInteraction, ComponentInteraction, CreateCommand, InstallationContext, InteractionContext};
use serenity::async_trait;

use super::{App, Response, Summary, render, unsupported};

/// How a command can be
/// [installed](https://discord.com/developers/docs/resources/application#installation-context) and
/// where it is
/// [used](https://discord.com/developers/docs/interactions/application-commands#interaction-contexts).
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    pub(super) installations: &'static [InstallationContext],
    pub(super) places: &'static [InteractionContext],
}

impl Scope {
    /// Installed in a server or carried along by a member, and used wherever there are
    /// interactions.
    pub(super) const EVERYWHERE: Self = Self {
        installations: &[InstallationContext::Guild, InstallationContext::User],
        places: &[InteractionContext::Guild, InteractionContext::BotDm, InteractionContext::PrivateChannel],
    };

    /// Installed in a server and used there.
    pub(super) const SERVERS: Self =
        Self { installations: &[InstallationContext::Guild], places: &[InteractionContext::Guild] };

    /// Installed in a server and used there, or in a direct message to the bot.
    pub(super) const SERVERS_AND_DIRECT_MESSAGES: Self = Self {
        installations: &[InstallationContext::Guild],
        places: &[InteractionContext::Guild, InteractionContext::BotDm],
    };
}

/// A command with its components. It does no input or output to Discord.
#[async_trait]
pub(super) trait Feature: Sync {
    /// The command's name; the custom ids of its components begin with it.
    fn name(&self) -> &'static str;

    /// How the command is registered; `None` where there are components alone.
    fn definition(&self) -> Option<CreateCommand>;

    /// Where the command is offered.
    fn scope(&self) -> Scope {
        Scope::EVERYWHERE
    }

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
