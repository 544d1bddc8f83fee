//! The machine and versions with which the figures were measured. Without them, nobody could
//! repeat the measurement.

use std::fs;
use std::io::{self, Write};
use std::thread;

const LOCK: &str = include_str!("../../../Cargo.lock");

/// Prints the processor, the compiler and the versions of the engines.
pub(crate) fn print(out: &mut impl Write) -> io::Result<()> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let processor = processor().unwrap_or_else(|| "unknown processor".to_owned());
    writeln!(out, "{processor}, {threads} threads available, one used; {}", env!("COMPILER"))?;
    writeln!(
        out,
        "Footnote {}, tantivy {}, SQLite {}, bm25 {}",
        locked_version("footnote"),
        locked_version("tantivy"),
        rusqlite::version(),
        locked_version("bm25")
    )?;
    if cfg!(debug_assertions) {
        writeln!(out, "built without optimization, so the times tell nothing: run with --release")?;
    }
    Ok(())
}

/// The processor's name, if the system tells it.
fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn locked_version(package: &str) -> &'static str {
    let name = format!("name = \"{package}\"");
    let mut lines = LOCK.lines().skip_while(|line| *line != name);
    let version = lines.nth(1).and_then(|line| line.strip_prefix("version = "));
    version.map_or("of unknown version", |quoted| quoted.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_of_the_lock_file() {
        assert_eq!(locked_version("peers"), env!("CARGO_PKG_VERSION"));
        assert_eq!(locked_version("no-such-package"), "of unknown version");
    }
}
