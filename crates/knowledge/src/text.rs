//! The ground floor for text: what every other module needs to know of characters, words and
//! numbers.

mod counted;
pub mod fold;
pub mod numbers;
pub mod plain;
mod quotes;

pub use counted::counted;
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
