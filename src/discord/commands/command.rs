//! What a command is: how it is registered, and what it does.

use futures_util::future::BoxFuture;

use crate::discord::app::Context;
use crate::discord::incoming::{Call, Typing};
use crate::discord::response::Response;

/// How a command is registered. What it does, and what its options are for, is in `locales/`.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) struct Definition {
    /// What members type, or choose from a menu.
    pub(in crate::discord) name: &'static str,
    /// Where they find it.
    pub(in crate::discord) kind: Kind,
    /// Who it is for.
    pub(in crate::discord) audience: Audience,
}

/// Where members find a command.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) enum Kind {
    /// They type it.
    Typed {
        /// Its options, required ones first.
        options: &'static [OptionDefinition],
    },
    /// They choose it from a message's menu.
    MessageMenu,
}

/// An option of a command.
#[derive(Debug, Clone, Copy)]
pub(in crate::discord) struct OptionDefinition {
    pub(in crate::discord) name: &'static str,
    pub(in crate::discord) kind: OptionKind,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum OptionKind {
    /// A required text. Questions are offered while the member types.
    Question,
    /// True or false.
    Flag,
    /// A member.
    Member,
    /// A role.
    Role,
    /// A language that the bot speaks.
    Language,
    /// A channel or forum of the server.
    Channel,
    /// A confidence.
    Confidence,
    /// Something that those who manage a server can change.
    Setting,
}

/// Who a command is for. Discord offers it to them; a server's administrators can change that
/// ([permissions][1]).
///
/// [1]: https://discord.com/developers/docs/interactions/application-commands#permissions
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::discord) enum Audience {
    /// Everyone, everywhere, even in places where the bot is not a member: users can install it
    /// for themselves.
    Everyone,
    /// Members who may manage a server, in that server.
    Moderators,
    /// Members who may manage a server, in that server, if the operator lets them change something.
    Managers,
    /// The members of one server who may change the base, if the operator lets them: those who may
    /// manage it, and whoever else its administrators choose.
    Curators,
    /// The application's owners: in their server if the operator names it, where its administrators
    /// see it too, otherwise in direct messages to the bot.
    Owners,
}

impl Definition {
    /// A command without options that members type.
    pub(super) const fn typed(name: &'static str, audience: Audience) -> Self {
        Self { name, kind: Kind::Typed { options: &[] }, audience }
    }
}

/// A command. It does no input or output to Discord.
pub(in crate::discord) trait Command: Sync {
    /// How it is registered.
    fn definition(&self) -> &Definition;

    /// Responds to a call of it.
    // Boxed by hand: under the bounds that async-trait writes for each method, the compiler proves
    // for each command anew that all of the process's state can go to another thread.
    fn run<'a>(&'a self, context: &'a Context<'a>, call: &'a Call) -> BoxFuture<'a, Response>;

    /// Responds while a member types one of its options.
    fn complete(&self, _context: &Context<'_>, _typing: &Typing) -> Response {
        Response::choices(&[])
    }
}
