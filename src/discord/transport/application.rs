//! The application that the bot's token belongs to, and who owns it.

use serde::Deserialize;

use super::reading::Id;
use crate::discord::app::Owners;

/// What the bot has to know about its application ([application
/// object](https://discord.com/developers/docs/resources/application#application-object)).
#[derive(Debug, Deserialize)]
pub(super) struct Application {
    pub(super) id: Id,
    /// The key that verifies the signatures of interactions, in hexadecimal digits.
    pub(super) verify_key: String,
    owner: Option<User>,
    team: Option<Team>,
}

#[derive(Debug, Deserialize)]
struct User {
    id: Id,
}

/// A [team](https://discord.com/developers/docs/topics/teams#data-models-team-object).
#[derive(Debug, Deserialize)]
struct Team {
    owner_user_id: Id,
    members: Vec<TeamMember>,
}

#[derive(Debug, Deserialize)]
struct TeamMember {
    membership_state: u8,
    role: String,
    user: User,
}

/// The membership state of members who have accepted their invitation.
const ACCEPTED: u8 = 2;

/// The roles that may configure a team's applications. The third role, `read_only`, may not.
const OWNING_ROLES: [&str; 2] = ["admin", "developer"];

impl Application {
    /// Its owner; or, if a team owns it, the team's owner and the members who may configure it.
    pub(super) fn owners(&self) -> Owners {
        let Some(team) = &self.team else { return Owners(self.owner.iter().map(|owner| owner.id.0).collect()) };
        let is_owning =
            |member: &&TeamMember| member.membership_state == ACCEPTED && OWNING_ROLES.contains(&member.role.as_str());
        let members = team.members.iter().filter(is_owning).map(|member| member.user.id);
        Owners(members.chain([team.owner_user_id]).map(|id| id.0).collect())
    }
}
