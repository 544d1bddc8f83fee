//! Shows what a phrasing would do to a base, how long that takes, and writes nothing:
//! `cargo run -p footnote-curation --example preview -- knowledge kfor-what "kfor in one sentence"`

use std::env;
use std::error::Error;
use std::time::Instant;

use footnote_curation::{Change, Curation, Folders, Settings};
use footnote_search::reply::Thresholds;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [folder, entry, phrasing] = arguments.as_slice() else {
        return Err("usage: preview FOLDER ENTRY PHRASING".into());
    };
    let curation = Curation::new(Settings::new(Folders::one(folder)));
    let started = Instant::now();
    let snapshot = curation.snapshot(Thresholds::default(), 0.5)?;
    println!("loaded in {} ms", started.elapsed().as_millis());
    for time in ["first", "second"] {
        let started = Instant::now();
        let preview = snapshot.preview(&Change::add_phrasing(entry, phrasing), &[])?;
        println!("{time} preview in {} ms", started.elapsed().as_millis());
        if time == "second" {
            print!("{}", preview.difference());
            println!("{}", preview.effect().summary(entry));
            for shift in &preview.effect().shifts {
                println!("  {:?}: {}: {:?} -> {:?}", shift.kind, shift.question, shift.before, shift.after);
            }
            println!("{}", preview.findings());
        }
    }
    Ok(())
}
