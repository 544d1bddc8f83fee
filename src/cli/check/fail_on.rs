//! What a check fails on: a base may be good enough to be used, and yet have warnings.

use clap::ValueEnum;
use footnote_knowledge::diagnostic::{Diagnostics, Severity};

/// What makes `check` end with 1. The action's `fail-on` has the same values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// Errors alone
    Errors,
    /// Warnings too
    #[default]
    Warnings,
}

impl FailOn {
    pub(super) fn allows(self, found: &Diagnostics) -> bool {
        match self {
            Self::Errors => found.count(Severity::Error) == 0,
            Self::Warnings => found.is_empty(),
        }
    }
}
