//! Long answers, divided where a reader would divide them. No character is lost but blanks where
//! one part ends.

use crate::markdown::fence_mark;

/// The parts of an answer, each at most so many characters long.
pub(super) fn divided(answer: &str, limit: usize) -> Vec<String> {
    if answer.chars().count() <= limit {
        return vec![answer.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let mut length = 0;
    for block in blocks(answer).iter().flat_map(|block| pieces(block, limit)) {
        let block_length = block.chars().count();
        if length > 0 && length + 2 + block_length > limit {
            parts.push(std::mem::take(&mut part));
            length = 0;
        }
        if length > 0 {
            part.push_str("\n\n");
            length += 2;
        }
        part.push_str(&block);
        length += block_length;
    }
    parts.push(part);
    parts
}

/// Paragraphs, lists and blocks of code.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut is_code = false;
    for line in text.lines() {
        is_code ^= fence_mark(line.trim()).is_some();
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

/// A block that is too long itself, in lines, or in words. A block of code is closed and opened
/// again.
fn pieces(block: &str, limit: usize) -> Vec<String> {
    if block.chars().count() <= limit {
        return vec![block.to_owned()];
    }
    let first = block.lines().next().unwrap_or_default().trim();
    let fence = fence_mark(first).map(|mark| (first.to_owned(), mark));
    // Room for the lines that open and close it.
    let room = limit - fence.as_ref().map_or(0, |(open, mark)| open.chars().count() + mark.len() + 2);
    let inner: Vec<&str> = match &fence {
        Some(_) => block.lines().skip(1).filter(|line| fence_mark(line.trim()).is_none()).collect(),
        None => block.lines().collect(),
    };
    let mut pieces: Vec<String> = Vec::new();
    for (line, glue) in inner.iter().flat_map(|line| shorter(line, room)) {
        match pieces.last_mut() {
            Some(last) if last.chars().count() + 1 + line.chars().count() <= room => {
                last.push_str(glue);
                last.push_str(&line);
            }
            _ => pieces.push(line),
        }
    }
    match fence {
        Some((open, mark)) => pieces.iter().map(|piece| format!("{open}\n{piece}\n{mark}")).collect(),
        None => pieces,
    }
}

/// A line in pieces that fit, each with what stands before it.
fn shorter(line: &str, limit: usize) -> Vec<(String, &'static str)> {
    if line.chars().count() <= limit {
        return vec![(line.to_owned(), "\n")];
    }
    let mut pieces = Vec::new();
    for word in line.split(' ') {
        let letters: Vec<char> = word.chars().collect();
        if letters.is_empty() {
            continue;
        }
        let glue = if pieces.is_empty() { "\n" } else { " " };
        for (number, chunk) in letters.chunks(limit).enumerate() {
            pieces.push((chunk.iter().collect(), if number == 0 { glue } else { "" }));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::divided;

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
