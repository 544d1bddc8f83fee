//! Answers a question from a folder of TOML:
//! `cargo run -p footnote-search --example answer -- knowledge "when did kfor deploy"`

use std::env;
use std::error::Error;
use std::path::Path;

use footnote_search::reply::{Answerer, Outcome, Thresholds};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, question] = arguments.as_slice() else { return Err("usage: answer FOLDER QUESTION".into()) };
    let base = footnote_knowledge::load(Path::new(folder))?;
    let answerer = Answerer::new(base, Thresholds::default());
    let reply = answerer.reply(question);
    match (reply.outcome, reply.answer()) {
        (_, Some(entry)) => println!("{}", entry.answer.value),
        (Outcome::Suggest, _) => println!("Did you mean one of these?"),
        _ => println!("I don't know. The nearest entries are:"),
    }
    for candidate in &reply.candidates {
        println!("{:.2} {}", candidate.confidence, candidate.entry.question);
    }
    Ok(())
}
