//! The ground floor for text: what every other module needs to know of characters, words and
//! numbers.

pub mod fold;
