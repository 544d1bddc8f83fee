//! The ground floor for text: what every other module needs to know of characters, words and
//! numbers.

mod counted;
pub mod fold;
pub mod plain;

pub use counted::counted;
