//! Ctrl-C during `eval`: what was counted by then is of use, so it is printed before the program
//! ends.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code of a program that SIGINT has ended, as shells have it.
const ENDED_BY_SIGINT: i32 = 130;

/// Whether the user has asked to stop.
#[derive(Debug, Clone)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// From now on the first Ctrl-C is noted here, and only the second ends the program.
    pub(super) fn listen() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
        let mut signals = {
            let _context = runtime.enter();
            signal(SignalKind::interrupt())?
        };
        let interrupt = Self(Arc::default());
        let noted = interrupt.clone();
        thread::spawn(move || {
            runtime.block_on(async {
                signals.recv().await;
                noted.0.store(true, Ordering::Relaxed);
                signals.recv().await;
                process::exit(ENDED_BY_SIGINT);
            });
        });
        Ok(interrupt)
    }

    pub(super) fn has_come(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
