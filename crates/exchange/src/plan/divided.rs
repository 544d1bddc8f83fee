//! Long answers, divided where a reader would divide them. No character is lost but blanks where
//! one part ends.

use crate::markdown::{Fence, Open};

/// The parts of an answer, each at most so many characters long.
pub(super) fn divided(answer: &str, limit: usize) -> Vec<String> {
    if answer.chars().count() <= limit {
        return vec![answer.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let mut length = 0;
    for block in blocks(answer) {
        // A long block begins where it is, if there is room for much of it.
        let room = limit.saturating_sub(length + 2);
        for piece in pieces(&block, if room > limit / 2 { room } else { limit }, limit) {
            let piece_length = piece.chars().count();
            if length > 0 && length + 2 + piece_length > limit {
                parts.push(std::mem::take(&mut part));
                length = 0;
            }
            if length > 0 {
                part.push_str("\n\n");
                length += 2;
            }
            part.push_str(&piece);
            length += piece_length;
        }
    }
    parts.push(part);
    parts
}

/// Paragraphs, lists and blocks of code.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut fence = Fence::default();
    for line in text.lines() {
        let is_code = fence.open().is_some();
        fence.take(line);
        match blocks.last_mut() {
            Some(last) if line.is_empty() && !is_code && !last.is_empty() => {
                blocks.push(String::new());
            }
            Some(last) => {
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
            None => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// A block that is too long itself, in lines, or in words: at most `first` characters, and then
/// `limit`. Code is closed where a piece ends, and opened again in the next.
fn pieces(block: &str, first: usize, limit: usize) -> Vec<String> {
    if block.chars().count() <= limit {
        return vec![block.to_owned()];
    }
    let mut fence = Fence::default();
    let mut pieces: Vec<String> = Vec::new();
    let mut piece = String::new();
    for line in block.lines() {
        let before = fence.open().cloned();
        fence.take(line);
        let open = before.as_ref().or(fence.open());
        let [close, reopen] = open.map_or([0, 0], |open| [&open.mark, &open.line].map(|line| line.chars().count() + 1));
        let is_end = before.as_ref().is_some_and(|open| open.mark == line.trim());
        let line = if is_end { line.trim() } else { line };
        for (number, line) in shorter(line, limit.saturating_sub(close + reopen)).into_iter().enumerate() {
            let glue = if number == 0 && !piece.is_empty() { "\n" } else { "" };
            let length = piece.chars().count() + glue.len() + line.chars().count();
            let room = if pieces.is_empty() { first } else { limit };
            // There always is room for the line that closes code.
            if piece.is_empty() || is_end || length + close <= room {
                piece.extend([glue, line]);
                continue;
            }
            let is_code = before.is_some() || number > 0;
            let opens = open.filter(|_| is_code).map_or(String::new(), |open| format!("{}\n", open.line));
            let whole = std::mem::replace(&mut piece, opens + line);
            pieces.push(closed(whole, open.filter(|_| is_code)));
        }
    }
    pieces.push(piece);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A piece that ends within code. A line that only opens the code is of no use at its end.
fn closed(mut piece: String, open: Option<&Open>) -> String {
    let Some(open) = open else { return piece.trim_end().to_owned() };
    let last = piece.rfind('\n').map_or(0, |end| end + 1);
    if piece[last..].trim() == open.line {
        piece.truncate(last.saturating_sub(1));
        return piece;
    }
    piece + "\n" + &open.mark
}

/// A line in pieces that fit, divided at blanks where it has any.
fn shorter(line: &str, limit: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((end, _)) = rest.char_indices().nth(limit.max(1)) {
        let at = rest[..end].rfind(' ').map_or(end, |blank| blank + 1);
        pieces.push(&rest[..at]);
        rest = &rest[at..];
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::divided;

    #[test]
    fn code_is_closed_and_opened_again_wherever_it_stands() {
        let lines = "let a = b;\n".repeat(20);
        let wide = format!("{}\n", "word ".repeat(40));
        for (before, after) in
            [("", ""), ("Text:\n", "\nMore."), ("- ", ""), ("> ", "\n\nEnd ```here``` and ```there```.")]
        {
            for (open, close) in [("```js\n", "```"), ("```", "```"), ("````md\n", "````"), ("~~~\n", "~~~")] {
                for code in [&lines, &wide, &format!("{wide}{lines}")] {
                    let whole = format!("{before}{open}{code}{close}{after}");
                    let parts = divided(&whole, 100);
                    assert!(parts.iter().all(|part| part.chars().count() <= 100), "{parts:#?}");
                    for part in &parts {
                        assert_eq!(part.matches(close).count() % 2, 0, "{part}\n\n{whole}");
                    }
                    let letters = |text: &str| {
                        let bare = text.replace(['`', '~', '\n', ' '], "");
                        bare.replace("js", "").replace("md", "")
                    };
                    assert_eq!(letters(&parts.concat()), letters(&whole));
                }
            }
        }
    }

    #[test]
    fn nothing_gets_lost_and_everything_fits() {
        let code = format!("```sh\n{}```", "run --this\n".repeat(30));
        let long = format!("{}\n\n{code}\n\n{}", "A sentence of words. ".repeat(20).trim(), "x".repeat(250));
        let parts = divided(&long, 100);
        assert!(parts.iter().all(|part| part.chars().count() <= 100), "{parts:#?}");
        assert!(parts.iter().all(|part| part.matches("```").count() % 2 == 0), "{parts:#?}");
        let letters = |text: &str| text.replace("```sh", "").replace("```", "").split_whitespace().collect::<String>();
        assert_eq!(letters(&parts.concat()), letters(&long));
    }
}
