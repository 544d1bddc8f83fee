//! What members see: cards, each within every limit of Discord whatever a base contains.
//!
//! A limit is kept where a part is made, so that no caller can forget it. Nothing here knows of the
//! process or of commands; a function takes the base, and whatever else it shows, as arguments.
//!
//! In reading order: [`limits`] counts and cuts texts, and [`markdown`] switches off formatting;
//! [`address`] is the state of buttons and menus; [`mod@file`] and [`message`] are what cards are
//! made of, and [`listing`] turns pages; [`entry`], [`reply`], [`catalogue`], [`gaps`] and
//! [`report`] are the cards.

pub(super) mod address;
pub(super) mod catalogue;
pub(super) mod entry;
pub(super) mod file;
pub(super) mod gaps;
pub(super) mod limits;
pub(super) mod listing;
pub(super) mod markdown;
pub(super) mod message;
pub(super) mod reply;
pub(super) mod report;
