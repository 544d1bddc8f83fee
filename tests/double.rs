//! Proves the double with a real serenity bot: that it answers and refuses as Discord does, and
//! that a test built on it can fail.

mod bot;
mod conformance;
mod files;
mod gateway;
mod limits;
mod messages;
mod rest;
mod webhook;
