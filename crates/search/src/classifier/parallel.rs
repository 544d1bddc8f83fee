//! Work that is shared among all cores, in a fixed order.

use std::thread;

/// What the workers that `start` makes yield for each number below `count`, in order. There are as
/// many workers as cores.
pub(super) fn in_parallel<T: Send, W: FnMut(usize) -> T>(count: usize, start: impl Fn() -> W + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let size = count.div_ceil(cores).max(1);
    let work = |first: usize| (first..count.min(first + size)).map(start()).collect::<Vec<T>>();
    if cores == 1 {
        return work(0);
    }
    let parts: Vec<Vec<T>> = thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = (0..count).step_by(size).map(|first| scope.spawn(move || work(first))).collect();
        workers.into_iter().map(join).collect()
    });
    parts.into_iter().flatten().collect()
}

fn join<T>(worker: thread::ScopedJoinHandle<'_, T>) -> T {
    worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
