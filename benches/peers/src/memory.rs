//! How many bytes are allocated, and how many the process has had at most.

use std::alloc::System;
use std::thread::sleep;
use std::time::Duration;

use cap::Cap;

/// Counts and never refuses. The count costs each allocation one uncontended atomic addition, the
/// same for every engine in Rust.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// An engine's own threads may release memory a little after they are told to end.
const SETTLING: Duration = Duration::from_millis(20);

/// The bytes that Rust code holds on the heap, as requested, without what the allocator adds or
/// rounds up. Waits until they no longer change.
pub(crate) fn held() -> usize {
    let mut before = ALLOCATOR.allocated();
    loop {
        sleep(SETTLING);
        let now = ALLOCATOR.allocated();
        if now == before {
            return now;
        }
        before = now;
    }
}

/// The most memory that the process has ever had, in units of 1,024 bytes, as Linux counts it;
/// `None` on other systems.
pub(crate) fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix("kB")?.trim().parse().ok()
}
