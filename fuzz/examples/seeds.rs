//! Writes every question, phrasing and keyword of the shipped base as a seed for each fuzz
//! target: mutations of real questions get further than random bytes.

use std::path::Path;
use std::{fs, io};

use footnote_fuzz::shipped_base;

const TARGETS: [&str; 2] = ["analyzer", "search"];

fn main() -> io::Result<()> {
    let base = shipped_base();
    for target in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
        fs::create_dir_all(&folder)?;
        let mut count = 0;
        for entry in &base.entries {
            let phrasings = entry.phrasings.iter().map(|phrasing| &phrasing.value);
            let texts = std::iter::once(&entry.question).chain(phrasings).chain(&entry.keywords);
            for (number, text) in texts.enumerate() {
                fs::write(folder.join(format!("{}-{number}", entry.id)), text)?;
                count += 1;
            }
        }
        println!("{count} seeds in {}", folder.display());
    }
    Ok(())
}
