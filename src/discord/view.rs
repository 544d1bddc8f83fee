//! What members see: cards, each within every limit of Discord whatever a base contains.
//!
//! Each limit is enforced in the code that makes a part, so no caller can forget it. Nothing here
//! knows about the process or about commands; functions take the base, and whatever else they
//! show, as arguments.
//!
//! In reading order: [`limits`] counts and cuts texts, and [`markdown`] switches off formatting;
//! [`address`] is the state of buttons and menus; [`mod@file`] and [`message`] are what cards are
//! made of, and [`listing`] turns pages; [`entry`], [`sources`], [`reply`], [`catalogue`],
//! [`gaps`], [`suggestions`], [`stats`] with its `chart`, [`digest`], [`report`], [`people`],
//! [`preview`], [`draft`], [`about`] and [`help`] are the cards; [`thread`] is what stands below
//! them in threads, and [`form`] is what members fill in. [`told`] answers what had no answer when
//! it was asked. [`layout`] changes what is below a card that is already on Discord. [`wording`]
//! says how an answer stands and where it comes from.

pub(super) mod about;
pub(super) mod address;
pub(super) mod catalogue;
mod chart;
pub(super) mod digest;
pub(super) mod draft;
pub(super) mod entry;
pub(super) mod file;
pub(super) mod form;
pub(super) mod gaps;
pub(super) mod help;
pub(super) mod layout;
pub(super) mod limits;
pub(super) mod listing;
pub(super) mod markdown;
pub(super) mod message;
pub(super) mod people;
pub(super) mod preview;
pub(super) mod reply;
pub(super) mod report;
pub(super) mod sources;
pub(super) mod stats;
pub(super) mod step;
pub(super) mod suggestions;
pub(super) mod thread;
pub(super) mod told;
mod wording;
