//! Tests each feature of Footnote as its user meets it: the built binary, real files, real
//! sockets.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that meets a surprise stops there and says so")]
#![allow(unreachable_pub, reason = "in a test crate, pub marks what modules offer each other")]

mod answers;
mod ask;
mod browsing;
mod calibration;
mod claims;
mod config;
mod configuration_docs;
mod conversation;
mod curation;
mod deletion;
mod documents;
mod eval;
mod explain;
mod format_docs;
mod gaps;
mod gateway;
mod grounding;
mod guide;
mod interactions;
mod invariants;
mod journal;
mod knowledge;
mod languages;
mod lint;
mod logs;
mod manners;
mod mcp;
mod messages;
mod overlay;
mod owners;
mod people;
mod properties;
mod quality;
mod reload;
mod shipped;
mod signals;
mod site;
mod slips;
mod staleness;
mod statistics;
mod strangers;
mod suggestions;
mod support;
mod terminal;
mod threads;
mod upkeep;
mod votes;
mod web;
mod webhook;
mod wire;
mod worst_case;
