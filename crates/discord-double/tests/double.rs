//! Proves that the double answers and refuses as Discord does, and that a test built on it can
//! fail. The bots here are written by hand, so that they can make mistakes that no library would.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that meets a surprise stops there and says so")]

mod double {
    mod client;
    mod console;
    mod gateway;
    mod limits;
    mod messages;
    mod rest;
    mod webhook;
}
