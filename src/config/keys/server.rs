//! Every key of a `[[server]]`, declared once, as those of the other tables are. A key that is left
//! out says nothing: then the server has what all servers have.

use std::num::NonZeroU32;
use std::path::PathBuf;

use crate::config::key::{Declaration, Key, Visitor};
use crate::config::language::BaseLanguage;
use crate::config::setting::Setting;
use crate::config::threads::Id;
use crate::language::Language;

keys! {
    ID: Option<Id> = Key {
        path: "server.id",
        default: || None,
        example: "\"1287650000000000010\"",
        meaning: "The server's id. Everything else may be left out; then it is as for all servers.",
    };
    KNOWLEDGE: Vec<PathBuf> = Key {
        path: "server.knowledge",
        default: Vec::new,
        example: "[\"knowledge\", \"servers/harbour\"]",
        meaning: "The folders of the server's own base, the lowest first: each adds to those \
            before it, and replaces entries of theirs. The last one is the server's own, into \
            which its moderators' changes are written; it need not exist yet if it is not the only \
            one. Without this key, the server has the base of `[knowledge]`.",
    };
    KNOWLEDGE_LANGUAGE: Option<BaseLanguage> = Key {
        path: "server.knowledge_language",
        default: || None,
        example: "\"de\"",
        meaning: "The language of the server's base, as in `knowledge.language`.",
    };
    ANSWER_AT: Option<f32> = Key {
        path: "server.answer_at",
        default: || None,
        example: "0.6",
        meaning: "The bot answers here with the best entry if its confidence is at least this.",
    };
    CLOSEST_AT: Option<f32> = Key {
        path: "server.closest_at",
        default: || None,
        example: "0.3",
        meaning: "From this confidence up to `answer_at`, the best entry is shown as the nearest.",
    };
    SUGGEST_AT: Option<f32> = Key {
        path: "server.suggest_at",
        default: || None,
        example: "0.15",
        meaning: "From this confidence up to `closest_at`, entries are offered.",
    };
    WATCH_AT: Option<f32> = Key {
        path: "server.watch_at",
        default: || None,
        example: "0.9",
        meaning: "The confidence from which the bot answers unasked in watched channels here.",
    };
    WATCH_CHANNELS: Vec<u64> = Key {
        path: "server.watch_channels",
        default: Vec::new,
        example: "[\"1287650000000000020\"]",
        meaning: "The ids of forums and channels of this server that are watched, besides those in \
            `discord.watch_channels`.",
    };
    HELPER_ROLE: Option<Id> = Key {
        path: "server.helper_role",
        default: || None,
        example: "\"1287650000000000040\"",
        meaning: "The id of the role of the people who help members here, as in \
            `discord.helpers.role`. With it or `helper_channel`, \"I don't know\" has the button \
            **Ask a person**.",
    };
    HELPER_CHANNEL: Option<Id> = Key {
        path: "server.helper_channel",
        default: || None,
        example: "\"1287650000000000022\"",
        meaning: "The id of the channel in which **Ask a person** posts the question. Without it, \
            the question is posted where it was asked.",
    };
    REVIEWERS_ROLE: Option<Id> = Key {
        path: "server.reviewers_role",
        default: || None,
        example: "\"1287650000000000041\"",
        meaning: "The id of the role of the members who approve and refuse drafts here. With \
            `curation.enabled`, the moderators of a server change its own base.",
    };
    LANGUAGE: Option<Language> = Key {
        path: "server.language",
        default: || None,
        example: "\"de\"",
        meaning: "The language of everything but the answers here, as in `discord.language`.",
    };
    COOLDOWN: Option<bool> = Key {
        path: "server.cooldown",
        default: || None,
        example: "true",
        meaning: "Whether members who use the bot too often here have to wait.",
    };
    COOLDOWN_USES: Option<NonZeroU32> = Key {
        path: "server.cooldown_uses",
        default: || None,
        example: "5",
        meaning: "How many times a member can use the bot here without waiting.",
    };
    COOLDOWN_SECONDS: Option<NonZeroU32> = Key {
        path: "server.cooldown_seconds",
        default: || None,
        example: "60",
        meaning: "How many seconds it takes until all of these uses are available again.",
    };
    ALLOW_FOR: Option<bool> = Key {
        path: "server.allow_for",
        default: || None,
        example: "false",
        meaning: "Whether `/ask` notifies another member of an answer here with `for`.",
    };
    SETTINGS: Option<Vec<Setting>> = Key {
        path: "server.settings",
        default: || None,
        example: "[\"for\", \"language\", \"cooldown\"]",
        meaning: "What those who manage this server can change there, as in `discord.settings`.",
    };
    SETTINGS_LEEWAY: Option<f32> = Key {
        path: "server.settings_leeway",
        default: || None,
        example: "0.1",
        meaning: "How far below yours they can set thresholds, as in `discord.settings_leeway`.",
    };
}
