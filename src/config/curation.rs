//! Who may change the base from Discord, and how a change is written.

use footnote_curation::Commits;

use super::keys;
use super::settings::Settings;

/// How the base is changed from Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurationConfig {
    /// The server whose moderators write and review drafts; `None` if it is not named, and then
    /// nobody does.
    pub server: Option<u64>,
    /// The role of the members who review drafts besides those who manage the server.
    pub reviewers_role: Option<u64>,
    /// Whether somebody else has to approve one's own draft.
    pub needs_another: bool,
    /// Which commits are made; `None` if none are.
    pub commits: Option<Commits>,
    /// Whether the record of changes has members' ids.
    pub records_ids: bool,
}

/// What is configured; `None` if changes from Discord are off.
pub(super) fn curation(settings: &Settings<'_>) -> Option<CurationConfig> {
    let branch = settings.get(&keys::CURATION_BRANCH).map(|branch| branch.0);
    let commits = settings.get(&keys::CURATION_COMMIT).then_some(Commits { branch, enclosing: false });
    let config = CurationConfig {
        server: settings.get(&keys::CURATION_SERVER).map(|id| id.0),
        reviewers_role: settings.get(&keys::CURATION_REVIEWERS).map(|id| id.0),
        needs_another: settings.get(&keys::CURATION_ANOTHER),
        commits,
        records_ids: settings.get(&keys::CURATION_MEMBER_IDS),
    };
    settings.get(&keys::CURATION_ENABLED).then_some(config)
}
