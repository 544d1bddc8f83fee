//! How far `eval` has come, in a line on standard error.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use footnote_evaluation::{Grade, Judged};

/// Fewer questions than this need no line, unless models are trained for them.
const SHOWN_FROM: usize = 200;
const INTERVAL: Duration = Duration::from_millis(100);

/// The line, if standard error is a terminal, with what was counted so far.
pub(super) struct Progress {
    bar: ProgressBar,
    right: usize,
    wrong: usize,
    refused: usize,
}

impl Progress {
    pub(super) fn new(questions: usize, is_long: bool) -> Self {
        let is_shown = is_long || questions >= SHOWN_FROM;
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(u64::try_from(questions).ok(), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}  {msg}") {
            bar.set_style(style);
        }
        bar.set_message("training");
        bar.enable_steady_tick(INTERVAL);
        Self { bar, right: 0, wrong: 0, refused: 0 }
    }

    pub(super) fn count(&mut self, judged: &Judged) {
        match judged.grade {
            Grade::Right => self.right += 1,
            Grade::Wrong | Grade::WronglyAnswered => self.wrong += 1,
            Grade::Refused => self.refused += 1,
            Grade::Closest | Grade::Suggested | Grade::Unanswered => {}
        }
        self.bar.inc(1);
        let Self { right, wrong, refused, .. } = self;
        self.bar.set_message(format!("right {right}, wrong {wrong}, refused {refused}"));
    }

    /// Writes something else, with the line out of the way.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
