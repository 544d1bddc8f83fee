//! What all the code needs to know about characters, words and numbers.
//!
//! It is in one place so that search, checks and displays never read the same text differently.

mod address;
mod counted;
pub mod fold;
mod kebab_case;
pub mod numbers;
pub mod plain;
mod quotes;

pub use address::is_web_address;
pub use counted::counted;
pub use kebab_case::{is_kebab_case, kebab_case};
pub use quotes::comparable;

/// The English names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
