//! Problems of a knowledge base.

use super::file::File;
use super::limits::{MAX_LINE, length, truncate};
use super::markdown::within_block;
use super::message::{AMBER, Card};
use crate::discord::texts::Texts;
use footnote_knowledge::diagnostic::{Diagnostics, Severity};
use footnote_knowledge::text::plain::without_controls;

/// The longest part of a report in the card, in UTF-16 code units. The rest is in the file.
const MAX_REPORT: usize = 1_800;

/// The file with the whole report.
const FILE: &str = "problems.txt";

/// How many problems there are.
pub(in crate::discord) fn totals(texts: &Texts, problems: &Diagnostics) -> String {
    texts.problems(problems.count(Severity::Error), problems.count(Severity::Warning))
}

/// As many lines of the problems as fit. If that is not all of them, a file has all.
pub(in crate::discord) fn card(title: &str, introduction: &str, problems: &Diagnostics) -> Card {
    sized(title, introduction, problems, MAX_REPORT)
}

/// Like [`card`], with at most this much of the report, in UTF-16 code units.
pub(super) fn sized(title: &str, introduction: &str, problems: &Diagnostics, max: usize) -> Card {
    let rendered = problems.render(false);
    let whole: Vec<String> = rendered.lines().map(without_controls).collect();
    let mut block = String::new();
    let mut is_whole = true;
    for line in &whole {
        let shown = within_block(&truncate(line, MAX_LINE));
        if length(&block) + length(&shown) >= max {
            is_whole = false;
            break;
        }
        is_whole &= length(line) <= MAX_LINE;
        block.push_str(&shown);
        block.push('\n');
    }
    // Without room for a line, the file says everything.
    let block = if block.is_empty() { String::new() } else { format!("```\n{block}```") };
    let text = format!("{introduction}\n{block}");
    let card = Card::new(title, text.trim_start(), AMBER).private(true);
    if is_whole { card } else { card.attach(File::new(FILE, whole.join("\n"))) }
}

#[cfg(test)]
mod tests {
    use super::super::message::tests::json;
    use super::*;
    use footnote_knowledge::diagnostic::{Diagnostic, DiagnosticSink};

    fn report(problems: usize, message: &str) -> Card {
        let sink = DiagnosticSink::default();
        for number in 0..problems {
            sink.report(Diagnostic::error_in(format!("{number}.toml"), message));
        }
        card("Problems", "Here they are.", &sink.into_diagnostics())
    }

    #[test]
    fn problems_that_do_not_fit_are_in_a_file_with_all_the_others() {
        assert_eq!(report(2, "it is odd").file(), None);
        for (problems, message) in [(200, "it is odd".to_owned()), (1, "odd ".repeat(60))] {
            let card = report(problems, &message);
            let file = card.file().expect("there is a file");
            assert_eq!(file.text().matches(message.trim_end()).count(), problems);
        }
    }

    #[test]
    fn nothing_ends_the_code_block_early() {
        let card = report(1, "``` @everyone \u{202e}");
        let text = json(&card)["embeds"][0]["description"].as_str().unwrap_or_default().to_owned();
        assert_eq!(text.matches("```").count(), 2, "{text}");
        assert!(text.starts_with("Here they are.\n```\n") && text.ends_with("\n```"), "{text}");
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}
