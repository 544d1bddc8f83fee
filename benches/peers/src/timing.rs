//! Times the items of a list one by one.
//!
//! Other programs run on the machine, and they only ever make a pass slower. So every item is
//! timed in several passes and its fastest time counts. Percentiles of these times show how much
//! work the items are, not how busy the machine was.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Does the work and measures its time. The result is kept, so that the work is not optimized
/// away.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

/// The fastest time of each item so far.
#[derive(Debug)]
pub(crate) struct Fastest(Vec<Duration>);

impl Fastest {
    /// For this many items, none of them timed yet.
    pub(crate) fn new(items: usize) -> Self {
        Self(vec![Duration::MAX; items])
    }

    /// Times each item once, in order.
    pub(crate) fn pass<T, R, E>(&mut self, items: &[T], mut work: impl FnMut(&T) -> Result<R, E>) -> Result<(), E> {
        for (item, fastest) in items.iter().zip(&mut self.0) {
            let (result, time) = timed(|| work(black_box(item)));
            result?;
            *fastest = time.min(*fastest);
        }
        Ok(())
    }

    pub(crate) fn into_times(self) -> Vec<Duration> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn every_item_gets_its_time() {
        let mut fastest = Fastest::new(3);
        for _ in 0..2 {
            let Ok(()) = fastest.pass(&[1, 2, 3], |number| Ok::<_, Infallible>(number * 2));
        }
        assert!(fastest.into_times().iter().all(|time| *time < Duration::MAX));
    }

    #[test]
    fn a_slower_pass_changes_nothing() {
        let mut fastest = Fastest(vec![Duration::ZERO]);
        let Ok(()) = fastest.pass(&[()], |()| Ok::<_, Infallible>(()));
        assert_eq!(fastest.into_times(), [Duration::ZERO]);
    }

    #[test]
    fn a_failure_ends_the_pass() {
        let mut asked = 0;
        let failed = Fastest::new(2).pass(&[1, 2], |_| {
            asked += 1;
            Err::<(), _>("no")
        });
        assert_eq!((failed, asked), (Err("no"), 1));
    }
}
