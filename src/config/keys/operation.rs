//! The keys of the tables that are about the running process: what it listens on, and its log.

use std::net::SocketAddr;
use std::num::NonZeroU32;

use crate::config::key::{Declaration, Key, Visitor};
use crate::config::log::{LogFormat, LogLevel};
use crate::config::site::{AllowedOrigin, PublicAddress, SiteTitle};

keys! {
    HTTP_LISTEN: Option<SocketAddr> = Key {
        path: "http.listen",
        default: || None,
        example: "\"127.0.0.1:9464\"",
        meaning: "The address for probes and metrics: `/healthz`, `/readyz` and `/metrics` (see \
            docs/OPERATIONS.md). It is for the operator alone, so do not make it public.",
    };

    WEB_LISTEN: Option<SocketAddr> = Key {
        path: "web.listen",
        default: || None,
        example: "\"127.0.0.1:8081\"",
        meaning: "The address on which `footnote serve` shows its base to everyone: pages for \
            people and an API for programs (see docs/OPERATIONS.md and docs/API.md). A reverse \
            proxy with TLS forwards requests to it.",
    };
    WEB_PUBLIC_URL: Option<PublicAddress> = Key {
        path: "web.public_url",
        default: || None,
        example: "\"https://faq.example.org\"",
        meaning: "Where everyone finds these pages, or those that `footnote site` has written. The \
            title of each answer on Discord then links to its page, and the pages have a \
            sitemap and a feed of changes.",
    };
    WEB_TITLE: SiteTitle = Key {
        path: "web.title",
        default: SiteTitle::default,
        example: "\"Questions about the harbour\"",
        meaning: "What the pages are called.",
    };
    WEB_ALLOW_ORIGINS: Vec<AllowedOrigin> = Key {
        path: "web.allow_origins",
        default: Vec::new,
        example: "[\"https://example.org\"]",
        meaning: "The websites whose scripts may read the API in a browser: their origins, or \
            \"*\" for all. Programs outside of browsers always may.",
    };
    WEB_SEARCHES_A_MINUTE: NonZeroU32 = Key {
        path: "web.searches_a_minute",
        default: || NonZeroU32::MIN.saturating_add(239),
        example: "240",
        meaning: "How many searches and requests to the API an address has in a minute, at once or \
            spread. While somebody types, each pause is a search. IPv6 addresses count by their \
            first 64 bits.",
    };
    WEB_BEHIND_PROXY: bool = Key {
        path: "web.behind_proxy",
        default: || false,
        example: "true",
        meaning: "Whether a reverse proxy forwards all requests and adds the sender's address to \
            `X-Forwarded-For`. Then the last address there is counted, otherwise the one that the \
            connection comes from.",
    };

    MEMORY_BASES: NonZeroU32 = Key {
        path: "memory.bases_mb",
        default: || NonZeroU32::MIN.saturating_add(511),
        example: "200",
        meaning: "How many megabytes the loaded bases may take together. The base of a \
            `[[server]]` is loaded when somebody asks there; if there is no room, those that \
            nobody has asked for the longest time are let go. The base of `[knowledge]` always \
            stays.",
    };
    LOG_FORMAT: LogFormat = Key {
        path: "log.format",
        default: || LogFormat::Human,
        example: "\"json\"",
        meaning: "The format of the log: \"human\" for people, \"json\" for log collectors, one \
            object per line. Logs go to standard error.",
    };
    LOG_LEVEL: LogLevel = Key {
        path: "log.level",
        default: || LogLevel::Info,
        example: "\"info\"",
        meaning: "The least important lines to log. Only \"debug\" and \"trace\" log the text of \
            questions.",
    };
    LOG_SAMPLE: NonZeroU32 = Key {
        path: "log.sample",
        default: || NonZeroU32::MIN,
        example: "100",
        meaning: "Of the interactions and replies that succeeded, every so many-th is logged; 1 \
            logs all. Failures are always logged, and the metrics count everything.",
    };
}
