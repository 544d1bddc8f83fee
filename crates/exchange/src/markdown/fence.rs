//! Which lines are code, as Discord sees it: three marks begin it wherever they stand in a line,
//! and the next three end it.

/// The marks that begin a block of code at the start of a line.
pub(crate) fn fence_mark(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    // With such marks behind it, it is code within a line.
    (length >= 3 && !rest.contains(mark)).then(|| mark.to_string().repeat(length))
}

/// Follows the lines of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fence {
    open: Option<Open>,
}

/// The line that opens a block of code, and the one that closes it.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) line: String,
    pub(crate) mark: String,
}

impl Fence {
    /// The block that the next line is in.
    pub(crate) fn open(&self) -> Option<&Open> {
        self.open.as_ref()
    }

    /// Goes on behind a line.
    pub(crate) fn take(&mut self, line: &str) {
        let has_odd_marks = line.matches("```").count() % 2 == 1;
        // It may be in a list or a quotation.
        let line = line.trim_start_matches(['>', '-', '+', '*', ' ', '\t']).trim_end();
        self.open = match self.open.take() {
            Some(open) if open.mark == "```" => (!has_odd_marks).then_some(open),
            Some(open) => {
                let ends = fence_mark(line).is_some_and(|mark| mark == line && mark.starts_with(&open.mark));
                (!ends).then_some(open)
            }
            None => match fence_mark(line).filter(|mark| mark != "```") {
                Some(mark) => Some(Open { line: line.to_owned(), mark }),
                None if has_odd_marks => {
                    let language = line.rsplit("```").next().unwrap_or_default();
                    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '_' | '.' | '#');
                    let language = if language.chars().all(is_name) { language } else { "" };
                    Some(Open { line: format!("```{language}"), mark: "```".to_owned() })
                }
                None => None,
            },
        };
    }
}
