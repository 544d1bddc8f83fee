//! What whoever uses the library sees: real folders, real files, processes that are killed.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod applying;
mod commits;
mod edits;
mod effects;
mod fifty;
mod killed;
mod library;
mod overlays;
