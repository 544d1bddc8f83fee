//! Tables in Markdown, aligned so that they also look right on a terminal.

use std::fmt;
use std::time::Duration;

/// Rows under headings: first columns of text, aligned left, then columns of figures, aligned
/// right.
#[derive(Debug)]
pub(crate) struct Table<const COLUMNS: usize> {
    text_columns: usize,
    headings: [&'static str; COLUMNS],
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    pub(crate) fn new(text_columns: usize, headings: [&'static str; COLUMNS]) -> Self {
        Self { text_columns, headings, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: [String; COLUMNS]) {
        self.rows.push(row);
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().map(|row| row[column].as_str()).chain([self.headings[column]]);
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    }

    fn write_row(&self, f: &mut fmt::Formatter<'_>, cells: &[impl AsRef<str>]) -> fmt::Result {
        for (column, cell) in cells.iter().enumerate() {
            let (cell, width) = (cell.as_ref(), self.width(column));
            if column < self.text_columns { write!(f, "| {cell:<width$} ")? } else { write!(f, "| {cell:>width$} ")? }
        }
        writeln!(f, "|")
    }
}

impl<const COLUMNS: usize> fmt::Display for Table<COLUMNS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_row(f, &self.headings)?;
        for column in 0..COLUMNS {
            let dashes = "-".repeat(self.width(column) + 1);
            if column < self.text_columns { write!(f, "|{dashes}-")? } else { write!(f, "|{dashes}:")? }
        }
        writeln!(f, "|")?;
        self.rows.iter().try_for_each(|row| self.write_row(f, row))
    }
}

pub(crate) fn millis(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1e3)
}

pub(crate) fn micros(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1e6)
}

/// A number of bytes in units of 1,024, rounded up.
pub(crate) fn kibibytes(bytes: usize) -> String {
    bytes.div_ceil(1024).to_string()
}

/// A share, from 0 to 1, as a percentage.
pub(crate) fn share(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new(1, ["engine", "p50, µs"]);
        table.push(["a".to_owned(), "1.0".to_owned()]);
        table.push(["longer one".to_owned(), "12345678.0".to_owned()]);
        let expected = "\
            | engine     |    p50, µs |\n\
            |------------|-----------:|\n\
            | a          |        1.0 |\n\
            | longer one | 12345678.0 |\n";
        assert_eq!(table.to_string(), expected);
    }

    #[test]
    fn figures_carry_their_unit() {
        let duration = Duration::from_nanos(1_234_567);
        assert_eq!((millis(duration), micros(duration)), ("1.2".to_owned(), "1234.6".to_owned()));
        assert_eq!((kibibytes(1025), share(0.905)), ("2".to_owned(), "90.5%".to_owned()));
    }
}
