//! The program. Everything it does is in the library, where tests and benches can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    footnote::cli::run()
}
