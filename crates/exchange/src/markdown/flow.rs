//! What counts as markup in a text depends on the program that it was written for.

/// What a text was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Messages on Discord. What looks like other markup was shown as it was typed.
    Discord,
    /// Cells and records: a line ends where it was ended, and elements of HTML have an end.
    Lines,
    /// As [`Flow::Lines`], but a program that shows HTML has shown it, so that each tag is markup.
    Html,
    /// Pages: lines of a paragraph flow into one, and each tag is markup.
    Paragraphs,
}
