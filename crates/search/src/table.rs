//! Tables of words that are compiled in: text files, so that they are read and edited as lists.

/// The rows of a table: its lines but for blank ones and comments, which begin with `#`.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}
