//! Why a site cannot be written.

use std::io;
use std::path::PathBuf;

use footnote_curation::HistoryError;

/// The pages cannot be written.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum SiteError {
    #[error(
        "`{}` is not from `footnote site`: choose an empty folder, or move the file away",
        path.display()
    )]
    Foreign { path: PathBuf },
    #[error("cannot write `{}`", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot say when answers were changed")]
    Changes(#[source] HistoryError),
}
