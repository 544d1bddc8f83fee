//! Every key of `config.toml`, declared once.
//!
//! The parser knows only these keys. `config.toml` and `docs/CONFIGURATION.md` are generated from
//! them, with tables and keys in the order of this list. After a change, run `just docs`; a test
//! fails until you do.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use footnote_knowledge::staleness::Age;
use footnote_search::reply::Thresholds;

use super::branch::BranchName;
use super::database_url::DatabaseUrl;
use super::key::{Declaration, Key, ProxyAddress, Share, Visitor, WebAddress};
use super::language::BaseLanguage;
use super::setting::Setting;
use super::threads::{Id, TagName};
use super::transport::{PublicKey, Shards, TransportName};
use super::weekly_time::WeeklyTime;
use crate::language::Language;

/// Declares the keys, and the list of all of them: those here, and then those in another module.
macro_rules! keys {
    ($([$rest:ident])? $($name:ident: $value:ty = $key:expr;)*) => {
        $(pub(in crate::config) static $name: Key<$value> = $key;)*

        /// The paths of all keys, each after the other keys of its table.
        pub(in crate::config) fn paths() -> impl Iterator<Item = &'static str> {
            [$($name.path),*].into_iter()$(.chain($rest::paths()))?
        }

        /// Visits all keys, in the same order.
        pub(in crate::config) fn visit_all(visitor: &mut impl Visitor) {
            $(visitor.visit(&$name);)*
            $($rest::visit_all(visitor);)?
        }

        /// All keys, in the same order.
        pub(in crate::config) fn declarations() -> Vec<Declaration> {
            [vec![$($name.declaration()),*]$(, $rest::declarations())?].concat()
        }
    };
}

mod operation;
pub(super) mod server;

pub(super) use self::operation::{
    HTTP_LISTEN, LOG_FORMAT, LOG_LEVEL, LOG_SAMPLE, MEMORY_BASES, WEB_ALLOW_ORIGINS, WEB_BEHIND_PROXY, WEB_LISTEN,
    WEB_PUBLIC_URL, WEB_SEARCHES_A_MINUTE, WEB_TITLE,
};

keys! {
    [operation]
    KNOWLEDGE: PathBuf = Key {
        path: "knowledge.path",
        default: || PathBuf::from("knowledge"),
        example: "\"knowledge\"",
        meaning: "The folder of the knowledge base, relative to the configuration file. The option \
            `--knowledge` overrides it. Instead of the table, `knowledge = \"knowledge\"` says it \
            too.",
    };
    KNOWLEDGE_WATCH: bool = Key {
        path: "knowledge.watch",
        default: || true,
        example: "true",
        meaning: "Whether `footnote serve` loads the knowledge base, and what it can of this file, \
            as soon as they change. If not, `/reload` and the signal SIGHUP do it.",
    };
    STALE_AFTER: Option<Age> = Key {
        path: "knowledge.stale_after",
        default: || None,
        example: "\"12 months\"",
        meaning: "After how many days, weeks, months or years an entry is due for review, counted \
            from its `as_of`. `footnote check --stale`, `/stats` and the digest remind you; \
            members never see it. An entry's or source's own `review_by` counts without this key \
            too.",
    };
    BASE_LANGUAGE: BaseLanguage = Key {
        path: "knowledge.language",
        default: || BaseLanguage(Some(Language::English)),
        example: "\"de\"",
        meaning: "The language of the knowledge base. A member who asks in another one, to which \
            the base has no sure answer, is told so instead of a guess. With \"other\", the bot \
            does not look at the language of questions.",
    };
    ANSWER_AT: f32 = Key {
        path: "answer.answer_at",
        default: || Thresholds::default().answer_at,
        example: "0.35",
        meaning: "The bot answers with the best entry if its confidence is at least this.",
    };
    CLOSEST_AT: f32 = Key {
        path: "answer.closest_at",
        default: || Thresholds::default().closest_at,
        example: "0.3",
        meaning: "From this confidence up to `answer_at`, the best entry is shown as the nearest \
            thing that the bot knows. So is one that `answer_at` would let pass if nothing in the \
            question spoke against it, such as another number.",
    };
    SUGGEST_AT: f32 = Key {
        path: "answer.suggest_at",
        default: || Thresholds::default().suggest_at,
        example: "0.15",
        meaning: "From this confidence up to `closest_at`, the bot asks \"Did you mean one of \
            these?\" and offers up to five entries. Below it, the bot says \"I don't know\".",
    };
    // On the shipped base, remarks on its subject that ask nothing come close to 0.75. A single
    // keyword can reach 0.9, but a threshold above that would silence nearly every question.
    WATCH_AT: f32 = Key {
        path: "answer.watch_at",
        default: || 0.8,
        example: "0.8",
        meaning: "In watched channels, the bot answers a plain message, which nobody addressed to \
            it, if its confidence is at least this. This cannot be below `answer_at`. If you set \
            `answer_at` higher than this default, the default rises with it.",
    };
    UNANSWERABLE: Share = Key {
        path: "answer.unanswerable",
        default: || Share(0.2),
        example: "0.2",
        meaning: "The share of questions that you expect to have no answer in the base. The bot \
            learns from the base how far it can trust itself, and the more such questions there \
            are, the less it does.",
    };
    API_PROXY: Option<ProxyAddress> = Key {
        path: "discord.api_proxy",
        default: || None,
        example: "\"http://127.0.0.1:8080\"",
        meaning: "A proxy that handles Discord's rate limits, such as twilight-http-proxy or \
            nirn-proxy. The bot sends its REST requests there instead of to Discord, and also asks \
            it for the gateway's address.",
    };
    LANGUAGE: Language = Key {
        path: "discord.language",
        default: || Language::English,
        example: "\"de\"",
        meaning: "The language of everything but the answers. Members read the language of their \
            client if the bot has it, else that of their server; this one is for all others, for \
            messages, and for commands in a client whose language the bot lacks. Discord has \
            neither Albanian (\"sq\") nor Serbian (\"sr-Cyrl\" or \"sr-Latn\"), so these also \
            take the place of English.",
    };
    SOURCE_CODE: Option<WebAddress> = Key {
        path: "discord.source_code",
        default: || None,
        example: "\"https://example.org/footnote\"",
        meaning: "Where members can find the program's source code. `/about` shows the address.",
    };
    PRIVACY_POLICY: Option<WebAddress> = Key {
        path: "discord.privacy_policy",
        default: || None,
        example: "\"https://example.org/privacy\"",
        meaning: "Where members can read what happens to their data. `/about` links to it. \
            docs/PRIVACY.md is a text that you can adopt.",
    };
    TERMS: Option<WebAddress> = Key {
        path: "discord.terms",
        default: || None,
        example: "\"https://example.org/terms\"",
        meaning: "Where members can read the terms of service. `/about` links to them.",
    };
    SUPPORT: Option<WebAddress> = Key {
        path: "discord.support",
        default: || None,
        example: "\"https://discord.gg/example\"",
        meaning: "Where members get help from you, such as an invitation to a server. `/about` \
            links to it.",
    };
    SHARDS: Shards = Key {
        path: "discord.shards",
        default: || Shards::Auto,
        example: "\"0-3/8\"",
        meaning: "Which shards of the gateway this process runs: \"auto\" for as many as Discord \
            recommends, or a range, if several processes share them.",
    };
    TRANSPORT: TransportName = Key {
        path: "discord.transport",
        default: || TransportName::Gateway,
        example: "\"webhook\"",
        meaning: "How the bot receives interactions. With \"gateway\" it connects to Discord; with \
            \"webhook\" Discord sends it requests (see docs/OPERATIONS.md).",
    };
    WATCH_CHANNELS: Vec<u64> = Key {
        path: "discord.watch_channels",
        default: Vec::new,
        example: "[\"1287650000000000020\"]",
        meaning: "The ids of forums and channels in which the bot reads every message and answers \
            unasked if it is sure enough. Posts of a forum and threads of a channel belong to it. \
            This needs the gateway and the Message Content Intent (in the developer portal: Bot, \
            Privileged Gateway Intents).",
    };
    OWNER_SERVER: Option<Id> = Key {
        path: "discord.owner_server",
        default: || None,
        example: "\"1287650000000000010\"",
        meaning: "The id of the server in which the owners' commands are offered: `/reload`, \
            `/check` and `/preview`. Only its administrators see them there, and no other server \
            has them. Without it, they are offered only in direct messages to the bot.",
    };
    ALLOW_FOR: bool = Key {
        path: "discord.allow_for",
        default: || true,
        example: "false",
        meaning: "Whether `/ask` has the option `for`, which notifies another member of an answer.",
    };
    SETTINGS: Vec<Setting> = Key {
        path: "discord.settings",
        default: || vec![Setting::For, Setting::Language],
        example: "[\"for\", \"language\", \"helper_role\", \"reviewers_role\", \"cooldown\"]",
        meaning: "What those who manage a server can change there with `/settings`, of \"for\" \
            (whether `/ask` has `for`), \"language\", \"helper_role\", \"reviewers_role\", \
            \"cooldown\", \"watch_channels\", \"answer_at\", \"closest_at\", \"suggest_at\" and \
            \"watch_at\". It needs the journal, which keeps the changes. With [], there is no \
            `/settings`. \"watch_channels\" needs the gateway and the message content intent, as \
            `discord.watch_channels` does.",
    };
    SETTINGS_LEEWAY: f32 = Key {
        path: "discord.settings_leeway",
        default: || 0.0,
        example: "0.1",
        meaning: "How far below yours those who manage a server can set thresholds with \
            `/settings`. With 0, they can only raise them: the bot answers less often there, and \
            never guesses.",
    };
    OFFER_SECONDS: NonZeroU32 = Key {
        path: "discord.offer_seconds",
        default: || NonZeroU32::MIN.saturating_add(599),
        example: "600",
        meaning: "After how many seconds a public \"Did you mean\" that nobody has used loses its \
            menu; at most 840.",
    };
    FORUM_SOLVED_TAG: Option<TagName> = Key {
        path: "discord.forum.solved_tag",
        default: || None,
        example: "\"Solved\"",
        meaning: "The name of the tag that a forum's post gets with *Solved*. The bot needs the \
            permission Manage Threads for it.",
    };
    FORUM_CLOSE_SOLVED: bool = Key {
        path: "discord.forum.close_solved",
        default: || false,
        example: "true",
        meaning: "Whether *Solved* also closes the post or thread, which a later message opens \
            again. The bot needs the permission Manage Threads for it.",
    };
    HELPERS_SERVER: Option<Id> = Key {
        path: "discord.helpers.server",
        default: || None,
        example: "\"1287650000000000010\"",
        meaning: "The id of the server in which people answer what the bot cannot. There, \"I \
            don't know\" has the button **Ask a person**. It needs `role`, `channel` or both.",
    };
    HELPERS_ROLE: Option<Id> = Key {
        path: "discord.helpers.role",
        default: || None,
        example: "\"1287650000000000040\"",
        meaning: "The id of the role of the people who help members. *I still need help* below a \
            post notifies it, and once somebody with this role has written in a post, the bot only \
            answers there if it is mentioned. **Ask a person** notifies it too.",
    };
    HELPERS_CHANNEL: Option<Id> = Key {
        path: "discord.helpers.channel",
        default: || None,
        example: "\"1287650000000000022\"",
        meaning: "The id of the channel in which **Ask a person** posts the question. Without it, \
            the question is posted in the channel in which it was asked. It needs `server`.",
    };
    WEBHOOK_LISTEN: SocketAddr = Key {
        path: "discord.webhook.listen",
        default: || SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
        example: "\"0.0.0.0:8080\"",
        meaning: "The address that the webhook listens on. A reverse proxy with TLS forwards \
            Discord's requests to it.",
    };
    WEBHOOK_PUBLIC_KEY: Option<PublicKey> = Key {
        path: "discord.webhook.public_key",
        default: || None,
        example: "\"64 hexadecimal digits\"",
        meaning: "The application's public key, from the General Information page of the developer \
            portal. The webhook needs it.",
    };
    WEBHOOK_DRAIN: Option<NonZeroU32> = Key {
        path: "discord.webhook.drain_seconds",
        default: || None,
        example: "5",
        meaning: "For how many seconds the webhook goes on answering when the bot is told to stop, \
            while `/readyz` already fails. Set it behind a load balancer, to the time that it \
            takes to notice.",
    };
    COOLDOWN_ENABLED: bool = Key {
        path: "discord.cooldown.enabled",
        default: || true,
        example: "true",
        meaning: "Whether members who use the bot too often have to wait.",
    };
    COOLDOWN_USES: NonZeroU32 = Key {
        path: "discord.cooldown.uses",
        default: || NonZeroU32::MIN.saturating_add(9),
        example: "10",
        meaning: "How many times a member can use the bot without waiting.",
    };
    COOLDOWN_SECONDS: NonZeroU32 = Key {
        path: "discord.cooldown.seconds",
        default: || NonZeroU32::MIN.saturating_add(19),
        example: "20",
        meaning: "How many seconds it takes until all of these uses are available again. They \
            return one by one, evenly spread.",
    };
    JOURNAL_ENABLED: bool = Key {
        path: "journal.enabled",
        default: || true,
        example: "true",
        meaning: "Whether to store unanswered questions and votes, for `footnote journal` and \
            `/gaps`. Votes are stored with keyed hashes of the members' ids.",
    };
    // It is in a folder of its own, because a container mounts folders and SQLite keeps more
    // files there.
    JOURNAL_PATH: PathBuf = Key {
        path: "journal.path",
        default: || PathBuf::from("data/footnote.db"),
        example: "\"data/footnote.db\"",
        meaning: "The database file, relative to the configuration file. It and its folder are \
            created if they are missing. The folder has to stay writable, because SQLite keeps \
            more files next to this one.",
    };
    JOURNAL_URL: Option<DatabaseUrl> = Key {
        path: "journal.url",
        default: || None,
        example: "\"postgres://footnote@db.example/footnote\"",
        meaning: "A PostgreSQL database to use instead of the file, so that replicas share one \
            journal. Keep the password out of this file: set the variable FOOTNOTE_JOURNAL_URL, \
            PGPASSWORD or PGPASSFILE. The journal's key has to be given then, the same for every \
            replica (see docs/OPERATIONS.md).",
    };
    JOURNAL_RETENTION_DAYS: NonZeroU32 = Key {
        path: "journal.retention_days",
        default: || NonZeroU32::MIN.saturating_add(89),
        example: "90",
        meaning: "After how many days a vote, or a question that nobody asked again, is deleted.",
    };
    JOURNAL_LINKS: bool = Key {
        path: "journal.links",
        default: || false,
        example: "true",
        meaning: "Whether to keep in which message an unanswered question was asked, as long as \
            the question. Then `/gaps` links to it, and when an approved change answers it \
            (curation.enabled), its author gets a reply, once. See docs/PRIVACY.md.",
    };
    JOURNAL_GAPS_A_DAY: NonZeroU32 = Key {
        path: "journal.gaps_a_day",
        default: || NonZeroU32::MIN.saturating_add(19),
        example: "20",
        meaning: "How many new unanswered questions of one member are stored on a day (UTC). \
            Further ones are answered as usual, but not stored.",
    };
    JOURNAL_GAPS_A_SERVER: NonZeroU32 = Key {
        path: "journal.gaps_a_server",
        default: || NonZeroU32::MIN.saturating_add(4_999),
        example: "5000",
        meaning: "How many different unanswered questions of one server are stored. Further ones \
            are not, until some are deleted. Those from direct messages count as one server.",
    };
    CURATION_ENABLED: bool = Key {
        path: "curation.enabled",
        default: || false,
        example: "true",
        meaning: "Whether the moderators of one server can change the base from Discord, with \
            *Teach Footnote*, `/gaps` and `/drafts` (see docs/CURATING.md). It needs `server` and \
            the journal.",
    };
    CURATION_SERVER: Option<Id> = Key {
        path: "curation.server",
        default: || None,
        example: "\"1287650000000000010\"",
        meaning: "The id of the server whose moderators may change the base. No other server has \
            the commands for it.",
    };
    CURATION_REVIEWERS: Option<Id> = Key {
        path: "curation.reviewers_role",
        default: || None,
        example: "\"1287650000000000041\"",
        meaning: "The id of the role of the members who approve and refuse drafts. Members who may \
            manage the server always can.",
    };
    CURATION_ANOTHER: bool = Key {
        path: "curation.another_approves",
        default: || true,
        example: "false",
        meaning: "Whether somebody else has to approve a reviewer's own draft. If not, it is in \
            the base as soon as they confirm it.",
    };
    CURATION_COMMIT: bool = Key {
        path: "curation.commit",
        default: || true,
        example: "false",
        meaning: "Whether each change is a commit, if the folder that it is written to is a git \
            repository. Pushing is up to you.",
    };
    CURATION_BRANCH: Option<BranchName> = Key {
        path: "curation.branch",
        default: || None,
        example: "\"footnote\"",
        meaning: "The branch on which the commits are made, which is created if it is missing. \
            Without it, they are made on the one that is checked out.",
    };
    CURATION_MEMBER_IDS: bool = Key {
        path: "curation.member_ids",
        default: || false,
        example: "true",
        meaning: "Whether `CHANGES.jsonl` has the Discord ids of those who wrote and approved a \
            change, besides what they were.",
    };
    CURATION_OVERLAY: Option<PathBuf> = Key {
        path: "curation.overlay",
        default: || None,
        example: "\"knowledge.d\"",
        meaning: "The folder of the overlay, relative to the configuration file. As soon as it \
            exists, it adds to the base (see docs/KNOWLEDGE.md). Without this key, it is next to \
            the folder of the base, with `.d` at the end of its name.",
    };
    DIGEST_CHANNEL: Option<Id> = Key {
        path: "digest.channel",
        default: || None,
        example: "\"1287650000000000023\"",
        meaning: "The id of the channel that gets a digest of its server once a week: new \
            unanswered questions, entries that did not help, drafts that wait, and what is due \
            for review. Choose one that only moderators read: it shows what members asked. It \
            needs the journal.",
    };
    DIGEST_AT: WeeklyTime = Key {
        path: "digest.at",
        default: || WeeklyTime::MONDAY_MORNING,
        example: "\"monday 09:00\"",
        meaning: "When the digest is sent, in UTC. If the bot does not run then, it is sent as \
            soon as it does.",
    };
}
